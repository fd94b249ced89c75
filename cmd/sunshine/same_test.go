package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"sunshine/site"
	"sunshine/site/attack"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
	"sunshine/site/sweep"
)

// The failing inputs that the project was given lie beside the repository.
const casesFolder = "../../../shared/cases"

// TestCheckSaysWhatBuildSays holds check against build (publishing/check-equals-build
// and its kind): for every case, every
// bureau of a script and every bureau of this repository, both give the same
// list, byte for byte, in a minute at most; every page that is built stands up to
// the sweep; and the auditor computes nothing from what is built.
func TestCheckSaysWhatBuildSays(t *testing.T) {
	bureaus := 0
	each := func(name string, make func(t *testing.T, dir string)) {
		bureaus++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			make(t, dir)
			sameProblems(t, dir)
		})
	}
	for name, folder := range map[string]string{"demonstration": "../..", "golden": "../../site/testdata/small"} {
		each(name, func(t *testing.T, dir string) {
			copyFolder(t, filepath.Join(dir, "data"), filepath.Join(folder, "data"))
		})
	}
	for name, own := range map[string]scaffold.Own{"init": {}, "init of one's own": {Name: "云水县公安局", Phone: "0100-1234567", Address: "云水县人民路1号"}} {
		each(name, func(t *testing.T, dir string) {
			os.Remove(dir)
			if err := scaffold.Bureau(dir, day, own); err != nil {
				t.Fatal(err)
			}
		})
	}
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		files, err := txtar.FS(archive)
		if err != nil {
			t.Fatal(script, err)
		}
		settings, err := fs.Glob(files, "*/data/site.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range settings {
			bureau, _, _ := strings.Cut(path, "/")
			each(strings.TrimSuffix(filepath.Base(script), ".txtar")+"/"+bureau, func(t *testing.T, dir string) {
				sub, err := fs.Sub(files, bureau)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.CopyFS(dir, sub); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
	cases, err := filepath.Glob(casesFolder + "/*/*/want.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 {
		t.Logf("there are no cases at %s", casesFolder)
	}
	if testing.Short() {
		cases = nil
	}
	for _, want := range cases {
		folder := filepath.Dir(want)
		data := filepath.Join(folder, "data")
		if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
			continue // files to import
		}
		name := filepath.Base(filepath.Dir(folder)) + "/" + filepath.Base(folder)
		each(name, func(t *testing.T, dir string) {
			copyFolder(t, dir, folder)
			if _, err := os.Stat(filepath.Join(dir, "make.py")); err == nil {
				if out, err := exec.Command("python3", filepath.Join(dir, "make.py")).CombinedOutput(); err != nil {
					t.Skipf("make.py: %v: %s", err, out)
				}
			}
		})
	}
	t.Logf("%d bureaus", bureaus)
}

var day = period.NewDate(2026, 10, 31)

// copyFolder copies a folder so that it may be changed.
func copyFolder(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if d.IsDir() {
			mode = 0o755
		}
		return os.Chmod(path, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sameProblems holds what check says of a bureau against what build says.
func sameProblems(t *testing.T, dir string) {
	o := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), AsOf: day, Jobs: 2, Version: "test"}
	checked := within(t, func(ctx context.Context) (problem.List, error) { return site.Check(ctx, o) })
	built := within(t, func(ctx context.Context) (problem.List, error) {
		_, problems, err := site.Build(ctx, o)
		return problems, err
	})
	if checked != built {
		t.Errorf("check and build differ:\n%s", onlyIn(checked, built))
	}

	files := map[string][]byte{}
	for path, data := range read(t, o.Out) {
		if strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".css") {
			files[path] = data
		} else {
			files[path] = nil
		}
	}
	if faults := sweep.Site(files); len(faults) > 0 {
		t.Errorf("%d faults in the pages:\n%s", len(faults), strings.Join(faults[:min(len(faults), 20)], "\n"))
	}
	if len(files) > 0 {
		for _, f := range attack.Sites([]fs.FS{os.DirFS(o.Out)}).Findings {
			t.Errorf("a stranger computes %+v", f)
		}
	}
}

// within gives what a command says in a minute, as it prints it.
func within(t *testing.T, command func(context.Context) (problem.List, error)) string {
	t.Helper()
	said := make(chan string, 1)
	go func() {
		problems, err := command(t.Context())
		var b bytes.Buffer
		if err != nil {
			b.WriteString("stops: " + err.Error() + "\n")
		}
		for _, language := range []problem.Language{problem.Chinese, problem.English} {
			if err := writeJSON(&b, language, problems); err != nil {
				b.WriteString(err.Error())
			}
		}
		said <- b.String()
	}()
	select {
	case s := <-said:
		return s
	case <-time.After(time.Minute):
		t.Fatal("not done in a minute")
		return ""
	}
}

// onlyIn gives the lines that one of the commands says alone.
func onlyIn(checked, built string) string {
	check, build := strings.Split(checked, "\n"), strings.Split(built, "\n")
	var b strings.Builder
	for _, line := range check {
		if !slices.Contains(build, line) {
			b.WriteString("check: " + line + "\n")
		}
	}
	for _, line := range build {
		if !slices.Contains(check, line) {
			b.WriteString("build: " + line + "\n")
		}
	}
	return b.String()
}
