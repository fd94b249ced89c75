package site_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"sunshine/site"

	"sunshine/site/bureau"
)

// seen is the text of a page as a reader sees it, by a way of its own: the tree of
// its elements, each that is no part of a line on a line of its own.
type seen struct {
	page  string
	lines []string // folded
	all   string   // the lines, and again with digits ungrouped
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
		if line = strings.Join(strings.Fields(foldedText(line)), " "); line != "" {
			s.lines = append(s.lines, line)
		}
	}
	s.all = strings.Join(s.lines, "\n")
	s.all += "\n" + ungrouped(s.all)
	return s
}

// ungrouped drops the commas from grouped digits.
func ungrouped(text string) string {
	parts := strings.Split(text, ",")
	out := parts[0]
	for i, part := range parts[1:] {
		if !endsInDigit.MatchString(parts[i]) || !beginsInThree.MatchString(part) {
			out += ","
		}
		out += part
	}
	return out
}

var endsInDigit, beginsInThree = regexp.MustCompile(`[0-9]$`), regexp.MustCompile(`^[0-9]{3}([^0-9]|$)`)

// foldedText makes capitals small, full width half and dashes hyphens.
func foldedText(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if r >= 0x2010 && r <= 0x2014 || r == 0x2212 {
			r = '-'
		}
		return unicode.ToLower(r)
	}, text)
}

