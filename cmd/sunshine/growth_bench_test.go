package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkGrowth builds bureaus of growing size with bin/sunshine, each cold, and prints
// how long that took, how much memory, and the exponents of the growth: those of the
// line through the logarithms. It works on a memory disk where there is one, since a
// real disk's noise hides the rest.
func BenchmarkGrowth(b *testing.B) {
	command, err := filepath.Abs("../../bin/sunshine")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(command); err != nil {
		b.Skip("make build first: ", err)
	}
	work := os.Getenv("TMPDIR")
	if info, err := os.Stat("/dev/shm"); work == "" && err == nil && info.IsDir() {
		work = "/dev/shm"
	}
	for _, axis := range []struct {
		name  string
		sizes []int
		write func(b *testing.B, dir string, size int)
	}{
		{"guides", []int{1_000, 10_000, 100_000}, guidesOf},
		{"statistics", []int{20, 200, 2_000}, statisticsOf},
		{"rows", []int{10_000, 100_000, 1_000_000, 10_000_000}, rowsOf},
	} {
		b.Run(axis.name, func(b *testing.B) {
			var sizes, seconds, megabytes []float64
			for _, size := range axis.sizes {
				dir, err := os.MkdirTemp(work, "sunshine-growth-")
				if err != nil {
					b.Fatal(err)
				}
				defer os.RemoveAll(dir)
				growing(b, dir, "data/site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\nlanguage: zh-CN\ncontact: {phone: 000-86750000, address: 示范路1号}\n")
				axis.write(b, dir, size)
				build := exec.Command(command, "build", "--quiet", "--as-of", "2025-12-31", dir)
				start := time.Now()
				if out, err := build.CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
				took, memory := time.Since(start), peak(build.ProcessState)
				os.RemoveAll(dir)
				fmt.Printf("%12d %-10s %8.2f s %6d MiB\n", size, axis.name, took.Seconds(), memory>>20)
				sizes, seconds, megabytes = append(sizes, float64(size)), append(seconds, took.Seconds()), append(megabytes, float64(memory>>20))
			}
			fmt.Printf("%12s %-10s time %.2f, memory %.2f\n", "exponents", axis.name, exponent(sizes, seconds), exponent(sizes, megabytes))
		})
	}
}

// exponent is that of the power that fits y over x best.
func exponent(x, y []float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for i := range x {
		a, c := math.Log(x[i]), math.Log(max(y[i], 1e-9))
		n, sx, sy, sxx, sxy = n+1, sx+a, sy+c, sxx+a*a, sxy+a*c
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

func growing(b *testing.B, dir, name, text string) {
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}

// guidesOf writes complete guides of about 3 KB each.
func guidesOf(b *testing.B, dir string, size int) {
	random := rand.New(rand.NewPCG(1, 2))
	phrases := strings.Fields("申请人应当提交下列材料 受理机关自收到申请之日起作出决定 材料齐全的 予以受理 不予受理的应当书面说明理由 居民身份证或者户口簿 机动车登记证书 现场核查 公示无异议 依照有关规定办理 派出所户籍窗口 可以通过网上办理 法定节假日除外 办理结果以短信通知")
	sentence := func(n int) string {
		var words []string
		for range n {
			words = append(words, phrases[random.IntN(len(phrases))])
		}
		return strings.Join(words, "，") + "。"
	}
	areas := []string{"vehicle", "exit-entry", "hukou", "accident", "special-trade", "fire"}
	for i := range size {
		area := areas[i%len(areas)]
		day := fmt.Sprintf("2025-%02d-%02d", 1+i%12, 1+i%28)
		var t strings.Builder
		fmt.Fprintf(&t, "---\ntitle: 办事事项第%d号\narea: %s\nstatus: in-force\nauthority: 示范市公安局\ndate: %s\nlegal_basis: [{law: 示范条例, article: 第二条}]\naudience: [individual]\nconditions: [%s]\n", i, area, day, phrases[i%len(phrases)])
		fmt.Fprintf(&t, "materials: [{name: %s, original: 1, copies: 1}]\nsteps: [{action: 申请, actor: 申请人, days: 0}, {action: 办结, actor: 公安机关, days: 15}]\ntime_limit: {statutory: 30, promised: 15, unit: working-days}\nfee: {free: true}\n", phrases[i%5])
		fmt.Fprintf(&t, "places: [{name: 办事大厅, address: 示范路1号, hours: 工作日09:00–17:00, phone: 000-8675%04d}]\nresult: 办理结果通知\ncomplaint: {phone: \"12389\"}\npublished: %s\nupdated: %s\nverified: 2025-12-28\nreview_days: 180\n---\n\n%s\n\n## 办理条件\n\n", i%10000, day, day, sentence(8))
		for k := range 5 {
			fmt.Fprintf(&t, "%d. %s\n", k+1, sentence(3))
		}
		t.WriteString("\n## 申请材料\n\n| 材料 | 份数 | 要求 |\n| --- | ---: | --- |\n")
		for range 6 {
			fmt.Fprintf(&t, "| %s | %d | **原件**及复印件 |\n", phrases[random.IntN(len(phrases))], 1+random.IntN(3))
		}
		fmt.Fprintf(&t, "\n## 办理流程\n\n%s\n\n", sentence(10))
		for range 6 {
			fmt.Fprintf(&t, "- %s [详情](#办理条件)\n", sentence(3))
		}
		fmt.Fprintf(&t, "\n## 办理时限\n\n> %s\n\n%s\n", sentence(4), sentence(12))
		growing(b, dir, fmt.Sprintf("data/guides/%s/g%06d.md", area, i), t.String())
	}
}

// statisticsOf writes statistics of ten years by month, with two measures each.
func statisticsOf(b *testing.B, dir string, size int) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range size {
		var rows strings.Builder
		fmt.Fprintf(&rows, "期间,事项%[1]d收集件数,事项%[1]d办结件数\n", i)
		for m := range 120 {
			received := 200 + random.IntN(700)
			fmt.Fprintf(&rows, "%d-%02d,%d,%d\n", 2015+m/12, 1+m%12, received, 100+random.IntN(received-99))
		}
		growing(b, dir, fmt.Sprintf("data/stats/d%04d.csv", i), rows.String())
		growing(b, dir, fmt.Sprintf("data/stats/d%04d.yaml", i), fmt.Sprintf(described, fmt.Sprint("意见建议办理情况", i), "",
			fmt.Sprintf("    - {name: 事项%[1]d收集件数, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 事项%[1]d办结件数, type: integer, role: measure, unit: 件, risk: event}\n", i)))
	}
}

const described = "title: %s\nfrequency: monthly\nsources: [{title: 合成数据}]\nreleased: 2025-01-05\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n%s%s"

// rowsOf writes one statistic of one measure, by month and station.
func rowsOf(b *testing.B, dir string, size int) {
	random := rand.New(rand.NewPCG(1, 2))
	var rows strings.Builder
	rows.WriteString("期间,派出所,受理件数\n")
	for i := range size {
		stations := (size + 119) / 120
		m := i / stations
		fmt.Fprintf(&rows, "%d-%02d,第%d派出所,%d\n", 2015+m/12, 1+m%12, i%stations, 200+random.IntN(700))
	}
	growing(b, dir, "data/stats/calls.csv", rows.String())
	growing(b, dir, "data/stats/calls.yaml", fmt.Sprintf(described, "受理情况", "    - {name: 派出所, type: string, role: category}\n", "    - {name: 受理件数, type: integer, role: measure, unit: 件, risk: event}\n"))
}
