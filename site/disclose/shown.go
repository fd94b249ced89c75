package disclose

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// shown tells whether figures that the output folder shows, and that no release
// holds, give away what is hidden now. They can only stop the build: what is
// hidden follows from data/ alone.
func (t *table) shown(group []*bureau.Statistic, b *bureau.Bureau, rules rules) (problems problem.List) {
	if b.Standing == nil || len(b.Standing.Statistics) == 0 {
		return nil
	}
	all := newTable(group, append(slices.Clone(b.Editions()), *b.Standing), rules)
	if all == nil {
		return nil
	}
	recorded := map[int]bool{}
	for i, p := range t.places { // the same places, in the same order
		c := &all.cells[all.places[i].cell]
		c.hidden, c.primary = t.cells[p.cell].hidden, t.cells[p.cell].primary
		recorded[i] = t.cells[p.cell].known
	}
	exposed := all.unsafe()
	told := map[*bureau.Statistic]bool{}
	for i, p := range all.places {
		c := all.cells[p.cell]
		given := c.hidden && c.primary && c.known && !recorded[i]
		if !given && !slices.Contains(exposed, p.cell) || told[p.statistic] {
			continue
		}
		told[p.statistic] = true
		problems = append(problems, unreleased(p))
	}
	if len(exposed) > 0 && len(problems) == 0 { // what follows from a difference, as August
		for _, p := range all.places {
			if slices.ContainsFunc(exposed, func(c int32) bool { return all.neighbours(c, p.cell) }) {
				return problem.List{unreleased(p)}
			}
		}
		problems = append(problems, unreleased(all.places[0]))
	}
	return problems
}

// neighbours tells whether two cells stand in one sum.
func (s *system) neighbours(a, b int32) bool {
	return slices.ContainsFunc(s.cells[a].sums, func(i int32) bool { return slices.Contains(s.cells[b].sums, i) })
}

func unreleased(p place) problem.Problem {
	var list problem.List
	list.Error(p.statistic.Position(p.row, p.field), problem.DisclosureUnreleased,
		problem.Say("输出文件夹里显示着没有发布记录的数值，和现在的一比，就知道某个小的数值", "the output folder shows figures that no release holds; together with those of now they tell a small count"),
		problem.Say("输出文件夹从未公布过的，删去它再生成；公布过的，先把 data 恢复成那时的样子，用 sunshine release 记录下来，再换成现在的数据", "if the output was never published, delete it and build again; if it was, put data back as it was then, record it with sunshine release, and then put the new data in place"))
	return list[0]
}
