package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/scaffold"
)

// forge is a platform that keeps a repository, runs pipelines and takes comments: a
// git server that asks for a password, an interface, and a place to fetch the
// released binary from, which is this test's own.
type forge struct {
	*httptest.Server
	dir, origin   string // what the server keeps, and the repository in it
	sum           string // of the binary
	before        func() // done once, when the next push is announced
	lock          sync.Mutex
	comments      []string // bodies
	authorization []string
}

// Secrets that no log may show.
const (
	forgeToken   = "glpat-5f2c8a1e9b"
	commentToken = "glpat-77d0c3aa42"
)

func newForge(t *testing.T) *forge {
	t.Helper()
	for _, tool := range []string{"git", "curl", "sha256sum", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not here")
		}
	}
	f := &forge{dir: t.TempDir()}
	f.origin = filepath.Join(f.dir, "bureau", "site.git")
	git(t, f.dir, "init", "--quiet", "--bare", "--initial-branch=main", f.origin)
	for _, set := range []string{"http.receivepack", "receive.advertisePushOptions", "receive.denyNonFastForwards", "receive.denyDeletes"} {
		git(t, f.origin, "config", set, "true")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(binary)
	f.sum = hex.EncodeToString(sum[:])
	where, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		t.Fatal(err)
	}
	backend := &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(where)), "git-http-backend"),
		Env:  []string{"GIT_PROJECT_ROOT=" + f.dir, "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER=ci"}, Stderr: io.Discard,
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/release/sunshine", func(w http.ResponseWriter, _ *http.Request) { w.Write(binary) })
	mux.HandleFunc("/bureau/", func(w http.ResponseWriter, r *http.Request) {
		if _, password, _ := r.BasicAuth(); password != forgeToken {
			w.Header().Set("WWW-Authenticate", `Basic realm="git"`)
			http.Error(w, "who are you", http.StatusUnauthorized)
			return
		}
		f.lock.Lock()
		if f.before != nil && r.URL.Query().Get("service") == "git-receive-pack" {
			f.before()
			f.before = nil
		}
		f.lock.Unlock()
		if !strings.HasPrefix(r.URL.Path, "/bureau/site.git") {
			r.URL.Path = strings.Replace(r.URL.Path, "/bureau/site", "/bureau/site.git", 1)
		}
		backend.ServeHTTP(w, r)
	})
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.lock.Lock()
		defer f.lock.Unlock()
		if strings.HasSuffix(r.URL.Path, "/comments") || strings.HasSuffix(r.URL.Path, "/notes") {
			f.comments = append(f.comments, string(body))
			f.authorization = append(f.authorization, r.Header.Get("Authorization")+r.Header.Get("PRIVATE-TOKEN"))
		}
	})
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// git runs git in a folder, as somebody of the bureau, and gives what it prints.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=clerk", "-c", "user.email=clerk@localhost", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit writes files of a clerk's clone and pushes them to a branch.
func (f *forge) commit(t *testing.T, branch string, files map[string]string) {
	t.Helper()
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, f.dir, "clone", "--quiet", f.origin, clone)
	git(t, clone, "checkout", "--quiet", "-B", branch)
	for name, text := range files {
		file := filepath.Join(clone, filepath.FromSlash(name))
		os.MkdirAll(filepath.Dir(file), 0o755)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git(t, clone, "add", "--all")
	git(t, clone, "commit", "--quiet", "--message", "data")
	git(t, clone, "push", "--quiet", "origin", "HEAD:refs/heads/"+branch)
}

// begin puts what init writes into the repository.
func (f *forge) begin(t *testing.T, today period.Date) {
	t.Helper()
	first := filepath.Join(t.TempDir(), "first")
	if err := scaffold.Bureau(first, today, scaffold.Own{Name: "云水县公安局", Phone: "0100-1234567", Address: "云水县人民路1号"}); err != nil {
		t.Fatal(err)
	}
	git(t, first, "init", "--quiet", "--initial-branch=main")
	git(t, first, "add", "--all")
	git(t, first, "commit", "--quiet", "--message", "init")
	git(t, first, "push", "--quiet", f.origin, "main")
}

// releases counts the records in the main branch.
func (f *forge) releases(t *testing.T) int {
	t.Helper()
	return strings.Count(git(t, f.dir, "--git-dir", f.origin, "ls-tree", "-r", "--name-only", "main", "data/releases/"), ".json")
}

// show gives a file of a branch, empty where it is not there.
func (f *forge) show(branch, file string) string {
	out, _ := exec.Command("git", "--git-dir", f.origin, "show", branch+":"+file).Output()
	return string(out)
}

