"""How good the network is on damaged text that neither it nor the language model has seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from correction.words.denoiser.features import KEEP, NOTHING
from dictionaries.characters import SPACE
from dictionaries.language_model import load
from training.denoiser.noise import channels, damage
from training.denoiser.supply import PAGE, DenoiserBatch, samples

_PAGES = 60
_SEED = 5
_MISREAD, _SPURIOUS, _LOST = 0.006, 0.006, 0.05
_EDGE = 12
_PRECISIONS = (0.95, 0.98, 0.99, 0.995)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Held:
    """Damaged pages of the tuning part."""

    batch: DenoiserBatch

    def judge(self, here: Floats, behind: Floats) -> str:
        """Loss, and the recall of spurious spaces and misread letters at some precisions, in words, from log
        probabilities."""
        inner = slice(_EDGE, self.batch.here.shape[1] - _EDGE)
        right_here, right_behind = self.batch.here[:, inner], self.batch.behind[:, inner]
        here, behind = here[:, inner], behind[:, inner]
        loss = -np.take_along_axis(here, right_here[..., None].astype(int), -1).mean()
        loss -= np.take_along_axis(behind, right_behind[..., None].astype(int), -1).mean()
        space = self.batch.letters[:, inner] == SPACE
        odds = here[..., NOTHING] - here[..., KEEP]
        spaces = recall(odds[space], right_here[space] == NOTHING, int((right_here[space] == NOTHING).sum()))
        chosen, correct, wrong = [], [], 0
        for scores, answer in ((here, right_here), (behind, right_behind)):
            best = scores.copy()
            best[..., KEEP] = best[..., SPACE] = -99.0
            guess = best.argmax(-1)
            asked = ~space
            chosen.append((best.max(-1) - scores[..., KEEP])[asked])
            correct.append((guess == answer)[asked])
            wrong += int(((answer != KEEP) & (answer != SPACE) & asked).sum())
        letters = recall(np.concatenate(chosen), np.concatenate(correct), wrong)
        return f"loss {loss:.5f}, spurious spaces {spaces}, letters {letters} at {_PRECISIONS}"


def held_back(tune: Path) -> Held:
    """The first pages of the tuning part, damaged the same way every time."""
    corpus = np.load(tune, mmap_mode="r")
    rng = np.random.default_rng(_SEED)
    channel = channels()[0]
    starts = range(0, min(_PAGES * PAGE, len(corpus) - PAGE + 1), PAGE)
    made = [
        damage(np.asarray(corpus[s : s + PAGE]), channel, rng, _MISREAD, _SPURIOUS, _LOST) for s in starts
    ]
    return Held(samples([(one, load()) for one in made]))


def recall(odds: Floats, right: NDArray[np.bool_], total: int) -> tuple[float, ...]:
    """The share found at each of `_PRECISIONS`, the odds going down as far as the precision allows."""
    hits = np.cumsum(right[np.argsort(-odds, kind="stable")])
    precision = hits / np.arange(1, len(hits) + 1)
    found = []
    for least in _PRECISIONS:
        ends = np.flatnonzero(precision >= least)
        found.append(round(float(hits[ends[-1]]) / max(total, 1), 4) if len(ends) else 0.0)
    return tuple(found)
