package render

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Targets is what targets.html shows: every target with who set it.
type Targets struct {
	Common
	Targets []TargetView // in the order of targets.csv
}

// TargetView is one target, in target-list.html, beside the figure of the same
// period and the unit's own past.
type TargetView struct {
	Href, Title  string // of the figure
	Unit         *Link
	Period       string
	Target       string
	Actual       string // of exactly the same period, or that there is none
	Verdict      string // reached or not, where it is decided
	Past         string
	SetBy, Basis string
}

// hasTargets tells whether there is a page of targets.
func (s *site) hasTargets(language string) bool { return language == s.main && len(s.Targets) > 0 }

func (s *site) targetsPage(language string) page {
	p := page{
		path: bureau.TargetsSection.Page(), language: language, section: "stats", template: "targets.html",
		trail: s.trail(language, s.section(language, "stats", "statistics")),
		head:  Head{Title: s.title(language, s.text(language, "targets")), Description: s.text(language, "targets-lead"), Column: s.text(language, "statistics")},
	}
	p.view = func(p *page) any {
		var v Targets
		v.Other, v.DataNotice = p.other, s.notice(language)
		v.Targets = s.targetViews(p, func(figures.Target) bool { return true })
		return v
	}
	return p
}

// targetViews are the targets that are wanted.
func (s *site) targetViews(p *page, wanted func(figures.Target) bool) []TargetView {
	to, language := root(p.path), p.language
	var views []TargetView
	for _, t := range s.Targets {
		if !wanted(t) {
			continue
		}
		field := t.Of.Fields[t.OfField]
		row := TargetView{
			Href: to + s.paths[t.Of.File], Title: firstOf(field.Title, field.Name), SetBy: t.SetBy.V, Basis: t.Basis.V,
			Actual: s.text(language, "target-no-figure"), Past: s.text(language, "target-no-past"),
		}
		if t.Categories != "" {
			row.Title = t.Categories
		}
		if value := locale.Format(t.Value, t.ValueUnit(), language); t.AtLeast {
			row.Target = s.text(language, "at-least", value)
		} else {
			row.Target = s.text(language, "at-most", value)
		}
		if !t.Interval.IsZero() {
			row.Period = t.Interval.Label(language)
		}
		if t.Unit >= 0 && s.Bureau.Units[t.Unit].Page() != p.path {
			u := &s.Bureau.Units[t.Unit]
			row.Unit = &Link{Href: to + u.Page(), Title: u.Name.V}
		}
		if t.Row >= 0 {
			row.Actual = locale.Cell(t.Of, t.Row, t.OfField, language)
			if len(t.Of.Rows) <= tableRows {
				row.Href += "#" + s.Statistics[t.Of.Name].Anchors[t.Row]
			}
		}
		if reached, decided := t.Verdict(); decided {
			row.Verdict = s.text(language, "target-missed")
			if reached {
				row.Verdict = s.text(language, "target-reached")
			}
		}
		if t.Past >= 0 {
			row.Past = s.text(language, "target-past-value", t.Of.Rows[t.Past].Period.Label(language), locale.Cell(t.Of, t.Past, t.OfField, language))
		}
		views = append(views, row)
	}
	return views
}
