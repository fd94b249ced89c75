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
	code := make([]bool, len(r.Columns))
	for c, column := range r.Columns {
		code[c] = coded(column.Name, len(r.Columns), c, r.Rows(), func(i, c int) string { return r.Row(i)[c].V })
	}
	for i := range r.Rows() {
		for c, cell := range r.Row(i) {
			if len(cell.V) < shortest {
				continue
			}
			hits := scan([]byte(cell.V), r.Columns[c].Name, false)
			if code[c] {
				hits = clearCodes(hits)
			}
			for _, h := range hits {
				findings = append(findings, h.finding(cell.At))
			}
		}
		if enough(&findings) {
			break
		}
	}
	return loose(findings, r.Loose)
}
