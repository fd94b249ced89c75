package privacy

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
)

// A role is a word before the name of a person. Who is part of a case is warned
// of; a private person is named with a consent only; a minor in a case is one
// whose name is masked, too.
type role struct {
	word           string
	private, minor bool
}

var (
	caseRoles    = strings.Fields("犯罪嫌疑人 嫌疑人 被害人 受害人 受害者 被害者 举报人 证人 违法行为人 违法嫌疑人 被处罚人 被拘留人 被侵害人 目击者 检举人 控告人 被举报人 被投诉人")
	privateRoles = strings.Fields("市民 群众 村民 居民 见义勇为人员 见义勇为者 好心人 失主 走失人员 走失老人 失踪人员 报警人 报案人 求助人 伤者 死者 遇难者 逝者 家属 学生 家长 司机 驾驶员 驾驶人 车主 乘客 户主 申请人 投诉人 反映人 来信人 来访人 信访人 当事人 游客 老人 业主 租客 租户 店主 摊主 路人 热心人 热心人士 志愿者 同学 病人 患者 监护人 法定代理人 联系人 经办群众")
	minorRoles   = strings.Fields("未成年人 少年 少女 男童 女童 幼女 儿童 男孩 女孩 幼儿")
)

// What stands behind a surname and makes it no name of a private person: 王警官, 罗湖分局;
// a place only where a common word stands before it.
var (
	titles    = regexp.MustCompile(`^(?:警官|所长|局长|科长|队长|大队长|支队长|主任|同志|民警|辅警|处长|股长|站长|教导员|政委|书记|指导员|医生|律师|经理)`)
	placeName = regexp.MustCompile(`^[\p{Han}]{1,3}[局区县市镇乡路街村]`)
	office    = regexp.MustCompile(`^[\p{Han}]{0,3}(?:分局|街道|中学|小学|大学|派出所|大队|支队|公司|集团|医院|银行|社区)`)
)

// roleEnds are the roles by their last character.
var roleEnds = func() map[rune][]role {
	ends := map[rune][]role{}
	add := func(words []string, private, minor bool) {
		for _, word := range words {
			last, _ := utf8.DecodeLastRuneInString(word)
			ends[last] = append(ends[last], role{word, private, minor})
		}
	}
	add(caseRoles, false, false)
	add(privateRoles, true, false)
	add(minorRoles, true, true)
	return ends
}()

// surnames are the usual ones, which stand for nearly all of the people, and
// doubleSurnames those of two characters.
const surnames = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜饶凌盛查单冉鲍华包屈房喻解蒲卫简连车项闵邬吉党阳司费蒙席晏隋古穆姬麦柏瞿艾沙桂窦郁缪巩卓褚栾娄甄池边岑苟臧佘卞虞刁冷匡栗仇楚揭于"

var isSurname = func() map[rune]bool {
	is := map[rune]bool{}
	for _, r := range surnames {
		is[r] = true
	}
	return is
}()

var doubleSurnames = func() map[[2]rune]bool {
	is := map[[2]rune]bool{}
	for _, name := range strings.Fields(doubles) {
		r := []rune(name)
		is[[2]rune{r[0], r[1]}] = true
	}
	return is
}()

const doubles = "欧阳 上官 诸葛 慕容 司马 司徒 东方 皇甫 尉迟 令狐 夏侯 端木 公孙 轩辕 长孙 宇文 独孤 南宫 百里 呼延 申屠 澹台 濮阳 淳于 单于 太史 闾丘 钟离 鲜于 拓跋 万俟 赫连 西门 第五 公冶 宗政 仲孙 乐正"

// ambiguous are surnames that are as often the first character of another word.
const ambiguous = "于全方易常连单解查管万包关文安金高白简何许严温冷盛费路车"

// given are usual characters of given names. Where a role is a common word, or
// the surname is, only such a name counts.
const given = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞刚桂建国志华玉梅红春海东波辉鹏飞斌宇浩凯健俊帆雪琳玲婷燕萍洁琴云莲荣爱妹雅芝香月莺媛瑞凡佳嘉琼勤珍贞莉淑慧巧美倩思雨欣怡晨阳宁泽轩梓涵子然博昊天煜祺诺紫萱诗梦瑶馨嫣曦雯昕彤妍珊莎锦黛青晓大永长庆祥福顺贵财旺昌德仁义礼智信忠孝廉民新宏弘达毅恒松柏林森树翠花木根胜亮兴才良贤善诚友先彬彪武振威雄豪壮坚耀炳炎焕灿烁晶鑫铁钢铭锋锐钧镇石岩峰岭山川江清源泉洪洲汉沛润淼冰雷震霖露龙虎凤鹤鸿雁翔翼驰骏骥麟康泰利亨祖宗绍继承传邦世维卫厚广远深正中尚敬佩蓉菊芬芸茜蕾薇萌菲莹蓓苗秋夏冬旭晖晗晴朝昱晟晋景智暄曼素娥婉娇娣婵妮姣姗媚嫦丹彩虹绮绣纯绢丝琪琦珂珠珺瑾璇璐瑜琛琨璟玮政学文平安生成光立伯仲叔季少小老进喜乐富金鲜银宝玲堂富发才全玥玫玺珑悦悠亦一可心怀"

