package search

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sync"
)

// tail is what begins behind the end of some phrases: the lines of its entries, as they
// are behind each end that just these phrases have.
type tail struct {
	once sync.Once
	text []byte // of each line how many bytes of its key are as in the one before, how many follow, and how many its value has; then those
	size int    // bytes of the entries
}

// follows makes the entry of a tail, that of the phrases at some places, that many
// characters before the end of each.
func (w *walker) follows(from, to int, length int32) {
	var set hashes
	for _, phrase := range w.in[from:to] {
		set.add(phrase)
	}
	t := w.shared.tail(set)
	t.once.Do(func() { w.inner.follow(t, w.in[from:to]) })
	w.entries = append(w.entries, entry{at: w.places[from], length: length, from: int32(len(w.tails)), tail: true})
	w.tails = append(w.tails, t)
	w.size += t.size
}

// follow makes the tail of some phrases.
func (w *walker) follow(t *tail, phrases []int32) {
	size := 0
	for _, phrase := range phrases {
		size += int(w.first[phrase+1] - w.first[phrase])
	}
	w.places, w.alike = slices.Grow(w.places[:0], size), slices.Grow(w.alike[:0], size)
	ends := w.final[phrases[0]]
	for _, phrase := range phrases {
		for k := w.first[phrase]; k < w.first[phrase+1]; k++ {
			if ends {
				w.places = append(w.places, k)
			} else {
				w.places = append(w.places, w.ranks[w.order[k]+1])
			}
		}
	}
	w.empty()
	if ends {
		w.endList(0, len(w.places), 0, 0)
	} else {
		slices.Sort(w.places)
		for k, n := range w.places {
			alike := int32(wholly)
			if k > 0 {
				alike = w.phrases.alike(w.places[k-1], n)
			}
			w.alike = append(w.alike, alike)
		}
		w.group(0, len(w.places))
	}
	w.tail = w.tail[:0]
	var last []byte
	w.write(func(key, value []byte, _ int) error {
		same := common(last, key)
		w.tail = binary.AppendUvarint(w.tail, uint64(same))
		w.tail = binary.AppendUvarint(w.tail, uint64(len(key)-same))
		w.tail = binary.AppendUvarint(w.tail, uint64(len(value)))
		w.tail = append(append(w.tail, key[same:]...), value...)
		last = append(last[:same], key[same:]...)
		return nil
	})
	t.text, t.size = bytes.Clone(w.tail), w.size
}

// write gives the lines to add, each with its key behind a beginning. The error is that of add.
func (t *tail) write(key []byte, add func(key, value []byte, weight int) error) error {
	begins := len(key)
	for text := t.text; len(text) > 0; {
		var sizes [3]int
		for i := range sizes {
			n, size := binary.Uvarint(text)
			sizes[i], text = int(n), text[size:]
		}
		rest, value := text[:sizes[1]], text[sizes[1]:][:sizes[2]]
		key = append(key[:begins+sizes[0]], rest...)
		if err := add(key, value, len(value)); err != nil {
			return err
		}
		text = text[len(rest)+len(value):]
	}
	return nil
}

// tail gives the tail of some phrases.
func (l *shared) tail(set hashes) *tail {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tails[set] == nil {
		l.tails[set] = new(tail)
	}
	return l.tails[set]
}

// hashes stand for a set of phrases. With 128 bits, no two sets have the same.
type hashes [2]uint64

// seeds are those of the two hashes.
var seeds = [...]uint64{0x9e3779b97f4a7c15, 0xd1b54a32d192ed03}

// add takes up a phrase, in any order.
func (h *hashes) add(phrase int32) {
	for i, seed := range seeds {
		h[i] += mix(uint64(phrase+1) * seed)
	}
}

// mix is that of SplitMix64.
func mix(n uint64) uint64 {
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}
