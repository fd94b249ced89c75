// Package load reads a bureau's folder: data/ becomes a *bureau.Bureau and the
// problems that stand in its files.
//
// Every file is read once, side by side with the others, and bounded in size.
// What stands where it cannot be understood is a problem, never a silent loss:
// a file that nothing reads is named, a file that vanishes while it is read is
// an error, two files that would become the same page are both named. Reading
// goes on after an error, so that one run reports them all.
package load

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Upper bounds of a file's size in bytes, so that a wrong file cannot eat the
// machine's memory. A million rows of three columns are about 25 MB.
const (
	maxTable  = 512 << 20
	maxText   = 1 << 20
	maxStatic = 64 << 20
)

// kind is what a file is, told by where it stands.
type kind int

const (
	siteFile kind = iota
	statisticFile
	descriptorFile
	guideFile
	noticeFile
	pageFile
	unitsFile
	targetsFile
	revisionsFile
	mattersFile
	releaseFile
	privacyFile
	registerFile
	registerDescriptorFile
	staticFile
)

// entry is one file of data/ and what was read from it.
type entry struct {
	kind     kind
	path     string
	file     bureau.File
	input    bureau.Input
	problems problem.List
	findings []bureau.Finding
	value    any
}

// Bureau reads data/ below the root of fsys with as many workers as jobs says.
func Bureau(ctx context.Context, fsys fs.FS, jobs int) (*bureau.Bureau, problem.List) {
	entries, problems := list(fsys)
	site := bureau.Site{}
	if i := slices.IndexFunc(entries, func(e *entry) bool { return e.kind == siteFile }); i >= 0 {
		if e := entries[i]; e.read(fsys) {
			site, e.problems = Site(e.path, e.file.Bytes)
		}
		entries[i].findings = personal(entries[i], entries[i].file.Bytes)
	} else {
		problems.Error(problem.Position{File: "data/site.yaml"}, problem.FilesNoSite,
			problem.Say("没有 data/site.yaml", "there is no data/site.yaml"),
			problem.Say("新建这个文件，至少写上 title 和 organization；也可以用 sunshine init 建一个新目录", "write one with title and organization, or start a new folder with sunshine init"))
	}
	descriptors := map[string]*entry{}
	for _, e := range entries {
		if e.isDescriptor() {
			descriptors[strings.TrimSuffix(e.path, path.Ext(e.path))] = e
		}
	}
	options := period.Options{FinancialYearStart: time.Month(site.FinancialYearStart.V)}
	work := func(e *entry) {
		if !e.read(fsys) {
			return
		}
		data := e.file.Bytes
		if e.kind != staticFile {
			e.file.Bytes = nil // what was read from it holds the text that it needs
		}
		switch e.kind {
		case statisticFile:
			var d bureau.Descriptor
			described := descriptors[strings.TrimSuffix(e.path, ".csv")]
			if described != nil && described.read(fsys) {
				d, described.problems = Descriptor(described.path, described.file.Bytes)
				described.findings = personal(described, described.file.Bytes)
			}
			s, ps := Statistic(e.path, data, d, described != nil, options)
			if s != nil {
				s.SHA256 = e.input.SHA256
				e.value = s
			}
			e.problems = append(e.problems, ps...)
		case registerFile:
			var d bureau.RegisterDescriptor
			described := descriptors[strings.TrimSuffix(e.path, ".csv")]
			if described != nil && described.read(fsys) {
				d, described.problems = RegisterDescriptor(described.path, described.file.Bytes)
				described.findings = personal(described, described.file.Bytes)
			}
			r, ps := Register(e.path, data, d, described != nil)
			e.set(r, r != nil, ps)
		case guideFile:
			g, ps := Guide(e.path, data)
			e.set(g, g != nil, ps)
		case noticeFile:
			n, ps := Notice(e.path, data)
			e.set(n, n != nil, ps)
		case pageFile:
			p, ps := Page(e.path, data)
			e.set(p, p != nil, ps)
		case unitsFile:
			u, ps := Units(e.path, data)
			e.set(u, true, ps)
		case targetsFile:
			t, ps := Targets(e.path, data)
			e.set(t, true, ps)
		case revisionsFile:
			r, ps := Revisions(e.path, data)
			e.set(r, true, ps)
		case mattersFile:
			m, ps := Matters(e.path, data)
			e.set(m, true, ps)
		case releaseFile:
			r, ps := ledger.Read(e.path, data)
			e.set(r, r != nil, ps)
		case privacyFile:
			w, ps := Privacy(e.path, data)
			e.set(w, true, ps)
		}
		e.findings = personal(e, data)
	}
	each.Do(jobs, len(entries), func(i int) error {
		if e := entries[i]; e.kind != siteFile && !e.isDescriptor() {
			work(e)
		}
		return ctx.Err()
	})
	inspect(entries)
	return gather(site, entries, problems)
}

