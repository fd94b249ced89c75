package privacy

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/problem"
)

// penaltyRoles are the words before the person whom a penalty is about.
var penaltyRoles = []string{"被处罚人", "违法行为人", "违法嫌疑人", "被拘留人", "行为人", "当事人", "姓名"}

// longestDecision is how many bytes behind the title of a decision the person is
// looked for, and longestTitle those of the title itself.
const (
	longestDecision = 1500
	longestTitle    = 120
)

// decision is a hit where the text up to end is the title of the decision of a
// penalty, alone in its line, and an individual stands behind it, masked or not:
// decisions under the Public Security Administration Punishments Law are not
// published about persons.
func (s *scanner) decision(end int) {
	head := s.text[max(0, end-longestTitle):end]
	if !endsWith(head, "处罚决定书", "行政拘留决定书", "强制隔离戒毒决定书", "收容教育决定书") {
		return
	}
	for _, stop := range []string{"\n", ">", "。", "，", "；", "|", "、"} {
		if i := bytes.LastIndex(head, []byte(stop)); i >= 0 {
			head = head[i+len(stop):]
		}
	}
	head = bytes.TrimLeft(head, "#*_ \t\r　【[《\"'")
	for _, key := range []string{"title:", "标题：", "标题:", "标题: "} {
		head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(key)), " \"'")
	}
	rest := s.text[end:min(len(s.text), end+longestDecision)]
	line := rest
	if i := bytes.IndexAny(line, "\n<|"); i >= 0 {
		line = line[:i]
	}
	named := nameBefore(head)
	switch line := bytes.Trim(line, " #*_\t\r　】]》\"'，,：:。"); {
	case len(line) == 0, startsWith(line, "（", "(", "[", "〔"), slices.ContainsFunc(penaltyRoles, func(role string) bool { return bytes.HasPrefix(line, []byte(role)) }):
	case named && startsWith(line, "."):
	default:
		return
	}
	if !named && !slices.ContainsFunc(penaltyRoles, func(role string) bool { return individual(rest, role) }) {
		return
	}
	s.hit(penalty, problem.Error, end-len("决定书"), end, "决定书")
}

// numberedDecision is such a hit where the text up to end is the number of a decision,
// alone in its line: 示公行罚决字〔2026〕1号.
func (s *scanner) numberedDecision(end int) {
	head := s.text[max(0, end-longestTitle):end]
	if !endsWith(head, "罚决字", "行拘字", "行罚字", "拘决字") {
		return
	}
	if i := bytes.LastIndexAny(head, "\n>"); i >= 0 {
		head = head[i+1:]
	}
	rest := s.text[end:min(len(s.text), end+longestDecision)]
	number, text, _ := bytes.Cut(rest, []byte("号"))
	behind := bytes.TrimLeft(text, " \t\r)）*_")
	if bytes.ContainsAny(head, "，。；、：《") || len(number) > 30 || len(behind) == 0 || behind[0] != '\n' && behind[0] != '<' {
		return
	}
	if individual(text, "对") || slices.ContainsFunc(penaltyRoles, func(role string) bool { return individual(text, role) }) {
		s.hit(penalty, problem.Error, end-len("决字"), end, "决字")
	}
}

// nameBefore tells whether the title of a decision begins with the person whom it
// is about: 张某行政处罚决定书, 关于对张三的处罚决定书.
func nameBefore(title []byte) bool {
	for _, word := range []string{"关于", "对", "给予"} {
		title = bytes.TrimPrefix(title, []byte(word))
	}
	n, masked := nameAt(title, false, true)
	return startsWith(title[max(n, masked):], "行政处罚", "治安管理处罚", "治安处罚", "行政拘留", "处罚决定", "的行政", "的处罚", "的治安") && n+masked > 0
}

// punished is a hit where a cell under the name of such a person is a person's name.
func (s *scanner) punished() {
	header, _, _ := cutUnit(strings.TrimSpace(s.beside))
	if !slices.ContainsFunc([]string{"被处罚人", "被处罚人姓名", "被拘留人", "被拘留人姓名", "违法行为人", "违法行为人姓名", "违法嫌疑人", "被处罚对象"}, func(h string) bool { return header == h }) {
		return
	}
	text := bytes.TrimSpace(s.text)
	if n, masked := nameAt(text, false, false); n+masked > 0 && n+masked == len(text) {
		s.hit(penalty, problem.Error, 0, len(s.text), string(text))
	}
}

// individual tells whether a role is followed by the name of a person, whole or
// masked.
func individual(text []byte, role string) bool {
	for {
		_, rest, found := bytes.Cut(text, []byte(role))
		if !found {
			return false
		}
		text = rest
		for _, between := range []string{"**", "（被处罚人）", "(被处罚人)", "）", ")", "（", "(", "姓名", "：", ":", "**", " ", "|", "\t", "\n"} {
			rest = bytes.TrimLeft(bytes.TrimPrefix(rest, []byte(between)), " ")
		}
		first, size := utf8.DecodeRune(rest)
		second, _ := utf8.DecodeRune(rest[size:])
		if n, _ := nameAt(rest, false, true); n > 0 || strings.ContainsRune(surnames, first) && strings.ContainsRune("某*×＊xX", second) {
			return true
		}
	}
}

// penalties refuses notices of a penalty, by their kind or title, that are about an
// individual, and are not among the problems yet.
func (g *Guard) penalties(known problem.List) problem.List {
	var problems problem.List
	for _, n := range g.bureau.Notices {
		if !strings.Contains(n.Kind.V, "处罚") && !strings.Contains(n.Kind.V, "拘留") && !strings.Contains(n.Title.V, "治安管理处罚决定书") && !strings.Contains(n.Title.V, "行政处罚决定书") ||
			slices.ContainsFunc(known, func(p problem.Problem) bool { return p.Rule == penalty && p.File == n.File }) {
			continue
		}
		text, _ := normalize(slices.Concat([]byte(n.Title.V+"\n"+n.Summary.V+"\n"), n.Body.Text), false)
		for _, role := range penaltyRoles {
			if !individual(text, role) {
				continue
			}
			problems.Error(cmp.Or(n.Kind.At, n.At), penalty,
				problem.Say("这是对个人的处罚文书，不能公布：“%s”后面写有人名", "this is the decision of a penalty on an individual, which is not published: a name stands after \"%s\"", role),
				problem.Say("撤下这份公告；对单位的处罚可以公布，写单位名称", "withdraw the notice; penalties on organisations may be published under the organisation's name"))
			break
		}
	}
	return problems
}
