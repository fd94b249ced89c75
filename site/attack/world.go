package attack

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/period"
)

// softness is how much of a supposition a relation is; when relations contradict
// each other the softest go first, and of them what was seen to hold least often.
type softness int

const (
	byName    softness = iota // the words of the table say it
	byPeriod                  // months make the year
	byMeaning                 // two breakdowns of one count have one total
	bySum                     // it holds wherever it can be seen
	byChange                  // a typed change
	byRate                    // a typed rate
)

// occurrence is a cell of a table.
type occurrence struct{ t, r, k int }

// quantity is one number of the world, wherever and however often it stands.
type quantity struct {
	known     *big.Int
	source    string // where it is known from
	low, high *big.Int
	withheld  []occurrence
	rounded   bool
	shown     *big.Int // the rounded figure
	derived   bool
	person    bool
	threshold int64
	seen      occurrence
	label     string
}

// version is a quantity with the publications that it stood in: a revised figure
// has several.
type version struct{ v, pub int }

// family is one supposition with all its instances: it stands or falls with what
// open figures say of it.
type family struct {
	soft          softness
	agree, differ int
	need          int // how often it must be seen to hold
	evidence      int // of a rate, in tenths of digits
	rels          []relation
}

// world is all that was published, as one system.
type world struct {
	tables     []*table
	last       int
	parents    map[string]string
	people     map[string]int64
	quantities []quantity
	rels       []relation

	class    map[[2]int]string // what a column of a table counts
	at       map[occurrence]int
	keys     map[string][]version
	order    []string // the keys as they came
	flows    map[string][]flow
	flowKeys []string
	families map[string]*family
	names    []string
}

// flow is a quantity over a span of days.
type flow struct {
	span
	v int
}

var one = big.NewInt(1)

// build makes the quantities and their relations.
func (w *world) build() {
	w.class, w.at, w.keys = map[[2]int]string{}, map[occurrence]int{}, map[string][]version{}
	w.flows, w.families = map[string][]flow{}, map[string]*family{}
	w.classes()
	w.occurrences()
	for ti, t := range w.tables {
		w.siblings(ti, t)
		if t.mixed {
			continue
		}
		w.averages(ti, t)
		w.sharedTotals(ti, t)
		w.runs(ti, t)
		w.complements(ti, t)
		w.rowSums(ti, t)
		w.columnSums(ti, t)
		w.changes(ti, t)
		w.rates(ti, t)
	}
	w.couples()
	w.splits()
	w.periods()
	w.settle()
}

// place is what a cell is called besides what its column counts: the period and
// the words of its row, totals left out, in any order. without leaves out one more
// dimension, -1 none.
func (t *table) place(r row, without int) string {
	return t.placeAt(r, without, r.when)
}

func (t *table) placeAt(r row, without int, when string) string {
	var cats []string
	for d, c := range r.cats {
		if d == without || c == "" || t.totals[d][c] {
			continue
		}
		name := fold(t.dims[d].name)
		if vagueWords[c] || subtotal.MatchString(c) || t.twice(d, c) {
			c = name + "=" + c
		}
		cats = append(cats, c)
	}
	slices.Sort(cats)
	return when + "|" + strings.Join(cats, "|")
}

// twice tells whether a word stands in two dimensions, so that it needs their name.
func (t *table) twice(d int, word string) bool {
	if len(t.dims) < 2 {
		return false
	}
	if t.words == nil {
		t.words = map[string]int{}
		for e := range t.dims {
			here := map[string]bool{}
			for _, r := range t.rows {
				if !here[r.cats[e]] {
					here[r.cats[e]] = true
					t.words[r.cats[e]]++
				}
			}
		}
	}
	return t.words[word] > 1
}

// figures gives what a column openly says, and the totals that follow, by place.
func (t *table) figures(k int) map[string]string {
	out := map[string]string{}
	for _, r := range t.rows {
		if c := r.cells[k]; c.whole() && !r.ofWhich && !r.aside {
			when, _ := t.spanOf(r, k)
			out[t.placeAt(r, -1, when)] = c.value.Num().String()
		}
	}
	for d := range t.dims {
		for _, g := range t.groups(d) {
			sum, whole, n := new(big.Int), true, 0
			for _, i := range g {
				r := t.rows[i]
				if r.ofWhich || r.aside || t.totals[d][r.cats[d]] {
					continue
				}
				n++
				if whole = whole && r.cells[k].whole(); whole {
					sum.Add(sum, r.cells[k].value.Num())
				}
			}
			when, _ := t.spanOf(t.rows[g[0]], k)
			if key := t.placeAt(t.rows[g[0]], d, when); whole && n > 1 && out[key] == "" {
				out[key] = sum.String()
			}
		}
	}
	return out
}

