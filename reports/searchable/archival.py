"""What the metadata of a PDF say: that one of page images is for archives (PDF/A-2u, ISO 19005-2), and which evidence
package is its own."""

from __future__ import annotations

import io
from collections.abc import Collection

from pikepdf import Array, Dictionary, Name, Pdf, PdfError
from PIL import ImageCms

from reports.searchable.streams import compressed

_RELATION, _URN = "dc:relation", "urn:sha256:"
_CONTRIBUTOR = "dc:contributor"


def make_archival(pdf: Pdf, title: str) -> None:
    """State what PDF/A-2u asks for of a document that this program made itself: the colours that are meant, and the
    claim in its metadata."""
    profile = compressed(pdf, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier="sRGB", Info="sRGB",
        DestOutputProfile=profile,
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "U"
        metadata["dc:title"] = title
        metadata["dc:language"] = ["th"]


def claims_first_part(pdf: Pdf) -> bool:
    """Whether a PDF claims PDF/A-1 (ISO 19005-1), which knows no object streams: the later parts do."""
    return pdf.open_metadata(set_pikepdf_as_editor=False).get("pdfaid:part") == "1"


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
