"""Damaged text with what the network is shown of it, made by other processes while the network learns."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.words.anomalies import anomaly_positions
from correction.words.denoiser.features import NetworkInput, network_input
from correction.words.edits import candidate_edits, space_deletion_gains
from correction.words.reflow import ReflowedText
from dictionaries.characters import Ids
from dictionaries.language_model import LanguageModel, read_model
from training.denoiser.folds import TextFold
from training.denoiser.noise import Damaged, channels, page

LENGTH = 256
"""Letters of one sample."""
PAGE = 4096
"""Letters that are damaged alike."""
_PAGES = 24


@dataclass(frozen=True, slots=True)
class DenoiserBatch:
    """Samples (count, LENGTH): the network's input, and what belongs here and behind."""

    letters: Ids
    edit_here: Ids
    edit_behind: Ids
    numbers: NDArray[np.float32]
    here: Ids
    behind: Ids


def input_of(damaged: Damaged, model: LanguageModel) -> NetworkInput:
    """What the network would be shown of a damaged text."""
    letters = damaged.letters
    scores = model.score_characters(letters)
    reflowed = ReflowedText("", letters, np.arange(len(letters), dtype=np.int32), scores)
    spaces, gains = space_deletion_gains(reflowed, model)
    edits = candidate_edits(reflowed, anomaly_positions(reflowed), model)
    return network_input(letters, scores, edits, spaces, gains)


def samples(pages: Sequence[tuple[Damaged, LanguageModel]]) -> DenoiserBatch:
    """Some pages as samples, each with a language model."""
    parts: list[list[NDArray[np.generic]]] = []
    for damaged, model in pages:
        shown = input_of(damaged, model)
        seen = (shown.symbols, shown.replacement, shown.insertion, shown.numbers)
        columns = (*seen, damaged.here, damaged.behind)
        count = len(shown.symbols) // LENGTH
        parts.append([c[: count * LENGTH].reshape(count, LENGTH, *c.shape[1:]) for c in columns])
    return DenoiserBatch(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def batches(sources: Sequence[TextFold], size: int, seed: int) -> Iterator[DenoiserBatch]:
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
            yield DenoiserBatch(*(getattr(made, name)[chosen] for name in DenoiserBatch.__slots__))


class DenoiserSupply:
    """Batches from processes of their own, a few ahead of the network."""

    def __init__(self, sources: Sequence[TextFold], size: int, seed: int, workers: int = 1) -> None:
        context = multiprocessing.get_context("spawn")
        self._queue = context.Queue(8 * workers)
        self._workers = [
            context.Process(target=_work, args=(sources, size, seed + n, self._queue), daemon=True)
            for n in range(workers)
        ]
        for worker in self._workers:
            worker.start()

    def next(self) -> DenoiserBatch:
        """The next batch."""
        batch: DenoiserBatch = self._queue.get(timeout=300)
        return batch

    def close(self) -> None:
        """Stop the workers."""
        for worker in self._workers:
            worker.terminate()


def _work(
    sources: Sequence[TextFold], size: int, seed: int, queue: multiprocessing.Queue[DenoiserBatch]
) -> None:
    for batch in batches(sources, size, seed):
        queue.put(batch)
