package send

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/write"
)

// Standing is what stands at a target.
type Standing struct {
	Site *published.Site // nil where nothing was published yet

	Begun bool            // a publish did not come to its end
	known map[string]bool // files that are ours, or may be
	place published.Place // that it is read from; nil where Site is another publication
}

// Look reads what stands at the target. before is the publication that a ZIP file is
// made against; nil to take the last file that was made.
func (t *Target) Look(ctx context.Context, before *published.Site) (*Standing, error) {
	s := &Standing{known: map[string]bool{}, place: t.store}
	journal, err := t.store.note(ctx, journalNote)
	switch {
	case err == nil:
		s.Begun = true
		if err := s.remember(journal); err != nil {
			return nil, refusal(t.store.Name(workDir+"/"+journalNote), problem.PublishForeign,
				problem.Say("这里有一份没有做完的发布的清单，不是 sunshine 写的", "the list of an unfinished publish stands here, and sunshine did not write it"),
				problem.Say("核对谁放的；确认没有用了就删去它，再发布一次", "find out who put it there; delete it if nobody needs it, and publish again"))
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, t.failed(err)
	}
	s.Site, err = published.Read(ctx, t.store)
	switch {
	case errors.Is(err, published.ErrNoManifest):
		if err := t.foreign(ctx, s, err); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, t.failed(err)
	}
	if t.partial && before != nil {
		s.Site, s.place = before, nil
	}
	if s.Site != nil {
		for _, d := range s.Site.Manifest.Files {
			if write.Storable(d.Path) { // else whoever wrote the manifest means harm
				s.known[d.Path] = true
			}
		}
	}
	return s, nil
}

// foreign refuses a place that holds something and is not ours.
func (t *Target) foreign(ctx context.Context, s *Standing, err error) error {
	if s.Begun && errors.Is(err, published.ErrNoSite) {
		return nil
	}
	names, err := t.store.top(ctx)
	switch {
	case err != nil:
		return t.failed(err)
	case len(names) == 0:
		return nil
	}
	slices.Sort(names)
	few := make([]string, 0, 3)
	for _, name := range names[:min(3, len(names))] {
		few = append(few, problem.Quote(name))
	}
	return refusal(t.Address, problem.PublishForeign,
		problem.Say("这里不是 sunshine 发布的网站：已有别的内容（%s），没有 sunshine 的 manifest.json", "no site of sunshine stands here: there is other content (%s), and no manifest.json of sunshine", strings.Join(few, ", ")),
		problem.Say("核对地址；地址没有写错的，另给网站一个空的文件夹，或者先核对并移走里面的内容", "check the address; if it is right, give the site an empty folder of its own, or look through what is there and move it away"))
}

// Log is the log that stands at the target.
func (s *Standing) Log(ctx context.Context) (published.Log, error) {
	if !s.Begun {
		if s.Site == nil {
			return published.Log{}, nil
		}
		return s.Site.Log(ctx)
	}
	return published.LogAt(ctx, s.place, slices.Collect(maps.Keys(s.known)))
}

// Table gives the bytes of a table of a release that stands at the target.
func (s *Standing) Table(ctx context.Context, path string, size int64) ([]byte, error) {
	if s.place == nil {
		return s.Site.File(ctx, path)
	}
	return s.read(ctx, path, size)
}

// digest is what the manifest there says of a file.
func (s *Standing) digest(path string) (write.Digest, bool) {
	if s.Site == nil {
		return write.Digest{}, false
	}
	return s.Site.Digest(path)
}

// read gives the bytes of a file of at most limit bytes.
func (s *Standing) read(ctx context.Context, path string, limit int64) ([]byte, error) {
	f, err := s.place.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return folder.AtMost(f, limit)
}

// journalHead opens the journal.
const journalHead = "sunshine publish"

// remember reads the journal.
func (s *Standing) remember(journal []byte) error {
	lines := bufio.NewScanner(bytes.NewReader(journal))
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() || lines.Text() != journalHead {
		return fs.ErrInvalid
	}
	for lines.Scan() {
		if write.Storable(lines.Text()) {
			s.known[lines.Text()] = true
		}
	}
	return lines.Err()
}

// Site is what is sent.
type Site struct {
	Files     []bureau.File
	Manifest  []byte
	Signature []byte // nil where the site is not signed
}

// Plan is what is done at a target.
type Plan struct {
	Send   []bureau.File // in the order in which they come to their places
	Remove []string      // by path
	First  []string      // of those, the ones that stand in the way of what comes

	Base  string // SHA-256 of the manifest that a ZIP file is made against; empty where that is nothing
	names []string
}

// Bytes are those of all that is sent.
func (p Plan) Bytes() (n int64) {
	for _, f := range p.Send {
		n += int64(len(f.Bytes))
	}
	return n
}

// Empty tells whether there is nothing to do.
func (p Plan) Empty() bool { return len(p.Send)+len(p.Remove) == 0 }

// Same tells whether the files of a site are those that stand, by the manifest there.
func (s *Standing) Same(site Site) bool {
	if s.Site == nil || len(site.Files) != len(s.Site.Manifest.Files) {
		return false
	}
	for _, f := range site.Files {
		if d, named := s.Site.Digest(f.Path); !named || !digested(f, d) {
			return false
		}
	}
	return true
}

func digested(f bureau.File, d write.Digest) bool {
	return d.Size == int64(len(f.Bytes)) && d.SHA256 == bureau.SHA256(f.Bytes)
}

// Plan finds what has to be sent and removed, so that the site stands. What the
// manifest there says is believed, but not after a publish that did not come to its
// end, or where doubt is true: then every file is read.
func (t *Target) Plan(ctx context.Context, s *Standing, site Site, doubt bool, jobs int) (Plan, error) {
	p := Plan{}
	if s.Site != nil {
		p.Base = s.Site.Sum
	}
	folders := map[string]bool{} // that hold files of ours
	for name := range s.known {
		for dir := path.Dir(name); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	differs, foreign := make([]bool, len(site.Files)), make([]bool, len(site.Files))
	err := each.Do(jobs, len(site.Files), func(i int) (err error) {
		f := site.Files[i]
		differs[i] = true
		switch {
		case !s.known[f.Path]:
			if s.Site == nil && !s.Begun {
				return nil // the place is empty
			}
			if foreign[i], err = t.foreignFile(ctx, f); err != nil && folders[f.Path] {
				foreign[i], err = false, nil // it is no file, and what is in it goes first
			}
		case t.partial || !s.Begun && !doubt:
			d, named := s.Site.Digest(f.Path)
			differs[i] = !named || !digested(f, d)
		default:
			same, wrong := t.holds(ctx, f.Path, f.Bytes)
			differs[i], err = !same, wrong
		}
		return err
	})
	if err != nil {
		return Plan{}, t.failed(err)
	}
	refused := &write.Error{}
	now := map[string]bool{}
	folded := map[string]bool{} // names, and the folders above them, as a disk that ignores case has them
	for i, f := range site.Files {
		now[f.Path] = true
		for name := f.Path; name != "."; name = path.Dir(name) {
			folded[strings.ToLower(name)] = true
		}
		p.names = append(p.names, f.Path)
		if foreign[i] {
			refused.Problems.Error(problem.Position{File: t.store.Name(f.Path)}, problem.PublishForeign,
				problem.Say("这里要放网站的文件，但已有不是 sunshine 发布的内容，不能覆盖", "a file of the site goes here, but something that sunshine did not publish stands in its place"),
				problem.Say("核对谁放的，移走或改名；要随网站一起发布的文件放在 data/static/", "find out whose it is, and move or rename it; files to publish with the site belong in data/static/"))
		} else if differs[i] || t.partial && strings.HasPrefix(f.Path, bureau.LogSection.Folder()) {
			p.Send = append(p.Send, f)
		}
	}
	if len(refused.Problems) > 0 {
		refused.Problems.Sort()
		return Plan{}, refused
	}
	for _, name := range slices.Sorted(maps.Keys(s.known)) {
		if now[name] {
			continue
		}
		if _, named := s.digest(name); !named { // but in the journal
			if stands, err := t.store.stands(ctx, name); err != nil {
				return Plan{}, t.failed(err)
			} else if !stands {
				continue
			}
		}
		p.Remove = append(p.Remove, name)
		way := folded[strings.ToLower(name)]
		for dir := path.Dir(name); dir != "." && !way; dir = path.Dir(dir) {
			way = now[dir]
		}
		if way {
			p.First = append(p.First, name)
		}
	}
	if err := t.seal(ctx, s, site, &p, doubt); err != nil {
		return Plan{}, t.failed(err)
	}
	slices.SortStableFunc(p.Send, func(a, b bureau.File) int {
		return cmp.Or(cmp.Compare(s.rank(a.Path), s.rank(b.Path)), cmp.Compare(a.Path, b.Path))
	})
	return p, nil
}

// seal adds the manifest and the signature to a plan.
func (t *Target) seal(ctx context.Context, s *Standing, site Site, p *Plan, doubt bool) error {
	if t.partial && p.Empty() {
		return nil
	}
	manifest := bureau.File{Path: write.ManifestName, Bytes: site.Manifest}
	if t.partial || s.Site == nil || s.Site.Sum != bureau.SHA256(site.Manifest) {
		p.Send = append(p.Send, manifest)
	}
	signed, err := t.store.stands(ctx, write.SignatureName)
	switch {
	case err != nil:
		return err
	case site.Signature == nil && signed:
		p.Remove = append(p.Remove, write.SignatureName)
	case site.Signature != nil:
		same := false
		if signed && !t.partial {
			if same, err = t.holds(ctx, write.SignatureName, site.Signature); err != nil {
				return err
			}
		}
		if !same {
			p.Send = append(p.Send, bureau.File{Path: write.SignatureName, Bytes: site.Signature})
		}
	}
	return nil
}

// foreignFile tells whether something that is not ours, and not the same, stands where
// a file goes.
func (t *Target) foreignFile(ctx context.Context, f bureau.File) (bool, error) {
	if t.partial {
		return false, nil
	}
	stands, err := t.store.stands(ctx, f.Path)
	if err != nil || !stands {
		return false, err
	}
	same, err := t.holds(ctx, f.Path, f.Bytes)
	return !same, err
}

// holds tells whether a file at the target has these bytes.
func (t *Target) holds(ctx context.Context, path string, data []byte) (bool, error) {
	f, err := t.store.Open(ctx, path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(f, int64(len(data))+1))
	return n == int64(len(data)) && hex.EncodeToString(sum.Sum(nil)) == bureau.SHA256(data), err
}

// The ranks in which files come to their places; those of one rank may come in any
// order, and all of them before those of the next.
const (
	rankLoaded   = iota // what pages load, and whatever else is no page
	rankNew             // pages that nothing stood for
	rankPage            // pages that changed
	rankHome            // the page that leads to the others
	rankPrograms        // what tells programs of the pages
	rankHead            // of the log; until then its new entry counts for nothing
	rankManifest
	rankSignature
)

// rank tells when a file comes to its place.
func (s *Standing) rank(file string) int {
	switch {
	case file == write.SignatureName:
		return rankSignature
	case file == write.ManifestName:
		return rankManifest
	case file == bureau.LogFile(bureau.HeadName):
		return rankHead
	case file == bureau.FeedFile, file == bureau.SitemapFile, file == bureau.RobotsFile, file == bureau.PackageFile:
		return rankPrograms
	case file == bureau.HomePage:
		return rankHome
	case path.Ext(file) != ".html":
		return rankLoaded
	case s.known[file]:
		return rankPage
	}
	return rankNew
}
