package check

import (
	"testing"
	"unicode/utf16"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Drawings and pages among the attachments run nothing and load nothing from elsewhere.
func TestAttachments(t *testing.T) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg">` + "\n"
	wide := func(s string) string {
		out := "\xff\xfe"
		for _, u := range utf16.Encode([]rune(s)) {
			out += string([]byte{byte(u), byte(u >> 8)})
		}
		return out
	}
	for _, c := range []struct {
		name, file, text string
		line             int // of the problem; 0 for none
	}{
		{"security/svg-with-script", "a.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="ran"</script><image href="https://host.example/x.png"/></svg>`, 1},
		{"a foreign image", "a.svg", svg + `<image href="https://host.example/x.png"/></svg>`, 2},
		{"a foreign image without a scheme", "a.svg", svg + `<image xlink:href="//host.example/x.png"/></svg>`, 2},
		{"a handler", "a.SVG", svg + "<g>\n<rect onload='x()'/></g></svg>", 3},
		{"a link that runs", "a.svg", svg + `<a href="java` + "\n" + `script:x()">a</a></svg>`, 2},
		{"a prefix before the script", "a.svg", `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>x()</s:script></s:svg>`, 1},
		{"a handler that is set later", "a.svg", svg + `<set attributeName="onclick" to="x()"/></svg>`, 2},
		{"an entity", "a.svg", "<!DOCTYPE svg [\n<!ENTITY a \"x\">]>" + svg + "</svg>", 2},
		{"a default of an attribute", "a.svg", "<!DOCTYPE svg [\n<!ATTLIST svg onload CDATA \"x()\">]>" + svg + "</svg>", 2},
		{"a script in a title", "a.svg", svg + "<title>\n<script>x()</script></title></svg>", 3},
		{"a handler in a style", "a.svg", svg + "<style><rect onload='x()'/></style></svg>", 2},
		{"a foreign image in a title", "a.svg", svg + `<title><image href="https://host.example/x.png"/></title></svg>`, 2},
		{"UTF-16", "a.svg", wide(svg + "<script>x()</script></svg>"), 2},
		{"a page with a script", "a.html", "<p>表</p>\n<script src=a.js></script>", 2},
		{"a page that leads away", "a.htm", `<meta http-equiv="Refresh" content="0;url=https://host.example/">`, 1},
		{"a style from elsewhere", "a.html", "<style>\np{background:url(https://host.example/x.png)}</style>", 2},
		{"an allowed host", "a.svg", svg + `<image href="https://www.example.org/x.png"/></svg>`, 0},
		{"a drawing", "a.svg", svg + `<a href="https://host.example/"><rect fill="url(#p)" width="1" height="1"/></a><text>上升 on 12%</text></svg>`, 0},
		{"a page", "a.html", "<h1>说明</h1><img src=a.png>", 0},
		{"no drawing", "a.txt", "<script>", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems := Attachments([]bureau.File{{Path: "static/" + c.file, Bytes: []byte(c.text)}}, []bureau.String{{V: "www.example.org"}})
			switch {
			case c.line == 0 && len(problems) > 0:
				t.Error(problems)
			case c.line > 0 && (len(problems) != 1 || problems[0].Line != c.line || problems[0].File != "data/static/"+c.file || problems[0].Rule != problem.FilesActive || problems[0].Severity != problem.Error):
				t.Errorf("want line %d: %v", c.line, problems)
			}
		})
	}
}
