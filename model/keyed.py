"""Numbers and names that two people type from the page, seeing neither the reading nor each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.edit import Edit, Span
from model.thai import CONSONANTS, THAI, compose_sara_am

_DIGIT = "0-9\u0e50-\u0e59"
_NUMBER = re.compile(f"[{_DIGIT}](?:[{_DIGIT}.,/:-]*[{_DIGIT}])+")
_TITLES = "นางสาว|นาง|นาย|น\\.ส\\.|ด\\.ช\\.|ด\\.ญ\\."
_NO_NAMES = "ก(?:เทศ|องค|สมาคม|รัฐ|สภา| |$)|ทะเบียน|อำเภอ|จ้าง|ทหาร|ตำรวจ|แพทย์|ช่าง|หน้า"
_NAME = re.compile(
    f"(?<![{THAI}])(?:{_TITLES}) ?(?!{_NO_NAMES})(?P<name>[{CONSONANTS}เแโไใ][{THAI}]+(?: +[{THAI}]{{2,}})?)"
)
_ARABIC = {0x0E50 + digit: str(digit) for digit in range(10)}

PEOPLE = 2
"""So many different people must have typed what the text has."""


@dataclass(frozen=True, slots=True)
class KeyedValue:
    """What somebody typed for a place of the raw text; empty where they could not read it."""

    span: Span
    value: str
    name: str
    account: str


def places_to_key(text: str) -> tuple[Span, ...]:
    """The numbers of two digits or more of a reading, and the names behind titles, in order of place."""
    found = [Span(*match.span()) for match in _NUMBER.finditer(text)]
    found += [Span(*match.span("name")) for match in _NAME.finditer(text)]
    return tuple(sorted(found))


def same_value(text: str) -> str:
    """What two ways of typing one value have in common: neither spaces nor the script of the digits count."""
    return "".join(compose_sara_am(text).split()).translate(_ARABIC)


@dataclass(frozen=True, slots=True)
class StandingValue:
    """What stands at a place; not `exact` where a correction reaches beyond the place and is taken in whole."""

    span: Span
    text: str
    exact: bool


def standing_at(text: str, edits: Iterable[Edit], span: Span) -> StandingValue:
    """What stands at a place of the raw text under disjoint edits."""
    pieces: list[str] = []
    at, exact = span.start, True
    for one in sorted(one for one in edits if one.span.overlaps(span) or span.contains(one.span)):
        pieces += [text[at : max(at, one.span.start)], one.after]
        at = max(at, one.span.end)
        exact = exact and span.contains(one.span)
    return StandingValue(span, "".join((*pieces, text[at : max(at, span.end)])), exact)


def newest_values(values: Iterable[KeyedValue], span: Span) -> dict[str, KeyedValue]:
    """The newest value of each account for a place; `values` are oldest first."""
    return {one.account: one for one in values if one.span == span}


def is_confirmed(values: Iterable[KeyedValue], standing: StandingValue) -> bool:
    """True when two people have typed what stands there, or neither could read it."""
    wanted = same_value(standing.text)
    typed = {one.account: same_value(one.value) for one in values}
    agreeing = [
        one for one in typed.values() if one == wanted or (one and one in wanted and not standing.exact)
    ]
    unread = [one for one in typed.values() if not one]
    return max(len(agreeing), len(unread)) >= PEOPLE


def unconfirmed(text: str, edits: Sequence[Edit], values: Sequence[KeyedValue]) -> Iterator[StandingValue]:
    """What stands at the places that two people have not confirmed."""
    for span in places_to_key(text):
        standing = standing_at(text, edits, span)
        if not is_confirmed(newest_values(values, span).values(), standing):
            yield standing
