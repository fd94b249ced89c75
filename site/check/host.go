package check

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Hosts holds a bureau's own templates and styles against what they load: no page
// may load from a foreign host, except those that site.yaml allows. What our
// templates and Markdown load is of the site itself by construction. A link that a
// reader follows loads nothing.
func Hosts(own []bureau.File, allowed []bureau.String) problem.List {
	var problems problem.List
	for _, f := range own {
		for _, l := range loads(f.Path, f.Bytes) {
			u, err := url.Parse(l.address)
			if err != nil || u.Host == "" || slices.ContainsFunc(allowed, func(host bureau.String) bool { return host.V == u.Hostname() }) {
				continue
			}
			problems.Error(problem.Position{File: f.Path, Line: l.line}, problem.HostForeign,
				problem.Say("网页从外部域名“%s”载入内容", "the page loads content from the foreign host \"%s\"", problem.Quote(u.Host)),
				problem.Say("把文件放到 data/static/，改用站内地址；确实需要的，写进 site.yaml 的 rules.allowed_hosts（允许的域名）", "keep the file in data/static/ and use its address; where it cannot be helped, name the host in rules.allowed_hosts of site.yaml"))
		}
	}
	return problems
}

// source is an address that a page would load from.
type source struct {
	address string
	line    int
}

var (
	styleURL = regexp.MustCompile(`(?i)(?:@import\s+(?:url\(\s*)?|url\(\s*)["']?([^"')\s]+)`)
	loading  = []string{"src", "srcset", "data", "poster", "href", "xlink:href"}
)

// loads lists the addresses that a template or a style loads from.
func loads(name string, text []byte) []source {
	var all []source
	style := func(text []byte, line int) {
		for _, m := range styleURL.FindAllSubmatchIndex(text, -1) {
			all = append(all, source{string(text[m[2]:m[3]]), line + bytes.Count(text[:m[0]], []byte("\n"))})
		}
	}
	switch path.Ext(name) {
	case ".css":
		style(text, 1)
		return all
	case ".js", ".txt":
		return nil
	}
	line := 1
	for t := html.NewTokenizer(bytes.NewReader(text)); ; {
		kind := t.Next()
		if kind == html.ErrorToken {
			return all
		}
		raw := t.Raw()
		switch kind {
		case html.TextToken:
			style(raw, line)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := t.Token()
			for _, a := range token.Attr {
				if !slices.Contains(loading, a.Key) || a.Key == "href" && token.Data != "link" && token.Data != "image" && token.Data != "use" {
					continue
				}
				for _, part := range strings.Split(a.Val, ",") {
					if fields := strings.Fields(part); len(fields) > 0 {
						all = append(all, source{fields[0], line})
					}
				}
			}
		}
		line += bytes.Count(raw, []byte("\n"))
	}
}
