// Package chart chooses what a chart shows, draws it, and reads the drawing back.
//
// A plot is laid out at a size (sheet), for a page and once more for a phone,
// and written as SVG: the grid, the marks, the axes and all text. The finished
// drawing is read back as an eye would read it, heights against the labels of
// the axis, and held against the plot; one that shows another figure is not
// given out. Colours are classes that chart.css restyles for dark pages, print
// and forced colours, and stay as attributes, so that the drawing also stands as
// a file. go-echarts makes the option of the explorer, which shows the same in
// the browser of a reader who asks for it.
//
// The rules that a drawing keeps:
//   - Bars start at zero. A line's axis may not; then the drawing says so.
//   - A partial period is hatched, or a hollow mark that no line joins.
//   - A value that is not there is a gap with its marker, [x] or [c], never zero.
//   - A break in a series is a gap before it.
//   - Colour never carries meaning alone: textures, dashes and labels repeat it.
//   - The order of ticks and series is the plot's. Nothing is sorted.
//   - No two labels of an axis are alike, and the newest period has its label.
//
// Drawing is a function of the plot alone: the same plot gives the same bytes.
package chart

import (
	"fmt"
)

// Drawing is one chart, drawn.
type Drawing struct {
	ID     string // unique in its page: chart-1
	Wide   []byte // inline SVG for 640 pixels and more
	Narrow []byte // inline SVG made for phones
	Legend []byte // inline HTML: the series, and the signs used; empty where there is nothing to explain
	File   []byte // the wide drawing as a file of its own, chart-1.svg
	Script []byte // what the drawing answers and the explorer's option, as a classic script, chart-1.js
}

// Draw draws a plot as the chart id, which must be unique in its page and be
// made of ASCII letters, digits and hyphens; the page says what it shows in the element
// id-said. A plot that cannot be drawn is a
// *TooLarge or an *Alike, which name the series and the tick; any other error
// is a fault of the caller or of this package.
func Draw(id string, p Plot) (Drawing, error) {
	if !validID(id) {
		return Drawing{}, fmt.Errorf("chart: %q cannot be an id", id)
	}
	plot, err := prepare(p)
	if err != nil {
		return Drawing{}, err
	}
	wide, narrow := layOut(plot, wideSize), layOut(plot, narrowSize)
	image, said := drawn(wide, id+"-wide"), id+"-said"
	d := Drawing{ID: id, Wide: image.inline(said), Narrow: drawn(narrow, id+"-narrow").inline(said), File: image.file(), Legend: legend(plot, wide)}
	for _, svg := range [][]byte{d.Wide, d.Narrow} {
		if err := readBack(svg, p); err != nil {
			return Drawing{}, fmt.Errorf("chart: the drawing does not show its figures: %w", err)
		}
	}
	d.Script, err = explorer(id, wide, narrow)
	return d, err
}

// drawn draws a sheet; a test draws it wrongly.
var drawn = (*sheet).draw

func validID(id string) bool {
	for _, c := range []byte(id) {
		if c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return id != ""
}
