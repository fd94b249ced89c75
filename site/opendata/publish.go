package opendata

import (
	"context"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/ledger"
)

// Bureau publishes all tables of a bureau: its statistics that have been reported, then
// its lists, then what was computed from them. The error is that of the context.
func (p Publisher) Bureau(ctx context.Context, b *bureau.Bureau, targets []figures.Target, revisions []ledger.Revision) (Catalogue, error) {
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
	for _, a := range b.Annual {
		tables = append(tables, Annual(b.Site, a, p.Language)...)
	}
	if t := Inquiries(b, p.Language); t.Rows > 0 {
		tables = append(tables, t)
	}
	if t := Policies(b, p.AsOf, p.Language); t.Rows > 0 {
		tables = append(tables, t)
	}
	if len(b.Units) > 0 {
		tables = append(tables, Units(b.Units, p.Language))
	}
	if len(targets) > 0 {
		tables = append(tables, Targets(targets, p.Language))
	}
	if len(revisions) > 0 {
		tables = append(tables, Revisions(revisions, p.Language))
	}
	if t := Changes(b.Statistics, p.Language); t.Rows > 0 {
		tables = append(tables, t)
	}
	taken := map[string]bool{} // a statistic may be called units, too, and keeps its name
	for i := range tables {
		for taken[tables[i].Name] {
			tables[i].Name += "-list"
		}
		taken[tables[i].Name] = true
	}
	datasets := make([]Dataset, len(tables))
	err := each.Do(p.Jobs, len(tables), func(i int) (err error) {
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
