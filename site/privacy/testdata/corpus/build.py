#!/usr/bin/env python3
"""Turn one item of a corpus into a whole bureau folder.

    python3 build.py corpus.jsonl ID OUTDIR [--neutral]

The bureau is small and has nothing to report about persons.  The item is put
into its carrier; what is around it (descriptor, rows, parts of the file) is
valid.  With --neutral the same carrier is written without the item: that is
the baseline of measure.py.

Keys of an item beside those of every item (id leak severity rule carrier name
header text note):
  where   which key or part of the carrier (see each function below)
  style   how the text is laid out in a file (split runs, table, rich text ...)
  column  role, type, unit, risk of the planted column of a statistic or register
  cells   the values of the three rows of that column, the item's among them
  extra   further keys of front matter, as a mapping
  member  name of the member of an archive
"""
import csv, io, json, os, re, struct, sys, zipfile, zlib
from xml.sax.saxutils import escape

ZIPTIME = (2026, 10, 12, 9, 0, 0)
NEUTRAL = "请按公布的时间前来办理。"
Y = lambda s: json.dumps(s, ensure_ascii=False)      # a JSON string is a YAML string


# ---------------------------------------------------------------- the bureau

SITE = """title: 示范市公安局阳光警务
organization: 示范市公安局
description: %(description)s
base_url: https://gaj.shifan.example/
language: zh
contact:
  phone: %(phone)s
  email: %(email)s
  address: %(address)s
  hours: %(hours)s
  complaint: 000-00000001
footer:
  organizer: 示范市公安局
  site_code: "3301000012"
  icp: %(icp)s
  police_record: %(police_record)s
  report_error: mailto:jiucuo@shifan.example
data_notice: %(data_notice)s
license:
  name: CC0-1.0
  url: https://creativecommons.org/publicdomain/zero/1.0/deed.zh-hans
privacy:
  email_domains: [shifan.example]
suggestions:
  ledgers: [意见建议, 利益诉求, 投诉举报]
  note: %(suggestions_note)s
"""
SITE_KEYS = dict(
    description="公开统计数据和办事指南，让群众看得懂、查得到、能核对。",
    phone="000-00000000", email="jingwu@shifan.example", address="示范市示范路0号",
    hours="周一至周五 9:00—12:00，13:30—17:30（法定节假日除外）",
    icp="浙ICP备12003456号", police_record="浙公网安备33010002000123号",
    data_notice="数据以市公安局公布的为准。", suggestions_note="事项按收到的先后排列。")

UNIT_KEYS = ["编号", "名称", "级别", "上级", "人口", "户数", "来源", "地址", "电话", "办公时间"]
UNITS = [
    ["shifan", "示范市公安局", "市局", "", "", "", "", "示范市示范路0号", "000-00000000", "周一至周五 9:00—17:30"],
    ["chengdong", "城东分局", "分县局", "示范市公安局", "82000", "31000", "市统计局，2025年末", "示范市城东区东示范路0号", "000-00000101", "周一至周五 9:00—17:30"],
    ["dongmen", "东门派出所", "派出所", "城东分局", "37000", "14000", "市统计局，2025年末", "示范市城东区东门街0号", "000-00000112", "周一至周五 9:00—17:30"],
]
TARGET_KEYS = ["统计", "字段", "单位", "期间", "目标", "方向", "制定", "依据"]
TARGET = ["base", "受理（件）", "", "2025年", "1200", "不低于", "示范市公安局", "年度工作要点"]

STAT_YAML = """title: %(title)s
description: %(description)s
sources:
  - title: %(source)s
contributors:
  - {title: %(contributor)s, roles: [compiler]}
frequency: yearly
released: 2026-10-12
next_release: 2027-10-12
schema:
  fields:
%(fields)s
notes: %(notes)s
"""
STAT_KEYS = dict(title="窗口受理", description="各年窗口受理的事项数。", source="示范市公安局窗口工作年报",
                 contributor="示范市公安局治安支队", notes="按受理日期计入当年。", field="当年受理的事项数。")

GUIDE_KEYS = dict(
    title="办理居住登记", summary="离开常住户口所在地居住的，到居住地派出所登记。",
    authority="示范市公安局治安支队", condition="在本市居住、户口不在本市的公民",
    material_name="居民身份证", material_note="交验后当场退还", step_note="到派出所户籍窗口提出",
    time_note="自材料齐全之日起算", fee_note="不收费", place_name="东门派出所户籍窗口",
    place_address="示范市城东区东门街0号", place_phone="000-00000112",
    place_hours="周一至周五 9:00—17:30", result="居住登记回执", complaint_phone="12389",
    history="改写办理时间", body="请本人到窗口办理。")
