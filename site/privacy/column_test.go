package privacy

import (
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// tableOf makes a statistic of one column beside its key, of texts or of numbers.
func tableOf(header, unit string, measure bool, cells ...string) *bureau.Statistic {
	s := &bureau.Statistic{Name: "x", File: "data/stats/x.csv"}
	s.Fields = []bureau.Field{{Name: "类别", Role: bureau.RoleCategory, UnitField: -1}, {Name: header, Unit: unit, Role: bureau.RoleCategory, UnitField: -1, Column: 1, At: problem.Position{File: s.File, Line: 1, Column: 4}}}
	if measure {
		s.Fields[1].Role, s.Fields[1].Type = bureau.RoleMeasure, "integer"
	}
	for i, text := range cells {
		c := bureau.Cell{Text: text, Number: math.NaN()}
		if measure {
			n := 0.0
			for _, d := range text {
				n = 10*n + float64(d-'0')
			}
			c.Number = n
		}
		row := bureau.Row{Line: uint32(i + 2), Sheet: int32(i + 1)}
		s.Append(row, period.Period{}, bureau.Cell{Text: "甲", Number: math.NaN()}, c)
		s.Columns[0].Put(i, row.Line, row.Line, 1)
		s.Columns[1].Put(i, row.Line, row.Line, 4)
	}
	return s
}

func found(findings []bureau.Finding) string {
	var rules []string
	for _, f := range findings {
		if !f.Cleared {
			rules = append(rules, f.Rule.String()+" "+f.Severity.String())
		}
	}
	return strings.Join(rules, ", ")
}

// exposure/names-column: a header alone says who somebody is, unless it counts.
func TestColumns(t *testing.T) {
	const refused = "privacy/column error"
	for _, c := range []struct {
		header, unit string
		measure      bool
		cell, want   string
	}{
		{"姓名", "", false, "王建国", refused},
		{"受害人姓名", "", false, "李某", refused},
		{"当事人", "", false, "张某", refused},
		{"身份证号", "", false, "略", refused},
		{"公民身份号码", "", false, "略", refused},
		{"证件号码", "", true, "12", refused},
		{"手机号", "", true, "3", refused},
		{"联系手机号码", "", false, "", refused},
		{"Full name", "", false, "A", refused},
		{"基本情况·当事人", "", false, "张某", refused},
		{"Details·Full name", "", false, "A", refused},
		{"Mobile No.", "", false, "A", refused},
		{"身 份 证 号", "", false, "略", refused},
		{"身份证", "", false, "略", refused},
		{"电话", "", true, "3", refused},
		{"家庭住址", "", false, "甲村", refused},
		{"车牌", "件", false, "甲", refused},
		{"身份证受理", "", true, "312", ""},
		{"身份证（件）", "", true, "312", ""},
		{"电话（起）", "", true, "31", ""},
		{"电话", "起", true, "31", ""},
		{"电话诈骗", "", true, "31", ""},
		{"手机被盗（起）", "", true, "31", ""},
		{"当事人（人）", "", true, "31", ""},
		{"当事人数", "", true, "31", ""},
		{"人数", "", true, "31", ""},
		{"户名", "", false, "甲", ""},
		{"名称", "", false, "甲", ""},
		{"Name", "", false, "A", ""},
	} {
		if got := found(Statistic(tableOf(c.header, c.unit, c.measure, c.cell))); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.header, c.unit, got, c.want)
		}
	}
}

