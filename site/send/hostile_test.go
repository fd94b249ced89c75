package send

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// sshAt serves SFTP with the handlers on a port of this machine, and gives an address
// and an environment that reach it.
func sshAt(t *testing.T, handlers sftp.Handlers) (address string, env func(string) string) {
	t.Helper()
	home := t.TempDir()
	signer := func() (ssh.Signer, []byte) {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ssh.NewSignerFromKey(private)
		if err != nil {
			t.Fatal(err)
		}
		block, err := ssh.MarshalPrivateKey(private, "")
		if err != nil {
			t.Fatal(err)
		}
		return s, pem.EncodeToMemory(block)
	}
	host, _ := signer()
	_, key := signer()
	config := &ssh.ServerConfig{PublicKeyCallback: func(ssh.ConnMetadata, ssh.PublicKey) (*ssh.Permissions, error) { return nil, nil }}
	config.AddHostKey(host)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				_, channels, requests, err := ssh.NewServerConn(raw, config)
				if err != nil {
					return
				}
				go ssh.DiscardRequests(requests)
				for c := range channels {
					channel, requests, err := c.Accept()
					if err != nil {
						return
					}
					go func() {
						for r := range requests {
							r.Reply(r.Type == "subsystem", nil)
						}
					}()
					go sftp.NewRequestServer(channel, handlers).Serve()
				}
			}()
		}
	}()
	put := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(home, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("key", string(key))
	_, port, _ := net.SplitHostPort(l.Addr().String())
	put(".ssh/known_hosts", "[127.0.0.1]:"+port+" "+string(ssh.MarshalAuthorizedKey(host.PublicKey())))
	env = func(name string) string {
		return map[string]string{"HOME": home, "SUNSHINE_SSH_KEY": filepath.Join(home, "key")}[name]
	}
	return "sftp://me@127.0.0.1:" + port + "/web", env
}

// hostile is a server that answers with what no server has.
type hostile struct {
	names    func(n int64) string // in every folder, without an end
	manifest string
	silent   chan bool // while it is open nothing is answered
	opened   atomic.Int64
}

func (h *hostile) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	switch {
	case r.Method == "Stat" || r.Method == "Lstat":
		if r.Filepath == "/web" {
			return once{r.Filepath, 0, fs.ModeDir | 0o755}, nil
		}
		if r.Filepath == "/web/manifest.json" && h.manifest != "" || strings.HasSuffix(r.Filepath, ".html") {
			return once{r.Filepath, 1 << 50, 0o644}, nil
		}
		return nil, os.ErrNotExist
	}
	if h.silent != nil {
		<-h.silent
	}
	return h, nil
}

func (h *hostile) ListAt(all []fs.FileInfo, at int64) (int, error) {
	for i := range all {
		all[i] = once{h.names(at + int64(i)), 0, 0o644}
	}
	return len(all), nil
}

func (h *hostile) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	h.opened.Add(1)
	return endless{h.manifest, strings.HasSuffix(r.Filepath, "manifest.json")}, nil
}
func (h *hostile) Filewrite(*sftp.Request) (io.WriterAt, error) { return nil, os.ErrPermission }
func (h *hostile) Filecmd(*sftp.Request) error                  { return os.ErrPermission }

type endless struct {
	text  string
	whole bool
}

func (e endless) ReadAt(p []byte, at int64) (int, error) {
	for i := range p {
		p[i] = ' '
		if int(at)+i < len(e.text) && e.whole {
			p[i] = e.text[int(at)+i]
		}
	}
	return len(p), nil
}

type once struct {
	path string
	size int64
	mode fs.FileMode
}

func (o once) Name() string       { return o.path }
func (o once) Size() int64        { return o.size }
func (o once) Mode() fs.FileMode  { return o.mode }
func (o once) ModTime() time.Time { return time.Time{} }
func (o once) IsDir() bool        { return o.mode.IsDir() }
func (o once) Sys() any           { return nil }
func (o once) ListAt(all []fs.FileInfo, at int64) (int, error) {
	if at > 0 || len(all) == 0 {
		return 0, io.EOF
	}
	all[0] = o
	return 1, io.EOF
}

