package chart

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// palettes reads the light and the dark theme from chart.css.
func palettes(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	css, err := os.ReadFile("../../templates/chart.css")
	if err != nil {
		t.Fatal(err)
	}
	start, rest, ok := strings.Cut(string(css), "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("chart.css has no dark theme")
	}
	rest, _, _ = strings.Cut(rest, "figcaption")
	read := func(text string) map[string]string {
		m := map[string]string{}
		for _, found := range regexp.MustCompile(`--chart-([a-z0-9]+): [^#;]*(#[0-9a-f]{6})`).FindAllStringSubmatch(text, -1) {
			m[found[1]] = found[2]
		}
		return m
	}
	return read(start), read(rest)
}

// linear gives the three parts of a colour in linear light, 0 to 1.
func linear(hex string) (c [3]float64) {
	for i := range c {
		v, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		c[i] = math.Pow((float64(v)/255+0.055)/1.055, 2.4)
		if v <= 10 {
			c[i] = float64(v) / 255 / 12.92
		}
	}
	return c
}

func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is that of the Web Content Accessibility Guidelines.
func contrast(a, b string) float64 {
	x, y := luminance(linear(a)), luminance(linear(b))
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// lab gives a colour in CIELAB, in which distances are about as the eye sees them.
func lab(c [3]float64) (l [3]float64) {
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505)
	y := f(luminance(c))
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// eyes are the full dichromacies of Machado, Oliveira and Fernandes (2009).
var eyes = map[string][3][3]float64{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func seen(hex string, eye [3][3]float64) [3]float64 {
	c, s := linear(hex), [3]float64{}
	for i := range s {
		for j := range c {
			s[i] += eye[i][j] * c[j]
		}
		s[i] = math.Min(math.Max(s[i], 0), 1)
	}
	return lab(s)
}

// roles gives the class that a colour has as a fill and as a line.
var roles = func() map[string]string {
	m := map[string]string{paperHex: "paper", inkHex: "ink", quietHex: "quiet", axisHex: "axis", gridHex: "grid"}
	for i, hex := range seriesHex {
		m[hex] = strconv.Itoa(i + 1)
	}
	return m
}()

func TestThemesCanBeRead(t *testing.T) {
	light, dark := palettes(t)
	for hex, role := range roles {
		if light[role] != hex {
			t.Errorf("--chart-%s is %s in chart.css, %s in a drawing", role, light[role], hex)
		}
	}
	for name, theme := range map[string]map[string]string{"light": light, "dark": dark} {
		for role, hex := range theme {
			least := 4.5 // text, and series, whose names are written in their colour
			switch role {
			case "paper", "grid":
				continue
			case "axis":
				least = 3
			}
			if got := contrast(hex, theme["paper"]); got < least {
				t.Errorf("%s: %s on paper has a contrast of %.2f, want %.1f", name, role, got, least)
			}
		}
		for eye, matrix := range eyes {
			for i := 1; i <= maxSeries; i++ {
				for j := 1; j < i; j++ {
					a, b := seen(theme[strconv.Itoa(i)], matrix), seen(theme[strconv.Itoa(j)], matrix)
					if d := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2])); d < 15 {
						t.Errorf("%s, %s: colours %d and %d are %.1f apart, want 15", name, eye, i, j, d)
					}
				}
			}
		}
	}
}
