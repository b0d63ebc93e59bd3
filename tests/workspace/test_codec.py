import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import canonical_json
from model.box import Box
from model.decision import AppliedEdit, Published
from model.edit import Span
from model.errors import DamagedBlob, WorkspaceError
from model.evidence import Evidence, EvidenceKind
from model.mark import Mark, MarkKind
from tests.growth import growth
from tests.workspace import samples
from workspace import codec

TEXT = "ต.กำแพง อ.ละงู จ.ภูเก็ต"


@given(samples.pages())
def test_a_page_comes_back_as_it_was(page):
    assert codec.decode_page(codec.encode_page(page)) == page


@given(samples.thai.flatmap(samples.found_in))
def test_findings_come_back_as_they_were(found):
    assert codec.decode_findings(codec.encode_findings(found)) == found


@given(samples.thai.flatmap(samples.found_in), samples.texts)
def test_a_published_text_comes_back_as_it_was(found, text):
    edits = tuple(AppliedEdit(one.edit, one.id) for one in found.proposals)
    published = Published(samples.DOCUMENT, 3, "f" * 64, "d" * 64, text, edits, "e" * 64)
    assert codec.decode_published(codec.encode_published(published)) == published


def test_a_text_that_was_published_before_texts_named_their_reading_can_still_be_read():
    body = {"schema": "chamra/published/1", "document": samples.DOCUMENT, "page": 3, "text": "กข", "edits": [],
            "ledger_head": "e" * 64}  # fmt: skip
    expected = Published(samples.DOCUMENT, 3, "", "", "กข", (), "e" * 64)
    assert codec.decode_published(canonical_json(body)) == expected
    with pytest.raises(DamagedBlob, match="reading_sha256"):
        codec.decode_published(canonical_json(body | {"schema": "chamra/published/2"}))


def test_a_page_that_was_kept_before_pages_had_regions_can_still_be_read():
    body = json.loads(codec.encode_page(samples.page(TEXT)))
    del body["regions"]
    assert codec.decode_page(canonical_json(body | {"schema": "chamra/page/1"})) == samples.page(TEXT)


def test_regions_that_lie_in_each_other_for_ever_are_damage():
    region = {"kind": "frame", "box": [0, 0, 9, 9]}
    for _ in range(20):
        region = {"kind": "frame", "box": [0, 0, 9, 9], "parts": [region]}
    body = json.loads(codec.encode_page(samples.page(TEXT))) | {"regions": [region]}
    with pytest.raises(DamagedBlob, match="too deep"):
        codec.decode_page(canonical_json(body))


@given(samples.pages())
def test_equal_pages_have_equal_bytes(page):
    again = codec.decode_page(codec.encode_page(page))
    assert codec.encode_page(again) == codec.encode_page(page)


def test_equal_numbers_have_equal_bytes_however_they_are_written():
    page = samples.page(TEXT)
    whole = codec.encode_page(page)
    assert whole == codec.encode_page(codec.decode_page(whole.replace(b'"dpi":300.0', b'"dpi":300')))


def test_the_form_of_a_page_is_fixed():
    page = samples.page("กำ\nx", image="c" * 64)
    assert json.loads(codec.encode_page(page))["readings"][0] == {
        "page": 1,
        "reader": {
            "name": "tesseract",
            "version": "5.3.0",
            "settings": [["languages", "tha+eng"], ["psm", "3"]],
        },
        "text": "กำ\nx",
        "spans": [0, 2, 3, 4],
        "line_boxes": [0, 0, 9, 9, 0, 0, 9, 9],
        "boxes": [10, 30, 28, 60, 30, 30, 48, 60, None, 70, 30, 88, 60],
        "confidences": [0.93, 0.93, None, 0.93],
        "gaps": [2.5, 2.5, None, 2.5],
        "marks": [],
    }


def test_the_form_of_marks_is_fixed_and_pages_without_them_are_read():
    page = samples.page("กำ\nx", image="c" * 64)
    marks = (
        Mark(MarkKind.HIDDEN, Span(1, 2), Box(1, 2, 3, 4)),
        Mark(MarkKind.STRUCK_OUT, Span(3, 4)),
    )
    marked = replace(page, readings=(replace(page.reading, marks=marks),))
    body = json.loads(codec.encode_page(marked))
    assert body["readings"][0]["marks"] == [
        {"kind": "hidden text", "start": 1, "end": 2, "box": [1, 2, 3, 4]},
        {"kind": "struck out", "start": 3, "end": 4, "box": [None]},
    ]
    assert codec.decode_page(codec.encode_page(marked)) == marked
    del body["readings"][0]["marks"]
    body["schema"] = "chamra/page/1"
    assert codec.decode_page(json.dumps(body).encode()) == page


def decoders():
    return [codec.decode_page, codec.decode_findings, codec.decode_published]