// A server that lists names without an end, that sends a file without an end, or that is
// silent, costs a message and neither the memory nor the day.
func TestHostileServer(t *testing.T) {
	waitWas, speedWas, listingWas := maxWait, minSpeed, maxListing
	maxWait, maxListing = 5*time.Second, 4<<20
	defer func() { maxWait, minSpeed, maxListing = waitWas, speedWas, listingWas }()
	look := func(h *hostile) error {
		address, env := sshAt(t, sftp.Handlers{FileGet: h, FilePut: h, FileCmd: h, FileList: h})
		target, err := Open(context.Background(), address, true, env)
		if err != nil {
			return err
		}
		defer target.Close()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = target.Look(context.Background(), nil)
		runtime.ReadMemStats(&after)
		if grown := after.HeapInuse - before.HeapInuse; after.HeapInuse > before.HeapInuse && grown > 512<<20 {
			t.Errorf("%d MB are held", grown>>20)
		}
		return err
	}
	want(t, look(&hostile{names: func(n int64) string { return fmt.Sprintf("../../%d/%s", n, strings.Repeat("x", 200)) }}), "publish/system", "more than a site can be")
	want(t, look(&hostile{names: func(int64) string { return "x" }, manifest: `{"generator":"sunshine test"}`}), "publish/", "too large")
	maxWait, minSpeed, maxListing = 200*time.Millisecond, 1<<40, 4<<20
	silent := &hostile{names: func(int64) string { return "x" }, silent: make(chan bool)}
	defer close(silent.silent)
	want(t, look(silent), "publish/unreachable", "does not answer, or is too slow")
}

// Names of a server never lead out of the target, nor into the middle of it.
func TestHostileNames(t *testing.T) {
	s := &server{dir: "/web"}
	if got := s.path("a/b"); got != "/web/a/b" {
		t.Error(got)
	}
	for _, name := range []string{"../x", "lock", "journal", "0123", strings.Repeat("a", 32) + "/..", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
		if ours.MatchString(name) {
			t.Errorf("%q is taken for a file of ours", name)
		}
	}
	for _, name := range []string{strings.Repeat("0", 32), "ABCDEFGHIJKLMNOPQRSTUVWXY2.part"} {
		if !ours.MatchString(name) {
			t.Errorf("%q is not known", name)
		}
	}
}

// gone is a host that cannot be found, and one where nobody listens.
func TestUnreachable(t *testing.T) {
	_, env := sshAt(t, sftp.Handlers{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	_, err = Open(context.Background(), fmt.Sprintf("sftp://me@127.0.0.1:%d/web", port), false, env)
	want(t, err, "publish/unreachable", "takes no connection on this port")
	want(t, (&Target{Address: "x"}).failed(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "wbe.example"}}), "publish/unreachable", "the host wbe.example cannot be found")
	want(t, (&Target{Address: "x"}).failed(io.ErrUnexpectedEOF), "publish/unreachable", "the connection was lost")
	want(t, (&Target{Address: "x"}).failed(context.DeadlineExceeded), "publish/unreachable")
}

// bucketAt gives an environment that reaches a store.
func bucketAt(url string) func(string) string {
	return func(name string) string {
		return map[string]string{"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"}[name]
	}
}

