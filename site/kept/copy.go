package kept

import (
	"bytes"
	"encoding/csv"
	"hash/maphash"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/table"
	"sunshine/site/text"
	"sunshine/site/yaml"
)

// consented stands for the reference of a consent, which is not published.
const consented = "已留存"

// documents are what a bureau's documents are as values, by file.
type documents map[string]any

func documentsOf(b *bureau.Bureau, said []bureau.Translations) documents {
	all := documents{}
	for _, list := range said {
		list.File = strings.TrimPrefix(list.File, InArchive)
		if of, is := all[list.File].(bureau.Translations); is { // the rest of it is that of before
			list.Rows = slices.Concat(of.Rows, list.Rows)
		}
		all[list.File] = list
	}
	for _, s := range b.Statistics {
		all[s.File] = s
	}
	for _, r := range b.Registers {
		all[r.File] = r
	}
	for _, n := range b.Notices {
		all[n.File] = n
	}
	for _, p := range b.Policies {
		all[p.File] = p
	}
	for _, p := range b.Pages {
		all[p.File] = p
	}
	return all
}

// copies makes the copies of the files of one document; none where it cannot.
func (d documents) copies(files []bureau.File) []bureau.File {
	var made []bureau.File
	for _, f := range files {
		data, ok := d.copyOf(f)
		if !ok {
			return nil
		}
		made = append(made, bureau.File{Path: f.Path, Bytes: data})
	}
	return made
}

// same tells whether a copy says all that the file does: it may be in another encoding,
// and end its lines otherwise.
func (d documents) same(file, made bureau.File) bool {
	if bytes.Equal(file.Bytes, made.Bytes) {
		return true
	}
	encoding := ""
	if s, is := d[file.Path].(*bureau.Statistic); is {
		encoding = s.Descriptor.Encoding.V
	}
	was, _, err := text.Decode(file.Bytes, encoding)
	made.Bytes = bytes.TrimPrefix(made.Bytes, []byte("\ufeff"))
	return err == nil && bytes.Equal(bytes.TrimRight(was, "\n"), bytes.TrimRight(made.Bytes, "\n"))
}

func (d documents) copyOf(f bureau.File) ([]byte, bool) {
	switch of := d[f.Path].(type) {
	case *bureau.Statistic:
		return statistic(of, f.Bytes)
	case *bureau.Register:
		return register(of, f.Bytes)
	case *bureau.Notice:
		return consenting(f, of.Consent, func(data []byte) bool {
			again, problems := load.Notice(f.Path, data)
			return problems.Errors() == 0 && hides(again.Consent)
		})
	case *bureau.Policy:
		return consenting(f, of.Consent, func(data []byte) bool {
			again, problems := load.Policy(f.Path, data)
			return problems.Errors() == 0 && hides(again.Consent)
		})
	case *bureau.Page:
		return consenting(f, of.Consent, func(data []byte) bool {
			again, problems := load.Page(f.Path, data)
			return problems.Errors() == 0 && hides(again.Consent)
		})
	case bureau.Translations:
		data := translations(of)
		again, problems := load.Rows[bureau.Translation](f.Path, data)
		return data, problems.Errors() == 0 && slices.EqualFunc(again, of.Rows, func(x, y bureau.Translation) bool {
			return x.Text.V == y.Text.V && x.Translation.V == y.Translation.V && x.File.V == y.File.V
		})
	}
	if bureau.KindAt(f.Path) == bureau.InquiriesKind {
		return inquiries(f)
	}
	if bureau.IsList(f.Path) {
		return list(f)
	}
	if bureau.KindAt(f.Path) == bureau.GuideKind {
		data, ok := prose(f.Bytes, bureau.String{})
		if ok && bytes.Equal(data, f.Bytes) {
			return data, true
		}
		_, problems := load.Guide(f.Path, data)
		return data, ok && problems.Errors() == 0
	}
	source, _, err := text.Decode(f.Bytes, "") // a descriptor
	if err != nil {
		return nil, false
	}
	return yaml.Uncommented(source)
}

// consenting gives a document of Markdown without the reference of its consent, where it is
// read so: hidden tells that of what would be kept.
func consenting(f bureau.File, consent bureau.String, hidden func(data []byte) bool) ([]byte, bool) {
	data, ok := prose(f.Bytes, consent)
	if ok && bytes.Equal(data, f.Bytes) {
		return data, true // it was read so
	}
	return data, ok && hidden(data)
}

// hides tells whether the reference of a consent is not told.
func hides(consent bureau.String) bool { return consent.V == "" || consent.V == consented }

