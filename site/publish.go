package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/kept"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/send"
	"sunshine/site/write"
)

// Publication is what is published where, and by whom.
type Publication struct {
	To     string // a folder, FILE.zip, sftp://… or s3://…
	Label  string // of the release; empty for the day
	DryRun bool   // only say what would be done
	Who    send.Who
	Env    func(string) string
}

// Sent is what a publication did, or would do.
type Sent struct {
	Label    string   // of the release that stands at the target then
	New      bool     // it was recorded for this publication
	Taken    []string // the labels of releases that only the target had
	Files    []string // sent, in their order
	Removed  []string
	Bytes    int64 // of the files
	Manifest string
	Kept     []bureau.Kept
	Done     bool // the site stands at the target
}

// Publish sends the site to a target. It takes the log that stands there into
// data/releases where it is longer, makes the site as Build does, asks for the approval
// of it where site.yaml wants one, records a release where there is something new, brings everything near its place, and then writes the
// release to data/releases and the site to o.Out, makes it stand at the target, reads
// it there again, and notes it as sent. Whatever goes wrong before the release is
// recorded leaves everything as it was; whatever goes wrong after it is taken up by the
// next run. What stands at the target already is not sent, and makes no release.
//
// The error is a send.AddressError for an address that is none, fs.ErrInvalid and
// fs.ErrExist for a label as with Release.
func Publish(ctx context.Context, o Options, p Publication) (Sent, problem.List, error) {
	sent, problems, err := publish(ctx, o, p)
	if refused := (*write.Error)(nil); errors.As(err, &refused) {
		return sent, append(problems, refused.Problems...), nil
	}
	return sent, problems, err
}

