package site_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"sunshine/site"
	"sunshine/site/attachment"
	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	publication "sunshine/site/published"
	"sunshine/site/write"
)

// Each file of testdata/hints holds entries of one area of rules. An entry makes a
// bureau (the one of bureau.txtar, changed by its steps) that breaks a rule, and after
// a line "cure" follows the hint. What the hint gives word for word is not typed
// again: ${…}, a regular expression, stands for what both languages of the hint have
// there, and $zh{…} and $en{…} for what one of them has. With a group, it is the group.
//
//	== csv/number                  the rule; a word behind it tells entries apart
//	put stats/a.csv                the file is these lines; "…" is a Go string,
//	| a line                       * 60 a line: 60 lines, {n} counts; x 60 ab: one, of 60 ab
//	edit stats/a.csv               the first place that says so says otherwise
//	- old
//	+ new
//	append stats/a.csv             lines at the end
//	+ new
//	rm F · mv F G · cp F G · link F TO · clean F (sunshine clean) · release LABEL · build
//	day 2026-11-01                 the day that it is; option, run: see entry.do
//	leaves rule …                  what comes besides; of all, where it stands before them
//	approve NAME                   sunshine approve; steps on office files: hints_office_test.go
//
// Paths are of data/, and with a slash before them of the bureau's folder.

var show = flag.String("hints", "", "print what the entries say whose name matches this regular expression")

// exempt are the rules that no change of what staff write can cure, each with the
// reason.
var exempt = map[string]string{
	"site/path":         "files/same-address and files/reserved-name stop what could make it",
	"disclosure/coarse": "takes a table that is slow to protect; the line that its hint gives, problem.Except, is followed elsewhere",
	"published/unkept":  "takes hundreds of megabytes; the same line",
	"files/unreadable":  "permissions are no part of the folder, and whoever is root reads every file",
	"write/busy":        "another process has to end",
	"write/system":      "the disk has to be mended, which is no part of the folder",
	"markdown/chart":    "every text of a bureau may hold charts",
	"csv/list":          "a table of which every row has its cells is always read",
	"yaml/size":         "files/too-large stops a file of that size",
	"yaml/encoding":     "text/encoding stops such a file",

	// What stands at a target is no part of the folder. Where the reason names a test,
	// that one follows the hint.
	"publish/altered":     "what stands at the target is sent again; TestPublishAltered of the command",
	"publish/behind":      "the data of somebody else have to come; TestPublishBehind of the command brings them",
	"publish/busy":        "another publish has to end; TestLock of send",
	"publish/clock":       "the clock of the machine has to be set",
	"publish/emptied":     "TestPublishEmptied of the command",
	"publish/foreign":     "what somebody else put there has to go; TestForeign of send",
	"publish/full":        "the disk of the target needs room; TestGivesOut of send",
	"publish/host-key":    "TestPublishHostKey of the command",
	"publish/interrupted": "TestPublishKilled of the command runs it again",
	"publish/log":         "the log at the target has to be restored from a backup",
	"publish/missing":     "the target has to be made, or the drive connected",
	"publish/overwritten": "somebody else has to end",
	"publish/refused":     "whoever keeps the server has to grant it",
	"publish/system":      "whatever the system says; TestGivesOut of send runs it again",
	"publish/unreachable": "TestPublishDropped of the command runs it again",
}

// todo are the rules that have no entry yet. It only grows shorter.
var todo = strings.Fields(``)

type entry struct {
	name, rule string
	fault      []step
	cure       []step
	leaves     []string
	said       problem.Problem // what the fault is told as
	pasted     []step          // the cure, with what the hint gives in it
	dir        string
}

type step struct {
	verb, rest string
	old, new   []string
}

