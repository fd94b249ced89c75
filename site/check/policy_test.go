package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
)

const policyDocument = `---
title: 甲
index_no: S-1
doc_no: 示公规〔2026〕3号
made: 2026-09-18
published: 2026-09-21
validity: 有效
---
`

const policyExplanation = `---
title: 乙
explains: a
published: 2026-09-21
---
`

// policiesOf reads documents by their names, and fails where one cannot be.
func policiesOf(t *testing.T, texts ...string) *bureau.Bureau {
	t.Helper()
	b := &bureau.Bureau{Site: bureau.Site{Language: bureau.String{V: "zh"}}}
	for i, text := range texts {
		if text == "" {
			continue
		}
		p, problems := load.Policy("data/policies/"+string(rune('a'+i))+".md", []byte(text))
		if p == nil || len(problems) > 0 {
			t.Fatal(text, problems)
		}
		p.Language = "zh"
		b.Policies = append(b.Policies, p)
	}
	return b
}

// Each thing that a document says wrong of itself, or leaves out, is told at its place.
func TestPolicy(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"title: 甲", "title: ''", "2:8 error policy/title"},
		{"index_no: S-1\n", "", "1:1 error policy/index"},
		{"index_no: S-1", "index_no: ' '", "3:11 error policy/index"},
		{"doc_no: 示公规〔2026〕3号\n", "", "1:1 error policy/number the document has no document number"},
		{"made: 2026-09-18\n", "", "1:1 error policy/date the document has no date"},
		{"published: 2026-09-21\n", "", "1:1 error policy/date it does not say when"},
		{"validity: 有效\n", "", "1:1 error policy/validity"},
		{"validity: 有效", "validity: 有用", "7:11 error policy/validity there is no word"},
		{"validity: 有效", "validity: 现行有效", ""},
		{"published: 2026-09-21", "published: 2026-09-17", "6:12 error policy/date it is published on 2026-09-17, before its date, 2026-09-18"},
		{"published: 2026-09-21", "published: 2026-09-18", ""},
		{"made: 2026-09-18\npublished: 2026-09-21\n", "made: 2026-11-01\npublished: 2026-11-02\n", "5:7 error policy/date the date 2026-11-01 is after today"},
		{"validity: 有效", "validity: 有效\nvalid_until: 2026-09-17", "8:14 error policy/date it is valid until 2026-09-17, before its date\n8:14 warning policy/expired"},
		{"validity: 有效", "validity: 有效\nvalid_until: 2026-10-30", "8:14 warning policy/expired"},
		{"validity: 有效", "validity: 有效\nvalid_until: 2026-10-31", ""},
		{"validity: 有效", "validity: 失效\nvalid_until: 2026-10-30", ""},
		// The form of the number.
		{"示公规〔2026〕3号", "示公规[2026]3号", "4:9 warning policy/number"},
		{"示公规〔2026〕3号", "示公规（2026）3号", "4:9 warning policy/number"},
		{"示公规〔2026〕3号", "示公规〔2026〕第03号", "4:9 warning policy/number"},
		{"示公规〔2026〕3号", "示公规〔2026〕3", "4:9 warning policy/number"},
		{"示公规〔2026〕3号", "示范市公安局公告第3号", ""},
		{"示公规〔2026〕3号", "公告2026年第3号", ""},
		{"示公规〔2026〕3号", "示公规2026-3", "4:9 error policy/number"},
		{"示公规〔2026〕3号", "〔2026〕3号", "4:9 error policy/number"},
		{"示公规〔2026〕3号", "示公规〔26〕3号", "4:9 error policy/number"},
		// Validity and what replaces it.
		{"validity: 有效", "validity: 废止", "7:11 warning policy/ended"},
		{"validity: 有效", "validity: 废止\nreason: 上位法已经修改", ""},
		{"validity: 有效", "validity: 废止\nreplaced_by: c", ""},
		{"validity: 有效", "validity: 有效\nreplaced_by: c", "7:11 warning policy/ended it is replaced by \"c\""},
		{"validity: 有效", "validity: 废止\nreplaced_by: cc", "8:14 error policy/named there is no policy document \"cc\""},
		{"validity: 有效", "validity: 废止\nreplaced_by: a", "8:14 error policy/named it names itself"},
		// Another document with its numbers.
		{"S-1", "S-3", "3:11 error policy/twice index number \"S-3\" is that of data/policies/c.md, too"},
		{"示公规〔2026〕3号", "示公规[2026]5号", "4:9 error policy/twice document number\n4:9 warning policy/number"},
		{"validity: 有效", "validity: 有效\nstatus: 定稿", "8:9 error notice/waiting"},
		{"validity: 有效", "validity: 有效\nattachments: [{name: 表}]", "8:15 error policy/attachment the attachment has no file"},
		{"validity: 有效", "validity: 有效\nattachments: [{file: a.pdf}]", "8:22 error policy/attachment"},
		{"validity: 有效", "validity: 有效\nattachments: [{file: /static/a.pdf}]", ""},
		{"validity: 有效", "validity: 有效\nform: 动画", "8:7 error policy/form"},
	} {
		if !strings.Contains(policyDocument, c.old) {
			t.Fatal(c.old)
		}
		third := strings.NewReplacer("S-1", "S-3", "3号", "5号").Replace(policyDocument)
		b := policiesOf(t, "", "", third)
		b.Policies = append(b.Policies, policiesOf(t, strings.Replace(policyDocument, c.old, c.new, 1)).Policies...)
		var got []string
		for _, p := range Policies(b, asOf) {
			got = append(got, strings.TrimPrefix(p.Position.String(), p.File+":")+" "+p.Severity.String()+" "+p.Rule.String()+" "+p.Message.EN)
			if strings.Contains(p.Message.ZH+p.Hint.ZH+p.Message.EN+p.Hint.EN, "%!") {
				t.Errorf("%+v", p)
			}
		}
		want := strings.Split(c.want, "\n")
		if c.want == "" {
			want = nil
		}
		same := len(got) == len(want)
		for i := range want {
			same = same && strings.HasPrefix(got[i], want[i])
		}
		if !same {
			t.Errorf("%q -> %q:\n%s\nwant\n%s", c.old, c.new, strings.Join(got, "\n"), c.want)
		}
	}
}

