package figures

import (
	"strings"
	"testing"
)

func TestRiskOf(t *testing.T) {
	for _, c := range []struct{ name, unit, title, words, want string }{
		// The unit.
		{"打击处理（人）", "人", "", "", persons},
		{"未成年被害人（名）", "名", "", "", persons},
		{"常住人口（万人）", "万人", "", "", persons},
		{"接待", "人次", "", "", persons},
		{"走访", "百户", "", "", persons},
		{"常住", "口", "", "", persons},
		{"处罚（家）", "家", "", "", organisations},
		{"检查", "千家", "", "", organisations},
		{"破获刑事案件（件）", "件", "", "", events},
		{"接报交通事故（起）", "起", "", "", events},
		{"接警（万起）", "万起", "", "", events},
		{"发证（本）", "本", "", "", events},
		{"罚没（元）", "元", "", "", none},
		{"挽回（万元）", "万元", "", "", none},
		{"出警（分钟）", "分钟", "", "", none},
		{"巡逻（公里）", "公里", "", "", none},
		{"查扣（辆）", "辆", "", "", none},
		{"拨款（£）", "£", "", "", none},
		{"Grants", "USD", "", "", none},
		{"Annual change of victims", "", "", "", none},
		{"Victims of climate change", "", "", "", persons},
		// A person's name outranks it; a case that names persons is a case.
		{"死亡人数（起）", "起", "", "", persons},
		{"抓获嫌疑人（件）", "件", "", "", persons},
		{"伤亡（例）", "例", "", "", persons},
		{"死亡人数（个）", "个", "", "", persons},
		{"死亡事故（起）", "起", "", "", events},
		{"死亡事故起数", "", "", "", events},
		{"伤害案件（件）", "件", "", "", events},
		{"拘留案件", "", "", "", events},
		{"被害人救助申请（件）", "件", "", "", events},
		{"违法行为人处罚企业（人）", "人", "", "", persons},
		// The name alone.
		{"受害人数", "", "", "", persons},
		{"嫌疑人总数", "", "", "", persons},
		{"其中：女", "", "", "", persons},
		{"deaths", "", "", "", persons},
		{"Suspects arrested", "", "", "", persons},
		{"检查单位数", "", "", "", organisations},
		{"案件数", "", "", "", events},
		{"fatal accidents", "", "", "", events},
		// Rates, means, indices, changes, amounts.
		{"死亡率", "", "", "", none},
		{"死亡率（‰）", "‰", "", "", none},
		{"群众满意度", "", "", "", none},
		{"人均民警", "", "", "", none},
		{"每万人死亡人数", "", "", "", none},
		{"死亡人数比上年增减（人）", "人", "", "", none},
		{"涉案金额", "", "", "", none},
		{"death rate", "", "", "", none},
		{"Proportion of victims", "", "", "", none},
		{"低于平均水平人数", "", "", "", persons},
		// The words of the rows, then the title.
		{"数值", "", "", "死亡人数 受伤人数 事故起数", persons},
		{"数值", "", "", "事故起数 案件数", events},
		{"数值", "", "", "事故起数 其他", ""},
		{"数值", "件", "", "事故起数 死亡人数", persons},
		{"立案（件）", "件", "", "拐卖妇女儿童 诈骗", events},
		{"数值", "", "交通事故死亡人数", "", persons},
		{"数值", "", "交通事故死亡人数", "事故起数", events},
		{"数值", "", "抓获嫌疑人和破获案件情况", "", persons},
		{"数量", "", "刑事案件统计表", "盗窃 诈骗", events},
		{"事故（起）", "起", "交通事故死亡人数", "", events},
		{"数值", "", "交通事故死亡人数", "追尾事故 碰撞事故", persons},
		{"处罚", "", "治安案件", "殴打案 盗窃案", ""},
		{"罚款（人）", "人", "", "", persons},
		{"户口变动（人）", "人", "", "", persons},
		{"批捕", "", "刑事案件", "", persons},
		{"人口密度", "", "", "", none},
		// Nothing tells.
		{"数量", "", "", "甲 乙", ""},
		{"数量（个）", "个", "示例", "", ""},
	} {
		if got := RiskOf(c.title, c.name, c.unit, strings.Fields(c.words)...); got != c.want {
			t.Errorf("%s in %q, title %q, rows %q: %q, want %q", c.name, c.unit, c.title, c.words, got, c.want)
		}
	}
}

func TestDecideRisk(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"whole numbers are protected", []string{"期间:period,数量", "2024年,3"}, "person unsaid"},
		{"others are not", []string{"期间:period,数量", "2024年,3.5"}, "none"},
		{"nor is what goes below zero", []string{"期间:period,数量", "2024年,-3"}, "none"},
		{"nor is an empty column", []string{"期间:period,数量", "2024年,[x]"}, "none"},
		{"by the words of rows", []string{"指标:category,数值", "事故起数,20", "死亡人数,3"}, "person"},
		{"by a key of persons", []string{"性别:category,数值", "男,20", "女,3"}, "person"},
		{"by the unit of each row", []string{"指标:category,计量单位:category,数值", "甲,起,20", "乙,人,3"}, "person"},
		{"by the unit of all rows", []string{"指标:category,计量单位:category,数值", "甲,起,20", "乙,件,3"}, "event"},
		{"a row's name outranks its unit", []string{"指标:category,计量单位:category,数值", "事故,起,20", "死亡人数,件,3"}, "person"},
		{"a row without a unit", []string{"指标:category,计量单位:category,数值", "甲,起,20", "乙,个,3"}, "person unsaid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := decided(t, "irregular", c.lines...)
			m := len(s.Fields) - 1
			if m == 2 {
				s.Fields[m].UnitField = 1
			}
			decideRisk(s)
			decideRisk(s) // says the same
			got := s.Fields[m].Risk
			if s.Fields[m].Unsaid {
				got += " unsaid"
			}
			if got != c.want || !s.Fields[m].Taken || s.Fields[m].SaidRisk() != "" {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	s := decided(t, "irregular", "期间:period,死亡人数", "2024年,3")
	s.Fields[1].Risk, s.Fields[1].Taken = events, false
	if decideRisk(s); s.Fields[1].Risk != events || s.Fields[1].SaidRisk() != events {
		t.Errorf("what staff said became %q", s.Fields[1].Risk)
	}
}
