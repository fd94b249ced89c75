package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunshine/site/published"
	writer "sunshine/site/write"
)

// needsServers skips a test where only a few seconds are to be spent. make test installs
// what the others need.
func needsServers(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short leaves the servers out")
	}
}

// A server that is not known is refused with its fingerprint; when it is entered as the
// hint says it is reached. Another key than the known one is never accepted.
func TestPublishHostKey(t *testing.T) {
	needsServers(t)
	s, dir := openSSH(t), smallBureau(t)
	web := filepath.Join(t.TempDir(), "web")
	p := inFolder(s.address(web), web, s.env())
	known := filepath.Join(s.home, ".ssh/known_hosts")
	if err := os.Remove(known); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := p.run(t, dir)
	if code != 1 || !strings.Contains(stderr, "[publish/host-key]") || !strings.Contains(stderr, s.fingerprint) || !strings.Contains(stderr, "run ssh -p "+s.port+" "+s.user+"@127.0.0.1 and answer yes") {
		t.Fatalf("%d %s", code, stderr)
	}
	// what ssh does when it is told yes
	text, err := exec.Command("/usr/bin/ssh-keyscan", "-t", "ed25519", "-p", s.port, "127.0.0.1").Output()
	if err != nil {
		t.Fatal(err)
	}
	write(t, known, text)
	p.must(t, dir)
	p.same(t, dir)
	newKey(t, filepath.Join(s.home, "another"))
	another, err := os.ReadFile(filepath.Join(s.home, "another.pub"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, known, []byte("[127.0.0.1]:"+s.port+" "+string(another)))
	if code, _, stderr := p.run(t, dir); code != 1 || !strings.Contains(stderr, "the server's key has changed") || !strings.Contains(stderr, s.fingerprint) {
		t.Errorf("%d %s", code, stderr)
	}
	// A key that the server does not take
	write(t, known, []byte(s.known))
	newKey(t, filepath.Join(s.home, "stranger"))
	p.env = append(p.env, "SUNSHINE_SSH_KEY="+filepath.Join(s.home, "stranger"))
	if code, _, stderr := p.run(t, dir); code != 1 || !strings.Contains(stderr, "[publish/refused]") || !strings.Contains(stderr, "authorized_keys") {
		t.Errorf("%d %s", code, stderr)
	}
	p.env = append(p.env, "SUNSHINE_SSH_KEY="+filepath.Join(s.home, "stranger.pub"))
	if code, _, stderr := p.run(t, dir); code != 2 || !strings.Contains(stderr, "it is not the .pub file") {
		t.Errorf("%d %s", code, stderr)
	}
	// No folder to write in, and a folder that may not be written
	p.env = s.env()
	p.to = s.address(filepath.Join(web, "not/there"))
	if code, _, stderr := p.run(t, dir); code != 1 || !strings.Contains(stderr, "[publish/missing]") {
		t.Errorf("%d %s", code, stderr)
	}
}

// cutting passes connections on to a server and cuts each after so many bytes.
func cutting(t *testing.T, port string, after *atomic.Int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", "127.0.0.1:"+port)
			if err != nil {
				near.Close()
				continue
			}
			go func() { io.Copy(near, far); near.Close() }()
			go func() {
				io.Copy(far, io.LimitReader(near, after.Load()))
				near.(*net.TCPConn).SetLinger(0)
				near.Close()
				far.Close()
			}()
		}
	}()
	_, cut, _ := net.SplitHostPort(l.Addr().String())
	return cut
}

// settled is what is public once the server has done what had reached it: it goes on for
// a moment after the connection dropped.
func settled(t *testing.T, p publishing) map[string][]byte {
	now := p.public(t)
	for {
		time.Sleep(100 * time.Millisecond)
		next := p.public(t)
		if maps.EqualFunc(now, next, bytes.Equal) {
			return now
		}
		now = next
	}
}

// A connection that drops leaves the public side whole, and the next publish goes on.
func TestPublishDropped(t *testing.T) {
	needsServers(t)
	s, dir := openSSH(t), smallBureau(t)
	web := filepath.Join(t.TempDir(), "web")
	var after atomic.Int64
	after.Store(1 << 40)
	port := cutting(t, s.port, &after)
	write(t, filepath.Join(s.home, ".ssh/known_hosts"), []byte(strings.Replace(s.known, s.port, port, 1)))
	s.port = port
	p := inFolder(s.address(web), web, s.env())
	change(t, dir, 1)
	p.must(t, dir)
	drops := []int64{20e3, 200e3, 340e3, 420e3}
	if *kills > 5 { // make proof
		drops = []int64{20e3, 80e3, 200e3, 300e3, 340e3, 380e3, 420e3, 460e3}
	}
	for n, bytes := range drops {
		old := p.public(t)
		change(t, dir, n+2)
		after.Store(bytes)
		code, _, stderr := p.run(t, dir)
		after.Store(1 << 40)
		if code == 0 {
			t.Logf("all is sent within %d bytes", bytes)
			break
		}
		if !strings.Contains(stderr, "[publish/unreachable]") || !strings.Contains(stderr, "the connection was lost") {
			t.Errorf("after %d bytes: %s", bytes, stderr)
		}
		now := settled(t, p)
		p.must(t, dir)
		p.same(t, dir)
		if all := faults(now, old, p.public(t)); len(all) > 0 {
			t.Errorf("after %d bytes: %s", bytes, strings.Join(all, "\n"))
		}
	}
}

