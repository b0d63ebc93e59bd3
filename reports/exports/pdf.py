"""PDF that can be searched: the source's own pages with the text laid invisibly over them."""

from __future__ import annotations

from reports.export_format import ExportFormat
from reports.searchable.document import SearchablePdf

EXPORT = ExportFormat(
    name="pdf",
    extension=".searchable.pdf",
    description="The source's own pages as a PDF, the text laid invisibly over them, to be searched and copied.",
    pieces=SearchablePdf,
)
