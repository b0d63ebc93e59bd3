"""Lines in which every character stands twice, or apart: bold print that was drawn twice, spaced-out headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from dictionaries.language_model import load as load_model
from model.thai import THAI

_FEWEST = 6
"""Characters of Thai that a line has before it is judged: an abbreviation or a list of letters has fewer."""
_LEAST_NATS, _LEAST_GAIN = -2.2, 1.0
"""Nats a character of the line once it is put right, and by how much it is likelier than as it stands."""
_MOST_JOINED = 0.1
"""Proportion of a spaced-out line's characters that may stand together by accident."""
_LINE = re.compile("[^\n]*[^\n\\s][^\n]*")
_THAI = re.compile(f"[{THAI}]")
_TWICE = re.compile(r"(.)\1")
_DIGIT = re.compile("[0-9\u0e50-\u0e59]")
_APART = re.compile(f"(?<=[{THAI}]) (?=[{THAI}])")
_TOGETHER = re.compile(f"[{THAI}](?=[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46])")
_WORDS_APART = re.compile(f"(?<=[{THAI}]) {{2,}}(?=[{THAI}])")


class Rewritten(NamedTuple):
    """A line's characters at `start..end`, and what they are to be."""

    start: int
    end: int
    after: str


def doubled_lines(text: str) -> tuple[Rewritten, ...]:
    """The lines in which every character stands twice, each once again. Numbers are left out: 11 may be one or two."""
    return tuple(_lines(text, _once))


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


def _once(line: str) -> str | None:
    if len(_TWICE.findall(line)) * 2 < len(line) * 0.8 or _DIGIT.search(line):
        return None
    runs = [(character, len(list(group))) for character, group in groupby(line)]
    if any(length % 2 and not character.isspace() for character, length in runs):
        return None
    return "".join(character * max(length // 2, 1) for character, length in runs)


def _together(line: str) -> str | None:
    apart, joined = len(_APART.findall(line)), len(_TOGETHER.findall(line))
    if apart < _FEWEST or joined > _MOST_JOINED * apart:
        return None
    return _WORDS_APART.sub(" ", _APART.sub("", line))


def _likelier(line: str, after: str) -> bool:
    if len(_THAI.findall(after)) < _FEWEST:
        return False
    nats = _nats(after)
    return nats >= _LEAST_NATS and nats - _nats(line) >= _LEAST_GAIN


def _nats(text: str) -> float:
    return float(load_model().score(text).mean())
