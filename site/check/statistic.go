package check

import (
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Statistic checks what a descriptor says of its table: who it comes from and
// when it was released.
func Statistic(s *bureau.Statistic, asOf period.Date) problem.List {
	problems := append(risks(s), views(s)...)
	d := &s.Descriptor
	if !s.Described || d.At.Line == 0 {
		return problems // said where the fields are inferred, or that it cannot be read
	}
	documentState(&problems, d.Status)
	top := problem.Position{File: d.File, Line: 1}
	if len(d.Sources) == 0 && !bureau.Unread(d.Blank, "sources") {
		problems.Warn(top, problem.StatsNoSource,
			problem.Say("没有写数据来源（sources）", "the statistic names no source"),
			problem.Say("加一行“sources: [{title: …}]”（来源），在 title 后面写报表或者文件的名称", "add a line sources: [{title: …}] with the title of the report that it comes from"))
	}
	problems.Add(Sources(d.Sources))
	switch {
	case bureau.Unread(d.Blank, "released"):
	case !d.Released.Given():
		problems.Warn(top, problem.StatsNoReleaseDate,
			problem.Say("没有写发布日期（released）", "the statistic has no release date"),
			problem.Say("加一行“released: %s”（发布日期），写实际的日期", "add a line released: %s, with the day on which it was released", asOf))
	case d.Released.V > asOf:
		problems.Error(d.Released.At, problem.StatsFuture,
			problem.Say("发布日期%s晚于今天（%s）", "the release date %s is after today (%s)", d.Released.V, asOf),
			problem.Say("改正日期，或者到那天再发布", "correct the date, or publish on that day"))
	}
	if d.NextRelease.Given() && d.Historical.V {
		problems.Error(d.NextRelease.At, problem.StatsHistorical,
			problem.Say("写明是历史数据（historical），又写了下次发布%s", "it is a closed series (historical), and its next release is given, %s", d.NextRelease.V),
			problem.Say("不再更新的，删去 next_release（下次发布）；还在更新的，删去 historical（历史数据）", "delete next_release where nothing more will come, or historical where the series goes on"))
		return problems
	}
	if d.NextRelease.Given() && d.Released.Given() && d.NextRelease.V <= d.Released.V {
		problems.Error(d.NextRelease.At, problem.StatsNextRelease,
			problem.Say("下次发布日期%s不晚于本次的%s", "the next release %s is not after this one, %s", d.NextRelease.V, d.Released.V),
			problem.Say("改正其中一个日期", "correct one of the two"))
	}
	return problems
}

// views tells of the columns of a long table that have too many values to give each a
// page.
func views(s *bureau.Statistic) (problems problem.List) {
	for _, f := range s.Unviewed {
		problems.Warn(s.Position(-1, f), problem.StatsViews,
			problem.Say("表有%d行，“%s”的取值太多，网站不为每个取值做一页，网页上查不到其中的一项", `the table has %d rows, and "%s" too many values for a page each, so that none of them can be looked up on the site`, len(s.Rows), problem.Quote(s.Fields[f].Name)),
			problem.Say("把表按类别或者年份分成几个文件，每个文件的取值少一些；只供下载的，%s", "split the table by kind or by year into files with fewer values each; where it is only to be downloaded, %s", problem.Except(problem.StatsViews, s.File)))
	}
	return problems
}

// risks asks of a column of whole numbers, of which nothing tells what they
// count, whether they count persons: it is protected as if they did.
func risks(s *bureau.Statistic) (problems problem.List) {
	if s.Disclosure.Method == "none" {
		return nil // staff decided that nothing is protected
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		if !f.Unsaid {
			continue
		}
		name, at := problem.Quote(f.Name), f.At
		file := strings.TrimSuffix(s.File, ".csv") + ".yaml"
		hint := problem.Say("数的是事的，在 %[1]s 中写 %[2]s；数的是人或者单位的，把 event 换成 person 或者 organisation，都不是的换成 none", "if it counts events, write in %[1]s: %[2]s; for persons or organisations, write person or organisation instead of event; for none of these, none", file, descriptor(s, i))
		for n := range s.Descriptor.Schema.Fields {
			if spec := &s.Descriptor.Schema.Fields[n]; strings.TrimSpace(spec.Name.V) == f.Name {
				at = spec.Name.At
				hint = problem.Say("数的是事的，在这一列的说明中加上 risk: event（计数对象：事）；数的是人或者单位的，写 risk: person 或者 risk: organisation，都不是的写 risk: none", "if it counts events, add to this field risk: event; for persons or organisations, risk: person or risk: organisation; for none of these, risk: none")
			}
		}
		problems.Warn(at, problem.StatsRiskUnsaid,
			problem.Say("看不出“%s”一列数的是人还是事，先按人保护，小的数值不公布", "nothing tells whether \"%s\" counts persons or events; it is protected as persons are, and small counts are hidden", name), hint)
	}
	return problems
}

// descriptor writes the fields as a descriptor would, with a risk for each column
// that needs one, so that one line answers for all of them.
func descriptor(s *bureau.Statistic, field int) string {
	var fields []string
	for i, f := range s.Fields {
		name := strconv.Quote(f.Name)
		text := "{name: " + name + ", role: " + string(f.Role)
		switch {
		case f.Derived:
			continue
		case f.IsMeasure():
			text += ", type: " + f.Type
			if f.UnitField >= 0 {
				text += ", unit_field: " + strconv.Quote(s.Fields[f.UnitField].Name)
			}
			if i == field || f.Unsaid {
				text += ", risk: event"
			}
		case f.Role == bureau.RoleCode:
			text = "{name: " + name + ", role: category"
		}
		fields = append(fields, text+"}")
	}
	for _, f := range s.Joined { // month and year in columns of their own
		fields = append(fields, "{name: "+strconv.Quote(f.Name)+", role: category}")
	}
	return "schema: {fields: [" + strings.Join(fields, ", ") + "]}"
}