@pytest.mark.parametrize("decode", decoders())
@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"schema":3}', b'{"schema":"other/1"}', b"\xff\xfe"]
)
def test_what_is_no_blob_of_ours_is_damage_and_never_a_crash(decode, data):
    with pytest.raises(DamagedBlob, match="cannot be understood"):
        decode(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("number",), "1"),
        (("dpi",), None),
        (("quality", "blank"), 1),
        (("readings",), []),
        (("readings", 0, "boxes"), [1, 2, 3]),
        (("readings", 0, "boxes"), [5, 5, 1, 1]),
        (("readings", 0, "boxes", 0), "10"),
        (("readings", 0, "gaps"), []),
        (("readings", 0, "confidences", 0), True),
        (("readings", 0, "spans"), [0, 9999]),
        (("readings", 0, "spans"), [3, 1]),
        (("readings", 0, "spans"), [0]),
        (("readings", 0, "text"), "\ud800" * len(TEXT)),
        (("readings", 0, "reader", "settings"), [["only a name"]]),
    ],
)
def test_a_page_that_contradicts_itself_is_damage(path, value):
    body = json.loads(codec.encode_page(samples.page(TEXT)))
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(DamagedBlob):
        codec.decode_page(json.dumps(body).encode())


def test_infinity_is_no_number_of_a_page():
    data = codec.encode_page(samples.page(TEXT)).replace(b'"dpi":300.0', b'"dpi":Infinity')
    with pytest.raises(DamagedBlob, match="Infinity"):
        codec.decode_page(data)


def test_two_findings_with_one_id_are_damage():
    one = samples.proposal(TEXT, "ภูเก็ต", "สตูล")
    data = codec.encode_findings(samples.findings(TEXT, one, one))
    with pytest.raises(DamagedBlob, match="share an id"):
        codec.decode_findings(data)


@given(st.binary(max_size=3), st.integers(min_value=0), samples.pages())
def test_no_damage_to_a_page_crashes_the_decoder(noise, at, page):
    data = codec.encode_page(page)
    at %= len(data)
    with suppress(WorkspaceError):
        codec.decode_page(data[:at] + noise + data[at + 1 :])


def test_a_newer_version_says_so():
    data = codec.encode_page(samples.page(TEXT)).replace(b"chamra/page/4", b"chamra/page/5")
    with pytest.raises(WorkspaceError, match="version 5; this program knows version 4") as caught:
        codec.decode_page(data)
    assert not isinstance(caught.value, DamagedBlob)


def test_a_page_of_before_sheets_were_rectified_is_read_as_it_was_kept():
    page = samples.page(TEXT)
    body = json.loads(codec.encode_page(page))
    body["schema"] = "chamra/page/1"
    del body["preparation"]["rectification"]
    assert codec.decode_page(json.dumps(body).encode()) == page


@pytest.mark.parametrize(
    "change",
    [{"nodes": [1, 2, 3]}, {"nodes": []}, {"columns": 0}, {"columns": 3}, {"width": 0}, {"columns": 1}],
)
def test_a_rectification_without_a_whole_grid_is_damage(change):
    body = json.loads(codec.encode_page(samples.page(TEXT)))
    body["preparation"]["rectification"] = {
        "width": 5, "height": 5, "columns": 2, "nodes": [0, 0, 9, 0, 0, 9, 9, 9], **change
    }  # fmt: skip
    with pytest.raises(DamagedBlob):
        codec.decode_page(json.dumps(body).encode())


def test_a_page_that_was_kept_before_pages_had_accounts_is_read_without_one():
    page = samples.page(TEXT)
    body = json.loads(codec.encode_page(page))
    del body["account"]
    assert codec.decode_page(canonical_json(body | {"schema": "chamra/page/1"})) == page


def test_findings_with_evidence_in_sentences_are_read_as_they_were_kept():
    body = json.loads(codec.encode_findings(samples.findings(TEXT, samples.proposal(TEXT, TEXT[:2], "ขข"))))
    body["schema"] = "chamra/findings/1"
    body["proposals"][0]["evidence"] = [
        ["lexicon", "a known word", None],
        ["language model", "likelier", 7.5],
    ]
    found = codec.decode_findings(json.dumps(body).encode())
    assert found.proposals[0].evidence == (
        Evidence(EvidenceKind.SENTENCE, ("lexicon", "a known word")),
        Evidence(EvidenceKind.SENTENCE, ("language model", "likelier"), 7.5),
    )


def test_evidence_of_an_unknown_kind_or_without_its_values_is_damage():
    data = codec.encode_findings(samples.findings(TEXT, samples.proposal(TEXT, TEXT[:2], "ขข")))
    for part, instead in ((b'"kind":"place"', b'"kind":"plaice"'), (b'"place":', b'"plaice":')):
        assert part in data
        with pytest.raises(DamagedBlob):
            codec.decode_findings(data.replace(part, instead))


def test_a_lone_surrogate_is_refused_when_writing():
    with pytest.raises(ValueError, match="surrogates"):
        canonical_json({"text": "\udc80"})


def test_writing_and_reading_a_page_grow_as_its_letters_do():
    pages = {size: samples.page("เทศบาลตำบล " * size) for size in (280, 2240)}
    data = {size: codec.encode_page(page) for size, page in pages.items()}
    # Eight times the letters; n squared would be sixty-four times the work.
    assert growth(lambda size: codec.encode_page(pages[size]), 280, 2240) < 20
    assert growth(lambda size: codec.decode_page(data[size]), 280, 2240) < 20
