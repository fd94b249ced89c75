package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/each"
)

// The bytes of a shard. Between the least and the most it ends where the hash of a
// key says so.
const (
	shardMin  = 4 << 10
	shardMean = 4 << 10 // from the least on
	shardMax  = 10 << 10
	above     = 4 // the shards of the first level above the keys are so much smaller: a query loads many
)

// lines are some lines of a level, one after another, as they are written where they
// are all in one shard.
type lines struct {
	above bool // they are those of the first level above the keys
	text  []byte
	each  []line
	key   []byte   // of the last
	sums  []prefix // of it, by length
}

// line is one.
type line struct {
	size, rest int32 // in bytes, and of them the rest of the key
	weight     int32
	shared     uint8 // bytes of the key that stand in the one before
	border     bool  // a shard that is large enough ends before it
}

// prefix is what is known of a beginning of a key.
type prefix struct {
	hash  uint32
	units int32 // in UTF-16
}

// add takes up the next key. Keys come in the order of compare. The weight is how
// many bytes the value has in the end, about.
func (l *lines) add(key, value []byte, weight int) {
	same := common(l.key, key)
	if len(l.sums) == 0 {
		l.sums = append(l.sums, prefix{hash: 2166136261})
	}
	sum := l.sums[same]
	l.sums = l.sums[:same+1]
	for _, b := range key[same:] {
		sum.hash = (sum.hash ^ uint32(b)) * 16777619 // FNV-1a
		if b&0xc0 != 0x80 {
			sum.units++
		}
		if b >= 0xf0 {
			sum.units++
		}
		l.sums = append(l.sums, sum)
	}
	shared := whole(key, same)
	for l.sums[shared].units > 63 {
		shared = whole(key, shared-1)
	}
	weight += 2 + len(key) - same
	if l.above {
		weight *= above
	}
	size := len(l.text)
	l.text = append(l.text, alphabet[l.sums[shared].units])
	l.text = append(l.text, key[shared:]...)
	l.text = append(l.text, '\t')
	l.text = append(l.text, value...)
	l.text = append(l.text, '\n')
	l.each = append(l.each, line{int32(len(l.text) - size), int32(len(key) - shared), int32(weight), uint8(shared), border(sum.hash, weight)})
	l.key = append(l.key[:same], key[same:]...)
}

// border tells whether a shard ends before a key, by its hash; the heavier, the more
// likely.
func border(hash uint32, weight int) bool {
	return float64(hash*2654435761) < float64(weight)/shardMean*math.MaxUint32
}

// full tells whether the lines are so many that they are handed on.
func (l *lines) full() bool { return len(l.text) >= 1<<16 }

// own gives the lines in memory of their own, and empties these.
func (l *lines) own() lines {
	own := lines{above: l.above, text: bytes.Clone(l.text), each: slices.Clone(l.each)}
	l.text, l.each, l.key, l.sums = l.text[:0], l.each[:0], l.key[:0], l.sums[:0]
	return own
}

// after writes a line of these lines after a key, as it is written where that stands in
// the same shard; after none, as the first of a shard.
func (l *lines) after(last, key, value []byte, weight int) ([]byte, line) {
	if l.above {
		weight /= above
	}
	two := lines{above: l.above}
	two.add(last, nil, 0)
	two.add(key, value, weight-2-len(key))
	return two.text[two.each[0].size:], two.each[1]
}

// shard is one of a level.
type shard struct {
	number int
	least  string   // the key for it in the level above
	parts  [][]byte // its lines
}

func (s *shard) put(text []byte) {
	if len(text) > 0 {
		s.parts = append(s.parts, text)
	}
}

// level cuts its lines into shards as they come.
type level struct {
	number int
	count  int    // of the shards, with the open one
	open   *shard // the last, which the next lines may belong to; nil before there is one
	weight int    // of it
	last   []byte // key
}

