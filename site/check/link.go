package check

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/markdown"
	"sunshine/site/problem"
)

// Local holds the addresses of the site itself in front matter, descriptors,
// registers and site.yaml against the files of the site, by their paths. A guide
// that is a draft is not published.
func Local(b *bureau.Bureau, files map[string]bool) problem.List {
	problems := registerLinks(b.Registers, files)
	all := settings(b)
	for _, p := range b.Policies {
		for _, a := range p.Attachments {
			all = append(all, a.File)
		}
	}
	for _, g := range b.Guides {
		if g.Status.V != "draft" {
			all = append(all, guideAddresses(g)...)
		}
	}
	for _, a := range all {
		if _, _, ok := bureau.SettingFault(a.V); ok {
			local(&problems, a.At, a.V, files)
		}
	}
	return problems
}

// local reports an address that leads, from the site's root, to no file of it. One
// elsewhere is not followed.
func local(problems *problem.List, at problem.Position, address string, files map[string]bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return // elsewhere, or a problem of its own
	}
	file := strings.TrimPrefix(path.Clean("/"+u.Path), "/")
	if !files[file] && !files[path.Join(file, "index.html")] {
		problems.Error(at, problem.LinkDead,
			problem.Say("链接“%s”指向的网页或文件不存在", "the link \"%s\" leads to no page or file", problem.Quote(address)),
			lostHint(address, problem.Say("站内链接写从根目录起的地址，如 /guides/hukou/；附件放在 data/static/，写 /static/文件名", "write the address from the site's root, /guides/hukou/; an attachment stands in data/static/ and is /static/name")))
	}
}

// host begins an address that was meant to lead elsewhere.
var host = regexp.MustCompile(`^(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|org|net)(?:[/?#]|$))`)

// lostHint is the hint for a link that leads nowhere: the whole address, where one of
// another site was meant.
func lostHint(address string, otherwise problem.Text) problem.Text {
	if host.MatchString(address) {
		return problem.Say("别的网站的网址要写全：https://%s", "write the whole address of another site: https://%s", problem.Quote(address))
	}
	return otherwise
}

// headingHint names the headings that a link on the page may lead to.
func headingHint(fragment string, headings []markdown.Heading) problem.Text {
	var ids []string
	for _, h := range headings {
		ids = append(ids, h.ID)
	}
	if len(ids) == 0 {
		return problem.Say("本页没有小标题；删去地址里的“#%s”，或者加上这个小标题", "the page has no headings; take \"#%s\" out of the address, or add that heading", problem.Quote(fragment))
	}
	return problem.Suggest(fragment, ids)
}

// Links holds the links of a document against its own headings and the files of
// the site. page is the path of the page that the document stands in, files the
// paths that exist, ids tells whether a page has what a link leads to. Links to other
// origins are not followed.
func Links(page string, links []markdown.Link, headings []markdown.Heading, files map[string]bool, ids func(page, id string) bool) problem.List {
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
					headingHint(target.Fragment, headings))
			}
			continue
		}
		file := path.Join(path.Dir(page), target.Path)
		if strings.HasSuffix(target.Path, "/") {
			file = path.Join(file, "index.html")
		}
		if index := path.Join(file, "index.html"); files[index] {
			file = index
		}
		switch {
		case !files[file]:
			problems.Error(link.At, problem.LinkDead,
				problem.Say("链接“%s”指向的网页或文件不存在", "the link \"%s\" leads to no page or file", problem.Quote(link.Written)),
				lostHint(link.Written, problem.Say("站内链接写从根目录起的地址（/guides/hukou/…/）或者文件的相对路径（../hukou/….md），附件放在 data/static/", "write the address from the root (/guides/hukou/…/) or the file's relative path (../hukou/….md); attachments belong in data/static/")))
		case target.Fragment != "" && path.Ext(file) == ".html" && !ids(file, target.Fragment):
			problems.Error(link.At, problem.LinkAnchor,
				problem.Say("链接“%s”指向的网页里没有小标题“%s”", "the page of the link \"%s\" has no heading \"%s\"", problem.Quote(link.Written), problem.Quote(target.Fragment)),
				problem.Say("“#”后面写那一页某个小标题的原文", "write a heading of that page after the #"))
		}
	}
	return problems
}
