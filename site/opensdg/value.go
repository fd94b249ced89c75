package opensdg

import (
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
)

// reading of a cell of figures.
type value struct {
	status bureau.Status // what stands instead, where the text is no figure
	known  bool          // the text is a figure, empty, or a sign of ours
	sign   bool          // the text is a sign that peers use
}

var (
	small  = regexp.MustCompile(`(?i)^(?:<|＜|≤|less than|fewer than|under)\s*[0-9]+$`)
	noData = regexp.MustCompile(`(?i)no data|not (?:yet )?available|not collected`)
)

// signs are what statistical offices write instead of figures.
var signs = map[string]bureau.Status{}

func init() {
	for status, words := range map[bureau.Status]string{
		bureau.NotAvailable:  "n/a na nan null none .. ... : - -- – — . missing unknown",
		bureau.NotApplicable: "z not-applicable n.a. [z]",
		bureau.Confidential:  "c * ** *** suppressed confidential",
	} {
		for word := range strings.FieldsSeq(words) {
			signs[word] = status
		}
	}
}

// valueOf tells what a cell of figures says, in a column of that unit.
func valueOf(text, unit string) value {
	if _, wrong := number.Parse(text, unit); wrong == nil {
		return value{known: true}
	}
	switch status, is := signs[strings.ToLower(strings.ReplaceAll(text, " ", "-"))]; {
	case is:
		return value{status: status, sign: true}
	case small.MatchString(text):
		return value{status: bureau.Confidential, sign: true}
	case noData.MatchString(text):
		return value{status: bureau.NotAvailable, sign: true}
	}
	return value{status: bureau.NotAvailable}
}

// observation gives the marker for what an observation status says; ok is false where
// nothing of ours says it.
func observation(text string) (status bureau.Status, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if code, _, coded := strings.Cut(text, ":"); coded && len(code) == 1 {
		text = code
	}
	for _, known := range []struct {
		status bureau.Status
		code   string
		word   string
	}{
		{bureau.Provisional, "p", "provisional"}, {bureau.Estimated, "e", "estimate"}, {bureau.Estimated, "i", "imputed"}, {bureau.Estimated, "f", "forecast"},
		{bureau.Break, "b", "break"}, {bureau.LowReliability, "u", "reliab"}, {bureau.Revised, "r", "revised"}, {bureau.Confidential, "q", "suppressed"},
		{bureau.NotAvailable, "o", "missing"}, {bureau.NotAvailable, "m", "missing"}, {bureau.NotAvailable, "l", "missing"}, {bureau.NotAvailable, "h", "missing"}, {0, "a", "normal"}, {0, "", "undefined"},
	} {
		if text == known.code || len(text) > 1 && strings.Contains(text, known.word) {
			return known.status, true
		}
	}
	return 0, false
}
