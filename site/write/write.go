// Package write puts a built site into its folder, with the manifest that it is held
// against (package published). It is the only package that writes files for staff:
// those of a site (Site), and single ones elsewhere (File).
//
//   - Every file is whole at every moment, also when the process is killed: new
//     bytes are staged in the folder .sunshine-build inside the site's folder and
//     moved into place only when all of them are there. A disk that is full or a
//     folder that cannot be written is therefore found before the last good site
//     is touched.
//   - Only files whose bytes differ are touched. The files themselves are read,
//     so a damaged one is mended.
//   - manifest.json comes last. It names every file with its SHA-256. Where the
//     site is signed, manifest.sig follows it.
//   - Only what the last manifest names is ever removed. A journal in
//     .sunshine-build holds the names of a build that did not come to its end;
//     the next one knows them by it.
//   - A power cut leaves what a kill leaves: everything staged is on the disk
//     before the first move, every move before the manifest comes into its place,
//     and that before the journal goes. On Linux one syncfs each does it, which for
//     10,000 new pages took 0.35 s beside 2.7 s, and for one changed page 0.02 s.
//     Elsewhere only the journal, the manifest and their folders are synced: there
//     a page may be lost, which published.Verify names and the next build mends.
//   - A folder with other content and without our manifest is refused. In a
//     folder of ours, files of others stay, and are never overwritten. An empty
//     .gitkeep at the top, which keeps the folder in a repository, counts as
//     nothing: it is neither content of others nor part of the site. One with
//     bytes in it is a file of others.
//   - No symbolic link is followed out of the folder (os.Root), and none stands
//     for a folder of the site.
//   - Of two builds that write to one folder at a time, one is refused.
//   - What can be refused without writing is told by Check as well, in the same
//     words.
package write

import (
	"errors"
	"io/fs"
	"os"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const (
	workDir     = ".sunshine-build"
	stageDir    = workDir + "/new" // files/ with one after another, folders/ with whole folders
	journalFile = workDir + "/journal"
)

// Report counts the files of the site, without manifest.json.
type Report struct {
	Written, Unchanged, Removed int

	Manifest string // SHA-256 of manifest.json, lower-case hexadecimal: the seal of all the others
}

// Site makes the folder out hold files and a manifest of them, with up to jobs
// files at a time. data is the folder that the bureau's data stand in; out may
// neither lie in it nor hold it. The error is an *Error, with every name or
// place that is at fault.
func Site(out, data string, files []bureau.File, m Manifest, jobs int) (Report, error) {
	_, problems := checkNames(files, func(name string) problem.Position { return problem.Position{File: shown(out, name)} })
	if len(problems) > 0 {
		return Report{}, &Error{Problems: problems}
	}
	s, err := Begin(out, data, jobs)
	if err != nil {
		return Report{}, err
	}
	defer s.Close()
	return s.Finish(files, m)
}

// Check gives the problems for which Site would refuse to write the files, as
// far as they can be told without writing: names, the place of the folder, and
// what others have in it. Without out only the names are checked. at gives the
// place that the name of a file comes from; jobs as in Site.
func Check(out, data string, files []bureau.File, at func(name string) problem.Position, jobs int) problem.List {
	_, problems := checkNames(files, at)
	if len(problems) > 0 || out == "" {
		return problems
	}
	err := func() error {
		if err := checkPlace(out, data); err != nil {
			return err
		}
		root, err := os.OpenRoot(out)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return systemError(out, err)
		}
		defer root.Close()
		s := newStage(out, root, jobs)
		if err := s.recognize(); err != nil {
			return err
		}
		return s.survey(files)
	}()
	if refused := (*Error)(nil); errors.As(err, &refused) {
		return refused.Problems
	}
	return nil
}
