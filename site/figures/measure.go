package figures

import (
	"math"
	"slices"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// OwnMeasure is what the site computes of its own lists, and texts cite as they do a
// published figure: {{@suggestions/五步齐全率}}, {{@suggestions/complete-share}}.
type OwnMeasure struct {
	ID, ZH, Unit string
	Of           string     // its formula, of the measures before it; empty for a count
	Percent      bool       // the formula gives a share
	Title        locale.Key // in the words of a page
	Means        locale.Key // what a count counts
}

// SuggestionMeasures are those of the lists of matters: @suggestions, of all, by ledger,
// and by the month of receipt.
var SuggestionMeasures = []OwnMeasure{
	{ID: "received", ZH: "收到件数", Unit: "件", Title: locale.MatterMeasureReceived, Means: locale.MatterMeasureReceivedMeans},
	{ID: "completed", ZH: "办结件数", Unit: "件", Title: locale.MatterMeasureCompleted, Means: locale.MatterMeasureCompletedMeans},
	{ID: "open", ZH: "在办件数", Unit: "件", Title: locale.MatterMeasureOpen, Means: locale.MatterMeasureOpenMeans},
	{ID: "overdue", ZH: "逾期件数", Unit: "件", Title: locale.MatterMeasureOverdue, Means: locale.MatterMeasureOverdueMeans},
	{ID: "complete", ZH: "五步齐全件数", Unit: "件", Title: locale.MatterMeasureComplete, Means: locale.MatterMeasureCompleteMeans},
	{ID: "due-answers", ZH: "应反馈件数", Unit: "件", Title: locale.MatterMeasureDueAnswers, Means: locale.MatterMeasureDueAnswersMeans},
	{ID: "answered", ZH: "已反馈件数", Unit: "件", Title: locale.MatterMeasureAnswered, Means: locale.MatterMeasureAnsweredMeans},
	{ID: "answered-in-time", ZH: "按期反馈件数", Unit: "件", Title: locale.MatterMeasureAnsweredInTime, Means: locale.MatterMeasureAnsweredInTimeMeans},
	{ID: "days-to-answer", ZH: "反馈用时", Unit: "天", Title: locale.MatterMeasureDaysToAnswer, Means: locale.MatterMeasureDaysToAnswerMeans},
	{ID: "completed-share", ZH: "办结率", Unit: "%", Of: "办结件数 / 收到件数", Percent: true, Title: locale.MatterMeasureCompletedShare},
	{ID: "complete-share", ZH: "五步齐全率", Unit: "%", Of: "五步齐全件数 / 办结件数", Percent: true, Title: locale.MatterMeasureCompleteShare},
	{ID: "in-time-share", ZH: "按期反馈率", Unit: "%", Of: "按期反馈件数 / 应反馈件数", Percent: true, Title: locale.MatterMeasureInTimeShare},
	{ID: "average-days", ZH: "平均反馈天数", Unit: "天", Of: "反馈用时 / 已反馈件数", Title: locale.MatterMeasureAverageDays},
}

// GuideMeasures are those of the guides in force of the main language: @guides, of all and
// by area.
var GuideMeasures = []OwnMeasure{
	{ID: "guides", ZH: "指南件数", Unit: "件", Title: locale.GuideMeasureGuides, Means: locale.GuideMeasureGuidesMeans},
	{ID: "complete", ZH: "要素齐全件数", Unit: "件", Title: locale.GuideMeasureComplete, Means: locale.GuideMeasureCompleteMeans},
	{ID: "areas", ZH: "有指南类数", Unit: "类", Title: locale.GuideMeasureAreas, Means: locale.GuideMeasureAreasMeans},
	{ID: "complete-areas", ZH: "要素齐全类数", Unit: "类", Title: locale.GuideMeasureCompleteAreas, Means: locale.GuideMeasureCompleteAreasMeans},
	{ID: "transferred-areas", ZH: "已划转类数", Unit: "类", Title: locale.GuideMeasureTransferredAreas, Means: locale.GuideMeasureTransferredAreasMeans},
	{ID: "told-areas", ZH: "已公开类数", Unit: "类", Of: "要素齐全类数 + 已划转类数", Title: locale.GuideMeasureToldAreas},
	{ID: "coverage", ZH: "要素齐全率", Unit: "%", Of: "要素齐全件数 / 指南件数", Percent: true, Title: locale.GuideMeasureCoverage},
}

// RegisterMeasures are those of a register: @registers/<name>. All but the first are of one
// that says which of its rows are done.
var RegisterMeasures = []OwnMeasure{
	{ID: "rows", ZH: "条数", Unit: "条", Title: locale.RegisterMeasureRows, Means: locale.RegisterMeasureRowsMeans},
	{ID: "done", ZH: "完成条数", Unit: "条", Title: locale.RegisterMeasureDone, Means: locale.RegisterMeasureDoneMeans},
	{ID: "overdue", ZH: "逾期条数", Unit: "条", Title: locale.RegisterMeasureOverdue, Means: locale.RegisterMeasureOverdueMeans},
	{ID: "done-share", ZH: "完成率", Unit: "%", Of: "完成条数 / 条数", Percent: true, Title: locale.RegisterMeasureDoneShare},
}

// Measure computes what the site knows of its own lists as of a day, as statistics
// that are cited like any other and have no file: of the matters, of the guides, of
// each register. Their rows begin with the whole. They count matters, guides and
// entries, never persons: a register that names persons has none. Shares and averages
// are derived of the counts beside them, so that they are exact (Fraction) and tell
// their formula.
func Measure(b *bureau.Bureau, asOf period.Date, l *locale.Language) {
	b.Computed = nil
	if len(b.Matters) > 0 {
		b.Computed = append(b.Computed, measureMatters(b, asOf, l))
	}
	if guides := measureGuides(b, asOf, l); guides != nil {
		b.Computed = append(b.Computed, guides)
	}
	for _, r := range b.Registers {
		if !personal(r) {
			b.Computed = append(b.Computed, measureRegister(r, asOf, l))
		}
	}
}

// MeasuresOf are the measures that a statistic is made of, where the site computes it.
func MeasuresOf(s *bureau.Statistic) []OwnMeasure {
	switch {
	case s.Computed == nil:
		return nil
	case s.Name == bureau.Own+string(bureau.MattersSection):
		return SuggestionMeasures
	case s.Name == bureau.Own+string(bureau.GuidesSection):
		return GuideMeasures
	}
	return RegisterMeasures
}

// measured is the name of what is computed of a register.
func measured(register string) string {
	return bureau.Own + string(bureau.RegistersSection) + "/" + register
}

// personal tells whether a register names persons, so that its rows count them.
func personal(r *bureau.Register) bool {
	return slices.ContainsFunc(r.Columns, func(c bureau.Column) bool {
		return c.Role == bureau.ColumnPerson || c.Role == bureau.ColumnConsent
	})
}

// measures are a statistic that is computed, while it is made.
type measures struct {
	*bureau.Statistic
	language *locale.Language
	asOf     period.Period
}

// newMeasures begins a statistic with the period, a category unless it is empty, and
// the measures.
func newMeasures(name, title, page, category string, all []OwnMeasure, asOf period.Date, l *locale.Language) measures {
	s := &bureau.Statistic{Name: name, Described: true, Computed: &bureau.Computed{Page: page, Table: true}}
	s.Descriptor.Title = bureau.String{V: title}
	s.Fields = []bureau.Field{{Name: "期间", Title: l.Text(locale.MeasurePeriod), Role: bureau.RolePeriod, Type: "string", UnitField: -1, Column: -1}}
	if category != "" {
		s.Fields = append(s.Fields, bureau.Field{Name: category, Role: bureau.RoleCategory, Type: "string", UnitField: -1, Column: -1})
	}
	for _, m := range all {
		if m.Of == "" {
			s.Fields = append(s.Fields, bureau.Field{
				Name: m.ZH, Role: bureau.RoleMeasure, Type: "integer", Unit: m.Unit, UnitField: -1, Column: -1,
				Risk: "event", Additive: true,
			})
			continue
		}
		d := bureau.Derive{Name: bureau.String{V: m.ZH}, Value: bureau.String{V: m.Of}, Format: bureau.String{V: "number"}, Unit: bureau.String{V: m.Unit}}
		if m.Percent {
			d.Format.V = "percent"
		}
		s.Descriptor.Derive = append(s.Descriptor.Derive, d)
	}
	return measures{s, l, period.Period{Start: asOf, End: asOf, AsOf: true}}
}

// add puts in a row: its period, its category where it has one, and its counts in the
// order of the measures.
func (m measures) add(p period.Period, category string, kind bureau.RowKind, counts ...int) {
	cells := []bureau.Cell{{Text: m.language.Label(p), Number: math.NaN()}}
	if m.Fields[1].Role == bureau.RoleCategory {
		cells = append(cells, bureau.Cell{Text: category, Number: math.NaN()})
	}
	for _, n := range counts {
		cells = append(cells, bureau.Cell{Number: float64(n)})
	}
	m.Append(bureau.Row{Sheet: int32(len(m.Rows)), Kind: kind}, p, cells...)
}

// done computes the shares and averages, and gives the statistic. A share of nothing is
// not applicable, which is no fault.
func (m measures) done(all []OwnMeasure) *bureau.Statistic {
	decideFrequency(m.Statistic)
	_ = Derive(m.Statistic)
	for i := range m.Fields {
		for _, measure := range all {
			if f := &m.Fields[i]; f.Name == measure.ZH {
				f.ID, f.Title, f.Kind = measure.ID, m.language.Text(measure.Title), bureau.DataRow
			}
		}
	}
	return m.Statistic
}

// measureMatters counts the matters: all and those of each ledger, as of the day, and
// those that were received in each month that has ended, of the last three years.
func measureMatters(b *bureau.Bureau, asOf period.Date, l *locale.Language) *bureau.Statistic {
	m := newMeasures(bureau.Own+string(bureau.MattersSection), l.Text(locale.Suggestions), bureau.MattersSection.Page(), "账本", SuggestionMeasures, asOf, l)
	m.Fields[1].Title = l.Text(locale.MeasureLedger)
	var ledgers []string
	for _, ledger := range b.Site.Suggestions.Ledgers {
		ledgers = append(ledgers, ledger.V)
	}
	days := b.Site.Suggestions.Days.List()
	first := asOf
	progress := make([]MatterProgress, len(b.Matters))
	for i := range b.Matters {
		matter := &b.Matters[i]
		progress[i] = Follow(matter, days, asOf)
		first = min(first, matter.Received.V)
		if !slices.Contains(ledgers, matter.Ledger.V) {
			ledgers = append(ledgers, matter.Ledger.V)
		}
	}
	rows := func(p period.Period, kind bureau.RowKind, in func(period.Date) bool) {
		count := func(ledger string) (counts []int) {
			var c MatterCount
			var due, answered, inTime, took int
			for i := range b.Matters {
				matter, p := &b.Matters[i], progress[i]
				if ledger != "" && matter.Ledger.V != ledger || !in(matter.Received.V) {
					continue
				}
				c.Add(matter, p)
				switch step := p.Steps[bureau.Answered]; {
				case step.State == StepDone:
					due, answered, took = due+1, answered+1, took+step.Days
					if step.Late == 0 {
						inTime++
					}
				case asOf > step.Due:
					due++
				}
			}
			return []int{c.Received, c.Completed, c.Open, c.Overdue, c.Whole, due, answered, inTime, took}
		}
		m.add(p, bureau.TotalName, bureau.TotalRow, count("")...)
		for _, ledger := range ledgers {
			m.add(p, ledger, kind, count(ledger)...)
		}
	}
	rows(m.asOf, bureau.TotalRow, func(period.Date) bool { return true })
	all := months(first, asOf)
	for _, month := range all[max(0, len(all)-maxMonths):] {
		rows(month, bureau.DataRow, func(d period.Date) bool { return month.Start <= d && d <= month.End })
	}
	m.Descriptor.Frequency = bureau.String{V: "monthly"}
	m.Computed.Part = !b.Site.Suggestions.Complete.V
	return m.done(SuggestionMeasures)
}

// maxMonths is how many of the last months are counted one by one: a page shows all rows.
const maxMonths = 36

// months are those that have ended by a day, from the one that another day is in.
func months(from, until period.Date) (all []period.Period) {
	year, month, _ := from.Time().Date()
	for {
		p := period.Period{Start: period.NewDate(year, month, 1), End: period.NewDate(year, month+1, 1) - 1}
		if p.End > until {
			return all
		}
		all = append(all, p)
		year, month, _ = time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC).Date()
	}
}

