package render

import (
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// A printer prints one template for data of one type, byte for byte as html/template does
// and in a small part of the time: where a field stands in its struct, and whether it can
// be empty, is looked up once for all pages and not for each.
//
// It is made of what html/template has made of the template, with the escaping of each value
// in its place. Nothing is escaped here: a value that has nothing to be escaped is written as
// it is, any other is given to html/template. So is the whole of a template that has something
// which no printer knows, and a page that goes wrong, for html/template to say how.
type printer struct {
	steps []step
	slots int // of variables
}

// step prints a part of a template for its dot. It is false where something is wrong.
type step func(p *printing, dot reflect.Value) bool

// printing is a page in the course of it.
type printing struct {
	out  *limited
	vars []reflect.Value // of the templates in hand
	base int             // where those of the innermost begin
	deep int             // how many they are
}

// mostDeep is far more than templates call each other; html/template knows an end, too.
const mostDeep = 1000

func (p *printer) print(to *printing, dot reflect.Value) bool {
	if to.deep == mostDeep {
		return false
	}
	base := to.base
	to.base = len(to.vars)
	for range p.slots {
		to.vars = append(to.vars, dot) // the first is $
	}
	to.deep++
	ok := all(p.steps, to, dot)
	to.deep--
	to.vars, to.base = to.vars[:to.base], base
	return ok
}

func all(steps []step, p *printing, dot reflect.Value) bool {
	for _, step := range steps {
		if !step(p, dot) {
			return false
		}
	}
	return true
}

func (p *printing) write(text string) bool {
	if p.out.Len()+len(text) > pageLimit {
		return false
	}
	p.out.WriteString(text)
	return true
}

// printerOf makes the printer of a template that html/template has printed once and thereby
// given its escaping; nil where the template has something that no printer knows.
func printerOf(set *template.Template, name string, data reflect.Type) *printer {
	m := &making{set: set, made: map[called]*printer{}}
	if p := m.printer(name, data); !m.unknown {
		return p
	}
	return nil
}

// making is a printer being made, with those of the templates that its own calls.
type making struct {
	set     *template.Template
	made    map[called]*printer
	unknown bool // something was met that no printer knows
}

type called struct {
	name string
	data reflect.Type
}

func (m *making) printer(name string, data reflect.Type) *printer {
	if p := m.made[called{name, data}]; p != nil {
		return p // which may be in the making still: some call themselves
	}
	p := &printer{slots: 1}
	m.made[called{name, data}] = p
	if t := m.set.Lookup(name); t != nil && t.Tree != nil {
		b := &block{m, p, data, []variable{{"$", data}}}
		p.steps = b.list(t.Tree.Root)
	} else {
		m.unknown = true
	}
	return p
}

// block is a part of a template within which the dot has one type.
type block struct {
	*making
	printer *printer
	dot     reflect.Type
	vars    []variable
}

type variable struct {
	name string
	of   reflect.Type
}

// within is a block in the block.
func (b *block) within(dot reflect.Type) *block {
	return &block{b.making, b.printer, dot, b.vars[:len(b.vars):len(b.vars)]}
}

// declare gives a variable a slot.
func (b *block) declare(name string, of reflect.Type) (slot int) {
	b.vars = append(b.vars, variable{name, of})
	b.printer.slots = max(b.printer.slots, len(b.vars))
	return len(b.vars) - 1
}

func (b *block) list(l *parse.ListNode) (steps []step) {
	if l == nil {
		return nil
	}
	for _, node := range l.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
			text := string(n.Text)
			steps = append(steps, func(p *printing, _ reflect.Value) bool { return p.write(text) })
		case *parse.ActionNode:
			steps = append(steps, b.action(n.Pipe))
		case *parse.IfNode:
			condition := b.condition(n.Pipe)
			yes, no := b.within(b.dot).list(n.List), b.within(b.dot).list(n.ElseList)
			steps = append(steps, func(p *printing, dot reflect.Value) bool {
				is, ok := condition(p, dot)
				if is {
					return ok && all(yes, p, dot)
				}
				return ok && all(no, p, dot)
			})
		case *parse.WithNode:
			value, of := b.value(n.Pipe)
			holds := b.truth(of)
			yes, no := b.within(of).list(n.List), b.within(b.dot).list(n.ElseList)
			steps = append(steps, func(p *printing, dot reflect.Value) bool {
				v, ok := value(p, dot)
				if ok && holds(v) {
					return all(yes, p, v)
				}
				return ok && all(no, p, dot)
			})
		case *parse.RangeNode:
			steps = append(steps, b.loop(n))
		case *parse.TemplateNode:
			value, of := nothing, reflect.Type(nil)
			if n.Pipe != nil {
				value, of = b.value(n.Pipe)
			}
			called := b.making.printer(n.Name, of)
			steps = append(steps, func(p *printing, dot reflect.Value) bool {
				v, ok := value(p, dot)
				return ok && called.print(p, v)
			})
		case *parse.CommentNode:
		default:
			b.unknown = true
		}
	}
	return steps
}

