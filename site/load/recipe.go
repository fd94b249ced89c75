package load

import (
	"path"
	"strings"

	"sunshine/site/bureau"
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
	}
	return r, problems
}
