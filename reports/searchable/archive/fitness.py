"""Whether a PDF is fit to be one for archives (PDF/A-2u, ISO 19005-2), and if not, why not.

Whoever claims more than is so does harm to an archive. What is not looked into is therefore named as a hindrance, and
whatever cannot be followed is one. How a file is put down (its head, cross-references, its identifier, no encryption)
is the business of qpdf, which writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pikepdf import Pdf, Stream

from reports.searchable.archive.colours import meant_components
from reports.searchable.archive.drawing import Drawings
from reports.searchable.archive.fonts import font_faults
from reports.searchable.archive.metadata import metadata_faults
from reports.searchable.archive.objects import TooMuchToSee, object_faults, reachable
from reports.searchable.archive.pages import document_faults, page_faults

_MOST = 10
_LARGE = "it has more parts than are looked at"
_UNCLEAR = "its parts are not as PDF has them"


def hindrances(pdf: Pdf) -> tuple[str, ...]:
    """Why a PDF may not claim PDF/A-2u, each reason once in words, ten at most; none where it may.

    What it says of itself has to be in it already: the output intent and the metadata.
    """
    try:
        found: dict[str, list[int]] = {}
        for page, fault in _all(pdf):
            found.setdefault(fault, []).append(page)
        return tuple(_said(fault, pages) for fault, pages in islice(found.items(), _MOST))
    except (TooMuchToSee, MemoryError):
        return (_LARGE,)
    except Exception:  # noqa: BLE001  the files are anybody's, and a look at one must never keep it from being exported
        return (_UNCLEAR,)


def _said(fault: str, pages: list[int]) -> str:
    first = pages[0]
    if not first:
        return fault
    others = len(set(pages)) - 1
    return f"{fault} (page {first}{f' and {others} more' if others else ''})"


def _all(pdf: Pdf) -> Iterator[tuple[int, str]]:
    """Faults with their pages; 0 for what is of no page."""
    meant = meant_components(pdf.Root.get("/OutputIntents"))
    if not meant:
        yield 0, "its output intents do not say which colours are meant"
    yield from ((0, fault) for fault in document_faults(pdf))
    for one in reachable(pdf):
        yield from ((0, fault) for fault in object_faults(one))
        if one.key == "/Metadata" and isinstance(one.value, Stream):
            yield from ((0, fault) for fault in metadata_faults(bytes(one.value.read_bytes())))
    drawings = Drawings(meant)
    for number, page in enumerate(pdf.pages, 1):
        yield from ((number, fault) for fault in page_faults(page, drawings))
    for shown in drawings.shown:
        yield from ((0, fault) for fault in font_faults(shown))
