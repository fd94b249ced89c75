package desk

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/yaml"
)

// isGrid tells whether a file is one whose cells staff may edit: a table that is theirs, and
// none that is written down of a reading or a release.
func isGrid(file string) bool {
	k := bureau.KindAt(file)
	return k.Extension() == ".csv" && k != bureau.OriginsKind && k != bureau.TableKind && k != bureau.ApprovalsKind
}

// gridAt is the address of a cell on the grid of its file, or of the grid where no cell is
// named.
func gridAt(file, cell string) string {
	to := "/grid?file=" + url.QueryEscape(file)
	if _, _, ok := bureau.ParseCell(cell); ok {
		to += "&cell=" + cell + "#" + cell
	}
	return to
}

// gridFrom is the address of the page of the grid that begins with a row.
func gridFrom(file string, row int) string {
	return "/grid?file=" + url.QueryEscape(file) + "&from=" + strconv.Itoa(row)
}

// How large one page of a grid is: rows, or fewer where there are many columns.
const (
	gridRows  = 40
	gridCells = 1600
)

// celled is a page of a table, each of its cells in a field.
type celled struct {
	File          string
	Was           string // SHA-256 of the file that the cells were read from
	From          int    // the first row of the page, from 1
	To, All       int
	Before, After string // addresses of the pages before and after
	Columns       []celledColumn
	Rows          []celledRow
	Elsewhere     []shown // problems of the file that are at no cell of the page
	More          int     // that are not listed, for their number
	MoreAt        string  // their address
	Wrong         *shown  // why nothing was saved
	Saved, Same   bool
	Cell          string // that the reader came for; empty for none
	Others        []celledOther
	Text          string // the address of the file as text
	Whole         string // and as a whole; empty where it stays as it is
	Row           int    // that is taken out or put in, unless another is said
}

type celledColumn struct{ Letters, Name string }

type celledRow struct {
	Number int
	Blank  bool
	Cells  []celledCell
	Wrong  []celledProblem // below it
	Wide   int
}

type celledCell struct {
	Name     string // B4
	Of       string // the name of its column
	Text     string
	Size     int
	Long     bool
	Problems string // IDs of what is wrong with it; empty for nothing
	Class    string
}

type celledProblem struct {
	shown
	ID, Cell string
}

// celledOther is a cell that was sent, and is another on the disk.
type celledOther struct{ Cell, Now, Sent string }

// encodingOf is the encoding that the descriptor beside a table names; empty where none does.
func (d *desk) encodingOf(ctx context.Context, file string) string {
	if bureau.KindAt(file) != bureau.StatisticKind {
		return ""
	}
	t, err := d.Work.Text(ctx, bureau.StatisticDescriptorKind.Beside(file))
	if err != nil || !t.There {
		return ""
	}
	var descriptor bureau.Descriptor
	yaml.Decode(t.File, 1, t.Bytes, &descriptor)
	return descriptor.Encoding.V
}

// titled is what the descriptor beside a table calls it, with the name of the file.
func (d *desk) titled(ctx context.Context, file string) string {
	if by := bureau.KindAt(file).DescribedBy(); by != bureau.UnknownKind {
		if t, err := d.Work.Text(ctx, by.Beside(file)); err == nil && t.There {
			if says, fault := yaml.Says(t.Bytes, forms[by]); fault == nil && says["title"].Text != "" {
				return says["title"].Text + d.say("（%s）", " (%s)", path.Base(file))
			}
		}
	}
	return path.Base(file)
}

// gridOfFile reads a part of a table; where that has no cells, it answers why.
func (d *desk) gridOfFile(w http.ResponseWriter, r *http.Request, from int) (t Text, encoding string, g *table.Grid, ok bool) {
	file := r.FormValue("file")
	if !isGrid(file) {
		d.nowhere(w, http.StatusNotFound, "/mend")
		return t, "", nil, false
	}
	t, err := d.Work.Text(r.Context(), file)
	if err != nil {
		d.failed(w, "/mend", err)
		return t, "", nil, false
	}
	if !t.There && r.Method == http.MethodGet && Placed(file) {
		back(w, r, placeAt(file))
		return t, "", nil, false
	}
	if !t.There {
		d.show(w, http.StatusNotFound, "/mend", "failed.html", d.say("没有这个文件", "There is no such file"), problem.Visible(file))
		return t, "", nil, false
	}
	encoding = d.encodingOf(r.Context(), file)
	g, fault := table.Part(t.Bytes, encoding, from, gridRows)
	if fault != nil {
		var list problem.List
		list.Error(problem.Position{File: file}, problem.CSVQuote, fault.Message, fault.Hint)
		all := d.shownOf(list)
		all[0].Edit = textAt(file, 0)
		if whole := wholeOf(t); whole != "" {
			all[0].Ways = append(all[0].Ways, way{whole, d.say("换上、改名、移走", "Replace, rename, take away")})
		}
		problems, err := d.found(r.Context(), false)
		if err != nil {
			d.failed(w, "/mend", err)
			return t, "", nil, false
		}
		for i, p := range problems {
			if p.File == file && len(all) <= maxElsewhere {
				all = append(all, d.shownOf(problems[i : i+1])[0])
			}
		}
		d.show(w, http.StatusUnprocessableEntity, "/mend", "uncelled.html", d.titled(r.Context(), file), all)
		return t, "", nil, false
	}
	g.Rows = g.Rows[:min(len(g.Rows), max(5, gridCells/max(g.Wide, 1)))]
	return t, encoding, g, true
}

