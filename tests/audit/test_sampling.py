"""Acceptance sampling: drawn again from the ledger, filled in by an auditor, judged and recorded."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from audit.audit import audit
from audit.sampling.draw import Stratum, choose, draw_sample, read_sample
from audit.sampling.inspection import inspection_object, record_inspection, sample_object, verdict_file
from audit.sampling.plans import InspectionLevel, IsoScheme, LimitScheme, scheme_of
from ledger.anchors import read_anchors
from ledger.people import users_at
from model.decision import Known
from model.errors import BadInput, NotAllowed, UsageError
from model.state import Stage
from model.user import Role
from review.decide import accept_remaining
from review.publish import publish
from review.published import published_pages
from review.rework import revoke
from review.sample_sheet import render_sheet
from review.sign import sign
from review.state import summarise
from review.users import add
from review.who import logged_in
from tests.review.house import FIRST, MALEE, ON_FIRST, ON_SECOND, SECOND, SOMCHAI, House
from tests.review.web_house import WebHouse
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "sample.json").read_text())
)
STRICT = LimitScheme(Fraction(1, 1000), Fraction(999, 1000))
LOOSE = LimitScheme(Fraction(1, 5), Fraction(95, 100))


def finish(house: House, name: str = "ประกาศ.pdf") -> House:
    document = house.source(2, name)
    house.read(1, FIRST, ON_FIRST)
    house.read(2, SECOND, ON_SECOND)
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    return house


@pytest.fixture
def done(house):
    return finish(house)


def filled(sample, wrong=(), change=lambda rows: rows):
    """The file of verdicts as an auditor fills it in."""
    rows = list(csv.DictReader(io.StringIO(verdict_file(sample), newline="")))
    for row in rows:
        bad = int(row["unit"]) in wrong
        row |= {"verdict": "wrong" if bad else "right", "should_be": "ก" if bad else ""}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(rows))
    return "\ufeff" + out.getvalue()


def test_every_published_character_belongs_to_one_lot_by_how_it_came_into_the_text(done):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    texts = published_pages(done.ws, done.document)
    assert {(u.page, u.offset): u.character for u in sample.units} == {
        (number, at): letter for number, one in texts.items() for at, letter in enumerate(one.published.text)
    }
    of = {stratum: "".join(u.character for u in sample.units if u.stratum is stratum) for stratum in Stratum}
    assert of.pop(Stratum.LINE) == ""
    assert of[Stratum.SAFE] == "ำ"
    assert of[Stratum.APPROVED] == "กะทู้" + "สตูล" + "เชียงใหม่"
    assert [(lot.stratum, lot.plan.lot) for lot in sample.lots] == [(s, len(text)) for s, text in of.items()]


def test_anybody_with_the_ledger_draws_the_same_sample_again(done):
    sample = draw_sample(done.ws, [done.document], LOOSE, MALEE)
    assert 0 < len(sample.units) < sum(lot.plan.lot for lot in sample.lots)
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    head = next(one for one in done.ws.ledger.records() if one.sha256 == sample.seed)
    again = choose(done.ws, sample.documents, scheme_of(sample.scheme), head, sample.random)
    assert again == (sample.lots, sample.units)
    assert read_sample(done.ws, sample.id[:10]) == sample


def test_the_seed_is_drawn_when_the_head_that_it_follows_is_anchored(done, monkeypatch):
    def drawn(size):
        anchors = [line.anchor.seq for line in read_anchors(done.ws.anchors[0]) if line.anchor is not None]
        assert anchors[-1] == done.ws.ledger.head().seq
        return "5" * 2 * size

    monkeypatch.setattr("audit.sampling.draw.secrets.token_hex", drawn)
    sample = draw_sample(done.ws, [done.document], LOOSE, MALEE)
    assert (sample.random, sample.brought) == ("5" * 64, False)
    assert audit(done.ws).holds


def test_two_draws_are_two_samples(done):
    one = draw_sample(done.ws, [done.document], LOOSE, MALEE)
    two = draw_sample(done.ws, [done.document], LOOSE, MALEE)
    assert one.random != two.random
    assert one.units != two.units
    assert len(one.units) == len(two.units)


def test_no_record_steers_a_sample_whose_seed_the_auditor_brings(done):
    one = draw_sample(done.ws, [done.document], LOOSE, MALEE, seed="a" * 64)
    for note in ("จ", "จริง", "จริงๆ"):
        revoke(done.ws, done.document, [2], note, MALEE)
        sign(done.ws, done.document, SOMCHAI)
        publish(done.ws)
        two = draw_sample(done.ws, [done.document], LOOSE, MALEE, seed="a" * 64)
        assert (two.brought, two.units) == (True, one.units)
        assert two.seed != one.seed
    assert draw_sample(done.ws, [done.document], LOOSE, MALEE, seed="b" * 64).units != one.units


@pytest.mark.parametrize("seed", ["", "a" * 63, "A" * 64, "g" * 64, "ก" * 64])
def test_a_seed_that_is_no_32_bytes_is_refused(done, seed):
    head = done.ws.ledger.head()
    with pytest.raises(UsageError, match="not 32 bytes"):
        draw_sample(done.ws, [done.document], LOOSE, MALEE, seed=seed)
    assert done.ws.ledger.head() == head


def test_what_is_revoked_is_not_sampled(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    assert {unit.page for unit in sample.units} == {2}
    revoke(done.ws, done.document, [2], "ลงนามผิดฉบับ", MALEE)
    with pytest.raises(BadInput, match="Nothing of these documents is published"):
        draw_sample(done.ws, [done.document], STRICT, MALEE)


def test_a_sample_without_a_wrong_character_is_accepted_and_anchored(done):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    SCHEMA.validate(sample_object(sample, ["a.html", "a.csv"]))
    found = record_inspection(done.ws, filled(sample), MALEE)
    SCHEMA.validate(inspection_object(found))
    assert found.accepted
    record = done.ws.ledger.head()
    assert (record.seq, record.kind, record.payload["accepted"]) == (found.record, "inspection", True)
    anchor = done.ws.anchor()
    assert anchor is not None
    assert anchor.seq == record.seq


def test_a_wrong_character_stands_in_the_ledger_by_itself_and_rejects_its_lot(done):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    found = record_inspection(done.ws, filled(sample, wrong={3}), MALEE)
    assert not found.accepted
    assert [(one.lot.stratum, one.wrong, one.accepted) for one in found.results] == [
        (Stratum.APPROVED, 0, True), (Stratum.SAFE, 0, True), (Stratum.UNTOUCHED, 1, False),
    ]  # fmt: skip
    (defect,) = done.ws.ledger.records(kind="defect", document=done.document)
    unit = sample.units[2]
    assert (defect.payload["page"], defect.payload["offset"]) == (unit.page, unit.offset)
    assert (defect.payload["should_be"], defect.payload["sample"]) == ("ก", sample.id)
    assert [page.stage for page in summarise(done.ws, done.document).pages] == [Stage.PUBLISHED] * 2


def test_iso_2859_accepts_as_many_as_its_table_says(done):
    sample = draw_sample(done.ws, [done.document], IsoScheme(Fraction(10), InspectionLevel.III), MALEE)
    (lot,) = [lot for lot in sample.lots if lot.stratum is Stratum.UNTOUCHED]
    assert (lot.plan.lot, lot.plan.size, lot.plan.accept) == (61, 20, 5)
    untouched = [n for n, unit in enumerate(sample.units, start=1) if unit.stratum is Stratum.UNTOUCHED]
    assert record_inspection(done.ws, filled(sample, wrong=set(untouched[:5])), MALEE).accepted
    assert not record_inspection(done.ws, filled(sample, wrong=set(untouched[:6])), MALEE).accepted


def blank(rows):
    rows[4]["verdict"] = " "
    return rows


def unknown(rows):
    rows[4]["verdict"] = "maybe"
    return rows


def moved(rows):
    rows[4]["offset"] = "999"
    return rows


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (blank, "1 unit has no verdict, the first is unit 5"),
        (unknown, "says 'maybe'"),
        (moved, "about offset '999'"),
        (lambda rows: rows[:-1], "rows, and the sample"),
        (lambda rows: rows[:1], "has 1 row, and the sample"),
        (lambda rows: [rows[0], *rows[:-1]], "is about"),
    ],
)
def test_a_file_that_is_not_whole_records_nothing(done, change, why):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    head = done.ws.ledger.head()
    with pytest.raises(BadInput, match=why):
        record_inspection(done.ws, filled(sample, change=change), MALEE)
    assert done.ws.ledger.head() == head


def test_a_row_whose_unit_is_no_number_is_refused_before_all_others(done):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)

    def spoilt(rows):
        rows[4]["unit"] = "x"
        return rows

    with pytest.raises(BadInput, match="Row 1 is about unit 'x', and unit 1 has '1'"):
        record_inspection(done.ws, filled(sample, change=spoilt), MALEE)


def test_where_there_are_users_an_auditor_draws_and_inspects_and_nobody_else(done, monkeypatch):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    cheap_passwords(monkeypatch)
    for login, role in (("prani", Role.AUDITOR), ("malee", Role.REVIEWER)):
        add(done.ws, login, login, {role}, PASSWORD, ROOT)
    users = users_at(done.ws.ledger)
    auditor, reviewer = (logged_in(users[login], Known.LOGIN) for login in ("prani", "malee"))
    with pytest.raises(NotAllowed, match="auditor"):
        record_inspection(done.ws, filled(sample), reviewer)
    with pytest.raises(NotAllowed, match="auditor"):
        draw_sample(done.ws, [done.document], STRICT, reviewer)
    assert record_inspection(done.ws, filled(sample), auditor).accepted


def test_another_file_and_another_sample_are_refused(done):
    with pytest.raises(BadInput, match="no file of verdicts"):
        record_inspection(done.ws, "a,b\n1,2\n", MALEE)
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)
    with pytest.raises(UsageError, match="0 samples"):
        record_inspection(done.ws, filled(sample).replace(sample.id, "0" * 64), MALEE)


def test_rows_may_be_sorted_and_a_spreadsheet_may_spoil_how_a_letter_looks(done):
    sample = draw_sample(done.ws, [done.document], STRICT, MALEE)

    def spoilt(rows):
        for row in rows:
            row["character"] = row["character"].strip()
        return rows[::-1]

    assert record_inspection(done.ws, filled(sample, change=spoilt), MALEE).accepted


def test_the_sheet_shows_every_unit_with_its_crop_and_lets_no_name_become_markup(tmp_path):
    house = WebHouse(tmp_path)
    finish(house, "<script>alert(1)<b>.pdf")
    sample = draw_sample(house.ws, [house.document], LOOSE, MALEE)
    page = render_sheet(house.ws, sample)
    assert page.count('<li class="panel"') == len(sample.units)
    assert page.count("data:image/jpeg") >= sum(unit.character != " " for unit in sample.units)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace('http-equiv="Content-Security-Policy"', "")
    house.ws.close()
