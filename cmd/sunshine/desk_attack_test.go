package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/table"
)

// openDesk is a desk that is open, and the browser at it.
type openDesk struct {
	dir    string
	home   string // http://127.0.0.1:8080
	cookie *http.Cookie
	client *http.Client
	close  func()
}

// clock is what the machine shows; it may be put forward while a desk is open.
type clock struct{ atomic.Int64 }

func (c *clock) set(year int, month time.Month, day int) {
	c.Store(time.Date(year, month, day, 4, 0, 0, 0, time.UTC).Unix())
}
func (c *clock) now() time.Time { return time.Unix(c.Load(), 0) }

// aBureau makes a bureau's folder.
func aBureau(t *testing.T) string {
	t.Helper()
	d := &monthDesk{dir: filepath.Join(t.TempDir(), "bureau"), env: map[string]string{"LANG": "zh_CN.UTF-8", "USER": "zhang"}}
	d.day(2026, 10, 8)
	d.runs(t, 0, "init", "--name", "清河县公安局", "--phone", "0100-1234567", "--address", "清河县人民路1号", d.dir)
	return d.dir
}

// deskAt opens the real desk on a folder.
func deskAt(t *testing.T, dir string) *openDesk {
	t.Helper()
	c := new(clock)
	c.set(2026, 10, 8)
	return deskBy(t, dir, c)
}

func deskBy(t *testing.T, dir string, clock *clock) *openDesk {
	t.Helper()
	said, out := io.Pipe()
	var wrong bytes.Buffer
	env := map[string]string{"LANG": "zh_CN.UTF-8", "USER": "zhang"}
	c := &command{stdin: strings.NewReader(""), stdout: out, stderr: &wrong, now: clock.now, env: func(name string) string { return env[name] }}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- c.run(ctx, []string{"desk", "--port", "0", dir})
		out.Close()
	}()
	address := addressIn(said)
	if address == "" {
		stop()
		t.Fatalf("the desk does not open: %d\n%s", <-ended, &wrong)
	}
	d := arrive(t, dir, address)
	d.close = sync.OnceFunc(func() {
		d.client.CloseIdleConnections()
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("the desk ends with %d\n%s", code, &wrong)
		}
	})
	t.Cleanup(d.close)
	return d
}

// addressIn waits for the address that a desk prints; empty where it ends without.
func addressIn(out io.Reader) string {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://127.0.0.1:") {
			go io.Copy(io.Discard, out)
			return lines.Text()
		}
	}
	return ""
}

// arrive opens the address with the token, as a browser does.
func arrive(t *testing.T, dir, address string) *openDesk {
	t.Helper()
	d := &openDesk{dir: dir, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 20}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	d.home, _, _ = strings.Cut(address, "/?")
	r, err := d.client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if len(r.Cookies()) != 1 {
		t.Fatalf("%s gives no cookie: %s", address, r.Status)
	}
	d.cookie = r.Cookies()[0]
	return d
}

// answer is what a desk said; where is the page that it sends the browser to.
type answer struct {
	status      int
	page, where string
}

