"""What a PDF says of itself: whether it is one for archives (PDF/A, ISO 19005), which evidence package is its own, and
who signed its text."""

from __future__ import annotations

import io
import struct
from collections.abc import Collection
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Pdf, PdfError
from PIL import ImageCms

from reports.searchable.archive.colours import stated_intents
from reports.searchable.archive.fitness import hindrances
from reports.searchable.streams import compressed

_RELATION, _URN = "dc:relation", "urn:sha256:"
_DATE = slice(24, 36)  # bytes of an ICC profile's head
_CONTRIBUTOR = "dc:contributor"


@dataclass(frozen=True, slots=True)
class Archival:
    """What a PDF claims to be, such as `PDF/A-2u`, empty for none; and why it cannot claim PDF/A-2u, in words."""

    claims: str
    hindrances: tuple[str, ...] = ()


def claim_archival(pdf: Pdf, *, maps_all: bool, structured: bool) -> Archival:
    """Make a PDF state that it is one for archives where it is, and no more than it is; gives what it states then.

    One that claims nothing gets an output intent and the claim where nothing keeps it from being PDF/A-2u, and stays
    as it is elsewhere. One that claims a part of PDF/A goes on doing so, at a lower level where ours took from it what
    the level asks for. `maps_all`: every character of the text that is laid over it is one that a level `U` may map;
    `structured`: the structure that it came with is there.
    """
    part, level = _claimed(pdf)
    if part:
        kept = _level_kept(part, level, maps_all=maps_all, structured=structured)
        if kept != level:
            _claim(pdf, part, kept)
        return Archival(f"PDF/A-{part}{kept.lower()}")
    stated = pdf.Root.get("/OutputIntents")
    _mean_srgb(pdf)
    found = hindrances(pdf)
    if not found:
        _claim(pdf, "2", "U")
        return Archival("PDF/A-2u")
    if stated is None:
        del pdf.Root.OutputIntents
    else:
        pdf.Root.OutputIntents = stated
    return Archival("", found)


def _level_kept(part: str, level: str, *, maps_all: bool, structured: bool) -> str:
    kept = level
    if kept == "A" and not structured:
        kept = "B" if part == "1" else "U"
    return "B" if kept == "U" and not maps_all else kept


def _claim(pdf: Pdf, part: str, level: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"], metadata["pdfaid:conformance"] = part, level


def _claimed(pdf: Pdf) -> tuple[str, str]:
    metadata = pdf.open_metadata(set_pikepdf_as_editor=False)
    return str(metadata.get("pdfaid:part") or ""), str(metadata.get("pdfaid:conformance") or "")


def _mean_srgb(pdf: Pdf) -> None:
    """State that the colours of a PDF are those of sRGB, where it does not state for archives which are meant, and what
    it states can be added to."""
    stated = stated_intents(pdf.Root.get("/OutputIntents"))
    if stated is None or any(one.get("/S") == Name.GTS_PDFA1 for one in stated):
        return
    profile = compressed(pdf, _srgb())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier="sRGB", Info="sRGB",
        DestOutputProfile=profile,
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([*stated, pdf.make_indirect(intent)])


def _srgb() -> bytes:
    """The profile of sRGB, of a fixed date: the same bytes every time."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_DATE] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return bytes(made)


def title(pdf: Pdf, name: str) -> None:
    """Give a document that this program made itself its title and language."""
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
        metadata["dc:title"] = name
        metadata["dc:language"] = ["th"]


def claims_first_part(pdf: Pdf) -> bool:
    """Whether a PDF claims PDF/A-1 (ISO 19005-1), which knows no object streams: the later parts do."""
    return _claimed(pdf)[0] == "1"


def name_package(pdf: Pdf, sha256: str) -> None:
    """State the evidence package of a document beside its other relations (Dublin Core), as `urn:sha256:HASH`."""
    _name_also(pdf, _RELATION, {f"{_URN}{sha256}"})


def name_signers(pdf: Pdf, signers: str) -> None:
    """State who signed the text that is laid over the pages, and how that is known, beside other contributors."""
    _name_also(pdf, _CONTRIBUTOR, {signers})


def _name_also(pdf: Pdf, name: str, values: Collection[str]) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata[name] = set(metadata.get(name) or ()) | set(values)


def packages_named(pdf: bytes) -> tuple[str, ...]:
    """The SHA-256 of each evidence package that a PDF names."""
    try:
        with Pdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
            found = metadata.get(_RELATION) or ()
    except PdfError:
        return ()
    return tuple(sorted(one.removeprefix(_URN) for one in found if one.startswith(_URN)))
