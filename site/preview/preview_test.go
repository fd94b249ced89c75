package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const page = `<!DOCTYPE html><html><head><title>x</title></head><body>%s</body></html>`

func site() []bureau.File {
	html := func(text string) []byte { return fmt.Appendf(nil, page, text) }
	return []bureau.File{
		{Path: "index.html", Bytes: html("home")},
		{Path: "404.html", Bytes: html("missing")},
		{Path: "stats/立案/index.html", Bytes: html("cases")},
		{Path: "stats/立案/立案.csv", Bytes: []byte("\ufeff期间\r\n")},
		{Path: "feed.xml", Bytes: []byte("<feed/>")},
		{Path: "assets/site.css", Bytes: []byte("a{}")},
		{Path: "assets/a.js", Bytes: []byte("1")},
		{Path: "bare.html", Bytes: []byte("no end of body")},
		{Path: "forms/a.unheard", Bytes: []byte{0, 1}},
	}
}

// held is a site whose files are at hand.
type held []bureau.File

func (h held) File(name string) ([]byte, bool) {
	for _, f := range h {
		if f.Path == name {
			return f.Bytes, true
		}
	}
	return nil, false
}

func (h held) Name() string {
	var all []byte
	for _, f := range h {
		all = append(append(all, f.Path...), f.Bytes...)
	}
	return bureau.SHA256(all)[:8]
}

