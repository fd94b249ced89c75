package bureau

import "sunshine/site/problem"

// Recipe is data/imports/<name>.yaml: how the table that an office sends is read into
// data/stats/<name>.csv. It was confirmed once, and is held against every file that
// comes after. What its columns are (role, unit, risk) stands in the descriptor.
type Recipe struct {
	At      problem.Position
	Name    string   `yaml:"-"` // of the file, and of the statistic
	Kind    String   `yaml:"kind,种类" words:"recipe"`
	Title   String   `yaml:"title,标题"`       // of the table, without its period; empty where it has none
	Header  []String `yaml:"header,表头"`      // its columns from left to right: the words one above the other, {期间} for any period
	BySheet Bool     `yaml:"by_sheet,按工作表分"` // the name of the sheet is the first category
	ByItem  Bool     `yaml:"by_item,按项目分列"`  // each item of the last column of names is a column of figures
	Columns []String `yaml:"columns,列" names:"column"`
}
