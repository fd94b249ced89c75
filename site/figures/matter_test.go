package figures

import (
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// matterOf is a matter received on 1 June 2026 with steps so many days after that;
// -1 is a step without a date.
func matterOf(state bureau.MatterState, after ...int) *bureau.Matter {
	on := func(days int) bureau.Date {
		return bureau.Date{V: period.NewDate(2026, time.June, 1) + period.Date(days), At: problem.Position{Line: 2}}
	}
	m := &bureau.Matter{Received: on(0), State: state}
	for i, days := range after {
		if days >= 0 {
			m.Steps[i] = on(days)
		}
	}
	return m
}

var limits = [...]int{7, 15, 30, 60, 70}

// unkept is a matter of an office that keeps no day of some steps.
func unkept(m *bureau.Matter, steps ...int) *bureau.Matter {
	for _, i := range steps {
		m.Unkept[i] = true
	}
	return m
}

func TestFollow(t *testing.T) {
	const ahead, waiting, done, skipped = StepAhead, StepWaiting, StepDone, StepSkipped
	for _, c := range []struct {
		name      string
		matter    *bureau.Matter
		asOf      int // days after receipt
		states    [5]StepState
		next      int
		age, late int
		lateSteps [5]int
	}{
		{"just received", matterOf(bureau.OpenMatter), 0, [5]StepState{waiting, ahead, ahead, ahead, ahead}, 0, 0, 0, [5]int{}},
		{"the last day in time", matterOf(bureau.OpenMatter), 7, [5]StepState{waiting, ahead, ahead, ahead, ahead}, 0, 7, 0, [5]int{}},
		{"a day late", matterOf(bureau.OpenMatter), 8, [5]StepState{waiting, ahead, ahead, ahead, ahead}, 0, 8, 1, [5]int{1}},
		{"two steps done, one of them late", matterOf(bureau.OpenMatter, 3, 20), 30, [5]StepState{done, done, waiting, ahead, ahead}, 2, 30, 0, [5]int{0, 5}},
		{"a step left out", matterOf(bureau.OpenMatter, 3, -1, 20), 91, [5]StepState{done, skipped, done, waiting, ahead}, 3, 91, 31, [5]int{0, 0, 0, 31}},
		{"completed, not yet published", matterOf(bureau.CompletedMatter, 3, 10, 20, 40), 72, [5]StepState{done, done, done, done, waiting}, 4, 40, 2, [5]int{0, 0, 0, 0, 2}},
		{"the office keeps no day of two steps", unkept(matterOf(bureau.OpenMatter, 3), 1, 2), 91, [5]StepState{done, skipped, skipped, waiting, ahead}, 3, 91, 31, [5]int{0, 0, 0, 31}},
		{"nor of the last one", unkept(matterOf(bureau.CompletedMatter, -1, -1, -1, 40), 0, 1, 2, 4), 400, [5]StepState{skipped, skipped, skipped, done, skipped}, -1, 40, 0, [5]int{}},
		{"all done", matterOf(bureau.CompletedMatter, 3, 10, 20, 40, 45), 400, [5]StepState{done, done, done, done, done}, -1, 40, 0, [5]int{}},
	} {
		p := Follow(c.matter, limits, c.matter.Received.V+period.Date(c.asOf))
		if p.Next != c.next || p.Age != c.age || p.Late != c.late {
			t.Errorf("%s: next %d, age %d, late %d; want %d, %d, %d", c.name, p.Next, p.Age, p.Late, c.next, c.age, c.late)
		}
		for i, s := range p.Steps {
			if s.State != c.states[i] || s.Late != c.lateSteps[i] {
				t.Errorf("%s: step %d is %d, %d days late; want %d, %d", c.name, i, s.State, s.Late, c.states[i], c.lateSteps[i])
			}
		}
	}
}

func TestMatterCount(t *testing.T) {
	var c MatterCount
	for _, m := range []struct {
		*bureau.Matter
		asOf int
	}{
		{matterOf(bureau.OpenMatter, 1, 2, 3), 30},                // in time
		{matterOf(bureau.OpenMatter, 1, 2, 3), 31},                // in time
		{matterOf(bureau.OpenMatter, 1, 2, 3), 61},                // a day late
		{matterOf(bureau.OpenMatter, 1, 2, 3), 90},                // late
		{matterOf(bureau.OpenMatter, 1, 2, 3), 91},                // late
		{matterOf(bureau.CompletedMatter, 1, 2, 3, 4, 5), 200},    // whole
		{matterOf(bureau.CompletedMatter, 1, -1, 3, 4, 5), 200},   // a step left out
		{matterOf(bureau.CompletedMatter, 1, 2, 3, 4), 71},        // publication is late
		{matterOf(bureau.CompletedMatter, 1, 2, 3, 4, 100), 1000}, // late, but done
	} {
		c.Add(m.Matter, Follow(m.Matter, limits, m.Received.V+period.Date(m.asOf)))
	}
	want := MatterCount{Received: 9, Completed: 4, Open: 5, Ages: [...]int{1, 1, 2, 1}, Oldest: 91, Overdue: 4, Whole: 2}
	if c != want {
		t.Errorf("%+v, want %+v", c, want)
	}
}
