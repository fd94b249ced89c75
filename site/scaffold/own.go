package scaffold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// Own is what a bureau says of itself before its first page. The zero value stands for
// nobody: the bureau that is written then is a sample, and check names its placeholders.
type Own struct {
	Name      string // the full name: 某某县公安局
	Phone     string // for enquiries
	Address   string
	Complaint string // the telephone for complaints; empty: HotLine
}

// HotLine is the national telephone for complaints about the police.
const HotLine = "12389"

// sample is the bureau that there is not.
var sample = Own{Name: "示范市公安局", Phone: "000-00000000", Address: "示范市示范路0号", Complaint: "000-00000001"}

// maxOwn is how long an answer may be, in characters.
const maxOwn = 100

// Line tells what is wrong with a name or an address that stands in every file that is
// written, in YAML and in Markdown; nil where nothing is.
func Line(answer string) *problem.Text {
	wrong := problem.Say("是空的", "it is empty")
	if strings.TrimSpace(answer) == "" {
		return &wrong
	}
	if n := utf8.RuneCountInString(answer); n > maxOwn {
		wrong = problem.Say("有%d个字，最多%d个", "it has %d characters; at most %d are read", n, maxOwn)
		return &wrong
	}
	for _, r := range answer {
		if !unicode.IsPrint(r) || strings.ContainsRune("\"\\<>[]{}|*_`#@&", r) {
			wrong = problem.Say("里面不能有“%s”", "it cannot hold \"%s\"", problem.Quote(string(r)))
			return &wrong
		}
	}
	return nil
}

// Number tells what is wrong with telephone numbers; nil where nothing is.
func Number(answer string) *problem.Text {
	if wrong := Line(answer); wrong != nil {
		return wrong
	}
	for _, p := range text.Phones(answer) {
		if !p.Dials() {
			wrong := problem.Say("“%s”不是能拨通的电话号码，例如 0100-1234567", "\"%s\" is no telephone number, such as 0100-1234567", problem.Quote(p.Written))
			return &wrong
		}
	}
	if len(text.Phones(answer)) == 0 {
		wrong := problem.Say("没有电话号码", "it holds no telephone number")
		return &wrong
	}
	return nil
}

// ToDo is what a bureau cannot know on its first day, or has to make its own, in the
// order in which it is done. README.md has the same list.
var ToDo = []problem.Text{
	problem.Say("data/guides/ 里的六份办事指南是样例，没有公布：逐项核对，改成本单位的，再照文件里的提示改 status", "the six guides in data/guides/ are samples and not published: make each the bureau's own, then change its status as the file says"),
	problem.Say("data/stats/window-services 是样例，没有公布：换成本单位的统计表，改好说明，再删去 status: draft（状态）", "data/stats/window-services is a sample and not published: put the bureau's own table in its place, then delete status: draft"),
	problem.Say("data/site.yaml：办公时间 hours，单位邮箱 email，“找错”的链接 report_error", "data/site.yaml: hours, email, and report_error"),
	problem.Say("data/site.yaml：网站的正式网址 base_url，有了网址以后写", "data/site.yaml: base_url, once the site has an address"),
	problem.Say("data/site.yaml：政府网站标识码 site_code、ICP备案号 icp、公安备案号 police_record，批下来以后写", "data/site.yaml: site_code, icp and police_record, once they are granted"),
}
