"""Where a witness reads otherwise than the base reading: what each reads there, and how sure each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.witness import Witness
from dictionaries.language_model import LanguageModel
from model.page import Reading
from model.thai import NIKHAHIT, SARA_AA, compose_sara_am, is_mark


class WitnessDifference(NamedTuple):
    """`read` at `start..end` of the base's text, and what the witness reads there.

    Whole clusters: letters with all marks that stand on them. `confidence` is the witness's lowest there and in the
    characters beside it, `base_confidence` the base's lowest there, both 0 to 1.
    """

    start: int
    end: int
    read: str
    witness_text: str
    confidence: float
    base_confidence: float


def differences(base: Reading, witness: Witness) -> Iterator[WitnessDifference]:
    """The differences in the lines that the witness read; white space and sara am in two parts are none.

    Word by word where both have as many words in a row: a number that is read otherwise says nothing of the word
    behind it.
    """
    text = base.text
    for start, end in _places(text, witness):
        reading = witness.reads(start, end, edges=True)
        if reading is None:
            continue
        around = witness.reads(max(start - 1, 0), min(end + 1, len(text)), edges=True)
        confidence = min(one.confidence or 0.0 for one in (reading, around) if one is not None)
        for first, last, word in _words(text, start, end, reading.text.strip()):
            if _folded(word) != _folded(text[first:last]):
                known = [c for c in base.confidences[first:last] if c is not None]
                yield WitnessDifference(
                    first, last, text[first:last], word, confidence, min(known, default=0.0)
                )


def _words(text: str, start: int, end: int, witness_text: str) -> Iterator[tuple[int, int, str]]:
    read = list(_WORD.finditer(text, start, end))
    words = witness_text.split()
    if len(read) != len(words):
        yield start, end, witness_text
    else:
        yield from ((one.start(), one.end(), word) for one, word in zip(read, words, strict=True))


def log_likelihood_gain(model: LanguageModel, text: str, start: int, end: int, after: str) -> float:
    """How much likelier, in nats, `after` makes the text around `start..end` than what stands there now.

    The model does not tell Latin letters apart, so each costs `LATIN` more.
    """
    head = _written(text[max(start - 3 * _BEFORE, 0) : start])[-_BEFORE:]
    tail = _written(text[end : end + 2 * _AFTER])[:_AFTER]
    one, other = (
        float(model.score(head + _written(middle) + tail)[len(head) :].sum())
        for middle in (after, text[start:end])
    )
    return one - other + LATIN * (len(_LATIN.findall(text[start:end])) - len(_LATIN.findall(after)))


def _written(text: str) -> str:
    """White space as one space and sara am as one character, as the model knows them."""
    return compose_sara_am(re.sub(r"\s+", " ", text))


def _places(text: str, witness: Witness) -> Iterator[tuple[int, int]]:
    """Where the witness reads otherwise, widened to whole clusters; what touches is one place."""
    places: list[tuple[int, int]] = []
    for change in witness.changes:
        start, end = change.start, change.end
        if start == end:  # only the witness reads a character here: it belongs to the one in front of it
            start = max(start - 1, 0)
        while start > 0 and is_mark(text[start]):
            start -= 1
        while end < len(text) and (
            is_mark(text[end]) or (text[end] == SARA_AA and text[end - 1] == NIKHAHIT)
        ):
            end += 1
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
    for start, end in places:
        part = text[start:end]
        if part.strip() and "\n" not in part:
            yield start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


LATIN = 2.0
"""Nats; ln 26 would be 3.3 if all were as frequent and words of them had no rules of their own."""

_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"\S+")
_BEFORE, _AFTER = 12, 8
"""Characters of context that the language model is given."""


def _folded(text: str) -> str:
    return compose_sara_am("".join(text.split()))
