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
}

// Hold takes out of a bureau what is not published at a moment, and gives it: the
// drafts of statistics, registers, notices and pages, the notices whose day has not come, and whatever has a
// publish_at that has not. What was found in their files stays.
func (b *Bureau) Hold(now period.Moment) (held []Held) {
	files := map[string]bool{}
	waits := func(i item) bool {
		h := Held{Files: i.files}
		if i.date.Given() && i.date.V > now.Day {
			h.At, h.From = i.date.At, period.Moment{Day: i.date.V}
		}
		if p := i.publishAt; p.Given() && now.Before(p.V) && h.From.Before(p.V) {
			h.At, h.From = p.At, p.V
		}
		if word, known := DocumentStates.Of(i.status.V); known && word == "draft" {
			h.At, h.From = i.status.At, period.Moment{}
		}
		if h.At.Line > 0 {
			held = append(held, h)
			for _, f := range i.files {
				files[f] = true
			}
		}
		return h.At.Line > 0
	}
	b.Statistics = slices.DeleteFunc(b.Statistics, func(s *Statistic) bool {
		return waits(item{files: described(StatisticKind, s.File), status: s.Descriptor.Status, publishAt: s.Descriptor.PublishAt})
	})
	b.Registers = slices.DeleteFunc(b.Registers, func(r *Register) bool {
		return waits(item{files: described(RegisterKind, r.File), status: r.Descriptor.Status, publishAt: r.Descriptor.PublishAt})
	})
	b.Guides = slices.DeleteFunc(b.Guides, func(g *Guide) bool {
		return waits(item{files: []string{g.File}, publishAt: g.PublishAt})
	})
	b.Notices = slices.DeleteFunc(b.Notices, func(n *Notice) bool {
		return waits(item{[]string{n.File}, n.Status, n.Date, n.PublishAt})
	})
	b.Annual = slices.DeleteFunc(b.Annual, func(a *Annual) bool {
		return waits(item{[]string{a.File}, a.Status, a.Published, a.PublishAt})
	})
	b.Pages = slices.DeleteFunc(b.Pages, func(p *Page) bool {
		return waits(item{files: []string{p.File}, status: p.Status, publishAt: p.PublishAt})
	})
	b.Inputs = slices.DeleteFunc(b.Inputs, func(in Input) bool { return files[in.Path] })
	return held
}

// described gives a file with the one that describes it.
func described(k Kind, file string) []string {
	return []string{file, k.DescribedBy().Beside(file)}
}
