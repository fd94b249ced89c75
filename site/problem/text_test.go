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

// A text that is printed as it stands holds no verb of a format (messages/percent-hint).
func TestNoTextPrintsAVerb(t *testing.T) {
	places := token.NewFileSet()
	texts := 0
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
		file, err := parser.ParseFile(places, path, nil, 0)
		if err != nil {
			return err
		}
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
			name := ""
			switch f := call.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			if strings.HasSuffix(name, "f") || strings.EqualFold(name, "say") && len(call.Args) > 2 {
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
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if texts < 500 {
		t.Errorf("only %d texts were found", texts)
	}
}
