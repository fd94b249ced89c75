package yaml

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// plan is how a struct is read.
type plan struct {
	of                reflect.Type
	fields            []field
	byName            map[string]int // every spelling of a key -> index in fields
	at, blank, scalar int            // index of these fields in the struct, or -1
}

type field struct {
	index  int // in the struct
	names  []string
	typ    reflect.Type
	words  bureau.Words // the closed list that a text is of; nil for any
	column bool         // the text names columns of a table
	long   bool         // the text may have several lines
}

var plans sync.Map // reflect.Type -> *plan

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{of: t, byName: map[string]int{}, at: -1, blank: -1, scalar: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		switch f.Type {
		case reflect.TypeFor[problem.Position]():
			p.at = i
		case reflect.TypeFor[[]bureau.Blank]():
			p.blank = i
		}
		tag := f.Tag.Get("yaml")
		if tag == "" || tag == "-" {
			continue
		}
		names := strings.Split(tag, ",")
		if s := slices.Index(names, "scalar"); s >= 0 {
			names = slices.Delete(names, s, s+1)
			p.scalar = i
		}
		for _, name := range names {
			p.byName[name] = len(p.fields)
		}
		p.fields = append(p.fields, field{i, names, f.Type, bureau.WordLists[f.Tag.Get("words")], f.Tag.Get("names") == "column", f.Tag.Get("text") == "long"})
	}
	plans.Store(t, p)
	return p
}