// classes decides which columns count the same thing.
func (w *world) classes() {
	type node struct{ t, k int }
	var nodes []node
	parent := []int{}
	for ti, t := range w.tables {
		for k := range t.fields {
			nodes = append(nodes, node{ti, k})
			parent = append(parent, len(parent))
		}
	}
	find := func(i int) int {
		for parent[i] != i {
			i = parent[i]
		}
		return i
	}
	join := func(i, j int) { parent[max(find(i), find(j))] = min(find(i), find(j)) }
	buckets := map[string][]int{}
	var order []string
	put := func(key string, i int) {
		if buckets[key] == nil {
			order = append(order, key)
		}
		buckets[key] = append(buckets[key], i)
	}
	cores := map[string][]int{}
	var coreOrder []string
	for i, n := range nodes {
		t := w.tables[n.t]
		f := t.fields[n.k]
		put("file\x00"+t.name+"\x00"+f.Name, i)
		if f.kind != count || t.mixed {
			continue
		}
		if f.Concept != "" {
			put("concept\x00"+f.Concept, i)
		}
		if !isTotal(f.base) {
			put("name\x00"+cumulative.ReplaceAllString(fold(f.base), "")+"\x00"+f.Unit, i)
			if c := core(f.base); utf8.RuneCountInString(c) > 1 && !isTotal(c) && !partName.MatchString(c) && !f.generic {
				unit := f.Unit
				if f.person {
					unit = "人"
				}
				cores[c+"\x00"+unit] = append(cores[c+"\x00"+unit], i)
				if len(cores[c+"\x00"+unit]) == 1 {
					coreOrder = append(coreOrder, c+"\x00"+unit)
				}
			}
		}
	}
	seen := map[int]map[string]string{}
	figures := func(i int) map[string]string {
		if seen[i] == nil {
			seen[i] = w.tables[nodes[i].t].figures(nodes[i].k)
		}
		return seen[i]
	}
	for _, key := range order {
		list := buckets[key]
		for n, i := range list[1:] {
			a := nodes[i]
			if strings.HasPrefix(key, "name\x00") {
				if before := list[:n+1]; !slices.ContainsFunc(before, func(j int) bool {
					b := nodes[j]
					fa, fb := w.tables[a.t].fields[a.k], w.tables[b.t].fields[b.k]
					if fa.Concept != fb.Concept && fa.Concept != "" && fb.Concept != "" {
						return false
					}
					if find(i) == find(j) || !alike(figures(i), figures(j)) {
						return false
					}
					join(i, j)
					return true
				}) {
					continue
				}
			} else {
				join(list[0], i)
			}
		}
	}
	// Names that differ only in how they say that it is a number: never two columns
	// of one table, and nothing that stands in both may differ much.
	for _, key := range coreOrder {
		list := cores[key]
		for n, i := range list {
			for _, j := range list[:n] {
				a, b := nodes[i], nodes[j]
				fa, fb := w.tables[a.t].fields[a.k], w.tables[b.t].fields[b.k]
				if find(i) == find(j) || (fa.Concept != fb.Concept && fa.Concept != "" && fb.Concept != "") || !alike(figures(i), figures(j)) {
					continue
				}
				has, shared := map[int]bool{}, false
				for x, m := range nodes {
					if find(x) == find(i) {
						has[m.t] = true
					}
				}
				for y, o := range nodes {
					shared = shared || (find(y) == find(j) && has[o.t])
				}
				if !shared {
					join(j, i)
				}
			}
		}
	}
	// A column that was renamed: one of an earlier publication that has no later
	// one, and one that begins later, with the same figures at the same places.
	for i, a := range nodes {
		ta := w.tables[a.t]
		if ta.pub == w.last || ta.fields[a.k].kind != count || slices.ContainsFunc(nodes, func(n node) bool {
			return w.tables[n.t].pub > ta.pub && w.tables[n.t].name == ta.name && w.tables[n.t].fields[n.k].Name == ta.fields[a.k].Name
		}) {
			continue
		}
		for j, b := range nodes {
			tb := w.tables[b.t]
			if tb.pub <= ta.pub || tb.fields[b.k].kind != count || find(i) == find(j) {
				continue
			}
			same, differ := 0, 0
			theirs := figures(j)
			for place, v := range figures(i) {
				switch theirs[place] {
				case "":
				case v:
					same++
				default:
					differ++
				}
			}
			if same >= 3 && differ*10 <= same {
				join(i, j)
				break
			}
		}
	}
	for i, n := range nodes {
		w.class[[2]int{n.t, n.k}] = fmt.Sprint(find(i))
	}
}

