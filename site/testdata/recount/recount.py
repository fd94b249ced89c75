#!/usr/bin/env python3
"""Computes from a bureau's inputs, data/, what its built site has to publish, and
holds public/ against that.

It is written from the rules for figures and from docs/formats.md, and shares no
code with the program that it audits. Descriptors are JSON, which YAML takes in.

  recount.py make halves|random SEED COUNT FOLDER   writes FOLDER/<n>/data
  recount.py hold FOLDER...                         prints each fault; the last line counts
"""
import ast
import calendar
import csv
import datetime
import json
import os
import random
import re
import sys
from collections import Counter
from fractions import Fraction
from html.parser import HTMLParser

DAY = datetime.date
INSTEAD, BESIDE = {"[x]", "[z]", "[c]", "[w]"}, {"[p]", "[r]", "[e]", "[b]", "[u]"}
LENGTH = {"yearly": 12, "half-yearly": 6, "quarterly": 3, "monthly": 1}


HALVES = set()  # values that lay exactly between two that can be shown, each once


def half_up(value, decimals):
    """Rounded once, half away from zero, as text with all its decimals."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    if value * 10 ** decimals % 1 == Fraction(1, 2):
        HALVES.add((sign, value, decimals))
    whole = int(value * 10 ** decimals + Fraction(1, 2))  # int cuts off
    text = str(whole).zfill(decimals + 1)
    text = text[:-decimals] + "." + text[-decimals:] if decimals else text
    return (sign if whole else "") + text


def trimmed(text):
    return text.rstrip("0").rstrip(".") if "." in text else text


# Reading what a bureau wrote ----------------------------------------------------

def month_end(year, month):
    return DAY(year, month, calendar.monthrange(year, month)[1])


def months(year, first, last):
    return DAY(year, first, 1), month_end(year, last)


CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}


def read_period(text, financial=4):
    """The first and the last day of a period; the first is None where it only has an end."""
    def match(pattern):
        return re.fullmatch(pattern, text)
    if m := match(r"截至(\d{4})年(\d{1,2})月"):
        return None, month_end(int(m[1]), int(m[2]))
    if m := match(r"截至(\d{4})年(\d{1,2})月(\d{1,2})日"):
        return None, DAY(int(m[1]), int(m[2]), int(m[3]))
    if m := match(r"(\d{4})年?"):
        return months(int(m[1]), 1, 12)
    if m := match(r"民国(\d+)年"):
        return months(int(m[1]) + 1911, 1, 12)
    if m := match(r"(\d{4})年(\d{1,2})[-～](\d{1,2})月"):
        return months(int(m[1]), int(m[2]), int(m[3]))
    if m := match(r"(\d{4})年前(\d{1,2})个月"):
        return months(int(m[1]), 1, int(m[2]))
    if m := match(r"(\d{4})年前三季度"):
        return months(int(m[1]), 1, 9)
    if m := match(r"(\d{4})年([上下])半年"):
        return months(int(m[1]), 6 * CHINESE[m[2]] - 5, 6 * CHINESE[m[2]])
    if m := match(r"(\d{4})年第([一二三四])季度"):
        return months(int(m[1]), 3 * CHINESE[m[2]] - 2, 3 * CHINESE[m[2]])
    if m := match(r"(\d{4})Q([1-4])"):
        return months(int(m[1]), 3 * int(m[2]) - 2, 3 * int(m[2]))
    if m := match(r"(\d{4})-(\d\d)") or match(r"(\d{4})年(\d{1,2})月") or match(r"(\d{4})(\d\d)"):
        return months(int(m[1]), int(m[2]), int(m[2]))
    if m := match(r"(\d{4})/(\d\d)"):
        return DAY(int(m[1]), financial, 1), DAY(int(m[1]) + 1, financial, 1) - datetime.timedelta(1)
    if m := match(r"(\d{4})-(\d\d)-(\d\d)/(\d{4})-(\d\d)-(\d\d)"):
        return DAY(*map(int, m.groups()[:3])), DAY(*map(int, m.groups()[3:]))
    if m := match(r"(\d{4})年(\d{1,2})月(\d{1,2})日至(\d{1,2})月(\d{1,2})日"):
        y, a, b, c, d = map(int, m.groups())
        return DAY(y, a, b), DAY(y, c, d)
    if m := match(r"(\d{4})-(\d\d)-(\d\d)"):
        day = DAY(*map(int, m.groups()))
        return day, day
    raise ValueError(text)


class Cell:
    """A figure as it was sent."""

    def __init__(self, text):
        self.sent = text.strip()
        self.status = set(re.findall(r"\[[a-z]\]", text))
        body = re.sub(r"\s*\[[a-z]\]", "", text).strip()
        self.qualifier, self.value, self.digits, self.decimals, self.read = "", None, "", 0, False
        if not body:
            self.marker = "".join(sorted(self.status & {"[b]"})) + ("".join(sorted(self.status & INSTEAD)) or "[x]")
            return
        for word in ("约", "近"):
            if body.startswith(word):
                self.qualifier, body = word, body[1:]
        for word in ("以上", "余"):
            if body.endswith(word):
                self.qualifier, body = word, body[:-len(word)]
        m = re.fullmatch(r"(-?)([\d,]*)(?:\.(\d+))?(万|亿)?", body)
        power = {None: 0, "万": 4, "亿": 8}[m[4]]
        fraction = m[3] or ""
        value = Fraction(int((m[2].replace(",", "") or "0") + fraction), 10 ** len(fraction))
        self.value = (-value if m[1] else value) * 10 ** power
        self.decimals = max(len(fraction) - power, 0)
        self.digits, self.read = half_up(self.value, self.decimals), bool(m[4])
        self.marker = ""


class Statistic:
    def __init__(self, folder, name, site):
        stem = os.path.join(folder, "stats", name)
        with open(stem + ".csv", encoding="utf-8", newline="") as file:
            self.header, *self.rows = list(csv.reader(file))
        with open(stem + ".yaml", encoding="utf-8") as file:
            self.said = json.load(file)
        self.name, self.site = name, site
        self.fields = {f["name"]: f for f in self.said["schema"]["fields"]}
        role = lambda *roles: [h for h in self.header if self.fields[h]["role"] in roles]
        units = {f.get("unit_field") for f in self.fields.values()}
        self.measures, self.keys = role("measure"), [k for k in role("unit", "category") if k not in units]
        self.period = (role("period") or [None])[0]
        self.frequency = self.said.get("frequency", "irregular")
        self.cells = [{h: Cell(row[self.header.index(h)]) for h in self.measures} for row in self.rows]
        self.days = [read_period(self.text(i, self.period)) if self.period else (None, None) for i in range(len(self.rows))]
        self.derive = {d["name"]: d for d in self.said.get("derive", [])}
        self.withheld = set()  # row and field, as the site has it

    def text(self, row, column):
        return self.rows[row][self.header.index(column)]

    def unit(self, row, field):
        if field in self.derive:
            d = self.derive[field]
            return "%" if d.get("format") == "percent" else d.get("unit", "")
        f = self.fields[field]
        return f.get("unit") or (self.text(row, f["unit_field"]) if f.get("unit_field") else "")

    def tree(self, field):
        names = {}

        def stand_in(match):
            names["n%d" % len(names)] = match[1]
            return "n%d" % (len(names) - 1)
        return ast.parse(re.sub(r'\$\["([^"]*)"\]', stand_in, self.derive[field]["value"]), mode="eval").body, names

    def exact(self, row, field):
        """The exact value, or the marker that stands instead."""
        if field not in self.derive:
            cell = self.cells[row][field]
            if (row, field) in self.withheld:
                return "[b]" * ("[b]" in cell.status) + "[c]"
            return cell.marker if cell.value is None else cell.value
        root, names = self.tree(field)
        gone = []

        def run(node):
            if isinstance(node, ast.Constant):
                return Fraction(str(node.value))
            if isinstance(node, ast.Name):
                value = self.exact(row, names.get(node.id, node.id))
                if isinstance(value, str):
                    gone.append(value)
                    return Fraction(1)
                return value
            if isinstance(node, ast.UnaryOp):
                return -run(node.operand)
            a, b = run(node.left), run(node.right)
            if isinstance(node.op, ast.Div):
                if b == 0:
                    gone.append("zero")
                    return Fraction(1)
                return a / b
            return a + b if isinstance(node.op, ast.Add) else a - b if isinstance(node.op, ast.Sub) else a * b
        value = run(root)
        markers = [g for g in gone if g != "zero"]
        broken = "[b]" * self.broken(row, field)
        if markers:
            return broken + "[c]" if any("[c]" in m for m in markers) else broken + "[x]"
        if gone:
            return broken + "[z]"
        return value * (100 if self.derive[field].get("format") == "percent" else 1)

    def shown(self, row, field):
        """What stands in the download."""
        value = self.exact(row, field)
        if isinstance(value, str):
            return value
        if field not in self.derive:
            return self.cells[row][field].digits
        return half_up(value, 2) if self.derive[field].get("format") == "percent" else trimmed(half_up(value, 4))

    def operands(self, field):
        if field not in self.derive:
            return {field}
        root, names = self.tree(field)
        found = {names.get(n.id, n.id) for n in ast.walk(root) if isinstance(n, ast.Name)}
        return set().union(*(self.operands(f) for f in found))

    def rough(self, row, field):
        return any(self.cells[row][f].qualifier for f in self.operands(field))

    def broken(self, row, field):
        return any("[b]" in self.cells[row][f].status for f in self.operands(field))

    def divisor(self, row, field):
        """What a derived rate is a share of."""
        if field not in self.derive:
            return None
        root, names = self.tree(field)
        if not (isinstance(root, ast.BinOp) and isinstance(root.op, ast.Div) and isinstance(root.right, ast.Name)):
            return None
        value = self.exact(row, names.get(root.right.id, root.right.id))
        return None if isinstance(value, str) else value

    def span(self, row):
        """How many whole months a row is long, 0 where it is of days."""
        first, last = self.days[row]
        if first is None or first.day != 1 or (last + datetime.timedelta(1)).day != 1:
            return 0
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def series(self):
        found = {}
        for row in range(len(self.rows)):
            found.setdefault(tuple(self.text(row, k) for k in self.keys), []).append(row)
        early = DAY(1, 1, 1)
        return [sorted(rows, key=lambda r: (self.days[r][0] or early if self.days[r][0] else self.days[r][1], self.days[r][1])) for rows in found.values()]

    def like(self, a, b):
        """The same months, or days, of another year."""
        (s, e), (t, f) = self.days[a], self.days[b]
        if (s is None) != (t is None) or e.year == f.year:
            return False
        if s is None or self.span(a) and self.span(b):
            months_of = lambda d: d.month
            end = lambda d: (d.month, d.day) if d != month_end(d.year, d.month) else (d.month, 99)
            return end(e) == end(f) and (s is None or (months_of(s), e.year - s.year) == (months_of(t), f.year - t.year))
        return (s.month, s.day, e.month, e.day, e.year - s.year) == (t.month, t.day, f.month, f.day, f.year - t.year)

    def change(self, rows, field, at):
        """The change of the figure at a place of its series: (row, base, kind, difference, percent), or None."""
        has = lambda r: not isinstance(self.exact(r, field), str)
        row, unit = rows[at], self.unit(rows[at], field)
        rate = unit in ("%", "‰")
        before = [r for r in rows[:at] if has(r) and self.unit(r, field) == unit]
        base = next((r for r in reversed(before) if self.like(r, row)), None)
        kind = "like-periods"
        full = LENGTH.get(self.frequency)
        if base is None and full and 0 < self.span(row) < full and not rate:
            kind = "monthly-averages"
            base = next((r for r in reversed(before) if self.span(r) == full and self.days[r][1] < self.days[row][0]), None)
        if base is None or any(self.broken(r, field) for r in rows[rows.index(base) + 1:at + 1]):
            return None
        if self.rough(row, field) or self.rough(base, field):
            return None
        old, new = self.exact(base, field), self.exact(row, field)
        least = self.site.get("figures", {}).get("no_percent_below", 20)
        if rate:
            of = [self.divisor(r, field) for r in (base, row)]
            if None not in of and min(of) < least:
                return None
            return row, base, kind, trimmed(half_up(new - old, 2)), ""
        large = Fraction(self.shown(base, field)) >= least and old != 0
        if kind == "monthly-averages":
            old, new = old / self.span(base), new / self.span(row)
        percent = trimmed(half_up((new - old) / old * 100, 1)) if large else ""
        difference = trimmed(half_up(new - old, 9)) if kind == "like-periods" else ""
        return (row, base, kind, difference, percent) if difference or percent else None


# Reading what the site shows ------------------------------------------------------

def anchor(days, keys):
    """The id of a row: of its period and of what else names it."""
    first, last = days
    id = "r"
    if last is not None:
        whole = first and first.day == 1 and (last + datetime.timedelta(1)).day == 1
        if first is None:
            id += f"-as-of-{last}"
        elif whole and (first.month, last.month, first.year) == (1, 12, last.year):
            id += f"-{first.year}"
        elif whole:
            id += f"-{first:%Y-%m}" + (f"-{last:%Y-%m}" if (first.year, first.month) != (last.year, last.month) else "")
        else:
            id += f"-{first}" + (f"-{last}" if first != last else "")
    for text in keys:
        slug = re.sub(r"[\W_]+", "-", text).strip("-").lower()
        id += "-" + slug if slug else ""
    return id


class Page(HTMLParser):
    """The figures of the tables of a page by the id of their row, or of a cell of a
    cross-table, and its text without drawings."""

    def __init__(self, text):
        super().__init__()
        self.figures, self.words, self.cell, self.skip = {}, [], None, 0
        self.row = self.at = None
        self.feed(text)
        self.words = re.sub(r"\s+", " ", "".join(self.words))

    def handle_starttag(self, tag, attrs):
        if tag in ("svg", "script", "style"):
            self.skip += 1
        elif tag == "tr":
            self.row = dict(attrs).get("id")
        elif tag == "td":
            attrs = dict(attrs)
            self.at = attrs.get("id") or self.row
            self.cell = [] if self.at and (attrs.get("id") or attrs.get("class") == "n") else None
        elif tag in ("p", "li", "div", "span", "h1", "h2", "h3"):
            self.words.append(" ")

    def handle_endtag(self, tag):
        if tag in ("svg", "script", "style"):
            self.skip -= 1
        elif tag == "td" and self.cell is not None:
            self.figures.setdefault(self.at, []).append("".join(self.cell).strip())
            self.cell = None

    def handle_data(self, data):
        if self.skip:
            return
        self.words.append(data)
        if self.cell is not None:
            self.cell.append(data)


def read_shown(text):
    """The value that a page shows, or None."""
    m = re.search(r"([-−]?)(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?", text.replace("\u202f", "").replace("\u00a0", ""))
    if not m:
        return None
    value = Fraction(m[2].replace(",", "")) * {None: 1, "万": 10 ** 4, "亿": 10 ** 8}[m[3]]
    return -value if m[1] else value


class Audit:
    def __init__(self, folder):
        self.folder, self.faults, self.counts = folder, 0, Counter()
        self.data, self.public = os.path.join(folder, "data"), os.path.join(folder, "public")
        with open(os.path.join(self.data, "site.yaml"), encoding="utf-8") as file:
            self.site = json.load(file)

    def same(self, kind, where, published, want):
        self.counts[kind] += 1
        if published != want:
            self.faults += 1
            print(f"{self.folder}: {kind}: {where}: published {published}, recounted {want}")

    def rows(self, *path):
        name = os.path.join(self.public, *path)
        if not os.path.exists(name):
            return []
        with open(name, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def read(self, *path):
        with open(os.path.join(self.public, *path), encoding="utf-8") as file:
            return file.read()

    def run(self):
        names = sorted(n[:-4] for n in os.listdir(os.path.join(self.data, "stats")) if n.endswith(".csv"))
        self.statistics = {n: Statistic(self.data, n, self.site) for n in names}
        for s in self.statistics.values():
            self.table(s)
        self.changes()
        self.targets()
        self.cards()
        for s in self.statistics.values():
            self.page(s)
        self.per_head()

    def table(self, s):
        published = self.rows("stats", s.name, s.name + ".csv")
        twin = json.loads(self.read("stats", s.name, s.name + ".json"))["data"]
        self.same("rows", s.name, (len(published), len(twin)), (len(s.rows), len(s.rows)))
        for row, line in enumerate(published):
            for field in s.measures:  # what is withheld is the site's to decide, but for small counts of persons
                person, value = s.fields[field].get("risk") == "person", s.cells[row][field].value
                if line[field].endswith("[c]") and person:
                    s.withheld.add((row, field))
                if person and value is not None and 0 < value < 5:
                    self.same("small counts", f"{s.name} {row} {field}", line[field][-3:], "[c]")
        for row, line in enumerate(published):
            if s.period:
                first, last = s.days[row]
                self.same("periods", f"{s.name} {row}", (line[s.period + "_start"], line[s.period + "_end"]), (str(first or ""), str(last)))
            for field in s.measures + list(s.derive):
                want = s.shown(row, field)
                self.same("derived" if field in s.derive else "cells", f"{s.name} {row} {field}", line[field], want)
                self.same("JSON", f"{s.name} {row} {field}", str(twin[row][field]) if not isinstance(twin[row][field], float) else twin[row][field],
                          want if not isinstance(twin[row][field], float) else float(want))
                if field in s.measures and (row, field) not in s.withheld and not s.cells[row][field].marker:
                    cell = s.cells[row][field]
                    beside = set(re.findall(r"\[[a-z]\]", line.get(field + "_status") or ""))
                    self.same("markers", f"{s.name} {row} {field}", (beside, line.get(field + "_qualifier") or ""), (cell.status & BESIDE, cell.qualifier))

    def changes(self):
        want = {}
        for s in self.statistics.values():
            for field in (s.measures + list(s.derive) if s.period else []):
                for rows in s.series():
                    at = max((i for i, r in enumerate(rows) if not isinstance(s.exact(r, field), str)), default=None)
                    c = s.change(rows, field, at) if at is not None else None
                    if c:
                        want[s.name, field, c[0] + 2] = (c[1] + 2, c[2], c[3], c[4])
        got = {(r["统计"], r["字段"], int(r["行"])): (int(r["基期行"]), r["比较方式"], r["增减"], r["增减百分比"]) for r in self.rows("data", "changes.csv")}
        for key in sorted(set(want) | set(got)):
            self.same("changes", key, got.get(key), want.get(key))

    def targets(self):
        path = os.path.join(self.data, "targets.csv")
        if not os.path.exists(path):
            return
        with open(path, encoding="utf-8", newline="") as file:
            written = list(csv.DictReader(file))
        for n, (t, line) in enumerate(zip(written, self.rows("targets", "targets.csv"))):
            s = self.statistics[t["statistic"]]
            words, days = t["period"].split("/"), (None, None)
            if s.period:
                for cut in (2, 1):
                    try:
                        days, words = read_period("/".join(words[:cut])), words[cut:]
                        break
                    except ValueError:
                        continue
            want = [t["unit"]] * bool(t["unit"]) + [w for w in words if w]
            rows = [r for r in range(len(s.rows)) if s.days[r] == days and sorted(s.text(r, k) for k in s.keys) == sorted(want)]
            verdict = "undecided"
            if rows:
                value = s.exact(rows[0], t["field"])
                if not isinstance(value, str) and not s.rough(rows[0], t["field"]):
                    goal = Cell(t["target"]).value
                    verdict = "reached" if (value >= goal if t["direction"] == "不低于" else value <= goal) else "missed"
            self.same("verdicts", f"{n} {t}", (line["行"], line["结论"]), (str(rows[0] + 2) if rows else "", verdict))

    def said(self, change, s, field):
        """What a page says of a change in per cent or in points, with its sign; None where it says neither."""
        if not change:
            return None
        row, base, kind, difference, percent = change
        if s.unit(row, field) in ("%", "‰"):
            return Fraction(difference) or None
        return Fraction(percent) or None if percent else None

    @staticmethod
    def step(text):
        """The change that a sentence says: 增长8.9%, 下降1.2个百分点."""
        m = re.search(r"(增长|上升|提高|下降|降低)(\d[\d,]*(?:\.\d+)?)(?:%|个百分点|个千分点)", text)
        if not m:
            return None
        value = Fraction(m[2].replace(",", ""))
        return -value if m[1] in ("下降", "降低") else value

    def cards(self):
        """The cards of the home page stand in the order in which they are wanted."""
        wanted = self.site.get("home_figures", [])
        text = self.read("index.html")
        starts = [m.start() for m in re.finditer(r'<h3><a href="stats/', text)][:len(wanted)]
        self.same("home cards", "how many", len(starts), len(wanted))
        for at, name in enumerate(wanted[:len(starts)]):
            card = text[starts[at]:(starts + [starts[-1] + 2000])[at + 1]].split("</article>")[0].split("</li>")[0].split("</div>")[0]
            stat, field = name.split("/")
            s = self.statistics[stat]
            rows = s.series()[0]
            newest = max((i for i, row in enumerate(rows) if not isinstance(s.exact(row, field), str)), default=None)
            change = s.change(rows, field, newest) if newest is not None else None
            self.same("home cards", name, self.step(Page(card).words), self.said(change, s, field))

    def page(self, s):
        page = Page(self.read("stats", s.name, "index.html"))
        columns, alike = s.measures + list(s.derive), Counter()
        for row in range(len(s.rows)):
            id = anchor(s.days[row], [s.text(row, k) for k in s.header if k in s.keys])
            alike[id] += 1
            line = page.figures.get(id if alike[id] == 1 else f"{id}_{alike[id]}", [])
            if len(line) != len(columns):
                self.same("page", f"{s.name} {row} columns", len(line), len(columns))
                continue
            for field in columns:
                want, text = s.shown(row, field), line[columns.index(field)]
                if want.startswith("["):
                    self.same("page", f"{s.name} {row} {field}", re.findall(r"\[[a-z]\]", text), re.findall(r"\[[a-z]\]", want) if want != "[x]" or "[" in text else [])
                else:
                    self.same("page", f"{s.name} {row} {field}", read_shown(text), Fraction(want))
        if len(s.keys) == 0 and s.period:
            for field in s.measures + list(s.derive):
                self.sentence(s, field, page.words)
        for chart in s.said.get("charts", []):
            if chart["type"] == "share-bar":
                self.shares(s, chart, page.words)

    def sentence(self, s, field, words):
        rows = s.series()[0]
        title = re.sub(r"（[^（）]*）$", "", field)
        chart = next((c for c in s.said.get("charts", []) if c["y"] == [field] and c["title"] == "图" + title), None)
        if not chart:
            return
        part = words.split(chart["title"], 1)[1].split("点一下图", 1)[0]
        at = max((i for i, r in enumerate(rows) if not isinstance(s.exact(r, field), str)), default=None)
        if at is None:
            return
        self.same("sentences", f"{s.name} {field}", self.step(part), self.said(s.change(rows, field, at), s, field))
        m = re.search(r"按月平均，(.*?)(?:，最后一期|。)", part)
        if m:
            kept = []
            for r in rows[:at + 1]:
                kept = [] if s.broken(r, field) else kept
                if not isinstance(s.exact(r, field), str) and s.span(r):
                    kept.append(half_up(s.exact(r, field) / s.span(r), 1))
            unit = s.unit(rows[at], field)
            got = re.findall(r"([-−]?\d[\d,]*(?:\.\d+)?)(?=余?" + re.escape(unit) + r")", m[1])
            self.same("averages", f"{s.name} {field} {m[1]}", [Fraction(g.replace(",", "").replace("−", "-")) for g in got], [Fraction(k) for k in kept[-5:]])
        m = re.search(r"(?:最多|最高|最长)（[约近]?([-−\d,.万亿]+).*?(?:最少|最低|最短)（[约近]?([-−\d,.万亿]+)", part)
        if m:
            whole = [s.exact(r, field) for r in rows if s.span(r) == LENGTH.get(s.frequency, -1) and not isinstance(s.exact(r, field), str)]
            shown = [Fraction(s.shown(r, field)) for r in rows if s.span(r) == LENGTH.get(s.frequency, -1) and not isinstance(s.exact(r, field), str)]
            if whole:
                self.same("highest and lowest", f"{s.name} {field}", (read_shown(m[1]), read_shown(m[2])), (max(shown), min(shown)))

    def shares(self, s, chart, words):
        part = words.split(chart["title"], 1)[1].split("点一下图", 1)[0]
        got = [Fraction(t) for t in re.findall(r"占(\d+(?:\.\d+)?)%", part)]
        want = []
        for row in range(len(s.rows)):
            values = [s.exact(row, y) for y in chart["y"]]
            if not any(isinstance(v, str) for v in values) and sum(values):
                want += [Fraction(half_up(v / sum(values) * 100, 2)) for v in values]
        self.same("shares", s.name, got, want)
        drawn = re.findall(r">(\d+)%<", self.read("stats", s.name, "chart-1.svg"))
        whole = []
        for y in chart["y"]:
            for row in range(len(s.rows)):
                values = [s.exact(row, f) for f in chart["y"]]
                whole.append(int(half_up(s.exact(row, y) / sum(values) * 100, 0)))
        drawn = [int(d) for d in drawn if d not in ("100",)]  # the axis
        for w in set(drawn) - set(whole) - {0, 20, 25, 40, 50, 60, 75, 80}:
            self.same("drawn shares", s.name, w, "none of " + str(sorted(whole)))
        self.counts["drawn shares"] += len(drawn)

    def per_head(self):
        """Per 10,000 inhabitants, on the page of a unit."""
        path = os.path.join(self.data, "units.csv")
        if not os.path.exists(path):
            return
        with open(path, encoding="utf-8", newline="") as file:
            units = list(csv.DictReader(file))
        for s in self.statistics.values():
            if not s.name.startswith("heads"):
                continue
            for u in units:
                rows = [r for r in range(len(s.rows)) if s.text(r, s.keys[0]) == u["name"]]
                if not rows or not u.get("population"):
                    continue
                page = Page(self.read("units", u["id"], "index.html")).words
                newest = max(rows, key=lambda r: s.days[r][1])
                for field in s.measures:
                    m = re.search(r"每万人口" + re.sub(r"（.*", "", field) + r"(?:数|为)?\s*([\d,.]+)", page)
                    want = Fraction(half_up(s.exact(newest, field) * 10000 / int(u["population"]), 1))
                    self.same("per 10,000", f"{u['name']} {field}", read_shown(m[1].rstrip(".")) if m else None, want)


# Making bureaus ---------------------------------------------------------------------

class Maker:
    def __init__(self, folder, r):
        self.folder, self.r, self.files = os.path.join(folder, "data"), r, {}
        self.site = {"title": "测试公开", "organization": "测试市公安局", "home_figures": []}

    def statistic(self, name, header, rows, fields, **more):
        said = {"concept": name, "title": more.pop("title", "统计" + name), "description": "测试用的数。", "sources": [{"title": "测试"}], "released": "2026-10-12",
                "schema": {"fields": fields}, **more}
        self.files[f"stats/{name}.yaml"] = json.dumps(said, ensure_ascii=False, indent=1)
        self.table(f"stats/{name}.csv", header, rows)

    def table(self, name, header, rows):
        lines = [",".join('"%s"' % c.replace('"', '""') if re.search(r'[,"\n]', c) else c for c in row) for row in [header] + rows]
        self.files[name] = "\n".join(lines) + "\n"

    def write(self):
        self.files["site.yaml"] = json.dumps(self.site, ensure_ascii=False, indent=1)
        for name, text in self.files.items():
            path = os.path.join(self.folder, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)


def decimal(value):
    """A fraction that has an end, written out."""
    return next(half_up(value, d) for d in range(12) if Fraction(half_up(value, d)) == value)


def measure(name, unit, risk="event", kind="integer"):
    return {"name": name, "type": kind, "role": "measure", "unit": unit, "risk": risk}


PERIOD, CATEGORY, UNIT = ({"name": n, "type": "string", "role": r} for n, r in (("期间", "period"), ("类别", "category"), ("单位", "unit")))


def halves(m, count):
    """Figures whose shares, ratios, changes, averages and points lie exactly on half
    a unit of the last digit that is shown."""
    r = m.r
    share = max(count // 10, 8)

    def odd(top):
        return 2 * r.randrange(top) + 1

    def signed(value):
        return -value if r.random() < 0.5 else value
    # Shares in per cent with two decimals, ratios with four, of either sign.
    for n in range(0, 4 * share, 200):
        rows = []
        for i in range(min(200, 4 * share - n)):
            times = r.randrange(1, 9)
            bottom = 20000 * times
            rows.append([f"项{i}", str(signed(odd(10000) * times)), str(bottom), decimal(Fraction(signed(odd(200000)), 10)), str(r.choice([2000, 20000]) * times)])
        m.statistic(f"ratios{n}", ["类别", "甲款（元）", "乙款（元）", "丙程（公里）", "丁时（小时）"], rows,
                    [CATEGORY, measure("甲款（元）", "元", "none"), measure("乙款（元）", "元", "none"),
                     measure("丙程（公里）", "公里", "none", "number"), measure("丁时（小时）", "小时", "none", "number")],
                    frequency="irregular", charts=[],
                    derive=[{"name": "甲比", "value": '$["甲款（元）"] / $["乙款（元）"]', "format": "percent"},
                            {"name": "甲倍", "value": '$["甲款（元）"] / $["乙款（元）"]'},
                            {"name": "丙速", "value": '$["丙程（公里）"] / $["丁时（小时）"]'}])
    # Changes in per cent with one decimal, of like periods and of averages; points with two.
    for n in range(0, 2 * share, 100):
        rows, rates, parts = [], [], []
        for i in range(min(100, 2 * share - n)):
            base = 2000 * r.randrange(1, 40)
            rows += [["2024年", f"项{i}", str(base)], ["2025年", f"项{i}", str(base + signed(base // 2000 * odd(400)))]]
            bottom = 20000
            a = 2 * r.randrange(3000, 6000)
            rates += [["2024年", f"项{i}", str(a), str(bottom)], ["2025年", f"项{i}", str(a + signed(odd(900))), str(bottom)]]
            base = 12 * 2000 * r.randrange(1, 9)  # 8 months against 12
            parts += [["2024年", f"项{i}", str(base)], ["2025年1-8月", f"项{i}", str((base // 12 + signed(base // 12 // 2000 * odd(400))) * 8)]]
        m.statistic(f"changes{n}", ["期间", "类别", "受理（件）"], rows, [PERIOD, CATEGORY, measure("受理（件）", "件")], frequency="yearly", charts=[])
        m.statistic(f"points{n}", ["期间", "类别", "办结（件）", "受理（件）"], rates, [PERIOD, CATEGORY, measure("办结（件）", "件"), measure("受理（件）", "件")],
                    frequency="yearly", charts=[], derive=[{"name": "办结率", "value": '$["办结（件）"] / $["受理（件）"]', "format": "percent"}])
        m.statistic(f"parts{n}", ["期间", "类别", "受理（件）"], parts, [PERIOD, CATEGORY, measure("受理（件）", "件")], frequency="yearly", charts=[])
    # Averages of a month with one decimal, in the sentence of a chart.
    for n in range(max(share // 8, 2)):
        first = r.randrange(2000, 2015)
        rows = [[f"{first + y}年", decimal(Fraction(12 * odd(4000), 20))] for y in range(4)]
        rows.append([f"{first + 4}年1-{r.choice([3, 5, 7, 8, 11])}月", ""])
        span = read_period(rows[-1][0])[1].month
        rows[-1][1] = decimal(Fraction(span * odd(4000), 20))
        m.statistic(f"averages{n}", ["期间", "里程（公里）"], rows, [PERIOD, measure("里程（公里）", "公里", "none", "number")], frequency="yearly",
                    charts=[{"type": "bar", "title": "图里程", "x": "期间", "y": ["里程（公里）"]}])
        m.site["home_figures"].append(f"averages{n}/里程（公里）")
    m.site["home_figures"] = m.site["home_figures"][:6]
    # Shares that a chart says.
    for n in range(max(share // 12, 2)):
        rows = []
        for i in range(5):
            whole = 20000 * r.randrange(1, 4)
            part = whole // 20000 * odd(9999)
            rows.append([f"项{i}", str(part), str(whole - part), str(whole)])
        m.statistic(f"shares{n}", ["类别", "办结（件）", "未结（件）", "合计（件）"], rows,
                    [CATEGORY, measure("办结（件）", "件"), measure("未结（件）", "件"), measure("合计（件）", "件")], frequency="irregular",
                    charts=[{"type": "share-bar", "title": "图构成", "x": "类别", "y": ["办结（件）", "未结（件）"]}])
    # Shares whose whole per cents a drawing writes.
    for n in range(max(share // 12, 2)):
        rows = []
        for i in range(5):
            times = r.randrange(1, 40)
            part = times * odd(99)
            rows.append([f"项{i}", str(part), str(200 * times - part), str(200 * times)])
        m.statistic(f"whole{n}", ["类别", "办结（件）", "未结（件）", "合计（件）"], rows,
                    [CATEGORY, measure("办结（件）", "件"), measure("未结（件）", "件"), measure("合计（件）", "件")], frequency="irregular",
                    charts=[{"type": "share-bar", "title": "图构成", "x": "类别", "y": ["办结（件）", "未结（件）"]}])
    # Figures per 10,000 inhabitants with one decimal.
    units, rows = [["b", "市局", "bureau", "", "", ""]], []
    for i in range(max(share // 6, 4)):
        times = r.randrange(1, 5)
        units.append([f"u{i}", f"第{i}派出所", "station", "市局", str(200000 * times), "测试"])
        rows.append(["2025年", f"第{i}派出所", str(times * odd(3000))])
    m.table("units.csv", ["id", "name", "level", "parent", "population", "source"], units)
    m.statistic("heads", ["期间", "单位", "受理（件）"], rows, [PERIOD, UNIT, measure("受理（件）", "件")], frequency="yearly", charts=[])


SPELLINGS = {
    "yearly": lambda y, n: [f"{y}", f"{y}年"] + ([f"民国{y - 1911}年"] if y > 1911 else []),
    "half-yearly": lambda y, n: [f"{y}年{'上下'[n]}半年", f"{y}年{6 * n + 1}-{6 * n + 6}月"],
    "quarterly": lambda y, n: [f"{y}年第{'一二三四'[n]}季度", f"{y}Q{n + 1}", f"{y}年{3 * n + 1}～{3 * n + 3}月"],
    "monthly": lambda y, n: [f"{y}-{n + 1:02}", f"{y}年{n + 1}月", f"{y}{n + 1:02}"],
}


def periods(r, frequency):
    """Consecutive periods of a frequency, in one spelling or several, some with a part of one at the end."""
    if frequency == "financial":
        first = r.randrange(2012, 2018)
        return [f"{y}/{(y + 1) % 100:02}" for y in range(first, first + r.randrange(2, 8))]
    if frequency in ("daily", "weekly"):
        day, found = DAY(2026, r.randrange(1, 6), 5), []
        day -= datetime.timedelta(day.weekday())
        for _ in range(r.randrange(3, 12)):
            found.append(str(day) if frequency == "daily" else f"{day}/{day + datetime.timedelta(6)}")
            day += datetime.timedelta(1 if frequency == "daily" else 7)
        return found
    if frequency == "irregular":
        y = r.randrange(2019, 2024)
        return r.sample([f"{y}年1月9日至3月17日", f"{y}-04-02/{y}-06-11", f"{y + 1}年1月9日至3月17日", f"截至{y + 1}年5月", f"{y + 2}年前7个月"], r.randrange(1, 5))
    per_year = 12 // LENGTH[frequency]
    first, length = r.randrange(2014, 2024) * per_year + r.randrange(per_year), r.randrange(2, 26 if frequency == "monthly" else 10)
    style = r.randrange(4)
    found = []
    for i in range(first, min(first + length, 2026 * per_year)):
        spelled = SPELLINGS[frequency](i // per_year, i % per_year)
        found.append(spelled[style % len(spelled)] if style < 3 else r.choice(spelled))
    last = min(first + length, 2026 * per_year)
    if frequency != "monthly" and last < 2026 * per_year and r.random() < 0.5:  # a part of the next
        y, start, size = last // per_year, last % per_year * LENGTH[frequency] + 1, LENGTH[frequency]
        end = start + r.randrange(size - 1)
        found.append(f"{y}年{start}-{end}月" if end > start else f"{y}年{start}月")
        if frequency == "yearly" and len(found) > 2 and r.random() < 0.4:  # with its like a year or more before
            back = r.randrange(1, 3)
            found[-1 - back] = (f"{y - back}年1-{end}月" if end > 1 else f"{y - back}年1月")
    return found


def scatter(r, scale):
    return int(scale * r.uniform(0.4, 1.6))


def bureau(m):
    """One random bureau."""
    r = m.r
    units = [f"{n}派出所" for n in r.sample(["东关", "西关", "南门", "北门", "城中", "河东"], r.randrange(2, 5))]
    m.table("units.csv", ["id", "name", "level", "parent"], [["b", "市局", "bureau", ""]] + [[f"u{i}", u, "station", "市局"] for i, u in enumerate(units)])
    if r.random() < 0.3:
        m.site["figures"] = {"no_percent_below": r.choice([10, 30]), "note_below": 60}
    targets, stats = [], []
    for n in range(r.randrange(1, 4)):
        stats.append(one(m, f"s{n}", units, targets))
    if targets:
        m.table("targets.csv", ["statistic", "field", "unit", "period", "target", "direction", "set_by", "basis"], targets)
    m.site["home_figures"] = [f for s in stats for f in s][:6]
    if not m.site["home_figures"]:
        del m.site["home_figures"]


def one(m, name, units, targets):
    """One random statistic with its targets; gives what the home page may show of it."""
    r = m.r
    frequency = r.choice(["yearly", "yearly", "half-yearly", "quarterly", "monthly", "daily", "weekly", "irregular", "financial", None])
    times = periods(r, frequency) if frequency else [None]
    dims = []
    if r.random() < 0.45:
        dims.append((UNIT, units))
    if not frequency or r.random() < 0.35:
        dims.append((CATEGORY, [f"{c}类" for c in "甲乙丙丁"[:r.randrange(2, 5)]]))
    if times == [None] and not dims:
        dims.append((CATEGORY, ["甲类", "乙类", "丙类"]))
    persons = r.random() < 0.3
    pool = [measure("受理（件）", "件"), measure("办理（件）", "件")]
    if persons:
        pool.append(measure("救助（人）", "人", "person"))
    if r.random() < 0.5:
        pool.append(measure("里程（公里）", "公里", "none", "number"))
    if r.random() < 0.3:
        pool.append(measure("满意率（%）", "%", "none", "percent"))
    if r.random() < 0.2:
        pool.append(measure("经费（元）", "元", "none", "number"))
    scale = r.choice([12, 60, 900, 40000])
    total = r.choice(["合计", "总计", "共计", "总数", "全部"]) if dims and r.random() < 0.6 else None
    places = r.choice([0, 1, 2])
    ten_thousands = r.random() < 0.3
    plain = r.random() < 0.4  # no markers

    def dress(value, f, part):
        """A figure as an office might write it, and what counts for the total."""
        text = decimal(value)
        whole = "." not in text
        if f["unit"] == "元" and ten_thousands:
            text = decimal(value / 10000) + "万"
        elif whole and abs(value) > 9999 and r.random() < 0.2:
            text = f"{int(value):,}"
        if plain:
            return text, value
        luck = r.random()
        if luck < 0.05:
            return text + " " + r.choice(["[p]", "[e]", "[u]", "[p][u]"]), value
        if luck < 0.07 and frequency:
            return text + " [b]", value
        if luck < 0.10 and f["risk"] != "person":
            return r.choice(["[x]", "[w]", ""]) if not part or luck < 0.09 else "[x]", value
        if luck < 0.12 and f["risk"] != "person" and f["unit"] != "%":
            return r.choice(["约{}", "近{}", "{}余", "{}以上"]).format(text), value
        return text, value

    rows = []
    cells = [()]
    for _, names in dims:
        cells = [c + (n,) for c in cells for n in names]
    for t in times:
        sums, known = {}, {}
        for c in cells:
            line, taken = [], None
            for f in pool:
                if f["name"] == "受理（件）":
                    value = taken = Fraction(scatter(r, scale))
                elif f["name"] == "办理（件）":
                    value = Fraction(r.randrange(int(taken) + 1))
                elif f["unit"] == "公里":
                    value = Fraction(scatter(r, scale * 10 ** places), 10 ** places)
                elif f["unit"] == "%":
                    value = Fraction(r.randrange(5000, 10001), 100)
                elif f["unit"] == "元":
                    value = Fraction(scatter(r, scale) * 1000)
                else:
                    value = Fraction(scatter(r, 30))
                text, counted = dress(value, f, True)
                line.append(text)
                sums[f["name"]] = sums.get(f["name"], 0) + counted
                known.setdefault(f["name"], []).append(counted)
            rows.append(([t] if t else []) + list(c) + line)
        if total:
            line = []
            for f in pool:
                value = sums[f["name"]] if f["unit"] != "%" else sorted(known[f["name"]])[len(known[f["name"]]) // 2]
                line.append(decimal(value / 10000) + "万" if f["unit"] == "元" and ten_thousands else decimal(value))
            rows.append(([t] if t else []) + [total] * len(dims) + line)
    header = (["期间"] if frequency else []) + [d["name"] for d, _ in dims] + [f["name"] for f in pool]
    fields = ([PERIOD] if frequency else []) + [d for d, _ in dims] + pool
    derive = []
    if r.random() < 0.7:
        derive.append({"name": "办理率", "value": '$["办理（件）"] / $["受理（件）"]', "format": "percent"})
    if r.random() < 0.4:
        derive.append({"name": "未办", "value": '$["受理（件）"] - $["办理（件）"]', "unit": "件"})
    if r.random() < 0.3:
        derive.append({"name": "折算", "value": r.choice(['($["受理（件）"] + 2 * $["办理（件）"]) / 3', '$["办理（件）"] * 1.5 - $["受理（件）"] * 0.25', '-$["办理（件）"] / 7'])})
    if len(derive) > 1 and derive[1]["name"] == "未办" and r.random() < 0.6:
        derive.append({"name": "未办率", "value": '未办 / $["受理（件）"]', "format": "percent"})
    if any(f["unit"] == "公里" for f in pool) and r.random() < 0.5:
        derive.append({"name": "件均里程", "value": '$["里程（公里）"] / $["受理（件）"]', "unit": "公里"})
    charts = []
    if frequency and not dims:
        charts = [{"type": "bar", "title": "图" + re.sub("（.*", "", f["name"]), "x": "期间", "y": [f["name"]]} for f in pool]
    said = {"concept": name, "frequency": "yearly" if frequency == "financial" else frequency or "irregular", "derive": derive, "charts": charts,
            "checks": [{"rule": '$["办理（件）"] <= $["受理（件）"]', "hint": "办理不多于受理"}] if r.random() < 0.5 else []}
    m.statistic(name, header, rows, fields, **said)
    # Targets: on the very figure, a little beside it, or anywhere.
    for row in r.sample(rows, min(len(rows), r.randrange(0, 4))):
        field = r.choice([f["name"] for f in pool] + [d["name"] for d in derive])
        at = 1 if frequency else 0
        unit = row[at] if dims and dims[0][0] is UNIT else ""
        if unit == total and unit:
            continue  # a total is of no unit
        names = row[at + (1 if unit else 0):at + len(dims)]
        if field in header:
            value = Cell(row[header.index(field)]).value
            goal = value if value is not None else Fraction(50)
            goal += r.choice([0, 0, 1, -1]) if goal > 1 else 0
        else:
            a, b = Cell(row[header.index("办理（件）")]).value, Cell(row[header.index("受理（件）")]).value
            goal = Fraction(half_up(a / b * 100, 2)) + r.choice([0, 0, Fraction(1, 100)]) if a is not None and b else Fraction(80)
        reference = "/".join(([row[0]] if frequency else []) + names)
        if not any(t[:4] == [name, field, unit, reference] for t in targets):
            targets.append([name, field, unit, reference, decimal(goal), r.choice(["不低于", "不高于"]), "测试市公安局", "测试"])
    return [f"{name}/{f['name']}" for f in pool] if frequency and not dims and len(rows) > 1 else []


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    if sys.argv[1] == "make":
        kind, seed, count, folder = sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
        for n in range(1 if kind == "halves" else count):
            m = Maker(os.path.join(folder, str(n)), random.Random(seed * 100003 + n))
            halves(m, count) if kind == "halves" else bureau(m)
            m.write()
        return 0
    faults, counts = 0, Counter()
    for folder in sys.argv[2:]:
        audit = Audit(folder)
        audit.run()
        faults += audit.faults
        counts.update(audit.counts)
    counts["halves"] = len(HALVES)
    print(f"faults: {faults}; " + ", ".join(f"{kind}: {n}" for kind, n in sorted(counts.items())))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
