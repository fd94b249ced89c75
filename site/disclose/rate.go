package disclose

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
)

// rateWords are what the names of figures have that are computed from others.
var rateWords = strings.Fields("率 比 占 均 每 倍 指数 系数 增 减 升 降 差 变化 变动 份额 构成 rate ratio share per average mean change index")

// against are names of figures that are held against another: 以2023年为100, 比2023年.
var against = regexp.MustCompile(`[为=＝]\s*100|[比较与]\d{4}年?|间隔`)

// moving are names of figures over a number of periods that moves on with them,
// 近三月平均.
var moving = regexp.MustCompile(`近(.{1,2}?)个?[月年季期日天周]|移动|滑动|滚动|(?i:moving|rolling)`)

// over gives how many periods such a figure is over, and 0 for another.
func over(name string) int {
	found := moving.FindStringSubmatch(name)
	if found == nil {
		return 0
	}
	if n, err := strconv.Atoi(found[1]); err == nil {
		return n
	}
	if i := strings.Index("一二三四五六七八九十", found[1]); i >= 0 && found[1] != "" {
		return i/len("一") + 1
	}
	if found[1] == "两" {
		return 2
	}
	return longestMoving
}

const longestMoving = 12

// others are names of rows that are computed from the others: 平均, 不含东区.
var others = regexp.MustCompile(`^(?:平均|均值|平均值|平均数|中位数|(?i:average|mean|median))$|^不含|^不包括|^除.+外|剔除|扣除`)

// computed tells whether staff may have computed a field from counts: a rate, a
// share, an average, a change.
func computed(f bureau.Field) bool {
	if f.Role != bureau.RoleMeasure || f.Derived {
		return false
	}
	if f.IsPersonal() && !bureau.IsChange(f.Name) && !(f.Taken && (against.MatchString(f.Name) || f.Type == "number")) {
		return false
	}
	if figures.Percentage(f.Unit) || f.Type == "percent" || strings.ContainsAny(f.Unit, "/倍") || bureau.IsChange(f.Name) {
		return true
	}
	if f.IsCount() && f.Risk == "event" && !bureau.IsChange(f.Name) { // 新增案件, registrations
		return false
	}
	name := strings.ReplaceAll(strings.ToLower(f.Name), "差错", "")                                            // a mistake is no difference
	if against.MatchString(name) || f.Type == "number" && f.Risk == "none" && !amounts.MatchString(f.Unit) { // money is added up, not reckoned from persons
		return true
	}
	return slices.ContainsFunc(rateWords, func(word string) bool { return strings.Contains(name, word) })
}

// rates hides what staff computed from hidden counts: a share of 43, 2.5 in ten
// thousand of 12,000, 7 less than the year before. Derived fields are computed
// later, and need no care.
//
// A figure is taken to be computed from a count where its name has that of the
// count, or where the count and some figure of the same row, or of the same field
// in another period, give it as it is rounded.
func rates(statistics []*bureau.Statistic, hidden map[*bureau.Statistic][]figure, rules rules) {
	rows := map[string][]*rated{} // the statistics that have some computed figure, by the names of their rows
	at := map[string][]int{}      // and which row that is
	all := map[*bureau.Statistic]*rated{}
	for _, s := range statistics {
		t := rate(s, hidden[s], rules)
		all[s] = t
		if len(t.computed) == 0 {
			continue
		}
		for r := range s.Rows {
			rows[t.names[r]], at[t.names[r]] = append(rows[t.names[r]], t), append(at[t.names[r]], r)
		}
	}
	for _, s := range statistics {
		own := all[s]
		for _, h := range hidden[s] {
			field := s.Fields[h.field]
			counts := own.guesses(h.row, h.field)
			bases := map[string][]float64{} // of each rate, what it may be made of beside the count
			for i, t := range rows[own.names[h.row]] {
				r := at[own.names[h.row]][i]
				for _, f := range t.computed {
					c, rate := t.Cell(r, f), t.Fields[f].Name
					if !c.Has() || made(t.Statistic, f, field.Name, false) {
						continue
					}
					if bases[rate] == nil {
						bases[rate] = own.row(days(s.Period(h.row)), h.row, rate)
						for i, t := range rows[own.names[h.row]] { // what stands in rows of the same name, in all files
							bases[rate] = t.row(bases[rate], at[own.names[h.row]][i], rate)
						}
					}
					others := slices.Clip(bases[rate])
					if t == own {
						others = append(others, own.before(h)...)
					}
					percent := figures.Percentage(t.Unit(r, f))
					if called(t.Statistic, t.Fields[f], s, field) || made(t.Statistic, f, field.Name, true) ||
						slices.ContainsFunc(counts, func(n float64) bool { return gives(c, percent, n, own.wholes(others, h, n)) }) {
						hide(t.Statistic, r, f, false, rules)
					}
				}
			}
			own.hideMultiples(h, rules)
			own.hideMoving(h, rules)
			for _, r := range own.parts[h.row] { // the share of a part tells a hidden total
				if own.value(r, h.field) > 0 {
					own.hideMade(r, h.field, own.guesses(r, h.field), counts, rules)
				}
			}
			for _, r := range own.others {
				if s.Cell(r, h.field).Has() {
					hide(s, r, h.field, false, rules)
				}
			}
			if len(own.computed) == 0 {
				continue
			}
			for _, r := range own.series[own.undated[h.row]] {
				if r != h.row {
					own.hideMade(r, h.field, counts, own.guesses(r, h.field), rules)
				}
			}
		}
	}
}

