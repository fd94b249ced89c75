package attack_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/attack"
)

// site is a publication of some files; a name without a folder is a statistic.
func site(files ...string) fs.FS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		name := files[i]
		if !strings.Contains(name, "/") && !strings.Contains(name, ".json") {
			name = "stats/" + name + "/" + name + ".csv"
		}
		m[name] = &fstest.MapFile{Data: []byte(strings.TrimLeft(files[i+1], "\n"))}
	}
	return m
}

// told gives the findings in short: file row field = low or low…high.
func told(r attack.Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		value := fmt.Sprint("=", f.Low)
		if f.Low != f.High {
			value = fmt.Sprint(f.Low, "…", f.High)
		}
		name := strings.TrimSuffix(f.File[strings.LastIndex(f.File, "/")+1:], ".csv")
		out = append(out, strings.Join(strings.Fields(fmt.Sprint(name, " ", f.Row, " ", f.Field, " ", value)), " "))
	}
	return out
}

type publications = []fs.FS

// Each leak is found with its value; its twin, which is protected, is not.
var leaks = []struct {
	name  string
	leaky publications
	want  []string
	safe  publications
	twin  string // why the twin is safe, where that is not plain
}{
	{
		name: "a total by name",
		leaky: publications{site("x", `
期间,期间_start,期间_end,类别,人数（人）,row_type
2025年,2025-01-01,2025-12-31,盗窃,[c],data
2025年,2025-01-01,2025-12-31,诈骗,20,data
2025年,2025-01-01,2025-12-31,抢劫,30,data
2025年,2025-01-01,2025-12-31,合计,53,total
`)},
		want: []string{"x 2025年/盗窃 人数（人） =3"},
		safe: publications{site("x", `
期间,期间_start,期间_end,类别,人数（人）,row_type
2025年,2025-01-01,2025-12-31,盗窃,[c],data
2025年,2025-01-01,2025-12-31,诈骗,[c],data
2025年,2025-01-01,2025-12-31,抢劫,30,data
2025年,2025-01-01,2025-12-31,合计,53,total
`)},
	},
	{
		name: "a total called 总数, and a column that numbers the rows",
		leaky: publications{site("x", `
序号,类别,人数（人）
1,盗窃,[c]
2,诈骗,20
3,抢劫,30
4,总数,53
`)},
		want: []string{"x 盗窃 人数（人） =3"},
		safe: publications{site("x", `
序号,类别,人数（人）
1,盗窃,[c]
2,诈骗,[c]
3,抢劫,30
4,总数,53
`)},
	},
	{
		name: "a total by arithmetic alone",
		leaky: publications{site("x", `
类别,一队（人）,二队（人）,三队（人）,四队（人）
甲,[c],20,30,40
乙,50,21,31,41
丙,60,22,32,42
本级,113,63,93,123
`)},
		want: []string{"x 甲 一队（人） =3"},
		safe: publications{site("x", `
类别,一队（人）,二队（人）,三队（人）,四队（人）
甲,[c],20,30,40
乙,[c],21,31,41
丙,60,22,32,42
本级,113,63,93,123
`)},
	},
	{
		name: "blocks with subtotals",
		leaky: publications{site("x", `
派出所,人数（人）
东,[c]
西,20
小计,24
南,30
北,40
小计,70
合计,94
`)},
		want: []string{"x 东 人数（人） =4"},
		safe: publications{site("x", `
派出所,人数（人）
东,[c]
西,[c]
小计,24
南,30
北,40
小计,70
合计,94
`)},
	},
	{
		name: "subtotals under a grand total with a longer name",
		leaky: publications{site("x", `
派出所,人数（人）
东,12
西,20
小计,32
南,[c]
北,40
全市合计,75
`)},
		want: []string{"x 南 人数（人） =3"},
		safe: publications{site("x", `
派出所,人数（人）
东,12
西,20
小计,32
南,[c]
北,[c]
全市合计,75
`)},
	},
	{
		name: "a total column whose parts do not stand side by side",
		leaky: publications{site("x", `
类别,男,其中：男未成年,女,其中：女未成年,合计（人）
甲,[c],0,50,6,53
乙,60,20,50,10,110
丙,40,12,22,11,62
`)},
		want: []string{"x 甲 男 =3"},
		safe: publications{site("x", `
类别,男,其中：男未成年,女,其中：女未成年,合计（人）
甲,[c],0,[c],6,53
乙,60,20,50,10,110
丙,40,12,22,11,62
`)},
	},
	{
		name: "a sum column that no name tells",
		leaky: publications{site("x", `
类别,强制隔离（人）,社区（人）,登记（人）
甲,[c],50,53
乙,60,50,110
丙,40,22,62
丁,31,22,53
`)},
		want: []string{"x 甲 强制隔离（人） =3"},
		safe: publications{site("x", `
类别,强制隔离（人）,社区（人）,登记（人）
甲,[c],50,[c]
乙,60,50,110
丙,40,22,62
丁,31,22,53
`)},
	},
	{
		name: "of which, in columns and rows",
		leaky: publications{site("x", `
类别,抓获（人）,其中：未成年（人）
甲,4,[c]
乙,60,50
`)},
		want: []string{"x 甲 其中：未成年（人） 0…4", "x 甲 抓获（人） =4"},
		safe: publications{site("x", `
类别,抓获（人）,其中：未成年（人）
甲,14,[c]
乙,60,50
`)},
	},
	{
		name: "what is left beside a part",
		leaky: publications{site("x", `
类别,人数（人）,row_type
抓获,60,data
其中：成年,58,of-which
移送,70,data
`)},
		want: []string{"x 其中：成年（其余） 人数（人） =2"},
		safe: publications{site("x", `
类别,人数（人）,row_type
抓获,60,data
其中：成年,[c],of-which
移送,70,data
`)},
	},
	{
		name: "parts that are the whole together, in rows and under a total",
		leaky: publications{site("x", `
年份,类别,人数（人）
2022年,合计,30
2022年,其中：男,20
2022年,其中：女,10
2023年,合计,40
2023年,其中：男,25
2023年,其中：女,15
2024年,合计,50
2024年,其中：男,30
2024年,其中：女,20
2025年,合计,33
2025年,其中：男,30
2025年,其中：女,[c]
`)},
		want: []string{"x 2025年/其中：女 人数（人） =3", "x 2025年/其中：男（其余） 人数（人） =3"},
		safe: publications{site("x", `
年份,类别,人数（人）
2022年,合计,30
2022年,其中：男,20
2022年,其中：女,10
2023年,合计,40
2023年,其中：男,25
2023年,其中：女,15
2024年,合计,50
2024年,其中：男,30
2024年,其中：女,20
2025年,合计,33
2025年,其中：男,[c]
2025年,其中：女,[c]
`)},
	},
	{
		name: "quarters in columns, and parts in columns that are the whole",
		leaky: publications{site("x", `
类别,一季度（人）,二季度（人）,三季度（人）,四季度（人）,全年（人）,其中：男（人）,其中：女（人）
甲,[c],10,20,30,64,40,24
乙,11,12,13,14,50,30,20
丙,10,32,24,24,90,50,40
丁,31,22,43,34,130,126,[c]
`)},
		want: []string{"x 丁 其中：女（人） =4", "x 丁（其余） 其中：男（人） =4", "x 甲 一季度（人） =4"},
		safe: publications{site("x", `
类别,一季度（人）,二季度（人）,三季度（人）,四季度（人）,全年（人）,其中：男（人）,其中：女（人）
甲,[c],10,[c],30,64,40,24
乙,11,12,13,14,50,30,20
丙,10,32,24,24,90,50,40
丁,31,22,43,34,130,[c],[c]
`)},
	},
	{
		name: "the bureau's total in another statistic",
		leaky: publications{site("u", `
期间,期间_start,期间_end,单位,救助（人）
2025年,2025-01-01,2025-12-31,甲分局,[c]
2025年,2025-01-01,2025-12-31,乙分局,50
2025年,2025-01-01,2025-12-31,丙分局,40
`, "t", `
期间,期间_start,期间_end,救助（人）
2025年,2025-01-01,2025-12-31,92
2024年,2024-01-01,2024-12-31,80
`)},
		want: []string{"u 2025年/甲分局 救助（人） =2"},
		safe: publications{site("u", `
期间,期间_start,期间_end,单位,救助（人）
2025年,2025-01-01,2025-12-31,甲分局,[c]
2025年,2025-01-01,2025-12-31,乙分局,50
2025年,2025-01-01,2025-12-31,丙分局,[c]
`, "t", `
期间,期间_start,期间_end,救助（人）
2025年,2025-01-01,2025-12-31,92
2024年,2024-01-01,2024-12-31,80
`)},
	},
	{
		name: "units under a unit",
		leaky: publications{site("units/units.csv", `
编号,名称,上级
a,市局,
b,东分局,市局
c,东一所,东分局
d,东二所,东分局
e,西分局,市局
`, "x", `
单位,救助（人）
东分局,33
东一所,[c]
东二所,30
西分局,80
`)},
		want: []string{"x 东一所 救助（人） =3"},
		safe: publications{site("units/units.csv", `
编号,名称,上级
a,市局,
b,东分局,市局
c,东一所,东分局
d,东二所,东分局
e,西分局,市局
`, "x", `
单位,救助（人）
东分局,33
东一所,[c]
东二所,[c]
西分局,80
`)},
	},
	{
		name: "two breakdowns of one count, without a total",
		leaky: publications{site("sex", `
期间,期间_start,期间_end,性别,人数（人）
2025年,2025-01-01,2025-12-31,男,[c]
2025年,2025-01-01,2025-12-31,女,50
2024年,2024-01-01,2024-12-31,男,20
2024年,2024-01-01,2024-12-31,女,30
`, "age", `
期间,期间_start,期间_end,年龄,人数（人）
2025年,2025-01-01,2025-12-31,未成年,20
2025年,2025-01-01,2025-12-31,成年,33
2024年,2024-01-01,2024-12-31,未成年,20
2024年,2024-01-01,2024-12-31,成年,30
`)},
		want: []string{"sex 2025年/男 人数（人） =3"},
		safe: publications{site("sex", `
期间,期间_start,期间_end,性别,人数（人）
2025年,2025-01-01,2025-12-31,男,[c]
2025年,2025-01-01,2025-12-31,女,50
2024年,2024-01-01,2024-12-31,男,20
2024年,2024-01-01,2024-12-31,女,30
`, "age", `
期间,期间_start,期间_end,年龄,人数（人）
2025年,2025-01-01,2025-12-31,未成年,200
2025年,2025-01-01,2025-12-31,成年,330
2024年,2024-01-01,2024-12-31,未成年,200
2024年,2024-01-01,2024-12-31,成年,300
`)},
		twin: "the two count different things, as the open year shows",
	},
	{
		name: "one quantity in two statistics, though another year differs",
		leaky: publications{site("sex", `
期间,期间_start,期间_end,性别,人数（人）,row_type
2025年,2025-01-01,2025-12-31,男,[c],data
2025年,2025-01-01,2025-12-31,女,[c],data
2025年,2025-01-01,2025-12-31,合计,53,total
2024年,2024-01-01,2024-12-31,男,20,data
2024年,2024-01-01,2024-12-31,女,30,data
2024年,2024-01-01,2024-12-31,合计,50,total
`, "women", `
期间,期间_start,期间_end,性别,人数（人）
2025年,2025-01-01,2025-12-31,女,50
2024年,2024-01-01,2024-12-31,女,31
`)},
		want: []string{"sex 2025年/女 人数（人） =50", "sex 2025年/男 人数（人） =3"},
		safe: publications{site("sex", `
期间,期间_start,期间_end,性别,人数（人）,row_type
2025年,2025-01-01,2025-12-31,男,[c],data
2025年,2025-01-01,2025-12-31,女,[c],data
2025年,2025-01-01,2025-12-31,合计,53,total
`, "women", `
期间,期间_start,期间_end,性别,人数（人）
2025年,2025-01-01,2025-12-31,女,[c]
2024年,2024-01-01,2024-12-31,女,31
`)},
	},
	{
		name: "months, a quarter and the year in another file",
		leaky: publications{site("m", `
期间,期间_start,期间_end,拘留（人）
2025年1月,2025-01-01,2025-01-31,[c]
2025年2月,2025-02-01,2025-02-28,20
2025年3月,2025-03-01,2025-03-31,30
2025年二季度,2025-04-01,2025-06-30,60
2025年下半年,2025-07-01,2025-12-31,90
`, "y", `
期间,期间_start,期间_end,拘留（人）
2025年,2025-01-01,2025-12-31,204
`)},
		want: []string{"m 2025年1月 拘留（人） =4"},
		safe: publications{site("m", `
期间,期间_start,期间_end,拘留（人）
2025年1月,2025-01-01,2025-01-31,[c]
2025年2月,2025-02-01,2025-02-28,20
2025年3月,2025-03-01,2025-03-31,30
2025年二季度,2025-04-01,2025-06-30,60
2025年下半年,2025-07-01,2025-12-31,[c]
`, "y", `
期间,期间_start,期间_end,拘留（人）
2025年,2025-01-01,2025-12-31,204
`)},
	},
	{
		name: "the difference of two cumulative counts",
		leaky: publications{site("c", `
期间,期间_start,期间_end,拘留（人）
2026年1-7月,2026-01-01,2026-07-31,40
`), site("c", `
期间,期间_start,期间_end,拘留（人）
2026年1-8月,2026-01-01,2026-08-31,42
`)},
		want: []string{"c 2026-08-01/2026-08-31 拘留（人） =2"},
		safe: publications{site("c", `
期间,期间_start,期间_end,拘留（人）
2026年1-7月,2026-01-01,2026-07-31,40
`), site("c", `
期间,期间_start,期间_end,拘留（人）
2026年1-8月,2026-01-01,2026-08-31,[c]
`)},
	},
	{
		name: "stocks do not add up",
		leaky: publications{site("x", `
期间,期间_start,期间_end,拘留（人）
2025年1-11月,2025-01-01,2025-11-30,40
2025年,2025-01-01,2025-12-31,43
`)},
		want: []string{"x 2025-12-01/2025-12-31 拘留（人） =3"},
		safe: publications{site("x", `
期间,期间_start,期间_end,拘留（人）
截至2025年11月,,2025-11-30,40
截至2025年底,,2025-12-31,43
`)},
	},
	{
		name: "a balance",
		leaky: publications{site("x", `
期间,期间_start,期间_end,上年结转（人）,新收（人）,办结（人）,结转下年（人）
2023年,2023-01-01,2023-12-31,10,50,40,20
2024年,2024-01-01,2024-12-31,20,60,75,[c]
`)},
		want: []string{"x 2024年 结转下年（人） =5"},
		safe: publications{site("x", `
期间,期间_start,期间_end,上年结转（人）,新收（人）,办结（人）,结转下年（人）
2023年,2023-01-01,2023-12-31,10,50,40,20
2024年,2024-01-01,2024-12-31,20,60,[c],[c]
`)},
	},
	{
		name: "a typed rate per 10000",
		leaky: publications{site("x", `
类别,常住人口（户）,被害人（人）,每万人被害人数
甲镇,12000,[c],2.5
乙镇,30000,60,20
丙镇,10000,50,50
`)},
		want: []string{"x 甲镇 被害人（人） =3"},
		safe: publications{site("x", `
类别,常住人口（户）,被害人（人）,每万人被害人数
甲镇,12000,[c],[c]
乙镇,30000,60,20
丙镇,10000,50,50
`)},
	},
	{
		name: "a ratio, and money per head",
		leaky: publications{site("x", `
类别,男（人）,女（人）,男女比,涉案金额（万元）,男均（万元）
甲,[c],30,0.1,300,100
乙,20,30,0.667,200,10
`)},
		want: []string{"x 甲 男（人） =3"},
		safe: publications{site("x", `
类别,男（人）,女（人）,男女比,涉案金额（万元）,男均（万元）
甲,[c],30,[c],300,[c]
乙,20,30,0.667,200,10
`)},
	},
	{
		name: "a share of the column's total",
		leaky: publications{site("x", `
类别,人数（人）,占比（%）
甲,[c],3.0
乙,40,40.0
丙,[c],57.0
合计,100,100.0
`)},
		want: []string{"x 丙 人数（人） =57", "x 甲 人数（人） =3"},
		safe: publications{site("x", `
类别,人数（人）,占比（%）
甲,[c],[c]
乙,40,40.0
丙,[c],[c]
合计,100,100.0
`)},
	},
	{
		name: "a typed change",
		leaky: publications{site("x", `
期间,期间_start,期间_end,拘留（人）,比上年增减（人）
2023年,2023-01-01,2023-12-31,25,5
2024年,2024-01-01,2024-12-31,10,-15
2025年,2025-01-01,2025-12-31,[c],-7
`)},
		want: []string{"x 2025年 拘留（人） =3"},
		safe: publications{site("x", `
期间,期间_start,期间_end,拘留（人）,比上年增减（人）
2023年,2023-01-01,2023-12-31,25,5
2024年,2024-01-01,2024-12-31,10,-15
2025年,2025-01-01,2025-12-31,[c],[c]
`)},
	},
	{
		name: "a change in per cent",
		leaky: publications{site("x", `
期间,期间_start,期间_end,拘留（人）,同比（%）
2023年,2023-01-01,2023-12-31,25,
2024年,2024-01-01,2024-12-31,40,60.0
2025年,2025-01-01,2025-12-31,[c],-92.5
`)},
		want: []string{"x 2025年 拘留（人） =3"},
		safe: publications{site("x", `
期间,期间_start,期间_end,拘留（人）,同比（%）
2023年,2023-01-01,2023-12-31,25,
2024年,2024-01-01,2024-12-31,40,60.0
2025年,2025-01-01,2025-12-31,[c],[c]
`)},
	},
	{
		name: "rounded parts that their total pins",
		leaky: publications{site("x", `
类别,人数（人）
甲,0
乙,0
丙,0
丁,0
合计,10
`, "stats/x/index.html", `<main><li>本表中的人数（和单位数）都按四舍五入凑整为5的倍数</li></main>`)},
		want: []string{"x 丁 人数（人） =2", "x 丙 人数（人） =2", "x 乙 人数（人） =2", "x 合计 人数（人） =8", "x 甲 人数（人） =2"},
		safe: publications{site("x", `
类别,人数（人）
甲,0
乙,0
丙,0
丁,0
合计,5
`, "stats/x/index.html", `<main><li>本表中的人数（和单位数）都按四舍五入凑整为5的倍数</li></main>`)},
	},
	{
		name: "an exact rate beside rounded counts",
		leaky: publications{site("x", `
类别,参加（人）,受伤（人）,受伤率（%）
甲,145,5,2.10
乙,260,50,19.62
`, "stats/x/index.html", `<main><li>本表中的人数（和单位数）都按四舍五入凑整为5的倍数</li></main>`)},
		want: []string{"x 乙 参加（人） =260", "x 乙 受伤（人） =51", "x 甲 参加（人） =143", "x 甲 受伤（人） =3"},
		safe: publications{site("x", `
类别,参加（人）,受伤（人）,受伤率（%）
甲,145,5,3.45
乙,260,50,19.23
`, "stats/x/index.html", `<main><li>本表中的人数（和单位数）都按四舍五入凑整为5的倍数</li></main>`)},
		twin: "the rates are those of the rounded counts",
	},
	{
		name: "an earlier publication under another name",
		leaky: publications{site("old", `
类别,拘留人员（人）
甲,3
乙,20
丙,30
丁,41
`), site("new", `
类别,拘留（人）
甲,[c]
乙,20
丙,30
丁,41
`)},
		want: []string{"new 甲 拘留（人） =3", "old 甲 拘留人员（人） =3"},
		safe: publications{site("old", `
类别,拘留人员（人）
甲,[c]
乙,20
丙,30
丁,41
`), site("new", `
类别,拘留（人）
甲,[c]
乙,20
丙,30
丁,41
`)},
	},
	{
		name: "a pattern that changed between two publications",
		leaky: publications{site("x", `
类别,甲（人）,乙（人）,丙（人）,合计（人）
一,[c],[c],30,41
二,[c],[c],40,68
三,33,41,52,126
合计,43,70,122,235
`), site("x", `
类别,甲（人）,乙（人）,丙（人）,合计（人）
一,[c],[c],30,41
二,8,20,40,68
三,33,41,52,126
四,[c],[c],70,80
合计,48,75,192,315
`)},
		want: []string{"x 一 乙（人） =9", "x 一 甲（人） =2", "x 二 乙（人） =20", "x 二 甲（人） =8", "x 四 乙（人） =5", "x 四 甲（人） =5"},
		safe: publications{site("x", `
类别,甲（人）,乙（人）,丙（人）,合计（人）
一,[c],[c],30,41
二,[c],[c],40,68
三,33,41,52,126
合计,43,70,122,235
`), site("x", `
类别,甲（人）,乙（人）,丙（人）,合计（人）
一,[c],[c],30,41
二,[c],[c],40,68
三,33,41,52,126
合计,43,70,122,235
`)},
	},
	{
		name: "a cell that many lines hold together",
		leaky: publications{site("x", `
类别,甲（人）,乙（人）,丙（人）,合计（人）
一,[c],[c],30,35
二,[c],[c],40,44
三,33,41,52,126
合计,37,46,122,205
`)},
		want: []string{"x 一 乙（人） 1…5", "x 一 甲（人） 0…4", "x 二 乙（人） 0…4", "x 二 甲（人） 0…4"},
		safe: publications{site("x", `
类别,甲（人）,乙（人）,丙（人）,合计（人）
一,[c],[c],30,45
二,[c],[c],40,54
三,33,41,52,126
合计,48,55,122,225
`)},
	},
	{
		name: "two withheld counts that can be told if none is 0",
		leaky: publications{site("x", `
类别,人数（人）
甲,[c]
乙,[c]
丙,50
合计,56
`)},
		want: []string{"x 乙 人数（人） 1…5", "x 甲 人数（人） 1…5"},
		safe: publications{site("x", `
类别,人数（人）
甲,[c]
乙,[c]
丙,50
合计,57
`)},
	},
	{
		name: "a threshold of 10 that the page names",
		leaky: publications{site("x", `
类别,人数（人）
甲,[c]
乙,[c]
丙,50
合计,59
`, "stats/x/index.html", `<main><li>为保护个人隐私，1至9的人数（或单位数）不公布，以 [c] 表示</li></main>`)},
		want: []string{"x 乙 人数（人） 0…9", "x 甲 人数（人） 0…9"},
		safe: publications{site("x", `
类别,人数（人）
甲,[c]
乙,[c]
丙,50
合计,59
`)},
	},
	{
		name: "a threshold that is higher in small units",
		leaky: publications{site("units/units.csv", "编号,名称,上级\nb,东分局,市局\nc,东一所,东分局\nd,东二所,东分局\na,市局,\n", "x", `
单位,年份,人数（人）
东一所,2024,6
东一所,2025,20
西分局,2024,6
`, "stats/x/index.html", `<main><li>为保护个人隐私，1至4的人数（或单位数）不公布，以 [c] 表示；基层单位的数值更容易对应到具体的人，1至9的都不公布，本表共1格。</li></main>`)},
		want: []string{"x 2024/东一所 人数（人） =6"},
		safe: publications{site("units/units.csv", "编号,名称,上级\nb,东分局,市局\nc,东一所,东分局\nd,东二所,东分局\na,市局,\n", "x", `
单位,年份,人数（人）
东一所,2024,[c]
东一所,2025,20
西分局,2024,6
`, "stats/x/index.html", `<main><li>为保护个人隐私，1至4的人数（或单位数）不公布，以 [c] 表示；基层单位的数值更容易对应到具体的人，1至9的都不公布，本表共1格。</li></main>`)},
	},
	{
		name: "small counts of persons that stand open",
		leaky: publications{site("x", `
月份,月份_start,月份_end,事故（起）,死亡人数（人）
2026年1月,2026-01-01,2026-01-31,3,1
2026年2月,2026-02-01,2026-02-28,4,0
`)},
		want: []string{"x 2026年1月 死亡人数（人） =1"},
		safe: publications{site("x", `
月份,月份_start,月份_end,事故（起）,死亡人数（人）
2026年1月,2026-01-01,2026-01-31,3,[c]
2026年2月,2026-02-01,2026-02-28,4,0
`)},
	},
	{
		name: "what another form gives",
		leaky: publications{site("x", `
类别,人数（人）
甲,[c]
乙,20
`, "stats/x/x.json", `{"name":"x","data":[{"类别":"甲","人数（人）":3},{"类别":"乙","人数（人）":20}]}`)},
		want: []string{"x 甲 人数（人） =3"},
		safe: publications{site("x", `
类别,人数（人）
甲,[c]
乙,20
`, "stats/x/x.json", `{"name":"x","data":[{"类别":"甲","人数（人）":"[c]"},{"类别":"乙","人数（人）":20}]}`)},
	},
	{
		name: "what the table of the page gives",
		leaky: publications{site("x", `
年份,年份_start,年份_end,人数（人）
2025,2025-01-01,2025-12-31,[c]
`, "stats/x/index.html", `<main><table><thead><tr><th scope="col">年份</th><th scope="col">人数<span class="unit">人</span></th></tr></thead><tbody><tr><th scope="row">2025年</th><td class="n">3</td></tr></tbody></table></main>`)},
		want: []string{"x 2025 人数（人） =3"},
		safe: publications{site("x", `
年份,年份_start,年份_end,人数（人）
2025,2025-01-01,2025-12-31,[c]
`, "stats/x/index.html", `<main><table><thead><tr><th scope="col">年份</th><th scope="col">人数<span class="unit">人</span></th></tr></thead><tbody><tr><th scope="row">2025年</th><td class="n">[c]</td></tr></tbody></table></main>`)},
	},
	{
		name: "what the words of the page give",
		leaky: publications{site("x", `
期间,期间_start,期间_end,拘留（人）
2024年,2024-01-01,2024-12-31,33
2025年,2025-01-01,2025-12-31,[c]
`, "stats/x/index.html", `<main><p>2025年拘留3人，其中2人为未成年人。</p></main>`)},
		want: []string{"x 2025年 拘留（人） =3"},
		safe: publications{site("x", `
期间,期间_start,期间_end,拘留（人）
2024年,2024-01-01,2024-12-31,33
2025年,2025-01-01,2025-12-31,[c]
`, "stats/x/index.html", `<main><p>2024年拘留33人。2025年拘留的人数不公布。</p></main>`)},
	},
	{
		name: "figures that were revised between two publications",
		leaky: publications{site("x", `
类别,人数（人）
甲,10
乙,[c]
丙,20
合计,44
`), site("x", `
类别,人数（人）
甲,12
乙,[c]
丙,20
合计,35
`)},
		want: []string{"x 乙 人数（人） =3"},
		safe: publications{site("x", `
类别,人数（人）
甲,10
乙,[c]
丙,[c]
合计,40
`), site("x", `
类别,人数（人）
甲,12
乙,[c]
丙,[c]
合计,45
`)},
	},
	{
		name: "a record of a release",
		leaky: publications{site("2026-09.json", `{"sha256":"0",
"format":1,"label":"2026-09","date":"2026-09-30",
"statistics":[
{"name":"x","definition":{"title":"甲","frequency":"irregular","keys":["类别"],"measures":[{"name":"人数","unit":"人"}]},"periods":["",""],"categories":[["甲","乙"]],"figures":[[3,20]]}
],
"gone":[]}`), site("x", `
类别,人数（人）
甲,[c]
乙,20
`, "datapackage.json", `{"resources":[{"name":"x","schema":{"fields":[{"name":"类别","role":"category"},{"name":"人数（人）","role":"measure","unit":"人"}]}}]}`)},
		want: []string{"x 甲 人数（人） =3", "2026-09.json!x 甲 人数 =3"},
		safe: publications{site("2026-09.json", `{"sha256":"0",
"format":1,"label":"2026-09","date":"2026-09-30",
"statistics":[
{"name":"x","definition":{"title":"甲","frequency":"irregular","keys":["类别"],"measures":[{"name":"人数","unit":"人"}]},"periods":["",""],"categories":[["甲","乙"]],"figures":[["[c]",20]]}
],
"gone":[]}`), site("x", `
类别,人数（人）
甲,[c]
乙,20
`)},
	},
}

func TestLeaksAreFoundAndTheirTwinsAreNot(t *testing.T) {
	for _, l := range leaks {
		t.Run(l.name, func(t *testing.T) {
			got, want := told(attack.Sites(l.leaky)), slices.Clone(l.want)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
			}
			r := attack.Sites(l.safe)
			if got := told(r); len(got) > 0 {
				t.Errorf("the protected twin: found %q", got)
			}
			if len(r.Unread) > 0 {
				t.Errorf("not read: %v", r.Unread)
			}
		})
	}
}
