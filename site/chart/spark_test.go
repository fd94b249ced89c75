package chart

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var sparkPoint = regexp.MustCompile(`([ML])([0-9.]+) ([0-9.]+)`)

func TestSpark(t *testing.T) {
	values := []float64{100, 50, math.NaN(), 0, 75}
	svg := string(Spark(values))
	points := sparkPoint.FindAllStringSubmatch(svg, -1)
	if len(points) != 4 || points[0][1]+points[1][1]+points[2][1]+points[3][1] != "MLML" {
		t.Fatalf("a missing value leaves no gap: %s", svg)
	}
	height := func(i int) float64 {
		y, err := strconv.ParseFloat(points[i][3], 64)
		if err != nil {
			t.Fatal(err)
		}
		return sparkHeight - sparkEdge - y
	}
	for i, want := range []float64{100, 50, 0, 75} {
		if got := height(i) / height(0) * 100; math.Abs(got-want) > 0.5 {
			t.Errorf("%v stands at %.1f%% of the highest", want, got)
		}
	}
	if !strings.Contains(svg, `cx="`+points[3][2]+`" cy="`+points[3][3]+`"`) {
		t.Errorf("the dot is not on the last value: %s", svg)
	}
	// One value, none, the same throughout, below zero: nothing is drawn outside.
	for _, values := range [][]float64{{5}, {}, {0, 0}, {-5, 5}, {math.NaN()}} {
		if svg := string(Spark(values)); strings.Contains(svg, "NaN") || strings.Contains(svg, "-") && strings.Contains(svg, `"-`) {
			t.Errorf("%v: %s", values, svg)
		}
	}
}
