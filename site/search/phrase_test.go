package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestPhrases holds the order of what is said against the texts that say it, for texts of few
// characters and of many.
func TestPhrases(t *testing.T) {
	for _, characters := range []int{3, 30, 9000} {
		t.Run(fmt.Sprint(characters), func(t *testing.T) {
			r := rand.New(rand.NewPCG(9, 9))
			var texts Texts
			var blocks []uint32
			var words [][]string // of each block
			for range 2000 {
				var block []rune
				for range 1 + r.IntN(60) {
					block = append(block, []rune("，。 ＢB𠮷1,\uf900" + strings.Repeat("办", 12))[r.IntN(21)])
					if r.IntN(3) > 0 {
						block = append(block, rune(0x4e00+r.IntN(characters)))
					}
				}
				text := strings.Join(strings.Fields(string(block)), " ")
				if text == "" {
					continue
				}
				blocks = append(blocks, texts.add([]byte(text)))
				own := strings.Fields(Fold(text))
				for _, word := range slices.Clone(own) {
					if other := ungroup(word); other != word {
						own = append(own, other)
					}
				}
				words = append(words, own)
				if got := string(texts.append(nil, blocks[len(blocks)-1])); got != text {
					t.Fatalf("%q is held as %q", text, got)
				}
			}
			p := newPhrases(&texts, blocks, 3, func([]suffix) bool { return true })
			// after gives what stands at a place to the end of the word.
			after := func(at int32) string {
				var text []byte
				for ; ; at++ {
					n := p.sequence[at]
					text = p.append(text, p.begins[n], p.size(n))
					if p.final[n] {
						return string(text)
					}
				}
			}
			said := make([][]string, len(blocks)) // as the phrases say it
			for at := int32(0); int(at) < len(p.sequence); at++ {
				if at == 0 || p.final[p.sequence[at-1]] {
					if word, block := after(at), p.within[p.ranks[at]]; word != "" {
						said[block] = append(said[block], word)
					}
				}
			}
			for n := range blocks {
				if !slices.Equal(said[n], words[n]) {
					t.Fatalf("%q is said as %q", words[n], said[n])
				}
			}
			for k := int32(1); int(k) < len(p.order); k++ {
				a, b := []rune(after(p.order[k-1])), []rune(after(p.order[k]))
				if order := compare(string(a), string(b)); order > 0 || order < 0 != p.differ[k] {
					t.Fatalf("%q comes before %q, differ: %v", string(a), string(b), p.differ[k])
				}
				same := 0
				for same < min(len(a), len(b)) && a[same] == b[same] {
					same++
				}
				if slices.Equal(a, b) {
					same = wholly
				}
				if got := p.alike(k-1, k); int(got) != same {
					t.Fatalf("%q and %q have %d alike", string(a), string(b), got)
				}
			}
			for n := range p.final {
				for at := p.begins[n]; at < p.begins[n+1]; at++ {
					if p.of(at) != int32(n) {
						t.Fatalf("the place %d is in phrase %d, not in %d", at, n, p.of(at))
					}
				}
			}
		})
	}
}
