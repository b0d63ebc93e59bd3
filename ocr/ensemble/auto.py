"""Choosing a reader for each page: the PDF's own text where it holds, its image where it does not."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dictionaries.code_identity import code_identity
from model.errors import EngineFailed, PageError
from model.page import Reader, Reading
from ocr.engine import EngineOptions, PageReader
from ocr.ensemble import cascade
from ocr.ensemble.picture_text import with_picture_text
from ocr.ensemble.pictured import without_pictured
from ocr.image.prepare import Prepared
from ocr.page_image import made_ready
from ocr.source.rasterise import Source
from ocr.text_layer.contest import Contest, contest
from ocr.text_layer.glyphs import GlyphPage
from ocr.text_layer.mapping import Votes
from ocr.text_layer.reader import TextLayer, TextLayerReader, pictures
from ocr.text_layer.votes import ballot, together

VERSION = "1"
"""A label for people; the code itself is among the reader's settings."""

SAMPLES = 2
"""Pages of a document that OCR reads besides, as proof: one of up to `SHORT` pages."""

SHORT = 4
TRIES = 4
"""Pages that are looked at for one to sample: a document may begin with scans."""

FEWEST = 100
"""Characters that a page must have to prove anything."""

ROUNDS = 2
"""How often votes are taken: gazette pages agree with OCR to 42, 84 and 89 % before, after one and after two."""

DOCUMENTS = 64
"""Documents whose samples are kept: pages of one document come close together."""


@dataclass(frozen=True, slots=True)
class SampledPage:
    """A page that was read both ways: what it draws, its image made ready, OCR's readings and where they settle it."""

    number: int
    glyphs: GlyphPage
    prepared: Prepared
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class OcrSample:
    """What OCR made of a few pages of a document: its readings by page, and what it read where glyphs stand.

    `agreement`: on what share of the characters OCR and the mended text layer agree, 0 to 1; None when no page could
    be sampled. `contradicts`: on one of the pages OCR's is the better text; then no page is taken on trust.
    """

    readings: Mapping[int, tuple[Reading, ...]] = field(default_factory=dict)
    votes: Votes = field(default_factory=dict)
    agreement: float | None = None
    contradicts: bool = False


