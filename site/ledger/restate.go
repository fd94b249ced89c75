package ledger

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// restatements holds what is said of figures now against what the releases said of
// them, and the rows of revisions.csv that explain a difference against both. What is
// said anew, of a figure that was not there, is no difference.
func restatements(b *bureau.Bureau, rows []*change) ([]Revision, []Wanted, problem.List) {
	if len(rows)+len(b.Published.Statements)+len(b.Releases) == 0 {
		return nil, nil, nil // nothing was said before
	}
	r := restater{bureau: b, rows: rows, now: map[bureau.Statement]statement{}}
	for _, s := range statements(b) {
		r.now[s.Of()] = s
	}
	for _, s := range b.Published.Statements {
		r.known = append(r.known, s)
		if now := r.now[s.Of()]; now.Text != s.Text && s.Text != "" && !r.explained(s, now.Text) {
			r.report(s, now)
		}
	}
	r.added()
	var revisions []Revision
	for _, row := range rows {
		if revision, ok := r.revision(row); ok {
			revisions = append(revisions, revision)
		}
	}
	return revisions, r.wanted, r.problems
}

// added asks about a meaning that is said anew of what was published without it.
func (r *restater) added() {
	known := map[bureau.Statement]bool{}
	for _, s := range r.known {
		known[s.Of()] = true
	}
	published := map[string]*bureau.Vintage{}
	if n := len(r.bureau.Releases); n > 0 {
		for _, v := range r.bureau.Releases[n-1].Statistics {
			published[v.Name] = v
		}
	}
	for _, s := range statements(r.bureau) {
		v := published[s.About]
		if v == nil || known[s.Of()] || !slices.Contains([]string{bureau.SaidTitle, bureau.SaidDescription, bureau.SaidScope, bureau.SaidCounting}, s.What) ||
			s.Field != "" && !slices.ContainsFunc(v.Measures, func(m bureau.Measure) bool { return m.Name == s.Field }) {
			continue
		}
		of := slices.IndexFunc(bureau.Saids, func(w saidWord) bool { return w.What == s.What })
		r.problems.Warn(s.at, problem.RevisionDefinition,
			problem.Say("“%[1]s”公开时没有写%[2]s，现在写了“%[3]s”", `"%[1]s" was published without a %[4]s, and has "%[3]s" now`, problem.Quote(strings.TrimSpace(s.About+" "+s.Field)), bureau.Saids[of].Name.ZH, problem.Quote(s.Text), bureau.Saids[of].Name.EN),
			problem.Say("意思变了的，从变的那一期起，在数值后面加 [b]，并在 data/revisions.csv 写明；只是补上说明的，下一次 sunshine release 之后不再提醒", "if its meaning changed, add [b] to the figures from that period on and say so in data/revisions.csv; if this only says what was meant before, the next sunshine release ends this warning"))
	}
}

type restater struct {
	bureau   *bureau.Bureau
	rows     []*change
	known    []bureau.Said
	now      map[bureau.Statement]statement
	wanted   []Wanted
	problems problem.List
}

// about tells whether a row of revisions.csv is about a statement.
func (c *change) about(s bureau.Statement) bool {
	row := strings.TrimSuffix(c.Revision.Period.V+"/"+c.Revision.Unit.V, "/")
	return c.Statistic.V == s.About && c.Field.V == s.Field && row == s.Row
}

// texts gives the old and the new text of a row as the statement would write them.
func (c *change) texts(what string) (old, now string) {
	write := func(text string) string {
		switch {
		case slices.Contains(removedWords, strings.ToLower(text)):
			return ""
		case what == bureau.SaidNextRelease || what == bureau.SaidDue:
			return day(text)
		}
		return text
	}
	return write(c.Old.V), write(c.New.V)
}

// explained tells whether rows of revisions.csv lead from what was said last to what
// is said now, one after the other.
func (r *restater) explained(s bureau.Said, now string) bool {
	text := s.Text
	for _, row := range r.rows {
		if !row.about(s.Statement) {
			continue
		}
		if old, new := row.texts(s.What); old == text && old != new {
			text = new
		}
	}
	return text == now
}

