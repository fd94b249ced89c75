package figures

import (
	"cmp"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Element is one thing that a guide tells a citizen.
type Element struct {
	Title locale.Key
	has   func(*bureau.Guide) bool // nil for a version in another language
	extra bool                     // a guide without it is complete
}

// Elements of a guide, in the order in which they are asked for.
var Elements = []Element{
	{Title: locale.ElementTitle, has: func(g *bureau.Guide) bool { return g.Title.V != "" }},
	{Title: locale.ElementLegalBasis, has: func(g *bureau.Guide) bool { return len(g.LegalBasis) > 0 }},
	{Title: locale.ElementConditions, has: func(g *bureau.Guide) bool { return len(g.Conditions) > 0 }},
	{Title: locale.ElementMaterials, has: func(g *bureau.Guide) bool { return len(g.Materials) > 0 }},
	{Title: locale.ElementPlace, has: func(g *bureau.Guide) bool {
		return someplace(g, func(p bureau.Place) bool { return p.Name.V != "" || p.Address.V != "" })
	}},
	{Title: locale.ElementHours, has: func(g *bureau.Guide) bool {
		return someplace(g, func(p bureau.Place) bool { return p.Hours.V != "" })
	}},
	{Title: locale.ElementPhone, has: func(g *bureau.Guide) bool {
		return someplace(g, func(p bureau.Place) bool { return p.Phone.V != "" })
	}},
	{Title: locale.ElementSteps, has: func(g *bureau.Guide) bool { return len(g.Steps) > 0 }},
	{Title: locale.ElementTimeLimit, has: func(g *bureau.Guide) bool { return g.TimeLimit.Said() }},
	{Title: locale.ElementFee, has: func(g *bureau.Guide) bool { return g.SaysFee() }},
	{Title: locale.ElementVisits, has: func(g *bureau.Guide) bool { return g.Visits.Count.Given() }},
	{Title: locale.ElementResult, has: func(g *bureau.Guide) bool { return g.Result.V != "" }},
	{Title: locale.ElementComplaint, has: func(g *bureau.Guide) bool { return g.Complaint.Said() }},
	{Title: locale.ElementAudience, has: func(g *bureau.Guide) bool { return len(g.Audience) > 0 }},
	{Title: locale.ElementOnline, has: handledOnline, extra: true},
	{Title: locale.ElementTranslated, extra: true},
}

// handledOnline: an address alone may be that of the authority, where nobody can apply.
func handledOnline(g *bureau.Guide) bool {
	return g.By("online") || len(g.Channels) == 0 && g.Online.V != ""
}

func someplace(g *bureau.Guide, has func(bureau.Place) bool) bool {
	return slices.ContainsFunc(g.Places, has)
}

// Complete tells whether a guide has every element that each should have.
func Complete(g *bureau.Guide) bool {
	return !slices.ContainsFunc(Elements, func(e Element) bool { return !e.extra && !e.has(g) })
}

// Coverage counts, for the guides of the main language that are in force, how
// many of each area have each element.
type Coverage struct {
	Areas  []bureau.Area // that have a guide, in the order of the site
	Guides []int         // of each area
	Has    [][]int       // by element, then by area
}

// Covered counts the elements of a bureau's guides.
func Covered(b *bureau.Bureau) Coverage {
	var c Coverage
	main := b.Site.MainLanguage()
	type key struct{ area, name string }
	translated := map[key]bool{}
	for _, g := range b.Guides {
		if g.Language != main && g.Status.V != "draft" {
			translated[key{g.Area.V, g.Name}] = true
		}
	}
	c.Has = make([][]int, len(Elements))
	for _, a := range bureau.Areas {
		guides, has := 0, make([]int, len(Elements))
		for _, g := range b.Guides {
			if g.Area.V != a.ID || g.Language != main || !g.InForce() {
				continue
			}
			guides++
			for i, e := range Elements {
				if e.has == nil && translated[key{g.Area.V, g.Name}] || e.has != nil && e.has(g) {
					has[i]++
				}
			}
		}
		if guides == 0 && a.ID == "other" {
			continue
		}
		c.Areas, c.Guides = append(c.Areas, a), append(c.Guides, guides)
		for i, n := range has {
			c.Has[i] = append(c.Has[i], n)
		}
	}
	return c
}

// GuideChange is one change of a guide. Text is empty for the first publication
// and for a change of which only the day is known.
type GuideChange struct {
	Guide *bureau.Guide
	Date  period.Date
	First bool // its publication
	Text  string
}

// GuideChanges lists what changed in the guides of the main language, the newest
// first, at most so many: the entries of their histories, and their publication
// and last change where no entry of that day says more.
func GuideChanges(b *bureau.Bureau, most int) []GuideChange {
	var all []GuideChange
	for _, g := range b.Guides {
		if g.Language != b.Site.MainLanguage() || g.Status.V == "draft" {
			continue
		}
		said := func(d bureau.Date) bool {
			return !d.Given() || slices.ContainsFunc(g.History, func(h bureau.Change) bool { return h.Date.V == d.V })
		}
		for _, h := range g.History {
			all = append(all, GuideChange{Guide: g, Date: h.Date.V, Text: h.Change.V})
		}
		if !said(g.Published) {
			all = append(all, GuideChange{Guide: g, Date: g.Published.V, First: true})
		}
		if !said(g.Updated) && g.Updated.V != g.Published.V {
			all = append(all, GuideChange{Guide: g, Date: g.Updated.V})
		}
	}
	slices.SortStableFunc(all, func(a, b GuideChange) int { return cmp.Compare(b.Date, a.Date) })
	return all[:min(len(all), most)]
}
