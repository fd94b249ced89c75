package figures

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const (
	maxExpression = 1000 // bytes
	maxNodes      = 200
)

// expression is a rule of a descriptor: arithmetic and comparison over the
// measures of one row. A field is named by its name, or as $["…"] where the name
// is no identifier. Signs as staff type them are read too: = ≤ ≥ ≠ × ÷ and the
// full-width forms.
type expression struct {
	root   ast.Node            // with the fields bound
	scale  float64             // of a derived field, what its value is multiplied by
	parts  map[int]*expression // the formulas of the derived fields that it names
	fields []int               // those it names, in the order in which it names them
	scaled bool                // it multiplies or divides, so its unit is not that of its fields
	unlike *problem.Fault      // it adds up fields in unlike units
}

// environment is what a formula sees: the values of the row, by field.
type environment struct{ Row []float64 }

// compile reads a rule that gives a number, or a truth where truth is set.
func compile(s *bureau.Statistic, text string, truth bool) (*expression, *problem.Fault) {
	if len(text) > maxExpression {
		return nil, problem.Refuse(problem.Say("算式过长", "the formula is too long"), problem.Say("最多%[1]d个字节，请分成几条", "at most %[1]d bytes; split it", maxExpression))
	}
	e := &expression{}
	names := &binder{s: s, e: e, units: map[ast.Node]string{}}
	want := expr.AsFloat64()
	if truth {
		want = expr.AsBool()
	}
	_, err := expr.Compile(standard(text), expr.Env(environment{}), expr.DisableAllBuiltins(), expr.MaxNodes(maxNodes), expr.Optimize(false), want, expr.Patch(names))
	if names.fault != nil {
		return nil, names.fault
	}
	if err != nil {
		return nil, unreadable(s, text, err)
	}
	if len(e.fields) == 0 {
		return nil, problem.Refuse(problem.Say("算式“%s”里没有任何字段", `the formula "%s" names no field`, problem.Quote(text)), problem.Suggest("", s.FieldNames(bureau.Field.IsMeasure)))
	}
	for _, f := range e.fields { // a check holds the figures as they are published
		if part := derivation(s, f); part != nil && !truth {
			if e.parts == nil {
				e.parts = map[int]*expression{}
			}
			e.parts[f] = part
		}
	}
	return e, nil
}

// outcome is what a rule gives for one row.
type outcome struct {
	value     float64  // NaN where there is none
	exact     *big.Rat // the value before it is rounded to a float
	lost      bool     // there is a value, and it cannot be computed: it is too large
	holds     bool
	status    bureau.Status
	qualifier bureau.Qualifier
}

// run computes the rule for a row; a value is made of what fields derived before it
// were before they were rounded, a check holds them as they are shown. Where a marker stands instead of one of its
// values there is no outcome: it is confidential if one of them is, else not
// available. Divided by zero it is not applicable. A break in series stays.
func (e *expression) run(s *bureau.Statistic, at int) outcome {
	o := outcome{value: math.NaN()}
	for _, i := range e.fields {
		c := s.Cell(at, i)
		if !c.Has() {
			o.status |= bureau.NotAvailable | c.Status&bureau.Break
			if c.Status&bureau.Confidential != 0 {
				o.status |= bureau.Confidential
			}
			continue
		}
		o.status |= c.Status
		if c.Qualifier != bureau.Exact {
			o.qualifier = bureau.About
		}
	}
	switch {
	case o.status&bureau.Confidential != 0:
		return outcome{value: math.NaN(), status: o.status&bureau.Break | bureau.Confidential}
	case o.status&bureau.NotAvailable != 0:
		return outcome{value: math.NaN(), status: o.status&bureau.Break | bureau.NotAvailable}
	}
	v, ok := evaluate(e.root, func(field int) *big.Rat {
		if part := e.parts[field]; part != nil {
			if r := part.exact(s, at); r != nil {
				return r
			}
		}
		return Exact(s.Cell(at, field).Number)
	})
	if !ok {
		return outcome{value: math.NaN(), status: o.status&bureau.Break | bureau.NotApplicable}
	}
	if o.holds = v.truth; v.number == nil {
		return o
	}
	o.exact = v.number
	if o.value, _ = v.number.Float64(); math.IsInf(o.value, 0) {
		return outcome{value: math.NaN(), status: bureau.NotAvailable, lost: true}
	}
	return o
}

