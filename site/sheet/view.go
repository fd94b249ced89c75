package sheet

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/site/render"
)

// room is how many lines there are on the page below the facts, in halves of a line.
const room = 80

// named is how many figures or pages a line names before it counts the rest.
const named = 3

// View puts a sheet on one page, in a language.
func (s *Sheet) View(language problem.Language) render.ChangeSheet {
	w := &writer{s, language, locale.Builtin(language)}
	v := render.ChangeSheet{
		Tag: w.l.Tag, Title: w.say("公开变化单", "Sheet of changes"), Bureau: problem.Visible(s.Bureau), Digest: s.Digest,
		Facts: w.facts(), Notes: w.notes(), More: w.say("还有%d项", "and %d more"),
		Approved: w.say("批准人", "Approved by"), Day: w.say("日期", "Date"), DigestName: w.say("校验值", "Digest"), Colon: w.colon(),
	}
	weighty := 0
	for i, part := range []struct {
		zh, en string
		count  int
		lines  []string
	}{
		{"不再公布的数字（为保护个人隐私）", "Figures that become withheld, to protect people", s.count(ledger.FigureWithheld), w.each(ledger.FigureWithheld)},
		{"修订的数字", "Revised figures", s.count(ledger.FigureRevised), w.revised()},
		{"撤下的数字", "Withdrawn figures", s.count(ledger.FigureWithdrawn), w.withdrawn()},
		{"新公布的数字", "New figures", s.count(ledger.FigureNew), w.fresh()},
		{"标记有变化的数字", "Figures with other markers", s.count(ledger.FigureMarked), w.marked()},
		{"单位、口径、目标等说法有变化", "Other words about figures", len(s.Statements), w.statements()},
		{"其他语言的译文有变化", "Other translations", len(s.Wordings), w.wordings()},
		{"公开的咨询有变化", "Other published inquiries", len(s.Letters), w.letters()},
		{"新增的网页和附件", "New pages and attachments", len(s.Pages.Added), w.pages(s.Pages.Added)},
		{"内容有变化的网页和附件", "Changed pages and attachments", len(s.Pages.Changed) + s.Pages.Shared.Count, w.changed()},
		{"删去的网页和附件", "Removed pages and attachments", len(s.Pages.Removed), w.pages(s.Pages.Removed)},
		{"换了网址", "Addresses that lead on", len(s.Moved), w.moved()},
		{"暂不公布", "Not published yet", len(s.Waiting), w.waiting()},
		{"有错误，沿用上次公布的内容", "Held back for errors", len(s.HeldBack), w.heldBack()},
	} {
		if len(part.lines) > 0 {
			v.Parts = append(v.Parts, render.ChangePart{Title: problem.Text{ZH: part.zh, EN: part.en}.In(language), Count: part.count, Lines: part.lines})
			if i < 3 { // what was published is no longer so
				weighty++
			}
		}
	}
	cut(v.Parts, weighty, v.Notes)
	if s.Same() {
		v.Notes = append(v.Notes, w.say("公众看到的内容没有变化。", "Nothing changes for the public."))
	}
	return v
}

// cut takes lines from the tallest parts until all have room, and counts what it took: of
// the first parts, as many as weighty says, last. Of a part that is left without a line its
// title tells how many there are.
func cut(parts []render.ChangePart, weighty int, notes []string) {
	for i := range parts { // of which no more can have room
		if p := &parts[i]; len(p.Lines) > room {
			p.Lines, p.More = p.Lines[:room], p.More+len(p.Lines)-room
		}
	}
	total := 0
	for _, note := range notes {
		total += height(note)
	}
	for _, p := range parts {
		total += tall(p)
	}
	for keep := 3; keep >= 0; keep-- { // of a weighty part; two less of another
		for total > room {
			tallest := -1
			for i, p := range parts {
				least := keep
				if i >= weighty {
					least = max(0, keep-2)
				}
				if len(p.Lines) > least && (tallest < 0 || tall(p) > tall(parts[tallest])) {
					tallest = i
				}
			}
			if tallest < 0 {
				break
			}
			p := &parts[tallest]
			total -= tall(*p)
			p.Lines = p.Lines[:len(p.Lines)-1]
			p.More++
			total += tall(*p)
		}
	}
}

