package main

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// heldBack is what a pipeline says that published all but what has an error.
const heldBack = "已经公布，但有内容因为错误保留了上次的样子"

// faulty is a commit with an error in a table that was published, and with a notice that
// does not wait for it.
func (f *forge) faulty(t *testing.T, notice string) {
	t.Helper()
	f.commit(t, "main", map[string]string{
		"data/stats/calls.csv": "期间,报警（起）\n2024年,120\n2025年,13x1\n",
		"data/notices/" + todayThere().String() + "-" + notice + ".md": "---\ntitle: 寻人\ndate: " + todayThere().String() + "\nsource: 云水县公安局\n---\n正文。\n",
	})
}

// What is to stand where a pipeline with SUNSHINE_HOLD_BACK published what faulty made.
func wantHeld(t *testing.T, stands map[string][]byte, notice string) {
	t.Helper()
	if !bytes.Contains(stands["stats/calls/calls.csv"], []byte("131")) {
		t.Errorf("what was published is not kept: %q", stands["stats/calls/calls.csv"])
	}
	if stands["notices/"+todayThere().String()+"-"+notice+"/index.html"] == nil {
		t.Error("the notice is not published")
	}
}

// TestWorkflowTargets runs the pipeline that publishes to a server by SFTP and to a bucket:
// the first publication, one that holds something back, one that cannot reach the target,
// and the one that mends all.
func TestWorkflowTargets(t *testing.T) {
	for kind, target := range map[string]func(t *testing.T) (p publishing, settings, away map[string]string){
		"sftp": func(t *testing.T) (publishing, map[string]string, map[string]string) {
			s, dir := openSSH(t), filepath.Join(t.TempDir(), "web")
			key, err := os.ReadFile(filepath.Join(s.home, "key"))
			if err != nil {
				t.Fatal(err)
			}
			return inFolder(s.address(dir), dir, nil),
				map[string]string{"SUNSHINE_TARGET": s.address(dir), "SUNSHINE_SSH_KEY": string(key), "SUNSHINE_KNOWN_HOSTS": strings.TrimSpace(s.known)},
				map[string]string{"SUNSHINE_TARGET": "sftp://web@127.0.0.1:" + freePort(t) + "/web"}
		},
		"s3": func(t *testing.T) (publishing, map[string]string, map[string]string) {
			s := newS3(t, nil)
			p := publishing{public: func(t *testing.T) map[string][]byte { return s.read(t, "site/") }}
			return p, map[string]string{
				"SUNSHINE_TARGET": "s3://" + bucketName + "/site", "AWS_ENDPOINT_URL": s.url, "AWS_REGION": "us-east-1",
				"AWS_ACCESS_KEY_ID": "id-4c1f", "AWS_SECRET_ACCESS_KEY": "secret-9a70e2",
			}, map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:" + freePort(t)}
		},
	} {
		t.Run(kind, func(t *testing.T) {
			if kind == "sftp" {
				needsServers(t)
			}
			p, settings, away := target(t)
			f := newForge(t)
			f.begin(t, todayThere())
			maps.Copy(settings, map[string]string{"SUNSHINE_URL": f.URL + "/release/sunshine", "SUNSHINE_SHA256": f.sum})
			try := func(more map[string]string) (string, bool) {
				t.Helper()
				all := maps.Clone(settings)
				maps.Copy(all, more)
				log, ok := onGitHub(t, &run{forge: f, event: "push", settings: all})
				for _, secret := range []string{forgeToken, "PRIVATE KEY", "secret-9a70e2"} {
					if strings.Contains(log, secret) {
						t.Errorf("a secret is printed:\n%s", log)
					}
				}
				return log, ok
			}
			f.commit(t, "main", map[string]string{"data/stats/calls.csv": "期间,报警（起）\n2024年,120\n2025年,131\n"})
			if log, ok := try(nil); !ok || !strings.HasSuffix(log, "已公布 / published\n") {
				t.Fatalf("the first publication:\n%s", log)
			}
			if f.releases(t) != 1 {
				t.Error("releases:", f.releases(t))
			}
			first := p.public(t)

			// An error stops all, or what has it stands as it was.
			f.faulty(t, "one")
			if log, ok := try(nil); ok || !strings.Contains(log, "检查没有通过，什么也没有公布") || !maps.EqualFunc(p.public(t), first, bytes.Equal) {
				t.Errorf("an error:\n%s", log)
			}
			hold := map[string]string{"SUNSHINE_HOLD_BACK": "yes"}
			if log, ok := try(hold); ok || !strings.Contains(log, heldBack) {
				t.Errorf("held back:\n%s", log)
			}
			wantHeld(t, p.public(t), "one")
			if f.releases(t) != 2 {
				t.Error("releases:", f.releases(t))
			}

			// Where nothing is sent nobody is told that something was.
			f.faulty(t, "two")
			stood := p.public(t)
			maps.Copy(away, hold)
			if log, ok := try(away); ok || !strings.Contains(log, "没有公布完") || strings.Contains(log, heldBack) {
				t.Errorf("the target cannot be reached:\n%s", log)
			}
			if !maps.EqualFunc(p.public(t), stood, bytes.Equal) || f.releases(t) != 2 {
				t.Error("something is published")
			}
			if log, ok := try(hold); ok || !strings.Contains(log, heldBack) {
				t.Errorf("held back again:\n%s", log)
			}
			wantHeld(t, p.public(t), "two")

			f.commit(t, "main", map[string]string{"data/stats/calls.csv": "期间,报警（起）\n2024年,120\n2025年,131\n2026年1-6月,70\n"})
			if log, ok := try(hold); !ok || strings.Contains(log, heldBack) {
				t.Errorf("mended:\n%s", log)
			}
			if table := p.public(t)["stats/calls/calls.csv"]; !bytes.Contains(table, []byte("2026年")) {
				t.Errorf("%s", table)
			}
		})
	}
}

