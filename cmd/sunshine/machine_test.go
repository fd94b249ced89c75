package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

var proof = flag.Bool("proof", false, "start the Windows binary, and build the released binaries twice")

// The environment says which language the messages are in; where it says nothing, the
// machine does, as Windows always has it.
func TestLanguageOfTheMachine(t *testing.T) {
	for _, c := range []struct {
		flag, lang, ui string
		want           problem.Language
	}{
		{"", "", "zh-CN", problem.Chinese},
		{"", "", "zh-Hans-CN", problem.Chinese},
		{"", "", "de-DE", problem.English},
		{"", "", "", problem.English},
		{"", "en_US.UTF-8", "zh-CN", problem.English},
		{"", "zh_CN.UTF-8", "en-US", problem.Chinese},
		{"en", "", "zh-CN", problem.English},
	} {
		env := func(name string) string { return map[string]string{"LANG": c.lang}[name] }
		got, err := (&command{env: env, ui: func() string { return c.ui }}).language(c.flag)
		if got != c.want || err != nil {
			t.Errorf("%+v: %s, %v", c, got, err)
		}
	}
}

// What a Windows shell makes of a folder in quotes that ends in a backslash is meant as
// the folder.
func TestUnquoted(t *testing.T) {
	if got := unquoted([]string{"build", `C:\示范 县"`, `.\`, `--out=a"`}); !slices.Equal(got, []string{"build", `C:\示范 县`, `.\`, "--out=a"}) {
		t.Errorf("%q", got)
	}
}

// Files that were saved on Windows, where lines end in CRLF, are the same bureau: they
// have the same problems, and the same pages and downloads are made of them.
func TestCRLF(t *testing.T) {
	lf, crlf := t.TempDir(), t.TempDir()
	for _, dir := range []string{lf, crlf} {
		copyFolder(t, filepath.Join(dir, "data"), "../../data")
	}
	changed := 0
	err := fs.WalkDir(os.DirFS(crlf), "data", func(name string, d fs.DirEntry, err error) error {
		// What is published as it is, and what was, nobody saves anew: .gitattributes keeps it so.
		if err != nil || d.IsDir() || strings.HasPrefix(name, "data/static/") || strings.HasPrefix(name, "data/releases/") {
			return err
		}
		file := filepath.Join(crlf, filepath.FromSlash(name))
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		changed++
		return os.WriteFile(file, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")), 0o644)
	})
	if err != nil || changed < 40 {
		t.Fatal(changed, err)
	}
	build := func(dir string) (said string, site map[string][]byte) {
		var out strings.Builder
		c := &command{stdout: io.Discard, stderr: &out, env: func(string) string { return "" }, now: time.Now}
		if code := c.run(context.Background(), []string{"build", "--as-of", day.String(), dir}); code != exitFine {
			t.Fatal(out.String())
		}
		site = map[string][]byte{}
		fs.WalkDir(os.DirFS(filepath.Join(dir, "public")), ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && name != "manifest.json" && name != "data/sources.zip" && !bureau.IsIndex(name) { // these hold the inputs, or their SHA-256
				site[name], err = os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(name)))
			}
			return err
		})
		return out.String(), site
	}
	said, site := build(lf)
	other, same := build(crlf)
	if said != other {
		t.Errorf("other problems are found:\n%s\n%s", said, other)
	}
	if len(site) != len(same) || len(site) < 100 {
		t.Errorf("%d files, and %d", len(site), len(same))
	}
	for name, text := range site {
		// The SHA-256 of a table is that of its file.
		if !bytes.Equal(hash.ReplaceAll(text, nil), hash.ReplaceAll(same[name], nil)) {
			t.Errorf("%s is another one", name)
		}
	}
}

var hash = regexp.MustCompile(`\b(?:[0-9a-f]{12}|[0-9a-f]{64})\b`)

