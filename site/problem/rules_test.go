package problem

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every rule has a name of its own and a text in both languages.
func TestRules(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, r := range Rules() {
		if !form.MatchString(r.id) || seen[r.id] {
			t.Errorf("%s is no name, or stands twice", r.id)
		}
		seen[r.id] = true
		if r.about.ZH == "" || r.about.EN == "" {
			t.Errorf("%s lacks a text", r.id)
		}
		if RuleOf(r.id) != r {
			t.Errorf("%s is not found by its name", r.id)
		}
	}
}

// messages/unlisted-rule: a rule that nothing reports is no rule. That nothing else is reported, the
// compiler holds.
func TestRulesAreUsed(t *testing.T) {
	fset := token.NewFileSet()
	used := map[string]bool{}
	declared := map[string]bool{}
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "node_modules") {
			return err
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "problem" {
					used[n.Sel.Name] = true
				}
			case *ast.ValueSpec:
				if file.Name.Name == "problem" && len(n.Values) == 1 {
					if call, ok := n.Values[0].(*ast.CallExpr); ok {
						if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "rule" {
							declared[n.Names[0].Name] = true
						}
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(declared) != len(rules) {
		t.Errorf("%d rules are declared, %d are listed", len(declared), len(rules))
	}
	for name := range declared {
		if !used[name] {
			t.Errorf("%s is a rule, and nothing reports it", name)
		}
	}
}

// untested are the rules that no test speaks of yet. The list only grows shorter.
var untested = strings.Fields(`csv/list`)

// TestRulesAreTested holds that a test, or a file that one reads, speaks of each
// rule, by its name or by its constant.
func TestRulesAreTested(t *testing.T) {
	constant := regexp.MustCompile(`(\w+) += rule\("([^"]+)"`)
	source, err := os.ReadFile("rules.go")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{} // by the constant, and by the name itself
	for _, m := range constant.FindAllStringSubmatch(string(source), -1) {
		names["problem."+m[1]], names[m[2]] = m[2], m[2]
	}
	spoken := map[string]bool{}
	word := regexp.MustCompile(`problem\.\w+|[a-z]+/[a-z0-9]+(-[a-z0-9]+)*`)
	noun := regexp.MustCompile(`"([a-z0-9-]+)["@]`)
	err = filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		slashed := filepath.ToSlash(name)
		if err != nil || d.Name() == "node_modules" || d.Name() == ".git" {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return err
		}
		if d.IsDir() || strings.HasSuffix(slashed, "site/problem/rules_test.go") || strings.HasSuffix(slashed, "site/hints_test.go") ||
			!strings.HasSuffix(name, "_test.go") && !strings.Contains(slashed, "/testdata/") {
			return nil
		}
		text, err := os.ReadFile(name)
		for _, w := range word.FindAllString(string(text), -1) {
			spoken[names[w]] = true
		}
		if strings.Contains(slashed, "site/privacy/") { // its tests leave the area out
			for _, m := range noun.FindAllStringSubmatch(string(text), -1) {
				spoken["privacy/"+m[1]] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if known := slices.Contains(untested, r.id); !known && !spoken[r.id] {
			t.Errorf("no test speaks of %s", r.id)
		} else if known && spoken[r.id] {
			t.Errorf("a test speaks of %s: take it off the list", r.id)
		}
	}
}
