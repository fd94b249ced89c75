package site_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"sunshine/site/problem"
)

// The documentation's page of all rules is made from the entries of testdata/hints as
// they were done: the first of each rule, with what was written, what was told, and
// what cured it. TestHintsCure holds the page against them; -update writes it.

// rulesWords are the words of the page in one language.
type rulesWords struct {
	file, head                                       string
	fault, told, cure, none                          string
	put, edit, to, app, rm, mv, cp, day, other, more string
	cut, person, hint                                string
	severity                                         map[problem.Severity]string
}

var rulesIn = map[problem.Language]rulesWords{
	problem.Chinese: {
		file: "../docs/site/data/pages/rules.md",
		head: `---
title: 规则
summary: 每一条规则，什么情况会出现，怎样改；按提示末尾方括号里的名称查。
updated: 2026-11-26
order: 3
---
检查出的每个问题，末尾方括号里是规则的名称，例如 ` + "`[csv/number]`" + `。在本页里按这个名称查找（浏览器里按Ctrl+F）：这条规则要的是什么，一个出错的例子，那时显示的提示，和照提示做的改法。本页由测试写成：每个例子都真的做过，照着改，问题就没有了。

例子里的单位是虚构的；长的数字只写出头几位，长的文件只写出头几行。

错误拦住公布，警告不拦。确实不适用的警告，可以在 ` + "`site.yaml`" + ` 里写一条例外并说明理由：` + "`rules: {off: [{rule: 规则, path: 文件, reason: 理由}]}`" + `。错误不能例外；个人信息只能在 ` + "`privacy.yaml`" + ` 里逐处豁免，见[隐私与数据保护](privacy.md)。
`,
		fault: "出错的例子：", told: "那时的提示：", cure: "改法：", none: "没有例子。",
		put: "%s 里写的是", edit: "%s 里的", to: "改成", app: "%s 末尾加上", rm: "删去 %s。", mv: "%s 改名为 %s。", cp: "把 %s 复制为 %s。", day: "那时是%s。", other: "再做：%s", more: "（以下从略）",
		hint: "提示：", severity: map[problem.Severity]string{problem.Error: "错误：", problem.Warning: "警告："},
		cut: "%s 里删去", person: "例子里是能认出人的，或者不能公开的内容，这里不写。",
	},
	problem.English: {
		file: "../docs/site/data/pages/rules.en.md",
		head: `---
title: Rules
summary: Every rule, when it is broken and what cures it; look for the name in brackets at the end of the message.
updated: 2026-11-26
order: 3
---
Each problem ends with the name of its rule in brackets, such as ` + "`[csv/number]`" + `. Look for that name on this page (Ctrl+F in the browser): what the rule wants, an example that breaks it, the message that it got, and what cured it. The page is written by a test: every example was made, the hint was followed, and the problem was gone.

The bureau in the examples is fictional; of long numbers only the first digits are shown, of long files the first lines.

An error stops the publication, a warning does not. A warning that does not apply can be excepted in ` + "`site.yaml`" + `, with the reason: ` + "`rules: {off: [{rule: RULE, path: FILE, reason: WHY}]}`" + `. Errors cannot; personal data are waived in ` + "`privacy.yaml`" + ` alone, one place at a time: see [privacy and disclosure](privacy.en.md).
`,
		fault: "An example that breaks it:", told: "What is told:", cure: "What cures it:", none: "There is no example.",
		put: "%s holds", edit: "in %s", to: "becomes", app: "at the end of %s", rm: "Delete %s.", mv: "Rename %s to %s.", cp: "Copy %s to %s.", day: "The day is %s.", other: "Then: %s", more: "(and so on)",
		hint: "hint: ", severity: map[problem.Severity]string{problem.Error: "error: ", problem.Warning: "warning: "},
		cut: "from %s is deleted", person: "The example holds what tells who somebody is, or what is not for the public, and is not shown here.",
	},
}

