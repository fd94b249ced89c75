package site

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/kept"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/sheet"
	"sunshine/site/write"
)

// Proposal is a site that might be published, with what that would change.
type Proposal struct {
	Sheet *sheet.Sheet

	site    Site
	options Options
}

// Diff makes the site without writing it and says what its publication would change for
// the public. While a problem stops that, there is nothing to say: the proposal is nil.
func Diff(ctx context.Context, o Options) (*Proposal, problem.List, error) {
	s, problems, err := Make(ctx, o)
	if err != nil || s.Stops {
		return nil, problems, err
	}
	made, err := s.sheet(ctx, o)
	if err != nil {
		return nil, problems, err
	}
	return &Proposal{made, s, o}, problems, nil
}

// Dir is the bureau's folder.
func (p *Proposal) Dir() string { return p.options.Dir }

// Language is that in which the sheet is written for the bureau's own people.
func (p *Proposal) Language() problem.Language {
	if p.site.bureau.Site.MainLanguage() == string(problem.English) {
		return problem.English
	}
	return problem.Chinese
}

// sheet holds a site against the last publication.
func (s Site) sheet(ctx context.Context, o Options) (*sheet.Sheet, error) {
	b := s.bureau
	made := &sheet.Sheet{
		Bureau: b.Site.Name(), AsOf: s.Manifest.AsOf,
		Statements: statementsOf(b), Waiting: sheet.Waits(s.waiting), HeldBack: []sheet.HeldBack{}, Moved: []sheet.Move{},
	}
	differences, all := ledger.Differences(b, ledger.Last(b), s.shown(), s.changes.Revisions)
	made.Figures, made.Untold = sheet.Figures(differences), !all
	made.Digest, _ = s.digest(o.Jobs)
	if n := len(b.Releases); n > 0 {
		made.Previous.Release, made.Previous.Releases = b.Releases[n-1].Label, n
	}
	for _, k := range s.Manifest.Kept {
		made.HeldBack = append(made.HeldBack, sheet.HeldBack{File: k.Path, Since: k.Since})
	}
	now := sheet.Now{Files: s.Files, Inputs: s.Manifest.Inputs, Documents: b.Documents(), Commit: s.Manifest.Commit, Moved: map[string]bool{}}
	told := map[string]bool{}
	for _, f := range made.Figures {
		told[bureau.StatisticPage(f.Statistic)] = true
	}
	for _, st := range made.Statements {
		told[bureau.StatisticPage(st.About)] = true
	}
	now.Told = func(d bureau.Document) bool { return told[d.Page] }
	now.Generator = s.Manifest.Generator
	before, known := s.before, len(s.before.Files) > 0
	var tables map[string][]byte   // of the last publication
	var said []bureau.Translations // that its pages read
	switch {
	case known:
		made.Previous.Place = o.Previous
		p, err := published.Open(ctx, o.Previous)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		if p.Sum != s.Manifest.Previous {
			return nil, &fs.PathError{Op: "read", Path: o.Previous, Err: errors.New("it was published anew meanwhile")}
		}
		tables = tablesOf(ctx, p)
		if said, made.Unread, err = s.saidBy(ctx, p); err != nil {
			return nil, err
		}
	case o.Previous == "":
		var sent bool
		if before, tables, said, made.Unread, sent, known = s.output(ctx, o); known {
			made.Previous.Place, made.Previous.Output = o.Out, !sent
		}
	}
	now.Rows = s.matters(tables[mattersFile])
	made.Letters = []sheet.Letter{}
	if known || len(b.Releases) == 0 {
		made.Letters = sheet.Letters(lettersOf(tables[inquiriesFile]), s.letters())
	}
	made.Wordings = []sheet.Wording{}
	if known && !made.Unread {
		made.Wordings = sheet.Wordings(said, s.said)
	}
	stood := map[string]bool{} // addresses of the last publication
	for _, address := range b.Published.Addresses {
		stood[address] = true
	}
	if known {
		made.Previous.AsOf = before.AsOf
		for _, f := range before.Files {
			if address, lasting := ledger.Address(f.Path); lasting {
				stood[address] = true
			}
		}
	}
	was := map[string]string{}
	for _, f := range before.Files {
		was[f.Path] = f.SHA256
	}
	for _, m := range s.moves {
		now.Moved[m.Old] = true
		path := m.Old
		if m.IsPage() {
			path += "index.html"
		}
		if i := slices.IndexFunc(s.Files, func(f bureau.File) bool { return f.Path == path }); stood[m.Old] && (!known || i < 0 && was[path] != "" || i >= 0 && was[path] != bureau.SHA256(s.Files[i].Bytes)) {
			made.Moved = append(made.Moved, sheet.Move{Old: m.Old, New: m.New, Reason: m.Reason})
		}
	}
	if known {
		made.Pages = now.Against(before, o.Jobs)
	} else {
		made.Pages = now.Addresses(b.Published.Addresses)
	}
	conceal(made)
	return made, ctx.Err()
}

