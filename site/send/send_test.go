package send

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// siteOf makes a site of "path", "text" pairs.
func siteOf(pairs ...string) Site {
	var s Site
	for i := 0; i < len(pairs); i += 2 {
		s.Files = append(s.Files, bureau.File{Path: pairs[i], Bytes: []byte(pairs[i+1])})
	}
	s.Manifest, _ = write.Manifest{Generator: "sunshine test", AsOf: "2026-10-31"}.Sealed(s.Files)
	return s
}

var none = func(string) string { return "" }

// rule names the rule that an error breaks, and its message and hint in English.
func rule(err error) string {
	var refused *write.Error
	var wrong AddressError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &wrong):
		return "address: " + wrong.EN
	case errors.As(err, &refused):
		p := refused.Problems[0]
		text, hint := p.Said(problem.English)
		zh, zhHint := p.Said(problem.Chinese)
		if text == "" || hint == "" || zh == "" || zhHint == "" {
			return "no text: " + p.Rule.String()
		}
		return p.Rule.String() + ": " + text + " / " + hint
	}
	return "not told: " + err.Error()
}

func want(t *testing.T, err error, rules ...string) {
	t.Helper()
	said := rule(err)
	for _, r := range rules {
		if !strings.Contains(said, r) {
			t.Errorf("it says %q, and not %q", said, r)
		}
	}
}

// carry sends a site to a target that is open.
func carry(ctx context.Context, target *Target, s Site) (Plan, error) {
	standing, err := target.Look(ctx, nil)
	if err != nil {
		return Plan{}, err
	}
	p, err := target.Plan(ctx, standing, s, false, 2)
	if err != nil {
		return p, err
	}
	if err := target.Stage(ctx, standing, p, 2); err != nil {
		return p, err
	}
	if err := target.Place(ctx, standing, p, 2); err != nil {
		return p, err
	}
	problems, err := target.Verify(ctx, bureau.SHA256(s.Manifest), p, 2)
	if len(problems) > 0 {
		err = &write.Error{Problems: problems}
	}
	if err != nil {
		return p, err
	}
	return p, target.Clean(ctx)
}

func folderAt(t *testing.T, dir string) *Target {
	t.Helper()
	target, err := Open(context.Background(), dir, false, none)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { target.Close() })
	return target
}

// tree is what stands in a folder, what lies ready there apart.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && name == workDir {
			b.WriteString("working ")
			return fs.SkipDir
		}
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if name == write.ManifestName {
			text = nil
		}
		fmt.Fprintf(&b, "%s=%s ", name, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// An address that no site can be sent to is told before anything is done.
func TestAddress(t *testing.T) {
	for address, says := range map[string]string{
		"":                          "no place to publish to",
		"ftp://host/web":            "ftp:// is no place",
		"https://host/":             "https:// is no place",
		"sftp://me:secret@host/web": "must not hold a password",
		"s3://id:secret@bucket/x":   "must not hold a password",
		"sftp://host/web":           "lacks a user",
		"sftp://me@host":            "lacks a path",
		"sftp:///web":               "cannot be read",
		"s3://":                     "cannot be read",
		"s3://me@bucket/":           "cannot be read",
		"sftp://me@host/web?x":      `cannot hold "?"`,
		"s3://bucket/x#y":           `cannot hold "?"`,
		"sftp://me@ho st/web":       "cannot be read",
	} {
		_, err := Open(context.Background(), address, false, none)
		want(t, err, "address: ", says)
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is printed: %v", err)
		}
	}
	_, err := Open(context.Background(), "sftp://me@host/web", false, none)
	want(t, err, "publish/refused", "no key to log in with", "SUNSHINE_SSH_KEY")
	_, err = Open(context.Background(), "s3://bucket/web", false, none)
	want(t, err, "publish/refused", "AWS_ACCESS_KEY_ID")
	_, err = Open(context.Background(), filepath.Join(t.TempDir(), "not", "there"), false, none)
	want(t, err, "publish/missing", "connect the network drive")
}

