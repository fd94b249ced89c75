package bureau

import "strings"

// Unit is one row of units.csv. The tags name its columns, as in other lists.
type Unit struct {
	ID         String `csv:"id,编号"` // units/<id>/ in the site
	Name       String `csv:"name,名称"`
	Former     String `csv:"former,曾用名,omitempty"` // names that it had before, joined by 、
	Level      String `csv:"level,级别,omitempty"`
	Parent     String `csv:"parent,上级,omitempty"` // id or name of the unit above it
	Population String `csv:"population,人口,omitempty"`
	Households String `csv:"households,户数,omitempty"`
	Source     String `csv:"source,来源,omitempty"` // of population and households
	Address    String `csv:"address,地址,omitempty"`
	Phone      String `csv:"phone,电话,omitempty"`
	Hours      String `csv:"hours,办公时间,omitempty"`
	Covers     String `csv:"covers,管辖范围,omitempty"` // roads, villages and communities that it answers for
}

// Names are the texts that stand for the unit in other files: its name, its id
// and the names that it had before.
func (u *Unit) Names() []string {
	names := []string{u.Name.V, u.ID.V}
	for _, former := range strings.FieldsFunc(u.Former.V, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
		names = append(names, strings.TrimSpace(former))
	}
	return names
}

// UnitIndex gives the place in units of every name of a unit. A current name or
// an id goes before a former one, the first row before later ones.
func UnitIndex(units []Unit) map[string]int {
	index := make(map[string]int, 2*len(units))
	for _, former := range []bool{false, true} {
		for i := range units {
			names := units[i].Names()
			if !former {
				names = names[:2]
			}
			for _, name := range names {
				if _, taken := index[name]; !taken && name != "" {
					index[name] = i
				}
			}
		}
	}
	return index
}

// Levels are the ranks of units, from the top down, with other words that staff
// write for them.
var Levels = Words{
	{"bureau", "市局", []string{"省厅", "总队"}},
	{"division", "支队", []string{"处室", "处室支队", "机关"}},
	{"sub-bureau", "分县局", []string{"分局", "县局"}},
	{"station", "派出所", []string{"科所队", "大队", "中队"}},
}
