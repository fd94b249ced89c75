package docs_test

import (
	"encoding/csv"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"sunshine/site/problem"
)

// said is a text that staff or citizens read, with where it stands.
type said struct {
	at, text string
	language problem.Language
}

// everythingSaid gathers what the command, its pages, its skeletons, the documentation and
// the demonstration say: messages in Go, catalogues, and files of words.
func everythingSaid(t *testing.T) (all []said) {
	t.Helper()
	for _, pair := range messages(t) {
		all = append(all, said{pair.at, pair.zh, problem.Chinese}, said{pair.at, pair.en, problem.English})
	}
	for file, language := range map[string]problem.Language{"../templates/messages.zh.json": problem.Chinese, "../templates/messages.en.json": problem.English} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var catalogue struct{ Messages map[string]any }
		if err := json.Unmarshal(data, &catalogue); err != nil {
			t.Fatal(err)
		}
		for key, v := range catalogue.Messages {
			switch v := v.(type) {
			case string:
				all = append(all, said{file + " " + key, v, language})
			case map[string]any:
				for _, form := range v {
					all = append(all, said{file + " " + key, form.(string), language})
				}
			}
		}
	}
	for _, root := range []string{"../README.md", "../README.zh-CN.md", "../templates/new", "../templates/init", "../data", "site/data", "formats.md", "formats.zh-CN.md", "hosting.md", "hosting.zh-CN.md", "open-sdg.md", "open-sdg.zh-CN.md"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			slash := filepath.ToSlash(path)
			switch ext := filepath.Ext(path); {
			case ext != ".md" && ext != ".yaml" && ext != ".csv" && ext != ".txt":
				return nil
			case strings.Contains(slash, "/releases/") || strings.Contains(slash, "/static/") || strings.HasPrefix(filepath.Base(path), "rules."): // what was published; faults as examples
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			language := problem.Chinese
			if strings.HasSuffix(path, ".en.md") || strings.HasSuffix(path, "en.csv") || strings.HasSuffix(path, ".md") && !strings.Contains(slash, "/") && !strings.Contains(path, "zh-CN") || slash == "../README.md" {
				language = problem.English
			}
			for i, line := range strings.Split(string(data), "\n") {
				all = append(all, said{path + ":" + strconv.Itoa(i+1), line, language})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 5000 {
		t.Fatalf("only %d texts were found", len(all))
	}
	return all
}

// message is one that the command prints, in both languages.
type message struct{ at, zh, en string }

// eachCall visits every call, and every field of a composite, in the sources of the command.
func eachCall(t *testing.T, visit func(at func(ast.Node) string, path string, n ast.Node)) {
	t.Helper()
	for _, root := range []string{"../site", "../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			at := func(n ast.Node) string { return set.Position(n.Pos()).String() }
			ast.Inspect(file, func(n ast.Node) bool {
				visit(at, filepath.ToSlash(path), n)
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// called is the name of what a call calls, without its package.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// literal is the text of a string that stands as it is; empty for any other expression.
func literal(e ast.Expr) string {
	s, is := e.(*ast.BasicLit)
	if !is || s.Kind != token.STRING {
		return ""
	}
	v, _ := strconv.Unquote(s.Value)
	return v
}

// messages gives every message of the command that stands whole in both languages.
func messages(t *testing.T) (all []message) {
	t.Helper()
	eachCall(t, func(at func(ast.Node) string, path string, n ast.Node) {
		call, is := n.(*ast.CallExpr)
		if !is || len(call.Args) < 2 || strings.Contains(path, "/opensdg/") { // that one speaks of another program's keys
			return
		}
		first := 0
		switch name := called(call); {
		case name == "rule" && len(call.Args) == 3:
			first = 1
		case name != "Say" && name != "usage":
			return
		}
		if zh, en := literal(call.Args[first]), literal(call.Args[first+1]); zh != "" && en != "" {
			all = append(all, message{at(call), zh, en})
		}
	})
	return all
}

// TestTerms holds all that is said against the table of terms: one concept, one name.
func TestTerms(t *testing.T) {
	f, err := os.Open("terms.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type term struct {
		name  string
		other *regexp.Regexp
	}
	terms := map[problem.Language][]term{}
	for _, row := range rows[1:] {
		language := problem.Chinese
		if row[0] == "英文" {
			language = problem.English
		}
		for _, other := range strings.Split(row[2], "；") {
			terms[language] = append(terms[language], term{row[1], regexp.MustCompile(other)})
		}
	}
	for _, s := range everythingSaid(t) {
		for _, term := range terms[s.language] {
			if found := term.other.FindString(s.text); found != "" && !strings.Contains(s.text, term.name) { // the glossary gives both
				t.Errorf("%s says %q, where the term is %q: %s", s.at, found, term.name, s.text)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+#0]*[\d.*]*([dgsqvwx])`)

// TestChineseIsAsRich holds that a Chinese message gives every value that the English one
// gives, and is no stump of it.
func TestChineseIsAsRich(t *testing.T) {
	given := func(text string) map[int]bool {
		values, next := map[int]bool{}, 1
		for _, m := range verb.FindAllStringSubmatch(strings.ReplaceAll(text, "%%", ""), -1) {
			if m[1] != "" {
				next, _ = strconv.Atoi(m[1])
			}
			values[next] = true
			next++
		}
		return values
	}
	all := messages(t)
	for _, m := range all {
		if zh, en := given(m.zh), given(m.en); len(zh) < len(en) { // a value may be in two languages
			t.Errorf("%s: %d values in Chinese, %d in English: %s / %s", m.at, len(zh), len(en), m.zh, m.en)
		}
		if n, words := utf8.RuneCountInString(m.zh), len(strings.Fields(m.en)); words > 8 && 5*n < 4*words {
			t.Errorf("%s: %d characters for %d words: %s / %s", m.at, n, words, m.zh, m.en)
		}
	}
	if len(all) < 800 {
		t.Errorf("only %d messages were found", len(all))
	}
}

// TestKeysNamedInChinese holds that a Chinese message which names a key of a file in
// English names it in Chinese, too.
func TestKeysNamedInChinese(t *testing.T) {
	names := map[string][]string{} // Chinese ones, by the English key
	for _, keys := range keyed {
		for _, k := range keys {
			last := k.Path[strings.LastIndexAny(k.Path, ".]")+1:]
			names[last] = append(names[last], k.Names...)
		}
	}
	key := regexp.MustCompile(`\b([a-z][a-z_]{3,}): `)
	for _, m := range messages(t) {
		for _, found := range key.FindAllStringSubmatch(example.ReplaceAllString(m.zh, ""), -1) {
			all, known := names[found[1]]
			if !known {
				continue
			}
			named := false
			for _, name := range all {
				named = named || strings.Contains(m.zh, name) && name != found[1]
			}
			if !named {
				t.Errorf("%s names the key %s in English alone: %s", m.at, found[1], m.zh)
			}
		}
	}
}

// halfWidth is punctuation that Chinese writes in full width. A comma parts the cells of a
// table and the items of a list in YAML, and a colon its keys, so that they are looked for
// in prose alone.
var (
	halfWidth      = regexp.MustCompile(`[\p{Han}”》）][;?!]`)
	halfWidthProse = regexp.MustCompile(`[\p{Han}”》）][,;:?!](?:[\p{Han}“《（]|$)|[\p{Han}”》]\(\p{Han}`)
	codeSpan       = regexp.MustCompile("`[^`]*`|\\{\\{[^}]*\\}\\}|\\]\\([^)]*\\)|\\{[^}]*\\}")
)

// TestFullWidth holds that Chinese texts have Chinese punctuation.
func TestFullWidth(t *testing.T) {
	fenced, front, file := false, false, ""
	for _, s := range everythingSaid(t) {
		if s.language != problem.Chinese {
			continue
		}
		at, line, _ := strings.Cut(s.at, ".md:")
		prose := line != "" || strings.Contains(s.at, "messages.zh.json")
		if line != "" {
			if at != file {
				file, fenced, front = at, false, false
			}
			switch mark := strings.TrimSpace(s.text); {
			case strings.HasPrefix(mark, "```") || strings.HasPrefix(mark, "~~~"):
				fenced = !fenced
			case mark == "---":
				front = line == "1"
			}
			if fenced || strings.HasPrefix(s.text, "    ") {
				continue
			}
			prose = !front
		}
		pattern := halfWidth
		if prose {
			pattern = halfWidthProse
		}
		text := codeSpan.ReplaceAllString(s.text, "")
		if found := pattern.FindString(text); found != "" {
			t.Errorf("%s has %q: %s", s.at, found, s.text)
		}
	}
}
