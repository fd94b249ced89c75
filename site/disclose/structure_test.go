package disclose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// book is a table in the making: figures by their names, in the order of their
// lines, and the sums that readers know.
type book struct {
	lines     []string
	row       map[string]int
	equations []equation
}

func (b *book) write(name string, value int) {
	if b.row == nil {
		b.row = map[string]int{}
	}
	b.row[name] = len(b.row)
	b.lines = append(b.lines, fmt.Sprintf("%s,%d", strings.ReplaceAll(name, "|", ","), value))
}

// know adds the sum of some parts, where the total and a part are written.
func (b *book) know(total string, parts ...string) {
	i, ok := b.row[total]
	e := equation{i}
	for _, p := range parts {
		if i, ok := b.row[p]; ok {
			e = append(e, i)
		}
	}
	if ok && len(e) > 1 {
		b.equations = append(b.equations, e)
	}
}

// audit protects the table and reports what can be computed; it tells whether
// the table was withheld.
func (b *book) audit(t *testing.T, header string, n int) (s *bureau.Statistic) {
	t.Helper()
	var lines []string
	for _, l := range b.lines {
		lines = append(lines, blockNumber.Replace(l))
	}
	s = statistic(t, "book", append([]string{header}, lines...)...)
	for _, p := range protected(t, s) {
		if p.Rule.String() != "disclosure/withheld" {
			t.Fatalf("table %d: %v %s\n%v", n, p.Position, p.Message.EN, lines)
		}
	}
	_, hidden := counts(s)
	if got := exposedBy(b.equations, hidden); len(got) > 0 && !s.Disclosure.Withheld {
		t.Errorf("table %d: %v exposed\n%v\n%s", n, got, lines, column(s, "人数"))
	}
	return s
}

var blockNumber = strings.NewReplacer("小计0", "小计", "小计1", "小计", "小计2", "小计")

// TestBlocks audits tables of blocks with 小计 and 合计, by sex, in which some
// zeros are left out.
func TestBlocks(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	withheld := 0
	for n := range 300 {
		var names []string
		children := map[string][]string{}
		for block := range 2 + random.IntN(2) {
			total := fmt.Sprint("小计", block)
			for i := range 2 + random.IntN(3) {
				name := fmt.Sprintf("值%c%c", 'a'+block, 'a'+i)
				names = append(names, name)
				children[total] = append(children[total], name)
			}
			names = append(names, total)
			children["合计"] = append(children["合计"], total)
		}
		names = append(names, "合计")
		sexes := []string{"男", "女", "合计"}
		values := map[string]int{}
		for _, total := range children["合计"] {
			for _, name := range children[total] {
				for _, sex := range sexes[:2] {
					v := random.IntN(40)
					if random.IntN(4) == 0 {
						v = 0
					}
					for _, above := range []string{name, total, "合计"} {
						values[above+"|"+sex] += v
						values[above+"|合计"] += v
					}
				}
			}
		}
		var b book
		for _, name := range names {
			for _, sex := range sexes {
				if v := values[name+"|"+sex]; v > 0 || n%2 == 0 || children[name] != nil || sex == "合计" {
					b.write(name+"|"+sex, v)
				}
			}
		}
		for _, name := range names {
			b.know(name+"|合计", name+"|男", name+"|女")
			for _, sex := range sexes {
				var parts []string
				for _, c := range children[name] {
					parts = append(parts, c+"|"+sex)
				}
				b.know(name+"|"+sex, parts...)
			}
		}
		if b.audit(t, "类别:category,性别:category,人数:person", n).Disclosure.Withheld {
			withheld++
		}
	}
	if withheld > 30 {
		t.Errorf("%d of 300 tables are withheld", withheld)
	}
	t.Logf("300 tables, %d withheld", withheld)
}

// TestLeftOutTotals audits tables of three dimensions that publish some of their
// margins, with the cells and margins that they leave out as unknowns.
func TestLeftOutTotals(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	withheld := 0
	for n := range 400 {
		size := [3]int{2 + random.IntN(3), 2 + random.IntN(3), 2 + random.IntN(3)}
		var cells [][3]int
		for a := range size[0] + 1 {
			for b := range size[1] + 1 {
				for c := range size[2] + 1 {
					cells = append(cells, [3]int{a, b, c})
				}
			}
		}
		margin := func(at [3]int) (mask int) {
			for d := range 3 {
				if at[d] == size[d] {
					mask |= 1 << d
				}
			}
			return mask
		}
		values := map[[3]int]int{}
		for _, at := range cells {
			if margin(at) != 0 {
				continue
			}
			v := random.IntN(30)
			for mask := range 8 {
				total := at
				for d := range 3 {
					if mask>>d&1 == 1 {
						total[d] = size[d]
					}
				}
				values[total] += v
			}
		}
		var published [8]bool
		for mask := range published {
			published[mask] = random.IntN(3) > 0
		}
		name := func(at [3]int) string {
			var names []string
			for d := range 3 {
				if at[d] == size[d] {
					names = append(names, "合计")
				} else {
					names = append(names, fmt.Sprint("值", at[d]))
				}
			}
			return strings.Join(names, "|")
		}
		var b book
		for _, at := range cells {
			if published[margin(at)] {
				b.write(name(at), values[at])
			}
		}
		written := len(b.row)
		if written == 0 {
			continue
		}
		lines := b.lines
		for _, at := range cells {
			if !published[margin(at)] {
				b.write(name(at), values[at])
			}
		}
		b.lines = lines
		for _, at := range cells {
			for d := range 3 {
				if at[d] != size[d] {
					continue
				}
				var parts []string
				for i := range size[d] {
					part := at
					part[d] = i
					parts = append(parts, name(part))
				}
				b.know(name(at), parts...)
			}
		}
		s := statistic(t, "margins", append([]string{"街区:category,类别:category,性别:category,人数:person"}, b.lines...)...)
		for _, p := range protected(t, s) {
			if p.Rule.String() != "disclosure/withheld" {
				t.Fatalf("table %d: %v %s\n%v", n, p.Position, p.Message.EN, b.lines)
			}
		}
		if s.Disclosure.Withheld {
			withheld++
			continue
		}
		_, hidden := counts(s)
		for len(hidden) < len(b.row) {
			hidden = append(hidden, true)
		}
		exposed := slices.DeleteFunc(exposedBy(b.equations, hidden), func(i int) bool { return i >= written })
		if len(exposed) > 0 {
			t.Errorf("table %d: %v exposed\n%v\n%s", n, exposed, b.lines, column(s, "人数"))
		}
	}
	if withheld > 40 {
		t.Errorf("%d of 400 tables are withheld", withheld)
	}
	t.Logf("400 tables, %d withheld", withheld)
}