// measureGuides counts the guides as the page of their coverage does; nil where there
// are none.
func measureGuides(b *bureau.Bureau, asOf period.Date, l *locale.Language) *bureau.Statistic {
	complete, all, moved := map[string]int{}, map[string]int{}, map[string]bool{}
	var areas []bureau.Area
	for _, a := range bureau.Areas {
		for _, g := range b.Guides {
			if g.Area.V != a.ID || g.Language != b.Site.MainLanguage() {
				continue
			}
			if g.Status.V == "transferred" {
				moved[a.ID] = true
			}
			if !g.InForce() {
				continue
			}
			if all[a.ID]++; Complete(g) {
				complete[a.ID]++
			}
		}
		if moved[a.ID] = moved[a.ID] && all[a.ID] == 0; all[a.ID] > 0 || moved[a.ID] {
			areas = append(areas, a)
		}
	}
	if len(areas) == 0 {
		return nil
	}
	var newest bureau.Date // they stand so since the last of them changed, not since today
	for _, g := range b.Guides {
		if g.Language == b.Site.MainLanguage() { // those that are counted
			newest = later(newest, asOf, changes(g)...)
		}
	}
	if newest.Given() {
		asOf = newest.V
	}
	m := newMeasures(bureau.Own+string(bureau.GuidesSection), l.Text(locale.Coverage), bureau.CoveragePage(), "类别", GuideMeasures, asOf, l)
	m.Fields[1].Title = l.Text(locale.MeasureArea)
	row := func(name string, kind bureau.RowKind, of []bureau.Area) {
		counts := make([]int, 5)
		for _, a := range of {
			counts[0], counts[1] = counts[0]+all[a.ID], counts[1]+complete[a.ID]
			switch {
			case a.ID == "other": // which takes up what belongs to none of the six
			case moved[a.ID]:
				counts[4]++
			default:
				counts[2]++
				if all[a.ID] == complete[a.ID] {
					counts[3]++
				}
			}
		}
		m.add(m.asOf, name, kind, counts...)
	}
	row(bureau.TotalName, bureau.TotalRow, areas)
	for _, a := range areas {
		row(a.ZH, bureau.DataRow, []bureau.Area{a})
	}
	return m.done(GuideMeasures)
}

// measureRegister counts the rows of a register, and how far they are where it says.
func measureRegister(r *bureau.Register, asOf period.Date, l *locale.Language) *bureau.Statistic {
	follows := r.ColumnOf(bureau.ColumnDone) >= 0 || r.ColumnOf(bureau.ColumnState) >= 0 && len(r.Descriptor.DoneStates) > 0
	all := RegisterMeasures
	if !follows {
		all = all[:1]
	}
	m := newMeasures(measured(r.Name), r.Title(), r.Page(), "", all, asOf, l)
	m.Computed.Table = follows
	counts := []int{r.Rows()}
	if follows {
		var done, late int
		for i := range r.Rows() {
			switch p := ProgressOf(r, i, asOf); {
			case p.Finished:
				done++
			case p.Late > 0:
				late++
			}
		}
		counts = append(counts, done, late)
	}
	m.add(m.asOf, "", bureau.TotalRow, counts...)
	return m.done(all)
}

// measuredOf names the part of the whole that a row is of: its category, or nothing.
func measuredOf(s *bureau.Statistic, row int) string {
	if c := s.FieldOf(bureau.RoleCategory); c >= 0 && s.Cell(row, c).Text != bureau.TotalName {
		return s.Cell(row, c).Text
	}
	return ""
}
