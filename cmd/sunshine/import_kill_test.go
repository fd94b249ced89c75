package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestImportKilled kills imports at random moments. Every file in data/ is then whole, the
// old one or the new one; a table's rows never stand without the recipe that they were
// read by; the same command brings all to what an import that nobody killed writes.
func TestImportKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves the kills out")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const tables = 12
	bureau := func(month int) string {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 清河县公安局\nbase_url: https://example.org/\n"))
		dropMonth(t, dir, tables, month)
		return dir
	}
	run := func(dir, day string) *exec.Cmd {
		c := exec.Command(self, "import", "--quiet", "--yes", "--as-of", day, "--dir", dir)
		c.Env = append(os.Environ(), "SUNSHINE_TEST_RUN=1")
		return c
	}
	finish := func(dir, day string) {
		t.Helper()
		left, _ := filepath.Glob(filepath.Join(dir, "data/*/.sunshine-*"))
		for _, file := range left { // somebody comes back after lunch
			if then := time.Now().Add(-2 * time.Hour); os.Chtimes(file, then, then) != nil {
				t.Fatal(file)
			}
		}
		if text, err := run(dir, day).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	days := [2]string{"2026-10-08", "2026-11-06"}
	whole := bureau(9)
	empty := read(t, filepath.Join(whole, "data"))
	begin := time.Now()
	finish(whole, days[0])
	usual := time.Since(begin)
	first := read(t, filepath.Join(whole, "data"))
	dropMonth(t, whole, tables, 10)
	finish(whole, days[1])
	second := read(t, filepath.Join(whole, "data"))
	if len(first) != 1+4*tables || len(second) != len(first) {
		t.Fatalf("%d files, then %d", len(first), len(second))
	}
	random := rand.New(rand.NewPCG(3, 4))
	killed, cut := 0, 0
	kill := func(dir, day string, old, next map[string][]byte) {
		t.Helper()
		c := run(dir, day)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(usual) * 11 / 10)))
		c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		now := read(t, filepath.Join(dir, "data"))
		for name, data := range now {
			if strings.HasPrefix(filepath.Base(name), ".") {
				continue // what was being written
			}
			before, stood := old[name]
			after, comes := next[name]
			if !(stood && bytes.Equal(data, before)) && !(comes && bytes.Equal(data, after)) {
				t.Fatalf("%s is torn or foreign:\n%s", name, data)
			}
		}
		fresh := 0
		for n := range tables {
			rows := fmt.Sprintf("stats/接警%c.csv", 'a'+n)
			if now[rows] == nil {
				continue
			}
			if bytes.Equal(now[rows], next[rows]) && !bytes.Equal(next[rows], old[rows]) {
				fresh++
			}
			for _, name := range []string{fmt.Sprintf("imports/接警%c.yaml", 'a'+n), fmt.Sprintf("imports/接警%c.csv", 'a'+n), fmt.Sprintf("stats/接警%c.yaml", 'a'+n)} {
				if !bytes.Equal(now[name], next[name]) && bytes.Equal(now[rows], next[rows]) {
					t.Fatalf("%s is new and %s is not", rows, name)
				}
			}
		}
		if fresh > 0 && fresh < tables {
			cut++
		}
	}
	for range *kills {
		dir := bureau(9)
		kill(dir, days[0], empty, first)
		finish(dir, days[0])
		sameData(t, dir, first)
		dropMonth(t, dir, tables, 10)
		kill(dir, days[1], first, second)
		finish(dir, days[1])
		sameData(t, dir, second)
	}
	t.Logf("%d of %d imports were killed before their end, %d of them between two tables", killed, 2**kills, cut)
}

// sameData holds data/ against what it has to be; nothing is left over.
func sameData(t *testing.T, dir string, want map[string][]byte) {
	t.Helper()
	got := read(t, filepath.Join(dir, "data"))
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s is not brought to its end:\n%s", name, got[name])
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is left over", name)
	}
}

// dropMonth fills the inbox with the tables of a month.
func dropMonth(t *testing.T, dir string, tables, month int) {
	t.Helper()
	os.RemoveAll(filepath.Join(dir, "inbox"))
	for n := range tables {
		var b strings.Builder
		fmt.Fprintf(&b, "2026年%d月接警%c\n辖区%[2]c,接警（起）\n", month, 'a'+n)
		for row := range 40 {
			fmt.Fprintf(&b, "第%d所,%d\n", row+1, 100*month+row*7+n)
		}
		write(t, filepath.Join(dir, "inbox", fmt.Sprintf("接警%c %d月.csv", 'a'+n, month)), []byte(b.String()))
	}
}