// loop is {{range}} over a slice.
func (b *block) loop(n *parse.RangeNode) step {
	plain := *n.Pipe
	plain.Decl = nil
	value, of := b.value(&plain)
	if of == nil || of.Kind() != reflect.Slice || n.Pipe.IsAssign {
		b.unknown = true
		return nil
	}
	inner, index, item := b.within(of.Elem()), 0, 0
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		item = inner.declare(d[0].Ident[0], of.Elem())
	case 2:
		index = inner.declare(d[0].Ident[0], reflect.TypeFor[int]())
		item = inner.declare(d[1].Ident[0], of.Elem())
	}
	each, none := inner.list(n.List), b.within(b.dot).list(n.ElseList)
	return func(p *printing, dot reflect.Value) bool {
		v, ok := value(p, dot)
		if !ok || v.Len() == 0 {
			return ok && all(none, p, dot)
		}
		for i := range v.Len() {
			if index > 0 {
				p.vars[p.base+index] = reflect.ValueOf(i)
			}
			if item > 0 {
				p.vars[p.base+item] = v.Index(i)
			}
			if !all(each, p, v.Index(i)) {
				return false
			}
		}
		return true
	}
}

// getter gives a value; not ok where the way to it goes through nil.
type getter func(p *printing, dot reflect.Value) (v reflect.Value, ok bool)

func nothing(*printing, reflect.Value) (reflect.Value, bool) { return reflect.Value{}, true }

// value is the getter of a value, or of a slice of one, and its type.
func (b *block) value(node parse.Node) (getter, reflect.Type) {
	switch n := node.(type) {
	case *parse.PipeNode:
		if len(n.Decl) == 0 && len(n.Cmds) == 1 {
			return b.value(n.Cmds[0])
		}
	case *parse.CommandNode:
		if len(n.Args) == 1 {
			return b.value(n.Args[0])
		} else if len(n.Args) == 4 && n.Args[0].String() == "slice" {
			return b.slice(n.Args[1], n.Args[2], n.Args[3])
		}
	case *parse.DotNode:
		return b.fields(nil, b.dot, nil)
	case *parse.FieldNode:
		return b.fields(nil, b.dot, n.Ident)
	case *parse.VariableNode:
		for slot := len(b.vars) - 1; slot >= 0; slot-- {
			if v := b.vars[slot]; v.name == n.Ident[0] {
				return b.fields(func(p *printing, _ reflect.Value) (reflect.Value, bool) { return p.vars[p.base+slot], true }, v.of, n.Ident[1:])
			}
		}
	}
	b.unknown = true
	return nil, nil
}

// slice is the getter of a part of a text.
func (b *block) slice(text, from, to parse.Node) (getter, reflect.Type) {
	value, of := b.value(text)
	first, is := from.(*parse.NumberNode)
	end, are := to.(*parse.NumberNode)
	if of != reflect.TypeFor[string]() || !is || !are || !first.IsInt || !end.IsInt || first.Int64 < 0 || end.Int64 < first.Int64 {
		b.unknown = true
		return nil, nil
	}
	return func(p *printing, dot reflect.Value) (reflect.Value, bool) {
		v, ok := value(p, dot)
		if !ok || int64(v.Len()) < end.Int64 {
			return v, false
		}
		return v.Slice(int(first.Int64), int(end.Int64)), true
	}, of
}

// fields goes on from a value, nil for the dot, to its field, and to the field of that. No
// printer knows methods, nor what only the value of an interface tells.
func (b *block) fields(from getter, of reflect.Type, names []string) (getter, reflect.Type) {
	if from == nil {
		from = func(_ *printing, dot reflect.Value) (reflect.Value, bool) { return dot, true }
	}
	for _, name := range names {
		before, structure, pointer := from, of, of != nil && of.Kind() == reflect.Pointer
		if pointer {
			structure = of.Elem()
		}
		if structure == nil || structure.Kind() != reflect.Struct {
			b.unknown = true
			return nil, nil
		}
		field, found := structure.FieldByName(name)
		_, method := reflect.PointerTo(structure).MethodByName(name)
		for i := range max(1, len(field.Index)) - 1 { // of embedded structs
			method = method || structure.FieldByIndex(field.Index[:i+1]).Type.Kind() != reflect.Struct
		}
		if !found || !field.IsExported() || method {
			b.unknown = true
			return nil, nil
		}
		from, of = func(p *printing, dot reflect.Value) (reflect.Value, bool) {
			v, ok := before(p, dot)
			if !ok || pointer && v.IsNil() {
				return v, false
			}
			if pointer {
				v = v.Elem()
			}
			return v.FieldByIndex(field.Index), true
		}, field.Type
	}
	if of == nil || of.Kind() == reflect.Interface {
		b.unknown = true
		return nil, nil
	}
	return from, of
}