// isDescriptor tells whether the file describes a table, with which it is read.
func (e *entry) isDescriptor() bool {
	return e.kind == descriptorFile || e.kind == registerDescriptorFile
}

func (e *entry) set(value any, found bool, problems problem.List) {
	if found {
		e.value = value
	}
	e.problems = append(e.problems, problems...)
}

// gather puts what the entries hold into the bureau, in the order of their paths.
func gather(site bureau.Site, entries []*entry, problems problem.List) (*bureau.Bureau, problem.List) {
	b := &bureau.Bureau{Site: site}
	pages, numbers := pagePaths{}, matterNumbers{}
	var records []*ledger.Record
	releases := 0
	for _, e := range entries {
		problems = append(problems, e.problems...)
		b.Findings = append(b.Findings, e.findings...)
		if e.input.Path != "" {
			b.Inputs = append(b.Inputs, e.input)
		}
		switch v := e.value.(type) {
		case *bureau.Statistic:
			v.Bases = site.Figures
			if pages.claim("stats/"+v.Name, "", e.path, &problems) {
				b.Statistics = append(b.Statistics, v)
			}
		case *bureau.Register:
			if pages.claim("registers/"+v.Name, "", e.path, &problems) {
				b.Registers = append(b.Registers, v)
			}
		case *bureau.Guide:
			if pages.claim("guides/"+v.Area.V+"/"+v.Name, v.Language, e.path, &problems) {
				b.Guides = append(b.Guides, v)
			}
		case *bureau.Notice:
			if pages.claim("notices/"+v.Name, v.Language, e.path, &problems) {
				b.Notices = append(b.Notices, v)
			}
		case *bureau.Page:
			if pages.claim(v.Name, v.Language, e.path, &problems) {
				b.Pages = append(b.Pages, v)
			}
		case []bureau.Unit:
			b.Units = v
		case []bureau.Target:
			b.Targets = v
		case bureau.Privacy:
			b.Privacy = v
		case []bureau.Revision:
			b.Revisions = v
		case []bureau.Matter:
			b.Matters = append(b.Matters, numbers.once(v, &problems)...)
		case *ledger.Record:
			records = append(records, v)
		}
		if e.kind == releaseFile {
			releases++
		}
		if e.kind == staticFile && e.input.Path != "" {
			b.Static = append(b.Static, e.file)
		}
	}
	var more problem.List
	b.Releases, more = ledger.Chain(records)
	problems = append(problems, more...)
	if len(b.Releases) < releases { // what is held against a part of them is reported falsely
		b.Releases, b.Revisions = nil, nil
	}
	area := func(id string) int {
		return slices.IndexFunc(bureau.Areas, func(a bureau.Area) bool { return a.ID == id })
	}
	slices.SortStableFunc(b.Guides, func(x, y *bureau.Guide) int {
		return cmp.Or(cmp.Compare(area(x.Area.V), area(y.Area.V)), cmp.Compare(x.Name, y.Name), cmp.Compare(y.Language, x.Language))
	})
	slices.SortStableFunc(b.Matters, func(x, y bureau.Matter) int {
		return cmp.Or(cmp.Compare(y.Received.V, x.Received.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Notices, func(x, y *bureau.Notice) int {
		return cmp.Or(cmp.Compare(y.Date.V, x.Date.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Registers, func(x, y *bureau.Register) int {
		return cmp.Or(cmp.Compare(x.Descriptor.Order.V, y.Descriptor.Order.V), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(b.Pages, func(x, y *bureau.Page) int {
		return cmp.Or(cmp.Compare(x.Order.V, y.Order.V), cmp.Compare(x.Name, y.Name))
	})
	return b, problems
}

// pagePaths remembers which file each page of the site is made from.
type pagePaths map[string]string

// reserved are the top-level folders and pages that the site makes itself.
var reserved = []string{"stats", "guides", "notices", "suggestions", "units", "targets", "registers", "revisions", "doubts", "data", "assets", "static", "en", "index", "404", "sitemap", "search"}

// claim takes a page's path for a file, or says who has it already.
func (p pagePaths) claim(page, language, file string, problems *problem.List) bool {
	if language == "" || language == "zh" {
		language = ""
	}
	if slices.Contains(reserved, page) {
		problems.Error(problem.Position{File: file}, problem.FilesReservedName,
			problem.Say("网页地址 %s/ 由系统自己使用，文件不能叫这个名字", "the address %s/ is the site's own, so no file may be named so", page),
			problem.Say("给文件换一个名字", "give the file another name"))
		return false
	}
	key := page + "\x00" + language
	if first, taken := p[key]; taken {
		problems.Error(problem.Position{File: file}, problem.FilesSameAddress,
			problem.Say("与 %s 会生成同一个网页地址 %s/", "would become the same page as %s: %s/", first, page),
			problem.Say("给其中一个文件换名（字母大小写、空格和下划线的差别不算）", "rename one of the two; case, spaces and underscores make no difference"))
		return false
	}
	p[key] = file
	return true
}

var (
	linkMessage = problem.Say("是一个链接，链接不会被读取", "is a symbolic link, and links are not read")
	linkHint    = problem.Say("把文件本身复制到这里", "copy the file itself to this place")
)

// list walks data/ and tells what each file is. It follows no link, so that
// nothing outside the folder is published.
func list(fsys fs.FS) ([]*entry, problem.List) {
	var entries []*entry
	var problems problem.List
	if info, err := fs.Lstat(fsys, "data"); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		problems.Error(problem.Position{File: "data"}, problem.FilesLink, linkMessage, linkHint)
		return nil, problems
	}
	err := fs.WalkDir(fsys, "data", func(name string, d fs.DirEntry, err error) error {
		at := problem.Position{File: name}
		if err != nil {
			problems = append(problems, unreadable(name, err))
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
				problem.Say("文件名里有控制字符或看不见的字符", "the name holds a control character or one that is not seen"),
				problem.Say("给它改名，重新键入整个名称", "rename it, and type the whole name anew"))
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 {
			problems.Error(at, problem.FilesLink, linkMessage, linkHint)
			return nil
		}
		if !d.Type().IsRegular() {
			problems.Error(at, problem.FilesNotAFile,
				problem.Say("不是普通文件", "is not a regular file"), problem.Say("移走它", "move it away"))
			return nil
		}
		k, ok := kindOf(name)
		if !ok {
			message, hint := unknownFile(name)
			problems.Warn(at, problem.FilesUnread, message, hint)
			return nil
		}
		entries = append(entries, &entry{kind: k, path: name})
		return nil
	})
	if err != nil {
		problems = append(problems, unreadable("data", err))
	}
	tables := map[string]bool{}
	for _, e := range entries {
		if e.kind == statisticFile || e.kind == registerFile {
			tables[strings.TrimSuffix(e.path, ".csv")] = true
		}
	}
	for _, e := range entries {
		if stem := strings.TrimSuffix(e.path, path.Ext(e.path)); e.isDescriptor() && !tables[stem] {
			problems.Error(problem.Position{File: e.path}, problem.StatsNoTable,
				problem.Say("有说明文件，但没有数据文件 %s.csv", "describes a table that is not there: %s.csv", stem),
				problem.Say("把报表另存为 CSV 放到这个位置，或者删去说明文件", "save the table as CSV at that place, or delete the descriptor"))
		}
	}
	return entries, problems
}

// kindOf tells what a file is by its path.
func kindOf(name string) (kind, bool) {
	dir, ext := path.Dir(name), path.Ext(name)
	switch {
	case name == "data/site.yaml":
		return siteFile, true
	case name == "data/units.csv":
		return unitsFile, true
	case name == "data/targets.csv":
		return targetsFile, true
	case name == "data/privacy.yaml":
		return privacyFile, true
	case name == "data/revisions.csv":
		return revisionsFile, true
	case dir == "data/suggestions" && ext == ".csv":
		return mattersFile, true
	case dir == "data/releases" && ext == ".json":
		return releaseFile, true
	case dir == "data/stats" && ext == ".csv":
		return statisticFile, true
	case dir == "data/stats" && ext == ".yaml":
		return descriptorFile, true
	case dir == "data/registers" && ext == ".csv":
		return registerFile, true
	case dir == "data/registers" && ext == ".yaml":
		return registerDescriptorFile, true
	case path.Dir(dir) == "data/guides" && ext == ".md":
		return guideFile, true
	case dir == "data/notices" && ext == ".md":
		return noticeFile, true
	case dir == "data/pages" && ext == ".md":
		return pageFile, true
	case strings.HasPrefix(name, "data/static/"):
		return staticFile, true
	}
	return 0, false
}

// unknownFile says what to do with a file that nothing reads.
func unknownFile(name string) (message, hint problem.Text) {
	message = problem.Say("没有被读取：这个位置不放这种文件", "is not read: files of this kind do not belong here")
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".xlsx" || ext == ".xls" || ext == ".et":
		hint = problem.Say("在 Excel 里另存为 CSV（UTF-8），放到 data/stats/", "save it as CSV (UTF-8) in the spreadsheet, into data/stats/")
	case ext == ".yml":
		hint = problem.Say("把扩展名改为 .yaml", "rename it to .yaml")
	case ext != path.Ext(name):
		hint = problem.Say("把扩展名改成小写 %s", "write its extension in lower case, %s", ext)
	case strings.HasPrefix(name, "data/guides/"):
		hint = problem.Say("指南放在 data/guides/<类别>/<名称>.md", "guides stand at data/guides/<area>/<name>.md")
	default:
		hint = problem.Say("要原样公开的文件放到 data/static/，不用的移走", "move it to data/static/ to publish it as it is, or away")
	}
	return message, hint
}

// read fills in the entry's bytes and hash; it reports false where that failed.
func (e *entry) read(fsys fs.FS) bool {
	limit := int64(maxText)
	switch e.kind {
	case statisticFile, unitsFile, registerFile, targetsFile, revisionsFile, mattersFile:
		limit = maxTable
	case staticFile, releaseFile:
		limit = maxStatic
	}
	data, err := readBounded(fsys, e.path, limit)
	if err != nil {
		e.problems = append(e.problems, unreadable(e.path, err))
		return false
	}
	sum := sha256.Sum256(data)
	e.input = bureau.Input{Path: e.path, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data))}
	e.file = bureau.File{Path: strings.TrimPrefix(e.path, "data/"), Bytes: data}
	return true
}

var errTooLarge = errors.New("too large")

func readBounded(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, errTooLarge
	}
	data := make([]byte, 0, info.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if int64(len(data)) > limit {
			return nil, errTooLarge
		}
		if len(data) == cap(data) {
			data = slices.Grow(data, len(data))
		}
	}
}

func unreadable(name string, err error) problem.Problem {
	p := problem.Problem{Position: problem.Position{File: name}, Severity: problem.Error, Rule: problem.FilesUnreadable}
	switch {
	case errors.Is(err, errTooLarge):
		p.Rule = problem.FilesTooLarge
		p.Message = problem.Say("文件太大，超出上限", "is larger than the limit for its kind")
		p.Hint = problem.Say("表格不超过 512 MiB，文稿不超过 1 MiB，附件和发布记录不超过 64 MiB", "a table may have 512 MiB, a text 1 MiB, an attachment or a release 64 MiB")
	case errors.Is(err, fs.ErrNotExist):
		p.Message = problem.Say("找不到了", "is not there")
		p.Hint = problem.Say("检查文件是否被移动或正在同步，然后再运行一次", "see whether it was moved or is being synchronised, then run again")
	default:
		p.Message = problem.Say("无法读取：%s", "cannot be read: %s", problem.Quote(err.Error()))
		p.Hint = problem.Say("检查权限，关闭占用它的程序，然后再运行一次", "see to its permissions, close the program that holds it, then run again")
	}
	return p
}
