package yaml

import (
	"bytes"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Uncommented gives a source without its comments, which are notes of staff to each
// other, every line where it stood. ok is false where that cannot be told for sure.
func Uncommented(source []byte) (bare []byte, ok bool) {
	before, comments, ok := nodes(source)
	if !ok {
		return nil, false
	}
	if len(comments) == 0 {
		return source, true
	}
	for line := range bytes.Lines(source) {
		text := bytes.TrimRight(line, "\n")
		for i, b := range text {
			if b == '#' && (i == 0 || text[i-1] == ' ' || text[i-1] == '\t') && comments[string(bytes.TrimSpace(text[i:]))] {
				text = bytes.TrimRight(text[:i], " \t")
				break
			}
		}
		bare = append(bare, text...)
		if bytes.HasSuffix(line, []byte("\n")) {
			bare = append(bare, '\n')
		}
	}
	after, left, ok := nodes(bare)
	return bare, ok && len(left) == 0 && slices.Equal(before, after)
}

// said is what a node of a source says.
type said struct {
	kind  yaml.Kind
	value string
	line  int
}

// nodes gives what a source says, in its order, and the lines of its comments.
func nodes(source []byte) (all []said, comments map[string]bool, ok bool) {
	var document yaml.Node
	if err := yaml.Load(source, &document); err != nil {
		return nil, nil, len(bytes.TrimSpace(source)) == 0
	}
	comments = map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		all = append(all, said{n.Kind, n.Value, n.Line})
		for _, comment := range []string{n.HeadComment, n.LineComment, n.FootComment} {
			for line := range bytes.SplitSeq([]byte(comment), []byte("\n")) {
				if line = bytes.TrimSpace(line); len(line) > 0 {
					comments[string(line)] = true
				}
			}
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(&document)
	return all, comments, true
}
