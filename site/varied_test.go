package site_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// varied writes a bureau of guides whose words are as unlike as those of a language:
// of 20,000, the common ones more often.
func varied(t testing.TB, dir string, guides int) {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 26))
	var words []string
	for range 20000 {
		word := make([]rune, 2+r.IntN(3))
		for i := range word {
			word[i] = rune(0x5200 + int(3000*math.Pow(r.Float64(), 1.5)))
		}
		words = append(words, string(word))
	}
	phrase := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(words[int(float64(len(words))*math.Pow(r.Float64(), 3))])
		}
		return b.String()
	}
	sentence := func(n int) string {
		var all []string
		for range n {
			all = append(all, phrase(2+r.IntN(5)))
		}
		return strings.Join(all, "，") + "。"
	}
	write := func(name, text string) {
		name = filepath.Join(dir, "data", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\nlanguage: zh-CN\ncontact: {phone: 000-86750000, address: 示范路1号}\n")
	areas := []string{"vehicle", "exit-entry", "hukou", "accident", "special-trade", "fire"}
	for i := range guides {
		var b strings.Builder
		day := fmt.Sprintf("2025-%02d-%02d", 1+i%12, 1+i%28)
		fmt.Fprintf(&b, "---\ntitle: %s第%d号\nstatus: in-force\nauthority: 示范市公安局\ndate: %s\nlegal_basis: [{law: 示范条例, article: 第二条}]\naudience: [individual]\n", phrase(3), i, day)
		fmt.Fprintf(&b, "area: %s\nconditions: [%s]\nmaterials: [{name: %s, original: 1, copies: 1}, {name: %s, original: 1, copies: 0}]\n", areas[i%len(areas)], phrase(4), phrase(2), phrase(3))
		fmt.Fprintf(&b, "steps: [{action: 申请, actor: 申请人, days: 0}, {action: 办结, actor: 公安机关, days: 15}]\ntime_limit: {statutory: 30, promised: 15, unit: working-days}\nfee: {free: true}\n")
		fmt.Fprintf(&b, "places: [{name: %s, address: 示范路%d号, hours: 工作日09:00–17:00, phone: 000-8675%04d}]\nresult: 办理结果通知\ncomplaint: {phone: \"12389\"}\n", phrase(2), 1+r.IntN(400), i%10000)
		fmt.Fprintf(&b, "published: %s\nupdated: %s\nverified: 2025-12-28\nreview_days: 180\n---\n\n%s\n\n## %s\n\n", day, day, sentence(8), phrase(2))
		for k := range 5 {
			fmt.Fprintf(&b, "%d. %s\n", k+1, sentence(3))
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", phrase(2), sentence(10))
		for range 6 {
			fmt.Fprintf(&b, "- %s\n", sentence(3))
		}
		fmt.Fprintf(&b, "\n> %s\n\n%s\n", sentence(4), sentence(12))
		write(fmt.Sprintf("guides/%s/g%05d.md", areas[i%len(areas)], i), b.String())
	}
}
