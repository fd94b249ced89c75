package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// written is a page as it is written.
type written struct {
	Page
	bytes []byte
}

func page(path, main string) written {
	return written{Page{Path: path}, []byte("<html><head><title>站</title></head><body><header>页眉</header><main id=m>" + main + "</main><footer>页脚</footer></body></html>")}
}

// indexOf reads pages and makes their index.
func indexOf(pages []written, synonyms []Synonym, jobs int) Index {
	var texts Texts
	var all []Page
	for _, p := range pages {
		if p.Text = texts.Read(p.bytes); p.Text != nil {
			all = append(all, p.Page)
		}
	}
	index, err := Make(&texts, all, synonyms, jobs, inMemory)
	if err != nil {
		panic(err) // hold gives none
	}
	return index
}

// inMemory keeps a file as it is.
func inMemory(f bureau.File) (bureau.File, error) { return f, nil }

// block is the text of one element.
type block struct {
	text  string
	class class
}

// blocks gives those of a page.
func blocks(page []byte) (all []block) {
	var texts Texts
	for b, class := range texts.Read(page).blocks() {
		all = append(all, block{string(texts.append(nil, b)), class})
	}
	return all
}

func TestBlocks(t *testing.T) {
	const text = `<h1>首次 <b>申领</b>身份证</h1><h2>办理<br>材料</h2>
		<p>带 <a href="x">户口簿</a>，&amp;照片
		两张</p><table><tr><th>期间</th><td>1,024</td></tr></table>
		<details><summary>问</summary>答</details><figure><svg><title>不见</title><desc>不见</desc><text>八<tspan>月</tspan></text><text>九月</text></svg><figcaption>图</figcaption></figure>
		<p hidden>不<span>见</span></p><div hidden><div>不见</div>不见</div><script>不见()</script><style>不见{}</style><template>不见</template><!-- 不见 --><p>末</p>`
	want := []block{
		{"首次 申领身份证", title}, {"办理", heading}, {"材料", heading}, {"带 户口簿，&照片 两张", body}, {"期间", body}, {"1,024", body},
		{"问", body}, {"答", body}, {"八月", body}, {"九月", body}, {"图", body}, {"末", body},
	}
	if got := blocks(page("x", text).bytes); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{"ＧＡ１２３４５！": "ga12345!", "GDP": "gdp", "“号”（件）": "“号”(件)", "İ Σ ẞ Ж": "İ σ ß ж", "−5‐‑‒–—－": "-5------"} {
		if got := Fold(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// bureauOf makes pages of words that many of them share.
func bureauOf(n int) (pages []written) {
	r := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "<h1>事项第%d号</h1><h2>办理材料</h2><p>材料齐全的，当场办结。</p>", i)
		for range 12 {
			b.WriteString("<p>")
			for range 30 {
				b.WriteRune(rune(0x5200 + r.IntN(40)*r.IntN(40)))
			}
			b.WriteString("</p>")
		}
		fmt.Fprintf(&b, "<p>共%d，%03d件，其中%d,%03d件</p><p>%d</p>", r.IntN(20), r.IntN(1000), 1+i%9, r.IntN(1000), r.IntN(9000))
		p := page(fmt.Sprintf("guides/hukou/g%d/index.html", i), b.String())
		p.Kind = Kind(i % 5)
		pages = append(pages, p)
	}
	return pages
}

// sentencesOf makes pages of sentences that share their phrases, and phrases that share
// their ends.
func sentencesOf(n int) (pages []written) {
	r := rand.New(rand.NewPCG(17, 17))
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "<h1>事项第%d号</h1><h2>办理材料</h2>", i)
		for range 25 {
			b.WriteString("<p>")
			for range 2 + r.IntN(4) {
				b.WriteString([]string{"申请人提交", "本人提交", "补", "交", "", "A", "ｂ c "}[r.IntN(7)] + []string{"材料", "全部材料", "的", "1,024", "\uf900"}[r.IntN(5)] + []string{"，", "。", "（", " "}[r.IntN(4)])
			}
			b.WriteString("</p>")
		}
		fmt.Fprintf(&b, "<p>其中%d,%03d件</p>", 1+i%9, r.IntN(1000))
		p := page(fmt.Sprintf("guides/hukou/g%d/index.html", i), b.String())
		p.Kind = Kind(i % 5)
		pages = append(pages, p)
	}
	return pages
}