// prose gives a document of Markdown without its comments.
func prose(data []byte, consent bureau.String) ([]byte, bool) {
	source, _, err := text.Decode(data, "")
	if err != nil {
		return nil, false
	}
	from, to, body, ok := load.Parts(source)
	if !ok {
		return nil, false
	}
	front := source[from:to]
	if consent.Given() {
		line := consent.At.Line - 1 - bytes.Count(source[:from], []byte("\n"))
		lines := bytes.SplitAfter(front, []byte("\n"))
		if line < 0 || line >= len(lines) {
			return nil, false
		}
		lines[line] = []byte(upTo(string(lines[line]), consent.At.Column) + consented + "\n")
		front = bytes.Join(lines, nil)
	}
	if bytes.ContainsRune(front, '#') {
		if front, ok = yaml.Uncommented(front); !ok {
			return nil, false
		}
	}
	return slices.Concat(source[:from], front, source[to:body], uncommented(source[body:])), true
}

// upTo gives the characters of a line before a column, counted from 1.
func upTo(line string, column int) string {
	for i := range line {
		if column--; column == 0 {
			return line[:i]
		}
	}
	return strings.TrimRight(line, "\n")
}

var (
	comment    = regexp.MustCompile(`(?s)<!--.*?(?:-->|\z)`)
	definition = regexp.MustCompile(`(?m)^ {0,3}\[([^\]\n]+)\]:.*$`)
)

// uncommented takes out of Markdown what nobody sees: comments, and definitions of links
// that no link uses. Every line stays in its place.
func uncommented(body []byte) []byte {
	if !bytes.Contains(body, []byte("<!--")) && !bytes.Contains(body, []byte("]:")) {
		return body // as nearly every one: the expressions are slow
	}
	body = comment.ReplaceAllFunc(body, func(c []byte) []byte {
		return bytes.Repeat([]byte("\n"), bytes.Count(c, []byte("\n")))
	})
	return definition.ReplaceAllFunc(body, func(d []byte) []byte {
		label := definition.FindSubmatch(d)[1]
		if bytes.Count(bytes.ToLower(body), bytes.ToLower(slices.Concat([]byte("["), label, []byte("]")))) > 1 {
			return d
		}
		return nil
	})
}

// statistic gives a table of figures as it is published.
func statistic(s *bureau.Statistic, data []byte) ([]byte, bool) {
	type place struct{ line, column uint32 }
	shown := map[place]string{}
	for f, field := range s.Fields {
		if field.Derived || !field.IsMeasure() {
			continue
		}
		for r := range s.Rows {
			figure := ""
			switch c := s.Cell(r, f); {
			case c.Status&bureau.Confidential != 0:
				figure = bureau.Confidential.String()
			case s.Disclosure.Rounded > 0 && field.IsPersonal() && c.Has():
				figure = c.Text + c.Status.String()
			default:
				continue
			}
			at := s.Position(r, f)
			shown[place{uint32(at.Line), uint32(at.Column)}] = figure
		}
	}
	if s.Plain && len(shown) == 0 {
		return data, true
	}
	var names []string
	for _, f := range s.Descriptor.Schema.Fields {
		names = append(names, f.Name.V)
	}
	left := len(shown)
	layout := s.Descriptor.Layout
	made, ok := rows(s.File, data, table.Options{Encoding: s.Descriptor.Encoding, Header: names, Rows: layout.HeaderRows(), Units: layout.UnitRow()}, true, func(_ int, c table.Cell) string {
		if figure, is := shown[place{c.Line, c.Column}]; is {
			left--
			return figure
		}
		return c.Text
	})
	return made, ok && left == 0
}

// register gives a list without what is not published of it.
func register(r *bureau.Register, data []byte) ([]byte, bool) {
	var names []string
	for _, c := range r.Descriptor.Columns {
		names = append(names, c.Name.V)
	}
	return rows(r.File, data, table.Options{Header: names}, true, func(column int, c table.Cell) string {
		if c.Text != "" && !r.Columns[column].Public() {
			return consented
		}
		return c.Text
	})
}

// list gives a list of which every column is published, without what stands above and
// below it, but for the month that days without a year are of.
func list(f bureau.File) ([]byte, bool) {
	return rows(f.Path, f.Bytes, table.Options{}, false, func(_ int, c table.Cell) string { return c.Text })
}

// inquiries gives a list of inquiries without the words of those that are not public.
func inquiries(f bureau.File) ([]byte, bool) {
	return withoutWords(f, func(q bureau.Inquiry) bool { return q.Public })
}

