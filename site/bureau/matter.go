package bureau

// Matter is one row of suggestions/*.csv: a suggestion, a claim or a complaint
// that the bureau received, and the days of the five steps (五个一) by which it
// is dealt with.
type Matter struct {
	Name     string // slug of its number
	ID       String // its number, unique in all files
	Ledger   String // one of the setting suggestions.ledgers
	Received Date
	Unit     String // the office that deals with it
	Summary  String // what it is about, without personal data
	Steps    [len(MatterSteps)]Date
	Unkept   [len(MatterSteps)]bool   // the office keeps no day of that step: Unkept stands in its cell
	Notes    [len(MatterSteps)]String // who took the step and what came of it, where the office keeps that
	Status   String                   // as staff wrote it
	State    MatterState
	Answer   String // what the bureau answered
}

// MatterStep is one of the five steps. Each is a column of the list.
type MatterStep struct {
	ID     string // the column; its other name is ZH
	ZH, EN string
	Note   string // the column of who took it and what came of it; empty where another one says so
}

// MatterSteps in their order: no step is earlier than the one before it.
var MatterSteps = [...]MatterStep{
	{"discussed", "商议", "Discussed", "商议情况"},
	{"planned", "方案", "Planned", "方案内容"},
	{"supervised", "督办", "Supervised", "督办情况"},
	{"answered", "反馈", "Answered", ""}, // the answer
	{"published", "公开", "Published", ""},
}

// Unkept stands in the cell of a step of which the office keeps no day: the step is never
// overdue. The answer has a day in every ledger.
const Unkept = "[x]"

// Answered is the step on whose day a completed matter counts as completed.
const Answered = 3

// MatterState is how far a matter is.
type MatterState uint8

const (
	OpenMatter      MatterState = iota // 办理中
	CompletedMatter                    // 已办结: the procedure is done, which is not to say that the citizen agrees
)

// MatterStates are the words for a matter's state, by MatterState.
var MatterStates = Words{
	OpenMatter:      {"open", "办理中", []string{"正在办理", "在办", "未办结"}},
	CompletedMatter: {"completed", "已办结", []string{"办结", "已办毕"}},
}

// Suggestions are the settings of the lists of matters. The defaults stand in load.
type Suggestions struct {
	Ledgers   []String   `yaml:"ledgers,账本"`  // their names, in the order of the pages
	Days      MatterDays `yaml:"days,期限"`     // for each step
	Note      String     `yaml:"note,说明"`     // printed on every page of the lists
	Complete  Bool       `yaml:"complete,完整"` // the lists hold every matter
	Statistic String     `yaml:"statistic,统计"`
	Ledger    String     `yaml:"ledger,账本列" names:"column"`    // its field with the ledger of each row
	Received  String     `yaml:"received,收集列" names:"column"`  // its field of matters received
	Completed String     `yaml:"completed,办结列" names:"column"` // its field of those that were completed
}

// MatterDays are the days in which each step is due, counted from receipt.
type MatterDays struct {
	Discuss   Int `yaml:"discuss,商议"`
	Plan      Int `yaml:"plan,方案"`
	Supervise Int `yaml:"supervise,督办"`
	Answer    Int `yaml:"answer,反馈"`
	Publish   Int `yaml:"publish,公开"`
}

// List gives the days in the order of MatterSteps.
func (d MatterDays) List() [len(MatterSteps)]int {
	return [...]int{d.Discuss.V, d.Plan.V, d.Supervise.V, d.Answer.V, d.Publish.V}
}
