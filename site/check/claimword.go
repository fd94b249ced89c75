package check

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// This file reads what a clause asserts of a figure: that it moved, which way and
// by how much, that it is the highest, that it doubled, what part of a whole it is,
// that it ranks first.

// assertion is what a few words say of a figure.
type assertion struct {
	span
	kind    asserting
	up      bool     // of moves and superlatives: the greater
	every   bool     // each step went that way
	months  int      // of one step, where the words say it: 12 of 逐年
	run     int      // so many steps: 连续三年
	overall bool     // from the first to the last, whatever lies between
	strong  bool     // 大幅 显著
	slight  bool     // 略有
	fresh   bool     // a record: more than ever before
	nth     int      // so many are at least as high: 居第二位
	debut   bool     // for the first time
	either  bool     // of whichever kind
	window  int      // of the last so many years: 近五年最高
	least   *big.Rat // what the latest is of the base, or the part of its whole, at least
	most    *big.Rat // and at most; nil for no bound
	amount  *amount
	object  bool      // it has an object, which is what it speaks of: 提高了破案率
	inside  bool      // what it speaks of stands within it
	compare bool      // it stands against what follows: 高于 低于
	back    bool      // 回升 回落: from the period before
	ever    bool      // of all times: 历年最好
	turns   []*amount // one for each of what moved
	growth  bool      // what stands against what is by how much it moved: 增幅高于
	falls   bool      // downwards: 降幅大于
}

type asserting uint8

const (
	moves   asserting = iota + 1
	stays             // 持平
	tops              // the highest or the lowest
	times             // least to most times the base
	portion           // least to most of the whole
	ranks             // among others, whose figures are not here
	praise            // 成效显著
	meets             // 超额完成
)

// amount is by how much, or to what, a figure moved.
type amount struct {
	span
	value    *big.Rat
	decimals int
	unit     string // % points times, or a measure word
	to       bool   // it is the level reached
	bound    int    // 1: more than it, 2: at least, 3: a little more, and less with a minus
	about    bool
}

