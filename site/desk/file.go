package desk

import (
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Placed tells whether a file is one that staff put where it stands, so that they may take
// it away, put another in its place, or give it another name: none that a release, an
// approval or an import wrote down, and not the settings.
func Placed(file string) bool {
	if !fs.ValidPath(file) || strings.Contains(file, `\`) {
		return false
	}
	folded := strings.ToLower(file) // as some disks read it
	switch bureau.KindAt(folded) {
	case bureau.SiteKind, bureau.PrivacyKind, bureau.ApprovalsKind, bureau.OriginsKind, bureau.RecipeKind:
		return false
	}
	top, _, below := strings.Cut(file, "/")
	return below && (top == "inbox" || top == "templates" || top == "data" && !strings.HasPrefix(folded, bureau.ReleaseKind.Folder()+"/"))
}

// Made tells whether a file that is not there can be made from what is.
func Made(file string) bool {
	k := bureau.KindAt(file)
	return k == bureau.StatisticDescriptorKind || k == bureau.TranslationsKind
}

// fixed tells whether a file has the one name that its kind has.
func fixed(file string) bool {
	k := bureau.KindAt(file)
	return k != bureau.UnknownKind && k != bureau.StaticKind && !strings.Contains(k.File(), "*") || strings.HasPrefix(file, "templates/")
}

// placeAt is the address of a file as a whole.
func placeAt(file string) string { return "/file?file=" + url.QueryEscape(file) }

// wholeOf is that address, empty where the file stays as it is or is not there.
func wholeOf(t Text) string {
	if !t.There || !Placed(t.File) {
		return ""
	}
	return placeAt(t.File)
}

// way is another way to mend a problem than to edit its place.
type way struct{ Href, Text string }

// waysOf gives the places at which a problem is mended: that of the folder, where it has one
// that is edited, and what else there is.
func (d *desk) waysOf(p problem.Problem) (edit string, ways []way) {
	edit = placeOf(p.Position)
	switch p.Rule {
	case problem.AddressGone:
		return "/changes", []way{{"/changes", d.say("确实搬走、撤下的，到变化单写明现在的去处", "where it did move or go, say on the sheet of changes where readers find it now")}}
	case problem.RevisionUnexplained, problem.RevisionRemoved, problem.RevisionRestated:
		ways = append(ways, way{"/changes", d.say("确实变了的，到变化单说明原因", "where it did change, say why on the sheet of changes")})
	case problem.StatsNoTable:
		return placeAt(bureau.KindAt(p.File).Describes().Beside(p.File)), append(ways, way{placeAt(p.File), d.say("移走说明文件", "take the descriptor away")})
	case problem.StatsNoDescriptor:
		ways = append(ways, way{placeAt(bureau.KindAt(p.File).DescribedBy().Beside(p.File)), d.say("写说明文件", "write the descriptor")})
	case problem.TranslationMissing:
		return edit, append(ways, way{placeAt(p.File), d.say("列出还没有译文的，再填上", "list what is not translated, and fill it in")})
	case problem.YAMLKey, problem.YAMLDuplicate, problem.YAMLType:
		if edit != "" && !(p.Rule == problem.YAMLType && !strings.Contains(p.Message.ZH, "应分项填写")) {
			edit = textAt(p.File, p.Line) // no form has such a key twice, or a text in the place of several keys
		}
	case problem.CSVEmpty, problem.CSVEncoding, problem.CSVFormat, problem.TextEncoding:
		if p.Cell == "" {
			edit = placeAt(p.File)
		}
	}
	if strings.Contains(p.Hint.ZH, bureau.PrivacyKind.File()) {
		ways = append(ways, way{formAt(problem.Position{File: bureau.PrivacyKind.File()}), d.say("经批准可以公开的，到这里登记", "where it may be published, enter that here")})
	}
	if by := bureau.KindAt(p.File).DescribedBy(); by != bureau.UnknownKind && p.Rule != problem.StatsNoDescriptor && strings.Contains(p.Hint.ZH, "说明文件") {
		ways = append(ways, way{formAt(problem.Position{File: by.Beside(p.File)}), d.say("改说明文件", "edit the descriptor")})
	}
	if area := p.Rule.Area(); Placed(p.File) && (edit == "" || p.Line <= 1 && (area == "file" || area == "files")) {
		return placeAt(p.File), ways
	}
	if p.Line == 1 && p.Column == 0 && strings.HasPrefix(edit, "/form?") {
		edit = formAt(problem.Position{File: p.File}) // it is of the whole file
	}
	if name := missing(p); name != "" {
		edit = "/form?file=" + url.QueryEscape(p.File) + "&key=" + name + "#here"
	}
	return edit, ways
}

// missing gives the key that a file has not at all, where that is what is wrong.
func missing(p problem.Problem) string {
	if p.Line > 1 {
		return ""
	}
	of, has := forms[bureau.KindAt(p.File)]
	if !has || of == nil {
		return ""
	}
	for part := range strings.SplitSeq(p.Message.ZH, "（") {
		name, _, ended := strings.Cut(part, "）")
		if ended && known(keysOf(bureau.KindAt(p.File), problem.Chinese), name) {
			return name
		}
	}
	return ""
}

// filed is a file as a whole.
type filed struct {
	File     string
	Name     string
	Was      string
	There    bool
	Size     int
	Problems []shown
	Edit     string // where what it holds is edited; empty where it is not
	Fixed    bool   // it can have no other name
	Ending   string // of what is put in its place
	Make     string // what can be made here; empty for nothing
	Blank    string // where it is filled in from nothing
	Wrong    []shown
	Inbox    bool
}

// file shows a file as a whole.
func (d *desk) file(w http.ResponseWriter, r *http.Request) {
	d.showFile(w, r, http.StatusOK, nil)
}

func (d *desk) showFile(w http.ResponseWriter, r *http.Request, status int, wrong problem.List) {
	file := r.FormValue("file")
	if !Placed(file) {
		d.nowhere(w, http.StatusNotFound, "/mend")
		return
	}
	t, err := d.Work.File(r.Context(), file)
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	f := filed{File: file, Name: path.Base(file), Was: t.SHA256, There: t.There, Size: len(t.Bytes), Fixed: fixed(file), Ending: path.Ext(file), Wrong: d.shownOf(wrong), Inbox: strings.HasPrefix(file, "inbox/")}
	if t.There {
		f.Edit = placeOf(problem.Position{File: file})
	}
	if Made(file) && (!t.There || bureau.KindAt(file) == bureau.TranslationsKind) { // such a list grows
		if bureau.KindAt(file) == bureau.StatisticDescriptorKind {
			f.Blank = placeOf(problem.Position{File: file}) + "&new=1"
		}
		f.Make = d.say("照表里的内容写一份说明文件", "Write the descriptor from what the table shows")
		if bureau.KindAt(file) == bureau.TranslationsKind {
			f.Make = d.say("列出还没有译文的文字", "List what is not translated")
		}
	} else if status == http.StatusOK && !t.There {
		status = http.StatusNotFound
	}
	step := "/mend"
	if f.Inbox {
		step = "/inbox"
	} else {
		problems, err := d.found(r.Context(), false)
		if err != nil {
			d.failed(w, step, err)
			return
		}
		for i, p := range problems {
			if (p.File == file || p.Rule == problem.StatsNoTable && placeAt(file) == d.shownOf(problems[i : i+1])[0].Edit) && len(f.Problems) < maxElsewhere {
				s := d.shownOf(problems[i : i+1])[0]
				if s.Edit == placeAt(file) {
					s.Edit = ""
				}
				s.Ways = slices.DeleteFunc(s.Ways, func(one way) bool { return one.Href == placeAt(file) })
				f.Problems = append(f.Problems, s)
			}
		}
	}
	d.show(w, status, step, "file.html", f.Name, f)
}

// place does something with a file as a whole.
func (d *desk) place(w http.ResponseWriter, r *http.Request) {
	file, was := r.FormValue("file"), r.FormValue("was")
	if r.FormValue("do") == "attach" { // its name says where it goes
		sent, head, err := r.FormFile("with")
		if err != nil {
			back(w, r, "/files") // none was chosen
			return
		}
		sent.Close()
		file, was = bureau.StaticKind.File()+path.Base(strings.ReplaceAll(head.Filename, `\`, "/")), ""
	}
	if !Placed(file) {
		d.nowhere(w, http.StatusNotFound, "/mend")
		return
	}
	switch r.FormValue("do") {
	case "away":
		d.moved(w, r, file, was, "")
	case "name":
		name := strings.TrimSpace(r.FormValue("name"))
		if name == path.Base(file) || name == "" {
			back(w, r, placeAt(file))
			return
		}
		d.moved(w, r, file, was, name)
	case "put", "attach":
		d.replace(w, r, file, was)
	case "make":
		problems, err := d.Work.Make(r.Context(), file)
		switch {
		case err != nil:
			d.failed(w, "/mend", err)
		case len(problems) > 0:
			d.showFile(w, r, http.StatusUnprocessableEntity, problems)
		default:
			back(w, r, placeOf(problem.Position{File: file}))
		}
	default:
		d.nowhere(w, http.StatusNotFound, "/mend")
	}
}

// moved gives a file another name, or takes it away where the name is empty.
func (d *desk) moved(w http.ResponseWriter, r *http.Request, file, was, name string) {
	done, problems, err := d.Work.Move(r.Context(), file, was, name)
	switch {
	case err != nil:
		d.failed(w, "/mend", err)
	case len(problems) > 0:
		d.showFile(w, r, http.StatusUnprocessableEntity, problems)
	case !done:
		d.another(w, r, file)
	case name == "":
		d.told.tell(d.say("已经移走 %s。移错了的，在“做过的”里撤销。", "%s was taken away. If that was wrong, undo it under “Done”.", file))
		back(w, r, d.after(file, false))
	default:
		d.told.tell(d.say("已经改名为 %s。", "It is called %s now.", name))
		back(w, r, d.after(path.Join(path.Dir(file), name), true))
	}
}

// after is the page that shows what became of a file.
func (d *desk) after(file string, there bool) string {
	switch {
	case !strings.HasPrefix(file, "inbox/"):
		return "/mend"
	case there:
		return "/reading?file=" + url.QueryEscape(file)
	}
	return "/inbox"
}

// another says that a file is another by now than the one that was shown.
func (d *desk) another(w http.ResponseWriter, r *http.Request, file string) {
	var list problem.List
	list.Error(problem.Position{File: file}, problem.FileName, problem.Say("没有做：这个文件在别处改过了", "not done: the file was changed elsewhere meanwhile"), problem.Say("看一看现在的，再做一次", "look at it as it is now, and do it again"))
	d.showFile(w, r, http.StatusConflict, list)
}

// replace puts a file that was sent in the place of another.
func (d *desk) replace(w http.ResponseWriter, r *http.Request, file, was string) {
	sent, head, err := r.FormFile("with")
	if err != nil {
		back(w, r, placeAt(file)) // none was chosen
		return
	}
	defer sent.Close()
	data, err := io.ReadAll(sent) // the whole request has a bound
	if err != nil {
		d.failed(w, "/mend", err)
		return
	}
	if want := path.Ext(file); !strings.EqualFold(path.Ext(head.Filename), want) {
		var list problem.List
		hint := problem.Say("另存为%s文件，再放上来", "save it as a %s file, and put that here", want)
		if want == ".csv" {
			hint = problem.Say("在表格软件里另存为“CSV UTF-8（逗号分隔）”，再放上来；各部门报送的报表，从“读入”放进来", "save it as “CSV UTF-8 (comma delimited)” in the spreadsheet, and put that here; what a department sent is brought in under “Bring in”")
		}
		list.Error(problem.Position{File: file}, problem.FileName, problem.Say("没有换上：这里要的是%s文件，选的是“%s”", "not replaced: a %s file stands here, and “%s” was chosen", want, problem.Quote(head.Filename)), hint)
		d.showFile(w, r, http.StatusUnprocessableEntity, list)
		return
	}
	_, put, err := d.Work.Put(r.Context(), file, was, data)
	switch {
	case err != nil:
		d.failed(w, "/mend", err)
	case !put:
		d.another(w, r, file)
	default:
		d.told.tell(d.say("已经换上 %s。换错了的，在“做过的”里撤销。", "%s stands in its place. If that was wrong, undo it under “Done”.", file))
		back(w, r, d.after(file, true))
	}
}
