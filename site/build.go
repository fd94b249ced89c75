// Package site turns a bureau's folder into its site, one step after another:
// load, check, compute, draw, render, write. Each file is set down beside the site as
// it is made; none comes to its place while an error stands that cannot be held back.
// The same input gives the same bytes whatever the clock, the time zone or the number
// of workers.
package site

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/check"
	"sunshine/site/disclose"
	"sunshine/site/figures"
	"sunshine/site/folder"
	"sunshine/site/git"
	"sunshine/site/kept"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/opendata"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/translate"
	"sunshine/site/write"
)

// Options say what is built, and stand for the clock and the environment.
type Options struct {
	Dir     string        // the bureau's folder, which holds data/
	Out     string        // where the site is written; empty where it is not
	BaseURL string        // takes the place of the one in site.yaml
	AsOf    period.Date   // the day that it is for the bureau
	Now     period.Moment // the minute of that day that it is; zero for its end
	Jobs    int           // how much is done side by side; at least 1
	Strict  bool          // a warning stops the build as an error does
	Version string        // of sunshine, for the manifest
	Key     *ledger.Key   // signs the site and its log; nil where there is none
	Watch   Watch         // is told where the build is; may be nil

	HoldBack bool   // a document that has an error stands as it was published before, and the rest is published
	Previous string // the publication before, a folder or an address; empty where none is named
	Commit   string // takes the place of the one that the folder is at
	Pending  string // the release that is recorded and was not sent yet: what is approved is approved without it

	// What this package alone sets, from one pass to the next.
	unmade   string            // a release that is taken for one that was never made
	recorded map[string][]byte // files of data/releases that are not written yet, by path; nil for one that goes
	target   *target           // where the site is to be sent; nil where it is not
	copies   string            // the publication whose content HoldBack takes where Previous names none; o.Out where this is empty
	stood    *kept.Copies      // what it keeps, where that was read already
	store    bureau.Store      // where files go as they are made; nil for the memory
	memory   *load.Memory      // of what was read before; nil where nothing was
}

// Result counts what was built.
type Result struct {
	Pages, Charts int
	Kept          []bureau.Kept // what HoldBack did not publish
	Built         bool          // the site was written
	write.Report
}

// Build makes the site and writes it where no problem stops it.
func Build(ctx context.Context, o Options) (Result, problem.List, error) {
	stage, refusal := write.Begin(o.Out, filepath.Join(o.Dir, "data"), o.Jobs)
	o.store = bureau.Forget{} // where the folder is refused
	if refusal == nil {
		defer stage.Close()
		o.store = stage
	}
	s, problems, err := Make(ctx, o)
	if err == nil && s.Stops {
		return Result{}, problems, nil
	}
	var report write.Report
	if err = cmp.Or(err, refusal); err == nil {
		o.at(Writing)
		report, err = stage.Finish(s.Files, s.Manifest)
	}
	if refused := (*write.Error)(nil); errors.As(err, &refused) {
		return Result{}, append(problems, refused.Problems...), nil
	}
	return Result{s.Pages, s.Charts, s.Kept, err == nil, report}, problems, err
}

// Check does all that Build does but writing.
func Check(ctx context.Context, o Options) (problem.List, error) {
	o.store = bureau.Forget{}
	_, problems, err := Make(ctx, o)
	return problems, err
}

// Site is a whole site. The bytes of its files are in memory, or where Options.store put
// them.
type Site struct {
	Files         []bureau.File
	Manifest      write.Manifest
	Pages, Charts int
	Kept          []bureau.Kept // what HoldBack did not publish, by file
	Stops         bool          // a problem keeps the site from being published

	bureau  *bureau.Bureau // as it is published
	before  write.Manifest // of the publication that Options.Previous named
	waiting []bureau.Held  // what is not published yet
	moves   []ledger.Move
	targets []figures.Target
	said    []bureau.Translations // that pages read
	changes ledger.Report         // of figures, with their reasons
	gone    []ledger.Move         // addresses that lead nowhere
}

// Make goes the whole way from the folder to the files of the site: it loads,
// decides what the figures are, protects people, checks, and renders. The
// problems are all that there are, wherever they were found. With an error there are none:
// what they tell of persons is masked only at the end.
func Make(ctx context.Context, o Options) (Site, problem.List, error) {
	root, err := folder.Open(o.Dir)
	if err != nil {
		return Site{}, nil, err
	}
	defer root.Close()
	var fsys fs.FS = root
	if o.recorded != nil {
		fsys = kept.Overlay{FS: fsys, Files: o.recorded}
	}
	if o.HoldBack {
		return holdBack(ctx, o, fsys)
	}
	return once(ctx, o, fsys, nil)
}

// decided is what a bureau's folder says, with its figures decided, people protected and
// everything derived: what the files of the site are made from.
type decided struct {
	bureau    *bureau.Bureau
	read      []bureau.Input
	templates *render.Templates
	speak     bool // the catalogues can be used
	waiting   []bureau.Held
	before    write.Manifest // of the publication that Options.Previous named
	sum       string
	changes   ledger.Report
	moves     []ledger.Move
	targets   []figures.Target
	versions  []translate.Version
	commit    string // that the data are of; empty where none is known
}

