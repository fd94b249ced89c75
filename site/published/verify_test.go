package published

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// verify opens a place and holds it against itself.
func verify(place string, jobs int) (Verified, problem.List, error) {
	s, err := Open(context.Background(), place)
	if err != nil {
		return Verified{}, nil, err
	}
	defer s.Close()
	return Verify(context.Background(), s, Against{}, jobs)
}

// written writes a small site and gives its folder.
func written(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	files := []bureau.File{
		{Path: "index.html", Bytes: []byte("<p>首页")}, {Path: "robots.txt", Bytes: []byte("User-agent: *\n")},
		{Path: "stats/治安 案件/index.html", Bytes: []byte("<p>12")}, {Path: "empty", Bytes: nil},
	}
	if _, err := write.Site(out, filepath.Join(t.TempDir(), "data"), files, write.Manifest{Generator: "sunshine test"}, 1); err != nil {
		t.Fatal(err)
	}
	return out
}

func spoil(t *testing.T, out string) {
	t.Helper()
	for name, text := range map[string]string{"index.html": "<p>首頁", "robots.txt": "User-agent: *\nx", "empty": " "} {
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(out, "stats")); err != nil {
		t.Fatal(err)
	}
}

// listed gives the problems as <file> <rule>, a line each, without the place of the site.
func listed(problems problem.List, place string) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(strings.TrimPrefix(p.File, place) + " " + p.Rule.String() + "\n")
	}
	return b.String()
}

func TestVerifyServed(t *testing.T) {
	out := written(t)
	server := httptest.NewServer(http.StripPrefix("/sub", http.FileServer(http.Dir(out))))
	defer server.Close()
	for _, address := range []string{server.URL + "/sub/", server.URL + "/sub", strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/sub/?q#f"} {
		if n, problems, err := verify(address, 2); n.Files != 4 || len(problems) > 0 || err != nil {
			t.Error(address, n, problems, err)
		}
	}
	spoil(t, out)
	_, problems, err := verify(server.URL+"/sub/", 2)
	if err != nil {
		t.Fatal(err)
	}
	if got := listed(problems, server.URL+"/sub/"); got != "empty verify/differs\nindex.html verify/differs\nrobots.txt verify/differs\nstats/治安 案件/index.html verify/missing\n" {
		t.Error(got)
	}
}

func TestVerifyFolder(t *testing.T) {
	out := written(t)
	if n, problems, err := verify(out, 2); n.Files != 4 || len(problems) > 0 || err != nil {
		t.Error(n, problems, err)
	}
	spoil(t, out)
	if err := os.MkdirAll(filepath.Join(out, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".git/HEAD", ".htaccess", ".gitkeep", "sub/.gitkeep"} {
		os.MkdirAll(filepath.Join(out, filepath.Dir(name)), 0o755)
		if err := os.WriteFile(filepath.Join(out, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, problems, err := verify(out, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := ".htaccess verify/stranger\nempty verify/differs\nindex.html verify/differs\nrobots.txt verify/differs\nstats/治安 案件/index.html verify/missing\nsub/.gitkeep verify/stranger\n"
	if got := listed(problems, filepath.ToSlash(out)+"/"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if err := os.WriteFile(filepath.Join(out, ".gitkeep"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, problems, _ := verify(out, 2); !strings.Contains(listed(problems, filepath.ToSlash(out)+"/"), ".gitkeep verify/stranger") {
		t.Errorf("a placeholder that holds something: %v", problems)
	}
}

// A server may lie, stall or send elsewhere; it costs a problem, not the machine.
func TestVerifyHostile(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.Error("asked for", r.URL) }))
	defer elsewhere.Close()
	const sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" // of nothing
	manifest := `{"generator":"sunshine test","files":[
{"path":"redirected","sha256":"` + sum + `","size":0},
{"path":"circle","sha256":"` + sum + `","size":0},
{"path":"endless","sha256":"` + sum + `","size":0},
{"path":"error","sha256":"` + sum + `","size":0},
{"path":"../outside","sha256":"` + sum + `","size":0},
{"path":"/outside","sha256":"` + sum + `","size":-1},
{"path":"negative","sha256":"` + sum + `","size":-9223372036854775808}]}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/manifest.json":
			w.Write([]byte(manifest))
		case "/redirected":
			http.Redirect(w, r, elsewhere.URL+"/redirected", http.StatusFound)
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		case "/error":
			w.WriteHeader(http.StatusInternalServerError)
		case "/negative":
		default:
			t.Error("asked for", r.URL)
		}
	}))
	defer server.Close()
	_, problems, err := verify(server.URL, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := "circle verify/unreadable\nendless verify/differs\nerror verify/unreadable\nmanifest.json verify/path\nmanifest.json verify/path\nnegative verify/differs\nredirected verify/unreadable\n"
	if got := listed(problems, server.URL+"/"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestVerifyNothing(t *testing.T) {
	empty := httptest.NewServer(http.NotFoundHandler())
	defer empty.Close()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{}")) }))
	defer page.Close()
	for place, want := range map[string]error{
		t.TempDir(): ErrNoManifest, empty.URL: ErrNoManifest, page.URL: ErrNoManifest,
		"http://": ErrAddress, "http://[::1": ErrAddress, "http://user:word@127.0.0.1/": ErrAddress,
		filepath.Join(t.TempDir(), "none"): os.ErrNotExist,
	} {
		if _, _, err := verify(place, 1); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", place, err, want)
		}
	}
}

// security/verify-forged: who changes a page can make the manifest fit it; the
// manifest's own sum tells.
func TestVerifyForged(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build := func(t *testing.T, out, name, text string) write.Report {
		t.Helper()
		report, err := write.Site(out, filepath.Join(t.TempDir(), "data"), []bureau.File{{Path: name, Bytes: []byte(text)}}, write.Manifest{Generator: "sunshine test"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	put := func(t *testing.T, out, name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	report := build(t, out, "index.html", "破案 12 起")
	verified := func() string {
		t.Helper()
		v, problems, err := verify(out, 1)
		if len(problems) > 0 || err != nil {
			t.Fatal(problems, err)
		}
		return v.Manifest
	}
	text, err := os.ReadFile(filepath.Join(out, write.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	if sum := verified(); sum != report.Manifest || sum != fmt.Sprintf("%x", sha256.Sum256(text)) {
		t.Errorf("the build says %s, verify %s", report.Manifest, sum)
	}
	if again := build(t, out, "index.html", "破案 12 起"); again.Manifest != report.Manifest {
		t.Errorf("the same site has another sum: %s", again.Manifest)
	}
	page := "破案 92 起"
	put(t, out, "index.html", page)
	forged := strings.Replace(string(text), bureau.SHA256([]byte("破案 12 起")), bureau.SHA256([]byte(page)), 1)
	put(t, out, write.ManifestName, forged)
	if sum := verified(); sum == report.Manifest {
		t.Error("a forged manifest has the sum of the true one")
	}
}