// Somebody else's release is fetched from the target; two who went on from the same one
// apart are told so. No entry of the log is lost.
func TestPublishTogether(t *testing.T) {
	for kind := range map[string]bool{"folder": true, "s3": true} {
		t.Run(kind, func(t *testing.T) {
			p, zhang := kinds[kind](t), smallBureau(t)
			p.must(t, zhang, "--label", "first")
			li := filepath.Join(t.TempDir(), "li")
			if err := os.CopyFS(filepath.Join(li, "data"), os.DirFS(filepath.Join(zhang, "data"))); err != nil {
				t.Fatal(err)
			}
			change(t, zhang, 1)
			p.must(t, zhang, "--label", "second")
			change(t, li, 1)
			change(t, li, 2)
			code, stdout, stderr := p.runAs(t, "li", li, "--label", "third", "--dry-run")
			if code != 0 || !strings.Contains(stdout, "a release that only the target had was fetched: second") {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
			if _, err := os.Stat(filepath.Join(li, "data/releases/second.json")); err == nil {
				t.Error("a dry run fetches a release")
			}
			code, stdout, stderr = p.runAs(t, "li", li, "--label", "third")
			if code != 0 || !strings.Contains(stdout, "a release that only the target had was fetched: second") {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
			p.same(t, li)
			stands := p.public(t)
			for _, name := range []string{"ledger/0001-first.json", "ledger/0002-second.json", "ledger/0003-third.json"} {
				if stands[name] == nil {
					t.Error(name, "is lost")
				}
			}
			// A history that parted is stopped.
			succeed(t, "release", "apart", zhang, "--as-of", "2026-10-31")
			change(t, zhang, 2) // what li published stands here, too
			change(t, zhang, 3)
			code, stdout, stderr = p.run(t, zhang)
			if code != 1 || !strings.Contains(stderr, "[release/fork]") {
				t.Errorf("%d %s%s", code, stdout, stderr)
			}
			// Restored as it was published, it goes on.
			os.Remove(filepath.Join(zhang, "data/releases/apart.json"))
			head := filepath.Join(zhang, "data/releases/head.txt")
			two := headOf(t, zhang)
			write(t, head, two)
			if code, stdout, stderr = p.run(t, zhang); code != 0 || !strings.Contains(stdout, "fetched: third") {
				t.Errorf("%d %s%s", code, stdout, stderr)
			}
			// One that was killed between the release that it fetched and the head does, too.
			for _, text := range [][]byte{two, nil} {
				if write(t, head, text); text == nil {
					os.Remove(head)
				}
				if code, stdout, stderr = p.run(t, zhang); code != 0 || strings.Contains(stdout, "fetched") {
					t.Errorf("%d %s%s", code, stdout, stderr)
				}
				succeed(t, "check", zhang, "--as-of", "2026-10-31")
			}
			// A log at the target that somebody edited is not taken for one.
			if kind == "folder" {
				web := strings.TrimSuffix(p.to, "/")
				write(t, filepath.Join(web, "ledger/0002-second.json"), []byte("{}"))
				if code, _, stderr := p.run(t, zhang); code != 1 || !strings.Contains(stderr, "[publish/log]") {
					t.Errorf("%d %s", code, stderr)
				}
			}
		})
	}
}

// headOf is the head of the log as a bureau published it last.
func headOf(t *testing.T, dir string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "public/ledger/head.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// succeed carries out a command that has to succeed.
func succeed(t *testing.T, args ...string) {
	t.Helper()
	var out bytes.Buffer
	c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) string { return "" }, now: time.Now}
	if code := c.run(context.Background(), args); code != 0 {
		t.Fatalf("%v gives %d\n%s", args, code, &out)
	}
}

// A place where the site stood and that is empty now is a drive that is not connected,
// and no first publication.
func TestPublishEmptied(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	p.must(t, dir)
	p.clear(t)
	code, _, stderr := p.run(t, dir)
	if code != 1 || !strings.Contains(stderr, "[publish/emptied]") || !strings.Contains(stderr, ".sunshine/published.txt") {
		t.Fatalf("%d %s", code, stderr)
	}
	if err := os.Remove(filepath.Join(dir, ".sunshine/published.txt")); err != nil { // as the hint says
		t.Fatal(err)
	}
	p.must(t, dir)
	p.same(t, dir)
}

// A place inside of the bureau's own folders is refused, and so is what holds them.
func TestPublishApart(t *testing.T) {
	dir := smallBureau(t)
	away := filepath.Join(t.TempDir(), "away") // leads there by a link
	if err := os.Symlink(filepath.Join(dir, "data"), away); err != nil {
		t.Fatal(err)
	}
	for to, says := range map[string]string{
		filepath.Join(dir, "data/web"): `the place to publish to lies in "`, filepath.Join(dir, "public"): `the place to publish to lies in "`,
		filepath.Join(dir, "data/x.zip"): `the place to publish to lies in "`, away: `the place to publish to lies in "`,
		dir: `the folder to publish to holds "`, filepath.Dir(dir): `the folder to publish to holds "`,
	} {
		p := publishing{to: to}
		if code, _, stderr := p.run(t, dir); code != 1 || !strings.Contains(stderr, "[publish/foreign]") || !strings.Contains(stderr, says) {
			t.Errorf("%s: %d %s", to, code, stderr)
		}
	}
}

// Who lost the lock before anything is recorded leaves the bureau as it was.
func TestPublishLockLost(t *testing.T) {
	dir := smallBureau(t)
	var lost s3Server
	lost = newS3(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/.sunshine-publish/journal") {
				lost.backend.DeleteObject(bucketName, "site/.sunshine-publish/lock")
			}
		})
	})
	p := publishing{to: "s3://" + bucketName + "/site", env: lost.env()}
	code, _, stderr := p.run(t, dir)
	if code != 1 || !strings.Contains(stderr, "[publish/busy]") || !strings.Contains(stderr, "somebody deleted") {
		t.Errorf("%d %s", code, stderr)
	}
	for _, name := range []string{"data/releases", "public", ".sunshine/published.txt"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Error("it left", name)
		}
	}
}

