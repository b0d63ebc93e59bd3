"""A page as it was read: images, readings, boxes. Boxes are pixels of the page image."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.account import Account
from model.box import Box, box_around
from model.edit import Span, text_sha256
from model.mark import Mark
from model.region import Region


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

    @property
    def imported(self) -> str:
        """In which format the text came from another program's file; empty where somebody here has read the page."""
        return self.says("format") if self.says("sha256") else ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader read on one page, for ever unchanged.

    `boxes`, `confidences` and `gaps` have one entry for each code point of `text`. A box is None for
    white space and wherever the reader knows none; a confidence is the reader's own, 0 to 1, None
    where it gives none; a gap is the ink-free distance to the next letter of the line in pixels,
    None where there is no next letter or no image. `marks`: what else is to be known of places of the text.
    """

    page: int
    reader: Reader
    text: str
    lines: tuple[Line, ...]
    boxes: tuple[Box | None, ...]
    confidences: tuple[float | None, ...]
    gaps: tuple[float | None, ...]
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        size = len(self.text)
        if not len(self.boxes) == len(self.confidences) == len(self.gaps) == size:
            raise ValueError("boxes, confidences and gaps need one entry for each code point")
        if any(mark.span.end > size for mark in self.marks):
            raise ValueError("a mark reaches beyond the text")

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


Point = tuple[float, float]
"""A place of an image, x and y in pixels: the first pixel's corner is (0, 0) and its centre (0.5, 0.5)."""


@dataclass(frozen=True, slots=True)
class Rectification:
    """A sheet cut out of the page image and made flat: a rectified image of `width` by `height` pixels.

    `nodes` are points of the page image, rows by columns, at least two each: where the nodes of a regular grid from
    corner to corner of the rectified image lie. Between the nodes a place is found bilinearly. Two by two nodes change
    the scale, more of them straighten perspective and curl.
    """

    width: int
    height: int
    nodes: tuple[tuple[Point, ...], ...]

    def __post_init__(self) -> None:
        columns = {len(row) for row in self.nodes}
        if min(self.width, self.height) < 1 or len(self.nodes) < 2 or len(columns) != 1 or min(columns) < 2:
            raise ValueError("a rectified image needs a size and a grid of two by two nodes at least")


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was done to the page image before it was read.

    A sheet in it was rectified where `rectification` says how; then the image was turned by `quarter_turns` times 90
    degrees clockwise, then by `skew` degrees (positive is clockwise) around its centre on a canvas of the same size;
    `steps` says in words what else was done. Boxes are in the frame before all of it.
    """

    quarter_turns: int = 0
    skew: float = 0.0
    steps: tuple[str, ...] = ()
    rectification: Rectification | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: where it comes from, how it looks and what was read on it.

    `document` is the SHA-256 of the source file, `number` counts from 1, `image_sha256` names the
    rasterised page image (PNG) in the store. The first reading is the base reading: its text is the
    raw text. `width` and `height` are pixels. `regions`: what is drawn on it and was found, such as tables with their
    cells. `account` holds the page's ink against the letters of the base reading, None where that was not done.
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
    account: Account | None = None

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
