"""Builds the tables in `dictionaries/data/` from public sources: facts only, one fact a row, sorted.

    python -m training.dictionaries.build_gazetteer --data DIR

Names, codes, postcodes and abolished areas come from the installed geothai; DIR/gazetteer holds the other
tables (`admin_areas.csv`, `lao.csv`, `tambon_old_names.csv`, `aliases.csv`). `SOURCES.md` says who made
what, under which licence, and where the sources are wrong. Run it again when geothai has a new release,
then `chamra dictionaries check`, and read the difference before it is committed.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import geothai
from geothai.abolished import abolished_areas

from dictionaries.gazetteer import DATA, BodyClass
from dictionaries.spelling import canonical

_CLASSES = {
    "PAO": BodyClass.PROVINCE,
    "ThesabanNakhon": BodyClass.CITY,
    "ThesabanMueang": BodyClass.TOWN,
    "ThesabanTambon": BodyClass.SUBDISTRICT_TOWN,
    "TAO": BodyClass.SUBDISTRICT,
    "Special": BodyClass.SPECIAL,
    "Mueang": BodyClass.SPECIAL,
}
# One municipality is listed a second time as an อบต. of the same name; its number (above 50) and its date, on
# which every sanitary district became a municipality, say what it is.
_CORRECTED = {"7692": BodyClass.SUBDISTRICT_TOWN}
# First digit of a code of the Department of Local Administration's list of March 2017.
_CLASS_IN_2017 = {
    "2": BodyClass.PROVINCE,
    "3": BodyClass.CITY,
    "4": BodyClass.TOWN,
    "5": BodyClass.SUBDISTRICT_TOWN,
    "6": BodyClass.SUBDISTRICT,
}
_NAME_KINDS = {
    "rename": "former",
    "reformedspelling": "former",
    "alternativename": "variant",
    "misspelling": "misspelt",
}
# Recorded as misspellings by one source although the official code table uses them: both are accepted.
_BOTH_ACCEPTED = {("801216", "ท่าพญา"), ("150601", "ไผ่จำศิล"), ("320121", "บุฤาษี"), ("961001", "สุไหงโก-ลก")}
# Not one place's name but a word that means several, or an old province that is also a district of today.
_NO_ALIAS = {
    "บางกอก",
    "พระนคร",
    "ธนบุรี",
    "ปากน้ำ",
    "แม่กลอง",
    "มหาชัย",
    "สองแคว",
    "กรุงเก่า",
    "เมืองชล",
    "เมืองคอน",
    "แปดริ้ว",
}
# Counted in 131 MB of government news: สุราษ for the province 96 times, ศรีษะเกษ 7 times.
_OURS = (("84", "short", "สุราษ", "", ""), ("33", "misspelt", "ศรีษะเกษ", "", ""))
# Spellings that were right once: the Royal Gazette has จันทบูร until it set up มณฑลจันทบุรี on 8 April 2449, and the
# others in titles of the years in which a province was called เมือง, until 19 May 2459. Both ทรงคนอง write themselves
# ทรงคะนอง, too.
_ONCE = (
    ("22", "former", "จันทบูร", "1906-04-08", ""),
    ("18", "former", "ไชยนาท", "1916-05-19", ""),
    ("53", "former", "อุตรดิฐ", "1916-05-19", ""),
    ("76", "former", "เพ็ชร์บุรี", "1916-05-19", ""),
    ("110413", "variant", "ทรงคะนอง", "", ""),
    ("730602", "variant", "ทรงคะนอง", "", ""),
)
_BUDDHIST_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)")
_DATE = re.compile(r"^\d{4}(-\d\d-\d\d)?$")

Row = Sequence[str]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, header: Row, rows: Iterable[Row]) -> None:
    lines = ["\t".join(header), *("\t".join(row) for row in sorted(set(map(tuple, rows))))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _english(name: str, other: str) -> str:
    """geothai's English name unless a capital stands inside a word (KhuKhan) or its hyphenated end (-I)."""
    return other if other and re.search(r"[a-z][A-Z]|-I$", name) else name


