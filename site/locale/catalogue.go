package locale

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"sunshine/site/problem"
	"sunshine/templates"
)

// settings is what a catalogue says of its language beside the messages.
type settings struct {
	Language struct {
		Name      string            `json:"name"`      // by itself: 中文
		Tag       string            `json:"tag"`       // BCP 47: zh-CN
		Direction string            `json:"direction"` // ltr or rtl
		Names     map[string]string `json:"names"`     // of other languages, by file
	} `json:"language"`
	Numbers numbers  `json:"numbers"`
	Between string   `json:"between-sentences"`
	Months  []string `json:"months"`
	Short   []string `json:"short-months"`
}

// numbers is how a language writes numbers.
type numbers struct {
	GroupedFrom int     `json:"grouped-from"` // digits before the point, from which on they are grouped by three
	Separator   string  `json:"separator"`
	Point       string  `json:"point"`
	BeforeUnit  string  `json:"before-unit"` // but not before % and ‰
	Counted     string  `json:"counted"`     // the word that ends the name of a count, 数 in 收集件数; may be empty
	Scales      []Scale `json:"scales"`      // the smallest first
}

// Scale is a word that large numbers are counted in: 万, million.
type Scale struct {
	From float64 `json:"from"` // the number from which on an axis is labelled in it; 0 for never
	Unit float64 `json:"unit"`
	Name string  `json:"name"`
}

// raw is a catalogue as it is read: each message by its forms, and its line.
type raw struct {
	file     string
	settings settings
	given    map[string]int                    // lines of the settings
	messages map[string]map[plural.Form]string // plural.Other alone for one without forms
	lines    map[string]int
	end      int // the line where the messages end
}

var forms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func formName(f plural.Form) string {
	for name, form := range forms {
		if form == f {
			return name
		}
	}
	return ""
}

const catalogueLimit = 1 << 20 // bytes

// read reads one catalogue.
func read(file string, data []byte) (*raw, problem.List) {
	r := &raw{file: file, given: map[string]int{}, messages: map[string]map[plural.Form]string{}, lines: map[string]int{}}
	var problems problem.List
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	line := func() int { return 1 + bytes.Count(data[:decoder.InputOffset()], []byte("\n")) }
	broken := func(err error) (*raw, problem.List) {
		at := line()
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			at = 1 + bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
		}
		problems.Error(problem.Position{File: file, Line: at}, problem.TemplateCatalogue,
			problem.Say("这份语言目录读不懂：%s", "this catalogue cannot be read: %s", problem.Quote(err.Error())),
			problem.Say("对照自带的 messages.zh.json，改正这一处的JSON写法", "correct the JSON here; the built-in messages.zh.json shows how it is written"))
		return nil, problems
	}
	open := func() error {
		token, err := decoder.Token()
		if err == nil && token != json.Delim('{') {
			err = fmt.Errorf("%v stands where { should", token)
		}
		return err
	}
	if err := open(); err != nil {
		return broken(err)
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return broken(err)
		}
		key := token.(string) // a name in an object is a string
		if _, twice := r.given[key]; twice {
			return broken(fmt.Errorf("%q stands twice", key))
		}
		r.given[key] = line()
		switch key {
		case "language":
			err = decoder.Decode(&r.settings.Language)
		case "numbers":
			err = decoder.Decode(&r.settings.Numbers)
		case "between-sentences":
			err = decoder.Decode(&r.settings.Between)
		case "months":
			err = decoder.Decode(&r.settings.Months)
		case "short-months":
			err = decoder.Decode(&r.settings.Short)
		case "messages":
			if err = open(); err != nil {
				return broken(err)
			}
			for decoder.More() {
				if err = r.message(decoder, line); err != nil {
					return broken(err)
				}
			}
			r.end = line()
			_, err = decoder.Token()
		default:
			err = fmt.Errorf("%q is no part of a catalogue", key)
		}
		if err != nil {
			return broken(err)
		}
	}
	if _, err := decoder.Token(); err != nil {
		return broken(err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return broken(fmt.Errorf("text follows the last }"))
	}
	return r, problems
}

func (r *raw) message(decoder *json.Decoder, line func() int) error {
	token, err := decoder.Token()
	if err != nil {
		return err
	}
	key := token.(string)
	if _, twice := r.messages[key]; twice {
		return fmt.Errorf("%q stands twice", key)
	}
	r.lines[key] = line()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return err
	}
	r.messages[key] = map[plural.Form]string{}
	switch v := value.(type) {
	case string:
		r.messages[key][plural.Other] = v
		return nil
	case map[string]any:
		for name, text := range v {
			form, known := forms[name]
			s, isText := text.(string)
			if !known || !isText {
				return fmt.Errorf("%q: %q is no plural form with a text", key, name)
			}
			r.messages[key][form] = s
		}
		return nil
	}
	return fmt.Errorf("%q is no text", key)
}

