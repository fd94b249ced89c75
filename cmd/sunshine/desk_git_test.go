package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What cannot be committed is saved, and every page says why it is not in the repository,
// until a later step brings it there.
func TestDeskGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("needs git")
	}
	for name, value := range map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_DIR": "", "GIT_WORK_TREE": "", "GIT_INDEX_FILE": ""} {
		t.Setenv(name, value)
		if value == "" {
			os.Unsetenv(name)
		}
	}
	const other = "data/guides/fire/public-venue-check.md"
	for name, c := range map[string]struct {
		break_ func(t *testing.T, dir string, git func(args ...string) string)
		mend   func(t *testing.T, dir string, git func(args ...string) string) // nil where it stays so
		want   string                                                          // empty where it is committed
	}{
		"nothing wrong": {},
		"a lock": {
			func(t *testing.T, dir string, _ func(...string) string) {
				write(t, filepath.Join(dir, ".git/index.lock"), nil)
			},
			func(t *testing.T, dir string, _ func(...string) string) {
				os.Remove(filepath.Join(dir, ".git/index.lock"))
			}, "删去 .git/index.lock"},
		"nobody": {
			func(_ *testing.T, _ string, git func(...string) string) {
				git("config", "--unset", "user.email")
				git("config", "user.useConfigOnly", "true")
			},
			func(_ *testing.T, _ string, git func(...string) string) { git("config", "user.email", "a@example.org") }, "设置 user.name 和 user.email"},
		"no branch": {
			func(_ *testing.T, _ string, git func(...string) string) { git("checkout", "--quiet", "--detach") },
			func(_ *testing.T, _ string, git func(...string) string) { git("checkout", "--quiet", "main") }, "不在任何分支上"},
		"a hook": {
			func(t *testing.T, dir string, _ func(...string) string) {
				hook := filepath.Join(dir, ".git/hooks/pre-commit")
				write(t, hook, []byte("#!/bin/sh\necho '<b>不许</b>'\nexit 1\n"))
				os.Chmod(hook, 0o755)
			},
			func(t *testing.T, dir string, _ func(...string) string) {
				os.Remove(filepath.Join(dir, ".git/hooks/pre-commit"))
			}, "git 说：<b>不许</b>"},
		"ignored": {
			func(t *testing.T, dir string, git func(...string) string) {
				write(t, filepath.Join(dir, ".gitignore"), []byte("/data/guides/hukou/\n"))
				git("rm", "--quiet", "-r", "--cached", "data/guides/hukou")
				git("add", ".gitignore")
				git("commit", "--quiet", "--message", "ignored")
			}, nil, ".gitignore 排除了 " + aGuide},
		"a merge": {
			func(t *testing.T, dir string, git func(...string) string) {
				git("checkout", "--quiet", "-b", "theirs")
				git("commit", "--quiet", "--allow-empty", "--message", "theirs")
				git("checkout", "--quiet", "main")
				git("merge", "--quiet", "--no-ff", "--no-commit", "theirs")
			},
			func(_ *testing.T, _ string, git func(...string) string) { git("merge", "--abort") }, "没做完的合并"},
		"a conflict": {
			func(t *testing.T, dir string, git func(...string) string) {
				git("checkout", "--quiet", "-b", "theirs")
				write(t, filepath.Join(dir, other), []byte("---\ntitle: 他们的\n---\n"))
				git("commit", "--quiet", "--all", "--message", "theirs")
				git("checkout", "--quiet", "main")
				write(t, filepath.Join(dir, other), []byte("---\ntitle: 我们的\n---\n"))
				git("commit", "--quiet", "--all", "--message", "ours")
				exec.Command("git", "-C", dir, "merge", "theirs").Run() // which stops
				os.Remove(filepath.Join(dir, ".git/MERGE_HEAD"))        // as a stash that does not fit has none
				if git("ls-files", "--unmerged") == "" {
					t.Fatal("there is no conflict")
				}
			},
			func(t *testing.T, dir string, git func(...string) string) {
				if git("ls-files", "--unmerged") == "" {
					t.Error("the conflict is taken for resolved")
				}
				git("checkout", "--quiet", "--ours", other)
				git("add", other)
			}, "没做完的合并"},
		"a submodule": {
			func(t *testing.T, dir string, git func(...string) string) {
				guides := filepath.Join(dir, "data", "guides")
				git("-C", guides, "init", "--quiet", "--initial-branch", "main")
				git("-C", guides, "add", "--all")
				git("-C", guides, "-c", "user.name=张", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "theirs")
				git("rm", "--quiet", "-r", "--cached", "data/guides")
				git("-c", "advice.addEmbeddedRepo=false", "add", "data/guides")
				git("commit", "--quiet", "--message", "a submodule")
			}, nil, "子模块"},
		"no git": {
			func(t *testing.T, _ string, _ func(...string) string) { t.Setenv("PATH", t.TempDir()) },
			func(t *testing.T, _ string, _ func(...string) string) { t.Setenv("PATH", filepath.Dir(git)) }, "没有 git"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := aBureau(t)
			run := func(args ...string) string {
				t.Helper()
				out, err := exec.Command(git, append([]string{"-C", dir}, args...)...).CombinedOutput()
				if err != nil {
					t.Fatalf("git %v: %v\n%s", args, err, out)
				}
				return string(out)
			}
			run("init", "--quiet", "--initial-branch", "main")
			run("config", "user.name", "张")
			run("config", "user.email", "a@example.org")
			run("add", "--all")
			run("commit", "--quiet", "--message", "as it was made")
			if c.break_ != nil {
				c.break_(t, dir, run)
			}
			d := deskAt(t, dir)
			const first, second = "---\ntitle: 一\n---\n", "---\ntitle: 二\n---\n"
			if a := d.save(t, aGuide, first); a.status != 303 {
				t.Fatalf("%d: %s", a.status, a.told())
			}
			data, err := os.ReadFile(filepath.Join(dir, aGuide))
			if err != nil || string(data) != first {
				t.Fatalf("it is not saved: %v, %s", err, data)
			}
			for _, path := range []string{"/edit?saved=1&file=" + aGuide, "/", "/done"} {
				a := d.get(t, path)
				if told := a.told(); strings.Contains(told, "没有存入版本库") != (c.want != "") || !strings.Contains(told, c.want) || strings.Contains(a.page, "<b>") {
					t.Errorf("%s says %s", path, told)
				}
			}
			if c.mend == nil && c.want != "" {
				return
			}
			if c.mend != nil {
				c.mend(t, dir, run)
			}
			// What arrives is of no repository, and neither are the steps.
			if a := d.drop(t, "a.csv", anSheet); a.status != 303 || strings.Contains(d.get(t, "/").told(), ".gitignore") {
				t.Errorf("%d: %s", a.status, d.get(t, "/").told())
			}
			if a := d.save(t, "data/pages/about.md", second); a.status != 303 {
				t.Fatalf("%d: %s", a.status, a.told())
			}
			if told := d.get(t, "/").told(); strings.Contains(told, "版本库") {
				t.Errorf("it still says %s", told)
			}
			if out := run("status", "--porcelain", "--untracked-files=all"); out != "" {
				t.Errorf("not committed:\n%s", out)
			}
			log := run("-c", "core.quotepath=off", "log", "--name-only", "--format=%s%n%b", "-3")
			if !strings.Contains(log, "改了 data/pages/about.md") || !strings.Contains(log, aGuide) || strings.Contains(log, "inbox") {
				t.Errorf("the history:\n%s", log)
			}
			// Where nothing differs nothing is committed, and nothing else with it.
			write(t, filepath.Join(dir, "stray.txt"), nil)
			write(t, filepath.Join(dir, ".git/index.lock"), nil)
			if a := d.save(t, aGuide, second); a.status != 303 || !strings.Contains(d.get(t, "/").told(), "版本库") {
				t.Errorf("%d: %s", a.status, d.get(t, "/").told())
			}
			os.Remove(filepath.Join(dir, ".git/index.lock"))
			if err := undoLast(d); err != nil {
				t.Error(err)
			}
			if out := run("status", "--porcelain", "--untracked-files=all"); out != "?? stray.txt\n" || strings.Contains(d.get(t, "/").told(), "版本库") {
				t.Errorf("another state:\n%s\n%s", out, d.get(t, "/").told())
			}
			os.Remove(filepath.Join(dir, "stray.txt"))
			// A step that is undone is committed as well.
			if a := d.save(t, aGuide, second); a.status != 303 {
				t.Fatalf("%d: %s", a.status, a.told())
			}
			if err := undoLast(d); err != nil {
				t.Error(err)
			}
			if out := run("status", "--porcelain", "--untracked-files=all"); out != "" || strings.Contains(d.get(t, "/").told(), "版本库") {
				t.Errorf("not committed:\n%s\n%s", out, d.get(t, "/").told())
			}
		})
	}
}

