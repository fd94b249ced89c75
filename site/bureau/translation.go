package bureau

// Translation is one row of data/translations/<language>.csv: how a text that stands in
// the main language reads in another one.
type Translation struct {
	Text        String `csv:"text,原文"`
	Translation String `csv:"translation,译文,omitempty"` // empty: not translated yet
	File        String `csv:"file,文件,omitempty"`        // where it is meant so; everywhere if empty
}

// Translations are those into one language, in the order of their file.
type Translations struct {
	Language string // by the name of its catalogue
	File     string
	Rows     []Translation
	Kept     bool         // they stand as they were published, for what does
	Faulty   map[int]bool // the rows that have an error which stops nothing, and are not used
}

// Speaks tells whether the whole site is in a language: its main one, or one that
// site.yaml lists.
func (s Site) Speaks(language string) bool {
	if language == s.MainLanguage() {
		return true
	}
	for _, l := range s.Languages {
		if l.V == language {
			return true
		}
	}
	return false
}
