package disclose

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"sunshine/site/bureau"
)

// equation says that the first cell is the sum of the others, by their rows in
// the field of counts.
type equation []int

// exposedBy gives the hidden cells that some published equations determine: a
// cell is determined where its unit vector is a combination of the equations'
// rows over the hidden cells. The elimination is exact, modulo a prime.
func exposedBy(equations []equation, hidden []bool) []int {
	const prime = 2147483647
	column := map[int]int{}
	var cells []int
	for c, h := range hidden {
		if h {
			column[c] = len(cells)
			cells = append(cells, c)
		}
	}
	var matrix [][]int64
	for _, e := range equations {
		row := make([]int64, len(cells))
		for i, c := range e {
			if at, ok := column[c]; ok {
				if i == 0 {
					row[at] = prime - 1
				} else {
					row[at]++
				}
			}
		}
		matrix = append(matrix, row)
	}
	power := func(b, e int64) int64 {
		r := int64(1)
		for ; e > 0; e >>= 1 {
			if e&1 == 1 {
				r = r * b % prime
			}
			b = b * b % prime
		}
		return r
	}
	rank := 0
	for col := range cells {
		pivot := -1
		for r := rank; r < len(matrix); r++ {
			if matrix[r][col] != 0 {
				pivot = r
				break
			}
		}
		if pivot < 0 {
			continue
		}
		matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
		inverse := power(matrix[rank][col], prime-2)
		for i := range matrix[rank] {
			matrix[rank][i] = matrix[rank][i] * inverse % prime
		}
		for r := range matrix {
			if factor := matrix[r][col]; r != rank && factor != 0 {
				for i := range matrix[r] {
					matrix[r][i] = (matrix[r][i] + (prime-factor)*matrix[rank][i]) % prime
				}
			}
		}
		rank++
	}
	// In the reduced form a cell is determined where a row has it alone.
	var exposed []int
	for r := range rank {
		alone, n := -1, 0
		for i, v := range matrix[r] {
			if v != 0 {
				alone = i
				n++
			}
		}
		if n == 1 {
			exposed = append(exposed, cells[alone])
		}
	}
	return exposed
}

// widths gives how far apart the values are that each hidden cell can have in
// any table of counts, none above its own by more than a margin, that satisfies
// the equations, by trying all.
func widths(equations []equation, values []int, hidden []bool, margin int) map[int]int {
	var cells []int
	for c, h := range hidden {
		if h {
			cells = append(cells, c)
		}
	}
	last := make([][]equation, len(cells)) // the equations whose last hidden cell it is
	for _, e := range equations {
		for i := len(cells) - 1; i >= 0; i-- {
			in := false
			for _, c := range e {
				in = in || c == cells[i]
			}
			if in {
				last[i] = append(last[i], e)
				break
			}
		}
	}
	now := append([]int(nil), values...)
	low, high := map[int]int{}, map[int]int{}
	for _, c := range cells {
		low[c], high[c] = values[c], values[c]
	}
	var try func(i int)
	try = func(i int) {
		if i == len(cells) {
			for _, c := range cells {
				low[c], high[c] = min(low[c], now[c]), max(high[c], now[c])
			}
			return
		}
		own := values[cells[i]]
		defer func() { now[cells[i]] = own }()
	next:
		for v := 0; v <= own+margin; v++ {
			now[cells[i]] = v
			for _, e := range last[i] {
				sum := 0
				for _, c := range e[1:] {
					sum += now[c]
				}
				if sum != now[e[0]] {
					continue next
				}
			}
			try(i + 1)
		}
	}
	try(0)
	result := map[int]int{}
	for _, c := range cells {
		result[c] = high[c] - low[c]
	}
	return result
}

