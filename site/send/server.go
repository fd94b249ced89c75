package send

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"

	"sunshine/site/problem"
)

// A server may take this long for one step, and has to take or send this many bytes a
// second. Variables for the tests.
var (
	maxWait  = time.Minute
	minSpeed = int64(16 << 10)
)

// maxListing bounds what a server sends for the names in a folder, in bytes; a
// variable for the tests.
var maxListing = int64(64 << 20)

// server is a folder on a server that is reached by SFTP.
type server struct {
	client *sftp.Client
	conn   *ssh.Client
	raw    net.Conn
	dir    string
	at     string // the address, for messages

	slow   atomic.Bool
	budget atomic.Int64 // bytes that may still be read while a folder is listed; below 0 none is
	listed atomic.Bool
}

// dial connects to a server whose key is known.
func dial(ctx context.Context, u *url.URL, look bool, env func(string) string) (store, error) {
	switch {
	case u.User.Username() == "":
		return nil, misuse("SFTP 的地址要写用户：sftp://用户@主机/路径", "the address lacks a user: sftp://user@host/path")
	case strings.Trim(u.Path, "/") == "" && u.Path != "/":
		return nil, misuse("SFTP 的地址要写路径：sftp://用户@主机/路径", "the address lacks a path: sftp://user@host/path")
	}
	port := u.Port()
	if port == "" {
		port = "22"
	}
	address := net.JoinHostPort(u.Hostname(), port)
	known, files, err := knownHosts(env)
	if err != nil {
		return nil, err
	}
	signers, done, err := keys(u.Redacted(), env)
	if err != nil {
		return nil, err
	}
	defer done()
	var refused error // by us
	config := &ssh.ClientConfig{
		User:              u.User.Username(),
		Auth:              []ssh.AuthMethod{ssh.PublicKeys(signers...)},
		Timeout:           maxWait,
		HostKeyAlgorithms: algorithms(known, address),
		HostKeyCallback: func(host string, remote net.Addr, key ssh.PublicKey) error {
			if err := known(host, remote, key); err != nil {
				refused = unknownHost(u, key, err, files)
				return refused
			}
			return nil
		},
	}
	raw, err := (&net.Dialer{Timeout: maxWait}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	raw.SetDeadline(time.Now().Add(maxWait))
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	conn, channels, requests, err := ssh.NewClientConn(raw, address, config)
	switch {
	case refused != nil:
		raw.Close()
		return nil, refused
	case err != nil:
		raw.Close()
		if strings.Contains(err.Error(), "unable to authenticate") {
			return nil, refusal(u.Redacted(), problem.PublishRefused,
				problem.Say("服务器不认这把密钥：用户“%s”登录不了", "the server does not take the key: user %s cannot log in", problem.Quote(config.User)),
				problem.Say("核对用户名；请管服务器的人把公钥（.pub 文件里的那一行）加到这个用户的 authorized_keys 里", "check the name of the user; ask whoever keeps the server to add the public key (the line in the .pub file) to authorized_keys of that user"))
		}
		return nil, err
	}
	s := &server{conn: ssh.NewClient(conn, channels, requests), raw: raw, dir: path.Join("/", u.Path), at: u.Redacted()}
	if err := s.session(); err != nil {
		s.conn.Close()
		return nil, err
	}
	raw.SetDeadline(time.Time{}) // each step has its own from here on
	if err := s.ready(look); err != nil {
		s.close()
		return nil, err
	}
	return &disk{drive: s}, nil
}

// session opens the one session.
func (s *server) session() error {
	session, err := s.conn.NewSession()
	if err != nil {
		return err
	}
	in, err := session.StdinPipe()
	if err != nil {
		return err
	}
	out, err := session.StdoutPipe()
	if err != nil {
		return err
	}
	if err := session.RequestSubsystem("sftp"); err != nil {
		return refusal(s.at, problem.PublishRefused, problem.Say("这台服务器不提供 SFTP", "the server offers no SFTP"),
			problem.Say("请管服务器的人给这个用户开通 SFTP", "ask whoever keeps the server to let this user use SFTP"))
	}
	s.client, err = sftp.NewClientPipe(&counted{out, s}, in, sftp.UseConcurrentWrites(true))
	return err
}

// ready tells whether the folder is there; where only the last one of its path is
// missing it is made.
func (s *server) ready(look bool) error {
	info, err := s.lstat(".")
	switch {
	case errors.Is(err, fs.ErrNotExist) && look:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return s.mkdir(".")
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		info, err = s.client.Stat(s.dir)
	}
	if err == nil && !info.IsDir() {
		return refusal(s.at, problem.PublishMissing, problem.Say("这个路径不是文件夹", "this path is no folder"), problem.Say("核对地址", "check the address"))
	}
	return err
}

// knownHosts reads the files that hold the keys of servers.
func knownHosts(env func(string) string) (known ssh.HostKeyCallback, files []string, err error) {
	home := env("HOME")
	if home == "" {
		home = env("USERPROFILE")
	}
	files = []string{filepath.Join(home, ".ssh", "known_hosts"), "/etc/ssh/ssh_known_hosts"}
	there := slices.DeleteFunc(slices.Clone(files), func(name string) bool {
		info, err := os.Stat(name)
		return err != nil || !info.Mode().IsRegular()
	})
	known, err = knownhosts.New(there...)
	if err != nil {
		return nil, nil, refusal(files[0], problem.PublishHostKey, problem.Say("记有服务器密钥的 known_hosts 读不懂：%s", "known_hosts, which holds the keys of servers, cannot be read: %s", problem.Quote(err.Error())),
			problem.Say("改正那一行，或者删去它再登记一次那台服务器", "correct that line, or delete it and enter that server again"))
	}
	return known, files, nil
}

// algorithms are those of the keys that are known of a server, so that it shows one of
// them; nil, which is all, where none is.
func algorithms(known ssh.HostKeyCallback, address string) (all []string) {
	var wrong *knownhosts.KeyError
	if err := known(address, &net.TCPAddr{}, noKey{}); !errors.As(err, &wrong) {
		return nil
	}
	for _, w := range wrong.Want {
		switch kind := w.Key.Type(); kind {
		case ssh.KeyAlgoRSA:
			all = append(all, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
		default:
			all = append(all, kind)
		}
	}
	return all
}

// noKey is a key that no server has.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

// unknownHost refuses a server whose key is not known, or is another one.
func unknownHost(u *url.URL, key ssh.PublicKey, err error, files []string) error {
	print := ssh.FingerprintSHA256(key)
	var wrong *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	port := ""
	if p := u.Port(); p != "" && p != "22" {
		port = "-p " + p + " "
	}
	switch {
	case errors.As(err, &revoked):
		return refusal(u.Redacted(), problem.PublishHostKey,
			problem.Say("服务器出示的密钥已经作废（指纹 %s），不连接", "the server shows a key that was revoked (fingerprint %s); no connection is made", print),
			problem.Say("告诉管服务器的人：有人可能冒充这台服务器", "tell whoever keeps the server: somebody may be posing as it"))
	case errors.As(err, &wrong) && len(wrong.Want) > 0:
		return refusal(u.Redacted(), problem.PublishHostKey,
			problem.Say("服务器的密钥变了：现在的指纹是 %s，和 known_hosts 里记的不是同一把，不连接", "the server's key has changed: its fingerprint is %s now, which is not the one in known_hosts; no connection is made", print),
			problem.Say("打电话向管服务器的人核对这个指纹。换过密钥的，删去“%[1]s”第%[2]d行再登记一次；没有换过的，有人在冒充这台服务器，立即报告", `ask whoever keeps the server, by telephone, whether this is its fingerprint. If the key was replaced, delete line %[2]d of "%[1]s" and enter the server again; if not, somebody is posing as the server: report it at once`, problem.Quote(wrong.Want[0].Filename), wrong.Want[0].Line))
	}
	return refusal(u.Redacted(), problem.PublishHostKey,
		problem.Say("第一次连接这台服务器，它的密钥没有登记，不连接；指纹是 %s", "this server was not met before, and its key is not known; no connection is made. Its fingerprint is %s", print),
		problem.Say("打电话向管服务器的人核对指纹，一致的，运行 ssh %[1]s%[2]s 并回答 yes，密钥就登记在 %[3]s 里，再运行一次 sunshine publish", "ask whoever keeps the server, by telephone, for its fingerprint; if it is the same, run ssh %[1]s%[2]s and answer yes, which enters the key in %[3]s, and run sunshine publish again", port, problem.Quote(u.User.Username()+"@"+u.Hostname()), problem.Quote(filepath.ToSlash(files[0]))))
}

// maxKey bounds the file of a key, in bytes.
const maxKey = 64 << 10

// keys are those of the person who publishes: that in the file which SUNSHINE_SSH_KEY
// names, and those of the agent.
func keys(at string, env func(string) string) (all []ssh.Signer, done func(), err error) {
	done = func() {}
	if file := env("SUNSHINE_SSH_KEY"); file != "" {
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxKey {
			return nil, done, misuse("环境变量 SUNSHINE_SSH_KEY 写的“%s”不是密钥文件", "SUNSHINE_SSH_KEY names %q, which is no file of a key", problem.Quote(file))
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, done, misuse("环境变量 SUNSHINE_SSH_KEY 写的“%s”读不了", "SUNSHINE_SSH_KEY names %q, which cannot be read", problem.Quote(file))
		}
		signer, err := ssh.ParsePrivateKey(text)
		locked := (*ssh.PassphraseMissingError)(nil)
		switch {
		case errors.As(err, &locked):
			return nil, done, misuse("“%s”里的密钥有口令；先用 ssh-add 把它交给 ssh-agent，不写 SUNSHINE_SSH_KEY", "the key in %q has a passphrase: give it to ssh-agent with ssh-add, and leave SUNSHINE_SSH_KEY out", problem.Quote(file))
		case err != nil:
			return nil, done, misuse("环境变量 SUNSHINE_SSH_KEY 写的“%s”里不是 SSH 密钥（不要写 .pub 那一个）", "SUNSHINE_SSH_KEY names %q, which holds no SSH key (it is not the .pub file)", problem.Quote(file))
		}
		all = append(all, signer)
	}
	if socket := env("SSH_AUTH_SOCK"); socket != "" {
		if conn, err := net.DialTimeout("unix", socket, maxWait); err == nil {
			done = func() { conn.Close() }
			if more, err := agent.NewClient(conn).Signers(); err == nil {
				all = append(all, more...)
			}
		}
	}
	if len(all) == 0 {
		return nil, done, refusal(at, problem.PublishRefused, problem.Say("没有登录服务器用的密钥", "there is no key to log in with"),
			problem.Say("用 ssh-add 把密钥交给 ssh-agent，或者把环境变量 SUNSHINE_SSH_KEY 设为密钥文件的位置；还没有密钥的，用 ssh-keygen 做一把，请管服务器的人登记公钥", "give a key to ssh-agent with ssh-add, or set SUNSHINE_SSH_KEY to the place of its file; where there is none yet, make one with ssh-keygen and have its public part entered by whoever keeps the server"))
	}
	return all, done, nil
}

// counted stops a server that sends names without an end.
type counted struct {
	io.Reader
	s *server
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.s.listed.Load() && c.s.budget.Add(-int64(n)) < 0 {
		c.s.raw.Close()
		return 0, errTooMuch
	}
	return n, err
}

// within gives a step its time; the function that it gives ends the step and says what
// its error is.
func (s *server) within(bytes int64, err *error) func() {
	watch := time.AfterFunc(maxWait+time.Duration(bytes/max(minSpeed, 1))*time.Second, func() {
		s.slow.Store(true)
		s.raw.Close()
	})
	return func() {
		watch.Stop()
		if *err == nil {
			return
		}
		var status *sftp.StatusError
		switch {
		case s.slow.Load():
			*err = errTooSlow
		case s.listed.Load() && s.budget.Load() < 0:
			*err = errTooMuch
		case errors.Is(*err, sftp.ErrSSHFxConnectionLost), errors.As(*err, &status) && (status.FxCode() == sftp.ErrSSHFxConnectionLost || status.FxCode() == sftp.ErrSSHFxNoConnection):
			*err = errDropped
		}
	}
}

func (s *server) path(name string) string { return path.Join(s.dir, name) }
func (s *server) name(file string) string {
	if file == "" {
		return s.at
	}
	return strings.TrimSuffix(s.at, "/") + "/" + file
}

// close hangs up; every step was answered before. To wait for the server to end the
// session would be to trust it.
func (s *server) close() error {
	err := s.conn.Close()
	s.raw.Close()
	s.client.Close()
	return err
}

func (s *server) open(name string) (_ io.ReadCloser, err error) {
	defer s.within(0, &err)()
	f, err := s.client.Open(s.path(name))
	if err != nil {
		return nil, err
	}
	return &remote{f, s}, nil
}

// remote is a file on the server that is read; each step of it has its time.
type remote struct {
	f *sftp.File
	s *server
}

func (r *remote) Read(p []byte) (n int, err error) {
	defer r.s.within(int64(len(p)), &err)()
	return r.f.Read(p)
}

func (r *remote) Close() (err error) {
	defer r.s.within(0, &err)()
	return r.f.Close()
}

func (s *server) create(name string, data []byte) (err error) {
	defer s.within(int64(len(data)), &err)()
	f, err := s.client.OpenFile(s.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		if _, can := s.client.HasExtension("fsync@openssh.com"); can {
			err = f.Sync()
		}
	}
	err = errors.Join(err, f.Close())
	return s.full(err, int64(len(data)))
}

// full finds out whether it is for a full disk that a server says no more than that it
// failed.
func (s *server) full(err error, bytes int64) error {
	var status *sftp.StatusError
	if errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxFailure {
		if v, wrong := s.client.StatVFS(s.dir); wrong == nil && v.Bavail*v.Frsize < uint64(bytes)+1<<16 {
			return errFull
		}
	}
	return err
}

// rename takes the place of what stands there in one step where the server can. One
// that cannot lacks the file for a moment.
func (s *server) rename(from, to string) (err error) {
	defer s.within(0, &err)()
	if _, can := s.client.HasExtension("posix-rename@openssh.com"); can {
		return s.full(s.client.PosixRename(s.path(from), s.path(to)), 0)
	}
	err = s.client.Rename(s.path(from), s.path(to))
	if err == nil {
		return nil
	}
	if info, there := s.client.Lstat(s.path(to)); there != nil || info.IsDir() {
		return err
	}
	if err := s.client.Remove(s.path(to)); err != nil {
		return err
	}
	return s.client.Rename(s.path(from), s.path(to))
}

func (s *server) claim(from, to string) (err error) {
	defer s.within(0, &err)()
	err = s.client.Rename(s.path(from), s.path(to))
	if err != nil {
		if _, there := s.client.Lstat(s.path(to)); there == nil {
			return fs.ErrExist
		}
	}
	return err
}

func (s *server) remove(name string) (err error) {
	defer s.within(0, &err)()
	return s.client.Remove(s.path(name))
}

func (s *server) rmdir(name string) (err error) {
	defer s.within(0, &err)()
	return s.client.RemoveDirectory(s.path(name))
}

func (s *server) mkdir(name string) (err error) {
	defer s.within(0, &err)()
	return s.client.Mkdir(s.path(name))
}

func (s *server) lstat(name string) (_ fs.FileInfo, err error) {
	defer s.within(0, &err)()
	return s.client.Lstat(s.path(name))
}

// list lists a folder. What the server sends for it is bounded, for the library takes
// whatever comes.
func (s *server) list(dir string, most int) (infos []fs.FileInfo, err error) {
	s.budget.Store(maxListing)
	s.listed.Store(true)
	defer s.listed.Store(false)
	defer s.within(maxListing, &err)()
	infos, err = s.client.ReadDir(s.path(dir))
	infos = slices.DeleteFunc(infos, func(info fs.FileInfo) bool { return strings.ContainsAny(info.Name(), "/\\") || info.Name() == ".." })
	return named(infos[:min(len(infos), most)]), err
}
