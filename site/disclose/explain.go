package disclose

import (
	"fmt"
	"strings"

	"sunshine/site/bureau"
)

// Explain says to a citizen what was done to the counts of a statistic and why,
// in zh or en. It is empty where nothing was.
func Explain(s *bureau.Statistic, lang string) string {
	d := s.Disclosure
	zh := lang == "zh"
	switch {
	case d.Method == Round && zh:
		return fmt.Sprintf("为保护个人隐私，本表中的人数（和单位数）都按四舍五入凑整为%d的倍数，合计也单独凑整，因此各项之和可能与合计略有出入。", roundingBase)
	case d.Method == Round:
		return fmt.Sprintf("To protect people's privacy, every count of persons or organisations here is rounded to the nearest multiple of %d. Totals are rounded by themselves, so the parts may not add up exactly.", roundingBase)
	case d.Method != Suppress:
		return ""
	case d.Withheld && zh:
		return "本表中的人数（和单位数）全部不公布，以 [c] 表示：有的数字太小，只隐去它们，仍然可以从合计推算出来，可能让人认出具体的人。"
	case d.Withheld:
		return "None of the counts of persons or organisations here is published; [c] stands in their place. Some are so small that people could be recognised, and hiding only those would not keep them from being worked out from the totals."
	}
	var b strings.Builder
	if zh {
		fmt.Fprintf(&b, "为保护个人隐私，%s的人数（或单位数）不公布，以 [c] 表示", between(1, d.Threshold-1, "至"))
		if d.Sensitive > 0 {
			fmt.Fprintf(&b, "；基层单位的数字更容易对应到具体的人，%s的都不公布", between(1, d.Sensitive-1, "至"))
		}
		fmt.Fprintf(&b, "，本表共%d格。", d.Primary)
		if d.Secondary > 0 {
			fmt.Fprintf(&b, "为免这些数被推算出来，另有%d格也不公布，那些格的数不一定小。", d.Secondary)
		}
		b.WriteString("率和占比用到不公布的数的，也不计算。")
		return b.String()
	}
	fmt.Fprintf(&b, "To protect people's privacy, counts of persons or organisations from %s are not published; [c] stands in their place", between(1, d.Threshold-1, " to "))
	if d.Sensitive > 0 {
		fmt.Fprintf(&b, ", and in small units, where a number points more easily at a person, counts from %s", between(1, d.Sensitive-1, " to "))
	}
	fmt.Fprintf(&b, ": %s here. ", cells(d.Primary))
	if d.Secondary > 0 {
		fmt.Fprintf(&b, "So that they cannot be worked out, %s not published either, which need not be small. ", areCells(d.Secondary))
	}
	b.WriteString("Rates and shares that would need a hidden count are not computed.")
	return b.String()
}

func between(from, to int, word string) string {
	if to <= from {
		return fmt.Sprint(from)
	}
	return fmt.Sprint(from, word, to)
}

func areCells(n int) string {
	if n == 1 {
		return "1 cell is"
	}
	return fmt.Sprintf("%d cells are", n)
}

func cells(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}
