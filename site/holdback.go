package site

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/kept"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/published"
)

// This file publishes the rest where something has an error of its own. A document, a
// list or a file of data/static stands as it was published before, and the whole way is
// gone again with it in the place of the new one, so that what is computed from it,
// quotes it or leads to it is as if nobody had touched it. What was never published, or
// is wrong beside the rest of today as it was, is left out; so is a template of the
// bureau, for which ours stands. Of a row that the rest does not need, and of an address
// that leads nowhere now, the error is told and stops nothing.

// holding is what is held back in the course of a build.
type holding struct {
	from   string // the publication whose content stands, for messages
	files  map[string][]byte
	kept   []bureau.Kept
	waived map[waived]bool
	pages  map[string]string // that the new versions would have, by document
	with   map[string]string // documents in further languages, which stand with the one in the main language
	beside map[string]bool   // statistics that have no error, and stand as they were since the units do
	said   problem.List      // of the new versions

	fsys       fs.FS // the bureau's folder as it is
	copies     kept.Copies
	holders    func() kept.Holders             // of its addresses
	inputs     map[string]bureau.Input         // what the copies were made from
	protection map[string]kept.Protection      // of their figures, by document
	figures    map[string]map[string][]float64 // of the new versions, by document and by what figureName calls them
}

// waived is a problem that stops nothing.
type waived struct {
	at      problem.Position
	rule    problem.Rule
	message problem.Text
}

func waivedOf(p problem.Problem) waived { return waived{p.Position, p.Rule, p.Message} }

// maxPasses bounds how often the way is gone. Each pass holds back all that it may of one
// rank, and what is held back twice is left out.
const maxPasses = 60

