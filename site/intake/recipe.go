package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Recipe is a reading that was confirmed, as data/imports/<name>.yaml keeps it.
func (r *Reading) Recipe() []byte {
	var b strings.Builder
	switch r.Becomes {
	case bureau.RecipeLedger:
		b.WriteString("# 这份表怎样读成台账，由 sunshine import 写下，以后每期照此读入。\n")
	case bureau.RecipeRegister:
		b.WriteString("# 这份表怎样读成清单，由 sunshine import 写下，以后每期照此读入。\n")
		b.WriteString("# 各列的含义（角色、类型）写在 " + bureau.RegisterDescriptorKind.File(r.Name) + "。\n")
	default:
		b.WriteString("# 这份报表怎样读成统计，由 sunshine import 写下，以后每期照此读入。\n")
		b.WriteString("# 各列的含义（角色、单位、计数对象）写在 " + bureau.StatisticDescriptorKind.File(r.Name) + "。\n")
	}
	fmt.Fprintf(&b, "kind: %s\n", r.Becomes)
	if r.Titled {
		fmt.Fprintf(&b, "title: %s\n", strconv.Quote(r.Title))
	}
	b.WriteString("header:\n")
	for _, word := range r.Layout {
		fmt.Fprintf(&b, "  - %s\n", strconv.Quote(word))
	}
	if r.BySheet {
		b.WriteString("by_sheet: true\n")
	}
	if r.ByItem {
		b.WriteString("by_item: true\n")
	}
	b.WriteString("columns:\n")
	var columns []string
	if r.Known != nil { // a column may have nothing this time
		for _, c := range r.Known.Columns {
			columns = append(columns, c.V)
		}
		columns = r.after(columns)
	} else {
		for _, f := range r.Fields {
			columns = append(columns, f.Name)
		}
	}
	for _, name := range columns {
		fmt.Fprintf(&b, "  - %s\n", strconv.Quote(name))
	}
	if len(r.sayings) > 0 {
		b.WriteString("# 第一次读的时候，有人说明过的列。\nsaid:\n")
	}
	for _, s := range r.sayings {
		fmt.Fprintf(&b, "  - {header: %s", strconv.Quote(s.header))
		for _, part := range []struct{ key, text string }{{"name", s.Name}, {"role", string(s.Role)}, {"unit", s.Unit}} {
			if part.text != "" {
				fmt.Fprintf(&b, ", %s: %s", part.key, strconv.Quote(part.text))
			}
		}
		b.WriteString("}\n")
	}
	return []byte(b.String())
}

// header gives the words of a recipe.
func header(recipe bureau.Recipe) (words []string) {
	for _, w := range recipe.Header {
		words = append(words, w.V)
	}
	return words
}

// ofMatter tells whether a word of a layout is a column of ledgers: these are known by their
// names, wherever they stand, and one may come or go.
func ofMatter(word string) bool {
	name, _ := column{words: strings.Split(word, " / ")}.matterColumn()
	return name != ""
}

// fits tells whether a table has the layout of a recipe, and whether it has its title.
func (g *group) fits(recipe bureau.Recipe) (layout, title bool) {
	first := g.tables[0]
	words, was := first.layout(), header(recipe)
	if first.becomes == bureau.RecipeLedger && recipe.Becomes() == bureau.RecipeLedger {
		words, was = slices.DeleteFunc(words, ofMatter), slices.DeleteFunc(was, ofMatter)
	}
	return slices.Equal(words, was), g.title == recipe.Title.V || first.titled(recipe)
}

