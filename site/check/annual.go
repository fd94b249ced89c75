package check

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// annualRecount cures most of what does not add up.
var annualRecount = problem.Say("核对这几个数；总计可以不写，由程序相加", "check these figures; a total may be left out, and is added up")

// Annuals holds the annual reports against their form, each by itself, each against the
// one of the year before, and asks for that of last year. A bureau that has written none
// is not asked.
func Annuals(b *bureau.Bureau, asOf period.Date) problem.List {
	var problems problem.List
	years := map[int]*bureau.Annual{}
	for _, a := range b.Annual {
		years[a.Year] = a
	}
	newest := 0
	for _, a := range b.Annual {
		problems = append(problems, annual(a)...)
		if before := years[a.Year-1]; before != nil {
			problems = append(problems, carried(a, before)...)
		}
		newest = max(newest, a.Year)
	}
	for _, p := range b.Pages {
		if year := p.AnnualReport(); year != 0 {
			problems.Warn(problem.Position{File: p.File, Line: 1}, problem.AnnualYear,
				problem.Say("%d年的年度报告写成了页面，各张表没有核对", "the report of %d is written as a page, and its tables are held against nothing", year),
				problem.Say("运行 sunshine new annual %[1]d，填好 %[2]s，再删去这一页；公布过的，旧网址写进 addresses.csv", "run sunshine new annual %[1]d, fill in %[2]s, and delete this page; where it was published, write its address into addresses.csv", year, bureau.AnnualFile(year)))
		}
	}
	last := asOf.Time().Year() - 1
	if newest > 0 && newest < last && asOf > AnnualDue(last) {
		problems.Warn(problem.Position{File: bureau.AnnualFile(newest)}, problem.AnnualNone,
			problem.Say("%d年的年度报告还没有公布，法定期限是%s（《政府信息公开条例》第四十九条）", "the report of %d is not there; it was due on %s (article forty-nine of the regulation)", last, AnnualDue(last)),
			problem.Say("运行 sunshine new annual %[1]d，填好 %[2]s", "run sunshine new annual %[1]d, and fill in %[2]s", last, bureau.AnnualFile(last)))
	}
	return problems
}

// AnnualDue is the last day on which the report of a year is in time.
func AnnualDue(year int) period.Date { return period.NewDate(year+1, time.January, 31) }

func annual(a *bureau.Annual) problem.List {
	var problems problem.List
	top := problem.Position{File: a.File, Line: 1, Column: 1}
	switch {
	case a.Year == 0:
		problems.Error(top, problem.AnnualYear,
			problem.Say("文件名不是年度", "the name of the file is no year"),
			problem.Say("改名为报告的年度，例如 %s", "name it by the year that it reports, such as %s", bureau.AnnualFile(2025)))
	case a.Period.Given() && a.Period.V != a.Year:
		problems.Error(a.Period.At, problem.AnnualYear,
			problem.Say("年度写的是%d，文件名却是%d", "the period is %d, but the file is named %d", a.Period.V, a.Year),
			problem.Say("改成一致的年度；文件名就是网址里的年度", "make the two agree; the name of the file is in the address"))
	}
	if !a.Published.Given() && !bureau.Unread(a.Blank, "published") {
		problems.Error(top, problem.AnnualPublished,
			problem.Say("没有写发布日期（published）", "it does not say when it was published"),
			problem.Say("加一行“published: 日期”（发布日期），例如 published: %s", "add a line published: with the day, such as published: %s", AnnualDue(max(a.Year, 2008))))
	} else if due := AnnualDue(a.Year); a.Year > 0 && a.Published.Given() && a.Published.V > due {
		problems.Warn(a.Published.At, problem.AnnualLate,
			problem.Say("%d年的年度报告%s才发布，法定期限是%s（《政府信息公开条例》第四十九条）", "the report of %d is published on %s; it was due on %s (article forty-nine of the regulation)", a.Year, a.Published.V, due),
			problem.Except(problem.AnnualLate, a.File))
	}
	for _, part := range []struct {
		text     bureau.String
		key      string
		zh, name string
	}{
		{a.Overview, "overview", "总体情况", bureau.AnnualSections[0]}, {a.Problems, "problems", "主要问题及改进", bureau.AnnualSections[4]}, {a.Other, "other", "其他事项", bureau.AnnualSections[5]},
	} {
		if strings.TrimSpace(part.text.V) == "" && !bureau.Unread(a.Blank, part.key) {
			problems.Error(top, problem.AnnualPart,
				problem.Say("年度报告缺少“%s”这一部分", "the annual report lacks the part \"%s\"", part.name),
				problem.Say("加一行“%[1]s: …”（%[2]s）；没有内容也要写明“无”", "add a line \"%[1]s: …\" (%[2]s); where there is nothing to report, say so", part.key, part.zh))
		}
	}
	documentState(&problems, a.Status)
	blocks(reflect.ValueOf(a).Elem(), top, "", "", &problems)
	requests(&a.Requests, &problems)
	for _, row := range []struct {
		of   *bureau.AnnualOutcomes
		name problem.Text
	}{
		{&a.Review.Review, problem.Text{ZH: "行政复议", EN: "reconsideration"}},
		{&a.Review.Litigation.Direct, problem.Text{ZH: "未经复议直接起诉", EN: "litigation → direct"}},
		{&a.Review.Litigation.After, problem.Text{ZH: "复议后起诉", EN: "litigation → after"}},
	} {
		total(row.of.Total, row.of.Cells(), row.name, &problems)
	}
	return problems
}

