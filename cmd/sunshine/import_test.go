package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sunshine/site"
)

// A new reading is asked about where somebody sits at the terminal, and is written only
// after a yes.
func TestImportAsks(t *testing.T) {
	for answer, code := range map[string]int{"y\n": 0, "是\n": 0, "\n": 1, "n\n": 1, "": 1, "yesterday\n": 1} {
		dir := t.TempDir()
		os.MkdirAll(filepath.Join(dir, "data"), 0o755)
		file := filepath.Join(dir, "报表.csv")
		if err := os.WriteFile(file, []byte("2026年7月接警\n辖区,接警（起）\n城区,402\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		var out, err bytes.Buffer
		c := &command{stdin: strings.NewReader(answer), stdout: &out, stderr: &err, now: time.Now, terminal: true, env: func(string) string { return "" }}
		if got := c.run(context.Background(), []string{"import", "--lang", "zh", "--dir", dir, file}); got != code {
			t.Errorf("%q: exit %d\n%s%s", answer, got, &out, &err)
		}
		if !strings.Contains(out.String(), "是否照此读入 [y/N] ") || strings.Count(out.String(), "┌") != 1 {
			t.Errorf("%q: the reading is not shown once, with a question:\n%s", answer, &out)
		}
		if _, err := os.Stat(filepath.Join(dir, "data", "stats", "接警.csv")); (err == nil) != (code == 0) {
			t.Errorf("%q: %v", answer, err)
		}
	}
}

// What stands in the place of a file of the statistic and cannot be read is told, and
// nothing is written.
func TestImportIntoWhatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"data/stats/t.csv", "inbox"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "inbox", "报表.csv")
	if err := os.WriteFile(file, []byte("2026年7月接警\n辖区,接警（起）\n城区,402\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := runOffice("import", "--lang", "en", "--dir", dir, "--yes", "--as", "t", file)
	if code != 1 || !strings.Contains(stderr, "inbox/报表.csv:2:1 (A2): error: data/stats/t.csv cannot be read, and nothing was written [import/written]") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "data", "imports")); err == nil {
		t.Error("a recipe was written")
	}
}

