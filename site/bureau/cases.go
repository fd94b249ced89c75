package bureau

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/problem"
)

// Case is a question about the citizen's own case, with the answers in plain words. By
// its answers a guide becomes one sheet, with what holds for them alone.
type Case struct {
	At       problem.Position
	Question String   `yaml:"question,问题,问"`
	Answers  []String `yaml:"answers,答案,回答"`
	When     []String `yaml:"when,适用情形"` // answers to questions before it for which it is asked
}

// CaseNote is what those have to know who gave some answers.
type CaseNote struct {
	At     problem.Position
	When   []String `yaml:"when,适用情形"`
	Note   String   `yaml:"note,说明"`
	Stop   Bool     `yaml:"stop,不能办"`    // the matter is not handled in this case
	Visits Int      `yaml:"visits,现场次数"` // in this case, in the place of those of the guide; the note says why

	// In this case, in the place of what the guide says.
	TimeLimit TimeLimit `yaml:"time_limit,办理时限"`
	Result    String    `yaml:"result,办理结果"`
}

// MostChoices is how many sheets a guide may have. Who has to choose among more is better
// served by two guides.
const MostChoices = 24

// Choice is a way through the questions of a guide, or the beginning of one: the number of
// the answer to each question, from 1; 0 where it is not asked.
type Choice []int

// String is the choice in an address: 1-2.
func (c Choice) String() string {
	parts := make([]string, len(c))
	for i, n := range c {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, "-")
}

// Open passes the questions that are not asked after a choice, and tells whether one
// follows: the choice then ends before it.
func (g *Guide) Open(c Choice) (Choice, bool) {
	c = slices.Clip(c)
	for len(c) < len(g.Cases) {
		if g.Holds(g.Cases[len(c)].When, c) && len(g.Cases[len(c)].Answers) > 0 {
			return c, true
		}
		c = append(c, 0)
	}
	return c, false
}

// Choices are all ways through the questions in their order, one more than MostChoices of
// them at most; a guide without questions has one. Beginnings are those that lead to a
// further question, the first of them empty.
func (g *Guide) Choices() (all, beginnings []Choice) {
	var follow func(Choice)
	follow = func(c Choice) {
		c, asks := g.Open(c)
		if !asks {
			all = append(all, c)
			return
		}
		beginnings = append(beginnings, c)
		for n := 0; n < len(g.Cases[len(c)].Answers) && len(all) <= MostChoices; n++ {
			follow(append(slices.Clip(c), n+1))
		}
	}
	follow(nil)
	return all, beginnings
}

// Holds tells whether what is said for some answers holds for a choice: of each question
// that has one of them, one is chosen. What says none holds for all.
func (g *Guide) Holds(when []String, c Choice) bool {
	if len(when) == 0 {
		return true
	}
	for i, q := range g.Cases {
		named, chosen := false, false
		for n, answer := range q.Answers {
			if slices.ContainsFunc(when, func(w String) bool { return w.V == answer.V }) {
				named = true
				chosen = chosen || i < len(c) && c[i] == n+1
			}
		}
		if named && !chosen {
			return false
		}
	}
	return true
}

// For is the guide with what holds for a choice alone.
func (g *Guide) For(c Choice) *Guide {
	of := *g
	of.Materials = holding(g, c, g.Materials, func(m Material) []String { return m.When })
	of.Steps = holding(g, c, g.Steps, func(s Step) []String { return s.When })
	of.Fees = holding(g, c, g.Fees, func(f FeeItem) []String { return f.When })
	of.Places = holding(g, c, g.Places, func(p Place) []String { return p.When })
	of.CaseNotes = holding(g, c, g.CaseNotes, func(n CaseNote) []String { return n.When })
	for _, n := range of.CaseNotes {
		if n.Visits.Given() {
			of.Visits = Visits{At: n.At, Count: n.Visits, Reason: n.Note}
		}
		if n.TimeLimit.Said() {
			of.TimeLimit = n.TimeLimit
		}
		if n.Result.V != "" {
			of.Result = n.Result
		}
	}
	return &of
}

func holding[T any](g *Guide, c Choice, all []T, when func(T) []String) (those []T) {
	for _, one := range all {
		if g.Holds(when(one), c) {
			those = append(those, one)
		}
	}
	return those
}

// Stops tells whether the matter is not handled at all.
func (g *Guide) Stops() bool {
	return slices.ContainsFunc(g.CaseNotes, func(n CaseNote) bool { return n.Stop.V })
}

// Total is what everything costs together, in yuan; not known where something is said in
// words only, or nothing of it.
func (g *Guide) Total() (yuan float64, known bool) {
	for _, f := range g.Fees {
		if !f.Amount.Given() {
			return 0, false
		}
		yuan += f.Amount.V
	}
	switch {
	case len(g.Fees) > 0:
		return yuan, true
	case g.Fee.Free.V:
		return 0, true
	}
	return g.Fee.Amount.V, g.Fee.Amount.Given()
}
