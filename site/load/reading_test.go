package load

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// readings are tables that offices sent and that were read wrongly once, each
// named for its case: what is read of them, or the problems, which are few.
type readingCase struct {
	name     string
	data     string
	yaml     string
	fields   string // name role unit; ...
	rows     string // start..end|category|figure; ...
	problems string // severity rule place; ..., without the warning that a table has no descriptor
	message  string // part of the first message and its hint, in English
}

func yearlyRate(unit string) string {
	return "title: 测试\nfrequency: yearly\nsources: [{title: 测试}]\nreleased: 2026-10-30\nschema:\n  fields:\n    - {name: 年份, type: string, role: period}\n    - {name: 率, type: number, role: measure, unit: \"" + unit + "\", risk: none}\n"
}

var readings = []readingCase{
	{
		name: "money of other countries", data: "期间,罚款（£）,拨款（美元）,补助（€）\n2024年,\"£1,234\",$-5.50,€.5\n2025年,-£3,(12),5E-05\n", yaml: "title: 测试\n",
		fields: "期间 period; 罚款（£） measure £; 拨款（美元） measure 美元; 补助（€） measure €", rows: "2024-01-01/2024-12-31|1234|-5.5|0.5; 2025-01-01/2025-12-31|-3|-12|0.00005",
	},
	{
		name: "money that is another than the column's", data: "期间,罚款（元）\n2024年,£5\n", yaml: "title: 测试\nschema: {fields: [{name: 期间, role: period}, {name: 罚款（元）, role: measure, type: number}]}\n",
		problems: "error csv/unit B2",
	},
	{
		name: "whole amounts below zero", data: "期间,结余（万元）,气温（℃）,增长（%）,件数（件）\n2024年,-12,-5,-3,4\n2025年,8,2,7,-1\n", yaml: "title: 测试\nschema: {fields: [{name: 期间, role: period}, {name: 结余（万元）, role: measure, type: integer}, {name: 气温（℃）, role: measure, type: integer}, {name: 增长（%）, role: measure, type: number}, {name: 件数（件）, role: measure, type: integer}]}\n",
		problems: "error csv/negative E3", message: "a count cannot be",
	},
	{
		name: "an amount of what is said to be counted stays no less than nothing", data: "期间,金额（元）\n2024年,-12\n", yaml: "title: 测试\nschema: {fields: [{name: 期间, role: period}, {name: 金额（元）, role: measure, type: integer, risk: organisation}]}\n",
		problems: "error csv/negative B2",
	},
	{
		name: "growth, in English", data: "Year,Annual change\n2024,-12\n2025,3\n", yaml: "title: t\nschema: {fields: [{name: Year, role: period}, {name: Annual change, role: measure, type: integer}]}\n",
		rows: "2024-01-01/2024-12-31|-12; 2025-01-01/2025-12-31|3",
	},
	{
		name: "a header of two rows, as declared", data: "期间,刑事（件）,,治安（件）,备注\n,立案,破案,,\n2024年,10,8,5,甲\n2025年,12,9,6,乙\n", yaml: "title: 测试\nlayout: {header: 2}\n",
		fields: "期间 period; 刑事（件）·立案 measure; 刑事（件）·破案 measure; 治安（件） measure 件; 备注 note", rows: "2024-01-01/2024-12-31|10|8|5|甲; 2025-01-01/2025-12-31|12|9|6|乙",
	},
	{
		name: "a header of three rows, 表头行数, with fields", data: "统计表\n年份,警情,,\n,有效,,无效\n,刑事,治安,\n2024,10,8,5\n2025,12,9,6\n", yaml: "版式: {表头行数: 3}\nschema:\n  fields:\n    - {name: 年份, role: period}\n    - {name: 警情·有效·刑事, role: measure, type: integer, unit: 件}\n    - {name: 警情·有效·治安, role: measure, type: integer, unit: 件}\n    - {name: 警情·无效, role: measure, type: integer, unit: 件}\n",
		fields: "年份 period; 警情·有效·刑事 measure 件; 警情·有效·治安 measure 件; 警情·无效 measure 件", rows: "2024-01-01/2024-12-31|10|8|5; 2025-01-01/2025-12-31|12|9|6",
	},
	{
		name: "a row of units, as declared, of units that no office has", data: "期间,收入,产量\n年度,£,kg/ha\n2024年,-3.5,5\n2025年,4.5,6\n", yaml: "title: 测试\nlayout: {units: 2}\n",
		fields: "期间 period; 收入 measure £; 产量 measure kg/ha", rows: "2024-01-01/2024-12-31|-3.5|5; 2025-01-01/2025-12-31|4.5|6",
	},
	{
		name: "units above the names, 单位行", data: "单位,件,人\n期间,立案,受伤\n2024年,3,5\n2025年,4,6\n", yaml: "title: 测试\n版式: {单位行: 1}\n",
		fields: "期间 period; 立案 measure 件; 受伤 measure 人", rows: "2024-01-01/2024-12-31|3|5; 2025-01-01/2025-12-31|4|6",
	},
	{
		name: "a header of two rows and a row of units", data: "期间,交通事故,\n,死亡,受伤\n,人,人\n2024年,3,5\n2025年,4,6\n", yaml: "title: 测试\nlayout: {header: 2, units: 3}\n",
		fields: "期间 period; 交通事故·死亡 measure 人; 交通事故·受伤 measure 人", rows: "2024-01-01/2024-12-31|3|5; 2025-01-01/2025-12-31|4|6",
	},
	{
		name: "a row of units that the header contradicts", data: "期间,立案（件）\n,人\n2024年,3\n2025年,4\n", yaml: "title: 测试\nlayout: {units: 2}\n",
		problems: "error csv/unit B2",
	},
	{
		name: "more rows of the header than there are", data: "期间,立案（件）\n2024年,3\n", yaml: "title: 测试\nlayout: {header: 4}\n",
		problems: "error csv/header A1", message: "the header is said to have 4 rows",
	},
	{
		name: "rows of the header that cannot be", data: "期间,立案（件）\n2024年,3\n", yaml: "title: 测试\nlayout: {header: 0, units: 5}\n",
		problems: "error stats/layout ; error stats/layout ",
	},
	{
		name: "years over two years where each row is a total of something", data: "Year,Sex,Age,Value\n2016-17,,,30\n2016-17,F,,10\n2016-17,M,,20\n2017-18,,Old,7\n", yaml: "title: t\nfrequency: yearly\nlayout: {empty: total}\nschema: {fields: [{name: Year, role: period}, {name: Sex, role: category}, {name: Age, role: category}, {name: Value, role: measure, type: integer, risk: event}]}\n",
		rows: "total|2016-04-01/2017-03-31|合计|合计|30; total|2016-04-01/2017-03-31|F|合计|10; total|2016-04-01/2017-03-31|M|合计|20; total|2017-04-01/2018-03-31|合计|Old|7",
	},
	{
		name: "reading/floats", data: "年份,率\n2024,33.33333333333333\n2025,0.30000000000000004\n2026,7.000000000000001\n", yaml: yearlyRate("%"),
		rows: "2024-01-01/2024-12-31|33.33333333333333; 2025-01-01/2025-12-31|0.30000000000000004; 2026-01-01/2026-12-31|7.000000000000001",
	},
	{
		name: "reading/small-scientific", data: "年份,率\n2024,5E-05\n2025,1.986492E-05\n2026,0.25\n", yaml: yearlyRate("%"),
		rows: "2024-01-01/2024-12-31|0.00005; 2025-01-01/2025-12-31|0.00001986492; 2026-01-01/2026-12-31|0.25",
	},
	{
		name: "reading/small-scientific, an identifier", data: "年份,率\n2024,1.10105E+17\n", yaml: yearlyRate("%"),
		problems: "error csv/scientific B2",
	},
	{
		name: "reading/bare-point", data: "年份,率\n2024,.5\n2025,-.25\n2026,+3.1\n",
		fields: "年份 period; 率 measure", rows: "2024-01-01/2024-12-31|0.5; 2025-01-01/2025-12-31|-0.25; 2026-01-01/2026-12-31|3.1",
	},
	{
		name: "reading/excel-serial", data: "日期,警情数\n46023,5\n46024,7\n",
		fields: "日期 period; 警情数 measure", problems: "error csv/period A2", message: `"46023" is the serial number of a date in a spreadsheet, not a period (2 cells of the column: A2, A3)`,
	},
	{
		name: "reading/year-before-1900", data: "年份,件数\n1899,5\n1950,7\n",
		fields: "年份 period; 件数 measure", problems: "error csv/period A2", message: `"1899" has a year outside 1900 to 2200`,
	},
	{
		name: "reading/year-before-1900, minutes are no period", data: "年份,时间（分钟）\n1950,35\n1951,7\n",
		fields: "年份 period; 时间（分钟） measure 分钟", rows: "1950-01-01/1950-12-31|35; 1951-01-01/1951-12-31|7",
	},
	{
		name: "a header that counts in a unit heads figures, whatever the cells hold", data: "年份,死亡（人）\n2024,\">3\"\n2025,\"<5\"\n2026,—\n",
		fields: "年份 period; 死亡（人） measure 人", problems: "error csv/number B2; error csv/number B3; error csv/missing-value B4",
	},
	{
		name: "an empty column under a header with a unit is one of figures", data: "年份,案件（件）,用时（分钟）\n2024,30,\n2025,35,\n",
		fields: "年份 period; 案件（件） measure 件; 用时（分钟） measure 分钟", rows: "2024-01-01/2024-12-31|30|; 2025-01-01/2025-12-31|35|",
	},
	{
		name: "classes of an amount beside its counts are asked for", data: "金额（元）,件数\n1000以下,30\n1000-5000,35\n5000以上,40\n",
		problems: "error stats/role A3",
	},
	{
		name: "years over two years need no name", data: "期别,件数\n2022-23,30\n2023-24,35\n",
		fields: "期别 period; 件数 measure", rows: "2022-04-01/2023-03-31|30; 2023-04-01/2024-03-31|35",
	},
	{
		name: "financial years with a slash, as the header says", data: "财年,件数\n2010/11,30\n2011/12,35\n",
		fields: "财年 period; 件数 measure", rows: "2010-04-01/2011-03-31|30; 2011-04-01/2012-03-31|35",
	},
	{
		name: "reading/number-with-unit", data: "年份,受害人数\n2024,3人\n2025,12人\n",
		fields: "年份 period; 受害人数 measure 人", rows: "2024-01-01/2024-12-31|3; 2025-01-01/2025-12-31|12",
	},
	{
		name: "reading/number-with-unit, with words around it", data: "年份,接待\n2024,约1.2万人次\n2025,900 [p]\n2026,[x]\n",
		fields: "年份 period; 接待 measure 人次", rows: "2024-01-01/2024-12-31|12000; 2025-01-01/2025-12-31|900; 2026-01-01/2026-12-31|",
	},
	{
		name: "reading/number-with-unit, of two kinds", data: "年份,受害\n2024,3人\n2025,12户\n",
		fields: "年份 period; 受害 measure", problems: "error csv/unit B2",
	},
	{
		name: "reading/number-with-unit, ages are a category", data: "年份,年龄,件数\n2024,14岁,3\n2024,15岁,12\n",
		fields: "年份 period; 年龄 category; 件数 measure", rows: "2024-01-01/2024-12-31|14岁|3; 2024-01-01/2024-12-31|15岁|12",
	},
	{
		name: "reading/negative-growth", data: "年份,人口增量\n2024,-5\n2025,3\n",
		fields: "年份 period; 人口增量 measure", rows: "2024-01-01/2024-12-31|-5; 2025-01-01/2025-12-31|3",
		problems: "warning csv/negative B2", message: "write risk: none",
	},
	{
		name: "reading/negative-growth, a unit says that it is a count", data: "年份,立案（件）\n2024,-5\n2025,3\n",
		problems: "error csv/negative B2",
	},
	{
		name: "messages/flood", data: flood(), fields: "年份 period; 类别 category; 细类 category; 件数 measure",
		problems: "error csv/empty-name C3", message: "(30 cells of the column: C3 to C61, such as C3, C5, C7, C9, C11)",
	},
	{
		name: "reading/chinese-values, a mark down a column", data: "月份,立案同比\n2024年1月,—\n2024年2月,—\n2024年3月,—\n2025年1月,2.4%\n2025年2月,-1.5%\n2025年3月,28.7%\n",
		problems: "error csv/missing-value B2", message: "(3 cells of the column: B2, B3, B4)",
	},
	{
		name: "reading/header-repeated", data: "年份,件数\n2023,4\n2024,5\n年份,件数\n2025,6\n",
		fields: "年份 period; 件数 measure", rows: "2023-01-01/2023-12-31|4; 2024-01-01/2024-12-31|5; 2025-01-01/2025-12-31|6",
		problems: "warning csv/header A4", message: "the header is repeated on line 4 and skipped there",
	},
	{
		name: "reading/header-repeated, on every page", data: "年份,件数\n2020,1\n年份,件数\n2021,2\n2022,3\n年份,件数\n2023,4\n2024,5\n2025,6\n",
		rows:     "2020-01-01/2020-12-31|1; 2021-01-01/2021-12-31|2; 2022-01-01/2022-12-31|3; 2023-01-01/2023-12-31|4; 2024-01-01/2024-12-31|5; 2025-01-01/2025-12-31|6",
		problems: "warning csv/header A3", message: "the header is repeated on line 3, 6 and skipped there",
	},
	{
		name: "reading/pipe", data: "期间|件数\n2024|5\n2025|6\n",
		fields: "期间 period; 件数 measure", rows: "2024-01-01/2024-12-31|5; 2025-01-01/2025-12-31|6",
	},
	{
		name: "reading/two-header-rows", data: "年份,刑事案件,,治安案件,\n,立案,破案,受理,查处\n2024年,100,80,300,280\n2025年,90,85,310,300\n",
		problems: "error csv/header C1", message: "年份,刑事案件·立案,刑事案件·破案,治安案件·受理,治安案件·查处",
	},
	{
		name: "reading/two-tables-in-one-file", data: "表一 接警情况,,,\n日期,有效警情,刑事,治安\n2026-10-01,60,3,8\n2026-10-02,61,4,9\n合计,121,7,17\n,,,\n,,,\n表二 警情类别,,,\n类别,数量,占比,\n刑事,124,6.5%,\n治安,291,15.2%,\n,,,\n备注：如上,,,\n",
		fields: "日期 period; 有效警情 measure; 刑事 measure; 治安 measure", problems: "error csv/header A8", message: "a second table begins here",
		rows: "2026-10-01/2026-10-01|60|3|8; 2026-10-02/2026-10-02|61|4|9; total|合计|121|7|17",
	},
	{
		name: "reading/two-tables-in-one-file, groups with gaps are one", data: "单位,刑事,治安\n甲所,3,8\n\n乙所,4,9\n\n合计,7,17\n",
		rows: "甲所|3|8; 乙所|4|9; total|合计|7|17",
	},
	{
		name: "reading/unit-row", data: "期间,立案,破案\n,起,起\n2024,5,3\n2025,6,4\n",
		fields: "期间 period; 立案 measure 起; 破案 measure 起", rows: "2024-01-01/2024-12-31|5|3; 2025-01-01/2025-12-31|6|4",
	},
	{
		name: "reading/unit-row, against the header", data: "期间,立案（件）,破案\n单位,起,起\n2024,5,3\n2025,6,4\n",
		problems: "error csv/unit B2", message: `the row of units says "起" and the header "件"`,
	},
	{
		name: "reading/ordinal-category", data: "年份,子女数,件数\n2025,1,50\n2025,2,60\n2025,3,40\n2025,4 and over,10\n",
		fields: "年份 period; 子女数 category; 件数 measure", problems: "error stats/role B5",
		message: `write in data/stats/cases.yaml: schema: {fields: [{name: "年份", role: period}, {name: "子女数", role: category}, {name: "件数", role: measure, type: integer}]}`,
	},
	{
		name: "reading/ordinal-category, with the line of the hint", data: "年份,子女数,件数\n2025,1,50\n2025,2,60\n2025,3,40\n2025,4 and over,10\n",
		yaml:   `schema: {fields: [{name: "年份", role: period}, {name: "子女数", role: category}, {name: "件数", role: measure, type: integer}]}`,
		fields: "年份 period; 子女数 category; 件数 measure",
	},
	{
		name: "reading/blank-means-total", data: "期间,性别,件数\n2025,,10\n2025,男,6\n2025,女,4\n", yaml: blankMeans("total"),
		rows: "total|2025-01-01/2025-12-31|合计|10; 2025-01-01/2025-12-31|男|6; 2025-01-01/2025-12-31|女|4",
	},
	{
		name: "reading/blank-means-total, in Chinese", data: "期间,性别,件数\n2025,,10\n2025,男,6\n2025,女,4\n", yaml: blankMeans("合计"),
		rows: "total|2025-01-01/2025-12-31|合计|10; 2025-01-01/2025-12-31|男|6; 2025-01-01/2025-12-31|女|4",
	},
	{
		name: "reading/blank-means-total, not said", data: "期间,性别,件数\n2025,,10\n2025,男,6\n2025,女,4\n", yaml: blankMeans(""),
		problems: "error csv/empty-name B2", message: "layout: {empty: total}",
	},
	{
		name: "reading/blank-means-total, filled down", data: "期间,性别,件数\n2025,男,10\n,女,6\n2026,男,4\n,女,7\n", yaml: blankMeans("fill-down"),
		rows: "2025-01-01/2025-12-31|男|10; 2025-01-01/2025-12-31|女|6; 2026-01-01/2026-12-31|男|4; 2026-01-01/2026-12-31|女|7",
	},
	{
		name: "reading/blank-means-total, nobody knows", data: "期间,性别,件数\n2025,,10\n2025,男,6\n", yaml: blankMeans("not-available"),
		rows: "2025-01-01/2025-12-31|[x]|10; 2025-01-01/2025-12-31|男|6",
	},
	{
		name: "reading/blank-means-total, a word that is none", data: "期间,性别,件数\n2025,男,6\n", yaml: blankMeans("totals"),
		problems: "error stats/layout ", message: `did you mean "total"?`,
	},
	{
		name: "reading/months-as-columns", data: "2026年交通主要数据,,,,\n项目,1月,2月,3月,合计\n接报交通事故（起）,210,188,205,603\n死亡（人）,1,0,2,3\n",
		fields: "项目 note; 1月 note; 2月 note; 3月 note; 合计 note", problems: "error csv/header B2",
		message: "such as 接报交通事故（起）,2026年1月,210",
	},
	{
		name: "figures/year-and-month-columns", data: "年份,月份,警情数\n2025,1,50\n2025,2,70\n2026,1,90\n",
		yaml:   "frequency: monthly\nschema: {fields: [{name: 年份, role: period}, {name: 月份, role: category}, {name: 警情数, type: integer, role: measure, unit: 件, risk: event}]}",
		fields: "年份 period; 警情数 measure 件", rows: "2025-01-01/2025-01-31|50; 2025-02-01/2025-02-28|70; 2026-01-01/2026-01-31|90",
	},
	{
		name: "figures/year-and-month-columns, as the descriptor says", data: "年,月,日,警情数\n2025,1,31,50\n2025,12,1,70\n",
		yaml:   "period: [年, 月, 日]\nschema: {fields: [{name: 年, role: period}, {name: 月, role: category}, {name: 日, role: category}, {name: 警情数, type: integer, role: measure, unit: 件, risk: event}]}",
		fields: "年 period; 警情数 measure 件", rows: "2025-01-31/2025-01-31|50; 2025-12-01/2025-12-01|70",
	},
	{
		name: "figures/year-and-month-columns, both of them periods", data: "年份,月份,警情数\n2025,1,50\n2025,2,70\n",
		yaml:   "period: [年份, 月份]\nschema: {fields: [{name: 年份, role: period}, {name: 月份, role: period}, {name: 警情数, type: integer, role: measure, unit: 件, risk: event}]}",
		fields: "年份 period; 警情数 measure 件", rows: "2025-01-01/2025-01-31|50; 2025-02-01/2025-02-28|70",
	},
	{
		name: "reading/two-tables-in-one-file, markers after a gap are a row", data: "单位,刑事,治安\n甲所,3,8\n\n乙所,[x],[w]\n丙所,3,1\n",
		rows: "甲所|3|8; 乙所||; 丙所|3|1",
	},
	{
		name: "figures/year-and-month-columns, a column that is not there", data: "年份,月份,警情数\n2025,1,50\n",
		yaml:     "period: [年份, 月]\nschema: {fields: [{name: 年份, role: period}, {name: 月份, role: category}, {name: 警情数, type: integer, role: measure, unit: 件, risk: event}]}",
		problems: "error stats/field ",
	},
	{
		name: "figures/year-and-month-columns, thirteen months", data: "年份,月份,警情数\n2025,13,50\n",
		yaml:     "period: [年份, 月份]\nschema: {fields: [{name: 年份, role: period}, {name: 月份, role: category}, {name: 警情数, type: integer, role: measure, unit: 件, risk: event}]}",
		problems: "error csv/period A2", message: `"2025年13月" does not exist in the calendar`,
	},
	{
		name: "figures/year-and-month-no-descriptor", data: "年份,月份,警情数\n2025,1,50\n2025,2,70\n2026,1,90\n",
		fields: "年份 period; 警情数 measure", rows: "2025-01-01/2025-01-31|50; 2025-02-01/2025-02-28|70; 2026-01-01/2026-01-31|90",
	},
	{
		name: "figures/year-and-month-no-descriptor, no such month", data: "年份,月份,警情数\n2025,1,50\n2025,13,70\n",
		fields: "年份 period; 警情数 measure", problems: "error csv/period A3", message: `"2025年13月" does not exist in the calendar`,
	},
	{
		name: "figures/year-and-month-no-descriptor, the year twice", data: "年份,月份,警情数\n2025,2025-01,50\n2025,2025-02,70\n",
		fields: "年份 category; 月份 period; 警情数 measure", rows: "2025|2025-01-01/2025-01-31|50; 2025|2025-02-01/2025-02-28|70",
	},
	{
		name: "figures/year-and-month-no-descriptor, quarters and the year", data: "年度,季度,警情数（件）\n2025年,一季度,50\n2025年,2季度,70\n2025年,全年,120\n",
		fields: "年度 period; 警情数（件） measure 件",
		rows:   "2025-01-01/2025-03-31|50; 2025-04-01/2025-06-30|70; 2025-01-01/2025-12-31|120",
	},
	{
		name: "figures/financial-years-as-months", data: "年份,件数\n2008-09,50\n2009-10,60\n2010-11,70\n2011-12,80\n",
		yaml: "frequency: yearly\nschema: {fields: [{name: 年份, role: period}, {name: 件数, type: integer, role: measure, unit: 件, risk: event}]}",
		rows: "2008-04-01/2009-03-31|50; 2009-04-01/2010-03-31|60; 2010-04-01/2011-03-31|70; 2011-04-01/2012-03-31|80",
	},
	{
		name: "figures/financial-years-as-months, nothing says which", data: "年份,件数\n2008-09,50\n2009-10,60\n2010-11,70\n",
		problems: "error csv/period A2", message: "frequency: yearly for such years",
	},
	{
		name: "figures/financial-years-as-months, no month has a thirteenth", data: "年份,件数\n2011-12,50\n2012-13,60\n",
		rows: "2011-04-01/2012-03-31|50; 2012-04-01/2013-03-31|60",
	},
	{
		name: "figures/financial-years-as-months, months as declared", data: "月份,件数\n2008-09,50\n2009-10,60\n",
		yaml: "frequency: monthly\nschema: {fields: [{name: 月份, role: period}, {name: 件数, type: integer, role: measure, unit: 件, risk: event}]}",
		rows: "2008-09-01/2008-09-30|50; 2009-10-01/2009-10-31|60",
	},
	{
		name: "figures/serial-number-as-axis", data: "序号,单位名,件数\n1,甲所,5\n2,乙所,7\n",
		fields: "序号 note; 单位名 category; 件数 measure", rows: "1|甲所|5; 2|乙所|7",
	},
	{
		name: "figures/unit-column", data: "年份,类别,计量单位,数值\n2025,盗窃,%,30\n2025,诈骗,%,40\n2025,合计,%,35\n2025,盗窃,起,300\n2025,诈骗,起,400\n2025,合计,起,700\n",
		fields: "年份 period; 类别 category; 计量单位 category; 数值 measure",
	},
	{
		name: "messages/percent-hint", data: "月份,破案率\n2026年8月,46.4%\n2026年9月,0.512\n",
		yaml:     "schema: {fields: [{name: 月份, role: period}, {name: 破案率, role: measure, type: percent}]}",
		problems: "error csv/percent B3", message: "write % after every number of the column",
	},
}

