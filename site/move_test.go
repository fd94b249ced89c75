package site_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site"
	"sunshine/site/problem"
)

// cells reads a table as any program would.
func cells(t *testing.T, data []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sent takes off what the move and the site put around digits: 1,234 is 1234, and
// .5 is 0.5.
func sent(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), " [")
	text = strings.ReplaceAll(text, ",", "")
	if strings.HasPrefix(text, ".") {
		text = "0" + text
	}
	return text
}

// moveInto moves a folder into a new bureau and builds that.
func moveInto(t *testing.T, dir string, source fs.FS) site.Moved {
	t.Helper()
	moved, problems, err := site.MoveOpenSDG(context.Background(), options(dir, ""), source)
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) > 0 {
		t.Errorf("the bureau has errors: %v", problems)
	}
	if err := buildInto(filepath.Join(dir, "public"), dir); err != nil {
		t.Errorf("after the move the build fails: %v", err)
	}
	return moved
}

// Every value of the source stands once in what is written, with its digits, and in
// the download, where it may be withheld; or its line is named as left out. After the
// move the site builds.
func TestMoveOpenSDG(t *testing.T) {
	layouts := map[string][3]int{ // tables, tables that have rows, lines left out
		"classic": {3, 2, 0},
		"yaml":    {3, 2, 0},
		"series":  {5, 5, 0},
		"old":     {6, 5, 11},
	}
	for name, want := range layouts {
		t.Run(name, func(t *testing.T) {
			dir, source := t.TempDir(), os.DirFS("opensdg/testdata/"+name)
			moved := moveInto(t, dir, source)
			left := map[string]map[int]bool{} // by file; line 0 is all of it
			lines := 0
			for _, l := range moved.Left {
				if left[l.File] == nil {
					left[l.File] = map[int]bool{}
				}
				if len(l.Lines) == 0 {
					left[l.File][0] = true
				}
				for _, n := range l.Lines {
					left[l.File][n] = true
					lines++
				}
				if l.Why.EN == "" || l.Why.ZH == "" || l.Why.ZH == l.Why.EN {
					t.Errorf("%s: no reason in both languages: %v", l.File, l.Why)
				}
			}
			withRows := 0
			written := map[string][]string{} // the figures that were written, by the file that they are from
			for _, table := range moved.Tables {
				if len(table.Rows) > 0 {
					withRows++
				}
				data, err := os.ReadFile(filepath.Join(dir, "data/stats", table.Name+".csv"))
				if err != nil {
					t.Fatal(err)
				}
				rows := cells(t, data)
				at := slices.Index(rows[0], "Value")
				var download [][]string
				if len(rows) > 1 {
					data, err := os.ReadFile(filepath.Join(dir, "public/stats", table.Name, table.Name+".csv"))
					if err != nil {
						t.Fatal(err)
					}
					if download = cells(t, data); len(download) != len(rows) {
						t.Fatalf("%s: %d lines in the download, %d in the table", table.Name, len(download), len(rows))
					}
				}
				for i, row := range rows[1:] {
					if row[at] == "" || row[at] == "[x]" {
						continue
					}
					written[table.Source()] = append(written[table.Source()], sent(row[at]))
					line := download[i+1]
					value := slices.Index(download[0], "Value")
					form := slices.Index(download[0], "Value_sent")
					switch got := line[value]; {
					case got == sent(row[at]), form >= 0 && line[form] == sent(row[at]):
					case got == "[c]" || got == "[x]" && !isDigits(row[at]):
					default:
						t.Errorf("%s: line %d has %s and the download %s", table.Name, i+2, row[at], got)
					}
				}
			}
			err := fs.WalkDir(source, ".", func(file string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || path.Ext(file) != ".csv" {
					return err
				}
				data, err := fs.ReadFile(source, file)
				if err != nil {
					return err
				}
				rows := cells(t, data)
				at := slices.Index(rows[0], "Value")
				var want []string
				for i, row := range rows[1:] {
					if at < 0 || row[at] == "" {
						continue
					}
					if left[file][i+2] || left[file][0] && len(written[file]) == 0 {
						continue
					}
					want = append(want, sent(row[at]))
				}
				got := slices.Clone(written[file])
				got = slices.DeleteFunc(got, func(text string) bool { return text == "[c]" }) // of an observation status
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s:\n%q are written, and\n%q stand there", file, got, want)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := [3]int{len(moved.Tables), withRows, lines}; got != want {
				t.Errorf("tables, with rows, lines left out: %v, not %v", got, want)
			}
		})
	}
}

func isDigits(text string) bool {
	return strings.ContainsAny(text, "0123456789") && strings.Trim(text, "0123456789.,-") == ""
}

// What is written of the layouts, to the letter.
func TestMoveOpenSDGWrites(t *testing.T) {
	for _, c := range []struct{ layout, file, holds string }{
		{"classic", "site.yaml", "title: \"Ashford Goals\"\norganization: \"Ashford Constabulary\"\nplace: \"Ashford\"\nlanguage: \"en\"\n"},
		{"classic", "stats/3-6-1.yaml", "title: \"People killed or seriously injured on the roads\"\ndescription: \"SDG 3.6.1 Deaths and serious injuries from road traffic accidents.\"\nconcept: \"sdg-3-6-1\"\nsources:\n  - title: \"Road casualty returns\"\n    author: \"Ashford Constabulary\"\n    issued: 2022-04-25\n    path: \"https://roads.example.org/returns\"\nencoding: utf-8\nfrequency: yearly\nlayout: {empty: total}\n"},
		{"classic", "stats/3-6-1.yaml", "    - {name: \"Units\", role: note}\n    - {name: \"Value\", role: measure, type: integer}\n"},
		{"classic", "stats/3-6-1.yaml", "notes: |\n  Read with care: the way of counting was changed in 2018.\n\n  UN custodian agency: World Health Organization (WHO)\n"},
		{"classic", "stats/16-3-1.yaml", "    - {name: \"Value\", unit: \"%\", role: measure, type: percent}\n"},
		{"classic", "stats/16-3-1.csv", "Year,Value\n2018,41.50\n2019,43.0\n2020,\n2021,47.25\n"},
		{"classic", "stats/17-1-1.yaml", "layout: {rows: none-yet}\n"},
		{"yaml", "site.yaml", "title: \"河滨数据\"\norganization: \"河滨数据\"\nplace: \"Riverside\"\nlanguage: \"zh\"\nlanguages: [en]\nenglish:\n  title: \"Riverside in figures\"\n"},
		{"yaml", "stats/16-1-1.yaml", "title: \"故意杀人受害者人数\"\n"},
		{"yaml", "stats/16-1-1.yaml", "    - {name: \"sex\", title: \"性别\", role: category}\n    - {name: \"GeoCode\", role: note}\n"},
		{"yaml", "stats/16-1-1.yaml", "  counting: \"A death that somebody meant to bring about.\"\n"},
		{"yaml", "stats/16-1-1.csv", "2019,女,,9\n"},
		{"yaml", "stats/16-6-1.csv", "2019/20,98.1\n"},
		{"series", "stats/11-7-2-victims-of-harassment.csv", "2019,Victims of harassment,North,Provisional value,Units,Number,A01,161 [p]\n"},
		{"series", "stats/11-7-2-rate-of-harassment-per-100-000-population.yaml", "unit: \"per 100,000 population\", role: measure, type: number, risk: none}\n"},
		{"series", "stats/8-1-1.csv", "2018,£ per head,\"18,400\"\n"},
		{"series", "stats/8-1-1.yaml", "    - {name: \"Value\", unit_field: \"Units\", role: measure, type: number, risk: none}\n"},
		{"series", "stats/5-5-1-number.csv", "2019,Number,Officers,Q,[c]\n"},
		{"series", "stats/5-5-1-percent.csv", "2019,Percentage,Not broken down,A,33.33333333333333\n"},
		{"old", "stats/1-2-1.csv", "2015,A,1.0\n2015,B,2.0\n2015,,3.0\n2016,A,10.0\n2016,B,<5\n2016,,\n2017,A,N/A\n2017,B,[x]\n2017,,30.0\n"},
		{"old", "stats/1-2-1.yaml", "  missingValues:\n    - {value: \"<5\", label: \"[c]\"}\n    - {value: \"N/A\", label: \"[x]\"}\n"},
		{"old", "stats/2-1-1.csv", "2012/13,5.0\n2013/14,6.5\n1999/00财年,4.0\n2015,7.25\n2014-2016,8.0\n2018-01,9.0\n2018-04-01/2019-03-31,9.5\n"},
		{"old", "stats/7-1-1.csv", "2015,Not broken down,40\n"},
	} {
		t.Run(c.layout+" "+c.file, func(t *testing.T) {
			dir := t.TempDir()
			if _, _, err := site.MoveOpenSDG(context.Background(), options(dir, ""), os.DirFS("opensdg/testdata/"+c.layout)); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(dir, "data", c.file))
			if err != nil || !strings.Contains(string(got), c.holds) {
				t.Errorf("got:\n%s\n%v\nwithout:\n%s", got, err, c.holds)
			}
		})
	}
}

