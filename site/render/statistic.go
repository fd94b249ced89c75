package render

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/say"
)

// Statistics is what statistics.html shows.
type Statistics struct {
	Common
	Statistics []StatisticLink
	Historical []StatisticLink // closed series
	More       []Link          // the units, the targets, the open data
}

// StatisticLink is one statistic in a list.
type StatisticLink struct {
	Href, Title, Description, Period, Frequency string
	Released                                    *Date
	Historical                                  bool // Period is all that it covers, else the latest
	NoneYet                                     bool // nothing has been reported
}

// StatisticPage is what statistic.html shows.
type StatisticPage struct {
	Common
	QR                    *QR
	Title, Description    string
	Crime                 bool // the sentence that says what recorded crime measures
	Charts                []Figure
	Strips                []say.Strip
	Table                 *Table
	TableNote             string // how the totals came about, or why there are none
	Views                 []ViewGroup
	ViewsLead             string
	NoneYet               bool        // nothing has been reported: Columns stand for the table
	Columns               []TableHead // of a table without rows
	HasNotes              bool
	Notes                 template.HTML
	Cautions              []string // what to know before reading the table
	Doubts                *Link    // to the figures that are still to be verified
	Units                 *Link    // to the pages of the units that have rows
	Targets               []TargetView
	TableNotes            []string // the lines around the table in the file
	Quality               []QualityView
	Revisions             []RevisionView
	RevisionsIn           *Link // to those on the page in the main language
	Downloads             []DownloadLink
	LeftOut               []string // what there is not of a large table
	Sources               []SourceView
	Place, Organisation   string // that its figures are of
	Compiler, Period      string
	Frequency             string
	Released, NextRelease *Date
	Historical            bool // a closed series
	Late                  bool // past NextRelease
	Licence               *Link
	Dictionary            string // the way to what its columns mean; may be empty
	SHA256, Commit        string
	Imported              []ImportedView
	CellsHref             string   // the cell of each figure
	Cite                  []string // the newest figure of each measure, each in a line to be copied
	CiteHref              string   // the lines of all figures of the table
}

// QualityView is one thing to know of how the figures were counted.
type QualityView struct{ Name, Text string }

// DownloadLink is one file to take away; Size is 12 KB.
type DownloadLink struct{ Href, Kind, Title, Size string }

func (s *site) statisticsPage(language *locale.Language) page {
	p := page{
		path: s.here(bureau.StatisticsSection.Page()), language: language, section: "stats", template: "statistics.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Statistics)), Description: language.Text(locale.StatisticsLead), Column: language.Text(locale.Statistics)},
	}
	p.view = func(p *page) any {
		var v Statistics
		v.Other, v.DataNotice = p.others, s.notice(language)
		for _, statistic := range s.Bureau.Statistics {
			d := statistic.Descriptor
			link := StatisticLink{
				Href: root(p.path) + s.paths[statistic.File], Title: statistic.Title(), Description: d.Description.V,
				Frequency: s.frequency(language, d), Released: s.given(language, d.Released), Historical: d.Historical.V, NoneYet: statistic.NoneYet(),
			}
			first, last := statistic.Covered()
			switch {
			case last.IsZero():
			case d.Historical.V:
				link.Period = s.covered(language, first, last)
			default:
				link.Period = language.Label(last)
			}
			if d.Historical.V {
				v.Historical = append(v.Historical, link)
			} else {
				v.Statistics = append(v.Statistics, link)
			}
		}
		if s.hasUnits(language) {
			v.More = append(v.More, Link{Href: root(p.path) + s.here(bureau.UnitsSection.Page()), Title: language.Text(locale.UnitsOwn)})
		}
		if s.hasTargets(language) {
			v.More = append(v.More, Link{Href: root(p.path) + s.here(bureau.TargetsSection.Page()), Title: language.Text(locale.Targets)})
		}
		if s.hasCatalogue(language) {
			v.More = append(v.More, Link{Href: root(p.path) + bureau.CatalogueSection.Page(), Title: language.Text(locale.OpenData)})
		}
		return v
	}
	return p
}

