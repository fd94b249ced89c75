package yaml

import (
	"bytes"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"sunshine/site/problem"
)

// maxDepth is how deep mappings and lists of a foreign file may stand in each other.
const maxDepth = 20

// Foreign reads YAML that another program's users wrote, whose keys nobody here
// knows: every scalar with the names on the way to it, joined by points, and the
// place in a list counted from 0: {country: {name: Kent}, languages: [en]} is
// country.name and languages.0. A number or a date keeps its spelling, null is
// empty. Aliases are not followed, so a small file cannot grow into a large one.
// Where it is no YAML the fault says so.
func Foreign(source []byte) (map[string]string, *problem.Fault) {
	if n := len(source); n > MaxSize {
		return nil, problem.Refuse(problem.Say("内容过大（%d字节），上限为1 MiB", "the text is too large (%d bytes); the limit is 1 MiB", n),
			problem.Say("把它分成几个文件", "split it into several files"))
	}
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	var document yaml.Node
	if err := yaml.Load(source, &document); err != nil {
		if len(bytes.TrimSpace(source)) == 0 {
			return nil, nil
		}
		return nil, problem.Refuse(problem.Say("不是能读的YAML", "this is no YAML that can be read"), problem.Say("照YAML的写法改正", "correct it as YAML is written"))
	}
	texts := map[string]string{}
	for _, n := range document.Content {
		foreign(n, nil, texts)
	}
	return texts, nil
}

func foreign(n *yaml.Node, path []string, into map[string]string) {
	if len(path) > maxDepth {
		return
	}
	at := func(name string) []string { return append(path[:len(path):len(path)], name) }
	switch n.Kind {
	case yaml.ScalarNode:
		text := n.Value
		if n.Tag == "!!null" {
			text = ""
		}
		into[strings.Join(path, ".")] = text
	case yaml.SequenceNode:
		for i, item := range n.Content {
			foreign(item, at(strconv.Itoa(i)), into)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			foreign(n.Content[i+1], at(n.Content[i].Value), into)
		}
	}
}
