package search

import (
	"cmp"
	"encoding/base64"
	"hash/fnv"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"sunshine/site/each"
)

const (
	few      = 6        // pages of a leaf
	rangeMax = 24 << 10 // bytes of leaves that a query loads
	partMax  = 4 << 10  // bytes of a part of a text
	maxParts = len(alphabet)
	longList = 60 // bytes; one as long stands in the entry
	listKey  = 8  // characters of the key of a longer one
)

// entry is a key of the index: a beginning of a suffix, and its value.
type entry struct {
	at, length int32 // in the text
	end        bool  // the word ends after it
	from, to   int32 // its value among the values
}

// covered are suffixes that have a head, with the pages that hold them.
type covered struct {
	from, to int
	held     spread
}

// head is an entry that stands before the one with that number.
type head struct {
	before int
	entry
}

// list is a list of pages that entries share.
type list struct{ key, value string }

// suffix is a place of the text with the block that it is in, and the key by which it
// is sorted, that of a place behind it.
type suffix struct {
	key       uint64
	at, block int32
}

// walker makes the entries of all suffixes that begin with one character.
type walker struct {
	*corpus
	*grams
	suffixes, spare []suffix
	alike           []int32 // how many characters each has like the one before; wholly where nothing tells them apart
	entries         []entry
	values          []byte
	heads           []head    // entries that stand before others
	size            int       // bytes of the entries so far
	leaf            leaf      // in the making
	held            spread    // the pages of the list in the making
	idle            []spread  // without pages
	covered         []covered // the suffixes that have heads, in order, and that are not among others
	turns           []uint32  // by block, that of the last list that has it
	turn            uint32
	blocks          []int32 // of the list in the making
	shared          *lists
	last            entry  // that is written
	key             []byte // of it, without the end of the word
	keyEnds         []int  // of its characters
	lines           lines
}

// wholly is more than any two suffixes share.
const wholly = math.MaxInt32

// lists are those that several entries share.
type lists struct {
	mu     sync.Mutex
	keys   map[hashes]string // of short ones, themselves; by their blocks and by their pages
	values map[string]string // of the long ones, by key
}

// hashes stand for a set of blocks or of pages. What begins in the middle of a phrase
// stands in just the blocks that what begins a character before it does, so that most
// sets come again and again. With 128 bits, no two sets have the same.
type hashes [2]uint64

// seeds are those of the two hashes.
var seeds = [...]uint64{0x9e3779b97f4a7c15, 0xd1b54a32d192ed03}

// add takes up a block, in any order.
func (h *hashes) add(block int32) {
	for i, seed := range seeds {
		h[i] += mix(uint64(block+1) * seed)
	}
}

// follow takes up the next pages, a bit each.
func (h *hashes) follow(pages uint64) {
	for i, seed := range seeds {
		h[i] = mix(h[i] + pages ^ seed)
	}
}

// mix is that of SplitMix64.
func mix(n uint64) uint64 {
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// of gives the key of the list of some blocks or pages, where it is known.
func (l *lists) of(set hashes) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key, is := l.keys[set]
	return key, is
}

// know says which key the list of some blocks or pages has.
func (l *lists) know(set hashes, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.keys[set] = key
}

func (l *lists) add(key string, value []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, is := l.values[key]; !is {
		l.values[key] = string(value)
	}
}

// sorted gives all in the order of their keys.
func (l *lists) sorted() (all []list) {
	for key, value := range l.values {
		all = append(all, list{key, value})
	}
	slices.SortFunc(all, func(a, b list) int { return strings.Compare(a.key, b.key) })
	return all
}

// entries gives the lines of all entries, those of a character each with its number, and
// then the lists that they share and how many characters there are.
func (c *corpus) entries(jobs int, take func(i int, l lines) error) (shared []list, n int, err error) {
	g := newGrams(c, jobs)
	var starts []int // the first name of each character
	for name := 1; name < len(g.units); name++ {
		if g.units[name]>>48 != g.units[name-1]>>48 {
			starts = append(starts, name)
		}
	}
	n = len(starts)
	starts = append(starts, len(g.units))
	known := &lists{keys: map[hashes]string{}, values: map[string]string{}}
	free := make(chan *walker, max(jobs, 1))
	for range cap(free) {
		free <- &walker{corpus: c, grams: g, held: newSpread(len(c.documents)), turns: make([]uint32, len(c.unique)), shared: known, key: []byte{'e'}, keyEnds: []int{1}}
	}
	err = each.Do(jobs, n, func(i int) error {
		w := <-free
		w.sort(starts[i], starts[i+1])
		w.entries, w.values, w.heads, w.size = w.entries[:0], w.values[:0], w.heads[:0], 0
		for _, c := range w.covered {
			c.held.clear()
			w.idle = append(w.idle, c.held)
		}
		w.covered = w.covered[:0]
		if w.take(w.suffixes, 1, false) { // no word is empty
			w.end()
		} else {
			w.group(0, len(w.suffixes), 1)
		}
		w.write(&w.lines)
		own := w.lines.own()
		free <- w
		return take(i, own)
	})
	return known.sorted(), n, err
}

