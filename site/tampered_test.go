package site_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	outside "sunshine/site/published"
	"sunshine/site/write"
)

// forger is whoever can change every file of a site, and has a key of his own.
type forger struct {
	r     *rand.Rand
	files map[string][]byte // of the site; those of a month before in before
	odd   map[string]func(path string) error
	key   *ledger.Key

	before    map[string][]byte // the site as it was signed a release ago
	elsewhere string            // a folder of his own
}

// any gives one of the files that a test holds for.
func (f *forger) any(fits func(name string) bool) string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(f.files)), func(name string) bool { return !fits(name) })
	return names[f.r.IntN(len(names))]
}

func isPage(name string) bool { return strings.HasSuffix(name, ".html") }

func isDownload(name string) bool {
	return strings.HasPrefix(name, "stats/") && !isPage(name) || strings.HasPrefix(name, "data/")
}

func isOldTable(name string) bool {
	return strings.HasPrefix(name, "releases/") && strings.HasSuffix(name, ".csv")
}

func isEntry(name string) bool {
	return strings.HasPrefix(name, "ledger/") && strings.HasSuffix(name, ".json")
}

func isOurs(name string) bool { return name != write.ManifestName && name != write.SignatureName }

// flip changes one byte of a file.
func (f *forger) flip(name string) {
	text := bytes.Clone(f.files[name])
	text[f.r.IntN(len(text))] ^= byte(1 + f.r.IntN(255))
	f.files[name] = text
}

// reseal makes the manifest fit the files.
func (f *forger) reseal() {
	m, ours := write.ParseManifest(f.files[write.ManifestName])
	if !ours {
		panic("no manifest")
	}
	m.Files = nil
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		if isOurs(name) {
			m.Files = append(m.Files, write.Digest{Path: name, SHA256: sumOf(f.files[name]), Size: int64(len(f.files[name]))})
		}
	}
	f.writeManifest(m)
}

func (f *forger) writeManifest(m write.Manifest) {
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		panic(err)
	}
	f.files[write.ManifestName] = append(text, '\n')
}

// resign signs the manifest with the forger's key.
func (f *forger) resign() {
	f.files[write.SignatureName] = []byte(f.key.Sign(ledger.ManifestText(f.files[write.ManifestName])))
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// entries are the names of those of the log, in their order.
func (f *forger) entries() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(f.files)), func(name string) bool { return !isEntry(name) })
}

// labelOf is the release of an entry: ledger/0001-2023-01.json.
func labelOf(entry string) string {
	_, label, _ := strings.Cut(strings.TrimSuffix(entry, ".json"), "-")
	return label
}

// rehead writes the head that the entries have, signed with a key or, without one, not.
func (f *forger) rehead(key *ledger.Key) {
	var all [][]byte
	for _, name := range f.entries() {
		all = append(all, f.files[name])
	}
	f.files["ledger/head.txt"] = []byte(key.Sign(ledger.HeadOf(all).Text()))
}

// fork changes one figure of an old table, and all that stands for it, up to the head:
// its entry, the hash of that, and so on to the last.
func (f *forger) fork(key *ledger.Key) {
	table := f.any(func(name string) bool { return isOldTable(name) && path.Base(path.Dir(name)) != bureau.LatestRelease })
	label := path.Base(path.Dir(table))
	old := f.files[table]
	at := len(old) - 1
	for ; old[at] < '0' || old[at] > '9'; at-- {
	}
	text := bytes.Clone(old)
	text[at] = '0' + (text[at]-'0'+1)%10
	f.files[table] = text
	entries := f.entries()
	first := slices.IndexFunc(entries, func(name string) bool { return labelOf(name) == label })
	if latest := path.Join("releases", bureau.LatestRelease, path.Base(table)); first == len(entries)-1 {
		f.files[latest] = text
	}
	was, is := sumOf(old), sumOf(text)
	for _, name := range entries[first:] { // in the first its table, in each other the one before
		entry := bytes.ReplaceAll(f.files[name], []byte(was), []byte(is))
		head, rest, _ := bytes.Cut(entry, []byte("\n"))
		was = strings.TrimSuffix(strings.TrimPrefix(string(head), bureau.RecordHead), bureau.RecordTail)
		is = bureau.RecordHash(rest)
		f.files[name] = append([]byte(bureau.RecordHead+is+bureau.RecordTail+"\n"), rest...)
	}
	f.rehead(key)
	f.reseal()
}

