package render

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/say"
)

// UnitStatistic is what was computed of one unit's own rows of a statistic.
type UnitStatistic struct {
	Of    *bureau.Statistic // with the rows of all units
	Part  figures.Part
	Chart *Chart // of its own past; nil where there is none
}

// Units is what units.html shows: the tree of units.
type Units struct {
	Common
	Units   []UnitNode
	Targets *Link
	Finder  bool // there are so many that the list can be narrowed
}

// UnitNode is one unit of the tree with those below it, in the order of units.csv.
type UnitNode struct {
	Href, Title, Level     string
	Phones                 []Phone
	Address, Hours, Covers string // by which a reader finds it
	Below                  []UnitNode
	Count                  string // how many are right below it
	Open                   bool   // those below are shown at once
}

// UnitPage is what unit.html shows.
type UnitPage struct {
	Common
	QR                     *QR
	Title, Level           string
	Address, Hours, Covers string
	Phones                 []Phone
	Population, Households string
	Source                 string // of both
	Below                  []UnitNode
	Statistics             []UnitFigures
	Lower                  []LowerFigures
	Targets                []TargetView
	Windows                []Window
	Matters                *CountLink // the suggestions that it deals with
}

// UnitFigures are a unit's own figures of one statistic.
type UnitFigures struct {
	ID, Href, Title string
	Figure          *Figure
	Rate            string // per 10,000 population
	Table           *Table
}

// LowerFigures are those of the units below, of a statistic that the unit itself has none of.
type LowerFigures struct {
	Link
	Units []Link
}

// Window is a place where a procedure is handled at the unit.
type Window struct{ Href, Title, Place, Hours string }

// hasUnits tells whether there are pages of units.
func (s *site) hasUnits(language *locale.Language) bool {
	return s.speaks(language) && len(s.Bureau.Units) > 0
}

// unitTree is the order of units: which are right below each, and which are at
// the top. The key -1 is above all.
func (s *site) unitTree() map[int][]int {
	tree := map[int][]int{}
	for i, u := range s.Bureau.Units {
		above, ok := s.units[u.Parent.V]
		if !ok {
			above = -1
		}
		tree[above] = append(tree[above], i)
	}
	return tree
}

func (s *site) unitsPage(language *locale.Language) page {
	p := page{
		path: s.here(bureau.UnitsSection.Page()), file: bureau.UnitsKind.File(), language: language, template: "units.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Units)), Description: language.Text(locale.UnitsLead), Column: language.Text(locale.Units)},
	}
	p.view = func(p *page) any {
		v := Units{Units: s.unitNodes(p, s.unitTree(), -1), Finder: len(s.Bureau.Units) > longList}
		if v.Finder {
			p.head.Script = root(p.path) + s.assets["find.js"].path
		}
		v.Other = p.others
		if s.hasTargets(language) {
			v.Targets = &Link{Href: root(p.path) + s.here(bureau.TargetsSection.Page()), Title: language.Text(locale.Targets)}
		}
		return v
	}
	return p
}

// UnitFinder leads from the home page to the stations: to each where they are few.
type UnitFinder struct {
	Href     string
	Stations []Link
}

// fewStations are so many that the home page names each.
const fewStations = 12

// unitFinder gives the way to the stations, or to all units where none is said to be one;
// nil where the bureau has no units.
func (s *site) unitFinder(p *page) *UnitFinder {
	if !s.hasUnits(p.language) {
		return nil
	}
	f := &UnitFinder{Href: root(p.path) + s.here(bureau.UnitsSection.Page())}
	for i := range s.Bureau.Units {
		u := &s.Bureau.Units[i]
		if level, ok := bureau.Levels.Of(u.Level.V); ok && level == "station" && s.units[u.ID.V] == i {
			f.Stations = append(f.Stations, Link{Href: root(p.path) + s.here(u.Page()), Title: u.Name.V})
		}
	}
	if len(f.Stations) > fewStations {
		f.Stations = nil
	}
	return f
}

// unitNodes are the units below one, each with those below it.
func (s *site) unitNodes(p *page, tree map[int][]int, above int) []UnitNode {
	var nodes []UnitNode
	for _, i := range tree[above] {
		node := s.unitNode(p, i)
		node.Open = above < 0
		if node.Below = s.unitNodes(p, tree, i); len(node.Below) > 0 {
			node.Count = p.language.Text(locale.UnitsBelow, len(node.Below))
		}
		nodes = append(nodes, node)
	}
	return nodes
}