// run is one run of a pipeline: what a person or the platform sets.
type run struct {
	forge     *forge
	event     string // push or pull
	branch    string // the source of a pull request
	settings  map[string]string
	workspace string // filled in
}

// platform runs the pipelines of one platform, as it reads its files.
type platform func(t *testing.T, r *run) (log string, ok bool)

var platforms = map[string]platform{"GitHub": onGitHub, "GitLab": onGitLab, "Gitee Go": onGitee}

// execute runs a script in a new workspace with nothing in its environment but what
// the platform sets.
func (r *run) execute(t *testing.T, shell []string, script string, env map[string]string) (string, bool) {
	t.Helper()
	home := t.TempDir()
	address := strings.TrimPrefix(r.forge.URL, "http://")
	for name, text := range map[string]string{
		// What is at gitee.com is here.
		".curlrc":    "connect-to = \"gitee.com:443:" + address + "\"\n",
		".gitconfig": "[url \"" + r.forge.URL + "/\"]\n\tinsteadOf = https://gitee.com/\n",
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(shell[0], append(shell[1:], script)...)
	cmd.Dir = r.workspace
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home, "TZ=America/New_York", "SUNSHINE_TEST_RUN=1", "CI=true"}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		cmd.Env = append(cmd.Env, name+"="+env[name])
	}
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

// clone lays out the workspace at a commit, where the platform does that itself.
func (r *run) clone(t *testing.T) {
	branch := "main"
	if r.event == "pull" {
		branch = r.branch
	}
	r.workspace = filepath.Join(t.TempDir(), "builds 工作区")
	git(t, r.forge.dir, "clone", "--quiet", "--depth", "1", "--branch", branch, "file://"+r.forge.origin, r.workspace)
	git(t, r.workspace, "checkout", "--quiet", "--detach")
}

// pipeline reads the file of a pipeline from the repository, as a platform does.
func pipeline(t *testing.T, r *run, file string, into any) {
	t.Helper()
	branch := "main"
	if r.event == "pull" {
		branch = r.branch
	}
	text := r.forge.show(branch, file)
	if text == "" {
		t.Fatalf("there is no %s", file)
	}
	if err := yaml.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(file, err)
	}
}

var expression = regexp.MustCompile(`\$\{\{ (.*?) \}\}`)

// onGitHub runs the jobs whose condition holds. Expressions and conditions are those
// that the file has; any other is refused.
func onGitHub(t *testing.T, r *run) (log string, ok bool) {
	var file struct {
		On   map[string]any
		Env  map[string]string
		Jobs map[string]struct {
			If    string
			Env   map[string]string
			Steps []struct {
				Name, Uses, Run, If string
				Env                 map[string]string
			}
		}
	}
	pipeline(t, r, ".github/workflows/publish.yml", &file)
	ref, number := "refs/heads/main", ""
	if r.event == "pull" {
		ref, number = "refs/heads/"+r.branch, "7" // the merge of it, on the platform
	}
	values := map[string]string{
		"github.server_url": r.forge.URL, "github.repository": "bureau/site", "github.api_url": r.forge.URL + "/api", "github.token": forgeToken,
		"github.event.number": number, "github.ref": ref,
	}
	conditions := map[string]bool{
		"github.event_name == 'pull_request'":                                    r.event == "pull",
		"github.event_name != 'pull_request' && github.ref == 'refs/heads/main'": r.event == "push",
	}
	expand := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(found string) string {
			name := expression.FindStringSubmatch(found)[1]
			if setting, is := strings.CutPrefix(name, "vars."); is {
				return r.settings[setting]
			}
			if secret, is := strings.CutPrefix(name, "secrets."); is {
				return r.settings[secret]
			}
			value, known := values[name]
			if !known {
				t.Fatalf("the workflow asks for %s", name)
			}
			return value
		})
	}
	r.workspace = filepath.Join(t.TempDir(), "work")
	os.Mkdir(r.workspace, 0o755)
	ok = true
	ran := 0
	for _, name := range slices.Sorted(maps.Keys(file.Jobs)) {
		job := file.Jobs[name]
		if holds, known := conditions[job.If]; !known {
			t.Fatalf("the condition of %s is %s", name, job.If)
		} else if !holds {
			continue
		}
		ran++
		for _, step := range job.Steps {
			if step.Uses != "" || step.If != "" || step.Run == "" {
				t.Fatalf("%s is no step of a script alone", step.Name)
			}
			env := map[string]string{
				"GITHUB_ACTIONS": "true", "GITHUB_REF": ref, "GITHUB_REPOSITORY": "bureau/site", "GITHUB_API_URL": r.forge.URL + "/api",
				"GITHUB_SERVER_URL": r.forge.URL, "RUNNER_TEMP": t.TempDir(),
			}
			for _, set := range []map[string]string{file.Env, job.Env, step.Env} {
				for key, value := range set {
					env[key] = expand(value)
				}
			}
			if ok {
				var said string
				said, ok = r.execute(t, []string{"bash", "-e", "-c"}, expand(step.Run), env)
				log += said
			}
		}
	}
	if ran != 1 {
		t.Fatalf("%d jobs run", ran)
	}
	return log, ok
}

