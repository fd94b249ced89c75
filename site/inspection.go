package site

import (
	"cmp"
	"context"

	"sunshine/site/inspect"
	"sunshine/site/problem"
)

// Inspect rehearses the inspection of government sites on the site that Build would make.
// The problems are those of Check.
func Inspect(ctx context.Context, o Options) ([]inspect.Item, problem.List, error) {
	s, problems, err := Make(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	return inspect.Site(inspect.Input{Bureau: s.bureau, AsOf: o.AsOf, BaseURL: cmp.Or(o.BaseURL, s.bureau.Site.BaseURL.V), Files: s.Files, Problems: problems}), problems, nil
}
