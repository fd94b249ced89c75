package privacy

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Guard knows what of a bureau may be published although a detector finds it:
// its official telephone numbers and addresses, by where they stand, and what
// data/privacy.yaml waives.
type Guard struct {
	bureau   *bureau.Bureau
	asOf     period.Date
	domains  []string            // of the bureau's e-mail, in lower case
	official map[key]bool        // values that stand where the bureau says how it is reached
	waivers  map[spot]int        // the waiver of a place
	used     []bool              // for each waiver
	known    map[key]bool        // values that were found in the inputs
	consent  map[string]bool     // files whose persons have agreed to be named
	unread   []bureau.Finding    // what of the inputs was not inspected
	figures  map[string]struct{} // long whole numbers of the statistics; nil: not looked for yet
}

// key is a value under a rule.
type key struct {
	rule  problem.Rule
	value string
}

// spot is a place under a rule.
type spot struct {
	rule        problem.Rule
	file, place string
}

// New makes the guard of a bureau on the day asOf.
func New(b *bureau.Bureau, asOf period.Date) *Guard {
	g := &Guard{
		bureau: b, asOf: asOf, official: map[key]bool{}, waivers: map[spot]int{}, known: map[key]bool{}, consent: map[string]bool{},
		used: make([]bool, len(b.Privacy.Waivers)),
	}
	if u, err := url.Parse(b.Site.BaseURL.V); err == nil && u.Host != "" {
		g.domains = append(g.domains, strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."))
	}
	for _, d := range b.Site.Privacy.EmailDomains {
		g.domains = append(g.domains, strings.ToLower(strings.TrimPrefix(d.V, "@")))
	}
	c, f := b.Site.Contact, b.Site.Footer
	g.allow(c.Phone, c.Email, c.Address, c.Complaint, f.ReportError)
	for _, guide := range b.Guides {
		for _, p := range guide.Places {
			g.allow(p.Phone, p.Address)
		}
		g.allow(guide.Complaint.Phone)
	}
	for _, u := range b.Units {
		g.allow(u.Phone, u.Address)
	}
	for _, n := range b.Notices {
		g.consent[n.File] = n.Consent.V != ""
	}
	for _, p := range b.Policies {
		g.consent[p.File] = p.Consent.V != ""
	}
	for _, p := range b.Pages {
		g.consent[p.File] = p.Consent.V != ""
	}
	for i, w := range b.Privacy.Waivers {
		at := spotOf(w)
		if _, twice := g.waivers[at]; !twice && w.Until.V >= asOf {
			g.waivers[at] = i
		}
	}
	return g
}

func spotOf(w bureau.Waiver) spot {
	return spot{problem.RuleOf(w.Rule.V), w.File.V, strings.ToUpper(w.Place.V)}
}

// allow makes the numbers and addresses of these texts official.
func (g *Guard) allow(texts ...bureau.String) {
	for _, text := range texts {
		if len(text.V) < shortest {
			continue
		}
		for _, h := range Scan([]byte(text.V), "") {
			switch h.Rule {
			case mobile, homeAddress: // an address outside the bureau's domains is asked for everywhere
				g.official[key{h.Rule, h.Value}] = true
			}
		}
	}
}

// passes tells whether a value may be published.
func (g *Guard) passes(rule problem.Rule, value string) bool {
	if among(g.official, key{rule, value}) {
		return true
	}
	if rule == email {
		_, domain, _ := strings.Cut(value, "@")
		for _, d := range g.domains {
			if domain == d || strings.HasSuffix(domain, "."+d) {
				return true
			}
		}
	}
	return false
}

// waived tells whether what stands at a place has a waiver.
func (g *Guard) waived(f bureau.Finding) bool {
	i, is := g.waivers[spot{f.Rule, f.At.File, strings.ToUpper(place(f.At))}]
	if is = is && !f.InName; is {
		g.used[i] = true
	}
	return is
}

// Inputs judges what was found in the inputs, and the notices of penalties.
func (g *Guard) Inputs() problem.List {
	var problems problem.List
	for _, f := range append(g.bureau.Findings, Attachments(g.bureau.Static)...) {
		if f.Rule == notInspected {
			f.Why = problem.Text{ZH: g.redact(f.Why.ZH), EN: g.redact(f.Why.EN)}
			g.unread = append(g.unread, f)
		}
		g.known[key{f.Rule, f.Value}] = f.Rule != notInspected
		if f.Cleared || (f.Rule == personName || f.Rule == consent) && g.consent[f.At.File] || g.passes(f.Rule, f.Value) || g.waived(f) {
			continue
		}
		p := report(f, g.asOf+waiverDays)
		p.File, p.Sheet, p.Cell = g.redact(p.File), g.redact(p.Sheet), g.redact(p.Cell)  // a sheet has a name, too
		p.Message = problem.Text{ZH: g.redact(p.Message.ZH), EN: g.redact(p.Message.EN)} // a part of a document has a name
		p.Hint = problem.Text{ZH: g.redact(p.Hint.ZH), EN: g.redact(p.Hint.EN)}
		problems = append(problems, p)
	}
	problems = append(problems, g.penalties(problems)...)
	refused := map[string]bool{}
	for _, p := range problems {
		refused[p.File] = refused[p.File] || p.Rule == penalty
	}
	problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.Rule == personName && refused[p.File] }) // with the whole
	return brief(problems)
}