func blankMeans(word string) string {
	layout := ""
	if word != "" {
		layout = "layout: {empty: " + word + "}\n"
	}
	return layout + "schema: {fields: [{name: 期间, role: period}, {name: 性别, role: category}, {name: 件数, type: integer, role: measure, unit: 件, risk: event}]}"
}

// flood is a table with an empty column in every second of 60 rows.
func flood() string {
	var b strings.Builder
	b.WriteString("年份,类别,细类,件数\n")
	for i := range 60 {
		if i%2 == 0 {
			fmt.Fprintf(&b, "2025,甲,类%d,%d\n", i, i)
		} else {
			fmt.Fprintf(&b, "2025,甲,,%d\n", i)
		}
	}
	return b.String()
}

func TestReadings(t *testing.T) {
	for _, c := range readings {
		t.Run(c.name, func(t *testing.T) {
			s, found := readOffice(t, officeFile{data: c.data, yaml: c.yaml})
			found.Sort()
			var problems []string
			first := ""
			for _, p := range found {
				if p.Rule.String() == "stats/no-descriptor" {
					continue
				}
				problems = append(problems, fmt.Sprintf("%s %s %s", p.Severity, p.Rule.String(), p.Cell))
				if first == "" {
					first = p.Message.EN + " " + p.Hint.EN
				}
				if p.Message.ZH == "" || p.Hint.ZH == "" && p.Hint.EN != "" {
					t.Errorf("not in Chinese: %+v", p)
				}
			}
			if got := strings.Join(problems, "; "); got != c.problems {
				t.Errorf("problems: %s\nwant %s\n%v", got, c.problems, found)
			}
			if !strings.Contains(first, c.message) {
				t.Errorf("the message is %q, without %q", first, c.message)
			}
			if got := fieldsOf(s); c.fields != "" && got != c.fields {
				t.Errorf("fields: %s\nwant %s", got, c.fields)
			}
			if got := rowsOf(s); c.rows != "" && got != c.rows {
				t.Errorf("rows: %s\nwant %s", got, c.rows)
			}
		})
	}
}

func fieldsOf(s *bureau.Statistic) string {
	var all []string
	for _, f := range s.Fields {
		all = append(all, strings.TrimSpace(f.Name+" "+string(f.Role)+" "+f.Unit))
	}
	return strings.Join(all, "; ")
}

func rowsOf(s *bureau.Statistic) string {
	var all []string
	for i, r := range s.Rows {
		var cells []string
		if r.Kind != bureau.DataRow {
			cells = append(cells, r.Kind.String())
		}
		for j, c := range s.Row(i) {
			switch {
			case s.Fields[j].Role == bureau.RolePeriod && !s.Period(i).IsZero():
				cells = append(cells, s.Period(i).Start.String()+"/"+s.Period(i).End.String())
			case c.Has():
				cells = append(cells, strconv.FormatFloat(c.Number, 'f', -1, 64))
			default:
				cells = append(cells, c.Text)
			}
		}
		all = append(all, strings.Join(cells, "|"))
	}
	return strings.Join(all, "; ")
}
