"""A small workspace with one document, and people who decide about it."""

from __future__ import annotations

from pathlib import Path

from ledger.events.page_read import PageRead
from model.decision import Who
from model.edit import Finding, Findings, Safety
from model.page import FailedPage
from reports.exports import text
from review.published import edition
from tests.workspace import samples
from workspace.store import recipe_key
from workspace.workspace import Workspace

FIRST = "เทศบาลตําบลกระทู้ ต.กำแพง อ.ละงู จ.ภูเก็ต พ.ศ. ๒๕๕๕"
SECOND = "องค์การบริหารส่วนจังหวัดเชียงไหม่"

SOMCHAI = Who("สมชาย", "somchai", claimed=True)
MALEE = Who("มาลี", "malee", claimed=True)

SARA_AM = samples.proposal(FIRST, "ํา", "ำ", safety=Safety.SAFE, rule="ENC001")
KATHU = samples.proposal(FIRST, "กระทู้", "กะทู้")
SATUN = samples.proposal(FIRST, "ภูเก็ต", "สตูล", people=2, rule="GAZ101")
YEAR = samples.flag(FIRST, "๒๕๕๕")
CHIANG_MAI = samples.proposal(SECOND, "เชียงไหม่", "เชียงใหม่")
MAI = samples.proposal(SECOND, "ไหม่", "ใหม่", safety=Safety.SAFE, rule="LEX001")

ON_FIRST = samples.findings(FIRST, SARA_AM, KATHU, SATUN, YEAR)
ON_SECOND = samples.findings(SECOND, CHIANG_MAI)


class House:
    """A workspace, its document, and short ways to read pages into it."""

    def __init__(self, folder: Path) -> None:
        self.clock = samples.Ticking()
        self.ws = Workspace.open(folder / "archive", create=True, clock=self.clock)
        self.document = ""

    def source(self, pages: int, name: str = "ประกาศ.pdf") -> str:
        """Register a source of so many pages, all asked for."""
        self.document = self.ws.register_source(
            Path("/inbox") / name, b"%PDF " + name.encode(), "pdf", pages, range(1, pages + 1)
        )
        return self.document

    def image(self, number: int) -> bytes:
        """The image of a page; no picture, where nobody looks at it."""
        return f"image of {self.document} {number}".encode()

    def read(self, number: int, text: str, found: Findings | None = None, run: int = 1) -> None:
        """Read a page and examine it."""
        image = self.ws.store.put(self.image(number))
        page = samples.page(text, document=self.document, number=number, image=image)
        blob = self.ws.record_page(page, recipe_key(step="read", image=image, text=text, run=run))
        if found is not None:
            self.examine(number, blob, found, run)

    def examine(self, number: int, blob: str, found: Findings, run: int = 1) -> None:
        """Examine a page that was read."""
        key = recipe_key(step="examine", page=number, blob=blob, found=repr(found), run=run)
        self.ws.record_findings(self.document, number, blob, found, key)

    def examine_again(self, number: int, *found: Finding, text: str = FIRST) -> None:
        """Examine the page as it was read, with other rules."""
        newest = self.ws.ledger.newest(PageRead, document=self.document, page=number)
        assert newest is not None
        self.examine(number, newest.event.blob, samples.findings(text, *found, ruleset="rules-2"))

    def fail(self, number: int, reason: str = "Tesseract took longer than 300 s") -> None:
        """A page cannot be read."""
        self.ws.record_failed(FailedPage(self.document, number, reason))

    def two_pages(self) -> str:
        """The usual document: two pages, both read and examined."""
        self.source(2)
        self.read(1, FIRST, ON_FIRST)
        self.read(2, SECOND, ON_SECOND)
        return self.document


def document_text(ws, document):
    """The published text of a document as it is exported."""
    return "".join(text.pieces(edition(ws, document)))
