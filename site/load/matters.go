package load

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// matterRow is one row of suggestions/*.csv as it stands, each column by its name, its
// Chinese one, and what offices call it.
type matterRow struct {
	ID         bureau.String `csv:"id,编号" also:"事项编号"`
	Serial     bureau.String `csv:"序号,omitempty"`
	Ledger     bureau.String `csv:"ledger,账本" also:"类别,事项类别,台账"`
	Received   bureau.String `csv:"received,收到日期" also:"收到时间,收集时间,收集日期,登记时间,登记日期,接收时间,接收日期,来访时间,来信时间"`
	Unit       bureau.String `csv:"unit,承办单位" also:"办理单位,责任单位,承办部门,办理部门,责任部门"`
	Summary    bureau.String `csv:"summary,摘要" also:"反映事项,反映内容,反映问题,事项内容,主要内容,诉求内容"`
	Discussed  bureau.String `csv:"discussed,商议" also:"商议时间,商议日期"`
	Planned    bureau.String `csv:"planned,方案" also:"方案时间,方案日期"`
	Supervised bureau.String `csv:"supervised,督办" also:"督办时间,督办日期"`
	Answered   bureau.String `csv:"answered,反馈" also:"反馈时间,反馈日期"`
	Published  bureau.String `csv:"published,公开" also:"公开时间,公开日期"`
	Status     bureau.String `csv:"status,状态" also:"办理情况,办理状态,办理结果,处理情况,处理结果"`
	Answer     bureau.String `csv:"answer,答复" also:"答复内容"`

	Discussion  bureau.String `csv:"discussion,商议情况,omitempty" also:"商议单位"`
	Plan        bureau.String `csv:"plan,方案内容,omitempty" also:"处理方案"`
	Supervision bureau.String `csv:"supervision,督办情况,omitempty" also:"督办单位"`
}

// MatterColumns are the columns of suggestions/<name>.csv, as sunshine import writes them;
// those of notes last, which an office may not have.
func MatterColumns() (columns []string) {
	for _, names := range table.Names[matterRow]() {
		if name := names[min(1, len(names)-1)]; name != serialColumn {
			columns = append(columns, name)
		}
	}
	return columns
}

// IsNote tells whether a column of a ledger is of the notes on a step.
func IsNote(column string) bool {
	return column != "" && slices.ContainsFunc(bureau.MatterSteps[:], func(s bureau.MatterStep) bool { return s.Note == column })
}

// MatterColumn gives the column that is meant by the header of an office: 收到日期 for
// 收到时间, and 序号 for itself. It is empty where none is.
func MatterColumn(header string) string {
	for _, names := range table.Names[matterRow]() {
		if slices.Contains(names, header) {
			return names[min(1, len(names)-1)]
		}
	}
	return ""
}

// The columns of a list that say more than their field.
const (
	serialColumn = "序号"
	IDColumn     = "编号"
	AnswerColumn = "答复"
)

// Combines tells whether a column of that header holds the status and, behind it, the
// answer.
func Combines(header string) bool {
	return slices.Contains([]string{"办理情况", "办理结果", "处理情况", "处理结果"}, header)
}

// Matters reads suggestions/<name>.csv. A matter without a number that an
// address can be made of is reported and left out, as is one whose status is unknown.
//
// A list as an office keeps it has no numbers but those of its rows: a matter is then
// called after its file and its row's. Days may leave the year out that the title has,
// and the status may go on with the answer (已办结，周六增开窗口).
func Matters(file string, data []byte) ([]bureau.Matter, problem.List) {
	return matters(file, data, matterDays{})
}

// MattersOf reads a list of which it is known what time it is of, where the list does not
// say it. What is asked about days is asked at each, since the cells of the list are not
// those that the reader of a message knows.
func MattersOf(file string, data []byte, of period.Period) ([]bureau.Matter, problem.List) {
	return matters(file, data, matterDays{known: of, each: true})
}

