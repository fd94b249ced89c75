package attachment

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// A PDF is read as it lies, from its first byte to its last, and not along its
// table of objects: what a later version of it replaced still stands in it.

// object is what a PDF is made of: nil, bool, float64, name, []byte (a string),
// []object, dict, ref.
type object any

type (
	name string
	ref  int
	dict map[name]object
)

// stream is a dict with bytes behind it.
type stream struct {
	number int
	dict   dict
	raw    []byte
	shown  bool // on a page, with its fonts
}

// pdf is one PDF that is read.
type pdf struct {
	job     *job
	at      problem.Text
	depth   int
	objects map[ref]object // the last of each number
	streams []stream
	roles   map[ref]name // the key or the name before a reference
	fonts   map[ref]*font
	locked  bool         // it is encrypted
	kept    int          // values of its objects
	numbers map[ref]int  // of the pages, from 1
	counted map[ref]bool // nodes of their tree
	unknown problem.Text // where the first text stands whose characters have no code that is known
	lost    bool         // there is one
}

var (
	noCodes   = problem.Say("字体没有文字编码，读不出文字", "its fonts have no table of characters, and the text cannot be read")
	scanned   = problem.Say("只有图片，可能是扫描件", "it holds only pictures, as a scan does")
	oddFilter = problem.Say("有用别的方法压缩的内容", "it holds content that is packed in another way")
	oddStream = problem.Say("有读不出的内容", "it holds content that cannot be read")
)

// endOfFile ends each version of a PDF.
const endOfFile = "\x25\x25EOF"

func (j *job) pdf(data []byte, at problem.Text, depth int) {
	p := pdf{job: j, at: at, depth: depth, objects: map[ref]object{}, roles: map[ref]name{}, fonts: map[ref]*font{}}
	p.objectsOf(data)
	for i := 0; i < len(p.streams) && !p.locked; i++ { // packed objects hold more of them
		if s := p.streams[i]; s.dict["Type"] == name("ObjStm") {
			content, ok := p.unpack(s)
			first, _ := s.dict["First"].(float64)
			if !ok || first < 0 || int(first) > len(content) {
				continue
			}
			p.packed(content, int(first))
		}
	}
	if p.locked {
		j.fail(at, encrypted)
		return
	}
	p.pages()
	for _, s := range p.streams {
		p.read(s)
	}
	if p.lost {
		j.fail(p.unknown, noCodes)
	}
	if end := bytes.LastIndex(data, []byte(endOfFile)); end < 0 {
		j.fail(at, damaged)
	} else if rest := bytes.TrimSpace(bytes.Trim(data[end+len(endOfFile):], "\x00")); len(rest) > 0 {
		place := within(at, problem.Say("文件末尾之后", "behind the end"))
		j.give(place, runs(rest))
		j.fail(place, oddStream)
	}
}

// objectsOf reads objects one after another, and the strings in them. The streams
// are kept for later.
func (p *pdf) objectsOf(data []byte) {
	l, number := lexer{data: data}, 0
	var numbers []float64 // before a keyword
	for {
		o, keyword, ok := l.next(0)
		if !ok {
			p.tell(&l)
			return
		}
		if keyword == "" {
			if n, is := o.(float64); is {
				numbers = append(numbers, n)
				continue
			}
			p.keep(number, o)
			numbers = numbers[:0]
			if d, is := o.(dict); is {
				if raw, found := l.stream(d); found {
					p.streams = append(p.streams, stream{number: number, dict: d, raw: raw})
				}
			}
			continue
		}
		switch {
		case keyword == "obj" && len(numbers) >= 2:
			number = int(numbers[len(numbers)-2])
		case keyword == "endobj":
			number = 0 // what follows is a trailer, or lost its number
		}
		numbers = numbers[:0]
	}
}

// tell names what was not read because it is too much. What was read of one file
// counts for all of it.
func (p *pdf) tell(l *lexer) {
	if p.kept += l.kept; l.over || p.kept > maxKept {
		p.job.fail(p.at, tooLarge)
	}
}

