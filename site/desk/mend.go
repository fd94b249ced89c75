package desk

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"sunshine/site/bureau"
	"sunshine/site/check"
	"sunshine/site/problem"
)

// shown is a problem as a page shows it.
type shown struct {
	Severity, Label, Place, Message, Hint string
	Edit                                  string // where it is mended; empty where that is no file of the folder
	Ways                                  []way  // that there are besides
	Cure                                  *cured // the button that mends it; nil where somebody has to think
	Row                                   string // the row that answers it; empty where it is no question
	Back                                  string // the page that shows it, to come back to after an answer
}

// commands are the pages that do what a command does, which a hint may name.
var commands = map[string]string{"import": "/inbox", "check": "/mend", "new": "/files", "diff": "/changes", "revise": "/changes", "approve": "/changes", "publish": "/publish", "release": "/publish"}

var command = regexp.MustCompile(`sunshine (import|check|new|diff|revise|approve|publish|release)\b`)

// instead is the page that does what a hint does by a command; none where it names none.
func (d *desk) instead(hint string) []way {
	m := command.FindStringSubmatch(hint)
	if m == nil {
		return nil
	}
	at := slices.IndexFunc(steps, func(s step) bool { return s.Path == commands[m[1]] })
	return []way{{commands[m[1]], d.say("不用打命令，到“%s”里做", "without a command: at “%s”", steps[at].Name)}}
}

// shownOf gives problems in the language of who works here.
func (d *desk) shownOf(problems problem.List) []shown { return d.shownAt("/mend", problems) }

// shownAt does on a page.
func (d *desk) shownAt(page string, problems problem.List) []shown {
	all := make([]shown, 0, len(problems))
	for _, p := range problems {
		message, hint := p.Said(d.Language)
		edit, ways := d.waysOf(p)
		if edit == "/changes" || p.Rule == problem.TranslationMissing || len(ways) > 0 && ways[0].Href == "/changes" {
			hint = atDesk(hint)
		}
		if p.Cure.Row != "" {
			hint, _, _ = strings.Cut(hint, check.ByHand.In(d.Language)) // the form says how
		}
		if ways = slices.DeleteFunc(append(ways, d.instead(hint)...), func(one way) bool { return one.Href == page }); edit == page {
			edit = ""
		}
		s := shown{Severity: p.Severity.String(), Label: d.say("提醒", "warning"), Place: p.Position.String(), Message: message, Hint: hint, Edit: edit, Ways: ways, Cure: d.cureOf(p), Row: p.Cure.Row, Back: page}
		if p.Severity == problem.Error {
			s.Label = d.say("错误", "error")
		}
		all = append(all, s)
	}
	return all
}

// atDesk leaves the ways out of a hint that are a command's, where the desk has its own.
func atDesk(hint string) string {
	for _, mark := range []string{"；", "; "} {
		if clauses := strings.Split(hint, mark); len(clauses) > 1 {
			hint = strings.Join(slices.DeleteFunc(clauses, func(one string) bool {
				return strings.Contains(one, "sunshine ") || strings.Contains(one, ".csv")
			}), mark)
		}
	}
	return hint
}

// placeOf is the address at which a place of the folder is edited: its cell on the grid, its
// key in the form, or its line in the text; empty where it is none that is edited here.
func placeOf(at problem.Position) string {
	switch {
	case !strings.HasPrefix(at.File, "data/") || at.Sheet != "":
		return ""
	case isGrid(at.File) && at.Cell == "" && (at.Line > 1 || at.Line == 1 && at.Column > 0): // a quotation mark, say, for which there are no cells
		return textAt(at.File, at.Line)
	case isGrid(at.File):
		return gridAt(at.File, at.Cell)
	case !bureau.KindAt(at.File).IsText():
		return ""
	}
	if _, has := forms[bureau.KindAt(at.File)]; has {
		return formAt(at)
	}
	return textAt(at.File, at.Line)
}

// textAt is the address of a line in the text of a file.
func textAt(file string, line int) string {
	return "/edit?file=" + url.QueryEscape(file) + "&line=" + strconv.Itoa(line) + "#here"
}

// findings are what was found last.
type findings struct {
	sync.Mutex
	done     bool
	problems problem.List
	stale    atomic.Bool // something was done since
}

// found gives what is wrong with the folder: what was found last, where that will do.
func (d *desk) found(ctx context.Context, again bool) (problem.List, error) {
	d.check.Lock()
	defer d.check.Unlock()
	if d.check.done && !again && !d.check.stale.Load() {
		return d.check.problems, nil
	}
	d.check.stale.Store(false)
	problems, err := d.Work.Check(ctx)
	if err != nil {
		d.check.stale.Store(true)
		return nil, err
	}
	d.check.done, d.check.problems = true, problems
	return problems, nil
}

// How much the page of problems shows: of one rule in one file so many, on a page of one
// rule so many, and of all so many bytes; the rest is counted.
const (
	firstOfRule = 10
	ofRule      = 200
	pageBytes   = 120 << 10
	maxFiles    = 300
)

// mending is what the page of problems shows.
type mending struct {
	Errors, Warnings int
	Files            []fileProblems
	Left             int    // files that are not named, for their number
	Whole            string // the address of all; empty on the page of all
	Of               *ruleProblems
	Before, After    string // addresses of the problems before and after those of the rule
}

