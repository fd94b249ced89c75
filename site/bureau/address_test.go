package bureau

import "testing"

// An address that leads nowhere is told, whatever its scheme.
func TestAddressFault(t *testing.T) {
	for address, want := range map[string]bool{
		"https://www.example.gov.cn/a?b#c": true, "http://例子.中国/": true, "HTTP://EXAMPLE.COM": true, "/guides/": true, "static/a.pdf": true,
		"mailto:a@b.cn": true, "tel:+86-10-1234": true, "https://%E4%BE%8B.cn/": true,
		"https://": false, "https:": false, "http:/x": false, "https:example.com": false, "http://[::1": false, "http://%5B::1": false,
		`http://a%22onmouseover=%22x`: false, "http://:80/": false, "mailto:": false, "tel:": false,
		"javascript:alert(1)": false, "//host/x": false, `\\host\x`: false, "https://a b/": false, "": false,
	} {
		if message, hint, ok := AddressFault(address); ok != want || !ok && (message.ZH == "" || hint.ZH == "") {
			t.Errorf("%q: %v %v %v", address, ok, message, hint)
		}
	}
}
