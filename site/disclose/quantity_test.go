package disclose

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// Two breakdowns of one count have one total, which neither gives.
func TestTwoBreakdowns(t *testing.T) {
	for _, c := range []struct{ name, youths, want string }{
		{"that add up to the same", "20", "[c]"},
		{"that do not", "21", "21"},
	} {
		sex := statistic(t, "sex", "期间:period,性别:category,人数:person", "2025年,男,3", "2025年,女,50")
		age := statistic(t, "age", "期间:period,年龄:category,人数:person", "2025年,未成年,"+c.youths, "2025年,成年,33")
		protected(t, sex, age)
		if got, _, _ := strings.Cut(column(age, "人数"), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// What a file counts is told by its concept, else by the name of the column.
func TestLinked(t *testing.T) {
	for _, c := range []struct {
		name, first, second string // the names of the columns
		a, b                string // their concepts
		total               string // what the second says of 33 persons
		want                string // of the parts 30 and 3
		disagree            bool
	}{
		{"one name", "被害人数", "被害人数", "", "", "33", "[c] [c]", false},
		{"two names", "被害人数", "嫌疑人数", "", "", "33", "30 [c]", false},
		{"two names of one concept", "被害人数", "受害的人", "victims", "victims", "33", "[c] [c]", false},
		{"one name of two concepts", "被害人数", "被害人数", "victims", "suspects", "34", "30 [c]", false},
		{"a name that says nothing, for two things", "人数", "人数", "", "", "300", "[c] [c]", false},
		{"figures that differ", "被害人数", "被害人数", "", "", "34", "[c] [c]", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := statistic(t, "parts", "期间:period,性别:category,"+c.first+":person", "2025年,男,30", "2025年,女,3")
			if c.disagree || c.first == "人数" { // both give the total
				parts = statistic(t, "parts", "期间:period,性别:category,"+c.first+":person", "2025年,男,30", "2025年,女,3", "2025年,合计,33")
				c.want += " 33"
			}
			parts.Descriptor.Concept.V = c.a
			total := statistic(t, "total", "期间:period,"+c.second+":person", "2025年,"+c.total)
			total.Descriptor.Concept.V = c.b
			problems := protected(t, parts, total)
			if got := problems.Errors() == 1 && problems[0].Rule.String() == "disclosure/disagree"; got != c.disagree || len(problems) > 1 {
				t.Errorf("%v", problems)
			}
			if got := column(parts, c.first); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// What was published under another name is known all the same.
func TestRenamed(t *testing.T) {
	july := func(file, category, field string) *bureau.Statistic {
		s := statistic(t, file, "期间:period,"+category+":category,"+field+":person", "2026年1-7月,甲,60", "2026年1-7月,乙,40")
		protected(t, s)
		return s
	}
	for name, before := range map[string]*bureau.Statistic{
		"nothing":       july("kinds", "类别", "拘留人数"),
		"the field":     july("kinds", "类别", "行政拘留"),
		"the file":      july("old", "类别", "拘留人数"),
		"the key":       july("kinds", "案由", "拘留人数"),
		"field and key": july("kinds", "案由", "行政拘留"),
	} {
		t.Run(name, func(t *testing.T) {
			// 甲 has 2 in August, 乙 has 30: the months before stand beside.
			now := statistic(t, "kinds", "期间:period,类别:category,拘留人数:person", "2026年1-7月,甲,60", "2026年1-7月,乙,40", "2026年1-8月,甲,62", "2026年1-8月,乙,70")
			b := bureauOf(now)
			b.Releases = []bureau.Release{released("2026-07", before)}
			Bureau(b)
			if got := column(now, "拘留人数"); got != "60 40 [c] 70" {
				t.Error(got)
			}
		})
	}
	t.Run("a row replaced", func(t *testing.T) {
		now := statistic(t, "kinds", "期间:period,类别:category,拘留人数:person", "2026年1-8月,甲,62", "2026年1-8月,乙,70")
		b := bureauOf(now)
		b.Releases = []bureau.Release{released("2026-07", july("kinds", "类别", "拘留人数"))}
		Bureau(b)
		if got := column(now, "拘留人数"); got != "[c] 70" {
			t.Error(got)
		}
	})
	t.Run("a category", func(t *testing.T) {
		// 80 was published as 丙: hiding it now as 丙类 hides nothing.
		before := statistic(t, "kinds", "期间:period,类别:category,拘留人数:person", "2025年,甲,60", "2025年,丙,80")
		now := statistic(t, "kinds", "期间:period,类别:category,拘留人数:person", "2025年,甲,60", "2025年,乙,3", "2025年,丁,90", "2025年,丙类,80", "2025年,合计,233")
		b := bureauOf(now)
		b.Releases = []bureau.Release{released("2026-07", before)}
		Bureau(b)
		if got := column(now, "拘留人数"); got != "60 [c] [c] 80 233" {
			t.Error(got)
		}
	})
}

// A figure that was withheld stays withheld when more rows come, and old totals
// give nothing away.
func TestPatternStays(t *testing.T) {
	header := "类别:category,甲:person,乙:person,丙:person,合计:person"
	before := statistic(t, "x", header, "一,2,9,30,41", "二,8,20,40,68", "三,33,41,52,126", "合计,43,70,122,235")
	protected(t, before)
	now := statistic(t, "x", header, "一,2,9,30,41", "二,8,20,40,68", "三,33,41,52,126", "四,5,5,70,80", "合计,48,75,192,315")
	b := bureauOf(now)
	b.Releases = []bureau.Release{released("2026-07", before)}
	for _, p := range Bureau(b) {
		t.Error(p.Message.EN)
	}
	for _, f := range []string{"甲", "乙", "丙"} {
		old, cells := strings.Fields(column(before, f)), strings.Fields(column(now, f))
		for r := range 3 {
			if old[r] == "[c]" && cells[r] != "[c]" {
				t.Errorf("%s of %d is shown: %v, then %v", f, r, old, cells)
			}
		}
	}
}

// Where another small count comes, one that was hidden before is not shown again,
// and the total of before takes the new one not away.
func TestRowComes(t *testing.T) {
	for _, c := range []struct{ name, want, before, now string }{
		{"the old total is the sum of the two of before, one of them small enough", "[c] [c] 7 [c] [c]", "甲,3 乙,6 丙,7 合计,16", "甲,3 乙,6 丙,7 丁,4 合计,20"},
		{"the old total is the sum of the two of before", "[c] [c] 20 [c] [c]", "甲,3 乙,9 丙,20 合计,32", "甲,3 乙,9 丙,20 丁,2 合计,34"},
	} {
		before := statistic(t, "x", append([]string{"类别:category,人数:person"}, strings.Fields(c.before)...)...)
		protected(t, before)
		now := statistic(t, "x", append([]string{"类别:category,人数:person"}, strings.Fields(c.now)...)...)
		b := bureauOf(now)
		b.Releases = []bureau.Release{released("2026-07", before)}
		for _, p := range Bureau(b) {
			t.Error(p.Message.EN)
		}
		if got := column(now, "人数"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A statistic that is not called sensitive any more shows nothing that was hidden.
func TestSensitiveBefore(t *testing.T) {
	lines := []string{"类别:category,人数:person", "甲,6", "乙,30"}
	before := statistic(t, "x", lines...)
	before.Descriptor.Sensitive.V = true
	protected(t, before)
	now := statistic(t, "x", lines...)
	b := bureauOf(now)
	b.Releases = []bureau.Release{released("2026-07", before)}
	Bureau(b)
	if got := column(now, "人数"); got != "[c] 30" {
		t.Error(got)
	}
}

// The change that staff typed gives the year away, and so does that of the next.
func TestTypedChanges(t *testing.T) {
	s := statistic(t, "x", "期间:period,拘留:person,比上年增减:none", "2023年,25,5", "2024年,3,-22", "2025年,18,15", "2026年,31,13")
	protected(t, s)
	if got := column(s, "比上年增减"); got != "5 [c] [c] 13" {
		t.Error(got)
	}
}

// What is computed from a hidden count is hidden with it, whatever its unit; what
// is not stays.
func TestComputedFigures(t *testing.T) {
	for _, c := range []struct{ name, unit, values, want string }{
		{"每万人被害人数", "人/万人", "2.5,20,50", "[c] 20 50"},
		{"占比", "%", "2.65,53.1,44.25", "[c] [c] 44.25"}, // 60 as 53.1 % tells the total, so a second count is hidden
		{"比上年增减", "人", "-57,10,-10", "[c] 10 -10"},
		{"男女比", "倍", "0.05,0.33,0.4", "[c] 0.33 0.4"},
		{"破案率", "%", "91.3,88.2,79.9", "91.3 88.2 79.9"},
		{"出警时间", "分钟", "12.4,8.1,9.9", "12.4 8.1 9.9"},
	} {
		v := strings.Split(c.values, ",")
		s := statistic(t, "x", "类别:category,常住人口:none,被害人:person,其他:event,"+c.name+":none", "甲镇,12000,3,60,"+v[0], "乙镇,30000,60,180,"+v[1], "丙镇,10000,50,126,"+v[2])
		s.Fields[4].Unit = c.unit
		protected(t, s)
		if got := column(s, c.name); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