// areas say in words what the rules of an area are about.
var areas = map[string]problem.Text{
	"site":        {ZH: "网站的设置", EN: "settings of the site"},
	"address":     {ZH: "网址", EN: "addresses"},
	"footer":      {ZH: "页脚", EN: "the footer"},
	"placeholder": {ZH: "占位的内容", EN: "placeholders"},
	"host":        {ZH: "外部域名", EN: "foreign hosts"},
	"rules":       {ZH: "例外", EN: "exceptions"},
	"freshness":   {ZH: "是否按期更新", EN: "what is overdue"},
	"guide":       {ZH: "办事指南", EN: "guides"},
	"notice":      {ZH: "公告", EN: "notices"},
	"words":       {ZH: "不能写错的词", EN: "words that must not be wrong"},
	"inquiry":     {ZH: "咨询建言", EN: "inquiries"},
	"request":     {ZH: "信息公开申请", EN: "applications for information"},
	"page":        {ZH: "页面", EN: "pages"},
	"annual":      {ZH: "年度报告的文件", EN: "files of annual reports"},
	"policy":      {ZH: "政策文件", EN: "policy documents"},
	"link":        {ZH: "链接", EN: "links"},
	"markdown":    {ZH: "正文", EN: "the text of documents"},
	"frontmatter": {ZH: "文件开头的键", EN: "the head of documents"},
	"figures":     {ZH: "数字之间的关系", EN: "figures among each other"},
	"claims":      {ZH: "文字与数字", EN: "what texts say of figures"},
	"check":       {ZH: "写明的勾稽关系", EN: "checks that are written"},
	"derive":      {ZH: "计算出来的列", EN: "computed columns"},
	"chart":       {ZH: "图", EN: "charts"},
	"stats":       {ZH: "统计的说明", EN: "descriptors of statistics"},
	"file":        {ZH: "文件的名称", EN: "names of files"},
	"files":       {ZH: "文件和文件夹", EN: "files and folders"},
	"text":        {ZH: "编码", EN: "encodings"},
	"csv":         {ZH: "表格", EN: "tables"},
	"workbook":    {ZH: "工作簿", EN: "workbooks"},
	"yaml":        {ZH: "YAML的写法", EN: "YAML"},
	"unit":        {ZH: "单位", EN: "units"},
	"target":      {ZH: "目标", EN: "targets"},
	"matter":      {ZH: "台账", EN: "ledgers of matters"},
	"translation": {ZH: "译文", EN: "translations"},
	"registers":   {ZH: "清单", EN: "registers"},
	"disclosure":  {ZH: "不公布的数", EN: "withheld figures"},
	"privacy":     {ZH: "个人信息", EN: "personal data"},
	"release":     {ZH: "发布记录", EN: "records of releases"},
	"approval":    {ZH: "公开前审批", EN: "approvals"},
	"published":   {ZH: "已经公布的网站", EN: "the published site"},
	"revision":    {ZH: "修订", EN: "revisions"},
	"template":    {ZH: "模板和用语", EN: "templates and wording"},
	"write":       {ZH: "写出网站", EN: "writing the site"},
	"verify":      {ZH: "核对", EN: "verification"},
	"import":      {ZH: "读入报表", EN: "import"},
	"publish":     {ZH: "发布到网站", EN: "publication"},
}

// rulesPages holds the page in both languages against the entries that were done.
func rulesPages(t *testing.T, all []*entry) {
	first := map[string]*entry{}
	for _, e := range all {
		if e.dir == "" {
			return // not all of them were done
		}
		if first[e.rule] == nil {
			first[e.rule] = e
		}
	}
	rules := slices.Clone(problem.Rules())
	at := map[string]int{}
	for i, r := range rules {
		if _, seen := at[r.Area()]; !seen {
			at[r.Area()] = i
		}
		if areas[r.Area()] == (problem.Text{}) {
			t.Errorf("nothing says what the rules of %s are about", r.Area())
		}
	}
	slices.SortStableFunc(rules, func(a, b problem.Rule) int { return at[a.Area()] - at[b.Area()] })
	for language, w := range rulesIn {
		var b strings.Builder
		b.WriteString(w.head)
		area := ""
		for _, r := range rules {
			if r.Area() != area {
				area = r.Area()
				fmt.Fprintf(&b, "\n## %s %s\n", area, areas[area].In(language))
			}
			fmt.Fprintf(&b, "\n### %s\n\n%s\n", r, r.About().In(language))
			e := first[r.String()]
			if e == nil {
				fmt.Fprintf(&b, "\n%s\n", w.none)
				continue
			}
			person := area == "privacy"
			if person {
				fmt.Fprintf(&b, "\n%s\n\n", w.person)
			} else {
				fmt.Fprintf(&b, "\n%s\n\n%s", w.fault, w.steps(e.fault))
			}
			said := strings.ReplaceAll(fmt.Sprintf("%s: %s%s [%s]\n  %s%s", e.said.Position, w.severity[e.said.Severity], e.placeless(e.said.Message.In(language)), e.rule, w.hint, e.placeless(e.said.Hint.In(language))), e.dir, "…")
			fmt.Fprintf(&b, "%s\n\n%s", w.told, quoted(said, 8, 400, w.more))
			if !person {
				fmt.Fprintf(&b, "%s\n\n%s", w.cure, w.steps(e.pasted))
			}
		}
		want := strings.TrimRight(regexp.MustCompile(`\n{3,}`).ReplaceAllString(b.String(), "\n\n"), "\n") + "\n"
		stands, err := os.ReadFile(w.file)
		if err == nil && string(stands) == want {
			continue
		}
		if !*update {
			t.Errorf("%s is not what the entries of testdata/hints say: go test ./site -run TestHintsCure -update", w.file)
		} else if err := os.WriteFile(w.file, []byte(want), 0o644); err != nil {
			t.Error(err)
		}
	}
}

