// Package inspect rehearses the inspection of government sites: what an inspector looks at
// first (a veto item that fails, fails the site), then what takes points. Each item says
// whether it is met, where, and what to do; what no program can judge is named as that.
//
// The indicators are those of 《政府网站与政务新媒体检查指标》 and
// 《政府网站与政务新媒体监管工作年度考核指标》 (国办秘函〔2019〕19号) as this project has them;
// their limits are those of site.yaml, and are cited as configured, not as law.
//
// It reads a site as it was made and the problems that were found in it, and judges no
// document by itself: what a guide or a statistic lacks, package check says.
package inspect

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/check"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// State is what was found of an indicator.
type State string

// The states.
const (
	Met       State = "met"
	Failed    State = "failed"
	NotJudged State = "not-judged"
)

// Item is one indicator as it was found.
type Item struct {
	Indicator problem.Text
	Veto      bool // one that fails, fails the site
	State     State
	Place     string       // a file, a page or both; empty where there is none
	Found     problem.Text // what was found, or why it cannot be judged
	Remedy    problem.Text // what to do; empty where it is met
}

// Input is a site that was made.
type Input struct {
	Bureau   *bureau.Bureau
	AsOf     period.Date
	BaseURL  string
	Files    []bureau.File
	Problems problem.List
}

// Site inspects a site: the veto items first.
func Site(in Input) []Item {
	s := site{Input: in, pages: map[string][]byte{}}
	for _, f := range in.Files {
		s.pages[f.Path] = f.Bytes
	}
	var items []Item
	for _, judge := range vetoes {
		i := judge(&s)
		i.Veto = true
		items = append(items, i)
	}
	for _, judge := range scored {
		items = append(items, judge(&s))
	}
	return items
}

// Fails tells whether a veto item fails.
func Fails(items []Item) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.Veto && i.State == Failed })
}

type site struct {
	Input
	pages map[string][]byte
}

// vetoes and scored are the indicators, each in the order in which an inspector goes.
var (
	vetoes = []func(*site) Item{
		(*site).made, (*site).safe, (*site).words, (*site).reached, (*site).honest, (*site).homeNew, (*site).columns, (*site).heard, (*site).served,
	}
	scored = []func(*site) Item{
		(*site).links, (*site).outside, (*site).units, (*site).guideToDisclosure, (*site).catalogue, (*site).published, (*site).applied, (*site).annual,
		(*site).explained, (*site).answered, (*site).elements, (*site).guides, (*site).overdue, (*site).attachments,
		(*site).search, (*site).tags, (*site).dated, (*site).footer, (*site).mark, (*site).errors, (*site).domain, (*site).foreign, (*site).accessible, (*site).polls, (*site).network,
	}
)

// told gives the problems of some rules; those that are excepted were taken out before.
func (s *site) told(rules ...problem.Rule) (found problem.List) {
	for _, p := range s.Problems {
		if slices.Contains(rules, p.Rule) {
			found = append(found, p)
		}
	}
	return found
}

// holds judges an item by the problems of some rules: met where there are none.
func (s *site) holds(indicator problem.Text, found problem.List) Item {
	i := Item{Indicator: indicator, State: Met}
	if len(found) > 0 {
		first := found[0]
		i.State, i.Place, i.Found, i.Remedy = Failed, first.Position.String(), first.Message, first.Hint
		if n := len(found); n > 1 {
			i.Found = problem.Say("共%d处，第一处：%s", "%d of them, the first: %s", n, first.Message)
		}
	}
	return i
}

// holdsOf judges an item of so many things: of none nothing is met.
func (s *site) holdsOf(n int, indicator problem.Text, found problem.List) Item {
	if n == 0 {
		return notJudged(indicator, problem.Say("一份也没有", "there is none"), problem.Say("应当有的，补上", "add what there ought to be"))
	}
	return s.holds(indicator, found)
}

// notJudged names what no program can judge, and what somebody has to look at.
func notJudged(indicator, why, remedy problem.Text) Item {
	return Item{Indicator: indicator, State: NotJudged, Found: why, Remedy: remedy}
}

// failed fails an item.
func failed(i Item, place string, found, remedy problem.Text) Item {
	i.State, i.Place, i.Found, i.Remedy = Failed, place, found, remedy
	return i
}

