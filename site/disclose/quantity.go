package disclose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// quantity says what a field counts, so that figures of several files are known
// to be the same: the concept of the descriptor, else the field's name without
// its unit, and what one of its unit is.
func quantity(s *bureau.Statistic, field int) string {
	f := s.Fields[field]
	if f.Accumulates != "" && f.Cumulative { // it is that, of a longer period
		return quantity(s, s.Field(f.Accumulates))
	}
	if concept := s.Descriptor.Concept.V; concept != "" {
		heads := slices.DeleteFunc(personal(s), func(i int) bool { return part(s, i) })
		if len(heads) == 1 && heads[0] == field {
			return "\x00" + concept
		}
		return "\x00" + concept + "\x00" + f.Bare()
	}
	if f.Cumulative && running(s) {
		return named(cmp.Or(figures.Accumulated(f.Bare()), f.Name), f.Unit)
	}
	return named(f.Name, f.Unit)
}

// running tells whether the periods of a statistic are shorter than years, so that
// what is counted from the start of the year is of another period than its row.
func running(s *bureau.Statistic) bool {
	return slices.ContainsFunc(s.Periods, func(p period.Period) bool { return !p.AsOf && p.Days() < 360 })
}

// since gives a period from the start of its year, where that is asked for.
func since(p period.Period, cumulative bool) period.Period {
	if cumulative && !p.IsZero() && !p.AsOf {
		p.Start = period.NewDate(p.End.Time().Year(), time.January, 1)
	}
	return p
}

// counting are what stands around the name of what is counted: 总死亡, 死亡人数.
var counting = regexp.MustCompile(`^总|(?:总人数|人数|人员数|总数|总量|数量|数目|总计|数)$`)

// named is the quantity of a field that has only a name and a unit.
func named(name, unit string) string {
	bare := strings.TrimSpace(bureau.Field{Name: name}.Bare())
	if short := counting.ReplaceAllString(bare, ""); utf8.RuneCountInString(short) > 1 && !generic[short] {
		bare = short
	}
	one := strings.TrimLeft(unit, "百千万亿")
	if one == "名" || one == "口" || one == "位" || one == "" {
		one = "人"
	}
	return strings.Join(strings.Fields(bare), "") + "\x00" + one
}

// personal gives the fields that count persons or organisations.
func personal(s *bureau.Statistic) (fields []int) {
	for i := range s.Fields {
		if s.Fields[i].IsPersonal() {
			fields = append(fields, i)
		}
	}
	return fields
}

// part tells whether a field is one of those that another is the sum of.
func part(s *bureau.Statistic, field int) bool {
	return slices.ContainsFunc(s.Identities, func(id bureau.Identity) bool {
		return !id.Rows && !id.Balance() && slices.Contains(id.Right, field)
	})
}

// generic are names that say nothing of what is counted, so that two files may
// use them for different things.
var generic = map[string]bool{}

func init() {
	for word := range strings.FieldsSeq("人数 人次 总人数 户数 家数 数量 数值 数 值 数据 合计 总计 小计 共计 总数 男 女 男性 女性 本期 上期 本月 上月 今年 去年 本年 上年 当月 累计 count number value total persons people male female") {
		generic[word] = true
	}
}

// linked puts statistics together that count the same things: what is hidden in
// one must not be had from another. It never asks whether their figures are
// equal, but for names that say nothing (人数): there, statistics are of different
// things where they have figures of one name in common and none of them agrees.
// Figures for one thing that differ are reported.
func linked(statistics []*bureau.Statistic, rules rules) (groups [][]*bureau.Statistic, problems problem.List) {
	of := map[string][]int{} // the statistics of each quantity
	var quantities []string
	add := func(q string, i int) {
		if of[q] == nil {
			quantities = append(quantities, q)
		}
		if !slices.Contains(of[q], i) {
			of[q] = append(of[q], i)
		}
	}
	for i, s := range statistics {
		for _, f := range personal(s) {
			add(rules.quantity(s, f), i)
		}
		if whole, heads := rules.whole(s); len(heads) > 1 {
			add(whole, i)
		}
	}
	for i := range statistics {
		for _, sum := range compounds { // who has the one is held against who has the others
			if slices.Contains(of[sum.parts[0]], i) && slices.Contains(of[sum.parts[1]], i) && of[sum.whole] != nil {
				add(sum.whole, i)
			}
		}
	}
	first := make([]int, len(statistics)) // the first statistic of each one's group
	for i := range first {
		first[i] = i
	}
	root := func(i int) int {
		for first[i] != i {
			i = first[i]
		}
		return i
	}
	known := make([]map[string]figure, len(statistics))
	for _, q := range quantities {
		for n, i := range of[q] {
			for _, j := range of[q][:n] {
				for _, k := range []int{i, j} {
					if known[k] == nil {
						known[k] = figuresOf(statistics[k], rules)
					}
				}
				agree, differ := compared(known[j], known[i], q, q)
				bare, _, _ := strings.Cut(q, "\x00")
				if agree == 0 && len(differ) > 0 && (generic[strings.ToLower(bare)] || unsure(statistics[i], q) || unsure(statistics[j], q)) {
					continue
				}
				if len(differ) > 0 {
					problems = append(problems, disagreement(statistics[j], statistics[i], differ))
				}
				a, b := root(i), root(j)
				first[max(a, b)] = min(a, b)
			}
		}
	}
	group := map[int]int{}
	for i, s := range statistics {
		r := root(i)
		if r == i {
			group[i] = len(groups)
			groups = append(groups, nil)
		}
		groups[group[r]] = append(groups[group[r]], s)
	}
	return groups, problems
}

