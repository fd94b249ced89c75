"""How many false sentences a checker reports, and how many true ones it leaves alone.

    python3 measure.py SUNSHINE CORPUS.jsonl [--batch N] [--json FILE] [--least PERCENT]

Each sentence is put in its place in a copy of the bureau, about forty to a
copy and each in a file of its own; a copy with neutral sentences in the same
places is the baseline. A sentence counts as reported where its file has a
problem of a rule claims/… or figures/trend that the baseline has not. Exit code 1
with --least where recall or precision is less, or where there is no sentence.
"""
import collections, json, os, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
AS_OF = "2026-10-31"
NEUTRAL = {"zh": "详情见本局公告。", "en": "Details are given in the notices of the bureau."}
QUOTE = {
    "rural-crime": "{{rural-crime/2025年/农村刑事案件立案（件）}}",
    "fraud": "{{fraud/2026-09/电信网络诈骗立案（起）}}",
    "unit-calls": "{{unit-calls/2026年第三季度/城东分局/接处警（起）}}",
    "theft": "{{theft/2026年第三季度/盗窃案件立案（件）}}",
    "road": "{{road/2026年第三季度/道路交通事故（起）}}",
    "window": "{{window/2025年/户政业务办件（件）}}",
    "recovered": "{{recovered/2026-09/返还群众（万元）}}",
    "survey": "{{survey/2026年第三季度/群众满意度（%）}}",
}
HEADS = {
    "notice": {
        "zh": "title: 公安工作通报\ndate: {day}\nsource: 安澜市公安局办公室\nkind: 公告\nsummary: 通报有关工作。\n",
        "en": "title: Notice on police work\ndate: {day}\nsource: Office of the Anlan Public Security Bureau\nkind: 公告\nsummary: A notice on current work.\n",
    },
    "page": {
        "zh": "title: 警务公开说明\nupdated: {day}\n",
        "en": "title: About this site\nupdated: {day}\n",
    },
    "guide": {
        "zh": """title: 首次申领居民身份证
area: hukou
status: in-force
authority: 安澜市公安局治安支队
summary: 年满十六周岁的公民第一次领取居民身份证。
legal_basis:
  - {law: 中华人民共和国居民身份证法, article: 第二条, url: ""}
audience: [individual]
conditions:
  - 年满十六周岁的中国公民
materials:
  - {name: 居民户口簿, original: 1, copies: 0, form: "", note: 交验后当场退还}
steps:
  - {action: 申请, actor: 申请人, days: 0}
  - {action: 审核与制证, actor: 公安机关, days: 20}
time_limit: {statutory: 60, promised: 20, unit: natural-days}
fee: {free: true, basis: 财税〔2018〕37号}
places:
  - {name: 城东分局户政窗口, address: 安澜市清河路2号, hours: 周一至周五 9:00—17:00, phone: 000-86320010}
online: https://www.mps.gov.cn/fuwu/
result: 居民身份证
complaint: {phone: "12389"}
published: {day}
updated: {day}
verified: {day}
review_days: 180
""",
    },
}
HEADS["guide"]["en"] = (HEADS["guide"]["zh"]
                        .replace("title: 首次申领居民身份证", "title: First resident identity card")
                        .replace("summary: 年满十六周岁的公民第一次领取居民身份证。", "summary: For citizens who have reached sixteen."))
FOLDERS = {"notice": "notices", "page": "pages", "guide": "guides/hukou"}


def write(root, name, text):
    path = os.path.join(root, "data", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)


def cell(s):
    return '"' + s.replace('"', '""') + '"'


def place(root, d, text):
    """Put text where the sentence d stands; return the files in which a problem is about it."""
    where, day, lang, name = d["place"], d["day"], d["lang"], d["id"]
    if where in FOLDERS:
        stem = FOLDERS[where] + "/" + {"notice": day + "-claim-", "page": "x-", "guide": "g-"}[where] + name

        def body(language, s):
            b = "---\n" + HEADS[where][language].replace("{day}", day) + "---\n" + s + "\n"
            if where == "notice" and d["statistic"]:
                b += "\n" + QUOTE[d["statistic"]] + "\n"
            return b
        if lang == "en":
            write(root, stem + ".md", body("zh", NEUTRAL["zh"]))
            write(root, stem + ".en.md", body("en", text))
            return ["data/" + stem + ".en.md"]
        write(root, stem + ".md", body("zh", text))
        return ["data/" + stem + ".md"]
    if where in ("note", "description"):
        stem = "stats/" + d["statistic"]
        path = os.path.join(root, "data", stem + ".yaml")
        s = open(path, encoding="utf-8").read()
        if where == "note":
            s += "notes: |\n  " + text + "\n"
        else:
            lines = s.split("\n")
            i = next(i for i, x in enumerate(lines) if x.startswith("description: "))
            lines[i] = "description: " + json.dumps(lines[i][len("description: "):] + text, ensure_ascii=False)
            s = "\n".join(lines)
        write(root, stem + ".yaml", s)
        return ["data/" + stem + ".yaml"]
    if where == "register":
        stem = "registers/r-" + name
        head, sep, rest = text.partition("：")
        if not sep or len(head) > 8:
            head, rest = "重点工作", text
        write(root, stem + ".yaml", "title: 重点工作台账\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 事项, role: title}\n  - {name: 进展}\n")
        write(root, stem + ".csv", "编号,事项,进展\nZ01,%s,%s\n" % (cell(head), cell(rest)))
        return ["data/" + stem + ".csv", "data/" + stem + ".yaml"]
    if where == "answer":
        stem = "suggestions/s-" + name
        write(root, stem + ".csv", "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n"
              "%s,意见建议,2026-10-08,城东分局,关于社区治安的建议,2026-10-09,2026-10-12,2026-10-15,2026-10-20,%s,已办结,%s\n" % (name, day, cell(text)))
        return ["data/" + stem + ".csv"]
    raise SystemExit("unknown place " + where)


