package site_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sunshine/site/bureau"
)

// TestDeskFile: a file is taken away, renamed and replaced, each step can be undone; what a
// release wrote down is left alone, and so is what is not in the folder.
func TestDeskFile(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	put := func(name, text string) { putFile(t, filepath.Join(dir, filepath.FromSlash(name)), text) }
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return ""
		}
		return string(data)
	}
	put("data/site.yaml", "title: 甲\n")
	put("data/stats/a.csv", "年份,立案（件）\n2025年,15\n")
	put("data/stats/b.csv", "年份,破案（件）\n2025年,5\n")
	put("data/releases/1.json", "{}\n")
	put("data/static/form.txt", "表\n")
	put("inbox/a.xlsx", "a,b\n")
	d := workOn(dir)
	was := func(name string) string { return bureau.SHA256([]byte(read(name))) }
	undo := func() {
		t.Helper()
		steps, err := d.Steps()
		if err != nil {
			t.Fatal(err)
		}
		if changed, err := d.Undo(steps[0].Name); err != nil || changed != "" {
			t.Fatal(changed, err)
		}
	}
	before := tree(t, filepath.Join(dir, "data"))
	same := func(what string) {
		t.Helper()
		t.Run(what, func(t *testing.T) { sameTree(t, tree(t, filepath.Join(dir, "data")), before) })
	}

	for name, file := range map[string]string{"settings": "data/site.yaml", "a release": "data/releases/1.json", "another place": "../secret", "outside": "data/../../secret"} {
		if _, err := d.File(ctx, file); err == nil {
			t.Errorf("%s: read", name)
		}
		if moved, _, err := d.Move(ctx, file, was(file), ""); moved || err == nil {
			t.Errorf("%s: taken away", name)
		}
		if _, put, err := d.Put(ctx, file, was(file), []byte("x")); put || err == nil {
			t.Errorf("%s: replaced", name)
		}
		if _, err := d.Make(ctx, file); err == nil {
			t.Errorf("%s: made", name)
		}
	}
	for _, name := range []string{"../a.csv", "x/a.csv", `x\a.csv`, ".a.csv", "a.yaml", "a\x01.csv", "b.csv", ".csv", "nul.csv"} {
		moved, problems, err := d.Move(ctx, "data/stats/a.csv", was("data/stats/a.csv"), name)
		if moved || err != nil || len(problems) != 1 || problems[0].Message.ZH == "" || problems[0].Hint.ZH == "" {
			t.Errorf("%q: %v %v %v", name, moved, problems, err)
		}
	}
	for _, name := range []string{"", "c.csv"} {
		if moved, problems, err := d.Move(ctx, "data/stats/a.csv", was("data/stats/b.csv"), name); moved || len(problems) > 0 || err != nil {
			t.Errorf("one that was changed: %q: %v %v", name, problems, err)
		}
	}
	if _, put, err := d.Put(ctx, "data/stats/a.csv", was("data/stats/b.csv"), []byte("x")); put || err != nil {
		t.Errorf("one that was changed is replaced: %v", err)
	}
	if _, put, err := d.Put(ctx, "data/notices/2026-10-01-a.md", "", make([]byte, 1<<20+1)); put || err == nil {
		t.Error("a text of more than a mebibyte is put")
	}
	same("nothing was done")

	if moved, _, err := d.Move(ctx, "data/static/form.txt", was("data/static/form.txt"), ""); !moved || err != nil || read("data/static/form.txt") != "" {
		t.Error(moved, err)
	}
	undo()
	same("it is brought back")
	if moved, _, err := d.Move(ctx, "data/stats/a.csv", was("data/stats/a.csv"), "立案.csv"); !moved || err != nil || read("data/stats/a.csv") != "" || read("data/stats/立案.csv") == "" {
		t.Error(moved, err)
	}
	undo()
	same("it has its name again")
	if _, put, err := d.Put(ctx, "data/stats/a.csv", was("data/stats/a.csv"), []byte("x\n")); !put || err != nil || read("data/stats/a.csv") != "x\n" {
		t.Error(put, err)
	}
	undo()
	if _, put, err := d.Put(ctx, "data/stats/new.csv", "", []byte("x\n")); !put || err != nil || read("data/stats/new.csv") != "x\n" {
		t.Error(put, err)
	}
	undo()
	same("what was replaced stands again")
	if moved, problems, err := d.Move(ctx, "inbox/a.xlsx", was("inbox/a.xlsx"), "a.csv"); !moved || err != nil || read("inbox/a.csv") == "" {
		t.Error(problems, err)
	}
	if problems, err := d.Make(ctx, "data/stats/a.yaml"); err != nil || len(problems) > 0 || read("data/stats/a.yaml") == "" {
		t.Error(problems, err)
	}
	if problems, err := d.Make(ctx, "data/stats/none.yaml"); err != nil || len(problems) != 1 || read("data/stats/none.csv")+read("data/stats/none.yaml") != "" {
		t.Error(problems, err)
	}
	put("data/stats/a (1).csv", "年份,立案（件）\n2025年,15\n")
	if problems, err := d.Make(ctx, "data/stats/a (1).yaml"); err != nil || len(problems) != 1 || read("data/stats/a (1).yaml") != "" {
		t.Error(problems, err)
	}
	if err := os.Remove(filepath.Join(dir, "data/stats/a (1).csv")); err != nil {
		t.Fatal(err)
	}
	undo()
	same("the descriptor is gone again")
}