// page tells whether a page is there, and not one that only leads on.
func (s *site) page(path string) bool {
	data, there := s.pages[path]
	return there && !bytes.Contains(data, []byte(`http-equiv="refresh"`))
}

var settings = bureau.SiteKind.File()

func (s *site) made() Item {
	var errors problem.List
	for _, p := range s.Problems {
		if p.Severity == problem.Error {
			errors = append(errors, p)
		}
	}
	return s.holds(problem.Say("网站能够生成", "the site can be built"), errors)
}

func (s *site) safe() Item {
	indicator := problem.Say("单项否决：安全、泄密事故等严重问题", "veto: safety, secrets")
	var found problem.List
	for _, p := range s.Problems {
		if p.Rule.Area() == "privacy" && p.Severity == problem.Error || p.Rule == problem.HostForeign {
			found = append(found, p)
		}
	}
	if len(found) > 0 {
		return s.holds(indicator, found)
	}
	return notJudged(indicator, problem.Say("没有查到密级标志、个人信息和外部载入的内容；是否泄密、内容是否被篡改，程序判断不了", "no mark of secrecy, personal data or foreign content was found; whether a secret is told, or the site was tampered with, no program can judge"),
		problem.Say("由保密审查人员逐篇把关；公布以后运行 sunshine verify 网址", "have each text reviewed; after publication run sunshine verify with the address"))
}

func (s *site) words() Item {
	i := s.holds(problem.Say("单项否决：严重表述错误（设定的错词）", "veto: words that must not be wrong, as configured"), s.told(problem.WordsWrong))
	if i.State == Met {
		i.State = NotJudged
		i.Remedy = problem.Say("请熟悉表述的人通读，重点看涉及国家主权、领导人姓名职务和重要会议文件的文字", "have somebody read all texts, those on sovereignty, leaders and documents first")
		i.Found = problem.Say("查了常见的%d个错词和 site.yaml 里的%d个，没有报告；其他表述由人看", "%d common mistypings and %d of site.yaml were looked for, and none is told; everything else is for a reader", len(bureau.WrongWords), len(s.Bureau.Site.Rules.Words))
	}
	return i
}

func (s *site) reached() Item {
	return notJudged(problem.Say("单项否决：站点无法访问", "veto: the site can be reached"), problem.Say("本地看不到网站的访问情况", "nothing here shows how the site is reached"),
		problem.Say("从外网多个地方打开首页，一周内打不开的次数不超过5%", "open the home page from several places; it may fail in 5 % of the tries of a week"))
}

func (s *site) honest() Item {
	return notJudged(problem.Say("单项否决：弄虚作假、引发严重负面舆情", "veto: falsified dates, serious public criticism"), problem.Say("发布记录和修订能从外面核对；有没有弄虚作假，程序判断不了", "releases and revisions can be checked from outside; whether something was falsified no program can judge"),
		problem.Say("不补写过去的日期；公布以后留存 head.txt，供以后核对", "write no day of the past; keep head.txt after each publication"))
}

func (s *site) homeNew() Item {
	newest, limit := figures.Newest(s.Bureau, s.AsOf), s.Bureau.Site.Freshness.Newest.V
	i := Item{Indicator: problem.Say("单项否决：首页不更新（设定为%d天）", "veto: the home page has something new (configured: %d days)", limit), State: Met, Place: bureau.HomePage}
	add := problem.Say("发布新的公告、统计或指南", "publish a notice, a statistic or a guide")
	switch days := int(s.AsOf - newest.V); {
	case !newest.Given():
		return failed(i, bureau.HomePage, problem.Say("全站没有写明日期的内容", "nothing on the site has a date"), add)
	case limit > 0 && days >= limit:
		return failed(i, newest.At.String(), problem.Say("最新的内容是%s的，已有%d天", "the newest item is of %s; days since then: %d", newest.V, days), add)
	}
	i.Found = problem.Say("最新的内容是%s的", "the newest item is of %s", newest.V)
	return i
}

