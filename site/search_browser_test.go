package site_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// seen is the text of a page as a reader sees it, by a way of its own: the tree of
// its elements, each that is no part of a line on a line of its own.
type seen struct {
	page  string
	lines []string // folded
	all   string   // the lines
}

func seenIn(t testing.TB, folder, page string) seen {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		in = in || n.Type == html.ElementNode && n.Data == "main"
		if n.Type == html.TextNode && in {
			text.WriteString(strings.Map(func(r rune) rune {
				if unicode.IsControl(r) {
					return ' '
				}
				return r
			}, n.Data))
		}
		outside := n.Type == html.ElementNode && !strings.Contains(" a abbr b bdi code em i mark s small span strong sub sup time tspan u wbr ", " "+n.Data+" ")
		if n.Type == html.ElementNode && (slices.Contains([]string{"script", "style", "template", "title", "desc", "noscript"}, n.Data) ||
			slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })) {
			text.WriteString("\n")
			return
		}
		if outside {
			text.WriteString("\x00")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
		if outside {
			text.WriteString("\x00")
		}
	}
	walk(root, false)
	s := seen{page: page}
	for line := range strings.SplitSeq(text.String(), "\x00") {
		if line = strings.Join(strings.Fields(folded(line)), " "); line != "" {
			s.lines = append(s.lines, line)
		}
	}
	s.all = strings.Join(s.lines, "\n")
	return s
}

// folded makes capitals small and full width half.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		return unicode.ToLower(r)
	}, text)
}

// searched are the pages of a built site that a search of a language looks through.
func searched(t testing.TB, folder, prefix string, pages []string) (all []seen) {
	for _, p := range pages {
		english := strings.HasPrefix(p, "en/")
		if p == "404.html" || strings.HasSuffix(p, "search/index.html") || english != (prefix == "en/") {
			continue
		}
		if source, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(p))); err != nil || bytes.Contains(source, []byte(`content="noindex"`)) {
			continue
		}
		all = append(all, seenIn(t, folder, p))
	}
	return all
}

// holding gives the pages that hold every word of a query.
func holding(all []seen, query string) (pages []string) {
	words := strings.Fields(folded(query))
	for _, s := range all {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s.all, w) }) {
			pages = append(pages, s.page)
		}
	}
	return pages
}

// substrings draws queries from the texts.
func substrings(all []seen, n int) (queries []string) {
	r := rand.New(rand.NewPCG(1, 2))
	for len(queries) < n {
		s := all[r.IntN(len(all))]
		line := []rune(s.lines[r.IntN(len(s.lines))])
		length := 1 + r.IntN(min(12, len(line)))
		at := r.IntN(len(line) - length + 1)
		if q := strings.TrimSpace(string(line[at : at+length])); q != "" {
			queries = append(queries, q)
		}
	}
	return queries
}

// answer is what the search page shows for a query.
type answer struct {
	Count  string   `json:"count"`
	Status string   `json:"status"`
	Also   string   `json:"also"`
	Links  []string `json:"links"`
	Titles []string `json:"titles"`
	Marks  []string `json:"marks"`
	More   bool     `json:"more"`
}

const answerScript = `(async () => {
	const results = document.querySelector("[data-search-results]"), status = document.querySelector("[data-search-status]");
	while (results.hasAttribute("aria-busy")) await new Promise((done) => setTimeout(done, 5));
	return {count: results.dataset.count ?? "", status: status.textContent, also: document.querySelector("[data-search-also]").textContent,
		links: [...results.querySelectorAll("a")].map((a) => new URL(a.href).pathname), titles: [...results.querySelectorAll("a")].map((a) => a.textContent),
		marks: [...new Set([...results.querySelectorAll("mark")].map((m) => m.textContent))], more: !document.querySelector("[data-search-more]").hidden};
})()`

// ask opens the search page with a query.
func ask(t testing.TB, ctx context.Context, address, query string) (a answer) {
	t.Helper()
	if err := chromedp.Run(ctx, chromedp.Navigate(address+"?q="+url.QueryEscape(query)), chromedp.EvaluateAsDevTools(answerScript, &a, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })); err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	return a
}

// fetched is the size of the shards among requests, as a server sends them.
func fetched(t testing.TB, folder string, requests []string) (size, files int) {
	t.Helper()
	done := map[string]bool{}
	for _, r := range requests {
		_, path, is := strings.Cut(r, "/assets/search/")
		if !is || done[path] {
			continue
		}
		done[path] = true
		text, err := os.ReadFile(filepath.Join(folder, "assets", "search", filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		size += zipped(text)
		files++
	}
	return size, files
}

func zipped(text []byte) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(text)
	w.Close()
	return b.Len()
}

func TestBrowserSearchTmp(t *testing.T) {
	folder := os.Getenv("PUB")
	if folder == "" {
		t.Skip()
	}
	n := 60
	fmt.Sscan(os.Getenv("N"), &n)
	all := searched(t, folder, "", everyPage(t, folder))
	ctx, w := tab(t, browser(t))
	address := fileURL(folder, "search/index.html")
	var sizes, files, times []int
	slow := os.Getenv("SLOW") != ""
	if slow {
		chromedp.Run(ctx, emulation.SetCPUThrottlingRate(6))
	}
	bad, cut := 0, 0
	for _, q := range substrings(all, n) {
		w.take()
		start := time.Now()
		a := ask(t, ctx, address, q)
		times = append(times, int(time.Since(start).Milliseconds()))
		said, requests := w.take()
		size, count := fetched(t, folder, requests)
		sizes, files = append(sizes, size), append(files, count)
		want := holding(all, q)
		if a.Count != fmt.Sprint(len(want)) || len(said) > 0 {
			bad++
			if bad < 20 {
				t.Errorf("%q: %s, want %d %v", q, a.Count, len(want), said)
			}
		}
		if a.More {
			cut++
		}
		for _, l := range a.Links {
			p := strings.TrimPrefix(l, filepath.ToSlash(folder)+"/")
			p, _ = url.PathUnescape(p)
			if !slices.Contains(want, p) {
				t.Errorf("%q: %s does not hold it", q, p)
			}
		}
	}
	slices.Sort(sizes)
	slices.Sort(files)
	slices.Sort(times)
	b, _ := json.Marshal(map[string]any{"n": n, "bad": bad, "cut": cut, "median": sizes[n/2], "p95": sizes[n*95/100], "max": sizes[n-1], "files": files[n/2], "maxfiles": files[n-1], "ms": times[n/2], "msmax": times[n-1]})
	fmt.Println(string(b))
}
