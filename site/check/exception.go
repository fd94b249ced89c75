package check

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Except takes the warnings out that site.yaml excepts, each with its reason. An
// error is never excepted. An exception of no rule, or without a reason, is an
// error; one that takes nothing back is a warning, unless errors hide what it is for.
func Except(problems problem.List, exceptions []bureau.Exception) problem.List {
	var found problem.List
	used := make([]bool, len(exceptions))
	for _, e := range exceptions {
		switch {
		case strings.HasPrefix(e.Rule.V, "privacy/"):
			found.Error(place(e.Rule.At, e.At), problem.RulesPrivacy,
				problem.Say("个人信息的规则不能在这里设例外", "rules on personal data cannot be excepted here"),
				problem.Say("在 data/privacy.yaml 里逐项豁免", "waive one value at a time in data/privacy.yaml"))
		case problem.RuleOf(e.Rule.V) == (problem.Rule{}):
			var ids []string
			for _, r := range problem.Rules() {
				ids = append(ids, r.String())
			}
			found.Error(place(e.Rule.At, e.At), problem.RulesUnknown,
				problem.Say("没有名为“%s”的规则", "there is no rule \"%s\"", problem.Quote(e.Rule.V)),
				problem.Meant(e.Rule.V, ids, problem.Say("照每条消息末尾方括号里的规则名写", "write the rule that stands in brackets at the end of each message")))
		}
		if e.Reason.V == "" {
			found.Error(place(e.Reason.At, e.At), problem.RulesReason,
				problem.Say("例外没有写理由", "the exception has no reason"),
				problem.Say("加上 reason: …（理由），说明为什么这条规则在这里不适用", "add reason: …, saying why the rule does not hold here"))
		}
	}
	kept := slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool {
		if p.Severity == problem.Error || p.Rule.Area() == "privacy" {
			return false
		}
		for i, e := range exceptions {
			if e.Rule.V == p.Rule.String() && e.Reason.V != "" && (e.Path.V == "" || e.Path.V == p.File) {
				used[i] = true
				return true
			}
		}
		return false
	})
	if problems.Errors() == 0 && found.Errors() == 0 {
		for i, e := range exceptions {
			if !used[i] {
				found.Warn(place(e.Rule.At, e.At), problem.RulesUnused,
					problem.Say("例外“%s”没有用上：没有这条警告", "the exception of \"%s\" is not used: there is no such warning", problem.Quote(e.Rule.V)),
					problem.Say("删去它", "remove it"))
			}
		}
	}
	return append(kept, found...)
}

// place is the first position that is known.
func place(positions ...problem.Position) problem.Position {
	for _, at := range positions {
		if at.Line > 0 {
			return at
		}
	}
	return problem.Position{File: bureau.SiteKind.File(), Line: 1, Column: 1}
}
