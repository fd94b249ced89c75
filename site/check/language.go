package check

import (
	"fmt"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Languages holds the versions of each guide in other languages against the one in
// the main language: what a citizen must bring, pay, wait and call is the same in
// all. What one of them leaves out altogether is a matter of its elements.
func Languages(guides []*bureau.Guide, main string) problem.List {
	type key struct{ area, name string }
	mains := map[key]*bureau.Guide{}
	for _, g := range guides {
		if g.Language == main && g.Status.V != "draft" {
			mains[key{g.Area.V, g.Name}] = g
		}
	}
	var problems problem.List
	for _, g := range guides {
		if of := mains[key{g.Area.V, g.Name}]; of != nil && g.Language != main && g.Status.V != "draft" {
			c := guide{Guide: g}
			c.agree(of)
			problems = append(problems, c.List...)
		}
	}
	return problems
}

// agree holds the guide against the one in the main language.
func (c *guide) agree(main *bureau.Guide) {
	if state(main) != state(c.Guide) {
		c.differ("status", state(c.Guide), state(main), main.File, c.Status.At)
		return
	}
	if state(main) != "in-force" {
		return
	}
	if a, b := fee(c.Fee), fee(main.Fee); a != "" && b != "" && a != b {
		c.differ("fee", a, b, main.File, c.Fee.Amount.At, c.Fee.Free.At, c.Fee.At)
	}
	if a, b := c.TimeLimit, main.TimeLimit; a.At.Line > 0 && b.At.Line > 0 {
		if a.Statutory.Given() != b.Statutory.Given() || a.Statutory.V != b.Statutory.V {
			c.differ("time_limit.statutory", limit(a.Statutory), limit(b.Statutory), main.File, a.Statutory.At, a.At)
		}
		if a.Promised.Given() != b.Promised.Given() || a.Promised.V != b.Promised.V {
			c.differ("time_limit.promised", limit(a.Promised), limit(b.Promised), main.File, a.Promised.At, a.At)
		}
		if a.Unit.V != b.Unit.V {
			c.differ("time_limit.unit", a.Unit.V, b.Unit.V, main.File, a.Unit.At, a.At)
		}
	}
	if a, b := fees(c.Fees), fees(main.Fees); a != "" && b != "" && a != b {
		c.differ("fees", a, b, main.File, c.Fees[0].At)
	}
	if a, b := c.Visits.Count, main.Visits.Count; a.Given() && b.Given() && a.V != b.V {
		c.differ("visits.count", fmt.Sprint(a.V), fmt.Sprint(b.V), main.File, a.At)
	}
	if a, b := len(c.Materials), len(main.Materials); a > 0 && b > 0 && a != b {
		c.differ("materials", fmt.Sprint(a), fmt.Sprint(b), main.File, c.Materials[0].At)
	}
	c.sameCases(main)
	if a, b := desks(c.Places), desks(main.Places); len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) {
		c.differ("places[].phone", strings.Join(a, " "), strings.Join(b, " "), main.File, c.Places[0].Phone.At, c.Places[0].At)
	}
}

// sameCases holds the sheets of both against each other: what one brings and pays, where,
// how often and how long. The numbers are told with the answers that lead to the sheet.
func (c *guide) sameCases(main *bureau.Guide) {
	if len(c.Cases) == 0 && len(main.Cases) == 0 {
		return
	}
	at := c.At
	if len(c.Cases) > 0 {
		at = c.Cases[0].At
	}
	all, _ := c.Choices()
	others, _ := main.Choices()
	if !slices.EqualFunc(all, others, slices.Equal) {
		c.differ("cases", fmt.Sprint(len(all)), fmt.Sprint(len(others)), main.File, at)
		return
	}
	for _, choice := range all {
		of, theirs := c.For(choice), main.For(choice)
		yuan, known := of.Total()
		total, told := theirs.Total()
		for _, part := range []struct {
			key         string
			here, there string
		}{
			{"materials", fmt.Sprint(len(of.Materials)), fmt.Sprint(len(theirs.Materials))},
			{"fees", sum(yuan, known), sum(total, told)},
			{"places", fmt.Sprint(len(of.Places)), fmt.Sprint(len(theirs.Places))},
			{"visits.count", fmt.Sprint(of.Visits.Count.V), fmt.Sprint(theirs.Visits.Count.V)},
			{"time_limit.promised", limit(of.TimeLimit.Promised), limit(theirs.TimeLimit.Promised)},
		} {
			if part.here != part.there {
				c.differ(part.key, c.answered(choice)+part.here, c.answered(choice)+part.there, main.File, at)
				return
			}
		}
	}
}

// answered are the answers of a way through the questions, before what is said of it.
func (c *guide) answered(choice bureau.Choice) string {
	said := ""
	for i, n := range choice {
		if n > 0 {
			said += c.Cases[i].Answers[n-1].V + " + "
		}
	}
	return strings.TrimSuffix(said, " + ") + ": "
}

// sum writes what a sheet costs together; what is not known is no 0.
func sum(yuan float64, known bool) string {
	if !known {
		return "?"
	}
	return fmt.Sprintf("%.10g", yuan)
}

func (c *guide) differ(path, here, there, file string, known ...problem.Position) {
	c.Error(c.place(path, known...), problem.GuideLanguages,
		problem.Say("两种语言的%[1]s不一致：这里是“%[3]s”，另一种语言是“%[4]s”", "the two languages differ on %[2]s: \"%[3]s\" here, \"%[4]s\" in the other", spelled(path), path, problem.Quote(here), problem.Quote(there)),
		problem.Say("对照 %s 改成一致", "compare %s and make them the same", file))
}

// state is the status of a guide; one that says none is in force.
func state(g *bureau.Guide) string {
	if g.Status.V == "" {
		return "in-force"
	}
	return g.Status.V
}

// fee writes what is to be paid; empty where it is not said as a number.
func fee(f bureau.Fee) string {
	switch {
	case f.Amount.Given():
		return fmt.Sprintf("%.10g", f.Amount.V)
	case f.Free.V:
		return "0"
	}
	return ""
}

// fees writes what is to be paid for each item.
func fees(items []bureau.FeeItem) string {
	var all []string
	for _, f := range items {
		all = append(all, fmt.Sprintf("%.10g", f.Amount.V))
	}
	return strings.Join(all, " ")
}

func limit(n bureau.Int) string {
	if !n.Given() {
		return ""
	}
	return fmt.Sprint(n.V)
}

// desks are the numbers of all windows, in order.
func desks(places []bureau.Place) []string {
	var all []string
	for _, p := range places {
		for _, phone := range text.Phones(p.Phone.V) {
			if phone.Digits != "" {
				all = append(all, phone.Number())
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
