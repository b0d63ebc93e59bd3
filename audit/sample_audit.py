"""Samples and inspections against the ledger: drawn again, judged again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from audit.report import About, AuditReport, Severity
from audit.sampling.draw import Sample, choose, sample_of
from audit.sampling.inspection import judge
from audit.sampling.plans import scheme_of
from ledger.catalogue import entry_as
from ledger.chain import Record
from ledger.event import Entry
from ledger.events.inspected import Inspected
from ledger.events.sample_drawn import SampleDrawn
from model.errors import ChamraError
from workspace.workspace import Workspace


def audit_samples(ws: Workspace, report: AuditReport) -> None:
    """Note what does not hold about any sample, and what became of each."""
    seeds = {one.payload.get("seed") for one in ws.ledger.records(kind=SampleDrawn.KIND, lenient=True)}
    heads = {one.sha256: one for one in ws.ledger.records(lenient=True) if one.sha256 in seeds}
    samples: dict[str, Sample] = {}
    inspected: set[str] = set()
    for record in ws.ledger.records(kind=(SampleDrawn.KIND, Inspected.KIND), lenient=True):
        try:
            if record.kind == SampleDrawn.KIND:
                samples[record.sha256] = _sample(ws, entry_as(record, SampleDrawn), heads, report)
            else:
                inspected.add(_inspection(ws, entry_as(record, Inspected), samples, report))
        except ChamraError as error:
            report.add(Severity.ERROR, About.SAMPLE, error.message, record=record.seq)
        except (KeyError, TypeError, ValueError) as error:
            message = f"cannot be understood: {type(error).__name__}: {error}"
            report.add(Severity.ERROR, About.SAMPLE, message, record=record.seq)
    for key in samples.keys() - inspected:
        message = f"the sample {key[:12]} was drawn and not inspected"
        report.add(Severity.NOTE, About.SAMPLE, message, record=samples[key].record)


def _sample(
    ws: Workspace, entry: Entry[SampleDrawn], heads: Mapping[str, Record], report: AuditReport
) -> Sample:
    sample = sample_of(ws.store, entry)
    head = heads.get(sample.seed)
    if head is None or head.seq >= entry.seq:
        message = "was drawn from a state of the ledger that never was before it"
        report.add(Severity.ERROR, About.SAMPLE, message, record=entry.seq)
    elif choose(ws, sample.documents, scheme_of(sample.scheme).plan, head) != (sample.lots, sample.units):
        message = "another sample follows from the ledger than the one that was drawn"
        report.add(Severity.ERROR, About.SAMPLE, message, record=entry.seq)
    return sample


def _inspection(
    ws: Workspace, entry: Entry[Inspected], samples: Mapping[str, Sample], report: AuditReport
) -> str:
    event = entry.event
    sample = samples.get(event.sample)
    if sample is None:
        raise ValueError("it inspects a sample that was not drawn before it")
    verdicts = json.loads(ws.store.get(event.blob))
    results = judge(sample, [sample.units[number - 1] for number, _, _ in verdicts["wrong"]])
    told = [(one.stratum, one.inspected, one.wrong, one.accepted) for one in event.results]
    found = [(one.lot.stratum.value, one.lot.plan.size, one.wrong, one.accepted) for one in results]
    accepted = all(one.accepted for one in results)
    if verdicts["sample"] != sample.id or told != found or event.accepted != accepted:
        message = "its result is not what its verdicts come to"
        report.add(Severity.ERROR, About.SAMPLE, message, record=entry.seq)
    who = event.who
    wrong = ", ".join(f"{one.lot.stratum}: {one.wrong} of {one.lot.plan.size} wrong" for one in results)
    said = "accepted" if accepted else "NOT accepted"
    message = (
        f"the sample {sample.id[:12]} ({sample.scheme}) was {said} by {who.name} ({who.account}): {wrong}"
    )
    report.add(Severity.NOTE if accepted else Severity.WARNING, About.SAMPLE, message, record=entry.seq)
    return sample.id
