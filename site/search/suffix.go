package search

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
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

// use is a block as it stands in a page.
type use struct {
	page  int32
	class class
	part  uint8
}

// corpus is the text of all pages, each block once.
type corpus struct {
	documents  []document
	numbers    []uint32         // of the documents
	unique     []string         // of the blocks
	used       []use            // by block, then by page
	first      []int32          // of each block among the used
	wide       map[int32]spread // of the blocks that stand in many pages
	inPage     [][]int32
	characters []rune   // by rank, in the order of UTF-16; that of 0 ends a word
	text       []uint16 // of the blocks, folded, as ranks; 0 after each word
	owner      []int32  // the block of every 16th place of the text
	begins     []int32  // where each block begins in the text
}

// spread is the pages of something, a bit each, by the class of its place there.
type spread [classes][]uint64

func newSpread(pages int) (s spread) {
	for class := range s {
		s[class] = make([]uint64, pages/64+1)
	}
	return s
}

func (s spread) add(u use) { s[u.class][u.page/64] |= 1 << (u.page % 64) }

// many tells whether uses are so many that a spread of them is shorter.
func (c *corpus) many(uses []use) bool { return len(uses) > max(few, len(c.documents)/16) }

// uses gives the uses of a block, by page.
func (c *corpus) uses(n int32) []use { return c.used[c.first[n]:c.first[n+1]] }

// common tells whether a block stands in more than a few pages.
func (c *corpus) common(n int32) bool { return len(c.uses(n)) > few }

func newCorpus(texts *Texts, documents []document) *corpus {
	c := &corpus{documents: documents, inPage: make([][]int32, len(documents))}
	known := make([]int32, len(texts.blocks)) // 1 + the number here of each block
	var blocks []int32                        // of the uses
	var uses []use
	var last []int32 // 1 + the last use of each block
	for i := range documents {
		c.numbers = append(c.numbers, documents[i].number)
		for _, b := range documents[i].Text {
			block, class := b>>classBits, class(b&(1<<classBits-1))
			n := known[block] - 1
			if n < 0 {
				n = int32(len(c.unique))
				known[block] = n + 1
				c.unique, last = append(c.unique, texts.blocks[block]), append(last, 0)
			}
			if k := last[n]; k > 0 && uses[k-1].page == int32(i) {
				uses[k-1].class = max(uses[k-1].class, class)
				continue
			}
			blocks, uses = append(blocks, n), append(uses, use{page: int32(i), class: class})
			last[n] = int32(len(uses))
			c.inPage[i] = append(c.inPage[i], n)
		}
	}
	c.first = make([]int32, len(c.unique)+1)
	for _, n := range blocks {
		c.first[n+1]++
	}
	for n := range c.unique {
		c.first[n+1] += c.first[n]
	}
	c.used = make([]use, len(uses))
	next := slices.Clone(c.first)
	for k, n := range blocks {
		c.used[next[n]] = uses[k]
		next[n]++
	}
	c.wide = map[int32]spread{}
	for n := range int32(len(c.unique)) {
		if uses := c.uses(n); c.many(uses) {
			wide := newSpread(len(documents))
			for _, u := range uses {
				wide.add(u)
			}
			c.wide[n] = wide
		}
	}
	c.cut()
	c.rank()
	return c
}

// cut says in which part of the text of its page each block stands.
func (c *corpus) cut() {
	for i, all := range c.inPage {
		total := 0
		for _, n := range all {
			if !c.common(n) {
				total += len(c.unique[n])
			}
		}
		most, size, part := max(partMax, 2*total/maxParts), 0, 0
		for _, n := range all {
			if c.common(n) {
				continue
			}
			if size > 0 && size+len(c.unique[n]) > most && part < maxParts-1 {
				size, part = 0, part+1
			}
			size += len(c.unique[n])
			for k, u := range c.uses(n) {
				if u.page == int32(i) {
					c.uses(n)[k].part = uint8(part)
				}
			}
		}
	}
}

