package load

import (
	"slices"
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