// cut takes the last releases off the log.
func (f *forger) cut(key *ledger.Key) {
	entries := f.entries()
	keep := 1 + f.r.IntN(len(entries)-1)
	for _, name := range entries[keep:] {
		label := labelOf(name)
		maps.DeleteFunc(f.files, func(other string, _ []byte) bool {
			return other == name || strings.HasPrefix(other, "releases/"+label+"/")
		})
	}
	label := labelOf(entries[keep-1])
	maps.DeleteFunc(f.files, func(other string, _ []byte) bool {
		return isOldTable(other) && path.Base(path.Dir(other)) == bureau.LatestRelease
	})
	for name, text := range maps.Clone(f.files) {
		if isOldTable(name) && path.Base(path.Dir(name)) == label {
			f.files[path.Join("releases", bureau.LatestRelease, path.Base(name))] = text
		}
	}
	f.rehead(key)
	f.reseal()
}

// found says how many of the tamperings of a kind are found in a mode.
type found uint8

const (
	never found = iota
	some
	always
)

// tamperings are what a forger does, each with what finds it: the site alone, an earlier
// head that was kept, the key.
var tamperings = []struct {
	what                string
	do                  func(f *forger)
	alone, head, signed found
	rule                problem.Rule // that tells it with the key and the head
}{
	{"a byte of a page", func(f *forger) { f.flip(f.any(isPage)) }, always, always, always, problem.VerifyDiffers},
	{"a byte of a download", func(f *forger) { f.flip(f.any(isDownload)) }, always, always, always, problem.VerifyDiffers},
	{"a byte of an old table", func(f *forger) { f.flip(f.any(isOldTable)) }, always, always, always, problem.VerifyDiffers},
	{"a byte of an entry", func(f *forger) { f.flip(f.any(isEntry)) }, always, always, always, problem.VerifyDiffers},
	{"a byte of the head", func(f *forger) { f.flip("ledger/head.txt") }, always, always, always, problem.VerifyDiffers},
	{"a byte of the manifest", func(f *forger) { f.flip(write.ManifestName) }, some, some, always, problem.Rule{}},
	{"a byte of the signature", func(f *forger) { f.flip(write.SignatureName) }, never, never, always, problem.VerifySignature},
	{"a page, the manifest with it", func(f *forger) { f.flip(f.any(isPage)); f.reseal() }, never, never, always, problem.VerifySignature},
	{"a download, the manifest with it", func(f *forger) { f.flip(f.any(isDownload)); f.reseal() }, never, never, always, problem.VerifySignature},
	{"an old table, the manifest with it", func(f *forger) { f.flip(f.any(isOldTable)); f.reseal() }, always, always, always, problem.VerifyRelease},
	{"an entry, the manifest with it", func(f *forger) { f.flip(f.any(isEntry)); f.reseal() }, always, always, always, problem.VerifyLog},
	{"an old table and its entry, the manifest with them", func(f *forger) {
		head := f.files["ledger/head.txt"]
		f.fork(nil)
		f.files["ledger/head.txt"] = head
		f.reseal()
	}, always, always, always, problem.VerifyLog},
	{"the signature of another key", func(f *forger) { f.resign() }, never, never, always, problem.VerifySignature},
	{"a page, the manifest, the signature of another key", func(f *forger) {
		f.flip(f.any(isPage))
		f.rehead(f.key)
		f.reseal()
		f.resign()
	}, never, never, always, problem.VerifySignature},
	{"no signature", func(f *forger) { delete(f.files, write.SignatureName) }, never, never, always, problem.VerifySignature},
	{"a log cut short", func(f *forger) { f.cut(nil) }, never, always, always, problem.VerifyShrunk},
	{"a log cut short, the signatures of another key", func(f *forger) { f.cut(f.key); f.resign() }, never, always, always, problem.VerifyShrunk},
	{"no log at all", func(f *forger) {
		maps.DeleteFunc(f.files, func(name string, _ []byte) bool {
			return strings.HasPrefix(name, "ledger/") || strings.HasPrefix(name, "releases/")
		})
		f.reseal()
	}, never, always, always, problem.VerifyShrunk},
	{"a forked log", func(f *forger) { f.fork(nil) }, never, always, always, problem.VerifyShrunk},
	{"a forked log, the signatures of another key", func(f *forger) { f.fork(f.key); f.resign() }, never, always, always, problem.VerifyShrunk},
	{"the site of a release before, as it was signed", func(f *forger) { f.files = maps.Clone(f.before) }, never, always, never, problem.VerifyShrunk},
	{"a file beside", func(f *forger) { f.files[path.Join(path.Dir(f.any(isOurs)), "added.html")] = []byte("x") }, always, always, always, problem.VerifyStranger},
	{"a file more, the manifest with it", func(f *forger) {
		f.files[path.Join(path.Dir(f.any(isPage)), "added.html")] = []byte("x") // in ledger/ it would be no entry
		f.reseal()
	}, never, never, always, problem.VerifySignature},
	{"a file less", func(f *forger) { delete(f.files, f.any(isOurs)) }, always, always, always, problem.VerifyMissing},
	{"a page less, the manifest with it", func(f *forger) { delete(f.files, f.any(isPage)); f.reseal() }, never, never, always, problem.VerifySignature},
	{"an old table less, the manifest with it", func(f *forger) { delete(f.files, f.any(isOldTable)); f.reseal() }, always, always, always, problem.VerifyRelease},
	{"a file named twice", func(f *forger) {
		name := f.any(isOurs)
		m, _ := write.ParseManifest(f.files[write.ManifestName])
		f.flip(name)
		m.Files = append(m.Files, write.Digest{Path: name, SHA256: sumOf(f.files[name]), Size: int64(len(f.files[name]))})
		f.writeManifest(m)
	}, always, always, always, problem.VerifyTwice},
	{"a pipe in the place of a file", func(f *forger) {
		name := f.any(isOurs)
		delete(f.files, name)
		f.odd[name] = pipe
	}, always, always, always, problem.VerifyUnreadable},
	{"a link in the place of a file", func(f *forger) {
		name := f.any(isOurs)
		text := f.files[name]
		delete(f.files, name)
		f.odd[name] = func(at string) error { // to the very bytes, elsewhere
			to := filepath.Join(f.elsewhere, sumOf(text))
			if err := os.WriteFile(to, text, 0o644); err != nil {
				return err
			}
			return os.Symlink(to, at)
		}
	}, always, always, always, problem.VerifyUnreadable},
}

