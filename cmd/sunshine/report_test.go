package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"sunshine/site/problem"
)

// security/control-characters-in-names: a name with control characters is an
// error, and is quoted in every format of messages.
func TestControlCharactersInNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such name can be made")
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"data/site.yaml": "title: 阳光警务\norganization: 示范市公安局\n",
		"data/stats/\x1b]0;title\x07\x1b[2Ja.csv": "期间,件\n2025年,5\n",
		"data/static/\x1b[31m/a.txt":              "正文",
		"data/static/a\u202eb\u009b.txt":          "正文",
		"templates/\x1b[2J.html":                  "<p></p>",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	report := filepath.Join(t.TempDir(), "report.html")
	run := func(args ...string) string {
		var out bytes.Buffer
		c := &command{stdout: &out, stderr: &out, env: func(string) string { return "" }, now: time.Now}
		if code := c.run(context.Background(), append(args, "--as-of", "2026-10-31", dir)); code != 1 {
			t.Errorf("%v: exit %d", args, code)
		}
		return out.String()
	}
	names := []string{`data/stats/\u001b]0;title\u0007\u001b[2Ja.csv`, `data/static/\u001b[31m`, `data/static/a\u202eb\u009b.txt`}
	quoted := func(format, printed string) {
		t.Helper()
		for _, r := range printed {
			if !unicode.IsGraphic(r) && r != '\n' {
				t.Errorf("%s holds %U", format, r)
				break
			}
		}
		for _, name := range names {
			if !strings.Contains(printed, name) {
				t.Errorf("%s does not name %s:\n%s", format, name, printed)
			}
		}
	}
	for _, lang := range []string{"zh", "en"} {
		text := run("check", "--lang", lang)
		quoted("text", text)
		if n := strings.Count(text, "[file/name]"); n != len(names) {
			t.Errorf("%d names are refused, not %d:\n%s", n, len(names), text)
		}
	}
	quoted("build", run("build"))
	github := run("check", "--format", "github")
	quoted("github", strings.NewReplacer("%3A", ":", "%25", "%").Replace(github))
	var rows []struct{ File, Message, Hint string }
	printed := run("check", "--format", "json", "--quiet")
	if err := json.Unmarshal([]byte(printed), &rows); err != nil {
		t.Fatalf("%v: %s", err, printed)
	}
	all := ""
	for _, r := range rows {
		all += r.File + "\n" + r.Message + "\n" + r.Hint + "\n"
	}
	quoted("json", all)
	run("check", "--report", report)
	page, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	quoted("report", strings.ReplaceAll(string(page), "\t", ""))
}

// A problem of a workbook names its sheet in every format; where there is none,
// JSON has no such key.
func TestSheetIsNamed(t *testing.T) {
	var problems problem.List
	problems.Error(problem.Position{File: "inbox/报表.xlsx", Sheet: "10月", Cell: "B5"}, problem.WorkbookShown, problem.Say("不一致", "they differ"), problem.Text{})
	problems.Error(problem.Position{File: "a.csv", Line: 2, Column: 3, Cell: "B2"}, problem.CSVNumber, problem.Say("不是数", "no number"), problem.Text{})
	var text, list, github strings.Builder
	writeText(&text, problem.Chinese, problems)
	writeGitHub(&github, problem.English, problems)
	if err := writeJSON(&list, problem.Chinese, problems); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ printed, want string }{
		{text.String(), "inbox/报表.xlsx!10月!B5: 错误：不一致 [workbook/shown]\n"},
		{list.String(), "\"file\": \"inbox/报表.xlsx\",\n    \"sheet\": \"10月\",\n"},
		{list.String(), "\"file\": \"a.csv\",\n    \"line\": 2,\n"},
		{github.String(), "::error file=inbox/报表.xlsx,title=workbook/shown::10月!B5: they differ\n"},
		{github.String(), "::error file=a.csv,line=2,col=3,title=csv/number::B2: no number\n"},
	} {
		if !strings.Contains(c.printed, c.want) {
			t.Errorf("%s\nlacks %s", c.printed, c.want)
		}
	}
}