// report tells of a statement that changed without a reason.
func (r *restater) report(s bureau.Said, now statement) {
	about := r.statistic(s.About)
	switch {
	case !isStatistic(s.About):
		if now.Text == "" && !r.standing(s.About) || s.What == bureau.SaidPopulation && now.Text == "" {
			return // what it is of is gone, and its address is missed
		}
	case about == nil || s.Field != "" && about.Field(s.Field) < 0 && s.What != bureau.SaidReason:
		return // what it is of is gone, and that is told
	}
	switch {
	case s.What == bureau.SaidFrequency && !about.Descriptor.Frequency.Given(): // the periods show another one
		return
	case s.What == bureau.SaidReleased, s.What == bureau.SaidSetBy && now.Text == "", s.What == bureau.SaidNextRelease && r.kept(s, about):
		return
	}
	of := slices.IndexFunc(bureau.Saids, func(w saidWord) bool { return w.What == s.What })
	if of < 0 {
		return // of a later version
	}
	word := bureau.Saids[of]
	at := now.at
	if at.Line == 0 {
		at = r.where(s)
	}
	name := strings.Trim(strings.Join([]string{s.Row, s.Field}, " "), " ")
	if name == "" {
		name = s.About
		if about != nil {
			name = about.Title()
		}
	}
	message := problem.Say("“%[1]s”的%[2]s公开时是“%[3]s”，现在是“%[4]s”", `the %[5]s of "%[1]s" was published as "%[3]s" and is now "%[4]s"`,
		problem.Quote(name), word.Name.ZH, problem.Quote(s.Text), problem.Quote(now.Text), word.Name.EN)
	if now.Text == "" {
		message = problem.Say("“%[1]s”的%[2]s公开时是“%[3]s”，现在没有了", `the %[4]s of "%[1]s" was published as "%[3]s" and is gone`,
			problem.Quote(name), word.Name.ZH, problem.Quote(s.Text), word.Name.EN)
	}
	if s.What == bureau.SaidReason {
		if now.Text != "" { // else the figure has no reason, and that is told
			r.problems.Warn(at, problem.RevisionDefinition, message,
				problem.Say("读者看过的原因不要改写；写错了要改的，下一次 sunshine release 之后不再提醒", "what readers have seen should stand; where it was wrong, the next sunshine release ends this warning"))
		}
		return
	}
	if !word.Meaning {
		r.problems.Warn(at, problem.RevisionDefinition, message,
			problem.Say("意思变了的，从变的那一期起，在数值后面加 [b]，并在 data/revisions.csv 写明；只改了文字的，下一次 sunshine release 之后不再提醒", "if its meaning changed, add [b] to the figures from that period on and say so in data/revisions.csv; if only the wording did, the next sunshine release ends this warning"))
		return
	}
	to := now.Text
	if to == "" {
		to = removedWords[1]
	}
	r.wanted = append(r.wanted, Wanted{s.About, s.Row, s.Field, s.Text, to, bureau.RevisionDefinition, word.Name})
	line := csvLine(s.About, s.Row, s.Field, s.Text, to)
	r.problems.Error(at, problem.RevisionRestated, message,
		problem.Say("写错的，改回“%[1]s”；确实变了的，运行 sunshine revise，或者在 data/revisions.csv 加一行：statistic,period,field,old,new 写“%[2]s”，kind 写 definition，再写明日期、原因、批准人%[3]s",
			`put back "%[1]s"; or, where it did change, run sunshine revise, or add a line to data/revisions.csv: "%[2]s" as statistic,period,field,old,new, definition as kind, and date, reason, approved_by%[4]s`,
			problem.Quote(s.Text), line, tail(s.What).ZH, tail(s.What).EN))
}

// tail is what else is to be done where a statement changed.
func tail(what string) problem.Text {
	switch what {
	case bureau.SaidUnit, bureau.SaidFormula, bureau.SaidScope, bureau.SaidCounting, bureau.SaidPlace:
		return problem.Text{ZH: "；数值从那一期起不能同以前比的，在后面加 [b]", EN: "; where figures cannot be compared with those before, add [b] to them from that period on"}
	case bureau.SaidNextRelease:
		return problem.Text{ZH: "；说好的日期已经过了才发布的，也要写一行", EN: "; a release that came after its day needs the line as well"}
	}
	return problem.Text{}
}

