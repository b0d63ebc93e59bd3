"""Which of the things that hang together a record about a document is about."""

from __future__ import annotations

from collections.abc import Mapping

from audit.report import About
from ledger.events.added import Added
from ledger.events.answered import Answered
from ledger.events.decided import Decided
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.keyed import Keyed
from ledger.events.page_failed import PageFailed
from ledger.events.page_read import PageRead
from ledger.events.returned import Returned
from ledger.events.revoked import Revoked
from ledger.events.seeded import Seeded
from ledger.events.signed_off import SignedOff
from ledger.events.source_dismissed import SourceDismissed
from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.events.text_published import TextPublished

ABOUT_KIND: Mapping[str, About] = {
    SourceRegistered.KIND: About.SOURCE,
    SourceRefused.KIND: About.SOURCE,
    SourceDismissed.KIND: About.SOURCE,
    PageRead.KIND: About.PAGE,
    PageFailed.KIND: About.PAGE,
    FindingsRecorded.KIND: About.FINDINGS,
    Added.KIND: About.FINDINGS,
    Decided.KIND: About.DECISION,
    SignedOff.KIND: About.SIGNOFF,
    TextPublished.KIND: About.PUBLISHED,
    Revoked.KIND: About.SIGNOFF,
    Returned.KIND: About.PAGE,
    Answered.KIND: About.PAGE,
    Seeded.KIND: About.PAGE,
    Keyed.KIND: About.PAGE,
}
"""By the kind of the record; a fault in any other is the ledger's own."""
