"""Words that people write for the record must be words that others can see."""

from __future__ import annotations

import unicodedata

from model.errors import UsageError


def refuse_invisible(text: str, allowed: str = "") -> None:
    """Nobody can approve what they cannot see: control, format and unassigned characters, surrogates.

    Raises:
        UsageError: the text has one that is not among the allowed ones.
    """
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co") and character not in allowed:
            raise UsageError(
                f"The text holds the invisible character U+{ord(character):04X}.", remedy="Write it without."
            )