// binder ties the names of a formula to the fields of a statistic, and lets
// through arithmetic and comparison alone.
type binder struct {
	s     *bureau.Statistic
	e     *expression
	units map[ast.Node]string // what a part of the formula counts in, where that is known
	fault *problem.Fault
}

// Visit is called for every node, the inner ones first.
func (b *binder) Visit(node *ast.Node) {
	if b.fault != nil {
		return
	}
	defer func() { b.e.root = *node }() // the last is the whole
	switch n := (*node).(type) {
	case *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ConditionalNode:
	case *ast.IntegerNode:
		ast.Patch(node, &ast.FloatNode{Value: float64(n.Value)})
	case *ast.IdentifierNode:
		if n.Value != "$" {
			b.field(node, n.Value)
		}
	case *ast.MemberNode:
		under, ok := n.Node.(*ast.IdentifierNode)
		name, text := n.Property.(*ast.StringNode)
		if !ok || under.Value != "$" || !text {
			b.refuse(n.String())
			return
		}
		b.field(node, name.Value)
	case *ast.UnaryNode:
		b.units[n] = b.units[n.Node]
		if n.Operator != "-" && n.Operator != "+" && n.Operator != "!" && n.Operator != "not" {
			b.refuse(n.Operator)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "and", "or", "&&", "||":
		case "+", "-":
			b.sum(n)
		case "*":
			b.e.scaled = true
			if _, number := n.Left.(*ast.FloatNode); number {
				b.units[n] = b.units[n.Right]
			} else if _, number := n.Right.(*ast.FloatNode); number {
				b.units[n] = b.units[n.Left]
			}
		case "/":
			b.e.scaled = true
		case "==", "!=", "<", "<=", ">", ">=":
		default:
			b.refuse(n.Operator)
		}
	default:
		b.refuse(n.String())
	}
}

func (b *binder) field(node *ast.Node, name string) {
	i := b.s.Field(name)
	if i < 0 {
		hint := problem.Suggest(name, b.s.FieldNames(bureau.Field.IsMeasure))
		for _, f := range b.s.Fields {
			if f.IsMeasure() && strings.HasPrefix(f.Name, name) && !identifier(f.Name) {
				hint = problem.Say("名称里有括号等符号的，要写成 %s", "a name with brackets or other signs is written %s", `$["`+f.Name+`"]`)
			}
		}
		b.fault = problem.Refuse(problem.Say("没有“%s”这个字段", `there is no field "%s"`, problem.Quote(name)), hint)
		return
	}
	if !b.s.Fields[i].IsMeasure() {
		b.fault = problem.Refuse(problem.Say("“%s”不是数值字段，不能参加计算", `"%s" is not a field of numbers and cannot be computed with`, problem.Quote(name)), problem.Suggest("", b.s.FieldNames(bureau.Field.IsMeasure)))
		return
	}
	known := false
	for _, f := range b.e.fields {
		known = known || f == i
	}
	if !known {
		b.e.fields = append(b.e.fields, i)
	}
	ast.Patch(node, &ast.MemberNode{Node: &ast.IdentifierNode{Value: "Row"}, Property: &ast.IntegerNode{Value: i}})
	b.units[*node] = columnUnit(b.s, i)
}

// columnUnit is what a field counts in: its unit, or that of all rows where each
// gives its own, or else the name of the column that gives it.
func columnUnit(s *bureau.Statistic, field int) string {
	for i := range s.Rows {
		if s.Fields[field].UnitField >= 0 && s.Unit(i, field) != s.Unit(0, field) {
			return s.Fields[s.Fields[field].UnitField].Name
		}
	}
	if len(s.Rows) == 0 {
		return ""
	}
	return s.Unit(0, field)
}

// sum holds that what is added or subtracted counts in one unit: 件 and 起 are
// not added up, though they may be multiplied or divided.
func (b *binder) sum(n *ast.BinaryNode) {
	left, right := b.units[n.Left], b.units[n.Right]
	if left != "" && right != "" && left != right && b.e.unlike == nil {
		b.e.unlike = problem.Refuse(problem.Say("算式把“%s”和“%s”两种单位的数相加减", `the formula adds or subtracts figures in "%s" and in "%s"`, problem.Quote(left), problem.Quote(right)),
			problem.Say("单位不同的数不能相加减，只能相乘或相除；单位写错的，改正 unit", "figures in different units may be multiplied or divided, but not added or subtracted; correct the unit if it is wrong"))
	}
	b.units[n] = cmp.Or(left, right)
}

