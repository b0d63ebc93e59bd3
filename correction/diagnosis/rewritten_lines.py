"""Lines in which every character stands twice, or apart: bold print that was drawn twice, spaced-out headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from dictionaries.language_model import load as load_model
from model.thai import MARKS, THAI

_FEWEST = 6
"""Characters of Thai that a line has before it is judged: an abbreviation or a list of letters has fewer."""
_LEAST_NATS, _LEAST_GAIN = -2.2, 1.0
"""Nats a character of the line once it is put right, and by how much it is likelier than as it stands."""
_MOST_JOINED = 0.1
"""Proportion of a spaced-out line's characters that may stand together by accident."""
_LINE = re.compile("[^\n]*[^\n\\s][^\n]*")
_THAI = re.compile(f"[{THAI}]")
_TWICE = re.compile(r"(.)\1")
_NUMBER = re.compile("[0-9\u0e50-\u0e59]+(?:[.,/:-]+[0-9\u0e50-\u0e59]+)*")
_WORDING = re.compile("[^0-9\u0e50-\u0e59\\s](?:[^0-9\u0e50-\u0e59\n]*[^0-9\u0e50-\u0e59\\s])?")
_MARK = re.compile(f"[{MARKS}]")
_APART = re.compile(f"(?<=[{THAI}]) (?=[{THAI}])")
_TOGETHER = re.compile(f"[{THAI}](?=[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46])")
_WORDS_APART = re.compile(" {2,}")
_ALL_APART = re.compile(r"\S(?: \S)+")


class Rewritten(NamedTuple):
    """Characters of a line at `start..end`, and what they are to be; None for a number of which nobody knows."""

    start: int
    end: int
    after: str | None


def doubled_lines(text: str) -> tuple[Rewritten, ...]:
    """The lines in which every letter stands twice, its marks once or twice: what stands between their numbers is
    written once. A number that may be doubled has no answer: 11 may be one or two."""
    found: list[Rewritten] = []
    for match in _LINE.finditer(text):
        parts = [(part, _once(part[0])) for part in _WORDING.finditer(text, *match.span())]
        once = [after for _, after in parts if after is not None]
        if len(once) == len(parts) and _likelier(match[0], "".join(once)):
            rewritten = [
                Rewritten(*part.span(), after) for part, after in parts if after not in (None, part[0])
            ]
            numbers = [one.span() for one in _NUMBER.finditer(text, *match.span()) if _is_doubled(one[0])]
            found += sorted(
                [*rewritten, *(Rewritten(*span, None) for span in numbers)], key=lambda one: one.start
            )
    return tuple(found)


def spaced_lines(text: str) -> tuple[Rewritten, ...]:
    """The lines in which every character of Thai stands apart, together again: where two spaces stand one is left."""
    return tuple(_lines(text, _together))


def _lines(text: str, put_right: Callable[[str], str | None]) -> Iterator[Rewritten]:
    for match in _LINE.finditer(text):
        line = match[0].strip()
        after = put_right(line)
        if after is not None and _likelier(line, after):
            start = match.start() + match[0].index(line)
            yield Rewritten(start, start + len(line), after)


def _once(part: str) -> str | None:
    """What stands between two numbers, written once; None where a letter of it does not stand twice."""
    letters = _MARK.sub("", part)
    if not _THAI.search(letters):
        return part
    if len(_TWICE.findall(letters)) * 2 < len(letters.strip()) * 0.8:
        return None
    runs = [(character, len(list(group))) for character, group in groupby(part)]
    if any(
        length % 2 and _THAI.match(character) and not _MARK.match(character) for character, length in runs
    ):
        return None
    return "".join(character * (length if length % 2 else length // 2) for character, length in runs)


def _is_doubled(number: str) -> bool:
    return all(len(list(group)) % 2 == 0 for _, group in groupby(number))


def _together(line: str) -> str | None:
    apart, joined = len(_APART.findall(line)), len(_TOGETHER.findall(line))
    if apart < _FEWEST or joined > _MOST_JOINED * apart:
        return None
    words = _WORDS_APART.split(line)
    # Where words stand further apart than characters the figures and signs of a word are together again, too.
    exact = len(words) > 1
    return " ".join(
        word.replace(" ", "") if exact and _ALL_APART.fullmatch(word) else _APART.sub("", word)
        for word in words
    )


def _likelier(line: str, after: str) -> bool:
    if len(_THAI.findall(after)) < _FEWEST:
        return False
    nats = _nats(after)
    return nats >= _LEAST_NATS and nats - _nats(line) >= _LEAST_GAIN


def _nats(text: str) -> float:
    return float(load_model().score(text).mean())
