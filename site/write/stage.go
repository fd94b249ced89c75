package write

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/problem"
)

// Stage is one run of Site: it takes the files as they are made, sets those down that
// differ from what stands in the folder, beside it, and brings all to their places at
// the end. It is a bureau.Store.
type Stage struct {
	out    string
	root   *os.Root
	jobs   int
	made   string // the highest folder that Begin made for the site; empty where it was there
	unlock func()

	known     map[string]bool // the files that earlier builds wrote or may have written
	knownDirs map[string]bool // the folders of those
	manifest  []byte          // as it stands in the folder; nil where there is none
	leftover  bool            // a build before did not come to its end

	mu      sync.Mutex
	folders map[string]standing // what stands at folders that were looked at
	kept    map[string]kept     // the files that were set down or stand already, by path
	inside  map[string]int      // how many folders were staged in one
	staged  int                 // how many files were staged that are not in a new folder

	names   map[string]string // the names of the files by their folded form
	needs   map[string]bool   // the folders of the files, with those above them
	stale   []string          // the files to remove, sorted; some may be gone already
	removed int               // of those, the ones that were there
}

// kept is a file that is at hand.
type kept struct {
	down bureau.SetDown
	name string      // of the staged file, in stageDir; empty where it stands in its place
	seen fs.FileInfo // of a file that stands in its place, when it was looked into
}

func newStage(out string, root *os.Root, jobs int) *Stage {
	return &Stage{out: out, root: root, jobs: jobs, folders: map[string]standing{}, kept: map[string]kept{}, inside: map[string]int{}}
}

// Begin opens the folder out for a new site and keeps other builds out of it; Close
// ends that. data and the errors are as of Site. Nothing of the site that stands there is touched
// before Finish.
func Begin(out, data string, jobs int) (*Stage, error) {
	if err := checkPlace(out, data); err != nil {
		return nil, err
	}
	made := missing(out)
	if err := os.MkdirAll(out, 0o755); err != nil {
		unmake(out, made)
		return nil, systemError(out, err)
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		unmake(out, made)
		return nil, systemError(out, err)
	}
	s := newStage(out, root, jobs)
	s.made = made
	if s.unlock, err = Lock(out); err == nil {
		if err = s.recognize(); err == nil {
			if err = s.Empty(); err == nil { // a build that was killed may have left some
				return s, nil
			}
		}
		s.unlock()
	}
	root.Close()
	unmake(out, made)
	return nil, err
}

// missing is the highest folder above a folder, or that itself, that is not there.
func missing(dir string) (top string) {
	for dir = filepath.Clean(dir); ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			return top
		}
		top = dir
	}
}

// Close gives up what was set down and did not come to its place, and lets other builds
// in. Of a build that was not finished nothing is left.
func (s *Stage) Close() {
	s.root.RemoveAll(stageDir)
	if !s.leftover { // else the names that a killed build left behind are still needed
		s.root.RemoveAll(workDir)
	}
	s.unlock()
	s.root.Close()
	unmake(s.out, s.made)
}

// unmake removes the folder out with those above it up to one, where that is given. A
// folder that holds something stays.
func unmake(out, made string) {
	if made == "" {
		return
	}
	for dir := filepath.Clean(out); ; dir = filepath.Dir(dir) {
		os.Remove(dir) // some may never have been made
		if dir == made {
			return
		}
	}
}

// Empty forgets what was kept.
func (s *Stage) Empty() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.kept)
	clear(s.inside)
	s.staged = 0
	if info, err := s.root.Lstat(workDir); err == nil && emptied(info) {
		return s.system(s.root.Remove(workDir))
	}
	return s.system(s.root.RemoveAll(stageDir))
}

// system says an error of the system in the clerk's words; nil is none.
func (s *Stage) system(err error) error {
	if err == nil {
		return nil
	}
	return systemError(s.out, err)
}

// Keep sets a file down in the stage, where it is not in its place already. What no disk
// stores, or what would take the place of what others wrote, is given back as it is:
// Check and Finish tell it.
func (s *Stage) Keep(f bureau.File) (bureau.File, error) {
	if nameFault(f.Path) != nil {
		return f, nil
	}
	if f.Down.SHA256 != "" {
		b, err := f.Read()
		if err != nil {
			return f, s.system(err)
		}
		f = bureau.File{Path: f.Path, Bytes: b}
	}
	down := bureau.SetDown{SHA256: f.SHA256(), Size: f.Size()}
	s.mu.Lock()
	parent := s.folder(path.Dir(f.Path))
	s.mu.Unlock()
	if parent == blocked {
		return f, nil
	}
	k := kept{down: down}
	if parent == folder {
		differs, err := s.differs(f)
		if err != nil {
			return f, s.system(err)
		}
		if !differs {
			k.down.Place = s.plain(f.Path)
			k.seen, err = os.Lstat(k.down.Place)
			return s.keep(f, k), s.system(err)
		}
	}
	name, err := s.place(f.Path, parent)
	if err == nil {
		k.name, k.down.Place = name, s.plain(stageDir+"/"+name)
		err = os.WriteFile(k.down.Place, f.Bytes, 0o644)
	}
	switch {
	case inTheWay(err):
		return f, nil
	case err != nil:
		return f, s.system(err)
	}
	return s.keep(f, k), nil
}