var (
	upVerbs    = `上升|增加|增长|提高|提升|增强|上涨|攀升|走高|升高|上扬|增多|攀高|激增|猛增|剧增|回升|递增|飙升|抬升|上行|变多|跃升|大增|陡增|延长|加大|加快`
	downVerbs  = `下降|减少|降低|减弱|下滑|回落|走低|下跌|递减|锐减|骤减|缩减|减退|骤降|锐降|下行|大降|压降|走弱|变少|缩短|压缩|压降`
	moveVerbs  = regexp.MustCompile(`(?:稳中有|有)?(` + upVerbs + `|` + downVerbs + `)|(稳中有升|有升|双升|升幅|增幅|涨幅)|(稳中有降|有降|双降|降幅|跌幅)|([升增涨])(?:了|幅)?(?:至|到|为|达|约|近|超)*\s*(?:\d|[一二两三四五六七八九]成)|([降减跌])(?:了|幅)?(?:至|到|为|达|约|近|超)*\s*(?:\d|[一二两三四五六七八九]成)|([升增涨])[至到为]|([降减跌])[至到为]`)
	upVerb     = regexp.MustCompile(upVerbs + `|升|增|涨`)
	transitive = regexp.MustCompile(`^(?:提高|提升|增强|增加|减少|降低|缩减|压降|减弱)`)
	// after such a verb: it has no object
	objectless    = regexp.MustCompile(`^(?:了|至|到|为|约|近|超|逾|达|的?趋势|的?态势|的?势头|明显|显著|较快|较多|幅度|较大|不少|很多|[\d\x01-\x03\s,.;:)!?。%]|[一二两三四五六七八九十百]|$|最|也|又|而|且|中|，)`)
	nominal       = regexp.MustCompile(`^(?:率|值|期|空间|原因|因素|点|目标|部分|的?原因|的?因素|的?问题|的?风险|的?可能|的?时候|的?情况下|的?幅度(?:限|上)|数据|同期|件|情况)`)
	everyWord     = regexp.MustCompile(`逐年|逐季|逐月|连年|年年|月月|连续|持续|稳步|稳中有|节节|不断|一路|步步|逐步|递增|递减|一年比一年|逐期|按年|日益|越来越`)
	yearSteps     = regexp.MustCompile(`逐年|连年|年年|一年比一年|按年|每年`)
	runs          = regexp.MustCompile(`连续第?([\d一二两三四五六七八九十]+)个?(年|季度?|个?月|期|周)`)
	overallWord   = regexp.MustCompile(`总体|整体|总的|波动|大体|总趋势|overall|on the whole|in general|generally|broadly`)
	strongWord    = regexp.MustCompile(`大幅|显著|明显|急剧|大大|成倍|猛增|激增|剧增|锐减|骤减|骤降|锐降|飙升|快速|迅速|很大|极大|长足|significant|sharp|dramatic|substantial|marked|considerabl|soar|surg|plung|plummet|slump|great`)
	slightWord    = regexp.MustCompile(`略|小幅|稍|微|slight|marginal|a little|modest|edged`)
	standsAgainst = regexp.MustCompile(`(高于|多于|超过|大于|高出|多出)|(低于|少于|不及|不如|小于)|比[^,]{1,24}?(?:(多|高|大)|(少|低|小))(?:了|出)?(?:$|[\d约近\s一二三四五六七八九])`)
	boundAhead    = regexp.MustCompile(`^\s*(?:约|近)?(?:-?\d+(?:\.\d+)?\s*(?:%|万|亿|个百分点|[件起人名户元次份条处宗]|分钟)|[一二三四五六七八九]成|[一二两三四五六七八九]分之|一?半|半数)`)
	tailAmount    = regexp.MustCompile(`(?:约|近)?\d+(?:\.\d+)?\s*(?:个?百分点|%|[件起人份宗]|分钟|万元|元)$`)
	turned        = regexp.MustCompile(`由[降减]转[升增]|由[升增]转[降减]`)
	byHalf        = regexp.MustCompile(`^(?:了|近|约|将近)*(?:一半|半数)`)
	outOf         = regexp.MustCompile(`每([一二两三四五六七八九十\d]+)[件起人个宗名][^,]{0,12}?(?:就有|中有|有)([一二两三四五六七八九十\d]+)[件起人个宗名]`)
	growthAgainst = regexp.MustCompile(`(?:(增幅|升幅|涨幅|增速|增长幅度|上升幅度)|(降幅|跌幅|下降幅度))(?:明显|均|都|也|略|远)*(?:(高于|大于|超过|多于|快于)|低于|小于|少于|慢于|不及|不如)`)
	mostOfAny     = regexp.MustCompile(`(?:(高于|多于|超过|大于)|低于|少于|小于)(?:了)?[^,]{0,24}?(?:其他|其余|以往|历史上)?(?:的)?(?:任何一个?|各|所有)(?:个)?(?:年份|年度|年|月份|月|季度)`)
	flat          = regexp.MustCompile(`持平|不相上下|没有变化|\bunchanged\b|\bflat\b|\bno change\b|\bstable\b|\bthe same as\b|基本稳定|保持稳定|保持平稳`)

	records     = regexp.MustCompile(`(?:创|刷新)(?:下|出|了)?(?:了)?(?:历史|历年|近年|有史|同期|建局|开局|有记录|有统计|有调查|开展调查|近[\d一二三四五六七八九十]+年)?(?:以来|来)?(?:的|同期)?(?:新|最|纪录|记录)?(?:的)?(?:新)?(高|低|最高|最低|好)|新(高|低)(?:点|位|纪录)?|(?:历史|历年)(?:同期)?(?:的)?(?:最|新)?(高|低|好|多|少|佳)(?:水平|点|位|值)?|历史(峰|谷)值|(?:刷新|打破|创下?|创造)[^,]{0,14}(?:纪录|记录)`)
	superlative = regexp.MustCompile(`最(?:为|近)?(高|低|多|少|好|大|小|佳)|(居首|之首|首位|第一位|峰值|顶峰)|(垫底|末位|倒数第一)`)
	debutAhead  = regexp.MustCompile(`(?:首次|首度|第一次)(?:出现|实现)?(?:同比|环比)?$`)
	placed      = regexp.MustCompile(`(?:居|列|排|排名|排在|位列|位居|为)第([二三四五六七八九十])(?:位|(高|多|大|低|少|小))`)
	notTop      = regexp.MustCompile(`^(?:人民|检|法院|院|生活|工资|限|额|可|不|刑|罚|人民法院|跑|只|标准|保障|跑一次|年限|处|负责|期限|化|得|立|三|五|十|两|一|\d)`)
	notTopAfter = regexp.MustCompile(`(?:至|努力做到|尽|以|最大限度|把|做到)$`)
	lastYears   = regexp.MustCompile(`近([\d一二两三四五六七八九十]+)年|(?:过去|最近)([\d一二两三四五六七八九十]+)年|([\d一二两三四五六七八九十]+)年(?:来|间|以来)|\b(?:in|for|over the (?:last|past)) (two|three|four|five|six|seven|eight|nine|ten|\d+) years`)

	fold      = regexp.MustCompile(`翻(?:了)?\s*(?:(一|两|二|三)\s*番|番|(\d)番|(?:了)?一?倍)|(腰斩)|(减半|减(?:少)?(?:了)?一半|降(?:低|了)?一半|下降(?:了|近|约)*一半|减少(?:了|近|约)*一半|(?:少|降|跌|减)(?:了|掉|去)+(?:近|约|将近|大约)?一半)|(成倍(?:增长|增加|上升))`)
	byTimes   = regexp.MustCompile(`(增长|增加|上升|提高|提升|扩大|多|高)(了|到|至|出|为)?(?:约|近|超过|超)?(\d+(?:\.\d+)?|[一二两三四五六七八九十])倍|(?:是|为|相当于|达|达到)[^,]{0,14}?的(?:约|近)?(\d+(?:\.\d+)?|[一二两三四五六七八九十])倍(多|余)?`)
	tenths    = regexp.MustCompile(`(?:(近|约|超过|超|逾|突破|不到|不足|未到)(?:[^,\d的]{0,10}的)?)?([一二两三四五六七八九])成(?:([一二三四五六七八九])|半)?(以上|左右|多|以下|余)?`)
	fractions = regexp.MustCompile(`(近|约|超过|超|逾|不到|不足)?([一二三四五六七八九十\d]+)分之([一二三四五六七八九十\d]+)(以上|左右|多|以下|强)?`)
	half      = regexp.MustCompile(`(近|约|不到|不足)?(?:(?:已|均|都)?过半|超半|超过半数|半数以上|一半以上|过半数|大半|超过一半|超一半)|(近|约为?|不到|不足|占|达|未到|只有|只是|仅有|仅为|仅是|相当于)[^,]{0,24}?的?(?:一半|半数)`)
	allDone   = regexp.MustCompile(`全部(?:办结|结案|落实|办理完毕|解决|化解|破获|侦破|告破|办完)|件件(?:办结|有着落|有回音|有落实|落实)|命案[^,]{0,6}(?:全破|必破)|(?:百分之百|百分百)(?:办结|落实|化解|破获)?|(?:无一|没有一[件起]|无)(?:积压|未办结|遗漏|积案)`)

	ranked    = regexp.MustCompile(`(?:居|列|排|位居|位列|排名|排在|名列|跃居|稳居|荣居|保持|位于|处于|跻身|夺得|获得|获|蝉联)?(?:全(?:省|国|区|州|系统|自治区)|同类城市|周边|各地市|各市|同级|省内|国内|全省公安机关|全国公安机关|全市各区县)(?:公安机关|公安系统|同类|同行业|各市|各地|各分局|系统)?(?:中|里|的)?(?:排名|名列|位居|位列|居|列)?(?:第[一二三四五六七八九十\d]+(?:位|名)?|前[列茅]|前[一二三四五六七八九十\d]+(?:位|名)?|首位|榜首|上游|之首|领先|最[高好低优佳少]|先进行列|冠军|第一方阵)|名列前茅|走在(?:全[省国市]|同类)?[^,]{0,6}前列|领先(?:于)?全[省国]|(?:全[省国]|考核|综合|测评|评比)?排名(?:全[省国市])?第[一二三四五六七八九十\d]+|居(?:全[省国市])[^,]{0,6}第[一二三四五\d]|位居(?:前列|第一|榜首)|稳居第一|(?:全[省国])领先|遥遥领先|(?:高于|优于|好于|多于|超过|低于|少于|快于|比)[^,]{0,8}(?:全[省国]|周边|同类|省内|国内|兄弟)[^,]{0,10}(?:平均|均值|水平|地市|城市|单位)|(?:高于|低于|优于)全[省国]`)
	notRanked = regexp.MustCompile(`^(?:批|个|部|家|例|次|届|期|时间|条|项|款)`)
	praises   = regexp.MustCompile(`成效(?:得到)?(?:大幅|显著|明显|持续|不断)?(?:提升|提高|增强)|(?:成效|效果|成绩|成果|战果|实效|作用|业绩|战绩)(?:十分|非常|特别|更加|较为|比较|日益|很)?(?:显著|明显|突出|斐然|丰硕|喜人|辉煌|卓著|优异|良好)|(?:显著|突出|明显|丰硕|辉煌|良好|优异|重大)(?:的)?(?:成效|效果|成绩|成果|战果|业绩|战绩|进步|实效)|(?:持续|根本|明显|显著|大为|不断|大幅|逐年)(?:性)?(?:向)?(?:好转|改善|向好)|长足(?:进步|发展)|再上新台阶|再攀新高`)
	fulfils   = regexp.MustCompile(`超额(?:完成|实现)|(?:全面|圆满|提前|如期|胜利|全部|按期)(?:完成|实现|达成|超额完成)(?:了)?[^,]{0,12}(?:任务|目标|指标|计划)|(?:任务|目标|指标|计划)[^,]{0,6}(?:全面|圆满|提前|如期|胜利|全部|均已?|超额|按期)(?:完成|实现|达成|达标)|(?:完成|达到|实现|超过|高于)(?:了)?[^,]{0,10}(?:任务|目标|指标|计划)[^,中]{0,4}?\d|(?:完成|达到|实现|超过|高于)了[^,]{0,10}?\d[\d.]*\s*(?:%|[件起人户份]|万?元)的?(?:任务|目标|指标|计划)`)

	mostOf           = regexp.MustCompile(`^ (?:recent|important|common|likely|urgent|part)`)
	englishMoves     = regexp.MustCompile(`\b(?:(rose|risen|rising|rises|increased|increases|increasing|increase|grew|grown|growing|growth|climbed|climbing|grow|climb|improve|surged|soared|jumped|went up|gone up|going up|improved|improving|strengthened|up|higher|more|rise|surge|jump|upward)|(fell|fallen|falling|falls|fall|decreased|decreases|decreasing|decrease|declined|declines|declining|decline|drop|drops|dropped|dropping|drop|went down|gone down|going down|reduced|reduction|shrank|shrunk|plunged|plummeted|eased|slumped|weakened|down|lower|fewer|less|downward))\b`)
	englishEvery     = regexp.MustCompile(`\b(?:every|each) (?:single )?(?:year|month|quarter)|\beach of the (?:last|past) \w+ (?:years|months|quarters)\b|\b(year|month|quarter) (?:by|after|on) (?:year|month|quarter)|\bfrom (?:one )?(?:year|month|quarter) to (?:the next|year|month|quarter)|\bwithout interruption|\bsteadil\w+|\bcontinuous\w*|\bcontinually|\bconsistent\w*|\bsteady|\bconsecutive\w*|\buninterrupted\w*|\bwithout (?:a break|interruption)|\bin a row|\brunning\b|\bstraight\b|\bkept on\b|\bconstantly|\bsuccessive`)
	englishRun       = regexp.MustCompile(`\b(two|three|four|five|six|seven|eight|nine|ten|\d+) (?:consecutive |straight |successive )?(years?|months?|quarters?)(?: (?:running|in a row|in succession))?|\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:consecutive |straight |successive )?(year|month|quarter)(?: (?:running|in a row|in succession))?`)
	englishTops      = regexp.MustCompile(`\b(record|all-time|historic|new) (high|low|highs|lows|peak)|\b(?:a|the) (record) (?:level|number|figure|total)|\b(highest|lowest|most|fewest|best|largest|greatest|smallest|least)\b|\b(?:at|hit|set|sets|reach\w*|broke) (?:a |the )?(?:new )?(record)\b`)
	englishMultiples = regexp.MustCompile(`\b(doubled|doubling|doubles|twice)\b|\b(tripled|trebled|threefold|three-fold|three times)\b|\b(quadrupled|fourfold|four times)\b|\b(halved|halving|by half|by one half|cut in half|half of what)\b|\b(?:by|of) (?:about |nearly |almost |over |more than )?(?:a|one) (third|quarter|fifth|tenth)\b|\b(?:by|of) (?:about |nearly |almost )?(two|three) (thirds|quarters)\b`)
	englishParts     = regexp.MustCompile(`\b(more than half|over half|a majority|most of)\b|\b(?:about |nearly |almost |over |more than )?(a|one|two|three) (third|quarter|fifth)s? of\b|\b(?:about |nearly |almost |over |more than )?(one|two|three|four|five|six|seven|eight|nine) (?:out of|in) (ten|five|four|three)\b|\b(half) of\b|\b(all)\b (?:of )?(?:the )?\w+ (?:\w+ )?(?:were|was|have been|had been) (?:completed|settled|resolved|closed|solved|answered)`)
	englishRanks     = regexp.MustCompile(`\branks?(?:ed|ing)? (?:\w+ )?(?:first|second|third|top|no\.? ?\d|number one|among)|\b(?:first|top|best|leading|highest|lowest|no\.? ?1|number one|second) (?:place )?(?:in|of|among|across) (?:the |all |whole |entire )*(?:province|nation|country|provinces|cities|prefecture|region|provincial|national)|\bnationally leading|\bamong the (?:best|top|leading)|\bnationwide\b|\b(?:above|below|over|than|beat\w*|exceed\w*) the (?:provincial|national|regional|province's|province-wide) (?:average|mean|level|figure)|\bin the (?:whole )?province\b|\bleads? the (?:province|country|nation)`)
	englishPraise    = regexp.MustCompile(`\b(?:remarkable|outstanding|excellent|notable|great|significant|impressive|tremendous|fruitful) (?:results?|success|achievements?|progress|improvements?|effects?)|\b(?:improved|improving) (?:significantly|greatly|markedly|dramatically|remarkably|substantially)|\b(?:significantly|greatly|markedly|dramatically|remarkably|substantially) (?:improved|improving|better)`)
	englishMeets     = regexp.MustCompile(`\b(?:exceed\w*|surpass\w*|overfulfil\w*|beat|met|fulfill?ed|achieved|completed) (?:\w+ ){0,4}?(?:targets?|goals?|quotas?|tasks?|plans?)\b|\boverfulfil\w*|\b(?:targets?|goals?|quotas?|plans?)\b[^,;.]{0,80}\b(?:were|was|have been|has been) (?:\w+ )?(?:exceeded|met|surpassed|fulfilled|achieved|reached|completed)`)
)

