package bureau

import "sunshine/site/problem"

// Rules say how the site's own rules are applied. The forms of the numbers are
// regular expressions; their defaults stand in load.
type Rules struct {
	Off          []Exception `yaml:"off,例外"`
	SiteCode     String      `yaml:"site_code,网站标识码"`
	ICP          String      `yaml:"icp,ICP备案号"`
	PoliceRecord String      `yaml:"police_record,公安备案号"`
	AllowedHosts []String    `yaml:"allowed_hosts,允许的域名"` // that a template may load from
	Words        []WrongWord `yaml:"words,错词"`            // that must not be wrong, beside WrongWords
}

// WrongWord is a word that is wrong wherever it stands, and the one that is meant.
type WrongWord struct {
	At    problem.Position
	Wrong String `yaml:"wrong,错"`
	Right String `yaml:"right,对"`
}

// WrongWords are those that are wrong on the site of any bureau: names of the state and
// its offices, as they are mistyped or misread by a scanner.
var WrongWords = [][2]string{
	{"中华人名共和国", "中华人民共和国"}, {"中华人民共合国", "中华人民共和国"}, {"中华人民共各国", "中华人民共和国"}, {"中华人民国和国", "中华人民共和国"},
	{"中国共产当", "中国共产党"}, {"中国共党产", "中国共产党"}, {"人民政俯", "人民政府"}, {"人民正府", "人民政府"},
	{"公按局", "公安局"}, {"公安机管", "公安机关"}, {"派岀所", "派出所"}, {"岀入境", "出入境"}, {"出人境管理", "出入境管理"}, {"居名身份证", "居民身份证"},
	{"台湾等国家", "台湾等地区"}, {"香港等国家", "香港等地区"}, {"澳门等国家", "澳门等地区"}, {"出国到香港", "到香港"}, {"出国到澳门", "到澳门"}, {"出国到台湾", "到台湾"}, {"出国去香港", "去香港"}, {"出国去澳门", "去澳门"}, {"出国去台湾", "去台湾"},
}

// Exception takes back the warnings of one rule, in one file or in all.
type Exception struct {
	At     problem.Position
	Rule   String `yaml:"rule,规则"`
	Path   String `yaml:"path,文件"` // data/…; empty: all files
	Reason String `yaml:"reason,理由"`
}
