package desk

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/site/text"
	"sunshine/site/yaml"
)

// form is a file as a form of its keys.
type form struct {
	File    string
	Origin  string // the file that the form was made from, in base64
	Text    string // where it is edited as it stands
	Whole   string // where it is replaced, renamed or taken away; empty where it stays
	Saved   bool
	Same    bool // it was sent without any change
	Wrong   int  // how many values were not taken
	Faults  []shown
	Fields  []input // that the file has
	Further []input // that it may have, too
	Prose   bool    // a text stands below the keys
	Body    string
	Line    int // of the file on which the text begins
	At      int // the line of the text that the reader came for; 0 for none
	Below   []shown
	Look    string // the address of its page in the preview; empty where there is none
}

// input is one key of a form.
type input struct {
	key
	Path     string
	Value    string   // as it is sent, a line each where there are several
	Was      string   // as the file has it
	Sent     bool     // it is in the form that was sent
	Fixed    bool     // a list with a text of several lines, which a line each cannot hold
	Options  []option // that it takes; nil for any text
	Lines    bool     // it has room for several lines
	Fields   []input  // of an object, those that it has
	Further  []input
	Items    []input // of a list of objects
	Next     string  // the path that one more would have
	Gone     bool    // it is to be taken out
	Fresh    bool    // the file does not have it yet
	Number   int     // among its list, from 1
	Summary  string  // what names an entry
	Problems []shown
	Here     bool // the reader came for it
	Open     bool
	line     int
	column   int
}

type option struct {
	Value, Name string
	Chosen      bool
}

// frontOf tells where the keys of a file stand in it, and where the text below them begins;
// prose is false where it holds keys alone.
func frontOf(file string, data []byte) (from, to, body int, prose, ok bool) {
	if path.Ext(file) != ".md" {
		return 0, len(data), len(data), false, true
	}
	mark := 0
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		mark = len("\ufeff")
	}
	from, to, body, ok = load.Parts(data[mark:])
	return from + mark, to + mark, body + mark, true, ok
}

// utf8Name is the encoding of files that have a form.
const utf8Name = "UTF-8"

// noKeys is a document that begins.
const noKeys = "---\n---\n"

// sent is a form that came back.
type sent struct {
	values map[string][]string
	gone   []string
	counts map[string]int // of the entries of lists
}

// making makes the fields of a form.
type making struct {
	*desk
	says  map[string]yaml.Said
	sent  *sent
	wrong map[string]shown // why a value is not taken, by path
}

// fields makes the fields of an object at a path: those that it has, and those that it
// may have, too.
func (m *making) fields(keys []key, prefix string) (has, may []input) {
	for _, k := range keys {
		f := m.field(k, prefix+k.Name)
		if f.Open || f.Value != "" || f.Was != "" {
			has = append(has, f)
		} else {
			may = append(may, f)
		}
	}
	return has, may
}

