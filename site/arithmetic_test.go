package site_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/say"
)

// undecidable are the checks that need more than the tables hold.
var undecidable = map[string]string{
	"C18": "two names and two dates: only the text tells that both are the same force; the rows carry 待核对 and are listed",
	"C21": "that a comparator has no source is not in the table; it stands there without a chart",
	"C22": "how much of a source was left out is no figure of the data",
}

// TestArithmetic holds the program against testdata/arithmetic/checks.csv: sums,
// rates and claims with known answers. Each that a program can decide has a file
// <id>.txtar, whose first line repeats the verdict, whose files are what staff
// would write, and whose file want lists all that the program says:
//
//	problem data/stats/a.csv:4:4 (B4) figures/total
//	figure a/2005年/办结率 = 85.48%          as Markdown prints it
//	average a/立案 = 96.6 62.8 50.4         the monthly averages of a chart
//	summary a/立案 says 下降13.9%            the sentence beside a chart
//	summary a/立案 never says 46.5
//	months 2003年1月至2006年8月 = 44, days … = 68
func TestArithmetic(t *testing.T) {
	const dir = "testdata/arithmetic"
	f, err := os.Open(filepath.Join(dir, "checks.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	decided := 0
	for _, row := range rows[1:] {
		id, verdict := row[0], row[0]+" "+row[1]+"："+row[5]
		if undecidable[id] != "" {
			continue
		}
		decided++
		t.Run(id, func(t *testing.T) {
			a, err := txtar.ParseFile(filepath.Join(dir, id+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			if first, _, _ := strings.Cut(string(a.Comment), "\n"); first != verdict {
				t.Fatalf("decides %q, but the verdict is %q", first, verdict)
			}
			arithmetic(t, a)
		})
	}
	t.Logf("%d of %d decided", decided, len(rows)-1)
	if decided+len(undecidable) != len(rows)-1 {
		t.Error("a check that cannot be decided is not in the list")
	}
}

// arithmetic builds the folder of a check and holds what is said of it against want.
func arithmetic(t *testing.T, a *txtar.Archive) {
	root := t.TempDir()
	files := map[string]string{"data/site.yaml": "title: 阳光警务\norganization: 示范市公安局\nfreshness: {newest: 0}\n"}
	var want []string
	for _, f := range a.Files {
		if f.Name == "want" {
			want = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		} else {
			files[f.Name] = string(f.Data)
		}
	}
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	problems, err := site.Check(context.Background(), options(root, ""))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]problem.Problem{}
	for _, p := range problems {
		// There is nothing but figures; and a wrong total also stands in the way of
		// disclosure control.
		if p.Rule.String() != "freshness/empty" && p.Rule != problem.PlaceholderLeft && p.Rule.String() != "disclosure/margin" {
			said["problem "+p.Position.String()+" "+p.Rule.String()] = p
		}
	}
	b, _ := load.Bureau(context.Background(), os.DirFS(root), 1, privacy.Input)
	figures.Decide(b)
	for _, s := range b.Statistics {
		figures.Derive(s)
	}
	for _, line := range want {
		if line == "" {
			continue
		}
		kind, rest, _ := strings.Cut(line, " ")
		if kind == "problem" {
			if _, ok := said[line]; !ok {
				t.Errorf("nothing says: %s", line)
			}
			delete(said, line)
			continue
		}
		if fault := holds(b, kind, rest); fault != "" {
			t.Errorf("%s: %s", line, fault)
		}
	}
	for line, p := range said {
		t.Errorf("%s: %s", line, p.Message.EN)
	}
}

// holds tells what is wrong with one line of want.
func holds(b *bureau.Bureau, kind, line string) (fault string) {
	subject, value, equal := strings.Cut(line, " = ")
	got := ""
	switch kind {
	case "figure":
		s, row, field, unknown := figures.Find(b, subject)
		if unknown != nil {
			return unknown.Message.EN
		}
		got = say.Inline(s, row, field, locale.Builtin(problem.Chinese))
	case "months", "days":
		p, err := period.Parse(subject, period.Options{})
		if err != nil {
			return err.Error()
		}
		got = fmt.Sprint(p.Months())
		if kind == "days" {
			got = fmt.Sprint(p.Days())
		}
	case "average":
		plot, _, err := averages(b, subject)
		if err != "" {
			return err
		}
		var values []string
		for _, v := range plot.Series[0].Values {
			values = append(values, locale.Format(v.Number, "", locale.Builtin(problem.Chinese)))
		}
		got = strings.Join(values, " ")
	case "summary":
		subject, value, says := strings.Cut(line, " says ")
		subject, never := strings.CutSuffix(subject, " never")
		plot, s, err := averages(b, subject)
		if err != "" {
			return err
		}
		plain, _ := chart.Plots(s, locale.Builtin(problem.Chinese))
		text := say.Summarize(plot, s, locale.Builtin(problem.Chinese)).String(locale.Builtin(problem.Chinese))
		for _, p := range plain {
			text += say.Summarize(p, s, locale.Builtin(problem.Chinese)).String(locale.Builtin(problem.Chinese))
		}
		if !says || strings.Contains(text, value) == never {
			return text
		}
		return ""
	}
	if !equal || got != value {
		return got
	}
	return ""
}

// averages gives the chart of monthly averages of a field, statistic/field.
func averages(b *bureau.Bureau, subject string) (chart.Plot, *bureau.Statistic, string) {
	name, field, _ := strings.Cut(subject, "/")
	s, fault := figures.Statistic(b, name)
	if fault != nil {
		return chart.Plot{}, nil, fault.Message.EN
	}
	plot, problems := chart.PlotOf(s, bureau.Chart{Y: []bureau.String{{V: field}}, Average: bureau.Bool{V: true}}, locale.Builtin(problem.Chinese))
	if len(problems) > 0 {
		return plot, nil, problems[0].Message.EN
	}
	return plot, s, ""
}
