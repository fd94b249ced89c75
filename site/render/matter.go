package render

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
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
}

func (s *site) matterPage(language string, i int) page {
	m := &s.Bureau.Matters[i]
	p := page{
		path: m.Page(), file: m.ID.At.File, language: language, section: "suggestions", template: "matter.html", modified: lastStep(m),
		trail: s.trail(language, s.mattersSection(language)),
		head: Head{
			Title: s.title(language, m.Summary.V), Description: m.Summary.V, Column: s.text(language, "suggestions"), Article: m.Summary.V,
			Published: lastStep(m).String(), Source: m.Unit.V,
		},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		progress := &s.matters.progress[i]
		state := bureau.MatterStates[m.State]
		v := Matter{
			Title: m.Summary.V, ID: m.ID.V, Unit: Link{Title: m.Unit.V}, Received: s.date(language, m.Received.V),
			State: pick(language, state.ZH, state.EN), Standing: s.standing(language, m, progress), Overdue: progress.Late > 0, Answer: m.Answer.V,
		}
		v.Other, v.Note = p.other, s.quote(language, s.Bureau.Site.Suggestions.Note, bureau.String{})
		v.Ledger = Link{Href: to + ledgerPath(m), Title: m.Ledger.V}
		if u, known := s.units[m.Unit.V]; known {
			if link := s.unitLink(p, &s.Bureau.Units[u]); link != nil {
				v.Unit = *link
			}
		}
		for k := range progress.Steps {
			v.Steps = append(v.Steps, s.trackerStep(language, k, progress))
		}
		return v
	}
	return p
}

// standing says where a matter stands: its state, and the step that is next.
func (s *site) standing(language string, m *bureau.Matter, p *figures.MatterProgress) string {
	text := s.text(language, "matter-open", p.Age)
	if m.State == bureau.CompletedMatter {
		text = s.text(language, "matter-completed", p.Age)
	}
	if p.Next < 0 {
		return text
	}
	step := bureau.MatterSteps[p.Next]
	name, due := pick(language, step.ZH, step.EN), s.date(language, p.Steps[p.Next].Due).Text
	if p.Late > 0 {
		return text + s.text(language, "matter-next-late", name, due, p.Late)
	}
	return text + s.text(language, "matter-next", name, due)
}

func (s *site) trackerStep(language string, k int, p *figures.MatterProgress) TrackerStep {
	step := p.Steps[k]
	name := bureau.MatterSteps[k]
	v := TrackerStep{Name: s.text(language, "matter-step", pick(language, name.ZH, name.EN))}
	due := s.date(language, step.Due).Text
	switch step.State {
	case figures.StepDone:
		date := s.date(language, step.Date)
		v.Class, v.State, v.Date = "done", s.text(language, "step-done"), &date
		v.Days = s.text(language, "step-taken", step.Days)
		if step.Late > 0 {
			v.Late = s.text(language, "step-was-late", step.Late)
		}
	case figures.StepSkipped:
		v.Class, v.State = "skipped", s.text(language, "step-skipped")
	case figures.StepWaiting:
		v.Class, v.State, v.Current = "waiting", s.text(language, "step-waiting"), true
		v.Days = s.text(language, "step-due", due)
		if step.Late > 0 {
			v.Class, v.Late = "late", s.text(language, "step-late", step.Late)
		}
	default:
		v.Class, v.State = "ahead", s.text(language, "step-ahead")
		v.Days = s.text(language, "step-due", due)
	}
	return v
}
