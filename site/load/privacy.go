package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/yaml"
)

// Privacy reads privacy.yaml. Whether its waivers hold is judged with what they
// are for.
func Privacy(file string, data []byte) (bureau.Privacy, problem.List) {
	var p bureau.Privacy
	source, problems := text(file, data)
	problems = append(problems, yaml.Decode(file, 1, source, &p)...)
	return p, problems
}
