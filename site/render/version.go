package render

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/site/say"
	"sunshine/site/translate"
)

// version is what the site is in another language than its main one.
type version struct {
	Input    // whose bureau is as the pages say it
	original *bureau.Bureau
	main     *locale.Language // of the original
	language *locale.Language
	words    *translate.Words
	lacking  map[string]bool                         // files of which something is not translated
	said     map[*bureau.Statistic]*bureau.Statistic // by the original
}

// versionsOf translates the bureau into each further language of its site, and gives the
// templates whose languages count in the units of measure.
func versionsOf(t *Templates, in Input) (*Templates, []*version) {
	b := in.Bureau
	speaking := *t
	speaking.Languages = slices.Clone(t.Languages)
	var all []*version
	for i, language := range t.Languages {
		if name := language.Name; name == b.Site.MainLanguage() || !b.Site.Speaks(name) {
			continue
		}
		measured := *b
		figures.Measure(&measured, in.AsOf, language)
		v := &version{Input: in, original: b, words: translate.New(b, language, t.Main(b)), said: map[*bureau.Statistic]*bureau.Statistic{}}
		v.Bureau = v.words.Bureau(b, measured.Computed)
		v.Targets = v.words.Targets(in.Targets, b, v.Bureau)
		v.language = language.Counting(v.words.Forms())
		v.lacking = v.words.Lacking()
		for i, s := range b.Statistics {
			v.said[s] = v.Bureau.Statistics[i]
		}
		for i, s := range b.Computed {
			v.said[s] = v.Bureau.Computed[i]
		}
		speaking.Languages[i] = v.language
		all = append(all, v)
	}
	for _, v := range all {
		v.main = speaking.Main(b)
	}
	return &speaking, all
}

// draw computes and draws what the pages of the version show.
func (v *version) draw(ctx context.Context, bodies *bodies) (problem.List, error) {
	statistics, problems, err := drawStatistics(ctx, v.Bureau, v.language, v.Catalogue, v.Jobs)
	if err != nil {
		return problems, err
	}
	units, more, err := drawUnits(ctx, v.Bureau, v.language, v.Jobs)
	problems.Add(more)
	if err != nil {
		return problems, err
	}
	bodies.add(v, statistics)
	said := func(s *bureau.Statistic) *bureau.Statistic { return cmp.Or(v.said[s], s) }
	v.made = made{bodies.in(v), statistics, units, say.Latest(v.original, v.language, said), figures.Freshness(v.Bureau, v.AsOf)}
	return problems, nil
}

// site is the site as the pages of the version say it. What is not translated (the lists of
// matters, the pages about the figures) it shares with the main language.
func (v *version) site(main *site) *site {
	s := *main
	s.Input, s.language, s.version = v.Input, v.language, v
	s.units = bureau.UnitIndex(v.Bureau.Units)
	s.paths = map[string]string{}
	for file, path := range main.paths {
		s.paths[file] = v.path(file, path)
	}
	return &s
}

// path is that of the page of a file in the version.
func (v *version) path(file, path string) string {
	switch bureau.KindAt(file) {
	case bureau.StatisticKind, bureau.StatisticDescriptorKind, bureau.RegisterKind, bureau.RegisterDescriptorKind, bureau.UnitsKind, bureau.TargetsKind:
		return v.language.Name + "/" + path
	}
	return path
}

// place is the place of a figure in the version, by that on the main page. What is computed of
// the matters and the guides stands on pages of the main language alone.
func (v *version) place(of *bureau.Statistic, path string) string {
	if of.Computed != nil && !strings.HasPrefix(path, bureau.RegistersSection.Folder()) {
		return path
	}
	return v.language.Name + "/" + path
}

// place is the way from the site's root to the place of a figure.
func (s *site) place(of *bureau.Statistic, path string) string {
	if s.version == nil {
		return path
	}
	return s.version.place(of, path)
}

// said is a statistic in the words of the language; the figures are the same.
func (s *site) said(of *bureau.Statistic) *bureau.Statistic {
	if s.version == nil {
		return of
	}
	return cmp.Or(s.version.said[of], of)
}

// original is the bureau in its main language, by whose names figures are found and promises
// judged.
func (s *site) original() *bureau.Bureau { return s.versions[s.main].Bureau }

// source is a register in the main language.
func (s *site) source(of *bureau.Register) *bureau.Register {
	for _, r := range s.original().Registers {
		if r.Name == of.Name {
			return r
		}
	}
	return of
}

// judge judges a row of a register, and says by what in the words of the language.
func (s *site) judge(r *bureau.Register, row int) figures.Judgement {
	j := figures.Judge(s.original(), s.source(r), row, s.AsOf)
	if s.version == nil {
		return j
	}
	for i := range j.Figures {
		f := &j.Figures[i]
		f.Of = s.said(f.Of)
		f.Place = s.say(r.File, f.Place)
		f.Goal.Unit = s.version.words.Unit(r.File, f.Goal.Unit)
		f.Series = slices.Clone(f.Series)
		for n := range f.Series {
			f.Series[n].Unit = s.version.words.Unit(f.Of.File, f.Series[n].Unit)
		}
	}
	return j
}

// say is a name of a file in the words of the language, or as it is.
func (s *site) say(file, text string) string {
	if s.version != nil {
		if said, found := s.version.words.Say(file, text); found {
			return said
		}
	}
	return text
}

// titled is the title of a document that the language has no version of, and whether that
// is translated.
func (s *site) titled(file, title string) (string, bool) {
	said := s.say(file, title)
	return said, said != title
}

// covers names the place and the organisation that figures are of.
func (s *site) covers(c bureau.Coverage) (place, organisation string) {
	of := s.Bureau.Site.Covers(c)
	place, organisation = s.say(bureau.SiteKind.File(), of.Place.V), s.say(bureau.SiteKind.File(), of.Organisation.V)
	if of.Organisation.V == s.Bureau.Site.Organization.V { // which site.yaml may give in the language
		organisation = s.organization(s.language).Text
	}
	return place, organisation
}

// lacks tells whether a page shows something of a file that is not translated.
func (s *site) lacks(p page) bool {
	return s.version != nil && s.version.lacking[p.file] && strings.HasPrefix(p.path, s.prefix(s.language)) && s.exists[strings.TrimPrefix(p.path, s.prefix(s.language))]
}

// Untranslated is what untranslated.html shows: a line that leads to the page in the main
// language, where all of it stands.
type Untranslated struct {
	Text string
	Link Link
}

func (s *site) untranslated(p page) Untranslated {
	name := p.language.NameOf(s.main)
	return Untranslated{
		Text: p.language.Text(locale.Untranslated, name),
		Link: Link{Href: root(p.path) + strings.TrimPrefix(p.path, s.prefix(s.language)), Title: p.language.Text(locale.UntranslatedLink, name), Language: s.main.Tag},
	}
}
