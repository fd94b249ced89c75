package load

import (
	"path"
	"strings"

	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// nameOf gives the slug and the language of a document's file: name.md is
// Chinese, name.en.md its English version.
func nameOf(file string, problems *problem.List) (name, language string) {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if language = locale.Suffix(base); language != "" {
		base = strings.TrimSuffix(base, "."+language)
	}
	return slug(file, base, "id-card.md", problems), language
}

// slug makes an address of a file's name; one of which none can be made is like no
// example.
func slug(file, base, example string, problems *problem.List) string {
	name := text.Slug(base)
	if name == "" {
		problems.Error(problem.Position{File: file, Line: 1, Column: 1}, problem.FileName,
			problem.Say("文件名“%s”里没有字母、数字或汉字，无法作为网址", "the file name \"%s\" has no letter or digit to make an address of", problem.Quote(path.Base(file))),
			problem.Say("给文件换一个名字，例如 %s", "rename the file, for example to %s", example))
	}
	return name
}
