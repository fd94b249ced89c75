package render

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unicode"
)

// TestHolds holds the look for letters to that at every character of a text, be it UTF-8 or not.
func TestHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	runes := []rune("a1<é×א״ﬡؠيٮۓۼࢠࣉ中、《٠ࣿकʼ𠀀")
	for _, letters := range []*unicode.RangeTable{rightToLeft, unicode.Han, unicode.Latin, unicode.Cyrillic} {
		for range 20_000 {
			var text []byte
			for range random.IntN(6) {
				switch random.IntN(3) {
				case 0:
					text = append(text, string(runes[random.IntN(len(runes))])...)
				case 1:
					text = append(text, string(rune(random.IntN(0x3000)))...)
				default:
					text = append(text, byte(random.IntN(256)))
				}
			}
			want := bytes.ContainsFunc(text, func(r rune) bool { return unicode.Is(letters, r) })
			if got := holds(text, letters); got != want {
				t.Fatalf("%q: got %t, want %t", text, got, want)
			}
		}
	}
}

func TestMark(t *testing.T) {
	chinese, turned, around := marking{unicode.Han, "zh-CN", false}, marking{unicode.Han, "zh-CN", true}, marking{rightToLeft, "", true}
	for _, tt := range []struct {
		name       string
		m          marking
		page, want string
	}{
		{"a name", chinese, `<p>Of 盗窃、诈骗: 5</p>`, `<p>Of <span lang="zh-CN">盗窃、诈骗</span>: 5</p>`},
		{"what has a language", chinese, `<p lang="zh-CN">盗窃<b>诈骗</b></p>`, `<p lang="zh-CN">盗窃<b>诈骗</b></p>`},
		{"the page has one, too", chinese, `<html lang="en"><p>盗窃</p></html>`, `<html lang="en"><p><span lang="zh-CN">盗窃</span></p></html>`},
		{"a drawing", chinese, `<svg><title id="t">盗窃</title><text x="1">Unit: 件</text></svg><p>件</p>`,
			`<svg><title id="t" lang="zh-CN">盗窃</title><text x="1">Unit: <tspan lang="zh-CN">件</tspan></text></svg><p><span lang="zh-CN">件</span></p>`},
		{"a title of both", chinese, `<title>Theft (盗窃)</title><title></title><p>盗</p>`, `<title>Theft (盗窃)</title><title></title><p><span lang="zh-CN">盗</span></p>`},
		{"a label", chinese, `<section class="scroll" aria-label="Table: 盗窃, wide"><p>x</p></section>`,
			`<section class="scroll" aria-labelledby="label-1"><span id="label-1" hidden>Table: <span lang="zh-CN">盗窃</span>, wide</span><p>x</p></section>`},
		{"a label without", chinese, `<section aria-label="Table"><p>盗</p></section>`, `<section aria-label="Table"><p><span lang="zh-CN">盗</span></p></section>`},
		{"the other way", turned, `<p>盗窃: 5 件</p>`, `<p><bdi lang="zh-CN">盗窃</bdi>: 5 <bdi lang="zh-CN">件</bdi></p>`},
		{"numbers in a name", turned, `<li>示ICP备12号-1</li><li>示公网安备 34号</li><li>城关路1号</li>`,
			`<li><bdi lang="zh-CN">示ICP备12号</bdi>-1</li><li><bdi lang="zh-CN">示公网安备 34号</bdi></li><li><bdi lang="zh-CN">城关路1号</bdi></li>`},
		{"from right to left", around, `<p>محطة الشرق: 5 cases</p><svg><text>محطة</text></svg>`, `<p><bdi>محطة الشرق</bdi>: 5 cases</p><svg><text>محطة</text></svg>`},
		{"once", around, `<p><bdi>محطة</bdi> <a lang="ar">محطة</a></p>`, `<p><bdi>محطة</bdi> <a lang="ar">محطة</a></p>`},
		{"nothing to mark", chinese, `<p>Theft: 5</p>`, `<p>Theft: 5</p>`},
	} {
		page := bytes.NewBufferString(tt.page)
		tt.m.mark(page)
		if page.String() != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, page, tt.want)
		}
	}
}
