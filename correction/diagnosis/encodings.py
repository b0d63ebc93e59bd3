"""Text that was decoded in another encoding than it was written in, and the exact way back.

Every character stands for the byte that it was decoded from; the bytes, decoded as they were written, are the text.
Which pair of encodings is meant the language model says: the bytes of TIS-620 are Thai in one reading alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from correction.diagnosis.escapes import escaped, in_other_order, in_pairs, lost_lines
from correction.diagnosis.mirrored import mirrored
from dictionaries.language_model import load as load_model
from dictionaries.mac_thai import MAC_THAI
from model.thai import CONSONANTS, MARKS, THAI

_FEWEST = 6
"""Characters of Thai that a repair has to bring to light."""
_MOST_THAI = 0.6
"""Proportion of the characters beyond ASCII that are Thai once they are read right."""
_LEAST_NATS, _LEAST_GAIN = -2.6, 1.0
"""Nats a character of Thai that is read right, and by how much it is likelier than what was read."""
_MOST_LOST = 0.1
"""Proportion of damaged lines from which no exact way leads back, and up to which the others are still mended."""
_NO_CHARACTER = "\ufffd"
_FEWEST_LATIN = 3
_DENSE = 0.25
_SYMBOLS = 0xF000
_LATIN_TO_THAI = 2
"""Latin letters for each Thai one in Latin text that was decoded as Thai: accents are the fewer."""

_THAI = re.compile(f"[{THAI}]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# The first two bytes of a Thai character in UTF-8, as the usual encodings of one byte show them.
_LEADS = re.compile("à[¸¹\u017e]|เ[ธน]|‡[∏π]|\u5594|\u5599|\u9249|\u9246|\u72a7|\u72b9")
_CLUNG = re.compile(f"[{CONSONANTS}{MARKS}][\u0080-\u009f]")
_LONE_THAI = re.compile(f"(?<![{THAI}])[{THAI}]{{1,2}}(?![{THAI}])")
_LATIN_BESIDE = re.compile(f"(?<=[A-Za-z])[{THAI}]|[{THAI}](?=[A-Za-z])")
_LATIN_LETTER = re.compile("[A-Za-z]")
_THAI_NUMBER = re.compile("(?<![A-Za-z])[\u0e50-\u0e59]|[\u0e50-\u0e59]{2}")
_LATIN = re.compile("[\u0020-\u007e\u00a0-\u00ff\u0152\u0153\u2013\u2014\u2018-\u201e\u2026€\r\t]*")


@dataclass(frozen=True, slots=True)
class Misread:
    """Lines at `start..end` that were written in one encoding and decoded in another.

    `after` is the text as it was written, None where bytes are lost and no exact way leads back. `whole` says that
    nothing else of the text is Thai, so that no other rule can judge its letters.
    """

    written_in: str
    decoded_as: str
    start: int
    end: int
    after: str | None
    whole: bool


class _Decoding(NamedTuple):
    """An encoding that texts are wrongly decoded in: the byte of each of its characters, or the codec where some have
    two."""

    name: str
    bytes_of: Mapping[str, int] | str
    targets: tuple[str, ...]

    def encoded(self, line: str) -> bytes | None:
        """The bytes that a line was decoded from, but for those of two that made no character; None where it was not
        decoded so."""
        if not isinstance(self.bytes_of, str):
            known = self.bytes_of
            return bytes(known[one] for one in line) if all(one in known for one in line) else None
        try:
            return line.replace(_NO_CHARACTER, "").encode(self.bytes_of)
        except UnicodeEncodeError:
            return None


class _Undoing(NamedTuple):
    nats: float
    written_in: str
    decoded_as: str
    lines: dict[int, str]
    lost: set[int]
    soft: Set[int] = frozenset()
    partly: Set[int] = frozenset()
    holed: Set[int] = frozenset()

    def text(self, lines: list[str], numbers: Iterable[int]) -> str:
        """These lines as they were written: soft ones go on in the next, what is not damaged stays."""
        ended = "".join(self.lines.get(n, lines[n]) + ("" if n in self.soft else "\n") for n in numbers)
        return ended.removesuffix("\n")


def _one_byte(codec: str) -> dict[str, int]:
    """The bytes by their characters; a byte that the encoding does not know is the control code of its number, as
    browsers and Windows decode it."""
    known = {chr(byte): byte for byte in range(256)} if codec == "cp1252" else {}
    for byte in range(256):
        character = bytes([byte]).decode(codec, "ignore") or chr(byte)
        known[character] = byte
    return known


def _symbol_font() -> dict[str, int]:
    """The bytes by the codes that a symbol font gives them, from U+F000 on, and those of ASCII."""
    plain = {chr(byte): byte for byte in range(0x80)}
    return plain | {chr(_SYMBOLS + byte): byte for byte in range(0x20, 0x100)}


def _moved_font(first: int) -> dict[str, int]:
    """The bytes of TIS-620 by the private codes of a font that has moved the whole block of Thai to `first`."""
    plain = {chr(byte): byte for byte in range(0x80)}
    return plain | {chr(first + code): 0xA0 + code for code in range(1, 0x5C)}


@cache
def _decodings() -> tuple[_Decoding, ...]:
    return (
        _Decoding("Latin-1 or Windows-1252", _one_byte("cp1252"), ("UTF-8", "TIS-620", "Mac OS Thai")),
        _Decoding("TIS-620", _one_byte("cp874"), ("UTF-8", "Mac OS Thai")),
        _Decoding("Latin-2", _one_byte("iso8859-2"), ("UTF-8", "TIS-620")),
        _Decoding("Windows-1250", _one_byte("cp1250"), ("UTF-8", "TIS-620")),
        _Decoding("code page 437 of DOS", _one_byte("cp437"), ("UTF-8", "TIS-620")),
        _Decoding("code page 850 of DOS", _one_byte("cp850"), ("UTF-8", "TIS-620")),
        _Decoding("KOI8-R", _one_byte("koi8-r"), ("UTF-8", "TIS-620")),
        _Decoding("Windows-1251", _one_byte("cp1251"), ("UTF-8", "TIS-620")),
        _Decoding("Mac OS Roman", _one_byte("mac_roman"), ("UTF-8", "TIS-620", "Mac OS Thai")),
        _Decoding("ISO 8859-15", _one_byte("iso8859-15"), ("UTF-8", "TIS-620")),
        _Decoding("Windows-1254", _one_byte("cp1254"), ("UTF-8", "TIS-620")),
        _Decoding("Windows-1258", _one_byte("cp1258"), ("UTF-8", "TIS-620")),
        _Decoding("GB 18030", "gb18030", ("UTF-8", "TIS-620")),
        _Decoding("Big5", "cp950", ("UTF-8", "TIS-620")),
        _Decoding("Shift JIS", "cp932", ("UTF-8", "TIS-620")),
        _Decoding("Windows-949", "cp949", ("UTF-8", "TIS-620")),
        _Decoding("a symbol font's private codes", _symbol_font(), ("TIS-620", "Mac OS Thai")),
        _Decoding("a font's private codes", _moved_font(0xE000), ("TIS-620",)),
        _Decoding("a font's private codes", _moved_font(0xF000), ("TIS-620",)),
    )


def misread(text: str) -> tuple[Misread, ...]:
    """What of a text was decoded in the wrong encoding: the whole of it as one, or each group of such lines."""
    lines = text.split("\n")
    if otherwise := _not_decoded(text, lines):
        return otherwise
    if not _BEYOND_ASCII.search(text):
        return ()
    if not any(map(_suspicious, lines)):
        return ()
    found = _latin(lines) or max(_candidates(lines), key=lambda one: one.nats, default=None)
    if found is not None:
        return tuple(_groups(lines, found))
    leads = len(_LEADS.findall(text))
    if leads < _FEWEST or leads < _DENSE * len(_BEYOND_ASCII.findall(text)):
        return ()
    return (Misread("UTF-8", "an encoding of one byte", 0, len(text), None, whole=True),)


def _not_decoded(text: str, lines: list[str]) -> tuple[Misread, ...]:
    """What of a text stands there in escapes, in single bytes of two, from behind, or is lost."""
    if (after := in_pairs(text)) is not None:
        return (Misread("UTF-16", "Latin-1", 0, len(text), after, whole=True),)
    if (after := in_other_order(text)) is not None:
        return (Misread("UTF-16", "UTF-16 of the other byte order", 0, len(text), after, whole=True),)
    if (after := mirrored(text)) is not None:
        return (
            Misread("lines from left to right", "lines from right to left", 0, len(text), after, whole=True),
        )
    if found := escaped(lines):
        return tuple(
            _groups(lines, _Undoing(0.0, "Unicode", found.name, found.lines, set(), found.soft, found.partly))
        )
    if lost := lost_lines(lines):
        return tuple(
            _groups(lines, _Undoing(0.0, "Thai", "an encoding without Thai", {}, lost), all_lost=True)
        )
    return ()


def _suspicious(line: str) -> bool:
    """Whether a line may be what another encoding was made into; quick, for every line of every text is asked."""
    beyond = _BEYOND_ASCII.findall(line)
    thai = len(_THAI.findall(line))
    if len(beyond) > thai * 2:
        return True
    if len(_LEADS.findall(line)) > len(beyond) * _DENSE:
        return True
    return bool(_CLUNG.search(line)) or (thai > 0 and bool(_LATIN_BESIDE.search(line)))


def _candidates(lines: list[str]) -> Iterator[_Undoing]:
    for decoding in _decodings():
        shown = {n: line for n, line in enumerate(lines) if _of(decoding, line)}
        for written_in in decoding.targets if shown else ():
            candidate = _undone(shown, decoding, written_in)
            if candidate is not None:
                yield candidate


def _of(decoding: _Decoding, line: str) -> bool:
    if not _BEYOND_ASCII.search(line) or decoding.encoded(line) is None:
        return False
    return decoding.name != "TIS-620" or _suspicious(line)


def _undone(shown: dict[int, str], decoding: _Decoding, written_in: str) -> _Undoing | None:
    """The lines as they were written, if they were written so; None where that makes no Thai of them."""
    read: dict[int, str] = {}
    lost: set[int] = set()
    holes: dict[int, str] = {}
    for number, line in shown.items():
        data = decoding.encoded(line)
        if data is not None and isinstance(decoding.bytes_of, str) and _NO_CHARACTER in line:
            holes[number] = data.decode("utf-8" if written_in == "UTF-8" else "cp874", "ignore")
            continue
        after = None if data is None else _decoded(data, written_in)
        again = None if after is None else _decoded_again(after)
        if again is None:
            lost.add(number)
        elif again != line:
            read[number] = again
    every = read | holes
    after, before = "\n".join(every.values()), "\n".join(shown[number] for number in every)
    thai = len(_THAI.findall(after))
    if thai < _FEWEST or thai < _MOST_THAI * len(_BEYOND_ASCII.findall(after)):
        return None
    nats = _nats(after)
    # What is no Thai the model knows as one character: only of Thai can it say that it was unlikely.
    if nats < _LEAST_NATS or (_THAI.search(before) and nats - _nats(before) < _LEAST_GAIN):
        return None
    if len(lost) > _MOST_LOST * len(shown) and written_in != "UTF-8":
        return None  # any bytes are Thai letters of some kind: lines that are none speak against it
    return _Undoing(nats, written_in, decoding.name, read, lost | set(holes), holed=set(holes))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        if encoding == "Mac OS Thai":
            return "".join(MAC_THAI[byte] for byte in data)
        return data.decode("utf-8" if encoding == "UTF-8" else "cp874")
    except (UnicodeDecodeError, KeyError):
        return None


def _decoded_again(text: str) -> str | None:
    """The text, or what it was before the same mistake was made twice."""
    data = _decodings()[0].encoded(text) if _LEADS.search(text) else None
    return text if data is None else _decoded(data, "UTF-8")


def _nats(text: str) -> float:
    return float(load_model().score(text).mean()) if text else 0.0


def _latin(lines: list[str]) -> _Undoing | None:
    """Latin text that was decoded as Thai: single Thai letters inside Latin words, and no Thai word anywhere."""
    text = "\n".join(lines)
    beside = len(_LATIN_BESIDE.findall(text))
    letters, thai = len(_LATIN_LETTER.findall(text)), len(_THAI.findall(text))
    if _THAI_NUMBER.search(text) or letters < _LATIN_TO_THAI * thai:
        return None  # a number is a fact: where one may be, nothing speaks for all of the text
    if beside < _FEWEST_LATIN or len(_THAI.findall(text)) != sum(map(len, _LONE_THAI.findall(text))):
        return None
    data = _decodings()[1].encoded(text)
    if data is None:
        return None
    for written_in, codec in (("UTF-8", "utf-8"), ("Latin-1 or Windows-1252", "cp1252")):
        try:
            after = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if all(map(_LATIN.fullmatch, after.split("\n"))):
            pairs = enumerate(zip(lines, after.split("\n"), strict=True))
            return _Undoing(0.0, written_in, "TIS-620", {n: b for n, (a, b) in pairs if a != b}, set())
    return None


def _groups(lines: list[str], found: _Undoing, *, all_lost: bool = False) -> Iterator[Misread]:
    """The damaged lines, one after the other together; all of the text at once where nothing else of it is Thai. Lost
    lines count where they show that they were Thai, or `all_lost` says so."""
    damaged = {
        *found.lines,
        *found.holed,
        *(n for n in found.lost if all_lost or _LEADS.search(lines[n])),
    }
    lost = damaged - set(found.lines)
    exact = len(lost) <= _MOST_LOST * len(damaged)
    sound = set(range(len(lines))) - damaged | found.partly
    whole = not any(_THAI.search(lines[n]) for n in sound)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    if whole:
        after = found.text(lines, range(len(lines))) if exact else None
        yield Misread(found.written_in, found.decoded_as, 0, starts[-1] - 1, after, whole=True)
        return
    damaged |= _between(lines, damaged)
    for is_damaged, group in groupby(range(len(lines)), key=lambda n: n in damaged):
        numbers = list(group)
        if is_damaged:
            first, last = numbers[0], numbers[-1]
            after = found.text(lines, numbers) if lost.isdisjoint(numbers) else None
            start, end = starts[first], starts[last + 1] - 1
            if after is not None and not found.partly.isdisjoint(numbers):
                start, end, after = _narrowed("\n".join(lines), start, end, after)
            yield Misread(found.written_in, found.decoded_as, start, end, after, whole=False)


def _narrowed(text: str, start: int, end: int, after: str) -> tuple[int, int, str]:
    """A change without what it leaves as it is at its start and end: the other rules judge that."""
    kept = Prefix.similarity(text[start:end], after)
    start, after = start + kept, after[kept:]
    kept = Postfix.similarity(text[start:end], after)
    return start, end - kept, after[: len(after) - kept]


def _between(lines: list[str], damaged: set[int]) -> set[int]:
    """The empty lines with damaged ones on both sides: they belong to one stretch."""
    written = [n for n, line in enumerate(lines) if line.strip()]
    pairs = (pair for pair in pairwise(written) if damaged.issuperset(pair))
    return {n for before, after in pairs for n in range(before + 1, after)}
