// Package git tells which commit a folder holds. It reads git's own files; git
// itself is not run.
package git

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// maxGitFile bounds a file of git's in bytes: a line of packed-refs is about 60.
const maxGitFile = 16 << 20

// Commit gives the commit that is checked out in a folder, as 40 or 64
// hexadecimal digits. It is empty where the folder is not the top of a git
// checkout, or where nothing was committed yet.
func Commit(dir string) string {
	git := filepath.Join(dir, ".git")
	if info, err := os.Stat(git); err != nil {
		return ""
	} else if !info.IsDir() { // a worktree or submodule: gitdir: <path>
		text, found := strings.CutPrefix(firstLine(git), "gitdir: ")
		if !found {
			return ""
		}
		git = text
		if !filepath.IsAbs(git) {
			git = filepath.Join(dir, git)
		}
	}
	shared := git // a worktree has its own HEAD and shares the branches
	if text := firstLine(filepath.Join(git, "commondir")); text != "" {
		shared = text
		if !filepath.IsAbs(shared) {
			shared = filepath.Join(git, shared)
		}
	}
	head := firstLine(filepath.Join(git, "HEAD"))
	for range 5 { // a branch may be a name for another one
		ref, symbolic := strings.CutPrefix(head, "ref: ")
		if !symbolic {
			return objectID(head)
		}
		if !fs.ValidPath(ref) || !strings.HasPrefix(ref, "refs/") {
			return ""
		}
		if head = firstLine(filepath.Join(shared, filepath.FromSlash(ref))); head == "" {
			return packed(shared, ref)
		}
	}
	return ""
}

// packed finds a branch in packed-refs, a line for each: <id> <ref>.
func packed(git, ref string) string {
	for line := range strings.Lines(readGit(filepath.Join(git, "packed-refs"))) {
		id, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == path.Clean(ref) {
			return objectID(id)
		}
	}
	return ""
}

func firstLine(name string) string {
	line, _, _ := strings.Cut(readGit(name), "\n")
	return strings.TrimSpace(line)
}

func readGit(name string) string {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() { // a FIFO would wait for a writer
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxGitFile))
	if err != nil {
		return ""
	}
	return string(data)
}

// objectID gives the text where it is a SHA-1 or SHA-256 of git's.
func objectID(text string) string {
	if len(text) != 40 && len(text) != 64 || strings.Trim(text, "0123456789abcdef") != "" {
		return ""
	}
	return text
}
