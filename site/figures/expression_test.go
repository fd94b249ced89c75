package figures

import (
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
)

func TestExpression(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "期间:period,新收:measure:件,上年结转:measure:件,办结（件）:measure:件,结转下年:measure:件,a_1", "2005年,10,5,12,3,0.1")
	for _, tt := range []struct {
		rule  string
		value float64
	}{
		{"新收 + 上年结转", 15},
		{"新收＋上年结转", 15},
		{`$["办结（件）"] - 结转下年`, 9},
		{`($["办结（件）"] + 3) × 2`, 30},
		{"新收 / 上年结转", 2},
		{"新收 ÷ 4", 2.5},
		{"-新收 + 2 * (a_1 + 1)", -7.8},
		{"新收 > 5 ? 1 : 2", 1},
		{"新收 − 上年结转", 5},
	} {
		e, fault := compile(s, tt.rule, false)
		if fault != nil {
			t.Errorf("%s: %v", tt.rule, fault)
			continue
		}
		if o := e.run(s, 0); math.Abs(o.value-tt.value) > 1e-12 || o.status != 0 {
			t.Errorf("%s = %v %v, want %v", tt.rule, o.value, o.status, tt.value)
		}
	}
	for rule, holds := range map[string]bool{
		`新收 + 上年结转 = $["办结（件）"] + 结转下年`: true,
		`新收 + 上年结转 == 15 and 结转下年 < 4`:  true,
		"a_1 + 0.2 == 0.3": true,
		"a_1 + 0.2 > 0.3":  false,
		"新收 ≤ 上年结转":        false,
		"新收 ≥ 上年结转":        true,
		"not (新收 != 10)":   true,
		"新收 ＜ 11 && 上年结转 ＝ 5 || 新收 == 0": true,
	} {
		e, fault := compile(s, rule, true)
		if fault != nil {
			t.Errorf("%s: %v", rule, fault)
			continue
		}
		if o := e.run(s, 0); o.holds != holds {
			t.Errorf("%s does not give %v", rule, holds)
		}
	}
}

func TestExpressionRefuses(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "期间:period,收集件数:measure:件,办结件数（件）:measure:件,备注:note", "2005年,10,5,x")
	for _, tt := range []struct {
		rule, message, hint string
		truth               bool
	}{
		{"收集数 + 1", "没有“收集数”", "收集件数", false},
		{`$["办结件数(件)"] + 1`, "没有“办结件数(件)”", "办结件数（件）", false},
		{"办结件数（件） + 1", "", `$["办结件数（件）"]`, false},
		{"备注 + 1", "不是数值字段", "收集件数", false},
		{"期间 + 1", "不是数值字段", "", false},
		{"len(收集件数)", "没有“len”", "", false},
		{"收集件数()", "不能用", "", false},
		{"[收集件数]", "不能用", "", false},
		{"收集件数 % 2", "不能用", "", false},
		{"收集件数 ** 999999", "不能用", "", false},
		{"1..1000000000", "不能用", "", false},
		{"let a = 收集件数; a", "", "", false},
		{"收集件数 > 1", "读不懂", "", false},
		{"收集件数 + 1", "读不懂", "", true},
		{`收集件数 == "a"`, "", "", true},
		{"$env", "", "", false},
		{"$", "", "", false},
		{"Row", "没有“Row”", "", false},
		{"1 + 1", "没有任何字段", "", false},
		{"", "读不懂", "", false},
		{"收集件数 +", "读不懂", "", false},
		{strings.Repeat("收集件数 + ", 100) + "1", "过长", "", false},
		{strings.Repeat("1+", 400) + "收集件数", "", "", false},
		{strings.Repeat("(", 900), "", "", false},
	} {
		e, fault := compile(s, tt.rule, tt.truth)
		if fault == nil {
			t.Errorf("%q is read: %v", tt.rule, e.fields)
			continue
		}
		if !strings.Contains(fault.Message.ZH, tt.message) || !strings.Contains(fault.Hint.ZH, tt.hint) || fault.Message.EN == "" || fault.Hint.EN == "" {
			t.Errorf("%q: %+v", tt.rule, *fault)
		}
	}
}

func FuzzExpression(f *testing.F) {
	for _, rule := range []string{"收集件数 - 办结件数", `$["收集件数"] / 0`, "收集件数 <= 办结件数 = 1", "((((1", `"`, "'收集", "$[", "1e999 * 收集件数", "收集件数 ? 1 : 2", "-", "!收集件数"} {
		f.Add(rule, true)
		f.Add(rule, false)
	}
	s := bureautest.ThreeLedgers(f)
	f.Fuzz(func(t *testing.T, rule string, truth bool) {
		e, fault := compile(s, rule, truth)
		if fault != nil {
			if fault.Message.ZH == "" || fault.Message.EN == "" {
				t.Fatalf("%q is refused without a word", rule)
			}
			return
		}
		if o := e.run(s, 0); math.IsInf(o.value, 0) || math.IsNaN(o.value) && !truth && o.status&bureau.Instead == 0 {
			t.Fatalf("%q gives %v without a marker", rule, o.value)
		}
	})
}