// cut takes up the next lines, and gives the shards that they end.
func (v *level) cut(l lines) (done []*shard) {
	from, at := 0, 0 // what is in shards of the lines, and what is seen
	for k, line := range l.each {
		start, rest := at, l.text[at+1:at+1+int(line.rest)]
		at += int(line.size)
		if k > 0 && !ends(v.weight, line) {
			v.weight += int(line.weight)
			v.last = append(v.last[:line.shared], rest...)
			continue
		}
		key, value := slices.Concat(v.last[:line.shared], rest), l.text[start+2+len(rest):at-1]
		var text []byte
		if k == 0 && len(v.last) > 0 {
			text, line = l.after(v.last, key, value, int(line.weight))
		}
		if v.open != nil {
			v.open.put(l.text[from:start])
		}
		if v.open == nil || ends(v.weight, line) {
			if v.open != nil {
				done = append(done, v.open)
			}
			least := key
			if v.number == 0 { // as much of it as is above the key before
				least = key[:whole(key, min(len(key), common(v.last, key)+utf8.UTFMax))]
			}
			v.open, v.weight = &shard{number: v.count, least: string(least)}, 0
			v.count++
			text, _ = l.after(nil, key, value, 0)
		}
		v.open.put(text)
		from, v.last = at, key
		v.weight += int(line.weight)
	}
	if v.open != nil {
		v.open.put(l.text[from:])
	}
	return done
}

// ends tells whether a shard of some weight ends before a line.
func ends(weight int, next line) bool {
	return weight >= shardMin && next.border || weight > 0 && weight+int(next.weight) > shardMax
}

// common is how many bytes two keys share at their beginning.
func common(a, b []byte) int {
	n := 0
	for ; n+8 <= len(a) && n+8 <= len(b); n += 8 {
		if differ := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
	}
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// whole is n or, where that is within a character, the place of its beginning.
func whole(text []byte, n int) int {
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

// tree makes the files of the index of lines that come in some order, and hands each on as
// soon as it is made: only the lines that come before their turn are held.
type tree struct {
	keep func(bureau.File) (bureau.File, error)

	mu      sync.Mutex
	level   level // that of the keys themselves
	next    int   // the lines whose turn it is
	waiting map[int][]lines
	whole   map[int]bool    // no more lines come with a number
	made    map[string]bool // names
	files   []bureau.File
	names   []string // of the shards
	least   []string // the keys for them in the level above
}

func newTree(keep func(bureau.File) (bureau.File, error)) *tree {
	return &tree{keep: keep, waiting: map[int][]lines{}, whole: map[int]bool{}, made: map[string]bool{}}
}

// take takes up lines with a number; all numbers from 0 come, each with several lines where
// more follow. The lines may be used by nobody else any more. Several goroutines may give
// some at a time, each with a number of its own.
func (t *tree) take(number int, l lines, more bool) error {
	t.mu.Lock()
	t.waiting[number] = append(t.waiting[number], l)
	t.whole[number] = !more
	var done []*shard
	for len(t.waiting[t.next]) > 0 {
		for _, l := range t.waiting[t.next] {
			done = append(done, t.level.cut(l)...)
		}
		delete(t.waiting, t.next)
		if !t.whole[t.next] {
			break
		}
		delete(t.whole, t.next)
		t.next++
	}
	t.mu.Unlock()
	for _, s := range done {
		if err := t.file(s, 0); err != nil {
			return err
		}
	}
	return nil
}

// file makes the file of a shard, and hands it on.
func (t *tree) file(s *shard, level int) error {
	text := s.file(level)
	s.parts = nil
	sum := sha256.Sum256(text)
	name := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:10])
	t.mu.Lock()
	for len(t.names) <= s.number {
		t.names, t.least = append(t.names, ""), append(t.least, "")
	}
	t.names[s.number], t.least[s.number] = name, s.least
	before := t.made[name]
	t.made[name] = true
	t.mu.Unlock()
	if before {
		return nil
	}
	f, err := t.keep(bureau.File{Path: bureau.IndexFolder + name + ".js", Bytes: text})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files = append(t.files, f)
	return err
}