// embedded are the catalogues of the command. The first one is the reference.
var embedded = sync.OnceValue(func() []*raw {
	names, err := fs.Glob(templates.FS, "messages.*.json")
	if err != nil || len(names) == 0 {
		panic("locale: no catalogue is embedded") // the command was built wrongly
	}
	var all []*raw
	for _, name := range names {
		data, err := templates.FS.ReadFile(name)
		if err != nil {
			panic(err)
		}
		r, problems := read("templates/"+name, data)
		if r == nil {
			panic(problems[0].Message.EN)
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b *raw) int {
		return cmp.Or(rank(a), -rank(b), cmp.Compare(a.file, b.file))
	})
	return all
})

// rank puts the reference first.
func rank(r *raw) int {
	if r.name() == Reference {
		return -1
	}
	return 0
}

// name of the language, from the file's.
func (r *raw) name() string { return nameOf(r.file) }

func nameOf(file string) string {
	return strings.TrimSuffix(file[strings.Index(file, "messages.")+len("messages."):], ".json")
}

// over lays the bureau's own catalogue over an embedded one of the same language.
func (r *raw) over(own *raw) *raw {
	o := *r
	o.messages, o.lines = maps.Clone(r.messages), map[string]int{}
	for key, forms := range own.messages {
		o.messages[key], o.lines[key] = forms, own.lines[key]
	}
	o.file, o.given, o.end = own.file, own.given, own.end
	for key := range own.given {
		switch key {
		case "language":
			o.settings.Language = own.settings.Language
		case "numbers":
			o.settings.Numbers = own.settings.Numbers
		case "between-sentences":
			o.settings.Between = own.settings.Between
		case "months":
			o.settings.Months = own.settings.Months
		case "short-months":
			o.settings.Short = own.settings.Short
		}
	}
	return &o
}

// needed are the plural forms of whole numbers in a language.
func needed(code language.Tag) map[plural.Form]bool {
	all := map[plural.Form]bool{}
	for n := range 1001 {
		all[plural.Cardinal.MatchPlural(code, n, 0, 0, 0, 0)] = true
	}
	all[plural.Cardinal.MatchPlural(code, 1_000_000, 0, 0, 0, 0)] = true
	return all
}

// ordered are the forms in the order of CLDR, the one that words have by themselves last.
func ordered(needed map[plural.Form]bool) []plural.Form {
	var forms []plural.Form
	for _, form := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many} {
		if needed[form] {
			forms = append(forms, form)
		}
	}
	return append(forms, plural.Other)
}

