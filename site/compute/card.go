package compute

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const maxCards = 6 // on the home page; more are not looked at

// Card is one figure of the home page.
type Card struct {
	Title   string
	Path    string // of the statistic's page, from the site's root, with the row's anchor
	Value   string // formatted, without its unit
	Unit    string
	Period  string
	Partial string // 不满一年, where the period is shorter than the frequency
	Change  string // only where the periods may be compared
}

// Latest gives the figures of the home page: those of home_figures, or else the
// first measure of each statistic that has one row in its newest period, the
// newest first, six at most.
func Latest(b *bureau.Bureau, lang string) []Card {
	var cards []Card
	if len(b.Site.HomeFigures) > 0 {
		for _, v := range b.Site.HomeFigures {
			if s, row, field, fault := homeFigure(b, v.V); fault == nil {
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
		if row, fault := newestRow(s, field); fault == nil {
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

// HomeFigures reports the home_figures that name no figure.
func HomeFigures(b *bureau.Bureau) problem.List {
	var problems problem.List
	for _, v := range b.Site.HomeFigures {
		if _, _, _, fault := homeFigure(b, v.V); fault != nil {
			problems.Error(v.At, problem.SiteHomeFigures, fault.Message, fault.Hint)
		}
	}
	return problems
}

// homeFigure finds what a home figure names: a statistic, one of its fields, or
// a figure as Lookup reads it.
func homeFigure(b *bureau.Bureau, reference string) (s *bureau.Statistic, row, field int, fault *Fault) {
	name, rest, _ := strings.Cut(reference, "/")
	if s, _ = Statistic(b, name); s != nil {
		field = s.FieldOf(bureau.RoleMeasure)
		if rest != "" {
			field = s.Field(rest)
		}
		if field >= 0 && isMeasure(s.Fields[field]) {
			row, fault = newestRow(s, field)
			return s, row, field, fault
		}
	}
	return find(b, reference)
}

// newestRow is the row of the newest period with a value: the total, where there
// are several.
func newestRow(s *bureau.Statistic, field int) (int, *Fault) {
	none := &Fault{problem.Say("统计“%s”没有可作首页指标的数值", `the statistic "%s" has no figure for the home page`, s.Name), problem.Say("换一个统计或字段", "take another statistic or field")}
	if field < 0 {
		return 0, none
	}
	var rows []int
	for i, r := range s.Rows {
		if !s.Row(i)[field].Has() || r.Period.IsZero() {
			continue
		}
		if len(rows) > 0 {
			newest := s.Rows[rows[0]].Period
			switch c := cmp.Or(cmp.Compare(r.Period.End, newest.End), cmp.Compare(r.Period.Start, newest.Start)); {
			case c < 0:
				continue
			case c > 0:
				rows = rows[:0]
			}
		}
		rows = append(rows, i)
	}
	if len(rows) > 1 {
		var totals []int
		for _, i := range rows {
			if s.Rows[i].Kind == bureau.TotalRow {
				totals = append(totals, i)
			}
		}
		if len(totals) != 1 {
			choices := references(s, s.Fields[field].Name, rows)
			return 0, &Fault{problem.Say("统计“%s”的最新一期有%d行", `the newest period of the statistic "%s" has %d rows`, s.Name, len(rows)),
				problem.Text{ZH: "请写明是哪一行，如：" + list(choices, "；"), EN: "say which, such as: " + list(choices, "; ")}}
		}
		rows = totals
	}
	if len(rows) == 0 {
		return 0, none
	}
	return rows[0], nil
}

func card(s *bureau.Statistic, row, field int, lang string) Card {
	f := frequencyOf(s)
	figures, at := history(s, row, field, f)
	c := changeTo(figures, at)
	latest := figures[at]
	k := Card{
		Title: cardTitle(s, row, field), Path: rowPath(s, row),
		Value: figureText(latest.value, "", latest.status, latest.qualifier, lang), Unit: latest.unit, Period: latest.period.Label(lang),
	}
	if !latest.has() {
		k.Unit = ""
	}
	zh := lang == "zh"
	if latest.partial && f != period.Irregular {
		k.Partial = pick(zh, "不满"+lengths[f][0], "less than "+lengths[f][2])
	}
	if !latest.has() || c.basis == noBasis || c.basis == broken {
		return k
	}
	base, step := c.base.day(lang), c.step(lang)
	switch {
	case c.basis == averages && zh && strings.HasSuffix(step, "持平"):
		k.Change = "月均与" + base + step
	case c.basis == averages && zh:
		k.Change = "月均比" + base + step
	case c.basis == averages:
		k.Change = "monthly average " + step + " on " + base
	case zh && step == "持平":
		k.Change = "与" + base + "持平"
	case zh:
		k.Change = "比" + base + step
	default:
		k.Change = step + " on " + base
	}
	return k
}

// cardTitle names a figure: its field, after the categories of its row.
func cardTitle(s *bureau.Statistic, row, field int) string {
	title := titleOf(s.Fields[field])
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

// history gives the figures of the rows that have the same categories as a row,
// in order of time, and the place of that row among them.
func history(s *bureau.Statistic, row, field int, f period.Frequency) (figures []figure, at int) {
	var rows []int
	keys := s.Keys()
	for i := range s.Rows {
		same := !slices.ContainsFunc(keys, func(k int) bool {
			return s.Fields[k].Role != bureau.RolePeriod && s.Row(i)[k].Text != s.Row(row)[k].Text
		})
		if same {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return period.Compare(s.Rows[a].Period, s.Rows[b].Period) })
	for n, i := range rows {
		if i == row {
			at = n
		}
		figures = append(figures, figureAt(s, i, field, f))
	}
	return figures, at
}
