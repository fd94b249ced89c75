package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sunshine/site/problem"
)

// repository keeps what is done at the desk in the git repository of a bureau's folder.
type repository struct {
	ctx  context.Context
	dir  string
	most time.Duration // that git may take
	data bool          // dir is that of data/, which is a repository of its own
	left []string      // files that could not be committed before
}

// repositoryOf gives the repository that keeps a bureau's files: that of data/ where it is one of
// its own, which no other commits; nil where there is none.
func repositoryOf(ctx context.Context, dir string) *repository {
	r := &repository{ctx: ctx, dir: dir, most: 20 * time.Second}
	if _, none := os.Lstat(filepath.Join(dir, "data", ".git")); none == nil {
		r.dir, r.data = filepath.Join(dir, "data"), true
	} else if !versioned(dir) {
		return nil
	}
	return r
}

// versioned tells whether a folder is in a repository.
func versioned(dir string) bool {
	dir, err := filepath.Abs(dir)
	for err == nil {
		if _, none := os.Lstat(filepath.Join(dir, ".git")); none == nil {
			return true
		}
		above := filepath.Dir(dir)
		if above == dir {
			break
		}
		dir = above
	}
	return false
}

// commit keeps files in the repository, those alone, with a sentence; it says why where it
// could not, and tries again the next time. The index is not touched where it could be seen
// before that nothing will be committed.
func (r *repository) commit(sentence string, files []string) problem.Text {
	if r.data {
		var own []string
		for _, file := range files {
			if below, is := strings.CutPrefix(file, "data/"); is {
				own = append(own, below)
			}
		}
		if files = own; len(files) == 0 {
			return problem.Text{}
		}
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(r.ctx), r.most) // what was begun is kept, whoever ends the desk
	defer stop()
	older := slices.DeleteFunc(r.left, func(file string) bool { return slices.Contains(files, file) })
	r.left = append(older, files...)
	ignored, why := r.try(ctx, sentence, older, r.left)
	if why == (problem.Text{}) {
		r.left, why = nil, ignored
	}
	if why == (problem.Text{}) {
		return why
	}
	return problem.Say("文件已经写好，没有存入版本库（git）：%s", "the files are written, but not committed to git: %s", why)
}

// try gives which of the files git ignores, and why the others were not committed.
func (r *repository) try(ctx context.Context, sentence string, older, files []string) (left, why problem.Text) {
	// On no branch a commit belongs to nothing and is lost with the next checkout.
	if _, err := r.git(ctx, "", "symbolic-ref", "--quiet", "HEAD"); err != nil {
		if code := (*exec.ExitError)(nil); errors.As(err, &code) && code.ExitCode() == 1 {
			return left, problem.Say("版本库不在任何分支上（detached HEAD），或者正在变基；请管版本库的人切换到一个分支", "the repository is on no branch (detached HEAD), or a rebase is under way; have who keeps it check out a branch")
		}
		return left, whyNot(err)
	}
	for _, head := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"} {
		if _, err := r.git(ctx, "", "rev-parse", "--quiet", "--verify", head); err == nil {
			return left, merging
		}
	}
	if out, err := r.git(ctx, "", "ls-files", "--unmerged"); err == nil && out != "" {
		return left, merging
	}
	// Of what git ignores nothing is committed, whoever asks for it.
	ignored, err := r.git(ctx, strings.Join(files, "\x00"), "check-ignore", "--stdin", "-z")
	if code := (*exec.ExitError)(nil); err != nil && !(errors.As(err, &code) && code.ExitCode() == 1) {
		return left, whyNot(err)
	}
	var paths, names []string
	for _, file := range files {
		if !slices.Contains(strings.Split(ignored, "\x00"), file) {
			paths = append(paths, ":(literal)"+filepath.FromSlash(file))
		} else {
			names = append(names, file)
		}
	}
	if len(names) > 0 {
		left = problem.Say(".gitignore 排除了 %s", ".gitignore leaves %s out", problem.Quote(strings.Join(names, " ")))
	}
	if len(paths) == 0 {
		return left, why
	}
	// Only what differs: git adds no path that is nowhere, and makes no empty commit.
	status, err := r.git(ctx, "", append([]string{"--no-optional-locks", "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"}, paths...)...)
	if err != nil {
		return left, whyNot(err)
	}
	paths = nil
	for entry := range strings.SplitSeq(status, "\x00") {
		if len(entry) > 3 {
			paths = append(paths, ":(top,literal)"+entry[3:])
		}
	}
	if len(paths) == 0 {
		return left, why
	}
	message := sentence
	if len(older) > 0 {
		message += "\n\n" + strings.Join(older, "\n")
	}
	if _, err = r.git(ctx, "", append([]string{"add", "--all", "--"}, paths...)...); err == nil {
		_, err = r.git(ctx, "", append([]string{"commit", "--quiet", "--message", message, "--"}, paths...)...)
	}
	if err != nil {
		return left, whyNot(err)
	}
	return left, why
}

var merging = problem.Say("版本库里有没做完的合并；请管版本库的人做完它", "a merge is under way in the repository; have who keeps it finish it")

// whyNot says in words what git said.
func whyNot(err error) problem.Text {
	said := err.Error()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return problem.Say("这台电脑上没有 git；装上以后再开工作台", "git is not on this computer; install it and open the desk again")
	case errors.Is(err, context.DeadlineExceeded):
		return problem.Say("git 很久没有做完，没有再等；请管版本库的人看一看", "git did not end, and was not waited for any longer; have who keeps the repository look at it")
	case strings.Contains(said, "index.lock"):
		return problem.Say("版本库被另一个 git 占着，或者上一个没有正常结束；没有别的 git 在运行的，删去 .git/index.lock", "another git holds the repository, or one ended badly; where no other git is running, remove .git/index.lock")
	case strings.Contains(said, "in submodule"):
		return problem.Say("文件在版本库的子模块（submodule）里；请管版本库的人到子模块里提交", "the files are in a submodule; have who keeps the repository commit them there")
	case strings.Contains(said, "identity unknown"), strings.Contains(said, "empty ident"), strings.Contains(said, "user.name"), strings.Contains(said, "user.email"):
		return problem.Say("git 不知道您是谁；请管版本库的人设置 user.name 和 user.email", "git does not know who you are; have user.name and user.email set")
	}
	return problem.Say("git 说：%s", "git says: %s", problem.Quote(said))
}

// git runs git in the folder and gives what it prints.
func (r *repository) git(ctx context.Context, stdin string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", r.dir, "-c", "core.quotepath=off"}, args...)...)
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // what it says is looked at
	c.Stdin = strings.NewReader(stdin)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) } // it removes its lock then
	c.WaitDelay = 3 * time.Second
	var out, wrong strings.Builder
	c.Stdout, c.Stderr = &out, &wrong
	err := c.Run()
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		first, _, _ := strings.Cut(strings.TrimSpace(wrong.String()+out.String()), "\n")
		err = said{err, first}
	}
	return out.String(), err
}

// said is an error with what git said of it.
type said struct {
	error
	first string
}

func (s said) Error() string {
	if s.first == "" {
		return s.error.Error()
	}
	return s.first
}

func (s said) Unwrap() error { return s.error }
