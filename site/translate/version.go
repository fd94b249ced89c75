package translate

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Version is a bureau in another of its languages.
type Version struct {
	*Words
	Language *locale.Language
	Bureau   *bureau.Bureau
}

// Versions are a bureau in each further language of its site. targets are its own.
func Versions(b *bureau.Bureau, targets []figures.Target, languages locale.Languages) (all []Version) {
	main := languages.Named(b.Site.MainLanguage())
	for _, language := range languages {
		if language.Name == main.Name || !b.Site.Speaks(language.Name) {
			continue
		}
		v := Version{Words: New(b, language, main), Language: language}
		v.Bureau = v.Words.Bureau(b, nil)
		v.Targets(targets, b, v.Bureau)
		all = append(all, v)
	}
	return all
}

// InUse gives of the lists of a bureau the rows that pages read: what readers have of them.
func InUse(b *bureau.Bureau, versions []Version) []bureau.Translations {
	var all []bureau.Translations
	for _, v := range versions {
		for _, list := range b.Translations {
			if list.Language != v.Language.Name {
				continue
			}
			rows := v.rows
			if list.Kept {
				rows = v.stood
			}
			read := bureau.Translations{Language: list.Language, File: list.File, Kept: list.Kept}
			for _, row := range list.Rows {
				if k := (key{row.File.V, Clean(row.Text.V)}); v.used[use{k, list.Kept}] && rows[k] == row.Translation {
					read.Rows = append(read.Rows, row)
				}
			}
			all = append(all, read)
		}
	}
	return all
}