// Of two who publish one folder, to two places, at once, the second waits.
func TestPublishOneFolder(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	unlock, err := writer.Lock(filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	code, _, stderr := p.run(t, dir)
	if code != 1 || !strings.Contains(stderr, "data: error: another sunshine is writing to this folder [write/busy]") || len(p.public(t)) > 0 {
		t.Errorf("%d %s", code, stderr)
	}
	unlock()
	p.must(t, dir)
}

// Where the site that is public is signed and there is no key here, its readers would take
// this one for a forgery: that is told of the target, and of what --previous names.
func TestPublishUnsigned(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	key := "SUNSHINE_KEY=" + signingKey(t)
	p.env = []string{key}
	p.must(t, dir)
	if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	warning := filepath.ToSlash(p.to) + ": warning: the published site is signed, and this build has no key to sign with [release/unsigned]"
	p.env = nil
	if _, _, stderr := p.run(t, dir, "--dry-run"); strings.Count(stderr, warning) != 1 {
		t.Error(stderr)
	}
	var wrong bytes.Buffer
	c := &command{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &wrong, env: func(string) string { return "" }, now: time.Now}
	c.run(context.Background(), []string{"check", "--lang", "en", "--as-of", "2026-10-31", "--previous", p.to, dir})
	if strings.Count(wrong.String(), warning) != 1 {
		t.Error(&wrong)
	}
	p.env = []string{key}
	if _, _, stderr := p.run(t, dir, "--dry-run"); strings.Contains(stderr, "[release/unsigned]") {
		t.Error(stderr)
	}
}

// A publish that was killed between the record of its release and the head of the log is
// taken up; one that was recorded and not sent is sent, without another release.
func TestPublishPending(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	p.must(t, dir, "--label", "a")
	head, err := os.ReadFile(filepath.Join(dir, "data/releases/head.txt"))
	if err != nil {
		t.Fatal(err)
	}
	change(t, dir, 1)
	old := filepath.Join(t.TempDir(), "old")
	if err := os.CopyFS(old, os.DirFS(p.to)); err != nil {
		t.Fatal(err)
	}
	p.must(t, dir, "--label", "b")
	marks := filepath.Join(dir, ".sunshine/published.txt")
	text, err := os.ReadFile(marks)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	pending := []byte(strings.Join(lines[:3], ""))
	if !strings.HasPrefix(lines[2], "pending\t") || !strings.HasPrefix(lines[3], "sent\t") {
		t.Fatalf("%q", lines)
	}
	back := func() {
		p.clear(t)
		if err := os.CopyFS(p.to, os.DirFS(old)); err != nil {
			t.Fatal(err)
		}
		write(t, marks, pending)
	}
	back()
	if out := p.must(t, dir); !strings.Contains(out, "published b: ") || !strings.Contains(out, "its record was in data/releases already") {
		t.Error(out)
	}
	// Interrupted between the head of the log and the manifest, it is not recorded again.
	back()
	for name, data := range read(t, filepath.Join(dir, "public/ledger")) {
		write(t, filepath.Join(p.to, "ledger", name), data)
	}
	var journal strings.Builder
	journal.WriteString("sunshine publish\n")
	for name := range read(t, filepath.Join(dir, "public")) {
		journal.WriteString(name + "\n")
	}
	write(t, filepath.Join(p.to, ".sunshine-publish/journal"), []byte(journal.String()))
	if out := p.must(t, dir); !strings.Contains(out, "published b: ") || !strings.Contains(out, "its record was in data/releases already") {
		t.Error(out)
	}
	p.same(t, dir)
	back()
	write(t, filepath.Join(dir, "data/releases/head.txt"), head)
	if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	if out := p.must(t, dir, "--label", "b"); !strings.Contains(out, "published b: ") {
		t.Error(out)
	}
	p.same(t, dir)
	succeed(t, "check", dir, "--as-of", "2026-10-31")
}

// A release that was recorded and never came to its target is withdrawn by the clerk, as
// the hint says, when somebody else published meanwhile: nothing tells that it was not
// made public by other means.
func TestPublishOvertaken(t *testing.T) {
	p, zhang := kinds["folder"](t), smallBureau(t)
	p.must(t, zhang, "--label", "a")
	li := filepath.Join(t.TempDir(), "li")
	if err := os.CopyFS(li, os.DirFS(zhang)); err != nil {
		t.Fatal(err)
	}
	marks := filepath.Join(zhang, ".sunshine/published.txt")
	change(t, zhang, 1)
	p.must(t, zhang, "--label", "b")
	sent, err := os.ReadFile(marks)
	if err != nil {
		t.Fatal(err)
	}
	p.clear(t) // as it was before b came there
	if err := os.CopyFS(p.to, os.DirFS(filepath.Join(li, "public"))); err != nil {
		t.Fatal(err)
	}
	change(t, li, 1)
	change(t, li, 2)
	p.must(t, li, "--label", "c")
	change(t, zhang, 2) // what li published stands here, too
	change(t, zhang, 3)

	withdraw := "was recorded and never came there"
	if code, _, stderr := p.run(t, zhang); code != 1 || !strings.Contains(stderr, "[release/fork]") || strings.Contains(stderr, withdraw) {
		t.Errorf("b was sent: %d %s", code, stderr)
	}
	lines := strings.SplitAfter(string(sent), "\n")
	write(t, marks, []byte(strings.Join(lines[:3], "")+strings.ReplaceAll(lines[2], p.to, "/elsewhere")))
	if code, _, stderr := p.run(t, zhang); code != 1 || strings.Contains(stderr, withdraw) {
		t.Errorf("b was on its way elsewhere, too: %d %s", code, stderr)
	}
	write(t, marks, []byte(strings.Join(lines[:3], "")))
	code, _, stderr := p.run(t, zhang)
	if code != 1 || !strings.Contains(stderr, "data/releases/b.json:1: error: ") || !strings.Contains(stderr, withdraw) {
		t.Fatalf("%d %s", code, stderr)
	}
	if err := errors.Join(os.Remove(filepath.Join(zhang, "data/releases/b.json")), os.RemoveAll(filepath.Join(zhang, "public"))); err != nil {
		t.Fatal(err)
	}
	if out := p.must(t, zhang, "--label", "b"); !strings.Contains(out, "fetched: c") || !strings.Contains(out, "published b: ") {
		t.Error(out)
	}
	p.same(t, zhang)
	succeed(t, "check", zhang, "--as-of", "2026-10-31")
}

// --hold-back publishes the rest and gives 1; an error without it sends nothing.
func TestPublishHoldBack(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	p.must(t, dir)
	stood := p.public(t)
	file := filepath.Join(dir, "data/stats/cases.csv")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, append(text, "2026-09,1,7x3,x\n"...))
	write(t, filepath.Join(dir, "data/notices/2026-10-20-urgent.md"), []byte("---\ntitle: 寻人\ndate: 2026-10-20\n---\n\n正文。\n"))
	if code, _, _ := p.run(t, dir); code != 1 {
		t.Error("it gives", code)
	}
	if now := p.public(t); len(now) != len(stood) {
		t.Error("something is sent")
	}
	code, stdout, stderr := p.run(t, dir, "--hold-back")
	if code != 1 || !strings.Contains(stdout, "published 2026-10-31-2: ") || !strings.Contains(stdout, "held back: data/stats/cases.csv") {
		t.Fatalf("%d %s%s", code, stdout, stderr)
	}
	if p.public(t)["notices/2026-10-20-urgent/index.html"] == nil {
		t.Error("the notice is not published")
	}
	p.same(t, dir)
}

