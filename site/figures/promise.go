package figures

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Outcome is how a promise or a claim stands against the figures.
type Outcome uint8

const (
	Unjudged     Outcome = iota // the row is neither
	Holds                       // 兑现, 成立
	Fails                       // 未兑现, 不成立
	Unverifiable                // 无从核验
)

// Why is the reason for which nothing can be said.
type Why uint8

const (
	Sure        Why = iota
	NoTarget        // the promise sets none
	NoFigure        // none is named
	NoValue         // there is none in that cell
	Withheld        // it is not published
	Inexact         // 约, 以上, an estimate, of low reliability
	Doubtful        // 待核对
	NotEnded        // its period has not
	OtherPeriod     // it is of another period than the promise
	OtherPlace      // it is of another place
	OtherUnit       // it counts in another unit than the target
	Unlike          // the periods of the series cannot be compared
	Interrupted     // a period is missing, or the series has a break
	TooFew          // the series has too few periods
	PartOnly        // the list that it is computed of does not hold all that there is
	Closed          // the series is historical, and the promise names no period
	NotDue          // its day is ahead, and the target is not reached yet
)

// Judgement is what the figures say of a row of a register: a promise or a claim.
type Judgement struct {
	Outcome
	Claim   bool
	Why     Why // where there is nothing to hold it against
	Figures []Judged
}

// Judged is one figure, or one series, that a row is held against.
type Judged struct {
	Outcome
	Why   Why
	Of    *bureau.Statistic
	Row   int // -1 where there is none
	Field int
	Goal  Goal
	Place string // of the figure, where that is another one

	Provisional bool // the figure that decides is a first one (初步数)
	Part        bool // it is computed of a part of the list, which is enough to decide
	Earlier     bool // it is not the newest, but one of the year before, each of which was to reach the goal

	// Of a claim.
	Direction Direction
	Series    []Observation
	Averages  bool // they are compared by their monthly averages
	Step      int  // the one that decides: the observation that it leads to
}

// Target is the goal as a target of that figure.
func (j Judged) Target() Target {
	return Target{Of: j.Of, OfField: j.Field, Row: j.Row, Past: -1, Unit: -1, Value: j.Goal.Value, Form: j.Goal.Form, AtLeast: j.Goal.AtLeast}
}

// Judges tells whether a register has promises or claims.
func Judges(r *bureau.Register) bool {
	return r.ColumnOf(bureau.ColumnTarget) >= 0 || r.ColumnOf(bureau.ColumnClaim) >= 0
}

// Judge holds a row of a register against the published figures as of a day. A claim is
// held against its series. A promise is kept where each of its figures reaches the
// target, before it is rounded; broken where one does not, and where it is promised for each quarter or month, where one
// of the last year does not; and else it cannot be
// verified: without a target, without a figure, with one that is not exact, not of its
// place or its period, of a period that has not ended, or of a closed series where the
// promise names no period. One whose day is ahead is not broken yet.
func Judge(b *bureau.Bureau, r *bureau.Register, row int, asOf period.Date) Judgement {
	cells := r.Row(row)
	cell := func(role bureau.ColumnRole) string {
		if c := r.ColumnOf(role); c >= 0 {
			return cells[c].V
		}
		return ""
	}
	var j Judgement
	place, of := cell(bureau.ColumnPlace), PeriodOf(b, cell(bureau.ColumnPeriod))
	if claims := Items(cell(bureau.ColumnClaim)); len(claims) > 0 {
		j.Claim = true
		for _, text := range claims {
			if c, fault := claimOf(b, text); fault == nil {
				j.Figures = append(j.Figures, c.judge(b, place, asOf))
			}
		}
		return j.sum(NoFigure)
	}
	if r.ColumnOf(bureau.ColumnTarget) < 0 {
		return j
	}
	goal, fault := ParseGoal(cell(bureau.ColumnTarget))
	if fault != nil {
		return j.sum(NoTarget)
	}
	due := ProgressOf(r, row, asOf).Due
	for _, reference := range Items(cell(bureau.ColumnFigure)) {
		if s, at, field, fault := PromisedBy(b, r, row, reference, asOf); fault == nil {
			f := Judged{Of: s, Row: at, Field: field, Goal: goal}.promise(b, place, of, asOf)
			if f.Outcome == Holds && of.IsZero() && leavesOpen(b, reference) {
				f = f.everyOne(b, place, asOf)
			}
			if f.Outcome == Fails && due > asOf {
				f.Outcome, f.Why, f.Provisional, f.Part, f.Earlier = Unverifiable, NotDue, false, false, false
			}
			j.Figures = append(j.Figures, f)
		}
	}
	return j.sum(NoFigure)
}

