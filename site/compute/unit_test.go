package compute

import (
	"fmt"
	"slices"
	"testing"

	"sunshine/site/bureau"
)

func unit(id, name, former string) bureau.Unit {
	return bureau.Unit{ID: str(id), Name: str(name), Former: str(former)}
}

func visits(t testing.TB) *bureau.Statistic {
	return table(t, "visits", "monthly", "月份:period,单位:unit,窗口办件（件）:measure:件",
		"2025-09,城东分局,380", "2026-08,城东分局,400", "2026-08,城西分局,900", "2026-09,cd,500", "2026-09,老西分局,1000", "2026-09,合计,1500", "2026年10月1-9日,城东分局,77")
}

var twoUnits = []bureau.Unit{unit("sj", "示范市公安局", ""), unit("cd", "城东分局", ""), unit("cx", "城西分局", "老西分局、西郊分局")}

func TestByUnit(t *testing.T) {
	s := visits(t)
	parts := ByUnit(s, twoUnits)
	if got, want := fmt.Sprint(parts[1].Rows, parts[2].Rows, len(parts)), "[0 1 3 6] [2 4] 2"; got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
	for unit, part := range parts {
		for i := range part.Statistic.Rows {
			if got := part.Statistic.Row(i)[1].Text; got != twoUnits[unit].Name.V {
				t.Errorf("a row of %s is called %s", twoUnits[unit].Name.V, got)
			}
		}
	}
	if s.Row(3)[1].Text != "cd" {
		t.Error("the statistic itself is changed")
	}
	if ByUnit(s, nil) != nil || ByUnit(casesSolved(t), twoUnits) != nil {
		t.Error("parts without units")
	}
}

// A unit stands beside nobody: its chart and its sentence hold its own figures alone.
func TestTrend(t *testing.T) {
	part := ByUnit(visits(t), twoUnits)[1]
	p, ok := part.Trend("zh")
	if !ok || len(p.Series) != 1 || !p.Time {
		t.Fatalf("%v %+v", ok, p)
	}
	var values []float64
	for _, v := range p.Series[0].Values {
		values = append(values, v.Number)
	}
	if !slices.Equal(values, []float64{380, 400, 500, 77}) {
		t.Errorf("values %v", values)
	}
	const want = "2026年10月1日—9日，窗口办件77件；2025年9月至2026年9月各月中，2026年9月最多（500件），2025年9月最少（380件）。2026年10月1日—9日为不满一个月的数据，不与整月直接比较。"
	if got := Summary(p, part.Statistic, "zh"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	one := table(t, "visits", "monthly", "月份:period,单位:unit,窗口办件（件）:measure:件", "2026-09,城东分局,500", "2026-09,城西分局,1000")
	if _, ok := ByUnit(one, twoUnits)[1].Trend("zh"); ok {
		t.Error("a trend of one period")
	}
}

func TestRate(t *testing.T) {
	parts := ByUnit(visits(t), twoUnits)
	for _, c := range []struct {
		part             Part
		population       float64
		language, expect string
	}{
		{parts[1], 80000, "zh", "2026年9月，每万人口窗口办件62.5件。"}, // the partial month after it has no rate
		{parts[1], 80000, "en", "Sep 2026: 窗口办件 62.5 件 per 10,000 population."},
		{parts[1], 0, "zh", ""},
		{Part{Statistic: table(t, "a", "monthly", "月份:period,类别:category,件数:measure:件", "2026-09,甲,5")}, 80000, "zh", ""},
		{Part{Statistic: table(t, "a", "monthly", "月份:period,件数:measure:件", "2026-09,[c]")}, 80000, "zh", ""},
		{Part{Statistic: table(t, "a", "monthly", "月份:period,办结率:measure:%", "2026-09,97.5")}, 80000, "zh", ""},
	} {
		for i := range c.part.Statistic.Fields {
			if f := &c.part.Statistic.Fields[i]; f.Unit == "%" {
				f.Type = "percent"
			}
		}
		if got := c.part.Rate(c.population, c.language); got != c.expect {
			t.Errorf("got %q, want %q", got, c.expect)
		}
	}
}
