package check

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/site/translate"
)

// Translations holds the translations against the texts that pages show: each text has one,
// of the numbers that stand in it; each translation is of a text that there is; what has
// different names in a table keeps them. What the pages of a language claim of figures is
// held against these in its words.
func Translations(b *bureau.Bureau, versions []translate.Version) problem.List {
	var problems problem.List
	for _, v := range versions {
		c := translations{language: v.Language, words: v.Words, said: v.Bureau, kept: len(b.Kept) > 0, waiting: waitingTexts(b)}
		c.rows(b)
		c.alike(b)
		c.missing()
		problems = append(problems, c.List...)
		problems = append(problems, toldOf(filesOf(b, v.Language), Claims(v.Bureau))...)
		problems = append(problems, versionNumbers(b, v.Language)...)
	}
	return problems
}

// QuotedVersions holds the translations and the documents in further languages, in whose
// words they speak of it, to the figures that disclosure control took out of the tables, as
// Quoted does the texts.
func QuotedVersions(b *bureau.Bureau, languages locale.Languages) problem.List {
	if !slices.ContainsFunc(b.Statistics, func(s *bureau.Statistic) bool { return len(s.Hidden) > 0 }) {
		return nil
	}
	var problems problem.List
	for _, v := range translate.Versions(b, nil, languages) {
		problems = append(problems, toldOf(filesOf(b, v.Language), Quoted(v.Bureau))...)
	}
	return problems
}

// filesOf are the lists of translations into a language, and the documents in it.
func filesOf(b *bureau.Bureau, language *locale.Language) map[string]bool {
	files := map[string]bool{}
	for _, list := range b.Translations {
		files[list.File] = files[list.File] || list.Language == language.Name
	}
	for _, d := range b.Documents() {
		files[d.File] = d.Language == language.Name
	}
	return files
}

// toldOf are the problems of some files.
func toldOf(files map[string]bool, all problem.List) problem.List {
	return slices.DeleteFunc(all, func(p problem.Problem) bool { return !files[p.File] })
}

// translations are those into one language.
type translations struct {
	problem.List
	language *locale.Language
	words    *translate.Words
	said     *bureau.Bureau
	kept     bool            // something stands as it was, so that the texts of today are not all there
	waiting  map[string]bool // texts of what is not published yet, which may be translated
}

// waitingTexts are the names and texts of the documents that are not published yet.
func waitingTexts(b *bureau.Bureau) map[string]bool {
	texts := map[string]bool{}
	for _, document := range b.Waiting {
		strs(reflect.ValueOf(document), func(t bureau.String) { texts[translate.Clean(t.V)] = true })
		if s, is := document.(*bureau.Statistic); is {
			for f, field := range s.Fields {
				texts[translate.Clean(field.Name)] = true
				for row := range s.Rows {
					texts[translate.Clean(s.Cell(row, f).Text)] = true
				}
			}
		}
	}
	return texts
}

// key is a text, in a file or, with none, anywhere.
type key struct{ file, text string }

// drawn are the titles of the charts in documents of the language: one that is written in the
// main language is said by its translation, as that of the statistic's own chart is.
func (c *translations) drawn(b *bureau.Bureau) []key {
	var titles []key
	add := func(language string, body bureau.Body) {
		if language != c.language.Name || !bytes.Contains(body.Text, []byte("chart")) {
			return
		}
		for _, chart := range proseOf(body).charts {
			titles = append(titles, key{"", translate.Clean(chart.Title.V)})
		}
	}
	for _, g := range b.Guides {
		add(g.Language, g.Body)
	}
	for _, n := range b.Notices {
		add(n.Language, n.Body)
	}
	for _, p := range b.Policies {
		add(p.Language, p.Body)
	}
	for _, p := range b.Pages {
		add(p.Language, p.Body)
	}
	return titles
}

