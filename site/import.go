package site

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/check"
	"sunshine/site/figures"
	"sunshine/site/folder"
	"sunshine/site/intake"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
	"sunshine/site/write"
)

// Inbox is where office files arrive. Nothing in it is published.
const Inbox = "inbox"

// Importing says what is imported, and stands for clock and terminal.
type Importing struct {
	Dir    string   // the bureau's folder
	Files  []string // office files, as the command names them; all of Dir/inbox where there are none
	As     string   // the name of what is read
	Recipe string   // the recipe that it is read by
	AsOf   period.Date
	DryRun bool // write nothing
	// Answers are what somebody said of what is not as it was. An older figure that is
	// taken is explained by Explain.
	Answers intake.Answers
	// Said is what somebody said of the columns of a table that is new, by their headers.
	Said map[string]intake.Saying
	// Confirm asks somebody whether a table that is new is read rightly.
	Confirm func(*Imported) bool
}

// Imported is one table of an office file and what became of it.
type Imported struct {
	*intake.Reading
	New     bool // it was read for the first time
	Refused bool // nothing of its office file was taken: a problem, a question, no confirmation
	Change  intake.Change
	Written []string // the files that were written, or would be under DryRun
}

// Lock keeps other imports and publications out of a bureau's folder until unlock: of two
// imports at once each would write a table without the rows of the other. While another
// one holds it, that is the problem.
func Lock(dir string) (unlock func(), problems problem.List, err error) {
	unlock, err = write.Lock(filepath.Join(dir, "data"))
	if busy := (*write.Error)(nil); errors.As(err, &busy) && busy.Err == nil {
		return nil, busy.Problems, nil
	}
	return unlock, nil, err
}

// Import reads office files into data/stats, data/suggestions and data/registers, each
// file by itself: one that has a problem or a question is left out whole, and the others
// are written. What one file brings, the next of the same run is held against. While a
// recipe cannot be read, a table that fits no other is not taken for a new one.
func Import(o Importing) (all []*Imported, problems problem.List, err error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	i := importer{Importing: o, root: root, fsys: root.FS(), over: map[string][]byte{}}
	files := o.Files
	if len(files) == 0 {
		files = i.inbox()
	}
	if !i.units() {
		return nil, i.problems, nil
	}
	for _, file := range files {
		if err := i.file(file); err != nil {
			return i.all, i.problems, err
		}
	}
	return i.all, i.problems, i.sweep()
}

type importer struct {
	Importing
	root     *os.Root
	fsys     fs.FS
	over     map[string][]byte // what files before this one brought, under DryRun
	offices  []bureau.Unit     // of units.csv
	names    map[string]bool   // of these
	all      []*Imported
	problems problem.List
}

// inbox lists the files of the inbox by name.
func (i *importer) inbox() (files []string) {
	if !i.folder(Inbox) {
		return nil
	}
	fs.WalkDir(i.fsys, Inbox, func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			i.problems = append(i.problems, folder.Problem(name, 0, err))
		case name == Inbox:
		case strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || base == "Thumbs.db" || base == "desktop.ini":
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			files = append(files, filepath.Join(i.Dir, filepath.FromSlash(name)))
		}
		return nil
	})
	return files
}

// folder tells whether a folder of the bureau is there; one that cannot be read is a
// problem.
func (i *importer) folder(name string) (there bool) {
	err := folder.Folder(i.fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		i.problems = append(i.problems, folder.Problem(name, 0, err))
	}
	return err == nil
}

