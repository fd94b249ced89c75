// Package locale holds the languages of pages. A language is a catalogue, a file
// templates/messages.<language>.json: its name and tag, every message with its
// plural forms, how numbers, dates and periods are written. The command embeds
// some; a bureau's own templates folder may hold a further one, or lay single
// messages over an embedded one.
//
// Nothing else in the program knows a language by name. A catalogue is checked
// when it is loaded, so that a message can never be missing on a page: it has the
// keys, the placeholders and all plural forms of its language, and no empty text.
//
// The package also writes what depends on the language: numbers with their units
// and markers, dates, the labels of periods.
package locale

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"sunshine/site/folder"
	"sunshine/site/problem"
)

// Reference is the language whose catalogue the others are held against, and the
// one of a bureau that names none.
const Reference = "zh"

// Language is one language of pages. It may be used by several goroutines.
type Language struct {
	Name        string // of its file and of the folder of its pages: en
	Tag         string // BCP 47: zh-CN
	OwnName     string // 中文
	RightToLeft bool
	Between     string // what stands between two sentences

	code          language.Tag
	forms         []plural.Form       // that its numbers have, in the order of CLDR
	units         map[string][]string // words for units of measure in these forms, by the last
	names         map[string]string
	numbers       numbers
	months, short []string
	texts         []text            // by Key
	plain         map[string]string // by name, for templates
}

// Counting gives the language with words for units of measure, each in as many forms as
// Forms says, by the last of them.
func (l *Language) Counting(units map[string][]string) *Language {
	counting := *l
	counting.units = map[string][]string{}
	for unit, forms := range units {
		if len(forms) == len(l.forms) {
			counting.units[unit] = forms
		}
	}
	return &counting
}

// Forms are the plural forms of the language by name, in the order in which the words for
// a unit of measure are written: one, other.
func (l *Language) Forms() []string {
	names := make([]string, len(l.forms))
	for i, form := range l.forms {
		names[i] = formName(form)
	}
	return names
}

// letters are those of the scripts that languages are written in, by ISO 15924.
var letters = map[string]*unicode.RangeTable{
	"Hans": unicode.Han, "Hant": unicode.Han, "Jpan": unicode.Han, "Latn": unicode.Latin, "Cyrl": unicode.Cyrillic,
	"Arab": unicode.Arabic, "Tibt": unicode.Tibetan, "Mong": unicode.Mongolian, "Kore": unicode.Hangul, "Yiii": unicode.Yi,
}

// Letters are those of the script that the language is written in; all letters where it is
// a rare one.
func (l *Language) Letters() *unicode.RangeTable {
	script, _ := l.code.Script()
	if table := letters[script.String()]; table != nil {
		return table
	}
	return unicode.L
}

// Writes tells whether a text has letters of the language's script, so that it may be in
// the language.
func (l *Language) Writes(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(l.Letters(), r) })
}

// Plain gives a message by its name, for a template.
func (l *Language) Plain(name string) (string, bool) {
	text, ok := l.plain[name]
	return text, ok
}

// NameOf is the name of another language in this one, or else its own.
func (l *Language) NameOf(other *Language) string {
	if name, ok := l.names[other.Name]; ok {
		return name
	}
	return other.OwnName
}

// Languages are those that pages may be in, the reference first.
type Languages []*Language

// Names of the languages.
func (all Languages) Names() []string {
	names := make([]string, len(all))
	for i, l := range all {
		names[i] = l.Name
	}
	return names
}

// Named gives the language of a name; it is the reference for one that there is
// not, which is an error already.
func (all Languages) Named(name string) *Language {
	for _, l := range all {
		if l.Name == name {
			return l
		}
	}
	return all[0]
}

var builtin = sync.OnceValue(func() Languages {
	var all Languages
	catalogues := embedded()
	for _, r := range catalogues {
		l, problems := r.compile(catalogues[0], nil)
		if len(problems) > 0 {
			panic(problems[0].Position.String() + ": " + problems[0].Message.EN) // a test holds them
		}
		all = append(all, l)
	}
	return all
})

// Builtin is the embedded language of what the command says to staff.
func Builtin(l problem.Language) *Language { return builtin().Named(string(l)) }

// Load gives the embedded languages and those of the bureau's templates folder,
// in which files stand; it may be nil. A catalogue that cannot be used is a
// problem, and an embedded one stands in for it, so that all problems show in one
// run. extra are further keys, which the bureau's own templates print.
func Load(templates fs.FS, files []string, extra map[string]bool) (Languages, problem.List) {
	files = slices.DeleteFunc(slices.Clone(files), func(file string) bool { return !isCatalogue(file) })
	if len(files) == 0 {
		return builtin(), nil
	}
	catalogues := embedded()
	all := slices.Clone(builtin())
	var problems problem.List
	for _, file := range files {
		own, more := readOwn(templates, file)
		problems.Add(more)
		if own == nil {
			continue
		}
		at := slices.IndexFunc(catalogues, func(r *raw) bool { return r.name() == own.name() })
		if at >= 0 {
			own = catalogues[at].over(own)
		}
		l, more := own.compile(catalogues[0], extra)
		problems.Add(more)
		switch {
		case at >= 0 && more.Errors() == 0:
			all[at] = l
		case at < 0 && more.Errors() > 0:
			instead := *all[0]
			instead.Name = own.name()
			all = append(all, &instead)
		case at < 0:
			all = append(all, l)
		}
	}
	return all, problems
}

func readOwn(templates fs.FS, file string) (*raw, problem.List) {
	name := "templates/" + file
	data, err := folder.Read(templates, file, catalogueLimit)
	if err != nil {
		return nil, problem.List{folder.Problem(name, catalogueLimit, err)}
	}
	return read(name, data)
}

func isCatalogue(file string) bool {
	named, _ := path.Match("messages.*.json", file)
	return named
}

// Names lists the languages that a bureau's templates folder, or nil, makes with
// the embedded ones, whether or not their catalogues can be used.
func Names(templates fs.FS) []string {
	names := builtin().Names()
	if templates == nil {
		return names
	}
	files, _ := fs.Glob(templates, "messages.*.json")
	for _, file := range files {
		if name := nameOf(file); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Match finds the language that a tag means among names: zh-CN, zh_CN and ZH are
// all zh. ok is false where there is none.
func Match(names []string, tag string) (name string, ok bool) {
	for _, name := range names {
		if strings.EqualFold(name, strings.ReplaceAll(tag, "_", "-")) {
			return name, true
		}
	}
	wanted, err := language.Parse(tag)
	if err != nil || wanted == language.Und {
		return "", false
	}
	var tags []language.Tag
	for _, name := range names {
		tags = append(tags, language.Make(name))
	}
	_, at, confidence := language.NewMatcher(tags).Match(wanted)
	if confidence < language.High {
		return "", false
	}
	return names[at], true
}

// Suffix is the tag of a language in a file's name without its extension: fr in
// x.fr, pt-BR in x.pt-BR. It is empty where the end of the name is no tag with a
// code of two letters.
func Suffix(base string) string {
	tag := strings.TrimPrefix(path.Ext(base), ".")
	code, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	if len(code) != 2 {
		return ""
	}
	if _, err := language.Parse(tag); err != nil {
		return ""
	}
	return tag
}

// baseOf is the language of a tag without its region; ok is false for no tag.
func baseOf(name string) (base language.Base, ok bool) {
	tag, err := language.Parse(name)
	base, _ = tag.Base()
	return base, err == nil
}
