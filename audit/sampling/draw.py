"""Acceptance sampling: which characters or lines of published texts an auditor looks at, and what their verdicts prove.

The sample follows from the ledger and from 32 bytes that stand in its record, so whoever has the ledger and the blobs
can draw it again. The bytes are the auditor's, or are drawn at random after the ledger's head was anchored: nobody
can choose the sample by choosing what is recorded before it.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit.sampling.plans import SampleUnit, SamplingPlan, Scheme
from ledger.canonical import canonical_json
from ledger.chain import Record
from ledger.event import Entry
from ledger.events.sample_drawn import LotDrawn, SampleDrawn
from ledger.history import DocumentHistory, PageHistory, read_history
from ledger.people import allowed, users_at
from model.decision import Who
from model.errors import BadInput, DamagedBlob, UsageError
from model.user import Role
from workspace.codec import decode_published
from workspace.store import BlobStore
from workspace.workspace import Workspace

INSPECTORS = (Role.AUDITOR, Role.ADMINISTRATOR)
BLOB_SCHEMA = "chamra/sample-units/1"
_SEED = re.compile("[0-9a-f]{64}")


class Stratum(StrEnum):
    """How a character came into the published text. Each stratum is a lot of its own: an error in the few
    changes would drown among all that was never touched."""

    APPROVED = "approved"  # from an edit that a person decided
    SAFE = "safe"  # from an edit that a policy accepted
    UNTOUCHED = "untouched"  # as it was read
    LINE = "line"  # a whole line, whatever came to it: where lines are drawn they are one lot


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One character of a page's published text, or where lines are drawn one line of it without its end, in
    `character`; `offset` counts the code points before it."""

    document: str
    page: int
    offset: int
    character: str
    stratum: Stratum


