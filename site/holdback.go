package site

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/kept"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/published"
)

// This file publishes the rest where a document has an error of its own. The document
// stands as it was published before, and the whole way is gone again with it in the
// place of the new one, so that what is computed from it, quotes it or leads to it is
// as if nobody had touched it.

// holding is what is held back in the course of a build.
type holding struct {
	from  string // the publication whose content stands, for messages
	files map[string][]byte
	kept  []bureau.Kept
	said  problem.List // of the new versions

	copies     kept.Copies
	inputs     map[string]bureau.Input         // what the copies were made from
	protection map[string]kept.Protection      // of their figures, by document
	figures    map[string]map[string][]float64 // of the new versions, by document and by what figureName calls them
}

// holdBack makes the site with every document that has an error as it was before.
func holdBack(ctx context.Context, o Options, fsys fs.FS) (Site, problem.List, error) {
	h := &holding{from: o.before(), files: map[string][]byte{}, inputs: map[string]bureau.Input{}, protection: map[string]kept.Protection{},
		figures: map[string]map[string][]float64{}}
	if h.from != "" {
		s, err := published.Open(ctx, h.from)
		switch {
		case err == nil:
			defer s.Close()
			if h.copies, err = kept.Open(ctx, s); err != nil {
				return h.unreadable(err)
			}
		case errors.Is(err, published.ErrNoManifest): // nothing was published
		case o.Previous != "": // which is an error where it is read
			return once(ctx, o, fsys, nil)
		case !errors.Is(err, fs.ErrNotExist):
			return h.unreadable(err)
		}
	}
	for {
		s, problems, err := once(ctx, o, kept.Overlay{FS: fsys, Files: h.files}, h)
		if err != nil {
			return s, problems, err
		}
		documents := h.next(problems)
		if len(documents) == 0 || slices.ContainsFunc(problems, remains) {
			s.Kept = h.kept
			return s, h.report(problems), nil
		}
		for _, d := range documents {
			h.remember(d, s.bureau)
			if err := h.hold(d, problems); err != nil {
				return h.unreadable(err)
			}
		}
	}
}

// before is the publication whose content stands where that of data/ cannot.
func (o Options) before() string { return cmp.Or(o.Previous, o.copies, o.Out) }

// remains tells whether a problem is that data/ tells of persons what must not be
// published, or that one of them no longer agrees: nothing that stood before makes it
// good.
func remains(p problem.Problem) bool {
	return p.Severity == problem.Error && (p.Rule.Area() == "privacy" || p.Rule == problem.RegistersConsent || p.Rule == problem.DisclosureQuoted)
}

// order is that in which documents are held back: those that others quote and list
// before these, so that what is wrong only because of another is not held back.
var order = []bureau.Kind{bureau.StatisticKind, bureau.RegisterKind, bureau.GuideKind, bureau.PageKind, bureau.NoticeKind}

// next gives the documents to hold back: those with an error of their own that are of
// the first kind which has any.
func (h *holding) next(problems problem.List) []string {
	found := map[bureau.Kind][]string{}
	for _, p := range problems {
		if p.Severity != problem.Error {
			continue
		}
		switch p.Rule.Area() {
		case "privacy", "disclosure", "release":
			continue // of more than this document
		}
		document, kind := bureau.DocumentFile(p.File)
		if kind != bureau.UnknownKind && !h.holds(document) && !slices.Contains(found[kind], document) {
			found[kind] = append(found[kind], document)
		}
	}
	for _, kind := range order {
		if len(found[kind]) > 0 {
			return found[kind]
		}
	}
	return nil
}

func (h *holding) holds(document string) bool {
	return slices.ContainsFunc(h.kept, func(k bureau.Kept) bool { return k.File == document })
}

// hold puts what was published of a document in its place, or leaves it out.
func (h *holding) hold(document string, problems problem.List) error {
	for _, name := range bureau.DocumentFiles(document) {
		h.files[name] = nil
	}
	for _, p := range problems {
		if of, _ := bureau.DocumentFile(p.File); of == document {
			h.said = append(h.said, p)
		}
	}
	d, err := h.copies.Document(document)
	if err != nil {
		return err
	}
	for _, f := range d.Files {
		h.files[f.Path] = append([]byte{}, f.Bytes...)
	}
	for _, in := range d.Inputs {
		h.inputs[in.Path] = in
	}
	h.protection[document] = d.Protection
	h.kept = append(h.kept, bureau.Kept{File: document, Since: d.Since})
	slices.SortFunc(h.kept, func(a, b bureau.Kept) int { return strings.Compare(a.File, b.File) })
	return nil
}

