package check

import (
	"strings"
	"testing"
)

// What a guide with one visit says elsewhere must not take a second one.
func TestTrips(t *testing.T) {
	const steps = "[{action: 申请, actor: 申请人, days: 0}]"
	const collected = "[{action: 申请, actor: 申请人, days: 0}, {action: 制证, actor: 公安机关, days: 20}, {action: 领证, actor: 申请人"
	made := strings.Replace(complete, steps, "[{action: 申请, actor: 申请人, days: 0}, {action: 制证, actor: 公安机关, days: 20}]", 1)
	for _, c := range []struct{ name, text, old, new, want string }{
		{"fetched later", complete, steps, collected + "}]", "10:81 warning guide/trips"},
		{"fetched later, in days of its own", complete, steps, "[{action: 申请, actor: 申请人, days: 0}, {action: 领证, actor: 申请人, days: 20}]", "10:44 warning guide/trips"},
		{"by post", complete, steps, collected + ", note: 可以邮寄}]", ""},
		{"not by post", complete, steps, collected + ", note: 不能邮寄}]", "10:81 warning guide/trips"},
		{"at once", complete, steps, collected + ", note: 当日领取}]", ""},
		{"twice, and said so", strings.Replace(complete, "count: 1", "count: 2", 1), steps, collected + "}]", ""},
		{"by another office", complete, steps, "[{action: 申请, actor: 申请人, days: 0}, {action: 核查, actor: 派出所, days: 20}]", ""},
		{"in one go", complete, steps, "[{action: 申请, actor: 申请人, days: 0}, {action: 拍照, actor: 申请人, days: 0}]", ""},
		{"none, and to the window", strings.Replace(complete, "count: 1", "count: 0", 1), steps, "[{action: 申请, actor: 申请人, days: 0, note: 到窗口提交}]", "10:9 warning guide/trips"},
		{"none", strings.Replace(complete, "count: 1", "count: 0", 1), steps, "[{action: 申请, actor: 申请人, days: 0, note: 在网上提交}]", ""},
		{"fetched, as delivery says", made, "online:", "delivery: 到窗口领取\nonline:", "14:11 warning guide/trips"},
		{"fetched or sent", made, "online:", "delivery: 到窗口领取，或者邮寄\nonline:", ""},
		{"the window alone", made, "online: https://example.org/", "channels: [窗口]", "22:17 warning guide/trips"},
		{"the window alone, sent", made, "online: https://example.org/", "channels: [窗口]\ndelivery: 邮寄", ""},
		{"the window alone, on the spot", made, "online: https://example.org/", "channels: [窗口]\nkind: immediate", "15:7 error guide/kind"},
		{"an appointment at the window", complete, "online:", "appointment: 先到窗口预约\nonline:", "14:14 warning guide/trips"},
		{"no appointment", complete, "online:", "appointment: 不用到窗口预约\nonline:", ""},
		{"an appointment by telephone", complete, "online:", "appointment: 电话预约，到窗口办理\nonline:", ""},
		{"a paper of the procedure", strings.Replace(complete, "户口簿, original: 1}", "户口簿, original: 1}, {name: 受理回执, original: 1}", 1), steps, "[{action: 申请, actor: 申请人, days: 0}, {action: 发给受理回执, actor: 窗口, days: 0}]", "9:46 warning guide/trips"},
		{"a second time in words", complete, "original: 1}", "original: 1, note: 相片不合格的，改日再到窗口拍摄}", "9:44 warning guide/trips"},
		{"no second time in words", complete, "original: 1}", "original: 1, note: 不用再到窗口}", ""},
		{"in English", complete, steps, "[{action: Apply, actor: Applicant, days: 0}, {action: Make the card, actor: Police, days: 20}, {action: Collect, actor: Applicant}]", "10:103 warning guide/trips"},
		{"in English, by post", complete, steps, "[{action: Apply, actor: Applicant, days: 0}, {action: Make the card, actor: Police, days: 20}, {action: Collect, actor: Applicant, note: or by post}]", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(c.text, c.old, c.new, 1)
			if text == c.text {
				t.Fatal("nothing changed")
			}
			if got, _ := problems(t, text); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A visit that only one case takes is found in it, once.
func TestTripsOfACase(t *testing.T) {
	text := strings.Replace(cased, "when: [未满十六周岁]}]\ntime", "when: [未满十六周岁]}, {action: 审核, actor: 公安机关, days: 20, when: [父母, 其他监护人]}, {action: 领证, actor: 监护人, when: [父母, 其他监护人]}]\ntime", 1)
	if got, _ := problems(t, text); got != "14:135 warning guide/trips" {
		t.Error(got)
	}
	text = strings.Replace(text, "materials:", "case_notes: [{when: [未满十六周岁], note: 领证时再来一次, visits: 2}]\nmaterials:", 1)
	if got, _ := problems(t, text); got != "" {
		t.Error(got)
	}
}
