package disclose

import (
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// roundingBase is what counts are rounded to multiples of, and roundingSlack by
// how much one may then differ from the count.
const (
	roundingBase  = 5
	roundingSlack = roundingBase / 2
)

// round rounds every count of statistics that count the same things, totals by
// themselves. Where the rounded totals and parts together tell some count better
// than its own rounding does, counts are hidden instead.
func round(group []*bureau.Statistic, b *bureau.Bureau, rules rules, hidden map[*bureau.Statistic][]figure) problem.List {
	if t := newTable(group, nil, rules); t != nil {
		if i := t.pinned(); i >= 0 {
			problems := suppress(group, b, rules, hidden)
			for _, s := range group {
				problems.Warn(s.Descriptor.Disclosure.At, problem.DisclosureRound,
					problem.Say("凑整以后的合计和各项合在一起，仍能推算出小的数值，因此改为隐去小的数值", "rounded totals and parts together would still tell small counts, so that small counts are hidden instead"),
					problem.Say("合并数值很小的分类，或者删去 disclosure: round（隐私保护：凑整）", "merge categories with very small counts, or delete disclosure: round"))
			}
			return problems
		}
	}
	for _, s := range group {
		for _, f := range personal(s) {
			s.Disclosure.Method = Round
			for r := range s.Rows {
				c := s.Cell(r, f)
				if !c.Has() {
					continue
				}
				scale := scaleOf(s.Unit(r, f))
				c.Number = math.Round(c.Number*scale/roundingBase) * roundingBase / scale
				c.Text, c.Qualifier, c.Form.Scale = figures.Digits(c.Number), bureau.Exact, bureau.Ones
				s.Set(r, f, c)
				s.Disclosure.Rounded++
			}
		}
		for f := range s.Fields { // an exact rate would tell the counts that it is made of
			if !computed(s.Fields[f]) {
				continue
			}
			for r := range s.Rows {
				if c := s.Cell(r, f); c.Has() && !slices.ContainsFunc(s.Descriptor.Schema.Fields, func(spec bureau.FieldSpec) bool { return apartFrom(s, f, spec) }) {
					c.Number, c.Text, c.Status, c.Qualifier = math.NaN(), "", bureau.Confidential, bureau.Exact
					s.Set(r, f, c)
					s.Disclosure.Rounded++
				}
			}
		}
	}
	return nil
}

// apartFrom tells whether a descriptor says of a rate that it is made of other
// fields than those that are rounded.
func apartFrom(s *bureau.Statistic, rate int, spec bureau.FieldSpec) bool {
	return spec.Name.V == s.Fields[rate].Name && len(spec.Of) > 0 && !slices.ContainsFunc(spec.Of, func(name bureau.String) bool {
		i := s.Field(name.V)
		return i < 0 || s.Fields[i].IsPersonal()
	})
}

// pinned gives a small count that readers of the rounded table know to lie within
// less than its own rounding says, or -1. What they know of each is narrowed by the
// others of its sums until nothing changes.
func (t *table) pinned() int32 {
	const passes = 100
	low, high := make([]int64, len(t.cells)), make([]int64, len(t.cells))
	own := func(i int) (int64, int64) {
		c := t.cells[i]
		if c.blank || c.implied {
			return 0, math.MaxInt64 / 4
		}
		rounded := (c.value + roundingSlack) / roundingBase * roundingBase
		return max(0, rounded-roundingSlack), rounded + roundingSlack
	}
	for i := range t.cells {
		low[i], high[i] = own(i)
	}
	for pass, again := 0, true; again && pass < passes; pass++ {
		again = false
		narrow := func(i int32, l, h int64) {
			if l > low[i] {
				low[i], again = l, true
			}
			if h < high[i] {
				high[i], again = h, true
			}
		}
		for _, s := range t.sums {
			lows, highs := int64(0), int64(0)
			for _, p := range s.parts {
				lows, highs = lows+low[p], min(highs+high[p], math.MaxInt64/4)
			}
			narrow(s.total, lows, highs)
			for _, p := range s.parts {
				l := int64(0)
				if highs < math.MaxInt64/4 {
					l = low[s.total] - (highs - high[p])
				}
				narrow(p, l, high[s.total]-(lows-low[p]))
			}
		}
	}
	for i := range t.cells {
		if l, h := own(i); !t.cells[i].implied && !t.cells[i].blank && t.cells[i].value < t.cells[i].need && (low[i] > l || high[i] < h) {
			return int32(i)
		}
	}
	return -1
}

// mixed reports that statistics that count the same things are treated in two
// ways: the exact figures of one would tell those of the other.
func mixed(s *bureau.Statistic, group []*bureau.Statistic) problem.Problem {
	method := s.Descriptor.Disclosure
	other := group[slices.IndexFunc(group, func(o *bureau.Statistic) bool { return o.Descriptor.Disclosure.V != method.V })]
	var list problem.List
	list.Error(method.At, problem.DisclosureRound,
		problem.Say("这里写的是 disclosure: %[1]s（隐私保护），而 %[2]s 中同一指标的数值不这样处理，两个文件一比就知道原来的数值", "this says disclosure: %[1]s, and figures of the same thing in %[2]s are treated otherwise, so that the two files together tell the exact ones", problem.Quote(method.V), problem.Quote(other.File)),
		problem.Say("两个文件的说明文件写同样的 disclosure（隐私保护），或者都不写；说的不是同一件事的，各写一个 concept（指标代号）", "write the same disclosure in both descriptors, or none in either; where they count different things, give each a concept"))
	return list[0]
}
