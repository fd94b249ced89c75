package sheet

import (
	"cmp"
	"slices"

	"sunshine/site/problem"
)

// Letter is a question that somebody put to the bureau, as it is published or was.
type Letter struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Kind    string `json:"kind"` // LetterNew, LetterGone or LetterChanged
	Words   string `json:"-"`    // all that is published of it
	Omitted bool   `json:"title_omitted,omitempty"`
}

// The kinds of change.
const (
	LetterNew     = "new"
	LetterGone    = "withdrawn"
	LetterChanged = "changed"
)

// Letters are those of which the words are published, are so no more, or are others.
func Letters(before, now []Letter) []Letter {
	was := map[string]Letter{}
	for _, l := range before {
		was[l.ID] = l
	}
	all := []Letter{}
	for _, l := range now {
		old, there := was[l.ID]
		delete(was, l.ID)
		switch {
		case !there:
			l.Kind = LetterNew
		case old.Words != l.Words:
			l.Kind = LetterChanged
		default:
			continue
		}
		all = append(all, l)
	}
	for _, l := range was {
		l.Kind = LetterGone
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b Letter) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return all
}

// letters gives a line to each.
func (w *writer) letters() (lines []string) {
	for _, l := range w.Letters {
		title := w.say("“%s”", `"%s"`, problem.Quote(l.Title))
		if l.Omitted {
			title = w.say("标题像是含有个人信息，这里不写", "a title that may hold personal data and is not told here")
		}
		what := map[string]string{
			LetterNew:     w.say("新公开", "published now"),
			LetterGone:    w.say("不再公开", "published no more"),
			LetterChanged: w.say("文字有变化", "other words"),
		}[l.Kind]
		lines = append(lines, problem.Visible(l.ID)+w.colon()+what+w.say("，", ", ")+title)
	}
	return lines
}