func (s *site) columns() Item {
	limit := max(2, s.Bureau.Site.Freshness.Together.V)
	i := Item{Indicator: problem.Say("单项否决：栏目不更新（设定为空白和逾期的栏目不到%d个）", "veto: fewer than %d sections are empty or overdue (configured)", limit), State: Met}
	var zh, en []string
	place := ""
	for _, c := range check.Columns(s.Bureau, s.AsOf) {
		if !c.Late() && (c.Items > 0 || !c.Shown) {
			continue
		}
		if zh, en = append(zh, c.Name.ZH), append(en, c.Name.EN); place == "" {
			place = c.At.String()
		}
	}
	if len(zh) == 0 {
		return i
	}
	i.Place, i.Found = place, problem.Text{ZH: "空白或者逾期的栏目：" + strings.Join(zh, "、"), EN: "empty or overdue: " + strings.Join(en, ", ")}
	if len(zh) >= limit {
		return failed(i, place, i.Found, problem.Say("更新其中的内容；运行 sunshine check 逐个看", "bring them up to date; sunshine check names each"))
	}
	return i
}

func (s *site) heard() Item {
	i := Item{Indicator: problem.Say("单项否决：互动回应差", "veto: citizens can ask, and are answered"), State: Met, Place: bureau.InquiriesSection.Page()}
	if !slices.ContainsFunc(s.Bureau.Site.Inquiries.Channels, func(c bureau.Channel) bool { return c.Href() != "" }) || !s.page(bureau.InquiriesSection.Page()) {
		return failed(i, settings, problem.Say("没有网上的咨询建言渠道", "there is no way to ask on the web"),
			check.WebChannel)
	}
	for k := range s.Bureau.Inquiries {
		q := &s.Bureau.Inquiries[k]
		if !q.Received.Given() || q.Answered.Given() && s.AsOf-q.Received.V > 365 {
			continue
		}
		nobody := figures.InquiryNoAnswer(q)
		switch {
		case !q.Answered.Given() && nobody <= s.AsOf:
			return failed(i, q.ID.At.String(), problem.Say("%s收到的咨询满三个月没有答复", "the inquiry of %s has had no answer for three months", q.Received.V),
				problem.Say("答复以后，写上答复日期和答复", "answer it, and write the day and the answer"))
		case q.Answered.Given() && nobody <= q.Answered.V:
			return failed(i, q.Answered.At.String(), problem.Say("%s收到的咨询满三个月才答复，检查时算一年", "the inquiry of %s was answered after three months, which counts for a year", q.Received.V),
				problem.Say("照实保留；其他咨询按期答复", "leave it as it is, and answer the others in time"))
		}
	}
	i.Found = problem.Say("有网上渠道，没有满三个月未答复的", "there is a way on the web, and nothing waits for three months")
	return i
}

func (s *site) served() Item {
	const lacking, guides = 4, 5
	i := Item{Indicator: problem.Say("单项否决：服务不实用（设定为缺%d项要素以上的指南不到%d份）", "veto: fewer than %[2]d guides lack %[1]d elements or more (configured)", lacking, guides), State: Met, Place: bureau.GuidesSection.Page()}
	inForce := 0
	for _, g := range s.Bureau.Guides {
		if g.InForce() && !g.Expired(s.AsOf) && g.Language == s.Bureau.Site.MainLanguage() {
			inForce++
		}
	}
	if inForce == 0 {
		return failed(i, bureau.GuideKind.Folder("hukou"), problem.Say("没有一份办事指南", "there is no guide"), problem.Say("把 data/guides 里的样例改好，status: draft（状态）改成 in-force；没有样例的，运行 sunshine new guide 类别/名称", "put a sample of data/guides right and change status: draft to in-force; where there is none, run sunshine new guide AREA/NAME"))
	}
	lack := map[string]int{}
	var first problem.Problem
	n := 0
	for _, p := range s.told(problem.GuideElement) {
		if lack[p.File]++; lack[p.File] == lacking {
			if n++; n == 1 {
				first = p
			}
		}
	}
	if n >= guides {
		return failed(i, first.Position.String(), problem.Say("缺%d项以上要素的指南有%d份", "guides that lack %d elements or more: %d", lacking, n), first.Hint)
	}
	i.Found = problem.Say("现行的指南有%d份", "guides in force: %d", inForce)
	return i
}

