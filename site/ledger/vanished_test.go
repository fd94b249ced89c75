package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/ledger"
)

// TestVanished removes rows that go together: one error says so, and what sunshine revise
// writes is still a line for each.
func TestVanished(t *testing.T) {
	released := newFolder()
	released.replace("stats/cases.csv", table, table+"2006年,城关,130,95\n2006年,河口,70,40\n2007年,城关,140,100\n2007年,河口,80,50\n2007年,关外,5,5\n")
	released.release(t, "2026-09", day-30)
	for name, c := range map[string]struct {
		gone   string // the rows that contain it
		want   string
		wanted int
	}{
		"a category":           {",河口,", `error: rows of "河口" that were published and are gone: 4, 2004-01-01 to 2007-12-31 [revision/removed]`, 4},
		"years of a category":  {"2004年,城关 2005年,城关 2006年,城关", `error: rows of "城关" that were published and are gone: 3, 2004-01-01 to 2006-12-31 [revision/removed]`, 3},
		"all but one category": {",河口, ,城关,", `error: rows of "城关" that were published and are gone: 4, 2004-01-01 to 2007-12-31 [revision/removed]|error: rows of "河口" that were published and are gone: 4, 2004-01-01 to 2007-12-31 [revision/removed]`, 8},
		"two rows":             {"2004年,河口 2005年,城关", `error: the row "2004-01-01/2004-12-31 河口" was published and is gone [revision/removed]|error: the row "2005-01-01/2005-12-31 城关" was published and is gone [revision/removed]`, 2},
		"a category and a row": {",河口, ,关外,", `error: rows of "河口" that were published and are gone: 4, 2004-01-01 to 2007-12-31 [revision/removed]|error: the row "2007-01-01/2007-12-31 关外" was published and is gone [revision/removed]`, 5},
	} {
		f := folder{}
		for file, content := range released {
			f[file] = content
		}
		var left strings.Builder
		for line := range strings.Lines(released["stats/cases.csv"]) {
			keep := true
			for part := range strings.FieldsSeq(c.gone) {
				keep = keep && !strings.Contains(line, part)
			}
			if keep {
				left.WriteString(line)
			}
		}
		f["stats/cases.csv"] = left.String()
		report, problems := ledger.Compare(f.open(t), day)
		var said []string
		for _, p := range problems {
			said = append(said, p.Severity.String()+": "+p.Message.EN+" ["+p.Rule.String()+"]")
			if !strings.Contains(p.Hint.ZH, "sunshine revise") {
				t.Errorf("%s: the hint is %s", name, p.Hint.ZH)
			}
		}
		if got := strings.Join(said, "|"); got != c.want || len(report.Wanted) != c.wanted {
			t.Errorf("%s: %d rows are wanted, and it says\n%s\nwant\n%s", name, len(report.Wanted), strings.ReplaceAll(got, "|", "\n"), strings.ReplaceAll(c.want, "|", "\n"))
		}
		f["revisions.csv"] = "statistic,period,field,old,new,date,reason,approved_by\n"
		for _, w := range report.Wanted {
			f["revisions.csv"] += fmt.Sprintf("%s,%s,%s,%s,%s,2026-10-30,不再统计,甲\n", w.Statistic, w.Period, w.Field, w.Old, w.New)
		}
		if _, problems := ledger.Compare(f.open(t), day); len(problems) > 0 {
			t.Errorf("%s: explained, it says\n%s", name, lines(problems))
		}
	}
}

// What goes of a category that still stands is told by row.
func TestVanishedHere(t *testing.T) {
	f := newFolder()
	f.replace("stats/cases.yaml", "    - {name: 立案", "    - {name: 类别, role: category}\n    - {name: 立案")
	f["stats/cases.csv"] = "期间,单位,类别,立案,破获\n2004年,城关,盗窃,10,8\n2004年,城关,诈骗,20,9\n2005年,城关,盗窃,11,7\n2005年,城关,抢劫,12,6\n2005年,河口,诈骗,13,5\n2004年,河口,盗窃,9,5\n2004年,河口,抢劫,9,5\n"
	f.release(t, "2026-09", day-30)
	f["stats/cases.csv"] = "期间,单位,类别,立案,破获\n2004年,城关,盗窃,10,8\n2005年,河口,诈骗,13,5\n2004年,河口,盗窃,9,5\n2004年,河口,抢劫,9,5\n"
	_, problems := ledger.Compare(f.open(t), day)
	if got := lines(problems); strings.Count(got, "error: the row ") != 3 || strings.Count(got, "\n") != 3 {
		t.Error(got)
	}
}
