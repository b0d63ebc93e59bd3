"""Publish what is signed, by replaying what was decided up to the sign-off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.event import Entry
from ledger.events.required import Required
from ledger.events.revoked import Revoked
from ledger.events.signed_off import SignedOff
from ledger.events.text_published import TextPublished
from ledger.history import read_page_history
from model.decision import Published
from model.edit import text_sha256
from model.errors import ChamraError, LedgerError, NoSpace
from model.state import Stage
from review.state import page_state_of, summarise
from review.summary_store import DocumentLine, document_lines
from workspace.codec import encode_published
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep has published, and how many pages were published before."""

    published: tuple[Published, ...]
    before: int


def publish(ws: Workspace, document: str | None = None) -> Sweep:
    """Publish every page that is signed and not published yet, of one document or of all.

    What is wrong with a document keeps none of the others from being published; it is raised at the end.
    May be killed at any line and run again: the same sign-off gives the same bytes.

    Raises:
        LedgerError: the replay does not give the text that was signed.
        NoSpace: the store, the ledger or an anchor file may not be written.
    """
    ws.anchor()
    done: list[Published] = []
    before = 0
    troubles: list[ChamraError] = []
    if document is None:
        lines = document_lines(ws)
        before = sum(one.stages[Stage.PUBLISHED] for one in lines if not one.stages[Stage.SIGNED])
    for each in signed_documents(lines) if document is None else (document,):
        try:
            seq = ws.ledger.head().seq
            stages = {page.number: page.stage for page in summarise(ws, each).pages}
            signed = [number for number, stage in stages.items() if stage is Stage.SIGNED]
            done += _publish_pages(ws, each, signed, seq)
        except NoSpace:
            raise
        except ChamraError as error:
            troubles.append(error)
        else:
            before += sum(stage is Stage.PUBLISHED for stage in stages.values())
    ws.anchor()
    if troubles:
        raise troubles[0]
    return Sweep(tuple(done), before)


def signed_documents(lines: Iterable[DocumentLine]) -> list[str]:
    """The ids of the documents with pages that are signed and not published yet, or of which that cannot be told."""
    return [one.id for one in lines if one.stages[Stage.SIGNED] or one.problem]


def _publish_pages(ws: Workspace, document: str, numbers: Sequence[int], seq: int) -> list[Published]:
    """Publish pages under their newest sign-offs; those that another process has published meanwhile, or
    whose sign-off was revoked meanwhile, are left out; all of them, for the next sweep, where something else was asked
    of the document since the record `seq`."""
    composed = [one for number in numbers if (one := _compose(ws, document, number)) is not None]
    done = []
    with ws.ledger.writing() as batch:
        if next(batch.events(Required, after=seq), None) is not None:
            return []
        for published, event in composed:
            newest = batch.newest(TextPublished, document=document, page=published.page)
            revoked = batch.newest(Revoked, document=document, page=published.page)
            if revoked is not None and revoked.event.signoff == event.signoff:
                continue
            if newest is None or newest.event != event:
                batch.append(event)
                done.append(published)
    return done


def _compose(ws: Workspace, document: str, number: int) -> tuple[Published, TextPublished] | None:
    """A page's text in the store, and the event that will say so."""
    signoff = ws.ledger.newest(SignedOff, document=document, page=number)
    if signoff is None:
        return None
    published = _replay(ws, document, number, signoff)
    if text_sha256(published.text) != signoff.event.text_sha256:
        raise LedgerError(
            f"Page {number} of {document[:16]}: the replay does not give the text that was signed.",
            remedy="Nothing was published. Run `chamra audit`; sign the page again if it finds nothing.",
        )
    blob = ws.store.put(encode_published(published))
    return published, TextPublished(document, number, blob, signoff.event.text_sha256, signoff.sha256)


def _replay(ws: Workspace, document: str, number: int, signoff: Entry[SignedOff]) -> Published:
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
        page_blob=past.page.event.blob,
        text=state.final_text,
        edits=state.edits,
        ledger_head=signoff.event.ledger_head,
    )
