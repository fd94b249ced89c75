package render

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"

	"github.com/google/uuid"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
)

const feedEntries = 20 // newest notices, policies, statistics, revisions and releases

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

// dated is an entry with its day.
type dated struct {
	date  period.Date
	entry atomEntry
}

// feed is the Atom feed (RFC 4287) of the notices and policy documents in the main language, of the
// statistics as they are published, of the revisions of figures and of the releases.
func (s *site) feed() bureau.File {
	f := atomFeed{
		Lang: s.main.Tag, ID: s.id(""), Title: s.title(s.main, s.main.Text(locale.Notices)), Updated: atomDate(s.newest), // Atom wants one of an empty feed, too
		Author: cmp.Or(s.Bureau.Site.Organization.V, s.Bureau.Site.Title.V, "-"),
		Links:  []atomLink{{"self", s.address(bureau.FeedFile)}, {"alternate", s.address(bureau.NoticesSection.Page())}},
	}
	var entries []dated
	for i, n := range s.noticesIn(s.main) {
		if i == feedEntries {
			break
		}
		path := s.paths[n.File]
		entries = append(entries, dated{n.Date.V, atomEntry{
			ID: s.id(path), Title: n.Title.V, Updated: atomDate(n.Date.V), Link: atomLink{"alternate", s.address(path)},
			Summary: s.excerpts[n.File],
		}})
	}
	entries = slices.Concat(entries, s.policyEntries(), s.annualEntries(), s.statisticEntries(), s.revisionEntries(), s.releaseEntries())
	slices.SortStableFunc(entries, func(a, b dated) int { return cmp.Compare(b.date, a.date) })
	for i, e := range entries {
		if i == feedEntries {
			break
		}
		if i == 0 {
			f.Updated = e.entry.Updated
		}
		f.Entries = append(f.Entries, e.entry)
	}
	return xmlFile(bureau.FeedFile, f)
}

// statisticEntries tell of each statistic on the day on which its newest figures came,
// with what its first chart says.
func (s *site) statisticEntries() []dated {
	var entries []dated
	for _, statistic := range s.Bureau.Statistics {
		day := statistic.Descriptor.Released
		if !day.Given() || statistic.Descriptor.Historical.V {
			continue
		}
		path := statistic.Page()
		e := atomEntry{ID: s.id(path) + "#" + day.V.String(), Title: statistic.Title(), Updated: atomDate(day.V), Link: atomLink{"alternate", s.address(path)}}
		if charts := s.Statistics[statistic.Name].Charts; len(charts) > 0 {
			e.Summary = charts[0].Summary.Headline
		}
		entries = append(entries, dated{day.V, e})
	}
	return entries
}

func atomDate(d period.Date) string { return d.String() + "T00:00:00Z" }

// address is the public address of a page, or a relative one where the base is not known.
func (s *site) address(path string) string { return cmp.Or(s.absolute(path), path) }

// id names an entry for ever. Without a base URL it is made from the site's name.
func (s *site) id(path string) string {
	if s.BaseURL != "" {
		return s.absolute(path)
	}
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(s.name(s.main).Text+"\n"+path)).URN()
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr,omitempty"` // where a page has alternates
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
	Others   []sitemapLink
}

// sitemapLink is a page in one of its languages.
type sitemapLink struct {
	XMLName  xml.Name `xml:"xhtml:link"`
	Rel      string   `xml:"rel,attr"`
	Language string   `xml:"hreflang,attr"`
	Address  string   `xml:"href,attr"`
}

// sitemap is sitemap.xml, whose addresses must be absolute.
func (s *site) sitemap(pages []page) bureau.File {
	var set urlSet
	for _, p := range pages {
		if p.path == bureau.NotFoundPage || p.moved != "" {
			continue
		}
		u := sitemapURL{Location: s.absolute(p.path)}
		if p.modified > 0 {
			u.Modified = p.modified.String()
		}
		alternates, _ := s.alternates(p)
		for _, l := range alternates {
			set.XHTML = "http://www.w3.org/1999/xhtml"
			u.Others = append(u.Others, sitemapLink{Rel: "alternate", Language: l.Language, Address: l.Href})
		}
		set.URLs = append(set.URLs, u)
	}
	return xmlFile(bureau.SitemapFile, set)
}

func xmlFile(path string, v any) bureau.File {
	b, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		panic(err) // plain structs of strings can be marshalled
	}
	return bureau.File{Path: path, Bytes: bytes.Join([][]byte{[]byte(xml.Header), b, []byte("\n")}, nil)}
}

// robots is robots.txt: all may be read.
func (s *site) robots() bureau.File {
	text := "User-agent: *\nAllow: /\n"
	if s.BaseURL != "" {
		text += "Sitemap: " + s.absolute(bureau.SitemapFile) + "\n"
	}
	return bureau.File{Path: bureau.RobotsFile, Bytes: []byte(text)}
}
