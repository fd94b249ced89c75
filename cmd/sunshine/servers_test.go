package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"golang.org/x/crypto/ssh"
)

// The servers that sites are published to in tests: OpenSSH with its sftp-server, nginx,
// and an S3 server; all on 127.0.0.1.

// freePort is a port of 127.0.0.1 that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// start runs a server until the test ends, and waits until it listens.
func start(t *testing.T, port string, name string, args ...string) {
	t.Helper()
	said := &bytes.Buffer{}
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = said, said
	if err := c.Start(); err != nil {
		t.Fatalf("%v (make test installs it)", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	t.Cleanup(func() {
		c.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			c.Process.Kill()
			<-ended
		}
	})
	for range 500 {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			conn.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s: %v\n%s", name, err, said)
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Fatalf("%s does not listen\n%s", name, said)
}

// sshServer is an OpenSSH server, and the home of somebody who may log in.
type sshServer struct {
	port, user, home string
	fingerprint      string
	known            string // the line of known_hosts
}

// env are the variables with which the command reaches the server.
func (s sshServer) env() []string {
	return []string{"HOME=" + s.home, "SSH_AUTH_SOCK=", "SUNSHINE_SSH_KEY=" + filepath.Join(s.home, "key")}
}

// address is a folder on the server.
func (s sshServer) address(dir string) string {
	return "sftp://" + s.user + "@127.0.0.1:" + s.port + filepath.ToSlash(dir)
}

// newKey makes a key of SSH and writes it to a file, and its public line beside it.
func newKey(t *testing.T, file string) ssh.PublicKey {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, pem.EncodeToMemory(block))
	write(t, file+".pub", ssh.MarshalAuthorizedKey(key))
	return key
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// openSSH starts the server of OpenSSH with its sftp-server.
func openSSH(t *testing.T) sshServer {
	t.Helper()
	const sshd = "/usr/sbin/sshd"
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if me.Uid == "0" { // where the server separates its privileges; Debian's own service makes it
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s := sshServer{port: freePort(t), user: me.Username, home: t.TempDir()}
	host := newKey(t, filepath.Join(s.home, "host"))
	newKey(t, filepath.Join(s.home, "key"))
	s.fingerprint = ssh.FingerprintSHA256(host)
	s.known = "[127.0.0.1]:" + s.port + " " + string(ssh.MarshalAuthorizedKey(host))
	write(t, filepath.Join(s.home, ".ssh/known_hosts"), []byte(s.known))
	config := filepath.Join(s.home, "sshd_config")
	write(t, config, []byte(strings.Join([]string{
		"ListenAddress 127.0.0.1", "Port " + s.port, "HostKey " + filepath.Join(s.home, "host"), "AuthorizedKeysFile " + filepath.Join(s.home, "key.pub"),
		"PidFile none", "UsePAM no", "StrictModes no", "PermitRootLogin yes", "PasswordAuthentication no", "MaxStartups 100:30:200",
		"Subsystem sftp /usr/lib/openssh/sftp-server", "",
	}, "\n")))
	start(t, s.port, sshd, "-D", "-e", "-f", config)
	return s
}

// nginx serves a folder with one of the configurations that docs/hosting.md gives.
func nginx(t *testing.T, config string) (address string) {
	t.Helper()
	dir, port := t.TempDir(), freePort(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	config = strings.Replace(config, "listen 80;", "listen 127.0.0.1:"+port+";", 1)
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n"
	}
	file := filepath.Join(dir, "nginx.conf")
	write(t, file, fmt.Appendf(nil, "%spid %s/pid;\nerror_log stderr;\ndaemon off;\nworker_processes 1;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path %[2]s/body;\nproxy_temp_path %[2]s/proxy;\nfastcgi_temp_path %[2]s/fastcgi;\nuwsgi_temp_path %[2]s/uwsgi;\nscgi_temp_path %[2]s/scgi;\n%[3]s\n}\n", user, dir, config))
	start(t, port, "/usr/sbin/nginx", "-c", file, "-p", dir, "-e", "stderr")
	return "http://127.0.0.1:" + port
}

// s3Server is a server of objects with one bucket.
type s3Server struct {
	backend *s3mem.Backend
	url     string
}

const bucketName = "web"

func newS3(t *testing.T, wrap func(http.Handler) http.Handler) s3Server {
	t.Helper()
	s := s3Server{backend: s3mem.New()}
	if err := s.backend.CreateBucket(bucketName); err != nil {
		t.Fatal(err)
	}
	handler := gofakes3.New(s.backend, gofakes3.WithTimeSkewLimit(0), gofakes3.WithoutVersioning()).Server()
	if wrap != nil {
		handler = wrap(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s s3Server) env() []string {
	return []string{"AWS_ENDPOINT_URL=" + s.url, "AWS_ENDPOINT_URL_S3=", "AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY=secret", "AWS_SESSION_TOKEN="}
}

// read gives the objects under a prefix.
func (s s3Server) read(t *testing.T, prefix string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	p := gofakes3.NewPrefix(&prefix, nil)
	list, err := s.backend.ListBucket(bucketName, &p, gofakes3.ListBucketPage{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Contents {
		o, err := s.backend.GetObject(bucketName, c.Key, nil)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(o.Contents)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(c.Key, prefix)] = data
	}
	return files
}