// end makes the rest, and gives the name of the root.
func (t *tree) end(jobs int) (root string, err error) {
	last := t.level.open
	if last == nil {
		last = &shard{} // nothing is found
	}
	if err := t.file(last, 0); err != nil {
		return "", err
	}
	for number := 1; len(t.names) > 1; number++ {
		v, up := level{number: number}, lines{above: number == 1}
		for i, name := range t.names {
			up.add([]byte(t.least[i]), []byte(name), len(name))
		}
		shards := append(v.cut(up), v.open)
		t.names, t.least = nil, nil
		if err := each.Do(jobs, len(shards), func(i int) error { return t.file(shards[i], number) }); err != nil {
			return "", err
		}
	}
	slices.SortFunc(t.files, func(a, b bureau.File) int { return strings.Compare(a.Path, b.Path) })
	return t.names[0], nil
}

// file makes the text of the script of a shard.
func (s *shard) file(level int) []byte {
	p := packers.Get().(*packer)
	defer packers.Put(p)
	p.lines = p.lines[:0]
	for _, part := range s.parts {
		p.lines = append(p.lines, part...)
	}
	lines := p.lines
	if len(lines) > 1 && lines[1] >= 'p' { // where they are words
		lines = p.pack(lines)
	}
	text := fmt.Appendf(make([]byte, 0, len(lines)+64), "sunshineSearch(%d,`", level)
	for {
		n := bytes.IndexAny(lines, "\\`$")
		if n < 0 {
			break
		}
		text = append(append(text, lines[:n]...), '\\', lines[n])
		lines = lines[n+1:]
	}
	return append(append(text, lines...), "`)\n"...)
}

// What stands in a text before is not written again: a character below
// space is its length, and two of the alphabet say how many units back it is.
const (
	marks    = "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"
	leastRun = 2
	mostRun  = leastRun + len(marks) - 1
	farthest = 64*64 - 1
)

// packer holds what is needed to write a shard.
type packer struct {
	lines, out []byte
	runes      []rune
	at         []int32        // of the runes, in UTF-16 units
	heads      [1 << 12]int32 // 1 + the last place with a hash
	chain      []int32        // and with the hash of a place, 1 + the one before
}

var packers = sync.Pool{New: func() any { return new(packer) }}

// pack writes what is repeated in a text as where it stands. What it gives is
// overwritten by the next call.
func (p *packer) pack(text []byte) []byte {
	runes, at := p.runes[:0], p.at[:0]
	n := int32(0)
	for _, r := range string(text) {
		runes, at = append(runes, r), append(at, n)
		if n++; r > 0xffff {
			n++
		}
	}
	at = append(at, n)
	out, heads := p.out[:0], &p.heads
	clear(heads[:])
	chain := slices.Grow(p.chain[:0], len(runes))[:len(runes)]
	for i := 0; i < len(runes); {
		best, from, saved := 0, 0, 0
		if i+1 < len(runes) {
			for k, tries := heads[slot(runes[i], runes[i+1])], 0; k > 0 && tries < 8 && at[i]-at[k-1] <= farthest; k, tries = chain[k-1], tries+1 {
				if i+best >= len(runes) || runes[int(k)-1+best] != runes[i+best] { // it is no longer than the best
					continue
				}
				length, size := 0, 0
				for i+length < len(runes) && int(at[i+length+1]-at[i]) <= mostRun && runes[int(k)-1+length] == runes[i+length] {
					size += utf8.RuneLen(runes[i+length])
					length++
				}
				if size > saved {
					best, from, saved = length, int(k)-1, size
				}
			}
		}
		next := i + 1
		if saved > 3 && int(at[i+best]-at[i]) >= leastRun {
			next = i + best
			back := int(at[i] - at[from])
			out = append(out, marks[int(at[next]-at[i])-leastRun], alphabet[back>>6], alphabet[back&63])
		} else {
			out = utf8.AppendRune(out, runes[i])
		}
		for ; i < next; i++ {
			if i+1 < len(runes) {
				h := slot(runes[i], runes[i+1])
				chain[i], heads[h] = heads[h], int32(i+1)
			}
		}
	}
	p.runes, p.at, p.chain, p.out = runes, at, chain, out
	return out
}

func slot(a, b rune) uint32 { return (uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b) >> 20 }
