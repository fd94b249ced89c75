package load

import (
	"bytes"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/yaml"
)

// document reads a file of prose: the front matter, YAML between two lines of
// three hyphens, into the struct, and the Markdown below as its body.
func document(file string, data []byte, into any) (bureau.Body, problem.List) {
	body := bureau.Body{File: file, Line: 1}
	source, problems := prose(file, data)
	if source == nil && problems != nil {
		return body, problems
	}
	front, first, rest, ok := split(source)
	if !ok {
		at := problem.Position{File: file, Line: max(first-1, 1), Column: 1}
		if first == 0 {
			problems.Error(at, problem.FrontmatterStart,
				problem.Say("文件不是以“---”一行开头", "the file does not begin with a line \"---\""),
				problem.Say("在第一行写三个英文减号“---”，然后每行写一个“键: 值”，再写一行“---”", "write three hyphens, \"---\", on the first line, then lines of \"key: value\", then \"---\" again"))
			body.Text = source
		} else {
			problems.Error(at, problem.FrontmatterEnd,
				problem.Say("这里开始的键值部分没有结束", "the front matter that begins here does not end"),
				problem.Say("在键值部分之后、正文之前加一行“---”", "add a line \"---\" after the keys, before the text"))
		}
		return body, problems
	}
	body.Line = first + bytes.Count(front, []byte("\n")) + 1
	body.Text = rest
	return body, yaml.Decode(file, first, front, into)
}

// Parts gives where the front matter of a file stands in it, from its first line on, and
// where the body begins.
func Parts(source []byte) (from, to, body int, ok bool) {
	front, first, rest, ok := split(source)
	if !ok {
		return 0, 0, 0, false
	}
	for range first - 1 {
		from += bytes.IndexByte(source[from:], '\n') + 1
	}
	return from, from + len(front), len(source) - len(rest), true
}

// split parts a file into its front matter, which begins on line first, and the
// body. Where ok is false, first is 0 if it has no front matter, and otherwise
// the line after the fence that is never closed.
func split(source []byte) (front []byte, first int, body []byte, ok bool) {
	rest := source
	for line := 1; ; line++ {
		text, after, more := bytes.Cut(rest, []byte("\n"))
		rest = after
		if fence(text) {
			first = line + 1
			break
		}
		if len(bytes.TrimSpace(text)) > 0 || !more {
			return nil, 0, nil, false
		}
	}
	front = rest
	for end := 0; ; {
		text, after, more := bytes.Cut(rest, []byte("\n"))
		if fence(text) {
			return front[:end], first, after, true
		}
		if !more {
			return nil, first, nil, false
		}
		end += len(text) + 1
		rest = after
	}
}

func fence(line []byte) bool {
	return string(bytes.TrimRight(line, " \t\r")) == "---"
}
