package bureau

import (
	"reflect"
	"strconv"
	"strings"

	"sunshine/site/problem"
)

// Annual is the annual report on open government information of a year:
// data/annual/<year>.yaml, in the fixed form of the General Office of the State
// Council (国办公开办函〔2021〕30号). What the form adds up is computed; where the
// file gives it, it is held against the sum.
type Annual struct {
	Year  int // of the file's name; 0 where that is no year
	File  string
	At    problem.Position
	Blank []Blank

	Title     String          `yaml:"title,标题"`
	Published Date            `yaml:"published,发布日期"`
	Period    Int             `yaml:"period,年度"`
	Status    String          `yaml:"status,状态" words:"document-state"`
	PublishAt Moment          `yaml:"publish_at,公布时间"` // as of a notice
	Overview  String          `yaml:"overview,总体情况"`
	Disclosed AnnualDisclosed `yaml:"disclosed,主动公开"`
	Requests  AnnualRequests  `yaml:"requests,收到和处理申请"`
	Review    AnnualReview    `yaml:"review,复议诉讼"`
	Problems  String          `yaml:"problems,主要问题及改进"`
	Other     String          `yaml:"other,其他事项"`
}

// In every block Rest is the 0 that its figures are which stand nowhere else (persons: 3,
// rest: 0), or that stands in its place (refused: 0). A figure of which nothing is written
// is not 0 but missing.

// AnnualDisclosed is the second part: what article 20 has a bureau publish by itself.
type AnnualDisclosed struct {
	At         problem.Position
	Blank      []Blank
	Rest       Int             `yaml:"rest,其余,scalar"`
	Rules      AnnualDocuments `yaml:"rules,规章"`
	Normative  AnnualDocuments `yaml:"normative,行政规范性文件"`
	Licensing  Int             `yaml:"licensing,行政许可"`
	Penalties  Int             `yaml:"penalties,行政处罚"`
	Compulsory Int             `yaml:"compulsory,行政强制"`
	Fees       Number          `yaml:"fees,行政事业性收费"` // 万元
}

// AnnualDocuments counts documents of one kind.
type AnnualDocuments struct {
	At       problem.Position
	Blank    []Blank
	Rest     Int `yaml:"rest,其余,scalar"`
	Issued   Int `yaml:"issued,制发"`
	Repealed Int `yaml:"repealed,废止"`
	InForce  Int `yaml:"in_force,现行有效"`
}

// AnnualRequests is the third part: the applications of the year.
type AnnualRequests struct {
	At         problem.Position
	Blank      []Blank
	Rest       Int              `yaml:"rest,其余,scalar"`
	New        AnnualApplicants `yaml:"new,本年新收"`
	CarriedIn  AnnualApplicants `yaml:"carried_in,上年结转"`
	Results    AnnualResults    `yaml:"results,办理结果"`
	CarriedOut AnnualApplicants `yaml:"carried_out,结转下年度"`
}

// AnnualApplicants is one row of its table: who applied.
type AnnualApplicants struct {
	At            problem.Position
	Blank         []Blank
	Rest          Int                 `yaml:"rest,其余,scalar"`
	Persons       Int                 `yaml:"persons,自然人"`
	Organisations AnnualOrganisations `yaml:"organisations,法人或其他组织"`
	Total         Int                 `yaml:"total,总计"`
}

// AnnualOrganisations are the legal persons and other organisations among them.
type AnnualOrganisations struct {
	At          problem.Position
	Blank       []Blank
	Rest        Int `yaml:"rest,其余,scalar"`
	Enterprises Int `yaml:"enterprises,商业企业"`
	Research    Int `yaml:"research,科研机构"`
	Charities   Int `yaml:"charities,社会公益组织"`
	Legal       Int `yaml:"legal,法律服务机构"`
	Others      Int `yaml:"others,其他"`
}

