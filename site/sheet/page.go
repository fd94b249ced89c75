package sheet

import (
	"bytes"
	"html"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/ledger"
	"sunshine/site/write"
)

// Pages are the pages and attachments that a publication changes.
type Pages struct {
	Known   bool     `json:"known"` // the files of the last publication are known; else only its addresses are
	Added   []Page   `json:"added"`
	Changed []Page   `json:"changed"`
	Removed []Page   `json:"removed"`
	Shared  Shared   `json:"shared"` // further pages that changed in what they share with others
	Files   int      `json:"files"`  // that are no pages and changed: downloads, drawings, styles
	Inputs  []string `json:"inputs"` // that many pages are made from, and changed: data/site.yaml, or sunshine itself
}

// Page is one of them.
type Page struct {
	Address string `json:"address"` // from the site's root, empty for its first page
	Title   string `json:"title,omitempty"`
	Own     bool   `json:"own"` // what changed is its own document; else it lists or quotes what did
}

// Shared counts the pages whose own content stands and which changed in a common part.
type Shared struct {
	Count int  `json:"count"`
	Most  bool `json:"most"` // they are most of the pages that could
	All   bool `json:"all"`  // every page that could
}

// Now is the site that would be published.
type Now struct {
	Files     []bureau.File
	Inputs    []bureau.Input
	Documents []bureau.Document
	Commit    string
	Generator string                       // as its manifest has it
	Told      func(d bureau.Document) bool // the sheet tells of a change of the document's figures, or of what is said of them
	Rows      map[string]bool              // pages of which the row of a list changed, as of a matter
	Moved     map[string]bool              // addresses that lead on, of which the sheet tells by itself
}

// Against compares the pages of a site with those of a publication, of which before is the
// manifest. jobs are done side by side.
func (n Now) Against(before write.Manifest, jobs int) Pages {
	old := make(map[string]string, len(before.Files))
	for _, d := range before.Files {
		old[d.Path] = d.SHA256
	}
	same := make([]bool, len(n.Files))
	each.Do(jobs, len(n.Files), func(i int) error {
		sum, there := old[n.Files[i].Path]
		same[i] = there && sum == sumOf(n.Files[i].Bytes, n.Commit, before.Commit)
		return nil
	})
	own := n.changed(before.Inputs)
	p := Pages{Known: true, Inputs: n.inputs(before)}
	cases := map[string]bool{} // pages of guides of which a sheet changed
	var shared []Page
	could := 0 // pages that were there and whose own content stands
	for i, f := range n.Files {
		_, was := old[f.Path]
		delete(old, f.Path)
		address, lasting := ledger.Address(f.Path)
		statistic, isView := bureau.ViewOf(f.Path)
		switch {
		case IsHistory(f.Path), bureau.IsIndex(f.Path), n.Moved[address]:
		case !lasting && path.Base(f.Path) != "index.html":
			if !same[i] {
				p.Files++
			}
		case bureau.IsCase(f.Path): // its guide is told
			if !same[i] {
				p.Files++
				guide, _, _ := strings.Cut(f.Path, "/case/")
				cases[guide+"/index.html"] = true
			}
		case !was:
			if lasting {
				p.Added = append(p.Added, pageOf(address, f))
			}
		case own[f.Path] || n.Rows[f.Path] || isView && own[statistic] || strings.HasPrefix(f.Path, bureau.StaticSection.Folder()):
			if !same[i] {
				page := pageOf(address, f)
				page.Own = true
				p.Changed = append(p.Changed, page)
			}
		default:
			could++
			if !same[i] {
				shared = append(shared, pageOf(strings.TrimSuffix(f.Path, "index.html"), f))
			}
		}
	}
	for i, f := range n.Files { // what only a sheet says
		if address, _ := ledger.Address(f.Path); cases[f.Path] && same[i] {
			page := pageOf(address, f)
			page.Own = true
			p.Changed = append(p.Changed, page)
		}
	}
	for file := range old {
		if address, lasting := ledger.Address(file); lasting && !n.Moved[address] {
			p.Removed = append(p.Removed, Page{Address: address})
		}
	}
	p.share(shared, could)
	p.sort()
	return p
}

