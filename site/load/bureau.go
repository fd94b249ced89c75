// Package load reads a bureau's folder: data/ becomes a *bureau.Bureau and the
// problems that stand in its files.
//
// Every file is read once, side by side with the others, and bounded in size; where
// each kind stands is the table of package bureau. What stands where it cannot be
// understood is a problem, never a silent loss: a file that nothing reads is named,
// a file that vanishes while it is read is an error. Reading goes on after an error,
// so that one run reports them all. What is understood is judged elsewhere: by the
// function that looks into each file while its bytes are at hand, by the ledger, and
// by package check.
package load

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/folder"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// entry is one file of data/ and what was read from it.
type entry struct {
	kind     bureau.Kind
	path     string
	file     bureau.File
	input    bureau.Input
	problems problem.List
	findings []bureau.Finding
	value    any // what its decoder made of it; nil where that is nothing
	listed   fs.DirEntry
}

// Inspect looks into a file while its bytes are at hand: they are let go when it
// has been decoded. data is the text of a file of words, and the bytes as they are
// of any other, and of words that no encoding fits; value is what was decoded, nil
// where that failed. What nothing reads is looked into as well, as of UnknownKind.
// Several are inspected at a time.
type Inspect func(kind bureau.Kind, file string, data []byte, value any) []bureau.Finding

// decoder makes of a file what a bureau holds of it. about is its descriptor,
// decoded: nil where the file has none, of another type where it cannot be read.
type decoder func(file string, data []byte, about any, o period.Options) (any, problem.List)

// decoders are those of all kinds of file. What stands in data/static is not
// decoded.
var decoders = [bureau.EndOfKinds]decoder{
	bureau.SiteKind:                value(Site),
	bureau.PrivacyKind:             value(Privacy),
	bureau.UnitsKind:               value(Rows[bureau.Unit]),
	bureau.TargetsKind:             value(Rows[bureau.Target]),
	bureau.RevisionsKind:           value(Rows[bureau.Revision]),
	bureau.AnswersKind:             value(Rows[bureau.Answer]),
	bureau.ApprovalsKind:           value(Rows[bureau.Approval]),
	bureau.MattersKind:             value(Matters),
	bureau.AddressesKind:           value(Rows[bureau.Move]),
	bureau.HeadKind:                value(Head),
	bureau.TableKind:               func(string, []byte, any, period.Options) (any, problem.List) { return nil, nil },
	bureau.ReleaseKind:             pointer(Release),
	bureau.StatisticDescriptorKind: value(Descriptor),
	bureau.RegisterDescriptorKind:  value(RegisterDescriptor),
	bureau.RecipeKind:              value(Recipe),
	bureau.OriginsKind:             value(Origins),
	bureau.GuideKind:               pointer(Guide),
	bureau.NoticeKind:              pointer(Notice),
	bureau.PageKind:                pointer(Page),
	bureau.AnnualKind:              pointer(Annual),
	bureau.InquiriesKind:           value(Inquiries),
	bureau.RequestsKind:            value(Requests),
	bureau.PolicyKind:              pointer(Policy),
	bureau.TranslationsKind:        value(Rows[bureau.Translation]),
	bureau.StatisticKind: func(file string, data []byte, about any, o period.Options) (any, problem.List) {
		d, _ := about.(bureau.Descriptor)
		s, problems := Statistic(file, data, d, about != nil, o)
		return orNil(s), problems
	},
	bureau.RegisterKind: func(file string, data []byte, about any, _ period.Options) (any, problem.List) {
		d, _ := about.(bureau.RegisterDescriptor)
		r, problems := Register(file, data, d, about != nil)
		return orNil(r), problems
	},
	bureau.StaticKind: func(string, []byte, any, period.Options) (any, problem.List) { return nil, nil },
}

func value[T any](read func(string, []byte) (T, problem.List)) decoder {
	return func(file string, data []byte, _ any, _ period.Options) (any, problem.List) { return read(file, data) }
}

