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
	at, length int32 // of the key, as of a place
	from, to   int32 // its value among the values, or of a tail, from, its place among the tails
	end        bool  // the word ends after it
	tail       bool  // it stands for the entries that begin with it
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

// walker makes the entries of sorted suffixes that begin alike: of the phrases with one
// character, or of all that follows some phrases.
type walker struct {
	*corpus
	*lister
	places  []int32 // where the suffixes begin: in the text, or in the order of the sequence
	in      []int32 // the phrases of the places in the text
	alike   []int32 // how many characters each has like the one before; wholly where nothing tells them apart
	entries []entry
	values  []byte
	tails   []*tail
	heads   []head    // entries that stand before others
	size    int       // bytes of the entries so far
	leaf    leaf      // in the making
	covered []covered // the suffixes that have heads, in order, and that are not among others
	shared  *shared
	key     []byte // that is written

	inner  *walker // makes the tails; nil in what makes them
	sorter *sorter
	lines  lines

	tail []byte // of a tail in the making
}

// lister lists pages.
type lister struct {
	held   spread   // the pages of the list in the making
	idle   []spread // without pages
	turns  []uint32 // by block, that of the last list that has it
	turn   uint32
	blocks []int32 // of the list in the making
}

// wholly is more than any two suffixes share.
const wholly = math.MaxInt32

// shared is what several entries share.
type shared struct {
	mu     sync.Mutex
	tails  map[hashes]*tail  // by their phrases
	values map[string]string // of the long ones, by key
}

func (l *shared) add(key string, value []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, is := l.values[key]; !is {
		l.values[key] = string(value)
	}
}

// sorted gives all in the order of their keys.
func (l *shared) sorted() (all []list) {
	for key, value := range l.values {
		all = append(all, list{key, value})
	}
	slices.SortFunc(all, func(a, b list) int { return strings.Compare(a.key, b.key) })
	return all
}

// entries gives the lines of all entries, those of a character each with its number, and
// then the lists that they share and how many characters there are.
func (c *corpus) entries(jobs int, take func(i int, l lines, more bool) error) (lists []list, n int, err error) {
	n = len(c.characters) - 1
	known := &shared{tails: map[hashes]*tail{}, values: map[string]string{}}
	places, starts := c.byCharacter()
	free := make(chan *walker, max(jobs, 1))
	for range cap(free) {
		l := &lister{held: newSpread(len(c.documents)), turns: make([]uint32, len(c.unique))}
		free <- &walker{corpus: c, lister: l, shared: known, sorter: newTextSorter(c.text, c.exceedPhrases), inner: &walker{corpus: c, lister: l, shared: known}}
	}
	err = each.Do(jobs, n, func(i int) error {
		w := <-free
		w.sort(places[starts[i+1]:starts[i+2]])
		w.empty()
		if w.take(0, len(w.places), 1, false) { // no word is empty
			w.end()
		} else {
			w.group(0, len(w.places))
		}
		err := w.write(func(key, value []byte, weight int) error {
			w.lines.add(key, value, weight)
			if w.lines.full() {
				return take(i, w.lines.own(), true)
			}
			return nil
		})
		if err == nil {
			err = take(i, w.lines.own(), false)
		}
		free <- w
		return err
	})
	return known.sorted(), n, err
}

// byCharacter gives the places of the text by their first character, and of each character
// how many come before it.
func (p *phrases) byCharacter() (places, starts []int32) {
	text := p.text[:p.begins[len(p.final)]]
	starts = make([]int32, len(p.characters)+1)
	for _, r := range text {
		starts[r+1]++
	}
	for r := range p.characters {
		starts[r+1] += starts[r]
	}
	places, next := make([]int32, len(text)), slices.Clone(starts)
	for at, r := range text {
		places[next[r]] = int32(at)
		next[r]++
	}
	return places, starts
}

// empty makes room for other entries.
func (w *walker) empty() {
	w.entries, w.values, w.tails, w.heads, w.size = w.entries[:0], w.values[:0], w.tails[:0], w.heads[:0], 0
	for _, c := range w.covered {
		c.held.clear()
		w.idle = append(w.idle, c.held)
	}
	w.covered = w.covered[:0]
}

