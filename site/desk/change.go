package desk

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// changes shows what a publication would change for the public.
func (d *desk) changes(w http.ResponseWriter, r *http.Request) {
	c, err := d.Work.Changes(r.Context())
	if err != nil {
		d.failed(w, "/changes", err)
		return
	}
	d.showChanges(w, http.StatusOK, c, "", nil)
}

// showChanges shows the sheet; said is what was filled in of what is to be explained.
func (d *desk) showChanges(w http.ResponseWriter, status int, c Changes, wrong string, said url.Values) {
	var bad, asked problem.List
	for _, p := range c.Problems {
		if p.Severity == problem.Error {
			bad = append(bad, p)
		} else {
			asked = append(asked, p)
		}
	}
	d.show(w, status, "/changes", "changes.html", d.say("公开变化单", "What will change for the public"), struct {
		Changes
		Wrong    string
		Problems []shown // errors
		Asked    []shown // questions about figures that stop nothing
		Kinds    bureau.Words
		Said     url.Values
	}{c, wrong, d.shownAt("/changes", bad), d.shownAt("/changes", asked), bureau.RevisionKinds, said})
}

// explain records why published figures changed, and where addresses moved to: what was
// filled in of them.
func (d *desk) explain(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.failed(w, "/changes", err)
		return
	}
	figures, moves := map[int]Answer{}, map[int]Answer{}
	by := strings.TrimSpace(r.FormValue("by"))
	for key := range r.PostForm {
		name, number, _ := strings.Cut(key, "-")
		n, err := strconv.Atoi(number)
		said := strings.TrimSpace(r.PostForm.Get(key))
		switch {
		case err != nil || said == "":
		case name == "reason":
			figures[n] = Answer{Reason: said, Kind: r.FormValue("kind-" + number), By: by}
		case name == "to":
			moves[n] = Answer{To: said, Reason: strings.TrimSpace(r.FormValue("why-" + number))}
		}
	}
	switch {
	case len(figures)+len(moves) == 0:
		d.again(w, r, d.say("还没有写原因。", "No reason is written yet."))
		return
	case slices.ContainsFunc(slices.Collect(maps.Values(figures)), func(a Answer) bool { return bureau.RevisionKinds.Index(a.Kind) < 0 }):
		d.again(w, r, d.say("类型要选。", "Choose a kind."))
		return
	case len(figures) > 0 && by == "":
		d.again(w, r, d.say("批准人要写。", "Say who approved it."))
		return
	}
	done, err := d.Work.Explain(r.Context(), r.FormValue("missing"), figures, moves)
	switch {
	case err != nil:
		d.failed(w, "/changes", err)
	case !done:
		d.again(w, r, d.say("没有记下：看过以后内容又有了变化，请重新看一遍。", "Not recorded: something changed since this was shown; read it again."))
	default:
		back(w, r, "/changes")
	}
}

// again shows the sheet of changes with what was wrong with a form.
func (d *desk) again(w http.ResponseWriter, r *http.Request, wrong string) {
	c, err := d.Work.Changes(r.Context())
	if err != nil {
		d.failed(w, "/changes", err)
		return
	}
	var said url.Values
	if r.PostForm.Get("missing") == c.Missing { // else the numbers are of other things
		said = r.PostForm
	}
	d.showChanges(w, http.StatusUnprocessableEntity, c, wrong, said)
}

// approve records who approved the changes that were shown.
func (d *desk) approve(w http.ResponseWriter, r *http.Request) {
	by := strings.TrimSpace(r.FormValue("by"))
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
