"""Text that stands there from its end to its beginning, line by line, as programs write it that take it for Arabic."""

from __future__ import annotations

import re

from dictionaries.language_model import load as load_model
from model.thai import CONSONANTS, LEADING_VOWELS, MARKS, SARA_AA, SARA_AM, THAI

_THAI = re.compile(f"[{THAI}]")
_SIGNS = re.compile(f"[{LEADING_VOWELS}\u0e30{SARA_AA}{SARA_AM}{MARKS}]")
_ASTRAY = re.compile(
    f"[{LEADING_VOWELS}](?![{CONSONANTS}])|(?<![{CONSONANTS}{MARKS}])[\u0e30{SARA_AA}{SARA_AM}{MARKS}]"
)
"""A vowel or mark without the consonant that it needs."""
_FEWEST, _LEAST_ASTRAY = 2, 0.04
"""Signs that stand astray, and the proportion of them among all, from which the text is looked at: about one in a
hundred of text that is written as Thai is, and one in ten or more from behind."""
_LEAST_GAIN, _LOOKED_AT = 1.0, 2000
"""Nats by which a character is likelier the other way round, in so many characters."""
_FEWEST_LETTERS = 12
"""Characters of Thai: fewer say too little of which way they run."""
_CLUSTER = re.compile(f"[^{MARKS}][{MARKS}]*|[{MARKS}]+")


def mirrored(text: str) -> str | None:
    """The text from left to right; None where it stands so."""
    astray = len(_ASTRAY.findall(text))
    if (
        len(_THAI.findall(text)) < _FEWEST_LETTERS
        or astray < _FEWEST
        or astray < _LEAST_ASTRAY * len(_SIGNS.findall(text))
    ):
        return None
    lines = text.split("\n")
    ways = (
        "\n".join(line[::-1] for line in lines),
        "\n".join("".join(reversed(_CLUSTER.findall(line))) for line in lines),
    )
    best = max(ways, key=_nats)
    return best if _nats(best) - _nats(text) >= _LEAST_GAIN else None


def _nats(text: str) -> float:
    return float(load_model().score(text[:_LOOKED_AT]).mean())