// alike tells whether two columns of one name may count one thing: nothing that
// stands in both is far apart, or more of it is near.
func alike(a, b map[string]string) bool {
	near, far := 0, 0
	x, y := new(big.Int), new(big.Int)
	for place, v := range a {
		o, ok := b[place]
		if !ok {
			continue
		}
		if v == o {
			near++
			continue
		}
		x.SetString(v, 10)
		y.SetString(o, 10)
		gap := new(big.Int).Sub(x, y)
		gap.Abs(gap)
		if gap.Mul(gap, big.NewInt(5)).Cmp(x) <= 0 {
			near++
		} else {
			far++
		}
	}
	return far <= near
}

// spanOf is the span that a figure counts: from January on where its column says
// that it is cumulative.
func (t *table) spanOf(r row, k int) (string, span) {
	s := r.span
	if s.ok && !s.stock && cumulative.MatchString(fold(t.fields[k].base)) {
		s.from = period.NewDate(s.from.Time().Year(), time.January, 1)
		return s.String(), s
	}
	return r.when, s
}

// occurrences makes a quantity of every count that is published or withheld.
func (w *world) occurrences() {
	type seenAt struct {
		o   occurrence
		key string
	}
	var all []seenAt
	for ti, t := range w.tables {
		for ri, r := range t.rows {
			for k, f := range t.fields {
				c := r.cells[k]
				if c.unsaid && f.kind == count && f.person && f.round == 0 {
					// one may tell it all the same
				} else if c.state == absent || (f.kind != count && c.state != withheld) || (c.state == open && !c.value.IsInt()) {
					continue
				}
				if f.kind != count && (f.kind != other || t.mixed) {
					continue // a withheld rate is no count
				}
				when, _ := t.spanOf(r, k)
				key := w.class[[2]int{ti, k}] + "|" + t.placeAt(r, -1, when)
				if r.ofWhich || t.mixed {
					key += "|" + t.name + "|" + r.unit
				}
				all = append(all, seenAt{occurrence{ti, ri, k}, key})
			}
		}
	}
	add := func(o occurrence, key string) int {
		t := w.tables[o.t]
		w.quantities = append(w.quantities, quantity{low: new(big.Int), person: t.fields[o.k].person, threshold: t.limit(t.rows[o.r]), seen: o, label: t.rows[o.r].label})
		v := len(w.quantities) - 1
		if w.keys[key] == nil {
			w.order = append(w.order, key)
		}
		w.keys[key] = append(w.keys[key], version{v, t.pub})
		return v
	}
	for _, s := range all { // what is known exactly
		t := w.tables[s.o.t]
		c, f := t.rows[s.o.r].cells[s.o.k], t.fields[s.o.k]
		if c.state != open || f.round > 0 {
			continue
		}
		v := -1
		for i, old := range w.keys[s.key] {
			if w.quantities[old.v].known.Cmp(c.value.Num()) == 0 {
				v = old.v
				w.keys[s.key][i].pub = t.pub
			}
		}
		if v < 0 {
			v = add(s.o, s.key)
			w.quantities[v].known = c.value.Num()
			w.quantities[v].low, w.quantities[v].high = c.value.Num(), c.value.Num()
			w.quantities[v].source = w.cite(s.o)
		}
		w.at[s.o] = v
	}
	for _, s := range all { // what is rounded or withheld
		t := w.tables[s.o.t]
		c, f := t.rows[s.o.r].cells[s.o.k], t.fields[s.o.k]
		if c.state == open && f.round == 0 {
			continue
		}
		v := w.newest(s.key, t.pub)
		if c.state == open {
			half := big.NewInt(f.round / 2)
			low, high := new(big.Int).Sub(c.value.Num(), half), new(big.Int).Add(c.value.Num(), half)
			if low.Sign() < 0 {
				low = new(big.Int)
			}
			if v >= 0 {
				q := w.quantities[v]
				if low.Cmp(q.low) < 0 {
					low = q.low
				}
				if q.high != nil && high.Cmp(q.high) > 0 {
					high = q.high
				}
			}
			if v < 0 || low.Cmp(high) > 0 {
				v = add(s.o, s.key)
			}
			if q := &w.quantities[v]; q.known == nil {
				q.low, q.high, q.rounded, q.shown = low, high, true, c.value.Num()
				q.source = w.cite(s.o)
			}
		} else {
			if v < 0 || w.outgrown(s.o, v) {
				v = add(s.o, s.key)
			}
			q := &w.quantities[v]
			if c.unsaid {
				q.derived = q.derived || q.known == nil && len(q.withheld) == 0
				w.at[s.o] = v
				continue
			}
			q.withheld = append(q.withheld, s.o)
			q.threshold = max(q.threshold, t.limit(t.rows[s.o.r]))
		}
		w.at[s.o] = v
	}
	for _, s := range all {
		t := w.tables[s.o.t]
		if when, span := t.spanOf(t.rows[s.o.r], s.o.k); span.ok && !span.stock && !t.mixed {
			_, place, _ := strings.Cut(s.key, "|")
			w.flow(w.class[[2]int{s.o.t, s.o.k}]+"|"+strings.TrimPrefix(place, when), span, w.newest(s.key, w.last), t.fields[s.o.k])
		}
	}
}

