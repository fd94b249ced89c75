package check

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every rule that the code reports under is in the list once, and every rule of
// the list is reported somewhere.
func TestRules(t *testing.T) {
	listed := map[string]bool{}
	areas := map[string]bool{}
	for _, r := range Rules {
		if listed[r.ID] {
			t.Errorf("%s is listed twice", r.ID)
		}
		if r.ZH == "" || r.EN == "" {
			t.Errorf("%s lacks a text", r.ID)
		}
		listed[r.ID] = true
		area, _, _ := strings.Cut(r.ID, "/")
		areas[area] = true
	}
	quoted := regexp.MustCompile(`"([a-z]+)/([a-z]+(?:-[a-z]+)*)"`)
	imported := regexp.MustCompile(`(?s)^import .*?\n\)`)
	used := map[string]bool{}
	site := os.DirFS("..")
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || name == "check/rules.go" {
			return err
		}
		text, err := fs.ReadFile(site, name)
		for _, m := range quoted.FindAllStringSubmatch(imported.ReplaceAllString(string(text), ""), -1) {
			used[m[1]+"/"+m[2]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// What looks like a rule and is none.
	for _, other := range []string{"text/csv"} {
		delete(used, other)
	}
	for id := range used {
		if area, _, _ := strings.Cut(id, "/"); areas[area] && !listed[id] {
			t.Errorf("%s is not listed", id)
		}
	}
	for id := range listed {
		if !used[id] {
			t.Errorf("%s is listed, and nothing reports it", id)
		}
	}
}
