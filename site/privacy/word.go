package privacy

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
)

// Rules of words.
var (
	plate       = problem.PrivacyPlate
	email       = problem.PrivacyEmail
	homeAddress = problem.PrivacyAddress
	personName  = problem.PrivacyName
	minor       = problem.PrivacyMinor
	secret      = problem.PrivacySecret
)

// provinceLetters stand first on a vehicle's plate.
const provinceLetters = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"

// marked are the characters of three bytes at which a detector begins, and
// veiled those that are hidden: one bit each.
var marked, veiled = func() (m, v [1 << 10]uint64) {
	for _, r := range provinceLetters + "人岁室元★料密" {
		m[r>>6] |= 1 << (r & 63)
	}
	for r := rune(0x800); r <= 0xffff; r++ {
		if hidden(r) {
			v[r>>6] |= 1 << (r & 63)
		}
	}
	return m, v
}()

// word looks at what stands at a marked character.
func (s *scanner) word(r rune, i int) {
	switch r {
	case '人':
		s.name(i)
	case '岁':
		s.minor(i)
	case '室':
		s.address(i, "室")
	case '元':
		if bytes.HasSuffix(s.text[:i], []byte("单")) {
			s.address(i-len("单"), "单元")
		}
	case '★':
		s.star(i)
	case '料':
		s.marking(i, "内部资料", "本材料为", "本文件为", "本资料为", "本表为", "此件为", "属于", "属")
	case '密':
		for _, degree := range []string{"绝密", "机密", "秘密", "警务工作秘密"} {
			s.marking(i, degree)
		}
	default:
		s.plate(r, i)
	}
}

// marking is a hit where the text up to and with the character at i is a mark of
// what stays inside: alone in its line, as a heading or a stamp, or behind the
// words that say so of the text itself. In a sentence it is none (涉及警务工作秘密的
// 不予公开).
func (s *scanner) marking(i int, mark string, behind ...string) {
	end := i + 3
	if !bytes.HasSuffix(s.text[:end], []byte(mark)) {
		return
	}
	start := end - len(mark)
	line := s.text[bytes.LastIndexAny(s.text[:start], "\n/>:")+1 : start]
	if i := bytes.LastIndex(line, []byte("：")); i >= 0 {
		line = line[i+len("："):]
	}
	rest := s.text[end:]
	if i := bytes.IndexAny(rest, "\n<"); i >= 0 {
		rest = rest[:i]
	}
	const around = "#*_>【】[]（）()《》“”\"' \t\r　|，。,:：-"
	rest = bytes.Trim(rest, around)
	alone := len(bytes.Trim(line, around)) == 0 && (len(rest) == 0 || startsWith(rest, "注意保存", "请注意保存", "请勿", "不得", "严禁")) && (s.beside == "" || mark == "警务工作秘密" || mark == "内部资料")
	for _, words := range behind {
		alone = alone || bytes.HasSuffix(line, []byte(words)) && !bytes.HasPrefix(rest, []byte("的"))
	}
	if alone {
		s.hit(secret, problem.Error, start, end, mark)
	}
}

// star finds a degree of secrecy beside ★, as in 机密★10年.
func (s *scanner) star(i int) {
	before := bytes.TrimRight(s.text[:i], " \u3000")
	behind := bytes.TrimLeft(s.text[i+3:min(len(s.text), i+3+besideBehind)], " \u3000")
	for _, degree := range []string{"绝密", "机密", "秘密"} {
		if bytes.HasSuffix(before, []byte(degree)) {
			s.hit(secret, problem.Error, len(before)-len(degree), i+3, degree+"★")
		} else if bytes.HasPrefix(behind, []byte(degree)) {
			end := bytes.Index(s.text[i:], []byte(degree)) + i + len(degree)
			s.hit(secret, problem.Error, i, end, "★"+degree)
		}
	}
}

