package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
)

// mark is what a line of a list begins with, as people type or paste it.
type mark struct {
	kind   markKind
	words  string // what stands behind it
	right  string // the line as Markdown has it
	proper bool   // Markdown's own mark, which has no effect here
	space  bool   // a space stands behind it
}

type markKind uint8

const (
	unmarked markKind = iota
	bullet
	ornament // □ ★: a list where several lines have it
	number
	clause // 一、 and （一）, by which official documents number
	box
)

const characters = `一二三四五六七八九十百`

var (
	boxMark    = regexp.MustCompile(`^(?:[-*+][ \t]*)?(?:\[([ xX√✓✔\x{3000}]?)\]|［([ xX√✓✔\x{3000}]?)］|【([ √✓✔\x{3000}]?)】)[ \t\x{3000}]*([^\s(（:：].*)$`)
	properMark = regexp.MustCompile(`^(?:[-*+]|([0-9]{1,3})[.)])[ \t]+(\S.*)$`)
	numberMark = regexp.MustCompile(`^(?:([0-9]{1,3})[、．）.)]|[（(]([0-9]{1,3})[）)])[ \t\x{3000}\x{a0}]*(\S.*)$`)
	clauseMark = regexp.MustCompile(`^(?:[` + characters + `]{1,3}[、．]|[（(][` + characters + `]{1,3}[）)])[ \t\x{3000}\x{a0}]*(\S.*)$`)
	another    = regexp.MustCompile(`^(?:[0-9]+|[` + characters + `]+)[、．，,.）)\-－至到和号等]|^[0-9]`) // 1、2号窗口; 1.5倍
)

// marked reads the mark of a line.
func marked(text string) mark {
	if m := boxMark.FindStringSubmatch(text); m != nil {
		right := "- [ ] " + m[4]
		if strings.Trim(m[1]+m[2]+m[3], " \u3000") != "" {
			right = "- [x] " + m[4]
		}
		return mark{kind: box, words: m[4], right: right}
	}
	if m := properMark.FindStringSubmatch(text); m != nil {
		if m[1] != "" {
			return mark{number, m[2], m[1] + ". " + m[2], true, true}
		}
		return mark{bullet, m[2], "- " + m[2], true, true}
	}
	if m := numberMark.FindStringSubmatch(text); m != nil && !another.MatchString(m[3]) {
		return mark{kind: number, words: m[3], right: m[1] + m[2] + ". " + m[3]}
	}
	if m := clauseMark.FindStringSubmatch(text); m != nil && !another.MatchString(m[1]) {
		return mark{kind: clause, words: m[1]}
	}
	first, size := utf8.DecodeRuneInString(text)
	words := strings.TrimLeft(text[size:], " \t\u3000\u00a0")
	m := mark{words: words, right: "- " + words, space: len(words) < len(text)-size}
	next, _ := utf8.DecodeRuneInString(words)
	switch {
	case words == "":
		return mark{}
	case strings.ContainsRune("•●▪■◦‣⁃∙", first) || 0xf000 <= first && first <= 0xf0ff: // of a word processor's own typeface
		m.kind = bullet
	case first == '·':
		m.kind = bullet
	case strings.ContainsRune("○□◆◇☆★►▶➢➤✓✔√※", first):
		m.kind = ornament
	case strings.ContainsRune("-－–+", first) && !unicode.IsDigit(next) && next != '.' && next != first,
		first == '*' && !strings.Contains(words, "*"):
		m.kind = ornament
	default:
		if n := circled(first); n > 0 {
			return mark{kind: number, words: words, right: strconv.Itoa(n) + ". " + words}
		}
		return mark{}
	}
	return m
}

// circled gives the number of ①, ⑴ or ⒈, up to 20.
func circled(r rune) int {
	switch {
	case '①' <= r && r <= '⑳':
		return int(r-'①') + 1
	case '⑴' <= r && r <= '⒇':
		return int(r-'⑴') + 1
	case '⒈' <= r && r <= '⒛':
		return int(r-'⒈') + 1
	}
	return 0
}

// typedList reports line i of a paragraph if it was meant as one of a list. A line
// that stands alone may have what mark it likes, but for the point of a word processor
// and a box; lines that follow one another run together.
func (d *document) typedList(p *printed, i int, text string) {
	is := func(i int) bool {
		return i >= 0 && i < len(p.lines) && marked(strings.TrimLeft(p.lines[i].text, "\u3000\u00a0 \t")).kind != unmarked
	}
	l, m := p.lines[i], marked(text)
	joins := i > 0 && !p.lines[i-1].hard
	joined := i+1 < len(p.lines) && !l.hard
	runs := joins && (is(i-1) || ends(p.lines[i-1].text)) || joined && is(i+1)
	var hint problem.Text
	switch {
	case m.kind == unmarked:
		return
	case m.kind == box, m.kind == bullet && m.space && !m.proper, m.proper && text != l.text:
	case !runs:
		return
	}
	switch m.kind {
	case box:
		hint = problem.Say("写成列表里的方框，“[x]”是已勾选：%s", "write a box in a list, [x] for one that is ticked: %s", pasted(m.right))
	case clause:
		hint = problem.Say("编号照旧的，各条之间空一行；是小标题的，写成：%s", "to keep the numbers, leave an empty line between them; if it is a heading, write %s", pasted("## "+text))
	case number:
		hint = problem.Say("写成：%s（列表与上文之间空一行）；编号照旧的，各条之间空一行", "write %s (with an empty line above the list); to keep the numbers as they are, leave an empty line between them", pasted(m.right))
	default:
		hint = problem.Say("写成：%s（列表与上文之间空一行）", "write %s (with an empty line above the list)", pasted(m.right))
	}
	said := problem.Say("“%s”会与前后各行连成一段印出，不是列表", "\"%s\" runs together with the lines beside it and is no list", problem.Quote(l.text))
	if !joins && !joined || m.kind == box {
		said = problem.Say("“%s”会原样印出，不是列表", "\"%s\" is printed as it is and is no list", problem.Quote(l.text))
	}
	d.warn(p.start+l.start, problem.MarkdownTypedList, said, hint)
}

// ends tells whether a line ends a sentence, or announces a list.
func ends(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("：:。；;！!？?", last)
}
