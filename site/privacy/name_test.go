package privacy_test

import "testing"

// Who is named, and as what: one of a case, a private person, a minor, or nobody.
func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		"证人于建国到庭作证":             "name",
		"证人于开庭三日前收到通知":          "",
		"证人：高翠花（邻居）":            "name",
		"嫌疑人欧阳建平在逃":             "name",
		"嫌疑人张某、李建军被抓获":          "name",
		"犯罪嫌疑人李×明":              "",
		"被害人**刘明**报案":           "name",
		"热心市民赵丽娟将钱包送到派出所":       "consent",
		"见义勇为人员孙大勇跳入河中":         "consent",
		"失主王女士来认领":              "",
		"市民高度评价，群众安全感上升":        "",
		"居民常住户口登记，学生毕业后迁移":      "",
		"申请人于三日内提交材料":           "",
		"未成年人钟某违法，已责令监护人管教":     "minor",
		"15岁学生因打架被拘留后无人通知家长":    "minor",
		"未成年人李某在辖区读书":           "",
		"市民　张伟、市民「张伟」":          "consentconsent",
		"被害人　张伟明报警":             "name",
		"联系人：王警官":               "",
		"联系人：罗湖分局、江宁分局":         "",
		"市民马拉松，学生江海中学":          "",
		"示公（治）罚决字〔2026〕12号）":    "",
		"示公罚决字〔2026〕1号 ":        "",
		"证件11010519491231002 X": "resident-id",
		"驾驶电动自行车搭载12岁以下儿童，属违法":  "",
	} {
		got := ""
		for _, p := range personal(judge(map[string]string{"data/static/t.txt": text})) {
			got += p.Rule.String()[len("privacy/"):]
		}
		if got != want {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
	named := "热心市民赵丽娟将钱包送到派出所。\n"
	for text, want := range map[string]string{
		"---\ntitle: 页面\n---\n" + named:                     "consent@data/pages/p.md:4:5",
		"---\ntitle: 页面\nconsent: 同意书2026-7\n---\n" + named: "",
	} {
		if got := rules(judge(map[string]string{"data/pages/p.md": text})); got != want {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
}
