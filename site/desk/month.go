package desk

import (
	"net/http"
	"net/url"

	"sunshine/site/period"
)

// monthView is the first page.
type monthView struct {
	Month
	Lists []dueList
}

// dueList is a list of what is awaited. From, Latest and Day tell which columns it has.
type dueList struct {
	ID, Title         string
	Heads             []string
	From, Latest, Day bool
	Rows              []dueRow
}

type dueRow struct {
	Title, From, Latest string
	Day                 period.Date
	Past                bool
	State, Action, Href string
}

// month is the first page: what is to be done today, with one thing to do in each line.
func (d *desk) month(w http.ResponseWriter, r *http.Request) {
	m, err := d.Work.Month(r.Context())
	if err != nil {
		d.failed(w, "/", err)
		return
	}
	late, open := d.say("逾期", "late"), d.say("未到期", "not due yet")
	v := monthView{Month: m}
	add := func(l dueList, all []Due, row func(x Due) dueRow) {
		for _, x := range all {
			one := row(x)
			one.Title, one.From, one.Latest, one.Day, one.Past = x.Title, x.From, x.Latest, x.Day, x.Past
			l.Rows = append(l.Rows, one)
		}
		state, action := d.say("情况", "state"), d.say("要做的", "to do")
		if l.Heads = append(l.Heads, state, action); len(l.Rows) > 0 {
			v.Lists = append(v.Lists, l)
		}
	}

	add(dueList{ID: "due", Title: d.say("统计", "Statistics"), From: true, Latest: true, Day: true,
		Heads: []string{d.say("统计", "statistic"), d.say("由谁报送", "from whom"), d.say("数据截至", "there until"), d.say("最迟发布", "due by")}}, m.Due,
		func(x Due) dueRow {
			switch {
			case x.Arrived != "":
				return dueRow{State: d.say("已收到", "arrived"), Action: d.say("读入", "bring in"), Href: "/reading?file=" + url.QueryEscape(x.Arrived)}
			case x.Past:
				return dueRow{State: late, Action: d.say("催报，收到后放进收件夹", "ask for it, and put it into the inbox"), Href: "/inbox"}
			}
			return dueRow{State: open, Action: d.say("看说明", "its descriptor"), Href: placeOf(x.At)}
		})
	add(dueList{ID: "guides", Title: d.say("要重新核对的", "To be verified again"), Day: true, Heads: []string{d.say("内容", "content"), d.say("期限", "by")}}, m.Guides,
		func(x Due) dueRow {
			if x.File == "" {
				return dueRow{State: late, Action: d.say("写一篇新的", "write a new one"), Href: "/files"}
			}
			return dueRow{State: late, Action: d.say("核对，写上日期", "verify it, and write the day"), Href: placeOf(x.At)}
		})
	add(dueList{ID: "matters", Title: d.say("逾期的事项", "Matters overdue"), From: true, Latest: true, Day: true,
		Heads: []string{d.say("事项", "matter"), d.say("承办单位", "unit"), d.say("下一步", "step"), d.say("期限", "by")}}, m.Matters,
		func(x Due) dueRow {
			return dueRow{State: late, Action: d.say("登记", "record it"), Href: placeOf(x.At)}
		})
	add(dueList{ID: "promises", Title: d.say("承诺", "Promises"), Heads: []string{d.say("承诺", "promise")}}, m.Promises,
		func(x Due) dueRow {
			if x.Past {
				return dueRow{State: d.say("没有兑现", "not kept"), Action: d.say("看清单", "the list"), Href: placeOf(x.At)}
			}
			return dueRow{State: d.say("结论有变化", "the verdict changed"), Action: d.say("看清单", "the list"), Href: placeOf(x.At)}
		})
	d.show(w, http.StatusOK, "/", "month.html", d.say("本月要做的", "What this month asks for"), v)
}
