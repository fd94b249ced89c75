package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// A guide says how often a citizen comes in person. What it says elsewhere must not need
// one visit more: a step on a later day, a result that is fetched, a paper that only the
// procedure gives, an appointment that is made at the window.
var (
	// citizen are words for who has the matter done.
	citizen = regexp.MustCompile(`申请|申报|本人|当事人|所有人|车主|监护人|代理人|代办人|经办人|户主|亲属|家属|抚养人|经营者|驾驶人|收货单位|建设单位|使用单位|群众|(?i)\b(applicants?|owners?|guardians?|holders?|citizens?|parents?|those involved|drivers?)\b`)
	// afar are words for what is done without a further visit: from elsewhere, or at once.
	afar = regexp.MustCompile(`网上|在线|线上|邮寄|寄送|快递|手机|电话|电子|送.{0,4}上门|上门(送|办)|当场|当日|当天|同日|同一天|(?i)\b(online|by post|post|mail|app|phone|electronic|on the spot|same day|while you wait|at once)\b`)
	// notAfar takes them back.
	notAfar = regexp.MustCompile(`(不|不能|不可以|不得|无法|暂不)(邮寄|寄送|网上|在线|支持邮寄|支持网上)|(?i)\b(not|cannot|no)\b[^.;,]{0,20}\b(online|by post)\b`)
	// desk are words for where one goes in person.
	desk = regexp.MustCompile(`窗口|大厅|派出所|车管所|到场|到现场|当面|(?i)\b(window|counter|desk|station|in person)\b`)
	// fetch are words for getting the result oneself.
	fetch = regexp.MustCompile(`领取|领证|自取|取件|取证|签收|(?i)\b(collect|pick up|fetch)`)
	// sent are words for the result being brought.
	sent = regexp.MustCompile(`邮寄|寄送|快递|送达|电子|(?i)\b(post|mail|deliver|electronic)`)
	// oneMore are words for one visit more.
	oneMore = regexp.MustCompile(`再次到|再到|第二次到|另行到|再来一[趟次]|再跑一[趟次]|(改日|次日|改天|隔天)再?[到来去]|(?i)\b(come (back|again)|return (to|another day)|second visit)\b`)
	// spared are words for that not being needed.
	spared = regexp.MustCompile(`不用|不必|不需要|无须|无需|免|(?i)\b(no need|not have to|need not|without)\b`)
	// booked are words for an appointment that is made in person.
	booked = regexp.MustCompile(`到[^，。；、]{0,8}(窗口|大厅|现场)[^，。；、]{0,4}预约|现场预约|(?i)\bbook(ed)? (at|in) (the|person)\b`)
	// issues are words for what a step gives.
	issues = regexp.MustCompile(`领取|取得|开具|出具|发给|核发|打印|(?i)\b(issue|receive|obtain|get)s?\b`)
)

// remotely tells whether what a text tells of takes no visit of its own.
func remotely(text string) bool { return afar.MatchString(text) && !notAfar.MatchString(text) }

// trips warns of a visit more than the guide counts, once at each place.
func (c *guide) trips() {
	if !c.Visits.Count.Given() {
		return
	}
	told := map[problem.Position]bool{}
	sheets, _ := c.Choices()
	for _, sheet := range sheets {
		of := c.For(sheet)
		if of.Visits.Count.V < 0 {
			continue
		}
		for _, hidden := range visitsOf(of) {
			if at := hidden.at; at.Line > 0 && !told[at] && !of.Stops() {
				told[at] = true
				c.Warn(at, problem.GuideTrips, problem.Say("写了到现场%[1]d次，这里还要再到一次：%[2]s", "visits in person: %[1]d, and this takes one more: %[3]s", of.Visits.Count.V, hidden.why.ZH, hidden.why.EN),
					problem.Say("确实要再到的，改正 visits（现场次数）的次数，在原因里写明每次做什么；不用到的，在这里写明，例如“当场办结”“可以邮寄”“网上办理”", "where one has to come again, correct the count of visits and say in its reason what each is for; where not, say so here: on the spot, by post, online"))
			}
		}
	}
}

type visit struct {
	at  problem.Position
	why problem.Text
}

// visitsOf are the places that make for more visits than the guide counts.
func visitsOf(g *bureau.Guide) (hidden []visit) {
	count, made, later := g.Visits.Count.V, 0, true
	instant := g.Kind.V == "immediate"
	var issued []string // what the steps gave, after days went by
	waits := false      // days go by before the end
	fetched := false
	for _, s := range g.Steps {
		own := citizen.MatchString(s.Actor.V)
		text := s.Action.V + " " + s.Note.V
		if s.Days.V > 0 && !instant {
			later, waits = true, true
		}
		if issues.MatchString(text) {
			issued = append(issued, text)
		}
		if !own {
			continue
		}
		if fetch.MatchString(text) {
			fetched = true
		}
		switch {
		case remotely(text), count == 0 && !desk.MatchString(text):
		case later:
			later = false
			if made++; made > count {
				hidden = append(hidden, visit{s.At, problem.Say("环节“%s”由申请人在另一天办理", "the step \"%s\" is the citizen's, on another day", problem.Quote(s.Action.V))})
			}
		}
	}
	atWindow := len(g.Channels) > 0 && !g.By("online") && !g.By("post") && !g.By("phone")
	switch {
	case fetched || made < count || !waits || len(hidden) > 0 || made == 0:
	case fetch.MatchString(g.Delivery.V) && !remotely(g.Delivery.V):
		hidden = append(hidden, visit{g.Delivery.At, problem.Say("结果要到窗口领取", "the result is fetched at the window")})
	case g.Delivery.V == "" && atWindow && !remotely(g.Result.V+notes(g.Steps)) && !sent.MatchString(g.Visits.Reason.V):
		hidden = append(hidden, visit{g.Visits.Count.At, problem.Say("只能到窗口办，过些天才出结果，没有写怎样送达", "it is handled at the window alone, the result comes days later, and delivery does not say how")})
	}
	if b := g.Booking.V; booked.MatchString(b) && !remotely(b) && !spared.MatchString(b) && made >= count {
		hidden = append(hidden, visit{g.Booking.At, problem.Say("要先到现场预约", "the appointment is made in person")})
	}
	for _, m := range g.Materials {
		for _, text := range issued {
			if utf8.RuneCountInString(m.Name.V) > 2 && strings.Contains(text, m.Name.V) && made >= count && !remotely(text) {
				hidden = append(hidden, visit{m.Name.At, problem.Say("“%s”是办理当中才发的", "\"%s\" is given in the procedure itself", problem.Quote(m.Name.V))})
				break
			}
		}
		hidden = append(hidden, saysAgain(m.Note, count)...)
	}
	for _, s := range g.Steps {
		hidden = append(hidden, saysAgain(s.Note, count)...)
	}
	for _, t := range []bureau.String{g.Visits.Reason, g.TimeLimit.Note, g.Booking, g.Delivery} {
		hidden = append(hidden, saysAgain(t, count)...)
	}
	return hidden
}

// saysAgain finds that a text of a guide with one visit tells of a second one.
func saysAgain(t bureau.String, count int) []visit {
	if count > 1 || !oneMore.MatchString(t.V) || spared.MatchString(t.V) {
		return nil
	}
	return []visit{{t.At, problem.Say("“%s”", "\"%s\"", problem.Quote(t.V))}}
}

func notes(steps []bureau.Step) (all string) {
	for _, s := range steps {
		all += s.Action.V + s.Note.V + " "
	}
	return all
}
