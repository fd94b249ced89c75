package yaml

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"sunshine/site/problem"
)

// source is a text of YAML with the places of its nodes.
type source struct {
	mark  string // of its encoding, before the text
	text  string
	lines []int  // where each begins
	eol   string // that ends most of them
	root  *yaml.Node
	plan  *plan
	han   bool // most of its keys are Chinese
}

// open reads a source whose places are to be known.
func open(data []byte, p *plan) (*source, *problem.Fault) {
	if len(data) > MaxSize || !utf8.Valid(data) {
		return nil, problem.Refuse(problem.Say("这个文件不是UTF-8文字，或者超过1 MiB，不能逐项修改", "this file is no UTF-8 text, or larger than 1 MiB, and cannot be edited key by key"),
			problem.Say("用记事本打开，另存为UTF-8编码", "open it in an editor and save it as UTF-8"))
	}
	s := &source{plan: p, eol: "\n"}
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		s.mark = "\ufeff"
	}
	s.text = string(data[len(s.mark):])
	s.lines = []int{0}
	crlf := 0
	for i := 0; i < len(s.text); i++ {
		switch {
		case s.text[i] == '\r' && i+1 < len(s.text) && s.text[i+1] == '\n':
			i++
			crlf++
			s.lines = append(s.lines, i+1)
		case s.text[i] == '\r' || s.text[i] == '\n':
			s.lines = append(s.lines, i+1)
		}
	}
	if crlf > 0 && 2*crlf >= len(s.lines)-1 {
		s.eol = "\r\n"
	}
	// YAML would end the line at these; a column counts each as one character either way.
	read := strings.NewReplacer("\u0085", " ", "\u2028", " ", "\u2029", " ").Replace(s.text)
	var document yaml.Node
	if err := yaml.Load([]byte(read), &document); err != nil && len(strings.TrimSpace(read)) > 0 && !strings.HasSuffix(err.Error(), "no documents in stream") {
		return nil, broken(data, p)
	}
	s.root = &yaml.Node{Kind: yaml.ScalarNode, Line: 1, Column: 1}
	if len(document.Content) > 0 {
		s.root = document.Content[0]
	}
	if s.root.Kind != yaml.MappingNode && !blank(s.root) {
		return nil, broken(data, p)
	}
	latin, chinese, plain := 0, 0, true
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		plain = plain && n.Kind != yaml.AliasNode && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 {
				if han(c.Value) {
					chinese++
				} else {
					latin++
				}
			}
			walk(c)
		}
	}
	walk(s.root)
	if !plain {
		return nil, problem.Refuse(problem.Say("这个文件里有引用（& 和 *）或者标签（!），不能逐项修改", "this file has anchors, aliases or tags (& * !) and cannot be edited key by key"),
			problem.Say("在原文里把内容直接写出来；文字以 &、* 或 ! 开头的，加引号", "write the content out in its text; put a text that begins with &, * or ! in quotes"))
	}
	s.han = chinese > latin
	return s, nil
}

// broken says what is wrong with a source that is no YAML.
func broken(data []byte, p *plan) *problem.Fault {
	fault := problem.Refuse(problem.Say("这个文件现在读不出来，不能逐项修改", "this file cannot be read as it stands, and cannot be edited key by key"), problem.Say("在原文里改正，再回来", "mend it in its text first"))
	if found := Decode("", 1, data, reflect.New(p.of).Interface()); len(found) > 0 {
		fault.Message = problem.Text{ZH: fault.Message.ZH + "：" + found[0].Message.ZH, EN: fault.Message.EN + ": " + found[0].Message.EN}
		fault.Hint = found[0].Hint
	}
	return fault
}

// bytes is the source as a file has it.
func (s *source) bytes() []byte { return []byte(s.mark + s.text) }

// with gives the source with the bytes from one place to another replaced.
func (s *source) with(from, to int, text string) (*source, *problem.Fault) {
	return open([]byte(s.mark+s.text[:from]+text+s.text[to:]), s.plan)
}