// assertionsOf finds what a clause asserts; times are the spans that are no words.
func assertionsOf(plain string, c span) []assertion {
	text := plain[c.start:c.end]
	var all []assertion
	add := func(a assertion, from, to int) {
		if slices.ContainsFunc(all, func(o assertion) bool { return from < o.end-c.start && o.start-c.start < to }) {
			return
		}
		a.span = span{c.start + from, c.start + to}
		all = append(all, a)
	}
	if english(text) {
		englishAssertions(text, add)
	} else {
		chineseAssertions(text, add)
	}
	slices.SortStableFunc(all, func(a, b assertion) int { return a.start - b.start })
	return all
}

// english tells whether a text is English, whatever names it has in Chinese.
func english(text string) bool {
	letters, characters := 0, 0
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z':
			letters++
		case r > 0x2e80:
			characters++
		}
	}
	return letters > 2*characters || letters > 0 && englishJoints.MatchString(text)
}

var englishJoints = regexp.MustCompile(`\b(?:was|were|in|the|of|compared|from)\b`)

var han = regexp.MustCompile(`\p{Han}`)

func chineseAssertions(text string, add func(a assertion, from, to int)) {
	for _, m := range ranked.FindAllStringIndex(text, -1) {
		if !notRanked.MatchString(text[m[1]:]) {
			add(assertion{kind: ranks}, m[0], m[1])
		}
	}
	for _, m := range praises.FindAllStringIndex(text, -1) {
		add(assertion{kind: praise}, m[0], m[1])
	}
	for _, m := range fulfils.FindAllStringIndex(text, -1) {
		add(assertion{kind: meets}, m[0], m[1])
	}
	for _, m := range records.FindAllStringSubmatchIndex(text, -1) {
		word := group(text, m, 1, 2, 3, 4)
		if strings.HasPrefix(text[m[1]:], "度") || strings.HasPrefix(text[m[1]:], "考") {
			continue
		}
		a := assertion{kind: tops, up: !strings.ContainsAny(word, "低少谷"), fresh: strings.Contains(text[m[0]:m[1]], "新") || strings.HasPrefix(text[m[0]:], "创") || strings.HasPrefix(text[m[0]:], "刷新")}
		a.window = windowOf(text)
		a.either = word == ""
		a.ever = strings.Contains(text[m[0]:m[1]], "历")
		add(a, m[0], m[1])
	}
	for _, m := range placed.FindAllStringSubmatchIndex(text, -1) {
		add(assertion{kind: tops, up: group(text, m, 2) == "" || strings.ContainsAny(group(text, m, 2), "高多大"), nth: small(group(text, m, 1))}, m[0], m[1])
	}
	for _, m := range superlative.FindAllStringSubmatchIndex(text, -1) {
		if notTop.MatchString(text[m[1]:]) || notTopAfter.MatchString(text[:m[0]]) {
			continue
		}
		word := group(text, m, 1, 2, 3)
		add(assertion{kind: tops, up: !strings.ContainsAny(word, "低少小垫末倒"), window: windowOf(text)}, m[0], m[1])
	}
	for _, m := range fold.FindAllStringSubmatchIndex(text, -1) {
		a := assertion{kind: times}
		switch {
		case m[6] >= 0, m[8] >= 0:
			a.least, a.most = big.NewRat(45, 100), big.NewRat(55, 100)
		case m[10] >= 0:
			a.least, a.up = big.NewRat(2, 1), true
		default:
			n := int64(2)
			switch word := group(text, m, 1, 2); word {
			case "两", "二", "2":
				n = 4
			case "三", "3":
				n = 8
			}
			a.least, a.most, a.up = big.NewRat(195*n, 200), big.NewRat(9*n, 8), true
		}
		bounded(&a, text[:m[0]], text[m[1]:])
		add(a, m[0], m[1])
	}
	for _, m := range byTimes.FindAllStringSubmatchIndex(text, -1) {
		word := group(text, m, 3, 4)
		n := numeral(word)
		if n == nil {
			continue
		}
		to := m[2] < 0 || strings.ContainsAny(group(text, m, 2), "到至")
		if !to {
			n.Add(n, big.NewRat(1, 1))
		}
		slack := big.NewRat(1, 4)
		if i := strings.IndexByte(word, '.'); i >= 0 {
			slack = halfUnit(len(word) - i - 1)
		}
		a := assertion{kind: times, up: true, least: new(big.Rat).Sub(n, slack), most: new(big.Rat).Add(n, slack)}
		if m[10] >= 0 {
			a.least, a.most = n, new(big.Rat).Add(n, big.NewRat(1, 1))
		}
		add(a, m[0], m[1])
	}
	for _, m := range mostOfAny.FindAllStringSubmatchIndex(text, -1) {
		add(assertion{kind: tops, up: m[2] >= 0}, m[0], m[1])
	}
	for _, m := range growthAgainst.FindAllStringSubmatchIndex(text, -1) {
		if !boundAhead.MatchString(text[m[1]:]) {
			add(assertion{kind: moves, compare: true, growth: true, falls: m[4] >= 0, up: m[6] >= 0}, m[0], m[1])
		}
	}
	for _, m := range moveVerbs.FindAllStringSubmatchIndex(text, -1) {
		verb := text[m[0]:m[1]]
		end := m[1]
		if m[8] >= 0 {
			verb, end = text[m[8]:m[9]], m[9]
		} else if m[10] >= 0 {
			verb, end = text[m[10]:m[11]], m[11]
		} else if m[12] >= 0 {
			verb, end = text[m[12]:m[13]], m[13]
		} else if m[14] >= 0 {
			verb, end = text[m[14]:m[15]], m[15]
		}
		after := text[end:]
		if nominal.MatchString(after) || strings.HasSuffix(text[:m[0]], "新") && strings.HasPrefix(verb, "增") {
			continue
		}
		a := assertion{kind: moves, up: upVerb.MatchString(verb) && !strings.HasPrefix(verb, "降") && !strings.Contains(verb, "有降")}
		if transitive.MatchString(verb) && (!objectless.MatchString(after) || strings.HasPrefix(after, "了") && !objectless.MatchString(after[len("了"):])) {
			a.object = true
		}
		a.back = strings.HasPrefix(verb, "回")
		a.debut = debutAhead.MatchString(text[:m[0]])
		described(&a, text[:end])
		a.amount = amountAfter(text, end)
		to := end
		if a.amount != nil {
			to = a.amount.end
			a.amount.start, a.amount.end = 0, 0
		}
		from := m[0]
		if all := everyWord.FindAllStringIndex(text[:from], -1); all != nil { // 逐年增加
			if last := all[len(all)-1]; from-last[1] <= len("呈现出") {
				from = last[0]
			}
		}
		if a.amount == nil { // 下降三分之一, 上升两成
			if least, most, till := partAfter(text, end); till > 0 && partIndex(text, end)-end <= len("了约近") {
				a.least, a.most, to = least, most, till
			} else if m := byHalf.FindStringIndex(text[end:]); m != nil {
				a.least, a.most, to = big.NewRat(45, 100), big.NewRat(55, 100), end+m[1]
			}
		}
		add(a, from, to)
	}
	for _, m := range standsAgainst.FindAllStringSubmatchIndex(text, -1) {
		a := assertion{kind: moves, up: m[2] >= 0 || m[6] >= 0, compare: true}
		if r := runs.FindStringSubmatch(text[:m[0]]); r != nil {
			a.run = small(r[1])
		}
		to := m[1]
		if m[6] >= 0 {
			to = m[7]
		} else if m[8] >= 0 {
			to = m[9]
		}
		if m[4] >= 0 || m[2] >= 0 {
			if boundAhead.MatchString(text[m[1]:]) {
				continue // 超过50%: a number
			}
			if least, most, till := partAfter(text, m[1]); till > 0 && least != nil && most != nil {
				mid := new(big.Rat).Add(least, most)
				a.least = mid.Quo(mid, big.NewRat(2, 1))
				a.most = new(big.Rat).Add(a.least, big.NewRat(1, 10))
			} else if tail := tailAmount.FindStringIndex(text[m[1]:]); tail != nil && !strings.HasSuffix(text[:m[1]+tail[0]], "的") {
				if a.amount = amountAfter(text, m[1]+tail[0]); a.amount != nil {
					a.amount.span = span{}
				}
			}
		} else {
			if p := partOfBase(text[m[0]:to]); p != nil { // 比2015年的一半略多
				a.kind, a.compare = times, false
				a.least, a.most = p, new(big.Rat).Add(p, big.NewRat(1, 10))
				if !a.up {
					a.least, a.most = new(big.Rat).Sub(p, big.NewRat(1, 10)), p
				}
			} else if a.amount = amountAfter(text, to); a.amount != nil {
				to = a.amount.end
			} else if least, most, till := partAfter(text, to); till > 0 && partIndex(text, to)-to <= len("了约近") {
				a.least, a.most, to = least, most, till
			}
		}
		add(a, m[0], to)
	}
	for _, m := range turned.FindAllStringIndex(text, -1) {
		add(assertion{kind: moves, up: strings.HasSuffix(text[m[0]:m[1]], "升") || strings.HasSuffix(text[m[0]:m[1]], "增")}, m[0], m[1])
	}
	for _, m := range flat.FindAllStringIndex(text, -1) {
		add(assertion{kind: stays}, m[0], m[1])
	}
	for _, m := range outOf.FindAllStringSubmatchIndex(text, -1) {
		n, d := numeral(group(text, m, 2)), numeral(group(text, m, 1))
		if n != nil && d != nil && d.Sign() > 0 {
			p := new(big.Rat).Quo(n, d)
			add(assertion{kind: portion, inside: true, least: new(big.Rat).Sub(p, big.NewRat(5, 100)), most: new(big.Rat).Add(p, big.NewRat(5, 100))}, m[0], m[1])
		}
	}
	for _, m := range allDone.FindAllStringIndex(text, -1) {
		add(assertion{kind: portion, least: big.NewRat(1, 1)}, m[0], m[1])
	}
	for _, m := range half.FindAllStringSubmatchIndex(text, -1) {
		a := assertion{kind: portion, least: big.NewRat(1, 2)}
		if word := group(text, m, 1, 2); word == "不到" || word == "不足" || word == "未到" {
			a.least, a.most = nil, big.NewRat(1, 2)
		} else if word != "" {
			a.least, a.most = big.NewRat(45, 100), big.NewRat(55, 100)
		}
		add(a, m[0], m[1])
	}
	for at := 0; at < len(text); {
		least, most, till := partAfter(text, at)
		if till == 0 {
			break
		}
		add(assertion{kind: portion, least: least, most: most}, partIndex(text, at), till)
		at = till
	}
}

