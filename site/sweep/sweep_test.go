package sweep

import (
	"strings"
	"testing"
)

const (
	head = `<!doctype html><html lang="zh"><head><meta http-equiv="Content-Security-Policy" content="` + Policy + `"><title>x</title></head><body><main><h1>x</h1>`
	foot = `</main><footer></footer></body></html>`
)

// The sweep must see what it looks for.
func TestSite(t *testing.T) {
	page := func(body string) map[string][]byte {
		return map[string][]byte{"index.html": []byte(head + body + foot)}
	}
	for _, body := range []string{
		"", `<p>1732 [p], [x]</p>`, `<table><tr><th scope="col">a</th></tr></table>`, `<p id="a">a</p><p aria-describedby="a">b</p>`,
		`<svg viewBox="0 0 1 1"><clipPath id="c"><path d="M0 0"/></clipPath></svg>`, `<noscript><p>a</p></noscript>`, `<a href="index.html"><svg><title>a</title></svg></a>`,
	} {
		if faults := Site(page(body)); len(faults) > 0 {
			t.Error(body, faults)
		}
	}
	for body, want := range map[string]string{
		`<p style="x"></p>`:                                "has style",
		`<p onclick="x"></p>`:                              "has onclick",
		`<script>1</script>`:                               "inline",
		`<style></style>`:                                  "inline",
		`<a href="gone/index.html">x</a>`:                  "dead link",
		`<a href="#gone">x</a>`:                            "dead anchor",
		`<p id="a"></p><p id="a"></p>`:                     "twice",
		`&amp;amp;`:                                        "holds",
		`<h1>y</h1>`:                                       "2 <h1>",
		`<table><tr><th>1</th></tr></table>`:               "scope",
		`<script src="https://cdn.example/x.js"></script>`: "from https",
		`<img src="//cdn.example/x.png">`:                  "from //",
		`<a href="index.html"></a>`:                        "without a text",
		`<iframe src="index.html"></iframe>`:               "<iframe>",
		`<p>[partial-irregular]</p>`:                       "key of a message",
		`<p title="[menu]">x</p>`:                          "key of a message",
		`<p aria-describedby="b">x</p>`:                    "which it does not have",
		`<meta http-equiv="refresh" content="0">`:          "http-equiv",
		`<meta http-equiv="Content-Security-Policy">`:      "policy",
		`<p><b>x</p></b>`:                                  "closes",
		`<div>`:                                            "not closed",
		`<p/>`:                                             "does not close itself",
		`<p><div>x</div></p>`:                              "<div> in <p>",
		`<ul><p>x</p></ul>`:                                "<p> in <ul>",
		`<li>x</li>`:                                       "<li> in <main>",
		`<a href="index.html">x<button>y</button></a>`:     "<button> in <a>",
		`<span><table><tr><td>x</td></tr></table></span>`:  "<table> in <span>",
		`<form><form></form></form>`:                       "is read as",
	} {
		faults := strings.Join(Site(page(body)), "\n")
		if !strings.Contains(faults, want) {
			t.Errorf("%s: found %q", body, faults)
		}
	}
	for name, broken := range map[string]string{
		"no policy":        strings.Replace(head, Policy, "", 1),
		"a looser policy":  strings.Replace(head, "script-src 'self'", "script-src 'self' 'unsafe-inline'", 1),
		"a shorter policy": strings.Replace(head, "; base-uri 'none'", "", 1),
		"a late policy":    strings.Replace(head, "<head>", `<head><link rel="icon" href="index.html">`, 1),
	} {
		if faults := Site(map[string][]byte{"index.html": []byte(broken + foot)}); len(faults) == 0 {
			t.Errorf("nothing found in a page with %s", name)
		}
	}
	if len(Site(map[string][]byte{"assets/x.css": []byte("p{background:url('https://cdn.example/x.png')}")})) == 0 {
		t.Error("nothing found in a style sheet")
	}
}