// rows holds each row against the texts.
func (c *translations) rows(b *bureau.Bureau) {
	known, unit, marked := map[key]bool{}, map[key]bool{}, map[key]bool{}
	var all []string
	for _, t := range c.words.Texts() {
		for _, file := range []string{t.File, ""} {
			k := key{file, translate.Clean(t.Text)}
			known[k] = true
			unit[k] = unit[k] || t.Unit
			marked[k] = marked[k] || t.Markdown
		}
		all = append(all, t.Text)
	}
	for _, title := range c.drawn(b) {
		c.words.Read(title.text)
		known[title] = true
		all = append(all, title.text)
	}
	first := map[key]bureau.Translation{} // in all lists of the language: en.csv, en-GB.csv
	for _, list := range b.Translations {
		if list.Language != c.language.Name || list.Kept {
			continue
		}
		for i, row := range list.Rows {
			k := key{row.File.V, translate.Clean(row.Text.V)}
			if row.Translation.V == "" && known[k] {
				continue
			}
			if before, twice := first[k]; twice && before.Translation.V != row.Translation.V {
				c.Error(row.Text.At, problem.TranslationTwice,
					problem.Say("“%[1]s”在 %[2]s 已经译过，译文不同", `"%[1]s" is translated at %[2]s already, in other words`, problem.Quote(row.Text.V), before.Text.At),
					problem.Say("只留一行；在不同的文件里译文不同的，在“文件”一列写明是哪个文件", "keep one; where it reads otherwise in one file, name the file in the column file"))
				continue
			}
			first[k] = row
			if !known[k] {
				c.stale(row, all)
				continue
			}
			if row.Translation.V == "" || list.Faulty[i] {
				continue
			}
			switch {
			case unit[k]:
				c.forms(row)
			case strings.Contains(row.Translation.V, "|") && !strings.Contains(row.Text.V, "|"):
				c.Error(row.Translation.At, problem.TranslationForms,
					problem.Say("“%s”不是计量单位，译文只有一种形式，“|”会照原样印出来", `"%s" is no unit of measure and has one form; the | would be printed`, problem.Quote(row.Text.V)),
					problem.Say("只写一个，例如“%s”", `write one, such as "%s"`, problem.Quote(cmp.Or(strings.Split(row.Translation.V, "|")...))))
			}
			if c.figure(row) {
				continue
			}
			c.letters(row)
			c.numbers(row)
			c.length(row)
			if !marked[k] {
				c.markup(row)
			}
		}
	}
}

// stale tells of a translation that nothing uses.
func (c *translations) stale(row bureau.Translation, texts []string) {
	if c.kept || c.waiting[translate.Clean(row.Text.V)] {
		return
	}
	fault := problem.Say("网站上没有“%s”这处文字，译文用不上", `no page shows the text "%s", and nothing uses its translation`, problem.Quote(row.Text.V))
	hint := problem.Meant(row.Text.V, texts, problem.Say("原文改过的，照现在的原文改，并核对译文；已经不用的，删去这一行", "where the text was changed, write it as it is now and check the translation; where it is used no more, delete the row"))
	if row.File.V != "" {
		fault = problem.Say("%[2]s 里没有“%[1]s”这处文字，译文用不上", `%[2]s has no text "%[1]s", and nothing uses its translation`, problem.Quote(row.Text.V), problem.Quote(row.File.V))
		if bureau.KindAt(row.File.V) == bureau.UnknownKind {
			fault = problem.Say("“文件”一列写的“%s”不是文件，“%s”的译文用不上", `"%s" in the column file is no file, and nothing uses the translation of "%s"`, problem.Quote(row.File.V), problem.Quote(row.Text.V))
		}
		hint = problem.Say("改正“文件”一列，或者留空；译文里有逗号的，整个译文加双引号；原文改过的，照现在的原文改，并核对译文", "correct the column file, or leave it empty; put quotation marks around a translation that has commas; where the text was changed, write it as it is now and check the translation")
	}
	c.Warn(row.Text.At, problem.TranslationStale, fault, hint)
}

