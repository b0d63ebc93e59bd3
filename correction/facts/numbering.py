"""Lists that are numbered in order, and where their numbering skips one, repeats one or has another number in between.

A list is a run of markers of one kind (ข้อ ๑, (๑), 1), 1., 1.1, (ก)) at the beginnings of lines, or of (๑) inside a
paragraph. Lists lie in lists, laws quote others and lines break before a reference, so a number is doubted only where
what stands before and behind it goes on in order and what is missing stands nowhere in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase
from typing import NamedTuple

from correction.facts.numbers import DIGIT, arabic

_LINE = r"^[ \t\u00a0]*"
_NUMBER = rf"(?P<number>(?!0|๐){DIGIT}{{1,3}})(?!{DIGIT})"
_TO = rf"(?:\s?[-–]\s?(?P<to>{DIGIT}{{1,3}}))?(?!{DIGIT})"
_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""Thai letters in the order of lists: ฃ and ฅ are not counted with."""
_REFERS = re.compile(rf"(?:{DIGIT}\)?|มาตรา|ข้อ|ตาม|หรือ|และ|วรรค|ที่|ใน|แห่ง|กับ|ถึง)[ \u00a0]?\Z")
"""What a number in brackets stands behind that refers to an item: มาตรา ๑๐๙ (๓)."""
_NOT_ALL = re.compile(r"ฯลฯ|\.{3}|…|คงเดิม|ยุบเลิก|แก้ไขเป็น|ตัดออก|(?<!ให้)ยกเลิก")
"""Between two items that are not one behind the other: some are left out, or two versions stand side by side.
What a law repeals (ให้ยกเลิก) is another one."""
_BEHIND = 20


@dataclass(frozen=True, slots=True)
class _Style:
    """A kind of marker. `shortest` is how many in order must stand before a doubt where nothing stands behind it."""

    pattern: re.Pattern[str]
    shortest: int = 1
    closed: bool = False
    """Whether another marker must follow in order."""
    apart: int = 0
    """The least characters from one marker to the next inside of lines, where numbers in brackets may refer to some."""


_KINDS = (
    _Style(re.compile(rf'{_LINE}(?P<list>ข้อ|มาตรา|(?:ระเบียบ)?วาระที่)\s?{_NUMBER}{_TO}(?![./("”])', re.MULTILINE)),
    _Style(
        re.compile(rf"{_LINE}(?P<list>หมวด|บทที่|ส่วนที่|ตอนที่|ตารางที่|ภาพที่|แผนภาพที่|รูปที่)\s?{_NUMBER}(?![./-])", re.MULTILINE),
        shortest=2,
        closed=True,
    ),
    _Style(re.compile(rf"{_LINE}(?P<list>)(?P<number>[a-z])[).](?=[ \t\u00a0])", re.MULTILINE), shortest=2),
    _Style(re.compile(rf"{_LINE}(?P<list>\(){_NUMBER}\)", re.MULTILINE)),
    _Style(re.compile(rf"{_LINE}(?P<list>){_NUMBER}\)", re.MULTILINE)),
    _Style(re.compile(rf"(?:{_LINE}|\t)(?P<list>){_NUMBER}\.(?=[ \t\u00a0]*[^\d\s๐-๙])", re.MULTILINE), shortest=2),
    _Style(
        re.compile(rf"{_LINE}(?P<list>(?:{DIGIT}{{1,2}}\.)+){_NUMBER}(?=[ \t\u00a0)]+[^\d\s๐-๙])", re.MULTILINE),
        shortest=2,
    ),
    _Style(re.compile(rf"{_LINE}(?P<list>\(?)(?P<number>[{_LETTERS}])[).](?=[ \t\u00a0])", re.MULTILINE), shortest=2),
    _Style(re.compile(rf"^(?P<list>){_NUMBER}\.?\t", re.MULTILINE), shortest=3, closed=True),
    _Style(re.compile(rf"(?P<list>\(){_NUMBER}\)"), shortest=2, apart=12),
)  # fmt: skip


