package site_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/attack"
	"sunshine/site/period"
)

// exposure is a folder that once gave a hidden count away.
type exposure struct {
	files  map[string]string // of data/stats, CSV, and of data/
	before map[string]string // what stood there when the output folder was written first
	want   map[string]string // file/field: what is published
	stops  string            // the problem that stops the build instead
}

// descriptor makes the YAML of a statistic whose fields are given as name:role or
// name:risk, with the unit after another colon.
func descriptor(title string, fields ...string) string {
	s := "title: " + title + "\ndescription: 测试。\nsources: [{title: 测试}]\nreleased: 2026-10-12\nschema:\n  fields:\n"
	for _, f := range fields {
		p := strings.Split(f+"::", ":")
		switch p[1] {
		case "period", "unit", "category":
			s += fmt.Sprintf("    - {name: %q, role: %s}\n", p[0], p[1])
		default:
			s += fmt.Sprintf("    - {name: %q, role: measure, risk: %s, unit: %q}\n", p[0], p[1], p[2])
		}
	}
	return s
}

var exposures = map[string]exposure{
	"exposure/build-without-release": {
		files:  map[string]string{"stats/c.csv": "期间,拘留（人）\n2026年1-8月,42\n", "stats/c.yaml": descriptor("甲", "期间:period", "拘留（人）:person:人")},
		before: map[string]string{"stats/c.csv": "期间,拘留（人）\n2026年1-7月,40\n"},
		stops:  "disclosure/unreleased",
	},
	"exposure/change-column": {
		files: map[string]string{"stats/x.csv": "期间,拘留（人）,比上年增减（人）\n2023年,25,5\n2024年,10,-15\n2025年,3,-7\n", "stats/x.yaml": descriptor("甲", "期间:period", "拘留（人）:person:人", "比上年增减（人）:none:人")},
		want:  map[string]string{"x/拘留（人）": "25 10 [c]", "x/比上年增减（人）": "5 -15 [c]"},
	},
	"exposure/one-cell-differs-unlinks": {
		files: map[string]string{
			"stats/sex.csv": "期间,性别,人数\n2025年,男,3\n2025年,女,50\n2025年,合计,53\n2024年,男,20\n2024年,女,30\n2024年,合计,50\n", "stats/sex.yaml": descriptor("按性别", "期间:period", "性别:category", "人数:person:人"),
			"stats/women.csv": "期间,性别,人数\n2025年,女,50\n2024年,女,31\n", "stats/women.yaml": descriptor("女性", "期间:period", "性别:category", "人数:person:人")},
		stops: "disclosure/disagree",
	},
	"exposure/pattern-changes": {
		files:  map[string]string{"stats/x.csv": "类别,甲,乙,丙,合计\n一,2,9,30,41\n二,8,20,40,68\n三,33,41,52,126\n四,5,5,70,80\n合计,48,75,192,315\n", "stats/x.yaml": descriptor("甲", "类别:category", "甲:person:人", "乙:person:人", "丙:person:人", "合计:person:人")},
		before: map[string]string{"stats/x.csv": "类别,甲,乙,丙,合计\n一,2,9,30,41\n二,8,20,40,68\n三,33,41,52,126\n合计,43,70,122,235\n"},
		want:   map[string]string{"x/甲": "[c] [c] 33 5 48", "x/合计": "41 68 126 80 315"},
	},
	"exposure/rate-per-10000": {
		files: map[string]string{"stats/x.csv": "类别,常住人口（人）,被害人（人）,每万人被害人数\n甲镇,12000,3,2.5\n乙镇,30000,60,20\n丙镇,10000,50,50\n", "stats/x.yaml": descriptor("甲", "类别:category", "常住人口（人）:none:人", "被害人（人）:person:人", "每万人被害人数:none:人/万人")},
		want:  map[string]string{"x/被害人（人）": "[c] 60 50", "x/每万人被害人数": "[c] 20 50", "x/常住人口（人）": "12000 30000 10000"},
	},
	"exposure/ratio-and-per-head": {
		files: map[string]string{"stats/x.csv": "类别,男,女,男女比,涉案金额（万元）,男均（万元）\n甲,3,30,0.1,300,100\n乙,20,30,0.667,200,10\n", "stats/x.yaml": descriptor("甲", "类别:category", "男:person:人", "女:person:人", "男女比:none:倍", "涉案金额（万元）:none:万元", "男均（万元）:none:万元")},
		want:  map[string]string{"x/男": "[c] 20", "x/男女比": "[c] 0.667", "x/男均（万元）": "[c] 10", "x/涉案金额（万元）": "300 200"},
	},
	"exposure/round-keeps-exact-rate": {
		files: map[string]string{"stats/x.csv": "类别,参加（人）,受伤（人）,受伤率（%）\n甲,143,3,2.10\n乙,260,50,19.23\n", "stats/x.yaml": descriptor("甲", "类别:category", "参加（人）:person:人", "受伤（人）:person:人", "受伤率（%）:none:%") + "disclosure: round\n"},
		want:  map[string]string{"x/参加（人）": "145 260", "x/受伤（人）": "5 50", "x/受伤率（%）": "[c] [c]"},
	},
	"exposure/round-pins": {
		files: map[string]string{"stats/x.csv": "类别,人数\n甲,2\n乙,2\n丙,2\n丁,2\n合计,8\n", "stats/x.yaml": descriptor("甲", "类别:category", "人数:person:人") + "disclosure: round\n"},
		want:  map[string]string{"x/人数": "[c] [c] [c] [c] [c]"},
	},
	"exposure/two-breakdowns-no-total": {
		files: map[string]string{
			"stats/age.csv": "期间,年龄,人数\n2025年,未成年,20\n2025年,成年,33\n2024年,未成年,20\n2024年,成年,30\n", "stats/age.yaml": descriptor("甲", "期间:period", "年龄:category", "人数:person:人"),
			"stats/sex.csv": "期间,性别,人数\n2025年,男,3\n2025年,女,50\n2024年,男,20\n2024年,女,30\n", "stats/sex.yaml": descriptor("甲", "期间:period", "性别:category", "人数:person:人")},
		want: map[string]string{"sex/人数": "[c] 50 20 30", "age/人数": "[c] 33 20 30"},
	},
	"exposure/units-and-bureau-total-elsewhere": {
		files: map[string]string{
			"units.csv":   "id,name,level,parent\ncity,测试市公安局,bureau,\na,甲分局,sub-bureau,测试市公安局\nb,乙分局,sub-bureau,测试市公安局\nc,丙分局,sub-bureau,测试市公安局\n",
			"stats/t.csv": "期间,救助（人）\n2025年,92\n2024年,80\n", "stats/t.yaml": descriptor("甲", "期间:period", "救助（人）:person:人"),
			"stats/u.csv": "期间,单位,救助（人）\n2025年,甲分局,2\n2025年,乙分局,50\n2025年,丙分局,40\n", "stats/u.yaml": descriptor("甲", "期间:period", "单位:unit", "救助（人）:person:人")},
		want: map[string]string{"t/救助（人）": "92 80", "u/救助（人）": "[c] [c] 40"},
	},
}

