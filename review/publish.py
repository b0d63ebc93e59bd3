"""Publish what is signed, by replaying what was decided up to the sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.chain import Record
from ledger.history import read_page_history
from ledger.records import PUBLISHED, SIGNOFF, Payload
from ledger.rework_records import REVOCATION
from model.decision import Published
from model.edit import text_sha256
from model.errors import LedgerError
from model.state import Stage
from review.state import document_ids, page_state_of, summarise
from workspace.codec import encode_published
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep has published, and how many pages were published before."""

    published: tuple[Published, ...]
    before: int


def publish(ws: Workspace, document: str | None = None) -> Sweep:
    """Publish every page that is signed and not published yet, of one document or of all.

    May be killed at any line and run again: the same sign-off gives the same bytes.

    Raises:
        LedgerError: the replay does not give the text that was signed.
        NoSpace: the store, the ledger or an anchor file may not be written.
    """
    ws.anchor()
    done: list[Published] = []
    before = 0
    for each in document_ids(ws) if document is None else (document,):
        stages = {page.number: page.stage for page in summarise(ws, each).pages}
        before += sum(stage is Stage.PUBLISHED for stage in stages.values())
        signed = [number for number, stage in stages.items() if stage is Stage.SIGNED]
        done += _publish_pages(ws, each, signed)
    return Sweep(tuple(done), before)


def _publish_pages(ws: Workspace, document: str, numbers: Sequence[int]) -> list[Published]:
    """Publish pages under their newest sign-offs; those that another process has published meanwhile, or
    whose sign-off was revoked meanwhile, are left out."""
    composed = [one for number in numbers if (one := _compose(ws, document, number)) is not None]
    done = []
    with ws.ledger.writing() as batch:
        for published, payload in composed:
            newest = batch.newest(PUBLISHED, document=document, page=published.page)
            revoked = batch.newest(REVOCATION, document=document, page=published.page)
            if revoked is not None and revoked.payload["signoff"] == payload["signoff"]:
                continue
            if newest is None or newest.payload != payload:
                batch.append(PUBLISHED, payload)
                done.append(published)
    return done


def _compose(ws: Workspace, document: str, number: int) -> tuple[Published, Payload] | None:
    """A page's text in the store, and the record that will say so."""
    signoff = ws.ledger.newest(SIGNOFF, document=document, page=number)
    if signoff is None:
        return None
    published = _replay(ws, document, number, signoff)
    if text_sha256(published.text) != signoff.payload["text_sha256"]:
        raise LedgerError(
            f"Page {number} of {document[:16]}: the replay does not give the text that was signed.",
            remedy="Nothing was published. Run `chamra audit`; sign the page again if it finds nothing.",
        )
    return published, {
        "document": document, "page": number, "blob": ws.store.put(encode_published(published)),
        "text_sha256": signoff.payload["text_sha256"], "signoff": signoff.sha256,
    }  # fmt: skip


def _replay(ws: Workspace, document: str, number: int, signoff: Record) -> Published:
    """The text as of the sign-off: later decisions and readings do not count."""
    past = read_page_history(ws.ledger, document, number, upto=signoff.seq)
    state = page_state_of(ws.store, past)
    if past.page is None or state.page is None or state.findings is None:
        raise LedgerError(
            f"Record {signoff.seq} signs page {number} of {document[:16]}, which was not read.",
            remedy="Run `chamra audit` on the workspace.",
        )
    return Published(
        document=document,
        page=number,
        reading_sha256=state.page.reading.sha256,
        page_blob=str(past.page.payload["blob"]),
        text=state.final_text,
        edits=state.edits,
        ledger_head=str(signoff.payload["ledger_head"]),
    )
