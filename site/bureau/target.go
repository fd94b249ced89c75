package bureau

// Target is one row of targets.csv: what a unit is held against, beside its own
// past. It names who set it; without that a target says nothing.
type Target struct {
	Statistic String `csv:"statistic,统计"`
	Field     String `csv:"field,字段"`
	Unit      String `csv:"unit,单位,omitempty"` // of units.csv, where the statistic has units
	Period    String `csv:"period,期间"`         // and the categories that name the row, after slashes
	Target    String `csv:"target,目标"`
	Direction String `csv:"direction,方向"` // at-least or at-most
	SetBy     String `csv:"set_by,制定"`
	Basis     String `csv:"basis,依据,omitempty"`
	Place     String `csv:"place,地区,omitempty"` // whose target it is; empty for the bureau itself
}
