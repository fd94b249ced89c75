package say

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
)

const maxCards = 6 // on the home page; more are not looked at

// Card is one figure of the home page.
type Card struct {
	Title   string
	Path    string // of the statistic's page, from the site's root, with the row's anchor
	Value   string // formatted, without its unit
	Unit    string
	Period  string
	Partial string // 不满一年, 超过一个月, where the period is no full one of the frequency
	Change  string // only where the periods may be compared
}

// Latest gives the figures of the home page: those of home_figures, or else the
// first measure of each statistic that has one row in its newest period, the
// newest first, six at most.
func Latest(b *bureau.Bureau, lang string) []Card {
	var cards []Card
	if len(b.Site.HomeFigures) > 0 {
		for _, v := range b.Site.HomeFigures {
			if s, row, field, fault := figures.HomeFigure(b, v.V); fault == nil {
				cards = append(cards, card(s, row, field, lang))
			}
		}
		return cards
	}
	type newest struct {
		s          *bureau.Statistic
		row, field int
	}
	var found []newest
	for _, s := range b.Statistics {
		field := s.FieldOf(bureau.RoleMeasure)
		if row, fault := figures.NewestRow(s, field); fault == nil {
			found = append(found, newest{s, row, field})
		}
	}
	slices.SortStableFunc(found, func(a, b newest) int {
		return cmp.Compare(b.s.Rows[b.row].Period.End, a.s.Rows[a.row].Period.End)
	})
	for _, n := range found[:min(len(found), maxCards)] {
		cards = append(cards, card(n.s, n.row, n.field, lang))
	}
	return cards
}

func card(s *bureau.Statistic, row, field int, lang string) Card {
	f := s.Frequency
	all, at := figures.History(s, row, field)
	c := figures.ChangeTo(all, at)
	latest := all[at]
	k := Card{
		Title: cardTitle(s, row, field), Path: figures.RowPath(s, row),
		Value: locale.Figure(latest.Value, "", latest.Status, latest.Qualifier, lang), Unit: latest.Unit, Period: latest.Period.Label(lang),
	}
	if !latest.Has() {
		k.Unit = ""
	}
	zh := lang == "zh"
	switch {
	case f == period.Irregular:
	case latest.Span == period.Partial:
		k.Partial = pick(zh, "不满"+lengths[f][0], "less than "+lengths[f][2])
	case latest.Span == period.Longer:
		k.Partial = pick(zh, "超过"+lengths[f][0], "more than "+lengths[f][2])
	}
	if !latest.Has() || c.Basis == figures.NoBasis || c.Basis == figures.Broken {
		return k
	}
	base, change := day(c.Base, lang), step(c, lang)
	switch {
	case c.Basis == figures.Averages && zh && strings.HasSuffix(change, "持平"):
		k.Change = "月均与" + base + change
	case c.Basis == figures.Averages && zh:
		k.Change = "月均比" + base + change
	case c.Basis == figures.Averages:
		k.Change = "monthly average " + change + " on " + base
	case zh && change == "持平":
		k.Change = "与" + base + "持平"
	case zh:
		k.Change = "比" + base + change
	default:
		k.Change = change + " on " + base
	}
	return k
}

// cardTitle names a figure: its field, after the categories of its row.
func cardTitle(s *bureau.Statistic, row, field int) string {
	title := s.Fields[field].Label()
	if s.Rows[row].Kind == bureau.TotalRow {
		return title
	}
	var parts []string
	for _, k := range s.Keys() {
		if text := s.Row(row)[k].Text; s.Fields[k].Role != bureau.RolePeriod && text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(append(parts, title), " · ")
}
