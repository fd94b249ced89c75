package check

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Stale reports what is late as warnings; none of them stops a build. A column is
// notices, statistics, or the guides of an area: it is overdue where all that it
// holds is. Five overdue columns, or five empty ones, are named together, or as
// many as site.yaml says.
func Stale(b *bureau.Bureau, asOf period.Date) problem.List {
	var problems problem.List
	stale{b, asOf, &problems}.report()
	return problems
}

type stale struct {
	*bureau.Bureau
	asOf     period.Date
	problems *problem.List
}

// column is one column of the site.
type column struct {
	name        problem.Text
	at          problem.Position
	items, late int
}

func (s stale) report() {
	s.newest()
	notices := column{name: problem.Say("公告", "notices"), at: problem.Position{File: "data/notices"}, items: len(s.Notices)}
	if due, ok := figures.NoticesDue(s.Bureau); ok && due < s.asOf {
		notices.at, notices.late = figures.NewestNotice(s.Bureau).At, notices.items
	}
	statistics := column{name: problem.Say("统计", "statistics"), at: problem.Position{File: "data/stats"}, items: len(s.Statistics)}
	closed := 0
	for _, v := range s.Statistics {
		if v.Descriptor.Historical.V {
			closed++
		}
		due, ok := figures.Due(s.Bureau, v)
		if !ok || due >= s.asOf {
			continue
		}
		statistics.late++
		d := v.Descriptor
		at := d.NextRelease.At
		if !d.NextRelease.Given() {
			at = d.Released.At
		}
		s.problems.Warn(at, problem.FreshnessStatistic, problem.Say("“%s”应在%s前更新，已逾期%d天", `"%s" was due by %s; days overdue: %d`, problem.Quote(v.Title()), due.String(), int(s.asOf-due)),
			problem.Say("发布新一期数据，并改写 next_release（下次发布）", "publish the next release and change next_release"))
	}
	if closed < len(s.Statistics) {
		statistics.items -= closed // a closed series keeps nothing up to date
	}
	columns := []column{notices, statistics}
	for _, a := range bureau.Areas {
		c := column{name: problem.Text{ZH: a.ZH, EN: a.EN}, at: problem.Position{File: bureau.GuideKind.Folder(a.ID)}}
		for _, g := range s.Guides {
			if g.Area.V != a.ID || g.Language != s.Bureau.Site.MainLanguage() {
				continue
			}
			c.items++
			due, ok := figures.VerifiedUntil(s.Bureau, g)
			if !ok || due >= s.asOf {
				continue
			}
			if c.late++; c.late == 1 {
				c.at = g.Verified.At
			}
			s.problems.Warn(g.Verified.At, problem.FreshnessGuide, problem.Say("指南“%s”的核实期已在%s届满，已逾期%d天", `the verification of the guide "%s" ran out on %s; days overdue: %d`, problem.Quote(g.Title.V), due.String(), int(s.asOf-due)),
				problem.Say("核实内容后，改写 verified（核实日期）", "verify what it says and change verified"))
		}
		if a.ID != "other" || c.items > 0 {
			columns = append(columns, c)
		}
	}
	s.named(columns, func(c column) bool { return c.items > 0 && c.late == c.items }, problem.FreshnessColumn,
		problem.Say("栏目全部逾期", "everything is overdue"),
		func(string) problem.Text {
			return problem.Say("更新其中的内容：公告发布新的，统计发布新一期数据，指南核实后改写 verified（核实日期）", "bring it up to date: publish a new notice, the next release of a statistic, or verify a guide and change verified")
		})
	s.named(columns, func(c column) bool { return c.items == 0 }, problem.FreshnessEmpty,
		problem.Say("栏目是空的", "there is no content"),
		func(file string) problem.Text {
			return problem.Say("补上内容；本单位没有这类内容的，%s", "add content; where the bureau has none of it, %s", problem.Except(problem.FreshnessEmpty, file))
		})
}

// named warns of each column that a rule finds, or of all at once where they are
// as many as site.yaml says.
func (s stale) named(columns []column, found func(column) bool, rule problem.Rule, what problem.Text, hint func(file string) problem.Text) {
	columns = slices.DeleteFunc(slices.Clone(columns), func(c column) bool { return !found(c) })
	if len(columns) < s.Site.Freshness.Together.V || len(columns) < 2 {
		for _, c := range columns {
			s.problems.Warn(c.at, rule, problem.Text{ZH: c.name.ZH + "：" + what.ZH, EN: c.name.EN + ": " + what.EN}, hint(c.at.File))
		}
		return
	}
	var zh, en []string
	for _, c := range columns {
		zh, en = append(zh, c.name.ZH), append(en, c.name.EN)
	}
	s.problems.Warn(problem.Position{File: bureau.SiteKind.File()}, rule, problem.Text{ZH: strings.Join(zh, "、") + "：" + what.ZH, EN: strings.Join(en, ", ") + ": " + what.EN}, hint(bureau.SiteKind.File()))
}

// newest warns where nothing on the site is new.
func (s stale) newest() {
	newest := figures.Newest(s.Bureau, s.asOf)
	days := int(s.asOf - newest.V)
	limit := s.Site.Freshness.Newest.V
	if !newest.Given() || days < s.Site.Freshness.Notice.V || limit == 0 {
		return
	}
	hint := problem.Say("在满%d天以前发布新的公告、统计或指南，否则网站即算逾期未更新", "publish a notice, a statistic or a guide before the limit of %d days, after which the site counts as out of date", limit)
	if days >= limit {
		hint = problem.Say("发布新的公告、统计或指南", "publish a notice, a statistic or a guide")
	}
	s.problems.Warn(newest.At, problem.FreshnessNewest, problem.Say("全站最新的内容是%s的，已有%d天没有更新", "the newest item of the site is dated %s; days since then: %d", newest.V.String(), days), hint)
}
