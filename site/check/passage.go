package check

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// passage is a stretch of what staff wrote, a sentence or a cell, with what a
// reader knows when coming to it.
type passage struct {
	text    string
	place   func(offset int) problem.Position
	near    []string          // said before it in the same breath: the sentence before, the cells before, the heads
	far     []string          // said before it: title, headings, earlier sentences; the nearest last
	of      *bureau.Statistic // that the text belongs to, or nil
	row     int               // of that statistic, which a note stands in, or -1
	cell    bool              // of a table
	around  string            // the whole text that it stands in
	in      problem.Text      // where in an attachment it stands
	quoted  []string          // the figures that its paragraph prints, or its document where it is a key
	charts  []bureau.Chart    // drawn beside it
	quote   bool              // it is quoted as a block: > …
	code    bool              // a line of code
	repeats bool              // of a list that keeps older figures, or targets
	day     period.Date       // from which 去年 and 第三季度 are reckoned; zero where none is known
	period  period.Period     // of the row
}

// visitor is who is shown the passages of those texts that are worth it to him.
type visitor struct {
	worth func(text string) bool
	visit func(passage)
}

// finder makes the visitor of one document, who adds to a list what he finds in it.
type finder func(found *problem.List) visitor

// find shows every text of a bureau that is published to finders, up to jobs documents at
// a time, until ctx is done, and gives what each found, in the order of the documents.
func find(ctx context.Context, b *bureau.Bureau, jobs int, finders ...finder) []problem.List {
	documents := documentsOf(b)
	found := make([][]problem.List, len(documents))
	each.Do(jobs, len(documents), func(i int) error {
		found[i] = make([]problem.List, len(finders))
		var all visitors
		for k, f := range finders {
			all = append(all, f(&found[i][k]))
		}
		documents[i](all)
		return ctx.Err()
	})
	joined := make([]problem.List, len(finders))
	for _, lists := range found {
		for k := range lists {
			joined[k] = append(joined[k], lists[k]...)
		}
	}
	return joined
}

// passages shows every text of a bureau that is published, of whatever document, to one visitor.
func passages(b *bureau.Bureau, worth func(string) bool, visit func(passage)) {
	for _, document := range documentsOf(b) {
		document(visitors{{worth, visit}})
	}
}

// documentsOf gives for each document of a bureau what shows its passages.
func documentsOf(b *bureau.Bureau) (all []func(visitors)) {
	written := func(keys any, body bureau.Body, title string, day period.Date) {
		all = append(all, func(v visitors) { documentPassages(reflect.ValueOf(keys), body, title, day, v) })
	}
	for _, s := range b.Statistics {
		all = append(all, func(v visitors) {
			day := s.Descriptor.Released.V
			strs(reflect.ValueOf(&s.Descriptor), func(t bureau.String) {
				v.key(t, passage{of: s, row: -1, day: day})
			})
			for _, t := range s.Notes {
				v.key(t, passage{of: s, row: -1, day: day})
			}
			rowPassages(s, v)
		})
	}
	for _, g := range b.Guides {
		written(g, g.Body, g.Title.V, max(g.Updated.V, g.Published.V, g.Date.V))
	}
	for _, n := range b.Notices {
		written(n, n.Body, n.Title.V, n.Date.V)
	}
	for _, p := range b.Policies {
		written(p, p.Body, p.Title.V, p.Published.V)
	}
	for _, a := range b.Annual {
		written(a, bureau.Body{}, a.Title.V, a.Published.V)
	}
	for _, p := range b.Pages {
		written(p, p.Body, p.Title.V, p.Updated.V)
	}
	written(&b.Site, bureau.Body{}, "", 0)
	for _, list := range []any{b.Units, b.Targets, b.Revisions} {
		all = append(all, func(v visitors) {
			strs(reflect.ValueOf(list), func(t bureau.String) {
				v.key(t, passage{far: []string{""}, row: -1, repeats: true})
			})
		})
	}
	for i := range b.Matters {
		m := &b.Matters[i]
		written(m, bureau.Body{}, m.Summary.V, m.Received.V)
	}
	for i := range b.Inquiries {
		if q := &b.Inquiries[i]; q.Public { // the others are published in no words
			written(q, bureau.Body{}, q.Subject.V, q.Answered.V)
		}
	}
	for _, r := range b.Registers {
		all = append(all, func(v visitors) { registerPassages(r, v) })
	}
	return all
}

