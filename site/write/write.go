// Package write puts a built site into its folder. It is the only package that
// writes there.
//
//   - Every file is whole at every moment, also when the process is killed: new
//     bytes are staged in the folder .sunshine-build inside the site's folder and
//     moved into place only when all of them are there. A disk that is full or a
//     folder that cannot be written is therefore found before the last good site
//     is touched.
//   - Only files whose bytes differ are touched. The files themselves are read,
//     so a damaged one is mended.
//   - manifest.json comes last. It names every file with its SHA-256.
//   - Only what the last manifest names is ever removed. A journal in
//     .sunshine-build holds the names of a build that did not come to its end;
//     the next one knows them by it.
//   - A folder with other content and without our manifest is refused. In a
//     folder of ours, files of others stay, and are never overwritten.
//   - No symbolic link is followed out of the folder (os.Root), and none stands
//     for a folder of the site.
//   - Of two builds that write to one folder at a time, one is refused.
package write

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const (
	workDir     = ".sunshine-build"
	stageDir    = workDir + "/new" // files/ with one after another, folders/ with whole folders
	journalFile = workDir + "/journal"
)

// Report counts the files of the site, without manifest.json.
type Report struct{ Written, Unchanged, Removed int }

// Site makes the folder out hold files and a manifest of them, with up to jobs
// files at a time. data is the folder that the bureau's data stand in; out may
// neither lie in it nor hold it. The error is an *Error, with every name or
// place that is at fault.
func Site(out, data string, files []bureau.File, m Manifest, jobs int) (Report, error) {
	names, problems := checkNames(files, func(name string) problem.Position { return problem.Position{File: shown(out, name)} })
	if len(problems) > 0 {
		return Report{}, &Error{Problems: problems}
	}
	if err := checkPlace(out, data); err != nil {
		return Report{}, err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return Report{}, systemError(out, err)
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		return Report{}, systemError(out, err)
	}
	defer root.Close()
	unlock, err := lock(out)
	if err != nil {
		return Report{}, err
	}
	defer unlock()

	s := &site{out: out, root: root, files: files, names: names, jobs: jobs}
	if s.jobs < 1 {
		s.jobs = runtime.GOMAXPROCS(0)
	}
	if err := s.recognize(); err != nil {
		return Report{}, err
	}
	if err := s.compare(&m); err != nil {
		return Report{}, err
	}
	return s.update(m.encode())
}

// site is one run of Site.
type site struct {
	out   string
	root  *os.Root
	files []bureau.File
	names map[string]string // the names of the files by their folded form
	jobs  int

	known     map[string]bool // the files that earlier builds wrote or may have written
	knownDirs map[string]bool // the folders of those
	manifest  []byte          // as it stands in the folder; nil where there is none
	leftover  bool            // a build before did not come to its end

	needs   map[string]bool     // the folders of the files, with those above them
	folders map[string]standing // what stands at folders that were looked at
	changed []int               // the files to write
	stale   []string            // the files to remove, sorted; some may be gone already
	removed int                 // of those, the ones that were there
}

// recognize tells whether the folder is empty or ours, and which files in it
// are ours.
func (s *site) recognize() error {
	s.known, s.knownDirs = map[string]bool{}, map[string]bool{}
	entries, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return systemError(s.out, err)
	}
	ours := len(entries) == 0
	if info, err := s.root.Lstat(workDir); err == nil && info.IsDir() {
		ours, s.leftover = true, true
		journal, err := s.root.ReadFile(journalFile)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return systemError(s.out, err)
		}
		for _, name := range strings.Split(string(journal), "\n") {
			s.know(name)
		}
	}
	if info, err := s.root.Lstat(ManifestName); err == nil && info.Mode().IsRegular() {
		s.manifest, err = s.root.ReadFile(ManifestName)
		if err != nil {
			return systemError(s.out, err)
		}
		if last, ok := ParseManifest(s.manifest); ok {
			ours = true
			for _, f := range last.Files {
				s.know(f.Path)
			}
		}
	}
	if !ours {
		return refuse(s.out, problem.WriteForeignFolder,
			problem.Say("这个文件夹不是 sunshine 生成的：里面已有 %d 项内容，没有 sunshine 的 manifest.json", "sunshine did not make this folder: it holds %d entries and no manifest.json of sunshine", len(entries)),
			problem.Say("请换一个空文件夹（--out），或者先核对并移走里面的内容", "choose an empty folder (--out), or look through what is in it and move it away"))
	}
	return nil
}

