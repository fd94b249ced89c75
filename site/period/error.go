package period

import (
	"fmt"
	"strings"

	"sunshine/site/problem"
)

// Error says why a text is no period, and what to write instead.
type Error struct{ Message, Hint problem.Text }

// Error gives the message in English.
func (e *Error) Error() string { return e.Message.EN }

func refuse(text, zh, en string, hint problem.Text) *Error {
	q := problem.Quote(text)
	return &Error{problem.Text{ZH: "“" + q + "”" + zh, EN: `"` + q + `" ` + en}, hint}
}

// unreadable is the error of a text that no rule of the grammar reads.
func unreadable(text string) *Error {
	return refuse(text, "不是能识别的期间", "is not a period that can be read",
		problem.Text{ZH: "请写成“2005年”“2006年1-8月”“2006年第一季度”或“2006-05”这样的形式", EN: "write it like 2005年, 2006年1-8月, 2006年第一季度 or 2006-05"})
}

func noYear(text string) *Error {
	return refuse(text, "没有写明年份", "has no year",
		problem.Text{ZH: "请写上四位数的年份，如“2006年1-8月”", EN: "give the year in four digits, as in 2006年1-8月"})
}

func shortYear(text string) *Error {
	return refuse(text, "的年份只有两位数", "has a year of two digits",
		problem.Text{ZH: "请写四位数的年份，如“2006年”", EN: "write the year in four digits, as in 2006年"})
}

func yearOutside(text string) *Error {
	return refuse(text, "的年份不在1900年至2200年之间", "has a year outside 1900 to 2200",
		problem.Text{ZH: "请核对年份", EN: "check the year"})
}

func noSuchDay(text string) *Error {
	return refuse(text, "在日历上不存在", "does not exist in the calendar",
		problem.Text{ZH: "请核对月、日、季度或周的数字", EN: "check the number of the month, day, quarter or week"})
}

func backwards(text string) *Error {
	return refuse(text, "的结束早于开始", "ends before it starts",
		problem.Text{ZH: "请核对起止时间，先写开始，后写结束", EN: "check both ends and write the start first"})
}

func dayFirst(text string) *Error {
	return refuse(text, "有两种读法：月在前或日在前", "has two readings: month first or day first",
		problem.Text{ZH: "请按年、月、日的顺序写，如“2006-02-01”", EN: "write year, month, day, as in 2006-02-01"})
}

func serial(text string, day Date) *Error {
	return refuse(text, "是电子表格的日期序列号，不是期间", "is the serial number of a date in a spreadsheet, not a period",
		problem.Say("请在表格中把这一列设为“文本”或者日期格式，重新导出；按1900日期系统，它是%[1]s", "format the column as text or as a date and export again; in the 1900 date system it stands for %[1]s", day.String()))
}

// twoReadings is the error of a text that may be one or the other.
func twoReadings(text string, one, other problem.Text, write string) *Error {
	return refuse(text, "有两种读法："+one.ZH+"，或"+other.ZH, "has two readings: "+one.EN+", or "+other.EN,
		problem.Text{ZH: "请写明是哪一种，例如“" + strings.ReplaceAll(write, ", ", "”或“") + "”", EN: "say which, as in " + strings.ReplaceAll(write, ", ", " or ")})
}

func twoYears(text string, first int) *Error {
	return twoReadings(text, problem.Say("两个年份", "two years"), problem.Say("一个财政年度", "one financial year"),
		fmt.Sprintf("%d-%d年, %d/%02d财年", first, first+1, first, (first+1)%100))
}
