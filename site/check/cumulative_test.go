package check

import "testing"

func TestCumulative(t *testing.T) {
	testFigures(t, []figuresCase{
		{"it rises", "期间,立案,累计立案\n2006年1月,5,5\n2006年2月,0,5\n2006年3月,2,7\n", "", ""},
		{"it falls", "期间,立案,累计立案\n2006年1月,5,5\n2006年2月,0,5\n2006年3月,2,4\n2006年4月,2,9\n", "", "C4 figures/cumulative"},
		{"a new year", "期间,累计立案\n2005年11月,50\n2005年12月,55\n2006年1月,5\n", "", ""},
		{"in any order", "期间,累计立案\n2006年3月,4\n2006年2月,5\n2006年1月,1\n", "", "B2 figures/cumulative"},
		{"each category by itself", "期间,类别,累计立案\n2006年1月,甲,50\n2006年1月,乙,5\n2006年2月,甲,60\n2006年2月,乙,4\n", "", "C5 figures/cumulative"},
		{"in the period's text", "期间,立案\n2006年1-2月累计,50\n2006年1-3月累计,45\n", "", "B3 figures/cumulative"},
		{"the same months of another year", "期间,立案\n2005年1-3月累计,50\n2006年1-2月累计,45\n", "", ""},
		{"a break", "期间,累计立案\n2006年1月,50\n2006年2月,45 [b]\n2006年3月,46\n", "", ""},
		{"over a marker", "期间,累计立案\n2006年1月,50\n2006年2月,[w]\n2006年3月,46\n", "", "B4 figures/cumulative"},
		{"a rate may fall", "期间,累计破案率（%）\n2006年1月,50%\n2006年2月,45%\n", "", ""},
		{"it is not cumulative", "期间,立案\n2006年1月,50\n2006年2月,45\n", "", ""},
	})
}
