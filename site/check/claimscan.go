package check

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// This file passes over the texts that claim nothing, in one cheap scan of each.

// claimWords are those that a text has to hold to assert something: cheap to look for,
// and more than are meant. In English they begin a word.
var claimWords = newWordSet(strings.Fields(`上升 下降 增加 增长 提高 提升 增强 上涨 攀升 走高 升高 上扬 增多 攀高 激增 猛增 剧增 回升 递增 飙升 抬升 上行 变多 延长 加大 加快
	减少 降低 减弱 下滑 回落 走低 下跌 递减 锐减 骤减 缩减 减退 骤降 锐降 下行 压降 走弱 变少 缩短 压缩 跃升 大增 陡增 大降 有升 有降 双升 双降 升幅 增幅 涨幅 降幅 跌幅
	升至 升到 升为 增至 增到 增为 涨至 涨到 降至 降到 降为 减至 减到 减为 跌至 升了 降了 增了 减了 降转升 升转降 减转增 增转减 同比 环比
	比 高于 低于 多于 少于 超过 不及 不如 大于 小于 多了 少了 高了 低了 去年多 去年少 同期多 同期少 同月多 同月少 上年多 上年少
	持平 不相上下 基本稳定 保持稳定 保持平稳 新高 新低 纪录 记录 历史 历年 最高 最低 最多 最少 最好 最大 最小 最佳 之首 居首 首位 垫底 末位 倒数 第一
	翻番 翻一番 翻两番 翻三番 翻了 翻倍 腰斩 减半 一半 倍 一成 二成 两成 三成 四成 五成 六成 七成 八成 九成 分之 过半 超半 半数 大半 全部 件件 每 无一 没有一
	峰值 顶峰 高出 多出 全破 必破
	居全 列全 排名 名列 全省 全国 全市第 前列 前茅 领先 成效 效果 成绩 成果 战果 实效 业绩 显著 好转 改善 向好 长足 再上 再攀 完成 达成 目标 任务 指标 计划
	rose ris increas grew grow climb surg soar jump went improv strength up more upward fell fall decreas declin drop reduc shr plung plummet eas slump weak down lower fewer less higher
	record all-time historic new highest lowest most fewest best largest greatest smallest least doubl twice tripl trebl three quadrupl four halv half by half cut third quarter fifth one two out a majority all
	rank first top lead nation among remarkabl outstanding excellent notabl great significan impressive exceed surpass overfulfil beat met target goal quota task plan unchanged flat stable same no`)...)

// countUnits begin what a number may count; countingDigits looks for a number with one.
const countUnits = "件起宗例人名位元户家份分次万亿千%个"

// wordSet finds whether a text holds one of many words in one pass.
type wordSet struct {
	first [1 << 16]bool
	words map[rune][]string
}

func newWordSet(words ...string) *wordSet {
	w := &wordSet{words: map[rune][]string{}}
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		if r < 1<<16 {
			w.first[r] = true
			w.words[r] = append(w.words[r], word)
		}
	}
	return w
}

func (w *wordSet) in(text string) bool {
	letter := false // what stands before is a letter
	for i, r := range text {
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			begins := !letter
			if letter = 'a' <= r && r <= 'z'; !letter || !begins {
				continue
			}
		} else {
			letter = false
		}
		if r >= 1<<16 || !w.first[r] {
			continue
		}
		for _, word := range w.words[r] {
			if len(text)-i >= len(word) && (text[i:i+len(word)] == word || r < utf8.RuneSelf && strings.EqualFold(text[i:i+len(word)], word)) {
				return true
			}
		}
	}
	return false
}

// countsSomething tells whether a text holds a number with what it may count.
func countsSomething(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		from := i
		for i < len(text) && ('0' <= text[i] && text[i] <= '9' || text[i] == '.' || text[i] == ',' || text[i] == ' ') {
			i++
		}
		if i == len(text) {
			return strings.HasSuffix(text[:from], ": ") // cases filed in July: 161
		}
		r, _ := utf8.DecodeRuneInString(text[i:])
		if r == '余' || r == '多' || strings.ContainsRune(countUnits, r) || r == '％' || 'a' <= r && r <= 'z' {
			return true
		}
	}
	return strings.Contains(text, "百分百") || strings.Contains(text, "百分之百")
}

// otherwise are the characters of numbers that are in no plain digits.
var otherwise = newWordSet(strings.Split("十百千０１２３４５６７８９", "")...)

// sharesOf are how a share of what is counted begins.
var sharesOf = []string{"%的", "％的", "%以上的", "％以上的", "% of ", "percent of ", "per cent of "}

// worth tells whether a text may claim something.
func (t *claims) worth(text string) bool {
	if len(text) < len("翻番了") {
		return false
	}
	return claimWords.in(text) || (countsSomething(text) || otherwise.in(text)) && (t.spoken.in(text) || strings.Contains(text, "率") || strings.Contains(text, "rate") || holdsOne(text, sharesOf) != "") || strings.Contains(text, "|") && t.headed.in(text)
}

// namesOfMeasures gives the beginnings of names and the words by which measures are
// named in prose.
func (t *claims) namesOfMeasures() {
	var words []string
	var content uint64
	for _, m := range t.measures {
		content |= m.content
		for _, name := range m.names {
			runes := []rune(name)
			for i := 0; i+2 < len(runes) && han.MatchString(name); i++ {
				words = append(words, string(runes[i:i+3]))
			}
			if len(runes) < 3 || !han.MatchString(name) {
				words = append(words, name)
			}
		}
	}
	t.headed = newWordSet(words...)
	for i, l := range lexemes {
		if content&(1<<i) != 0 {
			words = append(words, literals(l.find.String())...)
		}
	}
	slices.Sort(words)
	t.spoken = newWordSet(slices.Compact(words)...)
}

// literals gives what the words of a lexeme begin with.
func literals(pattern string) []string {
	var all []string
	for _, word := range strings.Split(pattern, "|") {
		word = strings.TrimPrefix(word, `\b`)
		word = strings.TrimLeft(word, "(?:^[未])")
		if end := strings.IndexAny(word, `\(?[ `); end >= 0 {
			optional := word[end] == '?'
			word = word[:end]
			if optional && word != "" {
				word = word[:len(word)-1]
			}
		}
		if word != "" {
			all = append(all, word)
		}
	}
	return all
}
