package yaml

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"sunshine/site/bureau"
)

// shortList is how many characters a list of texts may have in brackets; a longer one
// takes a line for each.
const shortList = 24

// chinese tells whether the keys of a mapping, or else those of the file, are Chinese.
func (s *source) chinese(n *yaml.Node) bool {
	if n == nil || n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return s.han
	}
	for i := 0; i < len(n.Content); i += 2 {
		if han(n.Content[i].Value) {
			return true
		}
	}
	return false
}

// spoken tells whether a text is a word that the field knows.
func (f field) spoken(text string) bool {
	_, is := f.words.Of(strings.TrimSpace(text))
	return is
}

// spelled gives the spelling of a word: Chinese, or that of the boolean before it.
func (f field) spelled(id string, chinese bool, old string) string {
	if i := slices.IndexFunc(f.words, func(w bureau.Word) bool { return w.ID == id }); i >= 0 && chinese {
		return f.words[i].ZH
	}
	if f.kind() == "boolean" && (id == "true" || id == "false") {
		for _, pair := range [][2]string{{"是", "否"}, {"yes", "no"}, {"Yes", "No"}, {"True", "False"}, {"on", "off"}} {
			if old = strings.TrimSpace(old); old == pair[0] || old == pair[1] {
				if id == "true" {
					return pair[0]
				}
				return pair[1]
			}
		}
	}
	return id
}

// keyed writes a key with its value; indent is that of the key.
func (s *source) keyed(steps []step, texts []string, whole bool, indent int, flow, chinese bool) string {
	return steps[0].field.name(chinese) + ":" + s.value(steps, texts, whole, indent, flow, chinese)
}

// value writes what stands behind the colon of the first step's key, the space before it
// included.
func (s *source) value(steps []step, texts []string, whole bool, indent int, flow, chinese bool) string {
	of := steps[0]
	all := strings.Join(texts, "")
	short := utf8.RuneCountInString(all) <= shortList && !strings.Contains(all, "\n")
	written := func(i int, flow bool) string {
		return s.scalar(of.field, of.field.spelled(texts[i], chinese, ""), nil, nil, flow, indent)
	}
	switch {
	case of.index >= 0 && (flow || len(steps) == 1 && short):
		return " [" + s.item(steps, texts, whole, 0, true, chinese, nil) + "]"
	case of.index >= 0:
		return s.eol + strings.Repeat(" ", indent+2) + "- " + s.item(steps, texts, whole, indent+4, !strings.Contains(all, "\n"), chinese, nil)
	case len(steps) > 1:
		return s.within(of.field.under(), steps[1:], texts, whole, indent, flow, chinese)
	case !whole:
		return " " + written(0, flow)
	}
	var items []string
	for i := range texts {
		items = append(items, written(i, flow || short))
	}
	if flow || short {
		return " [" + strings.Join(items, ", ") + "]"
	}
	indent += 2
	var b strings.Builder
	for i := range texts {
		b.WriteString(s.eol + strings.Repeat(" ", indent) + "- " + written(i, false))
	}
	return b.String()
}

// within writes a mapping with one key, behind the colon of its own: in one line where it
// can have few keys, and no text of several lines.
func (s *source) within(p *plan, steps []step, texts []string, whole bool, indent int, flow, chinese bool) string {
	if flow || p.small() && !strings.Contains(strings.Join(texts, ""), "\n") {
		return " {" + s.keyed(steps, texts, whole, 0, true, chinese) + "}"
	}
	return s.eol + strings.Repeat(" ", indent+2) + s.keyed(steps, texts, whole, indent+2, false, chinese)
}

// small tells whether a mapping has few keys, each of one value.
func (p *plan) small() bool {
	return len(p.fields) <= 4 && !slices.ContainsFunc(p.fields, func(f field) bool { return f.under() != nil || f.typ.Kind() == reflect.Slice })
}

// item writes an entry of the list that the first step is in; indent is that of its keys,
// list what stands in it already.
func (s *source) item(steps []step, texts []string, whole bool, indent int, flow, chinese bool, list *yaml.Node) string {
	of := steps[0].field
	if len(steps) == 1 {
		return s.scalar(of, of.spelled(texts[0], chinese, ""), nil, beside(list), flow, max(indent-2, 0))
	}
	return s.entry(steps[1:], texts, whole, indent, flow, chinese)
}

