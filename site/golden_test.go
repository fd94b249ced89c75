package site_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write what is built into testdata/small/want.txt")

// TestGolden builds testdata/small, a bureau with one of each kind, and holds all
// that its site says against testdata/small/want.txt, which a person reads: every
// file by name, every page as text, what surrounds all pages once. (The bytes of
// single pages are held by package render, their form by the sweep.)
func TestGolden(t *testing.T) {
	const file = "testdata/small/want.txt"
	out := filepath.Join(t.TempDir(), "public")
	if err := buildInto(out, "testdata/small"); err != nil {
		t.Fatal(err)
	}
	got := []byte(told(t, tree(t, out)))
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	now, was := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := 0; ; i++ {
		if i == len(now) || i == len(was) || now[i] != was[i] {
			t.Fatalf("%s:%d: go test ./site -update, then read the diff\n got %s\nwant %s", file, i+1,
				strings.Join(now[i:min(i+3, len(now))], "\n     "), strings.Join(was[i:min(i+3, len(was))], "\n     "))
		}
	}
}

// told writes a site as a reader has it.
func told(t *testing.T, files map[string][]byte) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "assets/") || name == "manifest.json" {
			continue // their hashes change with every touch of a style
		}
		fmt.Fprintf(&b, "======== %s\n", name)
		switch path.Ext(name) {
		case ".html":
			root, err := html.Parse(bytes.NewReader(files[name]))
			if err != nil {
				t.Fatal(name, err)
			}
			for n := range root.Descendants() {
				switch {
				case n.Type != html.ElementNode:
				case n.Data == "title" && n.Namespace == "" || n.Data == "main":
					b.WriteString(plain(n) + "\n")
				case name == "index.html" && (n.Data == "header" || n.Data == "footer") && n.Parent.Data == "body":
					fmt.Fprintf(&b, "---- %s\n%s\n----\n", n.Data, plain(n))
				}
			}
		case ".xml":
			root, err := html.Parse(bytes.NewReader(files[name]))
			if err != nil {
				t.Fatal(name, err)
			}
			b.WriteString(plain(root) + "\n")
		case ".csv", ".txt":
			b.WriteString(strings.TrimRight(strings.ReplaceAll(string(files[name]), "\r\n", "\n"), "\n") + "\n")
		}
	}
	return b.String()
}

// plain writes an element as text: headings, items and rows a line each, links
// with where they lead.
func plain(n *html.Node) string {
	var b strings.Builder
	var write func(n *html.Node)
	inside := func(n *html.Node) {
		for c := range n.ChildNodes() {
			write(c)
		}
	}
	attribute := func(n *html.Node, key string) string {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	write = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		switch n.Data {
		case "script", "style":
		case "h1", "h2", "h3", "h4", "h5", "h6":
			b.WriteString("\n" + strings.Repeat("#", int(n.Data[1]-'0')) + " ")
			inside(n)
			b.WriteString("\n")
		case "svg":
			var texts []string
			for d := range n.Descendants() {
				if text := strings.TrimSpace(d.Data); d.Type == html.TextNode && text != "" {
					texts = append(texts, text)
				}
			}
			if len(texts) > 0 {
				b.WriteString("\n(drawing: " + strings.Join(texts, " ; ") + ")\n")
			}
		case "a":
			b.WriteString("[")
			inside(n)
			b.WriteString("](" + attribute(n, "href") + ")")
		case "li":
			b.WriteString("\n- ")
			inside(n)
		case "td", "th":
			b.WriteString("| ")
			inside(n)
			b.WriteString(" ")
		case "dt":
			b.WriteString("\n")
			inside(n)
			b.WriteString(": ")
		case "button", "summary", "caption", "label":
			b.WriteString("\n(" + n.Data + ": ")
			inside(n)
			b.WriteString(")\n")
		case "p", "div", "section", "figure", "figcaption", "tr", "table", "ul", "ol", "dl", "nav", "details", "article", "form", "pre", "blockquote", "main", "header", "footer":
			b.WriteString("\n")
			inside(n)
			b.WriteString("\n")
		default:
			inside(n)
		}
	}
	inside(n)
	var lines []string
	for line := range strings.Lines(b.String()) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != "-" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
