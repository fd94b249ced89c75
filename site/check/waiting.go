package check

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Waiting names what is not published yet. What is wrong in it is a warning until it
// is: it stops nothing else.
func Waiting(held []bureau.Held, problems problem.List) problem.List {
	for _, h := range held {
		for i := range problems {
			if slices.Contains(h.Files, problems[i].File) {
				problems[i].Severity = problem.Warning
			}
			if p := &problems[i]; p.Rule == problem.TranslationStale && !strings.Contains(p.Hint.EN, "wait") {
				p.Hint = problem.Text{ZH: p.Hint.ZH + "；还有没到时候公布的文件（" + h.Files[0] + "），译文是它的，就先留着", EN: p.Hint.EN + "; keep it where it is of what waits to be published (" + h.Files[0] + ")"}
			}
		}
		message, hint := problem.Say("这是草稿，没有公布", "this is a draft and is not published"), problem.Say("写好以后删去 status: draft（状态：草稿）", "delete status: draft when it is ready")
		switch {
		case h.From.Minute != 0:
			message = problem.Say("公布时间是%s，到时才公布，现在的网站里没有它", "it is published from %s on, and is not in the site now", h.From)
			hint = problem.Say("到时再生成一次网站；要现在公布的，删去 publish_at（公布时间）这一行", "build the site again at that time; remove publish_at to publish it now")
		case h.From.Day != 0:
			message = problem.Say("日期是%s，到那天才公布，现在的网站里没有它", "its day is %s: it is published then, and is not in the site now", h.From)
			hint = problem.Say("到那天再生成一次网站；要现在公布的，改正日期", "build the site again on that day; correct the date to publish it now")
		}
		problems.Warn(h.At, problem.NoticeWaiting, message, hint)
	}
	return problems
}
