package render

import (
	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/say"
)

// Doubts is what doubts.html shows: the figures that are still to be verified,
// by statistic.
type Doubts struct {
	Common
	Groups []DoubtGroup
}

// DoubtGroup is those of one statistic; its ID is that of its heading.
type DoubtGroup struct {
	ID, Href, Title string
	Rows            []DoubtRow
}

// DoubtRow is one row of a statistic, with the note that says what is doubtful.
type DoubtRow struct{ Href, Title, Figures, Note string }

// hasDoubts tells whether there is a page of doubtful figures.
func (s *site) hasDoubts(language *locale.Language) bool {
	return language == s.main && len(s.doubts) > 0
}

func (s *site) doubtsPage(language *locale.Language) page {
	p := page{
		path: bureau.DoubtsSection.Page(), language: language, section: "stats", template: "doubts.html",
		trail: s.trail(language, s.section(language, "stats", locale.Statistics)),
		head:  Head{Title: s.title(language, language.Text(locale.Doubts)), Description: language.Text(locale.DoubtsLead), Column: language.Text(locale.Statistics)},
	}
	p.view = func(p *page) any {
		var v Doubts
		v.DataNotice = s.notice(language)
		to := root(p.path)
		for _, statistic := range s.Bureau.Statistics {
			doubts := s.doubtsOf(statistic.Name)
			if len(doubts) == 0 {
				continue
			}
			g := DoubtGroup{ID: doubtsID(statistic.Name), Href: to + s.paths[statistic.File], Title: statistic.Title()}
			for _, d := range doubts {
				g.Rows = append(g.Rows, DoubtRow{to + d.Path, d.Title, d.Figures, d.Text})
			}
			v.Groups = append(v.Groups, g)
		}
		return v
	}
	return p
}

func doubtsID(statistic string) string { return "doubts-" + statistic }

// doubtsOf are those of one statistic.
func (s *site) doubtsOf(statistic string) []say.Doubt {
	var of []say.Doubt
	for _, d := range s.doubts {
		if d.Statistic.Name == statistic {
			of = append(of, d)
		}
	}
	return of
}

// doubtsLink leads from the page of a statistic to its doubtful figures, or is nil.
func (s *site) doubtsLink(p *page, statistic string) *Link {
	n := len(s.doubtsOf(statistic))
	if n == 0 {
		return nil
	}
	return &Link{Href: root(p.path) + bureau.DoubtsSection.Page() + "#" + doubtsID(statistic), Title: p.language.Text(locale.DoubtsHere, n)}
}
