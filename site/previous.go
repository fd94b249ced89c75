package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/write"
)

// This file looks at what is public already: the publication that --previous names,
// and the folder that the site is written to. The first takes part in what is built;
// the second can only stop it.

// previous reads the publication that o.Previous names: its log, which the releases of
// the bureau have to go on from, and what it shows of figures, which readers have. It
// gives its manifest with the SHA-256 of that, both empty where nothing was named or
// published yet.
func previous(ctx context.Context, o Options, b *bureau.Bureau) (write.Manifest, string, problem.List) {
	var problems problem.List
	if o.Previous == "" {
		return write.Manifest{}, "", nil
	}
	fail := func(err error) (write.Manifest, string, problem.List) {
		problems.Error(problem.Position{File: o.Previous}, problem.ReleasePrevious,
			problem.Say("上次公布的网站读不全：%s", "the publication before cannot be read whole: %s", published.Reason(err)),
			problem.Say("核对 --previous 写的网址或文件夹，等网站恢复后再生成；从未公布过的，不写 --previous", "check the address or the folder that --previous names, and build when the site can be read; leave --previous out where nothing was ever published"))
		return write.Manifest{}, "", problems
	}
	s, err := published.Open(ctx, o.Previous)
	switch {
	case errors.Is(err, published.ErrNoSite) && len(b.Releases) == 0 && published.IsAddress(o.Previous):
		return write.Manifest{}, "", nil // the first publication
	case err != nil:
		return fail(err)
	}
	defer s.Close()
	l, err := s.Log(ctx)
	if err != nil {
		return fail(err)
	}
	problems.Add(foreign(s, b, l.Entries, o.Previous))
	problems.Add(unsigned(ctx, s, o, o.Previous))
	problems.Add(ledger.Follows(b, l.Entries, o.Previous))
	names := slices.DeleteFunc(s.Names(bureau.StatisticsSection.Folder()), func(name string) bool { return path.Ext(name) != ".json" })
	if b.Previous, err = ledger.Shown(names, func(name string) ([]byte, error) { return s.File(ctx, name) }); err != nil {
		return fail(err)
	}
	return s.Manifest, s.Sum, problems
}

// foreign refuses the site of another bureau, whose content would be taken for that of
// this one. A bureau that has another name now is known by its log.
func foreign(s *published.Site, b *bureau.Bureau, entries [][]byte, where string) (problems problem.List) {
	if of := s.Manifest.Bureau; of != "" && of != b.Site.Name() && (len(entries) == 0 || len(b.Releases) == 0) {
		problems.Error(problem.Position{File: where}, problem.ReleasePrevious,
			problem.Say("这是“%s”的网站，不是“%s”的", `this is the site of "%s", not of "%s"`, problem.Quote(of), problem.Quote(b.Site.Name())),
			problem.Say("核对网址或文件夹；单位改了名、网站又没有发布记录的，删去旧的输出文件夹，不写 --previous", "check the address or the folder; where the bureau has another name now and never recorded a release, delete the old output folder and leave --previous out"))
	}
	return problems
}

// unsigned warns where the site that is public is signed and this one will not be: its
// readers would take that for a forgery.
func unsigned(ctx context.Context, s *published.Site, o Options, where string) (problems problem.List) {
	if o.Key == nil && s.Signed(ctx) {
		problems.Warn(problem.Position{File: where}, problem.ReleaseUnsigned,
			problem.Say("已经公布的网站有签名，这次生成没有密钥，不会签名", "the published site is signed, and this build has no key to sign with"),
			problem.Say("把环境变量 SUNSHINE_KEY 设为密钥文件的位置，再运行一次；不再签名的，告诉持有公钥的人", "set SUNSHINE_KEY to the place of the key's file and run this again; if the site is not to be signed any more, tell those who have the public key"))
	}
	return problems
}

// maxShown bounds what is read of one table of the output folder, in bytes.
const maxShown = 512 << 20