// does sends a request as the desk's own page does, with other headers where they are given.
func (d *openDesk) does(method, path, media string, body io.Reader, header ...string) (answer, error) {
	q, err := http.NewRequest(method, d.home+path, body)
	if err != nil {
		return answer{}, err
	}
	q.AddCookie(d.cookie)
	if method != "GET" {
		q.Header.Set("Origin", d.home)
		q.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if media != "" {
		q.Header.Set("Content-Type", media)
	}
	for i := 0; i < len(header); i += 2 {
		switch {
		case header[i] == "Host":
			q.Host = header[i+1]
		case header[i+1] == "":
			q.Header.Del(header[i])
		default:
			q.Header.Set(header[i], header[i+1])
		}
	}
	r, err := d.client.Do(q)
	if err != nil {
		return answer{}, err
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	return answer{r.StatusCode, string(page), r.Header.Get("Location")}, err
}

func (d *openDesk) get(t *testing.T, path string) answer {
	t.Helper()
	a, err := d.does("GET", path, "", nil)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return a
}

func (d *openDesk) tryPost(path string, values ...string) (answer, error) {
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	return d.does("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (d *openDesk) post(t *testing.T, path string, values ...string) answer {
	t.Helper()
	a, err := d.tryPost(path, values...)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return a
}

// upload is a form with files, by turns a name and what it holds. The names stand in it as
// they are given.
func upload(files ...string) (media string, body *bytes.Buffer) {
	body = new(bytes.Buffer)
	w := multipart.NewWriter(body)
	for i := 0; i < len(files); i += 2 {
		name := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(files[i])
		part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="files"; filename="` + name + `"`}})
		if err != nil {
			panic(err)
		}
		io.WriteString(part, files[i+1])
	}
	w.Close()
	return w.FormDataContentType(), body
}

func (d *openDesk) drop(t *testing.T, files ...string) answer {
	t.Helper()
	media, body := upload(files...)
	a, err := d.does("POST", "/inbox", media, body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var alert = regexp.MustCompile(`(?s)<p role="(?:alert|status)"[^>]*>(.*?)</p>`)

// told is what a page says of what went wrong.
func (a answer) told() string {
	var all []string
	for _, m := range alert.FindAllStringSubmatch(a.page, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return strings.Join(all, "\n")
}

// held is what a folder holds, without the steps that can be undone.
func heldIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := read(t, dir)
	maps.DeleteFunc(files, func(name string, _ []byte) bool {
		return strings.Contains(name, ".sunshine/steps/") || strings.HasPrefix(name, ".git/")
	})
	return files
}

// same tells of every file that is another now.
func sameFiles(t *testing.T, what string, was, now map[string][]byte) {
	t.Helper()
	for name, data := range now {
		if old, there := was[name]; !there || !bytes.Equal(old, data) {
			t.Errorf("%s: %s is written", what, name)
		}
	}
	for name := range was {
		if _, there := now[name]; !there {
			t.Errorf("%s: %s is gone", what, name)
		}
	}
}

const (
	aGuide  = "data/guides/hukou/first-id-card.md"
	anSheet = "2026年9月接警\n辖区,接警（起）\n第一所,12\n第二所,30\n"
)

// was is the SHA-256 of a file as it stands.
func (d *openDesk) was(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, filepath.FromSlash(file)))
	if file == "" || os.IsNotExist(err) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return bureau.SHA256(data)
}

// save writes a file in the form of its text.
func (d *openDesk) save(t *testing.T, file, text string) answer {
	t.Helper()
	return d.post(t, "/edit", "file", file, "was", d.was(t, file), "text", text)
}

// Nobody but the desk's own page, in a browser that has the token, does or reads anything.
func TestDeskForeign(t *testing.T) {
	d := deskAt(t, aBureau(t))
	was := heldIn(t, d.dir)
	form := url.Values{"file": {aGuide}, "was": {d.was(t, aGuide)}, "text": {"broken"}}.Encode()
	_, port, _ := strings.Cut(strings.TrimPrefix(d.home, "http://"), ":")
	for _, c := range []struct {
		name, method string
		want         int
		header       []string
	}{
		{"a foreign origin", "POST", 403, []string{"Origin", "https://attacker.example", "Sec-Fetch-Site", ""}},
		{"the origin of another port", "POST", 403, []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", ""}},
		{"an origin of nobody", "POST", 403, []string{"Origin", "null", "Sec-Fetch-Site", ""}},
		{"from another site", "POST", 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"from the same site", "POST", 403, []string{"Sec-Fetch-Site", "same-site"}},
		{"from nowhere", "POST", 403, []string{"Origin", "", "Sec-Fetch-Site", ""}},
		{"a name that leads here", "POST", 421, []string{"Host", "attacker.example:" + port}},
		{"a name that leads here, to be read", "GET", 421, []string{"Host", "attacker.example:" + port}},
		{"every interface", "GET", 421, []string{"Host", "0.0.0.0:" + port}},
		{"without the token", "POST", 403, []string{"Cookie", ""}},
		{"without the token, to be read", "GET", 403, []string{"Cookie", ""}},
		{"with another token", "POST", 403, []string{"Cookie", d.cookie.Name + "=" + strings.Repeat("A", 26)}},
		{"with the token under another name", "POST", 403, []string{"Cookie", "desk-1=" + d.cookie.Value}},
		{"PUT", "PUT", 405, nil},
		{"DELETE", "DELETE", 405, nil},
		{"PATCH", "PATCH", 405, nil},
		{"OPTIONS, which asks what a foreign page may do", "OPTIONS", 405, []string{"Origin", "https://attacker.example", "Access-Control-Request-Method", "POST"}},
		{"another type, which a foreign page may send", "POST", 415, []string{"Content-Type", "text/plain"}},
	} {
		a, err := d.does(c.method, "/edit?file="+url.QueryEscape(aGuide), "application/x-www-form-urlencoded", strings.NewReader(form), c.header...)
		if err != nil || a.status != c.want || strings.Contains(a.page, "身份证") {
			t.Errorf("%s: %v, %d, want %d: %s", c.name, err, a.status, c.want, a.page)
		}
		sameFiles(t, c.name, was, heldIn(t, d.dir))
	}
	// It listens on this machine only.
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() {
			if c, err := net.DialTimeout("tcp", net.JoinHostPort(ip.IP.String(), port), time.Second); err == nil {
				c.Close()
				t.Errorf("it listens on %s", ip.IP)
			}
		}
	}
	// And the page's own form is taken.
	if a := d.save(t, aGuide, "---\ntitle: 新\n---\n"); a.status != 303 {
		t.Errorf("%d: %s", a.status, a.told())
	}
}

// No parameter that names a file leads out of the folder, or to a file that staff do not write.
func TestDeskTraversal(t *testing.T) {
	dir := aBureau(t)
	const secret = "SECRET-OF-ANOTHER"
	outside := filepath.Join(filepath.Dir(dir), "outside.md")
	write(t, outside, []byte(secret))
	write(t, filepath.Join(dir, "inbox/a.csv"), []byte(anSheet))
	write(t, filepath.Join(dir, ".env"), []byte(secret))
	write(t, filepath.Join(dir, ".git/config"), []byte(secret))
	write(t, filepath.Join(dir, "data/releases/2026-09.json"), []byte(`{"secret":"`+secret+`"}`))
	d := deskAt(t, dir)
	d.get(t, "/done") // whatever it makes of the folder is made
	was := heldIn(t, filepath.Dir(dir))
	names := []string{
		"", ".", "..", "/", "../outside.md", "data/../../outside.md", "data/guides/../../../outside.md", outside, "/etc/passwd", "//etc/passwd", "data/guides/hukou/../../../.env",
		`..\outside.md`, `data\guides\hukou\first-id-card.md`, `C:\outside.md`, "C:outside.md", "data/guides/hukou/a.md\x00.md", "data/guides/\x00", "\xff\xfe", "data/guides/hukou/./first-id-card.md",
		".env", ".git/config", "data/releases/2026-09.json", "data/static/a.pdf", "data/imports/a.csv", ".sunshine/steps/00000001.json", ".sunshine/steps/../../.env", "file:///etc/passwd", "%2e%2e/outside.md",
		"inbox/../.env", "inbox/../../outside.md", "inbox/", "inbox", "data/guides/hukou/" + strings.Repeat("长", 2000) + ".md", "data/guides/" + strings.Repeat("a/", 2000) + "a.md", `data/guides/hukou/"><script>alert(1)</script>.md/../../x`,
	}
	for _, name := range names {
		q := url.QueryEscape(name)
		for _, path := range []string{"/edit?file=", "/form?file=", "/grid?file=", "/mend?file=", "/reading?file=", "/rows?sheet=0&file="} {
			if a := d.get(t, path+q); strings.Contains(a.page, secret) || strings.Contains(a.page, "root:") || !strings.HasPrefix(path, "/rows") && strings.Contains(a.page, "<script>alert") {
				t.Errorf("%s%s shows %s", path, q, a.page)
			}
		}
		for _, path := range []string{"/edit", "/form", "/grid", "/reading", "/cure", "/undo"} {
			a := d.post(t, path, "file", name, "step", name, "was", "", "text", "broken", "origin", "", "k.title", "broken", "A1", "broken", "from", "1", "as", name, "rule", "x", "line", "1", "column", "1")
			if a.status == 200 || strings.Contains(a.page, secret) || strings.Contains(a.page, "<script>alert") {
				t.Errorf("%s of %q: %d, %s", path, name, a.status, a.told())
			}
		}
	}
	d.post(t, "/reading", "file", "inbox/a.csv", "as", "../../outside")
	sameFiles(t, "traversal", was, heldIn(t, filepath.Dir(dir)))

	// Files that are sent: the name is one in the inbox, or is refused.
	for name, want := range map[string]string{
		"../../outside.csv": "outside.csv", `..\..\outside.csv`: "outside.csv", `C:\报表\二.csv`: "二.csv", "/etc/三.csv": "三.csv", "四'号.csv": "四'号.csv",
		"..": "", ".": "", ".hidden.csv": "", "C:五.csv": "", `六".csv`: "", "七<b>.csv": "", "八|.csv": "", "九?.csv": "", "CON.csv": "", "十.csv.": "", strings.Repeat("长", 100) + ".csv": "", "a\x01.csv": "",
	} {
		a := d.drop(t, name, anSheet+strings.Repeat("第三所,4\n", len(name)))
		_, err := os.Lstat(filepath.Join(dir, "inbox", want))
		if want == "" && a.status < 400 || want != "" && (a.status != 303 || err != nil) || strings.Contains(a.page, "<b>") {
			t.Errorf("%q: %d, %v: %s", name, a.status, err, a.page)
		}
	}
	for name := range heldIn(t, filepath.Dir(dir)) {
		if _, there := was[name]; !there && !strings.HasPrefix(name, "bureau/inbox/") {
			t.Errorf("%s is written", name)
		}
	}
}

// A link is followed nowhere: neither to be read nor to be written through, whether it leads
// out of the folder or to another place in it, and whether it stands there from the beginning
// or comes between a page and its form.
func TestDeskLinks(t *testing.T) {
	const secret = "SECRET-OF-ANOTHER"
	sheet := strings.NewReplacer("第一所", secret, "辖区", secret).Replace(anSheet)
	guide := "---\ntitle: " + secret + "\n---\n"
	for name, inside := range map[string]bool{"out of it": false, "within it": true} {
		t.Run(name, func(t *testing.T) {
			dir := aBureau(t)
			to := filepath.Join(filepath.Dir(dir), "elsewhere")
			if inside {
				to = filepath.Join(dir, "elsewhere")
			}
			write(t, filepath.Join(to, "a.csv"), []byte(sheet))
			write(t, filepath.Join(to, "a.md"), []byte(guide))
			write(t, filepath.Join(to, "hukou/a.md"), []byte(guide))
			write(t, filepath.Join(to, "00000001.json"), []byte(`{"Files":[{"Path":"data/site.yaml","There":true,"After":"`+secret+`"}]}`))
			link := func(name string) {
				t.Helper()
				at := filepath.Join(dir, name)
				target, err := filepath.Rel(filepath.Dir(at), to)
				if err != nil || os.RemoveAll(at) != nil || os.MkdirAll(filepath.Dir(at), 0o755) != nil {
					t.Fatal(err)
				}
				if base := filepath.Base(name); strings.Contains(base, ".") && base != ".sunshine" {
					target = filepath.Join(target, base)
				}
				if err := os.Symlink(target, at); err != nil {
					t.Fatal(err)
				}
			}
			for _, c := range []struct {
				link, file string
				forms      map[string][]string
			}{
				{"data/guides/hukou/a.md", "data/guides/hukou/a.md", nil},
				{"data/guides/hukou", "data/guides/hukou/a.md", nil},
				{"data/guides", "data/guides/hukou/a.md", nil},
				{"data/stats", "data/stats/a.csv", nil},
				{"inbox/a.csv", "inbox/a.csv", nil},
				{"inbox", "inbox/a.csv", nil},
				{"inbox/part", "inbox/part/a.csv", nil},
				{".sunshine/steps", "", nil},
				{".sunshine", "", nil},
			} {
				// What was there, and is undone, stood in the way that the link is put into.
				if err := os.RemoveAll(filepath.Join(dir, ".sunshine")); err != nil {
					t.Fatal(err)
				}
				os.RemoveAll(filepath.Join(dir, "inbox"))
				os.RemoveAll(filepath.Join(dir, "data/guides"))
				os.RemoveAll(filepath.Join(dir, "data/stats"))
				write(t, filepath.Join(dir, "data/guides/hukou/a.md"), []byte("---\ntitle: 旧\n---\n"))
				write(t, filepath.Join(dir, "data/stats/a.csv"), []byte("年,数\n2026,1\n"))
				write(t, filepath.Join(dir, "inbox/a.csv"), []byte(anSheet))
				write(t, filepath.Join(dir, "inbox/part/a.csv"), []byte(anSheet))
				d := deskAt(t, dir)
				if a := d.save(t, "data/guides/hukou/a.md", "---\ntitle: 新\n---\n"); a.status != 303 {
					t.Fatalf("%d: %s", a.status, a.told())
				}
				stood := d.was(t, c.file)
				link(c.link) // between a page and its form
				was := read(t, to)
				q := url.QueryEscape(c.file)
				for _, path := range []string{"/", "/inbox", "/done", "/mend", "/edit?file=" + q, "/form?file=" + q, "/grid?file=" + q, "/reading?file=" + q, "/rows?sheet=0&file=" + q} {
					if a := d.get(t, path); strings.Contains(a.page, secret) {
						t.Errorf("%s is a link, and %s shows what it leads to", c.link, path)
					}
				}
				for _, sum := range []string{stood, bureau.SHA256(was[strings.TrimPrefix(c.file, c.link+"/")]), bureau.SHA256([]byte(guide)), bureau.SHA256([]byte(sheet)), ""} {
					d.post(t, "/edit", "file", c.file, "was", sum, "text", "broken")
					d.post(t, "/grid", "file", c.file, "was", sum, "from", "1", "A2", "broken")
				}
				if a := d.save(t, "data/site.yaml", "title: 阳光警务\norganization: 清河县公安局\n# "+c.link+"\n"); strings.HasPrefix(c.link, ".sunshine") && (a.status != 500 || !strings.Contains(a.told(), "不跟着链接")) {
					t.Errorf("%s is a link, and the page says %d: %s", c.link, a.status, a.told())
				}
				if a := d.post(t, "/reading", "file", c.file); strings.Contains(a.page, secret) {
					t.Errorf("%s is a link, and what it leads to is imported", c.link)
				}
				d.drop(t, "new.csv", anSheet)
				d.post(t, "/undo", "step", "00000001.json")
				sameFiles(t, c.link, was, read(t, to))
				d.close()
				os.Remove(filepath.Join(dir, c.link))
			}
		})
	}
}

// What is too large is refused with a page that says so, and nothing of it is left. So is what
// breaks off in the middle.
func TestDeskLarge(t *testing.T) {
	d := deskAt(t, aBureau(t))
	was := heldIn(t, d.dir)
	large := strings.Repeat("甲,1\n", table.MaxFile/6+1<<18)
	media, body := upload("小.csv", anSheet, "大.csv", large)
	if a, err := d.does("POST", "/inbox", media, body); err != nil || a.status != 413 || !strings.Contains(a.told(), "太大，最多 64 MiB") {
		t.Errorf("an upload: %v, %d, %s", err, a.status, a.told())
	}
	sameFiles(t, "an upload", was, heldIn(t, d.dir))
	form := "file=" + url.QueryEscape(aGuide) + "&was=" + d.was(t, aGuide) + "&text=" + strings.Repeat("a", table.MaxFile+2<<20)
	for _, path := range []string{"/edit", "/form", "/grid", "/explain", "/approve", "/reading"} {
		if a, err := d.does("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form)); err != nil || a.status != 413 || !strings.Contains(a.told(), "太大，最多 64 MiB") {
			t.Errorf("%s: %v, %d, %s", path, err, a.status, a.told())
		}
	}
	// No larger than it could be opened again.
	if a := d.save(t, aGuide, strings.Repeat("a", int(bureau.GuideKind.Limit())+1)); a.status == 303 || !strings.Contains(a.told(), "文件太大") {
		t.Errorf("a guide: %d, %s", a.status, a.told())
	}
	sameFiles(t, "a form", was, heldIn(t, d.dir))

	// A browser that is closed in the middle.
	media, body = upload("断.csv", strings.Repeat("甲,1\n", 1000))
	for path, sent := range map[string][2]string{"/inbox": {media, body.String()}, "/edit": {"application/x-www-form-urlencoded", url.Values{"file": {aGuide}, "was": {d.was(t, aGuide)}, "text": {strings.Repeat("b", 1000)}}.Encode()}} {
		c, err := net.Dial("tcp", strings.TrimPrefix(d.home, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s=%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", path, strings.TrimPrefix(d.home, "http://"), d.home, d.cookie.Name, d.cookie.Value, sent[0], len(sent[1]), sent[1][:len(sent[1])-300])
		c.(*net.TCPConn).CloseWrite()
		said, err := io.ReadAll(c)
		if err != nil || !strings.Contains(string(said), "400 Bad Request") || !strings.Contains(string(said), "没有送完就断了") {
			t.Errorf("%s: %v, %s", path, err, said)
		}
		c.Close()
	}
	sameFiles(t, "what broke off", was, heldIn(t, d.dir))
}

// A thousand saves at once: each is taken, or told that the file is another by now. The file
// is always one of those that were sent, whole, and there are as many steps as can be undone.
func TestDeskRapid(t *testing.T) {
	d := deskAt(t, aBureau(t))
	const browsers, each = 10, 100
	text := func(browser, n int) string {
		return fmt.Sprintf("---\ntitle: 第%d人%d次\n---\n%s\n", browser, n, strings.Repeat(fmt.Sprintf("%d-%d ", browser, n), 300))
	}
	shared := aGuide
	whole := func(data []byte) bool {
		var browser, n int
		_, err := fmt.Sscanf(strings.SplitN(string(data), "\n", 3)[1], "title: 第%d人%d次", &browser, &n)
		return err == nil && string(data) == text(browser, n)
	}
	if a := d.save(t, shared, text(0, 0)); a.status != 303 {
		t.Fatal(a.told())
	}
	var saved, meanwhile atomic.Int64
	ended, watched := make(chan bool), make(chan bool)
	go func() {
		defer close(watched)
		for {
			select {
			case <-ended:
				return
			default:
			}
			if data, err := os.ReadFile(filepath.Join(d.dir, shared)); err != nil || !whole(data) {
				t.Errorf("%v: the file is torn: %.60q", err, data)
				return
			}
		}
	}()
	var all sync.WaitGroup
	for browser := range browsers {
		all.Go(func() {
			own := fmt.Sprintf("data/guides/hukou/own-%d.md", browser)
			for n := range each {
				file := own
				if n%2 == 0 {
					file = shared
				}
				data, err := os.ReadFile(filepath.Join(d.dir, file))
				was := ""
				if err == nil {
					was = bureau.SHA256(data)
				}
				a, err := d.tryPost("/edit", "file", file, "was", was, "text", text(browser, n+1))
				switch {
				case err != nil:
					t.Errorf("%v", err)
				case a.status == 303:
					saved.Add(1)
				case a.status == 409 && strings.Contains(a.told(), "在别处改过了") && strings.Contains(a.page, fmt.Sprintf("title: 第%d人%d次", browser, n+1)):
					meanwhile.Add(1)
					if file == own {
						t.Errorf("%s is changed by nobody else", file)
					}
				default:
					t.Errorf("%d: %s", a.status, a.told())
				}
			}
		})
	}
	all.Wait()
	close(ended)
	<-watched
	if saved.Load() < browsers*each/2 || meanwhile.Load() == 0 {
		t.Errorf("%d saved, %d changed meanwhile", saved.Load(), meanwhile.Load())
	}
	for browser := range browsers {
		data, err := os.ReadFile(filepath.Join(d.dir, fmt.Sprintf("data/guides/hukou/own-%d.md", browser)))
		if err != nil || string(data) != text(browser, each) {
			t.Errorf("%v: %.60q", err, data)
		}
	}
	steps, err := filepath.Glob(filepath.Join(d.dir, ".sunshine/steps/*.json"))
	if err != nil || len(steps) != 50 {
		t.Errorf("%v, %d steps", err, len(steps))
	}
	for _, file := range steps {
		data, err := os.ReadFile(file)
		var s struct {
			Files []struct{ Path, After string }
		}
		if err != nil || json.Unmarshal(data, &s) != nil || len(s.Files) != 1 || s.Files[0].After == "" {
			t.Errorf("%s: %v: %.100s", file, err, data)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(d.dir, "data/guides/hukou/.*")); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	if a := d.get(t, "/done"); strings.Count(a.page, `action="/undo"`) != 50 {
		t.Errorf("the page has %d steps", strings.Count(a.page, `action="/undo"`))
	}
	// A file that somebody put there by hand numbers nothing anew.
	write(t, filepath.Join(d.dir, ".sunshine/steps/zzz.json"), []byte("{}"))
	if a := d.save(t, shared, text(1, 1000)); a.status != 303 || len(read(t, filepath.Join(d.dir, ".sunshine/steps"))) != 52 {
		t.Errorf("%d: %s", a.status, a.told())
	}
	last := d.get(t, "/done")
	name := regexp.MustCompile(`name="step" value="(\d+\.json)"`).FindStringSubmatch(last.page)
	if name == nil {
		t.Fatal(last.page)
	}
	if a := d.post(t, "/undo", "step", name[1]); a.status != 303 {
		t.Errorf("%d: %s", a.status, a.told())
	}
	if data, err := os.ReadFile(filepath.Join(d.dir, shared)); err != nil || !whole(data) || string(data) == text(1, 1000) {
		t.Errorf("%v: %.60q", err, data)
	}
}

// spiteful is written into every field. What a page has of it unescaped would be an element
// or an attribute.
const spiteful = `"><script>owned()</script><img src=x onerror=owned()>'{{.}}` + "`&lt;"

// clean tells of a page in which what was written became an element or an attribute.
func clean(t *testing.T, path, page string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Errorf("%s: %v", path, z.Err())
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			for _, a := range tag.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Key, "<") || strings.Contains(a.Key, `"`) || (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
					t.Errorf("%s: %s", path, tag)
				}
			}
			if tag.Data == "script" && !slices.ContainsFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == "src" && a.Val == "/desk.js" }) || tag.Data == "img" {
				t.Errorf("%s: %s", path, tag)
			}
		}
	}
}

