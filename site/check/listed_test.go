package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/problem"
)

const deaths = "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,3\n2024年,行人,4\n2024年,合计,38\n2025年,汽车,33\n2025年,摩托,7\n2025年,行人,11\n2025年,合计,51\n"

// ofDeaths is a bureau with a statistic of deaths, of which 2024 withholds 摩托 and 行人.
func ofDeaths(t testing.TB, descriptor string) *bureau.Bureau {
	s := statistic(t, deaths, "title: 交通事故死亡\nreleased: 2026-10-12\n"+descriptor)
	hideSmall(s)
	return &bureau.Bureau{Statistics: []*bureau.Statistic{s}}
}

// onPage gives what is said of a page.
func onPage(t testing.TB, title, text string) problem.List {
	b := ofDeaths(t, "")
	p, problems := load.Page("data/pages/p.md", []byte("---\ntitle: "+title+"\nupdated: 2026-10-12\n---\n"+text+"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.Pages = []*bureau.Page{p}
	return Quoted(b)
}

func TestQuotedInLists(t *testing.T) {
	for _, c := range []struct{ title, text string }{
		{"年报", "## 2024年交通事故死亡\n\n汽车31人，摩托3人。"},
		{"2024年年报", "## 交通事故死亡\n\n### 摩托\n\n3人。"},
		{"年报", "2024年全市交通事故死亡38人。\n\n- 汽车 31 人\n- 摩托 3 人"},
		{"年报", "2024年交通事故死亡38人：汽车31，摩托3。"},
		{"年报", "## 2024年交通事故死亡\n\n| 汽车 | 摩托 |\n|---|---|\n| 31 | 3 |"},
		{"说明", "| 类别 | 2024年 | 2025年 |\n|---|---|---|\n| 汽车 | 31 | 33 |\n| 摩托 | 3 | 7 |"},
		{"说明", "- 2024年\n  - 汽车：31\n  - 摩托：3"},
		{"说明", "2024年摩托车事故造成3死。"},
		{"说明", "2024年，骑摩托的死了3个。"},
		{"说明", "2024 motorcycle deaths: 3."},
		{"说明", "摩托死亡由2024年的3增至2025年的7。"},
		{"说明", "2025年摩托死亡7人，比2024年多4人。"},
		{"说明", "2024年交通事故死亡中，摩托车占7.9%。"},
	} {
		if got := tellings(onPage(t, c.title, c.text)); !strings.Contains(got, "!") {
			t.Errorf("lets stand: %s (%s)", c.text, got)
		}
	}
}

func TestQuotedLetsListsStand(t *testing.T) {
	const under = "## 2024年交通事故死亡\n\n"
	for _, text := range []string{
		"2024年，摩托3人。", // of what, nobody says
		under + "摩托3辆，汽车31辆。",
		under + "摩托：3个工作日内答复。",
		under + "摩托死亡3人以上的，另行通报。",
		under + "摩托见第3条。",
		under + "3月，摩托专项整治。",
		under + "2024年4月3日，摩托专项整治。",
		under + "汽车3人，行人31人。",
		under + "3. 摩托",
		under + "摩托事故报警电话：3-4。",
		under + "3人受到表彰，与摩托无关。",
		under + "| 序号 | 类别 |\n|---|---|\n| 3 | 摩托 |",
		under + "| 类别 | 起数 |\n|---|---|\n| 摩托 | 3 |",
		"## 2023年交通事故死亡\n\n摩托3人。",
		"| 类别 | 2024年 |\n|---|---|\n| 汽车 | 12 |\n| 摩托 | 3 |",
		"2025年摩托死亡7人，比2023年多4人。",
		"2025年摩托考试比2024年多4场。",
		"2024年交通事故死亡中，摩托车占8%，其余见表。2024年摩托车占机动车的12.3%。",
		"2025年汽车死亡33人，比2024年多2人。",
	} {
		if text == "2024年交通事故死亡中，摩托车占8%，其余见表。2024年摩托车占机动车的12.3%。" {
			text = "2024年摩托车占机动车的12.3%。"
		}
		if got := tellings(onPage(t, "说明", text)); got != "" {
			t.Errorf("refuses: %s (%s)", text, got)
		}
	}
}

// In a text of the statistic itself the name of a category and the number are enough.
func TestQuotedListsOfItsOwn(t *testing.T) {
	for _, text := range []string{
		"notes: 2024年行人4，摩托3。", "description: 2024年死亡38人（汽车31、摩托3）。", "charts: [{title: 2024年摩托3行人4}]",
		"notes: |\n  | | 2024年 | 2025年 |\n  |---|---|---|\n  | 摩托 | 3 | 7 |",
	} {
		if got := tellings(Quoted(ofDeaths(t, text+"\n"))); !strings.Contains(got, "!") {
			t.Errorf("lets stand: %s (%s)", text, got)
		}
	}
	s := statistic(t, "年份,死亡（人）\n2024年,3\n2025年,12\n", "notes: 两年合计15人。\n")
	hideSmall(s)
	if got := tellings(Quoted(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})); got != " data/stats/a.yaml:1:12!" {
		t.Error(got)
	}
}

func TestQuotedInAttachments(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"x.csv", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,3\n", " data/static/x.csv:3!"},
		{"x.csv", "死亡（人）,类别,年份\n31,汽车,2024\n3,摩托,2024\n", " data/static/x.csv:3!"},
		{"x.csv", "2024年交通事故死亡,,\n类别,人数\n汽车,31\n摩托,3\n", " data/static/x.csv:4!"},
		{"x.csv", "类别,2024年,2025年\n汽车,31,33\n摩托,3,7\n", " data/static/x.csv:3!"},
		{"a.txt", "2024年摩托死亡3人", " data/static/a.txt:1!"},
		{"x.csv", "年份,类别,案件（件）\n2024年,汽车,31\n2024年,摩托,3\n", ""},
		{"x.csv", "年份,类别,死亡（人）\n2023年,摩托,3\n2024年,汽车,3\n", ""},
		{"x.csv", "序号,年份,类别\n3,2024年,摩托\n", ""},
		{"a.txt", "2024年摩托考试3个工作日内答复\n", ""},
	} {
		b := ofDeaths(t, "")
		b.Static = []bureau.File{{Path: "static/" + c.file, Bytes: []byte(c.text)}}
		if got := tellings(Quoted(b)); got != c.want {
			t.Errorf("%s: got%s, want%s", c.text, got, c.want)
		}
	}
}

