"""Which letters are changed on purpose in what a reviewer is shown: it follows from the page, who looks, and a secret.

A letter is taken for one that readers take it for, a digit for a digit. It stands in a line of which nothing is said:
where a finding stands everybody looks anyway. Letter for letter and mark for mark, so that every offset of a line stays
what it is.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from dictionaries.confusions import DEAREST, load_confusions
from model.edit import Span
from model.seed import Seed, SeedOutcome
from model.thai import is_mark
from reports.lines import raw_lines


def seeds_for(
    secret: bytes,
    document: str,
    page: int,
    account: str,
    text: str,
    taken: Collection[Span],
    *,
    rate: int,
) -> tuple[Seed, ...]:
    """The letters of a reading that this account is shown otherwise, in order of place; at most one in a line.

    `taken` are the places about which something was found, `rate` how many letters on 100 pages. How many there are
    on one page is drawn, too: whoever has found one does not know whether it was the last.
    """
    key = f"{document}:{page}:{account}:{hashlib.sha256(text.encode()).hexdigest()}"
    draw = random.Random(hmac.digest(secret, key.encode(), "sha256"))
    wanted = _poisson(draw, rate / 100)
    lines = [line for line in raw_lines(text) if not any(_meets(line, span) for span in taken)]
    draw.shuffle(lines)
    found: list[Seed] = []
    for line in lines:
        if len(found) == wanted:
            break
        places = [at for at in range(line.start, line.end) if text[at] in _misreadings()]
        if places:
            at = draw.choice(places)
            letters, weights = zip(*_misreadings()[text[at]], strict=True)
            shown = draw.choices(letters, weights)[0]
            if shown not in text[max(0, at - 1) : at + 2]:  # two equal letters cannot be told apart
                found.append(Seed(at, text[at], shown))
    return tuple(sorted(found, key=lambda one: one.start))


_DIGITS_ALIKE = (
    "17", "23", "38", "49", "56", "58", "08", "69", "๐๑", "๑๗", "๒๖", "๓๗", "๔๕", "๔๘", "๕๘", "๘๙",
)  # fmt: skip
"""Digits that are read for each other: of one script, for a digit of the other would be seen at once. How often each is
nobody has counted, so each of them is as likely."""


@dataclass(frozen=True, slots=True)
class Unseeded:
    """What somebody wrote over a line that was shown changed, without the letters that they left in it; what became of
    each; whether it cannot be told what they wrote and what they were only shown."""

    text: str
    outcomes: tuple[SeedOutcome, ...]
    unclear: bool


def unseeded(true: str, shown: str, seeds: Sequence[Seed], written: str) -> Unseeded:
    """Put the letters of a line back that was written anew; the places of `seeds` are places of the line."""
    letters = list(written)
    kept: dict[int, int] = {}
    for block in SequenceMatcher(None, shown, written, autojunk=False).get_matching_blocks():
        kept |= {block.a + step: block.b + step for step in range(block.size)}
    outcomes = []
    for one in seeds:
        at = kept.get(one.start)
        if at is not None:
            letters[at] = one.before
        outcomes.append(SeedOutcome.CAUGHT if at is None else SeedOutcome.MISSED)
    text = "".join(letters)
    return Unseeded(text, tuple(outcomes), _is_unclear(true, text, seeds))


def _is_unclear(true: str, text: str, seeds: Sequence[Seed]) -> bool:
    """True where a changed letter is in what was written over its place or just beside it, or where nothing is written
    there any more: of two equal letters one may have been taken for the other."""
    return any(
        kind != "equal"
        and i <= one.start + 1
        and one.start <= j
        and (one.shown in text[k:m] or (k == m and one.start < j))
        for kind, i, j, k, m in SequenceMatcher(None, true, text, autojunk=False).get_opcodes()
        for one in seeds
    )


@lru_cache(maxsize=1)
def _misreadings() -> Mapping[str, Sequence[tuple[str, float]]]:
    """What each letter is read as, with its relative frequency."""
    found: dict[str, list[tuple[str, float]]] = {}
    for (truth, read), cost in load_confusions().table.items():
        if truth and read and cost < DEAREST and is_mark(truth) == is_mark(read):
            found.setdefault(truth, []).append((read, math.exp(-cost)))
    for alike in _DIGITS_ALIKE:
        for truth in alike:
            found.setdefault(truth, []).extend((read, 1.0) for read in alike if read != truth)
    return found


def _meets(line: Span, span: Span) -> bool:
    return line.overlaps(span) or line.start <= span.start <= line.end or line.start < span.end <= line.end


def _poisson(draw: random.Random, mean: float) -> int:
    """D. E. Knuth, The Art of Computer Programming 2, 3.4.1: how many times something happens that is rare."""
    limit, product, count = math.exp(-mean), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count
