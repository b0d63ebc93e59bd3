"""A text without its white space, in canonical spelling, with the way back.

OCR puts spaces inside names (`จ งหวัด`, `กํา แพง`) and lines break them (`เทศบาล` / `ตำบลศีขรภูมิ`), so
names are looked for in the letters alone. Where white space stood is kept as evidence for where a name ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import IntEnum

from dictionaries.spelling import canonical

_TOKEN = re.compile(
    "\u0e4d[ \u200b]?[\u0e48-\u0e4b]?\u0e32"  # sara am in two parts
    "|[\u0e48-\u0e4b]\u0e4d\u0e32"
    "|\u0e33[\u0e48-\u0e4b]"
    "|\u0e40\u0e40"
    "|[\u0e48-\u0e4c]+[\u0e31\u0e34-\u0e3a\u0e47]"  # a tone mark before its vowel
    "|[^\\s\u00ad\u200b-\u200d\u2060\ufeff]"
)
_UNUSUAL = re.compile("\u0e4d|[\u0e48-\u0e4c][\u0e31\u0e34-\u0e3a\u0e47]|\u0e33[\u0e48-\u0e4b]|\u0e40\u0e40")
_SOLID = re.compile("[^\\s\u00ad\u200b-\u200d\u2060\ufeff]")
_HYPHEN = re.compile("(?<=[\u0e01-\u0e4e]) ?[-\u2010\u2011] ?(?=[\u0e01-\u0e4e])")
# A form's label: จังหวัด: … อำเภอ : … ตำบล.......
_LABEL = re.compile(
    "(?:(?<=จังหวัด)|(?<=อำเภอ)|(?<=ตำบล)|(?<=แขวง)|(?<=เขต))[ \u00a0\u00ad]*(?::[ \u00a0]{0,2}|[.\u2026]{3,}[ \u00a0]?)"
)
# And one for the whole country: ตำบล/แขวง, เขต/อำเภอ, อำเภอ (เขต).
_EITHER = re.compile(
    r"(?<=ตำบล)[ \u00a0]?(?:/[ \u00a0]?แขวง|\([ \u00a0]?แขวง[ \u00a0]?\))"
    r"|(?<=อำเภอ)[ \u00a0]?(?:/[ \u00a0]?เขต|\([ \u00a0]?เขต[ \u00a0]?\))"
    r"|(?<![\u0e01-\u0e4e])(?:แขวง[ \u00a0]?/[ \u00a0]?(?=ตำบล)|เขต[ \u00a0]?/[ \u00a0]?(?=อำเภอ))"
)
# A form's labels in a column of their own: จังหวัด, TAB, สตูล, and below it อำเภอ, TAB, ละงู.
_LABELLED = re.compile(
    r"(?:^(?:จังหวัด|อำเภอ|เขต|ตำบล|แขวง)\t(?!จังหวัด|อำเภอ|เขต|ตำบล|แขวง)[^\t\n]+(?:\n|\Z)){2,}", re.MULTILINE
)
_HYPHEN_ALONE = re.compile(" ?[-\u2010\u2011] ?")
_WHITE = re.compile("[ \u00a0]")


class Gap(IntEnum):
    """What stood before a letter, the strongest of it."""

    NONE = 0
    SPACE = 1  # spaces, or something invisible
    HYPHEN = 2
    LINE = 3  # one line end
    CELL = 4  # a tab or two spaces and more: the next column
    PARAGRAPH = 5  # an empty line, a form feed


class PlaceCharacters:
    """The letters of a text. `text[i]` is written at `starts[i]..ends[i]` of `source`, with `gaps[i]` before it.

    Several letters share a range where the source writes them in another way than canonical.
    """

    __slots__ = ("_source_starts", "ends", "gaps", "source", "starts", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        masked = (
            _HYPHEN.sub(lambda found: "\u00ad" * len(found[0]), source)
            if "-" in source or "\u2010" in source
            else source
        )
        if "แขวง" in masked or "เขต" in masked:
            masked = _EITHER.sub(lambda found: "\u00ad" * len(found[0]), masked)
        if ":" in masked or "..." in masked or "\u2026" in masked:
            masked = _LABEL.sub(lambda found: "\u00ad" * len(found[0]), masked)
        pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        pattern = _TOKEN if _UNUSUAL.search(masked) else _SOLID
        for match in pattern.finditer(masked):
            start, end = match.span()
            token = match.group()
            if end - start > 1:
                token = canonical(token)
            pieces.append(token)
            for _ in token:
                self.starts.append(start)
                self.ends.append(end)
        self.text = "".join(pieces)
        self.gaps = self._find_gaps()

    def _find_gaps(self) -> list[Gap]:
        gaps = [Gap.NONE] * len(self.text)
        source, at = self.source, 0
        labels = _label_tabs(source) if "\t" in source else frozenset()
        for index, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if start > at:
                gaps[index] = Gap.SPACE if start - 1 in labels else _gap(source[at:start])
            at = max(at, end)
        return gaps

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source behind the letters `start..end` (not empty)."""
        return self.starts[start], self.ends[end - 1]

    def at(self, source_offset: int) -> int:
        """The first letter that is written at or after an offset of the source."""
        return bisect_left(self.starts, source_offset)

    def breaks(self, start: int, end: int) -> int:
        """How many of the letters `start+1..end` have white space before them."""
        return sum(1 for gap in self.gaps[start + 1 : end] if gap)


def _label_tabs(source: str) -> frozenset[int]:
    """Where a TAB stands behind a label whose column holds labels alone: the name behind it is the label's."""
    blocks = (match.span() for match in _LABELLED.finditer(source))
    return frozenset(at for start, end in blocks for at in range(start, end) if source[at] == "\t")


def _gap(white: str) -> Gap:
    if _HYPHEN_ALONE.fullmatch(white):
        return Gap.HYPHEN
    if ":" in white:
        return Gap.SPACE
    lines = white.count("\n")
    if lines > 1 or "\f" in white:
        return Gap.PARAGRAPH
    if "\t" in white or len(_WHITE.findall(white)) > 1:
        return Gap.CELL
    if lines:
        return Gap.LINE
    return Gap.SPACE
