"""Thai digits that Tesseract has read never pass unseen."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from correction.engine import propose
from model.page import Reader, Reading

TESSERACT = Reader("tesseract", "5.3.0")


def flagged(text: str, reader: Reader = TESSERACT) -> set[int]:
    """The places of the text under a flag of rule DIG001, or under a repair of the text as a whole."""
    findings = propose(Reading.of_text(text, reader), strict=True)
    spans = [one.span for one in findings.flags if one.rule == "DIG001"]
    spans += [one.edit.span for one in findings.proposals if one.edit.before == text]
    return {at for span in spans for at in range(span.start, span.end)}


@given(st.text(alphabet=st.sampled_from("๐๑๒๓๕ฒa1,./ \t\nกขที่|"), max_size=40))
@example("aกกa๐")
@example("ีก1ี๐")
def test_every_thai_digit_of_tesseract_lies_under_a_flag(text):
    places = {match.start() for match in re.finditer("[๐-๙]", text)}
    assert places <= flagged(text)


@given(st.text(alphabet=st.sampled_from("๐๑๒๓๕ ,กข"), max_size=20))
def test_digits_of_a_text_layer_or_a_file_are_not_doubted(text):
    for name in ("text-layer", "file", "example"):
        assert flagged(text, Reader(name, "1")) == set()


def test_a_row_of_figures_is_one_flag_and_words_between_figures_part_them():
    findings = propose(Reading.of_text("๑๒  ๓๕\t๒๒\n๕ คน ๓ คน", TESSERACT), strict=True)
    spans = [(f.span.start, f.span.end) for f in findings.flags if f.rule == "DIG001"]
    assert spans == [(0, 9), (10, 11), (15, 16)]
