package site_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/attack"
	"sunshine/site/period"
	"sunshine/site/problem"
)

var bureaus = flag.Int("bureaus", 6, "how many random bureaus of each kind are built and audited")

// folder is the data of a random bureau, publication by publication.
type folder map[string]string

// small is a count as a bureau has them: many small, some none.
func small(r *rand.Rand) int {
	switch r.IntN(4) {
	case 0:
		return r.IntN(6)
	case 1:
		return r.IntN(20)
	}
	return r.IntN(90)
}

// totalName is one of the names that offices give a total.
func totalName(r *rand.Rand) string {
	names := []string{"合计", "总计", "总数", "全市", "小计", "共计", "All", "Overall", "合　计"}
	return names[r.IntN(len(names))]
}

// lines writes a CSV, sometimes with a column that numbers the rows.
func lines(r *rand.Rand, header string, rows []string) string {
	if r.IntN(3) == 0 {
		header = "序号," + header
		for i := range rows {
			rows[i] = fmt.Sprintf("%d,%s", i+1, rows[i])
		}
	}
	return header + "\n" + strings.Join(rows, "\n") + "\n"
}

var kinds = map[string]func(r *rand.Rand) []folder{
	"two-way": func(r *rand.Rand) []folder {
		n, m := 2+r.IntN(5), 2+r.IntN(5)
		total, names := totalName(r), r.IntN(4)
		columns := make([]int, m+1)
		var rows []string
		for i := range n {
			sum := 0
			for j := range m {
				v := small(r)
				sum, columns[j], columns[m] = sum+v, columns[j]+v, columns[m]+v
				rows = append(rows, fmt.Sprintf("街%d,类%d,%d", i, j, v))
			}
			if names&1 == 0 {
				rows = append(rows, fmt.Sprintf("街%d,%s,%d", i, total, sum))
			}
		}
		if names&2 == 0 {
			for j := range m {
				rows = append(rows, fmt.Sprintf("%s,类%d,%d", total, j, columns[j]))
			}
			rows = append(rows, fmt.Sprintf("%s,%s,%d", total, total, columns[m]))
		}
		return []folder{{"stats/x.csv": lines(r, "街区,类别,救助人数", rows)}}
	},
	"three-way": func(r *rand.Rand) []folder {
		size := [3]int{2 + r.IntN(2), 2 + r.IntN(2), 2 + r.IntN(3)}
		values := map[[3]int]int{}
		for i := range size[0] * size[1] * size[2] {
			at := [3]int{i / size[1] / size[2], i / size[2] % size[1], i % size[2]}
			v := small(r)
			for mask := range 8 {
				sum := at
				for d := range 3 {
					if mask>>d&1 == 1 {
						sum[d] = size[d]
					}
				}
				values[sum] += v
			}
		}
		var shown [8]bool
		for i := range shown {
			shown[i] = i == 0 || r.IntN(3) > 0
		}
		name := func(d, i int) string {
			if i == size[d] {
				return "合计"
			}
			return fmt.Sprintf("%c%d", "ABC"[d], i)
		}
		var rows []string
		for i := range (size[0] + 1) * (size[1] + 1) * (size[2] + 1) {
			at := [3]int{i / (size[1] + 1) / (size[2] + 1), i / (size[2] + 1) % (size[1] + 1), i % (size[2] + 1)}
			mask := 0
			for d := range 3 {
				if at[d] == size[d] {
					mask |= 1 << d
				}
			}
			if shown[mask] {
				rows = append(rows, fmt.Sprintf("%s,%s,%s,%d", name(0, at[0]), name(1, at[1]), name(2, at[2]), values[at]))
			}
		}
		return []folder{{"stats/x.csv": lines(r, "街区,类别,性别,救助人数", rows)}}
	},
	"levels of units": func(r *rand.Rand) []folder {
		files := folder{"units.csv": "id,name,level,parent\nb,市局,bureau,\n"}
		var rows []string
		whole := 0
		for i := range 2 + r.IntN(2) {
			files["units.csv"] += fmt.Sprintf("s%d,分局%d,sub-bureau,市局\n", i, i)
			sum := 0
			for j := range 2 + r.IntN(2) {
				files["units.csv"] += fmt.Sprintf("s%dp%d,所%d之%d,station,分局%d\n", i, j, i, j, i)
				v := small(r)
				sum += v
				rows = append(rows, fmt.Sprintf("所%d之%d,%d", i, j, v))
			}
			whole += sum
			rows = append(rows, fmt.Sprintf("分局%d,%d", i, sum))
		}
		rows = append(rows, fmt.Sprintf("市局,%d", whole))
		files["stats/x.csv"] = lines(r, "单位,救助人数", rows)
		return []folder{files}
	},
	"months and years": func(r *rand.Rand) []folder {
		var months, years []string
		for y := 2023; y < 2025+r.IntN(2); y++ {
			sum, part := 0, 0
			for m := 1; m <= 12; m++ {
				v := small(r)
				sum += v
				if m <= 8 {
					part += v
				}
				months = append(months, fmt.Sprintf("%d年%d月,%d", y, m, v))
			}
			years = append(years, fmt.Sprintf("%d年,%d", y, sum))
			if r.IntN(3) == 0 {
				years = append(years, fmt.Sprintf("%d年1-8月,%d", y, part))
			}
		}
		return []folder{{"stats/months.csv": lines(r, "期间,拘留人数", months), "stats/years.csv": lines(r, "期间,拘留人数", years)}}
	},
	"typed rates": func(r *rand.Rand) []folder {
		var rows []string
		for i := range 4 + r.IntN(5) {
			a, b, p := small(r), 20+small(r), 5000+r.IntN(90000)
			rows = append(rows, fmt.Sprintf("镇%d,%d,%d,%d,%.2f,%.1f,%.3f", i, p, a, b, 1e4*float64(a)/float64(p), 100*float64(a)/float64(a+b), float64(a)/float64(b)))
		}
		return []folder{{"stats/x.csv": lines(r, "乡镇,常住人口（人）,被害人（人）,走访（户次）,每万人被害,占比（%）,比值（倍）", rows)}}
	},
	"typed changes": func(r *rand.Rand) []folder {
		var rows []string
		before := 10 + small(r)
		for y := range 6 {
			v := small(r)
			rows = append(rows, fmt.Sprintf("%d年,%d,%d", 2020+y, v, v-before))
			before = v
		}
		return []folder{{"stats/x.csv": lines(r, "期间,拘留（人）,比上年增减（人）", rows)}}
	},
	"two breakdowns": func(r *rand.Rand) []folder {
		var sex, age []string
		for y := range 3 {
			a, b := small(r), small(r)
			first := r.IntN(a + b + 1)
			sex = append(sex, fmt.Sprintf("%d年,男,%d", 2023+y, a), fmt.Sprintf("%d年,女,%d", 2023+y, b))
			age = append(age, fmt.Sprintf("%d年,未成年,%d", 2023+y, first), fmt.Sprintf("%d年,成年,%d", 2023+y, a+b-first))
		}
		return []folder{{"stats/sex.csv": lines(r, "期间,性别,被害人数", sex), "stats/age.csv": lines(r, "期间,年龄,被害人数", age)}}
	},
	"units and the bureau": func(r *rand.Rand) []folder {
		files := folder{"units.csv": "id,name,level,parent\nb,市局,bureau,\n"}
		n := 2 + r.IntN(4)
		for i := range n {
			files["units.csv"] += fmt.Sprintf("s%d,分局%d,sub-bureau,市局\n", i, i)
		}
		var units, whole []string
		for y := range 3 {
			sum := 0
			for i := range n {
				v := small(r)
				sum += v
				units = append(units, fmt.Sprintf("%d年,分局%d,%d", 2023+y, i, v))
			}
			whole = append(whole, fmt.Sprintf("%d年,%d", 2023+y, sum))
		}
		files["stats/units.csv"], files["stats/whole.csv"] = lines(r, "期间,单位,救助人数", units), lines(r, "期间,救助人数", whole)
		return []folder{files}
	},
	"releases": func(r *rand.Rand) []folder {
		a, b := small(r)+30, small(r)+30
		field, file, first := "拘留人数", "kinds", "甲"
		var all []folder
		for m := 6; m < 10; m++ {
			a, b = a+small(r)/4, b+small(r)/4
			all = append(all, folder{"stats/" + file + ".csv": fmt.Sprintf("期间,类别,%s\n2026年1-%d月,%s,%d\n2026年1-%d月,乙,%d\n2026年1-%d月,合计,%d\n", field, m, first, a, m, b, m, a+b)})
			switch r.IntN(5) {
			case 0:
				field = "行政拘留人数"
			case 1:
				file = "detained"
			case 2:
				first = "甲类"
			}
		}
		return all
	},
	"parts of parts": func(r *rand.Rand) []folder {
		var rows []string
		for i := range 3 + r.IntN(4) {
			a, b := small(r), small(r)
			rows = append(rows, fmt.Sprintf("街%d,%d,%d,%d,%d,%d", i, a, r.IntN(a+1), b, r.IntN(b+1), a+b))
		}
		return []folder{{"stats/x.csv": lines(r, "街区,男,其中：男未成年,女,其中：女未成年,合计", rows)}}
	},
	"rounded": func(r *rand.Rand) []folder {
		sum := 0
		var rows []string
		for i := range 3 + r.IntN(5) {
			v := small(r)
			sum += v
			rows = append(rows, fmt.Sprintf("类%d,%d", i, v))
		}
		rows = append(rows, fmt.Sprintf("合计,%d", sum))
		return []folder{{"stats/x.csv": "类别,救助人数\n" + strings.Join(rows, "\n") + "\n", "stats/x.yaml": "title: 甲\nsources: [{title: 测试}]\ndisclosure: round\n"}}
	},
}