// texts gives the parts of the text of a page: the blocks that are not common.
func (c *corpus) texts(page int) (parts []string) {
	var b strings.Builder
	part := uint8(0)
	for _, n := range c.inPage[page] {
		if c.common(n) {
			continue
		}
		u := c.uses(n)[slices.IndexFunc(c.uses(n), func(u use) bool { return u.page == int32(page) })]
		if u.part != part {
			parts, part = append(parts, b.String()), u.part
			b.Reset()
		}
		if b.Len() > 0 {
			b.WriteByte('\t')
		}
		b.WriteString("  "[:u.class] + c.unique[n])
	}
	if b.Len() > 0 {
		parts = append(parts, b.String())
	}
	return parts
}

// rank writes the text of the blocks as ranks of their characters. Past 65,535
// distinct characters all are as U+FFFD.
func (c *corpus) rank() {
	folded, size := make([]string, len(c.unique)), 0
	ranks := make([]uint16, unicode.MaxRune+1)
	for n, text := range c.unique {
		folded[n] = withUngrouped(Fold(text))
		for _, r := range folded[n] {
			ranks[r] = 1
			size++
		}
		size++
	}
	ranks[' '] = 0
	c.characters = []rune{' '}
	for r, is := range ranks {
		if is > 0 {
			c.characters = append(c.characters, rune(r))
		}
	}
	slices.SortStableFunc(c.characters[1:], func(a, b rune) int { return cmp.Compare(first(a), first(b)) })
	for n, r := range c.characters {
		ranks[r] = uint16(min(n, 1<<16-1))
	}
	c.text = make([]uint16, 0, size+3)
	for n, text := range folded {
		c.begins = append(c.begins, int32(len(c.text)))
		for _, r := range text {
			c.text = append(c.text, ranks[r])
		}
		c.text = append(c.text, 0)
		for len(c.owner)*16 < len(c.text) {
			c.owner = append(c.owner, int32(n))
		}
	}
	c.text = append(c.text, 0, 0, 0) // four can be read from everywhere
}

// first is the first UTF-16 unit of a character.
func first(r rune) rune {
	if high, _ := utf16.EncodeRune(r); high != 0xfffd {
		return high
	}
	return r
}

// block gives the block that a place of the text is in.
func (c *corpus) block(at int32) int32 {
	n := c.owner[at>>4]
	for int(n)+1 < len(c.begins) && c.begins[n+1] <= at {
		n++
	}
	return n
}

// entry is a key of the index: a beginning of a suffix, and its value.
type entry struct {
	at, length int32 // in the text
	end        bool  // the word ends after it
	value      string
}

func (e *entry) write(c *corpus, t *tree) {
	key := make([]byte, 1, 1+3*e.length+1)
	key[0] = 'e'
	for _, rank := range c.text[e.at : e.at+e.length] {
		key = utf8.AppendRune(key, c.characters[rank])
	}
	if e.end {
		key = append(key, ' ')
	}
	t.add(string(key), e.value, len(e.value))
}

// list is a list of pages that entries share.
type list struct{ key, value string }

// suffix is a place of the text with the block that it is in, and the four characters
// from the depth at which suffixes are compared.
type suffix struct {
	next      uint64
	at, block int32
}

// walker makes the entries of all suffixes that begin with one character.
type walker struct {
	*corpus
	entries []entry
	heads   []head   // entries that stand before others
	size    int      // bytes of the entries so far
	leaf    leaf     // in the making
	held    spread   // the pages of the list in the making
	turns   []uint32 // by block, that of the last list that has it
	turn    uint32
	blocks  []int32           // of the list in the making
	lists   map[string]string // by key
	known   map[string]string // their keys, by the blocks that they are of
}

// head is an entry that stands before the one with that number.
type head struct {
	before int
	entry
}

