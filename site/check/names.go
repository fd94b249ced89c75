package check

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Names holds the addresses of the documents against those of the site itself and
// against each other: no document takes one that is the site's own, and no two
// become the same page.
func Names(b *bureau.Bureau) problem.List {
	var problems problem.List
	reserved := b.ReservedNames()
	for _, p := range b.Pages {
		if slices.Contains(reserved, p.Name) {
			problems.Error(problem.Position{File: p.File}, problem.FilesReservedName,
				problem.Say("网页地址 %s/ 由系统使用，文件不能取这个名字", "the address %s/ is used by the site itself, so no file may have this name", p.Name),
				problem.Text{ZH: "给文件换一个名字，不能用的有：" + strings.Join(reserved, "、"), EN: "give the file another name, but none of: " + strings.Join(reserved, ", ")})
		}
	}
	first := map[string]string{} // the file that a page is made from
	for _, d := range b.Documents() {
		other, taken := first[d.Page]
		if !taken {
			first[d.Page] = d.File
			continue
		}
		problems.Error(problem.Position{File: d.File}, problem.FilesSameAddress,
			problem.Say("与 %s 会生成同一个网页地址 %s", "would become the same page as %s: %s", problem.Quote(other), strings.TrimSuffix(d.Page, "index.html")),
			problem.Say("给其中一个文件换名（字母大小写、空格和下划线的差别不算）", "rename one of the two; case, spaces and underscores make no difference"))
	}
	return problems
}
