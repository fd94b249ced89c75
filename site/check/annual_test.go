package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const annualReport = `published: 2026-01-28
period: 2025
overview: 甲
disclosed:
  rules: 0
  normative: {issued: 2, repealed: 1, in_force: 9}
  licensing: 3410
  penalties: 28640
  compulsory: 1275
  fees: 186.42
requests:
  new: {persons: 12, organisations: {enterprises: 2, legal: 1, rest: 0}, total: 15}
  carried_in: {persons: 2, rest: 0}
  results:
    granted: {persons: 6, organisations: {enterprises: 1, legal: 1, rest: 0}, total: 8}
    partial: {persons: 2, rest: 0}
    refused: {third_party: {persons: 1, rest: 0}, rest: 0}
    unavailable: {not_held: {persons: 2, organisations: {enterprises: 1, rest: 0}}, to_make: {persons: 1, rest: 0}, rest: 0}
    unprocessed: {petitions: {persons: 1, rest: 0}, rest: 0}
    otherwise: 0
    total: {persons: 13, organisations: {enterprises: 2, legal: 1, rest: 0}, total: 16}
  carried_out: {persons: 1, rest: 0}
review:
  reconsideration: {upheld: 1, rest: 0, total: 1}
  litigation: 0
problems: 乙
other: 无
`

// annuals reads reports by their years, and fails where one cannot be.
func annuals(t *testing.T, texts map[string]string) *bureau.Bureau {
	t.Helper()
	b := &bureau.Bureau{}
	for _, year := range []string{"2026", "2025", "2024", "report"} {
		text, is := texts[year]
		if !is {
			continue
		}
		a, problems := load.Annual("data/annual/"+year+".yaml", []byte(text))
		if a == nil || len(problems) > 0 {
			t.Fatal(problems)
		}
		b.Annual = append(b.Annual, a)
	}
	return b
}

func annualFaults(problems problem.List) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Message.EN+" ["+p.Rule.String()+"]")
	}
	return strings.Join(all, "\n")
}

