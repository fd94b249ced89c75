// Package disclose is disclosure control: it hides the counts that would tell
// something about single persons or organisations, before anything is computed
// from them, so that what is hidden is hidden in every output.
//
// What counts persons or organisations is protected, and what is computed from it, or
// is an amount of few organisations, with it. A descriptor chooses between
// suppression and rounding, which are never mixed in one statistic, or none.
//
// All that is published of one quantity is one system, over all statistics: they
// are linked by what they count (the concept of the descriptor, else the name of
// the column), by period, unit and categories, and never by equal figures
// (quantity.go). Two figures for one thing that differ are an error.
//
// Suppression (the default). A count from 1 to one below the threshold is not
// published: 5, or 10 where the descriptor says sensitive or the unit stands
// below a sub-bureau in units.csv. Zeros stay, unless all of a published total
// is in one category: then one of its zeros is hidden too, so that nobody learns
// the category of every person in the group.
//
// A hidden cell must not come back by reckoning. The package takes the sums that
// readers can take (table.go, sum.go, balance.go): rows and columns that are
// totals, or the sum of others, as package figures found them
// (Statistic.Identities); totals that two breakdowns imply; what a count has
// beside its part (其中), both sides of a balance; units within units of units.csv;
// periods within periods (January to August less January to July is August); and
// earlier publications, which cannot be taken back, through renamed fields, files
// and categories (past.go). What was hidden once stays hidden.
//
// It hides further cells (solver.go) until, for every hidden one, tables exist
// that agree with all that is published and have no negative count, and differ in
// that cell by the threshold at least; also for readers who suppose that nothing
// hidden is 0; and who guesses which of them are small is left at least two
// values. In a two-way table the sums are the nodes of a graph and the hidden
// cells its edges, and that is decided exactly (network.go); elsewhere by moves of
// hidden cells that are found step by step (search.go), so that what is taken for
// safe is safe. As few cells are hidden as are found to do. Where nothing is
// enough, all the counts of the statistics are withheld. Very large tables that are
// no network hide more, and staff are told.
//
// Figures that staff computed from a hidden count (shares, averages, changes) are
// hidden with it, in all files, and alike for every small count, so that what is
// hidden with one does not tell which it is (rate.go).
//
// Rounding. Every count is rounded to the nearest multiple of 5, totals by
// themselves, always in the same way, and rates beside them are hidden. Where the
// rounded figures together still tell a small count, counts are suppressed instead
// (round.go).
//
// What the output folder shows and no release holds can stop a build that it would
// give away (shown.go); what is hidden follows from data/ alone.
//
// Shares and rates that no count stands behind are hidden where their published base
// makes a small count of them (numerator.go), and the amounts of few organisations,
// with those that contain them (magnitude.go).
//
// Not reckoned with: what is known from elsewhere; amounts of few organisations that
// another file tells; the single shares in an amount of many (a firm with nearly all
// of it).
package disclose

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// The methods that a descriptor chooses from.
const (
	Suppress = "suppress"
	Round    = "round"
	None     = "none"
)

// Bureau protects the counts of every statistic, in place, and reports what it
// could not protect. The descriptors and site.yaml say how.
func Bureau(b *bureau.Bureau) problem.List {
	var problems problem.List
	rules := rulesOf(b)
	defer rules.seeUnits(b)()
	var subjects []*bureau.Statistic
	for _, s := range b.Statistics {
		counts := personal(s)
		method := s.Descriptor.Disclosure
		switch method.V {
		case "", Suppress, Round:
			if len(counts) > 0 {
				subjects = append(subjects, s)
			}
		case None:
			if len(counts) > 0 {
				subjects = append(subjects, s)
				s.Disclosure.Method = None
				problems.Warn(method.At, problem.DisclosureNone,
					problem.Say("“%s”的计数对象是人或单位，小的数值将照常公布", `"%s" counts persons or organisations, and its small figures will be published`, problem.Quote(s.Fields[counts[0]].Name)),
					problem.Say("会让人认出具体的人的，删去 disclosure: none（隐私保护：不处理）；确认不会的，%s", "delete disclosure: none where somebody could be recognised; where it is sure that nobody can, %s", problem.Except(problem.DisclosureNone, s.Descriptor.File)))
			}
		default:
			problems.Error(method.At, problem.DisclosureMethod, problem.Say("没有“%s”这种隐私保护方法", `there is no method of disclosure control "%s"`, problem.Quote(method.V)), bureau.DisclosureMethods.Hint(method.V))
		}
	}
	for _, s := range b.Statistics {
		problems = append(problems, opened(s, rules)...)
	}
	rules.aliases(subjects)
	groups, more := linked(subjects, rules)
	problems = append(problems, more...)
	hidden := map[*bureau.Statistic][]figure{}
	for _, group := range groups {
		by := func(method string) []*bureau.Statistic {
			return slices.DeleteFunc(slices.Clone(group), func(s *bureau.Statistic) bool { return s.Descriptor.Disclosure.V != method })
		}
		open, rounded := by(None), by(Round)
		switch {
		case len(open) == len(group):
		case len(open) > 0:
			problems = append(problems, mixed(open[0], group))
		case len(rounded) == 0:
			problems = append(problems, suppress(group, b, rules, hidden)...)
		case len(rounded) < len(group):
			problems = append(problems, mixed(rounded[0], group))
		default:
			problems = append(problems, round(group, b, rules, hidden)...)
		}
	}
	magnitudes(b, rules, hidden)
	rates(b.Statistics, hidden, rules)
	numerators(b, rules)
	withholdHashes(b)
	return problems
}

