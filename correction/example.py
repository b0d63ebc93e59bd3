"""Examples of a rule, written as they are read: `วันที่ 8 [กุมภาพันธุ์→กุมภาพันธ์] 2569`.

What the rule must find stands in brackets, behind an arrow what is to replace it; without an arrow the rule flags it.
`[ →]` takes a space away. A bracket, an arrow or a backslash of the text itself has a backslash in front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from model.account import Account
from model.edit import Span
from model.mark import MarkKind

_OPEN, _CLOSE, _ARROW = "[", "]", "→"
_TOKEN = re.compile(
    rf"\\(?P<plain>[\[\]{_ARROW}\\])|(?P<sign>[\[\]{_ARROW}])|(?P<other>[^\\])|(?P<wrong>\\)", re.DOTALL
)


USUAL_CONFIDENCE = 0.9
"""Of the reader of an example in its characters, where nothing else is said."""


class Expected(NamedTuple):
    """What must be found: the span in the example's text, and its replacement, None for a flag."""

    span: Span
    after: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """One text, with what a rule must find in it `marked` by brackets, everything and nothing else.

    `witness` is what the line reader reads on the same page, and `tesseract` what Tesseract reads there, each sure of
    every character; None where it is no witness. `printed` is the same text with the spaces that the page shows;
    None where there is no image. None of them has brackets. `confidence` is the reader's own in every character, 0 to
    1. `account` is the account of the page's ink, None where there is no image. `mark` is what the reading has marked
    what stands in brackets as; None where it has no marks.

    Raises:
        ValueError: the brackets do not fit together, or replace a text by itself.
    """

    marked: str
    witness: str | None = None
    printed: str | None = None
    tesseract: str | None = None
    confidence: float = USUAL_CONFIDENCE
    account: Account | None = None
    mark: MarkKind | None = None
    text: str = field(init=False)
    expected: tuple[Expected, ...] = field(init=False)

    def __post_init__(self) -> None:
        text, expected = _parse(self.marked)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "expected", expected)


def examples(*pages: str | Example) -> tuple[Example, ...]:
    """Examples, of which those with nothing beside the text may be written as strings."""
    return tuple(Example(page) if isinstance(page, str) else page for page in pages)


def escaped(text: str) -> str:
    """The text as it stands in the notation, outside or inside of brackets."""
    return re.sub(rf"[\[\]{_ARROW}\\]", lambda sign: f"\\{sign[0]}", text)


def _parse(marked: str) -> tuple[str, tuple[Expected, ...]]:
    text = ""
    expected: list[Expected] = []
    start: int | None = None
    after: str | None = None
    for token in _TOKEN.finditer(marked):
        sign = token["sign"]
        if token["wrong"]:
            raise ValueError(f"a backslash stands before no sign at {token.start()} of {marked!r}")
        if sign is None:
            character = token["plain"] or token["other"]
            if after is None:
                text += character
            else:
                after += character
        elif sign == _OPEN and start is None:
            start = len(text)
        elif sign == _ARROW and start is not None and after is None:
            after = ""
        elif sign == _CLOSE and start is not None:
            expected.append(_found(text, start, after))
            start = after = None
        else:
            raise ValueError(f"{sign} stands in the wrong place at {token.start()} of {marked!r}")
    if start is not None:
        raise ValueError(f"the last bracket of {marked!r} is not closed")
    return text, tuple(expected)


def _found(text: str, start: int, after: str | None) -> Expected:
    before = text[start:]
    if not before or before == after:
        raise ValueError(f"[{before}] marks nothing that could be found, or replaces it by itself")
    return Expected(Span(start, len(text)), after)
