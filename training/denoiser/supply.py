"""Damaged text with its clues, made by other processes while the network learns."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.words.denoiser.clues import Clues, clues
from correction.words.edits import gains_of_joining, promising
from correction.words.running import Running
from correction.words.suspicion import suspects
from dictionaries.language_model import LanguageModel, read_model
from dictionaries.letters import Ids
from training.denoiser.folds import Fold
from training.denoiser.noise import Damaged, channels, page

LENGTH = 256
"""Letters of one sample."""
PAGE = 4096
"""Letters that are damaged alike."""
_PAGES = 24


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples (count, LENGTH): the clues, and what belongs here and behind."""

    letters: Ids
    edit_here: Ids
    edit_behind: Ids
    numbers: NDArray[np.float32]
    here: Ids
    behind: Ids


def clues_of(damaged: Damaged, model: LanguageModel) -> Clues:
    """What the network would be shown of a damaged text."""
    letters = damaged.letters
    text = Running("", letters, np.arange(len(letters), dtype=np.int32), model.score_letters(letters))
    spaces, gains = gains_of_joining(text, model)
    return clues(letters, text.scores, promising(text, suspects(text), model), spaces, gains)


def samples(pages: Sequence[tuple[Damaged, LanguageModel]]) -> Batch:
    """Some pages as samples, each with a language model."""
    parts: list[list[NDArray[np.generic]]] = []
    for damaged, model in pages:
        seen = clues_of(damaged, model)
        columns = (seen.letters, seen.here, seen.behind, seen.numbers, damaged.here, damaged.behind)
        count = len(seen.letters) // LENGTH
        parts.append([c[: count * LENGTH].reshape(count, LENGTH, *c.shape[1:]) for c in columns])
    return Batch(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def batches(sources: Sequence[Fold], size: int, seed: int) -> Iterator[Batch]:
    """Samples from anywhere in the folds, for ever."""
    rng = np.random.default_rng(seed)
    ways = channels()
    texts = [(np.load(fold.letters, mmap_mode="r"), read_model(fold.model)) for fold in sources]
    while True:
        pages = []
        for _ in range(_PAGES):
            letters, model = texts[int(rng.integers(len(texts)))]
            start = int(rng.integers(0, len(letters) - PAGE))
            pages.append((page(np.asarray(letters[start : start + PAGE]), ways, rng), model))
        made = samples(pages)
        order = rng.permutation(len(made.letters))
        for first in range(0, len(order) - size + 1, size):
            chosen = order[first : first + size]
            yield Batch(*(getattr(made, name)[chosen] for name in Batch.__slots__))


class Supply:
    """Batches from processes of their own, a few ahead of the network."""

    def __init__(self, sources: Sequence[Fold], size: int, seed: int, workers: int = 1) -> None:
        context = multiprocessing.get_context("spawn")
        self._queue = context.Queue(8 * workers)
        self._workers = [
            context.Process(target=_work, args=(sources, size, seed + n, self._queue), daemon=True)
            for n in range(workers)
        ]
        for worker in self._workers:
            worker.start()

    def next(self) -> Batch:
        """The next batch."""
        batch: Batch = self._queue.get(timeout=300)
        return batch

    def close(self) -> None:
        """Stop the workers."""
        for worker in self._workers:
            worker.terminate()


def _work(sources: Sequence[Fold], size: int, seed: int, queue: multiprocessing.Queue[Batch]) -> None:
    for batch in batches(sources, size, seed):
        queue.put(batch)
