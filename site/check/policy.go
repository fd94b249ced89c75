package check

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Policies holds policy documents and what explains them against what every document has
// to say of itself, and against each other. One whose day has not come is not here.
func Policies(b *bureau.Bureau, asOf period.Date) problem.List {
	c := policies{b: b, main: b.Site.MainLanguage(), asOf: asOf}
	for _, p := range b.Policies {
		if p.Language == c.main {
			c.names = append(c.names, p.Name)
		}
	}
	c.twice()
	for _, p := range b.Policies {
		c.own(p)
		c.others(p)
	}
	return c.List
}

type policies struct {
	problem.List
	b     *bureau.Bureau
	main  string
	asOf  period.Date
	names []string // of those in the main language
}

// own wants what a document says of itself. An explanation has no number and no validity
// of its own.
func (c *policies) own(p *bureau.Policy) {
	top := problem.Position{File: p.File, Line: 1, Column: 1}
	titled(&c.List, p.File, p.Title, problem.PolicyTitle)
	lacks := func(given bool, key string) bool { return !given && !bureau.Unread(p.Blank, key) }
	says := func(s bureau.String) bool { return strings.TrimSpace(s.V) != "" }
	at := func(s bureau.String) problem.Position {
		if s.Given() {
			return s.At
		}
		return top
	}
	if !p.IsExplanation() {
		if lacks(says(p.Index), "index_no") {
			c.Error(at(p.Index), problem.PolicyIndex,
				problem.Say("政策文件没有索引号", "the document has no index number"),
				problem.Say("加一行“index_no: …”（索引号），照政府信息公开目录的编号写", "add a line index_no: … with its number in the catalogue of government information"))
		}
		if lacks(says(p.Number), "doc_no") {
			c.Error(at(p.Number), problem.PolicyNumber,
				problem.Say("政策文件没有文号", "the document has no document number"),
				problem.Say("加一行“doc_no: …”（文号），例如 doc_no: 示公规〔%[1]d〕3号；是解读的，写“explains: …”（解读）和所解读文件的名称", "add a line doc_no: …, such as doc_no: 示公规〔%[1]d〕3号; of an explanation, a line explains: … with the name of the document", c.asOf.Time().Year()))
		}
		if lacks(p.Made.Given(), "made") {
			day := c.asOf // that it may be of
			if p.Published.Given() {
				day = min(day, p.Published.V)
			}
			c.Error(top, problem.PolicyDate,
				problem.Say("政策文件没有成文日期", "the document has no date"),
				problem.Say("加一行“made: 日期”（成文日期），例如 made: %s", "add a line made: with the date of the document, such as made: %s", day))
		}
		if lacks(says(p.Validity), "validity") {
			c.Error(at(p.Validity), problem.PolicyValidity,
				problem.Say("政策文件没有写明有效性", "the document does not say whether it is in force"),
				problem.Say("加一行“validity: 有效”（有效性），或者写 失效、废止", "add a line validity: in-force, or lapsed, or repealed"))
		}
	}
	if lacks(p.Published.Given(), "published") {
		c.Error(top, problem.PolicyDate,
			problem.Say("没有发布日期", "it does not say when it was published"),
			problem.Say("加一行“published: 日期”（发布日期），例如 published: %s", "add a line published: with the day, such as published: %s", c.asOf))
	}
	future(&c.List, p.Made, c.asOf, problem.PolicyDate)
	if p.Made.Given() && p.Published.Given() && p.Published.V < p.Made.V {
		c.Error(p.Published.At, problem.PolicyDate,
			problem.Say("发布日期%s早于成文日期%s", "it is published on %s, before its date, %s", p.Published.V, p.Made.V),
			problem.Say("改正写错的日期；发布日期不早于成文日期，例如 published: %s", "correct the wrong one; it cannot be published before its date: published: %s would do", p.Made.V))
	}
	if p.Made.Given() && p.Until.Given() && p.Until.V < p.Made.V {
		c.Error(p.Until.At, problem.PolicyDate,
			problem.Say("有效期至%s，早于成文日期%s", "it is valid until %s, before its date, %s", p.Until.V, p.Made.V),
			problem.Say("改正写错的日期；没有规定有效期的，删去这一行", "correct the wrong one; remove the line where no term is set"))
	}
	if number, ok := bureau.DocNumber(p.Number.V); p.Number.V != "" {
		switch {
		case !ok:
			c.Error(p.Number.At, problem.PolicyNumber,
				problem.Say("“%s”不是文号", "\"%s\" is no document number", problem.Quote(p.Number.V)),
				problem.Say("照“机关代字〔年份〕序号”写，例如 示公规〔%[1]d〕3号；公告、令写作 示范市公安局公告第3号", "write the code of the office, the year and the number: 示公规〔%[1]d〕3号; of an order or announcement, 示范市公安局公告第3号", c.asOf.Time().Year()))
		case number != p.Number.V:
			c.Warn(p.Number.At, problem.PolicyNumber,
				problem.Say("文号“%s”的写法不合公文格式", "the document number \"%s\" is not written as in official documents", problem.Quote(p.Number.V)),
				problem.Say("年份用六角括号，序号不加“第”和0：%s", "the year stands in 〔〕, and the number without 第 and 0: %s", problem.Quote(number)))
			c.Cure(p.Number.V, number)
		}
	}
	c.word(p.Validity, bureau.Validities, problem.PolicyValidity)
	c.word(p.Form, bureau.ExplanationForms, problem.PolicyForm)
	documentState(&c.List, p.Status)
	for _, a := range p.Attachments {
		if a.File.V == "" && !bureau.Unread(a.Blank, "file") {
			c.Error(a.At, problem.PolicyAttachment,
				problem.Say("附件没有写文件", "the attachment has no file"),
				problem.Say("文件放在 data/static/，写“file: /static/…”（文件）；没有附件的，删去这一项", "put it into data/static/ and write file: /static/…; remove the entry where there is no attachment"))
		}
		address(&c.List, problem.PolicyAttachment, a.File)
	}
	c.standing(p)
}

