package figures

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// fieldSums finds the fields that are the sum of others: those named so, as 合计
// of 男 and 女; those that a check of the descriptor says are, "合计 == 男 + 女"; and
// those that are in every row, where the parts stand next to each other, columns
// named 其中 left out. Arithmetic alone is enough where it could give a count of
// persons away, and else in three cells above 9.
func fieldSums(s *bureau.Statistic) {
	lists, said := likeFields(s), declared(s)
	for total, f := range s.Fields {
		if f.Role != bureau.RoleMeasure || f.Derived {
			continue
		}
		f := finder{Statistic: s, total: total}
		for _, list := range lists {
			if n := slices.Index(list, total); n >= 0 {
				for _, parts := range runs(list, n) {
					f.arithmetic(parts)
				}
			}
		}
		slices.SortStableFunc(f.found, func(a, b bureau.Identity) int { return len(b.Right) - len(a.Right) })
		for _, id := range said {
			if len(id.Left) == 1 && id.Left[0] == total && id.Why == bureau.ByCheck {
				f.add(id.Right, bureau.ByCheck)
			}
		}
		if s.Fields[total].Additive {
			switch s.Fields[total].Kind {
			case bureau.TotalRow:
				f.named()
			case bureau.OfWhichRow:
				f.ofWhich()
			default:
				if f.aloneOfTwo() {
					f.ofWhich()
				}
			}
		}
		s.Identities = append(s.Identities, f.found...)
	}
	carried(s)
	for _, id := range append(said, balances(s)...) {
		known := func(o bureau.Identity) bool { return !o.Rows && same(o.Left, id.Left) && same(o.Right, id.Right) }
		if (id.Balance() || id.Why == bureau.ByDerive) && !slices.ContainsFunc(s.Identities, known) {
			s.Identities = append(s.Identities, id)
		}
	}
}

// same tells whether two lists hold the same fields.
func same(a, b []int) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// likeFields gives the lists of fields among which sums are looked for: all that
// may count persons or organisations, and those that count in one unit; each
// without the columns named 其中, too.
func likeFields(s *bureau.Statistic) (lists [][]int) {
	var persons []int
	like := map[string][]int{}
	var units []string
	for i, f := range s.Fields {
		if f.IsPersonal() || f.Role == bureau.RoleMeasure && f.SaidRisk() == "" && f.Type != "percent" {
			persons = append(persons, i)
		}
		if f.Additive {
			if like[f.Unit] == nil {
				units = append(units, f.Unit)
			}
			like[f.Unit] = append(like[f.Unit], i)
		}
	}
	if !slices.ContainsFunc(persons, func(i int) bool { return s.Fields[i].IsPersonal() }) {
		persons = nil
	}
	lists = append(lists, persons)
	for _, unit := range units {
		lists = append(lists, like[unit])
	}
	for _, list := range lists[:len(lists):len(lists)] {
		lists = append(lists, slices.DeleteFunc(slices.Clone(list), func(i int) bool { return s.Fields[i].Kind == bureau.OfWhichRow }))
	}
	return lists
}

// finder looks for what one field is the sum of.
type finder struct {
	*bureau.Statistic
	total int
	found []bureau.Identity
	first int // a row with the largest total, to look at first
	seen  bool
}

// add keeps a set of parts, once.
func (f *finder) add(parts []int, why bureau.Reason) *bureau.Identity {
	for i := range f.found {
		if slices.Equal(f.found[i].Right, parts) {
			if why != bureau.ByArithmetic {
				f.found[i].Why = why
			}
			return &f.found[i]
		}
	}
	f.found = append(f.found, bureau.Identity{Why: why, Left: []int{f.total}, Right: parts, Along: -1})
	return &f.found[len(f.found)-1]
}

// arithmetic keeps parts whose sum the total is in every row that has them all,
// and not only of zeros.
func (f *finder) arithmetic(parts []int) {
	if !f.seen {
		f.seen = true
		for i := range f.Rows {
			if c := f.Cell(i, f.total); c.Has() && !(f.Cell(f.first, f.total).Number >= c.Number) {
				f.first = i
			}
		}
	}
	shown, some := 0, false
	if !(f.Cell(f.first, f.total).Number > 0) || !f.equal(f.first, parts, &some, new(int)) {
		return
	}
	for i := range f.Rows {
		if !f.equal(i, parts, &some, &shown) {
			return
		}
	}
	personal := slices.ContainsFunc(parts, func(p int) bool { return f.Fields[p].IsPersonal() })
	if some && (personal || shown >= LeastShown) {
		f.add(parts, bureau.ByArithmetic).Shown = shown
	}
}

// equal tells whether the total is the sum of the parts in a row, as far as all
// are known; some where two of them are more than nothing.
func (f *finder) equal(row int, parts []int, some *bool, shown *int) bool {
	sum, others := 0.0, 0
	for _, p := range parts {
		sum += f.Cell(row, p).Number
		if f.Cell(row, p).Number > 0 {
			others++
		}
	}
	total := f.Cell(row, f.total).Number
	d := sum - total
	if d > 1e-6 || d < -1e-6 {
		return false
	}
	if d == d && others >= 2 { // all are known
		*some = true
		if total > chance {
			*shown++
		}
	}
	return true
}

