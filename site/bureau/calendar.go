package bureau

import "sunshine/site/period"

// CalendarSettings are the days on which the bureau works otherwise than from Monday to
// Friday, as the State Council gives them for each year. Days that count working days
// (咨询建言, 依申请公开) are counted by them.
type CalendarSettings struct {
	Holidays []String        `yaml:"holidays,节假日"` // days, or periods such as 2026-10-01至2026-10-07
	Workdays []String        `yaml:"workdays,调休上班"`
	Days     period.Calendar // as load reads them
}
