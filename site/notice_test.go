package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDataNotice holds that a table which says of its own figures what they are is not said
// to be what site.yaml says of all.
func TestDataNotice(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	put := func(name, text string) { putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text) }
	put("site.yaml", "title: 阳光警务\norganization: 某市公安局\ndata_notice: 全站的说明\n")
	put("stats/own.csv", "期间,立案（件）\n2024年,100\n2025年,120\n")
	put("stats/own.yaml", "title: 自己的\ndata_notice: 外地的数值\n")
	put("stats/other.csv", "期间,破案（件）\n2024年,90\n2025年,95\n")
	put("registers/list.csv", "事项,内容\n甲,乙\n")
	put("registers/list.yaml", "title: 清单\ndata_notice: 清单的说明\n")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{"stats/own/index.html": "外地的数值", "stats/other/index.html": "全站的说明", "registers/list/index.html": "清单的说明"} {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(page)))
		if err != nil {
			t.Fatal(err)
		}
		for _, notice := range []string{"外地的数值", "全站的说明", "清单的说明"} {
			if got := strings.Contains(string(data), `<p class="callout data-notice">`+notice); got != (notice == want) {
				t.Errorf("%s says %s: %t", page, notice, got)
			}
		}
	}
	described, err := os.ReadFile(filepath.Join(out, "datapackage.json"))
	if err != nil || !strings.Contains(string(described), `"description": "外地的数值"`) {
		t.Errorf("the data package does not say what the figures are: %v", err)
	}
}
