package figures

import (
	"fmt"
	"testing"

	"sunshine/site/bureau/bureautest"
)

func TestByUnit(t *testing.T) {
	s := bureautest.Visits(t)
	parts := ByUnit(s, bureautest.Units)
	if got, want := fmt.Sprint(parts[1].Rows, parts[2].Rows, len(parts)), "[0 1 3 6] [2 4] 2"; got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
	for unit, part := range parts {
		for i := range part.Statistic.Rows {
			if got := part.Statistic.Cell(i, 1).Text; got != bureautest.Units[unit].Name.V {
				t.Errorf("a row of %s is called %s", bureautest.Units[unit].Name.V, got)
			}
		}
	}
	if s.Cell(3, 1).Text != "cd" {
		t.Error("the statistic itself is changed")
	}
	if ByUnit(s, nil) != nil || ByUnit(bureautest.CasesSolved(t), bureautest.Units) != nil {
		t.Error("parts without units")
	}
}

// A unit stands beside nobody: its chart and its sentence hold its own figures alone.
