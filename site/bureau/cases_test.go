package bureau

import (
	"fmt"
	"slices"
	"testing"

	"sunshine/site/problem"
)

func texts(all ...string) (list []String) {
	for _, v := range all {
		list = append(list, String{V: v})
	}
	return list
}

func TestChoices(t *testing.T) {
	g := &Guide{
		Cases: []Case{
			{Answers: texts("grown", "young")},
			{Answers: texts("parent", "other"), When: texts("young")},
			{Answers: texts("here", "there")},
		},
		Materials: []Material{
			{Name: String{V: "always"}},
			{Name: String{V: "of the young"}, When: texts("young")},
			{Name: String{V: "of either guardian"}, When: texts("parent", "other")},
			{Name: String{V: "of others from elsewhere"}, When: texts("other", "there")},
		},
	}
	all, beginnings := g.Choices()
	if got, want := fmt.Sprint(all), "[1-0-1 1-0-2 2-1-1 2-1-2 2-2-1 2-2-2]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(beginnings), "[ 1-0 2 2-1 2-2]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for i, want := range []int{1, 1, 3, 3, 3, 4} {
		if got := len(g.For(all[i]).Materials); got != want {
			t.Errorf("%s: %d materials, want %d", all[i], got, want)
		}
	}
	if all, beginnings := (&Guide{}).Choices(); len(all) != 1 || len(beginnings) != 0 || len(all[0]) != 0 {
		t.Error(all, beginnings)
	}
}

// However many questions a clerk writes, no more ways are followed than can be shown.
func TestChoicesAreBounded(t *testing.T) {
	g := &Guide{}
	for i := range 200 {
		g.Cases = append(g.Cases, Case{Answers: texts(fmt.Sprint(i, "a"), fmt.Sprint(i, "b"), fmt.Sprint(i, "c"))})
	}
	if all, _ := g.Choices(); len(all) != MostChoices+1 {
		t.Error(len(all))
	}
}

// A choice that goes on shares nothing with another.
func TestChoicesAreApart(t *testing.T) {
	g := &Guide{Cases: []Case{{Answers: texts("a", "b")}, {Answers: texts("c", "d"), When: texts("b")}, {Answers: texts("e", "f")}, {Answers: texts("g", "h")}}}
	all, beginnings := g.Choices()
	seen := map[string]bool{}
	for _, c := range slices.Concat(all, beginnings) {
		if seen[c.String()] {
			t.Error("twice", c)
		}
		seen[c.String()] = true
	}
	if len(all) != 12 {
		t.Error(len(all))
	}
}

func TestTotal(t *testing.T) {
	amount := func(yuan float64) Number { return Number{V: yuan, At: problem.Position{Line: 1}} }
	for _, c := range []struct {
		guide Guide
		want  float64
		known bool
	}{
		{Guide{}, 0, false},
		{Guide{Fee: Fee{Note: String{V: "by the standard"}}}, 0, false},
		{Guide{Fee: Fee{Free: Bool{V: true, At: problem.Position{Line: 1}}}}, 0, true},
		{Guide{Fee: Fee{Amount: amount(20)}}, 20, true},
		{Guide{Fees: []FeeItem{{Amount: amount(100)}, {Amount: amount(15)}}}, 115, true},
		{Guide{Fees: []FeeItem{{Amount: amount(100)}, {}}}, 0, false},
	} {
		if got, known := c.guide.Total(); got != c.want || known != c.known {
			t.Errorf("%+v: %g %t", c.guide, got, known)
		}
	}
}