// sort sorts the suffixes of phrases that begin at some places.
func (w *walker) sort(places []int32) {
	w.sorter.empty(len(places))
	w.places, w.in, w.alike = w.places[:0], w.in[:0], w.alike[:0]
	for k, at := range places {
		w.sorter.suffixes[k].at, w.sorter.suffixes[k].in = at, w.of(at)
		w.alike = append(w.alike, wholly)
	}
	w.sorter.sort(0, len(places), 0, func(k int, depth int32, last, key uint64) { w.alike[k] = depth + sameCharacters(last, key) })
	for _, s := range w.sorter.suffixes {
		w.places, w.in = append(w.places, s.at), append(w.in, s.in)
	}
}

// holding gives the blocks that hold a suffix.
func (w *walker) holding(k int) []int32 {
	if w.inner == nil {
		return w.within[w.places[k]:][:1]
	}
	phrase := w.in[k]
	return w.within[w.first[phrase]:w.first[phrase+1]]
}

// group makes the entries of suffixes that begin alike, and that more than a few pages hold.
func (w *walker) group(from, to int) {
	var depth int32 // of the characters that are alike
	first, least := w.start(w.places[from]), int32(wholly)
	for _, n := range w.alike[from+1 : to] {
		least = min(least, n)
	}
	switch {
	case least < wholly:
		depth = least
	case w.inner == nil: // all are one to the end of the word
		depth = w.length(first)
	case w.final[w.in[from]]: // of the phrase, and of the word
		depth = w.begins[w.in[from]+1] - 1 - first
	default:
		w.follows(from, to, w.begins[w.in[from]+1]-1-first)
		return
	}
	all, start, size, branches := from, len(w.entries), w.size, 0
	for from < to {
		end := from + 1
		for end < to && w.alike[end] > depth {
			end++
		}
		at := w.start(w.places[from])
		ends, length := branches == 0 && w.ends(at, depth), depth+1 // what ends comes first
		if ends {
			length = depth
		}
		if !w.take(from, end, length, ends) {
			w.end()
			switch {
			case ends && w.inner != nil:
				w.follows(from, end, depth)
			case ends:
				w.endList(from, end, at, depth)
			case !w.take(from, end, length, false):
				w.group(from, end)
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

// length is how many characters stand from a place of the sequence on, to the end of the word.
func (w *walker) length(at int32) (n int32) {
	for ; !w.final[w.sequence[at]]; at++ {
		n += w.phrases.size(w.sequence[at])
	}
	return n + w.phrases.size(w.sequence[at])
}

// start gives where the text of an entry begins: in the text of the phrases, or in their sequence.
func (w *walker) start(place int32) int32 {
	if w.inner == nil {
		return w.order[place]
	}
	return place
}

// ends tells whether the word ends that many characters behind a place, where not all
// suffixes in hand are one to the end of a phrase.
func (w *walker) ends(at, n int32) bool {
	if w.inner != nil {
		return w.phrases.text[at+n] == 0
	}
	for ; !w.final[w.sequence[at]]; at++ {
		if n -= w.phrases.size(w.sequence[at]); n < 0 {
			return false
		}
	}
	return n == w.phrases.size(w.sequence[at])
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
func (w *walker) take(from, to int, length int32, end bool) bool {
	l := &w.leaf
	places, pages, last := l.places, l.pages, int32(-1)
	for k := from; k < to; k++ {
		for _, n := range w.holding(k) {
			if n == last {
				continue
			}
			last = n
			uses := w.uses(n)
			if len(uses) > few {
				return false
			}
		uses:
			for _, u := range uses {
				fresh := true
				for i := range places {
					if p := places[i]; p.page() == u.page() {
						fresh = false
						if p.part() == u.part() && p >= u {
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
	}
	l.places, l.pages = places, pages
	if l.branches++; l.branches == 1 {
		l.entry = entry{at: w.start(w.places[from]), length: length, end: end}
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
		slices.SortFunc(l.places, func(a, b use) int { return cmp.Compare(a^(1<<classBits-1), b^(1<<classBits-1)) })
		l.places = slices.CompactFunc(l.places, func(a, b use) bool { return a>>classBits == b>>classBits })
	}
	l.from = int32(len(w.values))
	if l.branches > 1 {
		w.values = append(w.values, '*')
	}
	slashes := 0
	for class := range classes {
		for _, p := range l.places {
			if p.class() != class {
				continue
			}
			for ; slashes < int(class); slashes++ {
				w.values = append(w.values, '/')
			}
			w.values = append(w.values, w.ids[int(p.page())*w.width:][:w.width]...)
			if p.part() > 0 {
				w.values = append(w.values, '.', alphabet[p.part()])
			}
		}
	}
	l.to = int32(len(w.values))
	w.add(l.entry, 0)
	l.branches, l.pages, l.places = 0, 0, l.places[:0]
}

func (w *walker) add(e entry, more int) {
	w.entries = append(w.entries, e)
	w.size += 6 + int(e.to-e.from) + more
}

// endList adds the entry of a word that ends at the end of some suffixes, with the list of
// all pages that hold any of them as its value; of a long list, its key.
func (w *walker) endList(from, to int, at, length int32) {
	w.turn++
	w.gather(from, to)
	w.hold()
	w.best()
	start, more := len(w.values), 0
	w.values = append(w.values, '=')
	w.list()
	w.held.clear()
	if len(w.values)-start == 1+listKey {
		more = shardMean // that has the list
	}
	w.add(entry{at: at, length: length, end: true, from: int32(start), to: int32(len(w.values))}, more)
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
		for _, n := range w.holding(k) {
			if w.turns[n] != w.turn {
				w.turns[n] = w.turn
				w.blocks = append(w.blocks, n)
			}
		}
	}
}

// hold takes up the pages of the blocks.
func (w *walker) hold() {
	for _, n := range w.blocks {
		uses := w.uses(n)
		if len(uses) == few+1 {
			if wide, is := w.wide[n]; is {
				w.held.join(wide)
				continue
			}
		}
		for _, u := range uses {
			w.held.add(u)
		}
	}
}

// best leaves each page in its best place alone.
func (w *walker) best() {
	for i, best := range w.held[title] {
		w.held[heading][i] &^= best
		w.held[body][i] &^= best | w.held[heading][i]
	}
}

// list appends the list of the pages to the values; of a long one, its key.
func (w *walker) list() {
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
}

// number writes a number in five bits a character.
func number(to []byte, n uint32) []byte {
	for ; n > 31; n >>= 5 {
		to = append(to, alphabet[n&31|32])
	}
	return append(to, alphabet[n])
}

// write gives the lines of the entries to add, each head before its own. The error is that
// of add.
func (w *walker) write(add func(key, value []byte, weight int) error) error {
	slices.SortStableFunc(w.heads, func(a, b head) int { return cmp.Or(cmp.Compare(a.before, b.before), cmp.Compare(a.length, b.length)) })
	heads := w.heads
	for i := range w.entries {
		for ; len(heads) > 0 && heads[0].before == i; heads = heads[1:] {
			if err := w.line(&heads[0].entry, add); err != nil {
				return err
			}
		}
		if err := w.line(&w.entries[i], add); err != nil {
			return err
		}
	}
	return nil
}

// line gives the line of an entry, or those of its tail.
func (w *walker) line(e *entry, add func(key, value []byte, weight int) error) error {
	w.key = w.key[:0]
	if w.inner != nil {
		w.key = w.append(append(w.key, 'e'), e.at, e.length)
	} else {
		for at, n := e.at, e.length; n > 0; at++ {
			phrase := w.sequence[at]
			size := min(n, w.phrases.size(phrase))
			w.key = w.append(w.key, w.begins[phrase], size)
			n -= size
		}
	}
	if e.end {
		w.key = append(w.key, ' ')
	}
	if !e.tail {
		return add(w.key, w.values[e.from:e.to], int(e.to-e.from))
	}
	return w.tails[e.from].write(w.key, add)
}

// append appends characters of the text.
func (p *phrases) append(to []byte, at, n int32) []byte {
	for _, r := range p.text[at : at+n] {
		to = utf8.AppendRune(to, p.characters[r])
	}
	return to
}
