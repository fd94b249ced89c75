package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sunshine/site/problem"
)

// shown is a problem as a page shows it.
type shown struct {
	Severity, Label, Place, Message, Hint string
	Edit                                  string // where it is mended; empty where that is no file of the folder
}

// shownOf gives problems in the language of who works here.
func (d *desk) shownOf(problems problem.List) []shown {
	all := make([]shown, 0, len(problems))
	for _, p := range problems {
		message, hint := p.Said(d.Language)
		s := shown{Severity: p.Severity.String(), Label: d.say("提醒", "warning"), Place: p.Position.String(), Message: message, Hint: hint}
		if p.Severity == problem.Error {
			s.Label = d.say("错误", "error")
		}
		if strings.HasPrefix(p.File, "data/") {
			s.Edit = "/edit?file=" + url.QueryEscape(p.File) + "&line=" + strconv.Itoa(p.Line) + "#line"
		}
		all = append(all, s)
	}
	return all
}

// mend lists what is wrong.
func (d *desk) mend(w http.ResponseWriter, r *http.Request) {
	problems, err := d.Work.Check(r.Context())
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	view := struct {
		Errors, Warnings []shown
	}{}
	for _, s := range d.shownOf(problems) {
		if s.Severity == problem.Error.String() {
			view.Errors = append(view.Errors, s)
		} else {
			view.Warnings = append(view.Warnings, s)
		}
	}
	d.show(w, http.StatusOK, "/mend", "mend.html", d.say("要改正的", "What is to be mended"), view)
}
