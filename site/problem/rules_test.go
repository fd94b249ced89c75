package problem

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
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

// A rule that nothing reports is no rule. That nothing else is reported, the
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
