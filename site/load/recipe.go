package load

import (
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/problem"
)

// Recipe reads data/imports/<name>.yaml. One that says nothing by which a table could
// be known again is an error: it would fit any.
func Recipe(file string, data []byte) (bureau.Recipe, problem.List) {
	var r bureau.Recipe
	problems := settings(file, data, &r)
	r.Name = strings.TrimSuffix(path.Base(file), path.Ext(file))
	at := problem.Position{File: file, Line: 1, Column: 1}
	switch {
	case problems.Errors() > 0:
	case len(r.Header) == 0 || len(r.Columns) == 0:
		problems.Error(at, problem.ImportRecipe, problem.Say("没有写 header（表头）和 columns（列），认不出是哪份表", "without header and columns it fits no table"),
			problem.Say("删去这个文件，用 sunshine import 重新读入一次，它会重新写好", "delete the file and run sunshine import once more, which writes it anew"))
	default:
		if r.Kind.V != "" {
			if _, ok := bureau.RecipeKinds.Of(r.Kind.V); !ok {
				problems.Error(r.Kind.At, problem.ImportRecipe, problem.Say("没有“%s”这一种读法", "there is no kind of recipe %q", problem.Quote(r.Kind.V)), bureau.RecipeKinds.Hint(r.Kind.V))
			}
		}
		for _, s := range r.Said {
			saidOf(r, s, at, &problems)
		}
	}
	return r, problems
}

// saidOf holds what a recipe says of a column against what may be said.
func saidOf(r bureau.Recipe, s bureau.SaidColumn, at problem.Position, problems *problem.List) {
	if s.Header.At.Line > 0 {
		at = s.Header.At
	}
	if !slices.ContainsFunc(r.Header, func(h bureau.String) bool { return h.V == s.Header.V }) {
		problems.Error(at, problem.ImportRecipe, problem.Say("said（各列说明）里的“%s”不在 header（表头）里", "%q of said is not in header", problem.Quote(s.Header.V)),
			problem.Say("写得和 header 里的那一列一样；没有这一列的，删去这一行", "write it as header has the column; delete the line if there is none"))
	}
	if _, ok := bureau.Roles.Of(s.Role.V); s.Role.V != "" && !ok {
		problems.Error(s.Role.At, problem.ImportRecipe, problem.Say("没有“%s”这一种角色", "there is no role %q", problem.Quote(s.Role.V)), bureau.Roles.Hint(s.Role.V))
	}
	if s.Unit.V != "" && !number.IsUnit(s.Unit.V) {
		problems.Error(s.Unit.At, problem.ImportRecipe, problem.Say("不认得单位“%s”", "the unit %q is not known", problem.Quote(s.Unit.V)), problem.Say("只写单位，例如“件”“人”“万元”“%”", "write a unit and nothing else, such as 件, 人, 万元, %"))
	}
}
