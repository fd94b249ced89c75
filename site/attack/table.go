package attack

import (
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/period"
)

type state uint8

const (
	absent   state = iota // not available, or said only roughly
	open                  // published
	withheld              // [c]
)

// cell is one figure of a table, with all that any form says of it.
type cell struct {
	state    state
	value    *big.Rat
	decimals int
	unsaid   bool   // [x]: nobody says what it is, and others may tell
	hidden   string // a file that withholds what another gives
	given    string // the file that gives it
}

func (c cell) whole() bool { return c.state == open && c.value.IsInt() }

type kind uint8

const (
	other  kind = iota // a number that is no count: money, minutes, people per household
	count              // whole and not negative
	rate               // a share or ratio
	change             // a difference, or a change in per cent
)

// field is a column with figures.
type field struct {
	schema
	kind    kind
	base    string // the name without its unit
	person  bool   // a 1 would point at a person or an organisation
	generic bool   // the words of the row say what it counts
	round   int64  // the base that its figures are rounded to, else 0
}

// dimension is a column whose words say which figure a row holds.
type dimension struct{ name string }

// row is one line of a table.
type row struct {
	label   string
	words   []string // its period and categories as they were written
	when    string   // the interval, or "" where the table has no period
	span    span
	cats    []string // one for each dimension, folded
	ofWhich bool
	aside   bool // an average of the rows beside it
	deep    bool // of a unit under a sub-bureau
	total   bool // a download says so
	unit    string
	cells   []cell
}

// span is a period as days, the end excluded; a stock does not add up.
type span struct {
	from, to period.Date
	stock    bool
	ok       bool
}

// table is one statistic of one publication, or of several that show the same.
type table struct {
	since     int // the first of them
	pub       int // the last of them
	name      string
	file      string
	fields    []field
	dims      []dimension
	rows      []row
	mixed     bool              // each row has a unit of its own
	threshold int64             // a smaller count of persons is not published
	deep      int64             // the same for units under a sub-bureau
	totals    []map[string]bool // by dimension: the words that name a total
	words     map[string]int    // how many dimensions a word stands in
	index     map[string][]int  // the rows of the same words
}

var (
	totalWords  = words("合计 总计 小计 共计 总数 总量 总和 合計 全部 全体 总体 整体 男女合并 男女 全市 全县 全区 全局 全省 全州 全国 全年 两性 不分性别 男女合计 不分年龄 各类合计 总 计 all sum overall total totals grandtotal subtotal bothsexes")
	blockWord   = regexp.MustCompile(`^(小计|subtotal)$`)
	subtotal    = regexp.MustCompile(`.+(合计|小计|共计|总计)$|^(小计|subtotal)(#\d+)?$`)
	totalPhrase = regexp.MustCompile(`^(全[市县区局省州国部体]|男女|所有|各[^合总小共]*|本[市县区局])(合计|总计|共计|总数)$|^(total|all)(persons|people|cases|units|ages|sexes|areas)$`)
	codeName    = regexp.MustCompile(`^(序号|编号|代码|编码|代号|行号|行次|no\.?|id|code)$|代码$|编码$`)
	noteName    = regexp.MustCompile(`^(备注|说明|注|notes?|remarks?)$`)
	periodName  = regexp.MustCompile(`^(期间|时期|年份|年度|年|月份|月|季度|时间|日期|时点|统计期|year|month|period|date|quarter)$`)
	partName    = regexp.MustCompile(`^(其中|#|of which|ofwhich)`)
	rateName    = regexp.MustCompile(`率|占比|比例|比重|占.*[%％]|[^侵强霸挤独抢]占[^道用地]|为100|=100|指数|^比\d{4}年$|日均|每.{0,3}[日天]|每.{0,3}[万千百]|人均|户均|均$|均（|倍|比$|比（|ratio|share|rate|percent|per`)
	changeName  = regexp.MustCompile(`增减|增长|同比|环比|变化|增幅|降幅|涨跌|change`)
	rateUnit    = regexp.MustCompile(`[%％‰/]|倍|百分点|每`)
	noneUnit    = regexp.MustCompile(`^(元|万元|亿元|分|分钟|小时|天|日|公里|千米|米|辆|台|%|％|‰|个百分点|百分点|倍|平方米|吨)$`)
	personUnit  = regexp.MustCompile(`^(人|名|口|户|人次|位|家|家企业|个单位|企业|单位)$`)
	personName  = regexp.MustCompile(`人数|人员|死亡|受伤|伤亡|嫌疑人|被害|受害|人次|户数|死者|伤者|未成年|persons?|people|victims?|deaths?|injured`)
	stockName   = regexp.MustCompile(`常住|户籍|人口|在编|在册|在岗|现有|存量|期末|期初|年末|年初|月末|结存|结转|上年|去年|同期|累计`)
	generic     = regexp.MustCompile(`^(数值|数量|数|值|数据|value|number|count)$`)
	unitTail    = regexp.MustCompile(`[（(]([^（()）]*)[)）]$`)
	numeric     = regexp.MustCompile(`^[-+−]?\d+(\.\d+)?`)
	marker      = regexp.MustCompile(`\s*\[([a-z])\]$`)
	smallWords  = regexp.MustCompile(`1\s*(?:至|到|-|–|—|to)\s*(\d+)`)
	baseWords   = regexp.MustCompile(`凑整为(\d+)的倍数|nearest multiple of (\d+)`)
	unitWords   = words("人 名 口 户 人次 件 起 宗 案 次 场 处 条 个 家 元 万元 % 辆 台 分 分钟 小时 天 项 份 篇 公里")
	vagueWords  = words("其他 其它 其余 不详 未知 不明 other others unknown")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// fold brings a word to one form: no spaces, no full width, small letters.
func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000' || r == ' ' || r == '\u00a0' || r == '\t' || r == '\ufeff':
			return -1
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		}
		return r
	}, s))
}