// unsure tells whether a quantity of a statistic is one only if what is called
// cumulative starts with the year.
func unsure(s *bureau.Statistic, q string) bool {
	return slices.ContainsFunc(personal(s), func(f int) bool {
		return s.Fields[f].Cumulative && s.Fields[f].Accumulates == "" && quantity(s, f) == q
	})
}

// compounds are the quantities whose name says what they add up.
var compounds = []struct {
	whole string
	parts [2]string
}{
	{named("伤亡", "人"), [2]string{named("死亡", "人"), named("受伤", "人")}},
	{named("casualties", "人"), [2]string{named("deaths", "人"), named("injuries", "人")}},
}

// quantity is that of a field, by the name that it has in common with others.
func (r rules) quantity(s *bureau.Statistic, field int) string {
	q := quantity(s, field)
	return cmp.Or(r.alias[q], q)
}

// breakdown is what a title says of how a thing is parted: 死亡按性别, 死亡分方式.
var breakdown = regexp.MustCompile(`(?:[（(].*|[按分][^按分]{1,8}|情况|统计|统计表|一览表|构成)+$`)

// whole gives what the counts of a statistic that has no total add up to, by its
// concept or its title, and these counts: 死亡 of 男 and 女.
func (r rules) whole(s *bureau.Statistic) (q string, heads []int) {
	heads = slices.DeleteFunc(personal(s), func(f int) bool {
		return part(s, f) || s.Fields[f].Kind != bureau.DataRow || s.Fields[f].Accumulates != ""
	})
	if concept := s.Descriptor.Concept.V; concept != "" {
		return "\x00" + concept, heads
	}
	if title := breakdown.ReplaceAllString(strings.TrimSpace(s.Title()), ""); title != "" {
		q = named(title, "人")
		return cmp.Or(r.alias[q], q), heads
	}
	return "", nil
}

// aliases finds quantities whose names differ in what the title of a statistic says,
// 交通事故死亡 and 死亡 in one of 交通事故, and none of whose figures differ.
func (r *rules) aliases(statistics []*bureau.Statistic) {
	of, known := map[string][]*bureau.Statistic{}, map[*bureau.Statistic]map[string]figure{}
	byEnd := map[string][]string{} // the quantities by their last two characters and their unit
	var ends []string
	for _, s := range statistics {
		for _, f := range personal(s) {
			q := quantity(s, f)
			if of[q] == nil && !strings.HasPrefix(q, "\x00") {
				name, unit, _ := strings.Cut(q, "\x00")
				if letters := []rune(name); len(letters) > 1 && !generic[name] {
					end := string(letters[len(letters)-2:]) + unit
					if byEnd[end] == nil {
						ends = append(ends, end)
					}
					byEnd[end] = append(byEnd[end], q)
				}
			}
			if !slices.Contains(of[q], s) {
				of[q] = append(of[q], s)
			}
		}
	}
	figures := func(s *bureau.Statistic) map[string]figure {
		if known[s] == nil {
			known[s] = figuresOf(s, *r)
		}
		return known[s]
	}
	alike := func(long, short, more string) bool {
		agreed := 0
		for _, a := range of[long] {
			for _, b := range of[short] {
				if a == b {
					return false
				}
				agree, differ := compared(figures(a), figures(b), long, short)
				if len(differ) > 0 {
					return false
				}
				if agreed += agree; strings.Contains(b.Title(), more) {
					agreed++
				}
			}
		}
		return agreed > 0
	}
	for _, end := range ends {
		for _, long := range byEnd[end] {
			name, _, _ := strings.Cut(long, "\x00")
			for _, short := range byEnd[end] {
				other, _, _ := strings.Cut(short, "\x00")
				if more, is := strings.CutSuffix(name, other); is && more != "" && r.alias[long] == "" && r.alias[short] == "" && alike(long, short, more) {
					r.alias[long] = short
				}
			}
		}
	}
}