func matters(file string, data []byte, days matterDays) ([]bureau.Matter, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	numbered := slices.ContainsFunc(t.Header, func(c table.Cell) bool { return MatterColumn(c.Text) == IDColumn })
	combined := slices.ContainsFunc(t.Header, func(c table.Cell) bool { return Combines(c.Text) })
	var optional []string
	if slices.ContainsFunc(t.Header, func(c table.Cell) bool { return c.Text == serialColumn }) {
		optional = append(optional, "id")
	}
	if combined {
		optional = append(optional, "answer")
	}
	rows, more := table.Decode[matterRow](t, optional...)
	problems = append(problems, more...)
	if said := Month(t.Above); !said.IsZero() {
		days.known = said
	}
	matters := make([]bureau.Matter, 0, len(rows))
	for _, r := range rows {
		if !numbered {
			r.ID = bureau.String{At: r.Serial.At}
			if text.Slug(r.Serial.V) != "" {
				r.ID.V = strings.TrimSuffix(path.Base(file), path.Ext(file)) + "-" + r.Serial.V
			}
		}
		answer := r.Answer
		state, rest := stateOf(r.Status.V)
		switch {
		case rest != "" && !combined:
			state = -1
		case combined && answer.V == "":
			answer = bureau.String{V: rest, At: r.Status.At}
		case combined && !strings.Contains(answer.V, rest): // one of the two would be lost
			problems.Error(r.Status.At, problem.MatterStatus,
				problem.Say("状态后面写的“%s”，“答复”那一列里没有", "\"%s\", which stands behind the status, is not in the column 答复", problem.Quote(rest)),
				problem.Say("要公开的，写进“答复”；不公开的，从这一格删去，只留状态", "write it into 答复 if it is public; if not, delete it here and leave the status alone"))
		}
		m := bureau.Matter{
			Name: text.Slug(r.ID.V), ID: r.ID, Ledger: r.Ledger, Received: days.read(r.Received, 0, &problems), Unit: r.Unit, Summary: r.Summary, Status: r.Status, Answer: answer,
		}
		for i, step := range [...]bureau.String{r.Discussed, r.Planned, r.Supervised, r.Answered, r.Published} {
			if m.Unkept[i] = step.V == bureau.Unkept && i != bureau.Answered; !m.Unkept[i] {
				m.Steps[i] = days.read(step, m.Received.V, &problems)
			}
		}
		m.Notes = [len(bureau.MatterSteps)]bureau.String{r.Discussion, r.Plan, r.Supervision}
		if m.Name == "" {
			problems.Error(m.ID.At, problem.MatterID,
				problem.Say("编号“%s”里没有字母、数字或汉字，不能用作网页地址", "the id \"%s\" has no letter or digit to make an address of", problem.Quote(m.ID.V)),
				problem.Say("写上编号，例如 YJ-2026-001", "write an id, such as YJ-2026-001"))
			continue
		}
		if state < 0 {
			message := problem.Say("没有“%s”这种状态", "there is no status \"%s\"", problem.Quote(m.Status.V))
			if m.Status.V == "" {
				message = problem.Say("状态空着", "the status is empty")
			}
			problems.Error(m.Status.At, problem.MatterStatus, message, bureau.MatterStates.Hint(m.Status.V))
			continue
		}
		m.State = bureau.MatterState(state)
		matters = append(matters, m)
	}
	if days.asked(&problems) {
		return nil, problems // what the days would tell is not known
	}
	return matters, problems
}