func (s *site) statisticPage(language *locale.Language, statistic *bureau.Statistic) page {
	d := statistic.Descriptor
	title := statistic.Title()
	computed := s.Statistics[statistic.Name]
	p := page{
		path: s.paths[statistic.File], file: statistic.File, language: language, section: "stats", template: "statistic.html",
		trail:    s.trail(language, s.section(language, "stats", locale.Statistics)),
		modified: latest(d.Released),
		head: Head{
			Title: s.title(language, title), Description: cmp.Or(d.Description.V, title),
			Column: language.Text(locale.Statistics), Article: title, Source: s.compiler(language, d),
		},
	}
	if d.Released.Given() {
		p.head.Published = d.Released.V.String()
	}
	p.view = func(p *page) any {
		to := root(p.path)
		var notes string
		charts := len(computed.Charts) > 0
		if d.Notes.V != "" {
			document := s.Document(d.File)
			notes, charts = document.HTML, charts || document.HasChart
		}
		if charts {
			s.charts(&p.head, p.path)
		}
		_, late := s.overdue[statistic.File]
		v := StatisticPage{
			Title: title, Description: d.Description.V, Crime: d.Crime.V,
			Notes: template.HTML(notes), HasNotes: len(notes)+len(statistic.Notes) > 0,
			Compiler: s.compiler(language, d), Frequency: s.frequency(language, d),
			Released: s.given(language, d.Released), NextRelease: s.given(language, d.NextRelease),
			Late: late, Historical: d.Historical.V,
			SHA256: statistic.SHA256, Commit: s.Commit,
		}
		s.tables(p, &v, statistic, computed)
		if v.NoneYet = statistic.NoneYet(); v.NoneYet {
			v.Columns = tableHead(statistic, language)
		}
		v.Other, v.DataNotice, v.QR = p.others, s.noticeOf(language, d.DataNotice), s.qr(p.path)
		v.Cautions = computed.Cautions
		v.Doubts = s.doubtsLink(p, statistic.Name)
		v.Units = s.unitsLink(p, statistic)
		v.Targets = s.targetViews(p, func(t figures.Target) bool { return t.Of == statistic })
		if revisions := s.revisionsOf(statistic.Name); s.version == nil {
			v.Revisions = s.revisionList(p, revisions, false)
		} else if len(revisions) > 0 {
			v.RevisionsIn = &Link{Href: to + statistic.Page() + "#section-revisions", Title: language.Text(locale.RevisionsIn, language.NameOf(s.main)), Language: s.main.Tag}
		}
		for _, q := range []struct {
			name locale.Key
			text string
		}{
			{locale.QualityScope, d.Quality.Scope.V}, {locale.QualityCounting, d.Quality.Counting.V},
			{locale.QualityComparability, d.Quality.Comparability.V}, {locale.QualityProvisional, d.Quality.Provisional.V},
		} {
			if q.text != "" {
				v.Quality = append(v.Quality, QualityView{language.Text(q.name), q.text})
			}
		}
		for _, note := range statistic.Notes {
			v.TableNotes = append(v.TableNotes, note.V)
		}
		for _, c := range computed.Charts {
			v.Charts = append(v.Charts, s.figure(to, c))
		}
		if first, last := statistic.Covered(); !last.IsZero() {
			v.Period = s.covered(language, first, last)
		}
		v.Sources = s.sources(p, d.Sources)
		v.Place, v.Organisation = s.covers(d.Coverage)
		if v.Cite = s.newestCited(language, statistic); v.Cite != nil {
			v.CiteHref = to + bureau.StatisticFile(statistic.Name, citeFile)
		}
		if v.Imported = importedViews(statistic); v.Imported != nil {
			v.CellsHref = to + bureau.CellsFile(statistic.Name)
		}
		for _, file := range computed.Downloads {
			if file.Kind == "SVG" {
				file.Path = s.here(file.Path)
			}
			v.Downloads = append(v.Downloads, DownloadLink{to + file.Path, file.Kind, file.Title, size(file.Size)})
		}
		if dataset := s.dataset(p.path); dataset != nil {
			v.LeftOut = dataset.LeftOut(language)
		}
		for _, f := range statistic.Unviewed {
			v.LeftOut = append(v.LeftOut, language.Text(locale.LargeViews, statistic.Fields[f].Label()))
		}
		v.Licence, v.Dictionary = s.licence(to, d), s.describe(p)
		return v
	}
	return p
}

// covered says what time a table covers.
func (s *site) covered(language *locale.Language, first, last period.Period) string {
	if first == last {
		return language.Label(first)
	}
	return language.Label(first) + language.Text(locale.To) + language.Label(last)
}

func (s *site) compiler(language *locale.Language, d bureau.Descriptor) string {
	var names []string
	for _, c := range d.Contributors {
		names = append(names, cmp.Or(c.Title.V, c.Organization.V))
	}
	return strings.Join(names, language.Text(locale.Comma))
}

func (s *site) frequency(language *locale.Language, d bureau.Descriptor) string {
	if f, ok := period.ParseFrequency(d.Frequency.V); ok {
		return language.Text(locale.Frequencies[f])
	}
	return ""
}

func (s *site) licence(to string, d bureau.Descriptor) *Link {
	l := s.Catalogue.Licence(d)
	if l.Title == "" {
		return nil
	}
	return &Link{Href: s.link(to, l.URL), Title: l.Title}
}

// size writes the size of a file for a reader.
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1000_000:
		return fmt.Sprintf("%.0f KB", float64(bytes)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1000_000)
}
