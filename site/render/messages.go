package render

import "fmt"

// Messages is the catalogue of one language: the text of the interface by key.
type Messages map[string]string

// Text gives a message. Where it holds verbs, the arguments fill them.
func (m Messages) Text(key string, args ...any) string {
	text, ok := m[key]
	if !ok {
		return "[" + key + "]" // a test holds every key against both catalogues
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}
