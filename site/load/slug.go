package load

import (
	"encoding/hex"
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
	return slugOf(file, base, problems), language
}

// slugOf gives the address of a name in the name of a file.
func slugOf(file, name string, problems *problem.List) string {
	if slug := text.Slug(name); slug != "" {
		return slug
	}
	problems.Error(problem.Position{File: file, Line: 1, Column: 1}, problem.FileName,
		problem.Say("文件名“%s”里没有字母、数字或汉字，不能用作网页地址", "the file name \"%s\" has no letter or digit to make an address of", problem.Quote(path.Base(file))),
		problem.Say("给文件换一个名字，例如 id-card%s", "rename the file, for example to id-card%s", path.Ext(file)))
	return hex.EncodeToString([]byte(name)) // that what is said of it later has a place
}
