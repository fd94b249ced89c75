package site_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/bureau"
)

// What is published is computed again by two programs in Python, which share no code
// with the one that publishes it: data/verify.py, which readers get, from the
// published tables alone, and testdata/recount/recount.py from the inputs.

const (
	verifyProgram  = "opendata/verify.py"
	recountProgram = "testdata/recount/recount.py"
)

// python runs a program and gives what it printed, and whether it found nothing.
func python(t *testing.T, args ...string) (printed string, clean bool) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute) // a program that hangs prints nothing, and fails
	defer stop()
	out, err := exec.CommandContext(ctx, path, args...).CombinedOutput()
	if strings.Contains(string(out), "Traceback") {
		t.Fatalf("%v: %s", args, out)
	}
	return string(out), err == nil
}

// recounted makes the site of a folder of random data.
func recounted(t *testing.T, dir string) {
	t.Helper()
	_, problems, err := site.Build(context.Background(), options(dir, filepath.Join(dir, "public")))
	if err != nil || problems.Errors() > 0 {
		t.Fatalf("%s: %v %v", dir, err, problems)
	}
}

// verified has the program for readers hold a site, as it stands and as the archive.
func verified(t *testing.T, dir string) {
	t.Helper()
	for _, path := range []string{"public", "public/data/all.zip"} {
		if out, clean := python(t, verifyProgram, filepath.Join(dir, filepath.FromSlash(path))); !clean {
			t.Errorf("%s:\n%s", path, out)
		}
	}
}

func TestVerifyDemonstration(t *testing.T) {
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	verified(t, dir)
	archive, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(bureau.ArchiveFile)))
	if err != nil || len(archived(t, archive)[bureau.VerifyFile]) == 0 {
		t.Error("the archive lacks the program", err)
	}
	out, _ := python(t, filepath.Join(dir, "public", "data", "verify.py")) // finds the folder that it stands in
	for _, kind := range []string{"derived figures：10", "declared checks：7", "totals in rows：", "verdicts of targets：7", "changes：202", "revised figures：12", "withheld", "differences：0"} {
		if !strings.Contains(out, kind) {
			t.Errorf("the program does not say %q:\n%s", kind, out)
		}
	}
}

