package load

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// One guide of the benchmark.
const benchGuide = `---
title: 车辆入户事项第0号
area: vehicle
status: in-force
authority: 示范市公安局
date: 2025-01-01
legal_basis: [{law: 示范条例, article: 第二条}]
audience: [individual]
conditions: [材料齐全、符合法定形式的]
materials: [{name: 机动车登记证书, original: 1, copies: 1}]
steps: [{action: 申请, actor: 申请人, days: 0}, {action: 办结, actor: 公安机关, days: 15}]
time_limit: {statutory: 30, promised: 15, unit: working-days}
fee: {free: true}
places: [{name: 办事大厅, address: 示范路1号, hours: 工作日09:00–17:00, phone: 029-86750000}]
result: 办理结果通知
complaint: {phone: "12389"}
published: 2025-01-01
updated: 2025-01-01
verified: 2025-12-28
review_days: 180
---

公示无异议，派出所户籍窗口。

## 办理条件

1. 予以受理。
`

// rules gives "line:column rule" of each problem.
func rules(l problem.List) string {
	var all []string
	for _, p := range l {
		_, place, _ := strings.Cut(p.Position.String(), ":")
		all = append(all, strings.TrimSpace(place+" "+p.Rule.String()))
		for _, text := range []string{p.Message.ZH, p.Message.EN, p.Hint.ZH, p.Hint.EN} {
			if text == "" || strings.Contains(text, "%!") {
				all = append(all, "bad text: "+p.Message.EN)
			}
		}
	}
	return strings.Join(all, "; ")
}

func TestGuide(t *testing.T) {
	g, l := Guide("data/guides/vehicle/G 00000.en.md", []byte(benchGuide))
	if len(l) > 0 {
		t.Fatal(l)
	}
	if g.Name != "g-00000" || g.Language != "en" || g.Area.V != "vehicle" || g.File != "data/guides/vehicle/G 00000.en.md" {
		t.Errorf("%s %s %s", g.Name, g.Language, g.Area.V)
	}
	if g.Date.At.Line != 6 || g.Published.At.Line != 17 || g.Places[0].Hours.V != "工作日09:00–17:00" || g.Places[0].Hours.At.Line != 14 {
		t.Errorf("%+v", g)
	}
	if g.Body.Line != 22 || !strings.HasPrefix(string(g.Body.Text), "\n公示无异议") || g.Body.File != g.File {
		t.Errorf("%d %q", g.Body.Line, g.Body.Text)
	}
}

func TestGuideDate(t *testing.T) {
	g, _ := Guide("data/guides/fire/a.md", []byte("---\ndate: 2025-01-02\n---\n"))
	if g.Published.V != period.NewDate(2025, 1, 2) || g.Published.At.Line != 2 || g.Area.V != "fire" || g.Area.Given() {
		t.Errorf("%+v", g)
	}
}

// Each file gives exactly these problems; read tells whether it is kept.
func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		read             bool
	}{
		{"complete", "---\ntitle: a\n---\nb", "", true},
		{"no body", "---\ntitle: a\n---", "", true},
		{"blank lines above", "\n\n---\ntitle: a\n--- \n", "", true},
		{"empty front matter", "---\n---\nb", "", true},
		{"empty", "", "1:1 frontmatter/start", false},
		{"no front matter", "正文\n---\ntitle: a\n---\n", "1:1 frontmatter/start", false},
		{"other hyphens", "———\ntitle: a\n———\n", "1:1 frontmatter/start", false},
		{"no end", "\n---\ntitle: a\n\n正文", "2:1 frontmatter/end", false},
		{"only a fence", "---", "1:1 frontmatter/end", false},
		{"no YAML", "---\ntitle: [a\n---\n", "2:10 yaml/bracket", false},
		{"full-width colon", "---\ntitle：a\narea: fire\n---\n", "2:6 yaml/colon", false},
		{"unknown key", "---\ntitel: a\n---\n", "2:1 yaml/key", true},
		{"area of another folder", "---\ntitle: a\narea: fire\n---\n", "3:7 guide/area", true},
		{"not decodable", "---\ntitle: 甲\n乙: \xff\xff\n---\n", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, l := Guide("data/guides/hukou/a.md", []byte(c.text))
			if c.name == "not decodable" {
				if len(l) != 1 || l[0].Rule.String() != "text/encoding" || l[0].Line == 0 {
					t.Error(l)
				}
			} else if got := rules(l); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if (g != nil) != c.read {
				t.Errorf("read: %v", g != nil)
			}
		})
	}
}

// Every encoding and line end of an office gives the same guide, at the same places.
func TestEncodings(t *testing.T) {
	want, _ := Guide("data/guides/vehicle/a.md", []byte(benchGuide))
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(benchGuide)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(benchGuide)
	if err != nil {
		t.Fatal(err)
	}
	bare := func(order unicode.Endianness, text string) string {
		out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, text := range map[string]string{
		"UTF-16LE without a mark": bare(unicode.LittleEndian, benchGuide),
		"UTF-16BE without a mark": bare(unicode.BigEndian, benchGuide),
		"mark":                    "\ufeff" + benchGuide,
		"CRLF":                    strings.ReplaceAll(benchGuide, "\n", "\r\n"),
		"CR":                      strings.ReplaceAll(benchGuide, "\n", "\r"),
		"GB18030":                 gb,
		"UTF-16":                  wide,
	} {
		g, l := Guide("data/guides/vehicle/a.md", []byte(text))
		if len(l) > 0 || g.Title != want.Title || g.Complaint != want.Complaint || g.Body.Line != want.Body.Line || string(g.Body.Text) != string(want.Body.Text) {
			t.Errorf("%s: %v", name, l)
		}
	}
}

// The same of a file of YAML, and of what cannot be read in one.
func TestEncodingsOfYAML(t *testing.T) {
	const settings = "title: 一个公开的网站\norganization: 示范市公安局\n"
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		data, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(settings))
		if err != nil {
			t.Fatal(err)
		}
		if s, l := Site("data/site.yaml", data); len(l) > 0 || s.Title.V != "一个公开的网站" {
			t.Errorf("%v: %+v, %v", order, s.Title, l)
		}
	}
	if _, l := Site("data/site.yaml", []byte("title: 甲\x00\n")); rules(l) != "1:9 text/encoding" {
		t.Errorf("a zero byte: %s", rules(l))
	}
}

