package opendata

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
)

func TestDownloadsHoldTheDigitsAsSent(t *testing.T) {
	s, _ := load.Statistic("data/stats/x.csv", []byte("年份,总人口（人）,率（%）,面积\n2024,329.6万,46.40,3.14159265358979323846\n2025,３３０１２３４,7,12\n2026,约330万,[x],\"1,234.0\"\n"), bureau.Descriptor{}, false, period.Options{})
	d, err := Publisher{Language: chinese}.Publish(Statistic(s, chinese))
	if err != nil {
		t.Fatal(err)
	}
	csv := "\ufeff年份,年份_start,年份_end,总人口（人）,总人口（人）_sent,总人口（人）_qualifier,率（%）,面积\r\n" +
		"2024,2024-01-01,2024-12-31,3296000,329.6万,,46.40,3.14159265358979323846\r\n" +
		"2025,2025-01-01,2025-12-31,3301234,,,7,12\r\n" +
		"2026,2026-01-01,2026-12-31,3300000,约330万,约,[x],1234.0\r\n"
	if got := string(d.CSV.Bytes); got != csv {
		t.Errorf("%s\nwant %s", got, csv)
	}
	for _, want := range []string{
		`"总人口（人）":3296000,"总人口（人）_sent":"329.6万","总人口（人）_qualifier":null,"率（%）":46.40,"面积":3.14159265358979323846}`,
		`"总人口（人）":3301234,"总人口（人）_sent":null,"总人口（人）_qualifier":null,"率（%）":7,`,
	} {
		if !strings.Contains(string(d.JSON.Bytes), want) {
			t.Errorf("not in the JSON: %s\n%s", want, d.JSON.Bytes)
		}
	}
}