// StillPublic gives a list of inquiries as it was published, without the words of those
// that are public no more, or that are gone, by what stands in the bureau's folder now. ok
// is false where that cannot be told.
func StillPublic(file string, published, now []byte) (made []byte, ok bool) {
	today, _ := load.Inquiries(file, now)
	public := map[string]bool{}
	for _, q := range today {
		before, twice := public[q.ID.V]
		public[q.ID.V] = q.Public && (before || !twice)
	}
	if len(today) == 0 {
		return nil, false
	}
	return withoutWords(bureau.File{Path: file, Bytes: published}, func(q bureau.Inquiry) bool { return q.Public && public[q.ID.V] })
}

// withoutWords writes a list of inquiries with the words of those alone that may be shown:
// of the others what is counted is left, the number, the days, and that they are not public.
func withoutWords(f bureau.File, show func(q bureau.Inquiry) bool) ([]byte, bool) {
	read, problems := load.Inquiries(f.Path, f.Bytes)
	if problems.Errors() > 0 {
		return nil, false
	}
	type place struct{ line, column int }
	other := map[place]string{}
	for _, q := range read {
		if show(q) {
			continue
		}
		for _, text := range []bureau.String{q.Subject, q.Question, q.Answer, q.Unit} {
			if text.V != "" {
				other[place{text.At.Line, text.At.Column}] = ""
			}
		}
		if q.Public {
			other[place{q.Publish.At.Line, q.Publish.At.Column}] = bureau.YesNo[1].ZH
		}
	}
	left := len(other)
	made, ok := rows(f.Path, f.Bytes, table.Options{}, false, func(_ int, c table.Cell) string {
		if with, is := other[place{int(c.Line), int(c.Column)}]; is {
			left--
			return with
		}
		return c.Text
	})
	return made, ok && left == 0
}

// translations gives a list of those that pages read.
func translations(list bureau.Translations) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"text", "translation", "file"}) // a bytes.Buffer takes all
	for _, row := range list.Rows {
		w.Write([]string{row.Text.V, row.Translation.V, row.File.V})
	}
	w.Flush()
	return b.Bytes()
}

// rows writes a table again with another text in some cells, each row on its line, with
// or without the notes above and below it. ok is false where it would not be read as the
// table is.
func rows(file string, data []byte, o table.Options, noted bool, cell func(column int, c table.Cell) string) (made []byte, ok bool) {
	t, problems := table.Read(file, data, o)
	if problems.Errors() > 0 {
		return nil, false
	}
	if !noted {
		month := load.Month(t.Above)
		if t.Above, t.Below = nil, nil; !month.IsZero() && bureau.KindAt(file) == bureau.MattersKind {
			t.Above = []table.Cell{{Text: month.Text, Line: 1, Column: 1}}
		}
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // so that it is UTF-8 whatever its descriptor says
	w := csv.NewWriter(&b)
	line, counted := 1, 0
	put := func(at uint32, cells []string) {
		line += bytes.Count(b.Bytes()[counted:], []byte("\n"))
		for ; line < int(at); line++ {
			b.WriteByte('\n')
		}
		counted = b.Len()
		w.Write(cells) // a bytes.Buffer takes all
		w.Flush()
	}
	notes := func(cells []table.Cell) {
		for len(cells) > 0 {
			n := 1
			for n < len(cells) && cells[n].Line == cells[0].Line {
				n++
			}
			var texts []string
			for _, c := range cells[:n] {
				texts = append(texts, c.Text)
			}
			put(cells[0].Line, texts)
			cells = cells[n:]
		}
	}
	want, count := maphash.Hash{}, 0 // of all cells, for a table may be very large
	values := make([]string, len(t.Header))
	sum := func(h *maphash.Hash, text string) {
		h.WriteString(text)
		h.WriteByte(0) // which no cell holds: it is a control character
	}
	notes(t.Above)
	for _, row := range t.Head {
		var header []string
		for _, c := range row {
			header = append(header, c.Text)
		}
		put(row[0].Line, header)
	}
	for i := range t.Rows() {
		for column, c := range t.Row(i) {
			values[column] = cell(column, c)
			sum(&want, values[column])
		}
		count += len(values)
		put(t.Row(i)[0].Line, values)
	}
	notes(t.Below)
	o.Encoding, t.Columns = bureau.String{}, nil // a table may be very large
	again, problems := table.Read(file, b.Bytes(), o)
	same := func(x table.Cell, y table.Cell) bool { return x.Text == y.Text }
	var got maphash.Hash
	got.SetSeed(want.Seed())
	for i := range again.Rows() {
		for c := range again.Columns {
			sum(&got, again.Cell(i, c).Text)
		}
	}
	ok = problems.Errors() == 0 && slices.EqualFunc(again.Header, t.Header, same) &&
		slices.EqualFunc(again.Above, t.Above, same) && slices.EqualFunc(again.Below, t.Below, same) &&
		again.Rows()*len(again.Columns) == count && got.Sum64() == want.Sum64()
	return b.Bytes(), ok
}
