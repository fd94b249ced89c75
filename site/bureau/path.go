package bureau

import "strings"

// MainLanguage is the language of the pages at the site's root: zh or en.
func (s Site) MainLanguage() string {
	if strings.HasPrefix(s.Language.V, "en") {
		return "en"
	}
	return "zh"
}

// PagePaths gives the path of the page that each source file becomes, from the
// site's root: data/stats/cases.csv is stats/cases/index.html. A descriptor's
// page is its statistic's; that of a statistic which is no longer published says
// so. Documents in another language than the site's stand under en/ or zh/.
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