// packed reads the objects of an object stream: their numbers first.
func (p *pdf) packed(content []byte, first int) {
	head, l := lexer{data: content[:first]}, lexer{data: content, kept: p.kept}
	defer func() { l.kept -= p.kept; p.tell(&l) }()
	for {
		n, _, ok := head.next(0)
		at, _, more := head.next(0)
		number, is := n.(float64)
		offset, are := at.(float64)
		if !ok || !more || !is || !are || offset < 0 || int(offset) > len(content)-first {
			return
		}
		l.i = first + int(offset)
		if o, keyword, ok := l.next(0); ok && keyword == "" {
			p.keep(int(number), o)
		}
	}
}

// keep remembers an object and gives the strings in it.
func (p *pdf) keep(number int, o object) {
	p.objects[ref(number)] = o
	if d, is := o.(dict); is {
		if _, is := d["Encrypt"]; is && (d["Type"] == name("XRef") || d["Root"] != nil || d["Size"] != nil) {
			p.locked = true
		}
	}
	p.walk(o, "")
}

// keys are the strings of a PDF that a clerk knows by a name.
var keys = map[name]problem.Text{
	"Title": problem.Say("文档属性", "properties"), "Author": problem.Say("文档属性", "properties"), "Subject": problem.Say("文档属性", "properties"),
	"Keywords": problem.Say("文档属性", "properties"), "Creator": problem.Say("文档属性", "properties"), "Producer": problem.Say("文档属性", "properties"),
	"Contents": problem.Say("批注", "a comment"), "RC": problem.Say("批注", "a comment"), "T": problem.Say("批注人或表单项", "the author of a comment, or a field"),
	"V": problem.Say("表单", "a form"), "DV": problem.Say("表单", "a form"), "F": problem.Say("文件名", "the name of a file"), "UF": problem.Say("文件名", "the name of a file"),
}

// opaque are keys of strings that hold no words.
var opaque = []name{"ID", "O", "U", "OE", "UE", "Perms", "Registry", "Ordering", "Panose", "CheckSum", "CreationDate", "ModDate", "M", "Lookup", "Indexed", "Cert", "ByteRange", "NM", "IDS"}

// walk gives the strings in an object and learns what its references are for.
func (p *pdf) walk(o object, key name) {
	switch v := o.(type) {
	case ref:
		if p.roles[v] == "" {
			p.roles[v] = key
		}
	case []byte:
		if slices.Contains(opaque, key) || len(v) < shortest {
			return
		}
		place, known := keys[key]
		if !known {
			place = problem.Say("文档对象", "an object")
		}
		p.job.give(within(p.at, place), words(v))
	case []object:
		for _, item := range v {
			if n, is := item.(name); is {
				key = n // [/ICCBased 7 0 R]
				continue
			}
			p.walk(item, key)
		}
	case dict:
		signature := v["ByteRange"] != nil
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if signature && k == "Contents" || k == "Parent" {
				continue
			}
			p.walk(v[k], k)
		}
	}
}

// words decodes a string that is no text of a page.
func words(s []byte) []byte {
	switch {
	case bytes.HasPrefix(s, []byte("\xfe\xff")):
		return utf16BE(s[2:])
	case bytes.HasPrefix(s, []byte("\xff\xfe")):
		return runs(s[2:])
	case utf8.Valid(s):
		return bytes.TrimPrefix(s, []byte("\xef\xbb\xbf"))
	}
	if decoded, _, err := text.Decode(s, ""); err == nil { // GBK, which is against the standard and done
		return decoded
	}
	return runs(s)
}

func utf16BE(s []byte) []byte {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return []byte(string(utf16.Decode(units)))
}

// get follows references.
func (p *pdf) get(o object) object {
	for range 8 {
		r, is := o.(ref)
		if !is {
			return o
		}
		o = p.objects[r]
	}
	return nil
}

func (p *pdf) dict(o object) dict { d, _ := p.get(o).(dict); return d }

// pixels are filters of pictures.
var pixels = []name{"DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode"}

