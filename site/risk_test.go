package site_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/problem"
)

// published builds a bureau of one statistic and gives its download and what is
// said of its risks.
func published(t *testing.T, csv, yaml string) (string, []problem.Problem) {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"data/site.yaml": "title: 阳光警务\norganization: 示范市公安局\n", "data/stats/x.csv": csv}
	if yaml != "" {
		files["data/stats/x.yaml"] = yaml
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	_, problems, err := site.Build(context.Background(), options(dir, out))
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	var asked []problem.Problem
	for _, p := range problems {
		if p.Rule == problem.StatsRiskUnsaid {
			asked = append(asked, p)
		}
	}
	return string(tree(t, out)["stats/x/x.csv"]), asked
}

// What nobody declared is protected, and what nothing tells is asked for.
func TestProtectedByDefault(t *testing.T) {
	const head = "title: 甲\nsources: [{title: 测试}]\nreleased: 2026-10-12\nschema:\n  fields:\n    - {name: 期间, role: period}\n"
	for _, c := range []struct {
		name, csv, yaml string
		want            []string // the ends of the lines
		asked           int
	}{
		{"exposure/risk-left-out", "期间,未成年被害人（名）\n2024年,3\n2025年,12\n", head + "    - {name: 未成年被害人（名）, type: integer, role: measure, unit: 名}\n", []string{",[c]", ",12"}, 0},
		{"exposure/persons-without-descriptor", "年份,性别,受害人数\n2025,男,3\n2025,女,12\n2025,合计,15\n", "", []string{",男,[c],data", ",女,[c],data", ",合计,15,total"}, 0},
		{"exposure/person-count-with-thin-descriptor", "月份,接报交通事故（起）,死亡人数（人）\n2026年1月,210,1\n2026年2月,188,0\n2026年3月,205,2\n2026年4月,220,1\n2026年5月,233,0\n",
			"标题: 交通事故\n发布日期: 2026-10-05\n来源: [{title: 交警大队月报}]\n结构:\n  字段:\n    - {名称: 月份, 角色: period}\n    - {名称: 接报交通事故（起）, 角色: measure, 类型: integer, 计量单位: 起}\n    - {名称: 死亡人数（人）, 角色: measure, 类型: integer, 计量单位: 人}\n",
			[]string{",210,[c]", ",188,0", ",205,[c]", ",220,[c]", ",233,0"}, 0},
		{"nothing tells", "期间,数量\n2024年,3\n2025年,12\n", head + "    - {name: 数量, type: integer, role: measure}\n", []string{",[c]", ",12"}, 1},
		{"staff said", "期间,死亡人数\n2024年,3\n2025年,12\n", head + "    - {name: 死亡人数, type: integer, role: measure, risk: event}\n", []string{",3", ",12"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, asked := published(t, c.csv, c.yaml)
			lines := strings.Split(strings.TrimSpace(got), "\n")[1:]
			if len(lines) != len(c.want) || len(asked) != c.asked {
				t.Fatalf("%d asked, want %d:\n%s", len(asked), c.asked, got)
			}
			for i, end := range c.want {
				if !strings.HasSuffix(strings.TrimSpace(lines[i]), end) {
					t.Errorf("%s, want %s", lines[i], end)
				}
			}
		})
	}
}

// The line that stats/risk-unsaid gives, pasted, cures it.
func TestRiskLineCures(t *testing.T) {
	paste := regexp.MustCompile(`schema: \{fields: \[.*?\}\]\}`)
	for _, csv := range []string{
		"期间,类别,数量,总量\n2024年,甲,3,5\n2025年,甲,12,30\n",
		"年份,月份,类别,数量,单位\n2025,1,甲,30,个\n2025,2,甲,3,个\n2025,2,乙,12,个\n",
		"年份,类别,数量,月份\n2025,甲,30,1\n2025,甲,3,2\n2025,乙,12,2\n",
	} {
		_, asked := published(t, csv, "")
		if len(asked) == 0 {
			t.Fatalf("nothing is asked of\n%s", csv)
		}
		for _, p := range asked {
			for _, hint := range []string{p.Hint.ZH, p.Hint.EN} {
				line := paste.FindString(hint)
				if got, asked := published(t, csv, line+"\n"); len(asked) > 0 || !strings.Contains(got, "3") || strings.Contains(got, "[c]") {
					t.Errorf("%s\ncures nothing:\n%s", line, got)
				}
			}
		}
	}
}