// seeds are those of a kind: as many as are asked for, and those that were found to be
// hard.
func seeds(kind string) []int {
	var all []int
	for seed := range *bureaus {
		all = append(all, seed)
	}
	for _, hard := range map[string][]int{"three-way": {12, 27}}[kind] {
		if !slices.Contains(all, hard) {
			all = append(all, hard)
		}
	}
	return all
}

// TestRandomBureaus builds random bureaus of every kind and has each audited, with
// all that was published of it before.
func TestRandomBureaus(t *testing.T) {
	for kind, make := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			withheld, found, counts := 0, 0, map[string]int{}
			for _, seed := range seeds(kind) {
				r := rand.New(rand.NewPCG(uint64(seed), 8))
				dir := t.TempDir()
				o := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), AsOf: period.NewDate(2026, 10, 31), Jobs: 1, Version: "test"}
				var publications []fs.FS
				folders, revisions := make(r), ""
				for n, files := range folders {
					os.RemoveAll(filepath.Join(dir, "data", "stats"))
					putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 测试\norganisation: 测试市公安局\n")
					for name, text := range files {
						putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
					}
					if n > 0 { // what was taken off or changed has its reason
						revisions += removed(folders[n-1], files)
						putFile(t, filepath.Join(dir, "data", "revisions.csv"), "date,statistic,period,field,unit,old,new,reason,approved_by\n"+revisions)
					}
					if _, problems, err := site.Release(context.Background(), o, fmt.Sprintf("r%d", n)); err != nil || problems.Errors() > 0 {
						t.Fatalf("seed %d: %v %v\n%v", seed, err, messages(problems), files)
					}
					os.RemoveAll(o.Out)
					if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
						t.Fatalf("seed %d: %v %v\n%v", seed, err, messages(problems), files)
					}
					released, err := filepath.Glob(filepath.Join(o.Out, "releases", "latest", "*.csv"))
					if err != nil {
						t.Fatal(err)
					}
					for _, file := range released { // a pattern does not change where the data did not
						name := filepath.Base(file)
						was, _ := os.ReadFile(file)
						now, err := os.ReadFile(filepath.Join(o.Out, "stats", strings.TrimSuffix(name, ".csv"), name))
						if err != nil || string(was) != string(now) {
							t.Errorf("seed %d: %s was published as\n%s and is built as\n%s", seed, name, was, now)
						}
					}
					old := t.TempDir()
					if err := os.CopyFS(old, os.DirFS(o.Out)); err != nil {
						t.Fatal(err)
					}
					publications = append(publications, os.DirFS(old))
				}
				report := attack.Sites(publications)
				if alone := attack.Sites(publications[len(publications)-1:]); len(alone.Findings) != len(report.Findings) || len(alone.Unread) > 0 {
					t.Errorf("seed %d: the last site alone tells %v, not read %v; all of them %v", seed, alone.Findings, alone.Unread, report.Findings)
				}
				withheld += report.Withheld
				found += len(report.Findings)
				for _, f := range report.Findings {
					counts["findings"]++
					if counts["findings"] <= 3 {
						t.Errorf("seed %d: a stranger computes %+v\n%v", seed, f, folders)
					}
				}
			}
			t.Logf("%s: %d bureaus, %d cells withheld, %d findings", kind, *bureaus, withheld, found)
		})
	}
}

