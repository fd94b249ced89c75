package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
	"sunshine/site/yaml"
)

// Guide holds a procedure guide against the elements that a citizen needs and
// against itself, as of a day. A guide that is in force needs every element; one
// that is transferred or repealed needs a title and a date, a draft nothing: it is
// not published. That a verification has run out is said with the other dates that
// pass, by check.Stale.
func Guide(g *bureau.Guide, asOf period.Date, defaults bureau.Freshness) problem.List {
	c := guide{Guide: g}
	c.words()
	if g.Status.V == "draft" {
		return c.List
	}
	c.need("title", g.Title.V != "", problem.Error, g.Title.At)
	c.dates(asOf)
	switch g.Status.V {
	case "transferred":
		if g.MovedTo.V == "" {
			c.Error(c.place("moved_to", g.Status.At), problem.GuideMoved,
				problem.Text{ZH: "事项已划转，却没有写" + spelled("moved_to"), EN: "the matter is transferred, but moved_to is missing"},
				problem.Say("加一行“moved_to: https://…”（划转链接），写现在主管部门的网页地址", "add a line \"moved_to: https://…\" with the page of the office that is now responsible"))
		}
	case "repealed":
	default:
		c.elements()
		c.consistency(defaults)
	}
	c.addresses()
	return c.List
}

type guide struct {
	problem.List
	*bureau.Guide
}

// spellings are the Chinese names of the keys of a guide, by their path.
var spellings = func() map[string]string {
	m := map[string]string{}
	for _, k := range yaml.Keys(bureau.Guide{}) {
		if len(k.Names) > 1 {
			m[k.Path] = k.Names[1]
		}
	}
	return m
}()

// spelled names a key in Chinese, with its English spelling.
func spelled(path string) string { return spellings[path] + "（" + path + "）" }

// place gives where to look for a key that lacks a value: the key itself where it
// stands there empty, or else the first place that is known.
func (c *guide) place(key string, known ...problem.Position) problem.Position {
	for _, b := range c.Blank {
		if b.Key == key {
			return b.At
		}
	}
	for _, at := range known {
		if at.Line > 0 {
			return at
		}
	}
	return problem.Position{File: c.File, Line: 1, Column: 1}
}

// need reports an element that is missing. known is where its value stands, if
// it does. What could not be read is not missing, and has been reported.
func (c *guide) need(path string, found bool, severity problem.Severity, known ...problem.Position) {
	key, _, _ := strings.Cut(path, "[")
	if key, _, _ = strings.Cut(key, "."); found || bureau.Unread(c.Blank, key) {
		return
	}
	c.List = append(c.List, problem.Problem{
		Position: c.place(path, known...), Severity: severity, Rule: problem.GuideElement,
		Message: lacks(path),
		Hint:    problem.Say("写上内容：“%[1]s: …”，键名也可以用中文，写成“%[2]s: …”", "write \"%[1]s: …\", or the same key in Chinese, \"%[2]s: …\"", path[strings.LastIndex(path, ".")+1:], spellings[path]),
	})
}

// lacks says that a key is missing, or that no entry of its list has it.
func lacks(path string) problem.Text {
	if list, key, inside := strings.Cut(path, "[]."); inside {
		return problem.Text{
			ZH: fmt.Sprintf("“%s”没有写%s", spellings[list], cmp.Or(wanted[path], spellings[path])),
			EN: fmt.Sprintf("%s is missing in %s", key, list),
		}
	}
	return problem.Say("缺少%[1]s（%[2]s）", "%[2]s (%[1]s) is missing", spellings[path], path)
}

