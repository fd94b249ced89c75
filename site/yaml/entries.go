package yaml

import (
	"bytes"
	"sync"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Guides of one bureau share most of their entries: windows, fees, steps. An
// entry of the outermost mapping that was parsed before is not parsed again.
var parsed = struct {
	sync.RWMutex
	entries map[string][]*yaml.Node // key and value, by the entry's text
}{entries: map[string][]*yaml.Node{}}

// Bounds of what is remembered.
const (
	maxEntries     = 4096
	maxEntryLength = 1024 // bytes
)

// entries parses the outermost mapping entry by entry. lines holds, for each
// pair in the mapping's Content, how many lines stand above its entry. ok is
// false where the source is not plainly entries that begin at the margin, or one
// of them is wrong by itself: then the whole source tells what it is.
func entries(source []byte) (mapping *yaml.Node, lines []int, ok bool) {
	texts, lines := split(source)
	if texts == nil {
		return nil, nil, false
	}
	mapping = &yaml.Node{Kind: yaml.MappingNode, Column: 1, Content: make([]*yaml.Node, 0, 2*len(texts))}
	var missing []int
	parsed.RLock()
	for i, text := range texts {
		pair := parsed.entries[string(text)]
		if pair == nil {
			missing = append(missing, i)
			pair = []*yaml.Node{nil, nil}
		}
		mapping.Content = append(mapping.Content, pair...)
	}
	parsed.RUnlock()
	for _, i := range missing {
		if key, value := plain(texts[i]); key != nil {
			mapping.Content[2*i], mapping.Content[2*i+1] = key, value
			continue
		}
		var document yaml.Node
		if err := yaml.Load(texts[i], &document); err != nil {
			return nil, nil, false
		}
		pair := document.Content[0].Content
		if document.Content[0].Kind != yaml.MappingNode || len(pair) != 2 {
			return nil, nil, false
		}
		copy(mapping.Content[2*i:], pair)
	}
	mapping.Line = mapping.Content[0].Line
	parsed.Lock()
	for _, i := range missing {
		if len(texts[i]) <= maxEntryLength && len(parsed.entries) < maxEntries {
			parsed.entries[string(texts[i])] = mapping.Content[2*i : 2*i+2 : 2*i+2]
		}
	}
	parsed.Unlock()
	return mapping, lines, true
}

// plain reads the simplest entry, a key and a text of letters and digits in one
// line, without the parser. It gives nothing for any other.
func plain(text []byte) (key, value *yaml.Node) {
	k, v, _ := bytes.Cut(bytes.TrimSuffix(text, []byte("\n")), []byte(": "))
	for _, part := range [][]byte{k, v} {
		if len(part) == 0 {
			return nil, nil
		}
		for at := 0; at < len(part); {
			r, size := utf8.DecodeRune(part[at:])
			if !unicode.IsLetter(r) && !('0' <= r && r <= '9') && (at == 0 || r != '-' && r != '_') {
				return nil, nil
			}
			at += size
		}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: string(k), Line: 1, Column: 1},
		&yaml.Node{Kind: yaml.ScalarNode, Value: string(v), Line: 1, Column: utf8.RuneCount(k) + 3}
}

// split parts a source at the lines that begin with a key, and counts the lines
// above each part. It gives nothing where another line stands at the margin.
func split(source []byte) (texts [][]byte, lines []int) {
	if bytes.IndexByte(source, '\r') >= 0 {
		return nil, nil // YAML ends a line there, too
	}
	begin, line, keys := 0, 0, 0 // of the part in hand; what stands above the first key belongs to it
	for at, n := 0, 0; at < len(source); n++ {
		next := len(source)
		if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		text := source[at:next]
		switch r, _ := utf8.DecodeRune(text); {
		case unicode.IsLetter(r) && bytes.IndexByte(text, ':') > 0:
			if keys++; keys > 1 {
				texts, lines = append(texts, source[begin:at]), append(lines, line)
				begin, line = at, n
			}
		case r == ' ' || r == '\n' || r == '#' || r == '-' && !bytes.HasPrefix(text, []byte("---")):
			if keys == 0 && len(bytes.TrimSpace(text)) > 0 && r != '#' {
				return nil, nil // indented, or a list, before any key
			}
		default:
			return nil, nil
		}
		at = next
	}
	if keys == 0 {
		return nil, nil
	}
	return append(texts, source[begin:]), append(lines, line)
}
