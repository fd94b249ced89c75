package check

import "testing"

func TestBalance(t *testing.T) {
	testFigures(t, []figuresCase{
		{"it holds", "期间,上年结转,新收,办结,结转下年\n2005年,3,10,9,4\n2006年,4,10,14,0\n", "", ""},
		{"it does not", "期间,上年结转,新收,办结,结转下年\n2005年,3,10,9,4\n2006年,4,10,13,0\n", "", "E3 figures/balance"},
		{"other words and units in the names", "期间,上月结转（件）,本月受理（件）,办结（件）,其中：按期办结（件）,结转下月（件）\n2006年1月,3,10,9,8,5\n", "", "F2 figures/balance"},
		{"a marker instead", "期间,上年结转,新收,办结,结转下年\n2005年,[x],10,9,4\n2006年,3,10,9,4\n", "", ""},
		{"one is missing", "期间,新收,办结,结转下年\n2005年,10,9,4\n", "", ""},
		{"unlike units", "期间,上年结转（件）,新收（件）,办结（人）,结转下年（件）\n2005年,3,10,9,9\n", "", ""},
		{"two that could be meant", "期间,上年结转,甲类新收,乙类新收,办结,结转下年\n2005年,3,10,5,9,9\n", "", ""},
	})
}