// all gives every key of an index with its value, in order, read from the files.
func (x Index) all(t *testing.T) (keys []string, values map[string]string) {
	t.Helper()
	files := map[string]string{}
	for _, f := range x.Files {
		if _, twice := files[f.Path]; twice {
			t.Fatalf("%s stands twice", f.Path)
		}
		files[f.Path] = string(f.Bytes)
	}
	unescape := strings.NewReplacer("\\\\", "\\", "\\`", "`", "\\$", "$")
	values = map[string]string{}
	var read func(name, least string)
	read = func(name, least string) {
		text, is := files[bureau.IndexFolder+name+".js"]
		var level int
		if _, err := fmt.Sscanf(text, "sunshineSearch(%d,", &level); !is || err != nil {
			t.Fatalf("no shard %s: %.40q", name, text)
		}
		text = text[strings.Index(text, "`")+1 : strings.LastIndex(text, "`")]
		key := []rune{}
		for line := range strings.Lines(unpack(unescape.Replace(text))) {
			rest, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			key = append(key[:strings.IndexByte(alphabet, rest[0])], []rune(rest[1:])...)
			switch {
			case level > 0:
				read(value, string(key))
			default:
				if compare(string(key), least) < 0 || len(keys) > 0 && compare(string(key), keys[len(keys)-1]) <= 0 {
					t.Fatalf("%q stands after %q, under %q", string(key), keys[max(0, len(keys)-1)], least)
				}
				keys = append(keys, string(key))
				values[string(key)] = value
			}
		}
	}
	read(x.Root, "")
	return keys, values
}

func unpack(text string) string {
	var out []rune
	all := []rune(text)
	for i := 0; i < len(all); i++ {
		n := strings.IndexRune(marks, all[i])
		if n < 0 {
			out = append(out, all[i])
			continue
		}
		back := strings.IndexRune(alphabet, all[i+1])*64 + strings.IndexRune(alphabet, all[i+2])
		for range n + leastRun {
			out = append(out, out[len(out)-back])
		}
		i += 2
	}
	return string(out)
}

// TestIndex holds the index against its specification: keys in order, each below the
// right shard, and the pages of each entry those that hold it, each where it holds it best.
func TestIndex(t *testing.T) {
	t.Run("words", func(t *testing.T) { holdIndex(t, bureauOf(300)) })
	t.Run("sentences", func(t *testing.T) { holdIndex(t, sentencesOf(150)) })
}

func holdIndex(t *testing.T, pages []written) {
	x := indexOf(pages, []Synonym{{"户口迁移", []string{"户口迁入", "ＭＯＶＥ"}}}, 2)
	keys, values := x.all(t)
	if got, want := values["smove"], "户口迁移\t户口迁入"; got != want {
		t.Errorf("synonyms of move: %q, want %q", got, want)
	}
	ids, texts := map[string]bool{}, map[string][classes]string{}
	for _, k := range keys {
		switch k[0] {
		case 'p':
			ids[k[1:]] = true
		case 't':
			all := texts[k[1:1+x.Width]]
			for block := range strings.SplitSeq(Fold(values[k]), "\t") {
				text := strings.TrimLeft(block, " ")
				all[len(block)-len(text)] += text + "\t" + ungroup(text) + "\t"
			}
			texts[k[1:1+x.Width]] = all
		}
	}
	if len(ids) != len(pages) {
		t.Errorf("%d pages are in the index, want %d", len(ids), len(pages))
	}
	entries := 0
	for _, k := range keys {
		v := values[k]
		if k[0] != 'e' || strings.ContainsAny(v, "+=*.") || strings.HasSuffix(k, " ") {
			continue
		}
		entries++
		var best [classes][]string
		for id, all := range texts {
			for class, text := range slices.Backward(all[:]) {
				if strings.Contains(text, k[1:]) {
					best[class] = append(best[class], id)
					break
				}
			}
		}
		var want []string
		for _, ids := range best {
			slices.Sort(ids)
			want = append(want, strings.Join(ids, ""))
		}
		if want := strings.TrimRight(strings.Join(want, "/"), "/"); v != want {
			t.Errorf("%s: %v, want %v", k[1:], v, want)
		}
	}
	if entries < 500 {
		t.Errorf("%d entries were held against the texts", entries)
	}
}

// finder looks words up in an index, as the script does.
type finder struct {
	Index
	keys   []string
	values map[string]string
}

