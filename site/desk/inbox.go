package desk

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/problem"
)

// inbox lists what arrived.
func (d *desk) inbox(w http.ResponseWriter, r *http.Request) {
	arrived, err := d.Work.Inbox(r.Context())
	if err != nil {
		d.failed(w, "/inbox", err)
		return
	}
	type file struct {
		Arrived
		Name   string
		State  string
		Fresh  bool
		Tables []string
	}
	var v struct {
		Files []file
		Ready int  // files that can be taken as they are
		Done  bool // all were taken
	}
	v.Done = len(arrived) > 0
	for _, a := range arrived {
		f := file{Arrived: a, Name: path.Base(a.File)}
		for _, t := range a.Read.Tables {
			f.Tables = append(f.Tables, t.Title)
		}
		s := stateOf(a)
		switch {
		case s.asks > 0:
			f.State = d.say("有%d个问题要答", "questions: %d", s.asks)
		case s.first:
			f.State = d.say("第一次读，要看一看读法", "read for the first time: look at the reading")
		case s.fresh:
			f.State = d.say("可以读入", "ready to be taken")
			v.Ready++
		default:
			f.State = d.say("已经读入过，没有新的内容", "nothing new: it was taken before")
		}
		f.Fresh = a.Waits()
		v.Done = v.Done && !f.Fresh
		v.Files = append(v.Files, f)
	}
	d.show(w, http.StatusOK, "/inbox", "inbox.html", d.say("读入报表", "Bring in office files"), v)
}

// arrival is how far an office file is from being taken.
type arrival struct {
	asks  int  // questions
	first bool // a table of it was never read before
	fresh bool // it has figures that are new
}

// waits tells whether something is to be done with it.
func (a arrival) waits() bool { return a.asks > 0 || a.first || a.fresh }

// sum is the SHA-256 of the file; empty where it could not be opened.
func (r Read) sum() string {
	if r.Book == nil {
		return ""
	}
	return r.Book.SHA256
}

// Waits tells whether something is to be done with an office file.
func (a Arrived) Waits() bool { return stateOf(a).waits() }

// Asks tells whether something is wrong with an office file, or is asked of it.
func (a Arrived) Asks() bool { return stateOf(a).asks > 0 }

// stateOf tells how far an office file is. One that was taken is read no more: what it says
// may be another by now, and rightly.
func stateOf(of Arrived) (a arrival) {
	if of.Taken {
		return a
	}
	r := of.Read
	a.asks = r.Problems.Errors()
	for _, t := range r.Tables {
		a.asks += len(t.Questions)
		a.first = a.first || t.New
		a.fresh = a.fresh || t.Change.Added+t.Change.Filled+t.Change.Changed > 0
	}
	return a
}

// Taken tells whether an office file is taken as it is read: all of it, or nothing.
func Taken(r Read) bool {
	return r.Problems.Errors() == 0 && len(r.Tables) > 0 && !slices.ContainsFunc(r.Tables, func(t Table) bool { return t.Refused || len(t.Questions) > 0 })
}

// takeReady takes every file of the inbox about which nothing is asked, and which is read as
// it was before.
func (d *desk) takeReady(w http.ResponseWriter, r *http.Request) {
	arrived, err := d.Work.Inbox(r.Context())
	if err != nil {
		d.failed(w, "/inbox", err)
		return
	}
	var names []string
	for _, a := range arrived {
		if s := stateOf(a); s.asks > 0 || s.first || !s.fresh {
			continue
		}
		var read Read
		if read, err = d.Work.Import(r.Context(), a.File, Answers{Was: a.Read.sum()}); err != nil {
			break
		}
		if Taken(read) {
			names = append(names, path.Base(a.File))
		}
	}
	if len(names) > 0 {
		d.told.tell(d.say("已经读入%d份：%s", "taken: %d: %s", len(names), strings.Join(names, d.say("、", ", "))))
	}
	if err != nil {
		d.failed(w, "/inbox", err)
		return
	}
	back(w, r, "/inbox")
}

// next is the address of the file of the inbox that is to be looked at after one, or of the
// inbox where there is none.
func (d *desk) next(ctx context.Context, after string) string {
	arrived, err := d.Work.Inbox(ctx)
	if err != nil { // it is told there; what was taken is taken
		return "/inbox"
	}
	at := slices.IndexFunc(arrived, func(a Arrived) bool { return a.File == after }) + 1
	for _, a := range append(arrived[at:len(arrived):len(arrived)], arrived[:at]...) {
		if a.Waits() {
			return "/reading?file=" + url.QueryEscape(a.File)
		}
	}
	return "/inbox"
}