// AnnualResults is what came of the applications. What the form adds in brackets to
// a result stands in its label (Rows).
type AnnualResults struct {
	At          problem.Position
	Blank       []Blank
	Rest        Int               `yaml:"rest,其余,scalar"`
	Granted     AnnualApplicants  `yaml:"granted,予以公开"`
	Partial     AnnualApplicants  `yaml:"partial,部分公开"`
	Refused     AnnualRefused     `yaml:"refused,不予公开"`
	Unavailable AnnualUnavailable `yaml:"unavailable,无法提供"`
	Unprocessed AnnualUnprocessed `yaml:"unprocessed,不予处理"`
	Otherwise   AnnualOtherwise   `yaml:"otherwise,其他处理"`
	Total       AnnualApplicants  `yaml:"total,总计"`
}

// AnnualRefused are the applications that were refused, by the ground.
type AnnualRefused struct {
	At            problem.Position
	Blank         []Blank
	Rest          Int              `yaml:"rest,其余,scalar"`
	Secret        AnnualApplicants `yaml:"secret,国家秘密" form:"1.属于国家秘密"`
	Prohibited    AnnualApplicants `yaml:"prohibited,法律行政法规禁止公开" form:"2.其他法律行政法规禁止公开"`
	Security      AnnualApplicants `yaml:"security,三安全一稳定" form:"3.危及“三安全一稳定”"`
	ThirdParty    AnnualApplicants `yaml:"third_party,第三方合法权益" form:"4.保护第三方合法权益"`
	Internal      AnnualApplicants `yaml:"internal,内部事务信息" form:"5.属于三类内部事务信息"`
	Deliberations AnnualApplicants `yaml:"deliberations,过程性信息" form:"6.属于四类过程性信息"`
	CaseFiles     AnnualApplicants `yaml:"case_files,行政执法案卷" form:"7.属于行政执法案卷"`
	Inquiries     AnnualApplicants `yaml:"inquiries,行政查询事项" form:"8.属于行政查询事项"`
}

// AnnualUnavailable are those of which there is nothing to give.
type AnnualUnavailable struct {
	At      problem.Position
	Blank   []Blank
	Rest    Int              `yaml:"rest,其余,scalar"`
	NotHeld AnnualApplicants `yaml:"not_held,不掌握相关信息" form:"1.本机关不掌握相关政府信息"`
	ToMake  AnnualApplicants `yaml:"to_make,需要另行制作" form:"2.没有现成信息需要另行制作"`
	Unclear AnnualApplicants `yaml:"unclear,补正后仍不明确" form:"3.补正后申请内容仍不明确"`
}

// AnnualUnprocessed are those that are none.
type AnnualUnprocessed struct {
	At           problem.Position
	Blank        []Blank
	Rest         Int              `yaml:"rest,其余,scalar"`
	Petitions    AnnualApplicants `yaml:"petitions,信访举报投诉类" form:"1.信访举报投诉类申请"`
	Repeated     AnnualApplicants `yaml:"repeated,重复申请" form:"2.重复申请"`
	Publications AnnualApplicants `yaml:"publications,公开出版物" form:"3.要求提供公开出版物"`
	Excessive    AnnualApplicants `yaml:"excessive,大量反复申请" form:"4.无正当理由大量反复申请"`
	Confirmation AnnualApplicants `yaml:"confirmation,确认或重新出具" form:"5.要求行政机关确认或重新出具已获取信息"`
}

// AnnualOtherwise are those that ended otherwise.
type AnnualOtherwise struct {
	At          problem.Position
	Blank       []Blank
	Rest        Int              `yaml:"rest,其余,scalar"`
	Uncorrected AnnualApplicants `yaml:"uncorrected,逾期不补正" form:"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"`
	Unpaid      AnnualApplicants `yaml:"unpaid,逾期未缴费" form:"2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"`
	Others      AnnualApplicants `yaml:"others,其他" form:"3.其他"`
}

