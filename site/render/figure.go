package render

import (
	"html/template"

	"sunshine/site/locale"
	"sunshine/site/say"
)

// Figure is what figure.html shows: one chart, drawn for wide and narrow
// screens, with the sentences that say it in words.
type Figure struct {
	ID, Title            string
	Summary              say.Summary
	Script, ECharts      string // the option and the library, loaded when the reader asks
	Legend, Wide, Narrow template.HTML
}

// Figure renders the block of one chart in Markdown, for a page in a language.
// root is the relative path from the page to the site's root. The chart's
// script lies beside the page, as <id>.js.
func (t *Templates) Figure(language *locale.Language, root string, c Chart) ([]byte, error) {
	w := new(limited)
	err := t.print(w, language, "figure.html", t.figure(root, c))
	return w.Bytes(), err
}

func (t *Templates) figure(root string, c Chart) Figure {
	return Figure{
		ID: c.Drawing.ID, Title: c.Title, Summary: c.Summary,
		Script: c.Drawing.ID + ".js", ECharts: root + t.assets["echarts.js"].path,
		Legend: trusted(c.Drawing.Legend), Wide: trusted(c.Drawing.Wide), Narrow: trusted(c.Drawing.Narrow),
	}
}