// shown is what the site shows of its statistics, where the last publication is one that
// was read; nil where it is a record.
func (s Site) shown() *bureau.Release {
	if s.bureau.Previous == nil {
		return nil
	}
	of := map[string][]byte{}
	var names []string
	for _, f := range s.Files {
		if strings.HasPrefix(f.Path, bureau.StatisticsSection.Folder()) {
			of[f.Path] = f.Bytes
			if strings.HasSuffix(f.Path, ".json") {
				names = append(names, f.Path)
			}
		}
	}
	shown, _ := ledger.Shown(names, func(name string) ([]byte, error) { return of[name], nil })
	return shown
}

// digest is that of what would be published, with those of its parts.
func (s Site) digest(jobs int) (digest, parts string) {
	return sheet.Digest(s.Files, s.Manifest.Commit, jobs)
}

// statementsOf are those that changed, each with the title of what it is about.
func statementsOf(b *bureau.Bureau) []sheet.Statement {
	all := []sheet.Statement{}
	titles := map[string]string{}
	for _, s := range b.Statistics {
		titles[s.Name] = s.Title()
	}
	for _, r := range b.Registers {
		titles[bureau.RegistersSection.Folder()+r.Name] = r.Title()
	}
	for _, g := range b.Guides {
		titles[strings.TrimSuffix(g.Page(), "/index.html")] = g.Title.V
	}
	for _, r := range ledger.Restated(b) {
		all = append(all, sheet.Statement{About: r.About, Row: r.Row, Field: r.Field, What: r.What, Old: r.Old, New: r.Text, Title: titles[r.About]})
	}
	return all
}

// output reads the manifest of the output folder, where that may stand for the last
// publication: it has its log, and was sent, or is not the content of today. It takes no
// part in what is built, and neither it does in the digest.
// tables are some of its tables, said the translations that its pages read.
func (s Site) output(ctx context.Context, o Options) (m write.Manifest, tables map[string][]byte, said []bureau.Translations, unread, sent, known bool) {
	if o.Out == "" {
		return m, nil, nil, false, false, false
	}
	p, err := published.Open(ctx, o.Out)
	if err != nil {
		return m, nil, nil, false, false, false
	}
	defer p.Close()
	l, err := p.Log(ctx)
	if err != nil || len(l.Entries) != len(s.bureau.Releases) || len(l.Entries) == 0 {
		return m, nil, nil, false, false, false
	}
	if root, err := os.OpenRoot(o.Dir); err == nil {
		marks, _ := readMarks(root) // they only tell more
		sent = slices.ContainsFunc(marks, func(m mark) bool { return m.State == WasSent && m.Manifest == p.Sum })
		root.Close()
	}
	tables = tablesOf(ctx, p)
	if said, unread, err = s.saidBy(ctx, p); err != nil {
		unread = true // they only tell more
	}
	was := make(map[string]string, len(p.Manifest.Files))
	for _, f := range p.Manifest.Files {
		was[f.Path] = f.SHA256
	}
	other := len(was) != len(s.Files)
	for i := 0; i < len(s.Files) && !other; i++ {
		other = was[s.Files[i].Path] != bureau.SHA256(s.Files[i].Bytes)
	}
	return p.Manifest, tables, said, unread, sent, sent || other
}

// saidBy gives the translations that the pages of a publication read; unread where it had
// some and does not keep them.
func (s Site) saidBy(ctx context.Context, p *published.Site) (said []bureau.Translations, unread bool, err error) {
	copies, err := kept.Open(ctx, p)
	if err != nil {
		return nil, false, err
	}
	said, err = copies.Translations(ctx, s.bureau.Site)
	unread = len(said) == 0 && slices.ContainsFunc(p.Manifest.Inputs, func(in bureau.Input) bool { return bureau.KindAt(in.Path) == bureau.TranslationsKind })
	return said, unread, err
}

// mattersFile and inquiriesFile are the tables of suggestions and of published inquiries.
var (
	mattersFile   = bureau.MattersSection.ListFile() + ".json"
	inquiriesFile = bureau.InquiriesSection.ListFile() + ".json"
)

// tablesOf reads them from a publication; one that is not there is left out.
func tablesOf(ctx context.Context, p *published.Site) map[string][]byte {
	tables := map[string][]byte{}
	for _, name := range []string{mattersFile, inquiriesFile} {
		tables[name], _ = p.File(ctx, name)
	}
	return tables
}

