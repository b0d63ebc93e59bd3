"""Batches of training lines from a process of their own, so that rendering and learning share the cores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.line_reader.alphabet import CHARACTERS
from ocr.line_reader.geometry import HEIGHT
from training.line_reader.fonts import Face, choose, faces, latin
from training.line_reader.render import Renderer
from training.line_reader.texts import Texts

COLUMNS = 7200
"""Columns of a batch, all lines together: the same work for many short lines as for a few long ones."""


@dataclass(frozen=True, slots=True)
class TrainingBatch:
    """Lines of about one width: `lines` (count, 40, width) with ink 255, their texts, and their own widths."""

    lines: NDArray[np.uint8]
    texts: tuple[str, ...]
    widths: tuple[int, ...]


def drawn(
    source: Texts,
    renderer: Renderer,
    known: list[Face],
    draw: random.Random,
    longest: int,
    *,
    kind: str = "",
    damage: str = "",
) -> tuple[NDArray[np.uint8], str]:
    """One line and its text; of a kind and a damage where they are named."""
    while True:
        sample = source.line(longest, kind)
        face = choose(known, sample.text, draw)
        if face is not None and set(sample.text) <= set(CHARACTERS):
            return renderer.line(sample, face, damage, latin(known, draw)), sample.text


def batches(
    texts: list[Path], fonts: list[Path], seed: int, longest: int, *, held_out: bool = False
) -> Iterator[TrainingBatch]:
    """Endless batches; the same ones for the same seed and files."""
    draw = random.Random(seed)
    known = faces(fonts, held_out=held_out)
    source, renderer = Texts(texts, seed), Renderer(seed)
    while True:
        pool = [drawn(source, renderer, known, draw, longest) for _ in range(160)]
        pool.sort(key=lambda made: made[0].shape[1])
        cut: list[list[tuple[NDArray[np.uint8], str]]] = [[]]
        for made in pool:
            if cut[-1] and (len(cut[-1]) + 1) * made[0].shape[1] > COLUMNS:
                cut.append([])
            cut[-1].append(made)
        draw.shuffle(cut)
        yield from map(stack, cut)


def stack(made: list[tuple[NDArray[np.uint8], str]]) -> TrainingBatch:
    """Lines of about one width as a batch."""
    width = -(-max(line.shape[1] for line, _ in made) // 8) * 8
    lines = np.zeros((len(made), HEIGHT, width), np.uint8)
    for row, (line, _) in enumerate(made):
        lines[row, :, : line.shape[1]] = line
    return TrainingBatch(lines, tuple(text for _, text in made), tuple(line.shape[1] for line, _ in made))


class Supply:
    """Batches made by another process, a few ahead. `longest` can grow while it runs."""

    def __init__(self, texts: list[Path], fonts: list[Path], seed: int, longest: int) -> None:
        context = get_context("spawn")
        self._queue = context.Queue(maxsize=24)
        self.longest = context.Value("i", longest)
        arguments = (self._queue, self.longest, texts, fonts, seed)
        self._process = context.Process(target=_fill, args=arguments, daemon=True)
        self._process.start()

    def next(self) -> TrainingBatch:
        """The next batch.

        Raises:
            queue.Empty: the other process has made none for two minutes.
        """
        batch: TrainingBatch = self._queue.get(timeout=120)
        return batch

    def close(self) -> None:
        """Ends the other process."""
        self._process.terminate()
        self._process.join()


def _fill(queue, longest, texts: list[Path], fonts: list[Path], seed: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    cv2.setNumThreads(1)
    at, stream = 0, None
    while True:
        if stream is None or longest.value != at:
            at = longest.value
            stream = batches(texts, fonts, seed + at, at)
        queue.put(next(stream))
