package render

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
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
}

func (s *site) cited(language *locale.Language, of *bureau.Statistic) cited {
	released := of
	if of.Original != nil {
		released = of.Original
	}
	return cited{s, language, of, ledger.Standing(s.Bureau, released)}
}

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
				if of.Row(i)[f].Has() && (row < 0 || of.Rows[i].Period.End > of.Rows[row].Period.End) {
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

// file is citeFile: a line for each figure that the page shows. A byte-order mark
// makes browsers read it as Chinese wherever it is served from.
func (c cited) file() bureau.File {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	for _, row := range newest(c.of) {
		for f, field := range c.of.Fields {
			if field.IsMeasure() && c.of.Row(row)[f].Has() {
				b.WriteString(c.line(row, f))
				b.WriteByte('\n')
			}
		}
	}
	return bureau.File{Path: bureau.StatisticFile(c.of.Name, citeFile), Bytes: b.Bytes()}
}

func (c cited) line(row, field int) string {
	l, s := c.language, c.of
	names := []string{s.Title()}
	for _, k := range s.Keys() {
		text := s.Row(row)[k].Text
		if p := s.Rows[row].Period; s.Fields[k].Role == bureau.RolePeriod && !p.IsZero() {
			text = l.Label(p)
		}
		if text != "" {
			names = append(names, text)
		}
	}
	names = append(names, s.Fields[field].Label())
	parts := []string{strings.Join(names, l.Text(locale.InnerComma)) + l.Text(locale.Separator) + locale.Cell(s, row, field, l)}
	add := func(key locale.Key, text string) {
		if text != "" {
			parts = append(parts, l.Text(key)+l.Text(locale.Separator)+text)
		}
	}
	var sources []string
	for _, v := range s.Descriptor.Sources {
		source := cmp.Or(v.Title.V, v.Path.V)
		if details := sourceDetails(v, l); details != "" {
			source = l.Text(locale.Remark, source, details)
		}
		sources = append(sources, source)
	}
	add(locale.Source, strings.Join(sources, l.Text(locale.Comma)))
	place, organisation := c.covers(s.Descriptor.Coverage)
	scope := []string{place, organisation}
	if scope[0] == "" || scope[1] == "" {
		scope = []string{scope[0] + scope[1]}
	}
	add(locale.CountedAt, strings.Join(scope, l.Text(locale.InnerComma)))
	add(locale.InputHash, s.SHA256[:min(len(s.SHA256), shownHash)])
	add(locale.ImportedFrom, takenFrom(l, s, row, field))
	add(locale.ReleaseHeld, cmp.Or(c.release(row, field), l.Text(locale.NotReleased)))
	page, anchor := s.Page(), ""
	if len(s.Rows) > bureau.LongTable {
		page, anchor, _ = strings.Cut(figures.RowPath(s, row), "#")
	} else if anchors := c.Statistics[s.Name].Anchors; row < len(anchors) {
		anchor = anchors[row]
	}
	page = c.here(page)
	address := cmp.Or(c.absolute(page), page)
	if anchor != "" {
		address += "#" + anchor
	}
	return l.Text(locale.Sentence, strings.Join(parts, l.Text(locale.Clause))) + " " + address
}
