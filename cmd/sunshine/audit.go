package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/attack"
	"sunshine/site/problem"
)

// audit says what a stranger can compute of withheld counts from what is
// published: built sites, zip archives of them, and records of releases, the
// oldest first.
func (c *command) audit(_ context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) == 0 {
		return 0, usage("sunshine audit 要写公开的目录或文件，早的在前", "sunshine audit needs the folders or files that are published, the oldest first")
	}
	if f.format != "text" && f.format != "json" {
		return 0, usage("--format 只能写 text 或 json，现在是“%s”", "--format is text or json, not %q", problem.Quote(f.format))
	}
	var publications []fs.FS
	for _, place := range args {
		fsys, err := publication(place)
		if err != nil {
			return 0, err
		}
		publications = append(publications, fsys)
	}
	report := attack.Sites(publications)
	if report.Files == 0 && len(report.Unread) == 0 && !slices.ContainsFunc(publications, isSite) {
		return 0, usage("“%s”里没有公开的统计；请写 sunshine build 写出的目录，或者 data/releases", "%q holds no published statistics; name the folder that sunshine build wrote, or data/releases", problem.Quote(strings.Join(args, " ")))
	}
	if f.format == "json" {
		findings := report.Findings
		if findings == nil {
			findings = []attack.Finding{}
		}
		e := json.NewEncoder(c.stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(findings); err != nil {
			return 0, err
		}
	} else {
		for _, finding := range report.Findings {
			fmt.Fprintln(c.stdout, problem.Visible(finding.Text().In(lang)))
		}
	}
	for _, u := range report.Unread {
		fmt.Fprintln(c.stderr, problem.Visible(problem.Say("%s：没有读：%s", "%s: not read: %s", u.File, u.Why.In(lang)).In(lang)))
	}
	if !f.quiet {
		fmt.Fprintln(c.stderr, report.Summary().In(lang))
	}
	if !report.Clean() {
		return exitProblems, nil
	}
	return exitFine, nil
}

// isSite tells whether a folder has the front page of a site, which may publish no
// statistic yet.
func isSite(fsys fs.FS) bool {
	_, err := fs.Stat(fsys, "index.html")
	return err == nil
}

// publication opens a folder, a zip archive, or one file of a record.
func publication(place string) (fs.FS, error) {
	info, err := os.Stat(place)
	switch {
	case err != nil:
		return nil, usage("没有“%s”", "there is no %q", problem.Quote(place))
	case info.IsDir():
		return os.DirFS(place), nil
	case filepath.Ext(place) == ".zip":
		z, err := zip.OpenReader(place)
		if err != nil {
			return nil, usage("“%s”不是能读的 ZIP", "%q cannot be read as ZIP", problem.Quote(place))
		}
		return z, nil
	}
	return attack.File(os.DirFS(filepath.Dir(place)), filepath.Base(place)), nil
}