// Where the site wants approval, nothing else is published; what is approved is taken up
// after an interruption without another approval.
func TestPublishApproval(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	file := filepath.Join(dir, "data/site.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, append(text, "approval: required\n"...))
	if code, _, stderr := p.run(t, dir); code != 1 || !strings.Contains(stderr, "[approval/missing]") || len(p.public(t)) > 1 {
		t.Fatalf("%d %s", code, stderr)
	}
	succeed(t, "approve", "--by", "王局", "--as-of", "2026-10-31", dir)
	p.must(t, dir)
	p.same(t, dir)
	if out := p.must(t, dir); !strings.Contains(out, "nothing was sent") {
		t.Error(out)
	}
	// It is interrupted before anything of the second publication stands there.
	old := filepath.Join(t.TempDir(), "old")
	if err := os.CopyFS(old, os.DirFS(p.to)); err != nil {
		t.Fatal(err)
	}
	change(t, dir, 1)
	if code, _, stderr := p.run(t, dir); code != 1 || !strings.Contains(stderr, "[approval/missing]") {
		t.Fatalf("%d %s", code, stderr)
	}
	succeed(t, "approve", "--by", "王局", "--as-of", "2026-10-31", dir)
	p.must(t, dir)
	p.clear(t)
	if err := os.CopyFS(p.to, os.DirFS(old)); err != nil {
		t.Fatal(err)
	}
	if out := p.must(t, dir); !strings.Contains(out, "its record was in data/releases already") {
		t.Error(out)
	}
	p.same(t, dir)
}

// block is a configuration that a page of the documentation gives.
func block(t *testing.T, page, language string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/" + page)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(text)
	if m == nil {
		t.Fatalf("%s has no block of %s", page, language)
	}
	return string(m[1])
}

// nginx with the configuration of docs/hosting.md serves the site under a sub-path while
// it is published by SFTP: no page is ever without what it loads, headers and types are
// right, and what stands beside the site is not given out.
func TestPublishServed(t *testing.T) {
	needsServers(t)
	config := block(t, "hosting.md", "nginx")
	if block(t, "hosting.zh-CN.md", "nginx") != config {
		t.Error("the two pages give different configurations")
	}
	s, dir, root := openSSH(t), smallBureau(t), t.TempDir()
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	web := filepath.Join(root, "sunshine")
	p := inFolder(s.address(web), web, s.env())
	change(t, dir, 1)
	p.must(t, dir)
	address := nginx(t, strings.ReplaceAll(config, "/srv/www", root)) + "/sunshine/"
	get := func(path string) (int, http.Header, string) {
		t.Helper()
		r, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, r.Header, string(body)
	}
	style := ""
	for name := range p.public(t) {
		if strings.HasPrefix(name, "assets/site.") {
			style = name
		}
	}
	for path, c := range map[string][3]string{
		"":                      {"200", "text/html; charset=utf-8", "no-cache"},
		"stats/cases/":          {"200", "text/html; charset=utf-8", "no-cache"},
		"stats/cases/cases.csv": {"200", "text/csv; charset=utf-8", "no-cache"},
		"datapackage.json":      {"200", "application/json; charset=utf-8", "no-cache"},
		"feed.xml":              {"200", "text/xml; charset=utf-8", "no-cache"},
		style:                   {"200", "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		"nothing/there/":        {"404", "text/html; charset=utf-8", "no-cache"},
	} {
		status, header, body := get(path)
		if got := [3]string{http.StatusText(status), header.Get("Content-Type"), header.Get("Cache-Control")}; got[1] != c[1] || got[2] != c[2] || (c[0] == "404") != (status == 404) {
			t.Errorf("%s: %d %q", path, status, got)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "same-origin" || header.Get("Content-Security-Policy") != "frame-ancestors 'self'" {
			t.Errorf("%s: %v", path, header)
		}
		if status == 404 && !strings.Contains(body, "网站1") {
			t.Errorf("%s: the page for what is missing is not the site's", path)
		}
	}
	write(t, filepath.Join(web, ".sunshine-publish/lock"), []byte("{}"))
	if status, _, _ := get(".sunshine-publish/lock"); status != 404 {
		t.Error("what stands beside the site is given out:", status)
	}
	os.RemoveAll(filepath.Join(web, ".sunshine-publish"))

	// A reader who asks again and again while it is published
	stop, read := make(chan bool), make(chan int)
	go func() {
		pages := 0
		defer func() { read <- pages }()
		for {
			select {
			case <-stop:
				return
			default:
			}
			for _, path := range []string{"", "stats/cases/", "guides/"} {
				status, _, body := get(path)
				if status != 200 || !strings.Contains(body, "</html>") {
					t.Errorf("%s: %d, %d bytes", path, status, len(body))
				}
				for _, m := range regexp.MustCompile(`(?:href|src)="[./]*(assets/[^"]+)"`).FindAllStringSubmatch(body, -1) {
					if status, _, _ := get(m[1]); status != 200 {
						if _, _, now := get(path); now == body { // else the page was replaced since
							t.Errorf("%s: %s is %d", path, m[1], status)
						}
					}
				}
				pages++
			}
		}
	}()
	for n := range 4 {
		change(t, dir, n+2)
		p.must(t, dir)
	}
	close(stop)
	t.Log("pages read while the site was published four times:", <-read)
	site, err := published.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	if _, problems, err := published.Verify(context.Background(), site, published.Against{}, 4); err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

// A repository of pages, as Gitee and GitHub serve them, is a folder to publish to: its
// own files stay, and a clone of it is the site.
func TestPublishPages(t *testing.T) {
	p, dir := publishing{}, smallBureau(t)
	repository := filepath.Join(t.TempDir(), "pages")
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", args...)
		c.Env = append(os.Environ(), "GIT_AUTHOR_NAME=x", "GIT_AUTHOR_EMAIL=x@example.org", "GIT_COMMITTER_NAME=x", "GIT_COMMITTER_EMAIL=x@example.org")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", repository)
	write(t, filepath.Join(repository, ".nojekyll"), nil)
	p = inFolder(repository, repository, nil)
	p.must(t, dir)
	write(t, filepath.Join(repository, "_headers"), []byte(block(t, "hosting.md", "headers")))
	change(t, dir, 1)
	p.must(t, dir)
	git("-C", repository, "add", "-A")
	git("-C", repository, "commit", "-q", "-m", "publish")
	clone := filepath.Join(t.TempDir(), "clone")
	git("clone", "-q", repository, clone)
	for _, name := range []string{".nojekyll", "_headers"} {
		if _, err := os.Stat(filepath.Join(clone, name)); err != nil {
			t.Error("a file of the host is gone:", err)
		}
		os.Remove(filepath.Join(clone, name))
	}
	succeed(t, "verify", clone)
}

// The headers that docs/hosting.md gives for hosts which read _headers are those that its
// nginx sends, in the form of that file.
func TestHeadersFile(t *testing.T) {
	text := block(t, "hosting.md", "headers")
	if block(t, "hosting.zh-CN.md", "headers") != text {
		t.Error("the two pages give different files")
	}
	rules := map[string]map[string]string{}
	path := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, "  ") {
			path = line
			if !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "*") {
				t.Errorf("%q is no path", path)
			}
			rules[path] = map[string]string{}
			continue
		}
		name, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found {
			t.Errorf("%q is no header", line)
		}
		rules[path][name] = value
	}
	config := block(t, "hosting.md", "nginx")
	for _, headers := range rules {
		for name, value := range headers {
			if !strings.Contains(config, value) {
				t.Errorf("nginx is not told of %s: %s", name, value)
			}
		}
	}
	if len(rules) != 2 {
		t.Error(rules)
	}
}

// The server of objects is for tests, and no part of the command.
func TestNoServerInCommand(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "gofakes3") || !strings.Contains(string(out), "minio-go") {
		t.Error("the command holds a server of objects, or no client")
	}
}

