package site_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
