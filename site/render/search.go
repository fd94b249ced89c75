package render

import (
	"maps"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/search"
)

// Search is what search.html shows: without its script, the pages that there are.
type Search struct {
	Common
	Self, Root       string // from the page to itself and to the site's root
	Index            string // the root of the index
	Width            int
	Found, More, Cut string // with {count} in it
	Lists            []Link
	Phones           []Phone
	Groups           []Letters
}

// Letters is a group of pages by their first letter.
type Letters struct {
	Group
	Letters []Letter
}

// Letter is a letter with the pages whose titles begin with it.
type Letter struct {
	Letter string
	Links  []Link
}

// letters sorts a group by the first letters of its titles.
func letters(g Group) Letters {
	initials, by := locale.NewInitials(), map[string][]Link{}
	for _, l := range g.Links {
		letter := initials.Of(l.Title)
		by[letter] = append(by[letter], l)
	}
	all := Letters{Group: g}
	for _, letter := range slices.Sorted(maps.Keys(by)) {
		all.Letters = append(all.Letters, Letter{letter, by[letter]})
	}
	return all
}

// searched tells whether a page may be found; what a case has the guide has.
func searched(p page) bool { return p.path != bureau.NotFoundPage && !bureau.IsCase(p.path) }

// searchPage searches the pages of a language that have a text here. The index is made
// when all others are rendered; its files are given to keep. The error is that of keep.
func (s *site) searchPage(language *locale.Language, texts *search.Texts, read []search.Text, pages []page, keep func(bureau.File) (bureau.File, error)) (page, search.Index, error) {
	var all []search.Page
	for i, p := range pages {
		if p.language != language || read[i] == nil {
			continue
		}
		var within []string
		for _, l := range p.trail[min(1, len(p.trail)):] {
			within = append(within, l.Title)
		}
		all = append(all, search.Page{Path: p.path, Kind: s.searchKind(p), Within: strings.Join(within, " › "), Text: read[i]})
	}
	var synonyms []search.Synonym
	if s.speaks(language) {
		for _, t := range figures.Terms(s.Bureau) {
			words := slices.DeleteFunc(t.Words, func(word string) bool { return language != s.main && s.main.Writes(word) }) // not translated
			if len(words) > 1 {
				synonyms = append(synonyms, search.Synonym{Word: words[0], Others: words[1:]})
			}
		}
	}
	index, err := search.Make(texts, all, synonyms, s.Jobs, keep)
	p := page{
		path: s.prefix(language) + bureau.SearchSection.Page(), language: language, section: "search", template: "search.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Search)), Description: language.Text(locale.SearchLead)},
	}
	p.view = func(p *page) any {
		p.head.Script = root(p.path) + s.assets["search.js"].path
		v := Search{
			Self: path.Base(p.path), Root: root(p.path), Index: index.Root, Width: index.Width,
			Found: language.Text(locale.SearchFound, "{count}"), More: language.Text(locale.SearchMore, "{count}"), Cut: language.Text(locale.SearchCut, "{count}"),
			Phones: phones(s.Bureau.Site.Contact.Phone.V),
		}
		v.Other = p.others
		for _, section := range s.sections(language)[1:] {
			v.Lists = append(v.Lists, Link{Href: root(p.path) + section.Path, Title: section.Title})
		}
		v.Lists = append(v.Lists, Link{Href: root(p.path) + s.prefix(language) + bureau.SitemapSection.Page(), Title: language.Text(locale.Sitemap)})
		for _, g := range s.groups(p) {
			v.Groups = append(v.Groups, letters(g))
		}
		return v
	}
	return p, index, err
}

// searchKind is the kind of a page among the results of a search.
func (s *site) searchKind(p page) search.Kind {
	switch folders := strings.Split(strings.TrimPrefix(p.path, s.prefix(p.language)), "/"); {
	case p.file == "" && len(folders) < 3:
		return search.Other
	case folders[0] == string(bureau.GuidesSection) && len(folders) == 4:
		return search.Guide
	case folders[0] == string(bureau.UnitsSection):
		return search.Unit
	case folders[0] == string(bureau.StatisticsSection):
		return search.Statistic
	case folders[0] == string(bureau.NoticesSection), folders[0] == string(bureau.PoliciesSection):
		return search.Notice
	}
	return search.Other
}
