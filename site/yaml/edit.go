package yaml

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"sunshine/site/problem"
)

// Set gives a source in which a key of a struct of package bureau says something else, and
// nothing else has changed: comments, order, quotes, spellings of keys, the flow or block
// style and the ends of lines stay, and only the lines change that have to. The path is
// one as Says gives it; a key that is not there yet is written after the one that comes
// before it in the struct, and a place in a list that is one more than it has is added at
// its end. A key that takes several texts takes all of them at once. Outer space of a text
// is not written; a word of a closed list is written in the spelling, English or Chinese,
// that the file has.
//
// What the key cannot take, and what cannot be written without changing something else, is
// refused: the result is read again before it is given.
func Set(data []byte, of any, path string, texts ...string) ([]byte, *problem.Fault) {
	p := planOf(reflect.TypeOf(of))
	s, fault := open(data, p)
	if fault != nil {
		return nil, fault
	}
	steps, fault := p.steps(path)
	if fault != nil {
		return nil, fault
	}
	last := steps[len(steps)-1]
	texts = slices.Clone(texts)
	for i, text := range texts {
		texts[i] = last.field.said(strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)))
	}
	want := s.values()
	for i := range steps { // what was empty on the way no longer is
		under := pathOf(steps[:i+1])
		if of, item := strings.CutSuffix(under, "["+strconv.Itoa(steps[i].index)+"]"); item && strings.HasPrefix(want[of], emptyMark) {
			delete(want, of)
		}
		if strings.HasPrefix(want[under], emptyMark) {
			delete(want, under)
		}
	}
	whole := last.field.typ.Kind() == reflect.Slice && last.index < 0
	switch {
	case last.field.kind() == "":
		return nil, problem.Refuse(problem.Say("“%s”要分项填写", "\"%s\" takes several keys", path), problem.Say("逐项填写下面的键", "fill in the keys below it"))
	case whole && len(texts) == 0:
		return Remove(data, of, path)
	case whole:
		drop(want, path)
		for i, text := range texts {
			want[path+"["+strconv.Itoa(i)+"]"] = text
		}
	default:
		if len(texts) != 1 {
			return nil, problem.Refuse(problem.Say("“%s”只能有一个值", "\"%s\" takes one value", path), problem.Say("只写一个", "write one"))
		}
		drop(want, path)
		want[path] = texts[0]
	}
	if maps.Equal(want, s.values()) {
		return data, nil
	}
	old := s
	if whole {
		s, fault = s.setList(steps, texts)
	} else {
		s, fault = s.set(steps, texts, false)
	}
	switch {
	case fault != nil:
		return nil, fault
	case !whole && !s.keeps(old): // an entry that goes from a list takes its comment along
		return nil, unsafe()
	}
	return s.checked(want, path)
}

// keeps tells whether a source has every comment of another.
func (s *source) keeps(other *source) bool {
	_, before, _ := nodes([]byte(other.text))
	_, after, _ := nodes([]byte(s.text))
	for comment := range before {
		if !after[comment] {
			return false
		}
	}
	return true
}

