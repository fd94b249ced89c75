package disclose

import (
	"testing"

	"sunshine/site/bureau"
)

// A column that is called 数值 or Value is of what the title of its statistic says: a rate
// is hidden beside the count that its title names, and another one is left alone. Where
// there is no title to tell them apart, one name is one thing.
func TestRateOfTitle(t *testing.T) {
	for _, c := range []struct{ field, count, rate, want string }{
		{"数值", "被害人数", "每十万人被害人数", "0.71 [c]"},
		{"数值", "被害人情况统计", "被害人率", "0.71 [c]"},
		{"Value", "Number of homicide victims", "Homicide victims per 100,000", "0.71 [c]"},
		{"数值", "被害人数", "平均气温", "0.71 0.23"},
		{"Value", "Homicide victims", "Mean temperature", "0.71 0.23"},
		{"数值", "", "", "0.71 [c]"},
		{"数值", "被害人数", "", "0.71 [c]"},
		{"数值", "", "平均气温", "0.71 [c]"},
	} {
		counts := statistic(t, "counts", "年份:period,"+c.field+":person", "2024年,40", "2025年,3")
		rates := statistic(t, "rates", "年份:period,"+c.field+":none", "2024年,0.71", "2025年,0.23")
		rates.Fields[1].Type = "number"
		counts.Descriptor.Title, rates.Descriptor.Title = bureau.String{V: c.count}, bureau.String{V: c.rate}
		protected(t, counts, rates)
		if got := column(counts, c.field); got != "40 [c]" {
			t.Errorf("%q: the counts are %s", c.count, got)
		}
		if got := column(rates, c.field); got != c.want {
			t.Errorf("%q beside %q: got %s, want %s", c.rate, c.count, got, c.want)
		}
	}
}

// A mistake (差错) is no difference: how long it took to correct one is not taken for what
// 3 and 39 make.
func TestMistakeIsNoDifference(t *testing.T) {
	for name, want := range map[string]string{"差错更正最长用时": "50 13", "用时差": "50 [c]", "差错率": "50 [c]"} {
		counts := statistic(t, "counts", "年份:period,死亡:person,受伤:person", "2024年,40,60", "2025年,3,39")
		times := statistic(t, "times", "年份:period,"+name+":none", "2024年,50", "2025年,13")
		counts.Descriptor.Title, times.Descriptor.Title = bureau.String{V: "伤亡"}, bureau.String{V: "承诺"}
		protected(t, counts, times)
		if got := column(times, name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
