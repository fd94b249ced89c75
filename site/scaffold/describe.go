package scaffold

import (
	"cmp"
	"context"
	"encoding/json"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// describe writes the descriptor that the table at a path suggests, read as build
// reads it: what each column is, and beside it what somebody has to confirm. Where the
// table has no column of figures it gives the problems of the table instead.
func describe(ctx context.Context, fsys fs.FS, file string, today period.Date) (string, problem.List, error) {
	b, found := load.Bureau(ctx, fsys, 1, nil)
	i := slices.IndexFunc(b.Statistics, func(s *bureau.Statistic) bool { return s.File == file })
	if i < 0 || b.Statistics[i].FieldOf(bureau.RoleMeasure) < 0 {
		return "", of(file, found), nil
	}
	s := b.Statistics[i]
	figures.Decide(b)

	var d strings.Builder
	line := func(parts ...string) { d.WriteString(strings.Join(parts, "") + "\n") }
	line("# 统计表 ", s.Name, ".csv 的说明，照表里的内容写成。“#”后面的话是说明，程序不读。")
	line("# 写着“请确认”的，对照原表看一遍，不对就改；空着的填上。再运行 sunshine check。")
	line("# What the table beside this file means, as the table shows it; confirm the lines that say 请确认.")
	line()
	line("# 标题 / title")
	confirm := ""
	if s.Descriptor.Title.V != "" {
		confirm = "  # 请确认：取自表上方的标题"
	}
	line("title: ", scalar(s.Descriptor.Title.V), confirm)
	line()
	line("# 指标说明：数的是什么，什么算、什么不算 / what is counted")
	line(`description: ""`)
	line()
	line("# 来源：数据出自哪个系统、哪份文件，写报告、报表的标题，不写文件名 / where the figures come from")
	line("sources:")
	line(`  - title: ""`)
	line()
	line("# 谁编制的，写部门 / who compiled it")
	line("contributors:")
	line(`  - {title: "", roles: [compiler]}`)
	line()
	line("# 多久发布一次：yearly 年 half-yearly 半年 quarterly 季 monthly 月 weekly 周 daily 日 irregular 不定期")
	line("# How often it is published")
	line("frequency: ", s.Shown.String(), "  # 请确认：照表里的期间看的")
	line()
	line("# 这次的发布日期；知道下次的，再写一行 next_release: 日期 / this release, and the next one where it is known")
	line("released: ", today.String())
	line()
	if len(s.Joined) > 0 {
		names := []string{scalar(s.Fields[max(s.FieldOf(bureau.RolePeriod), 0)].Name)}
		for _, f := range s.Joined {
			names = append(names, scalar(f.Name))
		}
		line("# 期间分在这几列里 / the period stands in these columns")
		line("period: [", strings.Join(names, ", "), "]  # 请确认")
		line()
	}
	line("schema:")
	line("  # 一列一行，name 与表里的列名一字不差；role 是用处，type 是数值的类型，unit 是计量单位 / one line a column")
	line("  # risk 是计数对象，即数到 1 时指向什么：person 人，event 事，organisation 单位，none 都不是；指向人和单位的，小的数值不公布")
	line("  fields:")
	columns := slices.Concat(s.Fields, s.Joined)
	slices.SortStableFunc(columns, func(x, y bureau.Field) int { return cmp.Compare(x.Column, y.Column) })
	for _, f := range columns {
		line("    - ", column(s, f))
	}
	line()
	if missing := absent(s); len(missing) > 0 {
		line("  # 表里代替数值的文字各是什么意思：[x] 无数据 [z] 不适用 [c] 不公布，以免认出具体的人 [w] 尚未报送")
		line("  missingValues:")
		for _, text := range missing {
			line("    - {value: ", scalar(text), `, label: "[x]"}  # 请确认：是无数据，不是0`)
		}
	}
	line()
	line("# 印在表下面的说明，可以用 Markdown / printed under the table")
	line(`notes: ""`)
	return d.String(), nil, nil
}

// column is the line of one column, with what is to be confirmed of it behind it.
func column(s *bureau.Statistic, f bureau.Field) string {
	role := f.Role
	if role == bureau.RoleCode { // decided of a category
		role = bureau.RoleCategory
	}
	joined := slices.ContainsFunc(s.Joined, func(j bureau.Field) bool { return j.Column == f.Column })
	if joined {
		role = bureau.RoleCategory
	}
	keys := "{name: " + scalar(f.Name)
	if f.Role == bureau.RoleMeasure {
		keys += ", type: " + cmp.Or(f.Type, "number")
	} else {
		keys += ", type: string"
	}
	keys += ", role: " + string(role)
	var confirm []string
	switch f.Role {
	case bureau.RolePeriod:
	case bureau.RoleMeasure:
		switch {
		case f.UnitField >= 0:
			keys += ", unit_field: " + scalar(s.Fields[f.UnitField].Name)
		case f.Unit != "" && f.Type != "percent":
			keys += ", unit: " + scalar(f.Unit)
		case f.Type != "percent":
			confirm = append(confirm, "没有看出计量单位，请补上 unit")
		}
		switch {
		case f.Risk == "" || f.Unsaid:
			confirm = append(confirm, "看不出数的是人还是事，请补上 risk；没有写的先按人保护")
		case f.Risk == "none":
			keys += ", risk: none"
			if f.Type != "percent" {
				confirm = append(confirm, "risk 照名称和单位看，人、事、单位都不是")
			}
		default:
			keys += ", risk: " + f.Risk
			confirm = append(confirm, "risk 照名称和单位看是"+word(bureau.Risks, f.Risk))
		}
	case bureau.RoleCategory:
		if !joined {
			confirm = append(confirm, "是分类；写着单位表里单位的，改成 unit")
		}
	case bureau.RoleNote:
		confirm = append(confirm, "是备注")
	}
	keys += "}"
	if len(confirm) > 0 {
		keys += "  # 请确认：" + strings.Join(confirm, "；")
	}
	return keys
}

// absent gives the texts that stand where a figure should, and are no number.
func absent(s *bureau.Statistic) (texts []string) {
	for row := range s.Rows {
		for i, c := range s.Row(row) {
			if s.Fields[i].IsMeasure() && math.IsNaN(c.Number) && c.Status&bureau.Instead == 0 && c.Text != "" &&
				!strings.ContainsFunc(c.Text, unicode.IsDigit) && len(texts) < maxAbsent && !slices.Contains(texts, c.Text) {
				texts = append(texts, c.Text)
			}
		}
	}
	return texts
}

// maxAbsent is how many such texts are told; a column with more is none of figures.
const maxAbsent = 20

// word is what a word of a closed list is called in Chinese.
func word(words bureau.Words, id string) string {
	i := slices.IndexFunc(words, func(w bureau.Word) bool { return w.ID == id })
	return words[i].ZH
}

// of gives the problems of a file.
func of(file string, all problem.List) (own problem.List) {
	for _, p := range all {
		if p.File == file && p.Severity == problem.Error {
			own = append(own, p)
		}
	}
	return own
}

// plain is a text that YAML reads as itself wherever it stands.
var plain = regexp.MustCompile(`^\p{Han}[\p{Han}A-Za-z0-9（）—]*$`)

// scalar writes a text so that YAML reads it as that text.
func scalar(text string) string {
	if plain.MatchString(text) {
		return text
	}
	quoted, _ := json.Marshal(text) // a string is always written; JSON's are YAML's, too
	return string(quoted)
}