// compile checks a catalogue against the reference and makes the language of it.
// extra are further keys that the bureau's own templates print.
func (r *raw) compile(reference *raw, extra map[string]bool) (*Language, problem.List) {
	var problems problem.List
	wrong := func(line int, zh, en string, args ...any) {
		problems.Error(problem.Position{File: r.file, Line: max(line, 1)}, problem.TemplateMessage, problem.Say(zh, en, args...),
			problem.Say("对照自带的 messages.zh.json，补上或者改正", "add or correct it, following the built-in messages.zh.json"))
	}
	s := r.settings
	l := &Language{Name: r.name(), Tag: s.Language.Tag, OwnName: s.Language.Name, RightToLeft: s.Language.Direction == "rtl", names: s.Language.Names,
		numbers: s.Numbers, Between: s.Between, months: s.Months, short: s.Short, texts: make([]text, len(definitions)), plain: map[string]string{}}
	code, err := language.Parse(s.Language.Tag)
	base, _ := code.Base()
	if named, known := baseOf(l.Name); err != nil || !known || base != named {
		wrong(r.given["language"], "“tag”应为这种语言的BCP 47标签，且与文件名相符，现为“%s”", `"tag" must be the BCP 47 tag of the language and agree with the file name, not "%s"`, problem.Quote(s.Language.Tag))
	}
	l.code, l.forms = code, ordered(needed(code))
	if l.OwnName == "" {
		wrong(r.given["language"], "没有写这种语言自己的名称（language 的 name）", "the language's own name is missing (name, under language)")
	}
	if d := s.Language.Direction; d != "ltr" && d != "rtl" {
		wrong(r.given["language"], "“direction”只能是 ltr 或 rtl，现为“%s”", `"direction" must be ltr or rtl, not "%s"`, problem.Quote(d))
	}
	if s.Numbers.GroupedFrom < 1 || s.Numbers.Separator == "" || s.Numbers.Point == "" {
		wrong(r.given["numbers"], "“numbers”要写明 grouped-from、separator 和 point", `"numbers" must give grouped-from, separator and point`)
	}
	for key, months := range map[string][]string{"months": s.Months, "short-months": s.Short} {
		if len(months) != 12 || slices.Contains(months, "") {
			wrong(r.given[key], "“%s”应有十二个月的名称", `"%s" must hold the names of twelve months`, key)
		}
	}
	if problems.Errors() > 0 {
		return nil, problems
	}

	wanted := needed(code)
	index := make(map[string]Key, len(definitions))
	for i, d := range definitions {
		index[d.name] = Key(i)
	}
	keys := maps.Clone(reference.messages)
	for _, d := range definitions {
		keys[d.name] = reference.messages[d.name]
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if r.messages[key] == nil {
			wrong(r.end, "缺少消息“%s”（中文是“%s”）", `the message "%s" is missing ("%s" in Chinese)`, key, problem.Quote(reference.messages[key][plural.Other]))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.messages)) {
		k, used := index[key]
		model, known := reference.messages[key]
		if !known && !extra[key] {
			problems.Warn(problem.Position{File: r.file, Line: max(r.lines[key], 1)}, problem.TemplateMessage,
				problem.Say("没有地方用到消息“%s”", `nothing uses the message "%s"`, problem.Quote(key)),
				problem.Say("改正键名，或者删去这一行", "correct the key, or delete the line"))
			continue
		}
		d := definition{name: key}
		if used {
			d = definitions[k]
		} else {
			d.args = placeholders(model[plural.Other])
		}
		t := text{}
		for form, message := range r.messages[key] {
			parts, err := parse(message, d.place)
			switch {
			case strings.TrimSpace(message) == "":
				wrong(r.lines[key], "消息“%s”没有文字", `the message "%s" has no text`, key)
			case err != nil:
				wrong(r.lines[key], "消息“%s”里的占位符 %s 不存在，可用的有：%s", `the message "%s" has no placeholder %s; available: %s`, key, problem.Quote(err.Error()), d.shown())
			}
			if lost := missing(d, parts, model[plural.Other], len(r.messages[key]) > 1); err == nil && lost != "" {
				wrong(r.lines[key], "消息“%s”里缺少占位符 {%s}", `the message "%s" lacks the placeholder {%s}`, key, lost)
			}
			if form == plural.Other {
				t.other = parts
				l.plain[key] = message
			} else if t.forms == nil {
				t.forms = map[plural.Form][]part{form: parts}
			} else {
				t.forms[form] = parts
			}
		}
		if len(r.messages[key]) > 1 || r.messages[key][plural.Other] == "" {
			for form := range wanted {
				if _, ok := r.messages[key][form]; !ok && form != plural.Other {
					wrong(r.lines[key], "消息“%s”缺少复数形式 %s", `the message "%s" lacks the plural form %s`, key, formName(form))
				}
			}
			if _, ok := r.messages[key][plural.Other]; !ok {
				wrong(r.lines[key], "消息“%s”缺少形式 other", `the message "%s" lacks the form other`, key)
			}
		}
		if used {
			l.texts[k] = t
		}
	}
	problems.Sort()
	return l, problems
}

// placeholders of a message, in their order.
func placeholders(message string) []string {
	var names []string
	parse(message, func(name string) int { names = append(names, name); return 0 })
	return names
}

// shown lists the placeholders that a message may have.
func (d definition) shown() string {
	if len(d.args) == 0 {
		return "-"
	}
	var all []string
	for _, a := range d.args {
		all = append(all, "{"+strings.TrimPrefix(a, "#")+"}")
	}
	return strings.Join(all, " ")
}

// missing is a placeholder of the reference that the message lacks. In a plural
// form the number may go: a day.
func missing(d definition, parts []part, model string, several bool) string {
	for _, name := range placeholders(model) {
		at := d.place(name)
		if !slices.ContainsFunc(parts, func(p part) bool { return p.arg >= 0 && p.arg == at }) && !(several && at >= 0 && d.args[at][0] == '#') {
			return name
		}
	}
	return ""
}
