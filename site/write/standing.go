package write

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/problem"
)

// recognize tells whether the folder is empty or ours, and which files in it
// are ours.
func (s *Stage) recognize() error {
	s.known, s.knownDirs = map[string]bool{}, map[string]bool{}
	entries, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return systemError(s.out, err)
	}
	entries = slices.DeleteFunc(entries, isPlaceholder)
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
	if info, err := s.root.Lstat(ManifestName); err == nil && info.Mode().IsRegular() && info.Size() <= MaxManifest {
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
			problem.Say("这个文件夹不是 sunshine 生成的：里面已有%d项内容，没有 sunshine 的 manifest.json", "sunshine did not make this folder: entries in it: %d, and no manifest.json of sunshine", len(entries)),
			problem.Say("请换一个空文件夹（--out），或者先核对并移走里面的内容", "choose an empty folder (--out), or look through what is in it and move it away"))
	}
	if info, err := s.root.Lstat(workDir); err == nil && !info.IsDir() && !emptied(info) {
		return refuse(filepath.Join(s.out, workDir), problem.WriteForeignFile,
			problem.Say("网站生成时在这里暂存，但已有不是 sunshine 写的内容", "a site is set down here while it is made, but something that sunshine did not write stands in its place"),
			problem.Say("请把它移走或改名，再生成一次", "move or rename it, and build again"))
	}
	return nil
}

// emptied tells whether what stands in the place of our folder is what a power cut leaves of
// it on a disk that keeps no order: a file without a byte.
func emptied(info fs.FileInfo) bool { return info.Mode().IsRegular() && info.Size() == 0 }

// Interrupted tells whether a build in a folder did not come to its end, so that files of
// two builds may stand in it.
func Interrupted(out string) bool {
	info, err := os.Lstat(filepath.Join(out, filepath.FromSlash(journalFile)))
	return err == nil && info.Mode().IsRegular()
}

func (s *Stage) know(name string) {
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
func (s *Stage) folder(dir string) standing {
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

// survey finds the folders of the files, and refuses what others have in their
// places.
func (s *Stage) survey(files []bureau.File) error {
	s.needs = map[string]bool{".": true}
	for _, f := range files {
		for dir := path.Dir(f.Path); !s.needs[dir]; dir = path.Dir(dir) {
			s.needs[dir] = true
			s.folder(dir)
		}
	}
	foreign := make([]bool, len(files))
	err := each.Do(s.jobs, len(files), func(i int) (err error) {
		foreign[i], err = s.foreign(files[i])
		return err
	})
	if err != nil {
		return systemError(s.out, err)
	}
	var problems problem.List
	for i, f := range files {
		if foreign[i] {
			problems.Error(problem.Position{File: shown(s.out, f.Path)}, problem.WriteForeignFile,
				problem.Say("这里要写网站的文件，但已有不是 sunshine 写的内容，不能覆盖", "a file of the site goes here, but something that sunshine did not write stands in its place"),
				problem.Say("请把它移走或改名；要随网站一起发布的文件请放在 data/static/", "move or rename it; files to publish with the site belong in data/static/"))
		}
	}
	if len(problems) > 0 {
		problems.Sort()
		return &Error{Problems: problems}
	}
	return nil
}

// foreign tells whether something that is not ours, and not the same, stands in
// the place of a file.
func (s *Stage) foreign(f bureau.File) (bool, error) {
	switch s.folder(path.Dir(f.Path)) {
	case absent:
		return false, nil
	case blocked:
		return true, nil
	}
	// The folders above are known to be folders, so plain paths are safe here.
	info, err := os.Lstat(s.plain(f.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case info.IsDir():
		return s.holdsForeign(f.Path), nil
	case s.known[f.Path]:
		return false, nil
	case !info.Mode().IsRegular():
		return true, nil
	}
	same, err := s.holds(f, info)
	return !same, err
}

// differs tells whether a file is to be written. Several goroutines may ask at a time.
func (s *Stage) differs(f bureau.File) (bool, error) {
	info, err := os.Lstat(s.plain(f.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return true, nil
	}
	same, err := s.holds(f, info)
	return !same, err
}

// plain is the path of a file of the site for the system.
func (s *Stage) plain(name string) string { return filepath.Join(s.out, filepath.FromSlash(name)) }

// holds tells whether the file in the folder has these bytes; one that cannot
// be read has not.
func (s *Stage) holds(f bureau.File, info fs.FileInfo) (bool, error) {
	if info.Size() != f.Size() {
		return false, nil
	}
	file, err := os.Open(s.plain(f.Path))
	if errors.Is(err, fs.ErrPermission) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	if f.Down.SHA256 != "" { // its bytes are elsewhere
		h := sha256.New()
		if _, err := io.Copy(h, file); err != nil {
			return false, err
		}
		return hex.EncodeToString(h.Sum(nil)) == f.Down.SHA256, nil
	}
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
func (s *Stage) holdsForeign(dir string) bool {
	err := fs.WalkDir(s.root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && (d.IsDir() && !s.knownDirs[name] || !d.IsDir() && !s.known[name]) {
			err = fs.ErrExist
		}
		return err
	})
	return err != nil
}
