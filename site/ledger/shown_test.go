package ledger

import (
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"sunshine/site/bureau"
)

// A table whose rows are in the CSV alone shows what it shows in JSON.
func TestShownInCSV(t *testing.T) {
	const schema = `"schema":{"fields":[{"name":"期间","type":"string","role":"period"},{"name":"期间_start","type":"date"},{"name":"期间_end","type":"date"},{"name":"编号","type":"string","role":"category"},{"name":"件数","type":"integer","role":"measure","unit":"件"},{"name":"件数_status","type":"string"}]}`
	files := fstest.MapFS{
		"stats/a/a.json": {Data: []byte(`{"name":"x","title":"甲",` + schema + `,"data":[
{"期间":"2026年8月","期间_start":"2026-08-01","期间_end":"2026-08-31","编号":"007","件数":12,"件数_status":"[p]"},
{"期间":"2026年8月","期间_start":"2026-08-01","期间_end":"2026-08-31","编号":"=1+1","件数":"[c]","件数_status":null}]}`)},
		"stats/b/b.json": {Data: []byte(`{"name":"x","title":"甲","path":"b.csv",` + schema + `}`)},
		"stats/b/b.csv":  {Data: []byte("\ufeff期间,期间_start,期间_end,编号,件数,件数_status\r\n2026年8月,2026-08-01,2026-08-31,007,12,[p]\r\n2026年8月,2026-08-01,2026-08-31,'=1+1,[c],\r\n")},
		"stats/c/c.json": {Data: []byte(`{"name":"x","title":"甲","path":"c.csv",` + schema + `}`)},
	}
	asked := 0
	read := func(name string) ([]byte, error) {
		asked++
		return fs.ReadFile(files, name)
	}
	shown := func(name string) *bureau.Release {
		r, err := Shown([]string{name}, read)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	inJSON, inCSV := shown("stats/a/a.json"), shown("stats/b/b.json")
	if len(inJSON.Statistics) != 1 || len(inJSON.Statistics[0].Rows) != 2 || !reflect.DeepEqual(inJSON.Statistics[0].Rows[0], inCSV.Statistics[0].Rows[0]) {
		t.Errorf("%+v %+v", inJSON.Statistics[0].Rows[0], inCSV.Statistics[0].Rows[0])
	}
	if a, b := inJSON.Statistics[0].Rows[1], inCSV.Statistics[0].Rows[1]; a.Key != b.Key || a.Figures[0].Status != b.Figures[0].Status || b.Figures[0].Has() {
		t.Errorf("%+v %+v", a, b)
	}
	// The first that cannot be read ends it: a site that does not answer is not asked on.
	asked = 0
	if r, err := Shown([]string{"stats/c/c.json", "stats/a/a.json"}, read); err == nil || r != nil || asked != 2 {
		t.Errorf("%v, %+v after %d files", err, r, asked)
	}
}
