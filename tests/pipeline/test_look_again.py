"""What was made anew is compared with what is on record, and what cannot be told is said."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from audit.audit import audit
from audit.page_image import page_image
from audit.report import About, Severity
from ledger.events.page_read import PageRead
from model.account import Account
from model.errors import PageError
from model.page import Reader
from ocr.image.png import encode_grey
from ocr.source.rasterise import Raster
from pipeline import look_again as module
from pipeline.full_audit import full_audit
from pipeline.look_again import Reread, look_again
from pipeline.made_anew import Anew
from pipeline.settings import Settings
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from tests.ledger import raw
from tests.review.house import FIRST, MALEE, ON_FIRST, SOMCHAI, House
from workspace.codec import decode_findings, decode_page, encode_page
from workspace.store import recipe_file


def picture(shade=255, width=60):
    return encode_grey(np.full((40, width), shade, np.uint8).data, width, 40, 300.0)


class Drawn(House):
    """A house whose page images are pictures; `found` has the blobs of findings by the reading that they are about."""

    def __init__(self, folder):
        super().__init__(folder)
        self.found: dict[str, str] = {}

    def newest(self, kind, page):
        record = raw.newest(self.ws.ledger, kind, document=self.document, page=page)
        assert record is not None
        return record.payload

    def image(self, number):
        return picture(200 + number)


class Maker(Anew):
    """Makes anew what it is told to: by default what is on record."""

    def __init__(
        self,
        *,
        same=True,
        png=None,
        change=lambda readings: readings,
        more=lambda page: page,
        error=None,
        pages=2,
    ):
        super().__init__(Settings())
        self.more, self.pages = more, pages
        self.same, self.png, self.change, self.error = same, png, change, error
        self.read = []
        self.drawn = []

    def image(self, ws, document, name, number):
        if self.error:
            raise self.error
        self.drawn.append(number)
        read = ws.ledger.newest(PageRead, document=document, page=number)
        image = page_image(self.png or ws.store.get(read.event.image))
        assert image is not None
        return Raster(image.pixels, image.pixels.shape[1], image.pixels.shape[0], 300.0)

    def page(self, ws, page, reader):
        self.read.append(page.number)
        found = decode_page(ws.store.get(page.read.event.blob))
        return self.more(replace(found, readings=self.change(found.readings)))

    def page_count(self, ws, document, name):
        return self.pages

    def reader_of(self, page, reading):
        return None, self.same


@pytest.fixture
def house(tmp_path, monkeypatch):
    made = Drawn(tmp_path)
    made.two_pages()

    def find(reading, witnesses, account, under):
        return decode_findings(made.ws.store.get(made.found[reading.sha256]))

    for page in (1, 2):
        payload = made.newest("findings", page)
        made.found[decode_findings(made.ws.store.get(payload["blob"])).reading_sha256] = payload["blob"]
    known = SimpleNamespace(find=find, ruleset=ON_FIRST.ruleset, dictionaries=ON_FIRST.dictionaries)
    monkeypatch.setattr(module, "knowledge", lambda files, levels: known)
    monkeypatch.setattr(
        module, "findings_key", lambda known, page, blob, under: made.newest("findings", page.number)["key"]
    )
    yield made
    made.ws.close()


def look(house, reread=Reread.ALL, **how):
    report = audit(house.ws)
    before = len(report.findings)
    maker = Maker(**how)
    look_again(house.ws, report, reread=reread, anew=maker)
    return report, report.findings[before:], maker


def test_what_comes_out_the_same_is_counted_and_nothing_is_said(house):
    report, found, _ = look(house)
    again = report.again
    assert found == []
    assert (again.pages, again.images, again.readings, again.findings, again.untold) == (2, 2, 2, 2, 0)


def test_without_reading_again_the_images_are_compared_all_the_same(house):
    report, _, maker = look(house, Reread.NONE)
    assert (report.again.images, report.again.readings, maker.read) == (2, 0, [])


def test_in_one_pass_with_the_audit_each_image_is_drawn_once_and_what_differs_is_told_all_the_same(house):
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    for png, drawn, alarms in ((None, [1, 2], []), (picture(0), [1, 1, 2, 2], [1, 2])):
        maker = Maker(png=png)
        report = full_audit(house.ws, anew=maker)
        assert sorted(maker.drawn) == drawn
        assert [one.page for one in report.findings if one.about is About.IMAGE] == alarms
        assert report.again.images == 2


def test_of_many_pages_some_are_drawn(house, monkeypatch):
    monkeypatch.setattr(module, "DRAWN", 1)
    assert len(look(house, Reread.DRAWN)[2].read) == 1
    assert len(look(house, Reread.ALL)[2].read) == 2


def test_an_image_that_the_source_does_not_give_is_an_error(house):
    _, found, _ = look(house, png=picture(0))
    assert {(one.severity, one.about) for one in found} == {(Severity.ERROR, About.IMAGE)}
    assert "100.00% of its pixels are clearly others" in found[0].message
    _, found, _ = look(house, png=picture(201, width=61))
    assert "it has 60 x 40 pixels, the source's 61 x 40" in found[0].message


def test_an_image_is_compared_by_its_pixels_and_where_it_is_spoilt_by_its_hash(house, monkeypatch):
    blob = house.newest("page", 1)["image"]
    on_record = house.ws.store.get(blob)
    monkeypatch.setattr(Raster, "png", b"packed by another zlib")
    assert [one.page for one in look(house, png=on_record)[1]] == [2]
    monkeypatch.undo()
    path = house.ws.store.path(blob)
    path.chmod(0o600)
    path.write_bytes(b"spoilt")
    found = look(house, Reread.NONE, png=on_record)[1]
    assert [one.page for one in found] == [2]


def test_what_other_code_drew_is_a_note_where_it_looks_alike_and_a_warning_where_not(house):
    _, found, _ = look(house, same=False, png=picture(203))
    (note,) = [one for one in found if one.about is About.IMAGE]
    assert (note.severity, note.message[:11]) == (Severity.NOTE, "pages 1-2: ")
    assert "cannot be told" in note.message
    report, found, _ = look(house, same=False, png=picture(0))
    assert [one.severity for one in found if one.about is About.IMAGE] == [Severity.WARNING] * 2
    assert report.holds


def other_text(readings):
    return tuple(replace(one, text=one.text.replace("๒๕๕๕", "๒๕๙๙")) for one in readings)


def test_a_reading_that_comes_out_otherwise_is_an_error_with_its_place(house):
    _, (wrong,), _ = look(house, change=other_text)
    assert (wrong.severity, wrong.about, wrong.page) == (Severity.ERROR, About.PAGE, 1)
    assert f"from character {FIRST.index('๒๕๕๕') + 2} (line 1) on" in wrong.message
    assert "พ.ศ. ๒๕๕๕' is on record" in wrong.message
    assert "พ.ศ. ๒๕๙๙' read again" in wrong.message
    report, (wrong,), _ = look(house, same=False, change=other_text)
    assert (wrong.severity, report.holds) == (Severity.WARNING, True)


def test_letters_in_other_places_are_a_warning(house):
    _, found, _ = look(
        house, change=lambda r: tuple(replace(one, boxes=(None,) * len(one.text)) for one in r)
    )
    assert {one.message for one in found} == {"read again its letters have other places"}
    assert {one.severity for one in found} == {Severity.WARNING}


def sure(page):
    return replace(page, readings=(replace(page.reading, confidences=(0.5,) * len(page.reading.text)),))


@pytest.mark.parametrize(("more", "what"), [
    (sure, "confidence"),
    (lambda page: replace(page, dpi=page.dpi + 1), "size"),
    (lambda page: replace(page, account=Account(located=True, covered=0)), "account of ink"),
    (lambda page: replace(page, readings=(replace(page.reading, lines=()),)), "lines"),
    (lambda page: replace(page, readings=(replace(page.reading, reader=Reader("another", "1")),)), "reader"),
])  # fmt: skip
def test_whatever_findings_are_made_by_is_compared(house, more, what):
    _, found, _ = look(house, more=more)
    assert {one.message for one in found} == {f"read again it has another {what}"}
    assert {one.severity for one in found} == {Severity.WARNING}
    assert look(house, more=more, same=False)[1] == []


def test_a_source_with_other_pages_than_its_record_says_is_an_error(house):
    """Pages that no record knows are asked for by nobody."""
    report, (wrong,), _ = look(house, pages=5)
    assert (wrong.severity, wrong.about, report.holds) == (Severity.ERROR, About.SOURCE, False)
    assert "has 5 pages, and its record says 2" in wrong.message


def test_findings_under_a_recipe_of_another_code_are_an_error(house, monkeypatch):
    monkeypatch.setattr(module, "findings_key", lambda known, page, blob, under: "0" * 64)
    _, found, _ = look(house)
    assert {one.about for one in found} == {About.FINDINGS}
    assert all("under another recipe" in one.message for one in found)


def test_a_recipe_that_names_another_blob_than_its_record_is_found_without_reading_again(house):
    """The next run would believe it."""
    payload = house.newest("page", 1)
    page = decode_page(house.ws.store.get(payload["blob"]))
    other = house.ws.store.put(encode_page(replace(page, dpi=page.dpi + 1)))
    house.ws.store.files.write(recipe_file(payload["key"]), lambda: (other.encode(),))
    (wrong,) = [one for one in audit(house.ws).findings if one.severity is Severity.ERROR]
    assert f"the recipe {payload['key'][:16]} names another blob ({other[:16]})" in wrong.message


def test_findings_that_the_rules_do_not_find_and_those_that_are_missing_are_errors(house):
    first, second = house.found.values()
    keys = list(house.found)
    house.found[keys[0]], house.found[keys[1]] = second, first
    _, found, _ = look(house)
    assert {one.about for one in found} == {About.FINDINGS}
    words = " ".join(one.message for one in found)
    assert "is on record, and the rules find no such thing: ENC001 (SAFE) at" in words
    assert "is not on record, and the rules find it" in words


def test_findings_of_other_rules_cannot_be_told(house):
    house.examine_again(1, text=FIRST)
    report, (note,), _ = look(house)
    assert (note.severity, report.again.untold) == (Severity.NOTE, 1)
    assert note.message.startswith("page 1: whether its findings follow from its reading cannot be told")
    assert note.message.endswith(
        "the rules at hand find what is not on record, by DIG001, ENC001, GAZ001, GAZ101"
    )


def test_a_source_that_cannot_be_drawn_is_said_and_no_end(house):
    report, found, _ = look(house, error=PageError("ประกาศ.pdf is encrypted.", remedy="Give its password."))
    assert [one.severity for one in found] == [Severity.NOTE]
    assert "pages 1-2: its image cannot be made anew: ประกาศ.pdf is encrypted." in found[0].message
    assert report.again.untold == 2


def test_what_was_imported_nobody_can_read_again(house):
    payload = house.newest("page", 1)
    page = decode_page(house.ws.store.get(payload["blob"]))
    reader = Reader("tesseract", "5.3.0", (("format", "hOCR"), ("sha256", "a" * 64)))
    page = replace(page, readings=(replace(page.reading, reader=reader),))
    blob = house.ws.store.put(encode_page(page))
    raw.append(house.ws.ledger, "page", {**payload, "blob": blob})
    report, found, maker = look(house)
    assert maker.read == [2]
    said = "imported from hOCR, which says that tesseract 5.3.0 made it"
    assert any(said in one.message and "nobody here can read it again" in one.message for one in found)
    assert report.readers == {"tesseract 5.3.0": 1, said: 1}


def test_the_reading_that_was_signed_is_looked_at_beside_a_newer_one(house):
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    house.read(1, FIRST + " ", run=2)
    report, _, maker = look(house)
    assert report.again.pages == 3
    assert sorted(maker.read) == [1, 1, 2]


def test_a_record_that_cannot_be_understood_stops_nothing(house):
    raw.append(house.ws.ledger, "page", {"page": "x"})
    report, found, _ = look(house)
    assert report.again.pages == 2
    assert found == []