// waiverDays is for how many days a waiver is proposed: a year.
const waiverDays = 364

// longestList is how many places of a file are listed for a rule.
const longestList = 10

// brief lists of each rule the first places in a file, and says at the last of them
// how many more there are.
func brief(problems problem.List) problem.List {
	type kind struct {
		rule     problem.Rule
		file     string
		severity problem.Severity
	}
	of := func(p problem.Problem) kind { return kind{p.Rule, p.File, p.Severity} }
	total, listed := map[kind]int{}, map[kind]int{}
	for _, p := range problems {
		total[of(p)]++
	}
	var list problem.List
	for _, p := range problems {
		k := of(p)
		listed[k]++
		if more := total[k] - longestList; more > 0 && listed[k] == longestList {
			p.Message.ZH += fmt.Sprintf("；这个文件里另有%d处，没有逐一列出", more)
			p.Message.EN += fmt.Sprintf("; in this file there are more, not listed: %d", more)
		}
		if listed[k] <= longestList {
			list = append(list, p)
		}
	}
	return list
}

// Unread are the findings of Inputs that name what was not inspected, waived or not.
func (g *Guard) Unread() []bureau.Finding { return g.unread }

// leak is a value in the pages that is in no input.
type leak struct {
	Hit
	at    problem.Position // the first place
	times int
}

// Look looks through one file of the site, as soon as it is made, for what did not come
// through an input that was judged: a template may hold it, or two texts make it
// together. Several goroutines may look at a time, after Inputs, whose findings are not
// reported again. Not scanned are files under static/, which are inputs, scripts of ours,
// and drawings: what a drawing says was scanned as the figures and names that it shows,
// and its scale is computed. drawings are the bytes themselves, so that nothing else can
// pass for one, and the pages are searched as if it were not in them, as check sees them.
func (g *Guard) Look(f bureau.File, drawings Sketches) (seen Sight) {
	if !scanned(f.Path) || drawings.are(f) {
		return nil
	}
	page, cuts := drawings.cut(f.Bytes)
	for _, h := range scan(page, "", isMarkup(f.Path)) {
		if !h.cleared && !g.known[key{h.Rule, h.Value}] && !coordinates(page, h) {
			seen = append(seen, placed{h, at(f, original(cuts, h.Start))})
		}
	}
	return seen
}

// Looker looks through a file of the site as it is written, some lines at a time. It is an
// io.Writer whose writes never fail.
type Looker struct {
	guard  *Guard
	file   string
	rest   []byte // that was not looked through yet, behind what stands beside it
	beside int    // how much of it was
	lines  int    // before the rest
	next   int    // how long the rest is when it is looked through
	seen   Sight
}

// Looker looks through what is written as that file. It is for files that hold no drawings.
func (g *Guard) Looker(file string) *Looker { return &Looker{guard: g, file: file, next: chunk} }

// chunk is how many bytes are looked through at a time. Nothing that is looked for goes over
// the end of a line of a table, but the words that tell what a number is may stand on the
// lines around it.
const (
	chunk  = 1 << 20
	around = 4 * besideBefore
)

