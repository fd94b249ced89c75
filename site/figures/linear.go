package figures

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// linear reads a side of a rule that adds and subtracts fields and does nothing
// else: 期初 + 新增 - 减少, where a name that is no identifier stands as $["…"].
func linear(s *bureau.Statistic, text string) (plus, minus []int, ok bool) {
	sign, due := '+', true // a field is due
	for text = strings.TrimSpace(standard(text)); text != ""; text = strings.TrimSpace(text) {
		if r := rune(text[0]); r == '+' || r == '-' {
			if due && len(plus)+len(minus) > 0 {
				return nil, nil, false
			}
			sign, due, text = r, true, text[1:]
			continue
		}
		name, rest := text, ""
		if quoted, is := strings.CutPrefix(text, `$["`); is {
			if name, rest, is = strings.Cut(quoted, `"]`); !is {
				return nil, nil, false
			}
		} else if i := strings.IndexAny(text, "+- \t"); i >= 0 {
			name, rest = text[:i], text[i:]
		}
		field := s.Field(strings.TrimSpace(name))
		if !due || field < 0 {
			return nil, nil, false
		}
		if sign == '+' {
			plus = append(plus, field)
		} else {
			minus = append(minus, field)
		}
		due, text = false, rest
	}
	return plus, minus, !due
}

// declared gives the identities that the checks of the descriptor state, 合计 == 男 +
// 女 or 期初 + 新增 == 减少 + 期末, however their sides are written; and what its
// derived fields take from one count and leave of it: 女民警 of 民警 - 男民警.
func declared(s *bureau.Statistic) (found []bureau.Identity) {
	for _, c := range s.Descriptor.Checks {
		left, right, is := strings.Cut(standard(c.Rule.V), "==")
		a, b, ok := linear(s, left)
		d, e, too := linear(s, right)
		if !is || !ok || !too {
			continue
		}
		a, d = append(a, e...), append(d, b...)
		if len(d) == 1 {
			a, d = d, a
		}
		if len(a) > 0 && len(d) > 0 && len(a)+len(d) > 2 {
			found = append(found, bureau.Identity{Why: bureau.ByCheck, Left: a, Right: d, Along: -1})
		}
	}
	for _, d := range s.Descriptor.Derive {
		if plus, minus, ok := linear(s, d.Value.V); ok && len(plus) == 1 && len(minus) > 0 && s.Fields[plus[0]].IsPersonal() && d.Format.V != "percent" {
			found = append(found, bureau.Identity{Why: bureau.ByDerive, Left: plus, Right: minus, Along: -1})
		}
	}
	return slices.DeleteFunc(found, func(id bureau.Identity) bool {
		return slices.ContainsFunc(slices.Concat(id.Left, id.Right), func(f int) bool { return s.Fields[f].Role != bureau.RoleMeasure })
	})
}

// opening and closing are the words of what is there before and after a period,
// and coming and going of what changes it.
var (
	opening = strings.Fields("期初 年初 月初 季初 上期 上年 上月 上季 原有 结转前 opening")
	closing = strings.Fields("期末 年末 月末 季末 下期 下年 下月 下季 现有 在册 结存 closing")
	coming  = strings.Fields("新收 新受理 受理 收案 新增 增加 纳入 接收 调入 迁入 入 new")
	going   = strings.Fields("办结 结案 减少 退出 解除 注销 转出 调出 迁出 出 closed")
)

// balances finds the identity of a stock by the names of its columns and its
// figures: 期初 + 新增 = 减少 + 期末, in every row that has all four, and not only of
// zeros.
func balances(s *bureau.Statistic) (found []bureau.Identity) {
	var of [4][]int
	for f := range s.Fields {
		if s.Fields[f].Role != bureau.RoleMeasure || s.Fields[f].Derived || s.Fields[f].Type == "percent" {
			continue
		}
		name := strings.ToLower(s.Fields[f].Bare())
		for i, words := range [4][]string{opening, coming, going, closing} {
			if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) }) {
				of[i] = append(of[i], f)
			}
		}
	}
	for _, before := range of[0] {
		for _, in := range of[1] {
			for _, out := range of[2] {
				for _, after := range of[3] {
					id := bureau.Identity{Why: bureau.ByArithmetic, Left: []int{before, in}, Right: []int{out, after}, Along: -1}
					if before != in && before != out && before != after && in != out && in != after && out != after && balanced(s, id) {
						found = append(found, id)
					}
				}
			}
		}
	}
	return found
}

// balanced tells whether an identity holds in every row that has all its figures,
// and in some row not only of zeros.
func balanced(s *bureau.Statistic, id bureau.Identity) (some bool) {
	for r := range s.Rows {
		sum := SumOf(s, id, r)
		if !sum.Known || sum.Missing {
			continue
		}
		if sum.Off > 0 {
			return false
		}
		some = some || sum.Left > chance
	}
	return some
}
