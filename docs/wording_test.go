package docs_test

import (
	"go/ast"
	"regexp"
	"testing"
)

// badChinese is what no Chinese message holds: a space beside a number or a
// quotation mark, half-width punctuation after a Chinese word, and the older
// wording of a suggestion.
var badChinese = regexp.MustCompile(`[\p{Han}，。；：、“”（）] %(\[\d\])?[dg]|%(\[\d\])?[dg] \p{Han}|\p{Han} “|” \p{Han}|[\p{Han}”][;?!]|[\p{Han}”]: |是否为“|是不是 `)

// TestChineseMessages reads every Chinese text of the command in the sources, also where it
// is put together of parts.
func TestChineseMessages(t *testing.T) {
	read := 0
	eachCall(t, func(at func(ast.Node) string, _ string, n ast.Node) {
		hold := func(of ast.Expr) {
			ast.Inspect(of, func(n ast.Node) bool {
				if e, is := n.(ast.Expr); is && literal(e) != "" {
					read++
					if found := badChinese.FindString(example.ReplaceAllString(literal(e), "")); found != "" {
						t.Errorf("%s: %q in %s", at(e), found, literal(e))
					}
				}
				return true
			})
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if name := called(n); (name == "Say" || name == "usage") && len(n.Args) > 1 {
				hold(n.Args[0])
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "ZH" {
				hold(n.Value)
			}
		}
	})
	if read < 500 {
		t.Errorf("only %d messages were found", read)
	}
}

// example is a line of YAML that a message quotes: sources: [{title: 报表}], “键: 值”.
var example = regexp.MustCompile(`“[^”]*: [^”]*”|\{[^}]*\}`)
