package load

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

const matterHeader = "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n"

func TestMatters(t *testing.T) {
	matters, problems := Matters("data/suggestions/2026.csv", []byte(matterHeader+
		"YJ-1,意见建议,2026/6/3,城东分局,\"建议增开窗口，\n并延长时间\",2026年6月8日,2026-06-15,,2026-07-10,,completed,采纳\n"+
		"YJ-2,意见建议,2026-06-04,城东分局,建议张贴指引,,,,,,办理中,\n"))
	if len(problems) > 0 || len(matters) != 2 {
		t.Fatal(matters, problems)
	}
	m := matters[0]
	if m.Name != "yj-1" || m.Received.V != period.NewDate(2026, time.June, 3) || m.State != bureau.CompletedMatter || m.Answer.V != "采纳" {
		t.Errorf("%+v", m)
	}
	var given []int
	for i, d := range m.Steps {
		if d.Given() {
			given = append(given, i)
		}
	}
	if !slices.Equal(given, []int{0, 1, 3}) || m.Steps[0].V != period.NewDate(2026, time.June, 8) {
		t.Errorf("steps %v: %v", given, m.Steps)
	}
	if at := matters[1].ID.At; at.Cell != "A3" || matters[1].State != bureau.OpenMatter {
		t.Errorf("%+v", matters[1])
	}
}

// reading/ledger-synonyms: the columns as an office calls them, days without a year, the
// answer in the cell of the status.
func TestMattersOfAnOffice(t *testing.T) {
	const file = "../../../shared/cases/reading/ledger-synonyms/data/suggestions/f.csv"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skip("the shared cases are not here:", err)
	}
	matters, problems := Matters("data/suggestions/f.csv", data)
	if len(problems) > 0 || len(matters) != 3 {
		t.Fatal(matters, problems)
	}
	day := func(month time.Month, day int) period.Date { return period.NewDate(2026, month, day) }
	want := []struct {
		name, ledger, summary, answer string
		state                         bureau.MatterState
		received                      period.Date
		steps                         [5]period.Date
	}{
		{"f-1", "意见建议", "建议延长户籍窗口办理时间", "周六上午增开窗口", bureau.CompletedMatter, day(10, 8), [5]period.Date{day(10, 12), day(10, 20), 0, day(11, 2), day(11, 5)}},
		{"f-2", "投诉举报", "反映停车罚单有误", "", bureau.OpenMatter, day(10, 15), [5]period.Date{day(10, 19)}},
		{"f-3", "利益诉求", "请求尽快办理户口迁移", "", bureau.CompletedMatter, day(9, 2), [5]period.Date{day(9, 5), day(9, 10), 0, day(9, 25), day(9, 28)}},
	}
	for i, w := range want {
		m := matters[i]
		if m.Name != w.name || m.Ledger.V != w.ledger || m.Summary.V != w.summary || m.Answer.V != w.answer || m.State != w.state || m.Received.V != w.received {
			t.Errorf("row %d: %+v", i+1, m)
		}
		for n, d := range m.Steps {
			if d.V != w.steps[n] {
				t.Errorf("row %d, step %d: %v, not %v", i+1, n, d.V, w.steps[n])
			}
		}
	}
	if at := matters[2].Answer.At; at.Cell != "K5" {
		t.Errorf("an answer that is missing is at %v", at)
	}
}

// A day without a year is of the year that the title and the day of receipt tell; where
// nothing tells it, that is asked for once.
func TestMatterYears(t *testing.T) {
	const header = "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n"
	row := func(received, discussed string) string {
		return "YJ-1,意见建议," + received + ",城东分局,建议增开窗口," + discussed + ",,,,,办理中,\n"
	}
	for _, c := range []struct{ title, received, discussed, want string }{
		{"台账（2026年10月）", "10月8日", "10月12日", "2026-10-08 2026-10-12"},
		{"台账（2026年12月）", "12月30日", "1月5日", "2026-12-30 2027-01-05"},
		{"台账（2026年1月）", "12月30日", "1.5", "2025-12-30 2026-01-05"},
		{"台账（2026年1月）", "8月2日", "", "2025-08-02 1970-01-01"},
		{"台账（2026年1月）", "2月3日", "2月5日", "data/suggestions/a.csv:3:11 (C3) csv/date"},
		{"2026年台账", "10月8号", "10/12", "2026-10-08 2026-10-12"},
		{"台账（2026年10月）", "10月8日", "10月5日", "2026-10-08 2026-10-05"},
		{"台账", "2026-10-08", "10月12日", "2026-10-08 2026-10-12"},
		{"台账（2026年10月）", "2月30日", "", "data/suggestions/a.csv:3:11 (C3) csv/date"},
		{"台账", "10月8日", "10月12日", "data/suggestions/a.csv:3:11 (C3) csv/date"},
		{"台账（2025年12月至2026年1月）", "10月8日", "", "data/suggestions/a.csv:3:11 (C3) csv/date"},
	} {
		matters, problems := Matters("data/suggestions/a.csv", []byte(c.title+",,,,,,,,,,,\n"+header+row(c.received, c.discussed)))
		var got []string
		for _, p := range problems {
			got = append(got, p.Position.String()+" "+p.Rule.String())
		}
		if len(got) == 0 {
			got = append(got, matters[0].Received.V.String(), matters[0].Steps[0].V.String())
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s, %s, %s: %s, not %s", c.title, c.received, c.discussed, got, c.want)
		}
	}
	_, problems := Matters("data/suggestions/a.csv", []byte(header+row("10月8日", "10月12日")+row("10月9日", "")))
	if len(problems) != 1 || !strings.Contains(problems[0].Message.ZH, "共有2格如此：C2、C3") || !strings.Contains(problems[0].Hint.ZH, "台账（2026年10月）") {
		t.Errorf("%v", problems)
	}
}

