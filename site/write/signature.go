package write

import (
	"bytes"
	"errors"
	"io/fs"

	"sunshine/site/problem"
)

// sign puts the signature of the manifest beside it, or removes that of another one.
func (s *Stage) sign(m Manifest, manifest []byte) error {
	old, err := s.root.ReadFile(SignatureName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return systemError(s.out, err)
	}
	if err == nil && !bytes.HasPrefix(old, []byte(signatureHead)) {
		return refuse(shown(s.out, SignatureName), problem.WriteForeignFile,
			problem.Say("这里要写网站的文件，但已有不是 sunshine 写的内容，不能覆盖", "a file of the site goes here, but something that sunshine did not write stands in its place"),
			problem.Say("请把它移走或改名；要随网站一起发布的文件请放在 data/static/", "move or rename it; files to publish with the site belong in data/static/"))
	}
	if m.Sign == nil {
		if err == nil {
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
