package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
)

// seed is what all figures are drawn from. Each is drawn by its own name, so that one
// more statistic changes no figure of another.
const seed = "示范市 2023-10"

// noise is a number between -1 and 1, most often near 0, the same one for a name always.
func noise(name ...any) float64 {
	sum := sha256.Sum256(fmt.Append([]byte(seed), name...))
	one := func(at int) float64 { return float64(binary.BigEndian.Uint32(sum[at:])) / (1 << 32) }
	return one(0) + one(4) - 1
}

// month counts months from year 0.
type month int

func on(year, m int) month     { return month(year*12 + m - 1) }
func (m month) year() int      { return int(m) / 12 }
func (m month) number() int    { return int(m)%12 + 1 }
func (m month) String() string { return fmt.Sprintf("%d年%d月", m.year(), m.number()) }

// The living data are of 36 months.
var first, last = on(2023, 10), on(2026, 9)

// season is what a month has of a yearly wave that is highest in the month high.
func season(m month, high int, height float64) float64 {
	return 1 + height*math.Cos(2*math.Pi*float64(m.number()-high)/12)
}

// grown is what became of 1 since the first month at a rate a year.
func grown(m month, rate float64) float64 { return math.Pow(1+rate, float64(m-first)/12) }

func whole(x float64) int { return int(math.Round(x)) }

var (
	branches = []string{"城东分局", "城西分局", "示范县公安局"}
	stations = []string{"朝阳路派出所", "东门派出所", "示范派出所", "西门派出所", "城关派出所", "北河派出所"}
	ledgers  = []string{"意见建议", "利益诉求", "投诉举报"}
	callings = []string{"刑事警情", "治安警情", "交通警情", "群众求助", "矛盾纠纷"}
	thefts   = []string{"盗窃", "诈骗", "其他"}
	villages = []string{"城关派出所", "北河派出所"}
)

// share is how large a unit is beside the others of its level.
var share = map[string]float64{
	"城东分局": 1.18, "城西分局": 0.95, "示范县公安局": 0.87,
	"朝阳路派出所": 1.32, "东门派出所": 1.06, "示范派出所": 1.08, "西门派出所": 0.82, "城关派出所": 1.09, "北河派出所": 0.63,
}

// calls are the emergency calls of a kind in a month.
func calls(kind string, m month) int {
	base := map[string]float64{"刑事警情": 96, "治安警情": 268, "交通警情": 790, "群众求助": 905, "矛盾纠纷": 462}[kind]
	rate := map[string]float64{"刑事警情": -0.05, "治安警情": -0.03, "交通警情": 0.02, "群众求助": 0.03, "矛盾纠纷": 0.025}[kind]
	high := map[string]int{"交通警情": 10, "群众求助": 7}[kind]
	if high == 0 {
		high = 8
	}
	n := base * grown(m, rate) * season(m, high, 0.11) * (1 + 0.07*noise("calls", kind, m))
	if m.number() == 2 { // the spring festival: fewer people, more of their quarrels
		n *= map[string]float64{"矛盾纠纷": 1.06}[kind] + map[string]float64{"刑事警情": 0.84, "治安警情": 0.86, "交通警情": 0.82, "群众求助": 0.93}[kind]
	}
	return whole(n)
}

// visits are the matters that a station's window dealt with in a month.
func visits(station string, m month) int {
	base := map[string]float64{"朝阳路派出所": 590, "东门派出所": 452, "示范派出所": 486, "西门派出所": 381, "城关派出所": 440, "北河派出所": 262}[station]
	n := base * grown(m, -0.015) * season(m, 7, 0.09) * (1 + 0.06*noise("visits", station, m))
	switch m.number() {
	case 2:
		n *= 0.78
	case 6, 7, 8: // pupils want their identity cards before school begins
		n *= 1.1
	}
	return whole(n)
}

// book keeps the matters of one ledger at one station: what came, what was closed,
// what is open at the end of the month.
type book struct{ received, closed, open int }

// matters keeps the books of all months until m; in each it closes what is left and a
// large part of what is new.
func matters(station, ledger string, m month) book {
	base := map[string]float64{"意见建议": 9.5, "利益诉求": 7, "投诉举报": 8}[ledger]
	high := map[string]int{"意见建议": 6, "利益诉求": 3, "投诉举报": 8}[ledger]
	b := book{open: whole(base * share[station] * 0.6)}
	for at := first; at <= m; at++ {
		b.received = whole(base * share[station] * grown(at, 0.06) * season(at, high, 0.14) * (1 + 0.28*noise("received", station, ledger, at)))
		if at.number() == 2 {
			b.received = whole(0.8 * float64(b.received))
		}
		quick := 0.62 + 0.035*float64(at-first)/12 + 0.07*noise("closed", station, ledger, at)
		b.closed = min(b.open+b.received, whole(0.83*float64(b.open)+quick*float64(b.received)))
		b.open += b.received - b.closed
	}
	return b
}

// quarter counts quarters from year 0.
type quarter int

func quarterOf(m month) quarter   { return quarter(m / 3) }
func (q quarter) year() int       { return int(q) / 4 }
func (q quarter) number() int     { return int(q)%4 + 1 }
func (q quarter) months() []month { return []month{month(q * 3), month(q*3 + 1), month(q*3 + 2)} }

// rural are the cases of a kind that a station of the county recorded in a quarter.
func rural(station, kind string, q quarter) int {
	base := map[string]float64{"盗窃": 23, "诈骗": 14, "其他": 16}[kind]
	rate := map[string]float64{"盗窃": -0.16, "诈骗": 0.07, "其他": -0.04}[kind]
	if station == "北河派出所" {
		base *= 0.58
	}
	m := q.months()[1]
	return whole(base * grown(m, rate) * season(m, 8, 0.1) * (1 + 0.2*noise("rural", station, kind, q)))
}

// hurt are the accidents of a quarter with those whom they killed and injured.
func hurt(branch string, q quarter) (accidents, killed, injured int) {
	m := q.months()[1]
	n := 24 * share[branch] * grown(m, -0.03) * season(m, 10, 0.12) * (1 + 0.15*noise("accidents", branch, q))
	killed = max(0, whole(1.7*share[branch]+2.8*noise("killed", branch, q)))
	return whole(n), killed, whole(n * (0.94 + 0.18*noise("injured", branch, q)))
}

// solved are the criminal cases that a sub-bureau solved in a year, and those whom it
// handed over for prosecution.
func solved(branch string, year int) (cases, persons int) {
	rate := map[int]float64{2021: 1, 2022: 1.04, 2023: 1.11, 2024: 0.95, 2025: 0.99}[year]
	n := 196 * share[branch] * rate * (1 + 0.05*noise("solved", branch, year))
	return whole(n), whole(n * (0.61 + 0.04*noise("persons", branch, year)))
}
