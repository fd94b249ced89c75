package privacy

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// personColumn is the rule of columns of statistics that hold who somebody is.
var personColumn = problem.PrivacyColumn

// persons are names of columns that say who somebody is, whatever they hold: alone,
// or at the end of a longer name (受害人姓名).
var (
	persons      = []string{"姓名", "身份证号", "身份证号码", "身份证件号码", "公民身份号码", "证件号", "证件号码", "手机号", "手机号码", "联系人", "当事人", "身份号码"}
	personHeader = regexp.MustCompile(`^(full ?name|person ?name|victim ?name|suspect ?name|name of (the )?(person|victim|suspect|party)|id ?(card )?(no|number)\.?|identity (card )?number|(mobile|phone|cell|telephone)( ?(no|number)\.?)|passport ?(no|number)\.?)$`)
)

// things are what belongs to somebody, and is counted as well: 身份证受理（件）.
var things = []string{"身份证", "电话", "手机", "住址", "家庭地址", "车牌"}

// kinds are the ends of names of what kind a thing is.
var kinds = regexp.MustCompile(`(?:类型|类别|品牌|手段|方式|种类|型号|来源|渠道|原因)$`)

// acts are what is done with such a thing, and counted.
var acts = strings.Fields("受理 办理 制证 接警 上牌 申领 制发 核发 发放 挂失 补领 换领 补办 登记 接听 接报 报警 诈骗 咨询 回访 被盗 盗窃 抢夺 丢失 找回 查询 访问 数量 件数 起数 次数 张数 总数")

// headed tells whether the header of a column of a statistic alone says that it
// holds who somebody is, or what is somebody's, and no count.
func headed(s *bureau.Statistic, field int) (Hit, bool) {
	f := s.Fields[field]
	name, unit, _ := cutUnit(strings.TrimSpace(f.Name))
	bare := strings.Join(strings.Fields(name), "")
	hit := Hit{Rule: personColumn, Severity: problem.Error, Value: f.Name}
	if i := strings.LastIndex(name, "·"); i >= 0 { // a header of several rows: 基本情况·当事人
		name = strings.TrimSpace(name[i+len("·"):])
		bare = strings.Join(strings.Fields(name), "")
	}
	if personHeader.MatchString(strings.ToLower(strings.TrimSpace(name))) {
		return hit, true
	}
	for _, word := range persons {
		if strings.HasSuffix(bare, word) && (word != "当事人" && word != "联系人" || bare == word && unit == "" && !f.IsPersonal()) {
			return hit, true
		}
	}
	if !slices.ContainsFunc(things, func(word string) bool { return strings.Contains(bare, word) }) {
		return hit, false
	}
	if slices.Contains(moneyUnits, unit) || slices.Contains(moneyUnits, f.Unit) {
		return hit, f.Role != bureau.RoleMeasure
	}
	acted := countingUnit(unit) || countingUnit(f.Unit) || slices.ContainsFunc(acts, func(word string) bool { return strings.Contains(bare, word) })
	if f.Role == bureau.RoleCategory && kinds.MatchString(bare) { // 报警电话类别
		return hit, false
	}
	acted = acted || strings.HasSuffix(bare, "数") || strings.HasSuffix(bare, "量")
	return hit, !acted || f.Role != bureau.RoleMeasure || !counts(s, field)
}

// countingUnits are the units in which such things, and what is done with them, are
// counted, also with 万 or 千 before them.
var countingUnits = strings.Fields("件 起 宗 案 次 人次 件次 个 张 份 本 户 户次 人 名 台 部 辆 辆次 条 项 处 笔 例 通 枚 册 套 块 副 % ‰")

func countingUnit(unit string) bool {
	return slices.Contains(countingUnits, strings.TrimLeft(unit, "十百千万亿"))
}

// counts tells whether every cell of a column is a plain count, or a marker. Cells
// that all have the many digits of a telephone are none.
func counts(s *bureau.Statistic, field int) bool {
	numbers, long := 0, 0
	for r := range s.Rows {
		c := s.Cell(r, field)
		if c.Has() && (c.Number < 0 || c.Number >= 1e8 || c.Number != math.Trunc(c.Number)) || !c.Has() && c.Text != "" && c.Status == 0 {
			return false
		}
		if c.Has() {
			numbers++
			if c.Number >= 1e6 {
				long++
			}
		}
	}
	return numbers == 0 || long < numbers
}
