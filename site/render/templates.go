package render

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"sunshine/site/bureau"
	"sunshine/site/card"
	"sunshine/site/folder"
	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/templates"
)

// Templates are the parsed templates of each language and the assets.
// They are safe for use by several goroutines.
type Templates struct {
	Languages locale.Languages
	Own       []bureau.File // the bureau's, which stand in the place of ours: templates/site.css

	sets     map[string]*template.Template // by language
	printers *sync.Map                     // of printed: *printer, nil where html/template prints it
	first    *sync.Mutex                   // held while html/template prints one for the first time, and writes its tree
	assets   map[string]asset              // by plain name: site.css
}

// printed is a template with the data that it was printed for.
type printed struct {
	language, name string
	data           reflect.Type
}

// asset is a file under assets/.
type asset struct {
	path  string // assets/chart.0123abcd.js
	bytes []byte
}

// assetFiles are the styles and scripts that pages load, by their plain names, and
// where they are embedded.
var assetFiles = map[string]string{
	"site.css": "site.css", "icon.svg": "icon.svg", "chart.css": "chart.css", "chart.js": "chart.js", "matters.js": "matters.js", "find.js": "find.js", "tables.js": "tables.js", "search.js": "search.js", "reading.js": "reading.js",
	"echarts.js": "dist/echarts.js", "licenses.txt": "dist/LICENSES.txt",
}

var errUnbuilt = errors.New("this sunshine was built without what make bundles; build it with make build")

// Load parses the embedded templates. A template, style sheet or script in the
// folder templates of the bureau's folder, which may be nil, replaces the one of
// the same name. An override that cannot be used is a problem, and the embedded one
// stands in for it, so that all problems show in one run. The error is that of a
// command that was built wrongly.
func Load(bureauFolder fs.FS) (*Templates, problem.List, error) {
	overrides, own, problems := ownFiles(bureauFolder)
	if len(own) == 0 {
		t, err := builtIn()
		return t, problems, err
	}
	t, more, err := parsed(overrides, own)
	problems.Add(more)
	problems.Sort()
	return t, problems, err
}

// builtIn are the embedded templates as they are, which nothing changes once they are
// parsed: the builds of one process share them.
var builtIn = sync.OnceValues(func() (*Templates, error) {
	t, _, err := parsed(nil, nil)
	return t, err
})

// parsed parses the embedded templates and those that replace some.
func parsed(overrides fs.FS, own []string) (*Templates, problem.List, error) {
	t := &Templates{sets: map[string]*template.Template{}, printers: new(sync.Map), first: new(sync.Mutex), assets: map[string]asset{}}
	names, err := fs.Glob(templates.FS, "*.html")
	if err != nil || len(names) == 0 {
		panic("render: no templates are embedded") // the command was built wrongly
	}
	var problems problem.List
	for _, name := range slices.Sorted(maps.Keys(assetFiles)) {
		data := t.override(overrides, own, name, &problems)
		if data == nil {
			if data, err = templates.FS.ReadFile(assetFiles[name]); err != nil {
				return nil, problems, errUnbuilt
			}
		}
		sum := sha256.Sum256(data)
		extension := path.Ext(name)
		t.assets[name] = asset{fmt.Sprintf("assets/%s.%x%s", strings.TrimSuffix(name, extension), sum[:4], extension), data}
	}
	if !card.Ready() {
		return nil, problems, errUnbuilt
	}
	texts, printed := map[string]string{}, map[string]bool{}
	for _, name := range names {
		if text := t.override(overrides, own, name, &problems); text != nil {
			texts[name] = string(text)
			collect(name, texts[name], printed)
		}
	}
	var more problem.List
	t.Languages, more = locale.Load(overrides, own, printed)
	problems.Add(more)
	for _, language := range t.Languages {
		set := template.New(language.Name).Funcs(functions(language))
		for _, name := range names {
			// The embedded text first: it stands where the override fails to parse.
			define(set, name, string(embedded(name)), language, &problems)
			if text, ok := texts[name]; ok {
				define(set, name, text, language, &problems)
			}
		}
		t.sets[language.Name] = set
	}
	return t, append(problems, unknownOverrides(own, names)...), nil
}

// Main is the main language of a bureau's site.
func (t *Templates) Main(b *bureau.Bureau) *locale.Language {
	return t.Languages.Named(b.Site.MainLanguage())
}