// sum makes of what the single figures say what all say; none is the reason where
// there are no figures.
func (j Judgement) sum(none Why) Judgement {
	if len(j.Figures) == 0 {
		j.Outcome, j.Why = Unverifiable, none
		return j
	}
	is := func(o Outcome) func(Judged) bool { return func(f Judged) bool { return f.Outcome == o } }
	switch {
	case slices.ContainsFunc(j.Figures, is(Fails)):
		j.Outcome = Fails
	case slices.ContainsFunc(j.Figures, is(Unverifiable)):
		j.Outcome = Unverifiable
	default:
		j.Outcome = Holds
	}
	return j
}

// promise holds a figure against its goal; of is the promise's own period, zero where it
// has none.
func (j Judged) promise(b *bureau.Bureau, place string, of period.Period, asOf period.Date) Judged {
	j.Outcome = Unverifiable
	if j.Place = elsewhere(b, place, j.Of); j.Place != "" {
		j.Why = OtherPlace
		return j
	}
	if j.Row < 0 { // its own period has none
		j.Why = OtherPeriod
		if of.IsZero() || of.End > asOf {
			j.Why = NotEnded
		}
		return j
	}
	p := j.Of.Period(j.Row)
	switch {
	case of.IsZero() && j.Of.Descriptor.Historical.V:
		j.Why = Closed
	case j.Goal.Every != period.Irregular && p.Frequency() != j.Goal.Every:
		j.Why = OtherPeriod
	case p.End > asOf:
		j.Why = NotEnded
	case !GoalFits(j.Goal.Unit, j.Of, j.Row, j.Field):
		j.Why = OtherUnit
	default:
		j.Why = unsure(ObservationAt(j.Of, j.Row, j.Field))
		if len(j.Of.Doubts(j.Row)) > 0 {
			j.Why = Doubtful
		}
	}
	if reached, decided := j.Target().Verdict(); j.Why == Sure && decided {
		j.Outcome = Fails
		if reached {
			j.Outcome = Holds
		}
		j.Provisional = j.Of.Cell(j.Row, j.Field).Status&bureau.Provisional != 0
		j.Part = j.Of.Computed != nil && j.Of.Computed.Part
	} else if j.Why == Sure {
		j.Why = PartOnly
	}
	return j
}

// everyOne gives the newest figure of the last year that misses a goal which each
// interval was promised to reach: once a quarter is not kept by a quarter alone.
func (j Judged) everyOne(b *bureau.Bureau, place string, asOf period.Date) Judged {
	newest := j.Of.Period(j.Row)
	worst := j
	for i := range j.Of.Rows {
		p := j.Of.Period(i)
		if j.Goal.Every == period.Irregular || p.IsZero() || p.Frequency() != j.Goal.Every || p.End >= newest.Start || p.End <= newest.LastYear().End || !sameCategories(j.Of, i, j.Row) {
			continue
		}
		f := Judged{Of: j.Of, Row: i, Field: j.Field, Goal: j.Goal, Earlier: true}.promise(b, place, period.Period{}, asOf)
		if f.Outcome == Fails && (!worst.Earlier || p.End > j.Of.Period(worst.Row).End) {
			worst = f
		}
	}
	return worst
}

// unsure is why a figure decides nothing, or Sure.
func unsure(o Observation) Why {
	switch {
	case o.Status&bureau.Confidential != 0:
		return Withheld
	case !o.Has():
		return NoValue
	case o.Qualifier != bureau.Exact || o.Status&(bureau.Estimated|bureau.LowReliability) != 0:
		return Inexact
	}
	return Sure
}

// GoalFits tells whether the unit of a goal is that of a figure, in any of its plural forms.
func GoalFits(unit string, s *bureau.Statistic, row, field int) bool {
	return UnitFits(unit, s.Unit(row, field)) || slices.Contains(s.Fields[field].Forms, unit)
}

// UnitFits tells whether a goal in one unit can be held against a figure in another.
func UnitFits(goal, figure string) bool {
	return goal == "" || figure == "" || goal == figure || goal == "人" && figure == "名" || goal == "名" && figure == "人"
}

