package ledger

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// This file keeps what was published: the tables of each release, byte for byte, and
// the log itself.

// tablesOf gives the tables of the statistics as they are published now, and the
// files that keep those which no release before has.
func tablesOf(b *bureau.Bureau, site []bureau.File) (tables []bureau.RecordedTable, stored []bureau.File) {
	kept := map[string]bool{}
	for _, f := range b.Tables {
		kept[f.Path] = true
	}
	inputs := map[string]string{}
	for _, in := range b.Inputs {
		inputs[in.Path] = in.SHA256
	}
	of := map[string]*bureau.Statistic{}
	for _, s := range b.Statistics {
		of[bureau.StatisticFile(s.Name, s.Name+".csv")] = s
	}
	for _, f := range site {
		s := of[f.Path]
		if s == nil {
			continue
		}
		t := bureau.RecordedTable{Name: s.Name, SHA256: bureau.SHA256(f.Bytes), Size: int64(len(f.Bytes)), Input: inputs[s.File]}
		tables = append(tables, t)
		if name := tableFile(t); !kept[name] {
			kept[name] = true
			stored = append(stored, bureau.File{Path: name, Bytes: f.Bytes})
		}
	}
	slices.SortFunc(tables, func(a, b bureau.RecordedTable) int { return strings.Compare(a.Name, b.Name) })
	return tables, stored
}

// tableFile is where the bytes of a table are kept, from the bureau's folder.
func tableFile(t bureau.RecordedTable) string { return bureau.TableKind.File(t.SHA256) }

// tables holds the kept tables against the records: each is there, and has the bytes
// that were published. A checkout may have turned the ends of their lines; they are
// turned back.
func tables(b *bureau.Bureau, releases []bureau.Release) problem.List {
	var problems problem.List
	kept := make(map[string]*bureau.File, len(b.Tables))
	for i := range b.Tables {
		kept[b.Tables[i].Path] = &b.Tables[i]
	}
	told := map[string]bool{}
	for _, r := range releases {
		for _, t := range r.Tables {
			name := tableFile(t)
			if told[name] {
				continue
			}
			told[name] = true
			at := problem.Position{File: name}
			f := kept[name]
			switch {
			case f == nil:
				problems.Error(at, problem.ReleaseTable, problem.Say("发布“%s”时公布的表“%s”没有保存下来", `the table "%[2]s" that release "%[1]s" published is not kept`, problem.Quote(r.Label), problem.Quote(t.Name)), restoreTable)
			case !mended(f, t.SHA256):
				problems.Error(at, problem.ReleaseTable, problem.Say("发布“%s”时公布的表“%s”被改动过", `the table "%[2]s" that release "%[1]s" published was edited`, problem.Quote(r.Label), problem.Quote(t.Name)), restoreTable)
			}
		}
	}
	return problems
}

var restoreTable = problem.Say("用备份或版本库里的原文件恢复，也可以从网站 releases/ 里取回同一个文件", "restore it from a backup, from the repository, or from releases/ of the published site")