// entry writes a mapping that is an entry of a list, with one key.
func (s *source) entry(steps []step, texts []string, whole bool, indent int, flow, chinese bool) string {
	if flow {
		return "{" + s.keyed(steps, texts, whole, 0, true, chinese) + "}"
	}
	return s.keyed(steps, texts, whole, indent, false, chinese)
}

// scalar writes a text: plain where YAML reads it as that text, in the quotes that old has,
// or in a block where it has several lines. What YAML takes for a number or a day goes
// without quotes where the old text or one beside it does. indent is that of the key.
func (s *source) scalar(f field, text string, old *yaml.Node, beside []string, flow bool, indent int) string {
	style := yaml.Style(0)
	if old != nil && !blank(old) {
		style = old.Style
		beside = append(beside, old.ShortTag())
	}
	if strings.Contains(text, "\n") && !flow && inBlock(text) {
		return "|" + s.eol + strings.Join(s.blockLines(text, indent+2), s.eol)
	}
	if style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 && plainSafe(text, flow) &&
		(f.kind() != "string" || !otherwise(text) || tagOf(text) != "!!str" && slices.Contains(beside, tagOf(text))) {
		return text
	}
	if !singleSafe(text) {
		return quoted(text)
	}
	if style&yaml.SingleQuotedStyle != 0 || style&yaml.DoubleQuotedStyle == 0 && strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return quoted(text)
}

// beside gives what the texts of a list are to YAML that stand in it without quotes.
func beside(list *yaml.Node) (tags []string) {
	if list != nil && list.Kind == yaml.SequenceNode {
		for _, n := range list.Content {
			if n.Kind == yaml.ScalarNode && n.Style == 0 && !blank(n) {
				tags = append(tags, n.ShortTag())
			}
		}
	}
	return tags
}

// inBlock tells whether a block can hold a text.
func inBlock(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && special(r) })
}

// singleSafe tells whether single quotes can hold a text in one line.
func singleSafe(text string) bool { return !strings.ContainsFunc(text, special) }

// special tells whether a character has to be written as an escape.
func special(r rune) bool {
	return r < ' ' && r != '\t' || 0x7f <= r && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == 0xfffe || r == 0xffff
}

// quoted writes a text in double quotes.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case special(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// plainSafe tells whether a text without quotes is read as that text.
func plainSafe(text string, flow bool) bool {
	if text == "" || strings.ContainsFunc(text, special) || strings.ContainsAny(text, "\n\t") {
		return false
	}
	source := "k: " + text + "\n"
	if flow {
		source = "k: [" + text + ", {k: " + text + "}]\n"
	}
	var document yaml.Node
	if yaml.Load([]byte(source), &document) != nil || len(document.Content) != 1 || len(document.Content[0].Content) != 2 {
		return false
	}
	n := document.Content[0].Content[1]
	if flow {
		if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
			return false
		}
		inner := n.Content[1]
		if inner.Kind != yaml.MappingNode || len(inner.Content) != 2 || inner.Content[1].Value != text || inner.Content[1].Kind != yaml.ScalarNode {
			return false
		}
		n = n.Content[0]
	}
	return n.Kind == yaml.ScalarNode && n.Style == 0 && n.Anchor == "" && n.Value == text && n.LineComment == "" && document.Content[0].FootComment == ""
}

// tagOf is what a plain text is to YAML.
func tagOf(text string) string {
	var document yaml.Node
	if yaml.Load([]byte("k: "+text+"\n"), &document) != nil || len(document.Content) != 1 || len(document.Content[0].Content) != 2 {
		return ""
	}
	return document.Content[0].Content[1].ShortTag()
}

// otherwise tells whether some reader of YAML takes a plain text for something else than a
// text: a number, a date, a time of the day, a boolean.
func otherwise(text string) bool {
	if tagOf(text) != "!!str" || sixty.MatchString(text) {
		return true
	}
	switch strings.ToLower(text) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<":
		return true
	}
	return false
}

// sixty is what YAML 1.1 reads as a number of base 60.
var sixty = regexp.MustCompile(`^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$`)
