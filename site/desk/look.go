package desk

import "net/http"

// withheldCells is how many withheld cells of a statistic the page lists; the rest is counted.
const withheldCells = 30

// lookView is the preview, and what readers are not shown in it.
type lookView struct {
	Preview  string
	Withheld []withheldView
}

type withheldView struct {
	Title, Why string
	Cells      []withheldCell
	Rest       int
}

type withheldCell struct{ Row, Field, Number, Why, Href string }

// look shows the page of the folder as readers will have it, and explains each figure that
// they do not see to who may know it.
func (d *desk) look(w http.ResponseWriter, r *http.Request) {
	all, err := d.Work.Withheld(r.Context())
	if err != nil {
		d.failed(w, "/look", err)
		return
	}
	v := lookView{Preview: d.Preview}
	for _, s := range all {
		one := withheldView{Title: s.Title, Why: s.Why, Rest: max(0, len(s.Cells)-withheldCells)}
		for _, c := range s.Cells[:len(s.Cells)-one.Rest] {
			why := d.say("本身不小，不隐去它，就能算出隐去的数", "not small itself: with it a withheld one could be computed")
			if c.Small {
				why = d.say("人数或者单位数太小", "a small count of persons or organisations")
			}
			one.Cells = append(one.Cells, withheldCell{c.Row, c.Field, c.Number, why, gridAt(s.File, c.Cell)})
		}
		v.Withheld = append(v.Withheld, one)
	}
	d.show(w, http.StatusOK, "/look", "look.html", d.say("预览", "Look at it"), v)
}