// blocks reports the figures that are left out of a block and of those in it, and what
// cannot be one. way and path are the keys that lead to it, in Chinese and in English.
func blocks(v reflect.Value, at problem.Position, way, path string, problems *problem.List) {
	blanks := v.FieldByName("Blank").Interface().([]bureau.Blank)
	var lackZH, lackEN []string
	figure := func(place problem.Position, below bool, zh, en string) {
		if below {
			problems.Error(place, problem.AnnualFigure,
				problem.Say("“%s”是负数", "\"%s\" is below zero", problem.Text{ZH: zh, EN: en}),
				problem.Say("写 0 或者正数", "write 0 or more"))
		}
	}
	for i := range v.NumField() {
		en, zh, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if en == "" || en == "rest" {
			continue
		}
		given := true
		switch f := v.Field(i).Addr().Interface().(type) {
		case *bureau.String, *bureau.Date, *bureau.Moment: // of the report itself
		case *bureau.Int:
			given = f.Given() || en == "total" || en == "period"
			figure(f.At, f.V < 0, zh, en)
		case *bureau.Number:
			given = f.Given()
			figure(f.At, f.V < 0, zh, en)
		default:
			if en == "total" {
				continue
			}
			block := v.Field(i)
			place := block.FieldByName("At").Interface().(problem.Position)
			whole := block.FieldByName("Rest").Interface().(bureau.Int)
			blank := slices.ContainsFunc(blanks, func(b bureau.Blank) bool { return b.Key == en && !b.Unread })
			switch given = place.Line > 0 && !blank; {
			case given && whole.Given() && whole.V != 0:
				problems.Error(whole.At, problem.AnnualFigure,
					problem.Text{ZH: "“" + zh + "”不能只写一个数，要按表分列写", EN: "\"" + en + "\" takes a figure for each of its cells"},
					problem.Say("照 sunshine new annual 写出的样子分列写；只有都是0的，才可以写“%[1]s: 0”（%[2]s）", "write them as sunshine new annual shows; only where all are 0, write \"%[1]s: 0\"", en, zh))
			case given:
				blocks(block, place, joined(way, zh), joined(path, en), problems)
			}
		}
		if !given && !bureau.Unread(blanks, en) {
			lackZH, lackEN = append(lackZH, zh), append(lackEN, en)
			for _, b := range blanks {
				if b.Key == en && len(lackEN) == 1 {
					at = b.At
				}
			}
		}
	}
	if len(lackEN) == 0 {
		return
	}
	hint := problem.Say("写上数值，没有的写 0，例如“%[1]s: 0”（%[2]s）；其余都是0的，删去空着的键，写一行“rest: 0”（其余）", "write it, 0 where there was none, such as \"%[1]s: 0\"; where all the rest is 0, remove the empty keys and write a line \"rest: 0\"", lackEN[0], lackZH[0])
	if way == "" {
		way, path = "年度报告", "the report"
		hint = problem.Say("照 sunshine new annual 写出的样子补上；全年都没有的，写“%[1]s: 0”（%[2]s）", "add it as sunshine new annual shows; where there was nothing all year, write \"%[1]s: 0\"", lackEN[0], lackZH[0])
	}
	problems.Error(at, problem.AnnualMissing,
		problem.Say("“%s”没有写：%s", "\"%s\" lacks %s", problem.Text{ZH: way, EN: path}, problem.Text{ZH: strings.Join(lackZH, "、"), EN: strings.Join(lackEN, ", ")}), hint)
}

func joined(way, key string) string {
	if way == "" {
		return key
	}
	return way + " → " + key
}

