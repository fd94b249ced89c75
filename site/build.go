// Package site turns a bureau's folder into its site, one step after another:
// load, check, compute, draw, render, write. Nothing is written while an error
// stands, and the same input gives the same bytes whatever the clock, the time
// zone or the number of workers.
package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"sunshine/site/bureau"
	"sunshine/site/check"
	"sunshine/site/compute"
	"sunshine/site/disclose"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/opendata"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/write"
)

// Options say what is built, and stand for the clock and the environment.
type Options struct {
	Dir     string      // the bureau's folder, which holds data/
	Out     string      // where the site is written
	Cache   string      // where drawings are kept between builds; empty: nowhere
	BaseURL string      // takes the place of the one in site.yaml
	AsOf    period.Date // the day that it is
	Jobs    int         // how much is done side by side; at least 1
	Strict  bool        // a warning stops the build as an error does
	Version string      // of sunshine, for the manifest
}

// Result counts what was built.
type Result struct {
	Pages, Charts int
	write.Report
}

// Build makes the site and writes it where no problem stops it.
func Build(ctx context.Context, o Options) (Result, problem.List, error) {
	s, problems, err := assemble(ctx, o, true)
	if err != nil || stops(problems, o) {
		return Result{}, problems, err
	}
	s.bureau = nil // 40 MB for 10,000 guides
	report, err := write.Site(o.Out, filepath.Join(o.Dir, "data"), s.Files, s.Manifest, o.Jobs)
	if refused := (*write.Error)(nil); errors.As(err, &refused) {
		return Result{}, append(problems, refused.Problems...), nil
	}
	return Result{s.Pages, s.Charts, report}, problems, err
}

// Check goes all the way to the pages, but draws and writes nothing.
func Check(ctx context.Context, o Options) (problem.List, error) {
	_, problems, err := assemble(ctx, o, false)
	return problems, err
}

// Site is a whole site in memory.
type Site struct {
	Files         []bureau.File
	Manifest      write.Manifest
	Pages, Charts int

	bureau *bureau.Bureau // as it is published
}

// Make builds the site in memory, for the preview.
func Make(ctx context.Context, o Options) (Site, problem.List, error) {
	return assemble(ctx, o, true)
}

// assemble is the whole way from the folder to the files of the site.
func assemble(ctx context.Context, o Options, draw bool) (Site, problem.List, error) {
	root, err := os.OpenRoot(o.Dir) // no link leads out of it
	if err != nil {
		return Site{}, nil, err
	}
	defer root.Close()

	b, problems := load.Bureau(ctx, root.FS(), o.Jobs, privacy.Input)
	problems.Add(ledger.Releases(b))
	problems.Add(examine(b, o.Jobs))
	problems.Add(disclose.Bureau(b))
	problems.Add(derive(b, o.Jobs))
	guard := privacy.New(b, o.AsOf)
	problems.Add(guard.Inputs())
	changes, more := ledger.Compare(b, o.AsOf)
	problems.Add(more)
	problems.Add(check.Bureau(b, o.AsOf))
	problems.Add(compute.HomeFigures(b))
	problems.Add(compute.Stale(b, o.AsOf))
	templates, more, err := loadTemplates(root.FS())
	problems.Add(more)
	problems.Add(check.Hosts(root.FS(), b.Site.Rules.AllowedHosts))
	if err != nil {
		return Site{}, problems, err
	}

	artist, err := newArtist(o, templates, draw && !stops(problems, o))
	if err != nil {
		return Site{}, problems, err
	}
	defer artist.close()
	publisher := opendata.Publisher{Site: b.Site, BaseURL: baseURL(o, b), AsOf: o.AsOf}
	statistics, datasets, more, err := artist.statistics(ctx, b, publisher)
	problems.Add(more)
	if err != nil {
		return Site{}, problems, err
	}
	catalogue, err := artist.catalogue(b, publisher, datasets)
	if err != nil {
		return Site{}, problems, err
	}
	units, err := artist.units(ctx, b)
	if err != nil {
		return Site{}, problems, err
	}
	targets, more := compute.Targets(b)
	problems.Add(more)
	documents := newDocuments(artist, b, statistics)
	source := commit(o.Dir)
	files, more := render.Site(templates, render.Input{
		Bureau: b, AsOf: o.AsOf, BaseURL: baseURL(o, b), Commit: source, Changes: changes, Jobs: o.Jobs,
		Document: documents.render, Statistics: statistics, Units: units, Targets: targets, Catalogue: catalogue,
		Cards: compute.Latest(b, b.Site.MainLanguage()), Overdue: compute.Freshness(b, o.AsOf, b.Site.MainLanguage()),
	})
	problems.Add(more)
	files = slices.Concat(files, catalogue.Files(), b.Static)
	charts, faults := documents.gather(files, more.Errors() == 0)
	problems.Add(faults)
	files = append(files, charts...)
	if more.Errors() == 0 {
		problems.Add(outputs(b, files, problems))
	}
	if err := ctx.Err(); err != nil {
		return Site{}, problems, err
	}
	problems.Add(guard.Output(files, o.Jobs))
	problems.Add(guard.Waivers())
	guard.Redact(problems)
	problems = check.Except(problems, b.Site.Rules.Off)
	problems.Sort()
	if !stops(problems, o) {
		artist.prune()
	}
	manifest := write.Manifest{Generator: "sunshine " + o.Version, AsOf: o.AsOf.String(), Commit: source, Inputs: b.Inputs}
	return Site{files, manifest, countPages(files), artist.count(), b}, problems, nil
}

// stops tells whether the problems stop a build.
func stops(problems problem.List, o Options) bool {
	return problems.Errors() > 0 || o.Strict && len(problems) > 0
}

// examine holds the rows of every statistic, as they were sent, against the
// identities of its descriptor and against each other.
func examine(b *bureau.Bureau, jobs int) problem.List {
	return eachStatistic(b, jobs, func(s *bureau.Statistic) problem.List {
		sent := *s // derived fields are made of what may be published, later
		return slices.Concat(compute.Derive(&sent), compute.Checks(&sent), check.Figures(&sent))
	})
}

// derive computes the derived fields of every statistic.
func derive(b *bureau.Bureau, jobs int) problem.List {
	return eachStatistic(b, jobs, compute.Derive)
}

// eachStatistic calls f for every statistic, side by side.
func eachStatistic(b *bureau.Bureau, jobs int, f func(*bureau.Statistic) problem.List) problem.List {
	found := make([]problem.List, len(b.Statistics))
	var group errgroup.Group
	group.SetLimit(jobs)
	for i, s := range b.Statistics {
		group.Go(func() error {
			found[i] = f(s)
			return nil
		})
	}
	group.Wait()
	return slices.Concat(found...)
}
