package sweep

import "testing"

// The sweep must see what it looks for.
func TestSite(t *testing.T) {
	page := func(body string) map[string][]byte {
		return map[string][]byte{"index.html": []byte(`<!doctype html><html lang="zh"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"><title>x</title><main><h1>x</h1>` + body + `</main><footer></footer>`)}
	}
	if faults := Site(page("")); len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, body := range []string{
		`<p style="x">`, `<p onclick="x">`, `<script>1</script>`, `<style></style>`, `<a href="gone/index.html">x</a>`, `<a href="#gone">x</a>`,
		`<p id="a"></p><p id="a"></p>`, `&amp;amp;`, `<h1>y</h1>`, `<table><tr><th>1</table>`, `<script src="https://cdn.example/x.js"></script>`, `<img src="//cdn.example/x.png">`, `<a href="index.html"></a>`,
	} {
		if len(Site(page(body))) == 0 {
			t.Errorf("nothing found in %s", body)
		}
	}
	if len(Site(map[string][]byte{"assets/x.css": []byte("p{background:url('https://cdn.example/x.png')}")})) == 0 {
		t.Error("nothing found in a style sheet")
	}
}
