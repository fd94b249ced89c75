package sweep

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var (
	void = words("area base br col embed hr img input link meta source track wbr")
	// implied elements may be left out, and a parser puts them in.
	implied = words("html head body tbody colgroup")
	// flow does not stand in what holds text alone.
	flow    = words("address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul")
	phrases = words("abbr b bdi bdo button cite code dfn em h1 h2 h3 h4 h5 h6 i kbd label mark p pre q s samp small span strong sub sup time u var")
	// interactive elements do not stand in each other.
	interactive = words("a button details input label select textarea")
	// children are all that may stand in a list, a table or a choice.
	children = map[string][]string{
		"ul": words("li script template"), "ol": words("li script template"), "dl": words("dt dd div script template"),
		"table": words("caption colgroup thead tbody tfoot tr"), "thead": words("tr"), "tbody": words("tr"), "tfoot": words("tr"),
		"tr": words("th td"), "colgroup": words("col"), "select": words("option optgroup"),
	}
	// parents are all that an element may stand in.
	parents = map[string][]string{
		"li": words("ul ol menu"), "dt": words("dl div"), "dd": words("dl div"), "tr": words("table thead tbody tfoot"), "th": words("tr"), "td": words("tr"),
		"figcaption": words("figure"), "summary": words("details"), "caption": words("table"), "option": words("select optgroup datalist"), "legend": words("fieldset"),
	}
)

func words(s string) []string { return strings.Fields(s) }

// nesting tells where a page's tags are not closed in the order in which they
// were opened, where an element stands in one that may not hold it, and where a
// parser would build another tree than the page was written as.
func nesting(page []byte, root *html.Node) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }

	type element struct{ tag, parent string }
	var written []element
	var stack []string
	parent := func() string {
		if len(stack) == 0 {
			return ""
		}
		return stack[len(stack)-1]
	}
	z := html.NewTokenizer(bytes.NewReader(page))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		tag, foreign := token.Data, slices.Contains(stack, "svg")
		switch token.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			written = append(written, element{tag, parent()})
			if tag == "noscript" {
				z.NextIsNotRawText()
			}
			if !foreign {
				for _, f := range misplaced(tag, stack) {
					fault("%s", f)
				}
			}
			switch {
			case slices.Contains(void, tag) && !foreign:
			case token.Type == html.StartTagToken:
				stack = append(stack, tag)
			case !foreign && tag != "svg":
				fault("<%s/> does not close itself", tag)
			}
		case html.EndTagToken:
			if tag != parent() {
				fault("</%s> closes <%s>", tag, parent())
			}
			if i := slices.Index(stack, tag); i >= 0 {
				stack = stack[:len(stack)-1]
			}
		}
	}
	if len(stack) > 0 {
		fault("<%s> is not closed", strings.Join(stack, "> <"))
	}
	if len(faults) > 0 {
		return faults // the tree then differs as well
	}
	i := 0
	added := map[*html.Node]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		tag := strings.ToLower(n.Data)
		if slices.Contains(implied, tag) && (i == len(written) || written[i].tag != tag) {
			added[n] = true
			continue
		}
		above := n.Parent
		for above != nil && added[above] {
			above = above.Parent
		}
		got := element{tag: tag}
		if above != nil {
			got.parent = strings.ToLower(above.Data)
		}
		if i == len(written) || written[i] != got {
			was := element{}
			if i < len(written) {
				was = written[i]
			}
			fault("<%s> in <%s> is read as <%s> in <%s>", was.tag, was.parent, got.tag, got.parent)
			return faults
		}
		i++
	}
	if i < len(written) {
		fault("<%s> is not read", written[i].tag)
	}
	return faults
}

// misplaced tells why an element may not stand under those that are open.
func misplaced(tag string, stack []string) []string {
	var faults []string
	in := ""
	if len(stack) > 0 {
		in = stack[len(stack)-1]
	}
	if allowed, ok := children[in]; ok && !slices.Contains(allowed, tag) {
		faults = append(faults, fmt.Sprintf("<%s> in <%s>", tag, in))
	}
	if allowed, ok := parents[tag]; ok && !slices.Contains(allowed, in) {
		faults = append(faults, fmt.Sprintf("<%s> in <%s>", tag, in))
	}
	for _, open := range stack {
		if slices.Contains(phrases, open) && slices.Contains(flow, tag) {
			faults = append(faults, fmt.Sprintf("<%s> in <%s>", tag, open))
		}
		if (open == "a" || open == "button") && slices.Contains(interactive, tag) {
			faults = append(faults, fmt.Sprintf("<%s> in <%s>", tag, open))
		}
	}
	return faults
}