class AutoReader:
    """Reads a page by its text layer when that can be trusted, else by OCR; either way says why.

    The other reading is kept as a witness where it was made anyway: the text layer's costs nothing, OCR's exists
    for the few pages of a document that are read both ways as proof.

    `ocr` reads page images in the cascade's place.

    Raises (on creation):
        MissingProgram: Tesseract or a language is missing or too old.
    """

    def __init__(self, options: EngineOptions | None = None, ocr: PageReader | None = None) -> None:
        self._layer = TextLayerReader()
        self._ocr = cascade.engine(options or EngineOptions()) if ocr is None else ocr
        self._samples: OrderedDict[tuple[str, int, int], tuple[threading.Lock, OcrSample | None]] = (
            OrderedDict()
        )
        self._lock = threading.Lock()

    @property
    def reader(self) -> Reader:
        """Both readers, their versions and settings, and the code that chooses between them."""
        both = [
            (f"{reader.name}:{name}", value)
            for reader in (self._layer.reader, self._ocr.reader)
            for name, value in (("version", reader.version), *reader.settings)
        ]
        return Reader("auto", VERSION, tuple(sorted([*both, ("code", code_identity(__name__))])))

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The reading of the page by the reader that was chosen for it, then the other's, if there is one. The letters
        in pictures that are no part of its text are read apart.

        Raises:
            PageError: neither can read the page.
        """
        base, *others = self._chosen(source, number, prepared, dpi)

        def read_picture(picture: Prepared) -> tuple[Reading, ...]:
            return self._ocr.read(source, number, picture, dpi)

        return (with_picture_text(base, prepared, read_picture, dpi), *others)

    def _chosen(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        if source.kind != "pdf":
            return self._ocr.read(source, number, prepared, dpi)
        try:
            glyphs = source.glyphs(number)
        except PageError as error:
            return self._by_ocr(source, number, prepared, dpi, f"the text layer is of no use: {error}")
        layer = self._layer.analyse(glyphs, prepared)
        if glyphs is None or layer is None:
            return self._by_ocr(source, number, prepared, dpi, "the page has no text layer")
        if layer.verdict.against:
            why = _distrust(layer.verdict.against)
            return self._by_ocr(source, number, prepared, dpi, why, layer)
        sample = self._sample(source)
        if sample.votes:
            layer = self._layer.analyse(glyphs, prepared, sample.votes) or layer
        known = sample.readings.get(number)
        if known is None and layer.verdict.sound and not sample.contradicts:
            why = f"nothing speaks against the text layer{_proof(sample)}"
            return (self._layer.reading(number, layer, prepared, chosen_by="auto", why=why),)
        readings = known or self._ocr.read(source, number, prepared, dpi)
        return self._better(SampledPage(number, glyphs, prepared, readings), layer, sample)

    def _better(self, page: SampledPage, layer: TextLayer, sample: OcrSample) -> tuple[Reading, ...]:
        """The reading of a page that was read both ways: whichever is its text, then the other."""
        if page.number not in sample.readings:
            votes = self._votes([page], sample.votes)
            layer = self._layer.analyse(page.glyphs, page.prepared, votes) or layer
        found = self._contest(page, layer)
        if found.against:
            why = _distrust((*layer.verdict.doubts, *found.against))
            layer_reading = self._layer.reading(page.number, layer, page.prepared, chosen_by="auto", why=why)
            return (*_as_text(page.readings, why, page.glyphs, page.prepared), layer_reading)
        why = f"nothing speaks against the text layer, and {found.outcome}"
        return (
            self._layer.reading(page.number, layer, page.prepared, chosen_by="auto", why=why),
            *page.readings,
        )

    def _by_ocr(
        self,
        source: Source,
        number: int,
        prepared: Prepared,
        dpi: float,
        why: str,
        layer: TextLayer | None = None,
    ) -> tuple[Reading, ...]:
        read = self._ocr.read(source, number, prepared, dpi)
        readings = _as_text(read, why, None if layer is None else layer.page, prepared)
        if layer is not None:
            readings.append(self._layer.reading(number, layer, prepared, chosen_by="auto", why=why))
        return tuple(readings)

    def _sample(self, source: Source) -> OcrSample:
        """The document's sample, taken once: pages are read by several threads at a time."""
        key = (str(source.path), *source.stamp)
        with self._lock:
            if key not in self._samples:
                self._samples[key] = (threading.Lock(), None)
                while len(self._samples) > DOCUMENTS:
                    self._samples.popitem(last=False)
            taking, sample = self._samples[key]
        with taking:
            if sample is None:
                with self._lock:
                    sample = self._samples.get(key, (taking, None))[1]
            if sample is None:
                sample = self._take(source)
                with self._lock:
                    self._samples[key] = (taking, sample)
        return sample

    def _take(self, source: Source) -> OcrSample:
        pages = self._sampled(source)
        votes = self._votes(pages)
        agreed, contradicts = [], False
        for page in pages:
            layer = self._layer.analyse(page.glyphs, page.prepared, votes)
            if layer is None or layer.verdict.against:
                continue
            found = self._contest(page, layer)
            agreed.append(found.agreement)
            contradicts |= bool(found.against)
        readings_by_page = {page.number: page.readings for page in pages}
        return OcrSample(readings_by_page, votes, min(agreed, default=None), contradicts)

    def _votes(self, pages: Sequence[SampledPage], before: Votes | None = None) -> Votes:
        """What OCR read where the pages' glyphs stand, besides what it read `before`. A text that is half garbled is
        hard to align: what the first votes mend makes the next ones better."""
        votes = before or {}
        for _ in range(ROUNDS):
            ballots = []
            for page in pages:
                layer = self._layer.analyse(page.glyphs, None, votes)
                if layer is not None:
                    ballots.append(ballot(page.glyphs, layer.laid_out, page.readings[0].text))
            votes = together([*ballots, before or {}])
        return votes

    def _contest(self, page: SampledPage, layer: TextLayer) -> Contest:
        own = self._layer.reading(page.number, layer, page.prepared, chosen_by="auto")
        size = (page.prepared.width, page.prepared.height)
        return contest(own, page.readings[0], pictures(page.glyphs, page.prepared), size)

    def _sampled(self, source: Source) -> list[SampledPage]:
        """The sampled pages: the same for a document whichever of its pages are read."""
        count = source.page_count
        wanted = SAMPLES if count > SHORT else 1
        found: dict[int, SampledPage] = {}
        for place in range(wanted):
            first = 1 + (place + 1) * count // (wanted + 1) if wanted > 1 else (count + 1) // 2
            for number in range(first, min(first + TRIES, count + 1)):
                page = None if number in found else self._both_ways(source, number)
                if page is not None:
                    found[number] = page
                    break
        return [page for _, page in sorted(found.items())]

    def _both_ways(self, source: Source, number: int) -> SampledPage | None:
        """A page read both ways; None where it proves nothing, or cannot be read: that it says when its turn comes, and
        no other page is to blame.

        Raises:
            EngineFailed: OCR failed, which another try may not: the sample must not hang on that.
        """
        try:
            glyphs = source.glyphs(number)
            if glyphs is None or sum(not drawn.hidden for drawn in glyphs.glyphs) < FEWEST:
                return None
            raster = source.page(number)
            prepared = made_ready(source, number, raster)
            readings = self._ocr.read(source, number, prepared, raster.dpi)
        except EngineFailed:
            raise
        except PageError:
            return None
        return SampledPage(number, glyphs, prepared, readings)


def engine(options: EngineOptions) -> AutoReader:
    """The entry point `auto`.

    Raises:
        MissingProgram: Tesseract or a language is missing or too old.
    """
    return AutoReader(options)


def _proof(sample: OcrSample) -> str:
    if sample.agreement is None:
        return ""
    return f", and OCR of page {_numbers(list(sample.readings))} agrees on {sample.agreement:.1%} of the characters"


def _saying(reading: Reading, why: str) -> Reading:
    reader = reading.reader
    return replace(
        reading, reader=replace(reader, settings=tuple(sorted({*reader.settings, ("because", why)})))
    )


def _as_text(
    readings: Sequence[Reading], why: str, glyphs: GlyphPage | None, prepared: Prepared
) -> list[Reading]:
    """OCR's readings of a page whose text they are, the base one without the letters in the pictures of the PDF. As it
    was read it is kept beside that where no witness has those letters."""
    base, *others = readings
    text = base if glyphs is None else without_pictured(base, pictures(glyphs, prepared))
    return [_saying(text, why), *([base] if text is not base and not others else []), *others]


def _distrust(reasons: Sequence[str]) -> str:
    return f"the text layer is not trusted: {'; '.join(reasons)}"


def _numbers(numbers: Sequence[int]) -> str:
    return " and ".join(map(str, numbers))
