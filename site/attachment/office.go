package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// Kinds of what is taken out of office documents.
var (
	properties = problem.Say("文档属性（作者、最后修改者、单位等）", "properties (author, last modified by, company)")
	ownData    = problem.Say("自定义属性和数据", "custom properties and data")
	comments   = problem.Say("批注", "comments")
	changes    = problem.Say("修订（留下改后的文字）", "tracked changes (the text stays as it is after them)")
	embeddings = problem.Say("嵌入文件和对象", "embedded files and objects")
	active     = problem.Say("宏和控件", "macros and controls")
	outside    = problem.Say("指向别的文件的链接", "links to other files")
	notes      = problem.Say("演讲者备注", "the speaker's notes")
	printers   = problem.Say("打印机设置", "settings of printers")
	hiddenPage = problem.Say("隐藏工作表", "hidden sheets")
	leftovers  = problem.Say("已删除的单元格留下的文字", "texts that deleted cells left behind")
	traces     = problem.Say("编辑痕迹（模板、路径、编号）", "traces of editing (template, path, numbers)")
	signatures = problem.Say("电子签名（内容已改，签名失效）", "signatures, which no longer hold")
)

// unseenParts are the parts that readers do not see.
var unseenParts = []struct {
	pattern *regexp.Regexp
	kind    problem.Text
}{
	{regexp.MustCompile(`^docprops/custom\.xml$|^customxml/|/tags/|/customproperty/`), ownData},
	{regexp.MustCompile(`^docprops/`), properties},
	{regexp.MustCompile(`/comments[^/]*\.xml$|/(?:comments|threadedcomments|persons)/|^word/people\.xml$|^ppt/(?:commentauthors|authors)\.xml$`), comments},
	{regexp.MustCompile(`/vba[^/]*$|/activex/|/ctrlprops/|^customui/|/attachedtoolbars\.bin$|/macrosheets/|/dialogsheets/|^usercustomization/`), active},
	{regexp.MustCompile(`/embeddings/`), embeddings},
	{regexp.MustCompile(`/externallinks/|^xl/connections\.xml$|/querytables/`), outside},
	{regexp.MustCompile(`/printersettings/`), printers},
	{regexp.MustCompile(`^xl/revisions/`), changes},
	{regexp.MustCompile(`^ppt/notesslides/`), notes},
	{regexp.MustCompile(`^_xmlsignatures/`), signatures},
	{regexp.MustCompile(`^xl/calcchain\.xml$`), problem.Text{}}, // made anew by whoever opens it
}

// droppedElements are those that go with all that is in them, in the parts of one
// program; a kind that is empty is not told.
var droppedElements = map[string]map[string]problem.Text{
	"word/": {
		"commentRangeStart": {}, "commentRangeEnd": {}, "commentReference": {},
		"del": changes, "moveFrom": changes, "moveFromRangeStart": {}, "moveFromRangeEnd": {}, "moveToRangeStart": {}, "moveToRangeEnd": {},
		"rPrChange": changes, "pPrChange": changes, "sectPrChange": changes, "tblPrChange": changes, "tcPrChange": changes, "trPrChange": changes,
		"tblGridChange": changes, "tblPrExChange": changes, "numberingChange": changes, "customXmlInsRangeStart": {}, "customXmlInsRangeEnd": {}, "customXmlDelRangeStart": {}, "customXmlDelRangeEnd": {}, "customXmlMoveFromRangeStart": {}, "customXmlMoveFromRangeEnd": {}, "customXmlMoveToRangeStart": {}, "customXmlMoveToRangeEnd": {}, "cellIns": changes, "cellDel": changes, "trackRevisions": {},
		"docVars": ownData, "rsids": traces, "mailMerge": outside, "attachedTemplate": traces, "permStart": {}, "permEnd": {},
	},
	"xl/":  {"controls": active, "oleObjects": embeddings, "externalReferences": {}, "fileSharing": properties, "absPath": traces, "legacyDrawing": {}, "userProtectedRanges": {}},
	"ppt/": {"custDataLst": {}},
}