// word wants one of a closed list.
func (c *policies) word(s bureau.String, words bureau.Words, rule problem.Rule) {
	if _, known := words.Of(s.V); s.V != "" && !known {
		c.Error(s.At, rule, problem.Say("没有“%s”这种说法", `there is no word "%s" here`, problem.Quote(s.V)), words.Hint(s.V))
	}
}

// standing holds what is said of validity together.
func (c *policies) standing(p *bureau.Policy) {
	validity, ended := p.Standing(c.asOf)
	if ended {
		c.Warn(p.Until.At, problem.PolicyExpired,
			problem.Say("有效期到%s为止，有效性却是有效", "it was valid until %s, but is said to be in force", p.Until.V),
			problem.Say("没有延续的，有效性改写“validity: 失效”；延续的，改写有效期", "write validity: lapsed where it was not prolonged; else correct valid_until"))
	}
	switch {
	case validity == bureau.Repealed && p.ReplacedBy.V == "" && p.Reason.V == "":
		c.Warn(p.Validity.At, problem.PolicyEnded,
			problem.Say("文件已经废止，没有写由什么取代，也没有写理由", "it is repealed, but does not say what replaces it, or why"),
			problem.Say("加一行“replaced_by: …”（替代文件），写新文件的名称；没有新文件的，加一行“reason: …”（废止理由）", "add a line replaced_by: … with the name of the new document, or a line reason: …"))
	case validity == bureau.InForce && p.ReplacedBy.V != "":
		c.Warn(p.Validity.At, problem.PolicyEnded,
			problem.Say("写了由“%s”取代，有效性却是有效", "it is replaced by \"%s\", but said to be in force", problem.Quote(p.ReplacedBy.V)),
			problem.Say("改写“validity: 废止”；没有被取代的，删去 replaced_by（替代文件）", "write validity: repealed; remove replaced_by where it is not replaced"))
	}
}

