"""Letters that are no Thai: what a reader makes of Latin words, signs, drawings and dirt when it reads Thai."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import fmean
from typing import NamedTuple

from dictionaries.language_model import LanguageModel

_TOKEN = re.compile(r"[^\s“”\"'()]{5,40}")
_THAI = re.compile("[\u0e01-\u0e4e]")
_FEWEST = 3
# What no Thai word holds: signs, digits or Latin letters between its letters, or digits at both its ends.
_ODD = re.compile(
    "[\u0e01-\u0e4e][0-9๐-๙|\\[\\]{}@#$%&*_=<>A-Za-z]+[\u0e01-\u0e4e]"
    "|[\u0e01-\u0e4e][|\\[\\]{}@&_=<>]"
    "|(?<!\\S)[0-9|\\[]{1,2}[\u0e01-\u0e2e][\u0e01-\u0e4e]{3,}[0-9๐-๙|]"
)
_IMPOSSIBLE, _UNLIKELY = -4.0, -3.2
"""Nats a character. No token of two million characters of news is both odd and below the first; one below the second
counts where it stands beside such a one."""


class Unread(NamedTuple):
    """A stretch of tokens that are no Thai, and how likely its characters are, in nats a character."""

    start: int
    end: int
    nats: float


def unread(text: str, model: LanguageModel) -> Iterator[Unread]:
    """The stretches of the text that can be no Thai, each line's neighbours taken together, in order of place."""
    at = 0
    for line in text.split("\n"):
        if _ODD.search(line):
            for start, end, nats in _stretches(line, model):
                yield Unread(at + start, at + end, nats)
        at += len(line) + 1


def _stretches(line: str, model: LanguageModel) -> Iterator[tuple[int, int, float]]:
    tokens = [match for match in _TOKEN.finditer(line) if len(_THAI.findall(match[0])) >= _FEWEST]
    if not any(_ODD.search(token[0]) for token in tokens):
        return
    scores = model.score(line)
    found: list[list[tuple[re.Match[str], float]]] = [[]]
    for token in tokens:
        nats = fmean(float(score) for score in scores[token.start() : token.end()])
        if nats > _UNLIKELY:
            found.append([])
        else:
            found[-1].append((token, nats))
    for stretch in found:
        if any(nats < _IMPOSSIBLE and _ODD.search(token[0]) for token, nats in stretch):
            yield stretch[0][0].start(), stretch[-1][0].end(), fmean(nats for _, nats in stretch)
