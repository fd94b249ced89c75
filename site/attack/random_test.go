package attack_test

import (
	"fmt"
	"io/fs"
	"math/rand"
	"strings"
	"testing"

	"sunshine/site/attack"
)

// crosstab is a random table of rows and columns with totals, of which some cells
// are withheld; and the truth.
func crosstab(r *rand.Rand, rows, columns, periods int, hide float64) (fs.FS, map[string]int64) {
	truth := map[string]int64{}
	var b strings.Builder
	b.WriteString("期间,类别,地区,人数（人）\n")
	for p := range periods {
		cells := map[[2]int]int64{}
		for i := range rows {
			for j := range columns {
				n := int64(r.Intn(30))
				cells[[2]int{i, j}] = n
				cells[[2]int{rows, j}] += n
				cells[[2]int{i, columns}] += n
				cells[[2]int{rows, columns}] += n
			}
		}
		for i := range rows + 1 {
			for j := range columns + 1 {
				row, column := fmt.Sprint("类", i), fmt.Sprint("区", j)
				if i == rows {
					row = "合计"
				}
				if j == columns {
					column = "合计"
				}
				n := cells[[2]int{i, j}]
				label := fmt.Sprintf("%d年/%s/%s", 2000+p, row, column)
				truth[label] = n
				text := fmt.Sprint(n)
				if (n > 0 && n < 5) || (r.Float64() < hide && i < rows && j < columns) {
					text = "[c]"
				}
				fmt.Fprintf(&b, "%d年,%s,%s,%s\n", 2000+p, row, column, text)
			}
		}
	}
	return site("x", b.String()), truth
}

// What is found is true: the interval holds the count that was withheld.
func TestFindingsAreTrue(t *testing.T) {
	found := 0
	for seed := range int64(60) {
		r := rand.New(rand.NewSource(seed))
		fsys, truth := crosstab(r, 2+r.Intn(5), 2+r.Intn(5), 1+r.Intn(3), r.Float64()*0.6)
		report := attack.Sites([]fs.FS{fsys})
		if report.Undecided > 0 {
			t.Errorf("seed %d: %d counts were not settled", seed, report.Undecided)
		}
		for _, f := range report.Findings {
			if f.Kind == attack.Supposed {
				continue // no count of this table was withheld for being 0, but some are
			}
			found++
			if n := truth[f.Row]; n < f.Low || n > f.High {
				t.Errorf("seed %d: %s is %d, found %d…%d from %q", seed, f.Row, n, f.Low, f.High, f.From)
			}
		}
	}
	if found < 100 {
		t.Errorf("found %d only", found)
	}
}