// output looks at the folder that the site is written to: whether its log is longer
// than that of the bureau or another one, and what it shows of persons.
func output(ctx context.Context, o Options, b *bureau.Bureau) problem.List {
	if o.Out == "" {
		return nil
	}
	var problems problem.List
	if s, err := published.Open(ctx, o.Out); err == nil { // there is none yet, or write tells why not
		defer s.Close()
		l, err := s.Log(ctx)
		if err != nil && write.Interrupted(o.Out) {
			l, err = interrupted(ctx, o.Out)
		}
		if err != nil {
			problems.Error(problem.Position{File: o.Out}, problem.ReleasePrevious,
				problem.Say("输出文件夹里的发布记录读不全：%s", "the log in the output folder cannot be read whole: %s", published.Reason(err)),
				problem.Say("核对谁改过这个文件夹；它从未公布过的，或者另有公布的网站，删去它再生成", "find out who changed that folder; if it was never published, or the site stands elsewhere, delete it and build again"))
		} else {
			problems.Add(foreign(s, b, l.Entries, o.Out))
			problems.Add(ledger.Follows(b, l.Entries, o.Out))
		}
		if o.Previous == "" {
			problems.Add(unsigned(ctx, s, o, o.Out))
		}
	}
	if !slices.ContainsFunc(b.Statistics, func(s *bureau.Statistic) bool { return slices.ContainsFunc(s.Fields, bureau.Field.IsPersonal) }) {
		return problems
	}
	root, err := os.OpenRoot(o.Out)
	if err != nil {
		return problems
	}
	defer root.Close()
	names, err := fs.Glob(root.FS(), bureau.StatisticFile("*", "*.json"))
	if err == nil {
		b.Standing, _ = ledger.Shown(names, func(name string) ([]byte, error) {
			data, _ := folder.Read(root.FS(), name, maxShown) // what cannot be read shows nothing
			return data, nil
		})
	}
	return problems
}

// interrupted reads the log of an output folder in which a build did not come to its end.
func interrupted(ctx context.Context, out string) (published.Log, error) {
	place, err := published.Folder(out)
	if err != nil {
		return published.Log{}, err
	}
	defer place.Close()
	names, err := fs.Glob(os.DirFS(out), bureau.LogFile("*"))
	if err != nil {
		return published.Log{}, err
	}
	return published.LogAt(ctx, place, names)
}

// signing gives what signs the manifest with the key of the build, nil where it has none.
func signing(key *ledger.Key) func([]byte) string {
	if key == nil {
		return nil
	}
	return func(manifest []byte) string { return key.Sign(ledger.ManifestText(manifest)) }
}

// Verify holds a published site against itself, what is kept of it and, where o.Dir is
// given, the folder that it was made from: that is built again as the manifest says,
// and every byte compared. place is a folder or an address.
func Verify(ctx context.Context, place string, against published.Against, o Options) (published.Verified, problem.List, error) {
	s, err := published.Open(ctx, place)
	if err != nil {
		return published.Verified{}, nil, err
	}
	defer s.Close()
	v, problems, err := published.Verify(ctx, s, against, o.Jobs)
	if err != nil || o.Dir == "" {
		return v, problems, err
	}
	at := problem.Position{File: place}
	now, ok := period.ParseMoment(s.Manifest.AsOf)
	if day, whole := period.ParseDate(s.Manifest.AsOf); whole {
		now = day.End()
	}
	if !ok {
		problems.Error(at, problem.VerifyRebuilt, problem.Say("清单里没有生成的日期", "the manifest does not say of which day the site is"), problem.Say("用新一版的 sunshine 生成的网站才能这样核对", "only a site that was built by a newer version can be built again"))
		return v, problems, nil
	}
	if s.Manifest.Previous != "" && o.Previous == "" {
		problems.Error(at, problem.VerifyRebuilt, problem.Say("这个网站是接着上一次公布的网站生成的", "the site was built with the publication before it"), problem.Say("用 --previous 写上那一次网站的文件夹", "name the folder of that publication with --previous"))
		return v, problems, nil
	}
	o.AsOf, o.Now, o.BaseURL, o.Commit, o.Out = now.Day, now, s.Manifest.BaseURL, s.Manifest.Commit, ""
	o.HoldBack, o.copies = len(s.Manifest.Kept) > 0, place
	built, more, err := Make(ctx, o)
	if err != nil {
		return v, problems, err
	}
	if built.Stops {
		return v, append(problems, more...), nil
	}
	m := built.Manifest
	m.Files = write.Digests(m, built.Files)
	problems.Add(published.Compare(s, m))
	problems.Sort()
	return v, problems, nil
}
