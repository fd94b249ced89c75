// Package kept keeps with a publication what it was made from, so that a document whose
// new version has an error can stand as it was published: data/sources.zip holds each
// statistic, register, guide, notice, policy document and page, and the lists of units, targets, moved
// addresses, suggestions, inquiries and translations, as staff write it, at its path from the
// bureau's folder. A file of data/static stands in the publication as it is.
//
// A copy says no more than the site does. What has no page is not kept. A table has its
// withheld and rounded figures as they are published, and neither the lines that name a
// person nor the references of consents; YAML and Markdown have no comments; of the
// translations there are those that pages read. What stays stands on its line, so that a
// message or a waiver of a place still finds it; translations stand one after the other.
// A document of which no such copy can be made is not kept.
//
// What is read back is trusted no more than what staff write: it has to be as the
// manifest says, and is then loaded, checked and protected as every other file.
package kept

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/folder"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/published"
)

// limit is how many bytes of files the archive holds at most; a variable for tests.
var limit = 256 << 20

// ErrTooLarge says that the copies are more than the archive holds.
var ErrTooLarge = errors.New("more sources than are kept")

// Sources are the copies of the documents of a bureau.
type Sources struct {
	documents []bureau.Document
	copies    [][]packed // of each, by path
}

// packed is a file as the archive holds it.
type packed struct {
	header zip.FileHeader
	bytes  []byte
}

// How a raw entry says what CreateHeader would of one that it packs itself.
const (
	utf8Name = 0x800       // flag: the name is in UTF-8
	version  = 20          // of the format, from which there are packed files
	firstDay = 1<<5 | 1<<0 // that the format knows, 1980-01-01
)

// packedOf packs a file. One that is larger than an archive holds stays unpacked: no archive
// is made with it.
func packedOf(f bureau.File) packed {
	p := packed{header: zip.FileHeader{
		Name: f.Path, Method: zip.Deflate, Flags: utf8Name, CreatorVersion: version, ReaderVersion: version,
		CRC32: crc32.ChecksumIEEE(f.Bytes), UncompressedSize64: uint64(len(f.Bytes)),
	}}
	p.header.ModifiedDate = firstDay //lint:ignore SA1019 a raw entry has the day that stands here, not Modified
	if len(f.Bytes) > limit {
		return p
	}
	var b bytes.Buffer
	b.Grow(len(f.Bytes)/2 + 64)
	flate.StatelessDeflate(&b, f.Bytes, true, nil) // into memory
	p.bytes = bytes.Clone(b.Bytes())
	p.header.CompressedSize64 = uint64(len(p.bytes))
	return p
}

// Make copies the documents of a bureau after disclosure control, from their files in
// fsys. inputs are the files that the bureau was loaded from: one that is another by now
// is not kept. said are the translations that pages read. The same files give the same
// bytes.
//
// It takes out of the bureau the hash and the size of each file of a document that is not
// published as it is: anybody could put guesses in the place of what is left out until
// they give the hash. A draft of a guide is no input at all.
func Make(ctx context.Context, b *bureau.Bureau, fsys fs.FS, inputs []bureau.Input, said []bureau.Translations, jobs int) (Sources, error) {
	s := Sources{documents: withLists(b.Documents(), inputs)}
	s.copies = make([][]packed, len(s.documents))
	err := copyAll(ctx, b, s.documents, fsys, inputs, said, jobs, func(i int, f bureau.File) { s.copies[i] = append(s.copies[i], packedOf(f)) })
	return s, err
}

// Withhold takes out of the bureau what Make does of all that pages tell of files, and
// keeps nothing. They tell the hashes of no documents of words and of no translations.
func Withhold(ctx context.Context, b *bureau.Bureau, fsys fs.FS, inputs []bureau.Input, jobs int) error {
	tables := *b
	tables.Guides, tables.Notices, tables.Policies, tables.Pages, tables.Translations = nil, nil, nil, nil, nil
	tables.Inputs = nil
	inputs = slices.DeleteFunc(slices.Clone(inputs), func(in bureau.Input) bool { return bureau.KindAt(in.Path).IsDocument() })
	err := copyAll(ctx, &tables, withLists(tables.Documents(), inputs), fsys, inputs, nil, jobs, func(int, bureau.File) {})
	b.Texts = nil
	return err
}

