package search

import (
	"cmp"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"sunshine/site/each"
)

// phrases is the text of blocks, folded, as a sequence of phrases: pages say much the same
// in much the same phrases, so that each phrase stands here once. A phrase ends with the first
// character that is no letter and no digit, or with the end of its word. So no phrase, and no
// ending of one, is the beginning of another.
type phrases struct {
	characters []rune  // by rank, in the order of UTF-16; that of 0 ends a word
	text       []int32 // of the phrases in order, as ranks; 0 after each; two more can be read
	begins     []int32 // where each phrase begins in the text; at the end the size of all
	owner      []int32 // the phrase of every 16th place of the text
	final      []bool  // of a phrase: its word ends behind it; that is all that phrase 0 says

	sequence []int32 // the phrases of all blocks
	order    []int32 // the places of the sequence, sorted by what stands there
	differ   []bool  // of a place in order: what stands there differs from what stands at the one before; not where a few pages have both
	within   []int32 // of the places in order, the block
	ranks    []int32 // of each place, in the order
	first    []int32 // of each phrase, in the order; at the end the size of all
}

// phrasesOf cuts a text into its phrases.
func phrasesOf(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for from, at := 0, 0; at < len(text); {
			separate := false
			if at+2 < len(text) && 0xe4 <= text[at] && text[at] <= 0xe9 && text[at+1]&text[at+2]&0xc0 == 0x80 && (text[at+1]|text[at+2])&0x40 == 0 {
				at += 3 // most characters
			} else {
				r, size := utf8.DecodeRune(text[at:])
				separate = separates(foldRune(r))
				at += size
			}
			if separate || at == len(text) {
				if !yield(text[from:at]) {
					return
				}
				from = at
			}
		}
	}
}

// separates tells whether a phrase ends with a folded character.
func separates(r rune) bool {
	switch {
	case '䀀' <= r && r <= '鿿' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return false
	case r < 0x80:
		return true
	}
	return !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark)
}

// dictionary holds phrases in the order in which they are met.
type dictionary struct {
	texts  *Texts
	known  []int32 // 1 + the number here, by that of the texts
	text   []rune  // 0 after each
	begins []int32
	final  []bool
	comma  []bool // a comma after a digit ends it
	all    []int32
}

// add takes up a phrase of the texts.
func (d *dictionary) add(phrase uint32) {
	if int(phrase) >= len(d.known) {
		d.known = append(d.known, make([]int32, len(d.texts.phrases.ends)-len(d.known))...)
	}
	n := d.known[phrase] - 1
	if n < 0 {
		n = int32(len(d.begins))
		d.known[phrase] = n + 1
		d.begins = append(d.begins, int32(len(d.text)))
		from := len(d.text)
		for _, r := range string(d.texts.phrases.of(phrase)) {
			d.text = append(d.text, foldRune(r))
		}
		folded := d.text[from:]
		last := folded[len(folded)-1]
		if last == ' ' {
			d.text = d.text[:len(d.text)-1]
		}
		d.final = append(d.final, last == ' ' || !separates(last))
		d.comma = append(d.comma, last == ',' && digits(string(folded[max(0, len(folded)-2):])) == 1)
		d.text = append(d.text, 0)
	}
	d.all = append(d.all, n)
}

// end ends a word.
func (d *dictionary) end() {
	if !d.final[d.all[len(d.all)-1]] {
		d.all = append(d.all, 0)
	}
}

// newPhrases makes the phrases of blocks, each with its number among those of the texts.
// exceed tells whether more than a few pages hold any of some blocks.
func newPhrases(texts *Texts, blocks []uint32, jobs int, exceed func(some []suffix) bool) *phrases {
	d := &dictionary{texts: texts, known: make([]int32, len(texts.phrases.ends)), text: []rune{0}, begins: []int32{0}, final: []bool{true}, comma: []bool{false}}
	size := 0
	for _, block := range blocks {
		for range texts.sequence(block) {
			size++
		}
	}
	d.all = make([]int32, 0, size+len(blocks))
	starts := make([]int32, len(blocks)+1)
	for n, block := range blocks {
		grouped := false
		for phrase := range texts.sequence(block) {
			d.add(phrase)
			grouped = grouped || d.comma[d.all[len(d.all)-1]]
		}
		d.end()
		if grouped { // both are found
			for word := range strings.FieldsSeq(Fold(string(texts.append(nil, block)))) {
				if other := ungroup(word); other != word {
					for phrase := range phrasesOf([]byte(other)) {
						d.add(texts.phrases.add(phrase))
					}
					d.end()
				}
			}
		}
		starts[n+1] = int32(len(d.all))
	}
	p := &phrases{sequence: d.all}
	p.number(d)
	p.sort(starts, jobs, exceed)
	return p
}

