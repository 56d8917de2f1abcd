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
        print(f"skipped: {module} is not installed (pip install six libhxl geojson prov openpyxl)")
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
