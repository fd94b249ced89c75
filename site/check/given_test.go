package check

import (
	"strings"
	"testing"
)

func TestGivenChanges(t *testing.T) {
	testFigures(t, []figuresCase{
		{"a year on", "期间,立案,同比（%）\n2004年,2048,[x]\n2005年,2385,16.5%\n", "", ""},
		{"that is wrong", "期间,立案,同比（%）\n2004年,2048,[x]\n2005年,2385,16.4%\n", "", "C3 figures/change"},
		{"without decimals", "期间,立案,同比（%）\n2004年,2048,[x]\n2005年,2385,16%\n2006年,2385,0\n", "", ""},
		{"the same months of the year before", "期间,立案,同比（%）\n2005年1-8月,200,[x]\n2005年,300,[x]\n2006年1-8月,220,10%\n", "", ""},
		{"eight months on a full year", "期间,立案,同比（%）\n2005年1-8月,200,[x]\n2005年,300,[x]\n2006年1-8月,220,-26.7%\n", "", "C4 figures/change"},
		{"the base is not there", "期间,立案,同比（%）\n2005年,753,[x]\n2006年1-8月,403,-46.5%\n", "", ""},
		{"the month before", "期间,立案,环比（%）\n2005年12月,100,[x]\n2006年1月,110,10.0%\n2006年2月,99,-10.1%\n", "", "C4 figures/change"},
		{"a fall by name", "期间,立案,同比下降（%）\n2004年,200,[x]\n2005年,150,25%\n2006年,120,-20%\n", "", "C4 figures/change"},
		{"an arrow", "期间,立案,同比\n2004年,200,[x]\n2005年,150,↓25%\n2006年,150,持平\n", "", ""},
		{"a number of cases", "期间,立案（件）,同比增减（件）\n2004年,200,[x]\n2005年,150,-50\n2006年,120,-20\n", "", "C4 figures/change"},
		{"each of its measure", "期间,立案,立案同比（%）,破案数,破案同比（%）\n2004年,200,[x],100,[x]\n2005年,150,-25%,110,11%\n", "", "E3 figures/change"},
		{"of what the table lacks", "期间,立案,盗窃立案同比（%）\n2004年,200,[x]\n2005年,150,99%\n", "", ""},
		{"of the year before", "期间,立案,比上年同比（%）\n2004年,200,[x]\n2005年,150,99%\n", "", "C3 figures/change"},
		{"of which it is, is not said", "期间,立案,破案,同比（%）\n2004年,200,100,[x]\n2005年,150,110,99%\n", "", ""},
		{"each category by itself", "期间,类别,立案,同比（%）\n2004年,甲,200,[x]\n2004年,乙,100,[x]\n2005年,甲,220,10%\n2005年,乙,120,10%\n", "", "D5 figures/change"},
		{"points of a percentage", "期间,破案率（%）,同比（百分点）\n2004年,50.5%,[x]\n2005年,55%,4.5\n2006年,54%,-1.8\n", "", "C4 figures/change"},
		{"per cent of a percentage", "期间,破案率（%）,同比（%）\n2004年,50%,[x]\n2005年,55%,10%\n", "", "C1 figures/points"},
		{"points of a count", "期间,立案（件）,同比（百分点）\n2004年,50,[x]\n2005年,55,10\n", "", "C1 figures/points"},
		{"a base of 19", "期间,立案,同比（%）\n2004年,19,[x]\n2005年,38,100%\n2006年,76,100%\n", "", "C3 figures/small-base?"},
		{"a base of nothing", "期间,立案,同比（%）\n2004年,0,[x]\n2005年,38,100%\n", "", "C3 figures/small-base?"},
		{"rounded figures", "期间,立案（件）,同比（%）\n2004年,1.2万,[x]\n2005年,1.3万,12%\n2006年,1.3万,9%\n", "", "C4 figures/change"},
		{"about", "期间,立案,同比（%）\n2004年,200余,[x]\n2005年,150,-20%\n", "", ""},
		{"a break", "期间,立案,同比（%）\n2004年,200,[x]\n2005年,150 [b],5%\n", "", ""},
	})
}

func TestGivenChangeNamesBoth(t *testing.T) {
	problems := Figures(statistic(t, "期间,立案,同比（%）\n2004年,2048,[x]\n2005年,2385,15.6%\n", ""))
	if len(problems) != 1 {
		t.Fatal(problems)
	}
	for _, text := range []string{problems[0].Message.ZH, problems[0].Message.EN} {
		for _, part := range []string{"15.6%", "16.46%", "2048", "2385"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q does not name %s", text, part)
			}
		}
	}
}
