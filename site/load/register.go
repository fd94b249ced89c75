package load

import (
	"path"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Register reads a list and what its descriptor says of its columns. Without one
// every column is text and the first names the row. Whether the cells are right is
// judged with the rest of the bureau. It is nil where there is no table.
func Register(file string, data []byte, d bureau.RegisterDescriptor, described bool) (*bureau.Register, problem.List) {
	r := &bureau.Register{File: file, Descriptor: d, Described: described}
	var problems problem.List
	r.Name, _ = nameOf(file, &problems)
	var names []string
	for _, c := range d.Columns {
		names = append(names, c.Name.V)
	}
	t, more := table.Read(file, data, table.Options{Header: names})
	problems = append(problems, more...)
	if len(t.Header) == 0 {
		return nil, problems
	}
	r.Loose = t.Loose
	for _, c := range slices.Concat(t.Above, t.Below) {
		r.Loose = append(r.Loose, bureau.Loose{String: bureau.String{V: c.Text, At: problem.Position{File: file, Line: int(c.Line), Column: int(c.Column)}}})
	}
	for i, h := range t.Header {
		r.Columns = append(r.Columns, bureau.Column{Name: h.Text, Title: h.Text, Type: bureau.TextColumn, At: t.Position(-1, i)})
	}
	problems = append(problems, columns(r, t)...)
	if r.ColumnOf(bureau.ColumnTitle) < 0 {
		first := slices.IndexFunc(r.Columns, func(c bureau.Column) bool { return c.Role == bureau.ColumnPlain })
		r.Columns[max(first, 0)].Role = bureau.ColumnTitle
	}
	for i := range t.Rows() {
		for c, cell := range t.Row(i) {
			r.Cells = append(r.Cells, bureau.String{V: cell.Text, At: t.Position(i, c)})
		}
	}
	return r, problems
}

// RegisterDescriptor reads the description of a register.
func RegisterDescriptor(file string, data []byte) (bureau.RegisterDescriptor, problem.List) {
	d := bureau.RegisterDescriptor{File: file}
	problems := settings(file, data, &d)
	return d, problems
}

// columns gives each column the role and type that the descriptor names.
func columns(r *bureau.Register, t *table.Table) problem.List {
	var problems problem.List
	var names, given []string
	for _, c := range r.Columns {
		names = append(names, c.Name)
	}
	roles := map[bureau.ColumnRole]string{}
	for _, spec := range r.Descriptor.Columns {
		i := slices.Index(names, spec.Name.V)
		switch {
		case !spec.Name.Given():
			continue // an entry that could not be read
		case slices.Contains(given, spec.Name.V):
			problems.Error(spec.Name.At, problem.RegistersColumn,
				problem.Say("“%s”这一列写了两次", "the column \"%s\" is described twice", problem.Quote(spec.Name.V)),
				problem.Say("保留一处，删去另一处", "keep one of them"))
			continue
		case i < 0:
			problems.Error(spec.Name.At, problem.RegistersColumn,
				problem.Say("清单里没有“%s”这一列", "the register has no column \"%s\"", problem.Quote(spec.Name.V)), problem.Suggest(spec.Name.V, names))
			continue
		}
		given = append(given, spec.Name.V)
		c := &r.Columns[i]
		if spec.Title.V != "" {
			c.Title = spec.Title.V
		}
		c.Required = spec.Required.V
		c.Role = word[bureau.ColumnRole](&problems, spec.Role, problem.RegistersRole, bureau.ColumnRoles)
		if other := roles[c.Role]; other != "" && c.Role != bureau.ColumnPlain && c.Role != bureau.ColumnPerson {
			problems.Error(spec.Role.At, problem.RegistersRole,
				problem.Say("“%s”和“%s”两列的角色都是 %s", "the columns \"%s\" and \"%s\" both have the role %s", problem.Quote(other), problem.Quote(c.Name), string(c.Role)),
				problem.Say("只留一列用这个角色", "let only one of them have it"))
		}
		roles[c.Role] = c.Name
		if kind := word[bureau.ColumnType](&problems, spec.Type, problem.RegistersType, bureau.ColumnTypes); kind != "" {
			c.Type = kind
		}
		if c.Role == bureau.ColumnDue || c.Role == bureau.ColumnDone {
			c.Type = bureau.DateColumn
		}
		if c.Role == bureau.ColumnAliases || c.Role == bureau.ColumnClaim {
			c.Type = bureau.ListColumn
		}
		if c.Role == bureau.ColumnFigure {
			c.Type = bureau.FigureColumn
		}
	}
	if len(given) > 0 {
		for i, name := range names {
			if !slices.Contains(given, name) {
				problems.Warn(t.Position(-1, i), problem.RegistersColumn,
					problem.Say("说明文件没有写“%s”这一列，按文字发布", "the descriptor does not name the column \"%s\"; it is published as text", problem.Quote(name)),
					problem.Say("在 %[1]s 的 columns（列）下面加一行 - {name: %[2]q}；不公开的内容，从清单里删去", "add a line - {name: %[2]q} under columns in %[1]s, or take out of the file what is not public", path.Base(r.Descriptor.File), name))
			}
		}
	}
	return problems
}

// word reads a text that is one of a closed list; any other is reported, and
// nothing.
func word[T ~string](problems *problem.List, text bureau.String, rule problem.Rule, words bureau.Words) T {
	id, known := words.Of(text.V)
	if !known && text.V != "" {
		problems.Error(text.At, rule, problem.Say("“%s”不是规定的写法", "\"%s\" is not one of the words allowed here", problem.Quote(text.V)), words.Hint(text.V))
		if near := words.Near(text.V); near != "" {
			problems.Cure(text.V, near)
		}
	}
	return T(id)
}
