package site_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/table"
)

const sheetOfCalls = "2026年7月接警\n辖区,接警（起）\n城区,402\n"

// importInto imports into a bureau of these files, and gives what was told and what
// then stands in data/stats.
func importInto(t *testing.T, dir string, files map[string]string, office ...string) (told string, written []string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tables, problems, err := site.Import(site.Importing{Dir: dir, Files: office, AsOf: period.NewDate(2026, 10, 31)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		told += p.Position.String() + " " + p.Rule.String() + " " + p.Message.EN + "\n"
	}
	written, err = filepath.Glob(filepath.Join(dir, "data", "stats", "*"))
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, table := range tables {
		if table.Refused && len(table.Written) > 0 {
			t.Errorf("%s is refused and written: %q", table.Name, table.Written)
		}
		for _, file := range table.Written {
			if strings.HasPrefix(file, "data/stats/") {
				said++
			}
		}
	}
	if said != len(written) {
		t.Errorf("%d files are said to be written, and %q stand there", said, written)
	}
	return told, written
}

// What the reading of an office file rests on and cannot be read is named, and stops
// every file of the run.
func TestImportRestsOnWhatIsRead(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		make  func(dir string) error
		told  string
	}{
		"a folder in the place of units.csv": {nil, func(dir string) error { return os.MkdirAll(filepath.Join(dir, "data", "units.csv"), 0o755) },
			"data/units.csv files/not-a-file "},
		"a link in the place of the inbox": {nil, func(dir string) error { return os.Symlink(t.TempDir(), filepath.Join(dir, "inbox")) },
			"inbox files/link "},
		"a file in the place of the recipes": {map[string]string{"data/imports": ""}, nil, "data/imports files/unreadable "},
		"a recipe with an error":             {map[string]string{"data/imports/a.yaml": "kind: statistic\n"}, nil, "data/imports/a.yaml:1:1 import/recipe "},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if c.make != nil {
				if err := c.make(dir); err != nil {
					t.Skip(err)
				}
			}
			files := map[string]string{"data/site.yaml": "title: 阳光警务\n", "inbox/7月.csv": sheetOfCalls, "inbox/8月.csv": strings.ReplaceAll(sheetOfCalls, "接警", "出警")}
			maps.Copy(files, c.files)
			told, written := importInto(t, dir, files)
			if strings.Count(told, c.told) != 1 || len(written) > 0 {
				t.Errorf("told:\n%swritten: %q", told, written)
			}
		})
	}
}

// Where one table of an office file has a question, none of the file is said to be
// written.
func TestImportRefusesTheWholeFile(t *testing.T) {
	told, written := importInto(t, t.TempDir(), map[string]string{"data/site.yaml": "title: 阳光警务\n",
		"inbox/7月.csv": sheetOfCalls + "\n2026年7月出警\n辖区,出警（起）\n城区,4\n郊区,4\n合计,9\n"})
	if told != "" || len(written) > 0 {
		t.Errorf("told:\n%swritten: %q", told, written)
	}
}

// An office file that cannot be read to its end, or is too large, is named; the others
// are imported.
func TestImportNamesWhatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(t.TempDir(), "大.csv")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, table.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(t.TempDir(), "没有.xlsx")
	office := []string{large, gone, filepath.Join(dir, "inbox", "7月.csv")}
	want := []string{filepath.ToSlash(large) + " files/too-large ", filepath.ToSlash(gone) + " files/unreadable "}
	const fails = "/proc/self/mem" // a regular file whose first byte cannot be read
	if _, err := os.Stat(fails); err == nil {
		office, want = append(office, fails), append(want, fails+" files/unreadable the file could not be read to its end, and nothing of it was taken: ")
	}
	told, written := importInto(t, dir, map[string]string{"data/site.yaml": "title: 阳光警务\n", "inbox/7月.csv": sheetOfCalls}, office...)
	for _, w := range want {
		if strings.Count(told, w) != 1 {
			t.Errorf("%s is not told:\n%s", w, told)
		}
	}
	if strings.Count(told, "\n") != len(want) || len(written) != 2 {
		t.Errorf("told:\n%swritten: %q", told, written)
	}
}

// The table of a month that comes again under the title of the next is asked about at its
// first figure, in whichever order the two come; figures that are few are not.
func TestImportRetitled(t *testing.T) {
	const september = "2026年9月接处警统计\n辖区,接警（起）,处警（起）\n东区,112,101\n南区,93,0\n西区,75,70\n北区,8,6\n"
	const few = "2026年9月出警\n辖区,出警（起）\n东区,112\n南区,0\n西区,75\n北区,8\n"
	dir := t.TempDir()
	for _, c := range []struct{ name, text, told string }{
		{"a.csv", september, ""},
		{"b.csv", strings.Replace(september, "9月", "8月", 1), "inbox/b.csv:3:4 (B3) figures/same 2026年9月的8个数与2026年8月的全部相同，是不是那一期的表改了标题？"},
		{"b.csv", strings.Replace(september, "9月", "8月", 1), ""},
		{"c.csv", few, ""},
		{"d.csv", strings.Replace(few, "9月", "8月", 1), ""},
	} {
		file := filepath.Join(dir, "inbox", c.name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		tables, problems, err := site.Import(site.Importing{Dir: dir, Files: []string{file}, AsOf: period.NewDate(2026, 10, 31)})
		if err != nil || len(tables) != 1 || tables[0].Refused {
			t.Fatalf("%s: %v, %v", c.name, err, problems)
		}
		told := ""
		for _, p := range problems {
			told += p.Position.String() + " " + p.Rule.String() + " " + p.Message.ZH
		}
		if told != c.told {
			t.Errorf("%s: told %q, want %q", c.name, told, c.told)
		}
	}
}

// A figure that was provisional is final in a file that marks others of its column and not
// this one; a file that marks none says nothing of it.
func TestImportSettles(t *testing.T) {
	const august = "2026年接警\n辖区,7月,8月\n东区,112,93 [p]\n西区,75,70 [p]\n"
	for name, c := range map[string]struct {
		next, want string
		filled     int
	}{
		"the newest are marked": {"2026年接警\n辖区,7月,8月,9月\n东区,112,93,88 [p]\n西区,75,70,69 [p]\n", "2026年8月,东区,93\n", 2},
		"none is marked":        {"2026年接警\n辖区,7月,8月,9月\n东区,112,93,88\n西区,75,70,69\n", "2026年8月,东区,93 [p]\n", 0},
		"they still are":        {"2026年接警\n辖区,7月,8月,9月\n东区,112,93 [p],88 [p]\n西区,75,70 [p],69 [p]\n", "2026年8月,东区,93 [p]\n", 0},
	} {
		dir := t.TempDir()
		var last *site.Imported
		for i, text := range []string{august, c.next} {
			file := filepath.Join(dir, "inbox", fmt.Sprintf("接警（起）%d.csv", i))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			o := site.Importing{Dir: dir, Files: []string{file}, AsOf: period.NewDate(2026, 10, 31)}
			if i == 0 {
				o.As = "calls"
			}
			tables, problems, err := site.Import(o)
			if err != nil || len(tables) != 1 || tables[0].Refused {
				t.Fatalf("%s: %v, %v", name, err, problems)
			}
			last = tables[0]
		}
		data, err := os.ReadFile(filepath.Join(dir, "data/stats/calls.csv"))
		if err != nil || !strings.Contains(string(data), c.want) || last.Change.Filled != c.filled || last.Change.Changed != 0 {
			t.Errorf("%s: %+v, %v\n%s", name, last.Change, err, data)
		}
	}
}