// searched are the pages of a built site that a search of a language looks through.
func searched(t testing.TB, folder, prefix string, pages []string) (all []seen) {
	for _, p := range pages {
		english := strings.HasPrefix(p, "en/")
		if p == "404.html" || bureau.IsCase(p) || strings.HasSuffix(p, "search/index.html") || english != (prefix == "en/") {
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
	words := strings.Fields(foldedText(query))
	others := strings.Fields(ungrouped(foldedText(query)))
	for _, s := range all {
		lacks := false
		for i, w := range words {
			lacks = lacks || !strings.Contains(s.all, w) && (others[i] == w || !strings.Contains(s.all, others[i]))
		}
		if !lacks {
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
	Cut    string   `json:"cut"` // what is said of pages that are not listed
}

const answerScript = `(async () => {
	const results = document.querySelector("[data-search-results]"), status = document.querySelector("[data-search-status]");
	while (results.hasAttribute("aria-busy")) await new Promise((done) => setTimeout(done, 5));
	return {count: results.dataset.count ?? "", status: status.textContent, also: document.querySelector("[data-search-also]").textContent,
		links: [...results.querySelectorAll("a")].map((a) => decodeURIComponent(new URL(a.href).pathname)), titles: [...results.querySelectorAll("a")].map((a) => a.textContent),
		marks: [...new Set([...results.querySelectorAll("mark")].map((m) => m.textContent))], more: !document.querySelector("[data-search-more]").hidden,
		cut: document.querySelector("[data-search-cut]").hidden ? "" : document.querySelector("[data-search-cut]").textContent};
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

// measured are queries that were asked, against a plain scan of the pages.
type measured struct {
	queries, wrong, cut   int
	bytes, files, elapsed []int // of each, sorted
}

func (m measured) String() string {
	n := len(m.bytes) - 1
	return fmt.Sprintf("%d queries, %d wrong, %d with a part of the list on request; at the median, at 95 %% and at most: shards gzipped %d, %d, %d bytes, in %d, %d, %d files; %d, %d, %d ms",
		m.queries, m.wrong, m.cut, m.bytes[n/2], m.bytes[n*95/100], m.bytes[n], m.files[n/2], m.files[n*95/100], m.files[n], m.elapsed[n/2], m.elapsed[n*95/100], m.elapsed[n])
}

// measure asks the search page at an address substrings of the pages: what it counts
// is what a scan counts, and what it lists holds them.
func measure(t *testing.T, ctx context.Context, w *watched, folder, address string, all []seen, queries []string) (m measured) {
	t.Helper()
	for _, q := range queries {
		w.take()
		start := time.Now()
		a := ask(t, ctx, address, q)
		m.elapsed = append(m.elapsed, int(time.Since(start).Milliseconds()))
		said, requests := w.take()
		size, files := fetched(t, folder, requests)
		m.bytes, m.files, m.queries = append(m.bytes, size), append(m.files, files), m.queries+1
		want := holding(all, q)
		if a.Count != fmt.Sprint(len(want)) || len(said) > 0 || len(want) > 0 && len(a.Links) == 0 {
			t.Errorf("%q: %s pages are counted and %d listed, want %d; the console says %s", q, a.Count, len(a.Links), len(want), said)
			m.wrong++
		}
		if a.More {
			m.cut++
		}
		for _, l := range a.Links {
			if !slices.ContainsFunc(want, func(p string) bool { return strings.HasSuffix(l, "/"+p) }) {
				t.Errorf("%q: %s does not hold it", q, l)
				m.wrong++
			}
		}
		if !a.More && len(a.Links) != min(len(want), 200) {
			t.Errorf("%q: %d pages are listed, want %d", q, len(a.Links), len(want))
		}
		if size > 60_000 {
			t.Errorf("%q fetches %d bytes", q, size)
		}
	}
	slices.Sort(m.bytes)
	slices.Sort(m.files)
	slices.Sort(m.elapsed)
	return m
}

// TestBrowserSearch searches the demonstration, from disk and over HTTP, in both
// languages.
func TestBrowserSearch(t *testing.T) {
	t.Parallel()
	base, folder := served(t)
	pages := everyPage(t, folder)
	ctx, w := tab(t, browser(t))
	n := 20
	if *proof {
		n = 500
	}
	for _, prefix := range []string{"", "en/"} {
		all := searched(t, folder, prefix, pages)
		page := prefix + "search/index.html"
		queries := substrings(all, n)
		t.Logf("%sfrom disk: %v", prefix, measure(t, ctx, w, folder, fileURL(folder, page), all, queries[:n/2]))
		t.Logf("%sover HTTP: %v", prefix, measure(t, ctx, w, folder, base+page, all, queries[n/2:]))
	}

	all, address := searched(t, folder, "", pages), fileURL(folder, "search/index.html")
	hostile := []string{
		"<script>alert(1)</script>", "<b>破案</b>", "的", strings.Repeat("办理", 1000), strings.Repeat("的 ", 1000), "👮", "شرطة", "%", "\\", "`${1}`", "'\"",
		"\u202e", "ＧＤＰ", "+", "*", "=", "/", "~", "破案 率", "办理 材料 窗口", "身份证 的", "１２３８９", "-", "−1", "2025-2026", "户口迁移 zzz",
		"👮🏻", "(", "[的", "a|b", "^$", ".*", "1,0", ",0", "0,", "17，409", strings.Repeat("办理1,234", 200),
	}
	t.Logf("hostile: %v", measure(t, ctx, w, folder, address, all, hostile))

	if a := ask(t, ctx, address, " \t"); a.Count != "" || a.Status != "" || len(a.Links) > 0 {
		t.Errorf("of nothing the page says %v", a)
	}
	if a := ask(t, ctx, address, "破案率"); len(a.Titles) == 0 || !slices.Equal(a.Marks, []string{"破案率"}) {
		t.Errorf("破案率 is marked as %q", a.Marks)
	}
	number := ""
	for _, s := range all {
		number = cmp.Or(number, regexp.MustCompile(`[0-9]{2},[0-9]{3}`).FindString(s.all))
	}
	grouped := []string{number, strings.ReplaceAll(number, ",", ""), strings.ReplaceAll(number, ",", "，")}
	t.Logf("grouped: %v", measure(t, ctx, w, folder, address, all, grouped))
	for _, q := range grouped {
		if a := ask(t, ctx, address, q); !slices.Contains(a.Marks, number) {
			t.Errorf("of %s, %s is marked as %q", number, q, a.Marks)
		}
	}
	if a := ask(t, ctx, address, "破获"); a.Cut != "" || a.Also != "也找：破案" {
		t.Errorf("beside 破获 stands %q", a.Also)
	}
	if a := ask(t, ctx, address, "身份证"); len(a.Titles) == 0 || !strings.Contains(a.Titles[0], "身份证") || !strings.Contains(a.Links[0], "/guides/") {
		t.Errorf("first of 身份证 is %v", a.Titles)
	}
	asked := 0
	for _, p := range pages {
		if source, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(p))); err != nil {
			t.Fatal(err)
		} else if h1 := regexp.MustCompile(`<h1>([^<]+)</h1>`).FindSubmatch(source); h1 != nil && strings.Count(p, "/") == 3 && strings.HasPrefix(p, "guides/") && asked < 12 {
			asked++
			if a := ask(t, ctx, address, string(h1[1])); len(a.Links) == 0 || !strings.Contains(a.Titles[0], string(h1[1])) {
				t.Errorf("%s is found as %v", h1[1], a.Titles)
			}
		}
	}
	if asked == 0 {
		t.Error("no title of a guide was asked for")
	}
}

// TestBrowserSearchTyped types in the field: the list follows, the address keeps the
// query, and an unfinished syllable is not looked for.
func TestBrowserSearchTyped(t *testing.T) {
	t.Parallel()
	_, folder := served(t)
	ctx, _ := tab(t, browser(t))
	var none, gone bool
	var count, address, before string
	settled := chromedp.Evaluate(`0`, nil)
	if err := chromedp.Run(ctx,
		chromedp.Navigate(fileURL(folder, "search/index.html")),
		chromedp.SendKeys("[data-search] input", "护照"), chromedp.WaitVisible("[data-search-results] li"), settled,
		chromedp.Evaluate(`location.search`, &address), chromedp.Evaluate(`document.querySelector("[data-search-results]").dataset.count`, &count),
		chromedp.Evaluate(`const field = document.querySelector("[data-search] input"); field.value = "护照q"; field.dispatchEvent(new InputEvent("input", {isComposing: true})); ""`, nil),
		chromedp.Sleep(400*time.Millisecond), chromedp.Evaluate(`document.querySelector("[data-search-results]").dataset.count`, &before),
		chromedp.Evaluate(`field.value = "护照请zzz"; field.dispatchEvent(new CompositionEvent("compositionend")); ""`, nil),
		chromedp.WaitVisible("[data-search-none] .tel"), chromedp.Evaluate(`document.querySelector("[data-search-none]").checkVisibility()`, &none),
		chromedp.Evaluate(`!document.querySelector("[data-search-results] li")`, &gone),
	); err != nil {
		t.Fatal(err)
	}
	if address != "?q="+url.QueryEscape("护照") || count == "" || count == "0" || before != count || !none || !gone {
		t.Errorf("address %s, %s pages, while composing %s, nothing found: %v, list empty: %v", address, count, before, none, gone)
	}
}

// TestBrowserSearchTypedCut asks for more than a list holds: at its end stands how to
// narrow it.
func TestBrowserSearchTypedCut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	varied(t, dir, 210)
	folder := filepath.Join(dir, "public")
	if _, problems, err := site.Build(t.Context(), options(dir, folder)); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	ctx, _ := tab(t, browser(t))
	a := ask(t, ctx, fileURL(folder, "search/index.html"), "示范")
	if len(a.Links) != 200 || a.Cut != "只列出前200页，再加一个词可以缩小范围。" {
		t.Errorf("of %s pages %d are listed, and %q is said", a.Count, len(a.Links), a.Cut)
	}
}

// TestBrowserSearchVaried searches 10,000 guides, each with words of its own, for 500
// parts of their texts, 100 of them with the processor slowed sixfold: all so slowly
// would take longer than a tab may be open. It takes minutes, so that only -proof does.
func TestBrowserSearchVaried(t *testing.T) {
	t.Parallel()
	if !*proof {
		t.Skip("-proof searches 10,000 guides")
	}
	dir := t.TempDir()
	varied(t, dir, 10_000)
	folder := filepath.Join(dir, "public")
	o := options(dir, folder)
	if _, problems, err := site.Build(t.Context(), o); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	all := searched(t, folder, "", everyPage(t, folder))
	address := fileURL(folder, "search/index.html")
	queries := substrings(all, 500)
	ctx, w := tab(t, browser(t))
	t.Log(measure(t, ctx, w, folder, address, all, queries[100:]))
	if err := chromedp.Run(ctx, emulation.SetCPUThrottlingRate(6)); err != nil {
		t.Fatal(err)
	}
	t.Log("slowed: ", measure(t, ctx, w, folder, address, all, queries[:100]))

	if a := ask(t, ctx, address, "示范"); !a.More || len(a.Links) == 0 {
		t.Errorf("of %s pages %d are listed, and no more on request", a.Count, len(a.Links))
	}
	var a answer
	if err := chromedp.Run(ctx, chromedp.Evaluate(`for (const more = document.querySelector("[data-search-more]"), clock = setInterval(() => more.hidden ? clearInterval(clock) : more.click(), 300); 0;); ""`, nil),
		chromedp.Poll(`document.querySelector("[data-search-more]").hidden`, nil), chromedp.EvaluateAsDevTools(answerScript, &a, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })); err != nil {
		t.Fatal(err)
	}
	if different := len(slices.Compact(slices.Sorted(slices.Values(a.Links)))); len(a.Links) != 200 || different != 200 {
		t.Errorf("%d pages are listed in the end, %d different ones, want 200", len(a.Links), different)
	}
}

// TestSearchWeighs holds the script of the search page and the root of its index.
func TestSearchWeighs(t *testing.T) {
	_, folder := served(t)
	page, err := os.ReadFile(filepath.Join(folder, "search", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	script := regexp.MustCompile(`assets/search\.[0-9a-f]+\.js`).Find(page)
	root := string(regexp.MustCompile(`data-search="([a-z0-9]+)"`).FindSubmatch(page)[1])
	size := 0
	for _, file := range []string{string(script), "assets/search/" + root + ".js"} {
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		size += zipped(text)
	}
	if size > 8<<10 || len(page) > 100_000 {
		t.Errorf("script and root are %d bytes gzipped, the page %d", size, len(page))
	}
}
