package say

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Inline says a published figure in a sentence with its unit and its markers in words,
// and with its place where that is another one than the bureau's.
func Inline(s *bureau.Statistic, row, field int, l *locale.Language) string {
	text := locale.Cell(s, row, field, l)
	if s.Elsewhere != "" {
		text = l.Text(locale.Remark, text, s.Elsewhere)
	}
	return text
}

// Figure is a published figure with what a reader has to know of it.
type Figure struct {
	Title  string // 进建商 · 活动次数
	Text   string // 208次
	Period string // 2023年1月9日至3月17日, after the place where that is another one than the bureau's
	Note   string // what staff noted beside it
	Link   string // its row, from the site's root
}

// FigureAt says a published figure.
func FigureAt(s *bureau.Statistic, row, field int, l *locale.Language) Figure {
	f := Figure{Text: locale.Cell(s, row, field, l), Link: figures.RowPath(s, row), Period: s.AtPlace("")}
	if p := s.Period(row); !p.IsZero() {
		f.Period = s.AtPlace(l.Label(p))
	}
	cells := s.Row(row)
	var names, notes []string
	if s.Computed != nil {
		names = append(names, s.Title())
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role != bureau.RolePeriod && cells[k].Text != "" && (s.Computed == nil || s.Rows[row].Kind != bureau.TotalRow) {
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