// entries gives all entries in order, and the lists that they share.
func (c *corpus) entries(jobs int) ([]entry, []list) {
	counts := make([]int32, len(c.characters)+1)
	for _, rank := range c.text {
		counts[rank+1]++
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	order, next := make([]int32, len(c.text)), slices.Clone(counts)
	for at, rank := range c.text {
		order[next[rank]] = int32(at)
		next[rank]++
	}
	made := make([][]entry, len(c.characters))
	lists := map[string]string{}
	var mu sync.Mutex
	pool := sync.Pool{New: func() any {
		return &walker{corpus: c, held: newSpread(len(c.documents)), turns: make([]uint32, len(c.unique)), known: map[string]string{}}
	}}
	each.Do(jobs, len(c.characters), func(rank int) error {
		places := order[counts[rank]:counts[rank+1]]
		if rank == 0 || len(places) == 0 {
			return nil
		}
		w := pool.Get().(*walker)
		defer pool.Put(w)
		w.entries, w.heads, w.size, w.lists = nil, nil, 0, map[string]string{}
		group := make([]suffix, len(places))
		for i, at := range places {
			group[i].at, group[i].block = at, c.block(at)
		}
		if w.take(group, 1, false) { // no word is empty
			w.end()
		} else {
			w.group(group, 1, 0)
		}
		made[rank] = w.merged()
		mu.Lock()
		defer mu.Unlock()
		for key, value := range w.lists {
			lists[key] = value
		}
		return nil
	})
	var shared []list
	for key, value := range lists {
		shared = append(shared, list{key, value})
	}
	slices.SortFunc(shared, func(a, b list) int { return strings.Compare(a.key, b.key) })
	return slices.Concat(made...), shared
}

// group makes the entries of suffixes whose first depth characters are the same, and
// that more than a few pages hold. Their next are loaded at every fourth depth;
// loaded tells how many of them are used.
func (w *walker) group(s []suffix, depth int32, loaded int) {
	if loaded == 0 {
		same := true
		for i := range s {
			s[i].next = w.next(s[i].at + depth)
			same = same && s[i].next == s[0].next
		}
		if !same {
			slices.SortFunc(s, func(a, b suffix) int {
				switch {
				case a.next < b.next:
					return -1
				case a.next > b.next:
					return 1
				}
				return 0
			})
		}
	}
	shift := 48 - 16*loaded
	start, size, branches := len(w.entries), w.size, 0
	for from := 0; from < len(s); branches++ {
		c := uint16(s[from].next >> shift)
		to := from + 1
		for to < len(s) && uint16(s[to].next>>shift) == c {
			to++
		}
		child := s[from:to]
		from = to
		ends, length := c == 0, depth+1
		if ends {
			length = depth
		}
		if w.take(child, length, ends) {
			continue
		}
		w.end()
		switch {
		case ends:
			value := w.list(child)
			more := 0
			if len(value) == listKey {
				more = shardMean // that has the list
			}
			w.add(entry{child[0].at, length, true, "=" + value}, more)
		case !w.take(child, length, false):
			w.group(child, length, (loaded+1)%4)
		}
	}
	w.end()
	if branches > 1 && w.size-size > rangeMax {
		w.heads = append(w.heads, head{start, entry{at: s[0].at, length: depth, value: "+" + w.list(s)}})
	}
}

// next gives the four characters at a place, none after the end of the word.
func (w *walker) next(at int32) uint64 {
	t := w.text[at : at+4]
	n := uint64(t[0])<<48 | uint64(t[1])<<32 | uint64(t[2])<<16 | uint64(t[3])
	for i, c := range t {
		if c == 0 {
			return n >> (48 - 16*i) << (48 - 16*i)
		}
	}
	return n
}

// leaf is an entry of the suffixes of a few pages: those of one branch, or of
// several side by side.
type leaf struct {
	entry    // without its value; of the first branch
	branches int
	places   []place
	pages    int
}

// place is a part of a text that holds a suffix.
type place struct {
	page  int32
	part  uint8
	class class
}

// take takes up a branch in the leaf, where it does not become one of more than a few
// pages. The suffixes of the branch have their first characters alike, that many; the
// word may end after them.
func (w *walker) take(s []suffix, length int32, end bool) bool {
	l := &w.leaf
	count, pages := len(l.places), l.pages
	for _, suffix := range s {
		uses := w.uses(suffix.block)
		if len(uses) > few {
			l.places, l.pages = l.places[:count], pages
			return false
		}
	uses:
		for _, u := range uses {
			fresh := true
			for i := range l.places {
				if p := &l.places[i]; p.page == u.page {
					fresh = false
					if p.part == u.part && p.class >= u.class {
						continue uses
					}
				}
			}
			if fresh {
				if l.pages++; l.pages > few {
					l.places, l.pages = l.places[:count], pages
					return false
				}
			}
			l.places = append(l.places, place{u.page, u.part, u.class})
		}
	}
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
		slices.SortFunc(l.places, func(a, b place) int {
			return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.part, b.part), cmp.Compare(b.class, a.class))
		})
		l.places = slices.CompactFunc(l.places, func(a, b place) bool { return a.page == b.page && a.part == b.part })
	}
	value := make([]byte, 0, 4*len(l.places)+3)
	if l.branches > 1 {
		value = append(value, '*')
	}
	slashes := 0
	for class := range classes {
		for _, p := range l.places {
			if p.class != class {
				continue
			}
			for ; slashes < int(class); slashes++ {
				value = append(value, '/')
			}
			value = append(value, w.documents[p.page].id...)
			if p.part > 0 {
				value = append(value, '.', alphabet[p.part])
			}
		}
	}
	l.value = string(value)
	w.add(l.entry, 0)
	l.branches, l.pages, l.places = 0, 0, l.places[:0]
}

