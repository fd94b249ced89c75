package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/send"
)

// publishing is one kind of target, as the public sees it.
type publishing struct {
	to     string
	env    []string
	public func(t *testing.T) map[string][]byte // what readers get, and what stands beside it
	begun  func() bool                          // a publish has begun to change something
	clear  func(t *testing.T)
}

// kinds makes an empty target of each kind. Its servers run until the test ends.
var kinds = map[string]func(t *testing.T) publishing{
	"folder": func(t *testing.T) publishing {
		dir := filepath.Join(t.TempDir(), "web")
		return inFolder(dir, dir, nil)
	},
	"sftp": func(t *testing.T) publishing {
		s, dir := openSSH(t), filepath.Join(t.TempDir(), "web")
		return inFolder(s.address(dir), dir, s.env())
	},
	"s3": func(t *testing.T) publishing {
		s := newS3(t, nil)
		return publishing{
			to: "s3://" + bucketName + "/site", env: s.env(),
			public: func(t *testing.T) map[string][]byte { return s.read(t, "site/") },
			begun: func() bool {
				_, err := s.backend.HeadObject(bucketName, "site/.sunshine-publish/journal")
				return err == nil
			},
			clear: func(t *testing.T) {
				for name := range s.read(t, "site/") {
					s.backend.DeleteObject(bucketName, "site/"+name)
				}
			},
		}
	},
	"zip": func(t *testing.T) publishing {
		dir := t.TempDir()
		file := filepath.Join(dir, "update.zip")
		stands, last := map[string][]byte{}, ""
		return publishing{
			to: file,
			// The keeper of the server does what the list says whenever the file is another one.
			public: func(t *testing.T) map[string][]byte {
				data, err := os.ReadFile(file)
				if os.IsNotExist(err) || string(data) == last {
					return maps.Clone(stands)
				}
				if err != nil {
					t.Fatal(err)
				}
				unpack(t, data, stands)
				last = string(data)
				return maps.Clone(stands)
			},
			begun: func() bool {
				all, _ := filepath.Glob(filepath.Join(dir, ".update.zip-*"))
				return slices.ContainsFunc(all, func(name string) bool {
					info, err := os.Stat(name)
					return err == nil && info.Size() >= 4<<10 // else it is a lock that is being written
				})
			},
			clear: func(t *testing.T) {
				clear(stands)
				last = ""
				os.RemoveAll(dir)
				if err := os.Mkdir(dir, 0o755); err != nil {
					t.Fatal(err)
				}
			},
		}
	},
}

func inFolder(to, dir string, env []string) publishing {
	return publishing{
		to: to, env: env,
		public: func(t *testing.T) map[string][]byte { return read(t, dir) },
		begun:  func() bool { _, err := os.Stat(filepath.Join(dir, ".sunshine-publish/journal")); return err == nil },
		clear: func(t *testing.T) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		},
	}
}

var listed = regexp.MustCompile(`(?m)^  (\S.*)\r$`)

// unpack does what READ-ME-FIRST.txt says.
func unpack(t *testing.T, data []byte, stands map[string][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("the ZIP file is torn: %v", err)
	}
	var list string
	seen := 0
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if f.Name != send.ListName {
				t.Errorf("%s is the first file", f.Name)
			}
			list = string(text)
			continue
		}
		stage := 0
		switch {
		case f.Name == "manifest.json":
			stage = 3
		case f.Name == "ledger/head.txt":
			stage = 2
		case strings.HasSuffix(f.Name, ".html"):
			stage = 1
		case f.Name == "feed.xml" || f.Name == "sitemap.xml" || f.Name == "robots.txt" || f.Name == "datapackage.json":
			stage = 1
		}
		if stage < seen {
			t.Errorf("%s comes too late to be unpacked in order", f.Name)
		}
		seen = stage
		stands[f.Name] = text
	}
	for _, m := range listed.FindAllStringSubmatch(list, -1) {
		if _, there := stands[m[1]]; !there {
			t.Errorf("%s is to be deleted and is not there", m[1])
		}
		delete(stands, m[1])
	}
}