// sort sorts the suffixes that begin with some names of grams.
func (w *walker) sort(from, to int) {
	n := int(w.grams.first[to] - w.grams.first[from])
	w.suffixes, w.alike = slices.Grow(w.suffixes[:0], n)[:n], slices.Grow(w.alike[:0], n)[:n]
	for k, at := range w.order[w.grams.first[from]:w.grams.first[to]] {
		w.suffixes[k].at, w.suffixes[k].block = at, w.block(at)
	}
	start := 0
	for name := from; name < to; name++ {
		end := int(w.grams.first[name+1] - w.grams.first[from])
		if name > from {
			w.alike[start] = int32(bits.LeadingZeros64(w.units[name-1]^w.units[name]) / 16)
		}
		w.refine(start, end, w.grams.size, w.goes[name] == 0)
		start = end
	}
}

// refine sorts suffixes whose first depth characters are alike, as far as is needed to
// tell those of more than a few pages apart; ends tells whether their words end there.
func (w *walker) refine(from, to int, depth int32, ends bool) {
	s, alike := w.suffixes[from:to], w.alike[from:to]
	if ends || len(s) == 1 || !w.exceed(s) {
		for k := 1; k < len(s); k++ {
			alike[k] = wholly
		}
		return
	}
	for k := range s {
		s[k].key = w.next(s[k].at + depth)
	}
	w.spare = slices.Grow(w.spare[:0], len(s))
	sortByKey(s, w.spare[:len(s)])
	last := uint64(0)
	for start := 0; start < len(s); {
		key, end := s[start].key, start+1
		for end < len(s) && s[end].key == key {
			end++
		}
		if start > 0 {
			alike[start] = depth + w.same(last, key)
		}
		w.refine(from+start, from+end, depth+4*w.grams.size, w.goes[uint16(key)] == 0)
		start, last = end, key
	}
}

// exceed tells whether more than a few pages hold any of the suffixes.
func (w *walker) exceed(s []suffix) bool {
	var pages [few]int32
	n := 0
	for k := range s {
		if k > 0 && s[k].block == s[k-1].block {
			continue
		}
		uses := w.uses(s[k].block)
		if len(uses) > few {
			return true
		}
		for _, u := range uses {
			if !slices.Contains(pages[:n], u.page) {
				if n == few {
					return true
				}
				pages[n] = u.page
				n++
			}
		}
	}
	return false
}

// sortByKey sorts suffixes; as many are spare.
func sortByKey(s, spare []suffix) {
	if len(s) < 16 {
		for k := 1; k < len(s); k++ {
			now, at := s[k], k
			for ; at > 0 && s[at-1].key > now.key; at-- {
				s[at] = s[at-1]
			}
			s[at] = now
		}
		return
	}
	if len(s) < 256 {
		slices.SortFunc(s, func(a, b suffix) int {
			switch {
			case a.key < b.key:
				return -1
			case a.key > b.key:
				return 1
			}
			return 0
		})
		return
	}
	var counts [8][256]int32
	for k := range s {
		for digit := range counts {
			counts[digit][byte(s[k].key>>(8*digit))]++
		}
	}
	from, to := s, spare
	for digit := range counts {
		count, shift := &counts[digit], 8*digit
		if count[byte(s[0].key>>shift)] == int32(len(s)) {
			continue
		}
		next := int32(0)
		for k, n := range count {
			count[k], next = next, next+n
		}
		for k := range from {
			n := &count[byte(from[k].key>>shift)]
			to[*n] = from[k]
			*n++
		}
		from, to = to, from
	}
	if &from[0] != &s[0] {
		copy(s, from)
	}
}