// few pages that changed without their document are named: more of them than this only
// where they are not most.
const few = 10

// share tells pages that changed in a common part from those that changed each for
// itself, as the page of a matter does.
func (p *Pages) share(changed []Page, could int) {
	if len(changed) > few && 2*len(changed) > could {
		p.Shared = Shared{Count: len(changed), Most: true, All: len(changed) == could}
		return
	}
	p.Changed = append(p.Changed, changed...)
}

// inputs are those that changed and are of no document: settings, lists, the command.
func (n Now) inputs(before write.Manifest) []string {
	sums, all := map[string]string{}, []string{}
	for _, in := range before.Inputs {
		sums[in.Path] = in.SHA256
	}
	shared := func(path string) bool {
		switch kind := bureau.KindAt(path); kind {
		case bureau.ReleaseKind, bureau.HeadKind, bureau.TableKind, bureau.StaticKind, bureau.PrivacyKind, bureau.AnswersKind:
			return false
		}
		_, kind := bureau.DocumentFile(path)
		return kind == bureau.UnknownKind
	}
	for _, in := range n.Inputs {
		if was, there := sums[in.Path]; shared(in.Path) && (!there || was != in.SHA256) {
			all = append(all, in.Path)
		}
		delete(sums, in.Path)
	}
	for path := range sums {
		if shared(path) {
			all = append(all, path)
		}
	}
	slices.Sort(all)
	if n.Generator != before.Generator {
		all = append(all, n.Generator)
	}
	return all
}

// changed are the pages of the documents that changed, as far as the inputs of two
// manifests tell. One that is published in part has no hash there: it is among them
// unless it is a statistic of which the sheet tells nothing.
func (n Now) changed(before []bureau.Input) map[string]bool {
	was, is := map[string]bureau.Input{}, map[string]bureau.Input{}
	for _, in := range before {
		was[in.Path] = in
	}
	for _, in := range n.Inputs {
		is[in.Path] = in
	}
	pages := map[string]bool{}
	for _, d := range n.Documents {
		for _, file := range []string{d.File, d.Descriptor} {
			a, b := was[file], is[file]
			switch {
			case file == "":
			case a != b:
				pages[d.Page] = true
			case b.SHA256 == "" && (!strings.HasPrefix(d.File, bureau.StatisticKind.Folder()) || n.Told(d)):
				pages[d.Page] = true
			}
		}
	}
	return pages
}

// Addresses compares the addresses of a site with those of releases, where nothing else of
// the last publication is known.
func (n Now) Addresses(published []string) Pages {
	p := Pages{Inputs: []string{}}
	was := map[string]bool{}
	for _, address := range published {
		was[address] = true
	}
	for _, f := range n.Files {
		address, lasting := ledger.Address(f.Path)
		if lasting && address != "" && !was[address] && !n.Moved[address] && !strings.HasPrefix(f.Path, bureau.ReleasesSection.Folder()) {
			p.Added = append(p.Added, pageOf(address, f))
		}
		delete(was, address)
	}
	for address := range was {
		if n.Moved[address] {
			continue
		}
		p.Removed = append(p.Removed, Page{Address: address})
	}
	p.sort()
	return p
}

func (p *Pages) sort() {
	for _, list := range []*[]Page{&p.Added, &p.Changed, &p.Removed} {
		slices.SortFunc(*list, func(x, y Page) int { return strings.Compare(x.Address, y.Address) })
		if *list == nil {
			*list = []Page{}
		}
	}
}

// pageOf names a file of the site by the title of its page.
func pageOf(address string, f bureau.File) Page {
	p := Page{Address: address}
	if path.Ext(f.Path) != ".html" {
		return p
	}
	_, rest, found := bytes.Cut(f.Bytes, []byte("<title>"))
	title, _, closed := bytes.Cut(rest, []byte("</title>"))
	if found && closed {
		p.Title = html.UnescapeString(string(title))
		if i := strings.LastIndex(p.Title, " - "); i > 0 { // the name of the site follows
			p.Title = p.Title[:i]
		}
	}
	return p
}