// plate judges what follows a province's character: letter, perhaps a dot, and
// five places, or six of a car with another drive than petrol (GA 36).
func (s *scanner) plate(province rune, i int) {
	rest := s.text[i+3:]
	if len(rest) < 6 || rest[0] < 'A' || rest[0] > 'Z' || rest[0] == 'I' {
		return
	}
	letter, end := rest[0], i+4
	rest = rest[1:]
	for _, dot := range []string{"·", "•", "・", " ", "-"} {
		if bytes.HasPrefix(rest, []byte(dot)) {
			rest, end = rest[len(dot):], end+len(dot)
			break
		}
	}
	n, digits := 0, 0
	for n < len(rest) && (isDigit(rest[n]) || 'A' <= rest[n] && rest[n] <= 'Z' && rest[n] != 'I' && rest[n] != 'O') {
		if isDigit(rest[n]) {
			digits++
		}
		n++
	}
	if n != 5 && n != 6 || digits < 3 || n == 6 && digits < 4 {
		return
	}
	end += n
	if end < len(s.text) {
		next, _ := utf8.DecodeRune(s.text[end:])
		if next < utf8.RuneSelf && (unicode.IsLetter(next) || unicode.IsDigit(next) || next == '_') || strings.ContainsRune("型款系版式", next) {
			return
		}
	}
	if before, _ := utf8.DecodeLastRune(s.text[:i]); strings.ContainsRune("全最更创崭里为度讯有", before) && (province == '新' || province == '云') {
		return // 阿里云, 最新
	}
	if s.called(span{i, end}, "型号", "产品编号", "产品号", "规格") {
		return
	}
	s.hit(plate, problem.Error, i, end, string(province)+string(letter)+string(rest[:n]))
}

// email judges what stands around the sign at i.
func (s *scanner) email(i int) {
	text := s.text
	local := func(b byte) bool {
		return isLetter(b) || isDigit(b) || b == '.' || b == '_' || b == '-' || b == '+' || b == '%'
	}
	start := i
	for start > 0 && i-start < 64 && local(text[start-1]) {
		start--
	}
	start += len(text[start:i]) - len(bytes.TrimLeft(text[start:i], ".-%"))
	end, dot := i+1, -1
	for end < len(text) && end-i < 254 && (isLetter(text[end]) || isDigit(text[end]) || text[end] == '-' || text[end] == '.') {
		if text[end] == '.' {
			if dot = end; end+1 == len(text) || !isLetter(text[end+1]) && !isDigit(text[end+1]) {
				break // the end of a sentence
			}
		}
		end++
	}
	domain := text[i+1 : end]
	dot = bytes.LastIndexByte(domain, '.')
	if start == i || dot < 1 || len(domain)-dot < 3 {
		return
	}
	top := strings.ToLower(string(domain[dot+1:]))
	if strings.ContainsAny(top, "0123456789") {
		return
	}
	switch top {
	case "png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "json", "html": // icon@2x.png
		return
	}
	s.hit(email, problem.Warning, start, end, strings.ToLower(string(text[start:end])))
}

// Words of an address, and of offices, which have rooms too.
var (
	addressWords = []string{"路", "街", "巷", "弄", "胡同", "大道", "小区", "新村", "花园", "公寓", "家园", "苑", "里", "村", "号院", "号楼", "号", "栋", "幢", "楼"}
	officeWords  = []string{"办公", "大厅", "窗口", "政务", "服务中心", "公安", "派出所", "支队", "大队", "大厦", "会议", "接待", "检察", "法院", "医院", "学校", "机关", "行政中心"}
)

const addressRunes = 40

// address judges a home address that ends with the word at i: a number before
// it, and before that a street, an estate or a building.
func (s *scanner) address(i int, word string) {
	end := i + len(word)
	if next, _ := utf8.DecodeRune(s.text[end:]); word == "单元" && strings.ContainsRune("格测素楼卷", next) && next != '楼' {
		return
	}
	head := s.text[:i]
	number := bytes.TrimRight(head, "0123456789")
	if len(number) == len(head) {
		if number = bytes.TrimRight(head, "一二三四五六七八九十甲乙丙丁ABCDEFGH"); len(number) == len(head) || word == "室" && utf8.RuneCount(head[len(number):]) < 2 {
			return
		}
	} else if word == "室" && len(head)-len(number) < 2 {
		return
	}
	if bytes.HasSuffix(number, []byte("第")) { // a chapter
		return
	}
	start := i
	for n := 0; start > 0 && n < addressRunes; n++ {
		r, size := utf8.DecodeLastRune(s.text[:start])
		if !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '#' {
			break
		}
		start -= size
	}
	found := false
	for _, w := range addressWords {
		found = found || bytes.Contains(s.text[start:len(number)], []byte(w))
	}
	if !found {
		return
	}
	if s.counted(start, end) {
		return
	}
	if word == "室" {
		for _, w := range officeWords {
			if bytes.Contains(s.text[start:end], []byte(w)) {
				return
			}
		}
	}
	if n := len(s.hits); n > 0 && s.hits[n-1].Rule == homeAddress && s.hits[n-1].End > start {
		if last := &s.hits[n-1]; end-last.Start <= addressRunes*utf8.UTFMax {
			last.End, last.Value = end, string(s.text[last.Start:end]) // 2单元, then 301室
		}
		return
	}
	s.hit(homeAddress, problem.Error, start, end, string(s.text[start:end]))
}

