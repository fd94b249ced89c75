#!/usr/bin/env python3
"""复核公布的数据：只凭 CSV 和 datapackage.json，把能重算的都重算一遍。
Computes published figures again, from the CSV files and datapackage.json alone.

用法 usage:  python3 verify.py [all.zip | 解开的文件夹 the folder it was unpacked to]

只需要 Python 3.9。每处不符打印文件、行（表头为第1行）、列、公布的数、重算的数；没有不符，退出码为 0，否则为 1。
It needs Python 3.9 alone. Each difference is printed with file, row (the header is row 1), field, published and
recomputed; the exit code is 0 without any, else 1. All is computed on exact fractions and rounded once, half away from zero.
"""
import csv, datetime, hashlib, io, json, os, re, sys, zipfile
from collections import Counter, defaultdict
from fractions import Fraction

HARD = {"合计", "总计", "小计", "共计"}  # a total of these names equals its parts
SOFT = {"总数", "全部", "全市", "全县", "全局", "两性", "all", "sum", "overall"}  # may be more than the parts that are listed
NO_SUM = re.compile("率|比例|比重|占比|同比|环比|增减|增幅|增长|平均|均值|人均|月均|日均|户均|中位|指数|倍|每[百千万十]"
                    "|rate|share|ratio|median|mean|average|index", re.I)
CHANGE = re.compile("同比|环比|增|降|change", re.I)
MONTHS = {"yearly": 12, "half-yearly": 6, "quarterly": 3, "monthly": 1}
SIGNS = str.maketrans({"≤": "<=", "≦": "<=", "≥": ">=", "≧": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "＋": "+",
                       "－": "-", "＊": "*", "／": "/", "＝": "=", "＜": "<", "＞": ">", "\u3000": " "})
WORDS = {"&&": "and", "||": "or", "!": "not", "=": "==", "and": "and", "or": "or", "not": "not", "true": "True", "false": "False"}
TOKEN = re.compile(r"""\s*(?:\$\[\s*(?P<q>["'])(?P<name>.*?)(?P=q)\s*\]|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2}(?!\d))?|\.\d+)"""
                   r"""|(?P<sign><=|>=|==|!=|&&|\|\||[-+*/()<>=!])|(?P<word>[^\s+\-*/()<>=!&|$\[\]"',]+))""")

class Missing(Exception):
    """A value that a computation needs is withheld or not there."""

def rounded(value, decimals):
    """A fraction to some decimals, half away from zero."""
    twice = abs(value) * 10 ** decimals * 2
    whole = (twice.numerator + twice.denominator) // (twice.denominator * 2)
    return Fraction(whole if value >= 0 else -whole, 10 ** decimals)