// placeless is a text as far as it does not name the folder that the test has, which
// is another one each time.
func (e *entry) placeless(text string) string {
	before, _, named := strings.Cut(text, e.dir)
	if named {
		before += "…"
	}
	return before
}

// steps tells what is done with the files of the bureau.
func (w rulesWords) steps(steps []step) string {
	var b strings.Builder
	for _, st := range steps {
		words := strings.Fields(st.rest)
		for i, word := range words {
			if !strings.HasPrefix(word, "/") && !strings.HasPrefix(word, "data/") {
				word = "data/" + word
			}
			words[i] = "`" + strings.TrimPrefix(hidden(word), "/") + "`"
		}
		text := strings.Join(st.new, "\n")
		switch st.verb {
		case "put", "raw":
			fmt.Fprintf(&b, w.put+"\n\n%s", words[0], quoted(text, 12, 120, w.more))
		case "append":
			fmt.Fprintf(&b, w.app+"\n\n%s", words[0], quoted(text, 12, 120, w.more))
		case "edit":
			if text == "" {
				fmt.Fprintf(&b, w.cut+"\n\n%s", words[0], quoted(strings.Join(st.old, "\n"), 12, 120, w.more))
				break
			}
			fmt.Fprintf(&b, w.edit+"\n\n%s%s\n\n%s", words[0], quoted(strings.Join(st.old, "\n"), 12, 120, w.more), w.to, quoted(text, 12, 120, w.more))
		case "rm":
			fmt.Fprintf(&b, w.rm+"\n\n", words[0])
		case "mv":
			fmt.Fprintf(&b, w.mv+"\n\n", words[0], words[1])
		case "cp":
			fmt.Fprintf(&b, w.cp+"\n\n", words[0], words[1])
		case "day":
			fmt.Fprintf(&b, w.day+"\n\n", st.rest)
		default:
			fmt.Fprintf(&b, w.other+"\n\n", "`"+hidden(st.verb+" "+st.rest)+"`")
		}
	}
	return b.String()
}

var (
	digest     = regexp.MustCompile(`((?:digest|校验值) )[0-9a-f]{12}`)
	shard      = regexp.MustCompile(`(assets/search/)[0-9a-z]+`)
	longNumber = regexp.MustCompile(`(\d{3})\d{5,}[\dXx]?`)
	address    = regexp.MustCompile(`[\w.+-]+@[\w.-]+`)
	bars       = regexp.MustCompile(`(?:\|[^|\n]{0,3}){9,}`)
	deep       = regexp.MustCompile(`>{9,}`)
	mangled    = regexp.MustCompile(`(\d\.\d)\d*(E\+\d+)`)
	unprinted  = regexp.MustCompile(`[^\p{L}\p{N}\p{P}\p{S}\p{M} \n\t]`)
)

// hidden leaves of what may be somebody's number the first digits.
func hidden(text string) string {
	text = shard.ReplaceAllString(digest.ReplaceAllString(text, "${1}…"), "${1}…") // of a site, which change with every template
	text = bars.ReplaceAllString(deep.ReplaceAllString(address.ReplaceAllString(text, "…"), ">>>>>>>>…"), "| a | b …")
	text = mangled.ReplaceAllString(longNumber.ReplaceAllString(text, "$1…"), "$1…$2")
	return unprinted.ReplaceAllStringFunc(text, func(s string) string { return fmt.Sprintf("\\u%04x", []rune(s)[0]) })
}

// quoted is a block of text, no longer than a page bears.
func quoted(text string, lines, width int, more string) string {
	split := strings.Split(strings.TrimRight(hidden(strings.ToValidUTF8(text, "?")), "\n"), "\n")
	if len(split) > lines {
		split = append(split[:lines], more)
	}
	for i, line := range split {
		if utf8.RuneCountInString(line) > width {
			split[i] = string([]rune(line)[:width]) + "…"
		}
	}
	return "~~~~text\n" + strings.Join(split, "\n") + "\n~~~~\n\n"
}

// pastedInto is a step with what the hint gives in it.
func (s *stage) pastedInto(st step) (step, error) {
	done := step{verb: st.verb}
	for _, p := range []struct {
		to   *[]string
		from []string
	}{{&done.old, st.old}, {&done.new, st.new}} {
		text, err := s.paste(strings.Join(p.from, "\n"))
		if err != nil {
			return step{}, err
		}
		if len(p.from) > 0 {
			*p.to = strings.Split(text, "\n")
		}
	}
	rest, err := s.paste(st.rest)
	done.rest = rest
	return done, err
}
