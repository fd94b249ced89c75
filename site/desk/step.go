package desk

import (
	"net/http"
)

// done lists what was done, to be undone.
func (d *desk) done(w http.ResponseWriter, r *http.Request) {
	d.showDone(w, http.StatusOK, "")
}

func (d *desk) showDone(w http.ResponseWriter, status int, wrong string) {
	all, err := d.Work.Steps()
	if err != nil {
		d.failed(w, "/done", err)
		return
	}
	d.show(w, status, "/done", "done.html", d.say("做过的", "What was done"), struct {
		Wrong string
		Steps []Step
	}{wrong, all})
}

// undo brings the files of a step back.
func (d *desk) undo(w http.ResponseWriter, r *http.Request) {
	changed, err := d.Work.Undo(r.FormValue("step"))
	switch {
	case err != nil:
		d.failed(w, "/done", err)
	case changed != "":
		d.showDone(w, http.StatusConflict, d.say("没有撤销：%s 后来又改过。先撤销后来的那一步，或者自己改回去。", "Not undone: %s was changed since. Undo the later step first, or change it back by hand.", changed))
	default:
		d.told.tell(d.say("已经撤销，文件回到了那一步以前。", "Undone: its files are as they were before it."))
		back(w, r, "/done")
	}
}
