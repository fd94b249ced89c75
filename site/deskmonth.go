package site

import (
	"cmp"
	"context"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Month is what is to be done today.
func (d *Desk) Month(ctx context.Context) (desk.Month, error) {
	o, root, end, err := d.reading()
	if err != nil {
		return desk.Month{}, err
	}
	defer end()
	o.memory = &d.Workshop.memory
	made, _, err := decide(ctx, o, root, nil, false)
	if err != nil {
		return desk.Month{}, err
	}
	b := made.bureau
	arrived, err := arrivals(ctx, o, root, b.Origins)
	if err != nil {
		return desk.Month{}, err
	}
	waiting := 0
	for _, a := range arrived {
		if a.Waits() {
			waiting++
		}
	}
	m := desk.Month{Bureau: b.Site.Name(), Day: o.AsOf, Inbox: waiting, Due: statisticsDue(b, o.AsOf, bringing(arrived)), Matters: mattersDue(b, o.AsOf), Promises: promisesDue(b, o.AsOf)}
	if d.checked != nil {
		m.Checked, m.Errors, m.Warnings = true, d.checked.errors, d.checked.warnings
	}
	for _, late := range figures.Freshness(b, o.AsOf) {
		if bureau.KindAt(late.File) != bureau.StatisticKind {
			title := cmp.Or(late.Title, problem.Say("公告", "notices").In(d.Language))
			m.Guides = append(m.Guides, desk.Due{Title: title, File: late.File, At: problem.Position{File: late.File}, Day: late.Due, Past: true})
		}
	}
	return m, nil
}

// statisticsDue are the series that go on, the first due first.
func statisticsDue(b *bureau.Bureau, asOf period.Date, arrived map[string]string) (all []desk.Due) {
	for _, s := range b.Statistics {
		if s.Computed != nil || s.Descriptor.Historical.V {
			continue
		}
		due := desk.Due{Title: s.Title(), File: s.File, At: problem.Position{File: bureau.StatisticDescriptorKind.File(s.Name)}, Arrived: arrived[s.Name]}
		if _, last := s.Covered(); !last.IsZero() {
			due.Latest = last.Text
		}
		if c := s.Descriptor.Contributors; len(c) > 0 {
			due.From = cmp.Or(c[0].Organization.V, c[0].Title.V)
		}
		if day, ok := figures.Due(b, s); ok {
			due.Day, due.Past = day, day < asOf
		}
		all = append(all, due)
	}
	slices.SortStableFunc(all, func(a, b desk.Due) int {
		if (a.Day == 0) != (b.Day == 0) { // one that is never due comes last
			return cmp.Compare(b.Day, a.Day)
		}
		return cmp.Compare(a.Day, b.Day)
	})
	return all
}

// mattersDue are the matters that wait for a step that is overdue, the longest first.
func mattersDue(b *bureau.Bureau, asOf period.Date) (all []desk.Due) {
	days := b.Site.Suggestions.Days.List()
	for i := range b.Matters {
		m := &b.Matters[i]
		p := figures.Follow(m, days, asOf)
		if p.Late == 0 || p.Next < 0 {
			continue
		}
		all = append(all, desk.Due{Title: m.Summary.V, File: m.ID.At.File, At: m.ID.At, From: m.Unit.V, Latest: bureau.MatterSteps[p.Next].ZH, Day: p.Steps[p.Next].Due, Past: true})
	}
	slices.SortStableFunc(all, func(a, b desk.Due) int { return cmp.Compare(a.Day, b.Day) })
	return all
}

// promisesDue are the promises and claims that do not hold, and those of which the verdict
// is another than on the day of the last release.
func promisesDue(b *bureau.Bureau, asOf period.Date) (all []desk.Due) {
	then := asOf
	if n := len(b.Releases); n > 0 {
		then = b.Releases[n-1].Date
	}
	for _, r := range b.Registers {
		if !figures.Judges(r) {
			continue
		}
		title := r.ColumnOf(bureau.ColumnTitle)
		for i := range r.Rows() {
			now := figures.Judge(b, r, i, asOf).Outcome
			if changed := now != figures.Judge(b, r, i, then).Outcome; now != figures.Fails && !changed || title < 0 {
				continue
			}
			all = append(all, desk.Due{Title: r.Row(i)[title].V, File: r.File, At: r.Row(i)[title].At, Past: now == figures.Fails})
		}
	}
	return all
}
