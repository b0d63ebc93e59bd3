"""What nobody can see, nobody can approve."""

import pytest

from correction.visible import shown
from model.errors import UsageError
from model.visible import is_invisible, refuse_invisible
from reports.letters import safe_text, visible

INVISIBLE = [
    "\u0000", "\u001b", "\u0085", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2028", "\u2029", "\u3000", "\u2009",
    "\u2060", "\ufeff", "\ue000", "\u0378", "\ud800", "\u115f", "\u3164", "\u2800", "\u034f", "\ufe0f",
]  # fmt: skip


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_what_cannot_be_seen_is_refused_and_shown_by_its_code_everywhere(character):
    with pytest.raises(UsageError, match=f"U\\+{ord(character):04X}"):
        refuse_invisible(f"ตำบล{character}ชมภู")
    for text in (shown(character), visible(character), safe_text(character)):
        assert not any(map(is_invisible, text.rstrip("\n")))


@pytest.mark.parametrize("text", ["ตำบลชมภู ๑๒", "ก\u00a0ข", "“Smart City” — 5 %", "ที่ ป่า น้ำ", "\u25cc่"])
def test_what_can_be_seen_is_taken(text):
    refuse_invisible(text)
    assert shown(text) == text


def test_line_ends_are_taken_where_they_are_allowed():
    refuse_invisible("ก\nข", allowed="\n")
    with pytest.raises(UsageError, match=r"U\+000A"):
        refuse_invisible("ก\nข")
