package card

import (
	"bytes"
	"errors"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	figure = Card{Site: "示范市公安局阳光警务", Kind: "统计数据", Title: "道路交通事故伤亡人数（虚构示例）", Value: "42,711", Unit: "起", When: "2025年12月", Change: "比2024年12月增加1491起，增长3.6%",
		Trend: []float64{41485, 48252, 52386, 51832, math.NaN(), 47189, 44318, 38912, 35387, 31977, 33994, 38320}}
	list = Card{Site: "示范市公安局阳光警务", Kind: "办事指南", Title: "户口办理", Lines: []string{"首次申领居民身份证", "新生儿出生登记", "居住证申领", "临时居民身份证", strings.Repeat("名称很长的事项", 12), "第六项"}}
)

// SUNSHINE_CARDS names a folder in which the cards of the test are left, to be looked at.
func TestDraw(t *testing.T) {
	long := figure
	long.Title, long.Value, long.Change = strings.Repeat("标题很长的一项统计，", 30), "1,234,567,890,123", ""
	for name, c := range map[string]Card{"figure": figure, "list": list, "long": long, "bare": {Site: "某局", Kind: "统计数据", Title: "Calls to 110 in the bureau’s area, month by month, since January 2023", When: "2023年—2025年"}, "empty": {}} {
		one, err := draw(c)
		if err != nil {
			t.Fatal(name, err)
		}
		two, _ := draw(c)
		if !bytes.Equal(one, two) {
			t.Errorf("%s: the same card has other bytes", name)
		}
		config, err := png.DecodeConfig(bytes.NewReader(one))
		if err != nil || config.Width != Width || config.Height != Height {
			t.Errorf("%s: %v %v", name, config, err)
		}
		if len(one) > 150_000 {
			t.Errorf("%s has %d bytes", name, len(one))
		}
		if dir := os.Getenv("SUNSHINE_CARDS"); dir != "" {
			os.WriteFile(filepath.Join(dir, name+".png"), one, 0o644)
		}
	}
}

// Cards that differ in anything are not taken for each other.
func TestDrawRemembers(t *testing.T) {
	one, _ := Draw(figure)
	other := figure
	other.Trend = append([]float64{1}, figure.Trend...)
	if two, _ := Draw(other); bytes.Equal(one, two) {
		t.Error("another trend has the picture of the first")
	}
	if again, _ := Draw(figure); !bytes.Equal(one, again) {
		t.Error("the same card has another picture")
	}
}

// What the font cannot write is no card.
func TestDrawRefuses(t *testing.T) {
	for _, title := range []string{"ئۇيغۇرچە", "統計 😀", "עברית", "གཞུང་"} {
		c := figure
		c.Title = title
		if _, err := Draw(c); !errors.Is(err, ErrText) {
			t.Errorf("%q: %v", title, err)
		}
	}
}

// A line does not begin with a mark that closes, and none is wider than the card.
func TestWrap(t *testing.T) {
	f, err := typeface()
	if err != nil {
		t.Fatal(err)
	}
	d := &drawing{font: f}
	for n := 1; n < 40; n++ {
		for _, text := range d.wrap(strings.Repeat("字", n)+"，（括号）、word and words。结尾", 64, 3) {
			if strings.ContainsAny(string([]rune(text)[0]), "，）、。") || d.width(text, 64) > Width-2*margin {
				t.Errorf("%d: a line is %q", n, text)
			}
		}
	}
	if got := d.wrap(strings.Repeat("字", 100), 64, 2); got != nil {
		t.Errorf("two lines hold %q", got)
	}
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		if _, err := draw(figure); err != nil {
			b.Fatal(err)
		}
	}
}
