package search

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// readBy gives the blocks that a way of reading finds.
func readBy(page string, way func(*reader, []byte)) (all []block) {
	r := new(reader)
	way(r, []byte(page))
	r.end()
	for _, b := range r.blocks {
		all = append(all, block{string(r.text[b.start:b.end]), b.class})
	}
	return all
}

// hold holds what fast reads of a page, where it reads it, against the general
// tokenizer. It tells whether it reads it.
func hold(t *testing.T, page string) bool {
	t.Helper()
	knows := false
	got := readBy(page, func(r *reader, page []byte) { knows = r.fast(page) })
	if want := readBy(page, (*reader).general); knows && !reflect.DeepEqual(got, want) {
		t.Errorf("%q:\ngot  %q\nwant %q", page, got, want)
	}
	return knows
}

// TestFast holds the reader of our own pages against the tokenizer, over pages that
// are put together from what is in them, and from what might be.
func TestFast(t *testing.T) {
	parts := []string{
		"<p>", "</p>", "<h1>", "</h1>", "<h2 id=\"a\">", "</h2>", "<b>", "</b>", "<br>", "<br/>", "<br />", "<div hidden>", "<div>", "</div>", "<span\nhidden=\"\">", "</span>",
		"<svg viewBox=\"0 0 1 1\" xlink:href=\"#x\">", "</svg>", "<title>", "</title>", "<title/>", "<style>", "</style>", "<style >p{}</style>", "<script>", "</script>", "<template>", "</template>",
		"<a href=\"x>y</p><b hidden\">", "</a>", "<a title='x>\"'>", "<a href=x/>", "<a b=\"1\"c>", "<a b = \"1\">", "<input HIDDEN>", "<i hIDDEN>", "<p hidden=\"until-found\" id=\"h\">", "<p data-hidden>", "<path d=\"M0 0\"/>",
		"<linearGradient>", "<P>", "</P >", "</p\n>", "</p x>", "<!-- a <p>b</p> -->", "<!---->", "<!-->", "<!x>", "<?x>", "<![CDATA[x]]>", "</>", "</ p>", "<textarea>", "</textarea>", "<noscript>", "</noscript>", "<plaintext>",
		"办理", "材 料", " ", "\n", "\t", "&amp;", "&amp", "&lt;", "&#x4e00;", "&#160;", "&nbsp", "&notit;", "&", "a<b", "<", ">", "\"", "'", "=", "/", "\u3000", "\u00a0", "\u2003", "\u1680", "\u0085", "、。", "“”", "\x00", "\x7f", "\xc2", "\xe3\x80", "\xff", "👮",
	}
	r := rand.New(rand.NewPCG(11, 11))
	known := 0
	for range 60000 {
		var page strings.Builder
		most := len(parts)
		if r.IntN(2) == 0 {
			most = 20 // what our pages are made of alone
		}
		for range r.IntN(14) {
			page.WriteString(parts[r.IntN(most)])
		}
		if hold(t, page.String()) {
			known++
		}
	}
	if known < 10000 {
		t.Errorf("%d pages are read fast", known)
	}
	for _, part := range parts {
		hold(t, part)
		for _, other := range parts {
			hold(t, "<p>前"+part+other+"后</p>")
		}
	}
}

func FuzzFast(f *testing.F) {
	f.Add("<h1 class=\"a\">办理&amp;</h1><svg><title>a</title></svg><p hidden>x</p>")
	f.Fuzz(func(t *testing.T, page string) { hold(t, page) })
}
