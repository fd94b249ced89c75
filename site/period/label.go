package period

import (
	"fmt"
	"time"
)

var ordinals = [...]string{"", "一", "二", "三", "四"}

// Label names the period for readers, in Chinese (zh) or English (en):
// 2006年1—8月, Jan–Aug 2006. Parse reads a Chinese label back.
func (p Period) Label(lang string) string {
	if p.IsZero() {
		return ""
	}
	y1, m1, d1 := p.Start.date()
	y2, m2, d2 := p.End.date()
	if lang != "zh" {
		return p.english(y1, m1, d1, y2, m2, d2)
	}
	months := p.Months()
	f := p.Frequency()
	switch {
	case p.AsOf:
		return fmt.Sprintf("截至%d年%d月%d日", y2, m2, d2)
	case f == Yearly && m1 == time.January:
		return fmt.Sprintf("%d年", y1)
	case f == HalfYearly:
		return fmt.Sprintf("%d年%s半年", y1, half(m1, "上", "下"))
	case f == Quarterly:
		return fmt.Sprintf("%d年第%s季度", y1, ordinals[(m1+2)/3])
	case f == Monthly:
		return fmt.Sprintf("%d年%d月", y1, m1)
	case f == Daily:
		return fmt.Sprintf("%d年%d月%d日", y1, m1, d1)
	case months > 0 && months%12 == 0 && m1 == time.January:
		return fmt.Sprintf("%d—%d年", y1, y2)
	case months > 0 && y1 == y2:
		return fmt.Sprintf("%d年%d—%d月", y1, m1, m2)
	case months > 0:
		return fmt.Sprintf("%d年%d月—%d年%d月", y1, m1, y2, m2)
	case y1 == y2 && m1 == m2:
		return fmt.Sprintf("%d年%d月%d日—%d日", y1, m1, d1, d2)
	case y1 == y2:
		return fmt.Sprintf("%d年%d月%d日—%d月%d日", y1, m1, d1, m2, d2)
	}
	return fmt.Sprintf("%d年%d月%d日—%d年%d月%d日", y1, m1, d1, y2, m2, d2)
}

func (p Period) english(y1 int, m1 time.Month, d1, y2 int, m2 time.Month, d2 int) string {
	a, b := m1.String()[:3], m2.String()[:3]
	months := p.Months()
	f := p.Frequency()
	switch {
	case p.AsOf:
		return fmt.Sprintf("as at %d %s %d", d2, b, y2)
	case f == Yearly && m1 == time.January:
		return fmt.Sprint(y1)
	case f == HalfYearly:
		return fmt.Sprintf("%s %d", half(m1, "H1", "H2"), y1)
	case f == Quarterly:
		return fmt.Sprintf("Q%d %d", (m1+2)/3, y1)
	case f == Monthly:
		return fmt.Sprintf("%s %d", a, y1)
	case f == Daily:
		return fmt.Sprintf("%d %s %d", d1, a, y1)
	case months > 0 && months%12 == 0 && m1 == time.January:
		return fmt.Sprintf("%d–%d", y1, y2)
	case months > 0 && y1 == y2:
		return fmt.Sprintf("%s–%s %d", a, b, y1)
	case months > 0:
		return fmt.Sprintf("%s %d – %s %d", a, y1, b, y2)
	case y1 == y2 && m1 == m2:
		return fmt.Sprintf("%d–%d %s %d", d1, d2, a, y1)
	case y1 == y2:
		return fmt.Sprintf("%d %s – %d %s %d", d1, a, d2, b, y1)
	}
	return fmt.Sprintf("%d %s %d – %d %s %d", d1, a, y1, d2, b, y2)
}

func half[T any](m time.Month, first, second T) T {
	if m <= time.June {
		return first
	}
	return second
}

// Short names the period where there is little room, as under an axis: 2006,
// 06年5月, 06年1—8月; in English 2006, May 06, Jan–Aug 06.
func (p Period) Short(lang string) string {
	label := p.Label(lang)
	if f := p.Frequency(); f == Yearly && lang == "zh" && len(label) == len("2006年") {
		return label[:4]
	} else if f == Yearly && len(label) == 4 || p.IsZero() {
		return label
	}
	// Years lie from 1900 to 2200, so a run of four digits is a year; its
	// century goes, except in 2003—2005年, where the years are all there is.
	if months := p.Months(); months > 12 && months%12 == 0 {
		return label
	}
	short := make([]byte, 0, len(label))
	for i := 0; i < len(label); i++ {
		if i+4 <= len(label) && digits(label[i:i+4]) >= 0 {
			i += 2
		}
		short = append(short, label[i])
	}
	return string(short)
}
