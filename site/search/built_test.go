package search_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/search"
)

// TestFastBuilt holds the reader of our own pages against the tokenizer, over all pages
// of the demonstration: it reads them all.
func TestFastBuilt(t *testing.T) {
	out := t.TempDir()
	if _, problems, err := site.Build(context.Background(), site.Options{Dir: "../..", Out: out, AsOf: period.NewDate(2026, 10, 31), Jobs: 2, Version: "test"}); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	pages := 0
	err := filepath.WalkDir(out, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		page, err := os.ReadFile(path)
		if !search.Hold(t, search.Main(page)) {
			t.Errorf("%s is not read fast", path)
		}
		pages++
		return err
	})
	if err != nil || pages < 100 {
		t.Errorf("%d pages: %v", pages, err)
	}
}
