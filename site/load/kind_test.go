package load

import (
	"context"
	"go/build"
	"reflect"
	"slices"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// TestDecoders holds that every kind of file has its decoder.
func TestDecoders(t *testing.T) {
	for k := bureau.UnknownKind + 1; k < bureau.EndOfKinds; k++ {
		if decoders[k] == nil {
			t.Errorf("nothing reads %s", k.File())
		}
	}
}

// samples are a small file of each kind that a bureau is made of by itself.
var samples = map[bureau.Kind]string{
	bureau.SiteKind:         siteYAML,
	bureau.PrivacyKind:      "waivers:\n  - {rule: privacy/mobile, file: data/pages/a.md, place: \"5:7\", reason: 公开电话, approved_by: 张三}\n",
	bureau.UnitsKind:        "id,name,level,parent\n1,市局,bureau,\n",
	bureau.TargetsKind:      "statistic,field,period,target,direction,set_by\ncases,件数,2026年,1,at-most,市局\n",
	bureau.AnswersKind:      "file,key,field,rule,value,answer,by,date\ndata/stats/cases.csv,2025年,件数,figures/tenfold,1,核对无误,张三,2026-01-02\n",
	bureau.ApprovalsKind:    "date,digest,by,previous,releases,changes,parts\n2026-01-02,0123,张三,2025-12,3,7,stats=0123\n",
	bureau.RevisionsKind:    "date,statistic,period,field,old,new,reason,approved_by\n2026-01-02,cases,2025年,件数,1,2,补报,张三\n",
	bureau.MattersKind:      "id,ledger,received,unit,summary,discussed,planned,supervised,answered,published,status,answer\nYJ-2026-001,意见,2026-01-02,市局,路灯不亮,,,,,,open,\n",
	bureau.ReleaseKind:      bureau.RecordHead + "0" + bureau.RecordTail + "\n{}\n",
	bureau.AddressesKind:    "old,new,date,reason\nguides/hukou/a/,guides/hukou/b/,2026-01-02,改名\n",
	bureau.HeadKind:         "sunshine log\n0\n\n",
	bureau.TableKind:        "期间,件数\r\n2005年,1\r\n",
	bureau.StatisticKind:    "期间,件数（件）\n2005年,1\n",
	bureau.RecipeKind:       "kind: statistic\nheader: [事项, 受理（件）]\ncolumns: [期间, 事项, 受理（件）]\n",
	bureau.OriginsKind:      "期间,件数（件）,file,sheet,sha256,taken,left_out\n2005年,B2=1,a.csv,,00,2026-01-02,\n",
	bureau.RegisterKind:     "编号,承诺\n一,按时公开\n",
	bureau.GuideKind:        "---\ntitle: 甲\n---\n",
	bureau.NoticeKind:       "---\ntitle: 甲\ndate: 2026-01-02\n---\n",
	bureau.AnnualKind:       "period: 2025\n",
	bureau.InquiriesKind:    "id,received,publish\n1,2026-01-02,no\n",
	bureau.RequestsKind:     "id,received,applicant\n1,2026-01-02,persons\n",
	bureau.PolicyKind:       "---\ntitle: 甲\n---\n",
	bureau.TranslationsKind: "text,translation,file\n件,case|cases,\n",
	bureau.PageKind:         "---\ntitle: 甲\n---\n",
}

// TestEveryKindIsGathered holds that what is read from a file of each kind arrives
// in the bureau, and that each document of words becomes a page.
func TestEveryKindIsGathered(t *testing.T) {
	read := func(files map[string]string, sample string) *bureau.Bureau {
		b, problems := Bureau(context.Background(), mapFS(files), 1, nil)
		for _, p := range problems {
			if p.File == sample && p.Severity == problem.Error {
				t.Errorf("the sample %s is refused: %s", sample, p.Message.EN)
			}
		}
		b.Inputs, b.Findings = nil, nil
		return b
	}
	for k := bureau.UnknownKind + 1; k < bureau.EndOfKinds; k++ {
		if k == bureau.StaticKind || k.Describes() != bureau.UnknownKind {
			continue
		}
		settings, file := siteYAML, k.File("vehicle", "a")
		if k == bureau.AnnualKind {
			file = bureau.AnnualFile(2025)
		}
		if k == bureau.TranslationsKind {
			settings, file = siteYAML+"languages: [en]\n", k.File("en")
		}
		sample, ok := samples[k]
		if !ok {
			t.Errorf("there is no sample of %s", file)
			continue
		}
		before := map[string]string{bureau.SiteKind.File(): settings}
		if k == bureau.SiteKind {
			before = nil
		}
		without := read(before, "")
		b := read(map[string]string{bureau.SiteKind.File(): settings, file: sample}, file)
		if reflect.DeepEqual(b, without) {
			t.Errorf("%s is read, and the bureau has nothing of it", file)
		}
		if k.Extension() == ".md" && !slices.ContainsFunc(b.Documents(), func(d bureau.Document) bool { return d.File == file && d.Page != "" }) {
			t.Errorf("%s is no document with a page", file)
		}
	}
}

// TestReadsAlone holds that nothing is judged here: what judges is not imported.
func TestReadsAlone(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, judge := range []string{"sunshine/site/privacy", "sunshine/site/ledger", "sunshine/site/check", "sunshine/site/disclose", "sunshine/site/compute"} {
		if slices.Contains(p.Imports, judge) {
			t.Errorf("load imports %s", judge)
		}
	}
}
