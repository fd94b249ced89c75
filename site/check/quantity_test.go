package check

import "testing"

// TestStated holds numbers of a translation against those of its text, by value.
func TestStated(t *testing.T) {
	for _, c := range []struct {
		text, said string
		want       bool
	}{
		{"每年走访5万户以上", "50,000 households or more", true},
		{"每年走访5万户以上", "5 households or more", false},
		{"每年走访5万户以上", "50 thousand households or more", true},
		{"2亿元", "200 million yuan", true},
		{"2亿元", "2 million yuan", false},
		{"12万件", "12 cases", false},
		{"120万件", "1.2 million cases", true},
		{"一百二十件", "120 cases", true},
		{"两千户", "2,000 households", true},
		{"二〇二四年", "2024", true},
		{"５０件", "50 cases", true},
		{"9:00至17:00", "9 am to 5 pm", true},
		{"1.5天", "1.5 days", true},
		{"1.5天", "15 days", false},
		{"每万人", "per 10,000", true},
		{"第七十一条", "Article 71", true},
		{"940件", "950 cases", false},
		{"校验值", "the SHA-256 of an A4 sheet", true},
	} {
		text, got := numbersIn(quantities(c.text, true)), true
		for _, q := range quantities(c.said, false) {
			got = got && stated(q, text)
		}
		if got != c.want {
			t.Errorf("%s, %s: %v", c.text, c.said, got)
		}
	}
}
