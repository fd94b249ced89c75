package intake

import (
	"regexp"
	"strings"

	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// Figures that were typed so that they are none.
var (
	letters  = strings.NewReplacer("O", "0", "o", "0", "〇", "0", "l", "1", "I", "1", "|", "1")
	twoInOne = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?\s*[/／|｜、]\s*[0-9]+(?:\.[0-9]+)?$`)
	duration = regexp.MustCompile(`^[0-9]+[:：][0-9]{1,2}(?:[:：][0-9]{1,2})?$|^(?:[0-9]+小?时)?(?:[0-9]+分钟?)?[0-9]+秒$|^[0-9]+小?时[0-9]+分钟?$`)
	spoken   = regexp.MustCompile(`^[零〇一二两三四五六七八九十百千万]+$`)
	loosely  = regexp.MustCompile(`^[<>≤≥]=?\s*[0-9]+$|^[0-9]+\+$|^[0-9]+(?:\.[0-9]+)?\s*(?:起|件|人|名|次|个|户|家|辆|台|万|亿|元|分钟?|小时|[%多余左上不][右下到]?|[？?!！*＊（(]).{0,12}$`)
)

// slip tells what is wrong with a text that was meant to be a figure; ok is false for one that was
// not.
func slip(v table.Value) (message, hint problem.Text, ok bool) {
	s := text.NarrowAll(plainWord(v.Text))
	q := problem.Quote(v.Text)
	folded := letters.Replace(s)
	switch _, err := number.Parse(folded, ""); {
	case v.Kind == table.DayValue || v.Kind == table.MonthValue:
		return problem.Say("“%s”是日期，不是数", "%q is a day, and no number", q), problem.Say("单元格的格式是日期的，改成常规再填数；是名称的，把整列写成文字", "give the cell the general format and type the figure; if these are names, write the whole column as text"), true
	case v.Kind != table.TextValue:
	case folded != s && err == nil:
		return problem.Say("“%s”不是数：里面有字母", "%q is not a number: there is a letter in it", q), problem.Say("字母O改成数字0，字母l、I改成数字1", "type the digit 0 for the letter O, and 1 for l and I"), true
	case twoInOne.MatchString(s):
		return problem.Say("“%s”是写在一格里的两个数", "%q is two figures in one cell", q), problem.Say("分成两列，各有表头，一格只写一个数；是分数的，写成小数", "part them into two columns, each with its header; write a fraction as a decimal"), true
	case duration.MatchString(s):
		return problem.Say("“%s”是时长的写法，不是数", "%q is a length of time as a clock shows it, and no number", q), problem.Say("换算成一个数，例如5分30秒写5.5，表头写明“（分钟）”；单元格的格式是时间的，先改成常规", "write one number, 5.5 for 5 minutes and 30 seconds, and （分钟） in the header; if the cell has the format of a time, change that first"), true
	case spoken.MatchString(s), loosely.MatchString(s):
		return problem.Say("“%s”不是数", "%q is not a number", q), problem.Say("用阿拉伯数字写，只写数，单位写进表头；是名称的，写在数的左边一列", "write digits and nothing else, and the unit in the header; if it is a name, put it in a column left of the figures"), true
	}
	return problem.Text{}, problem.Text{}, false
}

// slipped asks about a column of names behind other names that is full of what was meant to be a
// figure, or holds some figures: it may be one of figures.
func (t *tableReader) slipped(c *column, figures int) {
	var at Place
	var message, hint problem.Text
	all := true
	for _, i := range t.rows {
		v, ok := t.at(i, c.index)
		if !ok || isTotalWord(plainWord(v.Text)) {
			continue
		}
		m, h, is := slip(v)
		if !is && figures > 0 && !numberish(v) && strings.ContainsAny(v.Text, "0123456789") {
			m, h, is = problem.Say("“%s”不是数，这一列别的格是数", "%q is not a number, and other cells of the column are", problem.Quote(v.Text)), problem.Say("这一列是数的，一格只写一个数；是名称的，不要只写数字，例如“3号”", "if the column holds figures, write one number in each cell; if it holds names, none of them is a number alone, as in 3号"), true
		}
		if is && at.Cell == "" {
			at, message, hint = t.place(i, c.index), m, h
		}
		if all = all && (is || numberish(v)); !all && (figures == 0 || at.Cell != "") {
			break // of names, or it is known what is wrong with it
		}
	}
	if at.Cell != "" && (all || figures > 0) {
		t.ask(at, problem.ImportNumber, message, hint)
	}
}
