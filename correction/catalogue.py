"""All the rules there are. A rule that is not listed here does not run."""

from __future__ import annotations

from correction.rule import Rule
from correction.rules.enc001_sara_am import ENC001

# One line a rule, in order of code. Rules of a room of their own come as that room's tuple.
_CHARACTERS: tuple[Rule, ...] = (ENC001,)


def default_rules() -> tuple[Rule, ...]:
    """Every rule, in order of code."""
    return tuple(sorted(_CHARACTERS, key=lambda r: r.code))
