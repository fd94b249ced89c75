package git

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	one = "0123456789abcdef0123456789abcdef01234567"
	two = "89abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567"
)

func TestCommit(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"no checkout", map[string]string{"data/site.yaml": ""}, ""},
		{"inside a checkout, not its top", map[string]string{"../.git/HEAD": one + "\n"}, ""},
		{"a branch", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": one + "\n"}, one},
		{"a branch with slashes", map[string]string{".git/HEAD": "ref: refs/heads/a/b\n", ".git/refs/heads/a/b": two + "\n"}, two},
		{"no branch", map[string]string{".git/HEAD": one + "\n"}, one},
		{"packed", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": "# pack-refs with: peeled fully-peeled sorted \n" +
			strings.Replace(one, "0", "f", 1) + " refs/heads/maintenance\n" + one + " refs/heads/main\n^" + two + "\n"}, one},
		{"unpacked since", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": one, ".git/packed-refs": two + " refs/heads/main\n"}, one},
		{"a branch that names another", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "ref: refs/heads/trunk\n", ".git/refs/heads/trunk": one}, one},
		{"branches in a circle", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "ref: refs/heads/main\n"}, ""},
		{"a worktree", map[string]string{".git": "gitdir: ../repository/worktrees/w\n", "../repository/worktrees/w/HEAD": "ref: refs/heads/main\n",
			"../repository/worktrees/w/commondir": "../..\n", "../repository/refs/heads/main": one + "\n"}, one},
		{"nothing committed yet", map[string]string{".git/HEAD": "ref: refs/heads/main\n"}, ""},
		{"no hexadecimal", map[string]string{".git/HEAD": strings.Repeat("g", 40)}, ""},
		{"too short", map[string]string{".git/HEAD": one[:39]}, ""},
		{"a way out", map[string]string{".git/HEAD": "ref: refs/../../secret\n", "secret": one}, ""},
		{"no reference", map[string]string{".git/HEAD": "ref: /etc/hostname\n"}, ""},
		{"an empty folder", map[string]string{".git/config": ""}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "bureau")
			for name, text := range c.files {
				path := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got := Commit(dir); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
