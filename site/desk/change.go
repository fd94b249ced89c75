package desk

import (
	"net/http"
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
	d.showChanges(w, r, http.StatusOK, c, "")
}

// changesView is the sheet of changes, with what was filled in of its forms before.
type changesView struct {
	Changes
	Wrong      string
	Problems   []shown // errors
	Asked      []shown // questions about figures that stop nothing
	Figures    []figureView
	Moves      []moveView
	By         string
	Kinds      bureau.Words
	ApprovedBy string // who approved this very sheet
}

type figureView struct {
	Unexplained
	Answer
}

type moveView struct {
	Gone
	Answer
}

func (d *desk) showChanges(w http.ResponseWriter, r *http.Request, status int, c Changes, wrong string) {
	v := changesView{Changes: c, Wrong: wrong, Kinds: bureau.RevisionKinds, By: r.PostForm.Get("by")}
	var bad, asked problem.List
	for _, p := range c.Problems {
		if p.Severity == problem.Error {
			bad = append(bad, p)
		} else {
			asked = append(asked, p)
		}
	}
	v.Problems, v.Asked = d.shownAt("/changes", bad), d.shownAt("/changes", asked)
	same := r.PostForm.Get("missing") == c.Missing // else the numbers are of others
	said := func(name string, number int) string {
		if !same {
			return ""
		}
		return r.PostForm.Get(name + "-" + strconv.Itoa(number))
	}
	for _, u := range c.Unexplained {
		v.Figures = append(v.Figures, figureView{u, Answer{Reason: said("reason", u.Number), Kind: said("kind", u.Number)}})
	}
	for _, g := range c.Gone {
		v.Moves = append(v.Moves, moveView{g, Answer{To: said("to", g.Number), Reason: said("why", g.Number)}})
	}
	for _, a := range c.Approved {
		if a.Digest.V == c.Digest && c.Digest != "" {
			v.ApprovedBy = a.By.V
		}
	}
	d.show(w, status, "/changes", "changes.html", d.say("公开变化单", "What will change for the public"), v)
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
	unkind := false // a figure of which the kind was not chosen
	for key := range r.PostForm {
		name, number, _ := strings.Cut(key, "-")
		n, err := strconv.Atoi(number)
		said := strings.TrimSpace(r.PostForm.Get(key))
		switch {
		case err != nil || said == "":
		case name == "reason":
			figures[n] = Answer{Reason: said, Kind: r.FormValue("kind-" + number), By: by}
			unkind = unkind || bureau.RevisionKinds.Index(figures[n].Kind) < 0
		case name == "to":
			moves[n] = Answer{To: said, Reason: strings.TrimSpace(r.FormValue("why-" + number))}
		}
	}
	switch {
	case len(figures)+len(moves) == 0:
		d.again(w, r, d.say("还没有写原因。", "No reason is written yet."))
		return
	case unkind:
		d.again(w, r, d.say("写了原因的，类型也要选。", "Where a reason is given, choose its kind as well."))
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
	d.showChanges(w, r, http.StatusUnprocessableEntity, c, wrong)
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
	d.told.tell(d.say("%s已经批准这张变化单。", "%s approved this very sheet.", by))
	back(w, r, "/publish")
}