// Where what stands at a target was changed there, nothing is said to be up to date: it is
// told, and sent again, without another release.
func TestPublishAltered(t *testing.T) {
	for _, kind := range []string{"folder", "s3"} {
		t.Run(kind, func(t *testing.T) {
			s3 := newS3(t, nil)
			dir, web := smallBureau(t), filepath.Join(t.TempDir(), "web")
			p := inFolder(web, web, nil)
			put, take := func(name string) { write(t, filepath.Join(web, name), []byte("x")) }, func(name string) { os.Remove(filepath.Join(web, name)) }
			if kind == "s3" {
				p.to, p.env, p.public = "s3://"+bucketName+"/site", s3.env(), func(t *testing.T) map[string][]byte { return s3.read(t, "site/") }
				put = func(name string) {
					if _, err := s3.backend.PutObject(bucketName, "site/"+name, map[string]string{}, strings.NewReader("x"), 1, nil); err != nil {
						t.Fatal(err)
					}
				}
				take = func(name string) { s3.backend.DeleteObject(bucketName, "site/"+name) }
			}
			p.env = append(p.env, "SUNSHINE_KEY="+signingKey(t))
			p.must(t, dir)
			put("index.html")
			put("releases/2026-10-31/cases.csv")
			take("guides/index.html")
			take("manifest.sig")
			code, stdout, stderr := p.run(t, dir, "--dry-run")
			if code != 0 || strings.Count(stderr, "[publish/altered]") != 4 || !strings.Contains(stdout, "send releases/2026-10-31/cases.csv\nsend guides/index.html\nsend index.html\nsend manifest.sig\n") {
				t.Errorf("%d %s%s", code, stdout, stderr)
			}
			code, stdout, stderr = p.run(t, dir)
			if code != 0 || strings.Count(stderr, "[publish/altered]") != 4 || !strings.Contains(stdout, "published 2026-10-31: files sent: 4 (") {
				t.Errorf("%d %s%s", code, stdout, stderr)
			}
			p.same(t, dir)
			if code, stdout, stderr = p.run(t, dir); code != 0 || strings.Contains(stderr, "altered") || !strings.Contains(stdout, "nothing was sent") {
				t.Errorf("%d %s%s", code, stdout, stderr)
			}
			// What is found when something else is published is told, too, and sent.
			put("stats/cases/cases.csv")
			write(t, filepath.Join(dir, "data/notices/2026-10-20-urgent.md"), []byte("---\ntitle: 寻人\ndate: 2026-10-20\n---\n\n正文。\n"))
			code, stdout, stderr = p.run(t, dir)
			if code != 0 || strings.Count(stderr, "stats/cases/cases.csv: warning: ") != 1 || strings.Count(stderr, "[publish/altered]") != 1 || !strings.Contains(stdout, "published 2026-10-31-2: ") {
				t.Errorf("%d %s%s", code, stdout, stderr)
			}
			p.same(t, dir)
		})
	}
}