// Remove gives a source in which a key, or an entry of a list (steps[1]), is no more. With
// the last key of a mapping or the last entry of a list that goes, too. What stands behind
// it in its line as a comment goes with it; comments in lines of their own above it stay.
// As with Set, nothing else changes.
func Remove(data []byte, of any, path string) ([]byte, *problem.Fault) {
	p := planOf(reflect.TypeOf(of))
	s, fault := open(data, p)
	if fault != nil {
		return nil, fault
	}
	steps, fault := p.steps(path)
	if fault != nil {
		return nil, fault
	}
	all := s.all()
	if _, there := all[path]; !there {
		return data, nil
	}
	for { // up to what holds anything else
		parent := pathOf(steps[:len(steps)-1])
		if last := steps[len(steps)-1]; last.index >= 0 {
			parent = pathOf(append(slices.Clone(steps[:len(steps)-1]), step{last.field, -1}))
		}
		if parent == "" || len(all[parent].node.Content) > width(all[parent].node) {
			break
		}
		if steps[len(steps)-1].index >= 0 {
			steps[len(steps)-1].index = -1
		} else {
			steps = steps[:len(steps)-1]
		}
	}
	path = pathOf(steps)
	want := s.values()
	drop(want, path)
	if last := steps[len(steps)-1]; last.index >= 0 { // those after it move up
		of := strings.TrimSuffix(path, "["+strconv.Itoa(last.index)+"]")
		moved := map[string]string{}
		for key, value := range want {
			rest, ok := strings.CutPrefix(key, of+"[")
			number, rest, _ := strings.Cut(rest, "]")
			if n, err := strconv.Atoi(number); ok && err == nil && n > last.index {
				key = of + "[" + strconv.Itoa(n-1) + "]" + rest
			}
			moved[key] = value
		}
		want = moved
	}
	if s, fault = s.remove(steps); fault != nil {
		return nil, fault
	}
	return s.checked(want, "")
}

// width is how many nodes one entry of a collection has.
func width(n *yaml.Node) int {
	if n.Kind == yaml.MappingNode {
		return 2
	}
	return 1
}

