package render

import (
	"cmp"
	"slices"

	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Report is what report.html shows to staff: each rule with its state, and each
// problem with its place. It stands by itself and is no page of the site.
type Report struct {
	Tag              string
	AsOf             Date
	Errors, Warnings string
	Fine             string // rules without a problem
	Broken           []RuleView
	Kept             []RuleView
}

// RuleView is one rule. State says how many problems it found.
type RuleView struct {
	ID, Text, State string
	Failed          bool // one of the problems is an error
	Problems        []ProblemView
	More            int // problems that are not listed
}

// ProblemView is one problem; it is an error or a warning.
type ProblemView struct {
	Place, Message, Hint string
	Error                bool
}

const reportProblems = 100 // of one rule that are listed

// StaffReport renders what check found on a day, rules with errors first. All
// rules are listed, those that are kept too.
func StaffReport(problems problem.List, asOf period.Date, language problem.Language) ([]byte, problem.List, error) {
	t, faults, err := Load(nil)
	if err != nil || len(faults) > 0 {
		return nil, faults, err
	}
	l := locale.Builtin(language)
	s := site{Templates: t}
	errors := problems.Errors()
	v := Report{
		Tag: l.Tag, AsOf: s.date(l, asOf),
		Errors: l.Text(locale.ReportErrors, errors), Warnings: l.Text(locale.ReportWarnings, len(problems)-errors),
	}
	found := map[problem.Rule]problem.List{}
	for _, p := range problems {
		found[p.Rule] = append(found[p.Rule], p)
	}
	for _, r := range problem.Rules() {
		list := found[r]
		if r.Area() == "verify" || r.Area() == "write" {
			continue // held against a built site, not against the folder
		}
		view := RuleView{ID: r.String(), Text: r.About().In(language), State: l.Text(locale.RuleKept), Failed: list.Errors() > 0}
		if list == nil {
			v.Kept = append(v.Kept, view)
			continue
		}
		errors := list.Errors()
		view.State = l.Text(locale.RuleWarnings, len(list))
		switch {
		case errors == len(list):
			view.State = l.Text(locale.RuleErrors, errors)
		case errors > 0:
			view.State = l.Text(locale.RuleBoth, l.Text(locale.RuleErrors, errors), l.Text(locale.RuleWarnings, len(list)-errors))
		}
		view.More = max(len(list)-reportProblems, 0)
		for _, p := range list[:len(list)-view.More] {
			message, hint := p.Said(language)
			view.Problems = append(view.Problems, ProblemView{p.Position.String(), message, hint, p.Severity == problem.Error})
		}
		v.Broken = append(v.Broken, view)
	}
	v.Fine = l.Text(locale.ReportFine, len(v.Kept))
	slices.SortStableFunc(v.Broken, func(a, b RuleView) int { return cmp.Compare(order(a), order(b)) })
	w := new(limited)
	faults = t.execute(w, l, "report.html", v)
	return w.Bytes(), faults, nil
}

// order puts rules with errors before those with warnings.
func order(v RuleView) int {
	if v.Failed {
		return 0
	}
	return 1
}
