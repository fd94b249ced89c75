package bureau

import "sunshine/site/problem"

// Register is a list that is read, not charted: data/registers/<name>.csv. What
// its columns mean is told by its descriptor, not by a Go type of its own.
type Register struct {
	Name       string // slug of the file name
	File       string
	Described  bool // there is a descriptor
	Descriptor RegisterDescriptor
	Columns    []Column // in the order of the file
	Cells      []String // row by row, as many in each as there are columns; use Row
	Loose      []Loose  // what of its file stands in no row
}

// RegisterDescriptor is data/registers/<name>.yaml.
type RegisterDescriptor struct {
	File        string
	Title       String       `yaml:"title,标题"`
	Description String       `yaml:"description,简介" text:"long"`
	DataNotice  String       `yaml:"data_notice,数据说明" text:"long"` // in the place of that of site.yaml
	Updated     Date         `yaml:"updated,更新日期"`
	Status      String       `yaml:"status,状态" words:"document-state"`
	PublishAt   Moment       `yaml:"publish_at,公布时间"` // as of a notice
	Order       Int          `yaml:"order,顺序"`
	Sources     []Source     `yaml:"sources,来源"`
	Columns     []ColumnSpec `yaml:"columns,列"`
	DoneStates  []String     `yaml:"done_states,办结状态"` // words of the state column that mean finished
	Pages       Bool         `yaml:"pages,单独成页"`       // each row has a page of its own, too
	Notes       String       `yaml:"notes,说明" text:"long"`
}

// Body gives the notes as Markdown with their place.
func (d *RegisterDescriptor) Body() Body {
	return (&Descriptor{File: d.File}).Body(d.Notes)
}

// ColumnSpec describes one column of a register.
type ColumnSpec struct {
	Name     String `yaml:"name,名称,scalar" names:"column"`
	Title    String `yaml:"title,标题"`
	Role     String `yaml:"role,角色" words:"column-role"`
	Type     String `yaml:"type,类型" words:"column-type"`
	Required Bool   `yaml:"required,必填"`
}

// ColumnRole is what a column does for its row.
type ColumnRole string

const (
	ColumnPlain   ColumnRole = ""
	ColumnTitle   ColumnRole = "title"   // names the row
	ColumnID      ColumnRole = "id"      // numbers it, for its anchor
	ColumnGroup   ColumnRole = "group"   // the heading under which the row stands
	ColumnPlace   ColumnRole = "place"   // the place that the row is of; empty for the bureau itself
	ColumnDue     ColumnRole = "due"     // a date: by when it is to be done
	ColumnDone    ColumnRole = "done"    // a date: when it was done
	ColumnState   ColumnRole = "state"   // how it stands, in words
	ColumnPerson  ColumnRole = "person"  // names a private person: needs a consent
	ColumnConsent ColumnRole = "consent" // reference of that person's consent; not published
	ColumnTerm    ColumnRole = "term"    // a title that is linked where a page first uses it
	ColumnAliases ColumnRole = "aliases" // other spellings of the term

	// Of promises, and of what a source claims.
	ColumnFigure   ColumnRole = "figure"   // references to the figures that a promise is held against
	ColumnTarget   ColumnRole = "target"   // what these are to reach: ≥100%, 每季度1次
	ColumnBaseline ColumnRole = "baseline" // how it stood before; nothing is held against it
	ColumnPeriod   ColumnRole = "period"   // which the promise is for
	ColumnClaim    ColumnRole = "claim"    // series, and which way they are said to go
)

// ColumnType is what the cells of a column hold.
type ColumnType string

const (
	TextColumn   ColumnType = "text"
	ListColumn   ColumnType = "list"   // several texts
	DateColumn   ColumnType = "date"   // one day
	FigureColumn ColumnType = "figure" // references to published figures, cases-solved/2005年/破获刑事案件（件）
	GuideColumn  ColumnType = "guide"  // guides, hukou/first-id-card, or whole areas of them, hukou
	LinkColumn   ColumnType = "link"   // addresses
)

// Column is one column of a register.
type Column struct {
	Name     string // as in the file
	Title    string // for readers
	Role     ColumnRole
	Type     ColumnType
	Required bool
	At       problem.Position // of the header
}

// Public tells whether the column is published.
func (c Column) Public() bool { return c.Role != ColumnConsent }

// Title names the register for readers.
func (r *Register) Title() string {
	if r.Descriptor.Title.V != "" {
		return r.Descriptor.Title.V
	}
	return r.Name
}

// Rows gives the number of rows.
func (r *Register) Rows() int {
	if len(r.Columns) == 0 {
		return 0
	}
	return len(r.Cells) / len(r.Columns)
}

// Row gives the cells of row i, one for each column.
func (r *Register) Row(i int) []String {
	n := len(r.Columns)
	return r.Cells[i*n : (i+1)*n : (i+1)*n]
}

// ColumnOf gives the index of the first column with that role, or -1. A term is
// a title.
func (r *Register) ColumnOf(role ColumnRole) int {
	for i, c := range r.Columns {
		if c.Role == role || role == ColumnTitle && c.Role == ColumnTerm {
			return i
		}
	}
	return -1
}

// Glossary is the register whose terms are linked, or nil.
func (b *Bureau) Glossary() *Register {
	for _, r := range b.Registers {
		if r.ColumnOf(ColumnTerm) >= 0 {
			return r
		}
	}
	return nil
}
