package scaffold

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/templates"
)

var today = period.NewDate(2026, 10, 31)

var mark = regexp.MustCompile(`@[A-Z]+@`)

// files gives the files of a folder, and fails where a mark is left in one.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if left := mark.FindString(name + string(text)); left != "" {
			t.Errorf("%s holds %s", name, left)
		}
		all = append(all, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBureau(t *testing.T) {
	for _, own := range []Own{{}, {Name: "云水县公安局", Phone: "0100-1234567", Address: "云水县人民路1号"}} {
		dir := filepath.Join(t.TempDir(), "new", "bureau")
		if err := Bureau(dir, today, own); err != nil {
			t.Fatal(err)
		}
		want := 0
		fs.WalkDir(templates.FS, "init", func(_ string, d fs.DirEntry, _ error) error {
			if !d.IsDir() {
				want++
			}
			return nil
		})
		if got := files(t, dir); len(got) != want {
			t.Errorf("%d files are written of %d: %q", len(got), want, got)
		}
		if _, err := os.Stat(filepath.Join(dir, "data/notices/2026-10-31-welcome.md")); err != nil {
			t.Error(err)
		}
		if err := Bureau(dir, today, own); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a second one: %v", err)
		}
	}
}

// What a bureau says of itself stands in YAML and in Markdown as it is.
func TestOwn(t *testing.T) {
	for _, good := range []string{"云水县公安局", "Yunshui County Public Security Bureau", "人民路1号，3楼（东门）", "A座-2, B"} {
		if wrong := Line(good); wrong != nil {
			t.Errorf("%q: %v", good, wrong)
		}
	}
	for _, bad := range []string{"", " ", "a\nb", `"x"`, `a\b`, "<b>", "[x](y)", "@TODAY@", "a\u200bb", "a|b", "#x", strings.Repeat("局", 101)} {
		if Line(bad) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	for _, good := range []string{"0100-1234567", "12389", "110、0100-7654321", "（0100）1234567转8"} {
		if wrong := Number(good); wrong != nil {
			t.Errorf("%q: %v", good, wrong)
		}
	}
	for _, bad := range []string{"", "、", "局长", "12", "0000", "0100-1234567、x"} {
		if Number(bad) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestDocument(t *testing.T) {
	for _, test := range []struct{ kind, name, want string }{
		{"guide", "hukou/lost-card", "data/guides/hukou/lost-card.md"},
		{"guide", "户口办理/挂失", "data/guides/hukou/挂失.md"},
		{"notice", "夜间办理", "data/notices/2026-10-31-夜间办理.md"},
		{"page", "开放日", "data/pages/开放日.md"},
		{"annual", "2025", "data/annual/2025.yaml"},
		{"policy", "窗口服务", "data/policies/窗口服务.md"},
		{"statistic", "calls", "data/stats/calls.csv data/stats/calls.yaml"},
		{"register", "promises", "data/registers/promises.csv data/registers/promises.yaml"},
		{"ledger", "2026", "data/suggestions/2026.csv"},
		{"units", "", "data/units.csv"},
		{"targets", "", "data/targets.csv"},
		{"answers", "", "data/answers.csv"},
		{"revisions", "", "data/revisions.csv"},
		{"addresses", "", "data/addresses.csv"},
	} {
		dir := t.TempDir()
		got, problems, err := Document(t.Context(), dir, test.kind, test.name, today)
		if err != nil || problems != nil || strings.Join(got, " ") != test.want || strings.Join(files(t, dir), " ") != test.want {
			t.Errorf("%s %s: %q, %v %v", test.kind, test.name, got, problems, err)
		}
		for range 10 { // the same file is named each time
			var at *fs.PathError
			if _, _, err := Document(t.Context(), dir, test.kind, test.name, today); !errors.Is(err, fs.ErrExist) || !errors.As(err, &at) || at.Path != got[0] {
				t.Errorf("%s %s again: %v", test.kind, test.name, err)
			}
		}
	}
	for _, test := range []struct{ kind, name, near string }{
		{"guide", "lost-card", ""}, {"guide", "police/lost-card", ""}, {"guide", "hukou/a/b", "hukou/a-b"}, {"guide", "hukou/", ""}, {"guide", "../x", ""},
		{"annual", "report", ""}, {"annual", "report-2025", "2025"}, {"annual", "1999", ""}, {"notice", "", ""}, {"notice", "a b", "a-b"}, {"notice", "夜间 办理（试行）", "夜间-办理-试行"}, {"statistic", "../calls", "calls"}, {"statistic", "Calls", "calls"}, {"statistic", "a.csv", "a"},
	} {
		dir := t.TempDir()
		if _, _, err := Document(t.Context(), dir, test.kind, test.name, today); !errors.Is(err, fs.ErrInvalid) || len(files(t, dir)) > 0 {
			t.Errorf("%s %q: %v", test.kind, test.name, err)
		}
		near := Suggest(test.kind, test.name)
		if near != test.near {
			t.Errorf("%s %q: %q is offered", test.kind, test.name, near)
		}
		if near != "" {
			if _, _, err := Document(t.Context(), dir, test.kind, near, today); err != nil {
				t.Errorf("%s %q, as offered: %v", test.kind, near, err)
			}
		}
	}
	// Another form of the same statistic is there: nothing is written beside it.
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "data/stats"), 0o755)
	os.WriteFile(filepath.Join(dir, "data/stats/calls.xlsx"), nil, 0o644)
	if _, _, err := Document(t.Context(), dir, "statistic", "calls", today); !errors.Is(err, fs.ErrExist) {
		t.Errorf("beside a workbook: %v", err)
	}
}

// Every kind has a skeleton, and every list, whose table cannot hold comments, says
// what each of its columns is.
func TestKinds(t *testing.T) {
	for _, k := range Kinds {
		d := documents[k.ID]
		if len(d.files) == 0 {
			t.Errorf("%s is made of nothing", k.ID)
		}
		if len(d.files) != 1 || d.files[0].Extension() != ".csv" {
			continue
		}
		header, err := fs.ReadFile(templates.FS, "new/"+k.ID+".csv")
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, line := range Explain(k.ID) {
			if line.ZH == "" || line.EN == "" {
				t.Errorf("%s: %q is not said in both languages", k.ID, line)
			}
			if names, _, found := strings.Cut(line.ZH, "："); found {
				said += "、" + names
			}
		}
		if want := strings.TrimSpace(strings.ReplaceAll(string(header), ",", "、")); strings.TrimPrefix(said, "、") != want {
			t.Errorf("%s explains %s, and its columns are %s", k.ID, said, want)
		}
	}
}

// The descriptor of a table that is there says what build reads in it: with it, nothing
// of the table is refused, and every figure is the same.
func TestDescribe(t *testing.T) {
	for _, c := range []struct{ name, table, want string }{
		{"a period in two columns, a unit line, and dashes",
			"2026年交通情况\n单位：起\n年份,月份,区域,事故,死亡（人）,处理率（%）,备注\n2026,1,城东,12,1,85.5,\n2026,1,城西,15,—,90.1,\n2026,2,城东,11,0,88.0,\n2026,2,城西,9,2,91.2,\n",
			"title: \"2026年交通情况\"|frequency: monthly|period: [年份, 月份]|{name: 事故, type: integer, role: measure, unit: 起, risk: event}|{name: 死亡（人）, type: integer, role: measure, unit: 人, risk: person}|{name: \"处理率（%）\", type: percent, role: measure, risk: none}|{value: \"—\", label: \"[x]\"}"},
		{"nothing tells the risk", "期间,甲\n2024年,5\n2025年,7\n", "title: \"\"|frequency: yearly|{name: 甲, type: integer, role: measure}  # 请确认：没有看出计量单位，请补上 unit；看不出数的是人还是事"},
		{"a column of units", "期间,指标,单位,数值\n2025年,出动,次,5\n2025年,里程,公里,70\n", "{name: 数值, type: integer, role: measure, unit_field: 单位"},
		{"names that YAML would read otherwise", "期间,\"a: b #c\",yes,'x\n2024年,5,6,7\n2025年,7,8,9\n", `{name: "a: b #c", |{name: "yes", |{name: "'x", `},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			os.MkdirAll(filepath.Join(dir, "data/stats"), 0o755)
			os.WriteFile(filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 云水县公安局\n"), 0o644)
			os.WriteFile(filepath.Join(dir, "data/stats/calls.csv"), []byte(c.table), 0o644)
			written, problems, err := Document(t.Context(), dir, "statistic", "calls", today)
			if err != nil || problems != nil || strings.Join(written, " ") != "data/stats/calls.yaml" {
				t.Fatal(written, problems, err)
			}
			text, _ := os.ReadFile(filepath.Join(dir, "data/stats/calls.yaml"))
			for _, want := range strings.Split(c.want, "|") {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s is missing in\n%s", want, text)
				}
			}
			b, found := load.Bureau(t.Context(), os.DirFS(dir), 1, nil)
			if found.Errors() > 0 || len(b.Statistics) != 1 || !b.Statistics[0].Described {
				t.Error(found)
			}
		})
	}
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "data/stats"), 0o755)
	os.WriteFile(filepath.Join(dir, "data/stats/calls.csv"), []byte("项目,1月,2月,3月\n警情,1,2,3\n"), 0o644)
	if written, problems, err := Document(t.Context(), dir, "statistic", "calls", today); written != nil || problems.Errors() == 0 || err != nil {
		t.Error("a table that lies on its side: ", written, problems, err)
	}
}
