package problem_test

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

// verb is what a format would take for one.
var verb = regexp.MustCompile(`%%|%[sdvqgfxtc]|%\[`)

// sources walks the code of Sunshine but its tests, file by file.
func sources(t *testing.T, places *token.FileSet, see func(*ast.File)) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() == "node_modules" || d.IsDir() && strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 {
			if d != nil && d.IsDir() && err == nil {
				return fs.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(places, path, nil, parser.SkipObjectResolution)
		if err == nil {
			see(file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// called is the name of a function or a type, without that of its package.
func called(n ast.Expr) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		return n.Sel.Name
	}
	return ""
}

// Both languages say what one says.
func TestTextsAreInBothLanguages(t *testing.T) {
	places := token.NewFileSet()
	empty := func(n ast.Expr) bool {
		l, ok := n.(*ast.BasicLit)
		return ok && (l.Value == `""` || l.Value == "``")
	}
	texts := 0
	sources(t, places, func(file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if called(n.Fun) == "Say" && len(n.Args) >= 2 {
					if texts++; empty(n.Args[0]) || empty(n.Args[1]) {
						t.Errorf("%s: a text says nothing in one language", places.Position(n.Pos()))
					}
				}
			case *ast.CompositeLit:
				if called(n.Type) != "Text" || len(n.Elts) == 0 {
					break
				}
				half := len(n.Elts) != 2
				for _, e := range n.Elts {
					if pair, ok := e.(*ast.KeyValueExpr); ok {
						if key := called(pair.Key); key != "ZH" && key != "EN" {
							return true // another type
						}
						e = pair.Value
					}
					half = half || empty(e)
				}
				if texts++; half {
					t.Errorf("%s: a text is in one language", places.Position(n.Pos()))
				}
			}
			return true
		})
	})
	if texts < 500 {
		t.Errorf("only %d texts were found", texts)
	}
}

// A rule that is reported is one of the list: none is made on the way. The zero
// Rule is for comparing alone.
func TestRulesAreMadeOnce(t *testing.T) {
	places := token.NewFileSet()
	sources(t, places, func(file *ast.File) {
		if file.Name.Name == "problem" {
			return // its own file makes them
		}
		compared := map[ast.Node]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				compared[ast.Unparen(n.X)], compared[ast.Unparen(n.Y)] = true, true
			case *ast.CompositeLit:
				if s, ok := n.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Rule" && called(s.X) == "problem" && !compared[n] {
					t.Errorf("%s: a rule is made that is not listed", places.Position(n.Pos()))
				}
			case *ast.CallExpr:
				if called(n.Fun) != "RuleOf" || len(n.Args) != 1 {
					break
				}
				if _, literal := n.Args[0].(*ast.BasicLit); literal {
					t.Errorf("%s: a rule is written as text", places.Position(n.Pos()))
				}
			}
			return true
		})
	})
}

// A text that is printed as it stands holds no verb of a format (messages/percent-hint).
func TestNoTextPrintsAVerb(t *testing.T) {
	places := token.NewFileSet()
	texts := 0
	sources(t, places, func(file *ast.File) {
		formats := map[ast.Node]bool{} // literals that are formats
		plain := func(n ast.Node) {
			ast.Inspect(n, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && !formats[l] {
					if texts++; verb.MatchString(l.Value) {
						t.Errorf("%s: %s is printed as it stands", places.Position(l.Pos()), l.Value)
					}
				}
				return true
			})
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if name := called(call.Fun); strings.HasSuffix(name, "f") || strings.EqualFold(name, "say") && len(call.Args) > 2 {
				for _, a := range call.Args {
					ast.Inspect(a, func(n ast.Node) bool {
						if l, ok := n.(*ast.BasicLit); ok {
							formats[l] = true
						}
						return true
					})
				}
			}
			return true
		})
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Say" && len(n.Args) == 2 {
					plain(n)
				}
			case *ast.CompositeLit:
				if f, ok := n.Type.(*ast.SelectorExpr); ok && f.Sel.Name == "Text" {
					plain(n)
				}
			case *ast.BasicLit:
				if n.Kind == token.STRING && !formats[n] && strings.Contains(n.Value, "%%") {
					t.Errorf("%s: %s is no format, and doubles its %%", places.Position(n.Pos()), n.Value)
				}
			}
			return true
		})
	})
	if texts < 500 {
		t.Errorf("only %d texts were found", texts)
	}
}
