package desk

import "net/http"

// month is the first page: what is to be done today.
func (d *desk) month(w http.ResponseWriter, r *http.Request) {
	m, err := d.Work.Month(r.Context())
	if err != nil {
		d.failed(w, "/", err)
		return
	}
	d.show(w, http.StatusOK, "/", "month.html", d.say("本月要做的", "What this month asks for"), m)
}