func TestServeHTTP(t *testing.T) {
	p := newPreview(problem.English)
	p.show(held(site()))
	const html = "text/html; charset=utf-8"
	tests := []struct {
		method, path string
		status       int
		media, body  string // body: a part of it
	}{
		{"GET", "/", 200, html, "home"},
		{"GET", "/index.html", 200, html, "home"},
		{"GET", "/stats/%E7%AB%8B%E6%A1%88/", 200, html, "cases"},
		{"GET", "/stats/%E7%AB%8B%E6%A1%88?x=1", 302, "", ""},
		{"GET", "/stats/%E7%AB%8B%E6%A1%88/%E7%AB%8B%E6%A1%88.csv", 200, "text/csv; charset=utf-8", "\ufeff期间\r\n"},
		{"GET", "/feed.xml", 200, "application/xml; charset=utf-8", "<feed/>"},
		{"GET", "/assets/site.css", 200, "text/css; charset=utf-8", "a{}"},
		{"GET", "/assets/a.js", 200, "text/javascript; charset=utf-8", "1"},
		{"GET", "/forms/a.unheard", 200, "application/octet-stream", "\x00\x01"},
		{"GET", "/bare.html", 200, html, "no end of body<link"},
		{"GET", "/stats/", 404, html, "missing"}, // no listing
		{"GET", "/stats", 404, html, "missing"},
		{"GET", "/none", 404, html, "missing"},
		{"GET", "/../../etc/passwd", 404, html, "missing"},
		{"GET", "/..%2f..%2fetc%2fpasswd", 404, html, "missing"},
		{"GET", "/_sunshine/reload.js", 200, "text/javascript; charset=utf-8", "EventSource"},
		{"GET", "/_sunshine/overlay.css", 200, "text/css; charset=utf-8", ".sunshine-overlay"},
		{"HEAD", "/", 200, html, ""},
		{"HEAD", "/_sunshine/events", 200, "text/event-stream; charset=utf-8", ""},
		{"POST", "/", 405, "text/plain; charset=utf-8", "not allowed"},
	}
	for _, test := range tests {
		r := httptest.NewRequest(test.method, "http://127.0.0.1:8080"+test.path, nil)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if w.Code != test.status || w.Header().Get("Content-Type") != test.media || !strings.Contains(w.Body.String(), test.body) {
			t.Errorf("%s %s: %d %q %q", test.method, test.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if test.method == "HEAD" && w.Body.Len() > 0 {
			t.Errorf("HEAD %s has a body", test.path)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control %q", test.path, w.Header().Get("Cache-Control"))
		}
		tagged := strings.Contains(w.Body.String(), `<script src="/_sunshine/reload.js" data-site="`+p.state.name()+`"></script>`)
		if want := test.media == html && test.method == "GET"; tagged != want {
			t.Errorf("%s: has the reload script: %v", test.path, tagged)
		}
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost//stats/%E7%AB%8B%E6%A1%88?x=1", nil))
	if to := w.Header().Get("Location"); to != "/stats/%E7%AB%8B%E6%A1%88/?x=1" {
		t.Errorf("redirected to %q", to)
	}
	if served, _ := p.state.site.File("index.html"); string(site()[0].Bytes) != string(served) {
		t.Error("the file of the site has changed")
	}
}

func TestHost(t *testing.T) {
	p := newPreview(problem.English)
	p.show(held(site()))
	tests := []struct {
		host string
		want int
	}{
		{"127.0.0.1", 200}, {"127.0.0.1:8080", 200}, {"localhost", 200}, {"LOCALHOST:1", 200}, {"[::1]", 200}, {"[::1]:8080", 200},
		{"", 421}, {"evil.example", 421}, {"evil.example:8080", 421}, {"127.0.0.1.evil.example", 421}, {"localhost.evil.example:8080", 421},
		{"192.168.1.2:8080", 421}, {"0.0.0.0:8080", 421}, {"127.0.0.1:8080:8080", 421}, {"evil.example@127.0.0.1", 421},
	}
	for _, test := range tests {
		for _, path := range []string{"/", "/_sunshine/reload.js", "/_sunshine/events"} {
			if path == "/_sunshine/events" && test.want == 200 {
				continue // would not end
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			r := httptest.NewRequestWithContext(ctx, "GET", path, nil)
			r.Host = test.host
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			cancel()
			if h := w.Header(); h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
				t.Errorf("Host %q, %s: another origin may embed it: %v", test.host, path, h)
			}
			if w.Code != test.want || test.want == 421 && strings.Contains(w.Body.String(), "home") {
				t.Errorf("Host %q, %s: %d, want %d", test.host, path, w.Code, test.want)
			}
		}
	}
}

func TestMessage(t *testing.T) {
	var problems problem.List
	problems.Error(problem.Position{File: "data/stats/a.csv", Line: 4, Column: 2, Cell: "B4"}, problem.CSVNumber,
		problem.Say("“%s”不是整数", `"%s" is not a whole number`, "<b>1</b>"), problem.Say("改正", "mend it"))
	problems.Warn(problem.Position{File: "data/site.yaml"}, problem.SiteTitle, problem.Say("没有电话", "no telephone"), problem.Text{})
	for _, test := range []struct {
		language problem.Language
		want     string
	}{
		{problem.English, `{"site":"s1","title":"Errors: 1, warnings: 1","close":"Close","hint":"Hint: ","problems":[` +
			`{"place":"data/stats/a.csv:4:2 (B4)","severity":"error","label":"error","rule":"csv/number","message":"\"\u003cb\u003e1\u003c/b\u003e\" is not a whole number","hint":"mend it"},` +
			`{"place":"data/site.yaml","severity":"warning","label":"warning","rule":"site/title","message":"no telephone","hint":""}]}`},
		{problem.Chinese, `{"site":"s1","title":"错误1个，警告1个","close":"收起","hint":"提示：","problems":[` +
			`{"place":"data/stats/a.csv:4:2 (B4)","severity":"error","label":"错误","rule":"csv/number","message":"“\u003cb\u003e1\u003c/b\u003e”不是整数","hint":"改正"},` +
			`{"place":"data/site.yaml","severity":"warning","label":"警告","rule":"site/title","message":"没有电话","hint":""}]}`},
	} {
		if got := string(newPreview(test.language).message("s1", problems, nil)); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestUpdate(t *testing.T) {
	p := newPreview(problem.English)
	get := func() (int, string) {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/", nil))
		return w.Code, w.Body.String()
	}
	var failed problem.List
	failed.Error(problem.Position{File: "data/site.yaml"}, problem.SitePath, problem.Say("坏了", "broken"), problem.Text{})

	p.update(failed, nil, false)
	if code, body := get(); code != 503 || !strings.Contains(body, "reload.js") {
		t.Errorf("before the first site: %d %q", code, body)
	}
	p.show(held(site()))
	if !strings.Contains(string(p.current().event), `"severity":"error"`) {
		t.Errorf("what was wrong is not told any more, and nobody has looked yet: %s", p.current().event)
	}
	p.update(nil, nil, true)
	first := p.current().name()
	if code, body := get(); code != 200 || !strings.Contains(body, "home") {
		t.Errorf("after it: %d %q", code, body)
	}
	for _, outcome := range []struct {
		problems problem.List
		err      error
	}{{failed, nil}, {nil, errors.New("disk full")}} {
		p.update(outcome.problems, outcome.err, false)
		if code, body := get(); code != 200 || !strings.Contains(body, "home") || p.current().name() != first {
			t.Errorf("after a bad build the last site is not up: %d %q", code, body)
		}
		if !strings.Contains(string(p.current().event), `"severity":"error"`) {
			t.Errorf("the page is not told: %s", p.current().event)
		}
	}
	p.show(held(site()))
	p.update(nil, nil, true)
	if p.current().name() != first || !strings.Contains(string(p.current().event), `"problems":[]`) {
		t.Errorf("mended to the same site: %s", p.current().event)
	}
	p.show(held(site()[1:]))
	if p.current().name() == first {
		t.Error("another site has the same name")
	}
}

// running is a Serve over a folder whose build reads data/page.txt: its text is
// the home page, "!" in it is an error.
type running struct {
	t      *testing.T
	dir    string
	url    string
	builds atomic.Int64
	block  chan struct{} // nil, or a build waits for it
	stop   func()
}

func start(t *testing.T, text string, block chan struct{}) *running {
	r := &running{t: t, dir: t.TempDir(), block: block}
	r.put("data/page.txt", text)
	ctx, cancel := context.WithCancel(t.Context())
	ready := make(chan string, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(ctx, Options{Dir: r.dir, Build: r.build, Log: io.Discard, Language: problem.English, Ready: func(url string) { ready <- url }})
	}()
	r.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
		ended <- nil
	}
	t.Cleanup(r.stop)
	select {
	case r.url = <-ready:
	case err := <-ended:
		t.Fatalf("Serve: %v", err)
	}
	return r
}

func (r *running) build(ctx context.Context, show func(Site)) (problem.List, error) {
	n := r.builds.Add(1)
	text, err := os.ReadFile(filepath.Join(r.dir, "data", "page.txt"))
	var all []string
	filepath.WalkDir(filepath.Join(r.dir, "data"), func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, d.Name())
		}
		return nil
	})
	if r.block != nil && n > 1 {
		<-r.block
	}
	var problems problem.List
	if err != nil || strings.Contains(string(text), "!") {
		problems.Error(problem.Position{File: "data/page.txt"}, problem.SitePath, problem.Say("坏了", "broken"), problem.Text{})
		return problems, nil
	}
	show(held{{Path: "index.html", Bytes: fmt.Appendf(nil, page, string(text)+" "+strings.Join(all, ","))}})
	return nil, nil
}

func (r *running) put(name, text string) {
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *running) home() string {
	answer, err := http.Get(r.url)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return string(body)
}

// event is what a page is sent.
type event struct {
	Site     string
	Problems []struct{ Message string }
}

// follow gives the events as a page gets them.
func (r *running) follow() <-chan event {
	answer, err := http.Get(r.url + "_sunshine/events")
	if err != nil {
		r.t.Fatal(err)
	}
	events := make(chan event, 100)
	go func() {
		defer close(events)
		defer answer.Body.Close()
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if data, found := strings.CutPrefix(lines.Text(), "data: "); found {
				var e event
				if err := json.Unmarshal([]byte(data), &e); err != nil {
					r.t.Error(err)
				}
				events <- e
			}
		}
	}()
	return events
}

