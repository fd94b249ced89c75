package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// statement is one that stands now, with its place.
type statement struct {
	bureau.Statement
	at problem.Position
}

// statements are all that a bureau says now beside its figures, in the order of its
// files. What a definition holds (definition) is among them.
func statements(b *bureau.Bureau) []statement {
	var all []statement
	say := func(about, row, field, what, text string, at problem.Position) {
		if text != "" {
			all = append(all, statement{bureau.Statement{About: about, Row: row, Field: field, What: what, Text: text}, at})
		}
	}
	for _, s := range b.Statistics {
		d := &s.Descriptor
		top := problem.Position{File: cmp.Or(d.File, s.File), Line: 1}
		at := func(v bureau.String) problem.Position { return cmp.Or(v.At, top) }
		for _, one := range definition(s.Name, definitionOf(s)) {
			place := top
			switch f := s.Field(one.Field); {
			case f >= 0:
				place = s.Fields[f].At
			case one.What == bureau.SaidTitle:
				place = at(d.Title)
			case one.What == bureau.SaidDescription:
				place = at(d.Description)
			case one.What == bureau.SaidFrequency:
				place = at(d.Frequency)
			}
			all = append(all, statement{one, place})
		}
		say(s.Name, "", "", bureau.SaidScope, d.Quality.Scope.V, at(d.Quality.Scope))
		say(s.Name, "", "", bureau.SaidCounting, d.Quality.Counting.V, at(d.Quality.Counting))
		say(s.Name, "", "", bureau.SaidComparability, d.Quality.Comparability.V, at(d.Quality.Comparability))
		say(s.Name, "", "", bureau.SaidProvisional, d.Quality.Provisional.V, at(d.Quality.Provisional))
		for _, f := range s.Fields {
			if f.Role == bureau.RoleMeasure && f.Title != "" && f.Title != f.Bare() {
				say(s.Name, "", f.Name, bureau.SaidTitle, f.Title, f.At)
			}
		}
		say(s.Name, "", "", bureau.SaidPlace, placeOf(s), cmp.Or(d.Coverage.Place.At, d.Coverage.Organisation.At, top))
		var sources []string
		var first bureau.String
		for i, source := range d.Sources {
			if i == 0 {
				first = source.Title
			}
			text := source.Title.V
			if source.Issued.Given() {
				text += "（" + source.Issued.V.String() + "）"
			}
			sources = append(sources, text)
		}
		say(s.Name, "", "", bureau.SaidSources, strings.Join(sources, "；"), at(first))
		if d.Released.Given() {
			say(s.Name, "", "", bureau.SaidReleased, d.Released.V.String(), d.Released.At)
		}
		if d.NextRelease.Given() {
			say(s.Name, "", "", bureau.SaidNextRelease, d.NextRelease.V.String(), d.NextRelease.At)
		}
	}
	for _, t := range b.Targets {
		row := strings.TrimSuffix(t.Period.V+"/"+t.Unit.V, "/")
		say(t.Statistic.V, row, t.Field.V, bureau.SaidTarget, direction(t.Direction.V)+t.Target.V, t.Target.At)
		say(t.Statistic.V, row, t.Field.V, bureau.SaidSetBy, strings.TrimSuffix(t.SetBy.V+"；"+t.Basis.V, "；"), t.SetBy.At)
	}
	for _, r := range b.Registers {
		promises(r, say)
	}
	for i := range b.Units {
		u := &b.Units[i]
		say(aboutUnits, u.Name.V, "", bureau.SaidPopulation, u.Population.V, u.Population.At)
	}
	for _, g := range b.Guides {
		if promised := g.TimeLimit.Promised; promised.Given() {
			say(aboutGuide(g), g.Language, "", bureau.SaidPromise, strconv.Itoa(promised.V)+" "+g.TimeLimit.Unit.V, promised.At)
		}
		for _, n := range g.CaseNotes {
			if promised := n.TimeLimit.Promised; promised.Given() {
				row := g.Language
				for _, answer := range n.When {
					row += "/" + answer.V
				}
				say(aboutGuide(g), row, "", bureau.SaidPromise, strconv.Itoa(promised.V)+" "+n.TimeLimit.Unit.V, promised.At)
			}
		}
	}
	for i := range b.Revisions {
		r := &b.Revisions[i]
		row := strings.Join([]string{r.Period.V, r.Unit.V, r.Old.V, r.New.V}, "/")
		say(r.Statistic.V, row, r.Field.V, bureau.SaidReason, strings.Join([]string{day(r.Date.V), r.Reason.V, r.ApprovedBy.V}, "；"), r.Reason.At)
	}
	own := b.Site.Covers(bureau.Coverage{})
	say(aboutSite, "", "", bureau.SaidPlace, strings.Trim(own.Place.V+"，"+own.Organisation.V, "，"), b.Site.Organization.At)
	return all
}

// What statements are about that are of no statistic and no register.
const (
	aboutUnits = "units"
	aboutSite  = "site"
)

// aboutGuide is what statements of a guide are about.
func aboutGuide(g *bureau.Guide) string {
	return strings.TrimSuffix(bureau.GuidePage(g.Area.V, g.Name), "/index.html")
}

// isStatistic tells whether a statement is about a statistic, by what it is about.
func isStatistic(about string) bool {
	return about != aboutSite && about != aboutUnits && !strings.Contains(about, "/")
}

