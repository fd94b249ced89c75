package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/table"
	"sunshine/site/text"
)

// The words by which an office says what a line or a column is.
var (
	// A label and what it labels: 统计时间：…, 制表人：…; not 其中：….
	label     = regexp.MustCompile(`^[（(]?\s*([\p{Han}A-Za-z ]{1,12}?)\s*[：:]\s*(.*?)\s*[）)]?$`)
	whenLabel = regexp.MustCompile(`^(?:统计|报告|报表|数据)?(?:时间|期间|时段|日期|周期|区间|所属期|期别|期|月份|年份|年度|年月)$|^所属(?:时期|期间|月份)$`)
	fillLabel = regexp.MustCompile(`^(?:填报|填表|制表|报送|上报|报出|打印|导出|审核|签发)(?:日期|时间)$`)
	unitLabel = regexp.MustCompile(`^(?:计量|数量)?单位$`)
	office    = regexp.MustCompile(`^(?:填报|填表|编制|报送|上报|制表)(?:单位|部门|机构)$`)
	noteStart = regexp.MustCompile(`^[（(]?(?:备?注|附注|注释|说明|填表说明|备考)\s*[0-9一二三四五六七八九]?\s*[：:、.．\s]|^[（(]?[0-9]{1,2}[）)、.．]\s*\D|^[①-⑳※*＊]|^(?:数据|资料)来源`)
	noteRow   = regexp.MustCompile(`^[（(]?(?:备?注|附注|注释|说明)\s*[0-9]?\s*[：:]`)
	sectionOf = regexp.MustCompile(`^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．])\s*|[：:]$`)
	officeEnd = regexp.MustCompile(`(?:局|所|队|科|处|室|中心|办|站|部)$`)

	serialName = regexp.MustCompile(`(?i)^(?:序号|行号|项次|行次|序|编号|no\.?|#)$`)
	codeName   = regexp.MustCompile(`(?i)(?:代码|编码|编号|区划码|邮编|窗口号|门牌号|房号|案号|文号|单号|卡号|账号|批号)$|^(?:id|code)$`)
	noteName   = regexp.MustCompile(`(?i)^(?:备注|说明|注释|注|备考|数据来源|notes?|remarks?)$`)
	whoName    = regexp.MustCompile(`(?:填报|填表|制表|经办|联系|负责|审核|复核|保管|录入|承办|主办|协办|统计)(?:人|人员|民警|员)$|姓名|当事人|身份证|证件号|护照号|手机|电话|联系方式|住址|车牌|号牌|银行卡|嫌疑人$|被害人$|受害人$|报警人$|举报人$|(?:反映|来访|来信|信访|投诉|建议|提出|诉求)人$|责任民警$|社区民警$|^(?:警|工|学)号$`)
	periodName = regexp.MustCompile(`(?i)^(?:统计|报告|填报|活动|发生|办理)?(?:期间|时间|日期|时期|年份|年度|年月|月份|季度|期别|年|月|季|日)$|^(?:date|year|month|quarter|period)$`)
	yearName   = regexp.MustCompile(`(?i)^(?:年|年份|年度|year)$`)
	partName   = regexp.MustCompile(`(?i)^(?:月|月份|季|季度|month|quarter)$`)
	unitName   = regexp.MustCompile(`^(?:计量单位|单位)$`)

	moneyName     = regexp.MustCompile(`(?:金额|价值|损失|罚款|罚没款|款额|案值|费用|经费|收费|挽损|追赃|资金)(?:数|额)?$`)
	anyCount      = regexp.MustCompile(`^(?:数量|数值|数据|数|本[月期季年周]数?|完成数?|结果)$`)
	postName      = regexp.MustCompile(`(?:民警|辅警|警员|警长|局长|所长|队长|站长|主任|教导员|指导员|领导|值班员|网格员|法人|法定代表人|户主|报案人|事主|驾驶人|驾驶员|司机|车主|申请人|经办人|责任人|失主|死者|伤者|原告|被告|旅客|经营者|户籍员|调解员|带班人?|带队人?|主办人?|协办人?|承办人?|办案人|经手人?|名单)$|^承办人`) // who is named, where the cells are names
	kindOfPerson  = regexp.MustCompile(`[男女]性?$|[人员者类型岗级业种警辅队所]$|^(?:单位|个人|企业|本地|外地|其他|其它|本市|本县|农村|城镇|未知|不详)|[合总小]计$`)
	standing      = regexp.MustCompile(`在[册岗编押逃办侦管校库]|现有|实有|存量|结[存余]|余额|库存|保有|常住|户籍|人口|[期年月季]末|[年月季]底|未[结破办处销归]|积案|登记在|注册|建成|建有|设有|拥有|列管|管控|持有|持证|覆盖|总量|保有|安装|配备`) // what there is on a day
	happens       = regexp.MustCompile(`^(?:起|件|宗|例|案|次|场|人次|件次|场次|家次|户次|车次|辆次|笔|万?元|亿元)$`)                                                                        // the units of what happens
	happened      = regexp.MustCompile(`立案|发案|受理|受案|破案|破获|抓获|查获|刑拘|拘留|逮捕|起诉|移送|查处|处罚|处理|办理|办结|接警|出警|处警|发生|开展|检查|排查|巡逻|宣传|核发|发放|化解|调解|救助|收缴|缴获|打掉|捣毁|追回|挽回|止付|劝阻|走访|回访|送达|新增|新收`)
	document      = regexp.MustCompile(`身份证|护照|居住证|通行证|电话|手机|车牌|号牌|银行卡`) // what somebody has, and what is made, lost and found: it may be counted
	short         = regexp.MustCompile(`电话|手机`)                          // which have numbers as small as counts
	identifies    = regexp.MustCompile(`号码?$|姓名|人员?$|联系方式|民警$|员$`)       // who it is, whatever is in the cells
	chineseNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十]{1,3}[）)、.．]?$`)
	numbering     = regexp.MustCompile(`^(?:[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]|(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[、.．])`)
	ofYear        = regexp.MustCompile(`^(今年|本年|去年|上年|前年)的?`)
	asOfLine      = regexp.MustCompile(`^[（(]?(?:统计|数据|资料)*(?:时间)?截[至止](?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底|末)?[）)]?$`)
	comparison    = regexp.MustCompile(`^(?:同比|环比|增减|增幅|升降)[^·]*$`)
	summary       = regexp.MustCompile(`汇总|总表|合并|一览`)
	lastOne       = regexp.MustCompile(`^(?:上年|去年)(?:同期|同月)?数?$|^上[月期季]数?$`)
	ranked        = regexp.MustCompile(`^(?:全[省市县区局])?(?:排名|名次|位次|排位)$`)
	namesRows     = regexp.MustCompile(`^(?:年龄|楼层|小时|等级|级别|年级|档次)$`) // by a number
	carried       = regexp.MustCompile(`结转|结存|期初|期末`)
	dayName       = regexp.MustCompile(`^(?:[0-9]{1,2})[日号]?$`)
	daysRange     = regexp.MustCompile(`[0-9]{1,2}月[0-9]{1,2}日?(?:至|到|[-—–~～])[0-9]{1,2}月?[0-9]{1,2}日`)
	timeUnit      = regexp.MustCompile(`^(?:分钟?|小时|秒|天|日)$`)
	joinedPages   = regexp.MustCompile(`^[（(]?(?:续|接上|上接|第.{1,5}页|[0-9 /-]+$)`)
	countsOf      = regexp.MustCompile(`(?:嫌疑人|被害人|受害人|报警人|举报人|反映人|来访人|来信人|信访人|投诉人|建议人|提出人|诉求人)$`) // persons, who may be counted
	comparing     = regexp.MustCompile(`^[与较比]?(?:上年|去年|上月|上期|同期|上季度?|上周|同比|环比)(?:同期|合计|总计|增减|增长|增幅|升降|变化|数|率|额|±)*(?:[（(].*[）)]|[%％])?$|^(?:增减|增幅|降幅|升降|增长|占比|比重)(?:率|数|额)?(?:[（(].*[）)]|[%％])?$`)
	average       = regexp.MustCompile(`^(?:全[省市县区局]|各所)?(?:平均|人均|户均|均值|平均数|平均值)$`)
	current       = regexp.MustCompile(`^[本今当][月年季期周]|^本期`)
	compared      = regexp.MustCompile(`^(?:同比|环比|增减|增幅|降幅|升降|增长|变化|较|比)|^(?:上年|去年|上月|上期|同期)|(?:同比|环比|增减|±)`)
	rateName      = regexp.MustCompile(`率$|比例$|占比$|比重$|满意度$`)
	runs          = regexp.MustCompile(`累计|年初至今`)
)

// personal tells whether a text has the length of a person's name, and is none of the words that
// stand in a column of persons for a kind of them.
func personal(v table.Value) bool {
	s := []rune(plainWord(v.Text))
	if v.Kind != table.TextValue || len(s) < 2 || len(s) > 4 || kindOfPerson.MatchString(string(s)) {
		return false
	}
	return !slices.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != '·' })
}

// plainWord is a cell of a header as one word: lines and spaces inside it are how it
// was fitted into its column.
func plainWord(s string) string {
	s = text.Plain(s)
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return strings.Join(strings.Fields(s), "")
	}
	return strings.Join(strings.Fields(s), " ")
}

// cutLabel parts 统计时间：2026年9月 into both.
func cutLabel(s string) (name, value string, ok bool) {
	m := label.FindStringSubmatch(plainWord(s))
	if m == nil || bureau.KindOf(s) == bureau.OfWhichRow {
		return "", "", false
	}
	return m[1], m[2], true
}

// numberish tells whether a cell holds a figure or what a figure may go wrong as.
func numberish(v table.Value) bool {
	switch v.Kind {
	case table.NumberValue, table.PercentValue, table.ErrorValue, table.EmptyFormula:
		return true
	case table.TextValue:
		return isFigure(v.Text)
	}
	return false
}

// figureStart is what a figure begins with: a digit, a sign, a word of a rough number, a
// marker, 持平.
const figureStart = "0123456789０１２３４５６７８９+-−－–＋▲↑↓¥￥(（.．[［约大近将接超逾不至持—…*#/"

// isFigure tells whether a text is a number, with a unit behind it or without.
func isFigure(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || len(s) > 60 || !strings.ContainsRune(figureStart, first) && !strings.EqualFold(s, "x") {
		return false
	}
	if strings.Contains(s, "年") && strings.Contains(s, "月") { // no number has both, and tables have columns of days
		return false
	}
	if _, day := period.ParseDate(s); day {
		return false
	}
	n, err := number.Parse(s, "")
	if err == nil {
		return n.Value == n.Value || n.Status != 0
	}
	if !err.Unreadable {
		return true
	}
	for i, r := range s {
		if i > 0 && unicode.Is(unicode.Han, r) && !strings.ContainsRune("年月日天", r) && number.IsUnit(s[i:]) {
			n, err := number.Parse(s[:i], "")
			return err == nil && n.Value == n.Value
		}
	}
	return false
}

// monthish is a month as it is typed with a point, and one whose zero is lost: 2026.08, 2026.1.
var monthish = regexp.MustCompile(`^(?:19|20)[0-9]{2}\.(?:0[1-9]|1[0-2]?|[2-9])$`)

// yearish tells whether a cell of a header is a year that was typed as a number, or a month as one.
func yearish(v table.Value) bool {
	if v.Kind == table.TextValue || v.Kind == table.NumberValue && v.Shown != 0 {
		if monthish.MatchString(plainWord(v.Text)) {
			return true
		}
	}
	return v.Kind == table.NumberValue && len(v.Digits) == 4 && v.Digits >= "1990" && v.Digits <= "2100"
}
