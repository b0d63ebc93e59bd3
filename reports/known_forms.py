"""Sentences known by their form, with braces for what differs: so one that was made in English is said in Thai."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

Said = TypeVar("Said")

_GAP = re.compile(r"\{~?\}")


def gaps_in(form: str, text: str) -> tuple[str, ...] | None:
    """What stands in the gaps of a text that has this form, each as short as may be from the left; None for another.

    A gap may hold what anybody has written, of any length: the words are looked for once, from left to right.
    """
    first, *others = _words(form)
    if not others:
        return () if text == first else None
    *middle, last = others
    at, end = len(first), len(text) - len(last)
    if end < at or not (text.startswith(first) and text.endswith(last)):
        return None
    found = []
    for words in middle:
        begins = text.find(words, at, end)
        if begins < 0:
            return None
        found.append(text[at:begins])
        at = begins + len(words)
    return (*found, text[at:end])


@cache
def spoken_gaps(form: str) -> tuple[bool, ...]:
    """Which gaps hold words that are said anew, too (`{~}`); the others (`{}`) are quoted as they stand."""
    return tuple(gap == "{~}" for gap in _GAP.findall(form))


def most_said_first(table: Mapping[str, Said]) -> dict[str, Said]:
    """Forms in an order in which the first that fits is the one that says most."""
    return dict(sorted(table.items(), key=lambda one: -sum(map(len, _words(one[0])))))


def sentences_first(table: Mapping[str, Said]) -> dict[str, Said]:
    """Forms of whole sentences: those that begin with words of their own go before those that begin with a gap, which
    would fit whatever a sentence quotes at its end; among either, what says most."""
    return dict(sorted(most_said_first(table).items(), key=lambda one: not _words(one[0])[0]))


@cache
def _words(form: str) -> tuple[str, ...]:
    """What stands before, between and behind the gaps of a form."""
    return tuple(_GAP.split(form))