func pointer[T any](read func(string, []byte) (*T, problem.List)) decoder {
	return func(file string, data []byte, _ any, _ period.Options) (any, problem.List) {
		v, problems := read(file, data)
		return orNil(v), problems
	}
}

func orNil[T any](v *T) any {
	if v == nil {
		return nil
	}
	return v
}

// reader reads the files of a bureau's folder.
type reader struct {
	fsys      fs.FS
	inspect   Inspect
	options   period.Options
	described map[string]*entry // the files that describe others, by their path
}

// Bureau reads data/ below the root of fsys with as many workers as jobs says.
func Bureau(ctx context.Context, fsys fs.FS, jobs int, inspect Inspect) (*bureau.Bureau, problem.List) {
	return (*Memory)(nil).Bureau(ctx, fsys, jobs, inspect)
}

// Bureau reads data/ as the function Bureau does, but what did not change since it was
// read before. fsys and inspect have to be the same each time.
func (m *Memory) Bureau(ctx context.Context, fsys fs.FS, jobs int, inspect Inspect) (*bureau.Bureau, problem.List) {
	entries, problems := list(&listing{FS: fsys, jobs: jobs})
	m.forget(entries)
	r := reader{fsys: fsys, inspect: inspect, described: map[string]*entry{}}
	known := languagesOf(fsys)
	site, _ := Site("", nil) // its defaults
	site.At = problem.Position{}
	if i := slices.IndexFunc(entries, func(e *entry) bool { return e.kind == bureau.SiteKind }); i >= 0 {
		r.read(entries[i])
		if s, ok := entries[i].value.(bureau.Site); ok {
			known.site(&s, &entries[i].problems)
			site = s
		}
	} else {
		problems.Error(problem.Position{File: bureau.SiteKind.File()}, problem.FilesNoSite,
			problem.Say("没有 data/site.yaml（网站设置）", "there is no data/site.yaml"),
			problem.Say("新建 data/site.yaml，至少写上 title: …（网站名称）和 organization: …（单位名称）；也可以用 sunshine init 新建一个目录", "create data/site.yaml with title: … and organization: …, or start a new folder with sunshine init"))
	}
	r.options.FinancialYearStart = time.Month(site.FinancialYearStart.V)
	var first []*entry // those that are not read with another
	for _, e := range entries {
		switch {
		case e.kind.Describes() != bureau.UnknownKind:
			r.described[e.path] = e
		case e.kind != bureau.SiteKind:
			first = append(first, e)
		}
	}
	each.Do(jobs, len(first), func(i int) error {
		m.entry(&r, first[i])
		return ctx.Err()
	})
	return gather(site, known, entries, problems)
}

// read reads a file, after the one that describes it, and inspects it.
func (r *reader) read(e *entry) {
	data, err := folder.Read(r.fsys, e.path, e.kind.Limit())
	switch {
	case e.kind == bureau.UnknownKind:
		if err == nil && r.inspect != nil {
			e.findings = r.inspect(e.kind, e.path, data, nil)
		}
		return
	case err != nil:
		e.problems = append(e.problems, folder.Problem(e.path, e.kind.Limit(), err))
		return
	}
	sum := sha256.Sum256(data)
	e.input = bureau.Input{Path: e.path, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data))}
	switch e.kind {
	case bureau.StaticKind:
		e.file.Path, _ = bureau.StaticFile(e.path)
		e.file.Bytes = data
	case bureau.TableKind, bureau.GuideKind, bureau.NoticeKind, bureau.PageKind, bureau.PolicyKind:
		e.file = bureau.File{Path: e.path, Bytes: data}
	}
	var about any
	if by := e.kind.DescribedBy(); by != bureau.UnknownKind {
		if described := r.described[by.Beside(e.path)]; described != nil {
			r.read(described)
			if about = described.value; about == nil {
				about = unreadable{}
			}
		}
	}
	v, problems := decoders[e.kind](e.path, data, about, r.options)
	e.value, e.problems = v, append(e.problems, problems...)
	if s, ok := v.(*bureau.Statistic); ok {
		s.SHA256 = e.input.SHA256
	}
	if e.kind.IsText() {
		if text, problems := prose(e.path, data); len(problems) == 0 {
			data = text
		}
	}
	if r.inspect != nil {
		e.findings = r.inspect(e.kind, e.path, data, v)
	}
}

