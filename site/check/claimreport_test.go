package check

import (
	"cmp"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// ownBureau has a statistic of its own by years and one by months, and one of another
// place that counts the same.
var ownBureau = fstest.MapFS{
	"data/site.yaml":           {Data: []byte("title: 甲市警务公开\norganization: 甲市公安局\nbase_url: https://example.org/jia/\nlanguage: zh\nlanguages: [en]\n")},
	"data/stats/theft.csv":     {Data: []byte("年份,盗窃案件立案（起）,抓获嫌疑人（人）\n2022年,812,91\n2023年,770,120\n2024年,700,150\n2025年,450,310\n")},
	"data/stats/theft.yaml":    {Data: []byte("title: 盗窃案件\ndescription: 盗窃案件的立案和抓获。\nfrequency: yearly\nreleased: 2026-01-20\nschema:\n  fields:\n    - {name: 年份, type: string, role: period}\n    - {name: 盗窃案件立案（起）, type: integer, role: measure, unit: 起, risk: event}\n    - {name: 抓获嫌疑人（人）, type: integer, role: measure, unit: 人, risk: person}\n")},
	"data/stats/criminal.csv":  {Data: []byte("月份,立案数,破案数\n2025-08,118,60\n2025-09,116,61\n2025-10,112,60\n2026-08,100,64\n2026-09,98,66\n2026-10,97,67\n")},
	"data/stats/criminal.yaml": {Data: []byte("title: 刑事案件\ndescription: 刑事案件的立案和破案。\nfrequency: monthly\nreleased: 2026-11-02\nschema:\n  fields:\n    - {name: 月份, type: string, role: period}\n    - {name: 立案数, type: integer, role: measure, unit: 起, risk: event}\n    - {name: 破案数, type: integer, role: measure, unit: 起, risk: event}\n")},
	"data/stats/calls.csv":     {Data: []byte("月份,接警（起）\n2026-08,5600\n2026-09,5010\n2026-10,5022\n")},
	"data/stats/calls.yaml":    {Data: []byte("title: 接警\ndescription: 接警的起数。\nfrequency: monthly\nreleased: 2026-11-02\nschema:\n  fields:\n    - {name: 月份, type: string, role: period}\n    - {name: 接警（起）, type: integer, role: measure, unit: 起, risk: event}\n")},
	"data/stats/fraud.csv":     {Data: []byte("年份,电信网络诈骗立案（件）\n2023年,510\n2024年,505\n2025年,500\n")},
	"data/stats/fraud.yaml":    {Data: []byte("title: 电信网络诈骗\ndescription: 电信网络诈骗的立案。\nfrequency: yearly\nreleased: 2026-01-20\nschema:\n  fields:\n    - {name: 年份, type: string, role: period}\n    - {name: 电信网络诈骗立案（件）, type: integer, role: measure, unit: 件, risk: event}\n")},
	"data/stats/other.csv":     {Data: []byte("年份,电信网络诈骗立案（件）\n2023年,960\n2024年,720\n2025年,480\n")},
	"data/stats/other.yaml":    {Data: []byte("title: 乙市电信网络诈骗\ndescription: 乙市电信网络诈骗的立案。\ncoverage: {place: 乙市}\nfrequency: yearly\nreleased: 2026-01-20\nschema:\n  fields:\n    - {name: 年份, type: string, role: period}\n    - {name: 电信网络诈骗立案（件）, type: integer, role: measure, unit: 件, risk: event}\n")},
}

// claimedIn gives what Claims says of a notice of the own bureau; a title or a note
// of a statistic where a place is named.
func claimedIn(t *testing.T, place, text string) (rules, hints string) {
	t.Helper()
	all := maps.Clone(ownBureau)
	title, summary, body := "公安工作通报", "通报有关工作。", "详情见本局公告。"
	switch place {
	case "title":
		title = text
	case "summary":
		summary = text
	case "":
		body = text
	default:
		name := "data/stats/" + place + ".yaml"
		all[name] = &fstest.MapFile{Data: []byte(string(all[name].Data) + "notes: |\n  " + text + "\n")}
	}
	all["data/notices/2026-11-10-x.md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\ndate: 2026-11-10\nsummary: " + summary + "\n---\n" + body + "\n")}
	var said, cures []string
	for _, p := range Claims(bureauOf(t, all)) {
		said, cures = append(said, p.Rule.String()), append(cures, p.Message.ZH+p.Hint.ZH)
	}
	return strings.Join(said, " "), strings.Join(cures, "\n")
}