def area_rows(data: Path) -> tuple[list[Row], list[Row]]:
    """Rows of `areas.tsv`, and the rows of `names.tsv` that its sources give as variants."""
    areas: list[Row] = []
    names: list[Row] = []
    for row in _rows(data / "admin_areas.csv"):
        code = row["code"]
        areas.append(
            (
                code,
                row["name_th"],
                _english(row["name_en"], row["hoerst_en"]),
                row["postcodes"].replace("|", " "),
            )
        )
        if row["hoerst_en"] and row["hoerst_en"] != areas[-1][2]:
            names.append((code, "english", row["hoerst_en"], "", ""))
        variants = [v for v in row["variant_th"].split("|") if v and v != row["name_th"]]
        names.extend((code, "misspelt" if v == "ธงชัยหนือ" else "variant", v, "", "") for v in variants)
    return areas, names


def geothai_rows() -> tuple[list[Row], list[Row], list[Row]]:
    """Rows of `areas.tsv`, `abolished.tsv` and `created.tsv` as geothai has them."""
    areas: list[Row] = []
    for province in geothai.provinces():
        areas.append((province.code, province.name_th, province.name_en, ""))
        for district in geothai.districts(province.code):
            areas.append((district.code, _bare(district.name_th), district.name_en, ""))
            for sub in geothai.subdistricts(district.code):
                areas.append((sub.code, _bare(sub.name_th), sub.name_en, " ".join(sub.postal_codes)))
    abolished: list[Row] = []
    created: dict[str, str] = {}
    now = {row[0]: row[1] for row in areas}
    for area in abolished_areas():
        if not re.fullmatch("[\u0e01-\u0e4e]+", area.name_th) or area.name_th.startswith(("เทศบาล", "สาขา")):
            continue  # a branch of a registration office has a code in the same table, but is not an area
        basis = area.successors_basis or ""
        abolished.append(
            (
                area.code,
                _bare(area.name_th),
                area.name_en or "",
                area.abolished_on or "",
                " ".join(area.successors),
                basis,
            )
        )
        if basis == "notice" and area.successors_in_force:
            for successor in area.successors:
                if successor[:4] != area.code[:4] or now.get(successor) != _bare(area.name_th):
                    created[successor] = max(area.successors_in_force, created.get(successor, ""))
    return areas, abolished, [(code, date, "notice") for code, date in created.items()]


def _bare(name: str) -> str:
    """A name without the word for its level and without a second spelling in brackets."""
    name = re.sub(r"^(เขต|แขวง|อำเภอ|ตำบล)(?=.)", "", name)
    return _tidy(re.sub(r"\s*\(.*\)$", "", name))


def _tidy(name: str) -> str:
    """Canonical spelling, hyphens kept: some sources have two sara e for sara ae, or marks in disorder."""
    return "-".join(canonical(part) for part in name.split("-"))


def name_rows(data: Path, known: set[str]) -> list[Row]:
    """Rows of `names.tsv`: accepted variants, short forms, former names with their last day, misspellings."""
    rows: list[Row] = [*_OURS, *_ONCE]
    for row in _rows(data / "tambon_old_names.csv"):
        kind = _NAME_KINDS.get(row["kind"])
        code, name = row["geocode"], _tidy(row["other_name"])
        if (
            kind is None
            or code not in known
            or row["type"] not in {"Changwat", "Amphoe", "Khet", "Tambon", "Khwaeng"}
        ):
            continue
        if name == "สาม":
            continue  # read off สามตำบล
        if kind == "variant" and row["date"]:
            kind = "former"  # seen in the census of 1937 and the like
        if (code, name) in _BOTH_ACCEPTED:
            kind = "variant"
        if name != row["current_name"]:
            rows.append((code, kind, name, row["date"] if _DATE.match(row["date"]) else "", ""))
    for row in _rows(data / "aliases.csv"):
        alias = row["alias"].strip().rstrip(".ฯ")
        if row["kind"] == "province-alias" and alias not in _NO_ALIAS and alias != row["canonical"]:
            rows.append((row["code"], "short", alias, "", ""))
        if row["kind"] == "province-2letter" and alias != "กทม":
            rows.append((row["code"], "letters", alias, "", ""))
    return rows


