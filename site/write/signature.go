package write

import (
	"bytes"
	"errors"
	"io/fs"

	"sunshine/site/problem"
)

// signature gives the signature that stands in the folder; nil where there is none. What others
// wrote at its place is refused.
func (s *Stage) signature() ([]byte, error) {
	old, err := s.root.ReadFile(SignatureName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, systemError(s.out, err)
	case !bytes.HasPrefix(old, []byte(signatureHead)):
		return nil, refuse(shown(s.out, SignatureName), problem.WriteForeignFile,
			problem.Say("这里要写网站的文件，但已有不是 sunshine 写的内容，不能覆盖", "a file of the site goes here, but something that sunshine did not write stands in its place"),
			problem.Say("请把它移走或改名；要随网站一起发布的文件请放在 data/static/", "move or rename it; files to publish with the site belong in data/static/"))
	}
	return old, nil
}

// sign puts the signature of the manifest beside it, or removes that of another one, the
// old.
func (s *Stage) sign(m Manifest, manifest, old []byte) error {
	if m.Sign == nil {
		if old != nil {
			if err := s.root.Remove(SignatureName); err != nil {
				return systemError(s.out, err)
			}
		}
		return nil
	}
	signature := []byte(m.Sign(manifest))
	if bytes.Equal(signature, old) {
		return nil
	}
	if err := File(s.root, SignatureName, signature); err != nil {
		return systemError(s.out, err)
	}
	return nil
}

// signatureHead is how the text that is signed begins, by which a signature is known
// to be ours.
const signatureHead = "sunshine manifest\n"
