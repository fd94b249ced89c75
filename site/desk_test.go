package site

import "testing"

// Staff change what they write, and nothing that keeps what was published or imported.
func TestWritten(t *testing.T) {
	for file, want := range map[string]bool{
		"data/site.yaml": true, "data/stats/a.csv": true, "data/stats/a.yaml": true, "data/guides/hukou/a.md": true, "data/units.csv": true, "data/imports/a.yaml": true,
		"data/approvals.csv": false, "data/releases/2026-10.json": false, "data/releases/head.txt": false, "data/releases/tables/a.csv": false, "data/imports/a.csv": false, "data/static/a.pdf": false,
		"inbox/a.csv": false, "data/stats/../../a.csv": false, "/etc/passwd": false, "": false,
	} {
		if got := written(file); got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
}