func (s *site) links() Item {
	i := s.holds(problem.Say("站内链接都能打开", "every link within the site leads somewhere"), s.told(problem.LinkDead, problem.LinkAnchor, problem.MarkdownLink, problem.MarkdownImage, problem.AddressGone, problem.AddressMoved))
	if i.State == Failed {
		return i
	}
	for _, f := range s.Files {
		if path.Ext(f.Path) != ".html" || f.Path == bureau.NotFoundPage { // its links are from the root
			continue
		}
		for _, m := range insideLink.FindAllSubmatch(f.Bytes, -1) {
			to, err := url.PathUnescape(html.UnescapeString(string(m[1])))
			if to = path.Join(path.Dir(f.Path), to); err != nil || s.pages[to] == nil {
				return failed(i, f.Path, problem.Say("链接“%s”打不开", "the link \"%s\" leads nowhere", problem.Quote(string(m[1]))), problem.Say("改正写这个链接的地方", "correct it where it is written"))
			}
		}
	}
	return i
}

// insideLink is a link of a page to another file of the site.
var insideLink = regexp.MustCompile(`<a [^>]*href="([^":#?]+)[#?"]`)

var outsideLink = regexp.MustCompile(`<a [^>]*href="(https?://[^"]+)"`)

func (s *site) outside() Item {
	hosts := map[string]bool{}
	for name, data := range s.pages {
		if path.Ext(name) == ".html" {
			for _, m := range outsideLink.FindAllSubmatch(data, -1) {
				hosts[strings.SplitN(string(m[1]), "/", 4)[2]] = true
			}
		}
	}
	return notJudged(problem.Say("外部链接都能打开，指向的内容合适", "every link to other sites leads somewhere fit"), problem.Say("指向外部的有%d个域名；程序不上网，没有打开看", "%d hosts are linked; sunshine does not go on the web to look", len(hosts)),
		problem.Say("每月把外部链接逐个打开一遍", "open each of them once a month"))
}

func (s *site) units() Item {
	i := Item{Indicator: problem.Say("机构概况：单位的地址、电话、办公时间", "the offices with address, telephone and hours"), State: Met, Place: bureau.UnitsSection.Page()}
	if len(s.Bureau.Units) == 0 {
		return failed(i, bureau.UnitsKind.File(), problem.Say("没有单位表", "there is no list of units"), problem.Say("运行 sunshine new units，逐行填写", "run sunshine new units and fill it in"))
	}
	for k := range s.Bureau.Units {
		if u := &s.Bureau.Units[k]; u.Address.V == "" || u.Phone.V == "" || u.Hours.V == "" {
			return failed(i, u.Name.At.String(), problem.Say("“%s”没有写全地址、电话、办公时间", "\"%s\" lacks its address, telephone or hours", problem.Quote(u.Name.V)), problem.Say("在单位表里补上", "add it to the list of units"))
		}
	}
	return i
}

// titled finds a page by a word of its title; one that says hardly anything is none.
func (s *site) titled(word string) string {
	const least = 60 // characters
	for _, p := range s.Bureau.Pages {
		if p.Language == s.Bureau.Site.MainLanguage() && strings.Contains(p.Title.V, word) && len([]rune(mainText(s.pages[p.Page()]))) >= least {
			return p.File
		}
	}
	return ""
}

// mainText is what the main part of a page says, without its title.
func mainText(page []byte) string {
	_, rest, _ := strings.Cut(string(page), "</h1>")
	rest, _, _ = strings.Cut(rest, "</main>")
	return strings.Join(strings.Fields(tag.ReplaceAllString(rest, " ")), " ")
}

var tag = regexp.MustCompile(`<[^>]*>`)

func (s *site) guideToDisclosure() Item {
	i := Item{Indicator: problem.Say("政府信息公开：公开指南", "open government information: the guide to it"), State: Met}
	if i.Place = s.titled("公开指南"); i.Place == "" {
		return failed(i, bureau.PageKind.File("guide-to-disclosure"), problem.Say("没有标题里有“公开指南”、写了内容的页面", "no page with a text has 公开指南 in its title"), problem.Say("写一页 data/pages/guide-to-disclosure.md，标题写“政府信息公开指南”，写明公开哪些信息、怎样查、怎样申请和联系方式（《政府信息公开条例》第十二条）", "write data/pages/guide-to-disclosure.md with the title 政府信息公开指南: what is published, how to find it, how to apply, and how to reach the office (article 12 of the regulation)"))
	}
	return i
}

func (s *site) catalogue() Item {
	i := Item{Indicator: problem.Say("政府信息公开：公开目录（索引号、文号、成文日期、有效性）", "open government information: the catalogue"), State: Met, Place: bureau.DisclosureSection.Page()}
	if len(s.Bureau.Policies) == 0 || !s.page(bureau.DisclosureSection.Page()) {
		return failed(i, bureau.PolicyKind.Folder(), problem.Say("没有政策文件，公开目录是空的", "there are no policy documents, and the catalogue is empty"), problem.Say("运行 sunshine new policy 名称，把文件写进去", "run sunshine new policy NAME for each document"))
	}
	return i
}

