package disclose

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

var (
	// shareOf are the names of shares of persons: 女性占比, 未成年人比例.
	shareOf = regexp.MustCompile(`占比|占.*(?:比例|比重|的%)|比例|比重|构成比|份额|占(?:总|全|受|查|死|抓|处|人)|(?i:\bshare\b|proportion|percentage of)`)
	// perHead are the names, or units, of rates by population: 每万人死亡, 死亡率（/10万）.
	perHead = regexp.MustCompile(`(?:每|/|／|(?i:per)\s)\s*(1,?000,?000|100,?000|10,?000|1,?000|百万|十万|10\s*万|万|1\s*万|千)\s*人?|^(百万|十万|万|千)人|(‰)`)
	// perOne are the names of rates by a count of the row: 每起死亡.
	perOne = regexp.MustCompile(`^每(?:起|案|件|次|宗|户|家|人|个)`)
	// people are the columns of a population.
	people = regexp.MustCompile(`人口|户籍人|常住人|(?i:population)`)
)

var heads = map[string]float64{"1000000": 1e6, "‰": 1e3, "百万": 1e6, "十万": 1e5, "10万": 1e5, "万": 1e4, "1万": 1e4, "千": 1e3, "100000": 1e5, "10000": 1e4, "1000": 1e3}

// numerators hides shares and rates whose base is published, and which say so with
// it how many persons stand above the line, no column having them: 3 % of 100, or
// 4.69 in 100,000 of 64,000. It hides those that say a small count, or leave one.
func numerators(b *bureau.Bureau, rules rules) {
	population := map[string]float64{}
	for _, u := range b.Units {
		if n, err := strconv.ParseFloat(strings.ReplaceAll(u.Population.V, ",", ""), 64); err == nil {
			population[u.Name.V] = n
		}
	}
	for _, s := range b.Statistics {
		if s.Descriptor.Disclosure.V == None {
			continue
		}
		for f := range s.Fields {
			field := s.Fields[f]
			if field.Role != bureau.RoleMeasure || field.IsPersonal() || field.Derived {
				continue
			}
			percent := figures.Percentage(field.Unit) || field.Type == "percent"
			per := perHead.FindStringSubmatch(field.Name + field.Unit)
			switch {
			case per != nil && mayBePersons(s, perHead.ReplaceAllString(field.Bare(), ""), ""):
				by := heads[strings.NewReplacer(" ", "", ",", "").Replace(per[1]+per[2]+per[3])]
				for r := range s.Rows {
					rules.small(s, r, f, rules.base(s, r, population), by, false)
				}
			case perOne.MatchString(field.Name) && mayBePersons(s, perOne.ReplaceAllString(field.Bare(), ""), field.Unit):
				base := before(s, f, func(f bureau.Field) bool { return f.Role == bureau.RoleMeasure && f.Type != "percent" })
				for r := range s.Rows {
					rules.small(s, r, f, rules.count(s, r, base), 1, false)
				}
			case shareOf.MatchString(field.Name) && (percent || field.Unit == ""):
				base, of := before(s, f, bureau.Field.IsPersonal), 100.0
				if !percent && fractions(s, f) {
					of = 1
				}
				for r := range s.Rows {
					rules.small(s, r, f, rules.count(s, r, base), of, true)
				}
			}
		}
	}
}

// mayBePersons tells whether what a rate is named for may count persons: no event, and
// nothing that is none.
func mayBePersons(s *bureau.Statistic, name, unit string) bool {
	risk := figures.RiskOf(s.Title(), strings.TrimSuffix(name, "率"), unit)
	return risk == "" || risk == "person"
}

// before gives the field next before another that fits, or -1.
func before(s *bureau.Statistic, field int, fits func(bureau.Field) bool) int {
	for field--; field >= 0 && !fits(s.Fields[field]); field-- {
	}
	return field
}

// count is a published figure as a number of ones; 0 where there is none.
func (r rules) count(s *bureau.Statistic, row, field int) float64 {
	if field < 0 || !s.Cell(row, field).Has() {
		return 0
	}
	return s.Cell(row, field).Number * scaleOf(s.Unit(row, field))
}

// fractions tells whether the figures of a field are shares of 1.
func fractions(s *bureau.Statistic, field int) bool {
	for r := range s.Rows {
		if c := s.Cell(r, field); c.Has() && c.Number > 1 {
			return false
		}
	}
	return true
}

// base is the population that a row is about: of its own column, or of its unit in
// units.csv; 0 where none is known.
func (r rules) base(s *bureau.Statistic, row int, population map[string]float64) float64 {
	name := r.top
	for f := range s.Fields {
		c := s.Cell(row, f)
		switch {
		case s.Fields[f].Role == bureau.RoleMeasure && people.MatchString(s.Fields[f].Name) && c.Has():
			return c.Number * scaleOf(s.Unit(row, f))
		case s.Fields[f].Role == bureau.RoleUnit && !s.Opens(row, f):
			name = r.unitName(strings.TrimSpace(c.Text))
		}
	}
	return population[name]
}

// small hides a rate of so many, per that many of a base, that says a small whole
// number of persons, or with rest leaves one of them.
func (r rules) small(s *bureau.Statistic, row, field int, base, per float64, rest bool) {
	c := s.Cell(row, field)
	if !c.Has() || base <= 0 {
		return
	}
	need := float64(r.need(s, row))
	n := c.Number * base / per
	slack := (figures.LastDigit(c)/2 + 1e-9) * base / per
	told := func(n float64) bool {
		whole := math.Round(n)
		return 0 < whole && whole < need && math.Abs(n-whole) <= max(slack, 1e-6)
	}
	if told(n) || rest && told(base-n) {
		hide(s, row, field, false, r)
	}
}