func isTotal(word string) bool {
	w := strings.Trim(fold(word), ":()")
	return totalWords[w] || totalWords[fold(baseName(word))] || totalPhrase.MatchString(w)
}

func baseName(name string) string { return strings.TrimSpace(unitTail.ReplaceAllString(name, "")) }

// readCell reads what one form says of a figure.
func readCell(text, status, qualifier string) cell {
	text = strings.TrimSpace(text)
	m := marker.FindStringSubmatch(text)
	if m != nil {
		text = strings.TrimSpace(text[:len(text)-len(m[0])])
		if m[1] == "c" {
			return cell{state: withheld}
		}
	}
	if text == "" && strings.Trim(status, "[]") == "c" {
		return cell{state: withheld}
	}
	if text == "" && (m != nil && m[1] == "x" || strings.Trim(status, "[]") == "x") {
		return cell{unsaid: true}
	}
	if text == "" || qualifier != "" {
		return cell{}
	}
	text = strings.NewReplacer(",", "", "，", "", "−", "-", "－", "-", " ", "", "\u00a0", "").Replace(text)
	digits := numeric.FindString(text)
	if digits == "" || len(digits) > 40 {
		return cell{}
	}
	if rest := strings.TrimPrefix(text, digits); rest != "" && !unitWords[rest] && rest != "％" && rest != "‰" && rest != "倍" {
		return cell{}
	}
	v, ok := new(big.Rat).SetString(strings.TrimPrefix(digits, "+"))
	if !ok {
		return cell{}
	}
	c := cell{state: open, value: v}
	if _, after, found := strings.Cut(digits, "."); found {
		c.decimals = len(after)
	}
	return c
}

// layout says where in a grid the columns of a table stand.
type layout struct {
	of map[string]int // a column's name, its title, or its name without unit
}

func (g grid) layout() layout {
	l := layout{of: map[string]int{}}
	for i, h := range g.header {
		for _, name := range []string{h, fold(h), fold(baseName(h))} {
			if _, taken := l.of[name]; !taken {
				l.of[name] = i
			}
		}
	}
	return l
}

func (l layout) find(names ...string) int {
	for _, n := range names {
		for _, form := range []string{n, fold(n), fold(baseName(n))} {
			if i, ok := l.of[form]; ok && form != "" {
				return i
			}
		}
	}
	return -1
}

var helper = regexp.MustCompile(`^(.*)_(start|end|status|qualifier|sent)$`)

