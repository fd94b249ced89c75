package desk

import "net/http"

// look shows the page of the folder as readers will have it.
func (d *desk) look(w http.ResponseWriter, r *http.Request) {
	d.show(w, http.StatusOK, "/look", "look.html", d.say("预览", "Look at it"), d.Preview)
}