// notNames begin like a name and are words.
var notNames = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields("陈述 单位 单独 方面 方式 方可 马上 高度 高于 程度 钱款 钱财 钱物 金额 金钱 安全 安置 安排 任何 任意 常用 常住 常以 连续 连同 尚未 尚在 毛发 万元 余款 余额 江苏 江西 安徽 河南 许可 许诺 关于 关系 关押 管理 纪律 严格 严禁 严重 费用 施救 施暴 施工 武装 温馨 甘肃 云南 石家 路过 路上 路途 车辆 通过 黄金 白天 盛怒 包括 包庇 解除 解释 简单 简要 季度 查明 查看 查询 查处 查证 华侨 党员 高兴 高速 文化 文书 易受 莫名 项目 石某 段时 单方 常见 金融 田地 房屋 房产 古稀 童年 冷静 沙发 边境 边防 阳光 左手 左侧 兰州 江边 苏州 杭州 徐州 郑州 温州 柳州 滕州 钟某 雷同 白色 黑色 黄色 蓝色 蓝牙 牛奶 游玩 游泳 关注 管辖 左右 安慰 安抚 万一 余下 顾虑 顾客 康复 贺卡 汤药 章程 曲解 符合 路口 路线 华人 项链 司机 司法 席位 古代 冷藏 高声 高价 金饰 钱包 文件 马路 江面 田间 石块 雷击 毛巾 常年 武力 易燃 易发 尤其 单车 包裹 房东 连夜 车上 车内 车主 党委 费力 沙土 边缘 池塘 池边 卓越 何时 何地 何种 何人 何处 何以 何故 周围 周边 周末 周知 陆续 高中 温和 万分 齐全 毕竟 毕业 史料 严肃 严密 严查 严惩 张贴 张挂 余者 单人 柴油 雷电 龙头 段落 江湖 江水 石头 石料 白酒 洪水 洪灾 项下 盛装 古董 仇恨 仇家 乔装 乔迁 解救 解决 解答 管控 管制 路人 路边 车票 车牌 车管 费时 凌晨 单程 单据 万人 任由 任职 任务 安装 连日 连带 蒙受 蒙骗 方得 顾及 高额 高龄 高空 高校 高层 杜绝 常驻 温泉 董事 纪检 鲁莽 文明 古玩 蓝天 苏醒 韩国 韩元 牛羊 童装 尤为 莫大 易于 边远 祝愿 谢绝 谢意 应当 方案 陈情 陈旧 姜某 金某 向某 都是 席间 卢某 匡扶 全部 时间 时候 车站 卫生 卫星 吉祥 闵行 包含 项某 单方面 马拉 高铁 高德 石油 祁连 路面 路段 米粒 宋体 章节 章某 党组 党政 阳台 司职 费心 简述 简易 喻为 蒲公 蒲扇 左边 左转 成年 群众 安宁 安心 安康 文学 文体 高山 金光 金银 江山 江河 江南 石林 云天 时光 时代 管家 成功 成长 成立 全家 全国 路林 方正 方圆 方向 方言 马力 白云 花园 水平 计生 简明 乐于 余生 常德 常州 万全 丰富 平安 祖国 明显 明天 连江 程江 顾家 黄河 黄山 高质 和平 安平 管道 房源 钟爱 单亲 双亲 武汉 沈阳 江阴 江门 江津 江油 常熟 温岭 安庆 安顺 贺州 梅州 金华 金昌 金山 马鞍 石嘴 白银 白山 白城 吴忠 毕节 鲁山 萧山 许昌 包头 项城 邢台 曲靖 曲阜 章丘 龙岩 龙口 龙虾 龙舟 陆丰 梁平 文山 文昌 钟祥 汤阴 杨凌 高邮 高密 高利 吉林 吉安 华北 华东 连云 连环 阳泉 甘南 林木 林地 林区 古树 古墓 古籍 牛只 游客 游戏 夏季 夏天 陈年 黄牛 雷管 武器 石碑 石雕 石像 唐卡 钟表 陶瓷 管线 童工 商标 祖坟 车库 江豚 罗汉 柏油") {
		words[word] = true
	}
	return words
}()

// afterName are the characters with which a sentence goes on behind a name.
const afterName = "等因于在被系与和及向将以为的对涉称说到供持从把用已男女曾述经则并是有驾反举投陈乘骑遭受报来去口手头身家住现年今昨当表证指提要请求不未没也还都又再就才后前时一二三四五六七八九十看见听打告帮协，跟同使令让拿拾捐救送给某"

