// Package yaml reads and edits what staff write in YAML: site.yaml, the descriptors of
// statistics and the front matter of guides, notices and pages.
//
// A file is decoded into the structs of package bureau by their tags: every name
// in `yaml:"title,事项名称"` is a spelling of the same key, `yaml:"-"` is no key,
// and the option scalar (`yaml:"value,scalar"`) lets a plain text stand for the
// struct that has only this field filled. The tag `words:"role"` names the closed
// list of bureau.WordLists that a text is of: whatever spelling of a word the file
// has, it is read as its ID; any other text stays as it is. The tag `names:"column"`
// is on what names columns of a table: as in the table, invisible characters do
// not count. The tag `text:"long"` says of a text that it may have several lines. A field At of type problem.Position
// gets the place of its struct, a field Blank of type []bureau.Blank the keys
// that are written without a value, or of whose value something is wrong.
//
// What is read is a small, strict part of YAML: one document of mappings, lists
// and scalars. Anchors, aliases, merge keys and tags are refused, so a small file
// cannot grow into a large one. A number or date where a text is wanted keeps its
// spelling; one entry where a list is wanted is a list of one. An unknown key, a
// key given twice and a value of the wrong kind are errors at their place.
//
// Says, Set and Remove edit a source key by key, as a person would who changes a line: what
// they do not have to change stays byte for byte.
//
// It is the only package that imports go.yaml.in/yaml.
package yaml

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// MaxSize is the largest source that is read, in bytes.
const MaxSize = 1 << 20

// Decode reads source into a struct and reports what is wrong with it. firstLine
// is the line of the file on which source begins. What is right is set even when
// something else is wrong. Where the source is no YAML at all nothing is set, not
// even the field At of the struct; where it is empty, only that.
func Decode(file string, firstLine int, source []byte, into any) problem.List {
	return decode(file, firstLine, source, into, entries)
}

// decode reads a source with a parser of its entries, or without one the whole.
func decode(file string, firstLine int, source []byte, into any, entries func([]byte) (*yaml.Node, []int, bool)) problem.List {
	d := decoder{file: file, top: firstLine, first: firstLine, source: bytes.TrimPrefix(source, []byte("\ufeff"))}
	v := reflect.ValueOf(into).Elem()
	d.root = planOf(v.Type())
	if len(source) > MaxSize {
		d.Error(d.place(1, 1), problem.YAMLSize,
			problem.Say("内容过大（%d字节），上限为1 MiB", "the text is too large (%d bytes); the limit is 1 MiB", len(source)),
			problem.Say("请把正文移出YAML部分", "move the prose out of the YAML part"))
		return d.List
	}
	if !utf8.Valid(d.source) {
		line, column, _ := d.find(func(r rune, size int) bool { return r == utf8.RuneError && size == 1 })
		d.Error(d.place(line, column), problem.YAMLEncoding,
			problem.Say("此处不是有效的UTF-8文字", "this is not valid UTF-8 text"),
			problem.Say("请用UTF-8编码重新保存文件", "save the file again in UTF-8"))
		return d.List
	}
	// YAML would end the line at these, editors do not.
	for _, separator := range []string{"\u0085", "\u2028", "\u2029"} {
		if bytes.Contains(d.source, []byte(separator)) {
			d.source = bytes.ReplaceAll(d.source, []byte(separator), []byte(" "))
		}
	}

	if entries != nil {
		if mapping, lines, ok := entries(d.source); ok {
			d.lines = lines
			d.mapping(mapping, nil, v, d.root)
			return d.List
		}
	}
	var document yaml.Node
	if err := yaml.Load(d.source, &document); err != nil {
		var failure *yaml.LoadError
		if !errors.As(err, &failure) || !strings.HasSuffix(failure.Message, "no documents in stream") {
			d.syntax(err, failure)
			return d.List
		}
		document.Content = []*yaml.Node{{Kind: yaml.ScalarNode, Line: 1, Column: 1}}
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode && !blank(root) {
		if line, ok := d.slip(len(d.source)); ok {
			d.slipped(line)
			return d.List
		}
		d.Error(d.at(root), problem.YAMLType,
			problem.Say("这里应当每行写一个“键: 值”", "lines of \"key: value\" are expected here"),
			problem.Say("例如 %[1]s: …；可填的键有：%[2]s", "for example %[1]s: …; the keys are: %[2]s", d.root.first(""), d.root.list("")))
		return d.List
	}
	d.mapping(root, nil, v, d.root)
	return d.List
}

type decoder struct {
	problem.List
	file   string
	top    int   // the line of the file on which the source begins
	first  int   // the one on which the part in hand begins: the source, or one of its entries
	lines  []int // above each entry, where they were parsed one by one
	source []byte
	root   *plan
}

// place gives the position of a line and column of the source.
func (d *decoder) place(line, column int) problem.Position {
	return problem.Position{File: d.file, Line: line + d.first - 1, Column: column}
}

func (d *decoder) at(n *yaml.Node) problem.Position { return d.place(n.Line, n.Column) }

// textAt is where a text begins; one in a block (| or >), in its first line that
// is not empty.
func (d *decoder) textAt(n *yaml.Node) problem.Position {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		line := d.top - 1
		for text := range bytes.Lines(d.source) {
			if line++; line > d.at(n).Line && len(bytes.TrimSpace(text)) > 0 {
				return problem.Position{File: d.file, Line: line, Column: 1 + len(text) - len(bytes.TrimLeft(text, " "))}
			}
		}
	}
	return d.at(n)
}

