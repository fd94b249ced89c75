package attack

import (
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"strings"
)

// siblings finds rows that are the sum of some of the rows beside them: by the
// numbers of an outline, by their names, and by arithmetic.
func (w *world) siblings(ti int, t *table) {
	for d := range t.dims {
		groups := t.groups(d)
		var order []string
		at := make([]map[string]int, len(groups))
		usable := true
		for g, rows := range groups {
			at[g] = map[string]int{}
			for _, i := range rows {
				r := t.rows[i]
				word := r.cats[d]
				if r.aside || r.ofWhich || t.totals[d][word] || subtotal.MatchString(word) {
					continue
				}
				if _, twice := at[g][word]; twice {
					usable = false
				}
				at[g][word] = i
				if !slices.Contains(order, word) {
					order = append(order, word)
				}
			}
		}
		if !usable || len(order) < 3 || len(order) > 200 {
			continue
		}
		sum := &siblings{w: w, ti: ti, t: t, d: d, at: at}
		sum.named(order)
		if t.mixed {
			continue
		}
		for _, word := range []string{order[0], order[len(order)-1]} {
			if len(t.totals[d]) == 0 {
				sum.sumOf(word, without(order, word), 2, 1, 2)
			}
		}
		if len(order) <= 9 {
			tried := len(order) * (1<<(len(order)-1) - len(order))
			for _, word := range order {
				rest := without(order, word)
				for mask := 1; mask < 1<<len(rest)-1; mask++ {
					if bits.OnesCount(uint(mask)) < 2 {
						continue
					}
					var set []string
					for i, o := range rest {
						if mask>>i&1 == 1 {
							set = append(set, o)
						}
					}
					sum.sumOf(word, set, tried, 2, 2)
				}
			}
			continue
		}
		for i, word := range order { // the next ones, or those before
			for n := 2; n <= 8; n++ {
				if i+n < len(order) {
					sum.sumOf(word, order[i+1:i+1+n], 14*len(order), 2, 2)
				}
				if i-n >= 0 {
					sum.sumOf(word, order[i-n:i], 14*len(order), 2, 2)
				}
			}
		}
	}
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(o string) bool { return o == word })
}

// siblings are the rows of one dimension, by group and word.
type siblings struct {
	w     *world
	ti    int
	t     *table
	d     int
	at    []map[string]int
	using int // how many sums were found
}

// named follows the outline, and words that end like another.
func (s *siblings) named(order []string) {
	for i, word := range order {
		text, depth := item(word)
		var under, alike []string
		if depth > 0 {
			for _, o := range order[i+1:] {
				_, n := item(o)
				if n > 0 && n <= depth {
					break
				}
				if n == depth+1 || (n > depth && len(under) == 0) {
					under = append(under, o)
				}
			}
		}
		for _, o := range order {
			if other, _ := item(o); o != word && other != text && strings.HasSuffix(other, text) && text != "" {
				alike = append(alike, o)
			}
		}
		if len(under) > 1 {
			s.sumOf(word, under, 1, 0, 0)
		} else if len(alike) > 1 {
			s.sumOf(word, alike, 1, 0, 1)
		}
	}
}

// sumOf says that a row is the sum of others, if it is wherever that can be seen:
// so often, and with so many digits more than chance has, of as many sets as were
// tried. A row of which the others leave a small count, where one is withheld, says
// something too.
func (s *siblings) sumOf(word string, set []string, tried, often int, digits float64) {
	t, w := s.t, s.w
	seen, evidence := 0, -log10(float64(tried))
	p := new(big.Int)
	for k, f := range t.fields {
		if f.kind != count || f.round > 0 {
			continue
		}
		for g := range s.at {
			i, ok := s.at[g][word]
			if !ok || !t.rows[i].cells[k].whole() {
				continue
			}
			total := t.rows[i].cells[k].value.Num()
			rest := new(big.Int).Set(total)
			hidden, whole := 0, true
			for _, o := range set {
				j, ok := s.at[g][o]
				switch {
				case !ok || t.rows[j].unit != t.rows[i].unit || t.rows[j].cells[k].state == absent:
					whole = false
				case t.rows[j].cells[k].state == withheld:
					hidden++
				case t.rows[j].cells[k].whole():
					rest.Sub(rest, t.rows[j].cells[k].value.Num())
				default:
					whole = false
				}
			}
			size, _ := new(big.Rat).SetInt(total).Float64()
			switch {
			case !whole:
			case rest.Sign() < 0, hidden == 0 && rest.Sign() != 0:
				return
			case hidden == 0 && size > 9:
				seen++
				evidence += log10(size)
			case hidden == 1 && rest.Cmp(p.SetInt64(t.limit(t.rows[i]))) < 0:
				evidence += log10(size / float64(t.limit(t.rows[i])))
			case hidden == 1:
				evidence -= 0.5
			}
		}
	}
	if seen < often || evidence < digits {
		return
	}
	s.using++
	for k, f := range t.fields {
		if f.kind != count {
			continue
		}
		family := w.family(fmt.Sprintf("%d/siblings/%d/%d/%d", s.ti, s.d, s.using, k), bySum, 0)
		for g := range s.at {
			i, ok := s.at[g][word]
			v, ok2 := w.at[occurrence{s.ti, i, k}]
			if !ok || !ok2 {
				continue
			}
			sum := w.sum().add(-1, v)
			for _, o := range set {
				j, ok := s.at[g][o]
				v, ok2 := w.at[occurrence{s.ti, j, k}]
				if !ok || !ok2 || t.rows[j].unit != t.rows[i].unit {
					sum = nil
					break
				}
				sum.add(1, v)
			}
			if sum != nil {
				w.try(family, sum)
			}
		}
	}
}

// averages says of a row 平均 that it is the average of those beside it.
func (w *world) averages(ti int, t *table) {
	for d := range t.dims {
		for _, group := range t.groups(d) {
			for _, i := range group {
				if !meanRow.MatchString(t.rows[i].cats[d]) {
					continue
				}
				for k, f := range t.fields {
					if f.kind != count || t.rows[i].cells[k].state != open {
						continue
					}
					var terms []term
					whole := true
					for _, j := range group {
						r := t.rows[j]
						if r.aside || r.ofWhich || t.totals[d][r.cats[d]] || subtotal.MatchString(r.cats[d]) {
							continue
						}
						v, ok := w.at[occurrence{ti, j, k}]
						whole = whole && ok
						terms = append(terms, term{v, one})
					}
					if whole && len(terms) > 1 {
						w.between(w.family(fmt.Sprintf("%d/average/%d/%d", ti, d, k), bySum, 0), terms, occurrence{ti, i, k}, int64(len(terms)))
					}
				}
			}
		}
	}
}