// opened warns of columns that count persons, by their unit, and of which the
// descriptor says that they do not, so that small figures in them are published.
func opened(s *bureau.Statistic, rules rules) (problems problem.List) {
	for f, field := range s.Fields {
		said := field.SaidRisk()
		if field.Role != bureau.RoleMeasure || said == "" || field.IsPersonal() || field.Derived || field.Type != "integer" || bureau.IsChange(field.Name) || figures.UnitRisk(field.Unit) != "person" {
			continue
		}
		small := false
		for r := range s.Rows {
			n := s.Cell(r, f).Number
			small = small || 0 < n && n < float64(rules.threshold)
		}
		if !small {
			continue
		}
		problems.Warn(s.Position(-1, f), problem.DisclosureNone,
			problem.Say("“%s”数的是人，说明文件的 risk（计数对象）却写着 %s，小的数值将照常公布", `"%s" counts persons, but its descriptor says risk: %s, so its small figures will be published`, problem.Quote(field.Name), said),
			problem.Say("数的是人的，写 risk: person（计数对象：人）；不是人的，改正列名或计量单位", "write risk: person where it counts persons; else correct the name or the unit"))
	}
	return problems
}

// withholdHashes takes away the hash and the size of each file that has figures
// which are not published: anybody could try which small numbers give them.
func withholdHashes(b *bureau.Bureau) {
	files := map[string]bool{}
	for _, s := range b.Statistics {
		if d := s.Disclosure; d.Primary+d.Secondary+d.Rounded > 0 {
			s.SHA256 = ""
			files[s.File] = true
		}
	}
	for i := range b.Inputs {
		if in := &b.Inputs[i]; files[in.Path] {
			in.SHA256, in.Size = "", 0
		}
	}
}

// rules are the thresholds and the units of a bureau.
type rules struct {
	threshold, sensitive int
	above                map[string]string // the name of the unit above each one
	below                map[string]bool   // units below a sub-bureau
	names                map[string]string // of units, by name, id and former name
	top                  string            // the only unit that is below no other: the bureau
	alias                map[string]string // of quantities that have two names, the other
}

func rulesOf(b *bureau.Bureau) rules {
	r := rules{threshold: b.Site.Disclosure.Threshold.V, sensitive: b.Site.Disclosure.Sensitive.V,
		above: map[string]string{}, below: map[string]bool{}, names: map[string]string{}, alias: map[string]string{}}
	for name, i := range bureau.UnitIndex(b.Units) {
		r.names[name] = b.Units[i].Name.V
	}
	for _, u := range b.Units {
		if above := r.names[u.Parent.V]; above != "" && above != u.Name.V {
			r.above[u.Name.V] = above
		}
	}
	tops := 0
	for _, u := range b.Units {
		depth := 0
		for above := r.above[u.Name.V]; above != ""; above = r.above[above] {
			if depth++; depth > len(bureau.Levels) { // deeper than units may stand, or above each other: an error of its own
				delete(r.above, u.Name.V)
				break
			}
		}
		r.below[u.Name.V] = depth >= 2
		if depth == 0 {
			tops++
			r.top = u.Name.V
		}
	}
	if tops > 1 {
		r.top = ""
	}
	return r
}

// seeUnits takes every category whose values are all units of units.csv for one
// that names units, whatever staff called it, and gives what takes that back.
func (r rules) seeUnits(b *bureau.Bureau) (back func()) {
	var seen []*bureau.Field
	for _, s := range b.Statistics {
		if s.FieldOf(bureau.RoleUnit) >= 0 {
			continue
		}
		for f := range s.Fields {
			if s.Fields[f].Role != bureau.RoleCategory {
				continue
			}
			column, opens := s.Column(f), s.Opening(f)
			unit, some, others := make([]bool, len(column.Each)), false, false
			for i := range column.Each {
				unit[i] = r.names[strings.TrimSpace(column.Each[i].Text)] != ""
			}
			for row, of := range column.Of {
				some = some || unit[of]
				others = others || !unit[of] && !opens(row)
			}
			if some && !others {
				s.Fields[f].Role = bureau.RoleUnit
				seen = append(seen, &s.Fields[f])
				break
			}
		}
	}
	return func() {
		for _, f := range seen {
			f.Role = bureau.RoleCategory
		}
	}
}

