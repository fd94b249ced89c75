package privacy

import "sunshine/site/bureau"

// Register scans every cell of a register, beside the name of its column, also
// those that are not published.
func Register(r *bureau.Register) []bureau.Finding {
	var findings []bureau.Finding
	for _, c := range r.Columns {
		for _, h := range scan([]byte(c.Name), "", false) {
			findings = append(findings, h.finding(c.At))
		}
	}
	for i := range r.Rows() {
		for c, cell := range r.Row(i) {
			if len(cell.V) < shortest {
				continue
			}
			for _, h := range scan([]byte(cell.V), r.Columns[c].Name, false) {
				findings = append(findings, h.finding(cell.At))
			}
		}
		if enough(&findings) {
			break
		}
	}
	return loose(findings, r.Loose)
}
