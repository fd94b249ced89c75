package privacy

import (
	"fmt"
	"strings"
	"testing"
)

// benchmarkGuide is a clean guide of about 3 KB.
func benchmarkGuide() []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: 户口办理事项\nplaces: [{name: 办事大厅, address: 示范路1号, hours: 工作日09:00–17:00, phone: 000-00000001}]\npublished: 2026-03-03\nupdated: 2026-03-03\n---\n")
	for i := range 12 {
		fmt.Fprintf(&b, "%d. 申请人应当提交下列材料，受理机关自收到申请之日起15个工作日内作出决定，费用20元。被害人家属可以查询。\n\n| 户口簿 | %d | **原件**及复印件，办公室3楼 |\n", i, i)
	}
	return []byte(b.String())
}

// benchmarkPage is a clean page of about 10 KB, most of it markup.
func benchmarkPage() []byte {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, `<section class="step step-%d" id="s%d"><h2><a href="#s%d">办理流程</a></h2><p>申请人应当提交材料，<time datetime="2026-03-%02d">3月%d日</time>起生效。</p></section>`+"\n", i, i, i, i%28+1, i%28+1)
	}
	return []byte(b.String())
}

func BenchmarkScanGuide(b *testing.B) {
	text := benchmarkGuide()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if hits := Scan(text, ""); len(hits) > 0 {
			b.Fatal(hits)
		}
	}
}

func BenchmarkScanPage(b *testing.B) {
	text := benchmarkPage()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if hits := scan(text, "", true); len(hits) > 0 {
			b.Fatal(hits)
		}
	}
}
