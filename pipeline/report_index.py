"""Reports about more than one state or more than one document: what changed since a record, and the index of all."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from ledger.event import Entry
from ledger.events.page_read import PageRead
from ledger.history import read_history
from model.errors import ChamraError, UsageError
from model.state import DocumentState
from reports.atomic import write_atomically
from reports.changes_html import changes_html
from reports.diff import AsOf
from reports.evidence_text import Language
from reports.keying_agreement import keying_agreement
from reports.report_index import ReadingRun, damaged, index_html, indexed
from reports.trends import TrendTally, charts
from review.minutes import minutes_of_pages
from review.published import as_of
from review.state import document_ids, document_state
from workspace.workspace import Workspace

_APART = 3600.0
"""Seconds between two pages of one document from which they are of two runs."""


def write_index(workspace: Workspace, output: Path | None, language: Language) -> Path:
    """Write the index of the workspace's reports, by default beside them, and return its path."""
    path = output or workspace.path / "reports" / "index.html"
    by_document: dict[str, TrendTally] = {}
    by_day: dict[str, TrendTally] = {}
    documents = []
    for number, one in enumerate(document_ids(workspace), start=1):
        try:
            state = document_state(workspace, one)
        except ChamraError as error:
            name = read_history(workspace.ledger, one).name
            documents.append(damaged(one, name, number, str(error)))
            continue
        documents.append(
            indexed(state, _address(workspace, one, path.parent), _runs(workspace, one), number, language)
        )
        day = next(iter(workspace.ledger.records(document=one))).when[:10]
        for tally in (
            by_document.setdefault(str(number), TrendTally()),
            by_day.setdefault(day, TrendTally()),
        ):
            _add(tally, workspace, state)
    trends = [charts(by_document, language), charts(by_day, language)]
    write_atomically(path, index_html(documents, trends, language))
    return path


def _add(tally: TrendTally, workspace: Workspace, state: DocumentState) -> None:
    for page in state.pages:
        tally.add_page(page)
    keying = keying_agreement(state)
    minutes = (took for _, took in minutes_of_pages(workspace.ledger, state.id))
    tally.add_people(state, keying.typed if keying else 0, keying.agreed if keying else 0, minutes)


def write_changes(
    workspace: Workspace, document: str, since: str, output: Path | None, language: Language
) -> Path:
    """Write what changed in a document since a record, by default beside its report, and return the path.

    Raises:
        UsageError: `since` is neither the number of a record about the document or before it nor a time.
    """
    then, now = _moment(workspace, document, since), as_of(workspace, document)
    path = output or workspace.path / "reports" / f"changes-{document[:12]}-{then.seq}.html"
    before = document_state(workspace, document, upto=then.seq)
    write_atomically(path, changes_html(before, then, document_state(workspace, document), now, language))
    return path


def _moment(workspace: Workspace, document: str, since: str) -> AsOf:
    """The newest record about a document up to a record's number, or before a day or time (UTC, ISO 8601)."""
    until = _time(since)
    newest = None
    for one in workspace.ledger.records(document=document):
        if one.when >= until if until else one.seq > int(since):
            break
        newest = one
    if newest is None:
        raise UsageError(
            f"There is no record about {document[:12]} up to {since}.",
            remedy="Give the number of a record, as a report names it (as of record N), or a later time.",
        )
    return AsOf(newest.seq, newest.when, newest.sha256)


def _time(since: str) -> str:
    """The time that is meant, in the form of the ledger; empty for a record's number.

    Raises:
        UsageError: it is neither.
    """
    if re.fullmatch(r"[0-9]{1,15}", since) and len(since) != len("20260131"):
        return ""
    try:
        found = datetime.fromisoformat(since)
    except ValueError:
        raise UsageError(
            f"{since} is neither a record nor a time.", remedy="Give a record's number, or 2026-01-31T08:30."
        ) from None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).isoformat(timespec="microseconds")


def _address(workspace: Workspace, document: str, folder: Path) -> str:
    """Where the report of a document lies, from a folder; empty where there is none."""
    found = next((workspace.path / "reports").glob(f"*-{document[:12]}.html"), None)
    return "" if found is None else quote(os.path.relpath(found.resolve(), folder.resolve()))


def _runs(workspace: Workspace, document: str) -> list[ReadingRun]:
    """The runs that read pages of a document, oldest first."""
    groups: list[list[Entry[PageRead]]] = []
    for entry in workspace.ledger.events(PageRead, document=document):
        last = groups[-1][-1] if groups else None
        if (
            last is None
            or last.event.reader != entry.event.reader
            or _seconds(last.when, entry.when) > _APART
        ):
            groups.append([])
        groups[-1].append(entry)
    return [
        ReadingRun(
            group[0].event.reader,
            tuple(sorted({one.event.page for one in group})),
            group[-1].when,
            group[-1].seq,
        )
        for group in groups
    ]


def _seconds(before: str, after: str) -> float:
    return (datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds()
