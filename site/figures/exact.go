package figures

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"

	"sunshine/site/bureau"
)

// Exact is the decimal that staff wrote as a fraction. A figure of up to 15 digits
// is told by the float that holds it. n is a number, and not infinite.
func Exact(n float64) *big.Rat {
	if i := int64(n); float64(i) == n && i > -1<<53 && i < 1<<53 {
		return big.NewRat(i, 1)
	}
	r, _ := new(big.Rat).SetString(strconv.FormatFloat(n, 'f', -1, 64))
	return r
}

// Rounded is a fraction rounded once to some decimals, half away from zero, without
// the zeros behind the least decimals that are shown; without any where least is
// below 0.
func Rounded(r *big.Rat, decimals, least int) (text string, number float64) {
	text = r.FloatString(decimals)
	if decimals > 0 && least < decimals {
		end := len(text)
		for end > len(text)-decimals+max(least, 0) && text[end-1] == '0' {
			end--
		}
		if text[end-1] == '.' {
			end--
		}
		text = text[:end]
	}
	if text == "-0" {
		text = "0"
	}
	number, _ = strconv.ParseFloat(text, 64)
	return text, number
}

// Fraction is a figure as it was before it was rounded: what a derived field's formula
// gives, else what staff wrote. It is nil where there is no figure.
func Fraction(s *bureau.Statistic, row, field int) *big.Rat {
	c := s.Cell(row, field)
	if !c.Has() {
		return nil
	}
	if e := derivation(s, field); e != nil {
		if r := e.exact(s, row); r != nil {
			return r
		}
	}
	return Exact(c.Number)
}

// derivation is the formula of a derived field; nil for any other.
func derivation(s *bureau.Statistic, field int) *expression {
	if !s.Fields[field].Derived {
		return nil
	}
	for _, d := range s.Descriptor.Derive {
		if strings.TrimSpace(d.Name.V) == s.Fields[field].Name {
			if e, fault := compile(s, d.Value.V, false); fault == nil {
				scale, _ := Precision(s.Fields[field])
				e.scale = float64(scale)
				return e
			}
		}
	}
	return nil
}

// exact is what the formula of a derived field gives in a row before it is rounded;
// nil where it gives nothing.
func (e *expression) exact(s *bureau.Statistic, row int) *big.Rat {
	o := e.run(s, row)
	if o.exact == nil {
		return nil
	}
	return new(big.Rat).Mul(o.exact, Exact(e.scale))
}

// result is what a part of a formula gives: a number or a truth.
type result struct {
	number *big.Rat
	truth  bool
}

// evaluate computes a part of a formula on exact fractions of the fields; ok is false
// where it divides by zero.
func evaluate(n ast.Node, field func(int) *big.Rat) (v result, ok bool) {
	of := func(n ast.Node) (result, bool) { return evaluate(n, field) }
	switch n := n.(type) {
	case *ast.FloatNode:
		return result{number: Exact(n.Value)}, true
	case *ast.BoolNode:
		return result{truth: n.Value}, true
	case *ast.MemberNode: // Row[i], as the binder left it
		return result{number: field(n.Property.(*ast.IntegerNode).Value)}, true
	case *ast.UnaryNode:
		if v, ok = of(n.Node); !ok {
			return v, false
		}
		switch n.Operator {
		case "-":
			v.number = new(big.Rat).Neg(v.number)
		case "!", "not":
			v.truth = !v.truth
		}
		return v, true
	case *ast.ConditionalNode:
		if v, ok = of(n.Cond); !ok {
			return v, false
		}
		if v.truth {
			return of(n.Exp1)
		}
		return of(n.Exp2)
	case *ast.BinaryNode:
		a, ok := of(n.Left)
		if !ok {
			return a, false
		}
		switch { // as far as is needed to tell
		case n.Operator == "and" || n.Operator == "&&":
			if !a.truth {
				return a, true
			}
			return of(n.Right)
		case n.Operator == "or" || n.Operator == "||":
			if a.truth {
				return a, true
			}
			return of(n.Right)
		}
		b, ok := of(n.Right)
		if !ok {
			return b, false
		}
		return operate(n.Operator, a, b)
	}
	return result{}, false
}

// operate computes two numbers, or holds them against each other.
func operate(operator string, a, b result) (v result, ok bool) {
	if a.number == nil || b.number == nil { // two truths
		return result{truth: (a.truth == b.truth) == (operator == "==")}, true
	}
	switch operator {
	case "+":
		return result{number: new(big.Rat).Add(a.number, b.number)}, true
	case "-":
		return result{number: new(big.Rat).Sub(a.number, b.number)}, true
	case "*":
		return result{number: new(big.Rat).Mul(a.number, b.number)}, true
	case "/":
		if b.number.Sign() == 0 {
			return result{}, false
		}
		return result{number: new(big.Rat).Quo(a.number, b.number)}, true
	}
	c := a.number.Cmp(b.number)
	switch operator {
	case "==":
		v.truth = c == 0
	case "!=":
		v.truth = c != 0
	case "<":
		v.truth = c < 0
	case "<=":
		v.truth = c <= 0
	case ">":
		v.truth = c > 0
	case ">=":
		v.truth = c >= 0
	}
	return v, true
}

// Share is what one of some parts has of their sum, in per cent; nil where a part is
// missing or the sum is not above zero.
func Share(parts []float64, i int) *big.Rat {
	sum := new(big.Rat)
	for _, part := range parts {
		if math.IsNaN(part) {
			return nil
		}
		sum.Add(sum, Exact(part))
	}
	if sum.Sign() <= 0 {
		return nil
	}
	r := new(big.Rat).Quo(Exact(parts[i]), sum)
	return r.Mul(r, big.NewRat(100, 1))
}

// Ratio is 100·a/b, or k·a/b, rounded to some decimals, half away from zero, of the
// figures as they were written. b is not 0.
func Ratio(k int64, a, b float64, decimals int) float64 {
	r := new(big.Rat).Quo(Exact(a), Exact(b))
	_, n := Rounded(r.Mul(r, big.NewRat(k, 1)), decimals, -1)
	return n
}