// TestVerifyTampering changes one thing in a published file, with its hash or
// without: the program names the place.
func TestVerifyTampering(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": caseSettings,
		"units.csv": "id,name,level,parent\nb,市局,bureau,\ne,东所,station,市局\nw,西所,station,市局\n",
		"stats/a.csv": "期间,单位,受理（件）,办结（件）\n2024年,东所,400,300\n2024年,西所,200,100\n2024年,合计,600,400\n" +
			"2025年,东所,500,399\n2025年,西所,300,201\n2025年,合计,800,600\n2026年1-8月,东所,320,200\n2026年1-8月,西所,[x],90\n2026年1-8月,合计,500,290\n",
		"stats/a.yaml": "title: 甲\nsources: [{title: 测试}]\nfrequency: yearly\nreleased: 2026-10-12\ncharts: []\n" +
			"schema:\n  fields:\n    - {name: 期间, role: period}\n    - {name: 单位, role: unit}\n" +
			"    - {name: 受理（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 办结（件）, type: integer, role: measure, unit: 件, risk: event}\n" +
			"checks: [{rule: '$[\"办结（件）\"] <= $[\"受理（件）\"]', hint: 核对}]\n" +
			"derive: [{name: 办结率, value: '$[\"办结（件）\"] / $[\"受理（件）\"]', format: percent}]\n",
		"stats/b.csv":       "类别,男（件）,女（件）,合计（件）,占比（%）\n甲,30,20,50,60.0\n乙,50,30,80,62.5\n",
		"stats/b.yaml":      "title: 乙\nsources: [{title: 测试}]\nfrequency: irregular\nreleased: 2026-10-12\ncharts: []\nschema:\n  fields:\n    - {name: 类别, role: category}\n    - {name: 男（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 女（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 合计（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 占比（%）, type: percent, role: measure, unit: '%', of: [男（件）, 合计（件）]}\n",
		"suggestions/a.csv": "id,ledger,received,unit,summary,discussed,planned,supervised,answered,published,status,answer\nA-1,意见建议,2026-09-01,东所,换灯,2026-09-02,,,,,open,\n",
		"targets.csv":       "statistic,field,unit,period,target,direction,set_by,basis\na,办结率,东所,2025,79.8,at-least,市局,\na,办结率,西所,2025,67.01,at-least,市局,\na,受理（件）,西所,2025,300,不高于,市局,\n@suggestions,complete-share,,意见建议,90,at-least,市局,\n",
	} {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	recounted(t, dir)
	verified(t, dir)
	pristine := tree(t, filepath.Join(dir, "public"))

	for _, c := range []struct{ name, file, old, new, want string }{
		{"a cell of a total", "stats/a/a.csv", "东所,500,399", "东所,501,399", "第7行 row 7 “受理（件）”：公布 published 800，重算 recomputed 801"},
		{"a total", "stats/a/a.csv", "合计,600,400", "合计,610,400", "第4行 row 4 “受理（件）”：公布 published 610，重算 recomputed 600"},
		{"a total of more than is known", "stats/a/a.csv", "合计,500,290", "合计,300,290", "第10行 row 10 “受理（件）”：公布 published 300，重算 recomputed 320"},
		{"a total in a column", "stats/b/b.csv", "50,30,80,62.5", "50,30,81,61.7", "第3行 row 3 “合计（件）”：公布 published 81，重算 recomputed 80"},
		{"a typed share", "stats/b/b.csv", ",60.0", ",60.2", "第2行 row 2 “占比（%）”：公布 published 60.2，重算 recomputed 60"},
		{"a share", "stats/a/a.csv", ",79.80,", ",79.81,", "第5行 row 5 “办结率”：公布 published 79.81，重算 recomputed 79.8"},
		{"a share of what is not there", "stats/a/a.csv", "90,[x],", "90,50.00,", "第9行 row 9 “办结率”：公布 published 50.00，重算 recomputed [x]"},
		{"a check", "stats/a/a.csv", "西所,300,201", "西所,300,301", "第6行 row 6 “$[\"办结（件）\"] <= $[\"受理（件）\"]”"},
		{"a verdict", "targets/targets.csv", ",missed", ",reached", "第3行 row 3 “结论 verdict”：公布 published reached，重算 recomputed missed"},
		{"the row of a verdict", "targets/targets.csv", ",5,reached", ",2,reached", "第2行 row 2 “行 row”：公布 published 2，重算 recomputed 5"},
		{"a change", "data/changes.csv", "monthly-averages,,-4", "monthly-averages,,-5", "data/changes.csv 第2行 row 2 “a 受理（件） percent”：公布 published -5，重算 recomputed -4"},
		{"a change of unlike periods", "data/changes.csv", "monthly-averages,,-4", "like-periods,-180,-36", "data/changes.csv 第2行 row 2 “基期行 base row”"},
		{"no number", "stats/a/a.csv", "西所,300", "西所,3oo", "第6行 row 6 “受理（件）”：公布 published 3oo"},
		{"a total that is called data", "stats/a/a.csv", "2024-12-31,合计,600,400,66.67,total", "2024-12-31,合计,999,400,40.04,data", "第4行 row 4 “row_type”：公布 published data，重算 recomputed total"},
		{"the days of a year", "stats/a/a.csv", "2025-01-01,2025-12-31,西所", "2025-01-01,2025-11-30,西所", "第6行 row 6 “期间”：公布 published 2025-01-01/2025-11-30，重算 recomputed 2025-01-01/2025-12-31"},
		{"a day in another form", "stats/a/a.csv", "2025-01-01", "20250101", "第5行 row 5 “期间_start”：公布 published 20250101"},
		{"no day", "stats/a/a.csv", "2025-01-01", "2025-13-01", "第5行 row 5 “期间_start”：公布 published 2025-13-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			public := filepath.Join(t.TempDir(), "public")
			text := string(pristine[c.file])
			if strings.Count(text, c.old) < 1 {
				t.Fatalf("%q does not stand in\n%s", c.old, text)
			}
			spoilt := strings.Replace(text, c.old, c.new, 1)
			for name, data := range pristine {
				if strings.HasSuffix(name, ".csv") || name == bureau.PackageFile {
					putFile(t, filepath.Join(public, filepath.FromSlash(name)), string(data))
				}
			}
			putFile(t, filepath.Join(public, filepath.FromSlash(c.file)), spoilt)
			out, clean := python(t, verifyProgram, public)
			if clean || !strings.Contains(out, c.file+" “SHA-256”") {
				t.Errorf("nothing is said of the hash:\n%s", out)
			}
			// Whoever changes the hash, too, is still found.
			sum := func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }
			putFile(t, filepath.Join(public, bureau.PackageFile), strings.Replace(string(pristine[bureau.PackageFile]), sum(text), sum(spoilt), 1))
			out, clean = python(t, verifyProgram, public)
			if clean || strings.Contains(out, "SHA-256") || !strings.Contains(out, c.file) || !strings.Contains(out, c.want) {
				t.Errorf("want %q:\n%s", c.want, out)
			}
		})
	}
}

// What a package names cannot make the program hang, or read beside its folder.
func TestVerifyHostilePackage(t *testing.T) {
	dir := t.TempDir()
	table := "期间,数,率\n2024年,1,1\n"
	putFile(t, filepath.Join(dir, "beside.csv"), table)
	putFile(t, filepath.Join(dir, "public", "a.csv"), table)
	for path, want := range map[string]string{"../beside.csv": "“文件 file”：公布 published 没有 not there", "a.csv": "derived"} {
		putFile(t, filepath.Join(dir, "public", bureau.PackageFile), fmt.Sprintf(`{"resources": [{"name": "a", "path": %q, "rows": 1, "hash": "sha256:%x", "schema": {"fields": [
			{"name": "期间", "type": "string", "role": "period"}, {"name": "数", "type": "integer", "role": "measure"},
			{"name": "率", "type": "number", "role": "measure", "formula": "数 * 1e9999999"}]}}]}`, path, sha256.Sum256([]byte(table))))
		if out, _ := python(t, verifyProgram, filepath.Join(dir, "public")); !strings.Contains(out, want) || !strings.Contains(out, "differences：1") {
			t.Errorf("%s: want %q:\n%s", path, want, out)
		}
	}
}

