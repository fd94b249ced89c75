package docs_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the map of ARCHITECTURE.md anew, and strike the debts that are paid")

// rooms are the packages as the data flow: each may import only those before it.
// A package that is not here yet has no place in the house.
var rooms = []string{
	"site/each", "site/git", "site/problem", "site/text", "site/period", "site/bureau", "site/bureau/bureautest", "site/folder", "site/number", "site/yaml", "site/table",
	"templates", "site/locale", "site/markdown", "site/load", "site/attachment",
	"site/figures", "site/intake", "site/privacy", "site/disclose", "site/protect", "site/ledger", "site/translate", "site/check", "site/inspect",
	"site/chart", "site/card", "site/say", "site/search", "site/opendata", "site/render", "site/write", "site/published", "site/kept", "site/sheet", "site/send",
	"site/attack", "site/preview", "site/scaffold", "site/desk", "site/opensdg", "site", "cmd/sunshine",
	// Not part of the command.
	"site/sweep", "templates/bundle", "docs", "cmd/demonstration",
}

// homes are the outside libraries, each with the one package that it stands
// behind, or with the packages that have nothing else in common. Of golang.org/x it is a package that has a home, of others a module.
var homes = map[string]string{
	"github.com/agnivade/levenshtein":     "site/problem",
	"github.com/bep/imagemeta":            "site/attachment",
	"github.com/evanw/esbuild":            "templates/bundle",
	"github.com/expr-lang/expr":           "site/figures",
	"github.com/fsnotify/fsnotify":        "site/preview",
	"github.com/go-echarts/go-echarts/v2": "site/chart",
	"github.com/gocarina/gocsv":           "site/table",
	"github.com/google/uuid":              "site/render",
	"github.com/klauspost/compress":       "site/kept",
	"github.com/minio/minio-go/v7":        "site/send",
	"github.com/pkg/sftp":                 "site/send",
	"github.com/richardlehane/mscfb":      "site/attachment",
	"github.com/xuri/excelize/v2":         "cmd/demonstration", // and tests
	"github.com/xuri/nfp":                 "site/table",
	"github.com/yuin/goldmark":            "site/markdown",
	"go.yaml.in/yaml/v4":                  "site/yaml",
	"golang.org/x/crypto/ssh":             "site/send",
	"golang.org/x/crypto/ssh/agent":       "site/send",
	"golang.org/x/crypto/ssh/knownhosts":  "site/send",
	"golang.org/x/mod/sumdb/note":         "site/ledger",
	"golang.org/x/mod/sumdb/tlog":         "site/ledger",
	"golang.org/x/net/html":               "site/check site/search site/render", // files of staff, and pages of our own
	"golang.org/x/sync/errgroup":          "site/each",
	"golang.org/x/sys/unix":               "site/write",
	"golang.org/x/sys/windows":            "cmd/sunshine site/write",
	"golang.org/x/term":                   "cmd/sunshine",
	"golang.org/x/text/cases":             "site/write",
	"golang.org/x/text/collate":           "site/locale",
	"golang.org/x/text/encoding":          "site/text",
	"golang.org/x/text/feature/plural":    "site/locale",
	"golang.org/x/text/language":          "site/locale",
	"golang.org/x/image/font":             "site/card",
	"golang.org/x/image/font/opentype":    "site/card",
	"golang.org/x/image/font/sfnt":        "site/card",
	"golang.org/x/image/math/fixed":       "site/card",
	"golang.org/x/image/vector":           "site/card",
	"golang.org/x/text/unicode/bidi":      "site/card",
	"golang.org/x/text/unicode/norm":      "site/text",
	"golang.org/x/text/width":             "site/text",
	"rsc.io/qr":                           "site/render",
}

// tools are packages that only tests and make use; they may use any library.
var tools = []string{"site/bureau/bureautest", "site/sweep", "cmd/demonstration"}

// apart names packages that never see each other, not even by way of a third:
// who audits shares no code with what is audited.
var apart = [][2]string{
	{"site/attack", "site/protect"}, {"site/attack", "site/disclose"}, {"site/attack", "site/privacy"},
	{"site/attack", "site/figures"},
	{"site/load", "site/check"}, {"site/load", "site/privacy"},
}

// writers are the packages that may put files on a disk: staff's own folder is
// made and changed by the command, a site is written by one package.
var writers = []string{"cmd/sunshine", "cmd/demonstration", "site/scaffold", "site/write", "site/send", "templates/bundle"}

// puts is a call that changes a disk.
var puts = regexp.MustCompile(`\b(?:os|root|r)\.(?:WriteFile|Create|CreateTemp|OpenFile|Mkdir|MkdirAll|MkdirTemp|Remove|RemoveAll|Rename|Symlink|Link|Chmod|Chtimes|Truncate|CopyFS)\(`)

// fenced are parts of the standard library that open a door: only the named
// packages may import them.
var fenced = map[string][]string{
	"net/http":      {"cmd/sunshine", "site/published", "site/send", "site/preview", "site/desk"},
	"os/exec":       {"cmd/sunshine", "templates/bundle"},
	"text/template": nil, // pages are made with html/template
	"math/rand":     nil,
	"math/rand/v2":  nil,
	"plugin":        nil,
	"unsafe":        nil,
}

type goPackage struct {
	ImportPath, Name, Dir, Doc string
	Imports, Deps, GoFiles     []string
	Module                     *struct {
		Path string
		Main bool
	}
}

// packages gives those of this module, by their path in it, and the module of
// every other one that they import.
func packages(t *testing.T) (own map[string]goPackage, moduleOf map[string]string) {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Name,Dir,Doc,Imports,Deps,GoFiles,Module", "sunshine/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	own, moduleOf = map[string]goPackage{}, map[string]string{}
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := d.Decode(&p); err == io.EOF {
			return own, moduleOf
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module == nil {
			continue
		}
		if p.Module.Main {
			own[strings.TrimPrefix(p.ImportPath, "sunshine/")] = p
		} else {
			moduleOf[p.ImportPath] = p.Module.Path
		}
	}
}

