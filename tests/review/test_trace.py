"""Every character of every layer is traced to its pixels, its finding and the people behind it."""

import json
from pathlib import Path

import cv2
import jsonschema
import numpy as np
import pytest

from model.box import Box
from model.errors import BadInput, GateError
from reports.text_layers import layer_pages
from review.decide import accept, accept_remaining, edit
from review.publish import publish
from review.published import edition, published_pages
from review.rework import revoke
from review.sign import sign
from review.trace import trace
from review.trace_picture import picture
from review.trace_report import trace_object, trace_text
from tests.review.house import FIRST, KATHU, MALEE, SARA_AM, SATUN, SOMCHAI, YEAR, House
from tests.review.web_house import WebHouse

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "trace.json").read_text())
)


@pytest.fixture
def done(house):
    """Two published pages: on the first, four edits by policy, by one person, by two, and a person's own."""
    document = house.two_pages()
    edit(house.ws, document, YEAR.id, "๒๕๕๖", SOMCHAI)
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    return house


@pytest.mark.parametrize("layer", ["raw", "safe", "proposed", "published"])
def test_every_character_of_every_layer_is_traced(done, layer):
    pages = layer_pages(edition(done.ws, done.document), layer)
    for number, text in enumerate((page.text for page in pages), start=1):
        found = [trace(done.ws, done.document, number, at, layer) for at in range(len(text))]
        assert "".join(one.character for one in found) == text
        for one in found:
            SCHEMA.validate(trace_object(one))
            assert one.line == text
            if one.edit is None:
                assert one.read == one.character
                assert not any(each.applied for each in one.findings)
            else:
                assert one.character in one.edit.after
                assert one.read == one.edit.before
                assert one.findings[0].applied
            if one.read.strip():
                assert one.box is not None


def of(done, letters, layer="published", number=1):
    """The trace of the first letter of these in the published text."""
    text = published_pages(done.ws, done.document)[number].published.text
    return trace(done.ws, done.document, number, text.index(letters), layer)


def test_a_letter_that_two_people_changed_names_both_with_rule_place_and_records(done):
    found = of(done, "สตูล")
    (made,) = [one for one in found.findings if one.applied]
    assert (made.finding.id, made.finding.rule) == (SATUN.id, "GAZ101")
    assert [one.decision.who for one in made.decisions] == [SOMCHAI, MALEE]
    for one in made.decisions:
        assert done.ws.ledger.at(one.record).payload["finding"] == SATUN.id
    start = FIRST.index("ภูเก็ต")
    assert (found.raw.start, found.read) == (start, "ภูเก็ต")
    assert found.box == Box(10 + 20 * start, 30, 28 + 20 * (start + 5), 60)
    assert found.dictionaries == "dictionaries-1"
    assert found.image_sha256 == done.ws.ledger.at(found.reading_record).payload["image"]


def test_a_persons_own_text_and_a_policys_change_say_so(done):
    own = of(done, "๒๕๕๖")
    assert own.edit is not None
    assert [one.decision.after for one in own.findings[0].decisions] == ["๒๕๕๖"]
    safe = of(done, "ำ")
    assert safe.findings[0].finding.id == SARA_AM.id
    assert [one.decision.how for one in safe.findings[0].decisions] == ["policy:safe-1"]


def test_signature_publication_and_anchor_are_named(done):
    found = of(done, "เทศบาล")
    assert found.edit is None
    assert found.signoff is not None
    assert found.signoff.signoff.who == SOMCHAI
    assert done.ws.ledger.at(found.published_record).kind == "published"
    (anchored,) = found.anchors
    assert anchored.anchor.seq >= found.signoff.record
    told = trace_text(found)
    for words in (
        done.document,
        "อ",
        found.image_sha256,
        "สมชาย (account somchai, claimed)",
        "anchored  record",
    ):
        assert words in told


def test_what_was_published_is_traced_as_it_was_published_whatever_came_later(done):
    before = of(done, "สตูล")
    done.examine_again(1, KATHU)
    accept_remaining(done.ws, done.document, SOMCHAI)
    assert of(done, "สตูล") == before
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    found = trace(done.ws, done.document, 1, before.offset)
    assert found.findings == before.findings
    assert found.signoff is not None
    assert found.signoff.revoked is not None
    assert "revoked   มาลี" in trace_text(found)


def test_a_flag_that_was_acknowledged_speaks_of_its_place(house):
    document = house.two_pages()
    accept(house.ws, document, [YEAR.id], SOMCHAI)
    found = trace(house.ws, document, 1, FIRST.index("๒"), "raw")
    assert [(one.finding.id, one.applied, len(one.decisions)) for one in found.findings] == [
        (YEAR.id, False, 1)
    ]
    assert found.signoff is None
    assert "signed    no" in trace_text(found)


@pytest.mark.parametrize("offset", [-1, 10_000])
def test_a_place_outside_the_text_is_refused(done, offset):
    with pytest.raises(BadInput, match="ends before"):
        trace(done.ws, done.document, 1, offset)


def test_what_has_no_text_cannot_be_traced(house):
    house.source(2)
    house.fail(1)
    with pytest.raises(GateError, match="not published"):
        trace(house.ws, house.document, 1, 0)
    with pytest.raises(BadInput, match="has no text"):
        trace(house.ws, house.document, 1, 0, "raw")
    with pytest.raises(BadInput, match="Page 3"):
        trace(house.ws, house.document, 3, 0)


class InkHouse(WebHouse):
    """A page on which the letter at each place is a square as dark as its number."""

    def image(self, number: int) -> bytes:
        pixels = np.full((3508, 2480), 255, np.uint8)
        for i in range(len(FIRST)):
            pixels[30:60, 10 + 20 * i : 28 + 20 * i] = i
        done, data = cv2.imencode(".png", pixels)
        assert done
        return data.tobytes()


def test_the_picture_of_a_character_shows_its_own_pixels(tmp_path):
    house: House = InkHouse(tmp_path)
    house.source(1)
    house.read(1, FIRST)
    found = trace(house.ws, house.document, 1, 7, "raw")
    pixels = cv2.imdecode(np.frombuffer(picture(house.ws.store, found), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    assert pixels[pixels.shape[0] // 2, pixels.shape[1] // 2] == 7
    assert pixels[0, pixels.shape[1] // 2] == 255
    house.ws.close()


def test_a_box_beside_the_page_gives_no_picture_and_no_error_of_the_program(tmp_path):
    house: House = InkHouse(tmp_path)
    house.source(1)
    text = "ก" * 200
    house.read(1, text)
    found = trace(house.ws, house.document, 1, 190, "raw")
    with pytest.raises(BadInput, match="no picture of character 190"):
        picture(house.ws.store, found)
    house.ws.close()
