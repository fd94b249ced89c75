package site

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/problem"
	"sunshine/site/send"
	"sunshine/site/write"
)

// undoing is a desk on a folder with two files, and a step of both.
type undoing struct {
	*Desk
	root *os.Root
	dir  string
}

func newUndoing(t *testing.T) *undoing {
	t.Helper()
	u := &undoing{dir: t.TempDir()}
	u.put(t, "data/units.csv", "old units")
	u.put(t, "data/pages/a.md", "old page")
	var err error
	if u.root, err = os.OpenRoot(u.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { u.root.Close() })
	u.again()
	return u
}

// again is another desk on the folder, as after a kill.
func (u *undoing) again() {
	u.Desk = &Desk{Options: func() (Options, error) { return Options{Dir: u.dir}, nil }, Who: send.Who{Now: time.Now}, Language: problem.Chinese}
}

func (u *undoing) put(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(u.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (u *undoing) holds(t *testing.T, what string, want ...string) {
	t.Helper()
	for i := 0; i < len(want); i += 2 {
		data, err := os.ReadFile(filepath.Join(u.dir, filepath.FromSlash(want[i])))
		if os.IsNotExist(err) {
			data, err = nil, nil
		}
		if err != nil || string(data) != want[i+1] {
			t.Errorf("%s: %s holds %q, want %q: %v", what, want[i], data, want[i+1], err)
		}
	}
}

func (u *undoing) steps(t *testing.T) []desk.Step {
	t.Helper()
	all, err := u.Steps()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var bothFiles = []string{"data/units.csv", "data/pages/a.md", "data/pages/new.md"}

// A step that fails in the middle is brought back, and leaves nothing that could be undone.
func TestStepFails(t *testing.T) {
	u := newUndoing(t)
	broken := errors.New("broken")
	err := u.doing(u.root, problem.Say("做", "do"), bothFiles, func() error {
		u.put(t, "data/pages/new.md", "new")
		u.put(t, "data/units.csv", "new units")
		return broken
	})
	if half := (*desk.HalfError)(nil); !errors.Is(err, broken) || errors.As(err, &half) {
		t.Errorf("%v", err)
	}
	u.holds(t, "brought back", "data/units.csv", "old units", "data/pages/a.md", "old page", "data/pages/new.md", "")
	if all := u.steps(t); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}

// One that cannot be brought back says so. Then, or where the desk is killed in the middle, the
// next thing that is asked of it finds what is half, and it is undone as any other step.
func TestStepHalf(t *testing.T) {
	t.Run("failed", func(t *testing.T) {
		u := newUndoing(t)
		err := u.doing(u.root, problem.Say("做", "do"), bothFiles, func() error {
			u.put(t, "data/units.csv", "new units")
			u.put(t, "data/pages/new.md", "new")
			// Something that no file takes the place of.
			if err := os.Remove(filepath.Join(u.dir, "data/pages/a.md")); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(u.dir, "data/pages/a.md"), 0o755); err != nil {
				t.Fatal(err)
			}
			return errors.New("broken")
		})
		if half := (*desk.HalfError)(nil); !errors.As(err, &half) {
			t.Fatalf("%v", err)
		}
		if err := os.Remove(filepath.Join(u.dir, "data/pages/a.md")); err != nil {
			t.Fatal(err)
		}
		u.half(t)
	})
	t.Run("killed", func(t *testing.T) {
		u := newUndoing(t)
		func() {
			defer func() { recover() }()
			u.doing(u.root, problem.Say("做", "do"), bothFiles, func() error {
				u.put(t, "data/units.csv", "new units")
				u.put(t, "data/pages/new.md", "new")
				panic("killed")
			})
		}()
		u.again()
		u.half(t)
	})
}

func (u *undoing) half(t *testing.T) {
	t.Helper()
	all := u.steps(t)
	if len(all) != 1 || !all[0].Cut || all[0].Undone || !strings.Contains(u.Notice().ZH, "“做”做到一半断了") {
		t.Fatalf("%+v, %s", all, u.Notice().ZH)
	}
	u.again()
	if u.steps(t); !strings.Contains(u.Notice().ZH, "做到一半断了") {
		t.Error("the next desk does not say it")
	}
	// Somebody else's change after it was looked at is not lost.
	found, err := os.ReadFile(filepath.Join(u.dir, "data/units.csv"))
	if err != nil {
		t.Fatal(err)
	}
	u.put(t, "data/units.csv", "by hand")
	if changed, err := u.Undo(all[0].Name); err != nil || changed != "data/units.csv" {
		t.Errorf("%q, %v", changed, err)
	}
	u.put(t, "data/units.csv", string(found))
	if changed, err := u.Undo(all[0].Name); err != nil || changed != "" {
		t.Errorf("%q, %v", changed, err)
	}
	u.holds(t, "undone", "data/units.csv", "old units", "data/pages/a.md", "old page", "data/pages/new.md", "")
	if u.Notice() != (problem.Text{}) {
		t.Errorf("it still says %s", u.Notice().ZH)
	}
	if u.again(); len(u.steps(t)) != 2 || u.Notice() != (problem.Text{}) {
		t.Errorf("the next desk says %s", u.Notice().ZH)
	}
}

// One that was cut off before it wrote anything is forgotten.
func TestStepNothing(t *testing.T) {
	u := newUndoing(t)
	func() {
		defer func() { recover() }()
		u.doing(u.root, problem.Say("做", "do"), bothFiles, func() error { panic("killed") })
	}()
	u.again()
	if all := u.steps(t); len(all) != 0 || u.Notice() != (problem.Text{}) {
		t.Errorf("%+v, %s", all, u.Notice().ZH)
	}
}

// The folder of the steps is anybody's: what stands in it writes nothing but what a step may,
// and numbers nothing anew.
func TestStepsOfOthers(t *testing.T) {
	u := newUndoing(t)
	save := func(text string) {
		t.Helper()
		if err := u.doing(u.root, problem.Say("做", "do"), bothFiles[:1], func() error {
			return write.File(u.root, bothFiles[0], []byte(text))
		}); err != nil {
			t.Fatal(err)
		}
	}
	save("1")
	u.put(t, stepsFolder+"/zzz.json", "{}")
	save("2")
	if all := u.steps(t); len(all) != 2 || all[0].Name != "00000002.json" {
		t.Errorf("%+v", all)
	}
	for _, file := range []string{".git/hooks/post-commit", "data/releases/2026-09.json", "../a.csv", "/etc/passwd", "README.md"} {
		data, err := json.Marshal(deed{Did: problem.Say("做", "do"), Files: []before{{Path: file, Before: []byte("#!/bin/sh"), There: true}}})
		if err != nil {
			t.Fatal(err)
		}
		u.put(t, stepsFolder+"/00000900.json", string(data))
		if changed, err := u.Undo("00000900.json"); err == nil {
			t.Errorf("%s: %q", file, changed)
		}
		u.holds(t, "written", "README.md", "", ".git/hooks/post-commit", "")
	}
	for _, name := range []string{"../steps/00000001.json", "zzz.json", "", ".", "1.json"} {
		if _, err := u.Undo(name); err == nil {
			t.Errorf("%q is undone", name)
		}
	}
}

// While another sunshine writes, nothing is written here.
func TestDeskBusy(t *testing.T) {
	u := newUndoing(t)
	unlock, err := write.Lock(filepath.Join(u.dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx := context.Background()
	_, _, saving := u.Save(ctx, bothFiles[0], bureau.SHA256([]byte("old units")), []byte("new"))
	_, approving := u.Approve(ctx, "digest", "who")
	_, explaining := u.Explain(ctx, "missing", nil, nil)
	_, undoing := u.Undo("00000001.json")
	for what, err := range map[string]error{"save": saving, "approve": approving, "explain": explaining, "undo": undoing} {
		if refused := (*write.Error)(nil); !errors.As(err, &refused) || refused.Problems[0].Rule != problem.WriteBusy {
			t.Errorf("%s: %v", what, err)
		}
	}
	if read, err := u.Import(ctx, "inbox/a.csv", desk.Answers{}); err != nil || len(read.Problems) != 1 || read.Problems[0].Rule != problem.WriteBusy {
		t.Errorf("import: %v, %v", err, read.Problems)
	}
	u.holds(t, "busy", bothFiles[0], "old units")
}

// A record that a publication rests on stands; what does not concern it can be undone.
func TestStepPublished(t *testing.T) {
	u := newUndoing(t)
	for _, file := range []string{bureau.ApprovalsKind.File(), bureau.UnitsKind.File()} {
		if err := u.doing(u.root, problem.Say("改", "changed"), []string{file}, func() error { return write.File(u.root, file, []byte("new")) }); err != nil {
			t.Fatal(err)
		}
	}
	u.put(t, "data/releases/2026-10.json", "{}")
	refused := (*write.Error)(nil)
	if _, err := u.Undo("00000001.json"); !errors.As(err, &refused) || !strings.Contains(refused.Problems[0].Message.ZH, "公布过") {
		t.Errorf("an approval is undone after its publication: %v", err)
	}
	if changed, err := u.Undo("00000002.json"); changed != "" || err != nil {
		t.Errorf("%s, %v", changed, err)
	}
	u.holds(t, "published", bureau.ApprovalsKind.File(), "new", bureau.UnitsKind.File(), "old units")
}