// counted tells whether an address is one of flats that are counted (12号楼3单元共24户),
// or that of a window.
func (s *scanner) counted(start, end int) bool {
	behind := bytes.TrimLeft(s.text[end:min(len(s.text), end+besideBehind)], " ，,、：:")
	if startsWith(behind, "窗口", "柜台", "等", "共", "住户", "楼道", "加装") {
		return true
	}
	rest := bytes.TrimLeft(behind, "0123456789")
	if len(rest) < len(behind) && startsWith(rest, "户", "套", "层", "间", "人", "个") {
		return true
	}
	_, unit, ok := cutUnit(strings.TrimSpace(s.beside))
	return ok && (unit == "户" || unit == "套" || unit == "户次") || bytes.Contains(s.text[start:end], []byte("窗口"))
}

// roles are the words before the name of a person in a case.
var roles = []string{"犯罪嫌疑人", "嫌疑人", "被害人", "受害人", "举报人", "证人", "违法行为人"}

// surnames are the usual ones, which stand for nearly all of the people.
const surnames = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜饶凌盛查单冉鲍华包屈房喻解蒲卫简连车项闵邬吉党阳司费蒙席晏隋古穆姬麦柏瞿艾沙桂窦郁缪巩卓褚栾娄甄池边岑苟臧佘卞虞刁冷匡栗仇楚揭"

// notNames begin like a name and are words.
var notNames = strings.Fields("陈述 单位 单独 方面 方式 方可 马上 高度 高于 程度 钱款 钱财 钱物 金额 金钱 安全 安置 安排 任何 任意 常用 常住 常以 连续 连同 尚未 尚在 毛发 万元 余款 余额 江苏 江西 安徽 河南 许可 许诺 关于 关系 关押 管理 纪律 严格 严禁 严重 费用 施救 施暴 施工 武装 温馨 甘肃 云南 石家 路过 路上 路途 车辆 通过 黄金 白天 盛怒 包括 包庇 解除 解释 简单 简要 季度 查明 查看 查询 查处 查证 华侨 党员 高兴 高速 文化 文书 易受 莫名 项目 石某 段时 单方 常见 金融 田地 房屋 房产 古稀 童年 冷静 沙发 边境 边防 阳光 左手 左侧 兰州 江边 苏州 杭州 徐州 郑州 温州 柳州 滕州 钟某 雷同 白色 黑色 黄色 蓝色 蓝牙 牛奶 游玩 游泳 关注 管辖 左右 安慰 安抚 万一 余下 顾虑 顾客 康复 贺卡 汤药 章程 曲解 符合 路口 路线 华人 项链 司机 司法 席位 古代 冷藏 高声 高价 金饰 钱包 文件 马路 江面 田间 石块 雷击 毛巾 常年 武力 温州 易燃 易发 尤其 单车 包裹 房东 连夜 车上 车内 车主 党委 费力 沙土 边缘 池塘 池边 卓越 何时 何地 何种 何人 何处 何以 何故 周围 周边 周末 周知 陆续 高中 温和 万分 齐全 毕竟 毕业 史料 严肃 严密 严查 严惩 张贴 张挂 余者 单人 柴油 雷电 龙头 段落 江湖 江水 石头 石料 白酒 洪水 洪灾 项下 盛装 古董 仇恨 仇家 乔装 乔迁 解救 解决 解答 管控 管制 路人 路边 车票 车牌 车管 费时 凌晨 单程 单据 万人 任由 任职 任务 安装 连日 连带 蒙受 蒙骗 方得 顾及 高额 高龄 高空 高校 高层 杜绝 常驻 温泉 董事 纪检 鲁莽 文明 文书 古玩 蓝天 苏醒 韩国 韩元 牛羊 童装 尤为 莫大 易于 易受 边远 祝愿 谢绝 谢意 应当 方案 陈情 陈旧 严格 姜某 金某 向某 都是 席间 卢某 匡扶 全部 时间 时候 车站 卫生 卫星 吉祥 闵行 包含 项某 单方面 石油 祁连 路面 路段 米粒 宋体 章节 章某 党组 党政 阳台 司职 费心 简述 简易 喻为 蒲公 蒲扇 左边 左转 成年")

// afterName are the characters with which a sentence goes on behind a name.
const afterName = "等因于在被系与和及向将以为的对涉称说到供持从把用已男女曾述经则并是有驾反举投陈乘骑遭受报来去口手头身家住现年今昨当表证指提要请求不未没也还都又再就才后前时一二三四五六七八九十看见听打告帮协，"

