package yaml

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// A clerk who writes in Chinese is answered in Chinese.
func TestChineseWords(t *testing.T) {
	for _, c := range []struct{ source, message, hint string }{
		{"标题名: 甲\n", "没有名为“标题名”的键", "可填的键有：事项名称、类别、状态、主管部门"},
		{"colour: 甲\n", "没有名为“colour”的键", "可填的键有：title、area、status、authority"},
		{"承诺: 5\n", "没有名为“承诺”的键", "办理时限 → 承诺"},
		{"收费: 免费\n", "“收费”应分项填写", "例如 {免费: …}；可填的键有：免费、金额、依据、说明"},
		{"title: 甲\nfoo\nbar: 乙\n", "YAML写法有误：这一行缺少冒号", "冒号"},
		{"title: |x\n  甲\n", "“|”或“>”后面写了别的内容", "双引号"},
	} {
		var g bureau.Guide
		problems := Decode("a.md", 1, []byte(c.source), &g)
		if len(problems) == 0 || !strings.Contains(problems[0].Message.ZH, c.message) || !strings.Contains(problems[0].Hint.ZH, c.hint) {
			t.Errorf("%q: %+v", c.source, problems)
		}
	}
}