// elements asks for what a citizen must know before going there. What rules.md
// asks for without exception is an error.
func (c *guide) elements() {
	c.need("legal_basis", len(c.LegalBasis) > 0, problem.Error)
	for i, l := range c.LegalBasis {
		c.entry("legal_basis[].law", i, l.Law.V != "", l.Law.At, l.At)
	}
	c.need("conditions", len(c.Conditions) > 0, problem.Error)
	c.need("materials", len(c.Materials) > 0, problem.Error)
	for i, m := range c.Materials {
		c.entry("materials[].name", i, m.Name.V != "", m.Name.At, m.At)
	}
	c.need("steps", len(c.Steps) > 0, problem.Error)
	for i, s := range c.Steps {
		c.entry("steps[].action", i, s.Action.V != "", s.Action.At, s.At)
	}
	c.need("places", len(c.Places) > 0, problem.Error)
	if len(c.Places) > 0 {
		var where, hours, phone bool
		for _, p := range c.Places {
			where = where || p.Name.V != "" || p.Address.V != ""
			hours = hours || p.Hours.V != ""
			phone = phone || p.Phone.V != ""
		}
		first := c.Places[0]
		c.need("places[].name", where, problem.Error, first.Name.At, first.At)
		c.need("places[].hours", hours, problem.Error, first.Hours.At, first.At)
		c.need("places[].phone", phone, problem.Error, first.Phone.At, first.At)
	}
	c.need("time_limit", c.TimeLimit.Said(), problem.Warning, c.TimeLimit.At)
	c.need("fee", c.SaysFee(), problem.Warning, c.Fee.At)
	for i, f := range c.Fees {
		c.entry("fees[].item", i, f.Item.V != "", f.Item.At, f.At)
	}
	c.need("visits", c.Visits.Count.Given(), problem.Warning, c.Visits.At)
	for i, q := range c.FAQ {
		c.entry("faq[].question", i, q.Question.V != "", q.Question.At, q.At)
		c.entry("faq[].answer", i, q.Answer.V != "", q.Answer.At, q.At)
	}
	c.need("result", c.Result.V != "", problem.Warning, c.Result.At)
	c.need("complaint", c.Complaint.Said(), problem.Warning, c.Complaint.At)
	c.need("audience", len(c.Audience) > 0, problem.Warning)
	c.need("verified", c.Verified.Given(), problem.Warning)
}

// entry asks for the key that entry i of a list cannot do without. What could not
// be read at all has no place, and has been reported.
func (c *guide) entry(path string, i int, found bool, value, entry problem.Position) {
	if entry.Line == 0 {
		return
	}
	n := len(c.List)
	c.need(path, found, problem.Error, value, entry)
	list, key, _ := strings.Cut(path, "[].")
	for ; n < len(c.List); n++ {
		c.List[n].Message = problem.Text{
			ZH: fmt.Sprintf("“%s”第%d项没有写%s", spellings[list], i+1, cmp.Or(wanted[path], spellings[path])),
			EN: fmt.Sprintf("%s is missing in entry %d of %s", key, i+1, list),
		}
	}
}

// wanted says in full what the keys of an entry hold whose own names do not.
var wanted = map[string]string{
	"legal_basis[].law": "法律名称",
	"materials[].name":  "材料名称",
	"steps[].action":    "环节名称",
	"places[].name":     "名称或地址",
	"history[].change":  "更新内容",
	"fees[].item":       "收费项目的名称",
}

// consistency holds what the guide says in one place against another.
func (c *guide) consistency(defaults bureau.Freshness) {
	for _, m := range c.Materials {
		if catchAll(m.Name.V) {
			c.Warn(m.Name.At, problem.GuideCatchAll,
				problem.Say("“%s”没有说清要带什么，属于兜底条款", "\"%s\" does not say what to bring", problem.Quote(m.Name.V)),
				problem.Say("逐项列出材料；没有其他材料就删去这一项", "list each document, or remove the entry"))
		}
		c.notNegative(m.Original)
		c.notNegative(m.Copies)
	}
	for _, s := range c.Steps {
		c.notNegative(s.Days)
	}
	c.limit(c.TimeLimit)
	c.steps()
	c.fees()
	c.visits()
	c.cases()
	c.trips()
	c.kind()
	c.complaint()
	if c.ReviewDays.Given() && c.ReviewDays.V < 1 {
		c.Error(c.ReviewDays.At, problem.GuideNumber,
			problem.Say("核实周期至少是1天，现为%d天", "the days between two reviews must be 1 or more, not %d", c.ReviewDays.V),
			problem.Say("写1或更大的整数；删去这一行，就按%d天计", "write 1 or more; without this line the period is %d", defaults.Guides.V))
	}
}