// Counting gives the templates with the main language of a bureau counting in the plural
// forms of its units of measure.
func (t *Templates) Counting(b *bureau.Bureau) *Templates {
	forms := map[string][]string{}
	for _, s := range b.Statistics {
		for _, f := range s.Fields {
			if len(f.Forms) > 0 {
				forms[f.Unit] = f.Forms
			}
		}
	}
	if len(forms) == 0 {
		return t
	}
	counting := *t
	counting.Languages = slices.Clone(t.Languages)
	for i, l := range counting.Languages {
		if l == t.Main(b) {
			counting.Languages[i] = l.Counting(forms)
		}
	}
	return &counting
}

// functions are what a template may call: {{msg "key"}} is a message.
func functions(language *locale.Language) template.FuncMap {
	return template.FuncMap{"msg": func(key string) (string, error) {
		text, known := language.Plain(key)
		if !known {
			return "", fmt.Errorf("no message %q", key)
		}
		return text, nil
	}}
}

// collect finds the messages that the bureau's own template prints. One that
// cannot be parsed is reported when it is defined.
func collect(name, text string, printed map[string]bool) {
	trial, err := template.New(name).Funcs(template.FuncMap{"msg": func(string) string { return "" }}).Parse(text)
	if err != nil {
		return
	}
	for _, d := range trial.Templates() {
		if d.Tree == nil {
			continue
		}
		eachMessage(d.Tree.Root, func(_ *parse.ListNode, _ int, _ *parse.ActionNode, key string) error {
			printed[key] = true
			return nil
		})
	}
}

func embedded(name string) []byte {
	b, err := templates.FS.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return b
}

const overrideLimit = 1 << 20 // bytes of one file

// ownFiles opens the bureau's templates folder, nil where there is none, and lists
// its files. What is no regular file is a problem; folders in it are not read.
func ownFiles(bureauFolder fs.FS) (overrides fs.FS, names []string, problems problem.List) {
	if bureauFolder == nil {
		return nil, nil, nil
	}
	err := folder.Folder(bureauFolder, "templates")
	if err == nil {
		overrides, err = fs.Sub(bureauFolder, "templates")
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = fs.ReadDir(overrides, ".")
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems = append(problems, folder.Problem("templates", 0, err))
	}
	for _, e := range entries {
		if e.Type()&(fs.ModeDir|fs.ModeSymlink) != 0 && path.Ext(e.Name()) == "" {
			continue // a folder, or a link to one: no template has such a name
		}
		if err := folder.Regular(e.Type()); err != nil {
			problems = append(problems, folder.Problem("templates/"+e.Name(), 0, err))
			continue
		}
		names = append(names, e.Name())
	}
	return overrides, names, problems
}

// override reads the bureau's own version of a template or asset, or nil where it
// is not among its own files.
func (t *Templates) override(overrides fs.FS, own []string, name string, problems *problem.List) []byte {
	if !slices.Contains(own, name) {
		return nil
	}
	text, err := folder.Read(overrides, name, overrideLimit)
	switch {
	case err == folder.ErrTooLarge:
		problems.Error(problem.Position{File: "templates/" + name}, problem.TemplateSize,
			problem.Say("模板文件超过1 MiB", "the template is larger than 1 MiB"),
			problem.Say("缩小文件，或者删除它，使用自带的模板", "make it smaller, or delete it to use the built-in template"))
		return nil
	case err != nil:
		*problems = append(*problems, folder.Problem("templates/"+name, overrideLimit, err))
		return nil
	}
	t.Own = append(t.Own, bureau.File{Path: "templates/" + name, Bytes: text})
	return text
}

// unknownOverrides warns of files that replace nothing, so that a misspelt
// name is not silently without effect.
func unknownOverrides(own, names []string) problem.List {
	var problems problem.List
	for _, name := range own {
		if path.Ext(name) == ".html" && !slices.Contains(names, name) {
			problems.Warn(problem.Position{File: "templates/" + name}, problem.TemplateUnknown,
				problem.Say("没有名为“%s”的模板，这个文件不起作用", `there is no template "%s"; this file has no effect`, problem.Quote(name)),
				problem.Text{ZH: "改用这些名称：" + strings.Join(names, "、"), EN: "use one of these names: " + strings.Join(names, ", ")})
		}
	}
	return problems
}

// define adds a template to a set. A template of that name that stands in the
// set already is replaced only where the new one can be parsed.
func define(set *template.Template, name, text string, language *locale.Language, problems *problem.List) {
	trial, err := template.New(name).Funcs(functions(language)).Parse(text)
	if err == nil {
		for _, d := range trial.Templates() {
			if d.Tree == nil {
				continue
			}
			if err = printConstants(d.Tree, language); err != nil {
				break
			}
		}
	}
	if err == nil {
		for _, d := range trial.Templates() {
			if d.Tree != nil {
				if _, err = set.AddParseTree(d.Name(), d.Tree); err != nil {
					break
				}
			}
		}
	}
	if err != nil {
		problems.Error(templatePosition(err), problem.TemplateParse,
			problem.Say("模板有语法错误：%s", "the template has a syntax error: %s", problem.Quote(templateReason(err))),
			problem.Say("改正这一行，或者删除文件，使用自带的模板", "correct this line, or delete the file to use the built-in template"))
	}
}