// Write sets a file down as it is written.
func (s *Stage) Write(to string, write func(io.Writer) error) (bureau.File, error) {
	name, err := s.place(to, folder) // where it goes is known when it is whole
	if err != nil {
		return bureau.File{}, s.system(err)
	}
	place := s.plain(stageDir + "/" + name)
	file, err := os.Create(place)
	if err != nil {
		return bureau.File{}, s.system(err)
	}
	buffered := bufio.NewWriterSize(file, 1<<16)
	d := bureau.NewDigester(buffered)
	failed := write(d)
	if err := errors.Join(buffered.Flush(), file.Close()); err != nil { // which is why write failed, where it did
		return bureau.File{}, s.system(err)
	}
	if failed != nil {
		return bureau.File{}, failed
	}
	k := kept{down: d.SetDown(), name: name}
	k.down.Place = place
	f := bureau.File{Path: to, Down: k.down}
	if nameFault(to) != nil {
		return f, nil
	}
	s.mu.Lock()
	parent := s.folder(path.Dir(to))
	s.mu.Unlock()
	switch parent {
	case blocked:
		return f, nil
	case folder:
		differs, err := s.differs(f)
		if err != nil {
			return f, s.system(err)
		}
		if !differs {
			k.name, k.down.Place = "", s.plain(to)
			k.seen, err = os.Lstat(k.down.Place)
			return s.keep(f, k), s.system(errors.Join(err, os.Remove(place)))
		}
	case absent:
		if k.name, err = s.place(to, absent); err == nil {
			k.down.Place = s.plain(stageDir + "/" + k.name)
			err = os.Rename(place, k.down.Place)
		}
		switch {
		case inTheWay(err):
			return f, nil
		case err != nil:
			return f, s.system(err)
		}
	}
	return s.keep(f, k), nil
}

// inTheWay tells whether another file of the site stands where the folder of one does, or
// the other way round.
func inTheWay(err error) bool {
	return errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EISDIR) || errors.Is(err, fs.ErrExist)
}

func (s *Stage) keep(f bureau.File, k kept) bureau.File {
	s.mu.Lock()
	s.kept[f.Path] = k
	s.mu.Unlock()
	return bureau.File{Path: f.Path, Down: k.down}
}

// place gives a file its place in the stage, in whose folder others may follow. A file whose
// folder is new stands in it, and comes with it in one move. The stage is
// ours alone, so plain paths are safe in it; os.Root would open every folder above
// every file.
func (s *Stage) place(to string, parent standing) (name string, err error) {
	if parent != absent {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.staged++
		if s.staged == 1 {
			err = s.below("files")
		}
		return "files/" + strconv.Itoa(s.staged), err
	}
	dir := s.plain(stageDir + "/folders/" + path.Dir(to))
	switch err := os.Mkdir(dir, 0o755); {
	case err == nil:
		s.spread(path.Dir(to))
	case !errors.Is(err, fs.ErrExist):
		if err := s.below("folders/" + path.Dir(to)); err != nil {
			return "", err
		}
	}
	return "folders/" + to, nil
}

