package search

import (
	"slices"

	"sunshine/site/each"
)

// use is a block as it stands in a page: the page above six bits for the part of its text
// and two for the class.
type use uint32

func (u use) page() int32  { return int32(u >> 8) }
func (u use) part() uint8  { return uint8(u) >> classBits }
func (u use) class() class { return class(u & (1<<classBits - 1)) }

// cut sets the part, which is 0.
func (u *use) cut(part int) { *u |= use(part) << classBits }

// corpus is the text of all pages, each block once.
type corpus struct {
	*phrases
	documents []document
	numbers   []uint32 // of the documents
	ids       []byte   // of the documents, one after another
	width     int      // of an id
	source    *Texts
	unique    []uint32         // the number of each block among the texts
	used      []use            // by block, then by page; first those of the blocks that are not common
	spans     [][2]int32       // of each block among the used
	wide      map[int32]spread // of the blocks that stand in many pages
	rare      [][]int32        // the blocks of each page that are not common
}

// spread is the pages of something, a bit each, by the class of its place there; of a
// class without any it may be nil.
type spread [classes][]uint64

func newSpread(pages int) (s spread) {
	for class := range s {
		s[class] = make([]uint64, pages/64+1)
	}
	return s
}

func (s spread) clear() {
	for _, pages := range s {
		clear(pages)
	}
}

// join adds what another holds.
func (s spread) join(other spread) {
	for class, pages := range other {
		for i := range pages {
			s[class][i] |= pages[i]
		}
	}
}

func (s spread) add(u use) { s[u.class()][u.page()/64] |= 1 << (u.page() % 64) }

// many tells whether a spread of so many pages is shorter than a list of them.
func (c *corpus) many(pages int32) bool { return int(pages) > max(few, len(c.documents)/32) }

// uses gives the uses of a block, by page; of one in many pages only that they are more than few.
func (c *corpus) uses(n int32) []use { span := c.spans[n]; return c.used[span[0]:span[1]] }

func newCorpus(texts *Texts, documents []document, width, jobs int) *corpus {
	c := &corpus{source: texts, documents: documents, width: width, rare: make([][]int32, len(documents))}
	known := make([]int32, len(texts.blocks.ends)) // 1 + the number here of each block
	var counts, last []int32                       // of each block, the pages, and 1 + the last of them
	for i := range documents {
		c.numbers, c.ids = append(c.numbers, documents[i].number), append(c.ids, documents[i].id...)
		for b := range documents[i].Text.blocks() {
			n := known[b] - 1
			if n < 0 {
				n = int32(len(c.unique))
				known[b] = n + 1
				c.unique, counts, last = append(c.unique, b), append(counts, 0), append(last, 0)
			}
			if last[n] != int32(i+1) {
				counts[n], last[n] = counts[n]+1, int32(i+1)
			}
		}
	}
	next, rare := int32(0), int32(0)
	c.spans, c.wide = make([][2]int32, len(c.unique)), map[int32]spread{}
	for _, common := range []bool{false, true} {
		for n, count := range counts {
			if count > few != common {
				continue
			}
			c.spans[n] = [2]int32{next, next}
			if c.many(count) {
				count, c.spans[n][1] = few+1, next+few+1
			}
			next += count
		}
		if !common {
			rare = next
		}
	}
	c.used = make([]use, next)
	all := make([]int32, 0, rare)
	for i := range documents {
		start := len(all)
		for b, class := range documents[i].Text.blocks() {
			n, u := known[b]-1, use(i)<<8|use(class)
			if c.many(counts[n]) {
				wide := c.wide[n]
				if wide[u.class()] == nil {
					wide[u.class()] = make([]uint64, len(documents)/64+1)
					c.wide[n] = wide
				}
				wide.add(u)
				continue
			}
			if uses := c.uses(n); len(uses) > 0 && uses[len(uses)-1].page() == int32(i) {
				last := &uses[len(uses)-1]
				*last = max(*last, u)
				continue
			}
			c.used[c.spans[n][1]] = u
			c.spans[n][1]++
			if counts[n] <= few {
				all = append(all, n)
			}
		}
		c.rare[i] = all[start:]
	}
	c.cut()
	c.phrases = newPhrases(texts, c.unique, jobs, c.exceed)
	return c
}

// cut says in which part of the text of its page each block stands.
func (c *corpus) cut() {
	for i, all := range c.rare {
		total := 0
		for _, n := range all {
			total += c.source.size(c.unique[n])
		}
		most, size, part := max(partMax, 2*total/maxParts), 0, 0
		for _, n := range all {
			own := c.source.size(c.unique[n])
			if size > 0 && size+own > most && part < maxParts-1 {
				size, part = 0, part+1
			}
			size += own
			c.in(n, int32(i)).cut(part)
		}
	}
}

// in gives the use of a block in a page that has it.
func (c *corpus) in(n, page int32) *use {
	uses := c.uses(n)
	return &uses[slices.IndexFunc(uses, func(u use) bool { return u.page() == page })]
}

// texts gives the lines of the texts of the pages, some pages at a time, with their numbers.
func (c *corpus) texts(jobs int, take func(i int, l lines) error) error {
	const pages = 256
	free := make(chan *lines, max(jobs, 1))
	for range cap(free) {
		free <- new(lines)
	}
	return each.Do(jobs, (len(c.documents)+pages-1)/pages, func(i int) error {
		l := <-free
		for page := i * pages; page < min(len(c.documents), (i+1)*pages); page++ {
			c.pageTexts(l, int32(page))
		}
		own := l.own()
		free <- l
		return take(i, own)
	})
}

// pageTexts writes the parts of the text of a page: its rare blocks.
func (c *corpus) pageTexts(to *lines, page int32) {
	text, part := make([]byte, 0, 1<<12), uint8(0)
	end := func() {
		if len(text) > 0 {
			to.add([]byte("t"+c.documents[page].id+alphabet[part:part+1]), text, len(text)*3/2)
		}
		text = text[:0]
	}
	for _, n := range c.rare[page] {
		u := *c.in(n, page)
		if u.part() != part {
			end()
			part = u.part()
		}
		if len(text) > 0 {
			text = append(text, '\t')
		}
		text = c.source.append(append(text, "  "[:u.class()]...), c.unique[n])
	}
	end()
}

// handful is a few pages.
type handful struct {
	pages [few]int32
	n     int
}

// exceeded tells whether the pages of a block are too many more.
func (h *handful) exceeded(uses []use) bool {
	if len(uses) > few {
		return true
	}
	for _, u := range uses {
		if !slices.Contains(h.pages[:h.n], u.page()) {
			if h.n == few {
				return true
			}
			h.pages[h.n] = u.page()
			h.n++
		}
	}
	return false
}

// exceed tells whether more than a few pages hold any of some suffixes of the sequence.
func (c *corpus) exceed(s []suffix) bool {
	var h handful
	for k := range s {
		if (k == 0 || s[k].in != s[k-1].in) && h.exceeded(c.uses(s[k].in)) {
			return true
		}
	}
	return false
}

// exceedPhrases tells it of suffixes of phrases.
func (c *corpus) exceedPhrases(s []suffix) bool {
	var h handful
	for k := range s {
		last := int32(-1)
		for _, n := range c.within[c.first[s[k].in]:c.first[s[k].in+1]] {
			if n != last && h.exceeded(c.uses(n)) {
				return true
			}
			last = n
		}
	}
	return false
}
