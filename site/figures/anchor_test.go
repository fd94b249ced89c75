package figures

import (
	"fmt"
	"slices"
	"sunshine/site/bureau/bureautest"
	"testing"
)

func TestAnchors(t *testing.T) {
	s := bureautest.Table(t, "x", "irregular", "类别:category,期间:period,数:measure:件",
		"意见 建议,2005年,1", "意见,2006年1-8月,1", "意见,2006年5月,1", "意见,2023-01-09/2023-03-17,1", "意见,截至2023年3月17日,1", "意见,2006年5月9日,1",
		"A/B,2006年,1", "A B,2006年,1", "A-b,2006年,1", "A B 2,2006年,1", ",2006年,1")
	want := []string{
		"r-2005-意见-建议", "r-2006-01-2006-08-意见", "r-2006-05-意见", "r-2023-01-09-2023-03-17-意见", "r-as-of-2023-03-17-意见", "r-2006-05-09-意见",
		"r-2006-a-b", "r-2006-a-b_2", "r-2006-a-b_3", "r-2006-a-b-2", "r-2006"}
	got := Anchors(s)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for i := range want {
		if Anchor(s, i) != want[i] {
			t.Errorf("row %d alone: %s", i, Anchor(s, i))
		}
	}
	if got := Anchors(bureautest.CasesSolved(t)); !slices.Equal(got, []string{"r-2003", "r-2004", "r-2005", "r-2006-01-2006-08"}) {
		t.Error(got)
	}
	if got := Anchors(bureautest.Table(t, "y", "irregular", "数:measure:件", "1", "2")); !slices.Equal(got, []string{"r_1", "r_2"}) {
		t.Error(got)
	}
}

func BenchmarkLookup(b *testing.B) {
	lines := []string{"期间:period,类别:category,数:measure:件"}
	for i := range 200 {
		lines = append(lines, fmt.Sprintf("%d年%d月,类别%d,%d", 2005+i/24, i/2%12+1, i%2, i))
	}
	bureau := bureautest.Bureau(bureautest.Table(b, "x", "monthly", lines...))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, fault := Find(bureau, "x/2010-05/类别1/数"); fault != nil {
			b.Fatal(fault)
		}
	}
}
