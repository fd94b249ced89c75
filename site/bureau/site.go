package bureau

import (
	"time"

	"sunshine/site/problem"
)

// Site is data/site.yaml.
type Site struct {
	At                 problem.Position
	Title              String           `yaml:"title,网站名称"`
	Organization       String           `yaml:"organization,organisation,单位名称"`
	Place              String           `yaml:"place,地区"` // that the bureau polices; OwnPlace says what it is where staff did not
	Description        String           `yaml:"description,网站简介"`
	BaseURL            String           `yaml:"base_url,网站地址"`
	TimeZone           String           `yaml:"time_zone,时区"` // an IANA name; empty: DefaultTimeZone
	Language           String           `yaml:"language,语言"`
	Languages          []String         `yaml:"languages,其他语言"`
	English            English          `yaml:"english,英文"`
	Contact            Contact          `yaml:"contact,联系方式"`
	Footer             Footer           `yaml:"footer,页脚"`
	DataNotice         String           `yaml:"data_notice,数据说明"` // printed on every page that shows figures
	Demonstration      Bool             `yaml:"demonstration,演示"` // a site of nobody: every page says so
	License            License          `yaml:"license,许可"`
	Approval           String           `yaml:"approval,公开前审批" words:"approval"` // of ApprovalWords
	FinancialYearStart Int              `yaml:"financial_year_start,财政年度起始月"`    // 1 to 12; default 4 is given by load
	HomeGuides         []String         `yaml:"home_guides,常办事项"`                // area/name of the guides that are most wanted, on the home page
	HomeFigures        []String         `yaml:"home_figures,首页指标"`               // statistic or statistic/field; empty: the newest ones
	Freshness          Freshness        `yaml:"freshness,时效"`
	Figures            Figures          `yaml:"figures,数字"`
	Disclosure         Thresholds       `yaml:"disclosure,隐私保护"`
	Privacy            PrivacySettings  `yaml:"privacy,个人信息"`
	Suggestions        Suggestions      `yaml:"suggestions,台账"`
	Inquiries          InquirySettings  `yaml:"inquiries,咨询建言"`
	Requests           RequestSettings  `yaml:"requests,依申请公开"`
	Calendar           CalendarSettings `yaml:"calendar,工作日历"`
	Rules              Rules            `yaml:"rules,规则"`
}

// DefaultTimeZone is that of a bureau whose site.yaml names none.
const DefaultTimeZone = "Asia/Shanghai"

// Zone gives the bureau's time zone; ok is false where there is none of the name
// that it gives, and the default stands for it.
func (s Site) Zone() (zone *time.Location, ok bool) {
	// Local would be the machine's, whichever builds.
	if name := s.TimeZone.V; name != "" && name != "Local" {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, true
		}
	}
	return time.FixedZone(DefaultTimeZone, 8*60*60), s.TimeZone.V == "" || s.TimeZone.V == DefaultTimeZone
}

// English holds the names that stand on English pages; what is missing stands
// there in the site's own language.
type English struct {
	Title        String `yaml:"title,网站名称"`
	Organization String `yaml:"organization,organisation,单位名称"`
	Description  String `yaml:"description,网站简介"`
	DataNotice   String `yaml:"data_notice,数据说明"`
}

// Contact is how a citizen reaches the bureau.
type Contact struct {
	Phone     String `yaml:"phone,电话"`
	Email     String `yaml:"email,邮箱"`
	Address   String `yaml:"address,地址"`
	Hours     String `yaml:"hours,办公时间"`
	Complaint String `yaml:"complaint,监督电话"`
}

// Footer holds the numbers that a government site shows at its foot.
type Footer struct {
	Organizer    String `yaml:"organizer,主办单位"`
	SiteCode     String `yaml:"site_code,网站标识码"`
	ICP          String `yaml:"icp,ICP备案号"`
	PoliceRecord String `yaml:"police_record,公安备案号"`
	ReportError  String `yaml:"report_error,找错"`    // link
	AgencyMark   String `yaml:"agency_mark,党政机关标识"` // the address at which the mark is verified
	Parent       Parent `yaml:"parent,上级网站"`
}

// Parent is the site of the government or the bureau above.
type Parent struct {
	Name String `yaml:"name,名称"`
	URL  String `yaml:"url,网址"`
}

// License is under which terms the figures may be used again.
type License struct {
	Name String `yaml:"name,名称"`
	URL  String `yaml:"url,网址"`
}

// Freshness holds the thresholds, in days, after which the site says that
// something is overdue. The defaults stand in load.
type Freshness struct {
	Notices    Int `yaml:"notices,公告"`    // days since the newest notice
	Guides     Int `yaml:"guides,指南"`     // default review_days of a guide
	Policies   Int `yaml:"policies,政策文件"` // days since the newest policy document
	Statistics Int `yaml:"statistics,统计"` // days of grace after next_release
	Newest     Int `yaml:"newest,最新内容"`   // days since the newest item of the whole site
	Notice     Int `yaml:"notice,预先提醒"`   // a first warning, so many days after it
	Together   Int `yaml:"together,合并提醒"` // so many columns are named in one warning
}

// Figures holds the bases under which a percentage says little. The defaults
// stand in load.
type Figures struct {
	NoPercentBelow Int `yaml:"no_percent_below,不计百分比"` // no percentage change on a base under this
	NoteBelow      Int `yaml:"note_below,加注"`          // one on a base under this is noted
}

// Thresholds under which a count of persons or organisations is not published:
// 5 hides 1 to 4. The defaults stand in load.
type Thresholds struct {
	Threshold Int `yaml:"threshold,界限"`
	Sensitive Int `yaml:"sensitive_threshold,敏感界限"` // of sensitive statistics, and below sub-bureaus
}