// drop takes a path, and what stands under it, out of the values of a source.
func drop(values map[string]string, path string) {
	maps.DeleteFunc(values, func(key, _ string) bool {
		rest, under := strings.CutPrefix(key, path)
		return under && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// checked gives the source if it says what is wanted, and the key at a path can take it.
func (s *source) checked(want map[string]string, path string) ([]byte, *problem.Fault) {
	if !maps.Equal(s.values(), want) {
		return nil, unsafe()
	}
	data := s.bytes()
	if a, there := s.all()[path]; there {
		for _, p := range decode("", 1, data, reflect.New(s.plan.of).Interface(), nil) {
			if p.Severity == problem.Error && p.Line == a.node.Line && p.Column == a.node.Column {
				return nil, &problem.Fault{Message: p.Message, Hint: p.Hint}
			}
		}
	}
	return data, nil
}

// unsafe is why a change is refused that would change something else, too.
func unsafe() *problem.Fault {
	return problem.Refuse(problem.Say("这一处写法特殊，改了会影响别处，没有改动", "this place is written in a way that cannot be changed by itself; nothing was changed"),
		problem.Say("在原文里改", "change it in the text"))
}

// step is one key on a path, with a place in its list or -1.
type step struct {
	field field
	index int
}

// steps reads a path.
func (p *plan) steps(path string) (steps []step, fault *problem.Fault) {
	for i, name := range strings.Split(path, ".") {
		index := -1
		if before, rest, listed := strings.Cut(name, "["); listed {
			n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
			if err != nil || n < 0 || n > maxEntries || !strings.HasSuffix(rest, "]") {
				p = nil
			}
			name, index = before, n
		}
		known := false
		var f field
		if p != nil {
			var at int
			if at, known = p.byName[name]; known {
				f = p.fields[at]
			}
		}
		if !known || index >= 0 && f.typ.Kind() != reflect.Slice {
			return nil, problem.Refuse(problem.Say("没有名为“%s”的键", "there is no key \"%s\"", problem.Quote(path)), problem.Say("照说明里的键填写", "use the keys that are explained"))
		}
		if index < 0 && f.typ.Kind() == reflect.Slice && strings.Count(path, ".") > i {
			return nil, problem.Refuse(problem.Say("“%s”没有写明第几项", "\"%s\" does not say which entry", problem.Quote(path)), problem.Say("写明第几项", "say which"))
		}
		steps = append(steps, step{f, index})
		p = f.under()
	}
	return steps, nil
}

// pathOf writes a path.
func pathOf(steps []step) string {
	var parts []string
	for _, s := range steps {
		part := s.field.names[0]
		if s.index >= 0 {
			part += "[" + strconv.Itoa(s.index) + "]"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ".")
}

// place is a node in what holds it.
type place struct {
	node   *yaml.Node
	parent *yaml.Node // nil of the whole
	index  int        // of the node in the parent's Content
	flow   bool       // it stands between brackets
	plan   *plan      // of a mapping
}

// pair gives the index of a field's key in a mapping, or -1.
func (p *plan) pair(n *yaml.Node, f field) int {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if at, known := p.byName[n.Content[i].Value]; known && n.Content[i].Kind == yaml.ScalarNode && p.fields[at].index == f.index {
			return i
		}
	}
	return -1
}

// empty tells whether a node holds nothing, so that anything may take its place.
func empty(n *yaml.Node) bool {
	return blank(n) || n.Kind != yaml.ScalarNode && len(n.Content) == 0
}

// setList sets a whole list of texts, entry by entry where it has some.
func (s *source) setList(steps []step, texts []string) (*source, *problem.Fault) {
	a, there := s.all()[pathOf(steps)]
	if !there || empty(a.node) {
		return s.set(steps, texts, true)
	}
	var old []string
	for _, item := range a.node.Content {
		old = append(old, at{item, a.field}.said())
	}
	head := 0
	for head < min(len(old), len(texts)) && old[head] == texts[head] {
		head++
	}
	tail := 0
	for tail < min(len(old), len(texts))-head && old[len(old)-1-tail] == texts[len(texts)-1-tail] {
		tail++
	}
	entry := func(i int) []step {
		of := slices.Clone(steps)
		of[len(of)-1].index = i
		return of
	}
	var fault *problem.Fault
	for i := len(old) - tail - 1; i >= len(texts)-tail; i-- {
		if s, fault = s.remove(entry(i)); fault != nil {
			return nil, fault
		}
	}
	for i := head; i < len(texts)-tail; i++ {
		if i < len(old)-tail {
			s, fault = s.set(entry(i), texts[i:i+1], false)
		} else {
			s, fault = s.insert(entry(i), texts[i])
		}
		if fault != nil {
			return nil, fault
		}
	}
	return s, nil
}

// set writes texts at a path.
func (s *source) set(steps []step, texts []string, whole bool) (*source, *problem.Fault) {
	at := place{node: s.root, plan: s.plan}
	for i, step := range steps {
		if empty(at.node) {
			return s.fill(at, false, steps[i:], texts, whole)
		}
		if at.node.Kind == yaml.ScalarNode && at.plan != nil && at.plan.scalar >= 0 {
			if step.field.index == at.plan.scalar {
				return s.replace(at, step.field, texts[0])
			}
			return s.spread(at, steps, texts, whole)
		}
		if at.node.Kind != yaml.MappingNode {
			return nil, unsafe()
		}
		pair := at.plan.pair(at.node, step.field)
		if pair < 0 {
			return s.add(at, steps[i:], texts, whole)
		}
		flow := at.flow || at.node.Style&yaml.FlowStyle != 0
		at = place{at.node.Content[pair+1], at.node, pair + 1, flow, step.field.under()}
		if step.index < 0 {
			continue
		}
		list := at.node
		switch {
		case empty(list):
			return s.fill(at, true, steps[i:], texts, whole)
		case list.Kind != yaml.SequenceNode && step.index == 0:
		case list.Kind != yaml.SequenceNode && step.index == 1:
			listed, fault := s.list(at)
			if fault != nil {
				return nil, fault
			}
			return listed.set(steps, texts, whole)
		case list.Kind == yaml.SequenceNode && step.index < len(list.Content):
			at = place{list.Content[step.index], list, step.index, flow || list.Style&yaml.FlowStyle != 0, at.plan}
		case list.Kind == yaml.SequenceNode && step.index == len(list.Content):
			return s.put(at, len(list.Content), steps[i:], texts, whole)
		default:
			return nil, problem.Refuse(problem.Say("“%s”前面还缺一项", "an entry before \"%s\" is missing", pathOf(steps)), problem.Say("先填前面的一项", "fill in the one before it first"))
		}
	}
	last := steps[len(steps)-1]
	if whole || blank(at.node) {
		return s.fill(at, true, []step{last}, texts, whole)
	}
	return s.replace(at, last.field, texts[0])
}

// insert puts a text before the entry at a place of a list, or at its end.
func (s *source) insert(steps []step, text string) (*source, *problem.Fault) {
	last := len(steps) - 1
	list := slices.Clone(steps)
	list[last].index = -1
	found, ok := s.find(list)
	if !ok {
		return nil, unsafe()
	}
	if found.node.Kind != yaml.SequenceNode {
		listed, fault := s.list(found)
		if fault != nil {
			return nil, fault
		}
		return listed.insert(steps, text)
	}
	return s.put(found, steps[last].index, steps[last:], []string{text}, false)
}

// find goes to what stands at a path.
func (s *source) find(steps []step) (place, bool) {
	at := place{node: s.root, plan: s.plan}
	for _, step := range steps {
		if at.node.Kind == yaml.ScalarNode && at.plan != nil && at.plan.scalar >= 0 && step.field.index == at.plan.scalar {
			return at, true
		}
		if at.node.Kind != yaml.MappingNode || at.plan == nil {
			return at, false
		}
		pair := at.plan.pair(at.node, step.field)
		if pair < 0 {
			return at, false
		}
		at = place{at.node.Content[pair+1], at.node, pair + 1, at.flow || at.node.Style&yaml.FlowStyle != 0, step.field.under()}
		if step.index < 0 {
			continue
		}
		switch list := at.node; {
		case list.Kind != yaml.SequenceNode && step.index == 0:
		case list.Kind == yaml.SequenceNode && step.index < len(list.Content):
			at = place{list.Content[step.index], list, step.index, at.flow || list.Style&yaml.FlowStyle != 0, at.plan}
		default:
			return at, false
		}
	}
	return at, true
}

// replace writes a text in the place of a scalar.
func (s *source) replace(at place, f field, text string) (*source, *problem.Fault) {
	n := at.node
	if n.Kind != yaml.ScalarNode {
		return nil, unsafe()
	}
	start := s.start(n)
	end, ok := s.end(n)
	if !ok {
		return nil, unsafe()
	}
	text = f.spelled(text, han(n.Value) || !f.spoken(n.Value) && s.chinese(at.parent), n.Value)
	block := n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if block && inBlock(text) && strings.TrimSpace(n.Value) != "" && (n.Style&yaml.FoldedStyle == 0 || !strings.Contains(text, "\n")) {
		return s.reblock(n, text)
	}
	indent := s.indentOf(n)
	if at.parent != nil && at.parent.Kind == yaml.MappingNode {
		indent = at.parent.Content[at.index-1].Column - 1
	}
	written := s.scalar(f, text, n, beside(at.parent), at.flow, indent)
	head, lines, several := strings.Cut(written, s.eol)
	// A comment may stand behind the head of a block, or behind a text that becomes one.
	switch {
	case block:
		comment := s.text[s.header(n):s.lineEnd(start)]
		if written = head + comment; several {
			written += s.eol + lines
		}
	case several:
		comment := strings.TrimRight(s.text[end:s.lineEnd(end)], " \t")
		return s.with(start, s.lineEnd(end), head+comment+s.eol+lines)
	}
	return s.with(start, end, written)
}

// reblock writes a text in the place of that of a block, which stays one. Lines that stay
// the same stay as they are.
func (s *source) reblock(n *yaml.Node, text string) (*source, *problem.Fault) {
	first, last := s.block(n)
	var old []string
	indent := -1
	for i := first; i <= last; i++ {
		line := s.text[s.lines[i]:s.lineEnd(s.lines[i])]
		inner := strings.TrimLeft(line, " ")
		if inner != "" && indent < 0 {
			indent, first = len(line)-len(inner), i // blank lines before the text stay
		}
		if indent >= 0 {
			old = append(old, line)
		}
	}
	if indent < 0 {
		return nil, unsafe()
	}
	lines := s.blockLines(text, indent)
	same := func(a, b string) bool { return a == b || strings.TrimSpace(a) == "" && b == "" }
	for i := 0; i < min(len(old), len(lines)) && same(old[i], lines[i]); i++ {
		lines[i] = old[i]
	}
	for i := 1; i <= min(len(old), len(lines)) && same(old[len(old)-i], lines[len(lines)-i]); i++ {
		lines[len(lines)-i] = old[len(old)-i]
	}
	return s.with(s.lines[first], s.lineEnd(s.lines[last]), strings.Join(lines, s.eol))
}

// blockLines are the lines of a text in a block.
func (s *source) blockLines(text string, indent int) (lines []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" {
			line = strings.Repeat(" ", indent) + line
		}
		lines = append(lines, line)
	}
	return lines
}

// fill writes a value where a key, or an entry of a list, stands without one. own tells
// that the first step is that key or entry; else the steps begin within it.
func (s *source) fill(at place, own bool, steps []step, texts []string, whole bool) (*source, *problem.Fault) {
	if at.parent == nil { // the source holds no key yet
		text := s.text
		if text != "" && !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\r") {
			text += s.eol
		}
		return s.with(0, len(s.text), text+s.keyed(steps, texts, whole, 0, false, s.han)+s.eol)
	}
	n := at.node
	nothing := n.Kind == yaml.ScalarNode && n.Value == ""
	start, end := s.start(n), s.start(n)
	if !nothing {
		var ok bool
		if end, ok = s.end(n); !ok {
			return nil, unsafe()
		}
	}
	chinese := s.chinese(at.parent)
	if at.parent.Kind == yaml.SequenceNode {
		var written string
		if own {
			written = s.item(steps, texts, whole, at.parent.Column+1, true, chinese, at.parent)
		} else {
			written = s.entry(steps, texts, whole, at.parent.Column+1, true, chinese)
		}
		if nothing && start > 0 && s.text[start-1] == '-' {
			written = " " + written
		}
		return s.with(start, end, written)
	}
	key := at.parent.Content[at.index-1]
	after, ok := s.end(key)
	if !ok {
		return nil, unsafe()
	}
	colon := ":"
	if rest := strings.TrimLeft(s.text[after:], " "); strings.HasPrefix(rest, ":") && len(s.text)-len(rest) <= start {
		after, colon = len(s.text)-len(rest)+1, ""
	}
	end = max(end, after)
	var written string
	if own {
		written = s.value(steps, texts, whole, key.Column-1, at.flow, chinese)
	} else {
		written = s.within(at.plan, steps, texts, whole, key.Column-1, at.flow, chinese)
	}
	head, lines, several := strings.Cut(written, s.eol)
	if !several || at.flow {
		if rest := strings.TrimLeft(s.text[end:s.lineEnd(end)], " "); nothing && !strings.HasPrefix(rest, "#") {
			end = s.lineEnd(end) - len(rest) // "x: ," has a space of its own
		}
		return s.with(after, end, colon+written)
	}
	// What takes lines of its own goes below the comment of the line.
	rest := strings.TrimRight(s.text[end:s.lineEnd(end)], " \t")
	return s.with(after, s.lineEnd(end), colon+head+rest+s.eol+lines)
}

