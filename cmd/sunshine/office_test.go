package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const officeCases = "../../../shared/cases/office"

// officeWant is want.json of a case.
type officeWant struct {
	Name      string
	Args      []string
	Before    []string
	Figures   []officeFigure
	Totals    []officeFigure
	Tables    []struct{ Figures, Totals []officeFigure }
	Protected bool
	Secret    []string
	Hidden    []string
	Refuse    *struct {
		File, Sheet string
		Cell        cells
		Every       bool
	}
	Either bool
}

type officeFigure struct {
	Start, End string
	Categories []string
	Value      float64
	Unit       string
	Tolerance  float64
	Or         []struct {
		Start, End string
		Categories []string
	}
}

// cells is one cell or several.
type cells []string

func (c *cells) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*c = cells{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(c))
}

// runOffice runs the command in this process, on the day of the cases.
func runOffice(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	day := strconv.FormatInt(time.Date(2026, 10, 31, 4, 0, 0, 0, time.UTC).Unix(), 10)
	c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: &err, now: time.Now, env: func(name string) string {
		if name == "SOURCE_DATE_EPOCH" {
			return day
		}
		return ""
	}}
	code = c.run(context.Background(), args)
	return code, out.String(), err.String()
}

// officeFolders are all of ../shared/cases/office.
var officeFolders = []string{
	"01-title-and-filler", "02-two-row-header", "03-three-row-header", "04-months-under-years", "05-years-across-with-total", "06-sheet-a-month",
	"07-sheet-a-station", "08-two-tables", "09-notes-with-figures", "10-totals-by-formula", "11-change-as-percent-format", "12-percent-as-number",
	"13-dates-as-serials", "14-numbers-as-text", "15-blank-rows-and-columns", "16-merged-categories", "17-hidden", "18-serial-column-and-unit-row",
	"19-formula-without-value", "20-error-value", "21-gbk-csv", "22-year-and-month-columns", "23-cumulative", "24-ledger-with-dates", "25-empty-workbook",
	"26-html-called-xlsx", "27-with-a-password", "28-month-after", "29-older-figure-changed", "30-layout-changed", "31-small-counts-of-persons",
	"32-a-million-blank-rows", "33-wrong-total",
}

// TestOffice imports and builds every case as an office would, and holds what is
// published against what is wanted.
func TestOffice(t *testing.T) {
	if _, err := os.Stat(officeCases); err != nil {
		t.Skip("the cases are not here")
	}
	for _, name := range officeFolders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			officeCase(t, filepath.Join(officeCases, name))
		})
	}
	entries, _ := os.ReadDir(officeCases)
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(officeFolders, e.Name()) {
			t.Errorf("%s is not run", e.Name())
		}
	}
}