// library is what stands behind one package: a module, but of golang.org/x a
// single package, since its modules hold many things.
func library(imported string, moduleOf map[string]string) string {
	module, ok := moduleOf[imported]
	if !ok {
		return ""
	}
	if rest, ok := strings.CutPrefix(imported, "golang.org/x/text/encoding/"); ok && rest != "" {
		return "golang.org/x/text/encoding"
	}
	if strings.HasPrefix(module, "golang.org/x/") {
		return imported
	}
	return module
}

// TestHouse holds the imports against the rules of the house. What breaks them
// today stands in testdata/debts.txt, which may only grow shorter.
func TestHouse(t *testing.T) {
	own, moduleOf := packages(t)
	broken := map[string]bool{}
	for name, p := range own {
		place := slices.Index(rooms, name)
		if place < 0 {
			t.Errorf("package %s has no place in the house: give it one in rooms, after what it may import", name)
			continue
		}
		if p.Name != "main" && len(p.GoFiles) > 0 && !strings.HasPrefix(p.Doc, "Package "+p.Name+" ") {
			broken[name+" does not open with a doc comment of its own"] = true
		}
		for _, i := range p.Imports {
			if room, ok := strings.CutPrefix(i, "sunshine/"); ok {
				if slices.Index(rooms, room) > place {
					broken[name+" imports "+room+", which comes after it"] = true
				}
			} else if l := library(i, moduleOf); l != "" {
				if home := homes[l]; home == "" {
					broken[name+" imports "+l+", which has no home"] = true
				} else if !slices.Contains(strings.Fields(home), name) && !slices.Contains(tools, name) {
					broken[name+" imports "+l+", which stands behind "+home] = true
				}
			} else if allowed, ok := fenced[i]; ok && !slices.Contains(allowed, name) {
				broken[name+" imports "+i] = true
			}
		}
		for _, pair := range apart {
			if pair[0] == name && slices.Contains(p.Deps, "sunshine/"+pair[1]) {
				broken[name+" sees "+pair[1]] = true
			}
		}
		if !slices.Contains(writers, name) {
			for _, file := range p.GoFiles {
				source, err := os.ReadFile(path.Join(p.Dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if puts.Match(source) {
					broken[name+" changes the disk"] = true
				}
			}
		}
	}

	const file = "testdata/debts.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for line := range strings.Lines(string(text)) {
		debt := strings.TrimSpace(line)
		switch {
		case debt == "" || strings.HasPrefix(debt, "#") || broken[debt]:
			left = append(left, line)
		case !*update:
			t.Errorf("%s: this is no longer so; strike it (go test ./docs -update does): %s", file, debt)
		}
		delete(broken, debt)
	}
	for _, fault := range slices.Sorted(maps.Keys(broken)) {
		t.Errorf("%s: a rule of the house is broken", fault)
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(left, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMap holds the map of ARCHITECTURE.md against the packages: each with the
// first sentence of its comment and what it imports, each library with the one
// package that it stands behind.
func TestMap(t *testing.T) {
	own, moduleOf := packages(t)
	var b strings.Builder
	b.WriteString("| package | what it is | imports |\n| --- | --- | --- |\n")
	users := map[string][]string{}
	for _, name := range rooms {
		p, ok := own[name]
		if !ok || len(p.GoFiles) == 0 {
			continue
		}
		var imports []string
		for _, i := range p.Imports {
			if room, ok := strings.CutPrefix(i, "sunshine/"); ok {
				imports = append(imports, path.Base(room))
			} else if l := library(i, moduleOf); l != "" && !slices.Contains(users[l], name) && !slices.Contains(tools, name) {
				users[l] = append(users[l], name)
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, sentence(p), strings.Join(imports, " "))
	}
	b.WriteString("\n| library | stands behind |\n| --- | --- |\n")
	for _, l := range slices.Sorted(maps.Keys(users)) {
		fmt.Fprintf(&b, "| `%s` | `%s` |\n", l, strings.Join(users[l], "` `"))
	}

	const file, begin, end = "../ARCHITECTURE.md", "<!-- map: go test ./docs -update -->\n", "<!-- end of map -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(text), begin)
	was, after, closed := strings.Cut(rest, end)
	if !opened || !closed {
		t.Fatalf("%s has no map between %q and %q", file, begin, end)
	}
	switch {
	case was == b.String():
	case *update:
		if err := os.WriteFile(file, []byte(before+begin+b.String()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the map in %s is not that of the packages; go test ./docs -update draws it anew, then read the diff:\n%s", file, differing(was, b.String()))
	}
}

// sentence is the first sentence of a package's comment, without the name.
func sentence(p goPackage) string {
	s := p.Doc
	for _, opening := range []string{"Package " + p.Name + " ", "Command " + p.Name + " ", "Bundle "} {
		s = strings.TrimPrefix(s, opening)
	}
	s = strings.TrimRight(s, ".:")
	return strings.NewReplacer("|", "\\|", "*bureau", "\\*bureau").Replace(s)
}

// differing gives the lines that stand in one text alone.
func differing(was, is string) string {
	old, now := strings.Split(was, "\n"), strings.Split(is, "\n")
	var b strings.Builder
	for _, line := range old {
		if !slices.Contains(now, line) {
			fmt.Fprintln(&b, "-", line)
		}
	}
	for _, line := range now {
		if !slices.Contains(old, line) {
			fmt.Fprintln(&b, "+", line)
		}
	}
	return b.String()
}