func TestNames(t *testing.T) {
	for file, want := range map[string]string{
		"first-id-card.md":    "first-id-card  ",
		"First ID_Card.en.md": "first-id-card en ",
		"首次申领.md":             "首次申领  ",
		"2026-01-05-公告.md":    "2026-01-05-公告  ",
		"cafe\u0301.md":       "caf\u00e9  ",
		"（）.md":               "efbc88efbc89  1:1 file/name", // a stand-in, so that no more is said of it
		"..md":                "2e  1:1 file/name",
		"a.zh.md":             "a zh ",
		".en.md":              " en 1:1 file/name",
	} {
		var l problem.List
		name, language := nameOf("data/pages/"+file, &l)
		if got := name + " " + language + " " + rules(l); got != want {
			t.Errorf("%s gives %q, want %q", file, got, want)
		}
	}
}

func TestNotice(t *testing.T) {
	for _, c := range []struct{ file, text, date, want string }{
		{"2026-10-12-open-data.md", "---\ntitle: a\ndate: 2026-10-12\n---\n", "2026-10-12", ""},
		{"2026-10-12-open-data.md", "---\ntitle: a\n---\n", "2026-10-12", ""},
		{"2026-10-12-open-data.md", "---\ntitle: a\ndate: 2026-10-13\n---\n", "2026-10-13", ""},
		{"2026-02-30-a.md", "---\ntitle: a\n---\n", "", ""},
		{"a.md", "---\ntitle: a\n发布日期: 2026年10月13日\n---\n", "2026-10-13", ""},
	} {
		n, l := Notice("data/notices/"+c.file, []byte(c.text))
		if got := rules(l); n == nil || got != c.want || n.Date.Given() != (c.date != "") || n.Date.Given() && n.Date.V.String() != c.date {
			t.Errorf("%s: %s, %+v", c.file, got, n)
		}
	}
}

func TestSite(t *testing.T) {
	// As the benchmark writes it.
	s, l := Site("data/site.yaml", []byte("title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\nlanguage: zh-CN\ncontact: {phone: 029-86750000, address: 示范路1号}\n"))
	if len(l) > 0 || s.Contact.Phone.V != "029-86750000" || s.FinancialYearStart.V != 4 || s.Freshness.Notices.V != 14 || s.Freshness.Guides.V != 180 || s.Freshness.Statistics.V != 0 ||
		s.Freshness.Newest.V != 14 || s.Freshness.Notice.V != 10 || s.Freshness.Together.V != 5 || s.Figures.NoPercentBelow.V != 20 || s.Figures.NoteBelow.V != 50 {
		t.Errorf("%v %+v", l, s)
	}
	for _, c := range []struct{ text, want string }{
		{"title: a\norganisation: b\n", ""},
		{"", ""},
		{"title：a\n", "1:6 yaml/colon"},
		{"title: a\norganization: b\nfinancial_year_start: 13\n", "3:23 site/month"},
		{"title: a\norganization: b\ncolour: red\n", "3:1 yaml/key"},
	} {
		s, l := Site("data/site.yaml", []byte(c.text))
		if got := rules(l); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
		if s.Language.V != "zh" || s.FinancialYearStart.V != 4 || s.Freshness.Notices.V != 14 {
			t.Errorf("%q: %+v", c.text, s)
		}
	}
}

func TestDescriptor(t *testing.T) {
	for text, given := range map[string]bool{
		"title: a\n":              false,
		"charts: []\n":            true,
		"charts:\n":               true,
		"charts: [{type: bar}]\n": true,
		"图表: []\n":                true,
	} {
		d, l := Descriptor("data/stats/a.yaml", []byte(text))
		if len(l) > 0 || d.ChartsGiven != given || d.File != "data/stats/a.yaml" {
			t.Errorf("%q: %v %+v", text, l, d)
		}
	}
	d, l := Descriptor("data/stats/a.yaml", []byte("title: a\ncharts:\n  - {type: bar, x: 期间, y: 件}\n"))
	if len(l) > 0 || d.Charts[0].At.Line != 3 || d.Charts[0].Y[0].V != "件" {
		t.Errorf("%v %+v", l, d.Charts)
	}
}

func BenchmarkLoadGuide(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, l := Guide("data/guides/vehicle/g00000.md", []byte(benchGuide)); len(l) > 0 {
			b.Fatal(l)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	f.Add([]byte(benchGuide))
	f.Add([]byte("\ufeff---\r\ntitle: a\r\n---\r\nb"))
	f.Add([]byte("---\n事项名称：\xb9\xab\n---"))
	f.Add([]byte("---\n---\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, l := Guide("data/guides/fire/a.md", data)
		for _, p := range l {
			if p.File == "" || p.Message.ZH == "" || p.Message.EN == "" || p.Line < 1 || p.Column < 1 {
				t.Errorf("%+v", p)
			}
		}
		if g == nil {
			if len(l) == 0 {
				t.Error("nothing read and nothing said")
			}
			return
		}
		if g.Body.Line < 1 || !utf8.Valid(g.Body.Text) {
			t.Errorf("body at %d: %q", g.Body.Line, g.Body.Text)
		}
	})
}