// mended tells whether the bytes of a table are those that were published, after it
// turned the ends of its lines back.
func mended(f *bureau.File, sum string) bool {
	if bureau.SHA256(f.Bytes) == sum {
		return true
	}
	turned := bytes.ReplaceAll(bytes.ReplaceAll(f.Bytes, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
	if bureau.SHA256(turned) != sum {
		return false
	}
	f.Bytes = turned
	return true
}

// headed holds the log against its head, which stands in a file of its own: whoever
// edits the newest record and computes its hash anew is found by it.
func headed(b *bureau.Bureau, releases []bureau.Release) problem.List {
	var problems problem.List
	at := problem.Position{File: bureau.HeadKind.File(), Line: 1}
	entries := entriesOf(releases)
	if b.Head == nil {
		if slices.ContainsFunc(b.Records, func(r *bureau.Record) bool { return r != nil && r.Format > 1 }) {
			problems.Error(at, problem.ReleaseHead, problem.Say("有发布记录，没有它们的总校验值 head.txt", "there are records of releases, and no head.txt that stands for them"), restoreHead)
		}
		return problems
	}
	head, err := ParseHead(b.Head.Text)
	switch {
	case err != nil:
		problems.Error(at, problem.ReleaseHead, problem.Say("总校验值读不懂", "the head of the log cannot be read"), restoreHead)
	case head.Size > len(entries):
		problems.Error(at, problem.ReleaseHead, problem.Say("应当有发布记录%d份，现在只有%d份", "there should be records of %d releases, and there are %d", head.Size, len(entries)), restoreHead)
	case !head.Grown(entries):
		problems.Error(at, problem.ReleaseHead, problem.Say("发布记录被改动过，与总校验值不符", "the records of releases were edited: they do not have the head that was written"), restoreHead)
	case head.Size < len(entries):
		problems.Error(problem.Position{File: releases[head.Size].File, Line: 1}, problem.ReleaseHead, problem.Say("这次发布没有记录完", "this release was not recorded to its end"),
			problem.Say("删去这个文件，再运行 sunshine release %s", "delete this file and run sunshine release %s again", releases[head.Size].Label))
	}
	return problems
}

var restoreHead = problem.Say("用备份或版本库里的原文件恢复 data/releases/；改正数值要改 data/stats/ 里的表，并在 data/revisions.csv 写明原因", "restore data/releases/ from a backup or the repository; correct figures in data/stats/ and give the reason in data/revisions.csv")

// Log gives the files of the site that hold its history: ledger/ with every record and
// the head, releases/ with the tables of each release and, as releases/latest/, those
// of the last one. The head is signed with the key, where there is one.
func Log(b *bureau.Bureau, key *Key) []bureau.File {
	if len(b.Releases) == 0 {
		return nil
	}
	kept := make(map[string][]byte, len(b.Tables))
	for _, f := range b.Tables {
		kept[f.Path] = f.Bytes
	}
	var files []bureau.File
	for i, r := range b.Releases {
		files = append(files, bureau.File{Path: bureau.LogFile(EntryName(i, r.Label)), Bytes: r.Record})
		for _, t := range r.Tables {
			for _, folder := range Folders(b.Releases, i) {
				files = append(files, bureau.File{Path: bureau.ReleaseFile(folder, t.Name+".csv"), Bytes: kept[tableFile(t)]})
			}
		}
	}
	head := HeadOf(entriesOf(b.Releases)).Text()
	switch {
	case key != nil:
		head = key.Sign(head)
	case b.Head != nil:
		head = b.Head.Text // with the signature that it was given when it was recorded
	}
	return append(files, bureau.File{Path: bureau.LogFile(bureau.HeadName), Bytes: []byte(head)})
}

// Folders are where the tables of release i stand, below releases/: under its label, and
// those of the last one also at the address that does not change.
func Folders(releases []bureau.Release, i int) []string {
	folders := []string{releases[i].Label}
	if i == len(releases)-1 {
		folders = append(folders, bureau.LatestRelease)
	}
	return folders
}

// EntryName names the file of entry i, counted from 0, so that the files of a log sort
// in its order.
func EntryName(i int, label string) string { return fmt.Sprintf("%04d-%s.json", i+1, label) }

// addressesOf are the pages and attachments of a site that no release had before, in
// their order. What the site makes of itself for programs, and pages that only list
// others, are none: nobody keeps their address.
func addressesOf(b *bureau.Bureau, site []bureau.File) []string {
	known := make(map[string]bool, len(b.Published.Addresses))
	for _, address := range b.Published.Addresses {
		known[address] = true
	}
	var fresh []string
	for _, f := range site {
		if address, ok := Address(f.Path); ok && !known[address] {
			fresh = append(fresh, address)
		}
	}
	slices.Sort(fresh)
	return fresh
}

// Address gives the address of a file of the site that must not die, from the site's
// root: guides/hukou/first-id-card/ or static/form.pdf.
func Address(file string) (address string, lasting bool) {
	section, _, _ := strings.Cut(file, "/")
	switch {
	case strings.HasPrefix(file, bureau.StaticSection.Folder()):
		return file, true
	case section == "search" || strings.HasPrefix(file, bureau.MattersSection.Folder()+"by-") || path.Base(file) != "index.html":
		return "", false
	}
	return strings.TrimSuffix(file, "index.html"), true
}

// Follows holds the releases of a bureau against the log of a site that stands
// somewhere: they have to go on from it. A longer log there means that releases are
// missing here, another one that history forked.
func Follows(b *bureau.Bureau, entries [][]byte, where string) problem.List {
	var problems problem.List
	folder := problem.Position{File: bureau.ReleaseKind.Folder()}
	for i, entry := range entries {
		if i >= len(b.Releases) {
			problems.Error(folder, problem.ReleaseBehind,
				problem.Say("“%s”已经公布了%d次，data/releases 里只有%d份记录", "%s has %d releases, and data/releases only %d", problem.Quote(where), len(entries), len(b.Releases)),
				problem.Say("先从版本库取回最新的 data/releases；取不回的，把那个网站 ledger/ 里缺的记录、head.txt 和 releases/ 里的表放回来。那里从未公布过的，删去那个文件夹再生成", "fetch the newest data/releases from the repository; what cannot be fetched is in ledger/ and releases/ of that site. If it was never published, delete that folder and build again"))
			return problems
		}
		if !bytes.Equal(entry, b.Releases[i].Record) {
			problems.Error(problem.Position{File: b.Releases[i].File, Line: 1}, problem.ReleaseFork,
				problem.Say("与“%s”已经公布的记录不同：那里的第%d次发布不是这一份", "the log of %s is another one: its release %d is not this one", problem.Quote(where), i+1),
				problem.Say("用公布过的那一份恢复 data/releases；后来的修订写在 data/revisions.csv，重新 sunshine release。那里从未公布过的，删去那个文件夹再生成", "restore data/releases as it was published; give later changes in data/revisions.csv and run sunshine release again. If that site was never published, delete its folder and build again"))
			return problems
		}
	}
	return problems
}