// onGitLab runs the jobs whose rule holds, in a clone that the platform made.
func onGitLab(t *testing.T, r *run) (string, bool) {
	type job struct {
		Rules     []struct{ If string }
		Variables map[string]string
		Script    []string
		Artifacts struct{ Paths []string }
	}
	var file struct {
		Variables     map[string]string
		Review, Pages job
	}
	pipeline(t, r, ".gitlab-ci.yml", &file)
	chosen := file.Pages
	env := map[string]string{
		"GITLAB_CI": "true", "CI_PROJECT_URL": r.forge.URL + "/bureau/site", "CI_DEFAULT_BRANCH": "main", "CI_API_V4_URL": r.forge.URL + "/api",
		"CI_PROJECT_ID": "12", "CI_MERGE_REQUEST_IID": "7",
	}
	maps.Copy(env, r.settings)
	if r.event == "pull" {
		chosen = file.Review
		delete(env, "SUNSHINE_TOKEN") // it is protected
		delete(env, "SUNSHINE_KEY")
	}
	want := map[string]string{
		"pull": `$CI_PIPELINE_SOURCE == "merge_request_event"`,
		"push": `$CI_PIPELINE_SOURCE != "merge_request_event" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH`,
	}
	if len(chosen.Rules) != 1 || chosen.Rules[0].If != want[r.event] {
		t.Fatalf("the rules are %v", chosen.Rules)
	}
	for _, set := range []map[string]string{file.Variables, chosen.Variables} {
		for key, value := range set {
			env[key] = os.Expand(value, func(name string) string { return env[name] })
		}
	}
	r.clone(t)
	if r.event == "push" && !slices.Equal(chosen.Artifacts.Paths, []string{"public"}) {
		t.Fatalf("what is published is %v", chosen.Artifacts.Paths)
	}
	return r.execute(t, []string{"sh", "-e", "-c"}, strings.Join(chosen.Script, "\n"), env)
}

// onGitee runs the commands of the one step of the one stage, in a clone that the
// platform made. What staff write into the file is set here.
func onGitee(t *testing.T, r *run) (string, bool) {
	var file struct {
		Triggers  map[string]any
		Variables map[string]string
		Stages    []struct {
			Steps []struct{ Commands []string }
		}
	}
	name, trigger := ".workflow/publish.yml", "push"
	if r.event == "pull" {
		name, trigger = ".workflow/review.yml", "pr"
	}
	pipeline(t, r, name, &file)
	if file.Triggers[trigger] == nil || len(file.Stages) != 1 || len(file.Stages[0].Steps) != 1 {
		t.Fatalf("%s has %v", name, file.Triggers)
	}
	env := map[string]string{"GITEE_REPO": "site", "GITEE_BRANCH": "main", "GITEE_PULL_ID": "7"}
	for key := range file.Variables {
		env[key] = ""
	}
	maps.Copy(env, r.settings)
	env["SUNSHINE_OWNER"], env["SUNSHINE_USER"] = "bureau", "clerk"
	r.clone(t)
	commands := strings.ReplaceAll(strings.Join(file.Stages[0].Steps[0].Commands, "\n"), "https://gitee.com/api/v5/", r.forge.URL+"/api/")
	return r.execute(t, []string{"sh", "-e", "-c"}, commands, env)
}

// todayThere is the day of a bureau.
func todayThere() period.Date {
	zone, _ := bureau.Site{}.Zone()
	now := time.Now().In(zone)
	return period.NewDate(now.Year(), now.Month(), now.Day())
}