// newTable makes one table of all the forms of a statistic.
func newTable(pub int, s source, parents map[string]string) *table {
	slices.SortStableFunc(s.forms, func(a, b grid) int { // what a record calls the period, the others tell
		switch {
		case a.recorded == b.recorded:
			return 0
		case b.recorded:
			return -1
		}
		return 1
	})
	first := s.forms[0]
	t := &table{since: pub, pub: pub, name: s.name, file: first.file}
	t.thresholds(s.prose)
	var base int64
	if m := baseWords.FindStringSubmatch(s.prose); m != nil {
		base, _ = strconv.ParseInt(m[1]+m[2], 10, 64)
	}
	said := map[string]schema{}
	for _, f := range s.fields {
		said[f.Name] = f
	}
	home := first.layout()
	var dims, measures []int
	when := []int{}
	unitColumn := -1
	for i, name := range first.header {
		if name == "row_type" || name == "" {
			continue
		}
		if m := helper.FindStringSubmatch(name); m != nil && home.find(m[1]) >= 0 {
			continue
		}
		f := said[name]
		role := f.Role
		values := column(first, i)
		if name == "place" && role == "" && len(slices.Compact(slices.Clone(values))) == 1 {
			continue // of the whole table
		}
		figures, filled := 0, 0
		for _, v := range values {
			if c := readCell(v, "", ""); c.state != absent {
				figures++
			}
			if v != "" && !strings.HasPrefix(v, "[") {
				filled++
			}
		}
		_, dated := home.of[name+"_start"]
		if role == "" {
			switch {
			case dated || periodName.MatchString(fold(baseName(name))):
				role = "period"
			case codeName.MatchString(fold(name)):
				role = "code"
			case noteName.MatchString(fold(name)):
				role = "note"
			case figures >= filled && figures > 0:
				role = "measure"
			default:
				role = "category"
			}
		}
		switch role {
		case "period":
			when = append(when, i)
		case "code", "note":
		case "category", "unit", "dimension":
			switch {
			case codeName.MatchString(fold(name)) || noteName.MatchString(fold(name)) || numbers(values):
			case measuring(name, values):
				unitColumn = i
			default:
				dims = append(dims, i)
			}
		default:
			measures = append(measures, i)
		}
	}
	dims = named(first, dims)
	for _, i := range dims {
		t.dims = append(t.dims, dimension{name: first.header[i]})
	}
	for _, i := range measures {
		name := first.header[i]
		f := field{schema: said[name], base: baseName(name)}
		f.Name = name
		if m := unitTail.FindStringSubmatch(name); f.Unit == "" && m != nil {
			f.Unit = m[1]
		}
		t.fields = append(t.fields, f)
	}
	index := map[string][]int{}
	for n, g := range s.forms {
		at := g.layout()
		columns := func(list []int) []int {
			var out []int
			for _, i := range list {
				out = append(out, at.find(first.header[i], said[first.header[i]].Title))
			}
			return out
		}
		d, m, w := columns(dims), columns(measures), columns(when)
		if g.recorded && len(w) > 0 {
			w = []int{0}
		}
		if n > 0 && (slices.Contains(d, -1) || slices.Contains(w, -1) || len(d)+len(w) == 0) {
			continue
		}
		seen := map[string]int{}
		for _, line := range g.rows {
			r := row{cells: make([]cell, len(measures))}
			var label []string
			r.when, r.span = lineSpan(g, at, w, line)
			for _, i := range w {
				label = append(label, text(line, i))
			}
			for _, i := range d {
				r.cats = append(r.cats, fold(text(line, i)))
				label = append(label, text(line, i))
			}
			r.words = label
			for _, c := range r.cats {
				r.deep = r.deep || parents[parents[c]] != ""
			}
			r.label = strings.Trim(strings.Join(label, "/"), "/")
			if i := at.find("row_type"); i >= 0 {
				r.total = text(line, i) == "total"
				r.ofWhich = text(line, i) == "of-which"
			}
			for _, c := range r.cats {
				r.ofWhich = r.ofWhich || partName.MatchString(c)
				r.aside = r.aside || meanRow.MatchString(c)
			}
			if unitColumn >= 0 {
				if i := at.find(first.header[unitColumn]); i >= 0 {
					r.unit = text(line, i)
				}
			}
			for k, i := range m {
				if i < 0 {
					continue
				}
				status, qualifier := -1, -1
				if j, ok := at.of[g.header[i]+"_status"]; ok {
					status = j
				}
				if j, ok := at.of[g.header[i]+"_qualifier"]; ok {
					qualifier = j
				}
				r.cells[k] = readCell(text(line, i), text(line, status), text(line, qualifier))
				r.cells[k].given = g.file
			}
			key := r.when + "/" + strings.Join(r.cats, "/")
			nth := seen[key]
			seen[key]++
			if n > 0 && nth < len(index[key]) {
				t.merge(index[key][nth], r, g.file)
				continue
			}
			if n > 0 && strings.Contains(g.file, ".html") && !r.adds() {
				continue // another table of the page
			}
			index[key] = append(index[key], len(t.rows))
			t.rows = append(t.rows, r)
		}
	}
	for k := range t.fields {
		t.classify(k, base)
	}
	t.mixed = unitColumn >= 0
	t.readProse(s)
	t.findTotals(parents)
	return t
}

