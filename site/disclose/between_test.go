package disclose

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// What readers compute between columns, rows, files and publications, as a tester
// found it published: one case for each kind, with what comes out.
func TestBetween(t *testing.T) {
	const months = "2026年1月,11,11 2026年2月,12,23 2026年3月,13,36 2026年4月,3,39 2026年5月,15,54 2026年6月,16,70"
	breakdown := "年份:period,类别:category,死亡（人）:person 2024年,汽车,31 2024年,摩托,3 2024年,行人,12 2025年,汽车,33 2025年,摩托,7 2025年,行人,11"
	for name, c := range map[string]struct {
		now, before []string // title: lines of a file
		column      string
		want        string
	}{
		"累计 beside the month":                      {[]string{"伤亡: 月份:period,死亡:person,累计死亡:person " + months}, nil, "累计死亡", "11 23 36 [c] 54 70"},
		"a running total of any name":              {[]string{"伤亡: 月份:period,死亡:person,至本月:person " + months}, nil, "至本月", "11 23 36 [c] 54 70"},
		"a running total over the years":           {[]string{"矫正: 年份:period,新增:person,历年累计:person 2022年,12,112 2023年,15,127 2024年,3,130 2025年,20,150 2026年,11,161"}, nil, "历年累计", "112 [c] 130 150 161"},
		"期初 + 新增 = 减少 + 期末":                        {[]string{"矫正: 月份:period,期初:person,新增:person,减少:person,期末:person 2026年1月,100,20,10,110 2026年2月,110,13,10,113 2026年3月,113,3,10,106"}, nil, "减少", "10 10 [c]"},
		"the total of another file, 死亡总数":          {[]string{"交通事故死亡分方式: " + breakdown, "交通事故: 年份:period,死亡总数（人）:person 2024年,46 2025年,51"}, nil, "死亡（人）", "31 [c] [c] 33 7 11"},
		"a longer name that the title tells":       {[]string{"交通事故死亡分方式: " + breakdown, "年度: 年份:period,交通事故死亡人数:person 2024年,46 2025年,51"}, nil, "死亡（人）", "31 [c] [c] 33 7 11"},
		"伤亡 of 死亡 and 受伤":                          {[]string{"事故: 年份:period,死亡:person,受伤:person 2024年,3,40 2025年,12,40", "伤亡: 年份:period,伤亡:person 2024年,43 2025年,52"}, nil, "受伤", "[c] 40"},
		"男 and 女 beside their title's total":       {[]string{"死亡按性别: 年份:period,男:person,女:person 2024年,43,3 2025年,43,7", "死亡: 年份:period,死亡（人）:person 2024年,46 2025年,50"}, nil, "男", "[c] 43"},
		"男 alone beside the whole":                 {[]string{"查处: 年份:period,查处人数:person,男:person 2023年,120,117 2024年,100,80"}, nil, "查处人数", "[c] 100"},
		"an outline":                               {[]string{"拘留: 类别:category,拘留:person 一、拘留,103 （一）行政拘留,100 （二）刑事拘留,3 二、罚款,200"}, nil, "拘留", "[c] 100 [c] 200"},
		"kinds of what a row is called":            {[]string{"办案: 指标:category,数值:person 拘留人数,103 行政拘留人数,100 刑事拘留人数,3 罚款人数,40"}, nil, "数值", "[c] 100 [c] 40"},
		"some of the rows, three years":            {[]string{"死亡: 年份:period,地区:category,死亡:person 2023年,城区,34 2023年,东区,31 2023年,西区,3 2023年,县,12 2024年,城区,40 2024年,东区,30 2024年,西区,10 2024年,县,15 2025年,城区,44 2025年,东区,30 2025年,西区,14 2025年,县,16"}, nil, "死亡", "34 [c] [c] 12 40 30 10 15 44 30 14 16"},
		"the total replaces its parts":             {[]string{"死亡: 年份:period,死亡（人）:person 2024年,46 2025年,51"}, []string{"死亡: " + breakdown}, "死亡（人）", "[c] 51"},
		"a category is split later":                {[]string{"死亡: 年份:period,类别:category,死亡（人）:person 2024年,汽车,31 2024年,摩托,3 2024年,行人,12"}, []string{"死亡: 年份:period,类别:category,死亡（人）:person 2024年,汽车,31 2024年,其他,15"}, "死亡（人）", "31 [c] [c]"},
		"a mean of three months":                   {[]string{"死亡: 月份:period,死亡:person,近三月平均:none 2026年1月,12,[x] 2026年2月,13,[x] 2026年3月,14,13 2026年4月,3,10 2026年5月,13,10 2026年6月,14,10 2026年7月,15,14"}, nil, "近三月平均", "[x] [x] 13 [c] [c] [c] 14"},
		"a row of means":                           {[]string{"死亡: 所:category,死亡:person 甲,12 乙,3 丙,13 平均,9.33"}, nil, "死亡", "12 [c] 13 [c]"},
		"以2023年为100":                               {[]string{"死亡: 年份:period,死亡:person,以2023年为100:none 2023年,12,100 2024年,3,25 2025年,7,58.33"}, nil, "以2023年为100", "100 [c] 58.33"},
		"the share of a published base":            {[]string{"查处: 年份:period,查处人数:person,女性占比（%）:none 2024年,100,3.00 2025年,80,10.00"}, nil, "女性占比（%）", "[c] 10"},
		"the men leave three women, as a fraction": {[]string{"查处: 年份:period,查处人数:person,男性比例:none 2024年,100,0.97 2025年,80,0.85"}, nil, "男性比例", "[c] 0.85"},
		"a rate of cases by population stays":      {[]string{"治安: 年份:period,人口（人）:none,每万人刑事案件:none,每万人死亡:none 2024年,64000,0.47,0.47 2025年,64000,8.1,8.1"}, nil, "每万人刑事案件", "0.47 8.1"},
		"a rate of persons by population":          {[]string{"治安: 年份:period,人口（人）:none,每万人刑事案件:none,每万人死亡:none 2024年,64000,0.47,0.47 2025年,64000,8.1,8.1"}, nil, "每万人死亡", "[c] 8.1"},
		"a rate by a case":                         {[]string{"事故: 年份:period,事故（起）:event,每起死亡人数:none 2024年,100,0.03 2025年,80,0.1"}, nil, "每起死亡人数", "[c] 0.1"},
		"the fines of three firms":                 {[]string{"罚款: 行业:category,企业（家）:organisation,罚款（万元）:none 旅馆,12,30 网吧,3,8 典当,20,41 合计,35,79"}, nil, "罚款（万元）", "30 [c] 41 [c]"},
		"occupied roads are no share":              {[]string{"处罚: 年份:period,处罚人数:person,占道经营（起）:event 2024年,200,2 2025年,300,3"}, nil, "占道经营（起）", "2 3"},
		"the duty done is no share":                {[]string{"民警: 年份:period,民警（人）:person,任务完成率（%）:none 2024年,100,97 2025年,100,98"}, nil, "任务完成率（%）", "97 98"},
		"a share of hidden fines":                  {[]string{"罚款: 行业:category,企业（家）:organisation,罚款（元）:none,罚款占比（%）:none 旅馆,12,900000,90 网吧,3,100000,10 合计,15,1000000,100"}, nil, "罚款占比（%）", "[c] [c] [c]"},
		"shares tell a total that no row has":      {[]string{"嫌疑人: 年龄段:category,人数:person,占比（%）:none 14-17岁,4,4.8 18-25岁,21,25.3 26-35岁,27,32.5 36-45岁,14,16.9 46-60岁,17,20.5"}, nil, "人数", "[c] 21 27 [c] 17"},
		"an amount of any name":                    {[]string{"帮扶: 行业:category,企业（家）:organisation,金额（万元）:none 旅馆,12,30 网吧,3,8 典当,20,41 合计,35,79"}, nil, "金额（万元）", "30 [c] 41 [c]"},
		"a budget is public":                       {[]string{"预算: 单位:category,内设机构（个）:organisation,预算（万元）:none 甲,3,800 乙,6,1400 合计,9,2200"}, nil, "预算（万元）", "800 1400 2200"},
		"the fine of one of several columns":       {[]string{"罚款: 单位:category,立案单位（家）:organisation,处罚单位（家）:organisation,罚款（元）:none 甲,30,1,50000 乙,20,12,90000"}, nil, "罚款（元）", "[c] 90000"},
		"a share that tells no small count":        {[]string{"查处: 年份:period,查处人数:person,女性占比（%）:none 2024年,1000,13.00 2025年,800,10.00"}, nil, "女性占比（%）", "13 10"},
		"things of another kind stay":              {[]string{"火灾: 年份:period,死亡:person 2024年,8 2025年,9", "年度: 年份:period,交通事故死亡:person 2024年,46 2025年,51"}, nil, "死亡", "8 9"},
	} {
		files := func(texts []string, prefix string) (list []*bureau.Statistic) {
			for i, text := range texts {
				title, lines, _ := strings.Cut(text, ": ")
				s := statistic(t, prefix+string(rune('a'+i)), strings.Fields(lines)...)
				s.Descriptor.Title.V = title
				for f := range s.Fields {
					if _, unit, is := strings.Cut(strings.TrimSuffix(s.Fields[f].Name, "）"), "（"); is {
						s.Fields[f].Unit = unit
					}
				}
				list = append(list, s)
			}
			return list
		}
		now := files(c.now, "now-")
		b := bureauOf(now...)
		for _, s := range files(c.before, "before-") {
			protected(t, s)
			b.Releases = append(b.Releases, released("2026-07", s))
		}
		for _, p := range Bureau(b) {
			if p.Severity != 0 {
				t.Logf("%s: %s", name, p.Message.EN)
			}
		}
		if got := column(now[0], c.column); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