// group makes the entries of suffixes whose first depth characters are alike, and that
// more than a few pages hold.
func (w *walker) group(from, to int, depth int32) {
	first, least := w.suffixes[from].at, int32(wholly)
	for _, n := range w.alike[from+1 : to] {
		least = min(least, n)
	}
	if least < wholly {
		depth = least
	} else { // all are one to the end of the word
		for w.names[first+depth] != 0 {
			depth++
		}
	}
	all, start, size, branches := from, len(w.entries), w.size, 0
	for from < to {
		end := from + 1
		for end < to && w.alike[end] > depth {
			end++
		}
		at := w.suffixes[from].at
		ends, length := branches == 0 && w.names[at+depth] == 0, depth+1 // what ends comes first
		if ends {
			length = depth
		}
		child := w.suffixes[from:end]
		if !w.take(child, length, ends) {
			w.end()
			switch {
			case ends:
				e, more := w.endList(from, end), 0
				if e.to-e.from == 1+listKey {
					more = shardMean // that has the list
				}
				e.at, e.length, e.end = at, length, true
				w.add(e, more)
			case !w.take(child, length, false):
				w.group(from, end, length)
			}
		}
		branches++
		from = end
	}
	w.end()
	if branches > 1 && w.size-size > rangeMax {
		e := w.headList(all, to)
		e.at, e.length = first, depth
		w.heads = append(w.heads, head{start, e})
	}
}

// leaf is an entry of the suffixes of a few pages: those of one branch, or of
// several side by side.
type leaf struct {
	entry    // without its value; of the first branch
	branches int
	places   []use
	pages    int
}

// take takes up a branch in the leaf, where it does not become one of more than a few
// pages. The suffixes of the branch have their first characters alike, that many; the
// word may end after them.
func (w *walker) take(s []suffix, length int32, end bool) bool {
	l := &w.leaf
	places, pages := l.places, l.pages
	for k := range s {
		if k > 0 && s[k].block == s[k-1].block {
			continue
		}
		uses := w.uses(s[k].block)
		if len(uses) > few {
			return false
		}
	uses:
		for _, u := range uses {
			fresh := true
			for i := range places {
				if p := &places[i]; p.page == u.page {
					fresh = false
					if p.part == u.part && p.class >= u.class {
						continue uses
					}
				}
			}
			if fresh {
				if pages++; pages > few {
					return false
				}
			}
			places = append(places, u)
		}
	}
	l.places, l.pages = places, pages
	if l.branches++; l.branches == 1 {
		l.entry = entry{at: s[0].at, length: length, end: end}
	}
	return true
}

// end makes the entry of the leaf, where it has branches, and empties it.
func (w *walker) end() {
	l := &w.leaf
	if l.branches == 0 {
		return
	}
	if len(l.places) > 1 { // of a part of a text that has several, the best stands
		slices.SortFunc(l.places, func(a, b use) int { return cmp.Compare(a.order(), b.order()) })
		l.places = slices.CompactFunc(l.places, func(a, b use) bool { return a.page == b.page && a.part == b.part })
	}
	l.from = int32(len(w.values))
	if l.branches > 1 {
		w.values = append(w.values, '*')
	}
	slashes := 0
	for class := range classes {
		for _, p := range l.places {
			if p.class != class {
				continue
			}
			for ; slashes < int(class); slashes++ {
				w.values = append(w.values, '/')
			}
			w.values = append(w.values, w.ids[int(p.page)*w.width:][:w.width]...)
			if p.part > 0 {
				w.values = append(w.values, '.', alphabet[p.part])
			}
		}
	}
	l.to = int32(len(w.values))
	w.add(l.entry, 0)
	l.branches, l.pages, l.places = 0, 0, l.places[:0]
}

// order is in the order of pages, of parts, and of classes from the best.
func (u use) order() int64 {
	return int64(u.page)<<16 | int64(u.part)<<8 | int64(classes-u.class)
}

func (w *walker) add(e entry, more int) {
	w.entries = append(w.entries, e)
	w.size += 6 + int(e.to-e.from) + more
}

// endList gives an entry with the list of all pages that hold any of the suffixes, which
// are those of some words to their ends, as its value; of a long list, its key.
func (w *walker) endList(from, to int) entry {
	w.turn++
	w.gather(from, to)
	var set hashes
	for _, n := range w.blocks {
		set.add(n)
	}
	start := len(w.values)
	w.values = append(w.values, '=')
	if key, is := w.shared.of(set); is {
		w.values = append(w.values, key...)
		return entry{from: int32(start), to: int32(len(w.values))}
	}
	w.hold()
	w.best()
	w.shared.know(set, w.list())
	w.held.clear()
	return entry{from: int32(start), to: int32(len(w.values))}
}

