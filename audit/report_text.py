"""An audit in lines for a terminal: the verdict first, then what the pages stand on, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.finding_words import finding_words, phrase_words
from audit.local_time import local_time
from audit.report import Again, AuditFinding, AuditReport, PageLine, Severity, spelled_out
from audit.report_words import AUDIT_WORDS
from audit.verdict import verdict
from model.page_numbers import ranges
from reports.diff_words import DiffWords
from reports.evidence_text import Language


def report_text(report: AuditReport, language: Language = "en") -> str:
    """The report in lines for a terminal, times in the zone of whoever reads it.

    What a finding weighs stays in English in Thai, too: programs look for it.
    """
    return "\n".join(map(spelled_out, _lines(report, DiffWords(language, AUDIT_WORDS)))) + "\n"


def _lines(report: AuditReport, t: DiffWords) -> Iterator[str]:
    counts, anchored = report.counts, report.anchored
    yield verdict(report, t.language)
    yield t("workspace", id=report.workspace, records=report.head_seq, head=report.head_sha256[:16])
    if anchored is not None:
        yield t("anchored_to", seq=anchored.seq, when=local_time(anchored.when))
    if len(report.anchors) + len(report.brought) > 1:
        for one in (*report.anchors, *report.brought):
            reached = t("nothing") if one.newest is None else t("up_to", seq=one.newest.seq)
            agrees = t("agrees" if one.agrees else "disagrees")
            yield t("anchor_file", path=one.path, reached=reached, agrees=agrees)
    yield t(
        "looked_at", documents=counts.documents, pages=counts.pages, published=counts.published,
        characters=counts.characters, edits=counts.edits, by_policy=counts.by_policy,
    )  # fmt: skip
    again = report.again
    if again.pages:
        yield _made_anew(again, t)
    for kind, pages in sorted(report.readers.items()):
        yield t("read_by_pages", kind=phrase_words(kind, t.language), n=pages)
    for document, lines in groupby(report.pages, lambda one: one.document):
        yield from _table(document, list(lines), report, t)
    for severity in Severity:
        for finding in report.findings:
            if finding.severity is severity:
                yield f"{severity.upper()} {_place(finding, t)}{finding_words(finding.message, t.language)}"


def _made_anew(again: Again, t: DiffWords) -> str:
    """What was made anew; what was not asked for is left out."""
    counts = (("images", again.images), ("readings", again.readings), ("times_findings", again.findings))
    made = ", ".join(t(name, n=count) for name, count in counts if count) or t("nothing")
    untold = t("untold", n=again.untold) if again.untold else ""
    return t("made_anew", pages=again.pages, made=made, untold=untold)


def _table(document: str, lines: Sequence[PageLine], report: AuditReport, t: DiffWords) -> Iterator[str]:
    """What the pages of a document stand on, those that stand on the same in one line."""
    yield f"{lines[0].name or t('unnamed')} ({document[:16]})"
    for said, group in groupby(lines, lambda one: _said(one, report, t)):
        pages = list(group)
        edits, by_policy = sum(one.edits for one in pages), sum(one.by_policy for one in pages)
        people = sorted({name for one in pages for name in one.by_people})
        more = t("edits_by_policy", edits=edits, by_policy=by_policy) if edits else ""
        more += t("by_others", people=", ".join(people)) if people else ""
        numbers = ranges(one.page for one in pages)
        yield t("table_line", n=len(pages), pages=numbers, said=said, more=more)


def _said(one: PageLine, report: AuditReport, t: DiffWords) -> str:
    state, reader = (phrase_words(said, t.language) for said in (one.state, one.reader))
    if not one.record:
        return state + (t("read_by", reader=reader) if reader else "")
    return t(
        "stands_on", state=state, who=one.signed_by, known=phrase_words(one.known, t.language),
        day=local_time(one.when), reader=reader, where=", ".join(anchored_in(one, report)) or t("nowhere"),
    )  # fmt: skip


def anchored_in(one: PageLine, report: AuditReport) -> tuple[str, ...]:
    """The anchor files that cover a page's signature."""
    states = (*report.anchors, *report.brought)
    return tuple(s.path for s in states if s.newest is not None and s.agrees and s.newest.seq >= one.record)


def _place(finding: AuditFinding, t: DiffWords) -> str:
    parts = [
        t("at_record", n=finding.record) if finding.record else "",
        t("at_document", id=finding.document[:16]) if finding.document else "",
        t("at_page", n=finding.page) if finding.page else "",
    ]
    place, about = ", ".join(part for part in parts if part), phrase_words(finding.about, t.language)
    return f"[{about}] {place}: " if place else f"[{about}] "
