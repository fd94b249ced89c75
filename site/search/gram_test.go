package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestGrams holds what grams tell of places against the text, for texts of few words and
// of so many that grams become short.
func TestGrams(t *testing.T) {
	for characters, size := range map[int]int32{3: 4, 30: 3, 200: 2, 9000: 1} {
		t.Run(fmt.Sprint(characters), func(t *testing.T) {
			r := rand.New(rand.NewPCG(9, 9))
			var texts Texts
			text := Text{}
			for n := range uint32(3000) {
				var block []rune
				for range 1 + r.IntN(120) {
					block = append(block, rune(0x4e00+r.IntN(characters)))
					if r.IntN(20) == 0 {
						block = append(block, ' ')
					}
				}
				texts.blocks, text = append(texts.blocks, string(block)), append(text, n<<classBits)
			}
			c := newCorpus(&texts, []document{{Page: Page{Text: text}}}, 3, 3)
			written := slices.Clone(c.text)
			g := newGrams(c, 3)
			if g.size != size {
				t.Errorf("grams have %d characters, want %d", g.size, size)
			}
			// after gives the characters at a place that a key tells apart, to the end of the word.
			after := func(at int32) []uint16 {
				n := at
				for n < at+4*size && written[n] != 0 {
					n++
				}
				return written[at:n]
			}
			if !slices.IsSortedFunc(g.order, func(a, b int32) int { return cmp.Compare(g.next(a)>>48, g.next(b)>>48) }) {
				t.Error("the places are not in order")
			}
			for range 100000 {
				a, b := g.order[r.IntN(len(g.order))], g.order[r.IntN(len(g.order))]
				if r.IntN(2) == 0 { // much alike
					k := r.IntN(len(g.order) - 1)
					a, b = g.order[k], g.order[k+1]
				}
				x, y := g.next(a), g.next(b)
				if got, want := cmp.Compare(x, y), slices.Compare(after(a), after(b)); got != want {
					t.Fatalf("%v and %v: %d", after(a), after(b), got)
				}
				same := int32(0)
				for int(same) < min(len(after(a)), len(after(b))) && after(a)[same] == after(b)[same] {
					same++
				}
				if x != y && g.same(x, y) != same {
					t.Fatalf("%v and %v share %d", after(a), after(b), g.same(x, y))
				}
				if ends := g.goes[uint16(x)] == 0; ends != (len(after(a)) < 4*int(size)) {
					t.Fatalf("%v ends: %v", after(a), ends)
				}
			}
		})
	}
}
