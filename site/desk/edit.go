package desk

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// editing is a file in a form.
type editing struct {
	File     string
	Text     string
	Was      string // SHA-256 of the file that the text was made from
	Line     int    // that the reader came for; 0 for none
	There    string // that line, as it stands
	Saved    bool
	Same     bool    // it was sent without any change
	Whole    string  // where it is replaced, renamed or taken away; empty where it stays
	Form     string  // where it is a form of its keys; empty where it has none
	Why      string  // that is not so, or what was sent was not taken
	Hint     string  // what to do about it
	Fixed    bool    // it is only shown
	Problems []shown // of the file, the first ones
	Other    *string // what stands on the disk now, where somebody else changed it; then Text is not saved
}

// readable gives the text of a file in UTF-8 and the encoding that it is in; ok is false
// where it can be in none in which single lines can be changed.
func (d *desk) readable(r *http.Request, t Text) (shown, encoding string, ok bool) {
	if utf8.Valid(t.Bytes) {
		return string(t.Bytes), utf8Name, returns(t.Bytes)
	}
	decoded, encoding, err := text.Decode(t.Bytes, d.encodingOf(r.Context(), t.File))
	if err != nil {
		return strings.ToValidUTF8(string(t.Bytes), "\ufffd"), "", false
	}
	again, ok := text.Encode(string(decoded), encoding)
	return string(decoded), encoding, ok && !strings.HasPrefix(encoding, "UTF-16") && len(again) <= len(t.Bytes)
}

// returns tells whether a browser sends a text back as it was shown: in UTF-8, and without
// a NUL, for which it has another character.
func returns(data []byte) bool { return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 }

// edit shows a file that staff write.
func (d *desk) edit(w http.ResponseWriter, r *http.Request) {
	t, err := d.Work.Text(r.Context(), r.FormValue("file"))
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	d.showText(w, r, d.editingOf(r, t))
}

// showText shows a text at the line that the reader came for, with what is wrong with it.
func (d *desk) showText(w http.ResponseWriter, r *http.Request, e editing) {
	e.Line, _ = strconv.Atoi(r.FormValue("line"))
	e.Saved, e.Same = r.FormValue("saved") != "", r.FormValue("same") != ""
	if lines := linesOf(e.Text); e.Line > 0 && e.Line <= len(lines) {
		e.There = strings.TrimRight(lines[e.Line-1], "\r\n")
	} else {
		e.Line = 0
	}
	problems, err := d.found(r.Context(), e.Saved)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	for _, here := range []bool{true, false} { // what the reader came for comes first
		for i, p := range problems {
			if p.File == e.File && here == (e.Line > 0 && p.Line == e.Line) && len(e.Problems) < firstOfRule {
				s := d.shownOf(problems[i : i+1])[0]
				if p.Line > 0 {
					s.Edit = textAt(p.File, p.Line)
				}
				e.Problems = append(e.Problems, s)
			}
		}
	}
	d.show(w, http.StatusOK, "/mend", "edit.html", e.File, e)
}

// editingOf is the text of a file as it stands.
func (d *desk) editingOf(r *http.Request, t Text) editing {
	e := editing{File: t.File, Was: t.SHA256, Whole: wholeOf(t)}
	var ok bool
	if e.Text, _, ok = d.readable(r, t); !ok {
		e.Fixed = true
		e.because(d, problem.Refuse(problem.Say("认不出这个文件的编码，或者里面有空字节，或者它不能逐行修改", "the encoding of this file is unclear, or it holds a NUL, or it cannot be edited line by line"),
			problem.Say("用记事本打开，另存为UTF-8编码，再在这里改", "open it in an editor and save it as UTF-8; then edit it here")))
	}
	if _, has := forms[bureau.KindAt(t.File)]; has {
		e.Form = "/form?file=" + url.QueryEscape(t.File)
	}
	return e
}

// because says why a text is shown.
func (e *editing) because(d *desk, fault *problem.Fault) {
	e.Why, e.Hint = fault.Message.In(d.Language), fault.Hint.In(d.Language)
}

// save writes a file as it was sent, in its own encoding; lines that are the same keep their
// bytes. Where it is another by now than the one that was shown, nothing is written, and both
// versions are shown.
func (d *desk) save(w http.ResponseWriter, r *http.Request) {
	t, err := d.Work.Text(r.Context(), r.FormValue("file"))
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	sent := strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n") // a form ends every line so
	refuse := func(fault *problem.Fault) {
		e := d.editingOf(r, t)
		e.Text = sent
		e.because(d, fault)
		d.show(w, http.StatusUnprocessableEntity, "/mend", "edit.html", t.File, e)
	}
	_, encoding, ok := d.readable(r, t)
	if !ok {
		refuse(problem.Refuse(problem.Say("没有保存：认不出这个文件的编码", "not saved: the encoding of this file is unclear"), problem.Say("用记事本打开，另存为UTF-8编码，再在这里改", "open it in an editor and save it as UTF-8; then edit it here")))
		return
	}
	data, ok := relined(t.Bytes, sent, encoding)
	if !ok {
		refuse(problem.Refuse(problem.Say("没有保存：文件是%s编码，写的字里有它没有的", "not saved: the file is in %s, which has not every character that was written", encoding), problem.Say("把文件另存为UTF-8编码，或者换一个字", "save the file as UTF-8, or use another character")))
		return
	}
	d.put(w, r, t, r.FormValue("was"), data, "/edit")
}