// data reads a file of the bureau's folder; nil where there is none.
func (i *importer) data(file string) ([]byte, error) {
	if data, ok := i.over[file]; ok {
		return data, nil
	}
	data, err := folder.Read(i.fsys, file, bureau.KindAt(file).Limit())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// units takes the names of the bureau's units; it is false where they cannot be read,
// since a column of units would be taken for one of categories.
func (i *importer) units() bool {
	i.names = map[string]bool{}
	file := bureau.UnitsKind.File()
	data, err := i.data(file)
	if err != nil {
		i.problems = append(i.problems, folder.Problem(file, bureau.UnitsKind.Limit(), err))
		return false
	}
	if data == nil {
		return true
	}
	i.offices, _ = load.Rows[bureau.Unit](file, data)
	for n := range i.offices {
		for _, name := range i.offices[n].Names() {
			i.names[name] = name != ""
		}
	}
	return true
}

// recipes reads those that there are. Where one cannot be read it is told, and a table
// that fits no other may be its own.
func (i *importer) recipes() (recipes []bureau.Recipe, missing map[string][]string, broken bool) {
	missing = map[string][]string{}
	kind := bureau.RecipeKind
	entries, err := fs.ReadDir(i.fsys, kind.Folder())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		i.once(problem.List{folder.Problem(kind.Folder(), 0, err)})
		broken = true
	}
	var files []string
	for _, e := range entries {
		if file := path.Join(kind.Folder(), e.Name()); bureau.KindAt(file) == kind {
			files = append(files, file)
		}
	}
	for file := range i.over {
		if bureau.KindAt(file) == kind && !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	for _, file := range files {
		data, err := i.data(file)
		if err != nil {
			i.once(problem.List{folder.Problem(file, kind.Limit(), err)})
			broken = true
			continue
		}
		r, problems := load.Recipe(file, data)
		i.once(problems)
		if problems.Errors() > 0 {
			broken = true
			continue
		}
		recipes = append(recipes, r)
		if d, there := i.descriptor(r.Name); there {
			for _, m := range d.Schema.MissingValues {
				missing[r.Name] = append(missing[r.Name], m.Value.V)
			}
		}
	}
	return recipes, missing, broken
}

// once tells what was not told yet: the recipes are read for each file.
func (i *importer) once(problems problem.List) {
	for _, p := range problems {
		if !slices.Contains(i.problems, p) {
			i.problems = append(i.problems, p)
		}
	}
}

func (i *importer) descriptor(name string) (d bureau.Descriptor, there bool) {
	file := bureau.StatisticDescriptorKind.File(name)
	data, err := i.data(file)
	if err != nil || data == nil {
		return d, false
	}
	d, _ = load.Descriptor(file, data)
	return d, true
}

// site is site.yaml, as far as it can be read.
func (i *importer) site() bureau.Site {
	file := bureau.SiteKind.File()
	data, _ := i.data(file)
	s, _ := load.Site(file, data)
	return s
}

// organisation is the bureau's name.
func (i *importer) organisation() string { return i.site().Organization.V }

// ledgers are the names of its ledgers.
func (i *importer) ledgers() (names []string) {
	for _, l := range i.site().Suggestions.Ledgers {
		names = append(names, l.V)
	}
	return names
}

// file imports one office file.
func (i *importer) file(file string) error {
	shown := filepath.ToSlash(file)
	var data []byte
	var err error
	if inside, none := filepath.Rel(i.Dir, file); none == nil && filepath.IsLocal(inside) {
		shown = filepath.ToSlash(inside)
		data, err = folder.ReadUnder(i.fsys, shown, table.MaxFile)
	} else {
		data, err = readOffice(file)
	}
	if err != nil {
		i.problems = append(i.problems, folder.Problem(shown, table.MaxFile, err))
		return nil
	}
	recipes, missing, broken := i.recipes()
	book, problems := table.Open(shown, data)
	before := len(i.problems)
	i.problems.Add(problems)
	if problems.Errors() > 0 {
		return nil
	}
	read := intake.Read(book, intake.Options{As: i.As, Recipe: i.Recipe, Recipes: recipes, Missing: missing, Units: i.names, Ledgers: i.ledgers(), AsOf: i.AsOf, Answers: i.Answers, Said: i.Said})
	from := origin{book.SHA256, partly(read)}
	i.problems.Add(read.Problems)
	for _, q := range read.Questions {
		i.problems.Error(q.At, q.Rule, q.Message, q.Hint)
	}
	if len(read.Readings) == 0 && i.problems[before:].Errors() == 0 {
		i.problems.Error(problem.Position{File: shown}, problem.ImportTable, problem.Say("没有找到表：没有一处是表头下面有行", "no table was found: nowhere does a header stand over rows"),
			problem.Say("核对是否发错了文件；表至少要有一行表头和一行内容", "see whether it is the wrong file; a table has a header and a row at least"))
	}
	// All tables of the file are held against what there is before one is written.
	stop := i.problems[before:].Errors() > 0
	var plans []plan
	for _, r := range read.Readings {
		t := &Imported{Reading: r, Refused: true}
		i.all = append(i.all, t)
		p := i.plan(t, plans, from) // the workbook is free by now
		plans = append(plans, p)
		stop = stop || len(r.Questions) > 0 || broken && t.New
	}
	if len(plans) > 0 { // what belongs to no table is told with the first
		plans[0].Skipped = append(plans[0].Skipped, read.Skipped...)
		plans[0].Parts = append(plans[0].Parts, read.Parts...)
	}
	if stop {
		return nil
	}
	for _, p := range plans {
		if !p.New || i.Confirm == nil {
			continue
		}
		if !i.Confirm(p.Imported) {
			i.problems.Error(problem.Position{File: shown}, problem.ImportNew, problem.Say("第一次读入，还没有人看过，没有写", "this is read for the first time and was not confirmed; nothing was written"),
				problem.Say("看上面的读法，对的加 --yes 再运行一次；不对的，改好文件再读", "look at the reading above; if it is right, run this again with --yes; if not, correct the file first"))
			return nil
		}
	}
	for _, p := range plans {
		if err := i.write(p); err != nil {
			return err
		}
	}
	return nil
}

// readOffice gives the bytes of an office file that is not in the bureau's folder.
func readOffice(file string) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return folder.Read(root.FS(), filepath.Base(file), table.MaxFile)
}

