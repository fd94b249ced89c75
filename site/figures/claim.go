package figures

import (
	"math/big"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Direction is what a claim says of a series. The words are bureau.ClaimWords.
type Direction string

const (
	Rising  Direction = "rising"  // 逐期上升: each period is above the one before
	Falling Direction = "falling" // 逐期下降
	Up      Direction = "up"      // 上升: the last one is above the one that it may be compared with
	Down    Direction = "down"    // 下降
)

// Each tells whether every step has to go that way.
func (d Direction) Each() bool { return d == Rising || d == Falling }

// claim is a sentence about a series that can be computed: cases-solved/打击处理（人）
// 逐期上升.
type claim struct {
	of        *bureau.Statistic
	row       int // one of the series
	field     int
	direction Direction
}

// Claimed gives the statistic that a claim is about, or says what is wrong with it.
func Claimed(b *bureau.Bureau, text string) (*bureau.Statistic, *problem.Fault) {
	c, fault := claimOf(b, text)
	return c.of, fault
}

// claimOf reads a claim: a reference to a series, which leaves the period open, and the
// word that says where it goes.
func claimOf(b *bureau.Bureau, text string) (claim, *problem.Fault) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "　", " "))
	reference, word := text, ""
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		reference, word = strings.TrimSpace(text[:i]), text[i+1:]
	}
	id, known := bureau.ClaimWords.Of(word)
	if !known {
		return claim{}, problem.Refuse(problem.Say("“%s”没有说明数字往哪个方向走", `"%s" does not say which way the figures go`, problem.Quote(text)),
			problem.Say("写成“统计/字段 逐期上升”，例如 cases-solved/打击处理（人） 逐期上升；方向可写 逐期上升、逐期下降、上升、下降", "write statistic/field and after a space one of rising, falling, up, down, such as cases-solved/打击处理（人） rising"))
	}
	s, rows, field, fault := rowsOf(b, reference)
	if fault != nil {
		return claim{}, fault
	}
	for _, i := range rows {
		if !sameCategories(s, i, rows[0]) && s.Computed == nil {
			choices := seriesNames(s, rows, s.Fields[field].Name)
			return claim{}, problem.Refuse(problem.Say("“%s”有不止一列数字", `"%s" are several series`, problem.Quote(reference)),
				problem.Text{ZH: "请写明是哪一列，如：" + problem.Names(choices, "；"), EN: "say which, such as: " + problem.Names(choices, "; ")})
		}
	}
	return claim{s, rows[0], field, Direction(id)}, nil
}

// sameCategories tells whether two rows are of one series.
func sameCategories(s *bureau.Statistic, a, b int) bool {
	return !slices.ContainsFunc(s.Keys(), func(k int) bool {
		return s.Fields[k].Role != bureau.RolePeriod && s.Cell(a, k).Text != s.Cell(b, k).Text
	})
}

// seriesNames are the references to the series that some rows are of, five at most.
func seriesNames(s *bureau.Statistic, rows []int, field string) []string {
	var names []string
	for _, i := range rows {
		parts := []string{s.Name}
		for _, k := range s.Keys() {
			if s.Fields[k].Role != bureau.RolePeriod {
				parts = append(parts, s.Cell(i, k).Text)
			}
		}
		if name := strings.Join(append(parts, field), "/"); !slices.Contains(names, name) && len(names) < 5 {
			names = append(names, name)
		}
	}
	return names
}

// judge holds the claim against its series: whole periods by what they count; where one
// is shorter, all by their monthly averages. Nothing is said across a missing period, a
// break, or a figure that is not exact.
func (c claim) judge(b *bureau.Bureau, place string, asOf period.Date) Judged {
	j := Judged{Outcome: Unverifiable, Of: c.of, Row: c.row, Field: c.field, Direction: c.direction}
	if j.Place = elsewhere(b, place, c.of); j.Place != "" {
		j.Why = OtherPlace
		return j
	}
	all, _ := History(c.of, c.row, c.field)
	for _, o := range all {
		if !o.Period.IsZero() && !o.Period.AsOf && o.Span != period.Longer && o.Period.End <= asOf {
			j.Series = append(j.Series, o)
		}
	}
	least := 2
	if c.direction.Each() {
		least = 3
	}
	if len(j.Series) < least {
		j.Why = TooFew
		return j
	}
	if !c.direction.Each() {
		change := ChangeTo(j.Series, len(j.Series)-1)
		if change.Basis == NoBasis {
			j.Why = Unlike
			return j
		}
		j.Series = []Observation{change.Base, change.Latest}
		if change.Basis == Broken {
			j.Why = Interrupted
			return j
		}
	}
	if c.doubted(j.Series) {
		j.Why = Doubtful
		return j
	}
	if j.Why = j.comparable(); j.Why != Sure {
		return j
	}
	j.Outcome = Holds
	for i := 1; i < len(j.Series); i++ {
		step := j.level(i).Cmp(j.level(i - 1))
		if right := step > 0 && (c.direction == Rising || c.direction == Up) || step < 0 && (c.direction == Falling || c.direction == Down); !right {
			j.Outcome, j.Step = Fails, i
		}
	}
	return j
}

// doubted tells whether a figure of the series is still to be verified (待核对).
func (c claim) doubted(series []Observation) bool {
	for i := range c.of.Rows {
		if sameCategories(c.of, i, c.row) && len(c.of.Doubts(i)) > 0 &&
			slices.ContainsFunc(series, func(o Observation) bool { return samePeriod(o.Period, c.of.Period(i)) }) {
			return true
		}
	}
	return false
}

// comparable tells why the series cannot be compared, or Sure, and how it is.
func (j *Judged) comparable() Why {
	first, last := j.Series[0], j.Series[len(j.Series)-1]
	months := true
	for i, o := range j.Series {
		if why := unsure(o); why != Sure {
			return why
		}
		switch {
		case o.Unit != first.Unit:
			return Unlike
		case i > 0 && o.Status&bureau.Break != 0:
			return Interrupted
		}
		j.Averages = j.Averages || o.Span != period.Whole
		months = months && o.Period.Months() > 0
	}
	for _, gap := range j.Of.Gaps {
		if gap.Start > first.Period.Start && gap.End < last.Period.End {
			return Interrupted
		}
	}
	f := j.Of.Fields[j.Field]
	if f.Cumulative || j.Averages && (!months || !f.Additive) {
		return Unlike
	}
	return Sure
}

// level is an observation as it is compared: its value, or its monthly average.
func (j Judged) level(i int) *big.Rat {
	o := j.Series[i]
	r := new(big.Rat).Set(o.exact())
	if j.Averages {
		r.Quo(r, big.NewRat(int64(o.Period.Months()), 1))
	}
	return r
}

// Level is what the page shows of it, rounded once to one decimal where it is an average.
func (j Judged) Level(i int) float64 {
	if !j.Averages {
		return j.Series[i].Value
	}
	_, n := Rounded(j.level(i), 1, -1)
	return n
}
