package say

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/chart"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// summaries says all charts of a statistic.
func summaries(t testing.TB, s *bureau.Statistic, lang *locale.Language) string {
	t.Helper()
	figures.Decide(bureautest.Bureau(s))
	plots, problems := chart.Plots(s, lang)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var said []string
	for _, p := range plots {
		said = append(said, Summarize(p, s, lang).String(lang))
	}
	return strings.Join(said, "\n")
}

func TestSummary(t *testing.T) {
	ledgers := bureautest.ThreeLedgers(t)
	figures.Derive(ledgers)
	for _, tt := range []struct {
		name   string
		s      *bureau.Statistic
		zh, en string
	}{
		{"rural crime", bureautest.RuralCrime(t),
			"2006年1—8月，农村发刑案403件。2004年（1159件）高于2005年（753件）。2006年1—8月为不满一年的数据，不与全年直接比较；按月平均，2004年96.6件、2005年62.8件、2006年1—8月50.4件，最后一期的月均比2005年下降19.7%（各期月份不同，没有剔除季节影响）。",
			"Jan–Aug 2006, 农村发刑案: 403 件. The figure for 2004 (1,159 件) is higher than that for 2005 (753 件). Jan–Aug 2006 is shorter than a year, so it is not compared directly with full years; the monthly averages are 96.6 件 in 2004, 62.8 件 in 2005, 50.4 件 in Jan–Aug 2006; the latest average is down 19.7% on 2005 (different months, with no seasonal adjustment)."},
		{"cases solved and people dealt with", bureautest.CasesSolved(t),
			"2006年1—8月，破获刑事案件1732件。2003年至2005年各整年中，2005年最多（2385件），2003年最少（1713件）。2006年1—8月为不满一年的数据，不与全年直接比较；按月平均，2003年142.8件、2004年170.7件、2005年198.8件、2006年1—8月216.5件，最后一期的月均比2005年增长8.9%（各期月份不同，没有剔除季节影响）。\n" +
				"2006年1—8月，打击处理559人。2003年至2005年各整年中，2005年最多（974人），2003年最少（929人）。2006年1—8月为不满一年的数据，不与全年直接比较；按月平均，2003年77.4人、2004年78.6人、2005年81.2人、2006年1—8月69.9人，最后一期的月均比2005年下降13.9%（各期月份不同，没有剔除季节影响）。", ""},
		{"full years", bureautest.Table(t, "x", "yearly", "期间:period,破案:measure:件", "2003年,1713", "2004年,2048", "2005年,2385"),
			"2005年，破案2385件，比2004年（2048件）增加337件，增长16.5%。2003年至2005年各整年中，2005年最多（2385件），2003年最少（1713件）。",
			"2005, 破案: 2,385 件, up 337 件 (16.5%) on 2004 (2,048 件). Of the full years 2003 to 2005, the highest figure is for 2005 (2,385 件) and the lowest for 2003 (1,713 件)."},
		{"one that is withheld might be the highest", bureautest.Table(t, "x", "yearly", "期间:period,人数:measure:人", "2002年,60", "2003年,[c]", "2004年,70", "2005年,55"),
			"2005年，人数55人，比2004年（70人）减少15人，下降21.4%。", ""},
		{"one that is not known might be the highest", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2002年,60", "2003年,[x]", "2004年,70", "2005年,55"),
			"2005年，数55件，比2004年（70件）减少15件，下降21.4%。", ""},
		{"nor where periods come as they come", bureautest.Table(t, "x", "irregular", "期间:period,数:measure:件", "2002年,60", "2003年,[x]", "2004年,70", "2005年,55"),
			"2005年，数55件，比2004年（70件）减少15件，下降21.4%。", ""},
		{"the same months of two years", bureautest.Table(t, "x", "yearly", "期间:period,发案:measure:件", "2005年1-8月,500", "2005年,753", "2006年1-8月,403"),
			"2006年1—8月，发案403件，比2005年1—8月（500件）减少97件，下降19.4%。2005年1—8月、2006年1—8月为不满一年的数据，不与全年直接比较。", ""},
		{"months are compared with the same month of the year before", bureautest.Table(t, "x", "monthly", "期间:period,警情:measure:起", "2005-05,100", "2006-04,300", "2006-05,150"),
			"2006年5月，警情150起，比2005年5月（100起）增加50起，增长50%。缺2005年6月—2006年3月的数据。", ""},
		{"months without one are not compared", bureautest.Table(t, "x", "monthly", "期间:period,警情:measure:起", "2006-04,300", "2006-05,150"), "2006年5月，警情150起。", "May 2006, 警情: 150 起."},
		{"a base under 20", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,19", "2005年,38"), "2005年，数38件，比2004年（19件）增加19件（基数较小，不计算百分比）。", "2005, 数: 38 件, up 19 件 (the base is too small for a percentage) on 2004 (19 件)."},
		{"a base under 50", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,49", "2005年,98"), "2005年，数98件，比2004年（49件）增加49件，增长100%（基数不足50，百分比波动较大）。", ""},
		{"a base of 50", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,50", "2005年,40"), "2005年，数40件，比2004年（50件）减少10件，下降20%。", ""},
		{"no change", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,50", "2005年,50"), "2005年，数50件，与2004年持平。", "2005, 数: 50 件, unchanged from 2004."},
		{"percentage points", bureautest.Table(t, "x", "yearly", "期间:period,办结率:measure:%", "2004年,83.68", "2005年,85.34"), "2005年，办结率为85.34%，比2004年（83.68%）提高1.66个百分点。", "2005, 办结率: 85.34%, up 1.66 percentage points on 2004 (83.68%)."},
		{"a share past the whole", bureautest.Table(t, "x", "yearly", "期间:period,破案率:measure:%", "2005年,120"), "2005年，破案率为120%。超过100%的，分子中可能含有以前各期结转的数量。", "2005, 破案率: 120%. Where a rate is above 100%, the numerator may include matters carried over from earlier periods."},
		{"a rate is not averaged", bureautest.Table(t, "x", "yearly", "期间:period,办结率:measure:%", "2004年,80", "2005年1-8月,85"), "2005年1—8月，办结率为85%。2005年1—8月为不满一年的数据，不与全年直接比较。", ""},
		{"a break in series", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2003年,90", "2004年,100", "2005年,200 [b]"), "2005年，数200件（口径变化，与此前不可比）；其间口径有变化，不与2004年比较。", ""},
		{"a break before the base", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2003年,90", "2004年,100 [b]", "2005年,110"), "2005年，数110件，比2004年（100件）增加10件，增长10%；2004年起口径变化，不与以前各期比较。",
			"2005, 数: 110 件, up 10 件 (10%) on 2004 (100 件); 2004 counts differently, and is not compared with earlier periods."},
		{"a break before a partial period", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,100", "2005年1-8月,200 [b]"), "2005年1—8月，数200件（口径变化，与此前不可比）；其间口径有变化，不与2004年比较。2005年1—8月为不满一年的数据，不与全年直接比较。", ""},
		{"markers", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2003年,[c]", "2004年,100 [r]", "2005年,110 [p]", "2006年,[w]"), "2005年，数110件（初步数），比2004年（100件，修订数）增加10件，增长10%。2006年的数值：尚未报送。", "2005, 数: 110 件 (provisional), up 10 件 (10%) on 2004 (100 件, revised). 2006: not yet reported."},
		{"zero is a value", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,0", "2005年,3"), "2005年，数3件，比2004年（0件）增加3件（基数较小，不计算百分比）。", ""},
		{"stocks", bureautest.Table(t, "x", "irregular", "期间:period,民警:measure:人", "截至2005年5月,100", "截至2006年5月,110"), "截至2006年5月31日，民警110人，比2005年5月31日（100人）增加10人，增长10%。", "As at 31 May 2006, 民警: 110 人, up 10 人 (10%) on 31 May 2005 (100 人)."},
		{"three ledgers", ledgers,
			"2023年1月9日—3月17日，意见建议收集919件、办结769件、未结150件；利益诉求收集648件、办结553件、未结95件；投诉举报收集320件、办结291件、未结29件。\n办结率：2023年1月9日—3月17日，意见建议83.68%；利益诉求85.34%；投诉举报90.94%。",
			"9 Jan – 17 Mar 2023, 意见建议 – 收集件数: 919 件, 办结件数: 769 件, 未结件数: 150 件; 利益诉求 – 收集件数: 648 件, 办结件数: 553 件, 未结件数: 95 件; 投诉举报 – 收集件数: 320 件, 办结件数: 291 件, 未结件数: 29 件.\n办结率: 9 Jan – 17 Mar 2023, 意见建议: 83.68%; 利益诉求: 85.34%; 投诉举报: 90.94%."},
		{"averages from before a break are left out", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2003年,6000", "2004年,1200 [b]", "2005年1-8月,880"),
			"2005年1—8月，数880件。2005年1—8月为不满一年的数据，不与全年直接比较；按月平均，2004年100件（口径变化，与此前不可比）、2005年1—8月110件，最后一期的月均比2004年增长10%（各期月份不同，没有剔除季节影响）。", ""},
		{"many partial periods", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2002年1-2月,1", "2003年1-3月,1", "2004年1-4月,1", "2005年1-5月,1"),
			"2005年1—5月，数1件。2003年第一季度、2004年1—4月、2005年1—5月等4期为不满一年的数据，不与全年直接比较。",
			"Jan–May 2005, 数: 1 件. Q1 2003, Jan–Apr 2004, Jan–May 2005 and others (4 periods) are shorter than a year, so they are not compared directly with full years."},
		{"markers alone", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件,办结率:measure:%", "2005年,[c],[x]", "2006年,[w],5"), "2006年，办结率为5%。", ""},
		{"ties", bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2002年,60", "2003年,90", "2004年,60", "2005年,90"), "2005年，数90件，比2004年（60件）增加30件，增长50%。2002年至2005年各整年中，2003年、2005年最多（90件），2002年、2004年最少（60件）。", ""},
		{"irregular lengths have no highest", bureautest.Table(t, "x", "irregular", "期间:period,数:measure:件", "2004年,60", "2005年1-3月,90", "2005年4-9月,70"), "2005年4—9月，数70件。", ""},
		{"two measures", bureautest.Table(t, "x", "yearly", "期间:period,甲:measure:件,乙:measure:件", "2005年,60,70"), "2005年，甲60件、乙70件。", "2005, 甲: 60 件; 乙: 70 件."},
		{"four measures", bureautest.Table(t, "x", "yearly", "期间:period,甲:measure:件,乙:measure:件,丙:measure:件,丁件数:measure:件", "2006年1-8月,60,70,[c],5"), "2006年1—8月，甲60件、乙70件、丙（不公布，以免认出具体的人）、丁5件。该期为不满一年的数据，不与全年直接比较。", ""},
		{"the frequency of most rows", bureautest.Table(t, "x", "", "期间:period,发案:measure:件", "2004年,1159", "2005年,753", "2006年1-8月,403"),
			"2006年1—8月，发案403件。2004年（1159件）高于2005年（753件）。2006年1—8月为不满一年的数据，不与全年直接比较；按月平均，2004年96.6件、2005年62.8件、2006年1—8月50.4件，最后一期的月均比2005年下降19.7%（各期月份不同，没有剔除季节影响）。", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := summaries(t, tt.s, chinese); got != tt.zh {
				t.Errorf("got\n%s\nwant\n%s", got, tt.zh)
			}
			en := summaries(t, tt.s, english)
			if tt.en != "" && en != tt.en {
				t.Errorf("got\n%s\nwant\n%s", en, tt.en)
			}
			if strings.ContainsAny(en, "，。；（）、") {
				t.Errorf("Chinese punctuation in %s", en)
			}
		})
	}
}

// What a figure that is not exact is not compared with, and why, is one phrase.
func TestSummaryOfRoughFigures(t *testing.T) {
	for _, tt := range []struct{ name, row, zh, en, card string }{
		{"like periods", "2003年,240", "2003年，人数240人，比2002年（约1200人）的变化不计算（数值不是精确数）。",
			"2003, 人数: 240 人, not compared with 2002 (about 1,200 人) (the figures are approximate).", "not compared with 2002 (the figures are approximate)"},
		{"averages", "2003年1-8月,900", "2003年1—8月，人数900人。2003年1—8月为不满一年的数据，不与全年直接比较；按月平均，2002年约100人、2003年1—8月112.5人，最后一期的月均比2002年的变化不计算（数值不是精确数）（各期月份不同，没有剔除季节影响）。",
			"Jan–Aug 2003, 人数: 900 人. Jan–Aug 2003 is shorter than a year, so it is not compared directly with full years; the monthly averages are about 100 人 in 2002, 112.5 人 in Jan–Aug 2003; the latest average is not compared with 2002 (the figures are approximate) (different months, with no seasonal adjustment).",
			"monthly average not compared with 2002 (the figures are approximate)"},
	} {
		s := bureautest.Table(t, "x", "yearly", "期间:period,人数:measure:人", "2002年,1200", tt.row)
		rough := s.Cell(0, 1)
		rough.Qualifier = bureau.About
		s.Set(0, 1, rough)
		if got := summaries(t, s, chinese); got != tt.zh {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.zh)
		}
		if got := summaries(t, s, english); got != tt.en {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.en)
		}
		all, at := figures.History(s, 1, 1)
		if got, _ := changeWords(figures.ChangeTo(all, at), english); got != tt.card {
			t.Errorf("%s: the card says %q, want %q", tt.name, got, tt.card)
		}
	}
}

// Three series share one headline, and the period that their highest and lowest are of;
// more have the headline alone. What grows with the number of series is the list of small
// multiples: a line a panel.
func TestSummaryOfSeveralSeries(t *testing.T) {
	three := bureautest.Table(t, "x", "yearly", "期间:period,甲:measure:件,乙:measure:件,丙:measure:件", "2003年,50,70,30", "2004年,60,[x],40", "2005年,80,90,20")
	got := plotted(t, three, chart.Line, "甲", "乙", "丙")
	want := Summary{"2005年，甲80件、乙90件、丙20件。", []string{
		"甲：比2004年（60件）增加20件，增长33.3%；2005年最多（80件），2003年最少（50件）。",
		"乙：比2003年（70件）增加20件，增长28.6%。",
		"丙：比2004年（40件）减少20件，下降50%（基数不足50，百分比波动较大）；2004年最多（40件），2005年最少（20件）。",
		"比较范围为2003年至2005年各整年。",
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	// One whose newest value is missing says which one it has.
	late := bureautest.Table(t, "x", "yearly", "期间:period,甲:measure:件,乙:measure:件", "2004年,60,70", "2005年,80,[w]")
	if got, want := plotted(t, late, chart.Line, "甲", "乙"), (Summary{"2005年，甲80件、乙（尚未报送）。", []string{"甲：比2004年（60件）增加20件，增长33.3%。", "乙：2004年，70件。"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	lines := []string{"期间:period,甲:measure:件,乙:measure:件,丙:measure:件,丁:measure:件", "2004年,60,70,40,[c]", "2005年,80,90,20,[c]"}
	if got, want := plotted(t, bureautest.Table(t, "x", "yearly", lines...), chart.Line, "甲", "乙", "丙", "丁"), (Summary{Headline: "2005年，甲80件、乙90件、丙20件、丁（不公布，以免认出具体的人）。"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if got, want := plotted(t, bureautest.Table(t, "x", "yearly", lines...), chart.SmallMultiples, "甲", "乙", "丙", "丁").Points, []string{
		"甲：2005年，80件，比2004年（60件）增加20件，增长33.3%。", "乙：2005年，90件，比2004年（70件）增加20件，增长28.6%。",
		"丙：2005年，20件，比2004年（40件）减少20件，下降50%（基数不足50，百分比波动较大）。", "丁没有可公布的数值（不公布，以免认出具体的人）。",
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// reach/summary-wall: three years of months say their range once, and the latest of each
// series stands in one line.
func TestSummaryOfThreeYears(t *testing.T) {
	lines := []string{"期间:period,接报警情:measure:起,交通类警情:measure:起,求助类警情:measure:起"}
	for month := range 36 {
		lines = append(lines, fmt.Sprintf("%d-%02d,%d,%d,%d", 2023+month/12, 1+month%12, 41000+month*37%11*900, 9000+month*13%7*500, 2000+month*5%9*80))
	}
	said := plotted(t, bureautest.Table(t, "x", "monthly", lines...), chart.Line, "接报警情", "交通类警情", "求助类警情")
	if want := "2025年12月，接报警情48,200起、交通类警情9000起、求助类警情2320起。"; said.Headline != want {
		t.Errorf("got %s, want %s", said.Headline, want)
	}
	if whole := said.String(chinese); len(said.Points) != 4 || strings.Count(whole, "2023年1月至2025年12月") != 1 || strings.Count(whole, "最多") != 3 || strings.Count(whole, "比2024年12月") != 3 {
		t.Errorf("%q", said.Points)
	}
}

// plotted says one chart.
func plotted(t testing.TB, s *bureau.Statistic, kind chart.ChartType, measures ...string) Summary {
	t.Helper()
	figures.Decide(bureautest.Bureau(s))
	p, problems := chart.PlotOf(s, bureautest.Chart(string(kind), "期间", measures...), chinese)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return Summarize(p, s, chinese)
}

// A page says a thing once.
func TestSummaryOnce(t *testing.T) {
	told := map[string]bool{}
	one := Summary{"甲。", []string{"乙" + Season("", chinese) + "。", "丙。"}}
	if got := one.Once(told, chinese); !reflect.DeepEqual(got, one) {
		t.Error(got)
	}
	if got, want := one.Once(told, chinese), (Summary{Headline: "甲。", Points: []string{"乙。"}}); !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
}

// The small bases are those of site.yaml.
func TestSmallBasesAreConfigured(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件", "2004年,49", "2005年,98")
	for _, tt := range []struct {
		noPercentBelow, noteBelow int
		want                      string
	}{
		{50, 60, "2005年，数98件，比2004年（49件）增加49件（基数较小，不计算百分比）。"},
		{20, 60, "2005年，数98件，比2004年（49件）增加49件，增长100%（基数不足60，百分比波动较大）。"},
		{0, 0, "2005年，数98件，比2004年（49件）增加49件，增长100%。"},
	} {
		s.Bases.NoPercentBelow.V, s.Bases.NoteBelow.V = tt.noPercentBelow, tt.noteBelow
		if got := summaries(t, s, chinese); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

// The worked case of the rules: 403 cases in eight months against 753 in a year
// is never said to be 46.5% less.
func TestSummaryOfMonthlyAverages(t *testing.T) {
	s := bureautest.RuralCrime(t)
	c := bureautest.Chart("bar", "期间", "农村发刑案（件）")
	c.Average.V = true
	p, problems := chart.PlotOf(s, c, chinese)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "农村发刑案月均：2004年96.6件、2005年62.8件、2006年1—8月50.4件，最后一期的月均比2005年下降19.7%（各期月份不同，没有剔除季节影响）。2006年1—8月为不满一年的数据，不与全年直接比较。"
	if got := Summarize(p, s, chinese).String(chinese); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, lang := range []*locale.Language{chinese, english} {
		if all := summaries(t, s, lang) + Summarize(p, s, lang).String(lang); strings.Contains(all, "46.5") || !strings.Contains(all, "19.7%") {
			t.Error(all)
		}
	}
}

func TestSummaryOfAveragesByCategory(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "期间:period,类别:category,警情:measure:起", "2005年,甲,120", "2005年,乙,[c]")
	for x, want := range map[string]string{
		"类别": "2005年，按月平均，甲10起；乙（不公布，以免认出具体的人）。",
		"期间": "2005年，按月平均，甲10起、乙（不公布，以免认出具体的人）。甲月均：2005年10起。乙没有可公布的数值（不公布，以免认出具体的人）。",
	} {
		c := bureautest.Chart("bar", x, "警情")
		c.Average.V = true
		if x == "期间" {
			c.By = bureautest.Text("类别")
		}
		p, problems := chart.PlotOf(s, c, chinese)
		if got := Summarize(p, s, chinese).String(chinese); got != want || len(problems) > 0 {
			t.Errorf("%s %v", got, problems)
		}
	}
}

func TestSummaryShares(t *testing.T) {
	s := bureautest.ThreeLedgers(t)
	figures.Derive(s)
	p, problems := chart.PlotOf(s, bureautest.Chart("share-bar", "账本", "办结件数", "未结件数"), chinese)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "2023年1月9日—3月17日，意见建议办结769件（占83.68%）、未结150件（占16.32%）；利益诉求办结553件（占85.34%）、未结95件（占14.66%）；投诉举报办结291件（占90.94%）、未结29件（占9.06%）。"
	if got := Summarize(p, s, chinese).String(chinese); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// 0.035 % and 14.495 % lie half between two: what floats make of them lies below.
func TestSummarySharesOnHalves(t *testing.T) {
	s := bureautest.Table(t, "x", "irregular", "账本:category,办结件数:measure:件,未结件数:measure:件,合计:measure:件", "甲,7,19993,20000", "乙,2899,17101,20000")
	p, problems := chart.PlotOf(s, bureautest.Chart("share-bar", "账本", "办结件数", "未结件数"), chinese)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "甲办结7件（占0.04%）、未结19,993件（占99.97%）；乙办结2899件（占14.5%）、未结17,101件（占85.51%）。"
	if got := Summarize(p, s, chinese).String(chinese); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSummaryDoesNotRank(t *testing.T) {
	lines := []string{"单位:unit,期间:period,警情:measure:起"}
	for i := range 5 {
		lines = append(lines, fmt.Sprintf("分局%d,2004年,%d", i, 90-i), fmt.Sprintf("分局%d,2005年1-8月,%d", i, 60+i))
	}
	lines2 := []string{"类别:category,数:measure:件"}
	for i := range 9 {
		lines2 = append(lines2, fmt.Sprintf("类%d,%d", i, i*7%5))
	}
	for _, s := range []*bureau.Statistic{bureautest.Table(t, "x", "yearly", lines...), bureautest.Table(t, "x", "irregular", lines2...), bureautest.Table(t, "x", "irregular", lines2[:5]...)} {
		for _, lang := range []*locale.Language{chinese, english} {
			said := summaries(t, s, lang)
			for _, word := range []string{"最多", "最少", "最高", "最低", "第一", "居首", "highest", "lowest", "most", "first", "least"} {
				if said == "" || strings.Contains(said, word) {
					t.Errorf("%q ranks: %s", word, said)
				}
			}
		}
	}
}

var percents = regexp.MustCompile(`([0-9.,]+)%`)

// A percentage in a sentence is always one between like periods, or between
// monthly averages: for random tables each one that is said must be one of those.
func TestSummaryComparesOnlyWhatIsComparable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	said := 0
	for range 3000 {
		lines := []string{"期间:period,数:measure:件"}
		for year := 2000; year < 2000+2+r.IntN(5); year++ {
			mark := [...]string{"", "", "", "", " [p]", " [b]"}[r.IntN(6)]
			switch n := 20 + r.IntN(3000); r.IntN(5) {
			case 0:
				lines = append(lines, fmt.Sprintf("%d年1-%d月,%d%s", year, 2+r.IntN(9), n, mark))
			case 1:
				lines = append(lines, fmt.Sprintf("%d年,[x]", year))
			case 2:
				lines = append(lines, fmt.Sprintf("%d年上半年,%d%s", year, n, mark), fmt.Sprintf("%d年,%d", year, n+r.IntN(900)))
			default:
				lines = append(lines, fmt.Sprintf("%d年,%d%s", year, n, mark))
			}
		}
		s := bureautest.Table(t, "x", "yearly", lines...)
		allowed := map[string]bool{}
		for i := range s.Rows {
			for j := range i {
				a, b := s.Cell(j, 1), s.Cell(i, 1)
				if !a.Has() || !b.Has() || slices.ContainsFunc(s.Columns[1].Of[j+1:i+1], func(of uint32) bool { return s.Columns[1].Each[of].Status&bureau.Break != 0 }) {
					continue
				}
				from, to := a.Number, b.Number
				p, q := s.Period(j), s.Period(i)
				switch {
				case period.Like(p, q):
				case q.Months() < 12 && p.Months() == 12:
					from, to = from/12, to/float64(q.Months())
				default:
					continue
				}
				allowed[strings.ReplaceAll(locale.Format(math.Abs(math.Round(1000*(to-from)/from)/10), "%", chinese), ",", "")] = true
			}
		}
		for _, lang := range []*locale.Language{chinese, english} {
			text := summaries(t, s, lang)
			for _, m := range percents.FindAllString(strings.ReplaceAll(text, ",", ""), -1) {
				said++
				if !allowed[m] {
					t.Fatalf("%s of %s compares unlike periods:\n%s", m, strings.Join(lines, " "), text)
				}
			}
		}
	}
	if said < 1000 {
		t.Errorf("only %d percentages were said", said)
	}
}

// Financial and calendar years share days, so none of them is the highest.
func TestNoHighestAmongOverlaps(t *testing.T) {
	for last, want := range map[string]bool{"2025年,3": false, "2025/26,3": true} {
		s := bureautest.Table(t, "a", "yearly", "期间:period,件数:measure:件", "2022/23,4", "2023/24,1", "2024/25,2", last)
		figures.Decide(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
		if got := summaries(t, s, chinese); strings.Contains(got, "最多") != want {
			t.Errorf("%s: %s", last, got)
		}
	}
	for second, want := range map[string]bool{"2024年3—5月,1": false, "2024年4—6月,1": true} {
		s := bureautest.Table(t, "a", "irregular", "期间:period,件数:measure:件", "2024年1—3月,4", second, "2024年7—9月,2")
		figures.Decide(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
		if got := summaries(t, s, chinese); strings.Contains(got, "最多") != want {
			t.Errorf("%s: %s", second, got)
		}
	}
}

// The first or the last might be the highest as well, where it is withheld.
func TestNoHighestBesideWhatIsWithheld(t *testing.T) {
	for withheld, want := range map[int]bool{0: false, 2: false, 4: false, -1: true} {
		lines := []string{"期间:period,人数:measure:人", "2001年,60", "2002年,70", "2003年,55", "2004年,64", "2005年,66"}
		if withheld >= 0 {
			lines[withheld+1] = lines[withheld+1][:len("2001年,")] + "[c]"
		}
		if got := summaries(t, bureautest.Table(t, "x", "yearly", lines...), chinese); strings.Contains(got, "最多") != want {
			t.Errorf("%q: %s", lines, got)
		}
	}
}

// Where a statistic has several measures, a sentence that lists categories names its own.
func TestSummaryNamesItsMeasure(t *testing.T) {
	lines := []string{"期间:period,案件类别:category,立案:measure:起,破案:measure:起", "2026-09,盗窃,34,26", "2026-09,诈骗,28,13", "2026-09,伤害,9,9", "2026-09,其他,12,8", "2026-10,盗窃,31,25", "2026-10,诈骗,30,16", "2026-10,伤害,6,6", "2026-10,其他,14,9"}
	s := bureautest.Table(t, "x", "monthly", lines...)
	if got, want := summaries(t, s, chinese), "立案：2026年10月，盗窃31起、诈骗30起、伤害6起、其他14起。\n破案：2026年10月，盗窃25起、诈骗16起、伤害6起、其他9起。"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	one := bureautest.Table(t, "x", "monthly", "期间:period,立案:measure:起,破案:measure:件", "2026-09,34,26", "2026-10,31,25")
	if got := summaries(t, one, chinese); !strings.HasPrefix(got, "2026年10月，立案31起") {
		t.Error(got)
	}
}

// A category that ends in a digit does not run into its figure.
func TestSummaryPartsDigits(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "街区:category,人数:measure:人", "街1,49", "街2,79", "桥头,19")
	if got, want := summaries(t, s, chinese), "街1为49人；街2为79人；桥头19人。"; !strings.Contains(got, want) {
		t.Errorf("%s\nhas no %s", got, want)
	}
}