// plan is a table with the files that it becomes, in the order in which they are
// written: the rows come last, so that whatever is cut off leaves a table as it was,
// and the same command brings it to its end.
type plan struct {
	*Imported
	files []bureau.File
}

// origin is what is remembered of an office file.
type origin struct {
	sum     string
	leftOut bool // something of it is not published
}

// partly tells whether something of an office file is not taken.
func partly(read intake.Result) bool {
	return len(read.Skipped) > 0 || slices.ContainsFunc(read.Readings, func(r *intake.Reading) bool { return len(r.Skipped) > 0 })
}

// plan holds a reading against what there is.
func (i *importer) plan(t *Imported, before []plan, from origin) plan {
	r := t.Reading
	p := plan{Imported: t}
	t.New = r.Known == nil
	if r.Name == "" {
		r.Name = text.Slug(r.Title)
	}
	if text.Slug(r.Name) != r.Name || r.Name == "" {
		r.Questions = append(r.Questions, intake.Question{At: r.Heads[0], Rule: problem.ImportRecipe, Message: problem.Say("不能用“%s”作名称", "%q cannot be the name of a table", problem.Quote(r.Name)),
			Hint: problem.Say("用 --as 取一个名称，只用小写字母、数字、汉字和连字符", "give it a name with --as, in lower-case letters, digits, Chinese characters and hyphens")})
		return p
	}
	if n := slices.IndexFunc(before, func(b plan) bool { return b.Name == r.Name }); n >= 0 && r.Known != nil && before[n].Known != nil {
		r.Questions = append(r.Questions, intake.Question{At: r.Heads[0], Rule: problem.ImportLayout, Message: problem.Say("“%s”在这个文件里有两种表式，另一种在 %s", "%[1]q stands in the file in two layouts, the other is at %[2]s", problem.Quote(r.Name), sheetCell(before[n].Heads[0])),
			Hint: problem.Say("把各张表的表头改成一样的，少的列补上（没有数的空着），再导入；表式确实改了的，新旧两种分成两个文件，先导入旧的", "give all of them the same header, with the columns that are missing (left empty where there is no figure), and import again; if the layout did change, put the old and the new one into files of their own and import the old one first")})
		return p
	}
	if slices.ContainsFunc(before, func(b plan) bool { return b.Name == r.Name }) {
		r.Questions = append(r.Questions, intake.Question{At: r.Heads[0], Rule: problem.ImportRecipe, Message: problem.Say("文件里有两份表都叫“%s”", "two tables of the file would be %q", problem.Quote(r.Name)),
			Hint: problem.Say("给各表写上不同的标题，或者用 --as 取名", "give them different titles, or a name with --as")})
		return p
	}
	kind := bureau.RecipeRows(r.Becomes)
	csvFile, where, recipe := kind.File(r.Name), bureau.OriginsKind.File(r.Name), bureau.RecipeKind.File(r.Name)
	about := "" // its descriptor; a ledger has none
	read := []string{csvFile, where, recipe}
	if kind.DescribedBy() != bureau.UnknownKind {
		about = kind.DescribedBy().File(r.Name)
		read = append(read, about)
	}
	standing := map[string][]byte{}
	for _, file := range read {
		data, err := i.data(file)
		if err != nil {
			i.problems = append(i.problems, folder.Problem(file, bureau.KindAt(file).Limit(), err))
			r.Questions = append(r.Questions, unreadable(r, file))
			return p
		}
		standing[file] = data
	}
	old, descriptor, was := standing[csvFile], standing[about], standing[where]
	if t.New && old != nil && i.As != r.Name {
		r.Questions = append(r.Questions, intake.Question{At: r.Heads[0], Rule: problem.ImportRecipe, Message: problem.Say("%s 已经有了，不是由这份报表读入的", "%s is there already and was not read from this table", csvFile),
			Hint: problem.Say("是同一份的，加 --as %s，读入的接在后面；不是的，用 --as 另取一个名称", "if it is the same, add --as %s, and the rows are appended; if not, give it another name with --as", r.Name)})
		return p
	}
	if t.New && standing[recipe] != nil {
		r.Questions = append(r.Questions, intake.Question{At: r.Heads[0], Rule: problem.ImportRecipe, Message: problem.Say("%s 已经有了，是另一份表的读法", "%s is there already, and is the recipe of another table", recipe),
			Hint: problem.Say("用 --as 另取一个名称", "give this table another name with --as")})
		return p
	}
	rows := old
	if old == nil {
		rows, t.Change = r.CSV()
	} else {
		options := table.Options{}
		if r.Becomes == bureau.RecipeStatistic {
			d, _ := load.Descriptor(about, descriptor)
			options.Encoding = d.Encoding
			for _, f := range d.Schema.Fields {
				options.Header = append(options.Header, strings.TrimSpace(f.Name.V))
			}
		}
		there, problems := table.Read(csvFile, old, options)
		if problems.Errors() > 0 {
			i.problems.Add(problems)
			r.Questions = append(r.Questions, unreadable(r, csvFile))
			return p
		}
		if r.Becomes == bureau.RecipeStatistic {
			other := options.Encoding.V != "" && there.Encoding != "UTF-8" // than that which is written
			wide := r.Widen(there, old)
			if len(r.Gained) > 0 {
				there, _ = table.Read(csvFile, wide, table.Options{Header: slices.Concat(options.Header, r.Gained)})
			}
			rows, t.Change = r.Append(there, wide)
			if other && len(r.Questions) == 0 && string(rows) != string(old) {
				r.Questions = append(r.Questions, intake.Question{At: r.Heads[0], Rule: problem.ImportWritten, Message: problem.Say("%s 写明 %s 的编码是%s，读入以后它是UTF-8的，就读不出了，没有写", "%s says that the encoding of %s is %s; with what is read it would be UTF-8, and could not be read: nothing was written", about, csvFile, problem.Quote(options.Encoding.V)),
					Hint: problem.Say("把 %[1]s 另存为UTF-8编码的CSV，删去 %[2]s 的 encoding（编码）一行，再导入", "save %[1]s as CSV in UTF-8, delete the line encoding of %[2]s, and import again", csvFile, about)})
			}
		} else {
			rows, t.Change = r.Join(there, old)
		}
	}
	if len(r.Questions) > 0 {
		return p
	}
	if i.judge(r); len(r.Questions) > 0 {
		return p
	}
	if r.Becomes == bureau.RecipeStatistic {
		i.retitled(t, rows, descriptor)
	}
	if t.New || len(r.Gained) > 0 || r.Widened() {
		p.files = append(p.files, bureau.File{Path: recipe, Bytes: r.Recipe()})
	}
	switch {
	case about == "":
	case descriptor == nil:
		p.files = append(p.files, bureau.File{Path: about, Bytes: i.describe(r)})
	case string(rows) != string(old) && old != nil:
		carried := i.carry(t, descriptor)
		if len(r.Questions) > 0 {
			return p
		}
		if string(carried) != string(descriptor) {
			p.files = append(p.files, bureau.File{Path: about, Bytes: carried})
		}
	}
	var known bureau.Origins
	if was != nil {
		var problems problem.List
		if known, problems = load.Origins(where, was); len(problems) > 0 { // what it says is not to be lost unseen
			i.problems.Add(problems)
			r.Questions = append(r.Questions, unreadable(r, where))
			return p
		}
	}
	if now := r.Origins(known, from.sum, i.AsOf, from.leftOut); string(now) != string(was) {
		p.files = append(p.files, bureau.File{Path: where, Bytes: now})
	}
	if string(rows) != string(old) {
		p.files = append(p.files, bureau.File{Path: csvFile, Bytes: rows})
	}
	return p
}

