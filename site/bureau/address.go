package bureau

import (
	"net/url"
	"strings"
	"unicode"

	"sunshine/site/problem"
)

// Scheme gives the scheme of an address in lower case, empty where it has none.
func Scheme(address string) string {
	i := strings.IndexAny(address, ":/?#")
	if i <= 0 || address[i] != ':' {
		return ""
	}
	for j := range i {
		c := address[j] | 0x20
		if !('a' <= c && c <= 'z' || j > 0 && ('0' <= c && c <= '9' || address[j] == '+' || address[j] == '-' || address[j] == '.')) {
			return ""
		}
	}
	return strings.ToLower(address[:i])
}

// AddressFault says why a page may not link to an address, with the next step; ok
// is true where it may. A link leads to http, https, mailto, tel, or to the site
// itself. A browser takes some that are written otherwise for one of these or for
// another host: nothing of that kind passes either.
func AddressFault(address string) (message, hint problem.Text, ok bool) {
	scheme := Scheme(address)
	switch {
	case address == "":
		return problem.Say("链接没有地址", "the link has no address"),
			problem.Say("写上地址，例如 https://www.example.gov.cn/", "add one, such as https://www.example.gov.cn/"), false
	case strings.HasPrefix(address, "//"):
		return problem.Say("链接“%s”没有写明协议", "the link \"%s\" names no scheme", problem.Quote(address)),
			problem.Say("写成 https:%s", "write https:%s", problem.Quote(address)), false
	case scheme != "" && scheme != "http" && scheme != "https" && scheme != "mailto" && scheme != "tel":
		return problem.Say("不允许“%s:”开头的链接", "links that begin with \"%s:\" are not allowed", problem.Quote(scheme)),
			problem.Say("改用 https、http、mailto、tel 开头的地址，或者站内地址", "use https, http, mailto, tel or a page of the site"), false
	case strings.ContainsFunc(address, func(r rune) bool { return r == '\\' || unicode.IsSpace(r) || unicode.IsControl(r) }):
		return problem.Say("链接“%s”里有空格、反斜杠或控制字符", "the link \"%s\" holds a space, a backslash or a control character", problem.Quote(address)),
			problem.Say("从浏览器的地址栏复制地址，粘贴到这里", "copy the address from the browser's address bar and paste it here"), false
	case !whole(address, scheme):
		return problem.Say("网址“%s”不完整，或者写法有误", "the address \"%s\" is not whole, or not well written", problem.Quote(address)),
			problem.Say("写完整网址，例如 https://www.example.gov.cn/；邮箱和电话写在 mailto: 和 tel: 后面", "write a whole address, such as https://www.example.gov.cn/; mailto: and tel: have a mailbox or a number behind them"), false
	}
	return problem.Text{}, problem.Text{}, true
}

// whole tells whether an address that has a scheme leads somewhere: to a host, a
// mailbox, a telephone.
func whole(address, scheme string) bool {
	switch scheme {
	case "":
		return true
	case "http", "https":
		u, err := url.Parse(address)
		return err == nil && u.Hostname() != ""
	}
	return len(address) > len(scheme)+1
}

// SettingFault says of an address in a file of settings what AddressFault does, and
// takes one of the site itself only where it begins as such: /guides/ or static/.
func SettingFault(address string) (message, hint problem.Text, ok bool) {
	if message, hint, ok = AddressFault(address); !ok {
		return message, hint, false
	}
	if Scheme(address) == "" && !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, StaticSection.Folder()) {
		return problem.Say("“%s”不是网址", "\"%s\" is not an address", problem.Quote(address)),
			problem.Say("写完整的网址 https://…，或者站内地址 /static/…", "write a complete address, https://…, or a path of the site, /static/…"), false
	}
	return message, hint, true
}
