package ledger

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// textOf writes a figure as staff would: its digits, its markers, and the word
// that qualifies it.
func textOf(f bureau.Figure) string {
	if !f.Has() {
		return cmp.Or((f.Status & bureau.Instead).String(), bureau.NotAvailable.String())
	}
	digits := strconv.FormatFloat(f.Number, 'f', -1, 64)
	switch f.Qualifier {
	case bureau.About, bureau.Nearly, bureau.LessThan:
		digits = f.Qualifier.String() + digits
	default:
		digits += f.Qualifier.String()
	}
	return digits + f.Status.String()
}

// Release records what the bureau publishes now under a label, with the files of its
// site, and gives the files that are to be written, in that order: the tables, the
// record, the head of the log, signed with the key.
func Release(b *bureau.Bureau, label string, date period.Date, site []bureau.File, key *Key) ([]bureau.File, error) {
	tables, stored := tablesOf(b, site)
	record, err := record(b, label, date, addressesOf(b, site), tables)
	if err != nil {
		return nil, err
	}
	entries := append(entriesOf(b.Releases), record.Bytes)
	head := bureau.File{Path: bureau.HeadKind.File(), Bytes: []byte(key.Sign(HeadOf(entries).Text()))}
	return append(stored, record, head), nil
}

// record writes what is published now as the file of a release.
func record(b *bureau.Bureau, label string, date period.Date, addresses []string, tables []bureau.RecordedTable) (bureau.File, error) {
	h := bureau.Record{Format: bureau.RecordFormat, Label: label, Date: date}
	before := map[string]*bureau.Vintage{}
	if n := len(b.Releases); n > 0 {
		last := b.Releases[n-1]
		h.Since, h.SinceSHA256 = last.Label, last.SHA256
		for _, v := range last.Statistics {
			before[v.Name] = v
		}
	}
	written := intervals{}
	var rest bytes.Buffer
	line := func(v any, end string) error {
		text, err := json.Marshal(v)
		rest.Write(text)
		rest.WriteString(end)
		return err
	}
	text, err := json.Marshal(h)
	if err != nil {
		return bureau.File{}, err
	}
	rest.Write(bytes.TrimSuffix(bytes.TrimPrefix(text, []byte("{")), []byte("}")))
	rest.WriteString(",\n\"statistics\":[")
	separator := "\n"
	for _, s := range b.Statistics {
		now := vintageOf(s, written)
		e, changed := diff(before[s.Name], now)
		delete(before, s.Name)
		if !changed {
			continue
		}
		rest.WriteString(separator)
		separator = ",\n"
		if err := line(e, ""); err != nil {
			return bureau.File{}, err
		}
	}
	gone := make([]string, 0, len(before))
	for name := range before {
		gone = append(gone, name)
	}
	slices.Sort(gone)
	rest.WriteString("\n],\n\"gone\":")
	if err := line(gone, ""); err != nil {
		return bureau.File{}, err
	}
	if err := cmp.Or(
		list("statements", changedStatements(b), line, &rest),
		list("addresses", addresses, line, &rest),
		list("tables", tables, line, &rest),
	); err != nil {
		return bureau.File{}, err
	}
	rest.WriteString(",\n\"inputs_sha256\":")
	if err := line(inputs(b), "}\n"); err != nil {
		return bureau.File{}, err
	}
	file := slices.Concat([]byte(bureau.RecordHead+bureau.RecordHash(rest.Bytes())+bureau.RecordTail+"\n"), rest.Bytes())
	return bureau.File{Path: Path(label), Bytes: file}, nil
}

// list writes a list of a record, a line an item.
func list[T any](name string, items []T, line func(any, string) error, rest *bytes.Buffer) error {
	rest.WriteString(",\n\"" + name + "\":[")
	for i, item := range items {
		if i > 0 {
			rest.WriteByte(',')
		}
		rest.WriteByte('\n')
		if err := line(item, ""); err != nil {
			return err
		}
	}
	rest.WriteString("\n]")
	return nil
}

