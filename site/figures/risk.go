package figures

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// The words that tell what one unit of a column is. Their source is our own rules
// of disclosure control, which name the units and the first words of persons; the
// rest is what tables of police work call the same. No official list is behind
// them. Whoever adds a word adds a row to the table of TestRiskOf.
const (
	persons       = "person"
	organisations = "organisation"
	events        = "event"
	none          = "none"
)

var riskOfUnit = map[string]string{}

func init() {
	for risk, units := range map[string]string{
		persons:       "人 名 口 户 人次 户次 位 例 人员 person persons people households",
		organisations: "家 企业 单位 家次 companies firms organisations organizations",
		events:        "件 起 宗 案 次 场 处 条 份 张 本 件次 场次 cases incidents events",
		none:          "元 美元 英镑 欧元 港元 日元 £ $ € ¥ 度 ℃ % ‰ 百分点 个百分点 分 秒 分钟 小时 天 日 月 年 公里 千米 米 平方米 平方公里 亩 公顷 吨 公斤 千克 克 升 辆 辆次 台 套 部 岁 倍 yuan pounds dollars euros gbp usd us$ eur hours minutes days km",
	} {
		for _, unit := range strings.Fields(units) {
			riskOfUnit[unit] = risk
		}
	}
}

var (
	multiple = regexp.MustCompile(`^[十百千万亿]+`)

	// What is put behind a name without changing what it counts.
	tail = regexp.MustCompile(`(?:总数|数量|数目|数值|数|总量|合计|总计|小计|累计|情况|统计|统计表|一览表|表|\s)+$`)

	// A rate, a mean or an index: none, whomever it is of; and an amount, where no
	// unit says that it counts.
	measureName = regexp.MustCompile(`(?:率|比例|占比|比重|份额|构成比|排名|位次|名次|中位数|众数|指数|系数|得分|评分|满意度|倍数|单价|均价|价格|密度|均值|平均值|均数|平均数)$|^(?:平均|(?:人|户|月|年|日|周|季)均|每)|(?:人均|户均)[^人]*$|(?i:\b(?:rate|ratio|median|mean|average|index|percent(?:age)?|proportion|share)\b)`)
	amountName  = regexp.MustCompile(`(?:金额|款额|案值|价值|损失|经费|时长|用时|里程|面积)$|(?i:\bamount\b)`)

	// Whose name outranks the unit.
	personName = regexp.MustCompile(`人数|人次|人员|人口|户数|户籍人|死亡|受伤|伤亡|轻伤|重伤|失踪|死者|伤者|嫌疑人|被害|受害|违法行为人|被告|罪犯|拘留|逮捕|刑拘|批捕|取保|抓获|逃犯|在押|收押|戒毒|解救|获救|打击处理|未成年|老人|老年|儿童|妇女|少年|学生|驾驶人|驾驶员|司机|行人|群众|居民|吸毒者|流浪者|乞讨者|证人|当事人|报案人|举报人|求助者|失主|患者|从业者|志愿者|民警|辅警|警员|警力|职工|家庭|住户|农户|(?:男|女)性|^(?:男|女|其中：?[男女])$|人$|(?i:\b(?:persons?|people|deaths?|dead|killed|injur(?:ed|ies)|casualt(?:y|ies)|fatalit(?:y|ies)|victims?|suspects?|offenders?|households?|residents?|children|minors?|women|men|males?|females?|drivers?|arrests?|arrested|detained|detainees?|population|officers?)\b)`)

	// A case, an accident or an act, though it names whom it is about: 死亡事故.
	eventName = regexp.MustCompile(`(?:事故|案件|案|事件|警情|纠纷|隐患|线索|起|件|宗|案次|次|场次|场|登记|办理|受理|申请|审批|审核|证明|证件|证书|签发|换领|补领|申领|业务|事项|咨询|求助|报警|举报|投诉|建议|意见|宣传|检查|讲座|活动|走访|培训|演练|巡逻|处罚决定|决定书|案例)$|(?i:\b(?:cases?|accidents?|incidents?|crashes|events?|calls?|applications?|certificates?|inspections?)$)`)

	organisationName = regexp.MustCompile(`(?:企业|单位|公司|机构|组织|商户|商家|店铺|场所|网吧|旅馆|酒店|宾馆|学校|家数)$|(?i:\b(?:companies|company|firms?|organi[sz]ations?|businesses|enterprises)\b)`)

	// Row words that hold against a unit of events which a whole table gives.
	headCount = regexp.MustCompile(`(?:人数|人次|户数)$`)

	// What a category parts persons by.
	personKey = regexp.MustCompile(`性别|年龄|民族|文化程度|职业|婚姻|(?i:^(?:sex|gender|age)$)`)

	// A name that leaves all to the rows and the title; and the name of a count.
	generic   = regexp.MustCompile(`^(?:数|值|数值|数量|数目|总数|总量|合计|总计|小计|累计|本[期月季年周日]|当[期月季年]|本?年?累计|上年同期|上年|上月|去年同期|(?i:values?|count|number|total))$`)
	countName = regexp.MustCompile(`数量?$`)

	and = regexp.MustCompile(`[和与及、，,；;]|以及`)
)