// randomTable makes a table with its totals along the columns, and along the
// rows where it has two margins, and the equations that readers know.
func randomTable(random *rand.Rand, rows, columns, largest int, two bool) (lines []string, equations []equation) {
	lines = []string{"街区:category,类别:category,人数:person"}
	counts := make([][]int, rows+1)
	counts[rows] = make([]int, columns+1)
	for r := range rows {
		counts[r] = make([]int, columns+1)
		for c := range columns {
			v := random.IntN(largest)
			if random.IntN(3) == 0 {
				v = random.IntN(8)
			}
			counts[r][c] = v
			counts[r][columns] += v
			counts[rows][c] += v
			counts[rows][columns] += v
		}
	}
	name := func(prefix string, i, n int) string {
		if i == n {
			return "合计"
		}
		return fmt.Sprint(prefix, i)
	}
	height := rows
	if two {
		height++
	}
	at := func(r, c int) int { return r*(columns+1) + c }
	for r := range height {
		e := equation{at(r, columns)}
		for c := range columns + 1 {
			lines = append(lines, fmt.Sprintf("%s,%s,%d", name("街", r, rows), name("类", c, columns), counts[r][c]))
			if c < columns {
				e = append(e, at(r, c))
			}
		}
		equations = append(equations, e)
	}
	for c := 0; two && c <= columns; c++ {
		e := equation{at(rows, c)}
		for r := range rows {
			e = append(e, at(r, c))
		}
		equations = append(equations, e)
	}
	return lines, equations
}

func counts(s *bureau.Statistic) (values []int, hidden []bool) {
	f := s.Field("人数")
	for r := range s.Rows {
		c := s.Cell(r, f)
		hidden = append(hidden, !c.Has())
		if c.Has() {
			values = append(values, int(c.Number))
		} else {
			values = append(values, -1)
		}
	}
	return values, hidden
}

// TestRandomTables protects 2,000 tables of one and two margins and audits them
// by linear algebra.
func TestRandomTables(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const tables = 2000
	exposed, primary, secondary, cells, withheld := 0, 0, 0, 0, 0
	for n := range tables {
		lines, equations := randomTable(random, 2+random.IntN(9), 2+random.IntN(9), 5+random.IntN(60), n%2 == 1)
		s := statistic(t, "random", lines...)
		before, _ := counts(s)
		if problems := protected(t, s); problems.Errors() > 0 {
			t.Fatal(problems[0].Message.EN, lines)
		}
		_, hidden := counts(s)
		if found := exposedBy(equations, hidden); len(found) > 0 {
			exposed++
			t.Errorf("table %d: %d cells are exposed\n%v", n, len(found), lines)
		}
		for i, v := range before {
			cells++
			if 0 < v && v < 5 && !hidden[i] {
				t.Errorf("table %d: %s is published", n, lines[i+1])
			}
		}
		primary += s.Disclosure.Primary
		secondary += s.Disclosure.Secondary
		if s.Disclosure.Withheld {
			withheld++
		}
	}
	t.Logf("%d tables, %d exposed, %d withheld, %d of %d cells hidden for their own sake (%.1f%%), %.1f%% more",
		tables, exposed, withheld, primary, cells, 100*float64(primary)/float64(cells), 100*float64(secondary)/float64(cells))
}

// TestIntervals tries every table of counts that agrees with what is published.
func TestIntervals(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	checked := 0
	for n := 0; checked < 300; n++ {
		lines, equations := randomTable(random, 2+random.IntN(2), 2+random.IntN(2), 12, n%2 == 1)
		s := statistic(t, "random", lines...)
		before, _ := counts(s)
		b := bureauOf(s)
		b.Site.Disclosure.Threshold.V = 3
		Bureau(b)
		_, hidden := counts(s)
		some := 0
		for _, h := range hidden {
			if h {
				some++
			}
		}
		if some == 0 || some > 7 {
			continue
		}
		checked++
		for c, width := range widths(equations, before, hidden, 8) {
			if before[c] <= 8 && width < 3 {
				t.Errorf("%s lies within %d\n%s\n%v", lines[c+1], width, column(s, "人数"), lines)
			}
		}
	}
}

