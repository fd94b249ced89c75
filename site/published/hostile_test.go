package published

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// hasten makes what is slow slow at once.
func hasten(t *testing.T) {
	t.Helper()
	wait, speed, slow := maxWait, minSpeed, maxSlow
	t.Cleanup(func() { maxWait, minSpeed, maxSlow = wait, speed, slow })
	maxWait, minSpeed = 200*time.Millisecond, 1<<10
}

// manifestOf names files of these texts.
func manifestOf(files ...string) []byte {
	m := write.Manifest{Generator: "sunshine test"}
	for i := 0; i < len(files); i += 2 {
		m.Files = append(m.Files, write.Digest{Path: files[i], SHA256: bureau.SHA256([]byte(files[i+1])), Size: int64(len(files[i+1]))})
	}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return text
}

// serving serves a manifest of files, which a handler may send in its own way: it tells
// whether it did.
func serving(t *testing.T, manifest []byte, files map[string]string, own func(w http.ResponseWriter, r *http.Request) bool) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		switch text, there := files[name]; {
		case own != nil && own(w, r):
		case name == write.ManifestName:
			w.Write(manifest)
		case there:
			w.Write([]byte(text))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// said gives the problems as <file> <rule> <message>, a line each.
func said(problems problem.List, place string) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s\n", strings.TrimPrefix(p.File, place+"/"), p.Rule, p.Message.EN)
	}
	return b.String()
}

// A server may send a file in any way but the right one: each is said, with its reason,
// and costs a moment.
func TestServerSendsInItsOwnWay(t *testing.T) {
	hasten(t)
	const page, text = "index.html", "<p>破案 12 起"
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write([]byte(text))
	z.Close()
	dribble := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(text)))
		for i := 0; i < len(text) && r.Context().Err() == nil; i++ {
			w.Write([]byte(text[i : i+1]))
			w.(http.Flusher).Flush()
			time.Sleep(100 * time.Millisecond)
		}
	}
	for name, c := range map[string]struct {
		send func(w http.ResponseWriter, r *http.Request)
		want string
	}{
		"as it is":             {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(text)) }, ""},
		"a byte at a time":     {dribble, "index.html verify/unreadable the file cannot be read: the server is too slow, and was given up\n"},
		"no answer":            {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "index.html verify/unreadable the file cannot be read: the server does not answer\n"},
		"headers, and no body": {func(w http.ResponseWriter, r *http.Request) { w.(http.Flusher).Flush(); <-r.Context().Done() }, "index.html verify/unreadable the file cannot be read: the server is too slow, and was given up\n"},
		"less than it says": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			w.Write([]byte(text))
		}, "index.html verify/unreadable the file cannot be read: unexpected EOF\n"},
		"more than it says": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				panic(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n%s", text)
		}, "index.html verify/differs the file differs from what the manifest says\n"},
		"more than there is": {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(text + " ")) }, "index.html verify/differs the file differs from what the manifest says\n"},
		"nothing":            {func(http.ResponseWriter, *http.Request) {}, "index.html verify/differs the file differs from what the manifest says\n"},
		"not found":          {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "index.html verify/missing the file is in the manifest but is missing\n"},
		"a part": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusPartialContent)
			w.Write([]byte(text))
		}, "index.html verify/unreadable the file cannot be read: 206 Partial Content\n"},
		"the listing of a folder": {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<h1>Index of /</h1>")) }, "index.html verify/differs the file differs from what the manifest says\n"},
		"to another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.2:9/x", http.StatusFound)
		}, "index.html verify/unreadable the file cannot be read: it leads on to another address, \"http://127.0.0.2:9\"\n"},
		"compressed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zipped.Bytes())
		}, "index.html verify/unreadable the file cannot be read: the server encoded it as gzip, which nobody asked for\n"},
	} {
		t.Run(name, func(t *testing.T) {
			place := serving(t, manifestOf(page, text), nil, func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != "/"+page {
					return false
				}
				if r.Header.Get("Accept-Encoding") != "identity" || r.Method != http.MethodGet {
					t.Errorf("asked for with %s and Accept-Encoding %q", r.Method, r.Header.Get("Accept-Encoding"))
				}
				c.send(w, r)
				return true
			})
			begin := time.Now()
			_, problems, err := verify(place, 1)
			if got := said(problems, place); got != c.want || err != nil {
				t.Errorf("got  %swant %s%v", got, c.want, err)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// A server that is slow with every file is given up after a few, and all are named.
func TestSlowServerIsGivenUp(t *testing.T) {
	hasten(t)
	var files []string
	for i := range 200 {
		files = append(files, fmt.Sprintf("%03d.html", i), "x")
	}
	asked := make(chan string, 1000)
	place := serving(t, manifestOf(files...), nil, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/"+write.ManifestName {
			return false
		}
		asked <- r.URL.Path
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return true
	})
	begin := time.Now()
	_, problems, err := verify(place, 2)
	if took := time.Since(begin); took > 5*time.Second || len(asked) > 6 {
		t.Errorf("it took %v and asked %d times", took, len(asked))
	}
	if len(problems) != 200 || err != nil {
		t.Errorf("%d files are named, not 200; %v", len(problems), err)
	}
}

// From https nothing leads to http, whatever the host.
func TestNoWayOutOfHTTPS(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Error("asked for", r.URL) }))
	defer plain.Close()
	var server *httptest.Server
	server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/" + write.ManifestName:
			w.Write(manifestOf("a", "x", "b", "x"))
		case "/a":
			http.Redirect(w, r, strings.Replace(server.URL, "https:", "http:", 1)+"/b", http.StatusFound)
		case "/b":
			w.Write([]byte("x"))
		}
	}))
	defer server.Close()
	transport := http.DefaultTransport.(*http.Transport)
	before := transport.TLSClientConfig
	defer func() { transport.TLSClientConfig = before }()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	transport.TLSClientConfig.RootCAs = pool
	_, problems, err := verify(server.URL, 1)
	want := fmt.Sprintf("a verify/unreadable the file cannot be read: it leads on to another address, \"%s\"\n", strings.Replace(server.URL, "https:", "http:", 1))
	if got := said(problems, server.URL); got != want || err != nil {
		t.Errorf("got  %swant %s%v", got, want, err)
	}
}