def body_rows(data: Path) -> list[Row]:
    """Rows of `bodies.tsv`: class and name of each local administrative organisation, the area it lies in,
    since when, the class it had in the official list of 2017 where that differs, and its former names."""
    rows: list[Row] = []
    for row in _rows(data / "lao.csv"):
        body = _CORRECTED.get(row["hoerst_geocode"], _CLASSES[row["type"]])
        code = row["dola_code_2017"]
        earlier = body if row["hoerst_geocode"] in _CORRECTED else _CLASS_IN_2017.get(code[:1], body)
        covers = [c.split(":")[0] for c in row["covers"].split()]
        seat = row["subdistrict_code"] or row["district_code"] or row["province_code"]
        former = [
            change.rsplit("@", 1)[0].split(">")[0].strip()
            for change in re.split(r"[|;]", row["renames"])
            if ">" in change
        ]
        name = _tidy(row["name_th"])
        since = row["last_status_date"] if _DATE.match(row["last_status_date"]) else ""
        areas = sorted({seat, *covers}) if body is not BodyClass.PROVINCE else [row["province_code"]]
        rows.append(
            (
                name,
                body.value,
                row["district_code"] or row["province_code"],
                " ".join(areas),
                since,
                "" if earlier is body else earlier.value,
                "|".join(sorted({_tidy(f) for f in former if f and _tidy(f) != name})),
            )
        )
    return rows


def created_rows(data: Path) -> list[Row]:
    """Rows of `created.tsv` for provinces: when each younger one was split from another."""
    rows: list[Row] = []
    for row in _rows(data / "aliases.csv"):
        if row["kind"] != "province-split":
            continue
        date = _BUDDHIST_DATE.match(row["note"])
        mother = re.search(r"\((\d\d)\)", row["canonical"])
        if date and mother:
            year, month, day = (int(part) for part in date.groups())
            rows.append((row["code"], f"{year - 543}-{month:02}-{day:02}", f"from {mother.group(1)}"))
    return rows


def build(data: Path, target: Path) -> None:
    """Write every table of the gazetteer to the folder `target`."""
    ours, variants = area_rows(data)
    english = {row[0]: row[2] for row in ours}
    areas, abolished, created = geothai_rows()
    areas = [(code, name, english.get(code, en), post) for code, name, en, post in areas]
    official = {(row[0], row[1]) for row in areas}
    known = {row[0] for row in areas} | {row[0] for row in abolished}
    names = [r for r in (*variants, *name_rows(data, known)) if (r[0], r[2]) not in official]
    names = _one_kind_each(names)
    _write(target / "areas.tsv", ("code", "name", "english", "postcodes"), areas)
    _write(target / "names.tsv", ("code", "kind", "name", "until"), [row[:4] for row in names])
    _write(
        target / "abolished.tsv",
        ("code", "name", "english", "abolished", "successors", "basis"),
        abolished,
    )
    _write(target / "created.tsv", ("code", "since", "basis"), [*created, *created_rows(data)])
    _write(
        target / "bodies.tsv",
        ("name", "class", "parent", "areas", "since", "class_2017", "former"),
        body_rows(data),
    )


def _one_kind_each(rows: Sequence[Row]) -> list[Row]:
    """Keep one row for each name of a unit: an accepted form outranks a former one, that a misspelling."""
    rank = {"variant": 0, "short": 1, "letters": 2, "english": 3, "former": 4, "misspelt": 5}
    best: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda r: (rank[r[1]], tuple(-ord(c) for c in r[3]))):
        best.setdefault((row[0], row[2]), row)
    return list(best.values())


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: `--data DIR` (with a folder `gazetteer`), `--into DIR` (default: our own data)."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    build(options.data / "gazetteer", options.into)


if __name__ == "__main__":
    main()
