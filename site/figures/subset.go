package figures

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// outline is the number of a row as office tables number what is part of what: 一、
// over （一）（二）, or 1. over 1.1.
var outline = []*regexp.Regexp{
	regexp.MustCompile(`^[一二三四五六七八九十]+[、．.]`),
	regexp.MustCompile(`^[（(][一二三四五六七八九十]+[)）]`),
	regexp.MustCompile(`^\d+[、．.][^\d]`),
	regexp.MustCompile(`^(?:[（(]\d+[)）]|\d+\.\d+|[#\-—·•○①-⑳])`),
}

// depth is how deep a row stands in an outline, from 1; 0 where it has no number.
func depth(name string) int {
	for n, number := range slices.Backward(outline) {
		if number.MatchString(name) {
			return n + 1
		}
	}
	return 0
}

// unnumbered is the name of a row without its number.
func unnumbered(name string) string {
	for _, number := range outline {
		if at := number.FindString(name); at != "" && !strings.ContainsAny(at[len(at)-1:], "0123456789") {
			name = strings.TrimPrefix(name, at)
		}
	}
	return strings.TrimSpace(name)
}

// subsets finds the values of a key that are the sum of some others that stand next
// to each other, 城区 of 东区 and 西区: where their numbers or names say so, 拘留 of
// 行政拘留 and 刑事拘留, or it is the sum of all others, three at least, in every count
// of persons; else in three cells above 9. Where a total is named, that is found
// before.
func (t *totals) subsets(n int) {
	k := t.keys[n]
	if t.Fields[k].Role == bureau.RolePeriod || t.Fields[k].Whole != "" {
		return
	}
	var counts []int
	for f := range t.Fields {
		if t.Fields[f].IsPersonal() {
			counts = append(counts, f)
		}
	}
	if len(counts) == 0 {
		return
	}
	of, count := t.apartFrom(1 << n)
	groups := make([][]int, count)
	for i, r := range t.Rows {
		if r.Kind == bureau.DataRow && !t.named[n][t.ids[n][i]] {
			groups[of[i]] = append(groups[of[i]], i)
		}
	}
	slices.SortStableFunc(groups, func(a, b []int) int { return len(b) - len(a) })
	if len(groups[0]) < 3 {
		return
	}
	first := groups[0] // the group with the most rows says what may be a sum
	all := indices(len(first))
	for total := range first {
		for _, run := range runs(all, total) {
			t.subset(n, groups, counts, first, total, run)
		}
	}
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// subset keeps one such sum where it holds in every group that has all its values.
func (t *totals) subset(n int, groups [][]int, counts, first []int, total int, run []int) {
	k, ids := t.keys[n], t.ids[n]
	sum := 0.0
	for _, i := range run { // the first count, before anything is put together
		sum += t.Cell(first[i], counts[0]).Number
	}
	if whole := t.Cell(first[total], counts[0]).Number; math.Abs(sum-whole) > 1e-6 {
		return
	}
	if !t.addsUp(first[total], pick(first, run), counts, nil, nil) {
		return
	}
	told := t.told(k, first, total, run)
	shown, some := 0, false
	var found []bureau.Identity
	for _, rows := range groups {
		at := map[int32]int{}
		for _, r := range rows {
			at[ids[r]] = r
		}
		whole, ok := at[ids[first[total]]]
		var parts []int
		for _, i := range run {
			r, has := at[ids[first[i]]]
			ok = ok && has
			parts = append(parts, r)
		}
		if !ok {
			continue
		}
		if !t.addsUp(whole, parts, counts, &shown, &some) {
			return
		}
		found = append(found, bureau.Identity{Why: bureau.ByArithmetic, Rows: true, Left: []int{whole}, Right: parts, Along: k})
	}
	all := len(run) == len(first)-1 && len(run) > 2
	if some && (told || all && shown > 0 || shown >= LeastShown) {
		t.Identities = append(t.Identities, found...)
	}
}

func pick(rows, at []int) []int {
	var picked []int
	for _, i := range at {
		picked = append(picked, rows[i])
	}
	return picked
}

// addsUp tells whether a row is the sum of others in every count of persons, as far
// as all are known; some where two of the parts are more than nothing.
func (t *totals) addsUp(total int, parts, counts []int, shown *int, some *bool) bool {
	for _, f := range counts {
		c, sum, positive := t.Cell(total, f), 0.0, 0
		for _, r := range parts {
			v := t.Cell(r, f).Number
			if sum += v; v > 0 {
				positive++
			}
		}
		switch d := sum - c.Number; {
		case math.IsNaN(d):
			continue
		case math.Abs(d) > 1e-6:
			return false
		}
		if shown != nil && positive > 1 {
			*some = true
			if c.Number > chance {
				*shown++
			}
		}
	}
	return true
}

// told tells whether the numbers or the names of rows say that one is the sum of
// others: those below it in an outline, or those that say what kind of it they are.
func (t *totals) told(k int, rows []int, total int, run []int) bool {
	name := func(i int) string { return strings.TrimSpace(t.Cell(rows[i], k).Text) }
	whole := name(total)
	below := run[0] == total+1 && depth(name(run[0])) > depth(whole)
	for _, i := range run {
		below = below && depth(name(i)) == depth(name(run[0]))
	}
	if end := run[len(run)-1] + 1; below && (end == len(rows) || depth(name(end)) != depth(name(run[0]))) {
		return true
	}
	short := bare(unnumbered(whole))
	if short == "" {
		return false
	}
	for _, i := range run {
		if part := bare(unnumbered(name(i))); part == short || !strings.HasSuffix(part, short) {
			return false
		}
	}
	return true
}
