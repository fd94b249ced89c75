package check

import (
	"strings"
	"testing"
)

// categories describes a table that holds nothing but totals, which cannot be inferred.
const categories = "schema: {fields: [{name: 类别, role: category}, {name: 件数, type: integer, role: measure}]}"

func TestTotalRows(t *testing.T) {
	testFigures(t, []figuresCase{
		{"a total of categories", "类别,2005年（件）,2006年（件）\n盗窃,10,20\n诈骗,5,6\n合计,15,26\n", "", ""},
		{"one that is wrong", "类别,2005年（件）,2006年（件）\n盗窃,10,20\n诈骗,5,6\n合计,15,27\n", "", "C4 figures/total"},
		{"the total on top", "类别,件数\n合计,15\n盗窃,10\n诈骗,5\n", "", ""},
		{"wrong on top", "类别,件数\n合计,16\n盗窃,10\n诈骗,5\n", "", "B2 figures/total"},
		{"one a period", "期间,类别,件数\n2005年,盗窃,10\n2005年,诈骗,5\n2005年,合计,15\n2006年,盗窃,11\n2006年,诈骗,5\n2006年,合计,15\n", "", "C7 figures/total"},
		{"over periods", "期间,件数\n2005年,10\n2006年1-8月,5\n合计,15\n", "", ""},
		{"wrong over periods", "期间,件数\n2005年,10\n2006年1-8月,5\n合计,25\n", "", "B4 figures/total"},
		{"periods that overlap", "期间,件数\n2006年1-3月,10\n2006年1-6月,25\n合计,25\n", "", ""},
		{"wrong over months, with their sum among them", "期间,件数\n2006年1月,10\n2006年2月,15\n2006年1-2月,25\n合计,26\n", "frequency: monthly", "B5 figures/total"},
		{"right over months, with their sum among them", "期间,件数\n2006年1月,10\n2006年2月,15\n2006年1-2月,25\n合计,25\n", "frequency: monthly", ""},
		{"stocks", "期间,件数\n截至2006年1月,10\n截至2006年2月,25\n合计,25\n", "", ""},
		{"subtotals", "单位,类别,件数\n甲,盗窃,1\n甲,诈骗,2\n甲,小计,3\n乙,盗窃,4\n乙,诈骗,5\n乙,小计,9\n总计,,12\n", "", ""},
		{"a wrong subtotal, and the total of the right parts", "单位,类别,件数\n甲,盗窃,1\n甲,诈骗,2\n甲,小计,4\n乙,盗窃,4\n乙,诈骗,5\n乙,小计,9\n总计,,12\n", "", "C4 figures/total"},
		{"subtotals of one column", "类别,件数\n盗窃,1\n诈骗,2\n小计,3\n吸毒,4\n赌博,5\n小计,10\n合计,12\n", "", "B7 figures/total"},
		{"totals of subtotals alone", "类别,件数\n刑事小计,3\n治安小计,9\n合计,13\n", categories, "B4 figures/total"},
		{"two blocks", "类别,件数\n盗窃,1\n诈骗,2\n刑事合计,3\n吸毒,4\n赌博,5\n治安合计,9\n总计,12\n", "", ""},
		{"a part is confidential", "类别,件数\n盗窃,10\n诈骗,[c]\n合计,15\n", "", ""},
		{"more than the total without it", "类别,件数\n盗窃,16\n诈骗,[c]\n合计,15\n", "", "B4 figures/total"},
		{"no total", "类别,件数\n盗窃,16\n诈骗,4\n合计,[x]\n", "", ""},
		{"a rough part", "类别,人数\n甲,约300\n乙,15\n合计,320\n", "", ""},
		{"rates do not add up", "类别,件数,办结率（%）\n甲,10,90%\n乙,10,80%\n合计,20,85%\n", "", ""},
		{"averages do not add up", "类别,件数,平均天数\n甲,10,9\n乙,10,8\n合计,20,8\n", "", ""},
		{"decimals are rounded", "类别,罚没（万元）\n甲,1.04\n乙,2.04\n丙,3.04\n合计,6.1\n", "schema: {fields: [{name: 类别, role: category}, {name: 罚没（万元）, type: number, role: measure, unit: 万元, risk: event}]}", ""},
		{"tens of thousands are rounded", "类别,人次\n甲,7513\n乙,7513\n合计,1.5万\n", "", ""},
		{"but not by that much", "类别,人次\n甲,7513\n乙,8513\n合计,1.5万\n", "", "B4 figures/total"},
		{"unlike units", "机制,数值,单位\n甲,692,件\n乙,90,次\n合计,782,件次\n", "schema: {fields: [{name: 机制, role: category}, {name: 数值, type: integer, role: measure, unit_field: 单位}, {name: 单位, role: category}]}", "B4 figures/total-unit"},
		{"a total for each unit", "机制,数值,单位\n甲,692,件\n乙,8,件\n丙,90,次\n合计,700,件\n合计,90,次\n", "schema: {fields: [{name: 机制, role: category}, {name: 数值, type: integer, role: measure, unit_field: 单位}, {name: 单位, role: category}]}", ""},
		{"figures/unit-column", "年份,类别,计量单位,数值\n2025,盗窃,%,30\n2025,诈骗,%,40\n2025,合计,%,35\n2025,盗窃,起,300\n2025,诈骗,起,400\n2025,合计,起,700\n", "", ""},
		{"figures/unit-column, a wrong sum", "年份,类别,计量单位,数值\n2025,盗窃,%,30\n2025,诈骗,%,40\n2025,合计,%,35\n2025,盗窃,起,300\n2025,诈骗,起,400\n2025,合计,起,701\n", "", "D7 figures/total"},
		{"reading/blank-means-total", "期间,性别,件数\n2025,,10\n2025,男,6\n2025,女,4\n", "layout: {empty: total}\nschema: {fields: [{name: 期间, role: period}, {name: 性别, role: category}, {name: 件数, type: integer, role: measure, unit: 件, risk: event}]}", ""},
		{"reading/blank-means-total, a wrong one", "期间,性别,件数\n2025,,11\n2025,男,6\n2025,女,4\n", "layout: {empty: total}\nschema: {fields: [{name: 期间, role: period}, {name: 性别, role: category}, {name: 件数, type: integer, role: measure, unit: 件, risk: event}]}", "C2 figures/total"},
		{"two columns of names", "单位,类别,件数\n甲,盗窃,1\n甲,诈骗,2\n乙,盗窃,3\n乙,诈骗,4\n合计,盗窃,4\n合计,诈骗,7\n合计,合计,10\n", "", "C7 figures/total"},
		{"cumulative columns do not add up over time", "期间,立案,累计立案\n2006年1月,1,1\n2006年2月,2,3\n合计,3,3\n", "", ""},
	})
}