GUIDE = """---
title: %(title)s
area: hukou
status: in-force
authority: %(authority)s
summary: %(summary)s
legal_basis:
  - {law: 居住证暂行条例, article: 第二条, url: ""}
audience: [individual]
conditions:
  - %(condition)s
materials:
  - {name: %(material_name)s, original: 1, copies: 0, note: %(material_note)s}
steps:
  - {action: 申请, actor: 申请人, days: 0, note: %(step_note)s}
  - {action: 登记, actor: 户籍窗口, days: 3}
time_limit:
  statutory: 3
  promised: 3
  unit: natural-days
  note: %(time_note)s
fee:
  free: true
  basis: 居住证暂行条例
  note: %(fee_note)s
places:
  - name: %(place_name)s
    address: %(place_address)s
    hours: %(place_hours)s
    phone: %(place_phone)s
online: https://zwfw.shifan.example/hukou/juzhu
result: %(result)s
complaint: {phone: %(complaint_phone)s}
published: 2026-01-05
updated: 2026-10-08
verified: 2026-10-08
history:
  - {date: 2026-10-08, change: %(history)s}
review_days: 180
---
%(body)s
"""

SUGGEST_KEYS = ["编号", "账本", "收到日期", "承办单位", "摘要", "商议", "方案", "督办", "反馈", "公开", "状态", "答复"]
SUGGEST = [
    ["YJ-2026-001", "意见建议", "2026-06-03", "东门派出所", "建议户籍窗口在寒暑假前增开办证窗口", "2026-06-08", "2026-06-15", "2026-06-29", "2026-07-10", "2026-07-15", "已办结", "采纳。已从本年暑期起执行。"],
    ["YJ-2026-002", "意见建议", "2026-09-21", "城东分局", "建议在渡口增设防溺水警示牌", "2026-09-25", "2026-10-05", "2026-10-20", "", "", "办理中", ""],
]


def front(keys, body):
    return "---\n" + "".join("%s: %s\n" % (k, v if re.fullmatch(r"\d{4}-\d\d-\d\d|\d+", v) else Y(v)) for k, v in keys.items()) + "---\n" + body + "\n"


def rows(*table):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def base():
    files = {}
    files["data/site.yaml"] = SITE % {k: Y(v) for k, v in SITE_KEYS.items()}
    files["data/units.csv"] = rows(UNIT_KEYS, *UNITS)
    files["data/targets.csv"] = rows(TARGET_KEYS, TARGET)
    stat(files, "base")
    files["data/registers/promises.csv"] = rows(["承诺", "内容"], ["户籍窗口", "材料齐全的当场受理"], ["咨询电话", "工作时间有人接听"])
    files["data/registers/promises.yaml"] = "title: 服务承诺\ndescription: 窗口的承诺。\nupdated: 2026-10-12\norder: 1\ncolumns:\n  - {name: 承诺, role: title}\n  - {name: 内容}\n"
    files["data/suggestions/2026.csv"] = rows(SUGGEST_KEYS, *SUGGEST)
    files["data/guides/hukou/juzhu.md"] = GUIDE % {k: (v if k == "body" else Y(v)) for k, v in GUIDE_KEYS.items()}
    files["data/notices/2026-10-28-window.md"] = front({"title": "户籍窗口周六照常办理", "date": "2026-10-28", "source": "示范市公安局", "kind": "办事提醒", "summary": "户籍窗口周六办理业务。"}, "户籍窗口周一至周六办理业务。")
    files["data/pages/about.md"] = front({"title": "关于本站", "summary": "本站是什么，怎样联系。", "updated": "2026-10-12", "order": "1"}, "本站公布统计数据和办事指南。")
    return files


def stat(files, name, header=None, cells=None, column=None, **keys):
    k = dict(STAT_KEYS, **keys)
    field = "    - {name: 期间, type: string, role: period}\n    - {name: 受理（件）, type: integer, role: measure, unit: 件, risk: event, description: %s}" % Y(k.pop("field"))
    head, body = ["期间", "受理（件）"], [["2023年", "1250"], ["2024年", "1318"], ["2025年", "1402"]]
    if header is not None:
        c = dict({"type": "string", "role": "note"}, **(column or {}))
        field += "\n    - {name: %s, %s}" % (Y(header), ", ".join("%s: %s" % (a, b) for a, b in c.items()))
        head.append(header)
        for row, cell in zip(body, cells):
            row.append(cell)
    files["data/stats/%s.csv" % name] = rows(head, *body)
    files["data/stats/%s.yaml" % name] = STAT_YAML % dict({a: Y(b) for a, b in k.items()}, fields=field)


# ---------------------------------------------------------------- carriers in data/

def is_count(t):
    return re.fullmatch(r"[\d,.]+%?", t or "") is not None


def stem(item, default):
    return re.sub(r"\.[a-z]+$", "", item.get("name") or default)


