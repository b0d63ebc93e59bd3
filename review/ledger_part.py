"""What the ledger has about one document, with proofs that it stands there: for those who do not have the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ledger.anchors import anchor_line, read_anchors
from ledger.canonical import canonical_json
from ledger.chain import Record
from ledger.checkpoint import SignedCheckpoint, checkpoints_beside, read_checkpoints
from ledger.events.ledger_opened import LedgerOpened
from ledger.events.policy_stated import PolicyStated
from ledger.export_file import export_lines
from ledger.proofs import all_about, inclusion_object, written
from ledger.timestamp import KeptTimestamp, read_timestamps, timestamps_beside
from model.publication import LedgerPart
from workspace.log import log_key_path, secret_key
from workspace.workspace import Workspace

_COMMON = (LedgerOpened.KIND, PolicyStated.KIND)
"""Kinds of records that go with every document: what its own are understood by."""


def ledger_part(ws: Workspace, document: str) -> LedgerPart:
    """The records about a document, and those that all documents share, with their proofs.

    Raises:
        UsageError: the workspace names no anchor file.
        NoSpace, WorkspaceError: a checkpoint must be written, and may not be, or the log's key may not be read.
    """
    checkpoint = _covering(ws, ws.ledger.newest_seq(document))
    size = checkpoint.checkpoint.size
    own = list(ws.ledger.records(document=document, upto=size))
    records = sorted([*own, *ws.ledger.records(kind=_COMMON, upto=size)], key=lambda one: one.seq)
    hashes = list(ws.ledger.hashes(upto=size))
    places = {sha256: seq for seq, sha256 in enumerate(hashes, start=1)}
    stamps = list(_timestamps(ws, own, size))
    also = {places[head] for one in own if (head := one.payload.get("ledger_head")) in places}
    also |= {size, *(stamp.seq for _, stamp in stamps)}
    proofs = inclusion_object({one.seq for one in records} | also, hashes, checkpoint)
    note = all_about(
        document, [one.seq for one in own], checkpoint.checkpoint, secret_key(log_key_path(ws.path))
    )
    return LedgerPart(
        b"".join(export_lines(map(_row, records))),
        written(proofs | {"complete": str(note)}),
        _anchors(ws, {one.seq for one in own}),
        {name: stamp.answer for name, stamp in stamps},
        hashes[-1],
    )


def _covering(ws: Workspace, size: int) -> SignedCheckpoint:
    """A checkpoint of the log with so many records or more: best one that witnesses have signed, then the largest."""
    kept = (one for path in ws.anchors for _, one in read_checkpoints(checkpoints_beside(path)))
    ours = (one for one in kept if one is not None and one.checkpoint.workspace == ws.id and one.sound)
    enough = [one for one in ours if one.checkpoint.size >= size]
    if enough:
        return max(enough, key=lambda one: (len(one.note.signatures), one.checkpoint.size))
    return ws.checkpoint()


def _anchors(ws: Workspace, numbers: Collection[int]) -> Mapping[str, bytes]:
    """The anchors that name one of these records, by the name of their file; of two with one name the first."""
    found: dict[str, bytes] = {}
    for path in ws.anchors:
        ours = (line.anchor for line in read_anchors(path) if line.anchor is not None)
        lines = [anchor_line(one) for one in ours if one.workspace == ws.id and one.seq in numbers]
        found.setdefault(path.name, b"".join(line + b"\n" for line in lines))
    return found


def _timestamps(ws: Workspace, own: Sequence[Record], size: int) -> Iterator[tuple[str, KeptTimestamp]]:
    """The first time stamp of each authority's file that covers the newest record about the document, by file name."""
    newest = own[-1].seq
    for number, path in enumerate(ws.anchors):
        kept = (one for _, one in read_timestamps(timestamps_beside(path)) if one is not None)
        ours = (one for one in kept if one.workspace == ws.id and newest <= one.seq <= size)
        first = min(ours, key=lambda one: one.seq, default=None)
        if first is not None:
            yield f"{number}-{first.seq}.tsr", first


def _row(record: Record) -> Mapping[str, object]:
    return {
        "kind": record.kind, "payload": canonical_json(record.payload).decode("utf-8"), "previous": record.previous,
        "seq": record.seq, "sha256": record.sha256, "when": record.when,
    }  # fmt: skip
