"""Recompute every label of a corpus from bureau/data/stats.

    python3 labels.py open.jsonl

Each line carries "check", a Python expression over the figures, which says
whether what the sentence claims holds. It must be true where the label is
"true" and false where it is "false". none() stands for a sentence without a
claim that the figures could bear on; has(words) for a claim about something
of which the bureau publishes nothing; like(a, b) for a comparison of periods.
"""
import csv, json, os, re, sys
from fractions import Fraction as Fr

BASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bureau", "data")
Q = {"一": 1, "二": 2, "三": 3, "四": 4}


def period(s):
    m = re.fullmatch(r"(\d{4})-(\d\d)", s)
    if m:
        return int(m[1]), int(m[2])
    m = re.fullmatch(r"(\d{4})年第(.)季度", s)
    if m:
        return int(m[1]), Q[m[2]]
    m = re.fullmatch(r"(\d{4})年", s)
    if m:
        return int(m[1])
    m = re.fullmatch(r"(\d{4})年1-8月", s)
    return "%s.8" % m[1]


def value(s):
    s = re.sub(r"\s*\[[prebu]\]$", "", s)
    return None if s.startswith("[") else Fr(s)


T, WORDS = {}, []
for name in sorted(os.listdir(os.path.join(BASE, "stats"))):
    path = os.path.join(BASE, "stats", name)
    if name.endswith(".yaml"):
        for line in open(path, encoding="utf-8"):
            if line.startswith(("title:", "description:")):
                WORDS.append(line.strip())
        continue
    rows = list(csv.reader(open(path, encoding="utf-8")))
    head = rows[0]
    WORDS += head
    unit = "单位" in head
    for r in rows[1:]:
        for h, c in list(zip(head, r))[2 if unit else 1:]:
            key = (period(r[0]), r[1]) if unit else period(r[0])
            T.setdefault((name[:-4], h), {})[key] = value(c)


def col(stat, field):
    return T[(stat, field)]


RC, RP = col("rural-crime", "农村刑事案件立案（件）"), col("rural-crime", "农村打击处理（人）")
FC, FS = col("fraud", "电信网络诈骗立案（起）"), col("fraud", "电信网络诈骗破案（起）")
CA, ME = col("unit-calls", "接处警（起）"), col("unit-calls", "化解矛盾纠纷（起）")
TC, TS = col("theft", "盗窃案件立案（件）"), col("theft", "盗窃案件破案（件）")
TT = col("theft", "盗窃案件破案率（%）")
AC, INJ, DEAD = col("road", "道路交通事故（起）"), col("road", "受伤（人）"), col("road", "死亡（人）")
WC, WO, WT = (col("window", x) for x in ("户政业务办件（件）", "网上办件（件）", "平均办理时长（分钟）"))
MS, MR = col("recovered", "紧急止付（万元）"), col("recovered", "返还群众（万元）")
SAT, SAFE, N = (col("survey", x) for x in ("群众满意度（%）", "群众安全感（%）", "有效样本（份）"))
UNITS = {"E": "城东分局", "W": "城西分局", "L": "临湖分局"}


def rc(y): return RC[y]
def rp(y): return RP[y]
def fc(y, a, b=None): return sum(FC[(y, m)] for m in range(a, (b or a) + 1))
def fs(y, a, b=None): return sum(FS[(y, m)] for m in range(a, (b or a) + 1))
def ms(y, a, b=None): return sum(MS[(y, m)] for m in range(a, (b or a) + 1))
def mr(y, a, b=None): return sum(MR[(y, m)] for m in range(a, (b or a) + 1))


def _u(t, u, y, a, b):
    us = UNITS.values() if u == "*" else [UNITS[u]]
    return sum(t[((y, q), n)] for n in us for q in range(a, (b or a) + 1))


def ca(u, y, a, b=None): return _u(CA, u, y, a, b)
def me(u, y, a, b=None): return _u(ME, u, y, a, b)
def _q(t, y, a, b): return sum(t[(y, q)] for q in range(a, (b or a) + 1))
def tc(y, a, b=None): return _q(TC, y, a, b)
def ts(y, a, b=None): return _q(TS, y, a, b)
def tr(y, a, b=None): return 100 * ts(y, a, b) / tc(y, a, b)
def ac(y, a, b=None): return _q(AC, y, a, b)
def inj(y, a, b=None): return _q(INJ, y, a, b)
def dead(y, a, b=None): return _q(DEAD, y, a, b)
def wc(y): return WC[y]
def wo(y): return WO[y]
def wt(y): return WT[y]
def sat(y, q): return SAT[(y, q)]
def safe(y, q): return SAFE[(y, q)]
def n(y, a, b=None): return _q(N, y, a, b)


def pc(new, old): return 100 * (Fr(new) - old) / Fr(old)


def rnd(x, d=0):
    x = Fr(x) * 10 ** d
    k = int(abs(x) + Fr(1, 2))
    return Fr(k if x >= 0 else -k, 10 ** d)


def is_(x, s):
    """x, rounded half away from zero to the decimals of s, is s."""
    return rnd(x, len(s.partition(".")[2])) == Fr(s)


def about(x, s, rel=Fr(3, 100)): return abs(Fr(x) - Fr(s)) <= rel * abs(Fr(s))
def over(x, s, rel=Fr(1, 10)): return Fr(s) < x <= Fr(s) * (1 + rel)
def under(x, s, rel=Fr(1, 10)): return Fr(s) * (1 - rel) <= x < Fr(s)
def rising(v): return all(a < b for a, b in zip(v, v[1:]))
def falling(v): return all(a > b for a, b in zip(v, v[1:]))
def top(t, k): return all(v is not None and v < t[k] for p, v in t.items() if p != k)
def low(t, k): return all(v is not None and v > t[k] for p, v in t.items() if p != k)
def has(*words): return all(any(w in x for x in WORDS) for w in words)
def none(): return True
def broken(a, b): return a < 2021 <= b  # window.csv: [b] at 2021


def months(p):
    m = re.fullmatch(r"(\d{4})\.(\d+)-(\d+)", p)
    return int(m[3]) - int(m[2]) + 1 if m else 12 if re.fullmatch(r"\d{4}", p) else 3 if "q" in p else 1


def like(a, b):
    """Periods of one length, and of the same months where they are no whole years or months."""
    x, y = (re.fullmatch(r"\d{4}(.*)", p)[1] for p in (a, b))
    return months(a) == months(b) and (x == y or months(a) == 1)


def verify(lines):
    bad = []
    for d in lines:
        if bool(eval(d["check"], globals())) != (d["label"] == "true"):
            bad.append(d)
    return bad


if __name__ == "__main__":
    wrong = 0
    for path in sys.argv[1:]:
        lines = [json.loads(s) for s in open(path, encoding="utf-8") if s.strip()]
        bad = verify(lines)
        wrong += len(bad)
        print("%s: %d sentences, %d labels that the figures do not bear out" % (path, len(lines), len(bad)))
        for d in bad:
            print("  %(id)s %(label)s %(text)s  [%(check)s]" % d)
    sys.exit(1 if wrong else 0)
