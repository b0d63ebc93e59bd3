"""Have two people typed the numbers and names of a published text as it has them, where that was asked for?"""

from __future__ import annotations

from collections.abc import Iterator

from audit.audited_page import AuditedPage
from model.decision import Published
from model.edit import text_sha256
from model.keyed import unconfirmed
from model.requirement import Requirement


def lacking_keys(page: AuditedPage, published: Published, asked: Requirement) -> Iterator[str]:
    """What two people have not typed as it stands, in words; one line for all of a page."""
    if not asked.keyed or page.raw is None or published.reading_sha256 not in ("", text_sha256(page.raw)):
        return
    values = [one.keyed for one in page.keyed if one.reading_sha256 == text_sha256(page.raw)]
    lacking = list(unconfirmed(page.raw, [one.edit for one in published.edits], values))
    if lacking:
        shown = ", ".join(repr(one.text) for one in lacking[:5])
        yield f"has {len(lacking)} numbers and names that two people have not typed as they stand: {shown}"
