package load

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sunshine/site/problem"
)

// Slug gives the name under which a file is published: lower case, letters
// (Chinese kept) and digits, everything between them one hyphen. It is empty
// where a name holds neither.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(name) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// nameOf gives the slug and the language of a document's file: name.md is
// Chinese, name.en.md its English version.
func nameOf(file string, problems *problem.List) (name, language string) {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	language = "zh"
	if version, english := strings.CutSuffix(base, ".en"); english {
		base, language = version, "en"
	}
	if name = Slug(base); name == "" {
		problems.Error(problem.Position{File: file, Line: 1, Column: 1}, "file/name",
			problem.Say("文件名“%s”里没有字母、数字或汉字，无法作为网址", "the file name \"%s\" has no letter or digit to make an address of", problem.Quote(path.Base(file))),
			problem.Say("给文件换一个名字，例如 id-card.md", "rename the file, for example to id-card.md"))
	}
	return name, language
}