// TestTwoPerLine is the table that two hidden cells in every line do not
// protect: (1,1) is a bridge.
func TestTwoPerLine(t *testing.T) {
	small := map[[2]int]bool{{0, 1}: true, {0, 3}: true, {1, 0}: true, {1, 1}: true, {1, 4}: true, {3, 0}: true, {3, 4}: true, {4, 1}: true, {4, 3}: true}
	const n = 5
	lines := []string{"街区:category,类别:category,人数:person"}
	var table [n + 1][n + 1]int
	for r := range n {
		for c := range n {
			table[r][c] = 20 + r + c
			if small[[2]int{r, c}] {
				table[r][c] = 3
			}
			table[r][n] += table[r][c]
			table[n][c] += table[r][c]
			table[n][n] += table[r][c]
		}
	}
	var equations []equation
	bare := make([]bool, (n+1)*(n+1))
	for r := range n + 1 {
		row, col := equation{r*(n+1) + n}, equation{n*(n+1) + r}
		for c := range n + 1 {
			name := [2]string{fmt.Sprint("街", r), fmt.Sprint("类", c)}
			if r == n {
				name[0] = "合计"
			}
			if c == n {
				name[1] = "合计"
			}
			lines = append(lines, fmt.Sprintf("%s,%s,%d", name[0], name[1], table[r][c]))
			bare[r*(n+1)+c] = small[[2]int{r, c}]
			if c < n {
				row, col = append(row, r*(n+1)+c), append(col, c*(n+1)+r)
			}
		}
		equations = append(equations, row, col)
	}
	if got := exposedBy(equations, bare); len(got) != 1 || got[0] != 1*(n+1)+1 {
		t.Fatalf("with two per line, %v are exposed, not (1,1) alone", got)
	}
	s := statistic(t, "bridge", lines...)
	for _, p := range protected(t, s) {
		t.Error(p.Message.EN)
	}
	_, hidden := counts(s)
	if got := exposedBy(equations, hidden); len(got) > 0 {
		t.Errorf("%v are exposed", got)
	}
	if s.Disclosure.Primary != len(small) || s.Disclosure.Secondary == 0 || s.Disclosure.Withheld {
		t.Errorf("%+v", s.Disclosure)
	}
}

func BenchmarkTable10000(b *testing.B) {
	random := rand.New(rand.NewPCG(5, 6))
	lines, _ := randomTable(random, 99, 99, 60, true)
	for b.Loop() {
		b.StopTimer()
		s := statistic(b, "big", lines...)
		b.StartTimer()
		Bureau(bureauOf(s))
	}
}

// TestThreeDimensions audits tables of three dimensions with every total.
func TestThreeDimensions(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	exposed, withheld, primary, secondary, cells := 0, 0, 0, 0, 0
	const tables = 200
	for n := range tables {
		size := [3]int{2 + random.IntN(4), 2 + random.IntN(4), 2 + random.IntN(4)}
		lines := []string{"街区:category,类别:category,性别:category,人数:person"}
		values := map[[3]int]int{}
		each := func(add int, f func([3]int)) {
			for a := range size[0] + add {
				for b := range size[1] + add {
					for c := range size[2] + add {
						f([3]int{a, b, c})
					}
				}
			}
		}
		each(0, func(at [3]int) {
			v := random.IntN(40)
			for m := range 8 {
				total := at
				for d := range 3 {
					if m>>d&1 == 1 {
						total[d] = size[d]
					}
				}
				values[total] += v
			}
		})
		row := map[[3]int]int{}
		each(1, func(at [3]int) {
			row[at] = len(row)
			name := func(d int) string {
				if at[d] == size[d] {
					return "合计"
				}
				return fmt.Sprint("值", at[d])
			}
			lines = append(lines, fmt.Sprintf("%s,%s,%s,%d", name(0), name(1), name(2), values[at]))
		})
		var equations []equation
		each(1, func(at [3]int) {
			for d := range 3 {
				if at[d] != size[d] {
					continue
				}
				e := equation{row[at]}
				for i := range size[d] {
					part := at
					part[d] = i
					e = append(e, row[part])
				}
				equations = append(equations, e)
			}
		})
		s := statistic(t, "cube", lines...)
		if problems := protected(t, s); problems.Errors() > 0 {
			t.Fatal(problems[0].Message.EN)
		}
		before, hidden := counts(s)
		if s.Disclosure.Withheld {
			withheld++
		} else if got := exposedBy(equations, hidden); len(got) > 0 {
			exposed++
			t.Errorf("table %d: %d exposed", n, len(got))
		}
		primary, secondary, cells = primary+s.Disclosure.Primary, secondary+s.Disclosure.Secondary, cells+len(before)
	}
	if withheld > tables/10 {
		t.Errorf("%d of %d tables are withheld", withheld, tables)
	}
	t.Logf("%d tables, %d exposed, %d withheld, %.1f%% hidden for their own sake, %.1f%% more", tables, exposed, withheld,
		100*float64(primary)/float64(cells), 100*float64(secondary)/float64(cells))
}

