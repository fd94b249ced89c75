package chart

// theme is the light palette that a drawing carries as attributes. The classes
// that go with it are restyled by chart.css for dark pages, print and forced
// colours; the interactive chart takes the same names as custom properties.
//
// The six colours of series keep apart for readers with protanopia,
// deuteranopia and tritanopia, and stand 4.5:1 or better on the paper, so that
// they may colour text; a test measures both. They go back to the palette of
// Okabe and Ito, most of which is too light for that.
const (
	paperHex = "#ffffff" // what a drawing lies on
	inkHex   = "#1d2733" // figures and names
	quietHex = "#55606c" // axis labels and remarks
	axisHex  = "#8a949e" // the zero line
	gridHex  = "#e3e7eb" // lines to read values by
)

var seriesHex = [...]string{"#1556b0", "#b8560a", "#00825a", "#a04a8a", "#58381a", "#3a4145"}

// maxSeries is how many colours there are; a further series uses them again,
// with its own texture or dashes.
const maxSeries = len(seriesHex)

// dashes tell lines apart without colour.
var dashes = [...]string{"solid", "dashed", "dotted"}

// symbols tell the points of lines apart without colour.
var symbols = [...]string{"circle", "rect", "triangle", "diamond"}
