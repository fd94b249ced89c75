package markdown

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"sunshine/site/problem"
)

// typed reports what of a block was plainly meant as a mark of Markdown and is printed
// as it was typed. Lines of their own paragraphs may be numbered as people write
// (一、 and （一） are no faults); what is reported is what no reader takes for right.
func (d *document) typed(n ast.Node) {
	kind := n.Kind()
	prose := kind == ast.KindParagraph || kind == ast.KindTextBlock
	if !prose && kind != ast.KindHeading && kind != extended.KindTableCell || n.Lines().Len() == 0 {
		return
	}
	if !d.plainly(n, prose) {
		d.look(n, prose)
	}
}

func (d *document) look(n ast.Node, prose bool) {
	p := d.printed(n)
	if prose {
		d.typedLines(p)
	}
	p.links(d)
	p.addresses(d)
	p.marks(d)
	p.notes(d)
}

// plainly tells of a block that a look finds nothing in it, as in most: no line of prose
// begins with what may be a mark or has a tab, and none of its characters begins or ends one.
func (d *document) plainly(n ast.Node, prose bool) bool {
	source, lines := d.body.Text, n.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		if line := source[segment.Start:segment.Stop]; prose && (!begins(bytes.TrimLeft(line, " ")) || bytes.IndexByte(line, '\t') >= 0) {
			return false
		}
	}
	return plain(n, source)
}

// begins tells whether a line begins as a sentence does, with a letter that numbers nothing.
func begins(line []byte) bool {
	r, _ := utf8.DecodeRune(line)
	return 'a' <= r|0x20 && r|0x20 <= 'z' || '\u4e00' <= r && r <= '\u9fff' && !strings.ContainsRune(characters, r)
}

// plain tells whether the texts in a node hold none of the characters that p.links,
// p.addresses, p.marks and p.notes look for, and it has no bare address and no link behind ！.
func plain(parent ast.Node, source []byte) bool {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if telling(n.Segment.Value(source)) {
				return false
			}
		case *ast.AutoLink:
			return false
		case *ast.Link:
			if bytes.HasSuffix(source[:n.Pos()], []byte("！")) {
				return false
			}
		case *figure, *ast.Image, *ast.CodeSpan: // as in printed
		default:
			if !plain(n, source) {
				return false
			}
		}
	}
	return true
}

// telling tells whether a text holds one of * . / @ ] ^ ~ 】 ＊ ／ ＠ ］.
func telling(text []byte) bool {
	for i, b := range text {
		switch b {
		case '*', '.', '/', '@', ']', '^', '~':
			return true
		case 0x91: // the last byte of 】, whose first ones 、 and 。 have, too
			if bytes.HasSuffix(text[:i], []byte("】")[:2]) {
				return true
			}
		case 0xef:
			if r, _ := utf8.DecodeRune(text[i:]); r == '＊' || r == '／' || r == '＠' || r == '］' {
				return true
			}
		}
	}
	return false
}

// printed is the text of a block, byte by byte as in the source, with 0 in the place
// of what is not printed as it stands: marks, code, links, figures.
type printed struct {
	start  int
	lines  []line
	text   []byte
	bare   []*ast.AutoLink // addresses that are links though nothing marks them
	images []*ast.Link     // links behind ！ that lead to a picture
}

// line is one line of a block.
type line struct {
	start int // in the block
	text  string
	hard  bool // a line break follows that is printed
}

