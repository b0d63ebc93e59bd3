"""Damage done to sound text as readers do it, with what would mend each letter.

All at once for a stretch of letters: misreadings after the counts of `dictionaries/confusions.csv` (with a share of
any letter for any other), letters invented, spurious spaces between letters, spaces lost. How much differs from
stretch to stretch, from none to a bad page's, so that a network learns to leave sound text alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from correction.words.denoiser.features import KEEP, NOTHING
from dictionaries.characters import BREAK, SPACE, SYMBOLS, Ids, ids
from dictionaries.confusions import ALIKE, read_confusions

_COUNT = len(SYMBOLS)
_LETTER = np.array([re.fullmatch("[\u0e01-\u0e3a\u0e40-\u0e4e]", symbol) is not None for symbol in SYMBOLS])
_MARK = np.array(
    [re.fullmatch("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", symbol) is not None for symbol in SYMBOLS]
)
_STARTS = np.array([re.fullmatch("[\u0e01-\u0e2e\u0e40-\u0e44]", symbol) is not None for symbol in SYMBOLS])
_LEADS = np.array([re.fullmatch("[\u0e40-\u0e44]", symbol) is not None for symbol in SYMBOLS])

ERRORS = (0.0, 0.0005, 0.002, 0.006, 0.015, 0.03)
ERRORS_SHARE = (0.2, 0.2, 0.2, 0.2, 0.15, 0.05)
"""Misread letters of all letters, and in which share of the stretches."""
SPURIOUS = (0.0, 0.001, 0.004, 0.012, 0.04)
SPURIOUS_SHARE = (0.4, 0.2, 0.2, 0.15, 0.05)
"""Spurious spaces, of the places where one can be."""
LOST = (0.0, 0.02, 0.1, 0.3)
LOST_SHARE = (0.5, 0.25, 0.2, 0.05)
"""Spaces lost of those between letters."""
CHANNELS_SHARE = (0.4, 0.2, 0.4)
INVENTED = 0.15
"""Letters invented for each one misread."""
WRAPPED = 0.03
"""Spaces that stand at a line's end."""
_ANY = 0.2
"""Share of the misreadings that follow no count."""


@dataclass(frozen=True, slots=True)
class NoiseChannel:
    """How letters go wrong: how often each does against the others, and what stands then (NOTHING: it is lost), as
    sums over the letters by number; and what is invented."""

    rate: NDArray[np.float64]
    instead: NDArray[np.float64]
    invented: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Damaged:
    """Damaged letters, and for each what belongs there (KEEP, NOTHING, or a letter) and what is missing behind it
    (KEEP, or a letter)."""

    letters: Ids
    here: Ids
    behind: Ids


def channels() -> tuple[NoiseChannel, ...]:
    """The channels of the table of misreadings, and that of OCR with rare misreadings nearly as frequent as common
    ones, and letters that look alike among them: another reader's misreadings are others."""
    known = read_confusions()
    rarer = {pair: 10 * count**0.5 for pair, count in known["ocr"].items() if pair[0] != pair[1]}
    for alike in ALIKE:
        for pair in permutations(alike, 2):
            rarer[pair] = rarer.get(pair, 0.0) + 15
    same = {pair: float(count) for pair, count in known["ocr"].items() if pair[0] == pair[1]}
    return tuple(_channel(counts) for counts in (known["ocr"], known["layer"], rarer | same))


def _channel(counts: Mapping[tuple[str, str], float]) -> NoiseChannel:
    seen = np.zeros(_COUNT)
    wrong = np.zeros((_COUNT, _COUNT))
    invented = np.zeros(_COUNT)
    for (truth, read), count in counts.items():
        one = int(ids(truth)[0]) if truth else NOTHING
        other = int(ids(read)[0]) if read else NOTHING
        if truth:
            seen[one] += count
        if truth and truth != read:
            wrong[one, other] += count
        elif not truth:
            invented[other] += count
    rate = np.where(_LETTER, (wrong.sum(axis=1) + 0.3) / (seen + 100.0), 0.0)
    any_letter = np.where(
        _MARK[:, None], _MARK[None, :] * 1.0, (_LETTER & ~_MARK)[None, :] * 1.0
    )  # a mark for a mark, a letter for a letter
    np.fill_diagonal(any_letter, 0.0)
    any_letter[:, NOTHING] = any_letter.sum(axis=1) * 0.3
    any_letter /= np.maximum(any_letter.sum(axis=1, keepdims=True), 1.0)
    known = wrong / np.maximum(wrong.sum(axis=1, keepdims=True), 1.0)
    trust = np.minimum(wrong.sum(axis=1, keepdims=True) / 5.0, 1.0) * (1 - _ANY)
    mixed = known * trust + any_letter * (1 - trust)
    average = float(rate[_LETTER].mean())
    spread = np.where(_LETTER, 0.75 * rate + 0.25 * average, 0.0)
    strange = invented + np.where(_LETTER, invented.sum() * _ANY / _LETTER.sum() + 0.1, 0.0)
    return NoiseChannel(spread, np.cumsum(mixed, axis=1), np.cumsum(strange) / strange.sum())


