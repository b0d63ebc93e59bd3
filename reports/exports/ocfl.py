"""The evidence package in the layout of repositories, OCFL 1.1."""

from __future__ import annotations

from reports.evidence.ocfl import ocfl_object
from reports.export_format import ExportFormat

EXPORT = ExportFormat(
    name="ocfl",
    extension=".ocfl.zip",
    description="The evidence package as an OCFL 1.1 object in a storage root, as repositories keep it.",
    pieces=ocfl_object,
    published_only=True,
)
