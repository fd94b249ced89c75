package bureau

import (
	"strings"
	"testing"

	"sunshine/site/period"
	"sunshine/site/problem"
)

func TestDocNumber(t *testing.T) {
	for text, want := range map[string]string{
		"示公规〔2026〕3号": "示公规〔2026〕3号", "示公规[2026]3号": "示公规〔2026〕3号", "示公规（2026）003号": "示公规〔2026〕3号", "示公规〔２０２６〕第１２号": "示公规〔2026〕12号",
		"示公规【2026】 3 号": "示公规〔2026〕3号", "示公（治）规(2026)3号": "示公（治）规〔2026〕3号", "示范市公安局令第12号": "示范市公安局令第12号", "公告2026年第3号": "公告2026年第3号",
		"示公规〔1826〕3号": "", "示公规〔2026〕0号": "", "示公规": "", "3号": "", "第3号": "", "示公规2026年3号": "",
	} {
		got, ok := DocNumber(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s %v", text, got, ok)
		}
	}
}

// A document waits for its day or its moment, and its explanation with it, wherever they
// stand among the others; what replaces nothing yet takes nothing along.
func TestHoldPolicies(t *testing.T) {
	at := problem.Position{File: "x", Line: 2}
	day := func(text string) Date {
		d, _ := period.ParseDate(text)
		return Date{V: d, At: at}
	}
	now := period.Moment{Day: day("2026-10-31").V, Minute: 24 * 60}
	for _, c := range []struct {
		name string
		set  func(document, explanation *Policy)
		held string
	}{
		{"both published", func(d, e *Policy) {}, ""},
		{"the document on a later day", func(d, e *Policy) { d.Published = day("2026-11-02") }, "a b"},
		{"the document a draft", func(d, e *Policy) { d.Status = String{V: "draft", At: at} }, "a b"},
		{"the document at a moment", func(d, e *Policy) {
			d.PublishAt = Moment{V: period.Moment{Day: day("2026-11-01").V, Minute: 540}, At: at}
		}, "a b"},
		{"the explanation a draft", func(d, e *Policy) { e.Status = String{V: "draft", At: at} }, "b"},
		{"it explains itself", func(d, e *Policy) { e.Explains = String{V: "b", At: at} }, ""},
	} {
		for _, first := range []bool{true, false} {
			document := &Policy{Name: "a", File: "a", Language: "zh", Published: day("2026-10-31")}
			explanation := &Policy{Name: "b", File: "b", Language: "zh", Published: day("2026-10-31"), Explains: String{V: "a", At: at}}
			other := &Policy{Name: "c", File: "c", Language: "zh", Published: day("2026-10-30")}
			c.set(document, explanation)
			b := &Bureau{Site: Site{Language: String{V: "zh"}}, Policies: []*Policy{document, explanation, other}}
			if !first {
				b.Policies = []*Policy{explanation, other, document}
			}
			held := map[string]bool{}
			for _, h := range b.Hold(now) {
				held[h.Files[0]] = true
			}
			for _, p := range []*Policy{document, explanation, other} {
				if waits := strings.Contains(c.held, p.Name); held[p.File] != waits || (b.Policy(p.Name, "zh") == nil) != waits {
					t.Errorf("%s: %s is held: %v", c.name, p.Name, held[p.File])
				}
			}
		}
	}
}
