package render

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Matter is what matter.html shows: one suggestion, claim or complaint with its five steps.
type Matter struct {
	Common
	Note         Quote
	Title, ID    string
	Ledger, Unit Link // the unit may have no page
	Received     Date
	State        string
	Standing     string // where it stands, in words
	Overdue      bool
	Steps        []TrackerStep
	Answer       string
}

// TrackerStep is one step. Class is done, waiting, late, skipped or ahead; State
// says the same in words.
type TrackerStep struct {
	Name, Class, State string
	Date               *Date  // on which it was done
	Days               string // from receipt until then, or the time limit
	Late               string // by how much it is or was late; empty in time
	Current            bool   // the step that is waited for
	Note               string // who took it and what came of it
}

func (s *site) matterPage(language *locale.Language, i int) page {
	m := &s.Bureau.Matters[i]
	p := page{
		path: m.Page(), file: m.ID.At.File, language: language, section: "suggestions", template: "matter.html", modified: lastStep(m),
		trail: s.trail(language, s.mattersSection(language)),
		head: Head{
			Title: s.title(language, m.Summary.V), Description: m.Summary.V, Column: language.Text(locale.Suggestions), Article: m.Summary.V,
			Published: lastStep(m).String(), Source: m.Unit.V,
		},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		progress := &s.matters.progress[i]
		v := Matter{
			Title: m.Summary.V, ID: m.ID.V, Unit: Link{Title: m.Unit.V}, Received: s.date(language, m.Received.V),
			State: language.Text(locale.States[m.State]), Standing: s.standing(language, m, progress), Overdue: progress.Late > 0, Answer: m.Answer.V,
		}
		v.Other, v.Note = p.others, s.quote(language, s.Bureau.Site.Suggestions.Note, bureau.String{})
		v.Ledger = Link{Href: to + ledgerPath(m), Title: m.Ledger.V}
		if u, known := s.units[m.Unit.V]; known {
			if link := s.unitLink(p, &s.Bureau.Units[u]); link != nil {
				v.Unit = *link
			}
		}
		for k := range progress.Steps {
			step := s.trackerStep(language, k, progress)
			step.Note = m.Notes[k].V
			v.Steps = append(v.Steps, step)
		}
		return v
	}
	return p
}

// standing says where a matter stands: its state, and the step that is next.
func (s *site) standing(language *locale.Language, m *bureau.Matter, p *figures.MatterProgress) string {
	text := language.Text(locale.MatterOpen, p.Age)
	if m.State == bureau.CompletedMatter {
		text = language.Text(locale.MatterCompleted, p.Age)
	}
	if p.Next < 0 {
		return text
	}
	name, due := language.Text(locale.Steps[p.Next]), s.date(language, p.Steps[p.Next].Due).Text
	if p.Late > 0 {
		return text + language.Between + language.Text(locale.MatterNextLate, name, due, p.Late)
	}
	return text + language.Between + language.Text(locale.MatterNext, name, due)
}

func (s *site) trackerStep(language *locale.Language, k int, p *figures.MatterProgress) TrackerStep {
	step := p.Steps[k]
	v := TrackerStep{Name: language.Text(locale.MatterStep, language.Text(locale.Steps[k]))}
	due := s.date(language, step.Due).Text
	switch step.State {
	case figures.StepDone:
		date := s.date(language, step.Date)
		v.Class, v.State, v.Date = "done", language.Text(locale.StepDone), &date
		v.Days = language.Text(locale.StepTaken, step.Days)
		if step.Late > 0 {
			v.Late = language.Text(locale.StepWasLate, step.Late)
		}
	case figures.StepSkipped:
		v.Class, v.State = "skipped", language.Text(locale.StepSkipped)
	case figures.StepWaiting:
		v.Class, v.State, v.Current = "waiting", language.Text(locale.StepWaiting), true
		v.Days = language.Text(locale.StepDue, due)
		if step.Late > 0 {
			v.Class, v.Late = "late", language.Text(locale.StepLate, step.Late)
		}
	default:
		v.Class, v.State = "ahead", language.Text(locale.StepAhead)
		v.Days = language.Text(locale.StepDue, due)
	}
	return v
}
