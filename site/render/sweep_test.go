package render

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// sweep holds every page against what all pages must be: no dead link or
// anchor, no repeated id, nothing from another origin, nothing escaped twice,
// no inline style or script, one heading of the first level, a language.
func sweep(files map[string][]byte) []string {
	var faults []string
	ids := map[string]map[string]bool{}
	links := map[string][]string{}
	for _, name := range sorted(files) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		fault := func(format string, args ...any) {
			faults = append(faults, name+": "+fmt.Sprintf(format, args...))
		}
		for _, twice := range []string{"&amp;amp;", "&amp;lt;", "&amp;#", "ZgotmplZ", "<no value>", "%!"} {
			if bytes.Contains(files[name], []byte(twice)) {
				fault("holds %q", twice)
			}
		}
		root, err := html.Parse(bytes.NewReader(files[name]))
		if err != nil {
			fault("%v", err)
			continue
		}
		ids[name] = map[string]bool{}
		count := map[string]int{}
		policy := false
		for n := range root.Descendants() {
			if n.Type == html.TextNode && strings.HasPrefix(n.Data, "[") && strings.Contains(n.Data, "-") && strings.HasSuffix(n.Data, "]") {
				fault("message without a text: %s", n.Data)
			}
			if n.Type != html.ElementNode {
				continue
			}
			count[n.Data]++
			attributes := map[string]string{}
			for _, a := range n.Attr {
				attributes[a.Key] = a.Val
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					fault("<%s> has %s", n.Data, a.Key)
				}
			}
			if id, ok := attributes["id"]; ok {
				if ids[name][id] || id == "" {
					fault("id %q stands twice or is empty", id)
				}
				ids[name][id] = true
			}
			switch n.Data {
			case "html":
				if attributes["lang"] == "" {
					fault("no lang")
				}
			case "meta":
				policy = policy || attributes["http-equiv"] == "Content-Security-Policy" && strings.HasPrefix(attributes["content"], "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'")
			case "script", "img", "iframe":
				if attributes["src"] == "" || n.FirstChild != nil {
					fault("<%s> is inline", n.Data)
				}
				links[name] = append(links[name], attributes["src"])
			case "style":
				fault("inline <style>")
			case "a", "link":
				if rel := attributes["rel"]; rel != "canonical" && (rel != "alternate" || attributes["hreflang"] == "") {
					links[name] = append(links[name], attributes["href"])
				}
				if n.Data == "link" && (attributes["rel"] == "stylesheet" || attributes["rel"] == "icon") && strings.Contains(attributes["href"], ":") {
					fault("%s from %s", attributes["rel"], attributes["href"])
				}
				if n.Data == "a" && textOf(n) == "" {
					fault("link to %q without a text", attributes["href"])
				}
			case "th":
				if attributes["scope"] == "" {
					fault("<th> without scope")
				}
			case "table":
				if n.FirstChild == nil || !slices.ContainsFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return c.Data == "caption" }) {
					fault("<table> without caption")
				}
			}
		}
		for _, one := range []string{"h1", "main", "title", "footer"} {
			if count[one] != 1 {
				fault("%d <%s>", count[one], one)
			}
		}
		if !policy {
			fault("no content security policy")
		}
	}
	for _, name := range sorted(links) {
		for _, link := range links[name] {
			u, err := url.Parse(link)
			if err != nil || link == "" {
				faults = append(faults, fmt.Sprintf("%s: link %q", name, link))
				continue
			}
			if u.IsAbs() || name == "404.html" {
				continue
			}
			target := name
			if u.Path != "" {
				target = path.Join(path.Dir(name), u.Path)
			}
			if _, ok := files[target]; !ok {
				faults = append(faults, fmt.Sprintf("%s: dead link %s", name, link))
			} else if u.Fragment != "" && !ids[target][u.Fragment] {
				faults = append(faults, fmt.Sprintf("%s: dead anchor %s", name, link))
			}
		}
	}
	return faults
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func sorted[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestSweep(t *testing.T) {
	files := build(t, fixture(t))
	// What other packages write beside the pages.
	for _, name := range []string{"forms/id-card.pdf", "stats/cases-solved/cases-solved.csv", "stats/cases-solved/cases-solved.json"} {
		files[name] = nil
	}
	for _, fault := range sweep(files) {
		t.Error(fault)
	}
}

// A bureau that holds nothing yet still makes a whole site.
func TestEmptyBureau(t *testing.T) {
	for _, language := range []string{"", "zh-CN", "en"} {
		files := build(t, Input{Bureau: &bureau.Bureau{Site: bureau.Site{Language: str(language)}}, AsOf: period.NewDate(2026, 10, 31)})
		for _, fault := range sweep(files) {
			t.Error(fault)
		}
		if want := `<html lang="` + tag(cmp.Or(language[:min(len(language), 2)], "zh")) + `">`; !strings.Contains(string(files["index.html"]), want) {
			t.Errorf("%q: no %s", language, want)
		}
	}
}

// The sweep itself must see what it looks for.
func TestSweepSees(t *testing.T) {
	page := func(body string) map[string][]byte {
		return map[string][]byte{"index.html": []byte(`<!doctype html><html lang="zh"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"><title>x</title><main><h1>x</h1>` + body + `</main><footer></footer>`)}
	}
	if faults := sweep(page("")); len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, body := range []string{
		`<p style="x">`, `<p onclick="x">`, `<script>1</script>`, `<style></style>`, `<a href="gone/index.html">x</a>`, `<a href="#gone">x</a>`,
		`<p id="a"></p><p id="a"></p>`, `&amp;amp;`, `<h1>y</h1>`, `<table><tr><td>1</table>`, `<table><caption>x</caption><tr><th>1</table>`, `<a href="index.html"></a>`, `<p>[no-such]</p>`,
	} {
		if len(sweep(page(body))) == 0 {
			t.Errorf("nothing found in %s", body)
		}
	}
}

func TestHostileText(t *testing.T) {
	in := fixture(t)
	const nasty = `</title></script><script>alert(1)</script>"' onclick=x {{.Root}}<!--&lt;`
	b := in.Bureau
	b.Site.Title, b.Site.Description, b.Site.Organization, b.Site.DataNotice = str(nasty), str(nasty), str(nasty), str(nasty)
	b.Site.Footer.ICP, b.Site.Footer.ReportError, b.Site.Contact.Email = str(nasty), str("javascript:alert(1)"), str(nasty)
	g := b.Guides[1]
	g.Title, g.Summary, g.Authority = str(nasty), str(nasty), str(nasty)
	g.Materials[0].Name, g.Steps[0].Action, g.Places[0].Phone, g.Fee.Basis = str(nasty), str(nasty), str(nasty), str(nasty)
	g.Online, g.MovedTo, g.Materials[2].Form = str("javascript:alert(1)"), str("vbscript:x"), str("data:text/html,x")
	s := b.Statistics[0]
	s.Descriptor.Title, s.Fields[1].Title, s.Notes = str(nasty), nasty, strs(nasty)
	s.Cells[0].Text = nasty
	b.Notices[0].Title = str(nasty)
	for i := range in.Cards {
		in.Cards[i].Title, in.Cards[i].Value = nasty, nasty
	}
	files := build(t, in)
	for _, name := range sorted(files) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		root, err := html.Parse(bytes.NewReader(files[name]))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type == html.CommentNode {
				t.Errorf("%s: comment %q", name, n.Data)
			}
			if n.Data == "script" && n.FirstChild != nil {
				t.Errorf("%s: script %q", name, n.FirstChild.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s>", name, n.Data, a.Key)
				}
				for _, scheme := range []string{"javascript:", "vbscript:", "data:"} {
					if strings.HasPrefix(a.Val, scheme) {
						t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
					}
				}
			}
		}
	}
}
