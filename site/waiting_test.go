package site_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
)

// future-notice: what is dated after today, or is a draft, waits: it is named, and no
// file of the site holds anything of it. What is wrong in it is said and stops nothing.
func TestWaiting(t *testing.T) {
	phone := "138" + "00001234"
	for name, c := range map[string]struct{ file, text, leak, want string }{
		"a later day":       {"notices/2026-11-07-xiache.md", "---\ntitle: 下周的限行\n---\n咨询" + phone + "\n", ":4:3 warning privacy/mobile", "data/notices/2026-11-07-xiache.md:1:1 warning notice/waiting its day is 2026-11-07"},
		"a draft":           {"notices/2026-10-20-xiache.md", "---\ntitle: 下周的限行\nstatus: 草稿\n---\n咨询" + phone + "\n", ":5:3 warning privacy/mobile", "data/notices/2026-10-20-xiache.md:3:9 warning notice/waiting this is a draft"},
		"a draft of a page": {"pages/xiache.md", "---\ntitle: 下周的限行\nupdated: 2026-10-01\nstatus: draft\n---\n咨询" + phone + "\n", ":6:3 warning privacy/mobile", "data/pages/xiache.md:4:9 warning notice/waiting this is a draft"},
	} {
		t.Run(name, func(t *testing.T) {
			lines := verdict(t, map[string]string{c.file: c.text, "pages/about.md": casePage})
			begins(t, lines, c.want, strings.Split(c.want, " ")[0][:strings.IndexByte(c.want, ':')]+c.leak)
			dir := t.TempDir()
			for file, text := range map[string]string{"site.yaml": caseSettings, c.file: c.text, "pages/about.md": casePage} {
				putFile(t, filepath.Join(dir, "data", filepath.FromSlash(file)), text)
			}
			out := filepath.Join(dir, "public")
			if _, _, err := site.Build(context.Background(), options(dir, out)); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(out, "about", "index.html")); err != nil {
				t.Fatal("the site was not made:", err)
			}
			err := filepath.WalkDir(out, func(file string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				if text, _ := os.ReadFile(file); strings.Contains(string(text), "下周的限行") || strings.Contains(string(text), "xiache") || strings.Contains(file, "xiache") {
					t.Errorf("%s tells of it", file)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}