// registerPassages gives what a register says of itself, and its cells.
func registerPassages(r *bureau.Register, v visitors) {
	day := r.Descriptor.Updated.V
	documentPassages(reflect.ValueOf(&r.Descriptor), bureau.Body{}, r.Title(), day, v)
	promises := r.ColumnOf(bureau.ColumnTarget) >= 0 || r.ColumnOf(bureau.ColumnClaim) >= 0
	for i := range r.Rows() {
		var before []string
		said := claimsOf(r, i) // by the source: the page judges them
		for c, t := range r.Row(i) {
			head := r.Columns[c].Title
			repeats := said || aims(r.Columns[c].Role) || promises && r.Columns[c].Role == bureau.ColumnTitle // a promise in its own words
			v.key(t, passage{near: append(before[:len(before):len(before)], head), far: []string{r.Title()}, row: -1, cell: true, repeats: repeats, day: day})
			before = append(before, head+"："+t.V)
		}
	}
}

// claimsOf tells whether a row of a register holds what a source claims.
func claimsOf(r *bureau.Register, row int) bool {
	c := r.ColumnOf(bureau.ColumnClaim)
	return c >= 0 && r.Row(row)[c].V != ""
}

// aims tells whether a column holds what is to be reached, or how it stood before.
func aims(role bureau.ColumnRole) bool {
	return role == bureau.ColumnTarget || role == bureau.ColumnBaseline || role == bureau.ColumnClaim || role == bureau.ColumnFigure
}

// documentPassages gives the keys and the body of a document.
func documentPassages(keys reflect.Value, body bureau.Body, title string, day period.Date, v visitors) {
	from := passage{far: []string{title}, row: -1, day: day}
	if bytes.Contains(body.Text, []byte("{{")) || bytes.Contains(body.Text, []byte("chart")) {
		text := proseOf(body)
		from.charts = text.charts
		for _, s := range text.sentences {
			from.quoted = append(from.quoted, s.own...)
		}
	}
	strs(keys, func(t bureau.String) { v.key(t, from) })
	v.body(body, string(body.Text), from)
}

// rowPassages gives the notes of the rows of a statistic.
func rowPassages(s *bureau.Statistic, v visitors) {
	for f, field := range s.Fields {
		if field.Role != bureau.RoleNote {
			continue
		}
		for row := range s.Rows {
			c := s.Cell(row, f)
			if c.Text == "" {
				continue
			}
			var known []string
			for _, k := range s.Keys() {
				known = append(known, s.Cell(row, k).Text)
			}
			at := s.Position(row, f)
			p := passage{text: c.Text, place: func(int) problem.Position { return at }, near: []string{field.Label()}, far: known, of: s, row: row, cell: true, period: s.Period(row)}
			if !p.period.IsZero() {
				p.day = p.period.End
			}
			for _, one := range v {
				one.visit(p)
			}
		}
	}
}

func bodyOf(t bureau.String) bureau.Body {
	return bureau.Body{File: t.At.File, Line: t.At.Line, Indent: max(0, t.At.Column-1), Text: []byte(t.V)}
}

// maxFar is how many sentences before one it may be understood by, at least.
const maxFar = 8

// visitors are shown one text after another, which is parted into passages once.
type visitors []visitor

// key shows a text that is a key of a document, or a cell of a list.
func (v visitors) key(t bureau.String, from passage) {
	for _, one := range v {
		if one.worth(t.V) {
			v.body(bodyOf(t), t.V, from)
			return
		}
	}
}

// body shows the sentences, the cells of tables, the lines of code and the
// titles of charts of a text; from says what is known before it.
func (v visitors) body(body bureau.Body, around string, from passage) {
	var all []passage
	for _, one := range v {
		if !one.worth(around) {
			continue
		}
		if all == nil {
			bodyPassages(body, around, from, func(p passage) { all = append(all, p) })
		}
		for _, p := range all {
			one.visit(p)
		}
	}
}

