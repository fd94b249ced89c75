package figures

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
)

// StepState is where one step of a matter stands as of a day.
type StepState uint8

const (
	StepAhead   StepState = iota // its turn has not come
	StepWaiting                  // it is the next one
	StepDone
	StepSkipped // it has no date, and a later one is done or the office keeps none
)

// MatterStep is one of the five steps of a matter.
type MatterStep struct {
	State StepState
	Date  period.Date // on which it was done
	Due   period.Date // the last day that is in time
	Days  int         // from receipt until it was done
	Late  int         // days after Due on which it was done, or that have passed without it; 0 in time
}

// MatterProgress is where a matter stands as of a day.
type MatterProgress struct {
	Steps [len(bureau.MatterSteps)]MatterStep
	Next  int // the step that is waited for, or -1 where none is
	Age   int // days from receipt to the answer of a completed matter, or to the day
	Late  int // days by which the next step is overdue, or 0
}

// Whole tells whether all five steps are dated.
func (p MatterProgress) Whole() bool {
	for _, s := range p.Steps {
		if s.State != StepDone {
			return false
		}
	}
	return true
}

// Follow tells where a matter stands as of a day. days are those from receipt in
// which each step is due. A step is waited for once the last dated one is before
// it; those without a date that stand before a dated one were skipped and are not
// waited for, nor are those of which the office keeps no day.
func Follow(m *bureau.Matter, days [len(bureau.MatterSteps)]int, asOf period.Date) MatterProgress {
	p := MatterProgress{Next: -1}
	last := -1
	for i, d := range m.Steps {
		if d.Given() {
			last = i
		}
	}
	for i := last + 1; i < len(m.Steps) && p.Next < 0; i++ {
		if !m.Unkept[i] {
			p.Next = i
		}
	}
	for i, d := range m.Steps {
		s := &p.Steps[i]
		s.Due = m.Received.V + period.Date(days[i])
		switch {
		case d.Given():
			s.State, s.Date, s.Days, s.Late = StepDone, d.V, int(d.V-m.Received.V), max(0, int(d.V-s.Due))
		case i < last, m.Unkept[i]:
			s.State = StepSkipped
		case i == p.Next:
			s.State, s.Late = StepWaiting, max(0, int(asOf-s.Due))
			p.Late = s.Late
		}
	}
	end := asOf
	if answered := m.Steps[bureau.Answered]; m.State == bureau.CompletedMatter && answered.Given() {
		end = answered.V
	}
	p.Age = int(end - m.Received.V)
	return p
}

// Ages are the upper bounds in days of the ages by which open matters are
// counted; the last class has none.
var Ages = [...]int{30, 60, 90}

// MatterCount counts the matters of a ledger as of a day.
type MatterCount struct {
	Received, Completed, Open int
	Ages                      [len(Ages) + 1]int // the open ones, by the days since receipt
	Oldest                    int                // days since receipt of the oldest open one
	Overdue                   int                // those, open or completed, that wait for a step that is overdue
	Whole                     int                // the completed ones with all five steps dated
}

// Add counts one more matter.
func (c *MatterCount) Add(m *bureau.Matter, p MatterProgress) {
	c.Received++
	if p.Late > 0 {
		c.Overdue++
	}
	if m.State == bureau.CompletedMatter {
		c.Completed++
		if p.Whole() {
			c.Whole++
		}
		return
	}
	c.Open++
	c.Oldest = max(c.Oldest, p.Age)
	class := 0
	for class < len(Ages) && p.Age > Ages[class] {
		class++
	}
	c.Ages[class]++
}
