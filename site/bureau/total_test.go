package bureau

import "testing"

func TestSubject(t *testing.T) {
	for name, want := range map[string]string{
		"刑事合计": "刑事", "合　计": "", "总数": "", "全市": "", "合计（人）": "", "其中：盗窃": "盗窃", "其中盗窃": "盗窃", "未成年人": "未成年人", "": "",
	} {
		if got := Subject(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