// below makes a folder of the stage. The stage lies in the site, where a server may give out what
// it finds, and holds pages that nobody has judged yet: no other user gets into it.
func (s *Stage) below(dir string) error {
	if err := os.MkdirAll(s.plain(workDir), 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(s.plain(stageDir), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.MkdirAll(s.plain(stageDir+"/"+dir), 0o755)
}

const crowd = 500 // new folders in one

// spread spreads the staged folder that a new one came into, where many others did.
func (s *Stage) spread(dir string) {
	above := path.Dir(dir)
	s.mu.Lock()
	s.inside[above]++
	many := s.inside[above] == crowd && s.folder(above) == absent
	s.mu.Unlock()
	if many {
		spread(s.plain(stageDir + "/folders/" + above))
	}
}

// Finish makes the folder hold these files and a manifest of them, those that were kept
// and others. The errors are as of Site.
func (s *Stage) Finish(files []bureau.File, m Manifest) (Report, error) {
	names, problems := checkNames(files, func(name string) problem.Position { return problem.Position{File: shown(s.out, name)} })
	if len(problems) > 0 {
		return Report{}, &Error{Problems: problems}
	}
	if problems := Listed(s.out, files, m.Inputs); len(problems) > 0 {
		return Report{}, &Error{Problems: problems}
	}
	if err := s.survey(files); err != nil {
		return Report{}, err
	}
	s.names = names
	if err := s.outdated(); err != nil {
		return Report{}, s.system(err)
	}
	files = slices.Clone(files)
	var missing []int
	for i, f := range files {
		k := s.kept[f.Path]
		if k.down != f.Down || f.Down == (bureau.SetDown{}) || k.name == "" && !k.stands() {
			missing = append(missing, i)
		}
	}
	err := each.Do(s.jobs, len(missing), func(i int) (err error) {
		files[missing[i]], err = s.Keep(files[missing[i]])
		return err
	})
	if err != nil {
		return Report{}, err
	}
	m.Files = Digests(m, files)
	manifest := m.encode()
	signature, err := s.signature() // the last that may be refused
	if err != nil {
		return Report{}, err
	}
	report, err := s.update(manifest)
	if err != nil {
		return Report{}, s.system(err)
	}
	report.Manifest = bureau.SHA256(manifest)
	return report, s.sign(m, manifest, signature)
}

// stands tells whether nobody touched a file of the site since it was looked into.
func (k kept) stands() bool {
	info, err := os.Lstat(k.down.Place)
	return err == nil && info.Mode() == k.seen.Mode() && info.Size() == k.seen.Size() && info.ModTime().Equal(k.seen.ModTime())
}

// outdated finds the files that go, and forgets what was kept for another site than
// this one.
func (s *Stage) outdated() error {
	for name, k := range s.kept {
		if s.names[fold(name)] == name {
			continue
		}
		delete(s.kept, name)
		if k.name != "" {
			if err := os.Remove(k.down.Place); err != nil {
				return err
			}
			for dir := path.Dir(k.name); path.Dir(dir) != "." && os.Remove(s.plain(stageDir+"/"+dir)) == nil; { // one that holds something stays
				dir = path.Dir(dir)
			}
		}
	}
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

// update makes the folder hold the files that were kept, and the manifest.
func (s *Stage) update(manifest []byte) (Report, error) {
	moves := s.moves()
	report := Report{}
	for _, k := range s.kept {
		if k.name == "" {
			report.Unchanged++
		} else {
			report.Written++
		}
	}
	if len(moves) == 0 && len(s.stale) == 0 && bytes.Equal(manifest, s.manifest) {
		s.leftover = false
		return report, nil
	}
	if err := s.prepare(moves, manifest); err != nil {
		return Report{}, err
	}
	s.leftover = true // until all is in its place
	if err := s.replace(moves); err != nil {
		return Report{}, err
	}
	s.leftover = false
	report.Removed = s.removed
	return report, nil
}

// move is one rename: of a file, or of a whole folder that is not there yet.
type move struct{ from, to string }

// moves are those that bring what was staged to its place, by where they lead.
func (s *Stage) moves() []move {
	var moves []move
	for to, k := range s.kept {
		if k.name == "" {
			continue
		}
		top := to // the highest folder above it that is not there
		for dir := path.Dir(to); s.folders[dir] == absent; dir = path.Dir(dir) {
			top = dir
		}
		if top == to {
			moves = append(moves, move{k.name, to})
		} else {
			moves = append(moves, move{"folders/" + top, top})
		}
	}
	slices.SortFunc(moves, func(a, b move) int { return cmp.Compare(a.to, b.to) })
	return slices.Compact(moves)
}

// prepare writes the journal and the manifest into the work folder, and makes sure
// that what is staged can be moved from there.
func (s *Stage) prepare(moves []move, manifest []byte) error {
	if err := s.below("."); err != nil {
		return err
	}
	journal := slices.Concat(slices.Collect(maps.Keys(s.kept)), slices.Collect(maps.Keys(s.known)))
	slices.Sort(journal)
	if err := File(s.root, journalFile, []byte(strings.Join(slices.Compact(journal), "\n"))); err != nil {
		return err
	}
	stage, err := s.root.OpenRoot(stageDir)
	if err != nil {
		return err
	}
	defer stage.Close()
	if err := create(stage, ManifestName, manifest); err != nil {
		return err
	}
	touched := map[string]bool{".": true}
	for _, m := range moves {
		touched[path.Dir(m.to)] = true
	}
	for _, name := range s.stale {
		touched[path.Dir(name)] = true
	}
	for _, dir := range slices.Sorted(maps.Keys(touched)) {
		if s.folder(dir) != folder {
			continue // comes with a move
		}
		if err := writable(s.plain(dir)); err != nil {
			return err
		}
	}
	return flush(s.root)
}

// replace brings the staged files to their places, removes the stale ones, and
// ends with the manifest.
func (s *Stage) replace(moves []move) error {
	// First the stale files that stand where a folder comes, or in a folder where
	// a file comes. The others last: until then, old pages still need them.
	first, last := s.splitStale()
	if err := s.remove(first); err != nil {
		return err
	}
	err := each.Do(s.jobs, len(moves), func(i int) error {
		return s.root.Rename(stageDir+"/"+moves[i].from, moves[i].to)
	})
	if err != nil {
		return err
	}
	if err := s.remove(last); err != nil {
		return err
	}
	if err := flush(s.root); err != nil {
		return err
	}
	if err := s.root.Rename(stageDir+"/"+ManifestName, ManifestName); err != nil {
		return err
	}
	if err := syncFolder(s.root, "."); err != nil {
		return err
	}
	return s.root.RemoveAll(workDir)
}

// splitStale parts the stale files that stand in the way of others from the rest.
func (s *Stage) splitStale() (inTheWay, rest []string) {
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
func (s *Stage) remove(names []string) error {
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
func (s *Stage) sameFile(a, b string) bool {
	infoA, errA := s.root.Lstat(a)
	infoB, errB := s.root.Lstat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
