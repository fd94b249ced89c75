package bureau

import (
	"slices"
	"strings"

	"sunshine/site/problem"
)

// Word is one word of a closed list: what a file says, in English or in Chinese.
type Word struct {
	ID, ZH string
	Others []string // further spellings that are understood
}

// Words is a closed list. A key that takes one of its words names the list in the
// struct tag `words:"role"`, by which it is read: whatever spelling a file has, the
// value is the word's ID. A text that is no word of the list stays as it is, to be
// reported.
type Words []Word

// The closed lists.
var (
	Roles = Words{
		{"period", "期间", []string{"时间", "时期", "日期"}},
		{"unit", "单位", []string{"部门"}},
		{"category", "分类", []string{"类别", "类型"}},
		{"measure", "数值", []string{"指标", "数", "数据"}},
		{"note", "备注", []string{"说明", "注"}},
	}
	// FieldTypes are those of a Table Schema, version 2, and percent.
	FieldTypes = Words{
		{"string", "文字", []string{"文本", "字符串"}},
		{"integer", "整数", nil},
		{"number", "数", []string{"数字", "数值", "小数"}},
		{"percent", "百分数", []string{"百分比", "百分率"}},
		{"boolean", "是否", nil},
		{"date", "日期", nil},
		{"time", "时间", nil},
		{"datetime", "日期时间", nil},
		{"year", "年", []string{"年份", "年度"}},
		{"yearmonth", "年月", []string{"月", "月份"}},
		{"duration", "时长", nil},
		{"any", "任意", nil},
		{"list", "列表", nil},
		{"object", "对象", nil},
		{"array", "数组", nil},
		{"geopoint", "坐标点", nil},
		{"geojson", "地理数据", nil},
	}
	Risks = Words{
		{"person", "人", []string{"人员", "个人", "自然人"}},
		{"event", "事", []string{"事件", "案件", "起数", "件数"}},
		{"organisation", "单位", []string{"organization", "组织", "机构", "企业"}},
		{"none", "无", []string{"不涉及", "都不是"}},
	}
	Frequencies = Words{
		{"yearly", "年", []string{"annual", "年度", "每年"}},
		{"half-yearly", "半年", []string{"每半年", "半年度"}},
		{"quarterly", "季", []string{"季度", "每季", "每季度"}},
		{"monthly", "月", []string{"月度", "每月"}},
		{"weekly", "周", []string{"每周"}},
		{"daily", "日", []string{"每日", "每天"}},
		{"irregular", "不定期", nil},
	}
	ChartTypes = Words{
		{"bar", "柱状图", []string{"柱形图", "柱"}},
		{"grouped-bar", "分组柱状图", []string{"分组柱形图", "簇状柱形图", "并列柱"}},
		{"stacked-bar", "堆积柱状图", []string{"堆叠柱状图", "堆积柱形图", "堆叠柱形图", "堆叠柱"}},
		{"horizontal-bar", "条形图", []string{"横向柱状图", "横条图", "横柱"}},
		{"line", "折线图", []string{"折线"}},
		{"share-bar", "构成图", []string{"占比图", "占比"}},
		{"small-multiples", "小图组", []string{"分面图", "小图"}},
	}
	DerivedFormats = Words{
		{"number", "数", []string{"数字", "数值"}},
		{"percent", "百分数", []string{"百分比", "百分率"}},
	}
	// EmptyMeanings are what an empty category stands for: all together, the one
	// above, as under a merged cell, or nobody knows.
	EmptyMeanings = Words{
		{"total", TotalName, nil},
		{"fill-down", "同上", nil},
		{"not-available", "无数据", nil},
	}
	// RowMeanings is what a table without rows stands for.
	RowMeanings       = Words{{NoneYet, "尚未报送", []string{"暂无", "暂无数据", "未报送"}}}
	DisclosureMethods = Words{
		{"suppress", "隐去", []string{"隐藏", "不公布"}},
		{"round", "取整", []string{"舍入"}},
		{"none", "不处理", nil},
	}
	// RevisionKinds are why a published figure changes: as it was announced that it
	// would, to mend an error, or because what it means has changed.
	RevisionKinds = Words{
		{RevisionScheduled, "定期修订", []string{"定期", "例行", "例行修订"}},
		{RevisionCorrection, "更正", []string{"差错更正", "勘误", "改错"}},
		{RevisionDefinition, "口径变化", []string{"口径", "口径调整", "定义变化"}},
	}
	Directions = Words{
		{"at-least", "不低于", []string{"≥", "不少于"}},
		{"at-most", "不高于", []string{"≤", "不多于", "不超过"}},
	}
	GuideStates = Words{
		{"in-force", "有效", []string{"现行", "现行有效", "生效"}},
		{"transferred", "已划转", []string{"已移交", "移交"}},
		{"repealed", "已取消", []string{"取消", "已废止", "废止", "失效"}},
		{"draft", "草稿", []string{"起草中"}},
	}
	// ApprovalWords say whether somebody has to approve what is published before it is.
	ApprovalWords = Words{
		{ApprovalRequired, "需要", []string{"须审批", "必须"}},
		{"none", "不需要", []string{"不用", "无需"}},
	}
	DocumentStates = Words{
		{"published", "公布", []string{"已公布", "发布"}},
		{"draft", "草稿", []string{"起草中"}},
	}
	// Validities are how a policy document stands.
	Validities = Words{
		{InForce, "有效", []string{"现行有效", "现行"}},
		{Lapsed, "失效", []string{"已失效"}},
		{Repealed, "废止", []string{"已废止"}},
	}
	// ExplanationForms are how a policy is explained.
	ExplanationForms = Words{
		{"text", "文字", []string{"文字解读"}},
		{"graphic", "图解", []string{"图片", "图片解读", "图解解读"}},
		{"video", "视频", []string{"视频解读"}},
		{"expert", "专家解读", []string{"专家"}},
	}
	Audiences = Words{
		{"individual", "个人", []string{"自然人", "公民"}},
		{"organization", "法人和其他组织", []string{"organisation", "法人", "其他组织", "企业", "单位"}},
	}
	// GuideKinds: done while one waits, or within the promised time.
	GuideKinds = Words{
		{"immediate", "即办件", []string{"即办", "即时办结"}},
		{"promised", "承诺件", []string{"承诺", "承诺办结"}},
	}
	Channels = Words{
		{"window", "窗口", []string{"窗口办理", "现场", "现场办理"}},
		{"online", "网上", []string{"网上办理", "网办", "掌上", "掌上办理"}},
		{"post", "邮寄", []string{"邮寄办理", "邮政", "快递"}},
		{"self-service", "自助", []string{"自助办理", "自助机", "自助终端"}},
		{"phone", "电话", []string{"电话办理", "热线", "拨打电话"}},
	}
	TimeUnits = Words{
		{"natural-days", "自然日", []string{"日历日", "天", "日"}},
		{"working-days", "工作日", nil},
		{"hours", "小时", []string{"时"}},
		{"minutes", "分钟", []string{"分"}},
	}
	ColumnRoles = Words{
		{string(ColumnTitle), "标题", []string{"名称"}},
		{string(ColumnID), "编号", []string{"序号"}},
		{string(ColumnGroup), "分组", []string{"组别"}},
		{string(ColumnPlace), "地区", []string{"地方"}},
		{string(ColumnDue), "期限", []string{"截止日期"}},
		{string(ColumnDone), "完成日期", []string{"办结日期"}},
		{string(ColumnState), "状态", nil},
		{string(ColumnPerson), "个人姓名", []string{"姓名"}},
		{string(ColumnConsent), "同意书", []string{"同意书编号"}},
		{string(ColumnTerm), "名词", []string{"术语"}},
		{string(ColumnAliases), "别名", []string{"又称"}},
		{string(ColumnFigure), "核验数字", nil},
		{string(ColumnTarget), "目标", []string{"目标值"}},
		{string(ColumnBaseline), "基线", []string{"现状"}},
		{string(ColumnPeriod), "核验期间", nil},
		{string(ColumnClaim), "说法", []string{"论断"}},
	}
	// ClaimWords say which way a series goes.
	ClaimWords = Words{
		{"rising", "逐期上升", nil},
		{"falling", "逐期下降", nil},
		{"up", "上升", nil},
		{"down", "下降", nil},
	}
	ColumnTypes = Words{
		{string(TextColumn), "文字", []string{"文本"}},
		{string(ListColumn), "列表", nil},
		{string(DateColumn), "日期", nil},
		{string(FigureColumn), "数字", []string{"引用数字"}},
		{string(GuideColumn), "指南", []string{"办事指南"}},
		{string(LinkColumn), "链接", []string{"网址"}},
	}
	// RecipeKinds are what the table of an office becomes.
	RecipeKinds = Words{
		{RecipeStatistic, "统计", []string{"统计表"}},
		{RecipeLedger, "台账", []string{"账本"}},
		{RecipeRegister, "清单", []string{"名录"}},
	}
	// AreaWords are the areas of guides.
	AreaWords = areaWords()
)