// unwrapped are the elements of which the inside stays.
var unwrapped = []string{"ins", "moveTo"}

// owned are elements that mean nothing without the part that they refer to.
var owned = []string{"OLEObject", "control", "externalData", "subDoc", "altChunk", "attachedTemplate", "tags", "pivotCache", "externalReference", "oleLink", "querytable"}

// plainTypes are the content types of documents without macros.
var plainTypes = []struct{ ext, plain, macro, main string }{
	{".docm", ".docx", "application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"},
	{".xlsm", ".xlsx", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"},
	{".pptm", ".pptx", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"},
}

// cleaner is an office document that is cleaned.
type cleaner struct {
	names   []string // in the order of the file
	parts   map[string][]byte
	dropped map[string]bool
	lost    map[string]map[string]bool // of a part, the ids of relations that are gone
	took    tally
	left    []problem.Text
}

func cleanOffice(data []byte, ext string) (Cleaned, *problem.Fault) {
	saveAnew := problem.Say("在Office里打开，另存一份再清理", "open it in Office, save it anew, and clean that")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Cleaned{}, problem.Refuse(damaged, saveAnew)
	}
	c := cleaner{parts: map[string][]byte{}, dropped: map[string]bool{}, lost: map[string]map[string]bool{}}
	j := job{reader: new(Reader), left: maxFile}
	for _, f := range z.File {
		content, why := j.open(f)
		if _, twice := c.parts[f.Name]; why.EN == "" && twice {
			why = damaged
		}
		if why.EN != "" {
			return Cleaned{}, problem.Refuse(within(placeOf(f.Name), why), saveAnew)
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		c.names = append(c.names, f.Name)
		c.parts[f.Name] = content
	}
	if c.parts["[Content_Types].xml"] == nil || c.parts["word/document.xml"] == nil && c.parts[bookPart] == nil && c.parts["ppt/presentation.xml"] == nil {
		return Cleaned{}, problem.Refuse(problem.Say("这个压缩文件不是Word、Excel或PowerPoint文档", "this archive is no document of Word, Excel or PowerPoint"),
			problem.Say("别的办公文档另存为 .docx、.xlsx 或 .pptx；压缩文件解开以后，逐个清理里面的文件", "save another office document as .docx, .xlsx or .pptx; unpack an archive and clean the files in it one by one"))
	}
	for _, name := range c.names {
		switch lower := strings.ToLower(name); {
		case strings.Contains(lower, "pivotcache/"):
			return Cleaned{}, problem.Refuse(problem.Say("里面有透视表，它带着全部源数据", "it holds a pivot table, which carries all the rows that it was made from"),
				problem.Say("把透视表复制成数值，删去原表，再清理", "copy the pivot table as values, delete it, then clean the file"))
		case strings.HasPrefix(lower, "ppt/embeddings/") && slices.ContainsFunc(c.names, func(n string) bool {
			return strings.HasPrefix(n, "ppt/slides/") && bytes.Contains(c.parts[n], []byte("oleObj"))
		}):
			return Cleaned{}, problem.Refuse(problem.Say("幻灯片里有嵌入的对象", "slides hold embedded objects"),
				problem.Say("在PowerPoint里剪切它，选择性粘贴为图片，再清理", "cut the object in PowerPoint and paste it as a picture, then clean the file"))
		}
		if slices.Contains(markups, strings.ToLower(path.Ext(name))) || name == "[Content_Types].xml" {
			source, _, fault := text.Decode(c.parts[name], "")
			if fault != nil || walk(source, func(xml.Token) {}).EN != "" {
				return Cleaned{}, problem.Refuse(within(placeOf(name), notXML), saveAnew)
			}
			c.parts[name] = declared.ReplaceAll(source, []byte("$1"))
		}
	}
	c.drop()
	c.relations()
	if fault := c.sheets(); fault != nil {
		return Cleaned{}, fault
	}
	for _, name := range c.names {
		if slices.Contains(markups, strings.ToLower(path.Ext(name))) && !c.dropped[name] && !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" {
			c.edit(name)
		}
		if m := path.Ext(name); !c.dropped[name] && isPicture(c.parts[name]) && m != ".emf" && m != ".wmf" {
			if cleaned, fault := Clean(name, c.parts[name]); fault == nil {
				c.parts[name] = cleaned.Bytes
				for _, r := range cleaned.Removed {
					c.took.add(r)
				}
			}
		}
	}
	c.types(&ext)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range c.names {
		if c.dropped[name] {
			continue
		}
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: noTime})
		if err == nil {
			_, err = part.Write(c.parts[name])
		}
		if err != nil {
			return Cleaned{}, problem.Refuse(damaged, saveAnew)
		}
	}
	if err := w.Close(); err != nil {
		return Cleaned{}, problem.Refuse(damaged, saveAnew)
	}
	for _, u := range new(Reader).Read("a"+ext, out.Bytes(), func(Text) {}) {
		c.left = append(c.left, within(u.Place, u.Why))
	}
	return Cleaned{Bytes: out.Bytes(), Ext: ext, Removed: c.took.list(), Left: c.left}, nil
}