// figure is a count of a statistic, as staff gave it.
type figure struct {
	row, field int
	number     float64
}

// pair is two figures for one thing that differ.
type pair struct{ a, b figure }

// compared holds the figures of a quantity in two statistics, of which it may have
// another name, against each other.
func compared(a, b map[string]figure, inA, inB string) (agree int, differ []pair) {
	for name, x := range b {
		rest, is := strings.CutPrefix(name, inB+"\x00\x00")
		if !is {
			continue
		}
		if y, ok := a[inA+"\x00\x00"+rest]; ok {
			switch {
			case y.number != x.number:
				differ = append(differ, pair{y, x})
			case x.number > 0:
				agree++
			}
		}
	}
	slices.SortFunc(differ, func(p, q pair) int { return p.b.row - q.b.row })
	return agree, differ
}

// disagreement reports two figures for one thing that differ, at the second.
func disagreement(a, b *bureau.Statistic, differ []pair) problem.Problem {
	var list problem.List
	x, y := differ[0].a, differ[0].b
	list.Error(b.Position(y.row, y.field), problem.DisclosureDisagree,
		problem.Say("同一件事有两个数值：这里和 %[2]s 的 %[1]s 不同（这样的共%[3]d处），隐去的数值会不会被推算出来就无从判断", "one thing has two figures: this one and %[1]s in %[2]s differ (places like this: %[3]d), so nobody can tell whether hidden figures could be computed",
			a.Position(x.row, x.field).Cell, problem.Quote(a.File), len(differ)),
		problem.Say("核对两个文件，改正其中一个；说的不是同一件事的，在说明文件中各写一个 concept（指标代号），如 concept: 被害人", "compare the two files and correct one; where they count different things, give each a concept in its descriptor, such as concept: 被害人"))
	return list[0]
}

// figuresOf names every count of a statistic by its quantity, period, unit and
// categories, without those that it is a total of.
func figuresOf(s *bureau.Statistic, rules rules) map[string]figure {
	named := map[string]figure{}
	keys := s.Keys()
	slices.SortFunc(keys, func(a, b int) int {
		return slices.Compare([]string{string(s.Fields[a].Role), s.Fields[a].Name}, []string{string(s.Fields[b].Role), s.Fields[b].Name})
	})
	counts := personal(s)
	names := make([]string, len(s.Fields))
	for _, f := range counts {
		names[f] = rules.quantity(s, f)
	}
	for r := range s.Rows {
		if s.Rows[r].Kind == bureau.OfWhichRow {
			continue
		}
		key, since := rules.key(s, r, keys, false), ""
		for _, f := range counts {
			at := key
			if s.Fields[f].Cumulative {
				if since == "" {
					since = rules.key(s, r, keys, true)
				}
				at = since
			}
			if c := rules.cell(s, r, f); !c.blank {
				named[names[f]+"\x00\x00"+at] = figure{r, f, float64(c.value)}
			}
		}
	}
	return named
}

// key names a row by its period, unit and categories, in the order of the given
// fields, without those that it is a total of; cumulative, by the period from the
// start of the year.
func (r rules) key(s *bureau.Statistic, row int, keys []int, cumulative bool) string {
	var name strings.Builder
	for _, k := range keys {
		text := strings.TrimSpace(s.Cell(row, k).Text)
		switch p := s.Period(row); {
		case s.Fields[k].Role == bureau.RolePeriod && !p.IsZero():
			text = since(p, cumulative).Interval()
		case s.Opens(row, k):
			continue
		case s.Fields[k].Role == bureau.RoleUnit:
			if text = r.unitName(text); text == r.top {
				continue
			}
		}
		name.WriteString(dimName(s.Fields[k]) + "\x00" + text + "\x00")
	}
	return name.String()
}