// hintEntries reads the entries of an area.
func hintEntries(t *testing.T, file string) (entries []*entry) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var e *entry
	var everywhere []string // leaves of all entries
	var steps *[]step
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		var last *step
		if steps != nil && len(*steps) > 0 {
			last = &(*steps)[len(*steps)-1]
		}
		switch mark {
		case "", "#":
		case "==":
			e = &entry{name: rest, rule: strings.Fields(rest)[0], leaves: slices.Clone(everywhere)}
			entries, steps = append(entries, e), &e.fault
		case "cure":
			steps = &e.cure
		case "leaves":
			if e == nil {
				everywhere = strings.Fields(rest)
				break
			}
			e.leaves = append(e.leaves, strings.Fields(rest)...)
		case "-":
			last.old = append(last.old, rest)
		case "+", "|":
			last.new = append(last.new, rest)
		case "x":
			count, what, _ := strings.Cut(rest, " ")
			n, err := strconv.Atoi(count)
			if err != nil {
				t.Fatalf("%s:%d: %v", file, i+1, err)
			}
			last.new = append(last.new, strings.Repeat(what, n))
		case "*":
			count, what, _ := strings.Cut(rest, " ")
			n, err := strconv.Atoi(count)
			if err != nil {
				t.Fatalf("%s:%d: %v", file, i+1, err)
			}
			for n := range n {
				last.new = append(last.new, strings.ReplaceAll(what, "{n}", strconv.Itoa(n+1)))
			}
		default:
			if strings.HasPrefix(line, `"`) {
				s, err := strconv.Unquote(line)
				if err != nil {
					t.Fatalf("%s:%d: %v", file, i+1, err)
				}
				last.new = append(last.new, s)
				break
			}
			if !slices.Contains(hintVerbs, mark) && !slices.Contains(officeVerbs, mark) {
				t.Fatalf("%s:%d: %q is no step", file, i+1, mark)
			}
			*steps = append(*steps, step{verb: mark, rest: rest})
		}
	}
	return entries
}

var hintVerbs = strings.Fields("put raw edit append rm mv cp link clean forge day option run release build")

// stage is a bureau's folder on which steps are done.
type stage struct {
	dir  string
	o    site.Options
	run  string // how problems are found: check, build, release LABEL, verify, import FILE…
	hint problem.Text
	key  string // public, for verify
	head string
}

var pasted = regexp.MustCompile(`\$(zh|en)?\{((?:[^{}]|\{[^{}]*\})*)\}`)

// paste puts what the hint gives into a line.
func (s *stage) paste(line string) (string, error) {
	var failed error
	line = pasted.ReplaceAllStringFunc(line, func(ref string) string {
		m := pasted.FindStringSubmatch(ref)
		re, err := regexp.Compile(m[2])
		if err != nil {
			failed = err
			return ""
		}
		in := func(text string) string {
			found := re.FindStringSubmatch(text)
			if found == nil {
				failed = fmt.Errorf("the hint does not give %s: %s", m[2], text)
				return ""
			}
			return found[len(found)-1]
		}
		switch m[1] {
		case "zh":
			return in(s.hint.ZH)
		case "en":
			return in(s.hint.EN)
		}
		zh, en := in(s.hint.ZH), in(s.hint.EN)
		if zh != en && failed == nil {
			failed = fmt.Errorf("one language of the hint gives %q and the other %q", zh, en)
		}
		return zh
	})
	return line, failed
}

func (s *stage) path(name string) string {
	if strings.HasPrefix(name, "data/") { // as a message writes it
		name = "/" + name
	}
	if rooted, ok := strings.CutPrefix(name, "/"); ok {
		return filepath.Join(s.dir, filepath.FromSlash(rooted))
	}
	return filepath.Join(s.dir, "data", filepath.FromSlash(name))
}

