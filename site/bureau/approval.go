package bureau

// ApprovalRequired is what Site.Approval says where nothing may be released that nobody
// approved.
const ApprovalRequired = "required"

// Approval is one row of approvals.csv: who approved what a publication changes, by the
// digest of the site. Approvals are the bureau's own papers and are never published.
type Approval struct {
	Date     String `csv:"date,日期"`                 // that the site was made for: 2026-10-31, or 2026-10-31T09:00
	Digest   String `csv:"digest,校验值"`              // of what was approved
	By       String `csv:"by,批准人"`                  // who approved it
	Previous String `csv:"previous,上次发布,omitempty"` // the label of the release before
	Releases String `csv:"releases,发布次数,omitempty"` // so many had been recorded
	Changes  String `csv:"changes,变化数,omitempty"`   // so many things the sheet named
	Parts    String `csv:"parts,各部分校验值,omitempty"`  // of each part of the site: stats=0123456789ab guides=…
}
