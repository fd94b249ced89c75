// Package sweep holds a built site against what every page of it must be, for
// tests: no dead link or anchor, no repeated id, nothing that is loaded from
// another origin, nothing escaped twice, no inline style or script, the one
// content security policy before all that is loaded, valid nesting, no message
// that prints its key, one heading of the first level, a language.
package sweep

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Policy is what every page allows: itself.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// key is a message that the catalogue does not hold; the markers of values are
// one letter.
var key = regexp.MustCompile(`\[[a-z][a-z0-9]+(?:-[a-z0-9]+)*\]`)

// references are the attributes that name ids of the same page.
var references = []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details"}

var foreign = regexp.MustCompile(`@import|url\(\s*["']?(?:[a-z]+:)?//`)

// Site holds every page among the files of a site, by path, against what all
// pages must be, and gives one sentence a fault, in order.
func Site(files map[string][]byte) []string {
	var faults []string
	ids := map[string]map[string]bool{}
	links := map[string][]string{}
	named := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".css") && foreign.Match(files[name]) {
			faults = append(faults, name+": loads from another origin")
		}
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
		root, err := html.ParseWithOptions(bytes.NewReader(files[name]), html.ParseOptionEnableScripting(false))
		if err != nil {
			fault("%v", err)
			continue
		}
		for _, f := range nesting(files[name], root) {
			fault("%s", f)
		}
		ids[name] = map[string]bool{}
		count := map[string]int{}
		var policies []string
		loads := 0
		for n := range root.Descendants() {
			if n.Type == html.TextNode && (n.Parent == nil || n.Parent.Data != "script") {
				if k := key.FindString(n.Data); k != "" {
					fault("prints the key of a message, %s", k)
				}
			}
			if n.Type != html.ElementNode {
				continue
			}
			if n.Namespace == "" { // an SVG may hold a title of its own
				count[n.Data]++
			}
			attributes := map[string]string{}
			for _, a := range n.Attr {
				attributes[a.Key] = a.Val
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					fault("<%s> has %s", n.Data, a.Key)
				}
				if k := key.FindString(a.Val); k != "" {
					fault("prints the key of a message, %s, in %s", k, a.Key)
				}
				if slices.Contains(references, a.Key) {
					named[name] = append(named[name], strings.Fields(a.Val)...)
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
				if strings.EqualFold(attributes["http-equiv"], "Content-Security-Policy") {
					policies = append(policies, attributes["content"])
					if loads > 0 {
						fault("loads something before its content security policy")
					}
				} else if attributes["http-equiv"] != "" {
					fault("<meta http-equiv=%q>", attributes["http-equiv"])
				}
			case "base", "iframe", "object", "embed":
				fault("<%s>", n.Data)
			case "script", "img":
				loads++
				if attributes["type"] == "application/ld+json" { // data, which is not run
					if !json.Valid([]byte(textOf(n))) {
						fault("JSON-LD that is no JSON")
					}
					break
				}
				if attributes["src"] == "" || n.FirstChild != nil {
					fault("<%s> is inline", n.Data)
				}
				if u, err := url.Parse(attributes["src"]); err != nil || u.IsAbs() && u.Scheme != "data" || u.Host != "" {
					fault("<%s> from %s", n.Data, attributes["src"])
				}
				links[name] = append(links[name], attributes["src"])
			case "style":
				fault("inline <style>")
			case "a", "link":
				if n.Data == "link" {
					loads++
				}
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
			}
		}
		for _, one := range []string{"h1", "main", "title", "footer"} {
			if count[one] != 1 {
				fault("%d <%s>", count[one], one)
			}
		}
		if len(policies) != 1 || policies[0] != Policy {
			fault("has the content security policy %q", policies)
		}
		for _, id := range named[name] {
			if !ids[name][id] {
				fault("names the id %q, which it does not have", id)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(links)) {
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
