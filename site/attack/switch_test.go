package attack_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"sunshine/site/attack"
)

// protected is a publication in which nothing can be told; each cell in braces is
// withheld, and was what stands in them.
var protected = []string{"town", `
期间,单位,抓获（人）
2024年,甲分局,40
2024年,乙分局,50
2024年,丙分局,60
2025年,甲分局,{2}
2025年,乙分局,{51}
2025年,丙分局,61
`, "bureau", `
期间,抓获（人）
2024年,150
2025年,114
`, "quarter", `
期间,抓获（人）
2025年一季度,{4}
2025年二季度,{30}
2025年三季度,40
2025年四季度,40
`, "sex", `
期间,性别,抓获（人）
2024年,男,100
2024年,女,50
2025年,男,{110}
2025年,女,{4}
`, "victims", `
镇,常住（户）,被害人（人）,每万户被害人数,比上年增减（人）,上年（人）
东镇,12000,{3},{2.5},{-17},20
西镇,30000,60,20.0,10,50
南镇,10000,50,50.0,-20,70
`}

// Each protection is switched off in turn, and the audit finds the count that it
// kept.
func TestEveryProtectionSwitchedOffIsFound(t *testing.T) {
	publication := func(opened int) ([]string, string) {
		n, what := 0, ""
		files := slices.Clone(protected)
		for i := 1; i < len(files); i += 2 {
			var b strings.Builder
			rest := files[i]
			for {
				before, after, found := strings.Cut(rest, "{")
				b.WriteString(before)
				if !found {
					break
				}
				value, tail, _ := strings.Cut(after, "}")
				if n == opened {
					b.WriteString(value)
					what = files[i-1] + " " + value
				} else {
					b.WriteString("[c]")
				}
				n++
				rest = tail
			}
			files[i] = b.String()
		}
		return files, what
	}
	files, _ := publication(-1)
	if got := told(attack.Sites([]fs.FS{site(files...)})); len(got) > 0 {
		t.Fatalf("protected, but found %q", got)
	}
	for n := 0; ; n++ {
		files, what := publication(n)
		if what == "" {
			if n < 9 {
				t.Errorf("%d cells only", n)
			}
			return
		}
		if got := told(attack.Sites([]fs.FS{site(files...)})); len(got) == 0 {
			t.Errorf("%s stands open and nothing is found", what)
		}
		// Once withheld, later open: the earlier publication is computed too.
		before, _ := publication(-1)
		if got := told(attack.Sites([]fs.FS{site(files...), site(before...)})); len(got) == 0 {
			t.Errorf("%s stood open before and nothing is found", what)
		}
	}
}