// valueEnd is where the value of a pair ends that begins at an index of a mapping's
// Content, or its key where there is none.
func (s *source) valueEnd(n *yaml.Node, pair int) (int, bool) {
	end, ok := s.end(n.Content[pair+1])
	if key, fine := s.end(n.Content[pair]); fine && blank(n.Content[pair+1]) {
		end = max(end, key)
	}
	return end, ok
}

// add writes a key into a mapping that does not have it.
func (s *source) add(at place, steps []step, texts []string, whole bool) (*source, *problem.Fault) {
	n := at.node
	chinese := s.chinese(n)
	own := at.plan.byName[steps[0].field.names[0]]
	// After the one that comes next before it; where none comes after it, at the end.
	after, nearest, last := -1, -1, true
	for i := 0; i+1 < len(n.Content); i += 2 {
		f, known := at.plan.byName[n.Content[i].Value]
		last = last && known && f < own
		if known && f < own && f > nearest {
			after, nearest = i, f
		}
	}
	if last {
		after = len(n.Content) - 2
	}
	first := s.start(n.Content[0])
	if at.flow || n.Style&yaml.FlowStyle != 0 {
		written := s.keyed(steps, texts, whole, 0, true, chinese)
		if after < 0 {
			return s.with(first, first, written+", ")
		}
		end, ok := s.valueEnd(n, after)
		if !ok {
			return nil, unsafe()
		}
		return s.with(end, end, ", "+written)
	}
	indent := n.Content[0].Column - 1
	written := strings.Repeat(" ", indent) + s.keyed(steps, texts, whole, indent, false, chinese)
	if after < 0 {
		line := s.line(first)
		alone := strings.TrimSpace(s.text[s.lines[line]:first]) == ""
		noted := line > 0 && strings.HasPrefix(strings.TrimSpace(s.text[s.lines[line-1]:first]), "#")
		if alone && !noted {
			return s.with(s.lines[line], s.lines[line], written+s.eol)
		}
		after = 0
	}
	end, ok := s.valueEnd(n, after)
	if !ok {
		return nil, unsafe()
	}
	return s.below(end, written)
}