func publish(ctx context.Context, o Options, p Publication) (Sent, problem.List, error) {
	if p.Label != "" && p.Label != Label(p.Label) {
		return Sent{}, nil, &fs.PathError{Op: "publish", Path: ledger.Path(p.Label), Err: fs.ErrInvalid}
	}
	if err := apart(o, p.To); err != nil {
		return Sent{}, nil, err
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return Sent{}, nil, err
	}
	defer root.Close()
	o.at(Reaching)
	t, err := send.Open(ctx, p.To, p.DryRun, p.Env)
	if err != nil {
		return Sent{}, nil, err
	}
	defer t.Close()
	if o.Watch != nil {
		t.Watch = func(done, of int) { o.Watch(Sending, done, of) }
	}
	if !p.DryRun {
		unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
		if err != nil {
			return Sent{}, nil, err
		}
		defer unlock()
		if ctx, err = t.Lock(ctx, p.Who); err != nil {
			return Sent{}, nil, err
		}
	}

	// What stands at the target, and what was noted here of publications.
	before, err := base(ctx, o, p.To)
	if before != nil {
		defer before.Close()
	}
	if err != nil {
		return Sent{}, nil, err
	}
	standing, err := t.Look(ctx, before)
	if err != nil {
		return Sent{}, nil, err
	}
	marks, err := readMarks(root)
	if err != nil {
		return Sent{}, nil, err
	}
	if standing.Site == nil && !standing.Begun && marks.sent(place(p.To)) && !send.IsArchive(p.To) {
		return Sent{}, emptied(p.To), nil
	}
	h, problems, err := historyOf(ctx, root, standing, marks, o, p.To)
	if err != nil || problems.Errors() > 0 {
		return Sent{}, problems, err
	}

	// The site, with a release of it where one is due.
	o.recorded, o.target = h.files, &target{standing.Site, h.log, p.To, h.first, marks.unsent(place(p.To))}
	if o.copies, o.stood, err = lastGood(ctx, o, p.To, standing, h); err != nil {
		_, problems, err := (&holding{from: p.To}).unreadable(err)
		return Sent{}, problems, err
	}
	s, problems, err := Make(ctx, o)
	if err != nil || s.Stops {
		return Sent{}, append(behind(h.taken, problems, p.To), problems...), err
	}
	site := sealed(s)
	sent := Sent{Taken: h.taken}
	if n := len(s.bureau.Releases); n > 0 {
		sent.Label = s.bureau.Releases[n-1].Label
	}
	// The last release is of what stands here, and was recorded for a publication that
	// did not come to its end.
	pending := ledger.Current(s.bureau) && (len(s.bureau.Releases) > len(h.log.Entries) || standing.Begun)
	due := !standing.Same(site) || standing.Begun // something is to be done at the target
	if !standing.Same(site) && !pending {
		if more := early(s.bureau, o); len(more) > 0 {
			return Sent{}, append(problems, more...), nil
		}
		if sent.Label, err = free(s.bureau, p.Label, o); err != nil {
			return Sent{}, problems, err
		}
		files, err := ledger.Release(s.bureau, sent.Label, o.AsOf, s.Files, o.Key)
		if err != nil {
			return Sent{}, problems, err
		}
		h.add(files)
		sent.New = true
		if s, problems, err = Make(ctx, o); err != nil || s.Stops {
			return Sent{}, problems, err
		}
		site = sealed(s)
	}
	if due { // it is what was read last that has to be approved: the folder may have changed
		asked := o
		asked.target = nil // which may have the release already that is not approved as such
		if pending || sent.New {
			asked.Pending = sent.Label
		}
		more, err := s.Approved(ctx, asked)
		problems.Add(more)
		if err != nil || more.Errors() > 0 {
			return Sent{}, problems, err
		}
	}
	sent.Manifest, sent.Kept = bureau.SHA256(site.Manifest), s.Kept

	// What is done at the target.
	altered := false // somebody changed there what was published
	if !due {
		wrong, err := t.Altered(ctx, standing, site, o.Jobs)
		if err != nil {
			return Sent{}, problems, err
		}
		problems.Add(alteredThere(wrong))
		altered = len(wrong) > 0
	}
	if !due && !altered {
		if !p.DryRun {
			if err := h.write(root); err != nil {
				return sent, problems, err
			}
			m := standing.Site.Manifest // which may be of another day
			m.Sign, m.Unread = s.Manifest.Sign, s.Manifest.Unread
			if _, err := write.Site(o.Out, filepath.Join(o.Dir, "data"), s.Files, m, o.Jobs); err != nil {
				return sent, problems, err
			}
			if err := marks.add(root, mark{WasSent, p.Who.Now(), sent.Label, place(p.To), standing.Site.Sum}); err != nil {
				return sent, problems, err
			}
		}
		sent.Manifest, sent.Done = standing.Site.Sum, !p.DryRun
		return sent, problems, nil
	}
	plan, err := t.Plan(ctx, standing, site, altered, o.Jobs)
	if err != nil {
		return Sent{}, problems, err
	}
	for _, f := range plan.Send {
		sent.Files = append(sent.Files, f.Path)
	}
	sent.Removed, sent.Bytes = plan.Remove, plan.Bytes()
	if p.DryRun {
		return sent, problems, nil
	}
	o.at(Sending)
	if err := t.Stage(ctx, standing, plan, o.Jobs); err != nil {
		return Sent{}, problems, err
	}
	if err := t.Still(ctx); err != nil {
		return Sent{}, problems, err
	}

	// From here on it is published.
	o.at(Placing)
	if err := marks.add(root, mark{Pending, p.Who.Now(), sent.Label, place(p.To), sent.Manifest}); err != nil {
		return Sent{}, problems, err
	}
	if err := h.write(root); err != nil {
		return Sent{}, problems, err
	}
	if _, err := write.Site(o.Out, filepath.Join(o.Dir, "data"), s.Files, s.Manifest, o.Jobs); err != nil {
		return Sent{}, problems, err
	}
	if err := t.Place(ctx, standing, plan, o.Jobs); err != nil {
		return Sent{}, problems, err
	}
	wrong, err := t.Verify(ctx, sent.Manifest, plan, o.Jobs)
	if len(wrong) > 0 && err == nil {
		if !standing.Begun && !slices.ContainsFunc(wrong, func(p problem.Problem) bool { return p.Rule == problem.PublishOverwritten }) {
			problems.Add(alteredThere(wrong))
		}
		wrong, err = sendAgain(ctx, t, site, o.Jobs)
	}
	if err != nil || len(wrong) > 0 {
		return sent, append(problems, wrong...), err
	}
	if err := marks.add(root, mark{WasSent, p.Who.Now(), sent.Label, place(p.To), sent.Manifest}); err != nil {
		return sent, problems, err
	}
	sent.Done = true
	return sent, problems, t.Clean(ctx)
}

