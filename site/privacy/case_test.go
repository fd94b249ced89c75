package privacy_test

import "testing"

// The title of a case names persons; what it says of a firm, a place or a thing is no name.
func TestCaseTitles(t *testing.T) {
	for title, want := range map[string]int{
		"王大锤被诈骗案":          1,
		"李大明盗窃案":           1,
		"王五涉嫌故意伤害案":        1,
		"张三、李四故意伤害案":       2,
		"张三、李某某、王大锤聚众斗殴案":  2,
		"欧阳建平等人开设赌场案":      1,
		"赵六等3人赌博案":         1,
		"王大锤家被盗案":          1,
		"城关镇王大锤被诈骗案":       1,
		"9月12日王大锤被杀案":      1,
		"“9·12”王大锤被诈骗案":    1,
		"侦破王大锤被诈骗案":        1,
		"关于王大锤被诈骗案的情况":     1,
		"2026年王大锤、陈小花被诈骗案": 2,
		"李某某盗窃案":           0,
		"李某、张某某盗窃案":        0,
		"王某被诈骗案":           0,
		"王*锤被诈骗案":          0,
		"王女士被诈骗案":          0,
		"张大爷被骗案":           0,
		"某某公司被诈骗案":         0,
		"金山公司被诈骗案":         0,
		"张三商店被盗案":          0,
		"城关镇盗窃案":           0,
		"刘庄村盗窃案":           0,
		"何家村入室盗窃案":         0,
		"“9·12”电信诈骗案":      0,
		"系列盗窃案":            0,
		"连环盗窃案":            0,
		"电动车被盗案":           0,
		"文物被盗案":            0,
		"古墓盗掘案":            0,
		"林木滥伐案":            0,
		"武汉诈骗案":            0,
		"游戏账号被盗案":          0,
		"游客被骗案":            0,
		"金店抢劫案":            0,
		"单位行贿案":            0,
		"夏季盗窃案":            0,
		"黄金被盗案":            0,
		"高速公路盗窃案":          0,
		"全县立案查处诈骗案":        0,
		"侦破盗窃案、诈骗案和抢劫案":    0,
		"现行命案":             0,
		"石家庄电信诈骗案":         0,
		"张家港走私案":           0,
		"养老诈骗案":            0,
		"全国扫黑办挂牌督办案件":      0,
		"示范县公安局组织侦破网络赌博案":  0,
		"万元以上盗窃案":          0,
		"群众被骗案、商户被盗案":      0,
		"常见诈骗案":            0,
		"安全生产案":            0,
		"城关派出所破获盗窃案":       0,
		"城东街道和平社区入室盗窃案":    0,
		"党员干部酒驾案":          0,
		"单车盗窃案":            0,
		"车内财物被盗案":          0,
		"温泉酒店卖淫案":          0,
		"办理和审理盗窃案":         0,
		"行政案件、刑事案件":        0,
		"对施工方非法采砂案":        0,
		"治安和交通肇事案":         0,
	} {
		for at, severity := range map[string]string{"data/static/t.txt": "warning", "data/stats/t.csv": "error"} {
			text := title + "\n"
			if severity == "error" {
				text = "期间,案件名称,报警（次）\n2026年9月," + title + ",3\n"
			}
			found := 0
			for _, p := range personal(judge(map[string]string{at: text})) {
				if p.Rule.String() != "privacy/name" || p.Severity.String() != severity {
					t.Errorf("%s in %s: %v", title, at, p)
				}
				found++
			}
			if found != want {
				t.Errorf("%s in %s: %d found, want %d", title, at, found, want)
			}
		}
	}
}