func (b *binder) refuse(what string) {
	b.fault = problem.Refuse(problem.Say("算式里不能用“%s”", `a formula cannot use "%s"`, problem.Quote(what)),
		problem.Say(`只能用字段、数字、括号、+ - * / 和 == != < <= > >= and or not；名称带括号的字段写成 $["名称"]`, `use fields, numbers, brackets, + - * / and == != < <= > >= and or not; a field with brackets in its name is written $["name"]`))
}

func unreadable(s *bureau.Statistic, text string, err error) *problem.Fault {
	detail := problem.Text{ZH: reason(err.Error()), EN: err.Error()}
	var at *file.Error
	if errors.As(err, &at) {
		detail = problem.Text{
			ZH: fmt.Sprintf("%s（第%d个字符）", reason(at.Message), at.Column+1),
			EN: fmt.Sprintf("%s (character %d)", at.Message, at.Column+1),
		}
	}
	hint := problem.Say(`改正算式；名称带括号、空格或以数字开头的字段要写成 $["名称"]`, `correct the formula; a field whose name has brackets or spaces or starts with a digit is written $["name"]`)
	for _, f := range s.Fields {
		if f.IsMeasure() && !identifier(f.Name) && strings.Contains(text, f.Name) {
			hint = problem.Say("把“%[1]s”写成 $[\"%[1]s\"]", "write %[1]s as $[\"%[1]s\"]", f.Name)
		}
	}
	return problem.Refuse(problem.Text{ZH: "算式“" + problem.Quote(text) + "”读不懂：" + problem.Quote(detail.ZH), EN: `the formula "` + problem.Quote(text) + `" cannot be read: ` + problem.Quote(detail.EN)}, hint)
}

// reasons are what the library says, in Chinese; $1 is what it quotes.
var reasons = [...]struct {
	said *regexp.Regexp
	zh   string
}{
	{regexp.MustCompile(`^unexpected (?:token EOF|end of expression)`), "算式没有写完"},
	{regexp.MustCompile(`^unexpected token \w+\("(.*)"\)`), "“$1”的位置不对"},
	{regexp.MustCompile(`^unrecognized character: U\+\w+ '(.*)'`), "不能用符号“$1”"},
	{regexp.MustCompile(`^literal not terminated`), "引号没有结束"},
	{regexp.MustCompile(`^bad number syntax: "(.*)"`), "“$1”不是数，列名以数字开头的要加引号"},
	{regexp.MustCompile(`maximum allowed nodes`), "算式太长"},
	{regexp.MustCompile(`^expected bool`), "这里要写一个关系，例如 合计 == 男 + 女"},
	{regexp.MustCompile(`^expected float64`), "这里要算出一个数，不能是关系"},
	{regexp.MustCompile(`^invalid operation: (\S+)`), "“$1”不能用在数值上"},
}

func reason(said string) string {
	for _, r := range reasons {
		if m := r.said.FindStringSubmatchIndex(said); m != nil {
			return string(r.said.ExpandString(nil, r.zh, said, m))
		}
	}
	return said
}

// identifier tells whether a name can stand in a formula as it is.
func identifier(name string) bool {
	_, err := expr.Compile(name, expr.DisableAllBuiltins())
	return err == nil && !strings.ContainsAny(name, " +-*/().,$[]\"'") && (name[0] < '0' || name[0] > '9')
}

var signs = strings.NewReplacer("≤", "<=", "≦", "<=", "≥", ">=", "≧", ">=", "≠", "!=", "×", "*", "÷", "/", "−", "-", "（", "(", "）", ")", "＋", "+", "－", "-", "＊", "*", "／", "/", "＝", "=", "＜", "<", "＞", ">", "\u3000", " ")

// standard puts the signs that staff type into those of the language, outside of quotes.
func standard(text string) string {
	var b strings.Builder
	for text != "" {
		open := strings.IndexAny(text, `"'`)
		if open < 0 {
			open = len(text)
		}
		b.WriteString(equals(signs.Replace(text[:open])))
		text = text[open:]
		if text == "" {
			break
		}
		end := strings.IndexByte(text[1:], text[0])
		if end < 0 {
			end = len(text) - 2
		}
		b.WriteString(text[:end+2])
		text = text[end+2:]
	}
	return b.String()
}

// equals makes == of a lone =.
func equals(text string) string {
	if !strings.Contains(text, "=") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] == '=' && (i == 0 || !strings.ContainsRune("=<>!", rune(text[i-1]))) && (i+1 == len(text) || text[i+1] != '=') {
			b.WriteByte('=')
		}
	}
	return b.String()
}
