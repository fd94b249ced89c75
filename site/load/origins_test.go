package load

import (
	"context"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// What was imported into a ledger or a register and is another text now is told at its
// cell; what was not imported may be written by hand.
func TestEditedLists(t *testing.T) {
	origin := func(s string) string { return s + ",九月.xlsx,台账,00,2026-10-01,\n" }
	const tail = ",file,sheet,sha256,taken,left_out\n"
	files := map[string]string{
		bureau.SiteKind.File():       siteYAML,
		"data/imports/matters.yaml":  "kind: ledger\nheader: [编号, 收到时间]\ncolumns: [编号]\n",
		"data/imports/windows.yaml":  "kind: register\nheader: [派出所, 窗口, 地址]\ncolumns: [派出所, 窗口, 地址]\n",
		"data/registers/windows.csv": "派出所,窗口,地址\n城关所,一号,人民路1号\n城关所,二号,人民路2号\n",
		"data/imports/windows.csv":   "派出所,窗口,地址" + tail + origin("城关所,一号,C2=人民路1号") + origin("城关所,二号,C3=人民路1号") + origin("城关所,三号,C4=人民路9号") + origin("城关所,,C2=人民路1号"), // the first was the only one then
		"data/suggestions/matters.csv": matterHeader +
			"A-1,意见建议,2026年6月3日,城东分局,增设车位,2026-06-09,,,,,open,采纳\n" +
			"A-2,意见建议,2026-06-04,城东分局,张贴指引,,,,,,办理中,\n",
		"data/imports/matters.csv": strings.TrimSuffix(matterHeader, "\n") + tail +
			origin("A-1,B3=意见建议,C3=2026-06-03,D3=城东分局,E3=增设车位,F3=2026-06-08,,,,,K3=办理中,") +
			origin("A-2,B4=意见建议,C4=2026-06-04,D4=城西分局,E4=张贴指引,F4=2026-06-10,,,,,K4=办理中,") +
			origin("A-2,,,D4=城东分局,,,,,,,,"),
	}
	_, problems := Bureau(context.Background(), mapFS(files), 1, nil)
	var got []string
	for _, p := range problems {
		if p.Rule == problem.ImportEdited || p.Rule == problem.ImportOrigins {
			got = append(got, p.File+" "+p.Cell+" "+p.Message.EN)
		}
	}
	want := []string{
		`data/suggestions/matters.csv F2 "商议" was imported from 九月.xlsx!台账, cell F3, and was changed by hand since`,
		`data/suggestions/matters.csv A3 "商议" was imported from 九月.xlsx!台账, cell F4, and was changed by hand since`,
		`data/registers/windows.csv C3 "地址" was imported from 九月.xlsx!台账, cell C3, and was changed by hand since`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	files["data/imports/windows.csv"] = "派出所,门" + tail + origin("城关所,B2=一号")
	_, problems = Bureau(context.Background(), mapFS(files), 1, nil)
	if text := toldOf(problems); !strings.Contains(text, "warning import/origins data/imports/windows.csv:1") {
		t.Error(text)
	}
}

// The names of a ledger's columns stand in one place: as they are read, and as they are
// imported.
func TestMatterColumns(t *testing.T) {
	if got := strings.Join(MatterColumns(), ",") + "\n"; got != strings.TrimSuffix(matterHeader, "\n")+",商议情况,方案内容,督办情况\n" {
		t.Error(got)
	}
	for header, want := range map[string]string{"received": "收到日期", "收到时间": "收到日期", "办理情况": "状态", "序号": "序号", "状态": "状态", "反映人": ""} {
		if got := MatterColumn(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if n := len(MatterCells(&bureau.Matter{})); n != len(MatterColumns()) {
		t.Errorf("%d cells", n)
	}
}
