package check

import (
	"sunshine/site/bureau"
)

func (q *quoted) columns(b *bureau.Bureau) {}

func (q *quoted) attachments(static []bureau.File) {}
