package bureau

// File is one file of the built site. Path is slash-separated and relative to
// the site's folder: stats/cases-solved/index.html.
type File struct {
	Path  string
	Bytes []byte
}
