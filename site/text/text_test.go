package text

import "testing"

func TestInvisible(t *testing.T) {
	for _, r := range "\u00ad\u034f\u115f\u180e\u200b\u200d\u200f\u202e\u2060\u2066\u3164\ufe0f\ufeff\u20e3\U000e0041" {
		if !Invisible(r) {
			t.Errorf("%U is seen", r)
		}
	}
	for _, r := range " a0é\u00a0\u3000中，\n\t\u0301😀" {
		if Invisible(r) {
			t.Errorf("%U is not seen", r)
		}
	}
}

// What two emoji are joined by stays, so that they are one; anywhere else it is not seen.
func TestPlainKeepsEmoji(t *testing.T) {
	for given, want := range map[string]string{
		"🏴\u200d☠\ufe0f队": "🏴\u200d☠队", "👁\ufe0f\u200d🗨\ufe0f": "👁\u200d🗨", "👩🏽\u200d⚕\ufe0f": "👩🏽\u200d⚕",
		"👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧", "1\u200d2": "12", "盗\u200d窃": "盗窃", "👮\u200d": "👮", "\u200d👮 ": "👮", "👮\u200b👮": "👮👮",
	} {
		if got := Plain(given); got != want {
			t.Errorf("%+q becomes %+q, want %+q", given, got, want)
		}
	}
}

func TestNarrow(t *testing.T) {
	if got := NarrowAll("１２，３：Ａ　％12³①中"); got != "12,3:A %12³①中" {
		t.Error(got)
	}
}
