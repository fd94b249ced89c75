package site_test

import (
	"regexp"
	"strings"
	"testing"
)

// TestQualifiers holds the word around a figure to what staff wrote, in the page, the answer
// of the drawing and the downloads: 5以下 may be 5, 不足5 is not.
func TestQualifiers(t *testing.T) {
	_, files := laidOut(t, map[string]string{
		"site.yaml":        "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\nlanguage: zh-CN\nlanguages: [en]\ncontact: {phone: 000-86750000, address: 示范路1号}\n",
		"stats/rough.csv":  "年份,立案（件）\n2020年,约52\n2021年,50余\n2022年,50以上\n2023年,近50\n2024年,不足50\n2025年,50以下\n",
		"stats/rough.yaml": described("约数", "yearly", "年份:period", "立案（件）:measure") + "charts: [{type: bar, x: 年份, y: [立案（件）]}]\n",
	})
	for name, want := range map[string][]string{
		"stats/rough/index.html":    {"约52", "50余", "50以上", "近50", "不足50", "50以下"},
		"en/stats/rough/index.html": {"about 52", "more than 50", "at least 50", "nearly 50", "less than 50", "at most 50"},
	} {
		var cells []string
		for _, m := range regexp.MustCompile(`<td[^>]* class="n"[^>]*>([^<]*)`).FindAllSubmatch(files[name], -1) {
			cells = append(cells, string(m[1]))
		}
		if strings.Join(cells, "|") != strings.Join(want, "|") {
			t.Errorf("%s shows %q, want %q", name, cells, want)
		}
	}
	for _, want := range []string{"2020年,2020-01-01,2020-12-31,52,约", "2024年,2024-01-01,2024-12-31,50,不足", "2025年,2025-01-01,2025-12-31,50,以下"} {
		if csv := string(files["stats/rough/rough.csv"]); !strings.Contains(csv, want+"\r\n") {
			t.Errorf("the download lacks %q:\n%s", want, csv)
		}
	}
	if script := string(files["stats/rough/chart-1.js"]); !strings.Contains(script, "不足50件") || !strings.Contains(script, "50件以下") {
		t.Errorf("the drawing answers %s", script)
	}
}
