"""Charts of a document, page by page, as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from model.publication import Edition
from reports.charts import svg
from reports.export_format import ExportFormat
from reports.trends import page_charts


def pieces(edition: Edition) -> Iterator[str]:
    """One SVG, for a document at any stage: errors expected, accounted ink and findings by family of each page."""
    yield svg(*page_charts(edition.state)) + "\n"


EXPORT = ExportFormat(
    name="charts",
    extension=".charts.svg",
    description="Charts as SVG, page by page: errors expected, accounted ink, findings by family.",
    pieces=pieces,
)