// smallBureau is a bureau that builds in a moment.
func smallBureau(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bureau")
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("../../site/testdata/small/data")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// change makes every page and its style another one, and brings a new page.
func change(t *testing.T, dir string, n int) {
	t.Helper()
	file := filepath.Join(dir, "data/site.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, regexp.MustCompile(`(?m)^title: .*`).ReplaceAll(text, fmt.Appendf(nil, "title: 网站%d", n)))
	write(t, filepath.Join(dir, fmt.Sprintf("data/notices/2026-10-%02d-n.md", n%28+1)), fmt.Appendf(nil, "---\ntitle: 通告%d\ndate: 2026-10-%02d\n---\n\n正文%[1]d。\n", n, n%28+1))
	style, err := os.ReadFile("../../templates/site.css")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "templates/site.css"), fmt.Appendf(style, "\n/* %d */\n", n))
}

// run carries the command out in this process.
func (p publishing) run(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return p.runAs(t, "zhang", dir, args...)
}

func (p publishing) runAs(t *testing.T, who, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	env := map[string]string{"LANG": "en_US.UTF-8", "USER": who}
	for _, line := range p.env {
		name, value, _ := strings.Cut(line, "=")
		env[name] = value
	}
	var out, wrong bytes.Buffer
	c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: &wrong, env: func(name string) string { return env[name] }, now: time.Now}
	code = c.run(context.Background(), slices.Concat([]string{"publish", "--to", p.to, "--as-of", "2026-10-31", dir}, args))
	return code, out.String(), wrong.String()
}

// must publishes, and fails the test where that fails.
func (p publishing) must(t *testing.T, dir string, args ...string) string {
	t.Helper()
	code, stdout, stderr := p.run(t, dir, args...)
	if code != 0 {
		t.Fatalf("publish gives %d\n%s%s", code, stdout, stderr)
	}
	return stdout
}

// touching measures how long something at the target is touched, until it is asked.
func (p publishing) touching() (lasts func() time.Duration) {
	stop, told := make(chan bool), make(chan time.Duration)
	go func() {
		var first, last time.Time
		for {
			select {
			case <-stop:
				told <- max(last.Sub(first), time.Millisecond)
				return
			case <-time.After(200 * time.Microsecond):
				if p.begun() {
					last = time.Now()
					if first.IsZero() {
						first = last
					}
				}
			}
		}
	}()
	return func() time.Duration { close(stop); return <-told }
}

// same holds the target against public/.
func (p publishing) same(t *testing.T, dir string) {
	t.Helper()
	want, got := read(t, filepath.Join(dir, "public")), p.public(t)
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s does not stand there as in public/", name)
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is left over at the target", name)
	}
}

var loaded = regexp.MustCompile(`(?:href|src|data-[a-z]+)="([^"#?]+)`)

// faults says what of a site that is being published is not whole: a page without what
// it loads, a file that is neither the old one nor the new one.
func faults(now, old, next map[string][]byte) (all []string) {
	for name, data := range now {
		if strings.HasPrefix(name, ".sunshine-publish/") {
			continue
		}
		before, stood := old[name]
		after, comes := next[name]
		if !(stood && bytes.Equal(data, before)) && !(comes && bytes.Equal(data, after)) {
			all = append(all, name+" is torn")
		}
		if path.Ext(name) != ".html" {
			continue
		}
		for _, m := range loaded.FindAllSubmatch(data, -1) {
			link := string(m[1])
			if bytes.HasPrefix(m[0], []byte("data-search=")) { // the root of the index
				if _, there := now[bureau.IndexFolder+link+".js"]; !there {
					all = append(all, name+" lacks the index "+link)
				}
				continue
			}
			if strings.ContainsAny(link, ": ") || strings.HasPrefix(link, "/") || path.Ext(link) == "" || path.Ext(link) == ".html" {
				continue
			}
			if _, there := now[path.Join(path.Dir(name), link)]; !there {
				all = append(all, name+" lacks "+link)
			}
		}
	}
	for name := range old {
		if _, stays := next[name]; stays && now[name] == nil {
			all = append(all, name+" is gone")
		}
	}
	slices.Sort(all)
	return all
}