// promises states what a register promises: in a register with targets what is promised
// and the target, and by when something is to be done. A row is known by its number,
// else by its title.
func promises(r *bureau.Register, say func(about, row, field, what, text string, at problem.Position)) {
	title, target, due := r.ColumnOf(bureau.ColumnTitle), r.ColumnOf(bureau.ColumnTarget), r.ColumnOf(bureau.ColumnDue)
	key := r.ColumnOf(bureau.ColumnID)
	if key < 0 {
		key = title
	}
	if key < 0 {
		return
	}
	for i := range r.Rows() {
		cells := r.Row(i)
		state := func(column int, what, text string) {
			say(aboutRegister(r.Name), cells[key].V, r.Columns[column].Name, what, text, cells[column].At)
		}
		for column, c := range r.Columns {
			if judgedBy[c.Role] {
				state(column, bureau.SaidJudgedBy, cells[column].V)
			}
		}
		if target >= 0 && title >= 0 {
			state(title, bureau.SaidPromise, cells[title].V)
			state(target, bureau.SaidTarget, cells[target].V)
		}
		if due >= 0 {
			state(due, bureau.SaidDue, day(cells[due].V))
		}
	}
}

// placeOf says whose figures a statistic holds.
func placeOf(s *bureau.Statistic) string {
	if s.Elsewhere == "" {
		return "本单位"
	}
	c := s.Descriptor.Coverage
	return strings.Trim(c.Place.V+"；"+c.Organisation.V, "；")
}

// judgedBy are the columns that say what a promise or a claim is held against.
var judgedBy = map[bureau.ColumnRole]bool{bureau.ColumnFigure: true, bureau.ColumnPeriod: true, bureau.ColumnPlace: true, bureau.ColumnBaseline: true, bureau.ColumnClaim: true}

// aboutRegister is what statements of a register are about.
func aboutRegister(name string) string { return bureau.RegistersSection.Folder() + name }

// direction writes a direction always alike.
func direction(text string) string {
	id, _ := bureau.Directions.Of(text)
	for _, word := range bureau.Directions {
		if word.ID == id {
			return word.ZH
		}
	}
	return text
}

// day writes a day always alike, and any other text as it stands.
func day(text string) string {
	if d, ok := period.ParseDay(text); ok {
		return d.String()
	}
	return text
}

// definitionOf is the definition of a statistic as it stands.
func definitionOf(s *bureau.Statistic) *bureau.Definition {
	d := &bureau.Definition{Title: s.Title(), Description: s.Descriptor.Description.V, Frequency: s.Frequency.String()}
	for i, f := range s.Fields {
		if f.Role == bureau.RoleMeasure {
			d.Measures = append(d.Measures, measureOf(s, i))
		}
	}
	return d
}

// definition gives the statements that a definition makes.
func definition(name string, d *bureau.Definition) []bureau.Statement {
	all := []bureau.Statement{
		{About: name, What: bureau.SaidTitle, Text: d.Title},
		{About: name, What: bureau.SaidDescription, Text: d.Description},
		{About: name, What: bureau.SaidFrequency, Text: d.Frequency},
	}
	for _, m := range d.Measures {
		all = append(all,
			bureau.Statement{About: name, Field: m.Name, What: bureau.SaidUnit, Text: m.Unit},
			bureau.Statement{About: name, Field: m.Name, What: bureau.SaidDescription, Text: m.Description},
			bureau.Statement{About: name, Field: m.Name, What: bureau.SaidFormula, Text: m.Value})
	}
	return slices.DeleteFunc(all, func(s bureau.Statement) bool { return s.Text == "" })
}

// said gathers statements as release follows release.
type said struct {
	all []bureau.Said
	at  map[bureau.Statement]int // by what they are of
}

// take adds a statement of one release.
func (s *said) take(one bureau.Statement) {
	of := one.Of()
	i, known := s.at[of]
	switch {
	case !known && one.Text == "":
	case !known:
		s.at[of] = len(s.all)
		s.all = append(s.all, bureau.Said{Statement: one})
	case s.all[i].Text != one.Text:
		s.all[i].Before = append(s.all[i].Before, s.all[i].Text)
		s.all[i].Text = one.Text
	}
}

// record takes what one record states. A definition states anew all that it holds.
func (s *said) record(r *bureau.Record) {
	for _, e := range r.Statistics {
		if e.Definition == nil {
			continue
		}
		now := map[bureau.Statement]bool{}
		for _, one := range definition(e.Name, e.Definition) {
			now[one.Of()] = true
			s.take(one)
		}
		for _, one := range s.all {
			if of := one.Of(); one.About == e.Name && inDefinition(one.Statement) && !now[of] {
				s.take(of)
			}
		}
	}
	for _, one := range r.Statements {
		s.take(one)
	}
}

// inDefinition tells whether a definition holds a statement. It has no titles of fields.
func inDefinition(s bureau.Statement) bool {
	if s.What == bureau.SaidTitle {
		return s.Field == ""
	}
	return slices.Contains([]string{bureau.SaidDescription, bureau.SaidFrequency, bureau.SaidUnit, bureau.SaidFormula}, s.What)
}

// changedStatements are those that a new release has to state: new, in other words,
// or no longer made.
func changedStatements(b *bureau.Bureau) []bureau.Statement {
	before := map[bureau.Statement]string{}
	for _, s := range b.Published.Statements {
		if !inDefinition(s.Statement) && s.Text != "" {
			before[s.Of()] = s.Text
		}
	}
	var changed []bureau.Statement
	for _, s := range statements(b) {
		if inDefinition(s.Statement) {
			continue
		}
		if before[s.Of()] != s.Text {
			changed = append(changed, s.Statement)
		}
		delete(before, s.Of())
	}
	for _, s := range b.Published.Statements { // in their order
		if _, gone := before[s.Of()]; gone {
			changed = append(changed, s.Of())
		}
	}
	return changed
}
