package load

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const siteYAML = "title: 阳光警务\norganization: 示范市公安局\n"

func mapFS(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// without is a folder from which a file vanishes after it was listed.
type without struct {
	fstest.MapFS
	gone string
}

func (w without) Open(name string) (fs.File, error) {
	if name == w.gone {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return w.MapFS.Open(name)
}

func found(problems problem.List, file, rule string) bool {
	for _, p := range problems {
		if p.File == file && p.Rule.String() == rule {
			return true
		}
	}
	return false
}

func TestFileVanishes(t *testing.T) {
	for _, gone := range []string{"data/site.yaml", "data/stats/a.csv", "data/stats/a.yaml", "data/pages/about.md", "data/static/form.txt", "data/units.csv"} {
		fsys := without{mapFS(map[string]string{
			"data/site.yaml": siteYAML, "data/stats/a.csv": "期间,件数（件）\n2005年,1\n", "data/stats/a.yaml": "title: 甲\n",
			"data/pages/about.md": "---\ntitle: 关于\n---\n", "data/static/form.txt": "x", "data/units.csv": "id,name,level,parent\n1,市局,bureau,\n",
		}), gone}
		_, problems := Bureau(context.Background(), fsys, 2, nil)
		if !found(problems, gone, "files/unreadable") {
			t.Errorf("%s vanished, and nothing says so: %v", gone, problems)
		}
	}
}

func TestFolder(t *testing.T) {
	b, problems := Bureau(context.Background(), mapFS(map[string]string{
		"data/site.yaml":                siteYAML,
		"data/.DS_Store":                "x",
		"data/stats/~$cases.xlsx":       "x",
		"data/stats/cases.XLSX":         "x",
		"data/stats/cases.yml":          "x",
		"data/guides/hukou.md":          "x",
		"data/readme.txt":               "x",
		"data/static/.well-known/x.txt": "x",
		"data/static/forms/申请表.txt":     "x",
		"data/pages/关于 本站.md":           "---\ntitle: 关于\nupdated: 2026-01-01\n---\n",
		"data/pages/about.md":           "---\ntitle: 关于\nupdated: 2026-01-01\n---\n",
		"data/pages/en.md":              "---\ntitle: 保留名\nupdated: 2026-01-01\n---\n",
		"data/notices/2026-10-08-a.md":  "---\ntitle: 旧\ndate: 2026-10-08\n---\n",
		"data/notices/2026-10-09-b.md":  "---\ntitle: 新\ndate: 2026-10-09\n---\n",
		"data/guides/hukou/b.md":        "---\ntitle: 乙\n---\n",
		"data/guides/vehicle/a.md":      "---\ntitle: 甲\n---\n",
		"data/guides/hukou/a.md":        "---\ntitle: 甲\n---\n",
		"data/guides/hukou/a.en.md":     "---\ntitle: A\n---\n",
	}), 3, nil)
	for _, file := range []string{"data/stats/cases.XLSX", "data/stats/cases.yml", "data/guides/hukou.md", "data/readme.txt"} {
		if !found(problems, file, "files/unread") {
			t.Errorf("%s is passed over in silence", file)
		}
	}
	var order []string
	for _, g := range b.Guides {
		order = append(order, g.File)
	}
	for _, n := range b.Notices {
		order = append(order, n.File)
	}
	for _, s := range b.Static {
		order = append(order, s.Path)
	}
	want := "data/guides/vehicle/a.md data/guides/hukou/a.md data/guides/hukou/a.en.md data/guides/hukou/b.md data/notices/2026-10-09-b.md data/notices/2026-10-08-a.md static/forms/申请表.txt"
	if got := strings.Join(order, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if n := len(b.Inputs); n != 11 {
		t.Errorf("%d inputs: %v", n, b.Inputs)
	}
}

// A statistic beside a descriptor that is wrong is still read, and both are reported.
func TestDescriptorWrong(t *testing.T) {
	_, problems := Bureau(context.Background(), mapFS(map[string]string{
		"data/site.yaml": siteYAML, "data/stats/a.csv": "期间,件数（件）\n2005年,1x\n", "data/stats/a.yaml": "titel: 甲\nschema: {fields: [{name: 期间, role: period}, {name: 件数（件）, role: measure, type: integer}]}\n",
		"data/stats/b.yaml": "title: 乙\n",
	}), 1, nil)
	for file, rule := range map[string]string{"data/stats/a.csv": "", "data/stats/a.yaml": "yaml/key", "data/stats/b.yaml": "stats/no-table"} {
		ok := false
		for _, p := range problems {
			ok = ok || p.File == file && p.Severity == problem.Error && (rule == "" || p.Rule.String() == rule)
		}
		if !ok {
			t.Errorf("%s: no error %s in %v", file, rule, problems)
		}
	}
}

func TestTooLarge(t *testing.T) {
	_, problems := Bureau(context.Background(), mapFS(map[string]string{
		"data/site.yaml": siteYAML, "data/pages/a.md": strings.Repeat("长", 1<<20),
	}), 1, nil)
	if !found(problems, "data/pages/a.md", "files/too-large") {
		t.Error(problems)
	}
}

func TestNoFolder(t *testing.T) {
	_, problems := Bureau(context.Background(), fstest.MapFS{}, 1, nil)
	if problems.Errors() == 0 || !found(problems, "data/site.yaml", "files/no-site") {
		t.Errorf("an empty folder is no error: %v", problems)
	}
}

func TestReleaseThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "{}", bureau.RecordHead + bureau.RecordHash([]byte("\"format\": 0}")) + bureau.RecordTail + "\n\"format\": 0}"} {
		if r, problems := Release("data/releases/a.json", []byte(text)); r != nil || !found(problems, "data/releases/a.json", "release/format") {
			t.Errorf("%q is read: %v", text, problems)
		}
	}
}
