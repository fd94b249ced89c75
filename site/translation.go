package site

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/translate"
	"sunshine/site/write"
)

// Translating is a list of translations, and how many texts it was given that have none yet.
type Translating struct {
	File  string
	Texts int
}

// Translate adds to data/translations/<language>.csv, for each further language of the
// site, the texts that pages show and the list does not have. The problems are all that a
// build would tell; an error may keep texts from being seen. Where a list cannot be added
// to, the error is a *ListError.
func Translate(ctx context.Context, o Options) ([]Translating, problem.List, error) {
	o.Out, o.store = "", bureau.Forget{}
	s, problems, err := Make(ctx, o)
	if err != nil {
		return nil, problems, err
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, problems, err
	}
	defer root.Close()
	templates, _, err := render.Load(root.FS())
	if err != nil {
		return nil, problems, err
	}
	b := s.bureau
	if b == nil {
		return nil, problems, nil
	}
	var lists []Translating
	for _, v := range translate.Versions(b, s.targets, templates.Languages) {
		list := Translating{File: bureau.TranslationsKind.File(v.Language.Name)}
		listed := map[string]bool{}
		for i := len(b.Translations) - 1; i >= 0; i-- { // to the first of its lists
			l := b.Translations[i]
			if l.Language != v.Language.Name {
				continue
			}
			list.File = l.File
			for _, row := range l.Rows {
				if row.File.V == "" {
					listed[translate.Clean(row.Text.V)] = true
				}
			}
		}
		var texts []string
		for _, t := range v.Texts() {
			if text := translate.Clean(t.Text); !t.Said && !listed[text] {
				listed[text] = true
				texts = append(texts, t.Text)
			}
		}
		if list.Texts = len(texts); list.Texts > 0 {
			source, err := folder.Read(root.FS(), list.File, bureau.TranslationsKind.Limit())
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
			if err == nil {
				source, err = ledger.AppendTranslations(source, texts)
			}
			if err != nil {
				return lists, problems, &ListError{list.File, err}
			}
			if err := write.File(root, list.File, source); err != nil {
				return lists, problems, err
			}
		}
		lists = append(lists, list)
	}
	return lists, problems, nil
}
