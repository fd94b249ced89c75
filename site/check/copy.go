package check

import (
	"path"
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// copied are the marks that a system or a program puts to the name of a copy: Windows,
// macOS, browsers, WPS, and OneDrive, which adds the name of the machine.
var copied = regexp.MustCompile(`(?i)^(?:副本|复件)[ _-]*|[ _-]*(?:[（(]\d{1,3}[）)]|的?副本 ?\d*|- copy| copy ?\d*|[（(][^（()）]*(?:conflict|冲突)[^（()）]*[）)]|` +
	`\.sync-conflict-[\w-]+|-(?:desktop|laptop|win)-[a-z0-9]{6,}|-\w+-pc|-[^-]*(?:macbook|thinkpad|matebook|电脑|笔记本)[^-]*)$`)

// ending is the extension of a file, with the language that it may be in.
var ending = regexp.MustCompile(`(?:\.[a-z]{2,3})?\.\w+$`)

// Copies refuses two files in one folder of which one looks like a copy of the other,
// or both like copies of a third: nobody can tell which of them holds.
func Copies(inputs []bureau.Input) problem.List {
	var problems problem.List
	first := make(map[string]string, len(inputs)) // the file that stands for a name without marks
	marked := func(file string) (bare string, is bool) {
		ext := ending.FindString(path.Base(file))
		stem := strings.TrimSuffix(path.Base(file), ext)
		bare = stem
		for {
			next := copied.ReplaceAllString(bare, "")
			if next == bare || next == "" {
				break
			}
			bare = next
		}
		return path.Dir(file) + "/" + strings.ToLower(text.NarrowAll(bare)+ext), bare != stem
	}
	type suspect struct{ file, bare string }
	var copies []suspect
	for _, in := range inputs {
		if bare, is := marked(in.Path); is {
			copies = append(copies, suspect{in.Path, bare})
		} else {
			first[bare] = in.Path
		}
	}
	for _, c := range copies {
		of, there := first[c.bare]
		if !there {
			first[c.bare] = c.file
			continue
		}
		problems.Error(problem.Position{File: c.file}, problem.FilesCopy,
			problem.Say("看起来是 %s 的副本，两份不能都公布", "looks like a copy of %s; the two cannot both be published", problem.Quote(of)),
			problem.Say("核对哪一份是对的，只留这一份；确实是另一项内容的，换一个名称", "see which of them is right and keep that one; give it another name if it is something else"))
	}
	return problems
}
