package published

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/problem"
)

// Log is the log of a site: its entries in their order, each with the path of its file,
// and its head as it stands with its signatures.
type Log struct {
	Names   []string // of the entries
	Entries [][]byte
	Head    string
}

// errNoHead tells of a log whose head the manifest does not name.
var errNoHead error = &fs.PathError{Op: "read", Path: bureau.LogFile(bureau.HeadName), Err: fs.ErrNotExist}

// Log reads the log, in the order of the paths whatever that of the manifest is. That of
// a site that never recorded a release is empty.
func (s *Site) Log(ctx context.Context) (Log, error) {
	var l Log
	names := s.Names(bureau.LogSection.Folder())
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		data, err := s.File(ctx, name)
		if err != nil {
			return Log{}, err
		}
		if path.Base(name) == bureau.HeadName {
			l.Head = string(data)
		} else {
			l.Names, l.Entries = append(l.Names, name), append(l.Entries, data)
		}
	}
	if len(l.Entries) > 0 && l.Head == "" {
		return Log{}, errNoHead
	}
	return l, nil
}

// Bounds of what is read of a log that no manifest stands for, in bytes.
const (
	maxHead  = 64 << 10
	maxEntry = 64 << 20

	maxLogs = 16 // that are tried against a head
)

// errEntries tells of a log that is not the one of its head.
var errEntries = errors.New("the entries of the log are not those of its head")

// LogAt reads the log of a site whose writing was interrupted, so that its manifest may
// still be the old one and the head the new one: it is as long as the head says that
// stands there. names are those of the files that may be of it.
func LogAt(ctx context.Context, place Place, names []string) (Log, error) {
	s := &Site{place: place}
	head, err := s.read(ctx, bureau.LogFile(bureau.HeadName), maxHead)
	if errors.Is(err, fs.ErrNotExist) {
		return Log{}, nil
	}
	if err != nil {
		return Log{}, err
	}
	h, err := ledger.ParseHead(string(head))
	if err != nil {
		return Log{}, errEntries
	}
	// Two interrupted publishes may each have left an entry with the same number.
	logs := []Log{{Head: string(head)}}
	for i := range h.Size {
		number := bureau.LogFile(fmt.Sprintf("%04d-", i+1))
		var longer []Log
		for _, name := range slices.Sorted(slices.Values(names)) {
			if !strings.HasPrefix(name, number) || path.Ext(name) != ".json" || len(longer) == maxLogs {
				continue
			}
			entry, err := s.read(ctx, name, maxEntry)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return Log{}, err
			}
			for _, l := range logs {
				longer = append(longer, Log{append(slices.Clip(l.Names), name), append(slices.Clip(l.Entries), entry), l.Head})
			}
		}
		if logs = longer; len(logs) == 0 {
			break
		}
	}
	for _, l := range logs {
		if len(l.Entries) == h.Size && h.Grown(l.Entries) {
			return l, nil
		}
	}
	return Log{}, errEntries
}

// Folder is a site in a folder of this machine.
func Folder(dir string) (Place, error) { return standing(dir) }

// log holds the log against its head, an earlier head, and the tables of each release
// against the log.
func (s *Site) log(ctx context.Context, against Against, v *Verified) problem.List {
	var problems problem.List
	at := problem.Position{File: s.place.Name(bureau.LogFile(bureau.HeadName))}
	l, err := s.Log(ctx)
	if err != nil {
		if !told(err) { // else its file is named already
			problems.Error(at, problem.VerifyLog, problem.Say("发布记录读不全：%s", "the log cannot be read whole: %s", Reason(err)), rebuild)
		}
		return problems
	}
	if against.Head != nil && !against.Head.Grown(l.Entries) {
		problems.Error(at, problem.VerifyShrunk, problem.Say("发布记录不是从留存的那一份接着写的：以前的%d条有删改", "the log does not go on from the head that was kept: of its %d entries some were removed or edited", against.Head.Size),
			problem.Say("历史被改写过：发布单位用备份或版本库里的原文件恢复 data/releases/，再生成一次；从外面核对的，留好手里的那一份，向发布单位查问", "history was rewritten: the bureau restores data/releases/ from a backup or the repository and builds again; whoever verifies from outside keeps the head and asks the bureau"))
	}
	if len(l.Entries) == 0 {
		if tables := s.Names(bureau.ReleasesSection.Folder()); slices.ContainsFunc(tables, func(name string) bool { return path.Ext(name) == ".csv" }) {
			problems.Error(at, problem.VerifyLog, problem.Say("有历次发布的表，没有发布记录", "there are tables of releases, and no log of them"), rebuild)
		}
		return problems
	}
	b := bureau.Bureau{Head: &bureau.Head{Text: l.Head}}
	names := map[string]string{} // of an entry as the ledger has it
	for i, entry := range l.Entries {
		label := strings.TrimSuffix(path.Base(l.Names[i]), ".json")
		_, label, _ = strings.Cut(label, "-")
		file := ledger.Path(label)
		names[file] = bureau.LogFile(ledger.EntryName(i, label))
		r, _ := load.Release(file, entry)
		if r == nil {
			problems.Error(problem.Position{File: s.place.Name(names[file]), Line: 1}, problem.VerifyLog, problem.Say("这份发布记录读不懂", "the entry cannot be read"), rebuild)
			return problems
		}
		b.Records = append(b.Records, r)
	}
	names[bureau.HeadKind.File()] = bureau.LogFile(bureau.HeadName)
	for _, p := range ledger.Chain(&b) {
		p.File = s.place.Name(names[p.File])
		p.Rule, p.Hint = problem.VerifyLog, rebuild
		problems = append(problems, p)
	}
	for i, r := range b.Releases {
		for _, t := range r.Tables {
			for _, folder := range ledger.Folders(b.Releases, i) {
				file := bureau.ReleaseFile(folder, t.Name+".csv")
				at := problem.Position{File: s.place.Name(file)}
				switch d, named := s.digests[file]; {
				case !named:
					problems.Error(at, problem.VerifyRelease, problem.Say("发布“%s”时公布的表不在了", "the table that release %s published is missing", problem.Quote(r.Label)), rebuild)
				case d.SHA256 != t.SHA256 || d.Size != t.Size:
					problems.Error(at, problem.VerifyRelease, problem.Say("与发布“%s”时公布的表不同", "the table is not the one that release %s published", problem.Quote(r.Label)), rebuild)
				}
			}
		}
	}
	head, err := ledger.ParseHead(l.Head)
	if err == nil {
		v.Head, v.Releases = head.Text(), head.Size
	}
	if against.Key != nil {
		if text, ok := against.Key.Signed(l.Head); !ok || text != head.Text() {
			problems.Error(at, problem.VerifySignature, problem.Say("发布记录的签名不是这把公钥的", "the log is not signed with this key"), whoseKey)
		}
	}
	return problems
}

// told tells whether what is wrong with a file of the log is said already: the check of
// the manifest's files names those that are missing or differ.
func told(err error) bool {
	return errors.Is(err, errDiffers) || errors.Is(err, fs.ErrNotExist) && err != errNoHead
}