// take puts dropped files into the inbox.
func (d *desk) take(w http.ResponseWriter, r *http.Request) {
	form, err := r.MultipartReader()
	if err != nil {
		d.failed(w, "/inbox", err)
		return
	}
	type sent struct {
		name string
		data []byte
	}
	var all []sent // nothing is taken of what breaks off
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			d.failed(w, "/inbox", err)
			return
		}
		if part.FileName() == "" {
			continue
		}
		data, err := io.ReadAll(part) // the whole request has a bound
		if err != nil {
			d.failed(w, "/inbox", err)
			return
		}
		all = append(all, sent{part.FileName(), data})
	}
	var names []string
	var refused problem.List
	for _, file := range all {
		var problems problem.List
		var as string
		if as, problems, err = d.Work.Take(r.Context(), file.name, file.data); err != nil {
			break
		}
		if refused.Add(problems); len(problems) == 0 {
			names = append(names, path.Base(as))
		}
	}
	if len(names) > 0 {
		d.told.tell(d.say("收下了：%s", "taken in: %s", strings.Join(names, d.say("、", ", "))))
	}
	switch {
	case err != nil:
		d.failed(w, "/inbox", err)
	case len(refused) > 0:
		d.show(w, http.StatusUnprocessableEntity, "/inbox", "refused.html", d.say("有的没有收下", "Not all was taken"), d.shownOf(refused))
	default:
		back(w, r, "/inbox")
	}
}

// readingView is an office file with how it is read.
type readingView struct {
	File   string
	Name   string
	Sheets []sheetLink
	Grid   *grid
	Tables []tableView
	Asked  []shown // problems of the file, and questions
	New    bool    // a table is read for the first time
	Older  bool    // figures that were there are others now
	Gained bool    // columns are new
	Ready  bool    // nothing is asked
	Kinds  []bureau.Word

	Was           string // SHA-256 of what is shown
	Answer        Answer // that was given
	As            string // the name that was given
	Takes         bool   // columns that are new are said to belong to their table
	Sheet         int    // the sheet that is shown
	Reading       int    // number of what is shown
	Columns       bool   // something may be said of columns
	Roles, Risks  []bureau.Word
	Before, After string // the addresses of the rows around those that are shown
}

type sheetLink struct {
	Name, Href string
	Current    bool
}

// tableView is one table of the file in words.
type tableView struct {
	Title, Where, Becomes, Period string
	New                           bool
	Fields                        []string
	Left                          []string
	Rows, Added, Filled, Changed  int
	Written                       []string
	Name                          string
	Columns                       []columnForm
}

// reading shows an office file, coloured by how it is read.
func (d *desk) reading(w http.ResponseWriter, r *http.Request) {
	read, err := d.Work.Read(r.Context(), r.FormValue("file"), Answers{})
	if err != nil {
		d.failed(w, "/inbox", err)
		return
	}
	d.showReading(w, r, http.StatusOK, read)
}

// bring takes it as it is read, with what was said of its columns; or only looks at it so.
func (d *desk) bring(w http.ResponseWriter, r *http.Request) {
	a := Answers{As: r.FormValue("as"), Was: r.FormValue("was"), Yes: true, Gained: r.FormValue("gained") != "", Said: saidIn(r), Answer: Answer{Reason: strings.TrimSpace(r.FormValue("reason")), Kind: r.FormValue("kind"), By: strings.TrimSpace(r.FormValue("by"))}}
	if r.FormValue("do") == "look" {
		a.Answer = Answer{}
		read, err := d.Work.Read(r.Context(), r.FormValue("file"), a)
		if err != nil {
			d.failed(w, "/inbox", err)
			return
		}
		d.showReading(w, r, http.StatusOK, read)
		return
	}
	if a.Answer != (Answer{}) && (a.Reason == "" || a.By == "" || bureau.RevisionKinds.Index(a.Kind) < 0) { // spaces are no answer
		a.Answer = Answer{}
		read, err := d.Work.Read(r.Context(), r.FormValue("file"), a)
		if err != nil {
			d.failed(w, "/inbox", err)
			return
		}
		read.Problems = slices.Clone(read.Problems)
		read.Problems.Error(problem.Position{File: r.FormValue("file")}, problem.ImportRecipe, problem.Say("以前的数有改动，原因、类型和批准人都要写", "older figures changed: give reason, kind and who approved it"),
			problem.Say("在这一页填好，再读入", "fill them in on this page, and take it again"))
		d.showReading(w, r, http.StatusUnprocessableEntity, read)
		return
	}
	read, err := d.Work.Import(r.Context(), r.FormValue("file"), a)
	if err != nil {
		d.failed(w, "/inbox", err)
		return
	}
	if !Taken(read) {
		d.showReading(w, r, http.StatusUnprocessableEntity, read)
		return
	}
	var tables []string
	for _, t := range read.Tables {
		tables = append(tables, d.say("%s（新的数%d个）", "%s (new figures: %d)", t.Title, t.Change.Added+t.Change.Filled))
	}
	d.told.tell(d.say("已经读入 %s：%s", "taken: %s: %s", path.Base(r.FormValue("file")), strings.Join(tables, d.say("、", ", "))))
	back(w, r, d.next(r.Context(), r.FormValue("file")))
}

