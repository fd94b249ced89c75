package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// openSDG is the peer whose data folder import moves.
const openSDG = "open-sdg"

// importOpenSDG moves the data folder of an Open SDG site into the bureau's folder.
func (c *command) importOpenSDG(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 1 {
		return 0, usage("sunshine import --from open-sdg 要写一个目录，就是 Open SDG 网站放数据的目录", "sunshine import --from open-sdg needs one folder, the one that holds the data of the Open SDG site")
	}
	source, err := os.OpenRoot(args[0]) // no link leads out of it
	if err != nil {
		return 0, usage("打不开目录“%s”", "folder %q cannot be opened", problem.Quote(args[0]))
	}
	defer source.Close()
	dir := f.dir
	if dir == "" {
		dir = "."
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	zone, _ := bureau.Site{}.Zone()
	if isBureau(dir) {
		zone = site.Zone(dir)
	}
	now, err := c.moment("", zone)
	if err != nil {
		return 0, err
	}
	moved, problems, err := site.MoveOpenSDG(ctx, site.Options{Dir: dir, AsOf: now.Day, Now: now, Jobs: f.jobs, Version: version()}, source.FS())
	if err != nil {
		return 0, err
	}
	for _, t := range moved.Tables {
		c.say(f, lang, problem.Say("搬来 %s：%s，%d行，%d个数值，来自 %s", "moved %s: %s, rows: %d, figures: %d, from %s",
			bureau.StatisticKind.File(t.Name), t.Title(), len(t.Rows), t.Figures, t.Source()))
	}
	for _, l := range moved.Left {
		lines := problem.Text{}
		if len(l.Lines) > 0 {
			var names []string
			for _, n := range l.Lines {
				names = append(names, strconv.Itoa(n))
			}
			list := strings.Join(names, ", ")
			lines = problem.Say("第%s行", " lines %s", list)
		}
		c.say(f, lang, problem.Say("没有搬 %s%s：%s", "left out %s%s: %s", l.File, lines, l.Why))
	}
	for _, r := range moved.Confirm {
		c.say(f, lang, problem.Say("请确认 %s：%s", "confirm %s: %s", r.File, r.Text))
	}
	writeText(c.stderr, lang, problems)
	figures := 0
	for _, t := range moved.Tables {
		figures += t.Figures
	}
	c.say(f, lang, problem.Say("搬来统计%d个、数值%d个；没有搬的%d处，要确认的%d处；写了文件%d个。接下来：sunshine build %s", "statistics: %d, figures: %d; left out: %d, to confirm: %d; files written: %d. Next: sunshine build %s",
		len(moved.Tables), figures, len(moved.Left), len(moved.Confirm), len(moved.Files), filepath.ToSlash(dir)))
	return verdict(problems, false), nil
}