// sheetCell names a cell with its sheet.
func sheetCell(at intake.Place) string { return strings.TrimPrefix(at.Sheet+"!"+at.Cell, "!") }

// describe writes the descriptor of what is read for the first time.
func (i *importer) describe(r *intake.Reading) []byte {
	if r.Becomes == bureau.RecipeRegister {
		return r.RegisterDescriptor(i.AsOf, i.organisation())
	}
	return r.Descriptor(i.AsOf, i.organisation())
}

// carry gives a descriptor what was added: its columns, and its day.
func (i *importer) carry(t *Imported, descriptor []byte) []byte {
	if t.Becomes == bureau.RecipeRegister {
		return intake.Update(descriptor, i.AsOf)
	}
	about := bureau.StatisticDescriptorKind.File(t.Name)
	d, _ := load.Descriptor(about, descriptor)
	carried := descriptor
	if len(t.Gained) > 0 && len(d.Schema.Fields) > 0 {
		if carried = t.Extend(descriptor, d); !extends(about, carried, d, t.Gained) {
			t.Questions = append(t.Questions, intake.Question{At: t.Heads[0], Rule: problem.ImportLayout, Message: problem.Say("%s 的字段是另一种写法，“%s”加不进去，没有写", "the fields of %s are written in another way, %q could not be added, and nothing was written", about, problem.Quote(strings.Join(t.Gained, "、"))),
				Hint: problem.Say("在 %s 的 schema.fields 里照别的字段把这几列写上，再导入", "list these columns in the schema.fields of %s as the others are, and import again", about)})
		}
	}
	if len(t.Change.Periods) > 0 {
		_, _, frequency := t.Periods()
		carried = intake.Carry(carried, d, i.AsOf, frequency)
	}
	return carried
}