// UnitForms holds the units of measure that are written in several plural forms, case|cases,
// against those of the main language.
func UnitForms(b *bureau.Bureau, main *locale.Language) (problems problem.List) {
	first := map[string]problem.Position{} // of the forms of a unit, by them and by the last
	for _, s := range b.Statistics {
		for i, f := range s.Fields {
			if len(f.Forms) == 0 {
				continue
			}
			at, forms := unitAt(s, i), strings.Join(f.Forms, "|")
			if _, same := first[forms]; !same && first[f.Unit].File != "" {
				problems.Error(at, problem.TranslationForms,
					problem.Say("“%[1]s”在 %[2]s 的其他形式不同", `"%[1]s" has other forms at %[2]s`, problem.Quote(f.Unit), first[f.Unit]),
					problem.Say("同一个计量单位各处写成一样的形式；不同的，最后一种形式也要不同", "write the forms of one unit alike everywhere; of two units, the last forms differ, too"))
				continue
			}
			first[forms], first[f.Unit] = at, at
			if fault, hint, wrong := formsFault(main, forms, forms); wrong {
				problems.Error(at, problem.TranslationForms, fault, hint)
			}
		}
	}
	return problems
}

// unitAt is where the unit of a field is written.
func unitAt(s *bureau.Statistic, field int) problem.Position {
	f := s.Fields[field]
	for _, spec := range s.Descriptor.Schema.Fields {
		if spec.Name.V == f.Name {
			return spec.Unit.At
		}
	}
	for _, d := range s.Descriptor.Derive {
		if d.Name.V == f.Name {
			return d.Unit.At
		}
	}
	return f.At
}

// forms holds the word for a unit of measure against the plural forms of the language.
func (c *translations) forms(row bureau.Translation) {
	if fault, hint, wrong := formsFault(c.language, row.Text.V, row.Translation.V); wrong {
		c.Error(row.Translation.At, problem.TranslationForms, fault, hint)
	}
}

// formsFault says what is wrong with the plural forms that a unit of measure is written in.
func formsFault(language *locale.Language, unit, written string) (fault, hint problem.Text, wrong bool) {
	want, given := language.Forms(), strings.Split(written, "|")
	for i := range given {
		given[i] = strings.TrimSpace(given[i])
	}
	if len(given) == len(want) && !slices.Contains(given, "") {
		return fault, hint, false
	}
	if len(want) == 1 {
		return problem.Say("“%s”是计量单位，这种语言的计量单位只有一种形式，不用“|”", `"%s" is a unit of measure, which has one form in this language, without |`, problem.Quote(unit)),
			problem.Say("只写一个，例如“%s”", "write one, such as %s", problem.Quote(cmp.Or(slices.DeleteFunc(given, func(form string) bool { return form == "" })...))), true
	}
	words := slices.DeleteFunc(given, func(form string) bool { return form == "" })
	example := make([]string, len(want))
	for i := range want {
		switch {
		case len(words) == 0 || len(words) > len(want):
			example[i] = want[i]
		default:
			example[i] = words[min(i, len(words)-1)]
		}
	}
	names := problem.Text{ZH: strings.Join(want, "、"), EN: strings.Join(want, ", ")}
	return problem.Say("“%s”是计量单位，这种语言的计量单位要写%d种形式（%s），用“|”隔开", `"%s" is a unit of measure, which has %d forms in this language (%s), parted by |`, problem.Quote(unit), len(want), names),
		problem.Say("写成“%s”这样，一种形式一个词，一个也不空；形式相同的也都写上", `write it like "%s", a word for each form and none empty; write also those that are the same`, problem.Quote(strings.Join(example, "|"))), true
}

// figure refuses a translation that a reader would take for a figure or a marker: one without
// a word.
func (c *translations) figure(row bureau.Translation) bool {
	if !slices.ContainsFunc(strings.Split(row.Translation.V, "|"), func(form string) bool {
		form = strings.TrimSpace(form)
		return form != "" && !strings.ContainsFunc(markers.ReplaceAllString(form, ""), unicode.IsLetter) && !strings.Contains(row.Text.V, form) // 1997年
	}) {
		return false
	}
	c.Error(row.Translation.At, problem.TranslationFigure,
		problem.Say("“%[1]s”的译文“%[2]s”是数字或者标记，读者会当成数据", `the translation "%[2]s" of "%[1]s" is a number or a marker, which a reader takes for a figure`, problem.Quote(row.Text.V), problem.Quote(row.Translation.V)),
		problem.Say("用文字写译文；还没有译文的，留空", "write the translation in words; leave it empty where there is none yet"))
	return true
}

// markers are those of a figure: [p], [r].
var markers = regexp.MustCompile(`[\[［]\s*[A-Za-z]\s*[\]］]`)

