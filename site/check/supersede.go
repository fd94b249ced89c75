package check

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Supersedes holds what guides say they replace against the guides that there
// are: a file must be that of another guide, and that one no longer be in force.
func Supersedes(guides []*bureau.Guide) problem.List {
	var problems problem.List
	var files map[string]*bureau.Guide
	for _, g := range guides {
		for _, name := range g.Supersedes {
			if !strings.HasSuffix(name.V, ".md") {
				continue // the name of a matter, which need not have a page
			}
			if files == nil {
				files = make(map[string]*bureau.Guide, len(guides))
				for _, g := range guides {
					files[g.File] = g
				}
			}
			old := files[name.V]
			switch {
			case old == nil:
				var names []string
				for _, g := range guides {
					names = append(names, g.File)
				}
				problems.Error(name.At, problem.GuideSupersedes,
					problem.Say("没有名为“%s”的指南", "there is no guide \"%s\"", problem.Quote(name.V)),
					problem.Meant(name.V, names, problem.Say("写从根目录起的文件名，例如 data/guides/hukou/old.md；旧指南没有文件的，写它的事项名称", "write the file from the bureau's folder, such as data/guides/hukou/old.md, or the matter's name where it has no file")))
			case old == g:
				problems.Error(name.At, problem.GuideSupersedes,
					problem.Say("指南不能取代自己", "a guide cannot replace itself"),
					problem.Say("删去这一项", "remove this entry"))
			case old.InForce() && g.InForce():
				problems.Warn(name.At, problem.GuideSupersedes,
					problem.Say("“%s”已被取代，状态却还是有效", "\"%s\" is replaced, but still in force", problem.Quote(old.Title.V)),
					problem.Say("在 %s 里写“status: repealed”（已取消）", "write status: repealed in %s", old.File))
			}
		}
	}
	return problems
}
