package chart

import (
	"math"
	"slices"
	"strings"
	"sunshine/site/locale"
	"testing"
)

func TestScale(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		n         int
		whole     bool
		want      scale
	}{
		{0, 2385, 5, true, scale{0, 2500, 500}},
		{0, 3, 5, true, scale{0, 3, 1}},
		{0, 0.3, 5, false, scale{0, 0.3, 0.1}},
		{91.2, 95.25, 5, false, scale{91, 96, 1}},
		{-35, 120, 5, true, scale{-50, 150, 50}},
		{0, 0, 5, true, scale{0, 1, 1}},
		{7, 7, 5, true, scale{0, 8, 2}},
		{-7, -7, 5, true, scale{-8, 0, 2}},
		{0, 1e100, 4, true, scale{0, 1e100, 5e99}},
	} {
		if got := newScale(c.low, c.high, c.n, c.whole); got != c.want {
			t.Errorf("newScale(%g, %g, %d, %v) = %v, want %v", c.low, c.high, c.n, c.whole, got, c.want)
		}
	}
}

func TestScaleHoldsItsValues(t *testing.T) {
	for _, magnitude := range []float64{1e-12, 0.003, 1, 17, 999, 123456, 9e15, 1e60} {
		for _, low := range []float64{-1, -0.3, 0, 0.2, 0.9999} {
			for n := 3; n <= 5; n++ {
				s := newScale(low*magnitude, magnitude, n, false)
				if s.min > low*magnitude+s.step*1e-6 || s.max < magnitude-s.step*1e-6 {
					t.Errorf("%v does not hold %g to %g", s, low*magnitude, magnitude)
				}
				ticks := s.ticks()
				if ticks[0] != s.min || math.Abs(ticks[len(ticks)-1]-s.max) > s.step*1e-6 || len(ticks) > 2*n+2 {
					t.Errorf("%v has the ticks %v", s, ticks)
				}
				labels := s.labels(chinese)
				if slices.Sort(labels); len(slices.Compact(labels)) != len(ticks) {
					t.Errorf("%v has two labels alike: %v", s, labels)
				}
			}
		}
	}
}

func TestScaleLabels(t *testing.T) {
	for _, c := range []struct {
		s        scale
		language *locale.Language
		want     string
	}{
		{scale{0, 2000, 1000}, chinese, "0 1000 2000"},
		{scale{-100000, 200000, 100000}, chinese, "−10万 0 10万 20万"},
		{scale{0, 150000000, 50000000}, chinese, "0 0.5亿 1亿 1.5亿"},
		{scale{0, 2000000, 1000000}, english, "0 1 m 2 m"},
		{scale{0, 0.02, 0.005}, chinese, "0 0.005 0.01 0.015 0.02"},
	} {
		if got := strings.Join(c.s.labels(c.language), " "); got != c.want {
			t.Errorf("%v in %s: %q, want %q", c.s, c.language.Name, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"2006年1—8月": "2006年\n1—8月", "Jan–Aug 2006": "Jan–Aug\n2006", "诈骗（含电信网络）": "诈骗\n（含电信网络）", "盗窃": "盗窃", "": "",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// Labels keep apart at both widths, and those of partial periods are there.
func TestLabelsDoNotTouch(t *testing.T) {
	for kind, p := range gallery() {
		p, err := prepare(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []size{wideSize, narrowSize} {
			s := layOut(p, size)
			if s.empty() || s.horizontal || p.Type == SmallMultiples {
				continue
			}
			end := math.Inf(-1)
			for _, n := range s.names {
				width := linesWidth(n.text)
				from := s.under(s.panels[0], n.tick, width) - width/2
				if from < end || from < 0 || from+width > float64(size.width) {
					t.Errorf("%s at %d: %q touches the label before it or the edge", kind, size.width, n.text)
				}
				end = from + width
			}
			for tick, label := range p.Ticks {
				if label.Partial && !slices.ContainsFunc(s.names, func(n name) bool { return n.tick == tick }) {
					t.Errorf("%s at %d: the partial %s has no label", kind, size.width, label.Label)
				}
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit float64
		want  string
	}{
		{"很长的名称", 39, "很长的\n名称"},
		{"短", 39, "短"},
		{"诈骗（含电信网络）", 60, "诈骗\n（含电信\n网络）"},
		{"Robbery and snatching", 80, "Robbery\nand\nsnatching"},
		{"", 10, ""},
	} {
		if got := wrap(c.text, c.limit); got != c.want {
			t.Errorf("wrap(%q, %g) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

// Names that are cut are cut where they do not differ.
func TestShortenedNamesAreToldApart(t *testing.T) {
	long := strings.Repeat("很长的名称", 20)
	for _, c := range [][]string{
		{long + "东", long + "西", long + "南"},
		{"东" + long, "西" + long},
		{long + "东" + long, long + "西" + long},
		{long[:60] + "东" + long, long[:60] + "西" + long, "短"},
	} {
		short, ok := shorten(c, 200)
		if !ok {
			t.Errorf("%q cannot be told apart", short)
		}
		for i, text := range short {
			if textWidth(text, font) > 200 || slices.Contains(short[:i], text) || !shows(text, c[i]) {
				t.Errorf("%q for %.40q of %q", text, c[i], short)
			}
		}
	}
	if got := cut("很长的名称", 45); got != "很…称" {
		t.Errorf("cut in the middle: %q", got)
	}
}

// Every name of a category stands, wherever its bars stand, and the newest period.
func TestNoNameIsLost(t *testing.T) {
	for kind, p := range gallery() {
		p, err := prepare(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []size{wideSize, narrowSize} {
			s := layOut(p, size)
			if s.empty() {
				continue
			}
			if !p.Time && len(s.names) != len(p.Ticks) {
				t.Errorf("%s at %d: %d names for %d ticks", kind, size.width, len(s.names), len(p.Ticks))
			}
			if s.names[len(s.names)-1].tick != len(p.Ticks)-1 {
				t.Errorf("%s at %d: the last tick has no name", kind, size.width)
			}
		}
	}
}

// The minus of a negative value is never under the name of its category, at either width.
func TestNamesLeaveTheMinus(t *testing.T) {
	for _, low := range []float64{-0.1, -6.9, -9.9, -10, -99.4, -1234567} {
		p := plot(HorizontalBar, "户口迁移|出生登记|身份证办理|居住证办理|其他", values("同比", 22.4, low, 8.4, 18.8, 10))
		for _, size := range []size{wideSize, narrowSize} {
			s := layOut(p, size)
			left := s.level(s.panels[0], low) - 4 - textWidth(s.figure(0, 1), font)
			if !s.horizontal || left < s.panels[0].x {
				t.Errorf("%g at %d: its figure begins at %.0f, and the names reach to %.0f", low, size.width, left, s.panels[0].x-10)
			}
		}
		if _, err := Draw("x", p); err != nil {
			t.Errorf("%g: %v", low, err)
		}
	}
}
