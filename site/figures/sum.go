package figures

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// Sum is the two sides of an identity in one place, held against each other.
type Sum struct {
	Left, Right float64 // the total, and what the known parts add up to
	Parts       int
	Known       bool      // both sides are exact, and the left is whole
	Missing     bool      // a marker stands instead of some part
	Off         float64   // by how much the sides differ; 0 where the identity holds
	Units       [2]string // two units that the parts count in, where no one is the total's
}

// SumOf adds up the sides of an identity: in a field, where it is one of rows, or
// in a row. Parts that count in another unit than the total are left out. Rounded
// figures may miss their total by half of their last digit each; where a part is
// not known the total is at least the sum of the others.
func SumOf(s *bureau.Statistic, id bureau.Identity, at int) Sum {
	cell := func(i int) bureau.Cell {
		if id.Rows {
			return s.Cell(i, at)
		}
		return s.Cell(at, i)
	}
	a := Sum{Known: true}
	slack := 1e-9
	for _, i := range id.Left {
		c := cell(i)
		if !c.Has() || c.Qualifier != bureau.Exact {
			return Sum{}
		}
		a.Left += c.Number
		slack += Rounding(c)
	}
	parts := id.Right
	if id.Rows && Percentage(s.Unit(id.Left[0], at)) {
		return Sum{} // rates do not add up
	}
	if id.Rows && s.Fields[at].UnitField >= 0 {
		parts, a.Units = inUnit(s, id, at)
	}
	a.Parts = len(parts)
	for _, i := range parts {
		c := cell(i)
		if c.Qualifier != bureau.Exact {
			return Sum{} // about 300 is no exact sum
		}
		if !c.Has() {
			a.Missing = true
			continue
		}
		a.Right += c.Number
		slack += Rounding(c)
	}
	a.Left, a.Right = math.Round(a.Left*1e6)/1e6, math.Round(a.Right*1e6)/1e6
	if a.Off = math.Abs(a.Left - a.Right); a.Off <= slack || a.Missing && a.Left > a.Right {
		a.Off = 0
	}
	return a
}

// inUnit gives the parts of a total that count in its unit; all, where none does,
// with two of their units where they have several.
func inUnit(s *bureau.Statistic, id bureau.Identity, field int) (same []int, units [2]string) {
	unit := s.Unit(id.Left[0], field)
	for _, i := range id.Right {
		if s.Unit(i, field) == unit {
			same = append(same, i)
		}
	}
	if len(same) > 0 {
		return same, units
	}
	for _, i := range id.Right {
		if first := s.Unit(id.Right[0], field); s.Unit(i, field) != first {
			return id.Right, [2]string{first, s.Unit(i, field)}
		}
	}
	return id.Right, units
}

// unaddable are words of measures that do not add up.
var unaddable = [...]string{"率", "平均", "人均", "户均", "月均", "年均", "日均", "均值", "比例", "占比", "比重", "份额", "排名", "位次", "名次", "中位", "众数", "指数", "系数", "得分", "评分", "满意度", "每万", "每百", "每千", "每十万", "倍数", "单价", "均价", "价格", "标准", "最长", "最短", "最大", "最小", "最高", "最低", "最多", "最少", "峰值", "时长", "用时", "耗时", "编号", "序号", "年龄", "温度", "音量"}

// unaddableUnits are units of what is old, warm or loud.
var unaddableUnits = [...]string{"岁", "度", "℃", "分贝", "级"}

// Duration tells of a unit of time, in which a figure is long and not much: it is not
// added up.
func Duration(unit string) bool {
	return slices.Contains([]string{"秒", "分钟", "小时", "天", "日", "工作日", "个工作日", "周", "个月", "年"}, unit)
}

// addable are units of what adds up, whether or not it points at anybody: counts,
// money, weight.
var addable = regexp.MustCompile(`^[百千]?[万亿]*(?:件|起|人|人次|户|户次|个|次|名|份|宗|例|台|家|辆|辆次|张|本|条|处|元|美元|吨|公斤|千克|克|场|场次|件次)$`)

// Additive tells whether the values of a field may be added up.
func Additive(f bureau.Field) bool { return additive(f) }

// additive tells whether the values of a field may be added up: counts and
// amounts, and no changes, rates, averages, medians, prices or indices.
func additive(f bureau.Field) bool {
	if f.Role != bureau.RoleMeasure || f.Derived || Percentage(f.Unit) || f.Type == "percent" {
		return false
	}
	if Duration(f.Unit) || slices.Contains(unaddableUnits[:], f.Unit) {
		return false
	}
	if !f.IsCount() && (!addable.MatchString(f.Unit) || bureau.IsChange(f.Name)) {
		return false
	}
	for _, word := range unaddable {
		if strings.Contains(f.Name, word) {
			return false
		}
	}
	lower := strings.ToLower(f.Name)
	for _, word := range [...]string{"median", "average", "mean ", "index", "rate", "ratio", "per 1"} {
		if strings.Contains(lower, word) {
			return false
		}
	}
	return true
}

// IsShare tells by its name whether a field holds shares of a whole, which add up.
func IsShare(name string) bool {
	return strings.Contains(name, "占") || strings.Contains(name, "比重") || strings.Contains(name, "份额") || strings.Contains(name, "构成")
}

// Digits writes a number as a clerk would find it in the table.
func Digits(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// LastDigit is the size of the last digit that staff wrote: 0.01 for 1.25, 1000
// for 1.5万 with its one decimal.
func LastDigit(c bureau.Cell) float64 {
	plain := true
	for i := 0; i < len(c.Text) && plain; i++ {
		plain = '0' <= c.Text[i] && c.Text[i] <= '9'
	}
	if plain {
		return 1
	}
	decimals, after := 0, false
	scale := 1.0
	for _, r := range c.Text {
		switch {
		case r == '.' || r == '．':
			after = true
		case r == '万':
			scale *= 1e4
		case r == '亿':
			scale *= 1e8
		case after && (r >= '0' && r <= '9' || r >= '０' && r <= '９'):
			decimals++
		}
	}
	return scale * math.Pow10(-decimals)
}

// Rounding is by how much a figure may have been rounded: half of its last digit,
// but nothing where that counts single things.
func Rounding(c bureau.Cell) float64 {
	if digit := LastDigit(c); digit != 1 {
		return digit / 2
	}
	return 0
}
