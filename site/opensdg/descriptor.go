package opensdg

import (
	"encoding/json"
	"strings"

	"sunshine/site/bureau"
)

// Title is what the table is called.
func (t *Table) Title() string { return t.about.title }

// Files gives the table and its descriptor.
func (t *Table) Files() []bureau.File {
	return []bureau.File{
		{Path: bureau.StatisticKind.File(t.Name), Bytes: t.csv()},
		{Path: bureau.StatisticDescriptorKind.File(t.Name), Bytes: []byte(t.descriptor())},
	}
}

// Blanks tells whether a breakdown of the table is blank somewhere.
func (t *Table) Blanks() bool { return t.about.blanks }

// Told tells whether something is said of the table in prose.
func (t *Table) Told() bool {
	a := t.about
	return a.description+a.scope+a.counting+a.compare+a.notes != ""
}

// quoted writes a text for YAML; JSON's strings are such.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text)
	return strings.TrimSuffix(b.String(), "\n")
}

// descriptor writes the descriptor.
func (t *Table) descriptor() string {
	a := t.about
	var b strings.Builder
	line := func(indent, key, value string) {
		if value != "" {
			b.WriteString(indent + key + ": " + quoted(value) + "\n")
		}
	}
	line("", "title", a.title)
	if !t.Untold {
		line("", "description", a.description)
	}
	line("", "concept", "sdg-"+t.Name) // every column of figures is called Value
	if a.place != "" {
		b.WriteString("coverage:\n")
		line("  ", "place", a.place)
	}
	if a.historical {
		b.WriteString("historical: true\n")
	}
	for i, s := range a.sources {
		if i == 0 {
			b.WriteString("sources:\n")
		}
		b.WriteString("  - title: " + quoted(s.title) + "\n")
		line("    ", "author", s.author)
		if s.issued != "" {
			b.WriteString("    issued: " + s.issued + "\n")
		}
		line("    ", "path", s.path)
	}
	b.WriteString("encoding: utf-8\n")
	if a.yearly || len(t.Rows) == 0 {
		b.WriteString("frequency: yearly\n")
	}
	switch {
	case len(t.Rows) == 0:
		b.WriteString("layout: {rows: none-yet}\n")
	case a.blanks && !t.Unsummed:
		b.WriteString("layout: {empty: total}\n")
	}
	b.WriteString("schema:\n  fields:\n")
	for _, f := range a.fields {
		b.WriteString("    - {name: " + quoted(f.name))
		for _, key := range [][2]string{{"title", f.title}, {"unit", f.unit}, {"unit_field", f.unitField}} {
			if key[1] != "" {
				b.WriteString(", " + key[0] + ": " + quoted(key[1]))
			}
		}
		b.WriteString(", role: " + f.role)
		if f.role == "measure" {
			b.WriteString(", type: " + f.kind)
			if f.risk != "" {
				b.WriteString(", risk: " + f.risk)
			}
		}
		b.WriteString("}\n")
	}
	if len(a.missing) > 0 {
		b.WriteString("  missingValues:\n")
		for _, m := range a.missing {
			b.WriteString("    - {value: " + quoted(m.text) + ", label: " + quoted(m.status.String()) + "}\n")
		}
	}
	if t.Untold {
		return b.String()
	}
	if a.scope+a.counting+a.compare != "" {
		b.WriteString("quality:\n")
		line("  ", "scope", a.scope)
		line("  ", "counting", a.counting)
		line("  ", "comparability", a.compare)
	}
	if a.notes != "" {
		b.WriteString("notes: |\n")
		for _, l := range strings.Split(a.notes, "\n") {
			b.WriteString(strings.TrimRight("  "+l, " ") + "\n")
		}
	}
	return b.String()
}

// Unbroken is what a blank is called that is no total.
func (t *Table) Unbroken() string { return t.about.unbroken }

// Source is the file that the table is of.
func (t *Table) Source() string { return t.from }

// Filled are the lines of the source that hold a figure of the table.
func (t *Table) Filled() []int {
	var lines []int
	for i, cells := range t.Rows {
		if cells[t.value] != "" {
			lines = append(lines, t.Lines[i])
		}
	}
	return lines
}