// Each figure that is changed by itself breaks what it is part of, and that alone.
func TestAnnual(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		// What is left out of a table is missing, and no 0.
		{"enterprises: 2, legal: 1, rest: 0}, total: 15", "enterprises: 2, legal: 1}, total: 15", `12:37 annual/missing "requests → new → organisations" lacks research, charities, others`},
		{"{persons: 12, organisations: {enterprises: 2, legal: 1, rest: 0}, total: 15}", "{organisations: {enterprises: 2, legal: 1, rest: 0}}", `12:8 annual/missing "requests → new" lacks persons`},
		{"repealed: 1", "repealed: ", `6:26 annual/missing "disclosed → normative" lacks repealed`},
		{"  penalties: 28640\n", "", `5:3 annual/missing "disclosed" lacks penalties`},
		{"  fees: 186.42\n", "  fees:\n", `10:3 annual/missing "disclosed" lacks fees`},
		{"    otherwise: 0\n", "", `15:5 annual/missing "requests → results" lacks otherwise`},
		{"third_party: {persons: 1, rest: 0}, rest: 0", "third_party: {persons: 1, rest: 0}", `17:14 annual/missing "requests → results → refused" lacks secret, prohibited, security, internal, deliberations, case_files, inquiries`},
		{"  carried_out: {persons: 1, rest: 0}\n", "", `12:3 annual/missing "requests" lacks carried_out`},
		{"  litigation: 0\n", "", `24:3 annual/missing "review" lacks litigation`},
		// A key that is written without a value is not of the rest.
		{"upheld: 1, rest: 0, total: 1", "upheld: 1, pending: , rest: 0", `24:32 annual/missing "review → reconsideration" lacks pending`},
		{"review:\n  reconsideration: {upheld: 1, rest: 0, total: 1}\n  litigation: 0\n", "review: 0\n", ``},
		{"review:\n  reconsideration: {upheld: 1, rest: 0, total: 1}\n  litigation: 0\n", "", `1:1 annual/missing "the report" lacks review`},
		// A block is 0 or is written out.
		{"litigation: 0", "litigation: 3", `25:15 annual/figure "litigation" takes`},
		{"otherwise: 0", "otherwise: {rest: 2}", `20:23 annual/figure "otherwise" takes`},
		{"licensing: 3410", "licensing: -1", `7:14 annual/figure "licensing" is below zero`},
		{"fees: 186.42", "fees: -0.5", `10:9 annual/figure "fees" is below zero`},
		// Sums.
		{"total: 15", "total: 16", `12:81 annual/sum the total of "new" is 16, but its parts are 15`},
		{"rest: 0}, total: 8}", "rest: 0}, total: 9}", `15:86 annual/sum the total of "（一）予以公开" is 9, but its parts are 8`},
		{"total: {persons: 13, ", "total: {persons: 14, ", `21:22 annual/sum in the column "persons" the total of the results is 14, but its rows are 13`},
		{"total: 16}", "total: 17}", `21:85 annual/sum the total of the results is 17, but its rows are 16`},
		{"total: {persons: 13, organisations: {enterprises: 2, legal: 1, rest: 0}, total: 16}", "total: 17", `21:12 annual/sum the total of the results is 17, but its rows are 16`},
		{"rest: 0, total: 1}", "rest: 0, total: 2}", `24:48 annual/sum the total of "reconsideration" is 2, but its parts are 1`},
		{"litigation: 0", "litigation: {direct: {upheld: 1, rest: 0, total: 0}, after: {pending: 2, rest: 0, total: 1}}", `25:52 annual/sum the total of "litigation → direct" is 0, but its parts are 1
25:92 annual/sum the total of "litigation → after" is 1, but its parts are 2`},
		// The balance of each column.
		{"carried_out: {persons: 1,", "carried_out: {persons: 2,", `22:26 annual/balance the column "persons" does not balance: 12 new and 2 of last year are 14, but 13 dealt with and 2 carried over are 15`},
		{"carried_in: {persons: 2, rest: 0}", "carried_in: {persons: 2, organisations: {research: 3, rest: 0}}", `22:35 annual/balance the column "research" does not balance: 0 new and 3 of last year are 3, but 0 dealt with and 0 carried over are 0`},
		{"enterprises: 2, legal: 1, rest: 0}, total: 15", "enterprises: 3, legal: 0, rest: 0}", `22:35 annual/balance the column "enterprises"
22:35 annual/balance the column "legal"`},
		{"enterprises: 2, legal: 1, rest: 0}, total: 15", "enterprises: 2, legal: 1, charities: 1, rest: 0}", `22:35 annual/balance the column "charities"`},
		{"enterprises: 2, legal: 1, rest: 0}, total: 15", "enterprises: 2, legal: 1, others: 4, rest: 0}", `22:35 annual/balance the column "others"`},
		// What stands around the tables.
		{"published: 2026-01-28\n", "", `1:1 annual/published`},
		{"published: 2026-01-28", "published: 2026-01-31", ``},
		{"published: 2026-01-28", "published: 2026-02-01", `1:12 annual/late the report of 2025 is published on 2026-02-01; it was due on 2026-01-31`},
		{"period: 2025", "period: 2024", `2:9 annual/year the period is 2024, but the file is named 2025`},
		{"period: 2025\n", "", ``},
		{"overview: 甲\n", "", `1:1 annual/part the annual report lacks the part "一、总体情况"`},
		{"problems: 乙\n", "problems: \n", `1:1 annual/part the annual report lacks the part "五、存在的主要问题及改进情况"`},
		{"other: 无", "other: ' '", `1:1 annual/part the annual report lacks the part "六、其他需要报告的事项"`},
		{"period: 2025", "status: 定稿", `2:9 notice/waiting`},
	} {
		if !strings.Contains(annualReport, c.old) {
			t.Fatal(c.old)
		}
		b := annuals(t, map[string]string{"2025": strings.Replace(annualReport, c.old, c.new, 1)})
		problems := Annuals(b, asOf)
		var got []string
		for _, p := range problems {
			got = append(got, strings.TrimPrefix(p.Position.String(), p.File+":")+" "+p.Rule.String()+" "+p.Message.EN)
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

// Reports are held against each other, and against the calendar.
func TestAnnuals(t *testing.T) {
	next := strings.NewReplacer("2026-01-28", "2027-01-20", "period: 2025", "period: 2026",
		"carried_in: {persons: 2, rest: 0}", "carried_in: {persons: 1, rest: 0}", "persons: 12", "persons: 13", "total: 15", "total: 16").Replace(annualReport)
	day := func(text string) period.Date {
		d, ok := period.ParseDate(text)
		if !ok {
			t.Fatal(text)
		}
		return d
	}
	for _, c := range []struct {
		name  string
		texts map[string]string
		page  string
		asOf  string
		want  string
	}{
		{"none was ever written", nil, "", "2027-03-01", ""},
		{"the year before is taken up", map[string]string{"2025": annualReport, "2026": next}, "", "2027-03-01", ""},
		{"it is not", map[string]string{"2025": annualReport, "2026": strings.NewReplacer("carried_in: {persons: 1,", "carried_in: {persons: 2,", "new: {persons: 13, organisations: {enterprises: 2, legal: 1, rest: 0}, total: 16}", "new: {persons: 12, organisations: {enterprises: 2, legal: 1, rest: 0}, total: 15}").Replace(next)}, "", "2027-03-01",
			`in the column "persons" 2 are of last year, but the report of 2025 carries over 1 [annual/carried]`},
		{"a year between is not compared", map[string]string{"2024": strings.Replace(annualReport, "period: 2025\n", "", 1), "2026": next}, "", "2027-03-01", "2024"},
		{"it is not due yet", map[string]string{"2025": annualReport}, "", "2027-01-31", ""},
		{"it is overdue", map[string]string{"2025": annualReport}, "", "2027-02-01", "the report of 2026 is not there; it was due on 2027-01-31 (article forty-nine of the regulation) [annual/none]"},
		{"it is a page", nil, "annual-report-2026", "2027-02-01", "the report of 2026 is written as a page, and its tables are held against nothing [annual/year]"},
		{"a name that is no year", map[string]string{"report": annualReport}, "", "2026-03-01", "the name of the file is no year"},
	} {
		b := annuals(t, c.texts)
		if c.page != "" {
			b.Pages = []*bureau.Page{{Name: c.page}}
		}
		got := annualFaults(Annuals(b, day(c.asOf)))
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) || strings.Contains(got, "annual/carried") != strings.Contains(c.want, "annual/carried") {
			t.Errorf("%s:\n%s\nwant %s", c.name, got, c.want)
		}
	}
}

// Whatever is written, the sums hold and nothing fails.
func FuzzAnnual(f *testing.F) {
	f.Add(annualReport)
	f.Add("requests: {results: {total: 3}, new: {rest: 0, persons: }}\nreview: 0\n")
	f.Fuzz(func(t *testing.T, text string) {
		a, _ := load.Annual("data/annual/2025.yaml", []byte(text))
		if a == nil {
			return
		}
		for _, p := range Annuals(&bureau.Bureau{Annual: []*bureau.Annual{a}}, asOf) {
			if p.Line < 1 {
				t.Errorf("%+v", p)
			}
		}
	})
}
