package translate

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// InUse gives of the lists of a bureau the rows that its pages read: what readers have of
// them. targets are those of the bureau.
func InUse(b *bureau.Bureau, targets []figures.Target, languages locale.Languages) []bureau.Translations {
	words := map[string]*Words{}
	var all []bureau.Translations
	for _, list := range b.Translations {
		w := words[list.Language]
		if w == nil {
			w = New(b, languages.Named(list.Language), languages.Named(b.Site.MainLanguage()))
			w.Targets(targets, b, w.Bureau(b, nil))
			words[list.Language] = w
		}
		used := bureau.Translations{Language: list.Language, File: list.File, Kept: list.Kept}
		for _, row := range list.Rows {
			rows := w.rows
			if list.Kept {
				rows = w.stood
			}
			if k := (key{row.File.V, Clean(row.Text.V)}); w.used[use{k, list.Kept}] && rows[k] == row.Translation {
				used.Rows = append(used.Rows, row)
			}
		}
		all = append(all, used)
	}
	return all
}