// TestWine starts the Windows binary, where Wine is, in a folder whose name has
// Chinese and a space, named as Windows names folders. Wine 8 lacks a function that Go
// programs call as they begin, which is then put beside it, and one that removes
// folders by a handle: there the build says that it could not tidy up.
func TestWine(t *testing.T) {
	if !*proof {
		t.Skip("-proof runs it")
	}
	wine, err := exec.LookPath("wine")
	if err != nil {
		t.Skip("there is no Wine here")
	}
	dir := t.TempDir()
	env := append(os.Environ(), "WINEPREFIX="+filepath.Join(dir, "wine"), "WINEARCH=win64", "WINEDEBUG=-all", "LC_ALL=C.UTF-8")
	start := func(program string, args ...string) (string, error) {
		cmd := exec.Command(program, args...)
		cmd.Dir, cmd.Env = dir, env
		out, err := cmd.CombinedOutput()
		return strings.ReplaceAll(string(out), "\r\n", "\n"), err
	}
	must := func(program string, args ...string) string {
		t.Helper()
		out, err := start(program, args...)
		if err != nil {
			t.Fatalf("%s %q: %v\n%s", program, args, err, out)
		}
		return out
	}
	build := exec.Command("go", "build", "-trimpath", "-o", filepath.Join(dir, "sunshine.exe"), ".")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Cleanup(func() { start("wineserver", "-k") })
	if out, err := start(wine, "sunshine.exe", "version"); err != nil && strings.Contains(out, "bcryptprimitives.dll not found") {
		if _, err := exec.LookPath("x86_64-w64-mingw32-ld"); err != nil {
			t.Skip("this Wine lacks bcryptprimitives.dll, and binutils-mingw-w64-x86-64 is not here to make it")
		}
		for name, text := range map[string]string{
			"a.def": "LIBRARY advapi32.dll\nEXPORTS\nSystemFunction036\n",
			"p.s": ".globl ProcessPrng\nProcessPrng:\nsubq $40, %rsp\ncall *__imp_SystemFunction036(%rip)\nmovzbl %al, %eax\naddq $40, %rsp\nret\n" +
				".globl DllMain\nDllMain:\nmovl $1, %eax\nret\n.section .drectve\n.ascii \" -export:ProcessPrng\"\n",
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		must("x86_64-w64-mingw32-dlltool", "-d", "a.def", "-l", "liba.a")
		must("x86_64-w64-mingw32-as", "p.s", "-o", "p.o")
		must("x86_64-w64-mingw32-ld", "-shared", "-e", "DllMain", "-o", "wine/drive_c/windows/system32/bcryptprimitives.dll", "p.o", "liba.a")
	}
	if out := must(wine, "sunshine.exe", "version"); !strings.HasPrefix(out, "sunshine ") {
		t.Errorf("version: %s", out)
	}
	out := must(wine, "sunshine.exe", "init", "--lang", "zh", "--name", "云水县公安局", "--phone", "0100-1234567", "--address", "云水县人民路1号", `.\示范 县\`)
	if !strings.HasPrefix(out, "已建好 示范 县。") {
		t.Errorf("init: %s", out)
	}
	if out := must(wine, "sunshine.exe", "check", "--lang", "zh", `示范 县"`); !strings.Contains(out, "错误0个") {
		t.Errorf("check: %s", out)
	}
	if out := must(wine, "sunshine.exe", "release", "2026-11", `Z:`+strings.ReplaceAll(dir, "/", `\`)+`\示范 县`); !strings.Contains(out, "/示范 县/data/releases/2026-11.json") {
		t.Errorf("release: %s", out)
	}
	out, err = start(wine, "sunshine.exe", "build", `.\示范 县\`)
	if err != nil && !strings.Contains(out, "RemoveAll .sunshine-build") {
		t.Errorf("build: %s", out)
	}
	t.Logf("%s", out)
	if page, err := os.ReadFile(filepath.Join(dir, "示范 县", "public", "index.html")); err != nil || !strings.Contains(string(page), "云水县公安局阳光警务") {
		t.Errorf("the first page: %v", err)
	}
}