// limit holds a time limit against itself: that of the guide, or of one case.
func (c *guide) limit(t bureau.TimeLimit) {
	c.notNegative(t.Statutory)
	c.notNegative(t.Promised)
	if t.Statutory.Given() && t.Promised.Given() && t.Promised.V > t.Statutory.V {
		c.Error(t.Promised.At, problem.GuideTimeLimit,
			problem.Say("承诺办结时限（%d）长于法定办结时限（%d）", "the promised time limit, %d, is longer than the statutory one, %d", t.Promised.V, t.Statutory.V),
			problem.Say("承诺办结时限不得超过法定办结时限，请核对这两个数值", "a promise cannot exceed the statutory limit; check the two numbers"))
	}
	if (t.Statutory.Given() || t.Promised.Given()) && t.Unit.V == "" {
		c.Warn(t.At, problem.GuideUnit,
			problem.Say("办理时限没有写单位，暂按自然日公布", "the time limit has no unit and is published in calendar days"),
			problem.Say("加上 unit: working-days（单位：工作日）或 natural-days（自然日）", "add unit: working-days or natural-days"))
	}
}

// fees holds each fee against its basis, and the one fee against the several.
func (c *guide) fees() {
	f := c.Fee
	c.fee("fee.basis", f.Amount, f.Basis)
	if f.Free.V && f.Amount.V > 0 {
		c.Error(f.Amount.At, problem.GuideFee,
			problem.Say("既写了免费，又写了收费%g元", "it says both free of charge and a fee of %g yuan", f.Amount.V),
			problem.Say("删去其中一个", "remove one of the two"))
	}
	for _, item := range c.Fees {
		c.fee("fees[].basis", item.Amount, item.Basis)
		if !item.Amount.Given() && item.At.Line > 0 && !bureau.Unread(c.Blank, "fees") {
			c.Error(item.At, problem.GuideFee,
				problem.Say("收费项目“%s”没有写金额", "the fee \"%s\" has no amount", problem.Quote(item.Item.V)),
				problem.Say("加上 amount: 金额（元）；不收费的，删去这一项", "add amount, in yuan, or remove the entry where nothing is charged"))
		}
		if f.Free.V && item.Amount.V > 0 {
			c.Error(item.Amount.At, problem.GuideFee,
				problem.Say("fee（收费）写了免费，这里又收%g元", "fee says free of charge, and this is a fee of %g yuan", item.Amount.V),
				problem.Say("收费的，删去 free（免费）；不收费的，删去这一项", "remove free where there is a fee, or this entry where there is none"))
		}
	}
	if f.Amount.Given() && len(c.Fees) > 0 {
		c.Error(f.Amount.At, problem.GuideFee,
			problem.Text{ZH: "既写了" + spelled("fee.amount") + "，又写了" + spelled("fees"), EN: "it gives both fee.amount and fees"},
			problem.Say("全部收费都写在 fees（收费项目）里，每项写项目、金额和依据，删去这里的金额", "write every fee in fees, each with its item, amount and basis, and remove the amount here"))
	}
}

