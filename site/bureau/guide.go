package bureau

import (
	"cmp"
	"slices"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Reference is what names the guide in site.yaml, in all its languages: hukou/id-card.
func (g *Guide) Reference() string { return g.Area.V + "/" + g.Name }

// Area is a column of guides.
type Area struct{ ID, ZH, EN string }

// Areas in the order of the site.
var Areas = []Area{
	{"vehicle", "车辆入户", "Vehicle registration"},
	{"exit-entry", "出入境", "Exit and entry"},
	{"hukou", "户口办理", "Household registration"},
	{"accident", "交通事故处理", "Traffic accidents"},
	{"special-trade", "特业与民爆管理", "Special trades and civil explosives"},
	{"fire", "消防", "Fire safety"},
	{"other", "其他事项", "Other matters"},
}

// Guide is a procedure guide: data/guides/<area>/<name>.md.
type Guide struct {
	Name     string // slug of the file name
	Language string // the main one of the site, or en for <name>.en.md
	File     string
	Body     Body
	At       problem.Position // of the front matter

	Title      String       `yaml:"title,事项名称"`
	Area       String       `yaml:"area,类别" words:"area"`
	Status     String       `yaml:"status,状态" words:"guide-state"`
	Authority  String       `yaml:"authority,主管部门,实施主体"`
	MovedTo    String       `yaml:"moved_to,划转链接,移交链接"`
	Code       String       `yaml:"code,事项编码,实施编码"`
	Kind       String       `yaml:"kind,办件类型" words:"guide-kind"`
	Subject    String       `yaml:"subject,主题"` // under which a long list of guides has it: 出生, 迁入
	Summary    String       `yaml:"summary,摘要" text:"long"`
	Plain      String       `yaml:"plain_summary,白话说明" text:"long"` // stands first on the page, in the summary's place
	LegalBasis []LegalBasis `yaml:"legal_basis,设定依据"`
	Audience   []String     `yaml:"audience,适用对象" words:"audience"`
	Conditions []String     `yaml:"conditions,申请条件"`
	Cases      []Case       `yaml:"cases,情形"`
	CaseNotes  []CaseNote   `yaml:"case_notes,情形说明"`
	Materials  []Material   `yaml:"materials,办理材料"`
	Steps      []Step       `yaml:"steps,办理流程"`
	TimeLimit  TimeLimit    `yaml:"time_limit,办理时限"`
	Fee        Fee          `yaml:"fee,收费"`
	Fees       []FeeItem    `yaml:"fees,收费项目"`
	Visits     Visits       `yaml:"visits,现场次数,到现场次数,到办事现场次数"`
	Channels   []String     `yaml:"channels,办理渠道,办理形式" words:"channel"`
	Reach      String       `yaml:"reach,通办范围"`
	Booking    String       `yaml:"appointment,预约"`
	Delivery   String       `yaml:"delivery,送达"`
	Places     []Place      `yaml:"places,办理地点"`
	Online     String       `yaml:"online,网上办理"`
	Result     String       `yaml:"result,办理结果"`
	Sample     String       `yaml:"result_sample,结果样本"` // link
	Remedies   []String     `yaml:"remedies,救济途径"`
	FAQ        []Question   `yaml:"faq,常见问题"`
	Complaint  Complaint    `yaml:"complaint,监督投诉"`
	Date       Date         `yaml:"date,日期"` // the same as published, where that is missing
	Published  Date         `yaml:"published,发布日期"`
	Updated    Date         `yaml:"updated,更新日期"`
	Verified   Date         `yaml:"verified,核实日期"`
	Effective  Date         `yaml:"effective,生效日期"`
	Expires    Date         `yaml:"expires,失效日期"` // the last day on which it holds
	ReviewDays Int          `yaml:"review_days,核实周期"`
	PublishAt  Moment       `yaml:"publish_at,公布时间"` // as of a notice
	History    []Change     `yaml:"history,更新记录"`
	Supersedes []String     `yaml:"supersedes,取代"` // titles, or files of guides
	Blank      []Blank      // keys that are written without a value, or with one that cannot be read
}

// InForce tells whether the procedure is one that a citizen can go through; a
// guide that says nothing of it is.
func (g *Guide) InForce() bool { return g.Status.V == "in-force" || g.Status.V == "" }

// Body is Markdown with the place where it begins.
type Body struct {
	File   string
	Line   int // of the first line of Text in File
	Indent int // characters that were cut from the start of each line
	Text   []byte
	Folder string // from which its links lead; that of File where it is empty
}

// LegalBasis is one article that a procedure rests on.
type LegalBasis struct {
	At      problem.Position
	Law     String `yaml:"law,法律"`
	Article String `yaml:"article,条款"`
	URL     String `yaml:"url,网址"`
}

// Material is one paper to bring.
type Material struct {
	At       problem.Position
	Name     String   `yaml:"name,名称"`
	Original Int      `yaml:"original,原件"` // how many originals
	Copies   Int      `yaml:"copies,复印件"`  // how many copies
	Required Bool     `yaml:"required,必要"` // false: only in the case that the note names
	Source   String   `yaml:"source,来源"`   // who issues it
	Form     String   `yaml:"form,表格"`     // link to a form under static/
	Sample   String   `yaml:"sample,样表"`   // link to a form that is filled in
	Note     String   `yaml:"note,说明"`
	When     []String `yaml:"when,适用情形"` // answers for which it is wanted; of all where there are none
}

// Step is one step of the procedure.
type Step struct {
	At     problem.Position
	Action String   `yaml:"action,环节"`
	Actor  String   `yaml:"actor,办理者"`
	Days   Int      `yaml:"days,天数"`
	Unit   String   `yaml:"unit,单位" words:"time-unit"` // of Days; else that of the time limit
	Note   String   `yaml:"note,说明"`
	When   []String `yaml:"when,适用情形"`
}

// TimeLimit is 办理时限, how long the matter takes; not the opening hours (办理时间).
type TimeLimit struct {
	At        problem.Position
	Statutory Int    `yaml:"statutory,法定"`
	Promised  Int    `yaml:"promised,承诺"`
	Unit      String `yaml:"unit,单位" words:"time-unit"`
	Note      String `yaml:"note,说明"`
}

// Said tells whether it says how long.
func (t TimeLimit) Said() bool { return t.Statutory.Given() || t.Promised.Given() || t.Note.V != "" }

// Fee is what the procedure costs, in yuan.
type Fee struct {
	At     problem.Position
	Free   Bool   `yaml:"free,免费"`
	Amount Number `yaml:"amount,金额"`
	Basis  String `yaml:"basis,依据"`
	Note   String `yaml:"note,说明"`
}

// Said tells whether it says how much.
func (f Fee) Said() bool { return f.Free.Given() || f.Amount.Given() || f.Note.V != "" }

// FeeItem is one of several fees.
type FeeItem struct {
	At     problem.Position
	Item   String   `yaml:"item,name,项目,名称"`
	Amount Number   `yaml:"amount,金额"`
	Basis  String   `yaml:"basis,依据"`
	Note   String   `yaml:"note,说明"`
	When   []String `yaml:"when,适用情形"`
}

// SaysFee tells whether the guide says what the procedure costs.
func (g *Guide) SaysFee() bool { return g.Fee.Said() || len(g.Fees) > 0 }

// Visits is how often a citizen has to come in person, and why.
type Visits struct {
	At     problem.Position
	Count  Int    `yaml:"count,次数,scalar"`
	Reason String `yaml:"reason,原因,理由"`
}

// Question is one of the questions that citizens ask.
type Question struct {
	At       problem.Position
	Question String `yaml:"question,问题,问"`
	Answer   String `yaml:"answer,回答,答" text:"long"`
}

// Expired tells whether the guide no longer holds on a day.
func (g *Guide) Expired(asOf period.Date) bool { return g.Expires.Given() && g.Expires.V < asOf }

// By tells whether a channel is named.
func (g *Guide) By(channel string) bool {
	return slices.ContainsFunc(g.Channels, func(c String) bool { return c.V == channel })
}

// StepUnit is the unit that the days of a step are counted in: its own, or else that
// of the time limit, where it counts days; calendar days where nothing says.
func (g *Guide) StepUnit(s Step) string {
	switch unit := cmp.Or(s.Unit.V, g.TimeLimit.Unit.V); {
	case s.Unit.V == "" && (unit == "hours" || unit == "minutes"), unit == "":
		return "natural-days"
	default:
		return unit
	}
}

// Place is a window where the matter is handled; Hours are its 办理时间.
type Place struct {
	At      problem.Position
	Name    String   `yaml:"name,名称"`
	Address String   `yaml:"address,地址"`
	Hours   String   `yaml:"hours,办理时间"`
	Phone   String   `yaml:"phone,联系电话"`
	Route   String   `yaml:"route,路线,乘车路线"`
	Access  String   `yaml:"access,无障碍"` // for those who cannot walk, see or hear well
	Map     String   `yaml:"map,地图"`
	Units   String   `yaml:"units,各单位" words:"unit-level"` // all units of this level handle it, too
	When    []String `yaml:"when,适用情形"`
}

// Change is one entry of a guide's history: what changed when.
type Change struct {
	At     problem.Position
	Date   Date   `yaml:"date,日期"`
	Change String `yaml:"change,内容"`
}

// Complaint is where a citizen complains about the handling.
type Complaint struct {
	At    problem.Position
	Phone String `yaml:"phone,电话"`
	URL   String `yaml:"url,网址"`
}

// Said tells whether it says where.
func (c Complaint) Said() bool { return c.Phone.V != "" || c.URL.V != "" }