// What is there already stays as it is, to the byte, and what it says of the bureau
// holds: a table of another place is marked as one.
func TestMoveOpenSDGBeside(t *testing.T) {
	dir := t.TempDir()
	settings := caseSettings + "place: 示范市\n"
	putFile(t, filepath.Join(dir, "data/site.yaml"), settings)
	putFile(t, filepath.Join(dir, "data/stats/3-6-1.csv"), "期间,件数（件）\n2024年,12\n2025年,13\n")
	moveInto(t, dir, os.DirFS("opensdg/testdata/classic"))
	for file, want := range map[string]string{"site.yaml": settings, "stats/3-6-1.csv": "期间,件数（件）\n2024年,12\n2025年,13\n"} {
		if got, err := os.ReadFile(filepath.Join(dir, "data", file)); err != nil || string(got) != want {
			t.Errorf("%s became %q, %v", file, got, err)
		}
	}
	got, err := os.ReadFile(filepath.Join(dir, "data/stats/3-6-1-2.yaml"))
	if err != nil || !strings.Contains(string(got), "coverage:\n  place: \"Ashford\"\n") {
		t.Errorf("the table is not beside, or is not of its place: %s, %v", got, err)
	}
}

// So does a descriptor whose table is still to come, and a table of the same address.
func TestMoveOpenSDGBesideADescriptor(t *testing.T) {
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data/site.yaml"), caseSettings)
	putFile(t, filepath.Join(dir, "data/stats/16-3-1.yaml"), "title: 待报\n")
	putFile(t, filepath.Join(dir, "data/stats/17_1_1.csv"), "期间,件数（件）\n2024年,12\n2025年,13\n")
	moved, _, err := site.MoveOpenSDG(context.Background(), options(dir, ""), os.DirFS("opensdg/testdata/classic"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, table := range moved.Tables {
		names = append(names, table.Name)
	}
	if !slices.Equal(names, []string{"16-3-1-2", "17-1-1-2", "3-6-1"}) {
		t.Error(names)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "data/stats/16-3-1.yaml")); err != nil || string(got) != "title: 待报\n" {
		t.Errorf("%s %v", got, err)
	}
}

// The same folder gives the same bytes, whatever the order of maps.
func TestMoveOpenSDGTwice(t *testing.T) {
	var first string
	for range 3 {
		dir := t.TempDir()
		moved, _, err := site.MoveOpenSDG(context.Background(), options(dir, ""), os.DirFS("opensdg/testdata/series"))
		if err != nil {
			t.Fatal(err)
		}
		all := fmt.Sprint(moved.Files, moved.Left, moved.Confirm)
		for _, file := range moved.Files {
			data, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			all += string(data)
		}
		if first == "" {
			first = all
		}
		if all != first {
			t.Fatal("the move differs")
		}
	}
}

// A hostile folder: aliases that grow, a link, a file that is no text, a title that
// would be markup. Nothing of it stops the move, and nothing is executed.
func TestMoveOpenSDGHostile(t *testing.T) {
	bomb := "a: &a [x, x]\nb: &b [*a, *a]\nindicator_name: &c [*b, *b]\n"
	source := fstest.MapFS{
		"data/indicator_1-1-1.csv": {Data: []byte("Year,Value\n2015,12\n2016,14\n")},
		"meta/1-1-1.yml":           {Data: []byte(bomb)},
		"data/indicator_1-2-1.csv": {Data: []byte("\x00\x01\x02")},
		"data/indicator_1-3-1.csv": {Data: []byte("Year,Value,Group\n2015,12,\"=HYPERLINK(\"\"http://x\"\")\"\n2016,13,\"a: {b}\"\n")},
		"meta/1-3-1.md":            {Data: []byte("---\nindicator_name: \"<script>alert(1)</script> [x](javascript:alert(1)) \\\"quoted\\\": {a}\"\nsource_organisation_1: x\nsource_url_1: javascript:alert(1)\n---\n<script>alert(2)</script>\n")},
		"meta/1-4-1.md":            {Data: []byte("no front matter")},
		"data/indicator_1-5-1.csv": {Mode: fs.ModeSymlink, Data: []byte("indicator_1-1-1.csv")},
		"translations/en/x.yml":    {Data: []byte(strings.Repeat("[", 5000))},
	}
	dir := t.TempDir()
	moved := moveInto(t, dir, source)
	if len(moved.Tables) != 3 { // 1-4-1 has no figures
		t.Errorf("%d tables", len(moved.Tables))
	}
	var files []string
	for _, l := range moved.Left {
		files = append(files, l.File)
	}
	for _, file := range []string{"data/indicator_1-2-1.csv", "data/indicator_1-5-1.csv", "meta/1-4-1.md", "translations/en/x.yml"} {
		if !slices.Contains(files, file) {
			t.Errorf("%s is not named: %v", file, files)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "data/stats/1-3-1.yaml"))
	if err != nil || strings.Contains(string(data), "<script") || strings.Contains(string(data), "path:") {
		t.Errorf("%s, %v", data, err)
	}
}

// Figures that would stop the build are left out with the rule that they break.
func TestMoveOpenSDGLeavesOut(t *testing.T) {
	source := fstest.MapFS{
		"data/indicator_1-1-1.csv": {Data: []byte("Year,Phone,Value\n2015,13912345678,12\n2016,13912345678,14\n")},
		"data/indicator_1-2-1.csv": {Data: []byte("Year,Value\n2015,12\n2016,14\n")},
	}
	dir := t.TempDir()
	moved := moveInto(t, dir, source)
	if len(moved.Tables) != 1 || moved.Tables[0].Name != "1-2-1" {
		t.Fatalf("moved: %v", moved.Tables)
	}
	found := false
	for _, l := range moved.Left {
		found = found || l.File == "data/indicator_1-1-1.csv" && slices.Equal(l.Lines, []int{2, 3}) && strings.Contains(l.Why.In(problem.English), "privacy/")
	}
	if !found {
		t.Errorf("left: %v", moved.Left)
	}
}

// What is not looked at, or is cut, is named with the reason.
func TestMoveOpenSDGSaysWhatItDoesNotRead(t *testing.T) {
	deep := "a/b/c/d/e/f/g/h/i"
	source := fstest.MapFS{
		"data/indicator_1-1-1.csv":         {Data: []byte("Year,Value\n2015,12\n2016,14\n")},
		"meta/1-1-1.md":                    {Data: []byte("---\nindicator_name: Calls\nCOVERAGE: " + strings.Repeat("all of it ", 300) + "\n---\n")},
		"data/indicator_1-5-1.csv":         {Mode: fs.ModeSymlink, Data: []byte("indicator_1-1-1.csv")},
		deep + "/data/indicator_1-2-1.csv": {Data: []byte("Year,Value\n2015,12\n")},
	}
	moved := moveInto(t, t.TempDir(), source)
	why := map[string]string{}
	for _, l := range moved.Left {
		why[l.File] += l.Why.EN + "\n"
	}
	for file, says := range map[string]string{
		deep: "was not read", "data/indicator_1-5-1.csv": "symbolic link", "data/indicator_1-1-1.csv": "only its first 2000 characters",
	} {
		if !strings.Contains(why[file], says) {
			t.Errorf("%s: %q", file, why[file])
		}
	}
}

// A site.yaml that is there and leads nowhere is not written over.
func TestMoveOpenSDGKeepsALink(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "data", "site.yaml")
	if err := os.Symlink("../settings/site.yaml", file); err != nil {
		t.Skip(err)
	}
	_, problems, err := site.MoveOpenSDG(context.Background(), options(dir, ""), fstest.MapFS{"data/indicator_1-1-1.csv": {Data: []byte("Year,Value\n2015,12\n")}})
	if info, gone := os.Lstat(file); err != nil || gone != nil || info.Mode()&fs.ModeSymlink == 0 || problems.Errors() == 0 {
		t.Errorf("%v, %v, %v", err, gone, problems)
	}
}
