package render

import (
	"fmt"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// CasePage is what case.html shows: the next question about the reader's case, or, when
// all are answered, one sheet with what holds for it.
type CasePage struct {
	Common
	QR     *QR
	Title  string
	Full   string // the way to the whole guide
	Chosen []Chosen
	Ask    *Ask // nil on a sheet
	Stop   bool // the matter is not handled in this case
	Notes  []string
	Guide  Guide // what of it holds
}

// Ask is a question; each answer leads to the next one, or to the sheet.
type Ask struct {
	Question string
	Answers  []Link
}

// Chosen is a question that is answered; Href leads back to it.
type Chosen struct{ Question, Answer, Href string }

// when names the answers that something holds for: one of each question.
func when(language *locale.Language, g *bureau.Guide, answers []bureau.String) string {
	var parts []string
	for _, q := range g.Cases {
		var names []bureau.String
		for _, a := range q.Answers {
			if slices.ContainsFunc(answers, func(w bureau.String) bool { return w.V == a.V }) {
				names = append(names, a)
			}
		}
		if len(names) > 0 {
			parts = append(parts, list(language, names))
		}
	}
	return strings.Join(parts, language.Text(locale.CaseAnd))
}

func list(language *locale.Language, texts []bureau.String) string {
	var all []string
	for _, t := range texts {
		all = append(all, t.V)
	}
	return strings.Join(all, language.Text(locale.Comma))
}

// asks tells whether a guide has questions, and is one that a citizen can go through.
func asks(g *bureau.Guide) bool { return len(g.Cases) > 0 && g.InForce() }

// ask is the question after a choice, or nil where none follows.
func (s *site) ask(p *page, g *bureau.Guide, c bureau.Choice) *Ask {
	c, open := g.Open(c)
	if !open || !asks(g) {
		return nil
	}
	q := g.Cases[len(c)]
	v := Ask{Question: q.Question.V}
	for n, answer := range q.Answers {
		next, _ := g.Open(append(slices.Clip(c), n+1))
		v.Answers = append(v.Answers, Link{Href: root(p.path) + bureau.CasePage(s.paths[g.File], next), Title: answer.V})
	}
	return &v
}

// casePages are the pages of the questions after the first, which stands on the guide
// itself, and the sheets.
func (s *site) casePages(g *bureau.Guide) (all []page) {
	sheets, questions := g.Choices()
	if !asks(g) || len(questions) == 0 {
		return nil
	}
	for _, c := range append(questions[1:], sheets...) {
		all = append(all, s.casePage(g, c))
	}
	return all
}

func (s *site) casePage(g *bureau.Guide, c bureau.Choice) page {
	language := s.in(g.Language)
	var answers []bureau.String
	for i, n := range c {
		if n > 0 {
			answers = append(answers, g.Cases[i].Answers[n-1])
		}
	}
	title := language.Text(locale.CaseTitle, g.Title.V, list(language, answers))
	p := page{
		path: bureau.CasePage(s.paths[g.File], c), file: g.File, language: language, section: "guides", template: "case.html",
		trail:    append(s.guideTrail(g), Link{Href: s.paths[g.File], Title: g.Title.V}),
		modified: latest(g.Published, g.Date, g.Updated, g.Verified),
		head:     Head{Title: s.title(language, title), Description: title, Column: language.Text(locale.Guides), Article: title, Published: published(g), Source: g.Authority.V},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := CasePage{Title: g.Title.V, Full: to + s.paths[g.File], Ask: s.ask(p, g, c)}
		v.Other = p.others
		first := true
		for i, n := range c {
			if n == 0 {
				continue
			}
			back := v.Full + "#section-cases"
			if !first {
				back = to + bureau.CasePage(s.paths[g.File], c[:i])
			}
			v.Chosen, first = append(v.Chosen, Chosen{g.Cases[i].Question.V, g.Cases[i].Answers[n-1].V, back}), false
		}
		if v.Ask != nil {
			return v
		}
		of := g.For(c)
		v.QR, v.Stop = s.qr(p.path), of.Stops()
		for _, n := range of.CaseNotes {
			if v.Stop || n.Note != of.Visits.Reason { // which stands beside the visits
				v.Notes = append(v.Notes, n.Note.V)
			}
		}
		v.Guide = s.guideView(p, of)
		v.Guide.Overdue, v.Guide.Fee = s.guideOverdue(g), s.caseFee(language, of)
		for i := range v.Guide.Materials { // all of it holds
			v.Guide.Materials[i].When = ""
		}
		for i := range v.Guide.Steps {
			v.Guide.Steps[i].When = ""
		}
		for i := range v.Guide.Places {
			v.Guide.Places[i].When = ""
		}
		return v
	}
	return p
}

// caseFee says first what all is together.
func (s *site) caseFee(language *locale.Language, g *bureau.Guide) *Fee {
	fee := s.fee(g)
	total, known := g.Total()
	if fee == nil || !known || len(fee.Items) == 0 {
		return fee
	}
	fee.Total = ""
	for i := range fee.Items {
		fee.Items[i].When = ""
	}
	switch {
	case total == 0:
		fee.Answer = language.Text(locale.Free)
	case len(fee.Items) > 1:
		fee.Answer = language.Text(locale.FeeTotal, fmt.Sprintf("%.10g", total))
	default:
		fee.Answer = language.Text(locale.Yuan, fmt.Sprintf("%.10g", total))
	}
	fee.Whole = true
	return fee
}
