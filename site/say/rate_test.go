package say

import (
	"math"
	"slices"
	"sunshine/site/locale"
	"testing"

	"sunshine/site/bureau/bureautest"
	"sunshine/site/chart"
	"sunshine/site/figures"
)

func TestTrend(t *testing.T) {
	part := figures.ByUnit(bureautest.Visits(t), bureautest.Units)[1]
	p, ok := chart.Trend(part.Statistic, chinese)
	if !ok || len(p.Series) != 1 || !p.Time {
		t.Fatalf("%v %+v", ok, p)
	}
	var values []float64
	for _, v := range p.Series[0].Values {
		if math.IsNaN(v.Number) {
			v.Number = -1 // the months that are missing
		}
		values = append(values, v.Number)
	}
	if !slices.Equal(values, []float64{380, -1, 400, 500, 77}) {
		t.Errorf("values %v", values)
	}
	const want = "2026年10月1日—9日，窗口办件77件。2026年10月1日—9日为不满一个月的数据，不与整月直接比较。缺2025年10月—2026年7月的数据。"
	if got := Summarize(p, part.Statistic, chinese).String(chinese); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	one := bureautest.Table(t, "visits", "monthly", "月份:period,单位:unit,窗口办件（件）:measure:件", "2026-09,城东分局,500", "2026-09,城西分局,1000")
	if _, ok := chart.Trend(figures.ByUnit(one, bureautest.Units)[1].Statistic, chinese); ok {
		t.Error("a trend of one period")
	}
}

func TestRate(t *testing.T) {
	parts := figures.ByUnit(bureautest.Visits(t), bureautest.Units)
	villages := *parts[1].Statistic
	villages.Descriptor.Coverage.Part.V = true
	for _, c := range []struct {
		part       figures.Part
		population float64
		language   *locale.Language
		expect     string
	}{
		{parts[1], 80000, chinese, "2026年9月，每万人口窗口办件62.5件。"}, // the partial month after it has no rate
		{parts[1], 80000, english, "窗口办件, Sep 2026: 62.5 件 per 10,000 population."},
		{parts[1], 0, chinese, ""},
		{figures.Part{Statistic: &villages}, 80000, chinese, ""}, // only the villages are counted
		{figures.Part{Statistic: bureautest.Table(t, "a", "monthly", "月份:period,类别:category,件数:measure:件", "2026-09,甲,5")}, 80000, chinese, ""},
		{figures.Part{Statistic: bureautest.Table(t, "a", "monthly", "月份:period,件数:measure:件", "2026-09,[c]")}, 80000, chinese, ""},
		{figures.Part{Statistic: bureautest.Table(t, "a", "monthly", "月份:period,办结率:measure:%", "2026-09,97.5")}, 80000, chinese, ""},
	} {
		for i := range c.part.Statistic.Fields {
			if f := &c.part.Statistic.Fields[i]; f.Unit == "%" {
				f.Type = "percent"
			}
		}
		if got := Rate(c.part.Statistic, c.population, c.language); got != c.expect {
			t.Errorf("got %q, want %q", got, c.expect)
		}
	}
}