// TestWorkflow runs the pipelines that init writes, each as its platform reads it: the
// first publication, one of new data, a wrong binary, a pull request with an error and
// one without, and one into which somebody else's commit falls.
func TestWorkflow(t *testing.T) {
	today := todayThere()
	for name, platform := range platforms {
		if testing.Short() && name != "Gitee Go" {
			continue // the script is the same
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newForge(t)
			f.begin(t, today)

			keys := t.TempDir()
			var public strings.Builder
			c := &command{stdout: &public, stderr: io.Discard, env: os.Getenv, now: time.Now}
			if code := c.run(context.Background(), []string{"key", "new", filepath.Join(keys, "key")}); code != exitFine {
				t.Fatal("no key")
			}
			key, err := os.ReadFile(filepath.Join(keys, "key"))
			if err != nil {
				t.Fatal(err)
			}
			settings := map[string]string{
				"SUNSHINE_URL": f.URL + "/release/sunshine", "SUNSHINE_SHA256": f.sum, "SUNSHINE_TOKEN": forgeToken, "SUNSHINE_COMMENT_TOKEN": commentToken,
				"SUNSHINE_KEY": strings.TrimSpace(string(key)),
			}
			try := func(r run) (string, bool, string) {
				t.Helper()
				r.forge = f
				r.settings = maps.Clone(settings)
				if r.event == "wrong" {
					r.event, r.settings["SUNSHINE_SHA256"] = "push", strings.Repeat("0", 64)
				}
				log, ok := platform(t, &r)
				for _, secret := range []string{forgeToken, commentToken, "PRIVATE+KEY"} {
					if strings.Contains(log, secret) {
						t.Errorf("a secret is printed:\n%s", log)
					}
				}
				if left, _ := filepath.Glob(filepath.Join(r.workspace, "*key*")); len(left) > 0 {
					t.Errorf("%v is left", left)
				}
				return log, ok, r.workspace
			}
			branch := map[string]string{"GitHub": "gh-pages", "Gitee Go": "pages"}[name]
			// site gives the published site as a folder.
			site := func(workspace string) string {
				t.Helper()
				if branch == "" {
					return filepath.Join(workspace, "public")
				}
				dir := filepath.Join(t.TempDir(), "site")
				git(t, f.dir, "clone", "--quiet", "--branch", branch, f.origin, dir)
				if err := os.Remove(filepath.Join(dir, ".nojekyll")); err != nil {
					t.Error(err)
				}
				os.RemoveAll(filepath.Join(dir, ".git"))
				return dir
			}
			verified := func(workspace, holds string, releases int) {
				t.Helper()
				dir := site(workspace)
				var said strings.Builder
				c := &command{stdout: &said, stderr: &said, env: func(string) string { return "" }, now: time.Now}
				if code := c.run(context.Background(), []string{"verify", "--key", strings.TrimSpace(public.String()), dir}); code != exitFine {
					t.Errorf("verify: %s", said.String())
				}
				page, err := os.ReadFile(filepath.Join(dir, "index.html"))
				if err != nil || !strings.Contains(string(page), "云水县公安局阳光警务") {
					t.Errorf("the home page: %v", err)
				}
				found := false
				fs.WalkDir(os.DirFS(dir), "stats", func(path string, d fs.DirEntry, _ error) error {
					found = found || strings.Contains(path, holds)
					return nil
				})
				if !found {
					t.Errorf("the site does not hold %s", holds)
				}
				if n := f.releases(t); n != releases {
					t.Errorf("main has %d releases, not %d", n, releases)
				}
			}

			f.commit(t, "main", map[string]string{"data/stats/calls.csv": "期间,报警（起）\n2024年,120\n2025年,131\n"})
			log, ok, workspace := try(run{event: "push"})
			if !ok || !strings.Contains(log, "已公布") {
				t.Fatalf("the first publication:\n%s", log)
			}
			verified(workspace, "calls", 1)
			if f.show("main", "data/releases/"+today.String()+".json") == "" {
				t.Errorf("the release is not that of the day in the bureau's zone:\n%s", log)
			}

			// The pipeline that the record itself starts, where the platform does, changes nothing.
			before := f.show("main", "data/releases/head.txt")
			if log, ok, _ = try(run{event: "push"}); !ok || f.show("main", "data/releases/head.txt") != before {
				t.Errorf("once more:\n%s", log)
			}

			f.commit(t, "main", map[string]string{"data/stats/visits.csv": "期间,窗口办件（件）\n2024年,3120\n2025年,3131\n"})
			if log, ok, workspace = try(run{event: "push"}); !ok {
				t.Fatalf("new data:\n%s", log)
			}
			verified(workspace, "visits", 2)

			refs := []string{"--git-dir", f.origin, "for-each-ref", "refs/heads/main", "refs/heads/gh-pages", "refs/heads/pages"}
			head := git(t, f.dir, refs...)
			f.commit(t, "faulty", map[string]string{"data/stats/visits.csv": "期间,窗口办件（件）\n2024年,3120\n2025年,三千多\n"})
			log, ok, _ = try(run{event: "pull", branch: "faulty"})
			if ok || !strings.Contains(log, "visits.csv") || !strings.Contains(log, "三千多") || !strings.Contains(log, "检查没有通过") || len(f.comments) > 0 {
				t.Errorf("a pull request with an error passes, or does not say where (%d comments):\n%s", len(f.comments), log)
			}
			f.commit(t, "good", map[string]string{"data/stats/fires.csv": "期间,火灾（起）\n2024年,12\n2025年,13\n"})
			if log, ok, _ = try(run{event: "pull", branch: "good"}); !ok {
				t.Errorf("a pull request:\n%s", log)
			}
			if strings.Contains(helpEN, "sunshine diff") {
				var posted struct {
					Body  string
					Token string `json:"access_token"`
				}
				if len(f.comments) != 1 || json.Unmarshal([]byte(f.comments[0]), &posted) != nil || !strings.Contains(posted.Body, "火灾") {
					t.Errorf("the change sheet is not posted: %q\n%s", f.comments, log)
				} else if posted.Token+f.authorization[0] == "" {
					t.Error("nobody signs the comment")
				}
			} else if !strings.Contains(log, "没有 diff") {
				t.Errorf("nothing is said of the change sheet:\n%s", log)
			}
			if log, ok, _ = try(run{event: "wrong"}); ok || !strings.Contains(log, "与 SUNSHINE_SHA256 不符，没有运行") || strings.Contains(log, "程序：") {
				t.Errorf("another binary is run:\n%s", log)
			}
			if after := git(t, f.dir, refs...); head != after {
				t.Errorf("something was pushed:\n%s\n%s", head, after)
			}

			// Somebody commits while the pipeline runs: nothing of theirs is lost, and what is
			// recorded and published is theirs, too.
			f.commit(t, "main", map[string]string{"data/stats/visits.csv": "期间,窗口办件（件）\n2024年,3120\n2025年,3131\n2026年,3200\n"})
			f.lock.Lock()
			f.before = func() {
				f.commit(t, "main", map[string]string{"data/stats/thefts.csv": "期间,盗窃（起）\n2024年,41\n2025年,43\n"})
			}
			f.lock.Unlock()
			if log, ok, workspace = try(run{event: "push"}); !ok || !strings.Contains(log, "换成它重来") {
				t.Errorf("a commit in between:\n%s", log)
			}
			verified(workspace, "thefts", 3)

			if !strings.Contains(helpEN, "sunshine publish") {
				return
			}
			// Sent to another place, with a commit of somebody else before the record is back.
			settings["SUNSHINE_TARGET"] = filepath.Join(t.TempDir(), "www")
			f.commit(t, "main", map[string]string{"data/stats/rescues.csv": "期间,救助（起）\n2024年,21\n2025年,23\n"})
			f.lock.Lock()
			f.before = func() {
				f.commit(t, "main", map[string]string{"data/pages/visit.md": "---\ntitle: 参观\nupdated: " + today.String() + "\n---\n请预约。\n"})
			}
			f.lock.Unlock()
			if log, ok, _ = try(run{event: "push"}); !ok {
				t.Fatalf("to another place:\n%s", log)
			}
			if _, err := os.Stat(filepath.Join(settings["SUNSHINE_TARGET"], "stats", "rescues", "index.html")); err != nil {
				t.Error(err)
			}
			if f.show("main", "data/pages/visit.md") == "" {
				t.Error("somebody's commit is lost")
			}
			if n := f.releases(t); n != 4 {
				t.Errorf("main has %d releases after that, not 4:\n%s", n, log)
			}
		})
	}
}

// TestWorkflowScript holds the script of the pipelines against shellcheck, where it is,
// and the files against what they must not do.
func TestWorkflowScript(t *testing.T) {
	const script = "../../templates/init/.sunshine/ci.sh"
	if _, err := exec.LookPath("shellcheck"); err == nil {
		if out, err := exec.Command("shellcheck", "--shell=sh", script).CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	}
	for _, file := range []string{script, "../../templates/init/.github/workflows/publish.yml", "../../templates/init/.gitlab-ci.yml", "../../templates/init/.workflow/publish.yml", "../../templates/init/.workflow/review.yml"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{"--force-with-lease", "push --force", "push -f", "uses:", "set -x", "go build", "npm"} {
			if strings.Contains(string(text), never) {
				t.Errorf("%s holds %s", file, never)
			}
		}
	}
}