// removed writes the rows of revisions.csv for what one folder has and the next
// has not: a file, a column, a row.
func removed(before, now folder) string {
	text := ""
	line := func(name, period, field string) {
		text += fmt.Sprintf("2026-10-20,%s,%s,%s,,,撤下,更换,张主任\n", name, period, field)
	}
	for path, old := range before {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		if _, ok := now[path]; !ok {
			line(name, "", "")
			continue
		}
		rows, header := map[string]bool{}, ""
		for i, row := range strings.Split(strings.TrimSpace(now[path]), "\n") {
			cells := strings.Split(row, ",")
			if i == 0 {
				header = cells[len(cells)-1]
			}
			rows[strings.Join(cells[:len(cells)-1], "/")] = true
		}
		for i, row := range strings.Split(strings.TrimSpace(old), "\n") {
			cells := strings.Split(row, ",")
			key := strings.Join(cells[:len(cells)-1], "/")
			if field := cells[len(cells)-1]; i == 0 && field != header {
				line(name, "", field)
			} else if i > 0 && !rows[key] {
				line(name, key, "")
			}
		}
	}
	return text
}

// messages writes problems, a line each.
func messages(problems problem.List) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", p.Position, p.Severity, p.Message.EN, p.Rule)
	}
	return b.String()
}
