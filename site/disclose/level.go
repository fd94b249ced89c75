package disclose

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// rows gives each row its coordinates, and the values that a total of a block of
// rows includes their parent.
func (t *table) rows(s *bureau.Statistic, rules rules) []int32 {
	keys := s.Keys()
	n := len(t.dims)
	grid := make([]int32, n*len(s.Rows))
	dims := make([]int, len(keys))
	for i, k := range keys {
		dims[i] = t.dim(dimName(s.Fields[k]), s.Fields[k].Role)
	}
	blocks := t.blocks(s, keys)
	whole := -1 // the row that the rows 其中 are parts of
	for r := range s.Rows {
		cells := s.Row(r)
		at := grid[r*n : (r+1)*n]
		if s.Rows[r].Kind != bureau.OfWhichRow {
			whole = r
		}
		for i, k := range keys {
			d := &t.dims[dims[i]]
			text := strings.TrimSpace(cells[k].Text)
			switch {
			case s.Rows[r].Kind == bureau.TotalRow && (text == "" || bureau.KindOf(text) == bureau.TotalRow):
				at[dims[i]] = all
				if block := blocks[[2]int{r, k}]; block != "" {
					at[dims[i]] = d.id(block)
				}
				d.covered = true
			case s.Fields[k].Role == bureau.RolePeriod && !s.Rows[r].Period.IsZero():
				name := periodName(s.Rows[r].Period)
				at[dims[i]] = d.id(name)
				t.periods[name] = s.Rows[r].Period
			case s.Fields[k].Role == bureau.RoleUnit:
				if name := rules.unitName(text); name == rules.top {
					d.covered = true
				} else {
					at[dims[i]] = d.id(name)
				}
			case bureau.KindOf(text) == bureau.OfWhichRow && whole >= 0:
				at[dims[i]] = d.id(partMark + text + "\x00" + d.names[grid[whole*n+dims[i]]])
				d.covered = true
			case text != "":
				at[dims[i]] = d.id(text)
			}
		}
	}
	// A value belongs to the block that a total closes, and to the whole else.
	for i, k := range keys {
		if s.Fields[k].Role == bureau.RoleCategory {
			t.blockLevels(s, k, dims[i], grid, blocks)
		}
	}
	return grid
}

// blocks names the totals of a column of which there are several for rows that
// are otherwise alike: 小计 after 小计, and not the 合计 of them all.
func (t *table) blocks(s *bureau.Statistic, keys []int) map[[2]int]string {
	if !slices.ContainsFunc(s.Rows, func(r bureau.Row) bool { return r.Kind == bureau.TotalRow }) {
		return nil
	}
	names := map[[2]int]string{}
	for _, k := range keys {
		if s.Fields[k].Role != bureau.RoleCategory {
			continue
		}
		groups := map[string][]int{}
		for r := range s.Rows {
			text := s.Row(r)[k].Text
			if s.Rows[r].Kind == bureau.TotalRow && bureau.KindOf(text) == bureau.TotalRow {
				g := groupOf(s, keys, k, r)
				groups[g] = append(groups[g], r)
			}
		}
		for _, rows := range groups {
			if len(rows) < 2 {
				continue
			}
			whole := -1
			for _, r := range rows { // the last that is not called a subtotal
				if text := strings.ToLower(s.Row(r)[k].Text); !strings.Contains(text, "小计") && !strings.Contains(text, "sub") {
					whole = r
				}
			}
			seen := map[string]int{}
			for _, r := range rows {
				if r == whole {
					continue
				}
				text := s.Row(r)[k].Text
				seen[text]++
				names[[2]int{r, k}] = blockMark + text + strings.Repeat("'", seen[text])
			}
		}
	}
	return names
}

// groupOf names the rows that differ in one column only.
func groupOf(s *bureau.Statistic, keys []int, but, row int) string {
	var b strings.Builder
	for _, k := range keys {
		if k != but {
			if p := s.Rows[row].Period; s.Fields[k].Role == bureau.RolePeriod && !p.IsZero() {
				b.WriteString(periodName(p))
			} else {
				b.WriteString(s.Row(row)[k].Text)
			}
			b.WriteByte(0)
		}
	}
	return b.String()
}

// blockLevels gives each value of a column its parent: the total of its block,
// which is the next below it, or the one above where a block begins with it.
func (t *table) blockLevels(s *bureau.Statistic, k, dim int, grid []int32, blocks map[[2]int]string) {
	d, n := &t.dims[dim], len(t.dims)
	keys := s.Keys()
	type group struct {
		waiting []int32
		above   int32
		closed  bool
	}
	groups := map[string]*group{}
	var order []*group
	assign := func(values []int32, parent int32) {
		for _, v := range values {
			if v != parent && d.parent[v] < 0 {
				d.parent[v] = parent
			}
		}
	}
	if len(blocks) > 0 {
		for r, row := range s.Rows {
			g := groupOf(s, keys, k, r)
			if groups[g] == nil {
				groups[g] = &group{above: -1}
				order = append(order, groups[g])
			}
			of := groups[g]
			value := grid[r*n+dim]
			block := blocks[[2]int{r, k}] != ""
			switch {
			case block && len(of.waiting) > 0 && of.above < 0:
				assign(of.waiting, value)
				of.waiting, of.closed = nil, true
			case block && !of.closed:
				assign(of.waiting, of.above)
				of.waiting, of.above = nil, value
			case row.Kind == bureau.DataRow:
				of.waiting = append(of.waiting, value)
			case !block && row.Kind == bureau.TotalRow && of.above >= 0:
				assign(of.waiting, of.above)
				of.waiting = nil
			}
		}
		for _, of := range order {
			if of.above >= 0 {
				assign(of.waiting, of.above)
			}
		}
	}
	for i, name := range d.names {
		if i != all && d.parent[i] < 0 && !strings.HasPrefix(name, partMark) {
			d.parent[i] = all
		}
	}
}

// unitLevels gives each unit the one above it in units.csv that the table has,
// or the total.
func (t *table) unitLevels(rules rules) {
	for i := range t.dims {
		d := &t.dims[i]
		if d.role != bureau.RoleUnit {
			continue
		}
		for u := range d.names {
			if u == all {
				continue
			}
			d.parent[u] = all
			for above, n := rules.above[d.names[u]], 0; above != "" && n < len(rules.above); above, n = rules.above[above], n+1 {
				if p, ok := d.ids[above]; ok {
					d.parent[u] = p
					d.covered = true
					break
				}
			}
		}
	}
}