// newest is the quantity of a key as a publication knew it: its own, else the
// last before it, else the first after.
func (w *world) newest(key string, pub int) int {
	v, at := -1, -1
	for _, x := range w.keys[key] {
		if x.pub <= pub && x.pub >= at {
			v, at = x.v, x.pub
		}
	}
	if v < 0 && len(w.keys[key]) > 0 {
		v = w.keys[key][0].v
	}
	return v
}

// flow notes a quantity of a span, so that spans can be added up.
func (w *world) flow(key string, s span, v int, f field) {
	if stockName.MatchString(cumulative.ReplaceAllString(fold(f.base), "")) {
		return
	}
	list := w.flows[key]
	if list == nil {
		w.flowKeys = append(w.flowKeys, key)
	}
	if !slices.ContainsFunc(list, func(x flow) bool { return x.from == s.from && x.to == s.to }) {
		w.flows[key] = append(list, flow{s, v})
	}
}

// implied is the quantity of a place that nobody may have published: in its own
// publication it may stand elsewhere.
func (w *world) implied(ti, k, ri, without int) int {
	t := w.tables[ti]
	r := t.rows[ri]
	when, s := t.spanOf(r, k)
	place := t.placeAt(r, without, when)
	key := w.class[[2]int{ti, k}] + "|" + place
	for _, x := range w.keys[key] {
		if x.pub == t.pub {
			return x.v
		}
	}
	if t.pub != w.last && len(w.keys[key]) > 0 && !w.later(ti) {
		return w.newest(key, t.pub) // nothing was put in its place: its total is the later one
	}
	unsaid := key
	if t.pub != w.last {
		unsaid = fmt.Sprintf("%s@%d", key, t.pub)
	} else if v := w.newest(key, t.pub); v >= 0 && w.quantities[v].derived {
		return v
	}
	if list := w.keys[unsaid]; t.pub != w.last && len(list) > 0 {
		return list[0].v
	}
	v := w.unsaid(occurrence{ti, ri, k}, strings.Trim(strings.ReplaceAll(place, "|", "/"), "/"))
	w.keys[unsaid] = append(w.keys[unsaid], version{v, t.pub})
	if s.ok && !s.stock && t.pub == w.last {
		w.flow(w.class[[2]int{ti, k}]+"|"+strings.TrimPrefix(place, when), s, v, t.fields[k])
	}
	return v
}

// later tells whether a later publication has the statistic.
func (w *world) later(ti int) bool {
	t := w.tables[ti]
	return slices.ContainsFunc(w.tables, func(o *table) bool { return o.pub > t.pub && o.name == t.name })
}