// cells shows a page of a table around a cell, or from a row on, to be edited.
func (d *desk) cells(w http.ResponseWriter, r *http.Request) {
	_, row, came := bureau.ParseCell(r.FormValue("cell"))
	from := max(0, row-gridRows/4)
	if n, err := strconv.Atoi(r.FormValue("from")); err == nil {
		from = max(0, n-1)
	} else if from < gridRows/4 {
		from = 0
	}
	t, _, g, ok := d.gridOfFile(w, r, from)
	if !ok {
		return
	}
	c := d.celledOf(t, g)
	if came {
		c.Cell, c.Row = r.FormValue("cell"), row+1
	}
	c.Saved, c.Same = r.FormValue("saved") != "", r.FormValue("same") != ""
	problems, err := d.found(r.Context(), c.Saved)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	d.mark(&c, g, problems)
	d.show(w, http.StatusOK, "/mend", "cells.html", d.titled(r.Context(), t.File), c)
}

// celledOf makes the fields of a page.
func (d *desk) celledOf(t Text, g *table.Grid) celled {
	c := celled{File: t.File, Was: t.SHA256, From: g.From + 1, To: g.From + len(g.Rows), All: g.All, Text: textAt(t.File, 0), Whole: wholeOf(t)}
	at := func(from int) string { return gridFrom(t.File, from) }
	if g.From > 0 {
		c.Before = at(max(1, c.From-max(len(g.Rows), 5)))
	}
	if c.To < c.All {
		c.After = at(c.To + 1)
	}
	for i := range g.Wide {
		column := celledColumn{Letters: strings.TrimRight(bureau.CellName(i, 0), "0123456789")}
		if i < len(g.Header) {
			column.Name = strings.TrimSpace(g.Header[i])
		}
		c.Columns = append(c.Columns, column)
	}
	sizes := make([]int, g.Wide) // of one column alike
	for _, row := range g.Rows {
		for i, said := range row {
			n := 0
			for _, r := range said {
				if n++; r > 0x2e80 { // twice as wide
					n++
				}
			}
			sizes[i] = max(sizes[i], n)
		}
	}
	for i, row := range g.Rows {
		made := celledRow{Number: g.From + i + 1, Blank: len(row) == 0, Wide: g.Wide}
		for at := range g.Wide {
			cell := celledCell{Name: bureau.CellName(at, g.From+i), Of: c.Columns[at].Name, Size: min(max(sizes[at], 4)+1, 32)}
			if at < len(row) {
				cell.Text = row[at]
			}
			cell.Long = strings.Contains(cell.Text, "\n") || utf8.RuneCountInString(cell.Text) > 40
			made.Cells = append(made.Cells, cell)
		}
		c.Rows = append(c.Rows, made)
	}
	return c
}

// maxElsewhere is how many problems that are at no cell of a page are listed on it.
const maxElsewhere = 10

// mark puts what is wrong at its cells.
func (d *desk) mark(c *celled, g *table.Grid, problems problem.List) {
	for _, p := range problems {
		if p.File != c.File {
			continue
		}
		column, row, ok := bureau.ParseCell(p.Cell)
		if ok = ok && row >= g.From && row < g.From+len(c.Rows) && column < g.Wide; !ok {
			if len(c.Elsewhere) == maxElsewhere {
				c.More++
				continue
			}
			c.Elsewhere = append(c.Elsewhere, d.shownOf(problem.List{p})...)
			continue
		}
		at := &c.Rows[row-g.From]
		id := "p" + p.Cell + "-" + strconv.Itoa(len(at.Wrong)+1)
		at.Wrong = append(at.Wrong, celledProblem{d.shownOf(problem.List{p})[0], id, p.Cell})
		cell := &at.Cells[column]
		cell.Problems = strings.TrimSpace(cell.Problems + " " + id)
		if cell.Class != problem.Error.String() {
			cell.Class = p.Severity.String()
		}
	}
	if c.More > 0 {
		c.MoreAt = fileAt(c.File)
	}
}