// fee wants the basis of an amount.
func (c *guide) fee(path string, amount bureau.Number, basis bureau.String) {
	switch {
	case amount.V < 0:
		c.Error(amount.At, problem.GuideNumber,
			problem.Say("收费金额不能小于0", "the fee is below 0"),
			problem.Say("免费的写“free: true”（免费）", "write free: true where there is no fee"))
	case amount.V > 0 && basis.V == "":
		c.Error(amount.At, problem.GuideFee,
			problem.Say("收费%[1]g元，却没有写%[2]s", "a fee of %[1]g yuan without its basis, %[3]s", amount.V, spelled(path), path),
			problem.Say("在金额旁边加上 basis: …（依据），写批准收费的文件和文号", "add basis: … beside the amount, with the name and number of the document that allows the fee"))
	}
}

// visits wants a reason for coming in person, and another way where nobody has to.
func (c *guide) visits() {
	v := c.Visits
	c.notNegative(v.Count)
	switch {
	case v.Count.V > 0 && v.Reason.V == "":
		c.Warn(v.Count.At, problem.GuideVisits,
			problem.Say("要到现场%d次，没有写原因", "visits in person: %d, and no reason is given", v.Count.V),
			problem.Say("写成“visits: {count: %[1]d, reason: …}”（现场次数：次数、原因），说明为什么要本人到场", "write \"visits: {count: %[1]d, reason: …}\" and say why one has to come in person", v.Count.V))
	case v.Count.Given() && v.Count.V == 0 && c.Online.V == "" && !c.By("online") && !c.By("post") && !c.By("phone"):
		c.Error(v.Count.At, problem.GuideVisits,
			problem.Say("写了不用到现场，却没有网上、邮寄或者电话的渠道", "it takes no visit in person, but there is no way online, by post or by telephone"),
			problem.Say("写上 online（网上办理）的网址，或者 channels: [邮寄]（办理渠道）；要到现场的，改正次数", "give the address of online, or channels: [post], or correct the number of visits"))
	}
}

// onTheSpot are words of a note for what is done while one waits.
var onTheSpot = regexp.MustCompile(`即办|即时办|当场办|立等可取|\bon the spot\b|\bwhile you wait\b`)

// kind holds the kind of matter against how long it takes.
func (c *guide) kind() {
	t := c.TimeLimit
	long := (t.Promised.Given() && t.Promised.V > 1 || !t.Promised.Given() && t.Statutory.V > 1) && t.Unit.V != "hours" && t.Unit.V != "minutes"
	instant := t.Promised.Given() && t.Promised.V == 0 || onTheSpot.MatchString(t.Note.V)
	switch {
	case c.Kind.V == "immediate" && long:
		c.Error(c.Kind.At, problem.GuideKind,
			problem.Say("即办件应当场办结，办理时限却是%d天", "a matter that is done on the spot has a time limit of %d days", max(t.Promised.V, t.Statutory.V)),
			problem.Say("改正 time_limit（办理时限），或者改为 kind: 承诺件（办件类型）", "correct time_limit, or write kind: promised"))
	case instant && !long && c.Kind.V != "immediate":
		at := c.Kind.At
		if at.Line == 0 {
			at = t.At
		}
		c.Warn(at, problem.GuideKind,
			problem.Say("办理时限写的是当场办结，办件类型却不是即办件", "the time limit says that it is done on the spot, but the kind does not"),
			problem.Say("写“kind: 即办件”（办件类型），或者改正办理时限", "write kind: immediate, or correct the time limit"))
	}
}

// steps holds the days of the steps against the time limit that they make up: of the
// guide, or of each sheet where a case has a time limit of its own.
func (c *guide) steps() {
	if !slices.ContainsFunc(c.CaseNotes, func(n bureau.CaseNote) bool { return n.TimeLimit.Said() }) {
		c.stepsOf(c.Guide)
		return
	}
	told := map[problem.Position]bool{}
	sheets, _ := c.Choices()
	for _, sheet := range sheets {
		if of := c.For(sheet); !told[of.TimeLimit.At] && !of.Stops() {
			n := len(c.List)
			c.stepsOf(of)
			told[of.TimeLimit.At] = len(c.List) > n
		}
	}
}

