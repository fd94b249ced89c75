package desk

import (
	"net/http"

	"sunshine/site/bureau"
)

// changes shows what a publication would change for the public.
func (d *desk) changes(w http.ResponseWriter, r *http.Request) {
	c, err := d.Work.Changes(r.Context())
	if err != nil {
		d.failed(w, "/changes", err)
		return
	}
	d.showChanges(w, http.StatusOK, c, "")
}

func (d *desk) showChanges(w http.ResponseWriter, status int, c Changes, wrong string) {
	d.show(w, status, "/changes", "changes.html", d.say("公开变化单", "What will change for the public"), struct {
		Changes
		Wrong    string
		Problems []shown
		Kinds    bureau.Words
	}{c, wrong, d.shownOf(c.Problems), bureau.RevisionKinds})
}

// explain records why a published figure changed.
func (d *desk) explain(w http.ResponseWriter, r *http.Request) {
	change := Unexplained{Statistic: r.FormValue("statistic"), Period: r.FormValue("period"), Field: r.FormValue("field"), Old: r.FormValue("old"), New: r.FormValue("new")}
	a := Answer{r.FormValue("reason"), r.FormValue("kind"), r.FormValue("by")}
	if a.Reason == "" || a.Kind == "" || a.By == "" {
		d.again(w, r, d.say("原因、类型和批准人都要写。", "Give reason, kind, and who approved it."))
		return
	}
	if err := d.Work.Explain(r.Context(), change, a); err != nil {
		d.failed(w, "/changes", err)
		return
	}
	back(w, r, "/changes")
}

// again shows the sheet of changes with what was wrong with a form.
func (d *desk) again(w http.ResponseWriter, r *http.Request, wrong string) {
	c, err := d.Work.Changes(r.Context())
	if err != nil {
		d.failed(w, "/changes", err)
		return
	}
	d.showChanges(w, http.StatusUnprocessableEntity, c, wrong)
}

// approve records who approved the changes that were shown.
func (d *desk) approve(w http.ResponseWriter, r *http.Request) {
	by := r.FormValue("by")
	if by == "" {
		d.again(w, r, d.say("批准人要写。", "Say who approves it."))
		return
	}
	done, err := d.Work.Approve(r.Context(), r.FormValue("digest"), by)
	if err != nil {
		d.failed(w, "/changes", err)
		return
	}
	if !done {
		d.again(w, r, d.say("没有记下：看过以后内容又有了变化，请重新看一遍。", "Not recorded: something changed since this was shown; read it again."))
		return
	}
	back(w, r, "/publish")
}

// publishing asks where to.
func (d *desk) publishing(w http.ResponseWriter, r *http.Request) {
	d.show(w, http.StatusOK, "/publish", "publish.html", d.say("发布", "Publish"), struct {
		To       string
		Sent     *Sent
		Problems []shown
	}{})
}

// publish sends the site.
func (d *desk) publish(w http.ResponseWriter, r *http.Request) {
	to := r.FormValue("to")
	sent, err := d.Work.Publish(r.Context(), to)
	if err != nil {
		d.failed(w, "/publish", err)
		return
	}
	status := http.StatusOK
	if !sent.Done {
		status = http.StatusUnprocessableEntity
	}
	d.show(w, status, "/publish", "publish.html", d.say("发布", "Publish"), struct {
		To       string
		Sent     *Sent
		Problems []shown
	}{to, &sent, d.shownOf(sent.Problems)})
}
