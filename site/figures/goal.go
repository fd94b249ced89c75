package figures

import (
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Goal is what a promise aims at: ≥100%, 不低于85%, 30天以内, 每季度1次.
type Goal struct {
	Value   float64
	Form    bureau.Form
	Unit    string // 件, %; empty where it is not said
	AtLeast bool
	Every   period.Frequency // of which each interval is to reach it; Irregular where none is named
}

// The words of a goal: how often, which way, and how much of what.
var (
	goalEvery = regexp.MustCompile(`^每个?(半年|季度|季|年|月|周|日|天)`)
	goalParts = regexp.MustCompile(`^([0-9][0-9.,]*[万亿]?)\s*([^0-9]{0,8})$`)
	goalWords = []struct {
		word            string
		before, atLeast bool
	}{
		{"≥", true, true}, {">=", true, true}, {"不低于", true, true}, {"不少于", true, true}, {"不小于", true, true}, {"至少", true, true},
		{"≤", true, false}, {"<=", true, false}, {"不高于", true, false}, {"不超过", true, false}, {"不多于", true, false}, {"不大于", true, false}, {"至多", true, false},
		{"及以上", false, true}, {"以上", false, true}, {"及以下", false, false}, {"以下", false, false}, {"以内", false, false}, {"之内", false, false},
	}
	goalFrequencies = map[string]period.Frequency{
		"半年": period.HalfYearly, "季度": period.Quarterly, "季": period.Quarterly, "年": period.Yearly, "月": period.Monthly,
		"周": period.Weekly, "日": period.Daily, "天": period.Daily,
	}
)

// ParseGoal reads a goal. A number that does not say whether it is to be reached or not
// to be passed is none, and neither is a state that was found (原文现状为3个月至半年) or a
// description (24小时).
func ParseGoal(written string) (Goal, *problem.Fault) {
	g := Goal{Every: period.Irregular}
	rest := strings.TrimSpace(text.NarrowAll(written))
	directed := false
	if m := goalEvery.FindStringSubmatch(rest); m != nil { // once a quarter is at least once
		g.Every, g.AtLeast, directed = goalFrequencies[m[1]], true, true
		rest = strings.TrimSpace(rest[len(m[0]):])
	}
	for _, w := range goalWords {
		after, found := strings.CutPrefix(rest, w.word)
		if !w.before {
			after, found = strings.CutSuffix(rest, w.word)
		}
		if found {
			g.AtLeast, directed, rest = w.atLeast, true, strings.TrimSpace(after)
			break
		}
	}
	if m := goalParts.FindStringSubmatch(rest); directed && m != nil {
		if n, err := number.Parse(m[1], ""); err == nil && n.Status == 0 {
			g.Value, g.Form, g.Unit = n.Value, n.Form, m[2]
			return g, nil
		}
	}
	return Goal{}, problem.Refuse(problem.Say("“%s”不是能核验的目标", `"%s" is no target that can be held against a figure`, problem.Quote(written)),
		problem.Say("目标写成“≥100%”“不低于85%”“30天以内”或者“每季度1次”；现状写进角色为 baseline（基线）的一列，一般说明写进没有角色的一列，来源没有提出目标的留空",
			"write a target as ≥100%, 不低于85%, 30天以内 or 每季度1次; a state that was found belongs in a column with the role baseline, a description in one without a role; leave the cell empty where the source sets no target"))
}
