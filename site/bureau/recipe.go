package bureau

import "sunshine/site/problem"

// Recipe is data/imports/<name>.yaml: how the table that an office sends is read into
// data/stats/<name>.csv, data/suggestions/<name>.csv or data/registers/<name>.csv. It was
// confirmed once, and is held against every file that comes after. What the columns of a
// statistic or a register are (role, unit, risk, type) stands in its descriptor.
type Recipe struct {
	At      problem.Position
	Name    string       `yaml:"-"` // of the file, and of what is read
	Kind    String       `yaml:"kind,种类" words:"recipe"`
	Title   String       `yaml:"title,标题"`       // of the table, without its period; empty where it has none
	Header  []String     `yaml:"header,表头"`      // its columns from left to right: the words one above the other, {期间} for any period
	BySheet Bool         `yaml:"by_sheet,按工作表分"` // the name of the sheet is the first category
	ByItem  Bool         `yaml:"by_item,按项目分列"`  // each item of the last column of names is a column of figures
	Columns []String     `yaml:"columns,列" names:"column"`
	Said    []SaidColumn `yaml:"said,各列说明"`
}

// SaidColumn is what somebody said of a column of the office's table that its header does not
// say. What is empty is left to the reading.
type SaidColumn struct {
	Header String `yaml:"header,表头"` // the column, as the header of the recipe has it
	Name   String `yaml:"name,名称" names:"column"`
	Role   String `yaml:"role,角色" words:"role"` // note leaves it out
	Unit   String `yaml:"unit,计量单位"`
}

// Becomes is the kind of what the table becomes.
func (r Recipe) Becomes() string {
	if r.Kind.V == "" {
		return RecipeStatistic
	}
	return r.Kind.V
}

// RecipeRows is the kind of file that holds the rows of a table that becomes a statistic, a
// ledger or a register.
func RecipeRows(becomes string) Kind {
	switch becomes {
	case RecipeLedger:
		return MattersKind
	case RecipeRegister:
		return RegisterKind
	}
	return StatisticKind
}
