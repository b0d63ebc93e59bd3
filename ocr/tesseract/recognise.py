"""Tesseract, one process a page: its plain text as the raw text, its symbols as boxes and confidences."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dictionaries.code_identity import code_identity
from model.box import Box, box_around
from model.errors import EngineFailed, MissingProgram, NoSpace
from model.page import Line, Reader, Reading
from ocr.image.prepare import Prepared, TesseractSettings
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.scratch import scratch_folder
from ocr.source.rasterise import Source
from ocr.tesseract import probe, program
from ocr.tesseract.align import Alignment, align
from ocr.tesseract.gaps import ink_gaps, with_column_gaps
from ocr.tesseract.hocr import SymbolLine, parse_hocr

LANGUAGES = ("tha", "eng")
"""Thai first. With Thai alone Latin words come out in Thai letters, two thirds of all errors on clean pages;
with English first every Thai letter is split from the next."""


class TesseractReader:
    """Reads prepared pages with Tesseract 5, by default with `tha+eng`.

    Raises (on creation):
        MissingProgram: Tesseract or a language is missing or too old.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        *,
        chosen_by: str = "tesseract",
        languages: Sequence[str] = LANGUAGES,
    ) -> None:
        found = probe.tesseract(LANGUAGES)
        self._limits = limits
        self._languages = tuple(languages)
        models = tuple((f"model:{name}", sha256[:16]) for name, sha256 in found.models)
        settings = {
            ("chosen", chosen_by),
            ("code", code_identity(__name__)),
            ("column gaps", "tab"),
            ("languages", "+".join(languages)),
            *models,
        }
        self._reader = Reader("tesseract", found.version, tuple(sorted(settings)))

    @property
    def reader(self) -> Reader:
        """Name, version, languages and models; how the page is laid out is in its preparation."""
        return self._reader

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The one reading of a prepared page; an empty one when the page is blank.

        Raises:
            PageError: Tesseract failed, took too long or wrote nonsense.
            MissingProgram: it has vanished since the reader was made.
            NoSpace: the temporary folder is full.
        """
        if prepared.quality.blank:
            return (Reading(number, self._reader, "", (), (), (), ()),)
        where = place_of(source, number)
        tops = (0, *prepared.band_borders)
        bands = np.split(prepared.image, prepared.band_borders)
        text, hocr = run_tesseract(bands, dpi, prepared.settings, self._limits, where, self._languages)
        try:
            lines = parse_hocr(hocr, tops)
        except ValueError as error:
            raise EngineFailed(
                f"{where}: Tesseract wrote no usable character boxes: {error}.", remedy=AGAIN
            ) from error
        return (reading(number, self._reader, text, lines, prepared),)


def place_of(source: Source, number: int) -> str:
    """How errors call a page."""
    return f"{source.name}, page {number}"


AGAIN = "Read the page again; if that fails, transcribe or waive it."
"""What to do about a page that Tesseract could not read."""


def reading(
    number: int, reader: Reader, text: str, lines: tuple[SymbolLine, ...], prepared: Prepared
) -> Reading:
    """The reading that Tesseract's plain text and symbol lines amount to, boxes in the page image's frame.

    Tesseract writes one space for any gap; one between columns is a TAB here.
    """
    alignment = align(text, [[symbol.text for symbol in line.symbols] for line in lines])
    symbol_boxes = [[prepared.to_page(symbol.box) for symbol in line.symbols] for line in lines]
    boxes: list[Box | None] = []
    confidences: list[float | None] = []
    for place in alignment.symbols:
        if place is None:
            boxes.append(None)
            confidences.append(None)
        else:
            line, index = place
            boxes.append(symbol_boxes[line][index])
            confidences.append(round(lines[line].symbols[index].confidence, 4))
    gaps = ink_gaps(prepared.image, text, lines, alignment)
    text = with_column_gaps(text, lines, alignment, gaps)
    return Reading(
        number, reader, text, _lines(alignment, lines, prepared), tuple(boxes), tuple(confidences), gaps
    )


def _lines(alignment: Alignment, lines: tuple[SymbolLine, ...], prepared: Prepared) -> tuple[Line, ...]:
    """The printed lines, each with the box of the symbol lines that its characters belong to."""
    found: list[Line] = []
    for row in alignment.rows:
        owners = {place[0] for place in alignment.symbols[row.start : row.end] if place is not None}
        box = box_around(lines[owner].box for owner in owners)
        found.append(Line(row, None if box is None else prepared.to_page(box)))
    return tuple(found)


def run_tesseract(
    bands: Sequence[NDArray[np.uint8]],
    dpi: float,
    settings: TesseractSettings,
    limits: Limits,
    where: str,
    languages: Sequence[str] = LANGUAGES,
    separator: str = "",
) -> tuple[str, str]:
    """Tesseract's plain text and hOCR of a grey image in one or more bands, from one run.

    `limits` say how long it may take and how much memory; `where` names file and page in errors; `separator` parts the
    texts of the bands.
    """
    config = (
        f"--psm {settings.segmentation} --dpi {round(dpi)} -c hocr_char_boxes=1 -c page_separator={separator} "
        f"-c thresholding_method={settings.thresholding} -c textord_min_linesize={settings.line_size:g}"
    )
    try:
        with scratch_folder() as folder:
            pages = [Path(folder, f"band{number}.pgm") for number in range(len(bands))]
            for page, band in zip(pages, bands, strict=True):
                # The plainest format: nothing to compress here and nothing to decompress there.
                page.write_bytes(b"P5 %d %d 255\n" % (band.shape[1], band.shape[0]) + band.tobytes())
            listed = Path(folder, "bands.txt")
            listed.write_text("".join(f"{page}\n" for page in pages))
            base = Path(folder, "read")
            ended = program.run(listed, base, languages, config, limits)
            if ended.status:
                raise EngineFailed(f"{where}: {_how_it_failed(ended)}.", remedy=AGAIN)
            return _written(base, ".txt"), _written(base, ".hocr")
    except TimeoutError as error:
        reason = f"{where}: Tesseract took longer than {limits.recognise_seconds:g} s and was stopped."
        raise EngineFailed(reason, remedy=AGAIN) from error
    except (FileNotFoundError, UnicodeDecodeError) as error:
        if getattr(error, "filename", None) == "tesseract":
            raise MissingProgram("Tesseract is not installed.", remedy=probe.REMEDY) from error
        reason = f"{where}: Tesseract ended well but wrote no usable text."
        raise EngineFailed(reason, remedy=AGAIN) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace(
                f"{where}: no space in {tempfile.gettempdir()}.", remedy="Free some, or set TMPDIR."
            ) from error
        reason = f"{where}: Tesseract cannot be run: {error}."
        raise EngineFailed(reason, remedy=AGAIN) from error


def _written(base: Path, suffix: str) -> str:
    # Not read_text: a carriage return that Tesseract read is a character of its text.
    return base.with_suffix(suffix).read_bytes().decode("utf-8")


def _how_it_failed(ended: program.Ended) -> str:
    message = ended.said[-300:]
    if "bad_alloc" in message or "llocat" in message:
        return f"Tesseract ran out of memory ({message})"
    if ended.status < 0:
        return f"Tesseract crashed (signal {-ended.status}{'; ' + message if message else ''})"
    return f"Tesseract ended with status {ended.status} ({message or 'no message'})"
