package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// legal is a bureau that knows the table of a department for August, and has that of
// September with what was added to its lines.
func legal(t *testing.T, september string) (dir, file string, at func(string) string) {
	t.Helper()
	dir = t.TempDir()
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
	august := filepath.Join(dir, "inbox", "8月.csv")
	write(t, august, []byte("2026年8月法制工作\n事项,受理（件）,办结（件）\n案件审核,60,50\n行政复议,20,15\n"))
	if code, _, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-09-06", "--yes", "--dir", dir, august); code != 0 {
		t.Fatal(stderr)
	}
	file = filepath.Join(dir, "inbox", "9月.csv")
	write(t, file, []byte(september))
	return dir, file, func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, "data", filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		}
		return string(data)
	}
}

// holdFile holds a file against what it has to be.
func holdFile(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s\nis not\n%s", got, want)
	}
}

const wider = "2026年9月法制工作\n事项,受理（件）,退回（件）,办结（件）\n案件审核,61,1,52\n行政复议,21,0,16\n"

// What a layout gained goes where it stands there: into the recipe, the table and a
// descriptor as staff have written it, and the same file read again has nothing new.
func TestImportAddsColumns(t *testing.T) {
	dir, file, at := legal(t, wider)
	about := filepath.Join(dir, "data/stats/法制工作.yaml")
	write(t, about, []byte(`# 法制大队负责
title: "法制工作"
frequency: monthly
released: 2026-09-05
schema:
  fields:
    - {name: "期间", type: string, role: period}
    - name: 事项   # 分类
      role: category
    - name: "受理（件）"
      role: measure
      unit: 件
      # 含补正后受理的
      risk: event
    - {name: "办结（件）", type: integer, role: measure, unit: "件", risk: event}
notes: 每月5日前报送
`))
	const asked = "错误：表式和上次不一样：多了“退回（件）”这一列 [import/layout]"
	before := at("stats/法制工作.csv")
	if code, _, stderr := runOffice("import", "--lang", "zh", "--dir", dir, file); code != 1 || !strings.Contains(stderr, asked) || !strings.Contains(stderr, `sunshine import "inbox/9月.csv" --add-columns`) {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	holdFile(t, at("stats/法制工作.csv"), before)
	recipe := at("imports/法制工作.yaml")
	args := []string{"import", "--lang", "zh", "--dir", dir, "--as-of", "2026-10-08", "--add-columns", file}
	if code, _, stderr := runOffice(args...); code != 0 {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	const table = "期间,事项,受理（件）,退回（件）,办结（件）\n2026年8月,案件审核,60,,50\n2026年8月,行政复议,20,,15\n2026年9月,案件审核,61,1,52\n2026年9月,行政复议,21,0,16\n"
	holdFile(t, at("stats/法制工作.csv"), table)
	described := `# 法制大队负责
title: "法制工作"
frequency: monthly
released: 2026-10-08
schema:
  fields:
    - {name: "期间", type: string, role: period}
    - name: 事项   # 分类
      role: category
    - name: "受理（件）"
      role: measure
      unit: 件
      # 含补正后受理的
      risk: event
    - {name: "退回（件）", type: integer, role: measure, unit: "件", risk: event}
    - {name: "办结（件）", type: integer, role: measure, unit: "件", risk: event}
notes: 每月5日前报送
`
	holdFile(t, at("stats/法制工作.yaml"), described)
	wide := strings.ReplaceAll(recipe, "  - \"受理（件）\"\n", "  - \"受理（件）\"\n  - \"退回（件）\"\n")
	holdFile(t, at("imports/法制工作.yaml"), wide)
	if code, stdout, stderr := runOffice("import", "--lang", "zh", "--dir", dir, file); code != 0 || !strings.Contains(stdout, "没有新的数：") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	// Cut off after the recipe: the same command brings it to its end.
	write(t, filepath.Join(dir, "data/stats/法制工作.csv"), []byte(before))
	if code, _, stderr := runOffice(args...); code != 0 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	holdFile(t, at("stats/法制工作.csv"), table)
	holdFile(t, at("stats/法制工作.yaml"), described)
	holdFile(t, at("imports/法制工作.yaml"), wide)
}

// What is no column of figures more, or cannot be put into the descriptor, is asked about
// whatever is answered, and nothing is written.
func TestImportAddsNoOther(t *testing.T) {
	for name, c := range map[string]struct{ september, about, told string }{
		"a category": {"2026年9月法制工作\n事项,级别,受理（件）,办结（件）\n案件审核,一级,61,52\n行政复议,二级,21,16\n", "", "9月.csv:2:1 (A2): 错误：多了“级别”，以前没有这一项 [import/layout]"},
		"another name": {"2026年9月法制工作\n事项,收到（件）,退回（件）,办结（件）\n案件审核,61,1,52\n行政复议,21,0,16\n", "",
			"9月.csv:2:4 (B2): 错误：表式和上次不一样：这一列以前是“受理（件）”，现在是“收到（件）” [import/layout]"},
		"fields on one line": {wider, "title: 法制工作\nschema: {fields: [{name: 期间, role: period}, {name: 事项, role: category}, {name: 受理（件）, role: measure, risk: event}, {name: 办结（件）, role: measure, risk: event}]}\n",
			"9月.csv:2:1 (A2): 错误：data/stats/法制工作.yaml 的字段是另一种写法，“退回（件）”加不进去，没有写 [import/layout]"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, file, at := legal(t, c.september)
			if c.about != "" {
				write(t, filepath.Join(dir, "data/stats/法制工作.yaml"), []byte(c.about))
			}
			files := []string{"stats/法制工作.csv", "stats/法制工作.yaml", "imports/法制工作.yaml", "imports/法制工作.csv"}
			var before []string
			for _, f := range files {
				before = append(before, at(f))
			}
			code, _, stderr := runOffice("import", "--lang", "zh", "--dir", dir, "--add-columns", file)
			if code != 1 || strings.Count(stderr, "错误：") != 1 || !strings.Contains(stderr, c.told) {
				t.Errorf("exit %d\n%s", code, stderr)
			}
			for i, f := range files {
				holdFile(t, at(f), before[i])
			}
		})
	}
}

// An older figure becomes that of the file where a reason is given, and is explained where
// it was published; what is empty now is asked about nevertheless.
func TestImportTakesChanged(t *testing.T) {
	answer := []string{"--reason", "补录", "--kind", "更正", "--by", "李局长"}
	const again = "2026年8月法制工作\n事项,受理（件）,办结（件）\n案件审核,63,50\n行政复议,20,15\n"
	for name, published := range map[string]bool{"published": true, "not published": false} {
		t.Run(name, func(t *testing.T) {
			dir, file, at := legal(t, again)
			if published {
				if code, _, stderr := runOffice("release", "2026-09", "--as-of", "2026-09-08", dir); code != 0 {
					t.Fatal(stderr)
				}
			}
			code, stdout, stderr := runOffice(append([]string{"import", "--lang", "zh", "--as-of", "2026-10-08", "--dir", dir, file}, answer...)...)
			if code != 0 || !strings.Contains(stdout, "（新的数0个，以前的数改了1个）") {
				t.Errorf("exit %d\n%s%s", code, stdout, stderr)
			}
			holdFile(t, at("stats/法制工作.csv"), "期间,事项,受理（件）,办结（件）\n2026年8月,案件审核,63,50\n2026年8月,行政复议,20,15\n")
			said := strings.Contains(stdout, "已记进 data/revisions.csv：法制工作 2026年8月/案件审核 受理（件），60 → 63")
			list, _ := os.ReadFile(filepath.Join(dir, "data/revisions.csv"))
			if said != published || strings.Contains(string(list), "2026-10-08,法制工作,2026年8月/案件审核,受理（件）,60,63,补录,李局长,correction") != published {
				t.Errorf("%s\n%s", stdout, list)
			}
			if code, _, stderr := runOffice("check", "--lang", "zh", "--as-of", "2026-10-08", dir); strings.Contains(stderr, "[revision/") {
				t.Errorf("exit %d\n%s", code, stderr)
			}
		})
	}
	dir, file, at := legal(t, strings.Replace(again, "63", "", 1))
	before := at("stats/法制工作.csv")
	code, _, stderr := runOffice(append([]string{"import", "--lang", "zh", "--dir", dir, file}, answer...)...)
	if code != 1 || !strings.Contains(stderr, "以前读入的是60，现在是空的 [import/changed]") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	holdFile(t, at("stats/法制工作.csv"), before)
}

// An answer is for files that were looked at, and is whole.
func TestImportAnswersWhole(t *testing.T) {
	dir, file, _ := legal(t, wider)
	for _, args := range [][]string{{"--add-columns"}, {"--reason", "补录", "--kind", "correction", "--by", "李局长"}, {"--reason", "补录", file}, {"--by", "李局长", "--kind", "correction", file}, {"--kind", "x", file}} {
		if code, _, stderr := runOffice(append([]string{"import", "--dir", dir}, args...)...); code != 2 {
			t.Errorf("%q: exit %d\n%s", args, code, stderr)
		}
	}
}

// The reason of an import is that of the figures that it took. One that was changed by hand
// before has none yet, and a check asks for it.
func TestImportExplainsItsOwn(t *testing.T) {
	dir, file, at := legal(t, "2026年8月法制工作\n事项,受理（件）,办结（件）\n案件审核,63,50\n行政复议,29,15\n")
	if code, _, stderr := runOffice("release", "2026-09", "--as-of", "2026-09-08", dir); code != 0 {
		t.Fatal(stderr)
	}
	write(t, filepath.Join(dir, "data/stats/法制工作.csv"), []byte(strings.Replace(at("stats/法制工作.csv"), "行政复议,20", "行政复议,29", 1)))
	code, stdout, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-10-08", "--dir", dir, file, "--reason", "补录", "--kind", "更正", "--by", "李局长")
	if code != 0 || strings.Count(stdout, "已记进") != 1 {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if list := at("revisions.csv"); !strings.Contains(list, "案件审核,受理（件）,60,63,补录") || strings.Contains(list, "行政复议") {
		t.Error(list)
	}
	if code, _, stderr := runOffice("check", "--lang", "zh", "--as-of", "2026-10-08", dir); code != 1 || strings.Count(stderr, "[revision/unexplained]") != 1 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// A column that a table gained and that is not read belongs to its layout from then on: it
// is told once, and not asked about every month.
func TestImportAddsRemarks(t *testing.T) {
	const remarks = "2026年9月法制工作\n事项,受理（件）,办结（件）,备注\n案件审核,61,52,含补录\n行政复议,21,16,\n"
	dir, file, at := legal(t, remarks)
	code, stdout, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-10-08", "--dir", dir, "--add-columns", file)
	if code != 0 || !strings.Contains(stdout, "没有读 D：") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if recipe := at("imports/法制工作.yaml"); !strings.Contains(recipe, "header:\n  - \"事项\"\n  - \"受理（件）\"\n  - \"办结（件）\"\n  - \"备注\"\ncolumns:\n  - \"期间\"\n  - \"事项\"\n  - \"受理（件）\"\n  - \"办结（件）\"\n") {
		t.Error(recipe)
	}
	october := filepath.Join(dir, "inbox", "10月.csv")
	write(t, october, []byte(strings.Replace(remarks, "9月", "10月", 1)))
	if code, stdout, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-11-08", "--dir", dir, october); code != 0 || strings.Contains(stdout, "没有读") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
}

// A table is written in UTF-8. Where its descriptor says that it is in another encoding,
// nothing is written that could not be read, and the hint cures it.
func TestImportIntoDeclaredEncoding(t *testing.T) {
	dir, file, at := legal(t, "2026年9月法制工作\n事项,受理（件）,办结（件）\n案件审核,61,52\n行政复议,21,16\n")
	table, about := at("stats/法制工作.csv"), at("stats/法制工作.yaml")
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "data/stats/法制工作.csv"), []byte(gbk))
	write(t, filepath.Join(dir, "data/stats/法制工作.yaml"), []byte("encoding: gbk\n"+about))
	code, _, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-10-08", "--dir", dir, file)
	if code != 1 || !strings.Contains(stderr, "写明 data/stats/法制工作.csv 的编码是gbk，读入以后它是UTF-8的") || !strings.Contains(stderr, "删去 data/stats/法制工作.yaml 的 encoding（编码）一行") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	holdFile(t, at("stats/法制工作.csv"), gbk)
	write(t, filepath.Join(dir, "data/stats/法制工作.csv"), []byte(table))
	write(t, filepath.Join(dir, "data/stats/法制工作.yaml"), []byte(about))
	if code, _, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-10-08", "--dir", dir, file); code != 0 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if code, _, stderr := runOffice("check", "--lang", "zh", "--as-of", "2026-10-08", dir); strings.Contains(stderr, "data/stats/法制工作.csv") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// Where one sheet of a workbook gained a column and another did not, it is said what to do:
// --add-columns alone cures it no more than another name does.
func TestImportAddsColumnsToOneSheet(t *testing.T) {
	dir, _, at := legal(t, wider)
	file := filepath.Join(dir, "inbox", "两月.xlsx")
	sheet := func(month int, gained bool) func(set func(string, any), _ func(string, string), _ func(string)) string {
		return func(set func(string, any), _ func(string, string), _ func(string)) string {
			set("A1", fmt.Sprintf("2026年%d月法制工作", month))
			for i, cell := range []any{"事项", "受理（件）", "办结（件）"} {
				set(string(rune('A'+i))+"2", cell)
			}
			for i, cell := range []any{"案件审核", 61, 52} {
				set(string(rune('A'+i))+"3", cell)
			}
			for i, cell := range []any{"行政复议", 21, 16} {
				set(string(rune('A'+i))+"4", cell)
			}
			if gained {
				set("D2", "退回（件）")
				set("D3", 1)
				set("D4", 0)
			}
			return fmt.Sprintf("%d月", month)
		}
	}
	monthBook(t, file, sheet(9, false), sheet(10, true))
	before := at("stats/法制工作.csv")
	code, _, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-11-08", "--dir", dir, "--add-columns", file)
	if code != 1 || !strings.Contains(stderr, "两月.xlsx!10月!A2: 错误：“法制工作”在这个文件里有两种表式，另一种在 9月!A2 [import/layout]\n  提示：把各张表的表头改成一样的") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	holdFile(t, at("stats/法制工作.csv"), before)
	monthBook(t, file, sheet(9, true), sheet(10, true))
	if code, _, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-11-08", "--dir", dir, "--add-columns", file); code != 0 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}