// tall is how much room a part takes: its title with the space above it, its lines, and
// the one that counts the rest.
func tall(p render.ChangePart) int {
	n := 3
	for _, line := range p.Lines {
		n += height(line)
	}
	if p.More > 0 && len(p.Lines) > 0 {
		n += 2
	}
	return n
}

func height(line string) int { return 2 * (1 + width(line)/perLine) }

// perLine is how many characters stand on a line of the page, an ideograph for two.
const perLine = 92

func width(line string) (n int) {
	for _, r := range line {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}

// writer writes the lines of a sheet.
type writer struct {
	*Sheet
	language problem.Language
	l        *locale.Language
}

func (w *writer) say(zh, en string, args ...any) string {
	if len(args) == 0 {
		return problem.Text{ZH: zh, EN: en}.In(w.language)
	}
	return problem.Say(zh, en, args...).In(w.language)
}

func (s *Sheet) count(kind string) (n int) {
	for _, f := range s.Figures {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// of are the figures of a kind, in their order.
func (w *writer) of(kind string) (all []Figure) {
	for _, f := range w.Figures {
		if f.Kind == kind {
			all = append(all, f)
		}
	}
	return all
}

// facts say what was compared with what.
func (w *writer) facts() []render.ChangeFact {
	p := w.Previous
	against := w.say("没有公布过，这是第一次", "nothing was published before")
	switch {
	case p.Place != "" && p.Output:
		against = w.say("输出文件夹 %s（%s 生成）", "the output folder %s (made for %s)", problem.Quote(p.Place), p.AsOf)
	case p.Place != "":
		against = w.say("%s（%s 生成）", "%s (made for %s)", problem.Quote(p.Place), p.AsOf)
	}
	if p.Releases > 0 {
		release := w.say("第%d次发布“%s”", "release %d, %q", p.Releases, problem.Quote(p.Release))
		if p.Place == "" {
			against = release
		} else {
			against = release + w.say("；网页：", "; pages: ") + against
		}
	}
	return []render.ChangeFact{
		{Name: w.say("公布日期", "Made for"), Value: w.AsOf},
		{Name: w.say("与上次公布比较", "Compared with"), Value: against},
		{Name: w.say("变化", "Changes"), Value: fmt.Sprint(w.Count())},
	}
}

// notes are what a reader has to know of the sheet.
func (w *writer) notes() (notes []string) {
	if w.Untold {
		notes = append(notes, w.say("有公开过的小的人数不再公布、改了或者撤下，所以这张单子不写任何数字以前是多少：写出来，可能推算出它们。", "Small numbers of persons that were published become withheld, change or go, so this sheet gives no earlier number of any figure: with them, those might be computed."))
	}
	if w.Concealed > 0 {
		notes = append(notes, w.say("另有%d个撤下的数字，名称像是个人信息，这里不写。", "Withdrawn figures whose very names may be personal data, not told here: %d.", w.Concealed))
	}
	if !w.Pages.Known && !w.Previous.First() {
		notes = append(notes, w.say("没有读到上次公布的网站，已有网页的文字有没有变化，这里看不出；要看，加 --previous 写上它的网址或文件夹。", "The site that was published last was not read, so changes in the words of its pages are not known; name its address or folder with --previous to see them."))
	}
	if w.Unread {
		notes = append(notes, w.say("上次公布的网站没有留存译文，其他语言的译文有没有变化，这里看不出。", "The site that was published last does not keep its translations, so what other languages say otherwise is not known here."))
	}
	if w.Previous.Output {
		notes = append(notes, w.say("网页是与输出文件夹比较的；那里如果不是上次公布的内容，加 --previous 写上公布的网址或文件夹。", "Pages are compared with the output folder; where that is not what was published last, name the publication with --previous."))
	}
	return notes
}

// value writes a figure with its unit and markers.
func (w *writer) value(f Figure, v *bureau.Figure) string {
	if v == nil {
		return ""
	}
	if !v.Has() {
		return cmp.Or(v.Status&bureau.Instead, bureau.NotAvailable).String()
	}
	return locale.Qualified(v.Number, f.Unit, f.difference.Form, v.Qualifier, w.l) + v.Status.String()
}

// period names when a row is of.
func (w *writer) period(d ledger.Difference) string {
	if !d.Period.IsZero() {
		return w.l.Label(d.Period)
	}
	return problem.Quote(d.Label)
}

// row names a row: its period, and what else names it.
func (w *writer) row(d ledger.Difference) string {
	return strings.TrimSpace(w.period(d) + " " + problem.Quote(d.Categories))
}

// name names a figure within its statistic.
func (w *writer) name(d ledger.Difference) string {
	field, _, _ := strings.Cut(d.Field, "（") // its unit follows the number
	return strings.TrimSpace(w.row(d) + " " + problem.Quote(field))
}

func (w *writer) title(f Figure) string { return problem.Quote(f.Title) }

// each gives a line to every figure of a kind, named alone.
func (w *writer) each(kind string) (lines []string) {
	for _, f := range w.of(kind) {
		lines = append(lines, w.title(f)+w.colon()+w.name(f.difference))
	}
	return lines
}

func (w *writer) colon() string { return w.l.Text(locale.Separator) }

// revised gives a line to each revised figure; those that follow from others are counted.
func (w *writer) revised() (lines []string) {
	derived := 0
	for _, f := range w.of(ledger.FigureRevised) {
		if f.Derived {
			derived++
			continue
		}
		line := w.title(f) + w.colon() + w.name(f.difference) + w.say("，", ", ")
		if f.Old == nil {
			line += w.say("现为%s", "now %s", w.value(f, f.difference.New))
		} else {
			line += w.say("原为%s，现为%s", "was %s, now %s", w.value(f, f.difference.Old), w.value(f, f.difference.New))
		}
		if f.Reason != "" {
			line += w.say("（%s）", " (%s)", problem.Quote(f.Reason))
		}
		lines = append(lines, line)
	}
	if derived > 0 {
		lines = append(lines, w.say("由这些数算出的%d个数随之变化", "computed from these and changed with them: %d", derived))
	}
	return lines
}

// withdrawn gives a line to each statistic that is gone, and to each row of others.
func (w *writer) withdrawn() (lines []string) {
	for _, g := range group(w.of(ledger.FigureWithdrawn), func(f Figure) string { return f.Statistic + "\x00" + f.Key }) {
		line := w.title(g[0]) + w.colon() + w.row(g[0].difference) + w.say("，", ", ")
		var told []string
		for i, f := range g {
			if i == named {
				break
			}
			field, _, _ := strings.Cut(f.Field, "（")
			text := problem.Quote(field)
			if f.Old != nil {
				text += w.say("（原为%s）", " (was %s)", w.value(f, f.difference.Old))
			}
			told = append(told, text)
		}
		line += strings.Join(told, w.say("、", ", "))
		if n := len(g) - named; n > 0 {
			line += w.say("等%d个", ", %d in all", len(g))
		}
		if g[0].Reason != "" {
			line += w.say("；%s", "; %s", problem.Quote(g[0].Reason))
		}
		lines = append(lines, line)
	}
	return lines
}

// group puts together what has a key in common, in the order of the first of each.
func group(all []Figure, key func(Figure) string) (groups [][]Figure) {
	at := map[string]int{}
	for _, f := range all {
		k := key(f)
		i, known := at[k]
		if !known {
			i = len(groups)
			at[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

// fresh gives a line to each period of a statistic with new figures, or to a whole
// statistic where it has several: how many, and the largest.
func (w *writer) fresh() (lines []string) {
	for _, g := range group(w.of(ledger.FigureNew), func(f Figure) string { return f.Statistic }) {
		periods := group(g, func(f Figure) string { return w.period(f.difference) })
		if len(periods) <= named {
			for _, p := range periods {
				lines = append(lines, w.title(p[0])+w.colon()+w.period(p[0].difference)+w.say("，", ", ")+w.sum(p, false))
			}
			continue
		}
		first, last := g[0].difference, g[0].difference
		for _, f := range g {
			if d := f.difference; d.Period.Start < first.Period.Start {
				first = d
			} else if d.Period.End > last.Period.End {
				last = d
			}
		}
		span := w.period(first)
		if !first.Period.IsZero() && first.Period != last.Period {
			span += w.say("至", " to ") + w.period(last)
		}
		lines = append(lines, w.title(g[0])+w.colon()+span+w.say("，", ", ")+w.sum(g, true))
	}
	return lines
}

// sum counts new figures and names the largest; dated says when each is of.
func (w *writer) sum(g []Figure, dated bool) string {
	hidden := 0
	var largest []Figure
	for _, f := range g {
		switch v := f.difference.New; {
		case v.Status&bureau.Confidential != 0:
			hidden++
		case v.Has() && !f.Derived:
			largest = append(largest, f)
		}
	}
	slices.SortStableFunc(largest, func(a, b Figure) int {
		return cmp.Compare(math.Abs(b.difference.New.Number), math.Abs(a.difference.New.Number))
	})
	text := w.say("新增%d个数", "new figures: %d", len(g))
	if hidden > 0 {
		text += w.say("（其中%d个不公布）", " (withheld: %d)", hidden)
	}
	var told []string
	for _, f := range largest[:min(named, len(largest))] {
		name := w.name(f.difference)
		if !dated {
			name = strings.TrimSpace(strings.TrimPrefix(name, w.period(f.difference)))
		}
		told = append(told, name+" "+w.value(f, f.difference.New))
	}
	if len(told) == 0 {
		return text
	}
	if len(told) < len(g)-hidden {
		text += w.say("，最大的是", ", the largest ")
	} else {
		text += w.colon()
	}
	return text + strings.Join(told, w.say("、", ", "))
}

// marked gives a line to what has the same markers before and after in a statistic.
func (w *writer) marked() (lines []string) {
	status := func(f *bureau.Figure) bureau.Status {
		if f == nil {
			return 0
		}
		return f.Status
	}
	for _, g := range group(w.of(ledger.FigureMarked), func(f Figure) string {
		return fmt.Sprint(f.Statistic, "\x00", status(f.difference.Old), status(f.difference.New))
	}) {
		f := g[0]
		now := cmp.Or(locale.Meaning(status(f.difference.New), w.l), w.say("没有标记", "no marker"))
		var names []string
		for _, f := range g[:min(named, len(g))] {
			names = append(names, w.name(f.difference))
		}
		line := w.title(f) + w.colon() + strings.Join(names, w.say("、", ", "))
		if len(g) > named {
			line += w.say("等%d个", ", %d in all", len(g))
		}
		if f.Old == nil {
			line += w.say("，现为%s", ", now %s", now)
		} else {
			line += w.say("，原为%s，现为%s", ", was %s, now %s", cmp.Or(locale.Meaning(status(f.difference.Old), w.l), w.say("没有标记", "no marker")), now)
		}
		lines = append(lines, line)
	}
	return lines
}

// statements gives a line to each of what is said in other words; the days of the next
// release are one.
func (w *writer) statements() (lines []string) {
	var next []string
	days := 0
	for _, s := range w.Statements {
		about := problem.Quote(cmp.Or(s.Title, s.About))
		if s.What == bureau.SaidNextRelease {
			if days++; days <= named {
				next = append(next, about+" "+cmp.Or(s.New, w.say("没有了", "none any more")))
			}
			continue
		}
		was, now := differing(s.Old, s.New)
		what := s.What
		for _, said := range bureau.Saids {
			if said.What == s.What {
				what = said.Name.In(w.language)
			}
		}
		line := about + w.colon() + strings.Join(strings.Fields(problem.Quote(s.Row)+" "+problem.Quote(s.Field)+" "+what), " ")
		switch {
		case s.Untold:
			line += w.say("，原来的文字像是含有个人信息，这里不写", ", whose earlier text may hold personal data and is not told here")
		case s.Old == "":
			line += w.say("，原来没有", ", new")
		default:
			line += w.say("，原为“%s”", `, was "%s"`, problem.Quote(was))
		}
		if s.New == "" {
			line += w.say("，现在没有了", ", gone now")
		} else {
			line += w.say("，现为“%s”", `, now "%s"`, problem.Quote(now))
		}
		lines = append(lines, line)
	}
	if days > 0 {
		line := w.say("下次发布日期：", "The next release: ") + strings.Join(next, w.say("、", ", "))
		if days > named {
			line += w.say("等%d项", ", %d in all", days)
		}
		lines = append(lines, line)
	}
	return lines
}

// differing cuts from the front of two long texts what they have in common, so that a line
// shows in what they differ.
func differing(was, now string) (string, string) {
	a, b := []rune(was), []rune(now)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if from := same - around; from > 0 && max(len(a), len(b)) > 3*around {
		if space := slices.Index(a[from:same], ' '); space >= 0 { // no word is cut
			from += space + 1
		}
		return "…" + string(a[from:]), "…" + string(b[from:])
	}
	return was, now
}

// around is how many characters of what they have in common stand before it.
const around = 20

// wordings gives a line to each text that is translated otherwise.
func (w *writer) wordings() (lines []string) {
	for _, t := range w.Wordings {
		was, now := differing(t.Old, t.New)
		line := t.Language + w.colon() + w.say("“%s”", `"%s"`, problem.Quote(t.Text))
		if t.File != "" {
			line += w.say("（%s）", " (%s)", problem.Quote(t.File))
		}
		switch {
		case t.Untold:
			line += w.say("，原来的译文像是含有个人信息，这里不写", ", whose earlier translation may hold personal data and is not told here")
		case t.Old == "":
			line += w.say("，原来没有译文", ", not translated before")
		default:
			line += w.say("，原译“%s”", `, was "%s"`, problem.Quote(was))
		}
		if t.New == "" {
			line += w.say("，现在不用了", ", not used now")
		} else {
			line += w.say("，现译“%s”", `, now "%s"`, problem.Quote(now))
		}
		lines = append(lines, line)
	}
	return lines
}

// sectionNames are what the parts of the site are called.
var sectionNames = map[bureau.Section]locale.Key{
	bureau.StatisticsSection: locale.Statistics, bureau.GuidesSection: locale.Guides, bureau.NoticesSection: locale.Notices,
	bureau.InquiriesSection: locale.Inquiries, bureau.RequestsSection: locale.Requests,
	bureau.MattersSection: locale.Suggestions, bureau.UnitsSection: locale.Units, bureau.TargetsSection: locale.Targets, bureau.RegistersSection: locale.Registers, bureau.AnnualSection: locale.AnnualReports, bureau.DisclosureSection: locale.Disclosure, bureau.PoliciesSection: locale.Policies,
	bureau.RevisionsSection: locale.Revisions, bureau.DoubtsSection: locale.Doubts, bureau.FreshnessSection: locale.Freshness,
	bureau.CatalogueSection: locale.OpenData, bureau.SitemapSection: locale.Sitemap, bureau.ReleasesSection: locale.Releases,
}

// section names the part of the site that an address is of.
func (w *writer) section(address string) string {
	part, _, below := strings.Cut(address, "/")
	switch name, known := sectionNames[bureau.Section(part)]; {
	case address == "":
		return w.say("首页", "home page")
	case known && below:
		return w.l.Text(name)
	case part == string(bureau.StaticSection):
		return w.say("附件", "attachments")
	}
	return w.say("其他网页", "other pages")
}

// page names a page by its title and its address.
func page(p Page) string {
	if p.Title == "" {
		return problem.Quote(p.Address)
	}
	return problem.Quote(p.Title) + " " + problem.Quote(cmp.Or(p.Address, "/"))
}

// statistic names a statistic by its page.
func (w *writer) statistic(page string) string {
	address := strings.TrimSuffix(page, "index.html")
	for _, list := range [][]Page{w.Pages.Added, w.Pages.Changed, w.Pages.Removed} {
		for _, p := range list {
			if p.Address == address && p.Title != "" {
				return problem.Quote(p.Title)
			}
		}
	}
	return problem.Quote(address)
}

// pages gives a line to each page, or to a part of the site that has many; the views of a
// statistic are one.
func (w *writer) pages(all []Page) (lines []string) {
	var order []string
	of := map[string][]Page{}
	views := map[string]bool{}
	for _, p := range all {
		s := w.section(p.Address)
		if statistic, is := bureau.ViewOf(p.Address); is {
			s = statistic
			views[s] = true
		}
		if of[s] == nil {
			order = append(order, s)
		}
		of[s] = append(of[s], p)
	}
	for _, s := range order {
		if views[s] {
			lines = append(lines, w.say("%s的分项页面：%d个", "pages of the parts of %s: %d", w.statistic(s), len(of[s])))
			continue
		}
		if len(of[s]) <= 2*named {
			for _, p := range of[s] {
				lines = append(lines, page(p))
			}
			continue
		}
		var names []string
		for _, p := range of[s][:named] {
			names = append(names, problem.Quote(cmp.Or(p.Title, p.Address)))
		}
		lines = append(lines, s+w.colon()+strings.Join(names, w.say("、", ", "))+w.say("等%d个", ", %d in all", len(of[s])))
	}
	return lines
}

// changed gives the pages that changed: by their own document one by one, others by the
// part of the site, and those of which a common part changed in one line.
func (w *writer) changed() (lines []string) {
	var own []Page
	var order []string
	others := map[string]int{}
	for _, p := range w.Pages.Changed {
		if p.Own {
			own = append(own, p)
			continue
		}
		s := w.section(p.Address)
		if others[s] == 0 {
			order = append(order, s)
		}
		others[s]++
	}
	lines = w.pages(own)
	if len(order) > 0 {
		var counts []string
		total := 0
		for _, s := range order {
			total += others[s]
			counts = append(counts, s+w.say("%d个", " %d", others[s]))
		}
		lines = append(lines, w.say("列出、引用上面这些内容的%d个网页随之变化：%s", "pages that list or quote what changed, or that tell the day: %d (%s)", total, strings.Join(counts, w.say("、", ", "))))
	}
	switch shared := w.Pages.Shared; {
	case shared.All:
		lines = append(lines, w.say("其余每一页（%d页）都有变化：页脚、日期、样式等公共部分，或者列出、引用了上面的内容", "every other page (%d): the footer, the day, the style or what else all share, or what lists and quotes the above", shared.Count))
	case shared.Most:
		lines = append(lines, w.say("其余网页大多（%d页）有变化：页脚、日期、样式等公共部分，或者列出、引用了上面的内容", "most other pages (%d): the footer, the day, the style or what else they share, or what lists and quotes the above", shared.Count))
	}
	if len(w.Pages.Inputs) > 0 {
		var names []string
		for _, in := range w.Pages.Inputs {
			names = append(names, problem.Quote(in))
		}
		lines = append(lines, w.say("影响许多网页的文件有变化：%s", "changed files that many pages are made from: %s", strings.Join(names, w.say("、", ", "))))
	}
	return lines
}

func (w *writer) moved() (lines []string) {
	for _, m := range w.Moved {
		line := problem.Quote(m.Old) + " → " + problem.Quote(cmp.Or(m.New, "/"))
		if m.Reason != "" {
			line += w.say("（%s）", " (%s)", problem.Quote(m.Reason))
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *writer) waiting() (lines []string) {
	for _, d := range w.Waiting {
		line := problem.Quote(d.File)
		if d.From == "" {
			line += w.say("，草稿", ", a draft")
		} else {
			line += w.say("，%s公布", ", from %s", strings.Replace(d.From, "T", " ", 1))
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *writer) heldBack() (lines []string) {
	for _, d := range w.HeldBack {
		line := problem.Quote(d.File)
		if d.Since == "" {
			line += w.say("，没有以前的内容，这次不公布", ", without an earlier content: left out")
		} else {
			line += w.say("，仍是%s公布的", ", as published on %s", d.Since)
		}
		lines = append(lines, line)
	}
	return lines
}
