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
