"""What is searched of a text, and where in the text it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.bare_text import BareText

PLACES = [
    ("ต ำ บล กําแพง", "ตำบล", "ต ำ บล"),
    ("ต ำ บล กําแพง", "ำแ", "ําแ"),
    ("น้ํา ท่ํา", "น้ำ", "น้ํา"),
    ("น้ํา ท่ํา", "้", "้"),
    ("น้ํา ท่ํา", "ำท", "ํา ท"),
    ("ถนน  STRAßE\tสาย ๒", "strasse", "STRAßE"),
    ("ถนน  STRAßE\tสาย ๒", "sses", None),
    ("ถนน  STRAßE\tสาย ๒", "eสาย๒", "E\tสาย ๒"),
    ("İ ก ข", "กข", "ก ข"),
    ("ก\u00a0ข\u2009ค", "กขค", "ก\u00a0ข\u2009ค"),
    ("เทศ\x00บาล\x1b", "เทศบาล", "เทศ\x00บาล"),
    ("\x7fต\x85ำบล", "ตำบล", "ต\x85ำบล"),
]


@pytest.mark.parametrize(("text", "wanted", "stands"), PLACES)
def test_what_is_found_stands_for_these_characters_of_the_text(text, wanted, stands):
    bare = BareText(text)
    at = bare.text.find(wanted)
    assert (at < 0) == (stands is None)
    if stands is not None:
        start, end = bare.span(at, at + len(wanted))
        assert text[start:end] == stands


@given(st.text(alphabet="กขนท่้ําำ ๑AßİI\n\t\x00\x7f1", max_size=30))
def test_every_part_stands_for_what_makes_it_when_it_is_searched_alone(text):
    bare = BareText(text)
    assert not any(one.isspace() or one in "\x00\x7f" for one in bare.text)
    assert BareText(bare.text).text == bare.text
    before = 0
    for at in range(len(bare.text)):
        start, end = bare.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert bare.text[at] in BareText(text[start:end]).text
        before = max(before, end)
    assert text[before:].strip("\x00\x7f \n\t") == ""