// What stands at a target after each publish is what stands in public/; what changed
// alone is sent, what is gone is removed, and what stands there already makes no release.
func TestPublish(t *testing.T) {
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		t.Run(kind, func(t *testing.T) {
			if testing.Short() && kind == "sftp" {
				t.Skip("-short leaves the servers out")
			}
			p, dir := kinds[kind](t), smallBureau(t)
			change(t, dir, 1)
			if code, stdout, stderr := p.run(t, dir, "--dry-run"); code != 0 || !strings.Contains(stdout, "send index.html\n") || !strings.Contains(stdout, "nothing was sent") || len(p.public(t)) > 0 {
				t.Fatalf("%d\n%s%s", code, stdout, stderr)
			}
			if _, err := os.Stat(filepath.Join(dir, "data/releases")); err == nil {
				t.Error("a dry run records a release")
			}
			if out := p.must(t, dir); !strings.Contains(out, "published 2026-10-31: ") {
				t.Error(out)
			}
			p.same(t, dir)
			if out := p.must(t, dir); !strings.Contains(out, "nothing was sent") || strings.Contains(out, "whether the update was unpacked on the site cannot be told") != (kind == "zip") {
				t.Error(out)
			}
			change(t, dir, 2)
			code, stdout, stderr := p.run(t, dir, "--dry-run")
			if code != 0 || !strings.Contains(stdout, "remove assets/site.") {
				t.Errorf("%d\n%s%s", code, stdout, stderr)
			}
			if out := p.must(t, dir); !strings.Contains(out, "published 2026-10-31-2: ") || strings.Contains(out, "removed: 0") {
				t.Error(out)
			}
			p.same(t, dir)
			if out := p.must(t, dir, "--label", "again"); !strings.Contains(out, "nothing was sent") {
				t.Error(out)
			}
			labels, err := filepath.Glob(filepath.Join(dir, "data/releases/*.json"))
			if err != nil || len(labels) != 2 {
				t.Error("the records are", labels)
			}
		})
	}
}

// TestPublishKilled kills the real command at random moments while it publishes. The
// public side is whole then, and the next publish comes to its end.
func TestPublishKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves the kills out")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for number, kind := range slices.Sorted(maps.Keys(kinds)) {
		t.Run(kind, func(t *testing.T) {
			p := kinds[kind](t)
			killed, inside, dir := 0, 0, ""
			random := rand.New(rand.NewPCG(7, uint64(number)))
			var usual, touched time.Duration // of a publish, and of that while it touches something
			for n := 0; killed < *kills && n < 20**kills; n++ {
				if n%12 == 0 { // else the log grows long
					dir = smallBureau(t)
					p.clear(t)
					change(t, dir, 0)
					p.must(t, dir)
					p.public(t)
					change(t, dir, 1)
					begin := time.Now()
					lasts := p.touching()
					p.must(t, dir)
					usual, touched = time.Since(begin), lasts()
				}
				old := p.public(t)
				change(t, dir, n+2)
				c := exec.Command(self, "publish", "--quiet", "--as-of", "2026-10-31", "--to", p.to, dir)
				c.Env = slices.Concat(os.Environ(), p.env, []string{"SUNSHINE_TEST_RUN=1"})
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				ended := make(chan error, 1)
				go func() { ended <- c.Wait() }()
				wait := time.Duration(random.Int64N(int64(usual)))
				if n%3 > 0 { // more of those in which something is touched
					for deadline := time.Now().Add(10 * time.Second); !p.begun() && len(ended) == 0 && time.Now().Before(deadline); {
						time.Sleep(200 * time.Microsecond)
					}
					wait = time.Duration(random.Int64N(int64(touched)))
				}
				select {
				case err := <-ended:
					if err != nil {
						t.Fatalf("the publish failed: %v", err)
					}
				case <-time.After(wait):
					if c.Process.Kill(); <-ended != nil {
						killed++
					}
				}
				now := settled(t, p)
				if p.begun() {
					inside++
				}
				if n%4 == 0 && len(now) > 0 {
					continue // two are killed in a row
				}
				p.must(t, dir)
				p.same(t, dir)
				next := p.public(t)
				if all := faults(now, old, next); len(all) > 0 {
					t.Fatalf("after kill %d: %s", killed, strings.Join(all[:min(10, len(all))], "\n"))
				}
				if p.must(t, dir); t.Failed() {
					t.FailNow()
				}
			}
			t.Logf("%d publishes were killed, %d of them while something was touched; the public side was whole each time", killed, inside)
		})
	}
}
