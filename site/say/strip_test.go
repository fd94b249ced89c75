package say

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau/bureautest"
)

func TestStrips(t *testing.T) {
	for _, c := range []struct {
		name, want string
		lines      []string
	}{
		{"years", "最新 130件 2025年; 变化 比2024年增加20件，增长18.2%; 最高 130件 2025年; 最低 100件 2023年; 最高、最低：2023年至2025年各整年", []string{"2023年,100", "2024年,110", "2025年,130"}},
		{"a partial year", "最新 130件 2025年1—8月（不满一年）; 变化 月均比2024年增长77.3%（各期月份不同，没有剔除季节影响）; 最高 110件 2024年; 最低 100件 2023年; 最高、最低：2023年至2024年各整年", []string{"2023年,100", "2024年,110", "2025年1-8月,130"}},
		{"a break", "最新 130件 2025年; 变化 比2024年增加18件，增长16.1%; 最高 140件（口径变化，与此前不可比） 2023年; 最低 112件 2024年; 最高、最低：2023年至2025年各整年", []string{"2022年,900", "2023年,140[b]", "2024年,112", "2025年,130"}},
		{"what is withheld might be the highest", "最新 130件 2025年; 变化 比2023年增加30件，增长30%", []string{"2022年,90", "2023年,100", "2024年,[c]", "2025年,130"}},
		{"what is not known may be the highest", "最新 130件 2025年; 变化 比2023年增加30件，增长30%", []string{"2022年,90", "2023年,100", "2024年,[x]", "2025年,130"}},
		{"so may one that is missing", "最新 130件 2025年; 变化 比2023年增加30件，增长30%", []string{"2021年,80", "2022年,90", "2023年,100", "2025年,130"}},
		{"the newest is not reported yet", "最新 130件 2025年; 变化 比2024年增加20件，增长18.2%; 最高 130件 2025年; 最低 100件 2023年; 最高、最低：2023年至2025年各整年", []string{"2023年,100", "2024年,110", "2025年,130", "2026年,[w]"}},
		{"one value", "", []string{"2024年,[x]", "2025年,130"}},
		{"two things a year", "", []string{"2025年,130", "2025年,131", "2024年,130"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said []string
			for _, strip := range Strips(bureautest.Table(t, "x", "yearly", append([]string{"期间:period,立案:measure:件"}, c.lines...)...), chinese) {
				for _, item := range strip.Items {
					said = append(said, strings.TrimSpace(fmt.Sprintf("%s %s %s", item.Name, item.Value, item.Period)))
				}
				if strip.Over != "" {
					said = append(said, strip.Over)
				}
			}
			if got := strings.Join(said, "; "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
