"""What makes a PDF of page images one for archives: PDF/A-2u (ISO 19005-2)."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ImageCms

from reports.searchable.streams import compressed


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
