package figures

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
)

func TestUnreadableInChinese(t *testing.T) {
	s := &bureau.Statistic{}
	for _, name := range []string{"合计", "男", "女"} {
		s.Fields = append(s.Fields, bureau.Field{Name: name, Role: bureau.RoleMeasure})
	}
	for formula, want := range map[string]string{
		"合计 ==":      "算式没有写完（第5个字符）",
		"合计 == '男":   "引号没有结束",
		"合计 == 男，女":  "不能用符号“，”",
		"2合计 > 3":    "“2合”不是数",
		"合计 == 男)":   "“)”的位置不对",
		"合计 + 男":     "这里要写一个关系",
		"合计 and 男":   "“and”不能用在数值上",
		"合计 == 男 女":  "“女”的位置不对",
		"(合计 == 男":   "算式没有写完",
		"合计 == 男 +;": "“;”的位置不对",
	} {
		if _, fault := compile(s, formula, true); fault == nil {
			t.Errorf("%s: no fault", formula)
		} else if !strings.Contains(fault.Message.ZH, want) {
			t.Errorf("%s: %s, want %s", formula, fault.Message.ZH, want)
		}
	}
}
