package table

import (
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gocarina/gocsv"

	"sunshine/site/problem"
)

// Decode makes a typed list of a table: one T a row. T is a struct whose fields
// are bureau.String with a tag `csv:"id,编号"`: the column's name and its alias;
// with `omitempty` a file may leave the column out, and so may this one those that are
// optional. What else offices call the column stands in a tag `also:"收到时间"`, since
// gocsv takes very long over many aliases. A column that is unknown, missing or given
// twice is a problem; what is missing is one. Every text keeps its place.
func Decode[T any](t *Table, optional ...string) ([]T, problem.List) {
	if len(t.Header) == 0 {
		return nil, nil
	}
	columns, problems := match(t, reflect.TypeFor[T](), optional)
	if problems.Errors() > 0 {
		return nil, problems
	}
	rows := make([]T, 0, t.Rows())
	if err := gocsv.UnmarshalCSV(&cellReader{table: t, columns: columns, row: -1}, &rows); err != nil {
		problems.Error(t.Position(-1, 0), problem.CSVList, problem.Say("这份表无法读取：%s", "the table cannot be read: %s", problem.Quote(err.Error())),
			problem.Say("核对表头和各行的格数，另存为CSV后再运行一次", "check the header and the cells of each row, save it as CSV and run again"))
	}
	return rows, problems
}

// Names gives what each column of a list of T may be called, in the order of its fields:
// the names of its tag, then what else offices call it.
func Names[T any]() (all [][]string) {
	for i := range reflect.TypeFor[T]().NumField() {
		listed, also, _ := namesOf(reflect.TypeFor[T]().Field(i))
		all = append(all, append(listed, also...))
	}
	return all
}

// namesOf reads the tags of a field.
func namesOf(f reflect.StructField) (listed, also []string, optional bool) {
	for _, word := range strings.Split(f.Tag.Get("csv"), ",") {
		if word == "omitempty" {
			optional = true
		} else {
			listed = append(listed, word)
		}
	}
	if words := f.Tag.Get("also"); words != "" {
		also = strings.Split(words, ",")
	}
	return listed, also, optional
}

// column is one column of the file and the field that it fills.
type column struct {
	index int
	name  string // the first name of the field's tag
}

// match finds the field of every column.
func match(t *Table, list reflect.Type, optional []string) (columns []column, problems problem.List) {
	type field struct {
		names    []string
		optional bool
		at       int // the column that fills it, or -1
	}
	var fields []field
	var known, listed []string
	for i := range list.NumField() {
		names, also, optional := namesOf(list.Field(i))
		listed = append(listed, names...)
		f := field{names: append(names, also...), optional: optional, at: -1}
		fields = append(fields, f)
		known = append(known, f.names...)
	}
	for c, header := range t.Header {
		i := slices.IndexFunc(fields, func(f field) bool { return slices.Contains(f.names, header.Text) })
		switch {
		case header.Text == "": // the table said so
		case i < 0:
			problems.Error(t.Position(-1, c), problem.CSVColumn, problem.Say("没有名为“%s”的列", "there is no column \"%s\"", problem.Quote(header.Text)),
				problem.Meant(header.Text, known, problem.Text{ZH: "可用的列名：" + strings.Join(listed, "、"), EN: "the columns are: " + strings.Join(listed, ", ")}))
		case fields[i].at >= 0:
			problems.Error(t.Position(-1, c), problem.CSVColumn,
				problem.Say("“%s”与“%s”是同一列，重复了", "\"%s\" and \"%s\" are the same column", problem.Quote(header.Text), t.Header[fields[i].at].Text),
				problem.Text{ZH: "删去其中一列", EN: "delete one of the two"})
		default:
			fields[i].at = c
			columns = append(columns, column{c, fields[i].names[0]})
		}
	}
	var missing []string
	for _, f := range fields {
		if f.at < 0 && !f.optional && !slices.Contains(optional, f.names[0]) {
			missing = append(missing, strings.Join(f.names[:min(len(f.names), 2)], " / "))
		}
	}
	switch len(missing) {
	case 0:
	case 1:
		problems.Error(t.Position(-1, 0), problem.CSVColumn, problem.Say("缺少“%s”这一列", "the column \"%s\" is missing", missing[0]),
			problem.Say("在表头补上这一列", "add it to the header"))
	default:
		problems.Error(t.Position(-1, 0), problem.CSVColumn,
			problem.Say("缺少%d列：%s", "%d columns are missing: %s", len(missing), problem.Text{ZH: strings.Join(missing, "、"), EN: strings.Join(missing, ", ")}),
			problem.Say("在表头补上这些列，每列写其中一个名称即可", "add them to the header, each by one of its names"))
	}
	return columns, problems
}

// cellReader hands the cells of a table to gocsv together with their places: a
// bureau.String is a struct, which gocsv fills from columns named by its path
// (id.V, id.At.Line). So no text passes through gocsv's reading of numbers, which
// takes an empty one for 0, 1,234 for 1.234 and 010 for 8.
type cellReader struct {
	table   *Table
	columns []column
	row     int // -1 is the header
}

var places = [...]string{".V", ".At.File", ".At.Line", ".At.Column", ".At.Cell"}

// Read gives one row.
func (c *cellReader) Read() ([]string, error) {
	if c.row == c.table.Rows() {
		return nil, io.EOF
	}
	record := make([]string, 0, len(c.columns)*len(places))
	for _, column := range c.columns {
		if c.row < 0 {
			for _, p := range places {
				record = append(record, column.name+p)
			}
			continue
		}
		at := c.table.Position(c.row, column.index)
		record = append(record, c.table.Row(c.row)[column.index].Text, at.File, strconv.Itoa(at.Line), strconv.Itoa(at.Column), at.Cell)
	}
	c.row++
	return record, nil
}

// ReadAll gives all rows.
func (c *cellReader) ReadAll() ([][]string, error) {
	var records [][]string
	for {
		record, err := c.Read()
		if err == io.EOF {
			return records, nil
		}
		records = append(records, record)
	}
}