// TestExposures builds each and holds what is published; the auditor, who reads
// nothing else, finds nothing in it.
func TestExposures(t *testing.T) {
	for name, e := range exposures {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(files map[string]string) {
				for name, text := range files {
					full := filepath.Join(dir, "data", name)
					if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			write(map[string]string{"site.yaml": "title: 测试\norganisation: 测试市公安局\n"})
			write(e.files)
			options := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), AsOf: period.NewDate(2026, 10, 31), Jobs: 1, Version: "test"}
			build := func() (errors []string) {
				_, problems, err := site.Build(context.Background(), options)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range problems {
					if p.Severity > 0 && problems.Errors() > 0 {
						errors = append(errors, p.Position.File+" "+p.Rule.String()+" "+p.Message.EN)
					}
				}
				return errors
			}
			publications := []fs.FS{}
			if e.before != nil {
				write(e.before)
				if errors := build(); len(errors) > 0 {
					t.Fatal(errors)
				}
				old := t.TempDir()
				if err := os.CopyFS(old, os.DirFS(options.Out)); err != nil {
					t.Fatal(err)
				}
				publications = append(publications, os.DirFS(old))
				write(e.files)
			}
			errors := build()
			if e.stops != "" {
				if !strings.Contains(strings.Join(errors, "\n"), e.stops) {
					t.Errorf("%s does not stop the build: %v", e.stops, errors)
				}
				return
			}
			if len(errors) > 0 {
				t.Fatal(errors)
			}
			for at, want := range e.want {
				statistic, field, _ := strings.Cut(at, "/")
				if got := columnOf(t, options.Out, statistic, field); got != want {
					t.Errorf("%s: %s, want %s", at, got, want)
				}
			}
			for _, f := range attack.Sites(append(publications, os.DirFS(options.Out))).Findings {
				t.Errorf("a stranger finds: %+v", f)
			}
		})
	}
}

// columnOf gives a column of the CSV of a statistic.
func columnOf(t *testing.T, out, statistic, field string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(out, "stats", statistic, statistic+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for i, name := range rows[0] {
		if name == field {
			for _, row := range rows[1:] {
				cells = append(cells, row[i])
			}
		}
	}
	return strings.Join(cells, " ")
}
