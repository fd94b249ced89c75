package figures

import (
	"fmt"
	"testing"
)

func TestGoal(t *testing.T) {
	for written, want := range map[string]string{
		"≥100%":     "100 % true irregular",
		">= 85":     "85  true irregular",
		"＞＝８５％":     "85 % true irregular",
		"不低于85%":    "85 % true irregular",
		"至少 6 类":    "6 类 true irregular",
		"85%以上":     "85 % true irregular",
		"≤3次":       "3 次 false irregular",
		"不超过1.5天":   "1.5 天 false irregular",
		"30天以内":     "30 天 false irregular",
		"每季度1次":     "1 次 true quarterly",
		"每年不少于2次":   "2 次 true yearly",
		"每月不超过3起":   "3 起 false monthly",
		"每个月1,200件": "1200 件 true monthly",
		"不少于2万人":    "20000 人 true irregular",

		"":            "no goal",
		"100%":        "no goal", // neither reached nor not to be passed
		"6类":          "no goal",
		"24小时":        "no goal",
		"原文现状为3个月至半年": "no goal",
		"正文未收入来源":     "no goal",
		"≥":           "no goal",
		"不低于":         "no goal",
		"不低于8至10件":    "no goal",
		"≥1,00%":      "no goal",
		"每季度":         "no goal",
		"尽量不超过30天":    "no goal",
	} {
		got := "no goal"
		if g, fault := ParseGoal(written); fault == nil {
			got = fmt.Sprint(g.Value, " ", g.Unit, " ", g.AtLeast, " ", g.Every)
		} else if fault.Hint.ZH == "" || fault.Message.EN == "" {
			t.Errorf("%s: %+v", written, fault)
		}
		if got != want {
			t.Errorf("%s is %s, want %s", written, got, want)
		}
	}
}