// TestTwoHierarchies audits tables of three levels of units by blocks of
// categories, which are no network.
func TestTwoHierarchies(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	unitParts := map[string][]string{"市局": {"东分局", "西分局"}, "东分局": {"东一所", "东二所"}, "西分局": {"西一所", "西二所"}}
	units := []string{"市局", "东分局", "西分局", "东一所", "东二所", "西一所", "西二所"}
	kindParts := map[string][]string{"合计": {"小计0", "小计1"}, "小计0": {"抢劫", "伤害"}, "小计1": {"盗窃", "诈骗", "抢夺"}}
	kinds := []string{"抢劫", "伤害", "小计0", "盗窃", "诈骗", "抢夺", "小计1", "合计"}
	withheld := 0
	for n := range 100 {
		values := map[string]int{}
		var value func(unit, kind string) int
		value = func(unit, kind string) (v int) {
			name := unit + "|" + kind
			if v, ok := values[name]; ok {
				return v
			}
			switch {
			case unitParts[unit] != nil:
				for _, u := range unitParts[unit] {
					v += value(u, kind)
				}
			case kindParts[kind] != nil:
				for _, k := range kindParts[kind] {
					v += value(unit, k)
				}
			default:
				v = random.IntN(80)
			}
			values[name] = v
			return v
		}
		var b book
		for _, u := range units {
			for _, k := range kinds {
				b.write(u+"|"+k, value(u, k))
			}
		}
		for _, u := range units {
			for _, k := range kinds {
				var across, down []string
				for _, part := range kindParts[k] {
					across = append(across, u+"|"+part)
				}
				for _, part := range unitParts[u] {
					down = append(down, part+"|"+k)
				}
				b.know(u+"|"+k, across...)
				b.know(u+"|"+k, down...)
			}
		}
		var lines []string
		for _, l := range b.lines {
			lines = append(lines, blockNumber.Replace(l))
		}
		s := statistic(t, "levels", append([]string{"单位:unit,类别:category,人数:person"}, lines...)...)
		for _, p := range Bureau(withUnits(bureauOf(s))) {
			if p.Rule.String() != "disclosure/withheld" {
				t.Fatalf("table %d: %v %s", n, p.Position, p.Message.EN)
			}
		}
		if s.Disclosure.Withheld {
			withheld++
			continue
		}
		_, hidden := counts(s)
		if got := exposedBy(b.equations, hidden); len(got) > 0 {
			t.Errorf("table %d: %v exposed\n%s", n, got, column(s, "人数"))
		}
	}
	if withheld > 10 {
		t.Errorf("%d of 100 tables are withheld", withheld)
	}
	t.Logf("100 tables, %d withheld", withheld)
}

// TestBoxIntervals tries every table of counts that agrees with what is
// published of tables of three dimensions.
func TestBoxIntervals(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	checked := 0
	for n := 0; checked < 40; n++ {
		var b book
		values := map[string]int{}
		sides := []string{"甲", "乙", "合计"}
		for i := range 8 {
			v := 1 + random.IntN(9)
			for mask := range 8 {
				var names []string
				for d := range 3 {
					if mask>>d&1 == 1 {
						names = append(names, "合计")
					} else {
						names = append(names, sides[i>>d&1])
					}
				}
				values[strings.Join(names, "|")] += v
			}
		}
		for _, x := range sides {
			for _, y := range sides {
				for _, z := range sides {
					b.write(x+"|"+y+"|"+z, values[x+"|"+y+"|"+z])
				}
			}
		}
		for _, x := range sides {
			for _, y := range sides {
				b.know("合计|"+x+"|"+y, "甲|"+x+"|"+y, "乙|"+x+"|"+y)
				b.know(x+"|合计|"+y, x+"|甲|"+y, x+"|乙|"+y)
				b.know(x+"|"+y+"|合计", x+"|"+y+"|甲", x+"|"+y+"|乙")
			}
		}
		s := statistic(t, "cube", append([]string{"街区:category,类别:category,性别:category,人数:person"}, b.lines...)...)
		before, _ := counts(s)
		site := bureauOf(s)
		site.Site.Disclosure.Threshold.V = 3
		Bureau(site)
		_, hidden := counts(s)
		some := 0
		for _, h := range hidden {
			if h {
				some++
			}
		}
		if some == 0 || some > 8 || s.Disclosure.Withheld {
			continue
		}
		checked++
		for c, width := range widths(b.equations, before, hidden, 5) {
			if width < 3 {
				t.Errorf("%s lies within %d\n%s\n%v", b.lines[c], width, column(s, "人数"), b.lines)
			}
		}
	}
}