// signingKey makes a key and gives its file.
func signingKey(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	succeed(t, "key", "new", file)
	return file
}

// What is held back stands as the target has it, also where nothing was built here: in a
// pipeline, or on the machine of a colleague whose output folder is older.
func TestPublishHoldBackFromTarget(t *testing.T) {
	for _, kind := range []string{"folder", "s3"} {
		t.Run(kind, func(t *testing.T) {
			p, dir := kinds[kind](t), smallBureau(t)
			p.must(t, dir)
			old := filepath.Join(t.TempDir(), "old")
			if err := os.CopyFS(old, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "data/stats/cases.csv")
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			added := append(text, "2024,703\n"...)
			write(t, file, added)
			p.must(t, dir)
			table := p.public(t)["stats/cases/cases.csv"]
			if !bytes.Contains(table, []byte("703")) {
				t.Fatalf("%s", table)
			}
			for _, here := range []string{"", old} {
				now := filepath.Join(t.TempDir(), "now")
				if err := os.CopyFS(filepath.Join(now, "data"), os.DirFS(filepath.Join(dir, "data"))); err != nil {
					t.Fatal(err)
				}
				if here != "" {
					if err := os.CopyFS(filepath.Join(now, "public"), os.DirFS(filepath.Join(here, "public"))); err != nil {
						t.Fatal(err)
					}
				}
				write(t, filepath.Join(now, "data/stats/cases.csv"), append(added, "2025,7x3\n"...))
				write(t, filepath.Join(now, "data/notices/2026-10-20-urgent.md"), fmt.Appendf(nil, "---\ntitle: 寻人%d\ndate: 2026-10-20\n---\n\n正文。\n", len(here)))
				code, stdout, stderr := p.run(t, now, "--hold-back")
				if code != 1 || strings.Contains(stderr, "[published/left-out]") || !strings.Contains(stdout, "held back: data/stats/cases.csv, as it was published on 2026-10-31") {
					t.Errorf("%d %s%s", code, stdout, stderr)
				}
				if stands := p.public(t); !bytes.Equal(stands["stats/cases/cases.csv"], table) || stands["notices/2026-10-20-urgent/index.html"] == nil {
					t.Error("what was published is not what stands")
				}
				p.same(t, now)
			}
		})
	}
}