// below puts lines below that of a byte.
func (s *source) below(at int, written string) (*source, *problem.Fault) {
	next := s.next(at)
	if next == s.lineEnd(at) { // the last line has no end
		return s.with(next, next, s.eol+written)
	}
	return s.with(next, next, written+s.eol)
}

// put writes an entry into a list that holds some, before the one at an index. The first
// step is the list's own.
func (s *source) put(at place, index int, steps []step, texts []string, whole bool) (*source, *problem.Fault) {
	list := at.node
	before := list.Content[min(index, len(list.Content)-1)]
	chinese := s.chinese(before)
	if steps[0].field.spoken(before.Value) {
		chinese = han(before.Value)
	}
	if list.Style&yaml.FlowStyle != 0 || at.flow {
		written := s.item(steps, texts, whole, 0, true, chinese, list)
		if index < len(list.Content) {
			start := s.start(before)
			return s.with(start, start, written+", ")
		}
		end, ok := s.end(before)
		if !ok {
			return nil, unsafe()
		}
		return s.with(end, end, ", "+written)
	}
	dash, ok := s.dash(list, before)
	if !ok {
		return nil, unsafe()
	}
	gap := 1
	if start := s.start(before); s.line(start) == s.line(dash) && !blank(before) {
		gap = start - dash - 1
	}
	indent := list.Column - 1
	flow := len(steps) > 1 && before.Style&yaml.FlowStyle != 0 && !strings.Contains(strings.Join(texts, ""), "\n")
	written := strings.Repeat(" ", indent) + "-" + strings.Repeat(" ", gap) + s.item(steps, texts, whole, indent+1+gap, flow, chinese, list)
	if index < len(list.Content) {
		line := s.lineStart(dash)
		if strings.TrimSpace(s.text[line:dash]) != "" {
			return nil, unsafe()
		}
		return s.with(line, line, written+s.eol)
	}
	end, ok := s.end(before)
	if !ok {
		return nil, unsafe()
	}
	return s.below(end, written)
}

