package period

// Frequency is how often a statistic is published.
type Frequency uint8

const (
	Irregular Frequency = iota
	Yearly
	HalfYearly
	Quarterly
	Monthly
	Weekly
	Daily
)

var frequencies = [...]string{"irregular", "yearly", "half-yearly", "quarterly", "monthly", "weekly", "daily"}

// String gives the word of the descriptor: yearly, half-yearly, and so on.
func (f Frequency) String() string { return frequencies[f] }

// ParseFrequency reads the word of a descriptor, in English or Chinese.
func ParseFrequency(text string) (Frequency, bool) {
	for i, name := range frequencies {
		if text == name {
			return Frequency(i), true
		}
	}
	switch text {
	case "年", "年度", "每年", "annual":
		return Yearly, true
	case "半年", "每半年":
		return HalfYearly, true
	case "季", "季度", "每季", "每季度":
		return Quarterly, true
	case "月", "月度", "每月":
		return Monthly, true
	case "周", "每周":
		return Weekly, true
	case "日", "每日", "每天":
		return Daily, true
	case "不定期":
		return Irregular, true
	}
	return Irregular, false
}
