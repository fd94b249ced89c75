package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// importFrom moves the folder of a peer, as --from names it, or reads office files.
func (c *command) importFrom(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	switch f.from {
	case "":
		return c.importFiles(ctx, f, args, lang)
	case openSDG:
		return c.importOpenSDG(ctx, f, args, lang)
	}
	return 0, usage("--from 只能写 open-sdg，现在是“%s”", "--from is open-sdg, not %q", problem.Quote(f.from))
}

// importFiles reads office files into data/stats. What is new is shown and confirmed,
// or taken with --yes; what has two readings is asked about and not written.
func (c *command) importFiles(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if f.format != "text" && f.format != "json" {
		return 0, usage("--format 只能写 text 或 json，现在是“%s”", "--format is text or json, not %q", problem.Quote(f.format))
	}
	dir, err := folder([]string{cmp.Or(f.dir, ".")})
	if err != nil {
		return 0, err
	}
	if (f.as != "" || f.recipe != "") && len(args) != 1 {
		return 0, usage("--as 和 --recipe 只用于一个文件，要写出是哪一个：sunshine import --as 名称 inbox/文件", "--as and --recipe are for one file; name it: sunshine import --as NAME inbox/FILE")
	}
	if f.as != "" && f.recipe != "" {
		return 0, usage("--as 和 --recipe 只能写一个", "give --as or --recipe, not both")
	}
	if name := f.as; name != "" && text.Slug(name) != name {
		return 0, usage("名称只用小写字母、数字、汉字和连字符，例如 night-service，现在是“%s”", "a name has lower-case letters, digits, Chinese characters and hyphens only, such as night-service, not %q", problem.Quote(name))
	}
	now, err := c.moment(f.asOf, site.Zone(dir))
	if err != nil {
		return 0, err
	}
	why, err := f.answer()
	if err != nil {
		return 0, err
	}
	answers := intake.Answers{Changed: why != site.Answer{}, Gained: f.addColumns}
	if answers != (intake.Answers{}) && len(args) == 0 {
		return 0, usage("--reason 和 --add-columns 只用于看过问题的文件，要写出是哪几个：sunshine import inbox/文件 …", "--reason and --add-columns are for files whose questions were read; name them: sunshine import inbox/FILE …")
	}
	if answers.Changed && (why.Reason == "" || why.Kind == "" || why.By == "") {
		return 0, usage("以前的数有改动，原因、类型和批准人都要写：--reason 原因 --kind correction --by 批准人", "for older figures that changed, give reason, kind and who approved it: --reason TEXT --kind correction --by NAME")
	}
	o := site.Importing{Dir: dir, Files: args, As: f.as, Recipe: f.recipe, AsOf: now.Day, DryRun: f.dryRun, Answers: answers}
	shown := map[*intake.Reading]bool{}
	if !f.yes && !f.dryRun {
		in := bufio.NewReader(c.stdin)
		o.Confirm = func(t *site.Imported) bool {
			if f.format == "json" {
				return false
			}
			c.reading(c.stdout, lang, t)
			shown[t.Reading] = true
			if !c.terminal {
				return false
			}
			fmt.Fprint(c.stdout, problem.Say("是否照此读入 [y/N] ", "read it so? [y/N] ").In(lang))
			line, _ := in.ReadString('\n')
			return slices.Contains([]string{"y", "Y", "yes", "是"}, strings.TrimSpace(line))
		}
	}
	if !f.dryRun {
		unlock, busy, err := site.Lock(dir)
		switch {
		case err != nil:
			return 0, err
		case len(busy) > 0 && f.format == "json":
			return exitProblems, writeImport(c.stdout, lang, nil, busy)
		case len(busy) > 0:
			writeText(c.stderr, lang, busy)
			return exitProblems, nil
		}
		defer unlock()
	}
	explains := answers.Changed && !f.dryRun
	var made site.Options
	var known site.Revising
	if explains {
		if made, err = c.options(f, []string{dir}); err != nil {
			return 0, err
		}
		if known, _, err = site.Revise(ctx, made); err != nil {
			return 0, err
		}
	}
	tables, problems, err := site.Import(o)
	if err != nil {
		return 0, err
	}
	var explained []ledger.Wanted
	if explains {
		if explained, err = site.Explain(ctx, made, known, tables, why); err != nil {
			return 0, err
		}
	}
	code := verdict(problems, false)
	for _, t := range tables {
		if len(t.Questions) > 0 {
			code = exitProblems
		}
	}
	if f.format == "json" {
		return code, writeImport(c.stdout, lang, tables, problems)
	}
	for _, t := range tables {
		if (f.dryRun || t.New && !f.quiet) && !shown[t.Reading] {
			c.reading(c.stdout, lang, t)
		}
		for _, q := range t.Questions {
			problems.Error(q.At, q.Rule, q.Message, q.Hint)
		}
		for _, k := range t.Taken {
			if t.New {
				problems.Warn(k.At, problem.ImportRisk, k.Message, k.Hint)
			}
		}
	}
	told := map[problem.Problem]bool{} // what stands in no cell is asked at the header, for each row
	problems = slices.DeleteFunc(problems, func(p problem.Problem) bool {
		before := told[p]
		told[p] = true
		return before
	})
	problems.Fold()
	writeText(c.stderr, lang, problems)
	if len(tables) == 0 && len(problems) == 0 {
		c.say(f, lang, problem.Say("inbox/ 里没有文件", "there is no file in inbox/"))
	}
	for _, t := range tables {
		if !f.dryRun && !t.New { // the reading is not shown, and what is hidden may be other rows than last time
			for _, s := range t.Skipped {
				if s.Hidden || t.Widened() {
					c.say(f, lang, s.Said())
				}
			}
		}
		switch {
		case t.Refused:
			c.say(f, lang, problem.Say("没有写：%s 的“%s”", "not written: %[2]q of %[1]s", t.File, t.Title))
		case t.Change.Added+t.Change.Filled+t.Change.Changed == 0: // what was written remembers the file alone
			c.say(f, lang, nothingNew(t))
		case f.dryRun:
			c.say(f, lang, problem.Say("会写：%s（%s）", "would write %s (%s)", strings.Join(t.Written, " "), figuresOf(t)))
		default:
			c.say(f, lang, problem.Say("已写好：%s（%s）", "wrote %s (%s)", strings.Join(t.Written, " "), figuresOf(t)))
		}
	}
	for _, w := range explained {
		c.say(f, lang, problem.Say("已记进 %s：%s %s %s，%s → %s", "recorded in %s: %s %s %s, %s → %s", bureau.RevisionsKind.File(), w.Statistic, problem.Quote(w.Period), problem.Quote(w.Field), problem.Quote(w.Old), problem.Quote(w.New)))
	}
	return code, nil
}

