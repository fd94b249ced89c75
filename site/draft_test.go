package site_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// edits change a file as staff would, so that another text stands in it. What comes of it
// may be wrong: drafts are shown all the same.
var edits = map[string]func(text string) string{
	".md": func(text string) string { return text + "\n后来补充的一句。\n" },
	".yaml": func(text string) string {
		if before, after, found := strings.Cut(text, "title: "); found {
			return before + "title: 改过的" + after
		}
		return text + "\n# 改过\n"
	},
	".csv": func(text string) string { // the last digit of the table is said twice
		i := strings.LastIndexAny(text, "123456789")
		if i < 0 {
			return text + "\n"
		}
		return text[:i+1] + text[i:]
	},
	".css":  func(text string) string { return text + "\n/* changed */\n" },
	".html": func(text string) string { return text + "<!-- changed -->" },
}

// Whatever file of a folder changes, goes, or comes again: a draft has every file as a
// build from nothing makes it, although the workshop reads again what changed alone. What a
// page is made from is never asked; all that is kept are documents as they were read.
func TestDraft(t *testing.T) {
	dir := t.TempDir()
	from, kinds := "testdata/small", false
	if *proof {
		from, kinds = "..", true // one file of each kind: it has nearly all
	}
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join(from, "data"))); err != nil {
		t.Fatal(err)
	}
	putFile(t, filepath.Join(dir, "templates/site.css"), "/* our own */")
	o := options(dir, "")
	ahead := time.Now().Add(time.Hour) // every file has settled
	w := site.NewWorkshop(func() time.Time { return ahead })
	compared := 0
	named := map[string]string{} // what a draft of that name held
	compare := func(what string) {
		t.Helper()
		draft, problems, err := w.Draft(context.Background(), o)
		if err != nil {
			t.Fatal(what, err)
		}
		built, all, err := site.Make(context.Background(), o)
		if err != nil {
			t.Fatal(what, err)
		}
		if draft == nil {
			if problems.Errors() == 0 || all.Errors() == 0 {
				t.Errorf("%s: there is no draft, and nothing tells why", what)
			}
			return
		}
		compared++
		for _, f := range built.Files {
			if f.Path == bureau.SourcesFile {
				continue // drafts keep nothing
			}
			if got, ok := draft.File(f.Path); !ok || !bytes.Equal(got, f.Bytes) {
				t.Errorf("%s: %s is not as a build from nothing makes it (%v)", what, f.Path, ok)
			}
		}
		var held strings.Builder
		for _, f := range built.Files {
			held.WriteString(bureau.SHA256(f.Bytes))
		}
		if was, is := named[draft.Name()]; is && was != held.String() {
			t.Errorf("%s: another draft had the same name", what)
		}
		named[draft.Name()] = held.String()
		if _, ok := draft.File("guides/none/index.html"); ok {
			t.Errorf("%s: a page that there is not", what)
		}
		checked, err := w.Check(context.Background(), o)
		if err != nil {
			t.Fatal(what, err)
		}
		if got, want := texts(checked), texts(all); !slices.Equal(got, want) {
			t.Errorf("%s: the check tells\n%s\nand a build from nothing\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	compare("at first")

	files := map[string]string{} // a file of each kind, or all
	for _, top := range []string{"data", "templates"} {
		filepath.WalkDir(filepath.Join(dir, top), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, _ = filepath.Rel(dir, name)
			name = filepath.ToSlash(name)
			key := name
			if kinds {
				key = path.Dir(bureau.KindAt(name).File()) + path.Ext(name)
			}
			if edits[path.Ext(name)] != nil && files[key] == "" {
				files[key] = name
			}
			return nil
		})
	}
	if len(files) < 15 {
		t.Fatalf("files to change: %d", len(files))
	}
	for _, name := range slices.Sorted(maps.Values(files)) {
		whole := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(whole)
		if err != nil {
			t.Fatal(err)
		}
		putFile(t, whole, edits[path.Ext(name)](string(text)))
		compare(name + " changed")
		if err := os.Remove(whole); err != nil {
			t.Fatal(err)
		}
		compare(name + " gone")
		putFile(t, whole, string(text))
	}
	compare("all as it was")
	putFile(t, filepath.Join(dir, "data/notices/2026-10-20-new.md"), "---\ntitle: 新的公告\ndate: 2026-10-20\n---\n\n正文。\n")
	compare("a new file")
	if compared < len(files) {
		t.Errorf("drafts compared: %d", compared)
	}
}

// texts are problems as they are told.
func texts(problems problem.List) (all []string) {
	for _, p := range problems {
		message, hint := p.Said(problem.Chinese)
		all = append(all, p.Position.String()+" "+message+" "+hint)
	}
	return all
}

// Of a folder whose figures cannot be decided there is no draft, so that the last one stays.
func TestNoDraft(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("testdata/small/data")); err != nil {
		t.Fatal(err)
	}
	w := site.NewWorkshop(time.Now)
	draft, problems, err := w.Draft(context.Background(), options(dir, ""))
	if err != nil || draft == nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	putFile(t, filepath.Join(dir, "data/stats/cases.csv"), "期间,立案数（起）\n2025年,许多\n")
	draft, problems, err = w.Draft(context.Background(), options(dir, ""))
	if err != nil || draft != nil || problems.Errors() == 0 {
		t.Errorf("a draft of a table that cannot be read: %v, %v", err, problems)
	}
}

// What waits for a time of the day makes another site when that has come, of the same files.
func TestDraftWaits(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("testdata/small/data")); err != nil {
		t.Fatal(err)
	}
	putFile(t, filepath.Join(dir, "data/notices/2026-10-30-new.md"), "---\ntitle: 新的公告\ndate: 2026-10-30\npublish_at: 2026-10-30 09:00\n---\n\n正文。\n")
	w := site.NewWorkshop(time.Now)
	named := map[string]bool{}
	for _, minutes := range []int{8 * 60, 10 * 60} {
		o := options(dir, "")
		o.AsOf = period.NewDate(2026, 10, 30)
		o.Now = period.Moment{Day: o.AsOf, Minute: minutes}
		draft, problems, err := w.Draft(context.Background(), o)
		if err != nil || draft == nil {
			t.Fatal(err, problems)
		}
		if _, is := draft.File("notices/2026-10-30-new/index.html"); is != (minutes > 9*60) {
			t.Errorf("in minute %d the notice stands: %t", minutes, is)
		}
		named[draft.Name()] = true
	}
	if len(named) != 2 {
		t.Error("two drafts have one name")
	}
}

// A browser asks for many files at a time; each is what a build makes it.
func TestDraftTogether(t *testing.T) {
	o := options("testdata/small", "")
	built, _, err := site.Make(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	draft, problems, err := site.NewWorkshop(time.Now).Draft(context.Background(), o)
	if err != nil || draft == nil {
		t.Fatal(err, problems)
	}
	var asking sync.WaitGroup
	for i := range 8 {
		asking.Go(func() {
			for k := range built.Files {
				f := built.Files[(k*7+i*len(built.Files)/8)%len(built.Files)]
				if got, ok := draft.File(f.Path); f.Path != bureau.SourcesFile && (!ok || !bytes.Equal(got, f.Bytes)) {
					t.Errorf("%s is another one (%v)", f.Path, ok)
				}
				if _, ok := draft.File(path.Join(path.Dir(f.Path), "none.ico")); ok {
					t.Error("a file that there is not")
				}
			}
		})
	}
	asking.Wait()
}