// letters are the inquiries that the site publishes in their words.
func (s Site) letters() []sheet.Letter {
	i := slices.IndexFunc(s.Files, func(f bureau.File) bool { return f.Path == inquiriesFile })
	if i < 0 {
		return nil
	}
	return lettersOf(s.Files[i].Bytes)
}

// lettersOf reads them from their table: the number stands first in it, the subject third.
func lettersOf(table []byte) (all []sheet.Letter) {
	var t struct {
		Schema struct{ Fields []struct{ Name string } }
		Data   []map[string]any
	}
	if json.Unmarshal(table, &t) != nil || len(t.Schema.Fields) < 3 {
		return nil
	}
	for _, row := range t.Data {
		id, _ := row[t.Schema.Fields[0].Name].(string)
		title, _ := row[t.Schema.Fields[2].Name].(string)
		words, _ := json.Marshal(row)
		all = append(all, sheet.Letter{ID: id, Title: title, Words: string(words)})
	}
	return all
}

// matters are the pages of the suggestions of which the published row is another one than
// in the table of the last publication.
func (s Site) matters(before []byte) map[string]bool {
	rows := func(table []byte) map[string]string {
		var t struct {
			Schema struct{ Fields []struct{ Name string } }
			Data   []map[string]any
		}
		all := map[string]string{}
		if json.Unmarshal(table, &t) != nil || len(t.Schema.Fields) == 0 {
			return all
		}
		for _, row := range t.Data {
			number, _ := row[t.Schema.Fields[0].Name].(string)
			text, _ := json.Marshal(row)
			all[number] = string(text)
		}
		return all
	}
	i := slices.IndexFunc(s.Files, func(f bureau.File) bool { return f.Path == mattersFile })
	if i < 0 {
		return nil
	}
	changed, now, was := map[string]bool{}, rows(s.Files[i].Bytes), rows(before)
	for m := range s.bureau.Matters {
		matter := &s.bureau.Matters[m]
		changed[matter.Page()] = now[matter.ID.V] != was[matter.ID.V]
	}
	return changed
}

// conceal leaves out what was published before and looks like personal data: perhaps it
// goes for that very reason, and the sheet must not tell it again.
func conceal(s *sheet.Sheet) {
	personal := func(text string) bool {
		return slices.ContainsFunc(privacy.File("sheet", []byte(text)), func(f bureau.Finding) bool { return !f.Cleared })
	}
	for i := range s.Statements {
		if st := &s.Statements[i]; personal(st.Old) {
			st.Old, st.Untold = "", true
		}
	}
	s.Wordings = slices.DeleteFunc(s.Wordings, func(w sheet.Wording) bool {
		gone := w.New == "" && personal(w.Text)
		if gone {
			s.Concealed++
		}
		return gone
	})
	for i := range s.Wordings {
		if w := &s.Wordings[i]; personal(w.Old) {
			w.Old, w.Untold = "", true
		}
	}
	s.Figures = slices.DeleteFunc(s.Figures, func(f sheet.Figure) bool {
		gone := f.Kind == ledger.FigureWithdrawn && f.New == nil && personal(f.Named())
		if gone {
			s.Concealed++
		}
		return gone
	})
	for i := range s.Letters {
		if l := &s.Letters[i]; l.Kind == sheet.LetterGone && personal(l.Title) {
			l.Title, l.Omitted = "", true
		}
	}
	for i := range s.Pages.Removed {
		if p := &s.Pages.Removed[i]; personal(p.Address) {
			p.Address = ""
		}
	}
}

// Approved tells whether what the site holds may be released: where site.yaml wants
// approval, somebody approved it by its digest. What only the clock changed since needs no
// approval of its own: the site of the day of the approval is made again, and the
// documents that waited then have to wait still.
func (s Site) Approved(ctx context.Context, o Options) (problem.List, error) {
	b := s.bureau
	if word, _ := bureau.ApprovalWords.Of(b.Site.Approval.V); word != bureau.ApprovalRequired {
		return nil, nil
	}
	var last bureau.Approval
	if n := len(b.Approvals); n > 0 {
		last = b.Approvals[n-1]
	}
	approved := func(digest string) bool {
		return slices.ContainsFunc(b.Approvals, func(a bureau.Approval) bool { return a.Digest.V == digest && a.By.V != "" })
	}
	o.copies, o.Out = o.before(), "" // which could only stop it
	if o.Pending != "" {
		o.unmade, o.Pending = o.Pending, ""
		again, _, err := Make(ctx, o)
		if err != nil {
			return nil, err
		}
		if again.Stops {
			return s.unapproved(last, "", ""), nil
		}
		s = again
	}
	if s.Stops {
		return s.unapproved(last, "", ""), nil
	}
	digest, parts := s.digest(o.Jobs)
	if approved(digest) {
		return nil, nil
	}
	if then, ok := momentOf(last.Date.V); ok && then.Before(o.now()) && last.By.V != "" {
		o.AsOf, o.Now = then.Day, then
		again, _, err := Make(ctx, o)
		if err != nil {
			return nil, err
		}
		if !again.Stops && slices.EqualFunc(again.waiting, s.waiting, func(x, y bureau.Held) bool { return slices.Equal(x.Files, y.Files) }) {
			if digest, _ := again.digest(o.Jobs); digest == last.Digest.V {
				return nil, nil
			}
		}
	}
	return s.unapproved(last, digest, parts), nil
}