// fileProblems are those of a file.
type fileProblems struct {
	File, Title      string
	Open             string // where it is edited; empty where it is not
	Errors, Warnings int
	Rules            []ruleProblems
	More             string // the address of its problems, where they are only counted
}

// ruleProblems are those of one rule in a file.
type ruleProblems struct {
	Severity, Label, Rule, About string
	Listed                       []shown
	From, To, All                int
	Rest                         int    // that are not shown
	More                         string // their address
}

// mend lists what is wrong by file and rule, or only that of a file, or of a rule in it.
func (d *desk) mend(w http.ResponseWriter, r *http.Request) {
	_, one := r.URL.Query()["file"]
	file, rule := r.FormValue("file"), r.FormValue("rule")
	problems, err := d.found(r.Context(), !one)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	title := d.say("要改正的", "What is to be mended")
	if !one {
		d.show(w, http.StatusOK, "/mend", "mend.html", title, d.byTitle(r.Context(), d.mendingOf(problems)))
		return
	}
	problems = slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool {
		return p.File != file || rule != "" && p.Rule.String() != rule
	})
	m := d.mendingOf(problems)
	if m.Whole = "/mend"; rule != "" && len(problems) > 0 {
		from, _ := strconv.Atoi(r.FormValue("from"))
		from = min(max(from, 1), len(problems))
		to := min(from+ofRule-1, len(problems))
		of := m.Files[0].Rules[0]
		of.Listed, of.From, of.To, of.All = d.shownOf(problems[from-1:to]), from, to, len(problems)
		m.Of = &of
		if from > 1 {
			m.Before = ruleAt(file, rule, max(1, from-ofRule))
		}
		if to < len(problems) {
			m.After = ruleAt(file, rule, to+1)
		}
	}
	d.show(w, http.StatusOK, "/mend", "mend.html", title, d.byTitle(r.Context(), m))
}

// byTitle calls files by the titles that readers see, where they have one.
func (d *desk) byTitle(ctx context.Context, m mending) mending {
	all, err := d.Work.Files(ctx)
	if err != nil {
		return m // their paths will do
	}
	titles := map[string]string{}
	for _, f := range all {
		titles[f.File] = f.Title
	}
	for i := range m.Files {
		m.Files[i].Title = titles[m.Files[i].File]
	}
	return m
}

func fileAt(file string) string { return "/mend?file=" + url.QueryEscape(file) }

func ruleAt(file, rule string, from int) string {
	return fileAt(file) + "&rule=" + url.QueryEscape(rule) + "&from=" + strconv.Itoa(from)
}

// mendingOf groups problems by file, those with errors first, and in a file by rule.
func (d *desk) mendingOf(problems problem.List) mending {
	type ruled struct {
		severity problem.Severity
		rule     problem.Rule
	}
	var m mending
	files := map[string]*fileProblems{}
	lists := map[string]map[ruled]problem.List{}
	var names []string
	for _, p := range problems {
		f := files[p.File]
		if f == nil {
			f = &fileProblems{File: p.Path(), Open: placeOf(problem.Position{File: p.File})}
			if f.Open == "" && Placed(p.File) {
				f.Open = placeAt(p.File)
			}
			files[p.File], lists[p.File] = f, map[ruled]problem.List{}
			names = append(names, p.File)
		}
		if p.Severity == problem.Error {
			f.Errors++
			m.Errors++
		} else {
			f.Warnings++
			m.Warnings++
		}
		key := ruled{p.Severity, p.Rule}
		lists[p.File][key] = append(lists[p.File][key], p)
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(min(files[b].Errors, 1), min(files[a].Errors, 1)), cmp.Compare(a, b))
	})
	size := 0
	for i, name := range names {
		if i == maxFiles {
			m.Left = len(names) - i
			break
		}
		f := files[name]
		var rules []ruled
		for key := range lists[name] {
			rules = append(rules, key)
		}
		slices.SortFunc(rules, func(a, b ruled) int {
			return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(a.rule.String(), b.rule.String()))
		})
		for _, key := range rules {
			list := lists[name][key]
			r := ruleProblems{Severity: key.severity.String(), Label: d.say("提醒", "warning"), Rule: key.rule.String(), About: key.rule.About().In(d.Language), All: len(list)}
			if key.severity == problem.Error {
				r.Label = d.say("错误", "error")
			}
			for _, s := range d.shownOf(list[:min(len(list), firstOfRule)]) {
				if size += len(s.Place) + len(s.Edit) + len(s.Message) + len(s.Hint) + 200; size > pageBytes {
					break
				}
				r.Listed = append(r.Listed, s)
			}
			if r.Rest = len(list) - len(r.Listed); r.Rest > 0 {
				r.More = ruleAt(name, r.Rule, len(r.Listed)+1)
			}
			f.Rules = append(f.Rules, r)
		}
		if size > pageBytes && len(f.Rules) > 0 && len(f.Rules[0].Listed) == 0 {
			f.Rules, f.More = nil, fileAt(name) // only counted
		}
		m.Files = append(m.Files, *f)
	}
	return m
}
