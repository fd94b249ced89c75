package check

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
)

// derivation is how a withheld figure follows from a number and from figures that
// are published.
type derivation struct {
	kind       derivedKind
	row, field int
	other      int     // the row that it is compared with
	share      float64 // in per cent
}

type derivedKind uint8

const (
	difference derivedKind = iota // to the figure of another period: 比上年多4人
	summed                        // of all the periods: 两年合计15人
	share                         // of a published total: 占6.52%
)

var (
	// before a number, and after one
	comparing = regexp.MustCompile(`(?:比|较|同比|环比)[^,]{0,30}?(?:多|少|增|减|升|降|上升|下降|增加|减少|增长)(?:了|出)?\s*$`)
	compared  = regexp.MustCompile(`^\s*(?:(?:persons?|people|deaths?)\s*)?(?:more|fewer|less)\b`)
	summing   = regexp.MustCompile(`(?:[两二三四五六七八九十几各历]年来?|[至到\-—–~](?:20\d\d)年)(?:间)?(?:合计|累计|共计|总计|总共|共)[^\d,]{0,18}$`)
	sharing   = regexp.MustCompile(`(?:占|比重|比例|份额|share of|accounted for|accounts for|made up)[^\d,]{0,18}$`)
	percent   = regexp.MustCompile(`^\s*(?:%|per ?cent\b)`)

	// a text without any of them tells nothing by way of another figure
	derivesWords = regexp.MustCompile(`[比较占]|合计|计|共|份额|more|fewer|less|share|account|made up`)
)

// derivations gives, by number, what the withheld figures of persons follow from:
// their differences to the published figures of the period before, of that after
// and of the same time of other years; their share of the published total; and the
// sum of a short column that withholds one figure.
func derivations(s *bureau.Statistic, hidden map[[2]int]float64) map[float64][]derivation {
	all := map[float64][]derivation{}
	for _, rows := range figures.Series(s) {
		inTime(s, hidden, rows, all)
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role == bureau.RolePeriod {
			continue
		}
		for _, rows := range figures.Alike(s, k) {
			total := slices.IndexFunc(rows, func(r int) bool { return bureau.KindOf(s.Cell(r, k).Text) == bureau.TotalRow })
			if total >= 0 {
				inTotal(s, hidden, rows, rows[total], all)
			}
		}
	}
	return all
}

// inTotal adds the shares of the withheld figures of some rows in the published total.
func inTotal(s *bureau.Statistic, hidden map[[2]int]float64, rows []int, total int, all map[float64][]derivation) {
	for f, field := range s.Fields {
		whole := s.Cell(total, f).Number
		if !field.IsPersonal() || !(whole > 0) {
			continue
		}
		for _, r := range rows {
			number, is := hidden[[2]int{r, f}]
			if !is || r == total {
				continue
			}
			d := derivation{kind: share, row: r, field: f, other: total, share: 100 * number / whole}
			all[math.Floor(d.share)] = append(all[math.Floor(d.share)], d)
			if up := math.Floor(d.share) + 1; math.Round(d.share) == up { // 6.52 is written 7
				all[up] = append(all[up], d)
			}
		}
	}
}

// inTime adds the differences and the sum of the rows of one thing, in the order of
// their periods.
func inTime(s *bureau.Statistic, hidden map[[2]int]float64, rows []int, all map[float64][]derivation) {
	for f, field := range s.Fields {
		if !field.IsPersonal() {
			continue
		}
		sum, withheld, last := 0.0, 0, 0
		for i, row := range rows {
			number, is := hidden[[2]int{row, f}]
			if !is {
				if n := s.Cell(row, f).Number; n > 0 {
					sum += n
				}
				continue
			}
			sum, last = sum+number, row
			withheld++
			for at := max(0, i-maxYears); at < min(len(rows), i+maxYears+1); at++ {
				other := rows[at]
				_, also := hidden[[2]int{other, f}]
				published := s.Cell(other, f).Number
				near := at == i-1 || at == i+1 || period.Like(s.Period(row), s.Period(other))
				if also || math.IsNaN(published) || !near || published == number {
					continue
				}
				d := math.Abs(published - number)
				all[d] = append(all[d], derivation{row: row, field: f, other: other})
			}
		}
		if withheld == 1 && 1 < len(rows) && len(rows) <= maxYears {
			all[sum] = append(all[sum], derivation{kind: summed, row: last, field: f, other: last})
		}
	}
}

// maxYears is how many rows before and after one are compared with it.
const maxYears = 12

// derives tells whether a withheld figure follows from a number.
func (v *veil) derives(j judged, clause int, n spoken) (d derivation, found bool) {
	all := v.derived[n.value]
	if whole := math.Floor(n.value); whole != n.value {
		all = v.derived[whole]
	}
	if len(all) == 0 {
		return d, false
	}
	before, after := j.plain[max(j.clauses[clause].start, n.start-window):n.start], j.plain[n.end:min(len(j.plain), n.end+window)]
	own := j.of == v.Statistic
	for _, d := range all {
		c := hiding{field: d.field, rows: []int{d.row}}
		listed := false
		switch d.kind {
		case difference:
			rest, measured := measure(after, v.Fields[d.field], v.Unit(d.row, d.field))
			if n.value != math.Abs(n.value) || !(measured && !limits.MatchString(rest) && comparing.MatchString(before) || compared.MatchString(after)) {
				continue
			}
			if own && j.row >= 0 && (j.row == d.row || j.row == d.other) {
				return d, true
			}
			c.other = v.Period(d.other)
		case summed:
			if _, measured := measure(after, v.Fields[d.field], v.Unit(d.row, d.field)); !measured || !own || !summing.MatchString(before) {
				continue
			}
			// It is of all the periods, and names the categories where there are some.
			if len(v.keys) == 0 {
				return d, true
			}
			c.other, listed = period.Period{}, true
		case share:
			if !percent.MatchString(after) || !sharing.MatchString(before) || !written(d.share, v.Cell(d.other, d.field).Number, j.plain[n.start:n.end]) {
				continue
			}
		}
		if how, _ := v.finds(j, clause, n, c, listed); how == tells {
			return d, true
		}
	}
	return d, false
}

// written tells whether a share of a total is what is written, to its decimals, and
// no other count of the total is written so.
func written(share, total float64, text string) bool {
	number, err := strconv.ParseFloat(text, 64)
	_, decimals, _ := strings.Cut(text, ".")
	step := math.Pow(10, -float64(len(decimals)))
	return err == nil && math.Abs(number-share) <= step/2+1e-9 && 100/total > step
}
