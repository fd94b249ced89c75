package attack_test

import (
	"io/fs"
	"slices"
	"testing"

	"sunshine/site/attack"
)

// What a tester computed by hand is computed here too; what looks like it and does
// not follow is not.
func TestWhatAStrangerComputedIsFound(t *testing.T) {
	months := func(header string, rest ...string) string {
		rows := []string{"2026年1月,11,11", "2026年2月,12,23", "2026年3月,13,36", "2026年4月,[c],39", "2026年5月,15,54", "2026年6月,16,70"}
		text := "月份," + header + "\n"
		for i, r := range rows {
			if i < len(rest) && rest[i] != "" {
				r = rest[i]
			}
			text += r + "\n"
		}
		return text
	}
	years := "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[c]\n2024年,行人,12\n2025年,汽车,33\n2025年,摩托,7\n2025年,行人,11\n"
	balance := func(header string) publications {
		return publications{site("x", "月份,"+header+"\n2026年1月,100,20,10,110\n2026年2月,110,13,10,113\n2026年3月,113,[c],10,106\n")}
	}
	broken := "\n2026年1月,100,20,10,111\n2026年2月,110,13,12,113\n2026年3月,113,[c],10,106\n2026年4月,106,12,17,100\n"
	one := func(name, text string) publications { return publications{site(name, text)} }
	total := func(header string) publications {
		return publications{site("x", years, "z", "年份,"+header+"\n2024年,46\n2025年,51\n")}
	}
	units := "编号,名称,上级,人口\nshi,示范市公安局,,205000\ncd,城东分局,示范市公安局,82000\ncx,城西分局,示范市公安局,64000\nyi,一所,城东分局,\ner,二所,城东分局,\n"
	cases := []struct {
		name  string
		files publications
		want  string // "" for nothing
	}{
		{"balance", balance("期初（人）,新增（人）,减少（人）,期末（人）"), "x 2026年3月 新增（人） =3"},
		{"balance of those on the list", balance("上月在册（人）,纳入（人）,退出（人）,月末在册（人）"), "x 2026年3月 纳入（人） =3"},
		{"balance after 上期", balance("上期（人）,新增（人）,减少（人）,期末（人）"), "x 2026年3月 新增（人） =3"},
		{"balance of month ends", balance("上月末（人）,本月增加（人）,本月减少（人）,本月末（人）"), "x 2026年3月 本月增加（人） =3"},
		{"balance in English", balance("Opening,New,Closed,Closing"), "x 2026年3月 New =3"},
		{"no balance", one("x", "月份,期初（人）,新增（人）,减少（人）,期末（人）"+broken), ""},

		{"not available, of its total", one("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[x]\n2024年,行人,12\n2024年,合计,46\n"), "x 2024年/摩托 死亡（人） =3"},
		{"not available, of another table", publications{site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[x]\n2024年,行人,12\n", "z", "年份,死亡人数\n2024年,46\n")}, "x 2024年/摩托 死亡（人） =3"},
		{"not available, of months that add up", one("x", "月份,死亡（人）\n2026年1月,11\n2026年2月,[x]\n2026年3月,13\n2026年第一季度,27\n"), "x 2026年2月 死亡（人） =3"},
		{"not available, and not few", one("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[x]\n2024年,行人,12\n2024年,合计,56\n"), ""},
		{"not available, and none", one("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[x]\n2024年,行人,12\n2024年,合计,43\n"), ""},
		{"not available beside a withheld one", one("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[x]\n2024年,行人,[c]\n2024年,合计,46\n"), ""},
		{"not available, of events", one("x", "年份,类别,事故（起）\n2024年,汽车,31\n2024年,摩托,[x]\n2024年,行人,12\n2024年,合计,46\n"), ""},
		{"not applicable, of its total", one("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[z]\n2024年,行人,12\n2024年,合计,46\n"), ""},

		{"shares without a total", one("x", "年龄段,人数（人）,占比（%）\n14-17岁,[c],[c]\n18-25岁,21,25.3\n26-35岁,27,32.5\n36-45岁,14,16.9\n46-60岁,17,20.5\n"), "x 14-17岁 人数（人） =4"},
		{"shares with two withheld", one("x", "年龄段,人数（人）,占比（%）\n14-17岁,[c],[c]\n18-25岁,21,25.3\n26-35岁,27,32.5\n36-45岁,[c],[c]\n46-60岁,17,20.5\n"), ""},

		{"cumulative without a name", one("x", months("死亡,累计")), "x 2026年4月 死亡 =3"},
		{"cumulative 1-N月", one("x", months("死亡人数,1-N月累计")), "x 2026年4月 死亡人数 =3"},
		{"cumulative 1—本月", one("x", months("当月死亡（人）,1—本月死亡（人）")), "x 2026年4月 当月死亡（人） =3"},
		{"cumulative YTD", one("x", months("死亡（人）,YTD")), "x 2026年4月 死亡（人） =3"},
		{"cumulative withheld", one("x", months("死亡（人）,YTD", "", "", "", "2026年4月,[c],[c]", "2026年5月,[c],54")), ""},
		{"beside another column", one("x", months("死亡（人）,出警（次）", "2026年1月,11,30", "2026年2月,12,23", "", "", "2026年5月,15,61")), ""},

		{"total 死亡人数", total("死亡人数"), "x 2024年/摩托 死亡（人） =3"},
		{"total 死亡总数", total("死亡总数（人）"), "x 2024年/摩托 死亡（人） =3"},
		{"total 事故死亡总人数", total("事故死亡总人数"), "x 2024年/摩托 死亡（人） =3"},
		{"total 总死亡", total("总死亡（人）"), "x 2024年/摩托 死亡（人） =3"},
		{"total of something else", total("受伤总数（人）"), ""},
		{"two columns and a total elsewhere", publications{site("x", "年份,男（人）,女（人）\n2024年,43,[c]\n2025年,43,7\n", "z", "年份,死亡（人）\n2024年,46\n2025年,50\n")}, "x 2024年 女（人） =3"},
		{"two columns and another count elsewhere", publications{site("x", "年份,男（人）,女（人）\n2024年,43,[c]\n2025年,43,7\n", "z", "年份,死亡（人）\n2024年,46\n2025年,52\n")}, ""},
		{"dead and injured", publications{site("x", "年份,死亡（人）,受伤（人）\n2024年,[c],40\n2025年,12,40\n", "z", "年份,伤亡（人）\n2024年,43\n2025年,52\n")}, "x 2024年 死亡（人） =3"},
		{"stations and the total of their bureau", publications{site("units/units.csv", units, "x", "年份,单位,死亡（人）\n2024年,一所,31\n2024年,二所,[c]\n", "z", "年份,单位,死亡人数\n2024年,城东分局,38\n2024年,城西分局,30\n")}, "x 2024年/二所 死亡（人） =7"},

		{"breakdown first, total later", publications{site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[c]\n2024年,行人,12\n"), site("z", "年份,死亡人数\n2024年,46\n")}, "x 2024年/摩托 死亡（人） =3"},
		{"a kind that was split", publications{site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,其他,15\n"), site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[c]\n2024年,行人,12\n")}, "x 2024年/摩托 死亡（人） =3"},
		{"a kind that was split, all revised", publications{site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,其他,15\n"), site("x", "年份,类别,死亡（人）\n2024年,汽车,32\n2024年,摩托,[c]\n2024年,行人,12\n")}, ""},
		{"a kind that was added", publications{site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,行人,12\n2024年,合计,43\n"), site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[c]\n2024年,行人,12\n2024年,合计,[c]\n")}, ""},
		{"the total of the same kinds, withheld later", publications{site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[c]\n2024年,合计,34\n"), site("x", "年份,类别,死亡（人）\n2024年,汽车,31\n2024年,摩托,[c]\n2024年,合计,[c]\n")}, "x 2024年/摩托 死亡（人） =3"},

		{"总体", one("x", "类别,死亡（人）\n汽车,31\n摩托,[c]\n行人,12\n总体,46\n"), "x 摩托 死亡（人） =3"},
		{"first row, seen in another column", one("x", "方式,死亡（人）,受伤（人）\n道路交通事故,46,90\n汽车,31,60\n摩托,[c],10\n行人,12,20\n"), "x 摩托 死亡（人） =3"},
		{"sum of some", one("x", "年份,地区,死亡（人）\n2023,城区,34\n2023,东区,31\n2023,西区,[c]\n2023,县,12\n2024,城区,40\n2024,东区,30\n2024,西区,10\n2024,县,15\n2025,城区,44\n2025,东区,30\n2025,西区,14\n2025,县,16\n"), "x 2023/西区 死亡（人） =3"},
		{"sum of some once, not again", one("x", "年份,地区,死亡（人）\n2023,城区,34\n2023,东区,31\n2023,西区,[c]\n2023,县,12\n2024,城区,40\n2024,东区,30\n2024,西区,10\n2024,县,15\n2025,城区,44\n2025,东区,30\n2025,西区,19\n2025,县,16\n"), ""},
		{"outline", one("x", "类别,拘留（人）\n一、拘留,103\n（一）行政拘留,100\n（二）刑事拘留,[c]\n二、罚款,200\n"), "x （二）刑事拘留 拘留（人） =3"},
		{"outline, two withheld", one("x", "类别,拘留（人）\n一、拘留,103\n（一）行政拘留,[c]\n（二）刑事拘留,[c]\n二、罚款,200\n"), ""},
		{"names that end alike, with units", one("x", "指标,数值,单位\n拘留,103,人\n行政拘留,100,人\n刑事拘留,[c],人\n"), "x 刑事拘留 数值 =3"},
		{"names that end alike", one("x", "指标,数值\n拘留人数,103\n行政拘留人数,100\n刑事拘留人数,[c]\n案件数,40\n"), "x 刑事拘留人数 数值 =3"},
		{"names that end alike, of a list that is not whole", one("x", "指标,数值\n盗窃案件,303\n入室盗窃案件,100\n扒窃盗窃案件,[c]\n"), ""},
		{"men of both", one("x", "年份,性别,查处（人）\n2024年,男女合并,100\n2024年,男,97\n"), "x 2024年/男女合并（其余） 查处（人） =3"},

		{"share", one("x", "年份,查处（人）,女性占比\n2024年,100,3.00\n2025年,80,10\n"), "x 2024年 女性占比×查处（人） =3"},
		{"share of men", one("x", "年份,查处（人）,男性占比\n2024年,100,97.00\n2025年,80,80\n"), "x 2024年 男性占比（其余） =3"},
		{"share that gives no whole number", one("x", "年份,查处（人）,女性占比\n2024年,100,3.00\n2025年,80,10.70\n"), ""},
		{"share of cases", one("x", "年份,立案（起）,破案率\n2024年,100,3.00\n2025年,80,10\n"), ""},
		{"rate and population", one("x", "年份,死亡率（每10万人）,人口（人）\n2024年,3.66,82000\n2025年,8.54,82000\n"), "x 2024年 死亡率（每10万人）×人口（人） =3"},
		{"rate and population of the unit", publications{site("units/units.csv", units, "x", "年份,单位,死亡率（/10万）\n2024年,城东分局,37.80\n2024年,城西分局,4.69\n")}, "x 2024年/城西分局 死亡率（/10万）×人口 =3"},
		{"men beside all", one("x", "年份,查处（人）,男（人）\n2024年,100,97\n2025年,100,60\n"), "x 2024年（其余） 查处（人） =3"},

		{"moving sum", one("x", "月份,死亡（人）,近三月合计\n2026年1月,12,[x]\n2026年2月,13,[x]\n2026年3月,14,39\n2026年4月,[c],30\n"), "x 2026年4月 死亡（人） =3"},
		{"moving average", one("x", "月份,死亡（人）,近三月平均\n2026年1月,12,[x]\n2026年2月,13,[x]\n2026年3月,14,13.0\n2026年4月,[c],10.0\n"), "x 2026年4月 死亡（人） =3"},
		{"row of the average", one("x", "年份,所,死亡（人）\n2024年,A,12\n2024年,B,[c]\n2024年,C,13\n2024年,平均,9.33\n"), "x 2024年/B 死亡（人） =3"},
		{"a day", one("x", "年份,死亡（人）,日均\n2023年,12,0.0329\n2024年,[c],0.0082\n2025年,7,0.0192\n"), "x 2024年 死亡（人） =3"},
		{"index", one("x", "年份,死亡（人）,以2023年为100\n2023年,12,100\n2024年,[c],25\n2025年,7,58.33\n"), "x 2024年 死亡（人） =3"},
		{"index of last year", one("x", "年份,死亡（人）,上年=100\n2023年,12,[x]\n2024年,[c],25\n2025年,7,233.33\n"), "x 2024年 死亡（人） =3"},
		{"a fixed multiple", one("x", "月份,抓获（人）,排名,得分\n2026年1月,11,2,22\n2026年2月,[c],1,6\n2026年3月,14,3,28\n"), "x 2026年2月 抓获（人） =3"},
		{"no fixed multiple", one("x", "月份,抓获（人）,排名,得分\n2026年1月,11,2,22\n2026年2月,[c],1,6\n2026年3月,14,3,29\n"), ""},

		{"a name that ends a longer word", publications{site("x", "年份,死伤（人）,伤（人）,亡（人）\n2024年,103,[c],[c]\n", "stats/x/index.html", "<main><p>2024年死伤103人。</p></main>")}, ""},
		{"a sentence about several years", publications{site("x", "年份,死亡（人）\n2024年,[c]\n2025年,[c]\n", "stats/x/index.html", "<main><p>2024-2025年死亡15人。</p></main>")}, ""},
		{"a name with a digit in a sentence", publications{site("x", "街区,男,女,合计\n街0,[c],[c],16\n街1,49,86,135\n", "stats/x/index.html", "<main><p>男：街0（不公布）；街1为49人。</p></main>")}, ""},
		{"a sentence about one year", publications{site("x", "年份,死亡（人）\n2024年,[c]\n2025年,[c]\n", "stats/x/index.html", "<main><p>2025年死亡3人。</p></main>")}, "x 2025年 死亡（人） =3"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := told(attack.Sites([]fs.FS(c.files)))
			if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}
