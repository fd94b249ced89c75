package check

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"sunshine/site/markdown"
	"sunshine/site/problem"
)

// Links holds the links of a document against its own headings and the files of
// the site. page is the path of the page that the document stands in, files the
// paths that exist. Links to other origins are not followed.
func Links(page string, links []markdown.Link, headings []markdown.Heading, files map[string]bool) problem.List {
	var problems problem.List
	for _, link := range links {
		target, err := url.Parse(link.Target)
		if err != nil || target.Scheme != "" || target.Host != "" {
			continue // an address elsewhere; its scheme has been checked
		}
		if target.Path == "" {
			if target.Fragment != "" && !slices.ContainsFunc(headings, func(h markdown.Heading) bool { return h.ID == target.Fragment }) {
				problems.Error(link.At, problem.LinkAnchor,
					problem.Say("本页没有小标题“%s”", "this page has no heading \"%s\"", problem.Quote(target.Fragment)),
					problem.Say("“#”后面写本页某个小标题的原文", "write a heading of this page after the #"))
			}
			continue
		}
		file := path.Join(path.Dir(page), target.Path)
		if strings.HasSuffix(target.Path, "/") {
			file = path.Join(file, "index.html")
		}
		if !files[file] && !files[path.Join(file, "index.html")] {
			problems.Error(link.At, problem.LinkDead,
				problem.Say("链接“%s”指向的网页或文件不存在", "the link \"%s\" leads to no page or file", problem.Quote(link.Target)),
				problem.Say("站内链接写从根目录起的地址（/guides/hukou/…/）或者文件的相对路径（../hukou/….md），附件放在 data/static/", "write the address from the root (/guides/hukou/…/) or the file's relative path (../hukou/….md); attachments stand in data/static/"))
		}
	}
	return problems
}
