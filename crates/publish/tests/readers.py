"""Opens exports with readers that are not ours.

    python3 readers.py DIR

DIR holds one file per format, named `FORMAT.ENDING`. A reader that is not
installed is named and skipped; with TRUCEWATCH_NEED_READERS=1 it fails.
"""
import csv, importlib, json, os, pathlib, sys

DIR = pathlib.Path(sys.argv[1])
failed = []


def reader(module):
    try:
        return importlib.import_module(module)
    except ImportError:
        print(f"skipped: {module} is not installed (see .ci/run)")
        if os.environ.get("TRUCEWATCH_NEED_READERS") == "1":
            failed.append(module)
        return None


def rows(name):
    with open(DIR / name, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


record = json.loads((DIR / "record.json").read_text(encoding="utf-8"))
texts = {a["id"]: a["text"] for a in record["articles"]}

for name, section in [("csv.csv", "claims"), ("csv-incidents.csv", "incidents"), ("csv-statements.csv", "statements")]:
    head, *body = rows(name)
    assert all(len(row) == len(head) for row in body), name
    assert len(body) == len(record[section]), name
    for row in body:
        assert not any(cell[:1] in "=+@\t\r" and cell for cell in row), row
for row in (dict(zip(rows("csv.csv")[0], row)) for row in rows("csv.csv")[1:]):
    cut = texts[row["article_id"]][int(row["evidence_start"]) : int(row["evidence_end"])]
    assert cut == row["evidence"].removeprefix("'"), row["claim_id"]
print("csv: read by Python's csv module, evidence found at its offsets")

head, *body = rows("acled.csv")
assert all(row[head.index("fatalities")] == "" for row in body)
print("acled: read by Python's csv module, no fatalities asserted")

if hxl := reader("hxl"):
    data = hxl.data(str(DIR / "hxl.csv"), hxl.InputOptions(allow_local=True))
    tags = {column.tag for column in data.columns}
    assert {"#event", "#date", "#loc", "#org", "#meta", "#affected"} <= tags, tags
    assert sum(1 for _ in data) == len(record["claims"])
    print("hxl: read by libhxl")

if geojson := reader("geojson"):
    collection = geojson.loads((DIR / "geojson.geojson").read_text(encoding="utf-8"))
    assert len(collection.features) == len(record["incidents"])
    for feature in collection.features:
        if feature.geometry is not None:
            assert feature.geometry.is_valid, feature.geometry.errors()
    print("geojson: read and found valid by python-geojson")

if prov := reader("prov.model"):
    document = prov.ProvDocument.deserialize(content=(DIR / "prov.json").read_text(encoding="utf-8"), format="json")
    names = {str(it.identifier) for it in document.get_records(prov.ProvEntity)}
    assert len(names) == sum(map(len, (record["articles"], record["claims"], record["incidents"]))) + bool(record["agreement"])
    for it in document.get_records(prov.ProvDerivation):
        assert all(str(value) in names for value in it.args[:2]), it
    print("prov: read by prov, derivations lead to known entities")

if openpyxl := reader("openpyxl"):
    book = openpyxl.load_workbook(DIR / "xlsx.xlsx")
    for section in ("claims", "incidents", "statements"):
        assert book[section].max_row == len(record[section]) + 1, section
        for row in book[section].iter_rows():
            assert not any(cell.data_type == "f" for cell in row), row
    print("xlsx: read by openpyxl, no formula in it")

if arrow := reader("pyarrow.parquet"):
    for section in ("claims", "incidents", "statements"):
        name = "parquet.parquet" if section == "claims" else f"parquet-{section}.parquet"
        table = arrow.read_table(DIR / name)
        assert table.num_rows == len(record[section]), name
        rows_csv = rows("csv.csv" if section == "claims" else f"csv-{section}.csv")
        assert table.column_names == rows_csv[0], name
        for row, line in zip(table.to_pylist(), rows_csv[1:]):
            for key, cell in zip(rows_csv[0], line):
                assert cell.removeprefix("'") == ("" if row[key] is None else str(row[key])).removeprefix("'"), (name, key)
    assert str(arrow.read_schema(DIR / "parquet.parquet").field("evidence_start").type) == "int64"
    print("parquet: read by pyarrow, the same cells as in the csv")

if icalendar := reader("icalendar"):
    calendar = icalendar.Calendar.from_ical((DIR / "ical.ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert events and all(it["UID"] and it["DTSTAMP"] and it["SUMMARY"] for it in events)
    assert len({it["UID"] for it in events}) == len(events)
    assert any("2031-04-01" == str(it["DTSTART"].dt) for it in events), "the end of provision 7"
    assert all(len(line) <= 75 for line in (DIR / "ical.ics").read_bytes().split(b"\r\n"))
    print(f"ical: {len(events)} deadlines read by icalendar")

if rdflib := reader("rdflib"):
    graph = rdflib.Graph().parse(DIR / "schema-org.jsonld", format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert len(claims) == len(record["claims"])
    for it in claims:
        assert graph.value(it, schema.text)
        articles = list(graph.objects(it, schema.appearance))
        assert articles and all((a, rdflib.RDF.type, schema.NewsArticle) in graph for a in articles)
    known = set("text author name keywords about spatialCoverage temporalCoverage appearance headline url inLanguage publisher datePublished identifier".split())
    used = {str(p).removeprefix(str(schema)) for p in graph.predicates() if str(p).startswith(str(schema))}
    assert used <= known, used - known
    print("schema-org: read by rdflib, every claim leads to its report")

NAMES = ["עיתון הצפון", "جريدة الشمال", "Հյուսիս", "ჩრდილოეთი", "Северный вестник"]
if docx := reader("docx"):
    document = docx.Document(DIR / "sitrep.docx")
    text = "\n".join(it.text for it in document.paragraphs)
    assert all(name in text for name in NAMES)
    assert document.tables and all(len(t.columns) >= 3 for t in document.tables)
    anchors = {it.get(docx.oxml.ns.qn("w:name")) for it in document.element.iter(docx.oxml.ns.qn("w:bookmarkStart"))}
    links = {it.get(docx.oxml.ns.qn("w:anchor")) for it in document.element.iter(docx.oxml.ns.qn("w:hyperlink"))}
    assert links and links <= anchors, links - anchors
    print("docx: read by python-docx, every reference leads to its words")

import shutil, subprocess, tempfile
if shutil.which("soffice"):
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", home, str(DIR / "sitrep.docx")],
            capture_output=True, timeout=120)
        text = pathlib.Path(home, "sitrep.txt").read_text(encoding="utf-8-sig")
        assert all(name in text for name in NAMES), done.stderr
        assert "Beside the previous period" in text
    print("docx: opened by LibreOffice")
else:
    print("skipped: LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")

if pypdf := reader("pypdf"):
    pdf = pypdf.PdfReader(DIR / "sitrep.pdf", strict=True)
    text = "\n".join(it.extract_text() for it in pdf.pages)
    words = " ".join(text.split())
    assert all(name in words for name in NAMES[2:]), words[:2000]
    for name in NAMES[:2]:
        # Readers disagree whether to turn words from right to left back.
        assert name in words or name[::-1] in words or all(w in words or w[::-1] in words for w in name.split()), name
    fonts = {f["/BaseFont"] for page in pdf.pages for f in (x.get_object() for x in page["/Resources"]["/Font"].values())}
    assert len(fonts) >= 6, fonts
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert inner["/FontDescriptor"]["/FontFile2"].get_object().get_data()[:4] == b"\0\1\0\0"
    links = sum(len(page.get("/Annots", [])) for page in pdf.pages)
    assert links > 10 and pdf.outline and pdf.metadata.title
    print(f"pdf: read by pypdf, {len(pdf.pages)} pages, {len(fonts)} embedded fonts, {links} links to words")

page = json.loads((DIR / "web-annotation.jsonld").read_text(encoding="utf-8"))
assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
for it in page["first"]["items"]:
    quote, position = it["target"]["selector"]
    whole = quote["prefix"] + quote["exact"] + quote["suffix"]
    start = position["start"] - len(quote["prefix"])
    assert any(text[start : start + len(whole)] == whole for text in texts.values()), it["id"]
print("web-annotation: quote, prefix, suffix and position agree in Python's code points")

for it in json.loads((DIR / "plover.json").read_text(encoding="utf-8")):
    assert it["event_type"] in {"ACCUSE", "REQUEST", "CONCEDE", "ASSAULT", "MOBILIZE", "COERCE", "REJECT", "THREATEN"}, it
print("plover: every root is one of the ontology")

sys.exit(f"needed but not installed: {failed}" if failed else 0)