// stand tells a bureau which of its documents stand as they were, what they were made
// from, and what readers have of their figures.
func (h *holding) stand(ctx context.Context, b *bureau.Bureau) error {
	b.Kept = h.kept
	since := map[string]period.Date{} // by what revisions.csv calls a document
	for i, in := range b.Inputs {
		if of, _ := bureau.DocumentFile(in.Path); h.holds(of) {
			was := h.inputs[in.Path]
			b.Inputs[i].SHA256, b.Inputs[i].Size = was.SHA256, was.Size
		}
	}
	var names []string
	for _, s := range b.Statistics {
		if k, is := b.Keeps(s.File); is {
			s.SHA256 = h.inputs[s.File].SHA256
			h.protection[s.File].Restore(s)
			names = append(names, s.Name)
			since[s.Name] = k.Since
		}
	}
	for _, r := range b.Registers {
		if k, is := b.Keeps(r.File); is {
			since[bureau.RegistersSection.Folder()+r.Name] = k.Since
		}
	}
	b.Revisions = slices.DeleteFunc(b.Revisions, func(r bureau.Revision) bool { // of the new figures
		kept, is := since[strings.TrimSpace(r.Statistic.V)]
		day, ok := period.ParseDay(r.Date.V)
		return is && ok && day > kept
	})
	if len(names) == 0 {
		return nil
	}
	shown, err := h.copies.Shown(ctx, names)
	b.KeptShown = shown
	return err
}

// report gives the problems of the site and of what is held back: of the document as
// it is in data/, and not of its copy, unless that one stops the build.
func (h *holding) report(problems problem.List) problem.List {
	all := slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool {
		document, _ := bureau.DocumentFile(p.File)
		return p.Severity != problem.Error && h.holds(document)
	})
	all.Add(h.said)
	again := problem.Say("改正这个文件的错误，再生成一次网站", "correct the errors of this file and build again")
	for _, k := range h.kept {
		at := problem.Position{File: k.File}
		wrong := slices.ContainsFunc(problems, func(p problem.Problem) bool {
			document, _ := bureau.DocumentFile(p.File)
			return p.Severity == problem.Error && document == k.File
		})
		switch {
		case k.Since == 0:
			all.Warn(at, problem.PublishedLeftOut, problem.Say("内容有错误，又没有上次公布的可以沿用，这次不公布", "has an error, and there is nothing published before that could stand for it: it is left out"),
				problem.Say("改正这个文件的错误，再生成一次网站；以前公布过的，用 --previous 写上公布的网址或文件夹", "correct the errors of this file and build again; if it was published before, name that publication with --previous"))
		case wrong:
			all.Error(at, problem.PublishedUnreadable, problem.Say("以前公布的内容和现在的其他内容放在一起也有错误，不能用来代替新的内容", "what was published before has an error beside the rest of today, too, and cannot stand for the new content"), again)
		default:
			all.Warn(at, problem.PublishedKept, problem.Say("新的内容有错误，没有公布；网站上仍是%s公布的", "the new content has an error and is not published: what stands is that of %s", k.Since), again)
		}
	}
	all.Sort()
	return all
}

// unreadable says that what was published before cannot be used.
func (h *holding) unreadable(err error) (Site, problem.List, error) {
	var problems problem.List
	problems.Error(problem.Position{File: h.from}, problem.PublishedUnreadable,
		problem.Say("以前公布的内容读不出来，不能用来代替有错误的内容：%s", "what was published before cannot be read, and cannot stand for what has an error: %s", problem.Quote(err.Error())),
		problem.Say("用 --previous 写上没有损坏的上次公布的网址或文件夹；没有的，改正错误后不用 --hold-back 生成", "name an undamaged publication with --previous; where there is none, correct the errors and build without --hold-back"))
	return Site{Stops: true}, problems, nil
}