// What was reported to pass although the figures deny it, and the other way round.
func TestClaimsReported(t *testing.T) {
	for _, c := range []struct{ place, text, want, says string }{
		{"", "2025年盗窃案件立案四百六十起。", "claims/number", "450起"},
		{"", "2025年盗窃案件立案四百五十起。", "", ""},
		{"", "2025年盗窃案件立案五百起。", "claims/number", "450起"},
		{"", "二〇二五年盗窃案件立案四百六十起。", "claims/number", "450起"},
		{"", "二〇二五年盗窃案件立案450起。", "", ""},
		{"", "２０２５年盗窃案件立案４６０起。", "claims/number", "450起"},
		{"", "2025全年盗窃案件立案460起。", "claims/number", "450起"},
		{"", "2025全年盗窃案件立案450起。", "", ""},
		{"", "2025年抓获嫌疑人三百一十人。", "", ""},
		{"", "2025年抓获嫌疑人三百二十余人。", "claims/figures", "310人"},
		{"", "2025年破案率达百分之九十八。", "claims/source", ""},
		{"", "二〇二五年电信网络诈骗立案五百件。", "", ""},
		{"", "2025年盗窃案件立案数百起。", "", ""},
		{"", "2025年抓获嫌疑人311个。", "claims/number", "310人"},
		{"", "2025年抓获嫌疑人310个。", "", ""},
		{"", "2025年盗窃案件立案比2024年下降近六成。", "claims/figures", "35.7%"},
		{"", "2025年盗窃案件立案比2024年下降近四成。", "", ""},
		{"title", "刑事案件下降一半", "claims/figures", "立案数"},
		{"summary", "我县发案减少一半。", "claims/figures", "立案数"},
		{"", "10月刑事案件同比下降一半。", "claims/figures", "立案数"},
		{"", "案件少了一半。", "claims/figures", ""},
		{"title", "案件数腰斩", "claims/figures", ""},
		{"", "2026年10月刑事案件同比下降13.4%。", "", ""},
		{"", "2026年10月发案比上月略有下降。", "", ""},
		{"", "2025年抓获嫌疑人310人，是2024年的2.07倍。", "", ""},
		{"", "2025年抓获嫌疑人310人，是2024年的3.07倍。", "claims/figures", "2024年"},
		{"", "2026年10月接警与9月基本持平。", "", ""},
		{"", "2026年9月接警与8月基本持平。", "claims/figures", "5600起"},
		{"", "2025年抓获嫌疑人为2022年的3.4倍。", "", ""},
		{"", "2025年抓获嫌疑人为2022年的4.4倍。", "claims/figures", "91人"},
		{"", "2025年每抓获1名嫌疑人对应约1.45起盗窃案件。", "", ""},
		{"", "2026年10月立案数比去年同期减少一半，破案数翻番。", "claims/figures claims/figures", "2025年10月"},
		// of another place
		{"", "2025年我局电信网络诈骗立案480件。", "claims/number", "500件"},
		{"", "2025年电信网络诈骗立案480件。", "claims/number", "500件"},
		{"", "2025年甲市电信网络诈骗立案500件。", "", ""},
		{"", "2025年乙市电信网络诈骗立案480件。", "", ""},
		{"", "2025年乙市电信网络诈骗立案500件。", "claims/number", "480件"},
		{"other", "2025年电信网络诈骗立案480件。", "", ""},
		{"", "2025年电信网络诈骗立案{{other/2025年/电信网络诈骗立案（件）}}，同比下降33.3%。", "", ""},
		{"", "2025年我局电信网络诈骗立案480件，可比{{other/2025年/电信网络诈骗立案（件）}}。", "claims/number", "500件"},
		{"", "2025年全市电信网络诈骗立案比上年下降三分之一。", "claims/figures", "505件"},
	} {
		t.Run(cmp.Or(c.place, "body")+" "+c.text, func(t *testing.T) {
			rules, hints := claimedIn(t, c.place, c.text)
			if rules != c.want || !strings.Contains(hints, c.says) {
				t.Errorf("got %q, want %q with %s\n%s", rules, c.want, c.says, hints)
			}
		})
	}
}

