package yaml

import (
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"sunshine/site/problem"
)

// Said is what a source says under one path: of a scalar its text, of a mapping or a list
// only that it is there.
type Said struct {
	Text string // without outer space; a word of a closed list by its ID, a boolean as true or false
	Leaf bool   // it is a scalar, or nothing

	Line, Column int // of the source, from 1
}

// Says gives everything that a source says under the keys of a struct of package bureau,
// by its path: each key by its first name, places in lists from 0, as in steps[0].days. A
// single entry where a list is wanted is the first of it; a plain text that stands for a
// struct stands under the key that it is short for. What is wrong in it is Decode's to
// say; where it is no YAML, or holds what is refused everywhere, the fault says so.
func Says(source []byte, of any) (map[string]Said, *problem.Fault) {
	s, fault := open(source, planOf(reflect.TypeOf(of)))
	if fault != nil {
		return nil, fault
	}
	all := map[string]Said{}
	for path, at := range s.all() {
		if !strings.Contains(path, unknown) {
			all[path] = Said{at.said(), at.node.Kind == yaml.ScalarNode, at.node.Line, at.node.Column}
		}
	}
	return all, nil
}

// unknown begins, in a path, a key that the struct does not have; no key holds it.
const unknown = "\x00"

// at is a node with what it is read as.
type at struct {
	node  *yaml.Node
	field field
}

// said is what a node says: the text, or a mark of what has none.
func (a at) said() string {
	if a.node.Kind != yaml.ScalarNode || blank(a.node) {
		return ""
	}
	return a.field.said(strings.TrimSpace(a.node.Value))
}

// said is what a text says in a field: the ID of a word, true or false.
func (f field) said(text string) string {
	if id, known := f.words.Of(text); known {
		return id
	}
	if f.kind() == "boolean" {
		if is, ok := boolean(text); ok {
			return strconv.FormatBool(is)
		}
	}
	return text
}

// kind is that of one value of the field.
func (f field) kind() string {
	switch {
	case f.typ == nil:
		return "string"
	case f.typ.Kind() == reflect.Slice:
		return leaf(f.typ.Elem())
	}
	return leaf(f.typ)
}

// all gives every node of the source by its path.
func (s *source) all() map[string]at {
	all := map[string]at{}
	var value func(path string, n *yaml.Node, f field, several bool, p *plan)
	put := func(path string, a at) string {
		for taken := true; taken; { // a key that stands twice is read once
			if _, taken = all[path]; taken {
				path += unknown
			}
		}
		all[path] = a
		return path
	}
	mapping := func(path string, n *yaml.Node, p *plan) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			under := path
			if under != "" {
				under += "."
			}
			index, known := 0, false
			if p != nil && k.Kind == yaml.ScalarNode {
				index, known = p.byName[k.Value]
			}
			if !known {
				value(under+unknown+k.Value, v, field{}, false, nil)
				continue
			}
			f := p.fields[index]
			value(under+f.names[0], v, f, f.typ.Kind() == reflect.Slice, f.under())
		}
	}
	value = func(path string, n *yaml.Node, f field, several bool, p *plan) {
		switch {
		case several && n.Kind == yaml.SequenceNode:
			path = put(path, at{n, f})
			for i, item := range n.Content {
				value(path+"["+strconv.Itoa(i)+"]", item, f, false, p)
			}
		case several && !blank(n):
			path = put(path, at{&yaml.Node{Kind: yaml.SequenceNode, Line: n.Line, Column: n.Column, Content: []*yaml.Node{n}}, f})
			value(path+"[0]", n, f, false, p)
		case n.Kind == yaml.MappingNode:
			mapping(put(path, at{n, f}), n, p)
		case n.Kind == yaml.SequenceNode:
			path = put(path, at{n, f})
			for i, item := range n.Content {
				value(path+"["+strconv.Itoa(i)+"]", item, field{}, false, nil)
			}
		case p != nil && p.scalar >= 0 && !blank(n):
			path = put(path, at{&yaml.Node{Kind: yaml.MappingNode, Line: n.Line, Column: n.Column, Content: []*yaml.Node{nil, n}}, f})
			short := p.short()
			put(path+"."+short.names[0], at{n, short})
		default:
			put(path, at{n, f})
		}
	}
	if s.root.Kind == yaml.MappingNode {
		mapping("", s.root, s.plan)
	}
	return all
}

// short is the field that a plain text stands for.
func (p *plan) short() field {
	for _, f := range p.fields {
		if f.index == p.scalar {
			return f
		}
	}
	return field{}
}

// values gives what a source says as texts by their paths, and a mark for what is empty.
// Two sources that say the same give the same.
func (s *source) values() map[string]string {
	values := map[string]string{}
	for path, a := range s.all() {
		switch {
		case a.node.Kind == yaml.ScalarNode && blank(a.node):
			values[path] = emptyMark + "~"
		case a.node.Kind == yaml.ScalarNode:
			values[path] = a.said()
		case len(a.node.Content) == 0:
			values[path] = emptyMark + "[]"
		}
	}
	return values
}

// emptyMark begins what values gives for no value; no text of YAML holds it.
const emptyMark = "\x00"