// headList gives one with the list of all pages that hold any of some suffixes, which
// may have heads among them.
func (w *walker) headList(from, to int) entry {
	w.turn++
	inner := len(w.covered)
	for inner > 0 && w.covered[inner-1].from >= from {
		inner--
	}
	next := from
	for _, c := range w.covered[inner:] {
		w.gather(next, c.from)
		w.hold()
		w.held.join(c.held)
		c.held.clear()
		w.idle = append(w.idle, c.held)
		next = c.to
	}
	w.gather(next, to)
	w.hold()
	w.best()
	start := len(w.values)
	w.values = append(w.values, '+')
	w.list()
	w.covered = append(w.covered[:inner], covered{from, to, w.held})
	if n := len(w.idle); n > 0 {
		w.held, w.idle = w.idle[n-1], w.idle[:n-1]
	} else {
		w.held = newSpread(len(w.documents))
	}
	return entry{from: int32(start), to: int32(len(w.values))}
}

// gather finds the blocks of some suffixes that no others of this turn are in.
func (w *walker) gather(from, to int) {
	w.blocks = w.blocks[:0]
	for k := from; k < to; k++ {
		if n := w.suffixes[k].block; w.turns[n] != w.turn {
			w.turns[n] = w.turn
			w.blocks = append(w.blocks, n)
		}
	}
}

// hold takes up the pages of the blocks.
func (w *walker) hold() {
	for _, n := range w.blocks {
		uses := w.uses(n)
		if !w.many(uses) {
			for _, u := range uses {
				w.held.add(u)
			}
			continue
		}
		w.held.join(w.wide[n])
	}
}

// best leaves each page in its best place alone.
func (w *walker) best() {
	for i, best := range w.held[title] {
		w.held[heading][i] &^= best
		w.held[body][i] &^= best | w.held[heading][i]
	}
}

// list appends the list of the pages to the values; of a long one, its key. It gives
// what it appends.
func (w *walker) list() string {
	var set hashes
	for _, held := range w.held {
		for _, pages := range held {
			set.follow(pages)
		}
	}
	if key, is := w.shared.of(set); is {
		w.values = append(w.values, key...)
		return key
	}
	from := len(w.values)
	for class, held := range w.held {
		if class > 0 {
			w.values = append(w.values, '/')
		}
		last := uint32(0)
		for i, rest := range held {
			for ; rest != 0; rest &= rest - 1 {
				now := w.numbers[64*i+bits.TrailingZeros64(rest)]
				w.values = number(w.values, now-last)
				last = now
			}
		}
	}
	if value := w.values[from:]; len(value) > longList {
		h := fnv.New64a()
		h.Write(value)
		key := base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:6])
		w.shared.add(key, value)
		w.values = append(w.values[:from], key...)
	}
	key := string(w.values[from:])
	w.shared.know(set, key)
	return key
}

// number writes a number in five bits a character.
func number(to []byte, n uint32) []byte {
	for ; n > 31; n >>= 5 {
		to = append(to, alphabet[n&31|32])
	}
	return append(to, alphabet[n])
}

// write writes the lines of the entries, each head before its own.
func (w *walker) write(to *lines) {
	slices.SortStableFunc(w.heads, func(a, b head) int { return cmp.Or(cmp.Compare(a.before, b.before), cmp.Compare(a.length, b.length)) })
	heads := w.heads
	for i := range w.entries {
		for ; len(heads) > 0 && heads[0].before == i; heads = heads[1:] {
			w.line(&heads[0].entry, to)
		}
		w.line(&w.entries[i], to)
	}
}

// line writes the line of an entry.
func (w *walker) line(e *entry, to *lines) {
	n, last := int32(0), &w.last
	for n < min(e.length, last.length) && w.character(e.at+n) == w.character(last.at+n) {
		n++
	}
	w.key, w.keyEnds = w.key[:w.keyEnds[n]], w.keyEnds[:n+1]
	for ; n < e.length; n++ {
		w.key = utf8.AppendRune(w.key, w.characters[w.character(e.at+n)])
		w.keyEnds = append(w.keyEnds, len(w.key))
	}
	key := w.key
	if e.end {
		key = append(key, ' ')
	}
	to.add(key, w.values[e.from:e.to], int(e.to-e.from))
	w.last = *e
}
