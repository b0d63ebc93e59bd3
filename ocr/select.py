"""The readers of a page and how one is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from model.errors import UsageError
from model.page import Reader, Reading
from ocr.image.prepare import Prepared
from ocr.source.limits import DEFAULT_LIMITS, Limits
from ocr.source.rasterise import Source

NAMES = ("auto", "tesseract", "text-layer")

IMPORT = "import:"
"""A reader's name that begins so goes on with the path of another engine's output."""


class PageReader(Protocol):
    """Anything that can read a page."""

    @property
    def reader(self) -> Reader:
        """The program, its version and every setting that changes what it reads, whatever the page."""

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The readings of page `number`, counted from 1, boxes in pixels of the page image.

        The first is the base reading, whose text is the raw text; the others are witnesses: what another
        reader made of the same page, kept as evidence. `prepared` is the page image made ready and `dpi`
        the page image's resolution.

        Raises:
            PageError: this page cannot be read this way; the message says what to do.
        """


Quality = Literal["usual", "best"]
"""How much work is put into a page that is read from its image: one reading by Tesseract, or several."""


def select_reader(name: str, limits: Limits = DEFAULT_LIMITS, quality: Quality = "usual") -> PageReader:
    """The reader of that name: 'auto', 'tesseract', 'text-layer', or 'import:' and the path of an engine's output.

    'auto' chooses for every page between the other two, and records why. Where Tesseract reads, `quality` says
    how often.

    Raises:
        UsageError: there is no such reader.
        BadInput: the file to import is no OCR result.
        MissingProgram: it needs a program that is not installed.
    """
    if name == "text-layer":
        from ocr.text_layer.reader import TextLayerReader

        return TextLayerReader()
    if name == "tesseract":
        from ocr.tesseract.multi_pass import tesseract_reader

        return tesseract_reader(limits, quality, chosen_by=name)
    if name == "auto":
        from ocr.ensemble.auto import AutoReader

        return AutoReader(limits, quality)
    if name.startswith(IMPORT):
        from ocr.imported.reader import ImportedReader

        return ImportedReader(Path(name.removeprefix(IMPORT)))
    raise UsageError(f"There is no reader {name!r}.", remedy=f"Choose one of {', '.join(NAMES)}.")
