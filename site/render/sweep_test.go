package render

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/sweep"
)

func TestSweep(t *testing.T) {
	files := build(t, fixture(t))
	// What other packages write beside the pages.
	for _, name := range []string{"forms/id-card.pdf", "stats/cases-solved/cases-solved.csv", "stats/cases-solved/cases-solved.json"} {
		files[name] = nil
	}
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
}

// A bureau that holds nothing yet still makes a whole site.
func TestEmptyBureau(t *testing.T) {
	for _, language := range []string{"", "zh", "en"} {
		files := build(t, Input{Bureau: &bureau.Bureau{Site: bureau.Site{Language: str(language)}}, AsOf: period.NewDate(2026, 10, 31)})
		for _, fault := range sweep.Site(files) {
			t.Error(fault)
		}
		if want := `<html lang="` + map[string]string{"": "zh-CN", "zh": "zh-CN", "en": "en"}[language] + `">`; !strings.Contains(string(files["index.html"]), want) {
			t.Errorf("%q: no %s", language, want)
		}
	}
}

// The menu leads to what there is. A statistic that was withdrawn, or that waits, has
// its page, and so has its list.
func TestMenu(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(in *Input)
	}{
		{"everything", "首页 统计数据 办事指南 公告通报", func(*Input) {}},
		{"no statistic", "首页 办事指南 公告通报", func(in *Input) { in.Bureau.Statistics, in.Changes.Removed = nil, nil }},
		{"a statistic that is gone", "首页 统计数据 办事指南 公告通报", func(in *Input) {
			in.Bureau.Statistics, in.Changes.Removed = nil, []ledger.Removed{{Name: "cases", Title: "破案", Last: period.NewDate(2026, 9, 30)}}
		}},
		{"no guide", "首页 统计数据 公告通报", func(in *Input) { in.Bureau.Guides = nil }},
		{"drafts of guides", "首页 统计数据 公告通报", func(in *Input) {
			for _, g := range in.Bureau.Guides {
				g.Status = str("draft")
			}
		}},
		{"no notice", "首页 统计数据 办事指南", func(in *Input) { in.Bureau.Notices = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := fixture(t)
			c.change(&in)
			files := build(t, in)
			_, menu, _ := strings.Cut(string(files["index.html"]), `<nav aria-label="主导航">`)
			menu, _, _ = strings.Cut(menu, "</nav>")
			var got []string
			for _, m := range regexp.MustCompile(`>([^<>]+)</a>`).FindAllStringSubmatch(menu, -1) {
				got = append(got, m[1])
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("the menu is %q", got)
			}
			for _, list := range []string{"stats/index.html", "guides/index.html", "notices/index.html"} {
				if files[list] == nil {
					t.Errorf("%s is gone", list)
				}
			}
		})
	}
}

func TestHostileText(t *testing.T) {
	in := fixture(t)
	const nasty = `</title></script><script>alert(1)</script>"' onclick=x {{.Root}}<!--&lt;`
	b := in.Bureau
	b.Site.Title, b.Site.Description, b.Site.Organization, b.Site.DataNotice = str(nasty), str(nasty), str(nasty), str(nasty)
	b.Site.Footer.ICP, b.Site.Footer.ReportError, b.Site.Contact.Email = str(nasty), str("javascript:alert(1)"), str(nasty)
	g := b.Guides[1]
	g.Title, g.Summary, g.Authority = str(nasty), str(nasty), str(nasty)
	g.Materials[0].Name, g.Steps[0].Action, g.Places[0].Phone, g.Fee.Basis = str(nasty), str(nasty), str(nasty), str(nasty)
	g.Online, g.MovedTo, g.Materials[2].Form = str("javascript:alert(1)"), str("vbscript:x"), str("data:text/html,x")
	s := b.Statistics[0]
	s.Descriptor.Title, s.Fields[1].Title, s.Notes = str(nasty), nasty, strs(nasty)
	cell := s.Cell(0, 0)
	cell.Text = nasty
	s.Set(0, 0, cell)
	b.Notices[0].Title = str(nasty)
	for i := range in.Cards {
		in.Cards[i].Title, in.Cards[i].Value = nasty, nasty
	}
	files := build(t, in)
	for name, page := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type == html.CommentNode {
				t.Errorf("%s: comment %q", name, n.Data)
			}
			if n.Data == "script" && n.FirstChild != nil {
				data := slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/ld+json"})
				if !data || !json.Valid([]byte(n.FirstChild.Data)) {
					t.Errorf("%s: script %q", name, n.FirstChild.Data)
				}
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s>", name, n.Data, a.Key)
				}
				for _, scheme := range []string{"javascript:", "vbscript:", "data:"} {
					if strings.HasPrefix(a.Val, scheme) {
						t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
					}
				}
			}
		}
	}
}