// offset gives the byte at which a line and column stand.
func (s *source) offset(line, column int) int {
	if line > len(s.lines) {
		return len(s.text)
	}
	at := s.lines[line-1]
	for ; column > 1 && at < len(s.text); column-- {
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	return at
}

func (s *source) start(n *yaml.Node) int { return s.offset(n.Line, n.Column) }

// line gives the number of the line, from 0, in which a byte stands.
func (s *source) line(offset int) int {
	i, found := slices.BinarySearch(s.lines, offset)
	if !found {
		i--
	}
	return i
}

// lineStart and lineEnd are where the line of a byte begins, and where its text ends.
func (s *source) lineStart(offset int) int { return s.lines[s.line(offset)] }

func (s *source) lineEnd(offset int) int {
	return offset + len(strings.TrimRight(s.text[offset:s.next(offset)], "\r\n"))
}

// next is where the line after that of a byte begins.
func (s *source) next(offset int) int {
	if i := s.line(offset) + 1; i < len(s.lines) {
		return s.lines[i]
	}
	return len(s.text)
}

// space tells whether a character stands between parts of YAML.
func space(r rune) bool {
	switch r {
	case ' ', '\t', '\r', '\n', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// end is where the text of a node ends. ok is false where it cannot be told.
func (s *source) end(n *yaml.Node) (end int, ok bool) {
	at := s.start(n)
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&yaml.DoubleQuotedStyle != 0:
		for i := at + 1; i < len(s.text); i++ {
			switch s.text[i] {
			case '\\':
				i++
			case '"':
				return i + 1, true
			}
		}
		return 0, false
	case n.Kind == yaml.ScalarNode && n.Style&yaml.SingleQuotedStyle != 0:
		for i := at + 1; i < len(s.text); i++ {
			if s.text[i] != '\'' {
				continue
			}
			if i+1 < len(s.text) && s.text[i+1] == '\'' {
				i++
				continue
			}
			return i + 1, true
		}
		return 0, false
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		first, last := s.block(n)
		if last < first {
			return s.header(n), true
		}
		return s.lineEnd(s.lines[last]), true
	case n.Kind == yaml.ScalarNode:
		for _, want := range n.Value {
			if space(want) {
				continue
			}
			for at < len(s.text) {
				r, size := utf8.DecodeRuneInString(s.text[at:])
				at += size
				if r == want {
					break
				}
				if !space(r) {
					return 0, false
				}
			}
		}
		return at, true
	case n.Style&yaml.FlowStyle != 0:
		at++
		if len(n.Content) > 0 {
			last := n.Content[len(n.Content)-1]
			if at, ok = s.end(last); !ok {
				return 0, false
			}
			if n.Kind == yaml.MappingNode && blank(last) && last.Value == "" {
				if k, ok := s.end(n.Content[len(n.Content)-2]); ok {
					at = max(at, k)
				}
			}
		}
		closing := byte(']')
		if n.Kind == yaml.MappingNode {
			closing = '}'
		}
		for ; at < len(s.text); at++ {
			switch c := s.text[at]; {
			case c == closing:
				return at + 1, true
			case c == '#':
				at = s.lineEnd(at)
			case c != ',' && c != ':' && !space(rune(c)):
				return 0, false
			}
		}
		return 0, false
	case len(n.Content) > 0:
		return s.end(n.Content[len(n.Content)-1])
	}
	return at, true
}

// header is where the line that opens a block (notes: |) ends, without its comment.
func (s *source) header(n *yaml.Node) int {
	at := s.start(n)
	for at < len(s.text) && strings.IndexByte("|>+-0123456789", s.text[at]) >= 0 {
		at++
	}
	return at
}

// block gives the first and the last line, from 0, of the text of a block; last is before
// first where it has none.
func (s *source) block(n *yaml.Node) (first, last int) {
	first = n.Line
	last = first - 1
	if strings.TrimSpace(n.Value) == "" {
		return first, last // what follows is the next key
	}
	indent := 0
	for i := first; i < len(s.lines); i++ {
		text := s.text[s.lines[i]:s.lineEnd(s.lines[i])]
		inner := len(text) - len(strings.TrimLeft(text, " "))
		if inner == len(text) {
			continue // a blank line is of the block if more follows
		}
		if indent == 0 {
			if inner <= s.indentOf(n) {
				break
			}
			indent = inner
		}
		if inner < indent {
			break
		}
		last = i
	}
	return first, last
}

// indentOf is how far the line is indented in which a node stands.
func (s *source) indentOf(n *yaml.Node) int {
	line := s.text[s.lines[n.Line-1]:]
	return len(line) - len(strings.TrimLeft(line, " "))
}