func (s *site) unitNode(p *page, i int) UnitNode {
	u := &s.Bureau.Units[i]
	return UnitNode{Href: root(p.path) + s.here(u.Page()), Title: u.Name.V, Level: levelName(p.language, u), Phones: phones(u.Phone.V), Address: u.Address.V, Hours: u.Hours.V, Covers: u.Covers.V}
}

// levelName is the level of a unit in words, where its name does not end in them already.
func levelName(language *locale.Language, u *bureau.Unit) string {
	level, ok := bureau.Levels.Of(u.Level.V)
	if !ok {
		return ""
	}
	text := language.Text(locale.Levels[level])
	name := strings.ToLower(u.Name.V)
	if strings.HasSuffix(name, strings.ToLower(text)) || strings.HasSuffix(text, "局") && strings.HasSuffix(name, "分局") {
		return ""
	}
	return text
}

// unitTrail is the way down to a unit: the units above it, save the topmost.
func (s *site) unitTrail(language *locale.Language, i int) []Link {
	var above []Link
	for range bureau.Levels { // to stand deeper is an error, and so is a unit that is its own ancestor
		up, ok := s.units[s.Bureau.Units[i].Parent.V]
		if !ok || s.Bureau.Units[up].Parent.V == "" {
			break
		}
		u := &s.Bureau.Units[up]
		above = append([]Link{{Href: s.here(u.Page()), Title: u.Name.V}}, above...)
		i = up
	}
	return s.trail(language, append([]Link{{Href: s.here(bureau.UnitsSection.Page()), Title: language.Text(locale.Units)}}, above...)...)
}

func (s *site) unitPage(language *locale.Language, i int, tree map[int][]int, windows []Window) page {
	u := &s.Bureau.Units[i]
	p := page{
		path: s.here(u.Page()), file: bureau.UnitsKind.File(), language: language, template: "unit.html", trail: s.unitTrail(language, i),
		head: Head{Title: s.title(language, u.Name.V), Description: language.Text(locale.UnitDescription, u.Name.V), Column: language.Text(locale.Units), Article: u.Name.V},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		population, households := figures.People(u.Population), figures.People(u.Households)
		v := UnitPage{
			Title: u.Name.V, Level: levelName(language, u), Address: u.Address.V, Hours: u.Hours.V, Covers: u.Covers.V, Phones: phones(u.Phone.V), Source: u.Source.V,
			Targets: s.targetViews(p, func(t figures.Target) bool { return t.Unit == i }),
		}
		v.Other, v.QR = p.others, s.qr(p.path)
		if population > 0 {
			v.Population = language.Text(locale.People, locale.Format(population, "", language))
		}
		if households > 0 {
			v.Households = language.Text(locale.Homes, locale.Format(households, "", language))
		}
		for _, b := range tree[i] {
			v.Below = append(v.Below, s.unitNode(p, b))
		}
		v.Matters = s.unitMatters(p, i)
		for _, w := range windows {
			w.Href = to + w.Href
			v.Windows = append(v.Windows, w)
		}
		for _, of := range s.Units[i] {
			f := UnitFigures{
				ID: "unit-" + of.Of.Name, Href: to + s.paths[of.Of.File], Title: of.Of.Title(), Rate: say.Rate(of.Part.Statistic, population, language),
			}
			if view := viewOfUnit(of.Of, u); view != nil { // its table is there
				f.Href = to + s.here(view.Path)
			} else {
				f.Table = s.table(language, of.Part.Statistic, u.Name.V+" "+of.Of.Title(), nil)
				s.script(p, f.Table)
			}
			if rows := of.Part.Rows; len(of.Of.Rows) <= bureau.LongTable { // each row stands on the statistic's page
				f.Href += "#" + s.Statistics[of.Of.Name].Anchors[rows[len(rows)-1]]
			}
			if of.Chart != nil {
				figure := s.figure(to, *of.Chart)
				f.Figure = &figure
				s.charts(&p.head, p.path)
			}
			v.Statistics = append(v.Statistics, f)
		}
		v.Lower = s.lowerFigures(to, i, tree)
		if len(v.Statistics)+len(v.Targets) > 0 {
			v.DataNotice = s.notice(language)
		}
		return v
	}
	return p
}