func officeCase(t *testing.T, folder string) {
	data, err := os.ReadFile(filepath.Join(folder, "want.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want officeWant
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "data"), 0o755)
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, "data", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("site.yaml", "title: 阳光警务\norganization: 示范县公安局\nbase_url: https://example.org/\n")
	if units, err := os.ReadFile(filepath.Join(folder, "units.csv")); err == nil {
		put("units.csv", string(units))
	}
	var file string
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if n := e.Name(); n != "want.json" && n != "units.csv" && !slices.Contains(want.Before, n) {
			file = filepath.Join(folder, n)
		}
	}
	args := []string{"--yes", "--as", "t"}
	for _, before := range want.Before {
		if code, _, stderr := runOffice(append([]string{"import", "--dir", dir, "--yes", "--as", "t"}, filepath.Join(folder, before))...); code != 0 {
			t.Fatalf("%s: exit %d: %s", before, code, stderr)
		}
	}
	if want.Args != nil {
		args = want.Args
	}
	before := snapshot(t, dir)
	code, stdout, stderr := runOffice(slices.Concat([]string{"import"}, args, []string{"--dir", dir, "--format", "json", file})...)
	var said importedJSON
	if err := json.Unmarshal([]byte(stdout), &said); err != nil {
		t.Fatalf("exit %d: %v\n%s%s", code, err, stdout, stderr)
	}
	if want.Refuse != nil && (code != 0 || !want.Either) {
		if code != 1 {
			t.Errorf("exit %d, and 1 is wanted\n%s", code, stdout)
		}
		met := 0
		for _, cell := range append(cells{}, want.Refuse.Cell...) {
			if said.at(want.Refuse.File, want.Refuse.Sheet, cell) {
				met++
			}
		}
		if len(want.Refuse.Cell) == 0 && said.at(want.Refuse.File, "", "") {
			met++
		}
		if met == 0 || want.Refuse.Every && met < len(want.Refuse.Cell) {
			t.Errorf("nothing is said at %v:\n%s", *want.Refuse, stdout)
		}
		if after := snapshot(t, dir); !maps.Equal(before, after) {
			t.Errorf("files were changed: %v", after)
		}
		if want.Figures == nil || want.Either {
			return
		}
	} else if code != 0 {
		t.Fatalf("exit %d\n%s%s", code, stdout, stderr)
	}
	for _, hidden := range want.Hidden {
		if !slices.ContainsFunc(said.Tables, func(one importedTable) bool {
			return slices.ContainsFunc(one.Skipped, func(s importedPlace) bool { return s.Sheet == hidden || s.Range == hidden })
		}) {
			t.Errorf("skipped does not name %s:\n%s", hidden, stdout)
		}
	}
	if code, out, stderr := runOffice("build", "--as-of", "2026-10-31", dir); code != 0 {
		t.Fatalf("build: exit %d\n%s%s\n%v", code, out, stderr, snapshot(t, dir))
	} else {
		for line := range strings.Lines(stderr) {
			if strings.Contains(line, "data/stats/") || strings.Contains(line, "data/imports/") {
				t.Log(strings.TrimSpace(line))
			}
		}
	}
	tables := want.Tables
	names := []string{want.Name}
	if tables == nil {
		tables = append(tables, struct{ Figures, Totals []officeFigure }{want.Figures, want.Totals})
	} else {
		names = nil
		for _, one := range said.Tables {
			names = append(names, one.Name)
		}
	}
	if len(names) != len(tables) {
		t.Fatalf("statistics: %v, and %d are wanted", names, len(tables))
	}
	for i, table := range tables {
		publishedAs(t, filepath.Join(dir, "public", "stats", names[i], names[i]+".csv"), table.Figures, table.Totals, want.Protected)
	}
	for _, secret := range want.Secret {
		for _, top := range []string{"public", filepath.Join("data", "stats")} {
			for name, content := range snapshot(t, filepath.Join(dir, top)) {
				if strings.Contains(content, secret) || strings.Contains(name, secret) {
					t.Errorf("%s stands in %s/%s", secret, top, name)
				}
			}
		}
	}
}

type importedPlace struct{ Sheet, Range, Cell, File, Severity string }

type importedTable struct {
	File, Sheet, Name string
	Skipped           []importedPlace
	Questions         []importedPlace
}

type importedJSON struct {
	Tables   []importedTable
	Problems []importedPlace
}

// at tells whether something is said at a cell of a file.
func (j importedJSON) at(file, sheet, cell string) bool {
	is := func(f string, p importedPlace) bool {
		return filepath.Base(f) == file && (sheet == "" || p.Sheet == sheet) && (cell == "" || p.Cell == cell)
	}
	for _, p := range j.Problems {
		if p.Severity == "error" && is(p.File, p) {
			return true
		}
	}
	for _, one := range j.Tables {
		for _, q := range one.Questions {
			if is(one.File, q) {
				return true
			}
		}
	}
	return false
}