// inputs gives one hash for all that the publication was made from, releases apart.
func inputs(b *bureau.Bureau) string {
	sum := sha256.New()
	for _, in := range b.Inputs {
		if kind := bureau.KindAt(in.Path); kind != bureau.ReleaseKind && kind != bureau.HeadKind && kind != bureau.TableKind {
			fmt.Fprintf(sum, "%s %s\n", in.SHA256, in.Path)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Current tells whether the last release was made from what the bureau holds now.
func Current(b *bureau.Bureau) bool {
	if len(b.Releases) == 0 {
		return false
	}
	var last bureau.Record
	err := json.Unmarshal(b.Releases[len(b.Releases)-1].Record, &last)
	return err == nil && last.Inputs == inputs(b)
}

// Path is the file of a release, from the bureau's folder.
func Path(label string) string { return bureau.ReleaseKind.File(label) }

// diff gives what changed from one vintage to the next; before may be nil.
func diff(before, now *bureau.Vintage) (bureau.RecordedStatistic, bool) {
	e := bureau.RecordedStatistic{Name: now.Name}
	rows := now.Rows
	if before == nil || !sameDefinition(before, now) {
		e.Definition = &bureau.Definition{Title: now.Title, Description: now.Description, Frequency: now.Frequency, Keys: now.Keys, Measures: now.Measures}
	} else {
		old := make(map[string]*bureau.VintageRow, len(before.Rows))
		for _, r := range before.Rows {
			old[r.Key] = r
		}
		rows = nil
		for _, r := range now.Rows {
			if o := old[r.Key]; o == nil || !slices.EqualFunc(o.Figures, r.Figures, identical) {
				rows = append(rows, r)
			}
			delete(old, r.Key)
		}
		for _, r := range before.Rows {
			if old[r.Key] != nil {
				e.Gone = append(e.Gone, r.Key)
			}
		}
	}
	if e.Definition == nil && len(rows)+len(e.Gone) == 0 {
		return e, false
	}
	e.Periods = make([]string, len(rows))
	e.Categories = make([][]string, len(now.Keys))
	e.Figures = make([]bureau.RecordedFigures, len(now.Measures))
	for i := range e.Categories {
		e.Categories[i] = make([]string, len(rows))
	}
	for i := range e.Figures {
		e.Figures[i] = make(bureau.RecordedFigures, len(rows))
	}
	for i, r := range rows {
		e.Periods[i] = r.Interval
		for k, text := range r.Categories {
			e.Categories[k][i] = text
		}
		for m, f := range r.Figures {
			e.Figures[m][i] = f
		}
	}
	return e, true
}

// identical tells whether two figures are written the same.
func identical(f, g bureau.Figure) bool {
	return f.Status == g.Status && f.Same(g)
}

func sameDefinition(a, b *bureau.Vintage) bool {
	return a.Title == b.Title && a.Description == b.Description && a.Frequency == b.Frequency &&
		slices.Equal(a.Keys, b.Keys) && slices.Equal(a.Measures, b.Measures)
}

// Releases makes of the records of a bureau what stood on its site at each of
// them. Where one of them cannot be relied on there are none, and no revisions:
// what is held against a part of them would be reported falsely.
func Releases(b *bureau.Bureau) problem.List {
	problems := Chain(b)
	problems.Add(tables(b, b.Releases))
	return problems
}

// Chain does what Releases does, without the tables.
func Chain(b *bureau.Bureau) problem.List {
	var problems problem.List
	var whole []*bureau.Record
	for _, r := range b.Records {
		if r != nil && sound(r, &problems) {
			whole = append(whole, r)
		}
	}
	releases, published, more := chain(whole)
	problems.Add(more)
	if len(releases) < len(b.Records) {
		releases, published, b.Revisions = nil, bureau.Published{}, nil
	} else {
		problems.Add(headed(b, releases))
	}
	b.Records, b.Releases, b.Published = nil, releases, published
	return problems
}

// Forget makes a bureau that was just loaded one in which the last release, recorded
// under a label, was never made.
func Forget(b *bureau.Bureau, label string) {
	b.Records = slices.DeleteFunc(b.Records, func(r *bureau.Record) bool { return r != nil && r.Label == label })
	releases, _, _ := chain(slices.DeleteFunc(slices.Clone(b.Records), func(r *bureau.Record) bool { return r == nil }))
	switch {
	case len(b.Records) == 0:
		b.Head = nil
	case b.Head != nil:
		b.Head = &bureau.Head{File: b.Head.File, Text: HeadOf(entriesOf(releases)).Text()}
	}
}

// sound holds a record against the hash and the name that it was written under.
func sound(r *bureau.Record, problems *problem.List) bool {
	at := problem.Position{File: r.File, Line: 1}
	switch {
	case r.Stated != r.SHA256:
		problems.Error(at, problem.ReleaseEdited, problem.Say("这份发布记录被改动过，与第一行的校验值不符", "the record was edited after it was written: the hash in its first line does not match"),
			problem.Say("用备份或版本库里的原文件恢复；改正数值要改 data/stats/ 里的表，并在 data/revisions.csv 写明原因", "restore the file from a backup or the repository; correct figures in data/stats/ and give the reason in data/revisions.csv"))
		return false
	case Path(r.Label) != r.File:
		problems.Error(at, problem.ReleaseLabel, problem.Say("记录里的名称是“%s”，与文件名不符", `the record is of the release "%s", which is not its file name`, problem.Quote(r.Label)),
			problem.Say("把文件名改回 %s.json", "rename it back to %s.json", problem.Quote(r.Label)))
		return false
	}
	return true
}

// chain puts the records in the order of their making, each with all that stood
// on the site then. A release whose predecessor is missing, was replaced, or has
// another successor ends the chain with a problem.
func chain(records []*bureau.Record) ([]bureau.Release, bureau.Published, problem.List) {
	var problems problem.List
	next := map[string]*bureau.Record{}
	for _, r := range records {
		if other := next[r.Since]; other != nil {
			message := problem.Say("与 %s 都接在“%s”之后", `it follows "%[2]s", and so does %[1]s`, other.File, r.Since)
			if r.Since == "" {
				message = problem.Say("与 %s 都写成第一次发布", "it is a first release, and so is %s", other.File)
			}
			problems.Error(problem.Position{File: r.File, Line: 2}, problem.ReleaseChain, message,
				problem.Say("只留先公开的那一份，删去另一份，再运行 sunshine release", "keep the one that was public first, delete the other, and run sunshine release again"))
			continue
		}
		next[r.Since] = r
	}
	var releases []bureau.Release
	linked := map[*bureau.Record]bool{}
	current := map[string]*bureau.Vintage{}
	statements, addresses := said{at: map[bureau.Statement]int{}}, []string(nil)
	for r := next[""]; r != nil && !linked[r]; r = next[r.Label] {
		linked[r] = true
		if n := len(releases); n > 0 && r.SinceSHA256 != releases[n-1].SHA256 {
			problems.Error(problem.Position{File: releases[n-1].File, Line: 1}, problem.ReleaseEdited,
				problem.Say("这份发布记录被换过，与“%s”中的校验值不符", "the record was replaced: it does not match the hash in %s", r.File),
				problem.Say("用备份或版本库里的原文件恢复", "restore the file from a backup or the repository"))
			return releases, bureau.Published{}, problems
		}
		if err := apply(r, current); err != nil {
			problems.Error(problem.Position{File: r.File, Line: 1}, problem.ReleaseFormat, problem.Say("这份发布记录读不懂：%s", "the record cannot be read: %s", problem.Quote(err.Error())),
				problem.Say("用备份或版本库里的原文件恢复", "restore the file from a backup or the repository"))
			return releases, bureau.Published{}, problems
		}
		statements.record(r)
		addresses = append(addresses, r.Addresses...)
		release := bureau.Release{Label: r.Label, File: r.File, SHA256: r.SHA256, Date: r.Date, Tables: r.Tables, Record: r.Bytes}
		for _, v := range current {
			release.Statistics = append(release.Statistics, v)
		}
		slices.SortFunc(release.Statistics, func(a, b *bureau.Vintage) int { return cmp.Compare(a.Name, b.Name) })
		releases = append(releases, release)
	}
	for _, r := range records {
		if !linked[r] && next[r.Since] == r {
			problems.Error(problem.Position{File: r.File, Line: 2}, problem.ReleaseChain,
				problem.Say("接在“%s”之后，而那一份不在 data/releases/ 里", `it follows the release "%s", which is not in data/releases/`, problem.Quote(r.Since)),
				problem.Say("用备份或版本库里的原文件，把缺少的放回来", "restore the missing file from a backup or the repository"))
		}
	}
	return releases, bureau.Published{Statements: statements.all, Addresses: addresses}, problems
}

// apply brings the vintages of the release before up to this one.
func apply(r *bureau.Record, current map[string]*bureau.Vintage) error {
	for _, name := range r.Gone {
		delete(current, name)
	}
	for _, e := range r.Statistics {
		before := current[e.Name]
		switch {
		case e.Definition != nil:
			d := e.Definition
			before = &bureau.Vintage{Name: e.Name, Title: d.Title, Description: d.Description, Frequency: d.Frequency, Keys: d.Keys, Measures: d.Measures}
		case before == nil:
			return fmt.Errorf("%s has no definition", problem.Quote(e.Name))
		case len(e.Categories) != len(before.Keys) || len(e.Figures) != len(before.Measures):
			return fmt.Errorf("%s has other columns than before", problem.Quote(e.Name))
		}
		v, err := onto(&e, before)
		if err != nil {
			return err
		}
		current[e.Name] = v
	}
	return nil
}

// onto gives a copy of a vintage with the rows of the entry in it: those that
// changed in their old place, those that are new at the end.
func onto(e *bureau.RecordedStatistic, before *bureau.Vintage) (*bureau.Vintage, error) {
	rows := make([]bureau.VintageRow, len(e.Periods))
	figures := make([]bureau.Figure, len(rows)*len(e.Figures))
	categories := make([]string, len(rows)*len(e.Categories))
	changed := make(map[string]*bureau.VintageRow, len(rows)+len(e.Gone))
	for i, interval := range e.Periods {
		r := &rows[i]
		r.Interval, r.Period = interval, parseInterval(interval)
		r.Figures, figures = figures[:len(e.Figures):len(e.Figures)], figures[len(e.Figures):]
		r.Categories, categories = categories[:len(e.Categories):len(e.Categories)], categories[len(e.Categories):]
		for m := range e.Figures {
			r.Figures[m] = e.Figures[m][i]
		}
		for k := range e.Categories {
			r.Categories[k] = e.Categories[k][i]
		}
		r.Key = rowKey(interval, r.Categories)
		if changed[r.Key] != nil {
			return nil, fmt.Errorf("%s has a row twice", problem.Quote(e.Name))
		}
		changed[r.Key] = r
	}
	for _, key := range e.Gone {
		changed[key] = nil
	}
	v := *before
	v.Rows = make([]*bureau.VintageRow, 0, len(before.Rows)+len(rows))
	for _, old := range before.Rows {
		r, found := changed[old.Key]
		switch {
		case !found:
			v.Rows = append(v.Rows, old)
		case r != nil:
			v.Rows = append(v.Rows, r)
			delete(changed, old.Key)
		}
	}
	for i := range rows {
		if changed[rows[i].Key] != nil {
			v.Rows = append(v.Rows, &rows[i])
		}
	}
	return &v, nil
}
