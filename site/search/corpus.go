package search

import (
	"slices"

	"sunshine/site/each"
)

// use is a block as it stands in a page.
type use struct {
	page  int32
	class class
	part  uint8
}

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
	inPage    [][]int32        // the blocks of each page
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

func (s spread) add(u use) { s[u.class][u.page/64] |= 1 << (u.page % 64) }

// many tells whether uses are so many that a spread of them is shorter.
func (c *corpus) many(uses []use) bool { return len(uses) > max(few, len(c.documents)/32) }

// uses gives the uses of a block, by page.
func (c *corpus) uses(n int32) []use { span := c.spans[n]; return c.used[span[0]:span[1]] }

// common tells whether a block stands in more than a few pages.
func (c *corpus) common(n int32) bool { return len(c.uses(n)) > few }

func newCorpus(texts *Texts, documents []document, width, jobs int) *corpus {
	c := &corpus{source: texts, documents: documents, width: width, inPage: make([][]int32, len(documents))}
	known := make([]int32, len(texts.blocks.ends)) // 1 + the number here of each block
	total := 0
	for i := range documents {
		total += len(documents[i].Text)
	}
	uses, blocks := make([]use, 0, total), make([]int32, 0, total) // blocks has those of the uses
	var last []int32                                               // 1 + the last use of each block
	starts := make([]int, len(documents)+1)
	for i := range documents {
		c.numbers, c.ids = append(c.numbers, documents[i].number), append(c.ids, documents[i].id...)
		for _, b := range documents[i].Text {
			block, class := b>>classBits, class(b&(1<<classBits-1))
			n := known[block] - 1
			if n < 0 {
				n = int32(len(c.unique))
				known[block] = n + 1
				c.unique, last = append(c.unique, block), append(last, 0)
			}
			if k := last[n]; k > 0 && uses[k-1].page == int32(i) {
				uses[k-1].class = max(uses[k-1].class, class)
				continue
			}
			blocks, uses = append(blocks, n), append(uses, use{page: int32(i), class: class})
			last[n] = int32(len(uses))
		}
		starts[i+1] = len(blocks)
	}
	for i := range documents {
		c.inPage[i] = blocks[starts[i]:starts[i+1]]
	}
	counts := make([]int32, len(c.unique))
	for _, n := range blocks {
		counts[n]++
	}
	next := int32(0)
	c.spans = make([][2]int32, len(c.unique))
	for _, common := range []bool{false, true} {
		for n, count := range counts {
			if count > few == common {
				c.spans[n] = [2]int32{next, next}
				next += count
			}
		}
	}
	c.used = make([]use, len(uses))
	for k, n := range blocks {
		c.used[c.spans[n][1]] = uses[k]
		c.spans[n][1]++
	}
	c.wide = map[int32]spread{}
	for n := range int32(len(c.unique)) {
		if uses := c.uses(n); c.many(uses) {
			var wide spread
			for _, u := range uses {
				if wide[u.class] == nil {
					wide[u.class] = make([]uint64, len(documents)/64+1)
				}
				wide.add(u)
			}
			c.wide[n] = wide
		}
	}
	c.cut()
	c.phrases = newPhrases(texts, c.unique, jobs, c.exceed)
	return c
}

// cut says in which part of the text of its page each block stands.
func (c *corpus) cut() {
	for i, all := range c.inPage {
		total := 0
		for _, n := range all {
			if !c.common(n) {
				total += c.source.size(c.unique[n])
			}
		}
		most, size, part := max(partMax, 2*total/maxParts), 0, 0
		for _, n := range all {
			if c.common(n) {
				continue
			}
			own := c.source.size(c.unique[n])
			if size > 0 && size+own > most && part < maxParts-1 {
				size, part = 0, part+1
			}
			size += own
			for k, u := range c.uses(n) {
				if u.page == int32(i) {
					c.uses(n)[k].part = uint8(part)
				}
			}
		}
	}
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

// pageTexts writes the parts of the text of a page: the blocks that are not common.
func (c *corpus) pageTexts(to *lines, page int32) {
	text, part := make([]byte, 0, 1<<12), uint8(0)
	end := func() {
		if len(text) > 0 {
			to.add([]byte("t"+c.documents[page].id+alphabet[part:part+1]), text, len(text)*3/2)
		}
		text = text[:0]
	}
	for _, n := range c.inPage[page] {
		if c.common(n) {
			continue
		}
		u := c.uses(n)[slices.IndexFunc(c.uses(n), func(u use) bool { return u.page == page })]
		if u.part != part {
			end()
			part = u.part
		}
		if len(text) > 0 {
			text = append(text, '\t')
		}
		text = c.source.append(append(text, "  "[:u.class]...), c.unique[n])
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
		if !slices.Contains(h.pages[:h.n], u.page) {
			if h.n == few {
				return true
			}
			h.pages[h.n] = u.page
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