// ids gives the pages of a value.
func (f finder) ids(value string) (ids []string) {
	value = strings.TrimPrefix(value, "*")
	if rest := strings.TrimLeft(value, "+="); rest != value {
		if !strings.Contains(rest, "/") {
			rest = f.values["l"+rest]
		}
		for list := range strings.SplitSeq(rest, "/") {
			id, n, shift := 0, 0, 0
			for _, c := range list {
				bits := strings.IndexRune(alphabet, c)
				n, shift = n+bits&31<<shift, shift+5
				if bits > 31 {
					continue
				}
				id, n, shift = id+n, 0, 0
				text := ""
				for i, rest := 0, id; i < f.Width; i, rest = i+1, rest/64 {
					text = string(alphabet[rest%64]) + text
				}
				ids = append(ids, text)
			}
		}
		return ids
	}
	for list := range strings.SplitSeq(value, "/") {
		for ; list != ""; list = list[f.Width:] {
			if list[0] == '.' {
				list = list[2:]
			}
			if list != "" {
				ids = append(ids, list[:f.Width])
			}
		}
	}
	return ids
}

// find gives the pages that hold a word in their texts, by id.
func (f finder) find(word string, texts map[string]string) map[string]bool {
	found := map[string]bool{}
	for _, form := range []string{word, ungroup(word)} {
		key := "e" + form
		confirm := func(value string) {
			for _, id := range f.ids(value) {
				if strings.Contains(texts[id], form) {
					found[id] = true
				}
			}
		}
		at, _ := slices.BinarySearchFunc(f.keys, key, compare)
		none := true
		for k := at; k < len(f.keys) && strings.HasPrefix(f.keys[k], key); k++ {
			none = false
			value := f.values[f.keys[k]]
			if value[0] == '*' && f.keys[k] == key {
				confirm(value)
				continue
			}
			for _, id := range f.ids(value) {
				found[id] = true
			}
			if value[0] == '+' {
				break
			}
		}
		if none && at > 0 {
			begins, value := []rune(f.keys[at-1]), f.values[f.keys[at-1]]
			if value[0] == '*' {
				begins = begins[:len(begins)-1]
			}
			if value[0] != '+' && value[0] != '=' && strings.HasPrefix(key, string(begins)) {
				confirm(value)
			}
		}
	}
	return found
}

// TestFind looks up parts of the texts: what is found is what a scan finds, with
// grouped digits and without.
func TestFind(t *testing.T) {
	t.Run("words", func(t *testing.T) { holdFind(t, bureauOf(300)) })
	t.Run("sentences", func(t *testing.T) { holdFind(t, sentencesOf(150)) })
}

func holdFind(t *testing.T, pages []written) {
	x := indexOf(pages, nil, 2)
	f := finder{Index: x}
	f.keys, f.values = x.all(t)
	texts, paths := map[string]string{}, map[string]string{}
	byPath := map[string]string{}
	for _, p := range pages {
		for _, b := range blocks(p.bytes) {
			byPath[p.Path] += Fold(b.text) + "\n"
		}
		byPath[p.Path] += ungroup(byPath[p.Path])
	}
	for k, v := range f.values {
		if k[0] == 'p' {
			paths[k[1:]] = strings.Split(v, "\t")[1]
			texts[k[1:]] = byPath[paths[k[1:]]]
		}
	}
	r := rand.New(rand.NewPCG(5, 5))
	queries := []string{"102,460", "102460", "1,0", "3,4", "，", "1，", ",4", "5,1", "1,2345"}
	for _, p := range pages[:40] {
		_, number, _ := strings.Cut(byPath[p.Path], "其中")
		queries = append(queries, number[:len("1,234件")], "中"+number[:len("1,2")])
	}
	for range 1500 {
		text := []rune(byPath[pages[r.IntN(len(pages))].Path])
		at := r.IntN(len(text))
		queries = append(queries, string(text[at:min(len(text), at+1+r.IntN(9))]))
	}
	grouped := 0
	for _, q := range queries {
		for _, word := range strings.Fields(Fold(q)) {
			found := f.find(word, texts)
			held := 0
			for id, text := range texts {
				if holds := strings.Contains(text, word) || strings.Contains(text, ungroup(word)); holds != found[id] {
					t.Errorf("%s: %s is found: %v", word, paths[id], found[id])
				} else if holds {
					held++
				}
			}
			if held > 0 && ungroup(word) != word {
				grouped++
			}
		}
	}
	if grouped < 20 {
		t.Errorf("%d words with grouped digits were found", grouped)
	}
}

