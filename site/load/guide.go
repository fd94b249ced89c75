package load

import (
	"path"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Guide reads a procedure guide. Its area is the folder that it stands in; the
// key area may say the same. Where published is missing, date stands for it. The
// guide is nil where the front matter cannot be read.
func Guide(file string, data []byte) (*bureau.Guide, problem.List) {
	g := &bureau.Guide{File: file}
	var problems problem.List
	g.Name, g.Language = nameOf(file, &problems)
	body, found := document(file, data, g)
	g.Body = body
	if problems = append(problems, found...); g.At.Line == 0 {
		return nil, problems
	}

	area := path.Base(path.Dir(file))
	if g.Area.Given() && g.Area.V != area {
		hint := problem.Say("删去这一行，类别就是文件所在的文件夹", "remove this line: the area is the folder that the file stands in")
		if _, known := bureau.AreaWords.Of(g.Area.V); known {
			hint = problem.Say("删去这一行，或把文件移到 data/guides/%s/", "remove this line, or move the file to data/guides/%s/", g.Area.V)
		}
		problems.Error(g.Area.At, problem.GuideArea,
			problem.Say("类别写的是“%s”，文件却在“%s”文件夹里", "the area is \"%s\", but the file stands in the folder \"%s\"", problem.Quote(g.Area.V), problem.Quote(area)),
			hint)
	}
	g.Area.V = area
	if !g.Published.Given() {
		g.Published = g.Date
	}
	return g, problems
}