// The words behind a status are the answer. Where a column of its own holds another one,
// neither is lost unseen.
func TestMattersBehindStatus(t *testing.T) {
	const header = "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,办理情况,答复\n"
	for _, c := range []struct{ status, answer, want string }{
		{"已办结，增开窗口", "", "增开窗口"},
		{"已办结\n增开窗口", "", "增开窗口"},
		{"已办结，增开窗口", "周六增开窗口，周日不开", "周六增开窗口，周日不开"},
		{"已办结", "已电话答复", "已电话答复"},
		{"已办结，增开窗口", "已电话答复", "data/suggestions/a.csv:2:35 (K2) matter/status"},
	} {
		matters, problems := Matters("data/suggestions/a.csv", []byte(header+"YJ-1,意见建议,2026-06-03,城东分局,建议,,,,,,\""+c.status+"\","+c.answer+"\n"))
		var got string
		for _, p := range problems {
			got += p.Position.String() + " " + p.Rule.String()
		}
		if got == "" {
			got = matters[0].Answer.V
		}
		if got != c.want || len(matters) > 0 && matters[0].State != bureau.CompletedMatter {
			t.Errorf("%q, %q: %s, not %s", c.status, c.answer, got, c.want)
		}
	}
}

// The columns that are missing are told in one message.
func TestMattersMissing(t *testing.T) {
	for header, want := range map[string]string{
		"编号,类别,收到时间": "缺少9列：unit / 承办单位、summary / 摘要、discussed / 商议、planned / 方案、supervised / 督办、answered / 反馈、published / 公开、status / 状态、answer / 答复",
		"账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态":    "缺少2列：id / 编号、answer / 答复",
		"序号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态": "缺少“answer / 答复”这一列",
	} {
		_, problems := Matters("data/suggestions/a.csv", []byte(header+"\n"+strings.Repeat("1,", strings.Count(header, ","))+"1\n"))
		if len(problems) != 1 || problems[0].Message.ZH != want {
			t.Errorf("%s: %v", header, problems)
		}
	}
}

func TestMattersRefused(t *testing.T) {
	for _, c := range []struct{ name, text, rule, at string }{
		{"a step that is no day", matterHeader + "YJ-1,意见建议,2026-06-03,城东分局,建议,2026-06,,,,,办理中,\n", "csv/date", "data/suggestions/2026.csv:2:30 (F2)"},
		{"a day that does not exist", matterHeader + "YJ-1,意见建议,2026-06-31,城东分局,建议,,,,,,办理中,\n", "csv/date", "data/suggestions/2026.csv:2:11 (C2)"},
		{"a serial number", matterHeader + "YJ-1,意见建议,44927,城东分局,建议,,,,,,办理中,\n", "csv/date", "data/suggestions/2026.csv:2:11 (C2)"},
		{"an unknown status", matterHeader + "YJ-1,意见建议,2026-06-03,城东分局,建议,,,,,,已办完,\n", "matter/status", "data/suggestions/2026.csv:2:35 (K2)"},
		{"no number", matterHeader + "——,意见建议,2026-06-03,城东分局,建议,,,,,,办理中,\n", "matter/id", "data/suggestions/2026.csv:2:1 (A2)"},
		{"a column that is missing", "编号,账本\nYJ-1,意见建议\n", "csv/column", "data/suggestions/2026.csv:1:1 (A1)"},
		{"an empty file", "", "csv/empty", "data/suggestions/2026.csv:1:1"},
	} {
		_, problems := Matters("data/suggestions/2026.csv", []byte(c.text))
		if len(problems) == 0 {
			t.Errorf("%s: no problem", c.name)
			continue
		}
		if p := problems[0]; p.Rule.String() != c.rule || p.Position.String() != c.at || p.Hint.ZH == "" {
			t.Errorf("%s: %v [%s] %s", c.name, p.Position, p.Rule.String(), p.Message.EN)
		}
	}
}

// Who took a step and what came of it may stand beside its day, in columns that a list may
// be without.
func TestMatterNotes(t *testing.T) {
	head := strings.TrimSuffix(matterHeader, "\n")
	const row = "YJ-1,意见建议,2026-06-03,城东分局,建议,2026-06-08,2026-06-15,2026-06-20,,,办理中,"
	for header, want := range map[string][3]string{
		"": {},
		",商议情况,方案内容,督办情况": {"所长召集", "增开窗口", "分局查看"},
		",督办单位,商议单位,处理方案": {"增开窗口", "分局查看", "所长召集"},
	} {
		line := row
		if header != "" {
			line += ",所长召集,增开窗口,分局查看"
		}
		matters, problems := Matters("data/suggestions/2026.csv", []byte(head+header+"\n"+line+"\n"))
		if len(problems) > 0 || len(matters) != 1 {
			t.Fatal(header, problems)
		}
		n := matters[0].Notes
		if got := [3]string{n[0].V, n[1].V, n[2].V}; got != want || n[3].V+n[4].V != "" {
			t.Errorf("%q: %q", header, got)
		}
	}
}