func areaWords() Words {
	var words Words
	for _, a := range Areas {
		others := []string{a.EN}
		if a.ID == "exit-entry" {
			others = append(others, "出入国境") // as it was called
		}
		words = append(words, Word{a.ID, a.ZH, others})
	}
	return words
}

// What a recipe says that the table of an office becomes.
const (
	RecipeStatistic = "statistic" // figures
	RecipeLedger    = "ledger"    // matters, each with its days and its status
	RecipeRegister  = "register"  // texts
)

// NoneYet says of a table that nothing has been reported yet.
const NoneYet = "none-yet"

// WordLists are the closed lists by the names that struct tags give them.
var WordLists = map[string]Words{
	"role": Roles, "field-type": FieldTypes, "risk": Risks, "frequency": Frequencies, "chart": ChartTypes, "format": DerivedFormats, "empty": EmptyMeanings, "recipe": RecipeKinds, "rows": RowMeanings,
	"disclosure": DisclosureMethods, "guide-state": GuideStates, "document-state": DocumentStates, "validity": Validities, "explanation-form": ExplanationForms, "audience": Audiences, "time-unit": TimeUnits, "guide-kind": GuideKinds, "channel": Channels, "area": AreaWords, "unit-level": Levels,
	"column-role": ColumnRoles, "column-type": ColumnTypes, "approval": ApprovalWords,
}

