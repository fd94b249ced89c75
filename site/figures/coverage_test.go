package figures

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

func dated(m, d int) bureau.Date {
	return bureau.Date{V: period.NewDate(2026, 1, 1) + period.Date(31*(m-1)+d-1), At: problem.Position{Line: 1}}
}

func said(s string) bureau.String { return bureau.String{V: s, At: problem.Position{Line: 1}} }

// Only guides in force, of the main language, are counted; a guide in English
// counts for the version that it is.
func TestCovered(t *testing.T) {
	guide := func(area, name, language, status string) *bureau.Guide {
		return &bureau.Guide{Area: said(area), Name: name, Language: language, Status: said(status), Title: said(name)}
	}
	full := guide("hukou", "a", "zh", "in-force")
	full.Places = []bureau.Place{{Name: said("窗口")}, {Phone: said("000-00000010")}}
	full.Online = said("https://example.org/") // of the authority, where nobody applies
	full.Channels = []bureau.String{said("window")}
	full.Fee.Free = bureau.Bool{V: true, At: problem.Position{Line: 1}}
	online := guide("hukou", "b", "zh", "")
	online.Online = said("https://example.org/")
	c := Covered(&bureau.Bureau{Guides: []*bureau.Guide{
		full, guide("hukou", "a", "en", "in-force"), online, guide("hukou", "c", "zh", "repealed"), guide("fire", "d", "zh", "draft"),
	}})
	var got []string
	for a, area := range c.Areas {
		if area.ID == "hukou" {
			got = append(got, fmt.Sprint("guides ", c.Guides[a]))
			for i, e := range Elements {
				if c.Has[i][a] > 0 {
					got = append(got, fmt.Sprint(locale.Builtin(problem.English).Text(e.Title), " ", c.Has[i][a]))
				}
			}
		} else if c.Guides[a] != 0 {
			t.Errorf("%s has %d guides", area.ID, c.Guides[a])
		}
	}
	if want := "guides 2, Name 2, Place 1, Telephone 1, Fee 1, Online 1, Version in another language 1"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

// The newest change comes first; a day that the history tells of is told once.
func TestGuideChanges(t *testing.T) {
	g := &bureau.Guide{Name: "a", Language: "zh", Published: dated(1, 5), Updated: dated(3, 8), History: []bureau.Change{{Date: dated(3, 8), Change: said("改了时限")}}}
	h := &bureau.Guide{Name: "b", Language: "zh", Published: dated(2, 1), Updated: dated(4, 1)}
	draft := &bureau.Guide{Name: "c", Language: "zh", Status: said("draft"), Published: dated(5, 1)}
	b := &bureau.Bureau{Guides: []*bureau.Guide{g, h, draft}}
	var got []string
	for _, c := range GuideChanges(b, 10) {
		got = append(got, fmt.Sprintf("%s %s %v", c.Guide.Name, c.Text, c.First))
	}
	if want := "b  false, a 改了时限 false, b  true, a  true"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	if n := len(GuideChanges(b, 2)); n != 2 {
		t.Errorf("%d changes, want 2", n)
	}
}

func TestColumns(t *testing.T) {
	monthly := &bureau.Statistic{Name: "m", Descriptor: bureau.Descriptor{Frequency: said("monthly"), Released: dated(3, 1), NextRelease: dated(4, 1)}}
	yearly := &bureau.Statistic{Name: "y", Descriptor: bureau.Descriptor{Frequency: said("yearly"), Released: dated(2, 1)}}
	b := &bureau.Bureau{
		Site:       bureau.Site{Freshness: bureau.Freshness{Notices: bureau.Int{V: 14}, Guides: bureau.Int{V: 30}}},
		Notices:    []*bureau.Notice{{Date: dated(4, 5)}, {Date: dated(4, 1)}},
		Statistics: []*bureau.Statistic{yearly, monthly},
		Guides: []*bureau.Guide{
			{Language: "zh", Area: said("hukou"), Verified: dated(1, 1)}, {Language: "zh", Area: said("hukou"), Verified: dated(4, 1)},
		},
	}
	Decide(b)
	asOf := dated(4, 10).V
	var got []string
	for _, c := range Columns(b, asOf) {
		got = append(got, fmt.Sprint(c.Kind, " ", c.Frequency, " ", c.Area.ID, " ", c.Items, " ", c.Late, " ", c.Last.V == dated(4, 1).V))
	}
	want := "notices irregular  2 0 false; statistics monthly  1 1 false; statistics yearly  1 0 false; guides irregular hukou 2 1 true"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
	calendar := Calendar(b)
	if len(calendar) != 2 || calendar[0].Statistic != monthly || calendar[0].Due != dated(4, 1).V {
		t.Errorf("%+v", calendar)
	}
}
