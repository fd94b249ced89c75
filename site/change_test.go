package site_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
)

// change-of-qualified-figures and points-from-rounded: what is not exact is not
// compared, and neither is a rate of three cases; a verdict is that of the fraction.
func TestChangesThatAreNotComputed(t *testing.T) {
	descriptor := "title: 立案\nsources: [{title: 业务系统}]\ncontributors: [{title: 指挥中心, roles: [compiler]}]\nfrequency: yearly\nreleased: 2026-01-12\n"
	for name, c := range map[string]struct{ csv, yaml, targets, want, not string }{
		"about": {"期间,立案（起）\n2024年,约1000\n2025年,800余\n", "", "", "比2024年（约1000起）的变化不计算（数值不是精确数）", "20%"},
		"small": {"期间,破案（件）,立案（件）\n2024年,1,3\n2025年,2,3\n",
			"derive: [{name: 破案率, value: '$[\"破案（件）\"] / $[\"立案（件）\"]', format: percent}]\ncharts: [{type: line, title: 破案率, x: 期间, y: 破案率}]\n", "", "的变化不计算（分母不足20）", "33.34"},
		"points": {"期间,破案（件）,立案（件）\n2024年,100,300\n2025年,200,300\n",
			"derive: [{name: 破案率, value: '$[\"破案（件）\"] / $[\"立案（件）\"]', format: percent}]\ncharts: [{type: line, title: 破案率, x: 期间, y: 破案率}]\n", "", "提高33.33个百分点", "33.34"},
		"target": {"期间,破案（件）,立案（件）\n2024年,80000,100000\n2025年,84996,100000\n",
			"derive: [{name: 破案率, value: '$[\"破案（件）\"] / $[\"立案（件）\"]', format: percent}]\n",
			"统计,字段,单位,期间,目标,方向,制定,依据\nx,破案率,,2025年,85,不低于,市公安局,年度要点\n", "84.996", ">达到目标"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{"site.yaml": caseSettings, "stats/x.csv": c.csv, "stats/x.yaml": descriptor + c.yaml, "targets.csv": c.targets} {
				if text != "" {
					putFile(t, filepath.Join(dir, "data", filepath.FromSlash(file)), text)
				}
			}
			_, problems, err := site.Build(context.Background(), options(dir, filepath.Join(dir, "public")))
			if err != nil {
				t.Fatal(err)
			}
			page, err := os.ReadFile(filepath.Join(dir, "public", "stats", "x", "index.html"))
			if err != nil {
				t.Fatal(err, problems)
			}
			if text := string(page); !strings.Contains(text, c.want) || strings.Contains(text, c.not) {
				t.Errorf("the page says neither %q, or says %q", c.want, c.not)
			}
		})
	}
}
