package check

import (
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/yaml"
)

// prose is what a body of Markdown says: its sentences, and what stands among them.
type prose struct {
	sentences []sentence
	charts    []bureau.Chart
	rows      []gridRow
	code      []sentence // the lines of other fenced blocks
}

// gridRow is one row of a table under its header.
type gridRow struct {
	header, cells []string
	at            problem.Position
}

// sentence is one sentence without its emphasis. It ends at 。！？； or with its
// paragraph or the item of its list.
type sentence struct {
	text      string
	at        problem.Position
	own       []string // the figures that it quotes, cases/2005年/立案
	paragraph []string // those of its whole paragraph
	first     bool     // its paragraph begins with it
	heading   int      // its level; 0 where it is none
	quote     bool     // it stands in a quotation: > …
	lines     []stretch
}

// stretch is a part of a sentence that stands in its file as it is: from an offset
// in the text on.
type stretch struct{ offset, line, column int }

// place gives where a byte of the sentence stands.
func (s sentence) place(offset int) problem.Position {
	at := s.at
	for _, l := range s.lines {
		if l.offset <= offset {
			at.Line, at.Column = l.line, l.column+utf8.RuneCountInString(s.text[l.offset:offset])
		}
	}
	return at
}

// proseOf reads a body. Tables and fenced blocks hold no sentences.
func proseOf(body bureau.Body) prose {
	var p prose
	var open paragraph
	var block strings.Builder // the fenced block that is open
	var header []string       // of the table that is open
	fence, isChart, fenceAt := "", false, 0
	number := body.Line - 1
	for text := range strings.Lines(string(body.Text)) {
		number++
		trimmed := strings.TrimSpace(text)
		switch {
		case fence != "" && strings.HasPrefix(trimmed, fence):
			if isChart {
				var c bureau.Chart
				yaml.Decode(body.File, fenceAt+1, []byte(block.String()), &c) // what is wrong is told where it is drawn
				p.charts = append(p.charts, c)
			}
			fence = ""
			continue
		case fence != "":
			block.WriteString(text)
			if !isChart && trimmed != "" {
				p.code = append(p.code, paragraph{{number, strings.TrimRight(text, "\r\n")}}.sentences(body)...)
			}
			continue
		case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
			fence, isChart, fenceAt = trimmed[:3], strings.TrimSpace(trimmed[3:]) == "chart", number
			block.Reset()
			trimmed = ""
		}
		if trimmed == "" || strings.ContainsRune("|#>-*+", rune(trimmed[0])) || numbered(trimmed) {
			p.sentences = append(p.sentences, open.sentences(body)...)
			open = nil
		}
		switch {
		case trimmed == "" || trimmed[0] != '|':
			header = nil
		case header == nil:
			header = cellsOf(trimmed)
			p.rows = append(p.rows, gridRow{nil, header, problem.Position{File: body.File, Line: number, Column: body.Indent + 1}})
		case strings.Trim(trimmed, "|-: \t") != "":
			p.rows = append(p.rows, gridRow{header, cellsOf(trimmed), problem.Position{File: body.File, Line: number, Column: body.Indent + 1}})
		}
		if trimmed != "" && trimmed[0] != '|' {
			open = append(open, line{number, strings.TrimRight(text, "\r\n")})
		}
	}
	p.sentences = append(p.sentences, open.sentences(body)...)
	return p
}

// cellsOf parts a line of a table.
func cellsOf(text string) []string {
	cells := strings.Split(strings.Trim(text, "|"), "|")
	for i := range cells {
		cells[i] = strings.Trim(cells[i], " \t*`")
	}
	return cells
}

// numbered tells whether a line begins an item: 1. or 1).
func numbered(text string) bool {
	rest := strings.TrimLeft(text, "0123456789")
	return len(rest) < len(text) && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}

// paragraph is the lines of one paragraph.
type paragraph []line

type line struct {
	number int
	text   string
}

func (p paragraph) sentences(body bureau.Body) []sentence {
	var all []sentence
	var s sentence
	var text strings.Builder
	end := func() {
		if s.text = strings.TrimSpace(text.String()); s.text != "" {
			s.own = figuresIn(s.text)
			all = append(all, s)
		}
		s = sentence{}
		text.Reset()
	}
	for _, l := range p {
		column := body.Indent
		start, unbroken := true, false
		for _, r := range l.text {
			column++
			if start && strings.ContainsRune("#>-+", r) || r == '*' || r == '`' || text.Len() == 0 && (r == ' ' || r == '\t') {
				unbroken = false
				continue // a sign of Markdown
			}
			if start = false; !unbroken {
				s.lines, unbroken = append(s.lines, stretch{text.Len(), l.number, column}), true
			}
			if text.Len() == 0 {
				s.at = problem.Position{File: body.File, Line: l.number, Column: column}
			}
			text.WriteRune(r)
			if strings.ContainsRune("。！？!?；;", r) {
				end()
				unbroken = false
			}
		}
	}
	end()
	if len(all) > 0 {
		first := strings.TrimSpace(p[0].text)
		all[0].first, all[0].heading = true, len(first)-len(strings.TrimLeft(first, "#"))
		for i := range all {
			all[i].quote = strings.HasPrefix(first, ">")
		}
	}
	var quoted []string
	for _, s := range all {
		quoted = append(quoted, s.own...)
	}
	for i := range all {
		all[i].paragraph = quoted
	}
	return all
}

// figuresIn gives what stands in {{…}}.
func figuresIn(text string) []string {
	var all []string
	for {
		_, rest, found := strings.Cut(text, "{{")
		if !found {
			return all
		}
		reference, after, closed := strings.Cut(rest, "}}")
		if closed {
			all = append(all, strings.TrimSpace(reference))
		}
		text = after
	}
}