def number(text):
    """The exact value of plain digits; None for anything else."""
    return Fraction(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
def day(text):
    """The day that an ISO date names; None for anything else."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None

def show(value):
    """A fraction as people write it."""
    if not isinstance(value, Fraction):
        return str(value)
    decimals = next((d for d in range(12) if rounded(value, d) == value), 12)
    digits = str(abs(rounded(value, decimals) * 10 ** decimals).numerator).rjust(decimals + 1, "0")
    return ("-" if value < 0 else "") + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)

def bare(name):
    """A name without its unit in brackets and without spaces."""
    return re.sub(r"[（(][^（）()]*[）)]$|\s|\u3000", "", name.lstrip("'"))
def named_total(name):  # 合计（人）
    return "hard" if bare(name) in HARD else "soft" if bare(name).lower() in SOFT else ""
def compute(formula, value):
    """What a formula such as 办结件数 / 收集件数 gives; value(name) gives the numbers.
    A name with brackets in it is written $["name"]."""
    parts = re.split(r"""(\$\[\s*(?:"[^"]*"|'[^']*')\s*\])""", formula)
    text = "".join(part if i % 2 else part.translate(SIGNS) for i, part in enumerate(parts)).strip()
    at, signs, values = 0, [], {}
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(formula)
        at, word = match.end(), match["sign"] or match["word"]
        if match["sign"] or word in WORDS:
            signs.append(WORDS.get(word, word))
            continue
        signs.append(f"v{len(values)}")  # so that signs and our own numbers alone are evaluated, never a text of the file
        values[signs[-1]] = Fraction(match["number"]) if match["number"] else value(match["name"] or word)
    try:
        return eval(" ".join(signs), {"__builtins__": {}}, values)
    except (SyntaxError, TypeError) as fault:
        raise ValueError(formula) from fault

class Table:
    """One CSV with what datapackage.json says of it. Rows are counted from 0."""

    def __init__(self, resource, text):
        self.resource, self.path, self.name, self.alike = resource, resource["path"], resource["name"], defaultdict(list)
        rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
        self.header, self.rows, self.fields = rows[0], rows[1:], resource["schema"]["fields"]
        self.column = {f["name"]: i for i, f in enumerate(self.fields)}
        self.listed_as = {f["key"]: f["name"] for f in self.fields if f.get("key")}
        units = {f.get("unit_field") for f in self.fields}
        named = lambda *roles: [f["name"] for f in self.fields if f.get("role") in roles and f["name"] not in units]
        self.measures, self.periods, self.keys = named("measure"), named("period"), named("category", "unit")
        for row in range(len(self.rows)):
            self.alike[self.category(row)].append(row)

    def cell(self, row, name):
        at = self.column.get(name)
        return self.rows[row][at] if at is not None and at < len(self.rows[row]) else ""
    def listed(self, row, key):
        """A cell of a list, by the name that its column has in every language."""
        return self.cell(row, self.listed_as.get(key))
    def field(self, name):
        at = self.column.get(name, self.column.get("'" + name))
        if at is None:
            raise ValueError(name)
        return self.fields[at]
    def is_rough(self, row, name):  # 约300
        return self.cell(row, name + "_qualifier") != ""
    def unit(self, row, name):
        return self.field(name).get("unit") or self.cell(row, self.field(name).get("unit_field"))
    def category(self, row):
        return tuple(self.cell(row, k) for k in self.keys)
    def interval(self, row):
        """The first and the last day of a row, as written; the first is empty where it is not known."""
        return tuple(self.cell(row, self.periods[0] + end) for end in ("_start", "_end")) if self.periods else ("", "")
    def days(self, row):
        return [day(text) for text in self.interval(row)]
    def kind(self, row):
        return self.cell(row, "row_type") or "data"
    def published(self, row, name):
        text = self.cell(row, self.field(name)["name"])
        if number(text) is None:
            raise Missing(text or "[x]")
        return number(text)
    def exact(self, row, name):
        """The value before it was rounded: what its formula gives, else what is published."""
        f, value = self.field(name), self.published(row, name)
        return compute(f["formula"], lambda other: self.exact(row, other)) * f.get("scale", 1) if f.get("formula") else value

    def half_unit(self, row, name):
        """Half a unit of the last digit as it was sent: 500 of 329.6万."""
        sent = self.cell(row, name + "_sent") or self.cell(row, name)
        decimals = re.search(r"\.(\d+)", sent)
        return Fraction(10 ** 4 if "万" in sent else 10 ** 8 if "亿" in sent else 1, 2 * 10 ** len(decimals[1] if decimals else ""))

    def adds_up(self, name):
        f = self.field(name)
        return not (f.get("formula") or f.get("of") or f.get("unit") in ("%", "‰", "个百分点") or NO_SUM.search(name))

class Verifier:
    def __init__(self, read, names):
        self.read, self.names = read, names
        self.differences, self.checked, self.passed_over = 0, Counter(), Counter()

    def differs(self, path, row, field, published, recomputed, why):
        self.differences += 1
        print(f"不符 DIFFERS {path}{'' if row is None else f' 第{row + 2}行 row {row + 2}'} “{field}”：公布 published {show(published)}，重算 recomputed {show(recomputed)}（{why}）")

    def hold(self, kind, table, row, field, published, recomputed, why, within=0):
        self.checked[kind] += 1
        if isinstance(published, str) and number(published) is not None and isinstance(recomputed, Fraction):
            published = number(published)
        if not (abs(published - recomputed) <= within if isinstance(published, Fraction) and isinstance(recomputed, Fraction) else published == recomputed):
            self.differs(table.path, row, field, published, recomputed, why)

    def run(self):
        package = json.loads(self.read("datapackage.json").decode("utf-8"))
        self.no_percent_below = package.get("figures", {}).get("no_percent_below", 20)
        named = {r["path"] for r in package["resources"]} | {"datapackage.json", "data/verify.py"}
        for name in sorted(set(self.names) - named):
            self.differs(name, None, "文件 file", "有 there", "没有列入 not named", "datapackage.json")
        self.tables = {t.path: t for r in package["resources"] for t in [self.table(r)] if t}
        self.name_units()
        for table in self.tables.values():
            if not table.measures:
                continue
            for step in (self.labels, self.derived, self.checks, self.typed_rates, self.total_rows, self.total_columns):
                self.attempt(step, table)
        self.revised = set()
        for path, step in (("targets/targets.csv", self.target), ("data/changes.csv", self.change), ("revisions/revisions.csv", self.revision)):
            if path not in self.tables:
                continue
            for row in range(len(self.tables[path].rows)):
                self.attempt(step, self.tables[path], row)
        self.say()
        return 1 if self.differences else 0

    def attempt(self, step, table, *row):
        try:
            step(table, *row)
        except Exception as fault:  # a file that was spoilt may hold anything
            self.differs(table.path, row[0] if row else None, step.__name__, "读不懂 cannot be read", "—", repr(fault))

    def table(self, resource):
        path, data = resource["path"], self.read(resource["path"])
        if data is None:
            return self.differs(path, None, "文件 file", "没有 not there", "有 there", "datapackage.json")
        digest, table = "sha256:" + hashlib.sha256(data).hexdigest(), Table(resource, data.decode("utf-8-sig", "replace"))
        self.checked["文件的校验值、表头、行数 hashes, headers, rows of files"] += 1
        if digest != resource.get("hash"):
            self.differs(path, None, "SHA-256", resource.get("hash"), digest, "datapackage.json")
        if table.header != list(table.column) or any(len(row) != len(table.header) for row in table.rows):
            return self.differs(path, None, "表头 header", table.header, list(table.column), "datapackage.json")
        if len(table.rows) != resource["rows"]:
            self.differs(path, None, "行数 rows", resource["rows"], len(table.rows), "datapackage.json")
        missing = {m["value"] for m in resource["schema"].get("missingValues", [])}
        for f in table.fields:
            if f["type"] == "string":
                continue
            for row in range(len(table.rows)):
                text = table.cell(row, f["name"])
                value = day(text) if f["type"] == "date" else number(text)
                if value is None and text not in missing or value is not None and "constraints" in f and value < f["constraints"]["minimum"]:
                    self.differs(path, row, f["name"], text, "—", f"不是这一列的值 no {f['type']} of this column")
        return table

    def name_units(self):
        """A unit goes by its name, its id and its former names."""
        self.units, self.parents, table = {}, {}, self.tables.get("units/units.csv")
        if not table:
            return
        for row in range(len(table.rows)):
            name = table.listed(row, "name")
            self.parents[name] = table.listed(row, "parent")
            for other in [name, table.listed(row, "id")] + table.listed(row, "former").split("、"):
                self.units.setdefault(other, name)

    def labels(self, table):
        """A row named 合计 is no data; the days of a plain year or month are those that its text names."""
        for row in range(len(table.rows)):
            if table.kind(row) == "data" and any(bare(c) in HARD for c in table.category(row)):
                self.differs(table.path, row, "row_type", table.cell(row, "row_type"), "total", "名称是合计 its name is that of a total")
            want = plain_days(table.cell(row, table.periods[0])) if table.periods else None
            if want and "" not in table.interval(row) and table.interval(row) != want:
                self.differs(table.path, row, table.periods[0], "/".join(table.interval(row)), "/".join(want), "期间的起止 the days of the period")

    def derived(self, table):
        for f in table.fields:
            if not f.get("formula"):
                continue
            for row in range(len(table.rows)):
                published, gone = table.cell(row, f["name"]).replace("[b]", ""), []

                def value(name):
                    try:
                        return table.exact(row, name)
                    except Missing as marker:
                        gone.append(str(marker))
                        return Fraction(1)
                try:
                    want = rounded(compute(f["formula"], value) * f.get("scale", 1), f.get("decimals", 0))
                except ZeroDivisionError:
                    want = "[z]"
                if gone:
                    want = "[c]" if any("[c]" in marker for marker in gone) else "[x]"
                if published in (want, "[c]") and published[:1] == "[":  # withheld, too, is what would give another away
                    self.passed_over["派生数，缺一个数 derived figures with a value that is not there"] += 1
                    continue
                self.hold("派生数 derived figures", table, row, f["name"], published, want, f["formula"])

    def checks(self, table):
        for check in table.resource.get("checks", []):
            for row in range(len(table.rows)):
                try:
                    holds = compute(check["rule"], lambda name: table.published(row, name))
                except (Missing, ZeroDivisionError):
                    self.passed_over["勾稽关系，缺一个数 declared checks with a value that is not there"] += 1
                    continue
                self.hold("勾稽关系 declared checks", table, row, check["rule"], "成立 holds" if holds else "不成立 does not hold", "成立 holds", "checks")

    def typed_rates(self, table):
        """A share that staff typed, where the package says of which two columns."""
        for f in table.fields:
            of, scale = f.get("of", []), {"%": 100, "‰": 1000}.get(f.get("unit"))
            if len(of) != 2 or not scale or f.get("formula") or CHANGE.search(f["name"]):
                continue
            for row in range(len(table.rows)):
                try:
                    want = table.published(row, of[0]) / table.published(row, of[1]) * scale
                    table.published(row, f["name"])
                except (Missing, ZeroDivisionError):
                    self.passed_over["填报的率，缺一个数 typed rates with a value that is not there"] += 1
                    continue
                self.hold("填报的率 typed rates", table, row, f["name"], table.cell(row, f["name"]), want, " / ".join(of), table.half_unit(row, f["name"]))

    def hold_total(self, kind, table, row, name, choices, soft):
        """Holds a total against its parts, each a row and a column; where these may be
        read in several ways, one of them has to fit."""
        choices, total = [c for c in choices if c], number(table.cell(row, name))
        if not choices or table.resource.get("disclosure") == "round":
            return self.passed_over.update(["合计，没有分项或各自取整 totals without parts, or rounded on their own"])
        sums = []
        for parts in choices:
            values = [number(table.cell(r, n)) for r, n in parts]
            known = sum((v for v in values if v is not None), Fraction(0))
            fraction = any("." in table.cell(r, n) or table.cell(r, n + "_sent") for r, n in parts + [(row, name)])
            slack = sum(table.half_unit(r, n) for r, n in parts + [(row, name)]) if fraction else 0
            whole = None not in values and total is not None and not any(table.is_rough(r, n) for r, n in parts + [(row, name)])
            if not whole and not (total is not None and "constraints" in table.field(name) and known > total + slack):
                return self.passed_over.update(["合计，有一项不公布、没有或是约数 totals with a part that is withheld, not there or rough"])
            if whole and abs(total - known) <= slack:
                return self.checked.update([kind])
            sums.append((known, whole))
        if soft and all(whole and total > known for known, whole in sums):
            return self.passed_over.update(["总数，比列出的分项多 totals of more than the parts that are listed"])
        self.hold(kind, table, row, name, total, sums[0][0], "各分项之和 the sum of its parts")

    def total_rows(self, table):
        rows, lines = range(len(table.rows)), defaultdict(list)  # a line: rows that differ in one key alone
        period = [tuple(table.cell(row, p) for p in table.periods) for row in rows]
        category = [table.category(row) for row in rows]
        line = lambda row, d: (period[row], d, category[row][:d] + category[row][d + 1:])
        for row in rows:
            for d in range(len(table.keys)):
                lines[line(row, d)].append(row)
        for row in (row for row in rows if table.kind(row) == "total"):
            over = [d for d, c in enumerate(category[row]) if named_total(c) or c == ""]
            soft = all(named_total(category[row][d]) == "soft" for d in over)
            for name in table.measures:
                like = lambda r: r != row and table.unit(r, name) == table.unit(row, name)
                sets = [self.parts(table, [r for r in lines[line(row, d)] if like(r)], row, d) for d in over]
                if not any(map(any, sets)):  # no line leads to it: all that is no total
                    sets = [[[r for r in rows if period[r] == period[row] and table.kind(r) == "data" and like(r)
                              and all(c == category[row][d] for d, c in enumerate(category[r]) if d not in over)]]]
                for choices in (sets if len(sets) == 1 else [s for s in sets if any(s)]):
                    if table.adds_up(name):
                        self.hold_total("合计行 totals in rows", table, row, name, [[(r, name) for r in c] for c in choices], soft)
                    else:
                        self.hold_between(table, row, name, choices[0])

    def parts(self, table, rows, total, d):
        """The rows that may be meant by the parts of a total, in one or two ways."""
        data, name = [r for r in rows if table.kind(r) == "data"], table.cell(total, table.keys[d])
        if table.field(table.keys[d])["role"] == "unit":  # a station within a sub-bureau that stands there is counted with it
            here = {self.units.get(table.cell(r, table.keys[d])) for r in data}
            data = [r for r in data if not self.above(table.cell(r, table.keys[d])) & here]
        subtotals = [r for r in rows if table.kind(r) == "total" and bare(table.cell(r, table.keys[d])) == "小计"]
        since = max((r for r in subtotals if r < total), default=-1)
        return [[r for r in data if since < r < total]] if bare(name) == "小计" else [data, subtotals]

    def above(self, unit):
        found, unit = set(), self.units.get(unit)
        while unit and self.parents.get(unit) and len(found) < 20:
            unit = self.units.get(self.parents[unit])
            found.add(unit)
        return found

    def hold_between(self, table, row, name, parts):
        """The total of a percentage lies between its parts, or is the whole."""
        f, total, values = table.field(name), number(table.cell(row, name)), [number(table.cell(r, name)) for r in parts]
        if f.get("unit") not in ("%", "‰") or f.get("formula") or CHANGE.search(name) or total is None or not values or None in values:
            return
        fits = min(values) <= total <= max(values) or total == 100
        self.hold("百分数的合计 totals of percentages", table, row, name, total, total if fits else f"{show(min(values))}—{show(max(values))}", "在各分项之间 between its parts")

    def total_columns(self, table):
        """A column named 合计 is the sum of others in its unit: of all, or of those beside it."""
        adding = [m for m in table.measures if table.adds_up(m)]
        for name in filter(named_total, adding):
            for row in range(len(table.rows)):
                usable = [m for m in adding if not bare(m).startswith("其中") and not named_total(m) and table.unit(row, m) == table.unit(row, name)]
                before = [m for m in usable if table.column[m] < table.column[name]]
                after = usable[len(before):]
                choices = [usable] + [before[i:] for i in range(len(before))] + [after[:i] for i in range(len(after), 1, -1)]
                self.hold_total("合计列 totals in columns", table, row, name, [[(row, m) for m in c] for c in choices if len(c) > 1], named_total(name) == "soft")

    def cited(self, table, row, key="row"):
        """The statistic, the row and the column that a row of a list speaks of."""
        statistic, at, name = table.listed(row, "statistic"), number(table.listed(row, key)), table.listed(row, "field")
        of = self.tables.get(f"stats/{statistic}/{statistic}.csv")
        if of is None or not {name, "'" + name} & set(of.column) or at is not None and not 2 <= at < len(of.rows) + 2:
            self.differs(table.path, row, "出处 reference", f"{statistic} {name} {at}", "没有 not there", "统计、列、行 statistic, field, row")
            return None, None, None
        return of, None if at is None else int(at) - 2, of.field(name)["name"]

    def target(self, table, row):
        name = table.listed(row, "statistic")
        if f"stats/{name}/{name}.csv" not in self.tables and not table.listed(row, "row"):
            return self.passed_over.update(["目标，数值不在数据表里 targets of figures that are in no table: not reported yet, or computed of lists"])
        of, at, name = self.cited(table, row)
        if of is None:
            return
        text, rows = re.sub("[,，]", "", table.listed(row, "target")), self.target_rows(table, row, of)
        if at is not None and at not in rows or at is None and len(rows) == 1:
            return self.differs(table.path, row, "行 row", table.listed(row, "row"), "、".join(str(r + 2) for r in rows), "同一单位、同一期间 the same unit and period")
        sent = re.match(r"(-?\d*\.?\d+)\s*([万亿]?)", text)
        target, verdict = Fraction(sent[1]) * {"": 1, "万": 10 ** 4, "亿": 10 ** 8}[sent[2]], "undecided"
        if at is not None and number(of.cell(at, name)) is not None and not of.is_rough(at, name):
            value, at_least = of.exact(at, name), table.listed(row, "direction").strip().lower() in ("不低于", "at-least")
            verdict = "reached" if (value >= target if at_least else value <= target) else "missed"
        self.hold("目标的结论 verdicts of targets", table, row, "结论 verdict", table.listed(row, "verdict"), verdict, f"{name} {table.listed(row, 'direction')} {text}")

    def target_rows(self, table, row, of):
        """The rows that are of the target's unit, days and categories."""
        words, unit = table.listed(row, "period"), self.units.get(table.listed(row, "unit"))
        if of.periods:  # the period stands before the categories; 2014/15 is one, and so are two days
            words = re.sub(r"^(\d{4}/\d\d|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d|[^/]*)(/|$)", "", words)
        words = words.split("/") if words else []
        days, units = (table.listed(row, "period_start"), table.listed(row, "period_end")), [k for k in of.keys if of.field(k)["role"] == "unit"]
        return [r for r in range(len(of.rows)) if of.interval(r) == days and set(words) <= set(of.category(r))
                and all(self.units.get(of.cell(r, k)) == unit for k in units)]

    def change(self, table, row):
        (of, at, name), (_, base, _) = self.cited(table, row), self.cited(table, row, "base_row")
        if of is None or at is None or base is None:
            return
        averages = table.listed(row, "comparison") == "monthly-averages"
        fault = self.unlike(of, at, base, name, averages)
        if fault:
            return self.differs(table.path, row, "基期行 base row", Fraction(base + 2), "—", fault)
        old, new, rate = of.exact(base, name), of.exact(at, name), of.unit(at, name) in ("%", "‰")
        if averages:
            old, new = old / whole_months(*of.days(base)), new / whole_months(*of.days(at))
        percent = not rate and old != 0 and of.published(base, name) >= self.no_percent_below
        for key, want in (("difference", "" if averages else rounded(new - old, 2 if rate else 9)), ("percent", rounded((new - old) / old * 100, 1) if percent else "")):
            self.hold("增减 changes", table, row, f"{of.name} {name} {key}", table.listed(row, key), want, f"第{base + 2}行 → 第{at + 2}行 rows")

    def unlike(self, of, at, base, name, averages):
        """Why two figures may not be compared; empty where they may."""
        if of.category(at) != of.category(base) or of.unit(at, name) != of.unit(base, name):
            return "不是同一单位、同一分类 of another unit or category"
        if any(number(of.cell(r, name)) is None or of.is_rough(r, name) for r in (at, base)):
            return "没有数，或者只是约数 no figure, or a rough one"
        (start, end), (start0, end0) = of.days(at), of.days(base)
        if end0 >= end or averages and end0 >= start:
            return "基期不在前面 the base is not before it"
        if averages:
            full = MONTHS.get(of.resource.get("frequency"), whole_months(start0, end0))
            if not 0 < whole_months(start, end) < full or whole_months(start0, end0) != full:
                return "不是不满一期的数与完整一期的数 not a part of a period against a full one"
        else:
            years, last_of_february = end.year - end0.year, lambda d: d.month == 2 and d.day > 27
            same = lambda a, b: a is b or bool(a and b) and ((a.month, a.day) == (b.month, b.day) or last_of_february(a) and last_of_february(b))
            if not same(start, start0) or not same(end, end0) or start and start.year - start0.year != years:
                return "不是往年相同的月份 not the same months of another year"
        for row in of.alike[of.category(at)]:
            last = of.days(row)[1]
            if last and end0 < last <= end and "[b]" in of.cell(row, name + "_status") + of.cell(row, name):
                return "中间口径有变化 [b] a break in series stands between them"
        return ""

    def revision(self, table, row):
        what = tuple(table.listed(row, key) for key in ("statistic", "row", "field"))
        if "" in what or what in self.revised:  # a whole row, or revised again since: the newest stands first
            return
        self.revised.add(what)
        of, at, name = self.cited(table, row)
        if of is None or None in (number(of.cell(at, name)), number(table.listed(row, "new"))):
            return self.passed_over.update(["修订，没有数可比 revisions without a number"])
        self.hold("修订后的数 revised figures", table, row, f"{of.name} {name}", table.listed(row, "new"), of.published(at, name), f"第{at + 2}行 row {at + 2}")

    def say(self):
        for title, counts in (("核对了 checked", self.checked), ("没有核对 passed over", self.passed_over)):
            print(f"\n{title}：", *[f"  {kind}：{count}" for kind, count in counts.items()], sep="\n")
        print("""
没有证明 not proved:
  报送的数是否属实；网页、图和句子怎么写；没有算式的率（每万人，自填的占比和同比）；增减是否列全；
  不公布的数是否该不公布；文件是否由本局发布（请核对网站的 manifest.json）。
  whether what was sent is true; what pages, charts and sentences say; rates without a formula (per 10,000; shares and changes that
  staff typed); whether every change is listed; whether what is withheld should be; whether the bureau published these files
  (hold them against the site's manifest.json).
""")
        print(f"不符 differences：{self.differences}")

def plain_days(text):
    """The first and the last day of 2024年, 2024年上半年, 2024年第一季度 or 2024年3月; None for anything else."""
    match = re.fullmatch(r"([0-9]{4})年(?:([上下])半年|第?([一二三四])季度|(1[0-2]|[1-9])月)?", text)
    if not match:
        return None
    year, half, quarter, month = match.groups()
    months = 6 if half else 3 if quarter else 1 if month else 12
    last = months * ("上下".index(half) + 1 if half else "一二三四".index(quarter) + 1 if quarter else int(month or 1))
    after = datetime.date(int(year) + last // 12, last % 12 + 1, 1)
    return f"{year}-{last - months + 1:02}-01", (after - datetime.timedelta(days=1)).isoformat()

def whole_months(first, last):
    """How many months a period has; 0 where it has a part of one."""
    if not first or first.day != 1 or (last + datetime.timedelta(days=1)).day != 1:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1

def source(path):
    """A function that reads a file at the path, and the names of those in an archive."""
    if not os.path.isdir(path):
        archive = zipfile.ZipFile(path)
        return lambda name: archive.read(name) if name in archive.namelist() else None, archive.namelist()

    def read(name):
        top, full = os.path.realpath(path), os.path.realpath(os.path.join(path, *name.split("/")))
        if os.path.commonpath([top, full]) != top or not os.path.isfile(full):
            return None  # what leads out of the folder is not there
        with open(full, "rb") as file:
            return file.read()
    return read, []

def main():
    sys.stdout.reconfigure(encoding="utf-8")
    here = os.path.dirname(os.path.abspath(__file__))
    places = sys.argv[1:2] or [p for p in (".", os.path.dirname(here), "all.zip", os.path.join(here, "all.zip"))
                               if os.path.isfile(p) or os.path.isfile(os.path.join(p, "datapackage.json"))]
    try:
        read, names = source(places[0])
    except (IndexError, OSError, zipfile.BadZipFile):
        read, names = lambda name: None, []
    if read("datapackage.json") is None:
        print("找不到 datapackage.json：请写上 all.zip 或解开的文件夹。There is no datapackage.json: name all.zip, or the folder it was unpacked to.")
        return 1
    return Verifier(read, names).run()

if __name__ == "__main__":
    sys.exit(main())