// condition is that of {{if}}: a value, or a function of some.
func (b *block) condition(node parse.Node) func(p *printing, dot reflect.Value) (is, ok bool) {
	if pipe, is := node.(*parse.PipeNode); is && len(pipe.Decl) == 0 && len(pipe.Cmds) == 1 {
		args := pipe.Cmds[0].Args
		if function, is := args[0].(*parse.IdentifierNode); is {
			return b.function(function.Ident, args[1:])
		}
	}
	value, of := b.value(node)
	holds := b.truth(of)
	return func(p *printing, dot reflect.Value) (is, ok bool) {
		v, ok := value(p, dot)
		return ok && holds(v), ok
	}
}

// function is what a condition calls: not, or, and; gt and eq of two whole numbers.
func (b *block) function(name string, args []parse.Node) func(p *printing, dot reflect.Value) (is, ok bool) {
	switch {
	case name == "not" && len(args) == 1:
		condition := b.condition(args[0])
		return func(p *printing, dot reflect.Value) (is, ok bool) {
			is, ok = condition(p, dot)
			return !is, ok
		}
	case (name == "or" || name == "and") && len(args) > 0:
		ends := name == "or" // what the others do not change
		var conditions []func(*printing, reflect.Value) (bool, bool)
		for _, arg := range args {
			conditions = append(conditions, b.condition(arg))
		}
		return func(p *printing, dot reflect.Value) (is, ok bool) {
			for _, condition := range conditions {
				if is, ok = condition(p, dot); !ok || is == ends {
					break
				}
			}
			return is, ok
		}
	case (name == "gt" || name == "eq") && len(args) == 2:
		x, y := b.number(args[0]), b.number(args[1])
		return func(p *printing, dot reflect.Value) (is, ok bool) {
			m, ok := x(p, dot)
			n, okay := y(p, dot)
			return m == n && name == "eq" || m > n && name == "gt", ok && okay
		}
	}
	b.unknown = true
	return nil
}

// number is a whole number: one that is written, a value, or the len of one.
func (b *block) number(node parse.Node) func(p *printing, dot reflect.Value) (n int64, ok bool) {
	length := false
	switch n := node.(type) {
	case *parse.NumberNode:
		if n.IsInt {
			return func(*printing, reflect.Value) (int64, bool) { return n.Int64, true }
		}
	case *parse.PipeNode:
		if len(n.Decl) == 0 && len(n.Cmds) == 1 && len(n.Cmds[0].Args) == 2 && n.Cmds[0].Args[0].String() == "len" {
			length, node = true, n.Cmds[0].Args[1]
		}
	}
	value, of := b.value(node)
	if of == nil || length && of.Kind() != reflect.Slice || !length && of.Kind() != reflect.Int {
		b.unknown = true
	}
	return func(p *printing, dot reflect.Value) (n int64, ok bool) {
		switch v, ok := value(p, dot); {
		case !ok:
			return 0, false
		case length:
			return int64(v.Len()), true
		default:
			return v.Int(), true
		}
	}
}

// truth tells what text/template calls true of a type.
func (b *block) truth(of reflect.Type) func(v reflect.Value) bool {
	if of != nil {
		switch of.Kind() {
		case reflect.String, reflect.Slice:
			return func(v reflect.Value) bool { return v.Len() > 0 }
		case reflect.Bool:
			return reflect.Value.Bool
		case reflect.Pointer:
			return func(v reflect.Value) bool { return !v.IsNil() }
		case reflect.Int:
			return func(v reflect.Value) bool { return v.Int() != 0 }
		case reflect.Struct:
			return func(reflect.Value) bool { return true }
		}
	}
	b.unknown = true
	return nil
}

// place is where a value stands, by the functions that html/template escapes it with there.
type place struct {
	before, after string
	escaping      *template.Template                      // prints a value between them
	safe          map[reflect.Type]func(text string) bool // tells, by the type, that nothing of a text is escaped

	mu      sync.RWMutex
	escaped map[string]string // the first short texts, which often come again: the headings of a guide
}

const (
	mostEscaped  = 1000 // texts that a place remembers
	shortEscaped = 200  // bytes
)

