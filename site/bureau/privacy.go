package bureau

import "sunshine/site/problem"

// Privacy is data/privacy.yaml: what is published although it looks like
// personal data, one value at a time.
type Privacy struct {
	At      problem.Position
	Waivers []Waiver `yaml:"waivers,豁免"`
}

// Waiver lets what stands at one place pass one rule. It names the place alone,
// so that the file tells nothing of the value, and nothing that lets it be tried.
type Waiver struct {
	At         problem.Position
	Rule       String `yaml:"rule,规则"`         // privacy/mobile
	File       String `yaml:"file,文件"`         // data/pages/about.md
	Place      String `yaml:"place,位置"`        // its line and column, 5:7, or its cell, C3; empty for what stands in no line
	Reason     String `yaml:"reason,理由"`       // why it may be published
	ApprovedBy String `yaml:"approved_by,批准人"` // who decided so
	Until      Date   `yaml:"until,有效期至,有效期"`  // the last day on which it holds
}

// Finding is a place of an input that may hold personal data. Whether it may
// stand there is judged when the whole bureau is known.
type Finding struct {
	At       problem.Position
	Rule     problem.Rule // privacy/mobile
	Severity problem.Severity
	Value    string       // normalised; never printed whole
	InName   bool         // it stands in the name of the file
	In       problem.Text // where in an attachment it stands; empty where At tells
	Why      problem.Text // what could not be inspected, and why
	Cleared  bool         // what stands beside it says that it is none: a serial number, an amount
}

// PrivacySettings are the settings of the personal data detectors.
type PrivacySettings struct {
	EmailDomains []String `yaml:"email_domains,邮箱域名"` // of the bureau; those under them count, too
}
