package load

import (
	"sunshine/site/problem"
	"sunshine/site/text"
	"sunshine/site/yaml"
)

// prose decodes a file of Markdown or YAML.
func prose(file string, data []byte) ([]byte, problem.List) {
	source, _, err := text.Decode(data, "")
	if err != nil {
		var problems problem.List
		problems.Error(err.At(file), problem.TextEncoding, err.Message,
			problem.Say("用记事本打开，另存为UTF-8编码", "open it in an editor and save it as UTF-8"))
		return nil, problems
	}
	return source, nil
}

// settings reads a file of YAML into a struct; what cannot be decoded fills
// nothing in.
func settings(file string, data []byte, into any) problem.List {
	source, problems := prose(file, data)
	if len(problems) > 0 {
		return problems
	}
	return yaml.Decode(file, 1, source, into)
}
