package docs_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	proof = flag.Bool("proof", false, "run what takes minutes as well")
	only  = flag.String("mutants", "", "with -proof: only the mutants whose file or guard matches this")
)

const mutantsFile = "mutants.txt"

// mutant is one line of a guard, broken.
type mutant struct {
	line     int    // in mutants.txt
	guard    string // what is broken, in words
	old, new string
	test     string // the package whose tests must fail, the file's own where empty
	run      string // narrows them to these

	file string // that holds old, exactly once
}

// mutants reads mutants.txt. A mutant is found by its text alone, wherever the
// code stands, so that the table outlives a move.
func mutants(t *testing.T) []mutant {
	t.Helper()
	text, err := os.ReadFile(mutantsFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []mutant
	var m mutant
	n := 0
	for line := range strings.Lines(string(text) + "\n") {
		n++
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			if m.guard != "" {
				all = append(all, m)
			}
			m = mutant{}
		case line == "+":
		case strings.HasPrefix(line, "- "):
			m.old += line[2:] + "\n"
		case strings.HasPrefix(line, "+ "):
			m.new += line[2:] + "\n"
		case m.guard != "" && strings.HasPrefix(line, "test "):
			m.test = line[len("test "):]
		case m.guard != "" && strings.HasPrefix(line, "run "):
			m.run = line[len("run "):]
		case m.guard == "":
			m.line, m.guard = n, line
		default:
			t.Fatalf("%s:%d: %q is no part of a mutant", mutantsFile, n, line)
		}
	}
	sources := map[string]string{}
	for _, root := range []string{"cmd", "site", "templates"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "dist" {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.IsDir() || strings.HasSuffix(path, "_test.go") || !slices.Contains([]string{".go", ".html", ".js", ".sh"}, filepath.Ext(path)) {
				return nil
			}
			text, err := os.ReadFile(path)
			sources[path] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range all {
		m := &all[i]
		m.old, m.new = strings.TrimSuffix(m.old, "\n"), strings.TrimSuffix(m.new, "\n")
		var found []string
		for path, text := range sources {
			for range strings.Count(text, m.old) {
				found = append(found, path)
			}
		}
		switch {
		case m.old == "" || m.old == m.new:
			t.Errorf("%s:%d: %s: breaks nothing", mutantsFile, m.line, m.guard)
		case len(found) != 1:
			slices.Sort(found)
			t.Errorf("%s:%d: %s: its text stands %d times in the code, not once: %v", mutantsFile, m.line, m.guard, len(found), found)
		default:
			m.file = found[0]
		}
	}
	return all
}

// TestMutantsStand holds the table of mutants against the code: a guard that was
// rewritten is to be broken anew.
func TestMutantsStand(t *testing.T) {
	if all := mutants(t); len(all) < 40 {
		t.Errorf("only %d mutants", len(all))
	}
}

// TestMutants breaks one line of a guard at a time. A test must fail for each; a
// mutant that survives wants a test.
func TestMutants(t *testing.T) {
	if !*proof {
		t.Skip("-proof runs it")
	}
	chosen, err := regexp.Compile(*only)
	if err != nil {
		t.Fatal(err)
	}
	tried, killed := 0, 0
	for _, m := range mutants(t) {
		if m.file == "" || !chosen.MatchString(m.file+": "+m.guard) {
			continue
		}
		tried++
		begin := time.Now()
		test := m.test
		if test == "" {
			test = "./" + filepath.ToSlash(filepath.Dir(m.file)[len("../"):])
		}
		said, err := m.tested(t, test)
		verdict := "killed"
		switch {
		case err == nil:
			verdict = "SURVIVES"
			t.Errorf("%s:%d: %s: %s is broken and %s passes", mutantsFile, m.line, m.guard, m.file, test)
		case bytes.Contains(said, []byte("[build failed]")) || bytes.Contains(said, []byte("[setup failed]")):
			verdict = "DOES NOT BUILD"
			t.Errorf("%s:%d: %s: does not build:\n%s", mutantsFile, m.line, m.guard, said)
		default:
			killed++
		}
		fmt.Printf("%-14s %5.1fs  %s: %s\n", verdict, time.Since(begin).Seconds(), strings.TrimPrefix(m.file, "../"), m.guard)
	}
	fmt.Printf("%d mutants, %d killed\n", tried, killed)
}

// tested runs the tests over the code with the mutant in it.
func (m mutant) tested(t *testing.T, test string) ([]byte, error) {
	t.Helper()
	path, err := filepath.Abs(m.file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	broken, overlay := filepath.Join(dir, "broken"+filepath.Ext(path)), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(broken, []byte(strings.Replace(string(text), m.old, m.new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	replaced, err := json.Marshal(map[string]map[string]string{"Replace": {path: broken}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, replaced, 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"test", "-short", "-vet=off", "-failfast", "-timeout=2m", "-overlay", overlay}
	if m.run != "" {
		args = append(args, "-run", m.run)
	}
	command := exec.Command("go", append(args, test)...)
	command.Dir = ".."
	return command.CombinedOutput()
}
