package desk

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// columnForm is the form in which somebody says what a column is.
type columnForm struct {
	Number int    // of all forms of the page, from 1
	Header string // the words of its header, by which it is known
	Shown  string // the same, for a reader
	Cell   string // where these stand
	Now    string // how it is read
	Role   string // how it is read, in one word each
	Name   string
	Unit   string
	Risk   string
	Said   intake.Saying
	Open   bool // something was said of it, or is asked at its header
}

// columnsOf makes the forms about the columns that are read for the first time: those of
// a new table, and those that a table has gained. Columns of one header are one, wherever
// they stand in the file.
func (d *desk) columnsOf(t Table, shown *seen, said map[string]intake.Saying) (forms []columnForm) {
	for _, c := range t.Columns {
		if shown.forms[c.Header] > 0 || t.Known != nil && slices.ContainsFunc(t.Known.Header, func(h bureau.String) bool { return h.V == c.Header }) {
			continue
		}
		if shown.forms == nil {
			shown.forms = map[string]int{}
		}
		shown.forms[c.Header] = len(shown.forms) + 1
		f := columnForm{Number: shown.forms[c.Header], Header: c.Header, Shown: strings.ReplaceAll(c.Header, intake.AnyPeriod, d.say("期间", "period")), Cell: c.At.InFile(), Name: c.Name, Unit: c.Unit, Said: said[c.Header],
			Role: d.say("不读入", "left out"), Now: d.say("不读入", "left out"), Risk: d.word(bureau.Risks, c.Risk)}
		if c.Role != "" {
			f.Role = d.word(bureau.Roles, string(c.Role))
			f.Now = d.fieldSaid(intake.Field{Name: c.Name, Role: c.Role, Unit: c.Unit, Risk: c.Risk})
		}
		f.Open = f.Said != intake.Saying{} || slices.ContainsFunc(t.Questions, func(q intake.Question) bool { return q.At == c.At })
		f.Name, _ = number.SplitUnit(f.Name) // the unit is said by itself
		forms = append(forms, f)
	}
	return forms
}

// word is a word of a list in the language of who works here; empty for none.
func (d *desk) word(list bureau.Words, id string) string {
	if i := list.Index(id); i >= 0 {
		return problem.Text{ZH: list[i].ZH, EN: list[i].ID}.In(d.Language)
	}
	return ""
}

// saidIn gives what a form says of columns. Each has all parts, in one order.
func saidIn(r *http.Request) map[string]intake.Saying {
	heads, names, roles, units, risks := r.Form["column"], r.Form["called"], r.Form["role"], r.Form["unit"], r.Form["risk"]
	if len(names) != len(heads) || len(roles) != len(heads) || len(units) != len(heads) || len(risks) != len(heads) {
		return nil
	}
	said := map[string]intake.Saying{}
	for i, head := range heads {
		if s := (intake.Saying{Name: names[i], Role: bureau.Role(roles[i]), Unit: units[i], Risk: risks[i]}); s != (intake.Saying{}) {
			said[head] = s
		}
	}
	return said
}

// readingAt is the address of a sheet of an office file from one of its rows on.
func readingAt(file string, sheet, row int) string {
	at := "/reading?file=" + url.QueryEscape(file) + "&sheet=" + strconv.Itoa(sheet)
	if row > 0 {
		at += "&from=" + strconv.Itoa(row)
	}
	return at
}

// cellID is what a cell of a sheet is called in a page.
func cellID(sheet int, cell string) string { return "cell-" + strconv.Itoa(sheet) + "-" + cell }

// placeIn is the address of a cell in the page about its file; empty where it is no cell
// of it.
func placeIn(book *table.Workbook, file string, at problem.Position) string {
	sheet := slices.IndexFunc(book.Sheets, func(s table.Sheet) bool { return s.Name == at.Sheet })
	_, row, ok := bureau.ParseCell(at.Cell)
	if !ok || sheet < 0 || at.File != file {
		return ""
	}
	return readingAt(file, sheet, row+1) + "#" + cellID(sheet, at.Cell)
}

// sheetOf is the sheet that is shown: the one that is asked for, or else the first that
// something is asked about, or the first that holds a table.
func sheetOf(asked string, read Read, problems problem.List) int {
	if n, err := strconv.Atoi(asked); err == nil && n >= 0 && n < len(read.Book.Sheets) {
		return n
	}
	var names []string
	for _, p := range problems {
		names = append(names, p.Sheet)
	}
	for _, t := range read.Tables {
		names = append(names, t.Sheets...)
	}
	for _, name := range names {
		if n := slices.IndexFunc(read.Book.Sheets, func(s table.Sheet) bool { return name != "" && s.Name == name }); n >= 0 {
			return n
		}
	}
	return 0
}

// seen is an office file as a page shows it. The rows that the page has not are fetched
// from it while somebody scrolls.
type seen struct {
	number int
	file   string
	read   Read
	asked  problem.List   // of it and of its tables
	forms  map[string]int // by header, the numbers of the forms about columns
}

// lastSeen holds the office file that was shown last: a workbook may be large.
type lastSeen struct {
	mu    sync.Mutex
	count int
	last  *seen
}

// keep takes what is shown now, and numbers it.
func (l *lastSeen) keep(s *seen) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	s.number, l.last = l.count, s
	return l.count
}

// of gives what was shown under a number; nil where that is another by now.
func (l *lastSeen) of(number int, file string) *seen {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil || l.last.number != number || l.last.file != file {
		return nil
	}
	return l.last
}

// rows answers with rows of a sheet, for a page that is scrolled: those from at on, or
// those around row.
func (d *desk) rows(w http.ResponseWriter, r *http.Request) {
	number, _ := strconv.Atoi(r.FormValue("reading"))
	file := r.FormValue("file")
	shown := d.last.of(number, file)
	if shown == nil {
		read, err := d.Work.Read(r.Context(), file, Answers{})
		if err != nil {
			http.Error(w, problem.Visible(err.Error()), http.StatusInternalServerError)
			return
		}
		shown = &seen{number: number, file: file, read: read, asked: slices.Clone(read.Problems)}
		for _, t := range read.Tables {
			for _, q := range t.Questions {
				shown.asked.Error(q.At, q.Rule, q.Message, q.Hint)
			}
		}
	}
	sheet, err := strconv.Atoi(r.FormValue("sheet"))
	if err != nil || shown.read.Book == nil || sheet < 0 || sheet >= len(shown.read.Book.Sheets) {
		http.NotFound(w, r)
		return
	}
	at, _ := strconv.Atoi(r.FormValue("at"))
	if row, err := strconv.Atoi(r.FormValue("row")); err == nil {
		at = position(shown.read.Book.Sheets[sheet], row)
	}
	g := d.gridOf(shown, sheet, at)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	json.NewEncoder(w).Encode(struct {
		At    int         `json:"at"`    // how many rows are before these
		Row   int         `json:"row"`   // how many are before the one that was asked for
		Parts []namedPart `json:"parts"` // that they have
		Rows  []gridRow   `json:"rows"`
	}{g.At, min(max(at, 0), max(g.All-1, 0)), g.Parts, g.Rows})
}