// partIndex gives where the part that partAfter reads begins.
func partIndex(text string, at int) int {
	best := -1
	for _, r := range []*regexp.Regexp{tenths, fractions} {
		if m := r.FindStringIndex(text[at:]); m != nil && (best < 0 || m[0] < best) {
			best = m[0]
		}
	}
	return at + best
}

// partAfter reads a part of a whole in words, 三成 or 四分之一, and gives its bounds;
// till is 0 where there is none.
func partAfter(text string, at int) (least, most *big.Rat, till int) {
	t := tenths.FindStringSubmatchIndex(text[at:])
	f := fractions.FindStringSubmatchIndex(text[at:])
	var value, slack *big.Rat
	var before, after string
	switch {
	case t != nil && (f == nil || t[0] < f[0]):
		rest := text[at:]
		for _, word := range [...]string{"成本", "成立", "成为", "成效", "成果", "成功", "成员", "成绩", "成文", "成年", "成人"} {
			if strings.HasPrefix(rest[strings.Index(rest[t[0]:], "成")+t[0]:], word) {
				return nil, nil, 0
			}
		}
		n, _ := characters(group(rest, t, 2))
		value = big.NewRat(int64(n), 10)
		slack = big.NewRat(5, 100)
		if word := group(rest, t, 3); word != "" {
			m, _ := characters(word)
			value, slack = big.NewRat(int64(10*n+m), 100), big.NewRat(5, 1000)
		} else if strings.Contains(rest[t[0]:t[1]], "半") {
			value, slack = big.NewRat(int64(10*n+5), 100), big.NewRat(2, 100)
		}
		before, after, till = group(rest, t, 1), group(rest, t, 4), at+t[1]
	case f != nil:
		rest := text[at:]
		d, n := numeral(group(rest, f, 2)), numeral(group(rest, f, 3))
		if d == nil || n == nil || d.Sign() == 0 || strings.HasPrefix(rest[f[0]:], "百分之") {
			return nil, nil, 0
		}
		value = new(big.Rat).Quo(n, d)
		slack = big.NewRat(3, 100)
		before, after, till = group(rest, f, 1), group(rest, f, 4), at+f[1]
	default:
		return nil, nil, 0
	}
	switch {
	case before == "突破" || before == "超过" || before == "超" || before == "逾" || after == "以上" || after == "多" || after == "余":
		return value, new(big.Rat).Add(value, big.NewRat(1, 10)), till
	case before == "不到" || before == "不足" || before == "未到" || after == "以下":
		return nil, value, till
	case before == "近":
		return new(big.Rat).Sub(value, nearly(value)), value, till
	case after == "强":
		return value, new(big.Rat).Add(value, big.NewRat(5, 100)), till
	}
	return new(big.Rat).Sub(value, slack), new(big.Rat).Add(value, slack), till
}

