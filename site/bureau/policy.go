package bureau

import (
	"regexp"
	"strings"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Policy is a policy document (政策文件), or the explanation of one (政策解读):
// data/policies/<name>.md.
type Policy struct {
	Name     string // slug of the file name
	Language string
	File     string
	Body     Body
	At       problem.Position // of the front matter
	Blank    []Blank

	Title       String             `yaml:"title,标题"`
	Index       String             `yaml:"index_no,索引号"`
	Number      String             `yaml:"doc_no,文号"`
	Issuer      String             `yaml:"issuer,发布机构"`
	Made        Date               `yaml:"made,成文日期"`
	Published   Date               `yaml:"published,发布日期"`
	Subject     String             `yaml:"subject,主题分类"`
	Validity    String             `yaml:"validity,有效性" words:"validity"`
	Until       Date               `yaml:"valid_until,有效期至"`
	ReplacedBy  String             `yaml:"replaced_by,替代文件"` // the name of another document
	Reason      String             `yaml:"reason,废止理由"`
	Normative   Bool               `yaml:"normative,规范性文件"`
	Explains    String             `yaml:"explains,解读"` // the name of the document that this one explains
	Form        String             `yaml:"form,解读形式" words:"explanation-form"`
	Summary     String             `yaml:"summary,摘要" text:"long"`
	Attachments []PolicyAttachment `yaml:"attachments,附件"`
	Status      String             `yaml:"status,状态" words:"document-state"`
	PublishAt   Moment             `yaml:"publish_at,公布时间"` // as of a notice
	Consent     String             `yaml:"consent,同意书"`     // as of a notice
}

// PolicyAttachment is a file that belongs to a document.
type PolicyAttachment struct {
	At    problem.Position
	Blank []Blank
	Name  String `yaml:"name,名称"`
	File  String `yaml:"file,文件"` // /static/…
}

// IsExplanation tells whether it explains another document and is none itself.
func (p *Policy) IsExplanation() bool { return p.Explains.V != "" }

// The words of validity.
const (
	InForce  = "in-force"
	Lapsed   = "lapsed"
	Repealed = "repealed"
)

// Standing is the validity of the document on a day: its word, and whether its term has
// ended though the word does not say so.
func (p *Policy) Standing(asOf period.Date) (word string, ended bool) {
	return p.Validity.V, p.Validity.V == InForce && p.Until.Given() && p.Until.V < asOf
}

// Policy finds the document of that name in a language.
func (b *Bureau) Policy(name, language string) *Policy {
	for _, p := range b.Policies {
		if p.Name == name && p.Language == language && name != "" {
			return p
		}
	}
	return nil
}

var (
	// docNumber is a document number of official documents: 示公规〔2026〕3号.
	docNumber = regexp.MustCompile(`^\p{Han}[\p{Han}（）]*〔(?:19|20)\d\d〕[1-9]\d*号$`)
	// orderNumber is that of an order or an announcement: 示范市公安局令第3号.
	orderNumber = regexp.MustCompile(`^\p{Han}+(?:(?:19|20)\d\d年)?第[1-9]\d*号$`)
	// docParts are the code of the office, the year in whatever brackets, and the number.
	docParts = regexp.MustCompile(`^([\p{Han}（）]+)[〔\[［【(（﹝](\d{4})[〕\]］】)）﹞]第?0*(\d+)号?$`)
	docSigns = strings.NewReplacer(" ", "", "　", "", "０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")
)

// DocNumber is a document number as it ought to be written, 示公规〔2026〕3号 for
// 示公规[2026]03号; ok is false where it is none.
func DocNumber(text string) (number string, ok bool) {
	number = docSigns.Replace(text)
	if parts := docParts.FindStringSubmatch(number); parts != nil {
		number = parts[1] + "〔" + parts[2] + "〕" + parts[3] + "号"
	}
	return number, docNumber.MatchString(number) || orderNumber.MatchString(number)
}
