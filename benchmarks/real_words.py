"""Words put in the place of others that look like them: every word is one, and only the context is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
from pythainlp.tokenize import word_tokenize

from benchmarks.correction_text import winners
from benchmarks.judge import SourceError, around, fixes_source
from benchmarks.proportions import proportion
from dictionaries.confusions import ALIKE
from dictionaries.lexicon import Lexicon, load_lexicon

COMMON = 200
"""How often the training text has both words."""
APART = 600
"""Letters between two of them."""
SEED = 11
_MARKS = frozenset("็่้๊๋์")
_THAI = re.compile("[\u0e01-\u0e4e]{3,}")


class Swap(NamedTuple):
    """At `at` of the text with the mistakes `before` stands ("" for nothing) where `after` belongs."""

    at: int
    before: str
    after: str


def measure_real_words(texts: Sequence[str], known: Sequence[SourceError] = ()) -> dict[str, Any]:
    """How many of the words put in the place of others are found, and how many of the findings of family LEX are right
    (in texts with and without such mistakes)."""
    rng = np.random.default_rng(SEED)
    lexicon = load_lexicon()
    put = right = found = letters = 0
    missed: list[str] = []
    false: list[str] = []
    for number, sound in enumerate(texts):
        text, swaps = with_other_words(sound, lexicon, rng) if number % 2 else (sound, ())
        letters += len(text)
        put += len(swaps)
        fixed = set()
        for proposal in winners(text):
            if not proposal.rule.startswith("LEX") or fixes_source(text, proposal.edit, known):
                continue
            found += 1
            edit = proposal.edit
            hit = [s for s in swaps if _fixes(s, edit.span.start, edit.before, edit.after)]
            right += bool(hit)
            fixed.update(hit)
            if not hit:
                false.append(around(text, proposal.edit))
        missed += [text[max(s.at - 20, 0) : s.at + 20] for s in swaps if s not in fixed]
    return {
        "letters": letters,
        "precision": proportion(right, found),
        "recall": proportion(right, put),
        "missed": missed,
        "false": false,
    }


def with_other_words(sound: str, lexicon: Lexicon, rng: np.random.Generator) -> tuple[str, tuple[Swap, ...]]:
    """The text with some common words changed by one letter or mark into other common words."""
    pieces: list[str] = []
    swaps: list[Swap] = []
    copied = length = 0
    last = -APART
    for start, word in _words(sound):
        if start - last < APART or rng.random() > 0.1 or lexicon.count(word) < COMMON:
            continue
        choices = list(_others(word, lexicon))
        if not choices:
            continue
        at, letter = choices[int(rng.integers(len(choices)))]
        place = start + at
        pieces += (sound[copied:place], letter)
        length += place - copied
        swaps.append(Swap(length, letter, sound[place]))
        length += len(letter)
        copied, last = place + 1, start
    return "".join((*pieces, sound[copied:])), tuple(swaps)


def _words(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in word_tokenize(text, engine="newmm"):
        if _THAI.fullmatch(word):
            yield at, word
        at += len(word)


def _others(word: str, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """The place of a letter and what can stand there instead (or "") so that another common word comes out."""
    for at, letter in enumerate(word):
        instead = {other for group in ALIKE for one, other in permutations(group, 2) if one == letter}
        for other in sorted(instead | ({""} if letter in _MARKS else set())):
            if lexicon.count(word[:at] + other + word[at + 1 :]) >= COMMON:
                yield at, other


def _fixes(swap: Swap, start: int, before: str, after: str) -> bool:
    """Whether an edit undoes the swap: it may be written with letters around it."""
    if swap.before:
        at = swap.at - start
        return 0 <= at < len(before) and before[:at] + swap.after + before[at + 1 :] == after
    at = swap.at - start
    return 0 < at <= len(before) and before[:at] + swap.after + before[at:] == after