// letters tells of a translation that is in the letters of the main language alone.
func (c *translations) letters(row bureau.Translation) {
	main, own := c.words.Main().Letters(), c.language.Letters()
	in := func(table *unicode.RangeTable) bool {
		return strings.ContainsFunc(row.Translation.V, func(r rune) bool { return unicode.Is(table, r) })
	}
	if main == own || !in(main) || in(own) {
		return
	}
	c.Warn(row.Translation.At, problem.TranslationLetters,
		problem.Say("“%[1]s”的译文“%[2]s”还是原来的文字", `the translation "%[2]s" of "%[1]s" is still in the letters of the text`, problem.Quote(row.Text.V), problem.Quote(row.Translation.V)),
		problem.Text{ZH: "写上译文；还没有译文的，留空；就该这样写的，" + problem.Except(problem.TranslationLetters, row.Text.At.File).ZH,
			EN: "write the translation, or leave it empty where there is none yet; where it is right, " + problem.Except(problem.TranslationLetters, row.Text.At.File).EN})
}

// length tells of a translation that is far longer than its text: a paste that went wrong.
func (c *translations) length(row bureau.Translation) {
	text, said := utf8.RuneCountInString(row.Text.V), utf8.RuneCountInString(row.Translation.V)
	if said <= longSaid || said <= timesLonger*text {
		return
	}
	c.Warn(row.Translation.At, problem.TranslationLength,
		problem.Say("“%[1]s”的译文有%[2]d个字符，原文只有%[3]d个", `the translation of "%[1]s" has %[2]d characters, the text %[3]d`, problem.Quote(row.Text.V), said, text),
		problem.Text{ZH: "核对是不是贴错了，改正译文；确实这样长的，" + problem.Except(problem.TranslationLength, row.Text.At.File).ZH,
			EN: "see whether something else was pasted, and correct it; where it is that long, " + problem.Except(problem.TranslationLength, row.Text.At.File).EN})
}

// A translation that has more characters than longSaid, and so many times more than its text,
// is too long: English takes three or four letters for an ideograph.
const (
	longSaid    = 200
	timesLonger = 10
)

// markup tells of marks of Markdown or HTML that a page prints as they are.
func (c *translations) markup(row bureau.Translation) {
	found := markup.FindString(row.Translation.V)
	if found == "" || strings.Contains(row.Text.V, found) {
		return
	}
	c.Warn(row.Translation.At, problem.TranslationMarkup,
		problem.Say("译文里的“%s”会照原样印出来：这处文字不是 Markdown", `"%s" in the translation is printed as it is: the text is no Markdown`, problem.Quote(found)),
		problem.Say("删去这些符号，只留文字", "remove these marks and leave the words"))
}

// markup are marks that mean something in Markdown or HTML alone.
var markup = regexp.MustCompile(`\*\*|</?[A-Za-z][^<>]*>|\]\([^()\s]*\)|&[a-z]+;` + "|`[^`]+`")

// numbers holds the numbers of a translation against those of its text, by their value: none
// is another one, and a long one does not get lost.
func (c *translations) numbers(row bureau.Translation) {
	text, said := numbersIn(quantities(row.Text.V, true)), quantities(row.Translation.V, false)
	worded := strings.ContainsAny(row.Text.V, "一二两三四五六七八九十百千")
	for _, q := range said {
		if !stated(q, text) && !(worded && len(q.written) <= 2) {
			c.differs(row, problem.Say("译文里的%s，原文没有", "%s stands in the translation and not in the text", problem.Quote(q.written)))
			return
		}
	}
	there := numbersIn(said)
	for _, q := range quantities(row.Text.V, false) {
		if len(q.written) > 2 && !there.has(q.value) {
			c.differs(row, problem.Say("原文里的%s，译文没有", "%s stands in the text and not in the translation", problem.Quote(q.written)))
			return
		}
	}
}

func (c *translations) differs(row bureau.Translation, how problem.Text) {
	c.Warn(row.Translation.At, problem.TranslationNumbers,
		problem.Say("“%s”的译文数字不同：%s", `the translation of "%s" has other numbers: %s`, problem.Quote(row.Text.V), how),
		problem.Text{ZH: "对照原文改正译文；确实应当这样写的，" + problem.Except(problem.TranslationNumbers, row.Text.At.File).ZH,
			EN: "correct the translation by the text; where it is right, " + problem.Except(problem.TranslationNumbers, row.Text.At.File).EN})
}