func (s *site) know(name string) {
	if name == "" || nameFault(name) != nil {
		return
	}
	s.known[name] = true
	for dir := path.Dir(name); dir != "." && !s.knownDirs[dir]; dir = path.Dir(dir) {
		s.knownDirs[dir] = true
	}
}

// standing is what stands where the site needs a folder.
type standing uint8

const (
	folder  standing = iota + 1
	absent           // nothing, or a file of ours that goes
	blocked          // something of others
)

// folder tells what stands at dir.
func (s *site) folder(dir string) standing {
	if dir == "." {
		return folder
	}
	if p, ok := s.folders[dir]; ok {
		return p
	}
	p := s.folder(path.Dir(dir))
	if p == folder {
		info, err := s.root.Lstat(dir)
		switch {
		case err != nil:
			p = absent
		case info.IsDir():
			p = folder
		case s.known[dir] && info.Mode().IsRegular():
			p = absent
		default:
			p = blocked
		}
	}
	s.folders[dir] = p
	return p
}

// compare holds the files against the folder: it finds what is to be written and
// what is to be removed, and adds the files to the manifest.
func (s *site) compare(m *Manifest) error {
	s.folders = make(map[string]standing, len(s.files))
	s.needs = map[string]bool{".": true}
	for _, f := range s.files {
		for dir := path.Dir(f.Path); !s.needs[dir]; dir = path.Dir(dir) {
			s.needs[dir] = true
			s.folder(dir)
		}
	}
	m.Files = make([]Digest, len(s.files))
	differs := make([]bool, len(s.files))
	foreign := make([]bool, len(s.files))
	err := s.each(len(s.files), func(i int) (err error) {
		f := s.files[i]
		sum := sha256.Sum256(f.Bytes)
		m.Files[i] = Digest{f.Path, hex.EncodeToString(sum[:]), int64(len(f.Bytes))}
		switch s.folder(path.Dir(f.Path)) { // looked at above
		case absent:
			differs[i] = true
		case blocked:
			foreign[i] = true
		default:
			differs[i], foreign[i], err = s.differs(f)
		}
		return err
	})
	if err != nil {
		return systemError(s.out, err)
	}
	var problems problem.List
	for i, f := range s.files {
		if foreign[i] {
			problems.Error(problem.Position{File: shown(s.out, f.Path)}, problem.WriteForeignFile,
				problem.Say("这里要写网站的文件，但已有不是 sunshine 写的内容，不能覆盖", "a file of the site goes here, but something that sunshine did not write stands in its place"),
				problem.Say("请把它移走或改名；要随网站一起发布的文件请放在 data/static/", "move or rename it; files to publish with the site belong in data/static/"))
		} else if differs[i] {
			s.changed = append(s.changed, i)
		}
	}
	if len(problems) > 0 {
		problems.Sort()
		return &Error{Problems: problems}
	}
	slices.SortFunc(m.Files, func(a, b Digest) int { return cmp.Compare(a.Path, b.Path) })

	for _, name := range slices.Sorted(maps.Keys(s.known)) {
		if s.names[fold(name)] == name || s.folder(path.Dir(name)) == blocked {
			continue
		}
		if info, err := s.root.Lstat(name); err != nil || !info.IsDir() {
			s.stale = append(s.stale, name)
		}
	}
	return nil
}

