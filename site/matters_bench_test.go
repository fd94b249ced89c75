package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
)

// BenchmarkMatters builds a bureau with 5,000 matters of 246 units, a page each.
func BenchmarkMatters(b *testing.B) {
	dir := benchmarkBureau(b, 0, 0)
	o := options(dir, filepath.Join(dir, "public"))
	var rows strings.Builder
	rows.WriteString("编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n")
	for i := range 5000 {
		day := func(after int) string { return (o.AsOf - period.Date(100+i%600-after)).String() }
		fmt.Fprintf(&rows, "M-%04d,%s,%s,第%d派出所,建议改进第%d个窗口的叫号和引导服务,%s,%s,,", i, [...]string{"意见建议", "利益诉求", "投诉举报"}[i%3], day(0), i%246, i, day(3), day(9))
		if i%4 == 0 {
			rows.WriteString(",,办理中,\n")
		} else {
			fmt.Fprintf(&rows, "%s,%s,已办结,采纳。已经改进，并在窗口张贴说明。\n", day(40), day(50))
		}
	}
	list := filepath.Join(dir, "data", "suggestions", "2026.csv")
	if err := os.MkdirAll(filepath.Dir(list), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(list, []byte(rows.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		os.RemoveAll(o.Out)
		b.StartTimer()
		if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
			b.Fatal(err, problemsError(problems))
		}
	}
}
