package site

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/kept"
	"sunshine/site/load"
	"sunshine/site/opensdg"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// Moved is what was made of a peer's folder.
type Moved struct {
	opensdg.Move
	Files []string // that were written
}

// maxRounds is how often a move is tried: each table is written in at most three
// ways, and then left out.
const maxRounds = 5

// MoveOpenSDG moves the data folder of an Open SDG site into the bureau of o.Dir, and
// writes nothing over what is there. Before it writes, it builds the site: a table
// that would stop the build is written in another way, or left out with the reason, so
// that after the move the build stops at nothing that came with it. The problems are
// the errors that the bureau has for itself.
func MoveOpenSDG(ctx context.Context, o Options, source fs.FS) (Moved, problem.List, error) {
	o.Out = ""
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return Moved{}, nil, err
	}
	defer root.Close()
	fsys := root.FS()
	known := opensdg.Options{Today: o.AsOf}
	taken := map[string]bool{}
	_, err = fs.Lstat(fsys, bureau.SiteKind.File())
	fresh := errors.Is(err, fs.ErrNotExist) // what is there and cannot be read is not written over
	if !fresh {
		b, _ := load.Bureau(ctx, fsys, o.Jobs, privacy.Input)
		known.Language, known.Place = problem.Language(b.Site.MainLanguage()), b.Site.Place.V
		known.Periods.FinancialYearStart = time.Month(b.Site.FinancialYearStart.V)
		for _, s := range b.Statistics {
			taken[s.Name] = true
		}
	}
	known.Taken = func(name string) bool {
		if taken[name] {
			return true
		}
		for _, kind := range []bureau.Kind{bureau.StatisticKind, bureau.StatisticDescriptorKind} {
			if _, err := fs.Lstat(fsys, kind.File(name)); err == nil {
				return true
			}
		}
		return false
	}
	move, err := opensdg.Read(source, known)
	if err != nil {
		return Moved{}, nil, err
	}

	var files []bureau.File
	var built Site
	var problems problem.List
	for round := 0; ; round++ {
		files = files[:0]
		if fresh {
			files = append(files, move.Settings.File())
		}
		over := kept.Overlay{FS: fsys, Files: map[string][]byte{}}
		for _, t := range move.Tables {
			files = append(files, t.Files()...)
		}
		for _, f := range files {
			over.Files[f.Path] = f.Bytes
		}
		if built, problems, err = once(ctx, o, over, nil); err != nil {
			return Moved{}, problems, err
		}
		if !mend(&move, problems, round == maxRounds) {
			break
		}
	}
	askRisks(&move, built.bureau)
	if fresh {
		move.Confirm = append(move.Confirm, opensdg.Remark{File: bureau.SiteKind.File(), Text: problem.Say("新写了网站设置，请核对名称、单位、地区、语言，补上联系方式和页脚", "the settings of the site are new: check title, organisation, place and language, and add contact and footer")})
	}
	move.Sort()

	m := Moved{Move: move}
	for _, f := range files {
		if err := write.File(root, f.Path, f.Bytes); err != nil {
			return m, problems, err
		}
		m.Files = append(m.Files, f.Path)
	}
	var own problem.List
	for _, p := range problems {
		if p.Severity == problem.Error {
			own = append(own, p)
		}
	}
	return m, own, nil
}

// mend writes each table that has errors in another way, or leaves it out; it tells
// whether there was one.
func mend(move *opensdg.Move, problems problem.List, last bool) bool {
	of := map[string]string{} // the table, by its files and the folder of its page
	for _, t := range move.Tables {
		for _, f := range t.Files() {
			of[f.Path] = t.Name
		}
		of[path.Clean(bureau.StatisticPage(t.Name))] = t.Name
	}
	wrong := map[string]problem.List{}
	for _, p := range problems {
		if p.Severity == problem.Error {
			name := cmp.Or(of[p.Position.File], of[path.Dir(p.Position.File)])
			wrong[name] = append(wrong[name], p)
		}
	}
	var tables []*opensdg.Table
	mended := false
	for _, t := range move.Tables {
		errors := wrong[t.Name]
		if len(errors) == 0 {
			tables = append(tables, t)
			continue
		}
		mended = true
		sums, prose := false, false
		for _, p := range errors {
			switch p.Rule {
			case problem.FiguresTotal, problem.FiguresTotalUnit, problem.FiguresRateTotal:
				sums = true
			}
			prose = prose || path.Ext(p.Position.File) != ".csv"
		}
		switch {
		case sums && t.Blanks() && !t.Unsummed && !last:
			t.Unsummed = true
			move.Confirm = append(move.Confirm, opensdg.Remark{File: bureau.StatisticKind.File(t.Name), Text: problem.Say("空白的分类不是其余各项之和（%s），所以写成“%s”而不当合计；核对后改回空白并写 layout: {empty: total}（版式）", "blank breakdowns are not the sum of the others (%s), so they are called \"%s\" and are no totals; when that is settled, blank them and write layout: {empty: total}", errors[0].Message, t.Unbroken())})
			tables = append(tables, t)
		case prose && t.Told() && !t.Untold && !last:
			t.Untold = true
			move.Left = append(move.Left, opensdg.Left{File: t.Source(), Why: problem.Say("文字说明没有搬：%s", "what is said in prose is not moved: %s", errors[0].Message)})
			tables = append(tables, t)
		default:
			p := errors[0]
			move.Left = append(move.Left, opensdg.Left{File: t.Source(), Lines: t.Filled(), Why: problem.Say("网站会因此生成不出来：%s（%s）", "it would stop the build: %s (%s)", p.Message, p.Rule.String())})
		}
	}
	move.Tables = tables
	return mended
}

// askRisks lists what was taken for what a count is of.
func askRisks(move *opensdg.Move, b *bureau.Bureau) {
	for _, t := range move.Tables {
		for _, s := range b.Statistics {
			if s.Name != t.Name {
				continue
			}
			for _, f := range s.Fields {
				if f.Role != bureau.RoleMeasure || !f.Taken || f.Risk == "none" && f.Type != "integer" || len(s.Rows) == 0 {
					continue
				}
				said := problem.Say("“%s”按名称和单位，计数对象当作 risk: %s", "\"%s\" is taken for risk: %s, by its names and units", f.Name, f.Risk)
				if f.Unsaid {
					said = problem.Say("“%s”数的是什么没有写明，按人保护，1至4不公布；请写 risk: person（计数对象）、event、organisation 或 none", "nothing says what \"%s\" counts, so it is protected as persons are, and 1 to 4 are withheld; write risk: person, event, organisation or none", f.Name)
				}
				move.Confirm = append(move.Confirm, opensdg.Remark{File: bureau.StatisticDescriptorKind.File(s.Name), Text: said})
			}
		}
	}
}
