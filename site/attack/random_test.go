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

// tiny is a table whose solutions can all be written down.
type tiny struct {
	cells, hidden [][]int // hidden is 1 where a cell is withheld
	rows, columns []int
}

func newTiny(r *rand.Rand) tiny {
	n, m := 2+r.Intn(2), 2+r.Intn(3)
	s := tiny{rows: make([]int, n), columns: make([]int, m)}
	for i := range n {
		s.cells, s.hidden = append(s.cells, make([]int, m)), append(s.hidden, make([]int, m))
		for j := range m {
			v := r.Intn(9)
			s.cells[i][j] = v
			s.rows[i] += v
			s.columns[j] += v
			if (v > 0 && v < 5) || r.Intn(4) == 0 {
				s.hidden[i][j] = 1
			}
		}
	}
	return s
}

func (s tiny) site() fs.FS {
	var b strings.Builder
	b.WriteString("类别")
	for j := range s.columns {
		fmt.Fprintf(&b, ",第%d列（起）", j)
	}
	b.WriteString(",合计（起）\n")
	sum := 0
	for i, row := range s.cells {
		fmt.Fprint(&b, "行", i)
		for j, v := range row {
			if s.hidden[i][j] == 1 {
				b.WriteString(",[c]")
			} else {
				fmt.Fprint(&b, ",", v)
			}
		}
		fmt.Fprintln(&b, ","+fmt.Sprint(s.rows[i]))
		sum += s.rows[i]
	}
	b.WriteString("合计")
	for _, v := range s.columns {
		fmt.Fprint(&b, ",", v)
	}
	fmt.Fprintln(&b, ","+fmt.Sprint(sum))
	return site("x", b.String())
}

// extremes tries every filling of the withheld cells from low on.
func (s tiny) extremes(low int) map[[2]int][2]int {
	var holes [][2]int
	rows, columns := append([]int{}, s.rows...), append([]int{}, s.columns...)
	for i, row := range s.cells {
		for j, v := range row {
			if s.hidden[i][j] == 1 {
				holes = append(holes, [2]int{i, j})
			} else {
				rows[i] -= v
				columns[j] -= v
			}
		}
	}
	out := map[[2]int][2]int{}
	values := make([]int, len(holes))
	var fill func(n int)
	fill = func(n int) {
		if n == len(holes) {
			for _, left := range append(append([]int{}, rows...), columns...) {
				if left != 0 {
					return
				}
			}
			for k, h := range holes {
				e, seen := out[h]
				if !seen {
					e = [2]int{values[k], values[k]}
				}
				out[h] = [2]int{min(e[0], values[k]), max(e[1], values[k])}
			}
			return
		}
		i, j := holes[n][0], holes[n][1]
		lastOfRow := n+1 == len(holes) || holes[n+1][0] != i
		from, to := low, min(rows[i], columns[j])
		if lastOfRow {
			from, to = max(low, rows[i]), min(to, rows[i])
		}
		for v := from; v <= to; v++ {
			values[n] = v
			rows[i] -= v
			columns[j] -= v
			fill(n + 1)
			rows[i] += v
			columns[j] += v
		}
	}
	fill(0)
	return out
}

// On tables small enough to try every filling, the audit finds exactly the cells
// that are too narrow, with the true bounds, also if none is 0.
func TestBoundsAreThoseOfEveryFilling(t *testing.T) {
	found := 0
	for seed := range int64(400) {
		s := newTiny(rand.New(rand.NewSource(seed)))
		got := map[string]string{}
		for _, f := range attack.Sites([]fs.FS{s.site()}).Findings {
			got[f.Row+f.Field] = fmt.Sprint(f.Low, f.High)
			found++
		}
		plain, supposing := s.extremes(0), s.extremes(1)
		for h, e := range plain {
			name := fmt.Sprintf("行%d第%d列（起）", h[0], h[1])
			want := ""
			if e[1]-e[0] < 5 {
				want = fmt.Sprint(e[0], e[1])
			} else if e, ok := supposing[h]; ok && e[1]-e[0] < 5 {
				want = fmt.Sprint(e[0], e[1])
			}
			if got[name] != want {
				t.Errorf("seed %d: %s: found %q, every filling gives %q", seed, name, got[name], want)
			}
		}
	}
	if found < 500 {
		t.Errorf("found %d only", found)
	}
}