// number gives the phrases numbers in their order.
func (p *phrases) number(d *dictionary) {
	all := map[rune]bool{}
	var near [1 << 16 >> 6]uint64 // those of the first plane
	for _, r := range d.text {
		if r < 1<<16 {
			near[r>>6] |= 1 << (r & 63)
		} else {
			all[r] = true
		}
	}
	for at, word := range near {
		for ; word != 0; word &= word - 1 {
			all[rune(64*at+bits.TrailingZeros64(word))] = true
		}
	}
	delete(all, 0)
	p.characters = append([]rune{' '}, slices.SortedFunc(maps.Keys(all), func(a, b rune) int { return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(a, b)) })...)
	ranks := make([]int32, slices.Max(p.characters)+1)
	for n, r := range p.characters {
		ranks[r] = int32(n)
	}
	text := append(d.text, 0, 0)
	for at, r := range text {
		text[at] = ranks[r]
	}
	order := newTextSorter(text, func([]suffix) bool { return true })
	order.empty(len(d.begins))
	for n, at := range d.begins {
		order.suffixes[n].at, order.suffixes[n].in = at, int32(n)
	}
	differ := make([]bool, len(d.begins))
	order.sort(0, len(d.begins), 0, func(k int, _ int32, _, _ uint64) { differ[k] = true })
	numbers := make([]int32, len(d.begins))
	p.text = make([]int32, 0, len(text))
	for k, s := range order.suffixes {
		if k == 0 || differ[k] {
			p.begins, p.final = append(p.begins, int32(len(p.text))), append(p.final, d.final[s.in])
			size := slices.Index(text[s.at:], 0)
			p.text = append(p.text, text[s.at:][:size+1]...)
		}
		numbers[s.in] = int32(len(p.begins) - 1)
	}
	for i, n := range p.sequence {
		p.sequence[i] = numbers[n]
	}
	p.begins = append(p.begins, int32(len(p.text)))
	p.owner = make([]int32, len(p.text)/16+1)
	for n := range p.final {
		for at := (p.begins[n] + 15) / 16; at*16 < p.begins[n+1]; at++ {
			p.owner[at] = int32(n)
		}
	}
	p.text = append(p.text, 0, 0)
}

// characterBits are those of a character in a key.
const characterBits = 21

// newTextSorter gives what sorts places of a text by what stands there to the end of the phrase.
func newTextSorter(text []int32, exceed func(some []suffix) bool) *sorter {
	return &sorter{size: 3, exceed: exceed,
		key: func(at int32) (key uint64) {
			for k, r := range text[at : at+3] {
				if r == 0 {
					break
				}
				key |= uint64(r) << (characterBits * (2 - k))
			}
			return key
		},
		ends: func(key uint64) bool { return key&(1<<characterBits-1) == 0 },
	}
}

// sameCharacters tells how many characters two different keys have alike at their beginning.
func sameCharacters(a, b uint64) int32 {
	return int32(bits.LeadingZeros64(a^b)-(64-3*characterBits)) / characterBits
}

// sort puts the places of the sequence in order; starts are those of the blocks.
func (p *phrases) sort(starts []int32, jobs int, exceed func(some []suffix) bool) {
	size := len(p.sequence)
	p.order, p.within, p.differ, p.ranks = make([]int32, size), make([]int32, size), make([]bool, size), make([]int32, size)
	p.first = make([]int32, len(p.final)+1)
	for _, n := range p.sequence {
		p.first[n+1]++
	}
	for n := range p.final {
		p.first[n+1] += p.first[n]
	}
	next := slices.Clone(p.first)
	for block := range starts[1:] {
		for at := starts[block]; at < starts[block+1]; at++ {
			k := &next[p.sequence[at]]
			p.order[*k], p.within[*k] = at, int32(block)
			*k++
		}
	}
	free := make(chan *sorter, max(jobs, 1))
	for range cap(free) {
		free <- &sorter{size: 2, exceed: exceed,
			key: func(at int32) uint64 {
				n := p.sequence[at]
				if p.final[n] {
					return uint64(n) << 32
				}
				return uint64(n)<<32 | uint64(p.sequence[at+1])
			},
			ends: func(key uint64) bool { return p.final[key>>32] || p.final[uint32(key)] },
		}
	}
	each.Do(jobs, len(p.final), func(n int) error {
		from, to := p.first[n], p.first[n+1]
		if !p.final[n] && to-from > 1 {
			o := <-free
			o.empty(int(to - from))
			for k := range o.suffixes {
				o.suffixes[k].at, o.suffixes[k].in = p.order[from+int32(k)], p.within[from+int32(k)]
			}
			o.sort(0, len(o.suffixes), 1, func(k int, _ int32, _, _ uint64) { p.differ[from+int32(k)] = true })
			for k, s := range o.suffixes {
				p.order[from+int32(k)], p.within[from+int32(k)] = s.at, s.in
			}
			free <- o
		}
		for k := from; k < to; k++ {
			p.differ[k] = p.differ[k] || k == from
			p.ranks[p.order[k]] = k
		}
		return nil
	})
}

// size is how many characters a phrase has.
func (p *phrases) size(n int32) int32 { return p.begins[n+1] - p.begins[n] - 1 }

// of gives the phrase that a place of the text is in.
func (p *phrases) of(at int32) int32 {
	n := p.owner[at>>4]
	for p.begins[n+1] <= at {
		n++
	}
	return n
}

// alike tells how many characters what stands at two places in order, the first before the
// second, has alike; wholly where nothing tells them apart.
func (p *phrases) alike(a, b int32) (n int32) {
	if slices.Index(p.differ[a+1:b+1], true) < 0 {
		return wholly
	}
	x, y := p.sequence[p.order[a]:], p.sequence[p.order[b]:]
	for k := range x {
		if x[k] != y[k] {
			return n + p.same(p.begins[x[k]], p.begins[y[k]])
		}
		n += p.size(x[k])
	}
	return n
}

// same tells how many characters are alike from two places of the text on, to the end of
// a phrase.
func (p *phrases) same(a, b int32) (n int32) {
	for p.text[a+n] == p.text[b+n] {
		if p.text[a+n] == 0 {
			return wholly
		}
		n++
	}
	return n
}

// first is the first UTF-16 unit of a character.
func first(r rune) rune {
	if high, _ := utf16.EncodeRune(r); high != 0xfffd {
		return high
	}
	return r
}