func (s *site) published() Item {
	i := Item{Indicator: problem.Say("政府信息公开：法定主动公开内容", "open government information: what the law requires to be published"), State: Met, Place: bureau.DisclosureSection.Page()}
	var zh, en []string
	for _, part := range []struct {
		there  bool
		zh, en string
	}{{len(s.Bureau.Units) > 0, "机构职能", "units"}, {len(s.Bureau.Policies) > 0, "规范性文件", "policies"}, {len(s.Bureau.Guides) > 0, "办事指南", "guides"}, {len(s.Bureau.Statistics) > 0, "统计信息", "statistics"}} {
		if !part.there {
			zh, en = append(zh, part.zh), append(en, part.en)
		}
	}
	if len(zh) > 0 {
		return failed(i, "data", problem.Text{ZH: "没有" + strings.Join(zh, "、"), EN: "there are no " + strings.Join(en, ", ")}, problem.Say("补上（《政府信息公开条例》第二十条）；data 里的样例改好以后，删去 status: draft（状态）；sunshine help 列出怎样新建", "add them (article 20 of the regulation); of the samples in data take away status: draft once they are right; sunshine help says how to begin one"))
	}
	place := i.Place
	i = notJudged(i.Indicator, problem.Say("有机构职能、规范性文件、办事指南和统计信息；负责人、财政预决算、收费目录、采购、行政处罚决定等，程序判断不了", "units, policies, guides and statistics are there; whether heads, budgets, fees, purchases and penalties are, no program can judge"),
		problem.Say("照《政府信息公开条例》第二十条逐项核对，没有的补成一页", "go through article 20 of the regulation, and write a page for what is missing"))
	i.Place = place
	return i
}

func (s *site) applied() Item {
	i := s.holds(problem.Say("政府信息公开：依申请公开的渠道和答复期限", "open government information: applications"), s.told(problem.RequestLate))
	if len(s.Bureau.Site.Requests.Channels) == 0 || !s.page(bureau.RequestsSection.Page()) {
		return failed(i, settings, problem.Say("没有写向哪里申请", "nothing says where to apply"), problem.Say("在 site.yaml 里写 requests: {channels: [{name: 邮寄, to: 地址}]}（依申请公开、渠道）", "write in site.yaml requests: {channels: [{name: Mail, to: the address}]}"))
	}
	if i.State == Met {
		i.Place = bureau.RequestsSection.Page()
	}
	return i
}

func (s *site) annual() Item {
	last := s.AsOf.Time().Year() - 1
	i := s.holds(problem.Say("政府信息公开：工作年度报告", "open government information: the annual report"), s.told(problem.AnnualNone, problem.AnnualLate, problem.AnnualBalance, problem.AnnualSum, problem.RequestReport))
	for _, a := range s.Bureau.Annual { // an exception makes no report come in time
		if due := check.AnnualDue(a.Year); a.Year >= last && a.Published.V > due {
			return failed(i, a.Published.At.String(), problem.Say("%d年的年度报告%s才公布，期限是%s", "the report of %d was published on %s, and due by %s", a.Year, a.Published.V, due), problem.Say("照实保留，在报告里说明原因", "leave it as it is, and say why in the report"))
		}
	}
	if !slices.ContainsFunc(s.Bureau.Annual, func(a *bureau.Annual) bool {
		return a.Year >= last || s.AsOf <= check.AnnualDue(last) && a.Year == last-1
	}) {
		return failed(i, bureau.AnnualFile(last), problem.Say("没有%d年的年度报告", "there is no annual report of %d", last), problem.Say("运行 sunshine new annual %[1]d，填好", "run sunshine new annual %[1]d and fill it in", last))
	}
	return i
}

func (s *site) explained() Item {
	return s.holdsOf(len(s.Bureau.Policies), problem.Say("政策解读：规范性文件都有解读，互相能点到", "policy: each normative document is explained"), s.told(problem.PolicyExplained, problem.PolicyExplanation, problem.PolicyNamed))
}