// name looks for names behind one of the roles, which ends before end.
func (s *scanner) name(end int, roles []role) {
	private, named, young := true, false, false
	for _, role := range roles {
		if bytes.HasSuffix(s.text[:end], []byte(role.word)) {
			named, private, young = true, private && role.private, young || role.minor
		}
	}
	if !named {
		return
	}
	at := end
	for range 4 {
		rest := bytes.TrimLeft(s.text[at:], " \t\u00a0\u3000：:，,、（(*_[「《“—-")
		for _, word := range []string{"姓名", "名叫", "为", "叫", "是"} {
			rest = bytes.TrimPrefix(rest, []byte(word))
		}
		if at == len(s.text)-len(rest) {
			break
		}
		at = len(s.text) - len(rest)
	}
	// Behind a colon it is a form and no sentence. 张三、李四 are two.
	said := at > end && endsWith(s.text[:at], "：", ":", "姓名", "（", "(")
	for {
		n, masked := nameAt(s.text[at:], private && !said, !said)
		switch {
		case n+masked > 0 && young && s.harmed(end, at+n+masked):
			s.hit(minor, problem.Warning, at, at+n+masked, string(s.text[at:at+n+masked]))
		case n > 0 && private:
			s.hit(consent, problem.Error, at, at+n, string(s.text[at:at+n]))
		case n > 0:
			s.hit(personName, problem.Warning, at, at+n, string(s.text[at:at+n]))
		case masked == 0:
			return
		}
		at += max(n, masked)
		next := at
		for _, between := range []string{"、", "和", "及", "与"} {
			if rest, ok := bytes.CutPrefix(s.text[at:], []byte(between)); ok {
				next = len(s.text) - len(rest)
				break
			}
		}
		if next == at {
			return
		}
		at = next
	}
}

// nameAt gives the length in bytes of the name of a person at the front of
// text, 0 where there is none or it is masked; masked is its length then. strict
// wants it to be written like a name, since a common word stands before it, and
// sentence where a surname may be the beginning of another word.
func nameAt(text []byte, strict, sentence bool) (n, masked int) {
	var runes [6]rune
	var ends [6]int
	count, size := 0, 0
	for count < len(runes) && size < len(text) {
		r, w := utf8.DecodeRune(text[size:])
		if !unicode.Is(unicode.Han, r) && r != '*' && r != '×' {
			break
		}
		if r == '*' && count > 1 && runes[count-1] != '*' && size+1 < len(text) && text[size+1] == '*' { // the end of bold words
			break
		}
		size += w
		runes[count], ends[count] = r, size
		count++
	}
	if count < 2 {
		return 0, 0
	}
	family := 1
	if doubleSurnames[[2]rune{runes[0], runes[1]}] {
		family = 2
	}
	if family == 1 && !isSurname[runes[0]] || family == 2 && count < 3 {
		return 0, 0
	}
	for i := family; i < min(count, family+2); i++ { // 张某, 张某某, 李×明
		if strings.ContainsRune("某*×", runes[i]) {
			for i+1 < count && strings.ContainsRune("某*×", runes[i+1]) {
				i++
			}
			return 0, ends[i]
		}
	}
	if family == 1 && notNames[string(runes[:2])] || strings.ContainsRune("被因在系的对说把等", runes[family]) {
		return 0, 0
	}
	switch string(runes[family:min(count, family+2)]) {
	case "先生", "女士", "小姐", "老师", "女孩", "男孩", "大爷", "大妈", "老人", "大娘", "阿姨", "师傅", "同学", "老汉", "奶奶", "爷爷", "大哥", "大姐", "婆婆":
		return 0, ends[min(count, family+2)-1]
	}
	behind := text[ends[family-1]:]
	if near := behind[:min(len(behind), 24)]; titles.Match(near) || office.Match(near) || strict && placeName.Match(near) {
		return 0, ends[family]
	}
	after := func(i int) bool { return i >= count || strings.ContainsRune(afterName, runes[i]) }
	title := func(i int) bool {
		return i+2 <= count && (string(runes[i:i+2]) == "先生" || string(runes[i:i+2]) == "女士")
	}
	usual := func(i int) bool { return i < count && strings.ContainsRune(given, runes[i]) }
	one, two := family, family+1
	if unsure := sentence && family == 1 && strings.ContainsRune(ambiguous, runes[0]); strict || unsure {
		switch {
		case unsure && !usual(one):
		case usual(one) && usual(two) && !after(two), usual(two) && (after(two+1) || title(two+1)) && !after(two):
			return ends[two], 0
		case usual(one) && (after(two) || title(two)):
			return ends[one], 0
		}
		return 0, 0
	}
	if two < count && !after(two) && !title(two) {
		return ends[two], 0
	}
	return ends[one], 0
}
