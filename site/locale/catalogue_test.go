package locale

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/templates"
)

// reference is the text of the reference catalogue.
func reference(t testing.TB) string {
	t.Helper()
	data, err := templates.FS.ReadFile("messages." + Reference + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The reference holds the messages that Go and the templates ask for, and no other.
func TestEveryMessageIsUsed(t *testing.T) {
	asked := map[string]bool{}
	for _, d := range definitions {
		if asked[d.name] {
			t.Errorf("%s is declared twice", d.name)
		}
		asked[d.name] = true
	}
	names, err := fs.Glob(templates.FS, "*.html")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		text, _ := templates.FS.ReadFile(name)
		for _, m := range regexp.MustCompile(`\bmsg "([^"]*)"`).FindAllSubmatch(text, -1) {
			asked[string(m[1])] = true
		}
	}
	for _, l := range builtin() {
		if got, want := slices.Sorted(maps.Keys(l.plain)), slices.Sorted(maps.Keys(asked)); !slices.Equal(got, want) {
			for _, key := range got {
				if !asked[key] {
					t.Errorf("%s: nothing asks for %s", l.Name, key)
				}
			}
			for _, key := range want {
				if l.plain[key] == "" {
					t.Errorf("%s lacks %s", l.Name, key)
				}
			}
		}
	}
}

// sources calls f for every Go file of the command, without its tests.
func sources(t *testing.T, f func(path string, file *ast.File)) {
	t.Helper()
	files := token.NewFileSet()
	for _, root := range []string{"../../site", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(files, path, nil, 0)
			if err == nil {
				f(filepath.ToSlash(strings.TrimPrefix(path, "../../")), file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Languages are data: no Go code knows one by its name, beside this package, the
// two languages of the command and its flag.
func TestNoCodeNamesALanguage(t *testing.T) {
	seen := 0
	sources(t, func(path string, file *ast.File) {
		seen++
		if strings.HasPrefix(path, "site/locale/") || path == "site/problem/problem.go" || path == "cmd/sunshine/flags.go" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
				if text, err := strconv.Unquote(s.Value); err == nil && regexp.MustCompile(`^\.?(zh|en)(-[A-Za-z]+)?[./]?$`).MatchString(text) {
					t.Errorf("%s holds %s", path, s.Value)
				}
			}
			return true
		})
	})
	if seen < 100 {
		t.Errorf("%d files are looked at", seen)
	}
}

// Every call gives a message as many arguments as it takes, and every key is asked for.
func TestCallsFitTheirMessages(t *testing.T) {
	names := map[string]Key{} // by the name of the variable
	data, err := os.ReadFile("keys.go")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Key{}
	for i, d := range definitions {
		byName[d.name] = Key(i)
	}
	for _, m := range regexp.MustCompile(`(?m)^\t(\w+) +=? ?= message\("([^"]+)"`).FindAllSubmatch(data, -1) {
		names[string(m[1])] = byName[string(m[2])]
	}
	if len(names) != len(definitions) {
		t.Fatalf("%d keys stand in keys.go, %d are declared", len(names), len(definitions))
	}
	used := map[string]bool{}
	sources(t, func(path string, file *ast.File) {
		if path == "site/locale/keys.go" {
			return
		}
		within := strings.HasPrefix(path, "site/locale/")
		key := func(e ast.Expr) string {
			switch e := e.(type) {
			case *ast.SelectorExpr:
				if of, ok := e.X.(*ast.Ident); ok && of.Name == "locale" {
					return e.Sel.Name
				}
			case *ast.Ident:
				if within {
					return e.Name
				}
			}
			return ""
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				used[key(e)] = true
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 || call.Ellipsis.IsValid() {
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "Text" {
				return true
			}
			if k, ok := names[key(call.Args[0])]; ok && len(call.Args)-1 != len(definitions[k].args) {
				t.Errorf("%s gives %s %d arguments, it takes %v", path, k, len(call.Args)-1, definitions[k].args)
			}
			return true
		})
	})
	for name := range names {
		if !used[name] {
			t.Errorf("nothing asks for %s", name)
		}
	}
}

// Each message is written once, with one and with several: no placeholder is left,
// and the English counts right.
func TestEveryMessageIsWritten(t *testing.T) {
	plurals := regexp.MustCompile(`\b1 (?:[a-z]+ )?([a-z]+s)\b`)
	for _, l := range builtin() {
		for i, d := range definitions {
			for _, n := range []int{0, 1, 2, 5000} {
				args := make([]any, len(d.args))
				for j, a := range d.args {
					args[j] = "A" + strconv.Itoa(j)
					if a[0] == '#' && j == slices.IndexFunc(d.args, func(a string) bool { return a[0] == '#' }) {
						args[j] = n
					} else if a[0] == '#' {
						args[j] = 60
					}
				}
				text := l.Text(Key(i), args...)
				if strings.ContainsAny(text, "{}") || strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s is %q", l.Name, d.name, text)
				}
				if m := plurals.FindStringSubmatch(text); l == en && m != nil && !slices.Contains([]string{"is", "has", "pages", "less"}, m[1]) {
					t.Errorf("%s is %q", d.name, text)
				}
			}
		}
	}
	if got := en.Text(UpPoints, Decimal(0.5)) + ", " + en.Text(UpPoints, Decimal(1)); got != "up 0.5 percentage points, up 1 percentage point" {
		t.Error(got)
	}
	if got := en.Text(LatestNamed, "as at 31 May 2026", "x"); got != "As at 31 May 2026, x" {
		t.Error(got)
	}
}

// Every value that data may hold has its message.
func TestTables(t *testing.T) {
	for _, table := range [][]Key{Frequencies[:], lengths[:], fulls[:], alls[:]} {
		if len(table) != int(period.Daily)+1 {
			t.Errorf("a frequency has no message: %v", table)
		}
	}
	if len(Markers) != len(bureau.Markers) || len(Steps) != len(bureau.MatterSteps) || len(StepColumns) != len(bureau.MatterSteps) || len(States) != len(bureau.MatterStates) {
		t.Error("a marker, a step or a state has no message")
	}
	for i, step := range bureau.MatterSteps {
		if zh.Text(Steps[i]) != step.ZH || zh.Text(StepColumns[i]) != step.ZH {
			t.Errorf("%s is %s and %s", step.ZH, zh.Text(Steps[i]), zh.Text(StepColumns[i]))
		}
	}
	for i, state := range bureau.MatterStates {
		if zh.Text(States[i]) != state.ZH {
			t.Errorf("%s is %s", state.ZH, zh.Text(States[i]))
		}
	}
	for _, a := range bureau.Areas {
		if k, ok := Areas[a.ID]; !ok || zh.Text(k) != a.ZH || en.Text(k) != a.EN {
			t.Errorf("no message of %s", a.ID)
		}
	}
	for _, level := range bureau.Levels {
		if k, ok := Levels[level.ID]; !ok || zh.Text(k) != level.ZH {
			t.Errorf("no message of %s", level.ID)
		}
	}
	for _, row := range []reflect.Type{reflect.TypeFor[bureau.Unit](), reflect.TypeFor[bureau.Target]()} {
		for i := range row.NumField() {
			tag := strings.Split(row.Field(i).Tag.Get("csv"), ",")
			if tag[0] == "" || tag[0] == "-" {
				continue
			}
			if k, ok := Columns[tag[0]]; !ok || zh.Text(k) != tag[1] || en.Text(k) != tag[0] {
				t.Errorf("no message of column %v", tag)
			}
		}
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "../bureau/statistic.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	roles := 0
	ast.Inspect(file, func(n ast.Node) bool { // every constant of type Role
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); ok && of.Name == "Role" {
			value, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			roles++
			if _, known := Roles[bureau.Role(value)]; !known {
				t.Errorf("no message of the role %s", value)
			}
		}
		return true
	})
	if roles != len(Roles) {
		t.Errorf("%d roles, %d messages", roles, len(Roles))
	}
}

// load reads all catalogues of a folder.
func load(folder fstest.MapFS, extra map[string]bool) (Languages, problem.List) {
	return Load(folder, slices.Sorted(maps.Keys(folder)), extra)
}

func TestCatalogueFaults(t *testing.T) {
	zhText := reference(t)
	line := func(text, of string) int { return 1 + strings.Count(text[:strings.Index(text, of)], "\n") }
	for _, c := range []struct{ name, file, old, new, want string }{
		{"complete", "fr", "", "", ""},
		{"a missing message", "fr", "    \"home\": \"首页\",\n", "", "error template/message @}"},
		{"an unknown one", "fr", `"home": "首页"`, `"home": "首页", "homme": "首页"`, "warning template/message homme"},
		{"a lost placeholder", "fr", `"due": "应于{date}前更新"`, `"due": "应更新"`, "error template/message due"},
		{"a placeholder that is not", "fr", `"due": "应于{date}前更新"`, `"due": "应于{date}{day}前更新"`, "error template/message due"},
		{"an open brace", "fr", `"due": "应于{date}前更新"`, `"due": "应于{date}前更新{"`, "error template/message due"},
		{"no text", "fr", `"home": "首页"`, `"home": " "`, "error template/message home"},
		{"a plural form is missing", "fr", `"matters": "{count}项"`, `"matters": {"many": "{count}项", "other": "{count}项"}`, "error template/message matters"}, // one
		{"no other form", "fr", `"matters": "{count}项"`, `"matters": {"one": "{count}项", "few": "{count}项"}`, "error template/message matters"},
		{"a number may go in a form", "fr", `"matters": "{count}项"`, `"matters": {"one": "一项", "many": "{count}项", "other": "{count}项"}`, ""},
		{"another language's tag", "fr", `"tag": "fr"`, `"tag": "de"`, "error template/message tag"},
		{"months", "fr", `"short-months": ["1", `, `"short-months": [`, "error template/message short-months"},
		{"an unknown part", "fr", `"between-sentences": ""`, `"between-sentences": "", "colour": 1`, "error template/catalogue between-sentences"},
		{"twice", "fr", `"home": "首页"`, `"home": "首页", "home": "家"`, "error template/catalogue home"},
		{"no JSON", "fr", `"home": "首页",`, `"home": "首页"`, "error template/catalogue statistics"},
		{"an unknown form", "fr", `"matters": "{count}项"`, `"matters": {"some": "{count}项"}`, "error template/catalogue matters"},
		{"a number", "fr", `"home": "首页"`, `"home": 1`, "error template/catalogue home"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(strings.Replace(zhText, `"tag": "zh-CN"`, `"tag": "fr"`, 1), c.old, c.new, 1)
			all, problems := load(fstest.MapFS{"messages." + c.file + ".json": {Data: []byte(text)}}, nil)
			if c.want == "" {
				if len(problems) > 0 || len(all) != 3 || all[2].Name != "fr" || all[2].Text(Home) == "" {
					t.Fatal(problems, all.Names())
				}
				return
			}
			severity, rest, _ := strings.Cut(c.want, " ")
			rule, at, _ := strings.Cut(rest, " ")
			wanted := 0
			if at == "@}" {
				wanted = 1 + line(text, "\n  }\n}") // where the message could be put
			} else {
				wanted = line(text, `"`+at+`"`)
			}
			if len(problems) != 1 {
				t.Fatal(problems)
			}
			p := problems[0]
			if p.Severity.String() != severity || p.Rule.String() != rule || p.File != "templates/messages.fr.json" || p.Line != wanted {
				t.Errorf("%v %v [%v] %s, want %s at %d", p.Severity, p.Position, p.Rule, p.Message.EN, c.want, wanted)
			}
			if p.Message.ZH == "" || p.Hint.ZH == "" || p.Hint.EN == "" {
				t.Errorf("%+v", p)
			}
		})
	}
}