// stepsOf says nothing where no step takes a day: how the time is spent is then not said.
func (c *guide) stepsOf(of *bureau.Guide) {
	t := of.TimeLimit
	limit := t.Promised
	if !limit.Given() {
		limit = t.Statutory
	}
	sum, units := 0, map[string]bool{}
	for _, s := range of.Steps {
		if s.Days.V > 0 {
			sum += s.Days.V
			units[of.StepUnit(s)] = true
		}
	}
	if sum == 0 || !limit.Given() {
		return
	}
	unit := cmp.Or(t.Unit.V, "natural-days")
	switch {
	case len(units) > 1 || !units[unit]:
		c.Warn(of.Steps[0].At, problem.GuideSteps,
			problem.Say("各环节的天数与办理时限的单位不一样，合计不起来", "the days of the steps are counted in another unit than the time limit, and do not add up"),
			problem.Say("都用 time_limit（办理时限）的单位；单位不同的环节，只在 note（说明）里写明", "count all in the unit of time_limit, and name another unit in the note of the step only"))
	case sum != limit.V:
		c.Warn(limit.At, problem.GuideSteps,
			problem.Say("各环节合计%[1]d，办理时限写的是%[2]d", "the steps take %[1]d together, the time limit is %[2]d", sum, limit.V),
			problem.Say("核对各环节的 days（天数）和办理时限，改成一致", "check the days of each step and the time limit, and make them agree"))
	}
}

func (c *guide) notNegative(v bureau.Int) {
	if v.V < 0 {
		c.Error(v.At, problem.GuideNumber,
			problem.Say("这里不能小于0，现为%d", "this number cannot be below 0: %d", v.V),
			problem.Say("写0或更大的整数", "write 0 or more"))
	}
}

// complaint warns where complaints go to the desk that they are about.
func (c *guide) complaint() {
	enquiry := desks(c.Places)
	for _, phone := range text.Phones(c.Complaint.Phone.V) {
		if slices.Contains(enquiry, phone.Number()) {
			c.Warn(c.Complaint.Phone.At, problem.GuideComplaint,
				problem.Say("监督投诉电话“%s”与咨询电话相同", "the complaint phone \"%s\" is also the enquiry phone", problem.Quote(c.Complaint.Phone.V)),
				problem.Say("投诉应由别的部门受理，请写另一个电话，例如12389", "complaints belong to another office; give another number, such as 12389"))
			return
		}
	}
}

var catchAlls = regexp.MustCompile(`其[他它](有关|相关|必要|需要|所需|应当提供|需提供|要求|规定|证明|申请|的)*(材料|证件|文件|资料|手续)|等(有关|相关|其他|证明|的)*(材料|证件|文件|资料)?$|(?i)\bother (relevant |related |necessary |required )?(documents?|materials?|papers?)\b|\betc\.?$`)

// catchAll tells whether a material is named only as whatever else is wanted.
func catchAll(name string) bool {
	for _, sign := range []string{"其", "等", "ther", "tc"} {
		if strings.Contains(name, sign) {
			return catchAlls.MatchString(name)
		}
	}
	return false
}

// words holds the keys that take one of a few words against them.
func (c *guide) words() {
	c.oneOf("area", c.Area, bureau.AreaWords)
	c.oneOf("status", c.Status, bureau.GuideStates)
	c.oneOf("time_limit.unit", c.TimeLimit.Unit, bureau.TimeUnits)
	c.oneOf("kind", c.Kind, bureau.GuideKinds)
	for _, s := range c.Steps {
		c.oneOf("steps[].unit", s.Unit, bureau.TimeUnits)
	}
	for _, p := range c.Places {
		c.oneOf("places[].units", p.Units, bureau.Levels)
	}
	for _, n := range c.CaseNotes {
		c.oneOf("case_notes[].time_limit.unit", n.TimeLimit.Unit, bureau.TimeUnits)
	}
	for _, way := range c.Channels {
		c.oneOf("channels", way, bureau.Channels)
	}
	for _, a := range c.Audience {
		c.oneOf("audience", a, bureau.Audiences)
	}
}

