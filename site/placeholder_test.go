package site_test

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// placeholders-left: what looks like a copy stops the build, and a demonstration says
// on every page, and with its tables, that it is one.
func TestCopyStops(t *testing.T) {
	begins(t, verdict(t, map[string]string{"pages/about.md": casePage, "pages/about (1).md": casePage}),
		"data/pages/about (1).md error files/copy looks like a copy of data/pages/about.md")
}

func TestDemonstration(t *testing.T) {
	for _, demonstrates := range []bool{true, false} {
		dir := t.TempDir()
		settings := caseSettings
		if demonstrates {
			settings += "demonstration: true\n"
		}
		for file, text := range map[string]string{"site.yaml": settings, "pages/about.md": casePage, "stats/x.csv": "期间,收集（件）\n2025年,120\n"} {
			putFile(t, filepath.Join(dir, "data", filepath.FromSlash(file)), text)
		}
		out := filepath.Join(dir, "public")
		if err := buildInto(out, dir); err != nil {
			t.Fatal(err)
		}
		for name, text := range tree(t, out) {
			if path.Ext(name) == ".html" || name == "datapackage.json" {
				if strings.Contains(string(text), "虚构示例") != demonstrates {
					t.Errorf("%s says that the site is a demonstration: %t", name, !demonstrates)
				}
			}
		}
	}
}