// unitName gives the name in units.csv of a unit that is named by it or by its
// id; any other text stands for itself.
func (r rules) unitName(text string) string {
	if name, ok := r.names[text]; ok {
		return name
	}
	return text
}

// need is the threshold of a row.
func (r rules) need(s *bureau.Statistic, row int) int {
	if s.Descriptor.Sensitive.V {
		return r.sensitive
	}
	for i, f := range s.Fields {
		text := strings.TrimSpace(s.Cell(row, i).Text)
		switch {
		case f.Role == bureau.RoleUnit && r.below[r.unitName(text)]:
			return r.sensitive
		case f.Role == bureau.RoleCategory && places.MatchString(f.Bare()) && !s.Opens(row, i) && r.above[r.unitName(text)] == "":
			return r.sensitive
		}
	}
	return r.threshold
}

// places are the names of columns of places below a sub-bureau.
var places = regexp.MustCompile(`^(?:所属|所在)?(?:社区|村|村居|村（居）|居委会|村委会|派出所|警务区|警务室|街道|乡镇|镇街|网格|小区|街镇)(?:名称)?$`)

// cell is how a figure of a statistic stands in a table.
func (r rules) cell(s *bureau.Statistic, row, field int) cell {
	c := s.Cell(row, field)
	need := max(int64(r.need(s, row)), 1) // what staff hid is not to be told exactly, whatever the threshold
	if !c.Has() || c.Number < 0 || math.Abs(c.Number) > 1<<53 {
		return cell{need: need, blank: true, hidden: c.Status&bureau.Confidential != 0}
	}
	value := scaled(c.Number, scaleOf(s.Unit(row, field)))
	small := 0 < value && value < need
	return cell{value: value, need: need, hidden: small, primary: small}
}

// scaleOf is how many a unit counts at once: 万人 ten thousand.
func scaleOf(unit string) float64 {
	switch {
	case strings.HasPrefix(unit, "亿"):
		return 1e8
	case strings.HasPrefix(unit, "万"):
		return 1e4
	case strings.HasPrefix(unit, "千"):
		return 1e3
	case strings.HasPrefix(unit, "百"):
		return 1e2
	}
	return 1
}

// scaled gives a figure as a number of ones.
func scaled(figure, scale float64) int64 { return int64(math.Ceil(figure*scale - 1e-6)) }

