package render

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau/bureautest"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// How tables are laid out: as a cross-table or a list, folded by year, tight or as short
// lists on a phone; what may be put in order by what.
func TestTableLayout(t *testing.T) {
	months := func(years int, rest ...string) (lines []string) {
		for m := range 12 * years {
			for i, r := range rest {
				lines = append(lines, fmt.Sprintf("%d年%d月,%s%d", 2026-years+m/12, m%12+1, r, 100+m+i))
			}
		}
		return lines
	}
	const cross, list = "月份:period,单位:unit,件数:measure:件", "月份:period,单位:unit,类别:category,件数:measure:件"
	var wide, many []string
	for i := range 14 {
		wide = append(wide, fmt.Sprintf("第%d派出所,", i+1))
	}
	for i := range 9 {
		many = append(many, fmt.Sprintf("数%d:measure:件", i))
	}
	for _, c := range []struct {
		name, head string
		lines      []string
		want       string
	}{
		{"months of units", cross, months(1, "甲所,", "乙所,"), "cross tight: 月份 甲所 乙所 ×12 [2025年] [件数（件）]"},
		{"two years", cross, months(2, "甲所,", "乙所,"), "cross tight: 月份 甲所 乙所 ×12 [2025年] [件数（件）]; 2024年 cross tight: 月份 甲所 乙所 ×12 [2024年] [件数（件）]"},
		{"many units", cross, months(1, wide...), "cross stack: 单位 2025年1月 2025年2月 2025年3月 2025年4月 2025年5月 2025年6月 2025年7月 2025年8月 2025年9月 2025年10月 2025年11月 2025年12月 ×14 [件数（件）]"},
		{"one month", "月份:period,单位:unit,件数:measure:件,人数:measure:件", []string{"2025年1月,甲所,1,2", "2025年1月,乙所,3,4"}, "tight: 单位 件数 人数 ×2 [月份：2025年1月] [计量单位：件]"},
		{"one row", cross, []string{"2025年1月,甲所,1"}, "tight: 月份 单位 件数 ×1"},
		{"twice the same", cross, []string{"2025年1月,甲所,1", "2025年1月,甲所,2", "2025年2月,乙所,3"}, "tight: 月份 单位 件数 ×3"},
		{"many gaps", cross, []string{"2025年1月,甲所,1", "2025年2月,乙所,2", "2025年3月,丙所,3"}, "tight: 月份 单位 件数 ×3"},
		{"a list", list, months(2, "甲所,盗窃,", "甲所,诈骗,", "乙所,盗窃,", "乙所,诈骗,"), "tight: 月份/period 单位/text 类别/text 件数 ×48 [2025年]; 2024年 tight: 月份/period 单位/text 类别/text 件数 ×48 [2024年]"},
		{"one thing in time", "月份:period,件数:measure:件", months(2, ""), "tight: 月份 件数 ×12 [2025年]; 2024年 tight: 月份 件数 ×12 [2024年]"},
		{"many of one year", "月份:period,件数:measure:件", append(months(1, ""), months(1, "")...), "tight: 月份/period 件数/number ×24"},
		{"a total", list, append(months(1, "甲所,盗窃,", "乙所,诈骗,"), "2025年12月,甲所,合计,9"), "tight: 月份 单位 类别 件数 ×25"},
		{"many figures", "月份:period," + strings.Join(many, ","), []string{"2025年1月,1,2,3,4,5,6,7,8,9", "2025年2月,1,2,3,4,5,6,7,8,9"}, "stack: 月份 数0 数1 数2 数3 数4 数5 数6 数7 数8 ×2 [计量单位：件]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bureautest.Table(t, "x", "monthly", append([]string{c.head}, c.lines...)...)
			table := new(site).table(locale.Builtin(problem.Chinese), s, "表", anchorsOfRows(s, newest(s)))
			var got []string
			for _, p := range table.Parts {
				text := strings.TrimSpace(p.Year+" "+p.Class) + ":"
				for _, h := range p.Head {
					text += " " + h.Title
					if h.Sort != "" {
						text += "/" + h.Sort
					}
				}
				text += fmt.Sprint(" ×", len(p.Rows))
				for _, f := range p.Fixed {
					if text += " ["; f.Name != "" {
						text += f.Name + "："
					}
					text += f.Text + "]"
				}
				got = append(got, text)
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), c.want)
			}
			if filtered := strings.Contains(c.want, "/text"); (table.Filter != nil) != (filtered || c.name == "a total") {
				t.Errorf("a filter: %v", table.Filter)
			}
		})
	}
}