// saidWord is one of bureau.Saids.
type saidWord = struct {
	What    string
	Name    problem.Text
	Meaning bool
}

// kept tells whether the release that was announced came in time, so that another
// one may be announced.
func (r *restater) kept(s bureau.Said, of *bureau.Statistic) bool {
	before := slices.IndexFunc(r.known, func(k bureau.Said) bool { return k.About == s.About && k.What == bureau.SaidReleased })
	promised, ok := period.ParseDay(s.Text)
	released := of.Descriptor.Released
	return ok && released.Given() && released.V <= promised && (before < 0 || released.V.String() > r.known[before].Text)
}

// standing tells whether a register or a guide that statements are about is there.
func (r *restater) standing(about string) bool {
	return about == aboutSite || about == aboutUnits ||
		slices.ContainsFunc(r.bureau.Registers, func(of *bureau.Register) bool { return aboutRegister(of.Name) == about }) ||
		slices.ContainsFunc(r.bureau.Guides, func(g *bureau.Guide) bool { return aboutGuide(g) == about })
}

func (r *restater) statistic(name string) *bureau.Statistic {
	for _, s := range r.bureau.Statistics {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// where is the place of a statement that is no longer made.
func (r *restater) where(s bureau.Said) problem.Position {
	switch about := r.statistic(s.About); {
	case strings.HasPrefix(s.About, aboutRegister("")):
		return problem.Position{File: bureau.RegisterKind.File(strings.TrimPrefix(s.About, aboutRegister(""))), Line: 1}
	case s.About == aboutUnits:
		return problem.Position{File: bureau.UnitsKind.File(), Line: 1}
	case s.What == bureau.SaidTarget || s.What == bureau.SaidSetBy:
		return problem.Position{File: bureau.TargetsKind.File(), Line: 1}
	case strings.HasPrefix(s.About, bureau.GuidesSection.Folder()):
		return problem.Position{File: "data/" + s.About + ".md", Line: 1}
	case about == nil:
		return problem.Position{File: bureau.SiteKind.File(), Line: 1}
	case about.Described:
		return problem.Position{File: about.Descriptor.File, Line: 1}
	default:
		return problem.Position{File: about.File, Line: 1}
	}
}

// revision gives a row for the public list, and refuses one that explains nothing.
func (r *restater) revision(row *change) (Revision, bool) {
	var about bureau.Statement
	for _, s := range r.known {
		if !row.about(s.Statement) {
			continue
		}
		about = s.Statement
		old, now := row.texts(s.What)
		texts := append(append(slices.Clone(s.Before), s.Text), r.now[s.Of()].Text)
		if i := slices.Index(texts, old); old != now && i >= 0 && (slices.Contains(texts[i+1:], now) || r.chained(row, s, now)) {
			title := s.About
			if of := r.statistic(s.About); of != nil {
				title = of.Title()
			}
			return Revision{
				Date: row.date, Statistic: s.About, Title: title, Categories: s.Row, Row: -1, Field: s.Field, Reason: row.Reason.V, ApprovedBy: row.ApprovedBy.V,
				Kind: bureau.RevisionDefinition, What: s.What, Said: old, SaysNow: now,
			}, true
		}
	}
	if about.About == "" {
		unpublished(&r.problems, row.Statistic, problem.Text{ZH: "这样的说明：", EN: "statement about"}, nil)
		return Revision{}, false
	}
	r.problems.Error(row.Old.At, problem.RevisionOld, problem.Say("公开过的不是从“%s”改成“%s”", `nothing that was published changed from "%s" to "%s"`, problem.Quote(row.Old.V), problem.Quote(row.New.V)),
		problem.Say("原值照抄公开过的文字，新值照抄现在的文字；也可以删去这一行，运行 sunshine revise", "copy what was published as old and what stands now as new; or delete the line and run sunshine revise"))
	return Revision{}, false
}

// chained tells whether another row goes on from the new text of this one.
func (r *restater) chained(row *change, s bureau.Said, now string) bool {
	return slices.ContainsFunc(r.rows, func(other *change) bool {
		old, _ := other.texts(s.What)
		return other != row && other.about(s.Statement) && old == now
	})
}