func (m *making) field(k key, at string) input {
	said, there := m.says[at]
	f := input{key: k, Path: at, Was: said.Text, line: said.Line, column: said.Column, Open: there}
	if w, is := m.wrong[at]; is {
		f.Problems, f.Open = append(f.Problems, w), true
	}
	count := 0 // of the entries that the file has
	for k.Several {
		if _, more := m.says[at+"["+strconv.Itoa(count)+"]"]; !more {
			break
		}
		count++
	}
	switch {
	case k.Kind == "object" && k.Several:
		all := count
		if m.sent != nil {
			all = max(all, m.sent.counts[at])
		}
		for i := range all {
			item := input{key: k, Path: at + "[" + strconv.Itoa(i) + "]", Number: i + 1, Fresh: i >= count, Open: true}
			if said, there := m.says[item.Path]; there {
				item.line, item.column = said.Line, said.Column
			}
			item.Fields, item.Further = m.fields(k.Below, item.Path+".")
			if item.Fresh && len(item.Fields) == 0 {
				item.Fields, item.Further = item.Further, nil
			}
			item.Gone = m.sent != nil && slices.Contains(m.sent.gone, item.Path)
			for _, f := range item.Fields {
				if f.Kind == "string" && f.Value != "" && item.Summary == "" {
					item.Summary = strings.ReplaceAll(f.Value, "\n", "、")
				}
			}
			f.Items = append(f.Items, item)
		}
		f.Next, f.Open = at+"["+strconv.Itoa(all)+"]", f.Open || all > 0
		return f
	case k.Kind == "object":
		f.Fields, f.Further = m.fields(k.Below, at+".")
		f.Open = f.Open || len(f.Fields) > 0
		return f
	}
	values := textsOf(f.Was, false)
	if f.Was = values[0]; k.Several {
		values = nil
		for i := range count {
			values = append(values, textsOf(m.says[at+"["+strconv.Itoa(i)+"]"].Text, false)...)
		}
		f.Was = strings.Join(values, "\n")
		f.Fixed = slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, "\n") })
	}
	if m.sent != nil {
		var posted []string
		if posted, f.Sent = m.sent.values[at]; f.Sent && !f.Fixed {
			before := values
			values = textsOf(strings.Join(posted, "\n"), k.Several)
			if k.Words != nil { // boxes come in the order of the list, not of the file
				slices.SortStableFunc(values, func(a, b string) int { return cmp.Compare(rank(before, a), rank(before, b)) })
			}
		}
	}
	f.Value = strings.Join(values, "\n")
	f.Lines = k.Long || k.Several || strings.Contains(f.Value, "\n") || len([]rune(f.Value)) > shortText
	switch {
	case k.Words != nil:
		for _, w := range k.Words {
			f.Options = append(f.Options, option{w.ID, problem.Text{ZH: w.ZH, EN: w.ID}.In(m.Language), slices.Contains(values, w.ID)})
		}
		for _, value := range values {
			if value != "" && k.Words.Index(value) < 0 {
				f.Options = append(f.Options, option{value, value, true}) // to be seen, and changed
			}
		}
	case k.Kind == "boolean":
		f.Options = []option{{"true", m.say("是", "yes"), f.Value == "true"}, {"false", m.say("否", "no"), f.Value == "false"}}
		if f.Value != "" && f.Value != "true" && f.Value != "false" {
			f.Options = append(f.Options, option{f.Value, f.Value, true})
		}
	}
	return f
}

// rank is where a text stands in a list, or behind it.
func rank(list []string, text string) int {
	if i := slices.Index(list, text); i >= 0 {
		return i
	}
	return len(list)
}

// shortText is how many characters a text has that fits into one line of a form.
const shortText = 40