func (d *desk) showReading(w http.ResponseWriter, r *http.Request, status int, read Read) {
	file := r.FormValue("file")
	v := readingView{Answer: Answer{Reason: r.FormValue("reason"), Kind: r.FormValue("kind"), By: r.FormValue("by")}, Was: read.sum(), File: file, Name: path.Base(file), As: r.FormValue("as"), Gained: r.FormValue("gained") != "", Takes: r.FormValue("gained") != "", Ready: read.Problems.Errors() == 0 && len(read.Tables) > 0, Kinds: bureau.RevisionKinds, Roles: bureau.Roles, Risks: bureau.Risks}
	problems := slices.Clone(read.Problems)
	for _, t := range read.Tables {
		v.New = v.New || t.New
		for _, q := range t.Questions {
			v.Ready = false
			v.Older = v.Older || q.Answer == intake.AnswerReason
			v.Gained = v.Gained || q.Answer == intake.AnswerColumns
			problems.Error(q.At, q.Rule, q.Message, answering(q))
		}
	}
	said := saidIn(r)
	shown := &seen{file: file, read: read, asked: slices.Clone(problems)}
	for _, t := range read.Tables {
		of := d.tableOf(t)
		of.Columns = d.columnsOf(t, shown, said)
		v.Columns = v.Columns || len(of.Columns) > 0
		v.Tables = append(v.Tables, of)
	}
	problems.Fold()
	v.Asked = d.shownOf(problems)
	if read.Book != nil {
		for n, p := range problems {
			if href := placeIn(read.Book, file, p.Position); href != "" {
				v.Asked[n].Edit = href
			}
		}
		v.Sheet = sheetOf(r.FormValue("sheet"), read, problems)
		from, _ := strconv.Atoi(r.FormValue("from"))
		for i, s := range read.Book.Sheets {
			v.Sheets = append(v.Sheets, sheetLink{s.Name, readingAt(file, i, 0), i == v.Sheet})
		}
		if v.Sheet < len(read.Book.Sheets) {
			v.Reading = d.last.keep(shown)
			g := d.gridOf(shown, v.Sheet, position(read.Book.Sheets[v.Sheet], from))
			if v.Grid = &g; g.Before > 0 {
				v.Before = readingAt(file, v.Sheet, g.Before) + "#grid"
			}
			if g.After > 0 {
				v.After = readingAt(file, v.Sheet, g.After) + "#grid"
			}
		}
	}
	d.show(w, status, "/inbox", "reading.html", v.Name, v)
}

// answering is the hint of a question, in the words of a page that has the answer in a form.
func answering(q intake.Question) problem.Text {
	switch q.Answer {
	case intake.AnswerReason:
		return problem.Say("先核对哪一个对。现在的对，在这一页写明原因、类型和批准人，读入；以前的对，请报送单位改正报表，再放进来", "see which one is right. If this one is, give reason, kind and who approved it on this page, and take it; if the one before is, have the table corrected and put it in again")
	case intake.AnswerColumns:
		return problem.Say("报表确实加了列的，核对以后在这一页打上勾，读入；没有加的，请报送单位按原来的表式重报", "if the table did gain columns, look it over, tick the box on this page and take it; if not, ask for it in the old layout")
	}
	return q.Hint
}

// tableOf says in words how a table is read.
func (d *desk) tableOf(t Table) tableView {
	v := tableView{Title: t.Title, Where: t.Range, New: t.New, Rows: len(t.Rows), Added: t.Change.Added, Filled: t.Change.Filled, Changed: t.Change.Changed, Written: t.Written, Name: t.Name}
	for _, s := range t.Sheets {
		v.Where = s + "!" + v.Where
		break
	}
	v.Becomes = bureau.RecipeRows(t.Becomes).File(t.Name)
	if first, last, _ := t.Periods(); !first.IsZero() {
		if v.Period = first.Text; first != last {
			v.Period = d.say("%s 至 %s", "%s to %s", first.Text, last.Text)
		}
	}
	for _, f := range t.Fields {
		v.Fields = append(v.Fields, d.fieldSaid(f))
	}
	for _, s := range t.Skipped {
		v.Left = append(v.Left, s.Said().In(d.Language))
	}
	return v
}

// fieldSaid says what a column is read as.
func (d *desk) fieldSaid(f intake.Field) string {
	role := d.say("文字", "text")
	for _, w := range bureau.WordLists["role"] {
		if w.ID == string(f.Role) {
			role = problem.Text{ZH: w.ZH, EN: w.ID}.In(d.Language)
		}
	}
	said := d.say("%s：%s", "%s: %s", f.Name, role)
	if f.Unit != "" {
		said += d.say("，单位%s", ", in %s", f.Unit)
	}
	switch f.Risk {
	case "person", "organisation":
		said += d.say("，数值小的不公布", "; small counts are withheld")
	}
	return said
}
