package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/write"
)

// crowded is a sheet of more of everything than a page has room for.
func crowded() *Sheet {
	s := &Sheet{Bureau: "示范市公安局", AsOf: "2026-10-31", Previous: Previous{Place: "public", Releases: 3, Release: "2026-09"}}
	var all []ledger.Difference
	for i := range 60 {
		for _, kind := range []string{ledger.FigureNew, ledger.FigureRevised, ledger.FigureWithdrawn, ledger.FigureWithheld, ledger.FigureMarked} {
			d := ledger.Difference{
				Statistic: fmt.Sprint("s", i), Title: fmt.Sprintf("各分县局、派出所治安案件受理和查处情况（第%d表）", i), Key: "k" + kind, Categories: "城关派出所/殴打他人、故意伤害",
				Period: period.Period{Start: period.NewDate(2026, 9, 1), End: period.NewDate(2026, 9, 30)},
				Field:  "查处治安案件（起）", Unit: "起", Kind: kind, New: &bureau.Figure{Number: 12345}, Reason: "移交的案件补录，经核对后更正，原来的数以本次公布的为准",
			}
			all = append(all, d)
		}
	}
	s.Figures = Figures(all)
	for i := range 40 {
		s.Statements = append(s.Statements, Statement{About: "s", Title: fmt.Sprint("统计", i), What: bureau.SaidScope, Old: strings.Repeat("口径", 50), New: "新"})
		p := Page{Address: fmt.Sprintf("p%d/", i), Title: "网页", Own: true}
		s.Pages.Added, s.Pages.Changed, s.Pages.Removed = append(s.Pages.Added, p), append(s.Pages.Changed, p), append(s.Pages.Removed, p)
		s.Moved = append(s.Moved, Move{Old: "a/", New: "b/"})
		s.Waiting = append(s.Waiting, Waiting{File: fmt.Sprintf("data/notices/%d.md", i)})
		s.HeldBack = append(s.HeldBack, HeldBack{File: fmt.Sprintf("data/stats/%d.csv", i)})
	}
	return s
}

// However much changes, it has room on the page, and what is left out is counted.
func TestSheetIsOnePage(t *testing.T) {
	for _, language := range []problem.Language{problem.Chinese, problem.English} {
		v := crowded().View(language)
		if len(v.Parts) != 12 {
			t.Errorf("%d kinds of change", len(v.Parts))
		}
		total := 0
		for i, p := range v.Parts {
			if i < 3 && len(p.Lines) == 0 {
				t.Errorf("nothing is told of %s", p.Title)
			}
			if p.Count == 0 || p.More == 0 && len(p.Lines) == 0 {
				t.Errorf("%s has nothing", p.Title)
			}
			total += tall(p)
		}
		for _, note := range v.Notes {
			total += height(note)
		}
		if total > room {
			t.Errorf("%d halves of a line", total)
		}
	}
}

// What titles say is no Markdown and calls nobody.
func TestTextIsPlain(t *testing.T) {
	v := render.ChangeSheet{Bureau: "<b>局</b>", Facts: []render.ChangeFact{{Name: "a", Value: "`x`"}}, Notes: []string{"*n*"},
		Parts: []render.ChangePart{{Title: "t", Lines: []string{"[a](http://x) ![i](y) @all <script> [p] `c` a_b_c"}}}}
	var b bytes.Buffer
	if err := Text(&b, v); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"](", "@", " <", "(`", " `c", " _", "*n"} {
		if strings.Contains(strings.ReplaceAll(b.String(), `\`+strings.TrimSpace(bad), ""), bad) {
			t.Errorf("%q stands in\n%s", bad, b.String())
		}
	}
	if !strings.Contains(b.String(), "[p]") {
		t.Error("a marker is not read as it stands")
	}
}

// The digest is of what readers get: not of the history that a site carries, nor of the
// commit that it names, nor of the order of its files.
func TestDigest(t *testing.T) {
	commit := strings.Repeat("ab", 20)
	files := func(page string, more ...bureau.File) []bureau.File {
		return append(more, bureau.File{Path: "stats/a/index.html", Bytes: []byte(page)}, bureau.File{Path: "index.html", Bytes: []byte("x")})
	}
	digest, parts := Digest(files("1"+commit), commit, 2)
	if got, _ := Digest(files("1"), "", 1); got != digest {
		t.Error("the commit is of it")
	}
	if got, _ := Digest(files("1", bureau.File{Path: "ledger/head.txt"}, bureau.File{Path: "releases/a/a.csv"}), "", 1); got != digest {
		t.Error("the history is of it")
	}
	for name, all := range map[string][]bureau.File{
		"a page":             files("2"),
		"a page more":        files("1", bureau.File{Path: "releases/index.html"}),
		"a download":         files("1", bureau.File{Path: "data/all.zip"}),
		"the name of a page": {{Path: "stats/b/index.html", Bytes: []byte("1")}, {Path: "index.html", Bytes: []byte("x")}},
	} {
		if got, _ := Digest(all, "", 1); got == digest {
			t.Errorf("%s is not of it", name)
		}
	}
	_, other := Digest(files("2", bureau.File{Path: "data/all.zip"}), "", 1)
	if got := strings.Join(Differing(parts, other), " "); got != "stats" {
		t.Errorf("they differ in %q", got)
	}
}

// An address that leads on is told as that, and neither as a page that changed or is gone
// nor as one that is new.
func TestMovedIsToldOnce(t *testing.T) {
	page := func(path, text string) bureau.File { return bureau.File{Path: path, Bytes: []byte(text)} }
	digest := func(f bureau.File) write.Digest { return write.Digest{Path: f.Path, SHA256: bureau.SHA256(f.Bytes)} }
	before := write.Manifest{Files: []write.Digest{
		digest(page("notices/old/index.html", "old")), digest(page("notices/gone/index.html", "gone")), digest(page("static/old.pdf", "x")), digest(page("static/gone.pdf", "x")),
	}}
	now := Now{
		Files: []bureau.File{page("notices/old/index.html", "leads on"), page("notices/older/index.html", "leads on"), page("notices/new/index.html", "new")},
		Moved: map[string]bool{"notices/old/": true, "notices/older/": true, "static/old.pdf": true},
	}
	told := func(pages []Page) (all []string) {
		for _, p := range pages {
			all = append(all, p.Address)
		}
		return all
	}
	addresses := make([]string, 0, len(before.Files))
	for _, f := range before.Files {
		addresses = append(addresses, strings.TrimSuffix(f.Path, "index.html"))
	}
	for name, p := range map[string]Pages{"a manifest": now.Against(before, 1), "addresses alone": now.Addresses(addresses)} {
		if got := fmt.Sprint(told(p.Added), told(p.Changed), told(p.Removed), p.Shared.Count); got != "[notices/new/] [] [notices/gone/ static/gone.pdf] 0" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
