package bureau

// Loose is a text of a file of rows that stands in none of them: a cell of a row that
// does not fit the header, what follows a broken quotation mark or a second table. It is
// published nowhere, and searched for personal data as all else is.
type Loose struct {
	String
	Beside string // the header over it, as far as that can be told
	Raw    bool   // it is lines as they stand in the file, which nothing parted into cells
}