// nothingNew says of a table that all of it is there already, and until when it goes: it
// may be the file of last month.
func nothingNew(t *site.Imported) problem.Text {
	if t.Becomes != bureau.RecipeStatistic {
		return problem.Say("没有新的内容：%s 的“%s”都已经读入过", "nothing new: all of %[2]q of %[1]s was read before", t.File, t.Title)
	}
	_, last, _ := t.Periods()
	return problem.Say("没有新的数：%s 的“%s”最晚到%s，都已经读入过", "nothing new: %[2]q of %[1]s goes until %[3]s, and all of it was read before", t.File, t.Title, last.Text)
}

// figuresOf says how many figures, or rows, are new, and how many older ones are others.
func figuresOf(t *site.Imported) problem.Text {
	switch c := t.Change; {
	case t.Becomes != bureau.RecipeStatistic:
		return problem.Say("新增%d行，补填%d格", "new rows: %d, cells filled in: %d", c.Added, c.Filled)
	default:
		said := problem.Say("新的数%d个", "new figures: %d", c.Added)
		if c.Changed > 0 {
			said = problem.Say("%s，以前的数改了%d个", "%s, older ones changed: %d", said, c.Changed)
		}
		if c.Filled > 0 {
			said = problem.Say("%s，初步数核定了%d个", "%s, provisional ones that are final now: %d", said, c.Filled)
		}
		return said
	}
}

// becomesWords says what a table becomes.
var becomesWords = map[string]problem.Text{
	bureau.RecipeLedger:   {ZH: "台账", EN: "ledger"},
	bureau.RecipeRegister: {ZH: "清单", EN: "register"},
}

var roleWords = map[bureau.Role]problem.Text{
	bureau.RolePeriod:   {ZH: "期间", EN: "period"},
	bureau.RoleUnit:     {ZH: "单位", EN: "unit"},
	bureau.RoleCategory: {ZH: "分类", EN: "category"},
	bureau.RoleMeasure:  {ZH: "数值", EN: "figures"},
}

var riskWords = map[string]problem.Text{
	"person":       {ZH: "数的是人，1到4不公布", EN: "counts persons; 1 to 4 are withheld"},
	"organisation": {ZH: "数的是单位，1到4不公布", EN: "counts organisations; 1 to 4 are withheld"},
	"event":        {ZH: "数的是事", EN: "counts events"},
	"none":         {ZH: "不是人数", EN: "counts no persons"},
}

