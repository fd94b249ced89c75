package check

import (
	"regexp"
	"strings"
)

// This file writes the numbers that prose gives in characters as digits: 四百六十起,
// 百分之九十八, 二〇二五年.

const numeralCharacters = `一二两三四五六七八九十百千万零〇○`

var (
	inCharacters = regexp.MustCompile(`([一二][〇零○一二三四五六七八九]{3})年|百分之([零〇一二三四五六七八九十]+(?:点[零〇一二三四五六七八九]+)?)|(^|[^数几上成第` + numeralCharacters + `])([百千])万(元|件|起|人)|(^|[^数几上成第` + numeralCharacters + `])([` + numeralCharacters + `]*[十百千][` + numeralCharacters + `]*)(?:余|多)?(?:万|亿)?(?:件|起|宗|例|人|名|位|户|家|份|元|次)`)
	digitOf      = strings.NewReplacer("〇", "0", "零", "0", "○", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
)

// withDigits writes the numbers of a plain text in digits; each byte keeps its offset.
func withDigits(plain string, offsets []int) (string, []int) {
	all := inCharacters.FindAllStringSubmatchIndex(plain, -1)
	if all == nil {
		return plain, offsets
	}
	var b strings.Builder
	var at []int
	last := 0
	write := func(from, to int, digits string) {
		b.WriteString(plain[last:from])
		at = append(at, offsets[last:from]...)
		b.WriteString(digits)
		for range digits {
			at = append(at, offsets[from])
		}
		last = to
	}
	for _, m := range all {
		switch {
		case m[2] >= 0:
			write(m[2], m[3], digitOf.Replace(plain[m[2]:m[3]]))
		case m[4] >= 0:
			whole, decimals, _ := strings.Cut(plain[m[4]:m[5]], "点")
			if n := numeral(whole); n != nil {
				digits := n.RatString()
				if decimals != "" {
					digits += "." + digitOf.Replace(decimals)
				}
				write(m[0], m[1], digits+"%")
			}
		case m[8] >= 0:
			write(m[8], m[9], map[string]string{"百": "100", "千": "1000"}[plain[m[8]:m[9]]])
		default:
			if n := numeral(plain[m[14]:m[15]]); n != nil {
				write(m[14], m[15], n.RatString())
			}
		}
	}
	b.WriteString(plain[last:])
	return b.String(), append(at, offsets[last:]...)
}
