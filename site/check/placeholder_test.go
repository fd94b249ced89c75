package check

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
)

// initial is the bureau that sunshine init writes.
func initial(t *testing.T, own scaffold.Own, change func(file, text string) string) *bureau.Bureau {
	t.Helper()
	dir := t.TempDir()
	if err := scaffold.Bureau(dir, period.NewDate(2026, 11, 25), own); err != nil {
		t.Fatal(err)
	}
	fsys, written := fstest.MapFS{}, os.DirFS(dir)
	err := fs.WalkDir(written, "data", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(written, file)
		fsys[file] = &fstest.MapFile{Data: []byte(change(file, string(text)))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b, problems := load.Bureau(t.Context(), fsys, 1, nil)
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	return b
}

// placeholders-left: each placeholder that init writes is a warning at its line while
// it stands; a site that says that it is a demonstration may keep them.
func TestPlaceholders(t *testing.T) {
	b := initial(t, scaffold.Own{}, func(_, text string) string { return text })
	said := map[string]problem.Problem{}
	files := map[string]bool{}
	for _, p := range Placeholders(b) {
		if p.Severity != problem.Warning || p.Rule != problem.PlaceholderLeft {
			t.Errorf("%+v", p)
		}
		said[fmt.Sprintf("%s:%d", p.File, p.Line)] = p
		files[p.File] = true
	}
	// Every file of the sample is named, and every value of site.yaml that is none.
	for _, g := range b.Guides {
		if !files[g.File] {
			t.Errorf("nothing is said of %s", g.File)
		}
	}
	for _, file := range []string{"data/notices/2026-11-25-welcome.md", "data/pages/about.md", "data/stats/window-services.yaml"} {
		if !files[file] {
			t.Errorf("nothing is said of %s", file)
		}
	}
	s := b.Site
	for _, v := range []bureau.String{
		s.Title, s.Organization, s.BaseURL, s.Contact.Phone, s.Contact.Email, s.Contact.Address, s.Contact.Complaint,
		s.Footer.Organizer, s.Footer.SiteCode, s.Footer.ICP, s.Footer.PoliceRecord, s.Footer.ReportError, s.DataNotice,
	} {
		if _, is := said[fmt.Sprintf("%s:%d", v.At.File, v.At.Line)]; !is {
			t.Errorf("nothing is said of %q", v.V)
		}
	}
	for _, g := range b.Guides {
		at := g.Places[0].Phone.At
		if _, is := said[fmt.Sprintf("%s:%d", at.File, at.Line)]; !is {
			t.Errorf("nothing is said of the telephone at %v", at)
		}
	}

	b = initial(t, scaffold.Own{}, func(file, text string) string {
		if file == "data/site.yaml" {
			text += "\n演示: 是\n"
		}
		return text
	})
	if got := Placeholders(b); len(got) > 0 {
		t.Errorf("a demonstration: %v", got)
	}

	// Of one's own none is left, drafts included, and nothing of the sample is published.
	b = initial(t, scaffold.Own{Name: "云水县公安局", Phone: "0100-1234567", Address: "云水县人民路1号"}, func(_, text string) string { return text })
	if got := Placeholders(b); len(got) > 0 {
		t.Errorf("a bureau of one's own: %v", got)
	}
	for _, g := range b.Guides {
		if g.Status.V != "draft" {
			t.Errorf("%s is published", g.File)
		}
	}
	if b.Hold(period.Moment{Day: period.NewDate(2026, 11, 25)}); len(b.Statistics) > 0 || len(b.Guides) == 0 {
		t.Errorf("%d statistics are published", len(b.Statistics))
	}
}

// What is the bureau's own is no placeholder.
func TestNoPlaceholder(t *testing.T) {
	for _, own := range []string{
		"某市公安局", "创建全国法治政府建设示范市", "示范性学校周边", "0000-12345678", "010-86750000", "bm12345678", "京ICP备12345678号", "京公网安备11010502000001号",
		"https://www.example-gov.cn/", "counterexample.organised", "起到示范路径的作用",
	} {
		b := &bureau.Bureau{Site: bureau.Site{Description: bureau.String{V: own, At: problem.Position{File: "data/site.yaml", Line: 3, Column: 1}}}}
		if got := Placeholders(b); len(got) > 0 {
			t.Errorf("%q: %v", own, got[0].Message)
		}
	}
}

func TestCopies(t *testing.T) {
	for _, c := range []struct {
		files string
		want  string // the copies
	}{
		{"data/stats/cases.csv data/stats/cases(1).csv", "data/stats/cases(1).csv"},
		{"data/stats/cases.csv data/stats/cases （2）.csv", "data/stats/cases （2）.csv"},
		{"data/notices/a.md data/notices/a - Copy.md data/notices/a - Copy (2).md", "data/notices/a - Copy.md data/notices/a - Copy (2).md"},
		{"data/pages/关于.md data/pages/关于 - 副本.md data/pages/关于的副本.md data/pages/复件 关于.md", "data/pages/关于 - 副本.md data/pages/关于的副本.md data/pages/复件 关于.md"},
		{"data/guides/hukou/card.en.md data/guides/hukou/card (1).en.md", "data/guides/hukou/card (1).en.md"},
		{"data/registers/x.csv data/registers/x-DESKTOP-4F2K9QL.csv", "data/registers/x-DESKTOP-4F2K9QL.csv"},
		{"data/registers/x.csv data/registers/x-王的MacBook Pro.csv", "data/registers/x-王的MacBook Pro.csv"},
		{"data/registers/x.csv data/registers/x (冲突副本 2026-10-01).csv", "data/registers/x (冲突副本 2026-10-01).csv"},
		{"data/static/表1.pdf data/static/表1(1).pdf", "data/static/表1(1).pdf"},
		{"data/stats/a(1).csv data/stats/a(2).csv", "data/stats/a(2).csv"}, // two copies whose original is gone
		{"data/stats/Cases.csv data/stats/cases (1).csv", "data/stats/cases (1).csv"},
		// One that stands alone, in another folder, of another kind, or named so for good.
		{"data/stats/cases(1).csv", ""},
		{"data/stats/cases.csv data/stats/cases(1).yaml", ""},
		{"data/stats/cases.csv data/registers/cases(1).csv", ""},
		{"data/stats/road.csv data/stats/road-winter.csv data/stats/road-2026.csv data/stats/road-A.csv", ""},
		{"data/stats/表（甲）.csv data/stats/表.csv data/stats/表（2026年）.csv", ""},
		{"data/guides/hukou/card.md data/guides/hukou/card.en.md data/guides/hukou/card-copy.md", ""},
	} {
		var inputs []bureau.Input
		for _, file := range strings.Split(strings.ReplaceAll(c.files, " data/", "\ndata/"), "\n") {
			inputs = append(inputs, bureau.Input{Path: file})
		}
		var got []string
		for _, p := range Copies(inputs) {
			if p.Severity != problem.Error || p.Rule != problem.FilesCopy || p.Rule.String() != "files/copy" {
				t.Errorf("%+v", p)
			}
			got = append(got, p.File)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", c.files, got, c.want)
		}
	}
}