// A column of last year's figures is of last year's period, never of the row's own.
func TestClaimsOfEarlierColumns(t *testing.T) {
	all := maps.Clone(ownBureau)
	delete(all, "data/stats/theft.csv")
	delete(all, "data/stats/theft.yaml")
	delete(all, "data/stats/criminal.csv")
	delete(all, "data/stats/criminal.yaml")
	all["data/stats/squad.csv"] = &fstest.MapFile{Data: []byte("月份,案件类别,立案·本月（起）,立案上年同期（起）,上月破案（起）,破案·本月（起）\n2026-09,盗窃,34,41,24,26\n2026-09,诈骗,28,25,12,13\n2026-09,合计,62,66,36,39\n2026-10,盗窃,31,38,26,25\n2026-10,诈骗,30,27,13,16\n2026-10,合计,61,65,39,41\n")}
	all["data/stats/squad.yaml"] = &fstest.MapFile{Data: []byte("title: 刑侦大队破案情况\ndescription: 立案和破案。\nfrequency: monthly\nreleased: 2026-11-06\nschema:\n  fields:\n    - {name: 月份, type: string, role: period}\n    - {name: 案件类别, type: string, role: category}\n    - {name: 立案·本月（起）, type: integer, role: measure, unit: 起, risk: event}\n    - {name: 立案上年同期（起）, type: integer, role: measure, unit: 起, risk: event}\n    - {name: 上月破案（起）, type: integer, role: measure, unit: 起, risk: event}\n    - {name: 破案·本月（起）, type: integer, role: measure, unit: 起, risk: event}\n")}
	for text, want := range map[string]string{
		"2026年10月盗窃立案31起。":           "",
		"2026年10月盗窃立案41起。":           "改成“31起”",
		"2026年10月盗窃立案38起。":           "改成“31起”",
		"2026年10月全县立案65起。":           "改成“61起”",
		"2026年10月盗窃破案26起。":           "改成“25起”",
		"2025年10月盗窃立案38起。":           "",
		"2025年10月盗窃立案39起。":           "改成“38起”",
		"2026年10月盗窃立案31起，去年同期38起。":   "",
		"2026年10月盗窃立案31起，去年同期39起。":   "改成“38起”",
		"2026年10月盗窃立案31起，同比下降18.4%。": "",
		"2026年10月盗窃立案31起，同比下降8.4%。":  "下降18.4%",
	} {
		all["data/notices/2026-11-10-x.md"] = &fstest.MapFile{Data: []byte("---\ntitle: 公安工作通报\ndate: 2026-11-10\nsummary: 通报有关工作。\n---\n" + text + "\n")}
		var said string
		for _, p := range Claims(bureauOf(t, all)) {
			said += p.Message.ZH + p.Hint.ZH + "\n"
		}
		if want == "" && said != "" || !strings.Contains(said, want) || want != "" && strings.Contains(said, "上年同期（起）") {
			t.Errorf("%s: %s, want %s", text, said, want)
		}
	}
}

// A hint compares what the sentence compares: both halves with the year before.
func TestHintComparesAsTheClaimDoes(t *testing.T) {
	_, hints := claimedIn(t, "", "2026年10月立案数比去年同期减少一半，破案数翻番。")
	if strings.Count(hints, "2025年10月") < 2 || strings.Contains(hints, "9月") {
		t.Error(hints)
	}
}

// What a register promises, beside its target, is no claim; in a register without one it is.
func TestPromisesClaimNothing(t *testing.T) {
	for _, target := range []string{", role: target", ""} {
		all := maps.Clone(ownBureau)
		all["data/registers/x.yaml"] = &fstest.MapFile{Data: []byte("title: 承诺\nupdated: 2026-11-10\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 承诺内容, role: title}\n  - {name: 目标值" + target + "}\n")}
		all["data/registers/x.csv"] = &fstest.MapFile{Data: []byte("编号,承诺内容,目标值\nZ01,2025年盗窃案件立案比上年下降六成,60\n")}
		if problems := Claims(bureauOf(t, all)); (len(problems) > 0) != (target == "") {
			t.Error(target, problems)
		}
	}
}