// behind tells, where something of a release that only the target had is missing here, that
// its data are: the hints about what is missing would take it from the public.
func behind(taken []string, problems problem.List, to string) (all problem.List) {
	if len(taken) > 0 && slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.Severity == problem.Error && (p.Rule.Area() == "address" || p.Rule.Area() == "revision")
	}) {
		all.Error(problem.Position{File: to}, problem.PublishBehind,
			problem.Say("别人用另一份数据向这里发布过“%s”，他们的数据这里还没有：下面说的没有了、变了的内容，可能就是他们发的", "somebody published %s here from data that this folder does not have yet: what is said below to be gone or changed may be theirs", problem.Quote(strings.Join(taken, " "))),
			problem.Say("先把他们的 data/ 取来合在一起（用版本库的，取回最新的提交；不用的，向他们要），再运行一次；不要为他们的内容写去向或者修订原因", "first bring their data/ together with yours (fetch the newest commits where there is a repository, else ask them), then run this again; write no new address and no reason of a revision for what is theirs"))
	}
	return all
}

// alteredThere warns of each file at the target that is not as it was published. It is sent
// again; who wrote there, and how, people have to find out.
func alteredThere(wrong problem.List) (problems problem.List) {
	said := map[string]bool{} // a table of a release is held against the log, too
	for _, p := range wrong {
		if said[p.File] {
			continue
		}
		said[p.File] = true
		problems.Warn(problem.Position{File: p.File}, problem.PublishAltered,
			problem.Say("那里的这个文件不是发布的那一份，或者没有了：有人动过，或者存坏了", "the file there is not the one that was published, or is gone: somebody touched it, or the disk is failing"),
			problem.Say("sunshine publish 会重新发送；查明是谁、用什么账号动的，那里只应当由 sunshine publish 写", "sunshine publish sends it again; find out who touched it, and by what account: nothing but sunshine publish should write there"))
	}
	return problems
}

// lastGood is the publication whose content stands where that of data/ has an error: what
// stands at the target, unless there is a newer one in the output folder, or nothing else
// whole. copies names it; stood is nil where it is to be opened by that.
func lastGood(ctx context.Context, o Options, to string, standing *send.Standing, h *history) (copies string, stood *kept.Copies, err error) {
	if !o.HoldBack || o.Previous != "" || standing.Site == nil || send.IsArchive(to) {
		return "", nil, nil
	}
	if standing.Begun || h.ahead {
		if s, err := published.Open(ctx, o.Out); err == nil {
			return "", nil, s.Close()
		}
	}
	there, err := kept.Open(ctx, standing.Site)
	return to, &there, err
}

// sendAgain sends what does not stand at the target as it was sent.
func sendAgain(ctx context.Context, t *send.Target, site send.Site, jobs int) (problem.List, error) {
	standing, err := t.Look(ctx, nil)
	if err != nil {
		return nil, err
	}
	plan, err := t.Plan(ctx, standing, site, true, jobs)
	if err != nil {
		return nil, err
	}
	if err := t.Stage(ctx, standing, plan, jobs); err != nil {
		return nil, err
	}
	if err := t.Place(ctx, standing, plan, jobs); err != nil {
		return nil, err
	}
	return t.Verify(ctx, bureau.SHA256(site.Manifest), plan, jobs)
}

func sealed(s Site) send.Site {
	manifest, signature := s.Manifest.Sealed(s.Files)
	return send.Site{Files: s.Files, Manifest: manifest, Signature: signature}
}

// free finds a label that no release has: the one that was asked for, or the day, with
// a number where there is one of that day.
func free(b *bureau.Bureau, asked string, o Options) (string, error) {
	taken := map[string]bool{}
	for _, r := range b.Releases {
		taken[r.Label] = true
	}
	label := asked
	if asked == "" {
		label = o.AsOf.String()
		for n := 2; taken[label]; n++ {
			label = o.AsOf.String() + "-" + strconv.Itoa(n)
		}
	}
	if taken[label] {
		return "", &fs.PathError{Op: "publish", Path: ledger.Path(label), Err: fs.ErrExist}
	}
	return label, nil
}

