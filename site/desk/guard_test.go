package desk

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sunshine/site/problem"
)

// noWork is a Work that notes what is asked of it.
type noWork struct {
	Work
	asked int
}

func (w *noWork) Month(context.Context) (Month, error) {
	w.asked++
	return Month{Bureau: `<b>"局"</b>`}, nil
}

func (w *noWork) Text(context.Context, string) (Text, error) { return Text{SHA256: "other"}, nil }

func (w *noWork) Save(context.Context, string, string, []byte) (Text, bool, error) {
	w.asked++
	return Text{}, true, nil
}

// Whoever has not the token, comes by another name, or from another page is answered nothing,
// and asks nothing of the work.
func TestGuard(t *testing.T) {
	work := &noWork{}
	handler := guarded(8080, "SECRET", "SESSION", "http://127.0.0.1:8081/", newDesk(t.Context(), Options{Work: work, Language: problem.Chinese}))
	type request struct {
		name, method, host, path string
		header                   map[string]string
		want                     int
		asked                    int
	}
	const own = "127.0.0.1:8080"
	with := func(more ...string) map[string]string {
		h := map[string]string{"Cookie": "desk-8080=SESSION"}
		for i := 0; i < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	for _, r := range []request{
		{"own page", "GET", own, "/", with(), 200, 1},
		{"by name", "GET", "localhost:8080", "/", with(), 200, 1},
		{"own form", "POST", own, "/edit", with("Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"), 303, 1},
		{"an older browser's own form", "POST", own, "/edit", with("Origin", "http://127.0.0.1:8080"), 303, 1},
		{"no token", "GET", own, "/", nil, 403, 0},
		{"a wrong token", "GET", own, "/", map[string]string{"Cookie": "desk-8080=SECRET"}, 403, 0},
		{"an empty token", "GET", own, "/?token=", map[string]string{"Cookie": "desk-8080="}, 403, 0},
		{"the cookie of another desk", "GET", own, "/", map[string]string{"Cookie": "desk-8090=SESSION"}, 403, 0},
		{"the token on another page", "GET", own, "/mend?token=SECRET", nil, 403, 0},
		{"a name that leads here", "GET", "desk.attacker.example:8080", "/", with(), 421, 0},
		{"the name of another port", "GET", "127.0.0.1:8081", "/", with(), 421, 0},
		{"no port", "GET", "127.0.0.1", "/", with(), 421, 0},
		{"a form of another site", "POST", own, "/edit", with("Origin", "https://attacker.example", "Sec-Fetch-Site", "cross-site"), 403, 0},
		{"a form of the preview", "POST", own, "/edit", with("Origin", "http://127.0.0.1:8081", "Sec-Fetch-Site", "same-site"), 403, 0},
		{"a form of a file", "POST", own, "/edit", with("Origin", "null"), 403, 0},
		{"a form of nobody", "POST", own, "/edit", with(), 403, 0},
		{"another method", "PUT", own, "/edit", with("Origin", "http://127.0.0.1:8080"), 405, 0},
		{"a form by address", "GET", own, "/undo?step=1", with(), 405, 0},
		{"a way out", "GET", own, "/../../etc/passwd", with(), 404, 0},
	} {
		work.asked = 0
		got := httptest.NewRecorder()
		q := httptest.NewRequest(r.method, "http://"+r.host+"/", strings.NewReader(""))
		q.URL.Path, q.URL.RawQuery, _ = strings.Cut(r.path, "?")
		for name, value := range r.header {
			q.Header.Set(name, value)
		}
		handler.ServeHTTP(got, q)
		if got.Code != r.want && !(r.want == 404 && got.Code == http.StatusTemporaryRedirect) && !(r.want == 404 && got.Code == http.StatusMovedPermanently) || work.asked != r.asked {
			t.Errorf("%s: %d, asked %d; want %d, %d: %s", r.name, got.Code, work.asked, r.want, r.asked, got.Body)
		}
		if p := got.Header().Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || !strings.Contains(p, "frame-ancestors 'none'") || strings.Contains(p, "unsafe") {
			t.Errorf("%s: the policy is %s", r.name, p)
		}
	}
}

// The address with the token gives the cookie, which no script reads and no other site sends.
func TestToken(t *testing.T) {
	handler := guarded(8080, "SECRET", "SESSION", "", newDesk(t.Context(), Options{Work: &noWork{}, Language: problem.Chinese}))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "127.0.0.1:8080"
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.Get(server.URL + "/?token=SECRET")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	c := r.Cookies()
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/" || len(c) != 1 || c[0].Value != "SESSION" || !c[0].HttpOnly || c[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("%d, %v", r.StatusCode, r.Header)
	}
	q, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	q.AddCookie(c[0])
	if r, err = client.Do(q); err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	if err != nil || !strings.Contains(string(page), "&lt;b&gt;") || strings.Contains(string(page), "<b>") {
		t.Errorf("%v: what the folder holds is not escaped: %s", err, page)
	}
}

// What is too large is read to its end: a browser reads no answer before it has sent all.
func TestTooLargeIsRead(t *testing.T) {
	handler := guarded(8080, "SECRET", "SESSION", "", newDesk(t.Context(), Options{Work: &noWork{}, Language: problem.Chinese}))
	body := strings.NewReader("text=" + strings.Repeat("a", maxBody+1<<20))
	q := httptest.NewRequest("POST", "http://127.0.0.1:8080/edit", io.NopCloser(body))
	q.Header.Set("Cookie", "desk-8080=SESSION")
	q.Header.Set("Origin", "http://127.0.0.1:8080")
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got := httptest.NewRecorder()
	handler.ServeHTTP(got, q)
	if got.Code != http.StatusRequestEntityTooLarge || !strings.Contains(got.Body.String(), "太大") || body.Len() > 0 {
		t.Errorf("%d, %d bytes are left: %s", got.Code, body.Len(), got.Body)
	}
}