func BenchmarkThreeDimensions(b *testing.B) {
	random := rand.New(rand.NewPCG(11, 12))
	size := [3]int{19, 19, 24}
	values := map[[3]int]int{}
	for n := range size[0] * size[1] * size[2] {
		at := [3]int{n % size[0], n / size[0] % size[1], n / size[0] / size[1]}
		v := random.IntN(60)
		for m := range 8 {
			total := at
			for d := range 3 {
				if m>>d&1 == 1 {
					total[d] = size[d]
				}
			}
			values[total] += v
		}
	}
	lines := []string{"街区:category,类别:category,性别:category,人数:person"}
	name := func(i, n int) string {
		if i == n {
			return "合计"
		}
		return fmt.Sprint("值", i)
	}
	for a := range size[0] + 1 {
		for c := range size[1] + 1 {
			for d := range size[2] + 1 {
				lines = append(lines, fmt.Sprintf("%s,%s,%s,%d", name(a, size[0]), name(c, size[1]), name(d, size[2]), values[[3]int{a, c, d}]))
			}
		}
	}
	for b.Loop() {
		b.StopTimer()
		s := statistic(b, "big", lines...)
		b.StartTimer()
		Bureau(bureauOf(s))
		if s.Disclosure.Withheld {
			b.Fatal("withheld")
		}
	}
}

// FuzzTable protects tables of two margins with any numbers, of any kind of
// threshold, and audits them.
func FuzzTable(f *testing.F) {
	f.Add([]byte{3, 3, 5, 1, 9, 20, 0, 0, 7, 3, 3, 3})
	f.Add([]byte{2, 5, 200, 255, 0, 0, 0, 1, 0, 9, 9, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 3 {
			return
		}
		rows, columns, threshold := 1+int(data[0])%6, 1+int(data[1])%6, int(data[2])
		data = data[3:]
		var table [7][7]int
		for i, v := range data[:min(len(data), rows*columns)] {
			r, c := i/columns, i%columns
			table[r][c] = int(v)
			table[r][columns] += int(v)
			table[rows][c] += int(v)
			table[rows][columns] += int(v)
		}
		lines := []string{"街区:category,类别:category,人数:person"}
		var equations []equation
		at := func(r, c int) int { return r*(columns+1) + c }
		name := func(prefix string, i, n int) string {
			if i == n {
				return "合计"
			}
			return fmt.Sprint(prefix, i)
		}
		for r := range rows + 1 {
			e := equation{at(r, columns)}
			for c := range columns + 1 {
				lines = append(lines, fmt.Sprintf("%s,%s,%d", name("街", r, rows), name("类", c, columns), table[r][c]))
				if c < columns {
					e = append(e, at(r, c))
				}
			}
			equations = append(equations, e)
		}
		for c := range columns + 1 {
			e := equation{at(rows, c)}
			for r := range rows {
				e = append(e, at(r, c))
			}
			equations = append(equations, e)
		}
		s := statistic(t, "fuzz", lines...)
		b := bureauOf(s)
		b.Site.Disclosure.Threshold.V = threshold
		if problems := Bureau(b); problems.Errors() > 0 {
			t.Fatal(problems[0].Message.EN)
		}
		_, hidden := counts(s)
		if got := exposedBy(equations, hidden); len(got) > 0 && !s.Disclosure.Withheld {
			t.Errorf("threshold %d: %v exposed in %v", threshold, got, lines)
		}
	})
}