// textsOf takes the texts apart that a form sent, or one text with its lines.
func textsOf(text string, several bool) []string {
	text = strings.TrimSpace(lined(text))
	if !several {
		return []string{text}
	}
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// change is what a form does to a file.
type change struct {
	of    any
	front []byte
	wrong map[string]shown
	gone  []string
	fault func(*problem.Fault) shown
}

// apply writes what was sent into the keys, each under the path that it has by now.
func (c *change) apply(fields []input, from, to string) {
	for _, f := range fields {
		at := to + strings.TrimPrefix(f.Path, from)
		switch {
		case f.Kind == "object" && f.Several:
			next := 0
			for _, item := range f.Items {
				switch {
				case item.Gone && item.Fresh:
				case item.Gone, !item.Fresh && emptied(item, false) && !emptied(item, true):
					c.gone = append(c.gone, item.Path)
					next++
				case !item.Fresh:
					c.apply(slices.Concat(item.Fields, item.Further), item.Path, item.Path)
					next++
				case !emptied(item, false):
					into := at + "[" + strconv.Itoa(next) + "]"
					c.apply(slices.Concat(item.Fields, item.Further), item.Path, into)
					next++
				}
			}
		case f.Kind == "object":
			c.apply(slices.Concat(f.Fields, f.Further), from, to)
		case !f.Sent || f.Value == f.Was:
		default:
			var front []byte
			var fault *problem.Fault
			switch {
			case f.Value == "":
				front, fault = yaml.Remove(c.front, c.of, at)
			case f.Several:
				front, fault = yaml.Set(c.front, c.of, at, strings.Split(f.Value, "\n")...)
			default:
				front, fault = yaml.Set(c.front, c.of, at, f.Value)
			}
			if fault != nil {
				c.wrong[f.Path] = c.fault(fault)
				continue
			}
			c.front = front
		}
	}
}

// emptied tells whether an entry holds nothing, or held nothing before.
func emptied(item input, before bool) bool {
	empty := true
	var look func([]input)
	look = func(fields []input) {
		for _, f := range fields {
			if f.Kind == "object" {
				look(f.Fields)
				look(f.Further)
				for _, i := range f.Items {
					look(i.Fields)
					look(i.Further)
				}
			} else if !before && f.Value != "" || before && f.Was != "" {
				empty = false
			}
		}
	}
	look(item.Fields)
	look(item.Further)
	return empty
}

// formAt is the address of a place in the form of a file.
func formAt(at problem.Position) string {
	to := "/form?file=" + url.QueryEscape(at.File)
	if at.Line > 0 {
		to += "&line=" + strconv.Itoa(at.Line) + "&column=" + strconv.Itoa(at.Column) + "#here"
	}
	return to
}

// form shows a file as a form of its keys.
func (d *desk) form(w http.ResponseWriter, r *http.Request) {
	t, err := d.Work.Text(r.Context(), r.FormValue("file"))
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	if !t.There && Made(t.File) && r.FormValue("new") == "" {
		back(w, r, placeAt(t.File)) // it need not be written from nothing
		return
	}
	f, fault := d.formOf(t.File, t.Bytes, nil, nil)
	if fault != nil {
		e := d.editingOf(r, t)
		e.Form = ""
		e.because(d, fault)
		d.showText(w, r, e)
		return
	}
	f.Saved, f.Same = r.FormValue("saved") != "", r.FormValue("same") != ""
	line, _ := strconv.Atoi(r.FormValue("line"))
	column, _ := strconv.Atoi(r.FormValue("column"))
	problems, err := d.found(r.Context(), f.Saved)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	f.told(d, problems, line, column, r.FormValue("key"))
	d.showForm(w, http.StatusOK, f)
}

// showForm answers with a form, under the title of what it is of.
func (d *desk) showForm(w http.ResponseWriter, status int, f form) {
	title := f.File
	for _, one := range f.Fields {
		if one.Path == "title" && one.Was != "" {
			title = one.Was
		}
	}
	d.show(w, status, "/mend", "form.html", title, f)
}

// formOf makes the form of a file, with what was sent of it.
func (d *desk) formOf(file string, data []byte, s *sent, wrong map[string]shown) (form, *problem.Fault) {
	kind := bureau.KindAt(file)
	of, has := forms[kind]
	if !has {
		return form{}, problem.Refuse(problem.Say("这种文件没有表单", "this kind of file has no form"), problem.Say("在原文里改", "edit its text"))
	}
	if !returns(data) { // a text below the keys, too
		return form{}, problem.Refuse(problem.Say("这个文件不是UTF-8文字，或者里面有空字节，不能用表单", "this file is no UTF-8 text, or holds a NUL, so there is no form"),
			problem.Say("用记事本打开，另存为UTF-8编码", "open it in an editor and save it as UTF-8"))
	}
	origin := data
	if len(data) == 0 && path.Ext(file) == ".md" {
		data = []byte(noKeys)
	}
	from, to, body, prose, ok := frontOf(file, data)
	if !ok {
		return form{}, problem.Refuse(problem.Say("文件开头没有写在两行“---”之间的键值部分，不能用表单", "the file does not begin with keys between two lines \"---\", so there is no form"),
			problem.Say("在第一行写“---”，每行写一个“键: 值”，再写一行“---”", "write --- on the first line, then lines of \"key: value\", then --- again"))
	}
	says, fault := yaml.Says(data[from:to], of)
	if fault != nil {
		return form{}, fault
	}
	above := bytes.Count(data[:from], []byte("\n"))
	for at, said := range says {
		said.Line += above
		says[at] = said
	}
	m := making{d, says, s, wrong}
	f := form{File: file, Origin: base64.StdEncoding.EncodeToString(origin), Text: "/edit?file=" + url.QueryEscape(file), Whole: wholeOf(Text{File: file, There: len(origin) > 0}), Prose: prose}
	f.Fields, f.Further = m.fields(keysOf(kind, d.Language), "")
	if prose {
		f.Body, f.Line = string(data[body:]), bytes.Count(data[:body], []byte("\n"))+1
	}
	if d.Preview != "" {
		f.Look = strings.TrimSuffix(d.Preview, "/") + "/" + pageOf(file, says)
	}
	return f, nil
}

// pageOf gives the address, from the site's root, of the page that a file makes.
func pageOf(file string, says map[string]yaml.Said) string {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	language := locale.Suffix(base)
	name := text.Slug(strings.TrimSuffix(base, "."+language))
	if language != "" {
		language += "/"
	}
	page := bureau.HomePage
	switch bureau.KindAt(file) {
	case bureau.GuideKind:
		area := says["area"].Text
		if area == "" {
			area = path.Base(path.Dir(file))
		}
		page = bureau.GuidePage(area, name)
	case bureau.NoticeKind:
		page = bureau.NoticePage(name)
	case bureau.PageKind:
		page = bureau.FreePage(name)
	case bureau.PolicyKind:
		page = (&bureau.Policy{Name: name}).Page()
	case bureau.StatisticDescriptorKind:
		language, page = "", bureau.StatisticPage(name)
	case bureau.RegisterDescriptorKind:
		language, page = "", bureau.RegisterPage(name)
	default:
		language = ""
	}
	u := url.URL{Path: language + strings.TrimSuffix(page, "index.html")}
	return u.EscapedPath()
}

// told puts problems at their fields, and opens what the reader came for.
func (f *form) told(d *desk, problems problem.List, line, column int, key string) {
	var leaves []*input
	var walk func([]input)
	walk = func(fields []input) {
		for i := range fields {
			if fields[i].line > 0 && (fields[i].Kind != "object" || fields[i].Number > 0 || len(fields[i].Items) == 0) {
				leaves = append(leaves, &fields[i])
			}
			walk(fields[i].Fields)
			walk(fields[i].Further)
			walk(fields[i].Items)
		}
	}
	walk(f.Fields)
	walk(f.Further)
	// nearest is the field that a place is in: the last that begins before it.
	nearest := func(line, column int) *input {
		var best *input
		for _, one := range leaves {
			switch {
			case one.line > line:
			case one.line == line && column > 0 && one.column > column:
				if best == nil || best.line < line { // a key stands before its value
					best = one
				}
			case best == nil || one.line > best.line || one.line == best.line && (best.column > column && column > 0 || one.column >= best.column):
				best = one
			}
		}
		return best
	}
	named := func(key string) *input { // what is not in the file at all
		for _, list := range [][]input{f.Fields, f.Further} {
			for i := range list {
				if list[i].Path == key {
					return &list[i]
				}
			}
		}
		return nil
	}
	for i, p := range problems {
		if p.File != f.File {
			continue
		}
		s := d.shownOf(problems[i : i+1])[0]
		s.Edit, s.Cure = "", nil // a button here would lose what is typed
		switch to := named(missing(p)); {
		case p.Line <= 1 && to != nil:
			to.Problems, to.Open = append(to.Problems, s), true
		case f.Prose && p.Line >= f.Line:
			f.Below = append(f.Below, s)
		case p.Line <= 1 || p.Rule == problem.YAMLKey:
			if p.Line > 0 {
				s.Edit = textAt(p.File, p.Line) // no form has such a key
			}
			f.Faults = append(f.Faults, s)
		default:
			if to = nearest(p.Line, p.Column); to != nil {
				to.Problems, to.Open = append(to.Problems, s), true
			} else {
				f.Faults = append(f.Faults, s)
			}
		}
	}
	if to := named(key); to != nil {
		to.Here = true
	}
	if line > 0 {
		if f.Prose && line >= f.Line {
			f.At = line - f.Line + 1
		} else if to := nearest(line, column); to != nil {
			to.Here = true
		}
	}
	// What was missing may have become one that is shown with the others.
	f.Fields, f.Further, _ = opened(f.Fields, f.Further)
}

// opened moves what is to be seen up to the fields that the file has, and opens what it
// stands in.
func opened(has, may []input) (all, left []input, any bool) {
	seen := func(f input) (input, bool) {
		var below bool
		f.Fields, f.Further, below = opened(f.Fields, f.Further)
		var entries bool
		f.Items, _, entries = opened(f.Items, nil)
		here := f.Here || len(f.Problems) > 0 || below || entries
		f.Open = f.Open || here
		return f, here
	}
	for _, f := range has {
		f, here := seen(f)
		all, any = append(all, f), any || here
	}
	for _, f := range may {
		if f, here := seen(f); here {
			all, any = append(all, f), true
		} else {
			left = append(left, f)
		}
	}
	return all, left, any
}

// saveForm writes what was sent of a form into its file, and nothing else.
func (d *desk) saveForm(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.failed(w, "/mend", errForm)
		return
	}
	file := r.PostFormValue("file")
	origin, err := base64.StdEncoding.DecodeString(r.PostFormValue("origin"))
	if err != nil {
		d.failed(w, "/mend", errForm)
		return
	}
	s := &sent{values: map[string][]string{}, gone: r.PostForm["gone"], counts: map[string]int{}}
	var strangers []string
	keys := keysOf(bureau.KindAt(file), d.Language)
	for name, values := range r.PostForm {
		at, is := strings.CutPrefix(name, "k.")
		list, counts := strings.CutPrefix(name, "n.")
		switch {
		case is && known(keys, at):
			s.values[at] = values
		case counts && known(keys, list):
			n, _ := strconv.Atoi(values[0])
			s.counts[list] = min(max(n, 0), maxEntries)
		case is || counts:
			strangers = append(strangers, strings.TrimPrefix(strings.TrimPrefix(name, "k."), "n."))
		}
	}
	act, at, _ := strings.Cut(r.PostFormValue("do"), ":")
	switch act {
	case "add":
		if known(keys, at) {
			s.counts[at] = min(s.counts[at]+1, maxEntries)
		}
	case "drop":
		s.gone = append(s.gone, at)
	case "keep":
		s.gone = slices.DeleteFunc(s.gone, func(one string) bool { return one == at })
	}
	f, fault := d.formOf(file, origin, s, nil)
	if fault != nil || len(strangers) > 0 {
		if fault == nil {
			slices.Sort(strangers)
			fault = problem.Refuse(problem.Say("没有名为“%s”的键，没有保存", "there is no key \"%s\"; nothing was saved", problem.Quote(strangers[0])), problem.Say("照说明里的键填写", "use the keys that are explained"))
		}
		t, err := d.Work.Text(r.Context(), file)
		if err != nil {
			d.failed(w, "/mend", err)
			return
		}
		e := d.editingOf(r, t)
		e.because(d, fault)
		d.show(w, http.StatusUnprocessableEntity, "/mend", "edit.html", t.File, e)
		return
	}
	prose, written := r.PostForm["body"]
	if f.Prose && written {
		f.Body = strings.ReplaceAll(prose[0], "\r\n", "\n")
	}
	if act != "save" && act != "" {
		problems, err := d.found(r.Context(), false)
		if err != nil {
			d.failed(w, "/mend", err)
			return
		}
		f.told(d, problems, 0, 0, "")
		d.showForm(w, http.StatusOK, f)
		return
	}
	data, wrong := d.applied(file, origin, f, written)
	if len(wrong) > 0 {
		again, _ := d.formOf(file, origin, s, wrong)
		again.Body, again.Wrong = f.Body, len(wrong)
		again.Fields, again.Further, _ = opened(again.Fields, again.Further)
		d.showForm(w, http.StatusUnprocessableEntity, again)
		return
	}
	was := ""
	if len(origin) > 0 {
		was = bureau.SHA256(origin)
	}
	t, err := d.Work.Text(r.Context(), file)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	d.put(w, r, t, was, data, "/form")
}