// dash is where the dash of a list's entry stands.
func (s *source) dash(list, item *yaml.Node) (int, bool) {
	for line := item.Line; line >= list.Line; line-- {
		if at := s.offset(line, list.Column); at < len(s.text) && s.text[at] == '-' && (line < item.Line || at < s.start(item) || blank(item)) {
			return at, true
		}
	}
	return 0, false
}

// list makes a list of one of what stands where a list is wanted.
func (s *source) list(at place) (*source, *problem.Fault) {
	n := at.node
	start := s.start(n)
	end, ok := s.end(n)
	if !ok {
		return nil, unsafe()
	}
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0:
		return s.with(start, end, "["+s.flowing(n, start, end)+"]")
	case n.Style&yaml.FlowStyle != 0:
		return s.with(start, end, "["+s.text[start:end]+"]")
	case n.Kind == yaml.MappingNode && strings.TrimSpace(s.text[s.lineStart(start):start]) == "":
		first, last := s.line(start), s.line(end)
		var b strings.Builder
		for i := first; i <= last; i++ {
			line := s.text[s.lines[i]:s.next(s.lines[i])]
			switch {
			case i == first:
				line = line[:n.Column-1] + "- " + line[n.Column-1:]
			case strings.TrimSpace(line) != "":
				line = "  " + line
			}
			b.WriteString(line)
		}
		return s.with(s.lines[first], s.next(s.lines[last]), b.String())
	}
	return nil, unsafe()
}