// A bureau's own catalogue of an embedded language lays single messages over it.
func TestOverride(t *testing.T) {
	own := fstest.MapFS{"messages.zh.json": {Data: []byte(`{"messages": {"home": "主页", "mine": "本局"}}`)}}
	all, problems := load(own, map[string]bool{"mine": true})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l := all.Named("zh")
	if mine, _ := l.Plain("mine"); l.Text(Home) != "主页" || mine != "本局" || l.Text(Guides) != zh.Text(Guides) || zh.Text(Home) != "首页" {
		t.Error(l.Text(Home), l.Text(Guides), zh.Text(Home))
	}
	if _, problems := load(own, nil); len(problems) != 1 || problems[0].Severity != problem.Warning || problems[0].Line != 1 {
		t.Error(problems)
	}
}

func TestMatch(t *testing.T) {
	names := []string{"zh", "en", "pt-BR"}
	for tag, want := range map[string]string{
		"zh": "zh", "ZH": "zh", "zh-CN": "zh", "zh_CN": "zh", "zh-Hans": "zh", "en-GB": "en", "pt-br": "pt-BR",
		"fr": "", "chinese": "", "": "", "zh-Hant": "", "x": "", "中文": "",
	} {
		if got, ok := Match(names, tag); got != want || ok != (want != "") {
			t.Errorf("%q is %q", tag, got)
		}
	}
	for base, want := range map[string]string{
		"id-card": "", "id-card.en": "en", "id-card.fr": "fr", "id-card.zh-CN": "zh-CN", "id-card.v2": "", "3.14": "", "a.old": "", "..": "", ".en": "en", "2026.10.31": "",
	} {
		if got := Suffix(base); got != want {
			t.Errorf("%s ends in %q, want %q", base, got, want)
		}
	}
}

