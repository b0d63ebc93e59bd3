"""What a reading engine is: something that makes readers, and what a reader does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from model.page import Reader, Reading
from ocr.image.prepare import Prepared
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.source.rasterise import Source


class PageReader(Protocol):
    """Anything that can read a page."""

    @property
    def reader(self) -> Reader:
        """The program, its version and every setting that changes what it reads, whatever the page."""

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The readings of page `number`, counted from 1, boxes in pixels of the page image.

        The first is the base reading, whose text is the raw text; the others are witnesses: what another
        reader made of the same page, kept as evidence. `prepared` is the page image made ready and `dpi`
        the page image's resolution. Pages are read by several threads at a time.

        Raises:
            PageError: this page cannot be read this way; the message says what to do.
        """


ReadingQuality = Literal["standard", "best"]
"""How much work is put into a page that is read from its image: what is usual, or all that the readers can do."""

SecondReader = Literal["doubtful", "all", "off"]
"""Which lines a second reader reads, too: those that the first is not sure of, all, or none."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """With what a reader is made.

    `limits`: how much of the machine it may use for a page. `quality`: how much work it puts into a page, if it has a
    choice. `second_reader`: which lines another reader is asked about. `chosen_by`: the name of the engine that was
    asked for, which is on record with every reading.
    """

    limits: Limits = DEFAULT_LIMITS
    quality: ReadingQuality = "standard"
    second_reader: SecondReader = "doubtful"
    chosen_by: str = "auto"


EngineFactory = Callable[[EngineOptions], PageReader]
"""What an entry point of `chamra.engines` names. It raises MissingProgram where a program or a model is missing."""
