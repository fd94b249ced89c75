package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// revise fills in the rows that revisions.csv and addresses.csv lack, and asks for what
// only people know: why, of which kind, and who approved it.
func (c *command) revise(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	given, err := f.answer()
	if err != nil {
		return 0, err
	}
	progress := c.progress(&o, f, lang)
	r, problems, err := site.Revise(ctx, o)
	progress.end()
	if err != nil {
		return 0, err
	}
	if len(r.Figures)+len(r.Moves) == 0 {
		var other problem.List
		for _, p := range problems {
			if p.Severity == problem.Error {
				other = append(other, p)
			}
		}
		writeText(c.stderr, lang, other)
		c.say(f, lang, problem.Say("公布过的没有要说明的改动", "nothing that was published changed without a reason"))
		return verdict(other, false), nil
	}
	q := questions{c: c, lang: lang, in: bufio.NewReader(c.stdin), given: given}
	var figures, moves []site.Answer
	about := "" // what was asked about last: its answers are offered again
	for _, w := range r.Figures {
		if w.Statistic != about {
			q.last = site.Answer{By: q.last.By}
		}
		what := strings.Join(strings.Fields(w.Statistic+" "+w.Period+" "+w.Field+" "+w.What.In(lang)), " ")
		q.tell(problem.Say("%s：%s → %s", "%s: %s → %s", problem.Quote(what), problem.Quote(w.Old), problem.Quote(w.New)))
		a := site.Answer{
			Reason: q.ask(q.given.Reason, q.last.Reason, problem.Say("为什么改", "why did it change"), nil),
			Kind:   w.Kind,
		}
		if w.Old == "" { // what is taken off has no other meaning
			if a.Kind = q.given.Kind; a.Kind == bureau.RevisionDefinition {
				a.Kind = ""
			}
		} else if a.Kind == "" {
			a.Kind = q.ask(q.given.Kind, q.last.Kind, problem.Say("类型：定期修订、更正，还是口径变化", "kind: scheduled, correction or definition"), bureau.RevisionKinds)
		}
		a.By = q.ask(q.given.By, q.last.By, problem.Say("谁批准的", "who approved it"), nil)
		q.last, about = a, w.Statistic
		figures = append(figures, a)
	}
	q.last = site.Answer{}
	for _, m := range r.Moves {
		q.tell(problem.Say("网址 %s 没有了", "the address %s is gone", problem.Quote(m.Old)))
		to := m.New
		if f.reason == "" {
			to = q.ask("", m.New, problem.Say("内容现在在哪里", "where is its content now"), nil)
		}
		moves = append(moves, site.Answer{To: to, Reason: q.ask(q.given.Reason, q.last.Reason, problem.Say("为什么搬走", "why did it move"), nil)})
	}
	if q.err != nil {
		return 0, usage("没有答完，什么也没有写。在终端里运行，或者写上 --reason、--kind 和 --by", "not everything was answered, and nothing was written; run this in a terminal, or give --reason, --kind and --by")
	}
	written, err := r.Record(o, figures, moves)
	if list := (*site.ListError)(nil); errors.As(err, &list) {
		return 0, usage("%s 的第一行不是用逗号分隔的表头，什么也没有写；另存为逗号分隔的CSV，表头放在第一行，再运行一次", "the first line of %s is no header parted by commas, and nothing was written; save it as CSV with commas and the header in the first line, and run this again", list.File)
	}
	if err != nil {
		return 0, err
	}
	for _, file := range written {
		c.say(f, lang, problem.Say("已写进 %s", "written to %s", filepath.ToSlash(filepath.Join(o.Dir, file))))
	}
	c.say(f, lang, problem.Say("看过以后，再运行 sunshine check", "look it over, then run sunshine check"))
	return exitFine, nil
}

// answer gives what --reason, --kind and --by say.
func (f *flags) answer() (site.Answer, error) {
	a := site.Answer{Reason: f.reason, By: f.by}
	if f.kind != "" {
		id, ok := bureau.RevisionKinds.Of(f.kind)
		if !ok {
			return a, usage("--kind 只能写 scheduled（定期修订）、correction（更正）或 definition（口径变化），现在是“%s”", "--kind is scheduled, correction or definition, not %q", problem.Quote(f.kind))
		}
		a.Kind = id
	}
	return a, nil
}

// questions asks staff, and takes what they said last for an empty line.
type questions struct {
	c           *command
	lang        problem.Language
	in          *bufio.Reader
	given, last site.Answer
	err         error
}

func (q *questions) tell(t problem.Text) {
	fmt.Fprintln(q.c.stdout, problem.Visible(t.In(q.lang)))
}

// line asks once, and gives what is typed, or, for an empty line, what was said before.
func (q *questions) line(question problem.Text, before string) (string, error) {
	suffix := ": "
	if before != "" {
		suffix = " [" + before + "]: "
	}
	fmt.Fprint(q.c.stdout, "  "+question.In(q.lang)+suffix)
	line, err := q.in.ReadString('\n')
	answer := strings.TrimSpace(line)
	if answer == "" && err == nil {
		answer = before
	}
	return answer, err
}

// ask gives what was given, else what is typed, else what was said before. Words, where
// there are any, are all that may be said.
func (q *questions) ask(given, before string, question problem.Text, words bureau.Words) string {
	if given != "" || q.err != nil {
		return given
	}
	for {
		answer, err := q.line(question, before)
		if words != nil && answer != "" {
			id, ok := words.Of(answer)
			if ok {
				return id
			}
			q.tell(problem.Say("没有这一类：%s。%s", "no such kind: %s; %s", problem.Quote(answer), words.Hint(answer).In(q.lang)))
			answer = ""
		}
		if answer != "" {
			return answer
		}
		if err != nil {
			q.err = errors.Join(q.err, io.ErrUnexpectedEOF)
			return ""
		}
	}
}
