package desk

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
)

// listed is how many files of a kind the page lists; the rest is found by its name.
const listed = 100

// shelves are the kinds of file in the order of the page, those that belong together as one.
var shelves = []struct {
	name  problem.Text
	kinds []bureau.Kind
}{
	{problem.Text{ZH: "办事指南", EN: "Guides"}, []bureau.Kind{bureau.GuideKind}},
	{problem.Text{ZH: "统计", EN: "Statistics"}, []bureau.Kind{bureau.StatisticDescriptorKind, bureau.StatisticKind}},
	{problem.Text{ZH: "公告", EN: "Notices"}, []bureau.Kind{bureau.NoticeKind}},
	{problem.Text{ZH: "页面", EN: "Pages"}, []bureau.Kind{bureau.PageKind}},
	{problem.Text{ZH: "政策文件", EN: "Policies"}, []bureau.Kind{bureau.PolicyKind}},
	{problem.Text{ZH: "年度报告", EN: "Annual reports"}, []bureau.Kind{bureau.AnnualKind}},
	{problem.Text{ZH: "清单", EN: "Registers"}, []bureau.Kind{bureau.RegisterDescriptorKind, bureau.RegisterKind}},
	{problem.Text{ZH: "台账", EN: "Ledgers"}, []bureau.Kind{bureau.MattersKind, bureau.InquiriesKind, bureau.RequestsKind}},
	{problem.Text{ZH: "设置和全局的表", EN: "Settings, and lists for all"}, []bureau.Kind{bureau.SiteKind, bureau.UnitsKind, bureau.TargetsKind, bureau.PrivacyKind, bureau.RevisionsKind, bureau.AnswersKind, bureau.AddressesKind}},
	{problem.Text{ZH: "报表的读法", EN: "Recipes"}, []bureau.Kind{bureau.RecipeKind}},
	{problem.Text{ZH: "译文", EN: "Translations"}, []bureau.Kind{bureau.TranslationsKind}},
}

// fileShelf is one kind of file on the page.
type fileShelf struct {
	Name  string
	Files []listedFile
	All   int
	Open  bool
}

type listedFile struct{ Title, File, Href string }

type filesView struct {
	Query   string
	Shelves []fileShelf
	None    bool
	Kinds   []bureau.Word
	Kind    string
	Areas   []bureau.Word
	Area    string
	Name    string
	Wrong   string
}

// listFiles lists what staff write, and finds among it.
func (d *desk) listFiles(w http.ResponseWriter, r *http.Request) {
	d.showFiles(w, r, http.StatusOK, "")
}

func (d *desk) showFiles(w http.ResponseWriter, r *http.Request, status int, wrong string) {
	all, err := d.Work.Files(r.Context())
	if err != nil {
		d.failed(w, "/files", err)
		return
	}
	v := filesView{Query: strings.TrimSpace(r.FormValue("q")), Kinds: scaffold.Kinds, Kind: r.FormValue("kind"), Areas: bureau.AreaWords, Area: r.FormValue("area"), Name: r.FormValue("name"), Wrong: wrong}
	sought := strings.ToLower(v.Query)
	by := map[bureau.Kind][]File{}
	for _, f := range all {
		if strings.Contains(strings.ToLower(f.Title+" "+f.File), sought) {
			by[bureau.KindAt(f.File)] = append(by[bureau.KindAt(f.File)], f)
		}
	}
	for _, s := range shelves {
		one := fileShelf{Name: s.name.In(d.Language), Open: sought != ""}
		var files []File
		for _, k := range s.kinds {
			files = append(files, by[k]...)
		}
		slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(stem(a.File), stem(b.File)) })
		one.All = len(files)
		for _, f := range files[:min(listed, len(files))] {
			one.Files = append(one.Files, listedFile{cmp.Or(f.Title, path.Base(f.File)), f.File, placeOf(problem.Position{File: f.File})})
		}
		if one.All > 0 {
			v.Shelves = append(v.Shelves, one)
		}
	}
	v.None = len(v.Shelves) == 0
	d.show(w, status, "/files", "files.html", d.say("文件", "Files"), v)
}

// stem is a path without its ending, by which a table stands beside its descriptor.
func stem(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// newFile begins a document.
func (d *desk) newFile(w http.ResponseWriter, r *http.Request) {
	kind, name := r.FormValue("kind"), strings.TrimSpace(r.FormValue("name"))
	if kind == "guide" && name != "" && !strings.Contains(name, "/") {
		name = r.FormValue("area") + "/" + name
	}
	file, problems, err := d.Work.New(r.Context(), kind, name)
	switch {
	case errors.Is(err, fs.ErrInvalid):
		d.showFiles(w, r, http.StatusUnprocessableEntity, scaffold.Misnamed(kind, name).In(d.Language))
	case errors.Is(err, fs.ErrExist):
		d.showFiles(w, r, http.StatusUnprocessableEntity, d.say("已经有了，不会覆盖；换一个名称，或者在下面找到它来改。", "It is there already and is left alone; use another name, or find it below and edit it."))
	case err != nil:
		d.failed(w, "/files", err)
	case file == "":
		d.show(w, http.StatusUnprocessableEntity, "/files", "refused.html", d.say("没有新建", "It was not created"), d.shownOf(problems))
	default:
		d.told.tell(d.say("已经新建 %s，照说明填好。", "Created %s; fill it in.", file))
		back(w, r, placeOf(problem.Position{File: file}))
	}
}