// hideMade hides the figures of a row that may be made of one of some counts of a field and
// one of some others. Figures over several periods are hidden with these (hideMoving).
func (t *rated) hideMade(row, count int, counts, others []float64, rules rules) {
	for _, f := range t.computed {
		c := t.Cell(row, f)
		if !c.Has() || t.moving[f] > 0 && !bureau.IsChange(t.Fields[f].Name) {
			continue
		}
		differs, percent := t.differs(f, count), figures.Percentage(t.Unit(row, f))
		if slices.ContainsFunc(counts, func(n float64) bool {
			if differs {
				return slices.ContainsFunc(others, func(other float64) bool { return math.Abs(n-other) == math.Abs(c.Number) })
			}
			return gives(c, percent, n, others)
		}) {
			hide(t.Statistic, row, f, false, rules)
		}
	}
}

// differs tells whether a figure is by how much a count is more than in the period before,
// wherever both counts are published.
func (t *rated) differs(field, count int) bool {
	if !bureau.IsChange(t.Fields[field].Name) {
		return false
	}
	some := false
	for _, rows := range t.series {
		for i, r := range rows[:max(len(rows)-1, 0)] {
			a, b, c := t.Cell(r, count), t.Cell(rows[i+1], count), t.Cell(rows[i+1], field)
			if a.Has() && b.Has() && c.Has() {
				if b.Number-a.Number != c.Number {
					return false
				}
				some = true
			}
		}
	}
	return some
}

// days are what a period is parted into: 日均, 月均.
func days(p period.Period) []float64 {
	if p.IsZero() || p.AsOf {
		return nil
	}
	return []float64{float64(p.Days()), float64(max(p.Months(), 1))}
}

// hideMultiples hides the figures beside a hidden count that are a multiple of it:
// 每人10万元.
func (t *rated) hideMultiples(h figure, rules rules) {
	for f := range t.Fields {
		if f != h.field && t.Fields[f].Role == bureau.RoleMeasure && t.Cell(h.row, f).Has() && t.proportional(h.field, f) {
			hide(t.Statistic, h.row, f, false, rules)
		}
	}
}

// hideMoving hides the figures over several periods that a hidden count is in.
func (t *rated) hideMoving(h figure, rules rules) {
	for f := range t.Fields { // in their order
		n := t.moving[f]
		if n == 0 || f == h.field {
			continue
		}
		rows := t.series[t.undated[h.row]]
		at := slices.Index(rows, h.row)
		for _, r := range rows[at:min(len(rows), at+n)] {
			if t.Cell(r, f).Has() {
				hide(t.Statistic, r, f, false, rules)
			}
		}
	}
}

// proportional tells whether a figure is the same multiple of a count in every row,
// as it is rounded, three at least.
func (t *rated) proportional(count, field int) bool {
	k := [2]int{count, field}
	if is, known := t.multiple[k]; known {
		return is
	}
	factors, rows := []factor{{0, math.Inf(1)}}, 0
	for r := range t.Rows {
		c, counts := t.Cell(r, field), t.guesses(r, count)
		if !c.Has() || len(counts) == 0 {
			continue
		}
		if (counts[0] == 0) != (c.Number == 0) {
			rows = 0
			break
		}
		if c.Number == 0 {
			continue
		}
		half, left := figures.Rounding(c)+1e-9, []factor(nil)
		for _, n := range counts {
			for _, k := range factors {
				if k = (factor{max(k.low, (c.Number-half)/n), min(k.high, (c.Number+half)/n)}); k.low <= k.high {
					left = append(left, k)
				}
			}
		}
		factors = merged(left)
		rows++
	}
	is := rows >= 3 && len(factors) > 0 && factors[len(factors)-1].high > 0
	t.multiple[k] = is
	return is
}