// MatterCells gives what the columns of a matter hold, as MatterColumns names them.
func MatterCells(m *bureau.Matter) []bureau.String {
	day := func(d bureau.Date) bureau.String {
		if !d.Given() {
			return bureau.String{At: d.At}
		}
		return bureau.String{V: d.V.String(), At: d.At}
	}
	cells := []bureau.String{m.ID, m.Ledger, day(m.Received), m.Unit, m.Summary}
	for i, step := range m.Steps {
		cell := day(step)
		if m.Unkept[i] {
			cell.V = bureau.Unkept
		}
		cells = append(cells, cell)
	}
	cells = append(cells, bureau.String{V: bureau.MatterStates[m.State].ZH, At: m.Status.At}, m.Answer)
	for i, step := range bureau.MatterSteps {
		if step.Note != "" {
			cells = append(cells, m.Notes[i])
		}
	}
	return cells
}

// stateOf reads a state, and what follows it in the cell.
func stateOf(cell string) (state int, rest string) {
	word := cell
	if i := strings.IndexAny(cell, "，,；;。：:（(\n"); i >= 0 {
		word = strings.TrimSpace(cell[:i])
		rest = strings.TrimFunc(cell[i:], func(r rune) bool { return strings.ContainsRune("，,；;：:（）() ", r) })
		rest = strings.TrimSpace(strings.TrimPrefix(rest, "。"))
	}
	return slices.IndexFunc(bureau.MatterStates, func(w bureau.Word) bool {
		return word == w.ID || word == w.ZH || slices.Contains(w.Others, word)
	}), rest
}

// matterNumbers remembers where each matter stands, by the name that its number gives.
type matterNumbers map[string]problem.Position

// once leaves out the matters whose number another one has already, and says so.
func (n matterNumbers) once(matters []bureau.Matter, problems *problem.List) []bureau.Matter {
	return slices.DeleteFunc(matters, func(m bureau.Matter) bool {
		first, taken := n[m.Name]
		if !taken {
			n[m.Name] = m.ID.At
			return false
		}
		problems.Error(m.ID.At, problem.MatterID,
			problem.Say("编号“%s”重复，已用于 %s", "the id \"%s\" is that of %s already", problem.Quote(m.ID.V), first),
			problem.Say("一件事项只登记一行，编号不能相同（大小写和标点的差别不算）", "write each matter once, with an id of its own; case and punctuation make no difference"))
		return true
	})
}

// Taken tells of the matters whose number one of the others has.
func Taken(matters, others []bureau.Matter) (problems problem.List) {
	n := matterNumbers{}
	n.once(slices.Clone(others), new(problem.List))
	n.once(slices.Clone(matters), &problems)
	return problems
}

// Month gives the year and month that the lines above a list say that it is of
// (台账（2026年10月）), or its year alone; it is zero where none does, or where two are said.
func Month(above []table.Cell) period.Period {
	var found period.Period
	for _, c := range above {
		for _, said := range titleMonth.FindAllString(c.Text, -1) {
			p, err := period.Parse(said, period.Options{})
			if err != nil || !found.IsZero() && (p.Start != found.Start || p.End != found.End) {
				return period.Period{}
			}
			p.Text = said
			found = p
		}
	}
	return found
}

var (
	titleMonth = regexp.MustCompile(`(?:19|20)[0-9]{2}年(?:(?:1[0-2]|0?[1-9])月)?`)
	yearless   = regexp.MustCompile(`^(1[0-2]|0?[1-9])(?:月([0-9]{1,2})[日号]?|[./-]([0-9]{1,2}))$`)
)

// matterDays reads the days of a list, which may leave their year out.
type matterDays struct {
	known period.Period
	open  []bureau.String // the days whose year nothing says
	late  []bureau.String // those behind the list whose year is hardly the one before
	each  bool            // each of them is asked about
}

