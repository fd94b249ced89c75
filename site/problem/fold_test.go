package problem

import (
	"fmt"
	"testing"
)

func TestFold(t *testing.T) {
	say := func(text string) Text { return Text{text, text} }
	var l List
	for line := 2; line <= 8; line++ {
		l.Error(Position{File: "data/a.csv", Line: line, Column: 5, Cell: fmt.Sprint("C", line)}, CSVNumber, say(fmt.Sprint("坏", line)), say("改"))
		l.Error(Position{File: "data/a.csv", Line: line, Column: 9}, CSVQuote, say("引号"), say("改"))
		l.Error(Position{File: "data/a.csv", Line: line, Column: 7, Cell: fmt.Sprint("D", line)}, RevisionUnexplained, say("变了"), say(fmt.Sprint("加一行", line))) // each is cured by a line of its own
		l.Error(Position{File: "data/pages/a.md", Line: line}, LinkDead, say("断了"), say("改"))
		l.Error(Position{File: "a.xlsx", Sheet: fmt.Sprint(line%4, "月"), Line: line, Cell: fmt.Sprint("B", line)}, CSVDate, say("日子"), say("改"))
		if line < 5 {
			l.Warn(Position{File: "data/b.csv", Line: line, Column: 1, Cell: fmt.Sprint("A", line)}, UnitPhone, say("电话"), say("改"))
		}
	}
	l.Sort()
	l.Fold()
	count := map[Rule]int{}
	for _, p := range l {
		count[p.Rule]++
	}
	want := map[Rule]int{CSVNumber: 1, CSVQuote: 1, CSVDate: 7, RevisionUnexplained: 7, LinkDead: 7, UnitPhone: 3}
	for rule, n := range want {
		if count[rule] != n {
			t.Errorf("%s: %d problems, want %d", rule, count[rule], n)
		}
	}
	if got, want := of(l, CSVNumber).Message, (Text{"坏2（这一列共有7格如此：从C2到C8，有C2、C3、C4、C5、C6等）", "坏2 (7 cells of the column: C2 to C8, such as C2, C3, C4, C5, C6)"}); got != want {
		t.Errorf("%+v", got)
	}
	if got, want := of(l, CSVQuote).Message, (Text{"引号（从第2行到第8行共有7处如此，有第2、3、4、5、6行等）", "引号 (7 places, line 2 to 8, such as 2, 3, 4, 5, 6)"}); got != want {
		t.Errorf("%+v", got)
	}
}

func of(l List, rule Rule) Problem {
	for _, p := range l {
		if p.Rule == rule {
			return p
		}
	}
	return Problem{}
}