// filters gives the names of the filters of a stream.
func (p *pdf) filters(d dict) []name {
	value := d["Filter"]
	if value == nil {
		value = d["F"] // of a picture within a page
	}
	var list []name
	switch v := p.get(value).(type) {
	case name:
		list = []name{v}
	case []object:
		for _, o := range v {
			n, _ := p.get(o).(name)
			list = append(list, n)
		}
	}
	return list
}

// unpack gives the content of a stream, within the bounds; ok is false where that
// cannot be, which is told.
func (p *pdf) unpack(s stream) (content []byte, ok bool) {
	content = s.raw
	for _, filter := range p.filters(s.dict) {
		limit := p.job.limit()
		var r io.Reader
		switch filter {
		case "FlateDecode", "Fl":
			z, err := zlib.NewReader(bytes.NewReader(content))
			if err != nil {
				p.job.fail(p.at, oddStream)
				return nil, false
			}
			r = z
		case "ASCIIHexDecode", "AHx":
			clean := bytes.Map(func(c rune) rune {
				if c < 0x80 && bytes.IndexByte([]byte("0123456789abcdefABCDEF"), byte(c)) >= 0 {
					return c
				}
				return -1
			}, content)
			r = hex.NewDecoder(bytes.NewReader(clean[:len(clean)/2*2]))
		case "ASCII85Decode", "A85":
			clean := bytes.TrimPrefix(bytes.TrimSpace(content), []byte("<~"))
			if i := bytes.IndexByte(clean, '~'); i >= 0 {
				clean = clean[:i]
			}
			r = ascii85.NewDecoder(bytes.NewReader(clean))
		default:
			p.job.fail(p.at, oddFilter)
			return nil, false
		}
		out, err := io.ReadAll(io.LimitReader(r, limit+1))
		p.job.spend(len(out))
		if int64(len(out)) > limit {
			p.job.fail(p.at, tooLarge)
			return nil, false
		}
		if err != nil && len(out) == 0 {
			p.job.fail(p.at, oddStream)
			return nil, false
		}
		content = out // a stream that breaks off is shown by readers as far as it goes
	}
	if parameters := p.dict(s.dict["DecodeParms"]); parameters != nil {
		if n, _ := p.get(parameters["Predictor"]).(float64); n > 1 {
			columns, _ := p.get(parameters["Columns"]).(float64)
			return unpredict(content, int(max(1, columns)), p, n)
		}
	}
	return content, true
}

