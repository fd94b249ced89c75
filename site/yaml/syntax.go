package yaml

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"sunshine/site/problem"
)

// syntax reports an error of the YAML library in a clerk's words.
func (d *decoder) syntax(err error, failure *yaml.LoadError) {
	if failure == nil {
		d.Error(d.place(1, 1), problem.YAMLSyntax,
			problem.Text{ZH: "YAML写法有误", EN: "this is not valid YAML (" + err.Error() + ")"},
			problem.Say("检查冒号、引号、括号和缩进", "check colons, quotes, brackets and indentation"))
		return
	}
	line, column := max(failure.Mark.Line, 1), max(failure.Mark.Column, 1)
	if last := bytes.Count(bytes.TrimRight(d.source, "\r\n"), []byte("\n")) + 1; line > last {
		line, column = last, len([]rune(string(d.line(last))))+1 // at the end of the source, not below it
	}
	message, context := failure.Message, failure.ContextMsg
	is := func(part string) bool { return strings.Contains(message, part) }

	if l, ok := d.slip(line); ok && !is("control characters") {
		d.slipped(l)
		return
	}
	switch {
	case is("found multiple"):
		line, column = d.second()
		d.Error(d.place(line, column), problem.YAMLDocuments,
			problem.Say("一个文件只能有一份内容，这里又开始了一份", "a file holds one document; another one begins here"),
			problem.Say("删去这一行“---”或“...”，或把后面的内容移到另一个文件", "remove this line, or move what follows to a file of its own"))
	case is("control characters"):
		line, column, _ = d.find(func(r rune, _ int) bool { return r != '\t' && r != '\n' && r != '\r' && unicode.IsControl(r) })
		d.Error(d.place(line, column), problem.YAMLSyntax,
			problem.Say("此处有看不见的控制字符", "an invisible control character stands here"),
			problem.Say("删去这一行重新输入", "delete the line and type it again"))
	case is("tab") || is("cannot start any token") && d.char(line, column) == '\t':
		d.Error(d.place(line, column), problem.YAMLIndent,
			problem.Say("缩进用了制表符（Tab）", "the line is indented with a tab"),
			problem.Say("每一级缩进改用两个空格", "indent each level with two spaces"))
	case is("cannot start any token"):
		d.Error(d.place(line, column), problem.YAMLSyntax,
			problem.Say("值不能以“%c”开头", "a value cannot begin with \"%c\"", d.char(line, column)),
			problem.Say("把整个值放进英文双引号", "put the whole value in double quotes"))
	case is("escape") || is("hexadecimal"):
		d.Error(d.place(line, column), problem.YAMLSyntax,
			problem.Say("双引号里的反斜杠“\\”写法有误", "this use of the backslash in double quotes is not valid"),
			problem.Say("改用单引号，或写成“\\\\”", "use single quotes, or write two backslashes"))
	case strings.Contains(context, "quoted scalar"):
		d.Error(d.place(failure.ContextMark.Line, failure.ContextMark.Column), problem.YAMLQuote,
			problem.Say("引号没有结束", "this quote is never closed"),
			problem.Say("在值的末尾补上同样的英文引号", "add the same quote at the end of the value"))
	case strings.Contains(context, "flow") && failure.ContextMark.Line < line:
		d.Error(d.place(failure.ContextMark.Line, failure.ContextMark.Column), problem.YAMLBracket,
			problem.Say("到第%d行为止，这个括号里缺少逗号，或者括号没有结束", "up to line %d a comma is missing in this bracket, or it is not closed", line+d.first-1),
			problem.Say("各项之间用英文逗号“,”加空格，末尾补上对应的 ] 或 }", "separate entries with a comma and a space, and close the bracket with ] or }"))
	case strings.Contains(context, "flow"), strings.Contains(message, "expected node content"):
		d.Error(d.place(line, column), problem.YAMLBracket,
			problem.Say("括号里的内容写法有误：缺少逗号或右括号", "a comma or a closing bracket is missing"),
			problem.Say("各项之间用英文逗号“,”加空格，括号 [ ] { } 成对；值里有英文逗号、冒号时请加引号",
				"separate entries with a comma and a space, and close every bracket; quote a value with a comma or a colon in it"))
	case is("mapping values are not allowed"):
		d.Error(d.place(line, column), problem.YAMLColon,
			problem.Say("这个冒号的位置不对", "a colon is not allowed here"),
			problem.Say("值里有英文冒号加空格时请加引号；若是新的一项，缩进应与上一项对齐", "quote a value that holds a colon and a space; if this is a new key, indent it like the one above"))
	case is("did not find expected key") && d.char(line, column) != 0 && column > 1 && d.indent(line) < column:
		d.Error(d.place(line, column), problem.YAMLQuote,
			problem.Say("引号之后还有文字", "text follows the closing quote"),
			problem.Say("把整个值放进一对引号；值里有单引号时外面用双引号", "put the whole value in one pair of quotes; use double quotes around a value with an apostrophe"))
	case is("did not find expected key"), is("'-' indicator"), is("<document start>"), is("not allowed in this context"), is("indentation"):
		d.Error(d.place(line, column), problem.YAMLIndent,
			problem.Say("这一行的缩进与上面对不齐", "the indentation of this line does not match the lines above"),
			problem.Say("同一级的各行从同一列开始，下一级多缩进两个空格", "begin lines of one level in the same column, two spaces deeper a level"))
	case is("anchor"), strings.Contains(context, "alias"), strings.Contains(context, "anchor"):
		d.Error(d.place(line, column), problem.YAMLAlias,
			problem.Say("不支持引用（& 和 *）", "anchors and aliases (& and *) are not supported"),
			problem.Say("文字以 & 或 * 开头时请加引号", "put a text that begins with & or * in quotes"))
	case is("depth") || is("nesting"):
		d.Error(d.place(line, column), problem.YAMLDepth,
			problem.Say("括号或缩进的层数太多", "brackets or indentation are nested too deeply"),
			problem.Say("减少括号或缩进的层数", "use fewer levels of nesting"))
	default:
		d.Error(d.place(line, column), problem.YAMLSyntax,
			problem.Text{ZH: "YAML写法有误：" + reason(message, context), EN: "this is not valid YAML (" + message + ")"},
			problem.Say("检查这一行的冒号和缩进；值里有符号的，放进英文双引号", "check the colon and the indentation of this line; put a value with signs in double quotes"))
	}
}