// partOfBase reads the part of what a figure is held against: 比2015年的一半略多.
func partOfBase(text string) *big.Rat {
	if m := partAgainst.FindStringSubmatch(text); m != nil {
		switch {
		case m[1] != "":
			n, _ := characters(m[1])
			return big.NewRat(int64(n), 10)
		case m[2] != "":
			if d, n := numeral(m[2]), numeral(m[3]); d != nil && n != nil && d.Sign() > 0 {
				return new(big.Rat).Quo(n, d)
			}
		default:
			return big.NewRat(1, 2)
		}
	}
	return nil
}

var partAgainst = regexp.MustCompile(`的(?:一半|半数|([一二两三四五六七八九])成|([二三四五六七八九十])分之([一二三四五六七八九]))(?:还|略|稍|要|多|少|高|低)*$`)

// nearly is how far below a part of a whole what is nearly as much lies at most.
func nearly(value *big.Rat) *big.Rat {
	fifth := new(big.Rat).Quo(value, big.NewRat(5, 1))
	if most := big.NewRat(5, 100); fifth.Cmp(most) > 0 {
		return most
	}
	return fifth
}

// bounded reads the words around a multiple: 近 翻番 超过.
func bounded(a *assertion, before, after string) {
	switch {
	case strings.HasSuffix(before, "近") || strings.HasSuffix(before, "接近") || strings.HasSuffix(before, "几乎"):
		a.least, a.most = new(big.Rat).Mul(a.least, big.NewRat(85, 100)), a.least
	case strings.HasSuffix(before, "超过") || strings.HasSuffix(before, "不止"):
		a.most = nil
	}
}