// until reads events until one is as wanted.
func (r *running) until(events <-chan event, what string, wanted func(event) bool) event {
	r.t.Helper()
	late := time.After(20 * time.Second)
	for {
		select {
		case e, open := <-events:
			if !open {
				r.t.Fatalf("the events end before %s", what)
			}
			if wanted(e) {
				return e
			}
		case <-late:
			r.t.Fatalf("no event: %s", what)
		}
	}
}

func TestServe(t *testing.T) {
	r := start(t, "one", nil)
	if !strings.HasPrefix(r.url, "http://127.0.0.1:") {
		t.Errorf("served at %s", r.url)
	}
	events := r.follow()
	last := r.until(events, "the first build", func(e event) bool { return e.Site != "" })
	changed := func(e event) bool { return e.Site != last.Site }
	step := func(what, holds string) {
		t.Helper()
		last = r.until(events, what, changed)
		for !strings.Contains(r.home(), holds) { // a new folder and its file may be two builds
			last = r.until(events, what, changed)
		}
	}

	r.put("data/page.txt", "two")
	step("a changed file", "two page.txt")

	r.put("data/page.txt", "three!")
	broken := r.until(events, "a problem", func(e event) bool { return len(e.Problems) > 0 })
	if broken.Site != last.Site || !strings.Contains(r.home(), "two") {
		t.Error("the last good site is not up")
	}
	r.put("data/page.txt", "two")
	r.until(events, "no problem", func(e event) bool { return len(e.Problems) == 0 && e.Site == last.Site })

	// As editors save: a new file renamed over the old.
	r.put("data/page.txt~", "four")
	if err := os.Rename(filepath.Join(r.dir, "data/page.txt~"), filepath.Join(r.dir, "data/page.txt")); err != nil {
		t.Fatal(err)
	}
	step("a file renamed over", "four page.txt<")

	r.put("data/new/deep/a.txt", "")
	step("a new folder", "a.txt,")
	r.put("data/new/deep/b.txt", "")
	step("a file in a new folder", "a.txt,b.txt,")
	if err := os.RemoveAll(filepath.Join(r.dir, "data/new")); err != nil {
		t.Fatal(err)
	}
	step("a folder removed", "four page.txt<")
	r.put("data/new/deep/c.txt", "")
	step("the folder again", "c.txt,")

	if err := os.Rename(filepath.Join(r.dir, "data"), filepath.Join(r.dir, "away")); err != nil {
		t.Fatal(err)
	}
	r.until(events, "data/ gone", func(e event) bool { return len(e.Problems) > 0 })
	r.put("data/page.txt", "five")
	step("data/ again", "five page.txt<")

	before := r.builds.Load()
	r.put("templates/home.html", "")
	r.put("public/index.html", "not watched")
	for r.builds.Load() == before { // the first templates/ of the folder
		time.Sleep(10 * time.Millisecond)
	}

	// The streams of pages that are open do not hold up the end.
	r.stop()
	for range events {
	}
	if _, err := http.Get(r.url); err == nil {
		t.Error("still served after the end")
	}
}

