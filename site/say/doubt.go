package say

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Doubt is a row whose figures have still to be verified. They are published as
// they stand, with the note that says so.
type Doubt struct {
	Statistic *bureau.Statistic
	Title     string // what names the row: 巡特警大队在编民警，2006年5月
	Figures   string // those of the row: 19人
	Text      string // the note
	Path      string // of the row, from the site's root
}

// Doubts lists the rows that have such a note, in the order of the statistics and
// of their rows.
func Doubts(b *bureau.Bureau, l *locale.Language) []Doubt {
	var doubts []Doubt
	for _, s := range b.Statistics {
		doubts = append(doubts, doubtsOf(s, l)...)
	}
	return doubts
}

func doubtsOf(s *bureau.Statistic, l *locale.Language) []Doubt {
	separator := l.Text(locale.InnerComma)
	if s.FieldOf(bureau.RoleNote) < 0 {
		return nil
	}
	var doubts []Doubt
	var anchors []string // all at once, as one by one each looks at those before
	for i := range s.Rows {
		notes := s.Doubts(i)
		if len(notes) == 0 {
			continue
		}
		if anchors == nil && len(s.Rows) <= bureau.LongTable {
			anchors = figures.Anchors(s)
		}
		path := ""
		if anchors != nil {
			path = s.Page() + "#" + anchors[i]
		} else {
			path = figures.RowPath(s, i)
		}
		var names, figures []string
		for _, k := range s.Keys() {
			text := s.Cell(i, k).Text
			if p := s.Period(i); s.Fields[k].Role == bureau.RolePeriod && !p.IsZero() {
				text = l.Label(p)
			}
			if text != "" {
				names = append(names, text)
			}
		}
		measures := s.FieldNames(bureau.Field.IsMeasure)
		for f := range s.Fields {
			if !s.Fields[f].IsMeasure() {
				continue
			}
			figure := locale.Cell(s, i, f, l)
			if len(measures) > 1 {
				figure = s.Fields[f].Label() + " " + figure
			}
			figures = append(figures, figure)
		}
		doubts = append(doubts, Doubt{
			Statistic: s, Title: strings.Join(names, separator), Figures: strings.Join(figures, separator),
			Text: strings.Join(notes, separator), Path: path,
		})
	}
	return doubts
}