// What a store says is told in words, each with what to do.
func TestBucketSays(t *testing.T) {
	ctx := context.Background()
	for code, c := range map[string]struct {
		status int
		says   string
	}{
		"NoSuchBucket":          {404, "publish/missing"},
		"AccessDenied":          {403, "publish/refused"},
		"SignatureDoesNotMatch": {403, "publish/refused"},
		"RequestTimeTooSkewed":  {403, "publish/clock"},
		"QuotaExceeded":         {403, "publish/full"},
		"Unheard":               {400, "publish/system"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(c.status)
			fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>said so</Message></Error>`, code)
		}))
		target, err := Open(ctx, "s3://web/site", false, bucketAt(server.URL))
		if err != nil {
			t.Fatal(err)
		}
		_, err = target.Look(ctx, nil)
		want(t, err, c.says)
		server.Close()
	}
	// The real server says it in its own way.
	backend := s3mem.New()
	store := gofakes3.New(backend, gofakes3.WithTimeSkewLimit(0)).Server()
	var kept sync.Map // Cache-Control of what was put, which this server forgets
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			kept.Store(r.URL.Path, r.Header.Get("Cache-Control"))
		}
		store.ServeHTTP(w, r)
	}))
	defer server.Close()
	target, err := Open(ctx, "s3://web/site", false, bucketAt(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	_, err = target.Look(ctx, nil)
	want(t, err, "publish/missing", `there is no bucket "web"`)
	if err := backend.CreateBucket("web"); err != nil {
		t.Fatal(err)
	}
	if _, err := backend.PutObject("web", "site/theirs.txt", map[string]string{}, strings.NewReader("x"), 1, nil); err != nil {
		t.Fatal(err)
	}
	_, err = target.Look(ctx, nil)
	want(t, err, "publish/foreign", "theirs.txt")
	if _, err := backend.PutObject("web", "other/theirs.txt", map[string]string{}, strings.NewReader("x"), 1, nil); err != nil {
		t.Fatal(err)
	}
	if target, err = Open(ctx, "s3://web/new", false, bucketAt(server.URL)); err != nil {
		t.Fatal(err)
	}
	s := siteOf("index.html", "1", "assets/a.1.css", "1", "stats/a/a.csv", "1")
	if _, err := carry(ctx, target, s); err != nil {
		t.Fatal(rule(err))
	}
	for name, header := range map[string][2]string{
		"index.html": {"text/html; charset=utf-8", "no-cache"}, "stats/a/a.csv": {"text/csv; charset=utf-8", "no-cache"},
		"assets/a.1.css": {"text/css; charset=utf-8", "public, max-age=31536000, immutable"},
	} {
		o, err := backend.HeadObject("web", "new/"+name)
		if err != nil {
			t.Fatal(err)
		}
		cache, _ := kept.Load("/web/new/" + name)
		if got := [2]string{o.Metadata["Content-Type"], fmt.Sprint(cache)}; got != header {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A store that lists without an end, or sends a file without an end, is given up.
func TestHostileBucket(t *testing.T) {
	waitWas, speedWas, listingWas := maxWait, minSpeed, maxListing
	maxWait, minSpeed, maxListing = 5*time.Second, 1<<20, 1<<20
	defer func() { maxWait, minSpeed, maxListing = waitWas, speedWas, listingWas }()
	var mode atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Query().Has("list-type"):
			io.WriteString(w, `<?xml version="1.0"?><ListBucketResult>`)
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat(`<Contents><Key>../../x</Key></Contents>`, 1000)); err != nil {
					return
				}
			}
		case strings.HasSuffix(r.URL.Path, "manifest.json") && mode.Load() == 1:
			w.Header().Set("Last-Modified", time.Unix(0, 0).UTC().Format(http.TimeFormat))
			w.Header().Set("ETag", `"x"`)
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		default:
			w.WriteHeader(404)
			io.WriteString(w, `<Error><Code>NoSuchKey</Code></Error>`)
		}
	}))
	defer server.Close()
	target, err := Open(context.Background(), "s3://web/site", false, bucketAt(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	_, err = target.Look(context.Background(), nil)
	want(t, err, "publish/", "sends more than a site can be")
	mode.Store(1)
	_, err = target.Look(context.Background(), nil)
	want(t, err, "publish/", "too large")
}

// A note that has no end is not read to it.
func TestNoteIsBounded(t *testing.T) {
	dir := t.TempDir()
	target := folderAt(t, dir)
	if err := os.MkdirAll(filepath.Join(dir, workDir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, workDir, lockNote), make([]byte, maxLock+1), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := target.Lock(context.Background(), Who{"zhang", "pc", 1, time.Now})
	want(t, err, "publish/", "too large")
}

// A server that known_hosts does not have, or has with another key, is not logged in to.
func TestHostKey(t *testing.T) {
	h := &hostile{names: func(int64) string { return "x" }}
	address, env := sshAt(t, sftp.Handlers{FileGet: h, FilePut: h, FileCmd: h, FileList: h})
	file := filepath.Join(env("HOME"), ".ssh", "known_hosts")
	known, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for text, says := range map[string]string{
		"":            "this server was not met before",
		"# nothing\n": "SHA256:",
		"@revoked * " + strings.SplitN(string(known), " ", 2)[1]: "a key that was revoked",
		"no line": "known_hosts, which holds the keys of servers, cannot be read",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(context.Background(), address, true, env)
		want(t, err, "publish/host-key", says)
	}
	if err := os.WriteFile(file, known, 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := Open(context.Background(), address, true, env)
	if err != nil {
		t.Fatal(rule(err))
	}
	target.Close()
}

// What is no file of a key is not read as one.
func TestKeyIsBounded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, make([]byte, maxKey+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, filepath.Dir(file), file + "s"} {
		_, done, err := keys("sftp://x", func(variable string) string {
			return map[string]string{"SUNSHINE_SSH_KEY": name}[variable]
		})
		done()
		want(t, err, "which is no file of a key")
	}
}