// adds tells whether a row that only a page has is a total. That it withholds what no
// download has is no secret.
func (r *row) adds() bool {
	for k := range r.cells {
		if r.cells[k].state != open {
			r.cells[k] = cell{}
		}
	}
	return slices.ContainsFunc(r.cats, isTotal)
}

// same tells whether an earlier table shows nothing that this one does not show too, at
// the same places.
func (t *table) same(earlier *table) bool {
	return t.name == earlier.name && t.mixed == earlier.mixed && slices.Equal(t.dims, earlier.dims) &&
		slices.EqualFunc(t.fields, earlier.fields, func(f, g field) bool {
			return f.Name == g.Name && f.Unit == g.Unit && f.kind == g.kind && f.round == g.round
		}) &&
		slices.EqualFunc(t.rows, earlier.rows, func(r, q row) bool {
			return r.when == q.when && r.unit == q.unit && r.total == q.total && r.ofWhich == q.ofWhich && slices.Equal(r.cats, q.cats) &&
				slices.EqualFunc(r.cells, q.cells, cell.same)
		})
}

func (c cell) same(earlier cell) bool {
	return c.state == earlier.state && earlier.hidden == "" && (c.state != open || c.value.Cmp(earlier.value) == 0)
}

// thresholds reads from the words of the page how small a count is not published:
// the second of two is for small units.
func (t *table) thresholds(prose string) {
	t.threshold, t.deep = 5, 5
	for _, sentence := range strings.Split(prose, "\n") {
		if !strings.Contains(sentence, "[c]") {
			continue
		}
		var said []int64
		for _, m := range smallWords.FindAllStringSubmatch(sentence, -1) {
			if n, err := strconv.ParseInt(m[1], 10, 64); err == nil && n < 100 {
				said = append(said, n+1)
			}
		}
		if len(said) > 0 {
			t.threshold, t.deep = said[0], said[len(said)-1]
		}
	}
}

// limit is the threshold of a row.
func (t *table) limit(r row) int64 {
	if r.deep {
		return t.deep
	}
	return t.threshold
}

// merge adds what another form says of a row: a figure that one form gives is
// known, whatever the others withhold.
func (t *table) merge(i int, r row, file string) {
	for k, c := range r.cells {
		was := &t.rows[i].cells[k]
		switch {
		case was.state == withheld && c.state == open:
			c.hidden, c.given = was.given, file
			*was = c
		case was.state == open && c.state == withheld && was.hidden == "":
			was.hidden = file
		case was.state == absent && c.state != absent:
			*was = c
		}
	}
}

func column(g grid, i int) []string {
	out := make([]string, len(g.rows))
	for n, r := range g.rows {
		out[n] = text(r, i)
	}
	return out
}

// lineSpan reads the period of a row: the two days that a download gives, else
// the words.
func lineSpan(g grid, at layout, when []int, line []string) (string, span) {
	var texts []string
	for _, i := range when {
		texts = append(texts, text(line, i))
		from, found := at.of[g.header[i]+"_start"]
		to, found2 := at.of[g.header[i]+"_end"]
		if found && found2 {
			a, ok1 := period.ParseDate(text(line, from))
			b, ok2 := period.ParseDate(text(line, to))
			if ok2 {
				s := span{from: a, to: b + 1, ok: true, stock: !ok1}
				return s.String(), s
			}
		}
	}
	if len(texts) == 0 {
		return "", span{}
	}
	joined := strings.Join(texts, "")
	if g.recorded {
		joined = numbered.ReplaceAllString(joined, "")
	}
	if end, ok := strings.CutPrefix(joined, "../"); ok {
		if d, ok := period.ParseDate(end); ok {
			s := span{to: d + 1, ok: true, stock: true}
			return s.String(), s
		}
	}
	if p, err := period.Parse(joined, period.Options{}); err == nil {
		s := span{from: p.Start, to: p.End + 1, ok: true, stock: p.AsOf}
		return s.String(), s
	}
	return fold(joined), span{}
}

