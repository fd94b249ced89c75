package load

import (
	"reflect"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Annual reads an annual report, and puts the 0 that stands for a block, or for the rest
// of one, in the place of its figures; sums are left to who needs them. It is nil where
// the file is no YAML.
func Annual(file string, data []byte) (*bureau.Annual, problem.List) {
	a := &bureau.Annual{File: file, Year: bureau.AnnualYear(file)}
	problems := settings(file, data, a)
	if a.At.Line == 0 {
		return nil, problems
	}
	for _, part := range []any{&a.Disclosed, &a.Requests, &a.Review} {
		rest(reflect.ValueOf(part).Elem(), bureau.Int{})
	}
	return a, problems
}

// rest fills the figures of a block that nothing stands for with the 0 of the block, or
// of one that it is in. Totals are nobody's rest.
func rest(block reflect.Value, zero bureau.Int) {
	blanks := block.FieldByName("Blank").Interface().([]bureau.Blank)
	if own := block.FieldByName("Rest").Interface().(bureau.Int); own.Given() {
		zero = own
	}
	at := block.FieldByName("At").Addr().Interface().(*problem.Position)
	if zero.Given() && zero.V == 0 && at.Line == 0 {
		*at = zero.At
	}
	for i := range block.NumField() {
		key, _, _ := strings.Cut(block.Type().Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "rest" || key == "total" {
			continue
		}
		left := zero.Given() && zero.V == 0
		for _, b := range blanks {
			left = left && b.Key != key // written, and without a value
		}
		switch v := block.Field(i).Addr().Interface().(type) {
		case *bureau.Int:
			if left && !v.Given() {
				v.At = zero.At
			}
		case *bureau.Number:
			if left && !v.Given() {
				v.At = zero.At
			}
		default:
			of := zero
			if !left {
				of = bureau.Int{}
			}
			rest(block.Field(i), of)
		}
	}
}