// twice reports the numbers that two documents have. A version in another language has
// those of its original.
func (c *policies) twice() {
	for _, number := range []struct {
		of     func(*bureau.Policy) (number string, value bureau.String)
		zh, en string
	}{
		{func(p *bureau.Policy) (string, bureau.String) { return strings.TrimSpace(p.Index.V), p.Index }, "索引号", "index number"},
		{func(p *bureau.Policy) (string, bureau.String) {
			if p.IsExplanation() { // it may give that of its document
				return "", p.Number
			}
			number, _ := bureau.DocNumber(p.Number.V)
			return number, p.Number
		}, "文号", "document number"},
	} {
		first := map[string]*bureau.Policy{}
		for _, p := range c.b.Policies {
			key, value := number.of(p)
			if key == "" || p.Language != c.main {
				continue
			}
			if before := first[key]; before != nil {
				c.Error(value.At, problem.PolicyTwice,
					problem.Say("%[1]s“%[2]s”与 %[3]s 重复", "%[1]s \"%[2]s\" is that of %[3]s, too", problem.Text{ZH: number.zh, EN: number.en}, problem.Quote(value.V), before.File),
					problem.Say("核对两份文件，改正写错的；是同一份文件的，留一份", "check both, and correct the wrong one; keep one where they are the same document"))
				continue
			}
			first[key] = p
		}
	}
}

// replaced holds the document that replaces another: it is none that explains, and what
// replaces it in turn ends with one that is replaced by nothing.
func (c *policies) replaced(p, by *bureau.Policy) {
	if by == nil {
		return
	}
	if by.IsExplanation() {
		c.Error(p.ReplacedBy.At, problem.PolicyNamed,
			problem.Say("“%s”是解读，不能取代文件", "\"%s\" is an explanation, and replaces no document", problem.Quote(p.ReplacedBy.V)),
			problem.Say("写取代它的那份政策文件的名称；没有的，删去 replaced_by（替代文件），写 reason（废止理由）", "write the name of the document that replaces it; where there is none, remove replaced_by and write reason"))
		return
	}
	seen := map[string]bool{p.Name: true}
	for ; by != nil; by = c.b.Policy(by.ReplacedBy.V, by.Language) {
		if seen[by.Name] {
			c.Error(p.ReplacedBy.At, problem.PolicyNamed,
				problem.Say("这几份文件互相取代，没有一份是现行的", "these documents replace each other, and none of them is in force"),
				problem.Say("在现行的那一份里删去 replaced_by（替代文件）", "take replaced_by out of the one that is in force"))
			return
		}
		seen[by.Name] = true
	}
}

// version holds a document in a further language against its original: what is no words is
// the same.
func (c *policies) version(p *bureau.Policy) {
	of := c.b.Policy(p.Name, c.main)
	if p.Language == c.main || of == nil {
		return
	}
	same := func(given bool, at problem.Position, here, there string, what problem.Text) {
		if given && here != there {
			c.Error(at, problem.PolicyNamed,
				problem.Say("%[1]s与 %[3]s 不一致：这里是“%[2]s”，那里是“%[4]s”", "the %[1]s differs from %[3]s: \"%[2]s\" here, \"%[4]s\" there", what, problem.Quote(here), of.File, problem.Quote(there)),
				problem.Say("照原文改正", "correct it by the original"))
		}
	}
	same(p.Index.Given(), p.Index.At, p.Index.V, of.Index.V, problem.Text{ZH: "索引号", EN: "index number"})
	same(p.Number.Given(), p.Number.At, p.Number.V, of.Number.V, problem.Text{ZH: "文号", EN: "document number"})
	same(p.Validity.Given(), p.Validity.At, p.Validity.V, of.Validity.V, problem.Text{ZH: "有效性", EN: "validity"})
	for _, d := range []struct {
		here, there bureau.Date
		what        problem.Text
	}{{p.Made, of.Made, problem.Text{ZH: "成文日期", EN: "date"}}, {p.Published, of.Published, problem.Text{ZH: "发布日期", EN: "day of publication"}}, {p.Until, of.Until, problem.Text{ZH: "有效期", EN: "term"}}} {
		same(d.here.Given(), d.here.At, d.here.V.String(), d.there.V.String(), d.what)
	}
}

