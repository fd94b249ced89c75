package disclose

import "testing"

// Tables whose totals were once not seen, so that a hidden count could be
// computed from them, by name.
func TestTotalCases(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		field string
		want  string
	}{
		{"exposure/serial-number-column", []string{"序号:category,年份:period,类别:category,人数:person", "1,2025,盗窃,3", "2,2025,诈骗,20", "3,2025,抢劫,30", "4,2025,合计,53"}, "人数", "[c] [c] 30 53"},
		{"exposure/total-called-zongshu", []string{"年份:period,类别:category,人数:person", "2025,盗窃,3", "2025,诈骗,20", "2025,抢劫,30", "2025,总数,53"}, "人数", "[c] [c] 30 53"},
		{"exposure/non-adjacent-parts", []string{"类别:category,男:person,其中：男未成年:person,女:person,其中：女未成年:person,合计:person", "甲,3,0,50,6,53", "乙,60,20,50,10,110", "丙,40,12,22,11,62"}, "女", "[c] 50 22"},
		{"a total of another name, told by arithmetic", []string{"年份:period,类别:category,人数:person", "2023,盗窃,3", "2023,诈骗,20", "2023,侵财,23", "2024,盗窃,11", "2024,诈骗,21", "2024,侵财,32", "2025,盗窃,12", "2025,诈骗,22", "2025,侵财,34"}, "人数", "[c] [c] 23 11 21 32 12 22 34"},
		{"a column that says the whole in every row", []string{"范围:category,类别:category,人数:person", "全市,盗窃,3", "全市,诈骗,20", "全市,抢劫,30", "全市,合计,53"}, "人数", "[c] [c] 30 53"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := statistic(t, "x", c.lines...)
			if problems := protected(t, s); len(problems) > 0 {
				t.Error(problems)
			}
			if got := column(s, c.field); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	for _, name := range []string{"全部", "全市", "全县", "全局", "总量", "总和", "合計", "全体", "不分性别", "两性", "Sum", "Overall", "Totals", "All", "合　计"} {
		s := statistic(t, "x", "类别:category,人数:person", "盗窃,3", "诈骗,20", "抢劫,30", name+",53")
		protected(t, s)
		if got := column(s, "人数"); got != "[c] [c] 30 53" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
