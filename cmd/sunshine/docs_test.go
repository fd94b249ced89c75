package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sunshine/site/problem"
)

// The documentation is the bureau's folder docs/site. What its pages tell a reader
// to type stands in fenced blocks whose info string says what is done with them:
//
//	console      $ a command, and below it what it prints: typed in the order of the
//	             page, in one shell, in an empty folder; … stands for what is
//	             another each time, on a line of its own for any lines, and a
//	             command with nothing below it may print anything
//	yaml FILE    the reader's file holds this; csv, md and json, too
//	elsewhere    commands that cannot run in a test; docPages says why
//
// No other block holds a command.
const docsFolder = "../../docs/site/data/pages"

// docPage is how the commands of a page are run.
type docPage struct {
	needs     []string          // commands that have to be there
	day       string            // the day that it is; 2026-10-08 if not given
	before    []string          // what the reader of the page has done a month before
	sample    map[string]string // files that the page offers, by where the reader has put them
	texts     map[string]string // files that the reader has, as they are
	fails     []string          // commands of which the page says that they find something, in their order
	elsewhere map[string]string // commands that are not run, with the reason; "*" is any
}

var docPages = map[string]docPage{
	"first-hour": {
		needs:  []string{"import [FILE", "publish", "new KIND"},
		sample: map[string]string{"calls-2026-09.xlsx": "samples/calls-2026-09.xlsx"},
		fails:  []string{"sunshine import"},
		elsewhere: map[string]string{
			"curl -fLO https://example.org/sunshine_1.0.0_linux_amd64":   "the address is an example",
			"curl -fLO https://example.org/checksums.txt":                "the address is an example",
			"sha256sum --check --ignore-missing checksums.txt":           "needs what is downloaded",
			"certutil -hashfile sunshine_1.0.0_windows_amd64.exe SHA256": "Windows has it",
			"sunshine serve": "runs until somebody stops it; site/preview is tested by itself",
		},
	},
	"open-sdg": {
		needs: []string{"import --from"},
		texts: map[string]string{
			"sdg-data/_config.yml":               "title: Goals of Ashford\ncountry: {name: Ashford}\n",
			"sdg-data/meta/16-1-1.md":            "---\nindicator_name: Victims of homicide\n---\n",
			"sdg-data/data/indicator_16-1-1.csv": "Year,Sex,Value\n2019,,50\n2019,Female,20\n2019,Male,30\n2020,,50\n2020,Female,20\n2020,Male,30\n2099,,7\n",
		},
	},
	"commands":  {},
	"desk":      {elsewhere: map[string]string{"sunshine desk --open": "runs until somebody stops it; TestDeskMonth opens it"}},
	"hosting":   {elsewhere: map[string]string{"*": "the places are a server's; publish is run with servers in publish_servers_test.go"}},
	"templates": {},
	"recipes": {
		needs:  []string{"import [FILE", "new KIND"},
		sample: map[string]string{"calls-2026-08.xlsx": "samples/calls-2026-08.xlsx", "calls-2026-09.xlsx": "samples/calls-2026-09.xlsx"},
		fails:  []string{"sunshine check"},
	},
	"privacy": {fails: []string{"sunshine build --quiet"}},
	"auditors": {
		needs: []string{"diff"},
		texts: map[string]string{
			"data/site.yaml":       "title: 阳光警务\norganization: 云水县公安局\n",
			"data/stats/cases.csv": "期间,破获刑事案件（件）\n2004年,2048\n2005年,2385\n",
			"data/stats/cases.yaml": "title: 破获刑事案件\nfrequency: yearly\nreleased: 2026-09-01\nsources: [{title: 刑侦大队年报}]\n" +
				"schema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 破获刑事案件（件）, type: integer, role: measure, unit: 件, risk: event}\n",
		},
		before: []string{"sunshine release --quiet 2026-09", "sunshine build --quiet"},
		fails:  []string{"sunshine verify public"},
	},
	"monthly": {
		needs: []string{"import [FILE", "publish", "approve", "new KIND"},
		before: []string{
			"sunshine init --name 云水县公安局 --phone 0100-1234567 --address 云水县人民路1号 yunshui",
			"mkdir -p yunshui/inbox",
			"cp august/* yunshui/inbox/",
			"cd yunshui",
			"printf 'approval: required\n' >>data/site.yaml",
			"sunshine import --yes",
			"sunshine approve --by 张三",
			"sunshine publish --to ../web",
		},
		sample: monthly(),
		fails: []string{
			"sunshine import inbox/cases-corrected-2026-08.xlsx",
			"sunshine publish --to ../web",
			"sunshine publish --hold-back --to ../web",
		},
	},
}

