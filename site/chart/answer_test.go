package chart

import (
	"math"
	"reflect"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// The rows of a tick are one where its series stand in one, else one a series; a value
// that no row has lights none.
func TestRows(t *testing.T) {
	p := Plot{Time: true, Anchors: map[int]string{0: "r-a", 1: "r-b", 2: "r-c"}, Ticks: []Tick{{Label: "2024年", Year: 2024}, {Label: "2025年", Year: 2025}}, Series: []Series{
		{Values: []PlotValue{{Number: 1, Row: 0}, {Number: 2, Row: 1}}},
		{Values: []PlotValue{{Number: 3, Row: 0}, {Number: math.NaN(), Row: -1}}},
	}}
	s := &sheet{plot: p}
	if got, want := s.rows(), [][]string{{"r-a"}, {"r-b", ""}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	s.plot.Anchors = nil
	if got := s.rows(); got != nil {
		t.Errorf("a page without rows has %q", got)
	}
}

// A rough figure is told with the word around it.
func TestRoughFigure(t *testing.T) {
	p := Plot{Type: Bar, Unit: "件", Language: chinese, Ticks: []Tick{{Label: "甲"}}, Series: []Series{{Values: []PlotValue{{Number: 5, Qualifier: bureau.LessThan}}}}}
	s := &sheet{plot: p}
	if got, want := s.tips()[0][1], locale.Qualified(5, "件", bureau.Form{}, bureau.LessThan, chinese); got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}
