package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRecipeNonsense edits a recipe at random, line by line: the month after is then read
// rightly, or refused with words about what to do, and then nothing of it is written.
func TestRecipeNonsense(t *testing.T) {
	dir := t.TempDir()
	july, august := filepath.Join(dir, "七月.csv"), filepath.Join(dir, "八月.csv")
	table := func(month, n string) []byte {
		return []byte("2026年" + month + "月法制工作,,\n事项,受理（件）,办结（件）\n案件审核,21" + n + ",20" + n + "\n听证,2" + n + ",1" + n + "\n")
	}
	write(t, july, table("7", "5"))
	write(t, august, table("8", "7"))
	write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\nbase_url: https://example.org/\n"))
	if code, out, stderr := runOffice("import", "--lang", "zh", "--yes", "--as", "fazhi", "--dir", dir, july); code != 0 {
		t.Fatal(out, stderr)
	}
	state := func() map[string]string { return snapshot(t, filepath.Join(dir, "data")) }
	begin := state()
	const right = "期间,事项,受理（件）,办结（件）\n2026年7月,案件审核,215,205\n2026年7月,听证,25,15\n2026年8月,案件审核,217,207\n2026年8月,听证,27,17\n"
	words := []string{"", "[]", "{}", "null", "true", "0", "\"\"", "- - -", "statistic", "ledger", "办结（件）", "受理（件）", "期间", "{期间}", "\t", ":", "&a [*a]", "!!binary x", "header: [办结（件）, 受理（件）, 事项]", "columns: [事项, 期间]", "kind: 台账", "title: 别的", "by_sheet: true", "by_item: true", "by_item: maybe", strings.Repeat("长", 5000), "\x00", "\xff"}
	random := rand.New(rand.NewPCG(5, 6))
	taken, refused := 0, 0
	rounds := 300
	if testing.Short() {
		rounds = 60
	}
	for range rounds {
		lines := strings.Split(begin["imports/fazhi.yaml"], "\n")
		for range 1 + random.IntN(3) {
			n, word := random.IntN(len(lines)), words[random.IntN(len(words))]
			key, _, _ := strings.Cut(lines[n], ":")
			switch random.IntN(6) {
			case 0:
				lines = slices.Delete(lines, n, min(n+1, len(lines)-1)) // the last stays
			case 1:
				lines = slices.Insert(lines, n, word)
			case 2:
				lines[n] = key + ": " + word
			case 3:
				lines[n] = "  - " + word
			case 4:
				m := random.IntN(len(lines))
				lines[n], lines[m] = lines[m], lines[n]
			case 5:
				lines[n] = word
			}
		}
		recipe := strings.Join(lines, "\n")
		write(t, filepath.Join(dir, "data/imports/fazhi.yaml"), []byte(recipe))
		code, stdout, stderr := runOffice("import", "--lang", "zh", "--dir", dir, august)
		now := state()
		switch rows := now["stats/fazhi.csv"]; {
		case code == 0 && rows == right:
			taken++
		case code == 0:
			t.Errorf("a figure is wrong or missing, and nothing is said:\n%s\n%s\n%s", recipe, rows, stdout)
		case !strings.Contains(stderr, "错误：") || !strings.Contains(stderr, "提示："):
			t.Errorf("exit %d, and it is not said what to do:\n%s\n%s", code, recipe, stderr)
		case rows != begin["stats/fazhi.csv"] || len(now) != len(begin):
			t.Errorf("it was refused, and written:\n%s\n%s", recipe, rows)
		default:
			refused++
		}
		for name := range now {
			if _, there := begin[name]; !there {
				os.Remove(filepath.Join(dir, "data", name))
			}
		}
		for name, text := range begin {
			write(t, filepath.Join(dir, "data", name), []byte(text))
		}
	}
	t.Logf("%d of %d recipes were read rightly, %d refused", taken, rounds, refused)
}