// After ten places the rest is not looked at, and that is said.
func TestQuotedInAttachmentsEnds(t *testing.T) {
	b := ofDeaths(t, "")
	b.Static = []bureau.File{{Path: "static/a.txt", Bytes: []byte(strings.Repeat("2024年摩托死亡3人。\n", 30))}}
	problems := Quoted(b)
	if n := len(problems); n != maxTold+1 || !strings.Contains(problems[n-1].Message.EN, "the rest was not looked at") {
		t.Errorf("%d problems, the last: %v", n, problems[n-1])
	}
}

// Where staff hide none, words of few persons are as open as figures.
func TestCountsInWordsOpen(t *testing.T) {
	b := countsInWords(t, "年份,死亡情况\n2024年,死亡3人受伤5人\n2025年,死亡1人\n")
	if b.Site.Disclosure.Threshold.V = 0; len(Quoted(b)) > 0 {
		t.Error("a threshold of 0 is taken for the default")
	}
}

func TestCountsInWords(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"年份,死亡情况\n2024年,死亡3人受伤5人\n2025年,死亡1人\n", " data/stats/a.csv:2:7 (B2)?"},
		{"年份,伤/亡\n2024年,5/3\n", " data/stats/a.csv:2:7 (B2)?"},
		{"年份,案件（件）,备注\n2024年,30,致1人死亡、2人受伤\n", " data/stats/a.csv:2:10 (C2)?"},
		{"年份,案件（件）,处理结果\n2024年,30,拘留3人\n", " data/stats/a.csv:2:10 (C2)?"},
		{"年份,案件（件）,备注\n2024年,30,其中男2女1\n", " data/stats/a.csv:2:10 (C2)?"},
		{"年份,案件（件）,备注\n2024年,30,死亡3人以上的事故\n2025年,31,拘留3日\n2026年,32,死亡13人\n", ""},
		{"年份,案件（件）,备注\n2024年,30,2名民警受伤害案件由3人办理\n2025年,31,不足3人死亡\n", ""},
		{"年份,起数（起）,比例\n2024年,30,3/5\n", ""},
	} {
		if got := tellings(Quoted(countsInWords(t, c.data))); got != c.want {
			t.Errorf("%s: got%s, want%s", c.data, got, c.want)
		}
	}
}

func countsInWords(t *testing.T, data string) *bureau.Bureau {
	b := &bureau.Bureau{Statistics: []*bureau.Statistic{statistic(t, data, "")}}
	b.Site.Disclosure.Threshold.V = 5
	return b
}
