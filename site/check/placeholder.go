package check

import (
	"context"
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// placeholder finds what sunshine init writes where a bureau's own is to stand: the
// numbers of zeros, the hosts that are nobody's, the bureau that there is not, and the
// words that say of figures that they are none.
var placeholder = regexp.MustCompile(`0{3,4}-0{6}\d\d|\b(?:bm0{8}|0{10})\b|.?ICP备0{8}号|.?公网安备\s?0{14}号|\bexample\.(?:org|com|net)\b|` +
	`示范市(?:公安|消防|政务|车辆|道路交通|(?:示范|平安|便民|公开|守望)路)[^，。；、（(\s]*|示范(?:派出所|路0号)|示例数据|虚构示例|\bShifan\b`)

// mayHold tells whether a text holds what every placeholder has one of.
func mayHold(text string) bool {
	return strings.Contains(text, "000000") || strings.Contains(text, "示") && holdsOne(text, []string{"示范", "示例"}) != "" ||
		strings.Contains(text, "example.") || strings.Contains(text, "Shifan")
}

// Placeholders warns of what init wrote and nobody replaced, at its line, once a line.
// A demonstration may keep it: its pages say that it is one.
func Placeholders(b *bureau.Bureau) problem.List {
	return find(context.Background(), b, 1, placeholders(b))[0]
}

func placeholders(b *bureau.Bureau) finder {
	return func(found *problem.List) visitor {
		seen := map[problem.Position]bool{}
		return visitor{func(text string) bool { return !b.Site.Demonstration.V && mayHold(text) }, func(p passage) {
			m := placeholder.FindStringIndex(p.text)
			if m == nil {
				return
			}
			at := p.place(m[0])
			line := problem.Position{File: at.File, Line: at.Line}
			if at.Line == 0 || seen[line] {
				return
			}
			seen[line] = true
			found.Warn(at, problem.PlaceholderLeft,
				problem.Say("“%s”是占位的内容，还没有换成本单位的", "\"%s\" is a placeholder and not the bureau's own", problem.Quote(p.text[m[0]:m[1]])),
				problem.Say("换成本单位真实的内容，没有的就删去；只作演示的网站，在 site.yaml 里写 demonstration: true（演示）", "write the bureau's own, or remove it; a site that only demonstrates says demonstration: true in site.yaml"))
		}}
	}
}
