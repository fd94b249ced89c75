package bureau

import (
	"cmp"

	"sunshine/site/problem"
)

// MainLanguage is the language of the pages at the site's root, by the name of
// its catalogue; where the site names none, that of the command itself.
func (s Site) MainLanguage() string { return cmp.Or(s.Language.V, string(problem.Chinese)) }

// Names are what the site is called in another language than the main one.
func (s Site) Names(language string) English {
	if language == string(problem.English) {
		return s.English
	}
	return English{}
}

// PagePaths gives the path of the page that each source file becomes, from the
// site's root: data/stats/cases.csv is stats/cases/index.html. A descriptor's
// page is its statistic's; that of a statistic which is no longer published says
// so. Documents in another language than the site's stand in its folder: en/.
func (b *Bureau) PagePaths() map[string]string {
	paths := make(map[string]string, len(b.Statistics)+len(b.Guides)+len(b.Notices)+len(b.Pages))
	main := b.Site.MainLanguage()
	page := func(language, path string) string {
		if language != main {
			path = language + "/" + path
		}
		return path + "/index.html"
	}
	for _, r := range b.Releases {
		for _, v := range r.Statistics {
			paths["data/stats/"+v.Name+".csv"] = page(main, "stats/"+v.Name)
		}
	}
	for _, s := range b.Statistics {
		paths[s.File] = page(main, "stats/"+s.Name)
		if s.Described {
			paths[s.Descriptor.File] = paths[s.File]
		}
	}
	for _, g := range b.Guides {
		paths[g.File] = page(g.Language, "guides/"+g.Area.V+"/"+g.Name)
	}
	for _, n := range b.Notices {
		paths[n.File] = page(n.Language, "notices/"+n.Name)
	}
	for _, p := range b.Pages {
		paths[p.File] = page(p.Language, p.Name)
	}
	for i := range b.Matters {
		paths[b.Matters[i].ID.At.File] = page(main, "suggestions")
	}
	if len(b.Units) > 0 {
		paths["data/units.csv"] = page(main, "units")
	}
	if len(b.Targets) > 0 {
		paths["data/targets.csv"] = page(main, "targets")
	}
	for _, r := range b.Registers {
		paths[r.File] = page(main, "registers/"+r.Name)
		if r.Described {
			paths[r.Descriptor.File] = paths[r.File]
		}
	}
	return paths
}
