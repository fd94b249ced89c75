package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// cured is the button that mends a problem, where one thing alone does.
type cured struct {
	File, Rule       string
	Line, Column     int
	Old, New, Button string
}

// cureOf gives the button of a problem; nil where somebody has to think.
func (d *desk) cureOf(p problem.Problem) *cured {
	if p.Cure.Old == "" && p.Cure.New == "" || !bureau.KindAt(p.File).IsText() || placeOf(p.Position) == "" {
		return nil
	}
	return &cured{p.File, p.Rule.String(), p.Line, p.Column, p.Cure.Old, p.Cure.New,
		d.say("把“%s”改成“%s”", "Change “%s” to “%s”", problem.Quote(p.Cure.Old), problem.Quote(p.Cure.New))}
}

// cure mends a problem that was found, where it still stands.
func (d *desk) cure(w http.ResponseWriter, r *http.Request) {
	file, line, column := r.FormValue("file"), r.FormValue("line"), r.FormValue("column")
	problems, err := d.found(r.Context(), false)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	i := slices.IndexFunc(problems, func(p problem.Problem) bool {
		c := d.cureOf(p)
		return c != nil && c.File == file && c.Rule == r.FormValue("rule") && strconv.Itoa(c.Line) == line && strconv.Itoa(c.Column) == column
	})
	if i < 0 {
		d.failed(w, "/mend", gone(d))
		return
	}
	t, err := d.Work.Text(r.Context(), file)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	p := problems[i]
	data, ok := replaced(t.Bytes, p.Line, p.Column, p.Cure)
	if !ok {
		d.failed(w, "/mend", gone(d))
		return
	}
	if _, saved, err := d.Work.Save(r.Context(), file, t.SHA256, data); err != nil {
		d.failed(w, "/mend", err)
	} else if !saved {
		d.failed(w, "/mend", gone(d))
	} else {
		back(w, r, "/mend")
	}
}

// message is a sentence for whoever works here.
type message string

func (m message) Error() string { return string(m) }

// gone says that a problem is no longer where it was.
func gone(d *desk) error {
	return message(d.say("这一处已经不是原来的样子了，回到“改正”再看一遍。", "This place is not as it was any more; look at “Mend” again."))
}

// replaced gives a text with what stands at a line and column replaced; ok is false where
// something else stands there.
func replaced(data []byte, line, column int, c problem.Cure) ([]byte, bool) {
	lines := linesOf(strings.TrimPrefix(string(data), "\ufeff"))
	mark := len(data) - len(strings.Join(lines, ""))
	if !utf8.Valid(data) || line < 1 || line > len(lines) {
		return nil, false
	}
	at := 0
	for range column - 1 {
		_, size := utf8.DecodeRuneInString(lines[line-1][at:])
		at += size
	}
	rest := lines[line-1][at:]
	if strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "'") { // the place of a value is that of its quotes
		at, rest = at+1, rest[1:]
	}
	after, found := strings.CutPrefix(rest, c.Old)
	if !found {
		return nil, false
	}
	now := c.New
	if strings.HasSuffix(now, " ") && (strings.HasPrefix(after, " ") || strings.Trim(after, "\r\n") == "") {
		now = strings.TrimSuffix(now, " ")
	}
	if now == c.Old {
		return nil, false // it was mended
	}
	lines[line-1] = lines[line-1][:at] + now + after
	return append(data[:mark:mark], strings.Join(lines, "")...), true
}
