package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/folder"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/send"
	"sunshine/site/write"
)

// Answer records what somebody answered to a question about a figure.
func (d *Desk) Answer(_ context.Context, row, said, by string) error {
	o, root, end, err := d.changing()
	if err != nil {
		return err
	}
	defer end()
	file := bureau.AnswersKind.File()
	source, err := folder.Read(root.FS(), file, bureau.AnswersKind.Limit())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	now, err := ledger.AppendAnswer(source, row, said, by, o.AsOf.String())
	if err != nil {
		return &ListError{file, err}
	}
	return d.doing(root, problem.Say("%s答复了一处疑问", "%s answered a question", by), []string{file}, func() error { return write.File(root, file, now) })
}

// Changes says what a publication would change.
func (d *Desk) Changes(ctx context.Context) (desk.Changes, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Changes{}, err
	}
	defer end()
	p, missing, problems, err := d.propose(ctx, o)
	if err != nil {
		return desk.Changes{}, err
	}
	var c desk.Changes
	for i, w := range missing.Figures {
		c.Unexplained = append(c.Unexplained, desk.Unexplained{Number: i, What: w.What, Statistic: w.Statistic, Period: w.Period, Field: w.Field, Old: w.Old, New: w.New, Fixed: w.Kind})
	}
	for i, m := range missing.Moves {
		c.Gone = append(c.Gone, desk.Gone{Number: i, Address: m.Old})
	}
	for _, one := range problems {
		if one.Severity == problem.Error || one.Cure.Row != "" {
			c.Problems = append(c.Problems, one)
		}
	}
	if p != nil {
		view := p.Sheet.View(d.Language)
		c.Sheet, c.Digest, c.Same, c.Approved = &view, p.Sheet.Digest, p.Sheet.Same(), p.site.bureau.Approvals
	}
	c.Missing = missingOf(missing)
	return c, nil
}

// propose makes the site once, and gives what its publication would change and what of that
// nobody explained. The proposal is nil while a problem stops it.
func (d *Desk) propose(ctx context.Context, o Options) (*Proposal, Revising, problem.List, error) {
	o.memory = &d.Workshop.memory
	if to, err := targets(o.Dir); err == nil && o.Previous == "" && len(to) > 0 && send.IsFolder(to[0]) {
		if _, err := os.Stat(filepath.Join(to[0], write.ManifestName)); err == nil {
			o.Previous = to[0] // what readers have
		}
	}
	s, problems, err := Make(ctx, o)
	if err != nil {
		return nil, Revising{}, nil, err
	}
	missing := Revising{s.changes.Wanted, s.gone}
	if s.Stops {
		return nil, missing, problems, nil
	}
	made, err := s.sheet(ctx, o)
	return &Proposal{made, s, o}, missing, problems, err
}

// missingOf is the SHA-256 of what nobody explained, so that an answer is of what was shown.
func missingOf(r Revising) string {
	var b strings.Builder
	for _, w := range r.Figures {
		fmt.Fprintf(&b, "%q\n", []string{w.Statistic, w.Period, w.Field, w.Old, w.New, w.What.EN})
	}
	for _, m := range r.Moves {
		fmt.Fprintf(&b, "%q\n", m.Old)
	}
	return bureau.SHA256([]byte(b.String()))
}

// Explain records why published figures changed, and where addresses moved to.
func (d *Desk) Explain(ctx context.Context, missing string, figures map[int]desk.Answer, moves map[int]desk.Answer) (bool, error) {
	o, root, end, err := d.changing()
	if err != nil {
		return false, err
	}
	defer end()
	_, now, _, err := d.propose(ctx, o)
	if err != nil || missingOf(now) != missing {
		return false, err
	}
	var said Revising
	var why, to []Answer
	for i, w := range now.Figures {
		if a, is := figures[i]; is {
			said.Figures, why = append(said.Figures, w), append(why, Answer{Reason: a.Reason, Kind: cmp.Or(w.Kind, a.Kind), By: a.By})
		}
	}
	for i, m := range now.Moves {
		if a, is := moves[i]; is {
			said.Moves, to = append(said.Moves, m), append(to, Answer{Reason: a.Reason, To: a.To})
		}
	}
	var files []string
	if len(said.Figures) > 0 {
		files = append(files, bureau.RevisionsKind.File())
	}
	if len(said.Moves) > 0 {
		files = append(files, bureau.AddressesKind.File())
	}
	return true, d.doing(root, problem.Say("说明改动的原因", "said why something changed"), files, func() error {
		_, err := said.Record(o, why, to)
		return err
	})
}

// Approve records who approved the changes that were shown last.
func (d *Desk) Approve(ctx context.Context, digest, by string) (bool, error) {
	o, root, end, err := d.changing()
	if err != nil {
		return false, err
	}
	defer end()
	p, _, problems, err := d.propose(ctx, o)
	asked := slices.ContainsFunc(problems, func(one problem.Problem) bool { return one.Cure.Row != "" })
	if err != nil || p == nil || asked || p.Sheet.Same() || p.Sheet.Digest != digest {
		return false, err
	}
	return true, d.doing(root, problem.Say("%s批准了公开变化单", "%s approved the changes", by), []string{bureau.ApprovalsKind.File()}, func() error {
		if _, err := p.Approve(by); !errors.Is(err, ErrApproved) {
			return err
		}
		return nil
	})
}

// Publish sends the site. The approvals and releases that it records cannot be undone.
func (d *Desk) Publish(ctx context.Context, to string, tell func(step problem.Text, done, of int)) (desk.Sent, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Sent{}, err
	}
	end() // it takes long, and keeps for itself that nothing else is written meanwhile
	o.Watch = func(step Step, done, of int) { tell(step.Text(), done, of) }
	sent, problems, err := Publish(ctx, o, Publication{To: to, Who: d.Who, Env: d.Env})
	var wrong send.AddressError
	if errors.As(err, &wrong) {
		var list problem.List
		list.Error(problem.Position{File: to}, problem.PublishForeign, wrong.Text, problem.Say("改好地址，再发布", "correct the address and publish again"))
		return desk.Sent{Problems: list}, nil
	}
	if sent.New || len(sent.Taken) > 0 {
		d.mu.Lock()
		d.committed(problem.Say("公布 %s", "published %s", sent.Label), []string{bureau.ReleaseKind.Folder()})
		d.mu.Unlock()
	}
	return desk.Sent{Done: sent.Done, Label: sent.Label, Files: len(sent.Files), Removed: len(sent.Removed), Manifest: sent.Manifest, Problems: problems}, err
}

// Targets are where it was published to before, the latest first.
func (d *Desk) Targets() ([]string, error) {
	o, err := d.Options()
	if err != nil {
		return nil, err
	}
	return targets(o.Dir)
}

func targets(dir string) (all []string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	marks, err := readMarks(root)
	for _, m := range slices.Backward(marks) {
		if !slices.Contains(all, m.To) {
			all = append(all, m.To)
		}
	}
	return all, err
}