// read gives the day of a cell. One without a year is received when the list is of it or
// before; a step is as near to the day of receipt as it can be.
func (d *matterDays) read(cell bureau.String, received period.Date, problems *problem.List) bureau.Date {
	m := yearless.FindStringSubmatch(cell.V)
	if m == nil {
		return day(cell, problems)
	}
	if d.known.IsZero() && received == 0 {
		d.open = append(d.open, cell)
		return bureau.Date{}
	}
	in := func(year int) period.Date {
		v, _ := period.ParseDay(fmt.Sprintf("%d年%s月%s日", year, m[1], m[2]+m[3]))
		return v
	}
	const half = 183 // days
	var found period.Date
	if received == 0 {
		year := d.known.End.Time().Year()
		if found = in(year); found > d.known.End {
			found = in(year - 1)
			if found != 0 && d.known.End-found >= half { // rather is the title that of an earlier month
				d.late = append(d.late, cell)
				return bureau.Date{}
			}
		}
	} else {
		same := received.Time().Year()
		for _, year := range [...]int{same, same + 1, same - 1} {
			if v := in(year); v != 0 && v-received < half && received-v < half {
				found = v
				break
			}
		}
	}
	if found == 0 {
		problems.Error(cell.At, problem.CSVDate,
			problem.Say("“%s”没有年份，也看不出是哪一年", "\"%s\" has no year, and nothing tells which it is of", problem.Quote(cell.V)),
			problem.Say("写成 2026-10-31 这样的日期；还没有的，留空", "write it like 2026-10-31, or leave the cell empty"))
		return bureau.Date{}
	}
	return bureau.Date{V: found, At: cell.At}
}

// asked asks once for the year of all the days that have none; it names those of the
// column in which the first stands.
func (d *matterDays) asked(problems *problem.List) bool {
	d.ask(d.open, func(day string) problem.Text {
		return problem.Say("“%s”没有年份，整份台账也没有写明是哪一年的", "\"%s\" has no year, and nothing in the list tells it", problem.Quote(day))
	}, problem.Say("在表头上面加一行标题，写明是哪一年哪一月的，例如：台账（2026年10月）；或者每个日期都写上年份，例如 2026-10-31", "above the header add a line of title that says of which month the list is, such as: 台账（2026年10月）; or write every day with its year, such as 2026-10-31"), problems)
	d.ask(d.late, func(day string) problem.Text {
		return problem.Say("“%s”没有年份：台账到%s为止，当年的这一天在那以后，上一年的又早了半年以上", "\"%s\" has no year: the list ends with %s; that day of its year is behind it, and that of the year before is more than half a year earlier", problem.Quote(day), d.known.End)
	}, problem.Say("核对标题里的年月，不对的改正；确实是上一年收到的，日期写上年份，例如 2025-10-31", "check the year and month of the title and correct them; if it was received the year before, write the day with its year, such as 2025-10-31"), problems)
	return len(d.open)+len(d.late) > 0
}

// ask asks about several days: once, with the cells of the column in which the first
// stands, or at each.
func (d *matterDays) ask(days []bureau.String, message func(day string) problem.Text, hint problem.Text, problems *problem.List) {
	var cells []string
	column := func(s bureau.String) string { return strings.TrimRight(s.At.Cell, "0123456789") }
	for i, s := range days {
		if i == 0 || d.each {
			problems.Error(s.At, problem.CSVDate, message(s.V), hint)
		}
		if column(s) == column(days[0]) {
			cells = append(cells, s.At.Cell)
		}
	}
	if !d.each && len(cells) > 0 {
		(*problems)[len(*problems)-1].Again(len(cells), cells, cells[len(cells)-1])
	}
}

// day reads a cell that holds a day in any spelling of one, or nothing.
func day(cell bureau.String, problems *problem.List) bureau.Date {
	if cell.V == "" {
		return bureau.Date{}
	}
	d, ok := period.ParseDay(cell.V)
	if !ok {
		problems.Error(cell.At, problem.CSVDate,
			problem.Say("“%s”不是日期", "\"%s\" is not a date", problem.Quote(cell.V)),
			problem.Say("写成 2026-10-31 这样的日期；还没有的，留空", "write it like 2026-10-31, or leave the cell empty"))
		return bureau.Date{}
	}
	return bureau.Date{V: d, At: cell.At}
}
