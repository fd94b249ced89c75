package site_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sunshine/site"
	"sunshine/site/period"
)

var updateLists = flag.Bool("update-lists", false, "write what is told today into testdata/lists")

// TestImportLists goes through the months of ledgers and registers: each part of
// testdata/lists is an office file, an edited file of the bureau, or what must be told and
// stand there after the files before it (want).
func TestImportLists(t *testing.T) {
	files, err := filepath.Glob("testdata/lists/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			put := func(name string, data []byte) {
				name = filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			put("data/site.yaml", []byte("title: 阳光警务\norganization: 云水县公安局\n"))
			told := ""
			for i, f := range archive.Files {
				command, name, _ := strings.Cut(f.Name, " ")
				switch command {
				case "put":
					put(name, f.Data)
				case "import":
					put("inbox/"+name, f.Data)
					told += importTold(t, dir, filepath.Join(dir, "inbox", name))
				case "want":
					got := told
					if name != "" {
						data, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
						got = string(data)
					} else {
						told = ""
					}
					if *updateLists {
						archive.Files[i].Data = []byte(got)
					} else if got != string(f.Data) {
						t.Errorf("part %d, %s: got:\n%s\nwant:\n%s", i+1, f.Name, got, f.Data)
					}
				default:
					t.Fatalf("what is %s?", f.Name)
				}
			}
			if *updateLists {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// importTold imports a file, and gives what was told of it. What is asked about leaves the
// folder as it was, and so does the same file once more.
func importTold(t *testing.T, dir, file string) (told string) {
	t.Helper()
	once := func() (string, bool) {
		tables, problems, err := site.Import(site.Importing{Dir: dir, Files: []string{file}, AsOf: period.NewDate(2026, 12, 31)})
		if err != nil {
			t.Fatal(err)
		}
		told, written := "", false
		for _, p := range problems {
			told += fmt.Sprintf("! %s %s\n", p.Cell, p.Rule)
		}
		for _, table := range tables {
			for _, q := range table.Questions {
				told += fmt.Sprintf("? %s %s %s\n", q.At.Cell, q.Rule, q.Message.ZH)
			}
			if !table.Refused {
				told += fmt.Sprintf("%s %s +%d ~%d\n", table.Becomes, table.Name, table.Change.Added, table.Change.Filled)
				written = written || len(table.Written) > 0
			}
		}
		return told, written
	}
	before := tree(t, filepath.Join(dir, "data"))
	told, written := once()
	after := tree(t, filepath.Join(dir, "data"))
	if !written && fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("%s: something was written:\n%s", file, told)
	}
	if strings.ContainsAny(told, "?!") {
		return told
	}
	if again, written := once(); written || fmt.Sprint(tree(t, filepath.Join(dir, "data"))) != fmt.Sprint(after) {
		t.Errorf("%s: imported once more, it is written once more:\n%s", file, again)
	}
	return told
}
