package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/load"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

const descriptor = `title: 破获刑事案件
description: 立案后查明犯罪事实的案件数。
frequency: yearly
released: 2026-09-10
sources: [{title: 刑侦支队年报}]
schema:
  fields:
    - {name: 期间, role: period}
    - {name: 单位, role: category}
    - {name: 立案, type: integer, role: measure, unit: 件, risk: event}
    - {name: 破获, type: integer, role: measure, unit: 件, risk: event}
derive:
  - {name: 破案率, value: "破获 / 立案", format: percent}
`

const table = `期间,单位,立案,破获
2004年,城关,100,80
2004年,河口,50,[w]
2005年,城关,120 [p],90
2005年,河口,60,30
`

const head = "date,statistic,period,field,old,new,reason,approved_by\n"

var day = period.NewDate(2026, 10, 31)

// folder is a bureau's data.
type folder map[string]string

func newFolder() folder {
	return folder{
		"site.yaml": "title: 阳光警务\norganization: 示范市公安局\n", "stats/cases.csv": table, "stats/cases.yaml": descriptor,
	}
}

func (f folder) fs() fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range f {
		fsys["data/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// load reads the folder as a build does, up to the ledger.
func (f folder) load() (*bureau.Bureau, problem.List) {
	b, problems := load.Bureau(context.Background(), f.fs(), 2, privacy.Input)
	figures.Decide(b)
	problems = append(problems, ledger.Releases(b)...)
	for _, s := range b.Statistics {
		problems = append(problems, figures.Derive(s)...)
	}
	return b, problems
}

// open loads a folder without errors.
func (f folder) open(t testing.TB) *bureau.Bureau {
	t.Helper()
	b, problems := f.load()
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	return b
}

// release records the folder under a label.
func (f folder) release(t testing.TB, label string, date period.Date) {
	t.Helper()
	files, err := ledger.Release(f.open(t), label, date, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f[strings.TrimPrefix(file.Path, "data/")] = string(file.Bytes)
	}
}

func (f folder) replace(name, old, new string) { f[name] = strings.Replace(f[name], old, new, 1) }

// lines writes problems one a line, sorted, without their hints.
func lines(problems problem.List) string {
	problems.Sort()
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", p.Position, p.Severity, p.Message.EN, p.Rule.String())
	}
	return b.String()
}

// kinds is the header of revisions.csv with the kind.
const kinds = "date,statistic,period,field,old,new,reason,approved_by,kind\n"

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(f folder)
		want   string
	}{
		{"nothing", func(f folder) {}, ""},
		{"the period is spelled otherwise", func(f folder) { f.replace("stats/cases.csv", "2005年,城关", "2005,城关") }, ""},
		{"rows in another order", func(f folder) {
			f["stats/cases.csv"] = "期间,单位,立案,破获\n2005年,河口,60,30\n2004年,河口,50,[w]\n2004年,城关,100,80\n2005年,城关,120 [p],90\n"
		}, ""},
		{"a new row", func(f folder) { f["stats/cases.csv"] += "2006年,城关,130,95\n" }, ""},
		{"a provisional figure becomes final", func(f folder) { f.replace("stats/cases.csv", "120 [p]", "120") }, ""},
		{"a figure that was not yet reported", func(f folder) { f.replace("stats/cases.csv", "[w]", "44") }, ""},
		{"a changed figure", func(f folder) { f.replace("stats/cases.csv", "100,80", "100,81") }, `data/stats/cases.csv:2: error: "破案率" was published as 80 and is now 81, without a reason [revision/unexplained]
data/stats/cases.csv:2:14 (D2): error: "破获" was published as 80 and is now 81, without a reason [revision/unexplained]
`},
		{"a figure that is withheld", func(f folder) { f.replace("stats/cases.csv", "60,30", "60,[c]") }, `data/stats/cases.csv:5: error: "破案率" was published as 50 and is now [c], without a reason [revision/unexplained]
data/stats/cases.csv:5:13 (D5): error: "破获" was published as 30 and is now [c], without a reason [revision/unexplained]
`},
		{"a figure that becomes a rough one", func(f folder) { f.replace("stats/cases.csv", "60,30", "60,约30") }, `data/stats/cases.csv:5: error: "破案率" was published as 50 and is now 约50, without a reason [revision/unexplained]
data/stats/cases.csv:5:13 (D5): error: "破获" was published as 30 and is now 约30, without a reason [revision/unexplained]
`},
		{"with a reason", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,81")
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
		}, ""},
		{"two revisions one after the other", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,82")
			f["revisions.csv"] = head + "2026-10-14,cases,2004/城关,破获,81,82,再补录,甲\n2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
		}, "data/revisions.csv:3:33 (F3): error: 81 was never published, so this is no revision [revision/unpublished]\n"},
		{"two revisions with a release between", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,81")
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
			b, _ := f.load()
			files, _ := ledger.Release(b, "2026-10", period.NewDate(2026, 10, 13), nil, nil)
			for _, file := range files {
				f[strings.TrimPrefix(file.Path, "data/")] = string(file.Bytes)
			}
			f.replace("stats/cases.csv", "100,81", "100,82")
			f["revisions.csv"] += "2026-10-14,cases,2004/城关,破获,81,82,再补录,甲\n"
		}, ""},
		{"revisions without any release", func(f folder) {
			for name := range f {
				if strings.HasPrefix(name, "releases/") {
					delete(f, name)
				}
			}
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
		}, "data/revisions.csv:1: warning: no release is recorded (data/releases/), so the revisions cannot be held against one, and the site does not show them [revision/unpublished]\n"},
		{"two reasons", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,81")
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n2026-10-13,cases,2004年/城关,破获,80,81,笔误,乙\n"
		}, "data/revisions.csv:3:36 (G3): error: is the same change as in line 2, with two reasons [revision/twice]\n"},
		{"revisions that do not follow each other", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,82")
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n2026-10-13,cases,2004年/城关,破获,79,82,补录,甲\n"
		}, "data/revisions.csv:3:30 (E3): error: the old value is 79, but the revision before (line 2) made it 81 [revision/old]\n"},
		{"another old value", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,81")
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,79,81,补录,甲\n"
		}, `data/revisions.csv:2:30 (E2): error: 80, which was published, is not mentioned [revision/old]
data/revisions.csv:2:30 (E2): error: the old value is 79, but 80 was published [revision/old]
`},
		{"another new value", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,82")
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
		}, "data/revisions.csv:2:33 (F2): error: the new value is 81, but the data (data/stats/cases.csv:2:14 (D2)) say 82 [revision/new]\n"},
		{"a reason for what did not change", func(f folder) {
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
		}, "data/revisions.csv:2:33 (F2): error: the new value is 81, but the data (data/stats/cases.csv:2:14 (D2)) say 80 [revision/new]\n"},
		{"old and new alike", func(f folder) {
			f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,80,补录,甲\n"
		}, "data/revisions.csv:2:33 (F2): error: old and new are both 80: nothing was revised [revision/value]\n"},
		{"never published", func(f folder) {
			f["stats/cases.csv"] += "2006年,城关,130,95\n"
			f["revisions.csv"] = head + "2026-10-12,cases,2006年/城关,破获,94,95,补录,甲\n2026-10-12,case,2004年/城关,破获,80,81,补录,甲\n2026-10-12,cases,2004年/城关,破荻,80,81,补录,甲\n"
		}, `data/revisions.csv:2:18 (C2): error: no row "2006年/城关" was ever published, so it cannot be revised [revision/unpublished]
data/revisions.csv:3:12 (B3): error: no statistic "case" was ever published, so it cannot be revised [revision/unpublished]
data/revisions.csv:4:27 (D4): error: no field "破荻" was ever published, so it cannot be revised [revision/unpublished]
`},
		{"confidential until now", func(f folder) {
			f.replace("stats/cases.csv", "90\n", "[c]\n")
			delete(f, "releases/2026-09.json")
			delete(f, "releases/head.txt")
			f.release(t, "2026-09", period.NewDate(2026, 9, 30))
			f.replace("stats/cases.csv", "[c]\n", "91\n")
			f["revisions.csv"] = head + "2026-10-31,cases,2005年/城关,破获,90,91,补录,甲\n"
		}, "data/stats/cases.csv:4:18 (D4): error: \"破获\" was withheld [c] when it was published, and is a number now [disclosure/opened]\n"},
		{"what a row must say", func(f folder) {
			f["revisions.csv"] = head + "2026-11-01,cases,2004年/城关,破获,80,81,补录,甲\n10月12日,cases,2004年/城关,破获,80,81,,\n2026-10-12,cases,2004年/城关,,80,81,补录,甲\n2026-10-12,cases,2004年/城关,破获,80,撤下,补录,甲\n2026-10-12,cases,2004年/城关,破获,八十,81,补录,甲\n"
		}, `data/revisions.csv:2:1 (A2): error: the revision's date 2026-11-01 is after today (2026-10-31) [revision/date]
data/revisions.csv:3:1 (A3): error: "10月12日" is not a date such as 2026-10-31 [revision/date]
data/revisions.csv:3:32 (G3): error: no reason is given [revision/incomplete]
data/revisions.csv:3:33 (H3): error: nobody is named as having approved it [revision/incomplete]
data/revisions.csv:4:31 (F4): error: it is not said which figure [revision/incomplete]
data/revisions.csv:5:33 (F5): error: "撤下" is for a row, a column or a statistic, and this is one figure [revision/incomplete]
data/revisions.csv:6:30 (E6): error: "八十" is not a number [revision/value]
`},
		{"a row is gone", func(f folder) { f.replace("stats/cases.csv", "2005年,河口,60,30\n", "") },
			"data/stats/cases.csv:1:1 (A1): error: the row \"2005-01-01/2005-12-31 河口\" was published and is gone [revision/removed]\n"},
		{"a row is gone with a reason", func(f folder) {
			f.replace("stats/cases.csv", "2005年,河口,60,30\n", "")
			f["revisions.csv"] = head + "2026-10-12,cases,2005年/河口,,,removed,重复统计,甲\n"
		}, ""},
		{"a row is gone with two reasons", func(f folder) {
			f.replace("stats/cases.csv", "2005年,河口,60,30\n", "")
			f["revisions.csv"] = head + "2026-10-12,cases,2005年/河口,,,removed,重复统计,甲\n2026-10-13,cases,2005年/河口,,,撤下,重复,甲\n"
		}, "data/revisions.csv:3:32 (G3): error: is the same change as in line 2, with two reasons [revision/twice]\n"},
		{"a column is gone", func(f folder) {
			f["stats/cases.csv"] = "期间,单位,破获\n2004年,城关,80\n2004年,河口,[w]\n2005年,城关,90\n2005年,河口,30\n"
			f.replace("stats/cases.yaml", "    - {name: 立案, type: integer, role: measure, unit: 件, risk: event}\n", "")
			f.replace("stats/cases.yaml", "derive:\n  - {name: 破案率, value: \"破获 / 立案\", format: percent}\n", "")
			f["revisions.csv"] = head + "2026-10-12,cases,,立案,,撤下,改由法院发布,甲\n"
		}, "data/stats/cases.csv:1:1 (A1): error: the field \"破案率\" was published and is gone [revision/removed]\n"},
		{"the statistic is gone", func(f folder) {
			delete(f, "stats/cases.csv")
			delete(f, "stats/cases.yaml")
		}, "data/stats/cases.csv: error: the statistic \"破获刑事案件\" was published and is gone [revision/removed]\n"},
		{"a reason for what is still there", func(f folder) {
			f["revisions.csv"] = head + "2026-10-12,cases,,,,撤下,不再统计,甲\n2026-10-12,cases,2005年/河口,,,撤下,不再统计,甲\n2026-10-12,cases,,破获,,撤下,不再统计,甲\n"
		}, `data/revisions.csv:2:21 (F2): error: it says "撤下", but the data is still there [revision/still-there]
data/revisions.csv:3:29 (F3): error: it says "撤下", but the data is still there [revision/still-there]
data/revisions.csv:4:23 (F4): error: it says "撤下", but the data is still there [revision/still-there]
`},
		{"a changed definition", func(f folder) {
			f.replace("stats/cases.yaml", "查明犯罪事实", "侦查终结")
			f.replace("stats/cases.yaml", "name: 立案, type: integer, role: measure, unit: 件", "name: 立案, type: integer, role: measure, unit: 起")
			f.replace("stats/cases.yaml", "破获 / 立案", "破获 / 立案 * 1")
		}, `data/stats/cases.csv:1:7 (C1): error: the unit of "立案" was published as "件" and is now "起" [revision/restated]
data/stats/cases.yaml:2:14: warning: the description of "破获刑事案件" was published as "立案后查明犯罪事实的案件数。" and is now "立案后侦查终结的案件数。" [revision/definition]
data/stats/cases.yaml:13:12: error: the formula of "破案率" was published as "破获 / 立案" and is now "破获 / 立案 * 1" [revision/restated]
`},
		{"a changed definition with a break and a reason", func(f folder) {
			f.replace("stats/cases.yaml", "查明犯罪事实", "侦查终结")
			f["stats/cases.csv"] += "2006年,城关,130,95 [b]\n"
			f["revisions.csv"] = kinds + "2026-10-12,cases,,,立案后查明犯罪事实的案件数。,立案后侦查终结的案件数。,部颁口径调整,甲,口径变化\n"
		}, ""},
		{"another unit, with a reason", func(f folder) {
			f.replace("stats/cases.yaml", "name: 立案, type: integer, role: measure, unit: 件", "name: 立案, type: integer, role: measure, unit: 起")
			f["revisions.csv"] = kinds + "2026-10-12,cases,,立案,件,起,按起统计,甲,\n"
		}, ""},
		{"another unit, with the reason for another", func(f folder) {
			f.replace("stats/cases.yaml", "name: 立案, type: integer, role: measure, unit: 件", "name: 立案, type: integer, role: measure, unit: 起")
			f["revisions.csv"] = kinds + "2026-10-12,cases,,立案,件,宗,按宗统计,甲,\n"
		}, `data/revisions.csv:2:22 (E2): error: nothing that was published changed from "件" to "宗" [revision/old]
data/stats/cases.csv:1:7 (C1): error: the unit of "立案" was published as "件" and is now "起" [revision/restated]
`},
		{"a marker that takes something from a published figure", func(f folder) { f.replace("stats/cases.csv", "100,80", "100,80 [e]") },
			`data/stats/cases.csv:2:14 (D2): error: "破获" was published as 80 and is now 80[e], without a reason [revision/unexplained]
`},
		{"a break that is gone", func(f folder) {
			f.replace("stats/cases.csv", "120 [p],90", "120 [p],90 [b]")
			delete(f, "releases/2026-09.json")
			delete(f, "releases/head.txt")
			f.replace("stats/cases.yaml", "released: 2026-09-10", "released: 2026-09-11")
			b, _ := f.load()
			files, _ := ledger.Release(b, "2026-10", period.NewDate(2026, 10, 1), nil, nil)
			for _, file := range files {
				f[strings.TrimPrefix(file.Path, "data/")] = string(file.Bytes)
			}
			f.replace("stats/cases.csv", "90 [b]", "90")
		}, "data/stats/cases.csv:4:18 (D4): error: \"破获\" was published as 90[b] and is now 90, without a reason [revision/unexplained]\n"},
		{"such a marker with a reason", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,80 [e]")
			f["revisions.csv"] = kinds + "2026-10-12,cases,2004年/城关,破获,80,80 [e],原台账遗失，改为估计,甲,更正\n"
		}, ""},
		{"revision-backdated: revised before it was published", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,81")
			f["revisions.csv"] = head + "2020-01-01,cases,2004年/城关,破获,80,81,补录漏报的案件,甲\n"
		}, "data/revisions.csv:2:1 (A2): error: the revision's date 2020-01-01 is before the release of 2026-09-30, which still had the old value 80 [revision/date]\n"},
		{"a reason without words", func(f folder) {
			f.replace("stats/cases.csv", "100,80", "100,81")
			f["revisions.csv"] = kinds + "2026-10-12,cases,2004年/城关,破获,80,81,.,甲,更正\n2026/10/12,cases,2004年/城关,破获,80,81,补录漏报的案件,甲,改了\n"
		}, `data/revisions.csv:2:36 (G2): error: the reason "." says nothing [revision/incomplete]
data/revisions.csv:3:46 (I3): error: "改了" is no kind of revision [revision/incomplete]
data/stats/cases.csv:2: error: "破案率" was published as 80 and is now 81, without a reason [revision/unexplained]
data/stats/cases.csv:2:14 (D2): error: "破获" was published as 80 and is now 81, without a reason [revision/unexplained]
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFolder()
			f.release(t, "2026-09", period.NewDate(2026, 9, 30))
			c.change(f)
			_, problems := ledger.Compare(f.open(t), day)
			if got := lines(problems); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
			for _, p := range problems {
				if p.Message.ZH == "" || p.Hint.ZH == "" || p.Hint.EN == "" {
					t.Errorf("message or hint is missing: %+v", p)
				}
			}
		})
	}
}

// What could not be read is reported once, by its reader, and not as a change.
func TestUnreadIsNoChange(t *testing.T) {
	for _, c := range []struct{ name, old, new string }{
		{"figure", "100,80", "100,8x0"}, {"period", "2005年,河口", "2005年13月,河口"}, {"header", "期间,单位,立案,破获", "期间,单位,立案,破获,破获"}, {"all", table, ""},
	} {
		f := newFolder()
		f.release(t, "2026-09", period.NewDate(2026, 9, 30))
		f.replace("stats/cases.csv", c.old, c.new)
		b, problems := f.load()
		if problems.Errors() == 0 {
			t.Error(c.name, "is read")
		}
		if _, more := ledger.Compare(b, day); len(more) > 0 {
			t.Errorf("%s:\n%s%s", c.name, lines(problems), lines(more))
		}
	}
}

// A broken chain is one problem, not one for every revision.
func TestBrokenChain(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	f.release(t, "2026-10", day)
	f.replace("stats/cases.csv", "100,80", "100,81")
	f["revisions.csv"] = head + "2026-10-31,cases,2004年/城关,破获,80,81,补录,甲\n"
	f.replace("releases/2026-10.json", "城关", "河关")
	f.replace("releases/2026-10.json", "gone", "none")
	b, problems := f.load()
	_, more := ledger.Compare(b, day)
	problems = append(problems, more...)
	if got := lines(problems); strings.Count(got, "error") != 1 || !strings.Contains(got, "[release/edited]") {
		t.Error(got)
	}
}

// What somebody did to the files of releases is told at the file, each as what it is.
func TestChain(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(f folder)
		want   string
	}{
		{"untouched", func(folder) {}, ""},
		{"under another name", func(f folder) {
			f["releases/r9.json"] = f["releases/r3.json"]
			delete(f, "releases/r3.json")
		}, "data/releases/r9.json:1 release/label"},
		{"one is gone", func(f folder) { delete(f, "releases/r2.json") }, "data/releases/r3.json:2 release/chain"},
		{"two after one", func(f folder) {
			rest := strings.Replace(strings.SplitAfterN(f["releases/r3.json"], "\n", 2)[1], `"label":"r3"`, `"label":"r4"`, 1)
			f["releases/r4.json"] = string(sealed([]byte(rest)))
		}, "data/releases/r4.json:2 release/chain"},
		{"replaced by one that holds in itself", func(f folder) {
			rest := strings.Replace(strings.SplitAfterN(f["releases/r2.json"], "\n", 2)[1], "2026-09-30", "2026-09-29", 1)
			f["releases/r2.json"] = string(sealed([]byte(rest)))
		}, "data/releases/r2.json:1 release/edited"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFolder()
			f.release(t, "r1", period.NewDate(2026, 8, 31))
			f.replace("stats/cases.csv", "[w]", "44")
			f.release(t, "r2", period.NewDate(2026, 9, 30))
			f["stats/cases.csv"] += "2006年,城关,130,95\n"
			f.release(t, "r3", day)
			c.change(f)
			_, problems := f.load()
			var got []string
			for _, p := range problems {
				if p.Rule.Area() == "release" {
					got = append(got, fmt.Sprintf("%s:%d %s", p.File, p.Line, p.Rule))
				}
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), c.want)
			}
		})
	}
}

// A revised figure is marked, and so is the rate that follows from it; nothing
// else is.
func TestRevisedIsMarked(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	f.replace("stats/cases.csv", "100,80", "100,81")
	f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n"
	b := f.open(t)
	report, problems := ledger.Compare(b, day)
	if len(problems) > 0 {
		t.Fatal(lines(problems))
	}
	var marked []string
	for i := range b.Statistics[0].Rows {
		for j, c := range b.Statistics[0].Row(i) {
			if c.Status&bureau.Revised != 0 {
				marked = append(marked, fmt.Sprint(i, b.Statistics[0].Fields[j].Name))
			}
		}
	}
	if want := []string{"0破获", "0破案率"}; !slices.Equal(marked, want) {
		t.Errorf("marked %v, want %v", marked, want)
	}
	if len(report.Revisions) != 1 || len(report.Removed) != 0 {
		t.Fatalf("%+v", report)
	}
	r := report.Revisions[0]
	if r.Title != "破获刑事案件" || r.Row != 0 || r.Field != "破获" || r.Unit != "件" || r.Old.Number != 80 || r.New.Number != 81 || r.Categories != "城关" || locale.Builtin(problem.Chinese).Label(r.Period) != "2004年" || r.Reason != "补录" || r.ApprovedBy != "甲" || r.Removed {
		t.Errorf("%+v", r)
	}
}

// What disclosure control hides is no revision, and no list gives it away.
func TestHiddenByControl(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	f.replace("stats/cases.csv", "100,80", "100,7")
	f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,7,补录,甲\n"
	b := f.open(t)
	s := b.Statistics[0]
	s.Disclosure.Primary = 2
	hide := func(field string) {
		c := s.Cell(0, s.Field(field))
		c.Number, c.Status, c.Text = math.NaN(), bureau.Confidential, ""
		s.Set(0, s.Field(field), c)
	}
	hide("破获")
	hide("破案率")
	report, problems := ledger.Compare(b, day)
	if got, want := lines(problems), "data/stats/cases.csv:1: warning: figures that were published and are now hidden by disclosure control: 2 [revision/withheld]\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if r := report.Revisions[0]; r.Old.Has() || r.New.Has() || r.New.Status != bureau.Confidential {
		t.Errorf("%+v", r)
	}
	// Once a release has it so, the warning ends; and what shows again must be
	// what it was.
	files, err := ledger.Release(b, "2026-10", day, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f[strings.TrimPrefix(file.Path, "data/")] = string(file.Bytes)
	}
	b = f.open(t)
	s = b.Statistics[0]
	s.Disclosure.Primary = 2
	hide("破获")
	hide("破案率")
	if _, problems := ledger.Compare(b, day); len(problems) > 0 {
		t.Error(lines(problems))
	}
	f.replace("stats/cases.csv", "100,7", "100,80")
	delete(f, "revisions.csv")
	if _, problems := ledger.Compare(f.open(t), day); len(problems) > 0 {
		t.Error(lines(problems))
	}
	f.replace("stats/cases.csv", "100,80", "100,79")
	if _, problems := ledger.Compare(f.open(t), day); problems.Errors() != 2 {
		t.Error(lines(problems))
	}
}

// Once a release has taken up a revision, its reason has to stay; so has that of
// a removal.
func TestReasonsStay(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	f.replace("stats/cases.csv", "100,80", "100,81")
	f.replace("stats/cases.csv", "2005年,河口,60,30\n", "")
	f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n2026-10-12,cases,2005年/河口,,,removed,重复统计,甲\n"
	f.release(t, "2026-10", day)
	if _, problems := ledger.Compare(f.open(t), day+30); len(problems) > 0 {
		t.Error(lines(problems))
	}
	// The row comes back: it is held against the release that has it.
	back := maps.Clone(f)
	back["stats/cases.csv"] += "2005年,河口,61,30\n"
	_, problems := ledger.Compare(back.open(t), day+30)
	if got := lines(problems); !strings.Contains(got, `"立案" was published as 60 and is now 61`) {
		t.Error(got)
	}
	delete(f, "revisions.csv")
	_, problems = ledger.Compare(f.open(t), day+30)
	want := `data/stats/cases.csv:1:1 (A1): error: the row "2005-01-01/2005-12-31 河口" was published and is gone [revision/removed]
data/stats/cases.csv:2: error: "破案率" was published as 80 and is now 81, without a reason [revision/unexplained]
data/stats/cases.csv:2:14 (D2): error: "破获" was published as 80 and is now 81, without a reason [revision/unexplained]
`
	if got := lines(problems); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A chain of releases gives back, for each of them, all that stood on the site.
func TestReleasesHoldWhatWasPublished(t *testing.T) {
	f := newFolder()
	f.release(t, "r1", day)
	f["stats/cases.csv"] += "2006年1-8月,城关,约130,95 [p]\n合计,城关,350,265\n"
	f["stats/stock.csv"] = "期间,数量\n截至2026年5月,3.25\n"
	f.release(t, "r2", day+1)
	f.release(t, "r3", day+2)
	f.replace("stats/cases.csv", "2004年,河口,50,[w]\n", "")
	f.replace("stats/cases.csv", "95 [p]", "95")
	delete(f, "stats/stock.csv")
	f.release(t, "r4", day+3)
	b := f.open(t)
	var got strings.Builder
	for _, r := range b.Releases {
		fmt.Fprintln(&got, r.Label, r.File, r.Date)
		for _, v := range r.Statistics {
			fmt.Fprintln(&got, " ", v.Name, v.Title, v.Frequency, v.Keys, v.Measures)
			for _, row := range v.Rows {
				fmt.Fprint(&got, "    ", row.Key, " ", row.Categories, " ", row.Period.AsOf)
				for _, f := range row.Figures {
					fmt.Fprintf(&got, " %v%v%v", f.Number, f.Status, f.Qualifier)
				}
				fmt.Fprintln(&got)
			}
		}
	}
	cases := "  cases 破获刑事案件 yearly [单位] [{立案 件  } {破获 件  } {破案率 %  破获 / 立案}]\n"
	first := "    2004-01-01/2004-12-31 城关 [城关] false 100 80 80\n"
	second := "    2004-01-01/2004-12-31 河口 [河口] false 50 NaN[w] NaN[x]\n"
	others := "    2005-01-01/2005-12-31 城关 [城关] false 120[p] 90 75[p]\n    2005-01-01/2005-12-31 河口 [河口] false 60 30 50\n"
	part := "    2006-01-01/2006-08-31 城关 [城关] false 130约 95%[1]s 73.08%[1]s约\n    合计 城关 [城关] false 350 265 75.71\n"
	stock := "  stock stock irregular [] [{数量   }]\n    ../2026-05-31  [] true 3.25\n"
	want := "r1 data/releases/r1.json 2026-10-31\n" + cases + first + second + others +
		"r2 data/releases/r2.json 2026-11-01\n" + cases + first + second + others + fmt.Sprintf(part, "[p]") + stock +
		"r3 data/releases/r3.json 2026-11-02\n" + cases + first + second + others + fmt.Sprintf(part, "[p]") + stock +
		"r4 data/releases/r4.json 2026-11-03\n" + cases + first + others + fmt.Sprintf(part, "")
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if b.Releases[1].Statistics[0] != b.Releases[2].Statistics[0] {
		t.Error("what did not change is held twice")
	}
	if n := len(f["releases/r3.json"]); n > 500 {
		t.Errorf("a release in which nothing changed has %d bytes", n)
	}
}

// Only ends of lines may differ from what was written.
func TestEdited(t *testing.T) {
	f := newFolder()
	f.release(t, "r1", day)
	source := []byte(f["releases/r1.json"])
	const file = "data/releases/r1.json"
	if r, problems := record(file, bytes.ReplaceAll(source, []byte("\n"), []byte("\r\n"))); r == nil {
		t.Error("ends of lines count:", lines(problems))
	}
	for i := range source {
		edited := bytes.Clone(source)
		edited[i] ^= 1
		if r, problems := record(file, edited); r != nil || problems.Errors() != 1 {
			t.Fatalf("byte %d was edited, and nobody noticed: %s", i, edited)
		}
		if r, _ := record(file, source[:i]); r != nil {
			t.Fatalf("cut after %d bytes, and nobody noticed", i)
		}
	}
}

// record reads a file of releases; it is nil where the file is not as it was written.
func record(file string, source []byte) (*bureau.Record, problem.List) {
	r, problems := load.Release(file, source)
	if r != nil {
		if _, more := released(r); slices.ContainsFunc(more, func(p problem.Problem) bool { return p.Rule == problem.ReleaseEdited || p.Rule == problem.ReleaseLabel }) {
			return nil, more
		}
	}
	return r, problems
}

// released gives what the ledger makes of records.
func released(records ...*bureau.Record) ([]bureau.Release, problem.List) {
	b := bureau.Bureau{Records: records}
	var entries [][]byte
	for _, r := range records {
		entries = append(entries, r.Bytes)
	}
	b.Head = &bureau.Head{Text: ledger.HeadOf(entries).Text()}
	problems := ledger.Releases(&b)
	return b.Releases, problems
}

// sealed gives a text the first line of a release, as one would who knows how.
func sealed(rest []byte) []byte {
	return slices.Concat([]byte(`{"sha256":"`+bureau.RecordHash(rest)+`",`+"\n"), rest)
}

func FuzzRelease(f *testing.F) {
	for _, text := range []string{
		`"format":1,"label":"r","date":"2026-10-31","statistics":[],"gone":[]}`,
		`"format":1,"label":"r","date":"2026-10-31","statistics":[{"name":"a","definition":{"title":"","frequency":"yearly","keys":["k"],"measures":[{"name":"m"}]},"periods":["2005-01-01/2005-12-31","../2026-05-31","合计#2"],"categories":[["x","y","z"]],"figures":[[1.5,"2[p][e]约","[x]"]],"gone":["q"]}],"gone":["b"]}`,
		`"format":1,"label":"r","date":"2026-10-31","statistics":[{"name":"a","periods":["1"]}]}`,
		`"format":1,"label":"r","date":"2026-10-31","since":"r","statistics":[{"name":"a","figures":[[1e999]]}]}`,
		`"format":1,"label":"r","date":"2026-10-31","statistics":[{"name":"a","definition":null,"periods":null,"figures":[[null]]}]}`,
		strings.Repeat(`"a":[`, 500),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, rest []byte) {
		r, problems := record("data/releases/r.json", sealed(rest))
		if (r == nil) != (problems.Errors() > 0) {
			t.Fatal("neither read nor refused")
		}
		if r == nil {
			return
		}
		releases, problems := released(r)
		if len(releases) == 0 {
			if problems.Errors() == 0 {
				t.Fatal("lost without a problem")
			}
			return
		}
		for _, v := range releases[0].Statistics {
			for _, row := range v.Rows {
				if len(row.Categories) != len(v.Keys) || len(row.Figures) != len(v.Measures) {
					t.Fatalf("%+v of %+v", row, v)
				}
				for _, figure := range row.Figures {
					if math.IsInf(figure.Number, 0) {
						t.Fatal("an infinite figure")
					}
				}
			}
		}
		// What was read can be compared and released again, to the same.
		b := &bureau.Bureau{Releases: releases}
		ledger.Compare(b, day)
		if _, err := ledger.Release(b, "next", day, nil, nil); err != nil {
			t.Fatal(err)
		}
	})
}

// yearOfReleases is a bureau of monthly statistics of ten years, and a release
// for each of twelve months, with a row more and a figure revised each month.
func yearOfReleases(b *testing.B, statistics int) (*bureau.Bureau, []bureau.File) {
	bureauNow := &bureau.Bureau{}
	for i := range statistics {
		s := &bureau.Statistic{
			Name: fmt.Sprintf("s%04d", i), File: fmt.Sprintf("data/stats/s%04d.csv", i), Frequency: period.Monthly,
			Fields: []bureau.Field{
				{Name: "期间", Role: bureau.RolePeriod, UnitField: -1},
				{Name: "收集件数", Role: bureau.RoleMeasure, Unit: "件", UnitField: -1},
				{Name: "办结件数", Role: bureau.RoleMeasure, Unit: "件", UnitField: -1},
			},
		}
		s.Descriptor.Title.V = fmt.Sprintf("意见建议办理情况%d", i)
		s.Descriptor.Description.V = "群众提出的意见建议，按收到的月份统计。"
		for m := range 120 {
			addMonth(s, m)
		}
		bureauNow.Statistics = append(bureauNow.Statistics, s)
	}
	var files []bureau.File
	for m := range 12 {
		for _, s := range bureauNow.Statistics {
			if m > 0 {
				addMonth(s, 119+m)
				c := s.Cell(m, 1)
				bureauNow.Revisions = append(bureauNow.Revisions, bureau.Revision{
					Date: text("2026-12-01"), Statistic: text(s.Name), Period: text(s.Cell(m, 0).Text), Field: text("收集件数"),
					Old: text(fmt.Sprint(c.Number)), New: text(fmt.Sprint(c.Number + 1)), Reason: text("补录"), ApprovedBy: text("甲"),
				})
				c.Number++
				s.Set(m, 1, c)
			}
		}
		made, err := ledger.Release(bureauNow, fmt.Sprintf("2026-%02d", m+1), period.NewDate(2026, 1, 1)+period.Date(30*m), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, made[0])
		bureauNow.Releases = read(b, files)
	}
	return bureauNow, files
}

func text(s string) bureau.String {
	return bureau.String{V: s, At: problem.Position{File: "data/revisions.csv", Line: 2}}
}

func addMonth(s *bureau.Statistic, m int) {
	start := period.NewDate(2016, 1, 1)
	for range m {
		start = period.NewDate(start.Time().Year(), start.Time().Month()+1, 1)
	}
	p := period.Period{Start: start, End: period.NewDate(start.Time().Year(), start.Time().Month()+1, 1) - 1}
	s.Append(bureau.Row{}, p, bureau.Cell{Text: locale.Builtin(problem.Chinese).Label(p), Number: math.NaN()}, bureau.Cell{Number: float64(500 + (m*37+len(s.Name))%300)}, bureau.Cell{Number: float64(200 + m*53%300)})
}

func read(b testing.TB, files []bureau.File) []bureau.Release {
	var records []*bureau.Record
	for _, f := range files {
		r, problems := record(f.Path, f.Bytes)
		if r == nil {
			b.Fatal(lines(problems))
		}
		records = append(records, r)
	}
	releases, problems := released(records...)
	if len(problems) > 0 {
		b.Fatal(lines(problems))
	}
	return releases
}

// BenchmarkRead reads a year of monthly releases of 300 statistics, of 120 and
// more rows and two measures, and holds the bureau against them.
func BenchmarkRead(b *testing.B) {
	now, files := yearOfReleases(b, 300)
	size := 0
	for _, f := range files {
		size += len(f.Bytes)
	}
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			read(b, files)
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	})
	b.Run("compare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if report, problems := ledger.Compare(now, period.NewDate(2027, 1, 1)); len(problems) > 0 || len(report.Revisions) != 11*300 {
				b.Fatal(len(report.Revisions), lines(problems[:min(len(problems), 5)]))
			}
		}
	})
}

// Whatever revisions.csv holds, it is read or refused.
func FuzzRevisions(f *testing.F) {
	for _, text := range []string{
		head + "2026-10-12,cases,2004年/城关,破获,80,81,补录,甲\n2026-10-12,cases,2004年/城关,破获,81,82,补录,甲\n",
		head + "2026-10-12,cases,,,,撤下,补录,甲\n2026-10-12,cases,2004年/河口,,,removed,补录,甲\n2026-10-12,cases,,破获,,removed,补录,甲\n",
		"日期,统计,期间,字段,单位,原值,新值,原因,批准人\n2026-10-12,cases,2004年,破获,城关,80,[x],补录,甲\n",
		head + "2026-10-12,cases,2014/15//,破案率,1e9,约80%,,\n",
	} {
		f.Add([]byte(text))
	}
	bureauNow := newFolder()
	bureauNow.release(f, "2026-09", period.NewDate(2026, 9, 30))
	bureauNow.replace("stats/cases.csv", "100,80", "100,81")
	b := bureauNow.open(f)
	f.Fuzz(func(t *testing.T, source []byte) {
		rows, problems := load.Rows[bureau.Revision]("data/revisions.csv", source)
		b.Revisions = rows
		report, more := ledger.Compare(b, day)
		if len(report.Revisions) == 0 && problems.Errors()+more.Errors() == 0 {
			t.Error("a change without a reason passes")
		}
	})
}

func TestAFormIsNoRevision(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	before := f["releases/2026-09.json"]
	f.replace("stats/cases.csv", "2004年,城关,100,80", "2004年,城关,0.01万,80.0")
	changes, problems := ledger.Compare(f.open(t), day)
	if got := lines(problems); got != "" || len(changes.Revisions) != 0 {
		t.Errorf("%s%+v", got, changes.Revisions)
	}
	f.release(t, "2026-10", day)
	if changed := strings.TrimPrefix(f["releases/2026-10.json"], before); strings.Contains(changed, `"figures"`) {
		t.Errorf("the next release records a change: %s", changed)
	}
}
