package site_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// What --previous names is read whole, or nothing is built. Only an address at which
// nothing was ever published, while no release is recorded, is a first publication.
func TestPreviousIsReadWhole(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	v := newTown(8)
	v.grow()
	v.write(t, dir)
	o := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), AsOf: v.day(10), Jobs: 2, Version: "test"}
	refused := func(previous string) bool {
		t.Helper()
		o := o
		o.Out, o.Previous = filepath.Join(t.TempDir(), "public"), previous
		_, problems, err := site.Build(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule == problem.ReleasePrevious })
		if _, err := os.Stat(o.Out); told == (err == nil) {
			t.Errorf("told %v, and written: %v\n%s", told, err, messages(problems))
		}
		return told
	}
	served := func(handler http.Handler) string {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		return server.URL
	}
	none := served(http.NotFoundHandler())
	ill := served(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	portal := served(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<!doctype html><p>登录")) }))
	empty := t.TempDir()
	if refused(none) {
		t.Error("a first publication is refused")
	}
	if !refused(ill) {
		t.Error("a server that is ill is taken for an empty one")
	}
	if !refused(portal) {
		t.Error("a page that asks for a password is taken for an empty site")
	}
	if !refused(empty) {
		t.Error("a folder without a site is taken for a publication")
	}

	if _, problems, err := site.Release(ctx, o, "first"); err != nil || problems.Errors() > 0 {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	if !refused(none) {
		t.Error("what was released is gone from its address, and nothing is said")
	}
	if _, problems, err := site.Build(ctx, o); err != nil || problems.Errors() > 0 {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	files := http.FileServer(http.Dir(o.Out))
	if refused(o.Out) || refused(served(files)) {
		t.Error("the publication before is refused")
	}
	for _, name := range []string{"stats/visits/visits.json", "ledger/0001-first.json", "ledger/head.txt"} {
		if !refused(served(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/"+name {
				w.Write([]byte("{}"))
				return
			}
			files.ServeHTTP(w, r)
		}))) {
			t.Errorf("%s is not the one of the manifest, and nothing is said", name)
		}
	}
}

// The site of another bureau is not the publication before, in whatever way it is named.
func TestPreviousOfAnotherBureau(t *testing.T) {
	ctx := context.Background()
	build := func(name, previous, out string) (problem.List, string) {
		t.Helper()
		dir := t.TempDir()
		putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: "+name+"\norganization: "+name+"\n")
		putFile(t, filepath.Join(dir, "data", "stats", "x.csv"), "期间,接警（起）\n2025年,9205\n")
		if out == "" {
			out = filepath.Join(dir, "public")
		}
		_, problems, err := site.Build(ctx, site.Options{Dir: dir, Out: out, AsOf: period.NewDate(2026, 10, 31), Jobs: 1, Version: "test", Previous: previous})
		if err != nil {
			t.Fatal(err)
		}
		return problems, out
	}
	told := func(problems problem.List) bool {
		return slices.ContainsFunc(problems, func(p problem.Problem) bool {
			return p.Rule == problem.ReleasePrevious && strings.Contains(p.Message.ZH, "乙市公安局")
		})
	}
	problems, other := build("乙市公安局", "", "")
	if told(problems) {
		t.Error(messages(problems))
	}
	if problems, _ := build("甲市公安局", other, ""); !told(problems) {
		t.Error("as --previous: " + messages(problems))
	}
	if problems, _ := build("甲市公安局", "", other); !told(problems) {
		t.Error("as the output folder: " + messages(problems))
	}
	if problems, _ := build("乙市公安局", other, ""); told(problems) {
		t.Error("its own: " + messages(problems))
	}
}
