// Package check holds a bureau against the rules, one small function a rule.
// It reads no file and changes nothing: each function takes what was loaded and
// gives the problems, with their places. Thresholds come from site.yaml.
package check

import (
	"context"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Bureau checks every document and every descriptor of a bureau as of a day, up to jobs
// documents at a time. Once ctx is done it looks no further.
func Bureau(ctx context.Context, b *bureau.Bureau, asOf period.Date, jobs int) problem.List {
	words, problems := wrongWords(b)
	for _, found := range find(ctx, b, jobs, placeholders(b), words, newClaims(b)) {
		problems = append(problems, found...)
	}
	problems.Add(Site(b.Site))
	problems.Add(Names(b))
	problems.Add(Addresses(b))
	problems.Add(Footer(b.Site))
	problems.Add(Copies(b.Inputs))
	guides := make([]problem.List, len(b.Guides))
	each.Do(jobs, len(guides), func(i int) error {
		guides[i] = Guide(b.Guides[i], asOf, b.Site.Freshness)
		return ctx.Err()
	})
	problems = append(problems, slices.Concat(guides...)...)
	problems = append(problems, Languages(b.Guides, b.Site.MainLanguage())...)
	problems = append(problems, Supersedes(b.Guides)...)
	for _, n := range b.Notices {
		problems = append(problems, Notice(n, b.Site.MainLanguage(), asOf)...)
	}
	for _, p := range b.Pages {
		problems = append(problems, Page(p, asOf)...)
	}
	problems = append(problems, Annuals(b, asOf)...)
	problems = append(problems, Policies(b, asOf)...)
	for _, r := range b.Registers {
		problems = append(problems, Register(b, r, asOf)...)
	}
	problems = append(problems, promisesOfPart(b, asOf)...)
	for _, s := range b.Statistics {
		problems = append(problems, Statistic(s, asOf)...)
	}
	problems = append(problems, Approvals(b.Approvals, asOf)...)
	problems = append(problems, Units(b)...)
	problems = append(problems, UnitFields(b)...)
	problems = append(problems, Matters(b, asOf)...)
	problems = append(problems, Inquiries(b, asOf)...)
	problems = append(problems, Requests(b, asOf)...)
	problems = append(problems, HomeGuides(b)...)
	problems = append(problems, HomeFigures(b)...)
	problems = append(problems, Stale(b, asOf)...)
	return problems
}

// Sent holds the rows of every statistic, as they were sent, against the
// identities of its descriptor and against each other, and asks about what is
// unlikely in them. It comes before anything
// is withheld; derived fields are made again of what may be published.
func Sent(b *bureau.Bureau, asOf period.Date, jobs int) problem.List {
	found := make([]problem.List, len(b.Statistics))
	used := make([][]int, len(b.Statistics))
	given := newAnswers(b.Answers)
	each.Do(jobs, len(found), func(i int) error {
		sent := *b.Statistics[i]
		found[i] = slices.Concat(figures.Derive(&sent), figures.Checks(&sent), Figures(&sent))
		var questions problem.List
		questions, used[i] = plausible(&sent, given, asOf)
		found[i] = append(found[i], questions...)
		return nil
	})
	return slices.Concat(slices.Concat(found...), Contradictions(b), Answers(b.Answers, slices.Concat(used...), asOf))
}
