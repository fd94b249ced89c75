package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/send"
	"sunshine/site/write"
)

// history is the log of a bureau as it goes on from that of a target.
type history struct {
	log   published.Log     // at the target
	files map[string][]byte // of data/releases that are to be written, by path; nil for one that goes
	order []string          // in which they are written
	taken []string          // the labels of releases that come from the target
	first bool              // there is no release here
	ahead bool              // there is one here that the target does not have
}

// historyOf reads the log at the target and finds what is missing of it here. A record
// that a publish which was killed left without a head is as if it had never been.
func historyOf(ctx context.Context, root *os.Root, standing *send.Standing, marks marks, o Options, to string) (*history, problem.List, error) {
	h := &history{files: map[string][]byte{}}
	refuse := func(err error) (*history, problem.List, error) {
		var problems problem.List
		problems.Error(problem.Position{File: to}, problem.PublishLog,
			problem.Say("那里的发布记录读不全：%s", "the log there cannot be read whole: %s", published.Reason(err)),
			problem.Say("查明是谁改过那里的 ledger/ 和 releases/，用备份恢复，再运行一次", "find out who changed ledger/ and releases/ there, restore them from a backup, and run this again"))
		return nil, problems, nil
	}
	var err error
	if h.log, err = standing.Log(ctx); err != nil {
		return refuse(err)
	}
	own, err := ownLog(root.FS())
	if err != nil {
		return nil, nil, err
	}
	if half := own.half(marks); half != "" {
		h.drop(half)
	}
	here := own.chain(h.files)
	h.first, h.ahead = here != nil && len(here) == 0, len(here) > len(h.log.Entries)
	whole := len(here) == len(h.log.Entries) && own.size >= len(here) // else a run that took the last ones ended before their head
	if here == nil || h.ahead || whole || !own.begins(here, h.log.Entries) {
		return h, nil, nil // Make says what is wrong with it, and where histories part
	}
	b := bureau.Bureau{Head: &bureau.Head{Text: h.log.Head}}
	for _, entry := range h.log.Entries {
		r, _ := load.Release("", entry)
		if r == nil || r.Label == "" || r.Label != Label(r.Label) {
			return refuse(errors.New("an entry is no record of a release"))
		}
		r.File = ledger.Path(r.Label)
		b.Records = append(b.Records, r)
	}
	records := slices.Clone(b.Records)
	if problems := ledger.Chain(&b); problems.Errors() > 0 {
		return refuse(errors.New(problems[0].Message.EN))
	}
	if o.Key != nil {
		if head, err := ledger.ParseHead(h.log.Head); err != nil || o.Key.Sign(head.Text()) != h.log.Head {
			return refuse(errors.New("its head is not signed with the key of this bureau"))
		}
	}
	for i := len(here); i < len(records); i++ {
		for _, table := range records[i].Tables {
			name := bureau.TableKind.File(table.SHA256)
			if _, err := root.Lstat(name); err == nil || h.files[name] != nil || !bureau.IsSHA256(table.SHA256) {
				continue
			}
			data, err := standing.Table(ctx, bureau.ReleaseFile(records[i].Label, table.Name+".csv"), table.Size)
			if err != nil {
				return refuse(err)
			}
			if bureau.SHA256(data) != table.SHA256 {
				return refuse(errors.New("a table is not the one of its release"))
			}
			h.add([]bureau.File{{Path: name, Bytes: data}})
		}
		h.add([]bureau.File{{Path: records[i].File, Bytes: h.log.Entries[i]}})
		h.taken = append(h.taken, records[i].Label)
	}
	h.add([]bureau.File{{Path: bureau.HeadKind.File(), Bytes: []byte(h.log.Head)}})
	return h, nil, nil
}

// add adds files, to be written after those that are there.
func (h *history) add(files []bureau.File) {
	for _, f := range files {
		h.order = slices.DeleteFunc(h.order, func(name string) bool { return name == f.Path })
		h.files[f.Path], h.order = f.Bytes, append(h.order, f.Path)
	}
}

func (h *history) drop(name string) { h.files[name], h.order = nil, append(h.order, name) }

// write writes the files, the head last: a release without it is not whole.
func (h *history) write(root *os.Root) error {
	for _, name := range h.order {
		if h.files[name] == nil {
			if err := write.Remove(root, name); err != nil {
				return err
			}
		} else if err := write.File(root, name, h.files[name]); err != nil {
			return err
		}
	}
	return nil
}

// ownFiles is the log in data/releases as it stands.
type ownFiles struct {
	records []*bureau.Record // those that can be read, by path
	broken  bool             // one cannot
	size    int              // how many the head says that there are
}

func ownLog(fsys fs.FS) (ownFiles, error) {
	var own ownFiles
	names, err := fs.Glob(fsys, bureau.ReleaseKind.Folder()+"/*.json")
	if err != nil {
		return own, err
	}
	for _, name := range names {
		data, err := folder.Read(fsys, name, bureau.ReleaseKind.Limit())
		r := (*bureau.Record)(nil)
		if err == nil {
			r, _ = load.Release(name, data)
		}
		if r == nil {
			own.broken = true
		} else {
			own.records = append(own.records, r)
		}
	}
	if data, err := folder.Read(fsys, bureau.HeadKind.File(), bureau.HeadKind.Limit()); err == nil {
		if head, err := ledger.ParseHead(string(data)); err == nil {
			own.size = head.Size
		}
	}
	return own, nil
}

// half gives the record of a publish that was killed between it and the head.
func (o ownFiles) half(marks marks) string {
	if len(marks) == 0 || marks[len(marks)-1].State != Pending || len(o.records) != o.size+1 {
		return ""
	}
	name := ledger.Path(marks[len(marks)-1].Label)
	if slices.ContainsFunc(o.records, func(r *bureau.Record) bool { return r.File == name }) {
		return name
	}
	return ""
}

// chain gives the releases in their order, without files that go; nil where they are
// no chain.
func (o ownFiles) chain(files map[string][]byte) []bureau.Release {
	if o.broken {
		return nil
	}
	var b bureau.Bureau
	for _, r := range o.records {
		if data, goes := files[r.File]; goes && data == nil {
			continue
		}
		copied := *r
		b.Records = append(b.Records, &copied)
	}
	if len(b.Records) == 0 {
		return []bureau.Release{}
	}
	n := len(b.Records)
	ledger.Chain(&b)
	if len(b.Releases) != n {
		return nil
	}
	return b.Releases
}

// begins tells whether a log begins with these releases.
func (ownFiles) begins(releases []bureau.Release, entries [][]byte) bool {
	for i, r := range releases {
		if string(r.Record) != string(entries[i]) {
			return false
		}
	}
	return true
}
