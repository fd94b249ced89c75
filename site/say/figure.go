package say

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// Lookup says the published figure that a reference names (figures.Find) with its
// unit and its markers in words, and with its place where that is another one than
// the bureau's; link is its row, from the site's root.
func Lookup(b *bureau.Bureau, reference string, l *locale.Language) (text, link string, fault *problem.Fault) {
	s, row, field, fault := figures.Find(b, reference)
	if fault != nil {
		return "", "", fault
	}
	text = locale.Cell(s, row, field, l)
	if s.Elsewhere != "" {
		text = l.Text(locale.Remark, text, s.Elsewhere)
	}
	return text, figures.RowPath(s, row), nil
}

// Figure is a published figure with what a reader has to know of it.
type Figure struct {
	Title  string // 进建商 · 活动次数
	Text   string // 208次
	Period string // 2023年1月9日至3月17日, after the place where that is another one than the bureau's
	Note   string // what staff noted beside it
	Link   string // its row, from the site's root
}

// LookupFigure says the published figure that a reference names (figures.Find).
func LookupFigure(b *bureau.Bureau, reference string, l *locale.Language) (Figure, *problem.Fault) {
	s, row, field, fault := figures.Find(b, reference)
	if fault != nil {
		return Figure{}, fault
	}
	return FigureAt(s, row, field, l), nil
}

// FigureAt says a published figure.
func FigureAt(s *bureau.Statistic, row, field int, l *locale.Language) Figure {
	f := Figure{Text: locale.Cell(s, row, field, l), Link: figures.RowPath(s, row), Period: s.AtPlace("")}
	if p := s.Rows[row].Period; !p.IsZero() {
		f.Period = s.AtPlace(l.Label(p))
	}
	cells := s.Row(row)
	var names, notes []string
	if s.Computed != nil {
		names = append(names, s.Title())
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role != bureau.RolePeriod && cells[k].Text != "" && (s.Computed == nil || cells[k].Text != bureau.TotalName) {
			names = append(names, cells[k].Text)
		}
	}
	if len(names) == 0 || len(s.FieldNames(bureau.Field.IsMeasure)) > 1 {
		names = append(names, s.Fields[field].Label())
	}
	for i, c := range cells {
		if s.Fields[i].Role == bureau.RoleNote && strings.Trim(c.Text, "0123456789") != "" { // not 序号
			notes = append(notes, c.Text)
		}
	}
	if s.Computed != nil && s.Computed.Part {
		notes = append(notes, l.Text(locale.MeasurePart))
	}
	f.Title, f.Note = strings.Join(names, " · "), strings.Join(notes, l.Text(locale.Clause))
	return f
}
