package attack

import (
	"regexp"
	"slices"
	"strings"
)

var (
	cumulative = regexp.MustCompile(`累计|年初至今|年初以来|年初至本月|今年以来|1[-—–~至到][n本当]月|^ytd$|yeartodate|cumulative`)
	window     = regexp.MustCompile(`[近前去]([两二三四五六七八九十]|十二|\d{1,2})个?[月年季期]`)
	mean       = regexp.MustCompile(`平均|均值|均数|average|mean`)
	meanRow    = regexp.MustCompile(`^(平均|平均数|平均值|均值|[所队人局县区]均|average|mean)$`)
	coreHead   = regexp.MustCompile(`^(道路交通事故|交通事故|事故|当月|本月|本期|总)`)
	coreTail   = regexp.MustCompile(`(总人数|人员数|总数|人数|人员|数|人)$`)
	outline    = regexp.MustCompile(`^(?:([一二三四五六七八九十]+)[、.]|\(([一二三四五六七八九十]+)\)|(\d+)[、.](?:[^\d]|$)|\((\d+)\))`)
	baseYear   = regexp.MustCompile(`(?:以|比|按|相当于)?((?:19|20)\d\d)年(?:为100|=100|$)`)
	male       = regexp.MustCompile(`^(男|男性|male|men)$`)
	female     = regexp.MustCompile(`^(女|女性|female|women)$`)
)

// couples are two words that together make a third, or all.
var couples = [][3]string{{"男", "女", ""}, {"男性", "女性", ""}, {"成年", "未成年", ""}, {"成年人", "未成年人", ""}, {"死亡", "受伤", "伤亡"}, {"死亡", "受伤", "死伤"}}

// core is what a column counts, without what different tables add to its name:
// 死亡人数, 死亡总数, 总死亡 and 事故死亡 are all 死亡.
func core(base string) string {
	s := cumulative.ReplaceAllString(fold(base), "")
	for again := true; again; {
		again = false
		for _, cut := range []*regexp.Regexp{coreHead, coreTail} {
			if shorter := cut.ReplaceAllString(s, ""); shorter != s && shorter != "" {
				s, again = shorter, true
			}
		}
	}
	return s
}

// item is the words of an outline's row without its number and its last words, and
// how deep it stands: 0 where it has no number.
func item(word string) (text string, depth int) {
	if m := outline.FindStringSubmatchIndex(word); m != nil {
		for n := 1; n <= 4; n++ {
			if m[2*n] >= 0 {
				depth = n
			}
		}
		word = strings.TrimLeft(word[m[2*depth+1]:], "、.)")
	}
	return core(strings.TrimPrefix(word, "#")), depth
}

// months is how many periods a moving sum takes, 0 where the name says nothing.
func months(name string) int {
	m := window.FindStringSubmatch(fold(name))
	if m == nil {
		return 0
	}
	digits := []string{"", "", "两", "三", "四", "五", "六", "七", "八", "九", "十"}
	switch n := slices.Index(digits, m[1]); {
	case n > 1:
		return n
	case m[1] == "二":
		return 2
	case m[1] == "十二":
		return 12
	}
	n := 0
	for _, r := range m[1] {
		if r < '0' || r > '9' {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}