// A git that does not end is told to, and what it locked is free again.
func TestDeskGitHangs(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "git"), []byte("#!/bin/sh\nexec sleep 60\n"))
	if err := os.Chmod(filepath.Join(dir, "git"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	r := &repository{ctx: t.Context(), dir: dir, most: 100 * time.Millisecond}
	if why := r.commit("a", []string{"a"}); !strings.Contains(why.ZH, "没有做完") {
		t.Errorf("it says %s", why.ZH)
	}
}

// What a publication records is committed as well.
func TestDeskPublishes(t *testing.T) {
	dir := aBureau(t)
	git := func(args ...string) string {
		out, err := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	git("init", "--quiet")
	git("config", "user.name", "a")
	git("config", "user.email", "a@example.org")
	git("add", "--all")
	git("commit", "--quiet", "--message", "begin")
	d := deskAt(t, dir)
	site := string(read(t, dir)["data/site.yaml"])
	if a := d.save(t, "data/site.yaml", strings.Replace(site, "# base_url: https://www.example.gov.cn/", "base_url: https://www.example.gov.cn/", 1)); a.status != 303 {
		t.Fatal(a.told())
	}
	if err := publishes(d, filepath.Join(t.TempDir(), "www")); err != nil {
		t.Fatal(err)
	}
	if out := git("log", "-1", "--format=%s", "--name-only"); !strings.HasPrefix(out, "公布 ") || !strings.Contains(out, "data/releases/head.txt") {
		t.Errorf("the last commit:\n%s", out)
	}
	if out := git("status", "--porcelain", "--", "data"); out != "" {
		t.Errorf("not committed:\n%s", out)
	}
}

// Where data/ is a repository of its own, within another or alone, that one commits.
func TestDeskGitOfData(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("needs git")
	}
	for name, value := range map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_DIR": "", "GIT_WORK_TREE": "", "GIT_INDEX_FILE": ""} {
		t.Setenv(name, value)
		if value == "" {
			os.Unsetenv(name)
		}
	}
	for _, within := range []bool{false, true} {
		dir := aBureau(t)
		data := filepath.Join(dir, "data")
		run := func(dir string, args ...string) string {
			t.Helper()
			out, err := exec.Command(git, append([]string{"-C", dir, "-c", "advice.addEmbeddedRepo=false"}, args...)...).CombinedOutput()
			if err != nil {
				t.Fatalf("git %v: %v\n%s", args, err, out)
			}
			return string(out)
		}
		of := []string{data}
		if within {
			of = append(of, dir)
		}
		for _, one := range of {
			run(one, "init", "--quiet", "--initial-branch", "main")
			run(one, "config", "user.name", "张")
			run(one, "config", "user.email", "a@example.org")
			run(one, "add", "--all")
			run(one, "commit", "--quiet", "--message", "as it was made")
		}
		d := deskAt(t, dir)
		if a := d.save(t, aGuide, "---\ntitle: 一\n---\n"); a.status != 303 {
			t.Fatalf("%d: %s", a.status, a.told())
		}
		if told := d.get(t, "/").told(); strings.Contains(told, "没有存入版本库") {
			t.Errorf("within %v: %s", within, told)
		}
		if log := run(data, "log", "-1", "--format=", "--name-only"); strings.TrimSpace(log) != strings.TrimPrefix(aGuide, "data/") {
			t.Errorf("within %v: committed is %q", within, log)
		}
	}
}
