package send

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"sunshine/site/each"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/write"
)

// Stage writes the journal and brings everything that is to be sent near its place.
// Nothing of the site is touched yet.
func (t *Target) Stage(ctx context.Context, s *Standing, p Plan, jobs int) error {
	if !t.partial {
		names := maps.Clone(s.known)
		for _, name := range p.names {
			names[name] = true
		}
		lines := slices.Concat([]string{journalHead}, slices.Sorted(maps.Keys(names)), []string{""})
		if err := t.store.write(ctx, journalNote, []byte(strings.Join(lines, "\n"))); err != nil {
			return t.failed(err)
		}
	}
	var sent atomic.Int64
	err := each.Do(jobs, len(p.Send), func(i int) error {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		err := t.store.stage(ctx, p.Send[i])
		if n := sent.Add(1); t.Watch != nil {
			t.Watch(int(n), len(p.Send))
		}
		return err
	})
	return t.failed(err)
}

// Place makes the files stand in their order, the head of the log and the manifest after all
// others, and removes at the very end what is no longer published.
func (t *Target) Place(ctx context.Context, s *Standing, p Plan, jobs int) error {
	if err := t.still(ctx); err != nil {
		return err
	}
	if err := t.remove(ctx, p.First); err != nil {
		return err
	}
	for rest := p.Send; len(rest) > 0; {
		rank := s.rank(rest[0].Path)
		n := 1
		for n < len(rest) && s.rank(rest[n].Path) == rank {
			n++
		}
		if rank >= rankHead {
			if err := t.still(ctx); err != nil {
				return err
			}
		}
		err := each.Do(jobs, n, func(i int) error {
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
			return t.store.place(ctx, rest[i])
		})
		if err != nil {
			return t.failed(err)
		}
		rest = rest[n:]
	}
	if err := t.still(ctx); err != nil {
		return err
	}
	last := slices.DeleteFunc(slices.Clone(p.Remove), func(name string) bool { return slices.Contains(p.First, name) })
	if err := t.remove(ctx, last); err != nil {
		return err
	}
	return t.failed(t.store.finish(ctx, p))
}

// Still tells whether the lock is ours; an error where it is not.
func (t *Target) Still(ctx context.Context) error { return t.still(ctx) }

// remove removes files, and then the folders that are empty without them.
func (t *Target) remove(ctx context.Context, names []string) error {
	dirs := map[string]bool{}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return t.failed(context.Cause(ctx))
		}
		if err := t.store.remove(ctx, name); err != nil {
			return t.failed(err)
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			dirs[dir] = true
		}
	}
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(dirs))) { // the deepest first
		t.store.prune(ctx, dir)
	}
	return nil
}

// Altered reads what stands at the target and says what is not as the manifest there has
// it. What was unpacked from a ZIP file cannot be read.
func (t *Target) Altered(ctx context.Context, s *Standing, site Site, jobs int) (problem.List, error) {
	if t.partial {
		return nil, nil
	}
	_, problems, err := published.Verify(ctx, s.Site, published.Against{}, jobs)
	if site.Signature != nil && !s.Site.Signed(ctx) {
		problems.Error(problem.Position{File: t.store.Name(write.SignatureName)}, problem.VerifyMissing, problem.Say("签名没有了", "the signature is gone"), again)
	}
	return problems, t.failed(err)
}

// Verify reads what stands at the target and holds it against its manifest, which has
// to be the one that was sent.
func (t *Target) Verify(ctx context.Context, sum string, p Plan, jobs int) (problem.List, error) {
	if t.partial {
		return t.verifyArchive(ctx, p)
	}
	s, err := published.Read(ctx, t.store)
	if err != nil {
		return nil, t.failed(err)
	}
	if s.Sum != sum {
		var problems problem.List
		problems.Error(problem.Position{File: t.Address}, problem.PublishOverwritten,
			problem.Say("发完以后核对，那里的 manifest.json 不是刚发的这一份：有人同时改了网站", "after sending, manifest.json there is not the one that was sent: somebody changed the site at the same time"),
			problem.Say("问清是谁，等对方做完，再运行一次 sunshine publish", "find out who it was, wait until they have finished, and run sunshine publish again"))
		return problems, nil
	}
	_, problems, err := published.Verify(ctx, s, published.Against{}, jobs)
	return problems, t.failed(err)
}
