"""A witness: another reading of the page, aligned to the base reading and asked span by span."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.engine import propose
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from correction.view import View
from correction.witness import Witness, WitnessReading
from model.box import Box
from model.edit import Edit, Safety, Span
from model.page import Line, Reader, Reading

BASE, OTHER = Reader("base", "1"), Reader("other", "1")


def reading(text, reader=BASE, confidences=None):
    plain = Reading.of_text(text, reader)
    if confidences is None:
        return plain
    return Reading(1, reader, text, plain.lines, plain.boxes, tuple(confidences), plain.gaps)


def witness(base, other, confidences=None):
    return Witness(reading(base), reading(other, OTHER, confidences))


def witness_text(base, other, part, **options):
    start = base.index(part)
    found = witness(base, other).reads(start, start + len(part), **options)
    return None if found is None else found.text


def test_a_span_that_both_read_alike_is_read_as_it_stands():
    assert witness_text("ปี ๒๕๔๘ มี", "ปี ๒๕๔๘ มี", "๒๕๔๘") == "๒๕๔๘"


def test_other_digits_for_the_same_place_are_read():
    assert witness_text("ปี พ.ศ. ๒๕๕๕ มี", "ปี พ.ศ. ๒๕๔๘ มี", "๒๕๕๕") == "๒๕๔๘"


def test_a_digit_that_only_the_witness_reads_within_the_span_belongs_to_it():
    assert witness_text("ราคา ๒๕๓ บาท", "ราคา ๒๕๔๓ บาท", "๒๕๓") == "๒๕๔๓"


def test_a_digit_that_only_the_witness_reads_beside_the_span_belongs_to_it_when_asked_for():
    assert witness_text("ราคา ๒๕ บาท", "ราคา ๒๕๔ บาท", "๒๕") == "๒๕"
    assert witness_text("ราคา ๒๕ บาท", "ราคา ๒๕๔ บาท", "๒๕", edges=True) == " ๒๕๔ "


def test_a_letter_that_the_witness_does_not_read_is_an_empty_reading():
    assert witness_text("กขคง", "กคง", "ข") == ""


def test_sara_am_in_two_pieces_is_read_as_one():
    assert witness_text("จํานวน", "จำนวน", "ํา") == "ำ"


def test_lines_are_aligned_one_by_one():
    # As one text the three repeated letters of the second line would be found in the first.
    base, other = "กกก\nขขข\nคคค", "ขขข\nขขข\nคคค"
    assert witness_text(base, other, "กกก") == "ขขข"
    assert witness_text(base, other, "ขขข") == "ขขข"


def test_a_line_that_the_witness_did_not_read_has_no_reading():
    assert witness_text("กกก\nขขข", "\nขขข", "กก") is None
    assert witness_text("กกก\nขขข", "\nขขข", "ขข") == "ขข"


def test_a_witness_that_read_nothing_says_nothing():
    assert witness_text("กกก", "", "ก") is None


def test_readings_with_other_lines_are_aligned_as_whole_texts():
    assert witness_text("หนึ่ง\nสอง ๑๑", "หนึ่ง สอง ๑๔", "๑๑") == "๑๔"


def test_what_stands_behind_the_last_line_belongs_to_no_line_and_is_aligned_too():
    def ending(reader):
        plain = reading("กข\n", reader)
        return replace(plain, lines=plain.lines[:1])

    found = Witness(ending(BASE), ending(OTHER))
    assert found.reads(0, 3) == WitnessReading("กข", None, "other")
    assert found.reads(2, 3) == WitnessReading("\n", None, "other")


def test_lines_at_other_heights_are_no_counterparts():
    def lined(text, tops):
        plain = Reading.of_text(text, OTHER)
        lines = [
            Line(line.span, Box(0, top, 9, top + 5)) for line, top in zip(plain.lines, tops, strict=True)
        ]
        return Reading(1, OTHER, text, tuple(lines), plain.boxes, plain.confidences, plain.gaps)

    same = Witness(lined("ขขข\nค", (0, 10)), lined("ก\nขขข", (0, 10)))
    moved = Witness(lined("ขขข\nค", (10, 20)), lined("ก\nขขข", (0, 10)))
    assert same.reads(0, 3) == WitnessReading("ก", None, "other")
    assert moved.reads(0, 3) == WitnessReading("ขขข", None, "other")


def test_the_confidence_of_a_span_is_that_of_its_least_sure_letter():
    one = witness("กขคง", "กขคง", [0.9, 0.4, None, 0.8])
    assert one.reads(0, 1).confidence == 0.9
    assert one.reads(0, 4).confidence == 0.4
    assert one.reads(2, 3).confidence is None


def test_where_nothing_is_read_the_letters_on_both_sides_tell_how_sure_that_is():
    assert witness("กขค", "กค", [0.9, 0.6]).reads(1, 2) == WitnessReading("", 0.6, "other")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (0, 4), (-1, 1)])
def test_a_range_must_be_one_of_the_text(start, end):
    with pytest.raises(ValueError, match="not a range"):
        witness("กขค", "กขค").reads(start, end)


TEXTS = st.text("กข่ำ๑๔ \n", min_size=1, max_size=30)


@given(TEXTS, TEXTS)
def test_the_letters_of_a_text_are_read_in_order_and_nothing_twice(base, other):
    one = witness(base, other)
    parts = [one.reads(at, at + 1) for at in range(len(base)) if not base[at].isspace()]
    read = "".join(part.text for part in parts if part is not None)
    letters = iter(other)
    assert all(letter in letters for letter in read)  # a subsequence of what the witness read


@given(TEXTS, TEXTS)
def test_everything_the_witness_read_is_its_reading_of_the_whole_text(base, other):
    whole = witness(base, other).reads(0, len(base), edges=True)
    assert whole is None or whole.text == other


@given(TEXTS)
def test_a_reading_is_its_own_witness(text):
    one = witness(text, text)
    letters = [at for at in range(len(text)) if not text[at].isspace()]
    assert all(one.reads(at, at + 1).text == text[at] for at in letters)
    assert one.changes == ()


@given(TEXTS, TEXTS)
def test_letters_outside_the_changes_are_read_as_they_stand(base, other):
    one = witness(base, other)
    changed = {at for span in one.changes for at in range(span.start, span.end)}
    for at in range(len(base)):
        if at not in changed and not base[at].isspace():
            assert one.reads(at, at + 1).text == base[at]


@pytest.mark.parametrize("gap", [" ", "     ", "  |   "])
def test_the_white_of_a_column_takes_no_digit_from_the_number_behind_it(gap):
    assert witness_text(f"เหลือ{gap}๕๕/อ๒๓ บัตร", "เหลือ ๔๕,๖๖๓ บัตร", "๕๕/อ๒๓", edges=True).strip() == "๔๕,๖๖๓"


def test_white_space_is_read_as_all_that_stands_between_its_letters():
    assert witness_text("ก ข", "กข", " ") == ""
    assert witness_text("ก   ข", "ก ข", "   ") == " "
    assert witness_text("รวม คน", "รวม ๓ คน", " ") == " ๓ "


@given(TEXTS, TEXTS, st.data())
def test_a_longer_span_is_read_around_a_shorter_one(base, other, data):
    one = witness(base, other)
    start = data.draw(st.integers(0, len(base) - 1))
    end = data.draw(st.integers(start + 1, len(base)))
    part, edged, whole = one.reads(start, end), one.reads(start, end, edges=True), one.reads(0, len(base))
    if whole is not None and part is not None and base[start:end].strip():
        assert part.text in edged.text
        assert part.text in whole.text


def test_a_rule_hears_the_witness_through_what_was_changed_before_it():
    text = "จํานวน ๑๑"
    view = View(text, [Edit(Span(1, 3), "ํา", "ำ")])
    context = Context(view, reading(text), (witness(text, "จำนวน ๑๔"),))
    at = view.text.index("๑๑")
    assert [h.text for h in context.witness_readings(at, at + 2)] == ["๑๔"]
    assert [h.text for h in context.witness_readings(0, 2)] == ["จำ"]


def test_the_engine_hands_the_witnesses_to_the_rules():
    seen: list[WitnessReading] = []

    def find(context):
        seen.extend(context.witness_readings(0, 2))
        yield Match(0, 2, None)

    listener = Rule(
        code="RDR999",
        name="listens",
        version=1,
        message="x",
        message_th="ฟัง",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=find,
        positive=examples("[ก]"),
        negative=examples("ข"),
    )
    propose(reading("๑๑"), [listener], witnesses=[reading("๑๔", OTHER)], strict=True)
    assert [h.text for h in seen] == ["๑๔"]


def found(base, other, pattern):
    return [base[span.start : span.end] for span in witness(base, other).where(re.compile(pattern))]


def test_what_the_witness_reads_is_found_in_the_base_by_what_stands_there():
    assert found("ที่ b/๑ ลง Uns", "ที่ ๖/๑ ลง ๙๙๙", "[๐-๙/]+") == ["b/๑", "Uns"]


def test_what_only_the_witness_reads_is_found_at_the_letter_beside_it():
    assert found("รวม คน", "รวม ๓ คน", "๓") == [" "]
    assert found("รวม", "๓รวม", "๓") == ["ร"]


@given(TEXTS, TEXTS)
def test_every_place_found_holds_what_was_looked_for(base, other):
    one = witness(base, other)
    for span in one.where(re.compile("[๑๔]+")):
        there = one.reads(span.start, span.end, edges=True)
        assert there is None or {"๑", "๔"} & set(there.text)
