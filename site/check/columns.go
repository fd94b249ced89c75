package check

import (
	"regexp"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// This file looks for counts of persons that stand in the words of a column, where
// disclosure control does not see them: 死亡3人受伤5人.

var (
	// a few persons, and what became of them; the number is the first group
	harmed = regexp.MustCompile(`(?:死亡?|身亡|遇难|受?伤|轻伤|重伤|失踪|拘留|逮捕|被拘|被捕|未成年人?|[男女]性?)(?:了|者|为|:)?\s*([1-9]|[一二两三四五六七八九])\s*(?:[人名个]|$|[,;。、)男女死伤])`)
	counts = regexp.MustCompile(`([1-9]|[一二两三四五六七八九])(?:人|名)?(?:死|亡|重伤|轻伤|受伤|失踪|被拘|被捕|未成年|[男女](?:$|性|[,;。、\d]))`)
	// under such a header two numbers are counts of persons
	harmHead = regexp.MustCompile(`^[死伤亡失踪受轻重/、和及]{2,}(?:人数|情况|\(人\))?$`)
	pair     = regexp.MustCompile(`^(\d+)\s*[/、\-]\s*(\d+)$`)
)

// columns warns, once a column, of words that count a few persons.
func (q *quoted) columns(b *bureau.Bureau) {
	told := map[problem.Position]bool{}
	for _, p := range q.problems {
		told[p.Position] = true
	}
	limit := b.Site.Disclosure.Threshold.V // 0 and 1 hide none
	for _, s := range b.Statistics {
		if s.Disclosure.Method == "none" {
			continue // staff decided that small counts are published
		}
		for f, field := range s.Fields {
			if field.Role != bureau.RoleNote && field.Role != bureau.RoleCategory {
				continue
			}
			head, _ := plainOf(field.Name)
			known := map[string]bool{"": false} // texts that count few
			for row := range s.Rows {
				text := s.Cell(row, f).Text
				counts, seen := known[text]
				if !seen {
					counts = few(head, text, float64(limit))
					known[text] = counts
				}
				if counts && !told[s.Position(row, f)] {
					q.problems.Warn(s.Position(row, f), problem.DisclosureQuoted,
						problem.Say("“%s”一列用文字写了很少的人数，这样的数值照印出来，不受保护", `the column "%s" tells small numbers of persons in words, which are printed as they stand, unprotected`, problem.Quote(field.Label())),
						problem.Say("人数另设一列，只填数字，例如“死亡（人）”；不需要公布的，删去", "put the numbers into columns of their own, numbers alone, such as 死亡（人）, or leave them out"))
					break
				}
			}
		}
	}
}

// few tells whether a cell counts fewer persons than the limit.
func few(head, text string, limit float64) bool {
	plain, _ := plainOf(text)
	if harmHead.MatchString(head) {
		for _, text := range pair.FindStringSubmatch(plain) {
			if n, err := strconv.Atoi(text); err == nil && n > 0 && float64(n) < limit {
				return true
			}
		}
	}
	for _, pattern := range []*regexp.Regexp{harmed, counts} {
		for _, m := range pattern.FindAllStringSubmatchIndex(plain, -1) {
			n := numbersOf(plain, span{m[2], m[3]})
			before, after := plain[max(0, m[2]-window):m[2]], strings.TrimLeft(strings.TrimLeft(plain[m[3]:], " "), "人名个")
			digit := len(before) > 0 && strings.IndexByte("0123456789.", before[len(before)-1]) >= 0
			if len(n) == 1 && n[0].value < limit && !digit && !bounds.MatchString(before) && !limits.MatchString(after) && !others.MatchString(after) {
				return true
			}
		}
	}
	return false
}
