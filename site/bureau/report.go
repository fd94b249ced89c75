package bureau

import (
	"strconv"
	"strings"
)

// AnnualReport gives the year that the page is the annual report on open
// government of, told by its name, annual-report-2025; 0 for any other page.
func (p *Page) AnnualReport() int {
	year, found := strings.CutPrefix(p.Name, "annual-report-")
	if n, err := strconv.Atoi(year); found && err == nil && n > 0 {
		return n
	}
	return 0
}