// AnnualReview is the fourth part: what was held against the bureau.
type AnnualReview struct {
	At         problem.Position
	Blank      []Blank
	Rest       Int              `yaml:"rest,其余,scalar"`
	Review     AnnualOutcomes   `yaml:"reconsideration,行政复议"`
	Litigation AnnualLitigation `yaml:"litigation,行政诉讼"`
}

// AnnualLitigation are the lawsuits.
type AnnualLitigation struct {
	At     problem.Position
	Blank  []Blank
	Rest   Int            `yaml:"rest,其余,scalar"`
	Direct AnnualOutcomes `yaml:"direct,未经复议直接起诉"`
	After  AnnualOutcomes `yaml:"after,复议后起诉"`
}

// AnnualOutcomes is how they ended.
type AnnualOutcomes struct {
	At        problem.Position
	Blank     []Blank
	Rest      Int `yaml:"rest,其余,scalar"`
	Upheld    Int `yaml:"upheld,结果维持"`
	Corrected Int `yaml:"corrected,结果纠正"`
	Others    Int `yaml:"others,其他结果"`
	Pending   Int `yaml:"pending,尚未审结"`
	Total     Int `yaml:"total,总计"`
}

// AnnualFile is the report of a year.
func AnnualFile(year int) string { return AnnualKind.File(strconv.Itoa(year)) }

// Body gives one of the texts of the report as Markdown with its place.
func (a *Annual) Body(text String) Body { return (&Descriptor{File: a.File}).Body(text) }

// AnnualText is a part of the report that is prose.
type AnnualText struct {
	Key  string // that its rendered text goes by
	Text String
}

// Texts are the parts that are prose, in the order of the form.
func (a *Annual) Texts() []AnnualText {
	return []AnnualText{{a.File + "#overview", a.Overview}, {a.File + "#problems", a.Problems}, {a.File + "#other", a.Other}}
}

// Cells are the figures of a row but for its total.
func (r *AnnualApplicants) Cells() []Int {
	o := r.Organisations
	return []Int{r.Persons, o.Enterprises, o.Research, o.Charities, o.Legal, o.Others}
}

// Cells are the figures of a row but for its total.
func (r *AnnualOutcomes) Cells() []Int { return []Int{r.Upheld, r.Corrected, r.Others, r.Pending} }

// AnnualSum adds up figures.
func AnnualSum(cells []Int) (sum int) {
	for _, c := range cells {
		sum += c.V
	}
	return sum
}

// AnnualResult is a row of what came of the applications.
type AnnualResult struct {
	Group, Label string // （三）不予公开 and 1.属于国家秘密; no label where the group has one row
	Row          *AnnualApplicants
}

// Rows are the results in the order and the words of the form, without their total.
func (r *AnnualResults) Rows() []AnnualResult {
	rows := []AnnualResult{{Group: "（一）予以公开", Row: &r.Granted}, {Group: "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", Row: &r.Partial}}
	for _, g := range []struct {
		name string
		of   any
	}{{"（三）不予公开", &r.Refused}, {"（四）无法提供", &r.Unavailable}, {"（五）不予处理", &r.Unprocessed}, {"（六）其他处理", &r.Otherwise}} {
		v := reflect.ValueOf(g.of).Elem()
		for i := range v.NumField() {
			if label := v.Type().Field(i).Tag.Get("form"); label != "" {
				rows = append(rows, AnnualResult{g.name, label, v.Field(i).Addr().Interface().(*AnnualApplicants)})
			}
		}
	}
	return rows
}

// Sums adds up the results, column by column.
func (r *AnnualResults) Sums() []int {
	var sums []int
	for _, row := range r.Rows() {
		for i, c := range row.Row.Cells() {
			if i == len(sums) {
				sums = append(sums, 0)
			}
			sums[i] += c.V
		}
	}
	return sums
}

// The words of the form.
var (
	AnnualWhole    = strings.TrimPrefix(AnnualTotal, "（七）") // of a row
	AnnualColumns  = []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"}
	AnnualOutcome  = []string{"结果维持", "结果纠正", "其他结果", "尚未审结"}
	AnnualSections = []string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"}
)

