package attack

import "math/big"

// fraction is an exact number: of two small whole ones while they are small, which
// is nearly always, else of large ones. The zero fraction is 0.
type fraction struct {
	n, d int64 // d is 0 for the number 0, as in the zero value, else above 0
	big  *big.Rat
}

const small = 1 << 31

func whole(n int64) fraction { return fraction{n: n, d: 1} }

func fractionOf(r *big.Rat) fraction {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		if n, d := r.Num().Int64(), r.Denom().Int64(); n < small && n > -small && d < small {
			return fraction{n: n, d: d}
		}
	}
	return fraction{big: r}
}

func (f fraction) rat() *big.Rat {
	switch {
	case f.big != nil:
		return f.big
	case f.n == 0:
		return new(big.Rat)
	}
	return big.NewRat(f.n, f.d)
}

func (f fraction) sign() int {
	switch {
	case f.big != nil:
		return f.big.Sign()
	case f.n > 0:
		return 1
	case f.n < 0:
		return -1
	}
	return 0
}

func (f fraction) neg() fraction {
	if f.big != nil {
		return fraction{big: new(big.Rat).Neg(f.big)}
	}
	return fraction{n: -f.n, d: f.d}
}

func (f fraction) small() bool { return f.big == nil && f.n < small && f.n > -small && f.d < small }

// reduced brings n/d, with d above 0, to lowest terms.
func reduced(n, d int64) fraction {
	if n == 0 {
		return fraction{}
	}
	if d != 1 {
		a, b := n, d
		if a < 0 {
			a = -a
		}
		for b != 0 {
			a, b = b, a%b
		}
		n, d = n/a, d/a
	}
	if n >= small || n <= -small || d >= small {
		return fraction{big: big.NewRat(n, d)}
	}
	return fraction{n: n, d: d}
}

func (f fraction) mul(g fraction) fraction {
	if f.sign() == 0 || g.sign() == 0 {
		return fraction{}
	}
	if f.small() && g.small() {
		return reduced(f.n*g.n, f.d*g.d)
	}
	return fractionOf(new(big.Rat).Mul(f.rat(), g.rat()))
}

func (f fraction) sub(g fraction) fraction {
	switch {
	case g.sign() == 0:
		return f
	case f.sign() == 0:
		return g.neg()
	case f.small() && g.small():
		if f.d == g.d {
			return reduced(f.n-g.n, f.d)
		}
		// Each product is below 2⁶², so their difference fits.
		return reduced(f.n*g.d-g.n*f.d, f.d*g.d)
	}
	return fractionOf(new(big.Rat).Sub(f.rat(), g.rat()))
}

func (f fraction) quo(g fraction) fraction {
	if f.sign() == 0 {
		return fraction{}
	}
	if f.small() && g.small() {
		n, d := f.n*g.d, f.d*g.n
		if d < 0 {
			n, d = -n, -d
		}
		return reduced(n, d)
	}
	return fractionOf(new(big.Rat).Quo(f.rat(), g.rat()))
}

func (f fraction) cmp(g fraction) int { return f.sub(g).sign() }

// floor and ceil give the whole numbers next to it.
func (f fraction) floor() *big.Int { r := f.rat(); return floorDiv(r.Num(), r.Denom()) }

func (f fraction) ceil() *big.Int { return new(big.Int).Neg(f.neg().floor()) }