// others holds what a document says of other ones against them.
func (c *policies) others(p *bureau.Policy) {
	c.replaced(p, c.named(p, p.ReplacedBy))
	c.version(p)
	of := c.named(p, p.Explains)
	switch {
	case of == nil:
	case of.Explains.V == p.Name && of != p:
		c.Error(p.Explains.At, problem.PolicyNamed,
			problem.Say("两份文件互相写成解读，没有一份是政策文件", "each of the two is said to explain the other, and none is the document"),
			problem.Say("哪一份是政策文件，就在哪一份里删去 explains（解读），写上文号", "take explains out of the one that is the document, and give it its number"))
	case of.IsExplanation():
		c.Error(p.Explains.At, problem.PolicyNamed,
			problem.Say("“%s”也是解读，不是政策文件", "\"%s\" is an explanation, too, and no document", problem.Quote(p.Explains.V)),
			problem.Say("写它所解读的文件：%s", "write the document that it explains: %s", problem.Quote(of.Explains.V)))
	case p.Published.Given() && of.Published.Given() && p.Published.V < of.Published.V:
		c.Error(p.Published.At, problem.PolicyExplanation,
			problem.Say("解读发布于%s，早于它解读的文件（%s）", "the explanation is published on %s, before its document (%s)", p.Published.V, of.Published.V),
			problem.Say("改正写错的日期；解读与文件同时发布，或者在文件之后：published: %s（发布日期）", "correct the wrong one; an explanation is published with its document or after it: published: %s", of.Published.V))
	}
	if p.Language == c.main && p.Normative.V && p.Validity.V == bureau.InForce && !p.IsExplanation() && !c.explained(p) {
		write := problem.Say("写一份解读，里面写“explains: %s”（解读）；不需要的，", "write one, with a line explains: %s; where none is needed, ", p.Name)
		except := problem.Except(problem.PolicyExplained, p.File)
		c.Warn(p.Normative.At, problem.PolicyExplained,
			problem.Say("规范性文件没有解读（按设定，规范性文件应当同步解读）", "the normative document is not explained (the site is set to have normative documents explained as they are published)"),
			problem.Text{ZH: write.ZH + except.ZH, EN: write.EN + except.EN})
	}
}

func (c *policies) explained(p *bureau.Policy) bool {
	for _, e := range c.b.Policies {
		if e.Explains.V == p.Name {
			return true
		}
	}
	return false
}

// named finds the document that another one names, and reports a name that is none's.
func (c *policies) named(p *bureau.Policy, name bureau.String) *bureau.Policy {
	if name.V == "" {
		return nil
	}
	of := c.b.Policy(name.V, c.main)
	switch {
	case of == nil:
		c.Error(name.At, problem.PolicyNamed,
			problem.Say("没有名为“%s”的政策文件，或者它还没有公布", "there is no policy document \"%s\", or it is not published yet", problem.Quote(name.V)),
			problem.Meant(name.V, c.names, problem.Say("写文件名，不写 .md：data/policies/窗口服务.md 的名称是 窗口服务；还没有公布的，等公布时再写", "write the name of its file without .md; where it is not published yet, name it when it is")))
	case of.Name == p.Name:
		c.Error(name.At, problem.PolicyNamed,
			problem.Say("写的是文件自己", "it names itself"),
			problem.Say("写另一份文件的名称，或者删去这一行", "name another document, or remove the line"))
		return nil
	}
	return of
}
