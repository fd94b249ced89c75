package check

import "testing"

const months = `
frequency: monthly
schema: {fields: [{name: 月份, role: period}, {name: 件数, type: integer, role: measure, unit: 件, risk: event}]}`

// Inputs that were once passed or refused wrongly, by name.
func TestFigureCases(t *testing.T) {
	testFigures(t, []figuresCase{
		{"figures/serial-number-wrong-total", "序号,单位名,件数\n1,甲所,5\n2,乙所,7\n3,合计,99\n", "", "C4 figures/total"},
		{"figures/median-total", "年份,单位名,出警时间中位数（分钟）,群众安全感指数\n2025,甲所,6,96\n2025,乙所,8,98\n2025,合计,7,97\n", "", ""},
		{"figures/total-of-percentages", "类别,满意率（%）\n甲,90\n乙,80\n合计,170\n", "", "B4 figures/rate-total"},
		{"figures/frequency-against-periods", "月份,件数\n2024年,30\n2025年,40\n", months, " figures/frequency"},
		{"figures/missing-month", "月份,件数\n2025年4月,122\n2025年5月,125\n2025年7月,131\n2025年8月,134\n", months, "A4 figures/gap?"},
	})
}

func TestTotalNames(t *testing.T) {
	testFigures(t, []figuresCase{
		{"a whole that is the sum", "单位名,件数\n甲所,5\n乙所,7\n全局,12\n", "", ""},
		{"a whole that is more may have parts that are not listed", "单位名,件数\n甲所,5\n乙所,7\n全局,99\n", "", "B4 figures/total-asked?"},
		{"a whole that is less is wrong", "单位名,件数\n甲所,5\n乙所,7\n全局,9\n", "", "B4 figures/total"},
		{"beside one part it is no sum", "范围,件数\n农村,5\n全市,9\n", "", ""},
		{"a column that says the whole in every row names no total", "范围,类别,件数\n全市,盗窃,5\n全市,诈骗,7\n全市,合计,99\n", "", "C4 figures/total"},
		{"column of the whole", "期间,男（人）,女（人）,两性（人）\n2024年,1,2,3\n2025年,1,2,4\n", "", "D3 figures/total-asked?"},
		{"codes and remarks part no total from its parts", "代码,类别,说明,件数\n01,盗窃,略,5\n02,诈骗,同上,7\n99,合计,两项,99\n", "", "D4 figures/total"},
		{"of amounts", "类别,罚款（万元）,件数\n甲,1.5,20\n乙,2.5,30\n合计,4.9,50\n", "", "B4 figures/total"},
		{"of amounts that were rounded", "类别,罚款（万元）\n甲,1.5\n乙,2.5\n丙,3.5\n合计,7.6\n", "", ""},
		{"of what points at nobody", "类别,件数\n甲,15\n乙,25\n合计,41\n", "schema: {fields: [{name: 类别, role: category}, {name: 件数, role: measure, type: integer, unit: 件, risk: none}]}\n", "B4 figures/total"},
		{"of prices it is none", "类别,单价（元）\n甲,1.5\n乙,2.5\n合计,2\n", "", ""},
		{"of minutes it may be an average", "类别,用时（分钟）\n甲,1.5\n乙,2.5\n合计,2.1\n", "", ""},
		{"traditional characters", "类别,件数\n盗窃,5\n诈骗,7\n合計,13\n", "", "B4 figures/total"},
	})
}

func TestTotalsByArithmetic(t *testing.T) {
	testFigures(t, []figuresCase{
		{"a row, in three cells above 9", "期间,类别,件数\n2023年,盗窃,20\n2023年,诈骗,30\n2023年,侵财,50\n2024年,盗窃,21\n2024年,诈骗,31\n2024年,侵财,52\n2025年,盗窃,22\n2025年,诈骗,32\n2025年,侵财,54\n", "", "B4 figures/total-asked?"},
		{"in two it may be chance", "期间,类别,件数\n2024年,盗窃,21\n2024年,诈骗,31\n2024年,侵财,52\n2025年,盗窃,22\n2025年,诈骗,32\n2025年,侵财,54\n", "", ""},
		{"where one measure differs it is none", "期间,类别,件数,起数\n2023年,盗窃,20,1\n2023年,诈骗,30,1\n2023年,侵财,50,1\n2024年,盗窃,21,1\n2024年,诈骗,31,1\n2024年,侵财,52,1\n2025年,盗窃,22,1\n2025年,诈骗,32,1\n2025年,侵财,54,1\n", "", ""},
		{"a column", "期间,城区（件）,乡镇（件）,辖区（件）\n2023年,20,30,50\n2024年,21,31,52\n2025年,22,32,54\n", "", "D1 figures/total-asked?"},
	})
}

func TestTotalsOfRates(t *testing.T) {
	testFigures(t, []figuresCase{
		{"between the parts", "类别,满意率（%）\n甲,90\n乙,80\n合计,83.5\n", "", ""},
		{"shares of the whole", "类别,构成（%）\n甲,60\n乙,40\n合计,100\n", "", ""},
		{"shares of what is a share itself", "类别,占全市比重（%）\n甲,6\n乙,4\n合计,10\n", "", ""},
		{"a part is not known", "类别,满意率（%）\n甲,90\n乙,[x]\n合计,97\n", "", ""},
		{"changes are not held", "类别,件数,件数同比（%）\n甲,90,5\n乙,80,7\n合计,170,12\n", "", ""},
	})
}

func TestPeriods(t *testing.T) {
	testFigures(t, []figuresCase{
		{"the frequency that they have", "月份,件数\n2025年4月,122\n2025年5月,125\n", months, ""},
		{"one period shows no frequency", "月份,件数\n2025年,122\n", months, ""},
		{"cumulative periods are longer, not wrong", "月份,件数\n2025年1月,10\n2025年1-2月,30\n2025年1-3月,50\n", months, ""},
		{"two months in one row are no gap", "月份,件数\n2024年12月,10\n2025年1-2月,30\n2025年3月,50\n2025年4月,50\n", months, ""},
		{"several gaps", "月份,件数\n2024年1月,10\n2024年3月,11\n2024年6月,12\n", months, "A3 figures/gap?"},
		{"years as they come", "年份,件数\n2003年,10\n2006年,11\n2007年,12\n", "", "A3 figures/gap?"},
		{"working days", "日期,件数\n2026-10-08,10\n2026-10-09,11\n2026-10-12,12\n", "", ""},
	})
}