// decide reads the folder and decides what may be published of it. h is as of once. With
// judge it also holds against the rules what only stands on the way: the rows as they were
// sent, the texts against what is withheld.
func decide(ctx context.Context, o Options, fsys fs.FS, h *holding, judge bool) (d decided, problems problem.List, err error) {
	// What staff wrote, and what its figures are.
	o.at(Reading)
	b, problems := o.memory.Bureau(ctx, fsys, o.Jobs, privacy.Input)
	d.bureau, d.read, d.commit = b, slices.Clone(b.Inputs), cmp.Or(o.Commit, git.Commit(o.Dir))
	var more problem.List
	d.templates, more, err = render.Load(fsys)
	problems.Add(more)
	d.speak = more.Errors() == 0
	if err != nil {
		return d, nil, err
	}
	d.waiting = b.Hold(o.now())
	if o.unmade != "" {
		ledger.Forget(b, o.unmade)
	}
	if h != nil {
		if err := h.stand(ctx, b); err != nil {
			return d, nil, lost{err}
		}
	}
	if err := ctx.Err(); err != nil {
		return d, nil, err
	}
	o.at(Deciding)
	figures.Decide(b)
	problems.Add(ledger.Releases(b))
	d.before, d.sum, more = previous(ctx, o, b)
	problems.Add(more)
	if judge {
		problems.Add(output(ctx, o, b))
		problems.Add(o.target.holds(ctx, o, b))
		problems.Add(check.Sent(b, o.AsOf, o.Jobs))
	}

	// What of it may be published, and what is computed from that.
	problems.Add(disclose.Bureau(b))
	if h != nil {
		h.veil(b)
	}
	if judge { // while it is still known what is withheld
		problems.Add(check.Quoted(b))
		problems.Add(check.QuotedVersions(b, d.templates.Languages))
	}
	for _, s := range b.Statistics {
		s.Forget() // from here on nobody can tell it
	}
	if err := ctx.Err(); err != nil {
		return d, nil, err
	}
	problems.Add(figures.DeriveAll(b, o.Jobs))
	d.templates = d.templates.Counting(b)
	figures.Measure(b, o.AsOf, d.templates.Main(b))
	d.changes, more = ledger.Compare(b, o.AsOf)
	problems.Add(more)
	d.moves, more = ledger.Moves(b)
	problems.Add(more)
	d.moves = h.leading(d.moves)
	d.targets, more = figures.Targets(b)
	problems.Add(more)
	d.versions = translate.Versions(b, d.targets, d.templates.Languages)
	return d, problems, nil
}

// draft draws the charts and finds the pages of what was decided. catalogue is what is
// published as open data, whose files store sets down.
func (d decided) draft(ctx context.Context, o Options, store func(path string, write func(io.Writer) error) (bureau.File, error)) (draft *render.Draft, catalogue opendata.Catalogue, problems problem.List, err error) {
	publisher := opendata.Publisher{Site: d.bureau.Site, Language: d.templates.Main(d.bureau), BaseURL: o.baseURL(d.bureau), AsOf: o.AsOf, Jobs: o.Jobs, Write: store}
	if catalogue, err = publisher.Bureau(ctx, d.bureau, d.targets, d.changes.Revisions); err != nil {
		return nil, catalogue, nil, err
	}
	draft, problems, err = render.NewDraft(ctx, d.templates, render.Input{
		Bureau: d.bureau, AsOf: o.AsOf, BaseURL: publisher.BaseURL, Commit: d.commit, Jobs: o.Jobs,
		Changes: d.changes, Moves: d.moves, Targets: d.targets, Catalogue: catalogue,
	})
	return draft, catalogue, problems, err
}