// factor is between what and what one may be.
type factor struct{ low, high float64 }

// merged joins factors that overlap.
func merged(factors []factor) (apart []factor) {
	slices.SortFunc(factors, func(a, b factor) int { return cmp.Compare(a.low, b.low) })
	for _, k := range factors {
		if last := len(apart) - 1; last >= 0 && k.low <= apart[last].high {
			apart[last].high = max(apart[last].high, k.high)
			continue
		}
		apart = append(apart, k)
	}
	return apart
}

// rated is a statistic whose computed figures are held against hidden counts.
type rated struct {
	*bureau.Statistic
	rules          rules
	multiple       map[[2]int]bool    // whether the second field is a multiple of the first
	parts          map[int][]int      // of a row, those that it is the sum of
	moving         map[int]int        // over how many periods those fields are that move on
	others         []int              // its rows that are computed from the others
	computed       []int              // its fields that staff may have computed
	names, undated []string           // of each row, with and without its period
	series         map[string][]int   // the rows that differ in their period alone, in its order
	hidden         map[[2]int]float64 // by row and field
	sums           map[string]float64 // of a field over the rows of a period
}

func rate(s *bureau.Statistic, hidden []figure, rules rules) *rated {
	t := &rated{Statistic: s, rules: rules, multiple: map[[2]int]bool{}, series: map[string][]int{}, hidden: map[[2]int]float64{}, sums: map[string]float64{}}
	for f := range s.Fields {
		if computed(s.Fields[f]) {
			t.computed = append(t.computed, f)
		}
	}
	if len(t.computed) == 0 && len(hidden) == 0 {
		return t
	}
	keys := s.Keys()
	t.moving, t.parts = map[int]int{}, map[int][]int{}
	for f, field := range s.Fields {
		if n := over(field.Name); n > 0 && field.Role == bureau.RoleMeasure {
			t.moving[f] = n
		}
	}
	for _, id := range s.Identities {
		if id.Rows && len(t.computed) > 0 && len(hidden) > 0 {
			t.parts[id.Left[0]] = append(t.parts[id.Left[0]], id.Right...)
		}
	}
	known := map[string]bool{} // names, and whether they are of such rows
	for r := range s.Rows {
		if len(hidden) > 0 && slices.ContainsFunc(keys, func(k int) bool {
			name := s.Cell(r, k).Text
			is, seen := known[name]
			if !seen {
				is = others.MatchString(strings.TrimSpace(name))
				known[name] = is
			}
			return is
		}) {
			t.others = append(t.others, r)
		}
	}
	slices.SortFunc(keys, func(a, b int) int { // in an order that all statistics share
		return slices.Compare([]string{string(s.Fields[a].Role), s.Fields[a].Name}, []string{string(s.Fields[b].Role), s.Fields[b].Name})
	})
	undated := slices.DeleteFunc(slices.Clone(keys), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
	t.names, t.undated = make([]string, len(s.Rows)), make([]string, len(s.Rows))
	for r := range s.Rows {
		t.names[r], t.undated[r] = rules.key(s, r, keys, false), rules.key(s, r, undated, false)
		t.series[t.undated[r]] = append(t.series[t.undated[r]], r)
	}
	for _, rows := range t.series {
		slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(t.Period(a).End, t.Period(b).End) })
	}
	for _, h := range hidden {
		t.hidden[[2]int{h.row, h.field}] = h.number
	}
	return t
}

// value gives a figure, hidden or not; NaN where there is none.
func (t *rated) value(row, field int) float64 {
	if v, ok := t.hidden[[2]int{row, field}]; ok {
		return v
	}
	return t.Cell(row, field).Number
}

// guesses are what readers may take a figure for: one that is hidden as small, for every
// small count, so that what is hidden with it does not tell which of them it is. There is
// none where there is no figure.
func (t *rated) guesses(row, field int) (counts []float64) {
	v := t.value(row, field)
	if math.IsNaN(v) {
		return nil
	}
	if _, hidden := t.hidden[[2]int{row, field}]; hidden {
		scale, need := scaleOf(t.Unit(row, field)), t.rules.need(t.Statistic, row)
		if small := scaled(v, scale); 0 < small && small < int64(need) {
			for n := 1; n < need; n++ {
				counts = append(counts, float64(n)/scale)
			}
			return counts
		}
	}
	return []float64{v}
}