// holdBack makes the site with everything that has an error as it was before.
func holdBack(ctx context.Context, o Options, fsys fs.FS) (Site, problem.List, error) {
	h := &holding{from: o.before(), files: map[string][]byte{}, waived: map[waived]bool{}, pages: map[string]string{}, with: map[string]string{}, beside: map[string]bool{}, fsys: fsys, inputs: map[string]bureau.Input{}, protection: map[string]kept.Protection{},
		figures: map[string]map[string][]float64{}}
	switch {
	case o.Previous == "" && o.stood != nil:
		h.copies = *o.stood
	case h.from != "":
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
	h.holders = sync.OnceValue(func() kept.Holders { return h.copies.Holders(ctx, h.fsys) })
	for pass := 1; ; pass++ {
		s, problems, err := once(ctx, o, h.folder(), h)
		if err != nil {
			return s, problems, err
		}
		steps := h.next(ctx, s, problems)
		if len(steps) == 0 || pass == maxPasses || slices.ContainsFunc(problems, remains) {
			s.Kept = h.kept
			return s, h.report(problems), nil
		}
		for _, step := range steps {
			if err := h.take(ctx, step, s, problems); err != nil {
				return h.unreadable(err)
			}
		}
	}
}

// folder is the bureau's folder with what is held back as it was.
func (h *holding) folder() fs.FS { return kept.Overlay{FS: h.fsys, Files: h.files} }

// before is the publication whose content stands where that of data/ cannot.
func (o Options) before() string { return cmp.Or(o.Previous, o.copies, o.Out) }

// remains tells whether a problem is that data/ tells of persons what must not be
// published, or that one of them no longer agrees: nothing that stood before makes it
// good.
func remains(p problem.Problem) bool {
	return p.Severity == problem.Error && (p.Rule.Area() == "privacy" || p.Rule == problem.RegistersConsent || p.Rule == problem.DisclosureQuoted)
}

// step is what is done about a problem: something is held back or left out, or the
// problem is waived.
type step struct {
	item string          // the document, list or other file
	why  problem.Problem // that is waived, where item is empty; else what is to be said beside the errors of the item
}

// rank orders the steps: those that others quote, list or lead to come before these, so
// that what is wrong only because of another is not held back. What is left out comes
// after all that may stand as it was, and what is waived comes last.
type rank int

const (
	noRank rank = iota
	fileRank
	unitsRank
	staticRank
	listRank // it cannot be read
	goneRank
	statisticRank
	targetsRank
	mattersRank
	registerRank
	guideRank
	pageRank
	noticeRank
	movedRank
	outRank        // as many ranks again
	waiveRank rank = 100
)

var ranks = map[bureau.Kind]rank{
	bureau.UnknownKind: fileRank, bureau.UnitsKind: unitsRank, bureau.StaticKind: staticRank, bureau.AnswersKind: listRank, bureau.TranslationsKind: listRank,
	bureau.StatisticKind: statisticRank, bureau.TargetsKind: targetsRank, bureau.MattersKind: mattersRank, bureau.RegisterKind: registerRank, bureau.AnnualKind: pageRank, bureau.PolicyKind: pageRank,
	bureau.InquiriesKind: mattersRank, bureau.RequestsKind: listRank,
	bureau.GuideKind: guideRank, bureau.PageKind: pageRank, bureau.NoticeKind: noticeRank, bureau.AddressesKind: movedRank,
}

// waivable are the rules of which an error, where nothing can stand for what is wrong,
// is told and no more: the row is read by nobody, the address or the figure is missing.
// What a row of revisions.csv does not explain is an error of its statistic.
var waivable = []problem.Rule{
	problem.SiteHomeFigures, problem.AddressGone, problem.AddressMoved,
	problem.RevisionIncomplete, problem.RevisionDate, problem.RevisionValue, problem.RevisionOld, problem.RevisionNew,
	problem.RevisionTwice, problem.RevisionStillThere, problem.RevisionUnpublished,
	problem.TargetStatistic, problem.TargetField, problem.TargetPeriod, problem.TargetRow, problem.TargetUnit, problem.TargetValue,
	problem.TranslationLanguage, problem.TranslationTwice, problem.TranslationForms, problem.TranslationFigure, problem.TranslationSame,
	problem.TargetDirection, problem.TargetSetBy, problem.TargetPlace, problem.TargetTwice,
}

// next gives the steps of the first rank that has any.
func (h *holding) next(ctx context.Context, s Site, problems problem.List) []step {
	found := map[rank][]step{}
	add := func(r rank, s step) {
		if !slices.ContainsFunc(found[r], func(other step) bool { return s.item != "" && other.item == s.item }) {
			found[r] = append(found[r], s)
		}
	}
	for _, m := range s.gone {
		if item := h.holders().Of(m.Old); item != "" && h.stage(item) == asItIs {
			quoted := `"` + problem.Quote(m.Old) + `"`
			why := slices.IndexFunc(problems, func(p problem.Problem) bool {
				return p.Rule == problem.AddressGone && strings.Contains(p.Message.EN, quoted)
			})
			if why < 0 { // its message does not quote it, as it holds what is masked
				continue
			}
			add(goneRank, step{item: item, why: problems[why]})
		}
	}
	for _, p := range problems {
		if p.Severity != problem.Error {
			continue
		}
		item, r := itemOf(p)
		if item == bureau.UnitsKind.File() && (h.stage(item) != asItIs || !h.copies.Has(item)) {
			continue // without its levels figures of few would be protected as those of many
		}
		stage, read := h.stage(item), slices.Contains(waivable, p.Rule)
		switch {
		case r == noRank:
		case stage == leftOut:
			read = read || p.Rule == problem.RevisionRemoved || p.Rule == problem.RevisionRestated // it is gone for its errors
		case stage == asItIs && !(read && h.row(p)), stage == asItWas && !read:
			if stage == asItWas {
				r += outRank
			}
			add(r, step{item: item})
			continue
		}
		if read {
			add(waiveRank, step{why: p})
		}
	}
	for _, r := range slices.Sorted(maps.Keys(found)) {
		return found[r]
	}
	return nil
}

// row tells whether a problem is of one row of a list of which nothing is kept, or of a
// translation, so that the others stand without it.
func (h *holding) row(p problem.Problem) bool {
	return strings.HasPrefix(p.File, kept.InArchive) || bureau.IsList(p.File) && (!h.copies.Has(p.File) || bureau.KindAt(p.File) == bureau.TranslationsKind)
}

// itemOf gives what is held back for a problem, and when. There is none where the fault is
// that of more than one file, or of one for which nothing may stand: the settings, what
// protects people, the records of releases and revisions.
func itemOf(p problem.Problem) (item string, r rank) {
	switch area := p.Rule.Area(); {
	case p.Rule == problem.DisclosureMethod || p.Rule == problem.DisclosureNone: // of one descriptor
	case p.Rule == problem.TemplateFigure:
		return "templates/figure.html", fileRank
	case area == "privacy" || area == "disclosure" || area == "release" || p.Rule == problem.AddressGone:
		return "", noRank
	}
	kind := bureau.KindAt(p.File)
	if document, of := bureau.DocumentFile(p.File); of != bureau.UnknownKind {
		return document, ranks[of]
	}
	switch {
	case kind == bureau.AddressesKind && p.Rule != problem.AddressMoved:
		return p.File, listRank
	case kind == bureau.UnknownKind && !strings.HasPrefix(p.File, "data/") && !strings.HasPrefix(p.File, "templates/"):
		return "", noRank // the publication, the output folder
	}
	return p.File, ranks[kind]
}

// stages of what may be held back.
type stage int

const (
	asItIs stage = iota
	asItWas
	leftOut
)

func (h *holding) stage(item string) stage {
	for _, k := range h.kept {
		switch {
		case k.File != item || k.Partly:
		case k.Since == 0:
			return leftOut
		default:
			return asItWas
		}
	}
	return asItIs
}

func (h *holding) holds(item string) bool { return h.stage(item) != asItIs }

// take does a step after a pass that gave s and the problems.
func (h *holding) take(ctx context.Context, step step, s Site, problems problem.List) error {
	if step.item == "" {
		h.waived[waivedOf(step.why)] = true
		if h.follows(step.why) {
			return nil
		}
		if strings.HasPrefix(step.why.File, kept.InArchive) {
			return nil // nobody can mend it there
		}
		h.said = append(h.said, step.why)
		h.keep(bureau.Kept{File: step.why.File, Partly: true})
		return nil
	}
	was := h.stage(step.item)
	if was == asItIs {
		own := h.own(s, step.item, problems)
		if own.Errors() == 0 {
			own = append(own, step.why)
		}
		h.said = append(h.said, own...)
	}
	if err := h.hold(ctx, step.item, s.bureau, was == asItWas); err != nil {
		return err
	}
	for _, version := range s.bureau.Versions(step.item) { // readers of all languages are told the same
		if h.holds(version) && was != asItWas {
			continue
		}
		h.with[version] = step.item
		if err := h.hold(ctx, version, s.bureau, was == asItWas); err != nil {
			return err
		}
	}
	if step.item != bureau.UnitsKind.File() {
		return nil
	}
	// Who is below whom, and which counts are of few, the new figures of persons would
	// be protected by: they stand as they were, too.
	for _, of := range s.bureau.Statistics {
		if !slices.ContainsFunc(of.Fields, bureau.Field.IsPersonal) || h.holds(of.File) {
			continue
		}
		d, err := h.copies.Document(ctx, of.File)
		if err != nil {
			return err
		}
		if d.Unchanged(s.bureau.Inputs) {
			continue
		}
		own := h.own(s, of.File, problems)
		h.said = append(h.said, own...)
		h.beside[of.File] = own.Errors() == 0
		if err := h.hold(ctx, of.File, s.bureau, false); err != nil {
			return err
		}
	}
	return nil
}

// own are the problems of what is held back.
func (h *holding) own(s Site, item string, problems problem.List) (own problem.List) {
	for _, p := range problems {
		if of, _ := itemOf(p); of == item || s.explains(p, item) {
			own = append(own, p)
		}
	}
	return own
}

// explains tells whether a problem is of a row of revisions.csv about a statistic that is
// held back: with it the row waits.
func (s Site) explains(p problem.Problem, item string) bool {
	return p.Rule.Area() == "revision" && bureau.KindAt(p.File) == bureau.RevisionsKind && slices.ContainsFunc(s.bureau.Revisions, func(r bureau.Revision) bool {
		return r.Statistic.At.Line == p.Line && bureau.StatisticKind.File(strings.TrimSpace(r.Statistic.V)) == item
	})
}

// follows tells whether an address is gone only because its document is left out.
func (h *holding) follows(p problem.Problem) bool {
	return p.Rule == problem.RevisionRemoved || p.Rule == problem.AddressGone && slices.ContainsFunc(h.kept, func(k bureau.Kept) bool {
		page := h.pages[k.File]
		return page != "" && h.stage(k.File) == leftOut && strings.Contains(p.Message.EN, `"`+problem.Quote(strings.TrimSuffix(page, "index.html"))+`"`)
	})
}

// hold puts what was published of something in its place, or leaves it out.
func (h *holding) hold(ctx context.Context, item string, b *bureau.Bureau, out bool) error {
	h.remember(item, b)
	h.pages[item] = b.PagePaths()[item]
	for _, name := range bureau.DocumentFiles(item) {
		h.files[name] = nil
	}
	var d kept.Document
	if !out {
		var err error
		if d, err = h.copies.Document(ctx, item); err != nil {
			return err
		}
	}
	for _, f := range d.Files {
		h.files[f.Path] = append([]byte{}, f.Bytes...)
	}
	if bureau.KindAt(item) == bureau.InquiriesKind && len(d.Files) > 0 {
		now, err := folder.Read(h.fsys, item, bureau.InquiriesKind.Limit())
		made, ok := kept.StillPublic(item, d.Files[0].Bytes, now)
		if err != nil || !ok { // whoever asked may have taken back what was public
			h.files[item], d = nil, kept.Document{}
		} else {
			h.files[item] = made
		}
	}
	for _, in := range d.Inputs {
		h.inputs[in.Path] = in
	}
	h.protection[item] = d.Protection
	h.kept = slices.DeleteFunc(h.kept, func(k bureau.Kept) bool { return k.File == item })
	h.keep(bureau.Kept{File: item, Since: d.Since})
	return nil
}

func (h *holding) keep(k bureau.Kept) {
	if !slices.ContainsFunc(h.kept, func(other bureau.Kept) bool { return other.File == k.File }) {
		h.kept = append(h.kept, k)
		slices.SortFunc(h.kept, func(a, b bureau.Kept) int { return strings.Compare(a.File, b.File) })
	}
}

// without gives the problems but for those that stop nothing.
func (h *holding) without(problems problem.List) problem.List {
	if h == nil || len(h.waived) == 0 {
		return problems
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool { return p.Severity == problem.Error && h.waived[waivedOf(p)] })
}

// leading gives the moves that lead somewhere: of the others it is told.
func (h *holding) leading(moves []ledger.Move) []ledger.Move {
	if h == nil {
		return moves
	}
	return slices.DeleteFunc(moves, func(m ledger.Move) bool {
		for w := range h.waived {
			if w.rule == problem.AddressMoved && w.at == m.At() {
				return true
			}
		}
		return false
	})
}

// stand tells a bureau which of its documents stand as they were, what they were made
// from, and what readers have of their figures.
func (h *holding) stand(ctx context.Context, b *bureau.Bureau) error {
	b.Kept = h.kept
	since := map[string]period.Date{} // by what revisions.csv calls a document
	for i, in := range b.Inputs {
		of, kind := bureau.DocumentFile(in.Path)
		if kind == bureau.UnknownKind {
			of = in.Path
		}
		if h.stage(of) == asItWas {
			was := h.inputs[in.Path]
			b.Inputs[i].SHA256, b.Inputs[i].Size = was.SHA256, was.Size
		}
	}
	for _, k := range h.kept {
		if bureau.KindAt(k.File) == bureau.MattersKind && k.Since == 0 {
			b.Site.Suggestions.Complete.V = false // a ledger is missing
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
	if err := h.translated(ctx, b); err != nil || len(names) == 0 {
		return err
	}
	shown, err := h.copies.Shown(ctx, names)
	b.KeptShown = shown
	return err
}

// translated gives a bureau the translations that were published: a text that stands as it
// was is said in other languages as it was, too.
func (h *holding) translated(ctx context.Context, b *bureau.Bureau) error {
	if len(h.kept)+len(h.waived) == 0 {
		return nil
	}
	said, err := h.copies.Translations(ctx, b.Site)
	b.Translations = append(b.Translations, said...)
	for w := range h.waived {
		for n := range b.Translations {
			list := &b.Translations[n]
			for i, row := range list.Rows {
				if row.Translation.At == w.at {
					if list.Faulty == nil {
						list.Faulty = map[int]bool{}
					}
					list.Faulty[i] = true
				}
			}
		}
	}
	return err
}

// report gives the problems of the site and of what is held back: of the document as
// it is in data/, and not of its copy, unless that one stops the build.
func (h *holding) report(problems problem.List) problem.List {
	of := func(p problem.Problem) string { item, _ := itemOf(p); return item }
	all := slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool {
		return p.Severity != problem.Error && h.holds(of(p))
	})
	all.Add(h.said)
	again := problem.Say("改正这个文件的错误，再生成一次网站", "correct the errors of this file and build again")
	for _, k := range h.kept {
		at := problem.Position{File: k.File}
		wrong := slices.ContainsFunc(problems, func(p problem.Problem) bool {
			return p.Severity == problem.Error && of(p) == k.File
		})
		_, missing := fs.Stat(h.fsys, k.File)
		switch {
		case k.Partly:
			all.Warn(at, problem.PublishedLeftOut, problem.Say("有错误的几处没有公布，其余照常公布", "what is wrong in it is left out, and the rest is published"), again)
		case !strings.HasPrefix(k.File, "data/"):
			all.Warn(at, problem.PublishedLeftOut, problem.Say("有错误，这次没有用，用的是自带的模板", "has an error and is not used: the built-in template stands for it"), again)
		case h.with[k.File] != "" && k.Since == 0:
			all.Warn(at, problem.PublishedLeftOut, problem.Say("原文 %s 有错误，这次不公布，这个语言版本也不公布", "its original, %s, has an error and is left out, and this version with it", h.with[k.File]), again)
		case h.with[k.File] != "":
			all.Warn(at, problem.PublishedKept, problem.Say("原文 %[1]s 有错误，没有更新，这个语言版本也仍是%[2]s公布的", "its original, %[1]s, has an error and stands as it was, and this version is that of %[2]s, too", h.with[k.File], k.Since), again)
		case k.Since == 0 && bureau.KindAt(k.File) != bureau.AnswersKind:
			all.Warn(at, problem.PublishedLeftOut, problem.Say("内容有错误，又没有上次公布的可以沿用，这次不公布", "has an error, and there is nothing published before that could stand for it: it is left out"),
				problem.Say("改正这个文件的错误，再生成一次网站；以前公布过的，用 --previous 写上公布的网址或文件夹", "correct the errors of this file and build again; if it was published before, name that publication with --previous"))
		case k.Since == 0:
			all.Warn(at, problem.PublishedLeftOut, problem.Say("有错误，这次没有用", "has an error and is not used"), again)
		case wrong:
			all.Error(at, problem.PublishedUnreadable, problem.Say("以前公布的内容和现在的其他内容放在一起也有错误，不能用来代替新的内容", "what was published before has an error beside the rest of today, too, and cannot stand for the new content"), again)
		case h.beside[k.File]:
			all.Warn(at, problem.PublishedKept, problem.Say("单位表有错误，用的是以前的；这里有人数，隐去哪些要看单位的级别，所以仍是%s公布的", "the list of units has an error and stands as it was; which counts of persons are withheld depends on it, so that what stands here is that of %s", k.Since),
				problem.Say("改正 data/units.csv 的错误，再生成一次网站", "correct the errors of data/units.csv and build again"))
		case errors.Is(missing, fs.ErrNotExist):
			all.Warn(at, problem.PublishedKept, problem.Say("公布过的内容没有了，也没有说明去处；网站上仍是%s公布的", "what was published is gone, and nothing says where to: what stands is that of %s", k.Since),
				problem.Say("把文件放回去；确要撤下或搬走的，照错误的提示写明，再生成一次网站", "put the file back; or say what became of it, as the hint of the error tells, and build again"))
		default:
			all.Warn(at, problem.PublishedKept, problem.Say("新的内容有错误，没有公布；网站上仍是%s公布的", "the new content has an error and is not published: what stands is that of %s", k.Since), again)
		}
	}
	all.Sort()
	return all
}

// lost is why what was published before cannot stand.
type lost struct{ error }

// unreadable says that what was published before cannot be used.
func (h *holding) unreadable(err error) (Site, problem.List, error) {
	var problems problem.List
	problems.Error(problem.Position{File: h.from}, problem.PublishedUnreadable,
		problem.Say("以前公布的内容读不出来，不能用来代替有错误的内容：%s", "what was published before cannot be read, and cannot stand for what has an error: %s", published.Reason(err)),
		problem.Say("用 --previous 写上没有损坏的上次公布的网址或文件夹；没有的，改正错误后不用 --hold-back 生成", "name an undamaged publication with --previous; where there is none, correct the errors and build without --hold-back"))
	return Site{Stops: true}, problems, nil
}