// named finds what a field named a total adds up: the other counts in its unit,
// two at least; all of them, or those next to it, or the other totals.
func (f *finder) named() {
	total := f.Fields[f.total]
	unlike := func(i int) bool {
		return f.Fields[i].Unit != total.Unit || f.Fields[i].UnitField != total.UnitField || !f.Fields[i].Additive
	}
	var whole, before, after, others []int
	for i := range f.Fields {
		switch {
		case i == f.total || unlike(i):
		case f.Fields[i].Kind == bureau.DataRow:
			whole = append(whole, i)
		case f.Fields[i].Kind == bureau.TotalRow:
			others = append(others, i)
		}
	}
	ends := func(i int) bool { return unlike(i) || f.Fields[i].Kind == bureau.TotalRow }
	for i := f.total - 1; i >= 0 && !ends(i); i-- {
		if f.Fields[i].Kind == bureau.DataRow {
			before = append(before, i)
		}
	}
	slices.Reverse(before)
	for i := f.total + 1; i < len(f.Fields) && !ends(i); i++ {
		if f.Fields[i].Kind == bureau.DataRow {
			after = append(after, i)
		}
	}
	holds := false
	var best []int
	fewest := 0
	for _, parts := range [][]int{whole, before, after, others} {
		if len(parts) < 2 {
			continue
		}
		wrong := 0
		id := bureau.Identity{Left: []int{f.total}, Right: parts}
		for row := range f.Rows {
			if SumOf(f.Statistic, id, row).Off > 0 {
				wrong++
			}
		}
		if wrong == 0 {
			f.add(parts, bureau.ByName)
			holds = true
		}
		if best == nil || wrong < fewest {
			best, fewest = parts, wrong
		}
	}
	if best != nil && !holds {
		f.add(best, bureau.ByName)
	}
}

// sexes are the two names that are each other's rest.
var sexes = map[string]string{"男": "女", "女": "男", "男性": "女性", "女性": "男性", "male": "female", "female": "male", "men": "women", "women": "men"}

// aloneOfTwo tells whether the field counts one sex, and none the other: the rest of
// the count before it.
func (f *finder) aloneOfTwo() bool {
	sex := func(o bureau.Field) string { return strings.TrimSuffix(strings.ToLower(o.Bare()), "人数") }
	other := sexes[sex(f.Fields[f.total])]
	return other != "" && !slices.ContainsFunc(f.Fields, func(o bureau.Field) bool { return sex(o) == other })
}

// ofWhich finds the field that a field named 其中 is a part of: the count before it.
func (f *finder) ofWhich() {
	of := f.total - 1
	for of >= 0 && (!f.Fields[of].Additive || f.Fields[of].Kind == bureau.OfWhichRow) {
		of--
	}
	if of >= 0 && f.Fields[of].Unit == f.Fields[f.total].Unit {
		f.found = append(f.found, bureau.Identity{Why: bureau.OfWhich, Left: []int{of}, Right: []int{f.total}, Along: -1})
	}
}

// manyFields is how many columns may be held against each other in all runs;
// of more, only those next to a total are, and no longer ones than longestRun.
const (
	manyFields = 64
	longestRun = 64
)

// runs gives the sets of columns that one of them may be the sum of: all the
// others, and those that stand next to each other.
func runs(fields []int, total int) [][]int {
	var sets [][]int
	if 0 < total && total < len(fields)-1 {
		sets = append(sets, slices.Concat(fields[:total], fields[total+1:]))
	}
	if len(fields) > manyFields {
		for n := 2; n <= longestRun; n++ {
			if total-n >= 0 {
				sets = append(sets, fields[total-n:total:total])
			}
			if total+1+n <= len(fields) {
				sets = append(sets, fields[total+1:total+1+n:total+1+n])
			}
		}
		return sets
	}
	for _, side := range [][2]int{{0, total}, {total + 1, len(fields)}} {
		for from := side[0]; from < side[1]; from++ {
			for to := from + 2; to <= side[1]; to++ {
				sets = append(sets, fields[from:to:to])
			}
		}
	}
	return sets
}

// carried finds the identity of cases that are carried over: 新收 + 上年结转 = 办结 +
// 结转下年. The columns are told by their names, those of a quarter or a month too
// (上月结转).
func carried(s *bureau.Statistic) {
	over := func(words ...string) func(string) bool {
		return func(name string) bool {
			return strings.Contains(name, "结转") && slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
		}
	}
	word := func(word string) func(string) bool {
		return func(name string) bool { return strings.Contains(name, word) && !strings.Contains(name, "结转") }
	}
	before := account(s, over("上年", "上期", "上季", "上月"))
	after := account(s, over("下年", "下期", "下季", "下月"))
	received := account(s, word("新收"), word("新受理"), word("受理"), word("收案"))
	closed := account(s, word("办结"), word("结案"))
	for _, i := range []int{before, after, received, closed} {
		if i < 0 || s.Fields[i].Unit != s.Fields[max(before, 0)].Unit {
			return
		}
	}
	s.Identities = append(s.Identities, bureau.Identity{Why: bureau.Carried, Left: []int{received, before}, Right: []int{closed, after}, Along: -1})
}

// account gives the one count whose name fits the first of the tests that any
// fits, or -1. Where several fit, it is the one with the shortest name, which
// the others narrow down (办结, 按期办结).
func account(s *bureau.Statistic, fits ...func(name string) bool) int {
	for _, fit := range fits {
		found, ties := -1, false
		for i, f := range s.Fields {
			if !f.Additive || f.Cumulative || !fit(f.Bare()) {
				continue
			}
			switch {
			case found < 0 || len(f.Bare()) < len(s.Fields[found].Bare()):
				found, ties = i, false
			case len(f.Bare()) == len(s.Fields[found].Bare()):
				ties = true
			}
		}
		if ties {
			return -1
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}
