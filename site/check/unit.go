package check

import (
	"slices"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Units checks units.csv: every unit is named once, stands at a known level below
// a unit that is there, and can be reached.
func Units(b *bureau.Bureau) problem.List {
	var problems problem.List
	index := bureau.UnitIndex(b.Units)
	cycles := cyclesOf(b.Units, index)
	depths := depthsOf(b.Units, index, cycles)
	pages, names := map[string]int{}, map[string]int{}
	for i := range b.Units {
		u := &b.Units[i]
		switch folder := text.Slug(u.ID.V); {
		case folder == "":
			problems.Error(u.ID.At, problem.UnitID, problem.Say("单位没有编号", "the unit has no id"),
				problem.Say("写上编号，只用字母和数字，例如 chengdong", "give it an id of letters and digits, such as chengdong"))
		case folder != u.ID.V:
			problems.Error(u.ID.At, problem.UnitID, problem.Say("编号“%[1]s”不能用作网页地址，可以写成“%[2]s”", `the id "%[1]s" cannot be used in an address; "%[2]s" can`, problem.Quote(u.ID.V), folder),
				problem.Say("编号只用小写字母、数字和连字符“-”，照消息里的写法改", `use small letters, digits and hyphens, "-", as the message writes it`))
		default:
			once(&problems, pages, u.ID, i, problem.UnitID, b.Units)
		}
		if u.Name.V == "" {
			problems.Error(u.Name.At, problem.UnitName, problem.Say("单位没有名称", "the unit has no name"), problem.Say("写上单位名称", "write the unit's name"))
		} else {
			once(&problems, names, u.Name, i, problem.UnitName, b.Units)
		}
		problems = append(problems, level(u)...)
		problems = append(problems, parent(b.Units, index, i, cycles)...)
		if depths[i] == len(bureau.Levels)+1 { // those below it are so for the same reason
			problems.Error(u.Parent.At, problem.UnitDepth,
				problem.Say("“%s”在第%d级，而单位最多有%d级", `"%s" is at level %d, and there are only %d levels of units`, problem.Quote(u.Name.V), depths[i], len(bureau.Levels)),
				problem.Say("上级写直接管辖的市局、支队或分县局，不写同级单位", "give as its parent the bureau, division or sub-bureau right above it, and no unit of its own level"))
		}
		problems = append(problems, contact(u)...)
		problems = append(problems, people(u)...)
	}
	for _, g := range b.Guides {
		for _, p := range g.Places {
			wanted, known := bureau.Levels.Of(p.Units.V)
			if known && g.Status.V != "draft" && !slices.ContainsFunc(b.Units, func(u bureau.Unit) bool { level, _ := bureau.Levels.Of(u.Level.V); return level == wanted }) {
				problems.Error(p.Units.At, problem.UnitLevel,
					problem.Say("单位表里没有级别为“%s”的单位", `no unit has the level "%s"`, problem.Quote(p.Units.V)),
					problem.Say("在 data/units.csv 里写上这一级的单位，或者删去 units（各单位）", "write the units of that level in data/units.csv, or remove units here"))
			}
		}
	}
	return problems
}

// once reports a value that an earlier unit has.
func once(problems *problem.List, seen map[string]int, v bureau.String, row int, rule problem.Rule, units []bureau.Unit) {
	first, taken := seen[v.V]
	if !taken {
		seen[v.V] = row
		return
	}
	problems.Error(v.At, rule, problem.Say("“%s”与第%d行重复", `"%s" is in line %d already`, problem.Quote(v.V), units[first].ID.At.Line),
		problem.Say("改正其中一个；同一单位只写一行", "correct one of the two; a unit has one row"))
}

func level(u *bureau.Unit) problem.List {
	var problems problem.List
	if _, ok := bureau.Levels.Of(u.Level.V); !ok && u.Level.V != "" {
		problems.Error(u.Level.At, problem.UnitLevel, problem.Say("没有“%s”这个级别", `there is no level "%s"`, problem.Quote(u.Level.V)), bureau.Levels.Hint(u.Level.V))
	}
	return problems
}

// parent holds that the unit above is there and not below this one.
func parent(units []bureau.Unit, index map[string]int, row int, cycles []bool) problem.List {
	var problems problem.List
	u := &units[row]
	if u.Parent.V == "" {
		return nil
	}
	if _, ok := index[u.Parent.V]; !ok {
		problems.Error(u.Parent.At, problem.UnitParent, problem.Say("上级“%s”不在单位表 data/units.csv 里", `the unit above, "%s", is not in data/units.csv`, problem.Quote(u.Parent.V)), unitHint(u.Parent.V, units))
	}
	if cycles[row] {
		problems.Error(u.Parent.At, problem.UnitCycle, problem.Say("“%s”成了自己的上级", `"%s" is above itself`, problem.Quote(u.Name.V)),
			problem.Say("检查这一行和上面各级的“上级”一格，最高一级留空", "check the parents from here up; the highest unit has none"))
	}
	return problems
}

// cyclesOf marks the units that are their own ancestors. Each unit is walked
// over twice at most.
func cyclesOf(units []bureau.Unit, index map[string]int) []bool {
	cycles, walk := make([]bool, len(units)), make([]int, len(units))
	above := func(row int) int {
		if up, ok := index[units[row].Parent.V]; ok {
			return up
		}
		return -1
	}
	for row := range units {
		at := row
		for ; at >= 0 && walk[at] == 0; at = above(at) {
			walk[at] = row + 1
		}
		if at < 0 || walk[at] != row+1 {
			continue // the top, or a way that was walked before
		}
		for ; !cycles[at]; at = above(at) {
			cycles[at] = true
		}
	}
	return cycles
}

// depthsOf gives how deep each unit stands: 1 at the top, less for one that is or
// stands below its own ancestor. Each unit is walked over twice.
func depthsOf(units []bureau.Unit, index map[string]int, cycles []bool) []int {
	bottomless := -len(units) - 1
	depths := make([]int, len(units))
	for row, in := range cycles {
		if in {
			depths[row] = bottomless
		}
	}
	var way []int
	for row := range units {
		way = way[:0]
		at := row
		depth := depths[at]
		for ; depth == 0; depth = depths[at] {
			way = append(way, at)
			up, ok := index[units[at].Parent.V]
			if !ok {
				break
			}
			at = up
		}
		for _, at := range slices.Backward(way) {
			depth++
			depths[at] = depth
		}
	}
	return depths
}

// unitHint names the nearest unit.
func unitHint(text string, units []bureau.Unit) problem.Text {
	var names []string
	for i := range units {
		names = append(names, units[i].Names()...)
	}
	return problem.Meant(text, names, problem.Say("写 data/units.csv 里的名称或者编号；单位改过名的，把旧名写进“曾用名”列", "write a name or an id of data/units.csv; where a unit was renamed, its old name belongs in the column former"))
}

// contact warns of a number that nobody can dial and an address that leads nowhere.
func contact(u *bureau.Unit) problem.List {
	var problems problem.List
	for _, phone := range text.Phones(u.Phone.V) {
		if !phone.Dials() {
			problems.Warn(u.Phone.At, problem.UnitPhone, problem.Say("“%s”不像电话号码", `"%s" does not look like a telephone number`, problem.Quote(phone.Written)),
				problem.Say("写成 000-00000000，几个号码之间用“、”隔开", "write it as 000-00000000, several with 、 or commas between them"))
		}
	}
	if n := utf8.RuneCountInString(u.Address.V); n > 0 && (n < 4 || slices.ContainsFunc(text.Phones(u.Address.V), text.Phone.Dials)) {
		problems.Warn(u.Address.At, problem.UnitAddress, problem.Say("“%s”不像地址", `"%s" does not look like an address`, problem.Quote(u.Address.V)),
			problem.Say("写明区、路和门牌号", "give district, road and number"))
	}
	return problems
}

var wholeNumber = problem.Say("写一个整数，例如 12000；没有的，留空", "write a whole number, such as 12000, or leave the cell empty")

// people holds that population and households are whole numbers with a source.
func people(u *bureau.Unit) problem.List {
	var problems problem.List
	for _, count := range []bureau.String{u.Population, u.Households} {
		if count.V == "" {
			continue
		}
		n, err := number.Parse(count.V, "")
		switch {
		case err != nil:
			problems.Error(count.At, problem.UnitPopulation, err.Message, wholeNumber)
			continue
		case n.Value < 0 || n.Value != float64(int64(n.Value)):
			problems.Error(count.At, problem.UnitPopulation, problem.Say("“%s”不是人口数或户数", `"%s" is not a number of people or households`, problem.Quote(count.V)),
				wholeNumber)
			continue
		}
		if u.Source.V == "" {
			problems.Warn(count.At, problem.UnitSource, problem.Say("人口和户数没有写来源", "population and households name no source"),
				problem.Say("加一列“来源”，写明出处和时点", "add a column source that says where they come from and for which day"))
			break
		}
	}
	return problems
}

// UnitFields holds that the unit fields of statistics name units of units.csv.
// Each unknown name is reported once a statistic, where it stands first.
func UnitFields(b *bureau.Bureau) problem.List {
	var problems problem.List
	if len(b.Units) == 0 {
		return nil
	}
	index := bureau.UnitIndex(b.Units)
	for _, s := range b.Statistics {
		for f := range s.Fields {
			if s.Fields[f].Role != bureau.RoleUnit {
				continue
			}
			unknown := map[string]bool{}
			for row := range s.Rows {
				name := s.Cell(row, f).Text
				if _, known := index[name]; known || unknown[name] || s.Rows[row].Kind != bureau.DataRow || bureau.KindOf(name) != bureau.DataRow {
					continue
				}
				unknown[name] = true
				problems.Error(s.Position(row, f), problem.UnitUnknown, problem.Say("“%s”不在单位表 data/units.csv 里", `"%s" is not in data/units.csv`, problem.Quote(name)), unitHint(name, b.Units))
			}
		}
	}
	return problems
}