// The plural forms that a language needs are those of the Unicode tables.
func TestNeeded(t *testing.T) {
	for name, want := range map[string][]plural.Form{
		"zh": {plural.Other}, "en": {plural.Other, plural.One}, "fr": {plural.Other, plural.One}, "ru": {plural.One, plural.Few, plural.Many}, "ar": {plural.Other, plural.Zero, plural.One, plural.Two, plural.Few, plural.Many},
	} {
		got := needed(language.Make(name))
		if len(got) != len(want) {
			t.Errorf("%s needs %v", name, got)
		}
		for _, f := range want {
			if !got[f] {
				t.Errorf("%s does not need %s", name, formName(f))
			}
		}
	}
}

func FuzzCatalogue(f *testing.F) {
	f.Add([]byte(`{"messages": {"home": "首页", "matters": {"one": "{count}", "other": "{Count}"}}}`))
	f.Add([]byte(`{"language": {"name": 1}}`))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, problems := load(fstest.MapFS{"messages.zh.json": {Data: data}, "messages.fr.json": {Data: data}}, nil)
		for _, p := range problems {
			if p.Line < 1 || p.Line > 1+bytes.Count(data, []byte("\n")) || p.Message.ZH == "" || p.Hint.EN == "" {
				t.Fatalf("%+v", p)
			}
		}
	})
}