// frequencyWord is the word of a descriptor for a frequency.
func frequencyWord(f period.Frequency) problem.Text {
	for _, w := range bureau.Frequencies {
		if w.ID == f.String() {
			return problem.Text{ZH: w.ZH, EN: w.ID}
		}
	}
	return problem.Text{ZH: f.String(), EN: f.String()}
}

// shownRows is how many rows of a reading are drawn.
const shownRows = 8

// reading says in words, and draws, how a table is read.
func (c *command) reading(w io.Writer, lang problem.Language, t *site.Imported) {
	say := func(zh, en string, args ...any) {
		fmt.Fprintln(w, problem.Visible(problem.Say(zh, en, args...).In(lang)))
	}
	first, last, frequency := t.Periods()
	where := t.File
	if len(t.Sheets) > 0 {
		where += "!" + strings.Join(t.Sheets, "、")
	}
	say("%s %s：“%s”", "%s %s: %q", where, t.Range, t.Title)
	if !first.IsZero() {
		when := first.Text
		if first != last {
			when = problem.Say("%s 至 %s", "%s to %s", first.Text, last.Text).In(lang)
		}
		say("  期间：%s；频率：%s；%d行", "  period: %s; frequency: %s; rows: %d", when, frequencyWord(frequency), len(t.Rows))
	}
	if t.Becomes != bureau.RecipeStatistic {
		say("  读作%s：%s，%d行", "  read as a %s: %s, rows: %d", becomesWords[t.Becomes], bureau.RecipeRows(t.Becomes).File(t.Name), len(t.Rows))
	}
	for i, f := range t.Fields {
		filled := slices.ContainsFunc(t.Rows, func(r intake.Row) bool { return r.Cells[i].Text != "" })
		switch {
		case t.Becomes == bureau.RecipeLedger && f.Head != "":
			say("  %s → %s", "  %s → %s", f.Head, f.Name)
		case t.Becomes == bureau.RecipeLedger && f.Role != "": // made of the row's number
			say("  序号 → %s", "  序号 → %s", f.Name)
		case t.Becomes == bureau.RecipeLedger && t.Unkept(f.Name):
			say("  %s：没有这一列，写作 %s（不登记），网站不说它逾期", "  %s: there is no such column, so that %s stands in it (not kept), and the site never calls it overdue", f.Name, bureau.Unkept)
		case t.Becomes == bureau.RecipeLedger && filled: // 账本
			say("  标题 → %s", "  title → %s", f.Name)
		case t.Becomes == bureau.RecipeLedger:
			say("  %s：没有这一列，空着", "  %s: there is no such column, and it is left empty", f.Name)
		case t.Becomes == bureau.RecipeRegister && f.Type == "date":
			say("  %s：日期", "  %s: day", f.Name)
		case t.Becomes == bureau.RecipeRegister:
			say("  %s：文字", "  %s: text", f.Name)
		case f.Role == bureau.RolePeriod:
		case f.Role == bureau.RoleMeasure && f.Unit != "":
			say("  %s：%s，单位%s，%s", "  %s: %s in %s, %s", f.Name, roleWords[f.Role], f.Unit, riskWords[f.Risk])
		case f.Role == bureau.RoleMeasure:
			say("  %s：%s，%s", "  %s: %s, %s", f.Name, roleWords[f.Role], riskWords[f.Risk])
		default:
			say("  %s：%s", "  %s: %s", f.Name, roleWords[f.Role])
		}
	}
	for _, total := range t.Totals {
		if total.Left {
			say("  合计“%s”（%s）核对过，不读入", "  total %q (%s): checked, not read", total.Name, total.At.Cell)
		} else {
			say("  合计“%s”（%s）核对过，不和各项重复计算", "  total %q (%s): checked, not counted again", total.Name, total.At.Cell)
		}
	}
	for _, s := range t.Skipped {
		say("  %s", "  %s", s.Said())
	}
	fmt.Fprint(w, grid(t.Reading))
}

// grid draws the first rows of a reading.
func grid(r *intake.Reading) string {
	rows := [][]string{nil}
	for _, f := range r.Fields {
		rows[0] = append(rows[0], problem.Quote(f.Name))
	}
	for i, row := range r.Rows {
		if i == shownRows {
			more := make([]string, len(r.Fields))
			more[0] = "…"
			rows = append(rows, more)
			break
		}
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, problem.Quote(cell.Text))
		}
		rows = append(rows, cells)
	}
	widths := make([]int, len(r.Fields))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], text.Width(cell))
		}
	}
	var b strings.Builder
	rule := func(left, middle, right string) {
		for i, n := range widths {
			b.WriteString(map[bool]string{true: left, false: middle}[i == 0] + strings.Repeat("─", n+2))
		}
		b.WriteString(right + "\n")
	}
	rule("┌", "┬", "┐")
	for n, row := range rows {
		if n == 1 {
			rule("├", "┼", "┤")
		}
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-text.Width(cell))
			if n > 0 && r.Fields[i].Role == bureau.RoleMeasure {
				cell, pad = pad+cell, ""
			}
			b.WriteString("│ " + cell + pad + " ")
		}
		b.WriteString("│\n")
	}
	rule("└", "┴", "┘")
	return b.String()
}

