package render

import (
	"strings"
	"testing"
)

// Statistics and guides carry a code of their address, no other page does, and none does
// where the address of the site is not known; there the path stands on paper.
func TestPaper(t *testing.T) {
	files := build(t, fixture(t))
	for page, want := range map[string]bool{"stats/cases-solved/index.html": true, "guides/vehicle/plate/index.html": true, "index.html": false, "notices/index.html": false} {
		text := string(files[page])
		if got := strings.Contains(text, `<div class="qr"`); got != want {
			t.Errorf("%s: a code %v", page, got)
		}
		if address := "<span>https://police.example/sunshine/" + strings.TrimSuffix(page, "index.html") + "</span>"; !strings.Contains(text, address) {
			t.Errorf("%s: no %s", page, address)
		}
	}
	if strings.Contains(string(files["404.html"]), `class="paper"`) {
		t.Error("404.html, which stands at any address, says one")
	}
	in := fixture(t)
	in.BaseURL = ""
	files = build(t, in)
	if text := string(files["guides/vehicle/plate/index.html"]); strings.Contains(text, `class="qr"`) || !strings.Contains(text, "<span>guides/vehicle/plate/</span>") {
		t.Error("without an address of the site: ", text[strings.Index(text, "</footer>"):])
	}
}

// The code of an address whose modules are known: the squares in three corners, and
// whole rows.
func TestQR(t *testing.T) {
	s := &site{Input: Input{BaseURL: "https://example.org/"}}
	code := s.qr("guides/index.html")
	if code.Size != 29+8 {
		t.Errorf("%d modules", code.Size)
	}
	for _, row := range []string{"M0 0h7", "M0 1h1m5 0h1", "M0 2h1m1 0h3m1 0h1", "M0 6h7m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h7", "M0 28h7"} {
		if !strings.Contains(code.Runs, row) {
			t.Errorf("no %s in %s", row, code.Runs)
		}
	}
	s.BaseURL += strings.Repeat("a", 3000) + "/"
	if s.qr("index.html") != nil {
		t.Error("an address that is too long for a code has one")
	}
}