func TestOfWhich(t *testing.T) {
	testFigures(t, []figuresCase{
		{"a part", "类别,件数\n盗窃,10\n其中：入室盗窃,4\n其中：扒窃,10\n诈骗,5\n合计,15\n", "", ""},
		{"more than the whole", "类别,件数\n盗窃,10\n其中：入室盗窃,4\n其中：扒窃,11\n诈骗,5\n合计,15\n", "", "B4 figures/of-which"},
		{"of the total", "类别,件数\n合计,15\n其中：命案,16\n", categories, "B3 figures/of-which"},
		{"in each period", "期间,类别,件数\n2005年,盗窃,10\n2006年,盗窃,5\n2005年,其中：扒窃,8\n2006年,其中：扒窃,8\n", "", "C5 figures/of-which"},
		{"a column", "期间,立案（件）,其中：命案（件）\n2005年,10,2\n2006年,10,12\n", "", "C3 figures/of-which"},
		{"in another unit", "期间,立案（件）,其中：被害（人）\n2005年,10,12\n", "", ""},
	})
}

func TestTotalColumns(t *testing.T) {
	testFigures(t, []figuresCase{
		{"right", "期间,男（人）,女（人）,合计（人）\n2005年,10,2,12\n2006年,10,3,13\n", "", ""},
		{"wrong", "期间,男（人）,女（人）,合计（人）\n2005年,10,2,12\n2006年,10,3,12\n", "", "D3 figures/total"},
		{"first", "期间,合计（人）,男（人）,女（人）\n2005年,13,10,2\n", "", "B2 figures/total"},
		{"subtotals and a total", "期间,盗窃,诈骗,刑事小计,吸毒,赌博,治安小计,总计\n2005年,1,2,3,4,5,9,12\n", "", ""},
		{"a wrong subtotal", "期间,盗窃,诈骗,刑事小计,吸毒,赌博,治安小计,总计\n2005年,1,2,4,4,5,9,12\n", "", "D2 figures/total"},
		{"other units are no parts", "期间,立案（件）,抓获（人）,合计（件）\n2005年,1,2,9\n", "", ""},
		{"one sibling is not enough", "期间,立案（件）,合计（件）\n2005年,1,9\n", "", ""},
		{"a part of a part is none", "期间,男（人）,其中：未成年（人）,女（人）,合计（人）\n2005年,10,1,2,12\n", "", ""},
		{"a marker instead", "期间,男（人）,女（人）,合计（人）\n2005年,10,[c],12\n2006年,13,[c],12\n2007年,13,1,14\n", "", "D3 figures/total"},
		{"what is carried over and what is new", "期间,上年结转（件）,新收（件）,合计（件）,办结（件）,结转下年（件）\n2005年,3,10,13,9,4\n", "", ""},
	})
}

func TestTotalNamesBothNumbers(t *testing.T) {
	problems := Figures(statistic(t, "账本,收集,办结\n意见建议,919,769\n利益诉求,648,553\n投诉举报,320,291\n合计,1887,1631\n", ""))
	if len(problems) != 1 || problems[0].String() != "data/stats/a.csv:5:9 (C5)" {
		t.Fatal(problems)
	}
	if m := problems[0].Message; !strings.Contains(m.ZH, "1631") || !strings.Contains(m.ZH, "1613") || !strings.Contains(m.EN, "1631") || !strings.Contains(m.EN, "1613") {
		t.Error(m)
	}
}
