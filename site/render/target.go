package render

import (
	"cmp"
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
func (s *site) hasTargets(language *locale.Language) bool {
	return s.speaks(language) && len(s.Targets) > 0
}

func (s *site) targetsPage(language *locale.Language) page {
	p := page{
		path: s.here(bureau.TargetsSection.Page()), file: bureau.TargetsKind.File(), language: language, section: "stats", template: "targets.html",
		trail: s.trail(language, s.section(language, "stats", locale.Statistics)),
		head:  Head{Title: s.title(language, language.Text(locale.Targets)), Description: language.Text(locale.TargetsLead), Column: language.Text(locale.Statistics)},
	}
	p.view = func(p *page) any {
		var v Targets
		v.Other, v.DataNotice = p.others, s.notice(language)
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
			Href: to + s.place(t.Of, t.Of.Page()), Title: cmp.Or(field.Title, field.Name), SetBy: t.SetBy.V, Basis: t.Basis.V,
			Actual: language.Text(locale.TargetNoFigure), Past: language.Text(locale.TargetNoPast),
		}
		if t.Categories != "" {
			row.Title = t.Categories
		}
		if value := locale.Number(t.Value, t.ValueUnit(), t.Form, language); t.AtLeast {
			row.Target = language.Text(locale.AtLeast, value)
		} else {
			row.Target = language.Text(locale.AtMost, value)
		}
		if !t.Interval.IsZero() {
			row.Period = language.Label(t.Interval)
		}
		row.Period = t.Of.AtPlace(row.Period)
		if t.Unit >= 0 && s.here(s.Bureau.Units[t.Unit].Page()) != p.path {
			u := &s.Bureau.Units[t.Unit]
			row.Unit = &Link{Href: to + s.here(u.Page()), Title: u.Name.V}
		}
		if t.Of.NoneYet() {
			row.Actual = language.Text(locale.StatusNotYetReported)
		}
		if t.Row >= 0 {
			row.Actual = locale.Cell(t.Of, t.Row, t.OfField, language)
			if n, form, close := t.Close(); close {
				row.Actual = locale.Number(n, t.ValueUnit(), form, language)
			}
			if t.Of.Computed != nil || len(t.Of.Rows) > bureau.LongTable {
				row.Href = to + s.place(t.Of, figures.RowPath(t.Of, t.Row))
			} else {
				row.Href += "#" + s.Statistics[t.Of.Name].Anchors[t.Row] // which are found already
			}
		}
		if reached, decided := t.Verdict(); decided {
			row.Verdict = language.Text(locale.TargetMissed)
			if reached {
				row.Verdict = language.Text(locale.TargetReached)
			}
		}
		if t.Past >= 0 {
			row.Past = language.Text(locale.TargetPastValue, language.Label(t.Of.Period(t.Past)), locale.Cell(t.Of, t.Past, t.OfField, language))
		}
		views = append(views, row)
	}
	return views
}