// described reads the words that go with a verb of moving.
func described(a *assertion, before string) {
	before = before[max(0, len(before)-90):]
	if i := strings.LastIndexAny(before, ",;"); i >= 0 {
		before = before[i:]
	}
	a.every = everyWord.MatchString(before)
	a.overall = overallWord.MatchString(before)
	a.strong, a.slight = strongWord.MatchString(before), slightWord.MatchString(before)
	if yearSteps.MatchString(before) {
		a.months = 12
		a.every = true
	} else if strings.Contains(before, "逐月") || strings.Contains(before, "月月") {
		a.months = 1
	} else if strings.Contains(before, "逐季") {
		a.months = 3
	}
	if m := runs.FindStringSubmatch(before); m != nil {
		a.run = small(m[1])
		a.months = map[rune]int{'年': 12, '季': 3, '月': 1, '个': 1}[[]rune(m[2])[0]]
	}
}

func windowOf(text string) int {
	if m := lastYears.FindStringSubmatch(text); m != nil {
		return small(m[1] + m[2] + m[3] + m[4])
	}
	return 0
}

func group(text string, m []int, groups ...int) string {
	for _, g := range groups {
		if m[2*g] >= 0 {
			return text[m[2*g]:m[2*g+1]]
		}
	}
	return ""
}

// numeral reads a number in digits or in characters.
func numeral(word string) *big.Rat {
	if word == "" {
		return nil
	}
	if r, ok := new(big.Rat).SetString(strings.ReplaceAll(word, ",", "")); ok {
		return r
	}
	if n, ok := characters(word); ok {
		return big.NewRat(int64(n), 1)
	}
	return nil
}

// halfUnit is half a unit of the last decimal.
func halfUnit(decimals int) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	return new(big.Rat).SetFrac(big.NewInt(1), ten.Mul(ten, big.NewInt(2)))
}

var (
	amounts        = regexp.MustCompile(`^\s*(?:了|幅度?|值|量)?\s*(至|到|为|达到?|by|to|of)?\s*(约|近|大约|超过|超|逾|不到|不足|about|around|some|nearly|almost|over|more than|less than|under|approximately)?\s*(-?\d+(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*(余|多)?(万|亿)?\s*(个?百分点|percentage points?|%|percent|per cent|倍|件|起|人次|人|名|宗|户|家|元|份|分钟|小时|天|处|次|条|cases?|people|persons|times|minutes?|yuan)?(以上|左右|以下)?`)
	percentWords   = regexp.MustCompile(`^(?:%|percent|per cent)$`)
	pointWords     = regexp.MustCompile(`百分点|points?`)
	englishAmounts = regexp.MustCompile(`(?:\ban?|\bthe)\s+(\d+(?:\.\d+)?)\s*(%|percent|per cent|percentage points?)\s*(?:\w+\s+)?$|\b(\d+(?:\.\d+)?)\s*(%|percent|per cent|percentage points?)\s*$`)
)

