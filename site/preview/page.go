package preview

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// own is where the preview's own files stand. No name of a site begins so.
const own = "/_sunshine/"

var (
	//go:embed reload.js
	reloadJS []byte
	//go:embed overlay.css
	overlayCSS []byte
)

// ServeHTTP answers with a file of the last good site, or one of the preview's own.
func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if !ownHost(r.Host) {
		http.Error(w, "sunshine serves this machine only, as 127.0.0.1 or localhost", http.StatusMisdirectedRequest)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	now := p.current()
	name := path.Clean("/" + r.URL.Path)
	switch name {
	case own + "events":
		p.events(w, r)
		return
	case own + "reload.js":
		send(w, r, http.StatusOK, ".js", reloadJS)
		return
	case own + "overlay.css":
		send(w, r, http.StatusOK, ".css", overlayCSS)
		return
	}
	if now.site == nil {
		page := fmt.Sprintf(`<!DOCTYPE html><html lang="%s"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sunshine</title><body><p>%s</p></body></html>`,
			p.language, problem.Say("还没有可以显示的网站。", "There is no site to show yet.").In(p.language))
		send(w, r, http.StatusServiceUnavailable, ".html", inject([]byte(page), now.name()))
		return
	}
	key := strings.TrimPrefix(name, "/")
	if strings.HasSuffix(r.URL.Path, "/") || key == "" {
		key = path.Join(key, "index.html")
	} else if _, file := now.site.File(key); !file && now.folder(key) {
		to := url.URL{Path: name + "/", RawQuery: r.URL.RawQuery}
		header.Set("Location", to.String())
		w.WriteHeader(http.StatusFound)
		return
	}
	status := http.StatusOK
	body, found := now.site.File(key)
	if !found {
		status, key = http.StatusNotFound, bureau.NotFoundPage
		if body, found = now.site.File(key); !found {
			body = []byte("404")
		}
	}
	ext := strings.ToLower(path.Ext(key))
	if ext == ".html" {
		body = inject(body, now.name())
	}
	send(w, r, status, ext, body)
}

// folder tells whether a name is that of a folder with a page.
func (s state) folder(name string) bool {
	_, is := s.site.File(path.Join(name, "index.html"))
	return is
}

// ownHost tells whether a request was sent to a name of this machine.
func ownHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	switch strings.ToLower(strings.Trim(host, "[]")) {
	case "127.0.0.1", "localhost", "::1":
		return true
	}
	return false
}

// inject adds the preview's script and style to a page.
func inject(page []byte, site string) []byte {
	tags := fmt.Sprintf(`<link rel="stylesheet" href="%[1]soverlay.css"><script src="%[1]sreload.js" data-site="%[2]s"></script>`, own, site)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	out := make([]byte, 0, len(page)+len(tags))
	out = append(out, page[:end]...)
	out = append(out, tags...)
	return append(out, page[end:]...)
}

// types are the media types of what a site consists of, so that they do not
// depend on the machine.
var types = map[string]string{
	".html":  "text/html; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json; charset=utf-8",
	".csv":   "text/csv; charset=utf-8",
	".txt":   "text/plain; charset=utf-8",
	".md":    "text/markdown; charset=utf-8",
	".xml":   "application/xml; charset=utf-8",
	".svg":   "image/svg+xml; charset=utf-8",
	".ico":   "image/x-icon",
	".woff2": "font/woff2",
	".xlsx":  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".docx":  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

func send(w http.ResponseWriter, r *http.Request, status int, ext string, body []byte) {
	media := types[ext]
	if media == "" {
		media = mime.TypeByExtension(ext)
	}
	if media == "" {
		media = "application/octet-stream"
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// events sends the state, and each one after it, as Server-Sent Events.
func (p *preview) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	if r.Method == http.MethodHead {
		return
	}
	stream := http.NewResponseController(w)
	for {
		now := p.current()
		fmt.Fprintf(w, "data: %s\n\n", now.event)
		if stream.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-now.next:
		}
	}
}

// message is what the page is told of a build: the site to show, and the
// problems in the reader's language, with the words around them.
func (p *preview) message(site string, problems problem.List, err error) []byte {
	type shown struct {
		Place    string `json:"place"`
		Severity string `json:"severity"` // error, warning
		Label    string `json:"label"`
		Rule     string `json:"rule"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
	}
	text := func(zh, en string, args ...any) string { return problem.Say(zh, en, args...).In(p.language) }
	m := struct {
		Site     string  `json:"site"`
		Title    string  `json:"title"`
		Close    string  `json:"close"`
		Hint     string  `json:"hint"`
		Problems []shown `json:"problems"`
	}{Site: site, Close: text("收起", "Close"), Hint: text("提示：", "Hint: "), Problems: []shown{}}
	if err != nil {
		m.Problems = append(m.Problems, shown{Severity: "error", Label: text("错误", "error"), Message: err.Error()})
	}
	for _, at := range problems {
		message, hint := at.Said(p.language)
		s := shown{at.Position.String(), at.Severity.String(), text("警告", "warning"), at.Rule.String(), message, hint}
		if at.Severity == problem.Error {
			s.Label = text("错误", "error")
		}
		m.Problems = append(m.Problems, s)
	}
	errors := problems.Errors()
	warnings := len(problems) - errors
	if err != nil {
		errors++
	}
	m.Title = text("错误%d个，警告%d个", "Errors: %d, warnings: %d", errors, warnings)
	b, e := json.Marshal(m)
	if e != nil {
		panic(e) // strings always encode
	}
	return b
}
