package chart

import "sunshine/site/bureau"

// words are what a drawing says of itself, in one language.
type words struct {
	english bool
	unit    string
	average string // of a unit
	cut     string
	empty   string
	partial string
	colon   string
}

var (
	zhWords = words{false, "单位：", "%s（月均）", "纵轴不从零开始", "没有可画的数据", "不足一个统计周期", "："}
	enWords = words{true, "Unit: ", "%s, monthly average", "The axis does not start at zero", "There is nothing to draw", "Shorter than a full period", ": "}
)

// wordsOf gives English where it is asked for, and Chinese otherwise.
func wordsOf(language string) words {
	if language == "en" {
		return enWords
	}
	return zhWords
}

// of gives the meaning of a marker.
func (w words) of(m bureau.Marker) string {
	if w.english {
		return m.EN
	}
	return m.ZH
}

// apart puts a remark after a text.
func (w words) apart(remark string) string {
	if w.english {
		return " (" + remark + ")"
	}
	return "（" + remark + "）"
}