// Who is told that nobody approved what holds something back, and follows the hint, can
// publish.
func TestPublishHoldBackApproved(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	p.must(t, dir)
	settings, stat := filepath.Join(dir, "data/site.yaml"), filepath.Join(dir, "data/stats/cases.csv")
	for file, line := range map[string]string{settings: "approval: required\n", stat: "2026-09,1,7x3,x\n"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, file, append(text, line...))
	}
	write(t, filepath.Join(dir, "data/notices/2026-10-20-urgent.md"), []byte("---\ntitle: 寻人\ndate: 2026-10-20\n---\n\n正文。\n"))
	if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := p.run(t, dir, "--hold-back")
	if code != 1 || !strings.Contains(stderr, "[approval/missing]") || !strings.Contains(stderr, "sunshine approve --hold-back --by NAME") || !strings.Contains(stderr, "with --previous all three times") {
		t.Fatalf("%d %s", code, stderr)
	}
	succeed(t, "diff", "--hold-back", "--previous", p.to, "--as-of", "2026-10-31", dir)
	succeed(t, "approve", "--hold-back", "--previous", p.to, "--by", "王局", "--as-of", "2026-10-31", dir)
	code, stdout, stderr := p.run(t, dir, "--hold-back", "--previous", p.to)
	if code != 1 || !strings.Contains(stdout, "held back: data/stats/cases.csv") || p.public(t)["notices/2026-10-20-urgent/index.html"] == nil {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
	p.same(t, dir)
}