// exposure/phone-called-money: what a number is its column says by its unit or its
// whole name, and no character inside a word.
func TestAmounts(t *testing.T) {
	const phone = "privacy/mobile error"
	for _, c := range []struct{ header, unit, cell, want string }{
		{"元旦值班", "", "13800000002", phone},
		{"单元楼长手机", "", "13800000002", "privacy/column error"},
		{"单元楼长联系方式", "", "13800000002", phone},
		{"流量卡号码", "", "13800000002", phone},
		{"收入来源联系人的号码", "", "13800000002", phone},
		{"金额核对人", "", "13800000002", phone},
		{"万元户联系", "", "13800000002", phone},
		{"合同金额", "", "13800000002", ""},
		{"合同额（元）", "", "13800000002", ""},
		{"合同", "元", "13800000002", ""},
		{"流量", "", "13800000002", ""},
		{"财政支出", "", "13800000002", ""},
	} {
		if got := found(Statistic(tableOf(c.header, c.unit, false, c.cell))); got != c.want {
			t.Errorf("%s: %q, want %q", c.header, got, c.want)
		}
	}
	for text, want := range map[string]string{
		"举报请联系13800000003万警官":   phone,
		"2号楼单元长13800000003元旦值班": phone,
		"共计13800000003元":        "",
		"投入13800000003万元":       "",
		"约13800000003余元":        "",
		"处罚款13800000003 元，已缴":   "",
		"平台流量13800000003字节":     "",
		"拨13800000003，元旦照常":     phone,
		"单元：13800000003":        phone,
		"值班 138 0000 0003 元月起":  phone,
	} {
		var rules []string
		for _, h := range scan([]byte(text), "", false) {
			if !h.cleared {
				rules = append(rules, h.Rule.String()+" "+h.Severity.String())
			}
		}
		if got := strings.Join(rules, ", "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// A number of identity with a slip is one in a column of them, and doubtful in a
// sentence.
func TestSlips(t *testing.T) {
	for beside, want := range map[string]problem.Severity{"身份证号": problem.Error, "证件号码": problem.Error, "": problem.Warning} {
		text := "身份证110105194912310021"
		hits := scan([]byte(text), beside, false)
		if len(hits) != 1 || hits[0].Severity != want {
			t.Errorf("%q: %+v", beside, hits)
		}
	}
}

// The name of a person in a case stands right behind the role, whatever follows.
func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		"举报人张三反映该处有人赌博": "张三",
		"被害人李秀英报警称":     "李秀英",
		"证人王五看到两人":      "王五",
		"嫌疑人赵六到案":       "赵六",
		"受害人陈小红遭受损失":    "陈小红",
		"违法行为人刘大伟殴打他人":  "刘大伟",
		"犯罪嫌疑人周强驾车逃离":   "周强",
		"被害人：孙丽":        "孙丽",
		"举报人张某反映":       "",
		"举报人张某某反映":      "",
		"证人证言":          "",
		"被害人家属表示":       "",
		"举报人信息保密":       "",
		"举报人应当如实":       "",
		"证人何时出庭":        "",
		"被害人陈述":         "",
		"受害人蒙受损失":       "",
		"嫌疑人员":          "",
		"举报人安全受法律保护":    "",
		"犯罪嫌疑人凌晨逃离":     "",
		"证人马上到庭":        "",
		"被害人常住本地":       "",
		"违法行为人周边群众":     "",
		"举报人谢绝奖励":       "",
	} {
		got := ""
		for _, h := range scan([]byte(text), "", false) {
			if h.Rule == personName {
				got = h.Value
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// A degree of secrecy is a mark where it stands alone or says so of its text, and
// none in a sentence.
func TestSecrecy(t *testing.T) {
	for text, want := range map[string]bool{
		"机密★10年":   true,
		"# 机密":     true,
		"【秘密】\n正文": true,
		"密级：秘密":    true,
		"本材料为内部资料": true,
		"本材料为内部资料，注意保存。":      true,
		"内部资料，请勿外传":           true,
		"涉及警务工作秘密的不予公开":       false,
		"依法不公开涉及国家秘密、商业秘密的信息": false,
		"故意泄露国家秘密罪":           false,
		"属于内部资料的，不予公开":        false,
		"保守秘密是民警的义务":          false,
		"查处窃取商业秘密案件12起":       false,
	} {
		got := false
		for _, h := range scan([]byte(text), "", false) {
			got = got || h.Rule == secret
		}
		if got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// Flats that are counted, and windows, are nobody's home.
func TestCountedFlats(t *testing.T) {
	for text, want := range map[string]bool{
		"幸福小区12号楼3单元501室":    true,
		"住幸福路5号院3号楼2单元":      true,
		"幸福小区12号楼3单元共24户已走访": false,
		"幸福小区12号楼3单元24户":     false,
		"幸福小区12号楼3单元等加装门禁":   false,
		"政务中心2号楼3单元窗口":       false,
	} {
		got := false
		for _, h := range scan([]byte(text), "", false) {
			got = got || h.Rule == homeAddress
		}
		if got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