// recipe finds the recipe that a table is read by: the one that the command names, or
// else the one with its layout and its title. What is nearly so is asked about.
func (g *group) recipe(o Options, n int) (found *bureau.Recipe, questions []Question) {
	first := g.tables[0]
	at := Place{File: first.file, Sheet: first.Name, Cell: first.place(first.head[0], first.columns[0].index).Cell}
	named := o.named(n)
	if i := slices.IndexFunc(o.Recipes, func(r bureau.Recipe) bool { return r.Name == named }); named != "" && i >= 0 {
		r := o.Recipes[i]
		if layout, _ := g.fits(r); !layout && !(o.Answers.Gained && g.gained(r)) {
			return &r, []Question{g.changed(r)}
		}
		return &r, nil
	}
	if named != "" {
		return nil, nil // a new one, of that name
	}
	var fit, sameHeader, sameTitle []bureau.Recipe
	for _, r := range o.Recipes {
		layout, title := g.fits(r)
		switch {
		case layout && title:
			fit = append(fit, r)
		case layout:
			sameHeader = append(sameHeader, r)
		case title && g.title != "":
			sameTitle = append(sameTitle, r)
		}
	}
	if slices.ContainsFunc(fit, func(r bureau.Recipe) bool { return r.Title.V == g.title }) { // a title in full goes before one without the sheet's name
		fit = slices.DeleteFunc(fit, func(r bureau.Recipe) bool { return r.Title.V != g.title })
	}
	ask := func(message, hint problem.Text) []Question {
		return []Question{{At: at, Rule: problem.ImportRecipe, Message: message, Hint: hint}}
	}
	switch {
	case len(fit) == 1:
		return &fit[0], nil
	case len(fit) > 1:
		return nil, ask(problem.Say("有%d种读法合这份表：%s", "%d recipes fit the table: %s", len(fit), names(fit)),
			problem.Say("写明照哪一种读：--recipe %s；不用的删去 data/imports/ 里的那一个", "say which one: --recipe %s; delete the other one in data/imports/ if it is not needed", fit[0].Name))
	case len(sameHeader) > 0:
		return nil, ask(problem.Say("表头和“%s”的一样，标题不一样：是同一份报表吗？", "the header is that of %q, and the title is not: is it the same table?", names(sameHeader)),
			problem.Say("是同一份，加 --recipe %s；是另一份，加 --as 另取一个名称", "if it is, add --recipe %s; if not, give it a name of its own with --as", sameHeader[0].Name))
	case len(sameTitle) == 1 && o.Answers.Gained && g.gained(sameTitle[0]):
		return &sameTitle[0], nil
	case len(sameTitle) == 1:
		return &sameTitle[0], []Question{g.changed(sameTitle[0])}
	}
	return nil, nil
}

func names(all []bureau.Recipe) string {
	var s []string
	for _, r := range all {
		s = append(s, r.Name)
	}
	return strings.Join(s, "、")
}

// changed asks about a layout that is not that of its recipe any more, at the first
// cell of the header that differs.
func (g *group) changed(r bureau.Recipe) Question {
	first := g.tables[0]
	words, at := first.layoutAt()
	was, last, n := header(r), at[len(at)-1], 0
	if r.Becomes() == bureau.RecipeLedger && first.becomes == bureau.RecipeLedger {
		for i, word := range slices.Backward(words) {
			if ofMatter(word) {
				words, at = slices.Delete(words, i, i+1), slices.Delete(at, i, i+1)
			}
		}
		was = slices.DeleteFunc(was, ofMatter)
	}
	for n < len(words) && n < len(was) && words[n] == was[n] {
		n++
	}
	hint := problem.Say("报表确实改了的，加 --as 另取一个名称读成新的统计，或者在 data/imports/%[1]s.yaml 和 data/stats/%[1]s.yaml 里改好再读；没有改的，请报送单位按原来的表式重报", "if the table did change, read it as a new statistic with --as, or change data/imports/%[1]s.yaml and data/stats/%[1]s.yaml first; if not, ask for it in the old layout", r.Name)
	answer := AnswerElsewhere
	switch {
	case r.Becomes() != bureau.RecipeStatistic:
		hint = relayout(r)
	case g.gained(r):
		answer = AnswerColumns
		hint = problem.Say("报表确实加了列的，核对以后加 --add-columns 再导入这个文件：%s；没有加的，请报送单位按原来的表式重报", "if the table did gain columns, look it over and import this file again with --add-columns: %s; if not, ask for it in the old layout", command(first.file, "--add-columns"))
	}
	say := func(p Place, zh, en string, args ...any) Question {
		return Question{p, problem.ImportLayout, problem.Say(zh, en, args...), hint, answer}
	}
	switch {
	case n >= len(words):
		return say(last, "表式和上次不一样：少了“%s”这一列", "the layout changed: the column %q is missing", was[n])
	case n < len(was) && slices.Contains(words[n:], was[n]) && !slices.Contains(was, words[n]), n >= len(was):
		return say(at[n], "表式和上次不一样：多了“%s”这一列", "the layout changed: the column %q is new", words[n])
	case slices.Contains(was[n:], words[n]):
		return say(at[n], "表式和上次不一样：“%[2]s”的前面少了“%[1]s”这一列", "the layout changed: the column %[1]q is missing before %[2]q", was[n], words[n])
	}
	return say(at[n], "表式和上次不一样：这一列以前是“%s”，现在是“%s”", "the layout changed: this column was %q and is %q", was[n], words[n])
}

// command is what is typed to import a file again with an answer.
func command(file, answer string) string { return "sunshine import \"" + file + "\" " + answer }

// named is the name that the command gives the n-th table of a file; empty where it
// gives none.
func (o Options) named(n int) string {
	name := o.As
	if name == "" {
		name = o.Recipe
	}
	if name == "" || n == 0 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, n+1)
}