func (c *guide) oneOf(path string, v bureau.String, words bureau.Words) {
	if _, known := words.Of(v.V); !known && v.V != "" {
		c.Error(c.place(path, v.At), problem.GuideWord,
			problem.Say("%[1]s不能是“%[3]s”", "%[2]s cannot be \"%[3]s\"", spelled(path), path, problem.Quote(v.V)), words.Hint(v.V))
	}
}

// dates wants one, and none that is still to come.
func (c *guide) dates(asOf period.Date) {
	if !c.Published.Given() && !c.Updated.Given() {
		c.Error(c.place("published"), problem.GuideDate,
			problem.Text{ZH: "缺少" + spelled("published"), EN: "published is missing"},
			problem.Say("加一行“published: %s”（发布日期）", "add a line \"published: %s\"", asOf))
	}
	dates := []bureau.Date{c.Published, c.Updated, c.Verified}
	if c.Date.At != c.Published.At {
		dates = append(dates, c.Date)
	}
	for _, d := range dates {
		future(&c.List, d, asOf, problem.GuideDate)
	}
	switch {
	case c.Effective.Given() && c.Expires.Given() && c.Expires.V < c.Effective.V:
		c.Error(c.Expires.At, problem.GuideDate,
			problem.Say("失效日期%s早于生效日期%s", "it expires on %s, before it takes effect on %s", c.Expires.V, c.Effective.V),
			problem.Say("改正其中一个", "correct one of the two"))
	case c.InForce() && c.Expired(asOf):
		c.Warn(c.Expires.At, problem.GuideExpired,
			problem.Say("指南已在%s失效", "the guide expired on %s", c.Expires.V),
			problem.Say("仍然有效的，改正 expires（失效日期）；不再办理的，写 status: repealed（状态：已取消）", "correct expires where it still holds; write status: repealed where the matter is no longer handled"))
	}
	for i, h := range c.History {
		if h.At.Line == 0 {
			continue // could not be read, and has been reported
		}
		c.entry("history[].date", i, h.Date.Given(), h.Date.At, h.At)
		c.entry("history[].change", i, h.Change.V != "", h.Change.At, h.At)
		future(&c.List, h.Date, asOf, problem.GuideDate)
		if c.Updated.Given() && h.Date.V > c.Updated.V && h.Date.V <= asOf {
			c.Warn(c.Updated.At, problem.GuideHistory,
				problem.Say("更新日期%s早于更新记录里的%s", "the day of the last change, %s, is before %s in the history", c.Updated.V, h.Date.V),
				problem.Say("写“updated: %s”（更新日期），或者改正更新记录", "write updated: %s, or correct the history", h.Date.V))
		}
	}
}

// future reports a date after the day of the build.
func future(l *problem.List, d bureau.Date, asOf period.Date, rule problem.Rule) {
	if d.Given() && d.V > asOf {
		l.Error(d.At, rule,
			problem.Say("日期%s晚于今天（%s）", "the date %s is after today (%s)", d.V, asOf),
			problem.Say("改正日期，或者到那天再发布", "correct the date, or publish on that day"))
	}
}

// addresses holds every link of the front matter against what a link may be.
func (c *guide) addresses() {
	address(&c.List, problem.GuideAddress, guideAddresses(c.Guide)...)
}

// guideAddresses gives the addresses of a guide's front matter.
func guideAddresses(g *bureau.Guide) []bureau.String {
	all := []bureau.String{g.MovedTo, g.Online, g.Sample, g.Complaint.URL}
	for _, l := range g.LegalBasis {
		all = append(all, l.URL)
	}
	for _, m := range g.Materials {
		all = append(all, m.Form, m.Sample)
	}
	for _, p := range g.Places {
		all = append(all, p.Map)
	}
	return all
}