// unsaid adds a quantity that no cell shows.
func (w *world) unsaid(near occurrence, label string) int {
	t := w.tables[near.t]
	w.quantities = append(w.quantities, quantity{low: new(big.Int), derived: true, person: t.fields[near.k].person, threshold: t.limit(t.rows[near.r]), seen: near, label: label})
	return len(w.quantities) - 1
}

// sum is a relation as it is being written.
type sum struct{ rel relation }

func (w *world) sum() *sum { return &sum{rel: relation{rhs: new(big.Int), equal: true}} }

func (s *sum) add(c int64, v int) *sum { return s.addBig(big.NewInt(c), v) }

func (s *sum) addBig(c *big.Int, v int) *sum {
	s.rel.terms = append(s.rel.terms, term{v, c})
	return s
}

func (w *world) family(name string, soft softness, need int) *family {
	f := w.families[name]
	if f == nil {
		f = &family{soft: soft, need: need}
		w.families[name] = f
		w.names = append(w.names, name)
	}
	return f
}

// try adds an instance of a supposition: what is known is put in, and it is held
// against the open figures.
func (w *world) try(f *family, s *sum) {
	r := relation{rhs: new(big.Int).Set(s.rel.rhs), equal: s.rel.equal, from: slices.Clone(s.rel.from)}
	p := new(big.Int)
	big9 := false
	unsure := map[int]*big.Int{}
	var order []int
	least, most := new(big.Int), new(big.Int)
	endless := false
	for _, t := range s.rel.terms {
		q := w.quantities[t.v]
		if q.source != "" && !slices.Contains(r.from, q.source) {
			r.from = append(r.from, q.source)
		}
		if q.known != nil {
			r.rhs.Sub(r.rhs, p.Mul(t.c, q.known))
			big9 = big9 || q.known.Cmp(big.NewInt(9)) > 0
			continue
		}
		if unsure[t.v] == nil {
			unsure[t.v] = new(big.Int)
			order = append(order, t.v)
		}
		unsure[t.v].Add(unsure[t.v], t.c)
	}
	for _, v := range order {
		c, q := unsure[v], w.quantities[v]
		if c.Sign() == 0 {
			continue
		}
		r.terms = append(r.terms, term{v, c})
		a, b := q.low, q.high
		if c.Sign() < 0 {
			a, b = b, a
		}
		if a == nil {
			least = nil
		} else if least != nil {
			least = new(big.Int).Add(least, p.Mul(c, a))
		}
		if b == nil {
			endless = true
		} else {
			most.Add(most, p.Mul(c, b))
		}
	}
	switch {
	case len(r.terms) == 0 && r.rhs.Sign() == 0, len(r.terms) == 0 && !r.equal && r.rhs.Sign() > 0:
		if big9 {
			f.agree++
		}
		return
	case least != nil && least.Cmp(r.rhs) > 0, r.equal && !endless && most.Cmp(r.rhs) < 0:
		f.differ++
		return
	}
	f.rels = append(f.rels, r)
}

// rowSums adds what the rows of a table say of each other.
func (w *world) rowSums(ti int, t *table) {
	for d := range t.dims {
		several := map[string]bool{}
		for _, r := range t.rows {
			if !r.ofWhich && !r.aside && !t.totals[d][r.cats[d]] {
				several[r.cats[d]] = true
			}
		}
		for _, group := range t.groups(d) {
			for k, f := range t.fields {
				if f.kind != count {
					continue
				}
				w.groupSums(ti, t, d, k, group, len(several) > 1)
			}
		}
	}
}