// bodyPassages gives the passages of a text.
func bodyPassages(body bureau.Body, around string, from passage, visit func(passage)) {
	text := proseOf(body)
	from.around = around
	if len(text.charts) > 0 {
		from.charts = text.charts
	}
	known := slices.Clip(from.far) // the title, and the headings that are open
	far := known
	var levels []int // of these headings
	type saying struct {
		line int
		far  []string
	}
	var said []saying // what is known from a line on
	for i, s := range text.sentences {
		p := from
		if s.heading > 0 {
			for len(levels) > 0 && levels[len(levels)-1] >= s.heading {
				levels = levels[:len(levels)-1]
			}
			known = append(slices.Clip(known[:len(from.far)+len(levels)]), s.text)
			levels = append(levels, s.heading)
			far = slices.Clip(known)
		}
		p.text, p.place, p.far, p.quote = s.text, s.place, far, s.quote
		if len(s.paragraph) > 0 {
			p.quoted = s.paragraph
		}
		if !s.first && i > 0 {
			p.near = append(from.near[:len(from.near):len(from.near)], text.sentences[i-1].text)
		}
		visit(p)
		if s.heading > 0 {
			said = append(said, saying{s.at.Line, far})
			continue
		}
		if far = append(far, s.text); len(far) > len(known)+2*maxFar {
			far = append(slices.Clip(known), far[len(far)-maxFar:]...)
		}
		said = append(said, saying{s.at.Line, slices.Clip(far)})
	}
	for _, r := range text.rows {
		for len(said) > 1 && said[1].line <= r.at.Line {
			said = said[1:]
		}
		if len(said) > 0 && said[0].line <= r.at.Line {
			from.far = said[0].far
		}
		var before []string
		for c, cell := range r.cells {
			p := from
			head := ""
			if c < len(r.header) {
				head = r.header[c]
			}
			p.text, p.cell, p.near = cell, true, append(before[:len(before):len(before)], head)
			p.place = func(int) problem.Position { return r.at }
			visit(p)
			before = append(before, head+"："+cell)
		}
	}
	from.far = known[:len(known)-len(levels)]
	for _, s := range text.code {
		p := from
		p.text, p.place, p.code = s.text, s.place, true
		visit(p)
	}
	for _, c := range text.charts {
		strs(reflect.ValueOf(&c), func(t bureau.String) {
			p := from
			p.text, p.place = t.V, func(int) problem.Position { return t.At }
			visit(p)
		})
	}
}

var stringType = reflect.TypeFor[bureau.String]()

// strs visits every text with a place that a value holds, so that a key which a
// document gains is not forgotten.
func strs(v reflect.Value, visit func(bureau.String)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			strs(v.Elem(), visit)
		}
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k == reflect.Uint8 || k == reflect.String {
			return
		}
		for i := range v.Len() {
			strs(v.Index(i), visit)
		}
	case reflect.Struct:
		if v.Type() == stringType {
			var t *bureau.String
			if v.CanAddr() { // no copy
				t = v.Addr().Interface().(*bureau.String)
			} else {
				o := v.Interface().(bureau.String)
				t = &o
			}
			if strings.TrimSpace(t.V) != "" && t.Given() {
				visit(*t)
			}
			return
		}
		for _, i := range saying(v.Type()) {
			strs(v.Field(i), visit)
		}
	}
}

var sayings sync.Map // by type, the fields of a struct that may hold a text

// saying gives the fields of a struct that may hold a text. A word of a closed list says
// nothing.
func saying(t reflect.Type) []int {
	if known, is := sayings.Load(t); is {
		return known.([]int)
	}
	var fields []int
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && f.Tag.Get("words") == "" && says(f.Type, map[reflect.Type]bool{t: true}) {
			fields = append(fields, i)
		}
	}
	sayings.Store(t, fields)
	return fields
}

// says tells whether a value of a type may hold a text. The types in above are asked
// already.
func says(t reflect.Type, above map[reflect.Type]bool) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return says(t.Elem(), above)
	case reflect.Struct:
		if t == stringType || above[t] {
			return true
		}
		above[t] = true
		defer delete(above, t)
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && f.Tag.Get("words") == "" && says(f.Type, above) {
				return true
			}
		}
	}
	return false
}