func (d *document) printed(n ast.Node) *printed {
	lines := n.Lines()
	source := d.body.Text
	p := &printed{start: lines.At(0).Start}
	p.text = make([]byte, lines.At(lines.Len()-1).Stop-p.start)
	for i := range lines.Len() {
		segment := lines.At(i)
		written := segment.Value(source)
		whole := bytes.TrimRight(written, "\r\n")
		if len(whole) < len(written) {
			p.text[segment.Stop-1-p.start] = '\n'
		}
		p.lines = append(p.lines, line{segment.Start + segment.Len() - len(bytes.TrimLeft(source[segment.Start:segment.Stop], " \t")) - p.start,
			strings.Trim(string(whole), " \t"), bytes.HasSuffix(whole, []byte("  ")) || bytes.HasSuffix(whole, []byte(`\`))})
	}
	p.collect(n, source)
	return p
}

func (p *printed) collect(parent ast.Node, source []byte) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if n.Segment.Start >= p.start && n.Segment.Stop <= p.start+len(p.text) {
				copy(p.text[n.Segment.Start-p.start:], n.Segment.Value(source))
			}
		case *ast.AutoLink:
			if at := n.Pos(); at >= p.start && source[at] != '<' {
				p.bare = append(p.bare, n)
			}
		case *ast.Link:
			if picture(string(n.Destination)) && bytes.HasSuffix(source[:n.Pos()], []byte("！")) {
				p.images = append(p.images, n)
			}
		case *ast.Image, *ast.CodeSpan, *figure:
		default:
			p.collect(n, source)
		}
	}
}

// all gives where an expression is found in the block. A look for a character that it
// needs is much faster than the expression itself.
func (p *printed) all(what *regexp.Regexp, needs string) [][]int {
	if !p.has(needs) {
		return nil
	}
	return what.FindAllSubmatchIndex(p.text, -1)
}

// has tells whether any of the characters stands in the block. Looked for one by one they
// are found by the machine's own instructions; bytes.ContainsAny decodes the text for them.
func (p *printed) has(characters string) bool {
	for i, r := range characters {
		if bytes.Contains(p.text, []byte(characters[i:i+utf8.RuneLen(r)])) {
			return true
		}
	}
	return false
}

func picture(address string) bool {
	switch strings.ToLower(path.Ext(address)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg":
		return true
	}
	return false
}

// pasted gives a line of a hint whole, as it is to be pasted.
func pasted(line string) string {
	const most = 400 // characters, more than a line of prose
	if utf8.RuneCountInString(line) > most {
		line = string([]rune(line)[:most]) + "…"
	}
	return problem.Visible(line)
}

// typedLines goes through the lines of a paragraph.
func (d *document) typedLines(p *printed) {
	bars := 0 // lines of the table so far
	for i, l := range p.lines {
		indented := strings.TrimLeft(l.text, "\u3000\u00a0 \t")
		at := p.start + l.start
		if l.start >= len(p.text) || p.text[l.start] == 0 { // emphasis, code, a link
			bars = 0
			continue
		}
		if cells, ok := row(indented); ok || bars > 0 && ruler.MatchString(indented) {
			if bars++; bars == 1 {
				next := ""
				if i+1 < len(p.lines) {
					next = p.lines[i+1].text
				}
				d.typedTable(at, l.text, next, cells)
			}
			continue
		}
		bars = 0
		if heading := meantHeading(indented, indented != l.text); heading != "" {
			d.warn(at, problem.MarkdownTypedHeading,
				problem.Say("“%s”会原样印出，不是小标题", "\"%s\" is printed as it is and is no heading", problem.Quote(l.text)),
				problem.Say("小标题顶格写，用半角的“#”，后面空一格：%s", "write a heading at the start of the line, with \"#\" and a space: %s", pasted(heading)))
			continue
		}
		if d.tabbed(p, i) {
			continue
		}
		d.typedList(p, i, indented)
	}
}

var (
	headingMark = regexp.MustCompile(`^([#＃]+)([ \t\x{3000}\x{a0}]*)(.*)$`)
	trailing    = regexp.MustCompile(`[ \t\x{3000}]*[#＃]*$`)
)

// meantHeading gives the heading that a line was meant as. A topic between two marks
// (#平安春运#) and a number behind one (#1号楼) are none.
func meantHeading(text string, indented bool) string {
	m := headingMark.FindStringSubmatch(text)
	if m == nil || m[3] == "" {
		return ""
	}
	words := trailing.ReplaceAllString(m[3], "")
	first, _ := utf8.DecodeRuneInString(words)
	level := utf8.RuneCountInString(m[1])
	switch {
	case words == "":
		return ""
	case level > 1 || m[2] != "" && (m[1] == "＃" || indented):
	case m[2] != "" || strings.ContainsAny(m[3], "#＃") || m[1] == "#" && !unicode.Is(unicode.Han, first) || unicode.IsDigit(first):
		return ""
	}
	return strings.Repeat("#", min(max(level, 2), 6)) + " " + words
}

// row tells whether a line was meant as one of a table, and how many cells it has.
func row(text string) (cells int, ok bool) {
	text = strings.ReplaceAll(text, "｜", "|")
	if !strings.HasPrefix(text, "|") || !strings.HasSuffix(text, "|") {
		return 0, false
	}
	cells = strings.Count(text, "|") - strings.Count(text, `\|`) - 1
	return cells, cells > 1
}

var ruler = regexp.MustCompile(`^[|｜:：\-－—–\s]+$`)

func (d *document) typedTable(at int, head, next string, cells int) {
	if cells > 100 { // nobody pastes such a line
		cells = 100
	}
	said := problem.Say("“%s”会原样印出，不是表格：表头下面没有分隔行", "\"%s\" is printed as it is and is no table: below its header the line is missing that parts it from the rows", problem.Quote(head))
	separator := strings.Repeat("|---", cells) + "|"
	hint := problem.Say("在这一行下面加一行：%s", "below this line add the line: %s", separator)
	if ruler.MatchString(next) && strings.ContainsAny(next, "-－—–") {
		said = problem.Say("“%s”会原样印出，不是表格：下面的分隔行写法不对，或格数与表头不同", "\"%s\" is printed as it is and is no table: the line below it does not have a cell of --- for each of the header", problem.Quote(head))
		hint = problem.Say("把下一行改为：%s", "let the next line be: %s", separator)
	}
	if plain := strings.ReplaceAll(head, "｜", "|"); plain != head {
		said = problem.Say("“%s”会原样印出，不是表格：用了全角的“｜”", "\"%s\" is printed as it is and is no table: it has the full-width ｜", problem.Quote(head))
		hint = problem.Say("各行都用半角的“|”，表头下面是分隔行：%s，下一行 %s", "use the plain | in all lines, with a line below the header that parts it from the rows: %s and below it %s", pasted(plain), separator)
	}
	d.warn(at, problem.MarkdownTypedTable, said, hint)
}

// tabbed reports the first of lines that were copied from the table of another program,
// whose cells are parted by tabs.
func (d *document) tabbed(p *printed, i int) bool {
	tabs := func(i int) int {
		if i < 0 || i >= len(p.lines) {
			return 0
		}
		n := strings.Count(p.lines[i].text, "\t")
		if n > 0 && marked(strings.TrimLeft(p.lines[i].text, "\u3000\u00a0")).kind != unmarked {
			return 0
		}
		return n
	}
	n := tabs(i)
	if n == 0 || tabs(i-1) != n && tabs(i+1) != n {
		return false
	}
	if tabs(i-1) != n {
		head := "|" + strings.ReplaceAll(p.lines[i].text, "\t", "|") + "|"
		d.warn(p.start+p.lines[i].start, problem.MarkdownTypedTable,
			problem.Say("“%s”等几行是从表格里复制来的，会连成一段印出", "the lines from \"%s\" on were copied from a table and run together", problem.Quote(p.lines[i].text)),
			problem.Say("各格之间写“|”，表头下面是分隔行：%s，下一行 %s", "part the cells by |, with a line below the header that parts it from the rows: %s and below it %s", pasted(head), strings.Repeat("|---", min(n+1, 100))+"|"))
	}
	return true
}

// links reports what was meant as a link or an image: with brackets of a Chinese
// keyboard, a space between them, a space in the address.
func (p *printed) links(d *document) {
	if !p.has("]】］") && len(p.images) == 0 {
		return
	}
	text := bytes.Clone(p.text)
	for _, n := range p.bare {
		copy(text[n.Pos()-p.start:], n.Label(d.body.Text))
	}
	for _, m := range linkMarks.FindAllSubmatchIndex(text, -1) {
		if escaped(text, m[0]) || m[2] > 0 && m[2] == m[3] && escaped(text, m[4]) {
			continue
		}
		part := func(i int) string { return string(d.body.Text[p.start+m[2*i] : p.start+m[2*i+1]]) }
		bang, label, address := part(1), part(3), strings.Trim(part(7), " \t\u3000")
		written := part(0)
		if !addressLike.MatchString(address) {
			continue
		}
		target := mended(address)
		if strings.ContainsAny(target, " \t\u3000") {
			target = "<" + target + ">"
		}
		if bang == "!" || bang == "！" && picture(address) {
			p.image(d, m[0], written, "!["+label+"]("+target+")")
		} else {
			d.warn(p.start+m[4], problem.MarkdownTypedLink,
				problem.Say("“%s”会原样印出，不是链接", "\"%s\" is printed as it is and is no link", problem.Quote(strings.TrimPrefix(written, bang))),
				problem.Say("用半角的方括号和圆括号，中间不留空格，地址里有空格的放进尖括号：%s", "use the brackets of an English keyboard without a space between them, and <> around an address with spaces: %s", pasted("["+label+"]("+target+")")))
		}
		clear(p.text[m[0]:m[1]]) // said
	}
	for _, n := range p.images {
		label := d.words(n)
		p.image(d, n.Pos()-p.start-len("！"), "！["+label+"]("+string(n.Destination)+")", "!["+label+"]("+string(n.Destination)+")")
	}
}

func (p *printed) image(d *document, at int, written, right string) {
	d.error(p.start+at, problem.MarkdownImage,
		problem.Say("“%s”不是图片，图片显示不出来", "\"%s\" is no image, and none is shown", problem.Quote(written)),
		problem.Say("用半角的“!”、方括号和圆括号，中间不留空格，地址里有空格的放进尖括号：%s", "use the ! and the brackets of an English keyboard without a space between them, and <> around an address with spaces: %s", pasted(right)))
}

var (
	linkMarks   = regexp.MustCompile(`([!！]?)([\[【［])([^\[\]【】［］\n]+)([\]】］])([ \t\x{3000}]*)([(（])([^()（）\x00\n]+)([)）])`)
	addressLike = regexp.MustCompile(`(?i)^(<?https?[:：]|mailto[:：]|tel[:：]|www\.|\.{0,2}/)|\.(md|csv|pdf|docx?|xlsx?|wps|et|ofd|png|jpe?g|gif|svg|webp|zip|html?)$`)
)

// mended gives an address with what a Chinese keyboard made of it put right.
func mended(address string) string {
	address = strings.NewReplacer("：", ":", "／", "/", "．", ".", "＠", "@").Replace(address)
	scheme, rest, ok := strings.Cut(address, "://")
	switch lower := strings.ToLower(strings.TrimSpace(scheme)); {
	case ok && (lower == "http" || lower == "https"):
		return lower + "://" + strings.TrimSpace(rest)
	case strings.HasPrefix(strings.ToLower(address), "www."):
		return "https://" + address
	}
	return address
}

// escaped tells whether a backslash says that what stands at i is to be printed.
func escaped(text []byte, i int) bool { return i > 0 && text[i-1] == '\\' }

var (
	schemed = regexp.MustCompile(`(?i)https?[ \t]?[:：][ \t]?[/／]{2}([^\s\x00\x{3000}，。；、！？（）()<>“”‘’"'《》【】\[\]|]+)`)
	mail    = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+-]*[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	host    = regexp.MustCompile(`(?i)(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu|ac)\.cn)(?:/[\w\-./?%&=#~:+]*)?`)
	goesOn  = regexp.MustCompile(`^[^\s\x00\x{3000}，。；、！？（）()<>“”‘’"'《》【】\[\]|：]+`)
)

// addresses reports what a reader sees as an address and cannot follow.
func (p *printed) addresses(d *document) {
	said := func(from, to int, right string) {
		d.warn(p.start+from, problem.MarkdownTypedAddress,
			problem.Say("“%s”会原样印出，点不开", "\"%s\" is printed as it is and is no link", problem.Quote(string(p.text[from:to]))),
			problem.Say("写成链接：%s（核对地址和 http、https）；不作链接的，放进反引号", "write it as a link: %s (make sure of the address, and of http or https); put between backquotes what is to be none", pasted(right)))
		clear(p.text[from:to])
	}
	for _, m := range p.all(schemed, "/／") {
		to := m[0] + len(bytes.TrimRight(p.text[m[0]:m[1]], ".,;:!?"))
		if domain, _, _ := strings.Cut(string(p.text[m[2]:max(to, m[2])]), "/"); !strings.ContainsAny(strings.Trim(domain, ".．"), ".．") || escaped(p.text, m[0]) || m[0] > 0 && util.IsAlphaNumeric(p.text[m[0]-1]) {
			continue // https:// begins an address
		}
		said(m[0], to, "<"+mended(string(p.text[m[0]:to]))+">")
	}
	for _, m := range p.all(mail, "@＠") {
		said(m[0], m[1], "<"+mended(string(p.text[m[0]:m[1]]))+">")
	}
	for _, m := range p.all(host, ".") {
		if m[0] > 0 && strings.IndexByte(`\@/.:-_`, p.text[m[0]-1]) >= 0 {
			continue
		}
		to := m[0] + len(bytes.TrimRight(p.text[m[0]:m[1]], ".:?"))
		address := string(p.text[m[0]:to])
		said(m[0], to, "["+address+"](https://"+address+")")
	}
	for _, n := range p.bare {
		address := n.Label(d.body.Text)
		end := n.Pos() + len(address)
		rest := goesOn.Find(d.body.Text[end:min(end+500, p.start+len(p.text))])
		if first, _ := utf8.DecodeRune(rest); !unicode.IsLetter(first) || !bytes.HasSuffix(address, []byte("/")) && !bytes.HasSuffix(address, []byte("=")) {
			continue
		}
		d.warn(n.Pos(), problem.MarkdownTypedAddress,
			problem.Say("链接只到“%s”为止，后面的“%s”不在链接里", "the link ends with \"%s\"; \"%s\" behind it is no part of it", problem.Quote(string(address)), problem.Quote(string(rest))),
			problem.Say("是同一个网址的，写成：%s；不是的，在网址后面空一格", "if it is one address, write %s; else write a space behind the address", pasted("<"+string(address)+string(rest)+">")))
	}
}

var (
	stars    = regexp.MustCompile(`(＊＊|\*\*)([^*＊\n\x00]+)(＊＊|\*\*)`)
	lowered  = regexp.MustCompile(`([A-Za-z)\]])~([0-9]{1,2})~`)
	raised   = regexp.MustCompile(`([A-Za-z)\]])\^([0-9]{1,2})\^`)
	lowering = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")
	raising  = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
)

// marks reports stars that make nothing bold, and marks of subscripts and superscripts,
// which Markdown does not have.
func (p *printed) marks(d *document) {
	said := func(m []int, right string) {
		d.warn(p.start+m[0], problem.MarkdownTypedMark,
			problem.Say("“%s”里的符号会原样印出", "the marks of \"%s\" are printed as they are", problem.Quote(string(p.text[m[0]:m[1]]))),
			problem.Say("写成：%s；就要印出这些符号的，放进反引号", "write %s; put between backquotes what is to be printed so", pasted(right)))
	}
	for _, m := range p.all(stars, "*＊") {
		inside := string(p.text[m[4]:m[5]])
		words := strings.Trim(inside, " \t\u3000")
		if words == "" || escaped(p.text, m[0]) || words == inside && p.text[m[0]] == '*' && p.text[m[6]] == '*' { // 张**、李**
			continue
		}
		said(m, "**"+words+"**")
	}
	for _, m := range p.all(lowered, "~") {
		said(m, string(p.text[m[2]:m[3]])+lowering.Replace(string(p.text[m[4]:m[5]])))
	}
	for _, m := range p.all(raised, "^") {
		said(m, string(p.text[m[2]:m[3]])+raising.Replace(string(p.text[m[4]:m[5]])))
	}
}

var noteMark = regexp.MustCompile(`\[\^([^\[\]\n\x00]+)\](：?[^\n\x00]*)`)

// notes reports the mark of a footnote that does not exist, and a footnote that a
// full-width colon makes none.
func (p *printed) notes(d *document) {
	for at := 0; bytes.Contains(p.text[at:], []byte("[^")); {
		m := noteMark.FindSubmatchIndex(p.text[at:])
		if m == nil {
			return
		}
		from, label, behind := at+m[0], string(p.text[at+m[2]:at+m[3]]), string(p.text[at+m[4]:at+m[5]])
		at += m[4]
		mark := "[^" + label + "]"
		words, full := strings.CutPrefix(behind, "：")
		switch {
		case escaped(p.text, from):
		case full && (from == 0 || p.text[from-1] == '\n' || p.text[from-1] == 0):
			d.warn(p.start+from, problem.MarkdownFootnote,
				problem.Say("“%s”后面是全角的冒号，这一行会原样印出，不是注释", "a full-width colon stands behind \"%s\"; the line is printed as it is and is no footnote", problem.Quote(mark)),
				problem.Say("写成：%s", "write %s", pasted(mark+": "+strings.TrimSpace(words))))
		default:
			d.warn(p.start+from, problem.MarkdownFootnote,
				problem.Say("“%s”会原样印出：没有这条注释", "\"%s\" is printed as it is: there is no such footnote", problem.Quote(mark)),
				problem.Say("在正文末尾空一行，写上注释：%s: 注释的内容", "at the end of the text, below an empty line, write the footnote: %s: what it explains", pasted(mark)))
		}
	}
}