// name looks for a name behind a role that ends at the character at i.
func (s *scanner) name(i int) {
	end := i + len("人")
	switch r, _ := utf8.DecodeLastRune(s.text[:i]); r {
	case '疑', '害', '报', '证', '为':
	default:
		return
	}
	named := false
	for _, role := range roles {
		named = named || bytes.HasSuffix(s.text[:end], []byte(role))
	}
	if !named {
		return
	}
	at := end
	for _, between := range []string{"姓名", "：", ":", "为", "叫", " ", "、", "（", "(", "**"} {
		at += len(s.text[at:]) - len(bytes.TrimPrefix(s.text[at:], []byte(between)))
	}
	if n := nameAt(s.text[at:]); n > 0 {
		s.hit(personName, problem.Warning, at, at+n, string(s.text[at:at+n]))
	}
}

// nameAt gives the length in bytes of the name of a person at the front of
// text, 0 where there is none or it is masked.
func nameAt(text []byte) int {
	var runes [5]rune
	var ends [5]int
	n, size := 0, 0
	for n < len(runes) && size < len(text) {
		r, w := utf8.DecodeRune(text[size:])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		size += w
		runes[n], ends[n] = r, size
		n++
	}
	if n < 2 || !strings.ContainsRune(surnames, runes[0]) || strings.ContainsRune("被因在系的对说把等", runes[1]) {
		return 0
	}
	word := string(runes[:2])
	for _, w := range notNames {
		if w == word {
			return 0
		}
	}
	if slices.Contains(runes[1:min(n, 3)], '某') {
		return 0
	}
	switch string(runes[1:min(n, 3)]) {
	case "先生", "女士", "小姐", "老师", "女孩", "男孩", "大爷", "大妈", "老人":
		return 0
	}
	if n >= 3 && !strings.ContainsRune(afterName, runes[2]) {
		return ends[2]
	}
	return ends[1]
}

// minor judges the age before the character at i: under 18, of a person and not
// of a law, beside a word of harm.
func (s *scanner) minor(i int) {
	head := bytes.TrimSuffix(s.text[:i], []byte("周"))
	rest := bytes.TrimRight(head, "0123456789")
	age := 0
	if len(rest) < len(head) && len(head)-len(rest) <= 2 {
		age = value(head[len(rest):])
	} else if rest = bytes.TrimRight(head, "一二三四五六七八九十"); len(rest) < len(head) {
		age = chineseAge(string(head[len(rest):]))
	}
	behind := s.text[i+len("岁"):]
	if age < 1 || age > 17 || endsWith(rest, "满", "至", "到", "～", "~", "-", "—", "–", "、", "或", "过", "于", ".", "第") ||
		startsWith(behind, "以", "至", "到", "～", "~", "-", "—", "–", "、", "或", "不满", "未满") {
		return
	}
	if !s.near(span{len(rest), i + 3}, "被害", "违法", "拘留") {
		return
	}
	clause := strings.TrimSpace(string(s.text[i-len(clauseBefore(s.text[:i])) : i+3]))
	s.hit(minor, problem.Warning, len(rest), i+3, clause)
}

// clauseBefore gives the end of text after its last punctuation mark.
func clauseBefore(text []byte) []byte {
	start := len(text)
	for n := 0; start > 0 && n < addressRunes; n++ {
		r, size := utf8.DecodeLastRune(text[:start])
		if !unicode.Is(unicode.Han, r) && !unicode.IsDigit(r) {
			break
		}
		start -= size
	}
	return text[start:]
}

func endsWith(text []byte, ends ...string) bool {
	for _, e := range ends {
		if bytes.HasSuffix(text, []byte(e)) {
			return true
		}
	}
	return false
}

func startsWith(text []byte, starts ...string) bool {
	for _, e := range starts {
		if bytes.HasPrefix(text, []byte(e)) {
			return true
		}
	}
	return false
}

// chineseAge reads 三, 十五 and 二十一.
func chineseAge(text string) int {
	digit := func(r string) int { return strings.Index("一二三四五六七八九", r)/3 + 1 }
	tens, ones, ok := strings.Cut(text, "十")
	switch {
	case !ok && len(text) == 3:
		return digit(text)
	case !ok || len(tens) > 3 || len(ones) > 3:
		return 0
	}
	age := 10
	if tens != "" {
		age = 10 * digit(tens)
	}
	if ones != "" {
		age += digit(ones)
	}
	return age
}
