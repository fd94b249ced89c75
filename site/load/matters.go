package load

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// matterRow is one row of suggestions/*.csv as it stands.
type matterRow struct {
	ID         bureau.String `csv:"id,编号"`
	Ledger     bureau.String `csv:"ledger,账本"`
	Received   bureau.String `csv:"received,收到日期"`
	Unit       bureau.String `csv:"unit,承办单位"`
	Summary    bureau.String `csv:"summary,摘要"`
	Discussed  bureau.String `csv:"discussed,商议"`
	Planned    bureau.String `csv:"planned,方案"`
	Supervised bureau.String `csv:"supervised,督办"`
	Answered   bureau.String `csv:"answered,反馈"`
	Published  bureau.String `csv:"published,公开"`
	Status     bureau.String `csv:"status,状态"`
	Answer     bureau.String `csv:"answer,答复"`
}

// Matters reads suggestions/<name>.csv. A matter without a number that an
// address can be made of is reported and left out, as is one whose status is unknown.
func Matters(file string, data []byte) ([]bureau.Matter, problem.List) {
	rows, problems := Rows[matterRow](file, data)
	matters := make([]bureau.Matter, 0, len(rows))
	for _, r := range rows {
		m := bureau.Matter{
			Name: text.Slug(r.ID.V), ID: r.ID, Ledger: r.Ledger, Received: day(r.Received, &problems), Unit: r.Unit, Summary: r.Summary, Status: r.Status, Answer: r.Answer,
		}
		for i, step := range [...]bureau.String{r.Discussed, r.Planned, r.Supervised, r.Answered, r.Published} {
			m.Steps[i] = day(step, &problems)
		}
		if m.Name == "" {
			problems.Error(m.ID.At, problem.MatterID,
				problem.Say("编号“%s”里没有字母、数字或汉字，不能用作网页地址", "the id \"%s\" has no letter or digit to make an address of", problem.Quote(m.ID.V)),
				problem.Say("写上编号，例如 YJ-2026-001", "write an id, such as YJ-2026-001"))
			continue
		}
		state := slices.IndexFunc(bureau.MatterStates, func(w bureau.Word) bool { return m.Status.V == w.ID || m.Status.V == w.ZH })
		if state < 0 {
			problems.Error(m.Status.At, problem.MatterStatus,
				problem.Say("没有“%s”这种状态", "there is no status \"%s\"", problem.Quote(m.Status.V)), bureau.MatterStates.Hint(m.Status.V))
			continue
		}
		m.State = bureau.MatterState(state)
		matters = append(matters, m)
	}
	return matters, problems
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
