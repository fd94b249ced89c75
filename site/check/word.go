package check

import (
	"context"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// WrongWords warns of each word that must not be wrong, in whatever is published, at its
// place: those of bureau.WrongWords, and what site.yaml adds to them.
func WrongWords(b *bureau.Bureau) problem.List {
	words, problems := wrongWords(b)
	return append(problems, find(context.Background(), b, 1, words)[0]...)
}

// wrongWords gives what finds the words, and what is wrong with those that site.yaml adds.
func wrongWords(b *bureau.Bureau) (finder, problem.List) {
	var problems problem.List
	words := bureau.WrongWords
	own := map[problem.Position]bool{} // site.yaml names them itself
	for _, w := range b.Site.Rules.Words {
		if w.Wrong.V == "" || w.Right.V == "" || strings.Contains(w.Right.V, w.Wrong.V) {
			problems.Error(w.At, problem.WordsWrong, problem.Say("错词缺少一半，或者对的里面就有错的", "a word lacks its other half, or the right one holds the wrong one"),
				problem.Say("写成 {wrong: 写错的样子, right: 应当写成的}，对的里面不能又有错的", "write {wrong: the wrong word, right: the right one}; the right one must not hold the wrong one"))
			continue
		}
		words = append(words[:len(words):len(words)], [2]string{w.Wrong.V, w.Right.V})
		own[w.Wrong.At] = true
	}
	var chinese, other []string
	for _, w := range words {
		if w[0][0] >= utf8.RuneSelf {
			chinese = append(chinese, w[0])
		} else {
			other = append(other, w[0])
		}
	}
	set := newWordSet(chinese...)
	return func(found *problem.List) visitor {
		return visitor{func(text string) bool { return set.in(text) || holdsOne(text, other) != "" }, func(p passage) {
			for _, w := range words {
				for from := 0; ; {
					i := strings.Index(p.text[from:], w[0])
					if i < 0 || own[p.place(0)] {
						break
					}
					found.Warn(p.place(from+i), problem.WordsWrong, problem.Say("“%s”写错了", "\"%s\" is wrong", w[0]), problem.Say("改为“%s”", "write \"%s\"", w[1]))
					found.Cure(w[0], w[1])
					from += i + len(w[0])
				}
			}
		}}
	}, problems
}
