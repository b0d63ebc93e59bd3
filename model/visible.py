"""What can be seen of a text: words that people write for the record must be words that others can see."""

from __future__ import annotations

import re
import unicodedata

from model.errors import UsageError

# Controls, formats (zero width, direction), surrogates, private and unassigned code points, line and paragraph
# separators: a terminal or a browser hides them or obeys them.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Spaces of another width pass for the plain one. The no-break space does not: a reader writes it as a space.
_PLAIN_SPACES = " \u00a0"
# Letters and marks that are drawn as nothing: Default_Ignorable_Code_Point of the Unicode Character Database beyond
# the categories above, and the empty Braille pattern.
_DRAWN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def is_invisible(character: str) -> bool:
    """True for a character that nobody can see or tell from a space: tabs and line ends among them."""
    category = unicodedata.category(character)
    other_space = category == "Zs" and character not in _PLAIN_SPACES
    return category in _CATEGORIES or other_space or _DRAWN_AS_NOTHING.match(character) is not None


def refuse_invisible(text: str, allowed: str = "") -> None:
    """Nobody can approve what they cannot see.

    Raises:
        UsageError: the text has an invisible character that is not among the allowed ones.
    """
    for character in text:
        if is_invisible(character) and character not in allowed:
            raise UsageError(
                f"The text holds the invisible character U+{ord(character):04X}.", remedy="Write it without."
            )


# Controls but for line end, tab and form feed; what turns the direction of writing; halves of pairs.
_OBEYED = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]"
)


def shown(text: str) -> str:
    """A text with what a terminal would obey made visible."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_a_row(text: str) -> str:
    """A name or a message as one line, whatever stands in it."""
    return shown(text).replace("\n", "\\n").replace("\t", "\\t").replace("\f", "\\f")