// find gives the line and column of the first character that matches.
func (d *decoder) find(match func(r rune, size int) bool) (line, column int, ok bool) {
	line, column = 1, 1
	for i := 0; i < len(d.source); {
		r, size := utf8.DecodeRune(d.source[i:])
		if match(r, size) {
			return line, column, true
		}
		if i += size; r == '\n' {
			line, column = line+1, 0
		}
		column++
	}
	return 1, 1, false
}

// mapping sets the fields of the struct v from a mapping. key is the key under
// which it stands, nil for the whole document. What cannot be read leaves the
// struct without a place.
func (d *decoder) mapping(n, key *yaml.Node, v reflect.Value, p *plan) {
	if !d.plain(n) {
		return
	}
	scalar := n.Kind == yaml.ScalarNode && (p.scalar >= 0 || blank(n))
	if p.at >= 0 && (scalar || n.Kind == yaml.MappingNode) {
		*v.Field(p.at).Addr().Interface().(*problem.Position) = d.at(n)
	}
	if n.Kind != yaml.MappingNode {
		switch {
		case blank(n):
		case scalar:
			d.value(n, key, v.Field(p.scalar), field{})
		default:
			keys, first := p.list(key.Value), p.first(key.Value)
			hint := problem.Text{ZH: "例如 {" + first.ZH + ": …}；可填的键有：" + keys.ZH, EN: "for example {" + first.EN + ": …}; its keys are: " + keys.EN}
			if several, is := d.root.several(key.Value); is && n.Kind == yaml.SequenceNode {
				hint = problem.Say("有几项的，写在 %[1]s 下面；只有一项的，写成 {%[2]s: …}", "write several under %[3]s, or one as {%[4]s: …}", several.name(true)+"（"+several.name(false)+"）", first.ZH, several.name(false), first.EN)
			}
			d.Error(d.at(n), problem.YAMLType,
				problem.Say("“%s”应分项填写，现为“%s”", "\"%s\" takes several keys, not \"%s\"", name(key), shown(n)), hint)
		}
		return
	}
	var lines [64]int // on which each field was given
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, value := n.Content[i], n.Content[i+1]
		if p == d.root && key == nil && d.lines != nil {
			d.first = d.top + d.lines[i/2]
		}
		if !d.plain(k) {
			continue
		}
		f, known := p.byName[k.Value]
		if k.Kind != yaml.ScalarNode || !known {
			d.unknown(k, p)
			continue
		}
		if lines[f] > 0 {
			d.Error(d.at(k), problem.YAMLDuplicate,
				problem.Say("“%s”写了两次，第一次在第%d行", "\"%s\" is given twice, first on line %d", problem.Quote(k.Value), lines[f]),
				problem.Say("保留一处，删去另一处", "keep one of them"))
			continue
		}
		lines[f] = d.at(k).Line
		if p.blank >= 0 && (blank(value) || value.Kind != yaml.ScalarNode && len(value.Content) == 0) {
			list := v.Field(p.blank).Addr().Interface().(*[]bureau.Blank)
			*list = append(*list, bureau.Blank{Key: p.fields[f].names[0], At: d.at(k)})
		}
		before := len(d.List)
		d.value(value, k, v.Field(p.fields[f].index), p.fields[f])
		if p.blank >= 0 && len(d.List) > before {
			list := v.Field(p.blank).Addr().Interface().(*[]bureau.Blank)
			*list = append(*list, bureau.Blank{Key: p.fields[f].names[0], At: d.at(k), Unread: true})
		}
	}
}