def damage(
    sound: Ids,
    channel: NoiseChannel,
    rng: np.random.Generator,
    errors: float,
    spurious: float,
    lost: float,
) -> Damaged:
    """Sound letters with about so many errors a letter, spurious spaces a place, and spaces lost of those there are."""
    size = len(sound)
    rate = channel.rate[sound]
    rate *= errors / max(float(rate.mean()), 1e-12)
    wrong = rng.random(size) < rate
    instead = np.full(size, NOTHING, np.uint8)
    at = np.flatnonzero(wrong)
    instead[at] = _drawn(channel.instead[sound[at]], rng.random(len(at)))
    before = np.concatenate([[BREAK], sound[:-1]])
    after = np.concatenate([sound[1:], [BREAK]])
    gap = (sound == SPACE) & (rng.random(size) < lost) & (before > SPACE) & (after > SPACE)
    wrong |= gap
    drop = wrong & (instead == NOTHING)
    # Which of two alike was lost nobody can say; nor what was lost where two in a row are.
    drop &= (sound != before) & (sound != after) & ~_shifted(wrong)
    drop[0] = False
    wrong &= drop | (instead != NOTHING)
    more = np.zeros(size, bool)
    more[:-1] = rng.random(size - 1) < errors * INVENTED
    more &= _LETTER[sound] & ~wrong & ~_shifted(wrong, -1)
    invented = np.full(size, SPACE, np.uint8)
    at = np.flatnonzero(more)
    invented[at] = np.searchsorted(channel.invented, rng.random(len(at)))
    spurious_here = _LETTER[sound] & ~_LEADS[sound] & _STARTS[after] & ~wrong & ~_shifted(wrong, -1) & ~more
    spurious_here &= rng.random(size) < spurious
    more = (more & (invented != after)) | spurious_here
    kept = ~drop
    counts = kept.astype(np.int64) + more
    place = np.repeat(np.arange(size), counts)
    first = np.concatenate([[True], place[1:] != place[:-1]])
    letters = np.where(first, np.where(wrong, instead, sound)[place], invented[place]).astype(np.uint8)
    here = np.where(first, np.where(wrong, sound, KEEP)[place], NOTHING).astype(np.uint8)
    behind = np.full(len(letters), KEEP, np.uint8)
    ends = np.cumsum(counts)
    gone = np.flatnonzero(drop)
    behind[ends[gone] - 1] = sound[gone]
    wrapped = (letters == SPACE) & (here == KEEP) & (rng.random(len(letters)) < WRAPPED)
    letters[wrapped] = BREAK
    return Damaged(letters, here, behind)


def page(sound: Ids, all_channels: tuple[NoiseChannel, ...], rng: np.random.Generator) -> Damaged:
    """A stretch damaged as one page might be."""
    channel = all_channels[int(rng.choice(len(all_channels), p=CHANNELS_SHARE))]
    return damage(
        sound,
        channel,
        rng,
        float(rng.choice(ERRORS, p=ERRORS_SHARE)),
        float(rng.choice(SPURIOUS, p=SPURIOUS_SHARE)),
        float(rng.choice(LOST, p=LOST_SHARE)),
    )


def _shifted(mask: NDArray[np.bool_], by: int = 1) -> NDArray[np.bool_]:
    """The mask moved towards the end (or, -1, the beginning)."""
    moved = np.roll(mask, by)
    moved[0 if by > 0 else -1] = False
    return moved


def _drawn(sums: NDArray[np.float64], draws: NDArray[np.float64]) -> Ids:
    drawn: Ids = (sums < draws[:, None] * sums[:, -1:]).sum(axis=1).astype(np.uint8)
    return drawn
