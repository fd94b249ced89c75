package bureau

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/problem"
)

// Every address of the site is made here. Paths are from the site's root,
// slash-separated; that of a page ends in index.html.

// Section is a folder of the site that has a page of its own.
type Section string

// The sections. What stands in them is made by the functions below.
const (
	StatisticsSection Section = "stats"
	GuidesSection     Section = "guides"
	NoticesSection    Section = "notices"
	MattersSection    Section = "suggestions"
	UnitsSection      Section = "units"
	TargetsSection    Section = "targets"
	RegistersSection  Section = "registers"
	AnnualSection     Section = "annual"
	InquiriesSection  Section = "inquiries"
	RequestsSection   Section = "requests"
	DisclosureSection Section = "disclosure"
	PoliciesSection   Section = "policies"
	RevisionsSection  Section = "revisions"
	DoubtsSection     Section = "doubts"
	FreshnessSection  Section = "freshness"
	CatalogueSection  Section = "data"
	SitemapSection    Section = "sitemap"
	SearchSection     Section = "search"
	StaticSection     Section = "static" // has no page; data/static as it is
	ReleasesSection   Section = "releases"
	LogSection        Section = "ledger" // has no page; the log of releases
	AssetsSection     Section = "assets" // has no page; styles and scripts
)

// sections are all of them, in the order in which a message lists them.
var sections = []Section{
	StatisticsSection, GuidesSection, NoticesSection, MattersSection, UnitsSection, TargetsSection, RegistersSection, AnnualSection, DisclosureSection, PoliciesSection, InquiriesSection, RequestsSection,
	RevisionsSection, DoubtsSection, FreshnessSection, CatalogueSection, SitemapSection, SearchSection, StaticSection, ReleasesSection, LogSection, AssetsSection,
}

// Known tells whether it is a section of the site.
func (s Section) Known() bool { return slices.Contains(sections, s) }

// ReservedNames are the names that no page of staff may have, since the site uses
// them itself, as those of its languages, or keeps them for what it is to hold.
func (b *Bureau) ReservedNames() []string {
	var names []string
	for _, s := range sections {
		names = append(names, string(s))
	}
	return append(append(names, "index", "404"), b.Languages...)
}

// Files at the site's root that are no pages of a section.
const (
	HomePage     = "index.html"
	NotFoundPage = "404.html"
	FeedFile     = "feed.xml"
	SitemapFile  = "sitemap.xml"
	RobotsFile   = "robots.txt"
	PackageFile  = "datapackage.json"
	ArchiveFile  = string(CatalogueSection) + "/all.zip"
	VerifyFile   = string(CatalogueSection) + "/verify.py"
	ChangesFile  = string(CatalogueSection) + "/changes" // without its ending
	SourcesFile  = string(CatalogueSection) + "/sources.zip"
)

// Page is the page that lists what the section holds.
func (s Section) Page() string { return s.page() }

// page gives the page of the folder that the names lead to.
func (s Section) page(names ...string) string { return s.file(append(names, "index.html")...) }

func (s Section) file(names ...string) string { return s.Folder() + strings.Join(names, "/") }

// Folder of the section, with a slash at its end.
func (s Section) Folder() string { return string(s) + "/" }

// StatisticPage is the page of a statistic.
func StatisticPage(name string) string { return StatisticsSection.page(name) }

// StatisticFile is a file beside the page of a statistic.
func StatisticFile(name, file string) string { return StatisticsSection.file(name, file) }

// viewPrefix begins the folder of the views by one field.
const viewPrefix = "by-"

// ViewPage is the page of the rows of a long statistic that have one value of a field:
// stats/cases/by-单位/s01/index.html.
func ViewPage(statistic, field, value string) string {
	return StatisticsSection.page(statistic, viewPrefix+field, value)
}

// Of gives the page of an early year of the view: stats/cases/by-单位/s01/2022/index.html.
func (v View) Of(year int) string {
	return strings.TrimSuffix(v.Path, "index.html") + strconv.Itoa(year) + "/index.html"
}

// ViewOf gives the page of the statistic of which a page is a view.
func ViewOf(page string) (statistic string, is bool) {
	parts := strings.Split(strings.TrimSuffix(strings.TrimSuffix(page, "index.html"), "/"), "/")
	if len(parts) < 4 || Section(parts[0]) != StatisticsSection || !strings.HasPrefix(parts[2], viewPrefix) {
		return "", false
	}
	return StatisticPage(parts[1]), true
}

// RegisterPage is the page of a register.
func RegisterPage(name string) string { return RegistersSection.page(name) }

// RegisterRowPage is the page of one row of a register.
func RegisterRowPage(name, row string) string { return RegistersSection.page(name, row) }

// RegisterFile is a file beside the page of a register.
func RegisterFile(name, file string) string { return RegistersSection.file(name, file) }

// AreaPage lists the guides of an area.
func AreaPage(area string) string { return GuidesSection.page(area) }