// applied gives a file with what a form says, or why it is not taken.
func (d *desk) applied(file string, origin []byte, f form, written bool) ([]byte, map[string]shown) {
	if len(origin) == 0 && f.Prose {
		origin = []byte(noKeys)
	}
	from, to, body, _, _ := frontOf(file, origin)
	c := change{of: forms[bureau.KindAt(file)], front: bytes.Clone(origin[from:to]), wrong: map[string]shown{}, fault: func(fault *problem.Fault) shown {
		return shown{Severity: problem.Error.String(), Label: d.say("没有保存", "not saved"), Message: fault.Message.In(d.Language), Hint: fault.Hint.In(d.Language)}
	}}
	c.apply(slices.Concat(f.Fields, f.Further), "", "")
	for _, at := range slices.Backward(c.gone) { // the last first, so that the others stay where they are
		front, fault := yaml.Remove(c.front, c.of, at)
		if fault != nil {
			c.wrong[at] = c.fault(fault)
			continue
		}
		c.front = front
	}
	rest := origin[body:]
	if written {
		rest, _ = relined(rest, f.Body, utf8Name) // which has every character
	}
	return slices.Concat(origin[:from], c.front, origin[to:body], rest), c.wrong
}

// relined writes a text in the place of a file, in its encoding, its lines ending as those
// there; a line that stays the same keeps its bytes. ok is false where the encoding has not
// every character.
func relined(was []byte, now, encoding string) (data []byte, ok bool) {
	old := linesOf(string(was)) // no byte of a longer character ends a line in what is edited here
	eol, crlf := "\n", 0
	for _, line := range old {
		if strings.HasSuffix(line, "\r\n") {
			crlf++
		}
	}
	if crlf*2 > len(old) {
		eol = "\r\n"
	}
	bare := func(line string) string { return strings.TrimRight(line, "\r\n") }
	ended := func(line string) bool { return len(bare(line)) < len(line) }
	lines := linesOf(now)
	for i, line := range lines {
		encoded, fine := text.Encode(bare(line), encoding)
		if !fine {
			return nil, false
		}
		if lines[i] = string(encoded); ended(line) {
			lines[i] += eol
		}
	}
	same := func(a, b string) bool { return bare(a) == bare(b) && ended(a) == ended(b) }
	head := 0
	for head < min(len(old), len(lines)) && same(old[head], lines[head]) {
		lines[head] = old[head]
		head++
	}
	for i := 1; i <= min(len(old), len(lines))-head && same(old[len(old)-i], lines[len(lines)-i]); i++ {
		lines[len(lines)-i] = old[len(old)-i]
	}
	return []byte(strings.Join(lines, "")), true
}

// linesOf parts a text into its lines, each with its end.
func linesOf(text string) (lines []string) {
	for text != "" {
		n := strings.IndexAny(text, "\r\n") + 1
		if n == 0 {
			n = len(text)
		} else if text[n-1] == '\r' && n < len(text) && text[n] == '\n' {
			n++
		}
		lines, text = append(lines, text[:n]), text[n:]
	}
	return lines
}

// put saves a file, and shows what became of it: t is the file as it stands, was the SHA-256
// of the one that the reader saw.
func (d *desk) put(w http.ResponseWriter, r *http.Request, t Text, was string, data []byte, to string) {
	if t.SHA256 == was && bytes.Equal(data, t.Bytes) {
		back(w, r, to+"?same=1&file="+url.QueryEscape(t.File))
		return
	}
	now, saved, err := d.Work.Save(r.Context(), t.File, was, data)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	if saved {
		back(w, r, to+"?saved=1&file="+url.QueryEscape(t.File))
		return
	}
	e := d.editingOf(r, now)
	other := e.Text
	e.Other = &other
	e.Text, _, _ = d.readable(r, Text{File: t.File, Bytes: data})
	d.show(w, http.StatusConflict, "/mend", "edit.html", t.File, e)
}