// elsewhere is the place of a figure where that is not the place of the promise, which
// is the bureau's own where it names none. What the site computes is the bureau's own.
func elsewhere(b *bureau.Bureau, promised string, s *bureau.Statistic) string {
	if b.Site.Counts(s, promised) {
		return ""
	}
	return cmp.Or(s.Elsewhere, b.Site.Organization.V, b.Site.OwnPlace(), s.Title())
}

// PeriodOf is the period that a cell names; zero where it names none.
func PeriodOf(b *bureau.Bureau, text string) period.Period {
	p, err := period.Parse(text, readPeriods(b))
	if text == "" || err != nil {
		return period.Period{}
	}
	return p
}

func samePeriod(a, b period.Period) bool {
	return a.Start == b.Start && a.End == b.End && a.AsOf == b.AsOf
}

// PromisedBy finds the figure that a row of a register is held against, as Promised
// does. A row that speaks of this year is of this year where nothing says its period.
func PromisedBy(b *bureau.Bureau, r *bureau.Register, row int, reference string, asOf period.Date) (s *bureau.Statistic, at, field int, fault *problem.Fault) {
	var of period.Period
	cells := r.Row(row)
	if c := r.ColumnOf(bureau.ColumnPeriod); c >= 0 {
		of = PeriodOf(b, cells[c].V)
	}
	if of.IsZero() && leavesOpen(b, reference) {
		for _, role := range []bureau.ColumnRole{bureau.ColumnTitle, bureau.ColumnTarget} {
			if c := r.ColumnOf(role); c >= 0 && ofThisYear(cells[c].V, asOf) {
				year := asOf.Time().Year()
				of = period.Period{Start: period.NewDate(year, 1, 1), End: period.NewDate(year, 12, 31)}
			}
		}
	}
	return Promised(b, reference, of, asOf)
}

// ofThisYear tells whether a text speaks of the year of a day: 今年, 2026年 and not
// 2026年第一季度.
func ofThisYear(text string, asOf period.Date) bool {
	for _, word := range []string{"今年", "本年", "this year"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	_, after, found := strings.Cut(text, strconv.Itoa(asOf.Time().Year())+"年")
	next, _ := utf8.DecodeRuneInString(after)
	return found && !strings.ContainsRune("第上下前一二三四五六七八九十末底", next) && !unicode.IsDigit(next)
}

// leavesOpen tells whether a reference to a figure that is reported names no period.
func leavesOpen(b *bureau.Bureau, reference string) bool {
	name, rest := cutName(b, reference)
	s, fault := Statistic(b, name)
	if fault != nil || s.Computed != nil {
		return false
	}
	_, before := lastField(s, strings.TrimSpace(rest))
	return len(keysOf(b, before).periods) == 0
}

// Promised finds the figure that a promise is held against: that of the promise's own
// period where it has one, and row -1 where the statistic has not; else, where the
// reference leaves the period open, that of the newest whole period that has ended, and
// row -1 where none has.
func Promised(b *bureau.Bureau, reference string, of period.Period, asOf period.Date) (s *bureau.Statistic, row, field int, fault *problem.Fault) {
	s, rows, field, fault := rowsOf(b, reference)
	if fault != nil {
		return nil, 0, 0, fault
	}
	if !of.IsZero() {
		rows = slices.DeleteFunc(rows, func(i int) bool { return !samePeriod(s.Period(i), of) })
		if len(rows) == 0 {
			return s, -1, field, nil
		}
	}
	if s.FieldOf(bureau.RolePeriod) >= 0 && of.IsZero() && leavesOpen(b, reference) || len(rows) > 1 && s.Computed == nil {
		newest := rows[:0:0]
		for _, i := range rows {
			p := s.Period(i)
			if p.IsZero() || p.End > asOf || s.Rows[i].Span != period.Whole {
				continue
			}
			if len(newest) > 0 {
				last := s.Period(newest[0])
				if c := cmp.Or(cmp.Compare(p.End, last.End), cmp.Compare(p.Start, last.Start)); c < 0 {
					continue
				} else if c > 0 {
					newest = newest[:0]
				}
			}
			newest = append(newest, i)
		}
		if len(newest) == 0 && !slices.ContainsFunc(rows, func(i int) bool { return !sameCategories(s, i, rows[0]) }) {
			return s, -1, field, nil
		}
		if len(newest) != 1 {
			return Find(b, reference) // which says that it is not clear which
		}
		rows = newest
	}
	return s, rows[0], field, nil
}
