"""An audit in lines for a terminal: the verdict first, then what the pages stand on, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.local_time import local_time
from audit.report import Again, AuditFinding, AuditReport, PageLine, Severity, spelled_out
from audit.verdict import verdict
from model.counted import counted
from model.page_numbers import ranges


def report_text(report: AuditReport) -> str:
    """The report in lines for a terminal, times in the zone of whoever reads it."""
    return "\n".join(map(spelled_out, _lines(report))) + "\n"


def _lines(report: AuditReport) -> Iterator[str]:
    counts, anchored = report.counts, report.anchored
    yield verdict(report)
    ledger = f"ledger of {counted(report.head_seq, 'record')}, head {report.head_sha256[:16]}"
    yield f"Workspace {report.workspace}, {ledger}"
    if anchored is not None:
        yield f"Anchored up to record {anchored.seq} ({local_time(anchored.when)})"
    if len(report.anchors) + len(report.brought) > 1:
        for one in (*report.anchors, *report.brought):
            reached = "nothing" if one.newest is None else f"up to record {one.newest.seq}"
            yield f"  {one.path}: {reached}, {'agrees' if one.agrees else 'does NOT agree'}"
    yield (
        f"Looked at {counted(counts.documents, 'document')}, {counted(counts.pages, 'page')}, "
        f"{counted(counts.published, 'published text')} of {counted(counts.characters, 'character')} "
        f"with {counted(counts.edits, 'edit')}, {counts.by_policy} of them by policy"
    )
    again = report.again
    if again.pages:
        yield _made_anew(again)
    for kind, pages in sorted(report.readers.items()):
        yield f"Read by {kind}: {pages} {_pages(pages)}"
    for document, lines in groupby(report.pages, lambda one: one.document):
        yield from _table(document, list(lines), report)
    for severity in Severity:
        for finding in report.findings:
            if finding.severity is severity:
                yield f"{severity.upper()} {_place(finding)}{finding.message}"


def _made_anew(again: Again) -> str:
    """What was made anew; what was not asked for is left out."""
    counts = ((again.images, "images"), (again.readings, "readings"), (again.findings, "times findings"))
    made = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing"
    untold = f"; of {again.untold} {_pages(again.untold)} not everything can be told" if again.untold else ""
    return f"Made anew from the source of {again.pages} {_pages(again.pages)}: {made}{untold}"


def _table(document: str, lines: Sequence[PageLine], report: AuditReport) -> Iterator[str]:
    """What the pages of a document stand on, those that stand on the same in one line."""
    yield f"{lines[0].name or 'unnamed'} ({document[:16]})"
    for said, group in groupby(lines, lambda one: _said(one, report)):
        pages = list(group)
        edits, by_policy = sum(one.edits for one in pages), sum(one.by_policy for one in pages)
        people = sorted({name for one in pages for name in one.by_people})
        more = f"; {counted(edits, 'edit')}, {by_policy} of them by policy" if edits else ""
        more += f", the others by {', '.join(people)}" if people else ""
        yield f"  {_pages(len(pages))} {ranges(one.page for one in pages)}: {said}{more}"


def _said(one: PageLine, report: AuditReport) -> str:
    if not one.record:
        return one.state + (f"; read by {one.reader}" if one.reader else "")
    where = ", ".join(anchored_in(one, report)) or "nowhere"
    day = local_time(one.when)
    return f"{one.state}, signed by {one.signed_by}, {one.known}, {day}; read by {one.reader}; anchored in {where}"


def anchored_in(one: PageLine, report: AuditReport) -> tuple[str, ...]:
    """The anchor files that cover a page's signature."""
    states = (*report.anchors, *report.brought)
    return tuple(s.path for s in states if s.newest is not None and s.agrees and s.newest.seq >= one.record)


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"


def _place(finding: AuditFinding) -> str:
    parts = [
        f"record {finding.record}" if finding.record else "",
        f"document {finding.document[:16]}" if finding.document else "",
        f"page {finding.page}" if finding.page else "",
    ]
    place = ", ".join(part for part in parts if part)
    return f"[{finding.about}] {place}: " if place else f"[{finding.about}] "
