package ledger

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Revision is one published figure that changed, or was taken off the site, as
// the public list shows it.
type Revision struct {
	Date       period.Date
	Statistic  string        // its name
	Title      string        // of the statistic
	Period     period.Period // of the row; zero where it has none or where no row is named
	Categories string        // that name the row beside it: 城关派出所/盗窃
	Row        int           // in the statistic as it stands now, or -1
	Field      string        // empty for a whole row or statistic
	Unit       string        // of measurement
	Old, New   bureau.Figure
	Removed    bool // New is none: it was taken off the site
	Reason     string
	ApprovedBy string
	Kind       string // scheduled, correction or definition; empty where staff do not say

	// What a statement said, where no figure was revised.
	What          string // one of bureau.Saids
	Said, SaysNow string
}

// Whole tells whether the statistic as a whole was taken off the site.
func (r Revision) Whole() bool {
	return r.Removed && r.Field == "" && r.Period.IsZero() && r.Categories == ""
}

// Removed is a statistic that was published and is no longer.
type Removed struct {
	Name, Title string
	Last        period.Date // of the last release that holds it
	Revisions   []Revision  // when and why, among them
}

// removedWords stand for the new value of what is taken off the site.
var removedWords = []string{"removed", "撤下"}

// cell is what a revision is about. An empty key means no row, an empty field
// the whole row.
type cell struct{ key, field string }

// change is a row of revisions.csv that was read.
type change struct {
	bureau.Revision
	date       period.Date
	period     period.Period
	categories string
	keys       []string // the keys that the row may have
	removed    bool
	kind       string

	// Known when the statistic is.
	cell     cell
	row      int // in the table as it stands now, or -1
	old, new bureau.Figure
	unit     string // of measurement
	good     bool
	hidden   bool // the figure is confidential now
}

