package bureau

import (
	"crypto/sha256"
	"encoding/hex"
)

// File is one file of the built site. Path is slash-separated and relative to
// the site's folder: stats/cases-solved/index.html.
type File struct {
	Path  string
	Bytes []byte
}

// SHA256 gives the SHA-256 of bytes as manifests and records have it: lower-case
// hexadecimal.
func SHA256(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
