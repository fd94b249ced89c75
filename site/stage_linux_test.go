package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sunshine/site"
	"sunshine/site/problem"
)

// A disk that fills while pages are set down leaves the last good site as it was, and
// nothing of the new one.
func TestDiskFullWhilePagesAreMade(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("needs a small disk to fill, and may not mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	out := filepath.Join(disk, "public")
	small, large := benchmarkBureau(t, 10, 1), benchmarkBureau(t, 600, 1)
	if err := buildInto(out, small); err != nil {
		t.Fatal(err)
	}
	before := tree(t, out)
	result, problems, err := site.Build(context.Background(), options(large, out))
	if err != nil || result.Built {
		t.Fatal(err, result.Built)
	}
	if len(problems) != 1 || problems[0].Rule != problem.WriteSystem || problems[0].Message.ZH != "磁盘已满，网站没有写入" {
		t.Errorf("told: %v", problems)
	}
	after := tree(t, out)
	if len(after) != len(before) {
		t.Errorf("files: %d, before: %d", len(after), len(before))
	}
	for name, text := range before {
		if string(after[name]) != string(text) {
			t.Errorf("%s is not as it was", name)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(out, ".sunshine-build")); err == nil {
		t.Errorf("left behind: %v", entries)
	}
	if err := buildInto(out, small); err != nil {
		t.Error(err)
	}
}

// A build that stops for a fault of the data leaves no folder that was not there.
func TestStoppedBuildLeavesNothing(t *testing.T) {
	dir := benchmarkBureau(t, 3, 0)
	putFile(t, filepath.Join(dir, "data/guides/hukou/g00001.md"), "no front matter")
	out := filepath.Join(t.TempDir(), "sites", "public")
	result, problems, err := site.Build(context.Background(), options(dir, out))
	if err != nil || result.Built || problems.Errors() == 0 {
		t.Fatal(err, result.Built, problems)
	}
	if _, err := os.Lstat(filepath.Dir(out)); err == nil {
		t.Error("a folder was made for a site that there is not")
	}
}

// So does one that fills while a large table is written, and it is told in the same words.
func TestDiskFullWhileTablesAreWritten(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=400k"); err != nil {
		t.Skipf("needs a small disk to fill, and may not mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	dir := benchmarkBureau(t, 0, 0)
	table := strings.Builder{}
	table.WriteString("日期,编号,受理数（起）\n")
	for i := range 20_000 {
		fmt.Fprintf(&table, "2025-01-01,第%d项,%d\n", i, i)
	}
	putFile(t, filepath.Join(dir, "data/stats/large.csv"), table.String())
	putFile(t, filepath.Join(dir, "data/stats/large.yaml"), "title: 受理\nfrequency: daily\nsources: [{title: 台账}]\nreleased: 2025-01-05\nschema:\n  fields:\n    - {name: 日期, type: string, role: period}\n    - {name: 编号, type: string, role: category}\n    - {name: 受理数（起）, type: integer, role: measure, unit: 起, risk: event}\n")
	result, problems, err := site.Build(context.Background(), options(dir, filepath.Join(disk, "public")))
	if err != nil || result.Built {
		t.Fatal(err, result.Built)
	}
	if len(problems) != 1 || problems[0].Rule != problem.WriteSystem || problems[0].Message.ZH != "磁盘已满，网站没有写入" {
		t.Errorf("told: %v", problems)
	}
}
