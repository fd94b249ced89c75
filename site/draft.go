package site

import (
	"context"
	"encoding/json"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/kept"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/problem"
	"sunshine/site/render"
)

// Draft is the site of a bureau's folder before it is checked: what the figures are is
// decided, and people are protected. Each file is made when somebody asks for it, of all
// that the folder held when the draft was made.
type Draft struct {
	name   string
	pages  *render.Draft
	others map[string][]byte // the files that are no pages
}

// Workshop makes drafts of one folder, one after another, and checks them. What did not
// change in between is not read again; nothing of it is kept on disk.
type Workshop struct{ memory load.Memory }

// NewWorkshop gives an empty one. now is the clock by which the disk tells when a file was
// written.
func NewWorkshop(now func() time.Time) *Workshop { return &Workshop{load.Memory{Now: now}} }

// Check does what Check does.
func (w *Workshop) Check(ctx context.Context, o Options) (problem.List, error) {
	o.memory = &w.memory
	return Check(ctx, o)
}

// Draft reads the folder. Where it cannot be read whole, or its figures cannot be decided,
// the draft is nil, and the problems tell why; what else is wrong Check tells.
func (w *Workshop) Draft(ctx context.Context, o Options) (*Draft, problem.List, error) {
	o.memory = &w.memory
	root, err := folder.Open(o.Dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	made, problems, err := decide(ctx, o, root, nil, false)
	if err != nil {
		return nil, problems, err
	}
	if err := kept.Withhold(ctx, made.bureau, root, made.read, o.Jobs); err != nil {
		return nil, nil, err
	}
	name, err := json.Marshal([]any{made.read, made.bureau.Requests, made.templates.Own, made.commit, o.asOf(made.waiting), o.BaseURL})
	if err != nil {
		return nil, nil, err
	}
	d := &Draft{name: bureau.SHA256(name)[:16], others: map[string][]byte{}}
	pages, catalogue, more, err := made.draft(ctx, o, nil)
	problems.Add(more)
	if err != nil || problems.Errors() > 0 {
		return nil, problems, err
	}
	d.pages = pages
	for _, files := range [][]bureau.File{catalogue.Files(), made.bureau.Static, ledger.Log(made.bureau, o.Key)} {
		for _, f := range files {
			d.others[f.Path] = f.Bytes
		}
	}
	return d, problems, nil
}

// Name tells one draft from another: of the same name, all files are the same.
func (d *Draft) Name() string { return d.name }

// File gives a file of the site; ok is false where it has none at that path. The archive of
// what the site was made from, the manifest and its signature are no part of a draft.
func (d *Draft) File(path string) (file []byte, ok bool) {
	if file, ok = d.others[path]; ok {
		return file, true
	}
	return d.pages.File(path)
}