// walked asks for every page that a desk links to, and looks whether it is clean.
func (d *openDesk) walked(t *testing.T) (pages map[string]string) {
	t.Helper()
	pages = map[string]string{}
	hrefs := regexp.MustCompile(`(?:href)="([^"]*)"`)
	queue := []string{"/", "/inbox", "/mend", "/look", "/changes", "/publish", "/done"}
	for len(queue) > 0 && len(pages) < 300 {
		path, _, _ := strings.Cut(html.UnescapeString(queue[0]), "#")
		queue = queue[1:]
		if _, seen := pages[path]; seen || !strings.HasPrefix(path, "/") {
			continue
		}
		a := d.get(t, path)
		pages[path] = a.page
		if strings.HasSuffix(path, ".css") || strings.HasSuffix(path, ".js") {
			continue
		}
		if a.status >= 500 {
			t.Errorf("%s: %d: %s", path, a.status, a.told())
		}
		clean(t, path, a.page)
		for _, m := range hrefs.FindAllStringSubmatch(a.page, -1) {
			queue = append(queue, m[1])
		}
	}
	return pages
}

// Whatever is written into a field of a form comes back as it was written, and is nowhere an
// element of a page.
func TestDeskSpite(t *testing.T) {
	dir := aBureau(t)
	name := `data/guides/hukou/a'&<b>"c.md` // which no disk of Windows could hold
	write(t, filepath.Join(dir, name), []byte("---\ntitle: 甲\n---\n"))
	write(t, filepath.Join(dir, `inbox/b'&<b>"c.csv`), []byte(strings.NewReplacer("第一所", `"`+strings.ReplaceAll(spiteful, `"`, `""`)+`"`, "辖区", `"<b>""辖区"`).Replace(anSheet)))
	write(t, filepath.Join(dir, "data/stats/a.csv"), []byte("年,数\n2026,1\n"))
	d := deskAt(t, dir)

	// The text of a file, then its keys, each of those that it may have.
	if a := d.save(t, name, "---\ntitle: 甲\nsummary: \"\\\"><script>owned()</script>\"\n---\n"+spiteful+"\n"); a.status != 303 {
		t.Fatal(a.told())
	}
	if a := d.get(t, "/edit?file="+url.QueryEscape(name)); !strings.Contains(html.UnescapeString(a.page), spiteful) {
		t.Errorf("the text does not come back:\n%s", a.page)
	}
	field := regexp.MustCompile(`name="(k\.[^"]*)"`)
	hidden := regexp.MustCompile(`name="origin" value="([^"]*)"`)
	for _, file := range []string{name, "data/site.yaml", "data/stats/window-services.yaml"} {
		page := d.get(t, "/form?file="+url.QueryEscape(file)).page
		origin := hidden.FindStringSubmatch(page)
		if origin == nil {
			t.Fatalf("%s has no form", file)
		}
		values := []string{"file", file, "origin", html.UnescapeString(origin[1]), "do", "save", "body", spiteful}
		for _, m := range field.FindAllStringSubmatch(page, -1) {
			if !slices.Contains(values, m[1]) {
				values = append(values, m[1], spiteful)
			}
		}
		for _, path := range []string{"look", "save"} { // shown again with what was typed, then taken or refused
			values[5] = path
			a := d.post(t, "/form", values...)
			clean(t, file, a.page)
			if a.status == 200 && strings.Count(html.UnescapeString(a.page), spiteful) < 5 {
				t.Errorf("%s: what was typed is not shown again", file)
			}
		}
		// One key alone, which is text, is taken and comes back.
		a := d.post(t, "/form", "file", file, "origin", html.UnescapeString(origin[1]), "do", "save", "k.title", spiteful)
		if a.status != 303 {
			t.Errorf("%s: %d: %s", file, a.status, a.told())
		} else if a := d.get(t, "/form?file="+url.QueryEscape(file)); !strings.Contains(html.UnescapeString(a.page), spiteful) {
			t.Errorf("%s: the title does not come back", file)
		}
		clean(t, file, d.post(t, "/form", "file", file, "origin", origin[1], "k."+spiteful, spiteful).page)
		clean(t, file, d.post(t, "/form", "file", file, "origin", spiteful, "k.title", spiteful).page)
		clean(t, file, d.post(t, "/form", "file", file, "origin", "", "do", "add:"+spiteful).page)
	}
	if a := d.save(t, "data/site.yaml", "title: "+fmt.Sprintf("%q", spiteful)+"\norganization: "+fmt.Sprintf("%q", spiteful)+"\nbase_url: https://example.org/\napproval: required\n"); a.status != 303 {
		t.Fatal(a.told())
	}
	// Cells.
	if a := d.post(t, "/grid", "file", "data/stats/a.csv", "was", d.was(t, "data/stats/a.csv"), "from", "1", "A2", spiteful, "B2", spiteful, "cell", spiteful); a.status != 303 {
		t.Errorf("%d: %s", a.status, a.told())
	}
	if a := d.get(t, "/grid?file=data/stats/a.csv&cell="+url.QueryEscape(spiteful)); strings.Count(html.UnescapeString(a.page), spiteful) < 2 {
		t.Errorf("the cells do not come back:\n%s", a.page)
	}
	clean(t, "/grid", d.post(t, "/grid", "file", "data/stats/a.csv", "was", spiteful, "from", "1", "A2", "1").page)
	// An office file.
	said := []string{"file", `inbox/b'&<b>"c.csv`, "as", spiteful, "column", `<b>"辖区`, "called", spiteful, "role", "category", "unit", spiteful, "risk", "", "reason", spiteful, "kind", spiteful, "by", spiteful}
	clean(t, "/reading", d.post(t, "/reading", append(said, "do", "look")...).page)
	clean(t, "/reading", d.post(t, "/reading", said...).page)
	clean(t, "/inbox", d.drop(t, spiteful+".csv", anSheet).page)
	a := d.post(t, "/reading", "file", `inbox/b'&<b>"c.csv`, "as", "a-table", "yes", "1")
	clean(t, "/reading", a.page)
	// Changes, approval, publication, undoing.
	clean(t, "/explain", d.post(t, "/explain", "missing", spiteful, "reason-0", spiteful, "kind-0", spiteful, "to-0", spiteful, "by", spiteful).page)
	clean(t, "/approve", d.post(t, "/approve", "digest", spiteful, "by", spiteful).page)
	d.post(t, "/publish", "to", spiteful+"://"+spiteful)
	for range 300 {
		if a := d.get(t, "/publish"); !strings.Contains(a.page, "可以关掉这一页") {
			clean(t, "/publish", a.page)
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	clean(t, "/undo", d.post(t, "/undo", "step", spiteful).page)
	clean(t, "/cure", d.post(t, "/cure", "file", spiteful, "rule", spiteful, "line", spiteful, "column", spiteful).page)
	for _, path := range []string{"/mend?file=", "/mend?file=a&rule=", "/edit?line=1&file=", "/form?file=", "/grid?file=", "/reading?file=", "/done?x="} {
		clean(t, path, d.get(t, path+url.QueryEscape(spiteful)).page)
	}
	// A list of steps that somebody else wrote.
	step, err := json.Marshal(map[string]any{"Did": map[string]string{"ZH": spiteful, "EN": spiteful}, "Files": []any{map[string]any{"Path": spiteful}, map[string]any{"Path": ".git/hooks/post-commit"}}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, ".sunshine/steps/00000900.json"), step)
	clean(t, "/undo", d.post(t, "/undo", "step", "00000900.json").page)
	if a := d.get(t, "/rows?sheet=0&file="+url.QueryEscape(`inbox/b'&<b>"c.csv`)); !json.Valid([]byte(a.page)) || strings.Contains(a.page, "<script>") {
		t.Errorf("/rows: %s", a.page)
	}
	if pages := d.walked(t); len(pages) < 30 {
		t.Errorf("only %d pages", len(pages))
	}
}

// Two desks on one folder: the second says so. Once the first has ended, another one opens.
func TestDeskTwice(t *testing.T) {
	d := deskAt(t, aBureau(t))
	second(t, d.dir)
	if a := d.get(t, "/"); a.status != 200 {
		t.Errorf("the first one: %d", a.status)
	}
	d.close()
	deskAt(t, d.dir) // and now it opens
}

// second opens another desk on a folder that has one, which says so.
func second(t *testing.T, dir string) {
	t.Helper()
	var wrong bytes.Buffer
	c := &command{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &wrong, now: time.Now, env: func(name string) string { return map[string]string{"LANG": "zh_CN.UTF-8"}[name] }}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second) // else it would stay open
	defer stop()
	if code := c.run(ctx, []string{"desk", "--port", "0", dir}); code != 1 || !strings.Contains(wrong.String(), "这个目录已经开着一个工作台") {
		t.Errorf("%d, and it says %s", code, &wrong)
	}
}

// A night passes, and a month, while the desk stays open: its pages are of the day that it is.
func TestDeskNight(t *testing.T) {
	var c clock
	c.set(2026, 10, 8)
	d := deskBy(t, aBureau(t), &c)
	if a := d.drop(t, "a.csv", anSheet); a.status != 303 {
		t.Fatal(a.told())
	}
	if a := d.post(t, "/reading", "file", "inbox/a.csv"); a.status != 303 {
		t.Fatal(a.told())
	}
	day := regexp.MustCompile(`2026-\d\d-\d\d`)
	first := d.get(t, "/")
	c.set(2026, 12, 30)
	second := d.get(t, "/")
	if strings.Contains(first.page, "逾期") || !strings.Contains(second.page, "逾期") || slices.Equal(day.FindAllString(first.page, -1), day.FindAllString(second.page, -1)) {
		t.Errorf("the first page:\n%s\nthe second:\n%s", first.page, second.page)
	}
	if a := d.save(t, aGuide, "---\ntitle: 新\n---\n"); a.status != 303 {
		t.Fatal(a.told())
	}
	if a := d.get(t, "/done"); !strings.Contains(a.page, "2026-12-30") {
		t.Errorf("what was done is of another day:\n%s", a.page)
	}
}