// amountAfter reads how much stands after a verb; nil where nothing does.
func amountAfter(text string, at int) *amount {
	m := amounts.FindStringSubmatchIndex(text[at:])
	if m == nil {
		return nil
	}
	rest := text[at:]
	word := group(rest, m, 3)
	v := numeral(word)
	if v == nil {
		return nil
	}
	a := &amount{span: span{at + m[0], at + m[1]}, value: v, unit: group(rest, m, 6)}
	if i := strings.IndexByte(word, '.'); i >= 0 {
		a.decimals = len(word) - i - 1
	}
	scale := map[string]int64{"万": 10000, "亿": 100000000}[group(rest, m, 5)]
	if scale > 0 {
		a.value.Mul(a.value, big.NewRat(scale, 1))
		a.decimals -= len(strconv.FormatInt(scale, 10)) - 1
	}
	switch {
	case percentWords.MatchString(a.unit):
		a.unit = "%"
	case pointWords.MatchString(a.unit):
		a.unit = "points"
	case a.unit == "倍" || a.unit == "":
		if a.unit == "" && (strings.HasPrefix(rest[m[1]:], "年") || strings.HasPrefix(rest[m[1]:], "月") || strings.HasPrefix(rest[m[1]:], "个") || strings.HasPrefix(rest[m[1]:], "分")) {
			return nil
		}
	}
	to := group(rest, m, 1)
	a.to = to == "至" || to == "到" || to == "to" || (to == "达" || to == "达到") && a.unit != "%" && a.unit != "points"
	switch before := group(rest, m, 2); before {
	case "超过", "超", "逾", "over", "more than":
		a.bound = 1
	case "不到", "不足", "less than", "under":
		a.bound = -1
	case "近", "nearly", "almost":
		a.bound = -3
	case "约", "大约", "about", "around", "some", "approximately":
		a.about = true
	}
	switch group(rest, m, 7) {
	case "以上":
		a.bound = 1
	case "左右":
		a.about = true
	}
	if m[8] >= 0 {
		a.bound = 3
	}
	return a
}

