package attack

import (
	"fmt"
	"io/fs"
	"strings"

	"sunshine/site/problem"
)

// maxCited is how many cells a line for people names; --format json has all.
const maxCited = 8

// Text says a finding in one line.
func (f Finding) Text() problem.Text {
	value := fmt.Sprintf("= %d", f.Low)
	if f.Low != f.High {
		value = fmt.Sprintf("%d…%d", f.Low, f.High)
	}
	name := strings.TrimSpace(f.Row + " " + f.Field)
	cells := f.From
	zhMore, enMore := "", ""
	if len(cells) > maxCited {
		zhMore, enMore = fmt.Sprintf("；等等，共%d格", len(cells)), fmt.Sprintf("; and others, %d in all", len(cells))
		cells = cells[:maxCited]
	}
	zh, en := strings.Join(cells, "；")+zhMore, strings.Join(cells, "; ")+enMore
	from := problem.Text{
		ZH: fmt.Sprintf("由这%d格算出：%s", len(f.From), zh),
		EN: fmt.Sprintf("from these %d cells: %s", len(f.From), en),
	}
	if len(f.From) == 1 {
		from = problem.Text{ZH: "由这一格得知：" + zh, EN: "from this cell: " + en}
	}
	switch f.Kind {
	case Open:
		from = problem.Text{ZH: "小的人数（或单位数）直接公布着", EN: "a small count of persons or organisations stands published"}
	case Given:
		from = problem.Text{ZH: "这里不公布，别处给出了：" + zh, EN: "withheld here, given elsewhere: " + en}
	case Derived:
		from = problem.Text{ZH: "没有公布过，" + from.ZH, EN: "never published; " + from.EN}
	case Supposed:
		from = problem.Text{ZH: "设不公布的格都不是0，" + from.ZH, EN: "if no withheld count is 0; " + from.EN}
	case Rounded:
		from = problem.Text{ZH: "凑整以前的数，" + from.ZH, EN: "the count before rounding; " + from.EN}
	}
	return problem.Text{
		ZH: fmt.Sprintf("%s：%s %s，%s", f.File, name, value, from.ZH),
		EN: fmt.Sprintf("%s: %s %s, %s", f.File, name, value, from.EN),
	}
}

// Summary says how much was looked at, so that "nothing found" is not "nothing read".
func (r Report) Summary() problem.Text {
	t := problem.Say("读了文件%[1]d个、统计%[2]d份：公布的数字%[3]d个，不公布的%[4]d格，等式和不等式%[5]d个；推算得出%[6]d处",
		"files read: %[1]d, statistics: %[2]d, published figures: %[3]d, withheld cells: %[4]d, equations and inequalities: %[5]d; findings: %[6]d",
		r.Files, r.Statistics, r.Figures, r.Withheld, r.Relations, len(r.Findings))
	if r.Undecided > 0 {
		more := problem.Say("；牵连太广、没有算到底的%d个", "; withheld counts not settled, being tied to too much: %d", r.Undecided)
		t.ZH, t.EN = t.ZH+more.ZH, t.EN+more.EN
	}
	if r.Torn > 0 {
		more := problem.Say("；与其余相矛盾、没有用的%d个", "; relations left out because the rest contradicts them: %d", r.Torn)
		t.ZH, t.EN = t.ZH+more.ZH, t.EN+more.EN
	}
	if len(r.Unread) > 0 {
		more := problem.Say("；没有读的文件%d个", "; files not read: %d", len(r.Unread))
		t.ZH, t.EN = t.ZH+more.ZH, t.EN+more.EN
	}
	return t
}

// File shows one file of a folder as a folder of its own.
func File(fsys fs.FS, name string) fs.FS { return only{fsys, name} }

type only struct {
	fs.FS
	name string
}

func (o only) Open(name string) (fs.File, error) {
	if name != o.name && name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.FS.Open(name)
}

// ReadDir lists the one file.
func (o only) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	info, err := fs.Stat(o.FS, o.name)
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}
