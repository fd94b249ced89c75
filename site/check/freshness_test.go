package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

func date(file, text string) bureau.Date {
	d, ok := period.ParseDate(text)
	if !ok {
		panic(text)
	}
	return bureau.Date{V: d, At: problem.Position{File: file, Line: 3, Column: 1}}
}

// kept is a bureau with one item in each column, all of 2026-10-01.
func kept(t testing.TB) *bureau.Bureau {
	b := bureautest.Bureau(bureautest.CasesSolved(t))
	b.Site.Freshness = bureau.Freshness{Notices: bureau.Int{V: 14}, Guides: bureau.Int{V: 180}, Newest: bureau.Int{V: 14}, Notice: bureau.Int{V: 10}, Together: bureau.Int{V: 5}}
	b.Statistics[0].Descriptor.Released = date("data/stats/cases-solved.yaml", "2026-10-01")
	b.Statistics[0].Descriptor.NextRelease = date("data/stats/cases-solved.yaml", "2027-10-01")
	b.Notices = []*bureau.Notice{{Language: "zh", Date: date("data/notices/a.md", "2026-10-01")}}
	for _, a := range bureau.Areas[:6] {
		b.Guides = append(b.Guides, &bureau.Guide{Name: "g", Language: "zh", File: "data/guides/" + a.ID + "/g.md", Title: bureautest.Text(a.ZH), Area: bureautest.Text(a.ID), Verified: date("data/guides/"+a.ID+"/g.md", "2026-10-01")})
	}
	return b
}

func day(text string) period.Date {
	d, _ := period.ParseDate(text)
	return d
}

func TestStale(t *testing.T) {
	for _, tt := range []struct {
		name string
		asOf string
		edit func(*bureau.Bureau)
		want []string // rule, file
	}{
		{"fresh", "2026-10-05", func(*bureau.Bureau) {}, nil},
		{"nine days", "2026-10-10", func(*bureau.Bureau) {}, nil},
		{"ten days without anything new", "2026-10-11", func(*bureau.Bureau) {}, []string{"freshness/newest data/notices/a.md"}},
		{"other days", "2026-10-11", func(b *bureau.Bureau) { b.Site.Freshness.Notice.V, b.Site.Freshness.Newest.V = 11, 20 }, nil},
		{"no limit", "2026-11-11", func(b *bureau.Bureau) { b.Site.Freshness.Newest.V, b.Site.Freshness.Notices.V = 0, 0 }, nil},
		{"a guide is new", "2026-10-11", func(b *bureau.Bureau) { b.Guides[0].Updated = date("g", "2026-10-09") }, nil},
		{"notices overdue", "2026-10-16", func(b *bureau.Bureau) { b.Guides[0].Updated = date("g", "2026-10-09") }, []string{"freshness/column data/notices/a.md"}},
		{"a statistic is late", "2026-10-05", func(b *bureau.Bureau) { b.Statistics[0].Descriptor.NextRelease = date("s", "2026-10-04") },
			[]string{"freshness/statistic s", "freshness/column data/stats"}},
		{"a statistic on its day", "2026-10-05", func(b *bureau.Bureau) { b.Statistics[0].Descriptor.NextRelease = date("s", "2026-10-05") }, nil},
		{"days of grace", "2026-10-05", func(b *bureau.Bureau) {
			b.Statistics[0].Descriptor.NextRelease, b.Site.Freshness.Statistics.V = date("s", "2026-10-04"), 1
		}, nil},
		{"the frequency stands for a date that is not given", "2026-10-05", func(b *bureau.Bureau) {
			b.Statistics[0].Descriptor.NextRelease = bureau.Date{}
			b.Statistics[0].Descriptor.Released = date("s", "2025-10-03")
		}, []string{"freshness/statistic s", "freshness/column data/stats"}},
		{"a guide past its verification", "2026-10-05", func(b *bureau.Bureau) { b.Guides[0].Verified = date("g", "2026-04-07") },
			[]string{"freshness/guide g", "freshness/column g"}},
		{"a guide on its last day", "2026-10-05", func(b *bureau.Bureau) { b.Guides[0].Verified = date("g", "2026-04-08") }, nil},
		{"its own period of review", "2026-10-05", func(b *bureau.Bureau) {
			b.Guides[0].ReviewDays = bureau.Int{V: 3, At: problem.Position{Line: 1}}
		}, []string{"freshness/guide data/guides/vehicle/g.md", "freshness/column data/guides/vehicle/g.md"}},
		{"a repealed guide", "2026-10-05", func(b *bureau.Bureau) {
			b.Guides[0].Verified, b.Guides[0].Status = date("g", "2020-01-01"), bureautest.Text("repealed")
		}, nil},
		{"an empty column", "2026-10-05", func(b *bureau.Bureau) { b.Guides = b.Guides[1:] }, []string{"freshness/empty data/guides/vehicle"}},
		{"fewer empty columns than are named together", "2026-10-05", func(b *bureau.Bureau) { b.Guides, b.Site.Freshness.Together.V = b.Guides[:4], 3 },
			[]string{"freshness/empty data/guides/special-trade", "freshness/empty data/guides/fire"}},
		{"five empty columns are named together", "2026-10-05", func(b *bureau.Bureau) { b.Guides = b.Guides[:1] }, []string{"freshness/empty data/site.yaml"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := kept(t)
			tt.edit(b)
			problems := Stale(b, day(tt.asOf))
			var got []string
			for _, p := range problems {
				got = append(got, p.Rule.String()+" "+p.File)
				if p.Severity != problem.Warning || p.Message.ZH == "" || p.Message.EN == "" || p.Hint.ZH == "" || p.Hint.EN == "" {
					t.Errorf("%+v", p)
				}
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestFreshness(t *testing.T) {
	b := kept(t)
	b.Statistics[0].Descriptor.NextRelease = date("s", "2026-10-20")
	b.Guides[2].Verified = date("g", "2026-01-01")
	if late := figures.Freshness(b, day("2026-10-01")); len(late) != 1 {
		t.Errorf("%v", late)
	}
	late := figures.Freshness(b, day("2026-10-31"))
	want := []figures.Overdue{
		{File: "data/guides/hukou/g.md", Title: "户口办理", Path: "guides/hukou/g/index.html", Due: day("2026-06-30")},
		{Path: "notices/index.html", Due: day("2026-10-15")},
		{File: "data/stats/cases-solved.csv", Title: "cases-solved", Path: "stats/cases-solved/index.html", Due: day("2026-10-20")},
	}
	if len(late) != 3 || late[0] != want[0] || late[1] != want[1] || late[2] != want[2] {
		t.Errorf("%+v", late)
	}
}
