package bureau

import "sunshine/site/problem"

// Identity is what some figures of a statistic keep among each other: what stands
// on the left is the sum of what stands on the right. Package figures finds all
// of them; check verifies them, disclosure control takes them as what readers can
// compute.
type Identity struct {
	Why         Reason
	Rows        bool  // left and right are rows, and it holds in each field that adds up; else fields, and it holds in each row
	Left, Right []int // a total and its parts, as a rule
	Along       int   // the key field along which the rows differ, the first of several; -1 among fields
	Shown       int   // cells above 9 in which it holds, where arithmetic alone tells it
}

// Reason is how an identity is known.
type Reason uint8

const (
	ByName       Reason = iota // 合计 总计 小计 and what it adds up
	ByArithmetic               // one is the sum of the others, whatever it is called
	ByCheck                    // a check of the descriptor says so: 合计 == 男 + 女
	OfWhich                    // 其中：the right is a part of the left, and not more
	Carried                    // 新收 + 上年结转 = 办结 + 结转下年
	ByDerive                   // a derived field is what the right leaves of the left: 女 = 合计 - 男
)

var reasons = [...]problem.Text{
	ByName:       {ZH: "名称是合计", EN: "it is called a total"},
	ByArithmetic: {ZH: "等于其余各项之和", EN: "it equals the sum of the others"},
	ByCheck:      {ZH: "说明文件的 checks 这样写", EN: "a check of the descriptor says so"},
	OfWhich:      {ZH: "名称是“其中”", EN: "it is called a part"},
	ByDerive:     {ZH: "派生字段这样计算", EN: "a derived field is computed so"},
	Carried:      {ZH: "新收加结转进来的，等于办结加结转出去的", EN: "what came in and what was carried over equal what was closed and what is carried on"},
}

// Balance tells whether both sides are sums, as 期初 + 新增 = 减少 + 期末.
func (id Identity) Balance() bool { return len(id.Left) > 1 }

// Text says it to staff.
func (r Reason) Text() problem.Text { return reasons[r] }
