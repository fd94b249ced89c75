package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/templates"
)

// Languages of the interface. Each has a catalogue templates/messages.<language>.json.
var Languages = []string{"zh", "en"}

// Templates are the parsed templates of each language and the assets.
// They are safe for use by several goroutines.
type Templates struct {
	sets       map[string]*template.Template
	messages   map[string]Messages
	assets     map[string]asset // by plain name: site.css
	overridden map[string]bool  // by file name
}

// Asset is a file under assets/, by its plain name: chart.js.
type Asset struct {
	Name  string
	Bytes []byte
}

type asset struct {
	path  string // assets/chart.0123abcd.js
	bytes []byte
}

// Load parses the embedded templates. overrides is the bureau's templates
// folder, or nil: a template, style sheet or script there replaces the one of
// the same name. An override that cannot be used is a problem, and the
// embedded one stands in for it, so that all problems show in one run.
func Load(overrides fs.FS, assets []Asset) (*Templates, problem.List) {
	t := &Templates{
		sets:       map[string]*template.Template{},
		messages:   map[string]Messages{},
		assets:     map[string]asset{},
		overridden: map[string]bool{},
	}
	names, err := fs.Glob(templates.FS, "*.html")
	if err != nil || len(names) == 0 {
		panic("render: no templates are embedded") // the command was built wrongly
	}
	own, problems := ownFiles(overrides)
	for _, name := range []string{"site.css", "icon.svg"} {
		assets = append(assets, Asset{name, embedded(name)})
	}
	for _, a := range assets {
		if text := t.override(overrides, own, a.Name, &problems); text != nil {
			a.Bytes = text
		}
		sum := sha256.Sum256(a.Bytes)
		extension := path.Ext(a.Name)
		t.assets[a.Name] = asset{fmt.Sprintf("assets/%s.%x%s", strings.TrimSuffix(a.Name, extension), sum[:4], extension), a.Bytes}
	}
	for _, language := range Languages {
		var messages Messages
		if err := json.Unmarshal(embedded("messages."+language+".json"), &messages); err != nil {
			panic(err)
		}
		t.messages[language] = messages
		set := template.New(language).Funcs(template.FuncMap{"msg": messages.Text})
		for _, name := range names {
			// The embedded text first: it stands where the override fails to parse.
			define(set, name, string(embedded(name)), messages, &problems)
			if text := t.override(overrides, own, name, &problems); text != nil {
				define(set, name, string(text), messages, &problems)
			}
		}
		t.sets[language] = set
	}
	problems = append(problems, unknownOverrides(own, names)...)
	problems.Sort()
	return t, problems
}

func embedded(name string) []byte {
	b, err := templates.FS.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return b
}

const overrideLimit = 1 << 20 // bytes of one file

// ownFiles lists the files of the bureau's templates folder. What is no regular
// file is a problem; folders in it are not read.
func ownFiles(overrides fs.FS) ([]string, problem.List) {
	if overrides == nil {
		return nil, nil
	}
	var names []string
	var problems problem.List
	entries, err := fs.ReadDir(overrides, ".")
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
	return names, problems
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
			problem.Say("模板文件超过 1 MiB", "the template is larger than 1 MiB"),
			problem.Say("缩小文件，或者删除它以使用自带的模板", "Make it smaller, or delete it to use the built-in template."))
		return nil
	case err != nil:
		*problems = append(*problems, folder.Problem("templates/"+name, overrideLimit, err))
		return nil
	}
	t.overridden[name] = true
	return text
}

// unknownOverrides warns of files that replace nothing, so that a misspelt
// name is not silently without effect.
func unknownOverrides(own, names []string) problem.List {
	var problems problem.List
	for _, name := range own {
		if path.Ext(name) == ".html" && !slices.Contains(names, name) {
			problems.Warn(problem.Position{File: "templates/" + name}, problem.TemplateUnknown,
				problem.Say("没有名为 “%s” 的模板，这个文件不起作用", `there is no template "%s"; this file has no effect`, problem.Quote(name)),
				problem.Say("可用的名字：%s", "The names are: %s", strings.Join(names, " ")))
		}
	}
	return problems
}

// define adds a template to a set. A template of that name that stands in the
// set already is replaced only where the new one can be parsed.
func define(set *template.Template, name, text string, messages Messages, problems *problem.List) {
	trial, err := template.New(name).Funcs(template.FuncMap{"msg": messages.Text}).Parse(text)
	if err == nil {
		for _, d := range trial.Templates() {
			if d.Tree == nil {
				continue
			}
			if err = printConstants(d.Tree, d.Tree.Root, messages); err != nil {
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
			problem.Say("模板有语法错误：%s", "the template has a mistake: %s", problem.Quote(templateReason(err))),
			problem.Say("改正这一行，或者删除文件以使用自带的模板", "Mend this line, or delete the file to use the built-in template."))
	}
}

// printConstants replaces {{msg "key"}} by its text: a label is the same on
// every page of a language, so it is looked up and escaped once.
func printConstants(tree *parse.Tree, list *parse.ListNode, messages Messages) error {
	if list == nil {
		return nil
	}
	for i, node := range list.Nodes {
		var err error
		switch n := node.(type) {
		case *parse.ActionNode:
			key, constant := messageKey(n)
			if !constant {
				continue
			}
			text, known := messages[key]
			if !known {
				location, _ := tree.ErrorContext(n)
				return fmt.Errorf("template: %s: no message %q", location, key)
			}
			list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(text))}
		case *parse.IfNode:
			err = errors.Join(printConstants(tree, n.List, messages), printConstants(tree, n.ElseList, messages))
		case *parse.RangeNode:
			err = errors.Join(printConstants(tree, n.List, messages), printConstants(tree, n.ElseList, messages))
		case *parse.WithNode:
			err = errors.Join(printConstants(tree, n.List, messages), printConstants(tree, n.ElseList, messages))
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

// execute prints one template into a buffer.
func (t *Templates) execute(w *limited, language, name string, data any) problem.List {
	err := t.sets[language].ExecuteTemplate(w, name, data)
	if err == nil {
		return nil
	}
	at := templatePosition(err)
	if at.File == "" {
		at.File = "templates/" + name
	}
	var problems problem.List
	problems.Error(at, problem.TemplateExecute,
		problem.Say("模板不能套用：%s", "the template cannot be applied: %s", problem.Quote(templateReason(err))),
		problem.Say("改正这一行，或者删除文件以使用自带的模板", "Mend this line, or delete the file to use the built-in template."))
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
