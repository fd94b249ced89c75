package disclose

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// withheldCells writes which cells of a statistic show [c], row by row.
func withheldCells(s *bureau.Statistic) string {
	var b strings.Builder
	for r := range s.Rows {
		for f := range s.Fields {
			if s.Fields[f].Role == bureau.RoleMeasure {
				b.WriteByte(" c"[s.Cell(r, f).Status&bureau.Confidential/bureau.Confidential])
			}
		}
		b.WriteByte('|')
	}
	return b.String()
}

// Which cells are withheld does not tell which of the small counts one is: the same for
// each of them, whatever stands beside it. A loss in money is published beside them all.
func TestSmallCountsAreAlike(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string // {n} is the count, {n+9} what it adds up to with nine
		money string   // a column that stays as it is: 7.69 is one of 13 by chance
	}{
		"losses": {[]string{"期间:period,单位:category,事故类型:category,事故起数:event,死亡人数:person,受伤人数:person,直接财产损失:none",
			"2026年9月,城关,机动车,21,9,9,4.35", "2026年9月,城关,非机动车,13,{n},11,7.69", "2026年9月,城关,合计,34,{n+9},20,12.04",
			"2026年9月,王官庄,机动车,11,0,6,2.1", "2026年9月,王官庄,非机动车,8,0,5,0.3", "2026年9月,王官庄,合计,19,0,11,2.4"}, "直接财产损失"},
		"a rate by chance": {[]string{"类别:category,常住人口:none,死亡:person,平均车速:none", "甲,12000,{n},2.5", "乙,30000,60,61.4", "丙,10000,50,48.9"}, ""},
		"of the whole":     {[]string{"类别:category,死亡:person,平均车速:none", "甲,{n},2.22", "乙,90,61.4", "丙,41,48.9"}, ""},
		"by months":        {[]string{"期间:period,死亡:person,平均车速:none", "2026年1月,{n},61.47", "2026年2月,60,3.33", "2026年3月,20,48.98"}, ""},
		"beside another":   {[]string{"期间:period,死亡:person,受伤:person,平均车速:none", "2026年1月,{n},3,1.33", "2026年2月,60,90,33.31"}, ""},
		"a multiple":       {[]string{"类别:category,死亡:person,赔偿:event", "甲,{n},40", "乙,9,90", "丙,12,120"}, ""},
	} {
		var first string
		for n := 1; n <= 4; n++ {
			s := statistic(t, "x", strings.Fields(strings.NewReplacer("{n}", fmt.Sprint(n), "{n+9}", fmt.Sprint(n+9)).Replace(strings.Join(c.lines, " ")))...)
			for f := range s.Fields {
				switch s.Fields[f].Name {
				case "直接财产损失":
					s.Fields[f].Type, s.Fields[f].Unit = "number", "万元"
				case "平均车速":
					s.Fields[f].Type, s.Fields[f].Unit = "number", "公里/小时"
				}
			}
			protected(t, s)
			got := withheldCells(s)
			if n == 1 {
				first = got
			}
			if got != first {
				t.Errorf("%s: with %d\n%s, with 1\n%s", name, n, got, first)
			}
			if c.money != "" && strings.Contains(column(s, c.money), "[c]") {
				t.Errorf("%s: with %d, %s is %s", name, n, c.money, column(s, c.money))
			}
		}
	}
}