// Write takes what is written.
func (l *Looker) Write(p []byte) (int, error) {
	if !scanned(l.file) {
		return len(p), nil
	}
	l.rest = append(l.rest, p...)
	if len(l.rest) < l.next {
		return len(p), nil
	}
	end := bytes.LastIndexByte(l.rest, '\n') + 1
	to := l.line(end - around)
	if to <= l.beside { // a line that does not end
		l.next = 2 * len(l.rest)
		return len(p), nil
	}
	l.look(l.rest[:end], to)
	from := l.line(to - around)
	l.lines += bytes.Count(l.rest[:from], []byte("\n"))
	l.rest, l.beside, l.next = append(l.rest[:0], l.rest[from:]...), to-from, chunk
	return len(p), nil
}

// line is where the line begins that a byte of the rest stands in.
func (l *Looker) line(at int) int { return bytes.LastIndexByte(l.rest[:max(0, at)], '\n') + 1 }

// Sight is what was seen in the whole of it.
func (l *Looker) Sight() Sight {
	l.look(l.rest, len(l.rest))
	l.rest, l.beside = nil, 0
	return l.seen
}

// look looks through a part of the rest, for what begins before a byte of it.
func (l *Looker) look(part []byte, to int) {
	for _, h := range l.guard.Look(bureau.File{Path: l.file, Bytes: part}, Sketches{}) {
		if l.beside <= h.Start && h.Start < to {
			h.at.Line += l.lines
			l.seen = append(l.seen, h)
		}
	}
}

// Sight is what was seen in a file of the site.
type Sight []placed

// placed is a hit with its place.
type placed struct {
	Hit
	at problem.Position
}

// Output tells what was seen in all files, in their order. A value on many pages is reported
// at the first of them.
func (g *Guard) Output(all []Sight) problem.List {
	leaks := map[key]*leak{}
	for _, hits := range all {
		for _, h := range hits {
			k := key{h.Rule, h.Value}
			if l := leaks[k]; l != nil {
				l.times++
				continue
			}
			if among(g.known, k) || g.figure(h.Hit) || g.passes(h.Rule, h.Value) {
				continue
			}
			leaks[k] = &leak{h.Hit, h.at, 1}
		}
	}
	var problems problem.List
	for _, l := range leaks {
		f := l.finding(l.at)
		if g.waived(f) {
			continue
		}
		p := report(f, g.asOf+waiverDays)
		p.Message.ZH += "（网页中共" + strconv.Itoa(l.times) + "处）"
		p.Message.EN += " (places in the pages: " + strconv.Itoa(l.times) + ")"
		p.Hint.ZH = "源文件里没有找到它，先查 templates/ 里的模板；" + p.Hint.ZH
		p.Hint.EN = "it is in no source file, so check the templates in templates/ first; " + p.Hint.EN
		problems = append(problems, p)
	}
	problems.Sort()
	return brief(problems)
}

// among tells whether a value is one of some. An address may stand with other
// words around it.
func among(values map[key]bool, k key) bool {
	if values[k] || k.rule != homeAddress {
		return values[k]
	}
	for v := range values {
		if v.rule == homeAddress && (strings.Contains(k.value, v.value) || strings.Contains(v.value, k.value)) {
			return true
		}
	}
	return false
}

// scanned tells whether a file of the site is looked into.
func scanned(file string) bool {
	if strings.HasPrefix(file, bureau.StaticSection.Folder()) {
		return false
	}
	switch path.Ext(file) {
	case ".html", ".css", ".csv", ".json", ".xml", ".txt", ".svg":
		return true
	case ".js":
		return !strings.HasPrefix(file, "assets/")
	}
	return false
}

// at gives the place of a byte of a file.
func at(f bureau.File, offset int) problem.Position {
	start := bytes.LastIndexByte(f.Bytes[:offset], '\n') + 1
	return problem.Position{File: f.Path, Line: bytes.Count(f.Bytes[:offset], []byte("\n")) + 1, Column: utf8.RuneCount(f.Bytes[start:offset]) + 1}
}

// coordinates tells whether a hit stands in an attribute of a drawing that
// holds coordinates.
func coordinates(text []byte, h Hit) bool {
	quote := bytes.LastIndexAny(text[:h.Start], `"<>`)
	if quote < 1 || text[quote] != '"' || text[quote-1] != '=' {
		return false
	}
	name := text[bytes.LastIndexAny(text[:quote], " \n\t")+1 : quote-1]
	switch string(name) {
	case "d", "points", "viewBox", "transform", "x", "y", "width", "height":
		return true
	}
	return false
}

