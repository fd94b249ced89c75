package ledger

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Move is an address of the site that leads on to another one.
type Move struct {
	Old    string // guides/hukou/first-id-card/ or static/form.pdf, from the site's root
	New    string // likewise, at the end of all moves; or an address elsewhere
	Date   period.Date
	Reason string
	at     bureau.Move
}

// IsPage tells whether a page stood at the old address; a file leaves no page.
func (m Move) IsPage() bool { return strings.HasSuffix(m.Old, "/") }

// Elsewhere tells whether the move leads away from the site.
func (m Move) Elsewhere() bool { return bureau.Scheme(m.New) != "" }

// At is the cell of the row that says where it leads.
func (m Move) At() problem.Position { return m.at.New.At }

// Moves reads addresses.csv. A row that cannot be read, stands twice, goes round in a
// circle, or is of a page that is still there, is refused.
func Moves(b *bureau.Bureau) ([]Move, problem.List) {
	var problems problem.List
	pages := map[string]string{} // the file of what stands at an address
	for file, page := range b.PagePaths() {
		pages[strings.TrimSuffix(page, "index.html")] = file
	}
	for _, f := range b.Static {
		pages[f.Path] = f.Path
	}
	refuse := func(at bureau.String, message, hint problem.Text) {
		problems.Error(at.At, problem.AddressMoved, message, hint)
	}
	copied := problem.Say("照抄网址里域名后面的部分，例如 guides/hukou/first-id-card/", "copy what follows the host in the address, such as guides/hukou/first-id-card/")
	first := map[string]int{}
	var moves []Move
	for _, row := range b.Moved {
		m := Move{Reason: row.Reason.V, at: row}
		var ok bool
		if m.Old, ok = addressOf(b, row.Old.V); !ok || bureau.Scheme(m.Old) != "" || m.Old == "" {
			refuse(row.Old, problem.Say("“%s”不是本站的网址", `"%s" is no address of this site`, problem.Quote(row.Old.V)), copied)
			continue
		}
		if m.New, ok = addressOf(b, row.New.V); !ok {
			refuse(row.New, problem.Say("“%s”不是网址", `"%s" is no address`, problem.Quote(row.New.V)), copied)
			continue
		}
		if m.Date, ok = period.ParseDay(row.Date.V); !ok {
			refuse(row.Date, problem.Say("“%s”不是 2026-10-31 这样的日期", `"%s" is not a date such as 2026-10-31`, problem.Quote(row.Date.V)),
				problem.Say("写上改网址的日期", "write the day on which the address changed"))
			continue
		}
		if file, stands := pages[m.Old]; stands {
			refuse(row.Old, problem.Say("“%s”现在还有内容（%s）", `"%s" still has its content (%s)`, problem.Quote(m.Old), problem.Quote(file)),
				problem.Say("删去这一行；要搬走的，先给文件改名", "delete the line; if it is to move, rename the file first"))
			continue
		}
		if line, twice := first[m.Old]; twice {
			refuse(row.Old, problem.Say("“%s”在第%d行已经写过", `line %[2]d has "%[1]s" already`, problem.Quote(m.Old), line),
				problem.Say("只留一行，写最后的去处", "keep one line, with where it leads at last"))
			continue
		}
		first[m.Old] = row.Old.At.Line
		moves = append(moves, m)
	}
	leads := map[string]string{}
	for _, m := range moves {
		leads[m.Old] = m.New
	}
	var led []Move
	for _, m := range moves {
		seen, at := map[string]bool{m.Old: true}, m.New
		for next, on := leads[at]; on && !seen[at]; next, on = leads[at] {
			seen[at] = true
			at = next
		}
		if seen[at] {
			refuse(m.at.New, problem.Say("“%s”绕回了自己", `"%s" leads back to itself`, problem.Quote(m.Old)), problem.Say("写内容现在所在的网址", "write the address at which the content stands now"))
			continue
		}
		m.New = at
		led = append(led, m)
	}
	return led, problems
}

// addressOf gives an address as the site has it, from its root, or as it is where it
// leads elsewhere; the home page is empty.
func addressOf(b *bureau.Bureau, text string) (string, bool) {
	text = strings.TrimPrefix(text, strings.TrimSuffix(b.Site.BaseURL.V, "/")+"/")
	if bureau.Scheme(text) != "" {
		_, _, ok := bureau.SettingFault(text)
		return text, ok && strings.HasPrefix(text, "http")
	}
	u, err := url.Parse(text)
	if err != nil || u.Host != "" || u.Path == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	clean := strings.TrimPrefix(path.Clean("/"+u.Path), "/")
	clean = strings.TrimSuffix(clean, "index.html")
	if clean == "" || path.Ext(clean) != "" && strings.HasPrefix(clean, bureau.StaticSection.Folder()) {
		return clean, true
	}
	return strings.TrimSuffix(clean, "/") + "/", true
}

