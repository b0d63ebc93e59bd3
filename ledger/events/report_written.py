"""A diff report was written."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256, Touched


@dataclass(frozen=True, slots=True)
class ReportWritten(Event):
    """The diff report of a document was written into the folder `reports` of the workspace under this name, with this
    content."""

    KIND = "report"
    SAYS = (
        "the diff report of the document was written into the workspace's folder `reports`, with this content"
    )

    document: Sha256
    name: str
    sha256: Sha256

    def touches(self) -> Touched:
        """Nothing: it shows what stands elsewhere."""
        return Touched()