// TestWorkflowHoldBack runs the pipelines that publish to a branch and to the platform
// itself, with something that is held back. Where nobody told which site is public, what
// has an error would be gone from it: nothing is published.
func TestWorkflowHoldBack(t *testing.T) {
	for _, name := range []string{"Gitee Go", "GitLab"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newForge(t)
			f.begin(t, todayThere())
			settings := map[string]string{"SUNSHINE_URL": f.URL + "/release/sunshine", "SUNSHINE_SHA256": f.sum, "SUNSHINE_TOKEN": forgeToken}
			try := func() (string, bool, string) {
				t.Helper()
				r := run{forge: f, event: "push", settings: maps.Clone(settings)}
				log, ok := platforms[name](t, &r)
				return log, ok, r.workspace
			}
			site := func(workspace string) map[string][]byte {
				if name == "GitLab" {
					return read(t, filepath.Join(workspace, "public"))
				}
				dir := filepath.Join(t.TempDir(), "site")
				git(t, f.dir, "clone", "--quiet", "--branch", "pages", f.origin, dir)
				return read(t, dir)
			}
			settings["SUNSHINE_HOLD_BACK"] = "yes" // the first publication has nothing to hold back
			f.commit(t, "main", map[string]string{"data/stats/calls.csv": "期间,报警（起）\n2024年,120\n2025年,131\n"})
			log, ok, workspace := try()
			if !ok {
				t.Fatalf("the first publication:\n%s", log)
			}
			f.faulty(t, "one")
			if name == "GitLab" {
				if log, ok, _ := try(); ok || !strings.Contains(log, "把变量 SUNSHINE_SITE 设为网站的网址") || f.releases(t) != 1 {
					t.Errorf("the public site is not known:\n%s", log)
				}
				public := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(workspace, "public"))))
				t.Cleanup(public.Close)
				settings["SUNSHINE_SITE"] = public.URL
			}
			if log, ok, workspace = try(); ok || !strings.Contains(log, heldBack) {
				t.Errorf("held back:\n%s", log)
			}
			wantHeld(t, site(workspace), "one")
			if f.releases(t) != 2 {
				t.Error("releases:", f.releases(t))
			}
		})
	}
}
