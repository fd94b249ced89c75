package check

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Statistic checks what a descriptor says of its table: who it comes from and
// when it was released.
func Statistic(s *bureau.Statistic, asOf period.Date) problem.List {
	var problems problem.List
	d := &s.Descriptor
	if !s.Described || d.At.Line == 0 {
		return nil // said where the fields are inferred, or that it cannot be read
	}
	top := problem.Position{File: d.File, Line: 1}
	if len(d.Sources) == 0 && !bureau.Unread(d.Blank, "sources") {
		problems.Warn(top, problem.StatsNoSource,
			problem.Say("没有写数据来源（sources）", "the statistic names no source"),
			problem.Say("加一行“sources: [{title: 报表或者文件的名称}]”", "add a line sources: [{title: the report it comes from}]"))
	}
	switch {
	case bureau.Unread(d.Blank, "released"):
	case !d.Released.Given():
		problems.Warn(top, problem.StatsNoReleaseDate,
			problem.Say("没有写发布日期（released）", "the statistic has no release date"),
			problem.Say("加一行“released: 2026-10-31”，写实际的日期", "add a line released: 2026-10-31"))
	case d.Released.V > asOf:
		problems.Error(d.Released.At, problem.StatsFuture,
			problem.Say("发布日期%s晚于今天（%s）", "the release date %s is after today (%s)", d.Released.V, asOf),
			problem.Say("改正日期，或者到那天再发布", "correct the date, or publish on that day"))
	}
	if d.NextRelease.Given() && d.Released.Given() && d.NextRelease.V <= d.Released.V {
		problems.Error(d.NextRelease.At, problem.StatsNextRelease,
			problem.Say("下次发布日期%s不晚于本次的%s", "the next release %s is not after this one, %s", d.NextRelease.V, d.Released.V),
			problem.Say("改正其中一个日期", "correct one of the two"))
	}
	return problems
}