// Content of somebody else is neither overwritten nor taken for a site.
func TestForeign(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("thesis.doc", "x")
	_, err := carry(ctx, folderAt(t, dir), siteOf("index.html", "1"))
	want(t, err, "publish/foreign", "thesis.doc")
	os.Remove(filepath.Join(dir, "thesis.doc"))
	put("manifest.json", `{"name":"an app"}`)
	_, err = carry(ctx, folderAt(t, dir), siteOf("index.html", "1"))
	want(t, err, "publish/foreign", "manifest.json")
	os.Remove(filepath.Join(dir, "manifest.json"))

	put(".gitkeep", "")
	put(".git/HEAD", "x") // a repository of pages
	if _, err := carry(ctx, folderAt(t, dir), siteOf("index.html", "1")); err != nil {
		t.Fatal(rule(err))
	}
	put("about/index.html", "theirs")
	_, err = carry(ctx, folderAt(t, dir), siteOf("index.html", "2", "about/index.html", "ours"))
	want(t, err, "publish/foreign", "a file of the site goes here")
	if got := tree(t, dir); !strings.Contains(got, "about/index.html=theirs") || !strings.Contains(got, "index.html=1") {
		t.Error(got)
	}
	// What is not ours is never removed, whatever the manifest at the target names.
	put("about/index.html", "ours")
	outside := filepath.Join(filepath.Dir(dir), "outside")
	if err := os.WriteFile(outside, []byte("theirs"), 0o644); err != nil {
		t.Fatal(err)
	}
	put("manifest.json", `{"generator":"sunshine test","files":[{"path":"index.html","sha256":"0","size":1},{"path":"../outside","sha256":"0","size":1},{"path":".git/HEAD/../../../outside","sha256":"0","size":1}]}`)
	if p, err := carry(ctx, folderAt(t, dir), siteOf("index.html", "3", "about/index.html", "ours")); err != nil || len(p.Remove) > 0 {
		t.Fatal(p.Remove, rule(err))
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error("a file outside the target is removed")
	}
	put(".sunshine-publish/journal", "../outside\n")
	_, err = carry(ctx, folderAt(t, dir), siteOf("index.html", "3"))
	want(t, err, "publish/foreign", "list of an unfinished publish")
	archive := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(archive, []byte("no archive"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Open(ctx, archive, false, none)
	want(t, err, "publish/foreign", "no ZIP file that sunshine wrote")
}

// A link at the target does not lead out of it.
func TestLinkedFolder(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	if _, err := carry(context.Background(), folderAt(t, dir), siteOf("index.html", "1")); err != nil {
		t.Fatal(rule(err))
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, "about")); err != nil {
		t.Skip(err)
	}
	if _, err := carry(context.Background(), folderAt(t, dir), siteOf("index.html", "2", "about/index.html", "2")); err == nil {
		t.Error("a file is sent through a link that leads out")
	}
	if got := tree(t, elsewhere); got != "" {
		t.Error(got)
	}
}

// What pages load comes first, then new pages, then changed ones, then the home page; the
// log, the manifest and its signature are last, and only then is anything removed.
func TestOrder(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	if _, err := carry(ctx, folderAt(t, dir), siteOf("index.html", "1", "assets/a.1.css", "1", "old/index.html", "1", "z/index.html", "1")); err != nil {
		t.Fatal(rule(err))
	}
	target := folderAt(t, dir)
	standing, err := target.Look(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := siteOf("404.html", "2", "index.html", "2", "assets/a.2.css", "2", "z/index.html", "2", "z/x.csv", "2", "new/index.html", "2", "ledger/0001-a.json", "2", "ledger/head.txt", "2", "feed.xml", "2")
	s.Signature = []byte("signed")
	p, err := target.Plan(ctx, standing, s, false, 1)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, f := range p.Send {
		order = append(order, f.Path)
	}
	if got := strings.Join(order, " "); got != "assets/a.2.css ledger/0001-a.json z/x.csv 404.html new/index.html z/index.html index.html feed.xml ledger/head.txt manifest.json manifest.sig" {
		t.Error(got)
	}
	if got := strings.Join(p.Remove, " "); got != "assets/a.1.css old/index.html" {
		t.Error(got)
	}
	// The moves themselves are watched: nothing is removed before the manifest stands.
	d := target.store.(*disk)
	log := &watched{drive: d.drive}
	d.drive = log
	if err := target.Stage(ctx, standing, p, 1); err != nil {
		t.Fatal(rule(err))
	}
	if err := target.Place(ctx, standing, p, 1); err != nil {
		t.Fatal(rule(err))
	}
	steps := strings.Join(log.steps, " ")
	if want := "+assets/a.2.css +ledger/0001-a.json +z/x.csv +404.html +new/index.html +z/index.html +index.html +feed.xml +ledger/head.txt +manifest.json +manifest.sig -assets/a.1.css -old/index.html"; steps != want {
		t.Errorf("got  %s\nwant %s", steps, want)
	}
}

// watched notes what is moved to its place and what is removed.
type watched struct {
	drive
	steps []string
}

func (w *watched) rename(from, to string) error {
	if !strings.HasPrefix(to, workDir) {
		w.steps = append(w.steps, "+"+to)
	}
	return w.drive.rename(from, to)
}

func (w *watched) remove(name string) error {
	if !strings.HasPrefix(name, workDir) {
		w.steps = append(w.steps, "-"+name)
	}
	return w.drive.remove(name)
}

// failing is a disk on which something gives out after a while.
type failing struct {
	drive
	room    int   // bytes that may be written
	moves   int   // renames to a place of the site that may be made
	err     error // what it says then
	created []string
}

func (f *failing) create(name string, data []byte) error {
	if f.room -= len(data); f.room < 0 {
		f.drive.create(name, data[:len(data)/2])
		return &fs.PathError{Op: "write", Path: name, Err: f.err}
	}
	f.created = append(f.created, name)
	return f.drive.create(name, data)
}

func (f *failing) rename(from, to string) error {
	if !strings.HasPrefix(to, workDir) {
		if f.moves--; f.moves < 0 {
			return &fs.PathError{Op: "rename", Path: to, Err: f.err}
		}
	}
	return f.drive.rename(from, to)
}

// A disk that fills up, a share that goes away: the site that stands is as it was, the
// message says what to do, and the next publish sends only what is missing.
func TestGivesOut(t *testing.T) {
	ctx := context.Background()
	before := siteOf("index.html", "1", "a/index.html", "1")
	after := siteOf("index.html", strings.Repeat("2", 1000), "a/index.html", strings.Repeat("3", 1000), "b/index.html", strings.Repeat("4", 1000))
	for _, c := range []struct {
		err  error
		says string
	}{
		{syscall.ENOSPC, "publish/full"}, {syscall.EDQUOT, "publish/full"}, {syscall.EIO, "publish/unreachable"},
		{syscall.EACCES, "publish/refused"}, {syscall.EROFS, "publish/refused"}, {syscall.ESTALE, "publish/unreachable"}, {errors.New("a fault"), "publish/system"},
	} {
		dir := t.TempDir()
		if _, err := carry(ctx, folderAt(t, dir), before); err != nil {
			t.Fatal(rule(err))
		}
		stood := tree(t, dir)
		target := folderAt(t, dir)
		d := target.store.(*disk)
		d.drive = &failing{drive: d.drive, room: 2500, moves: 100, err: c.err}
		_, err := carry(ctx, target, after)
		want(t, err, c.says)
		if got := tree(t, dir); got != "working "+stood {
			t.Errorf("%v: the site is another one: %s", c.err, got)
		}
		target = folderAt(t, dir)
		d = target.store.(*disk)
		again := &failing{drive: d.drive, room: 1 << 20, moves: 100}
		d.drive = again
		if _, err := carry(ctx, target, after); err != nil {
			t.Fatal(rule(err))
		}
		if len(again.created) > 4 { // the journal, at most two files, the manifest
			t.Errorf("%v: sent again: %q", c.err, again.created)
		}
		if got := tree(t, dir); strings.Contains(got, "working") || !strings.Contains(got, "b/index.html=4") {
			t.Error(got)
		}
		// It gives out between two moves.
		target = folderAt(t, dir)
		d = target.store.(*disk)
		d.drive = &failing{drive: d.drive, room: 1 << 20, moves: 1, err: c.err}
		_, err = carry(ctx, target, before)
		want(t, err, c.says)
		if _, err := carry(ctx, folderAt(t, dir), before); err != nil {
			t.Fatal(rule(err))
		}
		if got := tree(t, dir); got != stood {
			t.Errorf("%v: got %s", c.err, got)
		}
	}
}

// What stands in the way of a new file goes before it comes: a file where there is to be
// a folder, and on a disk that ignores case a file of another spelling.
func TestInTheWay(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	target := folderAt(t, dir)
	if _, err := carry(ctx, target, siteOf("index.html", "1", "static/forms", "a form", "static/map.txt", "old", "static/x/y", "a file")); err != nil {
		t.Fatal(rule(err))
	}
	p, err := carry(ctx, target, siteOf("index.html", "1", "static/forms/a", "a form", "static/Map.txt", "new", "static/x", "a file"))
	if err != nil {
		t.Fatal(rule(err))
	}
	if got := strings.Join(p.First, " "); got != "static/forms static/map.txt static/x/y" {
		t.Errorf("%s go first", got)
	}
	if got := tree(t, dir); got != "index.html=1 manifest.json= static/Map.txt=new static/forms/a=a form static/x=a file " {
		t.Error(got)
	}
}

// A file of the site that was damaged is found by reading, and sent anew.
func TestDamaged(t *testing.T) {
	ctx, dir, s := context.Background(), t.TempDir(), siteOf("index.html", "1", "a/index.html", "1")
	if _, err := carry(ctx, folderAt(t, dir), s); err != nil {
		t.Fatal(rule(err))
	}
	if err := os.WriteFile(filepath.Join(dir, "a/index.html"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	target := folderAt(t, dir)
	_, err := carry(ctx, target, s)
	want(t, err, "verify/differs")
	// The journal stands, so that the next publish reads everything.
	if p, err := carry(ctx, folderAt(t, dir), s); err != nil || len(p.Send) != 1 || p.Send[0].Path != "a/index.html" {
		t.Error(p, rule(err))
	}
	// Somebody who puts another manifest there while it is sent is found.
	target = folderAt(t, dir)
	problems, err := target.Verify(ctx, "another sum", Plan{}, 1)
	if err != nil || len(problems) != 1 || problems[0].Rule != problem.PublishOverwritten {
		t.Error(problems, err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	_, err = carry(stopped, folderAt(t, dir), siteOf("index.html", "2"))
	want(t, err, "publish/interrupted", "goes on where it was interrupted")
}

// Of two who publish at once the second is told who is the first and since when. A lock
// that nobody holds any more stops nobody.
func TestLock(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	now := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	who := func(name string, minutes int) Who {
		return Who{name, "pc-" + name, os.Getpid(), func() time.Time { return now.Add(time.Duration(minutes) * time.Minute) }}
	}
	first, second := folderAt(t, dir), folderAt(t, dir)
	work, err := first.Lock(ctx, who("zhang", 0))
	if err != nil {
		t.Fatal(rule(err))
	}
	_, err = second.Lock(ctx, who("li", 4))
	want(t, err, "publish/busy", "zhang (on pc-zhang) has been publishing here since", now.Local().Format("2006-01-02 15:04:05"))
	// A file of a lock that nobody can read
	lockFile := filepath.Join(dir, workDir, lockNote)
	held, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(lockFile, []byte("?"), 0o644)
	_, err = second.Lock(ctx, who("li", 4))
	want(t, err, "publish/busy", "delete this file")
	os.WriteFile(lockFile, held, 0o644)
	// It was not renewed for too long: the second takes over, and the first stops.
	if _, err := second.Lock(ctx, who("li", 6)); err != nil {
		t.Fatal(rule(err))
	}
	s := siteOf("index.html", "1")
	_, err = carry(work, first, s)
	want(t, err, "publish/busy", "li (on pc-li) took over")
	if got := tree(t, dir); strings.HasPrefix(got, "index") || strings.Contains(got, " index") {
		t.Error("who lost the lock published:", got)
	}
	first.Close() // does not let go what is not its own
	if _, err := os.Stat(lockFile); err != nil {
		t.Error("the lock of another is removed")
	}
	os.Remove(lockFile)
	_, err = carry(ctx, second, s)
	want(t, err, "publish/busy", "somebody deleted")
	second.Close()
	// A process of this machine that is gone holds nothing.
	third, fourth := folderAt(t, dir), folderAt(t, dir)
	gone := who("wang", 7)
	gone.Process = 1 << 29
	if _, err := third.Lock(ctx, gone); err != nil {
		t.Fatal(rule(err))
	}
	next := who("wang", 7)
	if _, err := fourth.Lock(ctx, next); err != nil {
		t.Fatal(rule(err))
	}
	if _, err := carry(ctx, fourth, s); err != nil {
		t.Fatal(rule(err))
	}
	fourth.Close()
	if got := tree(t, dir); strings.Contains(got, "working") {
		t.Error(got)
	}
	// Of a process of another machine nothing is known.
	fifth, sixth := folderAt(t, dir), folderAt(t, dir)
	far := who("zhao", 8)
	far.Process = 1 << 29
	if _, err := fifth.Lock(ctx, far); err != nil {
		t.Fatal(rule(err))
	}
	_, err = sixth.Lock(ctx, who("qian", 9))
	want(t, err, "publish/busy", "zhao (on pc-zhao) has been publishing here since")
	// One that was made by a clock far ahead never grows old; it is told what it is.
	fifth.Close()
	seventh, eighth := folderAt(t, dir), folderAt(t, dir)
	if _, err := seventh.Lock(ctx, who("sun", 60*24)); err != nil {
		t.Fatal(rule(err))
	}
	_, err = eighth.Lock(ctx, who("zhou", 10))
	want(t, err, "publish/clock", "the clock of that computer is more than 5 minutes ahead of this one")
	os.Remove(lockFile) // as the hint says
	if _, err := eighth.Lock(ctx, who("zhou", 10)); err != nil {
		t.Error(rule(err))
	}
}

// Whoever is told of the lock of a ZIP file finds it under that name.
func TestLockOfArchive(t *testing.T) {
	ctx, file := context.Background(), filepath.Join(t.TempDir(), "u.zip")
	open := func() *Target {
		target, err := Open(ctx, file, false, func(string) string { return "" })
		if err != nil {
			t.Fatal(rule(err))
		}
		t.Cleanup(func() { target.Close() })
		return target
	}
	first := open()
	if _, err := first.Lock(ctx, Who{"zhang", "pc", os.Getpid(), time.Now}); err != nil {
		t.Fatal(rule(err))
	}
	note := filepath.Join(filepath.Dir(file), ".u.zip.lock")
	if err := os.WriteFile(note, []byte("?"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := open().Lock(ctx, Who{"li", "pc", os.Getpid(), time.Now})
	want(t, err, "publish/busy", "delete this file")
	if refused := (*write.Error)(nil); !errors.As(err, &refused) || refused.Problems[0].File != filepath.ToSlash(note) {
		t.Error(err)
	}
	os.Remove(note)
	want(t, first.Still(ctx), "publish/busy", "somebody deleted", filepath.ToSlash(note))
}

// What an interrupted publish named and never brought is not said to be removed.
func TestNeverBrought(t *testing.T) {
	ctx, dir, s := context.Background(), t.TempDir(), siteOf("index.html", "1")
	if _, err := carry(ctx, folderAt(t, dir), s); err != nil {
		t.Fatal(rule(err))
	}
	target := folderAt(t, dir)
	standing, err := target.Look(ctx, nil)
	if err != nil {
		t.Fatal(rule(err))
	}
	more := siteOf("index.html", "1", "a/index.html", "1", "b/index.html", "1")
	plan, err := target.Plan(ctx, standing, more, false, 1)
	if err == nil {
		err = target.Stage(ctx, standing, plan, 1)
	}
	if err != nil {
		t.Fatal(rule(err))
	}
	if err := os.MkdirAll(filepath.Join(dir, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a/index.html"), []byte("1"), 0o644); err != nil {
		t.Fatal(err)
	}
	if p, err := carry(ctx, folderAt(t, dir), s); err != nil || !slices.Equal(p.Remove, []string{"a/index.html"}) {
		t.Error(p.Remove, rule(err))
	}
}

// Of what lies ready only what a publish left is removed.
func TestCleanIsOurs(t *testing.T) {
	dir := t.TempDir()
	target := folderAt(t, dir)
	left, notes := filepath.Join(dir, workDir, strings.Repeat("0", 32)), filepath.Join(dir, workDir, "notes.txt")
	if err := os.MkdirAll(filepath.Dir(notes), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{left, notes} {
		if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := carry(context.Background(), target, siteOf("index.html", "1")); err != nil {
		t.Fatal(rule(err))
	}
	if _, err := os.Stat(notes); err != nil {
		t.Error("what somebody put there is gone")
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what an interrupted publish left stays")
	}
}

// stolen is a disk on which somebody takes the lock over when a file came to its place.
type stolen struct {
	drive
	at string
}

func (s *stolen) rename(from, to string) error {
	if err := s.drive.rename(from, to); err != nil || to != s.at {
		return err
	}
	s.drive.remove(workDir + "/" + lockNote)
	return s.drive.create(workDir+"/"+lockNote, lock{By: "li", Machine: "pc-li", Token: "another"}.bytes())
}

// Whoever loses the lock on the way stops before the head of the log and the manifest, and
// before anything is removed.
func TestLockLostOnTheWay(t *testing.T) {
	for at, want := range map[string]struct{ stands, stays string }{
		"index.html":      {"index.html=2 ", "ledger/head.txt=1 "},
		"ledger/head.txt": {"ledger/head.txt=2 ", "old/index.html=1 "},
		"manifest.json":   {"ledger/head.txt=2 ", "old/index.html=1 "},
	} {
		dir, ctx := t.TempDir(), context.Background()
		target := folderAt(t, dir)
		if _, err := carry(ctx, target, siteOf("index.html", "1", "ledger/head.txt", "1", "old/index.html", "1")); err != nil {
			t.Fatal(rule(err))
		}
		manifest, err := os.ReadFile(filepath.Join(dir, write.ManifestName))
		if err != nil {
			t.Fatal(err)
		}
		ctx, err = target.Lock(ctx, Who{"zhang", "pc", os.Getpid(), time.Now})
		if err != nil {
			t.Fatal(rule(err))
		}
		d := target.store.(*disk)
		d.drive = &stolen{d.drive, at}
		_, err = carry(ctx, target, siteOf("index.html", "2", "ledger/head.txt", "2"))
		if said := rule(err); !strings.Contains(said, "li (on pc-li) took over") {
			t.Errorf("%s: it says %q", at, said)
		}
		if got := tree(t, dir); !strings.Contains(got, want.stands) || !strings.Contains(got, want.stays) {
			t.Errorf("%s: %s", at, got)
		}
		if now, _ := os.ReadFile(filepath.Join(dir, write.ManifestName)); at != write.ManifestName && string(now) != string(manifest) {
			t.Errorf("%s: the manifest is the new one", at)
		}
	}
}

// A lock is renewed while the work goes on, and the work ends when it is lost.
func TestLockIsRenewed(t *testing.T) {
	beatWas := beat
	beat = 5 * time.Millisecond
	defer func() { beat = beatWas }()
	dir := t.TempDir()
	target := folderAt(t, dir)
	work, err := target.Lock(context.Background(), Who{"zhang", "pc", os.Getpid(), time.Now})
	if err != nil {
		t.Fatal(rule(err))
	}
	name := filepath.Join(dir, workDir, lockNote)
	first, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(beat) {
		if now, _ := os.ReadFile(name); len(now) > 0 && !bytes.Equal(now, first) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it is not renewed")
		}
	}
	other, err := Open(context.Background(), dir, false, none)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	stolen := lock{By: "li", Machine: "x", Token: "another", Renewed: time.Now()}
	for range 50 { // the beat may write once more
		if err := other.store.write(context.Background(), lockNote, stolen.bytes()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(beat)
		if work.Err() != nil {
			break
		}
	}
	select {
	case <-work.Done():
		want(t, context.Cause(work), "publish/busy", "took over")
	case <-time.After(10 * time.Second):
		t.Error("the work goes on without the lock")
	}
}
