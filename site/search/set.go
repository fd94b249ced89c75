package search

import (
	"bytes"
	"hash/maphash"
)

// set holds texts, each once, by number.
type set struct {
	text  []byte
	ends  []uint32 // of each in the text
	slots []uint32 // of a hash table: 1 + a number, 0 where it is free
}

var seed = maphash.MakeSeed()

// of gives the text with a number.
func (s *set) of(n uint32) []byte {
	from := uint32(0)
	if n > 0 {
		from = s.ends[n-1]
	}
	return s.text[from:s.ends[n]]
}

// add gives the number of a text.
func (s *set) add(text []byte) uint32 {
	if 2*len(s.ends) >= len(s.slots) {
		s.slots = make([]uint32, max(1<<10, 2*len(s.slots)))
		for n := range s.ends {
			s.slots[s.slot(s.of(uint32(n)))] = uint32(n + 1)
		}
	}
	slot := s.slot(text)
	if s.slots[slot] == 0 {
		s.text = append(s.text, text...)
		s.ends = append(s.ends, uint32(len(s.text)))
		s.slots[slot] = uint32(len(s.ends))
	}
	return s.slots[slot] - 1
}

// slot gives the slot that a text has, or that is free for it.
func (s *set) slot(text []byte) int {
	slot := int(maphash.Bytes(seed, text)) & (len(s.slots) - 1)
	for s.slots[slot] != 0 && !bytes.Equal(s.of(s.slots[slot]-1), text) {
		slot = (slot + 1) & (len(s.slots) - 1)
	}
	return slot
}