def put_stat_cell(f, it, neutral):
    name, header, col = stem(it, "planted"), it.get("header") or "备注", it.get("column")
    cells = list(it.get("cells") or (["118", it["text"], "131"] if is_count(it["text"]) and col else ["无", it["text"], "无"]))
    if neutral:
        header, cells = "处置（起）" if col and col.get("role") == "measure" else "备注", ["118", "127", "131"] if col and col.get("role") == "measure" else ["无", "无", "无"]
    stat(f, name, header, cells, col)
    return "data/stats/%s.csv" % name


def put_stat_header(f, it, neutral):
    name, col = stem(it, "planted"), it.get("column") or {"type": "integer", "role": "measure", "unit": "起", "risk": "event"}
    measure = col.get("role") == "measure"
    cells = it.get("cells") or (["118", "127", "131"] if measure else ["无", "无", "无"])
    if neutral:
        cells = ["118", "127", "131"] if measure else ["无", "无", "无"]
    stat(f, name, ("处置（起）" if measure else "备注") if neutral else it["text"], cells, col)
    return "data/stats/%s.csv" % name


def put_descriptor(f, it, neutral):
    """where: title description notes source contributor field"""
    name, where = stem(it, "planted"), it.get("where") or "notes"
    stat(f, name, **({} if neutral else {where: it["text"]}))
    return "data/stats/%s.yaml" % name


def put_register(f, it, neutral):
    """where: cell (or nothing) title description notes; column gives role; extra {"consent": "..."} a consent column"""
    name, where, header, col = stem(it, "planted"), it.get("where") or "cell", it.get("header") or "内容", it.get("column") or {}
    k = {"title": "工作清单", "description": "工作的清单。", "notes": "每月核对一次。"}
    cell = it["text"]
    if neutral:
        header, cell, col = "内容", "按月核对", {}
    elif where != "cell":
        k[where], cell = it["text"], "按月核对"
    heads, values, cols = ["事项", header], [["窗口服务", cell], ["业务咨询", it.get("second", "按月核对")]], [{"name": "事项", "role": "title"}, dict({"name": header}, **col)]
    if neutral:
        values[1][1] = "按月核对"
    if it.get("extra") and "consent" in it["extra"] and not neutral:
        heads.append("同意书编号")
        cols.append({"name": "同意书编号", "role": "consent"})
        for v in values:
            v.append(it["extra"]["consent"])
    f["data/registers/%s.csv" % name] = rows(heads, *values)
    f["data/registers/%s.yaml" % name] = "title: %s\ndescription: %s\nupdated: 2026-10-12\norder: 2\ncolumns:\n%s\nnotes: %s\n" % (
        Y(k["title"]), Y(k["description"]), "\n".join("  - {" + ", ".join("%s: %s" % (a, Y(b)) for a, b in c.items()) + "}" for c in cols), Y(k["notes"]))
    return "data/registers/%s.%s" % (name, "csv" if where == "cell" else "yaml")


def put_suggestion(f, it, neutral):
    """header: 摘要 (or nothing) 答复"""
    name, header = stem(it, "planted"), it.get("header") or "摘要"
    row = ["TS-2026-001", "投诉举报", "2026-06-11", "城东分局", "反映夜间施工噪声", "2026-06-16", "2026-06-22", "2026-07-06", "2026-07-20", "2026-07-27", "已办结", "已责令停止夜间施工。"]
    if not neutral:
        row[SUGGEST_KEYS.index(header)] = it["text"]
    f["data/suggestions/%s.csv" % name] = rows(SUGGEST_KEYS, row)
    return "data/suggestions/%s.csv" % name


def put_notice(f, it, neutral):
    """where: body (or nothing) title source summary kind"""
    name, where = stem(it, "2026-10-26-planted"), it.get("where") or "body"
    k = {"title": "便民提醒", "date": "2026-10-26", "source": "示范市公安局", "kind": "公告", "summary": "请留意办理时间。"}
    body = NEUTRAL
    if not neutral:
        k.update(it.get("extra") or {})
        if where == "body":
            body = it["text"]
        else:
            k[where] = it["text"]
    p = "data/notices/%s.md" % name
    f[p] = front(k, body)
    return p


def put_page(f, it, neutral):
    """where: body (or nothing) title summary"""
    name, where = stem(it, "planted"), it.get("where") or "body"
    k = {"title": "服务说明", "summary": "窗口服务的说明。", "updated": "2026-10-12", "order": "2"}
    body = NEUTRAL
    if not neutral:
        k.update(it.get("extra") or {})
        if where == "body":
            body = it["text"]
        else:
            k[where] = it["text"]
    p = "data/pages/%s.md" % name
    f[p] = front(k, body)
    return p


