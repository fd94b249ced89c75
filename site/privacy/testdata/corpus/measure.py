#!/usr/bin/env python3
"""Measure a privacy scanner on a corpus.

    python3 measure.py corpus.jsonl SUNSHINE_BINARY [--list] [--whole] [--jobs N] [--json FILE] [--as-of DATE]

Each item is built into a bureau folder of its own (build.py), and the command
`check --format json --as-of 2026-10-31` is run on it, and on the same folder
without the item.  Problems of the second run are taken away by rule and file.
What is left counts as a finding where its rule begins with `privacy/` (this
includes privacy/not-inspected), or is one that the item names in `also`.
A finding in another file than the item's own is counted too (nothing else in
the folder differs) and the number of items so found is printed.

A leak is found, and an innocent text does not pass, where there is a finding,
error or warning.  A picture's author property is flagged as such whatever it
holds, so the baseline holds one too, and is counted as "not clean".
Exit code 1 where a run could not be read, and with --whole where a leak is
missed or an innocent text is not passed.
"""
import json, os, shutil, subprocess, sys, tempfile
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import build


def option(args, name, default):
    if name in args:
        i = args.index(name)
        value = args[i + 1]
        del args[i:i + 2]
        return value
    return default


def check(binary, files, day):
    d = tempfile.mkdtemp(prefix="corpus-")
    try:
        build.write(files, d)
        r = subprocess.run([binary, "check", "--format", "json", "--as-of", day, d], capture_output=True, text=True, timeout=120)
        if r.returncode not in (0, 1):
            return None, (r.stderr or r.stdout)[-300:]
        return json.loads(r.stdout or "[]") or [], None
    except (ValueError, subprocess.TimeoutExpired) as e:
        return None, str(e)
    finally:
        shutil.rmtree(d, ignore_errors=True)


def key(p):
    return p.get("rule", ""), p.get("file", "").partition("!")[0]


def counted(p, item):
    return p.get("rule", "").startswith("privacy/") or p.get("rule") in item.get("also", ())


def judge(binary, item, day):
    files, path = build.files_of(item)
    base, _ = build.files_of(item, neutral=True)
    got, fault = check(binary, files, day)
    if fault is None:
        without, fault = check(binary, base, day)
    if fault is not None:
        return dict(item=item, fault=fault, hits=[], path=path, other=[])
    known = {key(p) for p in without}
    new = [p for p in got if key(p) not in known]
    hits = [p for p in new if counted(p, item)]
    sibling = path.rpartition(".")[0]
    here = [p for p in hits if key(p)[1] == path or key(p)[1].rpartition(".")[0] == sibling
            or item["carrier"] == "filename" and key(p)[1].startswith("data/static/")]     # the message masks the name
    return dict(item=item, fault=None, hits=hits, here=here, path=path, base=without,
                other=[p for p in new if not counted(p, item) and p.get("severity") == "error"])


def percent(a, b):
    return "%5.1f%%" % (100.0 * a / b) if b else "    —"


def table(title, results, by):
    groups = OrderedDict()
    for r in sorted(results, key=by):
        groups.setdefault(by(r), []).append(r)
    print("\n%-18s %6s %7s   %9s %7s" % (title, "leaks", "found", "innocents", "passed"))
    for g, rs in groups.items():
        l = [r for r in rs if r["item"]["leak"]]
        n = [r for r in rs if not r["item"]["leak"]]
        print("%-18s %6d %7s   %9d %7s" % (g, len(l), percent(sum(bool(r["hits"]) for r in l), len(l)), len(n), percent(sum(not r["hits"] for r in n), len(n))))


def main():
    args = sys.argv[1:]
    jobs = int(option(args, "--jobs", "6"))
    out = option(args, "--json", None)
    day = option(args, "--as-of", "2026-10-31")
    names = "--list" in args
    whole = "--whole" in args
    args = [a for a in args if a not in ("--list", "--whole")]
    if len(args) != 2:
        raise SystemExit(__doc__)
    items = build.items(args[0])
    with ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(lambda i: judge(args[1], i, day), items))
    broken = [r for r in results if r["fault"] is not None]
    results = [r for r in results if r["fault"] is None]
    leaks = [r for r in results if r["item"]["leak"]]
    clean = [r for r in results if not r["item"]["leak"]]
    tp = [r for r in leaks if r["hits"]]
    fp = [r for r in clean if r["hits"]]
    right = [r for r in tp if any(p.get("severity") == r["item"]["severity"] for p in r["hits"])]
    away = [r for r in tp if not r["here"]]
    table("carrier", results, lambda r: r["item"]["carrier"])
    table("rule", results, lambda r: r["item"]["rule"])
    print("\nleaks %d  found %d  recall %s" % (len(leaks), len(tp), percent(len(tp), len(leaks))))
    print("innocents %d  passed %d  rate %s" % (len(clean), len(clean) - len(fp), percent(len(clean) - len(fp), len(clean))))
    print("precision %s" % percent(len(tp), len(tp) + len(fp)))
    print("found with the wanted severity %s   found in another file only %d" % (percent(len(right), len(tp)), len(away)))
    other = [r for r in results if r["other"]]
    noisy = [r for r in results if any(p.get("severity") == "error" or p.get("rule", "").startswith("privacy/") for p in r["base"])]
    print("items with a new error of another kind %d   baselines not clean %d" % (len(other), len(noisy)))
    if names:
        print("\nmissed leaks:      " + " ".join(r["item"]["id"] for r in leaks if not r["hits"]))
        print("wrong findings:    " + " ".join(r["item"]["id"] for r in fp))
        print("other severity:    " + " ".join(r["item"]["id"] for r in tp if r not in right))
        print("errors of other kinds: " + " ".join(r["item"]["id"] for r in other))
        print("baselines not clean:   " + " ".join(r["item"]["id"] for r in noisy))
    if broken:
        print("\nnot run: " + " ".join(r["item"]["id"] for r in broken))
        print(broken[0]["fault"])
    if out:
        with open(out, "w", encoding="utf-8") as h:
            for r in results:
                h.write(json.dumps({"id": r["item"]["id"], "leak": r["item"]["leak"], "found": bool(r["hits"]), "rules": sorted({p["rule"] + " " + p["severity"] for p in r["hits"]}), "other": sorted({p["rule"] for p in r["other"]})}, ensure_ascii=False) + "\n")
    return 1 if broken or whole and (len(tp) < len(leaks) or fp) else 0


if __name__ == "__main__":
    sys.exit(main())
