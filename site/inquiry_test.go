package site_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/bureau"
)

// TestInquiriesPrivate looks for the words of inquiries that are not public in all that is
// published, copies and archives included, and for the hash of their file.
func TestInquiriesPrivate(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	for name, text := range map[string]string{
		"site.yaml": "title: 阳光警务\norganization: 示范市公安局\ninquiries: {channels: [{name: 网上信箱, to: a@b.gov.cn}]}\n",
		"inquiries/2026.csv": "编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\n" +
			"ZX-1,2026-10-12,公开的标题,公开的问题,,2026-10-14,公开的答复,是\n" +
			"ZX-2,2026-10-12,隐去的标题,隐去的问题,,2026-10-14,隐去的答复,否\n" +
			"ZX-3,2026-10-12,隐去的标题,隐去的问题,,2026-10-14,隐去的答复,\n",
		"requests/2026.csv": "编号,收到日期,申请人类别,补正日期,延期告知日期,答复日期,答复结果\nSQ-1,2026-10-12,自然人,,,2026-10-14,予以公开\n",
	} {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	inquiries, err := os.ReadFile(filepath.Join(dir, "data", "inquiries", "2026.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sum := bureau.SHA256(inquiries)
	shown, kept := false, false
	look := func(name string, data []byte) {
		text := string(data)
		shown = shown || strings.Contains(text, "公开的答复")
		kept = kept || strings.HasSuffix(name, "!data/inquiries/2026.csv")
		for _, hidden := range []string{"隐去的", "SQ-1", "data/requests", sum} {
			if strings.Contains(text, hidden) {
				t.Errorf("%s holds %s", name, hidden)
			}
		}
	}
	filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		look(name, data)
		if filepath.Ext(name) == ".zip" {
			z, err := zip.OpenReader(name)
			if err != nil {
				t.Fatal(err)
			}
			defer z.Close()
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				data, _ := io.ReadAll(r)
				r.Close()
				look(name+"!"+f.Name, data)
			}
		}
		return nil
	})
	if !shown || !kept {
		t.Errorf("the public inquiry is published: %t, and kept: %t", shown, kept)
	}
}

// TestInquiriesWithdrawn holds that a question which is public no more, or whose row is
// gone, does not stand as it was where the list has an error.
func TestInquiriesWithdrawn(t *testing.T) {
	const head = "编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\n"
	const settings = "title: 阳光警务\norganization: 示范市公安局\ninquiries: {channels: [{name: 网上信箱, to: a@b.gov.cn}]}\n"
	row := func(id, public string) string {
		return id + ",2026-10-12,标题" + id + ",问题" + id + ",,2026-10-14,答复" + id + "," + public + "\n"
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	list := filepath.Join(dir, "data", "inquiries", "2026.csv")
	putFile(t, filepath.Join(dir, "data", "site.yaml"), settings)
	putFile(t, list, head+row("A", "是")+row("B", "是")+row("C", "是"))
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	putFile(t, list, head+row("A", "是")+row("B", "否")+"D,2026-13-45,,,,,,否\n")
	o := options(dir, out)
	o.HoldBack = true
	if _, _, err := site.Build(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, "inquiries", "index.html"))
	if err != nil || !strings.Contains(string(page), "答复A") {
		t.Errorf("what is still public is gone: %v", err)
	}
	filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, _ := os.ReadFile(name)
		if filepath.Ext(name) == ".zip" {
			if z, err := zip.OpenReader(name); err == nil {
				for _, f := range z.File {
					if r, err := f.Open(); err == nil {
						more, _ := io.ReadAll(r)
						data = append(data, more...)
					}
				}
				z.Close()
			}
		}
		for _, word := range []string{"答复B", "答复C", "标题B", "标题C"} {
			if strings.Contains(string(data), word) {
				t.Errorf("%s holds %s", name, word)
			}
		}
		return nil
	})
}

// TestClosedListsElsewhere holds that a list of inquiries or of applications is not published
// as a register.
func TestClosedListsElsewhere(t *testing.T) {
	for name, list := range map[string]string{
		"inquiries": "编号,标题,问题,是否公开\n1,甲,乙,是\n2,丙,丁,否\n",
		"requests":  "编号,收到日期,申请人类别,答复日期,答复结果\n1,2026-10-12,自然人,2026-10-14,予以公开\n",
	} {
		dir := t.TempDir()
		putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 阳光警务\norganization: 示范市公安局\n")
		putFile(t, filepath.Join(dir, "data", "registers", "letters.csv"), list)
		problems, err := site.Check(t.Context(), options(dir, ""))
		if err != nil || !strings.Contains(problemsError(problems).Error(), "[inquiry/publish]") {
			t.Errorf("%s: %v %v", name, err, problems)
		}
	}
}

// TestInquiriesOnTheSheet holds that whoever approves sees which questions become public in
// their words, and which no longer are.
func TestInquiriesOnTheSheet(t *testing.T) {
	const head = "编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\n"
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	list := filepath.Join(dir, "data", "inquiries", "2026.csv")
	putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 阳光警务\norganization: 示范市公安局\ninquiries: {channels: [{name: 网上信箱, to: a@b.gov.cn}]}\n")
	row := func(id, answer, public string) string {
		return id + ",2026-10-12,标题" + id + ",问题,,2026-10-14," + answer + "," + public + "\n"
	}
	putFile(t, list, head+row("A", "可以", "是")+row("B", "可以", "否")+row("C", "可以", "是")+row("D", "可以", "是"))
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	putFile(t, list, head+row("A", "不可以", "是")+row("B", "可以", "是")+row("C", "可以", "否")+row("D", "可以", "是"))
	o := options(dir, "")
	o.Previous = out
	p, problems, err := site.Diff(t.Context(), o)
	if err != nil || p == nil {
		t.Fatal(err, problems)
	}
	got := ""
	for _, l := range p.Sheet.Letters {
		got += l.Kind + " " + l.ID + " " + l.Title + "\n"
	}
	if want := "changed A 标题A\nnew B 标题B\nwithdrawn C 标题C\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	o.Previous = ""
	if p, _, err = site.Diff(t.Context(), o); err != nil || len(p.Sheet.Letters) != 3 {
		t.Errorf("a first publication names %d: %v", len(p.Sheet.Letters), err)
	}
}
