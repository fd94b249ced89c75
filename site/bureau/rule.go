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
}

// Exception takes back the warnings of one rule, in one file or in all.
type Exception struct {
	At     problem.Position
	Rule   String `yaml:"rule,规则"`
	Path   String `yaml:"path,文件"` // data/…; empty: all files
	Reason String `yaml:"reason,理由"`
}
