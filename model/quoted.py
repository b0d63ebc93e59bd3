"""What somebody else has written, in a few words: as it is quoted where it was not what it should be."""

from __future__ import annotations

import reprlib

_SHORT = reprlib.Repr()
_SHORT.maxlevel = 2
_SHORT.maxstring = _SHORT.maxlong = _SHORT.maxother = 60


def quoted(value: object) -> str:
    """A value as Python writes it, a few hundred characters at most: dots stand for the rest."""
    return _SHORT.repr(value)