class OutOfOrder(NamedTuple):
    """The number at `start..end`, and the one of the marker before it."""

    start: int
    end: int
    before: str


class _Marker(NamedTuple):
    start: int
    end: int
    written: str
    value: int
    last: int
    """Where the marker stands for several (ข้อ 1-2), the last of them, else the same."""


def out_of_order(text: str) -> Iterator[OutOfOrder]:
    """The numbers of lists that skip one, repeat one or interrupt the order, in order of place."""
    found: dict[tuple[int, int], OutOfOrder] = {}
    for kind in _KINDS:
        by_list: Callable[[re.Match[str]], str] = lambda match: arabic(match["list"])  # noqa: E731
        matches = [one for one in kind.pattern.finditer(text) if not (kind.apart and _refers(text, one))]
        for _, group in groupby(sorted(matches, key=lambda match: (by_list(match), match.start())), by_list):
            markers = [_marker(match) for match in group]
            for one in _doubted(text, markers, kind):
                found.setdefault((one.start, one.end), one)
    yield from (found[place] for place in sorted(found))


def _marker(match: re.Match[str]) -> _Marker:
    written = match["number"]
    value = _order(written).index(written) + 1 if not written[0].isdecimal() else int(arabic(written))
    to = match.groupdict().get("to")
    return _Marker(*match.span("number"), written, value, int(arabic(to)) if to else value)


def _order(letter: str) -> str:
    """The alphabet of a list whose items have this letter."""
    return ascii_lowercase if letter in ascii_lowercase else _LETTERS


def _refers(text: str, match: re.Match[str]) -> bool:
    return _REFERS.search(text[max(match.start() - _BEHIND, 0) : match.start()]) is not None


def _doubted(text: str, markers: Sequence[_Marker], kind: _Style) -> Iterator[OutOfOrder]:
    for at in range(1, len(markers)):
        before, here = markers[at - 1], markers[at]
        first = at - 1
        while first and markers[first - 1].last == markers[first].value - 1:
            first -= 1
        behind = markers[at + 1] if at + 1 < len(markers) else None
        if not _is_doubtful(before.last, here.value, behind, at - first, markers[first].value, kind):
            continue
        if any(one.value == here.value - 1 for one in markers[:first]):
            continue  # the list within which this one lies goes on
        if here.start - before.end < kind.apart or _is_there(text, before, here, kind):
            continue
        if _NOT_ALL.search(text, before.end, here.start) or _says_the_same(text, before, here):
            continue
        yield OutOfOrder(here.start, here.end, before.written)


def _is_doubtful(before: int, here: int, behind: _Marker | None, run: int, first: int, kind: _Style) -> bool:
    """Whether a number does not fit between what stands before it, `run` in order from `first`, and behind it."""
    skips, repeats = here == before + 2, here == before > 1  # a quotation begins anew with 1
    goes_on = behind is not None and behind.value == here + 1
    if behind is not None and behind.value == before + 2 and run > 1:
        return here not in (1, before + 1, before + 2)  # it stands where another number belongs
    if not skips and not (repeats and not kind.apart):
        return False
    if goes_on:
        return first == 1 or run >= max(kind.shortest, 2) or not kind.closed
    return behind is None and not kind.closed and skips and first == 1 and run >= kind.shortest


def _is_there(text: str, before: _Marker, here: _Marker, kind: _Style) -> bool:
    """Whether what is missing stands between the two, inside a line."""
    missing = before.last + 1
    between = arabic(text[before.end : here.start])
    if not before.written[0].isdecimal():
        letters = _order(before.written)
        return missing <= len(letters) and re.search(rf"[( ]{letters[missing - 1]}[).]", between) is not None
    sign = "" if kind.pattern is not _KINDS[0].pattern else r"(?:ข้อ|มาตรา|วาระที่)\s?"
    return re.search(rf"(?<![\d.,]){sign}{missing}(?![\d,])", between) is not None


def _says_the_same(text: str, before: _Marker, here: _Marker) -> bool:
    """Whether both items begin alike: one version of a text beside the other."""
    return text[before.end : before.end + _BEHIND] == text[here.end : here.end + _BEHIND]