// list names the keys of a plan for a message, in Chinese where the key that they
// are held against was written so.
func (p *plan) list(written string) problem.Text {
	var zh, en []string
	for _, f := range p.fields {
		zh, en = append(zh, f.name(han(written))), append(en, f.names[0])
	}
	return problem.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// first names the first key as list does.
func (p *plan) first(written string) problem.Text {
	first := p.fields[0]
	if i, ok := p.byName["title"]; ok {
		first = p.fields[i] // the first that anybody writes
	}
	return problem.Text{ZH: first.name(han(written)), EN: first.names[0]}
}

func (f field) name(chinese bool) string {
	if i := slices.IndexFunc(f.names, han); i >= 0 && chinese {
		return f.names[i]
	}
	return f.names[0]
}

func han(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// under gives the plan of what stands in a field, nil for a scalar.
func (f field) under() *plan {
	t := f.typ
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || leaf(t) != "" {
		return nil
	}
	return planOf(t)
}

// leaf names the kind of a scalar type.
func leaf(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[bureau.String]():
		return "string"
	case reflect.TypeFor[bureau.Int]():
		return "integer"
	case reflect.TypeFor[bureau.Number]():
		return "number"
	case reflect.TypeFor[bureau.Bool]():
		return "boolean"
	case reflect.TypeFor[bureau.Date]():
		return "date"
	case reflect.TypeFor[bureau.Moment]():
		return "time"
	}
	return ""
}

// Key is one key that a file may hold, for documentation.
type Key struct {
	Path    string       // places[].hours
	Names   []string     // the key and its other spellings
	Kind    string       // string integer number boolean date time object
	Several bool         // a list of them
	Words   bureau.Words // that it takes; nil where it takes any text
	Long    bool         // a text that may have several lines
}

// Keys lists the keys of a struct of package bureau, in the order of its fields.
func Keys(of any) []Key {
	return keys(nil, "", planOf(reflect.TypeOf(of)))
}

func keys(list []Key, prefix string, p *plan) []Key {
	for _, f := range p.fields {
		k := Key{Path: prefix + f.names[0], Names: f.names, Words: f.words, Long: f.long, Several: f.typ.Kind() == reflect.Slice}
		nested := f.under()
		switch {
		case nested != nil:
			k.Kind = "object"
		case k.Several:
			k.Kind = leaf(f.typ.Elem())
		default:
			k.Kind = leaf(f.typ)
		}
		list = append(list, k)
		if nested != nil {
			under := k.Path + "."
			if k.Several {
				under = k.Path + "[]."
			}
			list = keys(list, under, nested)
		}
	}
	return list
}

// unknown reports a key that the struct does not have, with what was meant.
func (d *decoder) unknown(k *yaml.Node, p *plan) {
	if k.Kind != yaml.ScalarNode {
		d.Error(d.at(k), problem.YAMLKey,
			problem.Say("键名应是一般的文字", "a key must be plain text"),
			problem.Say("值以 [ 或 { 开头时请加引号", "put a value that begins with [ or { in quotes"))
		return
	}
	if before, _, ok := cutColon(k.Value); ok && p.has(before) {
		d.colon(k.Line, k.Column+utf8.RuneCountInString(before), before, strings.Contains(k.Value, "："))
		return
	}
	keys := p.list(k.Value)
	hint := problem.Text{ZH: "可填的键有：" + keys.ZH, EN: "the keys are: " + keys.EN}
	if near := p.nearest(k.Value); near != nil {
		hint = problem.Text{
			ZH: "您是不是要写“" + strings.Join(near.names, "”或“") + "”？",
			EN: `did you mean "` + strings.Join(near.names, `" or "`) + `"?`,
		}
	} else if path := d.root.path(k.Value, false); path != "" {
		hint = problem.Text{ZH: "这个键应写在 " + d.root.path(k.Value, han(k.Value)), EN: "this key belongs at " + path}
	} else if other, ok := elsewhere(k.Value); ok {
		hint = other
	}
	d.Error(d.at(k), problem.YAMLKey, problem.Say("没有名为“%s”的键", "there is no key \"%s\"", problem.Quote(k.Value)), hint)
	if near := p.nearest(k.Value); near != nil {
		meant := near.names[0]
		if i := slices.IndexFunc(near.names, han); i >= 0 && han(k.Value) {
			meant = near.names[i]
		}
		d.Cure(k.Value, meant)
	}
}

// documents are what staff write in YAML, and where.
var documents = []struct {
	of     reflect.Type
	zh, en string
}{
	{reflect.TypeFor[bureau.Guide](), "这是办事指南的键；指南放在 data/guides/<类别>/<名称>.md", "this is a key of guides, which belong at data/guides/<area>/<name>.md"},
	{reflect.TypeFor[bureau.Notice](), "这是公告的键；公告放在 data/notices/", "this is a key of notices, which belong into data/notices/"},
	{reflect.TypeFor[bureau.Policy](), "这是政策文件的键；政策文件放在 data/policies/", "this is a key of policy documents, which belong into data/policies/"},
	{reflect.TypeFor[bureau.Page](), "这是网页的键；网页放在 data/pages/", "this is a key of pages, which belong into data/pages/"},
	{reflect.TypeFor[bureau.Descriptor](), "这是统计说明文件的键；写在 data/stats/<名称>.yaml，与统计表放在一起", "this is a key of the descriptor of a statistic, data/stats/<name>.yaml, beside its table"},
	{reflect.TypeFor[bureau.RegisterDescriptor](), "这是清单说明文件的键；写在 data/registers/<名称>.yaml，与清单放在一起", "this is a key of the descriptor of a register, data/registers/<name>.yaml, beside the list"},
	{reflect.TypeFor[bureau.Site](), "这是网站设置的键；写在 data/site.yaml", "this is a key of the site's settings, data/site.yaml"},
}

// elsewhere tells of which other document a key is, where it is of one kind alone.
func elsewhere(name string) (hint problem.Text, ok bool) {
	n := 0
	for _, d := range documents {
		if planOf(d.of).has(name) {
			hint = problem.Text{ZH: d.zh, EN: d.en}
			n++
		}
	}
	return hint, n == 1
}

func (p *plan) has(name string) bool { _, ok := p.byName[name]; return ok }

// several gives the field that holds several of what a key holds one of: fees for fee.
func (p *plan) several(key string) (f field, is bool) {
	one, known := p.byName[key]
	if !known {
		return field{}, false
	}
	i, is := p.byName[p.fields[one].names[0]+"s"]
	if is {
		f = p.fields[i]
	}
	return f, is
}

// path finds a key anywhere under a plan.
func (p *plan) path(name string, chinese bool) string {
	for _, f := range p.fields {
		if slices.Contains(f.names, name) {
			return f.name(chinese)
		}
		if nested := f.under(); nested != nil {
			if rest := nested.path(name, chinese); rest != "" {
				return f.name(chinese) + " → " + rest
			}
		}
	}
	return ""
}

// nearest gives the field with the nearest spelling, nil when none is near.
func (p *plan) nearest(name string) *field {
	var known []string
	for _, f := range p.fields {
		known = append(known, f.names...)
	}
	near := problem.Nearest(name, known)
	for i := range p.fields {
		if near != "" && slices.Contains(p.fields[i].names, near) {
			return &p.fields[i]
		}
	}
	return nil
}
