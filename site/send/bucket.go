package send

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/problem"
)

// bucket is what stands under a prefix in a bucket of an S3-like store. Objects are
// whole as they appear; nothing is staged.
type bucket struct {
	client minio.Core
	bucket string
	prefix string // empty, or ending in a slash
	at     string
}

func openBucket(_ context.Context, u *url.URL, env func(string) string) (store, error) {
	if u.User != nil || u.Port() != "" {
		return nil, misuse("这个地址读不懂；要写成 s3://桶/前缀", "this address cannot be read; write s3://bucket/prefix")
	}
	id, secret := env("AWS_ACCESS_KEY_ID"), env("AWS_SECRET_ACCESS_KEY")
	if id == "" || secret == "" {
		return nil, refusal(u.String(), problem.PublishRefused, problem.Say("没有对象存储的密钥", "there are no keys of the object store"),
			problem.Say("把环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 设为存储服务给的密钥，AWS_ENDPOINT_URL 设为它的地址，AWS_REGION 设为它的区域", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the keys that the store gave, AWS_ENDPOINT_URL to its address and AWS_REGION to its region"))
	}
	region := cmp.Or(env("AWS_REGION"), env("AWS_DEFAULT_REGION"), "us-east-1")
	endpoint := cmp.Or(env("AWS_ENDPOINT_URL_S3"), env("AWS_ENDPOINT_URL"), "https://s3."+region+".amazonaws.com")
	e, err := url.Parse(endpoint)
	if err != nil || e.Host == "" || e.Scheme != "https" && e.Scheme != "http" || e.User != nil || strings.Trim(e.Path, "/") != "" {
		return nil, misuse("环境变量 AWS_ENDPOINT_URL 要写成 https://主机 这样的地址", "AWS_ENDPOINT_URL takes an address such as https://host")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = maxWait
	client, err := minio.NewCore(e.Host, &minio.Options{
		Creds: credentials.NewStaticV4(id, secret, env("AWS_SESSION_TOKEN")), Secure: e.Scheme == "https", Region: region,
		Transport: bounded{transport}, MaxRetries: 3,
	})
	if err != nil {
		return nil, misuse("环境变量 AWS_ENDPOINT_URL 要写成 https://主机 这样的地址", "AWS_ENDPOINT_URL takes an address such as https://host")
	}
	b := &bucket{client: *client, bucket: u.Host, prefix: strings.Trim(u.Path, "/"), at: strings.TrimSuffix(u.String(), "/")}
	if b.prefix != "" {
		b.prefix += "/"
	}
	return b, nil
}

// bounded bounds what a store answers, a file apart.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.RoundTripper.RoundTrip(r)
	if err == nil && (r.Method != http.MethodGet || r.URL.RawQuery != "") {
		response.Body = &limited{response.Body, maxListing}
	}
	return response, err
}

type limited struct {
	io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}

// within gives a step its time.
func within(ctx context.Context, bytes int64) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, maxWait+time.Duration(bytes/max(minSpeed, 1))*time.Second, errTooSlow)
}

func (b *bucket) Name(path string) string { return b.at + "/" + path }
func (b *bucket) Close() error            { return nil }

func (b *bucket) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	watch := time.AfterFunc(maxWait, func() { cancel(errTooSlow) })
	r, _, _, err := b.client.GetObject(ctx, b.bucket, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		watch.Stop()
		err = b.wrong(ctx, name, err)
		cancel(nil)
		return nil, err
	}
	return &object{r, ctx, cancel, watch, b, name, 0}, nil
}

// object is one that is read; a store that dribbles is given up.
type object struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	watch  *time.Timer
	b      *bucket
	name   string
	got    int64
}

func (o *object) Read(p []byte) (int, error) {
	n, err := o.ReadCloser.Read(p)
	if o.got += int64(n); o.got > int64(float64(minSpeed)*maxWait.Seconds()) {
		o.got = 0
		o.watch.Reset(maxWait)
	}
	if err != nil && err != io.EOF {
		err = o.b.wrong(o.ctx, o.name, err)
	}
	return n, err
}

func (o *object) Close() error {
	o.watch.Stop()
	err := o.ReadCloser.Close()
	o.cancel(nil)
	return err
}

