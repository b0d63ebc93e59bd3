"""Samples and inspections against the ledger: drawn again, judged again; who chose them and whose work it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress

from audit.report import About, AuditReport, Severity
from audit.sampling.draw import Sample, choose, sample_of
from audit.sampling.inspection import judge
from audit.sampling.plans import scheme_of
from ledger.anchors import read_anchors
from ledger.catalogue import entry_as
from ledger.chain import Record
from ledger.event import Entry
from ledger.events.defect_found import DefectFound
from ledger.events.inspected import Inspected
from ledger.events.sample_drawn import SampleDrawn
from ledger.events.signed_off import SignedOff
from model.counted import counted
from model.errors import ChamraError, LedgerError
from workspace.workspace import Workspace


def audit_samples(ws: Workspace, report: AuditReport) -> None:
    """Note what does not hold about any sample, and what became of each."""
    seeds = {one.payload.get("seed") for one in ws.ledger.records(kind=SampleDrawn.KIND, lenient=True)}
    heads = {one.sha256: one for one in ws.ledger.records(lenient=True) if one.sha256 in seeds}
    samples: dict[str, Sample] = {}
    inspected: set[str] = set()
    wrong: set[tuple[str, str, int, int]] = set()
    for record in ws.ledger.records(kind=(SampleDrawn.KIND, Inspected.KIND), lenient=True):
        try:
            if record.kind == SampleDrawn.KIND:
                samples[record.sha256] = _sample(ws, entry_as(record, SampleDrawn), heads, report)
            else:
                inspected.add(_inspection(ws, entry_as(record, Inspected), samples, wrong, report))
        except ChamraError as error:
            report.add(Severity.ERROR, About.SAMPLE, error.message, record=record.seq)
        except (KeyError, TypeError, ValueError) as error:
            message = f"cannot be understood: {type(error).__name__}: {error}"
            report.add(Severity.ERROR, About.SAMPLE, message, record=record.seq)
    _defects(ws, samples, wrong, report)
    for key in samples.keys() - inspected:
        message = f"the sample {key[:12]} was drawn and not inspected"
        report.add(Severity.NOTE, About.SAMPLE, message, record=samples[key].record)


def _defects(
    ws: Workspace,
    samples: Mapping[str, Sample],
    wrong: Collection[tuple[str, str, int, int]],
    report: AuditReport,
) -> None:
    """Whether the characters that are on record as wrong are those that inspections have found."""
    left = set(wrong)
    for record in ws.ledger.records(kind=DefectFound.KIND, lenient=True):
        try:
            event = entry_as(record, DefectFound).event
        except LedgerError as error:
            report.add(Severity.ERROR, About.SAMPLE, error.message, record=record.seq)
            continue
        sample = samples.get(event.sample)
        key = ("" if sample is None else sample.id, event.document, event.page, event.offset)
        left.discard(key)
        if key not in wrong:
            message = "calls a character wrong that no inspection has found wrong"
            report.add(
                Severity.ERROR, About.SAMPLE, message,
                document=event.document, page=event.page, record=record.seq,
            )  # fmt: skip
    for _, document, page, offset in sorted(left):
        message = f"no record calls character {offset} wrong, and an inspection has found it so"
        report.add(Severity.ERROR, About.SAMPLE, message, document=document, page=page)


def _sample(
    ws: Workspace, entry: Entry[SampleDrawn], heads: Mapping[str, Record], report: AuditReport
) -> Sample:
    sample = sample_of(ws.store, entry)
    head = heads.get(sample.seed)
    if head is None or head.seq >= entry.seq:
        message = "was drawn from a state of the ledger that never was before it"
        report.add(Severity.ERROR, About.SAMPLE, message, record=entry.seq)
        return sample
    random = sample.random or sample.seed
    if choose(ws, sample.documents, scheme_of(sample.scheme), head, random) != (
        sample.lots, sample.units,
    ):  # fmt: skip
        message = "another sample follows from the ledger than the one that was drawn"
        report.add(Severity.ERROR, About.SAMPLE, message, record=entry.seq)
    if not sample.random:
        message = "was chosen by the ledger's head: whoever wrote the last record before it could choose it"
        report.add(Severity.NOTE, About.SAMPLE, message, record=entry.seq)
    elif not sample.brought and sample.seed not in _anchored(ws):
        message = "was drawn at random, and no anchor file names the record that was anchored before"
        report.add(Severity.WARNING, About.SAMPLE, message, record=entry.seq)
    return sample


def _anchored(ws: Workspace) -> Collection[str]:
    """The records that anchor files name. What is wrong with a file is said where anchors are looked at."""
    found: set[str] = set()
    for path in ws.anchors:
        with suppress(ChamraError):
            found.update(line.anchor.head for line in read_anchors(path) if line.anchor is not None)
    return found


def _own_pages(ws: Workspace, sample: Sample, inspection: Entry[Inspected]) -> int:
    """How many pages of the sampled documents the inspector signed before."""
    signed = {
        (one.payload.get("document"), one.payload.get("page"))
        for one in ws.ledger.records(kind=SignedOff.KIND, lenient=True)
        if one.seq < inspection.seq
        and one.payload.get("document") in sample.documents
        and entry_as(one, SignedOff).event.who.account == inspection.event.who.account
    }
    return len(signed)


def _inspection(
    ws: Workspace,
    entry: Entry[Inspected],
    samples: Mapping[str, Sample],
    wrong: set[tuple[str, str, int, int]],
    report: AuditReport,
) -> str:
    event = entry.event
    sample = samples.get(event.sample)
    if sample is None:
        raise ValueError("it inspects a sample that was not drawn before it")
    verdicts = json.loads(ws.store.get(event.blob))
    units = [sample.units[number - 1] for number, _, _ in verdicts["wrong"]]
    results = judge(sample, units)
    told = [(one.stratum, one.inspected, one.wrong, one.accepted) for one in event.results]
    found = [(one.lot.stratum.value, one.lot.plan.size, one.wrong, one.accepted) for one in results]
    accepted = all(one.accepted for one in results)
    if verdicts["sample"] != sample.id or told != found or event.accepted != accepted:
        message = "its result is not what its verdicts come to"
        report.add(Severity.ERROR, About.SAMPLE, message, record=entry.seq)
    else:
        wrong |= {(sample.id, one.document, one.page, one.offset) for one in units}
    who = event.who
    shares = ", ".join(f"{one.lot.stratum}: {one.wrong} of {one.lot.plan.size} wrong" for one in results)
    said = "accepted" if accepted else "NOT accepted"
    chosen = "brought by the auditor" if sample.brought else "drawn by this program"
    seed = f", its seed {chosen}," if sample.random else ""
    message = f"the sample {sample.id[:12]} ({sample.scheme}){seed} was {said} by {who.name} ({who.account}): {shares}"
    report.add(Severity.NOTE if accepted else Severity.WARNING, About.SAMPLE, message, record=entry.seq)
    own = _own_pages(ws, sample, entry)
    if own:
        message = f"was inspected by {who.name} ({who.account}), who signed {counted(own, 'page')} of the lot"
        report.add(Severity.WARNING, About.SAMPLE, message, record=entry.seq)
    return sample.id
