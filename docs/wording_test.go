package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// badChinese is what no Chinese message holds: a space beside a number or a
// quotation mark, half-width punctuation after a Chinese word, and the older
// wording of a suggestion.
var badChinese = regexp.MustCompile(`[\p{Han}，。；：、“”（）] %(\[\d\])?[dg]|%(\[\d\])?[dg] \p{Han}|\p{Han} “|” \p{Han}|[\p{Han}”][;?!]|[\p{Han}”]: |是否为“|是不是 `)

// TestChineseMessages reads every message of the command in the sources.
func TestChineseMessages(t *testing.T) {
	var read int
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
			hold := func(n ast.Expr) {
				ast.Inspect(n, func(n ast.Node) bool {
					if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
						text, _ := strconv.Unquote(s.Value)
						read++
						if found := badChinese.FindString(example.ReplaceAllString(text, "")); found != "" {
							t.Errorf("%s: %q in %s", set.Position(s.Pos()), found, text)
						}
					}
					return true
				})
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					name := ""
					switch f := n.Fun.(type) {
					case *ast.Ident:
						name = f.Name
					case *ast.SelectorExpr:
						name = f.Sel.Name
					}
					if (name == "Say" || name == "usage") && len(n.Args) > 1 {
						hold(n.Args[0])
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && key.Name == "ZH" {
						hold(n.Value)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 500 {
		t.Errorf("only %d messages were found", read)
	}
}

// example is a line of YAML that a message quotes: sources: [{title: 报表}], “键: 值”.
var example = regexp.MustCompile(`“[^”]*: [^”]*”|\{[^}]*\}`)