// UnitRisk tells from a unit what one is: 万人 as 人; empty where it does not tell.
func UnitRisk(unit string) string {
	unit = strings.ToLower(strings.TrimSpace(unit))
	if risk, ok := riskOfUnit[unit]; ok {
		return risk
	}
	return riskOfUnit[multiple.ReplaceAllString(unit, "")]
}

// bare is a name without what stands in brackets, and without 数, 情况, 合计.
func bare(name string) string {
	name = bureau.Field{Name: strings.TrimSpace(name)}.Bare()
	if short := tail.ReplaceAllString(name, ""); short != "" {
		return short
	}
	return name
}

// nameRisk tells from a name, and the unit beside it, what one is.
func nameRisk(name, unit string) string {
	whole := bureau.Field{Name: strings.TrimSpace(name)}.Bare()
	head, by := bare(name), UnitRisk(unit)
	switch {
	case by == persons && strings.HasSuffix(head, "变动"): // who moved, and no change of a figure
		return persons
	case by == none || measureName.MatchString(whole) || bureau.IsChange(whole):
		return none
	case by == persons:
		return persons
	case personName.MatchString(whole) && !eventName.MatchString(head):
		return persons
	case by != "":
		return by
	case amountName.MatchString(whole):
		return none
	case eventName.MatchString(head):
		return events
	case organisationName.MatchString(head):
		return organisations
	}
	return ""
}

// RiskOf tells what one unit of a column is, person, organisation, event or none,
// where staff did not say: by its name and its unit, then by the words of its
// rows, any of which may say persons, then by the title of the statistic. It is
// empty where none of these tells.
func RiskOf(title, name, unit string, words ...string) string {
	risk := nameRisk(name, unit)
	if risk == events && nameRisk(name, "") == "" {
		for _, word := range words {
			if headCount.MatchString(bureau.Field{Name: word}.Bare()) {
				return persons
			}
		}
	}
	if risk != "" {
		return risk
	}
	said, counted := make([]string, 0, len(words)), true
	for _, word := range words {
		said = append(said, nameRisk(word, ""))
		counted = counted && countName.MatchString(bureau.Field{Name: word}.Bare())
	}
	rows := together(said)
	if rows == persons || rows == organisations {
		return rows
	}
	said = said[:0]
	for _, part := range and.Split(bureau.Field{Name: title}.Bare(), -1) {
		if risk := nameRisk(part, ""); risk != "" && risk != none {
			said = append(said, risk)
		}
	}
	whole := together(said)
	switch {
	case rows != "" && counted: // 事故起数, under the title of those who died
		whole = rows
	case rows != "" && whole != persons && whole != organisations:
		whole = rows
	}
	if (whole == events || whole == none) && !generic.MatchString(bureau.Field{Name: strings.TrimSpace(name)}.Bare()) {
		return "" // a name of its own, of which they do not speak
	}
	return whole
}

