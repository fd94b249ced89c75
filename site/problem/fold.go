package problem

import (
	"fmt"
	"path"
	"strings"
)

const (
	mostAlike = 3 // problems down a column that are told one by one
	mostNamed = 5 // places that a problem names
)

// Again says of a problem that so many cells of its column have it, the first of
// which are named, and the last.
func (p *Problem) Again(cells int, first []string, last string) {
	if cells < 2 {
		return
	}
	first = first[:min(len(first), mostNamed)]
	zh, en := strings.Join(first, "、"), strings.Join(first, ", ")
	if cells > len(first) {
		zh, en = "从"+first[0]+"到"+last+"，有"+zh+"等", first[0]+" to "+last+", such as "+en
	}
	p.Message.ZH += fmt.Sprintf("（这一列共有%d格如此：%s）", cells, zh)
	p.Message.EN += fmt.Sprintf(" (%d cells of the column: %s)", cells, en)
}

// inLines says of a problem in which lines of its file it is, where no cell is known.
func (p *Problem) inLines(lines []int) {
	var names []string
	for _, line := range lines[:min(len(lines), mostNamed)] {
		names = append(names, fmt.Sprint(line))
	}
	last := lines[len(lines)-1]
	p.Message.ZH += fmt.Sprintf("（从第%d行到第%d行共有%d处如此，有第%s行等）", lines[0], last, len(lines), strings.Join(names, "、"))
	p.Message.EN += fmt.Sprintf(" (%d places, line %d to %d, such as %s)", len(lines), lines[0], last, strings.Join(names, ", "))
}

// Fold makes one of the problems that repeat down a column of a table: of those of
// one rule that are cured in the same way, where they are more than three. The list is
// sorted.
func (l *List) Fold() {
	type column struct {
		file, sheet, letters, hint string
		rule                       Rule
		severity                   Severity
	}
	of := func(p Problem) (column, bool) {
		letters := strings.TrimRight(p.Cell, "0123456789")
		return column{p.File, p.Sheet, letters, p.Hint.EN, p.Rule, p.Severity}, letters != "" || p.Line > 0 && path.Ext(p.File) == ".csv"
	}
	alike := map[column][]Position{}
	for _, p := range *l {
		if c, ok := of(p); ok {
			alike[c] = append(alike[c], p.Position)
		}
	}
	told := map[column]bool{}
	kept := (*l)[:0]
	for _, p := range *l {
		c, ok := of(p)
		if places := alike[c]; ok && len(places) > mostAlike {
			if told[c] {
				continue
			}
			told[c] = true
			var cells []string
			var lines []int
			for _, at := range places {
				cells, lines = append(cells, at.Cell), append(lines, at.Line)
			}
			if c.letters == "" {
				p.inLines(lines)
			} else {
				p.Again(len(cells), cells, cells[len(cells)-1])
			}
		}
		kept = append(kept, p)
	}
	*l = kept
}