// Of gives the ID of the word that a text names; ok is false where it names none.
func (w Words) Of(text string) (id string, ok bool) {
	i := w.Index(text)
	if i < 0 {
		return "", false
	}
	return w[i].ID, true
}

// Near gives the word that a text is near to, as staff write it; empty where it is near none.
func (w Words) Near(text string) string {
	var names []string
	for _, word := range w {
		names = append(append(names, word.ID, word.ZH), word.Others...)
	}
	return problem.Nearest(text, names)
}

// Hint says which words there are, or which one was meant.
func (w Words) Hint(text string) problem.Text {
	var zh, en []string
	for _, word := range w {
		zh, en = append(zh, word.ZH+"（"+word.ID+"）"), append(en, word.ID)
	}
	if near := w.Near(text); near != "" {
		id, _ := w.Of(near)
		meant := "“" + near + "”"
		if near != id {
			meant += "（" + id + "）"
		}
		return problem.Text{ZH: "您是不是要写" + meant + "？", EN: `did you mean "` + id + `"?`}
	}
	return problem.Text{ZH: "可写：" + strings.Join(zh, "、"), EN: "write one of: " + strings.Join(en, ", ")}
}

// Index gives the place of the word that a text names, or -1.
func (w Words) Index(text string) int {
	return slices.IndexFunc(w, func(word Word) bool {
		return text == word.ID || text == word.ZH || slices.Contains(word.Others, text)
	})
}