// reasons are what the library says, in Chinese. The first that fits holds.
var reasons = [...]struct{ part, zh string }{
	{"could not find expected ':'", "这一行缺少冒号"},
	{"found a comment without", "“#”前面缺少空格"},
	{"directive", "以“%”开头的一行被当作YAML指令"},
	{"block scalar", "“|”或“>”后面写了别的内容"},
	{"tag", "以“!”开头的内容被当作YAML标签"},
	{"document", "“---”或“...”的位置不对"},
	{"Unicode", "有不能识别的字符"},
	{"UTF", "有不能识别的字符"},
	{"surrogate", "有不能识别的字符"},
	{"spaces and tabs", "缩进混用了空格和制表符（Tab）"},
	{"unexpected end of stream", "内容没有写完"},
}

func reason(message, context string) string {
	for _, r := range reasons {
		if strings.Contains(message, r.part) || strings.Contains(context, r.part) {
			return r.zh
		}
	}
	return message
}

// line gives line n of the source, counted from 1.
func (d *decoder) line(n int) []byte {
	rest := d.source
	for ; n > 1; n-- {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			return nil
		}
		rest = rest[i+1:]
	}
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return bytes.TrimRight(rest, "\r")
}

// char gives the character at a place, 0 beyond the end of its line.
func (d *decoder) char(line, column int) rune {
	text := []rune(string(d.line(line)))
	if column < 1 || column > len(text) {
		return 0
	}
	return text[column-1]
}

// indent gives the column of the first character of a line that is no space.
func (d *decoder) indent(line int) int {
	text := d.line(line)
	return len(text) - len(bytes.TrimLeft(text, " ")) + 1
}

// second finds where a second document begins.
func (d *decoder) second() (line, column int) {
	begun := false
	for n := 1; ; n++ {
		text := d.line(n)
		if text == nil {
			return 1, 1
		}
		text = bytes.TrimSpace(text)
		marker := bytes.HasPrefix(text, []byte("---")) || bytes.Equal(text, []byte("..."))
		if marker && begun {
			return n, 1
		}
		begun = begun || len(text) > 0 && text[0] != '#'
	}
}

// slip looks at a line, and the lines above it up to the last key, for the slip
// that Chinese input methods invite: a key with a full-width colon, or one with
// no space after its colon. YAML reads both as mere text and trips over the lines
// below.
func (d *decoder) slip(line int) (int, bool) {
	line = min(line, bytes.Count(d.source, []byte("\n"))+1)
	for n := line; n >= 1 && n > line-4; n-- {
		text := strings.TrimLeft(string(d.line(n)), " -")
		key, rest, ok := cutColon(text)
		if ok && key != "" && !strings.ContainsAny(key, " \"'#[]{},，。；、") && utf8.RuneCountInString(key) <= 20 && !strings.HasPrefix(rest, "//") {
			return n, true
		}
		if strings.Contains(text, ": ") || strings.HasSuffix(text, ":") {
			if n < line {
				return 0, false
			}
		}
	}
	return 0, false
}

// slipped reports what slip found.
func (d *decoder) slipped(line int) {
	text := string(d.line(line))
	trimmed := strings.TrimLeft(text, " -")
	key, _, _ := cutColon(trimmed)
	column := utf8.RuneCountInString(text) - utf8.RuneCountInString(trimmed) + utf8.RuneCountInString(key) + 1
	d.colon(line, column, key, strings.HasPrefix(trimmed[len(key):], "："))
}

// colon reports a full-width colon, or a colon without its space, after a key.
func (d *decoder) colon(line, column int, key string, wide bool) {
	message := problem.Say("“%s”后的冒号后面缺少空格", "a space is missing after the colon of \"%s\"", problem.Quote(key))
	if wide {
		message = problem.Say("“%s”后用了中文冒号“：”", "a full-width colon stands after \"%s\"", problem.Quote(key))
	}
	d.Error(d.place(line, column), problem.YAMLColon, message,
		problem.Say("改成英文冒号加空格，即“%s: ”", "write a colon and a space: \"%s: \"", problem.Quote(key)))
	if wide {
		d.Cure("：", ": ")
	} else {
		d.Cure(":", ": ")
	}
}

// cutColon splits text at a full-width colon, or at a colon that no space
// follows, when it is the first colon.
func cutColon(text string) (key, rest string, ok bool) {
	i := strings.IndexAny(text, ":：")
	if i < 0 {
		return text, "", false
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	key, rest = text[:i], text[i+size:]
	if size == 1 && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
		return key, rest, false
	}
	return key, rest, true
}
