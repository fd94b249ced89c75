package disclose

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// rows gives each row its coordinates, and the values that a total of a block of
// rows includes their parent. A value belongs to the block that a total closes,
// and to the whole else.
func (t *table) rows(s *bureau.Statistic, rules rules) []int32 {
	g := &grid{table: t, Statistic: s, at: make([]int32, len(t.dims)*len(s.Rows)), wholes: make([]int, len(s.Rows))}
	for r := range g.wholes {
		g.wholes[r] = -1
	}
	for _, id := range s.Identities {
		if id.Rows && id.Why == bureau.OfWhich {
			g.wholes[id.Right[0]] = id.Left[0]
		}
	}
	keys := s.Keys()
	// Columns with subtotals come first: they tell the blocks of the others apart.
	slices.SortStableFunc(keys, func(a, b int) int { return g.rank(a) - g.rank(b) })
	for i, k := range keys {
		blocks := map[int]string{}
		if s.Fields[k].Role == bureau.RoleCategory {
			blocks = g.blocks(keys, i)
		}
		g.place(k, blocks, rules)
		if s.Fields[k].Role == bureau.RoleCategory {
			g.levels(k, blocks)
		}
	}
	return g.at
}

// grid is the coordinates of the rows of a statistic, on the way.
type grid struct {
	*table
	*bureau.Statistic
	at     []int32
	wholes []int // for each row 其中, the row that it is a part of, else -1
}

// rank orders periods and units before columns with subtotals, and those before
// the other columns.
func (g *grid) rank(k int) int {
	if g.Fields[k].Role != bureau.RoleCategory {
		return 0
	}
	for r := range g.Rows {
		if g.Rows[r].Kind == bureau.TotalRow && bureau.IsSubtotal(g.Cell(r, k).Text) {
			return 1
		}
	}
	return 2
}

func (g *grid) dimOf(k int) int {
	return g.table.dim(dimName(g.Fields[k]), g.Fields[k].Role)
}

// place sets the coordinates of a column.
func (g *grid) place(k int, blocks map[int]string, rules rules) {
	dim, n := g.dimOf(k), len(g.dims)
	d := &g.dims[dim]
	for r := range g.Rows {
		at := &g.at[r*n+dim]
		text := strings.TrimSpace(g.Cell(r, k).Text)
		switch {
		case g.Opens(r, k):
			d.covered = true
			if block := blocks[r]; block != "" {
				*at = d.id(block)
			}
		case g.Fields[k].Role == bureau.RolePeriod && !g.Period(r).IsZero():
			name := g.Period(r).Interval()
			*at = d.id(name)
			g.periods[name] = g.Period(r)
		case g.Fields[k].Role == bureau.RoleUnit:
			if name := rules.unitName(text); name == rules.top {
				d.covered = true
			} else {
				*at = d.id(name)
			}
		case bureau.KindOf(text) == bureau.OfWhichRow && g.wholes[r] >= 0:
			d.covered = true
			*at = d.id(partMark + text + "\x00" + d.names[g.at[g.wholes[r]*n+dim]])
		case text != "":
			*at = d.id(text)
		}
	}
}

// groups puts the rows together that differ in one column only, in their order.
// Columns before it have their coordinates; the others are told by their text.
func (g *grid) groups(keys []int, column int) [][]int {
	var groups [][]int
	index := map[string]int{}
	n := len(g.dims)
	var name []byte
	for r := range g.Rows {
		name = name[:0]
		for i, k := range keys {
			switch {
			case i < column:
				name = binary.LittleEndian.AppendUint32(name, uint32(g.at[r*n+g.dimOf(k)]))
			case i > column:
				name = append(append(name, g.Cell(r, k).Text...), 0)
			}
		}
		i, ok := index[string(name)]
		if !ok {
			i = len(groups)
			index[string(name)] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// blocks names the totals of a column of which there are several for rows that
// are otherwise alike: 小计 after 小计, and not the 合计 of them all.
func (g *grid) blocks(keys []int, column int) map[int]string {
	names := map[int]string{}
	if !slices.ContainsFunc(g.Rows, func(r bureau.Row) bool { return r.Kind == bureau.TotalRow }) {
		return names
	}
	k := keys[column]
	for _, rows := range g.groups(keys, column) {
		totals := slices.DeleteFunc(slices.Clone(rows), func(r int) bool { return bureau.KindOf(g.Cell(r, k).Text) != bureau.TotalRow })
		if len(totals) < 2 {
			continue
		}
		whole := -1
		for _, r := range totals { // the last that is not called a subtotal
			if !bureau.IsSubtotal(g.Cell(r, k).Text) {
				whole = r
			}
		}
		seen := map[string]int{}
		for _, r := range totals {
			if text := g.Cell(r, k).Text; r != whole {
				seen[text]++
				names[r] = blockMark + text + "\x00" + strconv.Itoa(seen[text])
			}
		}
	}
	return names
}

// levels gives each value of a column its parent: the total of its block, else
// that of all.
func (g *grid) levels(k int, blocks map[int]string) {
	dim, n := g.dimOf(k), len(g.dims)
	d := &g.dims[dim]
	for _, id := range g.Identities {
		if !id.Rows || id.Why != bureau.ByName || blocks[id.Left[0]] == "" || !holds(g.Statistic, id) {
			continue
		}
		block := g.at[id.Left[0]*n+dim]
		for _, r := range id.Right {
			if v := g.at[r*n+dim]; v != all && v != block && d.parent[v] < 0 {
				d.parent[v] = block
			}
		}
	}
	for i, name := range d.names {
		if i != all && d.parent[i] < 0 && !strings.HasPrefix(name, partMark) {
			d.parent[i] = all
		}
	}
}

// holds tells whether an identity of rows holds in every count of persons; check
// reports one that does not.
func holds(s *bureau.Statistic, id bureau.Identity) bool {
	for f := range s.Fields {
		if s.Fields[f].IsPersonal() && figures.SumOf(s, id, f).Off > 0 {
			return false
		}
	}
	return true
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
			for above := rules.above[d.names[u]]; above != ""; above = rules.above[above] {
				if p, ok := d.ids[above]; ok {
					d.parent[u] = p
					d.covered = true
					break
				}
			}
		}
	}
}
