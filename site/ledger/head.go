package ledger

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sunshine/site/bureau"
)

// Head stands for a whole log: how many entries it has, and the root of the Merkle
// tree (RFC 6962) of their bytes. A log that grew keeps its first entries; whoever
// holds an old head can tell (Grown).
type Head struct {
	Size int
	Root [sha256.Size]byte
}

// headLine opens the text of a head. The size and the root, in base64, follow on
// lines of their own.
const headLine = "sunshine log"

// HeadOf gives the head of a log by the bytes of its entries, the first one first.
func HeadOf(entries [][]byte) Head {
	var stored hashes
	for i, entry := range entries {
		add, err := tlog.StoredHashes(int64(i), entry, stored)
		if err != nil {
			panic(err) // the hashes before it are all there
		}
		stored = append(stored, add...)
	}
	root, err := tlog.TreeHash(int64(len(entries)), stored)
	if err != nil {
		panic(err) // as above
	}
	return Head{len(entries), root}
}

// hashes are those of a tree, kept in memory.
type hashes []tlog.Hash

// ReadHashes implements tlog.HashReader.
func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, i := range indexes {
		if i < 0 || i >= int64(len(h)) {
			return nil, errors.New("no such hash")
		}
		all = append(all, h[i])
	}
	return all, nil
}

// Text gives the head as it is kept and signed, three lines.
func (h Head) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", headLine, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]))
}

// ParseHead reads what Text writes; the signatures of a note may follow.
func ParseHead(text string) (Head, error) {
	lines := strings.SplitN(strings.ReplaceAll(text, "\r\n", "\n"), "\n", 4)
	if len(lines) < 4 || lines[0] != headLine {
		return Head{}, errors.New("no head of a log")
	}
	size, err := strconv.Atoi(lines[1])
	if err != nil || size < 0 {
		return Head{}, errors.New("no head of a log")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != sha256.Size {
		return Head{}, errors.New("no head of a log")
	}
	return Head{size, [sha256.Size]byte(root)}, nil
}

// Grown tells whether a log with these entries holds all that it held when its head
// was this one, unchanged.
func (h Head) Grown(entries [][]byte) bool {
	return h.Size <= len(entries) && HeadOf(entries[:h.Size]) == h
}

// ManifestText is what stands for a whole site, as it is signed: the SHA-256 of its
// manifest, lower-case hexadecimal.
func ManifestText(manifest []byte) string {
	return "sunshine manifest\n" + bureau.SHA256(manifest) + "\n"
}

// keyName is the name that every key has: which bureau it is of, its reader knows
// who took the public line from it.
const keyName = "sunshine"

// Key signs what is published, with Ed25519 as a signed note (golang.org/x/mod/sumdb/note).
// A nil Key signs nothing.
type Key struct{ signer note.Signer }

// NewKey makes a key: its secret line, for the file that nobody else sees, and its
// public line, for everybody.
func NewKey(random io.Reader) (secret, public string, err error) {
	return note.GenerateKey(random, keyName)
}

// ParseKey reads the secret line of a key.
func ParseKey(secret string) (*Key, error) {
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, err
	}
	return &Key{signer}, nil
}

// Sign gives a text with its signature below. Without a key it is the text itself.
func (k *Key) Sign(text string) string {
	if k == nil {
		return text
	}
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	if err != nil {
		panic(err) // a text of ours ends its line and holds no control character
	}
	return string(signed)
}

// PublicKey holds signatures against the public line of a key.
type PublicKey struct{ verifier note.Verifier }

// ParsePublicKey reads the public line of a key.
func ParsePublicKey(public string) (*PublicKey, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return nil, err
	}
	return &PublicKey{verifier}, nil
}

// Signed tells whether the text is signed with the key, and with it alone says so.
func (k *PublicKey) Signed(signed string) (text string, ok bool) {
	n, err := note.Open([]byte(signed), note.VerifierList(k.verifier))
	if err != nil {
		return "", false
	}
	return n.Text, true
}

// entriesOf are the bytes of the releases of a log.
func entriesOf(releases []bureau.Release) [][]byte {
	entries := make([][]byte, len(releases))
	for i, r := range releases {
		entries[i] = r.Record
	}
	return entries
}
