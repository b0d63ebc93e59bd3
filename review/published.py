"""Published texts with what they were made from: always the page as of the sign-off, never its newest reading."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ledger.event import Entry
from ledger.events.report_written import ReportWritten
from ledger.events.signed_off import SignedOff
from ledger.history import PageHistory, read_history, read_page_history
from ledger.ledger import Ledger
from model.errors import LedgerError
from model.publication import Edition, LedgerPart, PublishedPage, TextLayer
from reports.diff import AsOf
from review.ledger_part import ledger_part
from review.state import document_state, page_state_of
from workspace.codec import decode_published
from workspace.workspace import Workspace


def signed_as_published(ledger: Ledger, past: PageHistory) -> tuple[Entry[SignedOff], PageHistory]:
    """The sign-off under which the newest text of a page was published, and the records about the page up to it.

    Raises:
        LedgerError: nothing was published, or without a sign-off.
    """
    if past.published is not None:
        published = past.published.event
        for entry in ledger.events(SignedOff, document=published.document, page=past.number):
            if entry.sha256 == published.signoff:
                return entry, read_page_history(ledger, published.document, past.number, upto=entry.seq)
    raise LedgerError(f"Page {past.number} was published without a sign-off.", remedy="Run `chamra audit`.")


def published_page(ws: Workspace, past: PageHistory) -> PublishedPage | None:
    """The newest published text of a page with the page as it was signed; None where nothing is published.

    What was published under a sign-off that is revoked stays on record and is not given out.

    Raises:
        DamagedBlob, LedgerError: something that was kept is damaged, or does not fit together.
    """
    if past.published is None or past.page is None or not past.published_stands:
        return None
    _, signed = signed_as_published(ws.ledger, past)
    published = decode_published(ws.store.get(past.published.event.blob))
    read_anew = signed.page is None or signed.page.event.blob != past.page.event.blob
    try:
        return PublishedPage(page_state_of(ws.store, signed), published, read_anew)
    except ValueError as error:
        raise LedgerError(
            f"Page {past.number} of {published.document[:16]}: {error}.", remedy="Run `chamra audit`."
        ) from error


def published_pages(ws: Workspace, document: str) -> dict[int, PublishedPage]:
    """The pages of a document that are published, by page number; raises as `published_page` does."""
    past = read_history(ws.ledger, document)
    found = ((number, published_page(ws, page)) for number, page in past.pages.items())
    return {number: page for number, page in found if page is not None}


@dataclass(frozen=True, slots=True)
class KeptInWorkspace:
    """What a workspace keeps behind a document (`model.publication.Archive`)."""

    ws: Workspace

    def blob(self, sha256: str) -> bytes:
        """What is kept under that SHA-256."""
        return self.ws.store.get(sha256)

    def ledger_part(self, document: str) -> LedgerPart:
        """What the ledger has about a document, with proofs."""
        return ledger_part(self.ws, document)

    @property
    def password(self) -> str | None:
        """The password of the source as the environment gives it: it is kept nowhere."""
        return os.environ.get("CHAMRA_PDF_PASSWORD")


def edition(
    ws: Workspace,
    document: str,
    layer: TextLayer = "published",
    *,
    replaces_text: bool = False,
    package_sha256: str = "",
) -> Edition:
    """A document as reports and exports take it, with the text of a layer.

    Raises:
        BadInput: the ledger knows no such document.
        DamagedBlob, LedgerError: something that was kept is damaged, or does not fit together.
    """
    return Edition(
        document_state(ws, document),
        published_pages(ws, document),
        layer,
        replaces_text,
        package_sha256,
        KeptInWorkspace(ws),
    )


def as_of(workspace: Workspace, document: str) -> AsOf:
    """The newest record that a report about a document says anything of: the same report is the same bytes, however
    much is recorded about others."""
    told = (one for one in workspace.ledger.records(document=document) if one.kind != ReportWritten.KIND)
    newest = max(told, key=lambda one: one.seq)
    return AsOf(newest.seq, newest.when, newest.sha256)
