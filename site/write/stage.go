package write

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/each"
)

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
	if err := File(s.root, journalFile, []byte(strings.Join(journal, "\n"))); err != nil {
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
	err = each.Do(s.jobs, len(s.changed), func(i int) error {
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
	if err := create(stage, ManifestName, manifest); err != nil {
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
	return flush(s.root)
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