// A document and its explanation are held against each other.
func TestPolicyExplained(t *testing.T) {
	normative := strings.Replace(policyDocument, "validity: 有效", "validity: 有效\nnormative: true", 1)
	for _, c := range []struct{ name, document, explanation, want string }{
		{"none is wanted", policyDocument, "", ""},
		{"none", normative, "", "policy/explained"},
		{"repealed", strings.Replace(normative, "validity: 有效", "validity: 废止\nreason: 丙", 1), "", ""},
		{"explained", normative, policyExplanation, ""},
		{"with its number", normative, strings.Replace(policyExplanation, "explains: a", "explains: a\ndoc_no: 示公规〔2026〕3号", 1), ""},
		{"with its index number", normative, strings.Replace(policyExplanation, "explains: a", "explains: a\nindex_no: S-1", 1), "policy/twice"},
		{"another is explained", normative, strings.Replace(policyExplanation, "explains: a", "explains: aa", 1), "policy/explained policy/named"},
		{"itself", normative, strings.Replace(policyExplanation, "explains: a", "explains: b", 1), "policy/explained policy/named"},
		{"the day before", normative, strings.Replace(policyExplanation, "09-21", "09-20", 1), "policy/explanation"},
		{"without a day", normative, strings.Replace(policyExplanation, "published: 2026-09-21\n", "", 1), "policy/date"},
		{"an explanation", strings.Replace(policyExplanation, "explains: a", "explains: b", 1), policyExplanation, "policy/named policy/named"},
	} {
		var rules []string
		for _, p := range Policies(policiesOf(t, c.document, c.explanation), asOf) {
			rules = append(rules, p.Rule.String())
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A version in another language has the numbers of its original, and explains it.
func TestPolicyVersion(t *testing.T) {
	b := policiesOf(t, policyDocument, policyExplanation)
	version := *b.Policies[0]
	version.Language, version.File = "en", "data/policies/a.en.md"
	b.Policies = append(b.Policies, &version)
	for _, p := range Policies(b, asOf) {
		t.Error(p.Message.EN)
	}
}

// Documents that replace each other, or that an explanation replaces, and a version that
// says otherwise than its original are told.
func TestPolicyContradictions(t *testing.T) {
	second := strings.NewReplacer("甲", "乙", "S-1", "S-3", "3号", "5号").Replace(policyDocument)
	repealed := func(text, by string) string {
		return strings.Replace(text, "validity: 有效", "validity: 废止\nreplaced_by: "+by, 1)
	}
	for _, c := range []struct {
		texts []string
		want  string
	}{
		{[]string{repealed(policyDocument, "b"), second}, ""},
		{[]string{repealed(policyDocument, "b"), repealed(second, "a")}, "these documents replace each other"},
		{[]string{repealed(policyDocument, "b"), policyExplanation}, "is an explanation, and replaces no document"},
	} {
		var got []string
		for _, p := range Policies(policiesOf(t, c.texts...), asOf) {
			if p.Rule.String() == "policy/named" {
				got = append(got, p.Message.EN)
			}
		}
		if told := strings.Join(got, "\n"); (told == "") != (c.want == "") || !strings.Contains(told, c.want) {
			t.Errorf("%s, want %q", told, c.want)
		}
	}
	b := policiesOf(t, policyDocument, policyExplanation)
	version := *b.Policies[0]
	version.Language, version.File = "en", "data/policies/a.en.md"
	version.Validity.V, version.Made.V = bureau.Repealed, version.Made.V+1
	b.Policies = append(b.Policies, &version)
	told := 0
	for _, p := range Policies(b, asOf) {
		if p.Rule.String() == "policy/named" && strings.Contains(p.Message.EN, "differs from data/policies/a.md") {
			told++
		}
	}
	if told != 2 {
		t.Errorf("%d differences are told, want 2", told)
	}
}
