package site_test

import (
	"path/filepath"
	"testing"
)

// Who works at the desk sees which figures are withheld, at their cells, and which of them
// only guard others.
func TestDeskWithheld(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":      "title: 阳光警务\norganization: 清河县公安局\n",
		"stats/hurt.csv": "期间,区域,受伤（人）\n2026年9月,东路,3\n2026年9月,西路,20\n2026年9月,北路,40\n2026年9月,合计,63\n",
	} {
		putFile(t, filepath.Join(dir, "data", name), text)
	}
	work := workOn(dir)
	for range 2 { // what was taken out stays in the memory of what was read
		all, err := work.Withheld(t.Context())
		if err != nil || len(all) != 1 || len(all[0].Cells) != 2 {
			t.Fatalf("%v: %+v", err, all)
		}
		small, guard := all[0].Cells[0], all[0].Cells[1]
		if small.Number != "3" || !small.Small || small.Cell != "C2" || guard.Number != "20" || guard.Small || guard.Cell != "C3" || all[0].Why == "" {
			t.Errorf("%+v", all)
		}
	}
}
