package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/table"
)

// Answers are what somebody said of the files that the command names, where they are not
// as they were before.
type Answers struct {
	Changed bool // an older figure is as the file has it now
	Gained  bool // columns of figures that the layout did not have belong to it
}

// gained tells whether the layout of a statistic has all that a recipe has, in its order,
// and more.
func (g *group) gained(r bureau.Recipe) bool {
	if r.Becomes() != bureau.RecipeStatistic {
		return false
	}
	return holdsAll(g.tables[0].layout(), header(r))
}

// Widened tells whether the layout has more columns than that of the recipe, and somebody
// said that they belong to it: also where none of them is one of figures.
func (r *Reading) Widened() bool {
	return r.Known != nil && r.answers.Gained && !slices.Equal(r.Layout, header(*r.Known))
}

// after gives names with each column that a reading gained behind the one that it stands
// behind there.
func (r *Reading) after(names []string) []string {
	names = slices.Clone(names)
	for _, name := range r.Gained {
		if slices.Contains(names, name) {
			continue
		}
		at := len(names)
		for i := r.field(name) - 1; i >= 0; i-- {
			if n := slices.Index(names, r.Fields[i].Name); n >= 0 {
				at = n + 1
				break
			}
		}
		names = slices.Insert(names, at, name)
	}
	return names
}

// Widen gives a table that there is the columns that a reading gained, empty in its rows,
// and source where it gained none. What the recipe has and the table does not is gained
// too: an import was cut off between the two.
func (r *Reading) Widen(old *table.Table, source []byte) []byte {
	for _, f := range r.Fields {
		if r.answers.Gained && f.Role == bureau.RoleMeasure && !slices.Contains(r.Gained, f.Name) &&
			!slices.ContainsFunc(old.Header, func(h table.Cell) bool { return h.Text == f.Name }) {
			r.Gained = append(r.Gained, f.Name)
		}
	}
	if len(r.Gained) == 0 {
		return source
	}
	var names []string
	for _, h := range old.Header {
		names = append(names, h.Text)
	}
	wide := r.after(names)
	from := make([]int, len(wide)) // where each column stood; -1 where it did not
	for i, name := range wide {
		from[i] = slices.Index(names, name)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, c := range old.Above {
		w.Write([]string{c.Text})
	}
	w.Write(wide)
	for row := range old.Rows() {
		record := make([]string, len(wide))
		for i, column := range from {
			if column >= 0 {
				record[i] = old.Row(row)[column].Text
			}
		}
		w.Write(record)
	}
	for _, c := range old.Below {
		w.Write([]string{c.Text})
	}
	w.Flush()
	return b.Bytes()
}

// Extend adds the columns that a reading gained to the fields that a descriptor lists,
// each behind the item of the one before it. Staff may have written these in many ways:
// the caller reads the result before it is kept.
func (r *Reading) Extend(source []byte, d bureau.Descriptor) []byte {
	lines := strings.SplitAfter(string(source), "\n")
	for i := len(r.Gained) - 1; i >= 0; i-- { // what is added moves no line that is still to be looked for
		name := r.Gained[i]
		has := func(name string) int {
			return slices.IndexFunc(d.Schema.Fields, func(f bureau.FieldSpec) bool { return strings.TrimSpace(f.Name.V) == name })
		}
		if has(name) >= 0 {
			continue
		}
		before := -1
		for n := r.field(name) - 1; n >= 0 && before < 0; n-- {
			before = has(r.Fields[n].Name)
		}
		if before < 0 {
			continue
		}
		begin := d.Schema.Fields[before].Name.At.Line - 1
		for begin >= 0 && !strings.HasPrefix(strings.TrimLeft(lines[begin], " "), "- ") {
			begin--
		}
		if begin < 0 {
			continue
		}
		indent := depth(lines[begin])
		end := begin + 1
		for end < len(lines) && depth(lines[end]) > indent {
			end++
		}
		if !strings.HasSuffix(lines[end-1], "\n") {
			lines[end-1] += "\n"
		}
		lines = slices.Insert(lines, end, strings.Repeat(" ", indent)+"- "+r.Fields[r.field(name)].described()+"\n")
	}
	return []byte(strings.Join(lines, ""))
}

// depth is how far a line of a descriptor is indented.
func depth(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// described is a field as a descriptor has it.
func (f Field) described() string {
	s := fmt.Sprintf("{name: %s, type: %s, role: %s", strconv.Quote(f.Name), f.Type, f.Role)
	if f.Role == bureau.RoleMeasure {
		if f.Unit != "" {
			s += ", unit: " + strconv.Quote(f.Unit)
		}
		s += ", risk: " + f.Risk
	}
	return s + "}"
}
