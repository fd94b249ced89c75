// Package chart draws what package compute gives as a plot.
//
// A plot is laid out at a size (sheet), for a page and once more for a phone.
// Its marks become an ECharts option (go-echarts), which ECharts draws in a
// JavaScript engine at build time; the grid and all text are added here, since
// they are laid out already and cost ECharts more than the marks. What ECharts
// drew passes through an allow-list: no style, no script, no id but ours.
// Colours become classes that chart.css restyles for dark pages, print and
// forced colours, and stay as attributes, so that the drawing also stands as a
// file. The same marks, on axes that ECharts labels, with a tooltip and a
// legend, are the interactive chart.
//
// The rules that a drawing keeps:
//   - Bars start at zero. A line's axis may not; then the drawing says so.
//   - A partial period is hatched, or a hollow mark that no line joins.
//   - A value that is not there is a gap with its marker, [x] or [c], never zero.
//   - A break in a series is a gap before it.
//   - Colour never carries meaning alone: textures, dashes and labels repeat it.
//   - The order of ticks and series is the plot's. Nothing is sorted.
//
// The same plot gives the same bytes, whatever was drawn before and on
// whichever worker.
package chart

// Drawing is one chart, drawn.
type Drawing struct {
	ID     string // unique in its page: chart-1
	Wide   []byte // inline SVG for 640 pixels and more
	Narrow []byte // inline SVG made for phones
	Legend []byte // inline HTML: the series, and the signs used; empty where there is nothing to explain
	File   []byte // the wide drawing as a file of its own, chart-1.svg
	Script []byte // the interactive option as a classic script, chart-1.js
}