// once goes the way once. h is what is held back of the folder fsys; nil where nothing
// may be.
func once(ctx context.Context, o Options, fsys fs.FS, h *holding) (Site, problem.List, error) {
	d, problems, err := decide(ctx, o, fsys, h, true)
	if copies := (lost{}); errors.As(err, &copies) {
		return h.unreadable(copies.error)
	}
	if err != nil {
		return Site{}, nil, err
	}
	b := d.bureau

	// What is wrong with it.
	if err := ctx.Err(); err != nil {
		return Site{}, nil, err
	}
	o.at(Checking)
	guard := privacy.New(b, o.AsOf)
	problems.Add(guard.Inputs())
	problems.Add(check.Bureau(ctx, b, o.AsOf, o.Jobs))
	if d.speak {
		problems.Add(check.UnitForms(b, d.templates.Main(b)))
		problems.Add(check.Translations(b, d.versions))
	}
	said := translate.InUse(b, d.versions) // Translations asked for the titles of charts in texts
	problems.Add(check.Hosts(d.templates.Own, b.Site.Rules.AllowedHosts))
	problems.Add(check.Attachments(b.Static, b.Site.Rules.AllowedHosts))
	if err := ctx.Err(); err != nil {
		return Site{}, nil, err
	}
	sources, err := kept.Make(ctx, b, fsys, d.read, said, o.Jobs)
	if err != nil {
		return Site{}, nil, err
	}

	// The files of the site.
	o.at(Drawing)
	set, err := newSetting(o, guard)
	if err != nil {
		return Site{}, nil, err
	}
	draft, catalogue, more, err := d.draft(ctx, o, set.write)
	problems.Add(more)
	if err != nil {
		return Site{}, nil, err
	}
	set.drawings = (*privacy.Sketches)(nil).With(draft.Drawings())
	var others []bureau.File
	if h.without(problems).Errors() == 0 { // else nothing is written
		archive, err := sources.Archive(draft.Has)
		switch {
		case errors.Is(err, kept.ErrTooLarge):
			problems.Warn(problem.Position{File: bureau.SiteKind.File(), Line: 1}, problem.PublishedUnkept,
				problem.Say("数据和文字太多，没有随网站保存；以后加 --hold-back 时没有上次的内容可以沿用", "there is too much to keep with the site, so that --hold-back will have nothing to publish in the place of what is wrong"),
				problem.Say("把早的年份移到另一个目录，另建一个网站；不用 --hold-back 的，%s", "move early years to a folder and a site of their own; where --hold-back is not used, %s", problem.Except(problem.PublishedUnkept, bureau.SiteKind.File())))
		case err != nil:
			return Site{}, nil, err
		}
		if archive.Path != "" {
			if archive, err = set.keep(archive, nil); err != nil {
				return Site{}, nil, err
			}
			others = append(others, archive)
		}
	}
	sources = kept.Sources{} // 15 MB for 10,000 guides
	o.at(Printing)
	set.pages = draft.Pages()
	pages, more, err := draft.Site(ctx, set.keep)
	problems.Add(more)
	if err != nil {
		return Site{}, nil, err
	}
	beside, err := set.all(slices.Concat(b.Static, ledger.Log(b, o.Key)))
	if err != nil {
		return Site{}, nil, err
	}
	files := slices.Concat(pages.Files, catalogue.Files(), beside, others)

	// What they hold, and what is said of it.
	o.at(Holding)
	problems.Add(pages.Links(files))
	gone, more := ledger.Addresses(b, d.moves, files)
	if back := early(b, o); len(more) > 0 && len(back) > 0 {
		more = back // a page may wait for the day that it was published on
	}
	problems.Add(more)
	problems.Add(outputs(o, b, files, problems))
	problems.Add(set.found(files))
	problems.Add(guard.Waivers())
	guard.Redact(problems)
	problems = check.Waiting(d.waiting, problems)
	problems = check.Except(problems, b.Site.Rules.Off)
	problems = h.without(problems)
	problems.Sort()
	problems.Fold()
	manifest := write.Manifest{Bureau: b.Site.Name(), Generator: "sunshine " + o.Version, AsOf: o.asOf(d.waiting), Commit: d.commit, BaseURL: o.BaseURL, Previous: d.sum, Sign: signing(o.Key), Kept: standing(b.Kept), Inputs: b.Inputs, Unread: unread(guard, b.Site)}
	return Site{Files: files, Manifest: manifest, Pages: pages.Pages, Charts: pages.Charts, Stops: stops(problems, o), bureau: b, before: d.before, waiting: d.waiting, moves: d.moves, targets: d.targets, said: said, changes: d.changes, gone: gone}, problems, nil
}

// standing gives the documents that stand as they were, for the manifest.
func standing(all []bureau.Kept) (kept []write.Kept) {
	for _, k := range all {
		since := ""
		if k.Since != 0 {
			since = k.Since.String()
		}
		kept = append(kept, write.Kept{Path: k.File, Since: since})
	}
	return kept
}

// unread tells of each file of data/static that was not inspected wholly why, for
// the manifest, in the main language of the site.
func unread(guard *privacy.Guard, site bureau.Site) map[string]string {
	l := problem.Language(site.MainLanguage())
	why := map[string]string{}
	for _, f := range guard.Unread() {
		if file, is := bureau.StaticFile(f.At.File); is {
			why[file] = f.Why.In(l)
		}
	}
	return why
}

// now is the minute that it is.
func (o Options) now() period.Moment {
	if o.Now == (period.Moment{}) {
		return o.AsOf.End()
	}
	return o.Now
}

// asOf is the day of the build for the manifest; with the time where something waits
// for a later one of that day, so that the same site can be built again.
func (o Options) asOf(waiting []bureau.Held) string {
	if slices.ContainsFunc(waiting, func(h bureau.Held) bool { return h.From.Day == o.AsOf }) {
		return o.now().ISO()
	}
	return o.AsOf.String()
}

// baseURL is the address that the site is published at, ending in a slash.
func (o Options) baseURL(b *bureau.Bureau) string {
	base := cmp.Or(o.BaseURL, b.Site.BaseURL.V)
	if base != "" && !strings.HasSuffix(base, "/") {
		base += "/"
	}
	return base
}

// stops tells whether the problems stop a build.
func stops(problems problem.List, o Options) bool {
	return problems.Errors() > 0 || o.Strict && len(problems) > 0
}
