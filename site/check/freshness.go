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

// Column is one column of the site: notices, statistics, policy documents, or the guides of
// an area.
type Column struct {
	Name        problem.Text
	At          problem.Position // where what is late stands, else its folder
	Items, Past int              // those past their day
	Shown       bool             // also where it is empty
}

// Late tells whether all that it holds is late.
func (c Column) Late() bool { return c.Items > 0 && c.Past == c.Items }

// Columns are the columns of a bureau's site as of a day. A closed series keeps nothing up
// to date, and an area without guides is not shown, as that of other matters is not said
// to be empty.
func Columns(b *bureau.Bureau, asOf period.Date) []Column {
	notices := Column{Name: problem.Say("公告", "notices"), At: problem.Position{File: bureau.NoticeKind.Folder()}, Items: len(b.Notices), Shown: true}
	if due, ok := figures.NoticesDue(b); ok && due < asOf {
		notices.At, notices.Past = figures.NewestNotice(b).At, notices.Items
	}
	statistics := Column{Name: problem.Say("统计", "statistics"), At: problem.Position{File: bureau.StatisticKind.Folder()}, Items: len(b.Statistics), Shown: true}
	closed := 0
	for _, s := range b.Statistics {
		if s.Descriptor.Historical.V {
			closed++
		}
		if due, ok := figures.Due(b, s); ok && due < asOf {
			statistics.Past++
		}
	}
	if closed < len(b.Statistics) {
		statistics.Items -= closed
	}
	columns := []Column{notices, statistics}
	if len(b.Policies) > 0 {
		policies := Column{Name: problem.Say("政策文件", "policy documents"), At: problem.Position{File: bureau.PolicyKind.Folder()}, Items: len(b.Policies), Shown: true}
		if newest, limit := figures.NewestPolicy(b), b.Site.Freshness.Policies.V; newest.Given() && limit > 0 && newest.V+period.Date(limit) < asOf {
			policies.At, policies.Past = newest.At, policies.Items
		}
		columns = append(columns, policies)
	}
	for _, a := range bureau.Areas {
		c := Column{Name: problem.Text{ZH: a.ZH, EN: a.EN}, At: problem.Position{File: bureau.GuideKind.Folder(a.ID)}}
		for _, g := range b.Guides {
			if g.Area.V != a.ID || g.Language != b.Site.MainLanguage() {
				continue
			}
			c.Items++
			if due, ok := figures.VerifiedUntil(b, g); ok && due < asOf {
				if c.Past++; c.Past == 1 {
					c.At = g.Verified.At
				}
			}
		}
		if a.ID != "other" || c.Items > 0 {
			columns = append(columns, c)
		}
	}
	return columns
}

func (s stale) report() {
	s.newest()
	for _, v := range s.Statistics {
		due, ok := figures.Due(s.Bureau, v)
		if !ok || due >= s.asOf {
			continue
		}
		d := v.Descriptor
		at := d.NextRelease.At
		if !d.NextRelease.Given() {
			at = d.Released.At
		}
		s.problems.Warn(at, problem.FreshnessStatistic, problem.Say("“%s”应在%s前更新，已逾期%d天", `"%s" was due by %s; days overdue: %d`, problem.Quote(v.Title()), due.String(), int(s.asOf-due)),
			problem.Say("发布新一期数据，并改写 next_release（下次发布）", "publish the next release and change next_release"))
	}
	for _, g := range s.Guides {
		due, ok := figures.VerifiedUntil(s.Bureau, g)
		if !ok || due >= s.asOf || g.Language != s.Bureau.Site.MainLanguage() {
			continue
		}
		s.problems.Warn(g.Verified.At, problem.FreshnessGuide, problem.Say("指南“%s”的核实期已在%s届满，已逾期%d天", `the verification of the guide "%s" ran out on %s; days overdue: %d`, problem.Quote(g.Title.V), due.String(), int(s.asOf-due)),
			problem.Say("核实内容后，改写 verified（核实日期）", "verify what it says and change verified"))
	}
	columns := Columns(s.Bureau, s.asOf)
	s.named(columns, Column.Late, problem.FreshnessColumn,
		problem.Say("栏目全部逾期", "everything is overdue"),
		func(string) problem.Text {
			return problem.Say("更新其中的内容：公告和政策文件发布新的，统计发布新一期数据，指南核实后改写 verified（核实日期）", "bring it up to date: publish a new notice or policy document, the next release of a statistic, or verify a guide and change verified")
		})
	s.named(columns, func(c Column) bool { return c.Items == 0 }, problem.FreshnessEmpty,
		problem.Say("栏目是空的", "there is no content"),
		func(file string) problem.Text {
			return problem.Say("补上内容；本单位没有这类内容的，%s", "add content; where the bureau has none of it, %s", problem.Except(problem.FreshnessEmpty, file))
		})
}

// named warns of each column that a rule finds, or of all at once where they are
// as many as site.yaml says.
func (s stale) named(columns []Column, found func(Column) bool, rule problem.Rule, what problem.Text, hint func(file string) problem.Text) {
	columns = slices.DeleteFunc(slices.Clone(columns), func(c Column) bool { return !found(c) })
	if len(columns) < s.Site.Freshness.Together.V || len(columns) < 2 {
		for _, c := range columns {
			s.problems.Warn(c.At, rule, problem.Text{ZH: c.Name.ZH + "：" + what.ZH, EN: c.Name.EN + ": " + what.EN}, hint(c.At.File))
		}
		return
	}
	var zh, en []string
	for _, c := range columns {
		zh, en = append(zh, c.Name.ZH), append(en, c.Name.EN)
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