// TestHeads: what begins very many leaves has all pages that hold it, those of the heads
// below it too.
func TestHeads(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 13))
	var pages []written
	for i := range 1200 {
		var b strings.Builder
		for range 30 {
			b.WriteString("<p>材" + []string{"料", "其", "质"}[i%3])
			for range 5 {
				b.WriteRune(rune(0x5200 + r.IntN(300)))
			}
			b.WriteString("</p>")
		}
		if i%7 == 0 {
			b.Reset()
		}
		pages = append(pages, page(fmt.Sprintf("guides/hukou/g%d/index.html", i), b.String()))
	}
	f := finder{Index: indexOf(pages, nil, 2)}
	_, f.values = f.all(t)
	for key, held := range map[string]func(i int) bool{
		"材": func(int) bool { return true }, "材料": func(i int) bool { return i%3 == 0 }, "材其": func(i int) bool { return i%3 == 1 },
	} {
		value := f.values["e"+key]
		if !strings.HasPrefix(value, "+") {
			t.Errorf("%s has no head: %q", key, value)
			continue
		}
		var got, want []string
		for _, id := range f.ids(value) {
			got = append(got, strings.Split(f.values["p"+id], "\t")[1])
		}
		for i, p := range pages {
			if i%7 != 0 && held(i) {
				want = append(want, p.Path)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d pages, want %d", key, len(got), len(want))
		}
	}
}

func TestUngroup(t *testing.T) {
	for text, want := range map[string]string{
		"102,460": "102460", "共1,234,567件,其中89": "共1234567件,其中89", "1,23": "1,23", "1,2345": "1,2345", "1,234,5": "1234,5",
		",123": ",123", "a,123": "a,123", "1,,123": "1,,123", "2020,2021": "2020,2021", "": "", ",": ",", "12345,678.9": "12345678.9",
	} {
		if got := ungroup(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestSame: the same pages make the same index, with any number of workers and in any order.
func TestSame(t *testing.T) {
	pages := bureauOf(200)
	want := indexOf(pages, nil, 1)
	slices.Reverse(pages)
	if got := indexOf(pages, nil, 4); !reflect.DeepEqual(got, want) {
		t.Error("four workers make another index than one")
	}
}

// TestStable: a change of one word renews few shards.
func TestStable(t *testing.T) {
	pages := bureauOf(1500)
	names := map[string]bool{}
	for _, f := range indexOf(pages, nil, 2).Files {
		names[f.Path] = true
	}
	pages[700].bytes = bytes.Replace(pages[700].bytes, []byte("<p>"), []byte("<p>一丁刀"), 1)
	renewed := 0
	for _, f := range indexOf(pages, nil, 2).Files {
		if !names[f.Path] {
			renewed++
		}
	}
	if most := len(names) / 80; renewed > most || renewed == 0 {
		t.Errorf("one word renews %d of %d shards", renewed, len(names))
	}
}

// TestUnlisted: what asks not to be found is not.
func TestUnlisted(t *testing.T) {
	moved := page("old/index.html", "<h1>搬走</h1>")
	moved.bytes = bytes.Replace(moved.bytes, []byte("<title>"), []byte(`<meta name="robots" content="noindex"><title>`), 1)
	_, values := indexOf([]written{moved, page("new/index.html", "<h1>新址</h1>")}, nil, 1).all(t)
	for k, v := range values {
		if strings.Contains(k+v, "搬") {
			t.Errorf("%s %s", k, v)
		}
	}
}

// TestPathological: what no page has in practice makes an index all the same.
func TestPathological(t *testing.T) {
	long := strings.Repeat("办", 20000)
	for name, pages := range map[string][]written{
		"no page":                  nil,
		"an empty page":            {page("a/index.html", "")},
		"one character":            {page("a/index.html", long), page("b/index.html", long+"理")},
		"no main":                  {{Page{Path: "a/index.html"}, []byte("<p>办")}},
		"astral and right to left": {page("a/index.html", "<p>👮‍♀️👮🏻 𠮷野家 شرطة \ufeffa\u2028b ￥～ \uf8ff"), page("b/index.html", "<p>👮x 𠮷 𠮸 \uf900")},
		"marks of the format":      {page("a/index.html", "<p>`${a}` \\n \\` \x01\x02 $$ a\u0000b</p>")},
	} {
		t.Run(name, func(t *testing.T) {
			indexOf(pages, nil, 2).all(t)
		})
	}
}

func TestPack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		var b strings.Builder
		for range r.IntN(3000) {
			b.WriteString([]string{"办", "理", "a", "b", "材料", "👮", "\t", "\n", "1"}[r.IntN(9)])
		}
		if got := string(new(packer).pack([]byte(b.String()))); len(got) > b.Len() {
			t.Errorf("%d bytes are packed as %d", b.Len(), len(got))
		} else if !strings.ContainsRune(b.String(), '👮') && unpack(got) != b.String() {
			t.Error("a text is not what it was")
		}
	}
}
