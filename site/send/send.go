// Package send brings a built site to where it is public: a folder, a ZIP file for
// whoever keeps the web server, a server by SFTP, a bucket of an S3-like store.
//
//   - What is new comes first to a place of its own (.sunshine-publish/ in a folder and
//     on a server), so that a connection that drops and a disk that fills up leave the
//     site as it was. Then each file is moved to its place, whole: what pages load
//     or lead to (entries of the log, too), then new pages, changed pages, the home page,
//     what is made for programs, the head of the log, the manifest and its signature. What is no longer published is removed
//     last. No page ever stands there without what it loads. In a bucket, where nothing
//     can be moved, each object is put in that order, and is whole as it appears.
//   - Names of all that is to be moved stand in .sunshine-publish/journal before the
//     first is. A publish that was interrupted is taken up by the next: what lies ready
//     is not sent again, and what stands at its place is read before it is believed.
//   - Only what the manifest at the target or the journal names is ever removed or
//     overwritten. A place with other content and no manifest of ours is refused; so is
//     a file of somebody else where one of the site goes.
//   - .sunshine-publish/lock says who publishes there since when; it is made where none
//     is, in one step, and is renewed while the work goes on. Another publish is refused
//     by it. It counts no more when its process is gone (on the same machine) or it was
//     not renewed for five minutes. Whoever lost it stops before the manifest.
//   - A ZIP file holds what changed, in the order in which it is to be unpacked, with
//     the list of what is to be deleted then (ListName). It comes into its place whole.
//   - An SSH server has to be in known_hosts with the key that it shows. Keys come from
//     the agent or from the file that SUNSHINE_SSH_KEY names, those of a bucket from
//     AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; an address with a password in it is
//     refused. Nothing of this is read from data/.
//   - A server may be hostile: what it sends is bounded in size and in time, and its
//     names are never followed out of the target.
package send

import (
	"cmp"
	"context"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/write"
)

// store is where a site is sent to.
type store interface {
	published.Place

	top(ctx context.Context) ([]string, error)             // some names at the top, ours apart
	stands(ctx context.Context, path string) (bool, error) // something is there
	stage(ctx context.Context, f bureau.File) error        // brings the bytes near
	place(ctx context.Context, f bureau.File) error        // makes the file stand, whole
	remove(ctx context.Context, path string) error         // nil where nothing is there
	prune(ctx context.Context, dir string)                 // removes a folder that is empty
	finish(ctx context.Context, p Plan) error              // after the last change
	clean(ctx context.Context) error                       // removes what lies ready

	// The notes beside the site: lock and journal.
	note(ctx context.Context, name string) ([]byte, error)      // fs.ErrNotExist where there is none
	write(ctx context.Context, name string, data []byte) error  // whole
	create(ctx context.Context, name string, data []byte) error // whole; fs.ErrExist where there is one
	forget(ctx context.Context, name string) error              // nil where there is none
}

// What stands beside the site while it is sent.
const (
	workDir     = ".sunshine-publish"
	lockNote    = "lock"
	journalNote = "journal"
)

// beside are names that may stand where a site goes although it is not there yet: what a
// repository of pages and its host need.
var beside = []string{workDir, ".git", ".nojekyll", ".well-known"}

// placeholder may stand in an empty folder of a repository.
const placeholder = ".gitkeep"

// nothing tells whether a name at the top is no content of somebody else.
func nothing(name string, size int64) bool {
	return slices.Contains(beside, name) || name == placeholder && size == 0
}

// Bounds of what is read of a target that lies about itself.
const (
	maxLock    = 4 << 10
	maxJournal = 64 << 20
	maxTop     = 1000 // names
)

// Target is one place that is open.
type Target struct {
	Address string             // as it was given
	Watch   func(done, of int) // is told how many files were sent; may be nil

	store   store
	partial bool // a ZIP file, which holds only what changed
	held    *held
}

// AddressError says why an address is none that a site can be sent to.
type AddressError struct{ problem.Text }

func (e AddressError) Error() string { return e.EN }

func misuse(zh, en string, args ...any) error { return AddressError{problem.Say(zh, en, args...)} }

// Open reaches a place: a folder, a file that ends in .zip, sftp://user@host/path,
// s3://bucket/prefix. env gives the environment. A folder that is not there is made,
// unless the place is only to be looked at. The error is an AddressError or a
// *write.Error.
func Open(ctx context.Context, address string, look bool, env func(string) string) (*Target, error) {
	t := &Target{Address: address}
	var err error
	scheme, _, is := strings.Cut(address, "://")
	switch {
	case address == "":
		return nil, misuse("没有写发到哪里", "no place to publish to is given")
	case is && (scheme == "sftp" || scheme == "s3"):
		u, wrong := url.Parse(address)
		switch {
		case wrong != nil || u.Hostname() == "":
			return nil, misuse("这个地址读不懂；要写成 sftp://用户@主机/路径 或者 s3://桶/前缀", "this address cannot be read; write sftp://user@host/path or s3://bucket/prefix")
		case u.User != nil && hasPassword(u.User):
			return nil, misuse("地址里不能写密码：会留在记录里被人看到；SFTP 用密钥（ssh-agent，或者环境变量 SUNSHINE_SSH_KEY 写出密钥文件的位置）", "an address must not hold a password, which logs would show; SFTP uses keys (ssh-agent, or SUNSHINE_SSH_KEY naming the key's file)")
		case u.RawQuery != "" || u.Fragment != "":
			return nil, misuse("地址里不能有“?”和“#”", `an address cannot hold "?" or "#"`)
		}
		if scheme == "sftp" {
			t.store, err = dial(ctx, u, look, env)
		} else {
			t.store, err = openBucket(ctx, u, env)
		}
	case is:
		return nil, misuse("不能发到“%s://”；可以写文件夹、文件名.zip、sftp://用户@主机/路径、s3://桶/前缀", "%s:// is no place to publish to; write a folder, FILE.zip, sftp://user@host/path or s3://bucket/prefix", problem.Quote(scheme))
	case strings.EqualFold(filepath.Ext(address), ".zip"):
		t.partial = true
		t.store, err = openArchive(address)
	default:
		t.store, err = openFolder(address, look)
	}
	if err != nil {
		return nil, t.failed(err)
	}
	return t, nil
}

func hasPassword(u *url.Userinfo) bool {
	_, has := u.Password()
	return has
}

// IsFolder tells whether an address is a folder of this machine.
func IsFolder(address string) bool {
	return !strings.Contains(address, "://") && !strings.EqualFold(filepath.Ext(address), ".zip")
}

// IsArchive tells whether an address is a ZIP file.
func IsArchive(address string) bool {
	return !strings.Contains(address, "://") && strings.EqualFold(filepath.Ext(address), ".zip")
}

// Close lets the place go, and the lock with it.
func (t *Target) Close() error {
	t.release()
	return t.store.Close()
}

// Clean removes what was needed to take an interrupted publish up again: the site
// stands.
func (t *Target) Clean(ctx context.Context) error {
	return t.failed(cmp.Or(t.store.clean(ctx), t.store.forget(ctx, journalNote)))
}

// refusal is one problem with a target.
func refusal(at string, rule problem.Rule, message, hint problem.Text) error {
	e := &write.Error{}
	e.Problems.Error(problem.Position{File: filepath.ToSlash(at)}, rule, message, hint)
	return e
}