// TestTampered lets a forger change a signed site with six releases, in all ways, and
// holds what verify finds against what it says that it finds. With the key and an
// earlier head nothing passes.
func TestTampered(t *testing.T) {
	tries := 2 * len(tamperings)
	if *proof {
		tries = 1000
	}
	keys := [2]*ledger.Key{}
	var trusted *ledger.PublicKey
	for i := range keys {
		secret, public, err := ledger.NewKey(rand.NewChaCha8([32]byte{byte(i)}))
		if err != nil {
			t.Fatal(err)
		}
		if keys[i], err = ledger.ParseKey(secret); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if trusted, err = ledger.ParsePublicKey(public); err != nil {
				t.Fatal(err)
			}
		}
	}
	ctx, dir := context.Background(), t.TempDir()
	v := newTown(6)
	o := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), Jobs: 2, Version: "test", Key: keys[0]}
	var whole, before map[string][]byte
	for v.month = 0; v.month < 6; v.month++ {
		if v.month > 0 {
			changes[0].happen(v)
		}
		v.grow()
		v.write(t, dir)
		o.AsOf = v.day(10)
		if _, problems, err := site.Release(ctx, o, v.label()); err != nil || problems.Errors() > 0 {
			t.Fatalf("%v\n%s", err, messages(problems))
		}
		if v.month < 4 {
			continue
		}
		if _, problems, err := site.Build(ctx, o); err != nil || problems.Errors() > 0 {
			t.Fatalf("%v\n%s", err, messages(problems))
		}
		before, whole = whole, tree(t, o.Out)
	}
	head, err := ledger.ParseHead(string(whole["ledger/head.txt"]))
	if err != nil || head.Size != 6 {
		t.Fatal(head.Size, err)
	}
	modes := [4]outside.Against{{}, {Head: &head}, {Key: trusted}, {Key: trusted, Head: &head}}
	verify := func(out string, against outside.Against) string {
		s, err := outside.Open(ctx, out)
		if err != nil {
			return err.Error()
		}
		defer s.Close()
		_, problems, err := outside.Verify(ctx, s, against, 2)
		if err != nil {
			return err.Error()
		}
		return messages(problems)
	}
	for _, against := range modes {
		if said := verify(o.Out, against); said != "" {
			t.Fatalf("the site as it is: %s", said)
		}
	}

	count := make([][4]int, len(tamperings))
	tried := make([]int, len(tamperings))
	out, elsewhere := o.Out, t.TempDir()
	for n := range tries {
		i := n % len(tamperings)
		f := &forger{r: rand.New(rand.NewPCG(uint64(n), 1000)), files: maps.Clone(whole), odd: map[string]func(string) error{}, key: keys[1], before: before, elsewhere: elsewhere}
		tamperings[i].do(f)
		undo := f.put(t, out, whole)
		tried[i]++
		for mode, against := range modes {
			said := verify(out, against)
			if said != "" {
				count[i][mode]++
			}
			if rule := tamperings[i].rule.String(); mode == 3 && (said == "" || rule != "" && !strings.Contains(said, "["+rule+"]")) {
				t.Errorf("%s (%d) with the key and the head: %q, not %s", tamperings[i].what, n, said, rule)
			}
		}
		undo()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d tamperings, of each kind found of tried: alone, with the head, with the key, with both\n", tries)
	var sums [4]int
	for i, k := range tamperings {
		fmt.Fprintf(&b, "%-52s", k.what)
		for mode, want := range [4]found{k.alone, k.head, k.signed, always} {
			sums[mode] += count[i][mode]
			fmt.Fprintf(&b, " %3d/%d", count[i][mode], tried[i])
			switch got := count[i][mode]; {
			case want == never && got > 0, want == always && got < tried[i]:
				t.Errorf("%s: %d of %d found in mode %d", k.what, got, tried[i], mode)
			}
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%-52s %d/%d %d/%d %d/%d %d/%d\n", "all", sums[0], tries, sums[1], tries, sums[2], tries, sums[3], tries)
	t.Log(b.String())
}

// put makes a folder that holds a site hold the forger's, and gives what undoes it.
func (f *forger) put(t *testing.T, out string, whole map[string][]byte) (undo func()) {
	t.Helper()
	var done []func()
	set := func(name string, text []byte) {
		at := filepath.Join(out, filepath.FromSlash(name))
		if err := os.RemoveAll(at); err != nil {
			t.Fatal(err)
		}
		if text == nil {
			return
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name := range maps.Keys(f.files) {
		if !bytes.Equal(f.files[name], whole[name]) {
			set(name, f.files[name])
			done = append(done, func() { set(name, whole[name]) })
		}
	}
	for name := range maps.Keys(whole) {
		if f.files[name] == nil {
			set(name, nil)
			done = append(done, func() { set(name, whole[name]) })
		}
	}
	for name, make := range f.odd {
		if err := make(filepath.Join(out, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		for _, one := range done {
			one()
		}
	}
}

// A build that the bureau signed, put back after a later one of the same release, is all
// in order: only its day tells.
func TestOlderSignedBuild(t *testing.T) {
	secret, public, err := ledger.NewKey(rand.NewChaCha8([32]byte{9}))
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.ParseKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := ledger.ParsePublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	ctx, dir := context.Background(), t.TempDir()
	v := newTown(7)
	v.grow()
	v.write(t, dir)
	o := site.Options{Dir: dir, AsOf: v.day(10), Jobs: 2, Version: "test", Key: key}
	if _, problems, err := site.Release(ctx, o, "first"); err != nil || problems.Errors() > 0 {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	var days []string
	for i := range 2 {
		o.Out, o.AsOf = filepath.Join(dir, fmt.Sprint(i)), v.day(10+i)
		if _, problems, err := site.Build(ctx, o); err != nil || problems.Errors() > 0 {
			t.Fatalf("%v\n%s", err, messages(problems))
		}
		text, err := os.ReadFile(filepath.Join(o.Out, "ledger", "head.txt"))
		if err != nil {
			t.Fatal(err)
		}
		head, err := ledger.ParseHead(string(text))
		if err != nil {
			t.Fatal(err)
		}
		s, err := outside.Open(ctx, filepath.Join(dir, "0"))
		if err != nil {
			t.Fatal(err)
		}
		verified, problems, err := outside.Verify(ctx, s, outside.Against{Key: trusted, Head: &head}, 2)
		if s.Close(); err != nil || len(problems) > 0 {
			t.Errorf("%v\n%s", err, messages(problems))
		}
		days = append(days, verified.Day)
	}
	if first := v.day(10).String(); !slices.Equal(days, []string{first, first}) {
		t.Errorf("the days are %v, not those of the first build", days)
	}
}
