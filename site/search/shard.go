package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
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

// tree is the list of keys and values at one level, in the making.
type tree struct {
	level  int
	lines  bytes.Buffer // of the shard in hand
	weight int          // of its lines, in bytes
	last   string       // the last key
	shards []shard
}

// shard is one that is whole.
type shard struct {
	least string // the key for it in the level above
	lines string
}

// add takes up the next key. Keys come in the order of compare. The weight is how
// many bytes the value has in the end, about.
func (t *tree) add(key, value string, weight int) {
	same := common(t.last, key)
	weight += 2 + len(key) - same
	if t.level == 1 {
		weight *= above
	}
	if t.weight >= shardMin && border(key, weight) || t.weight > 0 && t.weight+weight > shardMax {
		t.end()
	}
	shared := 0
	if t.lines.Len() > 0 {
		shared = same
	} else {
		least := key
		if t.level == 0 { // as much of it as is above the key before
			least = key[:whole(key, min(len(key), same+utf8.UTFMax))]
		}
		t.shards = append(t.shards, shard{least: least})
	}
	shared = whole(key, shared)
	count := units(key[:shared])
	for ; count > 63; count = units(key[:shared]) {
		shared = whole(key, shared-1)
	}
	t.lines.WriteByte(alphabet[count])
	t.lines.WriteString(key[shared:])
	t.lines.WriteByte('\t')
	t.lines.WriteString(value)
	t.lines.WriteByte('\n')
	t.weight += weight
	t.last = key
}

// common is how many bytes two keys share at their beginning.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// whole is n or, where that is within a character, the place of its beginning.
func whole(text string, n int) int {
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

// units is how many UTF-16 units a text has.
func units(text string) (n int) {
	for _, r := range text {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// border tells whether a shard ends before a key; the heavier, the more likely.
func border(key string, weight int) bool {
	h := fnv.New32a()
	h.Write([]byte(key))
	return float64(h.Sum32()*2654435761) < float64(weight)/shardMean*math.MaxUint32
}

// end ends the shard in hand.
func (t *tree) end() {
	if t.lines.Len() > 0 {
		t.shards[len(t.shards)-1].lines = t.lines.String()
		t.lines.Reset()
		t.weight = 0
	}
}

// files makes the files of the tree and gives the name of its root.
func (t *tree) files(jobs int) (root string, files []bureau.File) {
	made := map[string]bool{}
	for {
		t.end()
		if len(t.shards) == 0 {
			t.shards = []shard{{}} // nothing is found
		}
		names, texts := make([]string, len(t.shards)), make([][]byte, len(t.shards))
		each.Do(jobs, len(t.shards), func(i int) error {
			texts[i] = fmt.Appendf(nil, "sunshineSearch(%d,`%s`)\n", t.level, escape.Replace(packed(t.shards[i].lines)))
			sum := sha256.Sum256(texts[i])
			names[i] = strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:10])
			return nil
		})
		for i, name := range names {
			if !made[name] {
				made[name] = true
				files = append(files, bureau.File{Path: bureau.IndexFolder + name + ".js", Bytes: texts[i]})
			}
		}
		if len(names) == 1 {
			return names[0], files
		}
		up := tree{level: t.level + 1}
		for i, s := range t.shards {
			up.add(s.least, names[i], len(names[i]))
		}
		t = &up
	}
}

var escape = strings.NewReplacer("\\", "\\\\", "`", "\\`", "$", "\\$")

// What stands in a text before is not written again: a character below
// space is its length, and two of the alphabet say how many units back it is.
const (
	marks    = "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"
	leastRun = 2
	mostRun  = leastRun + len(marks) - 1
	farthest = 64*64 - 1
)

// packed packs the lines of a shard where they are words.
func packed(lines string) string {
	if len(lines) > 1 && lines[1] >= 'p' {
		return pack(lines)
	}
	return lines
}

// pack writes what is repeated in a text as where it stands.
func pack(text string) string {
	runes := make([]rune, 0, len(text)/2)
	at := make([]int32, 0, len(text)/2+1) // in UTF-16 units
	n := int32(0)
	for _, r := range text {
		runes, at = append(runes, r), append(at, n)
		if n++; r > 0xffff {
			n++
		}
	}
	at = append(at, n)
	var out strings.Builder
	out.Grow(len(text))
	var heads [1 << 12]int32 // 1 + the last place with a hash
	chain := make([]int32, len(runes))
	for i := 0; i < len(runes); {
		best, from, saved := 0, 0, 0
		if i+1 < len(runes) {
			for k, tries := heads[slot(runes[i], runes[i+1])], 0; k > 0 && tries < 8 && at[i]-at[k-1] <= farthest; k, tries = chain[k-1], tries+1 {
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
			out.WriteByte(marks[int(at[next]-at[i])-leastRun])
			out.WriteByte(alphabet[back>>6])
			out.WriteByte(alphabet[back&63])
		} else {
			out.WriteRune(runes[i])
		}
		for ; i < next; i++ {
			if i+1 < len(runes) {
				h := slot(runes[i], runes[i+1])
				chain[i], heads[h] = heads[h], int32(i+1)
			}
		}
	}
	return out.String()
}

func slot(a, b rune) uint32 { return (uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b) >> 20 }
