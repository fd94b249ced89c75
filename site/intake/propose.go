package intake

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/number"
	"sunshine/site/problem"
)

// types says of each column of figures what they are.
func (b *builder) types() {
	for i := b.first; i < len(b.Fields); i++ {
		f := &b.Fields[i]
		if f.Unit == "%" {
			f.Type = "percent"
			continue
		}
		f.Type = "integer"
		for _, r := range b.Rows {
			if n, err := number.Parse(r.Cells[i].Text, f.Unit); err == nil && n.Value == n.Value && !n.Whole {
				f.Type = "number"
			}
		}
	}
}

// propose gives the categories their roles and the figures their risk: what one unit
// of them is, as package figures decides it; what that leaves open is protected as
// persons are, and said.
func (b *builder) propose() {
	var words []string
	for i := 1; i < b.first; i++ {
		f := &b.Fields[i]
		all, known := 0, 0
		for _, r := range b.Rows {
			text := r.Cells[i].Text
			if text == "" || bureau.KindOf(text) != bureau.DataRow {
				continue
			}
			if !slices.Contains(words, text) && len(words) < 500 {
				words = append(words, text)
			}
			if all++; b.options.Units[text] {
				known++
			}
		}
		if f.said.Role != "" {
			b.unitsSaid(i)
			continue
		}
		if all > 0 && known == all && !slices.ContainsFunc(b.Fields[:i], func(f Field) bool { return f.Role == bureau.RoleUnit }) {
			f.Role = bureau.RoleUnit
		}
	}
	for i := b.first; i < len(b.Fields); i++ {
		b.risk(i, words)
		b.protect(i, words)
	}
	if b.Title == "" {
		b.Title = titleOf(fileTitle(b.File))
	}
}

// risk proposes what one unit of a measure is.
func (b *builder) risk(i int, words []string) {
	f := &b.Fields[i]
	switch {
	case f.Type == "percent":
		f.Risk = "none"
		return
	case f.Type == "number" && figures.UnitRisk(f.Unit) == "person":
		if b.Known == nil {
			b.halves(i)
		}
	case f.Type == "number":
		f.Risk = b.riskOf(i, words)
		if b.Known == nil && f.Risk != "none" {
			b.halves(i)
		}
		if f.Risk != "person" && f.Risk != "organisation" || !slices.Contains([]string{"person", "organisation"}, figures.UnitRisk(f.Unit)) {
			f.Risk = "none"
		}
		return
	}
	if f.Risk = b.riskOf(i, words); f.Risk == "" {
		f.Risk = "person"
		b.Taken = append(b.Taken, Taken{f.Name, f.At,
			problem.Say("“%s”数的是人、是事还是单位，看不出来，先按人保护：1到4不公布", "nothing says whether %q counts persons, events or organisations; it is protected as persons are, and 1 to 4 are withheld", f.Name),
			problem.Say("数的是事的，把说明文件里这一列的 risk: person（计数对象）改成 risk: event；是单位的，改成 risk: organisation", "if it counts events, change risk: person of this column to risk: event in the descriptor; to risk: organisation if it counts those")})
	}
}

// halves asks about fractions of what is counted one by one, and about those of which nothing
// says what they count: they would be protected as nothing is.
func (b *builder) halves(i int) {
	f := b.Fields[i]
	if figures.RiskOf("", f.Name, "") == "none" || strings.ContainsAny(f.Unit, "十百千万亿") {
		return
	}
	for _, r := range b.Rows {
		c := r.Cells[i]
		n, err := number.Parse(c.Text, f.Unit)
		if err != nil || n.Value != n.Value || n.Whole {
			continue
		}
		if f.Unit == "" {
			b.ask(c.At(), problem.ImportUnit, problem.Say("“%s”有小数“%s”，又没有单位，不知道数的是什么", "%q holds a fraction, %q, and no unit, and nothing says what it counts", f.Name, problem.Quote(c.Text)),
				problem.Say("在表头写明单位；各行单位不同的，写在每一行的名称后面，例如“挽回损失（万元）”", "give the unit in the header; where rows have units of their own, behind the name of each, as 挽回损失（万元）"))
			return
		}
		if figures.UnitRisk(f.Unit) != "none" && figures.UnitRisk(f.Unit) != "" {
			b.ask(c.At(), problem.ImportNumber, problem.Say("“%s”不是整数，“%s”是一%[2]s一%[2]s数的", "%q is no whole number, and %q is counted one by one", problem.Quote(c.Text), f.Unit),
				problem.Say("核对数值；是平均数、比率或者金额的，在表头写明，例如“平均…”“…（万元）”", "check the figure; if it is an average, a rate or an amount, say so in the header, as 平均… or …（万元）"))
			return
		}
	}
}

// fileTitle is the name of a file without the month that it is of.
func fileTitle(file string) string {
	name := without(fileBase(file))
	for _, sign := range []string{"（", "(", "_", "-"} {
		if i := strings.Index(name, sign); i > 0 {
			name = name[:i]
		}
	}
	if i := strings.IndexAny(name, "0123456789"); i >= 0 {
		if m := partial.FindString(name[i:]); m != "" {
			name = name[:i] + name[i+len(m):]
		}
	}
	return strings.TrimSpace(name)
}
