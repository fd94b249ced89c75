package check

import "testing"

func TestRepeats(t *testing.T) {
	const mixed = "schema: {fields: [{name: 指标, role: category}, {name: 数值, type: integer, role: measure, unit_field: 单位}, {name: 单位, role: category}, {name: 期间, role: period}, {name: 备注, role: note}]}"
	testFigures(t, []figuresCase{
		{"692 twice", "指标,数值,单位,期间,备注\n代办帮办,692,件,2023年,\n化解纠纷,692,起,2023年,\n", mixed, "B3 figures/repeat?"},
		{"said to be doubtful", "指标,数值,单位,期间,备注\n代办帮办,692,件,2023年,\n化解纠纷,692,起,2023年,待核对\n", mixed, ""},
		{"another period", "指标,数值,单位,期间,备注\n代办帮办,692,件,2023年,\n化解纠纷,692,起,2024年,\n", mixed, ""},
		{"a round number", "指标,数值,单位,期间,备注\n代办帮办,500,件,2023年,\n化解纠纷,500,起,2023年,\n", mixed, ""},
		{"a small number", "指标,数值,单位,期间,备注\n代办帮办,92,件,2023年,\n化解纠纷,92,起,2023年,\n", mixed, ""},
		{"one indicator", "类别,件数\n盗窃,692\n诈骗,692\n", "", ""},
	})
}