def put_guide(f, it, neutral):
    """where: a key of GUIDE_KEYS; body if nothing"""
    name, where = stem(it, "planted"), it.get("where") or "body"
    k = dict(GUIDE_KEYS, title="办理暂住登记")
    if not neutral:
        k[where] = it["text"]
    p = "data/guides/hukou/%s.md" % name
    f[p] = GUIDE % {a: (b if a == "body" else Y(b)) for a, b in k.items()}
    return p


def put_units(f, it, neutral):
    """header: the column, 来源 if nothing; row of the last unit"""
    if not neutral:
        table = [list(r) for r in UNITS]
        table[-1][UNIT_KEYS.index(it.get("header") or "来源")] = it["text"]
        f["data/units.csv"] = rows(UNIT_KEYS, *table)
    return "data/units.csv"


def put_targets(f, it, neutral):
    """header: 依据 (or nothing) 制定"""
    if not neutral:
        row = list(TARGET)
        row[TARGET_KEYS.index(it.get("header") or "依据")] = it["text"]
        f["data/targets.csv"] = rows(TARGET_KEYS, row)
    return "data/targets.csv"


def put_site(f, it, neutral):
    """where: a key of SITE_KEYS, or comment"""
    if not neutral:
        where = it.get("where") or "description"
        if where == "comment":
            f["data/site.yaml"] = "# " + it["text"] + "\n" + f["data/site.yaml"]
        else:
            f["data/site.yaml"] = SITE % {k: Y(it["text"] if k == where else v) for k, v in SITE_KEYS.items()}
    return "data/site.yaml"


# ---------------------------------------------------------------- archives and office files

def pack(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, ZIPTIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data.encode() if isinstance(data, str) else data)
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PR = "http://schemas.openxmlformats.org/package/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="%s"' % R
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s"' % R


def core(author="示范市公安局", title="", subject="", keywords="", description="", last="示范市公安局"):
    return XML + ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<dc:title>%s</dc:title><dc:subject>%s</dc:subject><dc:creator>%s</dc:creator><cp:keywords>%s</cp:keywords><dc:description>%s</dc:description><cp:lastModifiedBy>%s</cp:lastModifiedBy>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-10-12T01:00:00Z</dcterms:created></cp:coreProperties>') % tuple(escape(x) for x in (title, subject, author, keywords, description, last))


def rels(list_):
    return XML + '<Relationships xmlns="%s">' % PR + "".join('<Relationship Id="rId%d" Type="%s" Target="%s"/>' % (i + 1, t, to) for i, (t, to) in enumerate(list_)) + "</Relationships>"


def types(overrides, defaults=()):
    return XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' + \
        "".join('<Default Extension="%s" ContentType="%s"/>' % d for d in defaults) + "".join('<Override PartName="%s" ContentType="%s"/>' % o for o in overrides) + "</Types>"


def pieces(text, n=4):
    return [text[i:i + n] for i in range(0, len(text), n)] or [""]


def runs(text, style, tag="w:t"):
    parts = pieces(text) if style == "split" else [text]
    return '<w:proofErr w:type="spellStart"/>'.join('<w:r><w:rPr><w:sz w:val="%d"/></w:rPr><%s xml:space="preserve">%s</%s></w:r>' % (21 + i % 2, tag, escape(p), tag) for i, p in enumerate(parts))


def para(text, style=None):
    if style == "table":
        return "<w:tbl>" + "".join("<w:tr>" + "".join("<w:tc><w:p>%s</w:p></w:tc>" % runs(c, None) for c in line.split("|")) + "</w:tr>" for line in text.split("\n")) + "</w:tbl><w:p/>"
    if style == "deleted":
        return '<w:p><w:del w:id="9" w:author="示范市公安局" w:date="2026-10-12T09:00:00Z">%s</w:del></w:p>' % runs(text, None, "w:delText")
    if style == "textbox":
        return '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>%s</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>' % runs(text, None)
    return "".join("<w:p>%s</w:p>" % runs(line, style) for line in text.split("\n"))