// A manifest may name anything.
func TestManifestNamesAnything(t *testing.T) {
	hasten(t)
	place := serving(t, manifestOf("a", "x", "b", "y", "a", "y", "a", "x"), map[string]string{"a": "x", "b": "y"}, nil)
	_, problems, err := verify(place, 2)
	want := "manifest.json verify/twice the manifest names \"a\" twice\n"
	if got := said(problems, place); got != want || err != nil {
		t.Errorf("got  %swant %s%v", got, want, err)
	}

	endless := func(w http.ResponseWriter, r *http.Request) bool {
		for block := bytes.Repeat([]byte(" "), 1<<16); r.Context().Err() == nil; {
			if _, err := w.Write(block); err != nil {
				break
			}
		}
		return true
	}
	if _, err := Open(context.Background(), serving(t, nil, nil, endless)); !errors.Is(err, folder.ErrTooLarge) {
		t.Errorf("a manifest without an end: %v", err)
	}
	var slow *os.PathError
	if _, err := Open(context.Background(), serving(t, nil, nil, func(w http.ResponseWriter, r *http.Request) bool {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return true
	})); !errors.Is(err, errSlow) || errors.As(err, &slow) {
		t.Errorf("a manifest that does not come: %v", err)
	}
	for name, text := range map[string]string{"the listing of a folder": "<h1>Index of /</h1>", "another's manifest": `{"generator":"hugo","files":[]}`, "nothing": "", "deep": strings.Repeat("[", 1<<20)} {
		if _, err := Open(context.Background(), serving(t, []byte(text), nil, nil)); !errors.Is(err, ErrNoManifest) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a manifest claims has bounds as a whole: in what is read, and in what is kept.
func TestSiteIsBounded(t *testing.T) {
	size, keeps := maxSite, maxKept
	defer func() { maxSite, maxKept = size, keeps }()
	maxSite, maxKept = 10, 7
	text := map[string]string{"a": "12345", "b": "12345", "c": "12345"}
	place := serving(t, manifestOf("a", text["a"], "b", text["b"], "c", text["c"]), text, nil)
	_, problems, err := verify(place, 1)
	if got, want := said(problems, place), "c verify/unreadable the file cannot be read: the site as a whole is too large\n"; got != want || err != nil {
		t.Errorf("got  %swant %s%v", got, want, err)
	}
	s, err := Open(context.Background(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if data, err := s.File(context.Background(), "a"); string(data) != text["a"] || err != nil {
		t.Errorf("%q %v", data, err)
	}
	if _, err := s.File(context.Background(), "b"); !errors.Is(err, folder.ErrTooLarge) {
		t.Errorf("more is kept than may be: %v", err)
	}
}

// What is no file does not hold up who looks through a folder, and is named.
func TestFolderOfNoFiles(t *testing.T) {
	for name, put := range notFiles {
		t.Run(name, func(t *testing.T) {
			out := written(t)
			for _, at := range []string{"index.html", "beside", "manifest.sig"} {
				path := filepath.Join(out, at)
				os.Remove(path)
				if err := put(path); err != nil {
					t.Skip(err)
				}
			}
			done := make(chan string, 1)
			go func() {
				_, problems, err := verify(out, 2)
				done <- fmt.Sprint(listed(problems, filepath.ToSlash(out)+"/"), err)
			}()
			select {
			case got := <-done:
				if got != "beside verify/stranger\nindex.html verify/unreadable\nmanifest.sig verify/stranger\n<nil>" {
					t.Error(got)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("it waits")
			}
			path := filepath.Join(out, write.ManifestName)
			os.Remove(path)
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(context.Background(), out); err == nil || errors.Is(err, ErrNoManifest) {
				t.Errorf("a manifest that is no file: %v", err)
			}
		})
	}
}
