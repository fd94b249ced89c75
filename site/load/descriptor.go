package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Descriptor reads the description of a statistic. Whether its words and names
// are right is judged with the table that it describes.
func Descriptor(file string, data []byte) (bureau.Descriptor, problem.List) {
	d := bureau.Descriptor{File: file}
	problems := settings(file, data, &d)
	d.ChartsGiven = len(d.Charts) > 0
	for _, b := range d.Blank {
		d.ChartsGiven = d.ChartsGiven || b.Key == "charts"
	}
	return d, problems
}
