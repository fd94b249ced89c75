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

// ParseFrequency reads what String gives. The other spellings of a descriptor are
// those of bureau.Frequencies.
func ParseFrequency(text string) (Frequency, bool) {
	for i, name := range frequencies {
		if text == name {
			return Frequency(i), true
		}
	}
	return Irregular, false
}