// figure tells whether a hit is a figure of a statistic, which was judged in
// its cell.
func (g *Guard) figure(h Hit) bool {
	if h.Rule != mobile && h.Rule != bankCard && h.Rule != residentID15 {
		return false
	}
	if g.figures == nil {
		g.figures = map[string]struct{}{}
		for _, s := range g.bureau.Statistics {
			for i := range s.Columns {
				g.large(s.Column(i))
			}
		}
	}
	_, is := g.figures[h.Value]
	return is
}

// large adds the figures of a column that are as long as what a figure is taken for.
func (g *Guard) large(column *bureau.Cells) {
	for i, row := range column.First() {
		if n := column.Each[i].Number; row >= 0 && math.Abs(n) >= 1e10 && math.Abs(n) < 1<<53 && n == math.Trunc(n) {
			g.figures[strconv.FormatFloat(math.Abs(n), 'f', 0, 64)] = struct{}{}
		}
	}
}

// Waivers judges the waivers themselves, after Inputs and Output have used them.
func (g *Guard) Waivers() problem.List {
	var problems problem.List
	first := map[spot]problem.Position{}
	for i, w := range g.bureau.Privacy.Waivers {
		for _, missing := range []struct {
			name  string
			given bool
		}{{"rule", w.Rule.Given()}, {"file", w.File.Given()}, {"reason", w.Reason.V != ""}, {"approved_by", w.ApprovedBy.V != ""}, {"until", w.Until.Given()}} {
			if !missing.given {
				problems.Error(w.At, problem.PrivacyWaiver,
					problem.Say("这条豁免没有写 %s", "the waiver does not say %s", missing.name),
					problem.Say("每条都要写全 rule（规则）、file（文件）、reason（理由）、approved_by（批准人）和 until（有效期至），消息里有位置的还要写 place（位置）", "every waiver needs rule, file, reason, approved_by and until, and place where the message gives one"))
			}
		}
		if _, ok := texts[problem.RuleOf(w.Rule.V)]; !ok && w.Rule.Given() {
			problems.Error(w.Rule.At, problem.PrivacyWaiver,
				problem.Say("没有名为“%s”的规则", "there is no rule \"%s\"", problem.Quote(w.Rule.V)),
				problem.Say("照每条消息末尾方括号里的规则名写，例如 privacy/mobile", "write the rule that stands in brackets at the end of each message, such as privacy/mobile"))
			continue
		}
		k := spotOf(w)
		if at, twice := first[k]; twice {
			problems.Error(w.At, problem.PrivacyWaiver,
				problem.Say("与第%d行豁免的是同一处", "waives the same place as line %d", at.Line),
				problem.Say("保留一条，删去另一条", "keep one of the two"))
			continue
		}
		first[k] = w.At
		switch {
		case w.Until.Given() && w.Until.V < g.asOf:
			problems.Warn(cmp.Or(w.Until.At, w.At), problem.PrivacyWaiverExpired,
				problem.Say("这条豁免已于%s到期", "the waiver ended on %s", w.Until.V),
				problem.Say("删去这一条；仍要公开的，重新批准后，改写 until（有效期至）", "delete it, or have it approved again and give a later day"))
		case w.Until.Given() && !g.used[i]:
			problems.Warn(w.At, problem.PrivacyWaiverUnused,
				problem.Say("这条豁免没有用上：那个文件的那个位置没有查到个人信息", "the waiver is not used: nothing is found at that place of that file"),
				problem.Say("内容挪了位置的，照新消息的提示改写 place（位置）；内容没有了的，删去这一条", "if the text has moved, take the place from the hint of the new message; else delete the waiver"))
		}
	}
	return problems
}

// Redact masks in the messages of other packages, which quote what they refuse,
// every value that may not be published.
func (g *Guard) Redact(problems problem.List) {
	for i := range problems {
		if p := &problems[i]; p.Rule.Area() != "privacy" {
			p.File = g.redact(p.File)
			p.Message = problem.Text{ZH: g.redact(p.Message.ZH), EN: g.redact(p.Message.EN)}
			p.Hint = problem.Text{ZH: g.redact(p.Hint.ZH), EN: g.redact(p.Hint.EN)}
		}
	}
}

func (g *Guard) redact(text string) string {
	hits := Scan([]byte(text), "")
	for _, h := range slices.Backward(hits) {
		if masked := Mask(h.Rule, h.Value); masked != "" && h.Rule != personName && h.Rule != consent && !g.passes(h.Rule, h.Value) {
			text = text[:h.Start] + masked + text[h.End:]
		}
	}
	return text
}
