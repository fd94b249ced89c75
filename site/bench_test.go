package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
)

// putFile makes a file and the folders above it.
func putFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// benchmarkBureau writes a bureau of complete guides, about 3 KB each, and of
// monthly statistics of ten years.
func benchmarkBureau(b testing.TB, guides, statistics int) string {
	b.Helper()
	dir := b.TempDir()
	put := func(name, text string) { putFile(b, filepath.Join(dir, "data", filepath.FromSlash(name)), text) }
	put("site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n")
	body := strings.Repeat("申请人应当提交下列材料，受理机关自收到申请之日起作出决定。", 12)
	for i := range guides {
		put(fmt.Sprintf("guides/hukou/g%05d.md", i), fmt.Sprintf(`---
title: 户口办理事项第%[1]d号
area: hukou
status: in-force
authority: 示范市公安局
legal_basis: [{law: 示范条例, article: 第二条}]
audience: [individual]
conditions: [年满十六周岁]
materials: [{name: 户口簿, original: 1, copies: 1}]
steps: [{action: 申请, actor: 申请人, days: 0}, {action: 办结, actor: 公安机关, days: 15}]
time_limit: {statutory: 30, promised: 15, unit: working-days}
fee: {free: true}
places: [{name: 办事大厅, address: 示范路1号, hours: 工作日09:00–17:00, phone: 000-%08[1]d}]
result: 办理结果通知
complaint: {phone: "12389"}
published: 2026-03-03
updated: 2026-03-03
verified: 2026-10-28
---

%[2]s

## 申请材料

| 材料 | 份数 | 要求 |
| --- | ---: | --- |
| 户口簿 | 1 | **原件**及复印件 |
| 照片 | 2 | **原件** |
| 申请表 | 1 | **原件** |

## 办理流程

- 民警应当当场告知。[详情](#申请材料)
- 办理结果以短信通知。[详情](#申请材料)

## 办理时限

> %[2]s
`, i, body))
	}
	for i := range statistics {
		var rows strings.Builder
		rows.WriteString("期间,收集件数,办结件数\n")
		for m := range 120 {
			fmt.Fprintf(&rows, "%d-%02d,%d,%d\n", 2015+m/12, 1+m%12, 500+(m*37+i)%300, 200+(m*53+i)%300)
		}
		put(fmt.Sprintf("stats/d%04d.csv", i), rows.String())
		put(fmt.Sprintf("stats/d%04d.yaml", i), fmt.Sprintf(`title: 意见建议办理情况%d
frequency: monthly
sources: [{title: 合成数据}]
released: 2026-01-05
schema:
  fields:
    - {name: 期间, type: string, role: period}
    - {name: 收集件数, type: integer, role: measure, unit: 件, risk: event}
    - {name: 办结件数, type: integer, role: measure, unit: 件, risk: event}
`, i))
	}
	return dir
}

func benchmarkBuild(b *testing.B, guides, statistics int, cold bool) {
	dir := benchmarkBureau(b, guides, statistics)
	o := options(dir, filepath.Join(dir, "public"))
	build := func() {
		if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
			b.Fatal(err, problemsError(problems))
		}
	}
	if !cold {
		build()
	}
	for b.Loop() {
		if cold {
			b.StopTimer()
			os.RemoveAll(o.Out)
			b.StartTimer()
		}
		build()
	}
}

func BenchmarkBuild(b *testing.B) {
	b.Run("guides=1000/cold", func(b *testing.B) { benchmarkBuild(b, 1000, 0, true) })
	b.Run("guides=1000/again", func(b *testing.B) { benchmarkBuild(b, 1000, 0, false) })
	b.Run("statistics=20/cold", func(b *testing.B) { benchmarkBuild(b, 0, 20, true) })
	b.Run("statistics=20/again", func(b *testing.B) { benchmarkBuild(b, 0, 20, false) })
}