const (
	AnnualOrganised   = "法人或其他组织"
	AnnualNew         = "一、本年新收政府信息公开申请数量"
	AnnualCarriedIn   = "二、上年结转政府信息公开申请数量"
	AnnualResultsHead = "三、本年度办理结果"
	AnnualTotal       = "（七）总计"
	AnnualCarriedOut  = "四、结转下年度继续办理"
)

// AnnualFigures writes a row of figures with their total behind them.
func AnnualFigures(cells []Int) (texts []string) {
	for _, c := range cells {
		texts = append(texts, strconv.Itoa(c.V))
	}
	return append(texts, strconv.Itoa(AnnualSum(cells)))
}

// Figures writes the total of the results, column by column, with that of all behind them.
func (r *AnnualResults) Figures() []string {
	var cells []Int
	for _, sum := range r.Sums() {
		cells = append(cells, Int{V: sum})
	}
	return AnnualFigures(cells)
}

// Whole is the total of the results over all columns.
func (r *AnnualResults) Whole() (whole int) {
	for _, sum := range r.Sums() {
		whole += sum
	}
	return whole
}

// AnnualArticle is one table of the second part of the form.
type AnnualArticle struct {
	Article string // 第二十条第（一）项
	Columns []string
	Unit    string
	Rows    []AnnualArticleRow
}

// AnnualArticleRow is one of its rows, with a figure for each column.
type AnnualArticleRow struct {
	Label   string
	Figures []string
}

// Tables are the tables of the second part in the order and the words of the form.
func (d *AnnualDisclosed) Tables() []AnnualArticle {
	documents := func(label string, of AnnualDocuments) AnnualArticleRow {
		return AnnualArticleRow{label, []string{strconv.Itoa(of.Issued.V), strconv.Itoa(of.Repealed.V), strconv.Itoa(of.InForce.V)}}
	}
	row := func(label string, of Int) AnnualArticleRow {
		return AnnualArticleRow{label, []string{strconv.Itoa(of.V)}}
	}
	decisions := []string{"本年处理决定数量"}
	return []AnnualArticle{
		{"第二十条第（一）项", []string{"本年制发件数", "本年废止件数", "现行有效件数"}, "件", []AnnualArticleRow{documents("规章", d.Rules), documents("行政规范性文件", d.Normative)}},
		{"第二十条第（五）项", decisions, "件", []AnnualArticleRow{row("行政许可", d.Licensing)}},
		{"第二十条第（六）项", decisions, "件", []AnnualArticleRow{row("行政处罚", d.Penalties), row("行政强制", d.Compulsory)}},
		{"第二十条第（八）项", []string{"本年收费金额（单位：万元）"}, "万元", []AnnualArticleRow{{"行政事业性收费", []string{strconv.FormatFloat(d.Fees.V, 'f', -1, 64)}}}},
	}
}

// AnnualKindOfReview is a row of the fourth part.
type AnnualKindOfReview struct {
	Name, Label string // 行政诉讼 and 复议后起诉; no label where there is one row of the kind
	Of          *AnnualOutcomes
}

// Kinds are the rows of the fourth part.
func (r *AnnualReview) Kinds() []AnnualKindOfReview {
	return []AnnualKindOfReview{{"行政复议", "", &r.Review}, {"行政诉讼", "未经复议直接起诉", &r.Litigation.Direct}, {"行政诉讼", "复议后起诉", &r.Litigation.After}}
}

// AnnualYear gives the year of which a file is the report, or 0.
func AnnualYear(file string) int {
	name, _ := strings.CutSuffix(file[strings.LastIndexByte(file, '/')+1:], AnnualKind.Extension())
	if year, err := strconv.Atoi(name); err == nil && year >= 2008 && year < 3000 { // the regulation is of 2008
		return year
	}
	return 0
}
