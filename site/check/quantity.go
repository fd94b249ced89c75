package check

import (
	"math/big"
	"reflect"
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// quantity is a number that a text writes, by its value: 5万, 50,000 and 50 thousand are one.
type quantity struct {
	value   *big.Rat
	written string
	line    int // of the text, from 0
}

var (
	inDigits     = regexp.MustCompile(`(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万亿|[百千万亿]+|thousand|million|billion)?`)
	inName       = regexp.MustCompile(`[A-Za-z]-?$`) // before a number that is part of a name: SHA-256, A4
	numeralRuns  = regexp.MustCompile(`[〇零一二两三四五六七八九十百千]+[万亿]?`)
	yearNumerals = regexp.MustCompile(`^[〇零一二三四五六七八九]{2,}$`)
	scales       = map[string]int64{"百": 100, "千": 1000, "万": 1e4, "亿": 1e8, "thousand": 1e3, "million": 1e6, "billion": 1e9}
)

// quantities are the numbers that stand in a text in digits, and, where worded says so, in
// characters as well.
func quantities(text string, worded bool) (all []quantity) {
	folded := foldDigits(text)
	line, counted := 0, 0
	lineOf := func(at int) int { // at goes forward
		line, counted = line+strings.Count(folded[counted:at], "\n"), at
		return line
	}
	for _, m := range inDigits.FindAllStringSubmatchIndex(folded, -1) {
		if inName.MatchString(folded[max(0, m[0]-2):m[0]]) {
			continue
		}
		value, ok := new(big.Rat).SetString(strings.NewReplacer(",", "", "，", "").Replace(folded[m[2]:m[3]]))
		if !ok {
			continue
		}
		q := quantity{value, strings.TrimSpace(folded[m[0]:m[1]]), lineOf(m[0])}
		if m[4] >= 0 {
			by, ok := scales[folded[m[4]:m[5]]]
			if !ok { // 百万, 万亿
				by = 1
				for _, r := range folded[m[4]:m[5]] {
					by *= scales[string(r)]
				}
			}
			q.value = new(big.Rat).Mul(value, big.NewRat(by, 1))
		}
		all = append(all, q)
	}
	if !worded {
		return all
	}
	for unit, by := range scales { // 每万人
		if strings.Contains(folded, unit) {
			all = append(all, quantity{big.NewRat(by, 1), unit, 0})
		}
	}
	line, counted = 0, 0
	for _, m := range numeralRuns.FindAllStringIndex(folded, -1) {
		word := folded[m[0]:m[1]]
		if yearNumerals.MatchString(word) { // 二〇二四
			word = digitOf.Replace(word)
		}
		if value := numeral(word); value != nil {
			all = append(all, quantity{value, word, lineOf(m[0])})
		}
	}
	return all
}

// foldDigits writes full-width digits as others.
func foldDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
}

// numberSet are the values of quantities.
type numberSet map[string]bool

func numbersIn(all []quantity) numberSet {
	v := numberSet{}
	for _, q := range all {
		v[q.value.RatString()] = true
	}
	return v
}

func (v numberSet) has(value *big.Rat) bool { return v[value.RatString()] }

// stated tells whether a number of a translation is one of its text. An hour after noon may
// be told from one to twelve.
func stated(q quantity, text numberSet) bool {
	return text.has(q.value) || q.value.IsInt() && q.value.Cmp(big.NewRat(12, 1)) <= 0 && text.has(new(big.Rat).Add(q.value, big.NewRat(12, 1)))
}

var notSaid = regexp.MustCompile("(?s)```.*?(?:```|\\z)|~~~.*?(?:~~~+|\\z)|\\{\\{.*?\\}\\}|\\]\\([^)]*\\)|https?://\\S+|<!--.*?-->")

// silent blanks what is not said by a text: code, quoted figures, addresses.
func silent(text []byte) string {
	return string(notSaid.ReplaceAllFunc(text, func(found []byte) []byte {
		return regexp.MustCompile(`[^\n]`).ReplaceAll(found, []byte(" "))
	}))
}

// versionNumbers holds the numbers of guides, notices, policies and pages in a further language against the
// document in the main one: each large number and each fraction stands in that, too.
func versionNumbers(b *bureau.Bureau, language *locale.Language) problem.List {
	type document struct {
		value reflect.Value
		body  bureau.Body
		file  string
	}
	main, own := map[string]document{}, map[string]document{}
	add := func(page, in string, value any, body bureau.Body, file string) {
		d := document{reflect.ValueOf(value), body, file}
		switch in {
		case b.Site.MainLanguage():
			main[page] = d
		case language.Name:
			own[page] = d
		}
	}
	for _, g := range b.Guides {
		add(g.Page(), g.Language, g, g.Body, g.File)
	}
	for _, n := range b.Notices {
		add(n.Page(), n.Language, n, n.Body, n.File)
	}
	for _, p := range b.Policies {
		add(p.Page(), p.Language, p, p.Body, p.File)
	}
	for _, p := range b.Pages {
		add(p.Page(), p.Language, p, p.Body, p.File)
	}
	var problems problem.List
	for page, d := range own {
		original, there := main[page]
		if !there {
			continue
		}
		known := quantities(silent(original.body.Text), true)
		strs(original.value, func(t bureau.String) { known = append(known, quantities(silent([]byte(t.V)), true)...) })
		inMain := numbersIn(known)
		hold := func(text string, at func(int) problem.Position) {
			for _, q := range quantities(text, false) {
				if stated(q, inMain) || q.value.IsInt() && q.value.Cmp(big.NewRat(100, 1)) < 0 {
					continue
				}
				where := at(q.line)
				problems.Warn(where, problem.TranslationNumbers,
					problem.Say("这里的%[1]s，%[2]s 里没有", "%[1]s stands here and not in %[2]s", problem.Quote(q.written), original.file),
					problem.Text{ZH: "对照原文改正；原文也该有的，写进原文；确实应当这样写的，" + problem.Except(problem.TranslationNumbers, d.file).ZH,
						EN: "correct it by the original, or write it there, too; where it is right, " + problem.Except(problem.TranslationNumbers, d.file).EN})
			}
		}
		text := silent(d.body.Text)
		hold(text, func(line int) problem.Position { return problem.Position{File: d.file, Line: d.body.Line + line} })
		strs(d.value, func(t bureau.String) {
			if t.At.File == d.file {
				hold(silent([]byte(t.V)), func(int) problem.Position { return t.At })
			}
		})
	}
	problems.Sort()
	return problems
}
