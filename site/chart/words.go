package chart

import (
	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// words are what a drawing says of itself, in one language.
type words struct {
	l                           *locale.Language
	cut, empty, partial, longer string
}

func wordsOf(l *locale.Language) words {
	return words{l, l.Text(locale.ChartCut), l.Text(locale.ChartEmpty), l.Text(locale.ChartPartial), l.Text(locale.ChartLonger)}
}

func (w words) unit(unit string) string { return w.l.Text(locale.ChartUnit, unit) }

// of gives the meaning of a marker.
func (w words) of(m bureau.Marker) string {
	return locale.Meaning(m.Status, w.l)
}

// value puts a value behind its name.
func (w words) value(name, value string) string { return w.l.Text(locale.ChartValue, name, value) }

// length says of a tick that is no whole period how it differs from one.
func (w words) length(t Tick) string {
	if t.Longer {
		return w.longer
	}
	return w.partial
}

// apart puts a remark after a text.
func (w words) apart(text, remark string) string { return w.l.Text(locale.Remark, text, remark) }