// writeImport writes the tables and the problems as JSON.
func writeImport(w io.Writer, l problem.Language, tables []*site.Imported, problems problem.List) error {
	type field struct {
		Name string `json:"name"`
		Role string `json:"role"`
		Type string `json:"type"`
		Unit string `json:"unit"`
		Risk string `json:"risk"`
	}
	type skipped struct {
		Sheet string `json:"sheet"`
		Range string `json:"range"`
		Why   string `json:"why"`
	}
	type question struct {
		Sheet   string `json:"sheet"`
		Cell    string `json:"cell"`
		Rule    string `json:"rule"`
		Message string `json:"message"`
		Hint    string `json:"hint"`
	}
	type total struct {
		Sheet string `json:"sheet"`
		Cell  string `json:"cell"`
		Name  string `json:"name"`
		Read  bool   `json:"read"`
	}
	type periods struct {
		First     string `json:"first"`
		Last      string `json:"last"`
		Frequency string `json:"frequency"`
	}
	type changes struct {
		Added   int `json:"added"`
		Filled  int `json:"filled"`
		Changed int `json:"changed"`
		Gone    int `json:"gone"`
	}
	type one struct {
		File      string     `json:"file"`
		Kind      string     `json:"kind"`
		Sheet     string     `json:"sheet"`
		Range     string     `json:"range"`
		Name      string     `json:"name"`
		Title     string     `json:"title"`
		New       bool       `json:"new"`
		Fields    []field    `json:"fields"`
		Rows      int        `json:"rows"`
		Periods   periods    `json:"periods"`
		Totals    []total    `json:"totals"`
		Skipped   []skipped  `json:"skipped"`
		Questions []question `json:"questions"`
		Changes   changes    `json:"changes"`
		Written   []string   `json:"written"`
	}
	type row struct {
		File     string `json:"file"`
		Sheet    string `json:"sheet"`
		Cell     string `json:"cell"`
		Line     int    `json:"line"`
		Severity string `json:"severity"`
		Rule     string `json:"rule"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
	}
	out := struct {
		Tables   []one `json:"tables"`
		Problems []row `json:"problems"`
	}{[]one{}, []row{}}
	for _, t := range tables {
		first, last, frequency := t.Periods()
		o := one{
			File: t.File, Kind: t.Becomes, Sheet: strings.Join(t.Sheets, "、"), Range: t.Range, Name: t.Name, Title: t.Title, New: t.New, Rows: len(t.Rows),
			Fields: []field{}, Totals: []total{}, Skipped: []skipped{}, Questions: []question{}, Written: []string{}, Changes: changes{t.Change.Added, t.Change.Filled, t.Change.Changed, t.Change.Gone},
		}
		if t.Becomes == bureau.RecipeStatistic {
			o.Periods.Frequency = frequency.String()
		}
		if !first.IsZero() {
			o.Periods.First, o.Periods.Last = first.Interval(), last.Interval()
		}
		for _, f := range t.Fields {
			o.Fields = append(o.Fields, field{f.Name, string(f.Role), f.Type, f.Unit, f.Risk})
		}
		for _, total1 := range t.Totals {
			o.Totals = append(o.Totals, total{total1.At.Sheet, total1.At.Cell, total1.Name, !total1.Left})
		}
		for _, s := range t.Skipped {
			o.Skipped = append(o.Skipped, skipped{s.Sheet, s.Range, s.Why.In(l)})
		}
		for _, q := range t.Questions {
			p := problem.Problem{Message: q.Message, Hint: q.Hint}
			message, hint := p.Said(l)
			o.Questions = append(o.Questions, question{q.At.Sheet, q.At.Cell, q.Rule.String(), message, hint})
		}
		o.Written = append(o.Written, t.Written...)
		for _, k := range t.Taken {
			if t.New {
				problems.Warn(k.At, problem.ImportRisk, k.Message, k.Hint)
			}
		}
		out.Tables = append(out.Tables, o)
	}
	for _, p := range problems {
		message, hint := p.Said(l)
		out.Problems = append(out.Problems, row{p.File, p.Sheet, p.Cell, p.Line, p.Severity.String(), p.Rule.String(), message, hint})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