// apart refuses a folder or a file in which the site would stand in its own way.
func apart(o Options, to string) error {
	if !send.IsFolder(to) && !send.IsArchive(to) || to == "" {
		return nil
	}
	refuse := func(message problem.Text) error {
		e := &write.Error{}
		e.Problems.Error(problem.Position{File: filepath.ToSlash(to)}, problem.PublishForeign, message,
			problem.Say("换一个文件夹：网站要发到单位目录的 data/ 和 public/ 以外", "use another folder, outside data/ and public/ of the bureau"))
		return e
	}
	for _, dir := range []string{filepath.Join(o.Dir, "data"), o.Out} {
		inside, err := write.Within(to, dir)
		if err != nil {
			return err
		}
		if a, b := place(to), place(dir); a == b || strings.HasPrefix(a, b+"/") { // also where neither is there yet
			inside = true
		}
		if inside {
			return refuse(problem.Say("要发到的位置在“%s”里面", "the place to publish to lies in %q", problem.Quote(filepath.ToSlash(dir))))
		}
		if holds, err := write.Within(dir, to); err == nil && holds && send.IsFolder(to) {
			return refuse(problem.Say("要发到的文件夹里有“%s”", "the folder to publish to holds %q", problem.Quote(filepath.ToSlash(dir))))
		}
	}
	return nil
}

// base is the publication that a ZIP file is made against, where one is named.
func base(ctx context.Context, o Options, to string) (*published.Site, error) {
	if !send.IsArchive(to) || o.Previous == "" {
		return nil, nil
	}
	s, err := published.Open(ctx, o.Previous)
	if err != nil {
		return nil, nil // Make says why, or that it is the first publication
	}
	return s, nil
}

// emptied tells that nothing stands where the site was sent before.
func emptied(to string) (problems problem.List) {
	problems.Error(problem.Position{File: to}, problem.PublishEmptied,
		problem.Say("以前向这里发布过，现在这里是空的", "the site was published here before, and now nothing is here"),
		problem.Say("网络盘或者磁盘先连接好；那边确实清空了、要整个重新发的，删去“%s”里写有这个位置的各行，再运行一次", "connect the network drive or the disk first; if it was emptied on purpose and all is to be sent anew, delete the lines that name this place from %s and run this again", marksFile))
	return problems
}

// target is what stands where the site is to be sent.
type target struct {
	site   *published.Site
	log    published.Log
	where  string
	first  bool   // the bureau has no release of its own, and so goes on from anybody's log
	unsent string // the label of the release that was recorded to be sent there, and was not
}

// holds holds the bureau against what stands at the target.
func (t *target) holds(ctx context.Context, o Options, b *bureau.Bureau) (problems problem.List) {
	if t == nil {
		return nil
	}
	problems.Add(ledger.Follows(b, t.log.Entries, t.where))
	for i := range problems {
		if p := &problems[i]; p.Rule == problem.ReleaseFork && t.unsent != "" && b.Releases[len(b.Releases)-1].Label == t.unsent && p.File == ledger.Path(t.unsent) {
			p.Hint = problem.Say("这次发布记录了、没有发到那里，别人先发布了：“%s”没有另外公布过的，把它和这个文件一起删去，再运行一次；别人的发布记录会自动取来，这次的内容接在后面重新记录", "this release was recorded and never came there, and somebody else published meanwhile: unless %q was made public by other means, delete it and this file, and run this again; their release is fetched by itself, and this one is recorded anew after it", problem.Quote(filepath.ToSlash(o.Out)))
		}
	}
	if t.site != nil {
		entries := t.log.Entries
		if t.first {
			entries = nil // none of which tells that it is ours
		}
		problems.Add(foreign(t.site, b, entries, t.where))
		problems.Add(unsigned(ctx, t.site, o, t.where))
	}
	return problems
}
