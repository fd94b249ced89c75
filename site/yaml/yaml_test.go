package yaml

import (
	"reflect"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

func TestTextInABlock(t *testing.T) {
	for text, want := range map[string]problem.Position{
		"notes: |\n  一行\n  二行\n":          {File: "a.yaml", Line: 2, Column: 3},
		"title: a\nnotes: >-\n\n    一行\n": {File: "a.yaml", Line: 4, Column: 5},
		"notes: 一行\n":                     {File: "a.yaml", Line: 1, Column: 8},
		"notes: |\n":                      {File: "a.yaml", Line: 1, Column: 8},
	} {
		var d bureau.Descriptor
		Decode("a.yaml", 1, []byte(text), &d)
		if d.Notes.At != want && d.Notes.V != "" {
			t.Errorf("%q: at %v, want %v", text, d.Notes.At, want)
		}
	}
}

func TestDecode(t *testing.T) {
	var g bureau.Guide
	l := Decode("data/guides/hukou/a.md", 2, []byte(`title: 首次申领居民身份证
类别: hukou
适用对象: individual
conditions: [年满十六周岁, 2026-01-05, 7]
materials:
  - {name: 户口簿, original: 1, copies: ２}
  - 名称: 照片
    说明: '白底 '
steps:
- action: 申请
time_limit: {statutory: 60, unit: natural-days}
fee: {free: 否, amount: 20.50}
places: [{name: 户籍窗口, address: , hours: , phone: }]
legal_basis: []
online:
complaint: {phone: "12389"}
published: 2026-01-05
updated: 2026年10月8日
review_days: 180
`), &g)
	if len(l) != 0 {
		t.Fatal(l)
	}
	at := func(line, column int) problem.Position {
		return problem.Position{File: "data/guides/hukou/a.md", Line: line, Column: column}
	}
	want := bureau.Guide{
		At:         at(2, 1),
		Title:      bureau.String{V: "首次申领居民身份证", At: at(2, 8)},
		Area:       bureau.String{V: "hukou", At: at(3, 5)},
		Audience:   []bureau.String{{V: "individual", At: at(4, 7)}},
		Conditions: []bureau.String{{V: "年满十六周岁", At: at(5, 14)}, {V: "2026-01-05", At: at(5, 22)}, {V: "7", At: at(5, 34)}},
		Materials: []bureau.Material{
			{At: at(7, 5), Name: bureau.String{V: "户口簿", At: at(7, 12)}, Original: bureau.Int{V: 1, At: at(7, 27)}, Copies: bureau.Int{V: 2, At: at(7, 38)}},
			{At: at(8, 5), Name: bureau.String{V: "照片", At: at(8, 9)}, Note: bureau.String{V: "白底", At: at(9, 9)}},
		},
		Steps:      []bureau.Step{{At: at(11, 3), Action: bureau.String{V: "申请", At: at(11, 11)}}},
		TimeLimit:  bureau.TimeLimit{At: at(12, 13), Statutory: bureau.Int{V: 60, At: at(12, 25)}, Unit: bureau.String{V: "natural-days", At: at(12, 35)}},
		Fee:        bureau.Fee{At: at(13, 6), Free: bureau.Bool{V: false, At: at(13, 13)}, Amount: bureau.Number{V: 20.5, At: at(13, 24)}},
		Places:     []bureau.Place{{At: at(14, 10), Name: bureau.String{V: "户籍窗口", At: at(14, 17)}}},
		Complaint:  bureau.Complaint{At: at(17, 12), Phone: bureau.String{V: "12389", At: at(17, 20)}},
		Published:  bureau.Date{V: period.NewDate(2026, 1, 5), At: at(18, 12)},
		Updated:    bureau.Date{V: period.NewDate(2026, 10, 8), At: at(19, 10)},
		ReviewDays: bureau.Int{V: 180, At: at(20, 14)},
		Blank:      []bureau.Blank{{Key: "legal_basis", At: at(15, 1)}, {Key: "online", At: at(16, 1)}},
	}
	if !reflect.DeepEqual(g, want) {
		t.Errorf("got  %+v\nwant %+v", g, want)
	}
}

func TestScalarForStruct(t *testing.T) {
	var d bureau.Descriptor
	l := Decode("a.yaml", 1, []byte("schema:\n  missingValues: [\"—\", {value: 无, label: \"[z]\"}]\ncharts: []\n"), &d)
	if len(l) != 0 {
		t.Fatal(l)
	}
	m := d.Schema.MissingValues
	if len(m) != 2 || m[0].Value.V != "—" || m[0].Label.Given() || m[1].Value.V != "无" || m[1].Label.V != "[z]" {
		t.Errorf("%+v", m)
	}
	if len(d.Blank) != 1 || d.Blank[0].Key != "charts" {
		t.Errorf("%+v", d.Blank)
	}
}

// As in the table itself, what is invisible is no part of a column's name.
func TestNamesOfColumnsArePlain(t *testing.T) {
	var d bureau.Descriptor
	l := Decode("a.yaml", 1, []byte("title: \"👨\u200d👩\"\nschema: {fields: [{name: \"案\u200b件\u202e\"}]}\ncharts: [{x: \"期\ufeff间\", y: [\"案\u200b件\"]}]\n"), &d)
	if len(l) != 0 {
		t.Fatal(l)
	}
	if got := d.Schema.Fields[0].Name.V + d.Charts[0].X.V + d.Charts[0].Y[0].V; got != "案件期间案件" {
		t.Errorf("%q", got)
	}
	if d.Title.V != "👨\u200d👩" {
		t.Errorf("the title is %q", d.Title.V)
	}
}

// Each mistake gives exactly these problems, at these places.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"unknown key", "titel: x\n", "2:1 yaml/key title"},
		{"unknown Chinese key", "办理地址: x\n", "2:1 yaml/key 办理地点"},
		{"key of another place", "title: x\nhours: 9\n", "3:1 yaml/key places → hours"},
		{"a key like none", "swordfish: x\n", "2:1 yaml/key title"},
		{"unknown nested key", "places: [{name: a, adress: b}]\n", "2:20 yaml/key address"},
		{"twice", "title: a\narea: b\ntitle: c\n", "4:1 yaml/duplicate 2"},
		{"twice by alias", "title: a\n事项名称: c\n", "3:1 yaml/duplicate 2"},
		{"full-width colon", "title：首次申领\narea: x\n", "2:6 yaml/colon title"},
		{"full-width colon alone", "title：首次申领\n", "2:6 yaml/colon title"},
		{"full-width colon below", "area: x\ntitle：首次申领\n", "3:6 yaml/colon title"},
		{"full-width colon in brackets", "fee: {免费：true}\n", "2:9 yaml/colon 免费"},
		{"no space after colon", "title:首次申领\narea: x\n", "2:6 yaml/colon title"},
		{"no space in brackets", "fee: {free:true}\n", "2:11 yaml/colon free"},
		{"colon in a value", "title: a: b\n", "2:9 yaml/colon"},
		{"tab", "fee:\n\tfree: true\n", "3:1 yaml/indent Tab"},
		{"tab after a value", "title: a\n\tarea: x\n", "3:1 yaml/indent Tab"},
		{"indentation", "  title: a\n area: x\n", "3:2 yaml/indent"},
		{"list and mapping", "- a\ntitle: x\n", "3:1 yaml/indent"},
		{"unclosed quote", "title: \"首次\narea: x\n", "2:8 yaml/quote"},
		{"text after quote", "title: \"首次\"申领\n", "2:12 yaml/quote"},
		{"unclosed bracket", "conditions: [a, b\narea: x\n", "2:13 yaml/bracket 3"},
		{"full-width comma", "fee: {free: true，amount: 1}\n", "2:24 yaml/bracket"},
		{"reserved character", "title: @a\n", "2:8 yaml/syntax @"},
		{"backslash", "title: \"a\\q\"\n", "2:10 yaml/syntax"},
		{"control character", "title: a\x01b\n", "2:9 yaml/syntax"},
		{"two documents", "title: a\n---\ntitle: b\n", "3:1 yaml/documents"},
		{"beyond what is exact", "review_days: 9007199254740992\n", "2:14 yaml/type"},
		{"anchor", "conditions: &a [x]\n", "2:13 yaml/alias"},
		{"self reference", "conditions: &a [*a]\n", "2:13 yaml/alias"},
		{"alias of nothing", "title: *a\n", "2:8 yaml/alias"},
		{"tag", "title: !!binary aGk=\n", "2:8 yaml/tag"},
		{"merge key", "<<: {title: a}\n", "2:1 yaml/key"},
		{"a list as the whole", "- a\n", "2:1 yaml/type"},
		{"a list as a key", "[a]: b\n", "2:1 yaml/key"},
		{"list for a text", "title: [a]\n", "2:8 yaml/type"},
		{"mapping for a text", "title: {a: b}\n", "2:8 yaml/type"},
		{"text for a mapping", "fee: 免费\n", "2:6 yaml/type 免费"},
		{"text in a list of mappings", "materials: [户口簿]\n", "2:13 yaml/type 户口簿"},
		{"not whole", "review_days: 180天\n", "2:14 yaml/type 180天"},
		{"leading zero", "review_days: 010\n", "2:14 yaml/type 010"},
		{"too large", "review_days: 99999999999999999999\n", "2:14 yaml/type"},
		{"not a number", "fee: {amount: 20元}\n", "2:15 yaml/type 20元"},
		{"not a boolean", "fee: {free: 也许}\n", "2:13 yaml/type 也许"},
		{"not a date", "published: 2026-02-30\n", "2:12 yaml/type 2026-02-30"},
		{"not ISO", "published: 05/01/2026\n", "2:12 yaml/type 05/01/2026"},
		{"empty entry", "conditions:\n- a\n-\n", "4:2 yaml/type"},
		{"not UTF-8", "title: a\narea: \xb9\xab\n", "3:7 yaml/encoding"},
		{"all in one run", "titel: a\nfee: {free: x}\nreview_days: y\n", "2:1 yaml/key title; 3:13 yaml/type x; 4:14 yaml/type y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var g bureau.Guide
			l := Decode("a.md", 2, []byte(c.source), &g)
			wants := strings.Split(c.want, "; ")
			if len(l) != len(wants) {
				t.Fatalf("%d problems, want %d: %v", len(l), len(wants), l)
			}
			for i, want := range wants {
				parts := strings.SplitN(want, " ", 3)
				p := l[i]
				if got := strings.TrimPrefix(p.Position.String(), "a.md:"); got != parts[0] || p.Rule.String() != parts[1] || p.Severity != problem.Error {
					t.Errorf("got %s %s (%s), want %s", got, p.Rule.String(), p.Message.EN, want)
				}
				if len(parts) == 3 {
					for _, said := range []string{p.Message.ZH + p.Hint.ZH, p.Message.EN + p.Hint.EN} {
						if !strings.Contains(said, parts[2]) && parts[2] != "Tab" {
							t.Errorf("%q does not name %q", said, parts[2])
						}
					}
				}
				for _, text := range []string{p.Message.ZH, p.Message.EN, p.Hint.ZH, p.Hint.EN} {
					if text == "" || strings.Contains(text, "%!") {
						t.Errorf("bad text %q in %+v", text, p)
					}
				}
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	for _, source := range []string{"", "\n", "# a remark\n", "---\n", "~\n", "\ufeff"} {
		var g bureau.Guide
		l := Decode("a.md", 1, []byte(source), &g)
		if want := (bureau.Guide{At: g.At}); len(l) != 0 || g.At.Line == 0 || !reflect.DeepEqual(g, want) {
			t.Errorf("%q: %v %+v", source, l, g)
		}
	}
}

// What is large, deep or grows when it is expanded ends soon and with a problem.
func TestHostile(t *testing.T) {
	laughs := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'z'; c++ {
		previous := string(c - 1)
		laughs += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+previous+", ", 8) + "*" + previous + "]\n"
	}
	for name, source := range map[string]string{
		"too large":        "title: " + strings.Repeat("a", MaxSize) + "\n",
		"deep lists":       strings.Repeat("[", 300_000),
		"deep mappings":    strings.Repeat("{a: ", 200_000),
		"deep blocks":      strings.Repeat("- ", 300_000),
		"closed lists":     "title: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"a billion laughs": laughs,
		"many unknown":     strings.Repeat("abcdefgh: x\n", 10_000),
	} {
		t.Run(name, func(t *testing.T) {
			var g bureau.Guide
			l := Decode("a.md", 1, []byte(source), &g)
			if len(l) == 0 {
				t.Fatal("no problem")
			}
			if want, told := map[string]string{"too large": "yaml/size", "deep blocks": "yaml/depth"}[name], l[0].Rule.String(); want != "" && told != want {
				t.Errorf("%s, want %s", told, want)
			}
		})
	}
}

func TestLineEnds(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		var g bureau.Guide
		l := Decode("a.md", 1, []byte("\ufefftitle: a\u2028b"+end+"area: c"+end), &g)
		if len(l) != 0 || g.Title.V != "a b" || g.Area.V != "c" || g.Area.At.Line != 2 || g.Area.At.Column != 7 || g.Title.At.Column != 8 {
			t.Errorf("%q: %v %+v %+v", end, l, g.Title, g.Area)
		}
	}
}