// unreadable stands for a descriptor that is there and cannot be read.
type unreadable struct{}

// gather puts what the entries hold into the bureau, in the order of their paths.
func gather(site bureau.Site, known languages, entries []*entry, problems problem.List) (*bureau.Bureau, problem.List) {
	b := &bureau.Bureau{Site: site, Languages: known, Texts: map[string][]byte{}}
	main := site.MainLanguage()
	numbers := matterNumbers{}
	for _, e := range entries {
		problems = append(problems, e.problems...)
		b.Findings = append(b.Findings, e.findings...)
		// Nothing of the site is made from approvals, and of applications no more than their
		// number; their hash would let anyone try names.
		if e.input.Path != "" && e.kind != bureau.ApprovalsKind && e.kind != bureau.RequestsKind {
			b.Inputs = append(b.Inputs, e.input)
		}
		switch v := e.value.(type) {
		case *bureau.Statistic:
			v.Bases, v.Elsewhere = site.Figures, site.Elsewhere(v.Descriptor.Coverage)
			b.Statistics = append(b.Statistics, v)
		case *bureau.Register:
			b.Registers = append(b.Registers, v)
		case *bureau.Guide:
			if known.document(&v.Language, main, e.path, &problems) {
				b.Guides = append(b.Guides, v)
			}
		case *bureau.Notice:
			if known.document(&v.Language, main, e.path, &problems) {
				b.Notices = append(b.Notices, v)
			}
		case *bureau.Page:
			if known.document(&v.Language, main, e.path, &problems) {
				b.Pages = append(b.Pages, v)
			}
		case *bureau.Policy:
			if known.document(&v.Language, main, e.path, &problems) {
				b.Policies = append(b.Policies, v)
			}
		case *bureau.Annual:
			b.Annual = append(b.Annual, v)
		case []bureau.Unit:
			b.Units = v
		case []bureau.Target:
			b.Targets = v
		case bureau.Recipe:
			b.Recipes = append(b.Recipes, v)
		case bureau.Origins:
			b.Origins = append(b.Origins, v)
		case bureau.Privacy:
			b.Privacy = v
		case []bureau.Revision:
			b.Revisions = v
		case []bureau.Answer:
			b.Answers = v
		case []bureau.Approval:
			b.Approvals = v
		case []bureau.Move:
			b.Moved = v
		case []bureau.Translation:
			language := strings.TrimSuffix(path.Base(e.path), path.Ext(e.path))
			if known.translations(&language, site, e.path, &problems) {
				b.Translations = append(b.Translations, bureau.Translations{Language: language, File: e.path, Rows: v})
			}
		case bureau.Head:
			b.Head = &v
		case []bureau.Inquiry:
			b.Inquiries = append(b.Inquiries, v...)
		case []bureau.Request:
			b.Requests = append(b.Requests, v...)
		case []bureau.Matter:
			b.Matters = append(b.Matters, numbers.once(v, &problems)...)
		}
		if e.kind.IsDocument() && e.value != nil {
			b.Texts[e.path] = e.file.Bytes
		}
		switch {
		case e.kind == bureau.ReleaseKind:
			record, _ := e.value.(*bureau.Record)
			b.Records = append(b.Records, record)
		case e.kind == bureau.StaticKind && e.input.Path != "":
			b.Static = append(b.Static, e.file)
		case e.kind == bureau.TableKind && e.input.Path != "":
			b.Tables = append(b.Tables, e.file)
		}
	}
	for _, o := range b.Origins {
		if texts, columns := textsOf(b, o.Name); texts != nil {
			problems.Add(edited(o, columns, texts))
		} else if i := slices.IndexFunc(b.Statistics, func(s *bureau.Statistic) bool { return s.File == bureau.StatisticKind.File(o.Name) }); i >= 0 {
			problems.Add(trace(b.Statistics[i], o, period.Options{FinancialYearStart: time.Month(site.FinancialYearStart.V)}))
		}
	}
	area := func(id string) int {
		return slices.IndexFunc(bureau.Areas, func(a bureau.Area) bool { return a.ID == id })
	}
	slices.SortStableFunc(b.Guides, func(x, y *bureau.Guide) int {
		return cmp.Or(cmp.Compare(area(x.Area.V), area(y.Area.V)), cmp.Compare(x.Name, y.Name), first(main, x.Language, y.Language))
	})
	slices.SortStableFunc(b.Matters, func(x, y bureau.Matter) int {
		return cmp.Or(cmp.Compare(y.Received.V, x.Received.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Inquiries, func(x, y bureau.Inquiry) int {
		return cmp.Or(cmp.Compare(y.Received.V, x.Received.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Notices, func(x, y *bureau.Notice) int {
		return cmp.Or(cmp.Compare(y.Date.V, x.Date.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Policies, func(x, y *bureau.Policy) int { // of one day a document before what explains it
		return cmp.Or(cmp.Compare(y.Published.V, x.Published.V), cmp.Compare(x.Explains.V, y.Explains.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Annual, func(x, y *bureau.Annual) int { return cmp.Compare(y.Year, x.Year) })
	slices.SortStableFunc(b.Registers, func(x, y *bureau.Register) int {
		return cmp.Or(cmp.Compare(x.Descriptor.Order.V, y.Descriptor.Order.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Pages, func(x, y *bureau.Page) int {
		return cmp.Or(cmp.Compare(x.Order.V, y.Order.V), cmp.Compare(x.Name, y.Name))
	})
	return b, problems
}

// textsOf gives the rows of the ledger or the register that the recipe of that name reads.
func textsOf(b *bureau.Bureau, name string) (rows [][]bureau.String, columns []string) {
	i := slices.IndexFunc(b.Recipes, func(r bureau.Recipe) bool { return r.Name == name })
	if i < 0 {
		return nil, nil
	}
	switch b.Recipes[i].Becomes() {
	case bureau.RecipeLedger:
		rows = [][]bureau.String{}
		for m := range b.Matters {
			if b.Matters[m].ID.At.File == bureau.MattersKind.File(name) {
				rows = append(rows, MatterCells(&b.Matters[m]))
			}
		}
		return rows, MatterColumns()
	case bureau.RecipeRegister:
		rows = [][]bureau.String{}
		for _, r := range b.Registers {
			if r.File != bureau.RegisterKind.File(name) {
				continue
			}
			for _, c := range r.Columns {
				columns = append(columns, c.Name)
			}
			for n := range r.Rows() {
				rows = append(rows, r.Row(n))
			}
		}
	}
	return rows, columns
}

// first orders the main language before the others, and these by their names.
func first(main, x, y string) int {
	switch main {
	case x:
		x = ""
	case y:
		y = ""
	}
	return cmp.Compare(x, y)
}

// listing reads the folders below one side by side, when the first of them is asked for.
type listing struct {
	fs.FS
	jobs int
	read map[string][]fs.DirEntry // nil before
}

// ReadDir is that of fs.ReadDirFS.
func (l *listing) ReadDir(name string) ([]fs.DirEntry, error) {
	if l.read == nil {
		l.read = map[string][]fs.DirEntry{}
		for level := []string{name}; len(level) > 0; {
			found := make([][]fs.DirEntry, len(level))
			each.Do(l.jobs, len(level), func(i int) error {
				if entries, err := fs.ReadDir(l.FS, level[i]); err == nil { // else it is asked for again, and told
					found[i] = entries
				}
				return nil
			})
			var below []string
			for i, entries := range found {
				if entries == nil {
					continue
				}
				l.read[level[i]] = entries
				for _, e := range entries {
					if e.IsDir() {
						below = append(below, path.Join(level[i], e.Name()))
					}
				}
			}
			level = below
		}
	}
	if entries, is := l.read[name]; is {
		return entries, nil
	}
	return fs.ReadDir(l.FS, name)
}

// Lstat is that of fs.ReadLinkFS, and ReadLink.
func (l *listing) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(l.FS, name) }

// ReadLink gives where a link leads.
func (l *listing) ReadLink(name string) (string, error) { return fs.ReadLink(l.FS, name) }

// Stat tells what stands at a name.
func (l *listing) Stat(name string) (fs.FileInfo, error) { return fs.Stat(l.FS, name) }

// list walks data/ and tells what each file is. It follows no link, so that
// nothing outside the folder is published.
func list(fsys fs.FS) ([]*entry, problem.List) {
	var entries []*entry
	var problems problem.List
	if err := folder.Folder(fsys, "data"); err != nil {
		if !errors.Is(err, fs.ErrNotExist) { // else site.yaml is missed
			problems = append(problems, folder.Problem("data", 0, err))
		}
		return nil, problems
	}
	err := fs.WalkDir(fsys, "data", func(name string, d fs.DirEntry, err error) error {
		at := problem.Position{File: name}
		if err != nil {
			problems = append(problems, folder.Problem(name, 0, err))
			return nil
		}
		base := path.Base(name)
		if name != "data" && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || base == "Thumbs.db" || base == "desktop.ini") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil // an editor's or the system's own
		}
		if problem.Visible(base) != base {
			problems.Error(at, problem.FileName,
				problem.Say("文件名里有控制字符或看不见的字符", "the name holds a control character or an invisible one"),
				problem.Say("给它改名，重新输入整个名称", "rename it, typing the whole name again"))
			if d.IsDir() {
				return fs.SkipDir
			}
			if folder.Regular(d.Type()) == nil {
				entries = append(entries, &entry{path: name}) // to be inspected
			}
			return nil
		}
		kind := bureau.KindAt(name)
		if d.IsDir() && (kind == bureau.UnknownKind || kind == bureau.StaticKind) {
			return nil
		}
		if err := folder.Regular(d.Type()); err != nil {
			problems = append(problems, folder.Problem(name, 0, err))
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if kind == bureau.UnknownKind {
			message, hint := unknownFile(name)
			problems.Warn(at, problem.FilesUnread, message, hint)
		}
		entries = append(entries, &entry{kind: kind, path: name, listed: d})
		return nil
	})
	if err != nil {
		problems = append(problems, folder.Problem("data", 0, err))
	}
	there := make(map[string]bool, len(entries))
	for _, e := range entries {
		there[e.path] = true
	}
	for _, e := range entries {
		of := e.kind.Describes()
		if of == bureau.UnknownKind {
			continue
		}
		if table := of.Beside(e.path); !there[table] {
			problems.Error(problem.Position{File: e.path}, problem.StatsNoTable,
				problem.Say("有说明文件，但没有数据文件 %s", "the table that it describes is not there: %s", table),
				problem.Say("把报表另存为CSV，放到这个位置，或者删去说明文件", "save the table as CSV at that place, or delete the descriptor"))
			entries = append(entries, &entry{path: e.path}) // nobody else reads it
		}
	}
	return entries, problems
}

// unknownFile says what to do with a file that nothing reads, by what it is.
func unknownFile(name string) (message, hint problem.Text) {
	message = problem.Say("没有读取：这个位置不放这种文件", "is not read: files of this kind do not belong here")
	switch ext := strings.ToLower(path.Ext(name)); {
	case strings.HasPrefix(name, bureau.TranslationsKind.Folder()+"/"):
		hint = problem.Say("译文放在 data/translations/<语言>.csv，一种语言一个文件，例如 en.csv；表格另存为CSV，文件名不对的改名", "translations belong at data/translations/<language>.csv, a file for each language, such as en.csv; save a table as CSV, and name the file after its language")
	case strings.Contains(name, "inquir") || strings.Contains(name, "咨询") || strings.Contains(name, "request") || strings.Contains(name, "申请公开"):
		hint = problem.Say("咨询建言放在 %[1]s，信息公开申请放在 %[2]s；表格另存为CSV", "inquiries belong at %[1]s, applications for information at %[2]s; save a table as CSV", bureau.InquiriesKind.File("<名称>"), bureau.RequestsKind.File("<名称>"))
	case ext == ".xlsx" || ext == ".tsv":
		message = problem.Say("这是一份表格，没有读取", "is a table, and is not read")
		hint = problem.Say("运行 sunshine import %s，确认以后写成 data/stats/ 里的CSV；再把它移到 data 以外", "run sunshine import %s, which makes CSV in data/stats/ of it once that is confirmed; then move it out of data", problem.Quote(name))
	case ext == ".xls" || ext == ".xlsm" || ext == ".xlsb" || ext == ".et" || ext == ".ods" || ext == ".numbers":
		message = problem.Say("这是一份表格（%s），没有读取", "is a table (%s), and is not read", ext)
		hint = problem.Say("用表格软件打开，另存为 .xlsx，放到 data 以外，再运行 sunshine import 加上它的文件名", "open it in the spreadsheet, save it as .xlsx outside data, and run sunshine import with its name")
	case ext == ".wps" || ext == ".doc" || ext == ".docx" || ext == ".odt" || ext == ".rtf" || ext == ".pages":
		message = problem.Say("这是一份文稿（%s），没有读取", "is a text of a word processor (%s), and is not read", ext)
		hint = problem.Say("要读者看到的，把文字写成 .md 文件放在这里；其中的表格另存为 .xlsx，用 sunshine import 读入；要原样公开的，放到 data/static/", "write what readers are to see as a .md file here; save its tables as .xlsx and read them with sunshine import; put it into data/static/ to publish it as it is")
	case ext == ".yml":
		hint = problem.Say("把扩展名改为 .yaml", "rename it to .yaml")
	case ext != path.Ext(name):
		hint = problem.Say("把扩展名改成小写的 %s", "write its extension in lower case, %s", ext)
	case ext == ".md" && strings.HasPrefix(name, path.Dir(bureau.GuideKind.Folder())+"/"):
		hint = problem.Say("指南放在 data/guides/<类别>/<名称>.md", "guides belong at data/guides/<area>/<name>.md")
	case ext == ".md":
		hint = problem.Say("公告放在 data/notices/，政策文件放在 data/policies/，指南放在 data/guides/<类别>/，其他网页放在 data/pages/", "notices belong into data/notices/, policy documents into data/policies/, guides into data/guides/<area>/, other pages into data/pages/")
	case ext == ".csv":
		hint = problem.Say("统计表放在 data/stats/，清单放在 data/registers/，民意台账放在 data/suggestions/", "statistics belong into data/stats/, registers into data/registers/, ledgers of suggestions into data/suggestions/")
	case ext == ".yaml":
		hint = problem.Say("说明文件和它的表放在一起，同名：data/stats/<名称>.yaml 或 data/registers/<名称>.yaml", "a descriptor stands beside its table under the same name: data/stats/<name>.yaml or data/registers/<name>.yaml")
	default:
		hint = problem.Say("要原样公开的文件放到 data/static/，不用的移走", "move it to data/static/ to publish it as it is, or remove it")
	}
	return message, hint
}
