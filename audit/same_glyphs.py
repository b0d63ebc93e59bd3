"""Which change of a text draws the same as before: the one kind of change that a policy may accept unseen, whatever a
record calls it. A pure function of what stood there and what is to stand there, with a letter on either side.

The audit's own: it knows no rule, and a rule that calls a change SAFE is not asked.
"""

from __future__ import annotations

import re
import unicodedata

from model.ligatures import LIGATURES
from model.private_use import PRIVATE_USE
from model.thai import MARKS, NIKHAHIT, SARA_AA, SARA_AE, SARA_AM, SARA_E, TONES

_SPACE = re.compile(r"[^\S\n]+")
_SARA_AM = re.compile(
    f"(?P<before>[{TONES}]*)(?:{NIKHAHIT}[{NIKHAHIT}{TONES}]*(?P<first>[{SARA_AA}{SARA_AM}])|{SARA_AM})"
    f"[{TONES}]*(?:{SARA_AA}(?![{SARA_AA}{SARA_AM}]))?[{TONES}]*"
)
_TONE = re.compile(f"[{TONES}]")
_RUN = re.compile(f"[{MARKS}]+")
_DIGIT = re.compile(r"\d")


def draws_the_same(before: str, after: str, left: str = "", right: str = "") -> bool:
    """True when a change leaves every glyph as it was drawn, but for spaces within a word.

    `left` and `right` are what stands beside the place. Sara am in two parts or one, marks in another order or
    doubled, two sara e for sara ae, private codes of a font, ligatures, what cannot be seen, spaces: nothing of that is
    seen on paper. A space between two digits is part of a number, and a line end is none.
    """
    if before.count("\n") != after.count("\n"):
        return False
    if _SPACE.sub("", before) != before and _DIGIT.search(left[-1:]) and _DIGIT.search(right[:1]):
        return False
    return drawn(left[-1:] + before + right[:1]) == drawn(left[-1:] + after + right[:1]) or drawn(
        before
    ) == drawn(after)


def drawn(text: str) -> str:
    """What a text draws, written in one way: equal for texts whose glyphs are the same but for spaces."""
    known = "".join(PRIVATE_USE.get(letter) or LIGATURES.get(letter, letter) for letter in text)
    seen = "".join(one for one in known if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf"))
    whole = _SPACE.sub("", seen).replace(SARA_E * 2, SARA_AE)
    composed = _SARA_AM.sub(lambda found: "".join(sorted(set(_TONE.findall(found[0])))) + SARA_AM, whole)
    return _RUN.sub(lambda run: "".join(sorted(set(run[0]))), composed)
