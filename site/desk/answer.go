package desk

import (
	"net/http"
	"slices"
	"strings"

	"sunshine/site/problem"
)

// answer records that somebody checked a figure that was asked about, and what they say.
func (d *desk) answer(w http.ResponseWriter, r *http.Request) {
	row, said, by := r.FormValue("row"), strings.TrimSpace(r.FormValue("said")), strings.TrimSpace(r.FormValue("by"))
	problems, err := d.found(r.Context(), false)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	switch {
	case !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Cure.Row == row && row != "" }):
		d.failed(w, "/mend", gone(d))
		return
	case said == "" || by == "":
		d.failed(w, "/mend", message(d.say("答复和答复人都要写。返回上一页填好，再答复。", "Give the answer, and the name of who gives it. Go back, fill them in, and answer again.")))
		return
	}
	if err := d.Work.Answer(r.Context(), row, said, by); err != nil {
		d.failed(w, "/mend", err)
		return
	}
	d.told.tell(d.say("已经记下%s的答复。", "The answer of %s is recorded.", by))
	if r.FormValue("back") == "/changes" {
		back(w, r, "/changes")
		return
	}
	back(w, r, "/mend")
}
