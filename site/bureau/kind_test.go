package bureau_test

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

	"sunshine/site/bureau"
)

// TestKinds holds the table of kinds complete: every kind has its place and its
// limit, no two share a place, and what a name makes is found again.
func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for k := bureau.UnknownKind + 1; k < bureau.EndOfKinds; k++ {
		if k.File() == "" || k.Limit() == 0 || seen[k.File()] {
			t.Errorf("kind %d: %q of at most %d bytes", k, k.File(), k.Limit())
		}
		seen[k.File()] = true
		file := k.File("hukou", "first-id-card")
		if k == bureau.StaticKind {
			file += "forms/a.pdf"
		}
		if got := bureau.KindAt(file); got != k {
			t.Errorf("%s is of kind %d, not %d", file, got, k)
		}
		if by := k.DescribedBy(); by != bureau.UnknownKind && (by.Describes() != k || k.Beside(by.Beside(file)) != file) {
			t.Errorf("%s: its descriptor is %s", file, by.Beside(file))
		}
	}
	for _, file := range []string{"data", "data/stats", "data/stats/a.xlsx", "data/stats/a/b.csv", "data/guides/a.md", "data/static", "stats/a.csv", "data/site.yml"} {
		if k := bureau.KindAt(file); k != bureau.UnknownKind {
			t.Errorf("%s is read as %s", file, k.File())
		}
	}
}

// own are the texts that begin as a place of data/ or an address of the site does.
var own = regexp.MustCompile(`^(data/)?((stats|guides|notices|registers|units|suggestions|targets|revisions|doubts|freshness|static|releases|pages|data/dictionary|sitemap)/|(units|targets|revisions)\.csv|(site|privacy)\.yaml|data/index\.html|all\.zip|datapackage\.json$)`)

// TestAddresses finds who else makes an address of the site or names a place of
// data/ than this package. Messages may speak of them, and who audits a site from
// outside knows its addresses as a stranger does.
func TestAddresses(t *testing.T) {
	for _, root := range []string{"../../site", "../../cmd"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			slashed := filepath.ToSlash(file)
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") ||
				strings.Contains(slashed, "site/bureau/") || strings.Contains(slashed, "site/attack/") || strings.HasSuffix(slashed, "site/problem/rules.go") {
				return err
			}
			fset := token.NewFileSet()
			parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ImportSpec:
					return false
				case *ast.CallExpr:
					if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Say" {
						return false
					}
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && own.MatchString(text) {
						t.Errorf("%s: %s is made outside package bureau", fset.Position(n.Pos()), n.Value)
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
}
