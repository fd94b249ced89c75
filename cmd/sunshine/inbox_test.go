package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Whatever a file of the inbox is called, it is read, and no name reaches the terminal as
// it is; what systems and office programs leave there is passed over; the same file twice
// brings its figures once; a second file of one table is held against the first.
func TestInboxNames(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\nbase_url: https://example.org/\n"))
	table := func(month, n string) []byte {
		return []byte("2026年" + month + "月法制工作,\n事项,受理（件）\n案件审核,2" + n + "\n")
	}
	put := func(name string, data []byte) { write(t, filepath.Join(dir, "inbox", name), data) }
	put("1 法制 （1）.csv", table("5", "1"))
	put("2\x1b[31m红\a.csv", table("6", "2"))
	put("3"+strings.Repeat("长", 80)+".csv", table("7", "3"))
	put("4👮.csv", table("8", "4"))
	put("5 法制 副本.csv", table("8", "4"))
	for _, none := range []string{"~$4👮.csv", ".~lock.4👮.csv#", "Thumbs.db", "desktop.ini", ".git/config", "~$旧/9.csv"} {
		put(none, []byte("x"))
	}
	code, stdout, stderr := runOffice("import", "--lang", "zh", "--yes", "--dir", dir)
	if code != 0 || strings.ContainsAny(stdout+stderr, "\x1b\a") {
		t.Fatalf("exit %d\n%q\n%q", code, stdout, stderr)
	}
	const want = "期间,事项,受理（件）\n2026年5月,案件审核,21\n2026年6月,案件审核,22\n2026年7月,案件审核,23\n2026年8月,案件审核,24\n"
	rows := func() string { return snapshot(t, dir)["data/stats/法制工作.csv"] }
	if rows() != want {
		t.Errorf("%s\n%s", rows(), stdout)
	}
	put("6.csv", table("9", "5"))
	put("7.csv", table("9", "6"))
	code, _, stderr = runOffice("import", "--lang", "zh", "--dry-run", "--dir", dir)
	if code != 1 || !strings.Contains(stderr, "7.csv:3:6 (B3): 错误：“2026年9月 案件审核 受理（件）”以前读入的是25，现在是26 [import/changed]") || rows() != want {
		t.Errorf("only looked at: exit %d\n%s\n%s", code, stderr, rows())
	}
	code, _, stderr = runOffice("import", "--lang", "zh", "--dir", dir)
	if code != 1 || !strings.Contains(stderr, "7.csv:3:6 (B3): 错误：“2026年9月 案件审核 受理（件）”以前读入的是25，现在是26 [import/changed]") || rows() != want+"2026年9月,案件审核,25\n" {
		t.Errorf("exit %d\n%s\n%s", code, stderr, rows())
	}
}
