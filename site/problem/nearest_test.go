package problem

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"title", "organization", "fee", "破获刑事案件（件）", "打击处理（人）"}
	for name, want := range map[string]string{
		"titel":                     "title",
		"Title ":                    "title",
		"organisation":              "organization",
		"fees":                      "fee",
		"破获刑事案件(件)":                 "破获刑事案件（件）",
		"破案":                        "",
		"x":                         "",
		"":                          "",
		strings.Repeat("长", 10_000): "",
	} {
		if got := Nearest(name, known); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", name, got, want)
		}
	}
}