// monthly are the files of two months, the first of which has been read.
func monthly() map[string]string {
	files := map[string]string{
		"late/exit-entry-2026-09.csv":       "samples/exit-entry-2026-09.csv",
		"late/cases-corrected-2026-08.xlsx": "samples/cases-corrected-2026-08.xlsx",
	}
	for _, name := range []string{"calls-*.xlsx", "cases-*.xlsx", "traffic-*.xlsx", "windows-*.xlsx", "exit-entry-*.csv", "petitions-*.csv"} {
		august, september := strings.Replace(name, "*", "2026-08", 1), strings.Replace(name, "*", "2026-09", 1)
		files["august/"+august] = "samples/" + august
		if !strings.HasPrefix(name, "exit-entry") {
			files["september/"+september] = "samples/" + september
		}
	}
	return files
}

var docFence = regexp.MustCompile("(?m)^```([^\n]*)\n((?s:.*?))^```[ \t]*$")

// typed is one thing that a page has its reader do.
type typed struct {
	command string // to type
	file    string // or to write
	text    string // what it prints, or holds
}

// read takes what is to be done out of a page, and what is typed elsewhere.
func typings(t *testing.T, file string) (steps []typed, elsewhere []string) {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range docFence.FindAllStringSubmatch(string(page), -1) {
		kind, name, named := strings.Cut(strings.TrimSpace(m[1]), " ")
		switch {
		case kind == "console":
			for line := range strings.Lines(m[2]) {
				if command, ok := strings.CutPrefix(line, "$ "); ok {
					steps = append(steps, typed{command: strings.TrimSpace(command)})
				} else if len(steps) == 0 {
					t.Fatalf("%s: a block prints before anything is typed: %s", file, line)
				} else {
					steps[len(steps)-1].text += line
				}
			}
		case kind == "elsewhere":
			for line := range strings.Lines(m[2]) {
				elsewhere = append(elsewhere, strings.TrimSpace(strings.TrimPrefix(line, "$ ")))
			}
		case named:
			steps = append(steps, typed{file: name, text: m[2]})
		default:
			for line := range strings.Lines(m[2]) {
				if strings.HasPrefix(line, "$ ") || strings.HasPrefix(line, "sunshine ") {
					t.Errorf("%s: a command stands in a block that is not run: %s", file, line)
				}
			}
		}
	}
	return steps, elsewhere
}

// TestDocs types what the documentation tells its readers to type, page by page and
// language by language, and holds what is printed against what the page shows.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(docsFolder, "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal(err, pages)
	}
	for _, file := range pages {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		name, english := strings.CutSuffix(name, ".en")
		page, known := docPages[name]
		steps, elsewhere := typings(t, file)
		if known == (len(steps)+len(elsewhere) == 0) {
			t.Errorf("%s: typed: %d; and docPages has it: %v", file, len(steps)+len(elsewhere), known)
		}
		for _, command := range elsewhere {
			if page.elsewhere[command] == "" && page.elsewhere["*"] == "" {
				t.Errorf("%s: nothing says why this is not run: %s", file, command)
			}
		}
		if !english {
			other, far := typings(t, strings.TrimSuffix(file, ".md")+".en.md")
			same := slices.EqualFunc(steps, other, func(a, b typed) bool { return a.command == b.command && a.file == b.file })
			if !same || len(elsewhere) != len(far) || page.elsewhere["*"] == "" && !slices.Equal(elsewhere, far) {
				t.Errorf("%s and its English version have other things typed", file)
			}
			for command := range page.elsewhere {
				if command != "*" && !slices.Contains(elsewhere, command) {
					t.Errorf("%s does not have %s", file, command)
				}
			}
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".md"), func(t *testing.T) {
			t.Parallel()
			for _, command := range page.needs {
				if !strings.Contains(helpEN, "\n  sunshine "+command) {
					t.Skipf("there is no sunshine %s yet", command)
				}
			}
			runDocs(t, page, steps, english)
		})
	}
}