func (s span) String() string {
	if s.stock {
		return "../" + (s.to - 1).String()
	}
	return s.from.String() + "/" + (s.to - 1).String()
}

// numbers tells whether a column only numbers its rows.
func numbers(values []string) bool {
	for i, v := range values {
		if n, err := strconv.Atoi(v); err != nil || n != i+1 {
			return false
		}
	}
	return len(values) > 1
}

// measuring tells whether a column holds the unit of each row.
func measuring(name string, values []string) bool {
	if n := fold(name); n != "单位" && n != "计量单位" && n != "unit" {
		return false
	}
	for _, v := range values {
		if v != "" && !unitWords[v] {
			return false
		}
	}
	return true
}

// named drops columns that say nothing of their own: those that are one-to-one
// with another and hold codes.
func named(g grid, dims []int) []int {
	code := regexp.MustCompile(`^[A-Za-z0-9.\-]+$`)
	return slices.DeleteFunc(slices.Clone(dims), func(i int) bool {
		values := column(g, i)
		for _, v := range values {
			if !code.MatchString(v) {
				return false
			}
		}
		return slices.ContainsFunc(dims, func(j int) bool {
			there, back := map[string]string{}, map[string]string{}
			for n, w := range column(g, j) {
				v := values[n]
				if (there[v] != "" && there[v] != w) || (back[w] != "" && back[w] != v) {
					return false
				}
				there[v], back[w] = w, v
			}
			return i != j && len(there) > 1
		})
	})
}

// classify says what a column counts.
func (t *table) classify(k int, base int64) {
	f := &t.fields[k]
	whole, multiples, negative := true, true, false
	n := 0
	for _, r := range t.rows {
		c := r.cells[k]
		if c.state != open || r.aside {
			continue
		}
		n++
		whole = whole && c.value.IsInt()
		negative = negative || c.value.Sign() < 0
		if base > 0 && (!c.value.IsInt() || new(big.Int).Mod(c.value.Num(), big.NewInt(base)).Sign() != 0) {
			multiples = false
		}
	}
	name := fold(f.base)
	switch {
	case f.Role == "change" || (changeName.MatchString(name) && f.Role != "rate"):
		f.kind = change
	case f.Role == "rate" || rateUnit.MatchString(f.Unit) || (rateName.MatchString(name) && !personUnit.MatchString(f.Unit)):
		f.kind = rate
	case !whole || negative || noneUnit.MatchString(f.Unit):
		f.kind = other
	default:
		f.kind = count
	}
	named := personUnit.MatchString(f.Unit) || (personName.MatchString(name) && !noneUnit.MatchString(f.Unit))
	f.generic = generic.MatchString(name) && f.kind == count && f.Risk == "" && f.Unit == ""
	f.person = f.kind == count && (f.Risk == "person" || f.Risk == "organisation" || (f.Risk == "" && named))
	if base > 0 && f.kind == count && multiples && n > 0 && f.Risk != "event" && f.Risk != "none" {
		f.round = base
	}
}

// readProse looks for withheld figures in the words of the page: a sentence with
// the period, the words of the row, and the name of the column before a number.
func (t *table) readProse(s source) {
	sentences := strings.FieldsFunc(s.prose, func(r rune) bool { return strings.ContainsRune("。；！？\n;!?", r) })
	page, words := s.page, t.rowWords()
	for k, f := range t.fields {
		name := f.base
		if f.Title != "" {
			name = f.Title
		}
		if f.kind == rate || f.kind == change || name == "" {
			continue
		}
		figure, err := regexp.Compile(regexp.QuoteMeta(name) + `[^0-9，。；,.;]{0,6}(\d+)\s*` + regexp.QuoteMeta(f.Unit))
		if err != nil {
			continue // a name too long for a sentence
		}
		type saying struct {
			figure string
			words  [][]string // of rows, that stand in it, by what they say
		}
		var said []saying
		for _, sentence := range sentences {
			for _, m := range figure.FindAllStringSubmatchIndex(sentence, -1) {
				if !t.longer(sentence, m[0], name) && !partOfName(sentence, m[2], words) {
					said = append(said, saying{sentence[m[2]:m[3]], spoken(words, fold(sentence[:m[0]]), fold(sentence))})
					break
				}
			}
		}
		for i := range t.rows {
			c := &t.rows[i].cells[k]
			if c.state != withheld {
				continue
			}
			for _, s := range said {
				named := true
				for j, w := range t.rows[i].words {
					switch w = fold(w); {
					case !isTotal(w):
						named = named && slices.Contains(s.words[j], w)
					case slices.ContainsFunc(s.words[j], func(o string) bool { return !isTotal(o) }):
						named = false // of a part
					}
				}
				if named {
					*c = readCell(s.figure, "", "")
					c.hidden, c.given = t.file, page
					break
				}
			}
		}
	}
}

