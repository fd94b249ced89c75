package privacy

import (
	"bytes"
	"hash/maphash"
	"path"

	"sunshine/site/bureau"
)

// Sketches are the drawings that the command made, and the svg elements in them,
// by a hash that finds them; which they are, their bytes tell. The zero Sketches are none.
type Sketches struct {
	known map[uint64][]byte
	also  *Sketches
}

var sketchSeed = maphash.MakeSeed()

// With gives drawings beside those that there are.
func (s *Sketches) With(drawings [][]byte) Sketches {
	if len(drawings) == 0 && s != nil {
		return *s
	}
	all := Sketches{known: make(map[uint64][]byte, 2*len(drawings)), also: s}
	add := func(d []byte) { all.known[maphash.Bytes(sketchSeed, d)] = d }
	for _, d := range drawings {
		if len(d) == 0 {
			continue
		}
		add(d)
		if start := bytes.Index(d, []byte("<svg")); start > 0 {
			add(d[start : start+element(d[start:])])
		}
	}
	return all
}

// none tells whether there is no drawing.
func (s Sketches) none() bool { return len(s.known) == 0 && (s.also == nil || s.also.none()) }

// holds tells whether some bytes are those of a drawing.
func (s Sketches) holds(d []byte) bool {
	known, found := s.known[maphash.Bytes(sketchSeed, d)]
	return found && bytes.Equal(known, d) || s.also != nil && s.also.holds(d)
}

// are tells whether a file is a drawing as it was made.
func (s Sketches) are(f bureau.File) bool {
	ext := path.Ext(f.Path)
	return !s.none() && (ext == ".svg" || ext == ".js") && s.holds(f.Bytes)
}

// cut is a place of a text, as it was cut, from which so many bytes were taken.
type cut struct{ at, taken int }

// cut gives a page without the drawings in it.
func (s Sketches) cut(page []byte) (rest []byte, cuts []cut) {
	if s.none() || !bytes.Contains(page, []byte("<svg")) {
		return page, nil
	}
	done := 0
	for i := 0; ; {
		start := bytes.Index(page[i:], []byte("<svg"))
		if start < 0 {
			break
		}
		start += i
		n := element(page[start:])
		if n == 0 || !s.holds(page[start:start+n]) {
			i = start + len("<svg")
			continue
		}
		rest = append(append(rest, page[done:start]...), '\n') // digits on both sides are not one number
		cuts = append(cuts, cut{len(rest), n - 1})
		i, done = start+n, start+n
	}
	return append(rest, page[done:]...), cuts
}

// element gives the length of the svg element at the front of a page, with those
// inside it; 0 where it does not end.
func element(page []byte) int {
	for i, depth := 0, 0; ; {
		open, end := bytes.Index(page[i+1:], []byte("<svg")), bytes.Index(page[i+1:], []byte("</svg>"))
		switch {
		case end < 0:
			return 0
		case open >= 0 && open < end:
			i, depth = i+1+open, depth+1
		case depth > 0:
			i, depth = i+1+end, depth-1
		default:
			return i + 1 + end + len("</svg>")
		}
	}
}

// original gives the place in a page of a byte of what was left of it.
func original(cuts []cut, offset int) int {
	moved := offset
	for _, c := range cuts {
		if c.at <= offset {
			moved += c.taken
		}
	}
	return moved
}
