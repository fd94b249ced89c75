package site_test

import (
	"strings"
	"testing"
)

// What a table withholds no text beside it tells.
func TestQuotedCases(t *testing.T) {
	const table = "期间,拘留（人）\n2024年,33\n2025年,3\n"
	const descriptor = "title: 甲\nsources: [{title: 测试}]\nreleased: 2026-10-12\nschema:\n  fields:\n    - {name: 期间, role: period}\n    - {name: 拘留（人）, type: integer, role: measure, unit: 人, risk: person}\nnotes: |\n  "
	const notice = "---\ntitle: 执法情况\ndate: 2026-10-20\nsource: 测试\n---\n"
	t.Run("exposure/figure-in-notes", func(t *testing.T) {
		lines := verdict(t, map[string]string{"stats/x.csv": table, "stats/x.yaml": descriptor + "2025年拘留3人，其中2人为未成年人。\n"})
		begins(t, lines, `data/stats/x.yaml:9:10 error disclosure/quoted the number here is the withheld figure "甲/2025年/拘留（人）"`)
	})
	t.Run("in a notice", func(t *testing.T) {
		lines := verdict(t, map[string]string{"stats/x.csv": table, "stats/x.yaml": descriptor + "说明。\n", "notices/2026-10-20-a.md": notice + "去年全市拘留3人。\n"})
		begins(t, lines, "data/notices/2026-10-20-a.md:6:7 error disclosure/quoted")
	})
	t.Run("the hint cures it", func(t *testing.T) {
		lines := verdict(t, map[string]string{"stats/x.csv": table, "stats/x.yaml": descriptor + "2025年拘留人数不公布。\n", "notices/2026-10-20-a.md": notice + "去年全市拘留不足5人，2024年拘留33人。\n"})
		begins(t, lines)
	})
	t.Run("events are not withheld", func(t *testing.T) {
		events := strings.NewReplacer("（人）", "（起）", "unit: 人", "unit: 起", "person", "event").Replace(descriptor)
		lines := verdict(t, map[string]string{"stats/x.csv": strings.ReplaceAll(table, "人", "起"), "stats/x.yaml": events + "2025年拘留3起。\n"})
		begins(t, lines)
	})
}

// The police's own short words tell a withheld figure as well as the names of a table.
func TestQuotedInShortWords(t *testing.T) {
	tables := map[string]string{
		"stats/p.csv": "派出所,抓获嫌疑人（人）\n河口派出所,8\n龙山派出所,33\n石桥派出所,41\n城关派出所,3\n",
		"stats/a.csv": "年龄,嫌疑人（人）\n18岁以下,4\n18-45岁,70\n46-60岁,3\n",
	}
	for text, want := range map[string]bool{
		"河口派出所抓获8人。":            true,
		"今年抓获未成年嫌疑人4名。":         true,
		"46至60岁的嫌疑人有3人。":        true,
		"龙山派出所抓获33人，8个工作日内答复。":  false,
		"河口派出所在8月抓获多人。":         false,
		"未成年人办理身份证，4个工作日内可以领取。": false,
		"46至60岁的群众可以在3号窗口办理。":   false,
	} {
		files := map[string]string{"pages/x.md": "---\ntitle: 说明\nupdated: 2026-10-01\n---\n" + text + "\n"}
		for name, table := range tables {
			files[name] = table
		}
		found := false
		for _, l := range verdict(t, files) {
			found = found || strings.Contains(l, "disclosure/quoted")
		}
		if found != want {
			t.Errorf("%q: found is %v", text, found)
		}
	}
}
