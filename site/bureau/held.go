package bureau

import (
	"slices"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Held is a document that is not published yet.
type Held struct {
	File string
	At   problem.Position
	Day  period.Date // on which it will be; zero for a draft
}

// Hold takes out of a bureau the notices and pages that are drafts, and the notices
// whose day has not come, and gives them. What was found in their files stays.
func (b *Bureau) Hold(asOf period.Date) (held []Held) {
	files := map[string]bool{}
	hold := func(h Held) {
		held = append(held, h)
		files[h.File] = true
	}
	draft := func(status String) bool { word, known := DocumentStates.Of(status.V); return known && word == "draft" }
	b.Notices = slices.DeleteFunc(b.Notices, func(n *Notice) bool {
		switch {
		case draft(n.Status):
			hold(Held{n.File, n.Status.At, 0})
		case n.Date.Given() && n.Date.V > asOf:
			hold(Held{n.File, n.Date.At, n.Date.V})
		}
		return files[n.File]
	})
	b.Pages = slices.DeleteFunc(b.Pages, func(p *Page) bool {
		if draft(p.Status) {
			hold(Held{p.File, p.Status.At, 0})
		}
		return files[p.File]
	})
	b.Inputs = slices.DeleteFunc(b.Inputs, func(in Input) bool { return files[in.Path] })
	return held
}