// A figure that was revised is the one that its last revision names.
func TestVerifyRevision(t *testing.T) {
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data", "site.yaml"), caseSettings)
	write := func(n int) {
		putFile(t, filepath.Join(dir, "data", "stats", "a.csv"), fmt.Sprintf("期间,受理（件）\n2024年,%d\n2025年,500\n", n))
	}
	write(400)
	if _, problems, err := site.Release(context.Background(), options(dir, filepath.Join(dir, "public")), "one"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	write(410)
	putFile(t, filepath.Join(dir, "data", "revisions.csv"), "date,statistic,period,field,old,new,reason,approved_by\n2026-10-31,a,2024年,受理（件）,400,410,漏报10件,张主任\n")
	recounted(t, dir)
	verified(t, dir)
	list := filepath.Join(dir, "public", "revisions", "revisions.csv")
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, list, strings.Replace(string(text), ",400,410,", ",400,420,", 1))
	if out, clean := python(t, verifyProgram, filepath.Join(dir, "public")); clean || !strings.Contains(out, "“a 受理（件）”：公布 published 420，重算 recomputed 410") {
		t.Error(out)
	}
}

// A table of 100,000 rows with its changes takes a reader seconds, and no hours: no row is held
// against all.
func TestVerifyLarge(t *testing.T) {
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data", "site.yaml"), caseSettings)
	var table strings.Builder
	table.WriteString("期间,派出所,受理（件）\n")
	for month := range 100 {
		for station := range 1000 {
			fmt.Fprintf(&table, "%d年%d月,第%d派出所,%d\n", 2015+month/12, 1+month%12, station, 200+(month*7919+station*104729)%701)
		}
	}
	putFile(t, filepath.Join(dir, "data", "stats", "a.csv"), table.String())
	putFile(t, filepath.Join(dir, "data", "stats", "a.yaml"), "title: 受理\nfrequency: monthly\nsources: [{title: 台账}]\nreleased: 2023-06-01\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 派出所, type: string, role: category}\n    - {name: 受理（件）, type: integer, role: measure, unit: 件, risk: event}\n")
	result, problems, err := site.Build(context.Background(), options(dir, filepath.Join(dir, "public")))
	if err != nil || !result.Built {
		t.Fatal(err, problems)
	}
	begin := time.Now()
	out, clean := python(t, verifyProgram, filepath.Join(dir, "public"))
	if took := time.Since(begin); !clean || !strings.Contains(out, "增减 changes：2000") || took > 20*time.Second {
		t.Errorf("after %s:\n%s", took, out)
	}
}

// TestRecount has random bureaus, and one whose figures lie exactly on half of the
// last digit shown, computed again from their inputs.
func TestRecount(t *testing.T) {
	halves, bureaus := 300, 12
	if *proof {
		halves, bureaus = 3000, 300
	}
	dir := t.TempDir()
	var folders []string
	for kind, count := range map[string]int{"halves": halves, "random": bureaus} {
		if out, made := python(t, recountProgram, "make", kind, "1", strconv.Itoa(count), filepath.Join(dir, kind)); !made {
			t.Fatal(out)
		}
		found, err := filepath.Glob(filepath.Join(dir, kind, "*"))
		if err != nil {
			t.Fatal(err)
		}
		folders = append(folders, found...)
	}
	slices.Sort(folders)
	for _, folder := range folders {
		recounted(t, folder)
		if out, clean := python(t, verifyProgram, filepath.Join(folder, "public", "data", "all.zip")); !clean {
			t.Errorf("%s:\n%s", folder, out)
		}
	}
	out, clean := python(t, append([]string{recountProgram, "hold"}, folders...)...)
	if !clean {
		t.Error(out)
	}
	t.Logf("%d bureaus: %s", len(folders), strings.TrimSpace(out))
	if m := regexp.MustCompile(`halves: (\d+)`).FindStringSubmatch(out); m == nil {
		t.Error("no halves")
	} else if n, _ := strconv.Atoi(m[1]); n < halves {
		t.Errorf("%d values lie on a half, want %d", n, halves)
	}
}

// The bureaus that the audit of disclosure control makes, with much that is
// withheld, hold, too.
func TestVerifyRandomBureaus(t *testing.T) {
	count := 1
	if *proof {
		count = 20
	}
	for kind, make := range kinds {
		for seed := range count {
			dir := t.TempDir()
			putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 测试\norganisation: 测试市公安局\n")
			for name, text := range make(rand.New(rand.NewPCG(uint64(seed), 8)))[0] {
				putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
			}
			recounted(t, dir)
			if out, clean := python(t, verifyProgram, filepath.Join(dir, "public")); !clean {
				t.Errorf("%s, seed %d:\n%s", kind, seed, out)
			}
		}
	}
}
