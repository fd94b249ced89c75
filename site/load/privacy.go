package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Privacy reads privacy.yaml. Whether its waivers hold is judged with what they
// are for.
func Privacy(file string, data []byte) (bureau.Privacy, problem.List) {
	var p bureau.Privacy
	problems := settings(file, data, &p)
	return p, problems
}
