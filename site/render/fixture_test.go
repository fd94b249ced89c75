package render

import (
	"context"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/markdown"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/say"
)

func str(s string) bureau.String {
	return bureau.String{V: s, At: problem.Position{File: "f", Line: 1}}
}

func strs(all ...string) []bureau.String {
	var out []bureau.String
	for _, s := range all {
		out = append(out, str(s))
	}
	return out
}

func num(n int) bureau.Int { return bureau.Int{V: n, At: problem.Position{File: "f", Line: 1}} }

func day(year int, month time.Month, d int) bureau.Date {
	return bureau.Date{V: period.NewDate(year, month, d), At: problem.Position{File: "f", Line: 1}}
}

func years(t testing.TB, texts ...string) []period.Period {
	t.Helper()
	var all []period.Period
	for _, text := range texts {
		p, err := period.Parse(text, period.Options{FinancialYearStart: time.April})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// cases is a statistic with a partial period, a marker beside a value and one instead of a value.
func cases(t testing.TB) *bureau.Statistic {
	s := &bureau.Statistic{
		Name: "cases-solved", File: "data/stats/cases-solved.csv", SHA256: strings.Repeat("5e", 32), Described: true, Frequency: period.Yearly,
		Descriptor: bureau.Descriptor{Notes: str("说明"),
			File: "data/stats/cases-solved.yaml", Title: str("破获刑事案件"), Description: str("立案后查明犯罪事实的刑事案件数，以及同期打击处理的人数。"),
			Sources:      []bureau.Source{{Title: str("公安工作总结（转载）")}},
			Contributors: []bureau.Contributor{{Title: str("刑侦支队")}},
			Frequency:    str("yearly"), Released: day(2006, 9, 10), NextRelease: day(2006, 10, 10),
			Crime: bureau.Bool{V: true},
		},
		Fields: []bureau.Field{
			{Name: "期间", Title: "期间", Role: bureau.RolePeriod, UnitField: -1},
			{Name: "破获刑事案件（件）", Title: "破获刑事案件", Role: bureau.RoleMeasure, Type: "integer", Unit: "件", UnitField: -1},
			{Name: "打击处理（人）", Title: "打击处理", Role: bureau.RoleMeasure, Type: "integer", Unit: "人", UnitField: -1},
		},
		Notes: strs("注：2006年数字截至8月底。"),
	}
	values := [][2]float64{{2212, 1010}, {2385, math.NaN()}, {1732, 559}}
	for i, p := range years(t, "2004年", "2005年", "2006年1-8月") {
		cells := []bureau.Cell{{Text: p.Text, Number: math.NaN()}}
		for _, v := range values[i] {
			c := bureau.Cell{Number: v}
			if math.IsNaN(v) {
				c.Status = bureau.NotAvailable
			} else if i == 2 {
				c.Status = bureau.Provisional
			}
			cells = append(cells, c)
		}
		s.Append(bureau.Row{Span: p.Span(period.Yearly), Sheet: int32(i + 1)}, p, cells...)
	}
	return s
}

func idCard() *bureau.Guide {
	return &bureau.Guide{
		Name: "id-card", Language: "zh", File: "data/guides/hukou/id-card.md",
		Title: str("首次申领居民身份证"), Area: str("hukou"), Status: str("in-force"), Authority: str("示范市公安局治安支队"),
		Summary:    str("年满十六周岁的居民第一次办理身份证。"),
		LegalBasis: []bureau.LegalBasis{{Law: str("中华人民共和国居民身份证法"), Article: str("第二条")}, {Law: str("居民身份证收费办法"), Article: str("第三条"), URL: str("https://law.example/fee")}},
		Audience:   strs("individual"),
		Conditions: strs("年满十六周岁", "户籍在本市", "未满十六周岁的，由监护人代为申请"),
		Materials: []bureau.Material{
			{Name: str("户口簿"), Original: num(1)},
			{Name: str("监护人身份证"), Original: num(1), Copies: num(1), Note: str("仅限未满十六周岁")},
			{Name: str("居民身份证申领登记表"), Original: num(1), Form: str("forms/id-card.pdf")},
		},
		Steps: []bureau.Step{
			{Action: str("申请"), Actor: str("申请人"), Note: str("本人到场，采集照片和指纹。")},
			{Action: str("受理审核"), Actor: str("户籍窗口"), Days: num(3)},
			{Action: str("制证"), Actor: str("公安机关"), Days: num(15)},
			{Action: str("领证"), Actor: str("申请人")},
		},
		TimeLimit: bureau.TimeLimit{Statutory: num(60), Promised: num(20), Unit: str("natural-days")},
		Fee:       bureau.Fee{Amount: bureau.Number{V: 20, At: problem.Position{Line: 1}}, Basis: str("发改价格〔2003〕2322号")},
		Places: []bureau.Place{
			{Name: str("城关派出所户籍窗口"), Address: str("示范市城关区人民路1号"), Hours: str("周一至周五 8:30—12:00，14:30—18:00（节假日除外）"), Phone: str("0100-1234567")},
			{Name: str("政务服务中心公安窗口"), Address: str("示范市新区政务大厅二楼"), Hours: str("周一至周六 9:00—17:00"), Phone: str("0100-7654321、0100-7654322转8")},
		},
		Online: str("https://gat.example/id"), Result: str("居民身份证"), Complaint: bureau.Complaint{Phone: str("12389")},
		Published: day(2026, 1, 5), Updated: day(2026, 3, 8), Verified: day(2026, 3, 8), ReviewDays: num(180),
		History:    []bureau.Change{{Date: day(2026, 3, 8), Change: str("承诺时限改为二十天")}},
		Supersedes: strs("data/guides/hukou/old-card.md", "居民身份证首次申领须知"),
	}
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" role="img" aria-label="破获刑事案件"><path d="M60 40v220h560" fill="none" stroke="#7c8898"/><path d="M100 80h90v180h-90zM300 60h90v200h-90z" fill="#2f6db5"/><path d="M500 120h90v140h-90z" fill="#9dbde3"/></svg>`

// fixture is a small bureau with one of each kind of page.
func fixture(t testing.TB) Input {
	card := idCard()
	english := *card
	english.Language, english.File, english.Title = "en", "data/guides/hukou/id-card.en.md", str("First resident identity card")
	english.Summary = str("For residents of sixteen and over who apply for the first time.")
	moved := &bureau.Guide{Name: "approval", Language: "zh", File: "data/guides/fire/approval.md", Title: str("建设工程消防设计审查"), Area: str("fire"), Status: str("transferred"), MovedTo: str("https://zjj.example/xfsc"), Verified: day(2026, 9, 1)}
	plate := &bureau.Guide{Name: "plate", Language: "zh", File: "data/guides/vehicle/plate.md", Title: str("机动车注册登记"), Area: str("vehicle"), Status: str("in-force"), Fee: bureau.Fee{Free: bureau.Bool{V: true}}, TimeLimit: bureau.TimeLimit{Promised: num(1), Unit: str("working-days")}, Published: day(2026, 9, 1)}
	old := &bureau.Guide{Name: "old-card", Language: "zh", File: "data/guides/hukou/old-card.md", Title: str("申领第一代居民身份证"), Area: str("hukou"), Status: str("repealed"), Published: day(2026, 1, 5)}
	draft := &bureau.Guide{Name: "draft", Language: "zh", File: "data/guides/other/draft.md", Title: str("尚未公开的草稿"), Area: str("other"), Status: str("draft")}
	chartOne := chart.Drawing{ID: "chart-1", Wide: []byte(svg), Narrow: []byte(svg), File: []byte(svg), Script: []byte("0")}
	return Input{
		AsOf: period.NewDate(2026, 10, 31), BaseURL: "https://police.example/sunshine/", Commit: "0123456789abcdef", Jobs: 2,
		Bureau: &bureau.Bureau{
			Site: bureau.Site{
				Title: str("示范市公安局阳光警务"), Organization: str("示范市公安局"), Description: str("公开警务数据和办事指南，接受社会监督。"),
				Contact:    bureau.Contact{Phone: str("0100-1100000"), Address: str("示范市中山路100号"), Email: str("sunshine@police.example"), Complaint: str("12389")},
				Footer:     bureau.Footer{Organizer: str("示范市公安局"), SiteCode: str("bm12345678"), ICP: str("滇ICP备12345678号"), PoliceRecord: str("滇公网安备 12345678901234号"), ReportError: str("mailto:sunshine@police.example")},
				DataNotice: str("示例数据，来源为转载文本，未经核实。"),
			},
			Statistics: []*bureau.Statistic{cases(t)},
			Guides:     []*bureau.Guide{plate, card, &english, old, moved, draft},
			Notices: []*bureau.Notice{
				{Name: "2026-10-20-window", Language: "zh", File: "data/notices/2026-10-20-window.md", Title: str("户籍窗口国庆后恢复正常办公"), Date: day(2026, 10, 20), Kind: str("公告"), Source: str("治安支队")},
				{Name: "2026-09-30-fraud", Language: "zh", File: "data/notices/2026-09-30-fraud.md", Title: str("谨防冒充客服退款诈骗"), Date: day(2026, 9, 30), Kind: str("提示")},
			},
			Pages: []*bureau.Page{{Name: "about", Language: "zh", File: "data/pages/about.md", Title: str("关于本站"), Updated: day(2026, 8, 1)}},
		},
		Changes: changes(t),
		made: made{
			Document: func(file string) markdown.Document { return documents[file] },
			Statistics: map[string]Statistic{"cases-solved": {
				Charts:  []Chart{{Drawing: chartOne, Title: "各期破获刑事案件（件）", Summary: say.Summary{Headline: "2005年破获刑事案件2,385件，比2004年增加173件。", Points: []string{"2006年1—8月为1,732件，期间不满一年，不与全年比较。"}}}},
				Anchors: map[int]string{0: "r-2004", 1: "r-2005", 2: "r-2006-01--2006-08"},
				Downloads: []Download{
					{"stats/cases-solved/cases-solved.csv", "CSV", "数据表", 412},
					{"stats/cases-solved/cases-solved.json", "JSON", "", 1432},
					{"stats/cases-solved/chart-1.svg", "SVG", "图表", 15100},
				},
			}},
			Cards: []say.Card{
				{Title: "破获刑事案件", Path: "stats/cases-solved/index.html#r-2006-01--2006-08", Value: "1,732", Unit: "件", Period: "2006年1—8月", Partial: "不满一年"},
				{Title: "打击处理", Path: "stats/cases-solved/index.html#r-2005", Value: "2,385", Unit: "人", Period: "2005年", Change: "比2004年增加7.8%。"},
				{Title: "信访件办结率", Path: "stats/cases-solved/index.html", Value: "96.4", Unit: "%", Period: "2006年第三季度"},
			},
			Overdue: []figures.Overdue{
				{File: "data/guides/hukou/id-card.md", Title: "首次申领居民身份证", Path: "guides/hukou/id-card/index.html", Due: period.NewDate(2026, 9, 4)},
				{File: "data/stats/cases-solved.csv", Title: "破获刑事案件", Path: "stats/cases-solved/index.html", Due: period.NewDate(2006, 10, 10)},
			},
		},
	}
}

// changes are a figure that was revised and a statistic that was taken off.
func changes(t testing.TB) ledger.Report {
	revised := ledger.Revision{
		Date: period.NewDate(2026, 10, 12), Statistic: "cases-solved", Title: "破获刑事案件", Period: years(t, "2005年")[0], Row: 1,
		Field: "破获刑事案件（件）", Unit: "件", Old: bureau.Figure{Number: 2384}, New: bureau.Figure{Number: 2385},
		Reason: "补录一起上年移交的案件", ApprovedBy: "刑侦支队",
	}
	removed := ledger.Revision{
		Date: period.NewDate(2026, 10, 5), Statistic: "traffic", Title: "交通事故", Row: -1, Removed: true,
		Reason: "改由交通运输部门发布", ApprovedBy: "指挥中心",
	}
	return ledger.Report{
		Revisions: []ledger.Revision{revised, removed},
		Removed:   []ledger.Removed{{Name: "traffic", Title: "交通事故", Last: period.NewDate(2026, 9, 30), Revisions: []ledger.Revision{removed}}},
	}
}

// assets stand for those that are embedded, which change more often than pages.
var assets = map[string]string{"chart.css": ".chart-narrow{display:none}", "chart.js": "0", "echarts.js": "0", "matters.js": "0", "find.js": "0", "tables.js": "0", "search.js": "0", "licenses.txt": "0"}

// loadOwn loads the templates with files of the bureau's own.
func loadOwn(t testing.TB, own map[string]string) (*Templates, problem.List) {
	folder := fstest.MapFS{}
	for _, files := range []map[string]string{assets, own} {
		for name, text := range files {
			folder["templates/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	templates, problems, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return templates, problems
}

// documents are the rendered bodies of the fixture.
var documents = map[string]markdown.Document{
	"data/guides/hukou/id-card.md": {
		HTML:     "<h2 id=\"照片\">照片要求</h2>\n<p>白色背景，免冠正面。照片由窗口现场采集，不收费。</p>\n<h2 id=\"代办\">能不能代办</h2>\n<p>首次申领须<strong>本人到场</strong>采集指纹。</p>\n<h2 id=\"急用\">急用怎么办</h2>\n<p>可同时申请<a href=\"../../vehicle/plate/index.html\">临时证明</a>，当场取得。</p>\n",
		Headings: []markdown.Heading{{Level: 2, ID: "照片", Text: "照片要求"}, {Level: 2, ID: "代办", Text: "能不能代办"}, {Level: 2, ID: "急用", Text: "急用怎么办"}},
	},
	"data/notices/2026-10-20-window.md": {HTML: "<p>自10月9日起恢复正常办公时间。</p>\n", Plain: "自10月9日起恢复正常办公时间。"},
	"data/pages/about.md":               {HTML: "<p>本站公开数据、指南和公告。</p>\n"},
	"data/stats/cases-solved.yaml":      {HTML: "<p>破获数可能包含以前年度立案的案件，缺少同期立案数，不能计算破案率。</p>\n"},
}

// withDocument changes the rendered body of one file.
func withDocument(in *Input, file string, change func(*markdown.Document)) {
	before := in.Document
	in.Document = func(f string) markdown.Document {
		d := before(f)
		if f == file {
			change(&d)
		}
		return d
	}
}

// pages makes the pages and files of an input whose bodies are rendered by itself.
func pages(t *Templates, in Input) ([]bureau.File, problem.List) {
	r, problems, err := newDraft(t, in, &bodies{}, nil).Site(context.Background(), func(f bureau.File, _ [][]byte) (bureau.File, error) { return f, nil })
	if err != nil {
		panic(err)
	}
	return r.Files, problems
}
