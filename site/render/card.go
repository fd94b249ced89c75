package render

import (
	"errors"
	"path"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/card"
	"sunshine/site/each"
	"sunshine/site/locale"
	"sunshine/site/say"
)

// pictured is a page that has a card, and what the card says.
type pictured struct {
	page string
	card card.Card
}

// cardPath is where the card of a page stands.
func cardPath(page string) string { return path.Join(path.Dir(page), "card.png") }

// pictured gives the pages that have cards: in each language, each statistic that has
// figures, and each area that has guides. Without a base URL nobody could fetch one.
func (s *site) pictured() []pictured {
	if s.BaseURL == "" {
		return nil
	}
	var all []pictured
	for _, language := range s.languages {
		all = append(all, s.of(language).picturedIn(language)...)
	}
	return all
}

// picturedIn are those of a language.
func (s *site) picturedIn(language *locale.Language) []pictured {
	var all []pictured
	name := s.name(language).Text
	for _, statistic := range s.Bureau.Statistics {
		if statistic.NoneYet() || !s.speaks(language) {
			continue
		}
		c := card.Card{Site: name, Kind: language.Text(locale.Statistics), Title: statistic.Title()}
		if latest, ok := s.newestFigure(statistic, language); ok {
			c.Value, c.Unit, c.Change, c.Trend = latest.Value, strings.TrimSpace(latest.Unit), latest.Change, latest.Trend
			c.When = latest.Title + " · " + latest.Period
			for _, remark := range []string{latest.Partial, latest.Marked} {
				if remark != "" {
					c.When = language.Text(locale.Remark, c.When, remark)
				}
			}
		} else if first, last := statistic.Covered(); !last.IsZero() {
			c.When = s.covered(language, first, last)
		}
		all = append(all, pictured{s.here(statistic.Page()), c})
	}
	for _, a := range s.areas(language) {
		if a.count == 0 {
			continue
		}
		c := card.Card{Site: name, Kind: language.Text(locale.Guides), Title: language.Text(locale.Areas[a.ID])}
		for _, g := range a.guides[:min(len(a.guides), 5)] {
			title, _ := s.titled(g.File, g.Title.V)
			c.Lines = append(c.Lines, title)
		}
		all = append(all, pictured{s.prefix(language) + bureau.AreaPage(a.ID), c})
	}
	return all
}

// newestFigure is that of the card of a statistic: that of its newest row or, where many
// rows have that period, the newest total that is known.
func (s *site) newestFigure(statistic *bureau.Statistic, language *locale.Language) (say.Card, bool) {
	if latest, ok := say.Newest(statistic, language); ok {
		return latest, true
	}
	whole := s.Statistics[statistic.Name].Whole
	if whole == nil {
		return say.Card{}, false
	}
	latest, ok := say.Newest(whole, language)
	latest.Title = language.Text(locale.Remark, latest.Title, language.Text(locale.WholeCaption))
	return latest, ok
}

// cards draws them, and remembers the pages that have one. A card whose text the font
// cannot write is left out.
func (s *site) cards() []bureau.File {
	all := s.pictured()
	files := make([]bureau.File, len(all))
	each.Do(s.Jobs, len(all), func(i int) error {
		picture, err := card.Draw(all[i].card)
		if errors.Is(err, card.ErrText) {
			return nil
		}
		if err != nil {
			panic(err) // the font is part of the command
		}
		files[i] = bureau.File{Path: cardPath(all[i].page), Bytes: picture}
		return nil
	})
	drawn := files[:0]
	for i, f := range files {
		if f.Path != "" {
			s.carded[all[i].page] = true
			drawn = append(drawn, f)
		}
	}
	return drawn
}

// picture is the public address of the card that stands for a page: its own, that of the
// area of a guide, or of the statistic that a view is of; empty where there is none.
func (s *site) picture(page string) string {
	for folder := path.Dir(page); folder != "."; folder = path.Dir(folder) {
		if of := folder + "/index.html"; s.carded[of] {
			return s.absolute(cardPath(of))
		}
	}
	return ""
}