func (w *walker) add(e entry, more int) {
	w.entries = append(w.entries, e)
	w.size += 6 + len(e.value) + more
}

// list gives the list of all pages that hold any of the suffixes; of a long one, its
// key.
func (w *walker) list(s []suffix) string {
	w.turn++
	w.blocks = w.blocks[:0]
	for _, suffix := range s {
		if w.turns[suffix.block] != w.turn {
			w.turns[suffix.block] = w.turn
			w.blocks = append(w.blocks, suffix.block)
		}
	}
	var blocks []byte // four bytes each
	if len(w.blocks) < 64 {
		slices.Sort(w.blocks)
		for _, n := range w.blocks {
			blocks = binary.LittleEndian.AppendUint32(blocks, uint32(n))
		}
		if key, is := w.known[string(blocks)]; is {
			return key
		}
	}
	for _, n := range w.blocks {
		uses := w.uses(n)
		if !w.many(uses) {
			for _, u := range uses {
				w.held.add(u)
			}
			continue
		}
		for class, more := range w.wide[n] {
			for i := range more {
				w.held[class][i] |= more[i]
			}
		}
	}
	for i, best := range w.held[title] { // a page stands in its best place alone
		w.held[heading][i] &^= best
		w.held[body][i] &^= best | w.held[heading][i]
	}
	var value []byte
	for class, held := range w.held {
		if class > 0 {
			value = append(value, '/')
		}
		last := uint32(0)
		for i, rest := range held {
			for ; rest != 0; rest &= rest - 1 {
				now := w.numbers[64*i+bits.TrailingZeros64(rest)]
				value = number(value, now-last)
				last = now
			}
		}
		clear(held)
	}
	key := string(value)
	if len(value) > longList {
		h := fnv.New64a()
		h.Write(value)
		key = base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:6])
		w.lists[key] = string(value)
	}
	if blocks != nil {
		w.known[string(blocks)] = key
	}
	return key
}

// number writes a number in five bits a character.
func number(to []byte, n uint32) []byte {
	for ; n > 31; n >>= 5 {
		to = append(to, alphabet[n&31|32])
	}
	return append(to, alphabet[n])
}

// merged gives the entries with the heads before them.
func (w *walker) merged() []entry {
	slices.SortStableFunc(w.heads, func(a, b head) int { return cmp.Or(cmp.Compare(a.before, b.before), cmp.Compare(a.length, b.length)) })
	all := make([]entry, 0, len(w.entries)+len(w.heads))
	done := 0
	for _, h := range w.heads {
		all = append(all, w.entries[done:h.before]...)
		all, done = append(all, h.entry), h.before
	}
	return append(all, w.entries[done:]...)
}
