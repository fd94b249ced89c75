package render

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/locale"
)

// citeFile holds, beside the page of a statistic, a line for each figure in the
// table of the page.
const citeFile = "cite.txt"

// shownHash is how much of a checksum a line shows.
const shownHash = 12

// cited writes the line by which a published figure is cited: the figure with its
// unit and its status in words, its period, its source, whose it is, the checksum of
// its input, the release that holds it, its address. What stands instead of a figure
// is not cited.
type cited struct {
	*site
	language *locale.Language
	of       *bureau.Statistic
	release  func(row, field int) string
	origin   []string // what all lines of the statistic say of its source
	address  string   // of its page
}

func (s *site) cited(language *locale.Language, of *bureau.Statistic) cited {
	released := of
	if of.Original != nil {
		released = of.Original
	}
	c := cited{site: s, language: language, of: of, release: ledger.Standing(s.Bureau, released), address: s.addressed(of.Page())}
	var sources []string
	for _, v := range of.Descriptor.Sources {
		source := cmp.Or(v.Title.V, v.Path.V)
		if details := sourceDetails(v, language); details != "" {
			source = language.Text(locale.Remark, source, details)
		}
		sources = append(sources, source)
	}
	place, organisation := s.covers(of.Descriptor.Coverage)
	scope := place + organisation
	if place != "" && organisation != "" {
		scope = place + language.Text(locale.InnerComma) + organisation
	}
	c.origin = c.add(c.origin, locale.Source, strings.Join(sources, language.Text(locale.Comma)))
	c.origin = c.add(c.origin, locale.CountedAt, scope)
	c.origin = c.add(c.origin, locale.InputHash, of.SHA256[:min(len(of.SHA256), shownHash)])
	return c
}

// add adds a part of a line, where there is one.
func (c cited) add(parts []string, key locale.Key, text string) []string {
	if text == "" {
		return parts
	}
	return append(parts, c.language.Text(key)+c.language.Text(locale.Separator)+text)
}

// addressed is the address of a page in the language, or its path where that is not known.
func (s *site) addressed(page string) string { return cmp.Or(s.absolute(s.here(page)), s.here(page)) }

// newestCited cites the newest figure of each measure; where nothing says which row
// of the newest period is meant, that of the first.
func (s *site) newestCited(language *locale.Language, of *bureau.Statistic) []string {
	c, shown := s.cited(language, of), newest(of)
	var lines []string
	for f, field := range of.Fields {
		if !field.IsMeasure() {
			continue
		}
		row, fault := figures.NewestRow(of, f)
		if fault != nil || !slices.Contains(shown, row) {
			row = -1
			for _, i := range shown {
				if of.Cell(i, f).Has() && (row < 0 || of.Period(i).End > of.Period(row).End) {
					row = i
				}
			}
		}
		if row >= 0 {
			lines = append(lines, c.line(row, f))
		}
	}
	return lines
}

// beside are the files of all statistics that cite their figures and that name the cells
// which these come from.
func (s *site) beside() []bureau.File {
	of := make([][]bureau.File, len(s.Bureau.Statistics))
	each.Do(s.Jobs, len(of), func(i int) error {
		statistic := s.Bureau.Statistics[i]
		if f := s.cited(s.main, statistic).file(); len(f.Bytes) > len("\ufeff") {
			of[i] = append(of[i], f)
		}
		if f, ok := s.cells(s.main, statistic); ok {
			of[i] = append(of[i], f)
		}
		return nil
	})
	return slices.Concat(of...)
}

// file is citeFile: a line for each figure that the page shows. A byte-order mark
// makes browsers read it as Chinese wherever it is served from.
func (c cited) file() bureau.File {
	b := buffer()
	defer buffers.Put(b)
	b.WriteString("\ufeff")
	for _, row := range newest(c.of) {
		for f, field := range c.of.Fields {
			if field.IsMeasure() && c.of.Cell(row, f).Has() {
				b.WriteString(c.line(row, f))
				b.WriteByte('\n')
			}
		}
	}
	return bureau.File{Path: bureau.StatisticFile(c.of.Name, citeFile), Bytes: bytes.Clone(b.Bytes())}
}

func (c cited) line(row, field int) string {
	l, s := c.language, c.of
	names := []string{s.Title()}
	for _, k := range s.Keys() {
		text := s.Cell(row, k).Text
		if p := s.Period(row); s.Fields[k].Role == bureau.RolePeriod && !p.IsZero() {
			text = l.Label(p)
		}
		if text != "" {
			names = append(names, text)
		}
	}
	names = append(names, s.Fields[field].Label())
	parts := append(make([]string, 0, 8), strings.Join(names, l.Text(locale.InnerComma))+l.Text(locale.Separator)+locale.Cell(s, row, field, l))
	parts = append(parts, c.origin...)
	parts = c.add(parts, locale.ImportedFrom, takenFrom(l, s, row, field))
	parts = c.add(parts, locale.ReleaseHeld, cmp.Or(c.release(row, field), l.Text(locale.NotReleased)))
	address, anchor := c.address, ""
	if len(s.Rows) > bureau.LongTable {
		address, anchor, _ = strings.Cut(figures.RowPath(s, row), "#")
		address = c.addressed(address)
	} else {
		anchor = c.Statistics[s.Name].Anchors[row]
	}
	if anchor != "" {
		address += "#" + anchor
	}
	return l.Text(locale.Sentence, strings.Join(parts, l.Text(locale.Clause))) + " " + address
}