func TestKeys(t *testing.T) {
	var found int
	seen := map[string]bool{}
	for _, k := range Keys(bureau.Guide{}) {
		if seen[k.Path] {
			t.Errorf("%s twice", k.Path)
		}
		seen[k.Path] = true
		switch {
		case k.Path == "places[].hours" && k.Names[1] == "办理时间" && k.Kind == "string" && !k.Several,
			k.Path == "places" && k.Kind == "object" && k.Several,
			k.Path == "fee.amount" && k.Kind == "number",
			k.Path == "audience" && k.Kind == "string" && k.Several:
			found++
		}
	}
	if found != 4 {
		t.Errorf("%d of 4 keys as expected in %v", found, Keys(bureau.Guide{}))
	}
}

const guide = `title: 车辆入户事项第0号
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
`

func BenchmarkDecodeGuide(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var g bureau.Guide
		if l := Decode("data/guides/vehicle/g00000.md", 2, []byte(guide), &g); len(l) > 0 {
			b.Fatal(l)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(guide))
	f.Add([]byte("charts: [{type: bar, y:\n "))
	f.Add([]byte("title：首次\n- a: [b, {c: &d *d}]\n\te: |\n  f\n"))
	f.Add([]byte("title: \"a\nb: c\"\nfee:\n- free: true\n# a\narea:\n  |\n x\n\n"))
	f.Add([]byte("schema:\n  fields:\n    - {name: 期间, role: period}\ncharts: [{type: bar, y: [a]}]\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		lines := strings.Count(string(source), "\n") + strings.Count(string(source), "\r") + 1
		for _, pair := range [][2]any{{&bureau.Guide{}, &bureau.Guide{}}, {&bureau.Descriptor{}, &bureau.Descriptor{}}, {&bureau.Site{}, &bureau.Site{}}} {
			found := Decode("a.yaml", 1, source, pair[0])
			for _, p := range found {
				if p.Line < 1 || p.Line > lines || p.Column < 1 || p.Message.ZH == "" || p.Message.EN == "" {
					t.Errorf("%+v", p)
				}
			}
			// Entry by entry or as a whole, the same is read.
			if whole := decode("a.yaml", 1, source, pair[1], nil); !reflect.DeepEqual(found, whole) || !reflect.DeepEqual(pair[0], pair[1]) {
				t.Errorf("entry by entry %v\n%+v\nas a whole %v\n%+v", found, pair[0], whole, pair[1])
			}
		}
	})
}
