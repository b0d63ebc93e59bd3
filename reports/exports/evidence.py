"""The evidence package: the text with everything that a stranger needs to check it."""

from __future__ import annotations

from reports.evidence.package import package
from reports.export_format import ExportFormat

EXPORT = ExportFormat(
    name="evidence",
    extension=".evidence.zip",
    description="The text with everything that a stranger needs to check it, and a verifier in one page of Python.",
    pieces=package,
    published_only=True,
)