func TestServeFirstBuildFails(t *testing.T) {
	r := start(t, "broken!", nil)
	if got := r.home(); !strings.Contains(got, "reload.js") {
		t.Errorf("no page for the overlay: %q", got)
	}
	events := r.follow()
	if e := r.until(events, "the problem", func(e event) bool { return len(e.Problems) == 1 }); e.Problems[0].Message != "broken" || e.Site != "" {
		t.Errorf("event %+v", e)
	}
	r.put("data/page.txt", "mended")
	r.until(events, "the mended site", func(e event) bool { return e.Site != "" })
	if got := r.home(); !strings.Contains(got, "mended") {
		t.Errorf("home: %q", got)
	}
}

// Changes during a build make one more build, however many they are.
func TestServeQueueOfOne(t *testing.T) {
	block := make(chan struct{})
	r := start(t, "one", block)
	events := r.follow()
	r.put("data/page.txt", "two")
	for r.builds.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	for i := range 50 { // while the second build runs
		r.put("data/page.txt", fmt.Sprint("version ", i))
		r.put(fmt.Sprintf("data/busy/%d.txt", i), "")
	}
	close(block)
	last := ""
	r.until(events, "the last change", func(e event) bool {
		last = r.home()
		return strings.Contains(last, "version 49")
	})
	if n := r.builds.Load(); n > 4 {
		t.Errorf("%d builds for a change and a burst", n)
	}
}

// A build whose site is shown and that is only being checked any more is given up when
// something changes.
func TestGivenUp(t *testing.T) {
	dir := t.TempDir()
	put := func(text string) {
		if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "data/page.txt"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("one")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var builds atomic.Int64
	ready, begun, ended := make(chan string, 1), make(chan struct{}, 3), make(chan error, 1)
	go func() {
		ended <- Serve(ctx, Options{Dir: dir, Log: io.Discard, Language: problem.English, Ready: func(url string) { ready <- url },
			Build: func(ctx context.Context, show func(Site)) (problem.List, error) {
				n := builds.Add(1)
				if n == 2 { // there is nothing to show, and the check is given up all the same
					show(nil)
				} else {
					show(held(site()))
				}
				if n <= 3 {
					begun <- struct{}{}
				}
				<-ctx.Done() // the check would take for ever
				return nil, ctx.Err()
			}})
	}()
	<-ready
	for _, text := range []string{"", "two", "three"} {
		if text != "" {
			put(text)
		}
		select {
		case <-begun:
		case <-ctx.Done():
			t.Fatal("the check is waited for")
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A folder in which something changes all the time is built all the same.
func TestServeBusyFolder(t *testing.T) {
	r := start(t, "one", nil)
	events := r.follow()
	last := r.until(events, "the first build", func(e event) bool { return e.Site != "" })
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-quit:
				return
			case <-time.After(quiet / 10):
				r.put("data/page.txt", fmt.Sprint("version ", i))
			}
		}
	}()
	for range 2 {
		last = r.until(events, "a build while the folder is busy", func(e event) bool { return e.Site != last.Site })
	}
	close(quit)
	<-done
}

func TestPortTaken(t *testing.T) {
	first, err := Listen(0, problem.English)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	var port int
	fmt.Sscanf(first.Addr().String(), "127.0.0.1:%d", &port)
	second, err := Listen(port, problem.English)
	if err != nil {
		t.Fatalf("no other port than %d: %v", port, err)
	}
	defer second.Close()
	if first.Addr().String() == second.Addr().String() {
		t.Error("one port twice")
	}
}
