package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// flags are the flags of one command; each command registers those it has.
type flags struct {
	set     *flag.FlagSet
	lang    string
	quiet   bool
	out     string
	baseURL string
	asOf    string
	jobs    int
	strict  bool
	format  string
	report  string
	port    int
	key     string
	head    string
	from    string
	dir     string
	reason  string
	kind    string
	by      string
	digest  string
	to      string
	label   string

	name, phone, address, complaint string // of a new bureau

	previous string
	holdBack bool
	open     bool
	timing   bool

	as, recipe  string
	dryRun, yes bool
	addColumns  bool
}

// parse reads flags and arguments in any order.
func (f *flags) parse(args []string) ([]string, error) {
	f.set.SetOutput(io.Discard)
	f.set.Usage = func() {}
	var rest []string
	for len(args) > 0 {
		if err := f.set.Parse(args); err != nil {
			return nil, err
		}
		args = f.set.Args()
		if len(args) > 0 {
			rest = append(rest, args[0])
			args = args[1:]
		}
	}
	return rest, nil
}

// flagsOf gives the flags that a command has.
func flagsOf(name string) *flags {
	f := &flags{set: flag.NewFlagSet(name, flag.ContinueOnError)}
	s := f.set
	s.StringVar(&f.lang, "lang", "", "")
	s.BoolVar(&f.quiet, "quiet", false, "")
	switch name {
	case "build":
		s.StringVar(&f.out, "out", "", "")
		s.StringVar(&f.baseURL, "base-url", "", "")
		s.StringVar(&f.asOf, "as-of", "", "")
		s.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "")
		s.BoolVar(&f.strict, "strict", false, "")
		s.BoolVar(&f.holdBack, "hold-back", false, "")
		s.StringVar(&f.previous, "previous", "", "")
		s.BoolVar(&f.timing, "timing", false, "")
	case "check":
		s.StringVar(&f.format, "format", "text", "")
		s.StringVar(&f.report, "report", "", "")
		s.StringVar(&f.asOf, "as-of", "", "")
		s.BoolVar(&f.strict, "strict", false, "")
		s.BoolVar(&f.holdBack, "hold-back", false, "")
		s.StringVar(&f.previous, "previous", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	case "release":
		s.BoolVar(&f.holdBack, "hold-back", false, "")
		s.StringVar(&f.asOf, "as-of", "", "")
		s.StringVar(&f.previous, "previous", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	case "diff", "approve":
		s.BoolVar(&f.holdBack, "hold-back", false, "")
		s.StringVar(&f.asOf, "as-of", "", "")
		s.StringVar(&f.previous, "previous", "", "")
		if name == "diff" {
			s.StringVar(&f.format, "format", "text", "")
		} else {
			s.StringVar(&f.by, "by", "", "")
			s.StringVar(&f.digest, "digest", "", "")
		}
		f.jobs = runtime.GOMAXPROCS(0)
	case "publish":
		s.StringVar(&f.to, "to", "", "")
		s.StringVar(&f.label, "label", "", "")
		s.BoolVar(&f.dryRun, "dry-run", false, "")
		s.BoolVar(&f.holdBack, "hold-back", false, "")
		s.StringVar(&f.asOf, "as-of", "", "")
		s.StringVar(&f.previous, "previous", "", "")
		s.IntVar(&f.jobs, "jobs", max(4, runtime.GOMAXPROCS(0)), "")
	case "revise":
		s.StringVar(&f.asOf, "as-of", "", "")
		s.StringVar(&f.reason, "reason", "", "")
		s.StringVar(&f.kind, "kind", "", "")
		s.StringVar(&f.by, "by", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	case "translate":
		s.StringVar(&f.asOf, "as-of", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	case "init":
		s.StringVar(&f.name, "name", "", "")
		s.StringVar(&f.phone, "phone", "", "")
		s.StringVar(&f.address, "address", "", "")
		s.StringVar(&f.complaint, "complaint", "", "")
	case "import":
		s.StringVar(&f.from, "from", "", "")
		s.StringVar(&f.dir, "dir", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
		s.StringVar(&f.as, "as", "", "")
		s.StringVar(&f.recipe, "recipe", "", "")
		s.BoolVar(&f.dryRun, "dry-run", false, "")
		s.BoolVar(&f.yes, "yes", false, "")
		s.StringVar(&f.reason, "reason", "", "")
		s.StringVar(&f.kind, "kind", "", "")
		s.StringVar(&f.by, "by", "", "")
		s.BoolVar(&f.addColumns, "add-columns", false, "")
		s.StringVar(&f.format, "format", "text", "")
		s.StringVar(&f.asOf, "as-of", "", "")
	case "clean":
		s.StringVar(&f.out, "out", "", "")
	case "verify":
		s.StringVar(&f.key, "key", "", "")
		s.StringVar(&f.head, "head", "", "")
		s.StringVar(&f.from, "from", "", "")
		s.StringVar(&f.previous, "previous", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	case "inspect":
		s.StringVar(&f.format, "format", "text", "")
		s.StringVar(&f.asOf, "as-of", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	case "audit":
		s.StringVar(&f.format, "format", "text", "")
	case "serve", "desk":
		s.IntVar(&f.port, "port", 8080, "")
		s.BoolVar(&f.open, "open", false, "")
		s.StringVar(&f.asOf, "as-of", "", "")
		f.jobs = runtime.GOMAXPROCS(0)
	}
	return f
}

// moment is what the bureau's clock shows when the site is built: --as-of, a day to
// its end or a minute, or SOURCE_DATE_EPOCH, or now, the last two in the bureau's zone.
func (c *command) moment(asOf string, zone *time.Location) (period.Moment, error) {
	if asOf != "" {
		if d, ok := period.ParseDay(asOf); ok {
			return d.End(), nil
		}
		if m, ok := period.ParseMoment(asOf); ok {
			return m, nil
		}
		return period.Moment{}, usage("--as-of 要写成 2026-10-31 这样的日期，或者 2026-10-31T09:00 这样的时间，现在是“%s”", "--as-of takes a date such as 2026-10-31, or a time such as 2026-10-31T09:00, not %q", problem.Quote(asOf))
	}
	t := c.now()
	if epoch := c.env("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return period.Moment{}, usage("环境变量 SOURCE_DATE_EPOCH 要写成秒数，现在是“%s”", "SOURCE_DATE_EPOCH takes a number of seconds, not %q", problem.Quote(epoch))
		}
		t = time.Unix(seconds, 0)
	}
	return period.MomentOf(t.In(zone)), nil
}

// language is that of the messages: --lang, or the environment's, or the machine's.
func (c *command) language(lang string) (problem.Language, error) {
	if lang == "" {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			if lang = c.env(name); lang != "" {
				break
			}
		}
		if lang == "" && c.ui != nil {
			lang = c.ui()
		}
		if strings.HasPrefix(lang, "zh") {
			return problem.Chinese, nil
		}
		return problem.English, nil
	}
	switch l := problem.Language(lang); l {
	case problem.Chinese, problem.English:
		return l, nil
	}
	return problem.English, usage("--lang 只能写 zh 或 en，现在是“%s”", "--lang is zh or en, not %q", problem.Quote(lang))
}

// usageError says that the command was used wrongly.
type usageError struct{ problem.Text }

func (e usageError) Error() string { return e.EN }

func usage(zh, en string, args ...any) error { return usageError{problem.Say(zh, en, args...)} }

// flagError turns the flag package's words into ours.
func flagError(command string, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	detail := problem.Quote(err.Error())
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -"); ok {
		return usage("sunshine %s 没有选项 --%s", "sunshine %s has no flag --%s", command, problem.Quote(strings.TrimPrefix(name, "-")))
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag needs an argument: -"); ok {
		return usage("sunshine %s 的选项 --%s 后面要写内容", "sunshine %s: the flag --%s needs a value", command, problem.Quote(strings.TrimPrefix(name, "-")))
	}
	if m := badValue.FindStringSubmatch(err.Error()); m != nil {
		return usage("sunshine %s 的选项 --%s 不能写“%s”", "sunshine %s: the flag --%s cannot be \"%s\"", command, problem.Quote(m[2]), problem.Quote(m[1]))
	}
	return usage("sunshine %s 的选项写得不对：%s", "sunshine %s: a flag is not written correctly: %s", command, detail)
}

var badValue = regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-(\S+):`)

const helpZH = `用法：
  sunshine build [目录]    检查 目录/data，然后写出 目录/public
      --out 目录  --base-url 网址  --as-of 日期  --jobs 数  --strict
      --previous 上次公布的网址或目录
      --hold-back（有错误的内容保留上次公布的，其余照常公布）  --timing（列出每一步用时）
  sunshine check [目录]    只报告问题
      --format text|json|github  --report 文件.html  --as-of 日期  --strict
      --previous 上次公布的网址或目录  --hold-back
  sunshine serve [目录]    生成网站，在 127.0.0.1 上预览，文件一改就刷新
      --port 端口  --open  --as-of 日期
  sunshine desk [目录]     工作台：在浏览器里做完一个月的事，读入、改正、看变化单、批准、发布，不用打命令
      --port 端口  --open  --as-of 日期
  sunshine init 目录       新建一个单位的目录；在终端里会问单位名称、电话和地址
      --name 单位全称  --phone 咨询电话  --address 单位地址  --complaint 监督电话
  sunshine new 种类 名称 [目录]   写一份待填的文件，每一项都有说明
      guide 指南（名称是 类别/名称）  notice 公告  page 页面  policy 政策文件  register 清单  ledger 台账
      statistic 统计（表已经在的，照表写出说明）
      units 单位  targets 目标  answers 答复  revisions 修订  addresses 地址（这几种不用写名称）
  sunshine import [文件…]  把部门报来的表（XLSX、CSV、TSV）读成统计、台账或者清单；不写文件就读 inbox/ 里的全部
      --dir 目录  --as 名称  --recipe 读法的名称  --dry-run（只看不写）  --yes（第一次也不再问）
      --format text|json  --as-of 日期
      写明文件、看过问题以后才用的：
      --reason 原因 --kind scheduled|correction|definition --by 批准人（以前的数照这份文件改，公布过的记进修订表）
      --add-columns（报表新增的列加进读法、表和说明文件）
  sunshine import --from open-sdg 目录   把 Open SDG 网站的数据目录搬过来，说明搬了什么、没有搬什么、要确认什么
      --dir 单位的目录
  sunshine release 名称 [目录]   以这个名称记录现在公开的全部数字
      --as-of 日期  --hold-back  --previous 上次公布的网址或目录
  sunshine diff [目录]     公开变化单：现在发布，公众看到的会有哪些变化
      --format text|html|json  --previous 上次公布的网址或目录  --as-of 日期  --hold-back
  sunshine approve [目录]  批准公开变化单，把批准人和校验值记进 data/approvals.csv
      --by 批准人  --digest 看过的校验值  --previous 上次公布的网址或目录  --as-of 日期  --hold-back
  sunshine publish [目录] --to 位置   检查、记录发布，把有变化的发到网站上，发完核对；断了再运行一次就接着发
      位置：文件夹 | 文件名.zip（交给管服务器的人） | sftp://用户@主机/路径 | s3://桶/前缀
      --label 名称（不写就是当天日期）  --dry-run（只说会发什么、删什么）
      --as-of 日期  --hold-back  --previous 上次公布的网址或目录  --jobs 数
  sunshine revise [目录]   公布过的有了改动：代填修订表和地址表，只问原因、类型和批准人
      --reason 原因  --kind scheduled|correction|definition  --by 批准人  --as-of 日期
  sunshine translate [目录]   把还没有译文的名称和文字列进 data/translations/，一种语言一个文件
      --as-of 日期
  sunshine verify 目录或网址   按清单、签名和发布记录核对公布的网站
      --key 公钥  --head 以前留存的 head.txt  --from 单位的目录（重新生成，逐字节比）  --previous 上次公布的网址或目录
  sunshine key new 文件    新做一把签名用的密钥；公钥写在屏幕上，密钥的位置写进环境变量 SUNSHINE_KEY
  sunshine audit 目录或文件…   只读公开的文件，说出外人能推算出哪些不公布的数；以前公开的写在前面
      --format text|json
  sunshine inspect [目录]  照政府网站检查指标先查一遍，单项否决的在前；有一项单项否决不达标，退出码是1
      --format text|json  --as-of 日期
  sunshine clean 文件      另存一份附件，去掉作者、批注、修订、隐藏工作表、宏和图片信息
      --out 文件
  sunshine version         版本
各命令都有：--lang zh|en  --quiet
`

const helpEN = `usage:
  sunshine build [DIR]     check DIR/data, then write DIR/public
      --out DIR  --base-url URL  --as-of DATE  --jobs N  --strict
      --previous PATH|URL
      --hold-back (what has an error stays as it was published, the rest is published)
      --timing (how long each step took)
  sunshine check [DIR]     only report problems
      --format text|json|github  --report FILE.html  --as-of DATE  --strict
      --previous PATH|URL  --hold-back
  sunshine serve [DIR]     build, serve on 127.0.0.1, rebuild and reload on change
      --port N  --open  --as-of DATE
  sunshine desk [DIR]      the month's work in a browser, without a command: bring in, mend, see what changes, approve, publish
      --port N  --open  --as-of DATE
  sunshine init DIR        a new bureau to start from; on a terminal it asks for name, telephone and address
      --name NAME  --phone NUMBER  --address ADDRESS  --complaint NUMBER
  sunshine new KIND NAME [DIR]   a skeleton to fill in, each element explained
      guide (NAME is area/name)  notice  page  policy  register  ledger
      statistic (beside a table that is there: its descriptor, as the table shows it)
      units  targets  answers  revisions  addresses (these have no NAME)
  sunshine import [FILE...]   office files (XLSX, CSV, TSV) into statistics, ledgers or registers; all of inbox/ if none is named
      --dir DIR  --as NAME  --recipe NAME  --dry-run  --yes (take a new reading without asking)
      --format text|json  --as-of DATE
      for files that are named, once their questions were read:
      --reason TEXT --kind scheduled|correction|definition --by NAME (older figures become those of the file; what was published goes into the list of revisions)
      --add-columns (columns that the table gained go into recipe, table and descriptor)
  sunshine import --from open-sdg DIR   move the data folder of an Open SDG site; says what was moved, what was not, what to confirm
      --dir DIR (the bureau's)
  sunshine release LABEL [DIR]   record what is published under LABEL
      --as-of DATE  --hold-back  --previous PATH|URL
  sunshine diff [DIR]      the sheet of changes: what a publication would change for the public
      --format text|html|json  --previous PATH|URL  --as-of DATE  --hold-back
  sunshine approve [DIR]   approve the sheet of changes: who, and its digest, go into data/approvals.csv
      --by NAME  --digest DIGEST (that was read)  --previous PATH|URL  --as-of DATE  --hold-back
  sunshine publish [DIR] --to PLACE   check, record a release, send what changed, and verify it there; run again, it goes on where it was interrupted
      PLACE: a folder | FILE.zip (for whoever keeps the server) | sftp://user@host/path | s3://bucket/prefix
      --label LABEL (the day if left out)  --dry-run (only say what would be sent and removed)
      --as-of DATE  --hold-back  --previous PATH|URL  --jobs N
  sunshine revise [DIR]    fill in what revisions.csv and addresses.csv lack; asks for reason, kind and who approved
      --reason TEXT  --kind scheduled|correction|definition  --by NAME  --as-of DATE
  sunshine translate [DIR]   list the names and texts without a translation in data/translations/, a file a language
      --as-of DATE
  sunshine verify PATH|URL   hold a published site against its manifest, signature and log
      --key PUBLIC  --head FILE (kept earlier)  --from DIR (build again and compare)  --previous PATH|URL
  sunshine key new FILE    a new key to sign with; its public line is printed, and SUNSHINE_KEY names the file
  sunshine audit PATH...   read only what is published, and say which withheld counts a stranger can compute; earlier publications first
      --format text|json
  sunshine inspect [DIR]   rehearse the inspection of government sites, veto items first; 1 where one of them fails
      --format text|json  --as-of DATE
  sunshine clean FILE      a copy of an attachment without authors, comments, tracked changes, hidden sheets, macros, metadata
      --out FILE
  sunshine version
every command takes: --lang zh|en  --quiet
`

func (c *command) help(l problem.Language, w io.Writer) {
	fmt.Fprint(w, problem.Text{ZH: helpZH, EN: helpEN}.In(l))
}
