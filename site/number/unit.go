package number

import (
	"regexp"
	"strings"
)

var unitWord = regexp.MustCompile(`^(?:[十百千]?[万亿]|千|百)?(?:件|起|人|人次|户|户次|个|次|名|份|条|宗|例|台|张|本|家|家次|辆|辆次|车次|班次|艘|架|头|只|支|枚|套|处|所|间|元|美元|天|日|小时|分钟|秒|年|岁|米|公里|千米|平方米|平方公里|公顷|亩|吨|公斤|千克|克|升|页|场|场次|期|项|批|批次|篇|万字|字|条次|件次|百分点|个百分点|英镑|欧元|港元|日元|度|℃)(?:/\S{1,6})?$|^[%％‰£￡$€¥￥]$|^[万亿]$`)

// IsUnit tells whether a text is a unit that offices count in: 件, 万元, %.
func IsUnit(text string) bool { return unitWord.MatchString(text) }

// SplitUnit takes the unit off a header: 打击处理（人） counts in 人.
func SplitUnit(header string) (title, unit string) {
	if title, unit, ok := CutBrackets(header); ok && IsUnit(unit) {
		return title, NarrowPercent(unit)
	}
	return header, ""
}

// CutBrackets takes off what stands in brackets at the end of a header.
func CutBrackets(header string) (before, inside string, ok bool) {
	for _, pair := range [...][2]string{{"（", "）"}, {"(", ")"}, {"[", "]"}, {"【", "】"}} {
		rest, closed := strings.CutSuffix(header, pair[1])
		if i := strings.LastIndex(rest, pair[0]); closed && i > 0 {
			return strings.TrimSpace(rest[:i]), strings.TrimSpace(rest[i+len(pair[0]):]), true
		}
	}
	return header, "", false
}

// NarrowPercent gives the one sign for per cent.
func NarrowPercent(unit string) string {
	if unit == "％" {
		return "%"
	}
	return unit
}