// Addresses holds the files of the site against the addresses that were ever
// published, and against where moved ones are said to lead.
// The moves that it wants are those which addresses.csv lacks, with a guess of where
// they lead.
func Addresses(b *bureau.Bureau, moves []Move, files []bureau.File) (wanted []Move, problems problem.List) {
	there := make(map[string]bool, len(files))
	for _, f := range files {
		there[f.Path] = true
		there[strings.TrimSuffix(f.Path, "index.html")] = true
	}
	moved := map[string]bool{}
	for _, row := range b.Moved { // also one that is refused: that is told
		old, _ := addressOf(b, row.Old.V)
		moved[old] = true
	}
	for _, m := range moves {
		if !m.Elsewhere() && !there[m.New] {
			problems.Error(m.at.New.At, problem.AddressMoved, problem.Say("“%s”在网站里没有网页或文件", `there is no page or file at "%s"`, problem.Quote(m.New)),
				problem.Say("写内容现在所在的网址；没有了的，写它所属的栏目，例如 guides/", "write the address at which the content stands now; where there is none, that of its section, such as guides/"))
		}
	}
	published := map[string]bool{}
	for _, address := range b.Published.Addresses {
		published[address] = true
	}
	for _, address := range b.Published.Addresses {
		if there[address] || moved[address] {
			continue
		}
		to := near(address, files, published)
		if folder, rest, _ := strings.Cut(address, "/"); !bureau.Section(folder).Known() && rest != "" && there[rest] {
			to = rest // a version in another language, whose original stands
		}
		wanted = append(wanted, Move{Old: address, New: to})
		row := csvLine(address, to)
		problems.Error(problem.Position{File: bureau.AddressesKind.File()}, problem.AddressGone,
			problem.Say("公布过的网址“%s”现在没有了", `the address "%s" was published and is gone`, problem.Quote(address)),
			problem.Say("文件改了名的，改回来；确要搬走的，在 data/addresses.csv 加一行 old,new,date,reason，例如“%s,日期,原因”，旧网址就会引到新网址；也可以运行 sunshine revise 代填", "if its file was renamed, name it back; if it moved, add a line old,new,date,reason to data/addresses.csv, such as \"%s,date,reason\", and the old address leads on; sunshine revise fills it in", row))
	}
	return wanted, problems
}

// Own tells whether an address is one that the site makes by itself, a list, a
// section, a view of a statistic or a case of a guide, and no document of the bureau: where it has nothing for it any more, it
// leads on by itself.
func Own(b *bureau.Bureau, address string) bool {
	parts := strings.Split(strings.TrimSuffix(address, "/"), "/")
	if slices.Contains(b.Languages, parts[0]) {
		parts = parts[1:]
	}
	if len(parts) == 0 || parts[0] == "" {
		return true
	}
	section := bureau.Section(parts[0])
	switch {
	case section == bureau.StaticSection || !section.Known():
		return false
	case len(parts) == 1, section == bureau.CatalogueSection, section == bureau.ReleasesSection:
		return true
	}
	if _, view := bureau.ViewOf(strings.Join(parts, "/") + "/index.html"); view {
		return true
	}
	return bureau.IsAreaList(parts) || bureau.IsCase(strings.Join(parts, "/"))
}

// near guesses where what stood at an address stands now: at the one new address in the
// same folder, where there is just one; else at the new address of the section that is
// most like it; else at the section, or at the map of the site where no section is known.
func near(address string, files []bureau.File, published map[string]bool) string {
	section, _, _ := strings.Cut(address, "/")
	known := bureau.Section(section).Known()
	var fresh []string
	for _, f := range files {
		a, ok := Address(f.Path)
		of, _, _ := strings.Cut(a, "/")
		if ok && !published[a] && (of == section || !known && !bureau.Section(of).Known()) {
			fresh = append(fresh, a)
		}
	}
	folder := path.Dir(strings.TrimSuffix(address, "/"))
	beside := slices.DeleteFunc(slices.Clone(fresh), func(a string) bool { return path.Dir(strings.TrimSuffix(a, "/")) != folder })
	switch {
	case len(beside) == 1:
		return beside[0]
	case problem.Nearest(address, fresh) != "":
		return problem.Nearest(address, fresh)
	case known:
		return section + "/"
	}
	return bureau.SitemapSection.Folder()
}
