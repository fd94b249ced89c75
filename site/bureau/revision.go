package bureau

import "sunshine/site/problem"

// The kinds of revision.
const (
	RevisionScheduled  = "scheduled"  // as it was announced, when more became known
	RevisionCorrection = "correction" // an error was mended
	RevisionDefinition = "definition" // it means something else now: unit, scope, formula, target, day of release
)

// Revision is one row of revisions.csv: why a published figure changed, or what is
// said of it.
type Revision struct {
	Date       String `csv:"date,日期"`
	Statistic  String `csv:"statistic,统计"`
	Period     String `csv:"period,期间"` // and the categories that name the row, after slashes
	Field      String `csv:"field,字段"`
	Unit       String `csv:"unit,单位,omitempty"` // the row of units.csv, where the statistic has one
	Old        String `csv:"old,原值"`
	New        String `csv:"new,新值"`
	Reason     String `csv:"reason,原因"`
	ApprovedBy String `csv:"approved_by,批准人"`
	Kind       String `csv:"kind,类型,omitempty"` // one of RevisionKinds
}

// What a statement says, in the words that a release holds.
const (
	SaidTitle         = "title"
	SaidDescription   = "description"
	SaidFrequency     = "frequency"
	SaidScope         = "scope"
	SaidCounting      = "counting"
	SaidPlace         = "place"
	SaidComparability = "comparability"
	SaidProvisional   = "provisional"
	SaidPopulation    = "population"
	SaidSources       = "sources"
	SaidReleased      = "released"
	SaidNextRelease   = "next_release"
	SaidUnit          = "unit"
	SaidFormula       = "formula"
	SaidTarget        = "target"
	SaidSetBy         = "set_by"
	SaidJudgedBy      = "judged_by"
	SaidReason        = "reason"
	SaidPromise       = "promise"
	SaidDue           = "due"
)

// Saids are all that a statement may say, with their Chinese names, and Meaning
// whether another text is another meaning: else it is asked whether it is.
var Saids = []struct {
	What    string
	Name    problem.Text
	Meaning bool
}{
	{SaidTitle, problem.Text{ZH: "标题", EN: "title"}, false},
	{SaidDescription, problem.Text{ZH: "说明", EN: "description"}, false},
	{SaidFrequency, problem.Text{ZH: "频率", EN: "frequency"}, false},
	{SaidScope, problem.Text{ZH: "统计范围", EN: "scope"}, true},
	{SaidCounting, problem.Text{ZH: "计数方法", EN: "counting"}, true},
	{SaidPlace, problem.Text{ZH: "地区和机构", EN: "place and organisation"}, true},
	{SaidComparability, problem.Text{ZH: "可比性", EN: "comparability"}, false},
	{SaidProvisional, problem.Text{ZH: "初步数的说明", EN: "note on provisional figures"}, false},
	{SaidPopulation, problem.Text{ZH: "人口", EN: "population"}, true},
	{SaidSources, problem.Text{ZH: "来源", EN: "sources"}, true},
	{SaidNextRelease, problem.Text{ZH: "下次发布日期", EN: "date of the next release"}, true},
	{SaidUnit, problem.Text{ZH: "计量单位", EN: "unit"}, true},
	{SaidFormula, problem.Text{ZH: "算式", EN: "formula"}, true},
	{SaidTarget, problem.Text{ZH: "目标", EN: "target"}, true},
	{SaidSetBy, problem.Text{ZH: "目标的制定和依据", EN: "origin of the target"}, false},
	{SaidJudgedBy, problem.Text{ZH: "核验依据", EN: "basis of judgement"}, true},
	{SaidReason, problem.Text{ZH: "修订的日期、原因和批准人", EN: "day, reason and approver of the revision"}, false},
	{SaidPromise, problem.Text{ZH: "承诺", EN: "promise"}, true},
	{SaidDue, problem.Text{ZH: "期限", EN: "day by which it is promised"}, true},
}

// Move is one row of addresses.csv: where an address that was published leads now.
type Move struct {
	Old    String `csv:"old,旧地址"`
	New    String `csv:"new,新地址"`
	Date   String `csv:"date,日期"`
	Reason String `csv:"reason,原因,omitempty"`
}