// differs holds one file against what stands at its path. Foreign is what is
// not ours and not the same.
func (s *site) differs(f bureau.File) (differs, foreign bool, err error) {
	// The folders above are known to be folders, so plain paths are safe here.
	info, err := os.Lstat(s.plain(f.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, false, nil
	case err != nil:
		return false, false, err
	case info.IsDir():
		return true, s.holdsForeign(f.Path), nil
	case !info.Mode().IsRegular():
		return true, !s.known[f.Path], nil
	}
	same := info.Size() == int64(len(f.Bytes))
	if same {
		if same, err = s.holds(f); errors.Is(err, fs.ErrPermission) {
			same, err = false, nil // not readable: to be replaced
		}
	}
	return !same, !same && !s.known[f.Path], err
}

// plain is the path of a file of the site for the system.
func (s *site) plain(name string) string { return filepath.Join(s.out, filepath.FromSlash(name)) }

// holds tells whether the file in the folder has these bytes.
func (s *site) holds(f bureau.File) (bool, error) {
	file, err := os.Open(s.plain(f.Path))
	if err != nil {
		return false, err
	}
	defer file.Close()
	var block [16 << 10]byte
	for rest := f.Bytes; len(rest) > 0; {
		n, err := io.ReadFull(file, block[:min(len(block), len(rest))])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return false, err
		}
		if err != nil || !bytes.Equal(block[:n], rest[:n]) {
			return false, nil
		}
		rest = rest[n:]
	}
	return true, nil
}

// holdsForeign tells whether a folder that is to become a file holds anything
// that does not go with the stale files.
func (s *site) holdsForeign(dir string) bool {
	err := fs.WalkDir(s.root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && (d.IsDir() && !s.knownDirs[name] || !d.IsDir() && !s.known[name]) {
			err = fs.ErrExist
		}
		return err
	})
	return err != nil
}

// update makes the folder hold the files and the manifest.
func (s *site) update(manifest []byte) (Report, error) {
	report := Report{Written: len(s.changed), Unchanged: len(s.files) - len(s.changed)}
	if len(s.changed) == 0 && len(s.stale) == 0 && bytes.Equal(manifest, s.manifest) {
		if s.leftover {
			if err := s.root.RemoveAll(workDir); err != nil {
				return Report{}, systemError(s.out, err)
			}
		}
		return report, nil
	}
	if err := s.stage(manifest); err != nil {
		// Nothing of the site is touched yet. The names that a killed build left
		// behind are still needed.
		s.root.RemoveAll(stageDir)
		if !s.leftover {
			s.root.RemoveAll(workDir)
		}
		return Report{}, systemError(s.out, err)
	}
	if err := s.place(); err != nil {
		s.root.RemoveAll(stageDir)
		return Report{}, systemError(s.out, err)
	}
	report.Removed = s.removed
	return report, nil
}

// stage writes the journal, the changed files and the manifest into the work
// folder, and makes sure that they can be moved from there.
func (s *site) stage(manifest []byte) error {
	if err := s.root.RemoveAll(stageDir); err != nil {
		return err
	}
	if err := s.root.MkdirAll(stageDir, 0o755); err != nil {
		return err
	}
	var journal []string
	for _, f := range s.files {
		journal = append(journal, f.Path)
	}
	for name := range s.known {
		journal = append(journal, name)
	}
	slices.Sort(journal)
	journal = slices.Compact(journal)
	if err := s.root.WriteFile(journalFile+".new", []byte(strings.Join(journal, "\n")), 0o644); err != nil {
		return err
	}
	if err := s.root.Rename(journalFile+".new", journalFile); err != nil {
		return err
	}

	stage, err := s.root.OpenRoot(stageDir)
	if err != nil {
		return err
	}
	defer stage.Close()
	if err := stage.Mkdir("files", 0o755); err != nil {
		return err
	}
	if err := s.spread(stage); err != nil {
		return err
	}
	// The stage is new and ours alone, so plain paths are safe in it; os.Root would
	// open every folder above every file.
	plain := filepath.Join(s.out, filepath.FromSlash(stageDir))
	err = s.each(len(s.changed), func(i int) error {
		f := s.files[s.changed[i]]
		name, _ := s.staged(i)
		name = filepath.Join(plain, filepath.FromSlash(name))
		if s.folders[path.Dir(f.Path)] == absent {
			dir := filepath.Dir(name)
			if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
				if err := os.MkdirAll(dir, 0o755); err != nil {
					return err
				}
			}
		}
		return os.WriteFile(name, f.Bytes, 0o644)
	})
	if err != nil {
		return err
	}
	if err := stage.WriteFile(ManifestName, manifest, 0o644); err != nil {
		return err
	}

	touched := map[string]bool{".": true}
	for i := range s.changed {
		_, m := s.staged(i)
		touched[path.Dir(m.to)] = true
	}
	for _, name := range s.stale {
		touched[path.Dir(name)] = true
	}
	for _, dir := range slices.Sorted(maps.Keys(touched)) {
		if s.folder(dir) != folder {
			continue // comes with a move
		}
		if err := writable(filepath.Join(s.out, filepath.FromSlash(dir))); err != nil {
			return err
		}
	}
	return nil
}