// flowing is a scalar as it may stand between brackets.
func (s *source) flowing(n *yaml.Node, start, end int) string {
	if n.Style == 0 && !plainSafe(n.Value, true) {
		return quoted(n.Value)
	}
	return s.text[start:end]
}

// spread writes out the struct that a plain text is short for, so that it takes more keys.
func (s *source) spread(at place, steps []step, texts []string, whole bool) (*source, *problem.Fault) {
	n := at.node
	start := s.start(n)
	end, ok := s.end(n)
	if !ok || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return nil, unsafe()
	}
	wide, fault := s.with(start, end, "{"+at.plan.short().name(s.chinese(at.parent))+": "+s.flowing(n, start, end)+"}")
	if fault != nil {
		return nil, fault
	}
	return wide.set(steps, texts, whole)
}

// remove takes out what stands at a path, which is not all that its mapping or list holds.
func (s *source) remove(steps []step) (*source, *problem.Fault) {
	at, ok := s.find(steps)
	if !ok || at.parent == nil {
		return nil, unsafe()
	}
	n, parent, first, wide := at.node, at.parent, at.index, width(at.parent)
	end, ok := s.end(n)
	if wide == 2 {
		first--
		end, ok = s.valueEnd(parent, first)
	}
	if !ok {
		return nil, unsafe()
	}
	start := s.start(parent.Content[first])
	var after *yaml.Node
	if first+wide < len(parent.Content) {
		after = parent.Content[first+wide]
	}
	if parent.Style&yaml.FlowStyle != 0 {
		line := s.lineStart(start)
		rest := strings.TrimLeft(s.text[end:s.lineEnd(end)], " ,\t")
		switch {
		case strings.TrimSpace(s.text[line:start]) == "" && (rest == "" || rest[0] == '#'): // lines of its own
			return s.with(line, s.next(end), "")
		case after != nil:
			to := s.start(after)
			if s.line(to) > s.line(end) { // a comment may stand between
				to = s.lineEnd(end) - len(rest)
			}
			return s.with(start, to, "")
		case first == 0:
			return nil, unsafe()
		}
		from, ok := s.end(parent.Content[first-1])
		if wide == 2 {
			from, ok = s.valueEnd(parent, first-2)
		}
		if !ok {
			return nil, unsafe()
		}
		if s.line(from) < s.line(start) {
			from = start
		}
		return s.with(from, end, "")
	}
	if wide == 1 {
		if start, ok = s.dash(parent, n); !ok {
			return nil, unsafe()
		}
	}
	line := s.lineStart(start)
	if strings.TrimSpace(s.text[line:start]) == "" {
		return s.with(line, s.next(end), "")
	}
	if after == nil { // all that stands behind a dash
		return nil, unsafe()
	}
	// Comments between stand above the entry then.
	comments := ""
	for i := s.line(end) + 1; i < s.line(s.start(after)); i++ {
		comments += s.text[s.lines[i]:s.lines[i+1]]
	}
	return s.with(line, s.start(after), comments+s.text[line:start])
}
