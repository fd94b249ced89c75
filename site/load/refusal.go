package load

import "sunshine/site/problem"

// refusals collects what is wrong with the cells of one column. One cause is one
// problem: the cells that the same can be said of are told together, at the first
// of them, and so is a column that fails throughout, or more than a few times, by
// one rule.
type refusals struct {
	*reading
	field  int
	alike  []*refusal
	known  map[refusalKey]*refusal
	ofRule map[problem.Rule]int // how many of alike
}

type refusalKey struct {
	rule    problem.Rule
	message string
}

// refusal is what can be said of some cells.
type refusal struct {
	problem.Problem
	rows  []int // the first of them
	last  int
	cells int
}

const (
	maxNamed = 5  // cells that a problem names
	maxAlike = 10 // problems of one rule in one column; more are one
)

func (r *refusals) error(row int, rule problem.Rule, message, hint problem.Text) {
	r.add(row, problem.Problem{Severity: problem.Error, Rule: rule, Message: message, Hint: hint})
}

func (r *refusals) warn(row int, rule problem.Rule, message, hint problem.Text) {
	r.add(row, problem.Problem{Severity: problem.Warning, Rule: rule, Message: message, Hint: hint})
}

func (r *refusals) add(row int, p problem.Problem) {
	if r.known == nil {
		r.known, r.ofRule = map[refusalKey]*refusal{}, map[problem.Rule]int{}
	}
	k := refusalKey{p.Rule, p.Message.EN}
	all := r.known[k]
	if all == nil && r.ofRule[p.Rule] > maxAlike {
		k.message = "" // any other
		all = r.known[k]
	}
	if all == nil {
		p.Position = r.table.Position(row, r.field)
		all = &refusal{Problem: p}
		r.alike, r.known[k] = append(r.alike, all), all
		r.ofRule[p.Rule]++
	}
	all.cells++
	all.last = max(all.last, row)
	if len(all.rows) < maxNamed {
		all.rows = append(all.rows, row)
	}
}

// close reports what was collected.
func (r *refusals) close() {
	if len(r.alike) == 0 {
		return
	}
	filled := 0
	for row := range r.Rows {
		if r.table.Cell(row, r.field).Text != "" {
			filled++
		}
	}
	cells := map[problem.Rule]int{}
	for _, a := range r.alike {
		cells[a.Rule] += a.cells
	}
	joined := map[problem.Rule]*refusal{}
	for _, a := range r.alike {
		if r.ofRule[a.Rule] <= maxAlike && cells[a.Rule] != filled {
			r.report(a)
			continue
		}
		first := joined[a.Rule]
		if first == nil {
			joined[a.Rule] = a
			continue
		}
		first.cells += a.cells
		first.last = max(first.last, a.last)
		first.rows = append(first.rows, a.rows...)[:min(maxNamed, len(first.rows)+len(a.rows))]
	}
	for _, a := range r.alike {
		if joined[a.Rule] == a {
			r.report(a)
		}
	}
}

// report gives one problem, with the cells that it is of.
func (r *refusals) report(a *refusal) {
	var names []string
	for _, row := range a.rows {
		names = append(names, r.table.Position(row, r.field).Cell)
	}
	a.Again(a.cells, names, r.table.Position(a.last, r.field).Cell)
	r.problems = append(r.problems, a.Problem)
}
