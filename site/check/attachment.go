package check

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Attachments holds the drawings and pages of data/static, which a browser opens
// by themselves, outside the policy of the site's own pages: none runs a script,
// and none loads from a foreign host, except those that site.yaml allows. What
// cannot be decoded is named where personal data are searched for.
func Attachments(static []bureau.File, allowed []bureau.String) problem.List {
	var problems problem.List
	for _, f := range static {
		switch strings.ToLower(path.Ext(f.Path)) {
		case ".svg", ".html", ".htm", ".shtml", ".xhtml", ".xht", ".xml":
		default:
			continue
		}
		source, _, err := text.Decode(f.Bytes, "")
		if err != nil {
			continue
		}
		if what, line := active(source, allowed); what != "" {
			problems.Error(problem.Position{File: "data/" + f.Path, Line: line}, problem.FilesActive,
				problem.Say("附件里有会运行的内容或外部地址：%s", "the attachment runs something or loads from a foreign host: %s", problem.Quote(what)),
				problem.Say("图另存为PNG，文稿另存为PDF；或者用文本编辑器删去脚本、on…属性和外部地址", "save a drawing as PNG and a text as PDF, or take the scripts, the on… attributes and the foreign addresses out in a text editor"))
		}
	}
	return problems
}

// running are the elements that run or embed something.
var running = []string{"script", "iframe", "frame", "object", "embed", "applet", "base", "handler", "listener"}

// active gives the first thing in a drawing or page that runs or loads from a
// foreign host, and its line; nothing where there is none.
func active(source []byte, allowed []bureau.String) (what string, line int) {
	for _, hidden := range []string{"<!ENTITY", "<!ATTLIST", "<?xml-stylesheet"} { // stand for what is not in sight
		if i := bytes.Index(source, []byte(hidden)); i >= 0 {
			return hidden, 1 + bytes.Count(source[:i], []byte("\n"))
		}
	}
	line = 1
	for t := html.NewTokenizer(bytes.NewReader(source)); ; {
		kind := t.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := bytes.Clone(t.Raw())
		if kind == html.TextToken && bytes.IndexByte(raw, '<') >= 0 {
			// In a page the inside of <title> and <style> is text; in XML it is elements.
			if what, at := active(raw, allowed); what != "" {
				return what, line + at - 1
			}
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			token := t.Token()
			_, name, prefixed := strings.Cut(token.Data, ":")
			if !prefixed {
				name = token.Data
			}
			if slices.Contains(running, name) {
				return "<" + token.Data + ">", line
			}
			for _, a := range token.Attr {
				value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
				switch {
				case strings.HasPrefix(a.Key, "on"),
					strings.EqualFold(a.Key, "attributename") && strings.HasPrefix(value, "on"),
					a.Key == "http-equiv" && value == "refresh",
					a.Key == "srcdoc",
					strings.Contains(value, "javascript:"), strings.Contains(value, "vbscript:"), strings.Contains(value, "data:text/html"):
					return a.Key + "=" + a.Val, line
				}
			}
		}
		line += bytes.Count(raw, []byte("\n"))
	}
	for _, l := range loads("a.html", source) {
		u, err := url.Parse(l.address)
		if err == nil && u.Host != "" && !slices.ContainsFunc(allowed, func(host bureau.String) bool { return host.V == u.Hostname() }) {
			return l.address, l.line
		}
	}
	return "", 0
}