// A column of which nothing says what it counts is protected, and that is said.
func TestImportProtects(t *testing.T) {
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "data"), 0o755)
	file := filepath.Join(dir, "报表.csv")
	if err := os.WriteFile(file, []byte("2026年7月勤务\n班组,出勤（班次）\n甲班,62\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := runOffice("import", "--lang", "en", "--dir", dir, "--yes", file)
	if code != 0 || !strings.Contains(stderr, "报表.csv:2:4 (B2): warning: nothing says whether \"出勤（班次）\" counts persons, events or organisations; it is protected as persons are, and 1 to 4 are withheld [import/risk]") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	about, err := os.ReadFile(filepath.Join(dir, "data", "stats", "勤务.yaml"))
	if err != nil || !strings.Contains(string(about), `{name: "出勤（班次）", type: integer, role: measure, unit: "班次", risk: person}`) {
		t.Errorf("%v\n%s", err, about)
	}
}

// While a recipe cannot be read, a table that fits no other may be its own: it is not
// written as a new one, in whatever order the files come. What another recipe knows is.
func TestImportBesideBrokenRecipe(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
	put := func(name, month, n string) {
		title := strings.TrimSuffix(name, ".csv")
		write(t, filepath.Join(dir, "inbox", name), []byte("2026年"+month+"月"+title+"\n辖区,"+title+"类接警（起）\n城区,4"+n+"\n"))
	}
	put("乙.csv", "7", "01")
	if code, _, stderr := runOffice("import", "--yes", "--dir", dir); code != 0 {
		t.Fatal(stderr)
	}
	for _, name := range []string{"甲.csv", "丙.csv", "丁.csv"} {
		put(name, "8", "02")
	}
	put("乙.csv", "8", "03")
	write(t, filepath.Join(dir, "data/imports/broken.yaml"), []byte("kind: statistic\n"))
	code, stdout, stderr := runOffice("import", "--lang", "zh", "--yes", "--dir", dir)
	if code != 1 || strings.Count(stderr, "data/imports/broken.yaml:1:1: 错误：") != 1 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	for _, name := range []string{"甲", "丙", "丁"} {
		if !strings.Contains(stdout, "没有写：inbox/"+name+".csv 的“"+name+"”") {
			t.Errorf("%s: it is not said that nothing was written:\n%s", name, stdout)
		}
	}
	for name, text := range snapshot(t, filepath.Join(dir, "data")) {
		if strings.ContainsAny(name, "甲丙丁") || name == "stats/乙.csv" && text != "期间,辖区,乙类接警（起）\n2026年7月,城区,401\n2026年8月,城区,403\n" {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	if !strings.Contains(stdout, "已写好：data/stats/乙.yaml") && !strings.Contains(stdout, "已写好：data/imports/乙.csv data/stats/乙.csv") {
		t.Error(stdout)
	}
}

// While another import writes, one refuses to: each would write the table without the rows
// of the other. To look is always possible.
func TestImportIsAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders cannot be locked")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "inbox", "报表.csv")
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
	write(t, file, []byte("2026年7月接警\n辖区,接警（起）\n城区,402\n"))
	unlock, busy, err := site.Lock(dir)
	if err != nil || len(busy) > 0 {
		t.Fatal(busy, err)
	}
	before := snapshot(t, dir)
	code, _, stderr := runOffice("import", "--lang", "zh", "--yes", "--dir", dir, file)
	if code != 1 || !strings.Contains(stderr, "data: 错误：另一个 sunshine 正在写这个文件夹 [write/busy]\n  提示：请等它结束后重试") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if code, stdout, _ := runOffice("import", "--format", "json", "--yes", "--dir", dir, file); code != 1 || !strings.Contains(stdout, `"rule": "write/busy"`) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	if code, _, stderr := runOffice("import", "--dry-run", "--dir", dir, file); code != 0 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if after := snapshot(t, dir); !maps.Equal(after, before) {
		t.Errorf("files were written: %v", after)
	}
	unlock()
	if code, _, stderr := runOffice("import", "--yes", "--dir", dir, file); code != 0 {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// What is asked of many rows is one message with their cells, on each sheet.
func TestImportFoldsQuestions(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
	rows := "意见建议台账（2026年1月）\n填报单位：法制科\n序号,收到时间,反映内容,承办单位,办理情况\n"
	for n := range 20 {
		rows += fmt.Sprintf("%d,2月%d日,事项%d,城关派出所,办理中\n", n+1, n+1, n+1)
	}
	file := filepath.Join(dir, "inbox", "台账.csv")
	write(t, file, []byte(rows))
	code, _, stderr := runOffice("import", "--lang", "zh", "--yes", "--dir", dir, file)
	if code != 1 || strings.Count(stderr, "错误：") != 1 || !strings.Contains(stderr, "(B4): 错误：“2月1日”没有年份：台账到2026-01-31为止") || !strings.Contains(stderr, "共有20格如此：从B4到B23") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// What would stop the build, or tells of a person, stops at its cell before it is written.
func TestImportStops(t *testing.T) {
	const phone = "13812345678"
	sheet := func(name string, cells map[string]any) string {
		file := filepath.Join(t.TempDir(), "报表.xlsx")
		monthBook(t, file, func(set func(string, any), _ func(string, string), _ func(string)) string {
			for cell, v := range cells {
				set(cell, v)
			}
			return name
		})
		return file
	}
	named := func(name, rows string) string {
		file := filepath.Join(t.TempDir(), name)
		write(t, file, []byte(rows))
		return file
	}
	text := func(rows string) string { return named("报表.csv", rows) }
	for _, c := range []struct{ name, file, says string }{
		{"a count below zero", text("2026年7月接警\n辖区,接警（起）\n城区,402\n郊区,-5\n"), "(B4): error: \"-5\" is negative, and a count cannot be [csv/negative]"},
		{"a number in the title", text("2026年7月接警" + phone + "\n辖区,接警（起）\n城区,402\n"), "personal data, and is not read [privacy/mobile]"},
		{"a number behind the office that sent it", text("2026年7月接警\n填报单位：指挥中心" + phone + "\n辖区,接警（起）\n城区,402\n"), "personal data, and is not read [privacy/mobile]"},
		{"a number in a header that is left out", text("2026年7月接警\n序号,辖区,接警（起）,备注" + phone + "\n1,城区,402,\n2,郊区,403,\n"), "personal data, and is not read [privacy/mobile]"},
		{"a number in the name of a sheet", sheet(phone, map[string]any{"A1": "2026年7月接警", "A2": "辖区", "B2": "接警（起）", "A3": "城区", "B3": 402}), "personal data, and is not read [privacy/mobile]"},
		{"a number in the name of the file", named("报表"+phone+".csv", "2026年7月接警\n辖区,接警（起）\n城区,402\n"), "personal data, and is not read [privacy/mobile]"},
		{"persons in the titles of cases", text("2026年7月案件（起）\n案件名称,立案\n李某某盗窃案,2\n王大锤被诈骗案,3\n"), "(A4): error: this looks like personal data, and is not read [privacy/name]\n  hint: mask the given name with 某"},
		{"two tables of one name", sheet("表", map[string]any{
			"A1": "2026年7月接警", "A2": "辖区", "B2": "接警（起）", "A3": "城区", "B3": 402, "A4": "郊区", "B4": 403,
			"A8": "2026年7月接警", "A9": "类别", "B9": "处警（起）", "A10": "刑事", "B10": 402, "A11": "治安", "B11": 403,
		}), "[import/recipe]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
			before := snapshot(t, dir)
			code, stdout, stderr := runOffice("import", "--lang", "en", "--yes", "--dir", dir, c.file)
			if code != 1 || !strings.Contains(stderr, c.says) {
				t.Errorf("exit %d\n%s%s", code, stdout, stderr)
			}
			if after := snapshot(t, dir); !maps.Equal(after, before) {
				t.Errorf("files were written: %v", after)
			}
		})
	}
}

// A ledger and a register are shown column by column, are written only when somebody has
// confirmed them, and say in JSON what they are.
func TestImportShowsLists(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
	ledger, register := filepath.Join(dir, "台账.csv"), filepath.Join(dir, "窗口.csv")
	write(t, ledger, []byte("意见建议台账（2026年7月）\n序号,收到时间,反映内容,承办单位,办理情况,反映人\n1,7月3日,建议增设车位,城关派出所,正在办理,张三\n"))
	write(t, register, []byte("窗口一览\n派出所,启用日期\n城关派出所,2020年1月2日\n"))
	before := snapshot(t, dir)
	for file, says := range map[string]string{
		ledger:   "读作台账：data/suggestions/t.csv，1行\n  序号 → 编号\n  标题 → 账本\n  收到时间 → 收到日期\n  承办单位 → 承办单位\n  反映内容 → 摘要\n  商议：没有这一列，写作 [x]（不登记），网站不说它逾期\n",
		register: "读作清单：data/registers/t.csv，1行\n  派出所：文字\n  启用日期：日期\n",
	} {
		code, stdout, stderr := runOffice("import", "--lang", "zh", "--dir", dir, "--as", "t", file)
		if code != 1 || !strings.Contains(stdout, says) || !strings.Contains(stderr, "[import/new]") {
			t.Errorf("exit %d\n%s%s", code, stdout, stderr)
		}
	}
	if after := snapshot(t, dir); !maps.Equal(after, before) {
		t.Errorf("files were written: %v", after)
	}
	code, stdout, stderr := runOffice("import", "--lang", "zh", "--dir", dir, "--yes", "--as", "t", ledger)
	if code != 0 || !strings.Contains(stdout, "没有读 F：“反映人”是个人信息，不读入\n") || !strings.Contains(stdout, "已写好：data/imports/t.yaml data/imports/t.csv data/suggestions/t.csv（新增1行，补填0格）\n") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if code, stdout, _ := runOffice("import", "--lang", "zh", "--dir", dir, ledger); code != 0 || stdout != "没有新的内容：台账.csv 的“意见建议台账”都已经读入过\n" {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	for file, kind := range map[string]string{ledger: "ledger", register: "register"} {
		code, stdout, stderr := runOffice("import", "--format", "json", "--dry-run", "--dir", dir, file)
		if code != 0 || !strings.Contains(stdout, `"kind": "`+kind+`"`) {
			t.Errorf("exit %d\n%s%s", code, stdout, stderr)
		}
	}
}

// What is hidden in an office file is told in every month, not only when its table is new:
// nobody who looks at the file sees that a matter is missing.
func TestImportTellsWhatIsHidden(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\n"))
	month := func(month int, hidden bool) (string, string) {
		x := excelize.NewFile()
		defer x.Close()
		rows := [][]any{{fmt.Sprintf("意见建议台账（2026年%d月）", month)}, {"序号", "收到时间", "反映内容", "承办单位", "办理情况"},
			{1, fmt.Sprintf("%d月1日", month), fmt.Sprintf("建议修路灯%d", month), "城关派出所", "办理中"}, {2, fmt.Sprintf("%d月2日", month), fmt.Sprintf("建议增设车位%d", month), "城关派出所", "办理中"}}
		for i, row := range rows {
			if err := x.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.SetRowVisible("Sheet1", 4, !hidden); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, fmt.Sprintf("%d月.xlsx", month))
		if err := x.SaveAs(file); err != nil {
			t.Fatal(err)
		}
		code, stdout, stderr := runOffice("import", "--lang", "zh", "--as-of", "2026-10-08", "--yes", "--dir", dir, file)
		if code != 0 {
			t.Fatal(stdout, stderr)
		}
		return stdout, stderr
	}
	month(7, false)
	if stdout, _ := month(8, false); strings.Contains(stdout, "没有读") {
		t.Error(stdout)
	}
	if stdout, _ := month(9, true); !strings.HasPrefix(stdout, "没有读 Sheet1!4：隐藏的行\n已写好：") || !strings.Contains(stdout, "（新增1行，补填0格）") {
		t.Error(stdout)
	}
}