// lowerFigures lead from a unit to what is counted of those below it alone: who asks for the
// county finds the figures of its stations.
func (s *site) lowerFigures(to string, unit int, tree map[int][]int) (all []LowerFigures) {
	at := map[*bureau.Statistic]int{}
	for _, of := range s.Units[unit] {
		at[of.Of] = -1
	}
	var walk func(above, depth int)
	walk = func(above, depth int) {
		for _, i := range tree[above] {
			for _, of := range s.Units[i] {
				n, known := at[of.Of]
				if !known {
					n = len(all)
					at[of.Of] = n
					all = append(all, LowerFigures{Link: Link{Href: to + s.paths[of.Of.File], Title: of.Of.Title()}})
				}
				if u := &s.Bureau.Units[i]; n >= 0 {
					all[n].Units = append(all[n].Units, Link{Href: to + s.here(u.Page()) + "#unit-" + of.Of.Name, Title: u.Name.V})
				}
			}
			if depth < len(bureau.Levels) { // a unit that is its own ancestor is an error elsewhere
				walk(i, depth+1)
			}
		}
	}
	walk(unit, 0)
	return all
}

// unitPages are the page of the tree and one for each unit.
func (s *site) unitPages(language *locale.Language) []page {
	all := []page{s.unitsPage(language)}
	tree, windows := s.unitTree(), s.windows(language)
	for i := range s.Bureau.Units {
		if s.units[s.Bureau.Units[i].ID.V] == i { // the same id twice is an error elsewhere
			all = append(all, s.unitPage(language, i, tree, windows[i]))
		}
	}
	return all
}

// windows finds the unit that each place of a guide belongs to: the one whose name
// is the longest in that of the place.
func (s *site) windows(language *locale.Language) map[int][]Window {
	of := map[int][]Window{}
	known := map[string]int{} // places stand in many guides
	for _, g := range s.guidesIn(language) {
		for _, place := range g.Places {
			at, ok := known[place.Name.V]
			if !ok {
				at = unitIn(place.Name.V, s.Bureau.Units)
				known[place.Name.V] = at
			}
			window := Window{Href: s.paths[g.File], Title: g.Title.V, Place: place.Name.V, Hours: place.Hours.V}
			if at >= 0 {
				of[at] = append(of[at], window)
			}
			level, known := bureau.Levels.Of(place.Units.V)
			for i := range s.Bureau.Units {
				u := &s.Bureau.Units[i]
				if l, _ := bureau.Levels.Of(u.Level.V); known && l == level && i != at {
					window.Place, window.Hours = u.Name.V, u.Hours.V
					of[i] = append(of[i], window)
				}
			}
		}
	}
	return of
}

// unitsOf are the units that handle a matter beside the one that a place names.
func (s *site) unitsOf(p *page, place bureau.Place) (all []UnitNode) {
	level, known := bureau.Levels.Of(place.Units.V)
	if !known || !s.hasUnits(p.language) {
		return nil
	}
	own := unitIn(place.Name.V, s.Bureau.Units)
	for i := range s.Bureau.Units {
		u := &s.Bureau.Units[i]
		if l, _ := bureau.Levels.Of(u.Level.V); l == level && i != own && s.units[u.ID.V] == i {
			all = append(all, s.unitNode(p, i))
		}
	}
	return all
}

func unitIn(place string, units []bureau.Unit) int {
	at := -1
	for i, u := range units {
		if u.Name.V != "" && strings.Contains(place, u.Name.V) && (at < 0 || len(u.Name.V) > len(units[at].Name.V)) {
			at = i
		}
	}
	return at
}

// unitsLink leads from the page of a statistic with units to those of the units,
// or is nil.
func (s *site) unitsLink(p *page, statistic *bureau.Statistic) *Link {
	if !s.hasUnits(p.language) || statistic.FieldOf(bureau.RoleUnit) < 0 {
		return nil
	}
	return &Link{Href: root(p.path) + s.here(bureau.UnitsSection.Page()), Title: p.language.Text(locale.UnitsOwn)}
}