// printConstants replaces {{msg "key"}} by its text: a label is the same on
// every page of a language, so it is looked up and escaped once.
func printConstants(tree *parse.Tree, language *locale.Language) error {
	return eachMessage(tree.Root, func(list *parse.ListNode, i int, n *parse.ActionNode, key string) error {
		text, known := language.Plain(key)
		if !known {
			location, _ := tree.ErrorContext(n)
			return fmt.Errorf("template: %s: no message %q", location, key)
		}
		list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(text))}
		return nil
	})
}

// eachMessage calls f for every {{msg "key"}} of a list and the lists in it.
func eachMessage(list *parse.ListNode, f func(list *parse.ListNode, i int, n *parse.ActionNode, key string) error) error {
	if list == nil {
		return nil
	}
	for i, node := range list.Nodes {
		var err error
		switch n := node.(type) {
		case *parse.ActionNode:
			if key, constant := messageKey(n); constant {
				err = f(list, i, n, key)
			}
		case *parse.IfNode:
			err = errors.Join(eachMessage(n.List, f), eachMessage(n.ElseList, f))
		case *parse.RangeNode:
			err = errors.Join(eachMessage(n.List, f), eachMessage(n.ElseList, f))
		case *parse.WithNode:
			err = errors.Join(eachMessage(n.List, f), eachMessage(n.ElseList, f))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// messageKey tells whether an action is just {{msg "key"}}.
func messageKey(n *parse.ActionNode) (key string, ok bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	name, isName := n.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	text, isText := n.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !isName || !isText || name.Ident != "msg" {
		return "", false
	}
	return text.Text, true
}

const pageLimit = 64 << 20 // bytes of one page

// limited is a buffer that a template cannot fill without end.
type limited struct{ bytes.Buffer }

var errPageLimit = errors.New("the page is larger than 64 MiB")

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > pageLimit {
		return 0, errPageLimit
	}
	return l.Buffer.Write(p)
}

var buffers = sync.Pool{New: func() any { return new(limited) }}

// buffer gives an empty one, to be put back.
func buffer() *limited {
	b := buffers.Get().(*limited)
	b.Reset()
	return b
}

// print prints one template into a buffer: html/template for the first time, which escapes
// it, then by a printer.
func (t *Templates) print(w *limited, language *locale.Language, name string, data any) error {
	key, set, before := printed{language.Name, name, reflect.TypeOf(data)}, t.sets[language.Name], w.Len()
	made, known := t.printers.Load(key)
	if p, _ := made.(*printer); p != nil {
		if p.print(&printing{out: w}, reflect.ValueOf(data)) {
			return nil
		}
		w.Truncate(before)
	}
	if !known {
		t.first.Lock() // a printer is made of the trees of others, too
		defer t.first.Unlock()
	}
	err := set.ExecuteTemplate(w, name, data)
	if err == nil && !known {
		t.printers.Store(key, printerOf(set, name, key.data))
	}
	return err
}

// execute prints one template into a buffer.
func (t *Templates) execute(w *limited, language *locale.Language, name string, data any) problem.List {
	err := t.print(w, language, name, data)
	if err == nil {
		return nil
	}
	at := templatePosition(err)
	if at.File == "" {
		at.File = "templates/" + name
	}
	var problems problem.List
	problems.Error(at, problem.TemplateExecute,
		problem.Say("模板套用时出错：%s", "the template cannot be applied: %s", problem.Quote(templateReason(err))),
		problem.Say("改正这一行，或者删除文件，使用自带的模板", "correct this line, or delete the file to use the built-in template"))
	return problems
}

// The error texts of the template packages: "template: guide.html:12:5: reason",
// "html/template:guide.html:12:5: reason"; line and column may be missing.
var templateError = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+)(?::(\d+))?(?::(\d+))?: (?s:(.*))$`)

func templatePosition(err error) problem.Position {
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		return problem.Position{}
	}
	line, _ := strconv.Atoi(m[2])
	return problem.Position{File: "templates/" + m[1], Line: line}
}

func templateReason(err error) string {
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		return m[4]
	}
	return err.Error()
}
