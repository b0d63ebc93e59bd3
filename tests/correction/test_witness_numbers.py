"""Numbers in Thai digits with the line reader as a witness: confirmed, proposed or flagged, never passed over."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.engine import propose
from model.edit import Safety
from model.page import Reader, Reading

TESSERACT, LINE_READER = Reader("tesseract", "5"), Reader("line-reader", "1")


def findings(text, witness, confidence=0.99, reader=LINE_READER):
    witnessed = replace(Reading.of_text(witness, reader), confidences=(confidence,) * len(witness))
    return propose(Reading.of_text(text, TESSERACT), witnesses=[witnessed], strict=True)


def digits_flagged(found):
    return [flag.span for flag in found.flags if flag.rule == "DIG001"]


def test_a_number_that_both_read_alike_and_surely_needs_nobody():
    found = findings("ปี ๒๕๑๒", "ปี ๒๕๑๒")
    assert not found.proposals
    assert not found.flags


def test_a_number_that_the_line_reader_is_not_sure_of_is_flagged_with_what_it_says():
    (flag,) = findings("ปี ๒๕๑๒", "ปี ๒๕๑๒", confidence=0.8).flags
    assert flag.rule == "DIG001"
    assert flag.evidence[0].score == 0.8
    assert flag.evidence[0].named == {"reader": "line-reader", "text": "๒๕๑๒"}


def test_another_number_is_proposed_with_both_readings_and_never_safe():
    found = findings("ปี ๒๕๒๕", "ปี ๒๕๖๙", confidence=0.95)
    (made,) = found.proposals
    assert (made.rule, made.edit.before, made.edit.after) == ("DIG101", "๒๕๒๕", "๒๕๖๙")
    assert made.safety is Safety.REVIEW
    assert made.confidence == 0.95
    assert [one.values for one in made.evidence] == [("line-reader", "๒๕๖๙"), ("tesseract", "๒๕๒๕")]
    assert not found.flags


def test_another_number_that_the_line_reader_guesses_is_no_proposal_but_a_flag():
    found = findings("ปี ๒๕๒๕", "ปี ๒๕๖๙", confidence=0.4)
    assert not found.proposals
    assert len(digits_flagged(found)) == 1


def test_a_line_that_the_line_reader_did_not_read_is_flagged():
    found = findings("ปี ๒๕๒๕\nข้อ ๑", "ปี ๒๕๒๕\n")
    assert [span.start for span in digits_flagged(found)] == [12]


def test_digits_where_tesseract_saw_none_are_proposed_however_it_read_them():
    (made,) = findings("ข้อ g ให้", "ข้อ ๘ ให้").proposals
    assert (made.edit.before, made.edit.after) == ("g", "๘")
    found = findings("ข้อ g ให้", "ข้อ ๘ ให้", confidence=0.4)
    assert not found.proposals


def test_a_witness_that_does_not_know_the_digits_confirms_nothing():
    found = findings("ปี ๒๕๑๒", "ปี ๒๕๑๒", reader=Reader("tesseract", "5"))
    assert len(digits_flagged(found)) == 1


@pytest.mark.parametrize("witness", ["ปี ๒๕๖๙ ๑", "ปี", "ปี ๒๕ ๖๙", "ปี 2569", "ปี ๒๕๖กข"])
def test_what_is_no_number_in_thai_digits_leaves_the_flag(witness):
    found = findings("ปี ๒๕๒๕", witness)
    assert found.proposals or len(digits_flagged(found)) == 1


VOTERS = "มาแสดงตน {} คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)"


@pytest.mark.parametrize(
    ("read", "witnessed"), [("๑๑๐,๒๒๓", "๑๑๐,๒๘๓"), ("๑๑๐,๒๖๓", "๑๑๐,๒๘๓"), ("๑๑๐,๒๒๓", "๑๑๐,๒๒๓")]
)
def test_where_the_line_reader_and_the_words_differ_two_people_look_at_both(read, witnessed):
    found = findings(VOTERS.format(read), VOTERS.format(witnessed))
    (flag,) = [flag for flag in found.flags if flag.rule == "DIG009"]
    assert (flag.span.start, flag.span.end, flag.people) == (9, 16, 2)
    assert [one.values for one in flag.evidence] == [("line-reader", witnessed), ("๑๑๐,๒๖๓",)]


@pytest.mark.parametrize(("witnessed", "confidence"), [("๑๑๐,๒๖๓", 0.99), ("๑๑๐,๒๘๓", 0.4), ("๑๑๐,๒๒๓", 0.8)])
def test_the_words_alone_decide_where_the_line_reader_agrees_or_is_not_sure(witnessed, confidence):
    found = findings(VOTERS.format("๑๑๐,๒๒๓"), VOTERS.format(witnessed), confidence)
    assert {p.edit.after for p in found.proposals} == {"๑๑๐,๒๖๓"}
    assert not found.flags


TEXTS = st.text("๐๑๒๓๕ฒa1,./ \nกข", max_size=30)


@given(TEXTS, st.text("๐๑๔๖๙a1,./ \nกข", max_size=30), st.sampled_from([0.3, 0.7, 0.95]))
def test_every_thai_digit_of_tesseract_is_confirmed_proposed_or_flagged(text, witness, confidence):
    found = findings(text, witness, confidence)
    seen = {at for flag in found.flags for at in range(flag.span.start, flag.span.end)}
    seen |= {at for p in found.proposals for at in range(p.edit.span.start, p.edit.span.end)}
    unseen = [m.start() for m in re.finditer("[๐-๙]", text) if m.start() not in seen]
    if confidence < 0.9:
        assert not unseen
    else:
        assert {text[at] for at in unseen} <= set(witness)
