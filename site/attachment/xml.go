package attachment

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// markups are the extensions of parts that are XML.
var markups = []string{".xml", ".rels", ".vml", ".rdf"}

// blocks are the elements of office documents that end a paragraph, a cell or a
// property.
var blocks = []string{
	"p", "h", "si", "c", "tc", "table-cell", "comment", "TextObject",
	"title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "contentStatus", "created", "modified", "lastPrinted", "revision", "version", "identifier", "language",
	"Manager", "Company", "Template", "HyperlinkBase", "property", "author", "initial-creator", "creation-date", "date", "printed-by", "user-defined", "keyword",
}

// xml gives the words of a part that is XML, and those of its attributes. What is
// broken is read as far as can be, and named.
func (j *job) xml(part []byte, at problem.Text) {
	source, _, fault := text.Decode(part, "")
	if fault != nil {
		j.fail(at, fault.Message)
		return
	}
	var words, attributes []byte
	why := walk(source, func(token xml.Token) {
		switch t := token.(type) {
		case xml.CharData:
			words = append(words, t...)
		case xml.StartElement:
			attributes = appendAttributes(attributes, t)
		case xml.EndElement:
			if slices.Contains(blocks, t.Name.Local) {
				words = append(words, '\n')
			}
		case xml.Comment:
			attributes = append(append(attributes, t...), '\n')
		case xml.ProcInst:
			if t.Target != "xml" {
				attributes = append(append(attributes, t.Inst...), '\n')
			}
		}
	})
	j.give(at, words)
	j.give(at, attributes)
	if why.EN != "" {
		j.fail(at, why)
	}
}

// walk gives every token of a text that is XML, and says why it is not whole. What
// is broken is given again from its beginning, read as leniently as can be.
func walk(source []byte, do func(xml.Token)) (why problem.Text) {
	if crowded(source) {
		return notXML
	}
	for _, strict := range []bool{true, false} {
		d := xml.NewDecoder(bytes.NewReader(source))
		d.Strict, d.Entity = strict, xml.HTMLEntity
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it was decoded
		if !strict {
			do(xml.EndElement{Name: xml.Name{Local: "p"}}) // what was given before ends here
		}
		for {
			token, err := d.RawToken()
			if err == io.EOF {
				return why
			}
			if err != nil {
				why = notXML
				break
			}
			if t, is := token.(xml.Directive); is && bytes.Contains(t, []byte("ENTITY")) {
				why = hasEntity
			}
			do(token)
		}
	}
	return why
}

// crowded tells whether an element has more attributes than any program writes:
// each takes more memory than it has bytes.
func crowded(source []byte) bool {
	for {
		_, rest, found := bytes.Cut(source, []byte("<"))
		if !found {
			return false
		}
		end := bytes.IndexByte(rest, '>')
		if end < 0 {
			end = len(rest)
		}
		if end > 64<<10 && bytes.Count(rest[:end], []byte("=")) > maxMembers {
			return true
		}
		source = rest[end:]
	}
}

// silent are attributes that number or describe and hold no words of anybody.
var silent = []string{"id", "uid", "paraId", "textId", "durableId", "paraIdParent", "xmlns", "space", "x", "y", "cx", "cy", "algorithmName", "hashValue", "saltValue", "hash", "salt", "cryptAlgorithmClass"}

// guid is a number of a part, which programs make.
var guid = regexp.MustCompile(`^\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?$`)

func appendAttributes(out []byte, e xml.StartElement) []byte {
	for _, a := range e.Attr {
		if len(a.Value) < shortest || a.Name.Space == "xmlns" || slices.Contains(silent, a.Name.Local) || strings.HasPrefix(a.Name.Local, "rsid") || guid.MatchString(a.Value) {
			continue
		}
		out = append(append(out, a.Value...), '\n')
	}
	return out
}

// places are the parts of office documents that a clerk knows by a name; the
// longest prefix of the part's base name counts.
var places = []struct {
	prefix string
	problem.Text
}{
	{"core", problem.Say("文档属性", "properties")},
	{"app", problem.Say("文档属性", "properties")},
	{"meta", problem.Say("文档属性", "properties")},
	{"custom", problem.Say("自定义属性", "custom properties")},
	{"document", problem.Say("正文", "the text")},
	{"content", problem.Say("正文", "the text")},
	{"styles", problem.Say("样式", "styles")},
	{"header", problem.Say("页眉", "a header")},
	{"footer", problem.Say("页脚", "a footer")},
	{"comment", problem.Say("批注", "a comment")},
	{"threadedComment", problem.Say("批注", "a comment")},
	{"person", problem.Say("批注人", "the authors of comments")},
	{"people", problem.Say("批注和修订的作者", "the authors of comments and changes")},
	{"footnotes", problem.Say("脚注", "footnotes")},
	{"endnotes", problem.Say("尾注", "endnotes")},
	{"settings", problem.Say("文档设置", "settings")},
	{"sharedStrings", problem.Say("单元格的文字", "the texts of cells")},
	{"workbook", problem.Say("工作簿", "the workbook")},
	{"drawing", problem.Say("图形和文本框", "drawings and text boxes")},
	{"vmlDrawing", problem.Say("批注框和控件", "boxes of comments and controls")},
	{"chart", problem.Say("图表", "a chart")},
	{"pivotCache", problem.Say("透视表的缓存", "the cache of a pivot table")},
	{"externalLink", problem.Say("外部链接", "links to other files")},
	{"notesSlide", problem.Say("演讲者备注", "the speaker's notes")},
}

// placeOf says where a part of an office document is seen.
func placeOf(name string) problem.Text {
	base := path.Base(name)
	switch {
	case strings.HasSuffix(base, ".rels"):
		return problem.Text{ZH: "链接（" + problem.Quote(name) + "）", EN: "links (" + problem.Quote(name) + ")"}
	case strings.Contains(name, "embeddings/"):
		return within(problem.Say("嵌入文件", "an embedded file"), named(base))
	case strings.Contains(name, "media/"), strings.HasPrefix(name, "Pictures/"):
		return within(problem.Say("图片", "a picture"), named(base))
	}
	if number, is := strings.CutPrefix(strings.TrimSuffix(base, ".xml"), "slide"); is && len(number) > 0 && strings.Trim(number, "0123456789") == "" {
		return problem.Say("第%s张幻灯片", "slide %s", number)
	}
	if path.Ext(base) == ".xml" {
		best := problem.Text{}
		length := 0
		for _, p := range places {
			if strings.HasPrefix(base, p.prefix) && len(p.prefix) > length {
				best, length = p.Text, len(p.prefix)
			}
		}
		if length > 0 {
			return problem.Text{ZH: best.ZH + "（" + problem.Quote(name) + "）", EN: best.EN + " (" + problem.Quote(name) + ")"}
		}
	}
	return named(name)
}