// partOfName tells whether what stands at a place in a sentence is part of the name of a row:
// the 0 of 街0 is no figure.
func partOfName(sentence string, at int, words [][]string) bool {
	for _, list := range words {
		for _, w := range list {
			for i := strings.Index(sentence, w); w != "" && i >= 0 && i <= at; {
				if at < i+len(w) {
					return true
				}
				next := strings.Index(sentence[i+len(w):], w)
				if next < 0 {
					break
				}
				i += len(w) + next
			}
		}
	}
	return false
}

// mentions tells whether a sentence has a word, and not as the end of a span: 2025年
// is not named by 2024-2025年.
func mentions(sentence, word string) bool {
	for at := 0; ; {
		i := strings.Index(sentence[at:], word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(sentence[:at+i])
		if first, _ := utf8.DecodeRuneInString(word); first < '0' || first > '9' || !strings.ContainsRune("0123456789-–—~至到", before) {
			return true
		}
		at += i + len(word)
	}
}

// rowWords are all that the rows are named by, by what they say: periods, kinds.
func (t *table) rowWords() [][]string {
	var seen []map[string]bool
	for _, r := range t.rows {
		for j, w := range r.words {
			if j == len(seen) {
				seen = append(seen, map[string]bool{})
			}
			seen[j][fold(w)] = true
		}
	}
	words := make([][]string, len(seen))
	for j := range seen {
		words[j] = slices.Sorted(maps.Keys(seen[j]))
	}
	return words
}

// spoken gives those of the rows' words that a figure in a sentence is about: of
// each kind the last before it, a name of a total only where there is no other, else
// all in the sentence.
func spoken(words [][]string, before, sentence string) [][]string {
	var all []string
	found := make([][]string, len(words))
	here := make([][]string, len(words)) // in a large table few of the words are
	for j, list := range words {
		here[j] = slices.DeleteFunc(slices.Clone(list), func(w string) bool { return !strings.Contains(sentence, w) })
		all = append(all, here[j]...)
	}
	for j, list := range here {
		last := -1
		for _, w := range list {
			if text := alone(before, all, w); mentions(text, w) {
				at := strings.LastIndex(text, w)
				if total := isTotal(w) && last >= 0; !total && (at > last || isTotal(found[j][0])) { // 合计 may be that of another kind
					last, found[j] = at, []string{w}
				}
			}
		}
		for _, w := range list {
			if last < 0 && mentions(alone(sentence, all, w), w) {
				found[j] = append(found[j], w)
			}
		}
	}
	return found
}

// alone takes the longer words that hold a word out of a sentence: 未成年 says
// nothing of 成年.
func alone(sentence string, words []string, word string) string {
	for _, longer := range words {
		if longer != word && strings.Contains(longer, word) {
			sentence = strings.ReplaceAll(sentence, longer, strings.Repeat("\n", len(longer)))
		}
	}
	return sentence
}

// longer tells whether a name that stands at a place is only a part of a longer
// word: the 伤 of 死伤, or a part of another column's name.
func (t *table) longer(sentence string, at int, name string) bool {
	before := sentence[:at]
	if utf8.RuneCountInString(name) == 1 && (strings.HasSuffix(before, "死") || strings.HasSuffix(before, "伤")) {
		return true
	}
	return slices.ContainsFunc(t.fields, func(o field) bool {
		for _, other := range []string{o.base, o.Title} {
			head, tail, found := strings.Cut(other, name)
			if found && head+tail != "" && strings.HasSuffix(before, head) && strings.HasPrefix(sentence[at+len(name):], tail) {
				return true
			}
		}
		return false
	})
}

// findTotals finds the words of each dimension that name a total: by their
// name, by what the download says of the row, and by arithmetic.
func (t *table) findTotals(parents map[string]string) {
	for d := range t.dims {
		t.number(d)
	}
	t.totals = make([]map[string]bool, len(t.dims))
	for d := range t.dims {
		t.totals[d] = map[string]bool{}
		for _, r := range t.rows {
			if isTotal(r.cats[d]) {
				t.totals[d][r.cats[d]] = true
			}
		}
	}
	// A row that is said to be a total, without a word that says so: the word that
	// stands in such rows alone.
	for d := range t.dims {
		if len(t.totals[d]) > 0 {
			continue
		}
		said, not := map[string]bool{}, map[string]bool{}
		for _, r := range t.rows {
			anywhere := false
			for e := range t.dims {
				anywhere = anywhere || t.totals[e][r.cats[e]]
			}
			if r.total && !anywhere {
				said[r.cats[d]] = true
			} else if !r.total {
				not[r.cats[d]] = true
			}
		}
		for w := range said {
			if !not[w] && !subtotal.MatchString(w) && w != "" {
				t.totals[d][w] = true
			}
		}
		if len(t.totals[d]) > 1 { // kinds that are summed over something else
			t.totals[d] = map[string]bool{}
		}
	}
	// The bureau that all units of the column are under is their total.
	for d := range t.dims {
		if len(t.totals[d]) > 0 {
			continue
		}
		for _, r := range t.rows {
			w := r.cats[d]
			if up, known := parents[w]; known && up == "" {
				t.totals[d][w] = true
			}
		}
	}
	for d := range t.dims {
		if len(t.totals[d]) == 0 {
			if w := t.arithmetic(d); w != "" {
				t.totals[d][w] = true
			}
		}
	}
}

// number tells subtotals apart that have one word, where another total stands with
// them or there are several.
func (t *table) number(d int) {
	for _, g := range t.groups(d) {
		var subs []int
		others := false
		for _, i := range g {
			if w := t.rows[i].cats[d]; blockWord.MatchString(w) {
				subs = append(subs, i)
			} else {
				others = others || isTotal(w)
			}
		}
		if len(subs) > 1 || (len(subs) == 1 && others) {
			for n, i := range subs {
				t.rows[i].cats[d] += "#" + strconv.Itoa(n+1)
			}
		}
	}
}

// arithmetic gives the word whose figures are the sums of all others wherever all
// is open, in at least three cells above 9.
func (t *table) arithmetic(d int) string {
	groups := t.groups(d)
	var order []string
	for _, r := range t.rows {
		if !slices.Contains(order, r.cats[d]) {
			order = append(order, r.cats[d])
		}
	}
	if len(order) < 3 || len(order) > 200 || t.mixed {
		return ""
	}
	for _, w := range []string{order[len(order)-1], order[0]} {
		agree, differ := 0, 0
		for _, g := range groups {
			for k, f := range t.fields {
				if f.kind != count {
					continue
				}
				sum, total, whole, parts := new(big.Rat), (*big.Rat)(nil), true, 0
				for _, i := range g {
					c := t.rows[i].cells[k]
					switch {
					case c.state != open:
						whole = false
					case t.rows[i].cats[d] == w:
						total = c.value
					case !t.rows[i].ofWhich && !t.rows[i].aside:
						sum.Add(sum, c.value)
						parts++
					}
				}
				if !whole || total == nil || parts < 2 {
					continue
				}
				if total.Cmp(sum) != 0 {
					differ++
				} else if total.Cmp(big.NewRat(9, 1)) > 0 {
					agree++
				}
			}
		}
		if agree >= 3 && differ == 0 {
			return w
		}
	}
	return ""
}

// groups gives the rows that differ in one dimension alone.
func (t *table) groups(d int) [][]int {
	var order []string
	of := map[string][]int{}
	for i, r := range t.rows {
		key := r.when
		for e, c := range r.cats {
			if e != d {
				key += "\x00" + c
			}
		}
		if of[key] == nil {
			order = append(order, key)
		}
		of[key] = append(of[key], i)
	}
	var out [][]int
	for _, key := range order {
		out = append(out, of[key])
	}
	return out
}