// Whoever lacks the data of a colleague who published is told to fetch them, before the
// hints that would take what they published from the public; with the data it goes on.
func TestPublishBehind(t *testing.T) {
	p, zhang := kinds["folder"](t), smallBureau(t)
	p.must(t, zhang)
	li := filepath.Join(t.TempDir(), "li")
	if err := os.CopyFS(li, os.DirFS(zhang)); err != nil {
		t.Fatal(err)
	}
	change(t, zhang, 1)
	p.must(t, zhang, "--label", "second")
	change(t, li, 2)
	code, _, stderr := p.runAs(t, "li", li)
	if first, _, _ := strings.Cut(stderr, "\n"); code != 1 || !strings.Contains(first, "error: somebody published second here from data that this folder does not have yet") || !strings.Contains(stderr, "[address/gone]") {
		t.Errorf("%d %s", code, stderr)
	}
	change(t, li, 1) // as the hint says
	change(t, li, 2)
	if code, _, stderr := p.runAs(t, "li", li); code != 0 || strings.Contains(stderr, "[publish/behind]") {
		t.Errorf("%d %s", code, stderr)
	}
	p.same(t, li)
	// An address that is gone and nobody else's says nothing of anybody.
	if err := os.Remove(filepath.Join(li, "data/notices/2026-10-02-n.md")); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := p.runAs(t, "li", li); code != 1 || !strings.Contains(stderr, "[address/gone]") || strings.Contains(stderr, "[publish/behind]") {
		t.Errorf("%d %s", code, stderr)
	}
}

// A day before that of the last release is told as what it is, and not as addresses that
// are gone because their notices wait for the day on which they were published.
func TestPublishClockSetBack(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	write(t, filepath.Join(dir, "data/notices/2026-10-31-today.md"), []byte("---\ntitle: 通告\ndate: 2026-10-31\n---\n\n正文。\n"))
	p.must(t, dir)
	code, _, stderr := p.run(t, dir, "--as-of", "2026-10-30")
	if code != 1 || !strings.Contains(stderr, "today (2026-10-30) is before the day of the last release 2026-10-31") || strings.Contains(stderr, "[address/gone]") {
		t.Errorf("%d %s", code, stderr)
	}
}

// What is written into the folder after it was read for the approval is not published with
// it.
func TestPublishChangedMeanwhile(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	p.must(t, dir)
	for file, line := range map[string]string{"data/site.yaml": "approval: required\n", "data/stats/cases.csv": "2024,703\n"} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, file), append(text, line...))
	}
	var once sync.Once
	files := http.FileServer(http.Dir(p.to))
	meanwhile := func() {}
	public := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/manifest.json" { // the folder was read
			meanwhile()
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(public.Close)
	succeed(t, "approve", "--previous", public.URL, "--by", "王局", "--as-of", "2026-10-31", dir)
	stood := p.public(t)
	file := filepath.Join(dir, "data/notices/2026-10-08-window.md")
	approved, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	meanwhile = func() { once.Do(func() { write(t, file, append(approved, "\n另有一句。\n"...)) }) }
	if code, stdout, stderr := p.run(t, dir, "--previous", public.URL); code != 1 || !strings.Contains(stderr, "[approval/missing]") {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
	if now := p.public(t); !maps.EqualFunc(now, stood, bytes.Equal) {
		t.Error("something was sent")
	}
	if all, _ := filepath.Glob(filepath.Join(dir, "data/releases/*.json")); len(all) != 1 {
		t.Error("recorded:", all)
	}
	write(t, file, approved)
	p.must(t, dir, "--previous", public.URL)
	p.same(t, dir)
}

// What was sent stands in the output folder, too: the sheet of changes compares with that
// as with what is public, until something else is built there.
func TestDiffAfterPublish(t *testing.T) {
	p, dir := kinds["folder"](t), smallBureau(t)
	p.must(t, dir)
	say := func(args ...string) (int, string) {
		t.Helper()
		var out bytes.Buffer
		c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: io.Discard, env: func(string) string { return "" }, now: time.Now}
		code := c.run(context.Background(), append(args, "--lang", "en", "--as-of", "2026-10-31", dir))
		return code, out.String()
	}
	unknown, other := "The site that was published last was not read", "where that is not what was published last"
	if code, out := say("diff"); code != 0 || !strings.Contains(out, "Nothing changes for the public.") || strings.Contains(out, unknown) || strings.Contains(out, other) {
		t.Errorf("%d %s", code, out)
	}
	if code, out := say("approve", "--by", "王局"); code != 1 || !strings.Contains(out, "there is nothing to approve") {
		t.Errorf("%d %s", code, out)
	}
	change(t, dir, 1)
	if code, out := say("diff"); code != 0 || !strings.Contains(out, "通告1 notices/2026-10-02-n/") || strings.Contains(out, unknown) || strings.Contains(out, other) {
		t.Errorf("%d %s", code, out)
	}
	if code, out := say("build"); code != 0 {
		t.Fatalf("%d %s", code, out)
	}
	if code, out := say("diff"); code != 0 || !strings.Contains(out, unknown) {
		t.Errorf("%d %s", code, out)
	}
	change(t, dir, 2)
	if code, out := say("diff"); code != 0 || !strings.Contains(out, other) {
		t.Errorf("%d %s", code, out)
	}
}