func (s *site) answered() Item {
	return s.holdsOf(len(s.Bureau.Inquiries), problem.Say("咨询建言按期答复（设定为%d个工作日）", "inquiries are answered in time (configured: %d working days)", s.Bureau.Site.Inquiries.Days.V), s.told(problem.InquiryLate, problem.InquiryTardy))
}

func (s *site) elements() Item {
	return s.holdsOf(len(s.Bureau.Guides), problem.Say("办事指南要素齐全", "guides have every element"), s.told(problem.GuideElement, problem.GuideTimeLimit, problem.GuideFee, problem.GuideVisits, problem.GuideMoved))
}

func (s *site) guides() Item {
	return s.holdsOf(len(s.Bureau.Guides), problem.Say("办事指南准确：没有兜底材料，没有失效，按期核实", "guides are right: no catch-all, none expired, verified in time"), s.told(problem.GuideCatchAll, problem.GuideExpired, problem.GuideAddress, problem.GuideSteps, problem.GuideComplaint, problem.FreshnessGuide))
}

func (s *site) overdue() Item {
	return s.holdsOf(len(s.Bureau.Statistics), problem.Say("统计按期更新", "statistics are released in time"), s.told(problem.FreshnessStatistic))
}

func (s *site) attachments() Item {
	return s.holds(problem.Say("附件能打开，都检查过", "attachments open and were inspected"), s.told(problem.PrivacyNotInspected, problem.PolicyAttachment))
}

func (s *site) search() Item {
	i := Item{Indicator: problem.Say("站内搜索", "search"), State: Met, Place: bureau.SearchSection.Page()}
	if !s.page(bureau.SearchSection.Page()) {
		return failed(i, bureau.SearchSection.Page(), problem.Say("没有搜索页", "there is no search page"), problem.Say("先改正 sunshine check 报告的错误", "mend the errors that sunshine check reports"))
	}
	return i
}