// runDocs types the steps of a page in one shell.
func runDocs(t *testing.T, page docPage, steps []typed, english bool) {
	if len(steps) == 0 {
		return
	}
	shell, err := exec.LookPath("sh")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("there is no shell")
	}
	if _, err := exec.LookPath("python3"); err != nil && slices.ContainsFunc(steps, func(s typed) bool { return strings.HasPrefix(s.command, "python3 ") }) {
		t.Skip("there is no python3")
	}
	day := page.day
	if day == "" {
		day = "2026-10-08"
	}
	noon, err := time.Parse("2006-01-02 15:04 -0700", day+" 10:00 +0800")
	if err != nil {
		t.Fatal(err)
	}
	home, results := t.TempDir(), t.TempDir()
	files := map[string][]byte{}
	for to, text := range page.texts {
		files[to] = []byte(text)
	}
	for to, from := range page.sample {
		if files[to], err = os.ReadFile(filepath.Join(docsFolder, "..", "static", from)); err != nil {
			t.Fatal(err)
		}
	}
	for to, content := range files {
		to = filepath.Join(home, filepath.FromSlash(to))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var script strings.Builder
	fmt.Fprintf(&script, "export SOURCE_DATE_EPOCH=%d\n", noon.AddDate(0, -1, 0).Unix())
	for _, command := range page.before {
		fmt.Fprintf(&script, "%s >>%s/before 2>&1 || exit 9\n", command, results)
	}
	fmt.Fprintf(&script, "cd '%s'\nexport SOURCE_DATE_EPOCH=%d\n", home, noon.Unix())
	for i, s := range steps {
		if s.file != "" {
			held := filepath.Join(results, strconv.Itoa(i)+".file")
			if err := os.WriteFile(held, []byte(s.text), 0o644); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&script, "mkdir -p \"$(dirname '%s')\" && cp '%s' '%s' || exit 9\n", s.file, held, s.file)
			continue
		}
		fmt.Fprintf(&script, "{ %s\n} >%s/%d.out 2>&1; echo $? >%[2]s/%[3]d.code\n", s.command, results, i)
	}
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	run := exec.CommandContext(ctx, shell)
	run.Dir, run.Stdin = home, strings.NewReader(script.String())
	language := "zh_CN.UTF-8"
	if english {
		language = "en_US.UTF-8"
	}
	run.Env = append(os.Environ(), "LANG="+language, "LC_ALL="+language, "LC_MESSAGES="+language, "HOME="+home, "SUNSHINE_KEY=", "TZ=UTC")
	if out, err := run.CombinedOutput(); err != nil {
		before, _ := os.ReadFile(filepath.Join(results, "before"))
		t.Fatalf("%v: %s%s", err, out, before)
	}
	fails := page.fails
	for i, s := range steps {
		if s.file != "" {
			continue
		}
		printed, err := os.ReadFile(filepath.Join(results, strconv.Itoa(i)+".out"))
		if err != nil {
			t.Fatalf("%s was not reached: %v", s.command, err)
		}
		code, err := os.ReadFile(filepath.Join(results, strconv.Itoa(i)+".code"))
		if err != nil {
			t.Fatal(err)
		}
		if string(bytes.TrimSpace(code)) == "0" {
			// as it should be
		} else if len(fails) > 0 && fails[0] == s.command {
			fails = fails[1:]
		} else {
			t.Errorf("$ %s\nends with %s\n%s", s.command, bytes.TrimSpace(code), printed)
		}
		if s.text != "" && !shows(s.text, string(printed)) {
			t.Errorf("$ %s\nprints\n%s\nand the page shows\n%s", s.command, printed, s.text)
		}
	}
	if len(fails) > 0 {
		t.Errorf("the page says that these find something, and they do not: %q", fails)
	}
}