func (w *world) groupSums(ti int, t *table, d, k int, group []int, several bool) {
	name := fmt.Sprintf("%d/%d/%d/", ti, d, k)
	here := map[string]int{}
	for _, i := range group {
		here[t.rows[i].cats[d]] = i
	}
	parents := w.parents
	under := func(word string) (string, bool) { // the unit of this group that it is under
		for up := parents[word]; up != ""; up = parents[up] {
			if _, ok := here[up]; ok && !t.totals[d][up] {
				return up, true
			}
		}
		return "", false
	}
	total := []int{}
	children := map[string][]int{}
	sum, block := w.sum(), w.sum()
	parts, whole, blockWhole := 0, true, true
	wholeOf := -1
	var among []int
	parted := func() { // parts that together are the whole, as can be seen elsewhere
		if len(among) > 1 {
			s := w.sum().add(-1, wholeOf)
			for _, v := range among {
				s.add(1, v)
			}
			w.try(w.family(name+"parted", bySum, 3), s)
		}
		among = nil
	}
	for _, i := range group {
		r := t.rows[i]
		v, ok := w.at[occurrence{ti, i, k}]
		word := r.cats[d]
		switch {
		case r.aside:
			continue
		case r.ofWhich:
			if ok && wholeOf >= 0 {
				w.part(ti, t, k, i, wholeOf, v, name)
				among = append(among, v)
			}
			continue
		case subtotal.MatchString(word) && !t.totals[d][word]:
			if ok && blockWhole && len(block.rel.terms) > 1 {
				w.try(w.family(name+"block", byName, 0), block.add(-1, v))
			}
			block, blockWhole = w.sum(), true
			continue
		case t.totals[d][word]:
			parted()
			if ok {
				total = append(total, i)
				wholeOf = v
			}
			continue
		}
		parted()
		wholeOf = v
		if !ok {
			whole, blockWhole = false, false
			wholeOf = -1
			continue
		}
		block.add(1, v)
		if up, ok := under(word); ok {
			children[up] = append(children[up], v)
			continue
		}
		sum.add(1, v)
		parts++
	}
	parted()
	for _, up := range slices.Sorted(maps.Keys(children)) {
		if v, ok := w.at[occurrence{ti, here[up], k}]; ok && len(children[up]) > 1 {
			s := w.sum().add(-1, v)
			for _, c := range children[up] {
				s.add(1, c)
			}
			s.rel.equal = true
			for unit, above := range parents {
				if _, listed := here[unit]; above == up && !listed {
					s.rel.equal = false // a unit that is not listed may have some
				}
			}
			w.try(w.family(name+"under", byName, 0), s)
		}
	}
	if parts == 0 {
		return
	}
	partial := len(total) == 0 && w.underOthers(ti, t, d, k, group)
	for _, i := range total {
		if parts < 2 && whole {
			if several {
				continue // one part of several is listed: the others may be missing
			}
		}
		s := w.sum()
		s.rel.terms = slices.Clone(sum.rel.terms)
		s.rel.equal = whole
		w.try(w.family(name+"total", byName, 0), s.add(-1, w.at[occurrence{ti, i, k}]))
	}
	if len(total) == 0 && several && !t.rows[group[0]].total {
		s := w.sum()
		s.rel.terms = slices.Clone(sum.rel.terms)
		s.rel.equal = whole && parts > 1 && !partial
		w.try(w.family(name+"implied", byMeaning, 0), s.add(-1, w.implied(ti, k, group[0], d)))
	}
}

// underOthers ties units that are under a sub-bureau, whose total stands elsewhere,
// to that total. A list that leaves units out only says that there are at least so
// many. It tells whether the list is partial for the bureau as well.
func (w *world) underOthers(ti int, t *table, d, k int, group []int) bool {
	var above []string
	of := map[string][]int{}
	for _, i := range group {
		r := t.rows[i]
		up := w.parents[r.cats[d]]
		if r.ofWhich || r.aside || w.parents[up] == "" {
			return false
		}
		if of[up] == nil {
			above = append(above, up)
		}
		of[up] = append(of[up], i)
	}
	for _, up := range above {
		r := t.rows[of[up][0]]
		r.cats = slices.Clone(r.cats)
		r.cats[d] = up
		when, _ := t.spanOf(r, k)
		total := w.newest(w.class[[2]int{ti, k}]+"|"+t.placeAt(r, -1, when), t.pub)
		s := w.sum()
		for _, i := range of[up] {
			v, ok := w.at[occurrence{ti, i, k}]
			if !ok {
				s.rel.equal = false
				continue
			}
			s.add(1, v)
		}
		listed := 0
		for _, p := range w.parents {
			if p == up {
				listed++
			}
		}
		s.rel.equal = s.rel.equal && listed == len(of[up])
		if total >= 0 && len(s.rel.terms) > 0 {
			w.try(w.family(fmt.Sprintf("%d/%d/%d/above", ti, d, k), byMeaning, 0), s.add(-1, total))
		}
	}
	for unit := range w.parents {
		leaf := true
		for _, up := range w.parents {
			leaf = leaf && up != unit
		}
		if leaf && !slices.ContainsFunc(group, func(i int) bool { return t.rows[i].cats[d] == unit }) {
			return true
		}
	}
	return false
}

