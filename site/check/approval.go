package check

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Approvals checks the rows of approvals.csv: each says what was approved, when and by
// whom.
func Approvals(rows []bureau.Approval, asOf period.Date) problem.List {
	var problems problem.List
	again := problem.Say("删去这一行，由批准人运行 sunshine approve 重新记一次", "delete the row, and let who approves run sunshine approve again")
	for _, r := range rows {
		day, is := period.ParseDay(r.Date.V)
		if m, moment := period.ParseMoment(r.Date.V); !is && moment {
			day, is = m.Day, true
		}
		switch {
		case !is:
			problems.Error(r.Date.At, problem.ApprovalForm, problem.Say("批准日期“%s”不是日期", `the day of approval "%s" is not a date`, problem.Quote(r.Date.V)), again)
		case day > asOf:
			problems.Error(r.Date.At, problem.ApprovalForm, problem.Say("批准日期%s还没有到", "the day of approval, %s, is in the future", problem.Quote(r.Date.V)),
				problem.Say("核对电脑的日期；日期写错的，删去这一行，重新运行 sunshine approve", "check the date of this computer; where the row is wrong, delete it and run sunshine approve again"))
		}
		if !bureau.IsSHA256(r.Digest.V) {
			problems.Error(r.Digest.At, problem.ApprovalForm, problem.Say("校验值“%s”不是64位的十六进制数", `the digest "%s" is not 64 hexadecimal digits`, problem.Quote(r.Digest.V)), again)
		}
		if strings.TrimSpace(r.By.V) == "" {
			problems.Error(r.By.At, problem.ApprovalForm, problem.Say("没有写批准人", "it is not said who approved it"), again)
		}
	}
	return problems
}