// noTime is the first that a ZIP archive can say.
var noTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// declared is the encoding in the first line of a part, which is UTF-8 now.
var declared = regexp.MustCompile(`^(<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')`)

// drop decides which parts go.
func (c *cleaner) drop() {
	for _, name := range c.names {
		for _, u := range unseenParts {
			if u.pattern.MatchString(strings.ToLower(name)) {
				c.dropped[name] = true
				if u.kind.EN != "" && !strings.HasSuffix(name, ".rels") {
					c.took.add(u.kind)
				}
				break
			}
		}
	}
	for _, name := range c.names { // the boxes of comments, and of controls
		if !strings.HasPrefix(name, "xl/worksheets/") {
			continue
		}
		for _, m := range legacy.FindAllSubmatch(c.parts[name], -1) {
			for _, r := range c.relationsOf(name) {
				if r.id == string(m[1]) {
					c.dropped[r.target] = true
				}
			}
		}
	}
}

var legacy = regexp.MustCompile(`<(?:\w+:)?legacyDrawing\s[^>]*?:id\s*=\s*"([^"]*)"`)

type relation struct {
	id, kind, target string
	external         bool
}

// linksOf is the part that holds the relations of a part.
func linksOf(part string) string {
	if part == "" { // the document itself
		return "_rels/.rels"
	}
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// partOf is the part whose relations a part holds.
func partOf(links string) string {
	if links == "_rels/.rels" {
		return ""
	}
	return path.Join(path.Dir(path.Dir(links)), strings.TrimSuffix(path.Base(links), ".rels"))
}

func relationAt(e xml.StartElement, part string) relation {
	r := relation{attribute(e, "Id"), attribute(e, "Type"), attribute(e, "Target"), attribute(e, "TargetMode") == "External"}
	if !r.external {
		if !strings.HasPrefix(r.target, "/") {
			r.target = path.Join("/", path.Dir(part), r.target)
		}
		r.target = strings.TrimPrefix(path.Clean(r.target), "/")
	}
	return r
}

func (c *cleaner) relationsOf(part string) (list []relation) {
	walk(c.parts[linksOf(part)], func(token xml.Token) {
		if e, is := token.(xml.StartElement); is && e.Name.Local == "Relationship" {
			list = append(list, relationAt(e, part))
		}
	})
	return list
}

// relations takes out those to parts that go, and those to other files, and
// remembers their ids.
func (c *cleaner) relations() {
	for _, name := range c.names {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		part := partOf(name)
		if c.dropped[part] {
			c.dropped[name] = true
			continue
		}
		if c.lost[part] == nil {
			c.lost[part] = map[string]bool{}
		}
		c.parts[name] = splice(c.parts[name], func(e xml.StartElement, _ []byte) (edit, []byte) {
			if e.Name.Local != "Relationship" {
				return keep, nil
			}
			r := relationAt(e, part)
			switch {
			case r.external && !strings.HasSuffix(r.kind, "/hyperlink"):
				c.took.add(outside)
			case !r.external && c.dropped[r.target]:
			default:
				return keep, nil
			}
			c.lost[part][r.id] = true
			return remove, nil
		})
	}
}

// sheets takes out the hidden sheets of a workbook, and what only they needed.
func (c *cleaner) sheets() *problem.Fault {
	book := c.parts[bookPart]
	if book == nil {
		return nil
	}
	targets := map[string]string{}
	for _, r := range c.relationsOf(bookPart) {
		targets[r.id] = r.target
	}
	var gone []string             // names of sheets
	called := map[string]string{} // the names of the sheets that stay, by their parts
	moved := map[int]string{}     // the new number of each sheet; empty where it goes
	count, index := 0, 0
	walk(book, func(token xml.Token) {
		e, is := token.(xml.StartElement)
		if !is || e.Name.Local != "sheet" {
			return
		}
		id := ""
		for _, a := range e.Attr {
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		if state := attribute(e, "state"); state != "" && state != "visible" || c.dropped[targets[id]] || c.lost[bookPart][id] {
			gone = append(gone, attribute(e, "name"))
			c.dropped[targets[id]], c.dropped[linksOf(targets[id])] = true, true
			c.took.add(hiddenPage)
			moved[index] = ""
		} else {
			called[targets[id]] = attribute(e, "name")
			moved[index] = strconv.Itoa(count)
			count++
		}
		index++
	})
	if count == 0 {
		return problem.Refuse(problem.Say("工作表全是隐藏的", "all its sheets are hidden"), problem.Say("取消隐藏要公开的工作表，再清理", "show the sheets that are to be published, then clean the file"))
	}
	speaks := func(formula string) bool { // of a sheet that goes, or of another file
		if otherFile.MatchString(formula) {
			return true
		}
		for _, name := range gone {
			if strings.Contains(formula, name+"!") || strings.Contains(formula, strings.ReplaceAll(name, "'", "''")+"'!") || strings.Contains(formula, name+":") {
				return true
			}
		}
		return false
	}
	c.parts[bookPart] = splice(book, func(e xml.StartElement, inside []byte) (edit, []byte) {
		switch e.Name.Local {
		case "sheet":
			if slices.Contains(gone, attribute(e, "name")) {
				return remove, nil
			}
		case "workbookView":
			return withoutAttributes, []byte("activeTab firstSheet")
		case "definedName":
			if n, err := strconv.Atoi(attribute(e, "localSheetId")); err == nil {
				if moved[n] == "" {
					return remove, nil
				}
				if moved[n] != strconv.Itoa(n) {
					return setAttribute, []byte("localSheetId " + moved[n])
				}
			}
			if speaks(string(inside)) {
				return remove, nil
			}
		}
		return keep, nil
	})
	c.parts[bookPart] = splice(c.parts[bookPart], func(e xml.StartElement, inside []byte) (edit, []byte) {
		if e.Name.Local == "definedNames" && !bytes.Contains(inside, []byte("definedName")) || e.Name.Local == "definedName" && speaks(string(inside)) {
			return remove, nil
		}
		return keep, nil
	})
	if links := c.parts[linksOf(bookPart)]; links != nil {
		c.parts[linksOf(bookPart)] = splice(links, func(e xml.StartElement, _ []byte) (edit, []byte) {
			if e.Name.Local == "Relationship" && c.dropped[relationAt(e, bookPart).target] {
				return remove, nil
			}
			return keep, nil
		})
	}
	// What only the hidden sheets refer to goes with them; and what visible ones keep
	// of them is its value.
	c.orphans()
	used := map[int]bool{}
	for _, name := range c.names {
		if !strings.HasPrefix(name, "xl/worksheets/") || !strings.HasSuffix(name, ".xml") || c.dropped[name] {
			continue
		}
		hidden := false
		shared := map[string]bool{} // formulas of which the first is gone
		c.parts[name] = splice(c.parts[name], func(e xml.StartElement, inside []byte) (edit, []byte) {
			switch e.Name.Local {
			case "row", "col":
				hidden = hidden || attribute(e, "hidden") == "1" || attribute(e, "hidden") == "true"
			case "f":
				if speaks(string(inside)) {
					shared[attribute(e, "si")] = attribute(e, "t") == "shared"
					return remove, nil
				}
			case "dataValidations", "conditionalFormatting", "extLst":
				if speaks(string(inside)) {
					return remove, nil
				}
			case "c":
				if attribute(e, "t") == "s" {
					if m := valueOf.FindSubmatch(inside); m != nil {
						if n, err := strconv.Atoi(string(m[1])); err == nil {
							used[n] = true
						}
					}
				}
			}
			return keep, nil
		})
		c.parts[name] = splice(c.parts[name], func(e xml.StartElement, _ []byte) (edit, []byte) {
			if e.Name.Local == "f" && attribute(e, "t") == "shared" && shared[attribute(e, "si")] {
				return remove, nil
			}
			return keep, nil
		})
		if hidden {
			c.left = append(c.left, within(worksheet{name: called[name]}.place(), problem.Say("有隐藏的行或列，没有去掉：取消隐藏看一遍", "it has hidden rows or columns, which stay: show and read them")))
		}
	}
	n := -1
	if shared := c.parts[sharedPart]; shared != nil {
		c.parts[sharedPart] = splice(shared, func(e xml.StartElement, inside []byte) (edit, []byte) {
			if e.Name.Local != "si" {
				return keep, nil
			}
			if n++; used[n] {
				return keep, nil
			}
			if len(gone) == 0 {
				c.took.add(leftovers)
			}
			prefix := ""
			if e.Name.Space != "" {
				prefix = e.Name.Space + ":"
			}
			return replaceInside, []byte("<" + prefix + "t></" + prefix + "t>")
		})
	}
	return nil
}

var (
	otherFile = regexp.MustCompile(`\[\d+\]`)
	valueOf   = regexp.MustCompile(`<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d+)\s*<`)
)

// orphans drops the parts that nothing refers to any more.
func (c *cleaner) orphans() {
	for again := true; again; {
		again = false
		referred := map[string]bool{}
		for _, name := range c.names {
			if strings.HasSuffix(name, ".rels") && !c.dropped[name] {
				for _, r := range c.relationsOf(partOf(name)) {
					if !r.external {
						referred[strings.ToLower(r.target)] = true
					}
				}
			}
		}
		for _, name := range c.names {
			if !c.dropped[name] && !referred[strings.ToLower(name)] && !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" && strings.HasPrefix(name, "xl/") {
				c.dropped[name], c.dropped[linksOf(name)], again = true, true, true
			}
		}
	}
}

// edit takes out of a part what refers to what is gone, and what readers do not
// see in it.
func (c *cleaner) edit(name string) {
	elements := map[string]problem.Text{}
	for prefix, list := range droppedElements {
		if strings.HasPrefix(name, prefix) {
			elements = list
		}
	}
	word, lost := strings.HasPrefix(name, "word/"), c.lost[name]
	c.parts[name] = splice(c.parts[name], func(e xml.StartElement, _ []byte) (edit, []byte) {
		if kind, is := elements[e.Name.Local]; is {
			if kind.EN != "" {
				c.took.add(kind)
			}
			return remove, nil
		}
		if word && slices.Contains(unwrapped, e.Name.Local) {
			c.took.add(changes)
			return unwrap, nil
		}
		var without []string
		for _, a := range e.Attr {
			if a.Name.Space != "" && lost[a.Value] {
				if slices.Contains(owned, e.Name.Local) {
					return remove, nil
				}
				without = append(without, a.Name.Local)
			}
			if word && strings.HasPrefix(a.Name.Local, "rsid") {
				without = append(without, a.Name.Local)
			}
		}
		if len(without) > 0 {
			return withoutAttributes, []byte(strings.Join(without, " "))
		}
		return keep, nil
	})
	if word && bytes.Contains(c.parts[name], []byte("<w:vanish")) {
		c.left = append(c.left, within(placeOf(name), problem.Say("有隐藏的文字，没有去掉", "it has hidden text, which stays")))
	}
	if strings.HasPrefix(name, "ppt/slides/slide") && bytes.Contains(c.parts[name][:min(len(c.parts[name]), 2000)], []byte(`show="0"`)) {
		c.left = append(c.left, within(placeOf(name), problem.Say("这一张是隐藏的，没有去掉", "it is hidden and stays")))
	}
}

// types takes the parts that are gone out of the list of types.
func (c *cleaner) types(ext *string) {
	const list = "[Content_Types].xml"
	c.parts[list] = splice(c.parts[list], func(e xml.StartElement, _ []byte) (edit, []byte) {
		part := strings.TrimPrefix(attribute(e, "PartName"), "/")
		if e.Name.Local == "Override" && (c.dropped[part] || c.parts[part] == nil) {
			return remove, nil
		}
		return keep, nil
	})
	for _, t := range plainTypes {
		if bytes.Contains(c.parts[list], []byte(t.macro)) {
			c.parts[list] = bytes.ReplaceAll(c.parts[list], []byte(t.macro), []byte(t.main))
			*ext = t.plain
		}
	}
}

// edit is what happens to an element.
type edit int

const (
	keep              edit = iota
	remove                 // with all that is in it
	unwrap                 // its inside stays
	withoutAttributes      // those that are named, parted by spaces
	setAttribute           // a name and a value
	replaceInside
)

// attributeIn finds an attribute in a start of an element.
func attributeIn(local string) *regexp.Regexp {
	return regexp.MustCompile(`(\s)(?:[\w.-]+:)?` + regexp.QuoteMeta(local) + `\s*=\s*(?:"[^"]*"|'[^']*')`)
}

// splice copies a part byte by byte, but for the elements that are edited. decide
// sees the start of an element and the bytes within it. The part is well-formed.
func splice(source []byte, decide func(e xml.StartElement, inside []byte) (edit, []byte)) []byte {
	type open struct {
		start, inner int
		element      xml.StartElement
	}
	type span struct {
		from, to int
		with     []byte
	}
	// Where elements end is known only at their end: a first pass finds it.
	d := xml.NewDecoder(bytes.NewReader(source))
	d.Entity = xml.HTMLEntity
	var stack []int
	var all []open
	ends := map[int][2]int{} // of an element of all: where its inside ends, and where it ends
	for before := 0; ; {
		token, err := d.RawToken()
		if err != nil {
			break
		}
		now := int(d.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			stack = append(stack, len(all))
			all = append(all, open{before, now, t.Copy()})
		case xml.EndElement:
			if n := len(stack); n > 0 {
				ends[stack[n-1]] = [2]int{before, now}
				stack = stack[:n-1]
			}
		}
		before = now
	}
	var spans []span
	skip := 0 // up to here all is gone
	for i, o := range all {
		end, closed := ends[i]
		if !closed || o.start < skip {
			continue
		}
		inside := source[o.inner:max(o.inner, end[0])]
		switch what, with := decide(o.element, inside); what {
		case remove:
			spans = append(spans, span{o.start, end[1], nil})
			skip = end[1]
		case unwrap:
			spans = append(spans, span{o.start, o.inner, nil})
			if end[0] > o.inner || end[1] > o.inner {
				spans = append(spans, span{end[0], end[1], nil})
			}
		case withoutAttributes, setAttribute:
			tag := bytes.Clone(source[o.start:o.inner])
			words := strings.Fields(string(with))
			if what == setAttribute {
				tag = attributeIn(words[0]).ReplaceAll(tag, []byte("${1}"+words[0]+`="`+words[1]+`"`))
			} else {
				for _, local := range words {
					tag = attributeIn(local).ReplaceAll(tag, nil)
				}
			}
			spans = append(spans, span{o.start, o.inner, tag})
		case replaceInside:
			if end[0] >= o.inner && end[1] > end[0] {
				spans = append(spans, span{o.inner, end[0], with})
				skip = end[0]
			}
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return a.from - b.from })
	out := make([]byte, 0, len(source))
	done := 0
	for _, s := range spans {
		if s.from < done {
			continue
		}
		out = append(append(out, source[done:s.from]...), s.with...)
		done = s.to
	}
	return append(out, source[done:]...)
}