// allGiven tells whether every figure is there and one that can be added up.
func allGiven(cells []bureau.Int) bool {
	return !slices.ContainsFunc(cells, func(c bureau.Int) bool { return !c.Given() || c.V < 0 })
}

// total holds a total that is given against the sum of its parts.
func total(given bureau.Int, parts []bureau.Int, name problem.Text, problems *problem.List) {
	if sum := bureau.AnnualSum(parts); given.Given() && allGiven(parts) && given.V != sum {
		problems.Error(given.At, problem.AnnualSum,
			problem.Say("“%s”的总计是%d，各项相加是%d", "the total of \"%s\" is %d, but its parts are %d", name, given.V, sum), annualRecount)
	}
}

// requests holds the sums and the balance of the table of applications.
func requests(r *bureau.AnnualRequests, problems *problem.List) {
	rows := r.Results.Rows()
	all := true
	for _, row := range rows {
		total(row.Row.Total, row.Row.Cells(), problem.Text{ZH: row.Group + row.Label, EN: row.Group + row.Label}, problems)
		all = all && allGiven(row.Row.Cells())
	}
	for _, row := range []struct {
		of   *bureau.AnnualApplicants
		name problem.Text
	}{
		{&r.New, problem.Text{ZH: "本年新收", EN: "new"}}, {&r.CarriedIn, problem.Text{ZH: "上年结转", EN: "carried_in"}}, {&r.CarriedOut, problem.Text{ZH: "结转下年度", EN: "carried_out"}},
	} {
		total(row.of.Total, row.of.Cells(), row.name, problems)
	}
	if !all {
		return
	}
	sums, whole := r.Results.Sums(), 0
	given := r.Results.Total
	for i, c := range given.Cells() {
		whole += sums[i]
		if c.Given() && c.V != sums[i] {
			problems.Error(c.At, problem.AnnualSum,
				problem.Say("“%s”一列办理结果的总计是%d，各行相加是%d", "in the column \"%s\" the total of the results is %d, but its rows are %d", annualColumn(i), c.V, sums[i]), annualRecount)
		}
	}
	for _, c := range []bureau.Int{given.Total, given.Rest} { // total: 16 is the whole
		if c.Given() && c.V != whole {
			problems.Error(c.At, problem.AnnualSum,
				problem.Say("办理结果的总计是%d，各行相加是%d", "the total of the results is %d, but its rows are %d", c.V, whole), annualRecount)
		}
	}
	added, before, after := r.New.Cells(), r.CarriedIn.Cells(), r.CarriedOut.Cells()
	for i := range sums {
		if !allGiven([]bureau.Int{added[i], before[i], after[i]}) {
			continue
		}
		if in, out := added[i].V+before[i].V, sums[i]+after[i].V; in != out {
			hint := annualRecount
			if in >= sums[i] {
				hint = problem.Say("核对这一列；结转下年度实为%[1]d件的，在 carried_out 里写“%[2]s: %[1]d”", "check the column; where %[1]d are carried over, write \"%[2]s: %[1]d\" into carried_out", in-sums[i], annualKeys[i])
			}
			problems.Error(after[i].At, problem.AnnualBalance,
				problem.Say("“%s”一列对不上：本年新收%d件加上年结转%d件是%d件，办理结果总计%d件加结转下年度%d件是%d件", "the column \"%s\" does not balance: %d new and %d of last year are %d, but %d dealt with and %d carried over are %d",
					annualColumn(i), added[i].V, before[i].V, in, sums[i], after[i].V, out), hint)
		}
	}
}

// annualKeys are the columns as the file has them.
var annualKeys = []string{"persons", "enterprises", "research", "charities", "legal", "others"}

func annualColumn(i int) problem.Text {
	return problem.Text{ZH: bureau.AnnualColumns[i], EN: annualKeys[i]}
}

// carried holds what a report takes up from the year before against what that one left.
func carried(a, before *bureau.Annual) problem.List {
	var problems problem.List
	left := before.Requests.CarriedOut.Cells()
	for i, c := range a.Requests.CarriedIn.Cells() {
		if allGiven([]bureau.Int{c, left[i]}) && c.V != left[i].V {
			problems.Warn(c.At, problem.AnnualCarried,
				problem.Say("“%s”一列上年结转是%d件，%d年的报告结转下年度是%d件", "in the column \"%s\" %d are of last year, but the report of %d carries over %d", annualColumn(i), c.V, before.Year, left[i].V),
				problem.Say("核对两份报告，应为%d件", "check both reports; %d would agree", left[i].V))
		}
	}
	return problems
}
