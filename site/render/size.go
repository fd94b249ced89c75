package render

import (
	"math/big"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/locale"
)

// This file says how large revisions are.

// kindWords are the kinds of revision, in the order in which they are listed.
var kindWords = []struct {
	kind string
	key  locale.Key
}{
	{bureau.RevisionScheduled, locale.KindScheduled},
	{bureau.RevisionCorrection, locale.KindCorrection},
	{bureau.RevisionDefinition, locale.KindDefinition},
}

// kindText names the kind of a revision for readers: what staff call a definition may
// be a target, a promise, or a day.
func kindText(r ledger.Revision, l *locale.Language) string {
	switch r.What {
	case bureau.SaidNextRelease:
		return l.Text(locale.KindDate)
	case bureau.SaidTarget, bureau.SaidSetBy, bureau.SaidPromise, bureau.SaidJudgedBy, bureau.SaidDue:
		return l.Text(locale.KindTarget)
	}
	for _, k := range kindWords {
		if k.kind == r.Kind {
			return l.Text(k.key)
		}
	}
	return ""
}

// ofKind tells whether a revision is counted under a kind: no target, promise or day is.
func ofKind(r ledger.Revision, kind string) bool {
	switch r.What {
	case bureau.SaidNextRelease, bureau.SaidTarget, bureau.SaidSetBy, bureau.SaidPromise, bureau.SaidJudgedBy, bureau.SaidDue:
		return false
	}
	return r.Kind == kind
}

// comparable tells whether a revision is of a number into another one.
func comparable(r ledger.Revision) bool {
	return r.What == "" && !r.Removed && r.Old.Has() && r.New.Has() && r.Old.Number != r.New.Number && r.Old.Qualifier == bureau.Exact && r.New.Qualifier == bureau.Exact
}

// difference is what a revision added or took, in the unit of the figure, and in
// percent where the old one is no small base.
func (s *site) difference(language *locale.Language, r ledger.Revision) string {
	if !comparable(r) {
		return ""
	}
	d := new(big.Rat).Sub(figures.Exact(r.New.Number), figures.Exact(r.Old.Number))
	_, n := figures.Rounded(d, 6, 0)
	text := signed(locale.Number(n, r.Unit, s.form(r), language), n)
	if share := s.share(r); share != nil {
		_, percent := figures.Rounded(share, 2, 0)
		text += language.Text(locale.Clause) + signed(locale.Number(percent, "%", bureau.Form{}, language), percent)
	}
	return text
}

func signed(text string, n float64) string {
	if n > 0 {
		return "+" + text
	}
	return text
}

// share is the difference in percent of the old figure; nil where that is too small to
// say so, or a rate itself.
func (s *site) share(r ledger.Revision) *big.Rat {
	old := figures.Exact(r.Old.Number)
	if !comparable(r) || r.Unit == "%" || r.Unit == "‰" || new(big.Rat).Abs(old).Cmp(big.NewRat(int64(s.Bureau.Site.Figures.NoPercentBelow.V), 1)) < 0 || old.Sign() == 0 {
		return nil
	}
	d := new(big.Rat).Sub(figures.Exact(r.New.Number), old)
	return d.Mul(d, big.NewRat(100, 1)).Quo(d, new(big.Rat).Abs(old))
}

// sizes says of each kind how many revisions there were, and how large: a sentence each.
func (s *site) sizes(language *locale.Language, revisions []ledger.Revision) []string {
	var lines []string
	for _, k := range kindWords {
		count := 0
		var shares []*big.Rat
		for _, r := range revisions {
			if !ofKind(r, k.kind) {
				continue
			}
			count++
			if share := s.share(r); share != nil {
				shares = append(shares, share.Abs(share))
			}
		}
		if count == 0 {
			continue
		}
		kind, counted := language.Text(k.key), language.Text(locale.RevisionCount, count)
		if len(shares) == 0 {
			lines = append(lines, language.Text(locale.RevisionSizeNone, kind, counted))
			continue
		}
		slices.SortFunc(shares, (*big.Rat).Cmp)
		median := new(big.Rat).Set(shares[len(shares)/2])
		if len(shares)%2 == 0 {
			median.Add(median, shares[len(shares)/2-1]).Quo(median, big.NewRat(2, 1))
		}
		lines = append(lines, language.Text(locale.RevisionSize, kind, counted, percentText(median, language), percentText(shares[len(shares)-1], language)))
	}
	return lines
}

func percentText(share *big.Rat, language *locale.Language) string {
	_, n := figures.Rounded(share, 2, 0)
	return locale.Number(n, "%", bureau.Form{}, language)
}