// saveCells writes the cells that were changed.
func (d *desk) saveCells(w http.ResponseWriter, r *http.Request) {
	from, _ := strconv.Atoi(r.FormValue("from"))
	t, encoding, g, ok := d.gridOfFile(w, r, max(0, from-1))
	if !ok {
		return
	}
	sent := map[table.Place]string{}
	for name, values := range r.PostForm {
		if column, row, is := bureau.ParseCell(name); is && row >= g.From && row < g.From+len(g.Rows) && column < table.MaxColumns {
			said := strings.ReplaceAll(values[0], "\r\n", "\n") // as forms end lines
			if now := g.Rows[row-g.From]; column < len(now) && lined(now[column]) != said || column >= len(now) && said != "" {
				sent[table.Place{Row: row, Column: column}] = said
			}
		}
	}
	if t.SHA256 != r.FormValue("was") {
		d.cellsConflict(w, r, t, g, sent)
		return
	}
	here := gridFrom(t.File, from)
	if cell := r.FormValue("cell"); cell != "" {
		here += "&cell=" + url.QueryEscape(cell)
	}
	act, saved := r.FormValue("do"), "&saved=1"
	if len(sent) == 0 && act != "drop" && act != "add" {
		back(w, r, here+"&same=1")
		return
	}
	made, fault := t.Bytes, (*problem.Fault)(nil)
	if len(sent) > 0 {
		made, fault = table.Replace(t.Bytes, encoding, sent)
	}
	if n, _ := strconv.Atoi(strings.TrimSpace(r.FormValue("row"))); fault == nil && act == "drop" {
		made, fault = table.Drop(made, encoding, n-1)
		here = gridFrom(t.File, max(1, n-gridRows/4))
	} else if fault == nil && act == "add" {
		made, fault = table.Insert(made, encoding, n-1)
		here, saved = "/grid?file="+url.QueryEscape(t.File), "&saved=1&cell="+bureau.CellName(0, n)+"#"+bureau.CellName(0, n)
	}
	if fault != nil {
		c := d.celledOf(t, g)
		fill(&c, g, sent)
		var list problem.List
		list.Error(problem.Position{File: t.File}, problem.CSVCharacter, fault.Message, fault.Hint)
		c.Wrong = &d.shownOf(list)[0]
		d.show(w, http.StatusUnprocessableEntity, "/mend", "cells.html", d.titled(r.Context(), t.File), c)
		return
	}
	now, done, err := d.Work.Save(r.Context(), t.File, t.SHA256, made)
	switch {
	case err != nil:
		d.failed(w, "/mend", err)
	case done:
		back(w, r, here+saved)
	default:
		if g, fault = table.Part(now.Bytes, encoding, g.From, len(g.Rows)); fault != nil {
			g = &table.Grid{}
		}
		d.cellsConflict(w, r, now, g, sent)
	}
}

// lined is a text as a form sends it.
func lined(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// fill puts what was sent into the fields.
func fill(c *celled, g *table.Grid, sent map[table.Place]string) {
	for at, said := range sent {
		if i := at.Row - g.From; i < len(c.Rows) && at.Column < len(c.Rows[i].Cells) {
			c.Rows[i].Cells[at.Column].Text = said
		}
	}
}

// cellsConflict shows the file as it stands now, and beside that what was sent and not saved.
func (d *desk) cellsConflict(w http.ResponseWriter, r *http.Request, now Text, g *table.Grid, sent map[table.Place]string) {
	c := d.celledOf(now, g)
	for at, said := range sent {
		other := celledOther{Cell: bureau.CellName(at.Column, at.Row), Sent: said}
		if i := at.Row - g.From; i < len(g.Rows) && at.Column < len(g.Rows[i]) {
			other.Now = g.Rows[i][at.Column]
		}
		c.Others = append(c.Others, other)
	}
	slices.SortFunc(c.Others, func(a, b celledOther) int {
		ca, ra, _ := bureau.ParseCell(a.Cell)
		cb, rb, _ := bureau.ParseCell(b.Cell)
		if ra != rb {
			return ra - rb
		}
		return ca - cb
	})
	c.Wrong = &shown{Message: d.say("没有保存：这个文件在别处改过了。下面的格子是现在的，您写的列在这里；还要改的，在格子里再改一次。",
		"Not saved: the file was changed elsewhere meanwhile. The cells below are as they are now, and what you wrote is listed here; what is still to be changed has to be written into the cells again.")}
	d.show(w, http.StatusConflict, "/mend", "cells.html", d.titled(r.Context(), now.File), c)
}
