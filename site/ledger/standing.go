package ledger

import (
	"slices"

	"sunshine/site/bureau"
)

// Standing tells of each figure of a statistic the label of the newest release that
// holds it as it stands now, with the markers that it has now but [r]; empty where
// none does.
func Standing(b *bureau.Bureau, s *bureau.Statistic) func(row, field int) string {
	type held struct {
		label   string
		vintage *bureau.Vintage
		rows    map[string]*bureau.VintageRow
	}
	var all []held // the newest first; a vintage that releases share stands once
	for _, r := range slices.Backward(b.Releases) {
		i := slices.IndexFunc(r.Statistics, func(v *bureau.Vintage) bool { return v.Name == s.Name })
		if i < 0 || len(all) > 0 && all[len(all)-1].vintage == r.Statistics[i] {
			continue
		}
		h := held{r.Label, r.Statistics[i], make(map[string]*bureau.VintageRow, len(r.Statistics[i].Rows))}
		for _, row := range h.vintage.Rows {
			h.rows[row.Key] = row
		}
		all = append(all, h)
	}
	if len(all) == 0 {
		return func(int, int) string { return "" }
	}
	t, keys := tableOf(s, intervals{}), make([]string, len(s.Rows))
	for i := range keys {
		keys[i], _, _ = t.key(i)
	}
	return func(row, field int) string {
		now := figureOf(s.Cell(row, field))
		for _, h := range all {
			i := slices.IndexFunc(h.vintage.Measures, func(m bureau.Measure) bool { return m.Name == s.Fields[field].Name && m.Unit == s.Fields[field].Unit })
			if r := h.rows[keys[row]]; r != nil && i >= 0 && r.Figures[i].Same(now) && (r.Figures[i].Status^now.Status)&^bureau.Revised == 0 {
				return h.label
			}
		}
		return ""
	}
}
