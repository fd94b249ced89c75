package site_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// TestHiddenEverywhere builds a bureau whose small counts can be told from all
// other numbers, and searches every file of the site for them: as digits, with
// their thousands grouped, with fractions, and as the heights of bars.
func TestHiddenEverywhere(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"data/site.yaml": "title: 阳光警务\norganization: 示范市公安局\nlanguages: [en]\ndisclosure: {threshold: 8000}\nhome_figures: [people/甲所/盗窃/人数（人）, people/合计/合计/人数（人）]\n",
		"data/stats/people.csv": "所,类别,人数（人）,户数（户）\n" +
			"甲所,盗窃,7331,90001\n甲所,诈骗,86243,90011\n甲所,合计,93574,180012\n" +
			"乙所,盗窃,82473,90023\n乙所,诈骗,84659,90031\n乙所,合计,167132,180054\n" +
			"丙所,盗窃,86111,90059\n丙所,诈骗,87559,90067\n丙所,合计,173670,180126\n" +
			"合计,盗窃,175915,270083\n合计,诈骗,258461,270109\n合计,合计,434376,540192\n",
		"data/stats/people.yaml": `title: 打击处理
schema:
  fields:
    - {name: 所, type: string, role: category}
    - {name: 类别, type: string, role: category}
    - {name: 人数（人）, type: integer, role: measure, risk: person}
    - {name: 户数（户）, type: integer, role: measure, risk: event}
derive:
  - {name: 每户, value: '$["人数（人）"] / $["户数（户）"]'}
charts:
  - {type: grouped-bar, x: 所, by: 类别, y: [人数（人）]}
notes: 甲所盗窃{{people/甲所/盗窃/人数（人）}}。
`,
		"data/stats/months.csv":  "期间,人数（人）\n2026年1-7月,88111\n2026年1-8月,95440\n2025年1-8月,98773\n",
		"data/stats/months.yaml": "title: 逐月\nfrequency: irregular\nschema:\n  fields:\n    - {name: 期间, role: period}\n    - {name: 人数（人）, type: integer, role: measure, risk: person}\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	if _, problems, err := site.Build(context.Background(), options(dir, out)); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	files := tree(t, out)

	csv := string(files["stats/people/people.csv"])
	if !strings.Contains(csv, "434376") {
		t.Fatalf("the total of all is gone:\n%s", csv)
	}
	// What the download has not is hidden: the small count and what gives it away.
	var hidden []string
	for _, n := range []string{"7331", "86243", "93574", "82473", "84659", "167132", "86111", "87559", "173670", "175915", "258461"} {
		if !strings.Contains(csv, n) {
			hidden = append(hidden, n)
		}
	}
	if len(hidden) < 4 || hidden[0] != "7331" {
		t.Fatalf("only %v are hidden:\n%s", hidden, csv)
	}
	hidden = append(hidden, "7329", "95440") // August, and what gives it away
	for _, archive := range []string{"data/all.zip", "data/sources.zip"} {
		for name, data := range archived(t, files[archive]) {
			files[archive+"/"+name] = data
		}
		delete(files, archive)
	}
	hashes := regexp.MustCompile(`"?[0-9a-f]{64}"?|[A-Za-z0-9+/=]{80,}`)
	for name, data := range files {
		if strings.HasPrefix(name, "assets/") && !bureau.IsIndex(name) {
			continue // the same for every bureau
		}
		text := hashes.ReplaceAllString(string(data), "")
		for _, n := range hidden {
			grouped := n[:len(n)-3] + "," + n[len(n)-3:]
			for _, form := range []string{n, grouped} {
				if at := regexp.MustCompile(`(^|[^0-9.])` + form + `([^0-9]|$)`).FindStringIndex(text); at != nil {
					t.Errorf("%s has %s: …%s…", name, form, text[max(0, at[0]-60):min(len(text), at[1]+60)])
				}
			}
		}
	}
	// The input's hash would let anybody try which small numbers give it.
	for name, data := range files {
		if strings.Contains(string(data), inputHash(t, dir, "data/stats/people.csv")) {
			t.Errorf("%s has the hash of the unprotected input", name)
		}
	}
	if got := string(files["stats/people/index.html"]); !strings.Contains(got, "[c]") {
		t.Error("the page does not mark what is hidden")
	}
}

// inputHash gives the SHA-256 of a file of the bureau.
func inputHash(t *testing.T, dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// TestRateOfAnotherTitle gives a table of rates, whose column says no more than Value, a
// title that no longer names what is counted: the rate that was withheld beside the
// count stays so, and the hint tells how.
func TestRateOfAnotherTitle(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, "data", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	descriptor := func(title, risk string) string {
		return "title: " + title + "\nfrequency: yearly\nreleased: 2026-10-10\nschema:\n  fields:\n    - {name: Year, type: string, role: period}\n    - {name: Value, type: number, role: measure, " + risk + "}\n"
	}
	write("site.yaml", "title: 阳光警务\norganization: 示范市公安局\n")
	write("stats/victims.csv", "Year,Value\n2024,40\n2025,3\n")
	write("stats/victims.yaml", descriptor("被害人数", "unit: 人, risk: person"))
	write("stats/rates.csv", "Year,Value\n2024,0.71\n2025,0.23\n")
	write("stats/rates.yaml", descriptor("每十万人被害人数", "unit: 人/十万人, risk: none"))
	o := options(dir, "")
	if name, problems, err := site.Release(context.Background(), o, "first"); err != nil || name == "" {
		t.Fatal(err, problemsError(problems))
	}
	opened := func() (at string) {
		t.Helper()
		problems, err := site.Check(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Rule == problem.DisclosureOpened {
				at += p.File + " " + p.Cell
			}
		}
		return at
	}
	for _, c := range []struct{ title, value, want string }{
		{"每十万人被害人数", "0.23", ""},
		{"发生率", "0.23", "data/stats/rates.csv B3"},
		{"发生率", "[c]", ""},
	} {
		write("stats/rates.yaml", descriptor(c.title, "unit: 人/十万人, risk: none"))
		write("stats/rates.csv", "Year,Value\n2024,0.71\n2025,"+c.value+"\n")
		if at := opened(); at != c.want {
			t.Errorf("%s with %s: opened at %q, want %q", c.title, c.value, at, c.want)
		}
	}
}