// alike tells of what has different names in the main language and the same one in the other.
func (c *translations) alike(b *bureau.Bureau) {
	type name struct{ file, text string }
	seen, told := map[string]name{}, map[[2]string]bool{}
	same := func(file, text, said, where string) {
		alike := strings.ToLower(said) // sentences begin with a capital
		before, twice := seen[alike]
		switch {
		case !twice:
			seen[alike] = name{file, text}
		case before.text != text:
			at, other := c.words.At(file, text), c.words.At(before.file, before.text)
			pair := [2]string{before.text, text}
			if at.File == "" && other.File == "" || told[pair] { // A and a need no translation
				return
			}
			told[pair] = true
			if at.File == "" || other.File == at.File && other.Line > at.Line { // at the later of the two
				at, other = other, at
			}
			hint := problem.Say("改其中一个的译文，让两者看得出不同", "change the translation of one of them so that they look different")
			if other.File != "" {
				hint = problem.Say("改这一行或者第%d行的译文，让两者看得出不同", "change the translation here or in line %d so that they look different", other.Line)
			}
			c.Error(at, problem.TranslationSame,
				problem.Say("%[4]s 里的“%[1]s”和“%[2]s”都译成了“%[3]s”，读者分不清", `"%[1]s" and "%[2]s" of %[4]s are both translated "%[3]s", and a reader cannot tell them apart`, problem.Quote(before.text), problem.Quote(text), problem.Quote(said), where), hint)
		}
	}
	for i, s := range b.Statistics {
		said := c.said.Statistics[i]
		clear(seen)
		for j, f := range s.Fields {
			same(s.File, f.Label(), said.Fields[j].Label(), s.File)
		}
		for j, f := range s.Fields {
			if !f.IsKey() || f.Role == bureau.RolePeriod {
				continue
			}
			clear(seen)
			for row := range s.Rows {
				same(s.File, s.Cell(row, j).Text, said.Cell(row, j).Text, s.File)
			}
		}
	}
	clear(seen)
	for i := range b.Units {
		same(bureau.UnitsKind.File(), b.Units[i].Name.V, c.said.Units[i].Name.V, bureau.UnitsKind.File())
	}
	clear(seen)
	for i, s := range b.Statistics {
		same(s.File, s.Title(), c.said.Statistics[i].Title(), bureau.StatisticsSection.Folder())
	}
	clear(seen)
	for i, r := range b.Registers {
		same(r.File, r.Title(), c.said.Registers[i].Title(), bureau.RegistersSection.Folder())
	}
}

// missing tells once what is not translated yet.
func (c *translations) missing() {
	var files []string
	texts, first := map[string]bool{}, ""
	for _, t := range c.words.Texts() {
		if t.Said {
			continue
		}
		texts[translate.Clean(t.Text)] = true
		if first == "" {
			first = t.Text
		}
		if !slices.Contains(files, t.File) {
			files = append(files, t.File)
		}
	}
	n := len(texts)
	if n == 0 {
		return
	}
	file := bureau.TranslationsKind.File(c.language.Name)
	c.Warn(problem.Position{File: file, Line: 1}, problem.TranslationMissing,
		problem.Say("%[1]d处文字还没有译文（%[2]d个文件，第一处是“%[3]s”），网页上名称用原文，较长的文字不显示", `texts without a translation: %[1]d, in %[2]d files, the first is "%[3]s"; pages show names as they are and leave longer texts out`, n, len(files), problem.Quote(shorten(first))),
		problem.Text{ZH: fmt.Sprintf("运行 sunshine translate，把缺的原文列进 %s，再填上译文；先不翻译的，%s", file, problem.Except(problem.TranslationMissing, file).ZH),
			EN: fmt.Sprintf("run sunshine translate, which lists them in %s, and fill in the translations; to leave it for later, %s", file, problem.Except(problem.TranslationMissing, file).EN)})
}

// shorten cuts a text for a message.
func shorten(text string) string {
	if r := []rune(translate.Clean(text)); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