// row adds the figures of a row to some others, but for those of one name: no figure is
// made of itself, in whatever file.
func (t *rated) row(numbers []float64, row int, but string) []float64 {
	for f := range t.Fields {
		if t.Fields[f].Role == bureau.RoleMeasure && t.Fields[f].Name != but {
			numbers = append(numbers, t.guesses(row, f)...)
		}
	}
	return numbers
}

// before are the figures of the field of a hidden count in other periods.
func (t *rated) before(h figure) (numbers []float64) {
	for _, r := range t.series[t.undated[h.row]] {
		if r != h.row {
			numbers = append(numbers, t.guesses(r, h.field)...)
		}
	}
	return numbers
}

// wholes adds to some numbers what a hidden count may be a share of, supposing that it is
// n, though no cell says it: all rows of its period, and all counts of its row.
func (t *rated) wholes(numbers []float64, h figure, n float64) []float64 {
	name := t.Period(h.row).Interval() + "\x00" + t.Fields[h.field].Name
	if _, ok := t.sums[name]; !ok {
		sums := map[string]float64{}
		for r := range t.Rows {
			if v := t.value(r, h.field); t.Rows[r].Kind == bureau.DataRow && !math.IsNaN(v) {
				sums[t.Period(r).Interval()+"\x00"+t.Fields[h.field].Name] += v
			}
		}
		for name, sum := range sums {
			t.sums[name] = sum
		}
		t.sums[name] = sums[name]
	}
	row := 0.0
	for _, f := range personal(t.Statistic) {
		if v := t.value(h.row, f); t.Fields[f].Kind == bureau.DataRow && !math.IsNaN(v) {
			row += v
		}
	}
	return append(numbers, t.sums[name]-h.number+n, row-h.number+n)
}

// made tells whether the descriptor says that a rate is made of a field; with
// false, whether it says what it is made of and that is something else.
func made(s *bureau.Statistic, rate int, field string, of bool) bool {
	for _, spec := range s.Descriptor.Schema.Fields {
		if strings.TrimSpace(spec.Name.V) != s.Fields[rate].Name || len(spec.Of) == 0 {
			continue
		}
		return of == slices.ContainsFunc(spec.Of, func(name bureau.String) bool { return strings.TrimSpace(name.V) == field })
	}
	return false
}

// called tells whether a rate is called after a count. Where a name leaves to the title
// what is counted (数值, Value), that says it; where one of the two statistics has no title,
// one name is one thing.
func called(of *bureau.Statistic, rate bureau.Field, s *bureau.Statistic, count bureau.Field) bool {
	untitled := of.Descriptor.Title.V == "" || s.Descriptor.Title.V == ""
	return mentions(figures.Called(of, rate), figures.Called(s, count)) || untitled && mentions(rate.Bare(), count.Bare())
}

// mentions tells whether the name of a rate has that of a count: 每万人被害人数 has
// 被害人.
func mentions(rate, count string) bool {
	count = aboutCount.ReplaceAllString(strings.ToLower(count), "")
	return len([]rune(count)) >= 2 && strings.Contains(strings.ToLower(rate), count)
}

// aboutCount is what the name of a count has around what it counts.
var aboutCount = regexp.MustCompile(`^(?:total )?number of |(?:人数|数|情况|统计|统计表|一览表)+$`)

// gives tells whether a figure, as it is rounded, is what a count and some other
// make: their ratio, in any of the usual multiples, their difference, or by how
// much one is more than the other.
func gives(rate bureau.Cell, percent bool, count float64, others []float64) bool {
	half := figures.LastDigit(rate)/2 + 1e-9
	if figures.LastDigit(rate) == 1 {
		half = 0.5 + 1e-9
	}
	value := rate.Number
	near := func(x float64) bool { return math.Abs(x-value) <= half }
	for _, other := range others {
		if value == other && other == count {
			continue
		}
		if !percent && half <= 0.5+1e-6 && value == math.Trunc(value) && (near(count-other) || near(other-count)) && value != 0 {
			return true
		}
		for _, x := range [...][2]float64{{count, other}, {other, count}} {
			if x[1] == 0 {
				continue
			}
			for _, k := range [...]float64{1, 100, 1000, 1e4, 1e5} {
				if (value != 0 || x[0] == 0) && near(k*x[0]/x[1]) {
					return true
				}
			}
			if change := (x[0] - x[1]) / x[1] * 100; near(change) || near(-change) {
				return true
			}
		}
	}
	return false
}
