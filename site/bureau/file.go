package bureau

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
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

// IsSHA256 tells whether a text is one as SHA256 gives it, and so the name of a file.
func IsSHA256(text string) bool {
	return len(text) == 2*sha256.Size && strings.Trim(text, "0123456789abcdef") == ""
}