// unpredict takes back what a PNG predictor did to rows of bytes.
func unpredict(data []byte, columns int, p *pdf, kind float64) ([]byte, bool) {
	if kind < 10 || columns > len(data) {
		p.job.fail(p.at, oddFilter)
		return nil, false
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, columns)
	for len(data) > columns {
		method, row := data[0], bytes.Clone(data[1:1+columns])
		data = data[1+columns:]
		for i := range row {
			left, corner := byte(0), byte(0)
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			switch method {
			case 1:
				row[i] += left
			case 2:
				row[i] += above[i]
			case 3:
				row[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				row[i] += paeth(left, above[i], corner)
			}
		}
		out, above = append(out, row...), row
	}
	return out, true
}

func paeth(a, b, c byte) byte {
	distance := func(x byte) int { return max(int(a)+int(b)-int(c)-int(x), int(x)+int(c)-int(a)-int(b)) }
	switch pa, pb, pc := distance(a), distance(b), distance(c); {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

// pages finds the fonts of every page and tells of pages that are pictures alone.
func (p *pdf) pages() {
	contents := map[ref]int{} // the last stream of each number
	for i, s := range p.streams {
		contents[ref(s.number)] = i
	}
	p.numbers, p.counted = map[ref]int{}, map[ref]bool{}
	for _, r := range slices.Sorted(maps.Keys(p.objects)) {
		if d, is := p.objects[r].(dict); is && d["Type"] == name("Catalog") {
			p.count(d["Pages"], 0)
		}
	}
	for _, r := range slices.Sorted(maps.Keys(p.objects)) {
		page, is := p.objects[r].(dict)
		if !is || page["Type"] != name("Page") {
			continue
		}
		resources := p.inherited(page)
		fonts := p.fontsOf(resources)
		var all []byte
		list, is := p.get(page["Contents"]).([]object)
		if !is {
			list = []object{page["Contents"]}
		}
		for _, o := range list {
			number, _ := o.(ref)
			i, is := contents[number]
			if !is {
				continue
			}
			if content, ok := p.unpack(p.streams[i]); ok {
				all = append(append(all, content...), '\n')
			}
			p.streams[i].shown = true
			if int64(len(all)) > maxPart {
				p.job.fail(p.at, tooLarge)
				break
			}
		}
		place := p.at
		if n := p.numbers[r]; n > 0 {
			place = within(p.at, problem.Say("第%d页", "page %d", n))
		}
		shown, pictures := p.show(all, fonts, place)
		for _, o := range p.dict(resources["XObject"]) {
			x := p.dict(o)
			pictures = pictures || x["Subtype"] == name("Image")
			shown = shown || x["Subtype"] == name("Form") // which is read by itself
		}
		if !shown && pictures {
			p.job.fail(place, scanned)
		}
	}
}

// count numbers the pages below a node of their tree.
func (p *pdf) count(o object, depth int) {
	r, _ := o.(ref)
	node := p.dict(o)
	if node["Type"] == name("Page") && p.numbers[r] == 0 {
		p.numbers[r] = len(p.numbers) + 1
	}
	kids, _ := p.get(node["Kids"]).([]object)
	if p.counted[r] || depth > maxNested {
		return
	}
	p.counted[r] = true
	for _, kid := range kids {
		p.count(kid, depth+1)
	}
}

// inherited gives the resources of a page, or those of the pages that it is one of.
func (p *pdf) inherited(page dict) dict {
	for range 50 {
		if r := p.dict(page["Resources"]); r != nil {
			return r
		}
		if page = p.dict(page["Parent"]); page == nil {
			break
		}
	}
	return nil
}

func (p *pdf) fontsOf(resources dict) map[name]*font {
	fonts := map[name]*font{}
	list := p.dict(resources["Font"])
	for _, key := range slices.Sorted(maps.Keys(list)) {
		fonts[key] = p.font(list[key])
	}
	return fonts
}

// everyFont are the fonts of all objects by the names that resources give them: for
// what no page holds any more.
func (p *pdf) everyFont() map[name]*font {
	fonts := map[name]*font{}
	for _, r := range slices.Sorted(maps.Keys(p.objects)) {
		d, is := p.objects[r].(dict)
		if !is {
			continue
		}
		for _, list := range []dict{p.dict(d["Font"]), p.dict(p.dict(d["Resources"])["Font"])} {
			for _, key := range slices.Sorted(maps.Keys(list)) {
				f := list[key]
				if p.dict(f)["Type"] != name("Font") {
					continue
				}
				if known := p.font(f); fonts[key] == nil {
					fonts[key] = known
				} else if fonts[key] != known {
					fonts[key] = &font{} // which of them, cannot be told
				}
			}
		}
	}
	return fonts
}

// silentRoles are streams that hold no words of anybody.
var silentRoles = []name{"ToUnicode", "FontFile", "FontFile2", "FontFile3", "ICCBased", "DestOutputProfile", "CIDToGIDMap", "CIDSet", "Function", "TR", "BG", "UCR", "Shading", "Encoding", "UseCMap", "Thumb", "SMask", "Mask", "Separation", "DeviceN", "Lookup"}

// read reads one stream.
func (p *pdf) read(s stream) {
	kind, role := s.dict["Type"], p.roles[ref(s.number)]
	filters := p.filters(s.dict)
	picture := s.dict["Subtype"] == name("Image") || len(filters) > 0 && slices.Contains(pixels, filters[len(filters)-1])
	switch {
	case s.shown, kind == name("ObjStm"), kind == name("XRef"):
	case picture:
		if len(filters) == 1 && (filters[0] == "DCTDecode" || filters[0] == "DCT") && isPicture(s.raw) {
			p.job.picture(bytes.TrimRight(s.raw, "\r\n"), within(p.at, problem.Say("图片", "a picture")), p.depth)
		}
	case slices.Contains(silentRoles, role), s.dict["FunctionType"] != nil, s.dict["ShadingType"] != nil, s.dict["PatternType"] != nil && s.dict["Resources"] == nil:
	default:
		content, ok := p.unpack(s)
		if !ok || len(content) == 0 {
			return
		}
		embedded := kind == name("EmbeddedFile") || role == "EF" || role == "F" || role == "UF"
		switch {
		case kind == name("Metadata") || role == "Metadata":
			p.job.xml(content, within(p.at, problem.Say("文档属性", "properties")))
		case embedded:
			p.job.inspect("", content, within(p.at, problem.Say("嵌入文件", "an embedded file")), p.depth+1)
		case s.dict["Subtype"] == name("Form") || s.dict["PatternType"] != nil || drawing(content):
			fonts := p.fontsOf(p.dict(s.dict["Resources"]))
			if s.dict["Resources"] == nil {
				fonts = p.everyFont()
			}
			p.show(content, fonts, p.at)
		default: // XFA, scripts
			if source, _, err := text.Decode(content, ""); err == nil {
				p.job.give(within(p.at, problem.Say("文档对象", "an object")), source)
			} else {
				p.job.fail(p.at, oddStream)
			}
		}
	}
}

// drawing tells whether a stream is what a page shows.
func drawing(content []byte) bool {
	return bytes.Contains(content, []byte("BT")) && bytes.Contains(content, []byte("ET")) && bytes.Contains(content, []byte("Tf"))
}

// show gives the text that is shown by some content of a place, and tells whether there is
// any, and whether it holds pictures.
func (p *pdf) show(content []byte, fonts map[name]*font, at problem.Text) (shown, pictures bool) {
	l := lexer{data: content}
	var out []byte
	var operands []object
	var current *font
	y, lineY := 0.0, 0.0
	number := func(i int) float64 {
		if i < 0 || i >= len(operands) {
			return 0
		}
		n, _ := operands[i].(float64)
		return n
	}
	put := func(s []byte) {
		decoded, ok := current.decode(s)
		if !ok && !p.lost {
			p.unknown, p.lost = at, true
		}
		shown = shown || len(bytes.TrimSpace(decoded)) > 0 || !ok
		switch {
		case len(out) == 0:
		case y != lineY:
			out = append(out, '\n')
		case out[len(out)-1] == 0: // it was moved along the line
			out = out[:len(out)-1]
			if len(out) > 0 && len(decoded) > 0 && out[len(out)-1] < utf8.RuneSelf && decoded[0] < utf8.RuneSelf {
				out = append(out, ' ')
			}
		}
		lineY = y
		out = append(out, decoded...)
	}
	moved := func() {
		if len(out) > 0 && out[len(out)-1] != 0 {
			out = append(out, 0)
		}
	}
	for {
		o, keyword, ok := l.next(0)
		if !ok {
			if l.over {
				p.job.fail(at, tooLarge)
			}
			break
		}
		if keyword == "" {
			if operands = append(operands, o); len(operands) > 100 {
				operands = operands[1:]
			}
			continue
		}
		last := len(operands) - 1
		switch keyword {
		case "BT":
			y = 0
			moved()
		case "Tf":
			if last >= 1 {
				key, _ := operands[last-1].(name)
				current = fonts[key]
			}
		case "Td", "TD":
			y += number(last)
			moved()
		case "Tm":
			y = number(last)
			moved()
		case "T*":
			y--
			moved()
		case "'", "\"":
			y--
			moved()
			if last >= 0 {
				s, _ := operands[last].([]byte)
				put(s)
			}
		case "Tj":
			if last >= 0 {
				s, _ := operands[last].([]byte)
				put(s)
			}
		case "TJ":
			if last >= 0 {
				items, _ := operands[last].([]object)
				for _, item := range items {
					if s, is := item.([]byte); is {
						put(s)
					} else if n, is := item.(float64); is && n < -200 { // as wide as a space
						moved()
					}
				}
			}
		case "BDC", "DP":
			if last >= 0 { // ActualText and Alt
				p.walk(operands[last], "")
			}
		case "ID":
			pictures = true
			l.skipPicture()
		}
		operands = operands[:0]
	}
	p.job.give(within(at, problem.Say("正文", "the text")), bytes.ReplaceAll(out, []byte{0}, nil))
	return shown, pictures
}

// lexer reads the syntax of PDF.
type lexer struct {
	data []byte
	i    int
	kept int // values within arrays and dicts
	over bool
}

// maxKept is how many values arrays and dicts may hold together: what a PDF of
// 10,000 pages needs. Each takes more memory than it has bytes.
const maxKept = 1 << 20

// keep counts a value, and stops reading where there are too many.
func (l *lexer) keep() {
	if l.kept++; l.kept > maxKept {
		l.i, l.over = len(l.data), true
	}
}

func isSpace(b byte) bool {
	return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0
}

func isDelimiter(b byte) bool {
	switch b {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// maxNested is how deep arrays and dicts stand in each other.
const maxNested = 100

// next gives an object or a keyword; false at the end.
func (l *lexer) next(depth int) (o object, keyword string, ok bool) {
	for l.i < len(l.data) {
		b := l.data[l.i]
		if b == '%' {
			for l.i < len(l.data) && l.data[l.i] != '\n' && l.data[l.i] != '\r' {
				l.i++
			}
		} else if !isSpace(b) {
			break
		} else {
			l.i++
		}
	}
	if l.i >= len(l.data) {
		return nil, "", false
	}
	b := l.data[l.i]
	pair := l.i+1 < len(l.data) && l.data[l.i+1] == b
	switch {
	case b == '(':
		return l.literal(), "", true
	case b == '/':
		return l.name(), "", true
	case b == '<' && !pair:
		return l.hexadecimal(), "", true
	case b == '<' && depth < maxNested:
		l.i += 2
		d := dict{}
		for {
			k, keyword, ok := l.next(depth + 1)
			if !ok || keyword == ">>" {
				return d, "", true
			}
			key, is := k.(name)
			if !is {
				continue
			}
			v, keyword, ok := l.value(depth + 1)
			if !ok || keyword == ">>" {
				return d, "", true
			}
			if keyword == "" {
				d[key] = v
				l.keep()
			}
		}
	case b == '[' && depth < maxNested:
		l.i++
		list := []object{}
		for {
			v, keyword, ok := l.value(depth + 1)
			if !ok || keyword == "]" {
				return list, "", true
			}
			if keyword == "" {
				list = append(list, v)
				l.keep()
			}
		}
	case b == '>' && pair:
		l.i += 2
		return nil, ">>", true
	case isDelimiter(b):
		l.i++
		return nil, string(b), true
	}
	start := l.i
	for l.i < len(l.data) && !isSpace(l.data[l.i]) && !isDelimiter(l.data[l.i]) {
		l.i++
	}
	token := string(l.data[start:min(l.i, start+40)])
	if c := token[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if n, err := strconv.ParseFloat(token, 64); err == nil {
			return n, "", true
		}
	}
	switch token {
	case "true", "false":
		return token == "true", "", true
	case "null":
		return nil, "", true
	}
	return nil, token, true
}

// value gives an object within another, where a number may begin a reference.
func (l *lexer) value(depth int) (object, string, bool) {
	o, keyword, ok := l.next(depth)
	n, is := o.(float64)
	if !is || n < 0 || n != float64(int(n)) {
		return o, keyword, ok
	}
	// Looked at byte by byte: what is no reference is not read twice.
	before := l.i
	for l.i < len(l.data) && (isSpace(l.data[l.i]) || l.data[l.i] >= '0' && l.data[l.i] <= '9') && l.i-before < 20 {
		l.i++
	}
	if between := l.data[before:l.i]; l.i < len(l.data) && l.data[l.i] == 'R' && len(bytes.Fields(between)) == 1 && isSpace(between[0]) && isSpace(between[len(between)-1]) &&
		(l.i+1 == len(l.data) || isSpace(l.data[l.i+1]) || isDelimiter(l.data[l.i+1])) {
		l.i++
		return ref(int(n)), "", true
	}
	l.i = before
	return o, keyword, ok
}

func (l *lexer) name() name {
	l.i++
	var out []byte
	for l.i < len(l.data) && !isSpace(l.data[l.i]) && !isDelimiter(l.data[l.i]) {
		if b := l.data[l.i]; b == '#' && l.i+2 < len(l.data) {
			if v, err := strconv.ParseUint(string(l.data[l.i+1:l.i+3]), 16, 8); err == nil {
				out = append(out, byte(v))
				l.i += 3
				continue
			}
		}
		out = append(out, l.data[l.i])
		l.i++
	}
	return name(out)
}

func (l *lexer) hexadecimal() []byte {
	l.i++
	out, high, half := []byte{}, byte(0), false
	for l.i < len(l.data) {
		b := l.data[l.i]
		l.i++
		if b == '>' {
			break
		}
		v, err := strconv.ParseUint(string(b), 16, 8)
		if err != nil {
			continue
		}
		if half {
			out = append(out, high|byte(v))
		} else {
			high = byte(v) << 4
		}
		half = !half
	}
	if half {
		out = append(out, high)
	}
	return out
}

func (l *lexer) literal() []byte {
	l.i++
	out, open := []byte{}, 1
	for l.i < len(l.data) {
		b := l.data[l.i]
		l.i++
		switch b {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return out
			}
		case '\\':
			if l.i >= len(l.data) {
				return out
			}
			c := l.data[l.i]
			l.i++
			switch {
			case c >= '0' && c <= '7':
				v := int(c - '0')
				for range 2 {
					if l.i < len(l.data) && l.data[l.i] >= '0' && l.data[l.i] <= '7' {
						v = v*8 + int(l.data[l.i]-'0')
						l.i++
					}
				}
				out = append(out, byte(v))
			case c == '\n':
			case c == '\r':
				if l.i < len(l.data) && l.data[l.i] == '\n' {
					l.i++
				}
			default:
				if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
					c = "\n\r\t\b\f"[i]
				}
				out = append(out, c)
			}
			continue
		}
		out = append(out, b)
	}
	return out
}

// stream gives the bytes behind a dict, where it is that of a stream.
func (l *lexer) stream(d dict) (raw []byte, found bool) {
	before := l.i
	if _, keyword, _ := l.next(0); keyword != "stream" {
		l.i = before
		return nil, false
	}
	if l.i < len(l.data) && l.data[l.i] == '\r' {
		l.i++
	}
	if l.i < len(l.data) && l.data[l.i] == '\n' {
		l.i++
	}
	rest := l.data[l.i:]
	if n, is := d["Length"].(float64); is && n >= 0 && int(n) <= len(rest) && bytes.HasPrefix(bytes.TrimLeft(rest[int(n):], "\r\n "), []byte("endstream")) {
		l.i += int(n)
		return rest[:int(n)], true
	}
	n := bytes.Index(rest, []byte("endstream"))
	if n < 0 {
		n = len(rest)
	}
	l.i += n
	return bytes.TrimSuffix(bytes.TrimSuffix(rest[:n], []byte("\n")), []byte("\r")), true
}

// skipPicture goes behind a picture within a page.
func (l *lexer) skipPicture() {
	for l.i < len(l.data) {
		n := bytes.Index(l.data[l.i:], []byte("EI"))
		if n < 0 {
			l.i = len(l.data)
			return
		}
		l.i += n + 2
		if before := l.i - 3; before >= 0 && isSpace(l.data[before]) && (l.i == len(l.data) || isSpace(l.data[l.i])) {
			return
		}
	}
}