func englishAssertions(text string, add func(a assertion, from, to int)) {
	for _, m := range englishRanks.FindAllStringIndex(text, -1) {
		add(assertion{kind: ranks}, m[0], m[1])
	}
	for _, m := range englishMeets.FindAllStringIndex(text, -1) {
		add(assertion{kind: meets}, m[0], m[1])
	}
	for _, m := range englishPraise.FindAllStringIndex(text, -1) {
		add(assertion{kind: praise}, m[0], m[1])
	}
	for _, m := range englishMultiples.FindAllStringSubmatchIndex(text, -1) {
		a := assertion{kind: times, up: true}
		down := englishDown.MatchString(text[:m[0]])
		part := func(p *big.Rat) { // by a third
			one := big.NewRat(1, 1)
			if down {
				p = new(big.Rat).Sub(one, p)
			} else {
				p = new(big.Rat).Add(one, p)
			}
			a.up = !down
			a.least, a.most = new(big.Rat).Sub(p, big.NewRat(3, 100)), new(big.Rat).Add(p, big.NewRat(3, 100))
		}
		switch {
		case m[2] >= 0:
			a.least, a.most = big.NewRat(195, 100), big.NewRat(9, 4)
		case m[4] >= 0:
			a.least, a.most = big.NewRat(29, 10), big.NewRat(13, 4)
		case m[6] >= 0:
			a.least, a.most = big.NewRat(39, 10), big.NewRat(17, 4)
		case m[8] >= 0:
			a.up, a.least, a.most = false, big.NewRat(45, 100), big.NewRat(55, 100)
			if strings.HasPrefix(text[m[0]:], "by") && !down {
				a.up, a.least, a.most = true, big.NewRat(145, 100), big.NewRat(155, 100)
			}
		case m[10] >= 0:
			part(big.NewRat(1, map[string]int64{"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[group(text, m, 5)]))
		default:
			part(big.NewRat(map[string]int64{"two": 2, "three": 3}[group(text, m, 6)], map[string]int64{"thirds": 3, "quarters": 4}[group(text, m, 7)]))
		}
		if before := text[:m[0]] + text[m[0]:m[1]]; regexp.MustCompile(`(?:more than|over) \S*(?: \S+)?$`).MatchString(before) {
			a.most = nil
		} else if regexp.MustCompile(`(?:nearly|almost) \S*$`).MatchString(before) {
			a.least, a.most = new(big.Rat).Mul(a.least, big.NewRat(85, 100)), a.least
		}
		add(a, m[0], m[1])
	}
	for _, m := range englishParts.FindAllStringSubmatchIndex(text, -1) {
		if strings.HasSuffix(text[:m[0]], "first ") {
			continue // the first three quarters of a year
		}
		a := assertion{kind: portion}
		near := func(n, d int64) {
			p := big.NewRat(n, d)
			switch word := text[m[0]:m[1]]; {
			case strings.HasPrefix(word, "over") || strings.HasPrefix(word, "more"):
				a.least = p
			case strings.HasPrefix(word, "nearly") || strings.HasPrefix(word, "almost"):
				a.least, a.most = new(big.Rat).Sub(p, nearly(p)), p
			default:
				a.least, a.most = new(big.Rat).Sub(p, big.NewRat(5, 100)), new(big.Rat).Add(p, big.NewRat(5, 100))
			}
		}
		switch {
		case m[2] >= 0:
			a.least = big.NewRat(1, 2)
		case m[4] >= 0:
			near(map[string]int64{"a": 1, "one": 1, "two": 2, "three": 3}[group(text, m, 2)], map[string]int64{"third": 3, "quarter": 4, "fifth": 5}[group(text, m, 3)])
		case m[8] >= 0:
			near(int64(small(group(text, m, 4))), int64(small(group(text, m, 5))))
		case m[12] >= 0:
			near(1, 2)
		default:
			a.least = big.NewRat(1, 1)
		}
		add(a, m[0], m[1])
	}
	for _, m := range neverBeen.FindAllStringSubmatchIndex(text, -1) {
		add(assertion{kind: tops, up: m[2] >= 0, fresh: true}, m[0], m[1])
	}
	for _, m := range yearHigh.FindAllStringSubmatchIndex(text, -1) {
		add(assertion{kind: tops, up: m[4] >= 0, fresh: true, window: small(group(text, m, 1))}, m[0], m[1])
	}
	for _, m := range englishTops.FindAllStringSubmatchIndex(text, -1) {
		word := group(text, m, 2, 4)
		fresh := m[2] >= 0
		switch {
		case word == "":
			word, fresh = "high", true // a record
		case word == "most" && (strings.HasPrefix(text[m[1]:], " of") || mostOf.MatchString(text[m[1]:]) || strings.HasSuffix(text[:m[0]], "at ")):
			continue
		case (word == "least" || word == "best") && (strings.HasSuffix(text[:m[0]], "at ") || strings.HasSuffix(text[:m[0]], "its ")):
			continue
		}
		up := !strings.HasPrefix(word, "low") && word != "fewest" && word != "smallest" && word != "least"
		add(assertion{kind: tops, up: up, fresh: fresh, window: windowOf(text)}, m[0], m[1])
	}
	for _, m := range englishAny.FindAllStringSubmatchIndex(text, -1) {
		add(assertion{kind: tops, up: m[2] >= 0}, m[0], m[0]+len(group(text, m, 1, 2)))
	}
	for _, m := range englishMoves.FindAllStringSubmatchIndex(text, -1) {
		up := m[2] >= 0
		if neverAhead.MatchString(text[:m[0]]) {
			continue
		}
		word := text[m[0]:m[1]]
		after := text[m[1]:]
		switch word {
		case "up":
			if upTo.MatchString(after) && !moved.MatchString(text[:m[0]]) {
				continue // fines of up to 200 yuan
			}
		}
		switch word {
		case "up", "down", "more", "less", "fewer", "higher", "lower":
			if !regexp.MustCompile(`^\s*(?:\d|by\b|from\b|on\b|in\b|than\b|to\b|sharply|slightly|[a-z]+ (?:\w+ )*than\b|$)`).MatchString(after) || strings.HasPrefix(after, " to date") {
				continue
			}
			if (word == "more" || word == "less" || word == "fewer") && regexp.MustCompile(`^\s*than (?:\d|half|a [^ymq]|one|two|three|doub|trip)`).MatchString(after) {
				continue // more than 300
			}
		}
		a := assertion{kind: moves, up: up}
		a.every, a.overall = englishEvery.MatchString(text), overallWord.MatchString(text)
		if y := englishEvery.FindString(text); y == "year on year" {
			a.every = regexp.MustCompile(`every|each|steadil|consecutive|in a row|running`).MatchString(text)
		}
		a.strong, a.slight = strongWord.MatchString(text), slightWord.MatchString(text)
		if a.every {
			if r := englishRun.FindStringSubmatch(text); r != nil {
				a.run = small(r[1])
				if r[3] != "" {
					a.run = 2 + slices.Index(strings.Fields("second third fourth fifth sixth seventh eighth ninth tenth"), r[3])
				}
				a.months = map[byte]int{'y': 12, 'm': 1, 'q': 3}[(r[2] + r[4])[0]]
			} else if strings.Contains(text, "year") {
				a.months = 12
			} else if strings.Contains(text, "quarter") {
				a.months = 3
			} else if strings.Contains(text, "month") {
				a.months = 1
			}
		}
		if a.amount = amountAfter(text, m[1]); a.amount != nil && a.amount.unit == "" && (isYear(a.amount.value) || !a.amount.to && !regexp.MustCompile(`^\s*by`).MatchString(after)) {
			a.amount = nil
		}
		from, to := m[0], m[1]
		if a.amount != nil {
			to = a.amount.end
			a.amount.span = span{}
		} else if b := englishAmounts.FindStringSubmatchIndex(text[:m[0]]); b != nil {
			word := group(text, b, 1, 3)
			a.amount = &amount{value: numeral(word), unit: "%"}
			if strings.Contains(group(text, b, 2, 4), "point") {
				a.amount.unit = "points"
			}
			if i := strings.IndexByte(word, '.'); i >= 0 {
				a.amount.decimals = len(word) - i - 1
			}
		} else if b := countAhead.FindStringSubmatchIndex(text[:m[0]]); b != nil && (word == "more" || word == "fewer" || word == "less") {
			a.amount = &amount{value: numeral(group(text, b, 1))}
			from = b[2]
		}
		add(a, from, to)
	}
	for _, m := range flat.FindAllStringIndex(text, -1) {
		add(assertion{kind: stays}, m[0], m[1])
	}
}

// neverBelow is a bound, however it denies.
const neverBelow = `从未(?:低于|跌破|少于|高于|超过|突破)|未曾(?:低于|跌破|高于|超过)|\b(?:never|not once) (?:fell|dropped|went|fallen|been|was|were) (?:below|under|above|over)\b|\bnever been (?:higher|lower|better|greater|larger|smaller|fewer|more|less)\b`

var (
	yearHigh   = regexp.MustCompile(`\b(two|three|four|five|six|seven|eight|nine|ten|\d+)-year (?:(high|highs|peak|best)|lows?)\b`)
	countAhead = regexp.MustCompile(`(?:^|[\s,])(\d+(?:,\d{3})*) $`) // 18 more than
	neverBeen  = regexp.MustCompile(`\bnever been (?:(higher|better|greater|larger|more)|lower|fewer|smaller|less)\b`)
	englishAny = regexp.MustCompile(`\b(?:(more|higher|larger|greater)|(fewer|lower|less|smaller))\b[^,;.]*?\bthan (?:in |at |on )?any (?:(?:other|previous|earlier|single) )+(?:year|month|quarter|period)`)
	upTo       = regexp.MustCompile(`^ to \d`)
	moved      = regexp.MustCompile(`\b(?:was|were|is|are|been|went|gone|goes|percent|points?|per cent)\s*$|[%,]\s*$`)
	neverAhead = regexp.MustCompile(`\b(?:never|not once)\s*$`)
)

func isYear(v *big.Rat) bool {
	return v.IsInt() && v.Cmp(big.NewRat(1900, 1)) >= 0 && v.Cmp(big.NewRat(2200, 1)) <= 0
}

var englishDown = regexp.MustCompile(`\b(?:fell|fallen|fall|decreas\w+|declin\w+|dropp?\w*|down|reduc\w+|lower|shrank|shrunk|cut)\b`)
