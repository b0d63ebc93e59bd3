"""The audit and its second look in one pass: each page image is unpacked once and, while it is at hand, drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from audit.audit import audit
from audit.ink import InkGrounds
from audit.page_image import KeptImage
from audit.report import AuditReport
from audit.trust import NOTHING_BROUGHT, Trust
from model.errors import ChamraError
from pipeline.look_again import Reread, look_again
from pipeline.made_anew import Anew
from pipeline.settings import Settings
from workspace.workspace import Workspace


def full_audit(
    ws: Workspace,
    documents: Sequence[str] | None = None,
    *,
    text: str | None = None,
    trust: Trust = NOTHING_BROUGHT,
    reread: Reread = Reread.NONE,
    settings: Settings | None = None,
    anew: Anew | None = None,
) -> AuditReport:
    """`audit.audit.audit` and `look_again` of the same documents (None: all), `settings.jobs` pages at a time.

    Raises:
        BadInput: the ledger knows no such document.
    """
    settings = settings or Settings()
    maker = anew or Anew(settings)
    drawn = DrawnImages(ws, maker)
    try:
        report = audit(ws, documents, text=text, trust=trust, jobs=settings.jobs, seen=drawn.seen)
        look_again(ws, report, documents, reread=reread, settings=settings, anew=maker, drawn=drawn.same)
    finally:
        if anew is None:
            maker.close()
    return report


class DrawnImages:
    """Which page images on record are what their sources show, by page and by the hash of the image."""

    def __init__(self, ws: Workspace, anew: Anew) -> None:
        self._ws = ws
        self._anew = anew
        self.same: set[tuple[str, int, str]] = set()

    def seen(self, page: InkGrounds, image: KeptImage) -> None:
        """Draw a page whose image was opened. What cannot be drawn or is another, the second look draws and tells."""
        with suppress(ChamraError):
            raster = self._anew.image(self._ws, page.document, page.document[:16], page.number)
            if raster.shows(image.pixels, image.per_metre):
                self.same.add((page.document, page.number, page.image_sha256))