// withLists adds the lists among the inputs to documents: units, targets and their like.
func withLists(documents []bureau.Document, inputs []bureau.Input) []bureau.Document {
	for _, in := range inputs {
		if bureau.IsList(in.Path) {
			documents = append(documents, bureau.Document{File: in.Path})
		}
	}
	return documents
}

// copyAll does what Make does but packing: it gives each copy to take, with the number of
// its document. Several goroutines call take at a time, those of one document one after
// another.
func copyAll(ctx context.Context, b *bureau.Bureau, documents []bureau.Document, fsys fs.FS, inputs []bureau.Input, said []bureau.Translations, jobs int, take func(i int, f bureau.File)) error {
	sums := map[string]string{}
	for _, in := range inputs {
		sums[in.Path] = in.SHA256
	}
	values := documentsOf(b, said)
	as := make([][]string, len(documents)) // the files that are published as they are
	err := each.Do(jobs, len(documents), func(i int) error {
		d := documents[i]
		var files []bureau.File
		for _, name := range bureau.DocumentFiles(d.File) {
			if name != d.File && name != d.Descriptor {
				continue
			}
			data, read := b.Texts[name]
			if !read {
				var err error
				if data, err = folder.Read(fsys, name, bureau.KindAt(name).Limit()); err != nil || bureau.SHA256(data) != sums[name] {
					return ctx.Err()
				}
			}
			files = append(files, bureau.File{Path: name, Bytes: data})
		}
		made := files
		if _, is := b.Keeps(d.File); !is { // else it is a copy
			made = values.copies(files)
		}
		for j := range made {
			if values.same(files[j], made[j]) {
				made[j] = files[j] // so that its hash is the one that pages print
				as[i] = append(as[i], made[j].Path)
			}
		}
		if about, is := protection(values[d.File]); is && len(made) > 0 {
			made = append(made, about)
		}
		for _, f := range made {
			take(i, f)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	b.Texts = nil
	withhold(b, slices.Concat(as...))
	return nil
}

// withhold takes away what tells of the files of documents that are not published as
// they are.
func withhold(b *bureau.Bureau, published []string) {
	tells := map[string]bool{}
	for _, name := range published {
		tells[name] = true
	}
	drafts := map[string]bool{}
	for _, g := range b.Guides {
		drafts[g.File] = g.Status.V == "draft"
	}
	b.Inputs = slices.DeleteFunc(b.Inputs, func(in bureau.Input) bool { return drafts[in.Path] })
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if _, kind := bureau.DocumentFile(in.Path); (kind != bureau.UnknownKind || bureau.KindAt(in.Path) == bureau.InquiriesKind) && !tells[in.Path] {
			*in = bureau.Input{Path: in.Path}
		}
	}
	for _, list := range b.Translations {
		if i := slices.IndexFunc(b.Inputs, func(in bureau.Input) bool { return in.Path == list.File }); i >= 0 && !tells[list.File] {
			b.Inputs[i] = bureau.Input{Path: list.File}
		}
	}
	for _, s := range b.Statistics {
		if !tells[s.File] {
			s.SHA256 = ""
		}
	}
	withholdOrigins(b)
}

// withholdOrigins takes away the hash of the record of cells of each statistic that is
// not published whole as it is now, and that of each office file of which such a
// statistic was made, or of which something was left out. Where a statistic stands as it
// was published before, the record is of other figures, and its cells are not told.
func withholdOrigins(b *bureau.Bureau) {
	whole := map[string]bool{}
	for _, s := range b.Statistics {
		if _, standing := b.Keeps(s.File); standing {
			s.Sheets, s.Origins = nil, nil
			continue
		}
		whole[bureau.OriginsKind.File(s.Name)] = s.SHA256 != ""
	}
	for i := range b.Inputs {
		if in := &b.Inputs[i]; bureau.KindAt(in.Path) == bureau.OriginsKind && !whole[in.Path] {
			b.Inputs[i] = bureau.Input{Path: in.Path}
		}
	}
	secret := map[string]bool{}
	for _, o := range b.Origins {
		for _, sheet := range o.Sheets {
			if sheet.LeftOut || !whole[o.File] {
				secret[sheet.SHA256] = true
			}
		}
	}
	for _, s := range b.Statistics {
		for i := range s.Sheets {
			if sheet := &s.Sheets[i]; secret[sheet.SHA256] {
				sheet.SHA256 = ""
			}
		}
	}
}

// Archive packs the copies of the documents that are shown on a page of the site. It
// reports ErrTooLarge where they are more than an archive holds, and keeps none.
func (s Sources) Archive(shown func(page string) bool) (bureau.File, error) {
	var files []packed
	total := uint64(0)
	for i, d := range s.documents {
		if d.Page != "" && !shown(d.Page) {
			continue // a draft of a guide
		}
		for _, f := range s.copies[i] {
			files = append(files, f)
			total += f.header.UncompressedSize64
		}
	}
	switch {
	case total > uint64(limit):
		return bureau.File{}, ErrTooLarge
	case len(files) == 0:
		return bureau.File{}, nil
	}
	slices.SortFunc(files, func(x, y packed) int { return strings.Compare(x.header.Name, y.header.Name) })
	return pack(files)
}

// Protection is what disclosure control did to a statistic, and what its table no longer
// tells: it stands beside the table, as JSON. What is rounded is rounded again. How many
// cells are hidden because they are small, and how many for another reason, it does not
// tell: three that sum to 11 could then only be 3 or 4.
type Protection struct {
	Method    string
	Threshold int
	Sensitive int      `json:",omitempty"`
	Hidden    int      // cells, for either reason
	Withheld  bool     `json:",omitempty"`
	Breaks    [][2]int `json:",omitempty"` // the rows and fields that are withheld and begin a new series
}

// protection gives the file that says what was done to a document.
func protection(document any) (bureau.File, bool) {
	s, is := document.(*bureau.Statistic)
	if !is || s.Disclosure.Primary+s.Disclosure.Secondary == 0 {
		return bureau.File{}, false
	}
	d := s.Disclosure
	p := Protection{Method: d.Method, Threshold: d.Threshold, Sensitive: d.Sensitive, Hidden: d.Primary + d.Secondary, Withheld: d.Withheld}
	for r := range s.Rows {
		for f := range s.Fields {
			if both := bureau.Break | bureau.Confidential; !s.Fields[f].Derived && s.Cell(r, f).Status&both == both {
				p.Breaks = append(p.Breaks, [2]int{r, f})
			}
		}
	}
	about, err := json.Marshal(p)
	return bureau.File{Path: besides(s.File), Bytes: append(about, '\n')}, err == nil
}

// Restore tells a statistic what was done to it. Why each cell is hidden is not known any
// more, and all are taken to be hidden for the others.
func (p Protection) Restore(s *bureau.Statistic) {
	s.Disclosure = bureau.Disclosure{Method: p.Method, Threshold: p.Threshold, Sensitive: p.Sensitive, Secondary: p.Hidden, Withheld: p.Withheld}
	for _, at := range p.Breaks {
		if r, f := at[0], at[1]; r >= 0 && r < len(s.Rows) && f >= 0 && f < len(s.Fields) {
			if c := s.Cell(r, f); c.Status&bureau.Confidential != 0 {
				c.Status |= bureau.Break
				s.Set(r, f, c)
			}
		}
	}
}

// besides is where the archive says what was done to a statistic.
func besides(document string) string { return strings.TrimSuffix(document, ".csv") + ".json" }

// pack makes the archive of files, which are by path.
func pack(files []packed) (bureau.File, error) {
	var b bytes.Buffer
	size := 0
	for _, f := range files {
		size += len(f.bytes) + 2*len(f.header.Name) + 128
	}
	b.Grow(size)
	w := zip.NewWriter(&b)
	for _, f := range files {
		entry, err := w.CreateRaw(&f.header)
		if err != nil {
			return bureau.File{}, err
		}
		if _, err := entry.Write(f.bytes); err != nil {
			return bureau.File{}, err
		}
	}
	err := w.Close()
	return bureau.File{Path: bureau.SourcesFile, Bytes: b.Bytes()}, err
}

// Copies are what a publication keeps of its documents. The zero Copies are those of a
// site that keeps none.
type Copies struct {
	site    *published.Site
	archive *zip.Reader
	day     period.Date // of the publication
}

// Open finds the copies that a site keeps. One without an archive keeps none; one that
// is another than the manifest says is an error.
func Open(ctx context.Context, s *published.Site) (Copies, error) {
	c := Copies{site: s}
	day, ok := period.ParseDate(s.Manifest.AsOf)
	if now, moment := period.ParseMoment(s.Manifest.AsOf); !ok && moment {
		day, ok = now.Day, true
	}
	if !ok || len(s.Names(bureau.SourcesFile)) == 0 {
		return c, nil
	}
	data, err := s.File(ctx, bureau.SourcesFile)
	if err != nil {
		return c, err
	}
	c.archive, err = zip.NewReader(bytes.NewReader(data), int64(len(data)))
	c.day = day
	return c, err
}

// Document is what a publication keeps of a document.
type Document struct {
	Files      []bureau.File  // as staff write them; none where it is not kept
	Inputs     []bureau.Input // the files that they are of, as the manifest has them
	Protection Protection     // of its figures
	Since      period.Date    // the day of the first publication with what stands now
}

// Document gives what is kept of a document, a list or a file of data/static.
func (c Copies) Document(ctx context.Context, document string) (Document, error) {
	var d Document
	if static, is := bureau.StaticFile(document); is && c.site != nil && slices.Contains(c.site.Names(static), static) {
		data, err := c.site.File(ctx, static)
		if err != nil {
			return d, err
		}
		d.Files = []bureau.File{{Path: document, Bytes: data}}
		return c.since(document, d), nil
	}
	if c.archive == nil {
		return d, nil
	}
	names, about := bureau.DocumentFiles(document), besides(document)
	for _, entry := range c.archive.File {
		own := slices.Contains(names, entry.Name)
		if !own && entry.Name != about {
			continue
		}
		data, err := unpack(entry, bureau.KindAt(document).Limit())
		if err == nil && !own {
			err = json.Unmarshal(data, &d.Protection)
		}
		if err != nil {
			return d, &fs.PathError{Op: "read", Path: bureau.SourcesFile + "!" + entry.Name, Err: err}
		}
		if own {
			d.Files = append(d.Files, bureau.File{Path: entry.Name, Bytes: data})
		}
	}
	if !slices.ContainsFunc(d.Files, func(f bureau.File) bool { return f.Path == document }) {
		return Document{}, nil
	}
	return c.since(document, d), nil
}

// Unchanged tells whether a document is as it was published, by what inputs tell of its
// files: of one that is not published wholly they tell nothing.
func (d Document) Unchanged(inputs []bureau.Input) bool {
	return len(d.Inputs) > 0 && !slices.ContainsFunc(d.Inputs, func(was bureau.Input) bool {
		return was.SHA256 == "" || !slices.Contains(inputs, was)
	})
}

// Has tells whether the publication keeps a copy of a document or a list.
func (c Copies) Has(document string) bool {
	return c.archive != nil && slices.ContainsFunc(c.archive.File, func(f *zip.File) bool { return f.Name == document })
}

// InArchive stands before the name of a file of the archive, where a place in it is told.
const InArchive = bureau.SourcesFile + "!"

// Translations are those that the pages of a publication read, into the languages of a
// site.
func (c Copies) Translations(ctx context.Context, s bureau.Site) ([]bureau.Translations, error) {
	if c.archive == nil {
		return nil, nil
	}
	var names []string
	for _, l := range s.Languages {
		names = append(names, l.V)
	}
	var all []bureau.Translations
	for _, entry := range c.archive.File {
		language, found := locale.Match(names, strings.TrimSuffix(path.Base(entry.Name), ".csv"))
		if !found || bureau.KindAt(entry.Name) != bureau.TranslationsKind {
			continue
		}
		d, err := c.Document(ctx, entry.Name)
		if err != nil {
			return nil, err
		}
		for _, f := range d.Files {
			name := InArchive + f.Path // where its rows stand
			rows, _ := load.Rows[bureau.Translation](name, f.Bytes)
			all = append(all, bureau.Translations{Language: language, File: name, Rows: rows, Kept: true})
		}
	}
	return all, nil
}

// since adds what the manifest says of a document: the files that it was made from, and
// since when it stands.
func (c Copies) since(document string, d Document) Document {
	names := bureau.DocumentFiles(document)
	for _, in := range c.site.Manifest.Inputs {
		if slices.Contains(names, in.Path) {
			d.Inputs = append(d.Inputs, in)
		}
	}
	d.Since = c.day
	for _, k := range c.site.Manifest.Kept {
		if day, ok := period.ParseDate(k.Since); k.Path == document && ok {
			d.Since = day
		}
	}
	return d
}

// Holders tells which document, list or file of data/static a publication made its
// addresses of.
type Holders struct {
	copies Copies
	of     map[string]string // by the page's path, without index.html
}

// Holders reads what the site keeps. fsys is the bureau's folder, for the settings.
func (c Copies) Holders(ctx context.Context, fsys fs.FS) Holders {
	h := Holders{copies: c, of: map[string]string{}}
	if c.archive == nil {
		return h
	}
	was := Overlay{FS: fsys, Files: map[string][]byte{}}
	for _, entry := range c.archive.File {
		if kind := bureau.KindAt(entry.Name); kind != bureau.UnknownKind {
			if data, err := unpack(entry, kind.Limit()); err == nil {
				was.Files[entry.Name] = data
			}
		}
	}
	b, _ := load.Bureau(ctx, was, 1, nil)
	add := func(page, file string) {
		if was.Files[file] != nil {
			h.of[strings.TrimSuffix(page, "index.html")] = file
		}
	}
	for _, d := range b.Documents() {
		add(d.Page, d.File)
	}
	for i := range b.Units {
		add(b.Units[i].Page(), bureau.UnitsKind.File())
	}
	for i := range b.Matters {
		add(b.Matters[i].Page(), b.Matters[i].ID.At.File)
	}
	return h
}

// Of finds what an address is of: a page, what stands below one, the file itself. It is
// empty where nothing is kept of it.
func (h Holders) Of(address string) string {
	if name, is := strings.CutPrefix(address, bureau.StaticSection.Folder()); is {
		if h.copies.site == nil || !slices.Contains(h.copies.site.Names(address), address) {
			return ""
		}
		return bureau.StaticKind.File() + name
	}
	for page := address; page != ""; {
		if file := h.of[page]; file != "" {
			return file
		}
		page = page[:strings.LastIndex(strings.TrimSuffix(page, "/"), "/")+1]
	}
	return ""
}

// Shown gives what the site shows of some statistics, by their names.
func (c Copies) Shown(ctx context.Context, names []string) (*bureau.Release, error) {
	var files []string
	for _, name := range names {
		files = append(files, bureau.StatisticFile(name, name+".json"))
	}
	return ledger.Shown(files, func(name string) ([]byte, error) { return c.site.File(ctx, name) })
}

// unpack gives the bytes of an entry, of which there may be so many.
func unpack(entry *zip.File, most int64) ([]byte, error) {
	in, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return folder.AtMost(in, most)
}
