package desk

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// editing is a file in a form.
type editing struct {
	File  string
	Text  string
	Was   string // SHA-256 of the file that the text was made from
	Line  int    // that the reader came for; 0 for none
	There string // that line, as it stands
	Saved bool
	Other *string // what stands on the disk now, where somebody else changed it; then Text is not saved
}

// edit shows a file that staff write.
func (d *desk) edit(w http.ResponseWriter, r *http.Request) {
	t, err := d.Work.Text(r.Context(), r.FormValue("file"))
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	line, _ := strconv.Atoi(r.FormValue("line"))
	e := editing{File: t.File, Text: string(t.Bytes), Was: t.SHA256, Line: line, Saved: r.FormValue("saved") != ""}
	if lines := bytes.Split(t.Bytes, []byte("\n")); line > 0 && line <= len(lines) {
		e.There = string(lines[line-1])
	}
	d.show(w, http.StatusOK, "/mend", "edit.html", t.File, e)
}

// save writes a file as it was sent. Where it is another by now than the one that was
// shown, nothing is written, and both versions are shown.
func (d *desk) save(w http.ResponseWriter, r *http.Request) {
	file, was := r.FormValue("file"), r.FormValue("was")
	// A form sends every end of a line as CRLF.
	text := strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n")
	now, saved, err := d.Work.Save(r.Context(), file, was, []byte(text))
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	if saved {
		back(w, r, "/edit?saved=1&file="+url.QueryEscape(file))
		return
	}
	other := string(now.Bytes)
	d.show(w, http.StatusConflict, "/mend", "edit.html", file, editing{File: file, Text: text, Was: now.SHA256, Other: &other})
}
