package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"unicode"

	"sunshine/site/folder"
	"sunshine/site/problem"
)

// Whatever goes wrong is said in Chinese to who reads Chinese; what the machine said of it
// stands in brackets.
func TestWhyIsSaid(t *testing.T) {
	d := newDesk(t.Context(), Options{Language: problem.Chinese})
	_, aFolder := folder.Read(fstest.MapFS{"a/b": {}}, "a", 10)
	at := func(err error) error { return &fs.PathError{Op: "open", Path: "data/x.csv", Err: err} }
	for _, err := range []error{errForm, http.ErrNotMultipart, aFolder, at(syscall.ENOTDIR), at(syscall.EISDIR), at(syscall.ENAMETOOLONG), at(syscall.EIO), at(fs.ErrInvalid), at(fs.ErrNotExist),
		errors.New("whatever it is"), fmt.Errorf("while: %w", context.Canceled), gone(d)} {
		if said, _, _ := strings.Cut(d.why(err), "（"); !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%v is said as %q", err, d.why(err))
		}
	}
	if got := d.why(aFolder); !strings.Contains(got, "文件夹") {
		t.Error(got)
	}
}

// A page that there is not says so as the others do.
func TestNoPage(t *testing.T) {
	s := &shelf{files: map[string]string{}}
	for address, want := range map[string]int{"/nowhere": 404, "/mend/": 404, "/cure": 405, "/file?file=data/site.yaml": 404, "/grid?file=data/site.yaml": 404} {
		if got := s.page(t, address, nil); got.Code != want || !strings.Contains(got.Body.String(), "没有这一页") {
			t.Errorf("%s: %d %s", address, got.Code, got.Body)
		}
	}
	h := guarded(8080, "SECRET", "SECRET", "", newDesk(t.Context(), Options{Work: s, Language: problem.Chinese}))
	for _, foreign := range []string{"", "http://example.com"} {
		q := httptest.NewRequest("POST", "http://127.0.0.1:8080/edit", strings.NewReader(url.Values{}.Encode()))
		q.Header.Set("Origin", foreign)
		q.AddCookie(&http.Cookie{Name: "desk-8080", Value: "SECRET"})
		got := httptest.NewRecorder()
		if h.ServeHTTP(got, q); got.Code != http.StatusForbidden || !regexp.MustCompile(`别的网页`).MatchString(got.Body.String()) {
			t.Errorf("%q: %d %s", foreign, got.Code, got.Body)
		}
	}
}

// approving notes what is recorded.
type approving struct {
	Work
	by   string
	said map[int]Answer
}

func (a *approving) Changes(context.Context) (Changes, error) {
	return Changes{Unexplained: []Unexplained{{Number: 0}, {Number: 1, Fixed: "definition"}}}, nil
}

func (a *approving) Approve(_ context.Context, _, by string) (bool, error) {
	a.by = by
	return true, nil
}

func (a *approving) Explain(_ context.Context, _ string, figures, _ map[int]Answer) (bool, error) {
	a.said = figures
	return true, nil
}

// Spaces name nobody, and a reason without a kind is none: lists that lack them stop the
// next publication.
func TestAnswersAreWhole(t *testing.T) {
	work := &approving{}
	d := newDesk(t.Context(), Options{Work: work, Language: problem.Chinese})
	if got := answered(d, "/approve", url.Values{"by": {" \t　"}}); got.Code != http.StatusUnprocessableEntity || work.by != "" {
		t.Errorf("%d %q", got.Code, work.by)
	}
	if got := answered(d, "/approve", url.Values{"by": {" 张三 "}}); got.Code != http.StatusSeeOther || work.by != "张三" {
		t.Errorf("%d %q", got.Code, work.by)
	}
	form := browser(t, answered(d, "/changes", nil).Body.String())
	form.Set("by", "张三")
	form.Set("reason-0", "漏报")
	for _, kind := range []string{"", "x"} {
		form.Set("kind-0", kind)
		if got := answered(d, "/explain", form); got.Code != http.StatusUnprocessableEntity || work.said != nil {
			t.Errorf("%q: %d %v", kind, got.Code, work.said)
		}
	}
	// What was filled in is still there, unless the numbers are of other things by now.
	form.Set("kind-0", "correction")
	form.Set("by", " ")
	for _, missing := range []string{form.Get("missing"), "other"} {
		form.Set("missing", missing)
		again := browser(t, answered(d, "/explain", form).Body.String())
		if kept := again.Get("reason-0") == "漏报" && again.Get("kind-0") == "correction"; kept != (missing != "other") {
			t.Errorf("%q: %v", missing, again)
		}
	}
	form.Set("by", "张三")
	form.Del("reason-0")
	form.Set("reason-1", "改了口径") // which has the one kind
	if got := answered(d, "/explain", form); got.Code != http.StatusSeeOther || work.said[1].Kind != "definition" {
		t.Errorf("%d %v", got.Code, work.said)
	}
	reading, book := readingDesk(t, smallFile, problem.Chinese)
	for _, with := range []url.Values{
		{"reason": {"  "}, "kind": {"correction"}, "by": {"张三"}},
		{"reason": {"漏报"}, "kind": {"correction"}, "by": {"\t"}},
		{"reason": {"漏报"}, "kind": {"x"}, "by": {"张三"}},
	} {
		with.Set("file", officeFile)
		if got := answered(reading, "/reading", with); got.Code != http.StatusUnprocessableEntity || book.imported > 0 || !strings.Contains(got.Body.String(), "批准人都要写") {
			t.Errorf("%v: %d, imported %d", with, got.Code, book.imported)
		}
	}
}
