package bureau

import "testing"

// ParseCell reads back what CellName writes, and nothing else.
func TestParseCell(t *testing.T) {
	for _, at := range [][2]int{{0, 0}, {25, 8}, {26, 99}, {701, 0}, {702, 199_999}, {16_383, 1_048_575}} {
		name := CellName(at[0], at[1])
		if column, row, ok := ParseCell(name); !ok || column != at[0] || row != at[1] {
			t.Errorf("%s: %d, %d, %v", name, column, row, ok)
		}
	}
	for _, name := range []string{"", "A", "7", "A0", "A-1", "A+1", "a1", "A1:B2", "$A$1", "ABCDE1", "A99999999999999999999"} {
		if column, row, ok := ParseCell(name); ok {
			t.Errorf("%q: %d, %d", name, column, row)
		}
	}
}
