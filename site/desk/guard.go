package desk

import (
	"crypto/subtle"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"sunshine/site/table"
)

// guarded answers only to the names of this machine, only to who has the token, and only to
// forms of the desk's own pages. The token is that of the address, the session that of the
// cookie, which every server of this machine is sent.
func guarded(port int, token, session, preview string, desk http.Handler) http.Handler {
	// Cookies of one host are those of all its ports.
	cookie := "desk-" + strconv.Itoa(port)
	hosts := map[string]bool{"127.0.0.1:" + strconv.Itoa(port): true, "localhost:" + strconv.Itoa(port): true}
	if port == 80 { // which browsers leave out
		hosts["127.0.0.1"], hosts["localhost"] = true, true
	}
	policy := "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	if preview != "" {
		policy += "; frame-src " + strings.TrimSuffix(preview, "/")
	}
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, foreign, http.StatusForbidden) }))
	within := own.Handler(desk)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", policy)
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		if !hosts[strings.ToLower(r.Host)] {
			http.Error(w, "工作台只用 127.0.0.1 或者 localhost 的网址打开。\nThe desk answers as 127.0.0.1 or localhost only.", http.StatusMisdirectedRequest)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost {
			header.Set("Allow", "GET, HEAD, POST")
			http.Error(w, "这一页不接受这样的请求。\nMethod not allowed.", http.StatusMethodNotAllowed)
			return
		}
		if given := r.URL.Query().Get("token"); r.Method == http.MethodGet && r.URL.Path == "/" && same(given, token) {
			http.SetCookie(w, &http.Cookie{Name: cookie, Value: session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		if c, err := r.Cookie(cookie); err != nil || !same(c.Value, session) {
			http.Error(w, "请用 sunshine desk 打印的网址打开。\nOpen the address that sunshine desk printed.", http.StatusForbidden)
			return
		}
		if r.Method == http.MethodPost && r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
			http.Error(w, foreign, http.StatusForbidden) // every browser says where a form is from
			return
		}
		r.Body = http.MaxBytesReader(w, &drained{ReadCloser: r.Body}, maxBody)
		within.ServeHTTP(w, r)
	})
}

// foreign is what a form of another page is told.
const foreign = "这是别的网页送来的表单，没有收。\nA form of another page."

// maxBody is how many bytes a form may have.
const maxBody = table.MaxFile + 1<<20

// maxDrained is how many bytes of a form that is too large are thrown away, so that its browser
// reads the answer: one whose connection ends while it sends shows none.
const maxDrained = 2 << 30

// drained is a body that is read to its end once it is too large.
type drained struct {
	io.ReadCloser
	read int64
}

func (d *drained) Read(p []byte) (int, error) {
	n, err := d.ReadCloser.Read(p)
	if d.read += int64(n); err == nil && d.read > maxBody {
		io.Copy(io.Discard, io.LimitReader(d.ReadCloser, maxDrained))
	}
	return n, err
}

// whole tells whether a form arrived whole, and answers where it did not: what is missing of it
// would be taken for what somebody left empty.
func (d *desk) whole(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodPost || r.URL.Path == "/inbox" { // which reads file by file
		return true
	}
	err := r.ParseForm()
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && r.URL.Path == "/file" && media == "multipart/form-data" { // a file in a form, read to its end
		err = r.ParseMultipartForm(table.MaxFile)
	} else if err == nil && r.ContentLength != 0 && media != "application/x-www-form-urlencoded" {
		err = errForm
	}
	if err != nil {
		d.failed(w, "", err)
	}
	return err == nil
}

// same compares in the same time whatever differs.
func same(a, b string) bool { return b != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