// momentOf reads the day of an approval.
func momentOf(text string) (period.Moment, bool) {
	if day, ok := period.ParseDay(text); ok {
		return day.End(), true
	}
	return period.ParseMoment(text)
}

// unapproved says that nobody approved what is to be released, and what was approved last.
func (s Site) unapproved(last bureau.Approval, digest, parts string) (problems problem.List) {
	b := s.bureau
	hint := problem.Say("运行 sunshine diff 看公开变化单，由批准人运行 sunshine approve --by 姓名，再发布一次", "look at the sheet of changes with sunshine diff, let who approves run sunshine approve --by NAME, then do this again")
	if len(s.Kept) > 0 {
		hint = problem.Say("运行 sunshine diff --hold-back 看公开变化单，由批准人运行 sunshine approve --hold-back --by 姓名，再发布一次；三次都用 --previous 写上公布的网站（网址或文件夹），沿用的内容才是同一份", "look at the sheet of changes with sunshine diff --hold-back, let who approves run sunshine approve --hold-back --by NAME, then do this again; name the public site (its address or folder) with --previous all three times, so that what is held back is the same")
	}
	at := problem.Position{File: bureau.ApprovalsKind.File()}
	if last.Digest.V == "" {
		problems.Error(b.Site.Approval.At, problem.ApprovalMissing,
			problem.Say("公开前需要审批，这次的内容（校验值 %s）没有人批准过", "what is published needs approval, and nobody approved this (digest %s)", short(digest)), hint)
		return problems
	}
	at.Line = last.Digest.At.Line
	where := problem.Text{}
	if names := sheet.Differing(last.Parts.V, parts); last.Parts.V != "" && parts != "" && len(names) > 0 {
		list := strings.Join(names, " ")
		where = problem.Say("；那以后变了的有：%s", "; changed since then: %s", problem.Quote(list))
	}
	message := problem.Say("公开前需要审批，这次的内容（校验值 %[1]s）没有人批准；最近批准的是 %[2]s，%[3]s，%[4]s", "what is published needs approval, and nobody approved this (digest %[1]s); what was approved last is %[2]s, on %[3]s, by %[4]s",
		short(digest), short(last.Digest.V), problem.Quote(last.Date.V), problem.Quote(last.By.V))
	problems.Error(at, problem.ApprovalMissing, problem.Text{ZH: message.ZH + where.ZH, EN: message.EN + where.EN}, hint)
	return problems
}

// short is enough of a digest to tell it from others at a glance.
func short(digest string) string {
	if len(digest) > 12 {
		return digest[:12]
	}
	return digest
}

// ErrApproved says that somebody approved that already.
var ErrApproved = errors.New("approved already")

// Approve records in data/approvals.csv that somebody approved the proposal, and gives
// the file. What changed in the folder since it was made is not approved. The error is
// ErrApproved where the same person did that before, and a *ListError where the list
// cannot be added to.
func (p *Proposal) Approve(by string) (string, error) {
	made, o := p.Sheet, p.options
	if slices.ContainsFunc(p.site.bureau.Approvals, func(a bureau.Approval) bool { return a.Digest.V == made.Digest && a.By.V == by }) {
		return "", ErrApproved
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	file := bureau.ApprovalsKind.File()
	source, err := folder.Read(root.FS(), file, bureau.ApprovalsKind.Limit())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", &ListError{file, err}
	}
	_, parts := p.site.digest(o.Jobs)
	value := func(text string) bureau.String { return bureau.String{V: text} }
	source, err = ledger.AppendApproval(source, bureau.Approval{
		Date: value(made.AsOf), Digest: value(made.Digest), By: value(by), Previous: value(made.Previous.Release),
		Releases: value(strconv.Itoa(made.Previous.Releases)), Changes: value(strconv.Itoa(made.Count())), Parts: value(parts),
	})
	if err != nil {
		return "", &ListError{file, err}
	}
	return file, write.File(root, file, source)
}