const crowd = 500 // new folders in one

// spread makes the staged folders that many others come into.
func (s *site) spread(stage *os.Root) error {
	inside := map[string]int{}
	for dir, p := range s.folders {
		if p == absent {
			inside[path.Dir(dir)]++
		}
	}
	for dir, n := range inside {
		if n < crowd || s.folders[dir] != absent {
			continue
		}
		if err := stage.MkdirAll("folders/"+dir, 0o755); err != nil {
			return err
		}
		spread(filepath.Join(s.out, filepath.FromSlash(stageDir), "folders", filepath.FromSlash(dir)))
	}
	return nil
}

// move is one rename: of a file, or of a whole folder that is not there yet.
type move struct{ from, to string }

// staged tells where changed file i is written in stageDir, and the move that
// brings it to its place.
func (s *site) staged(i int) (name string, m move) {
	to := s.files[s.changed[i]].Path
	top := to // the highest folder above it that is not there
	for dir := path.Dir(to); s.folders[dir] == absent; dir = path.Dir(dir) {
		top = dir
	}
	if top == to {
		name = "files/" + strconv.Itoa(i)
		return name, move{name, to}
	}
	return "folders/" + to, move{"folders/" + top, top}
}

// place brings the staged files to their places, removes the stale ones, and
// ends with the manifest.
func (s *site) place() error {
	// First the stale files that stand where a folder comes, or in a folder where
	// a file comes. The others last: until then, old pages still need them.
	first, last := s.splitStale()
	if err := s.remove(first); err != nil {
		return err
	}
	moves := make([]move, len(s.changed))
	for i := range s.changed {
		_, moves[i] = s.staged(i)
	}
	slices.SortFunc(moves, func(a, b move) int { return cmp.Compare(a.to, b.to) })
	moves = slices.Compact(moves)
	err := s.each(len(moves), func(i int) error {
		return s.root.Rename(stageDir+"/"+moves[i].from, moves[i].to)
	})
	if err != nil {
		return err
	}
	if err := s.remove(last); err != nil {
		return err
	}
	if err := s.root.Rename(stageDir+"/"+ManifestName, ManifestName); err != nil {
		return err
	}
	return s.root.RemoveAll(workDir)
}

// splitStale parts the stale files that stand in the way of others from the rest.
func (s *site) splitStale() (inTheWay, rest []string) {
	for _, name := range s.stale {
		way := s.needs[name]
		for dir := path.Dir(name); dir != "." && !way; dir = path.Dir(dir) {
			_, way = s.names[fold(dir)]
		}
		if way {
			inTheWay = append(inTheWay, name)
		} else {
			rest = append(rest, name)
		}
	}
	return inTheWay, rest
}

// remove removes files and then the folders that are empty without them and not
// needed.
func (s *site) remove(names []string) error {
	dirs := map[string]bool{}
	for _, name := range names {
		if other := s.names[fold(name)]; other != "" && s.sameFile(name, other) {
			continue
		}
		if err := s.root.Remove(name); err == nil {
			s.removed++
		} else if _, gone := s.root.Lstat(name); gone == nil {
			return err
		}
		for dir := path.Dir(name); !s.needs[dir] && !dirs[dir]; dir = path.Dir(dir) {
			dirs[dir] = true
		}
	}
	// The deepest first; one that still holds something stays.
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(dirs))) {
		if info, err := s.root.Lstat(dir); err == nil && info.IsDir() {
			s.root.Remove(dir)
		}
	}
	return nil
}

// sameFile tells whether two names are one file, as on a disk that ignores case.
func (s *site) sameFile(a, b string) bool {
	infoA, errA := s.root.Lstat(a)
	infoB, errB := s.root.Lstat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// each calls f for 0 to n-1 from several goroutines, until one fails.
func (s *site) each(n int, f func(i int) error) error {
	var group errgroup.Group
	var next atomic.Int64
	for range min(s.jobs, n) {
		group.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := f(i); err != nil {
					next.Store(int64(n))
					return err
				}
			}
		})
	}
	return group.Wait()
}
