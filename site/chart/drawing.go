package chart

// Drawing is one chart, drawn.
type Drawing struct {
	ID     string // unique in its page: chart-1
	Wide   []byte // inline SVG for 640 pixels and more
	Narrow []byte // inline SVG made for phones
	Legend []byte // inline HTML, empty for one series
	File   []byte // the wide drawing as a file of its own, chart-1.svg
	Script []byte // the interactive option as a classic script, chart-1.js
}