// extends tells whether a descriptor that columns were added to still lists its fields, in
// their order, and these besides.
func extends(file string, data []byte, was bureau.Descriptor, gained []string) bool {
	d, problems := load.Descriptor(file, data)
	names := func(fields []bureau.FieldSpec) (all []string) {
		for _, f := range fields {
			if name := strings.TrimSpace(f.Name.V); !slices.Contains(gained, name) {
				all = append(all, name)
			}
		}
		return all
	}
	return problems.Errors() == 0 && slices.Equal(names(d.Schema.Fields), names(was.Schema.Fields)) && len(d.Schema.Fields) == len(names(was.Schema.Fields))+len(gained)
}

// judge reads what a reading becomes as a build will, and looks for personal data in it:
// what would stop the build is told at the cell of the office file, and stops here.
func (i *importer) judge(r *intake.Reading) {
	rows, _ := r.CSV()
	kind := bureau.RecipeRows(r.Becomes)
	file, about := kind.File(r.Name), kind.DescribedBy()
	var value any
	var problems problem.List
	var found []bureau.Finding
	var source []byte
	if about != bureau.UnknownKind {
		source = i.describe(r)
		found = privacy.Input(about, about.File(r.Name), source, nil)
	}
	switch r.Becomes {
	case bureau.RecipeLedger:
		var matters []bureau.Matter
		matters, problems = load.Matters(file, rows)
		b := &bureau.Bureau{Site: i.site(), Units: i.offices, Matters: matters}
		b.Site.Suggestions.Statistic = bureau.String{} // what it counts is not that of one list
		for _, p := range check.Matters(b, i.AsOf) {
			if p.Rule == problem.MatterStatus && r.Lacks(bureau.MatterSteps[bureau.Answered].ZH) {
				p.Hint = problem.Say("表里没有写反馈日期的一列：请报送单位加一列“反馈日期”（或者“反馈时间”），写上是哪一天反馈的，再导入；确实还没有办结的，才改成“办理中”", "the table has no column for the day of the answer: have a column 反馈日期 (or 反馈时间) added with that day, and import it again; write 办理中 only if the matter is not completed")
			}
			problems = append(problems, p)
		}
		problems = append(problems, i.taken(matters, file)...)
		value = matters
	case bureau.RecipeRegister:
		d, _ := load.RegisterDescriptor(about.File(r.Name), source)
		var register *bureau.Register
		register, problems = load.Register(file, rows, d, true)
		if register != nil {
			problems = append(problems, check.Register(&bureau.Bureau{}, register, i.AsOf)...)
			value = register
		}
	default:
		d, _ := load.Descriptor(about.File(r.Name), source)
		value, problems = load.Statistic(file, rows, d, true, period.Options{})
	}
	for _, p := range problems {
		if p.Severity == problem.Error {
			r.Questions = append(r.Questions, intake.Question{At: r.Place(p.Cell), Rule: p.Rule, Message: p.Message, Hint: p.Hint})
		}
	}
	found = append(found, privacy.Input(kind, file, rows, value)...)
	found = append(found, privacy.Input(bureau.RecipeKind, bureau.RecipeKind.File(r.Name), r.Recipe(), nil)...)
	names := []bureau.OfficeSheet{{File: bureau.String{V: path.Base(r.File), At: r.Heads[0]}}}
	for _, sheet := range r.Sheets {
		names = append(names, bureau.OfficeSheet{Sheet: bureau.String{V: sheet, At: r.Heads[0]}})
	}
	found = append(found, privacy.List(bureau.Origins{Sheets: names})...)
	for _, f := range found {
		hint := problem.Say("从文件里删去，再导入；整列都是的，删去这一列", "take it out of the file and import it again; where a whole column is such, delete the column")
		if f.Rule == problem.PrivacyName {
			hint = problem.Say("把名字改成“某”，例如“张某被诈骗案”，再导入；用不着的，删去这一列", "mask the given name with 某, as in 张某被诈骗案, and import it again; delete the column if it is not needed")
		}
		if f.Severity == problem.Error && !f.Cleared {
			r.Questions = append(r.Questions, intake.Question{At: r.Place(f.At.Cell), Rule: f.Rule, Message: problem.Say("这里有像个人信息的内容，不读入", "this looks like personal data, and is not read"), Hint: hint})
		}
	}
}