// together is what the parts of a column make of it: what any of them needs, and
// else what all of them say.
func together(said []string) string {
	risk, all := none, len(said) > 0
	for _, s := range said {
		switch s {
		case persons:
			return persons
		case organisations:
			risk = organisations
		case events:
			if risk == none {
				risk = events
			}
		case "":
			all = false
		}
	}
	if all || risk == organisations {
		return risk
	}
	return ""
}

// Called gives what a field is called: its name without brackets, or the title of its
// statistic where the name leaves all to that (数值, Value).
func Called(s *bureau.Statistic, f bureau.Field) string {
	if name := f.Bare(); !generic.MatchString(name) || s.Descriptor.Title.V == "" {
		return name
	}
	return bureau.Field{Name: s.Descriptor.Title.V}.Bare()
}

// decideRisk says of every measure what one of it is, where staff did not. What
// nothing tells is protected as persons are, where it holds whole numbers.
func decideRisk(s *bureau.Statistic) {
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Taken { // by an earlier call
			f.Risk = ""
		}
		if f.Role != bureau.RoleMeasure || f.Risk != "" || f.Derived {
			continue
		}
		f.Taken, f.Unsaid = true, false
		if f.Risk = riskOf(s, i); f.Risk != "" {
			continue
		}
		if f.Risk = none; whole(s, i) {
			f.Risk, f.Unsaid = persons, true
		}
	}
}

// riskOf asks the names, the units and the words of a column.
func riskOf(s *bureau.Statistic, field int) string {
	f := s.Fields[field]
	if f.Type == "percent" {
		return none
	}
	var keys []int
	for i, k := range s.Fields {
		if k.Role == bureau.RoleCategory && i != f.UnitField {
			keys = append(keys, i)
		}
	}
	var words []string
	seen := map[string]bool{}
	var units []string // what the rows say together with their units
	for _, w := range firstTexts(s, keys) {
		if w != "" && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	for i := range s.Rows {
		if f.Unit != "" || f.UnitField < 0 {
			break
		}
		unit := s.Unit(i, field)
		if unit == "" {
			continue
		}
		said := nameRisk(f.Name, unit)
		for _, k := range keys {
			if nameRisk(s.Cell(i, k).Text, unit) == persons {
				said = persons
			}
		}
		units = append(units, said)
	}
	if risk := together(units); risk != "" && len(units) == len(s.Rows) {
		return risk
	} else if risk == persons || risk == organisations {
		return risk
	}
	risk := RiskOf(s.Descriptor.Title.V, f.Name, f.Unit, words...)
	if risk != "" {
		return risk
	}
	for _, k := range keys {
		if name := s.Fields[k].Name; personKey.MatchString(name) || nameRisk(name, "") == persons {
			return persons
		}
	}
	return ""
}

// firstTexts gives the texts of some fields in the order in which they first stand, row
// after row.
func firstTexts(s *bureau.Statistic, fields []int) []string {
	type first struct{ row, field, cell int }
	var all []first
	for _, f := range fields {
		for i, row := range s.Column(f).First() {
			if row >= 0 {
				all = append(all, first{row, f, i})
			}
		}
	}
	slices.SortFunc(all, func(a, b first) int { return cmp.Or(a.row-b.row, a.field-b.field) })
	texts := make([]string, len(all))
	for i, a := range all {
		texts[i] = s.Column(a.field).Each[a.cell].Text
	}
	return texts
}

// whole tells whether a column holds whole numbers that may count something.
func whole(s *bureau.Statistic, field int) bool {
	some := false
	for i := range s.Rows {
		if c := s.Cell(i, field); c.Has() {
			if some = true; c.Number < 0 || c.Number != math.Trunc(c.Number) {
				return false
			}
		}
	}
	return some
}
