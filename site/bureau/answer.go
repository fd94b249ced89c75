package bureau

// Answer is one row of answers.csv: what somebody answered to a question about a
// figure, by name. It holds as long as the figure does.
type Answer struct {
	File  String `csv:"file,文件"`
	Key   String `csv:"key,对象"` // the row: its period, and the categories that name it, after slashes
	Field String `csv:"field,字段"`
	Rule  String `csv:"rule,规则"`
	Value String `csv:"value,数值"` // the figure that was asked about, as it stands
	Text  String `csv:"answer,答复"`
	By    String `csv:"by,答复人"`
	Date  String `csv:"date,日期"`
}