// snapshot gives all files below a folder.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// publishedAs holds a published table against the figures that must stand in it, each
// in exactly one row, and against the totals that may. Nothing else may appear.
func publishedAs(t *testing.T, file string, figures, totals []officeFigure, protected bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type cell struct {
		start, end, words, value, unit string
		total                          bool
	}
	var all []cell
	header := rows[0]
	column := func(name string) int { return slices.Index(header, name) }
	for _, row := range rows[1:] {
		words, start, end, kind := "", "", "", ""
		for i, name := range header {
			switch {
			case name == "row_type":
				kind = row[i]
			case strings.HasSuffix(name, "_start"):
				start = row[i]
			case strings.HasSuffix(name, "_end"):
				end = row[i]
			}
		}
		for i, name := range header {
			if !strings.HasSuffix(name, "）") && !strings.HasSuffix(name, "_status") && !strings.HasSuffix(name, "_start") && !strings.HasSuffix(name, "_end") && column(name+"_start") < 0 && name != "row_type" && !strings.HasSuffix(name, "_sent") {
				words += "|" + row[i]
			}
		}
		for i, name := range header {
			if !strings.HasSuffix(name, "）") { // every figure of the cases has its unit
				continue
			}
			unit := ""
			if before, inside, ok := strings.Cut(name, "（"); ok && before != "" {
				unit = strings.TrimSuffix(inside, "）")
			}
			named := words + "|" + name
			all = append(all, cell{start, end, named, row[i], unit, kind == "total" || strings.Contains(named, "合计") || strings.Contains(named, "小计")})
		}
	}
	if len(all) == 0 {
		t.Fatalf("no figure is found in %s:\n%s", file, data)
	}
	used := map[int]string{}
	match := func(f officeFigure, total bool) (found []int) {
		ways := []struct {
			Start, End string
			Categories []string
		}{{f.Start, f.End, f.Categories}}
		ways = append(ways, f.Or...)
		for i, c := range all {
			for _, way := range ways {
				start, end := way.Start, way.End
				if start == "" {
					start, end = f.Start, f.End
				}
				words := way.Categories
				if words == nil {
					words = f.Categories
				}
				if c.total != total || c.start != start || c.end != end || len(words) == 0 {
					continue
				}
				named := true
				for _, w := range words {
					named = named && strings.Contains(c.words, w)
				}
				for _, sign := range []string{"上年同期", "去年同期", "同比", "累计"} { // a figure that does not say so is none of these
					named = named && (!strings.Contains(c.words, sign) || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, sign) }))
				}
				if !named || f.Unit != "" && c.unit != f.Unit {
					continue
				}
				value, err := strconv.ParseFloat(strings.TrimSuffix(c.value, "%"), 64)
				if err == nil && math.Abs(value-f.Value) <= f.Tolerance+1e-9 || err != nil && protected && c.value == "[c]" {
					found = append(found, i)
					break
				}
			}
		}
		return found
	}
	shown := 0
	for _, f := range figures {
		found := match(f, false)
		if len(found) != 1 {
			t.Errorf("%v %s stands %d times", f.Categories, f.Start, len(found))
			continue
		}
		i := found[0]
		if used[i] != "" {
			t.Errorf("%v %s is taken from the cell of another figure: %v", f.Categories, f.Start, all[i])
		}
		if used[i] = "figure"; all[i].value != "[c]" {
			shown++
		}
		if protected && f.Value >= 1 && f.Value <= 4 && all[i].value != "[c]" {
			t.Errorf("%v is published as %s", f.Categories, all[i].value)
		}
	}
	if shown == 0 {
		t.Error("every figure is withheld")
	}
	for _, f := range totals {
		for _, i := range match(f, true) {
			used[i] = "total"
		}
	}
	for i, c := range all {
		if used[i] == "" && c.value != "[x]" {
			t.Errorf("nobody wants %v", c)
		}
	}
	if t.Failed() {
		t.Logf("%s:\n%s", file, data)
	}
}