// AreaListPage is a page, counted from 1, of the list of an area's guides.
func AreaListPage(area string, page int) string {
	if page == 1 {
		return AreaPage(area)
	}
	return GuidesSection.page(area, areaList, strconv.Itoa(page))
}

const areaList = "list" // below an area, no guide stands that deep

// IsAreaList tells whether an address, cut at its slashes, is that of an area or of a
// further page of its list.
func IsAreaList(parts []string) bool {
	return Section(parts[0]) == GuidesSection && (len(parts) == 2 || len(parts) == 4 && parts[2] == areaList)
}

// GuidePage is the page of a guide.
func GuidePage(area, name string) string {
	return string(GuidesSection) + "/" + area + "/" + name + "/index.html"
}

// CasePage is the page of a choice among the cases of a guide, below it:
// guides/hukou/id-card/case/1-2/index.html.
func CasePage(guide string, c Choice) string {
	return strings.TrimSuffix(guide, "index.html") + caseFolder + "/" + c.String() + "/index.html"
}

const caseFolder = "case"

// IsCase tells whether a page is that of a choice of a guide, in any language.
func IsCase(page string) bool {
	parts := strings.Split(strings.TrimSuffix(page, "/index.html"), "/")
	if len(parts) == 6 && !Section(parts[0]).Known() {
		parts = parts[1:]
	}
	return len(parts) == 5 && Section(parts[0]) == GuidesSection && parts[3] == caseFolder
}

// CoveragePage says which guides the site has and lacks.
func CoveragePage() string { return GuidesSection.page("coverage") }

// NoticePage is the page of a notice.
func NoticePage(name string) string { return NoticesSection.page(name) }

// FreePage is the page that staff wrote under that name.
func FreePage(name string) string { return Section(name).page() }

// UnitPage is the page of a unit.
func UnitPage(id string) string { return UnitsSection.page(id) }

// MatterPage is the page of a suggestion, by the slug of its number.
func MatterPage(name string) string { return MattersSection.page(name) }

// MatterListPage is a page, counted from 1, of the matters that have something in
// common: MatterListPage("state", "open", 1).
func MatterListPage(by, key string, page int) string {
	if page == 1 {
		return MattersSection.page("by-"+by, key)
	}
	return MattersSection.page("by-"+by, key, strconv.Itoa(page))
}

// LatestRelease stands for the last release, in an address that does not change.
const LatestRelease = "latest"

// HeadName is the head of the log, below LogSection.
const HeadName = "head.txt"

// ReleasePage is the page of a release, by its label or as LatestRelease.
func ReleasePage(label string) string { return ReleasesSection.page(label) }

// ReleaseFile is a table as it was published in a release.
func ReleaseFile(label, file string) string { return ReleasesSection.file(label, file) }

// LogFile is a file of the log.
func LogFile(name string) string { return LogSection.file(name) }

// DictionaryPage explains every column of the open data.
func DictionaryPage() string { return CatalogueSection.page("dictionary") }

// ListFile is the table that a section of one list is published as, without its
// ending: units/units.
func (s Section) ListFile() string { return s.file(string(s)) }

// IndexFolder is where the index of the search stands.
const IndexFolder = string(AssetsSection) + "/search/"

// IsIndex tells whether a file is of the index of the search, which is made of the
// pages, or a page that searches in it.
func IsIndex(file string) bool {
	language, page, _ := strings.Cut(file, "/")
	return strings.HasPrefix(file, IndexFolder) || file == SearchSection.Page() || page == SearchSection.Page() && !Section(language).Known()
}

// StaticFile is where a file of data/static is published; found is false for any
// other file.
func StaticFile(file string) (path string, found bool) {
	rest, found := strings.CutPrefix(file, StaticKind.File())
	return StaticSection.file(rest), found
}

// Page is where the statistic is shown.
func (s *Statistic) Page() string {
	if s.Computed != nil {
		return s.Computed.Page
	}
	return StatisticPage(s.Name)
}

// Page is where the register is shown.
func (r *Register) Page() string { return RegisterPage(r.Name) }

// Page is where the guide is shown, below the folder of its language.
func (g *Guide) Page() string { return GuidePage(g.Area.V, g.Name) }

// Page is where the notice is shown, below the folder of its language.
func (n *Notice) Page() string { return NoticePage(n.Name) }

// Page is where the page is shown, below the folder of its language.
func (p *Page) Page() string { return FreePage(p.Name) }

// Page is where the policy document is shown, below the folder of its language.
func (p *Policy) Page() string { return PoliciesSection.page(p.Name) }

// Page is where the report is shown.
func (a *Annual) Page() string { return AnnualSection.page(strconv.Itoa(a.Year)) }

// AnnualTable is a table of a report, without its ending.
func (a *Annual) AnnualTable(name string) string {
	return AnnualSection.file(strconv.Itoa(a.Year), strconv.Itoa(a.Year)+"-"+name)
}

// Page is where the matter is shown.
func (m *Matter) Page() string { return MatterPage(m.Name) }

