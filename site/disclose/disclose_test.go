package disclose

import (
	"testing"
)

func TestBureau(t *testing.T) {
	for _, c := range []struct {
		name, want string
		lines      []string
	}{
		{"no margin: small counts only", "12 [c] 0 [c] 5", []string{"类别:category,人数:person", "甲,12", "乙,4", "丙,0", "丁,1", "戊,5"}},
		{"events are not touched", "1 2 3", []string{"类别:category,人数:event", "甲,1", "乙,2", "合计,3"}},
		{"one margin: a lone hidden cell takes the cheapest with it", "40 [c] 0 [c] 57", []string{"类别:category,人数:person", "甲,40", "乙,4", "丙,0", "丁,13", "合计,57"}},
		{"two small ones whose sum is small take another", "[c] [c] [c] 57", []string{"类别:category,人数:person", "甲,53", "乙,2", "丙,2", "合计,57"}},
		{"periods in periods: August is a difference", "100 [c] 7", []string{"期间:period,人数:person", "2006年1-7月,100", "2006年1-8月,103", "2005年,7"}},
		{"a total of all in one category", "[c] [c] 0 25", []string{"类别:category,人数:person", "甲,0", "乙,25", "丙,0", "合计,25"}},
		{"a part whose remainder is small", "100 [c]", []string{"类别:category,人数:person", "甲,100", "其中：外省,98"}},
		{"what staff hid alone is guarded too", "40 [c] [c] 57", []string{"类别:category,人数:person", "甲,40", "乙,[c]", "丙,9", "合计,57"}},
		{"a total without row totals", "[c] 30 20 [c] 62", []string{"类别:category,性别:category,人数:person", "甲,男,4", "甲,女,30", "乙,男,20", "乙,女,8", "合计,合计,62"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := statistic(t, "x", c.lines...)
			problems := protected(t, s)
			for _, p := range problems {
				t.Error(p.Position, p.Message.EN)
			}
			if got := column(s, "人数"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