// places are those of what templates mostly print.
var places = map[string]*place{
	"htmlescaper":                         newPlace("<p>", "</p>", safeText).trusting(reflect.TypeFor[template.HTML](), always),
	"rcdataescaper":                       newPlace("<title>", "</title>", safeText),
	"attrescaper":                         newPlace(`<p title="`, `">`, safeText),
	"urlfilter|urlnormalizer|attrescaper": newPlace(`<a href="`, `">`, safeLink).trusting(reflect.TypeFor[template.URL](), safeURL),
	"urlfilter|attrescaper":               newPlace(`<meta http-equiv="refresh" content="0; url=`, `">`, safeLink),
	"urlescaper|attrescaper":              newPlace(`<a href="#`, `">`, safePart),
	"jsvalescaper":                        newPlace(`<script type="application/ld+json">`, `</script>`, never).trusting(reflect.TypeFor[template.JS](), always),
}

// newPlace gives a place between two texts.
func newPlace(before, after string, safe func(text string) bool) *place {
	return &place{
		before: before, after: after, escaping: template.Must(template.New("").Parse(before + "{{.}}" + after)),
		safe: map[reflect.Type]func(string) bool{reflect.TypeFor[string](): safe}, escaped: map[string]string{},
	}
}

// trusting adds a type that is trusted in the place.
func (in *place) trusting(of reflect.Type, safe func(text string) bool) *place {
	in.safe[of] = safe
	return in
}

// escapers are the functions that html/template has put behind a value.
func escapers(pipe *parse.PipeNode) string {
	var names []string
	for _, c := range pipe.Cmds[1:] {
		names = append(names, strings.TrimPrefix(c.String(), "_html_template_"))
	}
	return strings.Join(names, "|")
}

func always(string) bool { return true }
func never(string) bool  { return false }

// safeText tells that HTML and its attributes hold a text as it is.
func safeText(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case 0, '"', '&', '\'', '+', '<', '>':
			return false
		}
	}
	return true
}

// safePart tells it of a part of an address, as behind #.
func safePart(part string) bool {
	for i := range len(part) {
		if b := part[i]; !isLetter(b) && !isDigit(b) && strings.IndexByte("-._~", b) < 0 {
			return false
		}
	}
	return true
}

// safeLink tells it of an address that may be anybody's: it has no scheme, or the web's.
func safeLink(address string) bool {
	scheme, _, found := strings.Cut(address, ":")
	return safeURL(address) && (!found || scheme == "http" || scheme == "https" || strings.Contains(scheme, "/"))
}

// safeURL tells it of an address whose scheme is trusted.
func safeURL(address string) bool {
	hex := func(i int) bool {
		return i < len(address) && (isDigit(address[i]) || 'a' <= address[i]|0x20 && address[i]|0x20 <= 'f')
	}
	for i := range len(address) {
		switch b := address[i]; {
		case isLetter(b), isDigit(b):
		case b == '%' && hex(i+1) && hex(i+2):
		case strings.IndexByte("-._~!#$*,/:;=?@[]", b) >= 0:
		default:
			return false
		}
	}
	return true
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return '0' <= b && b <= '9' }

// action prints a value in its place.
func (b *block) action(pipe *parse.PipeNode) step {
	if len(pipe.Decl) > 0 {
		b.unknown = true
		return nil
	}
	in, known := places[escapers(pipe)]
	value, of := b.value(pipe.Cmds[0])
	if !known || of == nil {
		b.unknown = true
		return nil
	}
	safe := in.safe[of]
	digits := of == reflect.TypeFor[int]() && in != places["jsvalescaper"] // which puts spaces around them
	return func(p *printing, dot reflect.Value) bool {
		v, ok := value(p, dot)
		switch {
		case !ok:
			return false
		case safe != nil && safe(v.String()):
			return p.write(v.String())
		case digits:
			return p.write(strconv.FormatInt(v.Int(), 10))
		}
		return in.escape(p, v.Interface())
	}
}

// escape lets html/template print a value in the place.
func (in *place) escape(p *printing, value any) bool {
	written, short := value.(string)
	if short = short && len(written) <= shortEscaped; short {
		in.mu.RLock()
		text, known := in.escaped[written]
		in.mu.RUnlock()
		if known {
			return p.write(text)
		}
	}
	var b strings.Builder
	if in.escaping.Execute(&b, value) != nil {
		return false
	}
	text := strings.TrimSuffix(strings.TrimPrefix(b.String(), in.before), in.after)
	if short {
		in.mu.Lock()
		if len(in.escaped) < mostEscaped {
			in.escaped[strings.Clone(written)] = text
		}
		in.mu.Unlock()
	}
	return p.write(text)
}
