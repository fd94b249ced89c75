package desk

import (
	"context"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/table"
)

// Work is what is done with one bureau's folder. Several goroutines may call it at a time.
// An error is one of the machine; what is wrong with what staff wrote are problems.
type Work interface {
	// Month is what is to be done today.
	Month(ctx context.Context) (Month, error)
	// Inbox lists the office files that arrived.
	Inbox(ctx context.Context) ([]Arrived, error)
	// Take puts a file into the inbox and gives its path from the bureau's folder. One of
	// the same name and other content gets another name, where something is not wrong with
	// the one that is there: then it takes its place.
	Take(ctx context.Context, name string, data []byte) (file string, problems problem.List, err error)
	// Read says how an office file is read, and writes nothing.
	Read(ctx context.Context, file string, a Answers) (Read, error)
	// Import takes an office file as it is read.
	Import(ctx context.Context, file string, a Answers) (Read, error)
	// Check tells what is wrong with the folder.
	Check(ctx context.Context) (problem.List, error)
	// Text gives a file that staff write.
	Text(ctx context.Context, file string) (Text, error)
	// Save writes it, where it still stands as was says (Text.SHA256); else it gives the
	// file as it stands now, and nothing is written.
	Save(ctx context.Context, file, was string, data []byte) (now Text, saved bool, err error)
	// File gives a file that staff put where it stands (Placed).
	File(ctx context.Context, file string) (Text, error)
	// Put puts another in its place, as Save writes one.
	Put(ctx context.Context, file, was string, data []byte) (now Text, put bool, err error)
	// Move gives it another name within its folder, or takes it away where the name is empty,
	// where it still stands as was says.
	Move(ctx context.Context, file, was, name string) (moved bool, problems problem.List, err error)
	// Make makes a file that can be made from what is there (Made): the descriptor of a
	// table, or the list of what is not translated.
	Make(ctx context.Context, file string) (problem.List, error)
	// Answer records what somebody answered to a question about a figure: row is what the
	// problem gave of it (problem.Cure).
	Answer(ctx context.Context, row, said, by string) error
	// Files are those that staff write.
	Files(ctx context.Context) ([]File, error)
	// New writes the skeleton of a document of a kind, and gives its first file. It reports
	// as scaffold.Document does.
	New(ctx context.Context, kind, name string) (file string, problems problem.List, err error)
	// Withheld is what is not published, to protect people.
	Withheld(ctx context.Context) ([]Withheld, error)
	// Changes says what a publication would change for the public.
	Changes(ctx context.Context) (Changes, error)
	// Explain records why published figures changed and where addresses moved to, by their
	// numbers. missing is Changes.Missing of when they were shown: where it is another by
	// now, nothing is recorded, and done is false.
	Explain(ctx context.Context, missing string, figures, moves map[int]Answer) (done bool, err error)
	// Approve records that somebody approved the changes with a digest; false where they
	// are others by now.
	Approve(ctx context.Context, digest, by string) (bool, error)
	// Publish sends the site to a target. tell is told how far it is.
	Publish(ctx context.Context, to string, tell func(step problem.Text, done, of int)) (Sent, error)
	// Targets are where it was published to before, the latest first.
	Targets() ([]string, error)
	// Steps are the things that were done, the latest first.
	Steps() ([]Step, error)
	// Undo brings the files of a step back to what they held before it; where one was
	// changed since, nothing is brought back, and that file is given.
	Undo(name string) (changed string, err error)
}

// Month is what a day asks for.
type Month struct {
	Bureau   string
	Day      period.Date
	Inbox    int   // files in the inbox that wait
	Due      []Due // statistics, the first due first
	Guides   []Due // to be verified again, and notices that are late
	Matters  []Due // that wait for a step that is overdue
	Promises []Due // that are not kept, or of which the verdict is another than at the last release
	Checked  bool  // what a check found last is known
	Errors   int
	Warnings int
}

// Due is one thing that is awaited.
type Due struct {
	Title, File string
	At          problem.Position // where it is edited
	From        string           // who sends it, or is to answer; empty where nobody says
	Latest      string           // the period that is there, or how it stands
	Day         period.Date
	Past        bool
	Arrived     string // the office file in the inbox that brings it; empty where none does
}

// Arrived is an office file in the inbox.
type Arrived struct {
	File  string // from the bureau's folder
	Size  int64
	Read  Read
	Taken bool // each of its tables was read from this very file
}

// Answers are what somebody said of an office file.
type Answers struct {
	As     string                   // the name of a table that is new
	Was    string                   // SHA-256 of the file that was shown; empty where none was
	Yes    bool                     // a table that is new is read rightly; else none is imported
	Gained bool                     // columns that are new belong to it
	Said   map[string]intake.Saying // of the columns of a table that is new, by their headers (intake.Reading.Layout)
	Answer                          // why older figures changed; zero where nobody said
}

// Answer is why a figure that was published changed, or where an address moved To.
type Answer struct{ Reason, Kind, By, To string }

// Step is one thing that was done at the desk.
type Step struct {
	Name   string
	At     time.Time
	Did    problem.Text
	Files  []string
	Undone bool
	Cut    bool // it was cut off in the middle
}

// HalfError is why something was done in part, and could not be brought back.
type HalfError struct{ Err error }

func (e *HalfError) Error() string { return e.Err.Error() }
func (e *HalfError) Unwrap() error { return e.Err }

// Read is an office file as it is understood.
type Read struct {
	Book     *table.Workbook
	Tables   []Table
	Problems problem.List // of the file, and what is asked of it
}

// Table is one table of an office file, and what becomes of it.
type Table struct {
	*intake.Reading
	New     bool
	Refused bool // nothing of its file was taken, or would be
	Change  intake.Change
	Written []string // files that were written, or would be
}

// Text is a file that staff write, as it stands.
type Text struct {
	File   string
	Bytes  []byte
	SHA256 string
	There  bool
}

// Withheld are the figures of a statistic that are not published.
type Withheld struct {
	Title, File string
	Why         string // in the words that readers have
	Cells       []WithheldCell
}

// WithheldCell is such a figure, and whether it is a small count itself or only guards one.
type WithheldCell struct {
	Row, Field, Cell, Number string
	Small                    bool
}

// File is one that staff write.
type File struct{ File, Title string }

// Changes are what a publication would change.
type Changes struct {
	Sheet       *render.ChangeSheet // nil while a problem stops it
	Digest      string
	Same        bool
	Unexplained []Unexplained
	Gone        []Gone       // addresses that were published and lead nowhere
	Missing     string       // stands for what nobody explained
	Problems    problem.List // errors, and questions about figures
	Approved    []bureau.Approval
}

// Unexplained is a published figure that is another now, and nobody said why.
type Unexplained struct {
	Number                             int
	What                               problem.Text // that changed, where it is no figure
	Statistic, Period, Field, Old, New string
	Fixed                              string // the kind of revision that it must be; empty where one is chosen
}

// Gone is an address that was published and leads nowhere.
type Gone struct {
	Number  int
	Address string
}

// Sent is what a publication did.
type Sent struct {
	Done     bool
	Label    string
	Files    int
	Removed  int
	Manifest string
	Problems problem.List
}