func (s *stage) do(st step) error {
	words := strings.Fields(st.rest)
	for i := range words {
		var err error
		if words[i], err = s.paste(words[i]); err != nil {
			return err
		}
	}
	old, err := s.paste(strings.Join(st.old, "\n"))
	if err != nil {
		return err
	}
	text, err := s.paste(strings.Join(st.new, "\n"))
	if err != nil {
		return err
	}
	store := func(name string, text string) error {
		at := s.path(name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		return os.WriteFile(at, []byte(text), 0o644)
	}
	switch st.verb {
	case "put":
		return store(words[0], text+"\n")
	case "raw": // without the newline at the end
		return store(words[0], text)
	case "append", "edit":
		was, err := os.ReadFile(s.path(words[0]))
		if err != nil {
			return err
		}
		if st.verb == "append" {
			return store(words[0], string(was)+text+"\n")
		}
		if old == "" || !strings.Contains(string(was), old) {
			return fmt.Errorf("%s does not say %q", words[0], old)
		}
		if len(st.new) == 0 { // the whole line goes
			if whole := strings.Replace("\n"+string(was), "\n"+old+"\n", "\n", 1); whole != "\n"+string(was) {
				return store(words[0], whole[1:])
			}
		}
		return store(words[0], strings.Replace(string(was), old, text, 1))
	case "rm":
		return os.RemoveAll(s.path(words[0]))
	case "mv", "cp":
		if err := os.MkdirAll(filepath.Dir(s.path(words[1])), 0o755); err != nil {
			return err
		}
		if st.verb == "mv" {
			return os.Rename(s.path(words[0]), s.path(words[1]))
		}
		if text, err := os.ReadFile(s.path(words[0])); err == nil {
			return store(words[1], string(text))
		}
		return os.CopyFS(s.path(words[1]), os.DirFS(s.path(words[0])))
	case "clean": // as sunshine clean does, put in the place of the other
		data, err := os.ReadFile(s.path(words[0]))
		if err != nil {
			return err
		}
		cleaned, fault := attachment.Clean(words[0], data)
		if fault != nil {
			return errors.New(fault.Message.EN)
		}
		return store(words[0], string(cleaned.Bytes))
	case "forge": // the manifest agrees with what was done to files
		return forge(filepath.Join(s.dir, "public"), words[0])
	case "link":
		return os.Symlink(s.path(words[1]), s.path(words[0]))
	case "day":
		day, ok := period.ParseDate(words[0])
		if s.o.AsOf = day; !ok {
			return fmt.Errorf("%q is no day", words[0])
		}
		return nil
	case "run":
		s.run = strings.Join(words, " ")
		return nil
	case "approve":
		p, problems, err := site.Diff(context.Background(), s.o)
		if err == nil && p == nil {
			err = problemsError(problems)
		}
		if err != nil {
			return err
		}
		_, err = p.Approve(words[0])
		return err
	case "release", "build", "import":
		return s.must(st.verb, words)
	case "option":
		switch words[0] {
		case "previous":
			s.o.Previous = filepath.Join(s.dir, words[1])
		case "no-previous":
			s.o.Previous = ""
		case "hold-back":
			s.o.HoldBack = true
		case "no-hold-back":
			s.o.HoldBack = false
		case "no-out":
			s.o.Out = ""
		case "out":
			s.o.Out = filepath.Join(s.dir, words[1])
		case "base-url":
			s.o.BaseURL = words[1]
		case "key":
			secret, public, err := ledger.NewKey(strings.NewReader(strings.Repeat(words[1], 64)))
			if err != nil {
				return err
			}
			s.key = public
			s.o.Key, err = ledger.ParseKey(secret)
			return err
		case "no-key":
			s.o.Key = nil
		case "head":
			text, err := os.ReadFile(s.path(words[1]))
			s.head = string(text)
			return err
		default:
			return fmt.Errorf("no option %q", words[0])
		}
		return nil
	}
	if slices.Contains(officeVerbs, st.verb) {
		return s.office(st.verb, words, old, text)
	}
	return fmt.Errorf("no step %q", st.verb)
}

// forge makes the manifest of a site agree with the files at a path, or below it.
func forge(public, below string) error {
	at := filepath.Join(public, write.ManifestName)
	text, err := os.ReadFile(at)
	if err != nil {
		return err
	}
	var manifest map[string]any
	if err := json.Unmarshal(text, &manifest); err != nil {
		return err
	}
	files := []any{}
	for _, f := range manifest["files"].([]any) {
		f := f.(map[string]any)
		if name := f["path"].(string); strings.HasPrefix(name, below) {
			now, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
			if err != nil {
				continue
			}
			f["sha256"] = bureau.SHA256(now)
		}
		files = append(files, f)
	}
	manifest["files"] = files
	if text, err = json.Marshal(manifest); err != nil {
		return err
	}
	return os.WriteFile(at, text, 0o644)
}

// must releases or builds what has no error.
func (s *stage) must(verb string, words []string) error {
	was := s.run
	s.run = strings.Join(append([]string{verb}, words...), " ")
	problems, err := s.problems()
	s.run = was
	if err == nil && problems.Errors() > 0 {
		err = problemsError(problems)
	}
	return err
}

// problems finds what is wrong on the stage.
func (s *stage) problems() (problem.List, error) {
	verb, rest, _ := strings.Cut(s.run, " ")
	switch verb {
	case "", "check":
		_, problems, err := site.Make(context.Background(), s.o)
		return problems, err
	case "build":
		o := s.o
		if o.Out = filepath.Join(s.dir, "public"); rest != "" {
			o.Out = filepath.Join(s.dir, rest)
		}
		_, problems, err := site.Build(context.Background(), o)
		return problems, err
	case "import":
		return s.imported(strings.Fields(rest))
	case "release":
		o := s.o
		o.Out = filepath.Join(s.dir, "public")
		_, problems, err := site.Release(context.Background(), o, rest)
		return problems, err
	case "verify":
		var against publication.Against
		var err error
		if s.key != "" {
			if against.Key, err = ledger.ParsePublicKey(s.key); err != nil {
				return nil, err
			}
		}
		if s.head != "" {
			head, err := ledger.ParseHead(s.head)
			if err != nil {
				return nil, err
			}
			against.Head = &head
		}
		o := s.o
		o.Dir = ""
		if rest == "from" {
			o.Dir = s.dir
		}
		_, problems, err := site.Verify(context.Background(), filepath.Join(s.dir, "public"), against, o)
		return problems, err
	}
	return nil, fmt.Errorf("no run %q", s.run)
}

// of gives the problems of a rule.
func of(problems problem.List, rule string) (found problem.List) {
	for _, p := range problems {
		if p.Rule.String() == rule {
			found = append(found, p)
		}
	}
	return found
}

func saidAll(problems problem.List) string {
	var b strings.Builder
	for i, p := range problems {
		if i == 8 {
			fmt.Fprintf(&b, "\n  … %d", len(problems))
			break
		}
		fmt.Fprintf(&b, "\n  %s %s [%s]\n    %s\n    %s\n    %s\n    %s", p.Position, p.Severity, p.Rule, p.Message.ZH, p.Hint.ZH, p.Message.EN, p.Hint.EN)
	}
	return b.String()
}

// followed does an entry, and says where it does not hold.
func (e *entry) followed(dir string, base *txtar.Archive, show bool) error {
	s, err := stageOf(dir, base)
	if err != nil {
		return err
	}
	for _, st := range e.fault {
		if err := s.do(st); err != nil {
			return fmt.Errorf("making the fault: %s %s: %w", st.verb, st.rest, err)
		}
	}
	faulty, err := s.problems()
	if err != nil {
		return fmt.Errorf("the fault: %w", err)
	}
	if show {
		fmt.Printf("== %s%s\n", e.name, saidAll(faulty))
	}
	found := of(faulty, e.rule)
	if len(found) == 0 {
		return fmt.Errorf("the fault is not found, but:%s", saidAll(faulty))
	}
	for _, p := range found {
		if err := wellSaid(p); err != nil {
			return fmt.Errorf("%w%s", err, saidAll(problem.List{p}))
		}
	}
	first := max(0, slices.IndexFunc(found, func(p problem.Problem) bool { return p.Severity == problem.Error }))
	if s.hint = found[first].Hint; len(e.cure) == 0 {
		return errors.New("no cure")
	}
	e.said, e.dir = found[first], dir
	for _, st := range e.cure {
		if done, err := s.pastedInto(st); err == nil {
			e.pasted = append(e.pasted, done)
		}
		if err := s.do(st); err != nil {
			return fmt.Errorf("following the hint: %s %s: %w%s", st.verb, st.rest, err, saidAll(found[:1]))
		}
	}
	cured, err := s.problems()
	if err != nil {
		return fmt.Errorf("after the hint: %w", err)
	}
	for _, p := range cured { // none of the rule is left, and none of another is new
		if rule := p.Rule.String(); rule == e.rule || len(of(faulty, rule)) == 0 && !slices.Contains(e.leaves, rule) {
			return fmt.Errorf("the hint does not cure:%s\nafter it:%s", saidAll(found[:1]), saidAll(cured))
		}
	}
	return nil
}

var (
	hintVerb    = regexp.MustCompile(`%!|%\[|%[sdvqgfxtc]\b`)
	number      = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	han         = regexp.MustCompile(`\p{Han}`)
	quotedEN    = regexp.MustCompile(`"([^"]*)"`)
	englishWord = regexp.MustCompile(`[A-Za-z]{2,}`)
	englishRun  = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}`)
)

// wellSaid holds a problem against what both languages owe the clerk: each says
// something, neither less than the other, and a value that one quotes stands in both.
func wellSaid(p problem.Problem) error {
	for _, t := range []problem.Text{p.Message, p.Hint} {
		if t.ZH == "" || t.EN == "" {
			return errors.New("one language says nothing")
		}
		if hintVerb.MatchString(t.ZH + t.EN) {
			return errors.New("a verb of a format is printed")
		}
		if zh, en := utf8.RuneCountInString(t.ZH), utf8.RuneCountInString(t.EN); 4*zh < en-20 {
			return fmt.Errorf("the Chinese says less: %d characters for %d", zh, en)
		}
		for _, run := range englishRun.FindAllString(t.ZH, -1) {
			if !strings.Contains(t.EN, run) {
				return fmt.Errorf("%q in the Chinese is no value", run)
			}
		}
		for _, n := range number.FindAllString(t.EN, -1) {
			if !strings.Contains(strings.ReplaceAll(t.ZH, ",", ""), strings.ReplaceAll(n, ",", "")) {
				return fmt.Errorf("the Chinese does not say %s", n)
			}
		}
		for _, n := range number.FindAllString(t.ZH, -1) {
			if !strings.Contains(strings.ReplaceAll(t.EN, ",", ""), strings.ReplaceAll(n, ",", "")) {
				return fmt.Errorf("the English does not say %s", n)
			}
		}
		for _, q := range quotedEN.FindAllStringSubmatch(t.EN, -1) {
			if value := strings.TrimSuffix(q[1], "…"); !strings.Contains(t.ZH, value) && han.MatchString(value) && len(englishWord.FindAllString(value, 3)) < 3 { // a sentence is in one language
				return fmt.Errorf("the Chinese does not quote %q", q[1])
			}
		}
	}
	return nil
}

// stageOf puts the bureau of bureau.txtar into a folder.
func stageOf(dir string, base *txtar.Archive) (*stage, error) {
	s := &stage{dir: dir, o: options(dir, "")}
	s.o.AsOf = period.NewDate(2026, 10, 16) // when that bureau is up to date
	for _, f := range base.Files {
		if err := s.do(step{verb: "raw", rest: f.Name, new: []string{string(f.Data)}}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// What repeats down a column is told in at most three messages, and one of them names
// the first places and the last (messages/flood).
func TestFloods(t *testing.T) {
	base, err := txtar.ParseFile(filepath.Join("testdata", "hints", "bureau.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	rangeOf := regexp.MustCompile(`\d+ (?:cells of the column: [A-Z]+\d+|places, line \d+) to [A-Z]*\d+, such as ([A-Z]*\d+, ){4}[A-Z]*\d+`)
	for _, e := range hintEntries(t, filepath.Join("testdata", "floods.txt")) {
		t.Run(strings.ReplaceAll(e.name, " ", ":"), func(t *testing.T) {
			t.Parallel()
			s, err := stageOf(t.TempDir(), base)
			if err != nil {
				t.Fatal(err)
			}
			for _, st := range e.fault {
				if err := s.do(st); err != nil {
					t.Fatal(err)
				}
			}
			problems, err := s.problems()
			if err != nil {
				t.Fatal(err)
			}
			found := of(problems, e.rule)
			if len(found) == 0 || len(found) > 3 {
				t.Errorf("%d messages:%s", len(found), saidAll(problems))
			}
			if !slices.ContainsFunc(found, func(p problem.Problem) bool {
				return rangeOf.MatchString(p.Message.EN) && strings.Contains(p.Message.ZH, "如此")
			}) {
				t.Errorf("the range is not named:%s", saidAll(found))
			}
		})
	}
}

// Every hint of every rule cures what it is given for, when it is followed.
func TestHintsCure(t *testing.T) {
	base, err := txtar.ParseFile(filepath.Join("testdata", "hints", "bureau.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("testdata", "hints", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	var all []*entry
	var shown *regexp.Regexp
	if *show != "" {
		shown = regexp.MustCompile(*show)
	}
	for _, file := range files {
		seen := map[string]bool{}
		for _, e := range hintEntries(t, file) {
			all = append(all, e)
			if has[e.rule] = true; seen[e.name] {
				t.Errorf("%s: %q stands twice", file, e.name)
			}
			seen[e.name] = true
			if area, _, _ := strings.Cut(e.rule, "/"); problem.RuleOf(e.rule) == (problem.Rule{}) || area+".txt" != path.Base(filepath.ToSlash(file)) {
				t.Errorf("%s: there is no rule %q, or not of this area", file, e.rule)
			}
			if shown != nil && !shown.MatchString(e.name) {
				continue
			}
			t.Run(strings.ReplaceAll(e.name, " ", ":"), func(t *testing.T) {
				t.Parallel()
				if err := e.followed(t.TempDir(), base, shown != nil); err != nil {
					t.Error(err)
				}
			})
		}
	}
	t.Cleanup(func() { rulesPages(t, all) })
	var missing []string
	for _, r := range problem.Rules() {
		id := r.String()
		listed := 0
		for _, is := range []bool{has[id], exempt[id] != "", slices.Contains(todo, id)} {
			if is {
				listed++
			}
		}
		if listed == 0 {
			missing = append(missing, id)
		} else if listed > 1 {
			t.Errorf("%s has an entry, and is listed as having none", id)
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d rules have no entry:\n%s", len(missing), strings.Join(missing, " "))
	}
}
