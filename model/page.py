"""A page as it was read: images, readings, boxes. Boxes are pixels of the page image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from model.edit import Span, text_sha256
from model.region import CheckState, ReadingDirection, RegionKind, TableCellRole


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in pixels of the page image as rasterised, origin top left; right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"not a box: {self}")

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def box_around(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around those that are known, None where none is."""
    known = [box for box in boxes if box is not None]
    return reduce(Box.union, known) if known else None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its span without the newline, and its box where the reader knows one."""

    span: Span
    box: Box | None


OF_ONE_PAGE = frozenset({"because", "repaired", "score"})
"""Settings of a reader that speak of one page."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Which program read a text, in which version, with which settings: (name, value) pairs, sorted.

    Among the settings of a reading's reader may be what it has to say of that page: `because` (why it was chosen),
    `score` (what it thinks of the page's text layer), `repaired` (what it mended).
    """

    name: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def program(self) -> Reader:
        """The reader without what it says of a single page."""
        general = tuple(pair for pair in self.settings if pair[0] not in OF_ONE_PAGE)
        return Reader(self.name, self.version, general)

    def says(self, name: str) -> str:
        """One of its settings, empty where it has none of that name."""
        return dict(self.settings).get(name, "")

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader read on one page, for ever unchanged.

    `boxes`, `confidences` and `gaps` have one entry for each code point of `text`. A box is None for
    white space and wherever the reader knows none; a confidence is the reader's own, 0 to 1, None
    where it gives none; a gap is the ink-free distance to the next letter of the line in pixels,
    None where there is no next letter or no image.
    """

    page: int
    reader: Reader
    text: str
    lines: tuple[Line, ...]
    boxes: tuple[Box | None, ...]
    confidences: tuple[float | None, ...]
    gaps: tuple[float | None, ...]

    def __post_init__(self) -> None:
        size = len(self.text)
        if not len(self.boxes) == len(self.confidences) == len(self.gaps) == size:
            raise ValueError("boxes, confidences and gaps need one entry for each code point")

    @property
    def sha256(self) -> str:
        """SHA-256 of the raw text in UTF-8."""
        return text_sha256(self.text)

    def box_of(self, span: Span) -> Box | None:
        """The smallest box around the characters of a span, None where no box of them is known."""
        return box_around(self.boxes[span.start : span.end])

    @classmethod
    def of_text(cls, text: str, reader: Reader, page: int = 1) -> Reading:
        """A reading without an image: a text that is already text."""
        lines: list[Line] = []
        start = 0
        for row in text.split("\n"):
            lines.append(Line(Span(start, start + len(row)), None))
            start += len(row) + 1
        nothing = (None,) * len(text)
        return cls(page, reader, text, tuple(lines), nothing, nothing, nothing)


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured on a page image before it was read.

    `x_height`: median height of consonant-sized ink, pixels (0 when there is none). `contrast`: paper
    minus ink grey level, 0 to 1. `noise`: standard deviation of the paper's grey level, 0 to 1.
    `sharpness`: variance of the Laplacian over the ink's edges, relative, higher is sharper. `ink`:
    share of dark pixels, 0 to 1. `blank`: nothing on the page that could be text.
    """

    x_height: float
    contrast: float
    noise: float
    sharpness: float
    ink: float
    blank: bool


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was done to the page image before it was read.

    The image was turned by `quarter_turns` times 90 degrees clockwise, then by `skew` degrees
    (positive is clockwise) around its centre on a canvas of the same size; `steps` says in words
    what else was done. Boxes are in the frame before either.
    """

    quarter_turns: int = 0
    skew: float = 0.0
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A place on a page image and what is there.

    `box`: pixels. `order`: its place in the reading order among the regions beside it, from 0, None where it has none.
    `parts`: the regions that lie in it, a table's cells row by row. `cell`: of a cell alone. `state`: of a check box
    alone. `span`: the stretch of the page's base reading that is its text, None where it has none or none is known.
    """

    kind: RegionKind
    box: Box
    order: int | None = None
    direction: ReadingDirection = ReadingDirection.LEFT_TO_RIGHT
    parts: tuple[Region, ...] = ()
    cell: TableCellRole | None = None
    state: CheckState | None = None
    span: Span | None = None

    def __post_init__(self) -> None:
        if (self.kind is RegionKind.CELL) != (self.cell is not None):
            raise ValueError("a cell, and nothing else, has a place in a table")
        if (self.kind is RegionKind.CHECK_BOX) != (self.state is not None):
            raise ValueError("a check box, and nothing else, has a state")

    @property
    def row_count(self) -> int:
        """Rows of a table, 0 for other regions."""
        return max((part.cell.row + part.cell.row_span for part in self.parts if part.cell), default=0)

    @property
    def column_count(self) -> int:
        """Columns of a table, 0 for other regions."""
        return max((part.cell.column + part.cell.column_span for part in self.parts if part.cell), default=0)

    def walk(self) -> Iterator[Region]:
        """The region and all that lie in it, from the outside in."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: where it comes from, how it looks and what was read on it.

    `document` is the SHA-256 of the source file, `number` counts from 1, `image_sha256` names the
    rasterised page image (PNG) in the store. The first reading is the base reading: its text is the
    raw text. `width` and `height` are pixels. `regions`: what is drawn on it and was found, such as tables with their
    cells.
    """

    document: str
    number: int
    image_sha256: str
    width: int
    height: int
    dpi: float
    quality: Quality
    readings: tuple[Reading, ...]
    preparation: Preparation = field(default_factory=Preparation)
    regions: tuple[Region, ...] = ()

    @property
    def reading(self) -> Reading:
        """The base reading."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class FailedPage:
    """A page that could not be read, and why, in words for the operator."""

    document: str
    number: int
    reason: str
