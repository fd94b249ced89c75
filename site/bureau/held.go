package bureau

import (
	"slices"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Held is an item that is not published yet.
type Held struct {
	Files []string // that it is made of
	At    problem.Position
	From  period.Moment // at which it will be; zero for a draft
}

// item is what Hold has to know of one.
type item struct {
	files     []string
	status    String
	date      Date // of its own publication; zero where it waits for none
	publishAt Moment
	page      string // that versions in several languages share
	after     string // the page of the document that it explains
}

// Hold takes out of a bureau what is not published at a moment, and gives it: the
// drafts of statistics, registers, notices, policies and pages, the notices and policies whose day has not come, and whatever has a
// publish_at that has not. A version in another language waits with the one in the main
// language, an explanation with the document that it explains. What was found in their files stays.
func (b *Bureau) Hold(now period.Moment) (held []Held) {
	files := map[string]bool{}
	originals := map[string]Held{} // what waits in the main language, by page
	hold := func(i item) (h Held) {
		if i.date.Given() && i.date.V > now.Day {
			h.At, h.From = i.date.At, period.Moment{Day: i.date.V}
		}
		if p := i.publishAt; p.Given() && now.Before(p.V) && h.From.Before(p.V) {
			h.At, h.From = p.At, p.V
		}
		if word, known := DocumentStates.Of(i.status.V); known && word == "draft" {
			h.At, h.From = i.status.At, period.Moment{}
		}
		return h
	}
	original := func(i item) {
		if h := hold(i); h.At.Line > 0 {
			originals[i.page] = h
		}
	}
	waits := func(i item, document any) bool {
		h := hold(i)
		for _, page := range [...]string{i.page, i.after} {
			if original, waits := originals[page]; page != "" && waits && (h.At.Line == 0 || h.From.Before(original.From)) {
				h = original
			}
		}
		if h.Files = i.files; h.At.Line == 0 {
			return false
		}
		held = append(held, h)
		b.Waiting = append(b.Waiting, document)
		for _, f := range i.files {
			files[f] = true
		}
		return true
	}
	main := b.Site.MainLanguage()
	guide := func(g *Guide) item {
		return item{files: []string{g.File}, publishAt: g.PublishAt, page: g.Page()}
	}
	notice := func(n *Notice) item {
		return item{[]string{n.File}, n.Status, n.Date, n.PublishAt, n.Page(), ""}
	}
	policy := func(p *Policy) item {
		i := item{[]string{p.File}, p.Status, p.Published, p.PublishAt, p.Page(), ""}
		if of := b.Policy(p.Explains.V, main); of != nil && of != p {
			i.after = of.Page()
		}
		return i
	}
	page := func(p *Page) item {
		return item{files: []string{p.File}, status: p.Status, publishAt: p.PublishAt, page: p.Page()}
	}
	drafts := map[string]bool{} // guides, which are read all the same
	for _, g := range b.Guides {
		if g.Language != main {
			continue
		}
		original(guide(g))
		if g.Status.V == "draft" {
			drafts[g.Page()] = true
		}
	}
	for _, g := range b.Guides {
		if len(drafts) > 0 && drafts[g.Page()] {
			g.Status.V = "draft"
		}
	}
	for _, n := range b.Notices {
		if n.Language == main {
			original(notice(n))
		}
	}
	for _, p := range b.Policies {
		if p.Language == main {
			original(policy(p))
		}
	}
	for _, p := range b.Pages {
		if p.Language == main {
			original(page(p))
		}
	}
	b.Statistics = slices.DeleteFunc(b.Statistics, func(s *Statistic) bool {
		return waits(item{files: described(StatisticKind, s.File), status: s.Descriptor.Status, publishAt: s.Descriptor.PublishAt}, s)
	})
	b.Registers = slices.DeleteFunc(b.Registers, func(r *Register) bool {
		return waits(item{files: described(RegisterKind, r.File), status: r.Descriptor.Status, publishAt: r.Descriptor.PublishAt}, r)
	})
	b.Guides = slices.DeleteFunc(b.Guides, func(g *Guide) bool {
		return waits(guide(g), g)
	})
	b.Notices = slices.DeleteFunc(b.Notices, func(n *Notice) bool {
		return waits(notice(n), n)
	})
	b.Annual = slices.DeleteFunc(b.Annual, func(a *Annual) bool {
		return waits(item{[]string{a.File}, a.Status, a.Published, a.PublishAt, "", ""}, a)
	})
	policies := map[*Policy]item{} // made before any goes, since they name each other
	for _, p := range b.Policies {
		policies[p] = policy(p)
	}
	b.Policies = slices.DeleteFunc(b.Policies, func(p *Policy) bool {
		return waits(policies[p], p)
	})
	b.Pages = slices.DeleteFunc(b.Pages, func(p *Page) bool {
		return waits(page(p), p)
	})
	b.Inputs = slices.DeleteFunc(b.Inputs, func(in Input) bool { return files[in.Path] })
	return held
}

// described gives a file with the one that describes it.
func described(k Kind, file string) []string {
	return []string{file, k.DescribedBy().Beside(file)}
}
