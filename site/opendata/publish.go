package opendata

import (
	"context"

	"sunshine/site/bureau"
	"sunshine/site/each"
)

// Bureau publishes all tables of a bureau: its statistics that have been reported, then
// its lists. The error is that of the context.
func (p Publisher) Bureau(ctx context.Context, b *bureau.Bureau, jobs int) (Catalogue, error) {
	var tables []Table
	for _, s := range b.Statistics {
		if s.NoneYet() { // nothing to take away
			continue
		}
		t := Statistic(s, p.Language)
		t.Coverage = p.Site.Covers(t.Coverage)
		tables = append(tables, t)
	}
	if len(b.Matters) > 0 {
		tables = append(tables, Matters(b.Matters, p.Language))
	}
	for _, r := range b.Registers {
		tables = append(tables, Register(b, r, p.AsOf, p.Language))
	}
	if len(b.Units) > 0 {
		tables = append(tables, Units(b.Units, p.Language))
	}
	if len(b.Targets) > 0 {
		tables = append(tables, Targets(b.Targets, p.Language))
	}
	datasets := make([]Dataset, len(tables))
	err := each.Do(jobs, len(tables), func(i int) (err error) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		datasets[i], err = p.Publish(tables[i])
		return err
	})
	if err != nil {
		return Catalogue{}, err
	}
	return p.Catalogue(datasets)
}
