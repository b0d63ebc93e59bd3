"""What a letter or mark that was read may be in truth: the likeliest first, for a person to choose from by number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dictionaries.confusions import ALIKE, load_confusions
from model.thai import is_mark

MOST = 9
"""As many as there are digits to choose with."""

_DIGITS = ("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SHAPES = ("๑๗", "๒๖", "๔๕", "๓ต๗", "๘๙", "๐๑")


@cache
def likely_letters() -> Mapping[str, str]:
    """For each letter, mark or digit as it is read those that it may be: by how often readers take one for the other,
    then what looks like it; of a digit all the others of its script."""
    costs: dict[str, dict[str, float]] = {}
    for (truth, read), cost in load_confusions().table.items():
        if len(truth) == len(read) == 1:
            costs.setdefault(read, {})[truth] = cost
    letters = {*costs, *"".join(ALIKE), *"".join(_DIGITS)}
    return {letter: _ranked(letter, costs.get(letter, {})) for letter in sorted(letters)}


def _ranked(letter: str, costs: Mapping[str, float]) -> str:
    kin = "".join(group for group in (*_SHAPES, *ALIKE) if letter in group)
    script = next((digits for digits in _DIGITS if letter in digits), "")
    known = sorted(costs, key=lambda one: costs[one])
    if script:
        known = [one for one in known if one in script]
        kin = "".join(one for one in kin if one in script)
    found = dict.fromkeys([*known, *kin, *script])
    alike = (one for one in found if one != letter and is_mark(one) == is_mark(letter))
    return "".join(alike)[:MOST]


def likely_in(text: str) -> Mapping[str, str]:
    """The same for the letters of a text alone."""
    known = likely_letters()
    return {letter: known[letter] for letter in sorted(set(text)) if letter in known}