// read takes the rows that are whole in themselves, the earliest first: those of
// figures by statistic, and those of what is said of figures.
func read(b *bureau.Bureau, asOf period.Date, problems *problem.List) (changes map[string][]*change, restated []*change) {
	changes = map[string][]*change{}
	options := period.Options{FinancialYearStart: time.Month(b.Site.FinancialYearStart.V)}
	for _, r := range b.Revisions {
		c := &change{Revision: r, row: -1, removed: slices.Contains(removedWords, strings.ToLower(r.New.V))}
		before := len(*problems)
		var ok bool
		switch c.date, ok = period.ParseDay(r.Date.V); {
		case !ok:
			problems.Error(r.Date.At, problem.RevisionDate, problem.Say("“%s”不是 2026-10-31 这样的日期", `"%s" is not a date such as 2026-10-31`, problem.Quote(r.Date.V)),
				problem.Say("写上公开修订的日期", "write the day on which the revision was published"))
		case c.date > asOf:
			problems.Error(r.Date.At, problem.RevisionDate, problem.Say("修订日期%s晚于今天（%s）", "the revision's date %s is after today (%s)", c.date, asOf),
				problem.Say("改正日期，或者到那天再修订", "correct the date, or revise the figure on that day"))
		}
		for _, must := range []struct {
			bureau.String
			zh, en, column, key string
		}{
			{r.Statistic, "没有写是哪项统计", "no statistic is named", "统计", "statistic"},
			{r.Reason, "没有写修订原因", "no reason is given", "原因", "reason"},
			{r.ApprovedBy, "没有写批准人", "nobody is named as having approved it", "批准人", "approved_by"},
		} {
			if must.V == "" {
				problems.Error(must.At, problem.RevisionIncomplete, problem.Text{ZH: must.zh, EN: must.en}, problem.Text{ZH: "填上“" + must.column + "”一格", EN: "fill in the column " + must.key})
			}
		}
		if r.Reason.V != "" && !wordy(r.Reason.V) {
			problems.Error(r.Reason.At, problem.RevisionIncomplete, problem.Say("原因“%s”没有说明什么", `the reason "%s" says nothing`, problem.Quote(r.Reason.V)),
				problem.Say("用一句话写明为什么修订，例如：移交的案件补录", "say in a sentence why it was revised, such as: 移交的案件补录"))
		}
		if r.Kind.V != "" {
			if c.kind, ok = bureau.RevisionKinds.Of(r.Kind.V); !ok {
				problems.Error(r.Kind.At, problem.RevisionIncomplete, problem.Say("“%s”不是修订的类型", `"%s" is no kind of revision`, problem.Quote(r.Kind.V)), bureau.RevisionKinds.Hint(r.Kind.V))
			}
		}
		whole := (r.Period.V != "" || r.Unit.V != "") && r.Field.V != ""
		if c.kind == bureau.RevisionDefinition || !isStatistic(r.Statistic.V) || !whole && !c.removed {
			if r.Old.V == "" && r.New.V == "" || isStatistic(r.Statistic.V) && c.kind != bureau.RevisionDefinition && r.Field.V == "" && r.Period.V != "" {
				problems.Error(r.New.At, problem.RevisionIncomplete, problem.Say("没有写全是哪个数值", "it is not said which figure"),
					problem.Say("写上期间和字段；撤下整行、整列或整项统计时，新值写“撤下”；改了口径的，类型写“口径变化”，原值和新值照抄改动前后的文字", "fill in period and field; if a row, a column or a whole statistic is withdrawn, write removed as the new value; if a definition changed, write definition as the kind, and both texts as old and new"))
			}
			if len(*problems) == before {
				restated = append(restated, c)
			}
			continue
		}
		named := r.Period.V != "" || r.Unit.V != ""
		if named && r.Field.V != "" && c.removed {
			problems.Error(r.New.At, problem.RevisionIncomplete, problem.Say("“%s”用于整行、整列或整项统计，这里是一个数值", `"%s" is for a row, a column or a statistic, and this is one figure`, problem.Quote(r.New.V)),
				problem.Say("数值不再提供的，新值写 [x]", "if the figure is no longer available, write [x] as the new value"))
		}
		if len(*problems) > before {
			continue
		}
		c.period, c.categories, _ = period.Cut(r.Period.V, options) // a row may have no period
		if named {
			c.keys = keysOf(c.period, c.categories, r.Unit.V)
		}
		changes[r.Statistic.V] = append(changes[r.Statistic.V], c)
	}
	for _, of := range changes {
		slices.SortStableFunc(of, func(a, b *change) int { return cmp.Compare(a.date, b.date) })
	}
	slices.SortStableFunc(restated, func(a, b *change) int { return cmp.Compare(a.date, b.date) })
	return changes, restated
}

// wordy tells whether a text has words: two letters or characters at least.
func wordy(text string) bool {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2
}

const maxParts = 50 // fields that name a row; no table has more

// keysOf gives the keys that a row of that name may have: its unit stands
// anywhere among its categories, and a total has its name for a period.
func keysOf(p period.Period, categories, unit string) []string {
	parts := []string{}
	if categories != "" {
		parts = strings.Split(categories, "/")
	}
	all := [][]string{parts}
	if unit != "" && len(parts) < maxParts {
		all = nil
		for i := range len(parts) + 1 {
			all = append(all, slices.Insert(slices.Clone(parts), i, unit))
		}
	}
	var keys []string
	for _, parts := range all {
		switch {
		case !p.IsZero():
			keys = append(keys, rowKey(p.Interval(), parts))
		default:
			keys = append(keys, rowKey("", parts))
			if len(parts) > 0 {
				keys = append(keys, rowKey(parts[0], parts[1:]))
			}
		}
	}
	return keys
}

// figures reads the old and the new value, and reports false where it cannot.
func (c *change) figures(problems *problem.List) bool {
	good := true
	for _, of := range []struct {
		text bureau.String
		into *bureau.Figure
	}{{c.Old, &c.old}, {c.New, &c.new}} {
		n, err := number.Parse(of.text.V, c.unit)
		if err != nil {
			problems.Error(of.text.At, problem.RevisionValue, err.Message, err.Hint)
			good = false
		}
		*of.into = bureau.Figure{Number: n.Value, Status: n.Status, Qualifier: n.Qualifier}
	}
	return good
}