// retitled asks about a new period that has all the figures of an earlier one.
func (i *importer) retitled(t *Imported, rows, descriptor []byte) {
	if descriptor == nil {
		descriptor = i.describe(t.Reading)
	}
	file := bureau.StatisticKind.File(t.Name)
	d, _ := load.Descriptor(bureau.StatisticDescriptorKind.File(t.Name), descriptor)
	s, _ := load.Statistic(file, rows, d, true, period.Options{})
	figures.Decide(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
	for _, c := range check.RetitledIn(s) {
		for _, row := range []int{c.Row, c.Before} { // the earlier one may have come later
			p := s.Period(row)
			if p.Text = ""; slices.Contains(t.Change.Periods, p) {
				i.problems.Warn(t.First(p), problem.FiguresSame, c.Say(s), problem.Say("和报送单位核对，确实相同的不用改；有一期不对的，在 %[1]s 删去那一期的各行，等那一期的表来了再导入", "ask who sent it, and leave it if they are the same; if one of the periods is wrong, delete its rows in %[1]s, and import its table when it comes", file))
				break
			}
		}
	}
}

// taken tells of the matters whose number is that of one in another ledger.
func (i *importer) taken(matters []bureau.Matter, of string) (problems problem.List) {
	kind := bureau.MattersKind
	entries, _ := fs.ReadDir(i.fsys, kind.Folder())
	for _, e := range entries {
		file := path.Join(kind.Folder(), e.Name())
		if data, err := i.data(file); err == nil && bureau.KindAt(file) == kind && file != of {
			others, _ := load.Matters(file, data)
			problems = append(problems, load.Taken(matters, others)...)
		}
	}
	return problems
}

func unreadable(r *intake.Reading, file string) intake.Question {
	return intake.Question{At: r.Heads[0], Rule: problem.ImportWritten, Message: problem.Say("%s 读不了，没有写", "%s cannot be read, and nothing was written", file),
		Hint: problem.Say("先照提示改好这个文件，再导入", "put that file right first, as the messages about it say, and import again")}
}

// sweep removes what interrupted imports left beside the files that this one wrote.
func (i *importer) sweep() error {
	if i.DryRun {
		return nil
	}
	last := map[string]string{} // by folder
	for _, t := range i.all {
		for _, file := range t.Written {
			last[path.Dir(file)] = file
		}
	}
	for _, file := range slices.Sorted(maps.Values(last)) {
		if err := write.Sweep(i.root, file); err != nil {
			return err
		}
	}
	return nil
}

// write writes the files of a plan.
func (i *importer) write(p plan) error {
	p.Refused = false
	for _, f := range p.files {
		if i.DryRun {
			i.over[f.Path] = f.Bytes
		} else if err := write.File(i.root, f.Path, f.Bytes); err != nil {
			return err
		}
		p.Written = append(p.Written, f.Path)
	}
	return nil
}