// value sets one field. A word of its closed list is set as the list has it.
func (d *decoder) value(n, key *yaml.Node, v reflect.Value, f field) {
	switch into := v.Addr().Interface().(type) {
	case *bureau.String:
		if said, ok := d.scalar(n, key); ok {
			if id, known := f.words.Of(said); known {
				said = id
			} else if f.column {
				said = text.Plain(said)
			}
			into.V, into.At = said, d.textAt(n)
		}
	case *bureau.Int:
		if text, ok := d.scalar(n, key); ok {
			if i, ok := integer(text); ok {
				into.V, into.At = i, d.at(n)
			} else {
				d.wrong(n, key, problem.Text{ZH: "整数", EN: "a whole number"},
					problem.Say("只写数字，不带单位，例如 15", "write digits only, without a unit, such as 15"))
			}
		}
	case *bureau.Number:
		if text, ok := d.scalar(n, key); ok {
			if x, ok := number(text); ok {
				into.V, into.At = x, d.at(n)
			} else {
				d.wrong(n, key, problem.Text{ZH: "数值", EN: "a number"},
					problem.Say("只写数字，不带单位和千位分隔符，例如 12.5", "write digits only, without a unit or thousands separator, such as 12.5"))
			}
		}
	case *bureau.Bool:
		if text, ok := d.scalar(n, key); ok {
			if b, ok := boolean(text); ok {
				into.V, into.At = b, d.at(n)
			} else {
				d.wrong(n, key, problem.Text{ZH: "“是”或“否”", EN: "true or false"},
					problem.Say("写 true（是）或者 false（否）", "write true or false"))
			}
		}
	case *bureau.Date:
		if text, ok := d.scalar(n, key); ok {
			if day, ok := period.ParseDay(text); ok {
				into.V, into.At = day, d.at(n)
			} else {
				d.wrong(n, key, problem.Text{ZH: "日期", EN: "a date"},
					problem.Say("写成 2026-01-05 或者 2026年1月5日，并确认有这一天", "write it as 2026-01-05, and make sure that the day exists"))
			}
		}
	case *bureau.Moment:
		if text, ok := d.scalar(n, key); ok {
			if moment, ok := period.ParseMoment(text); ok {
				into.V, into.At = moment, d.at(n)
			} else {
				d.wrong(n, key, problem.Text{ZH: "日期和时间", EN: "a day with a time"},
					problem.Say("写成 2026-12-01T09:00，时间从 00:00 到 23:59", "write it as 2026-12-01T09:00, with a time from 00:00 to 23:59"))
			}
		}
	default:
		if v.Kind() == reflect.Slice {
			d.list(n, key, v, f)
		} else {
			d.mapping(n, key, v, planOf(v.Type()))
		}
	}
}

// list sets a slice; a single entry is a list of one.
func (d *decoder) list(n, key *yaml.Node, v reflect.Value, f field) {
	if !d.plain(n) || blank(n) || n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		return
	}
	entries := n.Content
	if n.Kind != yaml.SequenceNode {
		entries = []*yaml.Node{n}
	}
	v.Set(reflect.MakeSlice(v.Type(), len(entries), len(entries)))
	kept := 0
	for _, entry := range entries {
		if blank(entry) {
			d.Error(d.at(entry), problem.YAMLType,
				problem.Say("“%s”有一项是空的", "an entry of \"%s\" is empty", name(key)),
				problem.Say("填写这一项，或删去多余的“-”或逗号", "fill it in, or remove the extra dash or comma"))
			continue
		}
		d.value(entry, key, v.Index(kept), f)
		kept++
	}
	v.SetLen(kept)
}

// scalar gives the text of a scalar without outer space; ok is false where there
// is none.
func (d *decoder) scalar(n, key *yaml.Node) (text string, ok bool) {
	if !d.plain(n) || blank(n) {
		return "", false
	}
	if n.Kind != yaml.ScalarNode {
		found := problem.Text{ZH: "几个分项", EN: "several keys"}
		if n.Kind == yaml.SequenceNode {
			found = problem.Text{ZH: "一个列表", EN: "a list"}
		}
		d.Error(d.at(n), problem.YAMLType,
			problem.Text{ZH: "“" + name(key) + "”只能有一个值，现为" + found.ZH, EN: `"` + name(key) + `" takes one value, not ` + found.EN},
			problem.Say("写成“%s: 值”；值以 [ 或 { 开头时请加引号", "write it as \"%s: value\"; put a value that begins with [ or { in quotes", name(key)))
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// plain refuses what YAML has beyond mappings, lists and scalars.
func (d *decoder) plain(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.Error(d.at(n), problem.YAMLAlias,
			problem.Say("不支持引用（& 和 *）：“%s”", "anchors and aliases (& and *) are not supported: \"%s\"", problem.Quote(n.Anchor+n.Value)),
			problem.Say("把内容直接写出来；文字以 & 或 * 开头时请加引号", "write the content out; put a text that begins with & or * in quotes"))
	case n.Style&yaml.TaggedStyle != 0:
		d.Error(d.at(n), problem.YAMLTag,
			problem.Say("不支持标签“%s”", "the tag \"%s\" is not supported", problem.Quote(n.Tag)),
			problem.Say("删去它；文字以 ! 开头时请加引号", "remove it; put a text that begins with ! in quotes"))
	default:
		return true
	}
	return false
}

// wrong reports a scalar that is not what its key wants.
func (d *decoder) wrong(n, key *yaml.Node, wanted, hint problem.Text) {
	value := problem.Quote(n.Value)
	d.Error(d.at(n), problem.YAMLType, problem.Text{
		ZH: "“" + name(key) + "”应为" + wanted.ZH + "，现为“" + value + "”",
		EN: `"` + name(key) + `" is not ` + wanted.EN + `: "` + value + `"`,
	}, hint)
}

// blank tells whether a node stands for no value: nothing, ~ or null.
func blank(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return false
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}

func name(key *yaml.Node) string { return problem.Quote(key.Value) }

func shown(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return problem.Quote(n.Value)
	}
	return "[…]"
}
