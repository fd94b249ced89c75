package privacy

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
)

// longestCase is how many characters the title of a case has at most.
const longestCase = 40

var (
	// What is done, and to whom, in the title of a case: it stands right behind the persons.
	deed = regexp.MustCompile(`^(?:等(?:[0-9一二三四五六七八九十数多]*[人名])?)?(?:家[中里]?|夫妇)?的?(?:` +
		`被|遭|涉嫌|故意|过失|盗|诈骗|骗|抢|强奸|强制|强迫|猥亵|绑架|非法|拐|敲诈|诬告|侮辱|诽谤|虐待|遗弃|重婚|职务侵占|挪用|贪污|受贿|行贿|贩|走私|制造|制作|制售|运输毒|容留|吸毒|赌|开设赌|` +
		`聚众|寻衅|妨[害碍]|阻碍|袭警|组织|引诱|介绍|传播|伪造|变造|买卖|危险驾驶|交通肇事|交通事故|肇事|醉|酒|无证|放火|纵火|爆炸|投放|投毒|失火|破坏|毁|损毁|生产|销售|假冒|侵犯|侵占|信用卡|` +
		`合同|集资|洗钱|帮助信息|帮信|掩饰|隐瞒|窝藏|包庇|伪证|滥伐|盗伐|污染|失踪|走失|死亡|意外|溺水|坠|跳楼|自杀|杀|伤害|殴打|打架|卖淫|嫖|扰乱|电信|网络|入[室户]|扒窃|偷|家暴|债务|纠纷|民间借贷|离婚)`)

	// What stands before the persons of a title in one run of characters: the end of the name of a
	// place, what is done with the case, a word that brings it in.
	beforePersons = regexp.MustCompile(`[县区市镇乡村路街组所]|社区|小区|街道|破获|侦破|告破|侦办|办理|审理|查处|侦结|审结|了结|受理|立案|[年日月]|关于|[在对就由与及和将把把了]`)

	// The last character of a place or thing, which no name of a person ends in.
	placeEnd = "镇乡村县区市路街巷局所店厂站社场司校院团队组户部馆港湾岛城园湖河州寨屯庄堡堂坊房家铺库楼寺庙矿桥井圃墓类型"
)

// caseTitle is a hit for each person whom the title of a case that ends before end names whole:
// 王大锤被诈骗案. In a table the title is all of a cell, and published as such.
func (s *scanner) caseTitle(end int) {
	start := end
	for n := 0; start > 0 && n < longestCase; n++ {
		r, size := utf8.DecodeLastRune(s.text[:start])
		if !unicode.Is(unicode.Han, r) && !strings.ContainsRune("、0123456789*×○〇", r) {
			break
		}
		start -= size
	}
	title := s.text[start:end]
	if s.persons(start, end) {
		return
	}
	for _, m := range beforePersons.FindAllIndex(title, -1) {
		if s.persons(start+m[1], end) {
			return
		}
	}
}

// persons looks for the names with which the title of a case begins, and tells whether it begins
// with any, whole or masked.
func (s *scanner) persons(at, end int) bool {
	severity := problem.Warning
	if inCell := s.beside != ""; inCell {
		severity = problem.Error
	}
	var names []span
	for {
		n, masked := s.person(at, end)
		if n+masked == 0 {
			return false
		}
		if n > 0 {
			names = append(names, span{at, at + n})
		}
		at += n + masked
		rest := s.text[at:end]
		if deed.Match(rest) {
			break
		}
		next := at
		for _, between := range []string{"、", "和", "与", "及"} {
			if bytes.HasPrefix(rest, []byte(between)) {
				next += len(between)
			}
		}
		if next == at {
			return false
		}
		at = next
	}
	for _, name := range names {
		if !slices.ContainsFunc(s.hits, func(h Hit) bool { return h.Start < name.end && name.start < h.End }) {
			s.hit(personName, severity, name.start, name.end, string(s.text[name.start:name.end]))
		}
	}
	return true
}

// person gives the length of the name at the front of what is left of a title, where what goes on
// behind it is another name or what was done; masked is its length where it is masked.
func (s *scanner) person(at, end int) (n, masked int) {
	text := s.text[at:end]
	if _, masked := nameAt(text, false, true); masked > 0 {
		return 0, masked
	}
	size := 0
	for count := 1; count <= 4 && size < len(text); count++ {
		last, width := utf8.DecodeRune(text[size:])
		if size += width; count == 1 || strings.ContainsRune(placeEnd, last) {
			continue
		}
		rest := text[size:]
		if !deed.Match(rest) && !startsWith(rest, "、", "和", "与", "及") {
			continue
		}
		if whole, _ := nameAt(text[:size], false, true); whole > 0 && (whole == size || count == 3) {
			return size, 0
		}
	}
	return 0, 0
}
