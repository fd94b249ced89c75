package chart

import (
	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// ChartType is one of the charts that may be drawn.
type ChartType string

const (
	Bar            ChartType = "bar"
	GroupedBar     ChartType = "grouped-bar"
	StackedBar     ChartType = "stacked-bar"
	HorizontalBar  ChartType = "horizontal-bar"
	Line           ChartType = "line"
	ShareBar       ChartType = "share-bar" // each bar is 100%
	SmallMultiples ChartType = "small-multiples"
)

// Plot is what one chart shows, computed from a statistic: nothing in it needs
// another look at the table. package chart draws it, Summary says it in words.
type Plot struct {
	Type     ChartType
	Title    string
	Unit     string // of the value axis: 件, %
	Time     bool   // the ticks are periods in order of time
	Average  bool   // the values are monthly averages, to one decimal
	Ticks    []Tick
	Series   []Series // for small multiples one a panel, all on the same axes
	Language *locale.Language
	Anchors  map[int]string // the ids of the statistic's rows on the page; nil where it shows none

	At problem.Position // of the chart in its descriptor; the statistic's file alone where it was inferred
}

// Tick is one place on the category axis.
type Tick struct {
	Label   string // 2006年1—8月
	Short   string // for a narrow drawing: 06年1—8月
	Partial bool   // no whole period of the frequency: hatched, labelled, joined to nothing
	Longer  bool   // of the partial, those that are longer than one
	Row     int    // the row of the statistic that it stands for, or -1
	Year    int    // in which it begins; 0 where the ticks are no periods
}

// Series is one line or one colour of bars; Values has one for each tick.
type Series struct {
	Name   string
	Values []PlotValue
}

// PlotValue is one value; Number is NaN where a marker stands instead. Row and
// Field name the cell that it is from; Row is -1 where the table has no such row.
type PlotValue struct {
	Number     float64
	Form       bureau.Form // how it is written
	Status     bureau.Status
	Qualifier  bureau.Qualifier // 不足5 is no 5
	Row, Field int
}