def check(sunshine, root):
    r = subprocess.run([sunshine, "check", "--as-of", AS_OF, "--format", "json", root], capture_output=True, text=True)
    try:
        return json.loads(r.stdout)  # nothing at all is a crash, and no answer
    except ValueError:
        raise SystemExit("check answered no JSON (exit %d): %s%s" % (r.returncode, r.stdout[:500], r.stderr[:500]))


def batches(lines, size):
    """First fit; each statistic's descriptor holds one sentence a batch."""
    out = []
    for d in lines:
        key = d["statistic"] if d["place"] in ("note", "description") else d["id"]
        for b in out:
            if len(b) < size and key not in b:
                b[key] = d
                break
        else:
            out.append({key: d})
    return [list(b.values()) for b in out]


def main():
    args = sys.argv[1:]
    opt = {"--batch": "40", "--json": "", "--least": "0"}
    for o in opt:
        if o in args:
            i = args.index(o)
            opt[o] = args[i + 1]
            del args[i:i + 2]
    if len(args) != 2:
        raise SystemExit(__doc__)
    sunshine, corpus = shutil.which(args[0]) or os.path.abspath(args[0]), args[1]
    lines = [json.loads(s) for s in open(corpus, encoding="utf-8") if s.strip()]
    reported, others = {}, collections.Counter()
    with tempfile.TemporaryDirectory() as tmp:
        for n, batch in enumerate(batches(lines, int(opt["--batch"]))):
            found, files = [], {}
            for state in ("with", "without"):
                root = os.path.join(tmp, "%d-%s" % (n, state))
                shutil.copytree(os.path.join(HERE, "bureau"), root)
                for d in batch:
                    for f in place(root, d, d["text"] if state == "with" else NEUTRAL[d["lang"]]):
                        files[f] = d["id"]
                found.append(check(sunshine, root))
            key = lambda p: (p["file"], p["rule"], p["message"])
            base = collections.Counter(map(key, found[1]))
            for p in found[1]:
                if p["severity"] == "error":
                    others["error without any sentence: " + p["file"] + " " + p["rule"] + ": " + p["message"]] += 1
            for p in found[0]:
                if base[key(p)]:
                    base[key(p)] -= 1
                    continue
                who = files.get(p["file"])
                if p["rule"].startswith("claims/") or p["rule"] == "figures/trend":
                    if who:
                        reported.setdefault(who, p)
                        continue
                others["%s %s: %s" % (p["severity"], p["rule"], p["file"])] += 1
    false = [d for d in lines if d["label"] == "false"]
    true = [d for d in lines if d["label"] == "true"]
    hit = [d for d in false if d["id"] in reported]
    alarm = [d for d in true if d["id"] in reported]
    share = lambda a, b: "%d/%d%s" % (a, b, " = %.1f %%" % (100 * a / b) if b else "")
    print("recall    " + share(len(hit), len(false)))
    print("precision " + share(len(hit), len(hit) + len(alarm)))
    for what, items, all_ in (("misses", [d for d in false if d["id"] not in reported], false), ("false alarms", alarm, true)):
        print("\n%s: %d" % (what, len(items)))
        for lang in ("zh", "en"):
            print("  %s %s" % (lang, share(sum(d["lang"] == lang for d in items), sum(d["lang"] == lang for d in all_))))
        by = collections.defaultdict(list)
        for d in items:
            by[d["kind"]].append(d)
        for kind in sorted(by, key=lambda k: (-len(by[k]), k)):
            print("  %s %s" % (kind, share(len(by[kind]), sum(d["kind"] == kind for d in all_))))
            for d in by[kind]:
                print("    %s %s %s%s: %s (%s)" % (d["id"], d["lang"], d["place"], " of " + d["statistic"] if d["statistic"] else "", d["text"], d["why"]))
                if d["id"] in reported:
                    print("      [%s] %s" % (reported[d["id"]]["rule"], reported[d["id"]]["message"]))
    if others:
        print("\nother problems that appear with the sentences, or errors without them:")
        for k, c in sorted(others.items()):
            print("  %d × %s" % (c, k))
    if opt["--json"]:
        with open(opt["--json"], "w", encoding="utf-8") as f:
            json.dump({k: p["rule"] for k, p in sorted(reported.items())}, f, indent=1)
    least = float(opt["--least"])
    if least and (not hit or 100 * len(hit) < least * len(false) or 100 * len(hit) < least * (len(hit) + len(alarm))):
        raise SystemExit("less than %g %%" % least)


main()