// suppress protects statistics that count the same things, and notes what it hid.
func suppress(group []*bureau.Statistic, b *bureau.Bureau, rules rules, hidden map[*bureau.Statistic][]figure) problem.List {
	t := newTable(group, b.Editions(), rules)
	if t == nil && b.Standing != nil {
		if t = newTable(group, []bureau.Release{*b.Standing}, rules); t != nil { // a table of today alone, to hold against
			t = plainTable(group, rules)
		}
	}
	if t == nil { // nothing is the sum of others
		for _, s := range group {
			for _, f := range personal(s) {
				for r := range s.Rows {
					if s.Cell(r, f).Has() && rules.cell(s, r, f).hidden {
						hidden[s] = append(hidden[s], figure{r, f, s.Cell(r, f).Number})
						hide(s, r, f, true, rules)
					}
				}
			}
		}
		return nil
	}
	exposed, coarse := t.guard()
	problems := t.faults
	if coarse {
		problems.Warn(group[0].Position(-1, personal(group[0])[0]), problem.DisclosureCoarse,
			problem.Say("表很大，隐去的数值比必要的多一些", "the table is very large, so that somewhat more figures are hidden than is needed"),
			problem.Say("不影响公布；想少隐去一些，把表按年份或单位分成几个文件；照这样公布的，%s", "it may be published as it is; to hide less, part the table by years or units into several files; where it is published so, %s", problem.Except(problem.DisclosureCoarse, group[0].File)))
	}
	if len(exposed) > 0 && t.faults.Errors() == 0 {
		reason := problem.Say("有%d个隐去的数值，无论再隐去哪些，都能从公布的合计推算出来", "hidden figures that could be computed from the published totals whatever else is hidden: %d", len(exposed))
		if t.crossing {
			reason = problem.Say("有的期间或列互相交叉，无法保证隐去的%d个数值不被推算出来", "some periods or columns overlap, so hidden figures might be computed: %d", len(exposed))
		}
		for _, s := range group {
			for _, f := range personal(s) {
				for r := range s.Rows {
					if s.Cell(r, f).Has() {
						hidden[s] = append(hidden[s], figure{r, f, s.Cell(r, f).Number})
					}
				}
			}
			withhold(s, rules)
			problems.Warn(s.Position(-1, personal(s)[0]), problem.DisclosureWithheld,
				problem.Text{ZH: reason.ZH + "，因此这张表的人数和单位数全部不公布", EN: reason.EN + ", so none of the counts of persons or organisations is published"},
				problem.Say("合并一些分类或期间，少列一些合计，或者改用 disclosure: round（隐私保护：取整）；照这样公布的，%s", "merge some categories or periods, give fewer totals, or use disclosure: round; where it is published so, %s", problem.Except(problem.DisclosureWithheld, s.File)))
		}
		return problems
	}
	problems = append(problems, t.shown(group, b, rules)...)
	known := map[*bureau.Statistic]bool{}
	for _, p := range t.places {
		c := t.cells[p.cell]
		if !c.hidden || !p.statistic.Cell(p.row, p.field).Has() {
			continue
		}
		if c.known && c.primary && !known[p.statistic] {
			known[p.statistic] = true
			problems.Warn(p.statistic.Position(p.row, p.field), problem.DisclosurePublished,
				problem.Say("这个数值应当隐去，但以前的版本已经公布过", "this figure has to be hidden, but an earlier release published it"),
				problem.Say("以后不再公布，必要时撤下以前的文件；risk（计数对象）写错的，改回来；处理过的，%s", "it is not published from now on; withdraw the earlier files where that is needed, or correct risk where that is wrong; once that is done, %s", problem.Except(problem.DisclosurePublished, p.statistic.File)))
		}
		hidden[p.statistic] = append(hidden[p.statistic], figure{p.row, p.field, p.statistic.Cell(p.row, p.field).Number})
		hide(p.statistic, p.row, p.field, c.primary && c.value > 0, rules)
	}
	return problems
}

// guard hides cells of the table until no hidden one can be told, and gives those
// that can be told all the same.
func (t *table) guard() (exposed []int32, coarse bool) {
	t.concentrated()
	hidden := t.guarded()
	if t.crossing {
		return hidden, false
	}
	if len(hidden) == 0 {
		return nil, false
	}
	return t.protect()
}

// concentrated hides a zero of every total that is all in one category, so that
// the others of the group are not known to be in it. A zero that its own column
// shows to be one is of no use.
func (t *table) concentrated() {
	for _, s := range t.margins {
		if s.dim < 0 || s.dim < len(t.dims) && t.dims[s.dim].role == bureau.RolePeriod || t.cells[s.total].value == 0 || t.cells[s.total].hidden || t.cells[s.total].need <= 1 {
			continue
		}
		full, zero := 0, int32(-1)
		for _, p := range s.parts {
			c := &t.cells[p]
			switch {
			case c.value > 0 || c.blank || c.hidden:
				full++
			case zero < 0 && !c.known && !slices.ContainsFunc(c.sums, func(i int32) bool { return t.cells[t.sums[i].total].value == 0 }):
				zero = p
			}
		}
		if full == 1 && zero >= 0 {
			t.cells[zero].hidden, t.cells[zero].primary = true, true
		}
	}
}

// hide takes a figure out of its statistic.
func hide(s *bureau.Statistic, row, field int, primary bool, rules rules) {
	c := s.Cell(row, field)
	s.Hidden = append(s.Hidden, bureau.Withheld{Row: row, Field: field, Number: c.Number, Primary: primary})
	// A break in series is no figure: it still keeps those around it from being compared.
	c.Number, c.Text, c.Status, c.Qualifier = math.NaN(), "", c.Status&bureau.Break|bureau.Confidential, bureau.Exact
	s.Set(row, field, c)
	d := &s.Disclosure
	d.Method, d.Threshold = Suppress, rules.threshold
	if s.Descriptor.Sensitive.V {
		d.Threshold = rules.sensitive
	} else if need := rules.need(s, row); need != rules.threshold {
		d.Sensitive = need
	}
	if primary {
		d.Primary++
	} else {
		d.Secondary++
	}
}

// withhold takes all counts out of a statistic.
func withhold(s *bureau.Statistic, rules rules) {
	for f := range s.Fields {
		for r := range s.Rows {
			if s.Fields[f].IsPersonal() && s.Cell(r, f).Has() {
				hide(s, r, f, rules.cell(s, r, f).primary, rules)
			}
		}
	}
	s.Disclosure.Withheld = true
}