func (b *bucket) top(ctx context.Context) ([]string, error) {
	ctx, cancel := within(ctx, maxListing)
	defer cancel()
	var names []string
	for info := range b.client.ListObjectsIter(ctx, b.bucket, minio.ListObjectsOptions{Prefix: b.prefix, MaxKeys: maxTop}) {
		if info.Err != nil {
			return nil, b.wrong(ctx, "", info.Err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(info.Key, b.prefix), "/")
		if name == "" || nothing(name, info.Size) {
			continue
		}
		if names = append(names, name); len(names) == maxTop {
			break
		}
	}
	return names, nil
}

func (b *bucket) stands(ctx context.Context, name string) (bool, error) {
	ctx, cancel := within(ctx, 0)
	defer cancel()
	_, err := b.client.StatObject(ctx, b.bucket, b.prefix+name, minio.StatObjectOptions{})
	err = b.wrong(ctx, name, err)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (b *bucket) stage(context.Context, bureau.File) error { return nil }

func (b *bucket) place(ctx context.Context, f bureau.File) error {
	return b.put(ctx, f.Path, f.Bytes, minio.PutObjectOptions{ContentType: contentType(f.Path), CacheControl: cacheControl(f.Path)})
}

func (b *bucket) put(ctx context.Context, name string, data []byte, o minio.PutObjectOptions) error {
	ctx, cancel := within(ctx, int64(len(data)))
	defer cancel()
	o.DisableMultipart, o.SendContentMd5 = true, true
	_, err := b.client.Client.PutObject(ctx, b.bucket, b.prefix+name, bytes.NewReader(data), int64(len(data)), o)
	return b.wrong(ctx, name, err)
}

// types are those that a machine's own table may not have, or have otherwise.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".pdf": "application/pdf", ".zip": "application/zip", ".woff2": "font/woff2", ".sig": "text/plain; charset=utf-8", ".py": "text/plain; charset=utf-8",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// contentType tells a browser what a file is.
func contentType(name string) string {
	extension := strings.ToLower(path.Ext(name))
	return cmp.Or(types[extension], mime.TypeByExtension(extension), "application/octet-stream")
}

// cacheControl lets browsers keep what has its hash in its name; of all else they ask
// whether it is still so.
func cacheControl(name string) string {
	if strings.HasPrefix(name, bureau.AssetsSection.Folder()) {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

func (b *bucket) remove(ctx context.Context, name string) error {
	ctx, cancel := within(ctx, 0)
	defer cancel()
	err := b.wrong(ctx, name, b.client.Client.RemoveObject(ctx, b.bucket, b.prefix+name, minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (b *bucket) prune(context.Context, string)      {}
func (b *bucket) finish(context.Context, Plan) error { return nil }
func (b *bucket) clean(context.Context) error        { return nil }

func (b *bucket) note(ctx context.Context, name string) ([]byte, error) {
	r, err := b.Open(ctx, workDir+"/"+name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return folder.AtMost(r, limitOf(name))
}

func (b *bucket) write(ctx context.Context, name string, data []byte) error {
	return b.put(ctx, workDir+"/"+name, data, minio.PutObjectOptions{ContentType: "text/plain; charset=utf-8", CacheControl: "no-store"})
}

func (b *bucket) create(ctx context.Context, name string, data []byte) error {
	o := minio.PutObjectOptions{ContentType: "text/plain; charset=utf-8", CacheControl: "no-store"}
	o.SetMatchETagExcept("*")
	return b.put(ctx, workDir+"/"+name, data, o)
}

func (b *bucket) forget(ctx context.Context, name string) error {
	return b.remove(ctx, workDir+"/"+name)
}

// bucketError is what a store says, in words.
type bucketError struct {
	rule          problem.Rule
	message, hint problem.Text
}

func (e bucketError) Error() string { return e.message.EN }

// wrong says what an answer of the store means.
func (b *bucket) wrong(ctx context.Context, name string, err error) error {
	if err == nil {
		return nil
	}
	if cause := context.Cause(ctx); errors.Is(cause, errTooSlow) {
		return errTooSlow
	}
	if errors.Is(err, errTooMuch) {
		return errTooMuch
	}
	said := minio.ToErrorResponse(err)
	if said.StatusCode == 0 {
		return err
	}
	switch said.Code {
	case "NoSuchBucket", "InvalidBucketName":
		return bucketError{problem.PublishMissing, problem.Say("没有叫“%s”的桶", "there is no bucket %q", problem.Quote(b.bucket)),
			problem.Say("核对桶的名称和 AWS_REGION；还没有桶的，先在存储服务里新建一个", "check the name of the bucket and AWS_REGION; where there is none yet, create it in the object store first")}
	case "NoSuchKey":
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case "PreconditionFailed", "ConditionalRequestConflict":
		return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	case "RequestTimeTooSkewed", "RequestExpired":
		return bucketError{problem.PublishClock, problem.Say("这台电脑的时间和存储服务的差得太多，服务不接受", "the clock of this computer and that of the object store differ too much, and the store refuses"),
			problem.Say("校准电脑的日期、时间和时区，再运行一次", "set the date, the time and the time zone of this computer right, and run this again")}
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "InvalidTokenId", "ExpiredToken", "InvalidToken":
		return bucketError{problem.PublishRefused, problem.Say("存储服务不认这对密钥，或者密钥没有这个桶的读写权限（%s）", "the store does not take these keys, or they may not read and write this bucket (%s)", problem.Quote(said.Code)),
			problem.Say("核对 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY；没有写错的，请管存储服务的人给这对密钥列出、读、写、删这个前缀的权限", "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; if they are right, ask whoever keeps the store to let these keys list, read, write and delete under this prefix")}
	case "EntityTooLarge", "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage":
		return errFull
	case "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout":
		return bucketError{problem.PublishUnreachable, problem.Say("存储服务忙或者出了故障（%s）", "the store is busy or out of order (%s)", problem.Quote(said.Code)),
			problem.Say("%s过一会儿再运行一次，会接着上次的发", "%sRun this again in a while: it goes on where it was interrupted", nothingLost)}
	}
	if said.StatusCode == http.StatusNotFound {
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if said.StatusCode == http.StatusInsufficientStorage {
		return errFull
	}
	return bucketError{problem.PublishSystem, problem.Say("存储服务回答：%s", "the store says: %s", problem.Quote(said.Code+" "+said.Message)),
		problem.Say("%s核对地址和环境变量；没有写错的，把这句话告诉管存储服务的人", "%sCheck the address and the environment; if they are right, tell whoever keeps the store what it said", nothingLost)}
}
