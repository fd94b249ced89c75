package load

import (
	"io/fs"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// languages are the names of the languages that pages may be in.
type languages []string

// languagesOf are the embedded ones and those of the bureau's templates folder.
func languagesOf(fsys fs.FS) languages {
	if folder.Folder(fsys, "templates") != nil { // said where the templates are opened
		return locale.Names(nil)
	}
	templates, err := fs.Sub(fsys, "templates")
	if err != nil {
		templates = nil
	}
	return locale.Names(templates)
}

// site gives the languages of the site the names of their catalogues.
func (known languages) site(s *bureau.Site, problems *problem.List) {
	all := []*bureau.String{&s.Language}
	for i := range s.Languages {
		all = append(all, &s.Languages[i])
	}
	for _, l := range all {
		if name, ok := locale.Match(known, l.V); ok {
			l.V = name
			continue
		}
		problems.Error(l.At, problem.SiteLanguage,
			problem.Say("没有“%[1]s”这种语言的目录，现有的是：%[2]s", "there is no catalogue of the language \"%[1]s\"; available: %[3]s", problem.Quote(l.V), strings.Join(known, "、"), strings.Join(known, ", ")),
			known.hint(l.V))
		l.V = locale.Reference
	}
}

// document gives a document the name of its language: the main one where its file
// names none. ok is false where there is no such language.
func (known languages) document(language *string, main, file string, problems *problem.List) (ok bool) {
	if *language == "" {
		*language = main
		return true
	}
	name, ok := locale.Match(known, *language)
	if !ok {
		problems.Error(problem.Position{File: file, Line: 1, Column: 1}, problem.FileLanguage,
			problem.Say("文件名里的“.%[1]s”表示语言，但没有这种语言的目录，现有的是：%[2]s", "\".%[1]s\" in the file's name is a language without a catalogue; available: %[3]s", problem.Quote(*language), strings.Join(known, "、"), strings.Join(known, ", ")),
			known.hint(*language))
		return false
	}
	*language = name
	return true
}

// translations gives a list of translations the name of its language. ok is false where the
// site is not in it.
func (known languages) translations(language *string, site bureau.Site, file string, problems *problem.List) (ok bool) {
	name, found := locale.Match(known, *language)
	switch {
	case found && name == site.MainLanguage():
		problems.Error(problem.Position{File: file, Line: 1}, problem.TranslationLanguage,
			problem.Say("“%s”是网站自己的语言，不用译文", `"%s" is the site's own language, which needs no translations`, problem.Quote(*language)),
			problem.Say("译文是另一种语言的，按语言改文件名，例如 en.csv；否则把这个文件移出 data/", "where they are into another language, name the file after that one, as en.csv; else move the file out of data/"))
		return false
	case found && site.Speaks(name):
		*language = name
		return true
	}
	add := problem.Text{}
	if found {
		all := []string{}
		for _, l := range site.Languages {
			all = append(all, l.V)
		}
		list := strings.Join(append(all, name), ", ")
		add = problem.Say("网站有这种语言的，在 site.yaml 写 languages: [%[1]s]（其他语言）；", "where the site is in that language, write languages: [%[1]s] in site.yaml; ", list)
	}
	hint := problem.Say("文件名写错的，按语言改名，例如 en.csv；不再用这种语言的，把这个文件移出 data/", "where the name is wrong, name the file after its language, as en.csv; where the language is no longer used, move the file out of data/")
	problems.Error(problem.Position{File: file, Line: 1}, problem.TranslationLanguage,
		problem.Say("site.yaml 的 languages（其他语言）里没有“%s”，这份译文用不上", "\"%s\" is not among the languages of site.yaml, and nothing uses these translations", problem.Quote(*language)),
		problem.Text{ZH: add.ZH + hint.ZH, EN: add.EN + hint.EN})
	return false
}

func (known languages) hint(language string) problem.Text {
	one := problem.Text{ZH: strings.Join(known, "、"), EN: strings.Join(known, ", ")}
	if language == "" {
		return problem.Say("写现有的一种：%s", "write one of these: %s", one)
	}
	return problem.Say("写现有的一种：%[1]s；要增加语言，在 templates/ 里放一份语言目录 messages.%[2]s.json", "write one of these: %[1]s; or add a catalogue messages.%[2]s.json to templates/", one, problem.Quote(language))
}
