package opendata

import (
	"cmp"
	"encoding/json"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/locale"
)

// Changes gives the table of the changes of the newest figures that pages say in
// sentences: what each is taken from, and how.
func Changes(statistics []*bureau.Statistic, l *locale.Language) Table {
	type change struct {
		figures.FieldChange
		of *bureau.Statistic
	}
	var all []change
	for _, s := range statistics {
		for _, c := range figures.Changes(s) {
			all = append(all, change{c, s})
		}
	}
	t := list("changes", l.Text(locale.TableChanges), bureau.ChangesFile, bureau.CatalogueSection.Page(), len(all), l)
	t.Descriptor.Description.V = l.Text(locale.TableChangesLead)
	add := func(key string, c Column, value func(c change) any) {
		c.Value = func(row int) any { return value(all[row]) }
		t.add(key, c, l)
	}
	words := func(key string, value func(c change) string) {
		add(key, Column{}, func(c change) any { return orNil(value(c)) })
	}
	plain := func(n float64) any { return json.Number(strconv.FormatFloat(n, 'f', -1, 64)) }
	words("statistic", func(c change) string { return c.of.Name })
	words("field", func(c change) string { return c.of.Fields[c.Field].Name })
	words("period", func(c change) string { return l.Label(c.Latest.Period) })
	add("row", Column{Type: "integer", Description: l.Text(locale.ColumnRow)}, func(c change) any { return fileRow(c.Latest.Row) })
	words("base_period", func(c change) string { return l.Label(c.Base.Period) })
	add("base_row", Column{Type: "integer", Description: l.Text(locale.ColumnBaseRow)}, func(c change) any { return fileRow(c.Base.Row) })
	kinds := []Missing{{"like-periods", l.Text(locale.LikePeriods)}, {"monthly-averages", l.Text(locale.MonthlyAverages)}}
	add("comparison", Column{Categories: kinds}, func(c change) any {
		if c.Basis == figures.Averages {
			return kinds[1].Value
		}
		return kinds[0].Value
	})
	add("difference", Column{Type: "number", Description: l.Text(locale.ColumnDifference)}, func(c change) any {
		if difference, _ := c.Shown(); !difference {
			return nil
		}
		if figures.Percentage(c.Latest.Unit) {
			return plain(c.Difference(2))
		}
		return plain(c.Difference(9))
	})
	add("percent", Column{Type: "number", Description: l.Text(locale.ColumnPercent)}, func(c change) any {
		if _, percent := c.Shown(); !percent {
			return nil
		}
		return plain(c.Percent())
	})
	return t
}

// Revisions gives the table of the figures that were changed, as its page lists them.
func Revisions(revisions []ledger.Revision, l *locale.Language) Table {
	t := list("revisions", l.Text(locale.TableRevised), bureau.RevisionsSection.ListFile(), bureau.RevisionsSection.Page(), len(revisions), l)
	t.Descriptor.Description.V = l.Text(locale.TableRevisedLead)
	add := func(key string, c Column, value func(r ledger.Revision) any) {
		c.Value = func(row int) any { return value(revisions[row]) }
		t.add(key, c, l)
	}
	words := func(key string, value func(r ledger.Revision) string) {
		add(key, Column{}, func(r ledger.Revision) any { return orNil(value(r)) })
	}
	add("date", Column{Type: "date"}, func(r ledger.Revision) any { return r.Date.String() })
	words("statistic", func(r ledger.Revision) string { return r.Statistic })
	words("period", func(r ledger.Revision) string {
		if r.Period.IsZero() {
			return ""
		}
		return l.Label(r.Period)
	})
	words("categories", func(r ledger.Revision) string { return r.Categories })
	words("field", func(r ledger.Revision) string { return r.Field })
	add("row", Column{Type: "integer", Description: l.Text(locale.ColumnRow)}, func(r ledger.Revision) any { return fileRow(r.Row) })
	words("old", func(r ledger.Revision) string {
		if r.Removed {
			return ""
		}
		return revised(r.Old, l)
	})
	words("new", func(r ledger.Revision) string {
		if r.Removed {
			return l.Text(locale.Withdrawn)
		}
		return revised(r.New, l)
	})
	words("reason", func(r ledger.Revision) string { return r.Reason })
	words("approved_by", func(r ledger.Revision) string { return r.ApprovedBy })
	return t
}

// revised writes a figure as plain digits, with the word that qualifies it, or the
// marker that stands instead.
func revised(f bureau.Figure, l *locale.Language) string {
	if !f.Has() {
		return cmp.Or(f.Status, bureau.NotAvailable).String()
	}
	digits := strconv.FormatFloat(f.Number, 'f', -1, 64)
	if f.Qualifier == bureau.Exact {
		return digits
	}
	return l.Text(locale.Remark, digits, f.Qualifier.String())
}