@dataclass(frozen=True, slots=True)
class Lot:
    """All characters of one stratum, and the plan for them."""

    stratum: Stratum
    plan: SamplingPlan


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was drawn: `id` is the hash of its record, `seed` the head of the ledger before it, `random` the
    32 bytes that chose it, empty where the head did; they were `brought` by the auditor or drawn by the program."""

    id: str
    record: int
    documents: tuple[str, ...]
    seed: str
    scheme: str
    lots: tuple[Lot, ...]
    units: tuple[Unit, ...]
    random: str = ""
    brought: bool = False


def draw_sample(
    ws: Workspace, documents: Sequence[str], scheme: Scheme, who: Who, *, seed: str | None = None
) -> Sample:
    """Draw a sample of the published characters, or lines, of these documents and record it.

    `seed` is the auditor's own, 32 bytes in hexadecimal. Without it the head of the ledger is anchored first, and the
    seed is drawn at random after that.

    Raises:
        BadInput: the ledger knows no such document, or nothing of them is published.
        NotAllowed: the workspace has users, and `who` is no auditor.
        UsageError: the seed is no 32 bytes.
        NoSpace: an anchor file may not be written. Nothing is drawn.
    """
    if seed is not None and not _SEED.fullmatch(seed):
        raise UsageError(
            "The seed is not 32 bytes in hexadecimal.",
            remedy="Give 64 digits 0-9 a-f, as `openssl rand -hex 32` does.",
        )
    allowed(users_at(ws.ledger), who, INSPECTORS)
    chosen = tuple(dict.fromkeys(documents))
    head = ws.ledger.head()
    if seed is None:
        ws.anchor_record(head)
    random = secrets.token_hex(32) if seed is None else seed
    lots, units = choose(ws, chosen, scheme, head, random)
    if not units:
        raise BadInput("Nothing of these documents is published.", remedy="Sign and publish them first.")
    blob = ws.store.put(_units_out(units))
    told = tuple(LotDrawn(one.stratum.value, one.plan.lot, one.plan.size, one.plan.accept) for one in lots)
    brought = seed is not None
    made = ws.ledger.append(
        SampleDrawn(chosen, head.sha256, scheme.words(), told, blob, who, random, brought)
    )
    return Sample(made.sha256, made.seq, chosen, head.sha256, scheme.words(), lots, units, random, brought)


def choose(
    ws: Workspace,
    documents: Sequence[str],
    scheme: Scheme,
    head: Record,
    random: str,
) -> tuple[tuple[Lot, ...], tuple[Unit, ...]]:
    """The lots as of a record of the ledger, and the units drawn: those whose SHA-256 of
    `RANDOM:DOCUMENT:PAGE:OFFSET` is smallest."""
    units_of = _published_lines if scheme.unit is SampleUnit.LINES else _published_units
    lots: dict[Stratum, list[Unit]] = {stratum: [] for stratum in Stratum}
    for document in documents:
        past = read_history(ws.ledger, document, head.seq)
        for unit in units_of(ws.store, past):
            lots[unit.stratum].append(unit)
    found: list[Lot] = []
    drawn: list[Unit] = []
    for stratum, units in lots.items():
        if units:
            found.append(Lot(stratum, scheme.plan(len(units))))
            drawn += heapq.nsmallest(found[-1].plan.size, units, key=lambda unit: _rank(random, unit))
    return tuple(found), tuple(sorted(drawn))


def read_sample(ws: Workspace, reference: str) -> Sample:
    """The sample whose id begins so.

    Raises:
        UsageError: there is none, or several.
        DamagedBlob: what was drawn cannot be read.
    """
    found = [one for one in ws.ledger.events(SampleDrawn) if reference and one.sha256.startswith(reference)]
    if len(found) != 1:
        raise UsageError(
            f"The ledger has {len(found)} samples {reference!r}.",
            remedy="The file of verdicts names the sample; leave its first column as it is.",
        )
    return sample_of(ws.store, found[0])


def sample_of(store: BlobStore, entry: Entry[SampleDrawn]) -> Sample:
    """The sample that an entry records.

    Raises:
        DamagedBlob: the event or what was drawn cannot be understood.
    """
    drawn = entry.event
    try:
        lots = tuple(
            Lot(Stratum(one.stratum), SamplingPlan(one.lot, one.size, one.accept)) for one in drawn.lots
        )
        units = tuple(_units_in(store.get(drawn.blob)))
        return Sample(
            entry.sha256, entry.seq, drawn.documents, drawn.seed, drawn.scheme, lots, units,
            drawn.random or "", drawn.brought is True,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedBlob(
            f"Record {entry.seq} is no sound sample.", remedy="Run `chamra audit` on the workspace."
        ) from error


def _published_units(store: BlobStore, past: DocumentHistory) -> Iterator[Unit]:
    """Every character of the published pages but line ends, which no crop shows."""
    for number, page in past.pages.items():
        if page.published is None or not page.published_stands:
            continue
        published = decode_published(store.get(page.published.event.blob))
        strata = _strata(page)
        at = shift = 0
        kinds: list[Stratum] = []
        for applied in sorted(published.edits, key=lambda one: one.edit.span):
            edit = applied.edit
            kinds += [Stratum.UNTOUCHED] * (edit.span.start + shift - at)
            kinds += [strata.get(applied.finding, Stratum.SAFE)] * len(edit.after)
            shift += len(edit.after) - len(edit.before)
            at = len(kinds)
        kinds += [Stratum.UNTOUCHED] * (len(published.text) - at)
        for offset, (character, kind) in enumerate(zip(published.text, kinds, strict=True)):
            if character != "\n":
                yield Unit(past.id, number, offset, character, kind)


def _published_lines(store: BlobStore, past: DocumentHistory) -> Iterator[Unit]:
    """Every line of the published pages that has anything on it."""
    for number, page in past.pages.items():
        if page.published is None or not page.published_stands:
            continue
        at = 0
        for line in decode_published(store.get(page.published.event.blob)).text.split("\n"):
            if line.strip():
                yield Unit(past.id, number, at, line, Stratum.LINE)
            at += len(line) + 1


def _strata(page: PageHistory) -> Mapping[str, Stratum]:
    """Findings about which a person has decided."""
    return {
        key: Stratum.APPROVED
        for key, made in page.by_finding.items()
        if any(not decision.by_policy for decision in made)
    }


def _rank(random: str, unit: Unit) -> bytes:
    return hashlib.sha256(f"{random}:{unit.document}:{unit.page}:{unit.offset}".encode("ascii")).digest()


def _units_out(units: Iterable[Unit]) -> bytes:
    rows = [[one.document, one.page, one.offset, one.character, one.stratum.value] for one in units]
    return canonical_json({"schema": BLOB_SCHEMA, "units": rows})


def _units_in(data: bytes) -> Iterator[Unit]:
    body = json.loads(data)
    if body["schema"] != BLOB_SCHEMA:
        raise ValueError(f"{body['schema']!r} is no sample")
    for document, page, offset, character, stratum in body["units"]:
        yield Unit(str(document), int(page), int(offset), str(character), Stratum(stratum))