func meta(page []byte, name string) string {
	_, rest, found := bytes.Cut(page, []byte(`<meta name="`+name+`" content="`))
	if !found {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(value)
}

func (s *site) tags() Item {
	i := Item{Indicator: problem.Say("页面标签：网站、栏目、内容页", "tags of site, section and article"), State: Met}
	set := problem.Say("在 site.yaml 里写上 title（网站名称）、base_url（网站地址）和 footer（页脚）的 site_code（网站标识码）", "write title, base_url and footer: site_code in site.yaml")
	home := s.pages[bureau.HomePage]
	for _, name := range []string{"SiteName", "SiteDomain", "SiteIDCode"} {
		if meta(home, name) == "" {
			return failed(i, bureau.HomePage, problem.Say("首页没有 %s", "the home page has no %s", name), set)
		}
	}
	for _, f := range s.Files {
		if path.Ext(f.Path) != ".html" || meta(f.Bytes, "ArticleTitle") == "" {
			continue
		}
		if meta(f.Bytes, "ColumnName") == "" || strings.HasPrefix(f.Path, string(bureau.NoticesSection)) && (meta(f.Bytes, "PubDate") == "" || meta(f.Bytes, "ContentSource") == "") {
			return failed(i, f.Path, problem.Say("内容页缺少栏目、日期或者来源的标签", "the article lacks the tag of its section, day or source"), problem.Say("写上日期（date）和来源（source）", "write its date and its source"))
		}
	}
	return i
}

func (s *site) dated() Item {
	return s.holds(problem.Say("内容写明日期，不晚于当天", "content is dated, and not ahead of its day"), s.told(problem.NoticeDate, problem.PageDate, problem.GuideDate, problem.PolicyDate))
}

func (s *site) footer() Item {
	f := s.Bureau.Site.Footer
	i := s.holds(problem.Say("底部：主办单位、联系方式、网站标识码、备案号、站点地图", "the footer: organiser, contact, site code, records, site map"), s.told(problem.FooterMissing, problem.FooterForm))
	if i.State == Met && (f.Organizer.V == "" || s.Bureau.Site.Contact.Phone.V == "") { // check asks for the rest where any of it is there
		return failed(i, settings, problem.Say("页脚没有写全", "the footer is not complete"), problem.Say("在 site.yaml 的 footer（页脚）写上主办单位、网站标识码、ICP备案号、公安备案号，在 contact（联系方式）写上电话", "write organizer, site_code, icp and police_record under footer of site.yaml, and phone under contact"))
	}
	return i
}

func (s *site) mark() Item {
	i := Item{Indicator: problem.Say("底部：党政机关网站标识", "the footer: the mark of government sites"), State: Met, Place: settings}
	if s.Bureau.Site.Footer.AgencyMark.V == "" {
		return failed(i, settings, problem.Say("没有写党政机关网站标识", "the mark of government sites is not there"), problem.Say("在 site.yaml 的 footer 写 agency_mark: 核验网址（党政机关标识）", "write agency_mark: with the address of its verification under footer of site.yaml"))
	}
	return s.byHost(i, s.Bureau.Site.Footer.AgencyMark.V, "bszs.conac.cn")
}

func (s *site) errors() Item {
	i := Item{Indicator: problem.Say("底部：网站找错", "the footer: where to report an error"), State: Met, Place: settings}
	if s.Bureau.Site.Footer.ReportError.V == "" {
		return failed(i, settings, problem.Say("没有写找错的链接", "there is no link to report an error"), problem.Say("在 site.yaml 的 footer 写 report_error: 网址或者 mailto: 邮箱（找错）", "write report_error: under footer of site.yaml"))
	}
	return s.byHost(i, s.Bureau.Site.Footer.ReportError.V, "zfwzgl.www.gov.cn")
}

// byHost judges an entry whose address is that of a national service: whether another is
// right nobody but a person can say.
func (s *site) byHost(i Item, address, host string) Item {
	if u, err := url.Parse(address); err == nil && u.Host == host {
		return i
	}
	place := i.Place
	i = notJudged(i.Indicator, problem.Say("写的是“%s”，不是 %s 上的地址", "it leads to \"%s\", and not to %s", problem.Quote(address), host), problem.Say("核对是不是本网站自己的那个入口", "see whether it is the entry of this very site"))
	i.Place = place
	return i
}

func (s *site) domain() Item {
	i := Item{Indicator: problem.Say("域名：.gov.cn，用 https", "the domain: .gov.cn, by https"), State: Met, Place: settings}
	host, secure := "", false
	if u, err := url.Parse(s.BaseURL); err == nil {
		host, secure = strings.ToLower(u.Hostname()), u.Scheme == "https"
	}
	switch {
	case s.Bureau.Site.Demonstration.V:
		return notJudged(i.Indicator, problem.Say("演示网站没有自己的域名", "a demonstration has no domain of its own"), problem.Say("正式网站的 base_url（网站地址）写 https 开头的 .gov.cn 域名", "base_url of a real site is an https address under .gov.cn"))
	case !secure || !strings.HasSuffix(host, ".gov.cn"):
		return failed(i, settings, problem.Say("网站地址是“%s”", "the address of the site is \"%s\"", problem.Quote(s.BaseURL)), problem.Say("base_url（网站地址）写 https 开头的 .gov.cn 域名", "write an https address under .gov.cn as base_url"))
	}
	return i
}

func (s *site) foreign() Item {
	return s.holds(problem.Say("不载入外部域名的内容", "nothing is loaded from a foreign host"), s.told(problem.HostForeign))
}

func (s *site) accessible() Item {
	i := Item{Indicator: problem.Say("适老化和无障碍：大字、高对比，有无障碍声明", "accessibility: large text, contrast, a statement"), State: Met}
	if i.Place = s.titled("无障碍"); i.Place == "" {
		return failed(i, bureau.PageKind.File("accessibility"), problem.Say("没有写了内容的无障碍声明", "there is no accessibility statement with a text"), problem.Say("写一页 data/pages/accessibility.md，标题写“无障碍声明”", "write data/pages/accessibility.md with the title 无障碍声明"))
	}
	return i
}

func (s *site) polls() Item {
	return notJudged(problem.Say("互动交流：征集调查", "consultations and surveys"), problem.Say("静态网站不收集问卷", "a static site collects no answers"), problem.Say("在政府网站的征集调查平台发起，用公告链接过去；征集结果写成公告", "hold them on the platform of the government site, with a notice that links there, and publish what came of them"))
}

func (s *site) network() Item {
	return notJudged(problem.Say("支持互联网协议第六版（IPv6），主流浏览器都能打开", "the site is served over IPv6, and in every browser"), problem.Say("由网站的服务器决定", "that is the server's"), problem.Say("请管理服务器的单位开通 IPv6，并用几种浏览器打开看", "have whoever runs the server turn IPv6 on, and look in several browsers"))
}
