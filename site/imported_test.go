package site_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
)

// TestImportedCells builds statistics whose figures have their cells. Of what is
// withheld the cell is told as of every other, and neither the checksum of the office's
// file nor that of the record, which hold the figure.
func TestImportedCells(t *testing.T) {
	sums := map[string]string{}
	for _, name := range []string{"whole", "shared", "partly", "hidden"} {
		sums[name] = strings.Repeat(name[:1]+"0", 32)
	}
	head := "期间,所,数,file,sheet,sha256,taken,left_out\n"
	descriptor := func(unit, risk string) string {
		return "title: 表\nreleased: 2026-08-01\nsources: [{title: 月报}]\nschema:\n  fields:\n    - {name: 期间, role: period}\n    - {name: 所, role: category}\n    - {name: 数, type: integer, role: measure, unit: " + unit + ", risk: " + risk + "}\n"
	}
	rows := "期间,所,数\n2026年6月,甲所,3\n2026年6月,乙所,4177\n2026年7月,甲所,4271\n2026年7月,乙所,4391\n"
	dir := t.TempDir()
	for name, text := range map[string]string{
		"data/site.yaml":         "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://sunshine.test/\n",
		"data/stats/events.csv":  rows,
		"data/stats/events.yaml": descriptor("起", "event"),
		"data/imports/events.csv": head +
			"2026年6月,甲所,B3=3,全.xlsx,六月," + sums["whole"] + ",2026-07-01,\n" +
			"2026年6月,乙所,B4=4177,共.xlsx,," + sums["shared"] + ",2026-07-01,\n" +
			"2026年7月,甲所,B3=4271,缺.xlsx,," + sums["partly"] + ",2026-08-01,yes\n" +
			"2026年7月,乙所,B4=4390,缺.xlsx,," + sums["partly"] + ",2026-08-01,yes\n" +
			"2026年9月,乙所,B9=1,无.xlsx,,00,2026-08-01,\n",
		"data/stats/people.csv":  rows,
		"data/stats/people.yaml": descriptor("人", "person"),
		"data/imports/people.csv": head +
			"2026年6月,甲所,C3=3,共.xlsx,人," + sums["shared"] + ",2026-07-01,\n" +
			"2026年6月,乙所,C4=4177,共.xlsx,人," + sums["shared"] + ",2026-07-01,\n" +
			"2026年7月,甲所,C3=4271,七.xlsx,," + sums["hidden"] + ",2026-08-01,\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	_, problems, err := site.Build(context.Background(), options(dir, out))
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	files := tree(t, out)
	for name, want := range map[string]string{
		"events": "\ufeff期间,所,数,file,sheet\r\n2026年6月,甲所,B3,全.xlsx,六月\r\n2026年6月,乙所,B4,共.xlsx,\r\n2026年7月,甲所,B3,缺.xlsx,\r\n2026年7月,乙所,手工改动,缺.xlsx,\r\n",
		"people": "\ufeff期间,所,数,file,sheet\r\n2026年6月,甲所,C3,共.xlsx,人\r\n2026年6月,乙所,C4,共.xlsx,人\r\n2026年7月,甲所,C3,七.xlsx,\r\n",
	} {
		if got := string(files["stats/"+name+"/"+name+"-cells.csv"]); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	page := string(files["stats/events/index.html"])
	if !strings.Contains(page, "<li>全.xlsx!六月 <details><summary><code>"+sums["whole"][:12]) || !strings.Contains(page, "<li>缺.xlsx</li>") || strings.Contains(page, "无.xlsx") {
		t.Error("the page does not name the files as it should")
	}
	for _, name := range []string{"shared", "partly", "hidden"} {
		for file, data := range files {
			if bytes.Contains(data, []byte(sums[name][:12])) {
				t.Errorf("%s tells the checksum of the file that is %s", file, name)
			}
		}
	}
	manifest := string(files["manifest.json"])
	for file, told := range map[string]bool{"data/imports/events.csv": true, "data/imports/people.csv": false} {
		_, after, ok := strings.Cut(manifest, `"`+file+`"`)
		entry, _, _ := strings.Cut(after, "}")
		if !ok || strings.Contains(entry, `"sha256": ""`) == told {
			t.Errorf("%s: %s", file, entry)
		}
	}
	edited := 0
	for _, p := range problems {
		if p.Rule.String() == "import/edited" {
			if edited++; p.Cell != "C5" || strings.Contains(p.Message.ZH, "439") {
				t.Errorf("%s: %s", p.Cell, p.Message.ZH)
			}
		}
	}
	if edited != 1 {
		t.Errorf("%d figures are said to be edited", edited)
	}
}
