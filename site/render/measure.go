package render

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/say"
)

// Measures is what measures.html shows: the figures that the site computes of the list
// that the page is about, each row with its place, and how they come about.
type Measures struct {
	Table *Table
	How   []string
}

// measures are those that a page shows, or nil.
func (s *site) measures(p *page) *Measures {
	for _, statistic := range s.Bureau.Computed {
		if s.place(statistic, statistic.Page()) == p.path && statistic.Computed.Table {
			table := s.table(p.language, inWords(statistic, p.language), statistic.Title(), anchorsOfRows(statistic, newest(statistic)))
			return &Measures{table, howMeasured(statistic, p.language)}
		}
	}
	return nil
}

// inWords is a statistic of the guides with the areas, by whose Chinese names it is cited,
// as a language calls them.
func inWords(s *bureau.Statistic, l *locale.Language) *bureau.Statistic {
	if s.Name != bureau.Own+string(bureau.GuidesSection) {
		return s
	}
	said := *s
	for f := range said.Columns {
		said.Reword(f, func(text string) string {
			for _, area := range bureau.Areas {
				if text == area.ZH {
					return l.Text(locale.Areas[area.ID])
				}
			}
			return text
		})
	}
	return &said
}

// howMeasured says of each figure what it counts, or its formula.
func howMeasured(s *bureau.Statistic, l *locale.Language) []string {
	var how []string
	for i, f := range s.Fields {
		if _, formula := s.Definition(i); formula != "" {
			how = append(how, l.Text(locale.Equals, f.Title, say.Formula(s, -1, i, l)))
		}
		for _, m := range figures.MeasuresOf(s) {
			if m.ID == f.ID && m.Of == "" {
				how = append(how, l.Text(locale.MeasureMeans, f.Title, l.Text(m.Means)))
			}
		}
	}
	if s.Computed.Part {
		how = append(how, l.Text(locale.MeasurePart))
	}
	if len(s.Descriptor.Derive) > 0 {
		how = append(how, l.Text(locale.MeasureBase))
	}
	return how
}
