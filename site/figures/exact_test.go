package figures

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// shares makes a statistic of two counts and the percentage of the first.
func shares(t *testing.T, pairs ...[2]int64) *bureau.Statistic {
	t.Helper()
	s := &bureau.Statistic{Name: "x", File: "data/stats/x.csv"}
	for _, name := range []string{"破案", "立案"} {
		s.Fields = append(s.Fields, bureau.Field{Name: name, Role: bureau.RoleMeasure, Type: "integer", UnitField: -1})
	}
	for _, p := range pairs {
		var cells []bureau.Cell
		for _, n := range p {
			cells = append(cells, bureau.Cell{Number: float64(n), Text: strconv.FormatInt(n, 10)})
		}
		s.Append(bureau.Row{}, period.Period{}, cells...)
	}
	text := func(v string) bureau.String { return bureau.String{V: v} }
	s.Descriptor.Derive = []bureau.Derive{{Name: text("破案率"), Value: text("破案 / 立案"), Format: text("percent")}}
	for _, p := range Derive(s) {
		t.Fatal(p.Message.EN)
	}
	return s
}

// Exact halves go away from zero, as whole numbers say: 23/160 is 14.375, and 14.38.
// Every pair here is such a half.
func TestHalves(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var pairs [][2]int64
	for len(pairs) < 3000 {
		b := 160 * (1 + random.Int64N(5000))
		a := random.Int64N(b)
		if 20000*a%b == 0 && 20000*a/b%2 == 1 {
			pairs = append(pairs, [2]int64{a, b})
		}
	}
	s := shares(t, append(pairs, [2]int64{23, 160})...)
	for i, p := range append(pairs, [2]int64{23, 160}) {
		want := (20000*p[0]/p[1] + 1) / 2 // hundredths
		c := s.Cell(i, 2)
		if c.Text != strconv.FormatInt(want/100, 10)+"."+strconv.FormatInt(want%100/10, 10)+strconv.FormatInt(want%10, 10) {
			t.Fatalf("%d/%d gives %s, want %d hundredths", p[0], p[1], c.Text, want)
		}
	}
}

// 84,996 of 100,000 is shown as 85.00 and misses 85; then as 84.996.
func TestVerdictIsExact(t *testing.T) {
	for _, c := range []struct {
		a, b    int64
		reached bool
		close   string
	}{{84996, 100000, false, "84.996"}, {85, 100, true, ""}, {84999999, 100000000, false, "84.999999"}, {85004, 100000, true, "85.004"}, {9, 10, true, ""}} {
		s := shares(t, [2]int64{c.a, c.b})
		target := Target{Of: s, OfField: 2, Value: 85, AtLeast: true}
		if reached, decided := target.Verdict(); reached != c.reached || !decided {
			t.Errorf("%d of %d: %v", c.a, c.b, reached)
		}
		got := ""
		if n, _, close := target.Close(); close {
			got = Digits(n)
		}
		if got != c.close {
			t.Errorf("%d of %d is shown as %q, want %q", c.a, c.b, got, c.close)
		}
	}
}

// points-from-rounded: points of rates come from the fractions: from 1/3 to 2/3 it is
// 33.33, and not 66.67 less 33.33.
func TestPointsFromRounded(t *testing.T) {
	s := shares(t, [2]int64{1, 3}, [2]int64{2, 3})
	c := Change{Basis: LikePeriods, Base: ObservationAt(s, 0, 2), Latest: ObservationAt(s, 1, 2)}
	if got := c.Difference(2); got != 33.33 {
		t.Error(got)
	}
	if got := c.Percent(); got != 100 {
		t.Error(got)
	}
	if count, known := c.Divisor(); count != 3 || !known {
		t.Error("the divisor is", count, known)
	}
}

// What is derived from what was derived is computed before any rounding.
func TestDerivedTwice(t *testing.T) {
	s := shares(t, [2]int64{1, 3})
	s.Descriptor.Derive = append(s.Descriptor.Derive, bureau.Derive{Name: bureau.String{V: "三倍"}, Value: bureau.String{V: "破案率 * 3"}})
	s.Fields, s.Columns = s.Fields[:2], s.Columns[:2]
	for _, p := range Derive(s) {
		t.Fatal(p.Message.EN)
	}
	if got := s.Cell(0, 3).Number; got != 100 {
		t.Error(got)
	}
}

// A check holds derived figures as they are published: a rate typed as 33.33 is that
// of 1 in 3.
func TestChecksHoldWhatIsShown(t *testing.T) {
	s := shares(t, [2]int64{1, 3})
	for rule, holds := range map[string]bool{"破案率 == 33.33": true, "破案率 == 33.34": false, "破案率 * 3 == 100": false} {
		s.Descriptor.Checks = []bureau.Check{{Rule: bureau.String{V: rule}}}
		if got := len(Checks(s)) == 0; got != holds {
			t.Errorf("%s holds: %v", rule, got)
		}
	}
}
