package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// made are the pages of docs/site that are made from another document, in each
// language: what stands below its first heading and the line of its languages.
var made = []struct {
	page, from, title, summary string
	order                      int
}{
	{"formats.md", "formats.zh-CN.md", "文件格式", "单位的文件夹里每一种文件可以写的键和列。", 4},
	{"formats.en.md", "formats.md", "File formats", "Every key and column of every kind of file in a bureau's folder.", 4},
	{"open-sdg.md", "open-sdg.zh-CN.md", "从Open SDG迁移", "把Open SDG网站的数据目录搬过来。", 9},
	{"open-sdg.en.md", "open-sdg.md", "Moving from Open SDG", "Taking the data folder of an Open SDG site along.", 9},
	{"hosting.md", "hosting.zh-CN.md", "托管", "网站放在哪里，服务器怎样配置。", 7},
	{"hosting.en.md", "hosting.md", "Hosting", "Where a site can stand, and how its server is set up.", 7},
}

// TestPages holds the pages that are made from another document against it; -update
// makes them.
func TestPages(t *testing.T) {
	for _, m := range made {
		from, err := os.ReadFile(m.from)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitN(string(from), "\n", 5)
		if len(lines) < 5 || !strings.HasPrefix(lines[0], "# ") || !strings.HasPrefix(lines[2], "[") {
			t.Fatalf("%s begins otherwise", m.from)
		}
		// The commands of these documents name places that are not here; they are run
		// with servers of their own (cmd/sunshine).
		lines[4] = strings.ReplaceAll(lines[4], "```\nsunshine ", "```elsewhere\nsunshine ")
		hold(t, filepath.Join("site", "data", "pages", m.page),
			[]byte(fmt.Sprintf("---\ntitle: %s\nsummary: %s\nupdated: 2026-11-26\norder: %d\n---\n%s", m.title, m.summary, m.order, lines[4])))
	}
}