// shows tells whether a page shows what was printed.
func shows(shown, printed string) bool {
	var pattern strings.Builder
	pattern.WriteString(`\A`)
	for line := range strings.Lines(shown) {
		if line = strings.TrimSuffix(line, "\n"); line == "…" {
			pattern.WriteString(`(?s:.*\n)?`)
			continue
		}
		pattern.WriteString(strings.ReplaceAll(regexp.QuoteMeta(line), "…", `[^\n]*`) + `[ \t\r]*\n`)
	}
	return regexp.MustCompile(pattern.String() + `\z`).MatchString(printed)
}

// TestDocsCommands holds the page of all commands against the help that the command
// gives; -update writes it.
func TestDocsCommands(t *testing.T) {
	for file, page := range map[string]struct{ help, heading, usage string }{
		"commands.md":    {helpZH, "## 全部命令\n", "各命令都有"},
		"commands.en.md": {helpEN, "## All commands\n", "every command takes"},
	} {
		file = filepath.Join(docsFolder, file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		by, _, found := strings.Cut(string(content), page.heading)
		if !found {
			t.Fatalf("%s has no %s", file, page.heading)
		}
		want := by + page.heading + commandsOf(page.help, page.usage)
		if *update && string(content) != want {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if string(content) != want {
			t.Errorf("%s is not what sunshine help says: go test ./cmd/sunshine -run TestDocsCommands -update", file)
		}
	}
}

// commandsOf turns the help into a section a command: how it is called, what it does,
// and the lines of its flags.
func commandsOf(help, every string) string {
	var out strings.Builder
	var flags []string
	flush := func() {
		if len(flags) > 0 {
			fmt.Fprintf(&out, "\n```text\n%s\n```\n", strings.Join(flags, "\n"))
		}
		flags = nil
	}
	for line := range strings.Lines(help) {
		line = strings.TrimSuffix(line, "\n")
		if call, ok := strings.CutPrefix(line, "  sunshine "); ok {
			flush()
			call, about, _ := strings.Cut(call, "  ")
			about, _, _ = strings.Cut(strings.TrimSpace(about), "    ")
			name, _, _ := strings.Cut(call, " ")
			if word := strings.Fields(call + " -"); name == "import" && word[1] == "--from" || name == "key" {
				name = strings.Join(word[:2], " ")
				if word[1] == "--from" {
					name = strings.Join(word[:3], " ")
				}
			}
			fmt.Fprintf(&out, "\n### %s\n\n`sunshine %s`\n", name, call)
			if about != "" {
				fmt.Fprintf(&out, "\n%s\n", about)
			}
		} else if strings.HasPrefix(line, "      ") {
			flags = append(flags, strings.TrimSpace(line))
		} else if strings.HasPrefix(line, every) {
			flush()
			all, lang, _ := strings.Cut(line, "--lang")
			fmt.Fprintf(&out, "\n### --lang --quiet\n\n%s`--lang%s`\n", all, strings.ReplaceAll(lang, "  ", "` `"))
		}
	}
	return out.String()
}

// TestDocsShow holds what may stand for what is printed.
func TestDocsShow(t *testing.T) {
	for _, c := range []struct {
		shown, printed string
		want           bool
	}{
		{"a\n", "a\n", true},
		{"a\n", "a\nb\n", false},
		{"a\n", "ab\n", false},
		{"a…c\n", "abbc\n", true},
		{"a…c\n", "ab\nc\n", false},
		{"a\n…\n", "a\n", true},
		{"a\n…\nd\n", "a\nb\nc\nd\n", true},
		{"…\nd\n", "a\nd\ne\n", false},
	} {
		if got := shows(c.shown, c.printed); got != c.want {
			t.Errorf("%q shows %q: %v", c.shown, c.printed, got)
		}
	}
}

// TestDocsSite builds the documentation as a site, a year on as well, without a
// warning.
func TestDocsSite(t *testing.T) {
	for _, day := range []string{"2026-12-01", "2027-12-01"} {
		var stdout, stderr bytes.Buffer
		c := &command{stdout: &stdout, stderr: &stderr, env: func(string) string { return "" }, now: time.Now}
		if code := c.run(t.Context(), []string{"build", "--strict", "--lang", string(problem.Chinese), "--as-of", day, "--out", filepath.Join(t.TempDir(), "docs"), "../../docs/site"}); code != 0 || stderr.Len() > 0 {
			t.Errorf("%s: %d\n%s%s", day, code, stdout.String(), stderr.String())
		}
	}
}