def docx(part, text, style):
    t = {"body": NEUTRAL, "comment": "已校对", "header": "示范市公安局", "footer": "第1页", "footnote": "见办事指南", "embedded": "无"}
    ck = {}
    if part in t:
        t[part] = text
    elif part == "core":
        ck = {style or "author": text}
    elif part == "app":
        pass
    ns = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    body = para(t["body"], style if part == "body" else None)
    extra = '<w:p><w:r><w:commentReference w:id="0"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    sect = '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/></w:sectPr>'
    parts = [("[Content_Types].xml", types(
        [("/word/document.xml", ns + "document.main+xml"), ("/word/comments.xml", ns + "comments+xml"), ("/word/header1.xml", ns + "header+xml"), ("/word/footer1.xml", ns + "footer+xml"), ("/word/footnotes.xml", ns + "footnotes+xml"),
         ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"), ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")],
        [("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")])),
        ("_rels/.rels", rels([(R + "/officeDocument", "word/document.xml"), (PR + "/metadata/core-properties", "docProps/core.xml"), (R + "/extended-properties", "docProps/app.xml")])),
        ("word/document.xml", XML + "<w:document %s><w:body>%s%s%s</w:body></w:document>" % (W, body, extra, sect))]
    r = [(R + "/comments", "comments.xml"), (R + "/header", "header1.xml"), (R + "/footer", "footer1.xml"), (R + "/footnotes", "footnotes.xml")]
    if part == "embedded":
        r.append((R + "/package", "embeddings/Microsoft_Excel_Sheet1.xlsx"))
        parts.append(("word/embeddings/Microsoft_Excel_Sheet1.xlsx", xlsx("cell", text, style)))
    parts += [("word/_rels/document.xml.rels", rels(r)),
        ("word/comments.xml", XML + '<w:comments %s><w:comment w:id="0" w:author="示范市公安局" w:date="2026-10-12T09:00:00Z">%s</w:comment></w:comments>' % (W, para(t["comment"], style if part == "comment" else None))),
        ("word/header1.xml", XML + "<w:hdr %s>%s</w:hdr>" % (W, para(t["header"], style if part == "header" else None))),
        ("word/footer1.xml", XML + "<w:ftr %s>%s</w:ftr>" % (W, para(t["footer"], style if part == "footer" else None))),
        ("word/footnotes.xml", XML + '<w:footnotes %s><w:footnote w:id="2">%s</w:footnote></w:footnotes>' % (W, para(t["footnote"], style if part == "footnote" else None))),
        ("docProps/core.xml", core(**ck)),
        ("docProps/app.xml", XML + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Office Word</Application><Manager>%s</Manager><Company>示范市公安局</Company></Properties>' % escape(text if part == "app" else ""))]
    return pack(parts)


def letters(i):
    return chr(65 + i)


def sheet(grid, strings, style, hide=False):
    out = []
    for y, line in enumerate(grid):
        cells = []
        for x, v in enumerate(line):
            ref = "%s%d" % (letters(x), y + 1)
            if v.startswith("n:"):                       # a number as Excel keeps it
                cells.append('<c r="%s"><v>%s</v></c>' % (ref, v[2:]))
            elif style == "inline":
                cells.append('<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, escape(v)))
            elif style == "formula":
                cells.append('<c r="%s" t="str"><f>"%s"&amp;""</f><v>%s</v></c>' % (ref, escape(v), escape(v)))
            else:
                strings.append(v)
                cells.append('<c r="%s" t="s"><v>%d</v></c>' % (ref, len(strings) - 1))
        out.append('<row r="%d"%s>%s</row>' % (y + 1, ' hidden="1"' if hide and y else "", "".join(cells)))
    return "<sheetData>%s</sheetData>" % "".join(out)


def xlsx(part, text, style):
    """cells: lines are rows, tabs are columns, n: before a number"""
    grid = [line.split("\t") for line in text.split("\n")]
    plain, strings = [["项目", "件数"], ["窗口受理", "n:120"]], []
    ns = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    first = sheet(grid if part in ("cell", "hiddenrow") else plain, strings, style, part == "hiddenrow")
    second = sheet(grid if part in ("hidden", "veryhidden") else [["代码"], ["01"]], strings, style)
    state = "veryHidden" if part == "veryhidden" else "hidden"
    name = '<definedNames><definedName name="%s">%s</definedName></definedNames>' % (
        escape(text) if style == "name" else "统计说明", '"%s"' % escape(text) if part == "name" and style != "name" else "Sheet1!$A$1") if part == "name" else ""
    tab = text if part == "tab" else "Sheet1"

    def si(v):
        if style == "rich":
            return "<si>" + "".join('<r><rPr><sz val="%d"/></rPr><t xml:space="preserve">%s</t></r>' % (10 + i % 2, escape(p)) for i, p in enumerate(pieces(v))) + "</si>"
        return '<si><t xml:space="preserve">%s</t></si>' % escape(v)

    foot = "<headerFooter><oddFooter>&amp;L%s</oddFooter></headerFooter>" % escape(text.replace("&", "&&")) if part == "footer" else ""
    ck = {style or "author": text} if part == "core" else {}
    return pack([
        ("[Content_Types].xml", types([("/xl/workbook.xml", ns + "sheet.main+xml"), ("/xl/worksheets/sheet1.xml", ns + "worksheet+xml"), ("/xl/worksheets/sheet2.xml", ns + "worksheet+xml"), ("/xl/sharedStrings.xml", ns + "sharedStrings+xml"), ("/xl/styles.xml", ns + "styles+xml"), ("/xl/comments1.xml", ns + "comments+xml"), ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")])),
        ("_rels/.rels", rels([(R + "/officeDocument", "xl/workbook.xml"), (PR + "/metadata/core-properties", "docProps/core.xml")])),
        ("xl/workbook.xml", XML + '<workbook %s><sheets><sheet name="%s" sheetId="1" r:id="rId1"/><sheet name="Sheet2" sheetId="2" state="%s" r:id="rId2"/></sheets>%s</workbook>' % (S, escape(tab), state, name)),
        ("xl/_rels/workbook.xml.rels", rels([(R + "/worksheet", "worksheets/sheet1.xml"), (R + "/worksheet", "worksheets/sheet2.xml"), (R + "/sharedStrings", "sharedStrings.xml"), (R + "/styles", "styles.xml")])),
        ("xl/worksheets/sheet1.xml", XML + "<worksheet %s>%s%s</worksheet>" % (S, first, foot)),
        ("xl/worksheets/_rels/sheet1.xml.rels", rels([(R + "/comments", "../comments1.xml")])),
        ("xl/worksheets/sheet2.xml", XML + "<worksheet %s>%s</worksheet>" % (S, second)),
        ("xl/comments1.xml", XML + '<comments %s><authors><author>示范市公安局</author></authors><commentList><comment ref="A1" authorId="0"><text>%s</text></comment></commentList></comments>' % (
            S, "".join('<r><t xml:space="preserve">%s</t></r>' % escape(p) for p in (pieces(text) if style == "split" else [text])) if part == "comment" else "<r><t>已校对</t></r>")),
        ("xl/sharedStrings.xml", XML + '<sst %s count="%d" uniqueCount="%d">%s</sst>' % (S, len(strings), len(strings), "".join(si(v) for v in strings))),
        ("xl/styles.xml", XML + '<styleSheet %s><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>' % S),
        ("docProps/core.xml", core(**ck)),
    ])


def pptx(part, text, style):
    P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="%s"' % R
    ns = "application/vnd.openxmlformats-officedocument.presentationml."

    def tree(t):
        return '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>%s</a:p></p:txBody></p:sp></p:spTree></p:cSld>' % "".join(
            "<a:r><a:t>%s</a:t></a:r>" % escape(x) for x in (pieces(t) if style == "split" else [t]))
    return pack([
        ("[Content_Types].xml", types([("/ppt/presentation.xml", ns + "presentation.main+xml"), ("/ppt/slides/slide1.xml", ns + "slide+xml"), ("/ppt/notesSlides/notesSlide1.xml", ns + "notesSlide+xml"), ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")])),
        ("_rels/.rels", rels([(R + "/officeDocument", "ppt/presentation.xml"), (PR + "/metadata/core-properties", "docProps/core.xml")])),
        ("ppt/presentation.xml", XML + '<p:presentation %s><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>' % P),
        ("ppt/_rels/presentation.xml.rels", rels([(R + "/slide", "slides/slide1.xml")])),
        ("ppt/slides/slide1.xml", XML + "<p:sld %s>%s</p:sld>" % (P, tree(text if part == "slide" else NEUTRAL))),
        ("ppt/slides/_rels/slide1.xml.rels", rels([(R + "/notesSlide", "../notesSlides/notesSlide1.xml")])),
        ("ppt/notesSlides/notesSlide1.xml", XML + "<p:notes %s>%s</p:notes>" % (P, tree(text if part == "notes" else "备注"))),
        ("docProps/core.xml", core())])


# ---------------------------------------------------------------- PDF

def pdf(part, text, style):
    """part: text meta; style: identity (or nothing) gb split lines; for meta Author Title Subject Keywords xmp annot"""
    shown = text if part == "text" else NEUTRAL
    chars = sorted(set(shown.replace("\n", "")))
    code = {c: i + 1 for i, c in enumerate(chars)}
    gb = style == "gb"

    def hexed(s):
        return "<" + ("".join("%04X" % ord(c) for c in s) if gb else "".join("%04X" % code[c] for c in s)) + ">"

    ops, y = ["BT /F1 12 Tf"], 780
    for line in shown.split("\n"):
        if style == "split":
            ops.append("1 0 0 1 60 %d Tm [%s] TJ" % (y, " -12 ".join(hexed(p) for p in pieces(line, 3))))
        elif style == "lines":                    # every four characters placed by itself
            for i, p in enumerate(pieces(line, 4)):
                ops.append("1 0 0 1 %d %d Tm %s Tj" % (60 + i * sum(12 if ord(c) > 255 else 6 for c in pieces(line, 4)[0]), y, hexed(p)))
        else:
            ops.append("1 0 0 1 60 %d Tm %s Tj" % (y, hexed(line)))
        y -= 18
    ops.append("ET")
    stream = zlib.compress("\n".join(ops).encode())
    cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    if gb:
        pairs = [(ord(c), c) for c in chars]
    else:
        pairs = [(code[c], c) for c in chars]
    for i in range(0, len(pairs), 90):
        chunk = pairs[i:i + 90]
        cmap += "%d beginbfchar\n" % len(chunk) + "".join("<%04X> <%s>\n" % (a, c.encode("utf-16-be").hex().upper()) for a, c in chunk) + "endbfchar\n"
    cmap += "endcmap CMapName currentdict /CMap defineresource pop end end"
    # widths: a full-width character 1000, others 500
    widths = "[" + " ".join("%d [%d]" % (a, 1000 if ord(c) > 255 else 500) for a, c in pairs) + "]"
    if gb:
        cid = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 8 0 R >>"
        enc, base_, touni = "/UniGB-UCS2-H", "/STSong-Light", ""
    else:
        cid = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W %s /CIDToGIDMap /Identity /FontDescriptor 8 0 R >>" % widths
        enc, base_, touni = "/Identity-H", "/ABCDEF+SimSun", "/ToUnicode 7 0 R"

    def s(t):
        return "<FEFF" + t.encode("utf-16-be").hex().upper() + ">"

    info = {"Producer": "WPS", "Author": "示范市公安局", "Title": "办事材料"}
    xmp = annot = None
    if part == "meta":
        if style == "xmp":
            xmp = text
        elif style == "annot":
            annot = text
        else:
            info[style or "Author"] = text
    objs = {
        1: "<< /Type /Catalog /Pages 2 0 R%s >>" % (" /Metadata 10 0 R" if xmp else ""),
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R%s >>" % (" /Annots [11 0 R]" if annot else ""),
        4: (b"<< /Length %d /Filter /FlateDecode >>" % len(stream), stream),
        5: "<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding %s /DescendantFonts [6 0 R] %s >>" % (base_, enc, touni),
        6: cid,
        7: (b"<< /Length %d >>" % len(cmap.encode()), cmap.encode()),
        8: "<< /Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>" % base_,
        9: "<< " + " ".join("/%s %s" % (k, s(v)) for k, v in info.items()) + " >>",
    }
    if xmp:
        x = ('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>' % escape(xmp)).encode()
        objs[10] = (b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(x), x)
    if annot:
        objs[11] = "<< /Type /Annot /Subtype /Text /Rect [60 700 80 720] /Contents %s /T %s >>" % (s(annot), s("示范市公安局"))
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    at = {}
    for n in sorted(objs):
        at[n] = out.tell()
        o = objs[n]
        if isinstance(o, tuple):
            out.write(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (n, o[0], o[1]))
        else:
            out.write(b"%d 0 obj\n%s\nendobj\n" % (n, o.encode()))
    start, size = out.tell(), max(objs) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for n in range(1, size):
        out.write(b"%010d 00000 n \n" % at[n] if n in at else b"0000000000 00001 f \n")
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 9 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


# ---------------------------------------------------------------- pictures

def png(text, style):
    """style: tEXt (or nothing; UTF-8, as many programs write it) iTXt zTXt"""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    t = text.encode()
    if style == "iTXt":
        c = chunk(b"iTXt", b"Description\0\0\0zh\0\0" + t)
    elif style == "zTXt":
        c = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(t))
    else:
        c = chunk(b"tEXt", b"Description\0" + t)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + c + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")


def jpeg(text, style):
    """style: description (or nothing) artist xpauthor usercomment com"""
    def seg(mark, data):
        return b"\xff" + bytes([mark]) + struct.pack(">H", len(data) + 2) + data
    app = b""
    if style == "com":
        app = seg(0xFE, text.encode())
    else:
        if style == "xpauthor":
            tag, kind, v = 0x9C9D, 1, text.encode("utf-16-le") + b"\0\0"
        elif style == "usercomment":
            tag, kind, v = 0x9286, 7, b"UNICODE\0" + text.encode("utf-16-le")
        else:
            tag, kind, v = (0x013B if style == "artist" else 0x010E), 2, text.encode() + b"\0"
        if len(v) < 5:
            v = v.ljust(5, b"\0")
        if tag == 0x9286:                                   # in the Exif directory
            tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x8769, 4, 1, 26, 0) + struct.pack("<HHHIII", 1, tag, kind, len(v), 44, 0) + v
        else:
            tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, tag, kind, len(v), 26, 0) + v
        app = seg(0xE1, b"Exif\0\0" + tiff)
    return (b"\xff\xd8" + seg(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + app + seg(0xDB, b"\0" + b"\1" * 64) + seg(0xC0, b"\x08\0\x08\0\x08\1\1\x11\0")
            + seg(0xC4, b"\0" + b"\1" + b"\0" * 15 + b"\0") + seg(0xC4, b"\x10" + b"\1" + b"\0" * 15 + b"\0") + seg(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f\xff\xd9")


# ---------------------------------------------------------------- attachments

EXT = {"docx": "docx", "xlsx": "xlsx", "pptx": "pptx", "pdf": "pdf", "png": "png", "jpeg": "jpg", "zip": "zip", "txt": "txt", "svg": "svg", "csv": "csv", "html": "html", "rtf": "rtf"}


def attachment(carrier, text, style, item):
    kind, _, part = carrier.partition("-")
    if kind == "docx":
        return docx(part, text, style)
    if kind == "xlsx":
        return xlsx(part, text, style)
    if kind == "pptx":
        return pptx(part, text, style)
    if kind == "pdf":
        return pdf(part, text, style)
    if kind == "png":
        return png(text, style)
    if kind == "jpeg":
        return jpeg(text, style)
    if kind == "txt":
        enc = {"gbk": "gbk", "gb18030": "gb18030", "utf16": "utf-16", "utf16be": "utf-16-be", "utf8": "utf-8"}[part]
        return (b"\xfe\xff" if part == "utf16be" else b"") + (text + "\r\n").encode(enc)
    if kind == "svg":
        body = "<desc>%s</desc>" % escape(text) if style == "desc" else "<!-- %s -->" % text if style == "comment" else \
            "<text x=\"4\" y=\"20\">%s</text>" % ("".join("<tspan>%s</tspan>" % escape(p) for p in pieces(text)) if style == "split" else escape(text))
        return ('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><title>示意图</title>%s</svg>\n' % body).encode()
    if kind == "csv":
        return (text + "\n").encode("gbk" if style == "gbk" else "utf-8-sig" if style == "bom" else "utf-8")
    if kind == "rtf":
        return ("{\\rtf1\\ansi\\ansicpg936\\deff0 " + "".join(c if ord(c) < 128 else "\\u%d?" % (ord(c) if ord(c) < 32768 else ord(c) - 65536) for c in text) + "}").encode()
    if kind == "zip":
        if part == "name":
            return pack([(text, NEUTRAL)])
        member = item.get("member") or "说明.txt"
        data = text.encode("gbk") if style == "gbk" else xlsx("cell", text, None) if member.endswith(".xlsx") else docx("body", text, None) if member.endswith(".docx") else text.encode()
        inner = pack([("目录.txt", "材料目录"), (member, data)])
        return pack([("材料.zip", inner)]) if style == "nested" else inner
    raise SystemExit("unknown carrier " + carrier)


NEUTRAL_CELL = {"xlsx-name": "材料", "zip-name": "材料说明.txt", "xlsx-tab": "Sheet1"}


def put_attachment(f, it, neutral):
    c = it["carrier"]
    text = it["text"]
    if neutral:
        text = NEUTRAL_CELL.get(c, "无" if "core" in c or "meta" in c else NEUTRAL)
        if it.get("style") == "table":
            text = "项目|说明\n窗口|" + NEUTRAL
    name = it.get("name") or "cailiao." + EXT[c.split("-")[0]]
    f["data/static/" + name] = attachment(c, text, it.get("style"), it)
    return "data/static/" + name


def put_filename(f, it, neutral):
    ext = it["text"].rpartition(".")[2].lower()
    name = "cailiao." + ext if neutral else it["text"]
    carrier = {"txt": "txt-utf8", "docx": "docx-body", "xlsx": "xlsx-cell", "pdf": "pdf-text", "png": "png-text", "jpg": "jpeg-exif", "csv": "csv-attachment", "zip": "zip-member", "svg": "svg-text"}[ext]
    f["data/static/" + name] = attachment(carrier, NEUTRAL, None, {})
    return "data/static/" + name


PUT = {"stat-cell": put_stat_cell, "stat-header": put_stat_header, "descriptor": put_descriptor, "register": put_register, "suggestion": put_suggestion, "notice": put_notice,
       "page": put_page, "guide": put_guide, "units": put_units, "targets": put_targets, "site": put_site, "filename": put_filename}


def files_of(item, neutral=False):
    """the files of the bureau, and the path of the one in which the item stands"""
    f = base()
    path = PUT.get(item["carrier"], put_attachment)(f, item, neutral)
    return f, path


def write(files, out):
    for name, data in files.items():
        p = os.path.join(out, name)
        os.makedirs(os.path.dirname(p), exist_ok=True)
        with open(p, "wb") as h:
            h.write(data.encode() if isinstance(data, str) else data)


def items(path):
    with open(path, encoding="utf-8") as h:
        return [json.loads(line) for line in h if line.strip()]


def main():
    args = [a for a in sys.argv[1:] if a != "--neutral"]
    if len(args) != 3:
        raise SystemExit(__doc__)
    found = [i for i in items(args[0]) if i["id"] == args[1]]
    if not found:
        raise SystemExit("no item %s in %s" % (args[1], args[0]))
    f, path = files_of(found[0], "--neutral" in sys.argv)
    write(f, args[2])
    print(path)


if __name__ == "__main__":
    main()