// part says that one quantity is among another, and what is left of it.
func (w *world) part(ti int, t *table, k, ri, whole, part int, name string) {
	rest := w.unsaid(occurrence{ti, ri, k}, t.rows[ri].label+"（其余）")
	w.try(w.family(name+"part", byName, 0), w.sum().add(1, part).add(1, rest).add(-1, whole))
}

// periods says that what is counted over spans of days adds up.
func (w *world) periods() {
	for _, key := range w.flowKeys {
		list := slices.Clone(w.flows[key])
		slices.SortStableFunc(list, func(a, b flow) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
		class, _, _ := strings.Cut(key, "|")
		for len(list) > 0 {
			end, n := list[0].to, 1
			for n < len(list) && list[n].from < end {
				end = max(end, list[n].to)
				n++
			}
			w.overlapping(key, class, list[:n])
			list = list[n:]
		}
	}
}

func (w *world) overlapping(key, class string, list []flow) {
	if len(list) < 2 {
		return
	}
	var edges []period.Date
	for _, f := range list {
		edges = append(edges, f.from, f.to)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	piece := map[[2]period.Date]int{}
	for _, f := range list {
		piece[[2]period.Date{f.from, f.to}] = f.v
	}
	for _, f := range list {
		s := w.sum().add(-1, f.v)
		n := 0
		for i := range len(edges) - 1 {
			a, b := edges[i], edges[i+1]
			if a < f.from || b > f.to {
				continue
			}
			v, ok := piece[[2]period.Date{a, b}]
			if !ok {
				_, words, _ := strings.Cut(key, "|")
				v = w.unsaid(w.quantities[f.v].seen, strings.Trim(span{from: a, to: b}.String()+"/"+strings.ReplaceAll(strings.Trim(words, "|"), "|", "/"), "/"))
				piece[[2]period.Date{a, b}] = v
			}
			s.add(1, v)
			n++
		}
		if n > 1 {
			w.try(w.family("period/"+class, byPeriod, 0), s)
		}
	}
}

// settle keeps what open figures do not contradict, each relation once, and drops
// what says nothing.
func (w *world) settle() {
	seen := map[string]bool{}
	for _, name := range w.names {
		f := w.families[name]
		keep := f.differ == 0 || f.agree > f.differ
		if f.soft == byName {
			keep = f.differ < 3 || f.agree >= f.differ
		}
		if f.soft >= bySum {
			keep = f.differ == 0
		}
		if !keep || f.agree < f.need {
			continue
		}
		for _, r := range f.rels {
			r.soft = softness(1000*int(f.soft) + 999 - min(900, f.agree+f.evidence))
			slices.SortFunc(r.terms, func(a, b term) int { return cmp.Compare(a.v, b.v) })
			key := fmt.Sprint(r.equal, r.rhs)
			for _, t := range r.terms {
				key += fmt.Sprint(" ", t.c, "*", t.v)
			}
			if !seen[key] && len(r.terms) > 0 {
				seen[key] = true
				w.rels = append(w.rels, r)
			}
		}
	}
	for again := true; again; {
		again = false
		times := map[int]int{}
		for _, r := range w.rels {
			for _, t := range r.terms {
				times[t.v]++
			}
		}
		kept := w.rels[:0]
		for _, r := range w.rels {
			if w.idle(r, times) {
				again = true
				continue
			}
			kept = append(kept, r)
		}
		w.rels = kept
	}
}

// idle tells whether a relation only gives a value to a quantity that nothing else
// asks for.
func (w *world) idle(r relation, times map[int]int) bool {
	if !r.equal {
		return false
	}
	for _, t := range r.terms {
		q := w.quantities[t.v]
		if !q.derived || times[t.v] > 1 || q.high != nil {
			continue
		}
		free := t.c.Sign()*r.rhs.Sign() >= 0
		for _, o := range r.terms {
			free = free && (o.v == t.v || o.c.Sign() != t.c.Sign())
		}
		if free && len(r.terms) > 1 {
			return true
		}
	}
	return false
}
