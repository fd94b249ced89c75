package desk

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

//go:embed pages
var files embed.FS

// desk answers with the pages. It is an http.Handler.
type desk struct {
	Options
	mux         *http.ServeMux
	pages       map[string]*template.Template
	context     context.Context // of what goes on without a browser
	background  sync.WaitGroup
	publication publication
	last        lastSeen
	check       findings
	told        told
}

// told is what was just done, for the page that comes next.
type told struct {
	mu   sync.Mutex
	what string
}

// tell says something on the page that comes next.
func (t *told) tell(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.what = what
}

func (t *told) take() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	what := t.what
	t.what = ""
	return what
}

// step is a page of the month.
type step struct {
	Path string
	Name problem.Text
}

// steps are they, in the order of the work.
var steps = []step{
	{"/", problem.Text{ZH: "本月", EN: "This month"}},
	{"/inbox", problem.Text{ZH: "读入", EN: "Bring in"}},
	{"/mend", problem.Text{ZH: "改正", EN: "Mend"}},
	{"/files", problem.Text{ZH: "文件", EN: "Files"}},
	{"/look", problem.Text{ZH: "预览", EN: "Look"}},
	{"/changes", problem.Text{ZH: "变化单", EN: "Changes"}},
	{"/publish", problem.Text{ZH: "发布", EN: "Publish"}},
	{"/done", problem.Text{ZH: "做过的", EN: "Done"}},
}

func newDesk(ctx context.Context, o Options) *desk {
	d := &desk{Options: o, context: ctx, mux: http.NewServeMux(), pages: map[string]*template.Template{}}
	pages, err := fs.Sub(files, "pages")
	if err != nil {
		panic(err) // it is part of the program
	}
	layout := template.Must(template.New("layout.html").Funcs(template.FuncMap{
		"say": d.say,
		"in":  func(t problem.Text) string { return t.In(o.Language) },
		"word": func(w bureau.Word) string {
			return problem.Text{ZH: w.ZH, EN: w.ID}.In(o.Language)
		},
	}).ParseFS(pages, "layout.html", "problems.html"))
	names, err := fs.ReadDir(pages, ".")
	if err != nil {
		panic(err) // it is part of the program
	}
	for _, f := range names {
		if name := f.Name(); name != "layout.html" && len(name) > 5 && name[len(name)-5:] == ".html" {
			d.pages[name] = template.Must(template.Must(layout.Clone()).ParseFS(pages, name))
		}
	}
	d.mux.HandleFunc("GET /{$}", d.month)
	d.mux.HandleFunc("GET /inbox", d.inbox)
	d.mux.HandleFunc("POST /inbox", d.take)
	d.mux.HandleFunc("POST /inbox/ready", d.takeReady)
	d.mux.HandleFunc("GET /reading", d.reading)
	d.mux.HandleFunc("POST /reading", d.bring)
	d.mux.HandleFunc("GET /rows", d.rows)
	d.mux.HandleFunc("GET /mend", d.mend)
	d.mux.HandleFunc("GET /edit", d.edit)
	d.mux.HandleFunc("POST /edit", d.save)
	d.mux.HandleFunc("GET /form", d.form)
	d.mux.HandleFunc("POST /form", d.saveForm)
	d.mux.HandleFunc("POST /cure", d.cure)
	d.mux.HandleFunc("POST /answer", d.answer)
	d.mux.HandleFunc("GET /files", d.listFiles)
	d.mux.HandleFunc("POST /files", d.newFile)
	d.mux.HandleFunc("GET /grid", d.cells)
	d.mux.HandleFunc("POST /grid", d.saveCells)
	d.mux.HandleFunc("GET /file", d.file)
	d.mux.HandleFunc("POST /file", d.place)
	d.mux.HandleFunc("GET /look", d.look)
	d.mux.HandleFunc("GET /changes", d.changes)
	d.mux.HandleFunc("POST /explain", d.explain)
	d.mux.HandleFunc("POST /approve", d.approve)
	d.mux.HandleFunc("GET /publish", d.publishing)
	d.mux.HandleFunc("POST /publish", d.publish)
	d.mux.HandleFunc("GET /done", d.done)
	d.mux.HandleFunc("POST /undo", d.undo)
	d.mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }) // browsers ask for it
	for name, media := range map[string]string{"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"} {
		d.mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			data, err := fs.ReadFile(pages, name)
			if err != nil {
				panic(err)
			}
			w.Header().Set("Content-Type", media)
			w.Write(data)
		})
	}
	return d
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, known := d.mux.Handler(r); known == "" {
		d.nowhere(w, d.statusBy(r), "")
		return
	}
	if d.whole(w, r) {
		d.mux.ServeHTTP(w, r)
	}
	if r.Method == http.MethodPost { // whatever was done, something else may be wrong by now
		d.check.stale.Store(true)
	}
}

// say is a text in the language of who works here.
func (d *desk) say(zh, en string, args ...any) string {
	return problem.Say(zh, en, args...).In(d.Language)
}

// page is what every page shows, and its own View.
type page struct {
	Language string
	Title    string
	Step     string // the path of the step that it belongs to
	Steps    any
	Told     string // what was just done; empty for nothing
	Notice   string // what has to be known of the last thing that was done
	View     any
}

// show answers with a page. What cannot be made is one that says so.
func (d *desk) show(w http.ResponseWriter, status int, step, name, title string, view any) {
	p := page{Language: string(d.Language), Title: title, Step: step, Steps: steps, Told: d.told.take(), View: view}
	if d.Notice != nil {
		p.Notice = d.Notice().In(d.Language)
	}
	var b bytes.Buffer
	if err := d.pages[name].ExecuteTemplate(&b, "layout.html", p); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// failed answers that the machine did not do it.
func (d *desk) failed(w http.ResponseWriter, step string, err error) {
	name, status := "failed.html", statusOf(err)
	if half := (*HalfError)(nil); errors.As(err, &half) {
		name = "half.html"
	}
	d.show(w, status, step, name, d.say("没有做成", "It was not done"), problem.Visible(d.why(err)))
}

// statusBy is why no page answers a request: there is none, or only for another method.
func (d *desk) statusBy(r *http.Request) int {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if _, known := d.mux.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host}); known != "" {
			return http.StatusMethodNotAllowed
		}
	}
	return http.StatusNotFound
}

// nowhere answers that there is no such page.
func (d *desk) nowhere(w http.ResponseWriter, status int, step string) {
	d.show(w, status, step, "failed.html", d.say("没有这一页", "There is no such page"), d.say("网址不对，或者这个文件不在这里改。", "The address is wrong, or this file is not changed here."))
}

// back sends the browser to a page after a form.
func back(w http.ResponseWriter, r *http.Request, to string) {
	http.Redirect(w, r, to, http.StatusSeeOther)
}