// Page is where the unit is shown.
func (u *Unit) Page() string { return UnitPage(u.ID.V) }

// MainLanguage is the language of the pages at the site's root, by the name of
// its catalogue; where the site names none, that of the command itself.
func (s Site) MainLanguage() string { return cmp.Or(s.Language.V, string(problem.Chinese)) }

// Name is whose site it is: its organisation, else its title.
func (s Site) Name() string { return cmp.Or(s.Organization.V, s.Title.V) }

// Names are what the site is called in another language than the main one.
func (s Site) Names(language string) English {
	if language == string(problem.English) {
		return s.English
	}
	return English{}
}

// Document is a document that becomes a page of its own.
type Document struct {
	File, Descriptor string // its descriptor is empty where it has none
	Page             string // its page
	Language         string // that it is written in
	Shared           string // its page without the folder of its language: that of all its versions
}

// Documents are those that become a page, by the order of their kinds. Those in
// another language than the site's stand in its folder: en/.
func (b *Bureau) Documents() []Document {
	all := make([]Document, 0, len(b.Statistics)+len(b.Registers)+len(b.Guides)+len(b.Notices)+len(b.Policies)+len(b.Pages))
	main := b.Site.MainLanguage()
	in := func(file, language, page string) Document {
		d := Document{File: file, Page: page, Language: language, Shared: page}
		if language != main {
			d.Page = language + "/" + page
		}
		return d
	}
	for _, s := range b.Statistics {
		d := in(s.File, main, s.Page())
		if s.Described {
			d.Descriptor = s.Descriptor.File
		}
		all = append(all, d)
	}
	for _, r := range b.Registers {
		d := in(r.File, main, r.Page())
		if r.Described {
			d.Descriptor = r.Descriptor.File
		}
		all = append(all, d)
	}
	for _, g := range b.Guides {
		all = append(all, in(g.File, g.Language, g.Page()))
	}
	for _, n := range b.Notices {
		all = append(all, in(n.File, n.Language, n.Page()))
	}
	for _, a := range b.Annual {
		all = append(all, in(a.File, main, a.Page()))
	}
	for _, p := range b.Policies {
		all = append(all, in(p.File, p.Language, p.Page()))
	}
	for _, p := range b.Pages {
		all = append(all, in(p.File, p.Language, p.Page()))
	}
	return all
}

// Versions are the files of a document in the main language in further ones; none of one of
// those.
func (b *Bureau) Versions(file string) (versions []string) {
	all := b.Documents()
	of := slices.IndexFunc(all, func(d Document) bool { return d.File == file && d.Language == b.Site.MainLanguage() })
	for _, d := range all {
		if of >= 0 && d.Shared == all[of].Shared && d.File != file {
			versions = append(versions, d.File)
		}
	}
	return versions
}

// PagePaths gives the path of the page that each source file becomes, from the
// site's root: data/stats/cases.csv is stats/cases/index.html. A descriptor's
// page is its statistic's; that of a statistic which is no longer published says
// so. The lists of suggestions, of units and of targets become their section.
func (b *Bureau) PagePaths() map[string]string {
	documents := b.Documents()
	paths := make(map[string]string, len(documents))
	for _, r := range b.Releases {
		for _, v := range r.Statistics {
			paths[StatisticKind.File(v.Name)] = StatisticPage(v.Name)
		}
	}
	for _, d := range documents {
		paths[d.File] = d.Page
		if d.Descriptor != "" {
			paths[d.Descriptor] = d.Page
		}
	}
	for i := range b.Matters {
		paths[b.Matters[i].ID.At.File] = MattersSection.Page()
	}
	for i := range b.Inquiries {
		paths[b.Inquiries[i].ID.At.File] = InquiriesSection.Page()
	}
	for i := range b.Requests {
		paths[b.Requests[i].ID.At.File] = RequestsSection.Page()
	}
	if len(b.Units) > 0 {
		paths[UnitsKind.File()] = UnitsSection.Page()
	}
	if len(b.Targets) > 0 {
		paths[TargetsKind.File()] = TargetsSection.Page()
	}
	return paths
}

// Sources finds the input file that a file of the site is made from: the one
// whose page it is or stands below, or that of data/static. What the site makes of
// itself is of data/site.yaml.
func (b *Bureau) Sources() func(path string) string {
	files := map[string]string{} // by the folder of the page
	for file, page := range b.PagePaths() {
		folder := strings.TrimSuffix(page, "/index.html")
		if first, taken := files[folder]; !taken || file < first {
			files[folder] = file
		}
	}
	return func(path string) string {
		if rest, static := strings.CutPrefix(path, StaticSection.Folder()); static {
			return StaticKind.File() + rest
		}
		for folder := path; folder != ""; folder = folder[:max(strings.LastIndexByte(folder, '/'), 0)] {
			if file, found := files[folder]; found {
				return file
			}
		}
		return SiteKind.File()
	}
}
