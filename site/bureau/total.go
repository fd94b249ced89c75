package bureau

import "strings"

// RowKind tells data from totals, among rows and among fields.
type RowKind uint8

const (
	DataRow    RowKind = iota
	TotalRow           // 合计 总计 小计
	OfWhichRow         // 其中：a part of the row above
)

var rowKindWords = [...]string{DataRow: "data", TotalRow: "total", OfWhichRow: "of-which"}

// String gives the word of the download's column row_type.
func (k RowKind) String() string { return rowKindWords[k] }

// OfWhichPrefix begins the name of a part of what stands before it.
const OfWhichPrefix = "其中："

// TotalName is what a total is called where staff left its name to us.
const TotalName = "合计"

// sums are names of what others add up to, alone or at the end of a name:
// 合计, 刑事合计.
var sums = [...]string{"合计", "总计", "小计", "共计"}

// wholes are names of what takes in all others, as they stand alone. That it is
// the sum of those listed is likely, and not said.
var wholes = map[string]bool{}

func init() {
	for word := range strings.FieldsSeq("总数 总量 总和 全部 全体 总体 整体 全年 全省 全州 全旗 全镇 全乡 全所 男女合并 全市 全县 全区 全局 两性 不分性别 all sum overall") {
		wholes[word] = true
	}
}

var folding = strings.NewReplacer(" ", "", "\u3000", "", "\u00a0", "", "計", "计", "總", "总", "數", "数", "體", "体", "縣", "县")

// fold takes out what tells no two names apart: 合　計 is 合计.
func fold(name string) string {
	if !strings.ContainsAny(name, " \u3000\u00a0計總數體縣") {
		return name
	}
	return folding.Replace(name)
}

// KindOf tells by a name what it stands for: 合计 and 合　计, 总数 and 全市 are
// totals, 其中：盗窃 is a part of what stands before it.
func KindOf(name string) RowKind {
	if named, whole := total(name); named || whole {
		return TotalRow
	}
	if strings.HasPrefix(name, "其") && strings.HasPrefix(fold(name), "其中") || len(name) > 8 && strings.EqualFold(name[:8], "of which") {
		return OfWhichRow
	}
	return DataRow
}

// IsWhole tells whether a name is that of a total that need not be the sum of
// what is listed beside it: 全市 where two of its nine stations are.
func IsWhole(name string) bool {
	_, whole := total(name)
	return whole
}

// IsSubtotal tells whether a name is that of the total of a block.
func IsSubtotal(name string) bool {
	named, _ := total(name)
	return named && (strings.Contains(fold(name), "小计") || strings.Contains(strings.ToLower(name), "sub"))
}

// longestTotal bounds the names that are looked at, in bytes.
const longestTotal = 200

func total(name string) (named, whole bool) {
	if name == "" || len(name) > longestTotal {
		return false, false
	}
	name = strings.ToLower(fold(name))
	switch name {
	case "total", "totals", "subtotal", "sub-total", "subtotals", "grandtotal":
		return true, false
	}
	if wholes[name] {
		return false, true
	}
	if !strings.Contains(name, "计") {
		return false, false
	}
	name = strings.TrimSuffix(name, "数")
	for _, word := range sums {
		if strings.HasSuffix(name, word) || strings.HasPrefix(name, word+"（") || strings.HasPrefix(name, word+"(") {
			return true, false
		}
	}
	return false, false
}

// Subject gives a name without the words that say that it is a total or a part:
// 刑事 of 刑事合计, 盗窃 of 其中：盗窃; it is empty where the name says nothing else.
func Subject(name string) string {
	switch KindOf(name) {
	case TotalRow:
		if IsWhole(name) {
			return ""
		}
		name = fold(name)
		for _, word := range sums {
			if before, after, found := strings.Cut(name, word); found && (before == "" || after == "") {
				return before
			}
		}
		return ""
	case OfWhichRow:
		name = strings.TrimPrefix(fold(name), "其中")
		return strings.TrimLeft(name, ":：")
	}
	return name
}

// KindsByName gives the kind of each row as its names say it. A column that says
// the same total in every row (全市) tells no row from another, and is passed over.
func (s *Statistic) KindsByName() []RowKind {
	kinds := make([]RowKind, len(s.Rows))
	column := make([]RowKind, len(s.Rows))
	for f, field := range s.Fields {
		if !field.IsKey() {
			continue
		}
		c := s.Column(f)
		texts, count := c.Texts()
		said := make([]RowKind, count)
		for i, n := range texts {
			said[n] = KindOf(c.Each[i].Text)
		}
		one := true // text in every row
		for i, of := range c.Of {
			one = one && texts[of] == texts[c.Of[0]]
			column[i] = said[texts[of]]
		}
		if one && len(s.Rows) > 1 {
			continue
		}
		for i, kind := range column {
			if kinds[i] == DataRow {
				kinds[i] = kind
			}
		}
	}
	return kinds
}

// Opening tells of a key field what Opens does of a row, having looked at each text once.
func (s *Statistic) Opening(key int) func(row int) bool {
	c := s.Column(key)
	opens := make([]bool, len(c.Each))
	for i := range c.Each {
		opens[i] = c.Each[i].Text != "" && s.whole(key, c.Each[i].Text)
	}
	return func(row int) bool {
		of := c.Of[row]
		return opens[of] || c.Each[of].Text == "" && s.Rows[row].Kind == TotalRow
	}
}

// Opens tells whether a row is that of all values of a key field: it is named a
// total there, or says nothing in the row of one.
func (s *Statistic) Opens(row, key int) bool {
	text := s.Cell(row, key).Text
	if text == "" {
		return s.Rows[row].Kind == TotalRow
	}
	return s.whole(key, text)
}

// whole tells whether a text of a key field is that of all its values.
func (s *Statistic) whole(key int, text string) bool {
	return KindOf(text) == TotalRow || s.Fields[key].Whole == text
}
